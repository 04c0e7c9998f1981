//! What speaks against a repair besides its log-odds: each rule has a name, a price and a reason.

use super::plausibility::{plausibility, words};
use super::script::Script;
use super::symbols::{class_of, is_prose_punctuation};
use crate::encoding::Encoding;
use crate::misdecoding::{Chain, Misdecoding, prior};

/// A word of the mangled text and what a repair makes of it.
pub(crate) struct ChangedWord {
    pub(crate) before: Vec<char>,
    pub(crate) after: Vec<char>,
}

/// All that the rules look at.
pub(crate) struct Evidence<'a> {
    pub(crate) mangled: &'a [char],
    pub(crate) repaired: &'a [char],
    pub(crate) chain: &'a Chain,
    pub(crate) changed: &'a [ChangedWord],
    /// Words with characters outside ASCII that stay as they are.
    pub(crate) kept: &'a [Vec<char>],
}

/// Nats of each rule.
mod nats {
    pub(super) const SEVERAL_LEGACY_LAYERS: f32 = 4.0;
    pub(super) const MANGLABLE_WORD_KEPT: f32 = 8.0;
    pub(super) const MANGLABLE_WORD_KEPT_LATIN: f32 = 2.0;
    pub(super) const ACRONYM: f32 = 5.0;
    pub(super) const RARE_PAIR: f32 = 6.0;
    pub(super) const LAYERS_FOR_A_FEW_CHARACTERS: f32 = 6.0;
    pub(super) const ONE_OR_TWO_HAN: f32 = 14.0;
    pub(super) const ODD_CASE: f32 = 2.5;
    pub(super) const NEW_SYMBOL: f32 = 4.0;
    pub(super) const MIXED_SCRIPT_WORD: f32 = 8.0;
    pub(super) const REPEATED_LETTER: f32 = 8.0;
    pub(super) const ONE_CHARACTER: f32 = 5.0;
    pub(super) const LONE_LETTERS: f32 = 3.0;
    pub(super) const LONE_SEQUENCE: f32 = 10.0;
    /// Nats a character that the repaired words must reach, and in East Asian scripts.
    pub(super) const GOOD_PROSE: f32 = -3.8;
    pub(super) const GOOD_PROSE_EAST_ASIAN: f32 = -8.0;
    pub(super) const GOOD_PROSE_MOST: f32 = 15.0;
}

impl Evidence<'_> {
    fn is_legacy(&self) -> bool {
        self.chain.iter().next().is_some_and(|m| m.written != Encoding::Utf8)
    }

    fn read(&self) -> Option<Encoding> {
        self.chain.iter().next_back().map(|m| m.read)
    }

    /// The repair changes nothing but letters of Latin words that have ASCII letters too.
    fn is_inside_latin_words(&self) -> bool {
        self.changed.iter().all(|w| {
            let nbsp = w.before.contains(&'\u{A0}') && !w.after.contains(&'\u{A0}');
            !nbsp && is_inside_latin_word(&w.after)
        })
    }

    /// Nats that all rules together take off.
    pub(crate) fn against(&self) -> f32 {
        let legacy = self.is_legacy();
        let inside_latin = self.is_inside_latin_words();
        let observed = distinct(self.changed.iter().flat_map(|w| &w.before).copied().filter(|c| !c.is_ascii()));
        if legacy && observed.iter().all(|&c| is_space_like(c)) {
            return f32::INFINITY;
        }
        let mut sum = self.kept_words(legacy, inside_latin) + self.chain_rules(legacy, &observed);
        if legacy {
            sum += self.case_rules() + self.shape_rules() + self.prose_rule();
            if !inside_latin {
                sum += match observed.len() {
                    1 => nats::ONE_CHARACTER,
                    2 => nats::ONE_CHARACTER / 2.0,
                    _ => 0.0,
                };
            }
            sum += self.lone_letters();
        } else {
            sum += self.lone_sequence();
        }
        sum
    }

    /// Clean words that the wrong decoder would have mangled too speak against a partial repair.
    fn kept_words(&self, legacy: bool, inside_latin: bool) -> f32 {
        if !legacy {
            return 0.0;
        }
        let price = if inside_latin { nats::MANGLABLE_WORD_KEPT_LATIN } else { nats::MANGLABLE_WORD_KEPT };
        let Some(read) = self.read() else { return 0.0 };
        let letters = |w: &&Vec<char>| w.iter().any(|&c| !c.is_ascii() && is_letter(c));
        let (mut could, mut could_not) = (0, 0);
        for word in self.kept.iter().filter(letters) {
            if word.iter().all(|&c| read.encode_char(c).is_some()) { could += 1 } else { could_not += 1 }
        }
        match (could, could_not) {
            (0, 0) => 0.0,
            (0, _) => 0.5 * price,
            (n, _) => price * (0.5 + 0.5 * n as f32).min(1.0),
        }
    }

    fn chain_rules(&self, legacy: bool, observed: &[char]) -> f32 {
        let mut sum = 0.0;
        let legacy_layers = self.chain.iter().filter(|m| m.written != Encoding::Utf8).count();
        if legacy_layers > 1 {
            sum += nats::SEVERAL_LEGACY_LAYERS;
        }
        if legacy && observed.len() <= 3 && self.changed.iter().any(|w| has_acronym(&w.before)) {
            sum += nats::ACRONYM;
        }
        let rare = |m: Misdecoding| prior::cost(m).unwrap_or(9.0) >= 9.0;
        if legacy && observed.len() <= 4 && self.chain.iter().any(rare) {
            sum += nats::RARE_PAIR;
        }
        if self.chain.len() > 1 && legacy_layers > 0 && observed.len() <= 3 {
            sum += nats::LAYERS_FOR_A_FEW_CHARACTERS;
        }
        let han = |c: &char| Script::of(*c).is_east_asian();
        let han_after = self.changed.iter().flat_map(|w| &w.after).any(han);
        if legacy && !observed.is_empty() && observed.len() <= 2 && observed.iter().all(han) && !han_after {
            sum += nats::ONE_OR_TWO_HAN;
        }
        sum
    }

    fn case_rules(&self) -> f32 {
        nats::ODD_CASE * odd_case(self.repaired).saturating_sub(odd_case(self.mangled)) as f32
    }

    /// New symbols, scripts mixed in a word, letters repeated as in a frame.
    fn shape_rules(&self) -> f32 {
        let mut sum = 0.0;
        let new: Vec<char> = self
            .changed
            .iter()
            .flat_map(|w| w.after.iter().copied().filter(|c| !w.before.contains(c)))
            .filter(|&c| class_of(c).is_some() && !is_prose_punctuation(c))
            .collect();
        if !new.is_empty() {
            sum += nats::NEW_SYMBOL + (new.len() - 1) as f32 + 2.0 * (distinct(new.into_iter()).len() - 1) as f32;
        }
        for word in self.changed {
            let latin = word.after.iter().any(char::is_ascii_alphabetic);
            let other = word.after.iter().any(|c| ('\u{370}'..'\u{600}').contains(c));
            if latin && other {
                sum += nats::MIXED_SCRIPT_WORD;
            }
            let letters: Vec<char> = word.after.iter().copied().filter(|&c| !c.is_ascii() && is_letter(c)).collect();
            if word.after.windows(3).any(|w| matches!(w, [a, b, c] if a == b && b == c && !a.is_ascii() && is_letter(*a))) {
                sum += nats::REPEATED_LETTER;
            }
            if letters.len() >= 4 && distinct(letters.iter().copied()).len() <= 2 {
                sum += nats::REPEATED_LETTER;
            }
        }
        sum
    }

    /// A repair must be good prose, not only better than what stands there.
    fn prose_rule(&self) -> f32 {
        let mut chars = 0.0;
        let mut score = 0.0;
        let (mut east_asian, mut all) = (0, 0);
        for word in self.changed {
            if is_inside_latin_word(&word.after) || !word.after.iter().any(|&c| !c.is_ascii() && is_letter(c)) {
                continue;
            }
            chars += (word.after.len() + 1) as f32;
            score += plausibility(&word.after, &[0..0]);
            all += word.after.iter().filter(|c| !c.is_ascii()).count();
            east_asian += word.after.iter().filter(|&&c| Script::of(c).is_east_asian()).count();
        }
        let wanted = if east_asian * 2 > all { nats::GOOD_PROSE_EAST_ASIAN } else { nats::GOOD_PROSE } * chars;
        ((wanted - score) * 2.0).clamp(0.0, nats::GOOD_PROSE_MOST)
    }

    /// Single letters between non-letters carry little evidence.
    fn lone_letters(&self) -> f32 {
        let (mut lone, mut all) = (0, 0);
        for word in self.changed {
            let at = |j: Option<usize>| j.and_then(|j| word.after.get(j)).is_some_and(|c| c.is_alphabetic());
            for (j, &c) in word.after.iter().enumerate() {
                if c.is_ascii() || !is_letter(c) {
                    continue;
                }
                all += 1;
                lone += usize::from(!at(j.checked_sub(1)) && !at(Some(j + 1)));
            }
        }
        if lone > 0 && lone == all { nats::LONE_LETTERS * (1.0 + 0.5 * (lone - 1) as f32) } else { 0.0 }
    }

    /// A single UTF-8 sequence is weak evidence unless it gives a letter in a word.
    fn lone_sequence(&self) -> f32 {
        let mut found = self.changed.iter().flat_map(|w| {
            w.after.iter().enumerate().filter(|(_, c)| !c.is_ascii()).map(move |(j, &c)| (w, j, c))
        });
        let (Some((word, j, c)), None) = (found.next(), found.next()) else { return 0.0 };
        let at = |j: Option<usize>| j.and_then(|j| word.after.get(j)).is_some_and(|c| c.is_alphabetic());
        let (left, right) = (at(j.checked_sub(1)), at(Some(j + 1)));
        if is_letter(c) {
            let known_alone = "àáèéìíòóùúåäöâêîôæøýñ".contains(c);
            return match (left || right, Script::of(c) == Script::Latin) {
                (false, _) => nats::LONE_SEQUENCE * if known_alone { 0.5 } else { 1.0 },
                (true, true) => 0.0,
                (true, false) => nats::LONE_SEQUENCE / 2.0,
            };
        }
        let letters_only = self.changed.iter().any(|w| w.before.iter().all(|&c| is_letter(c)));
        let symbol = class_of(c).is_some() && !is_prose_punctuation(c);
        if symbol && letters_only && (left || right || word.after.len() == 1) { 2.0 * nats::LONE_SEQUENCE } else { 0.0 }
    }
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic() && class_of(c).is_none()
}

/// Spaces and hyphens that nobody sees: a legacy repair of nothing else has no evidence at all.
fn is_space_like(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{FEFF}')
}

fn is_inside_latin_word(after: &[char]) -> bool {
    let at = |j: Option<usize>| j.and_then(|j| after.get(j)).is_some_and(|c| c.is_alphabetic());
    let mut any = false;
    for (j, &c) in after.iter().enumerate().filter(|(_, c)| !c.is_ascii()) {
        any = true;
        if Script::of(c) != Script::Latin || !(at(j.checked_sub(1)) || at(Some(j + 1))) {
            return false;
        }
    }
    any && after.iter().any(char::is_ascii_alphabetic)
}

fn has_acronym(word: &[char]) -> bool {
    words(word).any(|r| {
        let w = word.get(r).unwrap_or_default();
        (2..=3).contains(&w.len()) && w.iter().all(|c| c.is_uppercase()) && !w.iter().all(char::is_ascii)
    })
}

/// Words that are neither lower case, nor upper case, nor capitalised.
fn odd_case(chars: &[char]) -> usize {
    words(chars)
        .filter(|r| {
            let w = chars.get(r.clone()).unwrap_or_default();
            let cased = |c: &&char| c.is_lowercase() || c.is_uppercase();
            let lower_from = |n: usize| !w.iter().skip(n).any(|c| c.is_uppercase());
            w.len() > 1 && w.iter().any(|c| cased(&c)) && !lower_from(1) && w.iter().any(|c| c.is_lowercase())
        })
        .count()
}

fn distinct(chars: impl Iterator<Item = char>) -> Vec<char> {
    let mut out: Vec<char> = chars.collect();
    out.sort_unstable();
    out.dedup();
    out
}
