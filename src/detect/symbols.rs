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
#[inline]
pub(crate) fn class_of(c: char) -> Option<SymbolClass> {
    let class = |block, nats| Some(SymbolClass { block, nats });
    // What most text is made of is told by its code point.
    match c as u32 {
        0..=0xA0 | 0xB5 | 0xC0..=0xD6 | 0xD8..=0xF6 | 0xF8..=0x2C1 => None,
        0xA1..=0xFF => class(LATIN_1, 3.2),
        0x391..=0x3A1 | 0x3A3..=0x3F5 | 0x400..=0x481 | 0x48A..=0x52F => None,
        0x300..=0x36F | 0x5D0..=0x5EA | 0x620..=0x669 | 0x66E..=0x6D3 => None,
        0xE01..=0xE3A | 0x1E00..=0x1F15 => None,
        0x3105..=0x312F | 0xFF21..=0xFF3A | 0xFF41..=0xFF5A => None,
        0x3001..=0x3004 | 0x3008..=0x3020 => class(16, 3.0),
        0x2010..=0x2027 | 0x2030..=0x205E => class(2, 3.5),
        0x2500..=0x257F => class(BOX, 4.0),
        0x2580..=0x259F => class(BLOCK, 2.8),
        0x3041..=0x3096 | 0x30A1..=0x30FA | 0x3400..=0x9FFF | 0xAC00..=0xD7A3 => None,
        0xE000..=0xF8FF | 0xFF66..=0xFFBE => None,
        _ => class_of_rare(c),
    }
}

fn class_of_rare(c: char) -> Option<SymbolClass> {
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

/// The letters and vowel signs of the scripts of India from U+0900 to U+0DFF, each a bit.
const INDIC: [u64; 20] = [
    0xEFFF_FFFF_FFFF_FFFF,
    0xFFFE_000F_FFE1_DFFF,
    0xE3C5_FDFF_FFF9_9FEF,
    0x1003_000F_B080_599F,
    0xC36D_FDFF_FFF9_87EE,
    0x003F_0000_5E02_1987,
    0xE3ED_FDFF_FFFB_BFEE,
    0x1E00_000F_0001_1BBF,
    0xE3ED_FDFF_FFF9_9FEE,
    0x0002_000F_B0C0_199F,
    0xC3FF_C718_D63D_C7EC,
    0x0000_0000_0081_1DC7,
    0xE3FF_FDFF_FFFD_DFFF,
    0x0000_000F_3760_1DDF,
    0xE3EF_FDFF_FFFD_DFEF,
    0x000E_000F_7060_1DDF,
    0xE7FF_FFFF_FFFD_DFFF,
    0xFC00_000F_80F0_5DDF,
    0x2FFB_FFFF_FC7F_FFEE,
    0x000C_0000_FF5F_807F,
];
const INDIC_START: u32 = 0x900;

fn is_indic_letter(c: char) -> bool {
    let at = (c as u32).wrapping_sub(INDIC_START);
    let word = INDIC.get(at as usize / 64);
    word.is_some_and(|word| word >> (at % 64) & 1 == 1)
}

/// `char::is_alphabetic`, without its search where text mostly is.
#[inline]
pub(crate) fn is_alphabetic(c: char) -> bool {
    match c as u32 {
        0..=0x7F => c.is_ascii_alphabetic(),
        0x80..=0xBF => matches!(c, 'ª' | 'µ' | 'º'),
        0xC0..=0x2C1 => !matches!(c, '×' | '÷'),
        0x2C2..=0x2C5 | 0x2D2..=0x2DF | 0x300..=0x344 => false,
        0x2C6..=0x2D1 => true,
        0x391..=0x3A1 | 0x3A3..=0x3F5 | 0x400..=0x481 | 0x48A..=0x52F => true,
        0x591..=0x5AF | 0x600..=0x60F | 0x61B..=0x61F | 0x660..=0x66D => false,
        0x5D0..=0x5EA | 0x620..=0x657 | 0x66E..=0x6D3 => true,
        INDIC_START..=0xDFF => is_indic_letter(c),
        0xE01..=0xE3A | 0xE40..=0xE46 => true,
        0xE47..=0xE4C | 0xE4E..=0xE5B => false,
        0x1E00..=0x1F15 => true,
        0x2000..=0x206F | 0x20A0..=0x20CF | 0x2190..=0x24B5 | 0x24EA..=0x2BFF => false,
        0x2116 | 0x2122 | 0x3000..=0x3004 | 0x3008..=0x3020 => false,
        0x3041..=0x3096 | 0x30A1..=0x30FA | 0x3400..=0x4DBF | 0x4E00..=0x9FFF => true,
        0x3105..=0x312F | 0x3131..=0x318E | 0xAC00..=0xD7A3 => true,
        0xE000..=0xF8FF | 0xFF01..=0xFF20 | 0xFF3B..=0xFF40 | 0xFF5B..=0xFF65 => false,
        0xFF21..=0xFF3A | 0xFF41..=0xFF5A | 0xFF66..=0xFFBE => true,
        0xFFE0..=0xFFEF | 0xFFFD => false,
        _ => c.is_alphabetic(),
    }
}

/// `char::is_uppercase`, without its search where text mostly is.
#[inline]
pub(crate) fn is_uppercase(c: char) -> bool {
    match c as u32 {
        0..=0x7F => c.is_ascii_uppercase(),
        0xC0..=0xDE => c != '×',
        0x400..=0x42F => true,
        0x80..=0xFF | 0x430..=0x45F | 0x560..=0x109F | 0x2E80..=0xA63F | 0xAC00..=0xFF20 => false,
        _ => c.is_uppercase(),
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
    fn quick_properties_agree_with_unicode() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_alphabetic(c), c.is_alphabetic(), "{c:?}");
            assert_eq!(is_uppercase(c), c.is_uppercase(), "{c:?}");
        }
    }

    #[test]
    fn quick_classes_are_those_of_the_blocks() {
        for c in '\0'..=char::MAX {
            assert_eq!(class_of(c), class_of_rare(c), "{c:?}");
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
