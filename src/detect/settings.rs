//! What a detector or repairer may assume about the texts that it is given.

use super::expand::Encodings;
use crate::encoding::Encoding;
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
}

impl Settings {
    /// Everything is possible, up to three layers deep.
    pub fn new() -> Settings {
        Settings {
            encodings: Encodings::all(),
            layers: 3,
        }
    }

    /// How many mis-decodings may have followed one another, from 1 to [`Chain::MAX_LEN`]; other
    /// numbers are brought into that range. More layers take more time.
    pub fn layers(mut self, layers: usize) -> Settings {
        self.layers = layers.clamp(1, Chain::MAX_LEN);
        self
    }

    /// The only encodings that texts may have been written in.
    pub fn written_in(mut self, encodings: &[Encoding]) -> Settings {
        self.encodings.written.retain(|e| encodings.contains(e));
        self
    }

    /// The only encodings that texts may wrongly have been read in.
    pub fn read_as(mut self, encodings: &[Encoding]) -> Settings {
        self.encodings.read.retain(|e| encodings.contains(e));
        self
    }
}

impl Default for Settings {
    fn default() -> Settings {
        Settings::new()
    }
}
