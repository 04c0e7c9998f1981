//! Which stretches of a text a chain holds for: the best path between "as it stands" and "undone",
//! by dynamic programming over the model.

use super::plausibility::is_letter;
use super::script::Script;
use super::symbols::{self, is_prose_punctuation};
use super::undo::{Undone, Unit};
use crate::encoding::Encoding;
use crate::misdecoding::prior;
use crate::model::{History, MODEL};

/// Nats for going from text as it stands to undone text or back, and what it costs more inside a
/// word: UTF-8 shows by its structure where it ends, a legacy encoding does not.
pub(crate) const SWITCH: f32 = 4.5;
const START: f32 = 1.0;
/// What it costs less behind a sign that sets apart fields, quotations and remarks.
const APART: f32 = 1.5;
const INSIDE_WORD_UTF8: f32 = 3.0;
const INSIDE_WORD_LEGACY: f32 = 9.0;
/// A letter behind one that was undone costs no more than this beside.
const MOST_OF_JOINT: f32 = 6.0;
/// Nats for a symbol that could be undone and stands as it stood: where a chain holds, it holds for most.
const KEPT: f32 = 1.0;
/// Nats for a letter that the written encoding was not made to write, and for two scripts in a word.
const FOREIGN_LETTER: f32 = 2.0;
const SCRIPT_CHANGE: f32 = 3.0;

/// For each unit whether it is undone.
pub(crate) type Choice = Vec<bool>;

#[derive(Clone, Copy)]
struct Node {
    score: f32,
    history: History,
    last: char,
    /// Characters outside ASCII have gone by since the last space: going over to the other state
    /// now would split a word.
    inside_word: bool,
}

/// The best choice for `undone`, and what it gains over leaving all as it stands. `floors` are the
/// log-probabilities of the characters of the observed text.
pub(crate) fn best(
    mangled: &[char],
    undone: &Undone,
    observed: &[f32],
    written: Encoding,
) -> (f32, Choice) {
    let inside_word = if written == Encoding::Utf8 {
        INSIDE_WORD_UTF8
    } else {
        INSIDE_WORD_LEGACY
    };
    let start = Node::start();
    let (mut kept, mut conv) = (
        start,
        Node {
            score: -START,
            ..start
        },
    );
    // For each unit: whether the best way to (kept, converted) came from the converted state.
    let mut back: Vec<(bool, bool)> = Vec::with_capacity(undone.units.len());
    let mut sets_apart = false;
    for unit in &undone.units {
        let before = mangled.get(unit.mangled.clone()).unwrap_or_default();
        let after = undone.chars.get(unit.original.clone()).unwrap_or_default();
        let as_it_stands: f32 = observed
            .get(unit.mangled.clone())
            .unwrap_or_default()
            .iter()
            .sum();
        let switch = |from: &Node| {
            SWITCH
                + if from.inside_word && !unit.failed {
                    inside_word
                } else if sets_apart {
                    -APART
                } else {
                    0.0
                }
        };
        let (to_kept, to_conv) = (
            switch(&conv) + joint(&conv, before, as_it_stands),
            switch(&kept),
        );

        let kept_from_conv = conv.score - to_kept > kept.score;
        let from = if kept_from_conv {
            Node {
                score: conv.score - to_kept,
                ..conv
            }
        } else {
            kept
        };
        let kept_from = from;
        let is_symbol = |&c: &char| !is_letter(c) && !is_prose_punctuation(c);
        let price = if unit.converted && before.iter().all(is_symbol) {
            KEPT
        } else {
            0.0
        };
        let next_kept = advance(from, before, Some(as_it_stands - price), None);

        let conv_from_kept = kept.score - to_conv > conv.score;
        let from = if conv_from_kept {
            Node {
                score: kept.score - to_conv,
                ..kept
            }
        } else {
            conv
        };
        let mut next_conv = if unit.failed {
            Node {
                score: f32::NEG_INFINITY,
                ..from
            }
        } else if unit.converted {
            advance(from, after, None, Some(written))
        } else if from.history == kept_from.history {
            // Some characters behind the last difference both ways are in the same state.
            Node {
                score: from.score + as_it_stands,
                inside_word: from.inside_word,
                ..next_kept
            }
        } else {
            advance(from, before, Some(as_it_stands), None)
        };
        let next_kept = next_kept.passed(before, from_word(kept_from_conv, &conv, &kept));
        next_conv = next_conv.passed(before, from_word(!conv_from_kept, &conv, &kept));
        back.push((kept_from_conv, !conv_from_kept));
        (kept, conv) = (next_kept, next_conv);
        if let Some(&c) = before.last().filter(|c| **c != ' ') {
            sets_apart = matches!(
                c,
                '|' | ';' | ':' | ',' | '\t' | '"' | '(' | ')' | '<' | '>' | '=' | '[' | ']'
            );
        }
    }
    let total: f32 = observed.iter().sum();
    let mut in_conv = conv.score > kept.score;
    let gain = kept.score.max(conv.score) - total;
    let mut choice: Choice = back
        .iter()
        .zip(&undone.units)
        .rev()
        .map(|(&(kept_from_conv, conv_from_conv), unit)| {
            let here = in_conv;
            in_conv = if here { conv_from_conv } else { kept_from_conv };
            here && unit.converted
        })
        .collect();
    choice.reverse();
    (gain, choice)
}

/// What undoing all that the chain can undo gains over leaving it as it stands, as [`best`] counts it.
pub(crate) fn gain_of_everything(undone: &Undone, observed: &[f32], written: Encoding) -> f32 {
    let mut node = Node::start();
    for unit in &undone.units {
        let chars = undone.chars.get(unit.original.clone()).unwrap_or_default();
        let by = unit.converted.then_some(written);
        node = advance(node, chars, None, by);
    }
    node.score - observed.iter().sum::<f32>()
}

/// Every unit that the chain can undo.
pub(crate) fn everything(undone: &Undone) -> Choice {
    undone.units.iter().map(|u| u.converted).collect()
}

fn from_word(from_conv: bool, conv: &Node, kept: &Node) -> bool {
    if from_conv {
        conv.inside_word
    } else {
        kept.inside_word
    }
}

impl Node {
    fn start() -> Node {
        Node {
            score: 0.0,
            history: History::word_start(),
            last: ' ',
            inside_word: false,
        }
    }

    /// Notes what a unit of the observed text was: a space ends a word, a letter outside ASCII
    /// binds it together.
    fn passed(mut self, before: &[char], inside_word: bool) -> Node {
        self.inside_word = match before {
            [c] if c.is_ascii_whitespace() => false,
            [c] if c.is_ascii() => {
                inside_word && !matches!(c, '|' | ';' | ',' | '"' | '<' | '>' | '(' | ')' | '=')
            }
            _ => true,
        };
        self
    }
}

fn advance(mut node: Node, chars: &[char], score: Option<f32>, written: Option<Encoding>) -> Node {
    let mut sum = 0.0;
    for &c in chars {
        let (ln_p, history) = MODEL.next(node.history, c);
        node.history = history;
        let floor = match written {
            Some(Encoding::Utf8) if symbols::is_prose_punctuation(c) => -6.5,
            Some(Encoding::Utf8) => {
                symbols::class_of(c).map_or(f32::NEG_INFINITY, |s| -(5.0 + s.nats))
            }
            _ => f32::NEG_INFINITY,
        };
        sum += ln_p.max(floor);
        if let Some(written) = written {
            sum -= foreign(written, node.last, c);
        }
        node.last = c;
    }
    node.score += score.unwrap_or(sum);
    node
}

/// Nats by which a letter that stays is less likely behind the letter that was undone than behind the one that stood
/// there: a chain that ends between two letters splits a word.
fn joint(undone: &Node, kept: &[char], as_it_stands: f32) -> f32 {
    match kept {
        &[c] if is_letter(c) && is_letter(undone.last) => {
            (as_it_stands - MODEL.next(undone.history, c).0).clamp(0.0, MOST_OF_JOINT)
        }
        _ => 0.0,
    }
}

fn foreign(written: Encoding, last: char, c: char) -> f32 {
    let script = Script::of(c);
    if script == Script::Common {
        return 0.0;
    }
    let mut nats = 0.0;
    if !c.is_ascii() && prior::scripts(written).is_some_and(|own| !own.contains(&script)) {
        nats += FOREIGN_LETTER;
    }
    let before = Script::of(last);
    if before != Script::Common && !script.mixes_with(before) {
        nats += SCRIPT_CHANGE;
    }
    nats
}

/// The same penalties for a whole text: letters foreign to `written`, and scripts mixed in a word.
pub(crate) fn foreign_letters(written: Encoding, chars: &[char]) -> f32 {
    let mut last = ' ';
    chars
        .iter()
        .map(|&c| {
            let nats = foreign(written, last, c);
            last = c;
            nats
        })
        .sum()
}

/// How often a choice goes from kept to undone text or back, not counting text that is the same
/// either way.
pub(crate) fn switches(units: &[Unit], choice: &[bool], mangled: &[char]) -> usize {
    let mut last = None;
    let mut n = 0;
    for (unit, &undone) in units.iter().zip(choice) {
        let is_ascii = || {
            let chars = mangled.get(unit.mangled.clone()).unwrap_or_default();
            chars.iter().all(char::is_ascii)
        };
        let is_same = !unit.converted && (!unit.failed || is_ascii());
        if is_same {
            continue;
        }
        n += usize::from(last.is_some_and(|l| l != undone));
        last = Some(undone);
    }
    n
}
