//! How much each fact that is known of a result counts: made by `examples/calibrate_damage` of 3592 results,
//! 3033 of them better than what was there.

use super::judge::FACTS;

/// Log-odds before any fact.
pub(super) const START: f32 = -4.48;

/// Log-odds for each, in the order of [`super::judge::facts`].
#[rustfmt::skip]
pub(super) const WEIGHTS: [f32; FACTS] = [
    0.30,
    -1.32,
    0.44,
    0.30,
    -4.09,
    -0.65,
    0.08,
    0.83,
    -0.14,
    0.89,
    1.92,
    0.20,
    0.62,
];
