//! What is believed about bytes, and why.

use super::Charset;
use super::declaration::{Declaration, Place};
use crate::encoding::Encoding;

/// What a belief about bytes rests on.
///
/// ```
/// use unbake::bytes::{Evidence, Hints, detect};
///
/// assert_eq!(detect(b"plain", &Hints::new()).evidence(), Evidence::Ascii);
/// assert_eq!(detect("schön".as_bytes(), &Hints::new()).evidence(), Evidence::Utf8);
/// assert_eq!(detect(b"\x1B$BF|K\\\x1B(B", &Hints::new()).evidence(), Evidence::Escapes);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "kebab-case")
)]
#[non_exhaustive]
pub enum Evidence {
    /// All of it is ASCII, which nearly every encoding reads alike.
    Ascii,
    /// A byte order mark.
    ByteOrderMark,
    /// Escape sequences of ISO-2022-JP, ISO-2022-KR or HZ, all well-formed.
    Escapes,
    /// Units of four bytes, all of them characters.
    Units,
    /// All of it is valid UTF-8, with characters outside ASCII.
    Utf8,
    /// It was declared, and the text does not speak against it.
    Declared(Place),
    /// The text reads best so.
    Text,
}

/// A charset that bytes could be in.
///
/// ```
/// use unbake::bytes::{Hints, detect};
///
/// // 東京 in Shift_JIS, УМЛЮ in code page 866.
/// let found = detect(b"\x93\x8C\x8B\x9E", &Hints::new());
/// let names: Vec<_> = found.alternatives().iter().map(|a| a.charset().name()).collect();
/// assert!(names.contains(&"shift_jis") && names.contains(&"ibm866"));
/// ```
#[derive(Clone, Copy, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Alternative {
    pub(super) charset: Charset,
    pub(super) confidence: f32,
}

impl Alternative {
    /// The charset.
    ///
    /// ```
    /// use unbake::bytes::{Hints, detect};
    ///
    /// let found = detect(b"\xCF\xF0\xE8\xE2\xE5\xF2", &Hints::new());
    /// assert_eq!(found.alternatives()[0].charset(), found.charset());
    /// ```
    #[must_use]
    pub const fn charset(&self) -> Charset {
        self.charset
    }

    /// The probability that it reads the bytes as they were meant, from 0 to 1. Those of all alternatives sum to at most 1.
    ///
    /// ```
    /// use unbake::bytes::{Hints, detect};
    ///
    /// let found = detect(b"\xCF\xF0\xE8\xE2\xE5\xF2", &Hints::new());
    /// assert!(found.alternatives()[0].confidence() > 0.9);
    /// ```
    #[must_use]
    pub const fn confidence(&self) -> f32 {
        self.confidence
    }
}

/// Which charset bytes are believed to be in, why, and which others could be.
///
/// Charsets that read the bytes as the same text count as one, named by the commonest of them.
///
/// ```
/// use unbake::bytes::{Evidence, Hints, detect};
///
/// let found = detect(b"\xCF\xF0\xE8\xE2\xE5\xF2, \xEC\xE8\xF0!", &Hints::new());
/// assert_eq!(found.charset().name(), "windows-1251");
/// assert_eq!(found.evidence(), Evidence::Text);
/// assert!(found.confidence() > 0.9);
/// ```
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(from = "crate::serial::Detection", into = "crate::serial::Detection")
)]
pub struct Detection {
    alternatives: Vec<Alternative>,
    best: Alternative,
    evidence: Evidence,
    declarations: Vec<Declaration>,
    mark: usize,
}

impl Detection {
    /// The charset that is believed in.
    ///
    /// ```
    /// use unbake::bytes::{Hints, detect};
    ///
    /// let found = detect(b"\xCF\xF0\xE8\xE2\xE5\xF2", &Hints::new());
    /// assert_eq!(found.charset().name(), "windows-1251");
    /// ```
    #[must_use]
    pub const fn charset(&self) -> Charset {
        self.best.charset
    }

    /// The probability that the charset reads the bytes as they were meant, from 0 to 1: of the texts read at 0.9, about nine
    /// in ten are right. Low where the bytes are no text at all. 1 where the form of the bytes decides.
    ///
    /// ```
    /// use unbake::bytes::{Hints, detect};
    ///
    /// let found = detect(b"\xCF\xF0\xE8\xE2\xE5\xF2", &Hints::new());
    /// assert!(found.confidence() > 0.9);
    /// assert!(detect(b"\x89PNG\r\n\x1A\n\0\0\0\r", &Hints::new()).confidence() < 0.1);
    /// ```
    #[must_use]
    pub const fn confidence(&self) -> f32 {
        self.best.confidence
    }

    /// What the belief rests on.
    ///
    /// ```
    /// use unbake::bytes::{Evidence, Hints, detect};
    ///
    /// let found = detect(b"\xCF\xF0\xE8\xE2\xE5\xF2", &Hints::new());
    /// assert_eq!(found.evidence(), Evidence::Text);
    /// ```
    #[must_use]
    pub const fn evidence(&self) -> Evidence {
        self.evidence
    }

    /// All charsets that could be, the likeliest, which is the believed one, first. Never empty.
    ///
    /// ```
    /// use unbake::bytes::{Hints, detect};
    ///
    /// let found = detect(b"\xCF\xF0\xE8\xE2\xE5\xF2", &Hints::new());
    /// assert!(found.alternatives().len() >= 1);
    /// ```
    #[must_use]
    pub fn alternatives(&self) -> &[Alternative] {
        &self.alternatives
    }

    /// What was declared, by the caller and in the document, in this order, and whether it was believed.
    ///
    /// ```
    /// use unbake::bytes::{Hints, detect};
    ///
    /// let found = detect(b"\xCF\xF0\xE8\xE2\xE5\xF2", &Hints::new());
    /// assert!(found.declarations().is_empty());
    /// ```
    #[must_use]
    pub fn declarations(&self) -> &[Declaration] {
        &self.declarations
    }

    /// Whether the bytes begin with a byte order mark.
    ///
    /// ```
    /// use unbake::bytes::{Hints, detect};
    ///
    /// assert!(detect(b"\xEF\xBB\xBFtext", &Hints::new()).has_byte_order_mark());
    /// ```
    #[must_use]
    pub const fn has_byte_order_mark(&self) -> bool {
        self.mark > 0
    }

    /// The belief in the first of these; `UTF-8`, at no confidence, if there is none.
    pub(crate) fn new(
        mut alternatives: Vec<Alternative>,
        evidence: Evidence,
        mut declarations: Vec<Declaration>,
    ) -> Detection {
        let best = alternatives.first().copied().unwrap_or(Alternative {
            charset: Charset::Encoding(Encoding::Utf8),
            confidence: 0.0,
        });
        if alternatives.is_empty() {
            alternatives.push(best);
        }
        for declaration in &mut declarations {
            declaration.judge(best.charset);
        }
        Detection {
            alternatives,
            best,
            evidence,
            declarations,
            mark: 0,
        }
    }

    /// After a byte order mark of so many bytes.
    pub(crate) fn with_mark(self, mark: usize) -> Detection {
        Detection { mark, ..self }
    }

    /// How many bytes the byte order mark has; none if there is none.
    pub(crate) const fn mark(&self) -> usize {
        self.mark
    }
}
