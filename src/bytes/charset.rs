//! What bytes can be read as: the crate's encodings, and the few forms of text that are none of them.

use super::{hz, utf32};
use crate::encoding::{Encoding, UnknownEncoding};
use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::str::FromStr;

/// How bytes are read as text: an [`Encoding`], or a form of text that mojibake does not come from.
///
/// ```
/// use unbake::bytes::Charset;
/// use unbake::encoding::Encoding;
///
/// assert_eq!("windows-1251".parse(), Ok(Charset::Encoding(Encoding::Windows1251)));
/// assert_eq!("utf-32le".parse(), Ok(Charset::Utf32Le));
/// assert_eq!(Charset::Hz.to_string(), "hz-gb-2312");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
#[non_exhaustive]
pub enum Charset {
    /// One of the crate's encodings.
    Encoding(Encoding),
    /// UTF-32, low byte first.
    Utf32Le,
    /// UTF-32, high byte first.
    Utf32Be,
    /// HZ (RFC 1843): simplified Chinese in seven bits, between `~{` and `~}`.
    Hz,
}

impl From<Encoding> for Charset {
    fn from(encoding: Encoding) -> Charset {
        Charset::Encoding(encoding)
    }
}

/// Bytes that mean nothing in the charset that was believed, and where U+FFFD stands for them.
///
/// ```
/// use unbake::bytes::{Hints, decode};
///
/// let decoded = decode(b"Gr\xC3\xBC\xC3\x9Fe, sch\xC3\xB6n: \xFF", &Hints::new());
/// assert_eq!(decoded.decoded(), "Grüße, schön: \u{FFFD}");
/// assert_eq!(decoded.losses().len(), 1);
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Loss {
    bytes: Range<usize>,
    position: usize,
}

impl Loss {
    /// Which bytes of the input.
    ///
    /// ```
    /// use unbake::bytes::{Hints, decode};
    ///
    /// let decoded = decode(b"gr\xC3\xBC\xC3\x9Fe \xC3\xBC \xFF", &Hints::new());
    /// assert_eq!(decoded.losses()[0].bytes(), 11..12);
    /// ```
    #[must_use]
    pub fn bytes(&self) -> Range<usize> {
        self.bytes.clone()
    }

    pub(super) fn move_by(&mut self, bytes: usize) {
        self.bytes = self.bytes.start + bytes..self.bytes.end + bytes;
    }

    /// Where U+FFFD stands for them in [`Decoded::decoded`](super::Decoded::decoded), in bytes of that text.
    ///
    /// ```
    /// use unbake::bytes::{Hints, decode};
    ///
    /// let decoded = decode(b"gr\xC3\xBC\xC3\x9Fe \xC3\xBC \xFF\xFF", &Hints::new());
    /// assert_eq!(decoded.losses()[1].position(), 14);
    /// assert_eq!(&decoded.decoded()[14..], "\u{FFFD}");
    /// ```
    #[must_use]
    pub const fn position(&self) -> usize {
        self.position
    }
}

/// A text in the making, with what could not be read.
#[derive(Default)]
pub(super) struct Reading {
    pub(super) text: String,
    pub(super) losses: Vec<Loss>,
}

impl Reading {
    pub(super) fn lose(&mut self, bytes: Range<usize>) {
        let position = self.text.len();
        self.losses.push(Loss { bytes, position });
        self.text.push(char::REPLACEMENT_CHARACTER);
    }
}

impl Charset {
    /// The name, as the WHATWG, IANA or IBM writes it, in lower case.
    ///
    /// ```
    /// use unbake::bytes::Charset;
    /// use unbake::encoding::Encoding;
    ///
    /// assert_eq!(Charset::Encoding(Encoding::Koi8R).name(), "koi8-r");
    /// assert_eq!(Charset::Utf32Be.name(), "utf-32be");
    /// ```
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Charset::Encoding(encoding) => encoding.name(),
            Charset::Utf32Le => "utf-32le",
            Charset::Utf32Be => "utf-32be",
            Charset::Hz => "hz-gb-2312",
        }
    }

    /// The encoding, where it is one of the crate's.
    ///
    /// ```
    /// use unbake::bytes::Charset;
    /// use unbake::encoding::Encoding;
    ///
    /// assert_eq!(Charset::from(Encoding::Gbk).encoding(), Some(Encoding::Gbk));
    /// assert_eq!(Charset::Hz.encoding(), None);
    /// ```
    #[must_use]
    pub const fn encoding(self) -> Option<Encoding> {
        match self {
            Charset::Encoding(encoding) => Some(encoding),
            Charset::Utf32Le | Charset::Utf32Be | Charset::Hz => None,
        }
    }

    /// Decodes all of the bytes, with U+FFFD for what cannot be read.
    pub(super) fn read(self, bytes: &[u8]) -> (Cow<'_, str>, Vec<Loss>) {
        let mut reading = Reading::default();
        match self {
            Charset::Encoding(encoding) => match encoding.decode(bytes) {
                Ok(text) => return (text, Vec::new()),
                Err(_) if encoding == Encoding::Utf8 => read_utf8(bytes, &mut reading),
                Err(_) => read_lossy(encoding, bytes, &mut reading),
            },
            Charset::Utf32Le => utf32::read(bytes, u32::from_le_bytes, &mut reading),
            Charset::Utf32Be => utf32::read(bytes, u32::from_be_bytes, &mut reading),
            Charset::Hz => hz::read(bytes, &mut reading),
        }
        (Cow::Owned(reading.text), reading.losses)
    }

    /// The bytes of a text; `None` where a character has none.
    pub(super) fn write(self, text: &str) -> Option<Cow<'_, [u8]>> {
        match self {
            Charset::Encoding(encoding) => encoding.encode(text).ok(),
            Charset::Utf32Le => Some(utf32::write(text, u32::to_le_bytes).into()),
            Charset::Utf32Be => Some(utf32::write(text, u32::to_be_bytes).into()),
            Charset::Hz => hz::write(text).map(Cow::Owned),
        }
    }
}

fn read_utf8(bytes: &[u8], reading: &mut Reading) {
    let mut at = 0;
    for chunk in bytes.utf8_chunks() {
        reading.text.push_str(chunk.valid());
        at += chunk.valid().len();
        let invalid = chunk.invalid().len();
        if invalid > 0 {
            reading.lose(at..at + invalid);
            at += invalid;
        }
    }
}

/// The first byte of a sequence that means nothing is lost, and reading goes on with the next one; so a lead byte never
/// takes the ASCII character after it along.
fn read_lossy(encoding: Encoding, bytes: &[u8], reading: &mut Reading) {
    use crate::encoding::Step;
    let mut decoder = encoding.decoder();
    let (mut start, mut i) = (0, 0);
    loop {
        let Some(&byte) = bytes.get(i) else {
            if start == bytes.len() {
                return;
            }
            // cut in the middle of a character
            reading.lose(start..bytes.len());
            return;
        };
        let before = decoder;
        i += 1;
        match decoder.push(byte) {
            Step::Pending => {}
            Step::Char(c) => reading.text.push(c),
            Step::Pair(c, d) => reading.text.extend([c, d]),
            Step::Invalid => {
                let unit = unit(encoding);
                let end = (start + unit).min(i);
                reading.lose(start..end);
                if before.is_neutral() || end == i {
                    start = i;
                } else {
                    i = end;
                    start = end;
                }
                continue;
            }
        }
        if decoder.is_neutral() {
            start = i;
        }
    }
}

/// How many bytes are lost at once.
fn unit(encoding: Encoding) -> usize {
    match encoding {
        Encoding::Utf16Le | Encoding::Utf16Be => 2,
        _ => 1,
    }
}

impl fmt::Display for Charset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Charset {
    type Err = UnknownEncoding;

    fn from_str(label: &str) -> Result<Charset, UnknownEncoding> {
        let label = label.trim();
        let bare: String = label
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|c| c.to_ascii_lowercase())
            .collect();
        match bare.as_str() {
            "utf32" | "utf32be" | "ucs4" => Ok(Charset::Utf32Be),
            "utf32le" => Ok(Charset::Utf32Le),
            "hz" | "hzgb2312" => Ok(Charset::Hz),
            _ => label.parse().map(Charset::Encoding),
        }
    }
}
