//! Calibrates the judge: makes cases, lets the detector propose, and fits how sure each proposal
//! may be to how often such proposals are right.
//!
//! ```text
//! cargo run --release --example calibrate -- ../shared/data corpus src/detect/trees.bin
//! ```
//!
//! Only sentences of the part `tune` are used. The same data give the same table. `--check`
//! compares instead of writing; `--validate` says how good the fit is, which takes four times as long.

#![expect(
    clippy::indexing_slicing,
    reason = "a program for developers: an index out of range is a bug to be seen"
)]

mod boost;
mod cases;
#[path = "../train/dirt.rs"]
mod dirt;
mod pages;
mod random;
mod unusual;

use boost::{Example, Forest};
use cases::Case;
use std::collections::HashMap;
use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::{fs, thread};
use unicode_normalization::UnicodeNormalization;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let check = args
        .iter()
        .position(|a| a == "--check")
        .map(|i| args.remove(i))
        .is_some();
    let validate = args
        .iter()
        .position(|a| a == "--validate")
        .map(|i| args.remove(i))
        .is_some();
    let [data, corpus, table] = args.as_slice() else {
        return Err(
            "usage: calibrate [--check | --validate] ../shared/data corpus src/detect/trees.bin"
                .into(),
        );
    };
    let cases = cases::all(Path::new(data), Path::new(corpus))?;
    let examples = propose(&cases)?;
    let forest = boost::fit(&examples.iter().collect::<Vec<_>>(), &rising());
    let source = pack(&forest, &examples);
    if !check {
        fs::write(table, source)?;
        if !validate {
            return Ok(());
        }
        println!("Of the proposals that fitting did not see, in four parts:");
        print!("{}", cross_validate(&examples));
        return Ok(());
    }
    if fs::read(table)? != source {
        return Err(format!(
            "{table} is not what calibrating gives: run without --check and look at the difference"
        )
        .into());
    }
    println!("{table} is up to date");
    Ok(())
}

/// The best proposal of the detector for each case, with whether it is right.
fn propose(cases: &[Case]) -> Result<Vec<Example>, Box<dyn Error>> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let size = cases.len().div_ceil(threads);
    let parts = thread::scope(|scope| {
        let workers: Vec<_> = cases
            .chunks(size)
            .map(|part| scope.spawn(|| part.iter().filter_map(example).collect()))
            .collect();
        workers
            .into_iter()
            .map(|w| w.join())
            .collect::<Result<Vec<Vec<Example>>, _>>()
    });
    Ok(parts
        .map_err(|_| "a worker ended early")?
        .into_iter()
        .flatten()
        .collect())
}

fn example(case: &Case) -> Option<Example> {
    let best = unbake::detect(&case.text).into_iter().next()?;
    let right = case
        .truth
        .as_ref()
        .is_some_and(|truth| is_better(&case.text, best.text(), truth));
    Some(Example {
        key: key(&case.text),
        x: best.features(),
        right,
        weight: case.weight,
    })
}

/// A number of a text (FNV-1a).
fn key(text: &str) -> u64 {
    text.bytes().fold(0xCBF2_9CE4_8422_2325, |key, byte| {
        (key ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    })
}

/// Which features can only speak for a proposal, the more of them there is.
fn rising() -> Vec<bool> {
    const NAMES: &[&str] = &[
        "log-odds",
        "margin",
        "log of the log-odds",
        "share of words explained",
    ];
    unbake::detect::feature_names()
        .iter()
        .map(|name| NAMES.iter().any(|start| name.starts_with(start)))
        .collect()
}

/// Whether a repair mends at least nine tenths of what was wrong.
fn is_better(mangled: &str, repaired: &str, truth: &str) -> bool {
    let truth = pairs(truth);
    let wrong = |text: &str| {
        let pairs = pairs(text);
        let missing = |a: &Pairs, b: &Pairs| -> usize {
            a.iter()
                .map(|(pair, n)| n.saturating_sub(b.get(pair).copied().unwrap_or(0)))
                .sum()
        };
        missing(&pairs, &truth) + missing(&truth, &pairs)
    };
    wrong(repaired) * 10 <= wrong(mangled)
}

type Pairs = HashMap<(char, char), usize>;

/// How often each two characters stand side by side.
fn pairs(text: &str) -> Pairs {
    let mut pairs = Pairs::new();
    let mut last = '\n';
    for c in text.nfc().chain(['\n']) {
        *pairs.entry((last, c)).or_default() += 1;
        last = c;
    }
    pairs
}

/// How much is accepted and how much of it is wrong at some confidences, each quarter judged by
/// what was fitted to the other three.
fn cross_validate(examples: &[Example]) -> String {
    const FOLDS: usize = 4;
    let mut judged: Vec<(f64, bool)> = Vec::new();
    for fold in 0..FOLDS {
        let others: Vec<&Example> = examples
            .iter()
            .enumerate()
            .filter(|(i, _)| i % FOLDS != fold)
            .map(|e| e.1)
            .collect();
        let forest = boost::fit(&others, &rising());
        judged.extend(
            examples
                .iter()
                .skip(fold)
                .step_by(FOLDS)
                .map(|e| (forest.log_odds(&e.x), e.right)),
        );
    }
    let all = judged.iter().filter(|j| j.1).count();
    let mut out = String::new();
    for confidence in [0.5f64, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99] {
        let wanted = (confidence / (1.0 - confidence)).ln();
        let accepted = judged.iter().filter(|j| j.0 >= wanted);
        let made = accepted.clone().count();
        let right = accepted.filter(|j| j.1).count();
        let share = 100.0 * right as f64 / all.max(1) as f64;
        let _ = writeln!(
            out,
            "at {confidence}: {share:.1} % of the right proposals made, and {} wrong ones",
            made - right
        );
    }
    out
}

/// Parts in log-odds of one, as `src/detect/judge.rs` reads the leaves.
const PARTS: f32 = (1 << 14) as f32;

/// The bytes of the table; `src/detect/judge.rs` says what stands where.
fn pack(forest: &Forest, examples: &[Example]) -> Vec<u8> {
    let right = examples.iter().filter(|e| e.right).count();
    let about = format!(
        "The trees of the judge, made by `cargo run --release --example calibrate` from {} proposals for\n\
         mangled and clean text, {right} of them right. Sources: part `tune` of the sentences (lingua-rs\n\
         test data, Apache-2.0, from the Leipzig Corpora Collection, CC BY; Universal Dependencies, CC\n\
         BY-SA 4.0), hermitdave/FrequencyWords (CC BY-SA 4.0), corpus/negative/cases.jsonl.\n",
        examples.len()
    );
    let mut out = b"unbake-j".to_vec();
    out.extend((about.len() as u32).to_le_bytes());
    out.extend(about.as_bytes());
    out.extend((forest.trees.len() as u32).to_le_bytes());
    out.extend(forest.start.to_le_bytes());
    for tree in &forest.trees {
        out.extend(tree.questions.map(|q| q.0));
        for (_, threshold) in tree.questions {
            out.extend(threshold.to_le_bytes());
        }
        for leaf in tree.leaves {
            out.extend(((leaf * PARTS).round() as i16).to_le_bytes());
        }
    }
    out
}
