//! Which repairs are sure enough to be made where escapes stand.
//!
//! A repairer's confidence holds for running text. What is escaped is often none: a class of a regular expression, a
//! table of letters with and without accents, the states of a parser, bytes of a key. In all of these any letters and
//! signs stand side by side, so that some of them read as text in some encoding. Hence more is asked for here, and least
//! where the mishap is the common one.

use unicode_normalization::char::is_public_assigned;

use crate::encoding::Encoding;
use crate::misdecoding::Chain;
use crate::repair::{Edit, Repair};

/// The least confidence for UTF-8 that was read as anything but windows-1252 or ISO-8859-1.
const RARE: f32 = 0.9;
/// The least confidence of the edit that shows a legacy encoding for the rest of the text.
const LEGACY: f32 = 0.95;
/// So many letters must stand side by side in it: lists of states and classes have shorter runs.
const LETTERS: usize = 6;

/// What a text shows about the chains of its repair.
pub(super) struct Proof {
    /// The chains of legacy encodings that some long edit shows.
    legacy: Vec<Chain>,
}

impl Proof {
    pub(super) fn of(repair: &Repair<'_>) -> Proof {
        let mut legacy = Vec::new();
        for edit in repair.edits() {
            if let Some(chain) = edit.cause().chain()
                && !legacy.contains(&chain)
                && edit.confidence() >= LEGACY
                && longest_word(edit.after()) >= LETTERS
                && legacy.len() < MOST
            {
                legacy.push(chain);
            }
        }
        Proof { legacy }
    }

    /// Whether the edit may be made where escapes stand.
    pub(super) fn allows(&self, edit: &Edit) -> bool {
        if !edit.after().chars().all(is_public_assigned) {
            return false;
        }
        let Some(chain) = edit.cause().chain() else {
            return true;
        };
        let (mut utf_8, mut common) = (true, true);
        for step in chain.iter() {
            utf_8 &= step.written == Encoding::Utf8;
            common &= matches!(step.read, Encoding::Windows1252 | Encoding::Iso8859_1);
        }
        match (utf_8, common) {
            (true, true) => true,
            (true, false) => edit.confidence() >= RARE,
            (false, _) => edit.confidence() >= RARE && self.legacy.contains(&chain),
        }
    }
}

/// So many chains of legacy encodings a text may show; no text has met more mishaps.
const MOST: usize = 8;

/// The most letters that stand side by side in a text.
fn longest_word(text: &str) -> usize {
    let words = text.split(|c: char| !c.is_alphabetic());
    words.map(|word| word.chars().count()).max().unwrap_or(0)
}
