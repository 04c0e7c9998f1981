//! Characters outside ASCII that mean what they are where they stand: in quotes, addresses, names, markup, notes.
//!
//! A legacy encoding that explains nothing but such characters explains too little: each may be meant, however well a
//! letter in its place would read. Mojibake looks the same, and stays where nothing else in the text shows it.

use super::features::ChangedWord;
use super::letter_lists::is_a_list;
use super::plausibility::{is_letter, word_log_prob, words};
use crate::model::words::is_known;

/// Whether what a legacy encoding changes in each of some words may be meant.
pub(super) fn may_be_meant(changed: &[ChangedWord]) -> bool {
    let may_be_meant = |word: &ChangedWord| {
        is_quoted_by_itself(&word.before)
            || is_address(&word.before)
            || is_a_list(&word.before)
            || is_a_character_class(&word.before)
            || is_a_choice_of_letters(&word.before)
            || separates_letters(&word.before) && !makes_known(&word.after)
            || Change::of(word).is_some_and(|change| change.may_be_meant())
    };
    !changed.is_empty() && changed.iter().all(may_be_meant)
}

fn is_other(c: &char) -> bool {
    !c.is_ascii()
}

/// Whether all characters outside ASCII stand in quotes alone or with one more: `'λ'`, `"a¾"`. So programs and tables name
/// them.
fn is_quoted_by_itself(word: &[char]) -> bool {
    let is_quote = |c: &char| matches!(c, '\'' | '"' | '`');
    let is_by_itself = |at: usize| {
        let before = word.get(..at).and_then(|w| w.iter().rposition(is_quote));
        let after = word.get(at..).and_then(|w| w.iter().position(is_quote));
        match (before, after) {
            (Some(open), Some(more)) => {
                word.get(open) == word.get(at + more) && at + more - open <= 3
            }
            _ => false,
        }
    };
    let mut others = word.iter().enumerate().filter(|c| is_other(c.1));
    others.all(|(at, _)| is_by_itself(at))
}

/// Whether a word is an address with one character outside ASCII, which addresses are not written with.
fn is_address(word: &[char]) -> bool {
    word.windows(3).any(|w| w == [':', '/', '/'])
        && word.iter().filter(|c| is_other(c)).count() == 1
}

/// Whether a word is a set of characters in a regular expression: `[A-Za-z0-9àâèçñó]`.
pub(crate) fn is_a_character_class(word: &[char]) -> bool {
    let is_range = |w: &[char]| {
        matches!(
            w,
            ['a', '-', 'z'] | ['A', '-', 'Z'] | ['0', '-', '9'] | ['а', '-', 'я']
        )
    };
    word.contains(&'[') && word.windows(3).any(is_range)
}

/// Whether all characters outside ASCII stand in brackets among letters, as rules and expressions choose one of several
/// within a word: `s[áa]b`, `[oè]di`.
fn is_a_choice_of_letters(word: &[char]) -> bool {
    let is_chosen = |at: usize| {
        let letters = |c: &&char| is_letter(**c);
        let (left, right) = word.split_at_checked(at)?;
        let before = left.iter().rev().take_while(letters).count();
        let after = right.iter().take_while(letters).count();
        let open = at.checked_sub(before + 1)?;
        let close = at + after;
        let is_beside_letter = |at: Option<usize>| {
            at.and_then(|at| word.get(at))
                .is_some_and(|&c| is_letter(c))
        };
        let is_within_word =
            is_beside_letter(open.checked_sub(1)) || is_beside_letter(Some(close + 1));
        Some(word.get(open) == Some(&'[') && word.get(close) == Some(&']') && is_within_word)
    };
    let mut others = word.iter().enumerate().filter(|c| is_other(c.1));
    others.all(|(at, _)| is_chosen(at).unwrap_or(false))
}

/// Whether one character outside ASCII stands between single letters again and again: `aжbжc`.
fn separates_letters(word: &[char]) -> bool {
    let mut others = word.iter().enumerate().filter(|c| is_other(c.1)).peekable();
    let Some(&(first, separator)) = others.peek() else {
        return false;
    };
    let near = |i: Option<usize>| i.and_then(|i| word.get(i)).copied().unwrap_or(' ');
    let is_letter_alone = |at: Option<usize>| {
        let before = near(at.and_then(|at| at.checked_sub(1)));
        let next = near(at.map(|at| at + 1));
        near(at).is_ascii_alphabetic()
            && !before.is_ascii_alphanumeric()
            && !next.is_ascii_alphanumeric()
    };
    let mut many = 0;
    others.all(|(at, c)| {
        many += 1;
        *c == *separator && is_letter_alone(Some(at + 1))
    }) && many > 1
        && is_letter_alone(first.checked_sub(1))
}

/// The one character outside ASCII of a word, or the same several times, and what becomes of it where it stands first.
struct Change<'a> {
    word: &'a ChangedWord,
    at: usize,
    old: char,
    new: Vec<char>,
    /// The characters before it and behind it; spaces at the ends of the word.
    last: char,
    next: char,
}

impl Change<'_> {
    fn of(word: &ChangedWord) -> Option<Change<'_>> {
        let at = word.before.iter().position(is_other)?;
        let old = *word.before.get(at)?;
        if word.before.iter().any(|c| is_other(c) && *c != old) {
            return None;
        }
        let near = |i: Option<usize>| i.and_then(|i| word.before.get(i)).copied().unwrap_or(' ');
        Some(Change {
            word,
            at,
            old,
            new: word.after.iter().copied().filter(is_other).collect(),
            last: near(at.checked_sub(1)),
            next: near(Some(at + 1)),
        })
    }

    fn may_be_meant(&self) -> bool {
        self.is_dot_of_a_name()
            || self.is_space_in_markup()
            || self.is_space_beside_sign()
            || self.is_space_of_a_number()
            || self.is_space_behind_a_letter()
            || self.opens_a_quote_inside()
            || self.is_dash_between_words()
            || self.is_quoted_logic()
            || self.is_numero()
            || self.is_ohm()
            || self.compares_letters()
            || self.numbers_a_section()
            || (self.is_mark_of_a_word() || self.opens_a_sentence() || self.changes_case())
                && !self.makes_known()
    }

    /// `DALL·E`, and the Catalan `col·laborar`.
    fn is_dot_of_a_name(&self) -> bool {
        let is_between = |both: fn(char) -> bool| both(self.last) && both(self.next);
        self.old == '·' && (is_between(char::is_uppercase) || is_between(|c| c == 'l'))
    }

    /// No-break spaces of markup and code that stand between no letters: `const\u{A0}<b>`.
    fn is_space_in_markup(&self) -> bool {
        let is_markup = |c: &char| matches!(c, '<' | '>' | '&' | '*');
        self.old == '\u{A0}'
            && !(is_letter(self.last) && is_letter(self.next))
            && self.word.before.iter().any(is_markup)
    }

    /// A no-break space before signs that have one in French, or after a quote that opens: `Bonjour\u{A0}!`.
    fn is_space_beside_sign(&self) -> bool {
        self.old == '\u{A0}'
            && (matches!(self.next, '!' | '?' | ':' | ';' | '»' | '%' | '€')
                || matches!(self.last, '«' | ':'))
    }

    /// A no-break space behind a word of one letter, which is not to end a line: `z\u{A0}kontekstem`.
    fn is_space_behind_a_letter(&self) -> bool {
        self.old == '\u{A0}'
            && self.letters_before() == 1
            && "aeikosuvwyzAIOVWZ".contains(self.last)
            && is_letter(self.next)
    }

    /// A no-break space between a number and its unit or sign, or where a pattern stands for a number: `{0}\u{A0}km`.
    fn is_space_of_a_number(&self) -> bool {
        let is_number = |c: char, brace| c.is_ascii_digit() || c == '#' || c == brace;
        self.old == '\u{A0}' && (is_number(self.last, '}') || is_number(self.next, '{'))
    }

    /// A letter that would become a quote which opens where none can: `report.рdf` is no `report.“df`.
    fn opens_a_quote_inside(&self) -> bool {
        let opens = |c: &char| matches!(c, '“' | '„' | '«' | '‘');
        is_letter(self.old)
            && self.new.iter().all(opens)
            && (self.last.is_alphanumeric() || self.last == '.')
    }

    /// A dash, dots or a no-break space between words that read better apart: `breakpoint—which`, `z\u{A0}domu`.
    fn is_dash_between_words(&self) -> bool {
        let joined = || {
            let mut joined = words(&self.word.after).filter_map(|r| self.word.after.get(r));
            joined.find(|word| word.iter().any(is_other))
        };
        let apart = || {
            let letters = |c: &&char| is_letter(**c);
            let (left, right) = self.word.before.split_at_checked(self.at)?;
            let mut left: Vec<char> = left.iter().rev().take_while(letters).copied().collect();
            left.reverse();
            let right: Vec<char> = right.iter().skip(1).take_while(letters).copied().collect();
            let dash = if self.old == '\u{A0}' { 0.0 } else { DASH };
            Some(word_log_prob(&left) + word_log_prob(&right) - dash)
        };
        matches!(self.old, '—' | '–' | '…' | '\u{A0}')
            && self.is_single()
            && is_letter(self.last)
            && is_letter(self.next)
            && apart() > joined().map(word_log_prob)
    }

    /// The number of a note or a sign of logic before a word, or a note or power behind one: `¹see`, `¬in`, `inch²`.
    fn is_mark_of_a_word(&self) -> bool {
        let is_before = !self.last.is_alphanumeric() && is_letter(self.next);
        let is_behind = is_letter(self.last) && !self.next.is_alphanumeric();
        self.is_single()
            && match self.old {
                '¹' | '²' | '³' => is_before || is_behind,
                '¬' => is_before,
                _ => false,
            }
    }

    /// The signs that open questions and exclamations in Spanish, before a word: `¡¡Sí`.
    fn opens_a_sentence(&self) -> bool {
        let opened = self
            .word
            .before
            .iter()
            .skip(self.at)
            .find(|c| **c != self.old);
        matches!(self.old, '¡' | '¿')
            && !self.last.is_alphanumeric()
            && opened.is_some_and(|&c| is_letter(c))
    }

    /// The sign of logic where a quote opens: `'¬in'`.
    fn is_quoted_logic(&self) -> bool {
        self.old == '¬' && matches!(self.last, '\'' | '"' | '`')
    }

    /// A letter that begins a word and would be small for a capital, or a capital for a small one: `ƒile`, `Älice`.
    fn changes_case(&self) -> bool {
        let changes = |c: &char| {
            c.is_uppercase() && self.old.is_lowercase()
                || c.is_lowercase() && self.old.is_uppercase()
        };
        !is_letter(self.last)
            && self.last != '-'
            && self.next.is_lowercase()
            && self.new.iter().all(changes)
    }

    /// The sign of numero in French and Italian: `n°5`.
    fn is_numero(&self) -> bool {
        self.old == '°'
            && matches!(self.last, 'n' | 'N')
            && self.letters_before() == 1
            && !is_letter(self.next)
    }

    /// A unit of resistance: `kΩ`.
    fn is_ohm(&self) -> bool {
        let is_prefix = "pnµmcdkMG".contains(self.last) && self.letters_before() == 1;
        self.old == 'Ω' && (is_prefix || self.letters_before() == 0) && !is_letter(self.next)
    }

    /// A comparison of two letters: `z≤n`.
    fn compares_letters(&self) -> bool {
        let letters_behind = self.word.before.iter().skip(self.at + 1);
        let letters_behind = letters_behind.take_while(|&&c| is_letter(c)).count();
        matches!(self.old, '≤' | '≥' | '≠' | '≈' | '≡')
            && self.letters_before() == 1
            && letters_behind == 1
    }

    /// The sign of a section before a Roman number: `§iv`.
    fn numbers_a_section(&self) -> bool {
        let number = self.word.before.iter().skip(self.at + 1);
        let mut number = number.take_while(|&&c| is_letter(c)).peekable();
        self.old == '§'
            && self.letters_before() == 0
            && number.peek().is_some()
            && number.all(|c| "ivxlcIVXLC".contains(*c))
    }

    /// How many letters stand right before it.
    fn letters_before(&self) -> usize {
        let before = self.word.before.get(..self.at).unwrap_or_default();
        before.iter().rev().take_while(|&&c| is_letter(c)).count()
    }

    fn is_single(&self) -> bool {
        self.word.before.iter().filter(|c| is_other(c)).count() == 1
    }

    /// Whether a word comes out that people know.
    fn makes_known(&self) -> bool {
        makes_known(&self.word.after)
    }
}

/// Whether a word outside ASCII is one that people know.
pub(super) fn makes_known(after: &[char]) -> bool {
    let mut words = words(after).filter_map(|range| after.get(range));
    words.any(|word| word.iter().any(is_other) && is_known(word))
}

/// Nats that a dash without spaces costs between two words.
const DASH: f32 = 8.0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_programs_and_notes_have_may_be_meant() {
        let cases = [
            // Letters and signs by themselves in quotes.
            ("'λ'", "'’'", true),
            ("s(\"a¾\"),", "s(\"až\"),", true),
            ("('áÚ',", "('Аз',", true),
            ("'naïf'", "'na•f'", false),
            // Addresses.
            ("http://puny£code.com", "http://punyúcode.com", true),
            ("puny£code.com", "punyúcode.com", false),
            // Names and words with a dot.
            ("DALL·E", "DALLÀE", true),
            ("col·laborar", "colálaborar", true),
            ("m·s", "más", false),
            // Spaces of markup.
            ("const\u{A0}<b>", "constá<b>", true),
            ("m\u{A0}s<b>", "más<b>", false),
            ("Bonjour\u{A0}!", "Bonjourá!", true),
            ("{0}\u{A0}lat", "{0}álat", true),
            ("00\u{A0}km", "00ákm", true),
            ("-\u{A0}#,##0", "-á#,##0", true),
            ("r\u{A0},", "rá,", false),
            // Quotes where none opens.
            ("report.рdf", "report.“df", true),
            ("Òword", "“word", false),
            // Dashes.
            ("breakpoint—which", "breakpointówhich", true),
            ("raz—n", "razón", false),
            ("z\u{A0}domu", "zádomu", true),
            ("z\u{A0}kontekstem", "zákontekstem", true),
            ("Default:\u{A0}no", "Default:áno", true),
            ("est\u{A0}n", "están", false),
            // Letters in both cases.
            ("alphabet='ăâîĂÂÎ',", "alphabet='гвоГВО',", true),
            ("привет", "ïðèâåò", false),
            // Sets of characters, and one between letters.
            ("s[áa]b/", "s[ça]b/", true),
            ("[oè]di", "[oč]di", true),
            ("[sÃo]", "[são]", false),
            ("s[áa]bé", "s[ça]bč", false),
            ("[A-Za-z0-9àâèçñó'-_]*", "[A-Za-z0-9авизсу'-_]*", true),
            ("('aжbжc',", "('a‘b‘c',", true),
            ("caf’", "café", false),
            // Notes and signs of logic.
            ("'¬in')", "'Čin')", true),
            ("³za", "üza", true),
            ("inch²", "inchı", true),
            ("Inf³", "Infł", true),
            ("by³", "był", false),
            ("'¬in'", "'Čien'", true),
            // Numbers, units, comparisons and sections.
            ("n°1037)", "ní1037)", true),
            ("jard°n", "jardín", false),
            ("kΩ", "kê", true),
            ("rΩve", "rêve", false),
            ("(s≤s", "(sós", true),
            ("raz≤n", "razón", false),
            ("\"§iv\",", "\"živ\",", true),
            ("§ivot", "život", false),
            ("³ber", "über", false),
            // Signs that open sentences.
            ("¡¡Solo", "””Solo", true),
            ("¡hasta", "íhasta", true),
            ("m¿te", "møte", false),
            // Capitals.
            ("ƒile", "Éile", true),
            ("Älice", "élice", true),
            ("ƒtats", "États", false),
            ("19-Âringar", "19-åringar", false),
        ];
        for (before, after, expected) in cases {
            let word = ChangedWord {
                before: before.chars().collect(),
                after: after.chars().collect(),
            };
            assert_eq!(may_be_meant(&[word]), expected, "{before}");
        }
    }
}
