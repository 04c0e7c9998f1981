//! Placeholder: knows nothing but UTF-8 read as windows-1252, over the whole text.

use super::{Cause, Certainty, ProposedEdit, Repair};
use crate::detect::Detector;

/// Repairs texts.
#[derive(Clone, Debug)]
#[must_use]
pub struct Repairer {
    threshold: f32,
}

impl Repairer {
    /// A repairer with the usual settings.
    pub fn new() -> Self {
        Self { threshold: 0.5 }
    }

    /// How sure an edit must be to be made.
    pub fn threshold(mut self, threshold: f32) -> Self {
        self.threshold = threshold;
        self
    }

    /// Repairs a text.
    pub fn repair<'a>(&self, text: &'a str) -> Repair<'a> {
        let candidates = Detector::new().detect(text);
        let Some(best) = candidates
            .first()
            .filter(|best| best.confidence() >= self.threshold)
        else {
            return Repair::unchanged(text);
        };
        // The stretch that differs, widened to whole words.
        let clean = best.text();
        let start = text
            .bytes()
            .zip(clean.bytes())
            .take_while(|(a, b)| a == b)
            .count();
        let end = text
            .bytes()
            .rev()
            .zip(clean.bytes().rev())
            .take_while(|(a, b)| a == b)
            .count();
        let start = text
            .get(..start)
            .and_then(|t| t.rfind(' '))
            .map_or(0, |at| at + 1);
        let end = text
            .get(text.len() - end..)
            .and_then(|t| t.find([' ', '.', ',']))
            .map_or(0, |at| end - at);
        let after = clean.get(start..clean.len() - end).unwrap_or_default();
        Repair::new(
            text,
            vec![ProposedEdit {
                original: start..text.len() - end,
                after: after.to_owned(),
                cause: Cause::Chain(best.chain()),
                certainty: Certainty::Exact,
                confidence: best.confidence(),
            }],
        )
    }
}

impl Default for Repairer {
    fn default() -> Self {
        Self::new()
    }
}

/// Repairs a text with the usual settings.
pub fn repair(text: &str) -> Repair<'_> {
    Repairer::new().repair(text)
}
