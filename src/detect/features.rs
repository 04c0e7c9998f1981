//! What is known of a hypothesis, as numbers: the evidence that the judge weighs, by name.

use super::known::Known;
use super::plausibility::{is_letter, plausibility, word_log_prob, words};
use super::scan::Said;
use super::script::Script;
use super::symbols::{class_of, is_alphabetic, is_mark, is_prose_punctuation, is_uppercase};
use crate::encoding::Encoding;
use crate::misdecoding::{Chain, Misdecoding, prior};
use crate::model::MODEL;
use std::ops::Range;

/// A word of the mangled text and what a repair makes of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct ChangedWord {
    pub(crate) before: Vec<char>,
    pub(crate) after: Vec<char>,
}

/// Log-odds in nats, apart.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Odds {
    /// The repaired text against the observed one.
    pub(crate) gain: f32,
    /// How much better the line fits a language.
    pub(crate) fit: f32,
    /// Known words that come out, less those that go.
    pub(crate) known: f32,
    /// The price of the chain.
    pub(crate) cost: f32,
    /// Letters that the written encoding was not made for.
    pub(crate) foreign: f32,
    /// Going from kept to repaired stretches and back.
    pub(crate) switches: f32,
}

impl Odds {
    pub(crate) fn net(&self) -> f32 {
        self.gain + self.fit + self.known - self.cost - self.foreign - self.switches
    }
}

/// What the words that stay say of those that change, in nats more than all languages together say.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Language {
    /// Of the words as they stand, and of what they become.
    pub(crate) before: f32,
    pub(crate) after: f32,
    /// How surely the words that stay are in one language, from 0 to 1.
    pub(crate) certainty: f32,
}

/// The groups of hypotheses that have weights of their own, since evidence means different things
/// in them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Group {
    /// UTF-8 was read as something else: the structure of UTF-8 is evidence by itself.
    Utf8,
    /// Letters inside words of ASCII letters: `h„„l`.
    InsideLatinWords,
    /// Other single-byte encodings: whole words of letters.
    Legacy,
    /// Multi-byte encodings: Han, kana, Hangul.
    EastAsian,
}

/// Names of the features, in the order of their values.
pub(crate) const NAMES: [&str; 63] = [
    "bias",
    "log-odds up to 5",
    "log-odds 5 to 10",
    "log-odds 10 to 20",
    "log-odds 20 to 40",
    "log-odds 40 to 100",
    "margin up to 5",
    "margin 5 to 20",
    "log-odds a character",
    "surprise of the observed words",
    "surprise of the repaired words",
    "surprise of the repaired words over 1",
    "one distinct character",
    "two distinct characters",
    "three distinct characters",
    "four or five distinct characters",
    "characters changed",
    "price of the chain",
    "layers beyond the first",
    "legacy layers beyond the first",
    "read in a multi-byte encoding",
    "written in a multi-byte encoding",
    "C1 controls in the observed words",
    "odd case mended",
    "odd case made",
    "mixed scripts mended",
    "mixed scripts made",
    "symbols in words mended",
    "symbols made",
    "kept words that could have been mangled",
    "kept words that could not",
    "share of words explained",
    "short capitals",
    "a letter three times",
    "letters alone",
    "one UTF-8 sequence",
    "words of letters before",
    "East Asian letters become others",
    "rare pair",
    "switches",
    "rarest new character",
    "rarest new character of one or two",
    "rarity of the observed characters",
    "log-odds over 10 on one or two characters",
    "fit of a language up to 5",
    "fit of a language 5 to 25",
    "words changed",
    "characters not explained in changed words",
    "words left alone that could be undone",
    "length of the text",
    "log of the log-odds",
    "distinct characters",
    "known words made",
    "share of the repaired words that are known",
    "words made that could be known and are not",
    "known words lost",
    "share of the observed words that are known",
    "fit of the observed words to the others",
    "fit of the repaired words to the others",
    "surprise of the repaired words in the language of the others",
    "certainty of the language of the others",
    "oddest pairs of the observed words",
    "oddest pairs of the repaired words",
];

/// The names of [`Candidate::features`](super::Candidate::features), in their order.
#[doc(hidden)]
#[must_use]
pub fn feature_names() -> &'static [&'static str] {
    &NAMES
}

/// Steps of the table of pairs that say all.
const MOST_ODD: i32 = 120;
/// So many words that stay as they are, are looked at.
const MOST_KEPT: usize = 40;
pub(crate) const N: usize = NAMES.len();
/// How many groups there are.
pub(crate) const GROUPS: usize = 4;

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Features {
    pub(crate) group_index: u8,
    pub(crate) values: [f32; N],
}

impl Default for Features {
    /// No evidence.
    fn default() -> Features {
        Features {
            group_index: Group::Utf8 as u8,
            values: [0.0; N],
        }
    }
}

impl Features {
    /// The values, and a flag for each group.
    pub(crate) fn inputs(&self) -> [f32; N + GROUPS] {
        let mut inputs = [0.0; N + GROUPS];
        for (slot, value) in inputs.iter_mut().zip(&self.values) {
            *slot = *value;
        }
        if let Some(slot) = inputs.get_mut(N + usize::from(self.group_index)) {
            *slot = 1.0;
        }
        inputs
    }

    /// Sets how far the hypothesis is ahead of the next best (or behind the best), in nats.
    pub(crate) fn set_margin(&mut self, nats: f32) {
        for (name, value) in NAMES.iter().zip(&mut self.values) {
            match *name {
                "margin up to 5" => *value = (nats / 5.0).clamp(-4.0, 1.0),
                "margin 5 to 20" => *value = ((nats - 5.0) / 15.0).clamp(0.0, 1.0),
                _ => {}
            }
        }
    }
}

/// All that features are made from.
pub(crate) struct Evidence<'a> {
    pub(crate) chain: &'a Chain,
    pub(crate) changed: &'a [ChangedWord],
    /// Words with characters outside ASCII that stay as they are.
    pub(crate) kept: &'a [Vec<char>],
    pub(crate) odds: Odds,
    pub(crate) known: Known,
    pub(crate) language: Language,
    /// Characters in changed words that the chain cannot explain.
    pub(crate) unexplained: usize,
    /// Units that could be undone and are left alone.
    pub(crate) left: usize,
    /// Of the text, in characters.
    pub(crate) length: usize,
}

impl Evidence<'_> {
    /// The features but for the margin, which needs the other hypotheses.
    pub(crate) fn features(&self) -> Features {
        let observed = distinct(
            self.changed
                .iter()
                .flat_map(|w| &w.before)
                .copied()
                .filter(|c| !c.is_ascii()),
        );
        let n_changed = self
            .changed
            .iter()
            .flat_map(|w| &w.before)
            .filter(|c| !c.is_ascii())
            .count();
        let group = self.group();
        let g = self.odds.net();
        let (known, language) = (self.known, self.language);
        let characters: usize = self.changed.iter().map(|w| w.after.len() + 1).sum();
        let characters = characters.max(1) as f32;
        let shape = |f: fn(&[char]) -> usize| {
            let before: usize = self.changed.iter().map(|w| f(&w.before)).sum();
            let after: usize = self.changed.iter().map(|w| f(&w.after)).sum();
            (
                before.saturating_sub(after) as f32,
                after.saturating_sub(before) as f32,
            )
        };
        let (case_mended, case_made) = shape(odd_case);
        let (script_mended, script_made) = shape(mixed_scripts);
        let (symbols_mended, _) = shape(symbols_in_words);
        let (could, could_not) = self.kept_words();
        let explained =
            self.changed.len() as f32 / (self.changed.len() + could + could_not).max(1) as f32;
        let (before_surprise, after_surprise) = self.surprise();
        let steps: Vec<Misdecoding> = self.chain.iter().collect();
        let legacy_layers = steps.iter().filter(|m| m.written != Encoding::Utf8).count();
        let read = self.read();
        let distinct_is = |low: usize, high: usize| flag((low..=high).contains(&observed.len()));
        let rarest = self.rarest_new();
        let part = |low: f32, high: f32| ((g - low) / (high - low)).clamp(0.0, 1.0);
        let values = [
            1.0,
            (g / 5.0).clamp(-4.0, 1.0),
            part(5.0, 10.0),
            part(10.0, 20.0),
            part(20.0, 40.0),
            part(40.0, 100.0),
            0.0,
            0.0,
            (g / (n_changed.max(1) as f32)).clamp(-2.0, 8.0) / 4.0,
            before_surprise.clamp(-3.0, 12.0) / 4.0,
            after_surprise.clamp(-3.0, 12.0) / 4.0,
            (after_surprise - 1.0).clamp(0.0, 8.0) / 4.0,
            distinct_is(1, 1),
            distinct_is(2, 2),
            distinct_is(3, 3),
            distinct_is(4, 5),
            (1.0 + n_changed as f32).ln() / 2.0,
            self.odds.cost.min(20.0) / 5.0,
            steps.len().saturating_sub(1) as f32,
            legacy_layers.saturating_sub(1) as f32,
            flag(read.is_some_and(|r| !r.is_single_byte())),
            flag(
                steps
                    .first()
                    .is_some_and(|m| m.written != Encoding::Utf8 && !m.written.is_single_byte()),
            ),
            flag(
                self.changed
                    .iter()
                    .flat_map(|w| &w.before)
                    .any(|&c| ('\u{80}'..'\u{A0}').contains(&c)),
            ),
            case_mended.min(4.0) / 2.0,
            case_made.min(4.0) / 2.0,
            script_mended.min(4.0) / 2.0,
            script_made.min(4.0) / 2.0,
            symbols_mended.min(4.0) / 2.0,
            (self.new_symbols() as f32).min(4.0) / 2.0,
            (could as f32).min(3.0) / 2.0,
            (could_not as f32).min(3.0) / 2.0,
            explained,
            flag(observed.len() <= 3 && self.changed.iter().any(|w| has_short_capitals(&w.before))),
            flag(self.changed.iter().any(|w| repeats_letter(&w.after))),
            self.letters_alone(),
            self.lone_sequence(),
            self.changed
                .iter()
                .filter(|w| is_plain_word(&w.before))
                .count() as f32
                / self.changed.len().max(1) as f32,
            flag(self.east_asian_become_others()),
            flag(steps.iter().any(|&m| prior::cost(m).unwrap_or(9.0) >= 8.5)),
            (self.odds.switches / 6.0).min(3.0),
            rarest,
            if observed.len() <= 3 { rarest } else { 0.0 },
            self.observed_rarity(),
            if observed.len() <= 2 {
                part(10.0, 30.0)
            } else {
                0.0
            },
            (self.odds.fit / 5.0).clamp(-4.0, 1.0),
            ((self.odds.fit - 5.0) / 20.0).clamp(0.0, 1.0),
            (self.changed.len() as f32).ln().min(4.0) / 2.0,
            (1.0 + self.unexplained as f32).ln().min(3.0),
            (1.0 + self.left as f32).ln().min(3.0),
            (1.0 + self.length as f32).ln() / 4.0,
            (1.0 + g.max(0.0)).ln(),
            (1.0 + observed.len() as f32).ln(),
            (1.0 + known.made).ln(),
            known.made / known.after.max(0.1),
            (1.0 + known.after - known.made).ln(),
            (1.0 + known.lost).ln(),
            known.lost / known.before.max(0.1),
            (language.before / 5.0).clamp(-4.0, 4.0),
            (language.after / 5.0).clamp(-4.0, 4.0),
            (after_surprise - language.after / characters).clamp(-3.0, 12.0) / 4.0,
            language.certainty,
            self.oddest_pairs(|w| &w.before),
            self.oddest_pairs(|w| &w.after),
        ];
        Features {
            group_index: group as u8,
            values,
        }
    }

    /// What neighbouring characters of a word say for mojibake, in the word of which they say most.
    fn oddest_pairs(&self, of: fn(&ChangedWord) -> &Vec<char>) -> f32 {
        let odd = self
            .changed
            .iter()
            .map(|w| Said::by_chars(of(w).iter().copied()).most);
        odd.max().unwrap_or_default().min(MOST_ODD) as f32 / 20.0
    }

    fn read(&self) -> Option<Encoding> {
        self.chain.iter().next_back().map(|m| m.read)
    }

    fn group(&self) -> Group {
        if self
            .chain
            .iter()
            .next()
            .is_none_or(|m| m.written == Encoding::Utf8)
        {
            Group::Utf8
        } else if self
            .chain
            .iter()
            .next()
            .is_some_and(|m| !m.written.is_single_byte())
        {
            Group::EastAsian
        } else if self.changed.iter().all(is_inside_latin_word) {
            Group::InsideLatinWords
        } else {
            Group::Legacy
        }
    }

    /// Words that stay as they are although the same mishap would have mangled them, and those
    /// that cannot have been written in that encoding. Words that the mishap leaves alone say
    /// nothing.
    fn kept_words(&self) -> (usize, usize) {
        let (mut could, mut could_not) = (0, 0);
        for word in self.kept.iter().take(MOST_KEPT) {
            let word: String = word.iter().collect();
            match self.chain.mangle(&word) {
                Ok(mangled) if mangled == word => {}
                Ok(_) => could += 1,
                Err(_) => could_not += 1,
            }
        }
        (could, could_not)
    }

    /// Nats a character that the changed words cost before and after, less what the characters of
    /// their scripts usually cost.
    fn surprise(&self) -> (f32, f32) {
        let (mut before, mut after) = (Surprise::default(), Surprise::default());
        let by_utf8 = self.group() == Group::Utf8;
        for word in self.changed {
            before.add(&word.before, true);
            after.add(&word.after, by_utf8);
        }
        (before.a_character(), after.a_character())
    }

    /// Distinct symbols that stand in the repaired words and did not stand there before.
    fn new_symbols(&self) -> usize {
        let new = self
            .changed
            .iter()
            .flat_map(|w| w.after.iter().copied().filter(|c| !w.before.contains(c)));
        distinct(new.filter(|&c| class_of(c).is_some() && !is_prose_punctuation(c))).len()
    }

    /// How rare the rarest character is that a repair brings in.
    fn rarest_new(&self) -> f32 {
        let new = self.changed.iter().flat_map(|w| {
            w.after
                .iter()
                .filter(|c| !c.is_ascii() && !w.before.contains(c))
        });
        new.map(|&c| rarity(c)).fold(0.0, f32::max)
    }

    /// How rare the characters are that a repair takes away, on average.
    fn observed_rarity(&self) -> f32 {
        let gone = self
            .changed
            .iter()
            .flat_map(|w| w.before.iter().filter(|c| !c.is_ascii()));
        let (sum, n) = gone.fold((0.0, 0), |(sum, n), &c| (sum + rarity(c), n + 1));
        sum / n.max(1) as f32
    }

    /// 1 where all letters outside ASCII stand alone between non-letters.
    fn letters_alone(&self) -> f32 {
        let (mut lone, mut all) = (0, 0);
        for word in self.changed {
            for (j, &c) in word.after.iter().enumerate() {
                if c.is_ascii() || !is_letter(c) {
                    continue;
                }
                all += 1;
                lone += usize::from(!beside_letter(&word.after, j));
            }
        }
        flag(lone > 0 && lone == all)
    }

    /// How little a single UTF-8 sequence proves: nothing against a letter in a word, most against
    /// a symbol that letters would become.
    fn lone_sequence(&self) -> f32 {
        if self.group() != Group::Utf8 {
            return 0.0;
        }
        let mut found = self.changed.iter().flat_map(|w| {
            w.after
                .iter()
                .enumerate()
                .filter(|(_, c)| !c.is_ascii())
                .map(move |(j, &c)| (w, j, c))
        });
        let (Some((word, j, c)), None) = (found.next(), found.next()) else {
            return 0.0;
        };
        let inside = beside_letter(&word.after, j);
        if is_letter(c) {
            return match (inside, Script::of(c) == Script::Latin) {
                (false, _) => 1.0,
                (true, true) => 0.0,
                (true, false) => 0.5,
            };
        }
        let letters_only = self
            .changed
            .iter()
            .any(|w| w.before.iter().all(|&c| is_letter(c)));
        let symbol = class_of(c).is_some() && !is_prose_punctuation(c);
        if symbol && letters_only && (inside || word.after.len() == 1) {
            2.0
        } else {
            0.0
        }
    }

    /// East Asian letters are what stood there and are not what comes out.
    fn east_asian_become_others(&self) -> bool {
        let letters = |w: &[char]| w.iter().filter(|&&c| !c.is_ascii() && is_letter(c)).count();
        let east_asian = |w: &[char]| w.iter().filter(|&&c| Script::of(c).is_east_asian()).count();
        let before: usize = self.changed.iter().map(|w| east_asian(&w.before)).sum();
        let all: usize = self.changed.iter().map(|w| letters(&w.before)).sum();
        let after: usize = self.changed.iter().map(|w| east_asian(&w.after)).sum();
        before > 0 && before == all && after == 0
    }
}

/// Nats that the words of letters outside ASCII cost; where there are none, all there is.
#[derive(Default)]
struct Surprise {
    letters: (f32, usize),
    all: (f32, usize),
}

impl Surprise {
    fn add(&mut self, token: &[char], floors: bool) {
        let excess = |word: &[char]| {
            let as_it_is = if floors {
                plausibility(word, &[])
            } else {
                word_log_prob(word)
            };
            let in_lower_case = lower(word).map_or(f32::NEG_INFINITY, |l| word_log_prob(&l) - 2.0);
            -as_it_is.max(in_lower_case) - word.iter().map(|&c| usual_surprise(c)).sum::<f32>()
        };
        // Most tokens are one word.
        let mut of_all = None;
        for range in words(token) {
            let word = token.get(range).unwrap_or_default();
            if !word.iter().all(char::is_ascii) {
                let nats = excess(word);
                self.letters.0 += nats;
                self.letters.1 += word.len() + 1;
                of_all = (word.len() == token.len()).then_some(nats);
            }
        }
        self.all.0 += of_all.unwrap_or_else(|| excess(token));
        self.all.1 += token.len() + 1;
    }

    fn a_character(&self) -> f32 {
        let (nats, characters) = if self.letters.1 > 0 {
            self.letters
        } else {
            self.all
        };
        nats / characters.max(1) as f32
    }
}

/// How much rarer a character is than the letters of running text of its script.
fn rarity(c: char) -> f32 {
    let usual = if Script::of(c).is_east_asian() {
        10.0
    } else {
        7.0
    };
    // A capital is as rare as its letter.
    let c = c.to_lowercase().next().unwrap_or(c);
    ((-MODEL.unigram(c) - usual) / 4.0).clamp(0.0, 2.5)
}

/// Nats that a character of running text costs, by script: the letters of large sets cost more.
fn usual_surprise(c: char) -> f32 {
    match Script::of(c) {
        Script::Han => 6.0,
        Script::Hangul => 4.5,
        Script::Kana => 3.5,
        _ => 2.3,
    }
}

fn flag(yes: bool) -> f32 {
    if yes { 1.0 } else { 0.0 }
}

pub(crate) fn beside_letter(word: &[char], j: usize) -> bool {
    let at = |j: Option<usize>| {
        j.and_then(|j| word.get(j))
            .is_some_and(|&c| is_alphabetic(c))
    };
    at(j.checked_sub(1)) || at(Some(j + 1))
}

fn lower(word: &[char]) -> Option<Vec<char>> {
    word.iter()
        .any(|c| c.is_uppercase())
        .then(|| word.iter().flat_map(|c| c.to_lowercase()).collect())
}

/// The repair changes nothing but letters of a Latin word that has ASCII letters too.
fn is_inside_latin_word(word: &ChangedWord) -> bool {
    let nbsp = word.before.contains(&'\u{A0}') && !word.after.contains(&'\u{A0}');
    let mut others = word
        .after
        .iter()
        .enumerate()
        .filter(|(_, c)| !c.is_ascii())
        .peekable();
    !nbsp
        && others.peek().is_some()
        && others.all(|(j, &c)| Script::of(c) == Script::Latin && beside_letter(&word.after, j))
        && word.after.iter().any(char::is_ascii_alphabetic)
}

fn has_short_capitals(word: &[char]) -> bool {
    words(word).any(|r| {
        let w = word.get(r).unwrap_or_default();
        (2..=3).contains(&w.len())
            && w.iter().all(|c| c.is_uppercase())
            && !w.iter().all(char::is_ascii)
    })
}

fn repeats_letter(word: &[char]) -> bool {
    let thrice = word
        .windows(3)
        .any(|w| matches!(w, [a, b, c] if a == b && b == c && !a.is_ascii() && is_letter(*a)));
    let of_two = |range: Range<usize>| {
        let letters = word.get(range).unwrap_or_default();
        let others = letters.iter().any(|c| !c.is_ascii());
        others && letters.len() >= 4 && distinct(letters.iter().copied()).len() <= 2
    };
    thrice || words(word).any(of_two)
}

/// Words that are neither lower case, nor upper case, nor capitalised.
pub(crate) fn odd_case(word: &[char]) -> usize {
    // Most words hold none.
    if !word.iter().skip(1).any(|&c| is_uppercase(c)) {
        return 0;
    }
    words(word)
        .filter(|r| {
            let w = word.get(r.clone()).unwrap_or_default();
            w.iter().skip(1).any(|c| c.is_uppercase()) && w.iter().any(|c| c.is_lowercase())
        })
        .count()
}

/// Neighbouring letters of scripts that do not stand in one word.
pub(crate) fn mixed_scripts(word: &[char]) -> usize {
    let pair = |w: &[char]| matches!(w, [a, b] if !Script::of(*a).mixes_with(Script::of(*b)));
    word.windows(2).filter(|w| pair(w)).count()
}

/// Symbols and C1 controls that touch letters.
fn symbols_in_words(word: &[char]) -> usize {
    let symbol = |c: char| {
        (class_of(c).is_some() && !is_prose_punctuation(c)) || ('\u{80}'..'\u{A0}').contains(&c)
    };
    word.iter()
        .enumerate()
        .filter(|&(j, &c)| symbol(c) && beside_letter(word, j))
        .count()
}

/// Vowel signs, joiners and the punctuation of Arabic, Indic and East Asian text.
fn is_sign_of_a_script(c: char) -> bool {
    matches!(
        c,
        '\u{60C}' | '\u{61B}' | '\u{61F}' | '\u{640}' | '\u{66A}'..='\u{66D}' | '\u{6D4}'
    ) || matches!(
        c,
        '\u{964}' | '\u{965}' | '\u{200C}'..='\u{200F}' | '\u{30FB}' | '\u{30FC}'
    ) || matches!(c, '\u{3000}'..='\u{3011}' | '\u{301C}' | '\u{FF01}'..='\u{FF1F}' | '\u{FF5E}')
        || (c >= '\u{300}' && is_mark(c))
}

/// Letters of one script only, in usual case, with punctuation around.
pub(crate) fn is_plain_word(word: &[char]) -> bool {
    let mut script = Script::Common;
    for &c in word {
        if is_letter(c) {
            let of_letter = Script::of(c);
            if !script.mixes_with(of_letter) {
                return false;
            }
            script = of_letter;
        } else if !c.is_ascii() && !is_prose_punctuation(c) && !is_sign_of_a_script(c) {
            return false;
        }
    }
    script != Script::Common && odd_case(word) == 0
}

fn distinct(chars: impl Iterator<Item = char>) -> Vec<char> {
    let mut out: Vec<char> = chars.collect();
    out.sort_unstable();
    out.dedup();
    out
}
