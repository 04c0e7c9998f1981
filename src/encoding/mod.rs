//! Every encoding as one type: bytes to characters, characters back to bytes.
