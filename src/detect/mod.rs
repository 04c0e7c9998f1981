//! Which chains of mis-decodings could explain a text, and how sure that is.

mod candidate;
pub(crate) mod chunks;
mod domains;
mod doubts;
mod expand;
pub(crate) mod features;
mod in_code;
pub(crate) mod judge;
mod known;
mod languages;
mod layers;
mod misread;
mod outcome;
mod pairs;
mod path;
pub(crate) mod plausibility;
pub(crate) mod probe;
pub(crate) mod refusals;
pub(crate) mod scan;
pub(crate) mod script;
pub(crate) mod search;
mod settings;
pub(crate) mod shortcut;
pub(crate) mod signs;
mod spelling;
mod structural;
mod suspicion;
pub(crate) mod symbols;
mod systems;
pub(crate) mod undo;

pub use candidate::{Candidate, Detector, detect};
pub use features::feature_names;
pub use judge::calibration;
pub use settings::{Guesses, Settings};
pub use systems::System;
