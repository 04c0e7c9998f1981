//! A text written in one encoding and read in another, and chains of such mishaps.
