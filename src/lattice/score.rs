//! What a character adds to the score of a reading.

use crate::detect::script::Script;
use crate::detect::{plausibility, symbols};
use crate::encoding::Encoding;
use crate::misdecoding::prior;
use crate::model::{History, MODEL};

/// Nats for a letter that the written encoding was not made to write, and for two scripts in a word.
const FOREIGN_LETTER: f32 = 2.0;
const SCRIPT_CHANGE: f32 = 3.0;
/// Quotes, dashes and dots of running text are never charged more.
const PROSE_PUNCTUATION: f32 = -6.5;
/// What any symbol may cost, before the size of its block.
const SYMBOL: f32 = 5.0;
/// A capital after a small letter.
const ODD_CAPITAL: f32 = 4.0;

/// A character that the model has never seen, and what it costs besides.
const UNKNOWN: f32 = -20.0;
const STRANGE: f32 = 6.0;
/// Stands for the last character where there is none: the text may begin a line or a word.
pub(super) const LINE_START: char = '\n';

/// Scores the characters of text that was written in some encoding.
#[derive(Clone, Copy)]
pub(super) struct Scorer {
    is_utf8: bool,
    /// The scripts that the encoding was made to write.
    own: Option<&'static [Script]>,
}

impl Scorer {
    pub(super) fn new(written: Encoding) -> Scorer {
        Scorer {
            is_utf8: written == Encoding::Utf8,
            own: prior::scripts(written),
        }
    }

    /// The same for a choice between characters: rare symbols have no floor, which would make all of them as likely.
    pub(super) fn among(self) -> Scorer {
        Scorer {
            is_utf8: false,
            ..self
        }
    }

    /// Log-probability of `c` after `history` and `last`, and the history behind it.
    #[inline]
    pub(super) fn of_char(&self, history: History, last: char, c: char) -> (f32, History) {
        let (mut ln_p, history) = MODEL.next(history, c);
        if last == LINE_START {
            ln_p = ln_p.max(MODEL.next(History::line_start(), c).0);
        }
        if c.is_ascii() && last.is_ascii() {
            return (ln_p, history);
        }
        let script = Script::of(c);
        if script == Script::Common {
            if c.is_ascii() {
                return (ln_p, history);
            }
            if self.is_utf8 {
                let floor = if symbols::is_prose_punctuation(c) {
                    PROSE_PUNCTUATION
                } else {
                    symbols::class_of(c).map_or(f32::NEG_INFINITY, |s| -(SYMBOL + s.nats))
                };
                ln_p = ln_p.max(floor);
            }
        } else {
            if !c.is_ascii() && self.own.is_some_and(|own| !own.contains(&script)) {
                ln_p -= FOREIGN_LETTER;
            }
            if !script.mixes_with(Script::of(last)) {
                ln_p -= SCRIPT_CHANGE;
            }
            if !script.is_east_asian() && c.is_uppercase() && last.is_lowercase() {
                ln_p -= ODD_CAPITAL;
            }
        }
        if ln_p < UNKNOWN / 2.0 && MODEL.unigram(c) < UNKNOWN {
            ln_p -= STRANGE;
        }
        (ln_p, history)
    }
}

/// At most so much a mark scores that stands where a byte was lost.
const REPLACEMENT: f32 = -8.0;
const QUESTION_IN_WORD: f32 = -6.0;

/// The log-probability of each character of a text as it stands. U+FFFD was never meant, nor is `?` within a word.
pub(super) fn as_it_stands(text: &[char]) -> Vec<f32> {
    let mut scores = plausibility::per_char(text, plausibility::Company::Counts);
    let mut letter_behind = false;
    for (c, score) in text.iter().zip(&mut scores).rev() {
        match c {
            '\u{FFFD}' => *score = score.min(REPLACEMENT),
            '?' if letter_behind => *score = score.min(QUESTION_IN_WORD),
            _ => letter_behind = !c.is_ascii() && c.is_alphanumeric(),
        }
    }
    scores
}
