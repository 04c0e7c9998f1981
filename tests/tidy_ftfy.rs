//! Those who come from ftfy: its own cases, and where the tidying differs on purpose.
//!
//! The cases are read from `../shared` and skipped where that is not there.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail so"
)]

mod common;

use common::{files, read, root, shared};
use serde::Deserialize;
use unbake::Repairer;
use unbake::tidy::{Entities, Tidy};

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Case {
    original: String,
    /// What all of ftfy makes of it.
    fixed: String,
    /// What its repair of encodings alone makes of it, where that is something else.
    fixed_encoding: Option<String>,
}

/// Every case with the name of its file and its number there.
fn cases(test: &str) -> Vec<(String, usize, Case)> {
    let Some(folder) = shared(test, "data/peer-cases/ftfy") else {
        return Vec::new();
    };
    let mut cases = Vec::new();
    for file in files(&folder, ".json") {
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        let found: Vec<Case> = serde_json::from_str(&read(&file)).unwrap();
        assert!(!found.is_empty());
        let numbered = found.into_iter().enumerate();
        cases.extend(numbered.map(|(number, case)| (name.clone(), number, case)));
    }
    cases
}

#[test]
fn text_in_the_right_encoding_is_tidied_as_ftfy_does() {
    for (file, number, case) in cases("text_in_the_right_encoding_is_tidied_as_ftfy_does") {
        let right = case.fixed_encoding.as_ref().unwrap_or(&case.fixed);
        // An entity in the middle of mojibake: resolved, it is still mojibake.
        if case.original == "10Î&frac14;s" {
            continue;
        }
        let repair = Tidy::ftfy().apply(right);
        assert_eq!(repair.text(), case.fixed, "{file} {number}");
        assert_eq!(repair.revert(), *right);
    }
}

const VERDICTS: [&str; 4] = ["better", "as good", "missed", "wrong"];

#[test]
fn its_cases_come_out_alike_or_are_listed_with_a_reason() {
    let list = read(&root().join("tests/data/tidy/ftfy-differences.tsv"));
    let lines = list.lines().filter(|line| !line.starts_with('#'));
    let listed: Vec<Vec<&str>> = lines.map(|line| line.split('\t').collect()).collect();
    let cases = cases("its_cases_come_out_alike_or_are_listed_with_a_reason");
    let mut alike = 0;
    let mut differ = Vec::new();
    let mut unlisted = String::new();
    for (file, number, case) in &cases {
        let repair = Tidy::ftfy().repair_with(&Repairer::new(), &case.original);
        assert_eq!(repair.revert(), case.original);
        let is_alike = repair.text() == case.fixed;
        alike += usize::from(is_alike);
        let line = listed
            .iter()
            .find(|line| line[0] == file && line[1] == number.to_string());
        match line {
            Some(line) if is_alike => println!("no longer so: {}", line.join("\t")),
            Some(line) => {
                let [_, _, verdict, reason] = line[..] else {
                    panic!("{file} {number}: needs a verdict and a reason");
                };
                assert!(VERDICTS.contains(&verdict), "{file} {number}: {verdict}");
                assert!(!reason.is_empty(), "{file} {number} needs a reason");
                // Better is only what is not left as it stood.
                assert!(
                    verdict != "better" || repair.is_changed(),
                    "{file} {number}"
                );
                // And it holds what the reason says is rebuilt.
                let quoted = reason.split('`').skip(1).step_by(2);
                for word in quoted.filter(|_| verdict == "better") {
                    assert!(repair.text().contains(word), "{file} {number}: {word}");
                }
                differ.push(verdict);
            }
            None if is_alike => {}
            None => {
                let texts = (&case.original, repair.text(), &case.fixed);
                unlisted += &format!("{file}\t{number}\t{texts:?}\n");
            }
        }
    }
    assert!(
        unlisted.is_empty(),
        "unlike ftfy's without a reason (original, here, ftfy):\n{unlisted}"
    );
    println!("{alike} of {} cases as ftfy has them", cases.len());
    for verdict in VERDICTS {
        let times = differ.iter().filter(|known| **known == verdict).count();
        println!("{times} {verdict}");
    }
}

/// A text, what ftfy 6.3.1 makes of it without its repair of encodings, and what the tidying here does.
const ON_PURPOSE: &[(&str, &str, &str, &str)] = &[
    (
        "names of more than 24 letters are names too",
        "&CounterClockwiseContourIntegral;",
        "&CounterClockwiseContourIntegral;",
        "∳",
    ),
    (
        "a sign of less-than is no tag",
        "I <3 you &amp; me",
        "I <3 you &amp; me",
        "I <3 you & me",
    ),
    (
        "one tag keeps all of the text, not what follows only",
        "1 &lt; 2\n<b>3 &lt; 4</b>",
        "1 < 2\n<b>3 &lt; 4</b>",
        "1 &lt; 2\n<b>3 &lt; 4</b>",
    ),
    ("surrogates of a pair", "&#xD83D;&#xDE00;", "��", "😀"),
    (
        "a lone surrogate is no character",
        "&#xD83D;",
        "�",
        "&#xD83D;",
    ),
    (
        "a control that text does not hold",
        "a&#0;b",
        "a�b",
        "a&#0;b",
    ),
    (
        "a number that is no character",
        "&#x110000;",
        "�",
        "&#x110000;",
    ),
    (
        "hyperlinks of terminals, too",
        "\u{1b}]8;;http://a.b\u{7}x\u{1b}]8;;\u{7}",
        "]8;;http://a.bx]8;;",
        "x",
    ),
    ("every control sequence", "\u{1b}[?25lx", "[?25lx", "x"),
    (
        "half-width Hangul letters stand alone, as in their code page",
        "ﾡￂ",
        "가",
        "ㄱㅏ",
    ),
    ("a macron is not a space with a mark", "￣", " \u{304}", "¯"),
];

#[test]
fn the_tidying_differs_where_it_is_meant_to() {
    for (why, text, theirs, ours) in ON_PURPOSE {
        assert_ne!(theirs, ours, "{why}");
        let repair = Tidy::ftfy().apply(text);
        assert_eq!(repair.text(), *ours, "{why}");
    }
    let always = Tidy::ftfy().entities(Entities::Always);
    assert_eq!(always.apply("<b>1 &lt; 2</b>").text(), "<b>1 < 2</b>");
}
