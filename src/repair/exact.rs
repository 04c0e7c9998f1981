//! Repairing code and data, where every byte may count.

use super::{Cause, ProposedEdit, Repair, Repairer, compose};

/// Repairs are repeated as in [`Repairer::repair`].
const ROUNDS: usize = 4;

impl Repairer {
    /// Repairs a text only where it is mojibake and nothing has to be guessed: for source code and data.
    ///
    /// Every edit has the cause [`Cause::Chain`] and [is exact](super::Edit::is_exact): the chain, run forward, gives
    /// the old text again to the byte. What else [`repair`](Self::repair) mends, such as the damage of Chinese pages,
    /// stays, and so do line breaks, quotes, widths, controls and byte order marks, to the byte. Set a high
    /// [`threshold`](Self::threshold) where nobody looks at the result.
    ///
    /// ```
    /// use unbake::Repairer;
    ///
    /// let code = "\u{feff}print(‘Das wÃ¤re schÃ¶n.’)\x1f\r\n";
    /// let repair = Repairer::new().repair_exact(code);
    /// assert_eq!(repair.text(), "\u{feff}print(‘Das wäre schön.’)\x1f\r\n");
    /// assert_eq!(repair.revert(), code);
    /// ```
    pub fn repair_exact<'a>(&self, text: &'a str) -> Repair<'a> {
        let mut exact = Repair::unchanged(text);
        for _ in 0..ROUNDS {
            let (kept, all) = {
                let repair = self.repair(exact.text());
                let wanted = repair
                    .edits()
                    .iter()
                    .filter(|edit| edit.is_exact() && matches!(edit.cause(), Cause::Chain(_)));
                let kept: Vec<_> = wanted.map(ProposedEdit::from).collect();
                let all = kept.len() == repair.edits().len();
                (kept, all)
            };
            // A repair that was taken whole is stable; one that was not may ask for more.
            let settled = all || kept.is_empty();
            if !kept.is_empty() {
                exact = Repair::new(text, compose(text, &exact, kept));
            }
            if settled {
                // Two rounds of edits that met may be more than one chain can say.
                let is_exact = exact.edits().iter().all(|edit| edit.is_exact());
                return if is_exact {
                    exact
                } else {
                    Repair::unchanged(text)
                };
            }
        }
        Repair::unchanged(text)
    }
}
