//! Characters that count as one symbol in n-grams: what a writer could have typed either way.
//!
//! A fold shares the statistics of its members (a word is as likely with `’` as with `'` but for
//! one factor); the table file holds each member's share.

/// A class of characters that is one symbol: its place among the special symbols.
pub(crate) type Class = u32;
/// `"` and curly double quotes.
pub(crate) const QUOTE: Class = 0;
/// Apostrophes and single quotes.
pub(crate) const APOSTROPHE: Class = 1;
/// Low quotes.
pub(crate) const LOW_QUOTE: Class = 2;
/// Hyphens.
pub(crate) const HYPHEN: Class = 3;
/// Dashes.
pub(crate) const DASH: Class = 4;
/// Decimal digits.
pub(crate) const DIGIT: Class = 5;
/// Full-width Latin letters, which are no [`FOLDS`] but one symbol too.
pub(crate) const WIDE_LETTER: Class = 6;

/// The folds of characters that are not cased letters, in code point order.
///
/// The shares stand in the table file in this order, so a change here asks for training.
pub(crate) const FOLDS: &[(char, Class)] = &[
    ('"', QUOTE),
    ('\'', APOSTROPHE),
    ('-', HYPHEN),
    ('0', DIGIT),
    ('1', DIGIT),
    ('2', DIGIT),
    ('3', DIGIT),
    ('4', DIGIT),
    ('5', DIGIT),
    ('6', DIGIT),
    ('7', DIGIT),
    ('8', DIGIT),
    ('9', DIGIT),
    ('\u{ad}', HYPHEN),
    ('ʻ', APOSTROPHE),
    ('ʼ', APOSTROPHE),
    ('‐', HYPHEN),
    ('‑', HYPHEN),
    ('–', DASH),
    ('—', DASH),
    ('―', DASH),
    ('‘', APOSTROPHE),
    ('’', APOSTROPHE),
    ('‚', LOW_QUOTE),
    ('‛', APOSTROPHE),
    ('“', QUOTE),
    ('”', QUOTE),
    ('„', LOW_QUOTE),
    ('‟', QUOTE),
];

/// The place of `c` in [`FOLDS`].
pub(crate) fn fold_index(c: char) -> Option<usize> {
    match c {
        // the commonest by far need no search
        '0'..='9' => Some(3 + (c as usize - '0' as usize)),
        '\'' => Some(1),
        '\0'..='~' if !matches!(c, '"' | '-') => None,
        _ => FOLDS.binary_search_by_key(&c, |&(from, _)| from).ok(),
    }
}

/// The lower-case form as one character; `c` itself where there is none.
pub(crate) fn lower(c: char) -> char {
    let plus = |n: u32| char::from_u32(c as u32 + n).unwrap_or(c);
    match c {
        'A'..='Z' | 'À'..='Ö' | 'Ø'..='Þ' | 'Α'..='Ρ' | 'Σ'..='Ϋ' | 'А'..='Я' => plus(32),
        'Ѐ'..='Џ' => plus(80),
        // what has no capitals, and what are none
        '\0'..='¿' | 'ß'..='ÿ' | 'а'..='џ' | '\u{560}'..='\u{109F}' => c,
        '\u{2E80}'..='\u{A63F}' | '\u{AC00}'..='\u{FF20}' => c,
        // `İ` lowers to two characters, of which the first is the letter
        _ => c.to_lowercase().next().unwrap_or(c),
    }
}

/// The full-width form of half-width kana, from U+FF66.
const KANA: [char; 58] = [
    'ヲ', 'ァ', 'ィ', 'ゥ', 'ェ', 'ォ', 'ャ', 'ュ', 'ョ', 'ッ', 'ー', 'ア', 'イ', 'ウ', 'エ', 'オ',
    'カ', 'キ', 'ク', 'ケ', 'コ', 'サ', 'シ', 'ス', 'セ', 'ソ', 'タ', 'チ', 'ツ', 'テ', 'ト', 'ナ',
    'ニ', 'ヌ', 'ネ', 'ノ', 'ハ', 'ヒ', 'フ', 'ヘ', 'ホ', 'マ', 'ミ', 'ム', 'メ', 'モ', 'ヤ', 'ユ',
    'ヨ', 'ラ', 'リ', 'ル', 'レ', 'ロ', 'ワ', 'ン', '\u{3099}', '\u{309A}',
];

/// The full-width form of a half-width kana; `c` itself where there is none.
pub(crate) fn full_kana(c: char) -> char {
    (c as usize)
        .checked_sub(0xFF66)
        .and_then(|i| KANA.get(i))
        .copied()
        .unwrap_or(c)
}

/// The half-width form of a katakana or its voice mark.
#[allow(dead_code, reason = "the trainer asks for it")]
pub(crate) fn half_kana(c: char) -> Option<char> {
    let i = KANA.iter().position(|&k| k == c)?;
    char::from_u32(0xFF66 + i as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_are_sorted_and_found() {
        assert!(FOLDS.is_sorted_by_key(|&(from, _)| from));
        for (i, &(from, _)) in FOLDS.iter().enumerate() {
            assert_eq!(fold_index(from), Some(i), "{from:?}");
        }
        assert_eq!(fold_index('a'), None);
    }

    #[test]
    fn kana_have_their_forms() {
        assert_eq!(
            ['ｦ', 'ｱ', 'ﾝ', 'ﾟ', 'ア'].map(full_kana),
            ['ヲ', 'ア', 'ン', '\u{309A}', 'ア']
        );
    }

    #[test]
    fn quick_lower_agrees_with_unicode() {
        for c in ('\0'..=char::MAX).filter(|&c| c != 'İ') {
            assert_eq!(c.to_lowercase().next(), Some(lower(c)), "{c:?}");
        }
        assert_eq!(lower('İ'), 'i');
    }
}
