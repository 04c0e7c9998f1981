//! The hypotheses in their order, and how sure each may be beside the others.

use super::doubts::{AS_LIKELY_AS_NOT, most_sure};
use super::hypothesis::{Hypothesis, UNWEIGHED};
use super::known::Known;
use super::probe::is_known;
use super::refusals::is_multi_byte;
use super::script::Script;
use super::{judge, layers};
use crate::encoding::Encoding;
use std::collections::HashSet;

/// So many hypotheses are weighed by the judge; the others are behind them by far.
const WEIGHED: usize = 6;
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
            // The beginning of a character whose no-break space became a space stands alone; words that people know are
            // clean.
            && self.basis.kept.iter().all(|word| word.len() == 1 || is_known(word, 1))
    }

    /// Whether one word is all that a legacy encoding explains, and it has few letters or is none that is known, and is
    /// hardly likelier right than not: texts speak of letters (`la consonante č`).
    fn is_one_word_in_doubt(&self) -> bool {
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
}

/// Ranks hypotheses and lets the judge weigh them, each against its best rival.
pub(crate) fn rank(found: &mut [Hypothesis]) {
    found.sort_by(|a, b| {
        b.score
            .total_cmp(&a.score)
            .then_with(|| a.chain.cmp(&b.chain))
    });
    let rival_of = |h: &Hypothesis, i: usize| {
        let mut rivals = found.iter().enumerate();
        let rival = rivals.find(|(j, rival)| *j != i && !h.is_like(&rival.stretches));
        rival.map_or(0.0, |(_, rival)| rival.score.max(0.0))
    };
    let weighed = found.iter().take(WEIGHED).enumerate();
    let rivals: Vec<f32> = weighed
        .map(|(i, h)| h.given.map_or_else(|| rival_of(h, i), |_| 0.0))
        .collect();
    for h in found.iter_mut().skip(WEIGHED) {
        h.sure = h.given.unwrap_or(UNWEIGHED);
    }
    for (h, rival) in found.iter_mut().zip(rivals) {
        if let Some(sure) = h.given {
            h.sure = sure;
            continue;
        }
        let mut features = h.weigh();
        features.set_margin(h.score - rival);
        let fitted = judge::log_odds(&features);
        h.sure = most_sure(&h.chain, &h.basis.changed, &h.basis.kept, h.score)
            .map_or(fitted, |most| fitted.min(most));
        h.features = Some(features);
    }
    trust_structure(found);
    trust_words(found);
    trust_much(found);
    trust_one_script(found);
    yield_to_better(found);
    doubt_beside_rival(found);
    for h in found.iter_mut().filter(|h| h.is_one_word_in_doubt()) {
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
    if made >= KNOWN_WORDS
        && made * 2.0 >= after
        && lost == 0.0
        && explains_all_without_rival(best, others)
    {
        best.sure = best.sure.max(BY_WORDS);
    }
}

/// So many nats are no chance where nothing else comes near half of them; the log-odds that a chain has then.
const MUCH: f32 = 100.0;
/// Different characters of which a row of signs has fewer.
const VARIED: usize = 8;
const BY_MUCH: f32 = 3.0;

/// Where a legacy encoding of several bytes a character makes very much better text of a line, and nothing else does, it
/// is believed, whatever single words say.
fn trust_much(found: &mut [Hypothesis]) {
    let Some((best, others)) = found.split_first_mut() else {
        return;
    };
    let is_rival = |h: &Hypothesis| h.score > best.score / 2.0 && !h.is_like(&best.stretches);
    if is_multi_byte(&best.chain)
        && best.given.is_none()
        && best.score >= MUCH
        && others_before(best) >= VARIED
        && best.basis.unexplained == 0
        && !others.iter().any(is_rival)
        && most_sure(
            &best.chain,
            &best.basis.changed,
            &best.basis.kept,
            best.score,
        )
        .is_none()
    {
        best.sure = best.sure.max(BY_MUCH);
    }
}

/// How many different characters outside ASCII a hypothesis explains.
fn others_before(h: &Hypothesis) -> usize {
    let words = h.changed().iter().flat_map(|w| &w.before);
    let others: HashSet<char> = words.copied().filter(|c| !c.is_ascii()).collect();
    others.len()
}

/// Whether a hypothesis leaves nothing, and all that make something else of the text are far behind.
fn explains_all_without_rival(best: &Hypothesis, others: &[Hypothesis]) -> bool {
    let is_rival =
        |h: &Hypothesis| best.score - h.score < FAR_BEHIND && !h.is_like(&best.stretches);
    best.given.is_none() && best.basis.unexplained == 0 && !others.iter().any(is_rival)
}

/// So many words of two scripts are no chance where a chain makes each of them one of a single script.
const MIXED_WORDS: usize = 2;

/// Where words have letters of Cyrillic between letters of ASCII, and a chain leaves none of them so, it is believed:
/// `Ferriиres-lиs-Scey`.
fn trust_one_script(found: &mut [Hypothesis]) {
    let Some((best, others)) = found.split_first_mut() else {
        return;
    };
    let mut mixed: Vec<&[char]> = best
        .changed()
        .iter()
        .filter(|w| mixes_scripts(&w.before) && !w.after.iter().any(|&c| is_cyrillic(c)))
        .map(|w| w.before.as_slice())
        .collect();
    mixed.sort_unstable();
    mixed.dedup();
    if mixed.len() >= MIXED_WORDS
        && best.score >= BY_STRUCTURE
        && explains_all_without_rival(best, others)
    {
        best.sure = best.sure.max(BY_WORDS);
    }
}

/// Whether letters of Cyrillic stand between those of ASCII, and not such alone that look like these.
fn mixes_scripts(word: &[char]) -> bool {
    word.split(|c| !c.is_alphabetic()).any(|letters| {
        let first = letters.iter().position(char::is_ascii);
        let last = letters.iter().rposition(char::is_ascii);
        let inside = first.zip(last).and_then(|(a, b)| letters.get(a..b));
        let mut inside = inside.unwrap_or_default().iter();
        inside.any(|&c| is_cyrillic(c) && !LOOK_LATIN.contains(c))
    })
}

/// Letters of Cyrillic that are taken for those of ASCII, and put in their place to deceive.
const LOOK_LATIN: &str = "аеорсухіјѕһԁԛԝѵАВЕЅІЈКМНОРСТУХ";

fn is_cyrillic(c: char) -> bool {
    Script::of(c) == Script::Cyrillic
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_two_scripts_are_told_from_look_alikes_and_compounds() {
        let cases = [
            ("Ferriиres-lиs-Scey", true),
            ("composiзгo", true),
            // A letter that deceives, a word of each script, a letter at an end.
            ("pаypal", false),
            ("web-сайт", false),
            ("Franche-Comtй", false),
        ];
        for (word, expected) in cases {
            let word: Vec<char> = word.chars().collect();
            assert_eq!(mixes_scripts(&word), expected, "{word:?}");
        }
    }
}
