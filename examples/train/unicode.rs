//! What a character is, and how likely it is where no text had it.

use crate::model::walk::{FULL_WIDTH, JOINER, Kind, Script};
use crate::model::{fold, walk};
use unicode_properties::{GeneralCategory as G, UnicodeGeneralCategory};

/// Scripts by block. A page of 32 code points has one script, so borders lie on multiples of 32.
const SCRIPTS: &[(u32, u32, Script)] = &[
    (0x0000, 0x003F, JOINER),
    (0x0040, 0x029F, 2), // Latin
    (0x02A0, 0x036F, JOINER),
    (0x0360, 0x03FF, 3),  // Greek
    (0x0400, 0x051F, 4),  // Cyrillic
    (0x0520, 0x058F, 5),  // Armenian
    (0x0580, 0x05FF, 6),  // Hebrew
    (0x0600, 0x07FF, 7),  // Arabic, Syriac
    (0x0900, 0x097F, 8),  // Devanagari
    (0x0980, 0x09FF, 9),  // Bengali
    (0x0A00, 0x0A7F, 10), // Gurmukhi
    (0x0A80, 0x0AFF, 11), // Gujarati
    (0x0B80, 0x0BFF, 12), // Tamil
    (0x0C00, 0x0C7F, 13), // Telugu
    (0x0D00, 0x0D7F, 14), // Malayalam
    (0x0D80, 0x0DFF, 15), // Sinhala
    (0x0E00, 0x0E7F, 16), // Thai
    (0x10A0, 0x10FF, 17), // Georgian
    (0x1100, 0x11FF, 18), // Hangul letters
    (0x1C80, 0x1C9F, 4),
    (0x1D00, 0x1EFF, 2),
    (0x1F00, 0x1FFF, 3),
    (0x2000, 0x20FF, JOINER),
    (0x2100, 0x214F, 2),
    (0x2C60, 0x2C7F, 2),
    (0x2DE0, 0x2DFF, 4),
    (0x2E80, 0x312F, 19), // Han, kana, Bopomofo
    (0x3130, 0x319F, 18),
    (0x31A0, 0x9FFF, 19),
    (0xA640, 0xA69F, 4),
    (0xA720, 0xA7FF, 2),
    (0xAC00, 0xD7FF, 18),
    (0xF900, 0xFAFF, 19),
    (0xFB00, 0xFB1F, 2),
    (0xFB20, 0xFB4F, 6),
    (0xFB50, 0xFDFF, 7),
    (0xFE00, 0xFE2F, JOINER),
    (0xFE60, 0xFEFF, 7),
    (0xFF00, 0xFF5F, FULL_WIDTH),
    (0xFF60, 0xFF9F, 19), // half-width kana
    (0xFFA0, 0xFFDF, 18),
    (0x1F1E0, 0x1F1FF, JOINER),
    (0x1F3E0, 0x1F3FF, JOINER), // skin tones
    (0x20000, 0x3FFFF, 19),
];
/// Every other script.
const OTHER: Script = 20;

/// The script of the page that holds a code point.
pub fn script(c: u32) -> Script {
    SCRIPTS
        .iter()
        .find(|&&(from, to, _)| (from..=to).contains(&c))
        .map_or(OTHER, |&(_, _, script)| script)
}

/// The kind of a character.
pub fn kind(c: char) -> Kind {
    if matches!(c, '\'' | '’' | '‘' | '‛' | '\u{200C}' | '\u{200D}') {
        return Kind::Letter;
    }
    match c.general_category() {
        G::UppercaseLetter | G::TitlecaseLetter if fold::lower(c) != c => Kind::Upper,
        G::LowercaseLetter => Kind::Lower,
        G::UppercaseLetter
        | G::TitlecaseLetter
        | G::ModifierLetter
        | G::OtherLetter
        | G::NonspacingMark
        | G::SpacingMark
        | G::EnclosingMark => Kind::Letter,
        _ => Kind::Mark,
    }
}

/// Kind and script.
pub fn class(c: char) -> (Kind, Script) {
    (kind(c), script(c as u32))
}

/// How likely a character is beside other unseen ones of its level; the sum does not matter.
pub fn floor(c: char) -> f64 {
    let block = match c as u32 {
        // letters of languages that the corpora lack, and their rarer forms
        0x0000..=0x024F | 0x0370..=0x052F => 4.0,
        0x3040..=0x30FF => 4.0,
        // Han and Hangul as ordinary fonts have them
        0x4E00..=0x9FA5 | 0xAC00..=0xD7A3 => 1.0,
        0x9FA6..=0x9FFF => 0.01,
        0x3400..=0x4DBF => 0.03,
        0xF900..=0xFAFF => 0.05,
        0x2_0000.. => 0.003,
        // symbols
        0x2010..=0x2027 | 0x2030..=0x205E | 0x20A0..=0x20BF | 0x2100..=0x214F => 4.0,
        0x2150..=0x22FF | 0x2500..=0x27BF => 2.0,
        0x3000..=0x303F | 0xFF00..=0xFF5F => 2.0,
        0xFF60..=0xFF9F => 0.3,
        0x1F300..=0x1FAFF => 1.0,
        // presentation forms and what else only conversion tables know
        0xFB00..=0xFEFE => 0.02,
        0x1_0000.. => 0.02,
        _ => 0.3,
    };
    block
        * match c.general_category() {
            G::Control | G::Format | G::PrivateUse | G::Unassigned | G::Surrogate => 0.003,
            _ => 1.0,
        }
}

/// Every code point that has a page.
pub fn paged() -> impl Iterator<Item = char> {
    (0..crate::model::table::PAGED).filter_map(char::from_u32)
}

/// The symbol of a character when its level is chosen: its class, its lower case, itself.
pub fn symbol(c: char) -> u32 {
    match class(c) {
        (Kind::Mark, _) => {}
        (_, FULL_WIDTH) => return walk::class_symbol(fold::WIDE_LETTER),
        (Kind::Upper, _) => return fold::lower(c) as u32,
        (_, JOINER) => {}
        _ => return c as u32,
    }
    fold::fold_index(c).map_or(c as u32, |i| walk::class_symbol(fold::FOLDS[i].1))
}
