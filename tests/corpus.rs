//! Replays `corpus/`: what must be repaired, what must stand, and whole pages.
//!
//! The engine does not repair everything yet. `corpus/floors.json` holds, for each file, how many cases it must
//! repair and how many it may change into something wrong. Better figures are printed; to write them down run
//!
//! ```text
//! UNBAKE_RAISE_FLOORS=1 cargo test --release --test corpus
//! ```
//!
//! which only ever raises what is to be repaired and lowers what may go wrong.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail so"
)]

mod common;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;

use common::{files, json_lines, on_all_processors, read, root};
use serde::{Deserialize, Serialize};
use unbake::repair;
use unicode_normalization::UnicodeNormalization as _;

#[derive(Deserialize)]
struct Negative {
    id: String,
    label: String,
    text: String,
    why: String,
}

#[derive(Deserialize)]
struct Positive {
    id: String,
    mangled: String,
    truth: String,
    chain: String,
    why: String,
    expect: Expect,
}

/// What the corpus says of a case: see `corpus/README.md`.
#[derive(Clone, Copy, Deserialize, PartialEq)]
#[serde(rename_all = "kebab-case")]
enum Expect {
    Pass,
    KnownFailure,
}

/// What is asked of a file.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Serialize)]
struct Floor {
    /// So many cases, or lines of a page, must come out right.
    right: usize,
    /// So many may be changed into something else than the truth.
    wrong: usize,
}

#[derive(Deserialize, Serialize)]
struct Floors {
    /// Since when, and why, these floors hold: `.ci/floors_held` compares those of one basis.
    basis: String,
    files: BTreeMap<String, Floor>,
}

fn floors_file() -> std::path::PathBuf {
    root().join("corpus/floors.json")
}

/// Compares what was reached with the floor, and raises the floor where that is asked for.
fn hold(name: &str, reached: Floor) {
    // The tests of this file run side by side and write one file.
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let guard = ONE_AT_A_TIME.lock();
    let mut floors: Floors =
        serde_json::from_str(&read(&floors_file())).expect("floors.json is a map of floors");
    let known = floors.files.get(name).copied();
    let floor = known.unwrap_or(Floor {
        right: 0,
        wrong: usize::MAX,
    });
    if std::env::var_os("UNBAKE_RAISE_FLOORS").is_some() {
        let raised = Floor {
            right: floor.right.max(reached.right),
            wrong: floor.wrong.min(reached.wrong),
        };
        floors.files.insert(name.to_owned(), raised);
        std::fs::write(
            floors_file(),
            serde_json::to_string_pretty(&floors).unwrap() + "\n",
        )
        .unwrap();
    }
    drop(guard);
    let Some(floor) = known else {
        assert!(
            std::env::var_os("UNBAKE_RAISE_FLOORS").is_some(),
            "{name} has no floor in corpus/floors.json"
        );
        return;
    };
    if reached.right > floor.right || reached.wrong < floor.wrong {
        println!("{name}: better than its floor: {reached:?}, was {floor:?}");
    }
    assert!(
        reached.right >= floor.right,
        "{name}: {} right, the floor is {}",
        reached.right,
        floor.right
    );
    assert!(
        reached.wrong <= floor.wrong,
        "{name}: {} changed wrongly, at most {} may be",
        reached.wrong,
        floor.wrong
    );
}

/// Canonically equal: windows-1258 and others write accents as marks of their own.
fn same(a: &str, b: &str) -> bool {
    a == b || a.nfc().eq(b.nfc())
}

/// Whether nothing was touched, down to the allocation.
fn stands(text: &str) -> bool {
    matches!(repair(text).into_text(), std::borrow::Cow::Borrowed(back) if std::ptr::eq(back, text))
}

fn no_negative_of(name: &str) {
    let cases: Vec<Negative> = json_lines(&root().join("corpus/negative").join(name));
    assert!(!cases.is_empty());
    let verdicts = on_all_processors(&cases, |case| stands(&case.text));
    let mut changed = 0;
    for (case, _) in cases.iter().zip(verdicts).filter(|(_, stands)| !stands) {
        changed += 1;
        println!(
            "{} ({}) changed: {:?} to {:?}; {}",
            case.id,
            case.label,
            case.text,
            repair(&case.text).text(),
            case.why
        );
    }
    assert_eq!(changed, 0, "{name}: clean texts were changed");
}

#[test]
fn no_negative_changes() {
    no_negative_of("cases.jsonl");
}

#[test]
fn no_negative_of_the_third_set_changes() {
    no_negative_of("third.jsonl");
}

#[test]
fn no_negative_of_the_second_set_changes() {
    no_negative_of("second.jsonl");
}

fn positives_of(name: &str) {
    let cases: Vec<Positive> = json_lines(&root().join("corpus/mangled").join(name));
    assert!(!cases.is_empty());
    let texts = on_all_processors(&cases, |case| {
        repair(&case.mangled).into_text().into_owned()
    });
    let mut reached = Floor::default();
    for (case, text) in cases.iter().zip(&texts) {
        let (right, changed) = (same(text, &case.truth), *text != case.mangled);
        match (case.expect, right, changed) {
            (Expect::Pass, true, _) => reached.right += 1,
            (Expect::KnownFailure, true, _) => {
                reached.right += 1;
                println!(
                    "{}: a known failure is repaired now: change its mark",
                    case.id
                );
            }
            (Expect::KnownFailure, false, false) => reached.right += 1,
            (_, false, _) => {
                reached.wrong += usize::from(changed);
                let verdict = if changed { "wrong" } else { "left" };
                println!(
                    "{} {verdict} [{}]: {:?} to {text:?}, not {:?}; {}",
                    case.id, case.chain, case.mangled, case.truth, case.why
                );
            }
        }
    }
    println!(
        "{name}: {} of {} right, {} wrong",
        reached.right,
        cases.len(),
        reached.wrong
    );
    hold(&format!("mangled/{name}"), reached);
}

/// A test for each file, so that they fail one by one.
macro_rules! positives {
    ($($test:ident: $file:literal,)*) => {
        $(#[test]
        fn $test() {
            positives_of($file);
        })*

        #[test]
        fn every_file_of_positives_is_replayed() {
            let listed = [$($file),*];
            for file in files(&root().join("corpus/mangled"), ".jsonl") {
                let name = file.file_name().unwrap().to_string_lossy();
                assert!(listed.contains(&&*name), "{name} has no test");
            }
        }
    };
}

positives! {
    utf8_read_as_something_else: "utf8.jsonl",
    legacy_read_as_legacy: "legacy.jsonl",
    layers: "layered.jsonl",
    clean_and_mangled_in_one_text: "mixed.jsonl",
    single_signs: "signs.jsonl",
    single_words: "words.jsonl",
    lost_bytes: "lossy.jsonl",
    codes_known_by_their_structure: "codes.jsonl",
}

#[test]
fn truths_stand() {
    let folder = root().join("corpus/mangled");
    let cases: Vec<Positive> = files(&folder, ".jsonl")
        .iter()
        .flat_map(|file| json_lines(file))
        .collect();
    let verdicts = on_all_processors(&cases, |case| stands(&case.truth));
    let mut wrong = 0;
    for (case, _) in cases.iter().zip(verdicts).filter(|(_, stands)| !stands) {
        wrong += 1;
        println!(
            "{} truth changed: {:?} to {:?}",
            case.id,
            case.truth,
            repair(&case.truth).text()
        );
    }
    hold(
        "mangled/ truths",
        Floor {
            right: cases.len() - wrong,
            wrong,
        },
    );
}

/// Pages count by line: a page with one line short of the truth is not as bad as one left alone.
fn page(mangled: &Path) -> (String, Floor) {
    let name = mangled.file_name().unwrap().to_string_lossy().into_owned();
    let (before, truth) = (read(mangled), read(&mangled.with_extension("fixed.txt")));
    let repair = repair(&before);
    assert_eq!(repair.revert(), before, "{name} must come back");
    let lines = |text: &str| text.split('\n').map(str::to_owned).collect::<Vec<_>>();
    let (before, after, truth) = (lines(&before), lines(repair.text()), lines(&truth));
    assert_eq!(
        (before.len(), after.len()),
        (truth.len(), truth.len()),
        "{name}: a repair keeps its lines"
    );
    let mut reached = Floor::default();
    for (number, ((before, after), truth)) in before.iter().zip(&after).zip(&truth).enumerate() {
        if same(after, truth) {
            reached.right += 1;
        } else {
            reached.wrong += usize::from(before != after);
            println!(
                "{name}:{}: {before:?} to {after:?}, not {truth:?}",
                number + 1
            );
        }
    }
    println!(
        "{name}: {} of {} lines right, {} wrong",
        reached.right,
        truth.len(),
        reached.wrong
    );
    (name, reached)
}

#[test]
fn pages() {
    let mut found = files(&root().join("corpus/pages"), ".txt");
    found.retain(|path| !path.to_string_lossy().ends_with(".fixed.txt"));
    assert!(!found.is_empty());
    for file in found {
        let (name, reached) = page(&file);
        hold(&format!("pages/{name}"), reached);
    }
}

#[test]
fn repaired_pages_stand() {
    for file in files(&root().join("corpus/pages"), ".fixed.txt") {
        let text = read(&file);
        let repair = repair(&text);
        for edit in repair.edits() {
            println!(
                "{}: {:?} to {:?}, {}",
                file.display(),
                edit.before(),
                edit.after(),
                edit.cause()
            );
        }
        assert!(stands(&text), "{} changes", file.display());
    }
}
