//! Mishaps that no search of pairs finds: codes that are known by their structure.
//!
//! Each finds the stretches of its code, says what they stand for, and is believed where that reads
//! as text and what stood there did not. The searched encodings have a judge for that; here the
//! structure itself is most of the evidence.

mod cesu8;
mod hz;
mod iso2022jp;
mod utf16;
mod utf7;
mod vni;

use super::Settings;
use super::hypothesis::{Hypothesis, Stretches};
use super::plausibility::{is_letter, plausibility};
use super::refusals::are_icons;
use super::script::Script;
use super::signs::Signs;
use super::symbols::is_mark;
use super::tables::is_a_table;
use crate::damage::lost::holds_unwritten_memory;
use crate::misdecoding::{Chain, Misdecoding};
use crate::model::{History, MODEL};
use std::ops::Range;

/// Log-odds a nat of gain, and the most that there are.
const SURE_A_NAT: f32 = 0.3;
const SUREST: f32 = 8.0;
/// Text that reads better than this is believed: nats a character, of letters and of East Asian
/// ones, and once. Of clean sentences' first 8 characters 97 in 100 do.
const READS_WELL: f32 = -3.4;
const READS_WELL_ONCE: f32 = -6.0;
const READS_WELL_EAST_ASIAN: f32 = -9.0;
const READS_WELL_EAST_ASIAN_ONCE: f32 = -16.0;

/// Whether a text in ASCII may hold such a code, given the signs in it.
pub(crate) fn may_be_in(text: &str, signs: Signs) -> bool {
    signs.hold(Signs::CONTROL)
        || signs.hold(Signs::DOLLAR) && iso2022jp::may_be_in(text)
        || signs.hold(Signs::TILDE) && hz::may_be_in(text)
        || signs.hold(Signs::PLUS) && utf7::may_be_in(text)
}

/// Finds one code in a text.
type Code = fn(&[char]) -> Option<Hypothesis>;

/// The hypotheses that the text holds such a code, in no order.
pub(super) fn hypotheses(text: &[char], settings: &Settings) -> Vec<Hypothesis> {
    let codes: [Code; 8] = [
        iso2022jp::hypothesis,
        hz::hypothesis,
        utf7::hypothesis,
        cesu8::hypothesis,
        utf16::narrow,
        utf16::swapped,
        utf16::wide,
        vni::hypothesis,
    ];
    codes
        .iter()
        .filter_map(|code| code(text))
        .filter(|h| settings.permits(&h.chain))
        .collect()
}

/// The hypothesis that these stretches are what a mis-decoding left, at a price in nats.
fn weigh(
    text: &[char],
    misdecoding: Misdecoding,
    stretches: Stretches,
    cost: f32,
) -> Option<Hypothesis> {
    let mut repaired = Vec::with_capacity(text.len());
    let mut done = 0;
    for (range, after) in &stretches {
        repaired.extend(text.get(done..range.start)?);
        repaired.extend(after);
        done = range.end;
    }
    repaired.extend(text.get(done..)?);
    if stretches.is_empty() || repaired == text || is_a_table(text) || are_icons(text) {
        return None;
    }
    // What nobody wrote is no code: 烫烫烫烫 is not `pëpëpëpë`.
    let unwritten =
        |range: &Range<usize>| text.get(range.clone()).is_some_and(holds_unwritten_memory);
    if stretches.iter().any(|(range, _)| unwritten(range)) {
        return None;
    }
    let score = plausibility(&repaired, &[]) - plausibility(text, &[]) - cost;
    let sure = (score * SURE_A_NAT).min(SUREST);
    let chain = Chain::from(misdecoding);
    Some(Hypothesis::given(
        chain, score, cost, sure, stretches, repaired,
    ))
}

/// Whether text reads as somebody wrote it: most of it are letters, each likely after the others.
/// So many nats worse it may read as the structure alone is evidence.
fn reads_well(text: &[char], evidence: f32) -> bool {
    let is_of_word = |&&c: &&char| is_letter(c) || is_mark(c);
    let letters = text.iter().filter(is_of_word).count();
    let east_asian = text
        .iter()
        .filter(|&&c| Script::of(c).is_east_asian())
        .count();
    let mut history = History::word_start();
    let mut sum = 0.0;
    for &c in text.iter().filter(|&&c| c != '\r') {
        // The model knows no line ends within a line.
        let c = if c == '\n' || c == '\t' { ' ' } else { c };
        let (ln_p, next) = MODEL.next(history, c);
        sum += ln_p;
        history = next;
    }
    let share = east_asian as f32 / letters.max(1) as f32;
    let between = |letters: f32, east_asian: f32| letters + (east_asian - letters) * share;
    let limit = between(READS_WELL, READS_WELL_EAST_ASIAN) * text.len() as f32
        + between(READS_WELL_ONCE, READS_WELL_EAST_ASIAN_ONCE);
    letters * 2 > text.len() && sum + evidence >= limit
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks what a code makes of texts: what it is sure of, if of anything.
    pub(super) fn check(code: Code, cases: &[(&str, Option<&str>)]) {
        for (text, expected) in cases {
            let chars: Vec<char> = text.chars().collect();
            let found = code(&chars).filter(|h| h.sure > 1.2);
            let repaired = found.map(|h| h.repaired.iter().collect::<String>());
            assert_eq!(repaired.as_deref(), *expected, "{text:?}");
        }
    }

    #[test]
    fn text_without_a_sign_needs_no_look() {
        let cases = [
            ("", false),
            ("Plain text, 100 % (really)!", false),
            ("C++ and $HOME, a+b-c ~/x", false),
            ("caf+AOk-", true),
            ("~{VPND~}", true),
            ("$BF|K\\(B", true),
            ("H\0i\0", true),
        ];
        for (text, expected) in cases {
            assert_eq!(may_be_in(text, Signs::of(text)), expected, "{text:?}");
        }
    }
}
