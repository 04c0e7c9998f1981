//! Calibrates how far lines in which something was lost are trusted: damages texts whose truth is known, lets the lattice
//! rebuild them, and fits how sure each result may be to how often such results are better than what was there.
//!
//! ```text
//! cargo run --release --example calibrate_damage -- ../shared/data corpus src/lattice/weights.rs
//! ```
//!
//! The texts are those of `calibrate`: sentences of the part `tune`, mangled and clean, and clean texts of unusual kinds.
//! The same data give the same figures. `--check` compares instead of writing. Takes two minutes of one processor.

#![expect(
    clippy::indexing_slicing,
    reason = "a program for developers: an index out of range is a bug to be seen"
)]

#[path = "../calibrate/cases.rs"]
#[expect(dead_code, reason = "what a case counts there is no matter here")]
mod cases;
mod damage;
#[path = "../train/dirt.rs"]
mod dirt;
mod fit;
#[path = "../calibrate/pages.rs"]
mod pages;
#[path = "../calibrate/random.rs"]
mod random;
#[path = "../calibrate/unusual.rs"]
mod unusual;

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::{fs, thread};

use damage::Damaged;
use fit::{Example, Fit};
use unbake::Repairer;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let check = args
        .iter()
        .position(|a| a == "--check")
        .map(|i| args.remove(i))
        .is_some();
    let [data, corpus, table] = args.as_slice() else {
        return Err(
            "usage: calibrate_damage [--check] ../shared/data corpus src/lattice/weights.rs".into(),
        );
    };
    let cases = damage::all(&cases::all(Path::new(data), Path::new(corpus))?);
    let examples = weigh(&cases)?;
    let source = source(&Fit::new(&examples), &examples)?;
    if !check {
        fs::write(table, source)?;
        print!("{}", fit::cross_validate(&examples));
        return Ok(());
    }
    if fs::read_to_string(table)? != source {
        return Err(format!("{table} is not what calibrating gives").into());
    }
    println!("{table} is up to date");
    Ok(())
}

/// What is known of the result for each case that has one which is not refused.
fn weigh(cases: &[Damaged]) -> Result<Vec<Example>, Box<dyn Error>> {
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
    let parts = parts.map_err(|_| "a worker ended early")?;
    Ok(parts.into_iter().flatten().collect())
}

fn example(case: &Damaged) -> Option<Example> {
    let weighed = Repairer::new().weigh_damaged(&case.text)?;
    Some(Example {
        x: weighed.facts.iter().copied().map(f64::from).collect(),
        right: case
            .truth
            .as_ref()
            .is_some_and(|truth| is_better(&case.text, &weighed.text, truth)),
        weight: case.weight,
    })
}

/// Whether a text is nearer to the truth than it was, and not only by chance.
fn is_better(before: &str, after: &str, truth: &str) -> bool {
    const LEFT: f64 = 0.6;
    const MORE: f64 = 0.08;
    let (before, after) = (distance(before, truth), distance(after, truth));
    after <= LEFT * before || after < before - MORE
}

/// The edit distance of the first characters, as a share of the longer text.
fn distance(a: &str, b: &str) -> f64 {
    const MOST: usize = 400;
    let chars = |text: &str| text.chars().take(MOST).collect::<Vec<char>>();
    let (a, b) = (chars(a), chars(b));
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, cb) in b.iter().enumerate() {
            let best = (diagonal + usize::from(ca != cb)).min(row[j].min(row[j + 1]) + 1);
            diagonal = std::mem::replace(&mut row[j + 1], best);
        }
    }
    row[b.len()] as f64 / a.len().max(b.len()).max(1) as f64
}

fn source(fit: &Fit, examples: &[Example]) -> Result<String, std::fmt::Error> {
    let mut out = String::new();
    writeln!(
        out,
        "//! How much each fact that is known of a result counts: made by `examples/calibrate_damage` of {} results,\n\
         //! {} of them better than what was there.\n",
        examples.len(),
        examples.iter().filter(|e| e.right).count()
    )?;
    writeln!(out, "use super::judge::FACTS;\n")?;
    writeln!(out, "/// Log-odds before any fact.")?;
    writeln!(out, "pub(super) const START: f32 = {:.2};\n", fit.start)?;
    writeln!(
        out,
        "/// Log-odds for each, in the order of [`super::judge::facts`]."
    )?;
    writeln!(out, "#[rustfmt::skip]")?;
    writeln!(out, "pub(super) const WEIGHTS: [f32; FACTS] = [")?;
    for weight in &fit.weights {
        writeln!(out, "    {weight:.2},")?;
    }
    writeln!(out, "];")?;
    Ok(out)
}
