//! What else mojibake meets on its way: which characters a character of worn text may have been.

use super::plain::{self, Plainness, half_width, is_compatible, is_wide};
use unicode_normalization::is_nfc;

/// What a decoder leaves where it cannot read a byte.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub(crate) enum Marks {
    /// There are none: each byte was read.
    None,
    /// U+FFFD for one byte.
    Replacement,
    /// U+FFFD for a byte, and for the next one if that is not ASCII, as browsers do.
    ReplacementForPair,
    /// `?` for one byte.
    Question,
    /// `?` for a byte and the next one, whatever it is, as Windows did.
    QuestionForPair,
    /// Nothing at all.
    Dropped,
}

impl Marks {
    pub(super) fn mark(self) -> Option<char> {
        match self {
            Marks::None | Marks::Dropped => None,
            Marks::Replacement | Marks::ReplacementForPair => Some('\u{FFFD}'),
            Marks::Question | Marks::QuestionForPair => Some('?'),
        }
    }

    pub(super) fn takes_two(self) -> bool {
        matches!(self, Marks::ReplacementForPair | Marks::QuestionForPair)
    }
}

/// The wear that a text may show: what is there already was not lost.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Wear {
    /// No capital is left.
    pub(super) folded: bool,
    /// No no-break space is left.
    pub(super) no_break_spaces_gone: bool,
    /// No C1 control is left.
    pub(super) controls_gone: bool,
    /// No soft hyphen is left.
    pub(super) soft_hyphens_gone: bool,
    /// No curly quote is left.
    pub(super) quotes_straight: bool,
    /// No half-width katakana are left.
    pub(super) widened: bool,
    /// NFC was applied, for all that is left.
    pub(super) composed: bool,
    /// No full-width form is left.
    pub(super) narrowed: bool,
    /// The end may be cut off within a character.
    pub(super) cut: bool,
    /// What else may have become plainer, where it is not among these, which are left.
    pub(super) plainness: Option<Plainness>,
    left: Vec<char>,
}

impl Wear {
    /// Whole mojibake.
    pub(super) const NONE: Wear = Wear {
        folded: false,
        no_break_spaces_gone: false,
        controls_gone: false,
        soft_hyphens_gone: false,
        quotes_straight: false,
        widened: false,
        composed: false,
        narrowed: false,
        cut: false,
        plainness: None,
        left: Vec::new(),
    };

    /// What `text` may have met that has lost nothing but no-break spaces.
    pub(super) fn of_spaces(text: &[char]) -> Wear {
        Wear {
            no_break_spaces_gone: !text.contains(&'\u{A0}'),
            ..Wear::NONE
        }
    }

    /// What `text` may have met.
    pub(super) fn of(text: &[char]) -> Wear {
        let mut left: Vec<char> = text.iter().copied().filter(|c| !c.is_ascii()).collect();
        left.sort_unstable();
        left.dedup();
        let has = |range: std::ops::RangeInclusive<char>| text.iter().any(|c| range.contains(c));
        Wear {
            folded: !text.iter().any(|c| c.is_uppercase()),
            no_break_spaces_gone: !has('\u{A0}'..='\u{A0}'),
            controls_gone: !has('\u{80}'..='\u{9F}'),
            soft_hyphens_gone: !has('\u{AD}'..='\u{AD}'),
            quotes_straight: !has('\u{2018}'..='\u{201D}'),
            widened: !has('\u{FF61}'..='\u{FF9F}'),
            composed: is_nfc(&text.iter().collect::<String>()),
            narrowed: !text.iter().any(|&c| is_wide(c)),
            cut: true,
            plainness: Some(Plainness {
                compatible: left.iter().all(|&c| is_compatible(c)),
                best_fit: false,
            }),
            left,
        }
    }

    /// The same, and the best fit of Windows.
    pub(super) fn with_best_fit(self) -> Wear {
        Wear {
            plainness: self.plainness.map(|plainness| Plainness {
                best_fit: true,
                ..plainness
            }),
            ..self
        }
    }

    /// Whether something may have become of a character that nothing else accounts for: it stands nowhere.
    fn may_be_plainer(&self, c: char) -> bool {
        !c.is_ascii() && c >= '\u{A1}' && self.left.binary_search(&c).is_err()
    }

    /// The plainer signs that some characters may have become, all of them alike, with what that costs.
    pub(super) fn plainer(&self, chars: &[char], mut found: impl FnMut(&[char], f32)) {
        let Some(plainness) = self.plainness else {
            return;
        };
        let may_be_plainer = |c: char| {
            let mut may = false;
            if self.may_be_plainer(c) {
                plain::plainer(c, plainness, |_, _| may = true);
            }
            may
        };
        if !chars.iter().any(|&c| may_be_plainer(c)) {
            return;
        }
        for nth in 0..PLAINER {
            let (mut out, mut cost, mut is_new) = (Vec::new(), 0.0, false);
            for &c in chars {
                let mut options = 0;
                let mut chosen = None;
                if self.may_be_plainer(c) {
                    plain::plainer(c, plainness, |plain, nats| {
                        if options == nth || chosen.is_none() {
                            chosen = Some((plain.to_vec(), nats));
                        }
                        options += 1;
                    });
                }
                is_new |= options > nth;
                match chosen {
                    Some((plain, nats)) => {
                        out.extend(plain);
                        cost = nats;
                    }
                    None => cost = self.wear_down(&[c], &mut out).max(cost),
                }
            }
            if !is_new {
                return;
            }
            found(&out, cost);
        }
    }

    /// What becomes of some characters, at the end of `out`, and what it costs.
    pub(super) fn wear_down(&self, chars: &[char], out: &mut Vec<char>) -> f32 {
        let mut cost = 0.0;
        for &c in chars {
            match c {
                '\u{80}'..='\u{9F}' if self.controls_gone => cost = CONTROL,
                '\u{AD}' if self.soft_hyphens_gone => cost = SOFT_HYPHEN,
                '\u{A0}' if self.no_break_spaces_gone => {
                    out.push(' ');
                    cost = NO_BREAK_SPACE;
                }
                '\u{2018}' | '\u{2019}' if self.quotes_straight => {
                    out.push('\'');
                    cost = STRAIGHT_QUOTE;
                }
                '\u{201C}' | '\u{201D}' if self.quotes_straight => {
                    out.push('"');
                    cost = STRAIGHT_QUOTE;
                }
                _ if self.folded && !c.is_ascii() && c.is_uppercase() => {
                    out.extend(c.to_lowercase());
                    cost = FOLDED;
                }
                _ => out.push(self.alike(c)),
            }
        }
        cost
    }

    /// The character that stands for `c` where pieces of text are compared.
    pub(super) fn alike(&self, c: char) -> char {
        if self.folded && c == 'ς' { 'σ' } else { c }
    }

    /// The characters that `c` may have been before NFC, or before its width was changed, with the nats that each costs.
    pub(super) fn reshaped(&self, c: char, mut found: impl FnMut(&[char], f32)) {
        if self.composed {
            for other in plain::composed_from(c) {
                found(&[other], COMPOSED);
            }
            if let Some(parts) = plain::letter_and_mark(c) {
                found(&parts, COMPOSED);
            }
        }
        if let Some(narrow) = plain::narrow(c).filter(|_| self.cut) {
            found(&[narrow], WIDTH);
        }
        if let Some(wide) = plain::wide(c).filter(|_| self.narrowed) {
            found(&[wide], WIDTH);
        }
    }

    /// The characters that `c` may have been, with the nats that each costs. `next` stands after `c`.
    pub(super) fn origins(&self, c: char, next: Option<char>, mut found: impl FnMut(&[char], f32)) {
        if let Some(half) = half_width(c).filter(|_| self.widened) {
            found(half, WIDENED);
        }
        match c {
            ' ' if self.no_break_spaces_gone => found(&['\u{A0}'], NO_BREAK_SPACE),
            '\'' if self.quotes_straight => {
                found(&['\u{2018}'], STRAIGHT_QUOTE);
                found(&['\u{2019}'], STRAIGHT_QUOTE);
            }
            '"' if self.quotes_straight => {
                found(&['\u{201C}'], STRAIGHT_QUOTE);
                found(&['\u{201D}'], STRAIGHT_QUOTE);
            }
            'i' if self.folded && next == Some('\u{307}') => found(&['\u{130}'], FOLDED),
            'ς' if self.folded => found(&['Σ'], FOLDED),
            _ if self.folded && !c.is_ascii() => {
                let mut upper = c.to_uppercase();
                if let (Some(u), None) = (upper.next(), upper.next())
                    && u != c
                    && u.to_lowercase().eq([c])
                {
                    found(&[u], FOLDED);
                }
                let sign = match c {
                    'ω' => '\u{2126}',
                    'å' => '\u{212B}',
                    _ => return,
                };
                found(&[sign], FOLDED);
            }
            _ => {}
        }
    }
}

/// What each sign of wear costs, in nats.
const NO_BREAK_SPACE: f32 = 0.5;
const STRAIGHT_QUOTE: f32 = 1.0;
const FOLDED: f32 = 0.2;
const WIDENED: f32 = 0.5;
const COMPOSED: f32 = 0.5;
const WIDTH: f32 = 1.5;
/// So many plainer signs for one are tried.
const PLAINER: usize = 4;
/// A control or soft hyphen that was dropped.
pub(super) const CONTROL: f32 = 0.5;
pub(super) const SOFT_HYPHEN: f32 = 3.0;
/// Spaces side by side that became one, or none at an end.
pub(super) const ONE_SPACE: f32 = 0.7;
/// A byte that a decoder could not read: behind a mark, and without one.
pub(super) const MARKED: f32 = 0.3;
pub(super) const DROPPED: f32 = 1.5;
