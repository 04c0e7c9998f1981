//! A whole text: every chunk is searched, and what the sure ones prove is held for the others.

use super::at_once::{decoded_at_once, read_at_once};
use super::choice::surest;
use super::drawings::{Drawings, drawings};
use super::islands;
use super::one_page;
use super::proven::{Searched, proven, reconsider, repeat};
use super::{Cause, Certainty, Guess, ProposedEdit, Repairer, Weighed, lossy, wave_dash, wraps};
use crate::damage::{PageCause, PageEdit, page_edits};
use crate::detect::chunks::{Chunk, chunks};
use crate::detect::hypothesis::Hypothesis;
use crate::detect::plainer;
use crate::detect::scan::{
    holds_misread_words, is_clean, is_clean_line, is_plain_with, may_have_lost,
};
use crate::detect::search::{search, search_best};
use crate::detect::shortcut::{Shown, shortcut};
use crate::detect::signs::Signs;
use crate::detect::suspicion::OddWords;
use crate::detect::{Settings, judge};
use std::collections::HashMap;
use std::ops::Range;

pub(super) struct Document<'a> {
    text: &'a str,
    signs: Signs,
    settings: &'a Settings,
    /// Log-odds of being right that a hypothesis must reach.
    wanted: f32,
}

/// Stretches that lie so many characters apart, with nothing but ASCII signs between, are one edit.
const NEAR: usize = 3;

impl<'a> Document<'a> {
    /// A text, which has these signs.
    pub(super) fn new(
        text: &'a str,
        signs: Signs,
        settings: &'a Settings,
        wanted: f32,
    ) -> Document<'a> {
        Document {
            text,
            signs,
            settings,
            wanted,
        }
    }

    /// The edits that repair the text, in order.
    pub(super) fn edits(&self) -> Vec<ProposedEdit> {
        let mut edits = self.page_edits();
        let drawings = self.drawings(&mut edits);
        let touched = Touched::by(&edits);
        let (mut clean, mut suspicious) = (Vec::new(), Vec::new());
        let mut odd_words = OddWords::default();
        for chunk in chunks(self.text) {
            let signs = self.signs.of_part(chunk.text);
            if is_plain_with(chunk.text, signs) || touched.holds(&chunk) {
                continue;
            }
            if is_clean_line(
                chunk.text,
                signs,
                self.settings,
                self.wanted,
                &mut odd_words,
            ) {
                clean.push(chunk);
            } else {
                suspicious.push(chunk);
            }
        }
        let mut searched = Vec::with_capacity(suspicious.len());
        let mut shown = Shown::default();
        self.search(suspicious, &mut shown, &mut searched);
        // Words are looked up where the text is but a few of them, or something else in it points to a mishap.
        if searched.is_empty() || searched.iter().any(|s| !s.found.is_empty()) {
            let are_few = |c: &Chunk<'_>| holds_misread_words(c.text);
            let (misread, others) = clean.into_iter().partition(are_few);
            clean = others;
            self.search(misread, &mut shown, &mut searched);
            searched.sort_by_key(|s| s.chunk.start);
        }
        let others = drawings.as_ref().map_or(0, |d| d.lines.len());
        if !searched.is_empty() && searched.len() + clean.len() + others > 1 {
            let drawn = drawings.map(|d| (d.chain, d.lines.len()));
            let proven = proven(&mut searched, clean, drawn, self.settings);
            reconsider(&mut searched, &proven);
            decoded_at_once(&mut searched, &proven, self.wanted);
            repeat(&mut searched, self.wanted);
        }
        for s in searched.iter_mut().filter(|s| !s.at_once) {
            read_at_once(s, self.wanted);
        }
        one_page::agree(&mut searched, self.wanted);
        islands::complete(&mut searched, self.wanted);
        let mut rebuilt = lossy::Rebuilt::new();
        for Searched {
            chunk,
            chars,
            found,
            suspicious,
            at_once,
            ..
        } in &searched
        {
            let best = surest(found, chars, self.wanted);
            if best.is_none() && !suspicious {
                continue;
            }
            let is_whole = *at_once || best.is_some_and(|h| lossy::is_whole(h, chars));
            if !is_whole
                && may_have_lost(chunk.text, self.settings)
                && lossy::propose(
                    &mut edits,
                    &mut rebuilt,
                    *chunk,
                    chars,
                    best,
                    self.wanted,
                    self.settings,
                )
            {
                continue;
            }
            let Some(best) = best else {
                continue;
            };
            propose(
                &mut edits,
                *chunk,
                chars,
                best,
                judge::probability(
                    found
                        .first()
                        .map_or(best.sure, |first| first.sure.max(best.sure)),
                ),
            );
        }
        self.join(&mut edits);
        edits.iter_mut().for_each(wave_dash::restore);
        edits.sort_by_key(|e| e.original.start);
        edits
    }

    /// What was drawn where nothing is edited yet, with the edits that repair it.
    fn drawings(&self, edits: &mut Vec<ProposedEdit>) -> Option<Drawings<'a>> {
        let mut drawings = drawings(self.text, self.settings)?;
        let touched = Touched::by(edits);
        drawings
            .lines
            .retain(|(chunk, _, h)| h.sure >= self.wanted && !touched.holds(chunk));
        for (chunk, chars, h) in &drawings.lines {
            propose(edits, *chunk, chars, h, judge::probability(h.sure));
        }
        edits.sort_by_key(|e| e.original.start);
        Some(drawings)
    }

    /// Searches some lines, those that are equal once.
    fn search(&self, lines: Vec<Chunk<'a>>, shown: &mut Shown, searched: &mut Vec<Searched<'a>>) {
        let mut known: HashMap<&str, usize> = HashMap::new();
        for chunk in lines {
            let mut s = Searched::not(chunk);
            s.suspicious = true;
            s.found = match known.get(chunk.text).and_then(|&i| searched.get(i)) {
                Some(same) => same.found.clone(),
                None => self.hypotheses(&s.chars, shown),
            };
            known.entry(chunk.text).or_insert(searched.len());
            searched.push(s);
        }
    }

    /// What could have befallen a line. `shown` are the chains that lines before it have shown.
    fn hypotheses(&self, line: &[char], shown: &mut Shown) -> Vec<Hypothesis> {
        let found = shortcut(line, shown, self.settings);
        let mut found = found.unwrap_or_else(|| search_best(line, self.settings));
        plainer::prefer(&mut found);
        shown.note(&found);
        found
    }

    /// Repairs the lines that were wrapped within a character together: what was found for each alone is wrong.
    fn join(&self, edits: &mut Vec<ProposedEdit>) {
        for (lines, together) in wraps::repaired(self.text, self.settings, self.wanted) {
            edits.retain(|e| e.original.end <= lines.start || lines.end <= e.original.start);
            edits.extend(together);
        }
    }

    /// What the first line becomes if something was lost in it, however unlikely.
    pub(super) fn weigh_damaged(&self) -> Option<Weighed> {
        let chunk = chunks(self.text).next()?;
        if is_clean(chunk.text, self.settings, self.wanted) {
            return None;
        }
        let chars: Vec<char> = chunk.text.chars().collect();
        let found = search(&chars, self.settings);
        let best = surest(&found, &chars, self.wanted);
        let is_whole = best.is_some_and(|h| lossy::is_whole(h, &chars));
        if is_whole || !may_have_lost(chunk.text, self.settings) {
            return None;
        }
        lossy::weigh(&chars, best)
    }

    /// What was inserted into and shifted in a page of Chinese text.
    fn page_edits(&self) -> Vec<ProposedEdit> {
        // A guess is made where it is likelier than not, unless more than the usual is wanted.
        let wanted = judge::probability(self.wanted);
        let wanted = if wanted > Repairer::THRESHOLD + 1e-4 {
            wanted
        } else {
            wanted.min(LIKELIER_THAN_NOT)
        };
        page_edits(self.text, self.signs)
            .into_iter()
            .filter(|e| e.confidence >= wanted)
            .map(from_page_edit)
            .collect()
    }
}

/// The confidence from which a guess is made where bytes were lost.
const LIKELIER_THAN_NOT: f32 = 0.5;
fn from_page_edit(edit: PageEdit) -> ProposedEdit {
    let guessed: Box<[Guess]> = edit
        .replacement
        .char_indices()
        .enumerate()
        .filter(|(n, _)| edit.inferred.contains(n))
        .map(|(_, (at, c))| (at..at + c.len_utf8()).into())
        .collect();
    ProposedEdit {
        original: edit.range,
        after: edit.replacement,
        cause: match edit.cause {
            PageCause::Reading => Cause::Reading,
            PageCause::ByteShift => Cause::ByteShift,
            PageCause::Noise => Cause::Noise,
        },
        certainty: if guessed.is_empty() {
            Certainty::Exact
        } else {
            Certainty::Inferred { guessed }
        },
        confidence: edit.confidence,
    }
}

/// What some edits touch.
struct Touched(Vec<Range<usize>>);

impl Touched {
    /// By edits in order.
    fn by(edits: &[ProposedEdit]) -> Touched {
        Touched(edits.iter().map(|e| e.original.clone()).collect())
    }

    fn holds(&self, chunk: &Chunk<'_>) -> bool {
        let next = self.0.partition_point(|t| t.end <= chunk.start);
        let end = chunk.start + chunk.text.len();
        self.0.get(next).is_some_and(|t| t.start < end)
    }
}

/// Turns the stretches of a hypothesis into edits of the whole text.
fn propose(
    edits: &mut Vec<ProposedEdit>,
    chunk: Chunk<'_>,
    chars: &[char],
    h: &Hypothesis,
    confidence: f32,
) {
    let mut at = chunk.start;
    let mut done = 0;
    let mut open: Option<ProposedEdit> = None;
    for (range, after) in &h.stretches {
        let gap = chars.get(done..range.start).unwrap_or_default();
        let gap_bytes: usize = gap.iter().map(|c| c.len_utf8()).sum();
        let bytes: usize = chars
            .get(range.clone())
            .unwrap_or_default()
            .iter()
            .map(|c| c.len_utf8())
            .sum();
        let start = at + gap_bytes;
        let near = gap.len() <= NEAR
            && gap
                .iter()
                .all(|c| c.is_ascii() && !c.is_ascii_alphanumeric());
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
                    // `Repair::new` checks the claim.
                    certainty: Certainty::Exact,
                    confidence,
                });
            }
        }
        at = start + bytes;
        done = range.end;
    }
    edits.extend(open);
}
