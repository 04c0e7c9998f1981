//! Repairs SQL dumps in which text was encoded twice, in all of the rows or in
//! some: only what stands in string literals, and everything else to the byte.
//!
//! ```text
//! dump < backup.sql > repaired.sql
//! dump --changes changes.jsonl --output repaired.sql backup.sql
//! dump --in-place backup.sql                         # fix --undo backup.sql
//! ```
//!
//! A dump is read in parts, so its size does not matter. Literals that are not
//! UTF-8, that MySQL marks as `_binary`, or that are longer than 1 MiB are
//! data and no text, and pass as they are.

#[path = "../common/mod.rs"]
mod common;
#[path = "../common/judgement.rs"]
mod judgement;
#[path = "../common/literal.rs"]
mod literal;
#[path = "../common/parallel.rs"]
mod parallel;
#[path = "../common/progress.rs"]
mod progress;
#[path = "../common/words.rs"]
mod words;

mod escapes;
mod lexer;

use std::fs::{self, File};
use std::io::{self, Read, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use common::{Failure, Staged, count, name_of};
use judgement::Judgement;
use lexer::{Dialect, Escapes, Lexer, Piece};
use parallel::Jobs;
use progress::Progress;
use unbake::{Repair, Repairer};
use words::Causes;

/// How much is read at once.
const BLOCK: usize = 1 << 16;
/// How many bytes of literals are judged together.
const TOGETHER: usize = 1 << 17;
/// How many bytes of a dump are kept until they are written.
const AT_MOST: usize = 1 << 22;

/// Repairs text that was encoded twice in SQL dumps.
#[derive(Parser)]
#[command(
    version,
    after_help = "\
Exit codes: 0 when all was done, also when nothing was to be repaired; 1 when something could not \
be written, or a string is not closed (all of it is written, and what stands in that string stays); 2 when the input is missing or packed, it cannot be told how it writes strings, or the command \
line makes no sense."
)]
struct Arguments {
    /// The dump; standard input if none or `-`.
    file: Option<PathBuf>,

    /// How the dump writes strings; unless set, its beginning tells.
    #[arg(long, value_enum)]
    dialect: Option<Dialect>,

    /// Change the file itself; the original stays as `FILE.unbake-orig`.
    #[arg(long, short, requires = "file")]
    in_place: bool,

    /// Write the repaired dump there instead of to standard output; may be the input.
    #[arg(long, short, value_name = "FILE", conflicts_with = "in_place")]
    output: Option<PathBuf>,

    /// Write there what was changed, a JSON object a line.
    #[arg(long, value_name = "FILE", value_parser = common::file_beside())]
    changes: Option<PathBuf>,

    #[command(flatten)]
    jobs: Jobs,

    #[command(flatten)]
    judgement: Judgement,
}

/// One literal that was repaired, for `--changes`.
#[derive(serde::Serialize)]
struct Change<'c> {
    line: u64,
    before: &'c str,
    after: &'c str,
    chain: String,
    confidence: f32,
}

/// What came of some pieces.
#[derive(Default)]
struct Outcome {
    bytes: Vec<u8>,
    changes: Vec<u8>,
    causes: Causes,
    literals: usize,
    repaired: usize,
}

/// Where the dump goes.
enum Output {
    Stdout,
    File(Staged),
}

impl Output {
    fn push(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        match self {
            Self::Stdout => Ok(io::stdout().write_all(bytes)?),
            Self::File(staged) => staged.push(bytes),
        }
    }
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    common::finish("dump", || run(&arguments))
}

fn run(arguments: &Arguments) -> Result<(), Failure> {
    let repairer = arguments.judgement.repairer()?;
    let file = arguments.file.clone().unwrap_or_else(|| PathBuf::from("-"));
    if arguments.in_place && file == Path::new("-") {
        return Err(Failure::Input(
            "--in-place needs the name of a file".to_owned(),
        ));
    }
    if let Some(changes) = &arguments.changes {
        let clash = |other: &Path| common::same_file(changes, other);
        if clash(&file) || arguments.output.as_deref().is_some_and(clash) {
            let what = "--changes would overwrite the dump: name another file";
            return Err(Failure::Input(what.to_owned()));
        }
    }
    let name = name_of(&file);
    let unreadable = |error: io::Error| common::not_read(&file, &error);
    let length = fs::metadata(&file).ok().map(|about| about.len());
    let mut input: Box<dyn Read> = match file.to_str() {
        Some("-") => Box::new(io::stdin().lock()),
        _ => Box::new(File::open(&file).map_err(unreadable)?),
    };
    let mut block = Vec::new();
    let mut fill = |block: &mut Vec<u8>| {
        block.clear();
        let read = (&mut input).take(BLOCK as u64).read_to_end(block);
        read.map_err(unreadable)
    };
    fill(&mut block)?;
    if let Some(what) = common::no_plain_text(&block) {
        return Err(Failure::Input(format!("{name}: {what}")));
    }
    let dialect = match arguments.dialect.or_else(|| dialect(&block)) {
        Some(dialect) => dialect,
        None => {
            return Err(Failure::Input(format!(
                "{name}: does not say which program wrote it: add --dialect mysql if strings hold \\', \
                 or --dialect standard if they hold ''"
            )));
        }
    };

    let in_place = arguments.in_place.then_some(&file);
    let mut dump = Dump {
        repairer: &repairer,
        jobs: arguments.jobs.number(),
        output: match arguments.output.as_ref().or(in_place) {
            Some(path) => Output::File(Staged::begin(path)?),
            None => Output::Stdout,
        },
        changes: match &arguments.changes {
            Some(path) => Some(Staged::begin(path)?),
            None => None,
        },
        waiting: Vec::new(),
        open: Batch::default(),
        sum: Outcome::default(),
    };
    let progress = Progress::new(length);
    let mut lexer = Lexer::new(dialect);
    while !block.is_empty() {
        dump.push(lexer.feed(&block))?;
        progress.advance(block.len());
        fill(&mut block)?;
    }
    let open = lexer.open_since();
    dump.push(lexer.finish())?;
    dump.close()?;
    drop(progress);
    let Dump {
        output,
        changes,
        sum,
        ..
    } = dump;

    changes.map_or(Ok(()), Staged::commit)?;
    match output {
        Output::Stdout => io::stdout().flush()?,
        // What would be the same stays, and nothing has to be kept.
        Output::File(_) if arguments.in_place && sum.repaired == 0 => {}
        Output::File(staged) if arguments.in_place => drop(staged.commit_keeping_original()?),
        Output::File(staged) => staged.commit()?,
    }
    let told = match sum.repaired {
        0 => "nothing to repair".to_owned(),
        repaired => format!("{repaired} repaired: {}", sum.causes.in_words()),
    };
    let literals = count(sum.literals, "text", "texts");
    let way_back = match arguments.in_place && sum.repaired > 0 {
        true => common::way_back(&file),
        false => String::new(),
    };
    let _ = writeln!(
        io::stderr(),
        "{name}: {literals} outside ASCII, {told}{way_back}"
    );
    match open {
        None => Ok(()),
        // What stands in it was not looked at, and it may be most of the dump.
        Some(line) => Err(Failure::Work(format!(
            "{name}: the string that begins in line {line} is not closed and stays as it is: was the dump cut short, \
             or is it written in the other --dialect?"
        ))),
    }
}

/// Pieces whose literals are judged together.
#[derive(Default)]
struct Batch {
    pieces: Vec<Piece>,
    /// How many bytes of literals, and of everything.
    text: usize,
    bytes: usize,
}

/// A dump on its way from the lexer to its place.
struct Dump<'r> {
    repairer: &'r Repairer,
    jobs: usize,
    output: Output,
    changes: Option<Staged>,
    /// Batches that are full, and the one that is not; where they end does not depend on `jobs`.
    waiting: Vec<Batch>,
    open: Batch,
    sum: Outcome,
}

impl Dump<'_> {
    fn push(&mut self, pieces: Vec<Piece>) -> Result<(), Failure> {
        for piece in pieces {
            self.open.bytes += match &piece {
                Piece::Code(code) => code.len(),
                Piece::Literal { source, .. } => {
                    self.open.text += source.len();
                    source.len()
                }
            };
            self.open.pieces.push(piece);
            if self.open.text >= TOGETHER || self.open.bytes >= AT_MOST {
                self.waiting.push(std::mem::take(&mut self.open));
            }
        }
        if self.waiting.len() >= self.jobs {
            self.write()?;
        }
        Ok(())
    }

    fn close(&mut self) -> Result<(), Failure> {
        self.waiting.push(std::mem::take(&mut self.open));
        self.write()
    }

    /// Repairs and writes the batches that are full.
    fn write(&mut self) -> Result<(), Failure> {
        let batches = std::mem::take(&mut self.waiting);
        let noted = self.changes.is_some();
        let outcomes = parallel::map(self.jobs, &batches, |batch| {
            repair(self.repairer, &batch.pieces, noted)
        });
        for outcome in outcomes {
            self.output.push(&outcome.bytes)?;
            if let Some(changes) = &mut self.changes {
                changes.push(&outcome.changes)?;
            }
            self.sum.literals += outcome.literals;
            self.sum.repaired += outcome.repaired;
            self.sum.causes.merge(&outcome.causes);
        }
        Ok(())
    }
}

/// The dialect that the beginning of a dump tells.
fn dialect(beginning: &[u8]) -> Option<Dialect> {
    let text = String::from_utf8_lossy(beginning).to_lowercase();
    let says = |text: &str, words: &[&str]| words.iter().any(|word| text.contains(word));
    let comments = text
        .lines()
        .filter(|line| ["--", "/*", "#"].iter().any(|mark| line.starts_with(mark)));
    let comments: String = comments.collect();
    if says(&comments, &["mysql", "mariadb", "phpmyadmin"]) {
        Some(Dialect::Mysql)
    } else if says(&comments, &["postgresql", "sqlite"])
        || says(&text, &["pg_catalog", "pragma ", "from stdin;"])
    {
        Some(Dialect::Standard)
    } else if says(&text, &["engine=", "`"]) {
        Some(Dialect::Mysql)
    } else {
        // Without a backslash, both read it the same way.
        (!text.contains('\\')).then_some(Dialect::Standard)
    }
}

/// The pieces with their literals repaired, which share their evidence.
fn repair(repairer: &Repairer, pieces: &[Piece], changes: bool) -> Outcome {
    let text = |piece: &Piece| match piece {
        Piece::Literal {
            source, escapes, ..
        } => escapes::literal(std::str::from_utf8(source).ok()?, *escapes),
        Piece::Code(_) => None,
    };
    let literals: Vec<_> = pieces.iter().map(text).collect();
    let texts: Vec<&str> = literals
        .iter()
        .flatten()
        .map(|literal| literal.text())
        .collect();
    let mut outcome = Outcome {
        literals: texts.len(),
        ..Outcome::default()
    };
    let mut repairs = repairer.repair_all(&texts).into_iter();
    for (piece, literal) in pieces.iter().zip(&literals) {
        let (source, escapes, line) = match piece {
            Piece::Code(code) => {
                outcome.bytes.extend(code);
                continue;
            }
            Piece::Literal {
                source,
                escapes,
                line,
            } => (source, *escapes, *line),
        };
        let repair = literal.as_ref().and_then(|_| repairs.next());
        let new = literal.as_ref().zip(repair.as_ref());
        match new.and_then(|(literal, repair)| rewritten(source, literal, repair, escapes)) {
            Some(new) => {
                outcome.bytes.extend(new.into_bytes());
                outcome.repaired += 1;
                let edits = repair
                    .as_ref()
                    .map(|repair| repair.edits())
                    .unwrap_or_default();
                outcome.causes.count(edits);
                if changes {
                    note(&mut outcome.changes, line, edits);
                }
            }
            None => outcome.bytes.extend(source),
        }
    }
    outcome
}

/// The repaired source of a literal, if it is changed and surely means the repaired text.
fn rewritten(
    source: &[u8],
    literal: &literal::Literal,
    repair: &Repair<'_>,
    escapes: Escapes,
) -> Option<String> {
    if !repair.is_changed() {
        return None;
    }
    let source = std::str::from_utf8(source).ok()?;
    let new = literal.repaired(source, repair, |text| escapes::written(text, escapes));
    let read = escapes::literal(&new, escapes)?;
    (read.text() == repair.text()).then_some(new)
}

fn note(changes: &mut Vec<u8>, line: u64, edits: &[unbake::repair::Edit]) {
    for edit in edits {
        let change = Change {
            line,
            before: edit.before(),
            after: edit.after(),
            chain: edit.cause().to_string(),
            confidence: edit.confidence(),
        };
        // Writing to memory cannot fail.
        let _ = serde_json::to_writer(&mut *changes, &change);
        changes.push(b'\n');
    }
}
