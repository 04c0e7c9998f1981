//! Which chains of mis-decodings could explain a text, and how sure that is.

mod candidate;
pub(crate) mod chunks;
mod confidence;
mod evidence;
mod expand;
mod path;
mod plausibility;
mod probe;
pub(crate) mod script;
pub(crate) mod search;
mod settings;
mod symbols;
mod undo;

pub use candidate::{Candidate, Detector, detect};
pub(crate) use confidence::{confidence, score_for};
pub use settings::Settings;
