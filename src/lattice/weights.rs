//! How much each fact that is known of a result counts: made by `examples/calibrate_damage` of 2309 results,
//! 1888 of them better than what was there.

use super::judge::FACTS;

/// Log-odds before any fact.
pub(super) const START: f32 = -4.78;

/// Log-odds for each, in the order of [`super::judge::facts`].
pub(super) const WEIGHTS: [f32; FACTS] = [
    0.26, -1.05, 0.05, 0.37, -5.02, -0.00, 0.63, 1.25, 0.06, 1.47, 1.63, -0.36, 0.17,
];
