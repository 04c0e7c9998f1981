//! Of two sister code pages of Cyrillic that agree in all small letters the one that leaves nothing odd in the few characters
//! in which they differ: `”доволствие` is `Удоволствие`, and `пълнић` is `пълниМ`.

use super::hypothesis::Hypothesis;
use super::plausibility::is_letter;
use super::script::Script;
use super::symbols::class_of;
use crate::misdecoding::{Chain, prior};
use std::cmp::Ordering;

/// Nats by which a sister may be worse that leaves less that is odd: what a capital costs, and a word that begins with a
/// rare letter. One that the document shows is further ahead.
const NEAR: f32 = 12.0;

/// Log-odds of one of two sisters of which neither reads better nor is odd, and of one that leaves less that is odd.
const HARDLY_KNOWN: f32 = 1.0;
const PLAINER: f32 = 3.0;

/// So much is a letter that the language of the text has not, which no writer puts there; all else could be a slip.
const STRANGE_LETTER: usize = 2;
const SLIP: usize = 1;

/// Letters of the alphabets of Serbian and Macedonian alone, and those of other alphabets that these have not.
const SOUTH_SLAVIC: &str = "ђћљњџјѓќѕЂЋЉЊЏЈЃЌЅ";
const NOT_SOUTH_SLAVIC: &str = "йщъыьэюяЙЩЪЫЬЭЮЯ";

/// Puts the nearest sister of the best of some hypotheses before it where that leaves less that is odd, and lets the best be
/// no surer than the nearest sister allows.
pub(crate) fn prefer(found: &mut [Hypothesis]) {
    let Some((best, others)) = found.split_first() else {
        return;
    };
    if best.given.is_some() {
        return;
    }
    let is_sister = |h: &Hypothesis| {
        h.given.is_none()
            && best.score - h.score <= NEAR
            && are_sisters(&best.chain, &h.chain)
            && h.is_like(&best.stretches)
            && best.repaired.len() == h.repaired.len()
    };
    let oddities_beside = |h: &Hypothesis| {
        (
            oddities(&h.repaired, &best.repaired),
            oddities(&best.repaired, &h.repaired),
        )
    };
    let Some(at) = others.iter().position(is_sister) else {
        return;
    };
    let beside = others
        .get(at)
        .map(|h| (oddities_beside(h), best.score - h.score));
    let Some(((of_sister, own), ahead)) = beside else {
        return;
    };
    let by_score = HARDLY_KNOWN + ahead.max(0.0);
    let most = match of_sister.cmp(&own) {
        Ordering::Less => PLAINER,
        Ordering::Equal => by_score,
        Ordering::Greater => by_score.max(PLAINER),
    };
    if of_sister < own
        && let Some(up_to) = found.get_mut(..=at + 1)
    {
        up_to.rotate_right(1);
    }
    if let Some(best) = found.first_mut() {
        best.sure = best.sure.min(most);
    }
}

/// Whether two chains of one step undo what was written in different code pages of Cyrillic.
fn are_sisters(a: &Chain, b: &Chain) -> bool {
    let written = |chain: &Chain| match (chain.len(), chain.iter().next()) {
        (1, Some(step)) if prior::scripts(step.written) == Some(&[Script::Cyrillic]) => {
            Some(step.written)
        }
        _ => None,
    };
    matches!((written(a), written(b)), (Some(a), Some(b)) if a != b)
}

/// How much is odd in a text where it differs from another one of as many characters.
fn oddities(text: &[char], other: &[char]) -> usize {
    if text.len() != other.len() {
        return 0;
    }
    let is_foreign_here = text.iter().any(|&c| NOT_SOUTH_SLAVIC.contains(c));
    let mut all = 0;
    for (at, (&c, _)) in text
        .iter()
        .zip(other)
        .enumerate()
        .filter(|(_, (a, b))| a != b)
    {
        let before = at.checked_sub(1).and_then(|at| text.get(at)).copied();
        let rest = text.get(at + 1..).unwrap_or_default();
        all += if is_letter(c) {
            let is_strange = is_foreign_here && SOUTH_SLAVIC.contains(c);
            let is_odd_case = c.is_uppercase() && before.is_some_and(char::is_lowercase);
            match (is_strange, is_odd_case) {
                (true, _) => STRANGE_LETTER,
                (_, true) => SLIP,
                _ => 0,
            }
        } else if is_out_of_place(c, before, rest) {
            SLIP
        } else {
            0
        };
    }
    all
}

/// Whether a sign stands at a letter as none does: a quote that closes where a word begins, or opens one that is not closed
/// in the `rest` of the text or where one ends, one between two letters, or a sign of mathematics.
fn is_out_of_place(sign: char, before: Option<char>, rest: &[char]) -> bool {
    let ends_word = before.is_some_and(is_letter);
    let begins_word = rest.first().is_some_and(|&c| is_letter(c));
    let is_closed_by = |quotes: &str| rest.iter().any(|&c| quotes.contains(c));
    match sign {
        '«' => ends_word || begins_word && !is_closed_by("»"),
        '“' | '„' => begins_word && (ends_word || !is_closed_by("“”\"")),
        '‘' => begins_word && (ends_word || !is_closed_by("’‘")),
        '”' | '»' => begins_word,
        _ => class_of(sign).is_some() && (ends_word || begins_word),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chars(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    #[test]
    fn what_stands_where_nobody_writes_it_is_odd() {
        let cases = [
            // A quote that closes, or is never closed, where the sister has a capital.
            ("”доволствие на открито", "Удоволствие на открито", 1, 0),
            ("«имна изненада", "Зимна изненада", 1, 0),
            // Letters of Serbian beside such as Serbian has not, and not beside others.
            ("пълнић папки, йод", "пълниМ папки, йод", 2, 1),
            ("ноћ и дан", "ноМ и дан", 0, 1),
            // A word in quotes, which the sister makes letters.
            ("“имна”", "Уимна”", 0, 0),
            ("«имна»", "Зимна»", 0, 0),
            // A dash between words.
            ("дом – сад", "дом Р сад", 0, 0),
            ("√осподин", "Господин", 1, 0),
        ];
        for (a, b, of_a, of_b) in cases {
            let (a, b) = (chars(a), chars(b));
            assert_eq!((oddities(&a, &b), oddities(&b, &a)), (of_a, of_b), "{a:?}");
        }
    }

    #[test]
    fn only_pages_of_cyrillic_are_told_apart_so() {
        let cases = [
            (
                "x-mac-cyrillic>windows-1252",
                "windows-1251>windows-1252",
                true,
            ),
            (
                "x-mac-cyrillic>windows-1252",
                "x-mac-cyrillic>iso-8859-1",
                false,
            ),
            ("macintosh>windows-1252", "windows-1250>windows-1252", false),
            (
                "koi8-r>windows-1251 + utf-8>gbk",
                "koi8-u>windows-1251",
                false,
            ),
        ];
        for (a, b, expected) in cases {
            let (a, b) = (a.parse().unwrap(), b.parse().unwrap());
            assert_eq!(are_sisters(&a, &b), expected, "{a} {b}");
        }
    }
}
