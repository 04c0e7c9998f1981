//! Which signs of mishaps stand in a text, as far as single bytes tell: one pass, many bytes at once.

/// A set of signs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Signs(u8);

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

    /// Those in a text.
    pub(crate) fn of(text: &str) -> Signs {
        let (chunks, rest) = text.as_bytes().as_chunks::<32>();
        let in_chunks = chunks.iter().fold(0, |all, chunk| {
            chunk.iter().fold(all, |all, &byte| all | sign(byte))
        });
        let of_byte = |&byte: &u8| OF_BYTES.get(usize::from(byte)).copied().unwrap_or_default();
        Signs(rest.iter().fold(in_chunks, |all, byte| all | of_byte(byte)))
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
const fn sign(byte: u8) -> u8 {
    (byte & 0x80)
        | if byte == b'$' { Signs::DOLLAR.0 } else { 0 }
        | if byte == b'+' { Signs::PLUS.0 } else { 0 }
        | if byte == b'~' { Signs::TILDE.0 } else { 0 }
        | if byte < b'\t' { Signs::CONTROL.0 } else { 0 }
        | if byte == b'(' {
            Signs::PARENTHESIS.0
        } else {
            0
        }
        | if byte == b'?' { Signs::QUESTION.0 } else { 0 }
        | if byte == 0xEF { Signs::FULL_WIDTH.0 } else { 0 }
}

/// The same, looked up: for the few bytes that are too few to be looked at together.
static OF_BYTES: [u8; 256] = {
    let mut signs = [0; 256];
    let (mut left, mut byte): (&mut [u8], u8) = (&mut signs, 0);
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
            ("(", Signs::PARENTHESIS),
            ("?", Signs::QUESTION),
            ("é", Signs::OTHERS),
            ("（", Signs::FULL_WIDTH.or(Signs::OTHERS)),
            ("\t", Signs(0)),
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
