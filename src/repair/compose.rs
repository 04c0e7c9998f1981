//! Two rounds of edits as one.

use super::{Cause, Certainty, ProposedEdit, Repair};
use crate::misdecoding::Chain;
use std::ops::Range;

/// The edits over `text` that do what `first` did and then, over its result, what `second` does.
///
/// Edits of the two rounds that touch become one, whose chain is the two chains in a row; others stay as they are.
pub(crate) fn compose(
    text: &str,
    first: &Repair<'_>,
    second: Vec<ProposedEdit>,
) -> Vec<ProposedEdit> {
    let mut out = Vec::new();
    let mut earlier = first.edits().iter().peekable();
    let mut later = second.into_iter().peekable();
    // How far the repaired text is ahead of the mangled one, after all edits so far.
    let mut shift = Shift {
        mangled: 0,
        repaired: 0,
    };
    loop {
        let at = |range: Option<Range<usize>>| range.map_or(usize::MAX, |r| r.start);
        let (a, b) = (
            at(earlier.peek().map(|e| e.repaired())),
            at(later.peek().map(|e| e.original.clone())),
        );
        if a == usize::MAX && b == usize::MAX {
            return out;
        }
        // The group of edits, of both rounds, that hang together.
        let start = a.min(b);
        let mut end = start;
        let mut group = Group::new(shift.mangled_at(start));
        let mut done = start;
        let repaired = first.text();
        let mut next_shift = shift;
        loop {
            if let Some(e) = earlier
                .next_if(|e| e.repaired().start <= end && overlaps(&e.repaired(), start, end))
            {
                end = end.max(e.repaired().end);
                group.add(e.cause(), e.certainty(), e.confidence(), false);
                next_shift = Shift {
                    mangled: e.original().end,
                    repaired: e.repaired().end,
                };
            } else if let Some(e) = later.next_if(|e| overlaps(&e.original, start, end)) {
                group
                    .after
                    .push_str(repaired.get(done..e.original.start).unwrap_or_default());
                group.after.push_str(&e.after);
                done = e.original.end;
                end = end.max(done);
                group.add(e.cause, &e.certainty, e.confidence, true);
            } else {
                break;
            }
        }
        group
            .after
            .push_str(repaired.get(done..end).unwrap_or_default());
        shift = next_shift;
        let original = group.start..shift.mangled_at(end);
        if text.get(original.clone()).is_some() {
            out.push(group.into_edit(original));
        }
    }
}

/// Whether a range meets `start..end`; one that begins where the group begins always does.
fn overlaps(range: &Range<usize>, start: usize, end: usize) -> bool {
    range.start < end || range.start == start
}

#[derive(Clone, Copy)]
struct Shift {
    mangled: usize,
    repaired: usize,
}

impl Shift {
    fn mangled_at(self, repaired: usize) -> usize {
        self.mangled + repaired.saturating_sub(self.repaired)
    }
}

struct Group {
    start: usize,
    after: String,
    earlier: Option<Cause>,
    later: Option<Cause>,
    // Nothing while the group is empty.
    certainty: Option<Certainty>,
    confidence: f32,
}

impl Group {
    fn new(start: usize) -> Group {
        Group {
            start,
            after: String::new(),
            earlier: None,
            later: None,
            certainty: None,
            confidence: 1.0,
        }
    }

    fn add(&mut self, cause: Cause, certainty: &Certainty, confidence: f32, later: bool) {
        let slot = if later {
            &mut self.later
        } else {
            &mut self.earlier
        };
        // Of one round, the first tells what had gone wrong, and each its clean-ups.
        *slot = Some(slot.map_or(cause, |known| {
            let ((known, rules), (cause, more)) = (known.parts(), cause.parts());
            Cause::from_parts(known.or(cause), rules.or(more))
        }));
        // Which parts of the whole were guessed cannot be told.
        self.certainty = Some(match &self.certainty {
            None => certainty.clone(),
            Some(Certainty::Exact) if *certainty == Certainty::Exact => Certainty::Exact,
            Some(_) => Certainty::vague(),
        });
        self.confidence = self.confidence.min(confidence);
    }

    fn into_edit(self, original: Range<usize>) -> ProposedEdit {
        let parts = |cause: Option<Cause>| cause.map_or_else(Default::default, Cause::parts);
        let ((newer, rules), (older, more)) = (parts(self.earlier), parts(self.later));
        let wrong = match (newer, older) {
            (Some(Cause::Chain(newer)), Some(Cause::Chain(older))) => {
                Some(Cause::Chain(join(older, newer).unwrap_or(newer)))
            }
            _ => newer.or(older),
        };
        ProposedEdit {
            original,
            after: self.after,
            cause: Cause::from_parts(wrong, rules.or(more)),
            certainty: self.certainty.unwrap_or_else(Certainty::vague),
            confidence: self.confidence,
        }
    }
}

/// The chain that befell a text by `older` and then `newer`.
fn join(older: Chain, newer: Chain) -> Option<Chain> {
    newer
        .iter()
        .try_fold(older, |chain, step| chain.with(step).ok())
}
