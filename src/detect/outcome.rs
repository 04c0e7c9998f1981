//! What words gain by one more mis-decoding, by single characters: the quick figure of a search.

use super::expand::{Converted, Mixer};
use super::search::{BestWords, FAILED};
use super::spelling::{Distinct, Reading, Spelled, Spelling, fingerprint, value};
use crate::encoding::{EncodedChar, Encoding, Step};
use crate::model::{MODEL, lower};
use std::hash::Hasher;
use std::sync::OnceLock;

/// What words gain by being undone and decoded some way, by single characters; and a hash of them.
pub(super) struct Outcome {
    pub(super) gain: f32,
    pub(super) fingerprint: u64,
}

/// What comes of words by `reading` and then decoding them as `written`; `None` where nothing does. `before` is what
/// single characters say of each word as it was observed.
pub(super) fn outcome(
    spelling: &Spelling<'_>,
    reading: &Reading,
    written: Encoding,
    before: &[f32],
    images: &mut Images,
) -> Option<Outcome> {
    let mut sum = Sum::default();
    let words = spelling.words.iter().zip(before).enumerate();
    let words = words.map(|(i, (word, before))| (word.as_ref().filter(|_| reading.has(i)), before));
    if written.is_single_byte() && reading.is_single {
        let codes = spelling.distinct.iter().zip(&reading.codes);
        let images = images.of(written, codes.skip(spelling.ascii));
        for (word, before) in words {
            sum.add(word.and_then(|word| by_images(word, images, spelling.ascii, *before)));
        }
    } else {
        for (word, before) in words {
            sum.add(
                word.and_then(|word| {
                    by_decoding(word, reading, written, *before, &mut images.word)
                }),
            );
        }
    }
    sum.outcome()
}

/// Room that is used again: what an encoding of one byte a character makes of the characters of a text, by place, and
/// what one of several makes of a word.
#[derive(Default)]
pub(super) struct Images {
    of_bytes: Vec<Image>,
    word: Vec<char>,
}

/// What stands for a byte, or in place of one.
pub(super) struct OfByte {
    c: char,
    pub(super) nats: f32,
    folded: Option<f32>,
    value: u64,
}

/// What one byte stands for in place of a character.
#[derive(Clone, Copy, Default)]
struct Image {
    /// What it costs alone.
    nats: f32,
    /// What a capital costs in small letters, or what has no case; nothing for a small letter.
    folded: Option<f32>,
    value: u64,
    is_failed: bool,
    is_converted: bool,
}

impl Images {
    /// What `written` makes of the bytes of characters outside ASCII.
    fn of<'d>(
        &mut self,
        written: Encoding,
        codes: impl Iterator<Item = (&'d Distinct, &'d Option<EncodedChar>)>,
    ) -> &[Image] {
        let known = OfByte::all(written);
        self.of_bytes.clear();
        self.of_bytes.extend(codes.map(|(d, code)| {
            let byte = code.and_then(|code| code.as_slice().first().copied());
            let of_byte = byte.and_then(|byte| known.get(usize::from(byte)));
            let image = of_byte.unwrap_or(&d.as_it_stands);
            Image {
                nats: image.nats,
                folded: image.folded,
                value: image.value,
                is_failed: of_byte.is_none(),
                is_converted: image.c != d.c,
            }
        }));
        &self.of_bytes
    }
}

impl OfByte {
    /// What each byte stands for, worked out when an encoding is first tried; nothing in an encoding of several bytes.
    pub(super) fn all(written: Encoding) -> &'static [OfByte] {
        static ALL: [OnceLock<Vec<OfByte>>; Encoding::ALL.len()] =
            [const { OnceLock::new() }; Encoding::ALL.len()];
        let make = || {
            let chars = (0..=u8::MAX).map_while(|byte| written.decode_byte(byte));
            chars.map(OfByte::new).collect()
        };
        let cell = ALL.get(written as usize);
        cell.map(|cell| cell.get_or_init(make).as_slice())
            .unwrap_or_default()
    }

    /// What it costs at least: a word in capitals is as likely as in small letters.
    pub(super) fn least_nats(&self) -> f32 {
        self.folded
            .map_or(self.nats, |folded| self.nats.max(folded))
    }

    pub(super) fn new(c: char) -> OfByte {
        OfByte {
            c,
            nats: MODEL.unigram(c),
            folded: (!c.is_lowercase()).then(|| MODEL.unigram(lower(c))),
            value: value(c),
        }
    }
}

/// Puts together words that are undone or are not.
#[derive(Default)]
struct Sum {
    hasher: Mixer,
    sum: BestWords,
    any: bool,
}

impl Sum {
    /// Adds a word.
    fn add(&mut self, word: Option<(f32, u64, u16)>) {
        self.any |= word.is_some();
        self.sum.add(word.map(|w| w.0));
        self.hasher
            .write_u32(word.map_or(0, |w| u32::from(w.2) + 1));
        self.hasher.write_u64(word.map_or(0, |w| w.1));
    }

    fn outcome(&self) -> Option<Outcome> {
        self.any.then(|| Outcome {
            gain: self.sum.get(),
            fingerprint: self.hasher.finish(),
        })
    }
}

/// What comes of a word whose characters are decoded each by itself: what it gains, its fingerprint, and how many
/// characters could not be explained. `images` are those of the places from `first` on.
fn by_images(
    word: &Spelled<'_>,
    images: &[Image],
    first: usize,
    before: f32,
) -> Option<(f32, u64, u16)> {
    let mut sum = word.ascii;
    let mut fingerprint = word.ascii_fingerprint;
    let (mut failed, mut converted) = (0u16, 0u16);
    let (mut folded, mut capitals) = (word.ascii, 0u16);
    for other in &word.others {
        let image = images.get(other.place.checked_sub(first)?)?;
        sum += f32::from(other.times) * image.nats;
        folded += f32::from(other.times) * image.folded.unwrap_or(f32::NEG_INFINITY);
        capitals += other.times;
        fingerprint = fingerprint.wrapping_add(other.weight.wrapping_mul(image.value));
        failed += other.times * u16::from(image.is_failed);
        converted += other.times * u16::from(image.is_converted);
    }
    let is_undone = converted > failed;
    failed += word.failed;
    is_undone.then(|| {
        // Words in capitals are as their small letters but for one choice.
        if capitals >= SHOUTED {
            sum = sum.max(folded - SHOUTING);
        }
        let gain = sum - before - FAILED * f32::from(failed);
        (gain, fingerprint, failed)
    })
}

/// Letters that are a word in capitals, and nats that these cost.
const SHOUTED: u16 = 3;
const SHOUTING: f32 = 6.0;

/// The same of a word that is decoded as a whole. `room` is for what comes of it.
fn by_decoding(
    word: &Spelled<'_>,
    reading: &Reading,
    written: Encoding,
    before: f32,
    room: &mut Vec<char>,
) -> Option<(f32, u64, u16)> {
    room.clear();
    let failed = decode_to(word, &reading.codes, written, room)?;
    let sum: f32 = room.iter().map(|&c| MODEL.unigram(c)).sum();
    let gain = sum - before - FAILED * f32::from(failed);
    Some((gain, fingerprint(room.iter().copied()), failed))
}

/// Decodes the bytes of a word, keeping what cannot be decoded as it stands. `None` where nothing
/// comes of it, or more fails than succeeds.
pub(super) fn decode(
    spelled: &Spelled<'_>,
    codes: &[Option<EncodedChar>],
    written: Encoding,
) -> Option<Converted> {
    let mut chars = Vec::with_capacity(spelled.chars.len());
    let failed = decode_to(spelled, codes, written, &mut chars)?;
    Some(Converted { chars, failed })
}

/// The same, added to `chars`; says how many characters cannot be explained.
fn decode_to(
    spelled: &Spelled<'_>,
    codes: &[Option<EncodedChar>],
    written: Encoding,
    chars: &mut Vec<char>,
) -> Option<u16> {
    let word = spelled.chars;
    let code = |place: &usize| codes.get(*place).and_then(Option::as_ref);
    let (mut failed, mut converted) = (0u16, 0u16);
    if written.is_single_byte() {
        // Every byte is a character: nothing depends on what stands before.
        for (&c, place) in word.iter().zip(&spelled.places) {
            let from = chars.len();
            match code(place) {
                Some(bytes) if !c.is_ascii() => {
                    chars.extend(
                        bytes
                            .as_slice()
                            .iter()
                            .filter_map(|&b| written.decode_byte(b)),
                    );
                    converted += u16::from(chars.get(from..) != Some(&[c]));
                }
                _ => {
                    chars.push(c);
                    failed += u16::from(!c.is_ascii());
                }
            }
        }
        return (converted > failed).then_some(failed + spelled.failed);
    }
    let mut decoder = written.decoder();
    let mut start = 0;
    while let Some(&first) = word.get(start) {
        if first.is_ascii() && decoder.is_neutral() {
            chars.push(first);
            start += 1;
            continue;
        }
        let from = chars.len();
        let mut end = start;
        let complete = loop {
            let Some(bytes) = spelled.places.get(end).and_then(code) else {
                break false;
            };
            end += 1;
            let mut valid = true;
            for &byte in bytes.as_slice() {
                match decoder.push(byte) {
                    Step::Pending => {}
                    Step::Char(c) => chars.push(c),
                    Step::Pair(a, b) => chars.extend([a, b]),
                    Step::Invalid => {
                        valid = false;
                        break;
                    }
                }
            }
            if !valid {
                break false;
            }
            if decoder.is_neutral() {
                break true;
            }
        };
        if complete {
            if chars.get(from..) != word.get(start..end) {
                converted += (end - start) as u16;
            }
            start = end;
        } else {
            decoder = written.decoder();
            chars.truncate(from);
            chars.push(first);
            failed += 1;
            start += 1;
            let left = word.len() - start;
            if usize::from(failed) >= usize::from(converted) + left {
                return None;
            }
        }
    }
    (converted > failed).then_some(failed + spelled.failed)
}
