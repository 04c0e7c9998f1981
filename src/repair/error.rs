//! Why a patch is refused.

use std::fmt;

/// A patch cannot be read, or does not fit the text it is given.
///
/// A patch is refused whole: nothing is ever reverted or applied halfway.
///
/// ```
/// use unbake::repair::PatchError;
///
/// let patch = unbake::repair("schÃ¶n").patch();
/// let error = patch.revert("schön, and edited since").unwrap_err();
/// assert!(matches!(error, PatchError::OtherText { .. }));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PatchError {
    /// The first line is not `unbake-patch` and a version.
    NotAPatch,
    /// The patch has a format that this version of unbake does not know.
    Version(Box<str>),
    /// The patch holds carriage returns, which no unbake writes.
    #[non_exhaustive]
    CarriageReturn {
        /// Which line, counted from 1.
        line: usize,
    },
    /// The patch ends before its last line.
    Truncated,
    /// A line of the patch is not as the format says.
    #[non_exhaustive]
    Syntax {
        /// Which line, counted from 1.
        line: usize,
        /// What should have stood there.
        expected: &'static str,
    },
    /// The patch names a cause or an encoding that this version does not know.
    #[non_exhaustive]
    UnknownCause {
        /// Which line, counted from 1.
        line: usize,
        /// The name.
        cause: Box<str>,
    },
    /// The patch contradicts itself.
    #[non_exhaustive]
    Contradiction {
        /// In what.
        contradiction: &'static str,
    },
    /// The text is not the one that the patch was written for.
    #[non_exhaustive]
    OtherText {
        /// How many bytes the right text has.
        expected_length: usize,
        /// The FNV-1a checksum of the right text.
        expected_checksum: u64,
        /// How many bytes this text has.
        length: usize,
        /// The FNV-1a checksum of this text.
        checksum: u64,
    },
    /// The text to revert is the mangled one already.
    AlreadyReverted,
    /// The text to repair is the repaired one already.
    AlreadyApplied,
    /// There is no edit of this index.
    #[non_exhaustive]
    NoSuchEdit {
        /// The index asked for, counted from 0.
        index: usize,
        /// How many edits there are.
        count: usize,
    },
}

impl fmt::Display for PatchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAPatch => f.write_str(
                "this is no unbake patch: the first line must be `unbake-patch 1`; was it the text and not its patch?",
            ),
            Self::Version(version) => write!(
                f,
                "the patch has format `{version}`, this version of unbake reads format 1: use the unbake that wrote it or a \
                 newer one"
            ),
            Self::CarriageReturn { line } => write!(
                f,
                "line {line} of the patch holds a carriage return: its line ends were changed on the way; turn CRLF back \
                 to LF, or copy the patch again as a binary file"
            ),
            Self::Truncated => f.write_str(
                "the patch is cut short, it does not end with the line `end`: copy it again from where it is whole",
            ),
            Self::Syntax { line, expected } => write!(
                f,
                "line {line} of the patch is damaged: {expected} expected; copy the patch again from where it is whole"
            ),
            Self::UnknownCause { line, cause } => write!(
                f,
                "line {line} of the patch names the cause `{cause}`, which this version of unbake does not know: use the \
                 unbake that wrote it or a newer one"
            ),
            Self::Contradiction { contradiction } => write!(
                f,
                "the patch contradicts itself ({contradiction}): it was changed since it was written; copy it again from \
                 where it is whole"
            ),
            Self::OtherText {
                expected_length,
                expected_checksum,
                length,
                checksum,
            } => write!(
                f,
                "the patch was written for another text: it expects {expected_length} bytes with checksum \
                 {expected_checksum:016x}, this one has {length} with {checksum:016x}; take the text as it was when the \
                 patch was written, without later changes, added line ends or a byte order mark"
            ),
            Self::AlreadyReverted => {
                f.write_str("there is nothing to take back: this is the mangled text already")
            }
            Self::AlreadyApplied => {
                f.write_str("there is nothing to repair: this is the repaired text already")
            }
            Self::NoSuchEdit { index, count } => {
                write!(f, "there is no edit {index} (counted from 0): there are {count}")
            }
        }
    }
}

impl std::error::Error for PatchError {}
