//! EUC-KR as Windows (code page 949, UHC) and browsers read it.

use super::{EncodedChar, Step, whatwg};
use encoding_rs::EUC_KR;

/// The user-defined rows of code page 949, which browsers reject: first byte, first private-use character.
const USER_DEFINED: [(u8, u16); 2] = [(0xC9, 0xE000), (0xFE, 0xE05E)];

/// Reads EUC-KR: one byte or two.
pub(super) fn sequence(bytes: &[u8]) -> Step {
    match *bytes {
        [a @ 0..=0x7F] => Step::Char(char::from(a)),
        [0x81..=0xFE] => Step::Pending,
        [lead @ (0xC9 | 0xFE), trail @ 0xA1..=0xFE] => {
            let base = USER_DEFINED
                .iter()
                .find(|(row, _)| *row == lead)
                .map_or(0xE000, |(_, base)| *base);
            let code = u32::from(base) + u32::from(trail) - 0xA1;
            char::from_u32(code).map_or(Step::Invalid, Step::Char)
        }
        [0x81..=0xFE, 0x41..=0xFE] => whatwg::decode(EUC_KR, bytes),
        _ => Step::Invalid,
    }
}

/// Writes EUC-KR.
pub(super) fn encode(c: char) -> Option<EncodedChar> {
    match u32::from(c) {
        code @ 0xE000..=0xE0BB => {
            let place = u8::try_from(code - 0xE000).ok()?;
            Some(EncodedChar::pair(if place < 94 {
                [0xC9, 0xA1 + place]
            } else {
                [0xFE, 0xA1 + (place - 94)]
            }))
        }
        _ => whatwg::encode(EUC_KR, c),
    }
}
