//! What is shown to people: places, texts, numbers.

#![allow(dead_code, reason = "no example uses all of it")]

/// Finds lines and columns of byte offsets that come in ascending order, in
/// one pass over the text.
pub struct Positions<'t> {
    rest: &'t str,
    offset: usize,
    line: usize,
    column: usize,
}

impl<'t> Positions<'t> {
    /// At the first line and column of the text.
    pub fn new(text: &'t str) -> Self {
        Self {
            rest: text,
            offset: 0,
            line: 1,
            column: 1,
        }
    }

    /// The line and the column, counted in characters from 1, of a byte.
    pub fn find(&mut self, byte: usize) -> (usize, usize) {
        let ahead = byte.saturating_sub(self.offset);
        if let Some((passed, rest)) = self.rest.split_at_checked(ahead) {
            for c in passed.chars() {
                if c == '\n' {
                    self.line += 1;
                    self.column = 1;
                } else {
                    self.column += 1;
                }
            }
            self.offset += ahead;
            self.rest = rest;
        }
        (self.line, self.column)
    }
}

/// A text for the eye, on one line: what cannot be seen or would move the
/// cursor is escaped, and what is beyond `limit` characters is left out.
pub fn visible(text: &str, limit: usize) -> String {
    let mut shown = String::new();
    for c in text.chars().take(limit) {
        match c {
            '"' | '\'' | '\\' => shown.push(c),
            // Not escaped, combining marks would change the characters
            // of the table around them.
            c => shown.extend(c.escape_debug()),
        }
    }
    if text.chars().nth(limit).is_some() {
        shown.push('…');
    }
    shown
}

/// Whether a character cannot be seen, or changes how others are seen: controls, and what
/// turns the direction of writing.
pub fn is_unseen(c: char) -> bool {
    (c.is_control() && c != '\t')
        || matches!(
            c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}'
        )
        || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fff9}'..='\u{fffb}')
        || matches!(c, '\u{e0000}'..='\u{e007f}')
}

/// A text for the eye, whole: what [is unseen](is_unseen) is escaped.
pub fn printable(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if is_unseen(c) {
            shown.extend(c.escape_unicode());
        } else {
            shown.push(c);
        }
    }
    shown
}

/// A probability in per cent, never rounded to certainty that it is, or that it is not.
pub fn percent(probability: f32) -> String {
    if probability > 0.0 && probability < 0.001 {
        return "< 0.1 %".to_owned();
    }
    let tenths = (f64::from(probability) * 1000.0 + 1e-3).floor() / 10.0;
    format!("{tenths} %")
}

/// `1 edit`, `2 edits`.
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
