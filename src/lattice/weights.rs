//! How much each fact that is known of a result counts: made by `examples/calibrate_damage` of 2933 results,
//! 2433 of them better than what was there.

use super::judge::FACTS;

/// Log-odds before any fact.
pub(super) const START: f32 = -4.96;

/// Log-odds for each, in the order of [`super::judge::facts`].
#[rustfmt::skip]
pub(super) const WEIGHTS: [f32; FACTS] = [
    0.26,
    -1.99,
    0.37,
    0.25,
    -5.03,
    -0.19,
    -0.58,
    1.57,
    0.49,
    0.50,
    1.32,
    0.22,
    0.44,
];
