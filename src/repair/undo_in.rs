//! A known chain undone wherever it can be.

use super::{Cause, Certainty, ProposedEdit, Repair};
use crate::detect::undo::undo;
use crate::misdecoding::Chain;

/// Undoes a chain over every stretch of a text in which it can be undone; what lies between stands as it stood.
///
/// [`Chain::undo`] asks that the chain befell the whole text. This takes a text of which only parts are mangled, or that
/// was damaged since. Nothing is judged: where the chain *can* be undone it is, so a chain that explains anything, such as
/// one 8-bit encoding read as another, must be kept from clean text. With UTF-8 as the oldest encoding clean text is hardly
/// ever touched. Every edit has the confidence 1, which is the caller's. Time linear.
///
/// ```
/// use unbake::repair::undo_in;
///
/// let chain = "utf-8>windows-1252".parse()?;
/// let repair = undo_in(&chain, "für schÃ¶ne GrÃ¼ÃŸe, � Ã");
/// assert_eq!(repair.text(), "für schöne Grüße, � Ã");
/// assert_eq!(repair.revert(), "für schÃ¶ne GrÃ¼ÃŸe, � Ã");
/// # Ok::<(), unbake::error::ParseMisdecodingError>(())
/// ```
pub fn undo_in<'a>(chain: &Chain, text: &'a str) -> Repair<'a> {
    let chars: Vec<char> = text.chars().collect();
    let undone = undo(chain, &chars);
    let mut proposed: Vec<ProposedEdit> = Vec::new();
    let mut at = 0;
    for unit in &undone.units {
        let mangled = chars.get(unit.mangled.clone()).unwrap_or_default();
        let start = at;
        at += mangled.iter().map(|c| c.len_utf8()).sum::<usize>();
        if !unit.converted {
            continue;
        }
        let after = undone.chars.get(unit.original.clone()).unwrap_or_default();
        match proposed.last_mut() {
            Some(last) if last.original.end == start => {
                last.original.end = at;
                last.after.extend(after);
            }
            _ => proposed.push(ProposedEdit {
                original: start..at,
                after: after.iter().collect(),
                cause: Cause::Chain(*chain),
                certainty: Certainty::Exact,
                confidence: 1.0,
            }),
        }
    }
    Repair::new(text, proposed)
}
