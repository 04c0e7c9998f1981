//! What can go wrong when mis-decodings are parsed or run.
//!
//! The errors of patches stand beside them, in
//! [`repair::PatchError`](crate::repair::PatchError).

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
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MisdecodingError {
    /// The text holds a character that the encoding has no bytes for.
    #[error("{misdecoding}: the text cannot be written as bytes")]
    #[non_exhaustive]
    Encode {
        /// The mis-decoding that failed.
        misdecoding: Misdecoding,
        /// Its place in the chain, counted from 0 in the chain's own order
        /// (oldest first) also when the chain is being undone.
        step: usize,
        /// Which character, and where.
        #[source]
        source: EncodeError,
    },
    /// The bytes mean nothing in the encoding they are to be read in.
    #[error("{misdecoding}: the bytes cannot be read as text")]
    #[non_exhaustive]
    Decode {
        /// The mis-decoding that failed.
        misdecoding: Misdecoding,
        /// Its place in the chain, counted from 0 in the chain's own order
        /// (oldest first) also when the chain is being undone.
        step: usize,
        /// Which bytes, and where.
        #[source]
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
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ParseMisdecodingError {
    /// There is no `>` between two names.
    #[error("`{0}` is no mis-decoding: write it as `written>read`, such as `utf-8>windows-1252`")]
    Shape(Box<str>),
    /// One of the names is no encoding.
    #[error("`{0}` is no encoding known to this version of unbake")]
    UnknownEncoding(Box<str>),
    /// The chain holds more mis-decodings than [`Chain::MAX_LEN`].
    #[error(transparent)]
    TooLong(#[from] ChainTooLong),
}

/// A chain holds as many mis-decodings as it can, see [`Chain::MAX_LEN`].
///
/// ```
/// use unbake::misdecoding::Chain;
///
/// let error = ["utf-8>gbk"; 5].join(" + ").parse::<Chain>().unwrap_err();
/// assert_eq!(error.to_string(), "a chain holds at most 4 mis-decodings");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a chain holds at most {max} mis-decodings", max = Chain::MAX_LEN)]
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
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no encodings are known for the language {tag:?}: name them with `written_in`")]
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
