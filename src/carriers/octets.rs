//! Bytes of UTF-8 in hexadecimal: percent-encoding (`%C3%A9`, or escaped once more `%25C3%25A9`) and quoted-printable
//! (`=C3=A9`).

use super::Carrier;
use super::decode::{Escape, Spelling};

/// In which case hexadecimal digits are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    Upper,
    Lower,
}

impl Case {
    /// The case of the first letter among digits.
    pub(super) fn of(digits: &str) -> Option<Case> {
        let letter = digits.bytes().find(u8::is_ascii_alphabetic)?;
        Some(if letter.is_ascii_uppercase() {
            Case::Upper
        } else {
            Case::Lower
        })
    }
}

/// How bytes are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Style {
    pub(super) carrier: Carrier,
    /// How often the `%` was escaped in its turn.
    escaped: usize,
    pub(super) case: Option<Case>,
}

/// How often the `%` may have been escaped.
const MOST_ESCAPED: usize = 3;

/// The percent-encoded character at the front of a text: any outside ASCII, or a space.
pub(super) fn percent(text: &str) -> Option<Escape> {
    let style = |escaped| Style {
        carrier: Carrier::PercentEncoding,
        escaped,
        case: None,
    };
    if text.starts_with("%20") {
        return Some(Escape {
            length: 3,
            means: ' ',
            spelling: Spelling::Octets(style(0)),
        });
    }
    (0..=MOST_ESCAPED).find_map(|escaped| character(text, style(escaped)))
}

/// The quoted-printable character at the front of a text, outside ASCII.
pub(super) fn quoted(text: &str) -> Option<Escape> {
    let style = Style {
        carrier: Carrier::QuotedPrintable,
        escaped: 0,
        case: None,
    };
    character(text, style)
}

/// The length of the soft line breaks at the front of a text.
pub(super) fn soft_breaks(text: &str) -> usize {
    let mut rest = text;
    while let Some(more) = rest.strip_prefix("=\n").or(rest.strip_prefix("=\r\n")) {
        rest = more;
    }
    text.len() - rest.len()
}

/// Every soft line break in a text.
pub(super) fn all_soft_breaks(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices('=').filter_map(|(at, _)| {
        let rest = text.get(at..)?;
        ["=\n", "=\r\n"]
            .into_iter()
            .find(|soft| rest.starts_with(soft))
    })
}

/// A character of two to four bytes.
fn character(text: &str, style: Style) -> Option<Escape> {
    let mut bytes = [0; 4];
    let mut at = 0;
    let mut wanted = 1;
    let mut filled = 0;
    while filled < wanted {
        let rest = text.get(at..)?;
        // A soft break inside a character stands for nothing, and is dropped with its repair.
        let soft = match style.carrier {
            Carrier::QuotedPrintable if filled > 0 => soft_breaks(rest),
            _ => 0,
        };
        let (byte, length) = octet(rest.get(soft..)?, style)?;
        *bytes.get_mut(filled)? = byte;
        at += soft + length;
        filled += 1;
        if filled == 1 {
            wanted = match byte {
                0xC2..=0xDF => 2,
                0xE0..=0xEF => 3,
                0xF0..=0xF4 => 4,
                _ => return None,
            };
        }
    }
    let means = std::str::from_utf8(bytes.get(..filled)?).ok()?;
    let case = text.get(..at).and_then(Case::of);
    Some(Escape {
        length: at,
        means: means.chars().next()?,
        spelling: Spelling::Octets(Style { case, ..style }),
    })
}

/// One byte and its length in the text.
fn octet(text: &str, style: Style) -> Option<(u8, usize)> {
    let mut rest = text.strip_prefix(style.sign())?;
    for _ in 0..style.escaped {
        rest = rest.strip_prefix("25")?;
    }
    let digits = rest.get(..2)?;
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let byte = u8::from_str_radix(digits, 16).ok()?;
    Some((byte, text.len() - rest.len() + 2))
}

impl Style {
    fn sign(self) -> char {
        match self.carrier {
            Carrier::PercentEncoding => '%',
            _ => '=',
        }
    }
}

/// Writes a character; of ASCII only what cannot stand there as it is.
pub(super) fn write(style: Style, c: char, out: &mut String) {
    let stands = match style.carrier {
        Carrier::PercentEncoding => c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | '~'),
        _ => c.is_ascii() && c != '=',
    };
    if stands {
        return out.push(c);
    }
    for byte in c.encode_utf8(&mut [0; 4]).bytes() {
        out.push(style.sign());
        out.extend(std::iter::repeat_n("25", style.escaped));
        write_octet(byte, style.case.unwrap_or(Case::Upper), out);
    }
}

/// Writes two hexadecimal digits.
pub(super) fn write_octet(byte: u8, case: Case, out: &mut String) {
    for digit in [byte >> 4, byte & 0xF] {
        let digit = char::from_digit(digit.into(), 16).unwrap_or('0');
        out.push(match case {
            Case::Upper => digit.to_ascii_uppercase(),
            Case::Lower => digit,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_read_and_written_alike() {
        let cases = [
            ("%C3%A9", 'é'),
            ("%c3%a9", 'é'),
            ("%25C3%25A9", 'é'),
            ("%2525c3%2525a9", 'é'),
            ("%F0%9F%98%80", '😀'),
            ("%20", ' '),
        ];
        for (text, means) in cases {
            let escape = percent(text).unwrap();
            assert_eq!((escape.length, escape.means), (text.len(), means), "{text}");
            let Spelling::Octets(style) = escape.spelling else {
                panic!("octets");
            };
            let mut written = String::new();
            write(style, means, &mut written);
            assert_eq!(written, text);
        }
        for text in [
            "%E9",
            "%C3",
            "%C3%25A9",
            "%25",
            "%41",
            "%C3%4",
            "%zz",
            "%ED%A0%80",
        ] {
            assert!(percent(text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_soft_line_break_stands_for_nothing() {
        let escape = quoted("=C3=\r\n=A9=20").unwrap();
        assert_eq!((escape.length, escape.means), (9, 'é'));
        for text in ["=C3 =A9", "=E9", "=3D", "=\n=C3=A9"] {
            assert!(quoted(text).is_none(), "{text}");
        }
    }
}
