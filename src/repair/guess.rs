//! A part of a new text that was guessed, and what else it could be.

use std::ops::Range;

/// A part of [`Edit::after`](super::Edit::after) that was guessed.
///
/// ```
/// use unbake::repair::Certainty;
///
/// // The last byte of this name was cut off.
/// let repair = unbake::repair("–≤—Å–µ —É—á–∏—Ç–µ–ª—");
/// assert!(repair.text().starts_with("все учител"));
/// let edit = repair.edits().last().unwrap();
/// let Certainty::Inferred { guessed, .. } = edit.certainty() else {
///     panic!("something was lost");
/// };
/// // «учителя», «учителю» or «учитель»: each has its odds.
/// let alternatives = guessed[0].alternatives();
/// assert!(alternatives.len() > 1);
/// assert!(alternatives.is_sorted_by(|a, b| a.1 >= b.1));
/// assert!(alternatives.iter().any(|&(c, _)| c == 'я'));
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(from = "Fields", into = "Fields")
)]
pub struct Guess {
    range: Range<usize>,
    alternatives: Box<[(char, f32)]>,
}

impl Guess {
    /// `alternatives` have odds from 0 to 1 and come sorted, the likeliest first.
    pub(crate) fn new(range: Range<usize>, alternatives: Vec<(char, f32)>) -> Self {
        Self {
            range,
            alternatives: alternatives.into(),
        }
    }

    /// Which part it is: bytes counted from the start of [`Edit::after`](super::Edit::after).
    ///
    /// ```
    /// use unbake::repair::Certainty;
    ///
    /// let repair = unbake::repair("–≤—Å–µ —É—á–∏—Ç–µ–ª—");
    /// let edit = repair.edits().last().unwrap();
    /// if let Certainty::Inferred { guessed, .. } = edit.certainty() {
    ///     assert_eq!(guessed[0].range().end, edit.after().len());
    /// }
    /// ```
    #[must_use]
    pub fn range(&self) -> Range<usize> {
        self.range.clone()
    }

    /// The characters that could stand there, the likeliest first, each with its odds from 0 to 1.
    ///
    /// At most five are listed, and none whose odds are below 0.01, so that all may add up to less than one.
    /// The first of them stands in the text where it is likelier than not, and U+FFFD otherwise. None are
    /// listed where they are not known: in a page whose bytes were shifted, and in a
    /// [`Patch`](super::Patch), which keeps no odds.
    ///
    /// ```
    /// use unbake::detect::{Guesses, Settings};
    /// use unbake::{Repairer, repair::Certainty};
    ///
    /// // With the guesses left out, the odds still say what they would have been.
    /// let settings = Settings::new().guesses(Guesses::Replacement);
    /// let repair = Repairer::new().settings(settings).repair("–≤—Å–µ —É—á–∏—Ç–µ–ª—");
    /// assert!(repair.text().ends_with('\u{FFFD}'));
    /// if let Certainty::Inferred { guessed, .. } = repair.edits().last().unwrap().certainty() {
    ///     assert!(guessed[0].alternatives().iter().all(|(_, odds)| (0.01..=1.0).contains(odds)));
    /// }
    /// ```
    #[must_use]
    pub fn alternatives(&self) -> &[(char, f32)] {
        &self.alternatives
    }

    /// The same without its odds.
    pub(super) fn without_odds(&self) -> Self {
        Self::new(self.range(), Vec::new())
    }

    /// Whether the odds are such, and sorted.
    pub(super) fn is_sound(&self) -> bool {
        let mut most = 1.0;
        self.alternatives.iter().all(|&(_, odds)| {
            let fits = (0.0..=most).contains(&odds);
            most = odds;
            fits
        })
    }
}

impl From<Range<usize>> for Guess {
    fn from(range: Range<usize>) -> Self {
        Self::new(range, Vec::new())
    }
}

/// As it is serialised.
#[cfg(feature = "serde")]
#[derive(serde::Serialize, serde::Deserialize)]
struct Fields {
    start: usize,
    end: usize,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    alternatives: Vec<(char, f32)>,
}

#[cfg(feature = "serde")]
impl From<Fields> for Guess {
    fn from(fields: Fields) -> Self {
        Self::new(fields.start..fields.end, fields.alternatives)
    }
}

#[cfg(feature = "serde")]
impl From<Guess> for Fields {
    fn from(guess: Guess) -> Self {
        Self {
            start: guess.range.start,
            end: guess.range.end,
            alternatives: guess.alternatives.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odds_are_sorted_and_between_0_and_1() {
        let sound = |odds: &[f32]| {
            Guess::new(0..1, odds.iter().map(|&odds| ('a', odds)).collect()).is_sound()
        };
        assert!(sound(&[]));
        assert!(sound(&[1.0]));
        assert!(sound(&[0.5, 0.5, 0.0]));
        assert!(!sound(&[0.2, 0.5]), "not sorted");
        assert!(!sound(&[1.5]), "more than certain");
        assert!(!sound(&[0.5, -0.1]), "negative");
        assert!(!sound(&[f32::NAN]));
    }
}
