//! The bars for finding the encoding of short texts: the best figure of any tool at each length.
//!
//! `examples/detect_bytes_accuracy` measures more of the same and says how other tools do.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail so"
)]

mod common;
#[path = "../examples/detect_bytes_accuracy/pairs.rs"]
mod pairs;
#[path = "../examples/calibrate/random.rs"]
#[allow(dead_code, reason = "shared with programs that use all of it")]
mod random;
#[path = "../examples/detect_bytes_accuracy/texts.rs"]
#[allow(dead_code, reason = "shared with programs that use all of it")]
mod texts;

use common::{on_all_processors, shared};
use pairs::PAIRS;
use random::Random;
use texts::{Language, Part};
use unbake::bytes::{Hints, decode};

/// Random words, and the share of texts that must be read rightly.
const BARS: [(usize, f64); 4] = [(2, 0.86), (5, 0.95), (20, 0.996), (80, 0.999)];
const CASES: usize = 30;

#[test]
fn short_texts_in_37_pairs_are_read_better_than_by_any_other_tool() {
    let Some(data) = shared(
        "short_texts_in_37_pairs_are_read_better_than_by_any_other_tool",
        "data",
    ) else {
        return;
    };
    let hints = Hints::new().keep_mojibake();
    for (words, bar) in BARS {
        let right: Vec<usize> = on_all_processors(&PAIRS, |&(language, encoding)| {
            let mut rng = Random::new(words as u64);
            let language = Language::load(&data, language, Part::Report).unwrap();
            (0..CASES)
                .filter(|_| {
                    let (text, bytes) = language.words(&mut rng, encoding, words).unwrap();
                    decode(&bytes, &hints).decoded() == text
                })
                .count()
        });
        let share = right.iter().sum::<usize>() as f64 / (CASES * PAIRS.len()) as f64;
        assert!(
            share >= bar,
            "{words} words: {share:.4}, which must be {bar}"
        );
    }
}
