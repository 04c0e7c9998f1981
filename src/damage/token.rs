//! A page as the shifted text sees it: characters, with what was inserted set aside.

use super::pattern::Inserted;
use super::readings::{closed_reading, has_tone, parenthesised_reading};

/// A character and what was inserted after it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token<'a> {
    /// NUL for a byte that left not even a `?`.
    pub char: char,
    pub start: usize,
    /// End of the reading after it; noise has its own edits.
    pub tail: usize,
    /// The reading that stands after it.
    pub reading: Option<&'a str>,
    /// Whether that reading lacks its opening parenthesis.
    pub orphan: bool,
    /// Whether noise stands after it.
    pub noise: bool,
}

/// The tokens of a text. `noise` and the readings are byte ranges in order.
pub(super) fn tokens<'a>(
    text: &'a str,
    inserted: &Inserted,
    noise: &[(usize, usize)],
) -> Vec<Token<'a>> {
    let mut tokens: Vec<Token<'a>> = Vec::with_capacity(text.len() / 3 + 1);
    let mut readings = inserted.ranges.iter().copied().peekable();
    let mut noise = noise.iter().copied().peekable();
    let mut at = 0;
    while let Some(rest) = text.get(at..) {
        let Some(c) = rest.chars().next() else { break };
        if let Some(&(start, end)) = noise.peek()
            && start == at
        {
            noise.next();
            at = end;
            if let Some(last) = tokens.last_mut() {
                last.noise = true;
            }
            continue;
        }
        // A byte lost without a trace behind a reading, or two in a row, each with a reading of its
        // own.
        if let Some(last) = tokens.last()
            && last.reading.is_some()
            && last.tail == at
            && let Some((reading, length, orphan)) = bare(rest, inserted)
            && (last.orphan || orphan)
        {
            at += length;
            tokens.push(Token {
                char: '\0',
                start: at - length,
                tail: at,
                reading: Some(reading),
                orphan,
                noise: false,
            });
            continue;
        }
        // Some programs put a NUL for each byte that they can't decode: two with what it swallowed.
        let nul = match c {
            '\0' if rest.starts_with("\0\0") => 2,
            '\0' => 1,
            _ => 0,
        };
        if nul > 0
            && let Some((reading, length)) = rest.get(nul..).and_then(closed_reading)
            && !inserted.ranges.is_empty()
        {
            tokens.push(Token {
                char: '?',
                start: at,
                tail: at + nul + length,
                reading: Some(reading),
                orphan: true,
                noise: false,
            });
            at += nul + length;
            continue;
        }
        let end = at + c.len_utf8();
        let mut token = Token {
            char: c,
            start: at,
            tail: end,
            reading: None,
            orphan: false,
            noise: false,
        };
        if readings.peek().is_some_and(|&(start, _)| start == end) {
            if let Some((_, close)) = readings.next() {
                token.reading = rest
                    .get(c.len_utf8()..)
                    .and_then(parenthesised_reading)
                    .map(|(r, _)| r);
                token.tail = close;
            }
        } else if let Some((reading, length)) = stray(rest, c, inserted) {
            // Without `?` before it the orphan hangs on a byte that left no trace.
            if c != '?' && !matches!(c, '@'..='~') {
                tokens.push(token);
                token.char = '\0';
                token.start = end;
            }
            token.orphan = token.char == '\0' || c == '?' && !rest.starts_with("?(");
            token.reading = Some(reading);
            token.tail = end + length;
        }
        at = token.tail;
        tokens.push(token);
    }
    tokens
}

/// A reading that hangs on nothing, its length, and whether it lacks its opening parenthesis.
fn bare<'a>(rest: &'a str, inserted: &Inserted) -> Option<(&'a str, usize, bool)> {
    let closed = closed_reading(rest).map(|(reading, length)| (reading, length, true));
    closed
        .or_else(|| parenthesised_reading(rest).map(|(reading, length)| (reading, length, false)))
        .filter(|&(reading, ..)| has_tone(reading) || !inserted.toned)
}

/// A reading that a shift tore from its character: after a `?` that holds the parenthesis, after
/// an ASCII letter that is a trail byte, or after a character that is none of its own.
fn stray<'a>(rest: &'a str, c: char, inserted: &Inserted) -> Option<(&'a str, usize)> {
    if inserted.ranges.is_empty() && c != '?' {
        return None;
    }
    let after = rest.get(c.len_utf8()..)?;
    // On a page of readings some are of the neutral tone.
    let likely = |&(reading, _): &(&str, usize)| has_tone(reading) || !inserted.toned || c == '?';
    match c {
        '?' => closed_reading(after)
            .or_else(|| parenthesised_reading(after))
            .filter(|found| likely(found) && (!inserted.ranges.is_empty() || has_tone(found.0))),
        '@'..='~' => parenthesised_reading(after).filter(likely),
        _ if !c.is_ascii() && !"（〔【［「『“‘《〈".contains(c) => {
            closed_reading(after).filter(|&(reading, _)| has_tone(reading))
        }
        _ => None,
    }
}
