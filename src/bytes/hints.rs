//! What is known about bytes before they are looked at.

use super::declaration::{Declaration, Place, charset_parameter};
use crate::Repairer;
use crate::detect::{Settings, System};
use crate::encoding::Encoding;
use crate::error::UnknownLanguage;

/// What is known about bytes before they are looked at; all of it may be wrong, and none of it is needed.
///
/// Each hint makes some encodings likelier; the bytes decide.
///
/// ```
/// use unbake::bytes::{Hints, decode};
///
/// // A word in more than one encoding.
/// let bytes = b"\x93\x8C\x8B\x9E";
/// let japanese = Hints::new().declared("shift_jis");
/// let russian = Hints::new().top_level_domain("ru");
/// assert_eq!(decode(bytes, &japanese).text(), "東京");
/// assert_eq!(decode(bytes, &russian).text(), "УМЛЮ");
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct Hints {
    declared: Option<String>,
    settings: Settings,
    mojibake: Mojibake,
}

/// What becomes of mojibake in the decoded text.
#[derive(Clone, Debug)]
enum Mojibake {
    /// By a repairer that expects what the hints say.
    Repair,
    RepairBy(Repairer),
    Keep,
}

impl Hints {
    /// Nothing is known.
    ///
    /// ```
    /// use unbake::bytes::{Hints, decode};
    ///
    /// assert_eq!(decode(b"na\xEFve", &Hints::new()).text(), "naïve");
    /// ```
    pub fn new() -> Hints {
        Hints {
            declared: None,
            settings: Settings::new(),
            mojibake: Mojibake::Repair,
        }
    }

    /// The charset that the bytes are said to be in, by any name: that of a protocol, a file format, a database column.
    /// A name that is not known is reported and otherwise ignored.
    ///
    /// ```
    /// use unbake::bytes::{Hints, decode};
    ///
    /// // Two Chinese characters, or four letters.
    /// let bytes = b"\xC1\xAA\xCD\xA8";
    /// assert_eq!(decode(bytes, &Hints::new().declared("gbk")).text(), "联通");
    /// ```
    pub fn declared(mut self, label: &str) -> Hints {
        self.declared = Some(label.trim().to_owned());
        self
    }

    /// The `Content-Type` that the bytes came with, such as `text/html; charset=koi8-r`; without a charset it says nothing.
    ///
    /// ```
    /// use unbake::bytes::{Hints, decode};
    ///
    /// let hints = Hints::new().content_type("text/plain; charset=shift_jis");
    /// assert_eq!(decode(b"\x93\x8C\x8B\x9E", &hints).text(), "東京");
    /// ```
    pub fn content_type(self, header: &str) -> Hints {
        match charset_parameter(header) {
            Some(label) => self.declared(label),
            None => self,
        }
    }

    /// The languages that the text is expected in, as BCP 47 tags: their legacy encodings become likelier, and the repair of
    /// mojibake expects them too.
    ///
    /// # Errors
    ///
    /// [`UnknownLanguage`] for a tag that is not known.
    ///
    /// ```
    /// use unbake::bytes::{Hints, decode};
    ///
    /// let hints = Hints::new().languages(&["ja"])?;
    /// assert_eq!(decode(b"\x93\x8C\x8B\x9E", &hints).text(), "東京");
    /// # Ok::<(), unbake::error::UnknownLanguage>(())
    /// ```
    pub fn languages(mut self, tags: &[&str]) -> Result<Hints, UnknownLanguage> {
        self.settings = self.settings.languages(tags)?;
        Ok(self)
    }

    /// The top-level domain that the bytes came from (`jp`), or the host (`www.example.jp`): legacy encodings of its
    /// languages become likelier, see [`Settings::top_level_domain`]. A domain that is not known, such as `com`, says
    /// nothing.
    ///
    /// ```
    /// use unbake::bytes::{Hints, decode};
    ///
    /// let hints = Hints::new().top_level_domain("www.example.jp");
    /// assert_eq!(decode(b"\x93\x8C\x8B\x9E", &hints).text(), "東京");
    /// ```
    pub fn top_level_domain(mut self, domain: &str) -> Hints {
        self.settings = self.settings.top_level_domain(domain);
        self
    }

    /// The systems that the bytes were written on: their encodings become likelier, see [`Settings::systems`].
    ///
    /// ```
    /// use unbake::bytes::{Hints, decode};
    /// use unbake::detect::System;
    ///
    /// // A short word in more than one Russian encoding.
    /// let russian = Hints::new().top_level_domain("ru");
    /// let dos = russian.systems(&[System::Dos]);
    /// assert_eq!(decode(b"\x8C\xA8\xE0", &dos).text(), "Мир");
    /// ```
    pub fn systems(mut self, systems: &[System]) -> Hints {
        self.settings = self.settings.systems(systems);
        self
    }

    /// Repairs mojibake in the decoded text by this repairer, and not by one that expects what the hints say.
    ///
    /// ```
    /// use unbake::Repairer;
    /// use unbake::bytes::{Hints, decode};
    ///
    /// let careful = Hints::new().repairer(Repairer::new().threshold(1.0));
    /// assert_eq!(decode("schÃ¶n".as_bytes(), &careful).text(), "schÃ¶n");
    /// ```
    pub fn repairer(mut self, repairer: Repairer) -> Hints {
        self.mojibake = Mojibake::RepairBy(repairer);
        self
    }

    /// Leaves mojibake in the decoded text as it is: only the encoding is found.
    ///
    /// ```
    /// use unbake::bytes::{Hints, decode};
    ///
    /// let decoded = decode("schÃ¶n".as_bytes(), &Hints::new().keep_mojibake());
    /// assert_eq!(decoded.text(), "schÃ¶n");
    /// ```
    pub fn keep_mojibake(mut self) -> Hints {
        self.mojibake = Mojibake::Keep;
        self
    }

    pub(super) fn declaration(&self) -> Option<Declaration> {
        let label = self.declared.as_deref().filter(|label| !label.is_empty())?;
        Some(Declaration::new(Place::Caller, label))
    }

    /// Who repairs the decoded text.
    pub(super) fn chosen_repairer(&self) -> Option<Repairer> {
        match &self.mojibake {
            Mojibake::Repair => Some(Repairer::new().settings(self.settings.clone())),
            Mojibake::RepairBy(repairer) => Some(repairer.clone()),
            Mojibake::Keep => None,
        }
    }

    /// Nats that an encoding gains by what languages are expected.
    pub(super) fn bonus(&self, encoding: Encoding) -> f32 {
        -self.settings.hint(encoding)
    }
}

impl Default for Hints {
    fn default() -> Hints {
        Hints::new()
    }
}
