//! The search: all the texts that could have become the observed one, character by character, the likeliest kept.

use super::bytes::{Bytes, Kind};
use super::prefix::{self, Prefixes};
use super::reading::{Node, Reading, Search};
use super::score::{LINE_START, Scorer};
use super::wear;
use crate::encoding::{Encoding, Step};
use crate::model::{History, MODEL};

/// Nats for going from text as it stands to undone text or back, and more inside a word.
pub(super) const SWITCH: f32 = 3.0;
const INSIDE_WORD_UTF8: f32 = 3.0;
const INSIDE_WORD_LEGACY: f32 = 9.0;
/// The text ends within a character.
const TAIL: f32 = 3.0;

/// The texts in an encoding that could have become a text.
pub(super) struct Lattice<'a> {
    pub(super) text: &'a [char],
    /// Log-probabilities of the text as it stands.
    observed: &'a [f32],
    pub(super) bytes: &'a Bytes,
    pub(super) written: Encoding,
    scorer: Scorer,
    pub(super) prefixes: &'static Prefixes,
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
    pub(super) fn pushed(
        &self,
        from: &Reading,
        bytes: &[u8],
        kind: Kind,
        cost: f32,
    ) -> Option<Reading> {
        let was_lost = match (from.lost, bytes.first()) {
            (Some(lost), Some(&next)) => self.bytes.reader.loses(lost, Some(next))?,
            _ => 0.0,
        };
        let mut decoder = from.decoder;
        let mut steps = [Step::Pending; 4];
        let mut before = from.pending();
        for ((i, &byte), step) in bytes.iter().enumerate().zip(&mut steps) {
            let known = self.prefixes.step(before, byte);
            *step = known.unwrap_or_else(|| decoder.push(byte));
            before = match step {
                Step::Invalid => return None,
                Step::Pending => bytes.get(i..=i).unwrap_or_default(),
                Step::Char(_) | Step::Pair(..) => &[],
            };
        }
        let mut r = *from;
        r.decoder = decoder;
        r.score -= cost;
        if r.kept {
            r.score -= SWITCH + self.inside(&r);
            r.kept = false;
        }
        if !bytes.is_empty() {
            r.score -= was_lost;
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
    pub(super) fn best(&self, width: usize, search: &mut Search) -> Option<Best> {
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
        search.begin();
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
            search.prune(&mut front, width);
            if i > 0 {
                search.remember(&mut front, i);
            }
            self.insert_missing(&mut front, i, width, search);
            if let Some((_, bytes)) = cuts.next_if(|c| c.0 == i) {
                for r in front.iter().filter(|r| !r.kept) {
                    let score = r.rank() - TAIL;
                    if cut.as_ref().is_none_or(|c| c.0 < score) {
                        cut = Some((score, *r, bytes));
                    }
                }
            }
            if i == self.text.len() {
                let best = self.finish(&front, cut, search);
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
            if let Some(next) = fronts.get_mut(i + 1).filter(|next| next.capacity() == 0) {
                *next = search.room();
            }
            self.consume(&front, &mut fronts, i, width, search);
            search.give_back(front);
        }
        None
    }

    pub(super) fn is_all(&self) -> bool {
        self.text.len() == self.bytes.len
    }

    fn finish(
        &self,
        front: &[Reading],
        cut: Option<(f32, Reading, &[u8])>,
        search: &Search,
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
        Some(Best {
            gain: score - self.observed.iter().sum::<f32>(),
            steps: search.steps_of(&last),
            cut: cut.to_vec(),
        })
    }

    /// All readings of what stands at `i`.
    fn consume(
        &self,
        front: &[Reading],
        fronts: &mut [Vec<Reading>],
        i: usize,
        width: usize,
        search: &mut Search,
    ) {
        let Some(&c) = self.text.get(i) else { return };
        let inside = |before: bool| match c {
            c if c.is_ascii_whitespace() => false,
            c if c.is_ascii() => {
                before && !matches!(c, '|' | ';' | ',' | '"' | '<' | '>' | '(' | ')' | '=')
            }
            _ => true,
        };
        let reach = |fronts: &mut [Vec<Reading>], n: usize, mut r: Reading| {
            if let Some(front) = fronts.get_mut(i + n) {
                r.inside_word = inside(r.inside_word) || n > 1;
                front.push(r);
            }
        };
        let arcs = self.bytes.at(i);
        for r in front {
            if let Some(kept) = self.keep(r, i, c) {
                reach(fronts, 1, kept);
            }
            for arc in arcs {
                // A code page makes letters of any signs: nothing would show that they were others.
                if arc.kind == Kind::Plain && self.written.is_single_byte() {
                    continue;
                }
                if let Some(pushed) = self.pushed(r, arc.bytes(), arc.kind, arc.cost) {
                    reach(fronts, usize::from(arc.chars), pushed);
                }
            }
        }
        if Some(c) == self.bytes.marks.mark() {
            let takes_two = self.bytes.marks.takes_two();
            let next = self.bytes.known(self.text, i + 1);
            let losable = self.bytes.reader.losable(next.filter(|_| !takes_two));
            let mut lost = self.lose(front, losable, Kind::Lost, wear::MARKED, width, search);
            if takes_two {
                lost = self.swallow(lost, i, width, search);
            }
            for r in lost.drain(..) {
                reach(fronts, 1, r);
            }
            search.give_back(lost);
        }
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
