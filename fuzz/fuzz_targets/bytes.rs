//! Relations that hold for all bytes:
//!
//! - they are read, whatever is declared, and nothing panics;
//! - U+FFFD stands where a loss says so;
//! - what is said to come back comes back;
//! - the repair on top reverts.
#![no_main]

use libfuzzer_sys::fuzz_target;
use unbake::bytes::{Hints, decode};

fuzz_target!(|input: (&[u8], &str)| {
    let (bytes, label) = input;
    let decoded = decode(bytes, &Hints::new().declared(label).top_level_domain(label));
    for loss in decoded.losses() {
        assert!(bytes.get(loss.bytes()).is_some());
        assert!(decoded.decoded()[loss.position()..].starts_with('\u{FFFD}'));
    }
    assert_eq!(
        decoded.is_reversible(),
        decoded.to_bytes().as_deref() == Some(bytes)
    );
    if let Some(repair) = decoded.repair() {
        assert_eq!(repair.revert(), decoded.decoded());
    }
});
