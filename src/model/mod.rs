//! How plausible a stretch of text is as human writing.
