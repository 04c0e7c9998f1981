//! Where a text could be mangled at all.
//!
//! Nearly all text is clean. ASCII is skipped; of the rest each character is looked up once, with the one before it,
//! in a table of what such pairs say for mojibake ([`pairs`](super::pairs)). Only where that adds up are the words around
//! weighed ([`suspicion`](super::suspicion)), and only where they speak for mojibake is the text searched.

use super::pairs::{Class, Pairs, SPACE};
use super::seek::{count_others, first_byte, first_other};
use super::signs::Signs;
use super::suspicion::{OddWords, Suspicion, holds_misread, holds_picture};
use super::{Settings, sisters, structural};

static PAIRS: Option<Pairs> = Pairs::parse(include_bytes!("pairs.bin"));

/// What pairs in a row may say for mojibake before the words are weighed, in steps of the table: so much, and the more
/// the more the line has outside ASCII, since in much text something is odd by chance.
const ODD: i32 = -16;
const ODD_BY_CHANCE: i32 = 6;
const LEAST_ODD: i32 = 1;
/// What they say at least where mojibake lost something on its way: it is still a row of odd pairs.
const VERY_ODD: i32 = 28;
/// So many different signs outside ASCII are few in a text of so many in all, and in a very long one.
const FEW: usize = 4;
const LONG: usize = 40;
const FEW_OF_MANY: usize = 12;
const VERY_LONG: usize = 400;
/// So many times as many letters of ASCII make prose of a text with few signs.
const LETTERS: usize = 2;
/// Bytes of a text that is a few words.
const A_FEW_WORDS: usize = 64;

/// Nothing in `text` could be mangled: all ASCII, and no trace of a code that is written in ASCII.
pub(crate) fn is_plain(text: &str) -> bool {
    is_plain_with(text, Signs::of(text))
}

/// The same, given the signs in the text.
pub(crate) fn is_plain_with(text: &str, signs: Signs) -> bool {
    !signs.hold(Signs::OTHERS) && !structural::may_be_in(text, signs)
}

/// Nothing in `text` looks mangled: no search would find anything to repair in it that is as sure as wanted (log-odds).
pub(crate) fn is_clean(text: &str, settings: &Settings, wanted: f32) -> bool {
    is_clean_with(text, Signs::of(text), settings, wanted)
}

/// The same, given the signs in the text.
pub(crate) fn is_clean_with(text: &str, signs: Signs, settings: &Settings, wanted: f32) -> bool {
    let mut odd_words = OddWords::default();
    is_clean_line(text, signs, settings, wanted, &mut odd_words) && !holds_misread_words(text)
}

/// The same of a line among others: its words are not looked up, see [`holds_misread_words`].
pub(crate) fn is_clean_line<'a>(
    text: &'a str,
    signs: Signs,
    settings: &Settings,
    wanted: f32,
    odd_words: &mut OddWords<'a>,
) -> bool {
    // Who names encodings or asks for what is unlikely knows more than the table.
    is_plain_with(text, signs)
        || wanted >= 0.0 && settings.are_usual() && reads_clean_with(text, signs, odd_words)
}

/// Whether a text is but a few words, of which one would be known had one encoding been taken for another: there pairs say
/// too little, and nothing of letters that other languages have.
pub(crate) fn holds_misread_words(text: &str) -> bool {
    text.len() <= A_FEW_WORDS && holds_misread(text)
}

/// Nothing in `text` looks mangled at a glance, with the usual settings.
pub(crate) fn reads_clean(text: &str) -> bool {
    reads_clean_with(text, Signs::of(text), &mut OddWords::default())
}

fn reads_clean_with<'a>(text: &'a str, signs: Signs, odd_words: &mut OddWords<'a>) -> bool {
    if structural::may_be_in(text, signs) {
        return false;
    }
    let limit = |others: usize| {
        let by_chance = (1 + others / 2).ilog2() as i32;
        LEAST_ODD.max(ODD + ODD_BY_CHANCE * by_chance)
    };
    let mut suspicion = Suspicion::new(text, odd_words);
    let is_odd = any(text, limit, |place| {
        place.is_stranger || suspicion.is_roused(place.end)
    });
    let is_suspicious = is_odd
        || signs.hold(Signs::LETTERS) && sisters::holds_misread(text)
        || signs.hold(Signs::EAST_ASIAN) && holds_picture(text);
    !is_suspicious
}

/// Whether so much in `text` is odd that it may be mojibake which lost something on its way.
pub(crate) fn may_have_lost(text: &str, settings: &Settings) -> bool {
    !settings.are_usual()
        || text.contains('\u{FFFD}')
        || any(text, |_| VERY_ODD, |place| !place.is_stranger) && !is_monotonous(text)
}

/// Whether the same few signs make a long text: a pattern, in which nothing can be said to be lost.
fn is_monotonous(text: &str) -> bool {
    let mut seen = ['\0'; FEW_OF_MANY];
    let (mut others, mut letters) = (0, 0);
    for c in text.chars() {
        if c.is_ascii() {
            letters += usize::from(c.is_ascii_alphabetic());
            continue;
        }
        others += 1;
        if seen.contains(&c) {
            continue;
        }
        let Some(free) = seen.iter_mut().find(|c| **c == '\0') else {
            return false;
        };
        *free = c;
    }
    let different = seen.iter().filter(|c| **c != '\0').count();
    // Of one letter outside ASCII, prose has many: `kylÃÂ¤ssÃÂ¤`.
    let is_prose = letters > others * LETTERS;
    !is_prose && others > if different <= FEW { LONG } else { VERY_LONG }
}

/// An odd place of a text.
struct Place {
    /// The byte behind the last pair.
    end: usize,
    /// A letter by itself, as no word of the languages around it.
    is_stranger: bool,
}

/// Whether any place of `text` is found that is odd: where pairs in a row add up to more than the limit of the line,
/// which goes by the bytes outside ASCII in it, or where a stranger stands.
fn any(text: &str, limit: impl Fn(usize) -> i32, mut is_found: impl FnMut(Place) -> bool) -> bool {
    let Some(pairs) = &PAIRS else {
        return !text.is_ascii();
    };
    let bytes = text.as_bytes();
    let mut said = 0.0;
    let mut line = Line::default();
    let mut at = first_other(bytes);
    while at < bytes.len() {
        if at >= line.end {
            line = Line::at(bytes, at, limit(0));
            said = 0.0;
        }
        let stranger = Place {
            end: at,
            is_stranger: true,
        };
        if is_stranger(bytes, at) && is_found(stranger) {
            return true;
        }
        let mut row = Row {
            rest: bytes.get(at..).unwrap_or_default(),
            sum: Sum {
                before: class_before(pairs, bytes, at),
                said,
            },
            is_over: false,
        };
        while !row.is_over {
            row.add_up(pairs, line.most);
            if row.sum.said > line.most && row.sum.said > line.limit(bytes, &limit) {
                let place = Place {
                    end: bytes.len() - row.rest.len(),
                    is_stranger: false,
                };
                if is_found(place) {
                    return true;
                }
                row.sum.said = 0.0;
            }
        }
        said = row.sum.said;
        at = bytes.len() - row.rest.len() + first_other(row.rest);
    }
    false
}

/// Characters in a row outside ASCII, with those of ASCII between them.
struct Row<'a> {
    /// Those to come.
    rest: &'a [u8],
    sum: Sum,
    is_over: bool,
}

/// What pairs in a row say so far.
#[derive(Clone, Copy)]
struct Sum {
    before: Class,
    /// A float, since the greater of two floats is taken without a branch, which would hang on what pairs say by chance.
    said: f32,
}

impl Sum {
    #[inline]
    fn add(&mut self, pairs: &Pairs, class: Class) {
        let said = self.said + pairs.score(self.before, class) as f32;
        self.said = if said > 0.0 { said } else { 0.0 };
        self.before = class;
    }
}

impl Row<'_> {
    /// Reads on until the row is over or its pairs say more than so much. By itself, so that all that it needs has
    /// registers.
    #[inline(never)]
    fn add_up(&mut self, pairs: &Pairs, most: f32) {
        let (mut rest, mut sum, mut is_over) = (self.rest, self.sum, false);
        while sum.said <= most {
            let class;
            if let Some(other) = pairs.split_other(rest) {
                (class, rest) = other;
            } else {
                // In most scripts the next word begins after one space.
                let ends_line = rest.first().is_none_or(|&byte| byte == b'\n');
                (class, rest) = pairs.split_ascii(rest);
                if ends_line || rest.first().is_none_or(u8::is_ascii) {
                    sum.add(pairs, class);
                    is_over = true;
                    break;
                }
            }
            sum.add(pairs, class);
        }
        *self = Row { rest, sum, is_over };
    }
}

/// A line from its first character outside ASCII on.
#[derive(Default)]
struct Line {
    start: usize,
    end: usize,
    /// What pairs in a row may say at most; less until it matters how much stands outside ASCII.
    most: f32,
    is_counted: bool,
}

impl Line {
    fn at(bytes: &[u8], start: usize, most: i32) -> Line {
        let rest = bytes.get(start..).unwrap_or_default();
        Line {
            start,
            end: start + first_byte(rest, b'\n'),
            most: most as f32,
            is_counted: false,
        }
    }

    fn limit(&mut self, bytes: &[u8], limit: impl Fn(usize) -> i32) -> f32 {
        if !self.is_counted {
            let line = bytes.get(self.start..self.end).unwrap_or_default();
            self.most = limit(count_others(line)) as f32;
            self.is_counted = true;
        }
        self.most
    }
}

/// The class of what stands before a byte.
fn class_before(pairs: &Pairs, bytes: &[u8], at: usize) -> Class {
    let byte = at.checked_sub(1).and_then(|i| bytes.get(i));
    byte.map_or(SPACE, |&byte| pairs.class_of_byte(byte))
}

/// Whether a letter of Cyrillic or of Latin beyond Latin-1 stands alone between words of ASCII: `participer а la`. No
/// language has such words among words of ASCII; letters of Greek are names of things.
fn is_stranger(bytes: &[u8], at: usize) -> bool {
    let Some((before, rest)) = bytes.split_at_checked(at) else {
        return false;
    };
    matches!(rest, [0xC4 | 0xC5 | 0xD0 | 0xD1, _, b' ', b, ..] if b.is_ascii_alphabetic())
        && matches!(before, [.., a, b' '] if a.is_ascii_alphabetic())
}

/// What the pairs of a text say.
#[derive(Default)]
pub(super) struct Said {
    /// Those in a row that say most.
    pub(super) most: i32,
    /// All together.
    sum: i32,
    /// Characters outside ASCII.
    others: usize,
}

impl Said {
    pub(super) fn by(text: &str) -> Said {
        let mut said = Said::default();
        let Some(pairs) = &PAIRS else {
            return said;
        };
        let bytes = text.as_bytes();
        let mut row = 0;
        let mut at = first_other(bytes);
        while at < bytes.len() {
            let mut before = class_before(pairs, bytes, at);
            let mut rest = bytes.get(at..).unwrap_or_default();
            loop {
                let class;
                let mut is_over = false;
                if let Some(other) = pairs.split_other(rest) {
                    (class, rest) = other;
                    said.others += 1;
                } else {
                    (class, rest) = pairs.split_ascii(rest);
                    is_over = rest.first().is_none_or(u8::is_ascii);
                }
                said.add(pairs.score(before, class), &mut row);
                before = class;
                if is_over {
                    break;
                }
            }
            at = bytes.len() - rest.len() + first_other(rest);
        }
        said
    }

    fn add(&mut self, score: i32, row: &mut i32) {
        self.sum += score;
        *row = (*row + score).max(0);
        self.most = self.most.max(*row);
    }

    pub(super) fn by_chars(text: impl Iterator<Item = char>) -> Said {
        let mut said = Said::default();
        let Some(pairs) = &PAIRS else {
            return said;
        };
        let (mut row, mut last, mut before) = (0, ' ', SPACE);
        for c in text.chain([' ']) {
            if !(last.is_ascii() && c.is_ascii()) {
                if last.is_ascii() {
                    before = pairs.class(last);
                }
                let class = pairs.class(c);
                said.add(pairs.score(before, class), &mut row);
                said.others += usize::from(!c.is_ascii());
                before = class;
            }
            last = c;
        }
        said
    }

    /// For each character outside ASCII, on the average.
    pub(super) fn mean(&self) -> f32 {
        self.sum as f32 / self.others.max(1) as f32
    }
}
