//! One layer of the search: every mis-decoding that could have been the last to befall some words.

use super::Settings;
use super::probe::Words;
use crate::encoding::{EncodedChar, Encoding, Step};
use crate::misdecoding::{Chain, Misdecoding, prior};
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hash, Hasher};

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
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
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

    fn fingerprint(&self) -> u64 {
        let mut hasher = Mixer::default();
        self.words.hash(&mut hasher);
        hasher.finish()
    }
}

/// Which encodings a search may believe in.
#[derive(Clone, Debug)]
pub(crate) struct Encodings {
    pub(crate) written: Vec<Encoding>,
    pub(crate) read: Vec<Encoding>,
}

impl Encodings {
    pub(crate) fn all() -> Encodings {
        let searched: Vec<Encoding> = Encoding::ALL
            .iter()
            .copied()
            .filter(|&e| prior::is_searched(e))
            .collect();
        Encodings {
            read: searched
                .iter()
                .copied()
                .filter(|&e| e != Encoding::Utf8)
                .collect(),
            written: searched,
        }
    }
}

/// Pairs of this price befall a text once, if ever, and not on top of another mishap.
const RARE_IN_LAYERS: f32 = 8.5;

/// All states that one more mis-decoding explains, those with equal words only once.
pub(crate) fn expand(state: &State, settings: &Settings, seen: &mut Set<u64>) -> Vec<State> {
    let mut out: Vec<State> = Vec::new();
    let mut index: Map<u64, usize> = Map::default();
    for (readers, encoded) in group_readers(state, &settings.encodings) {
        for &written in &settings.encodings.written {
            let Some((read, cost)) = readers
                .iter()
                .filter_map(|&read| {
                    Some((
                        read,
                        prior::cost(Misdecoding { written, read })? + settings.hint(written),
                    ))
                })
                .min_by(|a, b| a.1.total_cmp(&b.1))
            else {
                continue;
            };
            let step = Misdecoding { written, read };
            if let Some(newer) = state.chain.iter().next()
                && (prior::cancels(step, newer) || cost >= RARE_IN_LAYERS)
            {
                continue;
            }
            let Ok(chain) = state.chain.preceded_by(step) else {
                continue;
            };
            let again = state
                .chain
                .iter()
                .next()
                .map_or(0.0, |newer| prior::next_layer(step, newer));
            let mut any = false;
            let words = state
                .words
                .iter()
                .zip(&encoded)
                .map(|(word, encoded)| {
                    let converted = decode(word.as_ref()?, encoded.as_ref()?, written)?;
                    any = true;
                    Some(converted)
                })
                .collect();
            if !any {
                continue;
            }
            let next = State {
                chain,
                cost: state.cost + cost + again,
                words,
            };
            let fingerprint = next.fingerprint();
            if seen.insert(fingerprint) {
                index.insert(fingerprint, out.len());
                out.push(next);
            } else if let Some(same) = index.get(&fingerprint).and_then(|&i| out.get_mut(i)) {
                // Another chain gives the same words: the likelier one explains them.
                if next.cost < same.cost {
                    *same = next;
                }
            }
        }
    }
    out
}

type EncodedWord = Vec<Option<EncodedChar>>;

/// The encodings that the words could have been read in, those that give the same bytes together.
fn group_readers(
    state: &State,
    encodings: &Encodings,
) -> Vec<(Vec<Encoding>, Vec<Option<EncodedWord>>)> {
    let mut groups: Vec<(Vec<Encoding>, Vec<Option<EncodedWord>>)> = Vec::new();
    let mut index: Map<u64, usize> = Map::default();
    for &read in &encodings.read {
        let encoded: Vec<Option<EncodedWord>> = state
            .words
            .iter()
            .map(|word| {
                let word = word.as_ref()?;
                let encoded: EncodedWord =
                    word.chars.iter().map(|&c| read.encode_char(c)).collect();
                let high = word
                    .chars
                    .iter()
                    .zip(&encoded)
                    .any(|(c, e)| !c.is_ascii() && e.is_some());
                high.then_some(encoded)
            })
            .collect();
        if encoded.iter().all(Option::is_none) {
            continue;
        }
        let mut hasher = Mixer::default();
        for word in &encoded {
            word.is_some().hash(&mut hasher);
            for c in word.iter().flatten() {
                c.as_ref().map(EncodedChar::as_slice).hash(&mut hasher);
            }
        }
        match index.entry(hasher.finish()) {
            std::collections::hash_map::Entry::Occupied(slot) => {
                if let Some(group) = groups.get_mut(*slot.get()) {
                    group.0.push(read);
                }
            }
            std::collections::hash_map::Entry::Vacant(slot) => {
                slot.insert(groups.len());
                groups.push((vec![read], encoded));
            }
        }
    }
    groups
}

/// Decodes the bytes of a word, keeping what cannot be decoded as it stands. `None` where nothing
/// comes of it, or more fails than succeeds.
fn decode(word: &Converted, encoded: &EncodedWord, written: Encoding) -> Option<Converted> {
    let mut chars = Vec::with_capacity(word.chars.len());
    let (mut failed, mut converted) = (0u16, 0u16);
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
            let Some(bytes) = encoded.get(end).and_then(Option::as_ref) else {
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
        }
    }
    (converted > failed).then_some(Converted {
        chars,
        failed: failed + word.failed,
    })
}
