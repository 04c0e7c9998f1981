//! Renames files whose names are mojibake. The names in a folder share their
//! evidence; without `--apply`, nothing is done.
//!
//! ```text
//! filenames music                       # what would be renamed
//! filenames --apply --recursive music
//! filenames --undo unbake-filenames.log
//! ```
//!
//! On Unix, names that are no UTF-8 at all are read in the encoding in which
//! they, together, are the likeliest text.

#[path = "../common/mod.rs"]
mod common;
#[path = "../common/judgement.rs"]
mod judgement;
#[path = "../common/raw_names.rs"]
mod raw_names;
#[path = "../common/words.rs"]
mod words;

mod log;
mod names;
mod plan;

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use common::{Failure, Troubles, count};
use judgement::Judgement;
use log::Log;
use names::shown;
use plan::{Judge, Step, What};
use unbake::encoding::Encoding;

/// Renames files whose names were decoded in the wrong encoding.
#[derive(Parser)]
#[command(
    version,
    after_help = "\
Exit codes: 0 when all was done, also when nothing was to be renamed; 1 when a file could not be \
renamed, or must not be, because a name is taken or not sure; 2 when a folder or log cannot be \
read or the command line makes no sense."
)]
struct Arguments {
    /// The folders whose files are to be renamed; the current one if none.
    folders: Vec<PathBuf>,

    /// Go into the folders in them, and rename these too.
    #[arg(long, short)]
    recursive: bool,

    /// Do it. Without this, what would be done is listed.
    #[arg(long)]
    apply: bool,

    /// Where to note what is renamed; unless set, a new `unbake-filenames.log` in the current folder.
    #[arg(long, value_name = "FILE", value_parser = common::file_beside(), requires = "apply")]
    log: Option<PathBuf>,

    /// Take back what is noted in this log, and nothing else.
    #[arg(long, value_name = "LOG", conflicts_with_all = ["folders", "recursive", "apply", "encoding"])]
    undo: Option<PathBuf>,

    /// In which encoding the names are that are not UTF-8.
    #[arg(long, value_name = "NAME", value_parser = common::encoding)]
    encoding: Option<Encoding>,

    #[command(flatten)]
    judgement: Judgement,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    common::finish("filenames", || run(&arguments))
}

fn run(arguments: &Arguments) -> Result<(), Failure> {
    if let Some(log) = &arguments.undo {
        return log::undo(log);
    }
    let judge = Judge {
        repairer: arguments.judgement.repairer()?,
        encoding: arguments.encoding,
        threshold: arguments.judgement.threshold,
    };
    let here = [PathBuf::from(".")];
    let folders = match arguments.folders.as_slice() {
        [] => &here,
        folders => folders,
    };
    let mut troubles = Troubles::default();
    let mut steps = Vec::new();
    for folder in folders {
        steps.extend(plan::plan(
            folder,
            arguments.recursive,
            &judge,
            &mut troubles,
        )?);
    }
    let mut renames = Vec::new();
    for step in &steps {
        match &step.what {
            What::Rename(to, why) => renames.push((step, to, why)),
            What::Refuse(why) => {
                let told = format!("{}: {why}; left as it is", path(step));
                troubles.tell("filenames", Failure::Work(told))?;
            }
        }
    }
    if steps.is_empty() {
        let _ = writeln!(io::stderr(), "filenames: nothing to rename");
        return troubles.end();
    }
    let files = count(renames.len(), "file", "files");
    if !arguments.apply {
        let mut out = String::new();
        for (step, to, why) in &renames {
            let to = shown(OsStr::new(to));
            // Writing to a string cannot fail.
            let _ = writeln!(out, "{} -> {to}   ({why})", path(step));
        }
        common::print(out.as_bytes())?;
        let advice = if renames.is_empty() {
            ""
        } else {
            ": to do it, add --apply"
        };
        let _ = writeln!(io::stderr(), "filenames: {files} to rename{advice}");
        return troubles.end();
    }
    if renames.is_empty() {
        return troubles.end();
    }
    let mut log = Log::create(arguments.log.as_deref())?;
    let mut done = 0;
    for (step, to, _) in &renames {
        if let Err(failure) = log.note(&step.folder, &step.from, to) {
            troubles.tell("filenames", failure)?;
            break;
        }
        match rename(step, to) {
            Ok(()) => done += 1,
            Err(failure) => troubles.tell("filenames", failure)?,
        }
    }
    if done == 0 {
        // Nothing to take back.
        log.discard();
        common::print(format!("0 of {files} renamed\n").as_bytes())?;
        return troubles.end();
    }
    let log = common::quoted(&log.path);
    let told = format!("{done} of {files} renamed; the way back: filenames --undo {log}\n");
    common::print(told.as_bytes())?;
    troubles.end()
}

fn rename(step: &Step, to: &str) -> Result<(), Failure> {
    let new = step.folder.join(to);
    // Asked again: others may work in the folder, too.
    let renamed = match fs::symlink_metadata(&new) {
        Ok(_) => Err(io::ErrorKind::AlreadyExists.into()),
        Err(_) => fs::rename(step.folder.join(&step.from), &new),
    };
    renamed.map_err(|error| Failure::Work(format!("{}: cannot be renamed: {error}", path(step))))
}

fn path(step: &Step) -> String {
    shown(step.shown.as_os_str())
}
