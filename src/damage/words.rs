//! How likely a character is to be followed by another within a word.
//!
//! The model of 75 languages knows the commonest pairs of Chinese only. A lost byte leaves a
//! choice between many words, and those are in a dictionary.

use std::collections::HashMap;
use std::sync::LazyLock;

/// A character that follows others within words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Following {
    /// ln p after the others.
    pub ln_p: f32,
    /// Whether few of the words end with it: 检察 is mostly 检察院 or 检察官.
    pub goes_on: bool,
}

/// By the two characters before, NUL where the table looks at one only.
static FOLLOWING: LazyLock<HashMap<(char, char, char), Following>> = LazyLock::new(|| {
    let mut table = HashMap::new();
    for line in include_str!("words.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
    {
        let (mut first, mut second) = ('\0', '\0');
        let mut group = None;
        for c in line.chars() {
            match group {
                _ if c.is_ascii_alphabetic() => group = Some(c),
                None => (first, second) = (second, c),
                Some(group) => {
                    let halves = (group.to_ascii_lowercase() as u8).saturating_sub(b'a');
                    let following = Following {
                        ln_p: -f32::from(halves) / 2.0,
                        goes_on: group.is_ascii_uppercase(),
                    };
                    table.insert((first, second, c), following);
                }
            }
        }
    }
    table
});

/// A character after two others, where a dictionary has it there.
pub(super) fn following(before: char, last: char, c: char) -> Option<Following> {
    let after_one = FOLLOWING.get(&('\0', last, c)).copied();
    match (FOLLOWING.get(&(before, last, c)).copied(), after_one) {
        (Some(two), Some(one)) if one.ln_p > two.ln_p => Some(one),
        (two, one) => two.or(one),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commoner_words_are_likelier() {
        let ln_p = |a, b| following('\0', a, b).map(|f| f.ln_p);
        assert!(ln_p('清', '楚') > ln_p('清', '除'));
        assert!(ln_p('規', '模') > ln_p('規', '浚'));
        assert_eq!(ln_p('楚', '清'), None);
    }

    #[test]
    fn some_pairs_ask_for_more() {
        assert!(following('\0', '检', '察').is_some_and(|f| f.goes_on));
        assert!(following('\0', '检', '查').is_some_and(|f| !f.goes_on));
    }

    #[test]
    fn longer_words_are_known() {
        let ln_p = |before| following(before, '来', '越').map(|f| f.ln_p);
        assert!(ln_p('越') > ln_p('\0'));
    }

    #[test]
    fn words_are_regenerated() {
        let table = include_str!("words.txt");
        crate::damage::assert_regenerated("words", "words.txt", table);
    }
}
