//! Repairs the JSON files that Facebook and Instagram hand out, in which each
//! byte of UTF-8 stands as a character: `"Caf\u00c3\u00a9"` for `"Café"`.
//!
//! ```text
//! env export message_1.json > readable.json
//! env export --in-place --recursive your_facebook_activity
//! fix --undo --recursive your_facebook_activity        # the way back
//! ```
//!
//! `env`, because shells have an `export` of their own.
//!
//! Where every string outside ASCII is such bytes, they are undone by that
//! rule alone, without any guessing. In any other file the strings are judged
//! together, as texts are. Only strings change; spaces, order and numbers stay.

#[path = "../common/mod.rs"]
mod common;
#[path = "../common/files.rs"]
mod files;
#[path = "../common/json.rs"]
mod json;
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

use std::borrow::Cow;
use std::io::{self, Write as _};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use common::{Failure, Input, Staged, Troubles, count};
use files::Search;
use json::Outside;
use judgement::Judgement;
use literal::Literal;
use parallel::Jobs;
use unbake::Repairer;
use unbake::encoding::Encoding;
use unbake::misdecoding::Misdecoding;
use unbake::repair::Cause;
use words::Causes;

/// How such exports are mangled.
const RULE: Misdecoding = Misdecoding {
    written: Encoding::Utf8,
    read: Encoding::Iso8859_1,
};

/// Repairs JSON exports of Facebook and Instagram.
#[derive(Parser)]
#[command(
    version,
    after_help = "\
Exit codes: 0 when all was done, also when nothing was to be repaired; 1 when something could not \
be written; 2 when an input is missing, not UTF-8 or not JSON, or the command line makes no sense.
Shells have an `export` of their own: call this one as `env export`."
)]
struct Arguments {
    /// The JSON files; standard input if none or `-`.
    files: Vec<PathBuf>,

    /// Take all the `*.json` of folders that are named.
    #[arg(long, short, requires = "in_place")]
    recursive: bool,

    /// Change the files themselves; each original stays as `FILE.unbake-orig`.
    #[arg(long, short)]
    in_place: bool,

    /// Write the repaired JSON there instead of to standard output; may be the input, which then is not kept.
    #[arg(long, short, value_name = "FILE", conflicts_with = "in_place")]
    output: Option<PathBuf>,

    /// Write new characters outside ASCII as `\uXXXX`.
    #[arg(long)]
    ascii: bool,

    #[command(flatten)]
    jobs: Jobs,

    #[command(flatten)]
    judgement: Judgement,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    common::finish("export", || run(&arguments))
}

fn run(arguments: &Arguments) -> Result<(), Failure> {
    let repairer = arguments.judgement.repairer()?;
    let outside = match arguments.ascii {
        true => Outside::Escaped,
        false => Outside::Plain,
    };
    if arguments.in_place {
        return in_place(&repairer, outside, arguments);
    }
    let stdin = PathBuf::from("-");
    let file = match arguments.files.as_slice() {
        [] => &stdin,
        [file] => file,
        _ => {
            let what = "several files need --in-place: their JSON cannot be one text";
            return Err(Failure::Input(what.to_owned()));
        }
    };
    if file.is_dir() {
        return Err(Failure::Input(format!(
            "{}: is a folder: add --in-place and --recursive for all the `*.json` in it",
            common::name_of(file)
        )));
    }
    let input = common::read_text(file)?;
    let (json, told) = repair(&repairer, outside, &input)?;
    let _ = writeln!(io::stderr(), "{told}");
    common::write_whole(arguments.output.as_deref(), json.as_bytes())
}

fn in_place(repairer: &Repairer, outside: Outside, arguments: &Arguments) -> Result<(), Failure> {
    if arguments.files.is_empty() || arguments.files.iter().any(|file| file == Path::new("-")) {
        return Err(Failure::Input(
            "--in-place needs the names of files".to_owned(),
        ));
    }
    let search = Search::new(arguments.recursive, &["*.json".to_owned()])?;
    let mut troubles = Troubles::default();
    let files = search.find("export", &arguments.files, &mut troubles)?;
    if files.is_empty() {
        let _ = writeln!(io::stderr(), "export: no `*.json` in these folders");
    }
    let progress = progress::Progress::of_pieces(files.iter().map(|file| file.bytes));
    for some in files.chunks(64) {
        let answers = parallel::map(arguments.jobs.number(), some, |file| {
            let input = common::read_text(&file.path)?;
            let (json, mut told) = repair(repairer, outside, &input)?;
            if let Cow::Owned(json) = json {
                Staged::write(&file.path, json.as_bytes())?.commit_keeping_original()?;
                told += &common::way_back(&file.path);
            }
            progress.advance(input.text.len());
            Ok(told)
        });
        for answer in answers {
            progress.aside(|| match answer {
                Ok(told) => {
                    let _ = writeln!(io::stderr(), "{told}");
                    Ok(())
                }
                Err(failure) => troubles.tell("export", failure),
            })?;
        }
    }
    troubles.end()
}

/// The repaired JSON, and what was done in words.
fn repair<'i>(
    repairer: &Repairer,
    outside: Outside,
    input: &'i Input,
) -> Result<(Cow<'i, str>, String), Failure> {
    let name = &input.name;
    let mark = if input.text.starts_with('\u{feff}') {
        '\u{feff}'.len_utf8()
    } else {
        0
    };
    let text = input.text.get(mark..).unwrap_or_default();
    let mut literals: Vec<(Range<usize>, Literal)> = Vec::new();
    let found = json::strings(text, |string| {
        let source = text.get(string.range.clone()).unwrap_or_default();
        let literal = json::literal(source).filter(|literal| !literal.text().is_ascii());
        let range = string.range.start + mark..string.range.end + mark;
        literals.extend(literal.map(|literal| (range, literal)));
    });
    found.map_err(|error| {
        Failure::Input(format!(
            "{name}: is not JSON: {error}; was it cut short, or is it the HTML form of the export? For JSON lines there is `table`"
        ))
    })?;
    let mut causes = Causes::default();
    let write = |text: &str| json::written(text, outside);
    let source = |range: &Range<usize>| input.text.get(range.clone()).unwrap_or_default();

    let by_rule: Option<Vec<String>> = literals
        .iter()
        .map(|(range, literal)| {
            let edits = by_rule(literal.text())?;
            causes.add(Cause::Chain(RULE.into()), edits.len());
            let edits = edits
                .iter()
                .map(|(range, new)| (range.clone(), new.as_str()));
            Some(literal.edited(source(range), edits, write))
        })
        .collect();
    let (new, changed) = match by_rule {
        Some(new) => {
            let changed = new.len();
            (new, changed)
        }
        None => {
            causes = Causes::default();
            let texts: Vec<&str> = literals.iter().map(|(_, literal)| literal.text()).collect();
            let repairs = repairer.repair_all(&texts);
            for repair in &repairs {
                causes.count(repair.edits());
            }
            let changed = repairs.iter().filter(|repair| repair.is_changed()).count();
            let new = literals.iter().zip(&repairs);
            let new = new
                .map(|((range, literal), repair)| literal.repaired(source(range), repair, write));
            (new.collect(), changed)
        }
    };
    if changed == 0 {
        return Ok((
            Cow::Borrowed(&input.text),
            format!("{name}: nothing to repair"),
        ));
    }
    let mut out = String::with_capacity(input.text.len());
    let mut done = 0;
    for ((range, _), new) in literals.iter().zip(&new) {
        out.push_str(source(&(done..range.start)));
        out.push_str(new);
        done = range.end;
    }
    out.push_str(source(&(done..input.text.len())));
    let told = format!(
        "{name}: {} of {} outside ASCII repaired: {}",
        changed,
        count(literals.len(), "string", "strings"),
        causes.in_words()
    );
    Ok((Cow::Owned(out), told))
}

/// The edits that undo the rule, or nothing if this text does not follow it.
fn by_rule(text: &str) -> Option<Vec<(Range<usize>, String)>> {
    let mut edits = Vec::new();
    let mut at = 0;
    while let Some(skipped) = text.get(at..)?.find(|c: char| !c.is_ascii()) {
        let start = at + skipped;
        let rest = text.get(start..)?;
        let length = rest.find(|c: char| c.is_ascii()).unwrap_or(rest.len());
        let run = rest.get(..length)?;
        let new = RULE.undo(run).ok()?;
        if RULE.mangle(&new).ok()? != run {
            return None;
        }
        edits.push((start..start + length, new));
        at = start + length;
    }
    Some(edits)
}
