//! HTML's character references.

use std::borrow::Cow;

use super::draft::Draft;
use super::rule::TidyRule;
use super::{Entities, Tidy};
use crate::encoding::Encoding;
use crate::html::{LONGEST_NAME, meaning};
use crate::repair::ProposedEdit;

pub(super) fn edits(tidy: &Tidy, text: &str) -> Vec<ProposedEdit> {
    let wanted = match tidy.entities {
        Entities::Keep => false,
        Entities::Auto => text.contains('&') && !is_markup(text),
        Entities::Always => true,
    };
    let mut draft = Draft::default();
    if !wanted {
        return draft.into_edits();
    }
    let mut done = 0;
    for (at, _) in text.match_indices('&') {
        // It may lie in a reference that was read already.
        if at < done {
            continue;
        }
        let mut after = None;
        done = at + 1;
        while let Some((new, length)) = text.get(done..).and_then(reference) {
            done += length;
            // An ampersand may be the first of another reference: `&amp;lt;`.
            let again = new == "&";
            after = Some(new);
            if !again {
                break;
            }
        }
        if let Some(after) = after {
            draft.replace(at..done, &after, TidyRule::Entities);
        }
    }
    draft.into_edits()
}

/// Whether a tag, a comment or a declaration begins somewhere.
fn is_markup(text: &str) -> bool {
    let mut behind = text.match_indices('<').map(|(at, _)| text.get(at + 1..));
    behind.any(|rest| {
        rest.is_some_and(|rest| {
            rest.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'))
        })
    })
}

/// What stands behind an ampersand, if that is a reference: what it stands for, and how many bytes it has.
fn reference(text: &str) -> Option<(Cow<'static, str>, usize)> {
    match text.strip_prefix('#') {
        Some(_) => {
            let (number, length) = numeric(text)?;
            let (c, length) = match number {
                0xd800..=0xdbff => pair(number, text, length)?,
                _ => (character(number)?, length),
            };
            Some((c.to_string().into(), length))
        }
        None => {
            // The longest name and the semicolon; no character of either has two bytes.
            let bytes = text.as_bytes();
            let window = bytes.get(..LONGEST_NAME + 1).unwrap_or(bytes);
            let end = window.iter().position(|b| !b.is_ascii_alphanumeric())?;
            let name = text.get(..end)?;
            (bytes.get(end) == Some(&b';')).then_some(())?;
            Some((named(name)?, end + 1))
        }
    }
}

/// The number of a reference such as `#233;` or `#xE9;`, and how many bytes it has. A number too large is the largest.
fn numeric(text: &str) -> Option<(u32, usize)> {
    let digits = text.strip_prefix('#')?;
    let (radix, digits) = match digits.strip_prefix(['x', 'X']) {
        Some(digits) => (16, digits),
        None => (10, digits),
    };
    let end = digits.find(|c: char| !c.is_digit(radix))?;
    let rest = digits.get(end..)?.strip_prefix(';')?;
    let digits = digits.get(..end)?;
    if digits.is_empty() {
        return None;
    }
    let add = |number: u32, digit: u32| number.saturating_mul(radix).saturating_add(digit);
    let number = digits.chars().filter_map(|c| c.to_digit(radix));
    Some((number.fold(0, add), text.len() - rest.len()))
}

/// The character of two references in a row that are the halves of a surrogate pair.
fn pair(high: u32, text: &str, length: usize) -> Option<(char, usize)> {
    let (low, more) = numeric(text.get(length..)?.strip_prefix('&')?)?;
    let units = [u16::try_from(high).ok()?, u16::try_from(low).ok()?];
    let c = char::decode_utf16(units).next()?.ok()?;
    Some((c, length + 1 + more))
}

/// The character of a number, unless text does not hold it.
fn character(number: u32) -> Option<char> {
    let c = match number {
        0x80..=0x9f => windows_1252(number)?,
        _ => char::from_u32(number)?,
    };
    is_text(c).then_some(c)
}

/// Whether it is a character that text may hold.
pub(super) fn is_text(c: char) -> bool {
    match c {
        '\t' | '\n' | '\u{c}' | '\r' => true,
        c if c.is_control() => false,
        '\u{fdd0}'..='\u{fdef}' => false,
        // The last two of every plane are no characters.
        c => u32::from(c) & 0xfffe != 0xfffe,
    }
}

/// What the byte of a C1 control is in windows-1252, if it is anything.
pub(super) fn windows_1252(byte: u32) -> Option<char> {
    let bytes = [u8::try_from(byte).ok()?];
    let text = Encoding::Windows1252.decode(&bytes).ok()?;
    text.chars().next().filter(|c| !c.is_control())
}

/// What a name stands for. One in capitals that HTML does not know is the capital of the name in small letters.
fn named(name: &str) -> Option<Cow<'static, str>> {
    if let Some(text) = meaning(name) {
        return Some(text.into());
    }
    if name.bytes().any(|b| b.is_ascii_lowercase()) {
        return None;
    }
    Some(meaning(&name.to_ascii_lowercase())?.to_uppercase().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_read_as_the_standard_says() {
        for (text, expected) in [
            ("eacute;", Some(("é", 7))),
            ("CounterClockwiseContourIntegral;", Some(("∳", 32))),
            ("fjlig;", Some(("fj", 6))),
            ("#233;", Some(("é", 5))),
            ("#xE9;", Some(("é", 5))),
            ("#XE9;", Some(("é", 5))),
            ("#00000000000000000000233;", Some(("é", 25))),
            ("#150;", Some(("–", 5))),
            ("#x1F600;", Some(("😀", 8))),
            ("#13;", Some(("\r", 4))),
            ("#xD83D;&#xDE00;", Some(("😀", 15))),
            ("#55357;&#xDE00;", Some(("😀", 15))),
            // Capitals that HTML does not know, but many databases do.
            ("EACUTE;", Some(("É", 7))),
            ("SZLIG;", Some(("SS", 6))),
            ("nTILDE;", None),
            // It must end in a semicolon.
            ("copy=2", None),
            ("eacute", None),
            ("#233", None),
            ("#233 ;", None),
            // Not there, or not text.
            (";", None),
            ("#;", None),
            ("#x;", None),
            ("#xg;", None),
            ("#0;", None),
            ("#27;", None),
            ("#129;", None),
            ("#xFFFE;", None),
            ("#x1FFFF;", None),
            ("#xD83D;", None),
            ("#xD83D;&#x41;", None),
            ("#xDE00;", None),
            ("#x110000;", None),
            ("#99999999999999999999;", None),
            ("nosuchname;", None),
            ("éacute;", None),
        ] {
            let expected = expected.map(|(text, length)| (Cow::from(text), length));
            assert_eq!(reference(text), expected, "{text}");
        }
    }
}
