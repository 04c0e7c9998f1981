//! How much each fact that is known of a result counts: made by `examples/calibrate_damage` of 5146 results,
//! 4472 of them better than what was there.

use super::judge::FACTS;

/// Log-odds before any fact.
pub(super) const START: f32 = -4.04;

/// Log-odds for each, in the order of [`super::judge::facts`].
#[rustfmt::skip]
pub(super) const WEIGHTS: [f32; FACTS] = [
    0.40,
    -1.29,
    0.04,
    0.29,
    -3.65,
    0.87,
    -0.28,
    1.33,
    0.10,
    1.91,
    1.23,
    -0.06,
    0.34,
];
