//! Which letters and signs `encoding_rs` can write: it is slow to say that it has no code for one.
//!
//! A bit for each character, made by asking `encoding_rs` for each; the test at the end asks again and prints what should
//! stand here where it differs.

/// The characters below U+2700 that an encoding of Han characters has.
pub(super) struct Known {
    /// From U+0000 to U+04FF.
    letters: [u64; 20],
    /// From there to U+1FFF.
    between: &'static str,
    /// From U+2000 to U+26FF.
    signs: [u64; 28],
}

impl Known {
    /// Whether the encoding has `c`, or may have it, where `c` is none of these.
    pub(super) fn may_have(&self, c: char) -> bool {
        let code = c as usize;
        let bit = |words: &[u64], code: usize| {
            let word = words.get(code / 64).copied();
            word.is_some_and(|word| word >> (code % 64) & 1 == 1)
        };
        match code {
            0..=0x4FF => bit(&self.letters, code),
            0x500..=0x1FFF => self.between.contains(c),
            0x2000..=0x26FF => bit(&self.signs, code - 0x2000),
            // Yi to Hangul: letters of others.
            0xA000..=0xDFFF => false,
            _ => true,
        }
    }
}

pub(super) static GBK: Known = Known {
    letters: [
        0xFFFFFFFFFFFFFFFF,
        0xFFFFFFFFFFFFFFFF,
        0x0083019000000000,
        0x168C370300800000,
        0x0000080008080002,
        0x0000080000002110,
        0,
        0x0200000015554000,
        0,
        0x0000000200020000,
        0,
        0x0000000002000E80,
        0,
        0,
        0xFFFE03FBFFFE0000,
        0x00000000000003FB,
        0xFFFFFFFFFFFF0002,
        0x000000000002FFFF,
        0,
        0,
    ],
    between: "ḿ",
    signs: [
        0x082D006033790000,
        0,
        0x0000100000000000,
        0,
        0x0000000200400228,
        0x03FF0FFF00000000,
        0x0000000003CF0000,
        0,
        0x20F04FA9E4228100,
        0x0000C0F300041100,
        0x8000002002200000,
        0,
        0x0000000000040000,
        0,
        0,
        0,
        0,
        0xFFF003FF00000000,
        0x000000000FFFFFFF,
        0,
        0xFFFFFFFFFFFFFFFF,
        0x000FFFFFFFFF0FFF,
        0x300C00030038FFFE,
        0x0000003C0000C8C0,
        0x0000000000000260,
        0x0000000000000005,
        0,
        0,
    ],
};

pub(super) static SHIFT_JIS: Known = Known {
    letters: [
        0xFFFFFFFFFFFFFFFF,
        0xFFFFFFFFFFFFFFFF,
        0x005301A000000001,
        0x0080000000800000,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0xFFFE03FBFFFE0000,
        0x00000000000003FB,
        0xFFFFFFFFFFFF0002,
        0x000000000002FFFF,
        0,
        0,
    ],
    between: "",
    signs: [
        0x480D006333210000,
        0,
        0,
        0,
        0x0000080200400008,
        0x03FF03FF00000000,
        0x00000000000F0000,
        0x0000000000140000,
        0x20305FA1E406098D,
        0x00000CC300040000,
        0x80000020000000CC,
        0,
        0x0000000000040000,
        0,
        0,
        0,
        0,
        0x000FFFFF00000000,
        0,
        0,
        0x999999393999900F,
        0x0000000000000804,
        0x300C000300000000,
        0x000080000000C8C0,
        0x0000000000000060,
        0x0000A40000000005,
        0,
        0,
    ],
};

pub(super) static EUC_JP: Known = Known {
    letters: [
        0xFFFFFFFFFFFFFFFF,
        0xFFFFFFFFFFFFFFFF,
        0x005301A000000000,
        0x0080000000800000,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0xFFFE03FBFFFE0000,
        0x00000000000003FB,
        0xFFFFFFFFFFFF0002,
        0x000000000002FFFF,
        0,
        0,
    ],
    between: "",
    signs: [
        0x480D006333210000,
        0,
        0,
        0,
        0x0000080200400008,
        0x03FF03FF00000000,
        0x00000000000F0000,
        0x0000000000140000,
        0x20305FA1E406098D,
        0x00000CC300040000,
        0x80000020000000CC,
        0,
        0x0000000000040000,
        0,
        0,
        0,
        0,
        0x000FFFFF00000000,
        0,
        0,
        0x999999393999900F,
        0x0000000000000804,
        0x300C000300000000,
        0x000080000000C8C0,
        0x0000000000000060,
        0x0000A40000000005,
        0,
        0,
    ],
};

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::Encoding;

    #[test]
    fn what_is_known_is_what_encoding_rs_says() {
        let tables: [(&Known, &Encoding); 3] = [
            (&GBK, encoding_rs::GBK),
            (&SHIFT_JIS, encoding_rs::SHIFT_JIS),
            (&EUC_JP, encoding_rs::EUC_JP),
        ];
        for (known, encoding) in tables {
            let has = |c: char| !encoding.encode(&c.to_string()).2;
            let word = |first: u32| {
                let bits = (0..64).filter(|i| char::from_u32(first + i).is_some_and(has));
                bits.fold(0, |word, i| word | 1u64 << i)
            };
            let words = |first: u32, n: u32| Vec::from_iter((0..n).map(|i| word(first + 64 * i)));
            let between: String = ('\u{500}'..'\u{2000}').filter(|&c| has(c)).collect();
            let name = encoding.name();
            assert!(!('\u{A000}'..'\u{E000}').any(has), "{name}");
            assert_eq!(words(0, 20), known.letters, "{name}: {:X?}", words(0, 20));
            assert_eq!(between, known.between, "{name}");
            assert_eq!(
                words(0x2000, 28),
                known.signs,
                "{name}: {:X?}",
                words(0x2000, 28)
            );
        }
    }
}
