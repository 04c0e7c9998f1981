//! Repairs a text: chunk by chunk, with what the long stretches prove counting for the short ones.

use super::document::Document;
use super::{Edit, ProposedEdit, Repair, drawings, spaces, wraps};
use crate::damage::{TRACES, may_be_damaged};
use crate::detect::scan::is_clean_with;
use crate::detect::signs::Signs;
use crate::detect::{Settings, judge};

/// Repairs texts.
///
/// ```
/// use unbake::Repairer;
///
/// let repairer = Repairer::new();
/// let repair = repairer.repair("Das war schÃ¶n.");
/// assert_eq!(repair.text(), "Das war schön.");
/// assert_eq!(repair.revert(), "Das war schÃ¶n.");
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct Repairer {
    settings: Settings,
    threshold: f32,
}

/// Repairs are repeated until nothing changes any more, at most so often; a text that is still not
/// stable then is left as it was.
const ROUNDS: usize = 4;

impl Repairer {
    /// The confidence that an edit must have to be made, unless [`threshold`](Self::threshold)
    /// says otherwise.
    pub const THRESHOLD: f32 = 0.5;

    /// A repairer with the usual settings.
    pub fn new() -> Repairer {
        Repairer {
            settings: Settings::new(),
            threshold: Self::THRESHOLD,
        }
    }

    /// How sure an edit must be to be made, from 0 to 1: lower repairs more and errs more often.
    pub fn threshold(mut self, threshold: f32) -> Repairer {
        self.threshold = if threshold.is_nan() {
            Self::THRESHOLD
        } else {
            threshold.clamp(0.0, 1.0)
        };
        self
    }

    /// What may be assumed about the texts.
    pub fn settings(mut self, settings: Settings) -> Repairer {
        self.settings = settings;
        self
    }

    /// Repairs a text: what is surely mis-decoded is undone, everything else stands as it stood.
    ///
    /// Clean text comes back borrowed. Repairing the result once more changes nothing. Never
    /// panics; takes time in proportion to the length of the text.
    pub fn repair<'a>(&self, text: &'a str) -> Repair<'a> {
        let signs = Signs::of(text);
        if self.is_clean(text, signs) {
            return Repair::unchanged(text);
        }
        let mut proposed = self.round(text, signs);
        if proposed.is_empty() {
            proposed = self.spaces(text, text, &[]);
        }
        if proposed.is_empty() {
            return Repair::unchanged(text);
        }
        for _ in 0..ROUNDS {
            let repair = Repair::new(text, proposed.clone());
            let signs = Signs::of(repair.text());
            let mut more = if self.is_clean(repair.text(), signs) {
                Vec::new()
            } else {
                self.round(repair.text(), signs)
            };
            if more.is_empty() {
                more = self.spaces(text, repair.text(), repair.edits());
            }
            // The next repair knows nothing of this one.
            if more.is_empty() {
                more = self.spaces(repair.text(), repair.text(), &[]);
            }
            if more.is_empty() {
                return repair;
            }
            proposed = super::compose::compose(text, &repair, more);
        }
        Repair::unchanged(text)
    }

    /// What the first line becomes if something was lost in it, however unlikely, for `examples/calibrate_damage`.
    #[doc(hidden)]
    #[must_use]
    pub fn weigh_damaged(&self, text: &str) -> Option<super::Weighed> {
        Document::new(text, Signs::of(text), &self.settings, self.wanted()).weigh_damaged()
    }

    /// A quick look: nothing in the text, which has these signs, calls for a search.
    fn is_clean(&self, text: &str, signs: Signs) -> bool {
        // What stands in ASCII alone shows no damage but controls.
        let traces = if signs.hold(Signs::OTHERS) {
            TRACES
        } else {
            Signs::CONTROL
        };
        signs.are_none()
            || is_clean_with(text, signs, &self.settings, self.wanted())
                && !(signs.hold(traces) && may_be_damaged(text, signs))
                && !(signs.hold(Signs::OTHERS) && may_concern_lines(text))
                && !(signs.hold(Signs::LETTERS) && spaces::may_be_gone(text))
    }

    /// The log-odds that an edit must have.
    fn wanted(&self) -> f32 {
        judge::log_odds_of(self.threshold)
    }

    /// What no-break spaces were part of in a text that `edits` made of `mangled`.
    fn spaces(&self, mangled: &str, text: &str, edits: &[Edit]) -> Vec<ProposedEdit> {
        spaces::given_back(mangled, text, edits, &self.settings, self.wanted())
    }

    fn round(&self, text: &str, signs: Signs) -> Vec<ProposedEdit> {
        Document::new(text, signs, &self.settings, self.wanted()).edits()
    }
}

/// A quick look at where lines end and begin: what no line shows by itself.
fn may_concern_lines(text: &str) -> bool {
    drawings::may_be_drawn(text)
        || wraps::line_ends(text).any(|end| {
            let next = text.get(end + 1..).unwrap_or_default();
            wraps::may_be_wrapped(text, end) || drawings::may_be_drawn(next)
        })
}

impl Default for Repairer {
    fn default() -> Repairer {
        Repairer::new()
    }
}

/// Repairs a text with the usual settings: see [`Repairer::repair`].
///
/// ```
/// assert_eq!(unbake::repair("оПХБЕР, ЛХП").text(), "Привет, мир");
/// assert!(!unbake::repair("Привет, мир").is_changed());
/// ```
pub fn repair(text: &str) -> Repair<'_> {
    Repairer::new().repair(text)
}
