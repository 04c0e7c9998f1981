//! Takes a repair back with the patch that `fix --patch` wrote.
//!
//! ```text
//! revert notes.txt notes.patch > mangled.txt
//! revert notes.txt > mangled.txt              # with the patch that `fix --in-place` kept
//! revert --list notes.txt notes.patch
//! revert --edit 3 --edit 5 --output notes.txt --rest notes.patch notes.txt notes.patch
//! ```

mod common;
#[path = "common/words.rs"]
mod words;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use common::{Failure, Positions, Staged, count, percent, visible};
use unbake::repair::{Patch, PatchError};
use words::guessed;

/// How many characters of an edit are shown.
const SHOWN: usize = 60;

/// Gives the text back as it was before it was repaired.
#[derive(Parser)]
#[command(
    version,
    after_help = "\
Exit codes: 0 when all was done, 1 when the patch is damaged or does not fit the text or an output \
cannot be written, 2 when an input is missing or not UTF-8 or the command line makes no sense."
)]
struct Arguments {
    /// The repaired text, as `fix` put it out.
    repaired: PathBuf,

    /// The patch that belongs to it; unless named, `REPAIRED.unbake-patch`.
    patch: Option<PathBuf>,

    /// Take back only this edit, by its number in `--list`, or these: `2,5`; may be repeated.
    #[arg(
        long = "edit",
        value_name = "N",
        value_delimiter = ',',
        conflicts_with = "list"
    )]
    edits: Vec<usize>,

    /// List the edits with their numbers and change nothing.
    #[arg(long)]
    list: bool,

    /// Write the text there instead of to standard output; may be the input.
    #[arg(long, short, value_name = "FILE", conflicts_with = "list")]
    output: Option<PathBuf>,

    /// Write a patch there with the edits that were not taken back.
    #[arg(long, value_name = "FILE", value_parser = common::file_beside(), requires = "edits", conflicts_with = "list")]
    rest: Option<PathBuf>,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    common::finish("revert", || run(&arguments))
}

fn run(arguments: &Arguments) -> Result<(), Failure> {
    let patch = match &arguments.patch {
        Some(patch) => patch.clone(),
        None if arguments.repaired == Path::new("-") => {
            let what = "there is no patch beside standard input: name it";
            return Err(Failure::Input(what.to_owned()));
        }
        None => common::beside(&arguments.repaired, ".unbake-patch"),
    };
    refuse_overwriting(arguments, &patch)?;
    let repaired = common::read_text(&arguments.repaired)?;
    let written = common::read_text(&patch)?;
    let refused = |name: &str, error: &PatchError| Failure::Work(format!("{name}: {error}"));
    let patch: Patch = written
        .text
        .parse()
        .map_err(|error| refused(&written.name, &error))?;

    if arguments.list {
        let mangled = patch.revert(&repaired.text);
        mangled.map_err(|error| refused(&repaired.name, &error))?;
        return common::print(list(&repaired.text, &patch).as_bytes());
    }
    let indices = indices(&arguments.edits, &patch)?;
    let (text, rest) = patch
        .without(&repaired.text, &indices)
        .map_err(|error| refused(&repaired.name, &error))?;

    // Both are written before either is put in place.
    let rest = match &arguments.rest {
        Some(path) => Some(Staged::write(path, rest.to_string().as_bytes())?),
        None => None,
    };
    let output = match &arguments.output {
        Some(path) => Some(Staged::write(path, text.as_bytes())?),
        None => None,
    };
    rest.map_or(Ok(()), Staged::commit)?;
    match output {
        Some(output) => output.commit(),
        None => common::print(text.as_bytes()),
    }
}

/// Refuses to write one of the files over another that is still needed.
fn refuse_overwriting(arguments: &Arguments, patch: &Path) -> Result<(), Failure> {
    let Arguments {
        repaired,
        output,
        rest,
        ..
    } = arguments;
    let clash = |a: &Option<PathBuf>, b: Option<&Path>| match (a, b) {
        (Some(a), Some(b)) => common::same_file(a, b),
        _ => false,
    };
    let what = if clash(output, Some(patch)) {
        "--output would overwrite the patch"
    } else if clash(rest, Some(repaired)) {
        "--rest would overwrite the text"
    } else if clash(rest, output.as_deref()) {
        "--rest and --output name the same file"
    } else {
        return Ok(());
    };
    Err(Failure::Input(format!("{what}: name another file")))
}

/// Which edits to take back: those named, or all.
fn indices(numbers: &[usize], patch: &Patch) -> Result<Vec<usize>, Failure> {
    if numbers.is_empty() {
        return Ok((0..patch.len()).collect());
    }
    let index = |number: &usize| match number.checked_sub(1) {
        Some(index) if index < patch.len() => Ok(index),
        _ => Err(Failure::Input(format!(
            "there is no edit {number}: the patch holds {}, see --list",
            count(patch.len(), "edit", "edits"),
        ))),
    };
    numbers.iter().map(index).collect()
}

/// A line an edit, by its place in the repaired text.
fn list(repaired: &str, patch: &Patch) -> String {
    let mut out = String::new();
    let mut positions = Positions::new(repaired);
    let number = patch.len().to_string().len();
    for (index, edit) in patch.edits().iter().enumerate() {
        let (line, column) = positions.find(edit.repaired().start);
        let certainty = if edit.is_exact() { "exact" } else { "inferred" };
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "#{:<number$}  {line}:{column}  {}, {certainty}, {}: {} → {}{}",
            index + 1,
            edit.cause(),
            percent(edit.confidence()),
            visible(edit.before(), SHOWN),
            visible(edit.after(), SHOWN),
            guessed(edit).map_or_else(String::new, |parts| format!("  (guessed: {parts})")),
        );
    }
    out
}
