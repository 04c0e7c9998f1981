//! Control characters that were inserted before punctuation.

/// The marks that noise is put before, and what they look like once narrowed.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '，' | '、' | '。' | '！' | '？' | '；' | ',' | '!' | '?' | ';')
}

const fn is_noise(c: char) -> bool {
    matches!(c, '\u{5}'..='\u{8}')
}

/// Most control characters that are inserted in one place.
const LONGEST: usize = 5;

/// The byte ranges of the noise, empty when there is no pattern of it.
pub(super) fn inserted(text: &str, other_damage: bool) -> Vec<(usize, usize)> {
    let mut ranges = Vec::new();
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
    // One control character before a comma may be anything.
    let enough = if other_damage { 1 } else { 2 };
    if ranges.len() < enough {
        ranges.clear();
    }
    ranges
}
