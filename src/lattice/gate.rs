//! Whether a line looks as if something was lost in it, and where.

use super::explanation::Explanation;
use super::score;
use crate::detect::script::Script;
use crate::detect::tables::is_a_table;
use std::ops::Range;

/// So many characters are looked at to choose chains.
const WINDOW: usize = 44;
/// So many characters outside ASCII make a word that is clean, and no part of one that was mangled.
const CLEAN: usize = 4;
/// The window begins at most so many words before the oddest one.
const WORDS_BEFORE: usize = 3;
/// Mean log-probability below which a word looks odd, as it stands.
const ODD_WORD: f32 = -4.0;
const ODD_WORD_EAST_ASIAN: f32 = -6.2;

/// The part of a line that looks oddest; `None` where nothing in it calls for a search.
pub(super) fn odd_window(
    line: &[char],
    observed: &[f32],
    explained: &Explanation<'_>,
    lost_letters: bool,
) -> Option<Range<usize>> {
    if is_a_table(line) {
        return None;
    }
    let is_explained = |at: usize| explained.holds(at);
    let mut worst: Option<(f32, usize)> = None;
    if lost_letters {
        worst = Some((0.0, 0));
    }
    // Where the words end that do not look odd.
    let mut clean_to: Vec<usize> = Vec::new();
    let mut start = 0;
    for word in line.split(|c| c.is_ascii_whitespace()) {
        let range = start..start + word.len();
        start = range.end + 1;
        let left = range
            .clone()
            .any(|i| line.get(i).is_some_and(|c| !c.is_ascii()) && !is_explained(i));
        let has_mark = word.contains(&'?') && range.clone().any(is_explained);
        if !left && !has_mark {
            continue;
        }
        let scores = observed.get(range.clone()).unwrap_or_default();
        let east_asian = word
            .iter()
            .filter(|&&c| Script::of(c).is_east_asian())
            .count();
        let limit = if east_asian * 2 > word.len() {
            ODD_WORD_EAST_ASIAN
        } else {
            ODD_WORD
        };
        // Marks of loss are no sign by themselves: what is around them has to look odd.
        let marked = word.iter().filter(|&&c| c == '\u{FFFD}').count();
        let others = word
            .iter()
            .filter(|&&c| !c.is_ascii() && c != '\u{FFFD}')
            .count();
        let sum: f32 = word
            .iter()
            .zip(scores)
            .filter(|(c, _)| !matches!(c, '\u{FFFD}' | '?'))
            .map(|(_, s)| s)
            .sum();
        let read = word
            .iter()
            .filter(|c| !matches!(c, '\u{FFFD}' | '?'))
            .count();
        let oddness = sum - limit * (read + 1) as f32;
        // What a known chain leaves over may be more of it.
        let is_odd = oddness < 0.0
            || !explained.is_empty()
            || marked * 3 >= others && marked > 0 && others > 0
            || word
                .windows(2)
                .any(|w| matches!(w, ['?', c] if !c.is_ascii()))
            || range.clone().any(is_explained);
        if !is_odd && others >= CLEAN {
            clean_to.push(range.end);
        } else if is_odd && worst.is_none_or(|w| oddness < w.0) {
            worst = Some((oddness, range.start));
        }
    }
    let (_, mut start) = worst?;
    // A space may be part of what was mangled: begin with the first of several odd words.
    for _ in 0..WORDS_BEFORE {
        let before = line.get(..start.saturating_sub(1)).unwrap_or_default();
        let word = before
            .iter()
            .rposition(char::is_ascii_whitespace)
            .map_or(0, |i| i + 1);
        if start == 0
            || before
                .get(word..)
                .unwrap_or_default()
                .iter()
                .all(char::is_ascii)
        {
            break;
        }
        start = word;
    }
    // The window is as long as can be, without text that says nothing of chains.
    let clean = clean_to.partition_point(|&end| end <= start);
    let clean_to = clean.checked_sub(1).and_then(|i| clean_to.get(i));
    let least = line.len().saturating_sub(WINDOW);
    let start = start.min(least.max(clean_to.copied().unwrap_or(0)));
    Some(start..(start + WINDOW).min(line.len()))
}

/// Whether what comes of undoing a chain without loss reads well.
pub(super) fn is_well_explained(line: &[char], plain: &[char]) -> bool {
    let letters = |text: &[char]| text.iter().any(|c| c.is_alphabetic() && !c.is_ascii());
    let shouts = !line.iter().any(|c| c.is_uppercase())
        && letters(plain)
        && plain.iter().any(|c| c.is_uppercase())
        && !plain.iter().any(|c| c.is_lowercase());
    if shouts {
        return false;
    }
    let scores = score::as_it_stands(plain);
    let (mut sum, mut n, mut east_asian) = (0.0, 0, 0);
    for (c, s) in plain.iter().zip(&scores).filter(|(c, _)| !c.is_ascii()) {
        sum += s;
        n += 1;
        east_asian += usize::from(Script::of(*c).is_east_asian());
    }
    let limit = if east_asian * 2 > n {
        ODD_WORD_EAST_ASIAN
    } else {
        ODD_WORD
    };
    sum >= limit * n as f32
}
