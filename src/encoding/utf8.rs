//! UTF-8, strictly: no overlong forms, no surrogates, nothing above U+10FFFF.

use super::Step;

/// Reads one more byte after the `len` first bytes of `pending`, which begin a character.
#[inline]
pub(super) fn step([a, b, c, _]: [u8; 4], len: u8, byte: u8) -> Step {
    let continues = matches!(byte, 0x80..=0xBF);
    match (len, a) {
        (0, _) => match byte {
            0..=0x7F => Step::Char(char::from(byte)),
            0xC2..=0xF4 => Step::Pending,
            _ => Step::Invalid,
        },
        (1, 0xC2..=0xDF) if continues => character(bits(a, 0x1F) << 6 | bits(byte, 0x3F)),
        (1, 0xE0) => pending_if(matches!(byte, 0xA0..=0xBF)),
        (1, 0xED) => pending_if(matches!(byte, 0x80..=0x9F)),
        (1, 0xF0) => pending_if(matches!(byte, 0x90..=0xBF)),
        (1, 0xF4) => pending_if(matches!(byte, 0x80..=0x8F)),
        (1, 0xE1..) => pending_if(continues),
        (2, 0xE0..=0xEF) if continues => {
            character(bits(a, 0x0F) << 12 | bits(b, 0x3F) << 6 | bits(byte, 0x3F))
        }
        (2, 0xF0..) => pending_if(continues),
        (3, 0xF0..) if continues => character(
            bits(a, 0x07) << 18 | bits(b, 0x3F) << 12 | bits(c, 0x3F) << 6 | bits(byte, 0x3F),
        ),
        _ => Step::Invalid,
    }
}

fn pending_if(valid: bool) -> Step {
    if valid { Step::Pending } else { Step::Invalid }
}

fn bits(byte: u8, mask: u8) -> u32 {
    u32::from(byte & mask)
}

fn character(code: u32) -> Step {
    char::from_u32(code).map_or(Step::Invalid, Step::Char)
}
