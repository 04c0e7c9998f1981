//! One stretch of the repaired text, what stood there before, and why it was changed.

use std::ops::Range;

use super::cause::Cause;
use super::guess::Guess;

/// One change that a repair made.
///
/// It holds both the old and the new text, so that it explains itself and can
/// be taken back without the mangled text at hand.
///
/// ```
/// let repair = unbake::repair("Das war schÃ¶n.");
/// let edit = &repair.edits()[0];
/// assert_eq!(&repair.text()[edit.repaired()], edit.after());
/// assert_eq!(&"Das war schÃ¶n."[edit.original()], edit.before());
/// assert_eq!(edit.cause().to_string(), "utf-8>windows-1252");
/// assert!(edit.is_exact());
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Edit {
    original: usize,
    repaired: usize,
    before: Box<str>,
    after: Box<str>,
    cause: Cause,
    certainty: Certainty,
    confidence: f32,
}

impl Edit {
    /// The edit that stands at the byte `original` of the mangled text and at
    /// the byte `repaired` of the repaired one.
    pub(crate) fn new(
        (original, repaired): (usize, usize),
        before: Box<str>,
        after: Box<str>,
        cause: Cause,
        certainty: Certainty,
        confidence: f32,
    ) -> Self {
        Self {
            original,
            repaired,
            before,
            after,
            cause,
            certainty,
            confidence: tame(confidence),
        }
    }

    /// The same edit standing elsewhere in the repaired text.
    pub(super) fn moved_to(self, repaired: usize) -> Self {
        Self { repaired, ..self }
    }

    /// The same edit standing elsewhere in both texts.
    pub(crate) fn placed_at(self, original: usize, repaired: usize) -> Self {
        Self {
            original,
            repaired,
            ..self
        }
    }

    /// The same edit as a patch keeps it.
    pub(super) fn without_odds(self) -> Self {
        Self {
            certainty: self.certainty.without_odds(),
            ..self
        }
    }

    /// Where the old text stood: bytes of the mangled text.
    ///
    /// It is empty where text was put in.
    ///
    /// ```
    /// let mangled = "schÃ¶n";
    /// let repair = unbake::repair(mangled);
    /// let edit = &repair.edits()[0];
    /// assert_eq!(&mangled[edit.original()], edit.before());
    /// ```
    #[must_use]
    pub fn original(&self) -> Range<usize> {
        self.original..self.original.saturating_add(self.before.len())
    }

    /// Where the new text stands: bytes of the repaired text.
    ///
    /// It is empty where text was taken out.
    ///
    /// ```
    /// let repair = unbake::repair("schÃ¶n");
    /// let edit = &repair.edits()[0];
    /// assert_eq!(&repair.text()[edit.repaired()], edit.after());
    /// ```
    #[must_use]
    pub fn repaired(&self) -> Range<usize> {
        self.repaired..self.repaired.saturating_add(self.after.len())
    }

    /// What stood there before the repair.
    ///
    /// ```
    /// let repair = unbake::repair("schÃ¶n");
    /// assert!(repair.edits()[0].before().contains("Ã¶"));
    /// ```
    #[must_use]
    pub fn before(&self) -> &str {
        &self.before
    }

    /// What stands there since.
    ///
    /// ```
    /// let repair = unbake::repair("schÃ¶n");
    /// assert!(repair.edits()[0].after().contains("ö"));
    /// ```
    #[must_use]
    pub fn after(&self) -> &str {
        &self.after
    }

    /// What had gone wrong there.
    ///
    /// ```
    /// let repair = unbake::repair("schÃ¶n");
    /// assert_eq!(repair.edits()[0].cause().to_string(), "utf-8>windows-1252");
    /// ```
    #[must_use]
    pub fn cause(&self) -> Cause {
        self.cause
    }

    /// Whether the new text follows from the old one, or was guessed in part.
    ///
    /// ```
    /// use unbake::repair::Certainty;
    ///
    /// let repair = unbake::repair("schÃ¶n");
    /// assert_eq!(repair.edits()[0].certainty(), &Certainty::Exact);
    /// ```
    #[must_use]
    pub fn certainty(&self) -> &Certainty {
        &self.certainty
    }

    /// Whether nothing had to be guessed, see [`Certainty::Exact`].
    ///
    /// ```
    /// assert!(unbake::repair("schÃ¶n").edits()[0].is_exact());
    /// ```
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.certainty == Certainty::Exact
    }

    /// Whether what stood there is the mojibake of the new text in small letters.
    pub(super) fn has_lost_case(&self) -> bool {
        let Some(Ok(mangled)) = self.cause.chain().map(|chain| chain.mangle(&self.after)) else {
            return false;
        };
        *mangled != *self.before && *mangled.to_lowercase() == *self.before
    }

    /// How probable it is that the new text is right, from 0 to 1.
    ///
    /// Of the edits made at 0.9, about nine in ten are right.
    ///
    /// ```
    /// let repair = unbake::repair("schÃ¶n");
    /// assert!((0.0..=1.0).contains(&repair.edits()[0].confidence()));
    /// ```
    #[must_use]
    pub fn confidence(&self) -> f32 {
        self.confidence
    }
}

/// A confidence within 0 to 1; what is no number is no confidence.
fn tame(confidence: f32) -> f32 {
    if confidence.is_nan() {
        return 0.0;
    }
    // The addition turns -0.0 to 0.0, so that it is written without a sign.
    confidence.clamp(0.0, 1.0) + 0.0
}

/// Whether a new text follows from the old one.
///
/// ```
/// use unbake::repair::Certainty;
///
/// let repair = unbake::repair("schÃ¶n");
/// assert_eq!(repair.edits()[0].certainty(), &Certainty::Exact);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "kebab-case")
)]
pub enum Certainty {
    /// Nothing was guessed. Where the cause is a chain, the chain run forward
    /// over the new text gives the old text to the byte; where it was escaped
    /// since, the same holds of what the escapes stand for.
    Exact,
    /// Something was lost on the way and had to be guessed.
    #[non_exhaustive]
    Inferred {
        /// Which parts of [`Edit::after`] were guessed, and what else they
        /// could be; sorted and apart. Nothing is listed where it cannot be
        /// told which parts they are.
        guessed: Box<[Guess]>,
    },
}

impl Certainty {
    /// Something in the new text was guessed, it cannot be told which part.
    pub(crate) fn vague() -> Self {
        Self::Inferred {
            guessed: Box::default(),
        }
    }

    /// The same without the odds of what was guessed.
    fn without_odds(self) -> Self {
        match self {
            Self::Inferred { guessed } => Self::Inferred {
                guessed: guessed.iter().map(Guess::without_odds).collect(),
            },
            exact => exact,
        }
    }

    /// Whether every guess lies in the text at character borders, the ranges
    /// being sorted, apart and not empty, and the odds sound.
    pub(crate) fn fits(&self, after: &str) -> bool {
        let Self::Inferred { guessed } = self else {
            return true;
        };
        let mut free_from = 0;
        guessed.iter().all(|guess| {
            let range = guess.range();
            let fits = range.start >= free_from
                && range.start < range.end
                && after.get(range.clone()).is_some()
                && guess.is_sound();
            free_from = range.end;
            fits
        })
    }
}

/// The text with some of its stretches replaced: `changes` in the order in
/// which they stand there. `None` if one of them begins before the last one
/// ended, or does not lie in the text at character borders.
pub(super) fn splice<'t>(
    text: &str,
    changes: impl IntoIterator<Item = (Range<usize>, &'t str)>,
) -> Option<String> {
    let mut result = String::with_capacity(text.len());
    let mut done = 0;
    for (range, new) in changes {
        result.push_str(text.get(done..range.start)?);
        text.get(range.clone())?;
        result.push_str(new);
        done = range.end;
    }
    result.push_str(text.get(done..)?);
    Some(result)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_confidence_lies_between_0_and_1() {
        assert_eq!(tame(f32::NAN), 0.0);
        assert_eq!(tame(f32::INFINITY), 1.0);
        assert!(tame(-0.0).is_sign_positive());
        assert_eq!(tame(0.5), 0.5);
    }

    #[test]
    fn guessed_ranges_must_fit_the_text() {
        let fits = |ranges: &[(usize, usize)]| {
            let guessed = ranges
                .iter()
                .map(|(start, end)| (*start..*end).into())
                .collect();
            Certainty::Inferred { guessed }.fits("añb")
        };
        assert!(fits(&[]));
        assert!(fits(&[(0, 1), (1, 3)]));
        assert!(!fits(&[(0, 2)]), "inside ñ");
        assert!(!fits(&[(1, 3), (0, 1)]), "not sorted");
        assert!(!fits(&[(0, 3), (1, 3)]), "overlapping");
        assert!(!fits(&[(3, 5)]), "behind the end");
        assert!(!fits(&[(1, 1)]), "empty");
        assert!(!fits(&[(3, 1)]), "backwards");
    }

    #[test]
    fn splicing_refuses_what_does_not_fit() {
        assert_eq!(splice("añb", []).as_deref(), Some("añb"));
        assert_eq!(
            splice("añb", [(0..0, "<"), (0..1, ""), (3..4, "B")]).as_deref(),
            Some("<ñB")
        );
        assert_eq!(splice("añb", [(2..2, "x")]), None);
        assert_eq!(splice("añb", [(1..3, ""), (0..1, "")]), None);
        assert_eq!(splice("añb", [(4..5, "")]), None);
        #[expect(clippy::reversed_empty_ranges, reason = "the odd input that is meant")]
        let backwards = splice("añb", [(3..1, "")]);
        assert_eq!(backwards, None);
    }
}
