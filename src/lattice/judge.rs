//! Which results to trust.

use super::Recovered;
use super::weights::{START, WEIGHTS};
use crate::detect::features::beside_letter;
use crate::detect::in_code::is_a_character_class;
use crate::detect::letter_lists::is_a_list;
use crate::detect::script::Script;
use crate::encoding::Encoding;
use crate::model::words::is_known;

/// Results that are less likely to be better are not made.
pub(super) const LIKELY: f32 = 0.5;

/// How probable it is that a result is better than what was there, as far as `facts` say: a logistic regression, which
/// `examples/calibrate_damage` fits on damaged texts, clean ones, lists, tables and random signs.
pub(super) fn confidence(facts: &[f32; FACTS]) -> f32 {
    let log_odds: f32 = facts
        .iter()
        .zip(&WEIGHTS)
        .map(|(fact, weight)| fact * weight)
        .sum();
    1.0 / (1.0 + (-START - log_odds).exp())
}

/// What no gain makes up for.
pub(super) fn is_refused(line: &[char], r: &Recovered, known: bool) -> bool {
    let others = || {
        r.stretches
            .iter()
            .flat_map(|s| &s.after)
            .filter(|c| !c.is_ascii())
    };
    let unknown = others().filter(|&&c| c == '\u{FFFD}').count();
    // Of little as much stays unknown as comes out, or all of it.
    let little_is_known = match others().count() {
        0..=TWO_OR_THREE => unknown > 0 && unknown * 2 >= others().count(),
        all => unknown == all,
    };
    let is_table = in_order(line, r) > MOSTLY;
    let mut words = line.split(|c| c.is_ascii_whitespace());
    let is_set = words.any(|word| is_a_list(word) || is_a_character_class(word));
    // No character stands in the planes from there on but private ones.
    let mut new = r.stretches.iter().flat_map(|s| &s.after);
    if new.any(|&c| c >= '\u{40000}') {
        return true;
    }
    let is_ascii = others().next().is_none();
    if is_ascii || little_is_known || is_table || is_set || r.net < LEAST_GAIN * r.evidence as f32 {
        return true;
    }
    // A code page makes letters of quotes and signs of spaces: nothing shows that these were worn.
    let code_page = r
        .chain
        .iter()
        .next()
        .is_some_and(|m| m.written.is_single_byte());
    // A word or two that would be others of a code page but for their case or a space are as they were meant.
    let is_marked = line.iter().any(|&c| matches!(c, '?' | '\u{FFFD}'));
    if code_page && r.chain.len() == 1 && !is_marked && !known && r.evidence < FEW {
        return true;
    }
    // Nor are two letters by themselves one that lost its case: `ðá`.
    let is_latin = |c: &char| !c.is_ascii() && Script::of(*c) == Script::Latin;
    let is_no_word = |c: &char| c.is_ascii() && !c.is_alphanumeric();
    let is_a_pair = r.evidence == 2 && line.iter().all(|c| is_latin(c) || is_no_word(c));
    if is_a_pair && !is_marked && !known && makes_one_alone(r) {
        return true;
    }
    // A few signs stand for others only in good text.
    if r.plain && !known && r.evidence < FEW && r.others_quality < LEAST_QUALITY {
        return true;
    }
    let is_legacy = r.chain.iter().all(|m| m.written != Encoding::Utf8);
    // Nor do two or three characters again and again show that what stands beside them was worn.
    if is_legacy && !is_marked && !known && distinct(line, r) <= TWO_OR_THREE {
        return true;
    }
    code_page
        && r.stretches.iter().any(|s| {
            let before = line.get(s.range.clone()).unwrap_or_default();
            let quoted = |q: &char| matches!(q, '\'' | '"');
            let signs =
                before.iter().all(|c| *c == ' ') && !s.after.iter().all(|c| c.is_alphabetic());
            signs
                || before.iter().filter(|q| quoted(q)).count()
                    > s.after.iter().filter(|q| quoted(q)).count()
        })
}

/// Whether all that comes out is one character outside ASCII beside no letter.
fn makes_one_alone(r: &Recovered) -> bool {
    let mut others = r.repaired.iter().enumerate().filter(|c| !c.1.is_ascii());
    let (Some((at, _)), None) = (others.next(), others.next()) else {
        return false;
    };
    !beside_letter(&r.repaired, at)
}

/// How many different characters outside ASCII a result changes.
fn distinct(line: &[char], r: &Recovered) -> usize {
    let ranges = r.stretches.iter().filter_map(|s| line.get(s.range.clone()));
    let mut others: Vec<char> = ranges
        .flatten()
        .copied()
        .filter(|c| !c.is_ascii())
        .collect();
    others.sort_unstable();
    others.dedup();
    others.len()
}

const TWO_OR_THREE: usize = 3;
/// Characters that prove no loss without a mark.
const FEW: usize = 12;
/// Nats a character outside ASCII that are not those of good text.
const LEAST_QUALITY: f32 = -7.5;
/// Nats for each character that speaks for a result.
const LEAST_GAIN: f32 = 0.5;
/// A share.
const MOSTLY: f32 = 0.6;
/// Mean log-probability of usual text.
const USUAL: f32 = -3.0;
const USUAL_EAST_ASIAN: f32 = -6.3;
/// Text that reads so badly, in nats a character, is hardly any.
const HOPELESS: f32 = -4.0;
/// More nats than this are not counted.
const MOST_GAIN: f32 = 300.0;
/// Characters that speak for a result: more than so many say no more, and less are few.
const MUCH: usize = 12;
const LITTLE: usize = 4;
/// So many letters make a word that is hardly another one by chance.
const LONG: usize = 5;

/// Whether much of what is new is text without spaces.
fn is_east_asian(r: &Recovered) -> bool {
    let new: usize = r.stretches.iter().map(|s| s.after.len()).sum();
    let is = |c: &&char| Script::of(**c).is_east_asian();
    r.repaired.iter().filter(is).count() * 5 > new * 2
}

/// How many facts there are.
pub(super) const FACTS: usize = 13;

/// What is known of a result. `rival` is what a chain gains that explains the line without a loss; where that is the same
/// chain, it is `known`.
pub(super) fn facts(line: &[char], r: &Recovered, rival: f32, known: bool) -> [f32; FACTS] {
    let is = |yes: bool| f32::from(u8::from(yes));
    let new: usize = r.stretches.iter().map(|s| s.after.len()).sum();
    let share = |n: f32, of: usize| n / of.max(1) as f32;
    let guesses = || r.stretches.iter().flat_map(|s| &s.guesses);
    let mark = r.marks.mark();
    let mut signs: Vec<char> = line.iter().copied().filter(|c| !c.is_ascii()).collect();
    let high = signs.iter().filter(|c| Some(**c) != mark).count();
    signs.sort_unstable();
    signs.dedup();
    let repeated = (high.max(1) as f32 / signs.len().max(1) as f32).ln();
    let guessed = share(guesses().count() as f32, new);
    let usual = if is_east_asian(r) {
        USUAL_EAST_ASIAN
    } else {
        USUAL
    };
    let quality = r.quality - usual;
    let marks = line
        .iter()
        .filter(|c| matches!(c, '\u{FFFD}' | '?'))
        .count();
    let changed: usize = r.stretches.iter().map(|s| s.range.len()).sum();
    let words = Words::of(&r.repaired);
    [
        // Nats a character above usual text of the kind, and whether it is hardly any text at all.
        quality.clamp(-6.0, 1.0),
        is(quality < HOPELESS),
        // Nats above what explains the line without a loss, and above the line as it stands for each character that speaks
        // for it.
        (r.net - rival).clamp(1.0, MOST_GAIN).ln(),
        (r.net / (r.evidence + 1) as f32).clamp(-2.0, 12.0),
        // Signs outside ASCII that are no part of it.
        share(high.saturating_sub(r.evidence) as f32, high + 1),
        // How doubtful the guesses are.
        share(guesses().map(|g| 1.0 - g.odds()).sum(), new),
        // Few signs in many places can be read as any text if much is guessed.
        repeated * guessed,
        // How much speaks for it, and how much is marked as lost where that is little.
        (1.0 + r.evidence.min(MUCH) as f32).ln(),
        is(r.evidence < LITTLE) * share(marks as f32, marks + r.evidence + 1),
        share(changed as f32, line.len()),
        is(known),
        // Words that people know.
        share(words.known as f32, words.letters + 1),
        (1.0 + words.long_known as f32).ln(),
    ]
}

/// Words with letters outside ASCII.
#[derive(Default)]
struct Words {
    /// Letters outside ASCII, and those of them in words that people know.
    letters: usize,
    known: usize,
    /// How many of the known ones are long.
    long_known: usize,
}

impl Words {
    fn of(text: &[char]) -> Words {
        let mut words = Words::default();
        for word in text.split(|c| !c.is_alphabetic()) {
            let letters = word.iter().filter(|c| !c.is_ascii()).count();
            words.letters += letters;
            if letters > 0 && is_known(word) {
                words.known += letters;
                words.long_known += usize::from(word.len() >= LONG);
            }
        }
        words
    }
}

/// The share of the neighbours outside ASCII, with no letters between, of which the second is the next character, or the
/// same one again, in Unicode or in the code that the line was read in.
fn in_order(text: &[char], r: &Recovered) -> f32 {
    let read = r.chain.iter().next_back().map(|m| m.read);
    let code = |c: char| {
        let encoded = read.and_then(|e| e.encode_char(c))?;
        Some(
            encoded
                .as_slice()
                .iter()
                .fold(0, |n, &b| n << 8 | u32::from(b)),
        )
    };
    let (mut pairs, mut near) = (0, 0);
    let mut last: Option<char> = None;
    for &c in text {
        if c.is_ascii_alphabetic() {
            last = None;
        }
        // Marks of loss stand in rows of themselves.
        if c.is_ascii() || c == '\u{FFFD}' {
            continue;
        }
        if let Some(last) = last.replace(c) {
            // Not the one before: mojibake is full of `ÃÂ`.
            let next = |a: u32, b: u32| b == a || b == a + 1;
            let in_code = || matches!((code(last), code(c)), (Some(a), Some(b)) if next(a, b));
            pairs += 1;
            near += u32::from(next(last as u32, c as u32) || in_code());
        }
    }
    near as f32 / pairs.max(1) as f32
}
