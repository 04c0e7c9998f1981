//! Writes the table file, as `src/model/format.md` describes it.

use crate::count::{BITS, Gram, Tally};
use crate::estimate::{Entry, Level, ln};
use crate::fuse;
use crate::model::fold::{self, FOLDS};
use crate::model::table::{MAGIC, PAGE, PAGED, PAGES, PLANES, VERSION};
use crate::model::walk::{self, CASE_STATES, Kind, SCRIPTS, SPECIALS};
use crate::model::{hash, table};
use crate::unicode;
use std::collections::{BTreeMap, HashMap};

/// Codes of n-grams that are no context; the others are contexts.
const LEAVES: usize = 40;

/// Values of a codebook: Lloyd's algorithm from quantiles, in one dimension.
fn codebook(mut values: Vec<(f64, f64)>, size: usize) -> Vec<f64> {
    values.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    if values.is_empty() {
        return vec![-15.0; size];
    }
    let mut centres: Vec<f64> = (0..size)
        .map(|i| values[(2 * i + 1) * (values.len() - 1) / (2 * size)].0)
        .collect();
    // the ends count too: few values, large errors
    centres[0] = values[values.len() / 2000].0;
    for _ in 0..30 {
        let mut sums = vec![(0.0, 0.0); size];
        let mut k = 0;
        for &(v, w) in &values {
            while k + 1 < size && (centres[k + 1] - v).abs() <= (v - centres[k]).abs() {
                k += 1;
            }
            sums[k].0 += v * w;
            sums[k].1 += w;
        }
        for (c, (sum, weight)) in centres.iter_mut().zip(sums) {
            if weight > 0.0 {
                *c = sum / weight;
            }
        }
        centres.sort_unstable_by(f64::total_cmp);
    }
    centres
}

fn nearest(centres: &[f64], v: f64) -> usize {
    let above = centres.partition_point(|&c| c < v);
    match (above.checked_sub(1), centres.get(above)) {
        (Some(below), Some(c)) if v - centres[below] < c - v => below,
        (Some(below), None) => below,
        _ => above,
    }
}

/// Pairs of a two-dimensional codebook, by Lloyd's algorithm.
struct Pairs(Vec<(f64, f64)>);

impl Pairs {
    fn new(values: &[((f64, f64), f64)], size: usize) -> Pairs {
        let mut sorted: Vec<_> = values.to_vec();
        sorted.sort_unstable_by(|a, b| {
            let key = |v: &((f64, f64), f64)| v.0.0;
            key(a).total_cmp(&key(b)).then(a.0.1.total_cmp(&b.0.1))
        });
        // start: rows of equal size by the first number, each cut by quantiles of the second
        let rows = (size as f64).sqrt().round() as usize;
        let mut centres = vec![];
        for row in 0..rows {
            let part = &mut sorted[row * values.len() / rows..(row + 1) * values.len() / rows];
            part.sort_unstable_by(|a, b| a.0.1.total_cmp(&b.0.1).then(a.0.0.total_cmp(&b.0.0)));
            let columns = size * (row + 1) / rows - size * row / rows;
            for c in 0..columns {
                centres.push(part[(2 * c + 1) * part.len() / (2 * columns)].0);
            }
        }
        let mut pairs = Pairs(centres);
        // All of them: the few contexts that much text goes through must be among them.
        for _ in 0..15 {
            let mut sums = vec![(0.0, 0.0, 0.0); size];
            for &(v, w) in values {
                let s = &mut sums[pairs.nearest(v)];
                *s = (s.0 + v.0 * w, s.1 + v.1 * w, s.2 + w);
            }
            for (c, s) in pairs.0.iter_mut().zip(sums) {
                if s.2 > 0.0 {
                    *c = (s.0 / s.2, s.1 / s.2);
                }
            }
        }
        pairs
    }

    fn nearest(&self, v: (f64, f64)) -> usize {
        let far = |c: &(f64, f64)| {
            let (a, b) = (c.0 - v.0, c.1 - v.1);
            a * a + b * b
        };
        (0..self.0.len())
            .min_by(|&a, &b| far(&self.0[a]).total_cmp(&far(&self.0[b])))
            .unwrap_or(0)
    }

    fn nearest_back_off(&self, v: f64) -> usize {
        (0..self.0.len())
            .min_by(|&a, &b| {
                let far = |i: usize| (self.0[i].1 - v).abs();
                far(a).total_cmp(&far(b))
            })
            .unwrap_or(0)
    }
}

/// The dense part: a byte for every code point.
struct Dense {
    codebook: Vec<f64>,
    page_blocks: Vec<u16>,
    page_scripts: Vec<u8>,
    blocks: Vec<[[u8; 2]; PAGE]>,
    planes: [[u8; 2]; PLANES],
}

fn dense(line: &Level, word: &Level, tally: &Tally, shares: &[f64], contexts: &Pairs) -> Dense {
    let total: f64 = word.orders[0].iter().map(|e| e.count as f64).sum();
    let lp = |c: char| {
        let floor = unicode::floor(c);
        let symbol = unicode::symbol(c);
        let level = match unicode::kind(c) {
            Kind::Mark => line,
            // beside its share of capitals, a capital has a hundredth of its letter
            Kind::Upper => {
                let own = tally.capitals.get(&c).map_or(0.0, |&n| n as f64 / total);
                return ln(own + 0.01 * word.symbol(symbol, floor));
            }
            // unseen by themselves
            _ if unicode::script(c as u32) == walk::HALF_WIDTH => {
                return ln(word.symbol(symbol, floor)) - 7.0;
            }
            _ => word,
        };
        let share = fold::fold_index(c).map_or(0.0, |i| shares[i]);
        ln(level.symbol(symbol, floor)) + share
    };
    let chars: Vec<char> = unicode::paged().chain(['\u{20000}', '\u{E0001}']).collect();
    let lps: Vec<f64> = chars.iter().map(|&c| lp(c)).collect();
    let kinds: Vec<usize> = chars.iter().map(|&c| unicode::kind(c) as usize).collect();
    let mut books = vec![];
    for kind in 0..4 {
        // the floors that many characters share are kept as they are, and the commonest characters
        let mut shared: BTreeMap<u64, (usize, f64)> = BTreeMap::new();
        for (i, v) in lps.iter().enumerate().filter(|(i, _)| kinds[*i] == kind) {
            let characters = if (chars[i] as u32) < PAGED {
                1
            } else {
                0x10000
            };
            shared.entry(v.to_bits()).or_insert((0, *v)).0 += characters;
        }
        let mut values: Vec<(usize, f64)> = shared.into_values().collect();
        values.sort_by(|a, b| b.0.cmp(&a.0).then(b.1.total_cmp(&a.1)));
        let floors = values.iter().take(16).filter(|v| v.0 >= 64).count();
        let mut others = values.split_off(floors);
        others.sort_unstable_by(|a, b| b.1.total_cmp(&a.1));
        values.extend(others.drain(..others.len().min(12)));
        let mut book = codebook(
            others.into_iter().map(|v| (v.1, 1.0)).collect(),
            64 - values.len(),
        );
        book.extend(values.iter().map(|v| v.1));
        book.sort_unstable_by(f64::total_cmp);
        books.push(book);
    }
    let code = |i: usize| (kinds[i] * 64 + nearest(&books[kinds[i]], lps[i])) as u8;
    let mut bytes = vec![[0u8; 2]; PAGED as usize];
    for (i, &c) in chars
        .iter()
        .enumerate()
        .filter(|(_, c)| (**c as u32) < PAGED)
    {
        let level = if unicode::kind(c) == Kind::Mark {
            line
        } else {
            word
        };
        bytes[c as usize] = [code(i), context_code(level, c as u32, contexts)];
    }
    let mut known: HashMap<[[u8; 2]; PAGE], u16> = HashMap::new();
    let mut out = Dense {
        page_blocks: vec![],
        page_scripts: (0..PAGES)
            .map(|p| unicode::script((p * PAGE) as u32))
            .collect(),
        blocks: vec![],
        planes: [[code(chars.len() - 1), 0]; PLANES],
        codebook: vec![],
    };
    for block in bytes.as_chunks::<PAGE>().0 {
        let next = known.len() as u16;
        let id = *known.entry(*block).or_insert(next);
        if id == next {
            out.blocks.push(*block);
        }
        out.page_blocks.push(id);
    }
    for plane in &mut out.planes[..2] {
        *plane = [code(chars.len() - 2), unicode::script(0x20000)];
    }
    out.codebook = books.concat();
    out
}

/// The code of a lone symbol as a context.
fn context_code(level: &Level, symbol: u32, contexts: &Pairs) -> u8 {
    match level.entry(symbol) {
        Some(e) if e.is_context => (LEAVES + contexts.nearest_back_off(ln(e.back_off))) as u8,
        Some(e) if e.ends_kept => table::NO_CONTEXT,
        _ => table::UNKNOWN,
    }
}

fn key(seed: u64, is_line: bool, order: usize, gram: Gram) -> u64 {
    let symbol = |i: u32| ((gram >> (BITS * i)) as u32) & ((1 << BITS) - 1);
    (1..=order as u32).fold(hash::start(seed, symbol(0), is_line), |h, i| {
        hash::extend(h, symbol(i))
    })
}

/// Bytes that the dense part and the heads take, about.
pub const FIXED: usize = 105_000;

/// The file; `None` where its n-grams can't be placed with this seed.
pub fn file(line: &Level, word: &Level, tally: &Tally, about: &str, seed: u64) -> Option<Vec<u8>> {
    // folds: the member's share of its class
    let mut classes = [0.0; SPECIALS];
    for (&(_, class), n) in FOLDS.iter().zip(tally.folds) {
        classes[class as usize] += n + 2.0;
    }
    let shares: Vec<f64> = FOLDS
        .iter()
        .zip(tally.folds)
        .map(|(&(_, class), n)| ln((n + 2.0) / classes[class as usize]))
        .collect();
    let mut specials = vec![-20.0; SPECIALS];
    let mut special_levels = vec![line; SPECIALS];
    for (i, value) in specials.iter_mut().enumerate() {
        let symbol = walk::SPECIAL + i as u32;
        let in_word = (SCRIPTS..2 * SCRIPTS).contains(&i)
            || symbol == walk::class_symbol(fold::APOSTROPHE)
            || symbol == walk::class_symbol(fold::WIDE_LETTER);
        let level = if in_word { word } else { line };
        special_levels[i] = level;
        *value = ln(level.symbol(symbol, if i < SCRIPTS { 0.1 } else { 1.0 }));
    }
    // codes
    let entries: Vec<(bool, usize, &Entry)> = [(true, line), (false, word)]
        .into_iter()
        .flat_map(|(is_line, level)| level.kept().map(move |(i, e)| (is_line, i, e)))
        .collect();
    let weight = |e: &Entry| (e.count as f64).sqrt();
    let leaves = codebook(
        entries
            .iter()
            .filter(|(_, _, e)| !e.is_context)
            .map(|(_, _, e)| (ln(e.p), weight(e)))
            .collect(),
        LEAVES,
    );
    let contexts: Vec<_> = entries
        .iter()
        .filter(|(_, _, e)| e.is_context)
        .map(|(_, _, e)| ((ln(e.p), ln(e.back_off)), weight(e)))
        .collect();
    let contexts = Pairs::new(&contexts, 256 - LEAVES);
    let dense = dense(line, word, tally, &shares, &contexts);
    let code = |e: &Entry| match e.is_context {
        true => LEAVES + contexts.nearest((ln(e.p), ln(e.back_off))),
        false => nearest(&leaves, ln(e.p)),
    };
    let codes: Vec<u8> = entries.iter().map(|(_, _, e)| code(e) as u8).collect();
    let keys: Vec<(u64, u8)> = entries
        .iter()
        .zip(&codes)
        .map(|(&(is_line, i, e), &code)| (key(seed, is_line, i, e.gram), code))
        .collect();
    let fuse = fuse::build(&keys)?;
    // cases: a few letters of each kind beside the counted ones
    let cases = tally.cases.map(|[lower, upper]| {
        let total = lower + upper + 40.0;
        [ln((lower + 20.0) / total), ln((upper + 20.0) / total)]
    });
    // of a character: words in lines and ends of words are none
    let characters = |level: &Level| {
        let counts = level.orders[0].iter().filter(|e| {
            let symbol = e.gram as u32;
            !(walk::SPECIAL..walk::class_symbol(0)).contains(&symbol)
        });
        counts.map(|e| e.count as f64).sum::<f64>()
    };
    let all = |level: &Level| level.orders[0].iter().map(|e| e.count as f64).sum::<f64>();
    let chars = characters(line) + characters(word);
    let marginals: Vec<f64> = dense
        .codebook
        .iter()
        .enumerate()
        .map(|(code, lp)| lp + ln(all(if code < 64 { line } else { word }) / chars))
        .collect();

    let mut out = vec![];
    let u32s = |out: &mut Vec<u8>, n: usize| out.extend((n as u32).to_le_bytes());
    let f32s = |out: &mut Vec<u8>, values: &[f64]| {
        values
            .iter()
            .for_each(|&v| out.extend((v as f32).to_le_bytes()));
    };
    out.extend(MAGIC);
    u32s(&mut out, VERSION as usize);
    u32s(&mut out, about.len());
    out.extend(about.as_bytes());
    u32s(&mut out, LEAVES);
    u32s(&mut out, fuse.segment_bits as usize);
    u32s(&mut out, fuse.segments as usize);
    u32s(&mut out, dense.blocks.len());
    out.extend(seed.to_le_bytes());
    f32s(&mut out, &dense.codebook);
    f32s(&mut out, &leaves);
    f32s(
        &mut out,
        &contexts.0.iter().map(|c| c.0).collect::<Vec<_>>(),
    );
    f32s(&mut out, &[0.0; LEAVES]);
    f32s(
        &mut out,
        &contexts.0.iter().map(|c| c.1).collect::<Vec<_>>(),
    );
    f32s(&mut out, &specials);
    f32s(&mut out, &shares);
    for pair in cases {
        f32s(&mut out, &pair);
    }
    f32s(&mut out, &marginals);
    out.extend(
        special_levels
            .iter()
            .enumerate()
            .map(|(i, level)| context_code(level, walk::SPECIAL + i as u32, &contexts)),
    );
    out.extend(dense.planes.as_flattened());
    out.extend(&dense.page_scripts);
    dense
        .page_blocks
        .iter()
        .for_each(|b| out.extend(b.to_le_bytes()));
    out.extend(dense.blocks.as_flattened().as_flattened());
    fuse.slots.iter().for_each(|s| out.extend(s.to_le_bytes()));
    debug_assert_eq!(cases.len(), CASE_STATES);
    debug_assert!(table::Table::parse(out.clone().leak()).is_some());
    Some(out)
}
