//! Letters of one language for letters of another: what a repair must gain that exchanges nothing else.
//!
//! Where `è` would be `č`, either is a letter of some language, and so is the word around it, known or not: of languages
//! that the model does not know every word reads better as one of others. What tells mishaps is that a language comes out
//! which the words had not fitted before, or words that read much better.

use super::features::ChangedWord;
use super::few_letters::{is_letter_of_same_case, is_of_old_system, is_usual, kinds};
use super::hypothesis::Hypothesis;
use super::script::Script;
use crate::misdecoding::Misdecoding;

/// Nats for each word that changes: of all the evidence, and of how well the line fits a language. Either is enough.
struct Gain {
    all: f32,
    language: f32,
}

impl Gain {
    /// Where few of the words that come out are known, and where most of them are.
    const OF_UNKNOWN: Gain = Gain::new(10.0, 5.0);
    const OF_KNOWN: Gain = Gain::new(7.0, 1.0);
    /// The same of a mishap that befalls hardly any text.
    const OF_RARE_KNOWN: Gain = Gain::new(12.0, 3.0);
    /// The same where all that comes out are letters that nobody but Hungarians writes.
    const OF_HUNGARIAN: Gain = Gain::new(7.0, 5.0);
    /// Where letters of old systems are taken, which no language has in such places.
    const OF_OLD_SYSTEMS: Gain = Gain::new(4.0, 2.0);

    const fn new(all: f32, language: f32) -> Gain {
        Gain { all, language }
    }
}

/// Log-odds and certainty of a language beside which little is enough.
const SURE: f32 = 5.0;
const CERTAIN: f32 = 0.8;
/// Nats of a capital at the beginning of a word that would be a small letter, or of a small letter that would be a capital.
const OF_ANOTHER_CASE: f32 = 6.0;

impl Hypothesis {
    /// Whether one legacy encoding exchanges letters of Latin for others of Latin, as small or as large, and gains too little:
    /// `novèl` is no `novčl`.
    pub(super) fn exchanges_letters_in_doubt(&self) -> bool {
        let mut steps = self.chain.iter();
        let (Some(step), None) = (steps.next(), steps.next()) else {
            return false;
        };
        let exchanges = || {
            kinds(&self.basis.changed).is_some_and(|kinds| {
                let is_exchanged = |&(old, new)| old != 'ƒ' && is_letter_of_same_case(old, new);
                !kinds.is_empty() && kinds.iter().all(is_exchanged)
            })
        };
        step.written.is_single_byte()
            && step.read.is_single_byte()
            && !self.gains_enough(step)
            && !self.is_sure_among_others()
            && exchanges()
    }

    /// Whether the judge is sure, and the other words leave no doubt of their language: it is known what such words look like.
    fn is_sure_among_others(&self) -> bool {
        self.sure >= SURE && self.basis.language.certainty >= CERTAIN
    }

    fn gains_enough(&self, step: Misdecoding) -> bool {
        let known = self.basis.known;
        let words = self.basis.changed.len() as f32;
        let gained = Gain::new(self.score / words, self.basis.odds.fit / words);
        // A known word that the line does not fit is one by chance.
        let makes_known =
            known.made > 0.0 && known.made * 2.0 >= known.after && gained.language >= 0.0;
        let wanted = if is_of_old_system(step.read) {
            Gain::OF_OLD_SYSTEMS
        } else if !makes_known && self.makes_letters_of_hungarian() {
            Gain::OF_HUNGARIAN
        } else if !makes_known {
            Gain::OF_UNKNOWN
        } else if is_usual(step.written, step.read) {
            Gain::OF_KNOWN
        } else {
            Gain::OF_RARE_KNOWN
        };
        gained.all >= wanted.all || gained.language >= wanted.language
    }

    fn makes_letters_of_hungarian(&self) -> bool {
        let is_one = |&(_, new): &(char, char)| matches!(new, 'ő' | 'ű' | 'Ő' | 'Ű');
        kinds(&self.basis.changed).is_some_and(|kinds| kinds.iter().all(is_one))
    }

    /// Whether capitals that begin words would be small letters, or small ones capitals, and little is gained: `Ús` is no `és`.
    pub(super) fn changes_case_in_doubt(&self) -> bool {
        self.score < OF_ANOTHER_CASE * self.basis.changed.len() as f32
            && self.chain.iter().all(|m| m.written.is_single_byte())
            && !self.basis.changed.is_empty()
            && self.basis.changed.iter().all(changes_case)
    }
}

/// Whether all that changes in a word is the capital that it begins with, which becomes a small letter, or are small letters that
/// become capitals.
fn changes_case(word: &ChangedWord) -> bool {
    let begins = |at: usize| {
        let last = at.checked_sub(1).and_then(|at| word.before.get(at));
        let next = word.before.get(at + 1);
        // Words go on behind numbers: `19-åringar`, `2ème`.
        last.is_none_or(|&c| !c.is_alphanumeric() && c != '-')
            && next.is_some_and(|c| c.is_lowercase())
    };
    let mut pairs = word
        .before
        .iter()
        .zip(&word.after)
        .enumerate()
        .filter(|(_, (old, new))| old != new)
        .peekable();
    word.before.len() == word.after.len()
        && pairs.peek().is_some()
        && pairs.all(|(at, (&old, &new))| {
            let are_latin = [old, new].iter().all(|&c| Script::of(c) == Script::Latin);
            are_latin
                && (old.is_uppercase() && new.is_lowercase() && begins(at)
                    || old.is_lowercase() && new.is_uppercase())
        })
}

#[cfg(test)]
mod tests {
    use super::super::features::Odds;
    use super::super::hypothesis::Basis;
    use super::super::known::Known;
    use super::*;

    fn hypothesis(chain: &str, before: &str, after: &str, score: f32, fit: f32) -> Hypothesis {
        let word = |w: &str| w.chars().collect::<Vec<char>>();
        let changed = vec![ChangedWord {
            before: word(before),
            after: word(after),
        }];
        let given = Hypothesis::given(
            chain.parse().unwrap(),
            score,
            0.0,
            0.0,
            Vec::new(),
            word(after),
        );
        let basis = Basis {
            changed,
            odds: Odds {
                fit,
                ..Odds::default()
            },
            ..Basis::default()
        };
        Hypothesis { basis, ..given }
    }

    #[test]
    fn letters_of_one_language_are_hardly_those_of_another() {
        let western = "windows-1250>windows-1252";
        let cases = [
            (western, "novèl", "novčl", 4.0, 1.4, true),
            // What reads much better, or fits a language much better.
            (western, "ojedinìlé", "ojedinělé", 12.0, 2.5, false),
            (western, "szülõföldjére", "szülőföldjére", 9.0, 7.4, false),
            // Of letters of one language only it may be less.
            (western, "palatetõ", "palatető", 8.0, 4.0, false),
            (western, "palatìto", "palatěto", 8.0, 4.0, true),
            // A sign inside a word, a capital, and a letter of an old system.
            (western, "odnosi³", "odnosił", 4.0, 1.0, false),
            ("windows-1252>macintosh", "mÈs", "més", 2.0, 1.0, false),
            ("windows-1250>ibm852", "kßt", "kát", 4.0, 1.0, false),
            ("windows-1252>macintosh", "önek", "šnek", 2.0, 0.8, true),
            // A mishap that hardly befalls any text.
            (
                "windows-1257>windows-1252",
                "kanûnî",
                "kanūnī",
                8.0,
                4.0,
                true,
            ),
            (
                "windows-1257>windows-1252",
                "nuëjau",
                "nuėjau",
                9.0,
                6.0,
                false,
            ),
            ("utf-8>windows-1252", "Ã©", "é", 4.0, 1.0, false),
        ];
        for (chain, before, after, score, fit, expected) in cases {
            let h = hypothesis(chain, before, after, score, fit);
            assert_eq!(h.exchanges_letters_in_doubt(), expected, "{before}");
        }
        let mut among = hypothesis(western, "prieèinky", "priečinky", 8.0, 1.2);
        assert!(among.exchanges_letters_in_doubt());
        among.sure = 5.4;
        among.basis.language.certainty = 0.9;
        assert!(!among.exchanges_letters_in_doubt());
        let mut known = hypothesis(western, "Urèí", "Určí", 8.0, 0.5);
        assert!(known.exchanges_letters_in_doubt());
        known.basis.known = Known {
            made: 1.0,
            after: 1.0,
            ..Known::default()
        };
        assert!(!known.exchanges_letters_in_doubt());
    }

    #[test]
    fn letters_hardly_change_their_case() {
        let cases = [
            ("Ús", "és", 4.0, true),
            ("l'Èst", "l'ést", 4.0, true),
            ("Ùl", "ôl", 20.0, false),
            ("Tè_xte", "TË_xte", 4.0, true),
            ("SÈbastien", "Sébastien", 4.0, false),
            ("19-Âringar", "19-åringar", 4.0, false),
            ("Š", "è", 4.0, false),
            ("2Ëme", "2ème", 4.0, false),
            ("Ае", "је", 4.0, false),
            ("Žcole", "École", 4.0, false),
        ];
        for (before, after, score, expected) in cases {
            let h = hypothesis("windows-1252>macintosh", before, after, score, 0.0);
            assert_eq!(h.changes_case_in_doubt(), expected, "{before}");
        }
    }
}
