//! How much two characters in a row speak for mojibake: the table of the scan.
//!
//! Characters fall into classes, most of them alone in theirs; of Han and Hangul those that are about as common in
//! mojibake, against clean text, share one. For each pair of classes the table holds
//! ln p(second after first, in mojibake) - ln p(the same, in clean text). `examples/train/pairs.rs` makes it.

/// First bytes of the file.
pub(crate) const MAGIC: [u8; 8] = *b"unbake-p";
/// Code points in a block.
pub(crate) const BLOCK: usize = 64;
/// Code points from here on are one class.
pub(crate) const PAGED: usize = 0x2_0000;
/// Classes for which a row has room.
pub(crate) const ROW: usize = 512;
/// Steps of a nat in which the table counts.
#[allow(dead_code, reason = "the trainer writes with it")]
pub(crate) const STEPS: i32 = 4;

/// Code points that take two bytes of UTF-8 at most.
const LOW: usize = 0x800;

/// A class of characters.
pub(crate) type Class = u16;
/// Spaces, line ends, and where a text begins.
pub(crate) const SPACE: Class = 0;
/// What lies above [`PAGED`].
pub(crate) const FAR: Class = 1;

/// The table.
#[derive(Clone, Copy)]
pub(crate) struct Pairs {
    /// The classes of the lowest code points, which so need one look only.
    low: [Class; LOW],
    /// Where the block of so many code points stands.
    pages: &'static [[u8; 2]; PAGED / BLOCK],
    blocks: &'static [[[u8; 2]; BLOCK]],
    rows: &'static [[u8; ROW]],
}

impl Pairs {
    /// The table in a file's bytes; `None` if they are not such a file, whole.
    pub(crate) const fn parse(bytes: &'static [u8]) -> Option<Pairs> {
        let Some((magic, rest)) = bytes.split_first_chunk::<8>() else {
            return None;
        };
        let Some((blocks, rest)) = rest.split_first_chunk::<4>() else {
            return None;
        };
        let Some((classes, rest)) = rest.split_first_chunk::<4>() else {
            return None;
        };
        let blocks = u32::from_le_bytes(*blocks) as usize;
        let classes = u32::from_le_bytes(*classes) as usize;
        let Some((pages, rest)) = rest.split_at_checked(PAGED / BLOCK * 2) else {
            return None;
        };
        let Some((pages, [])) = pages.as_chunks().0.split_first_chunk() else {
            return None;
        };
        let Some((blocks, rows)) = rest.split_at_checked(blocks * BLOCK * 2) else {
            return None;
        };
        if u64::from_le_bytes(*magic) != u64::from_le_bytes(MAGIC)
            || classes > ROW
            || rows.len() != classes * ROW
        {
            return None;
        }
        let blocks = blocks.as_chunks().0.as_chunks().0;
        Some(Pairs {
            low: low(pages, blocks),
            pages,
            blocks,
            rows: rows.as_chunks().0,
        })
    }

    /// The class of a character.
    #[inline]
    pub(crate) fn class(&self, c: char) -> Class {
        let c = c as usize;
        self.class_in(c / BLOCK, c % BLOCK)
    }

    /// The class of a character that a byte is, read as Latin-1.
    #[inline]
    pub(crate) fn class_of_byte(&self, byte: u8) -> Class {
        self.low.get(usize::from(byte)).copied().unwrap_or(FAR)
    }

    /// The class of the character of ASCII that a text begins with, and what follows; the end counts as a space.
    #[inline]
    pub(crate) fn split_ascii<'t>(&self, text: &'t [u8]) -> (Class, &'t [u8]) {
        match text {
            [first, behind @ ..] => (self.class_of_byte(*first), behind),
            [] => (SPACE, &[]),
        }
    }

    /// The class of the character outside ASCII that some text in UTF-8 begins with, and what follows; `None` if it begins
    /// with no such character.
    #[inline]
    pub(crate) fn split_other<'t>(&self, text: &'t [u8]) -> Option<(Class, &'t [u8])> {
        // What follows the first byte holds six bits: the last is the place in the block.
        let bits = |byte: u8| usize::from(byte & 0x3F);
        match *text {
            [a @ 0x80..0xE0, b, ref behind @ ..] => {
                let class = self.low.get(usize::from(a & 0x1F) << 6 | bits(b));
                Some((class.copied().unwrap_or(FAR), behind))
            }
            [a @ 0xE0..0xF0, b, c, ref behind @ ..] => {
                let page = usize::from(a & 0xF) << 6 | bits(b);
                Some((self.class_in(page, bits(c)), behind))
            }
            [a @ 0xF0..=0xFF, b, c, d, ref behind @ ..] => {
                let page = usize::from(a & 7) << 12 | bits(b) << 6 | bits(c);
                Some((self.class_in(page, bits(d)), behind))
            }
            _ => None,
        }
    }

    #[inline]
    fn class_in(&self, page: usize, place: usize) -> Class {
        let Some(&page) = self.pages.get(page) else {
            return FAR;
        };
        let block = self.blocks.get(usize::from(u16::from_le_bytes(page)));
        let class = block.and_then(|block| block.get(place % BLOCK));
        class.map_or(FAR, |&class| u16::from_le_bytes(class))
    }

    /// What a pair says for mojibake, in [`STEPS`] of a nat.
    #[inline]
    pub(crate) fn score(&self, first: Class, second: Class) -> i32 {
        let place = usize::from(first) * ROW + usize::from(second);
        let steps = self.rows.as_flattened().get(place);
        steps.map_or(0, |&steps| i32::from(i8::from_le_bytes([steps])))
    }
}

/// The classes of the lowest code points.
const fn low(pages: &[[u8; 2]; PAGED / BLOCK], blocks: &[[[u8; 2]; BLOCK]]) -> [Class; LOW] {
    let mut low = [FAR; LOW];
    let (mut left, mut pages): (&mut [Class], &[[u8; 2]]) = (&mut low, pages);
    while let (Some((classes, others)), [page, rest @ ..]) =
        (left.split_first_chunk_mut::<BLOCK>(), pages)
    {
        let page = u16::from_le_bytes(*page) as usize;
        if let Some((_, [block, ..])) = blocks.split_at_checked(page) {
            let (mut classes, mut block): (&mut [Class], &[[u8; 2]]) = (classes, block);
            while let ([class, next @ ..], [bytes, more @ ..]) = (classes, block) {
                *class = u16::from_le_bytes(*bytes);
                (classes, block) = (next, more);
            }
        }
        (left, pages) = (others, rest);
    }
    low
}
