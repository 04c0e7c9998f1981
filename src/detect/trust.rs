//! What makes a hypothesis surer than the judge says: what is no chance, whatever single words say.

use super::doubts::{is_a_pattern, most_sure};
use super::features::{ChangedWord, odd_case};
use super::hypothesis::Hypothesis;
use super::known::Known;
use super::layers;
use super::plausibility::is_letter;
use super::probe::is_known;
use super::refusals::is_multi_byte;
use super::script::Script;
use crate::encoding::Encoding;
use std::collections::HashSet;

/// So many different sequences of UTF-8, and nats, leave no doubt that a text is mangled; and log-odds that a repair has
/// by them at the most.
const SEQUENCES: usize = 2;
const BY_STRUCTURE: f32 = 30.0;
const MOST_BY_STRUCTURE: f32 = 3.0;

/// Raises how sure the best of some hypotheses is.
pub(super) fn trust(found: &mut [Hypothesis]) {
    trust_structure(found);
    trust_words(found);
    trust_without_strangers(found);
    trust_sequences_in_words(found);
    trust_much(found);
    trust_one_script(found);
}

impl Hypothesis {
    /// Whether another hypothesis makes something else of the text and is fewer nats worse.
    fn has_rival(&self, other: &Hypothesis, nats: f32) -> bool {
        self.score - other.score < nats && !other.is_like(&self.stretches)
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
            // The beginning of a character whose no-break space became a space stands alone; words that people know are
            // clean.
            && self.basis.kept.iter().all(|word| word.len() == 1 || is_known(word, 1))
    }
}

/// Where UTF-8 explains all of a text by many different sequences, leaving it as it stands is out of the question: the
/// best hypothesis is as sure as it is among the others.
fn trust_structure(found: &mut [Hypothesis]) {
    let is_shown = |h: &&Hypothesis| {
        h.is_shown_by_utf8()
            && !layers::may_be_others(&h.chain, &h.basis.changed)
            && !is_a_pattern(&h.basis.changed)
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
        && most_sure_of(best).is_none()
    {
        best.sure = best.sure.max(BY_MUCH);
    }
}

fn most_sure_of(h: &Hypothesis) -> Option<f32> {
    most_sure(&h.chain, &h.basis.changed, &h.basis.kept, h.score)
}

/// How many different characters outside ASCII a hypothesis explains.
fn others_before(h: &Hypothesis) -> usize {
    let words = h.changed().iter().flat_map(|w| &w.before);
    let others: HashSet<char> = words.copied().filter(|c| !c.is_ascii()).collect();
    others.len()
}

/// Whether a hypothesis leaves nothing, and all that make something else of the text are far behind.
fn explains_all_without_rival(best: &Hypothesis, others: &[Hypothesis]) -> bool {
    let is_rival = |h: &Hypothesis| best.has_rival(h, FAR_BEHIND);
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

/// Log-odds of a hypothesis that takes a letter of another script out of a word, and nats that it must be better by.
const BY_A_STRANGER: f32 = 1.2;
const WITHOUT_A_STRANGER: f32 = 4.0;
/// Log-odds of what is no rival, and nats by which others are none, either.
const DISBELIEVED: f32 = -2.0;
const NEAR_BEHIND: f32 = 6.0;

/// Where letters stand within words of ASCII that such words do not have, and a legacy encoding makes of them what they have,
/// it is believed: `reлlings` is `reëlings`, `lÆOlimpiade` is `l’Olimpiade`.
fn trust_without_strangers(found: &mut [Hypothesis]) {
    let Some((best, others)) = found.split_first_mut() else {
        return;
    };
    let is_rival = |h: &Hypothesis| h.sure > DISBELIEVED && best.has_rival(h, NEAR_BEHIND);
    let small = best
        .repaired
        .iter()
        .filter(|c| c.is_ascii_lowercase())
        .count();
    let is_ascii_prose = small >= LETTERS_OF_PROSE;
    let is_latin = |c: &char| !is_letter(*c) || Script::of(*c) == Script::Latin;
    let is_freed = |w: &ChangedWord| {
        are_strangers(w, is_ascii_prose) && w.after.iter().all(is_latin) && odd_case(&w.after) == 0
    };
    if best.score > WITHOUT_A_STRANGER
        && best.given.is_none()
        && best.basis.unexplained == 0
        && best.chain.iter().all(|m| m.written.is_single_byte())
        && !best.changed().is_empty()
        && best.changed().iter().all(is_freed)
        && most_sure_of(best).is_none()
        && !others.iter().any(is_rival)
    {
        best.sure = best.sure.max(BY_A_STRANGER);
    }
}

/// Log-odds of UTF-8 that takes signs out of words, and nats that it must be better by.
const BY_SEQUENCES: f32 = 1.0;
const WITHOUT_SIGNS: f32 = 8.0;

/// Where a sign stands between letters, as in no word, and UTF-8 makes one letter of it and the letter before, it is
/// believed: `RÄ«ga` is `Rīga`.
fn trust_sequences_in_words(found: &mut [Hypothesis]) {
    let Some((best, others)) = found.split_first_mut() else {
        return;
    };
    let is_utf8 = best.chain.len() == 1 && best.chain.iter().all(|m| m.written == Encoding::Utf8);
    let is_known =
        |c: &char| !is_letter(*c) || matches!(Script::of(*c), Script::Latin | Script::Greek);
    let is_mended = |w: &ChangedWord| {
        holds_sign(&w.before)
            && !holds_sign(&w.after)
            && w.after.iter().all(is_known)
            && odd_case(&w.after) <= odd_case(&w.before)
    };
    if best.score > WITHOUT_SIGNS
        && is_utf8
        && !best.changed().is_empty()
        && best.changed().iter().all(is_mended)
        && explains_all_without_rival(best, others)
    {
        best.sure = best.sure.max(BY_SEQUENCES);
    }
}

/// Whether a sign stands between two letters of a word.
fn holds_sign(word: &[char]) -> bool {
    let is_sign = |c: char| {
        !c.is_ascii() && !matches!(c, '’' | '·' | '‐'..='―' | '…') && (!is_letter(c) || c == 'µ')
    };
    word.windows(3).any(
        |three| matches!(three, [a, sign, b] if is_letter(*a) && is_sign(*sign) && is_letter(*b)),
    )
}

/// Small letters of ASCII that make a word, and such that make prose: there shorter words need no more.
const LETTERS_OF_A_WORD: usize = 3;
const LETTERS_OF_PROSE: usize = 24;

/// Whether all that changes in a word are letters of Cyrillic, each by itself behind a small letter of ASCII, and none that
/// looks like one, such of Greek between two, or capitals between letters that become apostrophes.
fn are_strangers(word: &ChangedWord, in_prose: bool) -> bool {
    let before = &word.before;
    let is_small = |at: Option<usize>| {
        let c = at.and_then(|at| before.get(at));
        c.is_some_and(char::is_ascii_lowercase)
    };
    let is_strange = |(at, (&old, &new)): (usize, (&char, &char))| {
        let next = before.get(at + 1);
        let is_inside = next.is_some_and(char::is_ascii_lowercase);
        let of_other_script = is_cyrillic(old) && !LOOK_LATIN.contains(old)
            || Script::of(old) == Script::Greek && is_inside;
        old == new && old.is_ascii()
            || is_small(at.checked_sub(1))
                && (of_other_script
                    && next.is_none_or(|c| c.is_ascii_lowercase() || !is_letter(*c))
                    || new == '’' && old.is_uppercase() && next.is_some_and(|c| is_letter(*c)))
    };
    let small = before.iter().filter(|c| c.is_ascii_lowercase()).count();
    (in_prose || small >= LETTERS_OF_A_WORD)
        && before.len() == word.after.len()
        && before.iter().zip(&word.after).enumerate().all(is_strange)
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

    #[test]
    fn letters_that_no_word_of_ascii_has_are_strangers() {
        let cases = [
            ("reлlings", "reëlings", true),
            ("Faerцer", "Faeröer", true),
            ("CabanΦs", "Cabanès", true),
            ("lÆOlimpiade", "l’Olimpiade", true),
            ("LeeÕs", "Lee’s", true),
            // A formula, a letter that looks like one of ASCII, a word of two scripts, a capital that begins a word.
            ("IFNα", "IFNà", false),
            ("tenπ", "tenă", false),
            ("pаypal", "pàypal", false),
            ("web-сайт", "web-ñàéò", false),
            ("zuÕs", "zuís", false),
            ("d’Æneas", "d’’neas", false),
        ];
        for (before, after, expected) in cases {
            let [before, after] = [before, after].map(|word| word.chars().collect());
            let word = ChangedWord { before, after };
            assert_eq!(are_strangers(&word, false), expected, "{word:?}");
        }
    }
}
