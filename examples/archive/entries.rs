//! The entries of an archive with their names as they were meant.

use unbake::Repairer;
use unbake::encoding::Encoding;

use crate::common::{Failure, percent};
use crate::raw_names::Reading;
use crate::words::Causes;

/// An entry as it stands in the archive.
pub struct RawEntry {
    pub name: Vec<u8>,
    /// Whether the archive says that the name is UTF-8.
    pub flagged: bool,
}

/// What an entry is called, and why.
pub struct Name {
    pub text: String,
    pub why: String,
}

/// What all the entries are called.
pub struct Names {
    /// In the order of the entries.
    pub names: Vec<Name>,
    /// Why they may be wrong.
    pub doubt: Option<String>,
}

/// How sure an encoding must be to be taken without a word.
const SURE: f32 = 0.8;

/// How names are read.
pub struct Judge {
    pub repairer: Repairer,
    pub encoding: Option<Encoding>,
}

/// The names of all the entries, in their order.
///
/// What the archive says about a name is weighed and not believed: names that are UTF-8 are read
/// so, flagged or not, and a name that is flagged and is not is read like the others. All that
/// are left are one decision.
pub fn names(archive: &str, entries: &[RawEntry], judge: &Judge) -> Result<Names, Failure> {
    let utf8 = |entry: &RawEntry| std::str::from_utf8(&entry.name).is_ok();
    // Among names in a legacy encoding, one may be UTF-8 by chance.
    let unflagged = |entry: &&RawEntry| !entry.flagged && !entry.name.is_ascii();
    let (good, bad): (Vec<_>, Vec<_>) = entries.iter().filter(unflagged).partition(|e| utf8(e));
    let by_chance = bad.len() >= good.len() || judge.encoding.is_some();
    let is_legacy = |entry: &RawEntry| {
        let is_utf8 = utf8(entry) && (entry.flagged || !by_chance);
        !entry.name.is_ascii() && !is_utf8
    };

    let raw: Vec<&[u8]> = entries
        .iter()
        .filter(|entry| is_legacy(entry))
        .map(|entry| entry.name.as_slice())
        .collect();
    let mut legacy = Vec::new();
    let mut how = String::new();
    let mut doubt = None;
    if !raw.is_empty() {
        let reading = match judge.encoding {
            Some(encoding) => Reading::in_encoding(encoding, &raw),
            None => Reading::likeliest(&raw),
        };
        let reading = reading.ok_or_else(|| {
            let what = match judge.encoding {
                Some(encoding) => format!("not all of the names are {encoding}"),
                None => "the names are in no encoding that is known here".to_owned(),
            };
            Failure::Input(format!(
                "{archive}: {what}: name another one with --encoding"
            ))
        })?;
        how = match judge.encoding {
            Some(encoding) => encoding.to_string(),
            None => format!("{}, {}", reading.encoding, percent(reading.confidence)),
        };
        if reading.confidence < SURE {
            doubt = Some(format!(
                "it is not sure in which encoding the names are ({how}): if they look wrong, name another one with --encoding"
            ));
        }
        legacy = reading.names;
    }
    let mut legacy = legacy.into_iter();
    let names = entries.iter().map(|entry| {
        if is_legacy(entry) {
            let lies = if entry.flagged {
                "; marked as UTF-8, wrongly"
            } else {
                ""
            };
            return Name {
                text: legacy.next().unwrap_or_default(),
                why: format!("{how}{lies}"),
            };
        }
        Name {
            text: String::from_utf8_lossy(&entry.name).into_owned(),
            why: String::new(),
        }
    });
    let mut names: Vec<Name> = names.collect();

    // Names that were mangled before they were packed.
    let texts: Vec<String> = names.iter().map(|name| name.text.clone()).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    for (name, repair) in names.iter_mut().zip(judge.repairer.repair_all(&texts)) {
        if repair.is_changed() {
            let mut causes = Causes::default();
            causes.count(repair.edits());
            let before = if name.why.is_empty() {
                String::new()
            } else {
                format!("{}; ", name.why)
            };
            let sure = percent(repair.confidence());
            name.why = format!("{before}{}, {sure}", causes.in_words());
            name.text = repair.into_text().into_owned();
        }
    }
    Ok(Names { names, doubt })
}

/// The parts of a path that stays within the folder it is extracted to, or why there is none.
///
/// Programs on Windows have written `\` between parts; the names are text by now, so that the
/// second byte of a character is not taken for one.
pub fn parts(name: &str) -> Result<Vec<&str>, &'static str> {
    if name.starts_with(['/', '\\']) {
        return Err("its path begins at the root");
    }
    let mut parts = Vec::new();
    for part in name.split(['/', '\\']) {
        match part {
            "" | "." => continue,
            ".." => return Err("its path leads out of the folder"),
            part if part.chars().any(char::is_control) => {
                return Err("its name holds control characters");
            }
            part if part.len() > 255 => return Err("its name is too long"),
            part => parts.push(part),
        }
    }
    let drive = parts
        .first()
        .is_some_and(|part| part.as_bytes().get(1) == Some(&b':'));
    if drive || (cfg!(windows) && name.contains([':', '*', '?', '"', '<', '>', '|'])) {
        return Err("its path is one of Windows with a drive or a forbidden character");
    }
    if parts.is_empty() {
        return Err("it has no name");
    }
    Ok(parts)
}
