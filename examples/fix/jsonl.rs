//! Repairs as a service for another program: a JSON object a line in, one a
//! line out, in the same order.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use unbake::{Repair, Repairer};

use crate::common::{Failure, name_of};

/// A line that comes in; other fields are ignored.
#[derive(Deserialize)]
struct Request {
    text: String,
}

/// A line that goes out.
#[derive(Serialize)]
struct Response<'r> {
    text: &'r str,
    changed: bool,
    confidence: f32,
    edits: Vec<Change<'r>>,
}

#[derive(Serialize)]
struct Change<'r> {
    /// From which byte of the repaired text on, in UTF-8.
    start: usize,
    /// Up to which byte of it.
    end: usize,
    before: &'r str,
    after: &'r str,
    chain: String,
    exact: bool,
    confidence: f32,
}

impl<'r> Response<'r> {
    fn new(repair: &'r Repair<'_>) -> Self {
        let change = |edit: &'r unbake::repair::Edit| Change {
            start: edit.repaired().start,
            end: edit.repaired().end,
            before: edit.before(),
            after: edit.after(),
            chain: edit.cause().to_string(),
            exact: edit.is_exact(),
            confidence: edit.confidence(),
        };
        Self {
            text: repair.text(),
            changed: repair.is_changed(),
            confidence: repair.confidence(),
            edits: repair.edits().iter().map(change).collect(),
        }
    }
}

/// Answers every line of the files, or of standard input.
pub fn run(repairer: &Repairer, files: &[PathBuf]) -> Result<(), Failure> {
    let mut output = BufWriter::new(io::stdout().lock());
    let stdin = [PathBuf::from("-")];
    let files = if files.is_empty() { &stdin } else { files };
    // Each is opened before the first is answered.
    let inputs = files.iter().map(|file| Ok((name_of(file), open(file)?)));
    for (name, mut input) in inputs.collect::<Result<Vec<_>, Failure>>()? {
        let answered = answer(repairer, &name, &mut input, &mut output);
        // What came before a broken line is answered all the same.
        output.flush()?;
        answered?;
    }
    Ok(())
}

fn open(file: &Path) -> Result<BufReader<Box<dyn io::Read>>, Failure> {
    let source: Box<dyn io::Read> = match file.to_str() {
        // Not locked: `-` may be named twice.
        Some("-") => Box::new(io::stdin()),
        _ => Box::new(File::open(file).map_err(|error| {
            Failure::Input(format!("{}: cannot be read: {error}", name_of(file)))
        })?),
    };
    Ok(BufReader::with_capacity(1 << 16, source))
}

fn answer(
    repairer: &Repairer,
    name: &str,
    input: &mut BufReader<Box<dyn io::Read>>,
    output: &mut impl Write,
) -> Result<(), Failure> {
    let mut line = Vec::new();
    for number in 1_usize.. {
        line.clear();
        let read = input.read_until(b'\n', &mut line);
        let read =
            read.map_err(|error| Failure::Input(format!("{name}: cannot be read: {error}")))?;
        if read == 0 {
            break;
        }
        let broken = |what: String| Failure::Work(format!("{name}: line {number}: {what}"));
        let text = std::str::from_utf8(&line).map_err(|error| {
            broken(format!(
                "not UTF-8 at byte {} of the line: JSON must be UTF-8",
                error.valid_up_to()
            ))
        })?;
        let text = if number == 1 {
            text.trim_start_matches('\u{feff}')
        } else {
            text
        };
        if !text.trim().is_empty() {
            let request: Request = serde_json::from_str(text.trim()).map_err(|error| {
                let error = error.to_string().replace(" at line 1 column", " at column");
                broken(format!(
                    "{error}; each line must be an object such as {{\"text\": \"…\"}}"
                ))
            })?;
            let repair = repairer.repair(&request.text);
            serde_json::to_writer(&mut *output, &Response::new(&repair))
                .map_err(io::Error::from)?;
            output.write_all(b"\n")?;
        }
        // Whoever waits for the answer before it sends more must not wait for
        // ever; while more lines are at hand, it is faster to go on.
        if !input.buffer().contains(&b'\n') {
            output.flush()?;
        }
    }
    Ok(())
}
