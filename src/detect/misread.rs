//! What a word would be, had a common encoding of one byte a character been taken for another.

use super::known::is_common;
use super::plausibility::{word_log_prob, words};
use super::symbols::{is_alphabetic, is_prose_punctuation};
use crate::encoding::Encoding;
use crate::misdecoding::{Misdecoding, prior};
use crate::model::{History, MODEL};
use std::cell::OnceCell;
use std::ops::Range;

/// Encodings that are often taken for others, those of Latin letters first.
const WRITTEN: [Encoding; 16] = [
    Encoding::Windows1250,
    Encoding::Windows1252,
    Encoding::Windows1254,
    Encoding::Windows1257,
    Encoding::Iso8859_2,
    Encoding::Ibm437,
    Encoding::Ibm850,
    Encoding::Ibm852,
    Encoding::Macintosh,
    Encoding::Windows1251,
    Encoding::Windows1253,
    Encoding::Windows1255,
    Encoding::Windows1256,
    Encoding::Koi8U,
    Encoding::Ibm866,
    Encoding::MacCyrillic,
];
/// So many are those.
const LATIN: usize = 9;
/// Those that they are taken for.
const READ: [Encoding; 6] = [
    Encoding::Windows1252,
    Encoding::Windows1250,
    Encoding::Windows1251,
    Encoding::Iso8859_2,
    Encoding::Koi8U,
    Encoding::Macintosh,
];
/// The same, and those that others are taken for now and then.
const READ_SOMETIMES: [Encoding; 8] = [
    Encoding::Windows1252,
    Encoding::Windows1250,
    Encoding::Windows1251,
    Encoding::Iso8859_2,
    Encoding::Koi8U,
    Encoding::Macintosh,
    Encoding::Ibm437,
    Encoding::Ibm850,
];
/// Letters of scripts that none of these has: those of Hebrew, Arabic, India, Thai and others.
const IN_NONE: Range<char> = '\u{0590}'..'\u{1E00}';
/// Nats that a known word is worth.
const KNOWN: f32 = 2.5;
/// Letters of a word that is not known by chance.
const LEAST_KNOWN: usize = 3;
/// Of fewer letters many a sequence is a word of some language.
const LEAST: usize = 4;

/// Whether undoing one of them gains so many nats in a word that costs `stands`, known words counted in and the price of
/// the mis-decoding off.
pub(crate) fn gains(word: &[char], stands: f32, wanted: f32) -> bool {
    if !may_be_misread(word) {
        return false;
    }
    let known = |word: &[char]| KNOWN * known_words(word).count() as f32;
    let wanted = stands + known(word) + wanted;
    let begun = Begun::of(word);
    // Letters of another script beside those of ASCII gain nothing.
    let written = if has_ascii_letters(word) {
        WRITTEN.split_at(LATIN).0
    } else {
        &WRITTEN
    };
    Undone::between(word, written, &READ_SOMETIMES, |c| !c.is_control()).any(|other, cost| {
        let Some(cost) = cost else {
            return false;
        };
        let least = wanted + cost - KNOWN;
        begun
            .log_prob(other, least)
            .is_some_and(|nats| nats >= least && nats - cost + known(other) >= wanted)
    })
}

/// What the model says of each beginning of a word: words that begin alike need not be read again from their start.
struct Begun<'a> {
    word: &'a [char],
    beginnings: Vec<(f32, History)>,
}

impl<'a> Begun<'a> {
    fn of(word: &'a [char]) -> Begun<'a> {
        let mut at = (0.0, History::word_start());
        let mut beginnings = vec![at];
        for &c in word {
            let (nats, history) = MODEL.next(at.1, c);
            at = (at.0 + nats, history);
            beginnings.push(at);
        }
        Begun { word, beginnings }
    }

    /// The same as `word_log_prob` of another word, as long as it does not fall below what is wanted.
    fn log_prob(&self, other: &[char], wanted: f32) -> Option<f32> {
        let same = self.word.iter().zip(other).take_while(|(a, b)| a == b);
        let same = same.count();
        let (mut sum, mut history) = *self.beginnings.get(same)?;
        for &c in other.get(same..)?.iter().chain(&[' ']) {
            if sum < wanted {
                return None;
            }
            let (nats, next) = MODEL.next(history, c);
            sum += nats;
            history = next;
        }
        Some(sum)
    }
}

/// Whether a word of a token is none that is known, and would be one then: `constru’do` would be `construído`.
pub(crate) fn may_be_known(token: &[char]) -> bool {
    unknown(token).any(|run| {
        Undone::between(run, &WRITTEN, &READ, is_alphabetic).any(|other, _| is_known(other))
    })
}

/// The same, and the word would read better. Of the many that a word could be, one is often taken for known by chance.
pub(crate) fn is_known_misread(token: &[char]) -> bool {
    unknown(token).any(|run| {
        let stands = OnceCell::new();
        Undone::of_letters(run, &READ_SOMETIMES).any(|other, _| {
            is_known(other) && word_log_prob(other) > *stands.get_or_init(|| word_log_prob(run))
        })
    })
}

/// Whether a short word would be a known one of small letters in KOI8, read in a code page of Windows.
pub(super) fn is_known_koi8(word: &[char]) -> bool {
    let windows = [Encoding::Windows1251, Encoding::Windows1252];
    Undone::between(word, &[Encoding::Koi8U], &windows, is_alphabetic)
        .any(|other, _| other.iter().all(|c| c.is_lowercase()) && is_known(other))
}

fn is_known(other: &[char]) -> bool {
    other.iter().all(|&c| is_alphabetic(c)) && is_common(other)
}

/// Whether any character outside ASCII is one that those encodings may have.
pub(super) fn may_be_misread(token: &[char]) -> bool {
    token.iter().any(|c| !c.is_ascii() && !IN_NONE.contains(c))
}

fn has_ascii_letters(word: &[char]) -> bool {
    word.iter().any(char::is_ascii_alphabetic)
}

/// The words of a token that hold none that is known.
fn unknown(token: &[char]) -> impl Iterator<Item = &[char]> {
    let inside = |c: &char| !c.is_ascii() || c.is_ascii_alphabetic();
    token
        .split(move |c| !inside(c))
        .filter(|run| run.len() >= LEAST && may_be_misread(run))
        .map(unquoted)
        .filter(|run| run.iter().any(|&c| is_prose_punctuation(c)) || !holds_known_words(run))
}

/// A word without the quotes that open before it and close behind it.
fn unquoted(run: &[char]) -> &[char] {
    match run {
        ['“' | '‘' | '«' | '„', inside @ .., '”' | '’' | '»' | '“'] => inside,
        run => run,
    }
}

fn holds_known_words(run: &[char]) -> bool {
    known_words(run).any(|word| word.len() >= LEAST)
}

fn known_words(run: &[char]) -> impl Iterator<Item = &[char]> {
    words(run)
        .filter_map(|range| run.get(range))
        .filter(|word| word.len() >= LEAST_KNOWN && is_common(word))
}

/// What a word would be, had an encoding been taken for another: each once, though many a pair of them makes the same, but
/// by chance.
struct Undone<'a> {
    word: &'a [char],
    /// Where the word has characters outside ASCII.
    places: Vec<usize>,
    /// What stands there instead: for each other word one after another.
    instead: Vec<char>,
    /// For each other word what the likeliest pair of encodings costs.
    costs: Vec<Option<f32>>,
}

impl<'a> Undone<'a> {
    /// Only letters, as they stand in words: those of Latin beside ASCII, others without.
    fn of_letters(word: &'a [char], read: &[Encoding]) -> Undone<'a> {
        let (latin, others) = WRITTEN.split_at(LATIN);
        let written = if has_ascii_letters(word) {
            latin
        } else {
            others
        };
        Undone::between(word, written, read, is_alphabetic)
    }

    /// Only with what may stand for the characters outside ASCII.
    fn between(
        word: &'a [char],
        written: &[Encoding],
        read: &[Encoding],
        may_be: fn(char) -> bool,
    ) -> Undone<'a> {
        let others = || word.iter().enumerate().filter(|(_, c)| !c.is_ascii());
        let places: Vec<usize> = others().map(|(place, _)| place).collect();
        let mut bytes: Vec<Option<u8>> = Vec::with_capacity(read.len() * places.len());
        for &read in read {
            // What it cannot hold stands, as it does where only a part was misread.
            bytes.extend(others().map(|(_, &c)| byte(read, c)));
        }
        let each = bytes.chunks_exact(places.len().max(1));
        let mut undone = Undone {
            word,
            instead: Vec::with_capacity(16 * places.len()),
            costs: Vec::with_capacity(16),
            places,
        };
        for (i, bytes) in each.clone().enumerate() {
            // What encodings agree on is undone together with the first of them.
            let is_known = each.clone().take(i).any(|before| before == bytes);
            if is_known || bytes.iter().all(Option::is_none) {
                continue;
            }
            let alike = read.iter().zip(each.clone()).filter(|(_, b)| *b == bytes);
            let alike: Vec<Encoding> = alike.map(|(&read, _)| read).collect();
            // Other bytes make other words, but by chance.
            let group = undone.costs.len();
            for &written in written {
                let alike = alike.iter().filter(|&&read| read != written);
                let costs = alike.map(|&read| prior::cost(Misdecoding { written, read }));
                undone.add(group, written, bytes, may_be, || costs.reduce(cheaper));
            }
        }
        undone
    }

    /// Adds what the word is if its bytes are those of an encoding, unless it is the same or among those from `group` on.
    fn add(
        &mut self,
        group: usize,
        written: Encoding,
        bytes: &[Option<u8>],
        may_be: fn(char) -> bool,
        cost: impl FnOnce() -> Option<Option<f32>>,
    ) {
        let known = self.instead.len();
        let mut differs = false;
        for (&place, byte) in self.places.iter().zip(bytes) {
            let stands = self.word.get(place).copied().unwrap_or_default();
            let instead = byte.and_then(|byte| written.decode_byte(byte));
            let instead = instead.unwrap_or(stands);
            differs |= instead != stands;
            self.instead.push(instead);
            if !may_be(instead) {
                self.instead.truncate(known);
                return;
            }
        }
        let (before, new) = self.instead.split_at(known);
        // Most differ in the first character.
        let is_same = |other: &[char]| other.first() == new.first() && other == new;
        let mut others = before.chunks_exact(new.len().max(1)).skip(group);
        let same = others.position(is_same);
        let cost = if differs { cost() } else { None };
        match (cost, same.and_then(|i| self.costs.get_mut(group + i))) {
            (Some(cost), None) => self.costs.push(cost),
            (cost, least) => {
                if let Some((cost, least)) = cost.zip(least) {
                    *least = cheaper(*least, cost);
                }
                self.instead.truncate(known);
            }
        }
    }

    /// Whether any of the other words is wanted.
    fn any(&self, mut is_wanted: impl FnMut(&[char], Option<f32>) -> bool) -> bool {
        let mut other = self.word.to_vec();
        let instead = self.instead.chunks_exact(self.places.len().max(1));
        instead.zip(&self.costs).any(|(instead, &cost)| {
            for (&place, &new) in self.places.iter().zip(instead) {
                if let Some(c) = other.get_mut(place) {
                    *c = new;
                }
            }
            is_wanted(&other, cost)
        })
    }
}

/// The less of two costs, as far as there are any.
fn cheaper(a: Option<f32>, b: Option<f32>) -> Option<f32> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// The byte of a character in an encoding of one byte a character.
fn byte(read: Encoding, c: char) -> Option<u8> {
    match read.encode_char(c)?.as_slice() {
        &[byte] => Some(byte),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_another_encoding_would_make_known_is_suspicious() {
        let cases = [
            ("constru’do,", true),
            ("gesti—", true),
            ("ľivotního", true),
            ("’огда", true),
            ("životního", false),
            ("“gestió”", false),
            ("l’eau", false),
            ("тогда", false),
        ];
        for (word, expected) in cases {
            let chars: Vec<char> = word.chars().collect();
            assert_eq!(may_be_known(&chars), expected, "{word}");
        }
    }
}
