//! How good a stretch reads: the character model, and what it can't tell apart in shifted text.

use crate::model::{History, MODEL};

use super::gbk;

/// ln p of a private-use character in prose: they come of mangling, or of icon fonts.
const PRIVATE: f32 = -16.0;

/// The history after some characters.
pub(super) fn after(chars: impl Iterator<Item = char>) -> History {
    chars.fold(History::line_start(), |history, c| next(history, c).1)
}

/// ln p of a character, and the history after it.
pub(super) fn next(history: History, c: char) -> (f32, History) {
    if c == '\0' {
        return (0.0, history);
    }
    let (ln_p, after) = MODEL.next(history, c);
    (if gbk::is_private(c) { PRIVATE } else { ln_p }, after)
}

/// ln p of a stretch, and the history after it.
pub(super) fn run(history: History, chars: impl Iterator<Item = char>) -> (f32, History) {
    chars.fold((0.0, history), |(sum, history), c| {
        let (ln_p, history) = next(history, c);
        (sum + ln_p, history)
    })
}
