//! The words of a text that a search looks at first.

use super::features::is_plain_word;
use super::plausibility::plausibility;
use super::script::Script;

/// Distinct words with characters outside ASCII that do not read well, and how plausible each is as
/// it stands. Where every word reads well, no search could gain anything.
pub(crate) struct Words {
    words: Vec<Vec<char>>,
    /// Log-probability in nats of each word as it stands.
    pub(crate) observed: Vec<f32>,
}

/// At most so many words, and so many characters of them, are looked at.
const MOST_WORDS: usize = 14;
const MOST_CHARS: usize = 400;
/// Nats a character that a word may cost to read well.
const WELL: f32 = -3.2;
const WELL_EAST_ASIAN: f32 = -7.0;
/// Of longer words (text without spaces) this much is looked at from each ASCII sign on: whatever
/// went wrong, an ASCII sign is where characters begin anew.
const PIECE: usize = 120;

impl Words {
    /// The least plausible words of `text`, in the order in which they stand.
    pub(crate) fn of(text: &[char]) -> Words {
        let mut seen = super::expand::Set::default();
        let mut found: Vec<(usize, Vec<char>, f32)> = Vec::new();
        for word in text.split(|c| c.is_ascii_whitespace()) {
            let signs = |c: &char| word.len() > PIECE && c.is_ascii_punctuation();
            for piece in word.split(signs) {
                let piece = piece.get(..PIECE).unwrap_or(piece);
                if piece.iter().all(char::is_ascii) || !seen.insert(piece) {
                    continue;
                }
                let observed = plausibility(piece, &[]);
                if !reads_well(piece, observed) {
                    found.push((found.len(), piece.to_vec(), observed));
                }
                if found.len() >= 400 {
                    break;
                }
            }
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

    pub(crate) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &[char]> {
        self.words.iter().map(Vec::as_slice)
    }
}

/// A word of letters in usual case that the model knows.
fn reads_well(word: &[char], observed: f32) -> bool {
    let east_asian = word
        .iter()
        .filter(|&&c| Script::of(c).is_east_asian())
        .count()
        * 2
        > word.len();
    let wanted = if east_asian { WELL_EAST_ASIAN } else { WELL };
    is_plain_word(word) && observed > wanted * (word.len() + 1) as f32
}
