//! Which chains could explain a text: a beam search over layers on a few words, then the best path
//! through the whole text for the chains that are left.

use super::doubts::{AS_LIKELY_AS_NOT, most_sure};
use super::expand::{Draft, Map, Mixer, Set, State, expand};
use super::features::{ChangedWord, Evidence, Features, Language, Odds};
use super::known::Known;
use super::layers;
use super::outcome::Images;
use super::path;
use super::plausibility::{Company, is_letter, per_char, plausibility};
use super::probe::Words;
use super::refusals::{are_spelt_alike, is_refused};
use super::script::Script;
use super::spelling::Spelling;
use super::symbols;
use super::undo::{Undone, undo};
use super::{Settings, judge, structural};
use crate::encoding::Encoding;
use crate::misdecoding::{Chain, prior};
use crate::model::languages::Fit;
use crate::model::{History, MODEL};
use std::cell::OnceCell;
use std::hash::{Hash, Hasher};
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
/// Nats by which a sister of the best chain is too far behind to be its rival.
const SISTERS_BEHIND: f32 = 12.0;
/// Beside a state that reads well, states that lie further behind are not expanded.
const NEARLY: f32 = 8.0;
/// A state that loses more than this on the words is not tried on the text around them.
const HOPELESS: f32 = -10.0;
/// The same where the document shows the chain elsewhere and it explains all of a line, and more than single signs.
const HOPELESS_PROVEN: f32 = -25.0;
/// Where the first layer gains less on every word, no other layer would: nothing is gained but the price of a chain.
const NOTHING_GAINED: f32 = -5.0;
/// Where the words alone say no more than this, the language of what stands around them is heard, on states of which they
/// do not say more than that against them.
const LITTLE_GAINED: f32 = 4.0;
const LEAST_BY_WORDS: f32 = -20.0;
/// Weight of how much better the line fits a language: the n-grams have seen some of it.
const FIT: f32 = 1.0;
/// A character that the chain could not explain, inside a word that it explains otherwise.
pub(super) const FAILED: f32 = 3.0;
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
    basis: Basis,
    /// What the judge weighs, made from the basis for the best hypotheses only.
    features: Option<Features>,
    /// Log-odds of the judge that all of it is right.
    pub(crate) sure: f32,
    /// The same, where something else than the judge decides.
    given: Option<f32>,
    /// Everything is undone that can be.
    pub(crate) whole: bool,
    /// Stretches of the mangled text (in characters), in order, and what each becomes.
    pub(crate) stretches: Stretches,
    pub(crate) repaired: Vec<char>,
}

/// All that the features of a hypothesis are made from.
#[derive(Clone, Debug, Default)]
struct Basis {
    changed: Vec<ChangedWord>,
    kept: Vec<Vec<char>>,
    odds: Odds,
    known: Known,
    language: Language,
    unexplained: usize,
    left: usize,
    length: usize,
}

pub(crate) type Stretches = Vec<(Range<usize>, Vec<char>)>;

/// So many hypotheses are weighed by the judge; the others are behind them by far.
const WEIGHED: usize = 6;
const UNWEIGHED: f32 = -20.0;

/// So many different sequences of UTF-8, and nats, leave no doubt that a text is mangled; and log-odds that a repair has
/// by them at the most.
const SEQUENCES: usize = 2;
const BY_STRUCTURE: f32 = 30.0;
const MOST_BY_STRUCTURE: f32 = 3.0;
/// Nats between two hypotheses of which either may be right, and the log-odds of one that is believed.
const AS_WELL: f32 = 1.0;
const BELIEVED: f32 = 1.0;
/// Nats by which one may be worse that is about as sure, or surer, and log-odds that make no difference.
const HARDLY_WORSE: f32 = 2.0;
const ABOUT_AS_SURE: f32 = 0.7;
/// Log-odds at which a word of up to three letters is believed to be another one.
const SURE_OF_FEW_LETTERS: f32 = 1.1;
/// Of one that is none that is known.
const SURE_OF_NO_WORD: f32 = 0.3;
/// Of a few letters that read better as they stand, and of such that a mis-decoding of such a price would explain.
const SURE_OF_WORSE: f32 = 2.0;
const SURE_OF_RARE: f32 = 3.5;
const RARE: f32 = 7.5;

impl Hypothesis {
    /// A hypothesis about which something else than its features decides.
    pub(crate) fn given(
        chain: Chain,
        score: f32,
        cost: f32,
        sure: f32,
        stretches: Stretches,
        repaired: Vec<char>,
    ) -> Hypothesis {
        Hypothesis {
            chain,
            score,
            cost,
            basis: Basis::default(),
            features: Some(Features::default()),
            sure,
            given: Some(sure),
            whole: true,
            stretches,
            repaired,
        }
    }

    /// Whether all that a line has outside ASCII is explained, to the last character.
    pub(crate) fn explains_all(&self) -> bool {
        self.whole && self.basis.unexplained == 0 && self.basis.kept.is_empty()
    }

    /// Whether UTF-8 explains all by its structure: so many different sequences are no chance.
    fn is_shown_by_utf8(&self) -> bool {
        let is_utf8 = self.chain.iter().all(|m| m.written == Encoding::Utf8);
        let mut others: Vec<char> = self.stretches.iter().flat_map(|s| &s.1).copied().collect();
        others.retain(|c| !c.is_ascii());
        others.sort_unstable();
        others.dedup();
        is_utf8
            && self.given.is_none()
            && self.score >= BY_STRUCTURE
            && others.len() >= SEQUENCES
            && self.whole
            && self.basis.unexplained == 0
            // The beginning of a character whose no-break space became a space stands alone.
            && self.basis.kept.iter().all(|word| word.len() == 1)
    }

    /// Whether a word of a few letters is all that a legacy encoding explains, and is hardly likelier right than not: texts
    /// speak of letters (`la consonante č`).
    fn is_few_letters_in_doubt(&self) -> bool {
        let [word] = self.basis.changed.as_slice() else {
            return false;
        };
        let letters = || word.before.iter().filter(|c| c.is_alphanumeric());
        let others = word.before.iter().filter(|c| !c.is_ascii()).count();
        let wanted = match letters().count() {
            0..=3 if self.cost >= RARE && others <= 3 => SURE_OF_RARE,
            0..=3 if self.score < 0.0 => SURE_OF_WORSE,
            1..=3 => SURE_OF_FEW_LETTERS,
            _ if self.basis.known.made == 0.0 => SURE_OF_NO_WORD,
            _ => return false,
        };
        self.given.is_none()
            && self.sure < wanted
            && self.basis.length > 1
            && !letters().all(char::is_ascii)
            && self.chain.iter().all(|m| m.written != Encoding::Utf8)
    }

    /// The words that it changes.
    pub(crate) fn changed(&self) -> &[ChangedWord] {
        &self.basis.changed
    }

    fn weigh(&self) -> Features {
        if let Some(features) = &self.features {
            return features.clone();
        }
        let basis = &self.basis;
        Evidence {
            chain: &self.chain,
            changed: &basis.changed,
            kept: &basis.kept,
            odds: basis.odds,
            known: basis.known,
            language: basis.language,
            unexplained: basis.unexplained,
            left: basis.left,
            length: basis.length,
        }
        .features()
    }

    pub(crate) fn features(&self) -> Features {
        self.features.clone().unwrap_or_default()
    }

    /// Whether what it repairs beyond `other` are letters, or several letters of another script come out:
    /// a sign that stands apart may be meant.
    pub(crate) fn adds_words_only(&self, text: &[char], other: &Stretches) -> bool {
        let known = |range: &Range<usize>| {
            let next = other.partition_point(|o| o.0.end <= range.start);
            other.get(next).is_some_and(|o| o.0.start < range.end)
        };
        let letters = |chars: &[char]| chars.iter().all(|&c| is_letter(c));
        let foreign = |chars: &[char]| {
            chars.len() > 1
                && letters(chars)
                && chars.iter().all(|&c| Script::of(c) != Script::Latin)
        };
        self.stretches
            .iter()
            .filter(|(range, _)| !known(range))
            .all(|(range, after)| {
                letters(text.get(range.clone()).unwrap_or_default()) || foreign(after)
            })
    }

    /// Whether most of what it repairs would be repaired the same way: then the two differ in what
    /// they leave alone, and neither speaks against the other.
    pub(crate) fn is_like(&self, other: &Stretches) -> bool {
        let mut others = other.iter().peekable();
        let same = self.stretches.iter().filter(|(range, after)| {
            while others.next_if(|o| o.0.end < range.end).is_some() {}
            others.peek().is_some_and(|(r, a)| {
                r.start <= range.start
                    && r.end >= range.end
                    && a.windows(after.len()).any(|w| w == after)
            })
        });
        same.count() * 2 > self.stretches.len()
    }
}

/// The hypotheses that could explain `text`, best first.
pub(crate) fn search(text: &[char], settings: &Settings) -> Vec<Hypothesis> {
    search_near(text, settings, f32::INFINITY)
}

/// The same without the alternatives that hardly matter for a repair: sisters of the best chain that are far worse.
pub(crate) fn search_best(text: &[char], settings: &Settings) -> Vec<Hypothesis> {
    search_near(text, settings, SISTERS_BEHIND)
}

/// Sisters of the best chain are weighed where single characters say that they are no more nats behind.
fn search_near(text: &[char], settings: &Settings, nats: f32) -> Vec<Hypothesis> {
    let fit = Fit::of(text);
    let words = Words::of(text, &fit);
    if words.is_empty() {
        let mut found = structural::hypotheses(text, settings);
        rank(&mut found);
        return found;
    }
    let mut found: Vec<Hypothesis> = Vec::new();
    let line = Line::new(text, fit);
    let states = candidate_states(&words, &line, settings);
    let best = states.iter().map(|s| s.0).fold(f32::NEG_INFINITY, f32::max);
    for (score, state) in &states {
        if *score >= (best - TOO_FAR).max(HOPELESS) {
            add(&mut found, hypotheses(&line, &state.chain, state.cost));
        }
    }
    rank(&mut found);
    add_sisters(&mut found, &line, settings, nats);
    rank(&mut found);
    for h in structural::hypotheses(text, settings) {
        let at = found.partition_point(|f| f.score > h.score);
        found.insert(at, h);
    }
    found
}

/// Adds what comes of the best chain with a sister in place of one encoding, where single characters say that it is no
/// more nats worse; of those that come to the same only the likeliest.
fn add_sisters(found: &mut Vec<Hypothesis>, line: &Line<'_>, settings: &Settings, nats: f32) {
    let Some(best) = found.first() else {
        return;
    };
    let mut sisters = prior::sisters(&best.chain, |e| settings.encodings.has(e));
    sisters.sort_by(|a, b| a.1.total_cmp(&b.1));
    let undone = undo(&best.chain, line.text);
    let least = unigrams(&undone.chars) - best.cost - nats;
    let mut seen = Set::default();
    seen.insert(undone.chars);
    for (chain, cost) in sisters {
        let other = undo(&chain, line.text);
        if unigrams(&other.chars) - cost >= least && !seen.contains(&other.chars) {
            add(found, hypotheses_of(line, &other, &chain, cost));
            seen.insert(other.chars);
        }
    }
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
/// `proven` says that the document shows the chain elsewhere.
pub(crate) fn explain(text: &[char], chain: &Chain, proven: bool) -> Option<Hypothesis> {
    let line = Line {
        proven,
        ..Line::new(text, Fit::of(text))
    };
    let found = hypotheses(&line, chain, prior::chain_cost(chain)?);
    found.into_iter().max_by(|a, b| a.score.total_cmp(&b.score))
}

/// A text as it stands, weighed once for all hypotheses.
pub(super) struct Line<'a> {
    text: &'a [char],
    /// Nats of each character, once a choice between them is to be made.
    observed: OnceCell<Vec<f32>>,
    plausibility: f32,
    fit: Fit,
    proven: bool,
}

impl<'a> Line<'a> {
    pub(super) fn new(text: &'a [char], fit: Fit) -> Line<'a> {
        Line {
            text,
            observed: OnceCell::new(),
            plausibility: plausibility(text, &[]),
            fit,
            proven: false,
        }
    }

    fn observed(&self) -> &[f32] {
        self.observed
            .get_or_init(|| per_char(self.text, Company::DoesNotCount))
    }

    /// Nats by which a state of some words fits the language of the line better than they do as they stand.
    fn gain_of_language(&self, words: &Words, state: &State) -> f32 {
        let mut fit = self.fit.clone();
        for (before, after) in words.iter().zip(&state.words) {
            if let Some(after) = after {
                fit.add(before, -1.0);
                fit.add(&after.chars, 1.0);
            }
        }
        FIT * (fit.ln() - self.fit.ln())
    }

    /// How well some words fit the language of the others, before they are changed and after.
    fn language(&self, changed: &[ChangedWord]) -> Language {
        let mut fit = self.fit.clone();
        for word in changed {
            fit.add(&word.before, -1.0);
        }
        let (others, certainty) = (fit.ln(), fit.certainty());
        for word in changed {
            fit.add(&word.after, 1.0);
        }
        Language {
            before: self.fit.ln() - others,
            after: fit.ln() - others,
            certainty,
        }
    }
}

/// The stretches for which a chain may hold: those that the model chooses, and all that can be
/// undone.
fn hypotheses(line: &Line<'_>, chain: &Chain, cost: f32) -> Vec<Hypothesis> {
    hypotheses_of(line, &undo(chain, line.text), chain, cost)
}

fn hypotheses_of(line: &Line<'_>, undone: &Undone, chain: &Chain, cost: f32) -> Vec<Hypothesis> {
    let written = chain.iter().next().map_or(Encoding::Utf8, |m| m.written);
    let (_, choice) = path::best(line.text, undone, line.observed(), written);
    let all = path::everything(undone);
    let second = (choice != all)
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
fn unigrams(word: &[char]) -> f32 {
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

/// Builds the repaired text of a choice and weighs it. `None` where nothing is undone, or what
/// comes of it is refused.
fn hypothesis(
    line: &Line<'_>,
    undone: &Undone,
    choice: &[bool],
    chain: &Chain,
    cost: f32,
) -> Option<Hypothesis> {
    let text = line.text;
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
    if is_refused(chain, text, &stretches, &changed, &kept, line.proven) {
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
    let (changed, share) = if legacy {
        each_once(changed)
    } else {
        (changed, 1.0)
    };
    let mut known = Known::default();
    for word in &changed {
        known.add(&word.before, &word.after);
    }
    let language = line.language(&changed);
    let odds = Odds {
        known: known.nats(),
        gain: share * (plausibility(&repaired, &earned) - line.plausibility),
        fit: FIT * (language.after - language.before),
        cost,
        foreign,
        switches: path::SWITCH * switches,
    };
    let hopeless = if line.proven && odds.switches == 0.0 && changed.iter().all(is_no_single_sign) {
        HOPELESS_PROVEN
    } else {
        HOPELESS
    };
    if odds.net() < hopeless {
        return None;
    }
    let whole = undone
        .units
        .iter()
        .zip(choice)
        .all(|(u, &take)| take == u.converted);
    let left = undone
        .units
        .iter()
        .zip(choice)
        .filter(|(u, take)| u.converted && !**take)
        .count();
    let basis = Basis {
        changed,
        kept,
        odds,
        known,
        language,
        unexplained: unexplained(text, undone, choice),
        left,
        length: text.len(),
    };
    Some(Hypothesis {
        chain: *chain,
        score: odds.net(),
        cost,
        basis,
        features: None,
        sure: UNWEIGHED,
        given: None,
        whole,
        stretches,
        repaired,
    })
}

/// The words without those that are there already, and which share of the characters that change they hold: a word says the
/// same each time.
fn each_once(mut changed: Vec<ChangedWord>) -> (Vec<ChangedWord>, f32) {
    let count = |words: &[ChangedWord]| words.iter().map(|w| w.before.len()).sum::<usize>() as f32;
    let all = count(&changed);
    let mut seen = Set::default();
    changed.retain(|word| seen.insert(word.clone()));
    let share = count(&changed) / all.max(1.0);
    (changed, share)
}

/// Whether a word that changes has no single sign or letter outside ASCII, and no Latin letters beside others.
fn is_no_single_sign(word: &ChangedWord) -> bool {
    let is_beside = |w: &[char]| {
        matches!(w, [a, b] if a.is_ascii() != b.is_ascii()
            && (a.is_ascii_alphabetic() || b.is_ascii_alphabetic()))
    };
    let mut runs = word.before.split(char::is_ascii);
    runs.all(|run| run.len() != 1) && !word.before.windows(2).any(is_beside)
}

/// Characters that the chain cannot explain, in words of which it explains others.
fn unexplained(text: &[char], undone: &Undone, choice: &[bool]) -> usize {
    let (mut all, mut in_word, mut taken) = (0, 0, false);
    for (unit, &take) in undone.units.iter().zip(choice) {
        let space = text
            .get(unit.mangled.start)
            .is_some_and(char::is_ascii_whitespace);
        if space {
            all += if taken { in_word } else { 0 };
            (in_word, taken) = (0, false);
        }
        in_word += usize::from(unit.failed);
        taken |= take;
    }
    all + if taken { in_word } else { 0 }
}

/// Ranks hypotheses and lets the judge weigh them, each against its best rival.
pub(crate) fn rank(found: &mut [Hypothesis]) {
    found.sort_by(|a, b| {
        b.score
            .total_cmp(&a.score)
            .then_with(|| a.chain.cmp(&b.chain))
    });
    let rivals: Vec<(f32, Stretches)> = found
        .iter()
        .map(|h| (h.score, h.stretches.clone()))
        .collect();
    for h in found.iter_mut().skip(WEIGHED) {
        h.sure = h.given.unwrap_or(UNWEIGHED);
    }
    for (i, h) in found.iter_mut().take(WEIGHED).enumerate() {
        if let Some(sure) = h.given {
            h.sure = sure;
            continue;
        }
        let mut features = h.weigh();
        let rival = rivals
            .iter()
            .enumerate()
            .find(|(j, rival)| *j != i && !h.is_like(&rival.1))
            .map_or(0.0, |(_, rival)| rival.0.max(0.0));
        features.set_margin(h.score - rival);
        let fitted = judge::log_odds(&features);
        h.sure = most_sure(&h.chain, &h.basis.changed, &h.basis.kept, h.score)
            .map_or(fitted, |most| fitted.min(most));
        h.features = Some(features);
    }
    trust_structure(found);
    trust_words(found);
    yield_to_better(found);
    doubt_beside_rival(found);
    for h in found.iter_mut().filter(|h| h.is_few_letters_in_doubt()) {
        h.sure = h.sure.min(AS_LIKELY_AS_NOT);
    }
}

/// The best hypothesis is as likely as not beside another one that makes something else of the same, and reads as
/// well and is believed, too, or reads hardly worse and is about as sure.
fn doubt_beside_rival(found: &mut [Hypothesis]) {
    let Some((best, others)) = found.split_first_mut() else {
        return;
    };
    let is_rival = |h: &Hypothesis| {
        let worse = best.score - h.score;
        let speaks = worse <= AS_WELL && h.sure >= BELIEVED
            || worse <= HARDLY_WORSE && h.sure >= best.sure - ABOUT_AS_SURE;
        speaks && !h.is_like(&best.stretches)
    };
    // What UTF-8 shows by its structure needs no other reading to be worse.
    let is_utf8 = best.chain.iter().all(|m| m.written == Encoding::Utf8);
    if best.given.is_none() && !is_utf8 && others.iter().any(is_rival) {
        best.sure = best.sure.min(AS_LIKELY_AS_NOT);
    }
}

/// Where UTF-8 explains all of a text by many different sequences, leaving it as it stands is out of the question: the
/// best hypothesis is as sure as it is among the others.
fn trust_structure(found: &mut [Hypothesis]) {
    let is_shown = |h: &&Hypothesis| {
        h.is_shown_by_utf8() && !layers::may_be_others(&h.chain, &h.basis.changed)
    };
    let Some(best) = found.first().filter(is_shown) else {
        return;
    };
    let others: f32 = found
        .iter()
        .skip(1)
        .map(|h| (h.score - best.score).exp())
        .sum();
    let sure = -others.max(f32::MIN_POSITIVE).ln();
    if let Some(best) = found.first_mut() {
        best.sure = best.sure.max(sure.min(MOST_BY_STRUCTURE));
    }
}

/// So many words that people know are no chance where a chain makes them of words that nobody knows, and half of the others
/// that it makes are known, too; the log-odds that it has then, and the nats by which others must be behind.
const KNOWN_WORDS: f32 = 4.0;
const BY_WORDS: f32 = 2.0;
const FAR_BEHIND: f32 = 10.0;

/// Where a chain makes many known words and takes none away, it is believed.
fn trust_words(found: &mut [Hypothesis]) {
    let Some((best, others)) = found.split_first_mut() else {
        return;
    };
    let Known {
        made, after, lost, ..
    } = best.basis.known;
    let is_rival =
        |h: &Hypothesis| best.score - h.score < FAR_BEHIND && !h.is_like(&best.stretches);
    if best.given.is_none()
        && made >= KNOWN_WORDS
        && made * 2.0 >= after
        && lost == 0.0
        && best.basis.unexplained == 0
        && !others.iter().any(is_rival)
    {
        best.sure = best.sure.max(BY_WORDS);
    }
}

/// What repairs nearly the same by another chain, and worse, is no surer than the better one.
fn yield_to_better(found: &mut [Hypothesis]) {
    for i in 1..found.len().min(WEIGHED) {
        let (better, rest) = found.split_at_mut(i);
        let Some(h) = rest.first_mut().filter(|h| h.given.is_none()) else {
            continue;
        };
        for other in better {
            if other.given.is_none() && other.chain != h.chain && h.is_like(&other.stretches) {
                h.sure = h.sure.min(other.sure);
            }
        }
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
