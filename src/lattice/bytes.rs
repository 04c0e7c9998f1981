//! Which bytes each character of a worn text may stand for.
use super::losses::Reader;
use super::pieces::{Pieces, Traces};
use super::wear::{Marks, Wear};
use crate::encoding::Encoding;
use crate::model::MODEL;

/// How bytes came to be in a reading.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// The character stands as it stood.
    Kept,
    /// The bytes of what is there.
    Exact,
    /// The bytes of what became that which is there.
    Worn,
    /// The bytes of one of the characters for which something plainer stands.
    Plain,
    /// A byte that a decoder could not read.
    Lost,
    /// A byte that was taken along with a lost one.
    Swallowed,
    /// A control that was dropped.
    Control,
}

/// Some observed characters and the bytes that they may stand for.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Arc {
    /// How many characters.
    pub(super) chars: u8,
    pub(super) bytes: [u8; 4],
    pub(super) len: u8,
    pub(super) cost: f32,
    pub(super) kind: Kind,
}

impl Arc {
    pub(super) fn bytes(&self) -> &[u8] {
        self.bytes.get(..usize::from(self.len)).unwrap_or_default()
    }
}

/// The bytes, in the encoding that the text was read in first, that all parts of a text may stand for.
#[derive(Clone, Debug)]
pub(super) struct Bytes {
    /// The newest reading.
    pub(super) reader: Reader,
    pub(super) marks: Marks,
    pub(super) arcs: Vec<Arc>,
    /// Where the arcs of each position begin.
    starts: Vec<usize>,
    /// Bytes of which nothing is left where they stood, and what each costs.
    pub(super) missing: Vec<(u8, f32)>,
    /// Bytes that became spaces, of which nothing is left beside another space or where the ends were trimmed.
    pub(super) spaces: Vec<(u8, f32)>,
    /// The bytes that the cut-off end may have begun, by the position where it does.
    pub(super) cut: Vec<(usize, Vec<u8>)>,
    pub(super) len: usize,
    /// The end may be cut off within a character.
    pub(super) may_be_cut: bool,
}

impl Bytes {
    /// What `text` may stand for that was read in `reads`, the oldest first, each time but the first as UTF-8. `None`
    /// where that cannot be told.
    pub(super) fn new(
        text: &[char],
        reads: &[Encoding],
        traces: &mut Traces<'_>,
        marks: Marks,
    ) -> Option<Bytes> {
        let wear = traces.wear;
        let (&first, newer) = reads.split_first()?;
        let mut bytes = Bytes {
            reader: Reader(*reads.last()?),
            marks,
            arcs: Vec::with_capacity(text.len() * 2),
            starts: Vec::with_capacity(text.len() + 1),
            missing: Vec::new(),
            spaces: Vec::new(),
            cut: Vec::new(),
            len: text.len(),
            may_be_cut: wear.cut,
        };
        if first.is_single_byte() {
            let pieces = Pieces::new(first, newer, traces)?;
            for i in 0..text.len() {
                bytes.starts.push(bytes.arcs.len());
                pieces.at(text, i, wear, &mut bytes);
                if let (true, Some(&c)) = (newer.is_empty(), text.get(i)) {
                    wear.reshaped(c, |origin, cost| bytes.add(origin, cost, Kind::Worn));
                }
            }
            bytes.missing = pieces.missing.clone();
            bytes.spaces = pieces.spaces();
        } else if newer.is_empty() {
            for (i, &c) in text.iter().enumerate() {
                bytes.starts.push(bytes.arcs.len());
                bytes.of_char(c, text.get(i + 1).copied(), wear);
            }
        } else {
            return None;
        }
        bytes.starts.push(bytes.arcs.len());
        Some(bytes)
    }

    /// The same where lost bytes show in another way: that does not change what is there.
    pub(super) fn with(&self, marks: Marks) -> Bytes {
        Bytes {
            marks,
            ..self.clone()
        }
    }

    fn of_char(&mut self, c: char, next: Option<char>, wear: &Wear) {
        self.add(&[c], 0.0, Kind::Exact);
        wear.origins(c, next, |origin, cost| self.add(origin, cost, Kind::Worn));
        wear.reshaped(c, |origin, cost| {
            // What is ASCII now was most likely meant so.
            let kind = if c.is_ascii() {
                Kind::Plain
            } else {
                Kind::Worn
            };
            self.add(origin, cost, kind);
        });
    }

    /// Adds that one character stands for others, if the encoding has them.
    fn add(&mut self, origin: &[char], cost: f32, kind: Kind) {
        let (mut bytes, mut len) = ([0; 4], 0);
        for &c in origin {
            let Some(encoded) = self.reader.bytes(c) else {
                return;
            };
            for &b in encoded.as_slice() {
                let Some(slot) = bytes.get_mut(len) else {
                    return;
                };
                *slot = b;
                len += 1;
            }
        }
        self.arcs.push(Arc {
            chars: 1,
            bytes,
            len: len as u8,
            cost,
            kind,
        });
    }

    /// Whether no search could tell the two apart.
    pub(super) fn same_as(&self, other: &Bytes) -> bool {
        self.marks == other.marks
            && (self.marks == Marks::None || self.reader == other.reader)
            && self.missing == other.missing
            && self.spaces == other.spaces
            && self.arcs == other.arcs
            && self.starts == other.starts
    }

    /// The arcs that begin at a position.
    pub(super) fn at(&self, i: usize) -> &[Arc] {
        match (self.starts.get(i), self.starts.get(i + 1)) {
            (Some(&from), Some(&to)) => self.arcs.get(from..to).unwrap_or_default(),
            _ => &[],
        }
    }

    /// Whether a byte could be the one that is missing at a position: behind it stand `chars` characters that are left
    /// of it.
    pub(super) fn may_be_missing(&self, i: usize, chars: usize, byte: u8) -> bool {
        if chars == 0 {
            let missing = self.missing.iter().chain(&self.spaces);
            missing.map(|m| m.0).any(|m| m == byte)
        } else {
            let mut arcs = self.at(i).iter();
            arcs.any(|a| usize::from(a.chars) == chars && a.bytes() == [byte])
        }
    }

    /// The first byte of what stands at a position, where it is known.
    pub(super) fn known(&self, text: &[char], i: usize) -> Option<u8> {
        let &c = text.get(i)?;
        if Some(c) == self.marks.mark() {
            return None;
        }
        self.at(i).first()?.bytes().first().copied()
    }

    /// How common the characters are that bytes of a code page make of the text, at best: the sum of their
    /// log-probabilities.
    pub(super) fn commonness(&self, written: Encoding) -> f32 {
        let unigram = |b: u8| written.decode_byte(b).map_or(NEVER, |c| MODEL.unigram(c));
        let mut best = vec![f32::NEG_INFINITY; self.len + 1];
        if let Some(start) = best.first_mut() {
            *start = 0.0;
        }
        for i in 0..self.len {
            let here = best.get(i).copied().unwrap_or(NEVER);
            let mut reach = |n: usize, score: f32| {
                if let Some(slot) = best.get_mut(i + n) {
                    *slot = slot.max(score);
                }
            };
            // What is no byte of the encoding is stepped over.
            reach(1, here + NEVER);
            for arc in self.at(i).iter().filter(|a| a.kind != Kind::Plain) {
                let sum: f32 = arc.bytes().iter().map(|&b| unigram(b)).sum();
                reach(usize::from(arc.chars), here + sum - arc.cost);
            }
        }
        best.last().copied().unwrap_or(NEVER)
    }

    /// Whether nearly all of the text is in the encoding that it was read in.
    pub(super) fn cover(&self, text: &[char]) -> bool {
        let (mut all, mut had) = (0, 0);
        let mut covered_to = 0;
        for (i, c) in text.iter().enumerate() {
            for arc in self.at(i) {
                covered_to = covered_to.max(i + usize::from(arc.chars));
            }
            if !c.is_ascii() && *c != '\u{FFFD}' {
                all += 1;
                had += usize::from(covered_to > i);
            }
        }
        had > 0 && had * 10 >= all * 8
    }

    /// Whether nearly all of the text may be UTF-8.
    pub(super) fn fit_utf8(&self, text: &[char]) -> bool {
        /// A set of how many bytes are still to come: bit n for n bytes.
        fn step(states: u8, byte: u8) -> u8 {
            match byte {
                0..=0x7F => states & 1,
                0x80..=0xBF => (states >> 1) & 7,
                0xC2..=0xDF => (states & 1) << 1,
                0xE0..=0xEF => (states & 1) << 2,
                0xF0..=0xF4 => (states & 1) << 3,
                _ => 0,
            }
        }
        let any = |states: u8| ((states >> 1) & 7) | ((states & 1) * 0b1110);
        let mut states = vec![0u8; text.len() + 1];
        if let Some(start) = states.first_mut() {
            // The text may begin within a character.
            *start = 0b1111;
        }
        let (mut failed, mut high) = (0, 0);
        let mut alive_to = 0;
        for (i, &c) in text.iter().enumerate() {
            high += usize::from(!c.is_ascii());
            let mut here = states.get(i).copied().unwrap_or(0);
            if here == 0 {
                if alive_to > i {
                    continue;
                }
                failed += 1;
                here = 1;
            }
            if !self.missing.is_empty() {
                here |= (here >> 1) & 7;
                here |= (here >> 1) & 3;
            }
            if c == ' ' && !self.spaces.is_empty() {
                here |= (here >> 1) & 7;
            }
            if self.marks == Marks::Dropped {
                here |= any(here);
                here |= any(here);
            }
            let mut reach = |n: usize, set: u8| {
                if set != 0
                    && let Some(slot) = states.get_mut(i + n)
                {
                    *slot |= set;
                    alive_to = alive_to.max(i + n);
                }
            };
            for arc in self.at(i) {
                let set = arc.bytes().iter().fold(here, |s, &b| step(s, b));
                reach(usize::from(arc.chars), set);
            }
            if Some(c) == self.marks.mark() {
                reach(1, any(here));
                if self.marks.takes_two() {
                    reach(1, any(any(here)) | (any(here) & 1));
                }
            }
        }
        failed * 8 <= high
    }
}

/// Less than the log-probability of any character.
const NEVER: f32 = -25.0;
