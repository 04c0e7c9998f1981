//! Repairs mojibake in files and folders, or as a filter between other programs.
//!
//! ```text
//! fix notes.txt > repaired.txt
//! fix --explain --patch notes.patch --output notes.txt notes.txt
//! fix --in-place --recursive --glob '*.md' docs      # fix --undo --recursive docs
//! fix --check --recursive src                        # for CI
//! fix --diff notes.txt
//! fix --tidy notes.txt                               # all that ftfy does by default
//! fix --jsonl < strings.jsonl
//! ```
//!
//! Files of more than 16 MiB are repaired in blocks and not held in memory, unless `--explain`,
//! `--report`, `--check` or `--diff` ask for their edits, or `--exact`, `--escapes` or `--tidy` is wanted; see
//! `unbake::stream` for what differs.
//!
//! With `--jsonl`, `{"text": "schÃ¶n"}` on a line is answered, on a line and
//! before the next is waited for, by
//!
//! ```json
//! {"text":"schön","changed":true,"confidence":0.9996,"edits":[{"start":3,"end":5,
//!  "before":"Ã¶","after":"ö","chain":"utf-8>windows-1252","exact":true,
//!  "confidence":0.9996}]}
//! ```
//!
//! where `start` and `end` count bytes of the repaired text in UTF-8. An edit
//! that is not exact may have `guessed`, with what else could stand there. Blank
//! lines are passed over; a broken line ends the program, the lines before it
//! answered.

#[path = "../common/mod.rs"]
mod common;
#[path = "../common/files.rs"]
mod files;
#[path = "../common/judgement.rs"]
mod judgement;
#[path = "../common/parallel.rs"]
mod parallel;
#[path = "../common/progress.rs"]
mod progress;
#[path = "../common/words.rs"]
mod words;

mod batch;
mod diff;
mod explain;
mod jsonl;
mod large;
mod mender;
mod report;

use std::io::{self, IsTerminal as _, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use batch::{Action, Keep, Telling};
use clap::Parser;
use common::{Failure, Staged, Troubles};
use diff::Style;
use files::Search;
use judgement::Judgement;
use large::Refused;
use mender::{Manner, Mender};
use parallel::Jobs;
use unbake::Repairer;

/// Repairs text that was decoded in the wrong encoding.
#[derive(Parser)]
#[command(
    version,
    after_help = "\
Exit codes: 0 when all was done, also when nothing was to be repaired; 1 when --check found \
something, a line of --jsonl is broken, or something could not be written; 2 when an input is \
missing or not UTF-8, or the command line makes no sense."
)]
struct Arguments {
    /// What to repair; standard input if none or `-`. Several are repaired
    /// one by one and put out one after another.
    files: Vec<PathBuf>,

    /// Take all the files of folders that are named. What is no UTF-8 text is passed over.
    #[arg(long, short)]
    recursive: bool,

    /// Take only files of folders whose name or path within the folder fits; may be repeated.
    #[arg(long, value_name = "PATTERN", requires = "recursive")]
    glob: Vec<String>,

    /// Change the files themselves; see --keep for the way back.
    #[arg(long, short, group = "mode")]
    in_place: bool,

    /// What --in-place keeps beside a file that it changes.
    #[arg(long, value_enum, default_value = "patch", requires = "in_place")]
    keep: Keep,

    /// Take back what --in-place did, with the patches or originals it kept.
    #[arg(long, group = "mode")]
    undo: bool,

    /// Change nothing, list `file:line:column: before -> after`, and exit with 1 if there is any.
    #[arg(long, group = "mode")]
    check: bool,

    /// Change nothing, and show as a unified diff what would change.
    #[arg(long, group = "mode")]
    diff: bool,

    /// Whether --diff is in colour.
    #[arg(long, value_enum, default_value = "auto", requires = "diff")]
    color: Color,

    /// Say on stderr what was wrong and what was changed where.
    #[arg(long, conflicts_with = "undo")]
    explain: bool,

    /// Write a page for browsers there, with every edit before and after.
    #[arg(long, value_name = "FILE", value_parser = common::file_beside(), conflicts_with_all = ["undo", "jsonl"])]
    report: Option<PathBuf>,

    /// Write a patch there, with which `revert` gives the input back.
    #[arg(long, value_name = "FILE", value_parser = common::file_beside(), conflicts_with = "mode")]
    patch: Option<PathBuf>,

    /// Write the text there instead of to standard output; may be the input.
    #[arg(long, short, value_name = "FILE", conflicts_with = "mode")]
    output: Option<PathBuf>,

    /// Read and write JSON lines: `{"text": …}` in, the repair with its edits out.
    #[arg(long, group = "mode", conflicts_with = "explain")]
    jsonl: bool,

    /// Repair only what can be proven: the mishap, run again, gives the input to the byte. For source code and data.
    #[arg(long, group = "manner")]
    exact: bool,

    /// Repair what stands in escapes, too: `&Atilde;&para;`, `\u00c3\u00b6`, `%C3%83%C2%B6`, encoded words of mail.
    #[arg(long, group = "manner")]
    escapes: bool,

    /// Tidy as ftfy does, too: character references, quotes, ligatures, widths, line ends, controls, NFC.
    #[arg(long, group = "manner")]
    tidy: bool,

    #[command(flatten)]
    jobs: Jobs,

    #[command(flatten)]
    judgement: Judgement,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Color {
    /// On a terminal, unless the variable NO_COLOR is set, or TERM is `dumb`.
    Auto,
    Always,
    Never,
}

impl Color {
    fn style(self) -> Style {
        let terminal = io::stdout().is_terminal();
        let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
            || std::env::var_os("TERM").is_some_and(|value| value == "dumb");
        match self {
            Self::Always => Style::Coloured,
            Self::Auto if terminal && !unwanted => Style::Coloured,
            // What a terminal would obey is never sent to one as it is.
            _ if terminal => Style::Escaped,
            _ => Style::Plain,
        }
    }
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    common::finish("fix", || run(&arguments))
}

fn run(arguments: &Arguments) -> Result<(), Failure> {
    let mender = Mender {
        repairer: arguments.judgement.repairer()?,
        manner: match arguments {
            Arguments { exact: true, .. } => Manner::Exact,
            Arguments { escapes: true, .. } => Manner::Escapes,
            Arguments { tidy: true, .. } => Manner::Tidy,
            _ => Manner::Usual,
        },
    };
    let jobs = arguments.jobs.number();
    if arguments.jsonl {
        return jsonl::run(&mender, jobs, &arguments.files);
    }
    let action = match arguments {
        Arguments { check: true, .. } => Action::Check,
        Arguments { diff: true, .. } => Action::Diff(arguments.color.style()),
        Arguments { in_place: true, .. } => Action::InPlace(arguments.keep),
        Arguments { undo: true, .. } => Action::Undo,
        _ => return filter(&mender, arguments),
    };
    if arguments.files.is_empty() || arguments.files.iter().any(|file| file == Path::new("-")) {
        return Err(Failure::Input(
            "name the files or folders: --check, --diff, --in-place and --undo do not read standard input"
                .to_owned(),
        ));
    }
    let search = Search::new(arguments.recursive, &arguments.glob)?;
    let mut troubles = Troubles::default();
    let mut files = search.find("fix", &arguments.files, &mut troubles)?;
    // A mistake in a pattern must not look like a good end.
    if files.is_empty() && !arguments.glob.is_empty() {
        let _ = writeln!(io::stderr(), "fix: no file in these folders fits --glob");
    }
    let telling = Telling {
        explain: arguments.explain,
        report: arguments.report.clone(),
    };
    if let Some(report) = &arguments.report {
        refuse_overwriting("--report", report, arguments)?;
        // That of an earlier run quotes mojibake, and is no text to be repaired.
        let same_name = |path: &Path| path.file_name() == report.file_name();
        files.retain(|file| !same_name(&file.path) || !common::same_file(&file.path, report));
    }
    batch::run(&mender, jobs, &files, action, &telling, troubles)
}

/// All the inputs in, one text out.
fn filter(mender: &Mender, arguments: &Arguments) -> Result<(), Failure> {
    if arguments.recursive {
        return Err(Failure::Input(
            "--recursive needs one of --check, --diff, --in-place or --undo, which say what to do with each file"
                .to_owned(),
        ));
    }
    if let Some(folder) = arguments.files.iter().find(|file| file.is_dir()) {
        return Err(Failure::Input(format!(
            "{}: cannot be read: it is a folder; add --recursive and one of --check, --diff, --in-place or --undo",
            common::name_of(folder)
        )));
    }
    if let Some(patch) = &arguments.patch {
        refuse_overwriting("--patch", patch, arguments)?;
        if arguments.files.len() > 1 {
            let what = "--patch takes one file: a patch belongs to one text";
            return Err(Failure::Input(what.to_owned()));
        }
    }
    if let Some(report) = &arguments.report {
        refuse_overwriting("--report", report, arguments)?;
    }

    if let [file] = arguments.files.as_slice()
        && !arguments.explain
        && mender.takes_blocks()
        && arguments.report.is_none()
        && file
            .metadata()
            .is_ok_and(|m| m.is_file() && large::is_large(m.len()))
    {
        return filter_large(&mender.repairer, arguments, file);
    }
    let inputs = common::read_inputs(&arguments.files)?;
    let lengths = inputs.iter().map(|input| input.text.len() as u64);
    let progress = progress::Progress::of_pieces(lengths);
    let repairs = parallel::map(arguments.jobs.number(), &inputs, |input| {
        let repair = mender.repair(&input.text);
        progress.advance(input.text.len());
        repair
    });
    drop(progress);
    let mut repaired = String::new();
    let mut patch = None;
    let mut sections = Vec::new();
    let mut guesses = words::Guesses::default();
    for (input, repair) in inputs.iter().zip(&repairs) {
        guesses.count(repair.edits());
        if arguments.explain {
            let explanation = explain::explain(&input.name, &input.text, repair);
            // Where stderr is closed, the text itself is still wanted.
            let _ = io::stderr().write_all(explanation.as_bytes());
        }
        if let Some(path) = &arguments.patch {
            patch = Some(Staged::write(path, repair.patch().to_string().as_bytes())?);
        }
        if arguments.report.is_some() {
            sections.extend(report::section(&input.name, &input.text, repair));
        }
        repaired.push_str(repair.text());
    }
    let report = match &arguments.report {
        Some(path) => Some(Staged::write(path, report::page(&sections).as_bytes())?),
        None => None,
    };
    // All are written before any is put in place. The patch goes first: a
    // text that was changed in place and has no patch could not be taken back.
    let output = match &arguments.output {
        Some(path) => Some(Staged::write(path, repaired.as_bytes())?),
        None => None,
    };
    patch.map_or(Ok(()), Staged::commit)?;
    report.map_or(Ok(()), Staged::commit)?;
    match output {
        Some(output) => output.commit()?,
        None => common::print(repaired.as_bytes())?,
    }
    if let Some(told) = guesses.in_words("--explain").filter(|_| !arguments.explain) {
        let _ = writeln!(io::stderr(), "fix: {told}");
    }
    Ok(())
}

/// The same for a file that is not held in memory.
fn filter_large(repairer: &Repairer, arguments: &Arguments, file: &Path) -> Result<(), Failure> {
    let progress = progress::Progress::new(file.metadata().ok().map(|m| m.len()));
    let begin = |path: &Option<PathBuf>| path.as_deref().map(Staged::begin).transpose();
    let (patch, output) = (begin(&arguments.patch)?, begin(&arguments.output)?);
    let out: Box<dyn Write + '_> = match &output {
        Some(output) => Box::new(output.file()),
        None => Box::new(io::stdout().lock()),
    };
    let repaired = large::repair(repairer, file, out, patch.as_ref(), &progress);
    match repaired {
        Ok(_) => {}
        Err(Refused::NotText(failure) | Refused::Other(failure)) => return Err(failure),
    }
    drop(progress);
    patch.map_or(Ok(()), Staged::commit)?;
    output.map_or(Ok(()), Staged::commit)
}

/// A file that is written must be none that is still needed.
fn refuse_overwriting(option: &str, path: &Path, arguments: &Arguments) -> Result<(), Failure> {
    let clashes = |file: &PathBuf| common::same_file(path, file);
    let what = if arguments.files.iter().any(clashes) {
        "would overwrite the input: name another file"
    } else if arguments.output.as_ref().is_some_and(clashes) {
        "and --output name the same file: name another"
    } else if option == "--report" && arguments.patch.as_ref().is_some_and(clashes) {
        "and --patch name the same file: name another"
    } else {
        return Ok(());
    };
    Err(Failure::Input(format!("{option} {what}")))
}
