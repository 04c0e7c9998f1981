//! From a character back to its two bytes, for the tables that `encoding_rs` only reads.
//!
//! The source is a text with one row for each first byte: its two hexadecimal digits, a space, then the characters of
//! the second bytes in order, `.` where there is none. Lines that begin with `#` are comments. The index is built by
//! the compiler.

/// Characters of one block of the index.
const BLOCK: usize = 64;
/// The index ends with plane 2.
const PAGES: usize = 0x3_0000 / BLOCK;

/// The bytes of each character: `pages` says which block holds it, block 0 is empty.
pub(super) struct Reverse<const BLOCKS: usize> {
    pages: [u16; PAGES],
    blocks: [[u16; BLOCK]; BLOCKS],
}

impl<const BLOCKS: usize> Reverse<BLOCKS> {
    /// `trail` gives the second byte for the place in a row. Of two codes for a character the first is kept.
    #[expect(clippy::indexing_slicing, reason = "evaluated at compile time only")]
    pub(super) const fn new(text: &str, trail: Trail) -> Self {
        let mut index = Reverse {
            pages: [0; PAGES],
            blocks: [[0; BLOCK]; BLOCKS],
        };
        let mut used = 1;
        let mut walk = Walk::new(text);
        while let Some((lead, place, code)) = walk.next() {
            let page = code / BLOCK;
            if index.pages[page] == 0 {
                index.pages[page] = used;
                used += 1;
            }
            let slot = &mut index.blocks[index.pages[page] as usize][code % BLOCK];
            if *slot == 0 {
                *slot = u16::from_be_bytes([lead, trail.byte(place)]);
            }
        }
        index
    }

    pub(super) fn get(&self, c: char) -> Option<[u8; 2]> {
        let code = usize::try_from(u32::from(c)).ok()?;
        let block = usize::from(*self.pages.get(code / BLOCK)?);
        match *self.blocks.get(block)?.get(code % BLOCK)? {
            0 => None,
            pair => Some(pair.to_be_bytes()),
        }
    }
}

/// How many blocks the index of `text` needs, the empty one included.
#[expect(clippy::indexing_slicing, reason = "evaluated at compile time only")]
pub(super) const fn blocks(text: &str) -> usize {
    let mut seen = [false; PAGES];
    let mut count = 1;
    let mut walk = Walk::new(text);
    while let Some((_, _, code)) = walk.next() {
        if !seen[code / BLOCK] {
            seen[code / BLOCK] = true;
            count += 1;
        }
    }
    count
}

/// Which second bytes a row has.
#[derive(Clone, Copy)]
pub(super) enum Trail {
    /// 40 to 7E, then A1 to FE.
    Big5,
    /// A1 to FE.
    Euc,
}

impl Trail {
    const fn byte(self, place: u8) -> u8 {
        match self {
            Trail::Big5 if place < 0x3F => 0x40 + place,
            Trail::Big5 => 0x62 + place,
            Trail::Euc => 0xA1 + place,
        }
    }
}

/// Goes through the characters of a table's text.
struct Walk<'t> {
    text: &'t [u8],
    at: usize,
    lead: u8,
    place: u8,
}

#[expect(
    clippy::indexing_slicing,
    clippy::panic,
    reason = "evaluated at compile time only"
)]
impl<'t> Walk<'t> {
    const fn new(text: &'t str) -> Self {
        Walk {
            text: text.as_bytes(),
            at: 0,
            lead: 0,
            place: 0,
        }
    }

    /// The next character: first byte, place in the row, code point.
    const fn next(&mut self) -> Option<(u8, u8, usize)> {
        let mut row_starts = self.at == 0;
        while self.at < self.text.len() {
            let byte = self.text[self.at];
            if byte == b'\n' || byte == b'\r' {
                self.at += 1;
                row_starts = true;
            } else if row_starts && byte == b'#' {
                while self.at < self.text.len() && self.text[self.at] != b'\n' {
                    self.at += 1;
                }
            } else if row_starts {
                self.lead = hex(byte) << 4 | hex(self.text[self.at + 1]);
                self.place = 0;
                self.at += 3;
                row_starts = false;
            } else {
                let place = self.place;
                self.place += 1;
                if byte == b'.' {
                    self.at += 1;
                } else {
                    return Some((self.lead, place, self.character(byte)));
                }
            }
        }
        None
    }

    /// The character that begins with `first`, and a step past it.
    const fn character(&mut self, first: u8) -> usize {
        let (mut code, more) = match first {
            0..=0x7F => (first as usize, 0),
            0xC0..=0xDF => (first as usize & 0x1F, 1),
            0xE0..=0xEF => (first as usize & 0x0F, 2),
            _ => (first as usize & 0x07, 3),
        };
        let end = self.at + 1 + more;
        self.at += 1;
        while self.at < end {
            code = code << 6 | self.text[self.at] as usize & 0x3F;
            self.at += 1;
        }
        code
    }
}

#[expect(clippy::panic, reason = "evaluated at compile time only")]
const fn hex(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        b'A'..=b'F' => digit - b'A' + 10,
        _ => panic!("a row must begin with two hexadecimal digits"),
    }
}
