//! The edits of a decoded text as edits of the text with its escapes.

use std::ops::Range;

use super::decode::{Decoded, Piece, Spelling};
use super::proof::Proof;
use super::{Carrier, Writing, entity, octets, unicode, word};
use crate::repair::{Cause, Certainty, Edit, ProposedEdit, Repair};

/// What becomes of the edits of a decoded text.
pub(super) struct Carry {
    /// As edits over the text with its escapes.
    pub(super) edits: Vec<ProposedEdit>,
    /// Whether some were not sure enough for where they stand.
    pub(super) refused: bool,
}

/// The edits over `text` that do to it what `inner` does to the decoded text.
pub(super) fn edits(
    text: &str,
    decoded: &Decoded<'_>,
    inner: &Repair<'_>,
    writing: Writing,
) -> Carry {
    let proof = Proof::of(inner);
    let mut carry = Carry {
        edits: Vec::new(),
        refused: false,
    };
    let mut cursor = Cursor {
        pieces: &decoded.pieces,
        passed: (0, 0),
    };
    let mut changes = inner.edits().iter().flat_map(parts).peekable();
    while let Some(first) = changes.next() {
        let mut group = cursor.group(first.range.clone());
        let mut after = String::new();
        let mut done = group.decoded.start;
        let mut reason = Reason::of(first.edit);
        let mut allowed = true;
        let mut change = first;
        loop {
            after.push_str(slice(&decoded.text, done..change.range.start));
            after.push_str(change.after);
            done = change.range.end;
            reason.join(change.edit);
            allowed &= group.pieces.is_empty() || proof.allows(change.edit);
            // Another change may lie in the same escape.
            let Some(next) = changes.next_if(|next| next.range.start < group.decoded.end) else {
                break;
            };
            cursor.widen(&mut group, next.range.end);
            change = next;
        }
        after.push_str(slice(&decoded.text, done..group.decoded.end));
        if allowed {
            let edit = propose(text, &group, after, reason, writing);
            carry.edits.push(edit);
        } else {
            carry.refused = true;
        }
        cursor.pass(&group);
    }
    carry
}

/// Why a stretch is changed, and how sure that is.
struct Reason {
    cause: Cause,
    certainty: Certainty,
    confidence: f32,
}

impl Reason {
    fn of(edit: &Edit) -> Reason {
        Reason {
            cause: edit.cause(),
            certainty: edit.certainty().clone(),
            confidence: edit.confidence(),
        }
    }

    /// Counts in what else is changed with it.
    fn join(&mut self, edit: &Edit) {
        if edit.cause() != self.cause || !edit.is_exact() && self.certainty == Certainty::Exact {
            self.certainty = Certainty::vague();
        }
        self.confidence = self.confidence.min(edit.confidence());
    }
}

/// A change of the decoded text: an edit or a part of it.
#[derive(Clone)]
struct Change<'e> {
    range: Range<usize>,
    after: &'e str,
    edit: &'e Edit,
}

/// An edit cut at the ASCII characters that stand in both its texts, where each part is then explained by itself: these
/// characters then keep their spelling.
fn parts(edit: &Edit) -> Vec<Change<'_>> {
    let whole = || {
        vec![Change {
            range: edit.original(),
            after: edit.after(),
            edit,
        }]
    };
    let signs = |text| str::chars(text).filter(char::is_ascii);
    let Some(chain) = edit.cause().chain().filter(|_| edit.is_exact()) else {
        return whole();
    };
    if !signs(edit.before()).eq(signs(edit.after())) {
        return whole();
    }
    let pieces = |text| str::split(text, |c: char| c.is_ascii());
    let mut parts = Vec::new();
    let mut start = edit.original().start;
    for (before, after) in pieces(edit.before()).zip(pieces(edit.after())) {
        let range = start..start + before.len();
        start = range.end + 1;
        if before == after {
            continue;
        }
        if chain.mangle(after).as_deref() != Ok(before) {
            return whole();
        }
        parts.push(Change { range, after, edit });
    }
    parts
}

/// What is changed as one: whole escapes and the characters between them.
struct Group<'d> {
    decoded: Range<usize>,
    source: Range<usize>,
    pieces: &'d [Piece],
}

/// Goes through the escapes in order.
struct Cursor<'d> {
    /// Those that are not passed yet.
    pieces: &'d [Piece],
    /// Where what was passed ends, in the text and in the decoded text.
    passed: (usize, usize),
}

impl<'d> Cursor<'d> {
    /// The group that holds this range.
    fn group(&mut self, range: Range<usize>) -> Group<'d> {
        while let Some((piece, rest)) = self.pieces.split_first()
            && piece.decoded.end <= range.start
        {
            self.passed = (piece.source.end, piece.decoded.end);
            self.pieces = rest;
        }
        let inside = self
            .pieces
            .first()
            .filter(|p| p.decoded.start < range.start);
        let (source, decoded) = match inside {
            Some(piece) => (piece.source.start, piece.decoded.start),
            None => (self.source(range.start), range.start),
        };
        let mut group = Group {
            decoded: decoded..decoded,
            source: source..source,
            pieces: &[],
        };
        self.widen(&mut group, range.end);
        group
    }

    /// Lets the group reach to `end` at least.
    fn widen(&self, group: &mut Group<'d>, end: usize) {
        // Soft line breaks behind it belong to it.
        let belongs = |p: &Piece| p.decoded.start < end || p.decoded.end == end;
        let count = self.pieces.partition_point(belongs);
        group.pieces = self.pieces.get(..count).unwrap_or_default();
        let (source, decoded) = match group.pieces.last() {
            Some(last) => (last.source.end, last.decoded.end),
            None => self.passed,
        };
        group.decoded.end = end.max(decoded).max(group.decoded.end);
        group.source.end = source + group.decoded.end.saturating_sub(decoded);
    }

    fn source(&self, decoded: usize) -> usize {
        self.passed.0 + decoded.saturating_sub(self.passed.1)
    }

    fn pass(&mut self, group: &Group<'d>) {
        self.pieces = self.pieces.get(group.pieces.len()..).unwrap_or_default();
        self.passed = (group.source.end, group.decoded.end);
    }
}

fn propose(
    text: &str,
    group: &Group<'_>,
    after: String,
    reason: Reason,
    writing: Writing,
) -> ProposedEdit {
    let Reason {
        cause,
        certainty,
        confidence,
    } = reason;
    let original = group.source.clone();
    let spellings = group.pieces.iter().map(|piece| piece.spelling);
    let Some(spelling) = spellings.reduce(|a, b| if a.says_more_than(b) { a } else { b }) else {
        return ProposedEdit {
            original,
            after,
            cause,
            certainty,
            confidence,
        };
    };
    let carrier = spelling.carrier();
    ProposedEdit {
        original,
        after: spell(text, group, &after, spelling, writing),
        cause: match cause {
            Cause::Chain(chain) => Cause::Carried { carrier, chain },
            other => other,
        },
        certainty: match certainty {
            Certainty::Exact => Certainty::Exact,
            Certainty::Inferred { .. } => Certainty::vague(),
        },
        confidence,
    }
}

fn spell(
    text: &str,
    group: &Group<'_>,
    after: &str,
    spelling: Spelling,
    writing: Writing,
) -> String {
    let mut out = String::new();
    if let Spelling::Word(style) = spelling {
        match writing {
            Writing::Plain => out.push_str(after),
            Writing::Escaped => {
                word::write(style, slice(text, group.source.clone()), after, &mut out);
            }
        }
        return out;
    }
    for c in after.chars() {
        match spelling {
            _ if writing == Writing::Plain && !c.is_ascii() => out.push(c),
            Spelling::Entity(style) => entity::write(style, c, &mut out),
            Spelling::Unicode(style) => unicode::write(style, c, &mut out),
            Spelling::Octets(style) => octets::write(style, c, &mut out),
            Spelling::SoftBreak | Spelling::Word(_) => out.push(c),
        }
    }
    if writing == Writing::Escaped && spelling.carrier() == Carrier::QuotedPrintable {
        // The lines stay short.
        let source = slice(text, group.source.clone());
        out.extend(octets::all_soft_breaks(source));
    }
    out
}

fn slice(text: &str, range: Range<usize>) -> &str {
    let slice = text.get(range);
    debug_assert!(slice.is_some(), "the range lies in the text");
    slice.unwrap_or_default()
}
