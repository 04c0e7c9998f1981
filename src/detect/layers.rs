//! Whether a chain of another depth explains a few characters as well.

use super::features::{ChangedWord, beside_letter};
use super::misread;
use super::plausibility::{is_letter, words};
use crate::encoding::Encoding;
use crate::misdecoding::{Chain, Misdecoding};
use crate::model::MODEL;

/// Whether a repair may need a layer more or less.
pub(super) fn may_be_others(chain: &Chain, changed: &[ChangedWord]) -> bool {
    may_be_less(chain, changed)
        || is_rare_letter_of_two(chain, changed)
        || may_be_koi8_below(chain, changed)
        || is_utf8_below(chain, changed)
}

fn is_utf8(misdecoding: Misdecoding) -> bool {
    misdecoding.written == Encoding::Utf8
}

/// How many characters outside ASCII come out; the same one again and again says no more.
fn made(changed: &[ChangedWord]) -> usize {
    let is_new = |at: usize, word: &[char]| {
        let c = word.get(at);
        let last = at.checked_sub(1).and_then(|last| word.get(last));
        c.is_some_and(|c| !c.is_ascii()) && c != last
    };
    let of_word = |w: &ChangedWord| {
        (0..w.after.len())
            .filter(|&at| is_new(at, &w.after))
            .count()
    };
    changed.iter().map(of_word).sum()
}

/// Whether a single character has to prove that UTF-8 went wrong and a legacy encoding below it: `Г‰` is «É» as well as «и».
fn may_be_less(chain: &Chain, changed: &[ChangedWord]) -> bool {
    chain.iter().any(is_utf8) && !chain.iter().all(is_utf8) && made(changed) <= 1
}

/// Whether all that two layers of UTF-8 make is one rare letter beside no other.
fn is_rare_letter_of_two(chain: &Chain, changed: &[ChangedWord]) -> bool {
    let is_rare = |word: &ChangedWord| {
        let mut new = word.after.iter().enumerate().filter(|c| !c.1.is_ascii());
        new.all(|(at, &c)| {
            is_letter(c) && !beside_letter(&word.after, at) && MODEL.unigram(c) < RARE
        })
    };
    chain.len() > 1
        && chain.iter().all(is_utf8)
        && made(changed) <= 1
        && changed.iter().all(is_rare)
}

/// Nats from which a letter is rare.
const RARE: f32 = -11.0;

/// Whether UTF-8 makes words of capitals that would all be known words of small letters in KOI8, whose cases are the other
/// way around: `УП` is «со».
fn may_be_koi8_below(chain: &Chain, changed: &[ChangedWord]) -> bool {
    let made: Vec<&[char]> = changed
        .iter()
        .flat_map(|w| words(&w.after).filter_map(|range| w.after.get(range)))
        .collect();
    let is_capitals = |word: &&[char]| {
        word.len() <= FEW && word.iter().all(|c| c.is_uppercase() && !c.is_ascii())
    };
    let mut words = made.iter().filter(|w| w.len() > 1).peekable();
    chain.iter().all(is_utf8)
        && made.iter().all(is_capitals)
        && words.peek().is_some()
        && words.all(|word| misread::is_known_koi8(word))
}

/// Letters of a word that say little.
const FEW: usize = 4;

/// Whether UTF-8 of the same kind stands below what was undone last, where the chain stops or goes on with another
/// encoding.
fn is_utf8_below(chain: &Chain, changed: &[ChangedWord]) -> bool {
    let Some(newest) = chain.iter().next_back().filter(|&m| is_utf8(m)) else {
        return false;
    };
    let Some(oldest) = chain.iter().next() else {
        return false;
    };
    let byte = |c: &char| match newest.read.encode_char(*c)?.as_slice() {
        [byte] => Some(*byte),
        _ => None,
    };
    // Two letters are UTF-8 by chance: `ÍČ`.
    let is_pair = |pair: &[char]| {
        let [lead, sign] = pair else {
            return false;
        };
        !is_letter(*sign)
            && matches!(
                (byte(lead), byte(sign)),
                (Some(0xC2..=0xDF), Some(0x80..=0xBF))
            )
    };
    let holds_pair = |word: &ChangedWord| {
        if chain.len() == 1 {
            return word.after.windows(2).any(is_pair);
        }
        let before: String = word.before.iter().collect();
        let below = newest.undo(&before).unwrap_or_default();
        let below: Vec<char> = below.chars().collect();
        below.windows(2).any(is_pair)
    };
    let applies = if chain.len() == 1 {
        made(changed) <= FEW
    } else {
        oldest.written.is_single_byte()
    };
    applies && !changed.is_empty() && changed.iter().all(holds_pair)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_layer_more_or_less_explains_as_well() {
        let cases = [
            ("koi8-r>windows-1252 + utf-8>windows-1251", "Г‰", "и", true),
            (
                "koi8-r>windows-1252 + utf-8>windows-1251",
                "ГЁГ§",
                "из",
                false,
            ),
            ("utf-8>windows-1251", "Г‰", "É", false),
            ("utf-8>ibm850 + utf-8>windows-1252", "Ã£Ã…", "Ə", true),
            (
                "utf-8>windows-1252 + utf-8>windows-1252",
                "ÃƒÂ©",
                "é",
                false,
            ),
            ("utf-8>windows-1251", "РЈРџ", "УП", true),
            ("utf-8>windows-1251", "Р™ РЈРџ", "Й УП", true),
            ("utf-8>windows-1252", "Ã\u{8D}Ã™", "ÍÙ", true),
            ("utf-8>windows-1251", "РЎРЁРђ", "США", false),
            ("utf-8>windows-1251", "Р’В«Sul", "В«Sul", true),
            ("utf-8>windows-1251", "В«Sul", "«Sul", false),
            ("utf-8>ibm852", "PR├Ź─îINY", "PRÍČINY", false),
            (
                "ibm437>macintosh + utf-8>windows-1252",
                "yghlÃ…Â·n",
                "yghlüßn",
                true,
            ),
            (
                "utf-8>windows-1252 + utf-8>windows-1252",
                "yghlÃ…Â·n",
                "yghlŷn",
                false,
            ),
        ];
        for (chain, before, after, expected) in cases {
            let word = ChangedWord {
                before: before.chars().collect(),
                after: after.chars().collect(),
            };
            let chain = chain.parse().unwrap();
            assert_eq!(may_be_others(&chain, &[word]), expected, "{before}");
        }
    }
}
