//! What earlier blocks proved, kept for the later ones: a few of their mangled lines.
//!
//! They are put before the next block, as if they stood there, and are taken off again. So they
//! prove what lines of the same document prove, no more and no less.

use std::collections::VecDeque;

use crate::repair::{Cause, Edit};

/// So many causes, the latest ones.
const CAUSES: usize = 3;
/// So many lines for each.
const LINES: usize = 8;
/// Longer lines are not kept, in bytes. A long line needs no others to be repaired.
const LINE: usize = 300;
/// The least confidence of an edit that is evidence for others.
const SURE: f32 = 0.95;

/// Mangled lines, by what had happened to them.
#[derive(Default)]
pub(super) struct Evidence {
    /// The cause that was seen last stands last.
    kept: Vec<Kept>,
    text: String,
}

struct Kept {
    cause: Cause,
    lines: VecDeque<String>,
    /// How many of them are from the block at hand.
    new: usize,
}

impl Evidence {
    /// The lines, each with its end.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Keeps some of the lines of a block that were surely mangled.
    pub(super) fn note(&mut self, block: &str, edits: &[Edit]) {
        for kept in &mut self.kept {
            kept.new = 0;
        }
        for edit in edits.iter().filter(|edit| edit.confidence() >= SURE) {
            let Some(kept) = self.place_for(edit.cause()) else {
                continue;
            };
            if kept.new < LINES
                && let Some(line) = line_around(block, edit)
                && !kept.lines.iter().any(|known| known == line)
            {
                kept.lines.truncate(LINES - 1);
                kept.lines.push_front(line.to_owned());
                kept.new += 1;
            }
        }
        if self.kept.iter().any(|kept| kept.new > 0) {
            self.kept.sort_by_key(|kept| kept.new > 0);
            self.text.clear();
            for line in self.kept.iter().flat_map(|kept| kept.lines.iter().rev()) {
                self.text.push_str(line);
                self.text.push('\n');
            }
        }
    }

    /// Where the lines of a cause are kept; it may take the place of one that the block does not
    /// show.
    fn place_for(&mut self, cause: Cause) -> Option<&mut Kept> {
        let place = match self.kept.iter().position(|kept| kept.cause == cause) {
            Some(place) => place,
            None => {
                if self.kept.len() == CAUSES {
                    let oldest = self.kept.iter().position(|kept| kept.new == 0)?;
                    self.kept.remove(oldest);
                }
                let (lines, new) = (VecDeque::new(), 0);
                self.kept.push(Kept { cause, lines, new });
                self.kept.len() - 1
            }
        };
        self.kept.get_mut(place)
    }
}

/// The line in which an edit stands, unless it is long.
fn line_around<'a>(block: &'a str, edit: &Edit) -> Option<&'a str> {
    let range = edit.original();
    let (head, tail) = (
        block.as_bytes().get(..range.start)?,
        block.as_bytes().get(range.end..)?,
    );
    // Only so far is looked: a line of megabytes may hold thousands of edits.
    let before = head.iter().rev().take(LINE).position(|&byte| byte == b'\n');
    let after = tail.iter().take(LINE).position(|&byte| byte == b'\n');
    let start = match before {
        Some(distance) => range.start - distance,
        None if head.len() <= LINE => 0,
        None => return None,
    };
    let end = match after {
        Some(distance) => range.end + distance,
        None if tail.len() <= LINE => block.len(),
        None => return None,
    };
    block
        .get(start..end)
        .filter(|line| line.len() <= LINE && !line.contains('\n'))
}
