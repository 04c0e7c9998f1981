//! How sure a hypothesis is: the logistic regression over its features.

use super::features::Features;
use super::weights::WEIGHTS;

/// Log-odds that a hypothesis with these features is right.
pub(crate) fn log_odds(features: &Features) -> f32 {
    let weights = WEIGHTS.get(usize::from(features.group_index)).unwrap_or(&[0.0; super::features::N]);
    features.values.iter().zip(weights).map(|(x, w)| x * w).sum()
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
}
