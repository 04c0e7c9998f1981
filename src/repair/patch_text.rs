//! The text form of a patch, see `patch-format.md` beside this file.

use std::fmt;

use super::cause::Cause;
use super::edit::{Certainty, Edit};
use super::error::PatchError;
use super::guess::Guess;
use super::patch::{Fingerprint, Patch};

const NAME: &str = "unbake-patch";
const VERSION: &str = "1";

pub(super) fn write(patch: &Patch, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let header = Header {
        repaired: patch.repaired,
        mangled: patch.mangled,
        edits: patch.edits.len(),
    };
    header.write(0, f)?;
    for edit in &patch.edits {
        write_edit(edit, f)?;
    }
    f.write_str(Header::END)
}

/// What stands before the edits of a patch.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Header {
    pub(crate) repaired: Fingerprint,
    pub(crate) mangled: Fingerprint,
    pub(crate) edits: usize,
}

impl Header {
    /// What stands behind the edits.
    pub(crate) const END: &'static str = "end\n";

    /// The header with numbers of fixed width, so that it can be overwritten by another one.
    pub(crate) fn padded(&self) -> String {
        let mut text = String::new();
        // The width of `u64::MAX`. Writing into a string cannot fail.
        let _ = self.write(20, &mut text);
        text
    }

    fn write(&self, width: usize, f: &mut impl fmt::Write) -> fmt::Result {
        writeln!(f, "{NAME} {VERSION}")?;
        for (name, print) in [("repaired", self.repaired), ("mangled", self.mangled)] {
            writeln!(f, "{name} {:0width$} {:016x}", print.length, print.checksum)?;
        }
        writeln!(f, "edits {:0width$}", self.edits)
    }
}

/// Writes the line of an edit.
pub(crate) fn write_edit(edit: &Edit, f: &mut impl fmt::Write) -> fmt::Result {
    let range = edit.repaired();
    write!(f, "{} {} ", range.start, range.len())?;
    write_cause(edit.cause(), f)?;
    write_certainty(edit.certainty(), f)?;
    write!(f, " {}", edit.confidence())?;
    for text in [edit.before(), edit.after()] {
        f.write_char(' ')?;
        write_quoted(text, f)?;
    }
    f.write_char('\n')
}

fn write_cause(cause: Cause, f: &mut impl fmt::Write) -> fmt::Result {
    let name = cause.to_string();
    name.chars()
        .filter(|c| *c != ' ')
        .try_for_each(|c| f.write_char(c))
}

fn write_certainty(certainty: &Certainty, f: &mut impl fmt::Write) -> fmt::Result {
    let Certainty::Inferred { guessed } = certainty else {
        return f.write_str(" exact");
    };
    f.write_str(" inferred")?;
    for (number, guess) in guessed.iter().enumerate() {
        let range = guess.range();
        let joint = if number == 0 { ':' } else { ',' };
        write!(f, "{joint}{}-{}", range.start, range.end)?;
    }
    Ok(())
}

fn write_quoted(text: &str, f: &mut impl fmt::Write) -> fmt::Result {
    f.write_char('"')?;
    for c in text.chars() {
        match c {
            '"' | '\\' => write!(f, "\\{c}")?,
            '\n' => f.write_str("\\n")?,
            '\r' => f.write_str("\\r")?,
            '\t' => f.write_str("\\t")?,
            c if is_delicate(c) => write!(f, "\\u{:04x}", u32::from(c))?,
            c => f.write_char(c)?,
        }
    }
    f.write_char('"')
}

/// Whether a character cannot be seen, or is one that tools like to change.
///
/// None lies above U+FFFF, so one `\u` does for each.
fn is_delicate(c: char) -> bool {
    c.is_control()
        || (c.is_whitespace() && c != ' ')
        || matches!(c,
            '\u{ad}'
            | '\u{61c}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{e000}'..='\u{f8ff}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{fffe}'..='\u{ffff}')
}

pub(super) fn read(text: &str) -> Result<Patch, PatchError> {
    let first = text.split('\n').next().unwrap_or_default();
    let version = first.trim_end_matches('\r').strip_prefix(NAME);
    match version.and_then(|rest| rest.strip_prefix(' ')) {
        None => return Err(PatchError::NotAPatch),
        Some(VERSION) => {}
        // A version is cut short only where the whole patch is.
        Some(_) if first.len() == text.len() => return Err(PatchError::Truncated),
        Some(version) => return Err(PatchError::Version(version.into())),
    }
    if let Some(position) = text.find('\r') {
        let before = text.get(..position).unwrap_or_default();
        let line = before.split('\n').count();
        return Err(PatchError::CarriageReturn { line });
    }
    // Without its last line every error would be a consequence of that.
    let body = text.strip_suffix("\nend\n").ok_or(PatchError::Truncated)?;
    let mut lines = body.split('\n').zip(1_usize..).skip(1);

    let repaired = read_fingerprint(lines.next(), 2, "repaired", "`repaired LENGTH CHECKSUM`")?;
    let mangled = read_fingerprint(lines.next(), 3, "mangled", "`mangled LENGTH CHECKSUM`")?;
    let count = read_count(lines.next())?;

    let mut edits = Vec::new();
    let mut cursor = Cursor::default();
    for (line, number) in lines {
        edits.push(read_edit(&mut cursor, line, number)?);
    }
    if edits.len() != count {
        return Err(contradiction("it does not hold as many edits as it says"));
    }
    // What follows the last edit must be as long in both texts.
    let rest = |length: usize, end: usize| length.checked_sub(end);
    let rest_repaired = rest(repaired.length, cursor.repaired);
    if rest_repaired.is_none() || rest_repaired != rest(mangled.length, cursor.original) {
        return Err(contradiction(
            "its edits do not fit the lengths of the texts",
        ));
    }
    Ok(Patch {
        repaired,
        mangled,
        edits,
    })
}

fn contradiction(contradiction: &'static str) -> PatchError {
    PatchError::Contradiction { contradiction }
}

/// Where the last edit ended in both texts.
#[derive(Default)]
struct Cursor {
    original: usize,
    repaired: usize,
}

impl Cursor {
    /// Both offsets of the next edit, which stands at `start` in the repaired
    /// text; `None` if that is within the last one or out of all bounds.
    fn step(&mut self, start: usize, before: &str, after: &str) -> Option<(usize, usize)> {
        let between = start.checked_sub(self.repaired)?;
        let original = self.original.checked_add(between)?;
        self.original = original.checked_add(before.len())?;
        self.repaired = start.checked_add(after.len())?;
        Some((original, start))
    }
}

type Line<'t> = Option<(&'t str, usize)>;

fn read_fingerprint(
    line: Line<'_>,
    number: usize,
    name: &str,
    expected: &'static str,
) -> Result<Fingerprint, PatchError> {
    let fields =
        line.and_then(|(line, _)| line.strip_prefix(name)?.strip_prefix(' ')?.split_once(' '));
    fields
        .and_then(|(length, checksum)| {
            let hex = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
            if checksum.len() != 16 || !checksum.bytes().all(hex) {
                return None;
            }
            Some(Fingerprint {
                length: read_number(length)?,
                checksum: u64::from_str_radix(checksum, 16).ok()?,
            })
        })
        .ok_or(PatchError::Syntax {
            line: number,
            expected,
        })
}

fn read_count(line: Line<'_>) -> Result<usize, PatchError> {
    line.and_then(|(line, _)| read_number(line.strip_prefix("edits ")?))
        .ok_or(PatchError::Syntax {
            line: 4,
            expected: "`edits COUNT`",
        })
}

fn read_edit(cursor: &mut Cursor, text: &str, line: usize) -> Result<Edit, PatchError> {
    let syntax = |expected| PatchError::Syntax { line, expected };
    let mut fields = text.splitn(6, ' ');
    let mut field = || fields.next().unwrap_or_default();

    let start = read_number(field()).ok_or(syntax("an offset as a decimal number"))?;
    let length = read_number(field()).ok_or(syntax("a length as a decimal number"))?;
    let cause = field();
    let cause = Cause::from_name(cause).ok_or_else(|| PatchError::UnknownCause {
        line,
        cause: cause.into(),
    })?;
    let certainty = read_certainty(field()).ok_or(syntax("`exact` or `inferred`"))?;
    let confidence = read_confidence(field()).ok_or(syntax("a confidence from 0 to 1"))?;

    let quoted = syntax("two strings in quotes, with escapes as in JSON,");
    let (before, rest) = read_quoted(field()).ok_or(quoted.clone())?;
    let rest = rest.strip_prefix(' ').ok_or(quoted.clone())?;
    let (after, rest) = read_quoted(rest).ok_or(quoted)?;
    if !rest.is_empty() {
        return Err(syntax("nothing after the second string"));
    }
    if length != after.len() {
        return Err(contradiction(
            "the length of an edit is not that of its text",
        ));
    }
    if before == after {
        return Err(contradiction("an edit changes nothing"));
    }
    if !certainty.fits(&after) {
        return Err(contradiction(
            "what an edit says was guessed is not in its text",
        ));
    }
    let at = cursor
        .step(start, &before, &after)
        .ok_or(contradiction("its edits overlap or are not in order"))?;
    let (before, after) = (before.into_boxed_str(), after.into_boxed_str());
    Ok(Edit::new(at, before, after, cause, certainty, confidence))
}

/// A decimal number without sign.
fn read_number(text: &str) -> Option<usize> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

fn read_certainty(text: &str) -> Option<Certainty> {
    if text == "exact" {
        return Some(Certainty::Exact);
    }
    let ranges = text.strip_prefix("inferred")?;
    if ranges.is_empty() {
        return Some(Certainty::vague());
    }
    let range = |text: &str| -> Option<Guess> {
        let (start, end) = text.split_once('-')?;
        Some((read_number(start)?..read_number(end)?).into())
    };
    let guessed = ranges
        .strip_prefix(':')?
        .split(',')
        .map(range)
        .collect::<Option<_>>()?;
    Some(Certainty::Inferred { guessed })
}

fn read_confidence(text: &str) -> Option<f32> {
    let plain = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.');
    let confidence = if plain { text.parse().ok()? } else { f32::NAN };
    (0.0..=1.0).contains(&confidence).then_some(confidence)
}

/// The string in quotes at the front of a text, and what follows it.
fn read_quoted(text: &str) -> Option<(String, &str)> {
    let mut rest = text.strip_prefix('"')?.chars();
    let mut result = String::new();
    loop {
        match rest.next()? {
            '"' => return Some((result, rest.as_str())),
            '\\' => {
                let (c, behind) = read_escape(rest.as_str())?;
                result.push(c);
                rest = behind.chars();
            }
            c if c.is_control() => return None,
            c => result.push(c),
        }
    }
}

/// The character that an escape stands for, and what follows it.
fn read_escape(text: &str) -> Option<(char, &str)> {
    let mut rest = text.chars();
    let c = match rest.next()? {
        c @ ('"' | '\\' | '/') => c,
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'b' => '\u{8}',
        'f' => '\u{c}',
        'u' => return read_code(rest.as_str()),
        _ => return None,
    };
    Some((c, rest.as_str()))
}

/// The character of the four digits behind `\u`, or of two such in a pair.
fn read_code(text: &str) -> Option<(char, &str)> {
    let (high, rest) = read_unit(text)?;
    if let Some(c) = char::from_u32(high.into()) {
        return Some((c, rest));
    }
    let (low, rest) = read_unit(rest.strip_prefix("\\u")?)?;
    let pair = char::decode_utf16([high, low]).next()?;
    Some((pair.ok()?, rest))
}

fn read_unit(text: &str) -> Option<(u16, &str)> {
    let (digits, rest) = text.split_at_checked(4)?;
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    Some((u16::from_str_radix(digits, 16).ok()?, rest))
}
