//! Files that are too large to be held in memory: repaired in blocks, see `unbake::stream`.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use unbake::Repairer;
use unbake::stream::{Stream, StreamError, Summary};

use crate::common::{Failure, Staged, name_of, not_utf8_at};
use crate::progress::{Counted, Progress};

/// Larger files than this are repaired in blocks, bytes.
pub const LARGE: u64 = 16 << 20;
/// What is looked at to tell text from other files, bytes.
const HEAD: u64 = 1 << 16;

/// Whether a file is read in blocks.
pub fn is_large(bytes: u64) -> bool {
    bytes > LARGE
}

/// Why a large file was not repaired.
pub enum Refused {
    /// It holds bytes that are not UTF-8.
    NotText(Failure),
    Other(Failure),
}

impl From<Failure> for Refused {
    fn from(failure: Failure) -> Self {
        Refused::Other(failure)
    }
}

/// Repairs a file into another, with a patch or without, and hands back what was done.
pub fn repair(
    repairer: &Repairer,
    path: &Path,
    out: impl Write,
    patch: Option<&Staged>,
    progress: &Progress,
) -> Result<Summary, Refused> {
    let name = name_of(path);
    let file = File::open(path).map_err(|error| cannot_read(path, &error))?;
    let reader = Counted {
        inner: file,
        progress,
    };
    let stream = Stream::new(repairer.clone());
    let summary = match patch {
        Some(patch) => stream.repair_with_patch(reader, out, patch.file()),
        None => stream.repair(reader, out),
    };
    summary.map_err(|error| {
        let source = std::error::Error::source(&error);
        let source = source.map_or_else(String::new, |source| format!(": {source}"));
        let what = format!("{name}: {error}{source}");
        match error {
            StreamError::NotUtf8 { offset, byte, .. } => Refused::NotText(Failure::Input(format!(
                "{name}: {}",
                not_utf8_at(offset, byte)
            ))),
            StreamError::Read { .. } => Refused::Other(Failure::Input(what)),
            StreamError::Write { source, .. } if source.kind() == io::ErrorKind::BrokenPipe => {
                Refused::Other(source.into())
            }
            _ => Refused::Other(Failure::Work(what)),
        }
    })
}

/// The first bytes of a file, which tell what it is.
pub fn head(path: &Path) -> Result<Vec<u8>, Failure> {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(HEAD).read_to_end(&mut head));
    read.map_err(|error| cannot_read(path, &error))?;
    Ok(head)
}

fn cannot_read(path: &Path, error: &io::Error) -> Failure {
    Failure::Input(format!("{}: cannot be read: {error}", name_of(path)))
}
