//! A whole text: every chunk is searched, and what the sure ones prove is held for the others.

use super::{Cause, Certainty, ProposedEdit, Repairer};
use crate::damage::{PageCause, PageEdit, page_edits};
use crate::detect::chunks::{Chunk, chunks};
use crate::detect::scan::is_plain;
use crate::detect::search::{Hypothesis, explain, rank, search};
use crate::detect::{Settings, judge};
use crate::misdecoding::Chain;
use std::ops::Range;

pub(super) struct Document<'a> {
    text: &'a str,
    settings: &'a Settings,
    /// Log-odds of being right that a hypothesis must reach.
    wanted: f32,
}

/// Stretches that lie so many characters apart, with nothing but ASCII signs between, are one edit.
const NEAR: usize = 3;

impl<'a> Document<'a> {
    pub(super) fn new(text: &'a str, settings: &'a Settings, wanted: f32) -> Document<'a> {
        Document {
            text,
            settings,
            wanted,
        }
    }

    /// The edits that repair the text, in order.
    pub(super) fn edits(&self) -> Vec<ProposedEdit> {
        let mut edits = self.page_edits();
        let touched: Vec<Range<usize>> = edits.iter().map(|e| e.original.clone()).collect();
        let is_touched = |c: &Chunk<'_>| {
            let next = touched.partition_point(|t| t.end <= c.start);
            touched
                .get(next)
                .is_some_and(|t| t.start < c.start + c.text.len())
        };
        let mut searched: Vec<Searched<'a>> = chunks(self.text)
            .filter(|c| !is_plain(c.text) && !is_touched(c))
            .map(|chunk| {
                let chars: Vec<char> = chunk.text.chars().collect();
                let found = search(&chars, self.settings);
                Searched {
                    chunk,
                    chars,
                    found,
                }
            })
            .collect();
        if searched.len() > 1 {
            let proven = self.proven(&mut searched);
            for s in &mut searched {
                s.reconsider(&proven);
            }
        }
        for Searched {
            chunk,
            chars,
            found,
        } in &searched
        {
            let Some(best) = found.first().filter(|h| h.sure >= self.wanted) else {
                continue;
            };
            propose(
                &mut edits,
                *chunk,
                chars,
                best,
                judge::probability(best.sure),
            );
        }
        edits.sort_by_key(|e| e.original.start);
        edits
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
        page_edits(self.text)
            .into_iter()
            .filter(|e| e.confidence >= wanted)
            .map(from_page_edit)
            .collect()
    }

    /// The chains that some chunks prove, alone or together, and how much of the document they
    /// hold for.
    fn proven(&self, searched: &mut [Searched<'_>]) -> Vec<Proven> {
        let mut proven: Vec<Proven> = Vec::new();
        let mut note =
            |chain: Chain, chunks: usize| match proven.iter_mut().find(|p| p.chain == chain) {
                Some(p) => p.chunks += chunks,
                None => proven.push(Proven {
                    chain,
                    chunks,
                    share: 0.0,
                }),
            };
        for block in blocks(searched) {
            let (mut alone, mut noted) = (0, 0);
            for s in block {
                if let Some(best) = s.found.first().filter(|h| h.sure >= self.wanted.max(PROOF)) {
                    alone += 1;
                    if is_varied(&s.chars, best) {
                        note(best.chain, 1);
                        noted += 1;
                    }
                }
            }
            let suspicious = block.iter().filter(|s| !s.found.is_empty()).count();
            if block.len() > 1 && suspicious > 0 && (alone < block.len() || noted == 0) {
                let text: Vec<char> = block
                    .iter()
                    .flat_map(|s| s.chars.iter().copied().chain(['\n']))
                    .collect();
                if let Some(best) = search(&text, self.settings)
                    .first()
                    .filter(|h| h.sure >= PROOF_TOGETHER && is_varied(&text, h))
                {
                    note(best.chain, lines_changed(&text, best).saturating_sub(noted));
                }
            }
        }
        proven.retain(|p| p.chunks > 0);
        proven.sort_by(|a, b| b.chunks.cmp(&a.chunks).then(a.chain.cmp(&b.chain)));
        proven.truncate(MOST_PROVEN);
        for p in &mut proven {
            for s in searched
                .iter_mut()
                .filter(|s| !s.found.iter().any(|h| h.chain == p.chain))
            {
                s.found.extend(explain(&s.chars, &p.chain));
            }
            // A chunk that undoing the chain would make worse was not mangled that way; one in
            // which there is nothing to undo says nothing.
            let of_chain = |s: &Searched<'_>| {
                let scores = s
                    .found
                    .iter()
                    .filter(|h| h.chain == p.chain)
                    .map(|h| h.score);
                scores.reduce(f32::max)
            };
            let clean = searched
                .iter()
                .filter_map(of_chain)
                .filter(|&score| score < MADE_WORSE)
                .count();
            p.share = p.chunks as f32 / (p.chunks + clean) as f32;
        }
        proven
    }
}

/// Neighbouring chunks that are searched together, up to so many characters.
fn blocks<'s, 'a>(searched: &'s [Searched<'a>]) -> impl Iterator<Item = &'s [Searched<'a>]> {
    let mut rest = searched;
    std::iter::from_fn(move || {
        let mut chars = 0;
        let n = rest.iter().take_while(|s| {
            chars += s.chars.len();
            chars <= BLOCK
        });
        let n = n.count().max(1);
        let (block, others) = rest.split_at_checked(n)?;
        rest = others;
        Some(block)
    })
}

/// In how many lines of `text` a hypothesis changes something.
fn lines_changed(text: &[char], h: &Hypothesis) -> usize {
    let mut changed = h.stretches.iter().map(|s| s.0.start).peekable();
    let mut start = 0;
    text.split(|&c| c == '\n')
        .filter(|line| {
            let end = start + line.len();
            let mut any = false;
            while changed.next_if(|&at| at <= end).is_some() {
                any = true;
            }
            start = end + 1;
            any
        })
        .count()
}

/// The confidence from which a guess is made where bytes were lost.
const LIKELIER_THAN_NOT: f32 = 0.5;
/// Whether a hypothesis rests on enough different characters to prove anything about other chunks:
/// a sign that a document repeats is the same evidence again and again.
fn is_varied(text: &[char], h: &Hypothesis) -> bool {
    let observed = h
        .stretches
        .iter()
        .filter_map(|s| text.get(s.0.clone()))
        .flatten();
    let mut seen: Vec<char> = observed.copied().filter(|c| !c.is_ascii()).collect();
    seen.sort_unstable();
    seen.dedup();
    seen.len() >= VARIED
}

/// So many different characters.
const VARIED: usize = 2;
/// The longest block, in characters.
const BLOCK: usize = 1500;
/// Log-odds above which a chunk proves its chain for the rest of the document.
const PROOF: f32 = 4.0;
/// The same for several chunks together.
const PROOF_TOGETHER: f32 = 2.0;
/// Nats below which undoing a chain makes a chunk worse.
const MADE_WORSE: f32 = -6.0;
/// So many chains of a document are tried on every chunk.
const MOST_PROVEN: usize = 3;
/// Nats for undoing a chain in all of a chunk where all of the document shows it.
const WHOLE: f32 = 6.0;

struct Proven {
    chain: Chain,
    chunks: usize,
    /// Of the chunks that the chain could have befallen, the share that it has befallen.
    share: f32,
}

impl Proven {
    /// Log-odds that a hypothesis gains by the document showing its chain elsewhere.
    fn company(&self) -> f32 {
        self.share * (4.0 + 2.5 * (self.chunks as f32).ln()).min(10.0)
    }
}

struct Searched<'a> {
    chunk: Chunk<'a>,
    chars: Vec<char>,
    found: Vec<Hypothesis>,
}

impl Searched<'_> {
    /// Weighs the hypotheses again, knowing what the rest of the document proves.
    fn reconsider(&mut self, proven: &[Proven]) {
        for p in proven {
            for h in self.found.iter_mut().filter(|h| h.chain == p.chain) {
                h.score += p.share * (h.cost + if h.whole { WHOLE } else { 0.0 });
            }
        }
        rank(&mut self.found);
        for h in &mut self.found {
            h.sure += proven
                .iter()
                .find(|p| p.chain == h.chain)
                .map_or(0.0, |p| p.company());
        }
    }
}

fn from_page_edit(edit: PageEdit) -> ProposedEdit {
    let guessed: Box<[Range<usize>]> = edit
        .replacement
        .char_indices()
        .enumerate()
        .filter(|(n, _)| edit.inferred.contains(n))
        .map(|(_, (at, c))| at..at + c.len_utf8())
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
