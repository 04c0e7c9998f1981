//! Signs of writing that stand where they belong, and would be letters, or letters that would be signs where none belong.

use super::super::features::ChangedWord;
use super::super::plausibility::is_letter;
use crate::misdecoding::Chain;

/// Whether all that a legacy encoding explains are `¡` and `¿` where words begin, as Spanish has them: `¡no` is no `Áno`.
pub(super) fn opens_a_sentence(changed: &[ChangedWord]) -> bool {
    all_of(changed, |at| {
        matches!(at.old, '¡' | '¿')
            && !at.before.is_some_and(is_letter)
            && at.next.is_some_and(is_letter)
    })
}

/// Whether all that it makes are closing quotes, and one of them between two letters: `deqîqeya kevanî` is no
/// `deq”qeya kevan”`.
pub(super) fn quotes_within_words(changed: &[ChangedWord]) -> bool {
    let is_quote = |at: &Place| matches!(at.new, '”' | '»' | '›') && is_letter(at.old);
    let is_within = |at: &Place| {
        [at.before, at.next]
            .iter()
            .all(|c| c.is_some_and(is_letter))
    };
    all_of(changed, is_quote) && !all_of(changed, |at| !is_within(at))
}

/// Whether all that it makes are dashes which stand behind a word without a space, and before one: `fieldб and` is no
/// `field— and`.
pub(super) fn makes_dashes_behind_words(changed: &[ChangedWord]) -> bool {
    all_of(changed, |at| {
        is_letter(at.old)
            && matches!(at.new, '–' | '—')
            && at.before.is_some_and(is_letter)
            && !at.next.is_some_and(is_letter)
    })
}

/// Whether all that it explains is a sign between two letters, `n·n`, which would be a letter of a word of no more.
pub(super) fn joins_two_letters(changed: &[ChangedWord]) -> bool {
    let is_short = |w: &ChangedWord| w.before.iter().filter(|&&c| is_letter(c)).count() == 2;
    changed.iter().all(is_short)
        && all_of(changed, |at| {
            let are_letters = [at.before, at.next]
                .iter()
                .all(|c| c.is_some_and(is_letter));
            at.old == '·' && are_letters
        })
}

/// Whether all that several mishaps in a row explain are signs: nobody would see two mishaps in one sign, and many a sign can
/// be had so.
pub(super) fn makes_signs_by_layers(chain: &Chain, changed: &[ChangedWord]) -> bool {
    let others = |w: &[char]| {
        w.iter()
            .copied()
            .filter(|c| !c.is_ascii())
            .collect::<Vec<char>>()
    };
    let is_sign = |w: &ChangedWord| {
        let kept = others(&w.before);
        others(&w.after)
            .iter()
            .all(|c| !is_letter(*c) || kept.contains(c))
    };
    chain.len() > 1 && changed.iter().all(is_sign)
}

/// A character that changes.
struct Place {
    before: Option<char>,
    old: char,
    new: char,
    next: Option<char>,
}

/// Whether each character changes by itself, and all that do are such.
fn all_of(changed: &[ChangedWord], is_such: impl Fn(&Place) -> bool) -> bool {
    changed.iter().all(|word| {
        let at = |i: usize| word.before.get(i).copied();
        let mut pairs = word.before.iter().zip(&word.after).enumerate();
        word.before.len() == word.after.len()
            && pairs.all(|(i, (&old, &new))| {
                let place = Place {
                    before: i.checked_sub(1).and_then(at),
                    old,
                    new,
                    next: at(i + 1),
                };
                old == new || is_such(&place)
            })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(before: &str, after: &str) -> Vec<ChangedWord> {
        let words = before.split(' ').zip(after.split(' '));
        let word = |w: &str| w.chars().collect();
        let pairs = words.filter(|(before, after)| before != after);
        pairs
            .map(|(before, after)| ChangedWord {
                before: word(before),
                after: word(after),
            })
            .collect()
    }

    #[test]
    fn a_sign_by_itself_shows_no_two_mishaps() {
        let cases = [
            (
                "windows-1251>koi8-r + shift_jis>windows-1252",
                "\u{81}¡http",
                "”http",
                true,
            ),
            ("shift_jis>windows-1252", "\u{81}¡http", "■http", false),
            (
                "windows-1251>koi8-r + koi8-r>windows-1252",
                "ïîñåòè¡",
                "посети”",
                false,
            ),
        ];
        for (chain, before, after, expected) in cases {
            let chain = chain.parse().unwrap();
            let found = makes_signs_by_layers(&chain, &changed(before, after));
            assert_eq!(found, expected, "{after}");
        }
    }

    #[test]
    fn signs_stand_where_they_belong() {
        let cases = [
            (
                opens_a_sentence as fn(&[ChangedWord]) -> bool,
                "¡no corre!",
                "Áno corre!",
                true,
            ),
            (opens_a_sentence, "\"¿dónde", "\"ídónde", true),
            // Another letter was mangled, too; a sign within a word; a sign that opens nothing.
            (opens_a_sentence, "¡slenskt mßl", "íslenskt mál", false),
            (opens_a_sentence, "n¡co", "níco", false),
            (opens_a_sentence, "¡ 5", "í 5", false),
            (quotes_within_words, "lîna hêvî", "l”na hêv”", true),
            (quotes_within_words, "lîna", "l”na", true),
            (quotes_within_words, "hêvî", "hêv”", false),
            (quotes_within_words, "lîna çol", "l”na çöl", false),
            (makes_dashes_behind_words, "fieldб", "field—", true),
            (makes_dashes_behind_words, "oneбtwo", "one—two", false),
            (makes_dashes_behind_words, "б", "—", false),
            (joins_two_letters, "t·k", "ták", true),
            (joins_two_letters, "t·kari", "tákari", false),
            (joins_two_letters, "f÷r", "för", false),
        ];
        for (is_meant, before, after, expected) in cases {
            let changed = changed(before, after);
            assert_eq!(is_meant(&changed), expected, "{before} {after}");
        }
    }
}
