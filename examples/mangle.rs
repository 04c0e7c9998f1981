//! Makes mojibake on purpose, for tests and for teaching; or undoes a chain
//! that is known, without any guessing.
//!
//! ```text
//! mangle 'utf-8>windows-1252' clean.txt
//! echo 'Привет, мир' | mangle 'koi8-r>windows-1251 + utf-8>windows-1252'
//! mangle --undo 'utf-8>windows-1252' mangled.txt
//! mangle --encodings
//! ```

mod common;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use common::Failure;
use unbake::encoding::Encoding;
use unbake::error::{MisdecodingError, ParseMisdecodingError};
use unbake::misdecoding::Chain;

/// Decodes text wrongly, in a given way.
#[derive(Parser)]
#[command(
    version,
    after_help = "\
Exit codes: 0 when all was done, 1 when a text cannot meet that mishap or an output cannot be \
written, 2 when an input is missing or not UTF-8 or the command line makes no sense."
)]
struct Arguments {
    /// What is to happen, oldest first: `written>read`, joined by ` + `.
    #[arg(required_unless_present = "encodings", value_parser = chain)]
    chain: Option<Chain>,

    /// What to mangle; standard input if none or `-`.
    files: Vec<PathBuf>,

    /// Take the texts for mangled, and undo the chain.
    #[arg(long)]
    undo: bool,

    /// Mangle every line that can be, and leave the others as they are.
    #[arg(long)]
    lines: bool,

    /// List the encodings that a chain can name.
    #[arg(long, conflicts_with_all = ["chain", "files", "undo", "lines", "output"])]
    encodings: bool,

    /// Write the text there instead of to standard output.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

fn chain(text: &str) -> Result<Chain, String> {
    text.parse()
        .map_err(|error: ParseMisdecodingError| match error {
            ParseMisdecodingError::UnknownEncoding(_) => {
                format!("{error}; --encodings lists those that are")
            }
            // What stands behind the sign has become the name of a file.
            ParseMisdecodingError::Shape(_) => {
                format!("{error}, in quotes, as `>` means something to a shell")
            }
            _ => error.to_string(),
        })
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    common::finish("mangle", || run(&arguments))
}

fn run(arguments: &Arguments) -> Result<(), Failure> {
    let Some(chain) = &arguments.chain else {
        let names = Encoding::ALL.iter().map(|encoding| format!("{encoding}\n"));
        return common::print(names.collect::<String>().as_bytes());
    };
    let change = |text: &str| match arguments.undo {
        true => chain.undo(text),
        false => chain.mangle(text),
    };
    let mut out = String::new();
    for input in common::read_inputs(&arguments.files)? {
        if arguments.lines {
            for line in input.text.split_inclusive('\n') {
                let text = line.trim_end_matches(['\r', '\n']);
                let end = line.get(text.len()..).unwrap_or_default();
                out.push_str(change(text).as_deref().unwrap_or(text));
                out.push_str(end);
            }
        } else {
            let changed = change(&input.text);
            out.push_str(&changed.map_err(|error| impossible(&input.name, &error))?);
        }
    }
    common::write_whole(arguments.output.as_deref(), out.as_bytes())
}

fn impossible(name: &str, error: &MisdecodingError) -> Failure {
    let source = std::error::Error::source(error);
    let source = source
        .map(|source| format!(": {source}"))
        .unwrap_or_default();
    Failure::Work(format!(
        "{name}: {error}{source}; with --lines, every line that can be changed is"
    ))
}
