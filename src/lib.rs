//! Finds text that was decoded in the wrong encoding and rebuilds the original.
#![forbid(unsafe_code)]
pub mod damage;
pub mod detect;
pub mod encoding;
pub mod error;
pub mod misdecoding;
pub mod model;
pub mod repair;

pub use detect::{Candidate, Detector, detect};
pub use repair::{Repair, Repairer, repair};
