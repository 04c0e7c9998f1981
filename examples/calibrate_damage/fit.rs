//! Logistic regression, by Newton's method.

use std::fmt::Write as _;

/// What is known of a result.
pub struct Example {
    pub x: Vec<f64>,
    pub right: bool,
    pub weight: f64,
}

/// The log-odds of being right: `start` and the sum of what is known, weighed.
pub struct Fit {
    pub start: f64,
    pub weights: Vec<f64>,
}

/// Draws each weight towards nothing, so that few cases move little; facts count in their own spread.
const RIDGE: f64 = 2.0;
const STEPS: usize = 30;

impl Fit {
    pub fn new(examples: &[Example]) -> Fit {
        let all: Vec<&Example> = examples.iter().collect();
        Fit::of(&all)
    }

    fn of(examples: &[&Example]) -> Fit {
        let facts = examples.first().map_or(0, |e| e.x.len());
        let n = examples.len().max(1) as f64;
        let mean: Vec<f64> = (0..facts)
            .map(|i| examples.iter().map(|e| e.x[i]).sum::<f64>() / n)
            .collect();
        let spread: Vec<f64> = (0..facts)
            .map(|i| {
                let squares = examples.iter().map(|e| (e.x[i] - mean[i]).powi(2));
                (squares.sum::<f64>() / n).sqrt().max(1e-9)
            })
            .collect();
        // The last one is the start.
        let row = |e: &Example| -> Vec<f64> {
            let scaled = (0..facts).map(|i| (e.x[i] - mean[i]) / spread[i]);
            scaled.chain([1.0]).collect()
        };
        let rows: Vec<Vec<f64>> = examples.iter().map(|e| row(e)).collect();
        let mut weights = vec![0.0; facts + 1];
        for _ in 0..STEPS {
            let mut slope = vec![0.0; facts + 1];
            let mut curve = vec![vec![0.0; facts + 1]; facts + 1];
            for (e, row) in examples.iter().zip(&rows) {
                let p = probability(dot(row, &weights));
                let (error, bend) = (f64::from(u8::from(e.right)) - p, p * (1.0 - p));
                for i in 0..=facts {
                    slope[i] += e.weight * error * row[i];
                    for j in 0..=facts {
                        curve[i][j] += e.weight * bend * row[i] * row[j];
                    }
                }
            }
            for i in 0..facts {
                slope[i] -= RIDGE * weights[i];
                curve[i][i] += RIDGE;
            }
            for (weight, step) in weights.iter_mut().zip(solve(curve, slope)) {
                *weight += step;
            }
        }
        let start = weights.pop().unwrap_or(0.0);
        let weights: Vec<f64> = weights.iter().zip(&spread).map(|(w, s)| w / s).collect();
        Fit {
            start: start - dot(&weights, &mean),
            weights,
        }
    }

    fn probability(&self, e: &Example) -> f64 {
        probability(self.start + dot(&self.weights, &e.x))
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn probability(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}

/// Gauss's elimination, the largest pivot first.
fn solve(mut a: Vec<Vec<f64>>, mut b: Vec<f64>) -> Vec<f64> {
    let n = b.len();
    for i in 0..n {
        let pivot = (i..n).max_by(|&x, &y| a[x][i].abs().total_cmp(&a[y][i].abs()));
        let pivot = pivot.unwrap_or(i);
        a.swap(i, pivot);
        b.swap(i, pivot);
        if a[i][i].abs() < 1e-12 {
            continue;
        }
        for k in i + 1..n {
            let factor = a[k][i] / a[i][i];
            let above = a[i].clone();
            for (x, y) in a[k].iter_mut().zip(above).skip(i) {
                *x -= factor * y;
            }
            b[k] -= factor * b[i];
        }
    }
    for i in (0..n).rev() {
        let known: f64 = (i + 1..n).map(|j| a[i][j] * b[j]).sum();
        b[i] = if a[i][i].abs() < 1e-12 {
            0.0
        } else {
            (b[i] - known) / a[i][i]
        };
    }
    b
}

/// How a fit does on cases that it did not see, in five parts.
pub fn cross_validate(examples: &[Example]) -> String {
    const PARTS: usize = 5;
    let mut judged: Vec<(f64, bool)> = Vec::new();
    for part in 0..PARTS {
        let seen = |i: usize| i % PARTS != part;
        let fitted: Vec<&Example> = examples
            .iter()
            .enumerate()
            .filter(|(i, _)| seen(*i))
            .map(|(_, e)| e)
            .collect();
        let fit = Fit::of(&fitted);
        let rest = examples.iter().enumerate().filter(|(i, _)| !seen(*i));
        judged.extend(rest.map(|(_, e)| (fit.probability(e), e.right)));
    }
    let mut out = String::from("| threshold | better, made | no better, made |\n|---|---|---|\n");
    for threshold in [0.3, 0.4, 0.5, 0.55, 0.6, 0.7, 0.8, 0.9] {
        let count = |right: bool, least: f64| {
            let is = |j: &&(f64, bool)| j.1 == right && j.0 >= least;
            judged.iter().filter(is).count()
        };
        let _ = writeln!(
            out,
            "| {threshold} | {} of {} | {} of {} |",
            count(true, threshold),
            count(true, 0.0),
            count(false, threshold),
            count(false, 0.0)
        );
    }
    out
}
