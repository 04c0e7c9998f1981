//! From log-odds to a probability that means what it says.

/// Slope and offset of the logistic curve that was fitted to repairs of the `tune` part: the
/// share of repairs of a score that are right.
const SLOPE: f32 = 0.25;
const OFFSET: f32 = 0.2;

/// The probability that a hypothesis of this score is right, given the next best one's.
pub(crate) fn confidence(score: f32, rival: Option<f32>) -> f32 {
    let margin = rival.map_or(score, |r| (score - r.max(0.0)).min(score));
    logistic(SLOPE * (0.5 * score + 0.5 * margin) + OFFSET)
}

/// The score above which a hypothesis without rivals has this confidence.
pub(crate) fn score_for(confidence: f32) -> f32 {
    let p = confidence.clamp(0.001, 0.9999);
    ((p / (1.0 - p)).ln() - OFFSET) / SLOPE
}

fn logistic(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_log_odds_are_more_confidence_and_a_rival_takes_some() {
        assert!(confidence(20.0, None) > confidence(5.0, None));
        assert!(confidence(20.0, Some(19.0)) < confidence(20.0, None));
        assert!((confidence(score_for(0.7), None) - 0.7).abs() < 1e-4);
    }
}
