//! Gradient boosting of small regression trees for a probability (logistic loss).

use crate::random::Random;

/// Questions in a row of each tree.
pub const DEPTH: usize = 5;
pub const NODES: usize = (1 << DEPTH) - 1;
pub const LEAVES: usize = 1 << DEPTH;

pub const TREES: usize = 800;
const LEARNING_RATE: f64 = 0.08;
/// Each tree may ask of this share of the features.
const FEATURES: f64 = 0.5;
/// Each tree is grown on this share of the examples.
const DRAWN: f64 = 0.8;
/// Thresholds that may be asked for of each feature.
const BINS: usize = 256;
/// Added to the weight of each leaf, so that few cases move little.
const RIDGE: f64 = 1.0;
/// The least number of cases on either side of a question.
const LEAST: usize = 10;

pub struct Tree {
    /// Feature and threshold of each question, breadth first: to the right where the value is over.
    pub questions: [(u8, f32); NODES],
    pub leaves: [f32; LEAVES],
}

pub struct Example {
    /// A number of its own.
    pub key: u64,
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
    let binned: Vec<Binned> = (0..features).map(|f| Binned::of(examples, f)).collect();
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
        let slopes: Vec<Slope> = examples
            .iter()
            .zip(&odds)
            .map(|(e, &o)| {
                let p = 1.0 / (1.0 + (-o).exp());
                Slope {
                    gradient: e.weight * (f64::from(u8::from(e.right)) - p),
                    hessian: e.weight * p * (1.0 - p),
                    count: 1,
                }
            })
            .collect();
        // By what an example is, and not by its place: one more or less changes nothing for the others.
        let seed = random.next();
        let drawn: Vec<usize> = (0..examples.len())
            .filter(|&i| Random::new(examples[i].key ^ seed).chance(DRAWN))
            .collect();
        let asked: Vec<usize> = (0..features).filter(|_| random.chance(FEATURES)).collect();
        let tree = grow(&binned, rising, &asked, &drawn, &slopes);
        for (o, e) in odds.iter_mut().zip(examples) {
            *o += f64::from(tree.leaves[tree.leaf(&e.x)]);
        }
        forest.trees.push(tree);
    }
    forest
}

/// One feature of all examples, in bins of about as many each.
struct Binned {
    bins: Vec<u8>,
    /// What lies between a bin and the next one.
    borders: Vec<f32>,
}

impl Binned {
    fn of(examples: &[&Example], feature: usize) -> Binned {
        let mut values: Vec<f32> = examples.iter().map(|e| e.x[feature]).collect();
        values.sort_unstable_by(f32::total_cmp);
        let mut borders: Vec<f32> = Vec::new();
        for i in 1..BINS {
            let at = i * values.len() / BINS;
            let next = values[at..].iter().find(|&&v| v > values[at]);
            if let Some(next) = next {
                let border = values[at] + (next - values[at]) / 2.0;
                if borders.last().is_none_or(|&last| border > last) {
                    borders.push(border);
                }
            }
        }
        let bin = |x: f32| borders.partition_point(|&border| x > border) as u8;
        let bins = examples.iter().map(|e| bin(e.x[feature])).collect();
        Binned { bins, borders }
    }
}

/// First and second derivative of the loss, and how many examples they are of.
#[derive(Clone, Copy, Default)]
struct Slope {
    gradient: f64,
    hessian: f64,
    count: usize,
}

impl Slope {
    fn add(&mut self, other: Slope) {
        self.gradient += other.gradient;
        self.hessian += other.hessian;
        self.count += other.count;
    }

    fn without(self, other: Slope) -> Slope {
        Slope {
            gradient: self.gradient - other.gradient,
            hessian: self.hessian - other.hessian,
            count: self.count - other.count,
        }
    }

    fn step(self) -> f64 {
        self.gradient / (self.hessian + RIDGE)
    }

    fn gain(self) -> f64 {
        self.gradient * self.step()
    }
}

fn grow(
    binned: &[Binned],
    rising: &[bool],
    asked: &[usize],
    drawn: &[usize],
    slopes: &[Slope],
) -> Tree {
    let mut tree = Tree {
        questions: [(0, f32::INFINITY); NODES],
        leaves: [0.0; LEAVES],
    };
    // The node in which each example is.
    let mut place = vec![0usize; slopes.len()];
    for depth in 0..DEPTH {
        let first = (1 << depth) - 1;
        let nodes = 1 << depth;
        let mut totals = vec![Slope::default(); nodes];
        for &i in drawn {
            totals[place[i] - first].add(slopes[i]);
        }
        // Gain, feature and the bin up to which an example goes to the left.
        let mut best: Vec<(f64, usize, Option<usize>)> = vec![(1e-6, 0, None); nodes];
        for &feature in asked {
            let Binned { bins, borders } = &binned[feature];
            let mut sums = vec![[Slope::default(); BINS]; nodes];
            for &i in drawn {
                sums[place[i] - first][usize::from(bins[i])].add(slopes[i]);
            }
            for ((sums, &total), best) in sums.iter().zip(&totals).zip(&mut best) {
                let mut left = Slope::default();
                for (bin, sum) in sums.iter().enumerate().take(borders.len()) {
                    left.add(*sum);
                    let right = total.without(left);
                    if left.count < LEAST || right.count < LEAST {
                        continue;
                    }
                    let gain = left.gain() + right.gain() - total.gain();
                    let falls = left.step() > right.step();
                    if gain > best.0 && !(falls && rising.get(feature) == Some(&true)) {
                        *best = (gain, feature, Some(bin));
                    }
                }
            }
        }
        for (n, &(_, feature, bin)) in best.iter().enumerate() {
            let border = bin.map_or(f32::INFINITY, |bin| binned[feature].borders[bin]);
            tree.questions[first + n] = (feature as u8, border);
        }
        for (i, p) in place.iter_mut().enumerate() {
            let (_, feature, bin) = best[*p - first];
            let is_right = bin.is_some_and(|bin| usize::from(binned[feature].bins[i]) > bin);
            *p = 2 * *p + 1 + usize::from(is_right);
        }
    }
    let mut sums = [Slope::default(); LEAVES];
    for &i in drawn {
        sums[place[i] - NODES].add(slopes[i]);
    }
    for (leaf, sum) in tree.leaves.iter_mut().zip(sums) {
        *leaf = (LEARNING_RATE * sum.step()) as f32;
    }
    tree
}
