//! Which results to trust.

use super::Recovered;
use crate::detect::script::Script;
use crate::encoding::Encoding;
use crate::misdecoding::prior;

/// Results that are less likely to be better are not made.
pub(super) const LIKELY: f32 = 0.8;

/// How probable it is that a result is better than what was there: a logistic regression, fitted on damaged texts,
/// clean ones, tables of characters and random signs. `rival` is what a chain gains that explains the line without a
/// loss; where that is the same chain, it is `known`.
pub(super) fn confidence(line: &[char], r: &Recovered, rival: f32, known: bool) -> f32 {
    if is_refused(line, r, known) {
        return 0.0;
    }
    let facts = Facts::of(line, r, rival);
    let log_odds = START
        + facts
            .weighed()
            .iter()
            .map(|(fact, weight)| fact * weight)
            .sum::<f32>();
    1.0 / (1.0 + (-log_odds).exp())
}

/// What no gain makes up for.
fn is_refused(line: &[char], r: &Recovered, known: bool) -> bool {
    let nothing_is_known = r
        .stretches
        .iter()
        .all(|s| s.after.iter().all(|&c| c == '\u{FFFD}'));
    let is_table = in_order(line, r) > MOSTLY;
    if nothing_is_known || is_table || r.net < LEAST_GAIN * r.evidence as f32 {
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
    if code_page && !is_marked && !known && r.evidence < FEW {
        return true;
    }
    // A few signs stand for others only in good text.
    if r.plain && !known && r.evidence < FEW && r.others_quality < LEAST_QUALITY {
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

/// Characters that prove no loss without a mark.
const FEW: usize = 12;
/// Nats a character outside ASCII that are not those of good text.
const LEAST_QUALITY: f32 = -7.5;
/// Nats for each character that speaks for a result.
const LEAST_GAIN: f32 = 0.5;
/// A share.
const MOSTLY: f32 = 0.6;
const START: f32 = 1.7;
/// See [`usual`].
const USUAL: f32 = -3.0;
const USUAL_EAST_ASIAN: f32 = -6.3;
/// Text that reads so badly, in nats a character, is hardly any.
const HOPELESS: f32 = -4.0;
/// More nats than this are not counted.
const MOST_GAIN: f32 = 300.0;

/// Whether much of what is new is text without spaces.
fn is_east_asian(r: &Recovered) -> bool {
    let new: usize = r.stretches.iter().map(|s| s.after.len()).sum();
    let is = |c: &&char| Script::of(**c).is_east_asian();
    r.repaired.iter().filter(is).count() * 5 > new * 2
}

/// Mean log-probability of usual text.
fn usual(east_asian: bool) -> f32 {
    if east_asian { USUAL_EAST_ASIAN } else { USUAL }
}

/// What is known of a result.
struct Facts {
    /// Nats a character above usual text of the kind.
    quality: f32,
    /// Text that reads so badly that it is hardly any.
    hopeless: bool,
    /// Nats above the line as it stands, or as a chain without losses explains it.
    gain: f32,
    /// Share of the signs outside ASCII that are no part of it.
    left: f32,
    /// Share of the new characters that rests on guesses, by how doubtful these are.
    doubtful: f32,
    /// Share of the new characters that was guessed.
    guessed: f32,
    /// How often each different sign outside ASCII stands there: ln.
    repeated: f32,
    /// Share of the signs that follow on the one before in an alphabet or a code: a table of characters.
    in_order: f32,
    east_asian: bool,
    utf8: bool,
    layered: bool,
    cost: f32,
}

impl Facts {
    fn of(line: &[char], r: &Recovered, rival: f32) -> Facts {
        let new: usize = r.stretches.iter().map(|s| s.after.len()).sum();
        let share = |n: f32| n / new.max(1) as f32;
        let guesses = || r.stretches.iter().flat_map(|s| &s.guesses);
        let mark = r.marks.mark();
        let mut signs: Vec<char> = line.iter().copied().filter(|c| !c.is_ascii()).collect();
        let high = signs.iter().filter(|c| Some(**c) != mark).count();
        let in_order = in_order(line, r).max(in_order(&r.repaired, r));
        signs.sort_unstable();
        signs.dedup();
        let east_asian = is_east_asian(r);
        let quality = r.quality - usual(east_asian);
        Facts {
            quality,
            hopeless: quality < HOPELESS,
            gain: r.net - rival,
            left: high.saturating_sub(r.evidence) as f32 / (high + 1) as f32,
            doubtful: share(guesses().map(|g| 1.0 - g.odds()).sum()),
            guessed: share(guesses().count() as f32),
            repeated: (high.max(1) as f32 / signs.len().max(1) as f32).ln(),
            in_order,
            east_asian,
            utf8: r
                .chain
                .iter()
                .next()
                .is_some_and(|m| m.written == Encoding::Utf8),
            layered: r.chain.len() > 1,
            cost: prior::chain_cost(&r.chain).unwrap_or(0.0),
        }
    }

    fn weighed(&self) -> [(f32, f32); 13] {
        let is = |yes: bool| f32::from(u8::from(yes));
        [
            (self.quality.clamp(-6.0, 1.0), 0.56),
            (self.left, -1.7),
            (self.doubtful, -1.9),
            (is(self.east_asian), -0.8),
            (self.gain.clamp(1.0, MOST_GAIN).ln(), 1.2),
            (is(self.utf8), 0.4),
            (is(self.layered), 2.9),
            // Few signs in many places can be read as any text: more so if much is guessed, or if each byte is a letter.
            (self.repeated, -0.55),
            (self.repeated * self.guessed, -1.9),
            (self.repeated * is(!self.utf8), -1.6),
            (self.in_order, -3.2),
            (is(self.hopeless), -3.1),
            (self.cost, -0.25),
        ]
    }
}

/// The share of the neighbours outside ASCII, with no letters between, of which the second is the next character, or the same one again, in
/// Unicode or in the code that the line was read in.
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
            let next = |a: u32, b: u32| a.abs_diff(b) <= 1;
            let in_code = || matches!((code(last), code(c)), (Some(a), Some(b)) if next(a, b));
            pairs += 1;
            near += u32::from(next(last as u32, c as u32) || in_code());
        }
    }
    near as f32 / pairs.max(1) as f32
}
