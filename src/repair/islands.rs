//! What one chain explains of a text, and left in it where a word or two say too little by themselves: beside lines that
//! leave no doubt of the chain `8\t²»` is `8\t不`, whatever another chain would make of it.

use super::choice::surest;
use super::proven::Searched;
use crate::detect::features::odd_case;
use crate::detect::hypothesis::{Hypothesis, shown_again};
use crate::detect::plausibility::{is_letter, word_log_prob};
use crate::detect::script::Script;
use crate::detect::undo::{Undone, Unit, undo};
use crate::encoding::Encoding;
use crate::misdecoding::{Chain, Misdecoding, prior};
use crate::model::MODEL;
use crate::model::words::is_known;
use std::cmp::Reverse;
use std::collections::HashSet;
use std::ops::Range;

/// So many different letters that an encoding of several bytes a character makes leave no doubt that a text was written in
/// it, so many of a code page, and so many times as many as all other encodings make.
const MUCH: usize = 3;
const MUCH_OF_PAGE: usize = 8;
const MOSTLY: usize = 2;
/// So many letters show an encoding where it is but likelier than not.
const MUCH_OF_LINE: usize = 6;
/// Log-odds of what shows an encoding, and of what is found beside it.
const BELIEVED: f32 = 2.0;
const BESIDE: f32 = 2.0;
/// The log-probability of a character that a text may well have, of one that names have beside others, and of one that most
/// texts have: as its second byte stands a letter of ASCII, which may as well be one.
const COMMON: f32 = -13.5;
const OF_NAMES: f32 = -15.0;
const VERY_COMMON: f32 = -10.5;
/// Nats by which a word of a code page reads better than what stands.
const BETTER: f32 = 4.0;

/// Repairs what the encoding of nearly all of a text explains and left.
pub(super) fn complete(searched: &mut [Searched<'_>], wanted: f32) {
    let Some(written) = Written::of(searched, wanted) else {
        return;
    };
    for s in searched.iter_mut().filter(|s| !s.at_once) {
        if let Some(h) = written.complete(s, wanted) {
            s.found = vec![h];
            s.at_once = true;
        }
    }
}

/// What an encoding makes of a text: different letters, by chains that some lines show each.
struct Made {
    encoding: Encoding,
    letters: HashSet<char>,
    chains: Vec<(Chain, usize)>,
}

impl Made {
    fn add(&mut self, chain: Chain, letters: HashSet<char>) {
        self.letters.extend(letters);
        match self.chains.iter_mut().find(|(known, _)| *known == chain) {
            Some((_, lines)) => *lines += 1,
            None => self.chains.push((chain, 1)),
        }
    }

    /// The chains, the most frequent first.
    fn chains(mut self) -> Vec<Chain> {
        self.chains.sort_by_key(|(_, lines)| Reverse(*lines));
        self.chains.into_iter().map(|(chain, _)| chain).collect()
    }
}

/// The encoding that nearly all of a text was written in.
struct Written {
    encoding: Encoding,
    /// What it was read as, the most frequent first.
    chains: Vec<Chain>,
}

impl Written {
    fn of(searched: &[Searched<'_>], wanted: f32) -> Option<Written> {
        let mut all: Vec<Made> = Vec::new();
        let mut others: HashSet<char> = HashSet::new();
        for s in searched {
            let Some(h) = surest(&s.found, &s.chars, wanted).filter(|h| h.sure >= wanted) else {
                continue;
            };
            let letters = h.stretches.iter().flat_map(|(_, after)| after).copied();
            let letters: HashSet<char> =
                letters.filter(|c| !c.is_ascii() && is_letter(*c)).collect();
            let is_believed = h.sure >= BELIEVED || letters.len() >= MUCH_OF_LINE;
            let Some(step) = only_step(&h.chain).filter(|_| is_believed) else {
                others.extend(letters);
                continue;
            };
            match all.iter_mut().find(|made| made.encoding == step.written) {
                Some(made) => made.add(h.chain, letters),
                None => all.push(Made {
                    encoding: step.written,
                    letters,
                    chains: vec![(h.chain, 1)],
                }),
            }
        }
        // Of those with as many the first that stands in the text.
        all.sort_by_key(|made| Reverse(made.letters.len()));
        let mut all = all.into_iter();
        let most = all.next()?;
        let others = others.len() + all.map(|made| made.letters.len()).sum::<usize>();
        let (encoding, made) = (most.encoding, most.letters.len());
        let much = if encoding.is_single_byte() {
            MUCH_OF_PAGE
        } else {
            MUCH
        };
        let is_shown = made >= much && made >= others * MOSTLY;
        is_shown.then(|| Written {
            encoding,
            chains: most.chains(),
        })
    }

    /// What becomes of a line if the encoding explains all of it, and what it leaves yet may be words of it.
    fn complete(&self, s: &Searched<'_>, wanted: f32) -> Option<Hypothesis> {
        let best = surest(&s.found, &s.chars, wanted).filter(|h| h.sure >= wanted);
        let own = best.filter(|h| only_step(&h.chain).is_some_and(|m| m.written == self.encoding));
        if own.is_some_and(Hypothesis::explains_all) {
            return None;
        }
        let taken: Vec<Range<usize>> = own
            .iter()
            .flat_map(|h| h.stretches.iter().map(|s| s.0.clone()))
            .collect();
        let chains: Vec<Chain> = match own {
            Some(h) => vec![h.chain],
            None => self.chains.clone(),
        };
        chains.iter().find_map(|chain| {
            let undone = undo(chain, &s.chars);
            let islands = islands(&undone, &taken)?;
            let are_words = islands
                .iter()
                .all(|units| self.is_word(&s.chars, &undone, units, own.is_some()));
            if islands.is_empty() || !are_words {
                return None;
            }
            let cost = prior::chain_cost(chain)?;
            let sure = own.map_or(BESIDE, |h| h.sure);
            // Two encodings in one text are rarer than a reading of one that is as good.
            let is_as_good = |h: &Hypothesis| {
                best.is_none_or(|best| log_prob(&h.repaired) >= log_prob(&best.repaired))
            };
            shown_again(&s.chars, &undone, chain, cost, sure)
                .filter(|h| h.sure >= wanted && (own.is_some() || is_as_good(h)))
        })
    }

    /// Whether some neighbouring units are letters of the encoding, which stand by themselves; `is_shown` says that the line
    /// itself shows it.
    fn is_word(&self, line: &[char], undone: &Undone, units: &[Unit], is_shown: bool) -> bool {
        let (Some(first), Some(last)) = (units.first(), units.last()) else {
            return false;
        };
        let mangled = line.get(first.mangled.start..last.mangled.end);
        let original = undone.chars.get(first.original.start..last.original.end);
        let (mangled, original) = (mangled.unwrap_or_default(), original.unwrap_or_default());
        let before = first.mangled.start.checked_sub(1);
        let before = before.and_then(|at| line.get(at)).copied();
        let next = line.get(last.mangled.end).copied();
        let is_end = |c: Option<char>| !c.is_some_and(|c| is_letter(c) || !c.is_ascii());
        if self.encoding.is_single_byte() {
            is_end(before) && is_end(next) && self.is_better_word(mangled, original)
        } else {
            // A number or capitals may stand before it.
            (is_end(before) || before.is_some_and(|c| c.is_ascii_uppercase()))
                && is_end(next)
                && are_characters(line, undone, units, is_shown)
        }
    }

    /// Whether a word is one of the scripts of a code page, and reads better than what stands.
    fn is_better_word(&self, mangled: &[char], original: &[char]) -> bool {
        let scripts = prior::scripts(self.encoding).unwrap_or_default();
        !scripts.contains(&Script::Latin)
            && original.len() > 1
            && original
                .iter()
                .all(|&c| is_letter(c) && scripts.contains(&Script::of(c)))
            && odd_case(original) == 0
            && !is_known(mangled)
            && word_log_prob(original) >= word_log_prob(mangled) + BETTER
    }
}

/// The only step of a chain, if that is a legacy encoding read as another.
fn only_step(chain: &Chain) -> Option<Misdecoding> {
    let step = chain.iter().next().filter(|_| chain.len() == 1)?;
    (step.written != Encoding::Utf8).then_some(step)
}

/// The neighbouring units each that can be undone and are not `taken`; `None` where some cannot be undone.
fn islands(undone: &Undone, taken: &[Range<usize>]) -> Option<Vec<Vec<Unit>>> {
    let mut islands: Vec<Vec<Unit>> = Vec::new();
    let mut taken = taken.iter().peekable();
    for unit in &undone.units {
        if unit.failed {
            return None;
        }
        while taken.next_if(|t| t.end <= unit.mangled.start).is_some() {}
        let is_taken = taken.peek().is_some_and(|t| t.start < unit.mangled.end);
        if !unit.converted || is_taken {
            continue;
        }
        let follows = |units: &&mut Vec<Unit>| {
            let last = units.last();
            last.is_some_and(|last| last.mangled.end == unit.mangled.start)
        };
        match islands.last_mut().filter(follows) {
            Some(units) => units.push(unit.clone()),
            None => islands.push(vec![unit.clone()]),
        }
    }
    Some(islands)
}

/// Whether units of several bytes each are common characters of East Asian text; `is_shown` says that the line itself shows
/// their encoding.
fn are_characters(line: &[char], undone: &Undone, units: &[Unit], is_shown: bool) -> bool {
    let is_character = |unit: &Unit| {
        let mangled = line.get(unit.mangled.clone()).unwrap_or_default();
        let original = undone.chars.get(unit.original.clone()).unwrap_or_default();
        let least = match mangled.iter().any(char::is_ascii) {
            _ if units.len() > 1 => OF_NAMES,
            true if is_shown => VERY_COMMON,
            // `§A` is a paragraph.
            true => return false,
            false => COMMON,
        };
        mangled.len() > 1
            && original.iter().all(|&c| {
                is_wide_sign(c) || Script::of(c).is_east_asian() && MODEL.unigram(c) >= least
            })
    };
    units.iter().all(is_character)
}

/// What single characters say of a text, in which signs of East Asian text are as common as its letters.
fn log_prob(text: &[char]) -> f32 {
    let nats = |&c: &char| {
        let nats = MODEL.unigram(c);
        if is_wide_sign(c) {
            nats.max(VERY_COMMON)
        } else {
            nats
        }
    };
    text.iter().map(nats).sum()
}

/// Signs, letters and digits as wide as a Han character.
fn is_wide_sign(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{303F}' | '\u{FF01}'..='\u{FF5E}')
}
