//! How plausible a stretch of text is as human writing.
//!
//! One table of character n-grams stands for all scripts and 75 languages. It decides between a
//! text and its mis-decoded rivals: `–Ω–µ—Ç` against `нет`. The table is compiled in and
//! read in place; `format.md` beside this file describes it, `examples/train` makes it. Without the
//! feature `full-model`, which is on by default, the table is a smaller one.
//!
//! ```
//! use unbake::model::MODEL;
//!
//! assert!(MODEL.log_prob("déjà vu") > MODEL.log_prob("dÃ©jÃ\u{a0} vu") + 10.0);
//! ```

mod fold;
mod hash;
pub(crate) mod languages;
mod table;
mod walk;
pub(crate) mod words;

pub(crate) use fold::lower;
use table::Table;
use walk::Walk;

/// The full table, and one of less than a fifth of its size for programs that must be small.
#[cfg(feature = "full-model")]
const NGRAMS: &[u8] = include_bytes!("ngrams.bin");
#[cfg(not(feature = "full-model"))]
const NGRAMS: &[u8] = include_bytes!("ngrams-small.bin");

static TABLE: Table = match Table::parse(NGRAMS) {
    Some(table) => table,
    None => Table::EMPTY,
};

/// What a model remembers of the text so far: its last few characters.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct History(Walk);

impl History {
    /// At the start of a line.
    ///
    /// ```
    /// use unbake::model::{History, MODEL};
    ///
    /// let (capital, _) = MODEL.next(History::line_start(), 'A');
    /// assert!(capital < 0.0);
    /// ```
    #[must_use]
    pub fn line_start() -> History {
        History(TABLE.after('\n'))
    }

    /// After a space within a line.
    ///
    /// ```
    /// use unbake::model::{History, MODEL};
    ///
    /// let (first, history) = MODEL.next(History::word_start(), 'n');
    /// let (second, _) = MODEL.next(history, 'o');
    /// assert!(second > first);
    /// ```
    #[must_use]
    pub fn word_start() -> History {
        History(TABLE.after(' '))
    }
}

/// The character model; [`MODEL`] is the one there is.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Model {}

/// The model that is compiled in, ready for use.
pub const MODEL: Model = Model {};

impl Model {
    /// The model that is compiled in.
    #[must_use]
    pub fn embedded() -> &'static Model {
        &MODEL
    }

    /// ln of the probability of a character, whatever stands before it.
    ///
    /// ```
    /// use unbake::model::MODEL;
    ///
    /// assert!(MODEL.unigram('e') > MODEL.unigram('ĝ'));
    /// assert!(MODEL.unigram('中') > MODEL.unigram('\u{20000}'));
    /// ```
    #[must_use]
    #[inline]
    pub fn unigram(&self, c: char) -> f32 {
        TABLE.unigram(c)
    }

    /// ln of the probability of a character after what stands before it, and the history that
    /// has it as its last character.
    ///
    /// ```
    /// use unbake::model::{History, MODEL};
    ///
    /// let (_, h) = MODEL.next(History::word_start(), 'q');
    /// let (u, _) = MODEL.next(h, 'u');
    /// let (x, _) = MODEL.next(h, 'x');
    /// assert!(u > x + 3.0);
    /// ```
    #[must_use]
    #[inline]
    pub fn next(&self, history: History, c: char) -> (f32, History) {
        let (lp, walk) = TABLE.next(history.0, c);
        (lp, History(walk))
    }

    /// ln of the probability of a text that stands between two spaces, the second one included.
    ///
    /// ```
    /// use unbake::model::MODEL;
    ///
    /// assert!(MODEL.log_prob("не") > MODEL.log_prob("МЕ"));
    /// ```
    #[must_use]
    pub fn log_prob(&self, text: &str) -> f32 {
        TABLE.log_prob(text)
    }

    /// What the table was made from, under which licences, and how well it fits: lines of text.
    ///
    /// ```
    /// use unbake::model::MODEL;
    ///
    /// assert!(MODEL.about().contains("CC BY"));
    /// ```
    #[must_use]
    pub fn about(&self) -> &'static str {
        std::str::from_utf8(TABLE.about).unwrap_or_default()
    }
}
