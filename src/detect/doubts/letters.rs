//! Letters that would stand where none does: by themselves, as capitals within words, beside signs of other spellings.

use super::super::features::{ChangedWord, beside_letter};
use super::super::in_code;
use super::super::plausibility::{is_letter, word_log_prob, words};
use super::super::script::Script;
use super::A_RARE_WORD;
use crate::encoding::Encoding;
use crate::misdecoding::Chain;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::compose;

/// Whether all that a repair makes is one letter which stands beside a digit and beside no letter: `#猫5727` is no `#è5727`.
pub(super) fn is_a_letter_among_digits(changed: &[ChangedWord]) -> bool {
    let [word] = changed else {
        return false;
    };
    let others = |w: &[char]| w.iter().filter(|c| !c.is_ascii()).count();
    let at = word.after.iter().position(|c| !c.is_ascii());
    let Some(at) = at.filter(|_| others(&word.before) == 1 && others(&word.after) == 1) else {
        return false;
    };
    let near = [at.checked_sub(1), Some(at + 1)];
    let mut near = near.iter().flatten().filter_map(|&i| word.after.get(i));
    let is_word = word.after.get(at).is_some_and(|&c| is_letter(c));
    is_word && !beside_letter(&word.after, at) && near.any(char::is_ascii_digit)
}

/// Whether UTF-8 makes nothing but letters by themselves that are no words, of a script that has no such: `3 дБ` is no
/// `3 Ա`.
pub(super) fn makes_single_letters(changed: &[ChangedWord]) -> bool {
    let is_no_word = |w: &ChangedWord| {
        let mut letters = w.after.iter().copied().filter(|&c| is_letter(c));
        let first = letters.next();
        let is_foreign = |c| {
            !matches!(
                Script::of(c),
                Script::Latin | Script::Greek | Script::Cyrillic
            )
        };
        first.is_some_and(|c| {
            letters.next().is_none() && is_foreign(c) && word_log_prob(&[c]) < A_RARE_WORD
        })
    };
    changed.iter().all(is_no_word)
}

/// Whether all that changes are a small letter and its capital, each by itself: `đ Đ`.
pub(super) fn is_a_letter_in_both_cases(changed: &[ChangedWord]) -> bool {
    let letter = |w: &ChangedWord| {
        let mut others = w.before.iter().copied().filter(|c| !c.is_ascii());
        let letter = others
            .next()
            .filter(|&c| is_letter(c) && !w.before.iter().any(char::is_ascii_alphabetic));
        letter.filter(|_| others.next().is_none())
    };
    let [a, b] = changed else {
        return false;
    };
    let is_pair = |a: char, b: char| a != b && a.to_lowercase().eq(b.to_lowercase());
    letter(a).zip(letter(b)).is_some_and(|(a, b)| is_pair(a, b))
}

/// Whether a control by itself is all that changes, and becomes a letter that is no word or a quote that quotes nothing:
/// `\u{81}` is no `Å`, and `0x94 \u{94}` names it.
pub(super) fn makes_no_word_of_a_control(changed: &[ChangedWord]) -> bool {
    let [word] = changed else {
        return false;
    };
    let is_control = matches!(
        word.before.as_slice(),
        ['\u{80}'..='\u{84}' | '\u{86}'..='\u{9F}']
    );
    is_control
        && word
            .after
            .iter()
            .all(|&c| is_letter(c) && !WORDS_OF_ONE_LETTER.contains(c) || QUOTES.contains(c))
}

/// Letters outside ASCII that are words.
const WORDS_OF_ONE_LETTER: &str = "àáâéèêíìóòôúùåæøаивксоуяіїєАИВКСОУЯ";

/// Quotes, of which one alone is none.
const QUOTES: &str = "‘’‚“”„‹›";

/// Whether half the words or more come out with a capital between small letters: `bolis‹au` is no `bolisİau`.
pub(super) fn makes_capitals_in_words(changed: &[ChangedWord]) -> bool {
    let is_capital = |three: &[char]| matches!(three, [a, b, c] if a.is_ascii_lowercase() && !b.is_ascii() && b.is_uppercase() && c.is_lowercase());
    let makes_some = |w: &&ChangedWord| {
        w.after.windows(3).any(is_capital) && !w.before.windows(3).any(is_capital)
    };
    changed.iter().filter(makes_some).count() * 2 >= changed.len()
}

/// Whether all words come out with capitals behind small letters, as no word and no name of several has them: `ЕЛеЦес` is
/// none, and `АвиаПорт` is one.
pub(super) fn mixes_cases(changed: &[ChangedWord]) -> bool {
    let is_turn = |two: &[char]| matches!(two, [a, b] if a.is_lowercase() && b.is_uppercase());
    let is_name = |part: &[char]| {
        let small = part.iter().skip(1).take_while(|c| c.is_lowercase()).count();
        small > 0 && small + 1 == part.len() && part.first().is_some_and(|c| c.is_uppercase())
    };
    let is_mixed = |w: &[char]| {
        let turns = || w.windows(2).filter(|two| is_turn(two));
        turns().any(|two| !two.iter().any(char::is_ascii))
            && !w.chunk_by(|a, b| !is_turn(&[*a, *b])).all(is_name)
    };
    let holds_mixed = |word: &ChangedWord| {
        let mut words = words(&word.after).filter_map(|range| word.after.get(range));
        words.any(is_mixed)
    };
    changed
        .iter()
        .all(|w| holds_mixed(w) && !in_code::makes_known(&w.after))
}

/// Whether the words read better with their ligatures or accents as printers and old standards have them: `deﬁne`,
/// `Universit¨at`, and `fÈur` of T.61, where accents come before their letters.
pub(super) fn is_written_otherwise(changed: &[ChangedWord]) -> bool {
    let reads_better = |word: &ChangedWord| {
        let plain = spelt_plainly(&word.before);
        plain != word.before
            && plain.iter().all(|&c| c <= 'ÿ')
            && word_log_prob(&plain) > word_log_prob(&word.after)
    };
    changed.iter().all(reads_better)
}

/// A word with its ligatures apart, and accents that stand before letters on them.
fn spelt_plainly(word: &[char]) -> Vec<char> {
    let accent = |c: char| match c {
        'Á' | '`' => Some('\u{300}'),
        'Â' | '´' => Some('\u{301}'),
        'Ã' | 'ˆ' => Some('\u{302}'),
        'Ä' | '˜' => Some('\u{303}'),
        'È' | '¨' => Some('\u{308}'),
        'Ê' | '˚' => Some('\u{30A}'),
        'Ë' | '¸' => Some('\u{327}'),
        'Ï' | 'ˇ' => Some('\u{30C}'),
        _ => None,
    };
    let mut plain: Vec<char> = Vec::with_capacity(word.len());
    let mut waiting = None;
    for &c in word {
        let composed = waiting.and_then(|mark| compose(c, accent(mark)?));
        if let Some(composed) = composed {
            plain.push(composed);
            waiting = None;
            continue;
        }
        plain.extend(waiting.take());
        match c {
            'ﬀ'..='ﬆ' => plain.extend(c.nfkc()),
            _ if accent(c).is_some()
                && (!is_letter(c) || plain.last().is_some_and(|l| l.is_lowercase())) =>
            {
                waiting = Some(c);
            }
            _ => plain.push(c),
        }
    }
    plain.extend(waiting);
    plain
}

/// Whether the tones of Vietnamese would stand on consonants or on nothing: `Sìcìté` is no `Śćté`.
pub(super) fn puts_tones_on_consonants(chain: &Chain, changed: &[ChangedWord]) -> bool {
    let is_tone = |c: char| matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
    let is_vowel = |c: char| {
        let base = c.nfd().next().map(|c| c.to_ascii_lowercase());
        base.is_some_and(|base| "aeiouyơư".contains(base))
    };
    let is_misplaced = |pair: &[char]| matches!(pair, [a, b] if is_tone(*b) && !is_vowel(*a));
    chain
        .iter()
        .next()
        .is_some_and(|m| m.written == Encoding::Windows1258)
        && changed.iter().any(|w| {
            w.after.first().is_some_and(|&c| is_tone(c)) || w.after.windows(2).any(is_misplaced)
        })
}

#[cfg(test)]
mod tests {
    use super::super::AS_LIKELY_AS_NOT;
    use super::super::tests::{of_one, word};
    use super::*;

    #[test]
    fn tones_stand_on_vowels() {
        let cases = [
            ("Sìcìté", "S\u{301}c\u{301}té", true),
            ("ìa", "\u{301}a", true),
            ("Viêòt", "Viê\u{323}t", false),
            ("mýõìi", "mươ\u{301}i", false),
        ];
        for (before, after, expected) in cases {
            let (before, after) = (word(before), word(after));
            let changed = [ChangedWord { before, after }];
            let chain = "windows-1258>windows-1252".parse().unwrap();
            assert_eq!(puts_tones_on_consonants(&chain, &changed), expected);
            let other = "windows-1250>windows-1252".parse().unwrap();
            assert!(!puts_tones_on_consonants(&other, &changed));
        }
    }

    #[test]
    fn a_control_by_itself_and_a_capital_inside_a_word_are_no_letters() {
        let cases = [
            (
                "macintosh>iso-8859-1",
                "\u{81}",
                "Å",
                Some(AS_LIKELY_AS_NOT),
            ),
            ("macintosh>iso-8859-1", "\u{88}", "à", None),
            (
                "windows-1252>iso-8859-1",
                "\u{94}",
                "”",
                Some(AS_LIKELY_AS_NOT),
            ),
            ("windows-1252>iso-8859-1", "\u{94}.", "”.", None),
            ("windows-1252>iso-8859-1", "\u{96}", "–", None),
            (
                "ibm857>windows-1252",
                "bolis‹au",
                "bolisİau",
                Some(AS_LIKELY_AS_NOT),
            ),
            ("ibm850>windows-1252", "bolis‹au", "bolisïau", None),
        ];
        for (chain, before, after, expected) in cases {
            assert_eq!(of_one(chain, before, after, 20.0), expected, "{after}");
        }
    }

    #[test]
    fn capitals_behind_small_letters_make_no_word() {
        let cases = [
            ("ібплЗН", Some(AS_LIKELY_AS_NOT)),
            ("λμΜέο", Some(AS_LIKELY_AS_NOT)),
            // Names of several words, acronyms with endings, and words of ASCII.
            ("МедиаПарк", None),
            ("РоАвтоДор", None),
            ("МФЦшный", None),
            ("CamelCaseă", None),
        ];
        for (after, expected) in cases {
            let found = of_one("windows-1251>windows-1252", "³áåëÇÍ", after, 20.0);
            assert_eq!(found, expected, "{after}");
        }
    }

    #[test]
    fn a_letter_among_digits_is_hardly_one() {
        let cases = [
            ("#猫5727", "#è5727", true),
            ("4漏5", "4©5", false),
            ("d茅j5", "déj5", false),
            ("猫", "è", false),
            ("C2猫茅", "C2èé", false),
        ];
        for (before, after, expected) in cases {
            let (before, after) = (word(before), word(after));
            let changed = [ChangedWord { before, after }];
            assert_eq!(is_a_letter_among_digits(&changed), expected);
        }
    }
}
