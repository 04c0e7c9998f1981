//! Finds text that was decoded in the wrong encoding and rebuilds the original.
#![forbid(unsafe_code)]
pub mod encoding;
pub mod model;
