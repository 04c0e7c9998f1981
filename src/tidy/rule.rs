//! The clean-ups by name, and sets of them.

use std::fmt;

/// One kind of clean-up.
///
/// ```
/// use unbake::tidy::{Quotes, Tidy, TidyRule};
/// use unbake::repair::Cause;
///
/// let repair = Tidy::new().quotes(Quotes::Straighten).apply("it’s");
/// assert_eq!(repair.edits()[0].cause(), Cause::Tidy(TidyRule::Quotes.into()));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum TidyRule {
    /// HTML's character references were resolved.
    Entities,
    /// Escape sequences of terminals were taken out.
    TerminalEscapes,
    /// C1 controls were read as windows-1252.
    C1Controls,
    /// Byte order marks were taken out.
    ByteOrderMarks,
    /// Control characters were taken out.
    Controls,
    /// Line breaks became line feeds.
    LineBreaks,
    /// Full-width and half-width forms became the usual ones.
    Width,
    /// Ligatures became letters.
    Ligatures,
    /// Quotation marks were straightened.
    Quotes,
    /// The text was brought to a Unicode normalisation form.
    Normalization,
    /// Traditional Chinese characters became simplified ones: `damage::simplified`.
    Simplified,
    /// Escapes of string literals were resolved.
    Escapes,
}

impl TidyRule {
    /// Every rule with its name, in the order of [`Ord`].
    const NAMES: [(Self, &str); 12] = [
        (Self::Entities, "entities"),
        (Self::TerminalEscapes, "terminal-escapes"),
        (Self::C1Controls, "c1-controls"),
        (Self::ByteOrderMarks, "byte-order-marks"),
        (Self::Controls, "controls"),
        (Self::LineBreaks, "line-breaks"),
        (Self::Width, "width"),
        (Self::Ligatures, "ligatures"),
        (Self::Quotes, "quotes"),
        (Self::Normalization, "normalization"),
        (Self::Simplified, "simplified"),
        (Self::Escapes, "escapes"),
    ];

    /// The name, as [`Display`](fmt::Display) writes it and patches hold it.
    ///
    /// ```
    /// assert_eq!(unbake::tidy::TidyRule::LineBreaks.name(), "line-breaks");
    /// ```
    #[must_use]
    pub fn name(self) -> &'static str {
        let known = Self::NAMES.iter().find(|(rule, _)| *rule == self);
        known.map_or("", |(_, name)| name)
    }

    /// The rule of that name.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        let known = Self::NAMES.iter().find(|(_, known)| *known == name);
        known.map(|(rule, _)| *rule)
    }

    const fn bit(self) -> u16 {
        1 << self as u16
    }
}

impl fmt::Display for TidyRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The clean-ups that made one edit: mostly one, more where they met.
///
/// [`Display`](fmt::Display) writes their names with `+` between.
///
/// ```
/// use unbake::tidy::{Tidy, TidyRule};
/// use unbake::repair::Cause;
///
/// // The reference stands for a curly quote, which was straightened then.
/// let repair = Tidy::ftfy().apply("it&rsquo;s");
/// let Cause::Tidy(rules) = repair.edits()[0].cause() else { unreachable!() };
/// assert!(rules.contains(TidyRule::Entities));
/// assert_eq!(rules.to_string(), "entities+quotes");
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct TidyRules(u16);

impl TidyRules {
    /// Whether the rule is one of them.
    ///
    /// ```
    /// use unbake::tidy::{TidyRule, TidyRules};
    ///
    /// assert!(TidyRules::from(TidyRule::Width).contains(TidyRule::Width));
    /// assert!(!TidyRules::default().contains(TidyRule::Width));
    /// ```
    #[must_use]
    pub fn contains(self, rule: TidyRule) -> bool {
        self.0 & rule.bit() != 0
    }

    /// Whether there are none.
    ///
    /// ```
    /// assert!(unbake::tidy::TidyRules::default().is_empty());
    /// ```
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The rules, each once, in the order of [`TidyRule`].
    ///
    /// ```
    /// use unbake::tidy::{TidyRule, TidyRules};
    ///
    /// let rules = TidyRules::from(TidyRule::Width);
    /// assert_eq!(rules.iter().collect::<Vec<_>>(), [TidyRule::Width]);
    /// ```
    pub fn iter(self) -> impl Iterator<Item = TidyRule> {
        let all = TidyRule::NAMES.into_iter().map(|(rule, _)| rule);
        all.filter(move |rule| self.contains(*rule))
    }

    /// The rules of either set.
    pub(crate) fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The set of that name, if it is written as [`Display`](fmt::Display) writes it.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        let mut rules = Self::default();
        for part in name.split('+') {
            let rule = TidyRule::from_name(part)?;
            // In order, and each once.
            if rules.0 >= rule.bit() {
                return None;
            }
            rules = rules.or(rule.into());
        }
        Some(rules)
    }
}

impl From<TidyRule> for TidyRules {
    fn from(rule: TidyRule) -> Self {
        Self(rule.bit())
    }
}

impl fmt::Display for TidyRules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, rule) in self.iter().enumerate() {
            if number > 0 {
                f.write_str("+")?;
            }
            f.write_str(rule.name())?;
        }
        Ok(())
    }
}

impl fmt::Debug for TidyRules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_a_name_of_its_own_and_stands_in_order() {
        for (number, (rule, name)) in TidyRule::NAMES.iter().enumerate() {
            assert_eq!(rule.bit(), 1 << number);
            assert_eq!(rule.to_string(), *name);
            assert_eq!(TidyRules::from_name(name), Some((*rule).into()));
        }
    }

    #[test]
    fn the_format_of_patches_lists_them_in_their_order() {
        let format = include_str!("../repair/patch-format.md");
        let (_, listed) = format.split_once("at most once:").unwrap_or_default();
        let (listed, _) = listed.split_once(';').unwrap_or_default();
        let listed: Vec<&str> = listed.split('`').skip(1).step_by(2).collect();
        assert_eq!(listed, TidyRule::NAMES.map(|(_, name)| name));
    }

    #[test]
    fn a_set_is_known_by_its_name_in_one_spelling() {
        let two = TidyRules::from(TidyRule::Quotes).or(TidyRule::Entities.into());
        assert_eq!(two.to_string(), "entities+quotes");
        assert_eq!(TidyRules::from_name("entities+quotes"), Some(two));
        for odd in ["", "quotes+entities", "quotes+quotes", "quotes+", "curly"] {
            assert_eq!(TidyRules::from_name(odd), None, "{odd}");
        }
    }
}
