//! How much each fact that is known of a result counts: made by `examples/calibrate_damage` of 2882 results,
//! 2379 of them better than what was there.

use super::judge::FACTS;

/// Log-odds before any fact.
pub(super) const START: f32 = -5.08;

/// Log-odds for each, in the order of [`super::judge::facts`].
#[rustfmt::skip]
pub(super) const WEIGHTS: [f32; FACTS] = [
    0.27,
    -1.89,
    0.52,
    0.22,
    -4.98,
    0.71,
    -0.59,
    1.31,
    -0.22,
    0.75,
    1.16,
    0.05,
    0.48,
];
