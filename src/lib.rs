//! Finds text that was decoded in the wrong encoding and rebuilds the original, reversibly.
//!
//! ```
//! // UTF-8 that was read as windows-1252.
//! let repair = unbake::repair("Das war schÃ¶n.");
//! assert_eq!(repair.text(), "Das war schön.");
//! assert_eq!(repair.revert(), "Das war schÃ¶n.");
//!
//! // Clean text is left alone, and borrowed.
//! assert!(!unbake::repair("Das war schön.").is_changed());
//! ```
//!
//! # Concepts
//!
//! - An [`Encoding`](encoding::Encoding) is a code page or a multi-byte encoding, as programs really decode it.
//! - A [`Misdecoding`](misdecoding::Misdecoding) is what goes wrong: bytes written in one encoding and read in
//!   another, in text `utf-8>windows-1252`.
//! - A [`Chain`](misdecoding::Chain) is some of them in a row, the oldest first.
//! - A [`Candidate`] is a chain that could explain a text, with the text it leads to: see [`detect()`].
//! - An [`Edit`](repair::Edit) is one stretch that a repair changed: what stood there, what stands there, why, and how
//!   sure that is. A [`Repair`] is a text and its edits: see [`repair()`].
//! - A [`Patch`](repair::Patch) is the edits without the text, to be kept beside it.
//!
//! ```
//! use unbake::misdecoding::Chain;
//!
//! // Chains run both ways, without any guessing.
//! let chain: Chain = "koi8-r>windows-1251 + utf-8>windows-1252".parse()?;
//! let mangled = chain.mangle("Привет, мир")?;
//! assert!(mangled.starts_with("Ñ€Ð¢"));
//! assert_eq!(chain.undo(&mangled)?, "Привет, мир");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What is promised
//!
//! For every text `x`, whatever it holds:
//!
//! 1. **Reversible.** `repair(x).revert() == x`. With `p = repair(x).patch()`, written to a file and read again,
//!    `p.revert(repair(x).text()) == Ok(x)`. Single edits can be taken back too.
//! 2. **Harmless.** `repair(x).into_text()` is `Cow::Borrowed(x)` if and only if `repair(x).edits()` is empty. A repair
//!    that is not clearly better is not made.
//! 3. **Stable.** `repair(repair(x).text())` changes nothing.
//! 4. **Bounded.** Time grows linearly with the length of the text. Nothing panics. What cannot be repaired comes
//!    through as it was.
//! 5. **Explained.** Every edit has a cause, a certainty and a confidence. If it
//!    [is exact](repair::Edit::is_exact) and its cause is the chain `c`, then
//!    `c.mangle(edit.after()) == Ok(edit.before())`.
//!
//! The tests try each on many thousands of random texts.
//!
//! # How sure is sure enough
//!
//! [`Edit::confidence`](repair::Edit::confidence) is the probability that the new text is right: of the edits made at
//! 0.9, about nine in ten are. An edit is made where it reaches the [`threshold`](Repairer::threshold), 0.8 unless set.
//!
//! ```
//! use unbake::Repairer;
//!
//! // One letter of evidence: Croatian in windows-1250, read as windows-1252.
//! let careful = Repairer::new().threshold(0.9999);
//! assert!(!careful.repair("korisnièko ime").is_changed());
//! assert_eq!(Repairer::new().threshold(0.5).repair("korisnièko ime").text(), "korisničko ime");
//! ```
//!
//! [`Repair::confidence`] is the probability that *every* edit is right, so it is lower than that of its edits where
//! several causes come together. Where you know more than the text says, say so:
//!
//! ```
//! use unbake::{Repairer, detect::Settings, encoding::Encoding};
//!
//! // All of it was UTF-8 once, and was read as code page 437 at most once.
//! let settings = Settings::new().written_in(&[Encoding::Utf8]).read_as(&[Encoding::Ibm437]).layers(1);
//! let repairer = Repairer::new().settings(settings);
//! assert_eq!(repairer.repair("se├▒orita").text(), "señorita");
//! ```
//!
//! # What cannot be repaired, and why
//!
//! - **What is gone.** `caf?` does not say which letter the `?` was. Where the program that mangled a text dropped
//!   bytes, put `?` or U+FFFD for them, or where the text was lower-cased or cut since, what was lost is not guessed;
//!   what can be read around it mostly is. The exception is the [`damage`] of Chinese pages.
//! - **What reads as well as it stands.** `Ã` is a letter of Portuguese, `ﾈｺ` is Japanese for cat and also two bytes
//!   of UTF-8. Short texts without context are left alone unless the evidence is overwhelming.
//! - **What never was mojibake.** Fonts with glyphs in the wrong places, transliterations and typos are other problems.
//! - **What is meant.** A page about mojibake quotes it. No program can tell that from the thing itself; take such
//!   edits back with [`Repair::revert_edit`].
//!
//! # Taking it back
//!
//! ```
//! use unbake::repair::Patch;
//!
//! let repair = unbake::repair("KÃ¤se, Ã–l, Brot");
//! let file = repair.patch().to_string();
//! let text = repair.into_text().into_owned();
//! assert_eq!(text, "Käse, Öl, Brot");
//!
//! // Later, with the mangled text long gone:
//! let patch: Patch = file.parse()?;
//! assert_eq!(patch.revert(&text)?, "KÃ¤se, Ã–l, Brot");
//! // A text that was edited since is refused, not damaged.
//! assert!(patch.revert("Käse, Öl, Wein").is_err());
//! # Ok::<(), unbake::repair::PatchError>(())
//! ```
//!
//! The [format](repair::format) of a patch is plain text and documented.
//!
//! # What it costs
//!
//! Text in ASCII costs one pass over its bytes and no allocation. Every other line is searched, a long one in parts of
//! at most 2000 characters, and what long lines prove is tried on the others. A repaired text is searched again, until
//! nothing changes, at most four times. The model is part of the program: 1.65 MB, read-only, shared by all threads.
//! `README.md` has figures. [`Repairer`] and [`Detector`] are cheap to make and can be shared between threads.
#![forbid(unsafe_code)]
pub mod damage;
pub mod detect;
pub mod encoding;
pub mod error;
pub mod misdecoding;
pub mod model;
pub mod repair;

pub use detect::{Candidate, Detector, detect};
pub use repair::{Repair, Repairer, repair};

/// The README's examples are tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
