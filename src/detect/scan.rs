//! Where a text could be mangled at all.

use super::shifts;

/// Nothing in `text` could be mangled: all ASCII, and no trace of a code that is written in ASCII.
pub(crate) fn is_plain(text: &str) -> bool {
    text.is_ascii() && !shifts::may_be_in(text)
}
