//! What is measured side by side.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};

use crate::PLSFIX_ENCODING_ONLY;

/// This crate, then the others.
pub const CONTENDERS: [&str; 6] = [
    "unbake",
    "plsfix",
    "chardetng",
    "encoding_rs",
    "simdutf8",
    "from_utf8",
];

/// Lets one of them work on a text; what comes out only keeps the work from being optimised away.
pub fn run(contender: &str, text: &str) -> usize {
    let bytes = text.as_bytes();
    match contender {
        "unbake" => unbake::repair(text).edits().len(),
        "plsfix" => plsfix::fix_text(text, Some(&PLSFIX_ENCODING_ONLY)).len(),
        "chardetng" => {
            let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
            detector.feed(bytes, true);
            let found = detector.guess(None, Utf8Detection::Allow);
            found.name().len()
        }
        "encoding_rs" => encoding_rs::UTF_8.decode(bytes).0.len(),
        "simdutf8" => simdutf8::basic::from_utf8(bytes).map_or(0, str::len),
        "from_utf8" => std::str::from_utf8(bytes).map_or(0, str::len),
        _ => panic!("{contender} is not known"),
    }
}
