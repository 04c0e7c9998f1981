//! Where a text could be mangled at all.
//!
//! Nearly all text is clean. ASCII is skipped; of the rest each character is looked up once, with the one before it,
//! in a table of what such pairs say for mojibake ([`pairs`](super::pairs)). Only where that adds up are the words around
//! weighed by the model, and only where they read badly, and what stands around does not speak for a rare word or a name,
//! is the text searched.

use super::misread;
use super::pairs::{Class, Pairs, SPACE};
use super::probe::{Reading, reading};
use super::{Settings, search, structural};
use std::ops::Range;

static PAIRS: Option<Pairs> = Pairs::parse(include_bytes!("pairs.bin"));

/// What pairs in a row may say for mojibake before the words are weighed, in steps of the table: so much, and the more
/// the more the line has outside ASCII, since in much text something is odd by chance.
const ODD: i32 = -14;
const ODD_BY_CHANCE: i32 = 6;
const LEAST_ODD: i32 = 1;
/// What they say at least where mojibake lost something on its way: it is still a row of odd pairs.
const VERY_ODD: i32 = 28;
/// So many different signs outside ASCII are few, and so many in all are a long text.
const FEW: usize = 4;
const LONG: usize = 40;
/// Bytes before an odd pair of which the words are weighed, too.
const BEFORE: usize = 24;
/// A longer word (text without spaces) is weighed so many bytes before an odd pair and after it.
const AROUND: usize = 90;
/// Bytes of a line before a place and after it that say whether rare words and names are to be expected there.
const CONTEXT: usize = 1000;
/// Pairs in a row that say no more than this may be a rare word: in text of which the pairs say at most so much, in the
/// words around and for each of so many characters outside ASCII, on the average, ...
const RARE_IN_CLEAN: i32 = 60;
const CLEAN: i32 = -10;
const CLEAN_EACH: i32 = -5;
const ENOUGH: usize = 8;
/// ... and in any text of which they say no more than this for each, if so many words read badly for one that reads well.
const RARE: i32 = 10;
const UNSURE_EACH: i32 = 2;
const BADLY: usize = 2;
/// Nothing in `text` could be mangled: all ASCII, and no trace of a code that is written in ASCII.
pub(crate) fn is_plain(text: &str) -> bool {
    text.is_ascii() && !structural::may_be_in(text)
}

/// Nothing in `text` looks mangled: no search would find anything to repair in it that is as sure as wanted (log-odds).
pub(crate) fn is_clean(text: &str, settings: &Settings, wanted: f32) -> bool {
    // Who names encodings or asks for what is unlikely knows more than the table.
    if wanted < 0.0 || !settings.are_usual() {
        return is_plain(text);
    }
    if structural::may_be_in(text) {
        return false;
    }
    // The words up to here were weighed.
    let mut weighed = 0;
    let mut context: Option<Context<'_>> = None;
    let limit = |others: usize| {
        let by_chance = (1 + others / 2).ilog2() as i32;
        LEAST_ODD.max(ODD + ODD_BY_CHANCE * by_chance)
    };
    !any(text, limit, |at| {
        if at <= weighed {
            return false;
        }
        let words = words_around(text, at);
        weighed = words.end;
        let words = text.get(words).unwrap_or_default();
        if read_well(words) {
            return false;
        }
        let known = context.take().filter(|known| at <= known.range.end);
        let around = context.insert(known.unwrap_or_else(|| Context::of(text, at)));
        !around.expects(words) && is_promising(words, settings)
    })
}

/// Whether a search could find something in some words.
fn is_promising(words: &str, settings: &Settings) -> bool {
    let chars: Vec<char> = words.chars().collect();
    has_lost(&chars) || search::is_promising(&chars, settings)
}

/// Whether bytes were lost, as far as marks say so.
fn has_lost(words: &[char]) -> bool {
    let is_lost = |c: &char| matches!(c, '\u{FFFD}' | '\u{80}'..='\u{84}' | '\u{86}'..='\u{9F}');
    words.iter().any(is_lost)
        || words
            .windows(2)
            .any(|w| matches!(w, ['?', c] | [c, '?'] if !c.is_ascii()))
}

/// Whether so much in `text` is odd that it may be mojibake which lost something on its way.
pub(crate) fn may_have_lost(text: &str, settings: &Settings) -> bool {
    !settings.are_usual()
        || text.contains('\u{FFFD}')
        || any(text, |_| VERY_ODD, |_| true) && !is_monotonous(text)
}

/// Whether the same few signs make a long text: a pattern, in which nothing can be said to be lost.
fn is_monotonous(text: &str) -> bool {
    let mut seen = ['\0'; FEW];
    let mut others = 0;
    for c in text.chars().filter(|c| !c.is_ascii()) {
        others += 1;
        if seen.contains(&c) {
            continue;
        }
        let Some(free) = seen.iter_mut().find(|c| **c == '\0') else {
            return false;
        };
        *free = c;
    }
    others > LONG
}

/// Whether any place of `text` is found that is odd: where pairs in a row add up to more than the limit of the line,
/// which goes by the bytes outside ASCII in it. A place is the byte behind the last pair.
fn any(text: &str, limit: impl Fn(usize) -> i32, mut is_found: impl FnMut(usize) -> bool) -> bool {
    let Some(pairs) = &PAIRS else {
        return !text.is_ascii();
    };
    let bytes = text.as_bytes();
    let (mut sum, mut most, mut line_end) = (0, 0, 0);
    let mut at = next_other(bytes, 0);
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        if at >= line_end {
            let line = rest.as_bytes();
            let line = line.split(|&byte| byte == b'\n').next().unwrap_or(line);
            line_end = at + line.len();
            sum = 0;
            most = limit(line.iter().filter(|byte| !byte.is_ascii()).count());
        }
        let mut before = class_before(pairs, bytes, at);
        let mut chars = rest.chars();
        loop {
            let c = chars.next();
            let class = c.map_or(SPACE, |c| pairs.class(c));
            sum = (sum + pairs.score(before, class)).max(0);
            if sum > most {
                if is_found(bytes.len() - chars.as_str().len()) {
                    return true;
                }
                sum = 0;
            }
            before = class;
            if c.is_none_or(|c| c.is_ascii()) {
                break;
            }
        }
        at = next_other(bytes, bytes.len() - chars.as_str().len());
    }
    false
}

/// The class of what stands before a byte.
fn class_before(pairs: &Pairs, bytes: &[u8], at: usize) -> Class {
    let byte = at.checked_sub(1).and_then(|i| bytes.get(i));
    byte.map_or(SPACE, |&byte| pairs.class(char::from(byte)))
}

/// The next byte that is not ASCII, from `at` on.
#[inline]
fn next_other(bytes: &[u8], mut at: usize) -> usize {
    // In most scripts the next word begins after one space.
    if bytes.get(at).is_some_and(|byte| !byte.is_ascii()) {
        return at;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    let (chunks, _) = rest.as_chunks::<32>();
    let ascii = chunks
        .iter()
        .take_while(|chunk| chunk.iter().fold(0, |any, byte| any | byte) < 0x80);
    at += ascii.count() * 32;
    let rest = bytes.get(at..).unwrap_or_default();
    let found = rest.iter().position(|byte| !byte.is_ascii());
    found.map_or(bytes.len(), |i| at + i)
}

/// The last place at or before a byte where a character begins.
fn border(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The words around a byte, as a range of bytes.
fn words_around(text: &str, at: usize) -> Range<usize> {
    let bytes = text.as_bytes();
    let is_end = |byte: &u8| byte.is_ascii_whitespace();
    // `at` stands behind the second character of the pair, which may be a space.
    let last = at.saturating_sub(1);
    let first = border(text, last.saturating_sub(BEFORE));
    let least = border(text, first.saturating_sub(AROUND));
    let word = bytes.get(least..first).unwrap_or_default();
    let start = word
        .iter()
        .rposition(is_end)
        .map_or(least, |i| least + i + 1);
    let most = border(text, (at + AROUND).min(bytes.len()));
    let word = bytes.get(last..most).unwrap_or_default();
    let end = word.iter().position(is_end).map_or(most, |i| last + i);
    start..end.max(start)
}

/// Whether each word outside ASCII is one that the model knows.
fn read_well(words: &str) -> bool {
    let mut chars = Vec::new();
    readings(words, &mut chars).all(|reading| matches!(reading, Reading::Well | Reading::Nothing))
}

/// The words that are not ASCII.
fn others(text: &str) -> impl Iterator<Item = &str> {
    text.split_ascii_whitespace().filter(|w| !w.is_ascii())
}

/// How the words outside ASCII read, one by one.
fn readings<'a>(
    words: &'a str,
    chars: &'a mut Vec<char>,
) -> impl Iterator<Item = Reading> + use<'a> {
    others(words).map(|word| {
        chars.clear();
        chars.extend(word.chars());
        reading(chars)
    })
}

/// What stands in a line around a place that looks odd.
struct Context<'a> {
    range: Range<usize>,
    text: &'a str,
    said: Said,
    /// Whether words that read well are not far fewer than those that read badly: made where it matters.
    reads_well: Option<bool>,
}

impl<'a> Context<'a> {
    fn of(text: &'a str, at: usize) -> Context<'a> {
        let bytes = text.as_bytes();
        let last = at.saturating_sub(1);
        let is_end = |byte: &u8| *byte == b'\n';
        let least = border(text, last.saturating_sub(CONTEXT));
        let before = bytes.get(least..last).unwrap_or_default();
        let start = before
            .iter()
            .rposition(is_end)
            .map_or(least, |i| least + i + 1);
        let most = border(text, (at + CONTEXT).min(bytes.len())).max(at);
        let after = bytes.get(last..most).unwrap_or_default();
        let end = after.iter().position(is_end).map_or(most, |i| last + i);
        let around = text.get(start..end).unwrap_or_default();
        Context {
            range: start..end,
            text: around,
            said: Said::by(around),
            reads_well: None,
        }
    }

    /// Whether words that read badly may well be rare ones here.
    fn expects(&mut self, words: &str) -> bool {
        let said = Said::by(words);
        let mut chars = Vec::new();
        let unexpected = |reading| matches!(reading, Reading::Gibberish | Reading::Misread);
        if readings(words, &mut chars).any(unexpected) {
            return false;
        }
        let is_clean = self.said.others >= ENOUGH && self.said.is_at_most(CLEAN_EACH);
        let is_expected = is_clean && said.most <= RARE_IN_CLEAN && said.sum <= CLEAN
            || said.most <= RARE && self.said.is_at_most(UNSURE_EACH) && self.reads_well();
        is_expected
            && !others(words).any(|word| {
                chars.clear();
                chars.extend(word.chars());
                !matches!(reading(&chars), Reading::Well | Reading::Nothing)
                    && misread::may_read_better(&chars)
            })
    }

    fn reads_well(&mut self) -> bool {
        let text = self.text;
        *self.reads_well.get_or_insert_with(|| {
            let (mut well, mut badly) = (0, 0);
            for reading in readings(text, &mut Vec::new()) {
                match reading {
                    Reading::Nothing => {}
                    Reading::Well => well += 1,
                    Reading::Badly | Reading::Misread | Reading::Gibberish => badly += 1,
                }
            }
            well * BADLY >= badly
        })
    }
}

/// What the pairs of a text say.
struct Said {
    /// All together, and those in a row that say most.
    sum: i32,
    most: i32,
    /// Characters outside ASCII.
    others: usize,
}

impl Said {
    fn by(text: &str) -> Said {
        let mut said = Said {
            sum: 0,
            most: 0,
            others: 0,
        };
        let Some(pairs) = &PAIRS else {
            return said;
        };
        let (mut row, mut before, mut is_ascii) = (0, SPACE, true);
        for c in text.chars().chain([' ']) {
            let class = pairs.class(c);
            if !(is_ascii && c.is_ascii()) {
                let score = pairs.score(before, class);
                said.sum += score;
                row = (row + score).max(0);
                said.most = said.most.max(row);
            }
            is_ascii = c.is_ascii();
            said.others += usize::from(!is_ascii);
            before = class;
        }
        said
    }

    fn is_at_most(&self, each: i32) -> bool {
        self.sum <= each * self.others as i32
    }
}
