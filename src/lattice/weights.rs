//! How much each fact that is known of a result counts: made by `examples/calibrate_damage` of 2911 results,
//! 2416 of them better than what was there.

use super::judge::FACTS;

/// Log-odds before any fact.
pub(super) const START: f32 = -4.98;

/// Log-odds for each, in the order of [`super::judge::facts`].
#[rustfmt::skip]
pub(super) const WEIGHTS: [f32; FACTS] = [
    0.26,
    -1.88,
    0.45,
    0.23,
    -4.99,
    0.54,
    -0.58,
    1.41,
    -0.08,
    0.59,
    1.54,
    0.29,
    0.47,
];
