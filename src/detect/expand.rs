//! One layer of the search: every mis-decoding that could have been the last to befall some words.

use super::Settings;
use super::probe::Words;
use super::search::{BestWords, FAILED};
use crate::encoding::{EncodedChar, Encoding, Step};
use crate::misdecoding::{Chain, Misdecoding, prior};
use crate::model::MODEL;
use std::borrow::Cow;
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hash, Hasher};
use std::rc::Rc;

/// Deterministic and quick hashing: the order of nothing may depend on the process.
#[derive(Clone, Copy, Default)]
pub(crate) struct Mixer(u64);

impl Mixer {
    fn mix(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
}

impl Hasher for Mixer {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            self.mix(chunk.iter().fold(chunk.len() as u64, |word, &byte| {
                word << 8 | u64::from(byte)
            }));
        }
    }

    fn write_u32(&mut self, n: u32) {
        self.mix(u64::from(n));
    }

    fn write_u64(&mut self, n: u64) {
        self.mix(n);
    }

    fn write_usize(&mut self, n: usize) {
        self.mix(n as u64);
    }
}

pub(crate) type Map<K, V> = HashMap<K, V, BuildHasherDefault<Mixer>>;
pub(crate) type Set<K> = HashSet<K, BuildHasherDefault<Mixer>>;

/// What a chain makes of a word.
#[derive(Clone, Debug)]
pub(crate) struct Converted {
    pub(crate) chars: Vec<char>,
    /// Characters that the chain could not explain and that stand as they stood.
    pub(crate) failed: u16,
}

/// Some words with a chain undone.
#[derive(Clone, Debug)]
pub(crate) struct State {
    pub(crate) chain: Chain,
    /// Nats: the price of the chain.
    pub(crate) cost: f32,
    /// `None` where the chain explains nothing of a word.
    pub(crate) words: Vec<Option<Converted>>,
}

impl State {
    pub(crate) fn observed(words: &Words) -> State {
        let words = words
            .iter()
            .map(|w| {
                Some(Converted {
                    chars: w.to_vec(),
                    failed: 0,
                })
            })
            .collect();
        State {
            chain: Chain::default(),
            cost: 0.0,
            words,
        }
    }
}

/// Which encodings a search may believe in.
#[derive(Clone, Debug)]
pub(crate) struct Encodings {
    pub(crate) written: Cow<'static, [Encoding]>,
    pub(crate) read: Cow<'static, [Encoding]>,
    pub(crate) are_all: bool,
}

impl Encodings {
    /// Whether the encoding may be in a chain at all.
    pub(crate) fn has(&self, encoding: Encoding) -> bool {
        self.written.contains(&encoding) || self.read.contains(&encoding)
    }

    pub(crate) fn all() -> Encodings {
        // UTF-8 comes first, and is not what a text is wrongly read as.
        let read = match SEARCHED.split_first() {
            Some((Encoding::Utf8, others)) => others,
            _ => SEARCHED.as_slice(),
        };
        Encodings {
            written: Cow::Borrowed(&SEARCHED),
            read: Cow::Borrowed(read),
            are_all: true,
        }
    }
}

/// All that a search tries, in the order of the encodings.
static SEARCHED: [Encoding; count(Encoding::ALL)] = {
    let mut searched = [Encoding::Utf8; count(Encoding::ALL)];
    let mut slots: &mut [Encoding] = &mut searched;
    let mut rest = Encoding::ALL;
    while let Some((slot, left)) = slots.split_first_mut() {
        rest = from_searched(rest);
        if let Some((&encoding, others)) = rest.split_first() {
            *slot = encoding;
            rest = others;
        }
        slots = left;
    }
    searched
};

/// How many of `encodings` a search tries.
const fn count(encodings: &[Encoding]) -> usize {
    match from_searched(encodings).split_first() {
        Some((_, others)) => 1 + count(others),
        None => 0,
    }
}

/// `encodings` from the first on that a search tries.
const fn from_searched(mut encodings: &[Encoding]) -> &[Encoding] {
    while let Some((&encoding, others)) = encodings.split_first() {
        if prior::is_searched(encoding) {
            break;
        }
        encodings = others;
    }
    encodings
}

/// Pairs of this price befall a text once, if ever, and not on top of another mishap.
const RARE_IN_LAYERS: f32 = 8.5;

/// A state that one more mis-decoding leads to, of which only the figures are known yet.
pub(crate) struct Draft<'s> {
    pub(crate) chain: Chain,
    /// Nats: the price of the chain.
    pub(crate) cost: f32,
    /// What single characters say that undoing it gains, the price not taken off.
    gain: f32,
    written: Encoding,
    reading: Rc<Reading>,
    spelling: &'s Spelling<'s>,
}

impl Draft<'_> {
    /// A quick estimate of what the state gains.
    pub(crate) fn rough_gain(&self) -> f32 {
        self.gain - self.cost
    }

    pub(crate) fn state(&self) -> State {
        let words = self.spelling.words.iter().enumerate();
        let words = words.map(|(i, word)| {
            let word = self.reading.has(i).then_some(word.as_ref()?)?;
            decode(word, &self.reading.codes, self.written)
        });
        State {
            chain: self.chain,
            cost: self.cost,
            words: words.collect(),
        }
    }
}

/// The words of a state, each character told by its place in a list of all that stand in them.
pub(crate) struct Spelling<'s> {
    state: &'s State,
    distinct: Vec<Distinct>,
    words: Vec<Option<Spelled<'s>>>,
}

struct Distinct {
    c: char,
    /// The words in which it stands, as bits.
    words: u64,
}

impl<'s> Spelling<'s> {
    pub(crate) fn of(state: &'s State) -> Spelling<'s> {
        let chars = state.words.iter().flatten().flat_map(|w| &w.chars);
        let mut all: Vec<char> = chars.copied().collect();
        all.sort_unstable();
        all.dedup();
        let mut distinct: Vec<Distinct> = all.iter().map(|&c| Distinct { c, words: 0 }).collect();
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
            Some(Spelled::of(word, places))
        });
        let words = words.collect();
        Spelling {
            state,
            distinct,
            words,
        }
    }
}

struct Spelled<'s> {
    word: &'s Converted,
    places: Vec<usize>,
    /// The distinct characters outside ASCII.
    others: Vec<Other>,
    /// What single characters say of the rest, and its part of the fingerprint.
    ascii: f32,
    ascii_fingerprint: u64,
}

/// A character outside ASCII in a word.
struct Other {
    place: usize,
    /// How often it stands there.
    times: u16,
    /// What its value is multiplied with in the fingerprint of the word.
    weight: u64,
}

impl<'s> Spelled<'s> {
    fn of(word: &'s Converted, places: Vec<usize>) -> Spelled<'s> {
        let mut others: Vec<Other> = Vec::new();
        let (mut ascii, mut ascii_fingerprint) = (0.0, 0u64);
        for (i, (&c, &place)) in word.chars.iter().zip(&places).enumerate() {
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
            word,
            places,
            others,
            ascii,
            ascii_fingerprint,
        }
    }
}

/// The fingerprint of a word is a sum over its characters, so that those that do not change need not be looked at.
fn fingerprint(chars: impl Iterator<Item = char>) -> u64 {
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
fn value(c: char) -> u64 {
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
struct Reading {
    encodings: Vec<Encoding>,
    /// For each distinct character of the words.
    codes: Vec<Option<EncodedChar>>,
    /// The words of which some character outside ASCII has bytes.
    words: u64,
    /// No character outside ASCII has more than one byte.
    is_single: bool,
}

impl Reading {
    fn has(&self, word: usize) -> bool {
        self.words & bit(word) != 0
    }
}

/// What words gain by being undone and decoded some way, by single characters; and a hash of them.
struct Outcome {
    gain: f32,
    fingerprint: u64,
}

/// Drafts of all states that one more mis-decoding explains, those with equal words only once. `before` is what single
/// characters say of each word as it was observed.
pub(crate) fn expand<'s>(
    spelling: &'s Spelling<'s>,
    before: &[f32],
    settings: &Settings,
    seen: &mut Set<u64>,
    out: &mut Vec<Draft<'s>>,
) {
    let state = spelling.state;
    let newer = state.chain.iter().next();
    let first = out.len();
    let mut index: Map<u64, usize> = Map::default();
    let mut images = Vec::new();
    for reading in readings(spelling, &settings.encodings) {
        for &written in settings.encodings.written.iter() {
            let Some((read, cost)) = reading
                .encodings
                .iter()
                .filter_map(|&read| {
                    Some((
                        read,
                        prior::cost(Misdecoding { written, read })?
                            + settings.hint(written)
                            + settings.hint_of_systems(read),
                    ))
                })
                .min_by(|a, b| a.1.total_cmp(&b.1))
            else {
                continue;
            };
            let step = Misdecoding { written, read };
            if newer.is_some_and(|newer| prior::cancels(step, newer) || cost >= RARE_IN_LAYERS) {
                continue;
            }
            let Ok(chain) = state.chain.preceded_by(step) else {
                continue;
            };
            let again = newer.map_or(0.0, |newer| prior::next_layer(step, newer));
            let outcome = if written.is_single_byte() && reading.is_single {
                images.clear();
                let codes = spelling.distinct.iter().zip(&reading.codes);
                images.extend(codes.map(|(d, code)| match d.c {
                    '\0'..='\x7F' => Image::default(),
                    c => Image::of(c, *code, written),
                }));
                by_images(spelling, &reading, &images, before)
            } else {
                by_decoding(spelling, &reading, written, before)
            };
            let Some(outcome) = outcome else {
                continue;
            };
            let draft = Draft {
                chain,
                cost: state.cost + cost + again,
                gain: outcome.gain,
                written,
                reading: Rc::clone(&reading),
                spelling,
            };
            if seen.insert(outcome.fingerprint) {
                index.insert(outcome.fingerprint, out.len() - first);
                out.push(draft);
            } else if let Some(same) = index
                .get(&outcome.fingerprint)
                .and_then(|&i| out.get_mut(first + i))
                && draft.cost < same.cost
            {
                // Another chain gives the same words: the likelier one explains them.
                *same = draft;
            }
        }
    }
}

/// The encodings that the words could have been read in, those that give the same bytes together.
fn readings(spelling: &Spelling<'_>, encodings: &Encodings) -> Vec<Rc<Reading>> {
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

/// What an encoding of one byte a character makes of the one byte of a character; of ASCII it is not asked for.
#[derive(Default)]
struct Image {
    /// What it costs alone.
    nats: f32,
    value: u64,
    is_failed: bool,
    is_converted: bool,
}

impl Image {
    fn of(c: char, code: Option<EncodedChar>, written: Encoding) -> Image {
        let byte = code.and_then(|code| code.as_slice().first().copied());
        let other = byte.and_then(|byte| written.decode_byte(byte));
        let image = other.unwrap_or(c);
        Image {
            nats: MODEL.unigram(image),
            value: value(image),
            is_failed: other.is_none(),
            is_converted: image != c,
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
    /// Adds a word: what it gains, its fingerprint, and how many characters could not be explained.
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

/// The outcome of decoding each character by itself.
fn by_images(
    spelling: &Spelling<'_>,
    reading: &Reading,
    images: &[Image],
    before: &[f32],
) -> Option<Outcome> {
    let mut words = Sum::default();
    for (i, (word, before)) in spelling.words.iter().zip(before).enumerate() {
        let word = word.as_ref().filter(|_| reading.has(i));
        words.add(word.and_then(|spelled| {
            let mut sum = spelled.ascii;
            let mut fingerprint = spelled.ascii_fingerprint;
            let (mut failed, mut converted) = (0u16, 0u16);
            for other in &spelled.others {
                let image = images.get(other.place)?;
                sum += f32::from(other.times) * image.nats;
                fingerprint = fingerprint.wrapping_add(other.weight.wrapping_mul(image.value));
                failed += other.times * u16::from(image.is_failed);
                converted += other.times * u16::from(image.is_converted);
            }
            let is_undone = converted > failed;
            failed += spelled.word.failed;
            is_undone.then(|| {
                let gain = sum - before - FAILED * f32::from(failed);
                (gain, fingerprint, failed)
            })
        }));
    }
    words.outcome()
}

fn by_decoding(
    spelling: &Spelling<'_>,
    reading: &Reading,
    written: Encoding,
    before: &[f32],
) -> Option<Outcome> {
    let mut words = Sum::default();
    for (i, (word, before)) in spelling.words.iter().zip(before).enumerate() {
        let word = word.as_ref().filter(|_| reading.has(i));
        let after = word.and_then(|word| decode(word, &reading.codes, written));
        words.add(after.map(|after| {
            let sum: f32 = after.chars.iter().map(|&c| MODEL.unigram(c)).sum();
            let gain = sum - before - FAILED * f32::from(after.failed);
            let fingerprint = fingerprint(after.chars.iter().copied());
            (gain, fingerprint, after.failed)
        }));
    }
    words.outcome()
}

/// Decodes the bytes of a word, keeping what cannot be decoded as it stands. `None` where nothing
/// comes of it, or more fails than succeeds.
fn decode(
    spelled: &Spelled<'_>,
    codes: &[Option<EncodedChar>],
    written: Encoding,
) -> Option<Converted> {
    let word = spelled.word;
    let code = |place: &usize| codes.get(*place).and_then(Option::as_ref);
    let mut chars = Vec::with_capacity(word.chars.len());
    let (mut failed, mut converted) = (0u16, 0u16);
    if written.is_single_byte() {
        // Every byte is a character: nothing depends on what stands before.
        for (&c, place) in word.chars.iter().zip(&spelled.places) {
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
        return (converted > failed).then_some(Converted {
            chars,
            failed: failed + word.failed,
        });
    }
    let mut decoder = written.decoder();
    let mut start = 0;
    while let Some(&first) = word.chars.get(start) {
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
            if chars.get(from..) != word.chars.get(start..end) {
                converted += (end - start) as u16;
            }
            start = end;
        } else {
            decoder = written.decoder();
            chars.truncate(from);
            chars.push(first);
            failed += 1;
            start += 1;
            let left = word.chars.len() - start;
            if usize::from(failed) >= usize::from(converted) + left {
                return None;
            }
        }
    }
    (converted > failed).then_some(Converted {
        chars,
        failed: failed + word.failed,
    })
}
