//! The `\u00c3` of JSON, Java, JavaScript, Python and C#, also inside a string that was escaped once more: `\\u00c3`.

use std::fmt::Write as _;

use super::decode::{Escape, Spelling};
use super::octets::Case;

/// How escapes are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Style {
    /// How many backslashes stand before the `u`: 1, doubled with each further escaping.
    backslashes: usize,
    pub(super) case: Option<Case>,
}

/// The escape at the front of a text that begins with a backslash, and how many bytes stand before it: backslashes
/// that are themselves escaped. Where there is no escape, so many bytes hold none.
pub(super) fn read(text: &str) -> (usize, Option<Escape>) {
    let run = text.bytes().take_while(|byte| *byte == b'\\').count();
    let backslashes = match run {
        2 | 4 => run,
        odd if odd % 2 == 1 => 1,
        _ => return (run, None),
    };
    let skipped = run - backslashes;
    let escape = text
        .get(skipped..)
        .and_then(|text| escape(text, backslashes));
    (if escape.is_some() { skipped } else { run }, escape)
}

fn escape(text: &str, backslashes: usize) -> Option<Escape> {
    let (high, length) = unit(text, backslashes)?;
    let (means, length) = match char::from_u32(high.into()) {
        Some(means) => (means, length),
        None => {
            let (low, more) = unit(text.get(length..)?, backslashes)?;
            let pair = char::decode_utf16([high, low]).next()?;
            (pair.ok()?, length + more)
        }
    };
    let case = Case::of(text.get(..length)?.trim_start_matches(['\\', 'u']));
    // Controls are escaped because they cannot stand there.
    (!means.is_ascii_control()).then_some(Escape {
        length,
        means,
        spelling: Spelling::Unicode(Style { backslashes, case }),
    })
}

/// One `\uXXXX` and its length.
fn unit(text: &str, backslashes: usize) -> Option<(u16, usize)> {
    let (front, rest) = text.split_at_checked(backslashes)?;
    let digits = rest.strip_prefix('u')?.get(..4)?;
    if !front.bytes().all(|b| b == b'\\') || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    Some((u16::from_str_radix(digits, 16).ok()?, backslashes + 5))
}

/// Writes a character; of ASCII only what a string cannot hold as it is.
pub(super) fn write(style: Style, c: char, out: &mut String) {
    if c.is_ascii() && !c.is_ascii_control() && !matches!(c, '"' | '\'' | '\\') {
        return out.push(c);
    }
    for unit in c.encode_utf16(&mut [0; 2]) {
        out.extend(std::iter::repeat_n('\\', style.backslashes));
        let written = match style.case.unwrap_or(Case::Lower) {
            Case::Lower => write!(out, "u{unit:04x}"),
            Case::Upper => write!(out, "u{unit:04X}"),
        };
        debug_assert!(written.is_ok(), "a string takes what is written");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_read_and_written_alike() {
        let cases = [
            ("\\u00c3", 'Ã'),
            ("\\u00C3", 'Ã'),
            ("\\\\u00c3", 'Ã'),
            ("\\\\\\\\u00c3", 'Ã'),
            ("\\ud83d\\ude00", '😀'),
            ("\\u0027", '\''),
        ];
        for (text, means) in cases {
            let (skipped, escape) = read(text);
            let escape = escape.unwrap();
            assert_eq!((skipped, escape.length), (0, text.len()), "{text}");
            assert_eq!(escape.means, means);
            let Spelling::Unicode(style) = escape.spelling else {
                panic!("a Unicode escape");
            };
            let mut written = String::new();
            write(style, means, &mut written);
            assert_eq!(written, text);
        }
        assert_eq!(
            read("\\\\\\u00e9").0,
            2,
            "an escaped backslash stands before"
        );
        for text in [
            "\\u00e",
            "\\ud83d",
            "\\ud83d\\u0041",
            "\\u000a",
            "\\n",
            "\\",
            "\\u+0e9",
        ] {
            assert!(read(text).1.is_none(), "{text}");
        }
    }
}
