//! The strings of a JSON text, where they stand; everything else of the text
//! stays as it is written.

#![allow(dead_code, reason = "not every program uses all of it")]

use std::fmt::Write as _;
use std::ops::Range;

use serde::de::IgnoredAny;

use crate::literal::Literal;

/// A string in a JSON text.
pub struct JsonString<'p> {
    /// Where it stands, without its quotes.
    pub range: Range<usize>,
    /// The names that lead to it, joined by full stops; places in arrays do not count.
    pub path: &'p str,
    /// Whether it is a name and not a value.
    pub is_name: bool,
}

/// Shows all the strings of a JSON text in their order, or says what is wrong with the text.
pub fn strings(json: &str, mut found: impl FnMut(JsonString<'_>)) -> Result<(), serde_json::Error> {
    serde_json::from_str::<IgnoredAny>(json)?;
    // Of each array or object that is open: how long the path is outside, and whether it is an object.
    let mut open: Vec<(usize, bool)> = Vec::new();
    let mut path = String::new();
    let mut name_next = false;
    let bytes = json.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'{' | b'[' => {
                name_next = *byte == b'{';
                open.push((path.len(), name_next));
            }
            b'}' | b']' => {
                if let Some((outside, _)) = open.pop() {
                    path.truncate(outside);
                }
                name_next = false;
            }
            b',' => {
                if let Some((outside, is_object)) = open.last() {
                    path.truncate(*outside);
                    name_next = *is_object;
                }
            }
            b'"' => {
                let range = at..end_of_string(bytes, at);
                at = range.end + 1;
                if name_next {
                    if !path.is_empty() {
                        path.push('.');
                    }
                    let name = json.get(range.clone()).unwrap_or_default();
                    match literal(name) {
                        Some(name) => path.push_str(name.text()),
                        None => path.push_str(name),
                    }
                }
                found(JsonString {
                    range,
                    path: &path,
                    is_name: name_next,
                });
                name_next = false;
            }
            _ => {}
        }
    }
    Ok(())
}

/// The place of the quote that closes a string.
fn end_of_string(bytes: &[u8], start: usize) -> usize {
    let mut at = start;
    loop {
        match bytes.get(at) {
            Some(b'\\') => at += 2,
            Some(b'"') | None => return at,
            Some(_) => at += 1,
        }
    }
}

/// What a string means, given without its quotes; nothing if it holds half a surrogate pair,
/// which is no text.
pub fn literal(source: &str) -> Option<Literal> {
    let mut literal = Literal::default();
    let mut rest = source;
    while let Some(at) = rest.find('\\') {
        let (verbatim, escape) = rest.split_at_checked(at)?;
        literal.push_verbatim(verbatim);
        let (meaning, length) = escaped(escape)?;
        literal.push_escape(meaning, length);
        rest = escape.get(length..)?;
    }
    literal.push_verbatim(rest);
    Some(literal)
}

/// The character that an escape means, and the length of the escape.
fn escaped(escape: &str) -> Option<(char, usize)> {
    let unit = |at: usize| u16::from_str_radix(escape.get(at..at + 4)?, 16).ok();
    Some(match escape.as_bytes().get(1)? {
        b'b' => ('\u{8}', 2),
        b'f' => ('\u{c}', 2),
        b'n' => ('\n', 2),
        b'r' => ('\r', 2),
        b't' => ('\t', 2),
        b'u' => {
            let first = unit(2)?;
            match char::from_u32(u32::from(first)) {
                Some(c) => (c, 6),
                None if escape.get(6..8) == Some("\\u") => {
                    let pair = char::decode_utf16([first, unit(8)?]).next()?.ok()?;
                    (pair, 12)
                }
                None => return None,
            }
        }
        c if c.is_ascii() => (char::from(*c), 2),
        _ => return None,
    })
}

/// How characters outside ASCII are written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Outside {
    /// As themselves.
    Plain,
    /// As `\u` and four digits.
    Escaped,
}

/// A text as it is written in a string.
pub fn written(text: &str, outside: Outside) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c < ' ' || (outside == Outside::Escaped && !c.is_ascii()) => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    // Writing to a string cannot fail.
                    let _ = write!(out, "\\u{unit:04x}");
                }
            }
            c => out.push(c),
        }
    }
    out
}
