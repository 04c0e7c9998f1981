//! The detector: ranked candidates for a text.

use super::features::{Features, NAMES};
use super::hypothesis::Hypothesis;
use super::scan::is_plain;
use super::search::search;
use super::{Settings, chunks, judge};
use crate::misdecoding::Chain;

/// A chain that could explain a text, and the text that undoing it leads to.
///
/// ```
/// let candidates = unbake::detect("Das war schÃ¶n.");
/// assert_eq!(candidates[0].chain().to_string(), "utf-8>windows-1252");
/// assert_eq!(candidates[0].text(), "Das war schön.");
/// assert!(candidates[0].confidence() > 0.9);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Candidate {
    chain: Chain,
    text: String,
    score: f32,
    confidence: f32,
    #[cfg_attr(feature = "serde", serde(with = "crate::serial::evidence", default))]
    features: Features,
}

impl Candidate {
    /// What may have happened to the text.
    #[must_use]
    pub fn chain(&self) -> Chain {
        self.chain
    }

    /// The text that undoing it leads to; stretches that the chain does not explain stand as they
    /// stood.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Log-odds in nats that this is what happened rather than nothing: how much more plausible
    /// the text is, less the price of the chain and what else speaks against it.
    #[must_use]
    pub fn score(&self) -> f32 {
        self.score
    }

    /// The probability that the text is right, from 0 to 1.
    #[must_use]
    pub fn confidence(&self) -> f32 {
        self.confidence
    }

    /// What the judge sees: the values of all evidence and a flag for each group, for calibration.
    #[doc(hidden)]
    #[must_use]
    pub fn features(&self) -> Vec<f32> {
        self.features.inputs().to_vec()
    }

    /// What the confidence rests on: each kind of evidence by name, with its measure, those that
    /// say nothing left out.
    ///
    /// ```
    /// let candidates = unbake::detect("Das war schÃ¶n.");
    /// assert!(candidates[0].evidence().any(|(name, _)| name == "log-odds a character"));
    /// ```
    pub fn evidence(&self) -> impl Iterator<Item = (&'static str, f32)> + '_ {
        NAMES
            .iter()
            .copied()
            .zip(self.features.values)
            .filter(|e| e.1 != 0.0)
    }
}

/// Finds the chains that could explain a text.
///
/// ```
/// use unbake::Detector;
///
/// assert!(Detector::new().detect("nothing wrong here").is_empty());
/// ```
#[derive(Clone, Debug, Default)]
pub struct Detector {
    settings: Settings,
}

impl Detector {
    /// A detector with the usual settings.
    #[must_use]
    pub fn new() -> Detector {
        Detector::default()
    }

    /// A detector with these settings.
    #[must_use]
    pub fn with_settings(settings: Settings) -> Detector {
        Detector { settings }
    }

    /// The chains that could explain `text`, likeliest first; in ASCII only those written in ASCII
    /// are looked for: UTF-7, HZ, ISO-2022-JP, ISO-2022-KR. One that scores below 0 is less likely than that the
    /// text is as it should be.
    ///
    /// Of a long text the first few thousand characters outside ASCII decide. Never panics.
    #[must_use]
    pub fn detect(&self, text: &str) -> Vec<Candidate> {
        let Some(chunk) = chunks::chunks(text).find(|c| !is_plain(c.text)) else {
            return Vec::new();
        };
        // Candidates are for the whole text: a short text is one chunk.
        let whole: Vec<char> = if text.len() <= chunks::LONGEST * 4 {
            text.chars().collect()
        } else {
            chunk.text.chars().collect()
        };
        search(&whole, &self.settings)
            .into_iter()
            .map(candidate)
            .collect()
    }
}

fn candidate(h: Hypothesis) -> Candidate {
    Candidate {
        features: h.features(),
        chain: h.chain,
        text: h.repaired.into_iter().collect(),
        score: h.score,
        confidence: judge::probability(h.sure),
    }
}

/// The chains that could explain `text`, likeliest first, with the usual settings: see
/// [`Detector::detect`].
///
/// ```
/// let candidates = unbake::detect("оПХБЕР");
/// assert_eq!(candidates[0].text(), "Привет");
/// ```
#[must_use]
pub fn detect(text: &str) -> Vec<Candidate> {
    Detector::new().detect(text)
}
