//! How much each fact that is known of a result counts: made by `examples/calibrate_damage` of 5142 results,
//! 4469 of them better than what was there.

use super::judge::FACTS;

/// Log-odds before any fact.
pub(super) const START: f32 = -3.99;

/// Log-odds for each, in the order of [`super::judge::facts`].
#[rustfmt::skip]
pub(super) const WEIGHTS: [f32; FACTS] = [
    0.39,
    -1.32,
    0.03,
    0.29,
    -3.66,
    0.88,
    -0.26,
    1.33,
    0.10,
    1.90,
    1.26,
    -0.09,
    0.37,
];
