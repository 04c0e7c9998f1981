//! Events of the corpora, counted: n-grams of words and lines, cases, folds.

use crate::corpus::{Language, UNSPACED};
use crate::model::fold::FOLDS;
use crate::model::walk::{
    CASE_STATES, Kind, LINE_CONTEXT, NONE, Script, Sink, WORD_CONTEXT, Walk, Window,
};
use crate::unicode;
use std::collections::BTreeMap;

/// Counts are whole numbers of this part of a character, so that sums do not depend on order.
pub const UNIT: f64 = 65536.0;
/// What a language weighs, in characters: its sentences, its words.
const SENTENCES: f64 = 100_000.0;
const WORDS: f64 = 100_000.0;

/// An n-gram: 21 bits a symbol, the newest lowest.
pub type Gram = u128;
/// Bits of a symbol.
pub const BITS: u32 = 21;

/// Counted n-grams of one level; the order of an n-gram is its place plus one.
pub type Counts = Vec<Vec<(Gram, u64)>>;

/// All that is counted.
pub struct Tally {
    pub word: Counts,
    pub line: Counts,
    pub cases: [[f64; 2]; CASE_STATES],
    pub folds: [f64; FOLDS.len()],
    /// Upper-case letters.
    pub capitals: BTreeMap<char, u64>,
}

impl Tally {
    fn new() -> Self {
        Tally {
            word: vec![vec![]; WORD_CONTEXT + 1],
            line: vec![vec![]; LINE_CONTEXT + 1],
            cases: [[0.0; 2]; CASE_STATES],
            folds: [0.0; FOLDS.len()],
            capitals: BTreeMap::new(),
        }
    }
}

/// Collects the events of one language.
struct Counter {
    tally: Tally,
    weight: u64,
    /// Whether lines, cases and folds count: not in lists of words.
    prose: bool,
}

fn record<const N: usize>(counts: &mut Counts, window: &Window<N>, symbol: u32, weight: u64) {
    let mut gram = Gram::from(symbol);
    let mut shift = 0;
    counts[0].push((gram, weight));
    for (order, &older) in window.symbols.iter().enumerate() {
        if older == NONE {
            break;
        }
        shift += BITS;
        gram |= Gram::from(older) << shift;
        counts[order + 1].push((gram, weight));
    }
}

impl Sink for Counter {
    fn class(&self, c: char) -> (Kind, Script) {
        unicode::class(c)
    }
    fn word(&mut self, context: &Window<WORD_CONTEXT>, symbol: u32) -> [u8; WORD_CONTEXT] {
        record(&mut self.tally.word, context, symbol, self.weight);
        [0; WORD_CONTEXT]
    }
    fn line(&mut self, context: &Window<LINE_CONTEXT>, symbol: u32) -> [u8; LINE_CONTEXT] {
        if self.prose {
            record(&mut self.tally.line, context, symbol, self.weight);
        }
        [0; LINE_CONTEXT]
    }
    fn word_start(&self) -> [u8; WORD_CONTEXT] {
        [0; WORD_CONTEXT]
    }
    fn case(&mut self, state: u8, upper: bool) {
        if self.prose {
            self.tally.cases[usize::from(state)][usize::from(upper)] += self.weight as f64 / UNIT;
        }
    }
    fn fold(&mut self, index: usize) {
        if self.prose {
            self.tally.folds[index] += self.weight as f64 / UNIT;
        }
    }
}

fn start() -> Walk {
    Walk::after('\n', [0; LINE_CONTEXT], [0; WORD_CONTEXT])
}

/// Sorts n-grams and adds up equal ones.
fn merge(grams: &mut Vec<(Gram, u64)>) {
    grams.sort_unstable();
    grams.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
        }
        same
    });
}

fn language(language: &Language) -> Tally {
    let mut counter = Counter {
        tally: Tally::new(),
        weight: 0,
        prose: true,
    };
    let total: usize = language.sentences.iter().map(|l| l.chars().count()).sum();
    let weight = SENTENCES / total.max(20_000) as f64;
    counter.weight = (weight * UNIT) as u64;
    for line in &language.sentences {
        let mut walk = start();
        for c in line.chars().chain(['\n']) {
            walk.step(c, &mut counter);
            if unicode::kind(c) == Kind::Upper {
                *counter.tally.capitals.entry(c).or_default() += counter.weight;
            }
        }
    }
    counter.prose = false;
    let spaced = !UNSPACED.contains(&&*language.name);
    let total: f64 = language
        .words
        .iter()
        .map(|(w, n)| w.chars().count() as f64 * n)
        .sum();
    for (word, n) in &language.words {
        counter.weight = ((WORDS * n / total) * UNIT) as u64;
        if counter.weight == 0 {
            continue;
        }
        let mut walk = start();
        if !spaced {
            walk.forget();
        }
        for c in word.chars() {
            walk.step(c, &mut counter);
        }
        if spaced {
            walk.step(' ', &mut counter);
        }
    }
    let mut tally = counter.tally;
    tally.word.iter_mut().chain(&mut tally.line).for_each(merge);
    tally
}

/// Counts all languages together, each with the same weight.
pub fn all(languages: &[Language]) -> Tally {
    let mut sum = Tally::new();
    for batch in languages.chunks(8) {
        let half = batch.len().div_ceil(2);
        let tallies: Vec<Tally> = std::thread::scope(|scope| {
            let threads: Vec<_> = batch
                .chunks(half)
                .map(|part| scope.spawn(|| part.iter().map(language).collect::<Vec<_>>()))
                .collect();
            threads
                .into_iter()
                .flat_map(|t| t.join().unwrap_or_else(|e| std::panic::resume_unwind(e)))
                .collect()
        });
        for tally in tallies {
            let levels = [(&mut sum.word, tally.word), (&mut sum.line, tally.line)];
            for (into, from) in levels {
                for (a, b) in into.iter_mut().zip(from) {
                    a.extend(b);
                }
            }
            for (a, b) in sum
                .cases
                .iter_mut()
                .flatten()
                .zip(tally.cases.iter().flatten())
            {
                *a += b;
            }
            for (a, b) in sum.folds.iter_mut().zip(tally.folds) {
                *a += b;
            }
            for (c, n) in tally.capitals {
                *sum.capitals.entry(c).or_default() += n;
            }
        }
    }
    sum.word.iter_mut().chain(&mut sum.line).for_each(merge);
    sum
}
