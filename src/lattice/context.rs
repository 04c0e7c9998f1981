//! What the rest of a line says of a guess: which language it is in, which words people know, which quotes are open.
//!
//! The n-grams of the model pool all languages. What was guessed with them is weighed once more with the languages
//! that the line fits, and with the words that a guess makes; signs with the quotes and parentheses before them.

use super::guess::Weighed;
use crate::model::languages::Fit;
use crate::model::words::{LONGEST, is_known};
use std::collections::HashMap;
use std::ops::Range;

/// So much of what the languages say counts.
const LANGUAGE: f32 = 0.5;
/// Nats for a word that people know.
const KNOWN: f32 = 2.0;
/// Nats for a letter that the line has elsewhere, too.
const SEEN: f32 = 1.0;
/// So many of what a character could be are weighed.
const WEIGHED: usize = 8;
/// A guess is weighed again when others in its word were.
const SWEEPS: usize = 2;
/// Shorter words are others by chance.
const SHORTEST: usize = 3;
/// Nats for a sign that closes what is open, and against one that closes nothing or opens it again.
const PAIRED: f32 = 2.5;
/// So many are open at once.
const DEEPEST: usize = 8;
/// Signs that open, and those that close what they opened.
const PAIRS: [(char, char); 10] = [
    ('“', '”'),
    ('„', '“'),
    ('«', '»'),
    ('(', ')'),
    ('（', '）'),
    ('「', '」'),
    ('『', '』'),
    ('《', '》'),
    ('〈', '〉'),
    ('【', '】'),
];

/// Weighs all guesses of a line again.
pub(super) fn weigh(chars: &mut [Weighed]) {
    weigh_signs(chars);
    weigh_words(chars);
}

/// Weighs signs that were guessed with those that are open where they stand.
fn weigh_signs(chars: &mut [Weighed]) {
    let mut open: Vec<(char, char)> = Vec::new();
    for weighed in chars {
        for (c, score) in &mut weighed.scored {
            let closes = |pair: &(char, char)| pair.1 == *c;
            if open.last().is_some_and(closes) {
                *score += PAIRED;
            } else if open.iter().any(|pair| pair.0 == *c) || PAIRS.iter().skip(2).any(closes) {
                *score -= PAIRED;
            }
        }
        weighed
            .scored
            .sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let c = best(weighed);
        if open.last().is_some_and(|pair| pair.1 == c) {
            open.pop();
        } else if let Some(pair) = PAIRS.iter().find(|pair| pair.0 == c) {
            open.push(*pair);
            if open.len() > DEEPEST {
                open.remove(0);
            }
        }
    }
}

/// Weighs letters that were guessed with the language of the line and the words that they make.
fn weigh_words(chars: &mut [Weighed]) {
    let mut line: Vec<char> = chars.iter().map(best).collect();
    let words = words(&line, chars);
    if words.is_empty() {
        return;
    }
    let mut counts: HashMap<char, usize> = HashMap::new();
    for &c in line.iter().filter(|c| !c.is_ascii()) {
        *counts.entry(c).or_default() += 1;
    }
    let mut whole = Fit::default();
    whole.add(&line, 1.0);
    for word in words {
        let Some(mut letters) = line.get(word.clone()).map(<[char]>::to_vec) else {
            continue;
        };
        let mut elsewhere = whole.clone();
        elsewhere.add(&letters, -1.0);
        let stood = letters.clone();
        let is_elsewhere = |c: char| {
            let here = stood.iter().filter(|&&s| s == c).count();
            counts.get(&c).is_some_and(|&all| all > here)
        };
        let (Some(own), Some(of_line)) = (chars.get_mut(word.clone()), line.get_mut(word)) else {
            continue;
        };
        let of_model: Vec<Vec<(char, f32)>> = own.iter().map(|w| w.scored.clone()).collect();
        let guesses = of_model.iter().filter(|s| !s.is_empty()).count();
        for _ in 0..SWEEPS.min(guesses) {
            for (i, scored) in of_model.iter().enumerate() {
                let Some(weighed) = own.get_mut(i).filter(|_| !scored.is_empty()) else {
                    continue;
                };
                weighed.scored = weigh_one(scored, i, &mut letters, &elsewhere, &is_elsewhere);
                if let (Some(slot), Some(first)) = (letters.get_mut(i), weighed.scored.first()) {
                    *slot = first.0;
                }
            }
        }
        of_line.copy_from_slice(&letters);
    }
}

/// What a letter of a word could be, the likeliest first.
fn weigh_one(
    scored: &[(char, f32)],
    at: usize,
    word: &mut [char],
    elsewhere: &Fit,
    is_elsewhere: &impl Fn(char) -> bool,
) -> Vec<(char, f32)> {
    let mut out = scored.to_vec();
    let (mut worst, mut rest) = (0.0f32, out.iter_mut());
    for (c, score) in rest.by_ref().take(WEIGHED) {
        if let Some(slot) = word.get_mut(at) {
            *slot = *c;
        }
        let mut fit = elsewhere.clone();
        fit.add(word, 1.0);
        let known = word.len() >= SHORTEST && is_known(word);
        let more = LANGUAGE * fit.ln()
            + if known { KNOWN } else { 0.0 }
            + if is_elsewhere(*c) { SEEN } else { 0.0 };
        worst = worst.min(more);
        *score += more;
    }
    // Of the others the worst is thought.
    rest.for_each(|(_, score)| *score += worst);
    out.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    out
}

fn best(weighed: &Weighed) -> char {
    weighed.scored.first().map_or(weighed.c, |s| s.0)
}

/// The words in which letters were guessed.
fn words(line: &[char], chars: &[Weighed]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    for word in line.split(|c| !c.is_alphabetic()) {
        let range = start..start + word.len();
        start = range.end + 1;
        let of_word = chars.get(range.clone()).unwrap_or_default();
        if word.len() <= LONGEST && of_word.iter().any(|w| !w.scored.is_empty()) {
            out.push(range);
        }
    }
    out
}
