//! Words in which letters of windows-1252 stand for those of its sisters: `decembertõl` is `decembertől`.
//!
//! Pairs of characters say nothing of them, since Estonian, Portuguese and Icelandic have such pairs; words do.

use super::known::is_common;
use super::plausibility::word_log_prob;
use super::seek::pairs;
use crate::encoding::Encoding;

/// In windows-1252 and its sisters of Hungarian and Turkish most letters are the same.
const SISTERS: [Encoding; 2] = [Encoding::Windows1250, Encoding::Windows1254];
/// The byte with which the UTF-8 of letters of windows-1252 begins, and the next one of those that the sisters have others
/// for and text of many languages has: `ÐÕÛÝÞ`, and, one bit apart, `ðõûýþ`.
const LEAD: u8 = 0xC3;
const NEXT: [u8; 5] = [0x90, 0x95, 0x9B, 0x9D, 0x9E];
const SMALL: u8 = 0x20;
/// So many words are not weighed again.
const REMEMBERED: usize = 32;
/// Nats by which a word reads better that was misread.
const GAIN: f32 = 5.0;
/// Letters of a word that says anything, and of the longest that is looked at.
const LEAST: usize = 4;
const MOST: usize = 40;

/// Whether a word of a text is none that is known, and would read better in an encoding that windows-1252 was taken for.
pub(super) fn holds_misread(text: &str) -> bool {
    let mut end = 0;
    let mut weighed: Vec<&str> = Vec::new();
    pairs(text.as_bytes(), is_of_sisters).any(|at| {
        if at < end {
            return false;
        }
        let range = word_around(text, at);
        end = range.end;
        let word = text.get(range).unwrap_or_default();
        if weighed.contains(&word) {
            return false;
        }
        if weighed.len() < REMEMBERED {
            weighed.push(word);
        }
        is_misread(word)
    })
}

/// Whether two bytes are one of those letters.
#[inline]
fn is_of_sisters(lead: u8, next: u8) -> bool {
    let is_next = NEXT
        .iter()
        .fold(false, |any, &one| any | (next & !SMALL == one));
    (lead == LEAD) & is_next
}

/// The letters around a byte, as a range of bytes.
fn word_around(text: &str, at: usize) -> std::ops::Range<usize> {
    let bytes = text.as_bytes();
    let is_end = |byte: &u8| byte.is_ascii() && !byte.is_ascii_alphabetic();
    let before = bytes.get(..at).unwrap_or_default();
    let start = before.iter().rposition(is_end).map_or(0, |end| end + 1);
    let behind = bytes.get(at..).unwrap_or_default();
    start..at + behind.iter().position(is_end).unwrap_or(behind.len())
}

fn is_misread(word: &str) -> bool {
    if word.len() > 2 * MOST {
        return false;
    }
    let letters: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).collect();
    letters.len() >= LEAST
        && !is_common(&letters)
        && SISTERS.iter().any(|&sister| {
            let in_sister = |&c: &char| match Encoding::Windows1252.encode_char(c)?.as_slice() {
                [byte] => sister.decode_byte(*byte),
                _ => None,
            };
            let other: Option<Vec<char>> = letters.iter().map(in_sister).collect();
            other.is_some_and(|other| {
                other != letters && word_log_prob(&other) >= word_log_prob(&letters) + GAIN
            })
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_sisters_are_told_from_those_of_other_languages() {
        let cases = [
            (
                "Az egyik legifjabb kubai termékei decembertõl kaphatók",
                true,
            ),
            ("Gerçekte kim olduðunu biliyorum Gadreel.", true),
            // Estonian, Portuguese, Icelandic, French, and the words as they should be.
            ("Põhja-Eesti põllumehed õppisid", false),
            ("informações e opiniões", false),
            ("það er góður maður", false),
            ("un goût sûr, août", false),
            ("decembertől, olduğunu", false),
        ];
        for (text, expected) in cases {
            assert_eq!(holds_misread(text), expected, "{text}");
        }
    }
}
