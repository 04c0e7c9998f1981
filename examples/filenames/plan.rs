//! Which files are to be called what.

use std::collections::{HashMap, HashSet};
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};

use unbake::Repairer;
use unbake::encoding::Encoding;
use unicode_normalization::UnicodeNormalization as _;
use walkdir::WalkDir;

use crate::common::{Failure, PRIVATE, Troubles, name_of, percent, unreadable};
use crate::names;
use crate::raw_names::Reading;
use crate::words::Causes;

/// How sure the encoding of names that are no text must be.
const SURE: f32 = 0.8;

/// A file with its name.
struct Named {
    folder: PathBuf,
    name: OsString,
    shown: PathBuf,
}

/// A name that is not as it should be.
pub struct Step {
    pub folder: PathBuf,
    pub from: OsString,
    /// Its path as it is told: as the folder was named.
    pub shown: PathBuf,
    pub what: What,
}

/// What is to become of a name.
pub enum What {
    /// It is to be this one, for this reason.
    Rename(String, String),
    /// It stays, for this reason.
    Refuse(String),
}

/// How names are judged.
pub struct Judge {
    pub repairer: Repairer,
    pub encoding: Option<Encoding>,
    pub threshold: Option<f32>,
}

/// The steps for a folder, those within a folder before the folder itself.
pub fn plan(
    folder: &Path,
    recursive: bool,
    judge: &Judge,
    troubles: &mut Troubles,
) -> Result<Vec<Step>, Failure> {
    let files = find(folder, recursive, troubles)?;
    // macOS takes accents off their letters, and those of mojibake say something only together.
    let texts = files.iter().filter_map(|file| file.name.to_str());
    let texts: Vec<String> = texts.map(|name| name.nfc().collect()).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let bytes: Vec<&[u8]> = files
        .iter()
        .filter(|file| file.name.to_str().is_none())
        .filter_map(|file| names::bytes(&file.name))
        .collect();
    let mut repairs = judge.repairer.repair_all(&texts).into_iter();
    let mut readings = readings(&bytes, judge).into_iter();
    let mut steps = Vec::new();
    for Named {
        folder,
        name,
        shown,
    } in &files
    {
        let what = if name.to_str().is_some() {
            match repairs.next().filter(|repair| repair.is_changed()) {
                Some(repair) => {
                    let mut causes = Causes::default();
                    causes.count(repair.edits());
                    let sure = percent(repair.confidence());
                    let why = format!("{}, {sure}", causes.in_words());
                    What::Rename(repair.into_text().into_owned(), why)
                }
                None => continue,
            }
        } else {
            let unreadable = || What::Refuse("is no text in this system".to_owned());
            readings.next().unwrap_or_else(unreadable)
        };
        steps.push(Step {
            folder: folder.clone(),
            from: name.clone(),
            shown: shown.clone(),
            what,
        });
    }
    refuse_collisions(&mut steps);
    Ok(steps)
}

/// All that has a name within the folder; links are not followed, and what cannot be read is told.
fn find(folder: &Path, recursive: bool, troubles: &mut Troubles) -> Result<Vec<Named>, Failure> {
    // Where it really is, so that the log can be used from anywhere.
    let place = fs::canonicalize(folder)
        .map_err(|error| Failure::Input(format!("{}: cannot be read: {error}", name_of(folder))))?;
    if !place.is_dir() {
        let what = "is no folder: name the folder that holds the files";
        return Err(Failure::Input(format!("{}: {what}", name_of(folder))));
    }
    let depth = if recursive { usize::MAX } else { 1 };
    let walk = WalkDir::new(&place)
        .min_depth(1)
        .max_depth(depth)
        .contents_first(true)
        .sort_by_file_name();
    let mut files = Vec::new();
    for entry in walk {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                troubles.tell("filenames", unreadable(folder, &error))?;
                continue;
            }
        };
        let parent = entry.path().parent().unwrap_or(&place);
        let inside = entry.path().strip_prefix(&place).unwrap_or(entry.path());
        let mut parts = inside.components();
        if parts.any(|part| PRIVATE.iter().any(|private| part.as_os_str() == *private)) {
            continue;
        }
        files.push(Named {
            folder: parent.to_owned(),
            name: entry.file_name().to_owned(),
            shown: folder.join(inside),
        });
    }
    Ok(files)
}

/// What is to become of the names that are no text, read together.
fn readings(bytes: &[&[u8]], judge: &Judge) -> Vec<What> {
    if bytes.is_empty() {
        return Vec::new();
    }
    let reading = match judge.encoding {
        Some(encoding) => Reading::in_encoding(encoding, bytes),
        None => Reading::likeliest(bytes),
    };
    let refuse = |why: String| bytes.iter().map(|_| What::Refuse(why.clone())).collect();
    let Some(reading) = reading else {
        let what = match judge.encoding {
            Some(encoding) => {
                format!("its name is not UTF-8, and not all such names are {encoding}")
            }
            None => "its name is not UTF-8, and in no encoding that is known here".to_owned(),
        };
        return refuse(what);
    };
    let why = format!(
        "bytes in {}, {}",
        reading.encoding,
        percent(reading.confidence)
    );
    if reading.confidence < judge.threshold.unwrap_or(SURE) {
        let what = "its name is not UTF-8, and it is not sure in which encoding it is";
        return refuse(format!("{what} ({why}): say so with --encoding"));
    }
    let names = reading.names.into_iter();
    names.map(|name| What::Rename(name, why.clone())).collect()
}

/// No file is renamed over another one, and no two get the same name.
fn refuse_collisions(steps: &mut [Step]) {
    let mut wanted: HashMap<(&Path, &str), usize> = HashMap::new();
    for step in steps.iter() {
        if let What::Rename(to, _) = &step.what {
            *wanted.entry((&step.folder, to)).or_default() += 1;
        }
    }
    let twice: HashSet<(PathBuf, String)> = wanted
        .into_iter()
        .filter(|(_, times)| *times > 1)
        .map(|((folder, to), _)| (folder.to_owned(), to.to_owned()))
        .collect();
    for step in steps {
        let What::Rename(to, _) = &step.what else {
            continue;
        };
        let refused = if let Some(unfit) = names::unfit(to) {
            Some(unfit.to_owned())
        } else if twice.contains(&(step.folder.clone(), to.clone())) {
            Some(format!("another file would be called `{}`, too", shown(to)))
        } else if fs::symlink_metadata(step.folder.join(to)).is_ok() {
            Some(format!("there is a `{}` already", shown(to)))
        } else {
            None
        };
        if let Some(refused) = refused {
            step.what = What::Refuse(refused);
        }
    }
}

fn shown(name: &str) -> String {
    names::shown(OsStr::new(name))
}
