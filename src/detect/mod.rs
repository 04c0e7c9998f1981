//! Which chains of mis-decodings could explain a text.
