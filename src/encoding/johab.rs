//! Johab (code page 1361), which spells Hangul in three groups of five bits and has the rest of KS X 1001 by row.

use super::{EncodedChar, Step, korean};

/// The five bits of each initial consonant, vowel and final consonant, in Unicode's order.
const INITIALS: [u16; 19] = [
    2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20,
];
const VOWELS: [u16; 21] = [
    3, 4, 5, 6, 7, 10, 11, 12, 13, 14, 15, 18, 19, 20, 21, 22, 23, 26, 27, 28, 29,
];
const FINALS: [u16; 28] = [
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 19, 20, 21, 22, 23, 24, 25, 26, 27,
    28, 29,
];
/// The bits that say that there is no initial, vowel, final.
const NO_INITIAL: u16 = 1;
const NO_VOWEL: u16 = 2;
const NO_FINAL: u16 = 1;

/// The same letters standing alone; those that end a syllable, from the second of `FINALS` on.
const INITIAL_LETTERS: &str = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
const FINAL_LETTERS: &str = "ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ";
const FIRST_VOWEL: u32 = 0x314F;

/// Reads Johab: one byte or two. 5C is a backslash.
pub(super) fn sequence(bytes: &[u8]) -> Step {
    match *bytes {
        [a @ 0..=0x7F] => Step::Char(char::from(a)),
        [0x84..=0xD3 | 0xD9..=0xDE | 0xE0..=0xF9] => Step::Pending,
        [a @ 0x84..=0xD3, b] => {
            hangul(u16::from_be_bytes([a, b])).map_or(Step::Invalid, Step::Char)
        }
        [
            a @ (0xD9..=0xDE | 0xE0..=0xF9),
            b @ (0x31..=0x7E | 0x91..=0xFE),
        ] => other(a, b),
        _ => Step::Invalid,
    }
}

/// Writes Johab.
pub(super) fn encode(c: char) -> Option<EncodedChar> {
    let code = u32::from(c);
    let [high, low] = match code {
        0xAC00..=0xD7A3 => {
            let index = usize::try_from(code - 0xAC00).ok()?;
            let (initial, vowel, last) = (index / 588, index / 28 % 21, index % 28);
            word(
                *INITIALS.get(initial)?,
                *VOWELS.get(vowel)?,
                *FINALS.get(last)?,
            )
        }
        0x3131..=0x3163 => letter_bytes(c)?,
        _ => match *korean::encode(c)?.as_slice() {
            [row @ (0xA1..=0xAC | 0xCA..=0xFD), place @ 0xA1..=0xFE] => other_bytes(row, place)?,
            _ => {
                return if c == '₩' {
                    Some(EncodedChar::byte(0x5C))
                } else {
                    None
                };
            }
        },
    };
    Some(EncodedChar::pair([high, low]))
}

fn word(initial: u16, vowel: u16, last: u16) -> [u8; 2] {
    (0x8000 | initial << 10 | vowel << 5 | last).to_be_bytes()
}

/// The syllable or letter of a word of five-bit groups.
fn hangul(word: u16) -> Option<char> {
    let (initial, vowel, last) = (word >> 10 & 31, word >> 5 & 31, word & 31);
    let position = |table: &[u16], bits: u16| table.iter().position(|b| *b == bits);
    match (initial, vowel, last) {
        (NO_INITIAL, NO_VOWEL, NO_FINAL) => Some('\u{3000}'),
        (NO_INITIAL, NO_VOWEL, _) => FINAL_LETTERS
            .chars()
            .nth(position(&FINALS, last)?.checked_sub(1)?),
        (NO_INITIAL, _, NO_FINAL) => {
            char::from_u32(FIRST_VOWEL + u32::try_from(position(&VOWELS, vowel)?).ok()?)
        }
        (_, NO_VOWEL, NO_FINAL) => INITIAL_LETTERS.chars().nth(position(&INITIALS, initial)?),
        _ => {
            let (initial, vowel, last) = (
                position(&INITIALS, initial)?,
                position(&VOWELS, vowel)?,
                position(&FINALS, last)?,
            );
            char::from_u32(0xAC00 + u32::try_from((initial * 21 + vowel) * 28 + last).ok()?)
        }
    }
}

fn letter_bytes(c: char) -> Option<[u8; 2]> {
    if let Some(initial) = INITIAL_LETTERS.chars().position(|letter| letter == c) {
        return Some(word(*INITIALS.get(initial)?, NO_VOWEL, NO_FINAL));
    }
    if let Some(last) = FINAL_LETTERS.chars().position(|letter| letter == c) {
        return Some(word(NO_INITIAL, NO_VOWEL, *FINALS.get(last + 1)?));
    }
    let vowel = usize::try_from(u32::from(c).checked_sub(FIRST_VOWEL)?).ok()?;
    Some(word(NO_INITIAL, *VOWELS.get(vowel)?, NO_FINAL))
}

/// A symbol or hanja: two rows of KS X 1001 share a first byte.
fn other(lead: u8, trail: u8) -> Step {
    let first = if lead < 0xE0 {
        (lead - 0xD9) * 2 + 0xA1
    } else {
        (lead - 0xE0) * 2 + 0xCA
    };
    let place = if trail < 0x91 {
        trail - 0x31
    } else {
        trail - 0x43
    };
    let (row, place) = if place < 94 {
        (first, place)
    } else {
        (first + 1, place - 94)
    };
    match [row, 0xA1 + place] {
        [0xA4, 0xA1..=0xD3] => Step::Invalid, // the letters, which are spelled in bits
        euc => korean::sequence(&euc),
    }
}

fn other_bytes(row: u8, place: u8) -> Option<[u8; 2]> {
    let (row, base) = if row < 0xCA {
        (row - 0xA1, 0xD9)
    } else {
        (row - 0xCA, 0xE0)
    };
    let place = place - 0xA1 + if row % 2 == 1 { 94 } else { 0 };
    Some([
        base + row / 2,
        if place < 0x4E {
            place + 0x31
        } else {
            place + 0x43
        },
    ])
}
