//! UTF-16 of either byte order, strictly: surrogates only in pairs.

use super::{EncodedChar, Step};

/// Reads the bytes of at most one character; `word` says the byte order.
pub(super) fn sequence(bytes: &[u8], word: fn([u8; 2]) -> u16) -> Step {
    match *bytes {
        [_] | [_, _, _] => Step::Pending,
        [a, b] => match word([a, b]) {
            0xD800..=0xDBFF => Step::Pending,
            unit => char::from_u32(u32::from(unit)).map_or(Step::Invalid, Step::Char),
        },
        [a, b, c, d] => match char::decode_utf16([word([a, b]), word([c, d])]).next() {
            Some(Ok(character)) => Step::Char(character),
            _ => Step::Invalid,
        },
        _ => Step::Invalid,
    }
}

pub(super) fn encode(c: char, bytes: fn(u16) -> [u8; 2]) -> EncodedChar {
    let mut units = [0; 2];
    match *c.encode_utf16(&mut units) {
        [high, low] => {
            let ([a, b], [c, d]) = (bytes(high), bytes(low));
            EncodedChar::new([a, b, c, d], 4)
        }
        [unit] => EncodedChar::pair(bytes(unit)),
        _ => EncodedChar::pair([0; 2]),
    }
}
