//! CESU-8 (Unicode Technical Report 26): UTF-8 in which characters above U+FFFF are two surrogates of three bytes each, as
//! Oracle, MySQL and Java write it.

use super::Step;

/// Takes a byte. `pending` holds the bytes so far, behind a high surrogate its code.
pub(super) fn push(len: &mut u8, pending: &mut u32, byte: u8) -> Step {
    let before = *pending;
    let code = || before << 6 | u32::from(byte & 0x3F);
    let (step, next, keep) = match (*len, byte) {
        (0, 0..=0x7F) => (Step::Char(char::from(byte)), 0, 0),
        (0, 0xC2..=0xDF) => (Step::Pending, 2, u32::from(byte & 0x1F)),
        (0, 0xE0..=0xEF) => (Step::Pending, 1, u32::from(byte & 0x0F)),
        (1, 0x80..=0xBF) if code() >= 0x20 => (Step::Pending, 2, code()),
        (2, 0x80..=0xBF) => match code() {
            high @ 0xD800..=0xDBFF => (Step::Pending, 3, high),
            other => (character(other), 0, 0),
        },
        (3, 0xED) => (Step::Pending, 4, before),
        (4, 0xB0..=0xBF) => (Step::Pending, 5, code()),
        (5, 0x80..=0xBF) => {
            // Ten bits of the high surrogate, then four and six of the low one.
            let high = before >> 6 & 0x3FF;
            let low = (before & 0x0F) << 6 | u32::from(byte & 0x3F);
            (character(0x1_0000 + (high << 10 | low)), 0, 0)
        }
        _ => (Step::Invalid, 0, 0),
    };
    (*len, *pending) = (next, keep);
    step
}

fn character(code: u32) -> Step {
    char::from_u32(code).map_or(Step::Invalid, Step::Char)
}

pub(super) fn encode(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    for c in text.chars() {
        let mut units = [0; 2];
        match *c.encode_utf16(&mut units) {
            [high, low] => {
                for unit in [high, low] {
                    let [a, b] = [unit >> 6 & 0x3F, unit & 0x3F].map(|bits| bits as u8 | 0x80);
                    out.extend([0xED, a, b]);
                }
            }
            _ => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
    out
}
