//! How much each fact that is known of a result counts: made by `examples/calibrate_damage` of 5141 results,
//! 4465 of them better than what was there.

use super::judge::FACTS;

/// Log-odds before any fact.
pub(super) const START: f32 = -4.08;

/// Log-odds for each, in the order of [`super::judge::facts`].
#[rustfmt::skip]
pub(super) const WEIGHTS: [f32; FACTS] = [
    0.40,
    -1.30,
    0.04,
    0.30,
    -3.72,
    0.88,
    -0.28,
    1.35,
    0.13,
    1.92,
    1.13,
    -0.06,
    0.36,
];
