//! w
pub(crate) const WEIGHTS: [[f32; super::features::N]; 4] = [[0.0; super::features::N]; 4];
