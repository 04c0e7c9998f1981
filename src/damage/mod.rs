//! What happened to a page besides mis-decoding: inserted readings, noise, shifted bytes.
//!
//! Copies of Chinese pages were run through a program that works on GBK bytes without regard to
//! characters: it writes the reading of some characters after them, puts control characters before
//! punctuation, and where it cuts between the two bytes of a character, what follows is read one
//! byte off. Each of the three is a pattern of the page, and is undone only where the page shows it.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

mod gbk;
mod noise;
mod pattern;
mod prose;
mod readings;
mod shift;
mod token;
mod words;

/// Why a page edit was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PageCause {
    /// An inserted reading was removed.
    Reading,
    /// Shifted bytes were put back.
    ByteShift,
    /// Inserted control characters were removed.
    Noise,
}

/// A proposed change to a page.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PageEdit {
    /// Bytes of the original text.
    pub range: Range<usize>,
    /// What to put there.
    pub replacement: String,
    /// Why.
    pub cause: PageCause,
    /// The characters of the replacement, by number, that rest on a guessed byte; with none the
    /// edit is exact.
    pub inferred: Vec<usize>,
    /// How sure the edit is, from 0 to 1.
    pub confidence: f32,
}

/// The changes that would put a page right: in order, not overlapping, none for text without such
/// damage.
pub(crate) fn page_edits(text: &str) -> Vec<PageEdit> {
    if !may_be_damaged(text) {
        return Vec::new();
    }
    let readings = pattern::inserted(text);
    let noise = noise::inserted(text, !readings.ranges.is_empty());
    let tokens = token::tokens(text, &readings, &noise);
    let shifts = shifts(
        &tokens,
        shift::Page {
            pairs: han_pairs(&tokens),
            damaged: !readings.ranges.is_empty() || !noise.is_empty(),
            noise_is_space: noise
                .first()
                .is_some_and(|&(at, _)| text.get(at..).is_some_and(|t| t.starts_with(' '))),
            narrowed: is_narrowed(&tokens),
            spaced: is_spaced(&tokens),
        },
    );

    let mut edits: Vec<PageEdit> = Vec::new();
    for shift in shifts {
        let (Some(first), Some(last)) = (
            tokens.get(shift.first),
            shift.end.checked_sub(1).and_then(|i| tokens.get(i)),
        ) else {
            continue;
        };
        edits.push(PageEdit {
            range: first.start..last.tail,
            replacement: shift.text,
            cause: PageCause::ByteShift,
            inferred: shift.inferred,
            confidence: shift.confidence,
        });
    }
    let shifted: Vec<Range<usize>> = edits.iter().map(|e| e.range.clone()).collect();
    let mut remove = |ranges: &[(usize, usize)], cause, confidence| {
        let mut shifted = shifted.iter().peekable();
        for &(start, end) in ranges {
            while shifted.next_if(|s| s.end <= start).is_some() {}
            if shifted.peek().is_none_or(|s| end <= s.start) {
                edits.push(PageEdit {
                    range: start..end,
                    replacement: String::new(),
                    cause,
                    inferred: Vec::new(),
                    confidence,
                });
            }
        }
    };
    remove(&readings.ranges, PageCause::Reading, readings.confidence);
    remove(&noise, PageCause::Noise, 0.95);
    edits.sort_by_key(|e| e.range.start);
    edits
}

/// The text with the damage of a page undone.
///
/// ```
/// let page = "能夠?qū)崿F(xiàn)，會(huì)議，關(guān)于，實(shí)驗，會(huì)員，關(guān)系";
/// assert!(unbake::damage::repair_page(page).starts_with("能夠實現，會議，關于"));
/// assert_eq!(unbake::damage::repair_page("會(huì)：高興"), "會(huì)：高興");
/// ```
#[must_use]
pub fn repair_page(text: &str) -> Cow<'_, str> {
    let edits = page_edits(text);
    if edits.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut repaired = String::with_capacity(text.len());
    let mut at = 0;
    for edit in &edits {
        repaired.push_str(text.get(at..edit.range.start).unwrap_or_default());
        repaired.push_str(&edit.replacement);
        at = edit.range.end;
    }
    repaired.push_str(text.get(at..).unwrap_or_default());
    Cow::Owned(repaired)
}

/// Whether any trace of the program could be there: one pass over the bytes.
fn may_be_damaged(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().enumerate().any(|(i, &byte)| match byte {
        5..=8 => true,
        // What stands before a trace is Han or an ASCII letter; `?` may itself stand for a Han.
        b'(' => text
            .get(i..)
            .is_some_and(|rest| readings::parenthesised_reading(rest).is_some()),
        b'?' => {
            let after_han = i
                .checked_sub(1)
                .and_then(|b| bytes.get(b))
                .is_some_and(|b| !b.is_ascii());
            let rest = text.get(i + 1..).unwrap_or_default();
            let rest = rest.strip_prefix(' ').unwrap_or(rest);
            after_han
                && (rest.starts_with(noise::is_mark) || readings::closed_reading(rest).is_some())
        }
        _ => false,
    })
}

/// Attempts that may fail in a text of some bytes, so that hostile text takes linear time.
const fn attempts(bytes: usize) -> usize {
    200 + bytes / 200
}

/// The shifts of a page.
fn shifts(tokens: &[token::Token<'_>], mut page: shift::Page) -> Vec<shift::Shift> {
    let mut left = attempts(tokens.len() * 3);
    let mut shifts = Vec::new();
    let mut i = 0;
    while i < tokens.len() && left > 0 {
        match shift::at(tokens, i, &page, &mut left) {
            Some(shift) => {
                i = shift.end.max(i + 1);
                page.damaged = true;
                shifts.push(shift);
            }
            None => i += 1,
        }
    }
    shifts
}

/// The pairs of Han characters on the page.
fn han_pairs(tokens: &[token::Token<'_>]) -> HashSet<(char, char)> {
    tokens
        .windows(2)
        .filter_map(|pair| match pair {
            [a, b] if gbk::is_han(a.char) && gbk::is_han(b.char) => Some((a.char, b.char)),
            _ => None,
        })
        .collect()
}

/// Whether full-width ASCII was narrowed: none is there, and a good deal of ASCII marks.
fn is_narrowed(tokens: &[token::Token<'_>]) -> bool {
    let wide = tokens
        .iter()
        .filter(|t| matches!(t.char, '，' | '：' | '（' | '；'))
        .count();
    let narrow = tokens
        .iter()
        .filter(|t| matches!(t.char, ',' | ':' | ';'))
        .count();
    wide == 0 && narrow > 0
}

/// Whether a space between Han characters is commoner than a line break.
fn is_spaced(tokens: &[token::Token<'_>]) -> bool {
    let between = |c| {
        tokens
            .windows(3)
            .filter(|w| matches!(w, [a, b, d] if b.char == c && gbk::is_han(a.char) && gbk::is_han(d.char)))
            .count()
    };
    between(' ') > between('\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_name_what_they_rest_on() {
        let text = "出入自由?！逗献鱾渫\u{E3EF}洝访鞔_，";
        let edits = page_edits(text);
        let edit = edits.first().unwrap();
        assert_eq!(edits.len(), 1);
        assert_eq!(
            text.get(edit.range.clone()),
            Some("?！逗献鱾渫\u{E3EF}洝访鞔_")
        );
        assert_eq!(edit.replacement, "。《合作備忘錄》明確");
        assert_eq!(edit.cause, PageCause::ByteShift);
        assert_eq!(edit.inferred, [0]);
        assert!(edit.confidence > 0.9);
    }

    #[test]
    fn removals_are_exact_and_in_order() {
        let edits = page_edits("關(guān)于\u{7}\u{5}，會(huì )議\u{8}。發(fā)布");
        let causes: Vec<_> = edits.iter().map(|e| e.cause).collect();
        use PageCause::{Noise, Reading};
        assert_eq!(causes, [Reading, Noise, Reading, Noise, Reading]);
        assert!(
            edits
                .iter()
                .all(|e| e.inferred.is_empty() && e.replacement.is_empty())
        );
        assert!(edits.is_sorted_by_key(|e| e.range.start));
    }
}
