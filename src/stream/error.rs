//! Why a stream could not be repaired to its end.

use std::error::Error;
use std::fmt;
use std::io;

/// A stream could not be repaired to its end.
///
/// What was written until then is right, and ends at the border of a block.
///
/// ```
/// use unbake::{Repairer, stream::StreamError};
///
/// let error = Repairer::new().stream(&b"caf\xE9"[..], Vec::new()).unwrap_err();
/// assert!(matches!(error, StreamError::NotUtf8 { offset: 3, .. }));
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum StreamError {
    /// The input could not be read.
    #[non_exhaustive]
    Read {
        /// How many bytes were repaired before.
        offset: u64,
        /// What the reader said.
        source: io::Error,
    },
    /// The input holds bytes that are not UTF-8.
    #[non_exhaustive]
    NotUtf8 {
        /// Where the first of them stands.
        offset: u64,
        /// The first of them.
        byte: u8,
    },
    /// The repaired text could not be written.
    #[non_exhaustive]
    Write {
        /// What the writer said.
        source: io::Error,
    },
    /// What the caller does with edits failed, or the patch could not be written.
    #[non_exhaustive]
    Record {
        /// What it said.
        source: io::Error,
    },
}

impl fmt::Display for StreamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read { offset, .. } => {
                write!(f, "the input cannot be read after {offset} bytes")
            }
            Self::NotUtf8 { offset, byte } => write!(
                f,
                "the input is not UTF-8: byte {offset} (counted from 0) is 0x{byte:02X}; convert it first from the \
                 encoding it is in, for example with `iconv -f windows-1252 -t utf-8`, or let such bytes pass with \
                 `InvalidBytes::Keep`"
            ),
            Self::Write { .. } => f.write_str("the repaired text cannot be written"),
            Self::Record { .. } => f.write_str("the edits cannot be recorded"),
        }
    }
}

impl Error for StreamError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Read { source, .. }
            | Self::Write { source, .. }
            | Self::Record { source, .. } => Some(source),
            Self::NotUtf8 { .. } => None,
        }
    }
}
