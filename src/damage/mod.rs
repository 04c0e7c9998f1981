//! What else happened to a text besides mis-decoding.
