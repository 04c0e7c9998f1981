//! The search: all the texts that could have become the observed one, character by character, the likeliest kept.

use super::bytes::{Bytes, Kind};
use super::prefix::{self, After, Prefixes};
use super::score::{LINE_START, Scorer};
use super::wear::{self, Marks};
use crate::encoding::{CharDecoder, Encoding, Step};
use crate::model::{History, MODEL};
use std::ops::Range;

/// Nats for going from text as it stands to undone text or back, and more inside a word.
pub(super) const SWITCH: f32 = 3.0;
const INSIDE_WORD_UTF8: f32 = 3.0;
const INSIDE_WORD_LEGACY: f32 = 9.0;
/// The text ends within a character.
const TAIL: f32 = 3.0;
/// A reading that lies so many nats behind the best is given up.
const TOO_FAR: f32 = 16.0;
/// How many sorts of readings there are.
const SORTS: usize = 5;
/// So many bytes may be missing in a row.
const CONTROLS_IN_ROW: usize = 2;
const DROPPED_IN_ROW: usize = 4;
/// So many times as many unknown bytes are looked at closely as readings are kept.
const LIKELY: usize = 6;
/// Nats for a letter of the same script as the last one, where nothing else is known.
const SAME_LETTERS: f32 = 3.0;

/// One step of a reading.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    parent: u32,
    /// How many observed characters lie behind.
    pub(super) at: u32,
    pub(super) bytes: [u8; 4],
    pub(super) len: u8,
    pub(super) kind: Kind,
    /// All bytes so far make whole characters.
    pub(super) neutral: bool,
}

#[derive(Clone, Copy)]
struct Reading {
    score: f32,
    /// What the bytes of the incomplete character promise.
    ahead: f32,
    history: History,
    last: char,
    group: u8,
    decoder: CharDecoder,
    pending: [u8; 3],
    pending_len: u8,
    /// A byte that was lost just now: whether it could be is known with the next one.
    lost: Option<u8>,
    kept: bool,
    inside_word: bool,
    node: Node,
}

impl Reading {
    fn rank(&self) -> f32 {
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
        self.history == other.history
            && self.decoder == other.decoder
            && self.pending() == other.pending()
            && self.lost == other.lost
            && self.kept == other.kept
    }

    fn pending(&self) -> &[u8] {
        self.pending
            .get(..usize::from(self.pending_len))
            .unwrap_or_default()
    }
}

/// The texts in an encoding that could have become a text.
pub(super) struct Lattice<'a> {
    text: &'a [char],
    /// Log-probabilities of the text as it stands.
    observed: &'a [f32],
    bytes: &'a Bytes,
    written: Encoding,
    scorer: Scorer,
    prefixes: &'static Prefixes,
}

/// The best reading.
pub(super) struct Best {
    /// Nats above the text as it stands.
    pub(super) gain: f32,
    pub(super) steps: Vec<Node>,
    /// The bytes that the cut-off end may have begun with, where it is.
    pub(super) cut: Vec<u8>,
}

impl<'a> Lattice<'a> {
    /// `text` may be less than what `bytes` was made of: its beginning.
    pub(super) fn new(
        text: &'a [char],
        observed: &'a [f32],
        bytes: &'a Bytes,
        written: Encoding,
    ) -> Lattice<'a> {
        Lattice {
            text,
            observed,
            bytes,
            written,
            scorer: Scorer::new(written),
            prefixes: Prefixes::of(written),
        }
    }

    pub(super) fn scorer(&self) -> Scorer {
        self.scorer
    }

    pub(super) fn written(&self) -> Encoding {
        self.written
    }

    pub(super) fn bytes(&self) -> &'a Bytes {
        self.bytes
    }

    pub(super) fn prefixes(&self) -> &'static Prefixes {
        self.prefixes
    }

    /// A reading with some more bytes.
    #[inline]
    fn pushed(&self, from: &Reading, bytes: &[u8], kind: Kind, cost: f32) -> Option<Reading> {
        let mut decoder = from.decoder;
        let mut steps = [Step::Pending; 4];
        let mut before = from.pending();
        for (i, (&byte, step)) in bytes.iter().zip(&mut steps).enumerate() {
            *step = match self.prefixes.step(before, byte) {
                Some(step) => step,
                None => decoder.push(byte),
            };
            match step {
                Step::Invalid => return None,
                Step::Pending => before = bytes.get(i..=i).unwrap_or_default(),
                Step::Char(_) | Step::Pair(..) => before = &[],
            }
        }
        let mut r = *from;
        r.decoder = decoder;
        r.score -= cost;
        if r.kept {
            r.score -= SWITCH + self.inside(&r);
            r.kept = false;
        }
        if let (Some(lost), Some(&next)) = (r.lost, bytes.first()) {
            r.score -= self.bytes.reader.loses(lost, Some(next))?;
            r.lost = None;
        }
        r.node.bytes = [0; 4];
        for (&byte, slot) in bytes.iter().zip(&mut r.node.bytes) {
            *slot = byte;
        }
        for (&byte, step) in bytes.iter().zip(steps) {
            match step {
                Step::Pending => {
                    if let Some(slot) = r.pending.get_mut(usize::from(r.pending_len)) {
                        *slot = byte;
                        r.pending_len += 1;
                    }
                }
                Step::Char(c) => self.write(&mut r, c),
                Step::Pair(a, b) => {
                    self.write(&mut r, a);
                    self.write(&mut r, b);
                }
                Step::Invalid => {}
            }
        }
        r.ahead = self.prefixes.ahead(r.group, r.pending());
        r.node.len = bytes.len() as u8;
        r.node.kind = kind;
        Some(r)
    }

    #[inline]
    fn write(&self, r: &mut Reading, c: char) {
        let (ln_p, history) = self.scorer.of_char(r.history, r.last, c);
        r.score += ln_p;
        r.history = history;
        r.last = c;
        let group = prefix::group(c);
        if !prefix::is_common(group) {
            r.group = group;
        }
        r.pending_len = 0;
    }

    fn inside(&self, r: &Reading) -> f32 {
        match (r.inside_word, self.written) {
            (false, _) => 0.0,
            (true, Encoding::Utf8) => INSIDE_WORD_UTF8,
            (true, _) => INSIDE_WORD_LEGACY,
        }
    }

    /// The best reading, of `width` that are kept at a time.
    pub(super) fn best(&self, width: usize) -> Option<Best> {
        let start = Reading {
            score: 0.0,
            ahead: 0.0,
            history: History::word_start(),
            last: LINE_START,
            group: 0,
            decoder: self.written.decoder(),
            pending: [0; 3],
            pending_len: 0,
            lost: None,
            kept: true,
            inside_word: false,
            node: Node {
                parent: u32::MAX,
                at: 0,
                bytes: [0; 4],
                len: 0,
                kind: Kind::Kept,
                neutral: true,
            },
        };
        let mut arena: Vec<Node> = Vec::with_capacity(self.text.len() * width);
        let mut fronts: Vec<Vec<Reading>> = Vec::new();
        fronts.resize_with(self.text.len() + 1, Vec::new);
        if let Some(first) = fronts.first_mut() {
            let conv = Reading {
                kept: false,
                score: -SWITCH,
                ..start
            };
            first.extend([start, conv]);
        }
        // The end of the best reading that is cut off before the end.
        let mut cut: Option<(f32, Reading, &[u8])> = None;
        let mut cuts = self.bytes.cut.iter().filter(|_| self.is_all()).peekable();
        // What the best reading gains whose next step goes beyond the end of the part that is looked at.
        let mut beyond = f32::NEG_INFINITY;
        let mut total = 0.0;
        for i in 0..=self.text.len() {
            let mut front = fronts.get_mut(i).map(std::mem::take).unwrap_or_default();
            prune(&mut front, width);
            if i > 0 {
                remember(&mut front, &mut arena, i);
            }
            self.insert_missing(&mut front, &mut arena, i, width);
            if let Some((_, bytes)) = cuts.next_if(|c| c.0 == i) {
                for r in front.iter().filter(|r| !r.kept) {
                    let score = r.rank() - TAIL;
                    if cut.as_ref().is_none_or(|c| c.0 < score) {
                        cut = Some((score, *r, bytes));
                    }
                }
            }
            if i == self.text.len() {
                let best = self.finish(&front, cut, &arena);
                return match best {
                    Some(best) if best.gain >= beyond => Some(best),
                    best if beyond == f32::NEG_INFINITY => best,
                    _ => Some(Best {
                        gain: beyond,
                        steps: Vec::new(),
                        cut: Vec::new(),
                    }),
                };
            }
            if !self.is_all()
                && self
                    .bytes
                    .at(i)
                    .iter()
                    .any(|a| i + usize::from(a.chars) > self.text.len())
            {
                let best = front.iter().filter(|r| !r.kept).map(Reading::rank);
                beyond = best.fold(beyond, |b, rank| b.max(rank - total));
            }
            total += self.observed.get(i).copied().unwrap_or(0.0);
            self.consume(&front, &mut fronts, i, width, &mut arena);
        }
        None
    }

    fn is_all(&self) -> bool {
        self.text.len() == self.bytes.len
    }

    fn finish(
        &self,
        front: &[Reading],
        cut: Option<(f32, Reading, &[u8])>,
        arena: &[Node],
    ) -> Option<Best> {
        let whole = front
            .iter()
            .filter_map(|r| {
                let lost = match r.lost {
                    Some(byte) => self.bytes.reader.loses(byte, None)?,
                    None => 0.0,
                };
                let end = if r.pending_len == 0 {
                    MODEL.next(r.history, ' ').0.max(-4.0) * 0.5
                } else if self.bytes.may_be_cut || !self.is_all() {
                    r.ahead - TAIL
                } else {
                    return None;
                };
                Some((r.score + end - lost, *r, &[][..]))
            })
            .max_by(|a, b| a.0.total_cmp(&b.0));
        let (score, last, cut) = match (whole, cut) {
            (Some(whole), Some(cut)) if whole.0 >= cut.0 => whole,
            (_, Some(cut)) => cut,
            (Some(whole), None) => whole,
            (None, None) => return None,
        };
        let mut steps = Vec::new();
        let mut at = last.node.parent;
        while let Some(node) = arena.get(at as usize) {
            steps.push(*node);
            at = node.parent;
        }
        steps.reverse();
        Some(Best {
            gain: score - self.observed.iter().sum::<f32>(),
            steps,
            cut: cut.to_vec(),
        })
    }

    /// Readings in which bytes stood here of which nothing is left.
    fn insert_missing(
        &self,
        front: &mut Vec<Reading>,
        arena: &mut Vec<Node>,
        i: usize,
        width: usize,
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
        for _ in 0..if drops {
            DROPPED_IN_ROW
        } else {
            CONTROLS_IN_ROW
        } {
            let mut found: Vec<Reading> = Vec::new();
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
                self.lose(front, losable, Kind::Lost, wear::DROPPED, width, &mut found);
            }
            if found.is_empty() {
                return;
            }
            from = front.len();
            prune(&mut found, width);
            remember(&mut found, arena, i);
            front.append(&mut found);
        }
    }

    /// Readings in which a byte was lost here: of so many, the likeliest.
    fn lose(
        &self,
        front: &[Reading],
        bytes: &[u8],
        kind: Kind,
        cost: f32,
        width: usize,
        found: &mut Vec<Reading>,
    ) {
        let mut likely: Vec<(f32, u16, u8)> = Vec::with_capacity(bytes.len() * 2);
        // Most readings have the same before them as far as an estimate goes.
        let mut estimated: Vec<(&Reading, Range<usize>)> = Vec::with_capacity(front.len());
        let mut estimates: Vec<(u8, f32)> = Vec::with_capacity(bytes.len() * 2);
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
                self.estimate(r, bytes, &mut estimates);
                estimated.push((r, from..estimates.len()));
                estimated.len() - 1
            });
            let known = estimated.get(known).map_or(0..0, |e| e.1.clone());
            let known = estimates.get(known).unwrap_or_default();
            likely.extend(known.iter().map(|&(byte, e)| (r.score + e, index, byte)));
        }
        let most = LIKELY * width;
        if likely.len() > most {
            likely.select_nth_unstable_by(most, |a, b| b.0.total_cmp(&a.0).then(a.2.cmp(&b.2)));
            likely.truncate(most);
        }
        for (_, index, byte) in likely {
            if let Some(mut lost) = front
                .get(usize::from(index))
                .and_then(|r| self.pushed(r, &[byte], kind, cost))
            {
                if kind == Kind::Lost {
                    lost.lost = Some(byte);
                }
                found.push(lost);
            }
        }
    }

    /// About what each of some bytes adds to a reading, of those that can follow.
    fn estimate(&self, r: &Reading, bytes: &[u8], found: &mut Vec<(u8, f32)>) {
        let pending = r.pending();
        let next = self.prefixes.next(r.decoder, pending);
        let mut more = [0; 4];
        for (slot, b) in more.iter_mut().zip(pending) {
            *slot = *b;
        }
        for &byte in bytes {
            let after = match next.and_then(|next| next.after.get(usize::from(byte))) {
                Some(after) => *after,
                None => self.prefixes.after(r.decoder, pending, byte),
            };
            let estimate = match after {
                After::Nothing => continue,
                After::More => {
                    if let Some(slot) = more.get_mut(pending.len()) {
                        *slot = byte;
                    }
                    let more = more.get(..=pending.len()).unwrap_or_default();
                    self.prefixes.ahead(r.group, more)
                }
                After::Char(ln_p, group) => {
                    ln_p + if group == r.group { SAME_LETTERS } else { 0.0 }
                }
            };
            found.push((byte, estimate));
        }
    }

    /// All readings of what stands at `i`.
    fn consume(
        &self,
        front: &[Reading],
        fronts: &mut [Vec<Reading>],
        i: usize,
        width: usize,
        arena: &mut Vec<Node>,
    ) {
        let Some(&c) = self.text.get(i) else { return };
        let inside = |before: bool| match c {
            c if c.is_ascii_whitespace() => false,
            c if c.is_ascii() => {
                before && !matches!(c, '|' | ';' | ',' | '"' | '<' | '>' | '(' | ')' | '=')
            }
            _ => true,
        };
        let mut reach = |n: usize, mut r: Reading| {
            if let Some(front) = fronts.get_mut(i + n) {
                r.inside_word = inside(r.inside_word) || n > 1;
                front.push(r);
            }
        };
        for r in front {
            if let Some(kept) = self.keep(r, i, c) {
                reach(1, kept);
            }
            for arc in self.bytes.at(i) {
                // A code page makes letters of any signs: nothing would show that they were others.
                if arc.kind == Kind::Plain && self.written.is_single_byte() {
                    continue;
                }
                if let Some(pushed) = self.pushed(r, arc.bytes(), arc.kind, arc.cost) {
                    reach(usize::from(arc.chars), pushed);
                }
            }
        }
        if Some(c) == self.bytes.marks.mark() {
            let takes_two = self.bytes.marks.takes_two();
            let next = self.bytes.known(self.text, i + 1);
            let losable = self.bytes.reader.losable(next.filter(|_| !takes_two));
            let mut lost: Vec<Reading> = Vec::new();
            self.lose(front, losable, Kind::Lost, wear::MARKED, width, &mut lost);
            if takes_two {
                lost = self.swallow(lost, i, width, arena);
            }
            for r in lost {
                reach(1, r);
            }
        }
    }

    /// The byte after a lost one was taken along.
    fn swallow(
        &self,
        mut lost: Vec<Reading>,
        i: usize,
        width: usize,
        arena: &mut Vec<Node>,
    ) -> Vec<Reading> {
        prune(&mut lost, 2 * width);
        remember(&mut lost, arena, i);
        let ascii_too = self.bytes.marks == Marks::QuestionForPair;
        let range = if ascii_too { 0x20 } else { 0x80 }..=0xFFu8;
        let bytes: Vec<u8> = range.filter(|&b| b != b'?' && b != 0x7F).collect();
        let mut found: Vec<Reading> = Vec::new();
        self.lose(&lost, &bytes, Kind::Swallowed, 0.0, 2 * width, &mut found);
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
        found
    }

    /// The character stands as it stood.
    fn keep(&self, from: &Reading, i: usize, c: char) -> Option<Reading> {
        let mut r = *from;
        if !r.kept {
            if r.pending_len > 0 {
                return None;
            }
            if let Some(lost) = r.lost {
                r.score -= self
                    .bytes
                    .reader
                    .loses(lost, self.bytes.known(self.text, i))?;
                r.lost = None;
            }
            r.score -= SWITCH + self.inside(&r);
            r.kept = true;
        }
        r.score += self.observed.get(i)?;
        r.history = MODEL.next(r.history, c).1;
        r.last = c;
        let group = prefix::group(c);
        if !prefix::is_common(group) {
            r.group = group;
        }
        r.node.bytes = [0; 4];
        r.node.len = 0;
        r.node.kind = Kind::Kept;
        Some(r)
    }
}

/// Keeps the best `width` readings, of those that go on alike the best one, and the best of each sort, so that none is
/// squeezed out by many others that look better for now.
fn prune(readings: &mut Vec<Reading>, width: usize) {
    let by_rank = |a: &Reading, b: &Reading| b.rank().total_cmp(&a.rank());
    let some = width * 4;
    let mut best = [None::<Reading>; SORTS];
    for r in readings.iter() {
        if let Some(slot) = best.get_mut(r.sort())
            && slot.as_ref().is_none_or(|b| b.rank() < r.rank())
        {
            *slot = Some(*r);
        }
    }
    if readings.len() > some {
        readings.select_nth_unstable_by(some, by_rank);
        readings.truncate(some);
    }
    readings.sort_by(by_rank);
    let Some(first) = readings.first().map(Reading::rank) else {
        return;
    };
    let mut kept: Vec<Reading> = Vec::with_capacity(width + SORTS);
    for r in readings.iter() {
        if kept.len() >= width || r.rank() < first - TOO_FAR {
            break;
        }
        if !kept.iter().any(|k| k.goes_on_as(r)) {
            kept.push(*r);
        }
    }
    for r in best.into_iter().flatten() {
        if !kept.iter().any(|k| k.sort() == r.sort()) {
            kept.push(r);
        }
    }
    *readings = kept;
}

/// Notes the last step of each reading, so that the next ones know their way back.
fn remember(readings: &mut [Reading], arena: &mut Vec<Node>, at: usize) {
    for r in readings {
        r.node.at = at as u32;
        r.node.neutral = r.pending_len == 0;
        let index = arena.len() as u32;
        arena.push(r.node);
        r.node.parent = index;
    }
}
