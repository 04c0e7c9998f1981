//! What could not be put right, and so stands as it stood.

use std::fmt;
use std::ops::Range;

use super::codes::Codes;
use super::lost::LostKind;
use super::noise::is_mark;
use super::shift::LONGEST;
use super::token::Token;
use super::{Seen, gbk, may_be_damaged};
use crate::detect::signs::Signs;

/// A stretch that is not as it was written, and that a repair left as it stood.
///
/// [`Repair::left_alone`](crate::Repair::left_alone) has those of a text.
///
/// ```
/// use unbake::damage::LeftReason;
///
/// let repair = unbake::repair("Name: 锟斤拷锟斤拷");
/// let left = repair.left_alone();
/// assert_eq!((left[0].repaired.start, left[0].original.start), (6, 6));
/// assert!(matches!(left[0].reason, LeftReason::Lost(_)));
/// println!("{} {}", left[0].reason.explain(), left[0].reason.advice());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct LeftAlone {
    /// Bytes of the mangled text.
    pub original: Range<usize>,
    /// Bytes of the repaired text.
    pub repaired: Range<usize>,
    /// Why it was left.
    pub reason: LeftReason,
}

impl LeftAlone {
    pub(crate) const fn new(
        original: Range<usize>,
        repaired: Range<usize>,
        reason: LeftReason,
    ) -> LeftAlone {
        LeftAlone {
            original,
            repaired,
            reason,
        }
    }
}

/// Why a stretch was left as it stood.
///
/// ```
/// use unbake::damage::LeftReason;
///
/// assert_eq!(LeftReason::Shifted.to_string(), "text read one byte off");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "kebab-case")
)]
#[non_exhaustive]
pub enum LeftReason {
    /// Text of a damaged page that is read one byte off, where no way to put the bytes back is
    /// clearly better than the others.
    Shifted,
    /// What was there is gone.
    Lost(LostKind),
}

impl LeftReason {
    /// How it came about, in a sentence or two.
    ///
    /// ```
    /// use unbake::damage::LeftReason;
    ///
    /// assert!(LeftReason::Shifted.explain().contains("byte"));
    /// ```
    #[must_use]
    pub const fn explain(self) -> &'static str {
        match self {
            LeftReason::Shifted => {
                "A program cut between the two bytes of a character, and what follows is read one byte off. The lost \
                 bytes could have been several."
            }
            LeftReason::Lost(kind) => kind.explain(),
        }
    }

    /// What can be done about it.
    ///
    /// ```
    /// use unbake::damage::LeftReason;
    ///
    /// assert!(LeftReason::Shifted.advice().contains("threshold"));
    /// ```
    #[must_use]
    pub const fn advice(self) -> &'static str {
        match self {
            LeftReason::Shifted => {
                "Look for another copy of the page, or lower the threshold and look at what is guessed."
            }
            LeftReason::Lost(kind) => kind.advice(),
        }
    }
}

impl fmt::Display for LeftReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            LeftReason::Shifted => "text read one byte off",
            LeftReason::Lost(kind) => kind.name(),
        })
    }
}

/// The stretches of a page that are read one byte off, but for those that were `solved`: byte
/// ranges in order and apart. None where nothing shows that the page was damaged.
pub(crate) fn unsolved(text: &str, solved: &[Range<usize>]) -> Vec<Range<usize>> {
    if !may_be_damaged(text, Signs::of(text)) {
        return Vec::new();
    }
    let seen = Seen::of(text);
    if !seen.is_damaged() && solved.is_empty() {
        return Vec::new();
    }
    let tokens = &seen.tokens;
    let (codes, shifts, mut found) = seen.shifts(text);
    // Those that are less sure than was asked for are no edits.
    found.extend(shifts.iter().map(|shift| shift.first..shift.end));
    let torn = (0..tokens.len()).filter(|&i| is_torn(tokens, i));
    found.extend(torn.map(|i| i..end(tokens, i, codes)));
    let cut = (0..tokens.len()).filter(|&i| is_cut(tokens, i));
    found.extend(cut.map(|i| i..i + 2));
    found.sort_by_key(|stretch| (stretch.start, stretch.end));

    let mut left: Vec<Range<usize>> = Vec::new();
    for stretch in found {
        let first = tokens.get(stretch.start);
        let last = stretch.end.checked_sub(1).and_then(|i| tokens.get(i));
        let (Some(first), Some(last)) = (first, last) else {
            continue;
        };
        // What stands between two edits is left; what an edit touches is not.
        let (start, mut end) = (first.start, last.tail);
        let next = solved.partition_point(|s| s.end <= start);
        if let Some(next) = solved.get(next) {
            end = end.min(next.start);
        }
        match left.last_mut() {
            _ if start >= end => {}
            Some(open) if open.end >= start => open.end = open.end.max(end),
            _ => left.push(start..end),
        }
    }
    left
}

/// Whether a token is proof by itself: a reading without its opening parenthesis, or a
/// private-use character in the middle of Chinese.
fn is_torn(tokens: &[Token<'_>], i: usize) -> bool {
    let beside = |i: Option<usize>| {
        i.and_then(|i| tokens.get(i))
            .is_some_and(|t| gbk::is_han(t.char))
    };
    tokens.get(i).is_some_and(|t| {
        t.orphan || gbk::is_private(t.char) && beside(i.checked_sub(1)) && beside(i.checked_add(1))
    })
}

/// Whether a byte that is lost stands before a mark: noise shows it, and no question goes on so.
fn is_cut(tokens: &[Token<'_>], i: usize) -> bool {
    let (Some(token), Some(next)) = (tokens.get(i), tokens.get(i + 1)) else {
        return false;
    };
    let goes_on = matches!(next.char, '，' | '、' | '。' | '；');
    match token.char {
        '?' => is_mark(next.char) && (token.noise || goes_on),
        // A mark that is none, with the lost bytes on both sides gone.
        '？' | '！' | '；' => token.noise && goes_on,
        _ => false,
    }
}

/// Where text that is read one byte off at token `first` is read rightly again: after an ASCII
/// byte, or a character that ends with one.
fn end(tokens: &[Token<'_>], first: usize, codes: &Codes) -> usize {
    let from = first + 1;
    for (i, token) in tokens.iter().enumerate().skip(from).take(LONGEST) {
        if token.orphan || token.char == '?' {
            return i + 1;
        }
        match codes.bytes(token.char) {
            _ if is_mark(token.char) => return i,
            Some([_, 0x81..=0xFF]) => {}
            Some(_) => return i + 1,
            None if matches!(token.char, '@'..='~') => return i + 1,
            None => return i,
        }
    }
    (from + LONGEST).min(tokens.len())
}
