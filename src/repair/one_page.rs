//! One page was read wrongly once: a character that is a letter of one code page in most lines is no other one in another
//! line, whatever another page of its script would make of that line.

use super::choice::surest;
use super::proven::Searched;
use crate::detect::hypothesis::{Hypothesis, shown_again};
use crate::detect::plausibility::is_letter;
use crate::detect::undo::undo;
use crate::misdecoding::{Chain, prior};
use std::collections::HashMap;

/// So many times as many lines show the page as another, and log-odds of what that explains otherwise.
const MOSTLY: usize = 2;
const BESIDE: f32 = 2.0;

/// Undoes the code page that most lines of a text show in those, too, of which another page of its script makes other
/// letters of the same characters.
pub(super) fn agree(searched: &mut [Searched<'_>], wanted: f32) {
    let Some(page) = Page::of(searched, wanted) else {
        return;
    };
    for s in searched.iter_mut() {
        if let Some(h) = page.instead(s, wanted) {
            s.found = vec![h];
            s.at_once = true;
        }
    }
}

/// The code page that most lines show.
struct Page {
    chain: Chain,
    /// The lines that show it.
    lines: usize,
    /// The lines that show each of the others.
    others: HashMap<Chain, usize>,
    /// What it makes of characters.
    letters: HashMap<char, char>,
}

impl Page {
    /// `None` where all lines show the same chain.
    fn of(searched: &[Searched<'_>], wanted: f32) -> Option<Page> {
        let mut lines: HashMap<Chain, usize> = HashMap::new();
        for s in searched {
            if let Some(h) = made(s, wanted) {
                *lines.entry(h.chain).or_default() += 1;
            }
        }
        let (&chain, &most) = lines
            .iter()
            .max_by_key(|&(chain, n)| (*n, std::cmp::Reverse(*chain)))?;
        if lines.len() == 1 || !is_page(&chain) {
            return None;
        }
        lines.remove(&chain);
        let mut letters = HashMap::new();
        for s in searched {
            if let Some(h) = made(s, wanted).filter(|h| h.chain == chain) {
                letters.extend(pairs(h, &s.chars));
            }
        }
        Some(Page {
            chain,
            lines: most,
            others: lines,
            letters,
        })
    }

    /// What becomes of a line of which another page makes something else.
    fn instead(&self, s: &Searched<'_>, wanted: f32) -> Option<Hypothesis> {
        let other = made(s, wanted)?;
        let lines = self.others.get(&other.chain)?;
        if !are_of_one_script(&self.chain, &other.chain) || lines * MOSTLY > self.lines {
            return None;
        }
        let mut any = false;
        for (old, new) in pairs(other, &s.chars) {
            any |= *self.letters.get(&old)? != new;
        }
        let undone = undo(&self.chain, &s.chars);
        if !any || undone.units.iter().any(|unit| unit.failed) {
            return None;
        }
        let is_shown = |(at, c): (usize, &char)| {
            undone.chars.get(at) == Some(c) || self.letters.contains_key(c)
        };
        if !s.chars.iter().enumerate().all(is_shown) {
            return None;
        }
        let cost = prior::chain_cost(&self.chain)?;
        shown_again(&s.chars, &undone, &self.chain, cost, BESIDE).filter(|h| h.sure >= wanted)
    }
}

fn made<'s>(s: &'s Searched<'_>, wanted: f32) -> Option<&'s Hypothesis> {
    surest(&s.found, &s.chars, wanted).filter(|h| h.sure >= wanted)
}

/// Whether a chain is one code page read as another.
fn is_page(chain: &Chain) -> bool {
    chain.len() == 1
        && chain
            .iter()
            .all(|m| m.written.is_single_byte() && m.read.is_single_byte())
}

/// Whether two chains of one step undo what was written in code pages of the same script.
fn are_of_one_script(a: &Chain, b: &Chain) -> bool {
    let scripts = |chain: &Chain| prior::scripts(chain.iter().next()?.written);
    is_page(a) && is_page(b) && scripts(a).is_some() && scripts(a) == scripts(b)
}

/// The letters that a chain makes of the characters of a line, each of one.
fn pairs<'a>(h: &'a Hypothesis, line: &'a [char]) -> impl Iterator<Item = (char, char)> + 'a {
    let of_stretch = |(range, after): &'a (std::ops::Range<usize>, Vec<char>)| {
        let before = line.get(range.clone()).unwrap_or_default();
        let same = before.len() == after.len();
        let pairs = before.iter().copied().zip(after.iter().copied());
        pairs.filter(move |(old, new)| same && old != new && is_letter(*new))
    };
    h.stretches.iter().flat_map(of_stretch)
}
