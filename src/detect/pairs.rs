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

/// A class of characters.
pub(crate) type Class = u16;
/// Spaces, line ends, and where a text begins.
pub(crate) const SPACE: Class = 0;
/// What lies above [`PAGED`].
pub(crate) const FAR: Class = 1;

/// The table.
#[derive(Clone, Copy)]
pub(crate) struct Pairs {
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
        Some(Pairs {
            pages,
            blocks: blocks.as_chunks().0.as_chunks().0,
            rows: rows.as_chunks().0,
        })
    }

    /// The class of a character.
    #[inline]
    pub(crate) fn class(&self, c: char) -> Class {
        let c = c as usize;
        let Some(&page) = self.pages.get(c / BLOCK) else {
            return FAR;
        };
        let block = self.blocks.get(usize::from(u16::from_le_bytes(page)));
        let class = block.and_then(|block| block.get(c % BLOCK));
        class.map_or(FAR, |&class| u16::from_le_bytes(class))
    }

    /// What a pair says for mojibake, in [`STEPS`] of a nat.
    #[inline]
    pub(crate) fn score(&self, first: Class, second: Class) -> i32 {
        let place = usize::from(first) % ROW * ROW + usize::from(second) % ROW;
        let steps = self.rows.as_flattened().get(place);
        steps.map_or(0, |&steps| i32::from(i8::from_le_bytes([steps])))
    }
}
