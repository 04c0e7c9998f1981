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
    // The model was trained on single sentences and finds whatever follows a full stop
    // improbable, so that the marks of Chinese have their probabilities here, and each begins anew.
    if let Some(ln_p) = mark(c) {
        return (ln_p, History::line_start());
    }
    let (ln_p, after) = MODEL.next(history, c);
    if gbk::is_private(c) {
        return (PRIVATE, after);
    }
    (ln_p.min(MODEL.unigram(c) + MOST_EXPECTED), after)
}

/// A character may be so much likelier in its place than anywhere. The n-grams are hashed, and of
/// a hundred lost bytes tried one may well meet the hash of another n-gram.
const MOST_EXPECTED: f32 = 8.0;

/// ln p of the marks of Chinese text.
fn mark(c: char) -> Option<f32> {
    Some(match c {
        '，' | ',' => -2.5,
        '。' => -3.2,
        '、' => -4.0,
        '“' | '”' | '：' | '《' | '》' | '（' | '）' => -5.0,
        '「' | '」' | '；' | '？' | '！' | ';' => -6.0,
        '‘' | '’' | '『' | '』' | '—' | '…' | '·' | '!' | '?' => -7.5,
        _ => return None,
    })
}

/// ln p of a stretch, and the history after it.
pub(super) fn run(history: History, chars: impl Iterator<Item = char>) -> (f32, History) {
    chars.fold((0.0, history), |(sum, history), c| {
        let (ln_p, history) = next(history, c);
        (sum + ln_p, history)
    })
}
