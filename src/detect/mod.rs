//! Placeholder: knows nothing but UTF-8 read as windows-1252, over the whole text.

use crate::encoding::Encoding;
use crate::misdecoding::{Chain, Misdecoding};

/// A chain that could explain a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    chain: Chain,
    text: String,
    score: f32,
    confidence: f32,
}

impl Candidate {
    /// What may have happened.
    #[must_use]
    pub fn chain(&self) -> Chain {
        self.chain
    }

    /// The text it would lead to.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How much more plausible that text is.
    #[must_use]
    pub fn score(&self) -> f32 {
        self.score
    }

    /// How probable it is that this is right.
    #[must_use]
    pub fn confidence(&self) -> f32 {
        self.confidence
    }
}

/// Finds chains.
#[derive(Clone, Debug, Default)]
pub struct Detector {}

impl Detector {
    /// A detector with the usual settings.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The chains that could explain a text, best first.
    #[must_use]
    pub fn detect(&self, text: &str) -> Vec<Candidate> {
        let chain = Chain::from(Misdecoding::new(Encoding::Utf8, Encoding::Windows1252));
        match chain.undo(text) {
            Ok(clean) if clean != text => vec![Candidate {
                chain,
                text: clean,
                score: 1.0,
                confidence: 0.98,
            }],
            _ => Vec::new(),
        }
    }
}

/// The chains that could explain a text, best first.
#[must_use]
pub fn detect(text: &str) -> Vec<Candidate> {
    Detector::new().detect(text)
}
