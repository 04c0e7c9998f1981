//! How good a table is: bits a character, and how often it prefers the true text.

use crate::corpus::Language;
use crate::model::table::Table;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Nats a character on the tuning lines, the mean over languages.
pub fn cross_entropy(table: &Table, languages: &[Language]) -> f64 {
    let mut sum = 0.0;
    let mut n = 0.0;
    for language in languages.iter().filter(|l| !l.tune.is_empty()) {
        let mut nats = 0.0;
        let mut chars = 0.0;
        for line in &language.tune {
            let mut walk = table.after('\n');
            for c in line.chars().chain(['\n']) {
                let (lp, next) = table.next(walk, c);
                nats -= f64::from(lp);
                chars += 1.0;
                walk = next;
            }
        }
        sum += nats / chars;
        n += 1.0;
    }
    sum / n
}

/// What the probabilities of all characters sum to, the mean over places in training lines: with
/// false hits it is above one.
pub fn excess(table: &Table, languages: &[Language]) -> f64 {
    let text = || {
        languages
            .iter()
            .flat_map(|l| l.sentences.iter().chain(&l.tune))
    };
    let seen: BTreeSet<char> = text().flat_map(|line| line.chars()).collect();
    let mut histories = vec![];
    for (i, line) in text().step_by(31).enumerate() {
        // a place somewhere in the line, nearer to its start than not
        let place = i % 5 * line.chars().count() / 11;
        let walk = table.after(if i % 2 == 0 { '\n' } else { ' ' });
        histories.push(
            line.chars()
                .take(place)
                .fold(walk, |h, c| table.next(h, c).1),
        );
    }
    let sum: f64 = histories
        .iter()
        .flat_map(|&h| {
            seen.iter()
                .map(move |&c| f64::from(table.next(h, c).0).exp())
        })
        .sum();
    sum / histories.len() as f64
}

/// Cases won, by kind of case.
#[derive(Default)]
pub struct Wins {
    cells: BTreeMap<String, (f64, f64)>,
    /// Cases and the sum of -ln of the truth's share of all the readings' probability: finer
    /// than wins. A case counts for 10 at most: some truths are themselves mojibake.
    losses: (f64, f64),
}

impl Wins {
    fn add(&mut self, cell: String, won: bool) {
        let c = self.cells.entry(cell).or_default();
        c.0 += 1.0;
        c.1 += f64::from(u8::from(won));
    }

    /// Percent of one cell.
    pub fn percent(&self, cell: &str) -> f64 {
        self.cells.get(cell).map_or(0.0, |c| 100.0 * c.1 / c.0)
    }

    /// Mean loss of a case, in nats.
    pub fn loss(&self) -> f64 {
        self.losses.1 / self.losses.0
    }

    /// All cells.
    pub fn report(&self) -> String {
        let mut out = String::new();
        for (cell, (n, won)) in &self.cells {
            let _ = writeln!(out, "{cell}: {:.2} % of {n}", 100.0 * won / n);
        }
        out
    }
}

/// Plays the cases that `rivals.py` wrote: the truth wins where no rival scores as high, the
/// observed text as it is, others less what their conversion costs.
pub fn discriminate(table: &Table, cases: &str, failures: &mut String) -> Wins {
    let mut wins = Wins::default();
    for line in cases.lines() {
        let mut fields = line.split('\t');
        let mut field = || fields.next().unwrap_or_default();
        let (language, channel, length) = (field(), field(), field());
        let (truth, observed) = (field(), field());
        let mut best = (f64::from(table.log_prob(observed)), observed);
        let mut own = if truth == observed {
            Some(best.0)
        } else {
            None
        };
        let start = best.0;
        let mut scores = vec![start];
        for rival in fields {
            let Some((cost, text)) = rival.split_once(' ') else {
                continue;
            };
            let score = f64::from(table.log_prob(text)) - cost.parse::<f64>().unwrap_or(9.0);
            scores.push(score);
            if text == truth {
                own = Some(score);
            }
            if score > best.0 {
                best = (score, text);
            }
        }
        let Some(own) = own else { continue };
        let won = best.1 == truth;
        let sum: f64 = scores.iter().map(|s| (s - best.0).exp()).sum();
        wins.losses.0 += 1.0;
        wins.losses.1 += (best.0 + sum.ln() - own).min(10.0);
        if !won {
            let _ = writeln!(
                failures,
                "{language}\t{channel}\t{length}\t{truth}\t{own:.1}\t{}\t{:.1}\t{observed}\t{start:.1}",
                best.1, best.0
            );
        }
        let kind = match channel {
            "clean" => "clean",
            c if c.starts_with("utf-8") => "utf-8",
            _ => "legacy",
        };
        wins.add(format!("{kind} {length}"), won);
        wins.add(kind.to_string(), won);
        if kind != "clean" {
            wins.add(format!("mangled {length}"), won);
            wins.add("mangled".into(), won);
            wins.add(format!("language {language}"), won);
        }
    }
    wins
}
