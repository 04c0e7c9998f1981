//! What each kind of loss is called, how it came about, and what can be done.

use crate::encoding::Encoding;

/// How a text was lost.
///
/// ```
/// use unbake::damage::lost::{LostKind, lost};
/// use unbake::encoding::Encoding;
///
/// let kind = lost("пїЅ").next().unwrap().kind;
/// assert!(matches!(kind, LostKind::Misread { read: Encoding::Windows1251, .. }));
/// println!("{}: {} {}", kind.name(), kind.explain(), kind.advice());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "kebab-case")
)]
#[non_exhaustive]
pub enum LostKind {
    /// U+FFFD, the replacement character.
    Replaced,
    /// U+FFFD in UTF-8, read in another encoding.
    #[non_exhaustive]
    Misread {
        /// In which, or one that reads it the same.
        read: Encoding,
    },
    /// U+FFFD in an escape of HTML, JSON, a URL or mail.
    Escaped,
    /// `?` in the place of letters.
    QuestionMarks,
    /// `¿` in the place of letters.
    InvertedQuestionMarks,
    /// U+001A in the place of letters.
    Substitutes,
    /// The bytes with which debuggers fill memory.
    #[non_exhaustive]
    UnwrittenMemory {
        /// The byte.
        fill: u8,
    },
    /// Bytes from 80 on that were widened to U+FF80 to U+FFFF.
    SignExtended,
}

impl LostKind {
    /// Its name, in a few words.
    ///
    /// ```
    /// use unbake::damage::lost::LostKind;
    ///
    /// assert_eq!(LostKind::Replaced.name(), "replacement characters");
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            LostKind::Replaced => "replacement characters",
            LostKind::Misread { .. } => "misread replacement characters",
            LostKind::Escaped => "escaped replacement characters",
            LostKind::QuestionMarks => "question marks for letters",
            LostKind::InvertedQuestionMarks => "inverted question marks for letters",
            LostKind::Substitutes => "substitute controls for letters",
            LostKind::UnwrittenMemory { .. } => "unwritten memory",
            LostKind::SignExtended => "sign-extended bytes",
        }
    }

    /// How it came about, in a sentence or two.
    ///
    /// ```
    /// use unbake::damage::lost::LostKind;
    ///
    /// assert!(LostKind::QuestionMarks.explain().contains("encod"));
    /// ```
    #[must_use]
    pub const fn explain(self) -> &'static str {
        match self {
            LostKind::Replaced => {
                "A program decoded bytes that mean nothing in the encoding it took them for, mostly legacy text as \
                 UTF-8, and put U+FFFD for them. The bytes are gone."
            }
            LostKind::Misread { .. } => {
                "A program put U+FFFD for bytes that it could not decode and wrote it in UTF-8, as EF BF BD; another one \
                 read that in a legacy encoding. Undoing the second mishap gives U+FFFD; what was there before the first is \
                 gone."
            }
            LostKind::Escaped => {
                "A program put U+FFFD for bytes that it could not decode, and another one escaped it. The bytes are gone."
            }
            LostKind::QuestionMarks => {
                "A program encoded text for an encoding that lacks these characters, and wrote `?` for each. What they were \
                 is gone."
            }
            LostKind::InvertedQuestionMarks => {
                "An Oracle database converted text to a character set that lacks these characters, and wrote `¿` (BF) for \
                 each. What they were is gone."
            }
            LostKind::Substitutes => {
                "A converter wrote the control SUBSTITUTE, 1A, for characters that its target encoding lacks. What they \
                 were is gone."
            }
            LostKind::UnwrittenMemory { .. } => {
                "A C or C++ program built for debugging printed memory that it had not written to, or had freed: the \
                 compiler fills it with a byte such as CC, CD or DD. There never was any text."
            }
            LostKind::SignExtended => {
                "A program took bytes of UTF-8 for signed numbers and widened them to characters, so that C3 became U+FFC3."
            }
        }
    }

    /// What can be done about it.
    ///
    /// ```
    /// use unbake::damage::lost::LostKind;
    ///
    /// assert!(LostKind::SignExtended.advice().contains("FF00"));
    /// ```
    #[must_use]
    pub const fn advice(self) -> &'static str {
        match self {
            LostKind::Replaced | LostKind::Misread { .. } | LostKind::Escaped => {
                "Go back to the bytes from before the decoding and decode them in the encoding they were written in. Where \
                 there are none, the letters can only be guessed from the words around."
            }
            LostKind::QuestionMarks | LostKind::InvertedQuestionMarks | LostKind::Substitutes => {
                "Take the text again from its source, through columns, connections and files that are UTF-8 throughout. \
                 Where it is gone, the letters can only be guessed from the words around."
            }
            LostKind::UnwrittenMemory { .. } => {
                "Nothing is to be restored: mend the program, which reads a buffer before it is filled or past its end."
            }
            LostKind::SignExtended => {
                "Nothing was lost here: subtract FF00 from each of these characters to get the bytes, and decode them as \
                 UTF-8. In the program, mask with FF when widening."
            }
        }
    }
}
