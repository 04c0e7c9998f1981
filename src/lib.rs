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
//! - A [`Tidy`](tidy::Tidy) is clean-ups that are no decoding errors, each to be asked for: see [`tidy`].
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
//! # Which door
//!
//! | what you have | what to call |
//! |---|---|
//! | a text | [`repair()`], or [`Repairer::repair`] for a threshold and hints |
//! | many short strings that came the same way: names, tags, cells | [`Repairer::repair_all`] |
//! | source code or data, of which nothing else may change | [`Repairer::repair_exact`] |
//! | a file of any size, or what never ends | [`Repairer::stream`], see [`stream`] |
//! | bytes, and nobody knows in which encoding | [`bytes::decode`] |
//! | mojibake inside HTML references, JSON escapes, URLs or mail | [`carriers::Carriers`] |
//! | a mangled text and its original | [`learn`](mod@learn), then [`undo_in`](repair::undo_in) |
//! | a chain that is known | [`Chain::undo`](misdecoding::Chain::undo) |
//! | a question, and not a repair | [`detect()`], [`damage::lost`] |
//! | text that is to be tidied, too | [`tidy::Tidy`] |
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
//! 0.9, about nine in ten are. An edit is made where it reaches the [`threshold`](Repairer::threshold), 0.5 unless set.
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
//! [`Repair::confidence`] is the probability that the text is again what it was, so it is lower than that of its edits
//! where several causes come together, and where capitals were lost. Where you know more than the text says, say so:
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
//! That filters. [Languages](detect::Settings::languages), a [top-level domain](detect::Settings::top_level_domain) and
//! the [systems](detect::Settings::systems) that a text went through are hints: they make their encodings likelier and
//! forbid none.
//!
//! Which threshold? One wrong change costs you `c` times as much as a repair that was not made: take `c / (1 + c)`.
//!
//! | what you do | threshold | |
//! |---|---|---|
//! | show candidates to a person | none | [`detect()`] ranks them, with confidences |
//! | repair texts | 0.5 | as it is unless set: likelier right than wrong |
//! | repair in bulk, seen by nobody | 0.9 | |
//! | repair source code and data | 0.95 and [`repair_exact`](Repairer::repair_exact) | nothing is guessed |
//!
//! Short strings that came the same way (names, tags, cells) have little evidence each and much together: give them to
//! [`repair_all`](Repairer::repair_all) rather than lower the threshold. If you know an original, [`learn`](mod@learn)
//! says what happened, and [`undo_in`](repair::undo_in) undoes it elsewhere without any guess.
//!
//! # What cannot be repaired, and why
//!
//! - **What is gone.** `caf?` does not say which letter the `?` was. Where much of a line is mojibake and some bytes of
//!   it were lost, they are guessed from what is around them, and the edit says so; alone they are not.
//! - **What reads as well as it stands.** `Ã` is a letter of Portuguese, `ﾈｺ` is Japanese for cat and also two bytes
//!   of UTF-8. Short texts without context are left alone unless the evidence is overwhelming, as in `teþekkür`.
//! - **What never was mojibake.** Fonts with glyphs in the wrong places, transliterations and typos are other problems.
//! - **What is meant.** A page about mojibake quotes it. No program can tell that from the thing itself; take such
//!   edits back with [`Repair::revert_edit`].
//!
//! ```
//! assert_eq!(unbake::repair("teþekkür").text(), "teşekkür");
//! assert!(!unbake::repair("MAÇÃ").is_changed());
//! assert!(!unbake::repair("ﾈｺ").is_changed());
//! ```
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
//! # Which codes
//!
//! [`encoding`] has the table of all encodings, with their names. The search tries every pair of them but for those with
//! a structure of their own, which are known by it: UTF-16 (read as an 8-bit encoding, in the wrong byte order, or where
//! the bytes were something else), UTF-7, HZ, ISO-2022-JP (also without its escape characters), ISO-2022-KR (not without
//! its shifts), CESU-8 and VNI. Not known are EUC-TW, EBCDIC, and the private codes of fonts other than VNI's.
//!
//! ```
//! assert_eq!(unbake::repair("畂桳栠摩琠敨映捡獴").text(), "Bush hid the facts");
//! assert_eq!(unbake::repair("Un caf+AOk au lait").text(), "Un café au lait");
//! ```
//!
//! # Coming from ftfy or plsfix
//!
//! | ftfy | plsfix | here |
//! |---|---|---|
//! | `fix_encoding(text)` | [all else turned off] | [`repair(text)`](repair()) |
//! | `fix_text(text)` | `fix_text(text, None)` | [`Tidy::ftfy().repair_with(&Repairer::new(), text)`](tidy::Tidy::repair_with) |
//! | `fix_and_explain`, `apply_plan` | `fix_and_explain` | [`Repair::edits`], [`Repair::patch`], [`Patch::apply`](repair::Patch::apply) |
//! | `TextFixerConfig(…)` | `TextFixerConfig { … }` | [`Tidy`](tidy::Tidy), option by option: the table in [`tidy`] |
//! | `guess_bytes`, `fix_file` | | [`bytes::decode`], [`Repairer::stream`] |
//! | `is_bad`, `badness` | | [`detect()`]: candidates with a confidence |
//! | `sloppy-windows-1252`, `utf-8-variants` | | [`encoding::Encoding`]: every page is total, CESU-8 is one of them |
//! | `ftfy FILE` | | the program `fix --tidy`, see `examples/README.md` |
//!
//! What differs: legacy encodings read as one another are repaired too; text that reads well is left alone, so quotes,
//! ligatures and widths stay unless asked for; every change says how sure it is and can be taken back; time is linear.
//!
//! [all else turned off]: tidy
//!
//! # Features
//!
//! `full-model`, on by default: the character model of 1.65 MB. Without it, with `default-features = false`, one of 0.3 MB
//! takes its place. Of cases in which nothing was lost that one repaired 93.2 % where the full one repaired 94.5 %, changed 2
//! of 4834 clean texts where the full one changed none, and was as often wrong. As all features of Cargo, this one is united
//! over a program: if any crate in it asks for the full model, all get it. `ACCURACY.md` has the figures of more sizes.
//!
//! `serde`, off by default: `Serialize` and `Deserialize` for what programs keep or pass on, that is for [`Repair`],
//! [`Edit`](repair::Edit), [`Patch`](repair::Patch), [`Candidate`], [`Chain`](misdecoding::Chain),
//! [`Encoding`](encoding::Encoding), [`bytes::Detection`], [`LeftAlone`](damage::LeftAlone), [`Lost`](damage::lost::Lost),
//! [`Lesson`](learn::Lesson), [`Summary`](stream::Summary) and all that they hold; and for what stands in configurations,
//! [`Settings`](detect::Settings) and [`Tidy`](tidy::Tidy). Encodings, chains, causes and patches are their text forms;
//! what is read is checked.
//!
//! There is no feature for `no_std`, as it would not be free. `core` and `alloc` have no logarithm and no exponential, with
//! which every confidence is computed, no `LazyLock` and `OnceLock` for the tables that are unpacked when they are first
//! needed, and no hash maps; [`stream`] needs `io` by its nature. All of that could come from three or four more crates
//! (`libm`, `once_cell`, `hashbrown`), but logarithms of another library differ in their last bits, so that what is
//! repaired could depend on a feature, and both ways would have to be tested and measured.
//!
//! `simplified`, off by default: `damage::simplified` writes the traditional characters of a Chinese page as simplified ones,
//! with the tables of OpenCC. It brings about 25 crates, one of them in C.
//!
//! # What it costs
//!
//! Clean text costs one pass over its bytes and no allocation. A line in which pairs of characters look odd is searched,
//! a long one in parts of at most 2000 characters, and what long lines prove is tried on the others. No search is needed
//! where UTF-8 explains all of a line, or a chain that lines before it have shown, nor for a line that stood before: such
//! pages take about a microsecond a byte, a line that has to be searched some milliseconds. A repaired text is
//! searched again, until nothing changes, at most four times. The tables are part of the program: 4.7 MB, read-only,
//! shared by all threads; 3.3 MB without the feature `full-model`. `README.md` has figures. [`Repairer`] and [`Detector`]
//! are cheap to make and can be shared between threads.
#![forbid(unsafe_code)]
pub mod bytes;
pub mod carriers;
pub mod damage;
pub mod detect;
pub mod encoding;
pub mod error;
mod html;
mod lattice;
pub mod learn;
pub mod misdecoding;
pub mod model;
pub mod repair;
#[cfg(feature = "serde")]
mod serial;
pub mod stream;
pub mod tidy;

pub use detect::{Candidate, Detector, detect};
pub use repair::{Repair, Repairer, repair};

/// The README's examples are tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
