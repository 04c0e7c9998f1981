//! Whether the words at an odd place call for a search.
//!
//! Most odd places are rare words, names and words of other languages. What the words say for mojibake, and what the
//! line around them says, is added up as log-odds, whose weights are a logistic regression: mangled sentences and words
//! that a search repairs, against clean lines of all languages that it leaves alone.

use super::expand::Map;
use super::features::{is_plain_word, odd_case};
use super::misread;
use super::plausibility::word_log_prob;
use super::probe::{Reading, is_known, is_known_small, reading};
use super::scan::Said;
use crate::encoding::Encoding;
use std::cell::Cell;
use std::ops::Range;
use std::rc::Rc;

/// Bytes before an odd pair of which the words are weighed, too.
const BEFORE: usize = 24;
/// A longer word (text without spaces) is weighed so many bytes before an odd pair and after it.
const AROUND: usize = 90;
/// Bytes of a line before a place and after it that say whether rare words and names are to be expected there.
const CONTEXT: usize = 1000;
/// What the pairs of an odd word say at least, in steps of the table, those of one that is known, and of one letter that
/// is a known word.
const LEAST_ODD: i32 = 2;
const ODD_OF_KNOWN: i32 = 5;
const ODD_OF_LETTER: i32 = 7;
/// So many words of a text are remembered.
const MOST_WEIGHED: usize = 1000;
/// Where the scripts of East Asia begin.
const EAST_ASIAN: char = '\u{2E80}';

/// Log-odds that speak for mojibake, for what words say; and how many are asked for. One repair in a thousand has less.
struct Weights {
    /// A step of the pairs in a row that say most.
    pairs: f32,
    /// A step of what the pairs of the line say on the average.
    line: f32,
    /// A nat a character of the word that reads worst.
    worst: f32,
    wanted: f32,
}

const WEIGHTS: Weights = Weights {
    pairs: 0.084,
    line: 0.172,
    worst: -0.446,
    wanted: 2.2,
};
const EAST_ASIAN_WEIGHTS: Weights = Weights {
    pairs: 0.063,
    line: 0.468,
    worst: -0.614,
    wanted: 6.2,
};
/// A nat of what undoing the likeliest mis-decoding gains, and a word that becomes a known one by it.
const GAIN: f32 = 0.197;
const MISREAD: f32 = 5.277;
/// More of each does not count.
const MOST_PAIRS: i32 = 50;
const MOST_LINE: f32 = 10.0;
const WORST: f32 = -16.0;
const LEAST_GAIN: f32 = -8.0;
const MOST_GAIN: f32 = 12.0;

/// Words with odd pairs that were weighed before, since the lines of a text repeat their words, and what was found.
#[derive(Default)]
pub(crate) struct OddWords<'a> {
    words: Map<&'a str, Option<Rc<Odd>>>,
}

/// What was weighed of a text so far.
pub(super) struct Suspicion<'a, 'w> {
    text: &'a str,
    /// The words up to here.
    end: usize,
    line: Option<Line>,
    odd_words: &'w mut OddWords<'a>,
}

impl<'a, 'w> Suspicion<'a, 'w> {
    pub(super) fn new(text: &'a str, odd_words: &'w mut OddWords<'a>) -> Suspicion<'a, 'w> {
        Suspicion {
            text,
            end: 0,
            line: None,
            odd_words,
        }
    }

    /// Whether the words around an odd place, a byte behind the pair, call for a search.
    pub(super) fn is_roused(&mut self, at: usize) -> bool {
        if at <= self.end {
            return false;
        }
        let range = words_around(self.text, at);
        self.end = range.end;
        let words = self.text.get(range).unwrap_or_default();
        if mixes_kana_with_foreign_han(words) {
            return true;
        }
        // In East Asia words are long, and the line often says enough.
        if is_wide(words)
            && let Some(mean) = self.mean_of_short(at)
            && !may_speak_for_mojibake(words, mean)
            && !has_lost(words)
        {
            return false;
        }
        let odd: Vec<Rc<Odd>> = others(words)
            .filter_map(|word| self.odd_words.odd(word))
            .collect();
        if odd.is_empty() {
            return false;
        }
        let line = self.line.filter(|line| at <= line.end);
        let line = line.unwrap_or_else(|| Line::of(self.text, around(self.text, at)));
        self.line = Some(line);
        has_lost(words) || speak_for_mojibake(words, &odd, line.mean)
    }

    /// What the pairs of a line say on the average, if it is known or so short that it is the same around any place in it:
    /// of a longer one that part counts which stands around the first odd word.
    fn mean_of_short(&mut self, at: usize) -> Option<f32> {
        if self.line.is_none_or(|line| line.end < at) {
            let range = around(self.text, at);
            if range.len() > CONTEXT / 2 {
                return None;
            }
            self.line = Some(Line::of(self.text, range));
        }
        self.line.map(|line| line.mean)
    }
}

impl<'a> OddWords<'a> {
    /// What is odd about a word, if anything.
    fn odd(&mut self, word: &'a str) -> Option<Rc<Odd>> {
        let pairs = Said::by(word).most;
        if pairs < LEAST_ODD || closes_with_sign(word) {
            return None;
        }
        if let Some(known) = self.words.get(word) {
            return known.clone();
        }
        if self.words.len() >= MOST_WEIGHED {
            self.words.clear();
        }
        let odd = Odd::of(word, pairs).map(Rc::new);
        self.words.insert(word, odd.clone());
        odd
    }
}

/// Whether a word of a text is none that is known, and would be one had one encoding been taken for another, or has
/// capitals behind small letters: `оПЕГ`.
pub(super) fn holds_misread(text: &str) -> bool {
    // Most words are common ones.
    if is_known_small(text) {
        return false;
    }
    let mut chars = Vec::new();
    let mut words = others(text).filter(|word| !is_known_small(word) && !is_wide(word));
    words.any(|word| {
        chars.clear();
        chars.extend(word.chars());
        misread::may_be_misread(&chars)
            && !is_known(&chars, 1)
            && (odd_case(&chars) > 0 || misread::is_known_misread(&chars))
    })
}

/// A word that does not read well.
struct Odd {
    chars: Vec<char>,
    nats: f32,
    is_misread: bool,
    /// The most nats that undoing a mis-decoding is known to gain, and the least that it is known not to.
    gained: Cell<(f32, f32)>,
}

impl Odd {
    fn of(word: &str, pairs: i32) -> Option<Odd> {
        let mut chars = Vec::with_capacity(word.len());
        chars.extend(word.chars());
        if pairs < odd_of_known(&chars) && is_known(&chars, 1) {
            return None;
        }
        let is_misread = !is_wide(word) && misread::is_known_misread(&chars);
        let nats = match reading(&chars) {
            Reading::Badly(nats) => nats,
            Reading::Well if is_misread => word_log_prob(&chars),
            _ => return None,
        };
        Some(Odd {
            chars,
            nats,
            is_misread,
            gained: Cell::new((f32::NEG_INFINITY, f32::INFINITY)),
        })
    }

    /// Whether undoing a mis-decoding gains so many nats.
    fn gains(&self, wanted: f32) -> bool {
        let (gained, missed) = self.gained.get();
        if wanted <= gained || wanted >= missed {
            return wanted <= gained;
        }
        let gains = misread::gains(&self.chars, self.nats, wanted);
        self.gained.set(if gains {
            (wanted, missed)
        } else {
            (gained, wanted)
        });
        gains
    }

    fn nats_a_character(&self) -> f32 {
        self.nats / (self.chars.len() + 1) as f32
    }
}

/// What the pairs of a known word say at least to be odd.
fn odd_of_known(word: &[char]) -> i32 {
    match word {
        [_] => ODD_OF_LETTER,
        _ => ODD_OF_KNOWN,
    }
}

/// Whether all that a word has outside ASCII are signs that stand behind letters and digits, which few letters are
/// mistaken for: `n°`, `Windows®`.
fn closes_with_sign(word: &str) -> bool {
    let inside = word.trim_end_matches(|c: char| c.is_ascii_punctuation());
    let letters = inside.trim_end_matches(['°', '®', '©', '™']);
    letters.is_ascii() && letters.ends_with(|c: char| c.is_ascii_alphanumeric())
}

/// Whether what odd words say for mojibake, and the line in which they stand, calls for a search.
fn speak_for_mojibake(words: &str, odd: &[Rc<Odd>], mean: f32) -> bool {
    let nats = odd.iter().map(|word| word.nats_a_character());
    let worst = nats.fold(0.0, f32::min).max(WORST);
    if is_wide(words) {
        return EAST_ASIAN_WEIGHTS.left(words, mean, worst) <= 0.0;
    }
    let mut left = WEIGHTS.left(words, mean, worst);
    if odd.iter().any(|word| word.is_misread) {
        left -= MISREAD;
    }
    let gain = left / GAIN;
    gain <= LEAST_GAIN || gain <= MOST_GAIN && odd.iter().any(|word| word.gains(gain))
}

/// The same of words of East Asia, if one of them read as badly as counts.
fn may_speak_for_mojibake(words: &str, mean: f32) -> bool {
    EAST_ASIAN_WEIGHTS.left(words, mean, WORST) <= 0.0
}

impl Weights {
    /// What is asked for beyond what pairs, their mean in the line and the worst word say.
    fn left(&self, words: &str, mean: f32, worst: f32) -> f32 {
        let pairs = Said::by(words).most.min(MOST_PAIRS) as f32;
        let mean = mean.clamp(-MOST_LINE, MOST_LINE);
        self.wanted - self.pairs * pairs - self.line * mean - self.worst * worst
    }
}

/// Whether the scripts of East Asia are in a text.
fn is_wide(text: &str) -> bool {
    text.chars().any(|c| c >= EAST_ASIAN)
}

/// Whether Han that are not of Japan stand beside kana: `ない讳でも`.
fn mixes_kana_with_foreign_han(words: &str) -> bool {
    let is_kana = |c: char| matches!(c, '\u{3041}'..='\u{30FA}');
    let is_foreign = |c: char| {
        matches!(c, '\u{3400}'..='\u{9FFF}') && Encoding::ShiftJis.encode_char(c).is_none()
    };
    // The first byte of kana.
    words.as_bytes().contains(&0xE3) && words.contains(is_kana) && words.contains(is_foreign)
}

/// Whether two Han characters are the UTF-8 of a picture, read as GBK: `馃殌` is 🚀, and `馃子` is food.
pub(super) fn holds_picture(text: &str) -> bool {
    let may_be_next = |c: char| {
        let code = Encoding::Gbk.encode_char(c);
        code.is_some_and(|code| {
            code.as_slice()
                .iter()
                .all(|byte| matches!(byte, 0x80..=0xBF))
        })
    };
    // Looking whether there is one is quicker than looking where.
    text.contains(FIRST_OF_PICTURE)
        && text
            .split(FIRST_OF_PICTURE)
            .skip(1)
            .any(|rest| rest.starts_with(may_be_next))
}

/// What GBK makes of the bytes with which the UTF-8 of pictures begins.
const FIRST_OF_PICTURE: &str = "馃";

/// Whether bytes were lost, as far as marks say so.
fn has_lost(words: &str) -> bool {
    let is_lost = |c: char| matches!(c, '\u{FFFD}' | '\u{80}'..='\u{84}' | '\u{86}'..='\u{9F}');
    // The first bytes of such marks.
    words.bytes().any(|byte| matches!(byte, 0xC2 | 0xEF)) && words.contains(is_lost)
        || words.contains('?')
            && others(words).any(|word| holds_lost(&word.chars().collect::<Vec<_>>()))
}

/// Whether a question mark stands beside a character outside ASCII, and does not end a question.
fn holds_lost(word: &[char]) -> bool {
    let is_end = |c: &&char| matches!(c, '?' | '!' | '.' | '"' | '\'' | ')' | '”' | '»');
    let ends = word.iter().rev().take_while(is_end).count();
    let asked = word
        .get(..word.len() - ends)
        .filter(|asked| is_plain_word(asked));
    asked
        .unwrap_or(word)
        .windows(2)
        .any(|w| matches!(w, ['?', c] | [c, '?'] if !c.is_ascii()))
}

/// The last place at or before a byte where a character begins.
fn border(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The words around a byte, as a range of bytes.
fn words_around(text: &str, at: usize) -> Range<usize> {
    let bytes = text.as_bytes();
    let is_end = |byte: &u8| byte.is_ascii_whitespace();
    // `at` stands behind the second character of the pair, which may be a space.
    let last = at.saturating_sub(1);
    let first = border(text, last.saturating_sub(BEFORE));
    let least = border(text, first.saturating_sub(AROUND));
    let word = bytes.get(least..first).unwrap_or_default();
    let start = word
        .iter()
        .rposition(is_end)
        .map_or(least, |i| least + i + 1);
    let most = border(text, (at + AROUND).min(bytes.len()));
    let word = bytes.get(last..most).unwrap_or_default();
    let end = word.iter().position(is_end).map_or(most, |i| last + i);
    start..end.max(start)
}

/// The words that are not ASCII.
fn others(text: &str) -> impl Iterator<Item = &str> {
    text.split_ascii_whitespace().filter(|w| !w.is_ascii())
}

/// The part of a line that stands around an odd place.
#[derive(Clone, Copy)]
struct Line {
    end: usize,
    /// What its pairs say, for each character outside ASCII.
    mean: f32,
}

impl Line {
    fn of(text: &str, range: Range<usize>) -> Line {
        Line {
            end: range.end,
            mean: Said::by(text.get(range).unwrap_or_default()).mean(),
        }
    }
}

/// The part of a line around an odd place, as a range of bytes.
fn around(text: &str, at: usize) -> Range<usize> {
    let bytes = text.as_bytes();
    let last = at.saturating_sub(1);
    let is_end = |byte: &u8| *byte == b'\n';
    let least = border(text, last.saturating_sub(CONTEXT));
    let before = bytes.get(least..last).unwrap_or_default();
    let start = before
        .iter()
        .rposition(is_end)
        .map_or(least, |i| least + i + 1);
    let most = border(text, (at + CONTEXT).min(bytes.len())).max(at);
    let after = bytes.get(last..most).unwrap_or_default();
    let end = after.iter().position(is_end).map_or(most, |i| last + i);
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mojibake_rouses_and_rare_words_do_not() {
        let cases = [
            // UTF-8 and legacy encodings read as others, alone and in clean lines.
            ("schÃ¶n", true),
            ("Il a mangÃ© à la plage et il a été très content.", true),
            ("РїСЂРёРІРµС‚", true),
            ("ÐÒÉ×ÅÔ", true),
            ("浣犲ソ锛屼笘鐣", true),
            ("ない讳でも", true),
            // Common words, rare ones, names, questions, signs behind letters.
            ("à la fête, l'été dernier", false),
            ("Толстый В сейфе.", false),
            ("А есть ли у Вас любовник?", false),
            ("Elbląg i 3:1 z UKS SMS Łódź),", false),
            ("Betriebssysteme wie Windows®", false),
            ("Bull. n° 12, N°", false),
            ("县是中国河南省安阳市下辖的一个县，位于河南省北缘", false),
        ];
        for (text, expected) in cases {
            let mut odd_words = OddWords::default();
            let mut suspicion = Suspicion::new(text, &mut odd_words);
            let mut places = text.char_indices().map(|(at, c)| at + c.len_utf8());
            let is_roused = places.any(|at| suspicion.is_roused(at));
            assert_eq!(is_roused, expected, "{text}");
        }
    }

    #[test]
    fn two_han_characters_may_be_a_picture() {
        assert!(holds_picture("馃殌 Deploy"));
        assert!(!holds_picture("需要天津煎饼馃子"));
    }

    #[test]
    fn a_question_mark_that_ends_a_question_stands_for_nothing_lost() {
        for word in ["ней?", "été?)", "любовник?!"] {
            assert!(!has_lost(word), "{word}");
        }
        for word in ["pr\u{FFFD}t", "prot?égé", "Ð¿Ñ?Ð¸Ð²ÐµÑ?"] {
            assert!(has_lost(word), "{word}");
        }
    }
}
