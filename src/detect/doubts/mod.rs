//! How sure a repair may be at the most, whatever the odds: repairs that could be made, and that nobody would believe
//! without a document that shows the same mishap elsewhere.

mod han;
mod rows;
mod signs;

pub(crate) use rows::{is_a_pattern, is_a_row, is_a_row_of_few_signs, is_pattern_of};

use super::features::{ChangedWord, beside_letter};
use super::in_code;
use super::layers;
use super::plausibility::{is_letter, word_log_prob, words};
use super::script::Script;
use super::symbols::{class_of, is_alphabetic, is_prose_punctuation};
use crate::encoding::Encoding;
use crate::misdecoding::Chain;
use crate::model::words::is_known;
use rows::{is_a_frame, is_a_list_of_han, is_zhuyin, names_keys, repeats_lead_bytes};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::compose;

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
            && (signs::opens_a_sentence(changed)
                || signs::quotes_within_words(changed)
                || signs::joins_two_letters(changed)
                || signs::makes_dashes_behind_words(changed)
                || signs::makes_signs_by_layers(chain, changed)
                || han::are_names(changed))
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

/// Whether all that a repair makes is one letter which stands beside a digit and beside no letter: `#猫5727` is no `#è5727`.
fn is_a_letter_among_digits(changed: &[ChangedWord]) -> bool {
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

/// Whether a legacy encoding makes Han characters of Hangul in a line of more Hangul, or one word of both: `дбИЖ` is no
/// `動마`.
fn is_korean_without_words(chain: &Chain, changed: &[ChangedWord], kept: &[Vec<char>]) -> bool {
    let has = |w: &[char], script: Script| w.iter().any(|&c| Script::of(c) == script);
    let is_mixed = |w: &[char]| has(w, Script::Hangul) && has(w, Script::Han);
    let is_one_mixed =
        matches!(changed, [word] if is_mixed(&word.after) && !is_mixed(&word.before));
    let is_lost =
        |w: &ChangedWord| has(&w.before, Script::Hangul) && !has(&w.after, Script::Hangul);
    let is_beside = changed.iter().all(is_lost) && kept.iter().any(|w| has(w, Script::Hangul));
    chain.iter().all(|m| m.written != Encoding::Utf8) && (is_one_mixed || is_beside)
}

/// Whether all that changes are a small letter and its capital, each by itself: `đ Đ`.
fn is_a_letter_in_both_cases(changed: &[ChangedWord]) -> bool {
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

/// Whether the words read better with their ligatures or accents as printers and old standards have them: `deﬁne`,
/// `Universit¨at`, and `fÈur` of T.61, where accents come before their letters.
fn is_written_otherwise(changed: &[ChangedWord]) -> bool {
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

/// Whether a control by itself is all that changes, and becomes a letter that is no word or a quote that quotes nothing:
/// `\u{81}` is no `Å`, and `0x94 \u{94}` names it.
fn makes_no_word_of_a_control(changed: &[ChangedWord]) -> bool {
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
fn makes_capitals_in_words(changed: &[ChangedWord]) -> bool {
    let is_capital = |three: &[char]| matches!(three, [a, b, c] if a.is_ascii_lowercase() && !b.is_ascii() && b.is_uppercase() && c.is_lowercase());
    let makes_some = |w: &&ChangedWord| {
        w.after.windows(3).any(is_capital) && !w.before.windows(3).any(is_capital)
    };
    changed.iter().filter(makes_some).count() * 2 >= changed.len()
}

/// Whether all words come out with capitals behind small letters, as no word and no name of several has them: `ЕЛеЦес` is
/// none, and `АвиаПорт` is one.
fn mixes_cases(changed: &[ChangedWord]) -> bool {
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

/// Whether one Han character by itself would be a letter that is none of Western Europe: `'爪'` in a table is no `'צ'`.
fn is_one_han_character(changed: &[ChangedWord]) -> bool {
    let [word] = changed else {
        return false;
    };
    let mut old = word.before.iter().filter(|c| is_letter(**c));
    let is_han = |c: &char| Script::of(*c) == Script::Han;
    let mut new = word.after.iter().filter(|c| !c.is_ascii());
    matches!((old.next(), old.next()), (Some(c), None) if is_han(c))
        && new.all(|&c| is_letter(c) && c > 'ÿ')
}

/// Whether UTF-8 makes nothing but a letter or two, no word that is known, of characters of East Asia that no letter stands
/// beside: `'镁'` is no `'þ'`.
fn makes_no_words_of_han(chain: &Chain, changed: &[ChangedWord]) -> bool {
    let letters = |w: &[char]| {
        w.iter()
            .copied()
            .filter(|&c| is_letter(c))
            .collect::<Vec<_>>()
    };
    let is_no_word = |w: &ChangedWord| {
        let after = letters(&w.after);
        letters(&w.before)
            .iter()
            .all(|&c| Script::of(c).is_east_asian())
            && after.len() <= 2
            && w.after
                .iter()
                .all(|&c| c.is_ascii() || is_letter(c) && !Script::of(c).is_east_asian())
            && match *after.as_slice() {
                [letter] => word_log_prob(&[letter]) < A_RARE_WORD,
                _ => !is_known(&after),
            }
    };
    is_multi_byte_read(chain) && changed.iter().all(is_no_word)
}

/// Whether UTF-8 makes nothing but letters by themselves that are no words, of a script that has no such: `3 дБ` is no
/// `3 Ա`.
fn makes_single_letters(changed: &[ChangedWord]) -> bool {
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

fn is_multi_byte_read(chain: &Chain) -> bool {
    chain
        .iter()
        .next_back()
        .is_some_and(|m| !m.read.is_single_byte())
}

/// Whether the tones of Vietnamese would stand on consonants or on nothing: `Sìcìté` is no `Śćté`.
fn puts_tones_on_consonants(chain: &Chain, changed: &[ChangedWord]) -> bool {
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

/// Whether of letters outside ASCII nothing comes but signs: `々〃ゝゞ` is no `」》〉《`.
fn makes_signs_of_letters(chain: &Chain, changed: &[ChangedWord]) -> bool {
    let is_other = |c: &&char| !c.is_ascii();
    let makes_signs = |w: &ChangedWord| {
        let old = || w.before.iter().filter(is_other);
        old().count() > 1
            && old().filter(|&&c| is_letter(c)).count() * 2 > old().count()
            && w.after
                .iter()
                .filter(is_other)
                .all(|&c| class_of(c).is_some())
    };
    is_multi_byte_read(chain) && changed.iter().all(makes_signs)
}

/// Whether a word or two of one or two Han characters each are all that a legacy encoding explains: names and lists of
/// words have such as no sentence has (`帝胄`).
fn may_be_a_word_list(changed: &[ChangedWord]) -> bool {
    let is_han = |c: &char| Script::of(*c) == Script::Han;
    let is_listed = |w: &ChangedWord| {
        let others = || w.before.iter().filter(|c| !is_han(c));
        let han = w.before.len() - others().count();
        (1..=2).contains(&han) && !others().any(|&c| is_letter(c))
    };
    changed.len() <= 2 && changed.iter().all(is_listed)
}

/// Whether a sign outside ASCII would be one of ASCII, as the yen sign is a backslash in Shift_JIS: `¥720` is a price.
fn makes_ascii_of_signs(changed: &[ChangedWord]) -> bool {
    changed.iter().any(|w| {
        let mut pairs = w.before.iter().zip(&w.after);
        w.before.len() == w.after.len()
            && pairs.any(|(old, new)| matches!(old, '¥' | '‾') && new.is_ascii())
    })
}

/// Whether what changes are Han characters that hardly any text has, from beyond the first plane: tables have them.
fn has_rare_planes(changed: &[ChangedWord]) -> bool {
    let is_rare = |c: &char| matches!(c, '\u{20000}'..='\u{3FFFF}');
    changed
        .iter()
        .any(|w| w.before.iter().any(is_rare) && !w.after.iter().any(is_rare))
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

    fn word(s: &str) -> Vec<char> {
        s.chars().collect()
    }

    fn of_one(chain: &str, before: &str, after: &str, nats: f32) -> Option<f32> {
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
    fn a_word_or_two_of_han_characters_may_be_a_list() {
        let cases = [
            ("windows-874>euc-kr", "桿", "สิ", true),
            ("windows-874>euc-kr", "杆↔桿;", "สาก๊สิ;", true),
            ("windows-874>euc-kr", "杆桿杆", "สากสิสา", false),
            ("windows-874>euc-kr", "杆桿︽杆", "สากสิ。สา", false),
            ("windows-874>euc-kr", "杆a桿", "สาaสิ", false),
        ];
        for (chain, before, after, expected) in cases {
            let expected = expected.then_some(AS_LIKELY_AS_NOT);
            assert_eq!(of_one(chain, before, after, 20.0), expected, "{before}");
        }
    }

    #[test]
    fn hangul_is_not_taken_for_han_beside_hangul() {
        let cases = [
            ("gbk>euc-kr", "쓔쓔쓩~", "敦敦用~", "날아라", true),
            ("gbk>euc-kr", "쓔쓔쓩~", "敦敦用~", "", false),
            ("euc-kr>windows-1251", "дбИЖ", "動마", "", true),
            ("euc-kr>windows-1251", "дбИЖ", "동마", "", false),
            ("utf-8>gbk", "歆€", "지", "하지", false),
        ];
        for (chain, before, after, kept, expected) in cases {
            let kept = [word(kept)];
            let (before, after) = (word(before), word(after));
            let changed = [ChangedWord { before, after }];
            let chain = chain.parse().unwrap();
            assert_eq!(is_korean_without_words(&chain, &changed, &kept), expected);
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
