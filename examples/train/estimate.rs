//! From counts to a pruned back-off model: Witten-Bell smoothing, then entropy pruning.

use crate::count::{BITS, Counts, Gram, UNIT};
use std::collections::{HashMap, HashSet};

/// ln, the same on every machine: the standard library's depends on the C library.
pub fn ln(x: f64) -> f64 {
    let bits = x.to_bits();
    let mut exponent = ((bits >> 52) & 0x7FF) as i64 - 1023;
    let mut m = f64::from_bits((bits & 0xF_FFFF_FFFF_FFFF) | 0x3FF0_0000_0000_0000);
    if m > std::f64::consts::SQRT_2 {
        m /= 2.0;
        exponent += 1;
    }
    let s = (m - 1.0) / (m + 1.0);
    let square = s * s;
    let mut sum = 0.0;
    let mut power = s;
    for odd in (1..30).step_by(2) {
        sum += power / f64::from(odd);
        power *= square;
    }
    2.0 * sum + exponent as f64 * std::f64::consts::LN_2
}

/// An n-gram with what is known of it.
#[derive(Clone, Copy)]
pub struct Entry {
    pub gram: Gram,
    pub count: u64,
    /// p of the newest symbol after the others, in the full model.
    pub p: f64,
    /// Place of the context among the n-grams one shorter.
    context: u32,
    /// Place of the n-gram without its oldest symbol.
    suffix: u32,
    /// What it would cost to drop it, and all that need it.
    worth: f64,
    kept: bool,
    /// p left to the symbols without a longer n-gram, over what their shorter ones have.
    pub back_off: f64,
    /// Whether longer n-grams have it as their context.
    pub is_context: bool,
    /// Whether longer n-grams end with it.
    pub ends_kept: bool,
}

/// One level's n-grams by order, each sorted.
pub struct Level {
    pub orders: Vec<Vec<Entry>>,
    /// What a symbol has that no text had, for each unit of its floor.
    pub unseen: f64,
}

/// Constants of the smoothing.
#[derive(Clone, Debug)]
pub struct Smoothing {
    /// Weight of the unigrams' floor, in characters for each symbol.
    pub floor: f64,
    /// For each order from 2: how many characters each distinct symbol after a context gives
    /// to the shorter context.
    pub types: Vec<f64>,
    /// Power of the count in the worth of an n-gram.
    pub power: f64,
}

fn place(entries: &[Entry], gram: Gram) -> u32 {
    // every n-gram's context and suffix was counted with it, or is a start
    entries
        .binary_search_by_key(&gram, |e| e.gram)
        .map_or(u32::MAX, |i| i as u32)
}

impl Level {
    /// The full model. `floors` are the symbols that may be and their floors; `given` are
    /// n-grams to keep in any case, with their order less one, seen or not.
    pub fn new(
        counts: Counts,
        floors: &HashMap<u32, f64>,
        given: &[(usize, Gram)],
        s: &Smoothing,
    ) -> Level {
        let mut orders: Vec<Vec<Entry>> = vec![];
        let mut unseen = 0.0;
        for (i, mut grams) in counts.into_iter().enumerate() {
            let given: HashSet<Gram> = given.iter().filter(|g| g.0 == i).map(|g| g.1).collect();
            let seen: HashSet<Gram> = grams
                .iter()
                .map(|g| g.0)
                .filter(|g| given.contains(g))
                .collect();
            grams.extend(given.difference(&seen).map(|&g| (g, 0)));
            grams.sort_unstable();
            let mut entries: Vec<Entry> = grams
                .into_iter()
                .map(|(gram, count)| Entry {
                    gram,
                    count,
                    p: 0.0,
                    context: u32::MAX,
                    suffix: u32::MAX,
                    worth: 0.0,
                    kept: false,
                    back_off: 1.0,
                    is_context: false,
                    ends_kept: false,
                })
                .collect();
            if i == 0 {
                let total: f64 = entries.iter().map(|e| e.count as f64 / UNIT).sum();
                let given = s.floor * entries.len() as f64;
                let mut keys: Vec<_> = floors.iter().collect();
                keys.sort_unstable_by_key(|k| k.0);
                let sum: f64 = keys.iter().map(|k| k.1).sum();
                unseen = given / sum / (total + given);
                for e in &mut entries {
                    let floor = floors.get(&(e.gram as u32)).copied().unwrap_or(0.1);
                    e.p = e.count as f64 / UNIT / (total + given) + floor * unseen;
                }
            } else {
                let shorter = &orders[i - 1];
                let mask = (1 << (BITS * i as u32)) - 1;
                let weight = s.types[i - 1];
                let mut from = 0;
                while from < entries.len() {
                    let context = entries[from].gram >> BITS;
                    let to = from
                        + entries[from..]
                            .iter()
                            .take_while(|e| e.gram >> BITS == context)
                            .count();
                    let group = &mut entries[from..to];
                    let context = place(shorter, context);
                    let counted: f64 = group.iter().map(|e| e.count as f64 / UNIT).sum();
                    let types = group.iter().filter(|e| e.count > 0).count();
                    let backing = weight * types.max(1) as f64;
                    for e in group {
                        e.context = context;
                        e.suffix = place(shorter, e.gram & mask);
                        let lower = shorter[e.suffix as usize].p;
                        let count = e.count as f64 / UNIT;
                        e.p = (count + backing * lower) / (counted + backing);
                        let backed = backing / (counted + backing) * lower;
                        let weight = if s.power == 1.0 {
                            count
                        } else {
                            count.powf(s.power)
                        };
                        e.worth = weight * (ln(e.p) - ln(backed)).abs();
                        if given.contains(&e.gram) {
                            e.worth = f64::INFINITY;
                        }
                    }
                    from = to;
                }
            }
            orders.push(entries);
        }
        let mut level = Level { orders, unseen };
        level.pass_worth();
        level
    }

    /// What a kept n-gram needs is worth as much as it: its context and its suffix.
    fn pass_worth(&mut self) {
        for i in (1..self.orders.len()).rev() {
            let (shorter, longer) = self.orders.split_at_mut(i);
            let shorter = &mut shorter[i - 1];
            for e in &longer[0] {
                for need in [e.context, e.suffix] {
                    if let Some(needed) = shorter.get_mut(need as usize) {
                        needed.worth = needed.worth.max(e.worth);
                    }
                }
            }
        }
    }

    /// The worth of all n-grams that may be pruned.
    pub fn worths(&self) -> impl Iterator<Item = f64> + '_ {
        self.orders[1..].iter().flatten().map(|e| e.worth)
    }

    /// Drops the n-grams worth less, and sets the back-off weights.
    pub fn prune(&mut self, least: f64) {
        for entries in &mut self.orders[1..] {
            for e in entries {
                e.kept = e.worth >= least;
            }
        }
        for e in self.orders.iter_mut().flatten() {
            (e.is_context, e.ends_kept, e.back_off) = (false, false, 1.0);
        }
        for i in 1..self.orders.len() {
            let (shorter, longer) = self.orders.split_at_mut(i);
            let shorter = &mut shorter[i - 1];
            let mut sums: HashMap<u32, (f64, f64)> = HashMap::new();
            for e in longer[0].iter().filter(|e| e.kept) {
                let sum = sums.entry(e.context).or_default();
                sum.0 += e.p;
                sum.1 += shorter[e.suffix as usize].p;
                shorter[e.suffix as usize].ends_kept = true;
            }
            for (context, (own, lower)) in sums {
                let context = &mut shorter[context as usize];
                context.is_context = true;
                context.back_off = ((1.0 - own) / (1.0 - lower).max(1e-9)).clamp(1e-6, 1.0);
            }
        }
    }

    /// The n-grams to write, each with its order less one: those kept but for the lone symbols.
    pub fn kept(&self) -> impl Iterator<Item = (usize, &Entry)> {
        self.orders
            .iter()
            .enumerate()
            .skip(1)
            .flat_map(|(i, entries)| entries.iter().map(move |e| (i, e)))
            .filter(|(_, e)| e.kept)
    }

    /// What is known of a lone symbol.
    pub fn entry(&self, symbol: u32) -> Option<&Entry> {
        let entries = &self.orders[0];
        let i = entries
            .binary_search_by_key(&Gram::from(symbol), |e| e.gram)
            .ok()?;
        entries.get(i)
    }

    /// p of a lone symbol.
    pub fn symbol(&self, symbol: u32, floor: f64) -> f64 {
        self.entry(symbol).map_or(floor * self.unseen, |e| e.p)
    }
}
