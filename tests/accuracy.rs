//! Checks of every case of the accuracy benchmark that the benchmark itself cannot make.
//!
//! `.ci/accuracy` makes the cases and names their file in `UNBAKE_CASES`; without it there is nothing to check.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail so"
)]

mod common;

use std::path::Path;

use common::{json_lines, on_all_processors};
use serde::Deserialize;
use unbake::repair;
use unbake::repair::Patch;

#[derive(Deserialize)]
struct Case {
    id: u64,
    mangled: String,
}

/// What does not hold of the repair of a text.
fn broken(text: &str) -> Option<&'static str> {
    let repair = repair(text);
    if repair.revert() != text {
        return Some("the repair does not revert");
    }
    let patch = repair.patch();
    match patch.to_string().parse::<Patch>() {
        Ok(read) if read == patch => {}
        _ => return Some("the patch does not read back"),
    }
    if patch.revert(repair.text()).as_deref() != Ok(text) {
        return Some("the patch does not revert");
    }
    None
}

#[test]
fn every_case_of_the_benchmark_comes_back() {
    let Some(file) = std::env::var_os("UNBAKE_CASES") else {
        println!("skipped every_case_of_the_benchmark_comes_back: UNBAKE_CASES names no file");
        return;
    };
    let cases: Vec<Case> = json_lines(Path::new(&file));
    assert!(!cases.is_empty(), "there are cases");
    let verdicts = on_all_processors(&cases, |case| broken(&case.mangled));
    let mut bad = 0;
    for (case, what) in cases.iter().zip(verdicts) {
        if let Some(what) = what {
            bad += 1;
            println!("case {}: {what}: {:?}", case.id, case.mangled);
        }
    }
    println!("{} cases", cases.len());
    assert_eq!(bad, 0, "cases that do not come back");
}
