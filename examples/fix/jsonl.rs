//! Repairs as a service for another program: a JSON object a line in, one a
//! line out, in the same order.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use unbake::Repair;
use unbake::repair::Certainty;

use crate::common::{Failure, name_of};
use crate::mender::Mender;
use crate::parallel;
use crate::progress::Progress;

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
    #[serde(skip_serializing_if = "Vec::is_empty")]
    guessed: Vec<Guessed<'r>>,
}

/// A part of the new text that was guessed.
#[derive(Serialize)]
struct Guessed<'r> {
    /// From which byte of `after` on, in UTF-8.
    start: usize,
    /// Up to which byte of it.
    end: usize,
    /// The characters that could stand there with their odds, the likeliest first.
    alternatives: &'r [(char, f32)],
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
            guessed: guesses(edit.certainty()),
        };
        Self {
            text: repair.text(),
            changed: repair.is_changed(),
            confidence: repair.confidence(),
            edits: repair.edits().iter().map(change).collect(),
        }
    }
}

fn guesses(certainty: &Certainty) -> Vec<Guessed<'_>> {
    let Certainty::Inferred { guessed, .. } = certainty else {
        return Vec::new();
    };
    let guesses = guessed.iter().map(|guess| Guessed {
        start: guess.range().start,
        end: guess.range().end,
        alternatives: guess.alternatives(),
    });
    guesses.collect()
}

/// Answers every line of the files, or of standard input.
pub fn run(mender: &Mender, jobs: usize, files: &[PathBuf]) -> Result<(), Failure> {
    let mut output = BufWriter::new(io::stdout().lock());
    let stdin = [PathBuf::from("-")];
    let files = if files.is_empty() { &stdin } else { files };
    // Each is opened before the first is answered.
    let inputs = files.iter().map(|file| Ok((name_of(file), open(file)?)));
    let inputs = inputs.collect::<Result<Vec<_>, Failure>>()?;
    let lengths = files
        .iter()
        .map(|file| Some(fs::metadata(file).ok()?.len()));
    let progress = Progress::new(lengths.sum());
    for (name, mut input) in inputs {
        let answered = answer(mender, jobs, &progress, &name, &mut input, &mut output);
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
    Ok(BufReader::with_capacity(1 << 18, source))
}

fn answer(
    mender: &Mender,
    jobs: usize,
    progress: &Progress,
    name: &str,
    input: &mut BufReader<Box<dyn io::Read>>,
    output: &mut impl Write,
) -> Result<(), Failure> {
    let mut number = 0;
    loop {
        // All the lines that are at hand, and no more: whoever waits for the
        // answer before it sends the next line must not wait for ever.
        let mut lines = Vec::new();
        let mut last = false;
        while lines.is_empty() || input.buffer().contains(&b'\n') {
            let mut line = Vec::new();
            let read = input.read_until(b'\n', &mut line);
            let read =
                read.map_err(|error| Failure::Input(format!("{name}: cannot be read: {error}")))?;
            if read == 0 {
                last = true;
                break;
            }
            number += 1;
            lines.push((number, line));
        }
        let answers = parallel::map(jobs, &lines, |(number, line)| {
            let answer = answer_line(mender, *number, line);
            progress.advance(line.len());
            answer.map_err(|what| Failure::Work(format!("{name}: line {number}: {what}")))
        });
        for answer in answers {
            output.write_all(&answer?)?;
        }
        output.flush()?;
        if last {
            return Ok(());
        }
    }
}

/// The answer to a line with its line end, or what is wrong with the line.
fn answer_line(mender: &Mender, number: usize, line: &[u8]) -> Result<Vec<u8>, String> {
    let text = std::str::from_utf8(line).map_err(|error| {
        format!(
            "not UTF-8 at byte {} of the line: JSON must be UTF-8",
            error.valid_up_to()
        )
    })?;
    let text = if number == 1 {
        text.trim_start_matches('\u{feff}')
    } else {
        text
    };
    if text.trim().is_empty() {
        return Ok(Vec::new());
    }
    let request: Request = serde_json::from_str(text.trim()).map_err(|error| {
        let error = error.to_string().replace(" at line 1 column", " at column");
        format!("{error}; each line must be an object such as {{\"text\": \"…\"}}")
    })?;
    let repair = mender.repair(&request.text);
    let mut answer = serde_json::to_vec(&Response::new(&repair)).map_err(|e| e.to_string())?;
    answer.push(b'\n');
    Ok(answer)
}
