//! Rows, frames, lists and tables: characters that stand there for themselves, whatever a code would make of them.

use super::super::features::ChangedWord;
use super::super::frames::fit_together;
use super::super::in_code;
use super::super::plausibility::is_letter;
use super::super::script::Script;
use super::super::symbols::{BLOCK, BOX, class_of};
use crate::misdecoding::Chain;
use std::collections::HashSet;

/// Whether all that changes are box drawings which make a frame: `─┼` is no `де`.
pub(super) fn is_a_frame(changed: &[ChangedWord]) -> bool {
    let is_box = |c: &char| class_of(*c).is_some_and(|class| class.block == BOX);
    let fits =
        |pair: &[char]| matches!(pair, [a, b] if !(is_box(a) && is_box(b)) || fit_together(*a, *b));
    // Several that fit are no chance beside letters of ASCII, either.
    let joined = |w: &ChangedWord| {
        let mut runs = w.before.split(|c| !is_box(c));
        runs.any(|run| run.len() >= JOINED)
    };
    let are_joined = changed.iter().all(joined);
    let mut others = changed
        .iter()
        .flat_map(|w| &w.before)
        .filter(|c| !c.is_ascii() || is_letter(**c));
    let is_drawn = || {
        changed.iter().all(|w| w.before.windows(2).all(fits))
            && changed
                .iter()
                .any(|w| w.before.windows(2).any(|pair| pair.iter().all(is_box)))
    };
    let is_list = || {
        let mut pieces: Vec<char> = changed
            .iter()
            .flat_map(|w| &w.before)
            .copied()
            .filter(|c| !c.is_ascii())
            .collect();
        let all = pieces.len();
        pieces.sort_unstable();
        pieces.dedup();
        let are_single = |c: &char| *c < '\u{2550}';
        all >= LIST
            && pieces.len() == all
            && (pieces.iter().all(are_single) || !pieces.iter().any(are_single))
            && !changed.iter().any(|w| in_code::makes_known(&w.after))
    };
    (are_joined || others.all(is_box)) && (is_drawn() || is_list())
}

/// So many box drawings side by side make a frame if they fit, whatever stands beside them.
const JOINED: usize = 3;

/// So many different pieces of one kind of lines, none of them twice, are a list of them: `┤┘┴└├┌┬┐`.
const LIST: usize = 5;

/// Whether all that changes are a few signs again and again: a rule across a page, which reads as well in any code
/// (`¡Á¡Á¡Á¡Á`).
pub(crate) fn is_a_row_of_few_signs(changed: &[ChangedWord]) -> bool {
    changed.iter().all(|w| is_a_row(&w.before))
}

/// Whether what stands in a text outside ASCII are such rows.
pub(crate) fn is_a_row(text: &[char]) -> bool {
    let is_row = |run: &[char]| {
        (1..=run.len().min(LONGEST_UNIT * UNITS) / UNITS)
            .any(|unit| run.iter().skip(unit).zip(run).all(|(a, b)| a == b))
    };
    let mut runs = text.split(char::is_ascii);
    runs.all(|run| run.is_empty() || is_row(run))
}

/// So many times the signs of a row are repeated at least, and so many are few.
const UNITS: usize = 3;
const LONGEST_UNIT: usize = 24;

/// Whether what changes are readings in zhuyin, with the Han characters that they are of: `貓ㄇㄠ`.
pub(super) fn is_zhuyin(changed: &[ChangedWord]) -> bool {
    let is_sign = |c: char| matches!(c, '\u{3105}'..='\u{312F}' | 'ˇ' | 'ˊ' | 'ˋ' | '˙');
    let others = || {
        let words = changed.iter().flat_map(|w| &w.before);
        words.copied().filter(|c| !c.is_ascii())
    };
    let signs = others().filter(|&c| is_sign(c)).count();
    signs * 2 > others().count() && others().all(|c| is_sign(c) || Script::of(c) == Script::Han)
}

/// Whether all that changes are a few Han characters or drawn signs many times over, in any order: patterns of verse
/// (`平仄平，仄仄平`) and pictures, of which the same code makes nonsense (`мʿм`).
pub(crate) fn is_a_pattern(changed: &[ChangedWord]) -> bool {
    are_a_pattern(changed.iter().map(|w| w.before.as_slice()))
}

/// The same of what stands in a text outside ASCII.
pub(crate) fn is_pattern_of(text: &[char]) -> bool {
    let words = text.split(|c| c.is_ascii_whitespace());
    are_a_pattern(words.filter(|word| !word.iter().all(char::is_ascii)))
}

fn are_a_pattern<'w>(words: impl Iterator<Item = &'w [char]>) -> bool {
    let is_drawn = |c: char| class_of(c).is_some_and(|class| [BOX, BLOCK].contains(&class.block));
    let mut kinds: HashSet<char> = HashSet::new();
    let mut all = 0;
    for &c in words.flatten() {
        if Script::of(c) == Script::Han || is_drawn(c) {
            kinds.insert(c);
            all += 1;
        } else if is_letter(c) {
            return false;
        }
    }
    all >= PATTERN && kinds.len() <= KINDS
}

/// So many signs make a pattern, of so many kinds at the most.
const PATTERN: usize = 8;
const KINDS: usize = 3;

/// Whether every second letter that kana would be is the same one: the byte with which all of them begin in Chinese and
/// Japanese encodings, and no letter of a word (`ふぁ` is no `คีคก`).
pub(super) fn repeats_lead_bytes(chain: &Chain, changed: &[ChangedWord]) -> bool {
    let letters = || {
        changed
            .iter()
            .flat_map(|w| w.before.iter().filter(|c| !c.is_ascii()))
    };
    let are_kana = letters().all(|&c| Script::of(c) == Script::Kana);
    let mut leads = changed.iter().flat_map(|w| {
        let others = w.after.iter().filter(|c| !c.is_ascii());
        others.step_by(2)
    });
    let first = leads.next();
    are_kana
        && letters().count() >= KINDS
        && chain.iter().all(|m| m.written.is_single_byte())
        && leads.all(|lead| Some(lead) == first)
}

/// Whether Han characters, each by itself, would all be single letters or signs: a list of what is said alike
/// (`展 战 占`) is no `չ ս ռ`.
pub(super) fn is_a_list_of_han(changed: &[ChangedWord]) -> bool {
    let signs = |w: &[char]| {
        let is_sign = |c: &&char| !c.is_ascii() || is_letter(**c);
        w.iter().filter(is_sign).count()
    };
    let is_single = |w: &ChangedWord| {
        let mut old = w.before.iter().filter(|&&c| is_letter(c));
        signs(&w.after) <= 1 && old.all(|&c| Script::of(c) == Script::Han)
    };
    changed.len() >= FEW_WORDS && changed.iter().all(is_single)
}

const FEW_WORDS: usize = 3;

/// Whether small letters stand beside their capitals and no other letters: keys of a keyboard are written so (`ёЁ`).
pub(super) fn names_keys(changed: &[ChangedWord]) -> bool {
    let letter = |word: &[char], at: Option<usize>| {
        at.and_then(|at| word.get(at))
            .copied()
            .filter(|&c| is_letter(c))
    };
    let is_key = |w: &ChangedWord, at: usize| {
        let small = letter(&w.before, Some(at)).filter(|c| !c.is_ascii() && c.is_lowercase());
        let capital = letter(&w.before, Some(at + 1));
        let are_alone = letter(&w.before, at.checked_sub(1)).is_none()
            && letter(&w.before, Some(at + 2)).is_none();
        are_alone
            && small
                .zip(capital)
                .is_some_and(|(a, b)| a != b && a.to_uppercase().eq([b]))
    };
    let mut words = changed
        .iter()
        .filter(|w| w.before.iter().any(|&c| is_letter(c)))
        .peekable();
    words.peek().is_some()
        && words.all(|w| {
            let letters = w.before.iter().filter(|&&c| is_letter(c)).count();
            letters == 2 * (0..w.before.len()).filter(|&at| is_key(w, at)).count()
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(words: &[(&str, &str)]) -> Vec<ChangedWord> {
        let chars = |s: &str| s.chars().collect();
        let word = |&(before, after): &(&str, &str)| ChangedWord {
            before: chars(before),
            after: chars(after),
        };
        words.iter().map(word).collect()
    }

    #[test]
    fn kana_are_no_letters_of_which_every_second_is_the_same() {
        let cases = [
            ("windows-874>gbk", ["ぬぁ", "ぬぃ"], ["คฬคก", "คฬคฃ"], true),
            ("windows-1256>big5", ["ラ", "リ"], ["اه", "او"], false),
            (
                "windows-1256>big5",
                ["ラリ", "リャ"],
                ["اهاو", "اواك"],
                true,
            ),
            // Other letters than kana, other letters than the same one, and no code page.
            ("windows-874>gbk", ["ぬぁ", "帽"], ["คฬคก", "รฑ"], false),
            ("windows-874>gbk", ["ぬァ", "ぬぃ"], ["คฬฅก", "คฬคฃ"], false),
            ("euc-jp>gbk", ["ぬぁ", "ぬぃ"], ["ぬぁ", "ぬぃ"], false),
        ];
        for (chain, before, after, expected) in cases {
            let words: Vec<(&str, &str)> = before.into_iter().zip(after).collect();
            let chain = chain.parse().unwrap();
            assert_eq!(
                repeats_lead_bytes(&chain, &changed(&words)),
                expected,
                "{before:?}"
            );
        }
    }

    #[test]
    fn a_few_signs_many_times_over_are_a_pattern() {
        let cases = [
            ("\"平仄平平仄，仄仄仄平平。\"", "", true),
            ("▐░▌ ▐░▌░▌", "", true),
            // Too few, of too many kinds, and beside letters.
            ("仄仄平平仄", "", false),
            ("春眠不覺曉處處聞", "", false),
            ("┤┐├┤│┐├┤├ж", "", false),
        ];
        for (before, after, expected) in cases {
            assert_eq!(
                is_a_pattern(&changed(&[(before, after)])),
                expected,
                "{before}"
            );
        }
        let verse = |text: &str| is_pattern_of(&text.chars().collect::<Vec<char>>());
        assert!(verse("tone 1: 仄平平平，仄仄仄平"));
        assert!(!verse("tone 1: 鈥檛 isn鈥檛 鈥檛 鈥檛 鈥檛"));
    }

    #[test]
    fn han_characters_by_themselves_are_no_letters() {
        let list = [("\"展", "\"չ"), ("战", "ս"), ("占", "ռ")];
        assert!(is_a_list_of_han(&changed(&list)));
        assert!(!is_a_list_of_han(&changed(&list[..2])));
        // Words come out, and signs and letters beside those of ASCII.
        let words = [("薪褌芯", "што"), ("褋", "с"), ("胁", "в")];
        assert!(!is_a_list_of_han(&changed(&words)));
        let words = [("鈥檔", "’n"), ("a膽e", "ađe"), ("a拧e", "aše")];
        assert!(!is_a_list_of_han(&changed(&words)));
    }

    #[test]
    fn a_letter_beside_its_capital_is_a_key() {
        let cases = [
            ("ёЁ", true),
            ("äÄ,", true),
            // Capitals that begin words, and letters of words.
            ("Ёё", false),
            ("тёЁ", false),
            ("ёЁж", false),
            ("ёё", false),
            ("ёЁ,жд", false),
        ];
        for (before, expected) in cases {
            assert_eq!(names_keys(&changed(&[(before, "")])), expected, "{before}");
        }
        assert!(names_keys(&changed(&[("3№", "3м"), ("ёЁ", "он")])));
        assert!(!names_keys(&changed(&[("ёЁ", "он"), ("жд", "мы")])));
    }
}
