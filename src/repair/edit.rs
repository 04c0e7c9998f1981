//! One stretch of the repaired text, what stood there before, and why it was changed.

use std::fmt;
use std::ops::Range;

use super::guess::Guess;
use crate::carriers::Carrier;
use crate::misdecoding::Chain;
use crate::tidy::TidyRules;

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

/// What had happened to a stretch of text that was repaired.
///
/// [`Display`](fmt::Display) gives a chain in its own text form, one that was
/// escaped with the carrier before it, `html:utf-8>windows-1252`, clean-ups as
/// `tidy:` and their names, and the others as one word, for example
/// `byte-shift`.
///
/// ```
/// use unbake::repair::Cause;
///
/// let chain = "utf-8>windows-1252".parse()?;
/// assert_eq!(Cause::Chain(chain).to_string(), "utf-8>windows-1252");
/// assert_eq!(Cause::ByteShift.to_string(), "byte-shift");
/// # Ok::<(), unbake::error::ParseMisdecodingError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Cause {
    /// It was decoded in wrong encodings.
    Chain(Chain),
    /// It was decoded in wrong encodings and then escaped, see [`carriers`](crate::carriers).
    Carried {
        /// In which escapes it stands.
        carrier: Carrier,
        /// What had happened to the text before it was escaped.
        chain: Chain,
    },
    /// A reading (such as pinyin in parentheses) had been put in.
    Reading,
    /// Multi-byte characters had been read from a byte too late on.
    ByteShift,
    /// Bytes had been lost or put in without a rule.
    Noise,
    /// Nothing, but it was to be tidied.
    Tidy(TidyRules),
    /// It was decoded in wrong encodings, and besides it was to be tidied.
    ChainAndTidy(Chain, TidyRules),
}

/// Between a chain and the clean-ups in the name of a cause.
const AND: &str = ", ";
/// In front of the clean-ups in the name of a cause.
const TIDY: &str = "tidy:";

impl Cause {
    /// The causes that are one word, with that word.
    const WORDS: [(Self, &str); 3] = [
        (Self::Reading, "reading"),
        (Self::ByteShift, "byte-shift"),
        (Self::Noise, "noise"),
    ];

    /// The mis-decodings that led here, if it was mis-decodings, whether or not
    /// it was to be tidied besides.
    ///
    /// ```
    /// use unbake::repair::Cause;
    ///
    /// let chain = "utf-8>gbk".parse()?;
    /// assert_eq!(Cause::Chain(chain).chain(), Some(chain));
    /// assert_eq!(Cause::Noise.chain(), None);
    /// # Ok::<(), unbake::error::ParseMisdecodingError>(())
    /// ```
    #[must_use]
    pub fn chain(&self) -> Option<Chain> {
        match self {
            Self::Chain(chain) | Self::ChainAndTidy(chain, _) | Self::Carried { chain, .. } => {
                Some(*chain)
            }
            _ => None,
        }
    }

    /// What had gone wrong, if anything had, and the clean-ups.
    pub(crate) fn parts(self) -> (Option<Self>, TidyRules) {
        match self {
            Self::Tidy(rules) => (None, rules),
            Self::ChainAndTidy(chain, rules) => (Some(Self::Chain(chain)), rules),
            wrong => (Some(wrong), TidyRules::default()),
        }
    }

    /// The cause of these parts. Clean-ups are named beside a chain; other
    /// causes stand alone, and so does noise where there is neither.
    pub(crate) fn from_parts(wrong: Option<Self>, rules: TidyRules) -> Self {
        match wrong {
            _ if rules.is_empty() => wrong.unwrap_or(Self::Noise),
            Some(Self::Chain(chain)) => Self::ChainAndTidy(chain, rules),
            Some(wrong) => wrong,
            None => Self::Tidy(rules),
        }
    }

    /// The cause of that name, as [`Display`](fmt::Display) writes it.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        if let Some((carrier, chain)) = name.split_once(':')
            && let (Some(carrier), Ok(chain)) = (Carrier::from_name(carrier), chain.parse())
        {
            return Some(Self::Carried { carrier, chain });
        }
        let word = Self::WORDS.iter().find(|(_, word)| *word == name);
        if let Some((cause, _)) = word {
            return Some(*cause);
        }
        let Some((chain, rules)) = name.split_once(TIDY) else {
            return name.parse().ok().map(Self::Chain);
        };
        let rules = TidyRules::from_name(rules)?;
        if chain.is_empty() {
            return Some(Self::Tidy(rules));
        }
        // Without spaces in a patch.
        let chain = chain.strip_suffix(AND).or(chain.strip_suffix(AND.trim()))?;
        let chain = chain.parse().ok()?;
        Some(Self::ChainAndTidy(chain, rules))
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Chain(chain) => return chain.fmt(f),
            Self::Tidy(rules) => return write!(f, "{TIDY}{rules}"),
            Self::ChainAndTidy(chain, rules) => return write!(f, "{chain}{AND}{TIDY}{rules}"),
            Self::Carried { carrier, chain } => return write!(f, "{carrier}:{chain}"),
            _ => {}
        }
        let word = Self::WORDS.iter().find(|(cause, _)| cause == self);
        f.write_str(word.map_or("other", |(_, word)| word))
    }
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
    use crate::tidy::TidyRule;

    #[test]
    fn every_cause_is_known_by_its_name() {
        let chain = Cause::Chain("utf-8>gbk + utf-8>windows-1252".parse().unwrap());
        let words = Cause::WORDS.iter().map(|(cause, _)| *cause);
        let rules = TidyRules::from(TidyRule::Quotes).or(TidyRule::Width.into());
        let chains = [chain, Cause::Chain(Chain::new())];
        let tidied =
            [chain, Cause::Chain(Chain::new())].map(|chain| Cause::from_parts(Some(chain), rules));
        let tidy = [Cause::Tidy(rules)];
        let carried = Carrier::ALL.iter().map(|&carrier| Cause::Carried {
            carrier,
            chain: "utf-8>gbk + utf-8>windows-1252".parse().unwrap(),
        });
        let causes = words.chain(chains).chain(carried);
        for cause in causes.chain(tidied).chain(tidy) {
            let name = cause.to_string();
            assert_eq!(Cause::from_name(&name), Some(cause));
            assert_eq!(Cause::from_name(&name.replace(' ', "")), Some(cause));
        }
        for odd in [
            "tidy:",
            "tidy:other",
            "noise, tidy:quotes",
            ", tidy:quotes",
            "-tidy:quotes",
        ] {
            assert_eq!(Cause::from_name(odd), None, "{odd}");
        }
        assert_eq!(Cause::from_name("other"), None);
        assert_eq!(Cause::from_name(""), None);
    }

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
