//! What a detector or repairer may assume about the texts that it is given.

use super::expand::Encodings;
use super::systems::{self, System};
use super::{domains, languages};
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
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(from = "crate::serial::Settings", into = "crate::serial::Settings")
)]
pub struct Settings {
    pub(crate) encodings: Encodings,
    pub(crate) layers: usize,
    /// The only encodings that texts may have been written in, and wrongly read in, if only some may.
    pub(crate) written: Option<Vec<Encoding>>,
    pub(crate) read: Option<Vec<Encoding>>,
    /// The legacy encodings of the languages that are expected; none where nothing is.
    pub(crate) expected: Vec<Encoding>,
    /// The encodings of the systems that are involved; none where none is named.
    pub(crate) systems: Vec<Encoding>,
    pub(crate) guesses: Guesses,
}

/// What becomes of a character that was lost and has to be guessed: see [`Settings::guesses`].
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "kebab-case")
)]
#[non_exhaustive]
pub enum Guesses {
    /// The likeliest character where it is likelier than not, else U+FFFD.
    #[default]
    Likely,
    /// U+FFFD for each: what is around it is repaired, and nothing is made up.
    Replacement,
    /// Stretches in which something has to be guessed stay as they are.
    LeaveAlone,
}

/// Nats that a legacy encoding of the expected languages gains, and any other one loses.
const EXPECTED: f32 = 2.0;
const UNEXPECTED: f32 = 4.0;
/// Nats that an encoding of the systems involved gains, and any other one loses.
const INVOLVED: f32 = 1.0;
const UNINVOLVED: f32 = 3.0;

impl Settings {
    /// Everything is possible, up to three layers deep.
    pub fn new() -> Settings {
        Settings {
            encodings: Encodings::all(),
            layers: 3,
            written: None,
            read: None,
            expected: Vec::new(),
            systems: Vec::new(),
            guesses: Guesses::default(),
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
            let encodings = languages::encodings(tag);
            if encodings.is_empty() {
                return Err(UnknownLanguage::new(tag));
            }
            self.expected.extend(encodings);
        }
        Ok(self)
    }

    /// What a repair does where characters were lost; detection takes no notice. The guesses of
    /// [`Guesses::Likely`] are marked in the edit, see
    /// [`Certainty::Inferred`](crate::repair::Certainty::Inferred).
    ///
    /// ```
    /// use unbake::{Repairer, detect::{Guesses, Settings}};
    ///
    /// // The last byte of a character was lost to a `?`.
    /// let mangled = "鍥句功棣嗕粖澶╁叧闂?紝璇锋槑澶╁啀鏉ャ€?";
    /// let with = |guesses| Repairer::new().settings(Settings::new().guesses(guesses));
    /// assert!(with(Guesses::Replacement).repair(mangled).text().starts_with("图书馆今天关\u{FFFD}"));
    /// ```
    pub fn guesses(mut self, guesses: Guesses) -> Settings {
        self.guesses = guesses;
        self
    }

    /// The top-level domain that texts come from (`ru`), or the host (`www.example.ru`): its languages
    /// are expected, as by [`languages`](Self::languages). A domain that is not in this table, such
    /// as `com`, says nothing:
    ///
    #[doc = include_str!("domains.md")]
    ///
    /// ```
    /// use unbake::{Detector, detect::Settings};
    ///
    /// let greek = Detector::with_settings(Settings::new().top_level_domain("example.gr"));
    /// assert_eq!(greek.detect("ÁèçíÜ")[0].text(), "Αθηνά");
    /// ```
    pub fn top_level_domain(mut self, domain: &str) -> Settings {
        let languages = domains::languages(domain);
        let encodings = languages.iter().flat_map(|tag| languages::encodings(tag));
        self.expected.extend(encodings);
        self
    }

    /// The systems that texts were written, moved and read on: encodings that none of them uses
    /// become less likely on either side. UTF-8, which is on all of them, is as likely as before. A
    /// hint and no filter.
    ///
    /// ```
    /// use unbake::{Detector, detect::{Settings, System}};
    ///
    /// // A name in an old archive: code page 850, read on Windows.
    /// let settings = Settings::new().systems(&[System::Dos, System::Windows]);
    /// let found = Detector::with_settings(settings).detect("Stra\u{E1}e");
    /// assert!(found.iter().any(|c| c.text() == "Straße"));
    /// ```
    pub fn systems(mut self, systems: &[System]) -> Settings {
        self.systems
            .extend(systems.iter().flat_map(|s| systems::encodings(*s)));
        self
    }

    /// Whether a chain may be believed in.
    pub(crate) fn allows(&self, chain: &Chain) -> bool {
        chain.len() <= self.layers
            && chain.iter().all(|m| {
                self.encodings.written.contains(&m.written) && self.encodings.read.contains(&m.read)
            })
    }

    /// Whether a chain may be believed in that is found by its structure and not by the search.
    pub(crate) fn permits(&self, chain: &Chain) -> bool {
        let may = |known: &Option<Vec<Encoding>>, encoding: Encoding| {
            known.as_ref().is_none_or(|known| known.contains(&encoding))
        };
        chain
            .iter()
            .all(|m| may(&self.written, m.written) && may(&self.read, m.read))
    }

    /// Whether nothing is known that would make anything likelier than usual.
    pub(crate) fn are_usual(&self) -> bool {
        self.expected.is_empty() && self.systems.is_empty() && self.encodings.are_all
    }

    /// Nats to add to the price of a mis-decoding for what is expected of the one side.
    pub(crate) fn hint(&self, written: Encoding) -> f32 {
        let expected = if self.expected.is_empty() || written == Encoding::Utf8 {
            0.0
        } else if self.expected.contains(&written) {
            -EXPECTED
        } else {
            UNEXPECTED
        };
        expected + self.hint_of_systems(written)
    }

    /// The same of either side, by the systems involved.
    pub(crate) fn hint_of_systems(&self, encoding: Encoding) -> f32 {
        if self.systems.is_empty() || encoding == Encoding::Utf8 {
            0.0
        } else if self.systems.contains(&encoding) {
            -INVOLVED
        } else {
            UNINVOLVED
        }
    }

    /// The only encodings that texts may have been written in.
    pub fn written_in(mut self, encodings: &[Encoding]) -> Settings {
        self.encodings
            .written
            .to_mut()
            .retain(|e| encodings.contains(e));
        narrow(&mut self.written, encodings);
        self.encodings.are_all = false;
        self
    }

    /// The only encodings that texts may wrongly have been read in.
    pub fn read_as(mut self, encodings: &[Encoding]) -> Settings {
        self.encodings
            .read
            .to_mut()
            .retain(|e| encodings.contains(e));
        narrow(&mut self.read, encodings);
        self.encodings.are_all = false;
        self
    }
}

/// Leaves of what is known the named encodings alone.
fn narrow(known: &mut Option<Vec<Encoding>>, named: &[Encoding]) {
    match known {
        Some(known) => known.retain(|e| named.contains(e)),
        None => *known = Some(named.to_vec()),
    }
}

impl Default for Settings {
    fn default() -> Settings {
        Settings::new()
    }
}
