//! Which chains could explain a text: a beam search over layers on a few words, then the best path
//! through the whole text for the chains that are left.

use super::expand::{Set, State, expand};
use super::features::{ChangedWord, Evidence, Features, Odds};
use super::path;
use super::plausibility::{per_char, plausibility};
use super::probe::Words;
use super::refusals::is_refused;
use super::script::Script;
use super::symbols;
use super::undo::{Undone, undo};
use super::{Settings, judge, shifts};
use crate::encoding::Encoding;
use crate::misdecoding::{Chain, prior};
use crate::model::{History, MODEL};
use std::ops::Range;

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
/// A state that loses more than this on the words is not tried on the text around them.
const HOPELESS: f32 = -10.0;
/// A character that the chain could not explain, inside a word that it explains otherwise.
const FAILED: f32 = 3.0;
/// Text that reads better than this (nats a character) needs no further layer.
const READS_WELL: f32 = -3.2;
const READS_WELL_EAST_ASIAN: f32 = -6.0;

/// A chain that may hold for some stretches of a text, and what comes of undoing it there.
#[derive(Clone, Debug)]
pub(crate) struct Hypothesis {
    pub(crate) chain: Chain,
    /// Log-odds in nats against leaving the text as it stands, the price of the chain included.
    pub(crate) score: f32,
    /// Nats that the chain costs: a document that shows it elsewhere gives them back.
    pub(crate) cost: f32,
    /// What the judge weighs.
    pub(crate) features: Features,
    /// Log-odds of the judge that all of it is right.
    pub(crate) sure: f32,
    /// Everything is undone that can be.
    pub(crate) whole: bool,
    /// Stretches of the mangled text (in characters), in order, and what each becomes.
    pub(crate) stretches: Vec<(Range<usize>, Vec<char>)>,
    pub(crate) repaired: Vec<char>,
}

/// The hypotheses that could explain `text`, best first.
pub(crate) fn search(text: &[char], settings: &Settings) -> Vec<Hypothesis> {
    let words = Words::of(text);
    if words.is_empty() {
        return iso_2022_jp(text, settings).into_iter().collect();
    }
    let mut found: Vec<Hypothesis> = Vec::new();
    let observed = per_char(text);
    let as_it_stands = plausibility(text, &[]);
    let states = candidate_states(&words, settings);
    let best = states.iter().map(|s| s.0).fold(f32::NEG_INFINITY, f32::max);
    for (score, state) in &states {
        if *score >= (best - TOO_FAR).max(HOPELESS) {
            for h in hypotheses(text, &state.chain, state.cost, &observed, as_it_stands) {
                if !found
                    .iter()
                    .any(|f| f.repaired == h.repaired && f.score >= h.score)
                {
                    found.retain(|f| f.repaired != h.repaired);
                    found.push(h);
                }
            }
        }
    }
    rank(&mut found);
    if let Some(h) = iso_2022_jp(text, settings) {
        let at = found.partition_point(|f| f.score > h.score);
        found.insert(at, h);
    }
    found
}

/// ISO-2022-JP, where the settings allow it.
fn iso_2022_jp(text: &[char], settings: &Settings) -> Option<Hypothesis> {
    settings
        .iso_2022_jp
        .then(|| shifts::hypothesis(text))
        .flatten()
}

/// What one chain could explain of `text`, best first, whether a search would find it or not.
pub(crate) fn explain(text: &[char], chain: &Chain) -> Option<Hypothesis> {
    let (observed, as_it_stands) = (per_char(text), plausibility(text, &[]));
    let found = hypotheses(
        text,
        chain,
        prior::chain_cost(chain)?,
        &observed,
        as_it_stands,
    );
    found.into_iter().max_by(|a, b| a.score.total_cmp(&b.score))
}

/// The stretches for which a chain may hold: those that the model chooses, and all that can be
/// undone.
fn hypotheses(
    text: &[char],
    chain: &Chain,
    cost: f32,
    observed: &[f32],
    as_it_stands: f32,
) -> Vec<Hypothesis> {
    let undone = undo(chain, text);
    let written = chain.iter().next().map_or(Encoding::Utf8, |m| m.written);
    let (_, choice) = path::best(text, &undone, observed, written);
    let all = path::everything(&undone);
    let second = (choice != all)
        .then(|| hypothesis(text, &undone, &all, chain, cost, as_it_stands))
        .flatten();
    hypothesis(text, &undone, &choice, chain, cost, as_it_stands)
        .into_iter()
        .chain(second)
        .collect()
}

/// The states worth trying on the whole text, with what they gain on the words.
fn candidate_states(words: &Words, settings: &Settings) -> Vec<(f32, State)> {
    let start = State::observed(words);
    // Text that reads well was not mangled twice.
    let well = reads_well(&start);
    let mut seen = Set::default();
    let mut front = vec![start];
    let mut out: Vec<(f32, State)> = Vec::new();
    for _ in 0..settings.layers {
        let mut next: Vec<(f32, State)> = Vec::new();
        for state in &front {
            next.extend(
                expand(state, settings, &mut seen)
                    .into_iter()
                    .map(|s| (rough_gain(words, &s), s)),
            );
        }
        sort(&mut next);
        next.truncate(SCORED);
        for (score, state) in &mut next {
            *score = gain(words, state) - state.cost;
        }
        sort(&mut next);
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
    scored
        .into_iter()
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
        score += word_score(&word.chars, None);
        n += 1;
    }
    let limit = if east_asian * 2 > chars - n {
        READS_WELL_EAST_ASIAN
    } else {
        READS_WELL
    };
    n == 0 || score > limit * chars as f32
}

/// A quick estimate of [`gain`] from single characters.
fn rough_gain(words: &Words, state: &State) -> f32 {
    let model = MODEL;
    let unigrams = |chars: &[char]| chars.iter().map(|&c| model.unigram(c)).sum::<f32>();
    let rough = words.iter().zip(&state.words).map(|(before, after)| {
        let after = after.as_ref()?;
        Some(unigrams(&after.chars) - unigrams(before) - FAILED * f32::from(after.failed))
    });
    best_words(rough) - state.cost
}

/// What undoing the chain gains over the words, each undone or not, whichever is better.
fn gain(words: &Words, state: &State) -> f32 {
    let written = state
        .chain
        .iter()
        .next()
        .map_or(Encoding::Utf8, |m| m.written);
    let gains = words
        .observed
        .iter()
        .zip(&state.words)
        .map(|(observed, after)| {
            let after = after.as_ref()?;
            let score = word_score(&after.chars, Some(written))
                - path::foreign_letters(written, &after.chars);
            Some(score - observed - FAILED * f32::from(after.failed))
        });
    best_words(gains)
}

/// The best sum over words that are undone (`Some` gain) or kept, paying for each switch.
fn best_words(gains: impl Iterator<Item = Option<f32>>) -> f32 {
    let (mut kept, mut undone) = (0.0f32, 0.0f32);
    for gain in gains {
        let next_kept = kept.max(undone - path::SWITCH);
        undone = gain.map_or(f32::NEG_INFINITY, |g| undone.max(kept - path::SWITCH) + g);
        kept = next_kept;
    }
    kept.max(undone)
}

fn word_score(word: &[char], written: Option<Encoding>) -> f32 {
    let model = MODEL;
    let mut history = History::word_start();
    let mut sum = 0.0;
    for &c in word.iter().chain(&[' ']) {
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
    sum
}

/// Builds the repaired text of a choice and weighs it. `None` where nothing is undone, or what
/// comes of it is refused.
fn hypothesis(
    text: &[char],
    undone: &Undone,
    choice: &[bool],
    chain: &Chain,
    cost: f32,
    as_it_stands: f32,
) -> Option<Hypothesis> {
    let written = chain.iter().next().map_or(Encoding::Utf8, |m| m.written);
    let mut repaired: Vec<char> = Vec::with_capacity(text.len());
    let mut stretches: Vec<(Range<usize>, Vec<char>)> = Vec::new();
    let mut earned: Vec<Range<usize>> = Vec::new();
    for (unit, &take) in undone.units.iter().zip(choice) {
        if !take {
            repaired.extend(text.get(unit.mangled.clone())?);
            continue;
        }
        let after = undone.chars.get(unit.original.clone())?;
        let from = repaired.len();
        repaired.extend(after);
        match (stretches.last_mut(), earned.last_mut()) {
            (Some(last), Some(e)) if last.0.end == unit.mangled.start => {
                last.0.end = unit.mangled.end;
                last.1.extend(after);
                e.end = repaired.len();
            }
            _ => {
                stretches.push((unit.mangled.clone(), after.to_vec()));
                earned.push(from..repaired.len());
            }
        }
    }
    if stretches.is_empty() || repaired == text {
        return None;
    }
    let legacy = written != Encoding::Utf8;
    let (changed, kept) = words_of(text, &stretches);
    if is_refused(chain, text, &stretches, &changed, &kept) {
        return None;
    }
    let earned = if legacy {
        whole_words(&repaired, &earned)
    } else {
        Vec::new()
    };
    let foreign: f32 = changed
        .iter()
        .map(|w| path::foreign_letters(written, &w.after))
        .sum();
    let switches = path::switches(&undone.units, choice, text) as f32;
    let odds = Odds {
        gain: plausibility(&repaired, &earned) - as_it_stands,
        cost,
        foreign,
        switches: path::SWITCH * switches,
    };
    if odds.net() < HOPELESS {
        return None;
    }
    let whole = undone
        .units
        .iter()
        .zip(choice)
        .all(|(u, &take)| take == u.converted);
    let features = Evidence {
        chain,
        changed: &changed,
        kept: &kept,
        odds,
    }
    .features();
    Some(Hypothesis {
        chain: *chain,
        score: odds.net(),
        cost,
        features,
        sure: 0.0,
        whole,
        stretches,
        repaired,
    })
}

/// Ranks hypotheses and lets the judge weigh them, each against its best rival.
pub(crate) fn rank(found: &mut [Hypothesis]) {
    found.sort_by(|a, b| {
        b.score
            .total_cmp(&a.score)
            .then_with(|| a.chain.cmp(&b.chain))
    });
    let scores: Vec<f32> = found.iter().map(|h| h.score).collect();
    for (i, h) in found.iter_mut().enumerate() {
        let rival = scores
            .iter()
            .enumerate()
            .find(|(j, _)| *j != i)
            .map_or(0.0, |(_, s)| s.max(0.0));
        h.features.set_margin(h.score - rival);
        h.sure = judge::log_odds(&h.features);
    }
}

/// The words that the stretches change, with what they become, and the others outside ASCII.
fn words_of(
    text: &[char],
    stretches: &[(Range<usize>, Vec<char>)],
) -> (Vec<ChangedWord>, Vec<Vec<char>>) {
    let (mut changed, mut kept) = (Vec::new(), Vec::new());
    let mut stretches = stretches.iter().peekable();
    let mut start = 0;
    while start < text.len() {
        let rest = text.get(start..).unwrap_or_default();
        let mut end = start
            + rest
                .iter()
                .position(char::is_ascii_whitespace)
                .unwrap_or(rest.len());
        let (mut before_from, mut after) = (start, Vec::new());
        let mut any = false;
        while let Some((range, replacement)) = stretches.next_if(|s| s.0.start < end) {
            after.extend(text.get(before_from..range.start).unwrap_or_default());
            after.extend(replacement);
            before_from = range.end;
            any = true;
            if range.end > end {
                let rest = text.get(range.end..).unwrap_or_default();
                end = range.end
                    + rest
                        .iter()
                        .position(char::is_ascii_whitespace)
                        .unwrap_or(rest.len());
            }
        }
        let before = text.get(start..end).unwrap_or_default();
        if any {
            after.extend(text.get(before_from..end).unwrap_or_default());
            changed.push(ChangedWord {
                before: before.to_vec(),
                after,
            });
        } else if !before.iter().all(char::is_ascii) {
            kept.push(before.to_vec());
        }
        start = end + 1;
    }
    (changed, kept)
}

/// The ranges widened to whole words.
fn whole_words(text: &[char], ranges: &[Range<usize>]) -> Vec<Range<usize>> {
    let space = |i: usize| text.get(i).is_none_or(char::is_ascii_whitespace);
    let mut out: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        let mut start = range.start;
        let floor = out.last().map_or(0, |r| r.end);
        while start > floor && !space(start - 1) {
            start -= 1;
        }
        let mut end = range.end.max(start);
        while !space(end) {
            end += 1;
        }
        out.push(start..end);
    }
    out
}
