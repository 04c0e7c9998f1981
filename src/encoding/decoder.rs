//! Decoding byte by byte, for those who try many readings of the same bytes.

use super::Encoding;
use super::iso2022jp::{self, Shift};

/// What a byte led to.
///
/// ```
/// use unbake::encoding::{Encoding, Step};
///
/// let mut decoder = Encoding::Utf8.decoder();
/// assert_eq!(decoder.push(0xC3), Step::Pending);
/// assert_eq!(decoder.push(0xA9), Step::Char('é'));
/// assert_eq!(decoder.push(0xA9), Step::Invalid);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[must_use]
pub enum Step {
    /// No character yet: the sequence needs more bytes, or it only switched the character set (ISO-2022-JP).
    Pending,
    /// A character is complete.
    Char(char),
    /// Two characters are complete at once: a letter and its accent, in Big5.
    Pair(char, char),
    /// No character of the encoding begins like that. The bytes of the sequence, the last one included, are dropped.
    Invalid,
}

/// Decodes one byte at a time; made by [`Encoding::decoder`]. A copy is a point to come back to.
///
/// ```
/// use unbake::encoding::{Encoding, Step};
///
/// let mut decoder = Encoding::Gbk.decoder();
/// assert_eq!(decoder.push(0xD6), Step::Pending);
/// let saved = decoder;
/// assert_eq!(decoder.push(0xD0), Step::Char('中'));
/// assert!(decoder.is_neutral() && !saved.is_neutral());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CharDecoder {
    encoding: Encoding,
    shift: Shift,
    len: u8,
    /// The bytes of a sequence that is not complete; the rest is zero.
    pending: [u8; 4],
}

impl CharDecoder {
    pub(super) const fn new(encoding: Encoding) -> Self {
        CharDecoder {
            encoding,
            shift: Shift::Ascii,
            len: 0,
            pending: [0; 4],
        }
    }

    /// Takes the next byte.
    ///
    /// ```
    /// use unbake::encoding::{Encoding, Step};
    ///
    /// let mut decoder = Encoding::Windows1251.decoder();
    /// assert_eq!(decoder.push(0xC0), Step::Char('А'));
    /// ```
    #[inline]
    pub fn push(&mut self, byte: u8) -> Step {
        if let Some(page) = self.encoding.page() {
            return Step::Char(page.decode(byte));
        }
        self.push_multi_byte(byte)
    }

    fn push_multi_byte(&mut self, byte: u8) -> Step {
        if let Some(slot) = self.pending.get_mut(usize::from(self.len)) {
            *slot = byte;
            self.len += 1;
        }
        let bytes = self
            .pending
            .get(..usize::from(self.len))
            .unwrap_or_default();
        let step = if self.encoding == Encoding::Iso2022Jp {
            let (step, shift) = iso2022jp::sequence(self.shift, bytes);
            if let Some(shift) = shift {
                *self = CharDecoder {
                    shift,
                    ..CharDecoder::new(self.encoding)
                };
                return step;
            }
            step
        } else {
            self.encoding.sequence(bytes)
        };
        if step != Step::Pending {
            self.len = 0;
            self.pending = [0; 4];
        }
        step
    }

    /// Whether no byte waits for others: the bytes so far are whole characters.
    ///
    /// ```
    /// use unbake::encoding::Encoding;
    ///
    /// let mut decoder = Encoding::Utf8.decoder();
    /// assert!(decoder.is_neutral());
    /// let _ = decoder.push(0xE2);
    /// assert!(!decoder.is_neutral());
    /// ```
    #[must_use]
    pub const fn is_neutral(&self) -> bool {
        self.len == 0
    }
}
