//! A whole text: every chunk is searched, and what the sure ones prove is held for the others.

use super::choice::{PROOF, surest};
use super::{Cause, Certainty, Guess, ProposedEdit, Repairer, Weighed, lossy, wave_dash, wraps};
use crate::damage::{PageCause, PageEdit, page_edits};
use crate::detect::chunks::{Chunk, chunks};
use crate::detect::doubts::is_a_row_of_few_signs;
use crate::detect::features::ChangedWord;
use crate::detect::hypothesis::Hypothesis;
use crate::detect::rank::rank;
use crate::detect::scan::{
    holds_misread_words, is_clean, is_clean_line, is_plain_with, may_have_lost,
};
use crate::detect::search::{explain, search, search_best};
use crate::detect::shortcut::{Shown, shortcut};
use crate::detect::signs::Signs;
use crate::detect::suspicion::OddWords;
use crate::detect::{Settings, judge};
use crate::misdecoding::Chain;
use std::collections::{HashMap, HashSet};
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
        let touched: Vec<Range<usize>> = edits.iter().map(|e| e.original.clone()).collect();
        let is_touched = |c: &Chunk<'_>| {
            let next = touched.partition_point(|t| t.end <= c.start);
            touched
                .get(next)
                .is_some_and(|t| t.start < c.start + c.text.len())
        };
        let (mut clean, mut suspicious) = (Vec::new(), Vec::new());
        let mut odd_words = OddWords::default();
        for chunk in chunks(self.text) {
            let signs = self.signs.of_part(chunk.text);
            if is_plain_with(chunk.text, signs) || is_touched(&chunk) {
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
        if !searched.is_empty() && searched.len() + clean.len() > 1 {
            let proven = self.proven(&mut searched, clean);
            for (i, s) in searched.iter_mut().enumerate() {
                s.reconsider(i, &proven);
            }
            repeat(&mut searched, self.wanted);
        }
        let mut rebuilt = lossy::Rebuilt::new();
        for Searched {
            chunk,
            chars,
            found,
            suspicious,
        } in &searched
        {
            let best = surest(found, chars, self.wanted);
            if best.is_none() && !suspicious {
                continue;
            }
            let is_whole = best.is_some_and(|h| lossy::is_whole(h, chars));
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
        let found = found.unwrap_or_else(|| search_best(line, self.settings));
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

    /// The chains that the chunks point to, alone or together, and how much of the document each
    /// holds for. What looks clean by itself is no proof, but may be explained by what is proven.
    fn proven(&self, searched: &mut Vec<Searched<'a>>, clean: Vec<Chunk<'a>>) -> Vec<Proven> {
        let mut pointed: Vec<(Chain, f32)> = Vec::new();
        let mut point = |chain: Chain, p: f32| match pointed.iter_mut().find(|c| c.0 == chain) {
            Some(known) => known.1 += p,
            None => pointed.push((chain, p)),
        };
        let mut together: Vec<(Chain, f32)> = Vec::new();
        for s in searched.iter() {
            if let Some(best) = surest(&s.found, &s.chars, f32::NEG_INFINITY) {
                point(best.chain, judge::probability(best.sure));
            }
        }
        // What a document repeats is the same evidence again, and what nothing explains is none.
        let mut seen: HashSet<&str> = HashSet::new();
        let distinct: Vec<&Searched<'_>> = searched
            .iter()
            .filter(|s| !s.found.is_empty() && seen.insert(s.chunk.text))
            .collect();
        for block in blocks(&distinct) {
            let is_sure = |s: &&&Searched<'_>| {
                let best = surest(&s.found, &s.chars, f32::NEG_INFINITY);
                best.is_some_and(|best| best.sure >= PROOF)
            };
            if block.len() > 1 && block.iter().filter(is_sure).count() < block.len() {
                let text: Vec<char> = block
                    .iter()
                    .flat_map(|s| s.chars.iter().copied().chain(['\n']))
                    .collect();
                let found = search_best(&text, self.settings);
                if let Some(best) = surest(&found, &text, 0.0).filter(|h| is_varied(&text, h)) {
                    let p = judge::probability(best.sure);
                    point(best.chain, p);
                    together.push((best.chain, p * TOGETHER * lines_changed(&text, best) as f32));
                }
            }
        }
        pointed.retain(|c| c.1 >= LEAST_POINTED);
        pointed.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        pointed.truncate(MOST_PROVEN);
        if !pointed.is_empty() {
            searched.extend(clean.into_iter().map(Searched::not));
            searched.sort_by_key(|s| s.chunk.start);
        }
        let mut proven: Vec<Proven> = Vec::new();
        for (chain, _) in pointed {
            let together: f32 = together.iter().filter(|t| t.0 == chain).map(|t| t.1).sum();
            proven.push(Proven::of(chain, together, searched));
        }
        proven.retain(|p| p.support > 0.0);
        proven
    }
}

/// What is repaired in one line is repaired in the others: a hypothesis that changes nothing but such words
/// is as sure as those are.
fn repeat(searched: &mut [Searched<'_>], wanted: f32) {
    let mut sure: HashMap<ChangedWord, f32> = HashMap::new();
    for s in searched.iter() {
        let best = surest(&s.found, &s.chars, wanted).filter(|h| h.sure >= wanted);
        for word in best.iter().flat_map(|h| h.changed()) {
            let of_word = sure.entry(word.clone()).or_insert(f32::NEG_INFINITY);
            *of_word = of_word.max(best.map_or(f32::NEG_INFINITY, |h| h.sure));
        }
    }
    if sure.is_empty() {
        return;
    }
    for h in searched.iter_mut().flat_map(|s| &mut s.found) {
        let words = h.changed().iter().map(|word| sure.get(word).copied());
        let least = words.reduce(|a, b| Some(a?.min(b?))).flatten();
        h.sure = h.sure.max(least.unwrap_or(f32::NEG_INFINITY));
    }
}

/// Neighbouring chunks that are searched together, up to so many characters.
fn blocks<'b, 's, 'a>(
    searched: &'b [&'s Searched<'a>],
) -> impl Iterator<Item = &'b [&'s Searched<'a>]> {
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
/// Nats below which undoing a chain makes a chunk worse.
const MADE_WORSE: f32 = -6.0;
/// So many chains of a document are tried on every chunk, and what the chunks that point to one must
/// add up to.
const MOST_PROVEN: usize = 4;
const LEAST_POINTED: f32 = 0.3;
/// What a line counts that is sure only together with its neighbours.
const TOGETHER: f32 = 0.5;
/// Nats for undoing a chain in all of a chunk where all of the document shows it, and more where much does.
const WHOLE: f32 = 6.0;
const WHOLE_IN_MANY: f32 = 12.0;
/// Chunks that prove a chain for words and signs that would prove nothing themselves, and the share of
/// the document that it holds for.
const MUCH_SUPPORT: f32 = 0.9;
const MOSTLY: f32 = 0.6;
/// The share from which a line with one sign or letter outside ASCII goes the way of the others: beside clean lines it may
/// be clean as well.
const NEARLY_ALL: f32 = 0.9;
/// Log-odds that company gives at the most.
const MOST_COMPANY: f32 = 10.0;

/// What a document says of a chain.
struct Proven {
    chain: Chain,
    /// How many chunks it befell, as far as is known: the sum of their probabilities.
    support: f32,
    /// What each chunk adds to it.
    own: Vec<f32>,
    /// Of the chunks that the chain could have befallen, the share that it has befallen.
    share: f32,
}

impl Proven {
    fn of(chain: Chain, together: f32, searched: &mut [Searched<'_>]) -> Proven {
        let mut seen: HashSet<Vec<char>> = HashSet::new();
        let (mut own, mut clean) = (Vec::with_capacity(searched.len()), 0);
        for s in searched {
            let (p, repaired) = s.found.first().map_or((0.0, None), |h| {
                (judge::probability(h.sure), Some(h.repaired.clone()))
            });
            if !s.found.iter().any(|h| h.chain == chain) {
                s.found.extend(explain(&s.chars, &chain, false));
            }
            let of_chain = s.found.iter().filter(|h| h.chain == chain);
            let Some(h) = of_chain.max_by(|a, b| a.score.total_cmp(&b.score)) else {
                own.push(0.0);
                continue;
            };
            // A chunk that undoing the chain would make worse was not mangled that way; one in
            // which there is nothing to undo says nothing.
            clean += usize::from(h.score < MADE_WORSE);
            // What a document repeats is the same evidence again and again.
            let new = h
                .stretches
                .iter()
                .filter_map(|(r, _)| s.chars.get(r.clone()));
            let new = new.filter(|word| seen.insert(word.to_vec())).count();
            let counts = repaired.as_ref() == Some(&h.repaired)
                && is_varied(&s.chars, h)
                && !is_a_row_of_few_signs(h.changed());
            let share = new as f32 / h.stretches.len().max(1) as f32;
            own.push(if counts { p * share } else { 0.0 });
        }
        let support = own.iter().sum::<f32>().max(together);
        Proven {
            chain,
            support,
            own,
            share: support / (support + clean as f32).max(f32::MIN_POSITIVE),
        }
    }

    /// Nats for undoing the chain in all of a chunk: the more chunks show it, the less is anything left out.
    fn whole(&self) -> f32 {
        WHOLE + WHOLE_IN_MANY * (1.0 + self.support).ln()
    }

    /// Log-odds that a hypothesis for a chunk gains by the document showing its chain elsewhere.
    fn company(&self, chunk: usize) -> f32 {
        let elsewhere = self.support - self.own.get(chunk).copied().unwrap_or(0.0);
        self.share * (2.5 * (1.0 + 4.0 * elsewhere.max(0.0)).ln()).min(MOST_COMPANY)
    }
}

struct Searched<'a> {
    chunk: Chunk<'a>,
    chars: Vec<char>,
    found: Vec<Hypothesis>,
    suspicious: bool,
}

impl<'a> Searched<'a> {
    /// A chunk that looks clean.
    fn not(chunk: Chunk<'a>) -> Searched<'a> {
        Searched {
            chunk,
            chars: chunk.text.chars().collect(),
            found: Vec::new(),
            suspicious: false,
        }
    }

    /// Weighs the hypotheses again, knowing what the rest of the document proves.
    fn reconsider(&mut self, chunk: usize, proven: &[Proven]) {
        for p in proven {
            let unexplained = !self.found.iter().any(|h| h.chain == p.chain);
            if unexplained && p.support >= MUCH_SUPPORT && p.share >= MOSTLY {
                self.found.extend(explain(&self.chars, &p.chain, true));
            }
            for h in self.found.iter_mut().filter(|h| h.chain == p.chain) {
                h.score += p.share * (h.cost + if h.whole { p.whole() } else { 0.0 });
            }
        }
        rank(&mut self.found);
        for h in &mut self.found {
            let lone = !is_varied(&self.chars, h);
            h.sure += proven
                .iter()
                .find(|p| p.chain == h.chain && !(lone && p.share < NEARLY_ALL))
                .map_or(0.0, |p| p.company(chunk));
        }
    }
}

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
