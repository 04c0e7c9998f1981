//! Repairs mojibake in files, or as a filter between other programs.
//!
//! ```text
//! fix notes.txt > repaired.txt
//! fix --explain --patch notes.patch --output notes.txt notes.txt
//! fix --jsonl < strings.jsonl
//! ```
//!
//! With `--jsonl`, `{"text": "schÃ¶n"}` on a line is answered, on a line and
//! before the next is waited for, by
//!
//! ```json
//! {"text": "schön", "changed": true, "confidence": 0.98, "edits": [{"start": 0,
//!  "end": 6, "before": "schÃ¶n", "after": "schön", "chain": "utf-8>windows-1252",
//!  "exact": true, "confidence": 0.98}]}
//! ```
//!
//! where `start` and `end` count bytes of the repaired text in UTF-8. Blank
//! lines are passed over; a broken line ends the program, the lines before it
//! answered.
//!
//! Exit codes: 0 when all was done (also when nothing was to be repaired), 1
//! when a line of `--jsonl` is broken or an output cannot be written, 2 when
//! an input is missing or not UTF-8 or the command line makes no sense.

#[path = "../common/mod.rs"]
mod common;
mod explain;
mod jsonl;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use common::{Failure, Staged};
use unbake::Repairer;

/// Repairs text that was decoded in the wrong encoding.
#[derive(Parser)]
struct Arguments {
    /// What to repair; standard input if none or `-`. Several are repaired
    /// one by one and put out one after another.
    files: Vec<PathBuf>,

    /// Say on stderr what was wrong and what was changed where.
    #[arg(long)]
    explain: bool,

    /// Write a patch there, with which `revert` gives the input back.
    #[arg(long, value_name = "FILE")]
    patch: Option<PathBuf>,

    /// Write the text there instead of to standard output; may be the input.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Read and write JSON lines: `{"text": …}` in, the repair with its edits out.
    #[arg(long, conflicts_with_all = ["explain", "patch", "output"])]
    jsonl: bool,

    /// How sure an edit must be to be made, from 0 to 1.
    #[arg(long, value_name = "P", value_parser = probability)]
    threshold: Option<f32>,
}

fn probability(text: &str) -> Result<f32, String> {
    let number = text.parse::<f32>().ok().filter(|p| (0.0..=1.0).contains(p));
    number.ok_or_else(|| "must be a number from 0 to 1".to_owned())
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    common::finish("fix", run(&arguments))
}

fn run(arguments: &Arguments) -> Result<(), Failure> {
    let mut repairer = Repairer::new();
    if let Some(threshold) = arguments.threshold {
        repairer = repairer.threshold(threshold);
    }
    if arguments.jsonl {
        return jsonl::run(&repairer, &arguments.files);
    }
    if let Some(patch) = &arguments.patch {
        refuse_overwriting(patch, arguments)?;
    }

    let inputs = common::read_inputs(&arguments.files)?;
    let mut repaired = String::new();
    let mut patch = None;
    for input in &inputs {
        let repair = repairer.repair(&input.text);
        if arguments.explain {
            let explanation = explain::explain(&input.name, &input.text, &repair);
            // Where stderr is closed, the text itself is still wanted.
            let _ = io::stderr().write_all(explanation.as_bytes());
        }
        if let Some(path) = &arguments.patch {
            patch = Some(Staged::write(path, repair.patch().to_string().as_bytes())?);
        }
        repaired.push_str(repair.text());
    }
    // Both are written before either is put in place. The patch goes first: a
    // text that was changed in place and has no patch could not be taken back.
    let output = match &arguments.output {
        Some(path) => Some(Staged::write(path, repaired.as_bytes())?),
        None => None,
    };
    patch.map_or(Ok(()), Staged::commit)?;
    match output {
        Some(output) => output.commit(),
        None => common::print(repaired.as_bytes()),
    }
}

/// A patch belongs to one text and must not be written over it.
fn refuse_overwriting(patch: &Path, arguments: &Arguments) -> Result<(), Failure> {
    let clashes = |file: &PathBuf| common::same_file(patch, file);
    let what = if arguments.files.len() > 1 {
        "--patch takes one file: a patch belongs to one text"
    } else if arguments.files.iter().any(clashes) {
        "--patch would overwrite the input: name another file"
    } else if arguments.output.as_ref().is_some_and(clashes) {
        "--patch and --output name the same file: name another"
    } else {
        return Ok(());
    };
    Err(Failure::Input(what.to_owned()))
}
