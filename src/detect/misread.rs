//! What a word would be, had a common encoding of one byte a character been taken for another.

use super::known::is_common;
use super::plausibility::{word_log_prob, words};
use super::symbols::{is_alphabetic, is_prose_punctuation};
use crate::encoding::Encoding;
use crate::misdecoding::{Misdecoding, prior};
use crate::model::{History, MODEL};

/// Encodings that are often taken for others, and those others.
const WRITTEN: [Encoding; 16] = [
    Encoding::Windows1250,
    Encoding::Windows1251,
    Encoding::Windows1252,
    Encoding::Windows1253,
    Encoding::Windows1254,
    Encoding::Windows1255,
    Encoding::Windows1256,
    Encoding::Windows1257,
    Encoding::Iso8859_2,
    Encoding::Koi8U,
    Encoding::Ibm437,
    Encoding::Ibm850,
    Encoding::Ibm852,
    Encoding::Ibm866,
    Encoding::Macintosh,
    Encoding::MacCyrillic,
];
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
/// Nats that a known word is worth.
const KNOWN: f32 = 2.5;
/// Letters of a word that is not known by chance.
const LEAST_KNOWN: usize = 3;
/// Of fewer letters many a sequence is a word of some language.
const LEAST: usize = 4;

/// Whether undoing one of them gains so many nats in a word that costs `stands`, known words counted in and the price of
/// the mis-decoding off.
pub(crate) fn gains(word: &[char], stands: f32, wanted: f32) -> bool {
    let known = |word: &[char]| KNOWN * known_words(word).count() as f32;
    let wanted = stands + known(word) + wanted;
    let begun = Begun::of(word);
    undone(word, &READ_SOMETIMES, |other, misdecoding| {
        let is_written = other.iter().all(|c| c.is_ascii() || !c.is_control());
        let Some(cost) = prior::cost(misdecoding).filter(|_| is_written) else {
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
    unknown(token).any(|run| undone(run, &READ, |other, _| is_known(other)))
}

/// The same, and the word would read better. Of the many that a word could be, one is often taken for known by chance.
pub(crate) fn is_known_misread(token: &[char]) -> bool {
    unknown(token).any(|run| {
        let stands = word_log_prob(run);
        undone(run, &READ_SOMETIMES, |other, _| {
            is_known(other) && word_log_prob(other) > stands
        })
    })
}

/// Whether a short word would be a known one of small letters in KOI8, read in a code page of Windows.
pub(super) fn is_known_koi8(word: &[char]) -> bool {
    undone(
        word,
        &[Encoding::Windows1251, Encoding::Windows1252],
        |other, misdecoding| {
            misdecoding.written == Encoding::Koi8U
                && other.iter().all(|c| c.is_lowercase())
                && is_known(other)
        },
    )
}

fn is_known(other: &[char]) -> bool {
    other.iter().all(|&c| is_alphabetic(c)) && is_common(other)
}

/// The words of a token that hold none that is known.
fn unknown(token: &[char]) -> impl Iterator<Item = &[char]> {
    let inside = |c: &char| !c.is_ascii() || c.is_ascii_alphabetic();
    token
        .split(move |c| !inside(c))
        .filter(|run| run.len() >= LEAST && !run.iter().all(char::is_ascii))
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

/// Whether any pair of encodings makes of a word what is wanted.
fn undone(
    word: &[char],
    read: &[Encoding],
    mut is_wanted: impl FnMut(&[char], Misdecoding) -> bool,
) -> bool {
    let mut bytes: Vec<Option<u8>> = Vec::with_capacity(word.len());
    let mut other: Vec<char> = Vec::with_capacity(word.len());
    read.iter().any(|&read| {
        // What it cannot hold stands, as it does where only a part was misread.
        let byte = |&c: &char| match read.encode_char(c)?.as_slice() {
            &[byte] if !c.is_ascii() => Some(byte),
            _ => None,
        };
        bytes.clear();
        bytes.extend(word.iter().map(byte));
        bytes.iter().any(Option::is_some)
            && WRITTEN
                .iter()
                .filter(|&&written| written != read)
                .any(|&written| {
                    let undone = |(&c, byte): (&char, &Option<u8>)| {
                        byte.and_then(|b| written.decode_byte(b)).unwrap_or(c)
                    };
                    other.clear();
                    other.extend(word.iter().zip(&bytes).map(undone));
                    other != word && is_wanted(&other, Misdecoding { written, read })
                })
    })
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
