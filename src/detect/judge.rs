//! How sure a hypothesis is: small regression trees over its features, fitted so that their sum is
//! the log-odds of being right.

use super::features::{Features, GROUPS, N};
use super::trees::{START, TREES};

/// A tree of three questions in a row: to the right where a feature is over the threshold.
pub(crate) struct Tree {
    /// Breadth first.
    pub(crate) features: [u8; 7],
    pub(crate) thresholds: [f32; 7],
    /// Log-odds that the tree adds.
    pub(crate) leaves: [f32; 8],
}

impl Tree {
    fn log_odds(&self, inputs: &[f32; N + GROUPS]) -> f32 {
        let mut node = 0;
        while let (Some(&feature), Some(&threshold)) =
            (self.features.get(node), self.thresholds.get(node))
        {
            let over = inputs
                .get(usize::from(feature))
                .is_some_and(|&value| value > threshold);
            node = 2 * node + 1 + usize::from(over);
        }
        self.leaves
            .get(node.wrapping_sub(self.features.len()))
            .copied()
            .unwrap_or(0.0)
    }
}

/// Log-odds that a hypothesis with these features is right.
pub(crate) fn log_odds(features: &Features) -> f32 {
    let inputs = features.inputs();
    START + TREES.iter().map(|tree| tree.log_odds(&inputs)).sum::<f32>()
}

/// The probability that belongs to log-odds.
pub(crate) fn probability(log_odds: f32) -> f32 {
    1.0 / (1.0 + (-log_odds).exp())
}

/// The log-odds that belong to a probability.
pub(crate) fn log_odds_of(probability: f32) -> f32 {
    let p = probability.clamp(1e-6, 1.0 - 1e-6);
    (p / (1.0 - p)).ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probability_and_log_odds_are_inverse() {
        for p in [0.01, 0.3, 0.5, 0.9, 0.999] {
            assert!((probability(log_odds_of(p)) - p).abs() < 1e-4);
        }
    }

    #[test]
    fn a_tree_asks_its_way_to_a_leaf() {
        let tree = Tree {
            features: [0, 1, 2, 0, 0, 0, 0],
            thresholds: [0.5; 7],
            leaves: [0., 1., 2., 3., 4., 5., 6., 7.],
        };
        let mut inputs = [0.0; N + GROUPS];
        assert_eq!(tree.log_odds(&inputs), 0.0);
        inputs[0] = 1.0;
        assert_eq!(tree.log_odds(&inputs), 5.0);
        inputs[2] = 1.0;
        assert_eq!(tree.log_odds(&inputs), 7.0);
    }
}
