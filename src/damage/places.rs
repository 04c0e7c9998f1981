//! The Han characters of a text, and which of them have a reading in parentheses behind them.

use super::gbk::is_han;

/// A Han character, its reading, what follows both, and the byte range of the reading with its parentheses.
pub(super) struct Place<'a> {
    pub(super) char: char,
    pub(super) reading: Option<&'a str>,
    pub(super) next: Option<char>,
    pub(super) range: (usize, usize),
}

/// The Han characters of `text`, with the readings that `parenthesised` finds at the start of what follows them: the
/// reading, and the length of all.
pub(super) fn places<'a>(
    text: &'a str,
    parenthesised: impl Fn(&'a str) -> Option<(&'a str, usize)>,
) -> Vec<Place<'a>> {
    let han = text.char_indices().filter(|&(_, c)| is_han(c));
    han.map(|(start, char)| {
        let after = start + char.len_utf8();
        let rest = text.get(after..).unwrap_or_default();
        let found = parenthesised(rest);
        let length = found.map_or(0, |(_, length)| length);
        Place {
            char,
            reading: found.map(|(reading, _)| reading),
            next: rest.get(length..).and_then(|rest| rest.chars().next()),
            range: (after, after + length),
        }
    })
    .collect()
}

/// The places from the first reading to the last. What stands before and after has not been through the program that
/// put them there: lines of advertising, the clean texts of a longer document.
pub(super) fn page<'p, 'a>(places: &'p [Place<'a>]) -> &'p [Place<'a>] {
    let has_reading = |place: &Place<'_>| place.reading.is_some();
    let first = places.iter().position(has_reading);
    let last = places.iter().rposition(has_reading);
    match (first, last) {
        (Some(first), Some(last)) => places.get(first..=last).unwrap_or_default(),
        _ => &[],
    }
}
