//! One layer of the search: every mis-decoding that could have been the last to befall some words.

use super::Settings;
use super::outcome::{Images, decode, outcome};
use super::path;
use super::probe::Words;
use super::spelling::{Reading, Spelling, readings};
use crate::encoding::Encoding;
use crate::misdecoding::{Chain, Misdecoding, prior};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
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
        let (words, rest) = bytes.as_chunks();
        for word in words {
            self.mix(u64::from_be_bytes(*word));
        }
        if !rest.is_empty() {
            self.mix(
                rest.iter()
                    .fold(rest.len() as u64, |word, &byte| word << 8 | u64::from(byte)),
            );
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

    /// Whether the chain is likelier than another one that gives the same words: the price counts, and which letters each
    /// was made to write (kana in GBK are those of EUC-JP).
    fn is_likelier(&self, other: &Draft<'_>) -> bool {
        if prior::scripts(self.written) == prior::scripts(other.written) {
            return self.cost < other.cost;
        }
        self.cost + self.foreign_letters() < other.cost + other.foreign_letters()
    }

    fn foreign_letters(&self) -> f32 {
        let words = self.state().words;
        let of_word = |word: &Converted| path::foreign_letters(self.written, &word.chars);
        words.iter().flatten().map(of_word).sum()
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

/// Drafts of all states that one more mis-decoding explains, those with equal words only once. `before` is what single
/// characters say of each word as it was observed.
pub(crate) fn expand<'s>(
    spelling: &'s Spelling<'s>,
    before: &[f32],
    settings: &Settings,
    images: &mut Images,
    seen: &mut Set<u64>,
    out: &mut Vec<Draft<'s>>,
) {
    let state = spelling.state;
    let newer = state.chain.iter().next();
    let first = out.len();
    let mut index: Map<u64, usize> = Map::default();
    for trial in trials(spelling, settings) {
        let Ok(chain) = state.chain.preceded_by(trial.step) else {
            continue;
        };
        let Some(outcome) = outcome(spelling, &trial.reading, trial.step.written, before, images)
        else {
            continue;
        };
        let again = newer.map_or(0.0, |newer| prior::next_layer(trial.step, newer));
        let draft = Draft {
            chain,
            cost: state.cost + trial.cost + again,
            gain: outcome.gain,
            written: trial.step.written,
            reading: trial.reading,
            spelling,
        };
        if seen.insert(outcome.fingerprint) {
            index.insert(outcome.fingerprint, out.len() - first);
            out.push(draft);
        } else if let Some(same) = index
            .get(&outcome.fingerprint)
            .and_then(|&i| out.get_mut(first + i))
            && draft.is_likelier(same)
        {
            // Another chain gives the same words: the likelier one explains them.
            *same = draft;
        }
    }
}

/// One more mis-decoding that words may be explained by.
struct Trial {
    step: Misdecoding,
    /// Nats: the price of the mis-decoding.
    cost: f32,
    reading: Rc<Reading>,
}

/// All mis-decodings that are worth trying on some words.
fn trials(spelling: &Spelling<'_>, settings: &Settings) -> Vec<Trial> {
    let newer = spelling.state.chain.iter().next();
    let mut trials = Vec::new();
    for reading in readings(spelling, &settings.encodings) {
        for &written in settings.encodings.written.iter() {
            let priced = reading.encodings.iter().filter_map(|&read| {
                let step = Misdecoding { written, read };
                let hints = settings.hint(written) + settings.hint_of_systems(read);
                Some((step, prior::cost(step)? + hints))
            });
            let Some((step, cost)) = priced.min_by(|a, b| a.1.total_cmp(&b.1)) else {
                continue;
            };
            if newer.is_some_and(|newer| prior::cancels(step, newer) || cost >= RARE_IN_LAYERS) {
                continue;
            }
            trials.push(Trial {
                step,
                cost,
                reading: Rc::clone(&reading),
            });
        }
    }
    trials
}
