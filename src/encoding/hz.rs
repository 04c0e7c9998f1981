//! HZ (RFC 1843): GB 2312 in seven bits between `~{` and `~}`.

use super::{EncodedChar, Step, gb};

/// Set where pairs are read; the byte that waits stands below.
const PAIRS: u32 = 1 << 31;

/// Takes a byte.
pub(super) fn push(len: &mut u8, pending: &mut u32, byte: u8) -> Step {
    let pairs = *pending & PAIRS;
    let waiting = (*len > 0).then_some(pending.to_be_bytes()[3]);
    let (step, next, wait) = match (pairs != 0, waiting, byte) {
        (_, None, b'~') => (Step::Pending, pairs, Some(byte)),
        (false, None, 0..=0x7F) => (Step::Char(char::from(byte)), 0, None),
        (false, Some(_), b'~') => (Step::Char('~'), 0, None),
        (false, Some(_), b'{') => (Step::Pending, PAIRS, None),
        // A line break that is none.
        (false, Some(_), b'\n') => (Step::Pending, 0, None),
        // A line always begins in ASCII.
        (true, None, b'\n') => (Step::Char('\n'), 0, None),
        (true, None, 0x21..=0x77) => (Step::Pending, PAIRS, Some(byte)),
        (true, Some(b'~'), b'}') => (Step::Pending, 0, None),
        (true, Some(first @ 0x21..=0x77), 0x21..=0x7E) => {
            let step = gb::sequence(&[first | 0x80, byte | 0x80]);
            (step, PAIRS, None)
        }
        _ => (Step::Invalid, 0, None),
    };
    *len = u8::from(wait.is_some());
    *pending = next | wait.map_or(0, u32::from);
    step
}

/// Writes a text; what can't be written comes back with its position.
pub(super) fn encode(text: &str) -> Result<Vec<u8>, (usize, char)> {
    let mut out = Vec::with_capacity(text.len());
    let mut pairs = false;
    for (position, c) in text.char_indices() {
        if pairs == c.is_ascii() {
            out.extend(if pairs { b"~}" } else { b"~{" });
            pairs = !pairs;
        }
        match u8::try_from(c) {
            Ok(b'~') => out.extend(b"~~"),
            Ok(byte @ 0..=0x7F) => out.push(byte),
            _ => {
                let encoded = gb::encode(c);
                match encoded.as_ref().map(EncodedChar::as_slice) {
                    Some(&[a @ 0xA1..=0xF7, b @ 0xA1..=0xFE]) => out.extend([a & 0x7F, b & 0x7F]),
                    _ => return Err((position, c)),
                }
            }
        }
    }
    if pairs {
        out.extend(b"~}");
    }
    Ok(out)
}
