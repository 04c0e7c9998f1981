//! Rules about signs: symbols, pictures, quotes, pieces of frames and spaces that letters would become, or that would
//! become letters.

use super::{Stretch, is_multi_byte};
use crate::detect::features::{ChangedWord, beside_letter, odd_case};
use crate::detect::plausibility::is_letter;
use crate::detect::script::Script;
use crate::detect::symbols::{LATIN_1, class_of, is_alphabetic, is_private, is_prose_punctuation};
use crate::encoding::Encoding;
use crate::misdecoding::Chain;
use crate::model::MODEL;
use std::ops::Range;

/// Letters that would leave nothing but Latin-1 symbols: 聶聶職職 is no `¿¿¾¾`, ยก is no `¡`.
pub(super) fn turns_letters_into_bare_symbols(text: &[char], stretches: &[Stretch]) -> bool {
    let symbol =
        |&c: &char| class_of(c).is_some_and(|s| s.block == LATIN_1) && !is_prose_punctuation(c);
    stretches.iter().all(|(range, after)| {
        let before = text.get(range.clone()).unwrap_or_default();
        before.iter().all(is_of_another_script) && after.iter().all(symbol)
    })
}

fn is_of_another_script(c: &char) -> bool {
    !matches!(Script::of(*c), Script::Common | Script::Latin)
}

/// Whether each stretch becomes one symbol of Latin-1 in its place, and no other letters of its script stand around: `25掳`
/// is 25°, `漏 2020` is © 2020. An upper-case letter after a lower-case one is out of place whatever stands around: `кмВІ`.
pub(super) fn makes_symbols_in_their_places(text: &[char], stretches: &[Stretch]) -> bool {
    let is_stranger = |c: &&char| is_of_another_script(c) && is_letter(**c);
    let of = |range: &Range<usize>| text.get(range.clone()).unwrap_or_default();
    let explained: usize = stretches
        .iter()
        .map(|(range, _)| of(range).iter().filter(is_stranger).count())
        .sum();
    let alone = text.iter().filter(is_stranger).count() == explained;
    stretches.iter().all(|(range, after)| {
        let before = text.get(..range.start).unwrap_or_default();
        let behind = text.get(range.end..).unwrap_or_default();
        let odd = before.last().is_some_and(|c| c.is_lowercase())
            && of(range).first().is_some_and(|c| c.is_uppercase());
        matches!(after.as_slice(), [sign] if is_in_its_place(*sign, before, behind))
            && (alone || odd)
    })
}

/// Whether a symbol of Latin-1 stands where it is written, between what is before and after it.
fn is_in_its_place(sign: char, before: &[char], after: &[char]) -> bool {
    let is_number = |c: &char| c.is_ascii_digit();
    let (last, next) = (before.last(), after.first());
    let number_before = || match before {
        [.., digit, ' '] | [.., digit] => is_number(digit),
        [] => false,
    };
    let number_after = || match after {
        [' ', digit, ..] | [digit, ..] => is_number(digit),
        [] => false,
    };
    match sign {
        '°' => number_before(),
        '£' | '¥' | '±' | '§' | '©' => number_after(),
        '²' | '³' => last.is_some_and(|c| c.is_lowercase()),
        '®' => last.is_some_and(char::is_ascii_alphabetic),
        '¼' | '½' | '¾' | 'ª' | 'º' => last.is_some_and(is_number),
        'µ' => number_before() && next.is_some_and(char::is_ascii_alphabetic),
        '×' | '÷' => number_before() && number_after(),
        '·' => last.is_some_and(is_number) && next.is_some_and(is_number),
        _ => false,
    }
}

/// Whether a sign becomes the exponent of a unit: `km˛` is `km²`.
pub(super) fn makes_units(changed: &[ChangedWord]) -> bool {
    let is_unit = |word: &ChangedWord| {
        let unit = word
            .after
            .iter()
            .skip_while(|c| c.is_ascii_digit() || **c == ',' || **c == '.');
        let unit: String = unit.copied().take_while(|c| c.is_alphanumeric()).collect();
        matches!(
            unit.as_str(),
            "m²" | "m³" | "km²" | "km³" | "cm²" | "cm³" | "dm³" | "mm²" | "mm³"
        )
    };
    changed.iter().all(is_unit)
}

/// Whether UTF-8 makes pictures and arrows of letters that no word has together: `馃殌` is 🚀.
pub(super) fn makes_pictures_of_no_words(chain: &Chain, changed: &[ChangedWord]) -> bool {
    let is_picture = |c: &char| matches!(c, '\u{2190}'..='\u{2BFF}' | '\u{1F000}'..='\u{1FAFF}' | '\u{200D}' | '\u{20E3}' | '\u{FE0F}');
    let is_no_word = |word: &[char]| {
        let is_mixed =
            |w: &[char]| matches!(w, [a, b] if !Script::of(*a).mixes_with(Script::of(*b)));
        let mut others = word.iter().filter(|c| !c.is_ascii());
        others.any(|&c| MODEL.unigram(c) < UNKNOWN)
            || word.windows(2).any(is_mixed)
            || odd_case(word) > 0
    };
    chain.iter().all(|m| m.written == Encoding::Utf8)
        && changed.iter().all(|word| {
            let mut new = word.after.iter().filter(|c| !c.is_ascii());
            new.all(is_picture) && is_no_word(&word.before)
        })
}

/// ln of the share of a character that texts hardly ever have.
const UNKNOWN: f32 = -15.0;

/// A single angle quote whose partner stands nowhere in the line is no reason to believe in a rare code
/// page: `` `¬´ `` may be half a face.
pub(super) fn is_half_a_quotation(chain: &Chain, text: &[char], changed: &[ChangedWord]) -> bool {
    let usual = |m: crate::misdecoding::Misdecoding| {
        matches!(m.read, Encoding::Windows1252 | Encoding::Iso8859_1)
    };
    let [word] = changed else {
        return false;
    };
    let mut new = word.after.iter().filter(|c| !c.is_ascii());
    let (Some(sign @ ('«' | '»')), None) = (new.next(), new.next()) else {
        return false;
    };
    let partner = if *sign == '«' { '»' } else { '«' };
    !chain.iter().any(usual) && !text.contains(&partner)
}

/// A sign that becomes another sign is no evidence of a legacy encoding: `§` in GBK are the bytes of
/// `”` in Big5.
pub(super) fn turns_a_sign_into_a_sign(chain: &Chain, changed: &[ChangedWord]) -> bool {
    let legacy = chain
        .iter()
        .next()
        .is_some_and(|m| m.written != Encoding::Utf8);
    let sign = |c: &char| c.is_ascii() || (!is_letter(*c) && !c.is_control());
    let mut observed = changed
        .iter()
        .flat_map(|w| &w.before)
        .filter(|c| !c.is_ascii());
    let one = observed
        .next()
        .is_some_and(|first| observed.all(|c| c == first));
    let signs = |w: &ChangedWord| {
        let new = |c: &&char| !c.is_ascii() && !w.before.contains(c);
        w.before.iter().filter(|c| !c.is_ascii()).all(sign) && w.after.iter().filter(new).all(sign)
    };
    legacy && one && changed.iter().all(signs)
}

/// A word of letters that would be nothing but a rare sign or letter: `Ôôô` is no `ⓓ`, `Ùñî` no `뤌`.
pub(super) fn turns_a_word_into_a_rare_sign(chain: &Chain, changed: &[ChangedWord]) -> bool {
    let [word] = changed else {
        return false;
    };
    let is_new = |c: &char| !c.is_ascii();
    let mut new = word.after.iter().filter(|c| is_new(c));
    let (Some(&sign), None) = (new.next(), new.next()) else {
        return false;
    };
    // In a word it is a letter of few languages: `ŵyl`.
    let at = word.after.iter().position(is_new).unwrap_or_default();
    if Script::of(sign) == Script::Latin && beside_letter(&word.after, at) {
        return false;
    }
    let letters = word
        .before
        .iter()
        .filter(|c| !c.is_ascii())
        .all(|&c| is_alphabetic(c));
    let rare = MODEL.unigram(sign) < RARE && !word.before.contains(&sign);
    chain.len() == 1 && letters && rare && !is_prose_punctuation(sign)
}

/// ln of the share of a sign that is rare in all text.
const RARE: f32 = -13.0;

/// Private-use characters and no others are icons of some font.
pub(super) fn is_an_icon(chain: &Chain, changed: &[ChangedWord]) -> bool {
    let mut legacy = chain.iter().map(|m| m.written != Encoding::Utf8);
    legacy.next() == Some(true) && are_icons(changed.iter().flat_map(|w| &w.before))
}

/// Whether all characters outside ASCII are for private use.
pub(crate) fn are_icons<'a>(text: impl IntoIterator<Item = &'a char>) -> bool {
    let mut others = text.into_iter().filter(|c| !c.is_ascii()).peekable();
    others.peek().is_some() && others.all(|&c| is_private(c))
}

/// No-break spaces are indents and gaps, and no `═` of KOI8-R; where they stand alone, they are no `†` either. Nor is a
/// control by itself a part of a frame.
pub(super) fn makes_signs_of_spaces(chain: &Chain, changed: &[ChangedWord]) -> bool {
    let legacy = chain
        .iter()
        .next()
        .is_some_and(|m| m.written != Encoding::Utf8);
    let frame = |c: &char| matches!(c, '\u{2500}'..='\u{25FF}');
    let drawn = |w: &ChangedWord| {
        let mut pairs = w.before.iter().zip(&w.after);
        w.before.len() == w.after.len() && pairs.any(|(&old, new)| old == '\u{A0}' && frame(new))
    };
    let signs = |w: &ChangedWord| {
        let mut others = w.before.iter().filter(|c| !c.is_ascii());
        let mut new = w.after.iter().filter(|c| !c.is_ascii());
        others.all(|&c| c == '\u{A0}') && !new.any(|&c| is_letter(c))
    };
    let controls = |w: &ChangedWord| {
        let mut others = w.before.iter().filter(|c| !c.is_ascii());
        others.all(|c| c.is_control()) && w.after.iter().filter(|c| !c.is_ascii()).all(frame)
    };
    legacy
        && (changed.iter().any(drawn) || changed.iter().all(signs) || changed.iter().all(controls))
}

/// Pieces of frames stand beside words, and not between two letters of one: `με▄αμίνη`. A dash between Han characters may
/// be drawn (`電腦─孟加拉`), and among many words two may have been joined by one.
pub(super) fn cuts_words_with_frames(chain: &Chain, changed: &[ChangedWord]) -> bool {
    let is_part = |c: char| is_letter(c) && !Script::of(c).is_east_asian();
    let is_cut = |three: &[char]| matches!(three, [a, '\u{2500}'..='\u{259F}', b] if is_part(*a) && is_part(*b));
    let is_cut =
        |w: &&ChangedWord| w.after.windows(3).any(is_cut) && !w.before.windows(3).any(is_cut);
    let cut = changed.iter().filter(is_cut).count();
    cut > changed.len() / WHOLE_TO_A_CUT_ONE && chain.iter().all(|m| m.written != Encoding::Utf8)
}

/// So many words stand to one that a piece of a frame may join to its neighbour.
const WHOLE_TO_A_CUT_ONE: usize = 10;

/// A soft hyphen stands between letters: `ŵyl` is no `\u{AD}yl`.
pub(super) fn makes_soft_hyphens_outside_words(changed: &[ChangedWord]) -> bool {
    let is_outside = |word: &[char], at: usize| {
        let last = at.checked_sub(1).and_then(|i| word.get(i));
        ![last, word.get(at + 1)]
            .iter()
            .all(|c| c.is_some_and(|&c| is_letter(c)))
    };
    changed
        .iter()
        .filter(|w| !w.before.contains(&'\u{AD}'))
        .any(|w| {
            let hyphens = w.after.iter().enumerate().filter(|c| *c.1 == '\u{AD}');
            hyphens.map(|(at, _)| at).any(|at| is_outside(&w.after, at))
        })
}

/// One sign three times in a row, and hardly another one, is a rule, a frame or a bar, and no legacy
/// encoding of letters.
pub(super) fn is_a_rule_of_one_sign(chain: &Chain, changed: &[ChangedWord]) -> bool {
    let legacy = chain
        .iter()
        .next()
        .is_some_and(|m| m.written != Encoding::Utf8);
    let observed = || {
        changed
            .iter()
            .flat_map(|w| &w.before)
            .filter(|c| !c.is_ascii())
    };
    let mut runs = changed.iter().flat_map(|w| w.before.windows(3));
    let thrice = |run: &&[char]| matches!(run, [a, b, c] if !a.is_ascii() && a == b && b == c);
    let Some(&sign) = runs.find(thrice).and_then(<[char]>::first) else {
        return false;
    };
    let (all, same) = (
        observed().count(),
        observed().filter(|&&c| c == sign).count(),
    );
    // A row of one lead byte may be a word: `ƒLƒƒƒ“ƒZƒ‹` is `キャンセル`.
    let is_word = || {
        let after = changed.iter().flat_map(|w| &w.after);
        let mut letters: Vec<char> = after
            .copied()
            .filter(|c| !c.is_ascii() && is_letter(*c))
            .collect();
        letters.sort_unstable();
        letters.dedup();
        letters.len() >= LETTERS_OF_A_WORD
    };
    legacy && same * 4 >= all * 3 && !(is_multi_byte(chain) && is_word())
}

/// Different letters that are a word, and no rule.
const LETTERS_OF_A_WORD: usize = 4;
