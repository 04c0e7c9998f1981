//! Shift_JIS as Windows (code page 932) and browsers read it, and EUC-JP.

use super::reverse::{Reverse, Trail, blocks};
use super::{EncodedChar, Step, known, whatwg};
use encoding_rs::{EUC_JP, SHIFT_JIS};

/// JIS X 0212, behind 8F in EUC-JP: browsers read it, but don't write it.
const JIS0212: &str = include_str!("jis0212.txt");
static JIS0212_CODES: Reverse<{ blocks(JIS0212) }> = Reverse::new(JIS0212, Trail::Euc);

/// Six symbols of row 1 and 2 of JIS X 0208 that Python's and glibc's codecs read otherwise than browsers and Windows,
/// as EUC-JP has them. They are written to the same bytes.
const VARIANTS: [(char, [u8; 2]); 6] = [
    ('\u{301C}', [0xA1, 0xC1]), // WAVE DASH for FULLWIDTH TILDE
    ('\u{2016}', [0xA1, 0xC2]), // DOUBLE VERTICAL LINE for PARALLEL TO
    ('\u{2212}', [0xA1, 0xDD]), // MINUS SIGN for FULLWIDTH HYPHEN-MINUS
    ('\u{00A2}', [0xA1, 0xF1]), // CENT SIGN for FULLWIDTH CENT SIGN
    ('\u{00A3}', [0xA1, 0xF2]), // POUND SIGN for FULLWIDTH POUND SIGN
    ('\u{00AC}', [0xA2, 0xCC]), // NOT SIGN for FULLWIDTH NOT SIGN
];

/// Bytes that Windows reads as characters and that browsers reject. Python's cp932 agrees on FD to FF, but has U+F8F0 for A0;
/// which of the two Windows reads was not checked, so both are written back to A0.
const WINDOWS_ONLY: [(u8, char); 4] = [
    (0xA0, '\u{A0}'),
    (0xFD, '\u{F8F1}'),
    (0xFE, '\u{F8F2}'),
    (0xFF, '\u{F8F3}'),
];

/// What Python reads for A0 in Shift_JIS.
const PYTHON_A0: char = '\u{F8F0}';

/// Pairs in a row of Shift_JIS.
const ROW: u32 = 188;

/// Reads Shift_JIS: one byte or two.
pub(super) fn sequence_shift_jis(bytes: &[u8]) -> Step {
    match *bytes {
        [a @ 0..=0x80] => Step::Char(char::from(a)),
        [a @ 0xA1..=0xDF] => Step::Char(halfwidth(a)),
        [0x81..=0x9F | 0xE0..=0xFC] => Step::Pending,
        [a] => WINDOWS_ONLY
            .iter()
            .find(|(byte, _)| *byte == a)
            .map_or(Step::Invalid, |(_, c)| Step::Char(*c)),
        [0x81..=0x9F | 0xE0..=0xFC, 0x40..=0x7E | 0x80..=0xFC] => whatwg::decode(SHIFT_JIS, bytes),
        _ => Step::Invalid,
    }
}

/// Writes Shift_JIS; of two codes for a character that which Windows and browsers write.
pub(super) fn encode_shift_jis(c: char) -> Option<EncodedChar> {
    match c {
        '\u{E000}'..='\u{E757}' => {
            let place = u32::from(c) - 0xE000;
            let lead = 0xF0 + u8::try_from(place / ROW).ok()?;
            let trail = u8::try_from(place % ROW).ok()?;
            Some(EncodedChar::pair([
                lead,
                if trail < 0x3F {
                    0x40 + trail
                } else {
                    0x41 + trail
                },
            ]))
        }
        _ => whatwg::encode_known(SHIFT_JIS, &known::SHIFT_JIS, c)
            .or_else(|| {
                WINDOWS_ONLY
                    .iter()
                    .find(|(_, d)| *d == c)
                    .map(|(byte, _)| EncodedChar::byte(*byte))
            })
            .or_else(|| (c == PYTHON_A0).then_some(EncodedChar::byte(0xA0)))
            .or_else(|| variant(c).map(shifted)),
    }
}

/// Reads EUC-JP: one byte, two, or three after 8F.
pub(super) fn sequence_euc_jp(bytes: &[u8]) -> Step {
    match *bytes {
        [a @ 0..=0x7F] => Step::Char(char::from(a)),
        [0x8E | 0x8F | 0xA1..=0xFE] | [0x8F, 0xA1..=0xFE] => Step::Pending,
        [0x8E, b @ 0xA1..=0xDF] => Step::Char(halfwidth(b)),
        [0xA1..=0xFE, 0xA1..=0xFE] | [0x8F, 0xA1..=0xFE, 0xA1..=0xFE] => {
            whatwg::decode(EUC_JP, bytes)
        }
        _ => Step::Invalid,
    }
}

/// Writes EUC-JP: JIS X 0208 where it has the character, else JIS X 0212.
pub(super) fn encode_euc_jp(c: char) -> Option<EncodedChar> {
    whatwg::encode_known(EUC_JP, &known::EUC_JP, c)
        .or_else(|| {
            JIS0212_CODES
                .get(c)
                .map(|[a, b]| EncodedChar::new([0x8F, a, b, 0], 3))
        })
        .or_else(|| variant(c).map(EncodedChar::pair))
}

fn variant(c: char) -> Option<[u8; 2]> {
    VARIANTS
        .iter()
        .find(|(variant, _)| *variant == c)
        .map(|(_, bytes)| *bytes)
}

/// The Shift_JIS bytes of a pair of EUC-JP.
fn shifted([a, b]: [u8; 2]) -> EncodedChar {
    let (row, place) = (a.wrapping_sub(0xA1), b.wrapping_sub(0xA1));
    let lead = if row < 62 {
        0x81 + row / 2
    } else {
        0xC1 + row / 2
    };
    let trail = if row % 2 == 1 {
        place + 0x9F
    } else if place < 0x3F {
        place + 0x40
    } else {
        place + 0x41
    };
    EncodedChar::pair([lead, trail])
}

/// The half-width katakana of a byte from A1 to DF.
pub(super) fn halfwidth(byte: u8) -> char {
    char::from_u32(0xFEC0 + u32::from(byte)).unwrap_or(char::REPLACEMENT_CHARACTER)
}
