//! A read-only view of the table file; `format.md` says what stands where.

use super::fold::FOLDS;
use super::hash;
use super::walk::{
    CASE_STATES, Kind, LINE_CONTEXT, NONE, SPECIAL, SPECIALS, Script, Sink, WORD_CONTEXT, Walk,
    Window,
};

/// First bytes of the file.
pub(crate) const MAGIC: [u8; 8] = *b"unbake-m";
/// Version of the format.
pub(crate) const VERSION: u32 = 1;
/// Code points in a page.
pub(crate) const PAGE: usize = 32;
/// Code points below have pages, those above one code for each plane.
pub(crate) const PAGED: u32 = 0x2_0000;
/// Pages.
pub(crate) const PAGES: usize = PAGED as usize / PAGE;
/// Planes without pages.
pub(crate) const PLANES: usize = 15;

/// How far rounding and smoothing may take ln p of a pair above what its symbols allow.
pub(crate) const SLACK: f32 = 1.5;

/// Context code of a symbol that ends no n-gram of the table: none needs to be sought.
pub(crate) const UNKNOWN: u8 = 0;
/// Context code of a symbol that ends some but is no context.
#[allow(dead_code, reason = "the trainer writes it")]
pub(crate) const NO_CONTEXT: u8 = 1;

/// Log probabilities in a few hundred steps, the unigrams of all code points and the n-grams.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Table {
    /// What the table was made from, and how well it fits.
    pub about: &'static [u8],
    /// First code that is a context of longer n-grams.
    first_context: u32,
    segment_bits: u32,
    first_slots: u32,
    seed: u64,
    /// ln p of a code point's code, in the words or in the lines.
    unigrams: [f32; 256],
    /// ln p of an n-gram's code.
    log_probs: [f32; 256],
    /// ln of the back-off weight of an n-gram's code.
    back_offs: [f32; 256],
    /// ln p of the special symbols.
    specials: [f32; SPECIALS],
    /// ln p of the members of folds, given their class.
    shares: [f32; FOLDS.len()],
    /// ln p of lower, upper in each state of case.
    cases: [[f32; 2]; CASE_STATES],
    /// ln p of a code point's code, in all text.
    marginals: [f32; 256],
    /// The special symbols' codes as contexts.
    special_contexts: [u8; SPECIALS],
    planes: [[u8; 2]; PLANES],
    page_scripts: &'static [u8],
    page_blocks: &'static [[u8; 2]],
    blocks: &'static [[[u8; 2]; PAGE]],
    slots: &'static [[u8; 2]],
}

/// Reads little-endian fields one after another; short input reads as zeros and is not complete.
struct Reader {
    rest: &'static [u8],
    complete: bool,
}

impl Reader {
    const fn array<const N: usize>(&mut self) -> [u8; N] {
        match self.rest.split_first_chunk::<N>() {
            Some((head, tail)) => {
                self.rest = tail;
                *head
            }
            None => {
                self.complete = false;
                [0; N]
            }
        }
    }

    const fn u32(&mut self) -> u32 {
        u32::from_le_bytes(self.array())
    }

    const fn f32s<const N: usize>(&mut self) -> [f32; N] {
        let mut out = [0.0; N];
        let mut left: &mut [f32] = &mut out;
        while let Some((first, others)) = left.split_first_mut() {
            *first = f32::from_le_bytes(self.array());
            left = others;
        }
        out
    }

    const fn slice(&mut self, length: usize) -> &'static [u8] {
        match self.rest.split_at_checked(length) {
            Some((head, tail)) => {
                self.rest = tail;
                head
            }
            None => {
                self.complete = false;
                &[]
            }
        }
    }
}

impl Table {
    /// The table in a file's bytes; `None` if they are not such a file, whole.
    pub(crate) const fn parse(bytes: &'static [u8]) -> Option<Table> {
        let mut r = Reader {
            rest: bytes,
            complete: true,
        };
        let magic = u64::from_le_bytes(r.array()) == u64::from_le_bytes(MAGIC);
        let version = r.u32() == VERSION;
        let about = r.u32() as usize;
        let about = r.slice(about);
        let first_context = r.u32();
        let segment_bits = r.u32();
        let segments = r.u32();
        let blocks = r.u32() as usize;
        let seed = u64::from_le_bytes(r.array());
        let unigrams = r.f32s();
        let log_probs = r.f32s();
        let back_offs = r.f32s();
        let specials = r.f32s();
        let shares = r.f32s();
        let [a, b, c, d, e, f] = [r.f32s(), r.f32s(), r.f32s(), r.f32s(), r.f32s(), r.f32s()];
        let marginals = r.f32s();
        let special_contexts = r.array();
        let mut planes = [[0; 2]; PLANES];
        let mut left: &mut [[u8; 2]] = &mut planes;
        while let Some((first, others)) = left.split_first_mut() {
            *first = r.array();
            left = others;
        }
        let page_scripts = r.slice(PAGES);
        let page_blocks = r.slice(PAGES * 2).as_chunks().0;
        let blocks = r.slice(blocks * PAGE * 2).as_chunks().0.as_chunks().0;
        if !magic || !version || segment_bits > 16 || segments > 1 << 16 {
            return None;
        }
        let slots = r.slice((segments as usize + 3) << (segment_bits + 1));
        if !r.complete || !r.rest.is_empty() {
            return None;
        }
        Some(Table {
            about,
            first_context,
            segment_bits,
            first_slots: segments << segment_bits,
            seed,
            unigrams,
            log_probs,
            back_offs,
            specials,
            shares,
            cases: [a, b, c, d, e, f],
            marginals,
            special_contexts,
            planes,
            page_scripts,
            page_blocks,
            blocks,
            slots: slots.as_chunks().0,
        })
    }

    /// A table that holds nothing: every character is as likely as any other.
    pub(crate) const EMPTY: Table = Table {
        about: &[],
        first_context: u32::MAX,
        segment_bits: 0,
        first_slots: 0,
        seed: 0,
        unigrams: [-12.0; 256],
        log_probs: [-12.0; 256],
        back_offs: [0.0; 256],
        specials: [-12.0; SPECIALS],
        shares: [0.0; FOLDS.len()],
        cases: [[0.0; 2]; CASE_STATES],
        marginals: [-12.0; 256],
        special_contexts: [0; SPECIALS],
        planes: [[0; 2]; PLANES],
        page_scripts: &[],
        page_blocks: &[],
        blocks: &[],
        slots: &[],
    };

    /// The unigram code of a code point, its kind in the two high bits, and the code that it has
    /// as a context.
    #[inline]
    fn code(&self, c: u32) -> [u8; 2] {
        if c < PAGED {
            self.page_blocks
                .get(c as usize / PAGE)
                .and_then(|&block| self.blocks.get(u16::from_le_bytes(block) as usize))
                .and_then(|block| block.get(c as usize % PAGE))
                .copied()
                .unwrap_or_default()
        } else {
            let plane = (c >> 16).saturating_sub(2) as usize;
            self.planes
                .get(plane)
                .map_or([0, 0], |&[code, _]| [code, 0])
        }
    }

    fn script(&self, c: u32) -> Script {
        if c < PAGED {
            self.page_scripts
                .get(c as usize / PAGE)
                .copied()
                .unwrap_or(0)
        } else {
            let plane = (c >> 16).saturating_sub(2) as usize;
            self.planes.get(plane).map_or(0, |&[_, script]| script)
        }
    }

    /// ln p of a character whatever stands before it.
    #[inline]
    pub(crate) fn unigram(&self, c: char) -> f32 {
        let [code, _] = self.code(c as u32);
        at(&self.marginals, code)
    }

    /// ln p of a symbol on its level, and its code as a context.
    #[inline]
    fn base(&self, symbol: u32) -> (f32, u8) {
        match symbol.checked_sub(SPECIAL) {
            Some(i) => {
                let i = i as usize;
                let lp = self.specials.get(i).copied().unwrap_or(-20.0);
                (lp, self.special_contexts.get(i).copied().unwrap_or(0))
            }
            None => {
                let [code, context] = self.code(symbol);
                (at(&self.unigrams, code), context)
            }
        }
    }

    /// The code of an n-gram that the table holds (or, once in 256 times, of one that it does not).
    #[inline]
    fn find(&self, key: u64) -> Option<u8> {
        let ([a, b, c, d], mark) = hash::slots(key, self.segment_bits, self.first_slots);
        let slot = |i| u16::from_le_bytes(self.slots.get(i).copied().unwrap_or_default());
        let [code, found] = (slot(a) ^ slot(b) ^ slot(c) ^ slot(d)).to_le_bytes();
        (found == mark).then_some(code)
    }

    /// ln p of a symbol after a window, and the codes of the contexts that end with it.
    #[inline]
    fn predict<const N: usize>(
        &self,
        window: &Window<N>,
        symbol: u32,
        line: bool,
    ) -> (f32, [u8; N]) {
        let (mut lp, context) = self.base(symbol);
        let mut codes = [0; N];
        let mut key = hash::start(self.seed, symbol, line);
        // contexts are closed under taking off their oldest symbol, n-grams too
        let mut known = context != UNKNOWN;
        let mut next = codes.iter_mut();
        if let Some(code) = next.next() {
            *code = context;
        }
        // p(a, b) is at most p(b): what breaks this is a false hit
        let mut bound = match window.symbols.first() {
            Some(&newest) => lp - self.base(newest).0 + SLACK,
            None => 0.0,
        };
        for (&older, &context) in window.symbols.iter().zip(&window.codes) {
            if u32::from(context) < self.first_context || older == NONE {
                break;
            }
            if known {
                key = hash::extend(key, older);
                let found = self.find(key);
                if let Some(found) = found.filter(|&f| at(&self.log_probs, f) <= bound) {
                    bound = 0.0;
                    lp = at(&self.log_probs, found);
                    if let Some(code) = next.next() {
                        *code = found;
                    }
                    continue;
                }
                known = false;
            }
            lp += at(&self.back_offs, context);
        }
        (lp, codes)
    }

    /// The code of the context of one symbol.
    #[inline]
    fn lone<const N: usize>(&self, symbol: u32) -> [u8; N] {
        let mut codes = [0; N];
        if let Some(code) = codes.first_mut() {
            *code = self.base(symbol).1;
        }
        codes
    }

    /// The state after `before`, in no word.
    pub(crate) fn after(&self, before: char) -> Walk {
        Walk::after(before, self.lone(before as u32))
    }

    /// ln p of a character in a state, and the state after it.
    #[inline]
    pub(crate) fn next(&self, mut walk: Walk, c: char) -> (f32, Walk) {
        let mut score = Score {
            table: self,
            sum: 0.0,
        };
        walk.step(c, &mut score);
        (score.sum, walk)
    }

    /// ln p of a text that stands between spaces.
    pub(crate) fn log_prob(&self, text: &str) -> f32 {
        let mut walk = self.after(' ');
        let mut score = Score {
            table: self,
            sum: 0.0,
        };
        for c in text.chars() {
            walk.step(c, &mut score);
        }
        walk.step(' ', &mut score);
        score.sum
    }
}

/// A value for every code.
#[inline]
fn at(values: &[f32; 256], code: u8) -> f32 {
    values.get(usize::from(code)).copied().unwrap_or_default()
}

/// Adds up ln p of events.
struct Score<'t> {
    table: &'t Table,
    sum: f32,
}

impl Sink for Score<'_> {
    #[inline]
    fn class(&self, c: char) -> (Kind, Script) {
        let [code, _] = self.table.code(c as u32);
        let kind = match code >> 6 {
            0 => return (Kind::Mark, 0),
            1 => Kind::Letter,
            2 => Kind::Lower,
            _ => Kind::Upper,
        };
        (kind, self.table.script(c as u32))
    }

    #[inline]
    fn word(&mut self, context: &Window<WORD_CONTEXT>, symbol: u32) -> [u8; WORD_CONTEXT] {
        let (lp, codes) = self.table.predict(context, symbol, false);
        self.sum += lp;
        codes
    }

    #[inline]
    fn line(&mut self, context: &Window<LINE_CONTEXT>, symbol: u32) -> [u8; LINE_CONTEXT] {
        let (lp, codes) = self.table.predict(context, symbol, true);
        self.sum += lp;
        codes
    }

    fn lone(&self, symbol: u32) -> [u8; WORD_CONTEXT] {
        self.table.lone(symbol)
    }

    #[inline]
    fn case(&mut self, state: u8, upper: bool) {
        if let Some(&[lower, capital]) = self.table.cases.get(usize::from(state)) {
            self.sum += if upper { capital } else { lower };
        }
    }

    fn fold(&mut self, index: usize) {
        self.sum += self.table.shares.get(index).copied().unwrap_or_default();
    }

    fn full_width(&mut self) {
        // 52 letters; the trainer gives the class its probability
        self.sum -= 3.95;
    }
}
