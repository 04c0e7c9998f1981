//! What bytes show by their form alone, whatever they say: marks, escape sequences, units of four bytes.

use super::{Charset, Evidence, hz, utf32};
use crate::encoding::Encoding::{self, Gb18030, Iso2022Jp, Iso2022Kr, Utf8, Utf16Be, Utf16Le};

/// Byte order marks: U+FEFF in each Unicode encoding.
const MARKS: &[(Charset, &[u8])] = &[
    (Charset::Encoding(Utf8), b"\xEF\xBB\xBF"),
    (Charset::Utf32Be, b"\0\0\xFE\xFF"),
    (Charset::Utf32Le, b"\xFF\xFE\0\0"),
    (Charset::Encoding(Utf16Le), b"\xFF\xFE"),
    (Charset::Encoding(Utf16Be), b"\xFE\xFF"),
    (Charset::Encoding(Gb18030), b"\x84\x31\x95\x33"),
];

/// The mark that the bytes begin with, and its length.
pub(super) fn mark(bytes: &[u8]) -> Option<(Charset, usize)> {
    MARKS
        .iter()
        // the mark of UTF-32 begins with that of UTF-16
        .filter(|(charset, _)| match charset {
            Charset::Utf32Le | Charset::Utf32Be => bytes.len().is_multiple_of(4),
            _ => true,
        })
        .find(|(_, mark)| bytes.starts_with(mark))
        .map(|&(charset, mark)| (charset, mark.len()))
}

/// The bytes of the byte order mark in a charset.
pub(super) fn mark_of(charset: Charset) -> &'static [u8] {
    MARKS
        .iter()
        .find(|row| row.0 == charset)
        .map_or(&[], |row| row.1)
}

/// What the form of the bytes proves.
pub(super) fn form(bytes: &[u8]) -> Option<(Charset, Evidence)> {
    if bytes.is_ascii() {
        let has = |b: u8| bytes.contains(&b);
        if has(0x1B) && escapes_to_japanese(bytes) {
            return Some((Iso2022Jp.into(), Evidence::Escapes));
        }
        if has(0x1B) && announces_korean(bytes) {
            return Some((Iso2022Kr.into(), Evidence::Escapes));
        }
        if has(b'~') && hz::is_text(bytes) {
            return Some((Charset::Hz, Evidence::Escapes));
        }
    }
    if bytes.len().is_multiple_of(4) && bytes.contains(&0) {
        if utf32::is_text(bytes, u32::from_le_bytes) {
            return Some((Charset::Utf32Le, Evidence::Units));
        }
        if utf32::is_text(bytes, u32::from_be_bytes) {
            return Some((Charset::Utf32Be, Evidence::Units));
        }
    }
    None
}

fn escapes_to_japanese(bytes: &[u8]) -> bool {
    Iso2022Jp
        .decode(bytes)
        .is_ok_and(|text| !text.is_ascii() || bytes.windows(3).any(|w| w == b"\x1B(J"))
}

fn announces_korean(bytes: &[u8]) -> bool {
    let header = b"\x1B$)C";
    bytes.windows(header.len()).any(|w| w == header)
        && Iso2022Kr
            .decode(bytes)
            .is_ok_and(|text| !text.is_ascii() || bytes.starts_with(header))
}

/// Whether these bytes hold controls that text in an encoding with ASCII in its place does not.
pub(super) fn has_controls(bytes: &[u8]) -> bool {
    bytes
        .iter()
        .any(|&b| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0C | 0x1B))
}

/// Characters outside ASCII that are valid UTF-8, and sequences that are not.
#[derive(Clone, Copy, Default)]
pub(super) struct Utf8Count {
    pub(super) valid: usize,
    pub(super) invalid: usize,
}

impl Utf8Count {
    /// Counts until [`ENOUGH_SEQUENCES`] characters are found where all is valid, else up to a bound.
    pub(super) fn of(bytes: &[u8]) -> Utf8Count {
        let characters =
            |text: &str, most| text.chars().filter(|c| !c.is_ascii()).take(most).count();
        if let Ok(text) = std::str::from_utf8(bytes) {
            return Utf8Count {
                valid: characters(text, ENOUGH_SEQUENCES),
                invalid: 0,
            };
        }
        let mut count = Utf8Count::default();
        for chunk in bytes.utf8_chunks().take(MOST_INVALID) {
            count.valid += characters(chunk.valid(), MOST_INVALID);
            count.invalid += usize::from(!chunk.invalid().is_empty());
        }
        count
    }
}

/// Invalid sequences that are looked at before it is clear how common they are.
const MOST_INVALID: usize = 1000;

/// So many characters of UTF-8 do not come about by chance.
pub(super) const ENOUGH_SEQUENCES: usize = 6;

/// Encodings that take part whatever the form.
pub(super) fn is_legacy(encoding: Encoding) -> bool {
    !matches!(encoding, Utf8 | Utf16Be | Utf16Le | Iso2022Jp | Iso2022Kr)
}
