//! Readings of the text so far, of which the best are kept.

use super::bytes::Kind;
use super::missing::Likely;
use crate::encoding::CharDecoder;
use crate::model::History;

/// A reading that lies so many nats behind the best is given up.
const TOO_FAR: f32 = 16.0;
/// How many sorts of readings there are.
const SORTS: usize = 5;

/// One step of a reading.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    pub(super) parent: u32,
    /// How many observed characters lie behind.
    pub(super) at: u32,
    pub(super) bytes: [u8; 4],
    pub(super) len: u8,
    pub(super) kind: Kind,
    /// All bytes so far make whole characters.
    pub(super) neutral: bool,
}

/// A text that could have become the beginning of the observed one.
#[derive(Clone, Copy)]
pub(super) struct Reading {
    pub(super) score: f32,
    /// What the bytes of the incomplete character promise.
    pub(super) ahead: f32,
    pub(super) history: History,
    pub(super) last: char,
    pub(super) group: u8,
    pub(super) decoder: CharDecoder,
    pub(super) pending: [u8; 3],
    pub(super) pending_len: u8,
    /// A byte that was lost just now: whether it could be is known with the next one.
    pub(super) lost: Option<u8>,
    pub(super) kept: bool,
    pub(super) inside_word: bool,
    pub(super) node: Node,
}

impl Reading {
    pub(super) fn rank(&self) -> f32 {
        self.score + self.ahead
    }

    /// Readings of one sort compete with each other above all.
    fn sort(&self) -> usize {
        if self.kept {
            0
        } else {
            1 + usize::from(self.pending_len.min(3))
        }
    }

    /// Whether whatever follows scores the same for both.
    fn goes_on_as(&self, other: &Reading) -> bool {
        // What differs most often first.
        self.kept == other.kept
            && self.lost == other.lost
            && self.pending() == other.pending()
            && self.history == other.history
            && self.decoder == other.decoder
    }

    pub(super) fn pending(&self) -> &[u8] {
        self.pending
            .get(..usize::from(self.pending_len))
            .unwrap_or_default()
    }
}

/// The steps of a search, and room that it uses again and again.
#[derive(Default)]
pub(super) struct Search {
    steps: Vec<Node>,
    spare: Vec<Vec<Reading>>,
    ranked: Vec<(f32, u32)>,
    pub(super) likely: Vec<Likely>,
    pub(super) estimates: Vec<(u8, f32)>,
}

impl Search {
    /// Forgets the search before.
    pub(super) fn begin(&mut self) {
        self.steps.clear();
    }

    /// Room for some readings.
    pub(super) fn room(&mut self) -> Vec<Reading> {
        self.spare.pop().unwrap_or_default()
    }

    /// Gives room back.
    pub(super) fn give_back(&mut self, mut readings: Vec<Reading>) {
        readings.clear();
        self.spare.push(readings);
    }

    /// Keeps the best `width` readings, of those that go on alike the best one, and the best of each sort, so that none is
    /// squeezed out by many others that look better for now.
    pub(super) fn prune(&mut self, readings: &mut Vec<Reading>, width: usize) {
        if readings.len() <= 1 {
            return;
        }
        let by_rank = |a: &(f32, u32), b: &(f32, u32)| b.0.total_cmp(&a.0);
        let some = width * 4;
        let mut best = [None::<(f32, &Reading)>; SORTS];
        self.ranked.clear();
        for (i, r) in (0..).zip(readings.iter()) {
            let rank = r.rank();
            self.ranked.push((rank, i));
            if let Some(slot) = best.get_mut(r.sort())
                && slot.is_none_or(|b| b.0 < rank)
            {
                *slot = Some((rank, r));
            }
        }
        if self.ranked.len() > some {
            self.ranked.select_nth_unstable_by(some, by_rank);
            self.ranked.truncate(some);
        }
        self.ranked.sort_by(by_rank);
        let first = self.ranked.first().map_or(f32::NEG_INFINITY, |r| r.0);
        let mut kept = self.spare.pop().unwrap_or_default();
        for &(rank, i) in &self.ranked {
            if kept.len() >= width || rank < first - TOO_FAR {
                break;
            }
            if let Some(r) = readings.get(i as usize)
                && !kept.iter().any(|k: &Reading| k.goes_on_as(r))
            {
                kept.push(*r);
            }
        }
        for (_, r) in best.into_iter().flatten() {
            if !kept.iter().any(|k| k.sort() == r.sort()) {
                kept.push(*r);
            }
        }
        self.give_back(std::mem::replace(readings, kept));
    }

    /// Notes the last step of each reading, so that the next ones know their way back.
    pub(super) fn remember(&mut self, readings: &mut [Reading], at: usize) {
        for r in readings {
            r.node.at = at as u32;
            r.node.neutral = r.pending_len == 0;
            let index = self.steps.len() as u32;
            self.steps.push(r.node);
            r.node.parent = index;
        }
    }

    /// All steps of a reading, the first one first.
    pub(super) fn steps_of(&self, reading: &Reading) -> Vec<Node> {
        let mut steps = Vec::new();
        let mut at = reading.node.parent;
        while let Some(node) = self.steps.get(at as usize) {
            steps.push(*node);
            at = node.parent;
        }
        steps.reverse();
        steps
    }
}
