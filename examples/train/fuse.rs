//! Builds the slots of the table: a four-wise binary fuse filter with values.

use crate::model::hash;

/// The slots and what is needed to find one's way in them.
pub struct Fuse {
    pub segment_bits: u32,
    /// Segments in which a key's first slot may lie.
    pub segments: u32,
    pub slots: Vec<u16>,
}

/// Slots for keys with a byte each; `None` if the keys can't be placed, with another seed they can.
pub fn build(keys: &[(u64, u8)]) -> Option<Fuse> {
    let n = keys.len() as f64;
    // sizes as Graf and Lemire found them by experiment
    let segment_bits = ((n.ln() / 2.91f64.ln() - 0.5).floor() as u32).clamp(4, 16);
    let factor = (0.77 + 0.305 * 600_000f64.ln() / n.ln()).max(1.075);
    let capacity = (n * factor).round() as usize;
    let segments = capacity.div_ceil(1 << segment_bits).max(4) as u32 - 3;
    let first_slots = segments << segment_bits;
    let total = (segments as usize + 3) << segment_bits;
    let place = |key: u64| hash::slots(key, segment_bits, first_slots);
    let mut degree = vec![0u32; total];
    let mut sum = vec![0u32; total];
    for (i, &(key, _)) in keys.iter().enumerate() {
        for s in place(key).0 {
            degree[s] += 1;
            sum[s] ^= i as u32;
        }
    }
    let mut queue: Vec<usize> = (0..total).filter(|&s| degree[s] == 1).collect();
    let mut order = Vec::with_capacity(keys.len());
    while let Some(slot) = queue.pop() {
        if degree[slot] != 1 {
            continue;
        }
        let i = sum[slot];
        order.push((i, slot));
        for s in place(keys[i as usize].0).0 {
            degree[s] -= 1;
            sum[s] ^= i;
            if degree[s] == 1 {
                queue.push(s);
            }
        }
    }
    if order.len() < keys.len() {
        return None;
    }
    let mut slots = vec![0u16; total];
    for &(i, own) in order.iter().rev() {
        let (key, value) = keys[i as usize];
        let (all, mark) = place(key);
        slots[own] = all
            .iter()
            .filter(|&&s| s != own)
            .fold(u16::from_le_bytes([value, mark]), |x, &s| x ^ slots[s]);
    }
    Some(Fuse {
        segment_bits,
        segments,
        slots,
    })
}
