//! HTML character references: `&Atilde;`, `&#195;`, `&#xC3;`, and the same escaped once more, `&amp;Atilde;`.

use std::fmt::Write as _;

use super::decode::{Escape, Spelling};
use super::octets::Case;
use crate::encoding::Encoding;
use crate::html::{self, LONGEST_NAME};

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
    let end = text
        .bytes()
        .take(LONGEST_NAME + 1)
        .position(|b| b == b';')?;
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

/// The character of a name that occurs in mojibake: one that HTML 4 names or some code page has. Of ASCII, only what escaping
/// programs write: `&Tab;` is no mojibake.
fn named(name: &str) -> Option<char> {
    let mut text = html::meaning(name)?.chars();
    let (Some(c), None) = (text.next(), text.next()) else {
        return None;
    };
    let occurs = match c {
        '\'' => name == "apos",
        _ if c.is_ascii() => html::name_of(c) == Some(name),
        _ => html::name_of(c).is_some() || is_on_a_code_page(c),
    };
    occurs.then_some(c)
}

fn is_on_a_code_page(c: char) -> bool {
    let mut pages = Encoding::ALL.iter().filter(|e| e.is_single_byte());
    pages.any(|page| page.encode_char(c).is_some())
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
    let code = u32::from(c);
    let written = match (style.form, html::name_of(c)) {
        (Form::Named, Some(name)) => write!(out, "{name};"),
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
    fn names_are_read_where_they_can_be_mojibake() {
        for (name, why) in [
            ("Atilde", "of HTML 4"),
            ("Acy", "on a Cyrillic code page"),
            ("DoubleDot", "another name of U+A8"),
            ("forall", "of HTML 4, on no code page"),
            ("apos", "what programs write for ASCII"),
        ] {
            assert!(named(name).is_some(), "{name}: {why}");
        }
        for (name, why) in [
            ("Bopf", "on no code page"),
            ("fjlig", "two characters"),
            ("Tab", "ASCII that needs no escape"),
            ("AMP", "ASCII by a name that nobody writes"),
            ("nonsense", "no name"),
        ] {
            assert_eq!(named(name), None, "{name}: {why}");
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
