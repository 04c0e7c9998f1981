//! A string literal of a file format, whose text can be edited without
//! touching the rest of it.

#![allow(dead_code, reason = "not every program uses all of it")]

use std::ops::Range;

use unbake::Repair;

/// The text that a literal stands for, and where each part of it stands in the source.
#[derive(Default)]
pub struct Literal {
    text: String,
    /// Where stretches begin: in the text, and in the source.
    marks: Vec<(usize, usize)>,
    /// How long the source is.
    source: usize,
}

impl Literal {
    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The next stretch of the source means just what it says.
    pub fn push_verbatim(&mut self, stretch: &str) {
        if !stretch.is_empty() {
            self.marks.push((self.text.len(), self.source));
            self.text.push_str(stretch);
            self.source += stretch.len();
        }
    }

    /// The next so many bytes of the source are an escape that means this character.
    pub fn push_escape(&mut self, meaning: char, length: usize) {
        self.marks.push((self.text.len(), self.source));
        self.text.push(meaning);
        self.source += length;
    }

    /// The source with the text repaired; see [`edited`](Self::edited).
    pub fn repaired(
        &self,
        source: &str,
        repair: &Repair<'_>,
        write: impl Fn(&str) -> String,
    ) -> String {
        let edits = repair.edits().iter();
        self.edited(
            source,
            edits.map(|edit| (edit.original(), edit.after())),
            write,
        )
    }

    /// The source with stretches of the text replaced, in their order; each new text is written by
    /// `write`. All the rest stays as it is written.
    pub fn edited<'e>(
        &self,
        source: &str,
        edits: impl Iterator<Item = (Range<usize>, &'e str)>,
        write: impl Fn(&str) -> String,
    ) -> String {
        let mut out = String::with_capacity(source.len());
        let mut done = 0;
        for (range, new) in edits {
            let (start, end) = (self.place(range.start), self.place(range.end));
            out.push_str(source.get(done..start).unwrap_or_default());
            out.push_str(&write(new));
            done = end;
        }
        out.push_str(source.get(done..).unwrap_or_default());
        out
    }

    /// Where a place of the text, between two characters, lies in the source.
    fn place(&self, at: usize) -> usize {
        if at >= self.text.len() {
            return self.source;
        }
        let next = self.marks.partition_point(|(text, _)| *text <= at);
        let mark = next.checked_sub(1).and_then(|last| self.marks.get(last));
        // Within an escape there is no place between two characters.
        mark.map_or(0, |(text, source)| source + (at - text))
    }
}
