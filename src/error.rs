//! What can go wrong when mis-decodings are parsed or run.
//!
//! The errors of patches stand beside them, in
//! [`repair::PatchError`](crate::repair::PatchError).

use std::error::Error;
use std::fmt;

use crate::encoding::{DecodeError, EncodeError};
use crate::misdecoding::{Chain, Misdecoding};

/// A mis-decoding, or a chain of them, could not be run over a text.
///
/// Either direction can fail: the text may hold a character that the one
/// encoding cannot write, or its bytes may mean nothing in the other.
///
/// ```
/// use unbake::error::MisdecodingError;
/// use unbake::misdecoding::Misdecoding;
///
/// let latin: Misdecoding = "windows-1252>utf-8".parse()?;
/// // A lone E9 is no UTF-8.
/// let error = latin.mangle("é").unwrap_err();
/// assert!(matches!(error, MisdecodingError::Decode { step: 0, .. }));
/// # Ok::<(), unbake::error::ParseMisdecodingError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MisdecodingError {
    /// The text holds a character that the encoding has no bytes for.
    #[non_exhaustive]
    Encode {
        /// The mis-decoding that failed.
        misdecoding: Misdecoding,
        /// Its place in the chain, counted from 0 in the chain's own order
        /// (oldest first) also when the chain is being undone.
        step: usize,
        /// Which character, and where.
        source: EncodeError,
    },
    /// The bytes mean nothing in the encoding they are to be read in.
    #[non_exhaustive]
    Decode {
        /// The mis-decoding that failed.
        misdecoding: Misdecoding,
        /// Its place in the chain, counted from 0 in the chain's own order
        /// (oldest first) also when the chain is being undone.
        step: usize,
        /// Which bytes, and where.
        source: DecodeError,
    },
}

impl MisdecodingError {
    /// The same error as it happened at the given step of a chain.
    pub(crate) fn at_step(mut self, at: usize) -> Self {
        match &mut self {
            Self::Encode { step, .. } | Self::Decode { step, .. } => *step = at,
        }
        self
    }
}

/// A text is no [`Misdecoding`] or no [`Chain`].
///
/// ```
/// use unbake::misdecoding::{Chain, Misdecoding};
///
/// let error = "utf-8".parse::<Misdecoding>().unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "`utf-8` is no mis-decoding: write it as `written>read`, such as `utf-8>windows-1252`",
/// );
/// let error = "utf-8>klingon".parse::<Chain>().unwrap_err();
/// assert_eq!(error.to_string(), "`klingon` is no encoding known to this version of unbake");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ParseMisdecodingError {
    /// There is no `>` between two names.
    Shape(Box<str>),
    /// One of the names is no encoding.
    UnknownEncoding(Box<str>),
    /// The chain holds more mis-decodings than [`Chain::MAX_LEN`].
    TooLong(ChainTooLong),
}

/// A chain holds as many mis-decodings as it can, see [`Chain::MAX_LEN`].
///
/// ```
/// use unbake::misdecoding::Chain;
///
/// let error = ["utf-8>gbk"; 5].join(" + ").parse::<Chain>().unwrap_err();
/// assert_eq!(error.to_string(), "a chain holds at most 4 mis-decodings");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ChainTooLong;

/// A language tag that is not known.
///
/// ```
/// use unbake::detect::Settings;
///
/// let error = Settings::new().languages(&["tlh"]).unwrap_err();
/// assert!(error.to_string().contains("tlh"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownLanguage {
    tag: String,
}

impl UnknownLanguage {
    pub(crate) fn new(tag: &str) -> UnknownLanguage {
        UnknownLanguage {
            tag: tag.to_owned(),
        }
    }
}

impl fmt::Display for MisdecodingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Encode { misdecoding, .. } => {
                write!(f, "{misdecoding}: the text cannot be written as bytes")
            }
            Self::Decode { misdecoding, .. } => {
                write!(f, "{misdecoding}: the bytes cannot be read as text")
            }
        }
    }
}

impl Error for MisdecodingError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Encode { source, .. } => Some(source),
            Self::Decode { source, .. } => Some(source),
        }
    }
}

impl fmt::Display for ParseMisdecodingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shape(text) => write!(
                f,
                "`{text}` is no mis-decoding: write it as `written>read`, such as `utf-8>windows-1252`"
            ),
            Self::UnknownEncoding(name) => {
                write!(f, "`{name}` is no encoding known to this version of unbake")
            }
            Self::TooLong(error) => error.fmt(f),
        }
    }
}

impl Error for ParseMisdecodingError {}

impl From<ChainTooLong> for ParseMisdecodingError {
    fn from(error: ChainTooLong) -> Self {
        Self::TooLong(error)
    }
}

impl fmt::Display for ChainTooLong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a chain holds at most {} mis-decodings", Chain::MAX_LEN)
    }
}

impl Error for ChainTooLong {}

impl fmt::Display for UnknownLanguage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "no encodings are known for the language {:?}: name them with `written_in`",
            self.tag
        )
    }
}

impl Error for UnknownLanguage {}
