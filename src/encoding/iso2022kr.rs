//! ISO-2022-KR (RFC 1557): KS X 1001 in seven bits between SO and SI, announced by a header before the first SO.

use super::{EncodedChar, Step, korean};

const ESCAPE: u8 = 0x1B;
const SHIFT_OUT: u8 = 0x0E;
const SHIFT_IN: u8 = 0x0F;
/// Python writes it before the first SO, others begin the text with it.
const HEADER: &[u8] = b"\x1B$)C";
/// Set where pairs are read; the bytes that wait stand below.
const PAIRS: u32 = 1 << 31;

/// Takes a byte.
pub(super) fn push(len: &mut u8, pending: &mut u32, byte: u8) -> Step {
    let pairs = *pending & PAIRS;
    let waiting = (*pending & !PAIRS) << 8 | u32::from(byte);
    let bytes = waiting.to_be_bytes();
    let first = 3_usize.saturating_sub(usize::from(*len));
    let Some((step, pairs)) = sequence(pairs != 0, bytes.get(first..).unwrap_or_default()) else {
        (*len, *pending) = (*len + 1, pairs | waiting);
        return Step::Pending;
    };
    (*len, *pending) = (0, if pairs { PAIRS } else { 0 });
    step
}

/// Reads the bytes of one character, shift or header, and says whether pairs are read behind them; `None` where they wait
/// for others. Lines after the first have no header, so none is asked for, as in glibc.
fn sequence(pairs: bool, bytes: &[u8]) -> Option<(Step, bool)> {
    Some(match (pairs, bytes) {
        (_, HEADER) => (Step::Pending, pairs),
        (_, [ESCAPE, ..]) if HEADER.starts_with(bytes) => return None,
        (_, [SHIFT_OUT]) => (Step::Pending, true),
        (_, [SHIFT_IN]) => (Step::Pending, false),
        (_, [ESCAPE, ..] | [0x80..=0xFF]) => (Step::Invalid, pairs),
        // A line always begins in ASCII.
        (_, [b'\n']) => (Step::Char('\n'), false),
        (false, [a]) | (true, [a @ 0..=0x20]) => (Step::Char(char::from(*a)), pairs),
        (true, [0x21..=0x7E]) => return None,
        (true, [a @ 0x21..=0x7E, b @ 0x21..=0x7E]) => {
            (korean::sequence(&[a | 0x80, b | 0x80]), pairs)
        }
        _ => (Step::Invalid, pairs),
    })
}

/// Writes a text; what can't be written comes back with its position.
pub(super) fn encode(text: &str) -> Result<Vec<u8>, (usize, char)> {
    let mut out = Vec::with_capacity(text.len());
    let (mut pairs, mut has_header) = (false, false);
    for (position, c) in text.char_indices() {
        if pairs && c.is_ascii() {
            out.push(SHIFT_IN);
            pairs = false;
        }
        match u8::try_from(c) {
            Ok(SHIFT_OUT | SHIFT_IN | ESCAPE) => return Err((position, c)),
            Ok(byte @ 0..=0x7F) => out.push(byte),
            _ => {
                let pair = pair(c).ok_or((position, c))?;
                if !has_header {
                    out.extend(HEADER);
                    has_header = true;
                }
                if !pairs {
                    out.push(SHIFT_OUT);
                    pairs = true;
                }
                out.extend(pair);
            }
        }
    }
    if pairs {
        out.push(SHIFT_IN);
    }
    Ok(out)
}

/// The two bytes of a character of KS X 1001.
fn pair(c: char) -> Option<[u8; 2]> {
    let encoded = korean::encode(c);
    match encoded.as_ref().map(EncodedChar::as_slice) {
        Some(&[a @ 0xA1..=0xFE, b @ 0xA1..=0xFE]) => Some([a & 0x7F, b & 0x7F]),
        _ => None,
    }
}
