//! How text becomes events: the state machine that training and scoring share.
//!
//! Text is seen on two levels. *Words* are runs of letters of one script; their letters, folded to
//! lower case, and the end of the word are predicted from up to four symbols before. *Lines* are
//! what remains when each word is one symbol that names its script: spaces, punctuation, digits,
//! symbols, predicted from up to two before. So `«слово»,` shares its letters with ` слово ` and
//! its punctuation with `«word»,`, and a word that changes script in the middle pays for the
//! improbable line event of one word touching another. Case is a third, tiny model.

use super::fold::{Class, FOLDS, WIDE_LETTER, fold_index, full_kana, lower};

/// What a character is to the model.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    /// No letter: a symbol of the line.
    Mark = 0,
    /// A letter without case, or a sign that stands on letters.
    Letter = 1,
    /// A lower-case letter.
    Lower = 2,
    /// An upper-case letter with a lower-case form.
    Upper = 3,
}

/// A script, by number; the trainer names them.
pub(crate) type Script = u8;
/// Apostrophes, joiners and accents, which continue the word of any script.
pub(crate) const JOINER: Script = 0;
/// Full-width Latin letters, all one symbol.
pub(crate) const FULL_WIDTH: Script = 1;
/// Han and kana.
pub(crate) const KANA: Script = 19;
/// Half-width kana, whose symbols are the full-width ones.
pub(crate) const HALF_WIDTH: Script = 21;
/// How many scripts the table has room for.
pub(crate) const SCRIPTS: usize = 32;

/// First of the symbols that are no characters of their own; they lie among noncharacters.
pub(crate) const SPECIAL: u32 = 0x10_FF00;
/// How many special symbols there are: [`SCRIPTS`] words, as many ends of words, then classes.
pub(crate) const SPECIALS: usize = 72;
/// The line symbol of a word.
pub(crate) const fn word_symbol(script: Script) -> u32 {
    SPECIAL + script as u32
}
/// The symbol of a class.
pub(crate) const fn class_symbol(class: Class) -> u32 {
    SPECIAL + 2 * SCRIPTS as u32 + class
}
/// The end of a word, and the start of the next one of its script.
pub(crate) const fn end_symbol(script: Script) -> u32 {
    let script = if script == HALF_WIDTH { KANA } else { script };
    SPECIAL + SCRIPTS as u32 + script as u32
}

/// Up to `N` last symbols, newest first, each with the code of the context that ends there.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Window<const N: usize> {
    /// Symbols, newest first; unused ones are [`NONE`].
    pub symbols: [u32; N],
    /// For each length from 1: the code of the context of that many symbols, 0 where unknown.
    pub codes: [u8; N],
}

/// No symbol.
pub(crate) const NONE: u32 = u32::MAX;

impl<const N: usize> Window<N> {
    pub(crate) const fn new() -> Self {
        Window {
            symbols: [NONE; N],
            codes: [0; N],
        }
    }

    fn push(&mut self, symbol: u32, codes: [u8; N]) {
        // All move by one; a rotation would not be unrolled.
        let mut newest = symbol;
        for slot in &mut self.symbols {
            std::mem::swap(slot, &mut newest);
        }
        self.codes = codes;
    }
}

/// Longest word context, in symbols.
pub(crate) const WORD_CONTEXT: usize = 4;
/// Longest line context.
pub(crate) const LINE_CONTEXT: usize = 2;

/// What the cased letters so far lead to expect.
pub(crate) const CASE_STATES: usize = 6;
const START: u8 = 0;
const AFTER_LOWER: u8 = 1;
const CAPITAL: u8 = 2;
const CAPITALS: u8 = 3;
const CAMEL: u8 = 4;
const START_AFTER_CAPITALS: u8 = 5;

/// Takes the events that characters cause.
pub(crate) trait Sink {
    /// Kind and script of a character.
    fn class(&self, c: char) -> (Kind, Script);
    /// `symbol` after the symbols of a word; returns the codes of the contexts that end with it.
    fn word(&mut self, context: &Window<WORD_CONTEXT>, symbol: u32) -> [u8; WORD_CONTEXT];
    /// `symbol` after the symbols of a line.
    fn line(&mut self, context: &Window<LINE_CONTEXT>, symbol: u32) -> [u8; LINE_CONTEXT];
    /// The codes of a word context that is one symbol.
    fn lone(&self, symbol: u32) -> [u8; WORD_CONTEXT];
    /// A letter of a known case in a state of case.
    fn case(&mut self, state: u8, upper: bool);
    /// The member of a fold that was written: its place in [`FOLDS`].
    fn fold(&mut self, index: usize);
    /// One of the full-width letters.
    fn full_width(&mut self) {}
}

/// The state between characters.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Walk {
    word: Window<WORD_CONTEXT>,
    line: Window<LINE_CONTEXT>,
    /// Script of the word that is being read; none between words.
    run: Option<Script>,
    case: u8,
}

impl Walk {
    /// After the line symbol `before`, in no word.
    pub(crate) fn after(before: char, line: [u8; LINE_CONTEXT]) -> Self {
        let mut walk = Walk {
            word: Window::new(),
            line: Window::new(),
            run: None,
            case: START,
        };
        walk.line.push(before as u32, line);
        walk
    }

    /// The state inside a word of a script of which nothing is known.
    #[allow(dead_code, reason = "the trainer asks for it")]
    pub(crate) fn inside(script: Script) -> Self {
        Walk {
            run: Some(script),
            ..Walk::after(' ', [0; LINE_CONTEXT])
        }
    }

    /// Reads one more character.
    #[inline]
    pub(crate) fn step(&mut self, c: char, sink: &mut impl Sink) {
        let (kind, script) = sink.class(c);
        if kind == Kind::Mark {
            self.mark(c, sink);
        } else {
            self.letter(c, kind, script, sink);
        }
    }

    fn letter(&mut self, c: char, kind: Kind, script: Script, sink: &mut impl Sink) {
        match self.run {
            Some(run) if run == script || script == JOINER => {}
            Some(JOINER) => self.run = Some(script),
            run => {
                if let Some(run) = run {
                    self.end_word(run, sink);
                }
                let symbol = word_symbol(script);
                let codes = sink.line(&self.line, symbol);
                self.line.push(symbol, codes);
                self.run = Some(script);
                // over a lone space the words of one script see each other
                let start = end_symbol(script);
                if self.word.symbols.first() != Some(&start) {
                    self.word = Window::new();
                    self.word.push(start, sink.lone(start));
                }
            }
        }
        let symbol = match kind {
            _ if script == FULL_WIDTH => {
                sink.full_width();
                class_symbol(WIDE_LETTER)
            }
            _ if script == HALF_WIDTH => full_kana(c) as u32,
            Kind::Upper => lower(c) as u32,
            _ if script == JOINER => folded(c, sink),
            _ => c as u32,
        };
        let codes = sink.word(&self.word, symbol);
        self.word.push(symbol, codes);
        match kind {
            Kind::Upper => {
                sink.case(self.case, true);
                self.case = match self.case {
                    START => CAPITAL,
                    AFTER_LOWER | CAMEL => CAMEL,
                    _ => CAPITALS,
                };
            }
            Kind::Lower => {
                sink.case(self.case, false);
                self.case = AFTER_LOWER;
            }
            _ => {}
        }
    }

    fn mark(&mut self, c: char, sink: &mut impl Sink) {
        let run = self.run.take();
        if let Some(run) = run {
            self.end_word(run, sink);
        }
        if run.is_none() || c != ' ' {
            self.word = Window::new();
        }
        let symbol = folded(c, sink);
        let codes = sink.line(&self.line, symbol);
        self.line.push(symbol, codes);
        self.case = match self.case {
            CAPITALS | START_AFTER_CAPITALS => START_AFTER_CAPITALS,
            _ => START,
        };
    }

    fn end_word(&mut self, run: Script, sink: &mut impl Sink) {
        let end = end_symbol(run);
        let codes = sink.word(&self.word, end);
        self.word.push(end, codes);
    }
}

/// The symbol of a character that may be folded.
fn folded(c: char, sink: &mut impl Sink) -> u32 {
    match fold_index(c).and_then(|i| Some((i, FOLDS.get(i)?))) {
        Some((index, &(_, class))) => {
            sink.fold(index);
            class_symbol(class)
        }
        // a noncharacter in the text is no special symbol
        None => (c as u32).min(SPECIAL - 1),
    }
}
