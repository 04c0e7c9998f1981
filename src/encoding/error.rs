//! What can go wrong when text is decoded, encoded or an encoding is named.

use std::error::Error;
use std::fmt;

use super::Encoding;

/// Bytes that an encoding has no reading for.
///
/// ```
/// use unbake::encoding::Encoding;
///
/// let error = Encoding::Utf8.decode(b"caf\xE9!").unwrap_err();
/// assert_eq!(error.position(), 3);
/// assert!(!error.is_truncated());
/// assert_eq!(error.to_string(), "the bytes at position 3 are not valid utf-8");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DecodeError {
    encoding: Encoding,
    position: usize,
    truncated: bool,
}

impl DecodeError {
    pub(super) const fn new(encoding: Encoding, position: usize, truncated: bool) -> Self {
        DecodeError {
            encoding,
            position,
            truncated,
        }
    }

    /// The encoding that was to be read.
    ///
    /// ```
    /// use unbake::encoding::Encoding;
    ///
    /// let error = Encoding::Gbk.decode(b"\xFF").unwrap_err();
    /// assert_eq!(error.encoding(), Encoding::Gbk);
    /// ```
    #[must_use]
    pub const fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// Where the sequence that can't be decoded begins; all the bytes before it can be.
    ///
    /// ```
    /// use unbake::encoding::Encoding;
    ///
    /// let error = Encoding::Utf8.decode(b"ok \xE2\x80").unwrap_err();
    /// assert_eq!(error.position(), 3);
    /// ```
    #[must_use]
    pub const fn position(&self) -> usize {
        self.position
    }

    /// Whether the input merely ends too early: more bytes could have made it valid.
    ///
    /// ```
    /// use unbake::encoding::Encoding;
    ///
    /// assert!(Encoding::Utf8.decode(b"\xE2\x80").unwrap_err().is_truncated());
    /// assert!(!Encoding::Utf8.decode(b"\xE2\x28").unwrap_err().is_truncated());
    /// ```
    #[must_use]
    pub const fn is_truncated(&self) -> bool {
        self.truncated
    }
}

/// A character that an encoding has no bytes for.
///
/// ```
/// use unbake::encoding::Encoding;
///
/// let error = Encoding::Windows1252.encode("naïve ж").unwrap_err();
/// assert_eq!((error.position(), error.character()), (7, 'ж'));
/// assert_eq!(error.to_string(), "windows-1252 has no bytes for 'ж' (U+0436) at byte 7 of the text");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct EncodeError {
    encoding: Encoding,
    position: usize,
    character: char,
}

impl EncodeError {
    pub(super) const fn new(encoding: Encoding, position: usize, character: char) -> Self {
        EncodeError {
            encoding,
            position,
            character,
        }
    }

    /// The encoding that was to be written.
    ///
    /// ```
    /// use unbake::encoding::Encoding;
    ///
    /// let error = Encoding::Koi8R.encode("é").unwrap_err();
    /// assert_eq!(error.encoding(), Encoding::Koi8R);
    /// ```
    #[must_use]
    pub const fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// Where the character stands: its first byte in the (UTF-8) text.
    ///
    /// ```
    /// use unbake::encoding::Encoding;
    ///
    /// assert_eq!(Encoding::Koi8R.encode("не é").unwrap_err().position(), 5);
    /// ```
    #[must_use]
    pub const fn position(&self) -> usize {
        self.position
    }

    /// The character itself.
    ///
    /// ```
    /// use unbake::encoding::Encoding;
    ///
    /// assert_eq!(Encoding::Koi8R.encode("не é").unwrap_err().character(), 'é');
    /// ```
    #[must_use]
    pub const fn character(&self) -> char {
        self.character
    }
}

/// A label that names no encoding of this crate.
///
/// ```
/// use unbake::encoding::Encoding;
///
/// let error = Encoding::from_label("utf-9").unwrap_err();
/// assert_eq!(error.label(), "utf-9");
/// assert!(error.to_string().starts_with("no encoding is called \"utf-9\""));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct UnknownEncoding {
    label: String,
}

impl UnknownEncoding {
    pub(super) fn new(label: &str) -> Self {
        UnknownEncoding {
            label: label.to_owned(),
        }
    }

    /// The label as it was given.
    ///
    /// ```
    /// use unbake::encoding::Encoding;
    ///
    /// assert_eq!(Encoding::from_label(" Klingon ").unwrap_err().label(), " Klingon ");
    /// ```
    #[must_use]
    pub fn label(&self) -> &str {
        &self.label
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (position, encoding) = (self.position, self.encoding);
        let what = if self.truncated {
            "end in the middle of a character of"
        } else {
            "are not valid"
        };
        write!(f, "the bytes at position {position} {what} {encoding}")
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let EncodeError {
            encoding,
            position,
            character,
        } = *self;
        let code = u32::from(character);
        write!(
            f,
            "{encoding} has no bytes for {character:?} (U+{code:04X}) at byte {position} of the text"
        )
    }
}

impl fmt::Display for UnknownEncoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "no encoding is called {:?}; use a WHATWG label (\"windows-1252\", \"gbk\", \"shift_jis\"), a code page \
             (\"cp866\", \"ibm437\") or an ISO name (\"iso-8859-2\"); `Encoding::ALL` lists all",
            self.label
        )
    }
}

impl Error for DecodeError {}
impl Error for EncodeError {}
impl Error for UnknownEncoding {}
