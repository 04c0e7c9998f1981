//! The words of a text that a search looks at first.

use super::features::is_plain_word;
use super::misread;
use super::plausibility::{plausibility, word_log_prob, words};
use super::script::Script;
use super::symbols::{class_of, is_mark, is_prose_punctuation};
use crate::model::languages::Fit;
use crate::model::words::Letters;

/// Distinct words with characters outside ASCII that do not read well, and how plausible each is as
/// it stands. Where every word reads well, no search could gain anything.
pub(crate) struct Words {
    words: Vec<Vec<char>>,
    /// Log-probability in nats of each word as it stands.
    pub(crate) observed: Vec<f32>,
}

/// At most so many words, and so many characters of them, are looked at.
const MOST_WORDS: usize = 10;
const MOST_CHARS: usize = 200;
/// Nats a character that a word may cost to read well.
const WELL: f32 = -3.2;
const WELL_EAST_ASIAN: f32 = -7.0;
/// Nats a character that the words of a line may cost on the average, and the worst of them alone,
/// to read well together: rare words stand among common ones.
const TOGETHER: f32 = -3.1;
const WORST: f32 = -5.5;
const TOGETHER_LATIN: f32 = -3.1;
const WORST_LATIN: f32 = -4.4;
const TOGETHER_EAST_ASIAN: f32 = -8.0;
const WORST_EAST_ASIAN: f32 = -12.0;
/// Nats a character from which a word is very odd.
const VERY_ODD: f32 = -5.0;
const VERY_ODD_EAST_ASIAN: f32 = -9.0;
const MUCH: f32 = 0.25;
/// Nats that a word fits the language of its text worse than all languages together, to be foreign to it.
const FOREIGN: f32 = -2.0;
/// Letters of a word that is known for what it is.
const LONG: usize = 5;
/// Of longer words (text without spaces) this much is looked at from each ASCII sign on: whatever
/// went wrong, an ASCII sign is where characters begin anew.
const PIECE: usize = 120;

impl Words {
    /// The least plausible words of `text`, and those that are foreign to its language, in the order in which they
    /// stand. `fit` is that of the text.
    pub(crate) fn of(text: &[char], fit: &Fit) -> Words {
        let mut seen = super::expand::Set::default();
        let mut found: Vec<(usize, Vec<char>, f32)> = Vec::new();
        let mut together = [Together::default(); 3];
        let (mut others, mut any_misread) = (false, false);
        for word in text.split(|c| c.is_ascii_whitespace()) {
            let signs = |c: &char| word.len() > PIECE && c.is_ascii_punctuation();
            for piece in word.split(signs) {
                let piece = piece.get(..PIECE).unwrap_or(piece);
                if piece.iter().all(char::is_ascii) || !seen.insert(piece) {
                    continue;
                }
                let kind = Kind::of(piece);
                if kind == Kind::Signs {
                    continue;
                }
                // What the model says of a word is the least that it is worth.
                let quick = word_log_prob(piece);
                let misread = misread::may_be_known(piece) || is_foreign(piece, fit);
                let well = kind.is_well(quick, piece.len()) && !misread;
                if let Some(group) = together.get_mut(kind as usize) {
                    group.add(quick, piece.len());
                } else if !well {
                    others = true;
                }
                any_misread |= misread;
                if !well {
                    let observed = plausibility(piece, &[]);
                    if kind == Kind::Odd || misread || !kind.is_well(observed, piece.len()) {
                        found.push((found.len(), piece.to_vec(), observed));
                    }
                }
                if found.len() >= 400 {
                    break;
                }
            }
        }
        let all_well = [Kind::Latin, Kind::Other, Kind::EastAsian]
            .iter()
            .zip(&together)
            .all(|(kind, group)| group.is_well(*kind));
        if !others && !any_misread && all_well {
            found.clear();
        }
        if found.len() > MOST_WORDS {
            let per_char = |w: &(usize, Vec<char>, f32)| w.2 / (w.1.len() + 1) as f32;
            found.sort_by(|a, b| per_char(a).total_cmp(&per_char(b)).then(a.0.cmp(&b.0)));
            found.truncate(MOST_WORDS);
            found.sort_by_key(|w| w.0);
        }
        let mut chars = 0;
        found.retain(|w| {
            let keep = chars < MOST_CHARS;
            chars += w.1.len();
            keep
        });
        let (words, observed) = found
            .into_iter()
            .map(|(_, word, score)| (word, score))
            .unzip();
        Words { words, observed }
    }

    /// Whether much of a text outside ASCII is too odd to be rare words and names: something else
    /// happened to it.
    pub(crate) fn are_very_odd(&self, text: &[char]) -> bool {
        let others = |text: &[char]| text.iter().filter(|c| !c.is_ascii()).count();
        let odd: usize = self
            .words
            .iter()
            .zip(&self.observed)
            .filter(|(word, nats)| {
                let wanted = if Kind::of(word) == Kind::EastAsian {
                    VERY_ODD_EAST_ASIAN
                } else {
                    VERY_ODD
                };
                **nats < wanted * (word.len() + 1) as f32
            })
            .map(|(word, _)| others(word))
            .sum();
        odd as f32 > MUCH * others(text).min(MOST_CHARS) as f32
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &[char]> {
        self.words.iter().map(Vec::as_slice)
    }
}

/// Whether letters outside ASCII make a word foreign to the language of the text that it stands in.
fn is_foreign(word: &[char], fit: &Fit) -> bool {
    let mut around = fit.clone();
    around.add(word, -1.0);
    let mut with = around.clone();
    with.add_others(word);
    with.ln() - around.ln() < FOREIGN
}

/// How a word with characters outside ASCII reads.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Reading {
    /// It is no evidence.
    Nothing,
    /// It is a common word, or one that the model knows.
    Well,
    /// So many nats.
    Badly(f32),
}

/// How a word with characters outside ASCII reads.
pub(crate) fn reading(word: &[char]) -> Reading {
    // Most words are common ones.
    if is_known(word, LONG) {
        return Reading::Well;
    }
    let kind = Kind::of(word);
    if kind == Kind::Signs {
        return Reading::Nothing;
    }
    let nats = word_log_prob(word);
    if kind.is_well(nats, word.len()) || is_prose_with_signs(word) {
        Reading::Well
    } else {
        Reading::Badly(nats)
    }
}

/// Whether what stands outside ASCII are quotes, dashes and the like, with words of ASCII letters beside them that the
/// model knows, or one sign without any letter beside it.
fn is_prose_with_signs(token: &[char]) -> bool {
    let mut others = token.iter().filter(|c| !c.is_ascii());
    let is_one = others.next().is_some() && others.next().is_none();
    let is_sign = |c: char| is_prose_punctuation(c) || is_one && class_of(c).is_some();
    let is_apostrophe = |c: char| matches!(c, '\'' | '’' | '‘');
    if !token.iter().all(|&c| c.is_ascii() || is_sign(c)) {
        return false;
    }
    let is_end = |&c: &char| !c.is_ascii_alphabetic() && !is_apostrophe(c);
    let mut start = 0;
    token.split(is_end).all(|piece| {
        let end = start + piece.len();
        let before = start.checked_sub(1).and_then(|i| token.get(i));
        let beside = || [before, token.get(end)].into_iter().flatten();
        let touches = beside().any(|c| !c.is_ascii());
        let touches_symbol = beside().any(|&c| !c.is_ascii() && !is_prose_punctuation(c));
        start = end + 1;
        let has_sign = piece.iter().any(|c| !c.is_ascii());
        let word: Vec<char> = piece
            .iter()
            .map(|&c| if is_apostrophe(c) { '\'' } else { c })
            .collect();
        let has_letters = word.iter().any(|c| c.is_ascii_alphabetic());
        !has_letters
            || !(touches || has_sign)
            || !touches_symbol && Kind::Latin.is_well(word_log_prob(&word), word.len())
    })
}

/// Whether all that a token has outside ASCII are common words of so many letters at least: short ones are others by
/// chance.
pub(crate) fn is_known(token: &[char], least: usize) -> bool {
    let mut left = token.iter().filter(|c| !c.is_ascii()).count();
    for word in words(token).filter_map(|range| token.get(range)) {
        let others = word.iter().filter(|c| !c.is_ascii()).count();
        if others > 0 && (word.len() < least || !crate::model::words::is_known(word)) {
            return false;
        }
        left -= others.min(left);
    }
    left == 0 && is_plain_word(token)
}

/// Whether all that a token has outside ASCII are common words, at a glance: of small letters but for those that begin
/// words, all Latin or all Cyrillic.
pub(crate) fn is_known_small(token: &str) -> bool {
    let is_latin = |c: char| matches!(c, 'a'..='z' | 'ß'..='ö' | 'ø'..='ÿ');
    let is_cyrillic = |c: char| matches!(c, 'а'..='я');
    are_known(token, is_latin) || are_known(token, is_cyrillic)
}

fn are_known(token: &str, is_small: impl Fn(char) -> bool) -> bool {
    // So far before a small letter of these scripts stands the capital.
    let small = |c: char| char::from_u32(u32::from(c) + 32).filter(|&small| is_small(small));
    let mut word = Letters::NONE;
    for c in token.chars() {
        if is_small(c) {
            word = word.and(c);
        } else if c.is_ascii() && !c.is_ascii_alphabetic() {
            if !word.are_known_or_ascii() {
                return false;
            }
            word = Letters::NONE;
        } else if word.count == 0
            && c.is_alphabetic()
            && let Some(small) = small(c)
        {
            word = word.and(small);
        } else {
            return false;
        }
    }
    word.are_known_or_ascii()
}

/// What words are judged as.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Latin,
    Other,
    EastAsian,
    /// Nothing but dashes, quotes and the like: no evidence beside words.
    Signs,
    /// Mixed scripts, odd case, symbols.
    Odd,
}

impl Kind {
    fn of(word: &[char]) -> Kind {
        if word
            .iter()
            .all(|&c| (c.is_ascii() && !c.is_ascii_alphabetic()) || is_prose_punctuation(c))
        {
            return if word.iter().any(|&c| c.is_ascii_graphic()) || word.len() > 1 {
                Kind::Odd
            } else {
                Kind::Signs
            };
        }
        if word.iter().all(|&c| c.is_ascii() || is_never_read(c)) {
            return Kind::Signs;
        }
        if !is_plain_word(word) {
            return Kind::Odd;
        }
        let scripts = || word.iter().map(|&c| Script::of(c));
        let east_asian = scripts().filter(|script| script.is_east_asian()).count();
        if east_asian * 2 > word.len() {
            Kind::EastAsian
        } else if scripts().any(|script| script == Script::Latin) {
            Kind::Latin
        } else {
            Kind::Other
        }
    }

    /// Whether a word alone is one that the model knows.
    fn is_well(self, nats: f32, len: usize) -> bool {
        let wanted = match self {
            Kind::Latin | Kind::Other => WELL,
            Kind::EastAsian => WELL_EAST_ASIAN,
            Kind::Signs | Kind::Odd => return false,
        };
        nats > wanted * (len + 1) as f32
    }
}

/// Whether nothing is ever read as such a letter: it is what was written.
pub(super) fn is_never_read(c: char) -> bool {
    let script = Script::of(c);
    matches!(script, Script::Indic | Script::Armenian | Script::Georgian) || is_mark(c)
}

/// The words of one kind in a line.
#[derive(Clone, Copy, Default)]
struct Together {
    nats: f32,
    chars: f32,
    /// Nats a character of the worst word.
    worst: f32,
}

impl Together {
    fn add(&mut self, nats: f32, len: usize) {
        let chars = (len + 1) as f32;
        self.nats += nats;
        self.chars += chars;
        self.worst = self.worst.min(nats / chars);
    }

    fn is_well(&self, kind: Kind) -> bool {
        let (mean, worst) = match kind {
            Kind::Latin => (TOGETHER_LATIN, WORST_LATIN),
            Kind::EastAsian => (TOGETHER_EAST_ASIAN, WORST_EAST_ASIAN),
            _ => (TOGETHER, WORST),
        };
        self.nats >= mean * self.chars && self.worst >= worst
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_at_a_glance_is_known() {
        let mut known = 0;
        for c in '\0'..'\u{3000}' {
            for token in [
                format!("{c}"),
                format!("{c}t{c}"),
                format!("l'é{c}é"),
                format!("{c}рошо"),
                format!("été{c}был"),
            ] {
                if !token.is_ascii() && is_known_small(&token) {
                    let chars: Vec<char> = token.chars().collect();
                    assert!(is_known(&chars, 1), "{token:?}");
                    known += 1;
                }
            }
        }
        assert!(known > 50);
    }
}
