//! HTML character references: `&Atilde;`, `&#195;`, `&#xC3;`, and the same escaped once more, `&amp;Atilde;`.

use std::fmt::Write as _;

use super::decode::{Escape, Spelling};
use super::entities::{READ, WRITTEN};
use super::octets::Case;

/// How references are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Style {
    form: Form,
    /// How often the `&` was escaped in its turn.
    escaped: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Named,
    Decimal,
    Hexadecimal { x: char, case: Option<Case> },
}

/// How often the `&` may have been escaped.
const MOST_ESCAPED: usize = 3;
/// The longest name is `CounterClockwiseContourIntegral`.
const LONGEST: usize = 31;

/// The reference at the front of a text that begins with `&`.
pub(super) fn read(text: &str) -> Option<Escape> {
    let mut rest = text.strip_prefix('&')?;
    let mut escaped = 0;
    while let Some(more) = rest.strip_prefix("amp;")
        && escaped < MOST_ESCAPED
    {
        rest = more;
        escaped += 1;
    }
    let Some((length, means, form)) = body(rest) else {
        // What looked like an escaped `&` is one and nothing more.
        let form = Form::Named;
        return (escaped > 0).then_some(Escape {
            length: "&amp;".len(),
            means: '&',
            spelling: Spelling::Entity(Style { form, escaped: 0 }),
        });
    };
    Some(Escape {
        length: text.len() - rest.len() + length,
        means,
        spelling: Spelling::Entity(Style { form, escaped }),
    })
}

/// What stands between `&` and `;`, with its length, the `;` included.
fn body(text: &str) -> Option<(usize, char, Form)> {
    let end = text.bytes().take(LONGEST + 1).position(|b| b == b';')?;
    let name = text.get(..end)?;
    let (means, form) = match name.strip_prefix('#') {
        None => (named(name)?, Form::Named),
        Some(number) => match number.strip_prefix(['x', 'X']) {
            None => (character(number, 10)?, Form::Decimal),
            Some(digits) => {
                let x = if number.starts_with('x') { 'x' } else { 'X' };
                let case = Case::of(digits);
                (character(digits, 16)?, Form::Hexadecimal { x, case })
            }
        },
    };
    Some((end + 1, means, form))
}

fn named(name: &str) -> Option<char> {
    let found = READ.binary_search_by_key(&name, |(known, _)| known).ok()?;
    READ.get(found).map(|(_, means)| *means)
}

/// The character of a number; none for controls of ASCII, which no escape can mean.
fn character(digits: &str, radix: u32) -> Option<char> {
    if digits.is_empty() || !digits.chars().all(|c| c.is_digit(radix)) {
        return None;
    }
    let means = char::from_u32(u32::from_str_radix(digits, radix).ok()?)?;
    (!means.is_ascii_control()).then_some(means)
}

/// Writes a character; of ASCII only what HTML cannot hold as it is.
pub(super) fn write(style: Style, c: char, out: &mut String) {
    if c.is_ascii() && !matches!(c, '&' | '<' | '>' | '"') {
        return out.push(c);
    }
    out.push('&');
    out.extend(std::iter::repeat_n("amp;", style.escaped));
    let name = WRITTEN.binary_search_by_key(&c, |(known, _)| *known);
    let name = name.ok().and_then(|found| WRITTEN.get(found));
    let code = u32::from(c);
    let written = match (style.form, name) {
        (Form::Named, Some((_, name))) => write!(out, "{name};"),
        (Form::Named, None) | (Form::Decimal, _) => write!(out, "#{code};"),
        (Form::Hexadecimal { x, case }, _) => match case.unwrap_or(Case::Upper) {
            Case::Upper => write!(out, "#{x}{code:X};"),
            Case::Lower => write!(out, "#{x}{code:x};"),
        },
    };
    debug_assert!(written.is_ok(), "a string takes what is written");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_in_order() {
        assert!(READ.is_sorted_by(|a, b| a.0 < b.0));
        assert!(WRITTEN.is_sorted_by(|a, b| a.0 < b.0));
        for (c, name) in WRITTEN {
            assert_eq!(named(name), Some(c));
        }
    }

    #[test]
    fn references_are_read_and_written_alike() {
        let cases = [
            ("&Atilde;", 'Ã'),
            ("&#195;", 'Ã'),
            ("&#xC3;", 'Ã'),
            ("&#Xc3;", 'Ã'),
            ("&amp;#8364;", '€'),
            ("&amp;amp;copy;", '©'),
            ("&amp;", '&'),
        ];
        for (text, means) in cases {
            let escape = read(text).unwrap();
            assert_eq!((escape.length, escape.means), (text.len(), means), "{text}");
            let Spelling::Entity(style) = escape.spelling else {
                panic!("an entity");
            };
            let mut written = String::new();
            write(style, means, &mut written);
            assert_eq!(written, text);
        }
        let none = [
            "&copy",
            "&;",
            "&#;",
            "&#x;",
            "&#xD800;",
            "&#0;",
            "&#+65;",
            "& amp;",
            "&nonsense;",
            "&#9999999999;",
        ];
        for text in none {
            assert!(read(text).is_none(), "{text}");
        }
        assert_eq!(read("&amp;copy=1;").map(|e| e.length), Some(5));
    }
}
