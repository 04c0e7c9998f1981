//! The text of an SQL literal, and texts as they are written in one.

use crate::lexer::Escapes;
use crate::literal::Literal;

/// What a literal means, given without its quotes; nothing if it holds escapes by number, which
/// only the database reads.
pub fn literal(source: &str, escapes: Escapes) -> Option<Literal> {
    let mut literal = Literal::default();
    let special = |c: char| match escapes {
        Escapes::Doubled => c == '\'',
        Escapes::Backslash => c == '\'' || c == '\\',
        Escapes::Copy => c == '\\',
    };
    let mut rest = source;
    while let Some(at) = rest.find(special) {
        let (verbatim, escape) = rest.split_at_checked(at)?;
        literal.push_verbatim(verbatim);
        let second = escape.chars().nth(1)?;
        let meaning = match (escape.starts_with('\\'), second) {
            (false, quote) => quote,
            (true, 'n') => '\n',
            (true, 'r') => '\r',
            (true, 't') => '\t',
            (true, 'b') => '\u{8}',
            (true, 'f') if escapes == Escapes::Copy => '\u{c}',
            (true, 'v') if escapes == Escapes::Copy => '\u{b}',
            (true, 'Z') if escapes == Escapes::Backslash => '\u{1a}',
            (true, '0') if escapes == Escapes::Backslash => '\0',
            (true, 'x' | 'u' | 'U' | '0'..='7') => return None,
            // These two keep their backslash.
            (true, '%' | '_') if escapes == Escapes::Backslash => {
                literal.push_verbatim(escape.get(..2)?);
                rest = escape.get(2..)?;
                continue;
            }
            (true, other) => other,
        };
        let length = 1 + second.len_utf8();
        literal.push_escape(meaning, length);
        rest = escape.get(length..)?;
    }
    literal.push_verbatim(rest);
    Some(literal)
}

/// A text as it is written in a literal.
pub fn written(text: &str, escapes: Escapes) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let escape = match (escapes, c) {
            (Escapes::Doubled | Escapes::Backslash, '\'') => "''",
            (Escapes::Doubled, _) => "",
            (_, '\\') => "\\\\",
            (_, '\n') => "\\n",
            (_, '\r') => "\\r",
            (Escapes::Copy, '\t') => "\\t",
            (Escapes::Backslash, '\0') => "\\0",
            _ => "",
        };
        if escape.is_empty() {
            out.push(c);
        } else {
            out.push_str(escape);
        }
    }
    out
}
