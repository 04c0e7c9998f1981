//! Bytes of a reading of which nothing is left, or a mark.

use super::beam::Lattice;
use super::bytes::Kind;
use super::prefix::After;
use super::reading::{Reading, Search};
use super::wear::{self, Marks};
use crate::encoding::Encoding;
use std::ops::Range;

/// So many bytes may be missing in a row.
const CONTROLS_IN_ROW: usize = 2;
const DROPPED_IN_ROW: usize = 4;
/// So many times as many unknown bytes are looked at closely as readings are kept.
const LIKELY: usize = 6;
/// Nats for a letter of the same script as the last one, where nothing else is known.
const SAME_LETTERS: f32 = 3.0;

impl Lattice<'_> {
    /// Readings in which bytes stood here of which nothing is left.
    pub(super) fn insert_missing(
        &self,
        front: &mut Vec<Reading>,
        i: usize,
        width: usize,
        search: &mut Search,
    ) {
        let drops = self.bytes.marks == Marks::Dropped;
        // A single-byte encoding makes letters of any bytes: nothing would show that they were there.
        let spaces = match self.text.get(i) {
            Some(' ') => self.bytes.spaces.as_slice(),
            None if self.is_all() => self.bytes.spaces.as_slice(),
            _ => &[],
        };
        let missing = || self.bytes.missing.iter().chain(spaces);
        let controls = !self.written.is_single_byte() && missing().next().is_some();
        if !controls && !drops {
            return;
        }
        let losable = if drops {
            self.bytes.reader.losable(self.bytes.known(self.text, i))
        } else {
            &[]
        };
        let mut from = 0;
        let in_row = if drops {
            DROPPED_IN_ROW
        } else {
            CONTROLS_IN_ROW
        };
        for _ in 0..in_row {
            let mut found = search.room();
            for r in front.get(from..).unwrap_or_default() {
                if r.kept {
                    continue;
                }
                // Controls continue a character of UTF-8; they begin none.
                if controls && (self.written != Encoding::Utf8 || r.pending_len > 0) {
                    for &(byte, cost) in missing() {
                        found.extend(self.pushed(r, &[byte], Kind::Control, cost));
                    }
                }
            }
            if drops {
                let front = front.get(from..).unwrap_or_default();
                let mut lost = self.lose(front, losable, Kind::Lost, wear::DROPPED, width, search);
                found.append(&mut lost);
                search.give_back(lost);
            }
            if found.is_empty() {
                search.give_back(found);
                return;
            }
            from = front.len();
            search.prune(&mut found, width);
            search.remember(&mut found, i);
            front.append(&mut found);
            search.give_back(found);
        }
    }

    /// Readings in which a byte was lost here: of so many, the likeliest.
    pub(super) fn lose(
        &self,
        front: &[Reading],
        bytes: &[u8],
        kind: Kind,
        cost: f32,
        width: usize,
        search: &mut Search,
    ) -> Vec<Reading> {
        let most = LIKELY * width;
        let mut found = search.room();
        let Search {
            likely, estimates, ..
        } = search;
        likely.clear();
        estimates.clear();
        // Most readings have the same before them as far as an estimate goes.
        let mut estimated: Vec<(&Reading, Range<usize>)> = Vec::with_capacity(front.len());
        for (index, r) in (0..).zip(front) {
            if r.kept && kind == Kind::Lost && self.bytes.marks == Marks::Dropped {
                continue;
            }
            let known = estimated.iter().position(|(other, _)| {
                other.group == r.group
                    && other.decoder == r.decoder
                    && other.pending() == r.pending()
            });
            let known = known.unwrap_or_else(|| {
                let from = estimates.len();
                self.estimate(r, bytes, estimates);
                estimated.push((r, from..estimates.len()));
                estimated.len() - 1
            });
            let known = estimated.get(known).map_or(0..0, |e| e.1.clone());
            let known = estimates.get(known).unwrap_or_default();
            likely.extend(
                known
                    .iter()
                    .map(|&(byte, e)| Likely::new(r.score + e, byte, index)),
            );
        }
        if likely.len() > most {
            likely.select_nth_unstable_by_key(most, Likely::place);
            likely.truncate(most);
        }
        for likely in likely.iter() {
            let (byte, index) = (likely.byte(), likely.index());
            if let Some(mut lost) = front
                .get(index)
                .and_then(|r| self.pushed(r, &[byte], kind, cost))
            {
                if kind == Kind::Lost {
                    lost.lost = Some(byte);
                }
                found.push(lost);
            }
        }
        found
    }

    /// The byte after a lost one was taken along.
    pub(super) fn swallow(
        &self,
        mut lost: Vec<Reading>,
        i: usize,
        width: usize,
        search: &mut Search,
    ) -> Vec<Reading> {
        search.prune(&mut lost, 2 * width);
        search.remember(&mut lost, i);
        let ascii_too = self.bytes.marks == Marks::QuestionForPair;
        let range = if ascii_too { 0x20 } else { 0x80 }..=0xFFu8;
        let bytes: Vec<u8> = range.filter(|&b| b != b'?' && b != 0x7F).collect();
        let mut found = self.lose(&lost, &bytes, Kind::Swallowed, 0.0, 2 * width, search);
        // Nothing stood behind the last byte, and browsers leave ASCII alone.
        if !ascii_too || i + 1 == self.text.len() {
            let next = self.bytes.known(self.text, i + 1);
            for r in &lost {
                let fits = r.lost.is_none_or(|b| {
                    next.is_none_or(|n| n < 0x80) && self.bytes.reader.loses(b, next).is_some()
                });
                if fits {
                    found.extend(self.pushed(r, &[], Kind::Worn, 0.0));
                }
            }
        }
        search.give_back(lost);
        found
    }

    /// About what each of some bytes adds to a reading, of those that can follow.
    fn estimate(&self, r: &Reading, bytes: &[u8], found: &mut Vec<(u8, f32)>) {
        let pending = r.pending();
        match self.prefixes.next(r.decoder, pending) {
            Some(next) => self.estimate_by(r, bytes, |byte| next.after(byte), found),
            None => {
                let after = |byte| self.prefixes.after(r.decoder, pending, byte);
                self.estimate_by(r, bytes, after, found);
            }
        }
    }

    #[inline]
    fn estimate_by(
        &self,
        r: &Reading,
        bytes: &[u8],
        after: impl Fn(u8) -> After,
        found: &mut Vec<(u8, f32)>,
    ) {
        let pending = r.pending();
        let mut more = [0; 4];
        for (slot, b) in more.iter_mut().zip(pending) {
            *slot = *b;
        }
        found.reserve(bytes.len());
        for &byte in bytes {
            match after(byte) {
                After::Nothing => {}
                After::Char(ln_p, group) => {
                    let same = if group == r.group { SAME_LETTERS } else { 0.0 };
                    found.push((byte, ln_p + same));
                }
                After::More => {
                    if let Some(slot) = more.get_mut(pending.len()) {
                        *slot = byte;
                    }
                    let more = more.get(..=pending.len()).unwrap_or_default();
                    found.push((byte, self.prefixes.ahead(r.group, more)));
                }
            }
        }
    }
}

/// A byte that may follow a reading, in one number: how unlikely it is, which one, and after which reading.
#[derive(Clone, Copy)]
pub(super) struct Likely(u64);

impl Likely {
    fn new(score: f32, byte: u8, index: u16) -> Likely {
        // As `total_cmp` has it, the highest score first.
        let bits = score.to_bits();
        let unlikely = if bits >> 31 == 0 {
            !bits ^ 1 << 31
        } else {
            bits
        };
        Likely(u64::from(unlikely) << 24 | u64::from(byte) << 16 | u64::from(index))
    }

    /// The lowest for the likeliest, whatever reading it follows.
    fn place(&self) -> u64 {
        self.0 >> 16
    }

    fn byte(self) -> u8 {
        (self.0 >> 16) as u8
    }

    fn index(self) -> usize {
        usize::from(self.0 as u16)
    }
}
