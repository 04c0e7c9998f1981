//! How much each fact that is known of a result counts: made by `examples/calibrate_damage` of 2995 results,
//! 2478 of them better than what was there.

use super::judge::FACTS;

/// Log-odds before any fact.
pub(super) const START: f32 = -4.41;

/// Log-odds for each, in the order of [`super::judge::facts`].
#[rustfmt::skip]
pub(super) const WEIGHTS: [f32; FACTS] = [
    0.23,
    -2.25,
    0.31,
    0.25,
    -4.94,
    -0.67,
    -0.64,
    1.49,
    0.23,
    0.54,
    0.99,
    0.07,
    0.49,
];
