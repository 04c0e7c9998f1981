//! How much each fact that is known of a result counts: made by `examples/calibrate_damage` of 3000 results,
//! 2477 of them better than what was there.

use super::judge::FACTS;

/// Log-odds before any fact.
pub(super) const START: f32 = -4.53;

/// Log-odds for each, in the order of [`super::judge::facts`].
#[rustfmt::skip]
pub(super) const WEIGHTS: [f32; FACTS] = [
    0.22,
    -2.30,
    0.30,
    0.25,
    -4.95,
    -0.55,
    -0.64,
    1.55,
    0.29,
    0.49,
    1.00,
    0.12,
    0.49,
];
