//! Lines that were wrapped inside a character: `schÃ` at the end of one line, `¶n` at the start of the next.
//!
//! Whoever wraps mojibake at a column knows nothing of the bytes that its characters stand for. Such a line end is part
//! of the damage: it is taken out where a chain explains both sides together and not the first one alone.

use super::{Cause, Certainty, ProposedEdit};
use crate::detect::chunks::LONGEST;
use crate::detect::hypothesis::{Hypothesis, Shows};
use crate::detect::scan::is_clean;
use crate::detect::search::{explain, search};
use crate::detect::seek::first_byte;
use crate::detect::{Settings, judge};
use crate::encoding::Encoding::{self, *};
use crate::misdecoding::{Chain, Misdecoding};
use std::ops::Range;

/// Encodings that UTF-8 is read in often enough to be looked for at every line end.
const READ: &[Encoding] = &[
    Windows1252,
    Iso8859_1,
    Windows1251,
    Windows1250,
    Windows1253,
    Windows1254,
    Macintosh,
    Ibm437,
    Ibm850,
    Ibm866,
    Koi8R,
];
/// Those of them that it is read in more than once.
const LAYERED: &[Encoding] = &[Windows1252, Iso8859_1, Windows1251];
/// Wrapped text has longer lines, together.
const SHORTEST: usize = 6;

/// Lines that were wrapped, together.
struct Joined {
    chars: Vec<char>,
    /// Where each of them stands in the text, and where the last one ends.
    starts: Vec<usize>,
    /// The characters before which a line end was taken out.
    seams: Vec<usize>,
}

/// Whether a line that ends at a byte may be wrapped within a character.
pub(super) fn may_be_wrapped(text: &str, end: usize) -> bool {
    seam(text, end).is_some()
}

/// The ranges of the lines that were wrapped within a character, and the edits that repair them.
pub(super) fn repaired(
    text: &str,
    settings: &Settings,
    wanted: f32,
) -> Vec<(Range<usize>, Vec<ProposedEdit>)> {
    let mut out = Vec::new();
    if text.is_ascii() {
        return out;
    }
    let mut at = 0;
    let mut seams = seams(text).peekable();
    while let Some(seam) = seams.next() {
        if seam.start < at {
            continue;
        }
        // What hangs together by such line ends is one text.
        let mut ends = vec![seam];
        let mut end = line_end(text, ends.last().map_or(0, |s| s.end));
        while let Some(next) = seams.next_if(|next| next.start == end) {
            end = line_end(text, next.end);
            ends.push(next);
        }
        at = end;
        let start = ends.first().map_or(0, |s| s.start);
        let start = text.get(..start).and_then(|t| t.rfind('\n'));
        let range = start.map_or(0, |i| i + 1)..end;
        if let Some(edits) = join(text, range.clone(), &ends, settings, wanted) {
            out.push((range, edits));
        }
    }
    out
}

/// The line ends that may stand within a character.
fn seams(text: &str) -> impl Iterator<Item = Range<usize>> {
    line_ends(text).filter_map(|at| seam(text, at))
}

/// The line end at a byte, where it may stand within a character.
fn seam(text: &str, at: usize) -> Option<Range<usize>> {
    let (before, behind) = (text.get(..at)?, text.get(at + 1..)?);
    let before = before.strip_suffix('\r').unwrap_or(before);
    (!split_by(before, behind).is_empty()).then_some(before.len()..at + 1)
}

/// Where the lines of a text end that end in a line feed.
pub(super) fn line_ends(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = bytes.get(at..)?;
        let end = at + first_byte(rest, b'\n');
        at = end + 1;
        (end < bytes.len()).then_some(end)
    })
}

/// Where the line that begins at a byte ends, without its line end.
fn line_end(text: &str, start: usize) -> usize {
    let line = text.get(start..).unwrap_or_default();
    let line = line.split('\n').next().unwrap_or_default();
    start + line.strip_suffix('\r').unwrap_or(line).len()
}

/// The chains by which the bytes before and behind a line end make one character.
fn split_by(before: &str, behind: &str) -> Vec<Chain> {
    if !before.ends_with(may_be_a_byte) || !behind.starts_with(may_be_a_byte) {
        return Vec::new();
    }
    let written = Encoding::Utf8;
    let once = |before: &str, behind: &str| {
        let read = READ.iter().filter(|&&r| is_split_in(r, before, behind));
        let steps = read.map(|&read| Misdecoding { written, read });
        steps.map(Chain::from).collect::<Vec<_>>()
    };
    let mut chains = once(before, behind);
    for &read in LAYERED {
        if let Some((last, first)) = last_of(read, before).zip(first_of(read, behind)) {
            let older = once(
                last.encode_utf8(&mut [0; 4]),
                first.encode_utf8(&mut [0; 4]),
            );
            let newer = Misdecoding { written, read };
            chains.extend(older.into_iter().filter_map(|older| older.with(newer).ok()));
        }
    }
    chains
}

/// Whether a byte outside ASCII may have been read as a character: none is as one between Cyrillic and the signs from U+2000
/// on, nor as one of an East Asian script.
fn may_be_a_byte(c: char) -> bool {
    !matches!(c, '\0'..'\u{80}' | '\u{500}'..='\u{1FFF}' | '\u{2E80}'..='\u{D7FF}')
}

/// The byte of `read` that a character stands for.
fn byte(read: Encoding, c: char) -> Option<u8> {
    match *read.encode_char(c)?.as_slice() {
        [byte] => Some(byte),
        _ => None,
    }
}

/// How many bytes a character of UTF-8 has that begins with this one, which is not ASCII.
fn len(first: u8) -> Option<usize> {
    match first {
        0xC2..=0xDF => Some(2),
        0xE0..=0xEF => Some(3),
        0xF0..=0xF4 => Some(4),
        _ => None,
    }
}

/// The bytes of the last character of UTF-8, whole or not, that was read in `read`.
fn tail(read: Encoding, before: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(4);
    for c in before.chars().rev().take(4) {
        let byte = byte(read, c)?;
        bytes.insert(0, byte);
        if !matches!(byte, 0x80..=0xBF) {
            return Some(bytes);
        }
    }
    None
}

fn is_split_in(read: Encoding, before: &str, behind: &str) -> bool {
    // The first one behind says most often that it is none.
    let inside = |c: char| byte(read, c).filter(|b| matches!(b, 0x80..=0xBF));
    if behind.chars().next().and_then(inside).is_none() {
        return false;
    }
    let Some(mut bytes) = tail(read, before) else {
        return false;
    };
    let len = bytes.first().and_then(|&first| len(first)).unwrap_or(0);
    let missing = len.saturating_sub(bytes.len());
    bytes.extend(behind.chars().take(missing).map_while(inside));
    missing > 0 && bytes.len() == len && std::str::from_utf8(&bytes).is_ok()
}

/// The last character, whole, that was read in `read`.
fn last_of(read: Encoding, before: &str) -> Option<char> {
    let bytes = tail(read, before)?;
    std::str::from_utf8(&bytes).ok()?.chars().next()
}

/// The first character, whole, that was read in `read`.
fn first_of(read: Encoding, behind: &str) -> Option<char> {
    let bytes: Vec<u8> = behind
        .chars()
        .take(4)
        .map_while(|c| byte(read, c))
        .collect();
    let bytes = bytes.get(..len(*bytes.first()?)?)?;
    std::str::from_utf8(bytes).ok()?.chars().next()
}

impl Joined {
    fn new(text: &str, range: &Range<usize>, ends: &[Range<usize>]) -> Option<Joined> {
        let mut joined = Joined {
            chars: Vec::new(),
            starts: Vec::new(),
            seams: Vec::new(),
        };
        let mut at = range.start;
        let last = range.end..range.end;
        for end in ends.iter().chain([&last]) {
            for (i, c) in text.get(at..end.start)?.char_indices() {
                joined.chars.push(c);
                joined.starts.push(at + i);
            }
            if end.end < range.end {
                joined.seams.push(joined.chars.len());
            }
            at = end.end;
        }
        joined.starts.push(range.end);
        Some(joined)
    }

    /// Whether one of the chains that explain the first line end reads better than what stands, without a search.
    fn may_be_explained(&self, text: &str, ends: &[Range<usize>]) -> bool {
        let first = ends.first().and_then(|end| {
            let (before, behind) = (text.get(..end.start)?, text.get(end.end..)?);
            Some(split_by(before, behind))
        });
        let reads_better = |chain: &Chain| {
            explain(&self.chars, chain, Shows::Nothing).is_some_and(|h| h.score > 0.0)
        };
        first.unwrap_or_default().iter().any(reads_better)
    }

    /// Whether each line end stood within a character of what a hypothesis explains.
    fn is_explained(&self, h: &Hypothesis) -> bool {
        self.seams.iter().all(|seam| {
            let is_around = |range: &Range<usize>| range.start < *seam && *seam < range.end;
            let around = h
                .stretches
                .iter()
                .map(|s| &s.0)
                .find(|range| is_around(range));
            let before = around.and_then(|range| self.chars.get(range.start..*seam));
            before.is_some_and(|before| h.chain.undo(&before.iter().collect::<String>()).is_err())
        })
    }

    /// Where some of the characters stand in the text.
    fn place(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let last = *self.starts.get(range.end.checked_sub(1)?)?;
        let last = last + self.chars.get(range.end - 1)?.len_utf8();
        Some(*self.starts.get(range.start)?..last)
    }
}

/// The edits that repair lines together, if that is sure enough.
fn join(
    text: &str,
    range: Range<usize>,
    ends: &[Range<usize>],
    settings: &Settings,
    wanted: f32,
) -> Option<Vec<ProposedEdit>> {
    let joined = Joined::new(text, &range, ends)?;
    if !(SHORTEST..LONGEST).contains(&joined.chars.len())
        || is_clean(&joined.chars.iter().collect::<String>(), settings, wanted)
    {
        return None;
    }
    if !joined.may_be_explained(text, ends) {
        return None;
    }
    let found = search(&joined.chars, settings);
    let best = found.first().filter(|h| h.sure >= wanted)?;
    if !joined.is_explained(best) {
        return None;
    }
    let mut edits = Vec::with_capacity(best.stretches.len());
    for (range, after) in &best.stretches {
        edits.push(ProposedEdit {
            original: joined.place(range)?,
            after: after.iter().collect(),
            cause: Cause::Chain(best.chain),
            // `Repair::new` checks the claim, which does not hold where a line end was taken out.
            certainty: Certainty::Exact,
            confidence: judge::probability(best.sure),
        });
    }
    Some(edits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_byte_is_read_as_needs_no_look() {
        let is_read = |c: char| READ.iter().any(|&read| byte(read, c).is_some());
        let others = '\u{80}'..=char::MAX;
        let missed = others.filter(|&c| is_read(c) && !may_be_a_byte(c));
        assert_eq!(missed.collect::<String>(), "");
    }
}
