//! What the example programs share: reading texts, writing files whole, and
//! saying in one line what went wrong.
//!
//! Exit codes: 0 when all was done, 1 when the input could be read and the
//! work could not be done, 2 when the input or the command line is unusable.
//! A closed pipe ends a program quietly, as `head` expects.

#![allow(dead_code, reason = "no example uses all of it")]

use std::borrow::Cow;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Why a program ends early.
#[derive(Debug)]
pub enum Failure {
    /// The input cannot be read, or the command line makes no sense: exit 2.
    Input(String),
    /// The input was read and the work could not be done: exit 1.
    Work(String),
    /// Nobody reads the output any more: exit 0.
    ClosedPipe,
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::ClosedPipe,
            _ => Self::Work(format!("writing the output failed: {error}")),
        }
    }
}

/// Ends a program: the message to stderr, the code to the shell.
pub fn finish(program: &str, outcome: Result<(), Failure>) -> ExitCode {
    let (code, message) = match outcome {
        Ok(()) | Err(Failure::ClosedPipe) => return ExitCode::SUCCESS,
        Err(Failure::Work(message)) => (1, message),
        Err(Failure::Input(message)) => (2, message),
    };
    // Where stderr is closed too, there is nobody left to tell.
    let _ = writeln!(io::stderr(), "{program}: {message}");
    ExitCode::from(code)
}

/// A text and where it came from.
pub struct Input {
    /// The path as it was given, or `stdin`.
    pub name: String,
    /// The text, to the byte.
    pub text: String,
}

/// Reads all the files, or standard input where there are none or `-` is one.
///
/// Everything is read before anything is done, so that a missing last file
/// does not leave half an output behind.
pub fn read_inputs(files: &[PathBuf]) -> Result<Vec<Input>, Failure> {
    let stdin = [PathBuf::from("-")];
    let files = if files.is_empty() { &stdin } else { files };
    files.iter().map(|file| read_text(file)).collect()
}

/// Reads one file, or standard input if it is `-`.
pub fn read_text(file: &Path) -> Result<Input, Failure> {
    let name = name_of(file);
    let mut bytes = Vec::new();
    let read = match file.to_str() {
        Some("-") => io::stdin().lock().read_to_end(&mut bytes),
        _ => File::open(file).and_then(|mut file| file.read_to_end(&mut bytes)),
    };
    read.map_err(|error| Failure::Input(format!("{name}: cannot be read: {error}")))?;
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Input { name, text }),
        Err(error) => Err(Failure::Input(format!(
            "{name}: {}",
            not_utf8(error.as_bytes())
        ))),
    }
}

/// What to call a file in a message.
pub fn name_of(file: &Path) -> String {
    match file.to_str() {
        Some("-") => "stdin".to_owned(),
        _ => file.display().to_string(),
    }
}

/// Where bytes cease to be UTF-8, and what to do about it.
pub fn not_utf8(bytes: &[u8]) -> String {
    let Err(error) = std::str::from_utf8(bytes) else {
        return "is UTF-8".to_owned();
    };
    let at = error.valid_up_to();
    let valid = bytes
        .get(..at)
        .and_then(|valid| std::str::from_utf8(valid).ok());
    let (line, column) = Positions::new(valid.unwrap_or_default()).find(at);
    let bad = bytes.get(at).copied().unwrap_or_default();
    let advice = match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => {
            "it begins like UTF-16: convert it first, for example with `iconv -f utf-16 -t utf-8`"
        }
        _ => {
            "convert it first from the encoding it is in, for example with `iconv -f windows-1252 -t utf-8`"
        }
    };
    format!(
        "not UTF-8: the first bad byte is 0x{bad:02X} at byte {at} (line {line}, column {column}); {advice}"
    )
}

/// Finds lines and columns of byte offsets that come in ascending order, in
/// one pass over the text.
pub struct Positions<'t> {
    rest: &'t str,
    offset: usize,
    line: usize,
    column: usize,
}

impl<'t> Positions<'t> {
    /// At the first line and column of the text.
    pub fn new(text: &'t str) -> Self {
        Self {
            rest: text,
            offset: 0,
            line: 1,
            column: 1,
        }
    }

    /// The line and the column, counted in characters from 1, of a byte.
    pub fn find(&mut self, byte: usize) -> (usize, usize) {
        let ahead = byte.saturating_sub(self.offset);
        if let Some((passed, rest)) = self.rest.split_at_checked(ahead) {
            for c in passed.chars() {
                if c == '\n' {
                    self.line += 1;
                    self.column = 1;
                } else {
                    self.column += 1;
                }
            }
            self.offset += ahead;
            self.rest = rest;
        }
        (self.line, self.column)
    }
}

/// A text for the eye, on one line: what cannot be seen or would move the
/// cursor is escaped, and what is beyond `limit` characters is left out.
pub fn visible(text: &str, limit: usize) -> String {
    let mut shown = String::new();
    for c in text.chars().take(limit) {
        match c {
            '"' | '\'' | '\\' => shown.push(c),
            // Not escaped, combining marks would change the characters
            // of the table around them.
            c => shown.extend(c.escape_debug()),
        }
    }
    if text.chars().nth(limit).is_some() {
        shown.push('…');
    }
    shown
}

/// A probability in per cent, never rounded up to certainty.
pub fn percent(probability: f32) -> String {
    let tenths = (f64::from(probability) * 1000.0 + 1e-3).floor() / 10.0;
    format!("{tenths} %")
}

/// `1 edit`, `2 edits`.
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// Whether two paths lead to the same file, be it there already or not.
pub fn same_file(a: &Path, b: &Path) -> bool {
    fn place(path: &Path) -> Option<PathBuf> {
        if let Ok(place) = fs::canonicalize(path) {
            return Some(place);
        }
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        let folder = fs::canonicalize(folder.unwrap_or(Path::new("."))).ok()?;
        Some(folder.join(path.file_name()?))
    }
    a == b || place(a).is_some_and(|a| Some(a) == place(b))
}

/// Writes to standard output, to the last byte.
pub fn print(bytes: &[u8]) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(bytes)?;
    Ok(stdout.flush()?)
}

/// A file that is written beside its place and moved there when it is whole.
///
/// Until [`commit`](Self::commit) the old file, if there is one, stays as it
/// is; without it the new one goes away again.
pub struct Staged {
    temporary: Option<PathBuf>,
    target: PathBuf,
}

impl Staged {
    /// Writes the bytes beside the target.
    pub fn write(path: &Path, bytes: &[u8]) -> Result<Self, Failure> {
        let fail = |error: io::Error| {
            Failure::Work(format!("{}: cannot be written: {error}", path.display()))
        };
        // A link stays a link: what it points to is replaced.
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let old = fs::metadata(&target).ok();
        if old.as_ref().is_some_and(|old| !old.is_file()) {
            // A device or a named pipe must not be replaced by a file.
            fs::write(&target, bytes).map_err(fail)?;
            return Ok(Self {
                temporary: None,
                target,
            });
        }
        let (temporary, mut file) = create_beside(&target).map_err(fail)?;
        let staged = Self {
            temporary: Some(temporary),
            target,
        };
        if let Some(old) = old {
            file.set_permissions(old.permissions()).map_err(fail)?;
        }
        file.write_all(bytes)
            .and_then(|()| file.sync_all())
            .map_err(fail)?;
        Ok(staged)
    }

    /// Moves the file to its place.
    pub fn commit(mut self) -> Result<(), Failure> {
        let Some(temporary) = self.temporary.take() else {
            return Ok(());
        };
        fs::rename(&temporary, &self.target).map_err(|error| {
            let _ = fs::remove_file(&temporary);
            Failure::Work(format!(
                "{}: cannot be written: {error}",
                self.target.display()
            ))
        })
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        if let Some(temporary) = &self.temporary {
            let _ = fs::remove_file(temporary);
        }
    }
}

/// A new file in the folder of the target, under a name not yet taken.
fn create_beside(target: &Path) -> io::Result<(PathBuf, File)> {
    let name = target
        .file_name()
        .map_or(Cow::Borrowed("output"), |name| name.to_string_lossy());
    let mut number = 0_u32;
    loop {
        let temporary =
            target.with_file_name(format!(".{name}.{}-{number}.tmp", std::process::id()));
        match OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&temporary)
        {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && number < 100 => {
                number += 1
            }
            opened => return opened.map(|file| (temporary, file)),
        }
    }
}

/// Writes a file whole or not at all, or to standard output without a path.
pub fn write_whole(path: Option<&Path>, bytes: &[u8]) -> Result<(), Failure> {
    match path {
        Some(path) => Staged::write(path, bytes)?.commit(),
        None => print(bytes),
    }
}
