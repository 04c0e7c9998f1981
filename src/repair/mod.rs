//! From candidates to edits that can be taken back.
//!
//! A [`Repair`] is a text and the [`Edit`]s that led to it. Kept beside the
//! repaired text as a [`Patch`], they give the mangled text back at any time:
//! all of it, or single edits.

mod at_once;
mod cause;
mod choice;
mod compose;
mod confidence;
mod document;
mod drawings;
mod edit;
mod error;
mod exact;
mod guess;
mod islands;
mod lossy;
mod one_page;
mod outcome;
mod patch;
mod patch_text;
mod pool;
mod proven;
mod repairer;
mod spaces;
#[cfg(test)]
mod tests;
mod undo_in;
mod wave_dash;
mod wraps;

pub use cause::Cause;
pub(crate) use compose::compose;
pub use edit::{Certainty, Edit};
pub use error::PatchError;
pub use guess::Guess;
#[doc(hidden)]
pub use lossy::Weighed;
pub(crate) use outcome::ProposedEdit;
pub use outcome::Repair;
pub use patch::Patch;
pub(crate) use patch_text::{Header, write_edit};
pub use repairer::{Repairer, repair};
pub use undo_in::undo_in;

#[doc = include_str!("patch-format.md")]
pub mod format {}
