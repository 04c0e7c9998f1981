//! Symbols are not prose: how much a symbol costs where prose statistics say nothing about it.
//!
//! A model of running text finds every symbol improbable, so that anything that turns a frame, a
//! formula or a face into letters would look like a gain. A symbol is therefore never charged more
//! than naming its block and its place in that block would cost.

use super::pages::Pages;

/// A block of symbols that are used together, and the nats that naming one of them costs.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct SymbolClass {
    pub(crate) block: u8,
    pub(crate) nats: f32,
}

/// First and last code point, block number, nats inside the block (about the log of how many of
/// its characters are in use).
const BLOCKS: &[(u32, u32, u8, f32)] = &[
    (0x0080, 0x00FF, LATIN_1, 3.2),
    (0x2000, 0x206F, 2, 3.5),
    (0x2070, 0x209F, 3, 3.0),
    (0x20A0, 0x20CF, 4, 3.0),
    (0x2100, 0x214F, 5, 3.5),
    (0x2150, 0x218F, 6, 3.5),
    (0x2190, 0x21FF, 7, 3.3),
    (0x2200, 0x22FF, 8, 4.2),
    (0x2300, 0x23FF, 9, 4.5),
    (0x2400, 0x24FF, 10, 4.5),
    (0x2500, 0x257F, BOX, 4.0),
    (0x2580, 0x259F, BLOCK, 2.8),
    (0x25A0, 0x25FF, 13, 3.8),
    (0x2600, 0x27BF, 14, 5.0),
    (0x27C0, 0x27FF, 8, 4.2),
    (0x2800, 0x28FF, 15, 5.0),
    (0x2900, 0x297F, 7, 4.5),
    (0x2980, 0x2AFF, 8, 4.8),
    (0x2B00, 0x2BFF, 14, 5.0),
    (0x3000, 0x303F, 16, 3.0),
    (0x3130, 0x318F, 17, 3.5),
    (0xFE30, 0xFF65, 18, 4.0),
    (0x1F000, 0x1FFFF, 19, 6.0),
];
pub(crate) const LATIN_1: u8 = 1;
pub(crate) const BOX: u8 = 11;
pub(crate) const BLOCK: u8 = 12;

/// The class of `c`, or `None` for letters, digits, marks, controls, spaces and ASCII.
#[inline]
pub(crate) fn class_of(c: char) -> Option<SymbolClass> {
    static CLASSES: Pages<Option<SymbolClass>> = Pages::new(work_out_class);
    match c {
        // Most text needs no look.
        '\0'..='\u{A0}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' => None,
        _ => CLASSES.get(c),
    }
}

fn work_out_class(c: char) -> Option<SymbolClass> {
    let cp = c as u32;
    if cp < 0xA1 || c.is_control() || c.is_whitespace() || is_joiner(c) {
        return None;
    }
    let letterlike = matches!(cp, 0xAA | 0xBA | 0x2070..=0x209F | 0x2100..=0x218F | 0x2460..=0x24FF | 0x3130..=0x318F);
    if !letterlike
        && (is_alphabetic(c)
            || is_mark(c)
            || is_decimal_digit(c)
            || is_private(c)
            // Of the ideographs those that are not assigned, too.
            || (0x3400..=0x9FFF).contains(&cp))
    {
        return None;
    }
    let found = BLOCKS.iter().find(|b| (b.0..=b.1).contains(&cp));
    Some(found.map_or(
        // Any other block of symbols: named by its high byte.
        SymbolClass {
            block: 0x80 | ((cp >> 8) as u8 & 0x7F),
            nats: 5.5,
        },
        |b| SymbolClass {
            block: b.2,
            nats: b.3,
        },
    ))
}

/// `char::is_alphabetic`, looked up.
#[inline]
pub(crate) fn is_alphabetic(c: char) -> bool {
    static ALPHABETIC: Pages<bool> = Pages::new(work_out_alphabetic);
    match c {
        '\0'..='\u{7F}' => c.is_ascii_alphabetic(),
        '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' => true,
        '\u{E000}'..='\u{F8FF}' => false,
        _ => ALPHABETIC.get(c),
    }
}

/// `char::is_alphabetic`, whose search is long, without it where text mostly is.
fn work_out_alphabetic(c: char) -> bool {
    match c as u32 {
        0x80..=0xBF => matches!(c, 'ª' | 'µ' | 'º'),
        0xC0..=0x2C1 => !matches!(c, '×' | '÷'),
        0x391..=0x3A1 | 0x3A3..=0x3F5 | 0x400..=0x481 | 0x48A..=0x52F => true,
        0x5D0..=0x5EA | 0x620..=0x657 | 0x66E..=0x6D3 => true,
        0xE01..=0xE3A | 0xE40..=0xE46 | 0x1E00..=0x1F15 => true,
        0x2000..=0x206F | 0x20A0..=0x20CF | 0x2190..=0x24B5 | 0x24EA..=0x2BFF => false,
        0x3041..=0x3096 | 0x30A1..=0x30FA | 0x3400..=0x4DBF => true,
        _ => c.is_alphabetic(),
    }
}

/// `char::is_uppercase`, looked up.
#[inline]
pub(crate) fn is_uppercase(c: char) -> bool {
    static UPPERCASE: Pages<bool> = Pages::new(char::is_uppercase);
    match c {
        '\0'..='\u{7F}' => c.is_ascii_uppercase(),
        '\u{2E80}'..='\u{A63F}' | '\u{AC00}'..='\u{FF20}' => false,
        _ => UPPERCASE.get(c),
    }
}

/// Quotes, dashes and dots of running text: they belong to prose although no letters.
pub(crate) fn is_prose_punctuation(c: char) -> bool {
    matches!(
        c,
        '’' | '‘' | '“' | '”' | '„' | '–' | '—' | '…' | '•' | '«' | '»'
    )
}

/// Variation selectors and joiners, which belong to the symbol before them.
pub(crate) fn is_joiner(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{200D}' | '\u{1F3FB}'..='\u{1F3FF}')
}

/// Private-use characters.
pub(crate) fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}')
}

/// Accents and vowel signs.
pub(crate) fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

pub(super) fn is_decimal_digit(c: char) -> bool {
    // Superscripts, fractions and circled numbers are symbols; digits of other scripts are not.
    c.is_numeric() && !matches!(c as u32, 0xB2 | 0xB3 | 0xB9 | 0xBC..=0xBE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_have_a_class_and_text_has_none() {
        for c in "║╔█²½°§©®€→∀√⠋😀「」，ªº™".chars() {
            assert!(class_of(c).is_some(), "{c}");
        }
        for c in "aé1жωשع한漢ー\u{301}\u{85} \u{A0}٣\u{E000}".chars() {
            assert!(class_of(c).is_none(), "{c:?}");
        }
    }

    #[test]
    fn letters_and_capitals_are_those_of_unicode() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_alphabetic(c), c.is_alphabetic(), "{c:?}");
            assert_eq!(is_uppercase(c), c.is_uppercase(), "{c:?}");
        }
    }

    #[test]
    fn what_needs_no_look_has_no_class() {
        for c in '\0'..=char::MAX {
            assert_eq!(class_of(c), work_out_class(c), "{c:?}");
        }
    }

    #[test]
    fn one_block_one_number() {
        assert_eq!(
            class_of('═').map(|s| s.block),
            class_of('║').map(|s| s.block)
        );
        assert_ne!(
            class_of('═').map(|s| s.block),
            class_of('█').map(|s| s.block)
        );
    }
}
