//! What happened to a page besides mis-decoding: inserted readings, noise, shifted bytes.
//!
//! Copies of Chinese pages were run through a program that works on GBK bytes without regard to
//! characters: it writes the reading of some characters after them, puts control characters before
//! punctuation, and where it cuts between the two bytes of a character, what follows is read one
//! byte off. Each of the three is a pattern of the page, and is undone only where the page shows it.
//! The same is known of pages in Big5, EUC-KR and Shift_JIS, and of readings in zhuyin or kana.
//!
//! What can't be put right stands as it stood: [`LeftAlone`].

use crate::detect::seek::first;
use crate::detect::signs::Signs;
use std::borrow::Cow;
use std::ops::Range;

use codes::Codes;

mod codes;
mod gbk;
mod habit;
mod left;
pub mod lost;
mod noise;
mod pattern;
mod places;
mod prose;
mod readings;
mod shift;
#[cfg(feature = "simplified")]
mod simplified;
mod token;
mod variants;
mod words;

pub(crate) use left::unsolved;
pub use left::{LeftAlone, LeftReason};
#[cfg(feature = "simplified")]
pub use simplified::simplified;

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

/// What of the program a page shows.
struct Seen<'a> {
    readings: pattern::Inserted,
    /// Byte ranges.
    noise: Vec<(usize, usize)>,
    tokens: Vec<token::Token<'a>>,
}

impl<'a> Seen<'a> {
    fn of(text: &'a str) -> Seen<'a> {
        let readings = pattern::inserted(text);
        let noise = noise::inserted(text, !readings.ranges.is_empty());
        let tokens = token::tokens(text, &readings, &noise);
        Seen {
            readings,
            noise,
            tokens,
        }
    }

    /// Whether there is a pattern of readings or of noise.
    fn is_damaged(&self) -> bool {
        !self.readings.ranges.is_empty() || !self.noise.is_empty()
    }

    /// The shifts of the page, and the tokens of those that could not be put right, in the
    /// encoding that explains most.
    fn shifts(&self, text: &str) -> Shifts {
        let tokens = &self.tokens;
        let mut page = shift::Page {
            codes: Codes::gbk(),
            pairs: shift::HanPairs::of(tokens),
            damaged: self.is_damaged(),
            noise_is_space: self
                .noise
                .first()
                .is_some_and(|&(at, _)| text.get(at..).is_some_and(|t| t.starts_with(' '))),
            narrowed: is_narrowed(tokens),
            spaced: is_spaced(tokens),
        };
        let mut best: Option<Shifts> = None;
        for &encoding in Codes::likely(tokens.iter().map(|t| t.char)) {
            let codes = Codes::of(encoding);
            page.codes = codes;
            let (shifts, undecided, tried) = self.shifts_in(page.clone());
            let found = (shifts.len(), undecided.len());
            let is_better = best
                .as_ref()
                .is_none_or(|(_, known, open)| (known.len(), open.len()) < found);
            let is_whole = undecided.is_empty() && !(shifts.is_empty() && tried);
            if is_better {
                best = Some((codes, shifts, undecided));
            }
            // Where all is explained, or nothing seen, no other encoding is asked.
            if is_whole {
                break;
            }
        }
        best.unwrap_or((Codes::gbk(), Vec::new(), Vec::new()))
    }

    /// Those in one encoding, and whether anything was tried.
    fn shifts_in(&self, mut page: shift::Page<'_>) -> (Vec<shift::Shift>, Vec<Range<usize>>, bool) {
        let tokens = &self.tokens;
        let most = attempts(tokens.len() * 3);
        let mut left = most;
        let (mut shifts, mut undecided) = (Vec::new(), Vec::new());
        let mut i = 0;
        while i < tokens.len() && left > 0 {
            match shift::at(tokens, i, &page, &mut left) {
                Some(shift::Outcome::Solved(shift)) => {
                    i = shift.end.max(i + 1);
                    page.damaged = true;
                    shifts.push(shift);
                    continue;
                }
                Some(shift::Outcome::Undecided(stretch)) => undecided.push(stretch),
                None => {}
            }
            i += 1;
        }
        (shifts, undecided, left < most)
    }
}

/// An encoding, the shifts of a page in it, and the tokens of those that were not put right.
type Shifts = (&'static Codes, Vec<shift::Shift>, Vec<Range<usize>>);

/// The changes that would put a page right: in order, not overlapping, none for text without such
/// damage. `signs` are those in the text.
pub(crate) fn page_edits(text: &str, signs: Signs) -> Vec<PageEdit> {
    let mut edits = if may_be_shifted(text, signs) {
        edits_of_program(text)
    } else {
        Vec::new()
    };
    if may_be_inserted(text, signs) {
        remove(&mut edits, &habit::inserted(text), PageCause::Reading, 0.95);
        edits.sort_by_key(|e| e.range.start);
    }
    edits
}

/// Removes what stands beside the shifts: those say what becomes of all that they hold.
fn remove(edits: &mut Vec<PageEdit>, ranges: &[(usize, usize)], cause: PageCause, confidence: f32) {
    let shifts = edits.iter().filter(|e| e.cause == PageCause::ByteShift);
    let shifted: Vec<Range<usize>> = shifts.map(|e| e.range.clone()).collect();
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
}

/// What the program did, in order: pinyin, control characters, shifts.
fn edits_of_program(text: &str) -> Vec<PageEdit> {
    let seen = Seen::of(text);
    let (tokens, readings, noise) = (&seen.tokens, &seen.readings, &seen.noise);
    let (_, shifts, _) = seen.shifts(text);

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
    let mut split = split_readings(tokens);
    split.extend(&readings.ranges);
    split.sort_unstable();
    remove(&mut edits, &split, PageCause::Reading, readings.confidence);
    remove(&mut edits, noise, PageCause::Noise, 0.95);
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
    let edits = page_edits(text, Signs::of(text));
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

/// Whether any trace of damage could be there, given the signs in the text.
pub(crate) fn may_be_damaged(text: &str, signs: Signs) -> bool {
    may_be_shifted(text, signs) || may_be_inserted(text, signs)
}

/// Whether any trace of the program could be there: a pass over the bytes.
fn may_be_shifted(text: &str, signs: Signs) -> bool {
    signs.hold(TRACES_OF_PROGRAM)
        && places_of(text, |rest| first(rest, is_trace)).any(|at| is_trace_at(text, at))
}

/// Whether readings of a habit could be there: those stand in parentheses behind Han.
fn may_be_inserted(text: &str, signs: Signs) -> bool {
    signs.hold(Signs::PARENTHESIS.or(Signs::FULL_WIDTH))
        && signs.hold(Signs::EAST_ASIAN)
        && habit::may_be_inserted(text)
}

/// The places that a search finds, given what follows the last one.
fn places_of(text: &str, search: impl Fn(&[u8]) -> usize) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    let mut next = 0;
    std::iter::from_fn(move || {
        let at = next + search(bytes.get(next..)?);
        next = at + 1;
        (at < bytes.len()).then_some(at)
    })
}

/// The signs without which none is there.
pub(crate) const TRACES: Signs = TRACES_OF_PROGRAM.or(Signs::FULL_WIDTH);
const TRACES_OF_PROGRAM: Signs = Signs::CONTROL.or(Signs::PARENTHESIS).or(Signs::QUESTION);

/// Whether a byte of ASCII may be a trace of damage.
#[inline]
fn is_trace(byte: u8) -> bool {
    (byte.wrapping_sub(5) < 4) | (byte == b'(') | (byte == b'?')
}

fn is_trace_at(text: &str, i: usize) -> bool {
    match text.as_bytes().get(i) {
        Some(5..=8) => true,
        // What stands before a trace is Han or an ASCII letter behind one; `?` may itself stand for a Han.
        Some(b'(') => text.get(i..).is_some_and(|rest| {
            readings::parenthesised_reading(rest).is_some() && may_be_annotated(text, i)
        }),
        Some(b'?') => {
            let before = i.checked_sub(1).and_then(|b| text.as_bytes().get(b));
            let rest = text.get(i + 1..).unwrap_or_default();
            // A row of question marks is no character and a mark.
            let is_row = rest.starts_with("??");
            let rest = rest.strip_prefix(' ').unwrap_or(rest);
            before.is_some_and(|b| !b.is_ascii())
                && (rest.starts_with(noise::is_mark) && !is_row && may_be_cut(text, i)
                    || readings::closed_reading(rest).is_some())
        }
        _ => false,
    }
}

/// Whether a character of East Asia stands beside a byte: what was cut is in its encodings.
fn may_be_cut(text: &str, at: usize) -> bool {
    let (before, after) = text.split_at_checked(at).unwrap_or_default();
    let beside = before.chars().rev().take(2).chain(after.chars().take(4));
    beside.into_iter().any(|c| c >= '\u{2E80}')
}

/// Whether one of the two characters before a byte is one that may stand for a Chinese one.
fn may_be_annotated(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let is_hangul = |c: char| ('\u{AC00}'..='\u{D7A3}').contains(&c);
    let may_be = |c: char| c == '?' || c >= '\u{2E80}' && !is_hangul(c);
    before.chars().rev().take(2).any(may_be)
}

/// Attempts that may fail in a text of some bytes, so that hostile text takes linear time.
const fn attempts(bytes: usize) -> usize {
    200 + bytes / 200
}

/// The readings after an ASCII letter that makes the code of the annotated character with the
/// byte before it: `盟N(qiáng)BA`.
fn split_readings(tokens: &[token::Token<'_>]) -> Vec<(usize, usize)> {
    tokens
        .windows(2)
        .filter_map(|pair| {
            let [before, letter] = pair else { return None };
            let reading = letter
                .reading
                .filter(|_| letter.char.is_ascii_alphabetic())?;
            let [_, lead] = Codes::gbk().bytes(before.char)?;
            let annotated = Codes::gbk().pair(lead, u8::try_from(letter.char).ok()?)?;
            readings::is_reading_of(annotated, reading)
                .then_some((letter.start + letter.char.len_utf8(), letter.tail))
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

/// Whether a space between characters outside ASCII is commoner than a line break.
fn is_spaced(tokens: &[token::Token<'_>]) -> bool {
    let between = |c| {
        tokens
            .windows(3)
            .filter(|w| matches!(w, [a, b, d] if b.char == c && !a.char.is_ascii() && !d.char.is_ascii()))
            .count()
    };
    between(' ') > between('\n')
}

/// Asserts that a table is what its generator writes from a file of `../shared`, where that is.
#[cfg(test)]
fn assert_regenerated(name: &str, source: &str, table: &str) {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    if !root.join("../shared/data/zh").join(source).exists() {
        eprintln!("skipped the table {name}: no ../shared");
        return;
    }
    let script = root.join(format!("src/damage/generate_{name}.py"));
    let output = std::process::Command::new("python3").arg(script).output();
    assert_eq!(String::from_utf8(output.unwrap().stdout).unwrap(), table);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_name_what_they_rest_on() {
        let text = "出入自由?！逗献鱾渫\u{E3EF}洝访鞔_，";
        let edits = page_edits(text, Signs::of(text));
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
        let text = "關(guān)于\u{7}\u{5}，會(huì )議\u{8}。發(fā)布";
        let edits = page_edits(text, Signs::of(text));
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
