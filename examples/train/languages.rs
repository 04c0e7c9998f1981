//! The table of `src/model/languages.rs`: how much commoner letters, and three letters in a row, are
//! in each language than in all of them together.

use crate::corpus::Language;
use crate::model::fold;
use crate::model::languages::{EDGE, MAGIC, ROW, STEPS, key};
use std::collections::{BTreeMap, HashMap};

/// Rows of the table.
const ROWS: usize = 4_000;
/// Rows that letters alone may take of them.
const LETTERS: usize = 900;
/// A sequence that a language lacks counts as often as this, of a million, and a letter: there are fewer of them.
const FLOOR: f64 = 2.0;
const LETTER_FLOOR: f64 = 0.3;

/// Letters by the ten thousand say nothing about the language.
fn counts(c: char) -> bool {
    !matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7FF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..)
}

type Shares = HashMap<u64, f64>;

/// How often each key occurs in a language, of a million letters.
fn shares(language: &Language) -> Shares {
    let mut shares = Shares::new();
    let mut total = 0.0;
    let listed: f64 = language
        .words
        .iter()
        .map(|w| w.1 * w.0.chars().count() as f64)
        .sum();
    let running: f64 = language
        .sentences
        .iter()
        .map(|s| s.chars().count() as f64)
        .sum();
    // a word list weighs half of what the sentences do
    let weight = if listed > 0.0 {
        (running / 2.0).max(1.0) / listed
    } else {
        0.0
    };
    let texts = language.sentences.iter().map(|s| (s.as_str(), 1.0));
    let words = language.words.iter().map(|(w, n)| (w.as_str(), n * weight));
    for (text, n) in texts.chain(words) {
        let (mut oldest, mut older) = (EDGE, EDGE);
        for c in text.chars().chain([EDGE]) {
            let c = if c.is_alphabetic() && (!c.is_ascii() || c.is_ascii_alphabetic()) {
                fold::lower(c)
            } else {
                EDGE
            };
            if c == EDGE && older == EDGE {
                oldest = EDGE;
                continue;
            }
            if counts(c) && counts(older) && counts(oldest) {
                *shares.entry(key([oldest, older, c])).or_default() += n;
            }
            if !c.is_ascii() && counts(c) {
                *shares.entry(key(['\0', '\0', c])).or_default() += n;
            }
            total += n;
            (oldest, older) = (older, c);
        }
    }
    shares.values_mut().for_each(|n| *n *= 1e6 / total);
    shares
}

/// The bytes of the table.
pub fn pack(languages: &[Language]) -> Vec<u8> {
    let languages: Vec<&Language> = languages
        .iter()
        .filter(|l| l.sentences.len() > 50)
        .collect();
    assert!(
        languages.len() <= ROW,
        "more languages than a row has room for"
    );
    let shares: Vec<Shares> = languages.iter().map(|l| shares(l)).collect();
    let mut pooled: BTreeMap<u64, f64> = BTreeMap::new();
    for (key, n) in shares.iter().flatten() {
        *pooled.entry(*key).or_default() += n / languages.len() as f64;
    }
    let is_letter = |key: u64| key >> 21 == 0;
    let ratio = |key: u64, all: f64, l: usize| {
        let n = shares[l].get(&key).copied().unwrap_or(0.0);
        let floor = if is_letter(key) { LETTER_FLOOR } else { FLOOR };
        ((n + floor) / (all + floor)).ln()
    };
    // of most use is what is common in some language and tells it from others
    let worth = |key: u64, all: f64| -> f64 {
        (0..languages.len())
            .map(|l| shares[l].get(&key).copied().unwrap_or(0.0) * ratio(key, all, l).abs())
            .sum()
    };
    let mut ranked: Vec<(u64, f64, f64)> = pooled
        .iter()
        .map(|(&k, &all)| (k, all, worth(k, all)))
        .collect();
    ranked.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.0.cmp(&b.0)));
    let letters = ranked.iter().filter(|r| is_letter(r.0)).take(LETTERS);
    let mut kept: Vec<(u64, f64)> = letters.map(|r| (r.0, r.1)).collect();
    let rest = ranked
        .iter()
        .filter(|r| !is_letter(r.0))
        .take(ROWS - kept.len());
    kept.extend(rest.map(|r| (r.0, r.1)));
    kept.sort_by_key(|k| k.0);
    let mut out = MAGIC.to_vec();
    out.extend((languages.len() as u32).to_le_bytes());
    out.extend((kept.len() as u32).to_le_bytes());
    for (key, _) in &kept {
        out.extend(key.to_le_bytes());
    }
    for &(key, all) in &kept {
        for l in 0..ROW {
            let steps = if l < languages.len() {
                (ratio(key, all, l) * f64::from(STEPS))
                    .round()
                    .clamp(-127.0, 127.0) as i8
            } else {
                0
            };
            out.extend(steps.to_le_bytes());
        }
    }
    out
}
