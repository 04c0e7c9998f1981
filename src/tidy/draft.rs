//! The edits of one pass over a text, as they are found.

use std::ops::Range;

use super::rule::{TidyRule, TidyRules};
use crate::repair::{Cause, Certainty, ProposedEdit};

/// The edits that one rule or several want made, in order.
#[derive(Default)]
pub(super) struct Draft {
    edits: Vec<ProposedEdit>,
}

impl Draft {
    /// Puts `after` in the place of that range, which lies behind all earlier ones.
    ///
    /// What one rule does to neighbours is one edit.
    pub(super) fn replace(&mut self, range: Range<usize>, after: &str, rule: TidyRule) {
        match self.neighbour(range.start, rule) {
            Some(last) => {
                last.original.end = range.end;
                last.after.push_str(after);
            }
            None => self.edits.push(ProposedEdit {
                original: range,
                after: after.to_owned(),
                cause: Cause::Tidy(TidyRules::from(rule)),
                // There is nothing to guess: the user asked for just this.
                certainty: Certainty::Exact,
                confidence: 1.0,
            }),
        }
    }

    /// The last edit, if that rule made it and it ends here.
    pub(super) fn neighbour(&mut self, at: usize, rule: TidyRule) -> Option<&mut ProposedEdit> {
        let last = self.edits.last_mut()?;
        (last.original.end == at && last.cause == Cause::Tidy(rule.into())).then_some(last)
    }

    pub(super) fn into_edits(self) -> Vec<ProposedEdit> {
        self.edits
    }
}
