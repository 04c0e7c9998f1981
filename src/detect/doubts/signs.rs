//! Signs of writing that stand where they belong, and would be letters, or letters that would be signs where none belong.

use super::super::features::ChangedWord;
use super::super::plausibility::{is_letter, word_log_prob};
use super::super::script::Script;
use crate::misdecoding::Chain;
use crate::model::words::is_known;

/// Whether all that a legacy encoding explains are signs which stand where such belong, and capitals beside them: `¡no` is no
/// `Áno`, `Location¶` is no `Locationô`.
pub(super) fn stand_where_they_belong(changed: &[ChangedWord]) -> bool {
    let belongs = |at: &Place<'_>| {
        at.opens_a_sentence()
            || at.is_between_two_l()
            || at.ends_a_word()
            || at.begins_a_name()
            || at.is_a_plural()
            || at.is_a_space_in_markup()
    };
    all_of(changed, |at| belongs(at) || at.takes_a_capital()) && !all_of(changed, |at| !belongs(at))
}

/// Whether all that it explains are dots behind words which read better without a letter more: `Salvar…` is no `Salvarà`, where
/// nothing follows.
pub(crate) fn are_dots_behind_words(changed: &[ChangedWord]) -> bool {
    all_of(changed, |at| {
        at.old == '…' && !at.next.is_some_and(is_letter) && at.reads_better_without()
    })
}

/// Whether all that it makes are closing quotes, and one of them between two letters: `deqîqeya kevanî` is no
/// `deq”qeya kevan”`.
pub(super) fn quotes_within_words(changed: &[ChangedWord]) -> bool {
    let is_quote = |at: &Place<'_>| matches!(at.new, '”' | '»' | '›') && is_letter(at.old);
    let is_within = |at: &Place<'_>| {
        [at.before, at.next]
            .iter()
            .all(|c| c.is_some_and(is_letter))
    };
    all_of(changed, is_quote) && !all_of(changed, |at| !is_within(at))
}

/// Whether several letters would close quotes, and none opens any: `korî û kortî` is no `kor” ž kort”`.
pub(super) fn closes_what_is_not_open(changed: &[ChangedWord]) -> bool {
    let made = |quotes: &[char]| {
        let pairs = changed.iter().flat_map(|w| w.before.iter().zip(&w.after));
        pairs
            .filter(|(old, new)| is_letter(**old) && quotes.contains(new))
            .count()
    };
    changed.iter().all(|w| w.before.len() == w.after.len())
        && made(&['”', '»', '›']) > 1
        && made(&['“', '„', '«', '‹']) == 0
}

/// Whether all that it makes are dashes which stand behind a word without a space, and before one: `fieldб and` is no
/// `field— and`.
pub(super) fn makes_dashes_behind_words(changed: &[ChangedWord]) -> bool {
    all_of(changed, |at| {
        is_letter(at.old)
            && matches!(at.new, '–' | '—')
            && at.before.is_some_and(is_letter)
            && !at.next.is_some_and(is_letter)
    })
}

/// Whether all that it explains is a sign between two letters, `n·n`, which would be a letter of a word of no more.
pub(super) fn joins_two_letters(changed: &[ChangedWord]) -> bool {
    let is_short = |w: &ChangedWord| w.before.iter().filter(|&&c| is_letter(c)).count() == 2;
    changed.iter().all(is_short)
        && all_of(changed, |at| {
            let are_letters = [at.before, at.next]
                .iter()
                .all(|c| c.is_some_and(is_letter));
            at.old == '·' && are_letters
        })
}

/// Whether all that several mishaps in a row explain are signs: nobody would see two mishaps in one sign, and many a sign can
/// be had so.
pub(super) fn makes_signs_by_layers(chain: &Chain, changed: &[ChangedWord]) -> bool {
    let others = |w: &[char]| {
        w.iter()
            .copied()
            .filter(|c| !c.is_ascii())
            .collect::<Vec<char>>()
    };
    let is_sign = |w: &ChangedWord| {
        let kept = others(&w.before);
        others(&w.after)
            .iter()
            .all(|c| !is_letter(*c) || kept.contains(c))
    };
    chain.len() > 1 && changed.iter().all(is_sign)
}

/// A character that changes.
struct Place<'w> {
    word: &'w ChangedWord,
    at: usize,
    before: Option<char>,
    old: char,
    new: char,
    next: Option<char>,
}

/// Letters of a word beside a sign, and such of a word that is no chance.
const A_WORD: usize = 3;
const A_LONG_WORD: usize = 4;
/// Nats by which a word reads better without a letter that ends it: words that lack one may be others.
const BETTER: f32 = 4.5;

impl Place<'_> {
    /// The signs that open questions and exclamations in Spanish, before a word.
    fn opens_a_sentence(&self) -> bool {
        matches!(self.old, '¡' | '¿')
            && !self.before.is_some_and(is_letter)
            && self.next.is_some_and(is_letter)
    }

    /// The dot of Catalan: `il·legal`.
    fn is_between_two_l(&self) -> bool {
        let is_l = |c: Option<char>| c.is_some_and(|c| c.eq_ignore_ascii_case(&'l'));
        self.old == '·' && is_l(self.before) && is_l(self.next)
    }

    /// A mark behind a word that reads better without a letter more, or a no-break space before dots: `Location¶`.
    fn ends_a_word(&self) -> bool {
        let ends = match self.old {
            '¶' | '™' | '®' => !self.next.is_some_and(is_letter),
            '\u{A0}' => self.next == Some('.'),
            _ => false,
        };
        ends && self.reads_better_without()
    }

    /// The dot before a name in assembler, where no long word comes out that people know: `·update(SB)`.
    fn begins_a_name(&self) -> bool {
        let letters = self.letters_behind();
        let joined: Vec<char> = [self.new].into_iter().chain(letters.clone()).collect();
        self.old == '·'
            && !self.before.is_some_and(is_letter)
            && letters.count() > 1
            && !(joined.len() >= A_LONG_WORD && is_known(&joined))
    }

    /// The apostrophe of a plural: `menu´s`.
    fn is_a_plural(&self) -> bool {
        let mut letters = self.letters_behind();
        self.old == '´'
            && letters.next() == Some('s')
            && letters.next().is_none()
            && self.reads_better_without()
    }

    /// A no-break space beside signs of markup: `[\u{A0}\fB-v`.
    fn is_a_space_in_markup(&self) -> bool {
        let near = [self.before, self.next];
        let is_markup = |c: &Option<char>| matches!(c, Some('[' | ']' | '|' | '\\'));
        self.old == '\u{A0}' && near.iter().any(is_markup)
    }

    /// A capital of Latin that begins a word and would be a small letter.
    fn takes_a_capital(&self) -> bool {
        Script::of(self.old) == Script::Latin
            && self.old.is_uppercase()
            && self.new.is_lowercase()
            && !self.before.is_some_and(is_letter)
            && self.next.is_some_and(char::is_lowercase)
    }

    /// Whether the word before it reads better without the letter that it would be and those behind.
    fn reads_better_without(&self) -> bool {
        let before = self.word.before.get(..self.at).unwrap_or_default();
        let letters = before.iter().rev().take_while(|c| is_letter(**c)).count();
        let word = before.get(before.len() - letters..).unwrap_or_default();
        let joined = word.iter().copied().chain([self.new]);
        let joined: Vec<char> = joined.chain(self.letters_behind()).collect();
        letters >= A_WORD && word_log_prob(word) > word_log_prob(&joined) + BETTER
    }

    fn letters_behind(&self) -> impl Iterator<Item = char> + Clone {
        let behind = self.word.before.get(self.at + 1..).unwrap_or_default();
        behind.iter().copied().take_while(|&c| is_letter(c))
    }
}

/// Whether each character changes by itself, and all that do are such.
fn all_of(changed: &[ChangedWord], is_such: impl Fn(&Place<'_>) -> bool) -> bool {
    changed.iter().all(|word| {
        let near = |i: usize| word.before.get(i).copied();
        let mut pairs = word.before.iter().zip(&word.after).enumerate();
        word.before.len() == word.after.len()
            && pairs.all(|(at, (&old, &new))| {
                let place = Place {
                    word,
                    at,
                    before: at.checked_sub(1).and_then(near),
                    old,
                    new,
                    next: near(at + 1),
                };
                old == new || is_such(&place)
            })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(before: &str, after: &str) -> Vec<ChangedWord> {
        let words = before.split(' ').zip(after.split(' '));
        let word = |w: &str| w.chars().collect();
        let pairs = words.filter(|(before, after)| before != after);
        pairs
            .map(|(before, after)| ChangedWord {
                before: word(before),
                after: word(after),
            })
            .collect()
    }

    #[test]
    fn a_sign_by_itself_shows_no_two_mishaps() {
        let cases = [
            (
                "windows-1251>koi8-r + shift_jis>windows-1252",
                "\u{81}¡http",
                "”http",
                true,
            ),
            ("shift_jis>windows-1252", "\u{81}¡http", "■http", false),
            (
                "windows-1251>koi8-r + koi8-r>windows-1252",
                "ïîñåòè¡",
                "посети”",
                false,
            ),
        ];
        for (chain, before, after, expected) in cases {
            let chain = chain.parse().unwrap();
            let found = makes_signs_by_layers(&chain, &changed(before, after));
            assert_eq!(found, expected, "{after}");
        }
    }

    #[test]
    fn signs_stand_where_they_belong() {
        let cases = [
            (
                stand_where_they_belong as fn(&[ChangedWord]) -> bool,
                "¡no corre!",
                "Áno corre!",
                true,
            ),
            (stand_where_they_belong, "\"¿dónde", "\"ídónde", true),
            // Another letter was mangled, too; a sign within a word; a sign that opens nothing.
            (
                stand_where_they_belong,
                "¡slenskt mßl",
                "íslenskt mál",
                false,
            ),
            (stand_where_they_belong, "n¡co", "níco", false),
            (stand_where_they_belong, "¡ 5", "í 5", false),
            (stand_where_they_belong, "il·legals", "ilúlegals", true),
            (stand_where_they_belong, "Ús il·legal", "és ilúlegal", true),
            (stand_where_they_belong, "Ús", "és", false),
            (are_dots_behind_words, "Salvar…", "Salvarà", true),
            (are_dots_behind_words, "sar…", "sarà", false),
            (are_dots_behind_words, "l…grima", "làgrima", false),
            (stand_where_they_belong, "Anfon\u{A0}...", "Anfoná...", true),
            (stand_where_they_belong, "Anfon\u{A0}", "Anfoná", false),
            (stand_where_they_belong, "h\u{A0}", "há", false),
            (stand_where_they_belong, "Location¶", "Locationô", true),
            (stand_where_they_belong, "·iv0<>(SB),", "živ0<>(SB),", true),
            (stand_where_they_belong, "·rea", "área", false),
            (stand_where_they_belong, "·l", "ál", false),
            (stand_where_they_belong, "menu´s", "menuïs", true),
            (stand_where_they_belong, "ma´s", "maïs", false),
            (stand_where_they_belong, "[\u{A0}\\fB-v", "[á\\fB-v", true),
            (closes_what_is_not_open, "korî kortî", "kor” kort”", true),
            (closes_what_is_not_open, "korî", "kor”", false),
            (closes_what_is_not_open, "ìbarî ìfooî", "“bar” “foo”", false),
            (quotes_within_words, "lîna hêvî", "l”na hêv”", true),
            (quotes_within_words, "lîna", "l”na", true),
            (quotes_within_words, "hêvî", "hêv”", false),
            (quotes_within_words, "lîna çol", "l”na çöl", false),
            (makes_dashes_behind_words, "fieldб", "field—", true),
            (makes_dashes_behind_words, "oneбtwo", "one—two", false),
            (makes_dashes_behind_words, "б", "—", false),
            (joins_two_letters, "t·k", "ták", true),
            (joins_two_letters, "t·kari", "tákari", false),
            (joins_two_letters, "f÷r", "för", false),
        ];
        for (is_meant, before, after, expected) in cases {
            let changed = changed(before, after);
            assert_eq!(is_meant(&changed), expected, "{before} {after}");
        }
    }
}
