//! From bytes to text: which encoding they are in, and the mojibake in it repaired.
//!
//! ```
//! use unbake::bytes::{Evidence, Hints, decode};
//!
//! // Russian in KOI8-R, and nobody says so.
//! let decoded = decode(b"\xF0\xD2\xC9\xD7\xC5\xD4, \xCD\xC9\xD2!", &Hints::new());
//! assert_eq!(decoded.text(), "Привет, мир!");
//! assert_eq!(decoded.charset().name(), "koi8-r");
//! assert_eq!(decoded.detection().evidence(), Evidence::Text);
//! assert_eq!(*decoded.to_bytes().unwrap(), *b"\xF0\xD2\xC9\xD7\xC5\xD4, \xCD\xC9\xD2!");
//!
//! // Declared GBK, really UTF-8, and mangled once before.
//! let bytes = "鎮ㄥソ锛屼笘鐣岋紒".as_bytes();
//! let decoded = decode(bytes, &Hints::new().declared("gbk"));
//! assert_eq!(decoded.text(), "您好，世界！");
//! assert_eq!(decoded.charset().name(), "utf-8");
//! ```
//!
//! What counts, in this order: a byte order mark; escape sequences of ISO-2022-JP, ISO-2022-KR and HZ, units of UTF-32;
//! that all of it is ASCII; that all of it is UTF-8. Where none of these decides, every encoding of the crate reads the
//! bytes around those outside ASCII, and the [model](crate::model) says which text is likeliest. What is declared, and the other
//! [`Hints`], count as so much evidence more, and can be outweighed.
//!
//! UTF-16 without a mark is found where it has controls (mostly zeros) as bytes, as all text with ASCII or spaces in it
//! does, and where it is declared.
//!
//! Bytes that mean nothing in the charset become U+FFFD; [`Decoded::losses`] says which and where, and [`Decoded::to_bytes`]
//! puts them back.

mod charset;
mod declaration;
mod decoded;
mod detect;
mod detection;
mod hints;
mod hz;
mod prevalence;
mod race;
mod sample;
mod signature;
mod utf32;

pub use charset::{Charset, Loss};
pub use declaration::{Declaration, Place, Verdict};
pub use decoded::{Decoded, decode};
pub use detect::detect;
pub use detection::{Alternative, Detection, Evidence};
pub use hints::Hints;
