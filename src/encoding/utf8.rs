//! UTF-8, strictly: no overlong forms, no surrogates, nothing above U+10FFFF.

use super::Step;

/// Reads the bytes of at most one character.
pub(super) fn sequence(bytes: &[u8]) -> Step {
    match *bytes {
        [a @ 0..=0x7F] => Step::Char(char::from(a)),
        [0xC2..=0xF4] => Step::Pending,
        [a @ 0xC2..=0xDF, b @ 0x80..=0xBF] => character(bits(a, 0x1F) << 6 | bits(b, 0x3F)),
        [0xE0, 0xA0..=0xBF] | [0xED, 0x80..=0x9F] => Step::Pending,
        [0xE1..=0xEC | 0xEE | 0xEF, 0x80..=0xBF] => Step::Pending,
        [0xF0, 0x90..=0xBF] | [0xF1..=0xF3, 0x80..=0xBF] | [0xF4, 0x80..=0x8F] => Step::Pending,
        [a @ 0xE0..=0xEF, b, c @ 0x80..=0xBF] => {
            character(bits(a, 0x0F) << 12 | bits(b, 0x3F) << 6 | bits(c, 0x3F))
        }
        [0xF0..=0xF4, _, 0x80..=0xBF] => Step::Pending,
        [a @ 0xF0..=0xF4, b, c, d @ 0x80..=0xBF] => character(
            bits(a, 0x07) << 18 | bits(b, 0x3F) << 12 | bits(c, 0x3F) << 6 | bits(d, 0x3F),
        ),
        _ => Step::Invalid,
    }
}

fn bits(byte: u8, mask: u8) -> u32 {
    u32::from(byte & mask)
}

fn character(code: u32) -> Step {
    char::from_u32(code).map_or(Step::Invalid, Step::Char)
}
