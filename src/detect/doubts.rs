//! How sure a repair may be at the most, whatever the odds: repairs that could be made, and that nobody would believe
//! without a document that shows the same mishap elsewhere.

use super::features::{ChangedWord, beside_letter};
use super::plausibility::{is_letter, word_log_prob, words};
use super::script::Script;
use super::symbols::{class_of, is_alphabetic, is_prose_punctuation};
use crate::encoding::Encoding;
use crate::misdecoding::Chain;
use crate::model::words::is_known;

/// Log-odds of what is hardly to be believed, and of what may be as well as not.
const HARDLY: f32 = -20.0;
const AS_LIKELY_AS_NOT: f32 = 0.0;

/// The log-odds that a repair may have at the most, if there is a limit. `nats` are those by which it reads better than
/// what stands.
pub(crate) fn most_sure(chain: &Chain, changed: &[ChangedWord], nats: f32) -> Option<f32> {
    let is_utf8 = chain.iter().all(|m| m.written == Encoding::Utf8);
    if is_doubted(chain, changed) {
        Some(HARDLY)
    } else if is_utf8 && nats <= 0.0
        || may_be_an_acronym(chain, changed)
        || may_be_a_formula(chain, changed)
        || may_have_lost_a_space(chain, changed)
    {
        Some(AS_LIKELY_AS_NOT)
    } else {
        None
    }
}

/// Whether a repair is one that nobody believes, however likely: a sign in the middle of a word (`bolis´au`), a letter
/// for a currency sign beside a number.
fn is_doubted(chain: &Chain, changed: &[ChangedWord]) -> bool {
    let legacy = chain
        .iter()
        .all(|m| m.written.is_single_byte() && m.read.is_single_byte());
    let doubted = |word: &ChangedWord| {
        let (before, after) = (&word.before, &word.after);
        before.iter().zip(after).enumerate().any(|(i, (old, new))| {
            let last = i.checked_sub(1).and_then(|i| before.get(i));
            let inside = [last, before.get(i + 1)]
                .iter()
                .all(|c| c.is_some_and(|&c| is_letter(c)));
            let is_sign = class_of(*new).is_some() && !is_prose_punctuation(*new);
            let currency = matches!(old, '€' | '£' | '¥');
            let alone = is_letter(*new) && !beside_letter(after, i);
            (is_letter(*old) && inside && is_sign)
                || (currency && alone && word_log_prob(&[*new]) < A_WORD)
        })
    };
    legacy
        && changed
            .iter()
            .any(|w| w.before.len() == w.after.len() && doubted(w))
}

/// Whether all that a legacy encoding explains are two or three capitals, as acronyms have: `ДПН` may be what was meant.
/// Words of lower case look so in KOI8; what stands around them has to decide.
fn may_be_an_acronym(chain: &Chain, changed: &[ChangedWord]) -> bool {
    let [word] = changed else {
        return false;
    };
    let letters: Vec<char> = word
        .before
        .iter()
        .copied()
        .filter(|&c| is_alphabetic(c))
        .collect();
    let sign = |c: &char| !c.is_ascii() && !is_alphabetic(*c) && !is_prose_punctuation(*c);
    chain.iter().all(|m| m.written != Encoding::Utf8)
        && (2..=3).contains(&letters.len())
        && !word.before.iter().any(sign)
        && letters.iter().all(|c| c.is_uppercase())
}

/// Whether all that a legacy encoding explains are signs or Greek letters beside a letter or two, in a formula or in code:
/// `h·i+j`, `[Δδ]`.
fn may_be_a_formula(chain: &Chain, changed: &[ChangedWord]) -> bool {
    let is_sign = |c: char| {
        let is_symbol = class_of(c).is_some() && !is_prose_punctuation(c);
        is_symbol || Script::of(c) == Script::Greek
    };
    let has_signs = |word: &ChangedWord| {
        let mut runs = word.before.split(char::is_ascii);
        runs.all(|run| run.len() <= 2 && run.iter().all(|&c| is_sign(c)))
    };
    let is_short = |word: &ChangedWord| {
        words(&word.after)
            .filter_map(|range| word.after.get(range))
            .all(|letters| letters.len() <= 3 || letters.iter().all(char::is_ascii))
    };
    let is_code = |word: &ChangedWord| word.before.iter().any(|&c| CODE.contains(c));
    chain.iter().all(|m| m.written != Encoding::Utf8)
        && changed.iter().all(|w| has_signs(w) && is_short(w))
        && changed.iter().any(is_code)
}

/// Whether all that a legacy encoding explains is the `Ã` of a word that UTF-8 explains better, had the no-break space
/// behind it not become a space: `voilÃ le` is «voilà le».
fn may_have_lost_a_space(chain: &Chain, changed: &[ChangedWord]) -> bool {
    let is_lead = |word: &ChangedWord| {
        let Some((&'Ã', before)) = word.before.split_last() else {
            return false;
        };
        let letters = before
            .iter()
            .rev()
            .take_while(|c| c.is_alphabetic())
            .count();
        let letters = before.get(before.len() - letters..).unwrap_or_default();
        let word: Vec<char> = letters.iter().copied().chain(['à']).collect();
        before.iter().all(char::is_ascii) && is_known(&word)
    };
    chain.iter().all(|m| m.written != Encoding::Utf8) && changed.iter().all(is_lead)
}

/// Signs of formulas and programs that do not stand beside words in prose and markup.
const CODE: &str = "$+={}[]\\^_";

/// Nats of a letter that is a word by itself: `А` and `в`, but no `Ђ`.
const A_WORD: f32 = -9.0;

#[cfg(test)]
mod tests {
    use super::*;

    fn word(s: &str) -> Vec<char> {
        s.chars().collect()
    }

    fn of_one(chain: &str, before: &str, after: &str, nats: f32) -> Option<f32> {
        let changed = [ChangedWord {
            before: word(before),
            after: word(after),
        }];
        most_sure(&chain.parse().unwrap(), &changed, nats)
    }

    #[test]
    fn utf_8_that_reads_no_better_is_as_likely_as_not() {
        let utf8 = "utf-8>windows-1252";
        assert_eq!(of_one(utf8, "schÃ¶n", "schön", 20.0), None);
        assert_eq!(
            of_one(utf8, "schÃ¶n", "schön", -1.0),
            Some(AS_LIKELY_AS_NOT)
        );
        // A legacy encoding is judged by more than how the words read.
        assert_eq!(
            of_one("macintosh>windows-1252", "schšn", "schön", -1.0),
            None
        );
    }

    #[test]
    fn signs_in_words_and_letters_for_currencies_are_not_believed() {
        let cases = [
            ("macintosh>windows-1252", "bolisïau", "bolis´au", true),
            ("ibm437>windows-1252", "K\u{81}che;€", "Küche;Ç", true),
            ("windows-1251>windows-1252", "ñîñåäêè;€", "соседки;Ђ", true),
            ("windows-1251>windows-1252", "ñîñåäêè;€", "соседки;€", false),
            ("windows-1252>macintosh", "lÍn", "lên", false),
            ("ibm866>windows-1252", "€", "А", false),
        ];
        for (chain, before, after, expected) in cases {
            let (before, after) = (word(before), word(after));
            let changed = [ChangedWord { before, after }];
            assert_eq!(
                is_doubted(&chain.parse().unwrap(), &changed),
                expected,
                "{chain}"
            );
        }
    }

    #[test]
    fn a_sign_beside_a_letter_may_be_a_formula() {
        let cases = [
            ("tcvn3-1>windows-1252", "$h·i+j$", "$hãi+j$", true),
            ("ibm852>windows-1252", "\"${a¾}\",", "\"${aż}\",", true),
            ("utf-8>windows-1252", "Â·", "·", false),
            ("windows-1252>ibm437", "filloi", "filloi", false),
            ("windows-1252>ibm850", "butt≥", "buttò", false),
            ("ibm437>windows-1252", "p†,", "på,", false),
            (
                "windows-1250>windows-1253",
                "bytes([Δδ]|[Λλ]",
                "bytes([Ää]|[Ëë]",
                true,
            ),
        ];
        for (chain, before, after, expected) in cases {
            let (before, after) = (word(before), word(after));
            let changed = [ChangedWord { before, after }];
            assert_eq!(
                may_be_a_formula(&chain.parse().unwrap(), &changed),
                expected,
                "{chain}"
            );
        }
    }

    #[test]
    fn a_few_capitals_may_be_an_acronym() {
        let cases = [
            ("koi8-r>windows-1251", "«ДПН»", "«дом»", true),
            ("koi8-r>windows-1251", "оПХБЕР", "Привет", false),
            ("koi8-r>windows-1251", "МОСКВА", "лнжйхю", false),
            ("utf-8>windows-1251", "РћР", "О", false),
            ("windows-1251>macintosh", "‡Î‡Ú˚Ì", "алатын", false),
        ];
        for (chain, before, after, expected) in cases {
            let (before, after) = (word(before), word(after));
            let changed = [ChangedWord { before, after }];
            assert_eq!(
                may_be_an_acronym(&chain.parse().unwrap(), &changed),
                expected,
                "{chain}"
            );
        }
    }
}
