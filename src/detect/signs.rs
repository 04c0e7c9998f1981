//! Which signs of mishaps stand in a text, as far as single bytes tell: one pass, many bytes at once.

/// A set of signs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Signs(u16);

/// Bytes that are looked at together.
type Chunk = [u8; CHUNK];
const CHUNK: usize = 64;
const LANES: usize = 16;
/// The first byte of the letters of Latin-1 from `À` on.
const LETTER: u8 = 0xC3;
/// The first byte of the characters of East Asia from U+3000 on: what lies above begins with greater ones.
const EAST_ASIAN: u8 = 0xE3;
/// The same of full-width signs.
const FULL_WIDTH: u8 = 0xEF;
const SHIFT_OUT: u8 = 0x0E;

impl Signs {
    pub(crate) const NONE: Signs = Signs(0);
    /// `$B` or `$@`. Of these three, in a short text the first byte is taken for both.
    pub(crate) const DOLLAR: Signs = Signs(1);
    /// `+` and a digit of base 64.
    pub(crate) const PLUS: Signs = Signs(1 << 1);
    /// `~{` or `~}`.
    pub(crate) const TILDE: Signs = Signs(1 << 2);
    /// Controls before the tab.
    pub(crate) const CONTROL: Signs = Signs(1 << 3);
    pub(crate) const PARENTHESIS: Signs = Signs(1 << 4);
    pub(crate) const QUESTION: Signs = Signs(1 << 5);
    /// Full-width parentheses, or other characters from U+F000 on.
    pub(crate) const FULL_WIDTH: Signs = Signs(1 << 6);
    /// Characters outside ASCII.
    pub(crate) const OTHERS: Signs = Signs(1 << 7);
    /// Letters of Latin-1 from `À` on.
    pub(crate) const LETTERS: Signs = Signs(1 << 8);
    /// Characters from U+3000 on.
    pub(crate) const EAST_ASIAN: Signs = Signs(1 << 9);
    /// The control that opens the two-byte characters of ISO-2022-KR.
    pub(crate) const SHIFT_OUT: Signs = Signs(1 << 10);

    /// Those that are looked for in each part of a text.
    const DECISIVE: Signs = Signs::DOLLAR
        .or(Signs::TILDE)
        .or(Signs::CONTROL)
        .or(Signs::SHIFT_OUT);
    const ONLY_IN_OTHERS: Signs = Signs::OTHERS
        .or(Signs::LETTERS)
        .or(Signs::EAST_ASIAN)
        .or(Signs::FULL_WIDTH);

    /// Those in a text.
    pub(crate) fn of(text: &str) -> Signs {
        let bytes = text.as_bytes();
        // What is left over at the end is looked at together with what stands before.
        let Some(last) = bytes.last_chunk() else {
            let of_byte = |byte: &u8| OF_BYTES.get(usize::from(*byte)).copied();
            let signs = bytes.iter().filter_map(of_byte);
            return signs.fold(Signs::NONE, Signs::or);
        };
        let mut signs = of_chunk(last, b' ');
        let mut left: &[Chunk] = bytes.as_chunks().0;
        while let [chunk, rest @ ..] = left {
            let next = rest.as_flattened().first().copied().unwrap_or(b' ');
            let found = of_chunk(chunk, next);
            signs = signs.or(found);
            // Behind ASCII there is more of it.
            let is_plain = |chunk: &&Chunk| !found.hold(Signs::OTHERS) && is_plain(chunk);
            let plain = rest.iter().take_while(is_plain).count();
            left = rest.get(plain..).unwrap_or_default();
        }
        signs
    }

    /// Those in a part of a text that has these. It may be said to have some more of them than it has, since most only say
    /// that a closer look is needed.
    pub(crate) fn of_part(self, part: &str) -> Signs {
        if self.hold(Signs::DECISIVE) {
            Signs::of(part)
        } else if part.is_ascii() {
            self.without(Signs::ONLY_IN_OTHERS)
        } else {
            self
        }
    }

    pub(crate) const fn without(self, others: Signs) -> Signs {
        Signs(self.0 & !others.0)
    }

    #[inline]
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

/// The signs in some bytes, given the next one.
fn of_chunk(bytes: &Chunk, next: u8) -> Signs {
    if !bytes.is_ascii() {
        return of_others(bytes, next);
    }
    if is_plain(bytes) {
        Signs::NONE
    } else {
        printed_or_controls(bytes, next)
    }
}

/// The signs in bytes that are not all ASCII.
#[inline(never)]
fn of_others(bytes: &Chunk, next: u8) -> Signs {
    let (mut greatest, mut letters, mut few) = ([0; LANES], [0; LANES], [0; LANES]);
    for lanes in bytes.as_chunks::<LANES>().0 {
        let gathered = greatest.iter_mut().zip(&mut letters).zip(&mut few);
        for (&byte, ((greatest, letters), few)) in lanes.iter().zip(gathered) {
            *greatest = byte.max(*greatest);
            *letters |= u8::from(byte == LETTER);
            *few |= u8::from(is_control(byte) | may_be_one(byte));
        }
    }
    let mut signs = of_greatest(greatest.iter().fold(0, |all, &byte| byte.max(all)));
    if letters != [0; LANES] {
        signs = signs.or(Signs::LETTERS);
    }
    if few != [0; LANES] {
        signs = signs.or(printed_or_controls(bytes, next));
    }
    signs
}

/// What the greatest byte says.
const fn of_greatest(byte: u8) -> Signs {
    match byte {
        FULL_WIDTH.. => Signs::OTHERS.or(Signs::EAST_ASIAN).or(Signs::FULL_WIDTH),
        EAST_ASIAN.. => Signs::OTHERS.or(Signs::EAST_ASIAN),
        0x80.. => Signs::OTHERS,
        _ => Signs::NONE,
    }
}

/// The signs in ASCII.
fn printed_or_controls(bytes: &Chunk, next: u8) -> Signs {
    of_any(bytes, is_control, Signs::CONTROL)
        .or(of_any(bytes, |byte| byte == SHIFT_OUT, Signs::SHIFT_OUT))
        .or(of_any(bytes, |byte| byte == b'(', Signs::PARENTHESIS))
        .or(of_any(bytes, |byte| byte == b'?', Signs::QUESTION))
        .or(of_pair(bytes, next, b'$', is_letter_of_jis, Signs::DOLLAR))
        .or(of_pair(bytes, next, b'~', is_brace, Signs::TILDE))
        .or(of_pair(bytes, next, b'+', is_digit, Signs::PLUS))
}

/// A sign if a byte stands before one of some others.
#[inline]
fn of_pair(bytes: &Chunk, next: u8, first: u8, is_second: fn(u8) -> bool, sign: Signs) -> Signs {
    let is_pair = |pair: &[u8]| matches!(pair, &[a, b] if a == first && is_second(b));
    let is_there = holds(bytes, |byte| byte == first)
        && (bytes.windows(2).any(is_pair) || bytes.ends_with(&[first]) && is_second(next));
    if is_there { sign } else { Signs::NONE }
}

const fn is_letter_of_jis(byte: u8) -> bool {
    matches!(byte, b'B' | b'@')
}

const fn is_brace(byte: u8) -> bool {
    matches!(byte, b'{' | b'}')
}

/// Whether a byte is a digit of base 64.
const fn is_digit(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/')
}

/// A sign if any of some bytes is one.
#[inline]
fn of_any(bytes: &Chunk, is_one: impl Fn(u8) -> bool, sign: Signs) -> Signs {
    if holds(bytes, is_one) {
        sign
    } else {
        Signs::NONE
    }
}

/// Whether all bytes are ASCII, and none of them a sign.
#[inline]
fn is_plain(bytes: &Chunk) -> bool {
    // Signed, what is not ASCII is less than a control, so that one question does for both.
    !any(bytes, |byte| (byte.cast_signed() < 9) | may_be_one(byte))
}

/// Whether any of some bytes is sought. By itself: of several such questions in one function the compiler makes one
/// tangle, which takes many steps.
#[inline(never)]
fn holds(bytes: &Chunk, is_sought: impl Fn(u8) -> bool) -> bool {
    any(bytes, is_sought)
}

/// The same. Without an early end, so that the bytes are looked at as a whole.
#[inline(always)]
fn any(bytes: &Chunk, is_sought: impl Fn(u8) -> bool) -> bool {
    bytes.iter().fold(false, |any, &byte| any | is_sought(byte))
}

/// Whether a byte is a control before the tab.
#[inline]
const fn is_control(byte: u8) -> bool {
    byte < b'\t'
}

/// Whether a byte may be a sign other than a control before the tab: true of some that are none, too, since so it takes fewer steps.
#[inline]
const fn may_be_one(byte: u8) -> bool {
    let is_parenthesis_or_plus = byte & !3 == b'(';
    let is_question_or_tilde = byte & !0x41 == b'>';
    is_parenthesis_or_plus | is_question_or_tilde | (byte == b'$') | (byte == SHIFT_OUT)
}

/// The signs that a byte is, for those that are too few to be looked at together.
static OF_BYTES: [Signs; 256] = {
    let mut signs = [Signs::NONE; 256];
    let (mut left, mut byte): (&mut [Signs], u8) = (&mut signs, 0);
    while let [first, rest @ ..] = left {
        *first = of_byte(byte);
        byte = byte.wrapping_add(1);
        left = rest;
    }
    signs
};

const fn of_byte(byte: u8) -> Signs {
    match byte {
        b'$' => Signs::DOLLAR,
        b'+' => Signs::PLUS,
        b'~' => Signs::TILDE,
        b'(' => Signs::PARENTHESIS,
        b'?' => Signs::QUESTION,
        SHIFT_OUT => Signs::SHIFT_OUT,
        LETTER => Signs::OTHERS.or(Signs::LETTERS),
        _ if is_control(byte) => Signs::CONTROL,
        _ => of_greatest(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_is_found_wherever_it_stands() {
        let cases = [
            ("$B", Signs::DOLLAR),
            ("$@", Signs::DOLLAR),
            ("+A", Signs::PLUS),
            ("++", Signs::PLUS),
            ("~{", Signs::TILDE),
            ("~}", Signs::TILDE),
            ("\u{8}", Signs::CONTROL),
            ("\u{E}", Signs::SHIFT_OUT),
            ("(", Signs::PARENTHESIS),
            ("?", Signs::QUESTION),
            ("é", Signs::OTHERS.or(Signs::LETTERS)),
            ("я", Signs::OTHERS),
            ("’", Signs::OTHERS),
            ("あ", Signs::OTHERS.or(Signs::EAST_ASIAN)),
            (
                "（",
                Signs::FULL_WIDTH.or(Signs::OTHERS).or(Signs::EAST_ASIAN),
            ),
            ("\t", Signs::NONE),
            ("\u{F}", Signs::NONE),
        ];
        for (sign, expected) in cases {
            for before in 0..300 {
                let text = format!("{}{sign}{}", "a".repeat(before), "b".repeat(before / 2));
                assert_eq!(Signs::of(&text), expected, "{text:?}");
            }
        }
        assert!(Signs::of("Plain text, 100 %.").are_none());
        let prices = "From $10 (~ 9 €), and + 2 for what is sent to another country; see there.";
        let found = Signs::of(prices);
        let codes = Signs::DOLLAR.or(Signs::TILDE).or(Signs::PLUS);
        assert!(found.hold(Signs::PARENTHESIS) && !found.hold(codes));
    }

    #[test]
    fn a_part_has_what_stands_in_it() {
        let parts = ["plain", "(one)", "é", "あ", "5 $", "a\0"];
        for text in parts
            .iter()
            .flat_map(|a| parts.map(|b| format!("{a}\n{b}")))
        {
            for part in text.lines() {
                let (found, expected) = (Signs::of(&text).of_part(part), Signs::of(part));
                assert_eq!(found.or(expected), found, "{text:?}");
                let exact = Signs::DECISIVE.or(Signs::OTHERS).0;
                assert_eq!(found.0 & exact, expected.0 & exact, "{text:?}");
            }
        }
    }
}
