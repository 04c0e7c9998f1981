//! Reads a file in whatever encoding it is in, and writes it as UTF-8, mojibake repaired.
//!
//! ```text
//! decode letter.txt > readable.txt
//! decode --declared gbk --output page.txt page.html
//! decode --list letter.txt                    # what else it could be
//! ```
//!
//! What was believed, and why, is said on stderr.

mod common;
#[path = "common/judgement.rs"]
mod judgement;

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use common::{Failure, count, name_of, percent, printable, visible};
use judgement::Judgement;
use unbake::bytes::{Declaration, Decoded, Detection, Evidence, Hints, Place, Verdict, decode};
use unbake::encoding::Encoding;

/// How many characters of a text are shown.
const SHOWN: usize = 50;
/// Below that, it is told that there are others.
const SURE: f32 = 0.9;

/// Reads text in whatever encoding it is in, and writes it as UTF-8.
#[derive(Parser)]
#[command(
    version,
    after_help = "\
Exit codes: 0 when all was done; 1 when some bytes mean nothing in the encoding that was believed \
(U+FFFD stands for them), when no encoding makes readable text of it (what it is nearest to is written all the same), \
or when an output cannot be written; 2 when the input is missing or the \
command line makes no sense."
)]
struct Arguments {
    /// What to read; standard input if none or `-`.
    #[arg(default_value = "-")]
    file: PathBuf,

    /// The encoding that somebody says it is in, such as `gbk` or `text/html; charset=gbk`: a hint that the text can
    /// outweigh.
    #[arg(long, value_name = "NAME")]
    declared: Option<String>,

    /// Leave mojibake in the text as it is.
    #[arg(long)]
    keep_mojibake: bool,

    /// List the encodings that it could be in, the likeliest first, and write no text.
    #[arg(long, conflicts_with = "output")]
    list: bool,

    /// Write the text there instead of to standard output.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,

    #[command(flatten)]
    judgement: Judgement,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    common::finish("decode", || run(&arguments))
}

fn run(arguments: &Arguments) -> Result<(), Failure> {
    let hints = hints(arguments)?;
    if let Some(output) = &arguments.output
        && common::same_file(output, &arguments.file)
    {
        let what = "--output would overwrite the input: name another file";
        return Err(Failure::Input(what.to_owned()));
    }
    let name = name_of(&arguments.file);
    let bytes = common::read_bytes(&arguments.file)?;
    let decoded = decode(&bytes, &hints);
    if arguments.list {
        return common::print(list(&bytes, decoded.detection()).as_bytes());
    }
    common::write_whole(arguments.output.as_deref(), decoded.text().as_bytes())?;
    let _ = writeln!(io::stderr(), "{name}: {}", told(&bytes, &decoded));
    let detection = decoded.detection();
    if !is_text(detection) {
        return Err(Failure::Work(format!(
            "{name}: it may be no text at all, or in an encoding that is not known here"
        )));
    }
    match decoded.losses().len() {
        0 => Ok(()),
        lost => {
            let bytes = count(lost, "stretch of bytes", "stretches of bytes");
            let why = match detection.alternatives() {
                [_] => "they may be damaged, or in another encoding than the rest",
                _ => "`--list` says what else it could be",
            };
            Err(Failure::Work(format!(
                "{name}: {bytes} could not be read, and U+FFFD stands there; {why}"
            )))
        }
    }
}

/// Whether it is likelier that one of the encodings is right than that none is.
fn is_text(detection: &Detection) -> bool {
    let alternatives = detection.alternatives().iter();
    alternatives.map(|a| a.confidence()).sum::<f32>() >= 0.5
}

fn hints(arguments: &Arguments) -> Result<Hints, Failure> {
    let tags = arguments.judgement.expected.languages();
    // Before the languages: an unknown one is explained there.
    let repairer = arguments.judgement.repairer()?;
    let hints = Hints::new().languages(&tags);
    let hints = hints.map_err(|error| Failure::Input(format!("--lang: {error}")))?;
    let hints = match &arguments.declared {
        Some(header) if header.contains('=') => hints.content_type(header),
        Some(label) => hints.declared(label),
        None => hints,
    };
    Ok(match arguments.keep_mojibake {
        true => hints.keep_mojibake(),
        false => hints.repairer(repairer),
    })
}

/// What was believed, why, and what was done.
fn told(bytes: &[u8], decoded: &Decoded<'_>) -> String {
    let detection = decoded.detection();
    let mut told = format!(
        "{}, {}: {}",
        detection.charset(),
        percent(detection.confidence()),
        because(bytes, decoded)
    );
    if is_text(detection) && detection.confidence() < SURE {
        told += "; `--list` says what else it could be";
    }
    for declaration in detection.declarations() {
        told += &overruled(declaration);
    }
    // Of UTF-16, they would be half of the characters.
    if decoded.decoded().contains('\0') {
        told += "; it holds zero bytes, so it may be no text at all";
    }
    if !decoded.edits().is_empty() {
        let stretches = count(decoded.edits().len(), "stretch", "stretches");
        told += &format!("; {stretches} of mojibake repaired");
    }
    told
}

fn because(bytes: &[u8], decoded: &Decoded<'_>) -> String {
    let detection = decoded.detection();
    match detection.evidence() {
        _ if bytes.is_empty() => "it is empty".to_owned(),
        _ if !is_text(detection) => "no encoding makes readable text of it".to_owned(),
        Evidence::Ascii => "all of it is ASCII".to_owned(),
        Evidence::ByteOrderMark => "it has a byte order mark".to_owned(),
        Evidence::Escapes => "it has the escape sequences".to_owned(),
        Evidence::Units => "all of it is such units".to_owned(),
        Evidence::Utf8 => "all of it is valid UTF-8".to_owned(),
        Evidence::Declared(place) => format!("{} says so", who(place)),
        _ if detection.charset() == Encoding::Utf8.into() => "most of it is valid UTF-8".to_owned(),
        _ => "it reads best so".to_owned(),
    }
}

fn who(place: Place) -> &'static str {
    match place {
        Place::Caller => "--declared",
        Place::Xml => "its XML declaration",
        Place::Meta => "its <meta>",
        Place::Css => "its @charset",
        _ => "a comment in it",
    }
}

fn overruled(declaration: &Declaration) -> String {
    let what = match declaration.verdict() {
        Verdict::Overruled => "which was not believed",
        Verdict::Unknown => "which is unknown here",
        _ => return String::new(),
    };
    let label = printable(declaration.label());
    format!("; {} says {label}, {what}", who(declaration.place()))
}

/// A line a charset that the bytes could be in, with what they would say.
fn list(bytes: &[u8], detection: &Detection) -> String {
    let mut out = String::new();
    for alternative in detection.alternatives() {
        let (charset, sure) = (alternative.charset(), percent(alternative.confidence()));
        let text = charset
            .encoding()
            .and_then(|encoding| encoding.decode(bytes).ok());
        let text = text.unwrap_or_default();
        let start = text.find(|c: char| !c.is_ascii()).unwrap_or_default();
        let shown = visible(text.get(start..).unwrap_or_default(), SHOWN);
        out += &format!("{:<14}  {sure:>6}  {shown}\n", charset.to_string());
    }
    out
}
