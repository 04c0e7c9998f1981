//! UTF-8, strictly: no overlong forms, no surrogates, nothing above U+10FFFF.

use super::Step;

/// Reads one more byte after `len` bytes that begin a character, the last one lowest in `pending`.
#[inline]
pub(super) fn step(pending: u32, len: u8, byte: u8) -> Step {
    let continues = matches!(byte, 0x80..=0xBF);
    let low = u32::from(byte & 0x3F);
    match (len, pending) {
        (0, _) => match byte {
            0..=0x7F => Step::Char(char::from(byte)),
            0xC2..=0xF4 => Step::Pending,
            _ => Step::Invalid,
        },
        (1, 0xC2..=0xDF) if continues => character((pending & 0x1F) << 6 | low),
        (1, 0xE0) => pending_if(matches!(byte, 0xA0..=0xBF)),
        (1, 0xED) => pending_if(matches!(byte, 0x80..=0x9F)),
        (1, 0xF0) => pending_if(matches!(byte, 0x90..=0xBF)),
        (1, 0xF4) => pending_if(matches!(byte, 0x80..=0x8F)),
        (1, 0xE1..) => pending_if(continues),
        (2, 0xE000..=0xEFFF) if continues => {
            character((pending & 0x0F00) << 4 | (pending & 0x3F) << 6 | low)
        }
        (2, 0xF000..) => pending_if(continues),
        (3, 0xF0_0000..) if continues => character(
            (pending & 0x07_0000) << 2 | (pending & 0x3F00) << 4 | (pending & 0x3F) << 6 | low,
        ),
        _ => Step::Invalid,
    }
}

fn pending_if(valid: bool) -> Step {
    if valid { Step::Pending } else { Step::Invalid }
}

fn character(code: u32) -> Step {
    char::from_u32(code).map_or(Step::Invalid, Step::Char)
}
