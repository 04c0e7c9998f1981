//! Gradient boosting of small regression trees for a probability (logistic loss).

use crate::random::Random;

/// Questions in a row of each tree.
pub const DEPTH: usize = 5;
pub const NODES: usize = (1 << DEPTH) - 1;
pub const LEAVES: usize = 1 << DEPTH;

pub const TREES: usize = 520;
const LEARNING_RATE: f64 = 0.04;
/// Each tree may ask of this share of the features.
const FEATURES: f64 = 0.5;
/// Added to the weight of each leaf, so that few cases move little.
const RIDGE: f64 = 3.0;
/// The least number of cases on either side of a question.
const LEAST: usize = 20;

pub struct Tree {
    /// Feature and threshold of each question, breadth first: to the right where the value is over.
    pub questions: [(u8, f32); NODES],
    pub leaves: [f32; LEAVES],
}

pub struct Example {
    pub x: Vec<f32>,
    pub right: bool,
    pub weight: f64,
}

pub struct Forest {
    pub start: f32,
    pub trees: Vec<Tree>,
}

impl Forest {
    pub fn log_odds(&self, x: &[f32]) -> f64 {
        f64::from(self.start)
            + self
                .trees
                .iter()
                .map(|t| f64::from(t.leaves[t.leaf(x)]))
                .sum::<f64>()
    }
}

impl Tree {
    fn leaf(&self, x: &[f32]) -> usize {
        let mut node = 0;
        while node < NODES {
            let (feature, threshold) = self.questions[node];
            node = 2 * node + 1 + usize::from(x[usize::from(feature)] > threshold);
        }
        node - NODES
    }
}

/// `rising` says of which features more can only speak for a proposal.
pub fn fit(examples: &[&Example], rising: &[bool]) -> Forest {
    let features = examples.first().map_or(0, |e| e.x.len());
    // Each feature's examples in order, once for all trees.
    let order: Vec<Vec<u32>> = (0..features)
        .map(|f| {
            let mut order: Vec<u32> = (0..examples.len() as u32).collect();
            order.sort_by(|&a, &b| {
                examples[a as usize].x[f]
                    .total_cmp(&examples[b as usize].x[f])
                    .then(a.cmp(&b))
            });
            order
        })
        .collect();
    let total: f64 = examples.iter().map(|e| e.weight).sum();
    let right: f64 = examples.iter().filter(|e| e.right).map(|e| e.weight).sum();
    let start = (right / (total - right)).ln() as f32;
    let mut forest = Forest {
        start,
        trees: Vec::new(),
    };
    let mut odds = vec![f64::from(start); examples.len()];
    let mut random = Random::new(7);
    for _ in 0..TREES {
        let (gradient, hessian): (Vec<f64>, Vec<f64>) = examples
            .iter()
            .zip(&odds)
            .map(|(e, &o)| {
                let p = 1.0 / (1.0 + (-o).exp());
                (
                    e.weight * (f64::from(u8::from(e.right)) - p),
                    e.weight * p * (1.0 - p),
                )
            })
            .unzip();
        let asked: Vec<bool> = order.iter().map(|_| random.chance(FEATURES)).collect();
        let tree = grow(examples, rising, &order, &asked, &gradient, &hessian);
        for (o, e) in odds.iter_mut().zip(examples) {
            *o += f64::from(tree.leaves[tree.leaf(&e.x)]);
        }
        forest.trees.push(tree);
    }
    forest
}

fn grow(
    examples: &[&Example],
    rising: &[bool],
    order: &[Vec<u32>],
    asked: &[bool],
    gradient: &[f64],
    hessian: &[f64],
) -> Tree {
    let mut tree = Tree {
        questions: [(0, f32::INFINITY); NODES],
        leaves: [0.0; LEAVES],
    };
    // The node in which each example is.
    let mut place = vec![0usize; examples.len()];
    for depth in 0..DEPTH {
        let first = (1 << depth) - 1;
        let nodes = 1 << depth;
        let mut totals = vec![(0.0, 0.0, 0usize); nodes];
        for (i, &p) in place.iter().enumerate() {
            let t = &mut totals[p - first];
            *t = (t.0 + gradient[i], t.1 + hessian[i], t.2 + 1);
        }
        let mut best = vec![(1e-6, 0usize, f32::INFINITY); nodes];
        for (feature, order) in order.iter().enumerate().filter(|f| asked[f.0]) {
            let mut left = vec![(0.0, 0.0, 0usize, f32::NEG_INFINITY); nodes];
            for &i in order {
                let i = i as usize;
                let n = place[i] - first;
                let value = examples[i].x[feature];
                let (g, h, count, last) = left[n];
                if value > last && count >= LEAST && totals[n].2 - count >= LEAST {
                    let (gr, hr) = (totals[n].0 - g, totals[n].1 - h);
                    let gain = g * g / (h + RIDGE) + gr * gr / (hr + RIDGE)
                        - totals[n].0 * totals[n].0 / (totals[n].1 + RIDGE);
                    let falls = g / (h + RIDGE) > gr / (hr + RIDGE);
                    if gain > best[n].0 && !(falls && rising.get(feature) == Some(&true)) {
                        best[n] = (gain, feature, last + (value - last) / 2.0);
                    }
                }
                left[n] = (g + gradient[i], h + hessian[i], count + 1, value);
            }
        }
        for (n, b) in best.iter().enumerate() {
            tree.questions[first + n] = (b.1 as u8, b.2);
        }
        for (i, p) in place.iter_mut().enumerate() {
            let (feature, threshold) = tree.questions[*p];
            *p = 2 * *p + 1 + usize::from(examples[i].x[usize::from(feature)] > threshold);
        }
    }
    let mut sums = [(0.0, 0.0); LEAVES];
    for (i, &p) in place.iter().enumerate() {
        let s = &mut sums[p - NODES];
        *s = (s.0 + gradient[i], s.1 + hessian[i]);
    }
    for (leaf, (g, h)) in tree.leaves.iter_mut().zip(sums) {
        *leaf = (LEARNING_RATE * g / (h + RIDGE)) as f32;
    }
    tree
}
