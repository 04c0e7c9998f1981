//! Full-width and half-width forms.

use super::Width;

/// A character in its usual width, if it has another one and the option is to change that.
///
/// These are the `<wide>` and `<narrow>` decompositions of the Unicode Character Database, one step of them: half-width
/// Hangul become the letters they stand for, not conjoining ones.
pub(super) fn usual(width: Width, c: char) -> Option<char> {
    let wide = match width {
        Width::Keep => return None,
        Width::KeepPunctuation => false,
        Width::All => true,
    };
    let number = u32::from(c);
    let usual = match c {
        'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '０'..='９' => number.wrapping_sub(0xfee0),
        '！'..='～' if wide => number.wrapping_sub(0xfee0),
        '｡'..='ﾟ' => return at(&NARROW_KANA, number.wrapping_sub(0xff61)),
        '\u{ffa0}' => 0x3164,
        'ﾡ'..='ﾾ' => number.wrapping_sub(0xffa1 - 0x3131),
        'ￂ'..='ￇ' => number.wrapping_sub(0xffc2 - 0x314f),
        'ￊ'..='ￏ' => number.wrapping_sub(0xffca - 0x3155),
        'ￒ'..='ￗ' => number.wrapping_sub(0xffd2 - 0x315b),
        'ￚ'..='ￜ' => number.wrapping_sub(0xffda - 0x3161),
        '￨'..='￮' => return at(&NARROW_SIGNS, number.wrapping_sub(0xffe8)),
        '￠'..='￦' if wide => return at(&WIDE_SIGNS, number.wrapping_sub(0xffe0)),
        '｟' if wide => 0x2985,
        '｠' if wide => 0x2986,
        '\u{3000}' if wide => 0x20,
        _ => return None,
    };
    char::from_u32(usual)
}

fn at(table: &[char], index: u32) -> Option<char> {
    table.get(usize::try_from(index).ok()?).copied()
}

#[rustfmt::skip]
const NARROW_KANA: [char; 63] = [
    '。', '「', '」', '、', '・', 'ヲ', 'ァ', 'ィ', 'ゥ', 'ェ', 'ォ', 'ャ', 'ュ', 'ョ', 'ッ', 'ー',
    'ア', 'イ', 'ウ', 'エ', 'オ', 'カ', 'キ', 'ク', 'ケ', 'コ', 'サ', 'シ', 'ス', 'セ', 'ソ', 'タ',
    'チ', 'ツ', 'テ', 'ト', 'ナ', 'ニ', 'ヌ', 'ネ', 'ノ', 'ハ', 'ヒ', 'フ', 'ヘ', 'ホ', 'マ', 'ミ',
    'ム', 'メ', 'モ', 'ヤ', 'ユ', 'ヨ', 'ラ', 'リ', 'ル', 'レ', 'ロ', 'ワ', 'ン', '\u{3099}', '\u{309a}',
];
const NARROW_SIGNS: [char; 7] = ['│', '←', '↑', '→', '↓', '■', '○'];
const WIDE_SIGNS: [char; 7] = ['¢', '£', '¬', '¯', '¦', '¥', '₩'];

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::UnicodeNormalization;

    #[test]
    fn every_form_of_the_standard_is_known_and_no_other_character() {
        for c in '\0'..=char::MAX {
            let form = matches!(c, '\u{3000}' | '\u{ff01}'..='\u{ffee}');
            // NFKC takes all the steps at once, so that both must end at the same.
            let is_form = form && !std::iter::once(c).nfkc().eq([c]);
            let usual = usual(Width::All, c);
            assert_eq!(usual.is_some(), is_form, "{c}");
            if let Some(usual) = usual {
                assert!(
                    std::iter::once(usual).nfkc().eq(std::iter::once(c).nfkc()),
                    "{c} {usual}"
                );
            }
        }
    }

    #[test]
    fn what_is_usual_in_chinese_and_japanese_stays_if_wanted() {
        for c in "，。！？：；（）［］｛｝〔〕「」『』、・～－＋＝％＃＠＆＊／＼｜＿＜＞＂＇｀￥￠￡\u{3000}".chars() {
            assert_eq!(usual(Width::KeepPunctuation, c), None, "{c}");
        }
    }
}
