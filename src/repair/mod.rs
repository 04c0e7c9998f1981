//! From candidates to edits that can be taken back.
