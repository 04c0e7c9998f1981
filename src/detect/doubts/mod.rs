//! How sure a repair may be at the most, whatever the odds: repairs that could be made, and that nobody would believe
//! without a document that shows the same mishap elsewhere.

mod east_asian;
mod letters;
mod names;
mod rows;
mod signs;

pub(crate) use rows::{is_a_pattern, is_a_row, is_a_row_of_few_signs, is_pattern_of};
pub(crate) use signs::are_dots_behind_words;

use super::features::{ChangedWord, beside_letter};
use super::in_code;
use super::layers;
use super::plausibility::{is_letter, word_log_prob, words};
use super::script::Script;
use super::symbols::{class_of, is_alphabetic, is_prose_punctuation};
use crate::encoding::Encoding;
use crate::misdecoding::Chain;
use crate::model::words::is_known;
use east_asian::{
    has_rare_planes, is_korean_without_words, is_one_han_character, makes_no_words_of_han,
    makes_signs_of_letters, may_be_a_word_list,
};
use letters::{
    is_a_letter_among_digits, is_a_letter_in_both_cases, is_written_otherwise,
    makes_capitals_in_words, makes_no_word_of_a_control, makes_single_letters, mixes_cases,
    puts_tones_on_consonants,
};
use rows::{is_a_frame, is_a_list_of_han, is_zhuyin, names_keys, repeats_lead_bytes};

/// Log-odds of what is hardly to be believed, and of what may be as well as not: a little less than what is likelier right.
pub(crate) const HARDLY: f32 = -20.0;
pub(crate) const AS_LIKELY_AS_NOT: f32 = -0.01;
/// Of what has to be shown by other lines.
const ONLY_IN_COMPANY: f32 = -1.0;

/// The log-odds that a repair may have at the most, if there is a limit. `nats` are those by which it reads better than
/// what stands; `kept` are the words outside ASCII that it leaves.
pub(crate) fn most_sure(
    chain: &Chain,
    changed: &[ChangedWord],
    kept: &[Vec<char>],
    nats: f32,
) -> Option<f32> {
    let is_utf8 = chain.iter().all(|m| m.written == Encoding::Utf8);
    let is_legacy = chain.iter().all(|m| m.written != Encoding::Utf8);
    if is_doubted(chain, changed)
        || is_a_letter_among_digits(changed)
        || makes_words_of_two_alphabets(changed)
        || is_korean_without_words(chain, changed, kept)
        || is_utf8 && makes_single_letters(changed)
        || is_legacy
            && (is_a_frame(changed)
                || is_written_otherwise(changed)
                || has_rare_planes(changed)
                || makes_ascii_of_signs(changed)
                || is_zhuyin(changed)
                || puts_tones_on_consonants(chain, changed)
                || makes_signs_of_letters(chain, changed))
    {
        Some(HARDLY)
    } else if !is_utf8 && is_a_row_of_few_signs(changed) || is_a_pattern(changed) {
        Some(ONLY_IN_COMPANY)
    } else if is_utf8 && nats <= 0.0
        || may_be_an_acronym(chain, changed)
        || may_be_a_formula(chain, changed)
        || may_have_lost_a_space(chain, changed)
        || layers::may_be_others(chain, changed)
        || is_legacy && (in_code::may_be_meant(changed) || is_a_letter_in_both_cases(changed))
        || is_part_of_a_word(chain, changed)
        || is_legacy && makes_capitals_in_words(changed)
        || is_legacy && mixes_cases(changed)
        || is_legacy && makes_no_word_of_a_control(changed)
        || is_legacy
            && (signs::stand_where_they_belong(changed)
                || signs::quotes_within_words(changed)
                || signs::closes_what_is_not_open(changed)
                || signs::joins_two_letters(changed)
                || signs::makes_dashes_behind_words(changed)
                || signs::makes_signs_by_layers(chain, changed)
                || names::are_names(changed))
        || is_utf8 && makes_no_words_of_han(chain, changed)
        || repeats_lead_bytes(chain, changed)
        || is_one_han_character(changed)
        || is_legacy && (may_be_a_word_list(changed) || names_keys(changed))
        || is_a_list_of_han(changed)
    {
        Some(AS_LIKELY_AS_NOT)
    } else {
        None
    }
}

/// Whether a repair is one that nobody believes, however likely: a sign in the middle of a word (`bolis´au`), a letter by
/// itself for a currency sign that is no letter of another word.
fn is_doubted(chain: &Chain, changed: &[ChangedWord]) -> bool {
    let legacy = chain
        .iter()
        .all(|m| m.written.is_single_byte() && m.read.is_single_byte());
    let is_letter_of_word = |sign: char| {
        let mut words = changed.iter().filter(|w| w.before.len() == w.after.len());
        words.any(|w| {
            let is_it = |(i, &c): (usize, &char)| c == sign && beside_letter(&w.after, i);
            w.before.iter().enumerate().any(is_it)
        })
    };
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
                || (currency
                    && alone
                    && word_log_prob(&[*new]) < A_WORD
                    && !is_letter_of_word(*old))
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
    let is_code = |word: &ChangedWord| {
        word.before.iter().any(|&c| CODE.contains(c))
            || word.before.windows(2).any(|w| w == ['(', '?'])
    };
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

/// Whether a word would have letters of two alphabets side by side that no language mixes: `विदഝिमास`.
fn makes_words_of_two_alphabets(changed: &[ChangedWord]) -> bool {
    let are_mixed = |pair: &[char]| {
        let [a, b] = pair else {
            return false;
        };
        matches!((alphabet_of(*a), alphabet_of(*b)), (Some(a), Some(b)) if a != b)
    };
    changed.iter().any(|w| w.after.windows(2).any(are_mixed))
}

/// The alphabet of a letter, those of India by their blocks, where it is not one that others are mixed with.
fn alphabet_of(c: char) -> Option<(Script, u32)> {
    const DANDAS: [char; 2] = ['\u{964}', '\u{965}'];
    match Script::of(c) {
        Script::Indic if DANDAS.contains(&c) => None,
        Script::Indic => Some((Script::Indic, u32::from(c) / 0x80)),
        script @ (Script::Armenian
        | Script::Hebrew
        | Script::Arabic
        | Script::Thai
        | Script::Georgian) => Some((script, 0)),
        _ => None,
    }
}

/// Whether a legacy encoding changes one part of a word and leaves another that it would change, too: `ОпенПГП` is no
/// `Опеноцо`.
fn is_part_of_a_word(chain: &Chain, changed: &[ChangedWord]) -> bool {
    let [word] = changed else {
        return false;
    };
    if word.before.len() != word.after.len() || chain.iter().any(|m| !m.written.is_single_byte()) {
        return false;
    }
    let would_change = |c: char| {
        let undone = chain.undo(c.encode_utf8(&mut [0; 4]));
        undone.is_ok_and(|undone| undone.chars().ne([c]))
    };
    let pairs: Vec<(char, char)> = word
        .before
        .iter()
        .copied()
        .zip(word.after.iter().copied())
        .collect();
    let is_other_letter = |c: char| !c.is_ascii() && is_letter(c);
    pairs.windows(2).any(|two| match two {
        [(a, new_a), (b, new_b)] if is_other_letter(*a) && is_other_letter(*b) => {
            (a == new_a) != (b == new_b) && would_change(if a == new_a { *a } else { *b })
        }
        _ => false,
    })
}

/// Whether a sign outside ASCII would be one of ASCII, as the yen sign is a backslash in Shift_JIS: `¥720` is a price.
fn makes_ascii_of_signs(changed: &[ChangedWord]) -> bool {
    changed.iter().any(|w| {
        let mut pairs = w.before.iter().zip(&w.after);
        w.before.len() == w.after.len()
            && pairs.any(|(old, new)| matches!(old, '¥' | '‾') && new.is_ascii())
    })
}

/// Signs of formulas and programs that do not stand beside words in prose and markup.
const CODE: &str = "$+={}[]\\^_";

/// Nats of a letter that is a word by itself, however rare: `â` of Welsh, but no `þ`.
const A_RARE_WORD: f32 = -12.3;

/// Nats of a letter that is a word by itself: `А` and `в`, but no `Ђ`.
const A_WORD: f32 = -9.0;

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn word(s: &str) -> Vec<char> {
        s.chars().collect()
    }

    pub(super) fn of_one(chain: &str, before: &str, after: &str, nats: f32) -> Option<f32> {
        let changed = [ChangedWord {
            before: word(before),
            after: word(after),
        }];
        most_sure(&chain.parse().unwrap(), &changed, &[], nats)
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
    fn what_characters_of_east_asia_would_become_says_whether_they_are_meant() {
        let cases = [
            // A letter or two that are no word, and such that are one, or stand beside others.
            ("utf-8>gbk", "'镁'", "'þ'", Some(AS_LIKELY_AS_NOT)),
            ("utf-8>euc-jp", "粘貼", "ǴŽ", Some(AS_LIKELY_AS_NOT)),
            ("utf-8>gbk", "sch枚n", "schön", None),
            ("utf-8>gbk", "鈥檔", "’n", None),
            ("utf-8>gbk", "脿", "à", None),
            ("utf-8>big5", "瘝單偌", "河水", None),
            // Signs for letters, and for what were signs.
            ("gbk>euc-jp", "々〃ゝゞヽゞ", "」》〉《〕《", Some(HARDLY)),
            ("shift_jis>gbk", "乽偁偁", "「ああ", None),
        ];
        for (chain, before, after, expected) in cases {
            assert_eq!(of_one(chain, before, after, 10.0), expected, "{before}");
        }
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
    fn a_currency_sign_that_is_a_letter_of_another_word_is_one_by_itself() {
        let word = |(before, after)| ChangedWord {
            before: word(before),
            after: word(after),
        };
        let changed = [("€\u{81}‡\u{90}„", "אבחנה"), ("€.", "א.")].map(word);
        assert!(!is_doubted(
            &"ibm862>windows-1252".parse().unwrap(),
            &changed
        ));
    }

    #[test]
    fn words_of_two_alphabets_are_none() {
        let cases = [
            ("विदഝिमास", Some(HARDLY)),
            ("विद्यमान।", None),
            ("CSS-शैली", None),
        ];
        for (after, expected) in cases {
            let found = of_one("utf-8>windows-1251", "à¤µà¤¿", after, 90.0);
            assert_eq!(found, expected, "{after}");
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

    #[test]
    fn readings_and_rows_prove_nothing_by_themselves() {
        let zhuyin = of_one("big5>gbk", "貓ㄇㄠ", "貓些兒", 50.0);
        assert_eq!(zhuyin, Some(HARDLY));
        let row = of_one("windows-874>windows-1252", "¡Á¡Á¡Á", "กมกมกม", 50.0);
        assert_eq!(row, Some(ONLY_IN_COMPANY));
        let word = of_one("windows-874>windows-1252", "¡Á¢", "กมข", 50.0);
        assert_eq!(word, None);
    }
}
