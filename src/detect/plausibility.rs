//! How plausible a text is as something a person or a program wrote, prose or not.
//!
//! The n-gram model knows prose. Symbols, acronyms, enumerations and units get a floor: the least
//! log-probability that such a character may have where it stands the way it does.

use super::frames::fit_together;
use super::pages::Pages;
use super::script::Script;
use super::symbols::{
    BLOCK, BOX, LATIN_1, class_of, is_alphabetic, is_joiner, is_mark, is_prose_punctuation,
};
use crate::model::{History, MODEL};
use std::ops::Range;
use unicode_normalization::char::compose;

/// No floor: what the model says counts.
const NONE: f32 = f32::NEG_INFINITY;

/// Constants of the floors, in nats.
mod nats {
    /// A symbol, before the size of its block is added.
    pub(super) const SYMBOL: f32 = 3.0;
    /// The same symbol as the one before it.
    pub(super) const REPEATED: f32 = 0.5;
    /// A symbol already seen in the line; Latin-1 symbols are likelier to be mojibake.
    pub(super) const SEEN: f32 = 2.5;
    pub(super) const SEEN_LATIN_1: f32 = 4.0;
    /// Entering a block already seen in the line, before the size of the block is added.
    pub(super) const SEEN_BLOCK: f32 = 0.8;
    /// A symbol beside one letter, and beside a word.
    pub(super) const BESIDE_LETTER: f32 = 2.0;
    pub(super) const BESIDE_WORD: f32 = 4.0;
    /// Quotes, dashes and dots of running text; between letters they are rarer.
    pub(super) const PUNCTUATION: f32 = 5.0;
    pub(super) const PUNCTUATION_INSIDE: f32 = 4.0;
    /// A unit (µm, m²) or an inverted mark that opens a sentence (¿…?).
    pub(super) const UNIT: f32 = 5.0;
    /// A letter that stands alone, a Greek letter among others, one of a row of single letters.
    pub(super) const LONE_LETTER: f32 = 5.0;
    pub(super) const LONE_GREEK: f32 = 6.0;
    pub(super) const LETTER_IN_ROW: f32 = 3.0;
    /// The next letter of the alphabet after two in order.
    pub(super) const ALPHABET: f32 = 0.7;
    /// A letter of an acronym of two to five letters; the first one carries the case too.
    pub(super) const ACRONYM: f32 = 3.2;
    pub(super) const UPPER_WORD: f32 = 1.5;
    pub(super) const UPPER_LETTER: f32 = 0.1;
    /// A space after a symbol or an acronym.
    pub(super) const SPACE: f32 = 1.5;
    /// A no-break or other space outside ASCII, a soft hyphen.
    pub(super) const OTHER_SPACE: f32 = 4.0;
    /// A soft hyphen that stands between no letters.
    pub(super) const LOOSE_HYPHEN: f32 = 8.0;
    /// A vowel or accent mark on a letter of its own script.
    pub(super) const MARK: f32 = 3.0;
    /// A capital after a lower-case letter, in a word with letters outside ASCII.
    pub(super) const ODD_CAPITAL: f32 = 5.0;
    /// A variation selector or joiner after a symbol.
    pub(super) const JOINER: f32 = 1.0;
    /// An accent written as a character of its own behind its letter.
    pub(super) const ACCENT_APART: f32 = 1.0;
    /// A half-width katakana word, read as full-width.
    pub(super) const HALF_WIDTH_WORD: f32 = 2.0;
    pub(super) const HALF_WIDTH_LETTER: f32 = 0.5;
}

/// Log-probability of `chars` in nats as a text between spaces, prose or not.
///
/// In `earned` (ranges of characters that a repair has put there) nothing gets a floor: a repair
/// has to be good prose by itself.
pub(crate) fn plausibility(chars: &[char], earned: &[Range<usize>]) -> f32 {
    let Prepared {
        text,
        floors,
        prices,
    } = prepare(chars, earned, Company::Counts);
    let mut history = History::word_start();
    let mut total = 0.0;
    let mut before = ' ';
    for (i, ((&c, &floor), &price)) in text.iter().zip(&floors).zip(&prices).enumerate() {
        let (ln_p, next) = next_char(history, c, i);
        total += ln_p.max(floor) - price - odd_capital(before, c);
        history = next;
        before = c;
    }
    total
        + MODEL.next(history, ' ').0.max(if ends_in_symbol(&text) {
            -nats::SPACE
        } else {
            NONE
        })
}

/// The same for each character of `chars`.
pub(crate) fn per_char(chars: &[char], company: Company) -> Vec<f32> {
    let Prepared {
        text,
        floors,
        prices,
    } = prepare(chars, &[], company);
    let mut history = History::word_start();
    let mut before = ' ';
    let out: Vec<f32> = text
        .iter()
        .zip(&floors)
        .zip(&prices)
        .enumerate()
        .map(|(i, ((&c, &floor), &price))| {
            let (ln_p, next) = next_char(history, c, i);
            history = next;
            let odd = odd_capital(before, c);
            before = c;
            ln_p.max(floor) - price - odd
        })
        .collect();
    if text.len() == chars.len() {
        return out;
    }
    // Folding joined half-width letters: spread evenly.
    let mean = out.iter().sum::<f32>() / chars.len().max(1) as f32;
    vec![mean; chars.len()]
}

/// A text may begin in the middle of a line or with the line.
fn next_char(history: History, c: char, i: usize) -> (f32, History) {
    let (in_line, next) = MODEL.next(history, c);
    if i == 0 {
        (in_line.max(MODEL.next(History::line_start(), c).0), next)
    } else {
        (in_line, next)
    }
}

/// What a capital inside a word costs beside what the model says, which folds case.
fn odd_capital(before: char, c: char) -> f32 {
    let odd = !(c.is_ascii() && before.is_ascii()) && c.is_uppercase() && before.is_lowercase();
    if odd { nats::ODD_CAPITAL } else { 0.0 }
}

/// Whether the symbols and single letters of a line make further ones likelier. They do not where each is to be kept or
/// undone: that a line has more of a symbol is no reason to keep it where a chain would make a letter of it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Company {
    Counts,
    DoesNotCount,
}

/// A text as the model is to read it, with a floor and a price for each character.
struct Prepared {
    text: Vec<char>,
    floors: Vec<f32>,
    prices: Vec<f32>,
}

fn prepare(chars: &[char], earned: &[Range<usize>], company: Company) -> Prepared {
    let mut prepared = Prepared {
        text: chars.to_vec(),
        floors: vec![NONE; chars.len()],
        prices: vec![0.0; chars.len()],
    };
    if chars.iter().all(char::is_ascii) {
        return prepared;
    }
    prepared.floors = floors(chars, company);
    for range in earned {
        if let Some(inside) = prepared.floors.get_mut(range.clone()) {
            inside.fill(NONE);
        }
    }
    prepared.fold(chars, earned);
    prepared
}

fn ends_in_symbol(chars: &[char]) -> bool {
    chars.last().is_some_and(|&c| class_of(c).is_some())
}

/// A letter that is no symbol.
#[inline]
pub(crate) fn is_letter(c: char) -> bool {
    static LETTERS: Pages<bool> = Pages::new(|c| is_alphabetic(c) && class_of(c).is_none());
    match c {
        '\0'..='\u{7F}' => c.is_ascii_alphabetic(),
        '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' => true,
        '\u{E000}'..='\u{F8FF}' => false,
        _ => LETTERS.get(c),
    }
}

/// The floor of each character.
fn floors(chars: &[char], company: Company) -> Vec<f32> {
    let mut floors = vec![NONE; chars.len()];
    let mut seen = Seen::default();
    let at = |i: usize| chars.get(i).copied();
    for (i, &c) in chars.iter().enumerate() {
        let before = i.checked_sub(1).and_then(at).unwrap_or(' ');
        let after = at(i + 1).unwrap_or(' ');
        let mut floor = NONE;
        if c == ' ' {
            if class_of(before).is_some() {
                floor = -nats::SPACE;
            }
        } else if !c.is_ascii() {
            if let Some(class) = class_of(c) {
                floor = symbol_floor(chars, i, &seen);
                if company == Company::Counts {
                    seen.note(c, class.block);
                }
            } else if matches!(
                c,
                '\u{A0}' | '\u{AD}' | '\u{2000}'..='\u{200B}' | '\u{202F}' | '\u{3000}'
            ) {
                let joins = c != '\u{AD}' || is_alphabetic(before) && is_alphabetic(after);
                floor = -if joins {
                    nats::OTHER_SPACE
                } else {
                    nats::LOOSE_HYPHEN
                };
            } else if is_mark(c)
                && is_alphabetic(before)
                && !before.is_ascii()
                && (c as u32 >> 8) == (before as u32 >> 8)
            {
                floor = -nats::MARK;
            } else if is_joiner(c) && (class_of(before).is_some() || is_joiner(before)) {
                floor = -nats::JOINER;
            }
            floor = floor.max(letter_floor(chars, i, c, before, after, company));
            if is_prose_punctuation(c) {
                let inside = is_alphabetic(before) && is_alphabetic(after);
                floor = floor.max(
                    -nats::PUNCTUATION
                        - if inside {
                            nats::PUNCTUATION_INSIDE
                        } else {
                            0.0
                        },
                );
            }
        }
        if let Some(slot) = floors.get_mut(i) {
            *slot = floor;
        }
    }
    if company == Company::Counts {
        row_of_letters(chars, &mut floors);
    }
    floors
}

/// Symbols and blocks that the line has shown so far.
#[derive(Default)]
struct Seen {
    symbols: Vec<char>,
    blocks: [u64; 4],
}

impl Seen {
    fn note(&mut self, c: char, block: u8) {
        if !self.symbols.contains(&c) && self.symbols.len() < 64 {
            self.symbols.push(c);
        }
        if let Some(word) = self.blocks.get_mut(usize::from(block >> 6)) {
            *word |= 1 << (block & 63);
        }
    }

    fn block(&self, block: u8) -> bool {
        self.blocks
            .get(usize::from(block >> 6))
            .is_some_and(|word| word >> (block & 63) & 1 == 1)
    }
}

fn symbol_floor(chars: &[char], i: usize, seen: &Seen) -> f32 {
    let at = |i: usize| chars.get(i).copied();
    let Some((c, class)) = at(i).and_then(|c| Some((c, class_of(c)?))) else {
        return NONE;
    };
    // The run of symbols around this one, and the letters that touch the run.
    const FAR: usize = 64;
    let is_symbol = |j: usize| at(j).is_some_and(|c| class_of(c).is_some());
    let start = (i.saturating_sub(FAR)..i)
        .rev()
        .take_while(|&j| is_symbol(j))
        .last()
        .unwrap_or(i);
    let end = (i + 1..i + FAR)
        .take_while(|&j| is_symbol(j))
        .last()
        .unwrap_or(i);
    let letters = |j: usize| at(j).is_some_and(is_letter);
    let left = (1..=3)
        .take_while(|&k| start >= k && letters(start - k))
        .count();
    let right = (1..=3).take_while(|&k| letters(end + k)).count();
    let before = i.checked_sub(1).and_then(at).unwrap_or(' ');

    if is_prose_punctuation(c) {
        let inside = left > 0 && right > 0;
        return -(nats::SYMBOL + class.nats) - if inside { nats::BESIDE_WORD } else { 0.0 };
    }
    if is_inverted_mark_in_place(chars, i)
        || (matches!(c, '²' | '³') && (1..=2).contains(&left) && right == 0)
    {
        return -nats::UNIT;
    }
    // There symbols are the mojibake: `³ber`, `Uni¢`, `è®¸`.
    let non_ascii_letter = |j: Option<usize>| {
        j.and_then(at).is_some_and(|c| {
            !c.is_ascii() && matches!(Script::of(c), Script::Latin | Script::Cyrillic)
        })
    };
    let touches = (left > 0 && non_ascii_letter(start.checked_sub(1)))
        || (right > 0 && non_ascii_letter(Some(end + 1)));
    if touches && !matches!(c, '°' | '²' | '³') {
        return NONE;
    }
    let inside = left > 0 && right > 0;
    if before == c && !inside {
        return -nats::REPEATED;
    }
    if inside && (left > 1 || right > 1 || class.block == LATIN_1) {
        return NONE;
    }
    let word = left > 1 || right > 1;
    let closes_word = left > 0 && matches!(c, '²' | '³' | '°' | '®' | '©' | '™' | '¹' | 'ª' | 'º');
    if word && matches!(class.block, LATIN_1 | BLOCK | BOX) && !closes_word {
        return NONE;
    }
    let beside = if word {
        nats::BESIDE_WORD
    } else if left > 0 || right > 0 {
        nats::BESIDE_LETTER
    } else {
        0.0
    };
    let mut floor = -(nats::SYMBOL + class.nats) - beside;
    let is_frame = |c: char| class_of(c).is_some_and(|class| class.block == BOX);
    let joins = !(is_frame(before) && is_frame(c)) || fit_together(before, c);
    if !word && joins {
        if seen.symbols.contains(&c) {
            floor = floor.max(if class.block == LATIN_1 {
                -nats::SEEN_LATIN_1
            } else {
                -nats::SEEN
            });
        } else if seen.block(class.block) {
            floor = floor.max(-(nats::SEEN_BLOCK + class.nats));
        }
        if class_of(before).is_some_and(|b| b.block == class.block) {
            floor = floor.max(-class.nats);
        }
    }
    floor
}

/// `¿` or `¡` where a sentence may open, with its partner later in the text.
fn is_inverted_mark_in_place(chars: &[char], i: usize) -> bool {
    let partner = match chars.get(i) {
        Some('¿') => '?',
        Some('¡') => '!',
        _ => return false,
    };
    let before = i
        .checked_sub(1)
        .and_then(|j| chars.get(j))
        .copied()
        .unwrap_or(' ');
    let opens = before == ' '
        || (before.is_ascii() && !before.is_alphanumeric())
        || is_prose_punctuation(before);
    opens && chars.iter().skip(i).take(400).any(|&c| c == partner)
}

/// Letters that stand alone or in the order of the alphabet.
fn letter_floor(
    chars: &[char],
    i: usize,
    c: char,
    before: char,
    after: char,
    company: Company,
) -> f32 {
    let mut floor = NONE;
    let at = |j: Option<usize>| j.and_then(|j| chars.get(j)).copied().unwrap_or(' ');
    if c == 'µ'
        && !is_alphabetic(before)
        && ("mgslFAVWHCMPN".contains(after) || !is_alphabetic(after))
    {
        floor = -nats::UNIT;
    }
    if Script::of(c) == Script::Greek {
        let greek = |c: char| Script::of(c) == Script::Greek;
        let word_before = is_alphabetic(before) && is_alphabetic(at(i.checked_sub(2)));
        let word_after = is_alphabetic(after) && is_alphabetic(at(Some(i + 2)));
        let inside = is_alphabetic(before) && is_alphabetic(after);
        if !greek(before) && !greek(after) && !word_before && !word_after && !inside {
            floor = floor.max(-nats::LONE_GREEK);
        }
    }
    if is_letter(c) {
        let apart = |c: char| c.is_ascii() && !is_alphabetic(c);
        if apart(before) && apart(after) && company == Company::Counts {
            floor = floor.max(-nats::LONE_LETTER);
        }
        let (two, cp) = (at(i.checked_sub(2)) as u32, c as u32);
        if before as u32 + 1 == cp && two + 2 == cp {
            floor = floor.max(-nats::ALPHABET);
        }
    }
    floor
}

/// Three single letters or more in a text are a list of letters.
fn row_of_letters(chars: &[char], floors: &mut [f32]) {
    if single_letters(chars)
        .filter(|&single| single)
        .take(3)
        .count()
        < 3
    {
        return;
    }
    for ((single, c), floor) in single_letters(chars).zip(chars).zip(floors) {
        if single && !c.is_ascii() {
            *floor = floor.max(-nats::LETTER_IN_ROW);
        }
    }
}

/// For each character whether it is a letter that stands alone.
fn single_letters(chars: &[char]) -> impl Iterator<Item = bool> + '_ {
    let next = chars.iter().skip(1).map(|&c| is_alphabetic(c));
    let mut before = false;
    chars
        .iter()
        .zip(next.chain([false]))
        .map(move |(&c, after)| {
            let before = std::mem::replace(&mut before, is_alphabetic(c));
            !before && !after && is_letter(c)
        })
}

impl Prepared {
    /// Words in capitals are read through their lower case, half-width katakana through full-width,
    /// where that is likelier; acronyms get floors.
    fn fold(&mut self, chars: &[char], earned: &[Range<usize>]) {
        for word in words(chars) {
            let Some(letters) = chars.get(word.clone()) else {
                continue;
            };
            if letters.len() < 2 || letters.iter().all(char::is_ascii) {
                continue;
            }
            let is_earned = earned
                .iter()
                .any(|e| e.start < word.end && word.start < e.end);
            if let Some(lower) = lower_case(letters) {
                self.fold_word(&word, letters, &lower, is_earned);
                if letters.len() <= 5 && !is_earned {
                    self.acronym(chars, &word);
                }
            }
        }
        if chars.iter().any(|c| ('\u{FF66}'..='\u{FF9F}').contains(c)) {
            self.widen_katakana();
        }
        if chars.iter().any(|c| ('\u{300}'..='\u{36F}').contains(c)) {
            self.compose();
        }
    }

    /// Accents are read with the letters before them, as the model knows them.
    fn compose(&mut self) {
        let mut to: usize = 0;
        for from in 0..self.text.len() {
            let at = |i: usize| self.text.get(i).copied();
            let last = to.checked_sub(1);
            let composed = last.and_then(|last| compose(at(last)?, at(from)?));
            if let (Some(last), Some(composed)) = (last, composed) {
                if let Some(slot) = self.text.get_mut(last) {
                    *slot = composed;
                }
                if let Some(slot) = self.prices.get_mut(last) {
                    *slot += nats::ACCENT_APART;
                }
                continue;
            }
            self.text.swap(to, from);
            self.floors.swap(to, from);
            self.prices.swap(to, from);
            to += 1;
        }
        self.text.truncate(to);
        self.floors.truncate(to);
        self.prices.truncate(to);
    }

    fn fold_word(
        &mut self,
        word: &Range<usize>,
        letters: &[char],
        lower: &[char],
        is_earned: bool,
    ) {
        let n = letters.len() as f32;
        let weight = if is_earned { 2.0 } else { 1.0 };
        let price = weight * (nats::UPPER_WORD + nats::UPPER_LETTER * n);
        let likelier = word_log_prob(lower) - price > word_log_prob(letters);
        if !likelier || (is_earned && letters.len() <= 2) {
            return;
        }
        if let Some(slot) = self.text.get_mut(word.clone()) {
            slot.copy_from_slice(lower);
        }
        if let Some(slot) = self.prices.get_mut(word.clone()) {
            slot.fill(price / n);
        }
    }

    fn acronym(&mut self, chars: &[char], word: &Range<usize>) {
        for (k, slot) in self
            .floors
            .iter_mut()
            .take(word.end)
            .skip(word.start)
            .enumerate()
        {
            let first = if k == 0 { nats::UPPER_WORD } else { 0.0 };
            *slot = slot.max(-nats::ACRONYM - first);
        }
        if let (Some(' '), Some(slot)) = (chars.get(word.end), self.floors.get_mut(word.end)) {
            *slot = slot.max(-nats::SPACE);
        }
    }

    fn widen_katakana(&mut self) {
        use unicode_normalization::UnicodeNormalization;
        let half = |c: &char| ('\u{FF66}'..='\u{FF9F}').contains(c);
        let old = std::mem::replace(
            self,
            Prepared {
                text: Vec::new(),
                floors: Vec::new(),
                prices: Vec::new(),
            },
        );
        let mut i = 0;
        while let Some(rest) = old.text.get(i..).filter(|r| !r.is_empty()) {
            let n = rest.iter().take_while(|c| half(c)).count();
            if n >= 2 {
                self.text.extend(rest.iter().take(n).copied().nfkc());
                let wide = (self.text.len() - self.prices.len()).max(1) as f32;
                let price = nats::HALF_WIDTH_WORD + nats::HALF_WIDTH_LETTER * n as f32;
                self.floors.resize(self.text.len(), NONE);
                self.prices.resize(self.text.len(), price / wide);
            } else {
                self.text.extend(rest.first());
                self.floors.extend(old.floors.get(i));
                self.prices.extend(old.prices.get(i));
            }
            i += if n >= 2 { n } else { 1 };
        }
    }
}

/// The lower case of a word that is all capitals (one for one), or `None`.
fn lower_case(word: &[char]) -> Option<Vec<char>> {
    word.iter()
        .map(|&c| {
            let mut lower = c.to_lowercase();
            let (first, second) = (lower.next()?, lower.next());
            (c.is_uppercase() && second.is_none() && first != c).then_some(first)
        })
        .collect()
}

/// Log-probability of a word between spaces, as the model sees it.
pub(crate) fn word_log_prob(word: &[char]) -> f32 {
    let mut history = History::word_start();
    let mut total = 0.0;
    for &c in word.iter().chain(&[' ']) {
        let (ln_p, next) = MODEL.next(history, c);
        total += ln_p;
        history = next;
    }
    total
}

/// The runs of letters in `chars`.
pub(crate) fn words(chars: &[char]) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut i = 0;
    std::iter::from_fn(move || {
        let skip = chars.get(i..)?.iter().position(|&c| is_letter(c))?;
        let start = i + skip;
        let len = chars
            .get(start..)?
            .iter()
            .take_while(|&&c| is_letter(c))
            .count();
        i = start + len;
        Some(start..i)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_alphabetic_and_no_symbols() {
        for c in '\0'..=char::MAX {
            let is_one = is_alphabetic(c) && class_of(c).is_none();
            assert_eq!(is_letter(c), is_one, "{c:?}");
        }
    }

    #[test]
    fn single_letters_stand_between_none() {
        let text: Vec<char> = "a bc д, é1ñ".chars().collect();
        let found: Vec<char> = single_letters(&text)
            .zip(&text)
            .filter_map(|(single, &c)| single.then_some(c))
            .collect();
        assert_eq!(found, ['a', 'д', 'é', 'ñ']);
    }
}
