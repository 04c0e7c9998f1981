//! What the example programs share: reading texts, writing files whole, and
//! saying in one line what went wrong.
//!
//! Exit codes: 0 when all was done, 1 when the input could be read and the
//! work could not be done, 2 when the input or the command line is unusable.
//! A closed pipe ends a program quietly, as `head` expects.

#![allow(dead_code, unused_imports, reason = "no example uses all of it")]

mod shown;
mod staged;
pub mod unfinished;

use std::fs::{self, File};
use std::io::{self, IsTerminal as _, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::builder::{PathBufValueParser, TypedValueParser};

pub use shown::{Positions, count, is_unseen, percent, printable, visible};
pub use staged::Staged;
use unbake::encoding::Encoding;

/// Folders of version control: what is in them is nobody's text, and called as it must be.
pub const PRIVATE: [&str; 4] = [".git", ".hg", ".svn", ".jj"];

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

/// How somebody at a terminal ends what is read.
const END: &str = if cfg!(windows) {
    "Ctrl-Z and Enter"
} else {
    "Enter and Ctrl-D"
};

/// Reads one file, or standard input if it is `-`, whatever it holds.
pub fn read_bytes(file: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let read = match file.to_str() {
        Some("-") => {
            let mut stdin = io::stdin().lock();
            if stdin.is_terminal() {
                let _ = writeln!(io::stderr(), "reading what you type, to the end: {END}");
            }
            stdin.read_to_end(&mut bytes)
        }
        _ => File::open(file).and_then(|mut file| file.read_to_end(&mut bytes)),
    };
    read.map_err(|error| not_read(file, &error))?;
    Ok(bytes)
}

/// A file that cannot be read, or a folder.
pub fn not_read(file: &Path, error: &io::Error) -> Failure {
    let advice = if file.is_dir() {
        "; name the files in it"
    } else {
        ""
    };
    Failure::Input(format!(
        "{}: cannot be read: {error}{advice}",
        name_of(file)
    ))
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
    let advice = no_plain_text(bytes).map_or_else(|| likely_encoding(bytes), str::to_owned);
    format!(
        "not UTF-8: the first bad byte is 0x{bad:02X} at byte {at} (line {line}, column {column}); {advice}"
    )
}

/// What bytes are that begin so, and how they become text that these programs read.
pub fn no_plain_text(bytes: &[u8]) -> Option<&'static str> {
    const UTF_16: &str =
        "it begins like UTF-16: convert it first, with `decode` or `iconv -f utf-16 -t utf-8`";
    const COMPRESSED: &str = "it is compressed: unpack it first";
    const BEGINNINGS: [(&[u8], &str); 9] = [
        (b"\xff\xfe", UTF_16),
        (b"\xfe\xff", UTF_16),
        (b"\x1f\x8b", COMPRESSED),
        (b"BZh", COMPRESSED),
        (b"\xfd7zXZ", COMPRESSED),
        (b"\x28\xb5\x2f\xfd", COMPRESSED),
        (
            b"PK\x03\x04",
            "it is a zip file, as those of office programs are: unpack it, or save it as text, first",
        ),
        (b"%PDF-", "it is a PDF file: save it as text first"),
        (
            b"PGDMP",
            "it is a dump that only `pg_restore` reads: with `-f FILE`, that makes SQL of it",
        ),
    ];
    let known = BEGINNINGS
        .iter()
        .find(|(start, _)| bytes.starts_with(start));
    known.map(|(_, what)| *what)
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
    if found.confidence() < LIKELY {
        return CONVERT.to_owned();
    }
    if charset == Encoding::Utf8.into() {
        return "most of it is: `stream --invalid keep` repairs that and hands other bytes on, `decode` puts U+FFFD \
                there"
            .to_owned();
    }
    format!(
        "it looks like {charset}: convert it first, with `decode` or `iconv -f {charset} -t utf-8`"
    )
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
    format!("; the way back: fix --undo {}", quoted(path))
}

/// A path as it is typed into a shell.
pub fn quoted(path: &Path) -> String {
    let name = name_of(path);
    let plain =
        |c: char| c.is_alphanumeric() || std::path::is_separator(c) || "._-+,:=@%".contains(c);
    match name.chars().all(plain) {
        true => name,
        false => format!("'{}'", name.replace('\'', r"'\''")),
    }
}

/// Writes to standard output, to the last byte.
pub fn print(bytes: &[u8]) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(bytes)?;
    Ok(stdout.flush()?)
}

/// An encoding by any of its names, for the command line.
pub fn encoding(name: &str) -> Result<Encoding, String> {
    let known = "`mangle --encodings` lists them, and names such as `cp866` or `sjis` will do, too";
    name.parse()
        .map_err(|_| format!("no encoding is called so; {known}"))
}

/// A path with something appended to its name.
pub fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// A file for what is put out beside the result, which must not be mixed with it.
pub fn file_beside() -> impl TypedValueParser<Value = PathBuf> {
    PathBufValueParser::new().try_map(|path| match path.to_str() {
        Some("-") => Err("that is standard output, where the result goes: name a file"),
        _ => Ok(path),
    })
}

/// Writes a file whole or not at all, or to standard output without a path.
pub fn write_whole(path: Option<&Path>, bytes: &[u8]) -> Result<(), Failure> {
    match path {
        Some(path) => Staged::write(path, bytes)?.commit(),
        None => print(bytes),
    }
}
