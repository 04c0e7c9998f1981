//! No-break spaces that became spaces: `Ã ` is `à` and `Å ` is `Š`, since the no-break space was their last byte.
//!
//! It is the commonest loss in UTF-8 that was read as windows-1252. Often but one such letter stands in a text, too little
//! for [`lattice`](crate::lattice); but no other mishap leaves a capital behind small letters and before a space.

use super::{Cause, Certainty, Edit, ProposedEdit};
use crate::detect::undo::undo;
use crate::detect::{Settings, judge};
use crate::encoding::Encoding;
use crate::misdecoding::{Chain, Misdecoding};
use crate::model::words::{self, is_known};
use std::ops::Range;

const NO_BREAK_SPACE: char = '\u{A0}';
/// The first bytes of nearly all such characters, as windows-1252 has them.
const LEADS: [char; 2] = ['Ã', 'Â'];
/// Signs before which French has a no-break space.
const SIGNS: [char; 7] = ['!', '?', ':', ';', '»', '%', '€'];
/// The confidence of an edit by which a chain is proven, and so many chains are tried.
const PROVEN: f32 = 0.8;
const MOST_CHAINS: usize = 3;
/// Within so many bytes an edit is near, and so many are looked at.
const NEAR: usize = 1000;
const MOST_NEAR: usize = 100;
/// So many characters stand for one.
const LONGEST: usize = 6;

/// Where a chain is proven, and how sure such a repair is then.
#[derive(Clone, Copy, PartialEq)]
enum Proof {
    Near,
    Document,
    None,
}

impl Proof {
    fn confidence(self) -> f32 {
        match self {
            Proof::Near => 0.95,
            Proof::Document => 0.9,
            Proof::None => 0.85,
        }
    }
}

/// A quick look: the beginning of such a character stands before a space.
pub(super) fn may_be_gone(text: &str) -> bool {
    !text.is_ascii() && (text.contains("Ã ") || text.contains("Â ") || text.ends_with(LEADS))
}

/// The edits that give back what no-break spaces were part of, over `text`, which `edits` made of `mangled`.
pub(super) fn given_back(
    mangled: &str,
    text: &str,
    edits: &[Edit],
    settings: &Settings,
    wanted: f32,
) -> Vec<ProposedEdit> {
    let mut out: Vec<ProposedEdit> = Vec::new();
    if text.is_ascii() || mangled.contains(NO_BREAK_SPACE) {
        return out;
    }
    for chain in chains(edits, settings) {
        let places = text.char_indices().filter(|(_, c)| !c.is_ascii());
        for (at, c) in places {
            let end = at + c.len_utf8();
            let is_taken = || {
                let known = edits.partition_point(|e| e.repaired().end <= at);
                edits.get(known).is_some_and(|e| e.repaired().start <= at)
                    || out.last().is_some_and(|e| at < e.original.end)
            };
            // Small letters end the words of clean text.
            if c.is_lowercase() || !is_before_space(text, end) || is_taken() {
                continue;
            }
            let proof = proof(at, edits, &chain);
            let is_doubted = proof == Proof::None && !LEADS.contains(&c);
            if is_doubted || judge::log_odds_of(proof.confidence()) < wanted {
                continue;
            }
            let Some(place) = Place::of(text, end, &chain) else {
                continue;
            };
            out.extend(
                place
                    .edit(text, proof)
                    .map(|(original, after)| ProposedEdit {
                        original,
                        after,
                        cause: Cause::Chain(chain),
                        certainty: Certainty::Inferred {
                            guessed: Box::default(),
                        },
                        confidence: proof.confidence(),
                    }),
            );
        }
        out.sort_by_key(|e| e.original.start);
    }
    out
}

/// The chains that could have befallen such characters: those that are proven, and the commonest of all.
fn chains(edits: &[Edit], settings: &Settings) -> Vec<Chain> {
    let is_utf8 = |chain: &Chain| {
        let newest = chain.iter().next_back();
        newest.is_some_and(|m| m.written == Encoding::Utf8 && m.read.is_single_byte())
    };
    let mut chains: Vec<Chain> = Vec::new();
    for edit in edits {
        if let Cause::Chain(chain) = edit.cause()
            && edit.confidence() >= PROVEN
            && is_utf8(&chain)
            && chains.len() < MOST_CHAINS
            && !chains.contains(&chain)
        {
            chains.push(chain);
        }
    }
    let commonest = Misdecoding::new(Encoding::Utf8, Encoding::Windows1252);
    if let Ok(commonest) = Chain::new().with(commonest)
        && !chains.contains(&commonest)
    {
        chains.push(commonest);
    }
    chains.retain(|chain| settings.allows(chain));
    chains
}

fn proof(at: usize, edits: &[Edit], chain: &Chain) -> Proof {
    let proves = |e: &Edit| e.cause() == Cause::Chain(*chain) && e.confidence() >= PROVEN;
    let first = edits.partition_point(|e| e.repaired().end + NEAR < at);
    let near = edits
        .iter()
        .skip(first)
        .take_while(|e| e.repaired().start < at + NEAR);
    if near.take(MOST_NEAR).any(proves) {
        Proof::Near
    } else if edits.iter().take(MOST_NEAR).any(proves) {
        Proof::Document
    } else {
        Proof::None
    }
}

fn is_before_space(text: &str, end: usize) -> bool {
    let next = text.as_bytes().get(end);
    next.is_none_or(|byte| matches!(byte, b' ' | b'\n' | b'\r'))
}

/// Characters before a space or an end, and what they are with a no-break space behind them.
struct Place {
    range: Range<usize>,
    original: char,
}

impl Place {
    fn of(text: &str, end: usize, chain: &Chain) -> Option<Place> {
        let mut mangled = Vec::with_capacity(LONGEST + 1);
        let mut start = end;
        let before = text.get(..end)?.chars().rev();
        for c in before.take(LONGEST).take_while(|c| !c.is_ascii()) {
            mangled.insert(0, c);
            start -= c.len_utf8();
            let mut whole = mangled.clone();
            whole.push(NO_BREAK_SPACE);
            let undone = undo(chain, &whole);
            if let ([unit], [original]) = (undone.units.as_slice(), undone.chars.as_slice())
                && unit.converted
            {
                return Some(Place {
                    range: start..end,
                    original: *original,
                });
            }
        }
        None
    }

    /// What is replaced by what; `None` where it may be meant as it stands.
    fn edit(&self, text: &str, proof: Proof) -> Option<(Range<usize>, String)> {
        let behind = text.get(self.range.end..)?;
        let spaces = behind.bytes().take_while(|&b| b == b' ').count();
        let before: Vec<char> = letters(text.get(..self.range.start)?.chars().rev()).collect();
        if before.first().is_some_and(|c| c.is_uppercase()) {
            return None;
        }
        let next = behind.trim_start_matches(' ').chars();
        let gone = if self.original == NO_BREAK_SPACE {
            let last = text.get(..self.range.start)?.chars().next_back();
            self.is_space(last, next.clone().next(), proof)
                .then_some(spaces.min(1))?
        } else {
            self.spaces_gone(before.iter().rev().copied(), letters(next), spaces, proof)?
        };
        Some((
            self.range.start..self.range.end + gone,
            self.original.into(),
        ))
    }

    fn is_space(&self, last: Option<char>, next: Option<char>, proof: Proof) -> bool {
        let is_word = last.is_some_and(|c| c.is_lowercase() || c.is_numeric());
        proof != Proof::None
            || is_word && next.is_some_and(|c| SIGNS.contains(&c))
            || last == Some('«')
    }

    /// How many of the spaces behind are the lost byte of a letter that ends a word or stands in it.
    fn spaces_gone(
        &self,
        before: impl Iterator<Item = char> + Clone,
        behind: impl Iterator<Item = char> + Clone,
        spaces: usize,
        proof: Proof,
    ) -> Option<usize> {
        let is_last = before.clone().next().is_some();
        let word: Vec<char> = before.chain([self.original]).collect();
        let ends_word = is_known(&word) && (is_last || proof != Proof::None);
        if spaces != 1 {
            return ends_word.then_some(spaces.min(1));
        }
        let rest: Vec<char> = behind.collect();
        let joined: Vec<char> = word.iter().chain(&rest).copied().collect();
        let is_in_word = !rest.is_empty()
            && rest.iter().all(|c| c.is_lowercase())
            && is_known(&joined)
            // A letter alone is no word, and hardly any word begins with the capital of one.
            && (!is_known(&word) || rest.len() == 1 || self.original.is_uppercase());
        if is_in_word {
            Some(1)
        } else {
            // The two spaces became one.
            ends_word.then_some(0)
        }
    }
}

fn letters(chars: impl Iterator<Item = char> + Clone) -> impl Iterator<Item = char> + Clone {
    chars.take(words::LONGEST).take_while(|c| c.is_alphabetic())
}
