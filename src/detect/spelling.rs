//! Words as a search looks at them: each character by its place among all that stand in them, and as bytes in the
//! encodings that they could have been read in.

use super::expand::{Encodings, Map, Mixer, State};
use super::outcome::OfByte;
use crate::encoding::{EncodedChar, Encoding};
use crate::model::MODEL;
use std::collections::hash_map::Entry;
use std::hash::{Hash, Hasher};
use std::rc::Rc;

/// The words of a state, each character told by its place in a list of all that stand in them.
pub(super) struct Spelling<'s> {
    pub(super) state: &'s State,
    pub(super) distinct: Vec<Distinct>,
    /// So many of the distinct characters, the first ones, are ASCII.
    pub(super) ascii: usize,
    pub(super) words: Vec<Option<Spelled<'s>>>,
}

pub(super) struct Distinct {
    pub(super) c: char,
    pub(super) as_it_stands: OfByte,
    /// The words in which it stands, as bits.
    words: u64,
}

impl<'s> Spelling<'s> {
    pub(super) fn of(state: &'s State) -> Spelling<'s> {
        let chars = state.words.iter().flatten().flat_map(|w| &w.chars);
        let mut all: Vec<char> = chars.copied().collect();
        all.sort_unstable();
        all.dedup();
        let distinct = |&c: &char| Distinct {
            c,
            as_it_stands: OfByte::new(c),
            words: 0,
        };
        let mut distinct: Vec<Distinct> = all.iter().map(distinct).collect();
        let words = state.words.iter().enumerate().map(|(i, word)| {
            let word = word.as_ref()?;
            let places = word.chars.iter().map(|c| {
                let place = all.binary_search(c).unwrap_or_else(|place| place);
                if let Some(distinct) = distinct.get_mut(place) {
                    distinct.words |= bit(i);
                }
                place
            });
            let places = places.collect();
            Some(Spelled::of(&word.chars, places, word.failed))
        });
        let words = words.collect();
        Spelling {
            state,
            ascii: all.partition_point(char::is_ascii),
            distinct,
            words,
        }
    }
}

pub(super) struct Spelled<'s> {
    pub(super) chars: &'s [char],
    /// For each character its place among the distinct ones.
    pub(super) places: Vec<usize>,
    /// Characters that the state could not explain.
    pub(super) failed: u16,
    /// The distinct characters outside ASCII.
    pub(super) others: Vec<Other>,
    /// What single characters say of the rest, and its part of the fingerprint.
    pub(super) ascii: f32,
    pub(super) ascii_fingerprint: u64,
}

/// A character outside ASCII in a word.
pub(super) struct Other {
    pub(super) place: usize,
    /// How often it stands there.
    pub(super) times: u16,
    /// What its value is multiplied with in the fingerprint of the word.
    pub(super) weight: u64,
}

impl<'s> Spelled<'s> {
    fn of(chars: &'s [char], places: Vec<usize>, failed: u16) -> Spelled<'s> {
        let mut others: Vec<Other> = Vec::new();
        let (mut ascii, mut ascii_fingerprint) = (0.0, 0u64);
        for (i, (&c, &place)) in chars.iter().zip(&places).enumerate() {
            if c.is_ascii() {
                ascii += MODEL.unigram(c);
                ascii_fingerprint = ascii_fingerprint.wrapping_add(term(i, c));
            } else if let Some(other) = others.iter_mut().find(|o| o.place == place) {
                other.times += 1;
                other.weight = other.weight.wrapping_add(weight(i));
            } else {
                others.push(Other {
                    place,
                    times: 1,
                    weight: weight(i),
                });
            }
        }
        Spelled {
            chars,
            places,
            failed,
            others,
            ascii,
            ascii_fingerprint,
        }
    }
}

/// The fingerprint of a word is a sum over its characters, so that those that do not change need not be looked at.
pub(super) fn fingerprint(chars: impl Iterator<Item = char>) -> u64 {
    chars
        .enumerate()
        .fold(0, |sum: u64, (i, c)| sum.wrapping_add(term(i, c)))
}

#[inline]
fn term(at: usize, c: char) -> u64 {
    weight(at).wrapping_mul(value(c))
}

#[inline]
fn weight(at: usize) -> u64 {
    scatter(at as u64 + 1) | 1
}

#[inline]
pub(super) fn value(c: char) -> u64 {
    scatter(u64::from(u32::from(c)) << 32 | 1)
}

#[inline]
fn scatter(n: u64) -> u64 {
    let n = n.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (n ^ (n >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93)
}

fn bit(word: usize) -> u64 {
    1u64.checked_shl(word as u32).unwrap_or_default()
}

/// What the words are as bytes in the encodings that give the same ones.
pub(super) struct Reading {
    pub(super) encodings: Vec<Encoding>,
    /// For each distinct character of the words.
    pub(super) codes: Vec<Option<EncodedChar>>,
    /// The words of which some character outside ASCII has bytes.
    words: u64,
    /// No character outside ASCII has more than one byte.
    pub(super) is_single: bool,
}

impl Reading {
    pub(super) fn has(&self, word: usize) -> bool {
        self.words & bit(word) != 0
    }
}

/// The encodings that the words could have been read in, those that give the same bytes together.
pub(super) fn readings(spelling: &Spelling<'_>, encodings: &Encodings) -> Vec<Rc<Reading>> {
    let mut found: Vec<Reading> = Vec::new();
    let mut index: Map<u64, usize> = Map::default();
    for &read in encodings.read.iter() {
        let codes: Vec<Option<EncodedChar>> = spelling
            .distinct
            .iter()
            .map(|d| read.encode_char(d.c))
            .collect();
        let coded = || spelling.distinct.iter().zip(&codes);
        let words = coded()
            .filter(|(d, code)| !d.c.is_ascii() && code.is_some())
            .fold(0, |words, (d, _)| words | d.words);
        if words == 0 {
            continue;
        }
        let mut hasher = Mixer::default();
        hasher.write_u64(words);
        for (_, code) in coded().filter(|(d, _)| d.words & words != 0) {
            code.as_ref().map(EncodedChar::as_slice).hash(&mut hasher);
        }
        match index.entry(hasher.finish()) {
            Entry::Occupied(slot) => {
                if let Some(reading) = found.get_mut(*slot.get()) {
                    reading.encodings.push(read);
                }
            }
            Entry::Vacant(slot) => {
                slot.insert(found.len());
                let is_single = spelling.distinct.iter().zip(&codes).all(|(d, code)| {
                    d.c.is_ascii() || code.is_none_or(|code| code.as_slice().len() == 1)
                });
                found.push(Reading {
                    encodings: vec![read],
                    codes,
                    words,
                    is_single,
                });
            }
        }
    }
    found.into_iter().map(Rc::new).collect()
}
