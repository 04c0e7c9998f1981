//! What undoing a chain makes of a line without any loss.

use crate::encoding::Encoding;
use crate::misdecoding::Chain;
use std::ops::Range;

/// The best explanation of a line without a loss.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Explanation<'a> {
    chain: Option<&'a Chain>,
    /// Parts of the line, and what they become.
    stretches: &'a [(Range<usize>, Vec<char>)],
    /// All of the line is explained, and it is sure: nothing but no-break spaces can have been lost.
    is_whole: bool,
}

impl<'a> Explanation<'a> {
    /// There is none.
    pub(crate) const NONE: Explanation<'static> = Explanation {
        chain: None,
        stretches: &[],
        is_whole: false,
    };

    pub(crate) fn new(
        chain: &'a Chain,
        stretches: &'a [(Range<usize>, Vec<char>)],
        is_whole: bool,
    ) -> Explanation<'a> {
        Explanation {
            chain: Some(chain),
            stretches,
            is_whole,
        }
    }

    pub(super) fn chain(&self) -> Option<&'a Chain> {
        self.chain
    }

    pub(super) fn is_whole(&self) -> bool {
        self.is_whole
    }

    pub(super) fn is_empty(&self) -> bool {
        self.stretches.is_empty()
    }

    /// Whether a place of the line is explained.
    pub(super) fn holds(&self, at: usize) -> bool {
        let next = self.stretches.partition_point(|s| s.0.end <= at);
        self.stretches.get(next).is_some_and(|s| s.0.start <= at)
    }

    /// The line with all undone that is explained.
    pub(super) fn undone(&self, line: &[char]) -> Vec<char> {
        let mut out = Vec::with_capacity(line.len());
        let mut done = 0;
        for (range, after) in self.stretches {
            out.extend(line.get(done..range.start).unwrap_or_default());
            out.extend(after);
            done = range.end;
        }
        out.extend(line.get(done..).unwrap_or_default());
        out
    }

    /// Whether no-break spaces, of which the line has none any more, would be letters or parts of them.
    pub(crate) fn spaces_are_letters(&self, line: &[char]) -> bool {
        let Some(chain) = self.chain.filter(|_| !line.contains(&'\u{A0}')) else {
            return false;
        };
        if chain.iter().all(|m| m.written == Encoding::Utf8) {
            return ends(line).any(|at| !self.holds(at));
        }
        let letter = chain
            .iter()
            .next()
            .filter(|_| chain.len() == 1)
            .and_then(|m| {
                let byte = m.read.encode_char('\u{A0}')?;
                m.written.decode_byte(*byte.as_slice().first()?)
            });
        letter.is_some_and(char::is_alphabetic) && line.contains(&' ')
    }
}

/// Where letters outside ASCII stand before a space or the end, as those do that begin a character of UTF-8 whose last
/// byte became a space.
fn ends(line: &[char]) -> impl Iterator<Item = usize> {
    let is_end = |i: usize| line.get(i + 1).is_none_or(|&c| c == ' ');
    let chars = line.iter().enumerate();
    chars
        .filter(move |(i, c)| c.is_alphabetic() && !c.is_ascii() && is_end(*i))
        .map(|(i, _)| i)
}
