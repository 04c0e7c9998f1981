//! VNI for Windows: Vietnamese in fonts, where the accent of a vowel is a letter of its own behind it,
//! `Vieät` for Việt.
//!
//! The table is the regular one that VNI's keyboards, conversion programs and the fonts themselves
//! share. The accents of a circumflex vowel are `â á à å ã ä`, those of a breve `ê é è ú ü ë`, the
//! others `ù ø û õ ï`; `ô ö` are ơ and ư, `ñ` is đ, and `í ì æ ó ò î` are i and y with their
//! accents. All else is as in windows-1252.

use super::{EncodedChar, Encoding, Step};

/// What an accent's letter (in small) adds, as combining marks.
const ACCENTS: [(char, &[char]); 17] = [
    ('ù', &[ACUTE]),
    ('ø', &[GRAVE]),
    ('û', &[HOOK]),
    ('õ', &[TILDE]),
    ('ï', &[DOT]),
    ('â', &[CIRCUMFLEX]),
    ('á', &[CIRCUMFLEX, ACUTE]),
    ('à', &[CIRCUMFLEX, GRAVE]),
    ('å', &[CIRCUMFLEX, HOOK]),
    ('ã', &[CIRCUMFLEX, TILDE]),
    ('ä', &[CIRCUMFLEX, DOT]),
    ('ê', &[BREVE]),
    ('é', &[BREVE, ACUTE]),
    ('è', &[BREVE, GRAVE]),
    ('ú', &[BREVE, HOOK]),
    ('ü', &[BREVE, TILDE]),
    ('ë', &[BREVE, DOT]),
];

const GRAVE: char = '\u{300}';
const ACUTE: char = '\u{301}';
const CIRCUMFLEX: char = '\u{302}';
const TILDE: char = '\u{303}';
const BREVE: char = '\u{306}';
const HOOK: char = '\u{309}';
const DOT: char = '\u{323}';

/// Letters that have a place of their own, small and capital.
const LETTERS: [(char, char); 18] = [
    ('ô', 'ơ'),
    ('ö', 'ư'),
    ('ñ', 'đ'),
    ('í', 'í'),
    ('ì', 'ì'),
    ('æ', 'ỉ'),
    ('ó', 'ĩ'),
    ('ò', 'ị'),
    ('î', 'ỵ'),
    ('Ô', 'Ơ'),
    ('Ö', 'Ư'),
    ('Ñ', 'Đ'),
    ('Í', 'Í'),
    ('Ì', 'Ì'),
    ('Æ', 'Ỉ'),
    ('Ó', 'Ĩ'),
    ('Ò', 'Ị'),
    ('Î', 'Ỵ'),
];

/// Reads one byte. An accent becomes combining marks, since its vowel was read before.
pub(super) fn sequence(bytes: &[u8]) -> Step {
    let &[byte] = bytes else {
        return Step::Invalid;
    };
    let Some(seen) = Encoding::Windows1252.decode_byte(byte) else {
        return Step::Invalid;
    };
    if let Some((_, letter)) = LETTERS.iter().find(|l| l.0 == seen) {
        return Step::Char(*letter);
    }
    match (accent(seen), seen) {
        (Some([mark]), _) => Step::Char(*mark),
        (Some([mark, tone]), _) => Step::Pair(*mark, *tone),
        // VNI writes these in two.
        (_, 'ý') => Step::Pair('y', ACUTE),
        (_, 'Ý') => Step::Pair('Y', ACUTE),
        _ => Step::Char(seen),
    }
}

/// The combining marks that a letter stands for, small or capital.
fn accent(seen: char) -> Option<&'static [char]> {
    let small = seen.to_lowercase().next()?;
    ACCENTS.iter().find(|a| a.0 == small).map(|a| a.1)
}

/// Writes a character: a vowel with its accents in two bytes, a combining mark in one.
pub(super) fn encode(c: char) -> Option<EncodedChar> {
    if let Some((seen, _)) = LETTERS.iter().find(|l| l.1 == c) {
        return byte(*seen);
    }
    if let Some((seen, _)) = ACCENTS.iter().find(|a| *a.1 == [c]) {
        return byte(*seen);
    }
    let accented = decompose(c).and_then(|(base, marks)| {
        let accent = ACCENTS.iter().find(|a| a.1 == marks.as_slice())?;
        Some((base, &accent.0))
    });
    let Some((base, seen)) = accented else {
        let is_free = accent(c).is_none() && !LETTERS.iter().any(|l| l.0 == c);
        return byte(c).filter(|_| is_free);
    };
    let seen = if base.is_uppercase() {
        seen.to_uppercase().next()?
    } else {
        *seen
    };
    match (byte(base)?.as_slice(), byte(seen)?.as_slice()) {
        ([base], [accent]) => Some(EncodedChar::pair([*base, *accent])),
        _ => None,
    }
}

fn byte(seen: char) -> Option<EncodedChar> {
    Encoding::Windows1252.encode_char(seen)
}

/// A vowel with its accents apart, circumflex or breve first; those of ơ and ư stay with it.
fn decompose(c: char) -> Option<(char, Vec<char>)> {
    use unicode_normalization::char::decompose_canonical;
    let mut parts = Vec::new();
    decompose_canonical(c, |part| parts.push(part));
    let (&first, marks) = parts.split_first()?;
    let (horned, marks) = match marks.split_first() {
        Some((&HORN, rest)) => (true, rest),
        _ => (false, marks),
    };
    let base = match (first, horned) {
        ('o', true) => 'ô',
        ('u', true) => 'ö',
        ('O', true) => 'Ô',
        ('U', true) => 'Ö',
        (_, true) => return None,
        (base, false) => base,
    };
    let is_vowel = "aeiouyôö".contains(base.to_ascii_lowercase()) || matches!(base, 'Ô' | 'Ö');
    let mut marks = marks.to_vec();
    // A dot below is sorted before a circumflex.
    marks.sort_by_key(|&mark| !matches!(mark, CIRCUMFLEX | BREVE));
    (is_vowel && !marks.is_empty()).then_some((base, marks))
}

const HORN: char = '\u{31B}';
