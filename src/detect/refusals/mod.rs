//! Repairs that are never made, whatever the odds: each rule has its reason and its cases.

mod signs;

pub(crate) use signs::are_icons;

use super::features::{ChangedWord, beside_letter, is_plain_word};
use super::frames::fit_together;
use super::plausibility::{is_letter, word_log_prob};
use super::script::Script;
use super::symbols::{BOX, class_of, is_alphabetic, is_decimal_digit, is_prose_punctuation};
use super::tables::{is_a_part_of_a_table, is_a_table, is_a_table_of_a_code_page};
use crate::damage::lost::{holds_misread_replacements, is_misread_replacement};
use crate::encoding::Encoding;
use crate::misdecoding::Chain;
use crate::model::words::is_known;
use signs::{
    cuts_words_with_frames, is_a_rule_of_one_sign, is_an_icon, is_half_a_quotation,
    makes_pictures_of_no_words, makes_signs_of_spaces, makes_soft_hyphens_outside_words,
    makes_symbols_in_their_places, makes_units, turns_a_sign_into_a_sign,
    turns_a_word_into_a_rare_sign, turns_letters_into_bare_symbols,
};
use std::ops::Range;

/// Whether a rule forbids the repair. `proven` says that the document shows the chain elsewhere: then a
/// word or sign is enough that would prove nothing alone.
pub(crate) fn is_refused(
    chain: &Chain,
    text: &[char],
    stretches: &[Stretch],
    changed: &[ChangedWord],
    kept: &[Vec<char>],
    proven: bool,
) -> bool {
    let alone = || {
        is_one_letter_alone(chain, text, changed, kept)
            || is_half_a_quotation(chain, text, changed)
            || is_a_short_word_of_another_script(chain, text, changed)
            || is_an_abbreviation(chain, text, changed)
    };
    let to_signs = || {
        turns_letters_into_bare_symbols(text, stretches)
            || turns_a_word_into_a_rare_sign(chain, changed)
    };
    repairs_what_is_lost(text, stretches, changed)
        || makes_no_characters(stretches)
        || is_one_sequence_beside_clean_signs(chain, changed, kept)
        || is_a_rule_of_one_sign(chain, changed)
        || (turns_a_sign_into_a_sign(chain, changed)
            && !(proven && is_multi_byte(chain))
            && !makes_units(changed))
        || spells_the_same_letters(changed)
        || is_a_table_of_a_code_page(chain, changed)
        || is_a_table(text)
        || is_a_part_of_a_table(chain, text)
        || is_an_icon(chain, changed)
        || makes_signs_of_spaces(chain, changed)
        || cuts_words_with_frames(chain, changed)
        || has_voiced_kana(changed)
        || is_utf8_still(chain, changed)
        || turns_numbers_into_letters(text, stretches)
        || makes_soft_hyphens_outside_words(changed)
        || (to_signs()
            && !makes_symbols_in_their_places(text, stretches)
            && !makes_pictures_of_no_words(chain, changed))
        || (!proven && alone())
}

/// Characters of the mangled text, and what they become.
pub(crate) type Stretch = (Range<usize>, Vec<char>);

/// U+FFFD says no more than the mojibake of it, and that mojibake is no other text: `ï¿½ï¿½` is not `ЛилЛил`.
fn repairs_what_is_lost(text: &[char], stretches: &[Stretch], changed: &[ChangedWord]) -> bool {
    let mut mangled = stretches.iter().filter_map(|s| text.get(s.0.clone()));
    stretches.iter().any(|s| s.1.contains(&'\u{FFFD}'))
        || changed.iter().any(|w| is_misread_replacement(&w.before))
        || mangled.any(holds_misread_replacements)
}

/// Beyond the planes of East Asia there are no characters but tags: what decodes to such was something else.
fn makes_no_characters(stretches: &[Stretch]) -> bool {
    let is_none = |c: &char| matches!(c, '\u{40000}'..='\u{DFFFF}' | '\u{E0200}'..='\u{EFFFF}');
    stretches.iter().any(|s| s.1.iter().any(is_none))
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
        w.iter().any(|&c| is_prose_punctuation(c)) && !w.iter().any(|&c| is_alphabetic(c))
    };
    utf8 && one && kept.iter().any(sign)
}

/// A word of two letters that is a word as it stands is no evidence of another script, unless all words around are
/// written in that script and none in its own: `participer а la`. Two accented letters that are no word (`íå`) are none.
fn is_a_short_word_of_another_script(
    chain: &Chain,
    text: &[char],
    changed: &[ChangedWord],
) -> bool {
    let [word] = changed else {
        return false;
    };
    let legacy = chain.iter().all(|m| m.written != Encoding::Utf8);
    let letters =
        |w: &[char]| -> Vec<char> { w.iter().copied().filter(|&c| is_alphabetic(c)).collect() };
    let (before, after) = (letters(&word.before), letters(&word.after));
    let (Some(&old), Some(&new)) = (before.first(), after.first()) else {
        return false;
    };
    let count = |script: Script| {
        let is_one = |&&c: &&char| is_letter(c) && Script::of(c) == script;
        text.iter().filter(is_one).count()
    };
    let (old, new) = (Script::of(old), Script::of(new));
    let is_stranger = count(old) == before.len() && count(new) >= WORDS_AROUND;
    let is_accented = |c: &char| !c.is_ascii() && Script::of(*c) == Script::Latin;
    let is_no_word = before.len() == 2 && before.iter().all(is_accented) && !is_known(&before);
    legacy
        && before.len() <= 2
        && is_plain_word(&word.before)
        && old != new
        && !is_stranger
        && !is_no_word
}

/// Two letters of one case and nothing else are as likely an abbreviation: `рф` is no `ад`.
fn is_an_abbreviation(chain: &Chain, text: &[char], changed: &[ChangedWord]) -> bool {
    let [word] = changed else {
        return false;
    };
    let scripts = |word: &[char]| -> Vec<Script> {
        let letters = word.iter().filter(|c| is_alphabetic(**c));
        letters.map(|&c| Script::of(c)).collect()
    };
    let letters: Vec<char> = text.iter().copied().filter(|&c| is_alphabetic(c)).collect();
    let legacy = chain.iter().all(|m| m.written != Encoding::Utf8);
    let of_one_case =
        letters.iter().all(|c| c.is_lowercase()) || letters.iter().all(|c| c.is_uppercase());
    legacy
        && letters.len() == 2
        && of_one_case
        && !letters.iter().any(|&c| Script::of(c) == Script::Latin)
        && scripts(&word.before) == scripts(&word.after)
}

/// So many letters of a script are words of it.
const WORDS_AROUND: usize = 8;

/// A single two-byte UTF-8 sequence that gives a letter beside no other letter: `√π` in a line without
/// words and `5×£35` are as good as they stand. In a line of Latin letters it is `à` or `é`, unless others stand there
/// that the same mishap would have mangled: `è ∞ se √π`.
fn is_one_letter_alone(
    chain: &Chain,
    text: &[char],
    changed: &[ChangedWord],
    kept: &[Vec<char>],
) -> bool {
    let [word] = changed else {
        return false;
    };
    let others = |w: &[char]| w.iter().filter(|c| !c.is_ascii()).count();
    if chain.len() != 1 || others(&word.before) != 2 || others(&word.after) != 1 {
        return false;
    }
    let Some(at) = word.after.iter().position(|c| !c.is_ascii()) else {
        return false;
    };
    let letter = word.after.get(at).copied().unwrap_or_default();
    let alone = !beside_letter(&word.after, at);
    let usual = chain
        .iter()
        .all(|m| matches!(m.read, Encoding::Windows1252 | Encoding::Iso8859_1))
        || text.iter().any(char::is_ascii_alphabetic) && is_word_by_itself(&word.before)
        || is_no_pair(&word.before);
    // Words of one letter are letters of Latin-1, and the article of Afrikaans; letters of Greek are names of things
    // (`Î±-blocker`).
    let is_greek = matches!(letter, 'α'..='ω');
    let is_all = !kept
        .iter()
        .flatten()
        .any(|&c| !c.is_ascii() && is_letter(c));
    let is_word = matches!(letter, '\0'..='ÿ' | 'ŉ');
    let usual = usual && is_all && is_word || is_greek && chain.iter().all(is_western);
    let utf8 = chain.iter().all(|m| m.written == Encoding::Utf8);
    utf8 && letter.is_alphanumeric() && alone && !usual
}

/// Whether what a word has outside ASCII may be a word: no part of a formula, and no frame (`2/√π`, `[├┤]`).
fn is_word_by_itself(word: &[char]) -> bool {
    let is_formula = |c: &char| c.is_ascii_digit() || "*/+=^".contains(*c);
    let is_box = |c: char| class_of(c).is_some_and(|class| class.block == BOX);
    let fits =
        |pair: &[char]| matches!(pair, [a, b] if is_box(*a) && is_box(*b) && fit_together(*a, *b));
    !word.iter().any(is_formula) && !word.windows(2).any(fits)
}

/// Whether a letter and a sign outside ASCII stand together that nobody would write so: `Ă©`, `├á`.
fn is_no_pair(word: &[char]) -> bool {
    let mut others = word.iter().filter(|c| !c.is_ascii());
    let is_frame = |c: char| class_of(c).is_some_and(|class| class.block == BOX);
    match (others.next(), others.next()) {
        (Some(&a), Some(&b)) => {
            is_letter(a) && class_of(b).is_some() || is_frame(a) && is_letter(b)
        }
        _ => false,
    }
}

/// Whether text was read as a page of Windows or of ISO 8859 whose letters are Latin.
fn is_western(m: crate::misdecoding::Misdecoding) -> bool {
    matches!(
        m.read,
        Encoding::Windows1252
            | Encoding::Windows1250
            | Encoding::Windows1254
            | Encoding::Iso8859_1
            | Encoding::Iso8859_15
    )
}

/// Whether text was written in an encoding of several bytes a character, of which signs are seldom whole characters by
/// chance.
pub(crate) fn is_multi_byte(chain: &Chain) -> bool {
    let written = chain.iter().next().map(|m| m.written);
    written.is_some_and(|e| e != Encoding::Utf8 && !e.is_single_byte())
}

/// Romanian is written with a cedilla or with a comma below: either is as it was meant, whatever the
/// code page has for it.
fn spells_the_same_letters(changed: &[ChangedWord]) -> bool {
    changed.iter().all(|w| are_spelt_alike(&w.before, &w.after))
}

/// Whether two texts differ in nothing but a cedilla for a comma below.
pub(crate) fn are_spelt_alike(a: &[char], b: &[char]) -> bool {
    let with_comma = |c: &char| match c {
        'ş' => 'ș',
        'Ş' => 'Ș',
        'ţ' => 'ț',
        'Ţ' => 'Ț',
        &other => other,
    };
    a.iter().map(with_comma).eq(b.iter().map(with_comma))
}

/// Half-width voicing marks that all stand after kana which can be voiced are Japanese.
fn has_voiced_kana(changed: &[ChangedWord]) -> bool {
    let can_be_voiced =
        |c: char| matches!(c, '\u{FF73}' | '\u{FF76}'..='\u{FF84}' | '\u{FF8A}'..='\u{FF8E}');
    let (mut marks, mut voiced) = (0, 0);
    for word in changed {
        for (i, _) in word
            .before
            .iter()
            .enumerate()
            .filter(|c| matches!(c.1, 'ﾞ' | 'ﾟ'))
        {
            let last = i.checked_sub(1).and_then(|i| word.before.get(i));
            marks += 1;
            voiced += usize::from(last.is_some_and(|&c| can_be_voiced(c)));
        }
    }
    marks >= 3 && voiced == marks
}

/// What a code page makes of a text is no text where its bytes are UTF-8 that reads better: `喔о复` in GBK is `วิ`, and not
/// `เธงเธด` by way of windows-874.
fn is_utf8_still(chain: &Chain, changed: &[ChangedWord]) -> bool {
    let Some(written) = chain.iter().next().map(|m| m.written) else {
        return false;
    };
    let is_utf8 = |word: &ChangedWord| {
        let bytes: Option<Vec<u8>> = word
            .after
            .iter()
            .map(|&c| Some(*written.encode_char(c)?.as_slice().first()?))
            .collect();
        let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
        let text: Option<Vec<char>> = text.map(|text| text.chars().collect());
        text.is_some_and(|text| word_log_prob(&text) > word_log_prob(&word.after))
    };
    written.is_single_byte() && changed.iter().all(is_utf8)
}

/// Digits of any script are numbers: `١٩٦٢` is no `국떤`.
fn turns_numbers_into_letters(text: &[char], stretches: &[Stretch]) -> bool {
    stretches.iter().any(|(range, after)| {
        let before = text.get(range.clone()).unwrap_or_default();
        let mut others = before.iter().filter(|c| !c.is_ascii()).peekable();
        others.peek().is_some()
            && others.all(|&c| is_decimal_digit(c))
            && after.iter().any(|&c| is_letter(c))
    })
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
            false,
        )
    }

    #[test]
    fn a_short_word_of_another_script_is_judged_by_the_words_around() {
        let cases = [
            ("nous fait participer а la", true),
            ("ou а", false),
            ("слово а la carte ou menu", false),
        ];
        for (text, expected) in cases {
            let changed = [ChangedWord {
                before: word("а"),
                after: word("à"),
            }];
            let chain = "windows-1252>windows-1251".parse().unwrap();
            let refused = is_a_short_word_of_another_script(&chain, &word(text), &changed);
            assert_eq!(!refused, expected, "{text}");
        }
    }

    #[test]
    fn each_rule_forbids_its_case_and_lets_its_neighbour_pass() {
        let utf8 = "utf-8>windows-1252";
        let cases = [
            (utf8, "ï¿½", "\u{FFFD}", &[][..], true),
            ("ibm866>ibm850", "ï¿½ï¿½", "ЛилЛил", &[], true),
            ("ibm866>ibm850", "ï¿½ï", "ЛилЛ", &[], false),
            ("iso-8859-5>ibm855", "Ãï¿½ï¿½", "шонеоне", &[], true),
            ("utf-8>big5", "聶聶職職", "¿¿¾¾", &[], true),
            ("utf-8>windows-874", "EGATยกนำ", "EGAT¡นำ", &[], true),
            ("utf-8>gbk", "25掳", "25°", &[], false),
            ("utf-8>gbk", "路5", "·5", &[], true),
            ("utf-8>gbk", "km虏,", "km²,", &[], false),
            ("utf-8>gbk", "虏", "²", &[], true),
            ("utf-8>gbk", "庐", "®", &[], true),
            ("utf-8>gbk", "Ruby庐", "Ruby®", &[], false),
            ("utf-8>gbk", "漏2020", "©2020", &[], false),
            ("utf-8>gbk", "漏", "©", &[], true),
            ("utf-8>windows-1251", "кмВІ", "км²", &[], false),
            ("utf-8>gbk", "鈥檚", "’s", &[], false),
            (utf8, "DrÃ¥ber", "Dråber", &["–"], true),
            (utf8, "DrÃ¥ber", "Dråber", &["für"], false),
            (utf8, "DrÃ¥berÃ¥", "Dråberå", &["–"], false),
            ("ibm437>windows-1252", "———", "═══", &[], true),
            ("ibm437>windows-1252", "—═—", "═ы═", &[], false),
            ("ibm437>windows-1252", "——", "══", &[], true),
            (
                "windows-874>windows-1250",
                "ĎĎĎđ?ĎĎĎ",
                "าาาะ?าาา",
                &[],
                true,
            ),
            ("gbk>big5", ">§<", ">”<", &[], true),
            ("utf-8>macintosh", "√π", "ù", &[], true),
            ("utf-8>macintosh", "se √π", "se ù", &[], false),
            ("utf-8>macintosh", "se √π", "se ù", &["è"], true),
            (utf8, "Å—", "ŗ", &[], true),
            ("utf-8>macintosh", "`¬´", "`«", &[], true),
            ("windows-1256>windows-1251", "Ён", "في", &[], true),
            ("windows-1251>ibm866", "рф", "ад", &[], true),
            ("ibm866>windows-1251", "Ў®", "во", &[], false),
            ("ibm866>windows-1251", "эр го", "на то", &[], false),
            ("koi8-r>windows-1251", "оП", "По", &[], false),
            (utf8, "Â«a", "«a", &[], false),
            ("utf-8>macintosh", "pi√π", "più", &[], false),
            (utf8, "5×£35", "5ף35", &[], true),
            (utf8, "(Ã©)", "(é)", &[], false),
            (utf8, "Î±-blocker", "α-blocker", &[], false),
            ("utf-8>ibm437", "╬▒-blocker", "α-blocker", &[], true),
            (
                "gbk>euc-kr",
                "콦콨콪콫콬괌괍괏광괘",
                "睖睗睘睙睜薄雹保堡饱",
                &[],
                true,
            ),
            ("koi8-r>windows-1252", "ÀÁÃÄÅÆÇÈÉÊ", "юацдефгхий", &[], true),
            (
                "koi8-r>windows-1252",
                "ðÒÉ×ÅÔÍÉÒÙ",
                "Приветмиры",
                &[],
                false,
            ),
            ("utf-8>ibm850", "Ôôô", "ⓓ", &[], true),
            ("utf-8>ibm850", "ÔÇó", "•", &[], false),
            ("utf-8>ibm850", "Ùñî", "뤌", &[], true),
            (utf8, "Âµg", "µg", &[], false),
            (utf8, "Åµyl", "ŵyl", &[], false),
            (utf8, "Åµ", "ŵ", &[], true),
            ("utf-8>ibm850", "ÒüÖ", "な", &[], false),
            (
                "utf-8>ibm437",
                "segment(\"█░\")",
                "segment(\"۰\")",
                &[],
                true,
            ),
            ("euc-kr>ibm864", "١٩٦٢", "국떤", &[], true),
            ("ibm850>iso-8859-14", "ŵyl", "\u{AD}yl", &[], true),
            (
                utf8,
                "presta\u{C2}\u{AD}rekord",
                "presta\u{AD}rekord",
                &[],
                false,
            ),
            ("ibm437>cp950", "\u{F8C1}", "är", &[], true),
            ("ibm437>windows-1252", ">§<", ">º<", &[], true),
            ("koi8-r>windows-1252", "\u{A0}\u{A0}áóí", "══асм", &[], true),
            ("koi8-r>windows-1252", "áóí", "асм", &[], false),
            ("windows-874>gbk", "喔о复", "เธงเธด", &[], true),
            ("ibm866>koi8-r", "А╞╝Ю╔╓", "според", &[], false),
            ("koi8-r>iso-8859-1", "\u{81}", "│", &[], true),
            (
                "windows-1252>iso-8859-1",
                "\u{93}a\u{94}",
                "“a”",
                &[],
                false,
            ),
            ("gbk>shift_jis", "ｶﾞｷﾞ｢ｸﾞ｣､", "掇忿⒏蓿｣､", &[], true),
            ("gbk>shift_jis", "ﾏﾟﾒﾞｶﾟｷ", "夏脚哆ｷ", &[], false),
            ("iso-8859-2>iso-8859-16", "și", "şi", &[], true),
            ("iso-8859-2>iso-8859-1", "koguõ", "koguő", &[], false),
            ("windows-1250>iso-8859-2", "9\u{96}10", "9–10", &[], false),
        ];
        for (chain, before, after, kept, expected) in cases {
            assert_eq!(refused(chain, before, after, kept), expected, "{before}");
        }
    }
}
