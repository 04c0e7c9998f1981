//! Files that are there whole or not at all.

#![allow(dead_code, reason = "no example uses all of it")]

use std::borrow::Cow;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::unfinished::Unfinished;
use super::{Failure, beside, name_of};

/// A file that is written beside its place and moved there when it is whole.
///
/// `-` is standard output, which is written to at once.
///
/// Until [`commit`](Self::commit) the old file, if there is one, stays as it
/// is; without it the new one goes away again.
pub struct Staged {
    /// None where the target is written to directly.
    temporary: Option<PathBuf>,
    target: PathBuf,
    /// The target as it was named, for messages.
    path: PathBuf,
    file: File,
}

impl Staged {
    /// Writes the bytes beside the target.
    pub fn write(path: &Path, bytes: &[u8]) -> Result<Self, Failure> {
        let mut staged = Self::begin(path)?;
        staged.push(bytes)?;
        Ok(staged)
    }

    /// An empty file beside the target.
    pub fn begin(path: &Path) -> Result<Self, Failure> {
        if path == Path::new("-") {
            return Self::standard_output().map_err(|error| cannot_write(path, &error));
        }
        // A link stays a link: what it points to is replaced.
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let begin = || {
            let old = fs::metadata(&target).ok();
            if old.as_ref().is_some_and(|old| !old.is_file()) {
                // A device or a named pipe must not be replaced by a file.
                let file = OpenOptions::new().write(true).open(&target)?;
                return Ok((None, file));
            }
            let (temporary, file) = create_beside(&target)?;
            if let Some(old) = old {
                file.set_permissions(old.permissions())?;
            }
            Ok((Some(temporary), file))
        };
        let (temporary, file) = begin().map_err(|error| cannot_write(path, &error))?;
        Ok(Self {
            temporary,
            target,
            path: path.to_owned(),
            file,
        })
    }

    /// What a program writes to unless another place is named.
    fn standard_output() -> io::Result<Self> {
        #[cfg(not(windows))]
        let stdout = std::os::fd::AsFd::as_fd(&io::stdout()).try_clone_to_owned()?;
        #[cfg(windows)]
        let stdout =
            std::os::windows::io::AsHandle::as_handle(&io::stdout()).try_clone_to_owned()?;
        Ok(Self {
            temporary: None,
            target: PathBuf::from("-"),
            path: PathBuf::from("-"),
            file: File::from(stdout),
        })
    }

    /// The file, to be written to.
    pub fn file(&self) -> &File {
        &self.file
    }

    /// Adds these bytes.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        let written = self.file.write_all(bytes);
        written.map_err(|error| cannot_write(&self.path, &error))
    }

    /// Moves the file to its place.
    pub fn commit(self) -> Result<(), Failure> {
        self.sync()?;
        self.put(&mut Unfinished::hold())
    }

    /// Moves both files to their places, the other one first, or neither.
    pub fn commit_after(self, first: Self) -> Result<(), Failure> {
        first.sync()?;
        self.sync()?;
        let mut unfinished = Unfinished::hold();
        let target = first.target.clone();
        first.put(&mut unfinished)?;
        self.put(&mut unfinished)
            .inspect_err(|_| fs::remove_file(&target).unwrap_or_default())
    }

    /// Moves the file to its place; what stood there stays as `FILE.unbake-orig`.
    ///
    /// An original that is kept already is never overwritten.
    pub fn commit_keeping_original(self) -> Result<PathBuf, Failure> {
        self.sync()?;
        let mut unfinished = Unfinished::hold();
        let kept = beside(&self.target, ".unbake-orig");
        keep(&self.target, &kept)?;
        self.put(&mut unfinished)
            .inspect_err(|_| fs::remove_file(&kept).unwrap_or_default())?;
        Ok(kept)
    }

    /// All of it is on the disk, if it goes to a disk.
    fn sync(&self) -> Result<(), Failure> {
        let synced = match self.temporary {
            Some(_) => self.file.sync_all(),
            None => Ok(()),
        };
        synced.map_err(|error| cannot_write(&self.path, &error))
    }

    fn put(mut self, unfinished: &mut Unfinished) -> Result<(), Failure> {
        let Some(temporary) = self.temporary.take() else {
            return Ok(());
        };
        let put = fs::rename(&temporary, &self.target);
        unfinished.end(&temporary);
        put.map_err(|error| {
            let _ = fs::remove_file(&temporary);
            cannot_write(&self.path, &error)
        })
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        if let Some(temporary) = &self.temporary {
            let _ = fs::remove_file(temporary);
            Unfinished::hold().end(temporary);
        }
    }
}

fn cannot_write(path: &Path, error: &io::Error) -> Failure {
    if error.kind() == io::ErrorKind::BrokenPipe {
        return Failure::ClosedPipe;
    }
    let name = match path.to_str() {
        Some("-") => "stdout".to_owned(),
        _ => name_of(path),
    };
    Failure::Work(format!("{name}: cannot be written: {error}"))
}

/// Gives a file a second name, or a copy where the file system has no hard links.
fn keep(path: &Path, kept: &Path) -> Result<(), Failure> {
    let kept_there = |error: &io::Error| error.kind() == io::ErrorKind::AlreadyExists;
    let copied = match fs::hard_link(path, kept) {
        Err(error) if !kept_there(&error) => File::create_new(kept).and_then(|mut copy| {
            let copied = io::copy(&mut File::open(path)?, &mut copy).and_then(|_| copy.sync_all());
            copied.inspect_err(|_| fs::remove_file(kept).unwrap_or_default())
        }),
        linked => linked,
    };
    copied.map_err(|error| match kept_there(&error) {
        true => Failure::Work(format!(
            "{}: an original is kept there already: move it away, or delete it if it is not needed",
            name_of(kept)
        )),
        false => cannot_write(kept, &error),
    })
}

/// A new file in the folder of the target, under a name not yet taken.
fn create_beside(target: &Path) -> io::Result<(PathBuf, File)> {
    let name = target
        .file_name()
        .map_or(Cow::Borrowed("output"), |name| name.to_string_lossy());
    let mut unfinished = Unfinished::hold();
    let mut number = 0_u32;
    loop {
        let temporary =
            target.with_file_name(format!(".{name}.{}-{number}.tmp", std::process::id()));
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        let open = || Ok((temporary.clone(), options.open(&temporary)?));
        match unfinished.begin(open, |(temporary, _)| temporary) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && number < 100 => {
                number += 1
            }
            opened => return opened,
        }
    }
}
