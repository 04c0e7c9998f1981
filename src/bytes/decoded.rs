//! A text that was bytes, and the way back.

use super::{Charset, Detection, Hints, Loss, detect, signature};
use crate::repair::{Edit, Repair};
use std::borrow::Cow;

/// The text of bytes: what they were believed to be in, what could not be read, and what was repaired.
///
/// ```
/// use unbake::bytes::{Hints, decode};
///
/// let bytes = "Das war schÃ¶n, GrÃ¼ÃŸe".as_bytes();
/// let decoded = decode(bytes, &Hints::new());
/// assert_eq!(decoded.text(), "Das war schön, Grüße");
/// assert_eq!(decoded.decoded(), "Das war schÃ¶n, GrÃ¼ÃŸe");
/// assert_eq!(decoded.edits().len(), 2);
/// assert!(decoded.is_reversible());
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct Decoded<'a> {
    bytes: &'a [u8],
    decoded: Cow<'a, str>,
    losses: Vec<Loss>,
    detection: Detection,
    /// Where something was repaired.
    repair: Option<Repair<'static>>,
}

/// Decodes bytes: finds their charset, reads all of them in it, and repairs the mojibake in the text.
///
/// Never fails and never panics: what cannot be read becomes U+FFFD and is [listed](Decoded::losses). A byte order mark is
/// no part of the text. Time is linear in the length of the input.
///
/// ```
/// use unbake::bytes::{Hints, decode};
///
/// assert_eq!(decode(b"caf\xE9", &Hints::new()).text(), "café");
/// assert_eq!(decode(b"\xFE\xFF\0o\0k", &Hints::new()).text(), "ok");
/// ```
pub fn decode<'a>(bytes: &'a [u8], hints: &Hints) -> Decoded<'a> {
    let detection = detect(bytes, hints);
    let content = bytes.get(detection.mark()..).unwrap_or_default();
    let (decoded, mut losses) = detection.charset().read(content);
    for loss in &mut losses {
        loss.move_by(detection.mark());
    }
    let repair = hints.chosen_repairer().and_then(|repairer| {
        let repair = repairer.repair(&decoded);
        repair.is_changed().then(|| repair.into_owned())
    });
    Decoded {
        bytes,
        decoded,
        losses,
        detection,
        repair,
    }
}

impl<'a> Decoded<'a> {
    /// The text, with mojibake repaired.
    ///
    /// ```
    /// use unbake::bytes::{Hints, decode};
    ///
    /// let decoded = decode("Das war schÃ¶n, GrÃ¼ÃŸe".as_bytes(), &Hints::new());
    /// assert_eq!(decoded.text(), "Das war schön, Grüße");
    /// ```
    #[must_use]
    pub fn text(&self) -> &str {
        self.repair.as_ref().map_or(&self.decoded, Repair::text)
    }

    /// The text alone: borrowed if the bytes were UTF-8, or ASCII, and nothing was repaired.
    ///
    /// ```
    /// use std::borrow::Cow;
    /// use unbake::bytes::{Hints, decode};
    ///
    /// let decoded = decode("schön, Grüße".as_bytes(), &Hints::new());
    /// assert!(matches!(decoded.into_text(), Cow::Borrowed("schön, Grüße")));
    /// ```
    #[must_use]
    pub fn into_text(self) -> Cow<'a, str> {
        match self.repair {
            Some(repair) => repair.into_text(),
            None => self.decoded,
        }
    }

    /// The text as the charset has it, before any repair.
    ///
    /// ```
    /// use unbake::bytes::{Hints, decode};
    ///
    /// let decoded = decode("Das war schÃ¶n, GrÃ¼ÃŸe".as_bytes(), &Hints::new());
    /// assert_eq!(decoded.decoded(), "Das war schÃ¶n, GrÃ¼ÃŸe");
    /// ```
    #[must_use]
    pub fn decoded(&self) -> &str {
        &self.decoded
    }

    /// What was repaired; empty where nothing was.
    ///
    /// ```
    /// use unbake::bytes::{Hints, decode};
    ///
    /// let decoded = decode("Das war schÃ¶n, GrÃ¼ÃŸe".as_bytes(), &Hints::new());
    /// assert_eq!(decoded.edits()[0].after(), "ö");
    /// ```
    #[must_use]
    pub fn edits(&self) -> &[Edit] {
        self.repair.as_ref().map_or(&[], Repair::edits)
    }

    /// The repair, which can be taken back; `None` where nothing was repaired.
    ///
    /// ```
    /// use unbake::bytes::{Hints, decode};
    ///
    /// let decoded = decode("Das war schÃ¶n, GrÃ¼ÃŸe".as_bytes(), &Hints::new());
    /// let repair = decoded.repair().expect("mojibake was found");
    /// assert_eq!(repair.revert(), decoded.decoded());
    /// ```
    #[must_use]
    pub const fn repair(&self) -> Option<&Repair<'static>> {
        self.repair.as_ref()
    }

    /// What was believed, why, and which other charsets could be.
    ///
    /// ```
    /// use unbake::bytes::{Hints, decode};
    ///
    /// let decoded = decode("Das war schÃ¶n, GrÃ¼ÃŸe".as_bytes(), &Hints::new());
    /// assert!(decoded.detection().confidence() > 0.9);
    /// ```
    #[must_use]
    pub const fn detection(&self) -> &Detection {
        &self.detection
    }

    /// The charset that the bytes were read in.
    ///
    /// ```
    /// use unbake::bytes::{Hints, decode};
    ///
    /// let decoded = decode(b"caf\xE9", &Hints::new());
    /// assert_eq!(decoded.charset().name(), "windows-1252");
    /// ```
    #[must_use]
    pub const fn charset(&self) -> Charset {
        self.detection.charset()
    }

    /// The bytes that could not be read, in order; U+FFFD stands for each.
    ///
    /// ```
    /// use unbake::bytes::{Hints, decode};
    ///
    /// let decoded = decode("Das war schÃ¶n, GrÃ¼ÃŸe".as_bytes(), &Hints::new());
    /// assert!(decoded.losses().is_empty());
    /// ```
    #[must_use]
    pub fn losses(&self) -> &[Loss] {
        &self.losses
    }

    /// The text as bytes in the believed charset, the byte order mark and the lost bytes put back; `None` where a character
    /// has no bytes there.
    ///
    /// These are the bytes of the [decoded](Self::decoded) text, before any repair; the repair itself is taken back by
    /// [`Repair::revert`].
    ///
    /// ```
    /// use unbake::bytes::{Hints, decode};
    ///
    /// let decoded = decode(b"caf\xE9", &Hints::new());
    /// assert_eq!(decoded.to_bytes().as_deref(), Some(b"caf\xE9".as_slice()));
    /// ```
    #[must_use]
    pub fn to_bytes(&self) -> Option<Cow<'_, [u8]>> {
        let charset = self.charset();
        if self.losses.is_empty() && self.detection.mark() == 0 {
            return charset.write(&self.decoded);
        }
        let mut out = Vec::with_capacity(self.bytes.len());
        if self.detection.has_byte_order_mark() {
            out.extend_from_slice(signature::mark_of(charset));
        }
        let mut from = 0;
        for loss in &self.losses {
            let readable = self.decoded.get(from..loss.position())?;
            out.extend_from_slice(&charset.write(readable)?);
            out.extend_from_slice(self.bytes.get(loss.bytes())?);
            from = loss.position() + char::REPLACEMENT_CHARACTER.len_utf8();
        }
        out.extend_from_slice(&charset.write(self.decoded.get(from..)?)?);
        Some(Cow::Owned(out))
    }

    /// Whether [`to_bytes`](Self::to_bytes) gives the input to the byte. Not so where the charset has two codes for one
    /// character and the input has the rarer one. Costs as much as encoding the text.
    ///
    /// ```
    /// use unbake::bytes::{Hints, decode};
    ///
    /// let decoded = decode(b"caf\xE9", &Hints::new());
    /// assert!(decoded.is_reversible());
    /// ```
    #[must_use]
    pub fn is_reversible(&self) -> bool {
        self.to_bytes().is_some_and(|bytes| *bytes == *self.bytes)
    }
}
