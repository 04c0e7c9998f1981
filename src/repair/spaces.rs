//! No-break spaces that became spaces: `Ã ` is `à` and `Å ` is `Š`, since the no-break space was their last byte.
//!
//! It is the commonest loss in UTF-8 that was read as windows-1252. Often but one such letter stands in a text, too little
//! for [`lattice`](crate::lattice); but no other mishap leaves a capital behind small letters and before a space.

use super::{Cause, Certainty, Edit, ProposedEdit};
use crate::detect::plausibility::word_log_prob;
use crate::detect::script::Script;
use crate::detect::seek::pairs;
use crate::detect::symbols::{is_alphabetic, is_uppercase};
use crate::detect::undo::undo;
use crate::detect::{Settings, judge};
use crate::encoding::Encoding;
use crate::misdecoding::{Chain, Misdecoding};
use crate::model::words::{self, is_known};
use std::ops::Range;

const NO_BREAK_SPACE: char = '\u{A0}';
/// The first bytes of nearly all such characters, as windows-1252 has them.
pub(super) const LEADS: [char; 2] = ['Ã', 'Â'];
/// Signs before which French has a no-break space.
const SIGNS: [char; 7] = ['!', '?', ':', ';', '»', '%', '€'];
/// The confidence of an edit by which a chain is proven, and so many chains are tried.
const PROVEN: f32 = 0.7;
const MOST_CHAINS: usize = 3;
/// Within so many bytes an edit is near, and so many are looked at.
const NEAR: usize = 1000;
const MOST_NEAR: usize = 100;
/// So many characters stand for one.
const LONGEST: usize = 6;

/// Where a chain is proven, and how sure such a repair is then.
#[derive(Clone, Copy, PartialEq)]
enum Proof {
    Line,
    Document,
    None,
}

impl Proof {
    fn confidence(self) -> f32 {
        match self {
            Proof::Line => 0.95,
            Proof::Document => 0.9,
            Proof::None => 0.85,
        }
    }
}

/// A quick look: the beginning of such a character stands before a space.
pub(super) fn may_be_gone(text: &str) -> bool {
    // `Ã` is C3 83, `Â` is C3 82.
    let is_lead = |a, b| (a == 0xC3) & (b & !1 == 0x82);
    let mut leads = pairs(text.as_bytes(), is_lead);
    leads.any(|at| is_before_space(text, at + 2))
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
    // What no edit proves are the commonest beginnings only.
    if edits.is_empty() && !may_be_gone(text) || mangled.contains(NO_BREAK_SPACE) {
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
            // Small letters, and those of scripts without capitals, end the words of clean text.
            if !is_before_space(text, end) || is_alphabetic(c) && !is_uppercase(c) || is_taken() {
                continue;
            }
            let proof = proof(text, at, edits, &chain);
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

fn proof(text: &str, at: usize, edits: &[Edit], chain: &Chain) -> Proof {
    // What was guessed says little of other letters.
    let is_usual = text.get(at..).is_some_and(|t| t.starts_with(LEADS));
    let proves = |e: &Edit| {
        let is_sure = e.confidence() >= PROVEN && (e.is_exact() || is_usual);
        is_sure && e.cause() == Cause::Chain(*chain)
    };
    let first = edits.partition_point(|e| e.repaired().end + NEAR < at);
    let near = edits
        .iter()
        .skip(first)
        .take_while(|e| e.repaired().start < at + NEAR);
    let is_in_line = |e: &Edit| {
        let (start, end) = (e.repaired().end.min(at), e.repaired().start.max(at));
        text.get(start..end)
            .is_some_and(|between| !between.contains('\n'))
    };
    if near.take(MOST_NEAR).any(|e| proves(e) && is_in_line(e)) {
        Proof::Line
    } else if edits.iter().take(MOST_NEAR).any(proves) {
        Proof::Document
    } else {
        Proof::None
    }
}

fn is_before_space(text: &str, end: usize) -> bool {
    text.as_bytes().get(end).is_none_or(|&byte| is_space(byte))
}

/// Whether a byte is a space or ends a line.
#[inline]
fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\r')
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
            let is_elided = matches!(next.clone().nth(1), Some('\'' | '’'));
            let is_joined = is_behind_no_space(next.clone());
            let gone = self.spaces_gone(
                before.iter().rev().copied(),
                letters(next),
                is_elided,
                spaces,
                proof,
            )?;
            if is_joined { spaces.min(1) } else { gone }
        };
        Some((
            self.range.start..self.range.end + gone,
            self.original.into(),
        ))
    }

    fn is_space(&self, last: Option<char>, next: Option<char>, proof: Proof) -> bool {
        let is_word = last.is_some_and(|c| c.is_lowercase() || c.is_numeric());
        match proof {
            Proof::Line => true,
            Proof::Document => is_word,
            Proof::None => is_word && next.is_some_and(|c| SIGNS.contains(&c)) || last == Some('«'),
        }
    }

    fn is_written_with(&self, c: char) -> bool {
        Script::of(c) == Script::of(self.original)
    }

    /// How many of the spaces behind are the lost byte of a letter that ends a word or stands in it.
    fn spaces_gone(
        &self,
        before: impl Iterator<Item = char> + Clone,
        behind: impl Iterator<Item = char> + Clone,
        is_elided: bool,
        spaces: usize,
        proof: Proof,
    ) -> Option<usize> {
        let is_last = before.clone().next().is_some();
        let word: Vec<char> = before.chain([self.original]).collect();
        let is_one_script = word.iter().all(|&c| self.is_written_with(c));
        let is_proven = proof == Proof::Line;
        let ends_word = is_one_script && is_known(&word) && (is_last || is_proven);
        // In a line of mojibake it need not be a word that is known, but the end of a text may be cut off.
        let must_end_word = is_one_script && is_last && is_proven && spaces > 0;
        if spaces != 1 {
            return (ends_word || must_end_word).then_some(spaces.min(1));
        }
        let rest: Vec<char> = behind.collect();
        let joined: Vec<char> = word.iter().chain(&rest).copied().collect();
        let may_be_in_word = !rest.is_empty()
            && !is_elided
            && rest
                .iter()
                .all(|c| c.is_lowercase() && self.is_written_with(*c));
        let is_in_word = if ends_word {
            is_known(&joined) && reads_better(&joined, &word, &rest)
        } else {
            is_known(&joined) || must_end_word && reads_better(&joined, &word, &rest)
        };
        if may_be_in_word && is_in_word {
            Some(1)
        } else {
            // The two spaces became one.
            (ends_word || must_end_word).then_some(0)
        }
    }
}

/// Whether a text begins with what stands behind a word without a space: `-bas`, a comma.
fn is_behind_no_space(mut text: impl Iterator<Item = char>) -> bool {
    match text.next() {
        Some(',' | '.' | ')') => true,
        Some('-') => text.next().is_some_and(char::is_alphabetic),
        _ => false,
    }
}

/// Whether one word is likelier than two.
fn reads_better(joined: &[char], word: &[char], rest: &[char]) -> bool {
    // Hardly a letter is a word.
    rest.len() == 1 || word_log_prob(joined) > word_log_prob(word) + word_log_prob(rest)
}

fn letters(chars: impl Iterator<Item = char> + Clone) -> impl Iterator<Item = char> + Clone {
    chars.take(words::LONGEST).take_while(|c| c.is_alphabetic())
}

#[cfg(test)]
mod tests {
    use crate::Repairer;

    #[test]
    fn what_stood_before_a_no_break_space_is_a_letter_again() {
        let cases = [
            // The space of the original stands behind, or both became one.
            ("voilÃ  le travail", "voilà le travail"),
            ("voilÃ le travail", "voilà le travail"),
            ("Tous les parents Ã  l'Ã©cole", "Tous les parents à l'école"),
            ("RÃ©union Ã 14h", "Réunion à 14h"),
            ("Comunicado Ã s crianÃ§as", "Comunicado às crianças"),
            ("atenção Ã s crianças", "atenção às crianças"),
            (
                "condiÃ§Ãµes, semelhante Ã quele",
                "condições, semelhante àquele",
            ),
            (
                "L’Ã©tÃ© persiste Ã s'Ã©loigner",
                "L’été persiste à s'éloigner",
            ),
            (
                "L’Ã©valuation relative Ã l’utilisation",
                "L’évaluation relative à l’utilisation",
            ),
            (
                "Le barÃ¨me permet l’Ã©valuation des frais de dÃ©placement relatifs Ã l’utilisation",
                "Le barème permet l’évaluation des frais de déplacement relatifs à l’utilisation",
            ),
            ("allÃ©e lÃ -bas, dÃ©jÃ .", "allée là-bas, déjà."),
            // What one shows counts for another.
            ("Ã  la carte, voilÃ  !", "à la carte, voilà !"),
            // A no-break space itself, before the signs that have one in French.
            ("BonjourÂ !", "Bonjour\u{A0}!"),
            (
                "Ã§a coÃ»te 100Â kg de sucre",
                "ça coûte 100\u{A0}kg de sucre",
            ),
        ];
        for (text, expected) in cases {
            let repair = Repairer::new().repair(text);
            assert_eq!(repair.text(), expected, "{text}");
            assert_eq!(repair.revert(), text);
        }
    }

    #[test]
    fn capitals_before_spaces_stay() {
        let cases = [
            "Ã is the fourth letter of MAÇÃ.",
            "la lettre Ã dans le mot",
            "La Ã es una letra",
            "EM SÃO JOÃO Ã S, MAÇÃ E PÃO",
            "Ð and Ó are letters: Ó jẹ́ ọmọ",
            "Copyright Â 2010",
            // The no-break space is there: nothing was lost.
            "BonjourÂ ! Bonjour\u{A0}!",
        ];
        for text in cases {
            assert_eq!(Repairer::new().repair(text).text(), text);
            let below = format!("Das war schÃ¶n.\n{text}");
            let expected = format!("Das war schön.\n{text}");
            assert_eq!(Repairer::new().repair(&below).text(), expected);
        }
    }
}
