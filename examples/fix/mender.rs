//! What is to be repaired, and how.

use unbake::carriers::Carriers;
use unbake::tidy::Tidy;
use unbake::{Repair, Repairer};

/// Which mojibake is repaired.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub enum Manner {
    /// All that is sure enough.
    #[default]
    Usual,
    /// What the mishap, run again, gives back to the byte.
    Exact,
    /// What stands in escapes, too.
    Escapes,
    /// And what is no mojibake is tidied.
    Tidy,
}

/// A repairer, and which of its ways is meant.
pub struct Mender {
    pub repairer: Repairer,
    pub manner: Manner,
}

impl Mender {
    pub fn repair<'t>(&self, text: &'t str) -> Repair<'t> {
        match self.manner {
            Manner::Usual => self.repairer.repair(text),
            Manner::Exact => self.repairer.repair_exact(text),
            Manner::Escapes => Carriers::new().repair(&self.repairer, text),
            Manner::Tidy => Tidy::ftfy().repair_with(&self.repairer, text),
        }
    }

    /// Whether it can repair a text in blocks.
    pub fn takes_blocks(&self) -> bool {
        self.manner == Manner::Usual
    }
}
