//! Where an n-gram stands in the table: a chained hash of its symbols, newest first.

/// Start of the chain of one level and order.
pub(crate) const fn start(seed: u64, symbol: u32, line: bool) -> u64 {
    extend(seed ^ if line { 0x5851_F42D_4C95_7F2D } else { 0 }, symbol)
}

/// The chain with one older symbol more.
pub(crate) const fn extend(hash: u64, symbol: u32) -> u64 {
    let x = (hash ^ symbol as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    x ^ (x >> 29)
}

/// The four slots of a key and its fingerprint.
///
/// The layout is that of a four-wise binary fuse filter (Graf and Lemire 2022): one slot in each
/// of four segments in a row.
pub(crate) const fn slots(hash: u64, segment_bits: u32, first_slots: u32) -> ([usize; 4], u8) {
    let h = (hash ^ (hash >> 31)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let h = (h ^ (h >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    let h = h ^ (h >> 31);
    let first = ((h >> 32) * first_slots as u64) >> 32;
    let inner = (h & 0xFFFF_FFFF).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    let mask = (1u64 << segment_bits) - 1;
    let length = 1u64 << segment_bits;
    (
        [
            first as usize,
            ((first + length) ^ ((inner >> 8) & mask)) as usize,
            ((first + 2 * length) ^ ((inner >> 26) & mask)) as usize,
            ((first + 3 * length) ^ ((inner >> 44) & mask)) as usize,
        ],
        (inner >> 56) as u8 ^ (inner as u8),
    )
}
