//! A whole text: every chunk is searched, and what the sure ones prove is held for the others.

use super::{Cause, Certainty, ProposedEdit};
use crate::detect::chunks::{Chunk, chunks};
use crate::detect::search::{Hypothesis, search};
use crate::detect::{Settings, confidence};
use crate::misdecoding::Chain;

pub(super) struct Document<'a> {
    text: &'a str,
    settings: &'a Settings,
    /// Nats that a hypothesis must score.
    wanted: f32,
}

/// Stretches that lie so many characters apart, with nothing but ASCII signs between, are one edit.
const NEAR: usize = 3;

impl<'a> Document<'a> {
    pub(super) fn new(text: &'a str, settings: &'a Settings, wanted: f32) -> Document<'a> {
        Document { text, settings, wanted }
    }

    /// The edits that repair the text, in order.
    pub(super) fn edits(&self) -> Vec<ProposedEdit> {
        let mut edits = Vec::new();
        for chunk in chunks(self.text).filter(|c| !c.text.is_ascii()) {
            let chars: Vec<char> = chunk.text.chars().collect();
            let found = search(&chars, self.settings);
            let Some(best) = found.first().filter(|h| h.score >= self.wanted) else { continue };
            let rival = found.get(1).map(|h| h.score);
            propose(&mut edits, chunk, &chars, best, confidence(best.score, rival));
        }
        edits
    }
}

/// Turns the stretches of a hypothesis into edits of the whole text.
fn propose(edits: &mut Vec<ProposedEdit>, chunk: Chunk<'_>, chars: &[char], h: &Hypothesis, confidence: f32) {
    let mut at = chunk.start;
    let mut done = 0;
    let mut open: Option<ProposedEdit> = None;
    for (range, after) in &h.stretches {
        let gap = chars.get(done..range.start).unwrap_or_default();
        let gap_bytes: usize = gap.iter().map(|c| c.len_utf8()).sum();
        let bytes: usize = chars.get(range.clone()).unwrap_or_default().iter().map(|c| c.len_utf8()).sum();
        let start = at + gap_bytes;
        let near = gap.len() <= NEAR && gap.iter().all(|c| c.is_ascii() && !c.is_ascii_alphanumeric());
        match &mut open {
            Some(edit) if near => {
                edit.after.extend(gap);
                edit.after.extend(after);
                edit.original.end = start + bytes;
            }
            _ => {
                edits.extend(open.take());
                open = Some(ProposedEdit {
                    original: start..start + bytes,
                    after: after.iter().collect(),
                    cause: Cause::Chain(h.chain),
                    certainty: certainty(h.chain),
                    confidence,
                });
            }
        }
        at = start + bytes;
        done = range.end;
    }
    edits.extend(open);
}

/// Nothing is guessed where a chain is undone; [`super::Repair::new`] checks the claim.
fn certainty(_chain: Chain) -> Certainty {
    Certainty::Exact
}
