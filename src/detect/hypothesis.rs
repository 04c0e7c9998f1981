//! What one chain could explain of a text, and what speaks for it.

use super::expand::{Set, State};
use super::features::{ChangedWord, Evidence, Features, Language, Odds};
use super::known::Known;
use super::path;
use super::plausibility::{Company, is_letter, per_char, plausibility};
use super::probe::Words;
use super::refusals::{is_multi_byte, is_refused};
use super::script::Script;
use super::search::{Alternatives, unigrams};
use super::undo::{Undone, undo_all};
use crate::encoding::Encoding;
use crate::misdecoding::{Chain, prior};
use crate::model::languages::Fit;
use std::cell::OnceCell;
use std::ops::Range;

/// A state that loses more than this on the words is not tried on the text around them.
pub(super) const HOPELESS: f32 = -10.0;
/// The same where the document shows the chain elsewhere and it explains all of a line, and more than single signs.
const HOPELESS_PROVEN: f32 = -25.0;
/// Weight of how much better the line fits a language: the n-grams have seen some of it.
const FIT: f32 = 1.0;

/// A chain that may hold for some stretches of a text, and what comes of undoing it there.
#[derive(Clone, Debug)]
pub(crate) struct Hypothesis {
    pub(crate) chain: Chain,
    /// Log-odds in nats against leaving the text as it stands, the price of the chain included.
    pub(crate) score: f32,
    /// Nats that the chain costs: a document that shows it elsewhere gives them back.
    pub(crate) cost: f32,
    pub(super) basis: Basis,
    /// What the judge weighs, made from the basis for the best hypotheses only.
    pub(super) features: Option<Features>,
    /// Log-odds of the judge that all of it is right.
    pub(crate) sure: f32,
    /// The same, where something else than the judge decides.
    pub(super) given: Option<f32>,
    /// Everything is undone that can be.
    pub(crate) whole: bool,
    /// Stretches of the mangled text (in characters), in order, and what each becomes.
    pub(crate) stretches: Stretches,
    pub(crate) repaired: Vec<char>,
}

/// All that the features of a hypothesis are made from.
#[derive(Clone, Debug, Default)]
pub(super) struct Basis {
    pub(super) changed: Vec<ChangedWord>,
    pub(super) kept: Vec<Vec<char>>,
    pub(super) odds: Odds,
    pub(super) known: Known,
    pub(super) language: Language,
    pub(super) unexplained: usize,
    /// Characters outside ASCII that the chain leads to nowhere, in all of the line.
    pub(super) failed: usize,
    pub(super) left: usize,
    pub(super) length: usize,
}

pub(crate) type Stretches = Vec<(Range<usize>, Vec<char>)>;

pub(super) const UNWEIGHED: f32 = -20.0;

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

    /// The same by another chain, where that makes the same of all of `text`.
    pub(crate) fn by(&self, chain: &Chain, text: &[char]) -> Option<Hypothesis> {
        let cost = prior::chain_cost(chain)?;
        let undone = undo_all(chain, text)?;
        let is_same = undone.chars == self.repaired;
        let mut same = is_same.then(|| self.clone())?;
        same.chain = *chain;
        same.score += same.cost - cost;
        (same.cost, same.basis.odds.cost) = (cost, cost);
        same.features = None;
        Some(same)
    }

    /// Whether all that a line has outside ASCII is explained, to the last character.
    pub(crate) fn explains_all(&self) -> bool {
        self.whole && self.basis.unexplained == 0 && self.basis.kept.is_empty()
    }

    /// Whether the chain may have befallen all of a line: what it leaves would be as it is.
    pub(crate) fn fits_all(&self) -> bool {
        self.whole && self.basis.failed == 0
    }

    /// Whether it makes words that people know.
    pub(crate) fn makes_known_words(&self) -> bool {
        self.basis.known.made >= 1.0
    }

    /// Whether all words that it changes are known as they stand, and none is known that comes out, though it could be: such
    /// a line was not mangled as others were.
    pub(crate) fn takes_known_words_away(&self) -> bool {
        let known = self.basis.known;
        let are_all_lost = known.lost > 0.0 && known.lost == known.before;
        are_all_lost && known.after > 0.0 && known.made == 0.0
    }

    /// The words that it changes.
    pub(crate) fn changed(&self) -> &[ChangedWord] {
        &self.basis.changed
    }

    pub(super) fn weigh(&self) -> Features {
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
        let letters = |chars: &[char]| chars.iter().all(|&c| is_letter(c));
        let foreign = |chars: &[char]| {
            chars.len() > 1
                && letters(chars)
                && chars.iter().all(|&c| Script::of(c) != Script::Latin)
        };
        self.beyond(other).all(|(range, after)| {
            letters(text.get(range.clone()).unwrap_or_default()) || foreign(after)
        })
    }

    /// Whether what it repairs beyond `other` are rows of signs that are whole characters of an encoding of several bytes a
    /// character: `¡¡` is a space beside Chinese text.
    pub(crate) fn adds_signs_only(&self, text: &[char], other: &Stretches) -> bool {
        let is_sign = |c: &char| {
            !c.is_ascii() && (!is_letter(*c) || matches!(c, 'ª' | 'º' | 'µ')) && *c != '\u{A0}'
        };
        let is_row = |chars: &[char]| {
            chars.iter().filter(|c| is_sign(c)).count() >= 2
                && chars.iter().all(|c| c.is_ascii() || is_sign(c))
        };
        is_multi_byte(&self.chain)
            && self
                .beyond(other)
                .all(|(range, _)| text.get(range.clone()).is_some_and(is_row))
    }

    /// The stretches that it repairs and `other` has none of.
    fn beyond<'s>(
        &'s self,
        other: &'s Stretches,
    ) -> impl Iterator<Item = &'s (Range<usize>, Vec<char>)> {
        let is_known = |range: &Range<usize>| {
            let next = other.partition_point(|o| o.0.end <= range.start);
            other.get(next).is_some_and(|o| o.0.start < range.end)
        };
        self.stretches
            .iter()
            .filter(move |(range, _)| !is_known(range))
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
                    && (after.is_empty() || a.windows(after.len()).any(|w| w == after))
            })
        });
        same.count() * 2 > self.stretches.len()
    }
}

/// What the document around a line shows of a chain.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Shows {
    Nothing,
    /// Other lines were mangled by it.
    InOtherLines,
    /// All lines were, as far as is known, and this one is no text.
    InAllLines,
}

/// A text as it stands, weighed once for all hypotheses.
pub(super) struct Line<'a> {
    pub(super) text: &'a [char],
    /// Nats of each character, once a choice between them is to be made.
    observed: OnceCell<Vec<f32>>,
    plausibility: OnceCell<f32>,
    fit: OnceCell<Fit>,
    pub(super) shows: Shows,
    pub(super) alternatives: Alternatives,
}

impl<'a> Line<'a> {
    pub(super) fn new(text: &'a [char]) -> Line<'a> {
        Line {
            text,
            observed: OnceCell::new(),
            plausibility: OnceCell::new(),
            fit: OnceCell::new(),
            shows: Shows::Nothing,
            alternatives: Alternatives::Likely,
        }
    }

    /// The same of a text of which it is known how well it fits each language.
    pub(super) fn that_fits(text: &'a [char], fit: Fit) -> Line<'a> {
        Line {
            fit: OnceCell::from(fit),
            ..Line::new(text)
        }
    }

    fn fit(&self) -> &Fit {
        self.fit.get_or_init(|| Fit::of(self.text))
    }

    pub(super) fn observed(&self) -> &[f32] {
        self.observed
            .get_or_init(|| per_char(self.text, Company::DoesNotCount))
    }

    fn plausibility(&self) -> f32 {
        *self
            .plausibility
            .get_or_init(|| plausibility(self.text, &[]))
    }

    /// Nats by which a state of some words fits the language of the line better than they do as they stand.
    pub(super) fn gain_of_language(&self, words: &Words, state: &State) -> f32 {
        let mut fit = self.fit().clone();
        for (before, after) in words.iter().zip(&state.words) {
            if let Some(after) = after {
                fit.add(before, -1.0);
                fit.add(&after.chars, 1.0);
            }
        }
        FIT * (fit.ln() - self.fit().ln())
    }

    /// How well some words fit the language of the others, before they are changed and after.
    fn language(&self, changed: &[ChangedWord]) -> Language {
        let mut fit = self.fit().clone();
        for word in changed {
            fit.add(&word.before, -1.0);
        }
        let (others, certainty) = (fit.ln(), fit.certainty());
        for word in changed {
            fit.add(&word.after, 1.0);
        }
        Language {
            before: self.fit().ln() - others,
            after: fit.ln() - others,
            certainty,
        }
    }
}

/// A text of which some units are undone.
struct Replaced {
    repaired: Vec<char>,
    stretches: Stretches,
    /// Where in the repaired text what became of the stretches stands.
    places: Vec<Range<usize>>,
}

impl Replaced {
    /// `None` where nothing changes.
    fn of(text: &[char], undone: &Undone, choice: &[bool]) -> Option<Replaced> {
        let mut repaired: Vec<char> = Vec::with_capacity(text.len());
        let mut stretches: Stretches = Vec::new();
        let mut places: Vec<Range<usize>> = Vec::new();
        for (unit, &take) in undone.units.iter().zip(choice) {
            if !take {
                repaired.extend(text.get(unit.mangled.clone())?);
                continue;
            }
            let after = undone.chars.get(unit.original.clone())?;
            let from = repaired.len();
            repaired.extend(after);
            match (stretches.last_mut(), places.last_mut()) {
                (Some(last), Some(place)) if last.0.end == unit.mangled.start => {
                    last.0.end = unit.mangled.end;
                    last.1.extend(after);
                    place.end = repaired.len();
                }
                _ => {
                    stretches.push((unit.mangled.clone(), after.to_vec()));
                    places.push(from..repaired.len());
                }
            }
        }
        (!stretches.is_empty() && repaired != text).then_some(Replaced {
            repaired,
            stretches,
            places,
        })
    }
}

/// A chain that many lines have shown and that explains all of another one, with a score by single characters.
pub(crate) fn shown_again(
    text: &[char],
    undone: &Undone,
    chain: &Chain,
    cost: f32,
    sure: f32,
) -> Option<Hypothesis> {
    let replaced = Replaced::of(text, undone, &path::everything(undone))?;
    let score = unigrams(&replaced.repaired) - unigrams(text) - cost;
    let (changed, kept) = words_of(text, &replaced.stretches);
    let mut known = Known::default();
    // What the structure of UTF-8 shows needs no words.
    if chain
        .iter()
        .next()
        .is_some_and(|m| m.written != Encoding::Utf8)
    {
        for word in &changed {
            known.add(&word.before, &word.after);
        }
    }
    let basis = Basis {
        changed,
        kept,
        known,
        length: text.len(),
        ..Basis::default()
    };
    let given = Hypothesis::given(
        *chain,
        score,
        cost,
        sure,
        replaced.stretches,
        replaced.repaired,
    );
    Some(Hypothesis { basis, ..given })
}

/// Builds the repaired text of a choice and weighs it. `None` where nothing is undone, or what
/// comes of it is refused.
pub(super) fn hypothesis(
    line: &Line<'_>,
    undone: &Undone,
    choice: &[bool],
    chain: &Chain,
    cost: f32,
) -> Option<Hypothesis> {
    let text = line.text;
    let written = chain.iter().next().map_or(Encoding::Utf8, |m| m.written);
    let Replaced {
        repaired,
        stretches,
        places,
    } = Replaced::of(text, undone, choice)?;
    let legacy = written != Encoding::Utf8;
    let (changed, kept) = words_of(text, &stretches);
    let proven = line.shows != Shows::Nothing;
    if is_refused(chain, text, &stretches, &changed, &kept, proven) {
        return None;
    }
    let earned = if legacy {
        whole_words(&repaired, &places)
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
        gain: share * (plausibility(&repaired, &earned) - line.plausibility()),
        fit: FIT * (language.after - language.before),
        cost,
        foreign,
        switches: path::SWITCH * switches,
    };
    let hopeless = match line.shows {
        Shows::InAllLines => f32::NEG_INFINITY,
        Shows::InOtherLines if odds.switches == 0.0 && changed.iter().all(is_no_single_sign) => {
            HOPELESS_PROVEN
        }
        _ => HOPELESS,
    };
    let price = if proven { cost } else { 0.0 };
    if odds.net() + price < hopeless {
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
        failed: undone.units.iter().filter(|u| u.failed).count(),
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
