//! Which words people know: the common ones of each language that have letters outside ASCII.
//!
//! The n-grams say how words are built, not which of them there are: to them `perň` could be one,
//! `però` is one. The table is a four-wise binary fuse filter (Graf and Lemire, 2022) of eight bits:
//! a word that is not in it passes for known once in 256 times. `examples/train/words.rs` makes it.

use super::{fold, hash};

/// First bytes of the file.
pub(crate) const MAGIC: [u8; 8] = *b"unbake-w";
/// Longer words are not in the table.
pub(crate) const LONGEST: usize = 24;

struct Table {
    segment_bits: u32,
    first_slots: u32,
    seed: u64,
    slots: &'static [u8],
}

static TABLE: Table = match parse(include_bytes!("words.bin")) {
    Some(table) => table,
    None => Table {
        segment_bits: 0,
        first_slots: 0,
        seed: 0,
        slots: &[],
    },
};

const fn parse(bytes: &'static [u8]) -> Option<Table> {
    let Some((magic, rest)) = bytes.split_first_chunk::<8>() else {
        return None;
    };
    let Some((segment_bits, rest)) = rest.split_first_chunk::<4>() else {
        return None;
    };
    let Some((segments, rest)) = rest.split_first_chunk::<4>() else {
        return None;
    };
    let Some((seed, slots)) = rest.split_first_chunk::<8>() else {
        return None;
    };
    let segment_bits = u32::from_le_bytes(*segment_bits);
    let segments = u32::from_le_bytes(*segments);
    let magic = u64::from_le_bytes(*magic) == u64::from_le_bytes(MAGIC);
    if !magic || segment_bits > 16 || segments > 1 << 14 {
        return None;
    }
    if slots.len() != (segments as usize + 3) << segment_bits {
        return None;
    }
    Some(Table {
        segment_bits,
        first_slots: segments << segment_bits,
        seed: u64::from_le_bytes(*seed),
        slots,
    })
}

/// The key of a word, which is taken in lower case.
pub(crate) fn key(seed: u64, word: impl Iterator<Item = char>) -> u64 {
    word.map(|c| u32::from(fold::lower(c)))
        .fold(hash::start(seed, 0, false), hash::extend)
}

/// Whether a word, letters alone, is a common one of some language and has letters outside ASCII.
pub(crate) fn is_known(word: &[char]) -> bool {
    if word.len() > LONGEST || word.iter().all(char::is_ascii) {
        return false;
    }
    holds(key(TABLE.seed, word.iter().copied()))
}

/// The same of a word that is read letter by letter.
#[derive(Clone, Copy)]
pub(crate) struct Letters {
    key: u64,
    pub(crate) count: usize,
    are_ascii: bool,
}

impl Letters {
    pub(crate) const NONE: Letters = Letters {
        key: hash::start(TABLE.seed, 0, false),
        count: 0,
        are_ascii: true,
    };

    /// With one letter more, which is a small one.
    #[inline]
    pub(crate) fn and(self, small: char) -> Letters {
        Letters {
            key: hash::extend(self.key, u32::from(small)),
            count: self.count + 1,
            are_ascii: self.are_ascii & small.is_ascii(),
        }
    }

    /// Whether they are a known word, or one that could not be known.
    #[inline]
    pub(crate) fn are_known_or_ascii(self) -> bool {
        self.are_ascii || self.count <= LONGEST && holds(self.key)
    }
}

/// Whether the word with this key is in the table.
fn holds(key: u64) -> bool {
    let (slots, mark) = hash::slots(key, TABLE.segment_bits, TABLE.first_slots);
    let slot = |i: usize| TABLE.slots.get(i).copied();
    let sum = slots.iter().try_fold(0, |sum, &i| slot(i).map(|s| sum ^ s));
    sum == Some(mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_words_are_known_and_their_mojibake_is_not() {
        let known = |word: &str| is_known(&word.chars().collect::<Vec<_>>());
        // However the word begins, in scripts with and without case.
        for word in ["però", "Però", "schön", "šest", "люди", "θέλω", "שלום"] {
            assert!(known(word), "{word}");
        }
        // Read in another code page; ASCII; no word at all.
        for word in ["perň", "schφn", "щесс", "word", "", "ĝĝĝĝ"] {
            assert!(!known(word), "{word}");
        }
    }
}
