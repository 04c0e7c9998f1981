//! The scan that spares clean text the search hides no repair that the search would make.
//!
//! A repairer whose settings name encodings searches whatever is not ASCII; with all of them named it may find all that
//! the usual one may. Both are compared, over the corpus of this repository and over sentences of `../shared`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets what it did not expect is to fail"
)]

mod common;

use common::{files, json_lines, on_all_processors, read, root, shared};
use serde::Deserialize;
use unbake::Repairer;
use unbake::detect::Settings;
use unbake::encoding::Encoding;
use unbake::misdecoding::Chain;

#[derive(Deserialize)]
struct Case {
    mangled: String,
    truth: String,
}

/// Right repairs that the scan may hide, of a thousand. Half of the sentences here are single words, of which some could
/// as well stand as they stand: `mìsta`, `adý`. Of the accuracy benchmark it is one in a thousand.
const MOST_HIDDEN: usize = 15;

fn without_a_scan() -> Repairer {
    Repairer::new().settings(Settings::new().written_in(Encoding::ALL))
}

/// Compares both over some cases and says how many right repairs there are without the scan.
fn compare(cases: &[Case]) -> usize {
    let (usual, thorough) = (Repairer::new(), without_a_scan());
    let outcomes = on_all_processors(cases, |case| {
        let (quick, slow) = (usual.repair(&case.mangled), thorough.repair(&case.mangled));
        let is_right = slow.is_changed() && slow.text() == case.truth;
        let is_hidden = is_right && quick.text() != case.truth;
        let is_new = quick.is_changed() && !slow.is_changed();
        (is_right, is_hidden, is_new)
    });
    let count = |f: fn(&(bool, bool, bool)) -> bool| outcomes.iter().filter(|o| f(o)).count();
    let (right, hidden, new) = (count(|o| o.0), count(|o| o.1), count(|o| o.2));
    for (case, outcome) in cases.iter().zip(&outcomes) {
        if outcome.1 || outcome.2 {
            println!("{outcome:?}: {:?}", case.mangled);
        }
    }
    println!("{right} right repairs, {hidden} hidden, {new} made with the scan only");
    assert_eq!(new, 0, "the scan only takes texts from the search");
    assert!(
        hidden * 1000 <= right * MOST_HIDDEN,
        "{hidden} of {right} right repairs are hidden"
    );
    right
}

#[test]
fn the_corpus_is_repaired_as_without_a_scan() {
    let folder = root().join("corpus/mangled");
    let cases: Vec<Case> = files(&folder, ".jsonl")
        .iter()
        .flat_map(|file| json_lines(file))
        .collect();
    assert!(compare(&cases) > 100, "the corpus holds mojibake");
}

/// Mis-decodings of all kinds, each over the languages that it can befall.
const CHAINS: &[(&str, &str)] = &[
    (
        "utf-8>windows-1252",
        "fr de es pl cs hu tr vi ru el he ar th ko ja zh-Hans",
    ),
    ("utf-8>macintosh", "fr de sv pt"),
    ("utf-8>ibm437", "es da fi"),
    ("utf-8>windows-1251", "ru uk bg fr de"),
    ("utf-8>gbk", "ru el"),
    ("windows-1251>windows-1252", "ru uk bg sr"),
    ("koi8-r>windows-1251", "ru"),
    ("windows-1251>koi8-r", "ru bg"),
    ("ibm866>windows-1251", "ru be"),
    ("windows-1250>windows-1252", "pl cs sk hu hr"),
    ("iso-8859-2>windows-1252", "pl cs hu"),
    ("windows-1254>windows-1252", "tr az"),
    ("windows-1253>windows-1252", "el"),
    ("windows-1255>windows-1252", "he"),
    ("windows-1256>windows-1252", "ar fa"),
    ("windows-1257>windows-1252", "lt lv et"),
    ("macintosh>windows-1252", "fr es sv"),
    ("ibm850>windows-1252", "de fr da"),
    ("shift_jis>windows-1252", "ja"),
    ("gbk>windows-1252", "zh-Hans"),
    ("big5>windows-1252", "zh-Hant"),
    ("euc-kr>windows-1252", "ko"),
    ("utf-8>windows-1252 + utf-8>windows-1252", "fr ru ja"),
];
/// Sentences of each, from the end of the files: training takes most lines of the rest too, but few of these words.
const SENTENCES: usize = if cfg!(debug_assertions) { 2 } else { 8 };

#[test]
fn sentences_are_repaired_as_without_a_scan() {
    let Some(folder) = shared("sentences_are_repaired_as_without_a_scan", "data/sentences") else {
        return;
    };
    let mut cases = Vec::new();
    for (chain, languages) in CHAINS {
        let chain: Chain = chain.parse().unwrap();
        for language in languages.split(' ') {
            let text = read(&folder.join(format!("{language}.txt")));
            let lines = text.lines().rev().filter(|line| !line.is_ascii());
            let mangled = lines.filter_map(|line| Some((line, chain.mangle(line).ok()?)));
            for (truth, whole) in mangled.take(SENTENCES) {
                // One word of it, too: what is short is what a scan could miss.
                let word = truth.split(' ').find(|w| !w.is_ascii()).unwrap_or(truth);
                if let Ok(mangled) = chain.mangle(word) {
                    cases.push(Case {
                        mangled,
                        truth: word.to_owned(),
                    });
                }
                cases.push(Case {
                    mangled: whole,
                    truth: truth.to_owned(),
                });
            }
        }
    }
    assert!(compare(&cases) > 50, "the sentences are mojibake");
}

#[test]
fn clean_sentences_stand() {
    let Some(folder) = shared("clean_sentences_stand", "data/sentences") else {
        return;
    };
    let (usual, thorough) = (Repairer::new(), without_a_scan());
    let lines: Vec<String> = files(&folder, ".txt")
        .iter()
        .flat_map(|file| {
            let text = read(file);
            let lines = text.lines().rev().filter(|line| !line.is_ascii());
            lines.take(SENTENCES).map(str::to_owned).collect::<Vec<_>>()
        })
        .collect();
    let harmed = on_all_processors(&lines, |line| {
        usual.repair(line).is_changed() && !thorough.repair(line).is_changed()
    });
    assert!(!harmed.contains(&true), "the scan adds no harm");
}
