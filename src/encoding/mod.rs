//! Every encoding that text is commonly written or misread in, as one type: bytes to characters and back.
//!
//! What counts is which characters a wrong decoder *really* leaves behind, so that they can be turned back into the
//! bytes they came from. Hence, where standards and programs differ:
//!
//! - Bytes that a code page leaves unassigned are read as C1 controls, or above 9F as the Latin-1 character of the same
//!   number, as browsers and sloppy decoders do. Every single-byte encoding so is total, and a bijection.
//! - GBK, Shift_JIS, EUC-KR and code page 950 read user-defined pairs as private-use characters, as Windows does.
//! - `decode` takes the commonest reading, mostly that of the [WHATWG Encoding Standard](https://encoding.spec.whatwg.org/);
//!   `encode` takes in addition the character that another widespread decoder would have made of the same bytes, where
//!   these have no other bytes. For such variants alone `decode(encode(c)) == c` fails; who needs certainty decodes
//!   again.
//! - `encode(decode(bytes)) == bytes` for every byte and pair, but for second codes of a character: 398 in Shift_JIS (NEC's
//!   copies of IBM's kanji), 291 in EUC-JP, 100 in Big5, fewer elsewhere. They are written as browsers do, and decode to
//!   the same text. In VNI accents without their vowel have second codes, too.
//!
//! ```
//! use unbake::encoding::Encoding;
//!
//! let bytes = Encoding::Windows1252.encode("Ð¿Ñ€Ð¸Ð²ÐµÑ‚")?;
//! assert_eq!(Encoding::Utf8.decode(&bytes)?, "привет");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # The encodings
//!
#![doc = include_str!("encodings.md")]

mod big5;
mod cesu8;
mod decoder;
mod error;
mod gb;
mod hz;
mod iso2022jp;
mod iso2022kr;
mod japanese;
mod johab;
mod known;
mod korean;
mod labels;
mod reverse;
mod single_byte;
mod tables;
mod utf16;
mod utf7;
mod utf8;
mod vni;
mod whatwg;

use single_byte::SingleByte;
use std::borrow::Cow;

pub use decoder::{CharDecoder, Step};
pub use error::{DecodeError, EncodeError, UnknownEncoding};

/// An encoding.
///
/// ```
/// use unbake::encoding::Encoding;
///
/// assert_eq!(Encoding::Ibm437.decode(b"caf\x82")?, "café");
/// assert_eq!("cp437".parse(), Ok(Encoding::Ibm437));
/// # Ok::<(), unbake::encoding::DecodeError>(())
/// ```
#[non_exhaustive]
#[repr(u8)]
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// Windows code page 1250: Central Europe.
    Windows1250,
    /// Windows code page 1251: Cyrillic.
    Windows1251,
    /// Windows code page 1252: Western Europe.
    Windows1252,
    /// Windows code page 1253: Greek.
    Windows1253,
    /// Windows code page 1254: Turkish.
    Windows1254,
    /// Windows code page 1255: Hebrew.
    Windows1255,
    /// Windows code page 1256: Arabic.
    Windows1256,
    /// Windows code page 1257: Baltic.
    Windows1257,
    /// Windows code page 1258: Vietnamese, with combining accents.
    Windows1258,
    /// Windows code page 874: Thai.
    Windows874,
    /// ISO 8859-1 proper: every byte is the character of the same number. (Browsers take this label for windows-1252.)
    Iso8859_1,
    /// ISO 8859-2: Central Europe.
    Iso8859_2,
    /// ISO 8859-3: Esperanto and Maltese.
    Iso8859_3,
    /// ISO 8859-4: the North.
    Iso8859_4,
    /// ISO 8859-5: Cyrillic.
    Iso8859_5,
    /// ISO 8859-6: Arabic.
    Iso8859_6,
    /// ISO 8859-7: Greek.
    Iso8859_7,
    /// ISO 8859-8: Hebrew.
    Iso8859_8,
    /// ISO 8859-9: Turkish. (Browsers take this label for windows-1254.)
    Iso8859_9,
    /// ISO 8859-10: the Nordic languages, Sami and Greenlandic among them.
    Iso8859_10,
    /// ISO 8859-13: Baltic.
    Iso8859_13,
    /// ISO 8859-14: the Celtic languages.
    Iso8859_14,
    /// ISO 8859-15: Western Europe, with the euro sign.
    Iso8859_15,
    /// ISO 8859-16: Romanian and its neighbours, with the euro sign.
    Iso8859_16,
    /// IBM code page 437: DOS in the USA.
    Ibm437,
    /// IBM code page 737: DOS, Greek.
    Ibm737,
    /// IBM code page 775: DOS, Baltic.
    Ibm775,
    /// IBM code page 850: DOS, Western Europe.
    Ibm850,
    /// IBM code page 852: DOS, Central Europe.
    Ibm852,
    /// IBM code page 855: DOS, Cyrillic of the Balkans.
    Ibm855,
    /// IBM code page 857: DOS, Turkish.
    Ibm857,
    /// IBM code page 858: DOS, Western Europe, with the euro sign.
    Ibm858,
    /// IBM code page 860: DOS, Portuguese.
    Ibm860,
    /// IBM code page 861: DOS, Icelandic.
    Ibm861,
    /// IBM code page 862: DOS, Hebrew.
    Ibm862,
    /// IBM code page 863: DOS, French of Canada.
    Ibm863,
    /// IBM code page 864: DOS, Arabic in presentation forms. Its percent sign is the Arabic one, the only character below 80 that isn't ASCII.
    Ibm864,
    /// IBM code page 865: DOS, Danish and Norwegian.
    Ibm865,
    /// IBM code page 866: DOS, Russian.
    Ibm866,
    /// IBM code page 869: DOS, Greek.
    Ibm869,
    /// IBM code page 1125: DOS, Ukrainian.
    Ibm1125,
    /// KOI8-R: Russian.
    Koi8R,
    /// KOI8-U: Ukrainian (RFC 2319).
    Koi8U,
    /// Mac OS Roman.
    Macintosh,
    /// Mac OS Cyrillic.
    MacCyrillic,
    /// Mac OS Central European.
    MacCentralEurope,
    /// Mac OS Greek.
    MacGreek,
    /// Mac OS Turkish.
    MacTurkish,
    /// TCVN 5712, the code of the ABC fonts: Vietnamese.
    Tcvn3,
    /// VISCII (RFC 1456): Vietnamese.
    Viscii,
    /// VNI for Windows, the code of the VNI fonts: Vietnamese, each accent a letter of its own.
    Vni,
    /// GBK, code page 936: simplified Chinese.
    Gbk,
    /// GB18030: GBK with four-byte codes for the rest of Unicode.
    Gb18030,
    /// Big5 with the Hong Kong supplement: traditional Chinese.
    Big5,
    /// Windows code page 950: Big5 with user-defined characters.
    Cp950,
    /// Shift_JIS as Windows has it (code page 932): Japanese.
    ShiftJis,
    /// EUC-JP with JIS X 0212: Japanese.
    EucJp,
    /// ISO-2022-JP, which shifts between sets by escape sequences: Japanese.
    Iso2022Jp,
    /// EUC-KR with all Hangul (UHC, code page 949): Korean.
    EucKr,
    /// Johab (code page 1361): Korean.
    Johab,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// UTF-7 (RFC 2152), which writes Unicode in ASCII.
    Utf7,
    /// CESU-8: UTF-8 with surrogates, as Oracle, MySQL and Java write it.
    Cesu8,
    /// HZ (RFC 1843), which writes GB 2312 in ASCII: simplified Chinese.
    Hz,
    /// ISO-2022-KR (RFC 1557), which writes KS X 1001 in seven bits between shifts: Korean.
    Iso2022Kr,
}

/// The bytes of one character, one to four.
///
/// ```
/// use unbake::encoding::Encoding;
///
/// let bytes = Encoding::ShiftJis.encode_char('字').unwrap();
/// assert_eq!(bytes.as_slice(), b"\x8E\x9A");
/// assert!(Encoding::ShiftJis.encode_char('é').is_none());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct EncodedChar {
    /// The bytes, then zeros.
    bytes: [u8; 4],
    len: u8,
}

impl EncodedChar {
    const fn new(bytes: [u8; 4], len: u8) -> Self {
        EncodedChar { bytes, len }
    }

    const fn byte(byte: u8) -> Self {
        EncodedChar::new([byte, 0, 0, 0], 1)
    }

    const fn pair([a, b]: [u8; 2]) -> Self {
        EncodedChar::new([a, b, 0, 0], 2)
    }

    fn from_slice(slice: &[u8]) -> Option<Self> {
        let mut bytes = [0; 4];
        bytes.get_mut(..slice.len())?.copy_from_slice(slice);
        Some(EncodedChar::new(bytes, u8::try_from(slice.len()).ok()?))
    }

    /// The bytes.
    ///
    /// ```
    /// use unbake::encoding::Encoding;
    ///
    /// assert_eq!(Encoding::Utf8.encode_char('é').unwrap().as_slice(), [0xC3, 0xA9]);
    /// ```
    #[inline]
    #[must_use]
    pub fn as_slice(&self) -> &[u8] {
        self.bytes.get(..usize::from(self.len)).unwrap_or_default()
    }
}

impl Encoding {
    /// The table of a single-byte encoding.
    #[inline]
    const fn page(self) -> Option<&'static SingleByte> {
        Some(match self {
            Encoding::Windows1250 => &single_byte::WINDOWS_1250,
            Encoding::Windows1251 => &single_byte::WINDOWS_1251,
            Encoding::Windows1252 => &single_byte::WINDOWS_1252,
            Encoding::Windows1253 => &single_byte::WINDOWS_1253,
            Encoding::Windows1254 => &single_byte::WINDOWS_1254,
            Encoding::Windows1255 => &single_byte::WINDOWS_1255,
            Encoding::Windows1256 => &single_byte::WINDOWS_1256,
            Encoding::Windows1257 => &single_byte::WINDOWS_1257,
            Encoding::Windows1258 => &single_byte::WINDOWS_1258,
            Encoding::Windows874 => &single_byte::WINDOWS_874,
            Encoding::Iso8859_1 => &single_byte::ISO_8859_1,
            Encoding::Iso8859_2 => &single_byte::ISO_8859_2,
            Encoding::Iso8859_3 => &single_byte::ISO_8859_3,
            Encoding::Iso8859_4 => &single_byte::ISO_8859_4,
            Encoding::Iso8859_5 => &single_byte::ISO_8859_5,
            Encoding::Iso8859_6 => &single_byte::ISO_8859_6,
            Encoding::Iso8859_7 => &single_byte::ISO_8859_7,
            Encoding::Iso8859_8 => &single_byte::ISO_8859_8,
            Encoding::Iso8859_9 => &single_byte::ISO_8859_9,
            Encoding::Iso8859_10 => &single_byte::ISO_8859_10,
            Encoding::Iso8859_13 => &single_byte::ISO_8859_13,
            Encoding::Iso8859_14 => &single_byte::ISO_8859_14,
            Encoding::Iso8859_15 => &single_byte::ISO_8859_15,
            Encoding::Iso8859_16 => &single_byte::ISO_8859_16,
            Encoding::Ibm437 => &single_byte::IBM437,
            Encoding::Ibm737 => &single_byte::IBM737,
            Encoding::Ibm775 => &single_byte::IBM775,
            Encoding::Ibm850 => &single_byte::IBM850,
            Encoding::Ibm852 => &single_byte::IBM852,
            Encoding::Ibm855 => &single_byte::IBM855,
            Encoding::Ibm857 => &single_byte::IBM857,
            Encoding::Ibm858 => &single_byte::IBM858,
            Encoding::Ibm860 => &single_byte::IBM860,
            Encoding::Ibm861 => &single_byte::IBM861,
            Encoding::Ibm862 => &single_byte::IBM862,
            Encoding::Ibm863 => &single_byte::IBM863,
            Encoding::Ibm864 => &single_byte::IBM864,
            Encoding::Ibm865 => &single_byte::IBM865,
            Encoding::Ibm866 => &single_byte::IBM866,
            Encoding::Ibm869 => &single_byte::IBM869,
            Encoding::Ibm1125 => &single_byte::IBM1125,
            Encoding::Koi8R => &single_byte::KOI8_R,
            Encoding::Koi8U => &single_byte::KOI8_U,
            Encoding::Macintosh => &single_byte::MACINTOSH,
            Encoding::MacCyrillic => &single_byte::MAC_CYRILLIC,
            Encoding::MacCentralEurope => &single_byte::MAC_CENTRAL_EUROPE,
            Encoding::MacGreek => &single_byte::MAC_GREEK,
            Encoding::MacTurkish => &single_byte::MAC_TURKISH,
            Encoding::Tcvn3 => &single_byte::TCVN3,
            Encoding::Viscii => &single_byte::VISCII,
            Encoding::Utf8
            | Encoding::Vni
            | Encoding::Gbk
            | Encoding::Gb18030
            | Encoding::Big5
            | Encoding::Cp950
            | Encoding::ShiftJis
            | Encoding::EucJp
            | Encoding::Iso2022Jp
            | Encoding::EucKr
            | Encoding::Johab
            | Encoding::Utf16Le
            | Encoding::Utf16Be
            | Encoding::Utf7
            | Encoding::Cesu8
            | Encoding::Hz
            | Encoding::Iso2022Kr => return None,
        })
    }

    /// Reads the bytes of at most one character, in an encoding that has no shift state and is not UTF-8.
    fn sequence(self, bytes: &[u8]) -> Step {
        match self {
            Encoding::Vni => vni::sequence(bytes),
            Encoding::Gbk => gb::sequence(bytes),
            Encoding::Gb18030 => gb::sequence_gb18030(bytes),
            Encoding::Big5 => big5::sequence(bytes),
            Encoding::Cp950 => big5::sequence_cp950(bytes),
            Encoding::ShiftJis => japanese::sequence_shift_jis(bytes),
            Encoding::EucJp => japanese::sequence_euc_jp(bytes),
            Encoding::EucKr => korean::sequence(bytes),
            Encoding::Johab => johab::sequence(bytes),
            Encoding::Utf16Le => utf16::sequence(bytes, u16::from_le_bytes),
            Encoding::Utf16Be => utf16::sequence(bytes, u16::from_be_bytes),
            single => match (single.page(), bytes) {
                (Some(page), [byte]) => Step::Char(page.decode(*byte)),
                _ => Step::Invalid,
            },
        }
    }

    /// Whether each character has one byte.
    ///
    /// ```
    /// use unbake::encoding::Encoding;
    ///
    /// assert!(Encoding::Koi8R.is_single_byte());
    /// assert!(!Encoding::Big5.is_single_byte());
    /// ```
    #[must_use]
    pub const fn is_single_byte(self) -> bool {
        self.page().is_some()
    }

    /// Whether each character of ASCII is the byte of ASCII, whatever stands around it.
    pub(crate) const fn keeps_ascii(self) -> bool {
        !matches!(
            self,
            Encoding::Utf16Le
                | Encoding::Utf16Be
                | Encoding::Utf7
                | Encoding::Hz
                | Encoding::Iso2022Jp
                | Encoding::Iso2022Kr
                | Encoding::Vni
                | Encoding::Viscii
                | Encoding::Tcvn3
                | Encoding::Ibm864
        )
    }

    /// Whether these bytes, or this text, look the same in the encoding as in ASCII.
    fn is_plain(self, bytes: &[u8]) -> bool {
        match self {
            Encoding::Utf16Le | Encoding::Utf16Be | Encoding::Viscii => bytes.is_empty(),
            Encoding::Iso2022Jp | Encoding::Iso2022Kr => bytes
                .iter()
                .all(|byte| byte.is_ascii() && !matches!(byte, 0x0E | 0x0F | 0x1B)),
            Encoding::Utf7 => bytes.iter().all(|byte| utf7::is_direct(*byte)),
            Encoding::Hz => bytes.iter().all(|byte| byte.is_ascii() && *byte != b'~'),
            Encoding::Ibm864 => bytes.iter().all(|byte| byte.is_ascii() && *byte != b'%'),
            _ => bytes.is_ascii(),
        }
    }

    /// Decodes strictly: any sequence that the encoding does not know is an error.
    ///
    /// Borrows when the bytes are UTF-8 and to be read so, or are ASCII in an encoding that ASCII is a part of.
    ///
    /// # Errors
    ///
    /// [`DecodeError`] when a sequence is invalid or the last one is incomplete. Never for single-byte encodings.
    ///
    /// ```
    /// use unbake::encoding::Encoding;
    ///
    /// assert_eq!(Encoding::Gbk.decode(b"\xD6\xD0\xCE\xC4 \x80")?, "中文 €");
    /// assert_eq!(Encoding::Gbk.decode(b"ok \xD6").unwrap_err().position(), 3);
    /// # Ok::<(), unbake::encoding::DecodeError>(())
    /// ```
    pub fn decode(self, bytes: &[u8]) -> Result<Cow<'_, str>, DecodeError> {
        if self == Encoding::Utf8 || self.is_plain(bytes) {
            return match std::str::from_utf8(bytes) {
                Ok(text) => Ok(Cow::Borrowed(text)),
                Err(error) => Err(DecodeError::new(
                    self,
                    error.valid_up_to(),
                    error.error_len().is_none(),
                )),
            };
        }
        let mut text = String::with_capacity(bytes.len().saturating_mul(2));
        if let Some(page) = self.page() {
            text.extend(bytes.iter().map(|byte| page.decode(*byte)));
            return Ok(Cow::Owned(text));
        }
        let mut decoder = self.decoder();
        let mut start = 0;
        for (i, byte) in bytes.iter().enumerate() {
            match decoder.push(*byte) {
                Step::Pending => {}
                Step::Char(c) => text.push(c),
                Step::Pair(c, d) => text.extend([c, d]),
                Step::Invalid => return Err(DecodeError::new(self, start, false)),
            }
            if decoder.is_neutral() {
                start = i + 1;
            }
        }
        if decoder.is_neutral() {
            Ok(Cow::Owned(text))
        } else {
            Err(DecodeError::new(self, start, true))
        }
    }

    /// Encodes strictly: a character that the encoding lacks is an error.
    ///
    /// Takes besides what `decode` yields the variants of other decoders, see the [module](self). Borrows when UTF-8 is
    /// written, or ASCII in an encoding that ASCII is a part of.
    ///
    /// # Errors
    ///
    /// [`EncodeError`] for the first character that has no bytes.
    ///
    /// ```
    /// use unbake::encoding::Encoding;
    ///
    /// assert_eq!(*Encoding::EucJp.encode("字")?, [0xBB, 0xFA]);
    /// assert_eq!(*Encoding::Iso2022Jp.encode("字")?, *b"\x1B$B;z\x1B(B");
    /// # Ok::<(), unbake::encoding::EncodeError>(())
    /// ```
    pub fn encode(self, text: &str) -> Result<Cow<'_, [u8]>, EncodeError> {
        if self == Encoding::Utf8 || self.is_plain(text.as_bytes()) {
            return Ok(Cow::Borrowed(text.as_bytes()));
        }
        let stateful = match self {
            Encoding::Iso2022Jp => Some(iso2022jp::encode(text)),
            Encoding::Iso2022Kr => Some(iso2022kr::encode(text)),
            Encoding::Hz => Some(hz::encode(text)),
            Encoding::Utf7 => Some(Ok(utf7::encode(text))),
            Encoding::Cesu8 => Some(Ok(cesu8::encode(text))),
            _ => None,
        };
        if let Some(encoded) = stateful {
            return match encoded {
                Ok(bytes) => Ok(Cow::Owned(bytes)),
                Err((position, c)) => Err(EncodeError::new(self, position, c)),
            };
        }
        let mut bytes = Vec::with_capacity(text.len());
        let mut characters = text.char_indices().peekable();
        while let Some((position, c)) = characters.next() {
            if self == Encoding::Big5
                && let Some(&(_, accent)) = characters.peek()
                && let Some(encoded) = big5::encode_accented(c, accent)
            {
                bytes.extend_from_slice(encoded.as_slice());
                characters.next();
                continue;
            }
            let encoded = self
                .encode_char(c)
                .ok_or(EncodeError::new(self, position, c))?;
            bytes.extend_from_slice(encoded.as_slice());
        }
        Ok(Cow::Owned(bytes))
    }

    /// The character of a byte in a single-byte encoding (there is always one); none in other encodings.
    ///
    /// ```
    /// use unbake::encoding::Encoding;
    ///
    /// assert_eq!(Encoding::Windows1252.decode_byte(0x80), Some('€'));
    /// assert_eq!(Encoding::Windows1252.decode_byte(0x81), Some('\u{81}'));
    /// assert_eq!(Encoding::Gbk.decode_byte(0x41), None);
    /// ```
    #[inline]
    #[must_use]
    pub fn decode_byte(self, byte: u8) -> Option<char> {
        self.page().map(|page| page.decode(byte))
    }

    /// The bytes of one character, where the encoding has it. None for ISO-2022-JP, ISO-2022-KR, UTF-7 and HZ, whose bytes depend on what precedes, and for the six bytes that CESU-8 has for characters above U+FFFF.
    ///
    /// ```
    /// use unbake::encoding::Encoding;
    ///
    /// assert_eq!(Encoding::Windows1251.encode_char('Ж').unwrap().as_slice(), [0xC6]);
    /// assert_eq!(Encoding::Windows1251.encode_char('é'), None);
    /// ```
    #[inline]
    #[must_use]
    pub fn encode_char(self, c: char) -> Option<EncodedChar> {
        match self.page() {
            Some(page) => page.encode(c).map(EncodedChar::byte),
            None => self.encode_multi_byte(c),
        }
    }

    fn encode_multi_byte(self, c: char) -> Option<EncodedChar> {
        match self {
            Encoding::Utf8 => {
                let mut bytes = [0; 4];
                let len = u8::try_from(c.encode_utf8(&mut bytes).len()).ok()?;
                Some(EncodedChar::new(bytes, len))
            }
            Encoding::Utf16Le => Some(utf16::encode(c, u16::to_le_bytes)),
            Encoding::Utf16Be => Some(utf16::encode(c, u16::to_be_bytes)),
            Encoding::Iso2022Jp | Encoding::Iso2022Kr | Encoding::Utf7 | Encoding::Hz => None,
            Encoding::Cesu8 if c <= '\u{FFFF}' => Encoding::Utf8.encode_char(c),
            Encoding::Cesu8 => None,
            _ if c.is_ascii() => Some(EncodedChar::byte(u8::try_from(c).ok()?)),
            Encoding::Vni => vni::encode(c),
            Encoding::Gbk => gb::encode(c),
            Encoding::Gb18030 => gb::encode_gb18030(c),
            Encoding::Big5 => big5::encode(c),
            Encoding::Cp950 => big5::encode_cp950(c),
            Encoding::ShiftJis => japanese::encode_shift_jis(c),
            Encoding::EucJp => japanese::encode_euc_jp(c),
            Encoding::EucKr => korean::encode(c),
            Encoding::Johab => johab::encode(c),
            _ => None,
        }
    }

    /// A decoder that takes one byte at a time.
    ///
    /// ```
    /// use unbake::encoding::{Encoding, Step};
    ///
    /// let mut decoder = Encoding::Utf16Be.decoder();
    /// assert_eq!(decoder.push(0x4E), Step::Pending);
    /// assert_eq!(decoder.push(0x2D), Step::Char('中'));
    /// ```
    #[inline]
    #[must_use]
    pub const fn decoder(self) -> CharDecoder {
        CharDecoder::new(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Asked of the tables: each character alone, both ways. (Shifts of ISO-2022-JP and marks of VNI come with what stands
    /// before or behind.)
    #[test]
    fn ascii_is_kept_where_each_of_its_characters_is() {
        for &encoding in Encoding::ALL {
            let is_kept = |byte: u8| {
                let code = encoding.encode_char(char::from(byte));
                code.is_some_and(|code| code.as_slice() == [byte])
                    && encoding.decoder().push(byte) == Step::Char(char::from(byte))
            };
            let are_kept = (0..0x80).all(is_kept);
            let by_table = are_kept && encoding != Encoding::Vni;
            assert!(by_table || !encoding.keeps_ascii(), "{encoding:?}");
        }
    }
}
