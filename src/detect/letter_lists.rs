//! Letters that stand for themselves: alphabets, letters with their capitals, lists of accents (`ŐőŰű`, `àèìòù`). Any code
//! page makes others of them, and those are as good a list.

use super::plausibility::is_letter;
use super::script::Script;
use unicode_normalization::UnicodeNormalization;

/// So many letters are a list where they have one accent, and where they have several.
const LIST: usize = 3;
const LONG: usize = 6;

/// Whether what a word has outside ASCII is such a list.
pub(crate) fn is_a_list(word: &[char]) -> bool {
    let others: Vec<char> = word.iter().copied().filter(|c| !c.is_ascii()).collect();
    is_twice(&others)
        || are_pairs(&others)
        || others
            .iter()
            .all(|&c| is_letter(c) && Script::of(c) == Script::Latin)
            && (has_one_accent(&others) || goes_through(&others))
}

/// Whether the letters stand there twice, small and as capitals: `alphabet='ăâîĂÂÎ'`.
fn is_twice(letters: &[char]) -> bool {
    let (first, second) = letters.split_at(letters.len() / 2);
    first.len() >= LIST && first != second && is_same_letters(first, second)
}

/// Whether each letter stands beside its capital: `ЂђЋћ`.
fn are_pairs(letters: &[char]) -> bool {
    let (pairs, rest) = letters.as_chunks::<2>();
    pairs.len() > 1
        && rest.is_empty()
        && pairs
            .iter()
            .all(|[a, b]| a != b && is_same_letters(&[*a], &[*b]))
}

fn is_same_letters(a: &[char], b: &[char]) -> bool {
    let lower = |letters: &[char]| {
        letters
            .iter()
            .flat_map(|c| c.to_lowercase())
            .collect::<Vec<_>>()
    };
    lower(a) == lower(b)
}

/// Whether letters of one accent stand in the order of the alphabet: `áéí`.
fn has_one_accent(letters: &[char]) -> bool {
    letters.len() >= LIST
        && letters.windows(2).all(|pair| {
            matches!(pair, [a, b] if base(*a) < base(*b) && accent(*a).is_some() && accent(*a) == accent(*b))
        })
}

/// Whether many letters, none of them twice, go through the alphabet, and most are neighbours by letter or accent:
/// `ÀÂÄÃÉÈÊËÌÎÏ`.
fn goes_through(letters: &[char]) -> bool {
    let is_neighbour =
        |a: char, b: char| base(a) == base(b) || accent(a).is_some() && accent(a) == accent(b);
    let pairs = || {
        letters
            .windows(2)
            .filter_map(|w| Some((*w.first()?, *w.last()?)))
    };
    let neighbours = pairs().filter(|&(a, b)| is_neighbour(a, b)).count();
    let descents = pairs().filter(|&(a, b)| base(a) > base(b)).count();
    let mut once = letters.to_vec();
    once.sort_unstable();
    once.dedup();
    letters.len() >= LONG
        && once.len() == letters.len()
        && neighbours * 3 >= pairs().count() * 2
        && descents * LONG <= letters.len()
}

/// A letter without its accent, as a small one.
fn base(c: char) -> Option<char> {
    c.nfd().next()?.to_lowercase().next()
}

fn accent(c: char) -> Option<char> {
    c.nfd().nth(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_letters_are_no_words() {
        let cases = [
            ("alphabet='ăâîĂÂÎ',", true),
            ("Some(\"ЂђЋћ\"),", true),
            ("'AaBbZzÅåÄäÖö',", true),
            ("\"áéí.jpeg\"", true),
            ("äöü", true),
            ("'ÀÂÄÃÉÈÊËÌÎÏÒÔÖÕÙÛÜÑ',", true),
            ("áóúäöüß", true),
            // Words, of which some have letters in order: «где», «вода», «окно», «ящик» and «шалом» in windows-1252.
            ("ãäå", false),
            ("âîäà", false),
            ("îêíî", false),
            ("ÿùèê", false),
            ("ùìåí", false),
            ("привет", false),
            ("Ёё", false),
            ("été", false),
            ("", false),
        ];
        for (word, expected) in cases {
            let chars: Vec<char> = word.chars().collect();
            assert_eq!(is_a_list(&chars), expected, "{word}");
        }
    }
}
