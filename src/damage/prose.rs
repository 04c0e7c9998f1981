//! How good a stretch reads: the character model, and what it can't tell in shifted text.

use crate::model::{History, MODEL};

use super::{gbk, words};

/// ln p of a private-use character in prose: they come of mangling, or of icon fonts.
const PRIVATE: f32 = -16.0;

/// A character may be so much likelier in its place than anywhere. The n-grams are hashed, and of
/// a hundred lost bytes tried one may well meet the hash of another n-gram.
const MOST_EXPECTED: f32 = 4.0;

/// A character less likely than this is hardly ever the lost one.
const RARE: f32 = -16.5;
/// What [`MOST_EXPECTED`] is for rare characters.
const RARE_EXPECTED: f32 = 3.0;

/// -ln of the part of characters that continue a word of the dictionary.
const IN_WORD: f32 = 0.7;

/// ln p of a mark within a word.
const CUT: f32 = -2.0;

/// ln p of a mark that repeats or contradicts the one before it.
const MISPLACED: f32 = -10.0;

/// What has been read, as far as it bears on what follows.
#[derive(Clone, Copy)]
pub(super) struct Reader {
    history: History,
    /// The last character, and the one before it.
    last: char,
    before: char,
    /// The quotation mark or bracket that stands open.
    open: Option<char>,
    /// Whether a word is hardly complete.
    goes_on: bool,
}

impl Reader {
    /// At the start of a line.
    pub(super) fn line_start() -> Reader {
        Reader {
            history: History::line_start(),
            last: '\n',
            before: '\n',
            open: None,
            goes_on: false,
        }
    }

    /// After some characters.
    pub(super) fn after(chars: impl Iterator<Item = char>) -> Reader {
        let mut reader = Reader::line_start();
        reader.read_all(chars);
        reader
    }

    /// The character before the last one, and the last one.
    pub(super) const fn last_two(&self) -> (char, char) {
        (self.before, self.last)
    }

    /// ln p of the next character.
    pub(super) fn read(&mut self, c: char) -> f32 {
        // A byte that left no trace.
        if c == '\0' {
            return 0.0;
        }
        let last = std::mem::replace(&mut self.last, c);
        let before = std::mem::replace(&mut self.before, last);
        // The model was trained on single sentences and finds whatever follows a full stop
        // improbable, so that the marks of Chinese have their probabilities here, and each begins
        // anew.
        let goes_on = std::mem::take(&mut self.goes_on);
        if let Some(ln_p) = self.mark(c, last) {
            self.history = History::line_start();
            return ln_p + if goes_on { CUT } else { 0.0 };
        }
        let (ln_p, history) = MODEL.next(self.history, c);
        self.history = history;
        if gbk::is_private(c) {
            return PRIVATE;
        }
        let unigram = MODEL.unigram(c);
        let capped = ln_p.min(
            unigram
                + if unigram < RARE {
                    RARE_EXPECTED
                } else {
                    MOST_EXPECTED
                },
        );
        // The first character of a word after other scripts, which the model hardly saw.
        if !gbk::is_han(last) {
            return capped.max(unigram);
        }
        let Some(following) = words::following(before, last, c) else {
            return capped;
        };
        self.goes_on = following.goes_on;
        capped.max(following.ln_p - IN_WORD)
    }

    /// ln p of some characters.
    pub(super) fn read_all(&mut self, chars: impl Iterator<Item = char>) -> f32 {
        chars.map(|c| self.read(c)).sum()
    }

    fn mark(&mut self, c: char, last: char) -> Option<f32> {
        let after_stop = matches!(last, '。' | '！' | '？' | '!' | '?' | '；' | ';');
        let after_mark = after_stop || matches!(last, '，' | '、' | ',' | '：' | ':');
        if c.is_whitespace() && closing(last).is_some() {
            return Some(MISPLACED);
        }
        if c == '\n' {
            self.open = None;
            return Some(match last {
                '，' | '、' | ',' => -7.0,
                '”' | '’' | '」' | '』' | '\n' => -1.5,
                _ if after_stop => -1.0,
                _ => -4.0,
            });
        }
        if let Some(close) = closing(c) {
            let again = self.open == Some(close);
            self.open = Some(close);
            return Some(if again {
                MISPLACED
            } else if after_mark {
                -3.5
            } else {
                -5.0
            });
        }
        if matches!(c, '”' | '’' | '」' | '』' | '》' | '）') {
            let fits = self.open.take() == Some(c);
            // What opened it may stand too far before to be seen; then it is the commonest kind.
            let rare = if c == '”' { 0.0 } else { -2.0 };
            return Some(match (fits, after_stop) {
                (true, true) => -1.5,
                (true, false) => -3.0,
                (false, true) => -6.0 + rare,
                (false, false) => -9.0 + rare,
            });
        }
        Some(match c {
            '，' | ',' | '。' | '、' | '；' | ';' | '：' if after_mark => MISPLACED,
            '，' | '。' | '、' | '；' | '：' if last.is_whitespace() => MISPLACED,
            '，' | ',' => -2.5,
            '。' => -3.2,
            '、' => -4.0,
            '：' => -5.0,
            '；' | '？' | '！' | ';' => -6.0,
            '—' | '…' | '·' | '!' | '?' => -7.5,
            _ => return None,
        })
    }
}

/// What closes an opening mark.
fn closing(c: char) -> Option<char> {
    Some(match c {
        '“' => '”',
        '‘' => '’',
        '「' => '」',
        '『' => '』',
        '《' => '》',
        '（' => '）',
        _ => return None,
    })
}
