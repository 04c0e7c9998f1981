//! UTF-7 (RFC 2152), written as Python writes it.

use super::Step;

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// What is known between two bytes, kept in 32 bits: from below the bits that are left over (fewer than 16), a high
/// surrogate's ten, whether there is one, how many bits are left over, and whether this is base 64.
struct State {
    left: u32,
    high: Option<u32>,
    count: u32,
    base64: bool,
}

impl State {
    const PLAIN: State = State {
        left: 0,
        high: None,
        count: 0,
        base64: false,
    };

    fn unpack(packed: u32) -> State {
        State {
            left: packed & 0x7FFF,
            high: (packed >> 26 & 1 == 1).then_some(packed >> 16 & 0x3FF),
            count: packed >> 27 & 0xF,
            base64: packed >> 31 == 1,
        }
    }

    fn pack(&self) -> u32 {
        self.left
            | self.high.map_or(0, |high| high << 16 | 1 << 26)
            | self.count << 27
            | u32::from(self.base64) << 31
    }

    /// Whether base 64 may end here.
    fn is_whole(&self) -> bool {
        self.high.is_none() && self.count < 6 && self.left == 0
    }
}

/// Takes a byte; `len` is 0 where the text may end.
pub(super) fn push(len: &mut u8, packed: &mut u32, byte: u8) -> Step {
    let mut state = State::unpack(*packed);
    // Right behind the `+` nothing is left over either, but the text may not end.
    let opened = state.base64 && *len == 1 && state.is_whole() && state.count == 0;
    let value = ALPHABET.iter().position(|known| *known == byte);
    let (step, whole) = match (state.base64, byte, value) {
        (false, b'+', _) => {
            state.base64 = true;
            (Step::Pending, false)
        }
        (true, _, Some(value)) => {
            let step = state.add(value as u32);
            let whole = state.is_whole();
            (step, whole)
        }
        (_, 0x80.., _) => (Step::Invalid, true),
        (false, ..) => (Step::Char(char::from(byte)), true),
        (true, b'-', _) if opened => (Step::Char('+'), true),
        (true, ..) if opened || !state.is_whole() => (Step::Invalid, true),
        (true, b'-', _) => (Step::Pending, true),
        (true, ..) => (Step::Char(char::from(byte)), true),
    };
    if step == Step::Invalid || (state.base64 && value.is_none() && byte != b'+') {
        state = State::PLAIN;
    }
    (*len, *packed) = (u8::from(!whole && step != Step::Invalid), state.pack());
    step
}

impl State {
    /// Takes six bits.
    fn add(&mut self, value: u32) -> Step {
        let bits = self.left << 6 | value;
        self.count += 6;
        let Some(rest) = self.count.checked_sub(16) else {
            self.left = bits;
            return Step::Pending;
        };
        let unit = bits >> rest & 0xFFFF;
        (self.left, self.count) = (bits & ((1 << rest) - 1), rest);
        let code = match (self.high.take(), unit) {
            (Some(high), 0xDC00..=0xDFFF) => 0x1_0000 + (high << 10 | unit & 0x3FF),
            (Some(_), _) => return Step::Invalid,
            (None, 0xD800..=0xDBFF) => {
                self.high = Some(unit & 0x3FF);
                return Step::Pending;
            }
            (None, _) => unit,
        };
        char::from_u32(code).map_or(Step::Invalid, Step::Char)
    }
}

/// Whether a byte of ASCII stands for itself.
pub(super) fn is_direct(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | b'\r' | b' '..=b'}') && !matches!(byte, b'+' | b'\\')
}

pub(super) fn encode(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut run = Run::default();
    let mut open = false;
    for c in text.chars() {
        let direct = u8::try_from(c).ok().filter(|byte| is_direct(*byte));
        match direct {
            Some(byte) => {
                if open {
                    run.end(&mut out);
                    if byte == b'-' || ALPHABET.contains(&byte) {
                        out.push(b'-');
                    }
                }
                open = false;
                out.push(byte);
            }
            None if c == '+' && !open => out.extend(b"+-"),
            None => {
                if !open {
                    out.push(b'+');
                }
                open = true;
                for unit in c.encode_utf16(&mut [0; 2]) {
                    run.add(*unit, &mut out);
                }
            }
        }
    }
    if open {
        run.end(&mut out);
        out.push(b'-');
    }
    out
}

/// Bits on their way to base 64.
#[derive(Default)]
struct Run {
    bits: u32,
    count: u32,
}

impl Run {
    fn add(&mut self, unit: u16, out: &mut Vec<u8>) {
        self.bits = self.bits << 16 | u32::from(unit);
        self.count += 16;
        while self.count >= 6 {
            self.count -= 6;
            out.push(digit(self.bits >> self.count));
        }
        self.bits &= (1 << self.count) - 1;
    }

    fn end(&mut self, out: &mut Vec<u8>) {
        if self.count > 0 {
            out.push(digit(self.bits << (6 - self.count)));
        }
        *self = Run::default();
    }
}

fn digit(bits: u32) -> u8 {
    let place = usize::try_from(bits & 0x3F).unwrap_or(0);
    ALPHABET.get(place).copied().unwrap_or(b'A')
}
