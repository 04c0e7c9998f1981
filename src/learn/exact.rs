//! Chains without loss: a search from both ends that meets in the middle.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::pieces::Pieces;
use super::{UNKNOWN, by_price, pairs, price, price_of};
use crate::encoding::Encoding;
use crate::misdecoding::{Chain, Misdecoding};

/// The dearest mis-decoding that is tried in chains of four.
pub(super) const KNOWN: f32 = 6.0;
/// So many texts of either end are tried as those around the middle of three.
const TEXTS: usize = 1500;
/// So many chains are kept that lead to the same text.
const CHAINS: usize = 4;
/// So many meetings are checked.
const MEETINGS: usize = 200;
/// Longer samples, in bytes, are not searched for more than one mis-decoding.
const LONGEST: usize = 4000;

/// The shortest chains that make every mangled piece of its original.
pub(super) fn chains(pieces: &Pieces<'_>) -> Vec<Chain> {
    let (mangled, original) = &pieces.sample;
    let all = pairs(UNKNOWN);
    let start = Front::start(original);
    let end = Front::start(mangled);
    let bears_out = |chain: &Chain| {
        pieces.all(|mangled, original| {
            chain.mangle(original).is_ok_and(|made| made == mangled)
                || chain.undo(mangled).is_ok_and(|made| made == original)
        })
    };
    let checked = |mut found: Vec<(f32, Chain)>| -> Vec<Chain> {
        found.sort_by(by_price);
        found.dedup();
        let chains = found.into_iter().take(MEETINGS).map(|(_, chain)| chain);
        chains.filter(bears_out).collect()
    };
    let one = checked(single(original, mangled, &all));
    if !one.is_empty() || mangled.len() > LONGEST {
        return one;
    }
    let forth = start.spread(&all, Way::Forth);
    let back = end.spread(&all, Way::Back);
    let two = checked(forth.meet(&back));
    if !two.is_empty() {
        return two;
    }
    let three = checked(forth.meet_between(&back));
    if !three.is_empty() {
        return three;
    }
    let known = pairs(KNOWN);
    let forth = start.spread(&known, Way::Forth).spread(&known, Way::Forth);
    let back = end.spread(&known, Way::Back).spread(&known, Way::Back);
    checked(forth.meet(&back))
}

/// The steps that explain a text by themselves, run the one way or the other: some programs write what an encoding reads in
/// more ways than one.
fn single(original: &str, mangled: &str, steps: &[Misdecoding]) -> Vec<(f32, Chain)> {
    let (mut clean, mut spoilt) = (Written::new(original), Written::new(mangled));
    let mut leads = |step: &Misdecoding| {
        let reads =
            |bytes, encoding: Encoding, text| encoding.decode(bytes).is_ok_and(|read| read == text);
        clean
            .get(step.written)
            .is_some_and(|bytes| reads(bytes, step.read, mangled))
            || spoilt
                .get(step.read)
                .is_some_and(|bytes| reads(bytes, step.written, original))
    };
    let steps = steps.iter().filter(|step| leads(step));
    steps
        .map(|step| (price_of(*step), Chain::from(*step)))
        .collect()
}

/// Which way mis-decodings are run.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    /// From the original on.
    Forth,
    /// From the mangled text back.
    Back,
}

/// Texts that can be reached from one end, with the cheapest chains that lead there.
struct Front {
    /// The cheapest first.
    texts: Vec<(String, Vec<Chain>)>,
    places: HashMap<String, usize>,
}

impl Front {
    fn start(text: &str) -> Front {
        Front {
            texts: vec![(text.to_owned(), vec![Chain::new()])],
            places: HashMap::from([(text.to_owned(), 0)]),
        }
    }

    /// What one more of these steps, the cheapest first, leads to.
    fn spread(&self, steps: &[Misdecoding], way: Way) -> Front {
        let mut next = Front {
            texts: Vec::new(),
            places: HashMap::new(),
        };
        for (text, chains) in &self.texts {
            let mut written = Written::new(text);
            for &step in steps {
                let (from, to) = match way {
                    Way::Forth => (step.written, step.read),
                    Way::Back => (step.read, step.written),
                };
                let Some(reached) = written.get(from).and_then(|bytes| to.decode(bytes).ok())
                else {
                    continue;
                };
                if reached == *text || self.places.contains_key(reached.as_ref()) {
                    continue;
                }
                let longer = chains.iter().filter_map(|chain| match way {
                    Way::Forth => chain.with(step).ok(),
                    Way::Back => chain.preceded_by(step).ok(),
                });
                next.add(&reached, longer);
            }
        }
        next.texts.sort_by(|a, b| {
            cheapest(&a.1)
                .total_cmp(&cheapest(&b.1))
                .then(a.0.cmp(&b.0))
        });
        for (place, (text, _)) in next.texts.iter().enumerate() {
            if let Some(known) = next.places.get_mut(text) {
                *known = place;
            }
        }
        next
    }

    fn add(&mut self, text: &str, chains: impl Iterator<Item = Chain>) {
        let place = match self.places.get(text) {
            Some(place) => *place,
            None => {
                self.places.insert(text.to_owned(), self.texts.len());
                self.texts.push((text.to_owned(), Vec::new()));
                self.texts.len() - 1
            }
        };
        if let Some((_, known)) = self.texts.get_mut(place) {
            known.extend(chains);
            if known.len() > CHAINS * 2 {
                thin(known);
            }
        }
    }

    /// The chains through the texts that both fronts have reached.
    fn meet(&self, back: &Front) -> Vec<(f32, Chain)> {
        let mut found = Vec::new();
        for (text, first) in &self.texts {
            let Some((_, last)) = back
                .places
                .get(text)
                .and_then(|place| back.texts.get(*place))
            else {
                continue;
            };
            for older in first {
                found.extend(last.iter().filter_map(|newer| join(*older, *newer)));
            }
        }
        found
    }

    /// The chains through one more step between the texts of both fronts: where one is written as the bytes that the
    /// other is written as, too.
    fn meet_between(&self, back: &Front) -> Vec<(f32, Chain)> {
        let mut bytes: HashMap<u64, Vec<(usize, Encoding)>> = HashMap::new();
        for (place, (text, _)) in back.texts.iter().take(TEXTS).enumerate() {
            let mut written = Written::new(text);
            for &read in Encoding::ALL {
                if let Some(these) = written.get(read) {
                    bytes.entry(hash(these)).or_default().push((place, read));
                }
            }
        }
        let mut found = Vec::new();
        for (text, first) in self.texts.iter().take(TEXTS) {
            let mut encoded = Written::new(text);
            for &written in Encoding::ALL {
                let met = encoded
                    .get(written)
                    .and_then(|these| bytes.get(&hash(these)));
                for &(place, read) in met
                    .into_iter()
                    .flatten()
                    .filter(|(_, read)| *read != written)
                {
                    let last = back.texts.get(place).and_then(|(_, chains)| chains.first());
                    let step = Misdecoding::new(written, read);
                    let older = first.first().and_then(|chain| chain.with(step).ok());
                    found.extend(
                        older
                            .zip(last)
                            .and_then(|(older, newer)| join(older, *newer)),
                    );
                }
            }
        }
        found
    }
}

/// Keeps the cheapest chains.
fn thin(chains: &mut Vec<Chain>) {
    chains.sort_by(|a, b| price(a).total_cmp(&price(b)).then(a.cmp(b)));
    chains.dedup();
    chains.truncate(CHAINS);
}

fn cheapest(chains: &[Chain]) -> f32 {
    chains.iter().map(price).fold(f32::INFINITY, f32::min)
}

fn join(older: Chain, newer: Chain) -> Option<(f32, Chain)> {
    let chain = newer
        .iter()
        .try_fold(older, |chain, step| chain.with(step).ok())?;
    Some((chain.iter().map(price_of).sum(), chain))
}

/// Equal for every run of a program, unlike the hash of a map.
fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    hasher.finish()
}

/// A text in every encoding, each written once.
struct Written<'t> {
    text: &'t str,
    bytes: HashMap<Encoding, Option<Vec<u8>>>,
}

impl<'t> Written<'t> {
    fn new(text: &'t str) -> Self {
        Written {
            text,
            bytes: HashMap::new(),
        }
    }

    fn get(&mut self, encoding: Encoding) -> Option<&[u8]> {
        let write = || {
            encoding
                .encode(self.text)
                .ok()
                .map(|bytes| bytes.into_owned())
        };
        self.bytes.entry(encoding).or_insert_with(write).as_deref()
    }
}
