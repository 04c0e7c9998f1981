//! What had happened to a stretch of text.

use std::fmt;

use crate::carriers::Carrier;
use crate::misdecoding::Chain;
use crate::tidy::TidyRules;

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
}
