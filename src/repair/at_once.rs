//! A document that was decoded at once: where most of it shows a chain, and the chain explains the rest and no word speaks
//! against it, it befell the rest, too, whatever single lines look like.

use super::choice::{PROOF, surest};
use super::lossy;
use super::proven::{Proven, Searched};
use crate::detect::features::{ChangedWord, beside_letter, mixed_scripts, odd_case};
use crate::detect::hypothesis::{Hypothesis, shown_again};
use crate::detect::plausibility::{is_letter, words};
use crate::detect::refusals::is_multi_byte;
use crate::detect::symbols::is_prose_punctuation;
use crate::detect::undo::{Unit, undo};
use crate::encoding::Encoding;
use crate::misdecoding::{Chain, prior};
use crate::model::words::is_known;
use std::collections::HashSet;

/// So many different words that a chain changes in lines that show it, and so many times as much as in those that do not,
/// by the characters outside ASCII.
const WORDS: usize = 3;
const MOSTLY: usize = 2;
/// So many words that show a chain outweigh a line that speaks against it.
const FEW: usize = 8;
/// Log-odds of a chain that another line shows.
const BELIEVED: f32 = 2.0;
/// Nats below which undoing a chain makes a line of text worse.
const MADE_WORSE: f32 = -12.0;

/// Holds the chain of a document for the lines that say nothing by themselves, or something else.
pub(super) fn decoded_at_once(searched: &mut [Searched<'_>], proven: &[Proven], wanted: f32) {
    // Of sister encodings that explain all of it the one that most of it shows is meant.
    let found = proven
        .iter()
        .filter_map(|p| undone_at_once(searched, &p.chain, wanted));
    let Some((_, all)) = found.reduce(|a, b| if b.0 > a.0 { b } else { a }) else {
        return;
    };
    let keeps_spaces = searched.iter().any(|s| s.chars.contains(&'\u{A0}'));
    for (s, h) in searched.iter_mut().zip(all) {
        let lacks_spaces = |h| !keeps_spaces && lossy::may_lack_spaces(h, &s.chars);
        s.at_once = !holds_marks_of_loss(&s.chars) && !h.as_ref().is_some_and(lacks_spaces);
        if let Some(h) = h {
            s.found = vec![h];
        }
    }
}

/// How much shows that a chain befell all of a document at once, and what it makes of each line, if anything.
fn undone_at_once(
    searched: &[Searched<'_>],
    chain: &Chain,
    wanted: f32,
) -> Option<(usize, Vec<Option<Hypothesis>>)> {
    let cost = prior::chain_cost(chain)?;
    if chain.len() != 1 || chain.iter().any(|m| m.written == Encoding::Utf8) {
        return None;
    }
    let mut all = Vec::with_capacity(searched.len());
    let (mut shown, mut others) = (Amount::default(), Amount::default());
    let mut against = 0;
    for s in searched {
        let best = surest(&s.found, &s.chars, wanted);
        if let Some(h) = best.filter(|h| h.chain == *chain && h.explains_all()) {
            shown.add(h.changed());
            all.push(Some(h.clone()));
            continue;
        }
        let undone = undo(chain, &s.chars);
        if undone.units.iter().any(|unit| unit.failed) {
            return None;
        }
        if let Some(h) = best.filter(|h| h.repaired == undone.chars) {
            shown.add(h.changed());
            all.push(Some(h.clone()));
            continue;
        }
        let Some(h) = shown_again(&s.chars, &undone, chain, cost, PROOF) else {
            all.push(None);
            continue;
        };
        others.add(h.changed());
        let is_other =
            |h: &Hypothesis| h.chain != *chain && h.sure >= BELIEVED && h.makes_known_words();
        let is_other = best.is_some_and(is_other);
        // What a sister of a code page makes of a line may be right.
        let is_made =
            |best: Option<&Hypothesis>| best.is_some_and(|h| h.chain != *chain && h.sure >= wanted);
        let is_text = h.score + cost < MADE_WORSE
            || h.changed().iter().any(is_lost)
            || h.takes_known_words_away();
        against += usize::from(is_other || is_text);
        let may_be_undone = h.changed().iter().all(|word| may_be(word, chain))
            && !is_other
            && (is_multi_byte(chain) || !is_text && !is_made(best));
        all.push(may_be_undone.then_some(h));
    }
    let words = shown.words.len();
    let is_shown = words >= WORDS && shown.chars * MOSTLY >= others.chars
        || words > 1 && shown.chars >= others.chars * MOSTLY;
    (is_shown && words >= against * FEW).then_some((shown.chars, all))
}

/// So many characters that an encoding of several bytes makes of a line leave no doubt of the rest of it, and so many times
/// as many as are left.
const MUCH: usize = 6;
const REST: usize = 2;

/// The same of a line by itself, whose chain is one of several bytes a character: what it leaves are characters, too, where
/// they stand in no word of ASCII.
pub(super) fn read_at_once(s: &mut Searched<'_>, wanted: f32) {
    if let Some(whole) = undone_in_line(s, wanted) {
        s.found = vec![whole];
    }
}

fn undone_in_line(s: &Searched<'_>, wanted: f32) -> Option<Hypothesis> {
    let best = surest(&s.found, &s.chars, wanted).filter(|h| h.sure >= wanted)?;
    let chain = best.chain;
    if best.whole || chain.len() != 1 || !is_multi_byte(&chain) {
        return None;
    }
    let undone = undo(&chain, &s.chars);
    let made = |c: &&char| !c.is_ascii();
    let shown: usize = best
        .stretches
        .iter()
        .map(|(_, after)| after.iter().filter(made).count())
        .sum();
    let left = |unit: &&Unit| {
        let mut taken = best.stretches.iter();
        unit.converted
            && !taken.any(|(range, _)| {
                range.start <= unit.mangled.start && unit.mangled.end <= range.end
            })
    };
    let stands_apart = |unit: &Unit| {
        let before = unit.mangled.start.checked_sub(1);
        let around = [before, Some(unit.mangled.end)];
        let mut around = around.into_iter().flatten().filter_map(|i| s.chars.get(i));
        let original = undone.chars.get(unit.original.clone()).unwrap_or_default();
        !around.any(char::is_ascii_alphabetic)
            && unit.mangled.len() > 1
            && original.iter().all(|&c| is_letter(c))
    };
    let rest = undone.units.iter().filter(left).count();
    if undone.units.iter().any(|unit| unit.failed)
        || shown < MUCH.max(rest * REST)
        || !undone.units.iter().filter(left).all(stands_apart)
    {
        return None;
    }
    let cost = prior::chain_cost(&chain)?;
    shown_again(&s.chars, &undone, &chain, cost, best.sure)
}

/// How much a chain changes, each word once.
#[derive(Default)]
struct Amount {
    words: HashSet<Vec<char>>,
    chars: usize,
}

impl Amount {
    fn add(&mut self, changed: &[ChangedWord]) {
        for word in changed {
            if self.words.insert(word.before.clone()) {
                self.chars += word.before.iter().filter(|c| !c.is_ascii()).count();
            }
        }
    }
}

/// Whether a mark of loss stands in a line, or a question mark where it ends no word.
fn holds_marks_of_loss(line: &[char]) -> bool {
    line.contains(&'\u{FFFD}')
        || line
            .windows(2)
            .any(|w| matches!(w, ['?', c] if !c.is_ascii()))
}

/// Whether a word that people know would become none, or a letter within a word of ASCII one of another script.
fn is_lost(word: &ChangedWord) -> bool {
    let is_one = |w: &[char]| {
        let mut words = words(w).filter_map(|r| w.get(r));
        words.any(|w| w.iter().any(|c| !c.is_ascii()) && is_known(w))
    };
    is_one(&word.before) && !is_one(&word.after)
}

/// Whether a word may be one that the chain befell.
fn may_be(word: &ChangedWord, chain: &Chain) -> bool {
    if is_multi_byte(chain) {
        let is_half = |c: &char| matches!(c, '\u{FF61}'..='\u{FF9F}');
        return !word.after.iter().any(is_half);
    }
    let fits = |(i, (&old, &new)): (usize, (&char, &char))| {
        old == new
            || match (is_letter(old), is_letter(new)) {
                (true, true) => true,
                (_, true) => beside_letter(&word.after, i),
                _ => is_prose_punctuation(new),
            }
    };
    let mut pairs = word.before.iter().zip(&word.after).enumerate();
    word.before.len() == word.after.len()
        && pairs.all(fits)
        && !is_unit(&word.before)
        && odd_case(&word.after) <= odd_case(&word.before)
        && mixed_scripts(&word.after) <= mixed_scripts(&word.before)
}

/// Whether a word is a unit of measurement: `cm³`, `µs`.
fn is_unit(word: &[char]) -> bool {
    let mut others = word.iter().filter(|c| !c.is_ascii());
    others.all(|c| matches!(c, '²' | '³' | 'µ' | '°'))
        && word.iter().filter(|c| c.is_ascii_alphabetic()).count() <= 2
}
