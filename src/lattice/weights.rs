//! How much each fact that is known of a result counts: made by `examples/calibrate_damage` of 2876 results,
//! 2375 of them better than what was there.

use super::judge::FACTS;

/// Log-odds before any fact.
pub(super) const START: f32 = -5.09;

/// Log-odds for each, in the order of [`super::judge::facts`].
#[rustfmt::skip]
pub(super) const WEIGHTS: [f32; FACTS] = [
    0.27,
    -1.87,
    0.51,
    0.22,
    -5.02,
    0.63,
    -0.53,
    1.33,
    0.07,
    0.73,
    1.19,
    -0.01,
    0.49,
];
