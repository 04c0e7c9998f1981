//! The log of what was renamed, and the way back.
//!
//! An entry is on the disk before its file is renamed, so that whatever
//! happens, what was done can be undone.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::common::{self, Failure, Troubles, count, name_of};
use crate::names::{logged, shown, unlogged};

/// The first line of a log.
const HEAD: &str = "{\"unbake-filenames\":1}\n";

#[derive(Serialize, Deserialize)]
struct Entry {
    folder: String,
    from: String,
    to: String,
}

/// A log that is being written.
pub struct Log {
    file: File,
    pub path: PathBuf,
}

impl Log {
    /// A new log: at that place, or in the current folder under a name not yet taken.
    pub fn create(path: Option<&Path>) -> Result<Self, Failure> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        let mut number = 1;
        loop {
            let usual = match number {
                1 => PathBuf::from("unbake-filenames.log"),
                n => PathBuf::from(format!("unbake-filenames-{n}.log")),
            };
            let place = path.map_or(usual, Path::to_owned);
            match options.open(&place) {
                Ok(file) => {
                    let mut log = Self { file, path: place };
                    return match log.push(HEAD) {
                        Ok(()) => Ok(log),
                        Err(failure) => {
                            let _ = fs::remove_file(&log.path);
                            Err(failure)
                        }
                    };
                }
                Err(error)
                    if error.kind() == io::ErrorKind::AlreadyExists
                        && path.is_none()
                        && number < 10_000 =>
                {
                    number += 1;
                }
                Err(error) => {
                    return Err(Failure::Work(format!(
                        "{}: cannot be written: {error}; without a log nothing is renamed: name another place with --log",
                        name_of(&place)
                    )));
                }
            }
        }
    }

    /// Takes the log away again.
    pub fn discard(self) {
        let _ = fs::remove_file(&self.path);
    }

    /// Notes what is about to be done.
    pub fn note(&mut self, folder: &Path, from: &std::ffi::OsStr, to: &str) -> Result<(), Failure> {
        let entry = Entry {
            folder: logged(folder.as_os_str()),
            from: logged(from),
            to: logged(to.as_ref()),
        };
        let line = serde_json::to_string(&entry).map_err(|e| Failure::Work(e.to_string()))?;
        self.push(&format!("{line}\n"))
    }

    fn push(&mut self, line: &str) -> Result<(), Failure> {
        let written = self.file.write_all(line.as_bytes());
        let written = written.and_then(|()| self.file.sync_data());
        written.map_err(|error| {
            Failure::Work(format!(
                "{}: cannot be written: {error}; without a log nothing more is renamed",
                name_of(&self.path)
            ))
        })
    }
}

/// Takes everything back that a log tells, the last first.
pub fn undo(path: &Path) -> Result<(), Failure> {
    let log = common::read_text(path)?;
    let refused = |what: String| Failure::Input(format!("{}: {what}", name_of(path)));
    let Some(entries) = log.text.strip_prefix(HEAD) else {
        return Err(refused("is no log of this program".to_owned()));
    };
    let mut renamed: Vec<(PathBuf, OsString, OsString)> = Vec::new();
    for (number, line) in (2..).zip(entries.split_inclusive('\n')) {
        // What was cut off while it was written was never done.
        let Some(line) = line.strip_suffix('\n') else {
            break;
        };
        let entry = serde_json::from_str::<Entry>(line).ok().and_then(|entry| {
            let folder = PathBuf::from(unlogged(&entry.folder)?);
            Some((folder, unlogged(&entry.from)?, unlogged(&entry.to)?))
        });
        renamed.push(entry.ok_or_else(|| refused(format!("line {number} is damaged")))?);
    }
    let mut troubles = Troubles::default();
    let (mut done, mut as_before) = (0, 0);
    for (folder, from, to) in renamed.iter().rev() {
        let (old, new) = (folder.join(from), folder.join(to));
        let there = |path: &Path| fs::symlink_metadata(path).is_ok();
        let trouble = match (there(&old), there(&new)) {
            // It was never renamed, or was taken back before.
            (true, false) => {
                as_before += 1;
                continue;
            }
            (false, true) => match fs::rename(&new, &old) {
                Ok(()) => {
                    done += 1;
                    continue;
                }
                Err(error) => format!("cannot be renamed back: {error}"),
            },
            (true, true) => format!("cannot be renamed back: there is a `{}` again", shown(from)),
            (false, false) => "is not there any more".to_owned(),
        };
        let failure = Failure::Work(format!("{}: {trouble}", shown(new.as_os_str())));
        troubles.tell("filenames", failure)?;
    }
    let files = count(renamed.len(), "file", "files");
    let others = match as_before {
        0 => String::new(),
        n => format!("; {n} had the old name already"),
    };
    common::print(format!("{done} of {files} renamed back{others}\n").as_bytes())?;
    troubles.end()
}
