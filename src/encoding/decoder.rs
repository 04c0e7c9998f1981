//! Decoding byte by byte, for those who try many readings of the same bytes.

use super::iso2022jp::{self, Shift};
use super::{Encoding, cesu8, hz, iso2022kr, utf7, utf8};

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
    /// No character yet: the sequence needs more bytes, or it only switched the character set (ISO-2022).
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
    /// The bytes of a sequence that is not complete, `len` of them, the last one lowest. (Read and written as
    /// a whole: single bytes in an array would cost a stall each.)
    pending: u32,
}

impl CharDecoder {
    pub(super) const fn new(encoding: Encoding) -> Self {
        CharDecoder {
            encoding,
            shift: Shift::Ascii,
            len: 0,
            pending: 0,
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
        if self.encoding == Encoding::Utf8 {
            let step = utf8::step(self.pending, self.len, byte);
            self.keep_if_pending(step, byte);
            return step;
        }
        match self.encoding.page() {
            Some(page) => Step::Char(page.decode(byte)),
            None => self.push_multi_byte(byte),
        }
    }

    fn push_multi_byte(&mut self, byte: u8) -> Step {
        let push = match self.encoding {
            Encoding::Utf7 => utf7::push,
            Encoding::Cesu8 => cesu8::push,
            Encoding::Hz => hz::push,
            Encoding::Iso2022Kr => iso2022kr::push,
            _ => return self.push_sequence(byte),
        };
        push(&mut self.len, &mut self.pending, byte)
    }

    fn push_sequence(&mut self, byte: u8) -> Step {
        let bytes = (self.pending << 8 | u32::from(byte)).to_be_bytes();
        let bytes = bytes
            .get(3_usize.saturating_sub(usize::from(self.len))..)
            .unwrap_or_default();
        let step = match self.encoding {
            Encoding::Iso2022Jp => {
                let (step, shift) = iso2022jp::sequence(self.shift, bytes);
                if let Some(shift) = shift {
                    *self = CharDecoder {
                        shift,
                        ..CharDecoder::new(self.encoding)
                    };
                    return step;
                }
                step
            }
            encoding => encoding.sequence(bytes),
        };
        self.keep_if_pending(step, byte);
        step
    }

    /// Keeps the byte if its sequence is not complete, else forgets the sequence.
    #[inline]
    fn keep_if_pending(&mut self, step: Step, byte: u8) {
        if step == Step::Pending {
            self.pending = self.pending << 8 | u32::from(byte);
            self.len += 1;
        } else {
            self.pending = 0;
            self.len = 0;
        }
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
