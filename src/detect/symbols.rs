//! Symbols are not prose: how much a symbol costs where prose statistics say nothing about it.
//!
//! A model of running text finds every symbol improbable, so that anything that turns a frame, a
//! formula or a face into letters would look like a gain. A symbol is therefore never charged more
//! than naming its block and its place in that block would cost.

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
pub(crate) fn class_of(c: char) -> Option<SymbolClass> {
    let cp = c as u32;
    if cp < 0xA1 || c.is_control() || c.is_whitespace() || is_joiner(c) {
        return None;
    }
    // Letters by the thousand, told by their block alone.
    if matches!(cp, 0x100..=0x2AF | 0x400..=0x481 | 0x48A..=0x52F | 0x3041..=0x3096 | 0x30A1..=0x30FA | 0x3400..=0x9FFF | 0xAC00..=0xD7A3)
    {
        return None;
    }
    let letterlike = matches!(cp, 0xAA | 0xBA | 0x2070..=0x209F | 0x2100..=0x218F | 0x2460..=0x24FF | 0x3130..=0x318F);
    if !letterlike && (c.is_alphabetic() || is_mark(c) || is_decimal_digit(c) || is_private(c)) {
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

fn is_decimal_digit(c: char) -> bool {
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
