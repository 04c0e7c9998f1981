//! A repair as a unified diff. The edits say which lines differ, so nothing
//! has to be searched for and time is linear.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Range;

use unbake::Repair;
use unbake::repair::Edit;

use crate::common::printable;

/// Lines of context around what differs.
const CONTEXT: usize = 3;

/// For whom the diff is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// For programs: to the byte.
    Plain,
    /// For the eye: what would move the cursor is escaped.
    Escaped,
    /// For the eye, in colour.
    Coloured,
}

/// Lines that differ as a whole, and the edits in them.
struct Block<'e> {
    lines: Range<usize>,
    edits: &'e [Edit],
}

/// The diff from the old text to the new one; empty if they are the same.
pub fn diff(name: &str, old: &str, repair: &Repair<'_>, style: Style) -> String {
    let lines: Vec<&str> = old.split_inclusive('\n').collect();
    let mut out = String::new();
    if !repair.is_changed() {
        return out;
    }
    let name = printable(name.trim_start_matches('/'));
    let starts = lines.iter().scan(0, |at, line| {
        *at += line.len();
        Some(*at - line.len())
    });
    let starts: Vec<usize> = starts.collect();
    let mut writer = Writer {
        out: &mut out,
        style,
    };
    writer.line(Some(1), &format!("--- a/{name}\n"));
    writer.line(Some(1), &format!("+++ b/{name}\n"));
    let blocks = blocks(&lines, repair.edits());
    // By how many lines the new text is ahead, over all blocks so far.
    let mut ahead = 0_isize;
    let mut rest = blocks.as_slice();
    while let Some(first) = rest.first() {
        // Blocks whose contexts touch share a hunk.
        let near = rest.windows(2).take_while(|pair| match pair {
            [a, b] => b.lines.start <= a.lines.end + 2 * CONTEXT,
            _ => false,
        });
        let (hunk, others) = rest.split_at(near.count() + 1);
        rest = others;
        let last = hunk.last().unwrap_or(first);
        let from = first.lines.start.saturating_sub(CONTEXT);
        let to = (last.lines.end + CONTEXT).min(lines.len());
        let start = starts.get(from).copied().unwrap_or_default();
        ahead = writer.hunk(&lines, from..to, start, hunk, ahead);
    }
    out
}

/// The lines that edits touch, in order; edits in the same or in neighbouring lines go together.
fn blocks<'e>(lines: &[&str], edits: &'e [Edit]) -> Vec<Block<'e>> {
    let mut blocks: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    let (mut line, mut end) = (0, lines.first().map_or(0, |line| line.len()));
    let mut line_of = |byte: usize| {
        while byte >= end && line + 1 < lines.len() {
            line += 1;
            end += lines.get(line).map_or(0, |line| line.len());
        }
        line
    };
    for (index, edit) in edits.iter().enumerate() {
        let range = edit.original();
        let touched = line_of(range.start)..line_of(range.end) + 1;
        match blocks.last_mut() {
            Some((lines, edits)) if touched.start <= lines.end => {
                lines.end = touched.end;
                edits.end = index + 1;
            }
            _ => blocks.push((touched, index..index + 1)),
        }
    }
    let block = |(lines, range): (Range<usize>, Range<usize>)| Block {
        lines,
        edits: edits.get(range).unwrap_or_default(),
    };
    blocks.into_iter().map(block).collect()
}

struct Writer<'o> {
    out: &'o mut String,
    style: Style,
}

impl Writer<'_> {
    /// Writes a hunk over these lines, of which the first begins at the byte `at`, and says by
    /// how many lines the new text is ahead after it.
    fn hunk(
        &mut self,
        lines: &[&str],
        range: Range<usize>,
        mut at: usize,
        blocks: &[Block<'_>],
        ahead: isize,
    ) -> isize {
        let of = |range: Range<usize>| lines.get(range).unwrap_or_default();
        let mut body = String::new();
        let mut writer = Writer {
            out: &mut body,
            style: self.style,
        };
        let mut new_count = range.len();
        let mut line = range.start;
        for block in blocks {
            for kept in of(line..block.lines.start) {
                writer.line(None, &format!(" {kept}"));
                at += kept.len();
            }
            let old = of(block.lines.clone()).concat();
            let new = spliced(&old, at, block.edits);
            for removed in old.split_inclusive('\n') {
                writer.line(Some(31), &format!("-{removed}"));
            }
            for added in new.split_inclusive('\n') {
                writer.line(Some(32), &format!("+{added}"));
            }
            at += old.len();
            new_count = new_count + new.split_inclusive('\n').count() - block.lines.len();
            line = block.lines.end;
        }
        for kept in of(line..range.end) {
            writer.line(None, &format!(" {kept}"));
        }
        let new_start = range.start.saturating_add_signed(ahead) + 1;
        let head = format!(
            "@@ -{},{} +{new_start},{new_count} @@\n",
            range.start + 1,
            range.len()
        );
        self.line(Some(36), &head);
        self.out.push_str(&body);
        ahead
            .saturating_add_unsigned(new_count)
            .saturating_sub_unsigned(range.len())
    }

    fn line(&mut self, colour: Option<u8>, line: &str) {
        let (text, end) = match line.strip_suffix('\n') {
            Some(text) => (text, "\n"),
            None => (line, "\n\\ No newline at end of file\n"),
        };
        let text = match self.style {
            Style::Plain => Cow::Borrowed(text),
            // A carriage return before the line feed is not worth a word in each line.
            _ => Cow::Owned(printable(text.strip_suffix('\r').unwrap_or(text))),
        };
        // Writing to a string cannot fail.
        let _ = match (self.style, colour) {
            (Style::Coloured, Some(colour)) => {
                write!(self.out, "\u{1b}[{colour}m{text}\u{1b}[0m{end}")
            }
            _ => write!(self.out, "{text}{end}"),
        };
    }
}

/// A part of the old text, which begins at the byte `start`, with the edits made.
fn spliced(old: &str, start: usize, edits: &[Edit]) -> String {
    let mut new = String::with_capacity(old.len());
    let mut done = 0;
    for edit in edits {
        let range = edit.original();
        new.push_str(old.get(done..range.start - start).unwrap_or_default());
        new.push_str(edit.after());
        done = range.end - start;
    }
    new.push_str(old.get(done..).unwrap_or_default());
    new
}
