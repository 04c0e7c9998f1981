//! How much each fact that is known of a result counts: made by `examples/calibrate_damage` of 3459 results,
//! 2861 of them better than what was there.

use super::judge::FACTS;

/// Log-odds before any fact.
pub(super) const START: f32 = -4.25;

/// Log-odds for each, in the order of [`super::judge::facts`].
#[rustfmt::skip]
pub(super) const WEIGHTS: [f32; FACTS] = [
    0.12,
    -1.51,
    0.23,
    0.31,
    -3.66,
    -1.29,
    -0.19,
    1.07,
    -0.34,
    1.20,
    1.44,
    -0.22,
    0.29,
];
