//! ISO-2022-JP, whose escape sequences switch between character sets. It knows half-width katakana as Windows does.

use super::Step;
use super::japanese::{encode_euc_jp, halfwidth, sequence_euc_jp};

const ESCAPE: u8 = 0x1B;

/// The character set that bytes are read in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) enum Shift {
    #[default]
    Ascii,
    Roman,
    Katakana,
    Kanji,
}

impl Shift {
    /// The escape sequence that leads here, as Python writes it.
    fn escape(self) -> [u8; 3] {
        match self {
            Shift::Ascii => *b"\x1B(B",
            Shift::Roman => *b"\x1B(J",
            Shift::Katakana => *b"\x1B(I",
            Shift::Kanji => *b"\x1B$B",
        }
    }
}

/// Reads the bytes of at most one character or escape sequence. The second value is the set that the latter leads to.
pub(super) fn sequence(shift: Shift, bytes: &[u8]) -> (Step, Option<Shift>) {
    let to = |shift| (Step::Pending, Some(shift));
    let step = match (shift, bytes) {
        (_, b"\x1B" | b"\x1B(" | b"\x1B$") => Step::Pending,
        (_, b"\x1B(B") => return to(Shift::Ascii),
        (_, b"\x1B(J") => return to(Shift::Roman),
        (_, b"\x1B(I") => return to(Shift::Katakana),
        (_, b"\x1B$@" | b"\x1B$B") => return to(Shift::Kanji),
        (_, [ESCAPE, ..] | [0x0E | 0x0F | 0x80..]) => Step::Invalid,
        (Shift::Roman, [0x5C]) => Step::Char('¥'),
        (Shift::Roman, [0x7E]) => Step::Char('‾'),
        (Shift::Ascii | Shift::Roman, [a]) => Step::Char(char::from(*a)),
        (_, [a @ 0..=0x20]) => Step::Char(char::from(*a)),
        (Shift::Katakana, [a @ 0x21..=0x5F]) => Step::Char(halfwidth(a | 0x80)),
        (Shift::Kanji, [0x21..=0x7E]) => Step::Pending,
        (Shift::Kanji, [a @ 0x21..=0x7E, b @ 0x21..=0x7E]) => {
            sequence_euc_jp(&[a | 0x80, b | 0x80])
        }
        _ => Step::Invalid,
    };
    (step, None)
}

/// Writes a text; what can't be written comes back with its position.
pub(super) fn encode(text: &str) -> Result<Vec<u8>, (usize, char)> {
    let mut out = Vec::with_capacity(text.len());
    let mut shift = Shift::Ascii;
    for (position, c) in text.char_indices() {
        let (needed, bytes) = encode_char(c).ok_or((position, c))?;
        if needed != shift {
            out.extend(needed.escape());
            shift = needed;
        }
        out.extend(bytes.into_iter().filter(|byte| *byte != NOTHING));
    }
    if shift != Shift::Ascii {
        out.extend(Shift::Ascii.escape());
    }
    Ok(out)
}

/// Fills up the bytes of a character; no character has it.
const NOTHING: u8 = 0xFF;

fn encode_char(c: char) -> Option<(Shift, [u8; 2])> {
    match c {
        '\x0E' | '\x0F' | '\x1B' => None,
        '\0'..='\x7F' => Some((Shift::Ascii, [u8::try_from(c).ok()?, NOTHING])),
        '¥' => Some((Shift::Roman, [0x5C, NOTHING])),
        '‾' => Some((Shift::Roman, [0x7E, NOTHING])),
        _ => match *encode_euc_jp(c)?.as_slice() {
            [0x8E, b] => Some((Shift::Katakana, [b & 0x7F, NOTHING])),
            [a, b] => Some((Shift::Kanji, [a & 0x7F, b & 0x7F])),
            _ => None,
        },
    }
}
