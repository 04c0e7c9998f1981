//! GBK as Windows (code page 936) and browsers read it, and GB18030.
//!
//! Both read the user-defined pairs as private-use characters. `A3A0` is U+E5E5 as in Windows, Python and glibc, and not
//! a second ideographic space as in browsers.

use super::{EncodedChar, Step, known, whatwg};
use encoding_rs::{GB18030, GBK};

const A3A0: char = '\u{E5E5}';

/// Pairs whose character changed between editions of the standard: what Python, glibc or Windows read where browsers read
/// another character. They are written back to the same bytes.
const FORMER: [(char, [u8; 2]); 26] = [
    ('\u{E78D}', [0xA6, 0xD9]),
    ('\u{E78E}', [0xA6, 0xDA]),
    ('\u{E78F}', [0xA6, 0xDB]),
    ('\u{E790}', [0xA6, 0xDC]),
    ('\u{E791}', [0xA6, 0xDD]),
    ('\u{E792}', [0xA6, 0xDE]),
    ('\u{E793}', [0xA6, 0xDF]),
    ('\u{E794}', [0xA6, 0xEC]),
    ('\u{E795}', [0xA6, 0xED]),
    ('\u{E796}', [0xA6, 0xF3]),
    ('\u{E7C7}', [0xA8, 0xBC]),
    ('\u{E7C8}', [0xA8, 0xBF]),
    ('\u{20087}', [0xFE, 0x51]),
    ('\u{20089}', [0xFE, 0x52]),
    ('\u{200CC}', [0xFE, 0x53]),
    ('\u{E81E}', [0xFE, 0x59]),
    ('\u{E826}', [0xFE, 0x61]),
    ('\u{E82B}', [0xFE, 0x66]),
    ('\u{E82C}', [0xFE, 0x67]),
    ('\u{215D7}', [0xFE, 0x6C]),
    ('\u{E832}', [0xFE, 0x6D]),
    ('\u{2298F}', [0xFE, 0x76]),
    ('\u{E843}', [0xFE, 0x7E]),
    ('\u{E854}', [0xFE, 0x90]),
    ('\u{241FE}', [0xFE, 0x91]),
    ('\u{E864}', [0xFE, 0xA0]),
];

/// Reads GBK: one byte or two.
pub(super) fn sequence(bytes: &[u8]) -> Step {
    match *bytes {
        [a @ 0..=0x7F] => Step::Char(char::from(a)),
        [0x80] => Step::Char('€'),
        [0x81..=0xFE] => Step::Pending,
        [0xA3, 0xA0] => Step::Char(A3A0),
        [0x81..=0xFE, 0x40..=0x7E | 0x80..=0xFE] => whatwg::decode(GBK, bytes),
        _ => Step::Invalid,
    }
}

/// Reads GB18030: one byte, two or four.
pub(super) fn sequence_gb18030(bytes: &[u8]) -> Step {
    match *bytes {
        [0x81..=0xFE, 0x30..=0x39] => Step::Pending,
        [0x81..=0xFE, 0x30..=0x39, 0x81..=0xFE] => Step::Pending,
        [0x81..=0xFE, 0x30..=0x39, 0x81..=0xFE, 0x30..=0x39] => whatwg::decode(GB18030, bytes),
        _ => sequence(bytes),
    }
}

/// Writes GBK, the former characters of some pairs included.
pub(super) fn encode(c: char) -> Option<EncodedChar> {
    if c == A3A0 {
        return Some(EncodedChar::pair([0xA3, 0xA0]));
    }
    whatwg::encode_known(GBK, &known::GBK, c).or_else(|| {
        FORMER
            .iter()
            .find(|(former, _)| *former == c)
            .map(|(_, bytes)| EncodedChar::pair(*bytes))
    })
}

/// Writes GB18030, which has bytes for every character.
pub(super) fn encode_gb18030(c: char) -> Option<EncodedChar> {
    if c == A3A0 {
        return Some(EncodedChar::pair([0xA3, 0xA0]));
    }
    whatwg::encode(GB18030, c)
}
