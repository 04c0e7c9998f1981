//! What became of each byte of an encoding of one byte a character, where some of it stands in a text.

use super::bytes::{Arc, Bytes, Kind};
use super::wear::{self, Wear};
use crate::encoding::Encoding;

/// What characters have left of themselves in a text.
pub(super) struct Traces<'a> {
    pub(super) wear: &'a Wear,
    /// What stands in the text, and a space.
    begin: Vec<char>,
    /// The answers for characters that were asked for, by pages.
    known: Vec<Vec<Option<bool>>>,
    worn: Vec<char>,
}

/// Characters of a page, and pages.
const PAGE: usize = 256;

impl<'a> Traces<'a> {
    pub(super) fn new(text: &[char], wear: &'a Wear) -> Traces<'a> {
        let begin = text.iter().chain(&[' ']).map(|&c| wear.alike(c));
        let mut begin: Vec<char> = begin.collect();
        begin.sort_unstable();
        begin.dedup();
        Traces {
            wear,
            begin,
            known: vec![Vec::new(); PAGE],
            worn: Vec::new(),
        }
    }

    /// Whether something that begins with a character may stand in the text.
    fn may_begin(&self, c: char) -> bool {
        self.begin.binary_search(&c).is_ok()
    }

    /// Whether the text may have what became of something that began with `c`.
    fn may_be_of(&mut self, c: char) -> bool {
        let (page, at) = (c as usize / PAGE, c as usize % PAGE);
        let known = |t: &Traces<'_>| *t.known.get(page)?.get(at)?;
        if let Some(may) = known(self) {
            return may;
        }
        self.worn.clear();
        self.wear.wear_down(&[c], &mut self.worn);
        let mut may = self.worn.first().is_none_or(|&c| self.may_begin(c));
        self.wear.plainer(&[c], |plain, _| {
            may |= plain.first().is_none_or(|&c| self.may_begin(c));
        });
        if let Some(page) = self.known.get_mut(page) {
            page.resize(PAGE, None);
            if let Some(slot) = page.get_mut(at) {
                *slot = Some(may);
            }
        }
        may
    }
}

/// What became of a byte.
struct Piece {
    first: char,
    /// Where it stands in [`Pieces::chars`].
    range: std::ops::Range<usize>,
    byte: u8,
    cost: f32,
    kind: Kind,
}

/// What became of each byte of the text that was misread first, where it may stand in a text.
pub(super) struct Pieces {
    chars: Vec<char>,
    pieces: Vec<Piece>,
    pub(super) missing: Vec<(u8, f32)>,
}

impl Pieces {
    /// `first` was the first wrong reading; what came of it was written in UTF-8 and read as each of `newer`.
    pub(super) fn new(
        first: Encoding,
        newer: &[Encoding],
        traces: &mut Traces<'_>,
    ) -> Option<Pieces> {
        let wear = traces.wear;
        let mut out = Pieces {
            chars: Vec::new(),
            pieces: Vec::new(),
            missing: Vec::new(),
        };
        let (mut now, mut next) = (Vec::new(), Vec::new());
        for byte in 0..=0xFFu8 {
            let c = first.decode_byte(byte)?;
            // What stands nowhere in the text need not be worked out.
            let begins_with = newer.iter().try_fold(c, |c, read| {
                read.decode_byte(*c.encode_utf8(&mut [0; 4]).as_bytes().first()?)
            });
            if !traces.may_be_of(begins_with?) {
                continue;
            }
            now.clear();
            now.push(c);
            for read in newer {
                next.clear();
                for c in &now {
                    let mut buffer = [0; 4];
                    for &b in c.encode_utf8(&mut buffer).as_bytes() {
                        next.push(read.decode_byte(b)?);
                    }
                }
                std::mem::swap(&mut now, &mut next);
            }
            let from = out.chars.len();
            let cost = wear.wear_down(&now, &mut out.chars);
            let kind = if cost == 0.0 { Kind::Exact } else { Kind::Worn };
            if out.chars.len() == from {
                out.missing.push((byte, cost));
            }
            out.add(from, byte, cost, kind, traces);
            wear.plainer(&now, |plain, cost| {
                let from = out.chars.len();
                out.chars.extend(plain);
                out.add(from, byte, cost, Kind::Plain, traces);
            });
        }
        out.pieces.sort_by_key(|p| p.first);
        Some(out)
    }

    /// Adds the piece whose characters are those from `from` on, where they may stand in the text.
    fn add(&mut self, from: usize, byte: u8, cost: f32, kind: Kind, traces: &Traces<'_>) {
        let first = self.chars.get(from).copied();
        match first.filter(|&first| traces.may_begin(first)) {
            Some(first) => self.pieces.push(Piece {
                first,
                range: from..self.chars.len(),
                byte,
                cost,
                kind,
            }),
            None => self.chars.truncate(from),
        }
    }

    /// The bytes that became spaces, with what it costs that nothing is left of each.
    pub(super) fn spaces(&self) -> Vec<(u8, f32)> {
        let worn = self.pieces.iter().filter(|p| p.kind == Kind::Worn);
        worn.filter(|p| self.chars.get(p.range.clone()) == Some(&[' ']))
            .map(|p| (p.byte, p.cost + wear::ONE_SPACE))
            .collect()
    }

    /// The arcs at a position of a text.
    pub(super) fn at(&self, text: &[char], i: usize, wear: &Wear, out: &mut Bytes) {
        let Some(rest) = text.get(i..) else { return };
        let first = rest.first().copied().unwrap_or_default();
        let first = wear.alike(first);
        let from = self.pieces.partition_point(|p| p.first < first);
        let mut cut = Vec::new();
        let before = out.arcs.len();
        let pieces = self.pieces.get(from..).unwrap_or_default();
        for p in pieces.iter().take_while(|p| p.first == first) {
            let piece = self.chars.get(p.range.clone()).unwrap_or_default();
            let same = piece
                .iter()
                .zip(rest)
                .take_while(|&(&a, &b)| a == wear.alike(b))
                .count();
            if same == piece.len() {
                out.arcs.push(Arc {
                    chars: same as u8,
                    bytes: [p.byte, 0, 0, 0],
                    len: 1,
                    cost: p.cost,
                    kind: p.kind,
                });
            }
            // Of two spaces side by side, or one at the end, nothing is left.
            let bare = piece.len().saturating_sub(1);
            let was_space = p.kind == Kind::Worn && piece.last() == Some(&' ') && bare > 0;
            if was_space && same >= bare && (same > bare || bare == rest.len()) {
                out.arcs.push(Arc {
                    chars: bare as u8,
                    bytes: [p.byte, 0, 0, 0],
                    len: 1,
                    cost: p.cost + wear::ONE_SPACE,
                    kind: p.kind,
                });
            }
            if same < piece.len() && same == rest.len() && p.kind != Kind::Plain {
                cut.push(p.byte);
            }
        }
        // What is there as it is comes first.
        if let Some(arcs) = out.arcs.get_mut(before..) {
            arcs.sort_by(|a, b| a.cost.total_cmp(&b.cost));
            if arcs.len() > 2 {
                // Controls were dropped that told bytes apart.
                for i in 0..arcs.len() {
                    let chars = arcs.get(i).map(|a| a.chars);
                    let alike = |a: &&Arc| Some(a.chars) == chars && a.kind != Kind::Plain;
                    let alike = arcs.iter().filter(alike).count();
                    let arc = arcs.get_mut(i).filter(|a| a.kind != Kind::Plain);
                    if let Some(arc) = arc.filter(|_| alike > 2) {
                        arc.kind = Kind::Control;
                    }
                }
            }
        }
        if !cut.is_empty() && wear.cut {
            out.cut.push((i, cut));
        }
    }
}
