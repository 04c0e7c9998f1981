//! Which signs of mishaps stand in a text, as far as single bytes tell: one pass, many bytes at once.

/// A set of signs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Signs(u16);

/// Bytes that are looked at together.
const LANES: usize = 16;
/// The first byte of full-width parentheses.
const FULL_WIDTH: u8 = 0xEF;
const SHIFT_OUT: u8 = 0x0E;

impl Signs {
    pub(crate) const DOLLAR: Signs = Signs(1);
    pub(crate) const PLUS: Signs = Signs(1 << 1);
    pub(crate) const TILDE: Signs = Signs(1 << 2);
    /// Controls before the tab.
    pub(crate) const CONTROL: Signs = Signs(1 << 3);
    pub(crate) const PARENTHESIS: Signs = Signs(1 << 4);
    pub(crate) const QUESTION: Signs = Signs(1 << 5);
    /// The first byte of full-width parentheses.
    pub(crate) const FULL_WIDTH: Signs = Signs(1 << 6);
    /// Characters outside ASCII.
    pub(crate) const OTHERS: Signs = Signs(1 << 7);
    /// The control that opens the two-byte characters of ISO-2022-KR.
    pub(crate) const SHIFT_OUT: Signs = Signs(1 << 8);

    /// Those in a text.
    pub(crate) fn of(text: &str) -> Signs {
        let (chunks, rest) = text.as_bytes().as_chunks::<64>();
        // Signs that whole scripts are full of are gathered apart; chunks with others are few.
        let (mut high, mut wide) = ([0; LANES], [0; LANES]);
        let mut signs = 0;
        for chunk in chunks {
            let mut few = [0; LANES];
            for lanes in chunk.as_chunks::<LANES>().0 {
                let gathered = high.iter_mut().zip(&mut wide).zip(&mut few);
                for (&byte, ((high, wide), few)) in lanes.iter().zip(gathered) {
                    *high |= byte;
                    *wide |= u8::from(byte == FULL_WIDTH);
                    *few |= u8::from(may_be_one_of_few(byte));
                }
            }
            if few != [0; LANES] {
                signs |= chunk.iter().fold(0, |all, &byte| all | sign(byte));
            }
        }
        let any = |lanes: &[u8; LANES]| lanes.iter().fold(0, |all, &lane| all | lane);
        signs |= u16::from(any(&high)) & Signs::OTHERS.0;
        if any(&wide) != 0 {
            signs |= Signs::FULL_WIDTH.0;
        }
        let of_byte = |&byte: &u8| OF_BYTES.get(usize::from(byte)).copied().unwrap_or_default();
        Signs(rest.iter().fold(signs, |all, byte| all | of_byte(byte)))
    }

    pub(crate) const fn or(self, other: Signs) -> Signs {
        Signs(self.0 | other.0)
    }

    /// Whether any of some is among these.
    pub(crate) const fn hold(self, any: Signs) -> bool {
        self.0 & any.0 != 0
    }

    pub(crate) const fn are_none(self) -> bool {
        self.0 == 0
    }
}

/// The sign that a byte is, without branches.
#[inline]
const fn sign(byte: u8) -> u16 {
    (byte as u16 & Signs::OTHERS.0)
        | if byte == b'$' { Signs::DOLLAR.0 } else { 0 }
        | if byte == b'+' { Signs::PLUS.0 } else { 0 }
        | if byte == b'~' { Signs::TILDE.0 } else { 0 }
        | if byte < b'\t' { Signs::CONTROL.0 } else { 0 }
        | if byte == SHIFT_OUT {
            Signs::SHIFT_OUT.0
        } else {
            0
        }
        | if byte == b'(' {
            Signs::PARENTHESIS.0
        } else {
            0
        }
        | if byte == b'?' { Signs::QUESTION.0 } else { 0 }
        | if byte == FULL_WIDTH {
            Signs::FULL_WIDTH.0
        } else {
            0
        }
}

/// Whether a byte of ASCII may be a sign: true of some that are none, too, since so it takes fewer steps.
#[inline]
const fn may_be_one_of_few(byte: u8) -> bool {
    let is_control = byte < b'\t';
    let is_parenthesis_or_plus = byte & !3 == b'(';
    let is_question_or_tilde = byte & !0x41 == b'>';
    is_control
        | is_parenthesis_or_plus
        | is_question_or_tilde
        | (byte == b'$')
        | (byte == SHIFT_OUT)
}

/// The same, looked up: for the few bytes that are too few to be looked at together.
static OF_BYTES: [u16; 256] = {
    let mut signs = [0; 256];
    let (mut left, mut byte): (&mut [u16], u8) = (&mut signs, 0);
    while let [first, rest @ ..] = left {
        *first = sign(byte);
        byte = byte.wrapping_add(1);
        left = rest;
    }
    signs
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_is_found_wherever_it_stands() {
        let cases = [
            ("$", Signs::DOLLAR),
            ("+", Signs::PLUS),
            ("~", Signs::TILDE),
            ("\u{8}", Signs::CONTROL),
            ("\u{E}", Signs::SHIFT_OUT),
            ("(", Signs::PARENTHESIS),
            ("?", Signs::QUESTION),
            ("é", Signs::OTHERS),
            ("（", Signs::FULL_WIDTH.or(Signs::OTHERS)),
            ("\t", Signs(0)),
            ("\u{F}", Signs(0)),
        ];
        for (sign, expected) in cases {
            for before in 0..70 {
                let text = format!("{}{sign}{}", "a".repeat(before), "b".repeat(before / 2));
                assert_eq!(Signs::of(&text), expected, "{text:?}");
            }
        }
        assert!(Signs::of("Plain text, 100 %.").are_none());
    }
}
