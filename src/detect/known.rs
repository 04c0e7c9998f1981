//! Common words that a repair makes or takes away: `però` for `perň`.

use super::features::odd_case;
use super::plausibility::words;
use super::script::Script;
use super::symbols::is_prose_punctuation;
use crate::model::words::is_known;

/// Words with letters outside ASCII that differ between a text and its repair.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Known {
    /// Known words that stood there, and all that could have been known.
    pub(crate) lost: f32,
    pub(crate) before: f32,
    /// Known words that come out, and all that could have been known.
    pub(crate) made: f32,
    pub(crate) after: f32,
}

/// Nats that a known word is worth, and one that is not known although its neighbours could be. Of
/// one or two letters many a sequence is a word of some language.
const KNOWN: f32 = 2.5;
const KNOWN_OF_THREE: f32 = 1.5;
const KNOWN_SHORT: f32 = 0.8;

/// Scripts of which the table holds words.
fn is_listed(word: &[char]) -> bool {
    word.iter().any(|&c| {
        matches!(
            Script::of(c),
            Script::Latin
                | Script::Cyrillic
                | Script::Greek
                | Script::Hebrew
                | Script::Arabic
                | Script::Armenian
                | Script::Georgian
        ) && !c.is_ascii()
    })
}

fn weight(word: &[char]) -> f32 {
    match word.len() {
        0..=2 => KNOWN_SHORT / KNOWN,
        3 => KNOWN_OF_THREE / KNOWN,
        _ => 1.0,
    }
}

/// A known word in usual case: `прЯмым` is not one.
pub(crate) fn is_common(word: &[char]) -> bool {
    is_known(word) && odd_case(word) == 0
}

impl Known {
    /// Counts the words of one token and of what it becomes; those that stay count in neither.
    pub(crate) fn add(&mut self, before: &[char], after: &[char]) {
        let old: Vec<&[char]> = listed(before).collect();
        let new: Vec<&[char]> = listed(after).collect();
        for word in old.iter().filter(|w| !new.contains(w)) {
            self.before += weight(word);
            self.lost += if is_common(word) { weight(word) } else { 0.0 };
        }
        for word in new.iter().filter(|w| !old.contains(w)) {
            self.after += weight(word);
            self.made += if is_common(word) { weight(word) } else { 0.0 };
        }
    }

    /// What the known words of a token are worth at the most: each ends at a sign that is no letter.
    pub(crate) fn most_nats(token: &[char]) -> f32 {
        let is_sign =
            |c: &&char| !c.is_ascii_alphabetic() && (c.is_ascii() || is_prose_punctuation(**c));
        KNOWN * (1 + token.iter().filter(is_sign).count()) as f32
    }

    /// Log-odds in nats that the known words are worth.
    pub(crate) fn nats(&self) -> f32 {
        KNOWN * (self.made - self.lost)
    }
}

/// The words of a token that end where words end: letters between signs of mojibake are none.
fn listed(token: &[char]) -> impl Iterator<Item = &[char]> {
    let is_end = |at: Option<usize>| {
        let sign = at.and_then(|i| token.get(i));
        sign.is_none_or(|&c| c.is_ascii() || is_prose_punctuation(c))
    };
    words(token)
        .filter(move |range| is_end(range.start.checked_sub(1)) && is_end(Some(range.end)))
        .filter_map(|range| token.get(range))
        .filter(|word| is_listed(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(before: &str, after: &str) -> Known {
        let chars = |text: &str| text.chars().collect::<Vec<_>>();
        let mut known = Known::default();
        known.add(&chars(before), &chars(after));
        known
    }

    #[test]
    fn a_word_that_comes_out_counts_for_a_repair_and_one_that_goes_against_it() {
        assert!(known("perň", "però").nats() > 2.0);
        assert!(known("però", "perň").nats() < -2.0);
        // What stays says nothing, nor does a script without words in the table.
        assert_eq!(known("però", "però"), Known::default());
        assert_eq!(known("浣犲ソ", "你好").nats(), 0.0);
        assert!(known("нельзЯ", "нельзя").nats() > 2.0);
        assert_eq!(known("Ç¯¡Ê²Í¶õ¡Ë", "年（架空）").lost, 0.0);
        // Two letters prove less than a word.
        assert!(known("Γ", "à").nats() < known("bαltics", "bàltics").nats());
    }
}
