//! Characters of East Asia, of which any code makes something: what comes of them has to be more than chance.

use super::super::features::ChangedWord;
use super::super::plausibility::{is_letter, word_log_prob};
use super::super::script::Script;
use super::super::symbols::class_of;
use super::A_RARE_WORD;
use crate::encoding::Encoding;
use crate::misdecoding::Chain;
use crate::model::words::is_known;

/// Whether a legacy encoding makes Han characters of Hangul in a line of more Hangul, or one word of both: `дбИЖ` is no
/// `動마`.
pub(super) fn is_korean_without_words(
    chain: &Chain,
    changed: &[ChangedWord],
    kept: &[Vec<char>],
) -> bool {
    let has = |w: &[char], script: Script| w.iter().any(|&c| Script::of(c) == script);
    let is_mixed = |w: &[char]| has(w, Script::Hangul) && has(w, Script::Han);
    let is_one_mixed =
        matches!(changed, [word] if is_mixed(&word.after) && !is_mixed(&word.before));
    let is_lost =
        |w: &ChangedWord| has(&w.before, Script::Hangul) && !has(&w.after, Script::Hangul);
    let is_beside = changed.iter().all(is_lost) && kept.iter().any(|w| has(w, Script::Hangul));
    chain.iter().all(|m| m.written != Encoding::Utf8) && (is_one_mixed || is_beside)
}

/// Whether one Han character by itself would be a letter that is none of Western Europe: `'爪'` in a table is no `'צ'`.
pub(super) fn is_one_han_character(changed: &[ChangedWord]) -> bool {
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
pub(super) fn makes_no_words_of_han(chain: &Chain, changed: &[ChangedWord]) -> bool {
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

/// Whether of letters outside ASCII nothing comes but signs: `々〃ゝゞ` is no `」》〉《`.
pub(super) fn makes_signs_of_letters(chain: &Chain, changed: &[ChangedWord]) -> bool {
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
pub(super) fn may_be_a_word_list(changed: &[ChangedWord]) -> bool {
    let is_han = |c: &char| Script::of(*c) == Script::Han;
    let is_listed = |w: &ChangedWord| {
        let others = || w.before.iter().filter(|c| !is_han(c));
        let han = w.before.len() - others().count();
        (1..=2).contains(&han) && !others().any(|&c| is_letter(c))
    };
    changed.len() <= 2 && changed.iter().all(is_listed)
}

/// Whether what changes are Han characters that hardly any text has, from beyond the first plane: tables have them.
pub(super) fn has_rare_planes(changed: &[ChangedWord]) -> bool {
    let is_rare = |c: &char| matches!(c, '\u{20000}'..='\u{3FFFF}');
    changed
        .iter()
        .any(|w| w.before.iter().any(is_rare) && !w.after.iter().any(is_rare))
}

fn is_multi_byte_read(chain: &Chain) -> bool {
    chain
        .iter()
        .next_back()
        .is_some_and(|m| !m.read.is_single_byte())
}

#[cfg(test)]
mod tests {
    use super::super::AS_LIKELY_AS_NOT;
    use super::super::tests::{of_one, word};
    use super::*;

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
}
