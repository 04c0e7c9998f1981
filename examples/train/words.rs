//! The table of `src/model/words.rs`: common words of each language that have letters outside ASCII.

use crate::corpus::{self, Language, UNSPACED};
use crate::fuse;
use crate::model::words::{LONGEST, MAGIC, key};
use std::collections::{BTreeSet, HashMap};
use std::error::Error;
use std::path::Path;

/// Lines of a frequency list that are read. In Latin letters few words have any outside ASCII; of
/// other scripts every word counts, and the n-grams tell them apart well.
const LATIN: usize = 50_000;
const OTHER: usize = 10_000;
/// A language without a list: words of so many sentences or more.
const SENTENCES: usize = 2;
/// Scripts of many thousand syllables or of no mojibake that could be mistaken.
fn counts(c: char) -> bool {
    c < '\u{700}' || ('\u{10A0}'..'\u{1100}').contains(&c) || ('\u{1E00}'..'\u{2000}').contains(&c)
}

/// The words of a text, in lower case.
fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphabetic())
        .filter(|w| !w.is_ascii() && w.chars().count() <= LONGEST && w.chars().all(counts))
        .map(|w| w.chars().map(crate::model::fold::lower).collect())
}

fn is_latin(word: &str) -> bool {
    word.chars()
        .any(|c| c.is_ascii_alphabetic() || ('\u{C0}'..'\u{250}').contains(&c))
}

fn of_language(
    data: &Path,
    language: &Language,
    all: &mut BTreeSet<String>,
) -> Result<(), Box<dyn Error>> {
    let listed = corpus::words(data, &language.name, LATIN)?;
    if listed.is_empty() {
        let mut sentences: HashMap<String, usize> = HashMap::new();
        for sentence in &language.sentences {
            for word in words(sentence).collect::<BTreeSet<_>>() {
                *sentences.entry(word).or_default() += 1;
            }
        }
        all.extend(
            sentences
                .into_iter()
                .filter(|w| w.1 >= SENTENCES)
                .map(|w| w.0),
        );
    }
    for (rank, (word, _)) in listed.iter().enumerate() {
        all.extend(words(word).filter(|w| rank < OTHER || is_latin(w)));
    }
    Ok(())
}

/// The bytes of the table.
pub fn pack(data: &Path, languages: &[Language]) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut all = BTreeSet::new();
    for language in languages {
        if !UNSPACED.contains(&language.name.as_str()) {
            of_language(data, language, &mut all)?;
        }
    }
    eprintln!("{} words", all.len());
    for seed in 1u64..100 {
        let keys: Vec<(u64, u8)> = all.iter().map(|w| (key(seed, w.chars()), 0)).collect();
        if let Some(fuse) = fuse::build(&keys) {
            let mut out = MAGIC.to_vec();
            out.extend(fuse.segment_bits.to_le_bytes());
            out.extend(fuse.segments.to_le_bytes());
            out.extend(seed.to_le_bytes());
            // the value of every key is 0, so that the mark alone is left
            out.extend(fuse.slots.iter().map(|slot| slot.to_le_bytes()[1]));
            return Ok(out);
        }
    }
    Err("no seed places all words".into())
}
