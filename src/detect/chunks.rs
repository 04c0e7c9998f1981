//! A text in pieces that are judged one by one: lines, long lines in parts.

use super::seek::first_byte;

/// The longest chunk, in characters.
pub(crate) const LONGEST: usize = 2000;

/// A piece of a text and the byte at which it stands there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Chunk<'a> {
    pub(crate) start: usize,
    pub(crate) text: &'a str,
}

/// The lines of `text` without their ends; a line longer than [`LONGEST`] is cut, at a space if
/// there is one.
pub(crate) fn chunks(text: &str) -> impl Iterator<Item = Chunk<'_>> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
        if let Some((end, next)) = short_line(rest) {
            let chunk = Chunk {
                start,
                text: rest.get(..end).unwrap_or_default(),
            };
            start += next;
            return Some(chunk);
        }
        let mut end = None;
        let mut space = None;
        for (n, (i, c)) in rest.char_indices().enumerate() {
            if c == '\n' && is_whole(rest.as_bytes(), i) {
                end = Some((i, i + 1));
                break;
            }
            if n >= LONGEST {
                let cut = space.filter(|&s| s > i / 2).unwrap_or(i);
                end = Some((cut, cut));
                break;
            }
            if c == ' ' && is_whole(rest.as_bytes(), i) {
                space = Some(i + 1);
            }
        }
        let (end, next) = end.unwrap_or((rest.len(), rest.len()));
        let chunk = Chunk {
            start,
            text: rest.get(..end).unwrap_or_default(),
        };
        start += next;
        Some(chunk)
    })
}

/// Where the first line ends and where the next begins, if it has so few bytes that its characters need no counting.
fn short_line(text: &str) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let near = bytes.get(..=LONGEST).unwrap_or(bytes);
    let mut at = first_byte(near, b'\n');
    while at < near.len() {
        if is_whole(bytes, at) {
            return Some((at, at + 1));
        }
        at += 1 + first_byte(near.get(at + 1..).unwrap_or_default(), b'\n');
    }
    (bytes.len() <= LONGEST).then_some((bytes.len(), bytes.len()))
}

/// Whether the line feed or space at `at` is one, and not half of one in UTF-16 that was read as an
/// 8-bit encoding: then a control stands before it, the high byte of a letter or its own.
pub(crate) fn is_whole(bytes: &[u8], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|at| bytes.get(at));
    before.is_none_or(|&b| b >= b'\t')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf_16_read_as_bytes_is_cut_between_characters() {
        let found: Vec<&str> = chunks("a\0\n\0b\0 \0\0c\0\n\0d\nnext")
            .map(|c| c.text)
            .collect();
        assert_eq!(found, ["a\0\n\0b\0 \0\0c\0\n\0d", "next"]);
    }

    #[test]
    fn chunks_are_lines_and_parts_of_long_lines() {
        let found: Vec<(usize, &str)> = chunks("a\n\nbc").map(|c| (c.start, c.text)).collect();
        assert_eq!(found, [(0, "a"), (2, ""), (3, "bc")]);
        let long = format!("{} {}", "é".repeat(1500), "ü".repeat(3000));
        let found: Vec<usize> = chunks(&long).map(|c| c.text.chars().count()).collect();
        assert_eq!(found, [1501, 2000, 1000]);
        assert_eq!(chunks(&long).map(|c| c.text).collect::<String>(), long);
    }
}
