//! Readings other than pinyin that a program inserted: zhuyin, or kana, in parentheses.
//!
//! People annotate words, hard ones or all of a lesson, each time as it is read there. A program
//! annotates single characters wherever they stand, in the middle of words too, always with the
//! same reading. So the evidence must come from characters that stand in different words.

use super::gbk::is_han;
use super::places::{Place, page, places};
use super::places_of;
use crate::detect::seek::first_triple;
use std::collections::{HashMap, HashSet};

/// Longest reading in characters (`ㄓㄨㄤˋ`, `しょう`, `うけたまわ`).
const LONGEST: usize = 5;
/// So many different characters must be annotated wherever they stand.
const CHARACTERS: usize = 8;
/// So many of them must be followed by different characters.
const IN_WORDS: usize = 4;

/// What a page does with one character.
#[derive(Default)]
struct Use<'a> {
    readings: HashSet<&'a str>,
    annotated: u32,
    bare: u32,
    next: HashSet<Option<char>>,
}

impl Use<'_> {
    fn is_regular(&self) -> bool {
        self.annotated > 0 && self.readings.len() == 1 && self.bare * 8 <= self.annotated
    }
}

/// Whether so many readings are there, and so many before a character that may have none, that a program may have put
/// them there: a pass over the bytes.
pub(super) fn may_be_inserted(text: &str) -> bool {
    // The bytes of `（`.
    let is_open = |a, b, c| (a == b'(') | ((a == 0xEF) & (b == 0xBC) & (c == 0x88));
    let (mut readings, mut within) = (0, 0);
    for at in places_of(text, |rest| first_triple(rest, is_open)) {
        let Some((before, rest)) = text.split_at_checked(at) else {
            continue;
        };
        if let Some((_, length)) = parenthesised(rest).filter(|_| before.ends_with(is_han)) {
            readings += 1;
            within += usize::from(
                rest.get(length..)
                    .is_some_and(|rest| rest.starts_with(is_han)),
            );
        }
    }
    readings >= CHARACTERS && are_mostly_within(within, readings)
}

/// Whether most readings stand before a character that could be of the same word.
fn are_mostly_within(within: usize, readings: usize) -> bool {
    within * 2 >= readings
}

/// The byte ranges of the inserted readings; none where the page does not show that they were.
pub(super) fn inserted(text: &str) -> Vec<(usize, usize)> {
    let places = places(text, parenthesised);
    let page = page(&places);
    let mut uses: HashMap<char, Use<'_>> = HashMap::new();
    for place in page {
        let entry = uses.entry(place.char).or_default();
        match place.reading {
            None => entry.bare += 1,
            Some(reading) => {
                entry.annotated += 1;
                entry.readings.insert(reading);
                entry.next.insert(place.next);
            }
        }
    }
    if !is_program(page, &uses) {
        return Vec::new();
    }
    page.iter()
        .filter(|p| p.reading.is_some() && uses.get(&p.char).is_some_and(Use::is_regular))
        .map(|p| p.range)
        .collect()
}

fn is_program(page: &[Place<'_>], uses: &HashMap<char, Use<'_>>) -> bool {
    let annotated = uses.values().filter(|u| u.annotated > 0).count();
    let regular: Vec<_> = uses.values().filter(|u| u.is_regular()).collect();
    let in_words = regular.iter().filter(|u| u.next.len() > 1).count();
    let of = |is: &dyn Fn(&Place<'_>) -> bool| page.iter().filter(|p| is(p)).count();
    let places = of(&|p| p.reading.is_some());
    // A reading in the middle of a word, and before a character that has none.
    let within = of(&|p| p.reading.is_some() && p.next.is_some_and(is_han));
    let adjacent = page
        .windows(2)
        .filter(|w| matches!(w, [a, b] if a.reading.is_some() && b.reading.is_some() && a.range.1 + b.char.len_utf8() == b.range.0))
        .count();
    regular.len() >= CHARACTERS
        && in_words >= IN_WORDS
        && regular.len() * 10 >= annotated * 9
        && are_mostly_within(within, places)
        && adjacent * 3 <= places
        && places * 5 <= page.len() * 3
}

/// Zhuyin or kana in parentheses at the start of a text: the reading, and the length of all.
pub(super) fn parenthesised(text: &str) -> Option<(&str, usize)> {
    let (open, close) = match text.chars().next()? {
        '(' => ('(', ')'),
        '（' => ('（', '）'),
        _ => return None,
    };
    let rest = text.get(open.len_utf8()..)?;
    let kind = Kana::of(rest.chars().next()?)?;
    let (end, _) = rest
        .char_indices()
        .take(LONGEST + 1)
        .find(|&(_, c)| Kana::of(c) != Some(kind))?;
    let (reading, rest) = rest.split_at_checked(end)?;
    rest.starts_with(close)
        .then_some((reading, open.len_utf8() + end + close.len_utf8()))
}

/// The letters a reading is written in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kana {
    Zhuyin,
    Hiragana,
    Katakana,
}

impl Kana {
    const fn of(c: char) -> Option<Kana> {
        match c {
            'ㄅ'..='ㄯ' | 'ˊ' | 'ˇ' | 'ˋ' | '˙' => Some(Kana::Zhuyin),
            'ぁ'..='ゖ' => Some(Kana::Hiragana),
            'ァ'..='ヶ' | 'ー' => Some(Kana::Katakana),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readings_are_found_in_either_parentheses() {
        assert_eq!(parenthesised("(ㄏㄨㄟˋ)議"), Some(("ㄏㄨㄟˋ", 13)));
        assert_eq!(parenthesised("（かい）議"), Some(("かい", 12)));
        for other in [
            "(huì)",
            "（かイ）",
            "(かい）",
            "(ひとつひとつ)",
            "()",
            "(か",
        ] {
            assert_eq!(parenthesised(other), None, "{other}");
        }
    }
}
