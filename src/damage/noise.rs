//! Control characters that were inserted before punctuation.

use crate::detect::seek::first;

/// The marks that noise is put before, and what they look like once narrowed.
pub(super) fn is_mark(c: char) -> bool {
    matches!(
        c,
        '，' | '、' | '。' | '！' | '？' | '；' | ',' | '!' | '?' | ';'
    )
}

const fn is_noise(c: char) -> bool {
    matches!(c, '\u{5}'..='\u{8}')
}

/// Most control characters in one place: five, twice where two codes met.
const LONGEST: usize = 10;

/// The byte ranges of the noise, empty when there is no pattern of it.
pub(super) fn inserted(text: &str, other_damage: bool) -> Vec<(usize, usize)> {
    let mut ranges = Vec::new();
    let is_noise_of_bytes = |byte: u8| is_noise(char::from(byte));
    // Beside zeros they are bytes of UTF-16.
    if text.contains('\0')
        || !other_damage && first(text.as_bytes(), is_noise_of_bytes) == text.len()
    {
        return ranges;
    }
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if !is_noise(c) {
            continue;
        }
        let mut end = start + c.len_utf8();
        let mut length = 1;
        while let Some((i, c)) = chars.next_if(|&(_, c)| is_noise(c)) {
            end = i + c.len_utf8();
            length += 1;
        }
        if length <= LONGEST && chars.peek().is_some_and(|&(_, c)| is_mark(c)) {
            ranges.push((start, end));
        }
    }
    // One control character before a comma may be anything; several kinds of them are not.
    let varied = ranges.iter().any(|&(start, end)| {
        let noise = text.as_bytes().get(start..end).unwrap_or_default();
        noise.len() >= 3
            && noise
                .windows(2)
                .any(|pair| matches!(pair, [a, b] if a != b))
    });
    if !other_damage && !varied && ranges.len() < 2 {
        ranges.clear();
    }
    if other_damage && ranges.is_empty() {
        ranges = spaces(text);
    }
    ranges
}

/// The spaces before marks, where each run of control characters became one: before nearly every
/// mark of the page.
fn spaces(text: &str) -> Vec<(usize, usize)> {
    let mut ranges = Vec::new();
    let mut bare = 0;
    let mut before = None;
    for (start, c) in text.char_indices() {
        if is_mark(c) && !c.is_ascii() {
            match before {
                Some(' ') => ranges.push((start.saturating_sub(1), start)),
                _ => bare += 1,
            }
        }
        before = Some(c);
    }
    if ranges.len() < 3 || bare * 4 > ranges.len() {
        ranges.clear();
    }
    ranges
}
