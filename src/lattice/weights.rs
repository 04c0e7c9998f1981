//! How much each fact that is known of a result counts: made by `examples/calibrate_damage` of 2838 results,
//! 2353 of them better than what was there.

use super::judge::FACTS;

/// Log-odds before any fact.
pub(super) const START: f32 = -5.13;

/// Log-odds for each, in the order of [`super::judge::facts`].
pub(super) const WEIGHTS: [f32; FACTS] = [
    0.22,
    -1.47,
    0.16,
    0.34,
    -5.10,
    0.35,
    -0.59,
    1.70,
    -0.50,
    0.60,
    0.89,
    0.10,
    0.37,
];
