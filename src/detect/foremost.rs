//! The legacy encodings that single characters speak for most, where one mis-decoding explains all of a text: a guess
//! that costs a hundredth of a search.

use super::Settings;
use super::expand::{Map, Mixer, Set};
use super::search::unigrams;
use super::undo::{Undone, undo_all};
use crate::encoding::{EncodedChar, Encoding};
use crate::misdecoding::{Chain, Misdecoding, prior};
use crate::model::MODEL;
use std::hash::{Hash, Hasher};

/// So many mis-decodings are looked at closely.
const MOST: usize = 6;
/// Nats by which one may be behind the best.
const BEHIND: f32 = 20.0;

/// A character outside ASCII, and how often it stands in a text.
struct Other {
    c: char,
    times: f32,
}

/// The mis-decodings of one layer that explain all of `text`, those that the single characters of what was written
/// speak for most, best first; of those that give the same text the likeliest.
pub(super) fn foremost(text: &[char], settings: &Settings) -> Vec<(Chain, Undone)> {
    let others = others(text);
    let mut found: Vec<(f32, Misdecoding)> = Vec::new();
    for reading in readings(&others, settings) {
        for &written in settings.encodings.written.iter() {
            let steps = reading
                .reads
                .iter()
                .map(|&read| Misdecoding { written, read });
            let priced = steps.filter_map(|step| Some((prior::cost(step)?, step)));
            let Some((cost, step)) = priced.min_by(|a, b| a.0.total_cmp(&b.0)) else {
                continue;
            };
            let gain = if written.is_single_byte() {
                of_bytes(&others, &reading.codes, written)
            } else if written == Encoding::Utf8 {
                None
            } else {
                of_sequences(text, step)
            };
            if let Some(gain) = gain {
                found.push((gain - cost, step));
            }
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let least = found.first().map_or(0.0, |best| best.0 - BEHIND);
    let mut seen = Set::default();
    let mut out = Vec::new();
    for (_, step) in found.into_iter().take_while(|f| f.0 >= least) {
        let Ok(chain) = Chain::new().with(step) else {
            continue;
        };
        if let Some(undone) = undo_all(&chain, text).filter(|u| seen.insert(u.chars.clone())) {
            out.push((chain, undone));
        }
        if out.len() > MOST {
            return Vec::new();
        }
    }
    out
}

/// What the characters are as bytes in some encodings.
struct Reading {
    reads: Vec<Encoding>,
    codes: Vec<EncodedChar>,
}

fn readings(others: &[Other], settings: &Settings) -> Vec<Reading> {
    let mut found: Vec<Reading> = Vec::new();
    let mut index: Map<u64, usize> = Map::default();
    for &read in settings.encodings.read.iter() {
        let codes: Option<Vec<EncodedChar>> =
            others.iter().map(|o| read.encode_char(o.c)).collect();
        let Some(codes) = codes else {
            continue;
        };
        let mut hasher = Mixer::default();
        for code in &codes {
            code.as_slice().hash(&mut hasher);
        }
        let next = found.len();
        let at = *index.entry(hasher.finish()).or_insert(next);
        match found.get_mut(at) {
            Some(reading) => reading.reads.push(read),
            None => found.push(Reading {
                reads: vec![read],
                codes,
            }),
        }
    }
    found
}

/// What single characters say of bytes that are a character each in `written`.
fn of_bytes(others: &[Other], codes: &[EncodedChar], written: Encoding) -> Option<f32> {
    let mut sum = 0.0;
    for (other, code) in others.iter().zip(codes) {
        for &byte in code.as_slice() {
            sum += other.times * MODEL.unigram(written.decode_byte(byte)?);
        }
    }
    Some(sum)
}

/// The same of bytes that are characters together.
fn of_sequences(text: &[char], step: Misdecoding) -> Option<f32> {
    let chain = Chain::new().with(step).ok()?;
    let undone = undo_all(&chain, text)?;
    let ascii = |text: &[char]| -> f32 {
        text.iter()
            .filter(|c| c.is_ascii())
            .map(|&c| MODEL.unigram(c))
            .sum()
    };
    Some(unigrams(&undone.chars) - ascii(text))
}

fn others(text: &[char]) -> Vec<Other> {
    let mut all: Vec<char> = text.iter().copied().filter(|c| !c.is_ascii()).collect();
    all.sort_unstable();
    let groups = all.chunk_by(|a, b| a == b);
    groups
        .filter_map(|group| {
            Some(Other {
                c: *group.first()?,
                times: group.len() as f32,
            })
        })
        .collect()
}
