//! The escapes of string literals.

use super::draft::Draft;
use super::entities::is_text;
use super::rule::TidyRule;
use super::{Escapes, Tidy};
use crate::repair::ProposedEdit;

pub(super) fn edits(tidy: &Tidy, text: &str) -> Vec<ProposedEdit> {
    let mut draft = Draft::default();
    if tidy.escapes == Escapes::Keep {
        return draft.into_edits();
    }
    let mut done = 0;
    for (at, _) in text.match_indices('\\') {
        // It may lie in an escape that was read already.
        if at < done {
            continue;
        }
        let rest = text.get(at + 1..).unwrap_or_default();
        match escape(rest) {
            Some((c, length)) => {
                done = at + 1 + length;
                draft.replace(at..done, c.encode_utf8(&mut [0; 4]), TidyRule::Escapes);
            }
            // The second one begins no escape, either.
            None if rest.starts_with('\\') => done = at + 2,
            None => {}
        }
    }
    draft.into_edits()
}

/// What stands behind a backslash, if that is an escape: the character that it stands for, and how many bytes it has.
fn escape(text: &str) -> Option<(char, usize)> {
    let (number, length) = match *text.as_bytes().first()? {
        c @ (b'"' | b'\'') => return Some((c.into(), 1)),
        b'f' => return Some(('\u{c}', 1)),
        b'n' => return Some(('\n', 1)),
        b'r' => return Some(('\r', 1)),
        b't' => return Some(('\t', 1)),
        b'x' => (digits(text, 1..3, 16)?, 3),
        b'u' => (digits(text, 1..5, 16)?, 5),
        b'U' => (digits(text, 1..9, 16)?, 9),
        b'0'..=b'7' => {
            let octal = text
                .bytes()
                .take(3)
                .take_while(|b| matches!(b, b'0'..=b'7'));
            let length = octal.count();
            (digits(text, 0..length, 8)?, length)
        }
        _ => return None,
    };
    let (c, length) = match number {
        0xd800..=0xdbff => {
            let low = text.get(length..)?.strip_prefix("\\u")?;
            let units = [
                u16::try_from(number).ok()?,
                u16::try_from(digits(low, 0..4, 16)?).ok()?,
            ];
            (char::decode_utf16(units).next()?.ok()?, length + 6)
        }
        _ => (char::from_u32(number)?, length),
    };
    // A backslash might make another escape of what follows. C1 controls are bytes, mostly, and `Tidy::c1_controls` has them.
    let is_wanted = c != '\\' && (is_text(c) || ('\u{80}'..='\u{9f}').contains(&c));
    is_wanted.then_some((c, length))
}

fn digits(text: &str, range: std::ops::Range<usize>, radix: u32) -> Option<u32> {
    let digits = text.get(range)?;
    let all = digits.chars().all(|c| c.is_digit(radix));
    all.then(|| u32::from_str_radix(digits, radix).ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_escape_is_read_as_python_does_or_stays() {
        for (text, expected) in [
            ("n", Some(('\n', 1))),
            ("\"", Some(('"', 1))),
            ("xe9", Some(('é', 3))),
            ("u00E9x", Some(('é', 5))),
            ("U0001f600", Some(('😀', 9))),
            ("ud83d\\ude00", Some(('😀', 11))),
            ("351", Some(('é', 3))),
            ("1012", Some(('A', 3))),
            ("x93", Some(('\u{93}', 3))),
            // Not ended, or no digits.
            ("", None),
            ("x", None),
            ("xe", None),
            ("x+1", None),
            ("u00e", None),
            ("u00é", None),
            ("U0001f60", None),
            ("q", None),
            ("é", None),
            // No text, or half of a character.
            ("0", None),
            ("x1b", None),
            ("a", None),
            ("ud83d", None),
            ("ud83d\\u0041", None),
            ("ude00", None),
            ("U00110000", None),
            ("uffff", None),
            // A backslash, and what only the Unicode Character Database knows.
            ("\\", None),
            ("x5c", None),
            ("134", None),
            ("N{DASH}", None),
        ] {
            assert_eq!(escape(text), expected, "{text:?}");
        }
    }
}
