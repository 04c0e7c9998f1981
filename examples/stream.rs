//! Repairs text of any length with little memory: files of gigabytes, or what never ends.
//!
//! ```text
//! stream < mangled.txt > repaired.txt
//! stream --patch dump.patch --output repaired.sql dump.sql
//! stream --invalid keep --threshold 0.95 < mostly-utf8.log > repaired.log
//! ```
//!
//! Lines are judged with those near them, see `unbake::stream`. What was done is said on stderr at the end. The patch
//! is one for `revert`. Where the program ends with an error, neither the output nor the patch is there; what went to
//! standard output is cut short.

#[path = "common/mod.rs"]
mod common;
#[path = "common/judgement.rs"]
mod judgement;
#[path = "common/progress.rs"]
mod progress;

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
use common::{Failure, Staged, count, name_of};
use judgement::Judgement;
use progress::{Counted, Progress};
use unbake::stream::{InvalidBytes, Stream, StreamError};

/// Repairs text of any length with little memory.
#[derive(Parser)]
#[command(
    version,
    after_help = "\
Exit codes: 0 when all was done, also when nothing was to be repaired; 1 when an output cannot be \
written; 2 when the input is missing or not UTF-8 or the command line makes no sense."
)]
struct Arguments {
    /// What to repair; standard input if none or `-`.
    #[arg(default_value = "-")]
    file: PathBuf,

    /// Write the text there instead of to standard output; may be the input.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Write a patch there, with which `revert` gives the input back.
    #[arg(long, value_name = "FILE", value_parser = common::file_beside())]
    patch: Option<PathBuf>,

    /// What to do with bytes that are not UTF-8.
    #[arg(long, value_enum, default_value = "refuse")]
    invalid: Invalid,

    #[command(flatten)]
    judgement: Judgement,
}

#[derive(Clone, Copy, ValueEnum)]
enum Invalid {
    /// End there, and say where it is.
    Refuse,
    /// Hand them on as they are.
    Keep,
}

impl From<Invalid> for InvalidBytes {
    fn from(invalid: Invalid) -> Self {
        match invalid {
            Invalid::Refuse => Self::Refuse,
            Invalid::Keep => Self::Keep,
        }
    }
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    common::finish("stream", || run(&arguments))
}

fn run(arguments: &Arguments) -> Result<(), Failure> {
    let stream = Stream::new(arguments.judgement.repairer()?);
    let stream = stream.invalid_bytes(arguments.invalid.into());
    if let Some(patch) = &arguments.patch {
        let clash = |other: &Path| common::same_file(patch, other);
        if clash(&arguments.file) || arguments.output.as_deref().is_some_and(clash) {
            let what = "--patch would overwrite the text: name another file";
            return Err(Failure::Input(what.to_owned()));
        }
    }
    let name = name_of(&arguments.file);
    let unreadable = |error: io::Error| common::not_read(&arguments.file, &error);
    if arguments.file.is_dir() {
        return Err(unreadable(io::ErrorKind::IsADirectory.into()));
    }
    let file: Box<dyn Read> = match arguments.file.to_str() {
        Some("-") => Box::new(io::stdin().lock()),
        _ => Box::new(File::open(&arguments.file).map_err(unreadable)?),
    };
    let length = fs::metadata(&arguments.file).ok().map(|about| about.len());
    let progress = Progress::new(length);
    let reader = Counted {
        inner: file,
        progress: &progress,
    };
    let begin = |path: &Option<PathBuf>| path.as_deref().map(Staged::begin).transpose();
    let (output, patch) = (begin(&arguments.output)?, begin(&arguments.patch)?);
    let writer: Box<dyn Write + '_> = match &output {
        Some(output) => Box::new(output.file()),
        None => Box::new(io::stdout().lock()),
    };
    let summary = match &patch {
        Some(patch) => stream.repair_with_patch(reader, writer, patch.file()),
        None => stream.repair(reader, writer),
    };
    let summary = summary.map_err(|error| failure(&name, error))?;
    drop(progress);
    match (output, patch) {
        (Some(output), Some(patch)) => output.commit_after(patch)?,
        (output, patch) => output.or(patch).map_or(Ok(()), Staged::commit)?,
    }
    let mut told = format!(
        "{name}: {} in {} bytes",
        count(
            usize::try_from(summary.edits).unwrap_or(usize::MAX),
            "edit",
            "edits"
        ),
        summary.read
    );
    if summary.invalid > 0 {
        told += &format!(", of which {} are not UTF-8 and stay", summary.invalid);
    }
    // Where stderr is closed, the text itself is still there.
    let _ = writeln!(io::stderr(), "{told}");
    Ok(())
}

fn failure(name: &str, error: StreamError) -> Failure {
    let source = std::error::Error::source(&error).map_or_else(String::new, |e| format!(": {e}"));
    let what = format!("{name}: {error}{source}");
    match error {
        StreamError::NotUtf8 { offset, byte, .. } => Failure::Input(format!(
            "{name}: {}, or let such bytes pass with --invalid keep",
            common::not_utf8_at(offset, byte)
        )),
        StreamError::Read { .. } => Failure::Input(what),
        StreamError::Write { source, .. } if source.kind() == io::ErrorKind::BrokenPipe => {
            Failure::ClosedPipe
        }
        _ => Failure::Work(what),
    }
}
