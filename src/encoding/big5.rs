//! Big5 as browsers read it (with HKSCS), and code page 950, which is Big5 as Windows reads it.

use super::reverse::{Reverse, Trail, blocks};
use super::{EncodedChar, Step, whatwg};
use encoding_rs::BIG5;

/// What stands at 8740 to A0FE: browsers read it, but don't write it.
const HKSCS: &str = include_str!("hkscs.txt");
static HKSCS_CODES: Reverse<{ blocks(HKSCS) }> = Reverse::new(HKSCS, Trail::Big5);

/// Eleven symbols that Python's big5 and big5hkscs (from Unicode's BIG5.TXT) read otherwise than browsers and Windows.
/// They are written to the same bytes.
const VARIANTS: [(char, [u8; 2]); 11] = [
    ('\u{2022}', [0xA1, 0x45]), // BULLET for HYPHENATION POINT
    ('\u{FF64}', [0xA1, 0x4E]), // HALFWIDTH IDEOGRAPHIC COMMA for SMALL IDEOGRAPHIC COMMA
    ('\u{203E}', [0xA1, 0xC2]), // OVERLINE for MACRON
    ('\u{223C}', [0xA1, 0xE3]), // TILDE OPERATOR for FULLWIDTH TILDE
    ('\u{2641}', [0xA1, 0xF2]), // EARTH for CIRCLED PLUS
    ('\u{2609}', [0xA1, 0xF3]), // SUN for CIRCLED DOT OPERATOR
    ('\u{FF0F}', [0xA2, 0x41]), // FULLWIDTH SOLIDUS for DIVISION SLASH
    ('\u{FF3C}', [0xA2, 0x42]), // FULLWIDTH REVERSE SOLIDUS for SMALL REVERSE SOLIDUS
    ('\u{00A5}', [0xA2, 0x44]), // YEN SIGN for FULLWIDTH YEN SIGN
    ('\u{00A2}', [0xA2, 0x46]), // CENT SIGN for FULLWIDTH CENT SIGN
    ('\u{00A3}', [0xA2, 0x47]), // POUND SIGN for FULLWIDTH POUND SIGN
];

/// The pairs that stand for a letter and an accent.
const ACCENTED: [(char, char, [u8; 2]); 4] = [
    ('Ê', '\u{304}', [0x88, 0x62]),
    ('Ê', '\u{30C}', [0x88, 0x64]),
    ('ê', '\u{304}', [0x88, 0xA3]),
    ('ê', '\u{30C}', [0x88, 0xA5]),
];

/// Code page 950's user-defined rows: first and last first byte, first second byte, first private-use character.
const USER_DEFINED: [(u8, u8, u8, u16); 4] = [
    (0xFA, 0xFE, 0x40, 0xE000),
    (0x8E, 0xA0, 0x40, 0xE311),
    (0x81, 0x8D, 0x40, 0xEEB8),
    (0xC6, 0xC8, 0xA1, 0xF6B1),
];
/// Pairs in a row.
const ROW: u16 = 157;

/// Reads Big5: one byte or two.
pub(super) fn sequence(bytes: &[u8]) -> Step {
    match *bytes {
        [a @ 0..=0x7F] => Step::Char(char::from(a)),
        [0x81..=0xFE] => Step::Pending,
        [0x81..=0xFE, 0x40..=0x7E | 0xA1..=0xFE] => whatwg::decode(BIG5, bytes),
        _ => Step::Invalid,
    }
}

/// Writes Big5, the part that browsers don't write included.
pub(super) fn encode(c: char) -> Option<EncodedChar> {
    whatwg::encode(BIG5, c)
        .or_else(|| HKSCS_CODES.get(c).map(EncodedChar::pair))
        .or_else(|| variant(c))
}

/// The bytes of a letter and an accent that Big5 has one code for.
pub(super) fn encode_accented(letter: char, accent: char) -> Option<EncodedChar> {
    ACCENTED
        .iter()
        .find(|(l, a, _)| (*l, *a) == (letter, accent))
        .map(|(_, _, bytes)| EncodedChar::pair(*bytes))
}

fn variant(c: char) -> Option<EncodedChar> {
    VARIANTS
        .iter()
        .find(|(variant, _)| *variant == c)
        .map(|(_, bytes)| EncodedChar::pair(*bytes))
}

/// Reads code page 950: one byte or two.
pub(super) fn sequence_cp950(bytes: &[u8]) -> Step {
    match *bytes {
        [0xA3, 0xC0..=0xE0] => Step::Invalid, // control pictures, which came later
        [0xF9, 0xFE] => Step::Char('▓'),
        [lead, trail @ (0x40..=0x7E | 0xA1..=0xFE)] => match user_defined(lead, trail) {
            Some(c) => Step::Char(c),
            None => sequence(bytes),
        },
        _ => sequence(bytes),
    }
}

/// Writes code page 950.
pub(super) fn encode_cp950(c: char) -> Option<EncodedChar> {
    match c {
        '\u{E000}'..='\u{F8FF}' => user_defined_bytes(c),
        '▓' => Some(EncodedChar::pair([0xF9, 0xFE])),
        _ => whatwg::encode(BIG5, c)
            .filter(|encoded| matches!(sequence_cp950(encoded.as_slice()), Step::Char(d) if d == c))
            .or_else(|| variant(c)),
    }
}

/// The private-use character of a user-defined pair.
fn user_defined(lead: u8, trail: u8) -> Option<char> {
    let (first, _, first_trail, base) =
        *USER_DEFINED.iter().find(|(first, last, first_trail, _)| {
            (*first..=*last).contains(&lead) && (lead > *first || trail >= *first_trail)
        })?;
    let place = u16::from(lead - first) * ROW + place(trail) - place(first_trail);
    char::from_u32(u32::from(base + place))
}

fn user_defined_bytes(c: char) -> Option<EncodedChar> {
    let code = u16::try_from(u32::from(c)).ok()?;
    USER_DEFINED
        .iter()
        .find_map(|&(first, last, first_trail, base)| {
            let place = code.checked_sub(base)? + place(first_trail);
            let lead = u8::try_from(u16::from(first) + place / ROW)
                .ok()
                .filter(|lead| *lead <= last)?;
            let place = u8::try_from(place % ROW).ok()?;
            Some(EncodedChar::pair([
                lead,
                if place < 0x3F {
                    0x40 + place
                } else {
                    0x62 + place
                },
            ]))
        })
}

/// Where in its row a second byte stands.
fn place(trail: u8) -> u16 {
    u16::from(if trail < 0xA1 {
        trail - 0x40
    } else {
        trail - 0x62
    })
}
