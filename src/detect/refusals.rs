//! Repairs that are never made, whatever the odds: each rule has its reason and its cases.

use super::features::ChangedWord;
use super::script::Script;
use super::symbols::{LATIN_1, class_of, is_prose_punctuation};
use crate::encoding::Encoding;
use crate::misdecoding::Chain;
use std::ops::Range;

/// Whether a rule forbids the repair.
pub(crate) fn is_refused(
    chain: &Chain,
    text: &[char],
    stretches: &[Stretch],
    changed: &[ChangedWord],
    kept: &[Vec<char>],
) -> bool {
    repairs_what_is_lost(changed)
        || turns_letters_into_bare_symbols(text, stretches)
        || is_one_sequence_beside_clean_signs(chain, changed, kept)
        || is_a_rule_of_one_sign(chain, changed)
}

/// Characters of the mangled text, and what they become.
pub(crate) type Stretch = (Range<usize>, Vec<char>);

/// U+FFFD says no more than the mojibake of it.
fn repairs_what_is_lost(changed: &[ChangedWord]) -> bool {
    changed.iter().any(|w| w.after.contains(&'\u{FFFD}'))
}

/// Letters that would leave nothing but Latin-1 symbols: 聶聶職職 is no `¿¿¾¾`, ยก is no `¡`. After a
/// digit a symbol is in its place: `25掳` is 25°.
fn turns_letters_into_bare_symbols(text: &[char], stretches: &[Stretch]) -> bool {
    let letter = |c: &char| !matches!(Script::of(*c), Script::Common | Script::Latin);
    let symbol =
        |&c: &char| class_of(c).is_some_and(|s| s.block == LATIN_1) && !is_prose_punctuation(c);
    stretches.iter().all(|(range, after)| {
        let before = text.get(range.clone()).unwrap_or_default();
        let last = range.start.checked_sub(1).and_then(|i| text.get(i));
        let after_digit = last.is_some_and(char::is_ascii_digit);
        before.iter().all(letter) && after.iter().all(symbol) && !after_digit
    })
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

    fn word(s: &str) -> Vec<char> {
        s.chars().collect()
    }

    /// A word that is repaired from its first difference to its last.
    fn refused(chain: &str, before: &str, after: &str, kept: &[&str]) -> bool {
        let (before, after) = (word(before), word(after));
        let same = before
            .iter()
            .zip(&after)
            .take_while(|(a, b)| a == b)
            .count();
        let tail = before.iter().rev().zip(after.iter().rev());
        let tail = tail.take_while(|(a, b)| a == b).count();
        let stretch = (
            same..before.len() - tail,
            after[same..after.len() - tail].to_vec(),
        );
        let changed = [ChangedWord {
            before: before.clone(),
            after,
        }];
        let kept: Vec<Vec<char>> = kept.iter().map(|k| word(k)).collect();
        is_refused(
            &chain.parse().unwrap(),
            &before,
            &[stretch],
            &changed,
            &kept,
        )
    }

    #[test]
    fn each_rule_forbids_its_case_and_lets_its_neighbour_pass() {
        let utf8 = "utf-8>windows-1252";
        let cases = [
            (utf8, "ï¿½", "\u{FFFD}", &[][..], true),
            ("utf-8>big5", "聶聶職職", "¿¿¾¾", &[], true),
            ("utf-8>windows-874", "EGATยกนำ", "EGAT¡นำ", &[], true),
            ("utf-8>gbk", "25掳", "25°", &[], false),
            ("utf-8>gbk", "鈥檚", "’s", &[], false),
            (utf8, "DrÃ¥ber", "Dråber", &["–"], true),
            (utf8, "DrÃ¥ber", "Dråber", &["für"], false),
            (utf8, "DrÃ¥berÃ¥", "Dråberå", &["–"], false),
            ("ibm437>windows-1252", "———", "═══", &[], true),
            ("ibm437>windows-1252", "—═—", "═ы═", &[], false),
            ("ibm437>windows-1252", "——", "══", &[], false),
        ];
        for (chain, before, after, kept, expected) in cases {
            assert_eq!(refused(chain, before, after, kept), expected, "{before}");
        }
    }
}
