//! Which files are meant: those that are named, and those in folders.

#![allow(dead_code, reason = "not every program uses all of it")]

use std::path::{Path, PathBuf};

use globset::{Glob, GlobSet, GlobSetBuilder};
use walkdir::WalkDir;

use crate::common::{Failure, PRIVATE, Troubles, name_of, unreadable};

/// The ending of a patch that is kept beside its file.
pub const PATCH: &str = ".unbake-patch";
/// The ending of an original that is kept beside its file.
pub const ORIGINAL: &str = ".unbake-orig";
/// A file to work on.
pub struct Found {
    pub path: PathBuf,
    /// Whether it was named itself, and not only its folder: then it must be text.
    pub named: bool,
    /// Its length in bytes, as far as that is known.
    pub bytes: u64,
}

/// How folders are searched.
pub struct Search {
    pub recursive: bool,
    globs: GlobSet,
}

impl Search {
    pub fn new(recursive: bool, globs: &[String]) -> Result<Self, Failure> {
        let mut set = GlobSetBuilder::new();
        for glob in globs {
            let broken = |error| Failure::Input(format!("--glob: {error}"));
            set.add(Glob::new(glob).map_err(broken)?);
        }
        let globs = set
            .build()
            .map_err(|error| Failure::Input(format!("--glob: {error}")))?;
        Ok(Self { recursive, globs })
    }

    /// All the files, in the order of the paths; those of a folder by name. What is in a folder
    /// and cannot be read is told, and the rest is found all the same.
    pub fn find(
        &self,
        program: &str,
        paths: &[PathBuf],
        troubles: &mut Troubles,
    ) -> Result<Vec<Found>, Failure> {
        let mut found = Vec::new();
        for path in paths {
            let about = std::fs::metadata(path).map_err(|error| {
                Failure::Input(format!("{}: cannot be read: {error}", name_of(path)))
            })?;
            if !about.is_dir() {
                found.push(Found {
                    path: path.clone(),
                    named: true,
                    bytes: about.len(),
                });
            } else if self.recursive {
                for entry in self.walk(path) {
                    match entry {
                        Ok(file) => found.push(file),
                        Err(failure) => troubles.tell(program, failure)?,
                    }
                }
            } else {
                return Err(Failure::Input(format!(
                    "{}: is a folder: add --recursive for all the files in it",
                    name_of(path)
                )));
            }
        }
        Ok(found)
    }

    fn walk(&self, folder: &Path) -> impl Iterator<Item = Result<Found, Failure>> {
        let walk = WalkDir::new(folder).sort_by_file_name().into_iter();
        let public = |entry: &walkdir::DirEntry| {
            let name = entry.file_name();
            entry.depth() == 0 || !PRIVATE.iter().any(|private| name == *private)
        };
        walk.filter_entry(public).filter_map(move |entry| {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => return Some(Err(unreadable(folder, &error))),
            };
            let path = entry.path();
            let inside = path.strip_prefix(folder).unwrap_or(path);
            let wanted = entry.file_type().is_file() && !is_kept(path) && self.is_wanted(inside);
            wanted.then(|| {
                Ok(Found {
                    path: path.to_owned(),
                    named: false,
                    bytes: entry.metadata().map_or(0, |about| about.len()),
                })
            })
        })
    }

    /// A pattern fits the path within the folder, or the name alone.
    fn is_wanted(&self, inside: &Path) -> bool {
        let name = inside.file_name().map(Path::new);
        self.globs.is_empty()
            || self.globs.is_match(inside)
            || name.is_some_and(|name| self.globs.is_match(name))
    }
}

/// Whether a file was written by one of these programs for the way back: to repair what it quotes would destroy it.
pub fn is_way_back(content: &[u8]) -> bool {
    content.starts_with(b"unbake-patch ") || content.starts_with(b"{\"unbake-filenames\":")
}

/// Whether it is one of the files that `--in-place` leaves beside others.
fn is_kept(path: &Path) -> bool {
    let name = path.as_os_str().to_string_lossy();
    name.ends_with(PATCH) || name.ends_with(ORIGINAL)
}
