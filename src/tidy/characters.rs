//! The rules that look at one character at a time.

use super::draft::Draft;
use super::entities::windows_1252;
use super::rule::TidyRule;
use super::width;
use super::{ByteOrderMarks, C1Controls, Controls, Ligatures, LineBreaks, Quotes, Tidy, Width};
use crate::repair::ProposedEdit;

pub(super) fn edits(tidy: &Tidy, text: &str) -> Vec<ProposedEdit> {
    let first_bytes = FirstBytes::of(tidy);
    let mut draft = Draft::default();
    let mut at = 0;
    while let Some(next) = first_bytes.next(text, at) {
        let rest = text.get(next..).unwrap_or_default();
        let Some(c) = rest.chars().next() else {
            break;
        };
        at = next + c.len_utf8();
        let Some((rule, after)) = replacement(tidy, c, rest, next) else {
            continue;
        };
        if let Some(letter) = voiced(&mut draft, next, rule, after) {
            // The half-width letter before it and the mark are one letter.
            draft.replace(next..at, "", rule);
            if let Some(last) = draft.neighbour(at, rule) {
                last.after.pop();
                last.after.push(letter);
            }
            continue;
        }
        match after {
            After::Nothing => draft.replace(next..at, "", rule),
            After::Char(c) => draft.replace(next..at, c.encode_utf8(&mut [0; 4]), rule),
            After::Text(text) => draft.replace(next..at, text, rule),
        }
    }
    draft.into_edits()
}

/// What a character becomes.
#[derive(Clone, Copy)]
enum After {
    Nothing,
    Char(char),
    Text(&'static str),
}

/// What is to become of the character `c` that stands at the start of `rest`, which begins at that byte of the text.
fn replacement(tidy: &Tidy, c: char, rest: &str, start: usize) -> Option<(TidyRule, After)> {
    use After::{Char, Nothing, Text};
    let found = match c {
        '\u{80}'..='\u{9f}' if tidy.c1_controls == C1Controls::Windows1252 => {
            let letter = windows_1252(c.into());
            letter.map(|letter| (TidyRule::C1Controls, Char(letter)))
        }
        '\u{feff}' => {
            let wanted = match tidy.byte_order_marks {
                ByteOrderMarks::Keep => false,
                ByteOrderMarks::RemoveLeading => start == 0,
                ByteOrderMarks::RemoveAll => true,
            };
            return wanted.then_some((TidyRule::ByteOrderMarks, Nothing));
        }
        _ => None,
    };
    if found.is_some() {
        return found;
    }
    if is_removed(tidy.controls, c) {
        return Some((TidyRule::Controls, Nothing));
    }
    if tidy.line_breaks == LineBreaks::LineFeed {
        match c {
            '\r' if rest.starts_with("\r\n") => return Some((TidyRule::LineBreaks, Nothing)),
            '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                return Some((TidyRule::LineBreaks, Char('\n')));
            }
            _ => {}
        }
    }
    if let Some(usual) = width::usual(tidy.width, c) {
        return Some((TidyRule::Width, Char(usual)));
    }
    if let Some(letters) = letters(tidy.ligatures, c) {
        return Some((TidyRule::Ligatures, Text(letters)));
    }
    let quote = straight(tidy.quotes, c)?;
    Some((TidyRule::Quotes, Char(quote)))
}

fn is_removed(controls: Controls, c: char) -> bool {
    if controls == Controls::Keep {
        return false;
    }
    match c {
        '\t' | '\n' | '\u{c}' | '\r' => false,
        '\u{1c}'..='\u{1f}' => controls == Controls::Remove,
        '\0'..='\u{1f}' | '\u{7f}' | '\u{206a}'..='\u{206f}' | '\u{fff9}'..='\u{fffc}' => true,
        _ => false,
    }
}

fn straight(quotes: Quotes, c: char) -> Option<char> {
    match (c, quotes) {
        (_, Quotes::Keep) => None,
        ('\u{2018}'..='\u{201b}', _) | ('\u{2bc}', Quotes::StraightenLetters) => Some('\''),
        ('\u{201c}'..='\u{201f}', _) => Some('"'),
        _ => None,
    }
}

fn letters(ligatures: Ligatures, c: char) -> Option<&'static str> {
    let digraphs = match ligatures {
        Ligatures::Keep => return None,
        Ligatures::Typographic => false,
        Ligatures::All => true,
    };
    let letters = match c {
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'ﬅ' => "ſt",
        'ﬆ' => "st",
        _ if !digraphs => return None,
        'Ĳ' => "IJ",
        'ĳ' => "ij",
        'ŉ' => "ʼn",
        'Ǆ' => "DŽ",
        'ǅ' => "Dž",
        'ǆ' => "dž",
        'Ǉ' => "LJ",
        'ǈ' => "Lj",
        'ǉ' => "lj",
        'Ǌ' => "NJ",
        'ǋ' => "Nj",
        'ǌ' => "nj",
        'Ǳ' => "DZ",
        'ǲ' => "Dz",
        'ǳ' => "dz",
        _ => return None,
    };
    Some(letters)
}

/// The one letter that a half-width letter, just made wide, and the voiced sound mark behind it are.
fn voiced(draft: &mut Draft, at: usize, rule: TidyRule, after: After) -> Option<char> {
    let After::Char(mark @ ('\u{3099}' | '\u{309a}')) = after else {
        return None;
    };
    let last = draft.neighbour(at, rule)?.after.chars().last()?;
    unicode_normalization::char::compose(last, mark)
}

/// The first bytes of all characters that the rules may change: all others are passed over.
struct FirstBytes([bool; 256]);

impl FirstBytes {
    fn of(tidy: &Tidy) -> Self {
        let mut table = [false; 256];
        let mut mark = |wanted: bool, bytes: &[u8]| {
            for (byte, marked) in (0..=u8::MAX).zip(&mut table) {
                *marked |= wanted && bytes.contains(&byte);
            }
        };
        mark(tidy.c1_controls != C1Controls::Keep, b"\xc2");
        mark(tidy.byte_order_marks != ByteOrderMarks::Keep, b"\xef");
        mark(tidy.line_breaks != LineBreaks::Keep, b"\r\xc2\xe2");
        mark(tidy.width != Width::Keep, b"\xef");
        mark(tidy.width == Width::All, b"\xe3");
        mark(tidy.ligatures != Ligatures::Keep, b"\xef");
        mark(tidy.ligatures == Ligatures::All, b"\xc4\xc5\xc7");
        mark(tidy.quotes != Quotes::Keep, b"\xe2");
        mark(tidy.quotes == Quotes::StraightenLetters, b"\xca");
        mark(tidy.controls != Controls::Keep, b"\x7f\xe2\xef");
        for (byte, marked) in (0..=u8::MAX).zip(&mut table) {
            *marked |= is_removed(tidy.controls, char::from(byte)) && byte.is_ascii();
        }
        Self(table)
    }

    /// Where the next such byte stands, from `at` on.
    fn next(&self, text: &str, at: usize) -> Option<usize> {
        let rest = text.as_bytes().get(at..)?;
        let found = rest
            .iter()
            .position(|byte| self.0.get(usize::from(*byte)) == Some(&true))?;
        Some(at + found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_character_that_changes_is_passed_over() {
        let single = [
            Tidy::new().c1_controls(C1Controls::Windows1252),
            Tidy::new().byte_order_marks(ByteOrderMarks::RemoveAll),
            Tidy::new().line_breaks(LineBreaks::LineFeed),
            Tidy::new().width(Width::KeepPunctuation),
            Tidy::new().width(Width::All),
            Tidy::new().ligatures(Ligatures::Typographic),
            Tidy::new().ligatures(Ligatures::All),
            Tidy::new().quotes(Quotes::Straighten),
            Tidy::new().quotes(Quotes::StraightenLetters),
            Tidy::new().controls(Controls::KeepSeparators),
            Tidy::new().controls(Controls::Remove),
        ];
        for tidy in single {
            let first_bytes = FirstBytes::of(&tidy);
            let mut changed = 0;
            for c in '\0'..=char::MAX {
                let text = c.to_string();
                if replacement(&tidy, c, &text, 0).is_some() {
                    assert_eq!(first_bytes.next(&text, 0), Some(0), "{c:?} {tidy:?}");
                    changed += 1;
                }
            }
            assert!(changed > 0, "{tidy:?}");
        }
    }
}
