//! Lists what could have happened to a text, the most plausible first.
//!
//! ```text
//! detect notes.txt
//! echo 'Das war schÃ¶n.' | detect
//! ```

mod common;
#[path = "common/judgement.rs"]
mod judgement;

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use common::{Failure, percent, visible};
use judgement::Expected;
use unbake::{Candidate, Detector};

/// How many characters of a text are shown.
const SHOWN: usize = 50;

/// Lists the mis-decodings that could explain a text.
#[derive(Parser)]
#[command(
    version,
    after_help = "\
Exit codes: 0 when all was looked at, also when nothing was found; 1 when the output cannot be \
written; 2 when an input is missing or not UTF-8 or the command line makes no sense."
)]
struct Arguments {
    /// What to look at; standard input if none or `-`.
    files: Vec<PathBuf>,

    #[command(flatten)]
    expected: Expected,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    common::finish("detect", || run(&arguments))
}

fn run(arguments: &Arguments) -> Result<(), Failure> {
    let detector = Detector::with_settings(arguments.expected.settings()?);
    let mut out = String::new();
    for input in common::read_inputs(&arguments.files)? {
        // Writing to a string cannot fail.
        let _ = write_table(&mut out, &input.name, &detector.detect(&input.text));
    }
    common::print(out.as_bytes())
}

fn write_table(out: &mut String, name: &str, candidates: &[Candidate]) -> std::fmt::Result {
    if candidates.is_empty() {
        return writeln!(
            out,
            "{name}: no mis-decoding explains all of this text; `fix --explain` judges each line, and what was lost"
        );
    }
    let header = ["chain", "score", "confidence", "text"].map(str::to_owned);
    let rows = candidates.iter().map(|candidate| {
        [
            candidate.chain().to_string(),
            format!("{:.2}", candidate.score()),
            percent(candidate.confidence()),
            visible(candidate.text(), SHOWN),
        ]
    });
    let rows: Vec<[String; 4]> = std::iter::once(header).chain(rows).collect();
    let width = |column: fn(&[String; 4]) -> &str| {
        rows.iter()
            .map(|row| column(row).chars().count())
            .max()
            .unwrap_or(0)
    };
    let chain = width(|[chain, ..]| chain);
    let score = width(|[_, score, ..]| score);
    let sure = width(|[_, _, sure, _]| sure);
    writeln!(
        out,
        "{name}: {}",
        common::count(candidates.len(), "candidate", "candidates")
    )?;
    for [a, b, c, text] in &rows {
        writeln!(out, "  {a:<chain$}  {b:>score$}  {c:>sure$}  {text}")?;
    }
    Ok(())
}
