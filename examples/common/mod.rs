//! What the example programs share: reading texts, writing files whole, and
//! saying in one line what went wrong.
//!
//! Exit codes: 0 when all was done, 1 when the input could be read and the
//! work could not be done, 2 when the input or the command line is unusable.
//! A closed pipe ends a program quietly, as `head` expects.

#![allow(dead_code, reason = "no example uses all of it")]

pub mod unfinished;

use std::borrow::Cow;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use unfinished::Unfinished;

/// Why a program ends early.
#[derive(Debug)]
pub enum Failure {
    /// The input cannot be read, or the command line makes no sense: exit 2.
    Input(String),
    /// The input was read and the work could not be done: exit 1.
    Work(String),
    /// Nobody reads the output any more: exit 0.
    ClosedPipe,
    /// What went wrong has been said already: this exit code.
    Told(u8),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::ClosedPipe,
            _ => Self::Work(format!("writing the output failed: {error}")),
        }
    }
}

/// Runs a program to its end: the message to stderr, the code to the shell.
pub fn finish(program: &str, run: impl FnOnce() -> Result<(), Failure>) -> ExitCode {
    unfinished::watch();
    let (code, message) = match run() {
        Ok(()) | Err(Failure::ClosedPipe) => return ExitCode::SUCCESS,
        Err(Failure::Told(code)) => return ExitCode::from(code),
        Err(Failure::Work(message)) => (1, message),
        Err(Failure::Input(message)) => (2, message),
    };
    // Where stderr is closed too, there is nobody left to tell.
    let _ = writeln!(io::stderr(), "{program}: {message}");
    ExitCode::from(code)
}

/// Notes on stderr that something went wrong, for programs that go on with the rest.
#[derive(Default)]
pub struct Troubles {
    worst: u8,
}

impl Troubles {
    /// Tells it; a closed pipe is passed on.
    pub fn tell(&mut self, program: &str, failure: Failure) -> Result<(), Failure> {
        let (code, message) = match failure {
            Failure::ClosedPipe => return Err(failure),
            Failure::Told(code) => (code, None),
            Failure::Work(message) => (1, Some(message)),
            Failure::Input(message) => (2, Some(message)),
        };
        if let Some(message) = message {
            let _ = writeln!(io::stderr(), "{program}: {message}");
        }
        self.count(code);
        Ok(())
    }

    /// The program is to end with this code, or with a higher one.
    pub fn count(&mut self, code: u8) {
        self.worst = self.worst.max(code);
    }

    /// The worst of it, at the end.
    pub fn end(self) -> Result<(), Failure> {
        match self.worst {
            0 => Ok(()),
            code => Err(Failure::Told(code)),
        }
    }
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
    match String::from_utf8(read_bytes(file)?) {
        Ok(text) => Ok(Input { name, text }),
        Err(error) => Err(Failure::Input(format!(
            "{name}: {}",
            not_utf8(error.as_bytes())
        ))),
    }
}

/// Reads one file, or standard input if it is `-`, whatever it holds.
pub fn read_bytes(file: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let read = match file.to_str() {
        Some("-") => io::stdin().lock().read_to_end(&mut bytes),
        _ => File::open(file).and_then(|mut file| file.read_to_end(&mut bytes)),
    };
    match read {
        Ok(_) => Ok(bytes),
        Err(error) if file.is_dir() => Err(Failure::Input(format!(
            "{}: cannot be read: {error}; name the files in it",
            name_of(file)
        ))),
        Err(error) => Err(Failure::Input(format!(
            "{}: cannot be read: {error}",
            name_of(file)
        ))),
    }
}

/// What is said of what cannot be read in a folder.
pub fn unreadable(folder: &Path, error: &walkdir::Error) -> Failure {
    let path = name_of(error.path().unwrap_or(folder));
    let why = error
        .io_error()
        .map_or_else(|| error.to_string(), ToString::to_string);
    Failure::Input(format!("{path}: cannot be read: {why}"))
}

/// What to call a file in a message; names may hold what a terminal would obey.
pub fn name_of(file: &Path) -> String {
    match file.to_str() {
        Some("-") => "stdin".to_owned(),
        _ => printable(&file.display().to_string()),
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
            "it begins like UTF-16: convert it first, with `decode` or `iconv -f utf-16 -t utf-8`"
                .to_owned()
        }
        _ => likely_encoding(bytes),
    };
    format!(
        "not UTF-8: the first bad byte is 0x{bad:02X} at byte {at} (line {line}, column {column}); {advice}"
    )
}

/// The same of bytes that are not held in memory.
pub fn not_utf8_at(at: u64, bad: u8) -> String {
    format!("not UTF-8: the first bad byte is 0x{bad:02X} at byte {at}; {CONVERT}")
}

/// What to do where the encoding is not known.
const CONVERT: &str = "convert it first from the encoding it is in, with `decode`, or for example with \
                       `iconv -f windows-1252 -t utf-8`";

/// What bytes that are not UTF-8 are likely to be.
fn likely_encoding(bytes: &[u8]) -> String {
    const HEAD: usize = 1 << 16;
    const LIKELY: f32 = 0.5;
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    if head.contains(&0) {
        return "it holds zero bytes, so it may be no text at all".to_owned();
    }
    let found = unbake::bytes::detect(head, &unbake::bytes::Hints::new());
    let charset = found.charset();
    if found.confidence() < LIKELY
        || charset == unbake::bytes::Charset::from(unbake::encoding::Encoding::Utf8)
    {
        return CONVERT.to_owned();
    }
    format!(
        "it looks like {charset}: convert it first, with `decode` or `iconv -f {charset} -t utf-8`"
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

/// Whether a character cannot be seen, or changes how others are seen: controls, and what
/// turns the direction of writing.
pub fn is_unseen(c: char) -> bool {
    (c.is_control() && c != '\t')
        || matches!(
            c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}'
        )
        || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fff9}'..='\u{fffb}')
        || matches!(c, '\u{e0000}'..='\u{e007f}')
}

/// A text for the eye, whole: what [is unseen](is_unseen) is escaped.
pub fn printable(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if is_unseen(c) {
            shown.extend(c.escape_unicode());
        } else {
            shown.push(c);
        }
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

/// What is said where a file was changed and its original kept beside it.
pub fn way_back(path: &Path) -> String {
    format!("; the way back: fix --undo {}", name_of(path))
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
    Failure::Work(format!("{}: cannot be written: {error}", name_of(path)))
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

/// A path with something appended to its name.
pub fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// Writes a file whole or not at all, or to standard output without a path.
pub fn write_whole(path: Option<&Path>, bytes: &[u8]) -> Result<(), Failure> {
    match path {
        Some(path) => Staged::write(path, bytes)?.commit(),
        None => print(bytes),
    }
}
