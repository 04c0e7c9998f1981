//! What a detector or repairer may assume about the texts that it is given.

use super::expand::Encodings;
use super::languages;
use crate::encoding::Encoding;
use crate::error::UnknownLanguage;
use crate::misdecoding::Chain;

/// What a detector or repairer may assume: encodings and depth. Shared by both builders.
///
/// ```
/// use unbake::{Detector, detect::Settings, encoding::Encoding};
///
/// let settings = Settings::new().layers(1).read_as(&[Encoding::Windows1252]);
/// let found = Detector::with_settings(settings).detect("schÃ¶n");
/// assert_eq!(found[0].text(), "schön");
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct Settings {
    pub(crate) encodings: Encodings,
    pub(crate) layers: usize,
    /// Whether ISO-2022-JP may be found, by its structure and not by the search.
    pub(crate) iso_2022_jp: bool,
    /// The legacy encodings of the languages that are expected; none where nothing is.
    expected: Vec<Encoding>,
}

/// Nats that a legacy encoding of the expected languages gains, and any other one loses.
const EXPECTED: f32 = 2.0;
const UNEXPECTED: f32 = 4.0;

impl Settings {
    /// Everything is possible, up to three layers deep.
    pub fn new() -> Settings {
        Settings {
            encodings: Encodings::all(),
            layers: 3,
            iso_2022_jp: true,
            expected: Vec::new(),
        }
    }

    /// How many mis-decodings may have followed one another, from 1 to [`Chain::MAX_LEN`]; other
    /// numbers are brought into that range. More layers take more time.
    pub fn layers(mut self, layers: usize) -> Settings {
        self.layers = layers.clamp(1, Chain::MAX_LEN);
        self
    }

    /// The languages that texts are expected in, as BCP 47 tags (`ru`, `zh-Hant`): legacy encodings
    /// of other languages become less likely as what a text was written in. UTF-8, which writes
    /// all of them, is as likely as before. A hint and no filter.
    ///
    /// # Errors
    ///
    /// [`UnknownLanguage`] for a tag that is not known; the encodings can then be named by
    /// [`written_in`](Self::written_in).
    ///
    /// ```
    /// use unbake::{Detector, detect::Settings};
    ///
    /// let greek = Detector::with_settings(Settings::new().languages(&["el"])?).detect("ÁèçíÜ");
    /// let russian = Detector::with_settings(Settings::new().languages(&["ru"])?).detect("ÁèçíÜ");
    /// assert_eq!(greek[0].text(), "Αθηνά");
    /// assert!(russian[0].score() < greek[0].score());
    /// # Ok::<(), unbake::error::UnknownLanguage>(())
    /// ```
    pub fn languages(mut self, tags: &[&str]) -> Result<Settings, UnknownLanguage> {
        for tag in tags {
            let encodings = languages::encodings(tag).ok_or_else(|| UnknownLanguage::new(tag))?;
            self.expected.extend(encodings);
        }
        Ok(self)
    }

    /// Nats to add to the price of a mis-decoding for what is expected.
    pub(crate) fn hint(&self, written: Encoding) -> f32 {
        if self.expected.is_empty() || written == Encoding::Utf8 {
            0.0
        } else if self.expected.contains(&written) {
            -EXPECTED
        } else {
            UNEXPECTED
        }
    }

    /// The only encodings that texts may have been written in.
    pub fn written_in(mut self, encodings: &[Encoding]) -> Settings {
        self.encodings.written.retain(|e| encodings.contains(e));
        self.iso_2022_jp &= encodings.contains(&Encoding::Iso2022Jp);
        self
    }

    /// The only encodings that texts may wrongly have been read in.
    pub fn read_as(mut self, encodings: &[Encoding]) -> Settings {
        self.encodings.read.retain(|e| encodings.contains(e));
        self.iso_2022_jp &= encodings.contains(&Encoding::Iso8859_1);
        self
    }
}

impl Default for Settings {
    fn default() -> Settings {
        Settings::new()
    }
}
