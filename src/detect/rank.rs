//! The hypotheses in their order, and how sure each may be beside the others.

use super::doubts::{AS_LIKELY_AS_NOT, HARDLY, are_dots_behind_words, most_sure};
use super::features::ChangedWord;
use super::few_letters;
use super::hypothesis::{Hypothesis, UNWEIGHED};
use super::judge;
use super::plausibility::is_letter;
use super::probe::is_known;
use super::script::Script;
use super::search::Alternatives;
use super::trust::trust;
use crate::encoding::Encoding;
use std::cmp::Ordering;

/// So many hypotheses are weighed by the judge, and of likely ones none that lies so many nats behind the best, or such a share
/// of it.
const WEIGHED: usize = 6;
const FAR_BEHIND: f32 = 25.0;
const FAR_BEHIND_SHARE: f32 = 0.35;
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
/// Of one that was none of ASCII, either, and of one of characters of East Asia: of those anything may be made.
const SURE_OF_NO_WORD_AT_ALL: f32 = 2.0;
const SURE_OF_NO_WORD_OF_HAN: f32 = 4.0;
/// Of a few letters that read better as they stand, and of such that a mis-decoding of such a price would explain.
const SURE_OF_WORSE: f32 = 2.0;
const SURE_OF_RARE: f32 = 3.5;
const RARE: f32 = 7.5;
/// So many characters that would change are no chance beside one word.
const OTHERS: usize = 2;
/// Of UTF-8 that leaves part of a word.
const SURE_OF_PART: f32 = 0.3;

impl Hypothesis {
    /// Whether one word is all that a legacy encoding explains, and it has few letters or is none that is known, and is
    /// hardly likelier right than not: texts speak of letters (`la consonante č`).
    fn is_one_word_in_doubt(&self) -> bool {
        let [word] = self.basis.changed.as_slice() else {
            return false;
        };
        let letters = || word.before.iter().filter(|c| c.is_alphanumeric());
        let others = word.before.iter().filter(|c| !c.is_ascii()).count();
        let is_multi_byte = self.chain.iter().any(|m| !m.read.is_single_byte());
        let wanted = match letters().count() {
            0..=3 if self.cost >= RARE && others <= 3 => SURE_OF_RARE,
            0..=3 if self.score < 0.0 => SURE_OF_WORSE,
            1.. if self.chain.len() == 1
                && self.basis.known.made == 0.0
                && changes_all_letters(word) =>
            {
                if is_multi_byte {
                    SURE_OF_NO_WORD_OF_HAN
                } else {
                    SURE_OF_NO_WORD_AT_ALL
                }
            }
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

    /// Whether a legacy encoding is hardly likelier than not, and explains one character, which makes no word known, and
    /// leaves another that it would explain, too, in a word that nobody knows.
    fn leaves_as_much(&self) -> bool {
        let explained = self.stretches.iter().map(|s| s.0.len()).sum::<usize>();
        self.given.is_none()
            && self.sure < BELIEVED
            && explained == 1
            && self.basis.left > 0
            && self.basis.known.made == 0.0
            && self.basis.kept.iter().any(|word| !is_known(word, 1))
            && self.chain.iter().all(|m| m.written.is_single_byte())
    }

    /// Whether a legacy encoding explains one short word of letters outside ASCII, and leaves others that it would change, too:
    /// `в дБ` is no `в Да`.
    fn leaves_the_others(&self) -> bool {
        let [word] = self.basis.changed.as_slice() else {
            return false;
        };
        let letters = || word.before.iter().filter(|c| c.is_alphanumeric());
        letters().count() <= 3
            && !letters().any(char::is_ascii)
            && self.basis.left >= OTHERS
            && self.chain.iter().all(|m| m.written.is_single_byte())
    }

    /// Whether a legacy encoding explains nothing but dots, and no letter stands behind them: `Salvar…`.
    fn takes_the_dots(&self) -> bool {
        let end = self.stretches.last().map(|s| s.0.end);
        let rest = end.and_then(|end| self.repaired.get(end..));
        rest.is_some_and(|rest| !rest.iter().any(|&c| is_letter(c)))
            && are_dots_behind_words(&self.basis.changed)
    }

    /// The log-odds that it needs for explaining so little, if it does.
    fn wanted(&self) -> Option<f32> {
        let known = self.basis.known.made;
        let wanted = few_letters::wanted(&self.chain, &self.basis.changed, known);
        wanted.filter(|_| self.given.is_none())
    }

    /// Whether UTF-8 is hardly likelier than not, and leaves part of the only word that it explains.
    fn leaves_part_of_a_word(&self) -> bool {
        self.given.is_none()
            && self.sure < SURE_OF_PART
            && self.basis.unexplained > 0
            && self.basis.changed.len() == 1
            && self.chain.iter().all(|m| m.written == Encoding::Utf8)
    }
}

/// Whether a word is all letters of Latin outside ASCII, or all Han characters, and letters of another script come of it.
fn changes_all_letters(word: &ChangedWord) -> bool {
    // Signs within it are mojibake: `¹þ¹þ`.
    let is_of_word = |c: &char| is_letter(*c) || !c.is_ascii();
    let mut before = word.before.iter().copied().filter(is_of_word);
    let mut after = word.after.iter().copied().filter(|&c| is_letter(c));
    let script = before.clone().next().map(Script::of);
    script.is_some_and(|script| {
        matches!(script, Script::Latin | Script::Han)
            && before.all(|c| !c.is_ascii() && Script::of(c) == script)
            && after.any(|c| Script::of(c) != script)
    })
}

/// The best hypothesis first.
pub(super) fn by_score(a: &Hypothesis, b: &Hypothesis) -> Ordering {
    b.score
        .total_cmp(&a.score)
        .then_with(|| a.chain.cmp(&b.chain))
}

/// Ranks hypotheses and lets the judge weigh them, each against its best rival.
pub(crate) fn rank(found: &mut [Hypothesis], alternatives: Alternatives) {
    found.sort_by(by_score);
    let rival_of = |h: &Hypothesis, i: usize| {
        let mut rivals = found.iter().enumerate();
        let rival = rivals.find(|(j, rival)| *j != i && !h.is_like(&rival.stretches));
        rival.map_or(0.0, |(_, rival)| rival.score.max(0.0))
    };
    let best = found.first().map_or(0.0, |best| best.score);
    let least = match alternatives {
        Alternatives::All => f32::NEG_INFINITY,
        Alternatives::Likely => best - FAR_BEHIND.max(FAR_BEHIND_SHARE * best),
    };
    let weighed = found
        .iter()
        .take(WEIGHED)
        .take_while(|h| h.score >= least)
        .enumerate();
    let rivals: Vec<f32> = weighed
        .map(|(i, h)| h.given.map_or_else(|| rival_of(h, i), |_| 0.0))
        .collect();
    for h in found.iter_mut().skip(rivals.len()) {
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
    trust(found);
    yield_to_better(found);
    doubt_beside_rival(found);
    let is_in_doubt = |h: &&mut Hypothesis| {
        h.is_one_word_in_doubt()
            || h.leaves_as_much()
            || h.leaves_part_of_a_word()
            || h.given.is_none()
                && (h.leaves_the_others()
                    || h.takes_the_dots()
                    || h.exchanges_letters_in_doubt()
                    || h.changes_case_in_doubt())
    };
    for h in found.iter_mut().filter(is_in_doubt) {
        h.sure = h.sure.min(AS_LIKELY_AS_NOT);
    }
    for h in found.iter_mut() {
        let most = match h.wanted() {
            // Nothing makes that sure enough.
            Some(f32::INFINITY) => HARDLY,
            Some(wanted) if h.sure < wanted => AS_LIKELY_AS_NOT,
            _ => continue,
        };
        h.sure = h.sure.min(most);
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
