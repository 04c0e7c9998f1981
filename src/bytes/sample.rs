//! Which bytes of an input decide: those around bytes outside ASCII, bounded however long the input is.

use std::ops::Range;

/// Bytes of text outside ASCII, and what stands about it, that are read before the rest is taken as decided.
const BUDGET: usize = 2048;
/// ASCII that two stretches must have between them to be two.
const GAP: usize = 12;
/// How far a stretch reaches back into ASCII, to the start of a word.
const REACH: usize = 24;
/// Longest stretch for the sake of one byte that the budget did not reach.
const RARE: usize = 48;

/// Stretches of an input that begin and end where every encoding has whole characters.
pub(super) struct Sample {
    pub(super) stretches: Vec<Range<usize>>,
    /// Bytes outside ASCII that the whole input has.
    pub(super) distinct: Vec<u8>,
}

impl Sample {
    pub(super) fn of(bytes: &[u8]) -> Sample {
        let mut stretches = Vec::new();
        let mut seen = Seen::default();
        let (mut from, mut left) = (0, BUDGET);
        while left > 0
            && let Some(stretch) = stretch(bytes, from, left)
        {
            left = left.saturating_sub(stretch.len());
            from = stretch.end;
            seen.note(bytes.get(stretch.clone()).unwrap_or_default());
            stretches.push(stretch);
        }
        // a byte that comes later than the budget reaches may still tell two encodings apart
        while let Some(next) = bytes.get(from..).and_then(|rest| seen.first_new(rest)) {
            let at = from + next;
            let after = bytes.get(from..at).and_then(|skipped| {
                let space = skipped.iter().rposition(|&b| b <= b' ')?;
                (skipped.len() - space <= RARE).then_some(from + space)
            });
            match after.and_then(|after| stretch(bytes, after, at + RARE - after)) {
                Some(stretch) if stretch.contains(&at) => {
                    from = stretch.end;
                    seen.note(bytes.get(stretch.clone()).unwrap_or_default());
                    stretches.push(stretch);
                }
                _ => {
                    seen.note(bytes.get(at..=at).unwrap_or_default());
                    from = at + 1;
                }
            }
        }
        let distinct = (0x80..=0xFF).filter(|&b| seen.has(b)).collect();
        Sample {
            stretches,
            distinct,
        }
    }

    /// The beginning of an input that may be no text of bytes.
    pub(super) fn whole(bytes: &[u8]) -> Sample {
        let mut seen = Seen::default();
        seen.note(bytes);
        Sample {
            stretches: std::iter::once(0..bytes.len().min(BUDGET / 2)).collect(),
            distinct: (0x80..=0xFF).filter(|&b| seen.has(b)).collect(),
        }
    }
}

/// The first stretch after `from`, of about `most` bytes at most.
fn stretch(bytes: &[u8], from: usize, most: usize) -> Option<Range<usize>> {
    let is_high = |b: &u8| !b.is_ascii();
    let first = from + bytes.get(from..)?.iter().position(is_high)?;
    let back = bytes.get(from.max(first.saturating_sub(REACH))..first)?;
    let word = back.iter().rev().take_while(|&&b| b > b' ').count();
    let start = first - word;
    let mut last = first;
    let limit = bytes.len().min(first + most);
    while let Some(next) = bytes
        .get(last + 1..limit.min(last + 1 + GAP))
        .and_then(|near| near.iter().position(is_high))
    {
        last += 1 + next;
    }
    // to the end of the word, and what the next one begins with
    let rest = bytes.get(last + 1..).unwrap_or_default();
    let word = rest
        .iter()
        .take(REACH)
        .take_while(|&&b| b > b' ' && b.is_ascii())
        .count();
    let next = rest
        .iter()
        .skip(word)
        .take(2)
        .take_while(|b| b.is_ascii())
        .count();
    Some(start..last + 1 + word + next)
}

/// A set of bytes.
#[derive(Default)]
struct Seen([u128; 2]);

impl Seen {
    fn note(&mut self, bytes: &[u8]) {
        for &b in bytes {
            if let Some(half) = self.0.get_mut(usize::from(b >> 7)) {
                *half |= 1 << (b & 0x7F);
            }
        }
    }

    fn has(&self, b: u8) -> bool {
        self.0
            .get(usize::from(b >> 7))
            .is_some_and(|half| half >> (b & 0x7F) & 1 == 1)
    }

    fn first_new(&self, bytes: &[u8]) -> Option<usize> {
        bytes.iter().position(|&b| !b.is_ascii() && !self.has(b))
    }
}
