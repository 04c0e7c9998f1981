//! What a word would be, had a common encoding of one byte a character been taken for another.

use super::known::is_common;
use super::plausibility::{word_log_prob, words};
use super::symbols::{is_alphabetic, is_prose_punctuation};
use crate::encoding::Encoding;

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
/// Nats by which a word reads better then.
const BETTER: f32 = 3.0;
/// Of fewer letters many a sequence is a word of some language.
const LEAST: usize = 4;

/// Whether a word would read better then.
pub(crate) fn may_read_better(word: &[char]) -> bool {
    let stands = word_log_prob(word);
    undone(word, |other| {
        let written = other.iter().all(|c| c.is_ascii() || !c.is_control());
        written && word_log_prob(other) > stands + BETTER
    })
}

/// Whether a word of a token is none that is known, and would be one then: `constru’do` would be `construído`.
pub(crate) fn may_be_known(token: &[char]) -> bool {
    let inside = |c: &char| !c.is_ascii() || c.is_ascii_alphabetic();
    token
        .split(|c| !inside(c))
        .filter(|run| run.len() >= LEAST && !run.iter().all(char::is_ascii))
        .map(unquoted)
        .filter(|run| run.iter().any(|&c| is_prose_punctuation(c)) || !holds_known_words(run))
        .any(|run| {
            undone(run, |other| {
                other.iter().all(|&c| is_alphabetic(c)) && is_common(other)
            })
        })
}

/// A word without the quotes that open before it and close behind it.
fn unquoted(run: &[char]) -> &[char] {
    match run {
        ['“' | '‘' | '«' | '„', inside @ .., '”' | '’' | '»' | '“'] => inside,
        run => run,
    }
}

fn holds_known_words(run: &[char]) -> bool {
    words(run)
        .filter_map(|range| run.get(range))
        .any(|word| word.len() >= LEAST && is_common(word))
}

/// Whether any pair of encodings makes of a word what is wanted.
fn undone(word: &[char], is_wanted: impl Fn(&[char]) -> bool) -> bool {
    let mut other: Vec<char> = Vec::with_capacity(word.len());
    READ.iter().any(|read| {
        // What it cannot hold stands, as it does where only a part was misread.
        let byte = |c: char| match read.encode_char(c)?.as_slice() {
            &[byte] if !c.is_ascii() => Some(byte),
            _ => None,
        };
        word.iter().any(|&c| byte(c).is_some())
            && WRITTEN
                .iter()
                .filter(|&written| written != read)
                .any(|written| {
                    let undone =
                        |&c: &char| byte(c).and_then(|b| written.decode_byte(b)).unwrap_or(c);
                    other.clear();
                    other.extend(word.iter().map(undone));
                    other != word && is_wanted(&other)
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
