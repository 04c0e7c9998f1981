//! Mojibake in which something was lost: the likeliest text that could have become what is there.
//!
//! Real mojibake is rarely whole. A decoder puts U+FFFD or `?` for a byte that it cannot read, or nothing; controls are
//! dropped, no-break spaces become spaces, capitals small letters, and the end is cut off. [`recover`] undoes a chain of
//! mis-decodings all the same: an unknown byte may be any that the read encoding could have lost there and that the
//! written encoding allows, and of all the texts that come of it the model chooses. It is a beam search over the
//! characters of one line, so its time is linear in the line.

mod beam;
mod bytes;
mod context;
mod explanation;
mod gate;
mod guess;
mod jobs;
mod judge;
mod losses;
mod missing;
mod pieces;
mod plain;
mod prefix;
mod reading;
mod recover;
mod score;
mod wear;
mod weights;

use crate::misdecoding::Chain;
use std::ops::Range;

pub(crate) use explanation::Explanation;
pub(crate) use wear::Marks;

/// A guessed character.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Guess {
    /// Which character of the new text it is.
    pub(crate) at: usize,
    /// What it could be, with the odds of each: the likeliest first, those of one in a hundred or less left out.
    pub(crate) alternatives: Vec<(char, f32)>,
}

impl Guess {
    /// Whether the likeliest stands in the text: it does where it is likelier than not, else U+FFFD.
    pub(crate) fn is_shown(&self) -> bool {
        self.odds() > LIKELIER_THAN_NOT
    }

    /// The odds of the likeliest.
    pub(crate) fn odds(&self) -> f32 {
        self.alternatives.first().map_or(0.0, |a| a.1)
    }
}

/// Odds.
const LIKELIER_THAN_NOT: f32 = 0.5;

/// A stretch that was rebuilt.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Stretch {
    /// Characters of the line.
    pub(crate) range: Range<usize>,
    /// What they become: U+FFFD where no character is likelier than not.
    pub(crate) after: Vec<char>,
    /// Nothing was lost here.
    pub(crate) whole: bool,
    pub(crate) guesses: Vec<Guess>,
}

/// What a line in which something was lost becomes.
#[derive(Clone, Debug)]
pub(crate) struct Recovered {
    pub(crate) chain: Chain,
    /// How lost bytes show.
    pub(crate) marks: Marks,
    pub(crate) stretches: Vec<Stretch>,
    pub(crate) repaired: Vec<char>,
    /// Nats above the line as it stands, the price of the chain and the wear paid.
    pub(crate) net: f32,
    /// How probable it is that all but the guesses is right.
    pub(crate) confidence: f32,
    /// What is known of it: see [`judge::facts`].
    pub(crate) facts: [f32; judge::FACTS],
    /// Mean log-probability of what was rebuilt.
    pub(crate) quality: f32,
    /// The same of what is not ASCII.
    pub(crate) others_quality: f32,
    /// How many characters outside ASCII show by their bytes what they were.
    pub(crate) evidence: usize,
    /// Something is taken for a plainer sign that stands for another since.
    pub(crate) plain: bool,
}

impl Recovered {
    /// How probable it is that all of it is right, the guesses too.
    pub(crate) fn whole_confidence(&self) -> f32 {
        let guesses = self.stretches.iter().flat_map(|s| &s.guesses);
        let shown = guesses.filter(|g| g.is_shown());
        shown.fold(self.confidence, |p, g| p * g.odds())
    }
}

/// Rebuilds a line in which something was lost, or `None` where that is not clearly better than leaving it alone.
///
/// The chain of what is explained without a loss is tried first; others are looked for besides, unless it explains well.
pub(crate) fn recover(line: &[char], explained: &Explanation<'_>) -> Option<Recovered> {
    recover::recover(line, explained, judge::LIKELY)
}

/// The same, however unlikely it is to be better.
pub(crate) fn best_guess(line: &[char], explained: &Explanation<'_>) -> Option<Recovered> {
    recover::recover(line, explained, f32::NEG_INFINITY)
}
