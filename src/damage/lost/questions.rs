//! Question marks in the place of letters.

use std::ops::Range;

use super::{Lost, LostKind};

/// Words in which a sign stands for a letter, where there are several.
pub(super) fn words(text: &str, found: &mut Vec<Lost>) {
    let signs = [
        ('?', LostKind::QuestionMarks),
        ('¿', LostKind::InvertedQuestionMarks),
    ];
    for (sign, kind) in signs.into_iter().filter(|(sign, _)| text.contains(*sign)) {
        let words: Vec<(usize, &str)> = words_of(text)
            .filter(|(_, word)| is_word_with(sign, word))
            .collect();
        let mut telling = words.iter().filter(|(_, word)| lacks_a_vowel(sign, word));
        let first = telling.next().map(|(_, word)| word);
        if telling.any(|(_, word)| Some(word) != first) {
            found.extend(words.iter().map(|(at, word)| Lost {
                range: *at..at + word.len(),
                kind,
            }));
        }
    }
}

/// What stands between white space, without the marks of prose around it: others, quotes too, are signs of code.
fn words_of(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_whitespace().map(|word| {
        let word = word.trim_matches(['.', ',', ';', ':', '!', '?', '(', ')']);
        (offset(text, word), word)
    })
}

/// Where a part of a text begins in it.
fn offset(text: &str, part: &str) -> usize {
    part.as_ptr() as usize - text.as_ptr() as usize
}

/// Whether the word consists of letters but for signs between them.
fn is_word_with(sign: char, word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let clean = word
        .chars()
        .all(|c| c.is_alphabetic() || c == sign || matches!(c, '-' | '\'' | '’'));
    let quoted = word.starts_with('\'') || word.ends_with('\'');
    clean && !quoted && letters >= 2 && word.contains(sign)
}

/// Whether a sign stands between two consonants of Latin letters in one case, so that hardly anything but a vowel is
/// missing: `M?nchen`, but neither `colou?r` nor `Yes?No`.
fn lacks_a_vowel(sign: char, word: &str) -> bool {
    let is_consonant = |c: char| c.is_ascii_alphabetic() && !"aeiouyAEIOUY".contains(c);
    let mut letters = word.chars();
    let (mut before, mut here) = (None, letters.next());
    for after in letters {
        if here == Some(sign)
            && let Some(before) = before
            && is_consonant(before)
            && is_consonant(after)
            && (after.is_lowercase() || before.is_uppercase())
        {
            return true;
        }
        (before, here) = (here, Some(after));
    }
    false
}

/// So many words, of so many signs in all, and one so long, are a text of which nothing is left.
const RUNS: usize = 3;
const SIGNS: usize = 10;
const LONG: usize = 4;

/// Several words one after another that consist of question marks, of different lengths.
pub(super) fn runs(text: &str, found: &mut Vec<Lost>) {
    if !text.contains("????") {
        return;
    }
    let mut group = Group::default();
    for word in text.split_whitespace() {
        let at = offset(text, word);
        let marks = word.trim_matches(|c: char| c.is_ascii_punctuation() && c != '?');
        let is_run = !marks.is_empty() && marks.bytes().all(|byte| byte == b'?');
        // One space stands between them.
        if !is_run || group.end + 1 != at {
            found.extend(group.take());
        }
        if is_run {
            group.add(at..at + word.len(), marks.len());
        }
    }
    found.extend(group.take());
}

#[derive(Default)]
struct Group {
    start: usize,
    end: usize,
    words: usize,
    signs: usize,
    shortest: usize,
    longest: usize,
}

impl Group {
    fn add(&mut self, word: Range<usize>, signs: usize) {
        if self.words == 0 {
            (self.start, self.shortest) = (word.start, signs);
        }
        self.end = word.end;
        self.words += 1;
        self.signs += signs;
        self.shortest = self.shortest.min(signs);
        self.longest = self.longest.max(signs);
    }

    fn take(&mut self) -> Option<Lost> {
        let group = std::mem::take(self);
        let is_lost = group.words >= RUNS
            && group.signs >= SIGNS
            && group.longest >= LONG
            && group.shortest < group.longest;
        is_lost.then_some(Lost {
            range: group.start..group.end,
            kind: LostKind::QuestionMarks,
        })
    }
}
