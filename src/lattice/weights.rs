//! How much each fact that is known of a result counts: made by `examples/calibrate_damage` of 3556 results,
//! 3022 of them better than what was there.

use super::judge::FACTS;

/// Log-odds before any fact.
pub(super) const START: f32 = -4.17;

/// Log-odds for each, in the order of [`super::judge::facts`].
#[rustfmt::skip]
pub(super) const WEIGHTS: [f32; FACTS] = [
    0.32,
    -1.28,
    0.40,
    0.30,
    -4.04,
    -0.54,
    0.12,
    0.73,
    -0.36,
    1.09,
    1.93,
    0.14,
    0.68,
];
