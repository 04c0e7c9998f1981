//! Which reading an inserting program writes after a character, and readings in parentheses.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Longest reading in characters (`zhuāng`).
const LONGEST: usize = 6;

static READINGS: LazyLock<HashMap<char, &'static str>> = LazyLock::new(|| {
    include_str!("readings.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(' '))
        .flat_map(|(reading, chars)| chars.chars().map(move |c| (c, reading)))
        .collect()
});

/// Whether a character's reading is this one, with its tone or, in a toneless family, without.
pub(super) fn is_reading_of(c: char, reading: &str) -> bool {
    let other = match c {
        // The one character whose reading was seen to differ from the source's on some pages.
        '長' => Some("zhǎng"),
        // What 着 became after its reading was put in.
        '著' => Some("zhe"),
        _ => None,
    };
    READINGS
        .get(&c)
        .copied()
        .into_iter()
        .chain(other)
        .any(|known| known == reading || known.chars().map(toneless).eq(reading.chars()))
}

/// Whether a reading bears a tone mark.
pub(super) fn has_tone(reading: &str) -> bool {
    reading.chars().any(|c| toneless(c) != c && c != 'ü')
}

/// A letter without its tone; ü is written v where tones are not.
fn toneless(c: char) -> char {
    match c {
        'ā' | 'á' | 'ǎ' | 'à' => 'a',
        'ē' | 'é' | 'ě' | 'è' => 'e',
        'ī' | 'í' | 'ǐ' | 'ì' => 'i',
        'ō' | 'ó' | 'ǒ' | 'ò' => 'o',
        'ū' | 'ú' | 'ǔ' | 'ù' => 'u',
        'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' | 'ü' => 'v',
        'ń' | 'ň' | 'ǹ' => 'n',
        _ => c,
    }
}

/// A reading with its closing parenthesis at the start of `text`: the reading and the length of
/// both. Some tables have a space before the parenthesis.
pub(super) fn closed_reading(text: &str) -> Option<(&str, usize)> {
    let letters = text
        .char_indices()
        .take(LONGEST + 1)
        .find(|&(_, c)| !toneless(c).is_ascii_lowercase())
        .map(|(i, _)| i)
        .filter(|&i| i > 0)?;
    let (reading, rest) = text.split_at_checked(letters)?;
    let space = usize::from(rest.starts_with(' '));
    rest.get(space..)?
        .starts_with(')')
        .then_some((reading, letters + space + 1))
}

/// A reading in parentheses at the start of `text`: the reading and the length of all.
pub(super) fn parenthesised_reading(text: &str) -> Option<(&str, usize)> {
    let (reading, length) = closed_reading(text.strip_prefix('(')?)?;
    Some((reading, length + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readings_are_found_with_and_without_a_space() {
        assert_eq!(parenthesised_reading("(huì )議"), Some(("huì", 6 + 1)));
        assert_eq!(parenthesised_reading("(huì)議"), Some(("huì", 6)));
        assert_eq!(parenthesised_reading("(zhuangzhuang)"), None);
        assert_eq!(parenthesised_reading("()"), None);
        assert_eq!(parenthesised_reading("(ii"), None);
        assert_eq!(closed_reading("qū)崿"), Some(("qū", 4)));
    }

    #[test]
    fn one_reading_a_character() {
        assert!(is_reading_of('會', "huì"));
        assert!(is_reading_of('會', "hui"));
        assert!(is_reading_of('長', "cháng"));
        assert!(!is_reading_of('會', "kuài"));
        assert!(has_tone("lǜ") && !has_tone("lü"));
    }

    #[test]
    fn table_is_regenerated() {
        let table = include_str!("readings.txt");
        crate::damage::assert_regenerated("readings", "pinyin.txt", table);
    }
}
