//! Lines in which something was lost: what the lattice rebuilds, as edits.

use super::choice::PROOF;
use super::spaces::LEADS;
use super::{Cause, Certainty, Guess, ProposedEdit, Repairer};
use crate::detect::chunks::Chunk;
use crate::detect::doubts::is_pattern_of;
use crate::detect::hypothesis::{Hypothesis, Stretches};
use crate::detect::judge;
use crate::detect::probe::{Words, is_known};
use crate::detect::refusals::is_multi_byte;
use crate::detect::{Guesses, Settings};
use crate::lattice::{Explanation, Recovered, Stretch, best_guess, recover};
use crate::misdecoding::Chain;
use crate::model::languages::Fit;
use std::collections::HashMap;

/// What the lattice made of lines before, by their text and what was known of them: equal lines are rebuilt once.
pub(super) type Rebuilt<'a> =
    HashMap<(&'a str, Option<(Chain, bool, Stretches)>), Option<Recovered>>;

/// Adds the edits that rebuild a line in which something was lost, whose best explanation without a loss is `whole`.
/// Says whether there are any: they stand instead of those of `whole`.
pub(super) fn propose<'a>(
    edits: &mut Vec<ProposedEdit>,
    rebuilt: &mut Rebuilt<'a>,
    chunk: Chunk<'a>,
    line: &[char],
    whole: Option<&Hypothesis>,
    wanted: f32,
    settings: &Settings,
) -> bool {
    let is_whole = |h: &Hypothesis| leaves_spaces(h, line) || leaves_nothing(h);
    if !may_have_lost(line) || whole.is_some_and(|h| h.sure >= wanted && is_whole(h)) {
        return false;
    }
    let known = whole.map(|h| (h.chain, explains_all(h), h.stretches.clone()));
    let recovered = rebuilt
        .entry((chunk.text, known))
        .or_insert_with(|| recover(line, &explanation(whole)));
    let Some(recovered) = recovered else {
        return false;
    };
    if !settings.allows(&recovered.chain) || explains_ascii_alone(line, &recovered.stretches) {
        return false;
    }
    // What is sure without a loss gives way to another chain only where that is surer, and to guesses of the same one only
    // where something may have been lost.
    let is_surer = |h: &Hypothesis| {
        h.sure < wanted
            || if h.chain == recovered.chain {
                !kept_all(h, line)
            } else {
                recovered.confidence > judge::probability(h.sure)
            }
    };
    if !whole.is_none_or(is_surer) {
        return false;
    }
    // What is likelier than not is made, unless more than the usual is wanted.
    let wanted = judge::probability(wanted);
    if wanted > Repairer::THRESHOLD + 1e-4 && recovered.whole_confidence() < wanted {
        return false;
    }
    let (mut at, mut done) = (chunk.start, 0);
    let bytes = |chars: &[char]| chars.iter().map(|c| c.len_utf8()).sum::<usize>();
    let others = edits.len();
    for stretch in &recovered.stretches {
        let before = line.get(stretch.range.clone()).unwrap_or_default();
        let start = at + bytes(line.get(done..stretch.range.start).unwrap_or_default());
        at = start + bytes(before);
        done = stretch.range.end;
        // U+FFFD says no more than the mojibake of it.
        if stretch.whole && stretch.after.contains(&'\u{FFFD}') {
            continue;
        }
        let guessed = |i: usize| stretch.guesses.binary_search_by_key(&i, |g| g.at).is_ok();
        let after: String = match settings.guesses {
            Guesses::LeaveAlone if !stretch.guesses.is_empty() => continue,
            Guesses::Replacement => {
                let chars = stretch.after.iter().enumerate();
                chars
                    .map(|(i, &c)| if guessed(i) { '\u{FFFD}' } else { c })
                    .collect()
            }
            _ => stretch.after.iter().collect(),
        };
        let shown = stretch.guesses.iter().filter(|g| g.is_shown());
        let confidence = match settings.guesses {
            Guesses::Likely => shown.fold(recovered.confidence, |p, g| p * g.odds()),
            _ => recovered.confidence,
        };
        edits.push(ProposedEdit {
            original: start..at,
            certainty: certainty(stretch, &after),
            after,
            cause: Cause::Chain(recovered.chain),
            confidence,
        });
    }
    edits.len() > others
}

/// Whether nothing but ASCII is explained, as it stands or in full width.
fn explains_ascii_alone(line: &[char], stretches: &[Stretch]) -> bool {
    let is_plain = |c: &char| c.is_ascii() || matches!(c, '\u{FF01}'..='\u{FF5E}' | '\u{3000}');
    let mut before = stretches.iter().filter_map(|s| line.get(s.range.clone()));
    before.all(|chars| chars.iter().all(is_plain))
}

/// Whether an explanation without a loss leaves nothing that may have been lost.
pub(super) fn is_whole(h: &Hypothesis, line: &[char]) -> bool {
    explains_all(h) && !may_lack_spaces(h, line)
}

/// Whether letters may have become spaces.
pub(super) fn may_lack_spaces(h: &Hypothesis, line: &[char]) -> bool {
    explanation(Some(h)).spaces_are_letters(line)
}

fn explains_all(h: &Hypothesis) -> bool {
    h.sure >= PROOF && h.explains_all()
}

fn explanation(h: Option<&Hypothesis>) -> Explanation<'_> {
    h.map_or(Explanation::NONE, |h| {
        Explanation::new(&h.chain, &h.stretches, explains_all(h))
    })
}

/// Whether all that an explanation leaves are the beginnings of characters whose last byte became a space: these are
/// given back when all else is repaired, by what words there are ([`spaces`](super::spaces)).
fn leaves_spaces(h: &Hypothesis, line: &[char]) -> bool {
    let mut explained = h.stretches.iter().map(|s| &s.0).peekable();
    let left = line.iter().enumerate().filter(|&(i, c)| {
        while explained.next_if(|range| range.end <= i).is_some() {}
        !c.is_ascii() && explained.peek().is_none_or(|range| i < range.start)
    });
    // Where more mojibake stands behind the space, the two are one character.
    let is_space = |i: usize| match line.get(i + 1..) {
        Some([' ', rest @ ..]) => rest.first().is_none_or(char::is_ascii),
        _ => false,
    };
    let mut left = left
        .map(|(i, c)| LEADS.contains(c) && is_space(i))
        .peekable();
    left.peek().is_some() && left.all(|is_lead| is_lead)
}

/// A quick look: marks of loss stand in the line, or words that no reading of whole bytes need explain.
fn may_have_lost(line: &[char]) -> bool {
    // A row of one sign says nothing of what was lost, nor does a pattern of a few.
    let mut signs = line.iter().filter(|c| !c.is_ascii());
    let first = signs.next();
    if !signs.any(|c| Some(c) != first) || is_pattern_of(line) || is_mirrored(line) {
        return false;
    }
    let marked = line.iter().any(|c| *c == '\u{FFFD}' || is_control(c))
        || line.windows(2).any(is_mark_of_loss);
    marked || Words::of(line, &Fit::of(line)).are_very_odd(line)
}

/// Whether some piece of a line outside ASCII reads the same from both sides, as ornaments do: `ðº°˜¨˜°ºð`.
fn is_mirrored(line: &[char]) -> bool {
    let mut pieces = line.split(char::is_ascii);
    pieces.any(|piece| piece.len() >= ORNAMENT && piece.iter().eq(piece.iter().rev()))
}

/// So many characters make an ornament.
const ORNAMENT: usize = 7;

/// Whether all that a hypothesis makes of a line, and leaves in it, outside ASCII are common words: then nothing was lost,
/// and the lattice need not be asked.
fn leaves_nothing(h: &Hypothesis) -> bool {
    let mut words = h.repaired.split(|c| c.is_ascii_whitespace());
    words.all(|word| word.iter().all(char::is_ascii) || is_known(word, 1))
}

/// Whether a chain of several bytes a character explains all of a line to the last character, and controls that most programs
/// drop are there: then no program dropped any, or made a sign plainer, and what was lost would have left half a character.
fn kept_all(h: &Hypothesis, line: &[char]) -> bool {
    h.explains_all()
        && is_multi_byte(&h.chain)
        && line.iter().any(is_control)
        && !line.contains(&'\u{FFFD}')
        && !line.windows(2).any(is_mark_of_loss)
}

/// Whether a question mark stands beside a character outside ASCII.
fn is_mark_of_loss(pair: &[char]) -> bool {
    matches!(pair, ['?', c] | [c, '?'] if !c.is_ascii())
}

/// A control that code pages of Windows leave unassigned or that is none of ASCII.
fn is_control(c: &char) -> bool {
    matches!(c, '\u{80}'..='\u{84}' | '\u{86}'..='\u{9F}')
}

/// Which bytes of the new text of a stretch were guessed, and what they could be.
fn certainty(stretch: &Stretch, after: &str) -> Certainty {
    if stretch.whole {
        // `Repair::new` checks the claim.
        return Certainty::Exact;
    }
    let mut guesses = stretch.guesses.iter().peekable();
    let guessed = after
        .char_indices()
        .enumerate()
        .filter_map(|(i, (at, c))| {
            let guess = guesses.next_if(|g| g.at == i)?;
            Some(Guess::new(
                at..at + c.len_utf8(),
                known(&guess.alternatives),
            ))
        })
        .collect();
    Certainty::Inferred { guessed }
}

/// The characters that have any odds.
fn known(alternatives: &[(char, f32)]) -> Vec<(char, f32)> {
    alternatives.iter().copied().filter(|a| a.1 > 0.0).collect()
}

/// What a line in which something was lost could become, and what is known of that, for `examples/calibrate_damage`.
#[doc(hidden)]
#[derive(Clone, Debug)]
pub struct Weighed {
    /// The text.
    pub text: String,
    /// What is known of it.
    pub facts: Vec<f32>,
}

/// The likeliest result for a line, however unlikely; `None` where there is none, or nothing would make up for what
/// speaks against it.
pub(super) fn weigh(line: &[char], whole: Option<&Hypothesis>) -> Option<Weighed> {
    if !may_have_lost(line) {
        return None;
    }
    let found = best_guess(line, &explanation(whole))?;
    (found.confidence > 0.0).then(|| Weighed {
        text: found.repaired.iter().collect(),
        facts: found.facts.to_vec(),
    })
}
