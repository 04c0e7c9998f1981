//! Code pages of one byte a character: a table of 256 characters and its inverse.

use super::tables;

/// Pages of 256 characters that one code page may touch, the empty one included (Macintosh touches ten).
const BLOCKS: usize = 11;

/// A code page: which character each byte is, and back.
pub(super) struct SingleByte {
    decode: [char; 256],
    /// Which of `blocks` holds the characters U+xx00 to U+xxFF; 0 is the empty one.
    pages: [u8; 256],
    /// The byte of each character; 0 where there is none (U+0000 itself is looked at apart).
    blocks: [[u8; 256]; BLOCKS],
}

impl SingleByte {
    /// `low` replaces characters below 80; `lenient` are characters to be encoded though no byte decodes to them.
    #[expect(
        clippy::indexing_slicing,
        clippy::panic,
        reason = "evaluated at compile time only"
    )]
    const fn new(high: &[u16; 128], low: &[(u8, char)], lenient: &[(char, u8)]) -> Self {
        let mut table = SingleByte {
            decode: ['\0'; 256],
            pages: [0; 256],
            blocks: [[0; 256]; BLOCKS],
        };
        let mut byte = 0;
        while byte < 256 {
            let code = if byte < 128 {
                byte as u32
            } else {
                high[byte - 128] as u32
            };
            table.decode[byte] = match char::from_u32(code) {
                Some(c) => c,
                None => panic!("a code page holds a surrogate"),
            };
            byte += 1;
        }
        let mut i = 0;
        while i < low.len() {
            table.decode[low[i].0 as usize] = low[i].1;
            i += 1;
        }
        let mut used = 1;
        let mut byte = 0;
        while byte < 256 {
            used = table.add(table.decode[byte], byte as u8, used);
            byte += 1;
        }
        let mut i = 0;
        while i < lenient.len() {
            used = table.add(lenient[i].0, lenient[i].1, used);
            i += 1;
        }
        table
    }

    /// Lets `c` be encoded as `byte`, with `used` blocks in use before; says how many are afterwards.
    #[expect(clippy::indexing_slicing, reason = "evaluated at compile time only")]
    const fn add(&mut self, c: char, byte: u8, mut used: usize) -> usize {
        let code = c as usize;
        if self.pages[code >> 8] == 0 {
            self.pages[code >> 8] = used as u8;
            used += 1;
        }
        let slot = &mut self.blocks[self.pages[code >> 8] as usize][code & 0xFF];
        assert!(*slot == 0, "two bytes for one character");
        *slot = byte;
        used
    }

    pub(super) fn decode(&self, byte: u8) -> char {
        self.decode
            .get(usize::from(byte))
            .copied()
            .unwrap_or(char::REPLACEMENT_CHARACTER)
    }

    pub(super) fn encode(&self, c: char) -> Option<u8> {
        let [_, plane, page, low] = u32::from(c).to_be_bytes();
        if plane != 0 {
            return None;
        }
        let block = self.pages.get(usize::from(page))?;
        let byte = *self
            .blocks
            .get(usize::from(*block))?
            .get(usize::from(low))?;
        (byte != 0 || c == self.decode(0)).then_some(byte)
    }
}

const fn plain(high: &[u16; 128]) -> SingleByte {
    SingleByte::new(high, &[], &[])
}

const fn lenient(high: &[u16; 128], lenient: &[(char, u8)]) -> SingleByte {
    SingleByte::new(high, &[], lenient)
}

pub(super) static WINDOWS_1250: SingleByte = plain(&tables::WINDOWS_1250);
pub(super) static WINDOWS_1251: SingleByte = plain(&tables::WINDOWS_1251);
pub(super) static WINDOWS_1252: SingleByte = plain(&tables::WINDOWS_1252);
// Windows itself is said to read the unassigned bytes of 1253, 1255, 1257 and 874 as these private-use characters; that was
// not checked on Windows. They are only taken when encoding.
pub(super) static WINDOWS_1253: SingleByte = lenient(
    &tables::WINDOWS_1253,
    &[('\u{F8F9}', 0xAA), ('\u{F8FA}', 0xD2), ('\u{F8FB}', 0xFF)],
);
pub(super) static WINDOWS_1254: SingleByte = plain(&tables::WINDOWS_1254);
pub(super) static WINDOWS_1255: SingleByte = lenient(
    &tables::WINDOWS_1255,
    &[
        ('Ê', 0xCA), // where U+05BA is not known (Python), CA counts as unassigned
        ('\u{F88D}', 0xD9),
        ('\u{F88E}', 0xDA),
        ('\u{F88F}', 0xDB),
        ('\u{F890}', 0xDC),
        ('\u{F891}', 0xDD),
        ('\u{F892}', 0xDE),
        ('\u{F893}', 0xDF),
        ('\u{F894}', 0xFB),
        ('\u{F895}', 0xFC),
        ('\u{F896}', 0xFF),
    ],
);
pub(super) static WINDOWS_1256: SingleByte = plain(&tables::WINDOWS_1256);
pub(super) static WINDOWS_1257: SingleByte = lenient(
    &tables::WINDOWS_1257,
    &[('\u{F8FC}', 0xA1), ('\u{F8FD}', 0xA5)],
);
pub(super) static WINDOWS_1258: SingleByte = plain(&tables::WINDOWS_1258);
pub(super) static WINDOWS_874: SingleByte = lenient(
    &tables::WINDOWS_874,
    &[
        ('\u{F8C1}', 0xDB),
        ('\u{F8C2}', 0xDC),
        ('\u{F8C3}', 0xDD),
        ('\u{F8C4}', 0xDE),
        ('\u{F8C5}', 0xFC),
        ('\u{F8C6}', 0xFD),
        ('\u{F8C7}', 0xFE),
        ('\u{F8C8}', 0xFF),
    ],
);
pub(super) static ISO_8859_1: SingleByte = plain(&tables::ISO_8859_1);
pub(super) static ISO_8859_2: SingleByte = plain(&tables::ISO_8859_2);
pub(super) static ISO_8859_3: SingleByte = plain(&tables::ISO_8859_3);
pub(super) static ISO_8859_4: SingleByte = plain(&tables::ISO_8859_4);
pub(super) static ISO_8859_5: SingleByte = plain(&tables::ISO_8859_5);
pub(super) static ISO_8859_6: SingleByte = plain(&tables::ISO_8859_6);
pub(super) static ISO_8859_7: SingleByte = plain(&tables::ISO_8859_7);
pub(super) static ISO_8859_8: SingleByte = plain(&tables::ISO_8859_8);
pub(super) static ISO_8859_9: SingleByte = plain(&tables::ISO_8859_9);
pub(super) static ISO_8859_10: SingleByte = plain(&tables::ISO_8859_10);
pub(super) static ISO_8859_13: SingleByte = plain(&tables::ISO_8859_13);
pub(super) static ISO_8859_14: SingleByte = plain(&tables::ISO_8859_14);
pub(super) static ISO_8859_15: SingleByte = plain(&tables::ISO_8859_15);
pub(super) static ISO_8859_16: SingleByte = plain(&tables::ISO_8859_16);
pub(super) static IBM437: SingleByte = plain(&tables::IBM437);
pub(super) static IBM737: SingleByte = plain(&tables::IBM737);
pub(super) static IBM775: SingleByte = plain(&tables::IBM775);
pub(super) static IBM850: SingleByte = plain(&tables::IBM850);
pub(super) static IBM852: SingleByte = plain(&tables::IBM852);
pub(super) static IBM855: SingleByte = plain(&tables::IBM855);
pub(super) static IBM857: SingleByte = plain(&tables::IBM857);
pub(super) static IBM858: SingleByte = plain(&tables::IBM858);
pub(super) static IBM860: SingleByte = plain(&tables::IBM860);
pub(super) static IBM861: SingleByte = plain(&tables::IBM861);
pub(super) static IBM862: SingleByte = plain(&tables::IBM862);
pub(super) static IBM863: SingleByte = plain(&tables::IBM863);
/// Its percent sign is the Arabic one; ASCII's is only taken when encoding.
pub(super) static IBM864: SingleByte =
    SingleByte::new(&tables::IBM864, &[(0x25, '٪')], &[('%', 0x25)]);
pub(super) static IBM865: SingleByte = plain(&tables::IBM865);
pub(super) static IBM866: SingleByte = plain(&tables::IBM866);
pub(super) static IBM869: SingleByte = plain(&tables::IBM869);
pub(super) static IBM1125: SingleByte = plain(&tables::IBM1125);
pub(super) static KOI8_R: SingleByte = plain(&tables::KOI8_R);
// Browsers read KOI8-U as KOI8-RU, which has the Belarusian letter at the place of two box corners (RFC 2319).
pub(super) static KOI8_U: SingleByte = lenient(&tables::KOI8_U, &[('ў', 0xAE), ('Ў', 0xBE)]);
// Before Mac OS 8.5 DB was the currency sign.
pub(super) static MACINTOSH: SingleByte = lenient(&tables::MACINTOSH, &[('¤', 0xDB)]);
// Before Mac OS 9 Cyrillic had no Ghe with upturn and no euro.
pub(super) static MAC_CYRILLIC: SingleByte = lenient(
    &tables::MAC_CYRILLIC,
    &[('¢', 0xA2), ('∂', 0xB6), ('¤', 0xFF)],
);
pub(super) static MAC_CENTRAL_EUROPE: SingleByte = plain(&tables::MAC_CENTRAL_EUROPE);
pub(super) static MAC_GREEK: SingleByte = plain(&tables::MAC_GREEK);
pub(super) static MAC_TURKISH: SingleByte = plain(&tables::MAC_TURKISH);
/// TCVN 5712 without the capitals that VN1 puts below 20: those bytes stay controls, as fonts of the ABC code need it.
pub(super) static TCVN3: SingleByte = plain(&tables::TCVN3);
/// RFC 1456, with its six capitals in place of controls.
pub(super) static VISCII: SingleByte = SingleByte::new(
    &tables::VISCII,
    &[
        (0x02, 'Ẳ'),
        (0x05, 'Ẵ'),
        (0x06, 'Ẫ'),
        (0x14, 'Ỷ'),
        (0x19, 'Ỹ'),
        (0x1E, 'Ỵ'),
    ],
    &[],
);
