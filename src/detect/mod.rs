//! Which chains of mis-decodings could explain a text, and how sure that is.

mod candidate;
pub(crate) mod chunks;
mod expand;
mod features;
pub(crate) mod judge;
mod languages;
mod path;
mod plausibility;
mod probe;
mod refusals;
pub(crate) mod scan;
pub(crate) mod script;
pub(crate) mod search;
mod settings;
mod shifts;
mod symbols;
mod trees;
mod undo;

pub use candidate::{Candidate, Detector, detect};
pub use settings::Settings;
