//! Repairs that are never made, whatever the odds: each rule has its reason and its cases.

use super::features::ChangedWord;
use super::script::Script;
use super::symbols::{LATIN_1, class_of, is_prose_punctuation};
use crate::encoding::Encoding;
use crate::misdecoding::Chain;

/// Whether a rule forbids the repair.
pub(crate) fn is_refused(chain: &Chain, changed: &[ChangedWord], kept: &[Vec<char>]) -> bool {
    repairs_what_is_lost(changed)
        || turns_letters_into_bare_symbols(changed)
        || is_one_sequence_beside_clean_signs(chain, changed, kept)
        || is_a_rule_of_one_sign(chain, changed)
}

/// U+FFFD says no more than the mojibake of it.
fn repairs_what_is_lost(changed: &[ChangedWord]) -> bool {
    changed.iter().any(|w| w.after.contains(&'\u{FFFD}'))
}

/// East Asian letters that would leave nothing but Latin-1 symbols: 聶聶職職 is no `¿¿¾¾`. After a
/// digit a symbol is in its place: `25掳` is 25°.
fn turns_letters_into_bare_symbols(changed: &[ChangedWord]) -> bool {
    let mut any = false;
    let bare = changed.iter().all(|w| {
        let new = w.after.iter().enumerate().filter(|(_, c)| !c.is_ascii());
        new.fold(true, |all, (i, &c)| {
            any = true;
            let after_digit = i
                .checked_sub(1)
                .and_then(|i| w.after.get(i))
                .is_some_and(char::is_ascii_digit);
            let symbol =
                class_of(c).is_some_and(|s| s.block == LATIN_1) && !is_prose_punctuation(c);
            all && symbol && !after_digit
        }) && w
            .before
            .iter()
            .all(|&c| c.is_ascii() || Script::of(c).is_east_asian())
    });
    any && bare
}

/// A single two-byte UTF-8 sequence, in a line whose dashes or quotes the same mishap would have
/// mangled and did not.
fn is_one_sequence_beside_clean_signs(
    chain: &Chain,
    changed: &[ChangedWord],
    kept: &[Vec<char>],
) -> bool {
    let utf8 = chain.len() == 1 && chain.iter().all(|m| m.written == Encoding::Utf8);
    let count = |f: fn(&ChangedWord) -> &Vec<char>| -> usize {
        changed
            .iter()
            .map(|w| f(w).iter().filter(|c| !c.is_ascii()).count())
            .sum()
    };
    let one = count(|w| &w.before) == 2 && count(|w| &w.after) == 1;
    let sign = |w: &Vec<char>| {
        w.iter().any(|&c| is_prose_punctuation(c)) && !w.iter().any(|c| c.is_alphabetic())
    };
    utf8 && one && kept.iter().any(sign)
}

/// One sign three times in a row is a rule, a frame or a bar, and no legacy encoding of letters.
fn is_a_rule_of_one_sign(chain: &Chain, changed: &[ChangedWord]) -> bool {
    let legacy = chain
        .iter()
        .next()
        .is_some_and(|m| m.written != Encoding::Utf8);
    let mut observed = changed
        .iter()
        .flat_map(|w| &w.before)
        .filter(|c| !c.is_ascii());
    let Some(&sign) = observed.next() else {
        return false;
    };
    let thrice = |w: &ChangedWord| {
        w.before
            .windows(3)
            .any(|run| run.iter().all(|&c| c == sign))
    };
    legacy && observed.all(|&c| c == sign) && changed.iter().any(thrice)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(before: &str, after: &str, kept: &[&str]) -> bool {
        let word = |s: &str| s.chars().collect::<Vec<char>>();
        let changed = [ChangedWord {
            before: word(before),
            after: word(after),
        }];
        let kept: Vec<Vec<char>> = kept.iter().map(|k| word(k)).collect();
        is_refused(&"utf-8>windows-1252".parse().unwrap(), &changed, &kept)
    }

    #[test]
    fn a_rule_of_one_sign_stays() {
        let word = |s: &str| s.chars().collect::<Vec<char>>();
        let cases = [
            ("———", "═══", true),
            ("—═—", "═ы═", false),
            ("——", "══", false),
        ];
        for (before, after, expected) in cases {
            let changed = [ChangedWord {
                before: word(before),
                after: word(after),
            }];
            let chain = "ibm437>windows-1252".parse().unwrap();
            assert_eq!(is_refused(&chain, &changed, &[]), expected, "{before}");
        }
    }

    #[test]
    fn each_rule_forbids_its_case_and_lets_its_neighbour_pass() {
        let cases = [
            ("ï¿½", "\u{FFFD}", &[][..], true),
            ("聶聶職職", "¿¿¾¾", &[], true),
            ("25掳", "25°", &[], false),
            ("鈥檚", "’s", &[], false),
            ("DrÃ¥ber", "Dråber", &["–"], true),
            ("DrÃ¥ber", "Dråber", &["für"], false),
            ("DrÃ¥berÃ¥", "Dråberå", &["–"], false),
        ];
        for (before, after, kept, expected) in cases {
            assert_eq!(refused(before, after, kept), expected, "{before}");
        }
    }
}
