//! The crate without the feature `full-model`: it repairs nearly as much, and harms no more.
//!
//! The other tests expect the full model. `cargo test --no-default-features --test small_model`

#![cfg(not(feature = "full-model"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail so"
)]

mod common;

use common::{json_lines, on_all_processors, root};
use serde::Deserialize;
use unbake::repair;

#[test]
fn what_the_front_page_shows_holds() {
    for (mangled, clean) in [
        ("Das war schÃ¶n.", "Das war schön."),
        ("оПХБЕР, ЛХП", "Привет, мир"),
        ("畂桳栠摩琠敨映捡獴", "Bush hid the facts"),
    ] {
        assert_eq!(repair(mangled).text(), clean);
        assert_eq!(repair(mangled).revert(), mangled);
        assert!(!repair(clean).is_changed(), "{clean}");
    }
    assert!(!repair("Ã is the fourth letter of MAÇÃ.").is_changed());
}

#[test]
fn clean_texts_stand() {
    #[derive(Deserialize)]
    struct Clean {
        id: String,
        text: String,
    }
    for file in ["cases", "second"] {
        let path = format!("corpus/negative/{file}.jsonl");
        let cases: Vec<Clean> = json_lines(&root().join(path));
        let changed = on_all_processors(&cases, |case| repair(&case.text).is_changed());
        let changed = cases.iter().zip(changed).filter(|(_, changed)| *changed);
        let changed: Vec<&str> = changed.map(|(case, _)| case.id.as_str()).collect();
        assert!(cases.len() > 100 && changed.is_empty(), "{changed:?}");
    }
}

#[test]
fn most_of_the_corpus_is_repaired() {
    #[derive(Deserialize)]
    struct Case {
        mangled: String,
        truth: String,
    }
    // With the full model, 116, 125 and 40 are; with this one 113, 122 and 39 were.
    for (file, floor) in [("utf8", 111), ("legacy", 119), ("layered", 38)] {
        let path = format!("corpus/mangled/{file}.jsonl");
        let cases: Vec<Case> = json_lines(&root().join(path));
        let results = on_all_processors(&cases, |case| {
            let repair = repair(&case.mangled);
            (repair.text() == case.truth, repair.is_changed())
        });
        let right = results.iter().filter(|(right, _)| *right).count();
        let wrong = results.iter().filter(|(right, is)| !right && *is).count();
        assert!(right >= floor, "{file}: {right} of {}", cases.len());
        assert!(wrong <= 1, "{file}: {wrong} are wrong");
    }
}
