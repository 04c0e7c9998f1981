//! Which chains could explain a text: a beam search over layers on a few words, then the best path
//! through the whole text for the chains that are left.

use super::expand::{Draft, Map, Mixer, Set, State, expand};
use super::hypothesis::{HOPELESS, Hypothesis, Line, Shows, hypothesis};
use super::known::Known;
use super::outcome::Images;
use super::path;
use super::probe::Words;
use super::rank::rank;
use super::refusals::are_spelt_alike;
use super::script::Script;
use super::sister_chains::add_sisters;
use super::spelling::Spelling;
use super::symbols;
use super::undo::{Undone, undo};
use super::{Settings, structural};
use crate::encoding::Encoding;
use crate::misdecoding::{Chain, prior};
use crate::model::languages::Fit;
use crate::model::{History, MODEL};
use std::hash::{Hash, Hasher};

/// States that are expanded by another layer, and further ones reached by UTF-8.
const BEAM: usize = 6;
const BEAM_UTF8: usize = 4;
/// States reached by a legacy encoding that are expanded by another layer.
const BEAM_LEGACY: usize = 2;
/// States of each layer that the full model scores, and that are tried on the whole text.
const SCORED: usize = 64;
const TRIED: usize = 6;
/// States that lie so many nats behind the best are not tried.
const TOO_FAR: f32 = 25.0;
/// Nats by which a sister of the best chain is too far behind to be its rival.
const SISTERS_BEHIND: f32 = 12.0;
/// Beside a state that reads well, states that lie further behind are not expanded.
const NEARLY: f32 = 8.0;
/// Where the first layer gains less on every word, no other layer would: nothing is gained but the price of a chain.
const NOTHING_GAINED: f32 = -5.0;
/// Where the words alone say no more than this, the language of what stands around them is heard, on states of which they
/// do not say more than that against them.
const LITTLE_GAINED: f32 = 4.0;
const LEAST_BY_WORDS: f32 = -20.0;
/// Nats below which undoing all of a line is so much worse than leaving it that it need not be weighed.
const MUCH_WORSE: f32 = -60.0;
/// A character that the chain could not explain, inside a word that it explains otherwise.
pub(super) const FAILED: f32 = 3.0;
/// Text that reads better than this (nats a character) needs no further layer.
const READS_WELL: f32 = -3.2;
const READS_WELL_EAST_ASIAN: f32 = -6.0;

/// Which hypotheses are weighed.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Alternatives {
    All,
    /// Those that are not far behind the best.
    Likely,
}

/// The hypotheses that could explain `text`, best first.
pub(crate) fn search(text: &[char], settings: &Settings) -> Vec<Hypothesis> {
    search_for(text, settings, Alternatives::All)
}

/// The same without the alternatives that hardly matter for a repair.
pub(crate) fn search_best(text: &[char], settings: &Settings) -> Vec<Hypothesis> {
    search_for(text, settings, Alternatives::Likely)
}

fn search_for(text: &[char], settings: &Settings, alternatives: Alternatives) -> Vec<Hypothesis> {
    let fit = Fit::of(text);
    let words = Words::of(text, &fit);
    if words.is_empty() {
        let mut found = structural::hypotheses(text, settings);
        rank(&mut found, alternatives);
        return found;
    }
    let mut found: Vec<Hypothesis> = Vec::new();
    let mut line = Line::that_fits(text, fit);
    line.alternatives = alternatives;
    let states = candidate_states(&words, &line, settings);
    let best = states.iter().map(|s| s.0).fold(f32::NEG_INFINITY, f32::max);
    for (score, state) in &states {
        if *score >= (best - TOO_FAR).max(HOPELESS) {
            add(&mut found, hypotheses(&line, &state.chain, state.cost));
        }
    }
    let behind = match alternatives {
        Alternatives::All => f32::INFINITY,
        Alternatives::Likely => SISTERS_BEHIND,
    };
    add_sisters(&mut found, &line, settings, behind);
    rank(&mut found, alternatives);
    for h in structural::hypotheses(text, settings) {
        let at = found.partition_point(|f| f.score > h.score);
        found.insert(at, h);
    }
    found
}

/// Adds hypotheses, of those that lead to the same text the best one only, and none with a layer more that changes
/// nothing but commas below to cedillas.
pub(super) fn add(found: &mut Vec<Hypothesis>, more: Vec<Hypothesis>) {
    let is_idle = |h: &Hypothesis, f: &Hypothesis| {
        h.chain.len() > f.chain.len() && are_spelt_alike(&h.repaired, &f.repaired)
    };
    for h in more {
        if found.iter().any(|f| is_idle(&h, f)) {
            continue;
        }
        found.retain(|f| !is_idle(f, &h));
        let same = |f: &Hypothesis| f.repaired == h.repaired;
        if !found.iter().any(|f| same(f) && f.score >= h.score) {
            found.retain(|f| !same(f));
            found.push(h);
        }
    }
}

/// What one chain could explain of `text`, best first, whether a search would find it or not.
/// `shows` says what the document around shows of the chain.
pub(crate) fn explain(text: &[char], chain: &Chain, shows: Shows) -> Option<Hypothesis> {
    let cost = prior::chain_cost(chain)?;
    let undone = undo(chain, text);
    // A line is weighed only where there is something to undo.
    if !undone.converts_any() {
        return None;
    }
    let mut line = Line::new(text);
    line.shows = shows;
    let found = hypotheses_of(&line, &undone, chain, cost);
    found.into_iter().max_by(|a, b| a.score.total_cmp(&b.score))
}

/// The stretches for which a chain may hold: those that the model chooses, and all that can be
/// undone.
fn hypotheses(line: &Line<'_>, chain: &Chain, cost: f32) -> Vec<Hypothesis> {
    hypotheses_of(line, &undo(chain, line.text), chain, cost)
}

pub(super) fn hypotheses_of(
    line: &Line<'_>,
    undone: &Undone,
    chain: &Chain,
    cost: f32,
) -> Vec<Hypothesis> {
    if !undone.converts_any() {
        return Vec::new();
    }
    let written = chain.iter().next().map_or(Encoding::Utf8, |m| m.written);
    let (_, choice) = path::best(line.text, undone, line.observed(), written);
    let all = path::everything(undone);
    let gain_of_all = || path::gain_of_everything(undone, line.observed(), written);
    let may_be_all = || line.alternatives == Alternatives::All || gain_of_all() > MUCH_WORSE;
    let second = (choice != all && may_be_all())
        .then(|| hypothesis(line, undone, &all, chain, cost))
        .flatten();
    hypothesis(line, undone, &choice, chain, cost)
        .into_iter()
        .chain(second)
        .collect()
}

/// What comes of undoing a chain wherever it can be undone.
pub(super) fn all_undone(
    line: &Line<'_>,
    undone: &Undone,
    chain: &Chain,
    cost: f32,
) -> Option<Hypothesis> {
    hypothesis(line, undone, &path::everything(undone), chain, cost)
}

/// The states worth trying on the whole text, with what they gain on the words.
fn candidate_states(words: &Words, line: &Line<'_>, settings: &Settings) -> Vec<(f32, State)> {
    let start = State::observed(words);
    // Text that reads well was not mangled twice.
    let well = reads_well(&start);
    let (mut seen, mut images) = (Set::default(), Images::default());
    let mut scores = Scores::default();
    let before: Vec<f32> = words.iter().map(unigrams).collect();
    let mut front = vec![start];
    let mut out: Vec<(f32, State)> = Vec::new();
    for _ in 0..settings.layers {
        let spellings: Vec<Spelling<'_>> = front.iter().map(Spelling::of).collect();
        let mut drafts = Vec::new();
        for spelling in &spellings {
            expand(
                spelling,
                &before,
                settings,
                &mut images,
                &mut seen,
                &mut drafts,
            );
        }
        let mut next: Vec<(f32, State)> = promising(drafts)
            .map(|draft| {
                let state = draft.state();
                (scores.gain(words, &state) - state.cost, state)
            })
            .collect();
        sort(&mut next);
        if out.is_empty() && next.first().is_some_and(|best| best.0 < LITTLE_GAINED) {
            for (score, state) in &mut next {
                let all = scores.gain_of_all(words, state) - state.cost;
                if all > LEAST_BY_WORDS {
                    *score = score.max(all + line.gain_of_language(words, state));
                }
            }
            sort(&mut next);
        }
        if out.is_empty() && next.first().is_none_or(|best| best.0 < NOTHING_GAINED) {
            break;
        }
        out.extend(next.iter().take(TRIED).cloned());
        front = to_expand(next);
        if front.is_empty() || well {
            break;
        }
    }
    sort(&mut out);
    out.truncate(2 * TRIED);
    out
}

fn sort(states: &mut [(f32, State)]) {
    states.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.chain.cmp(&b.1.chain)));
}

/// The states that another layer might explain better still.
fn to_expand(scored: Vec<(f32, State)>) -> Vec<State> {
    let (mut legacy, mut utf8) = (0, 0);
    // Beside one that reads well, only those that are nearly as good.
    let least = scored
        .first()
        .filter(|(_, best)| reads_well(best))
        .map_or(f32::NEG_INFINITY, |(score, _)| score - NEARLY);
    scored
        .into_iter()
        .filter(|(score, _)| *score > least)
        .enumerate()
        .filter(|(rank, (_, state))| {
            let by_utf8 = state
                .chain
                .iter()
                .next()
                .is_some_and(|m| m.written == Encoding::Utf8);
            if *rank >= BEAM && !(by_utf8 && utf8 < BEAM_UTF8) || reads_well(state) {
                return false;
            }
            if !by_utf8 {
                legacy += 1;
                return legacy <= BEAM_LEGACY;
            }
            utf8 += usize::from(*rank >= BEAM);
            true
        })
        .map(|(_, (_, state))| state)
        .collect()
}

fn reads_well(state: &State) -> bool {
    let (mut chars, mut east_asian, mut score) = (0, 0, 0.0);
    let mut n = 0;
    for word in state
        .words
        .iter()
        .flatten()
        .filter(|w| !w.chars.iter().all(char::is_ascii))
    {
        chars += word.chars.len() + 1;
        east_asian += word
            .chars
            .iter()
            .filter(|&&c| Script::of(c).is_east_asian())
            .count();
        score += word_score(&word.chars, None, f32::NEG_INFINITY).unwrap_or(f32::NEG_INFINITY);
        n += 1;
    }
    let limit = if east_asian * 2 > chars - n {
        READS_WELL_EAST_ASIAN
    } else {
        READS_WELL
    };
    n == 0 || score > limit * chars as f32
}

/// What single characters say of a word.
pub(super) fn unigrams(word: &[char]) -> f32 {
    word.iter().map(|&c| MODEL.unigram(c)).sum()
}

/// The drafts that the full model is to score.
fn promising(mut drafts: Vec<Draft<'_>>) -> impl Iterator<Item = Draft<'_>> {
    let order = |a: &Draft<'_>, b: &Draft<'_>| {
        let gains = b.rough_gain().total_cmp(&a.rough_gain());
        gains.then_with(|| a.chain.cmp(&b.chain))
    };
    if drafts.len() > SCORED {
        drafts.select_nth_unstable_by(SCORED, order);
        drafts.truncate(SCORED);
    }
    drafts.sort_unstable_by(order);
    drafts.into_iter()
}

/// What the model says of words that were undone. Many chains lead to the same ones. Nothing less is told of those that
/// are so much worse than they stood that keeping them is better, whatever their neighbours say.
#[derive(Default)]
struct Scores(Map<u64, f32>);

impl Scores {
    /// What undoing the chain gains over the words, each undone or not, whichever is better.
    fn gain(&mut self, words: &Words, state: &State) -> f32 {
        let mut sum = BestWords::default();
        self.each(words, state, |gain| sum.add(gain));
        sum.get()
    }

    /// What undoing the chain in all words gains, where it can be undone.
    fn gain_of_all(&mut self, words: &Words, state: &State) -> f32 {
        let mut sum = 0.0;
        self.each(words, state, |gain| sum += gain.unwrap_or(0.0));
        sum
    }

    /// What undoing the chain gains on each word; `None` where it cannot be undone.
    fn each(&mut self, words: &Words, state: &State, mut take: impl FnMut(Option<f32>)) {
        let written = state
            .chain
            .iter()
            .next()
            .map_or(Encoding::Utf8, |m| m.written);
        let observed = words.iter().zip(&words.observed);
        for (i, ((before, observed), after)) in observed.zip(&state.words).enumerate() {
            take(after.as_ref().map(|after| {
                let mut key = Mixer::default();
                (i, written == Encoding::Utf8, &after.chars).hash(&mut key);
                let score = *self.0.entry(key.finish()).or_insert_with(|| {
                    let most_known = Known::most_nats(&after.chars);
                    let least = observed - 2.0 * path::SWITCH - most_known;
                    let Some(score) = word_score(&after.chars, Some(written), least) else {
                        return f32::NEG_INFINITY;
                    };
                    let mut known = Known::default();
                    known.add(before, &after.chars);
                    score + known.nats()
                });
                if score == f32::NEG_INFINITY {
                    return score;
                }
                score
                    - path::foreign_letters(written, &after.chars)
                    - observed
                    - FAILED * f32::from(after.failed)
            }));
        }
    }
}

/// The best sum over words that are undone (`Some` gain) or kept, paying for each switch.
#[derive(Default)]
pub(super) struct BestWords {
    kept: f32,
    undone: f32,
}

impl BestWords {
    pub(super) fn add(&mut self, gain: Option<f32>) {
        let kept = self.kept.max(self.undone - path::SWITCH);
        self.undone = gain.map_or(f32::NEG_INFINITY, |gain| {
            self.undone.max(self.kept - path::SWITCH) + gain
        });
        self.kept = kept;
    }

    pub(super) fn get(&self) -> f32 {
        self.kept.max(self.undone)
    }
}

/// What the model says of a word; `None` where that is less than `least`.
fn word_score(word: &[char], written: Option<Encoding>, least: f32) -> Option<f32> {
    let model = MODEL;
    let mut history = History::word_start();
    let mut sum = 0.0;
    for &c in word.iter().chain(&[' ']) {
        if sum < least {
            return None;
        }
        let (ln_p, next) = model.next(history, c);
        history = next;
        let floor = match written {
            Some(Encoding::Utf8) => {
                symbols::class_of(c).map_or(f32::NEG_INFINITY, |s| -(5.0 + s.nats))
            }
            _ => f32::NEG_INFINITY,
        };
        sum += ln_p.max(floor);
    }
    Some(sum)
}
