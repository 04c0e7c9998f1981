//! Frames, tables, trees and pictures of DOS and KOI8 text that were read as letters: `ÚÄÄÄ¿`, `³ a ³`, `ÀÄÄÄÙ`.
//!
//! No n-gram tells letters from lines. Where they stand does: the arms of what was drawn meet, from one character to the
//! next and from one line to the next, and letters that become lines by chance reach into the void.

mod page;

use super::wraps::line_ends;
use crate::detect::Settings;
use crate::detect::chunks::{Chunk, chunks};
use crate::detect::frames::is_rule;
use crate::detect::hypothesis::{Hypothesis, shown_again};
use crate::encoding::Encoding;
use crate::misdecoding::{Chain, Misdecoding, prior};
use page::Page;

/// So many equal characters in a row may have been a line.
const ROW: usize = 3;
/// So many different ones are tried.
const MOST_RULES: usize = 2;
/// A chain is looked for in so many bytes from the first such row on, and in so many before it.
const SAMPLE: usize = 8000;
const BEFORE: usize = 500;
/// Nats below which a chain makes the letters of a line worse.
const MADE_WORSE: f32 = -6.0;
/// Log-odds of what was drawn.
const SURE: f32 = 6.0;

/// What was drawn in a text.
pub(super) struct Drawings<'a> {
    pub(super) chain: Chain,
    pub(super) lines: Vec<(Chunk<'a>, Vec<char>, Hypothesis)>,
}

/// A quick look at the beginning of a line: a row of equal characters may have been a line.
pub(super) fn may_be_drawn(line: &str) -> bool {
    row_at(line).is_some_and(may_be_rule)
}

/// What was drawn in a text and was read as something else, if it surely was.
pub(super) fn drawings<'a>(text: &'a str, settings: &Settings) -> Option<Drawings<'a>> {
    let chain = chain(text, settings)?;
    let cost = prior::chain_cost(&chain)?;
    let page = Page::of(chunks(text), &chain);
    let lines = page.drawn().filter(|line| line.gain() >= MADE_WORSE);
    let lines: Vec<_> = lines
        .filter_map(|line| {
            let h = shown_again(&line.chars, &line.undone, &chain, cost, SURE)?;
            Some((line.chunk, line.chars.clone(), h))
        })
        .collect();
    (!lines.is_empty()).then_some(Drawings { chain, lines })
}

/// The chain that explains best what was drawn, from the first row of equal characters on.
fn chain(text: &str, settings: &Settings) -> Option<Chain> {
    let sample = sample(text, rules(text).next()?.0);
    let explained = chains(sample, settings).into_iter().filter_map(|chain| {
        let page = Page::of(chunks(sample), &chain);
        let nats = page.nats()? - prior::chain_cost(&chain)?;
        Some((chain, nats))
    });
    let best = explained.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
    best.map(|(chain, _)| chain)
}

/// Whole lines around a place.
fn sample(text: &str, at: usize) -> &str {
    let from = at.saturating_sub(BEFORE);
    let bytes = text.as_bytes();
    let ends_line = |&at: &usize| at == 0 || bytes.get(at - 1) == Some(&b'\n');
    let start = (from..=at).find(ends_line).unwrap_or(0);
    let rest = text.get(start..).unwrap_or_default();
    // A character has four bytes at most.
    let cut = (SAMPLE..SAMPLE + 4).find(|&end| rest.is_char_boundary(end));
    let long = cut.unwrap_or(rest.len());
    let sample = rest.get(..long).unwrap_or(rest);
    match sample.rfind('\n') {
        Some(end) if long < rest.len() => sample.get(..=end).unwrap_or_default(),
        _ => sample,
    }
}

/// The chains by which the rows of equal characters would be lines.
fn chains(text: &str, settings: &Settings) -> Vec<Chain> {
    let mut found: Vec<Chain> = Vec::new();
    for (_, c) in rules(text).take(MOST_RULES) {
        for (read, byte) in bytes_of(c) {
            let written = drawing().filter(|w| w.decode_byte(byte).is_some_and(is_rule));
            let chains = written
                .filter_map(|written| Chain::new().with(Misdecoding { written, read }).ok())
                .filter(|chain| settings.allows(chain) && prior::chain_cost(chain).is_some());
            found.extend(chains);
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Encodings of one byte a character that have lines.
fn drawing() -> impl Iterator<Item = Encoding> {
    let draws = |e: &Encoding| e.is_single_byte() && e.encode_char('─').is_some();
    Encoding::ALL.iter().copied().filter(draws)
}

/// The encodings in which one byte, or the same one again, was read as a character, and that byte.
fn bytes_of(c: char) -> impl Iterator<Item = (Encoding, u8)> {
    Encoding::ALL.iter().filter_map(move |&read| {
        let bytes = read.encode_char(c)?;
        let (&first, rest) = bytes.as_slice().split_first()?;
        rest.iter().all(|&b| b == first).then_some((read, first))
    })
}

/// The characters that stand in a row at the beginning of a line and may have been lines, each once, and where the first row
/// is.
fn rules(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut seen: Vec<char> = Vec::new();
    let starts = std::iter::once(0).chain(line_ends(text).map(|end| end + 1));
    starts.filter_map(move |start| {
        let c = row_at(text.get(start..)?).filter(|c| !seen.contains(c))?;
        seen.push(c);
        may_be_rule(c).then_some((start, c))
    })
}

fn may_be_rule(c: char) -> bool {
    let draws = |byte| drawing().any(|w| w.decode_byte(byte).is_some_and(is_rule));
    bytes_of(c).any(|(_, byte)| draws(byte))
}

/// The character that stands several times in a row at the beginning of a line, or behind one other, whatever space and signs
/// of ASCII come before.
#[inline]
fn row_at(line: &str) -> Option<char> {
    let is_sign = |byte: &u8| byte.is_ascii() && !byte.is_ascii_alphanumeric() && *byte != b'\n';
    let signs = line.bytes().take_while(|byte| is_sign(byte)).count();
    let rest = line.get(signs..)?;
    let second = match *rest.as_bytes() {
        [0xC2..=0xDF, _, ref second @ ..] | [0xE0..=0xEF, _, _, ref second @ ..] => second,
        _ => return None,
    };
    // The third character is the second one, whether of two bytes or of three.
    match *second {
        [0xC2..=0xDF, _, c, d, ..] if second.starts_with(&[c, d]) => row_in(rest),
        [0xE0..=0xEF, _, _, d, e, f, ..] if second.starts_with(&[d, e, f]) => row_in(rest),
        _ => None,
    }
}

fn row_in(line: &str) -> Option<char> {
    let mut chars = line.chars();
    let first = chars.next()?;
    let second = chars.next().filter(|c| !c.is_ascii())?;
    let others = if first == second { ROW - 2 } else { ROW - 1 };
    (chars.take(others).filter(|&c| c == second).count() == others).then_some(second)
}
