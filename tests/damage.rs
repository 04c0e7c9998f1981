//! Replays mangled pages: the page that the project began with, passages of others, those made
//! of texts of our own, and clean text that resembles them.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

use unbake::damage::repair_page;

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/damaged_pages")
}

/// A file of ../shared; none, by name, where that folder is missing.
fn shared(test: &str, file: &str) -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../shared")
        .join(file);
    let text = fs::read_to_string(path).ok();
    if text.is_none() {
        eprintln!("skipped {test}: no ../shared/{file}");
    }
    text
}

/// Whether a reading in parentheses stands behind a Han character.
fn has_reading(text: &str) -> bool {
    let tone = |c: char| "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ".contains(c);
    text.split('(')
        .skip(1)
        .filter_map(|rest| rest.split_once(')'))
        .any(|(inside, _)| inside.chars().count() < 8 && inside.contains(tone))
}

#[test]
fn seed_page_is_exact() {
    let (Some(page), Some(fixed)) = (
        shared("seed_page_is_exact", "seed/page.txt"),
        shared("seed_page_is_exact", "seed/page.fixed.txt"),
    ) else {
        return;
    };
    assert_eq!(repair_page(&page), fixed);
}

#[test]
fn passages_lose_their_readings() {
    let Some(samples) = shared("passages_lose_their_readings", "data/page-sample.jsonl") else {
        return;
    };
    let mut exact = 0;
    for line in samples.lines() {
        let sample: serde_json::Value = serde_json::from_str(line).unwrap();
        let repaired = repair_page(sample["mangled"].as_str().unwrap());
        assert!(!has_reading(&repaired), "{repaired}");
        exact += usize::from(sample["fixed"].as_str() == Some(&*repaired));
    }
    assert!(exact >= EXACT_PASSAGES, "only {exact} passages are exact");
}

/// Of 19; one has no known original, one an inserted word, two a script conversion over the shift.
const EXACT_PASSAGES: usize = 13;

#[test]
fn own_pages_are_put_right() {
    for entry in fs::read_dir(corpus()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        let Some(stem) = name.strip_suffix(".fixed.txt") else {
            continue;
        };
        let mangled = fs::read_to_string(path.with_file_name(format!("{stem}.txt"))).unwrap();
        let fixed = fs::read_to_string(&path).unwrap();
        let repaired = repair_page(&mangled);
        let wrong = |text: &str| {
            text.lines()
                .zip(fixed.lines())
                .filter(|(a, b)| a != b)
                .count()
        };
        let (before, after) = (wrong(&mangled), wrong(&repaired));
        assert!(
            after * 2 <= before,
            "{name}: {after} of {before} lines are still wrong"
        );
        assert_eq!(repair_page(&fixed), fixed, "{name} is clean");
    }
}

#[test]
fn clean_pages_stay() {
    for folder in ["negative", "clean"] {
        for entry in fs::read_dir(corpus().join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let text = fs::read_to_string(&path).unwrap();
            assert_eq!(repair_page(&text), text, "{}", path.display());
        }
    }
}

#[test]
fn clean_sentences_stay() {
    for language in ["zh-Hans", "zh-Hant", "ja"] {
        let file = format!("data/sentences/{language}.txt");
        let Some(sentences) = shared("clean_sentences_stay", &file) else {
            return;
        };
        for sentence in sentences.lines() {
            assert_eq!(repair_page(sentence), sentence);
        }
        assert_eq!(repair_page(&sentences), sentences);
    }
}

/// Repeated patterns that look like damage: time is bounded and nothing is cut within a character.
#[test]
fn hostile_text_ends() {
    for pattern in [
        "(",
        "？",
        "?！",
        "中?！",
        "漢",
        "會(huì)",
        "中?qū)",
        "a(huì",
        "中?；ち",
        "\u{7}，",
        "?\u{e000}",
    ] {
        let text = pattern.repeat(6_000 / pattern.len());
        let repaired = repair_page(&text);
        assert!(repaired.len() <= 2 * text.len());
    }
}
