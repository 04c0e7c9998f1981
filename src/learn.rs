//! From one known example to the chain that explains it.
//!
//! Who knows what one mangled text should say can learn from it what happened, and undo that in all texts that came the
//! same way, without any guessing.
//!
//! ```
//! use unbake::learn::learn;
//! use unbake::repair::undo_in;
//!
//! let lessons = learn("Ð¿Ñ€Ð¸Ð²ÐµÑ‚", "привет")?;
//! let chain = lessons[0].chain;
//! assert_eq!(chain.to_string(), "utf-8>windows-1252");
//!
//! let rest = undo_in(&chain, "Ð´Ð°, or: нет — Ð½ÐµÑ‚");
//! assert_eq!(rest.text(), "да, or: нет — нет");
//! # Ok::<(), unbake::learn::LearnError>(())
//! ```

mod exact;
mod lossy;
mod pieces;

use std::cmp::Ordering;

use crate::encoding::Encoding;
use crate::misdecoding::{Chain, Misdecoding};

/// A chain that explains an example.
///
/// ```
/// use unbake::learn::{Fit, learn};
///
/// let lesson = learn("schÃ¶n", "schön")?[0];
/// assert_eq!(lesson.chain.mangle("schön")?, "schÃ¶n");
/// assert_eq!(lesson.fit, Fit::Exact);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Lesson {
    /// The mis-decodings that lead from the original to the mangled text.
    pub chain: Chain,
    /// How well it explains the example.
    pub fit: Fit,
}

/// How well a chain explains an example.
///
/// ```
/// use unbake::learn::{Fit, learn};
///
/// // The first word was never mangled.
/// assert_eq!(learn("für KÃ¤se", "für Käse")?[0].fit, Fit::InParts);
/// # Ok::<(), unbake::learn::LearnError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "kebab-case")
)]
#[non_exhaustive]
pub enum Fit {
    /// [`Chain::mangle`] makes the mangled text out of the original, or [`Chain::undo`] the original out of the mangled
    /// text, but perhaps for ASCII white space at the ends.
    Exact,
    /// It makes the lines or words that differ, each by itself; the others were not mangled.
    InParts,
    /// It makes the mangled text, or the parts that differ, but for places where a program put U+FFFD or `?` for what it
    /// could not read or write.
    Lossy,
}

/// No chain can be learnt from an example.
///
/// ```
/// use unbake::learn::{LearnError, learn};
///
/// assert_eq!(learn("same", "same"), Err(LearnError::Same));
/// assert_eq!(learn("one thing", "another"), Err(LearnError::NoChain));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LearnError {
    /// The texts are equal: nothing happened.
    Same,
    /// No chain leads from the one text to the other.
    NoChain,
    /// Nothing is left of what was mangled.
    AllLost,
}

impl std::fmt::Display for LearnError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Same => f.write_str(
                "the two texts are the same: give the mangled text first and then what it should say",
            ),
            Self::NoChain => write!(
                f,
                "no chain of up to {} mis-decodings leads from the original to the mangled text: check that they are the \
                 same passage, without edits made since and without characters that were dropped, or give a part of it \
                 that surely belongs together",
                Chain::MAX_LEN
            ),
            Self::AllLost => f.write_str(
                "everything outside ASCII has become `?` or U+FFFD in the mangled text, which says nothing of how it was \
                 read: give a passage in which some of it survived",
            ),
        }
    }
}

impl std::error::Error for LearnError {}

/// The chains that lead from `original` to `mangled`: those with the fewest mis-decodings, the commonest first.
///
/// Encodings that agree in all characters of the example explain it equally well, so a short example gives more chains; the
/// first is mostly the right one. Every pair of encodings is tried alone and in chains of two and three, in chains of four
/// those that are [known](Misdecoding::cost) to happen; where something was lost, chains of up to two. The same
/// example gives the same answer always.
///
/// A chain that explains the whole exactly goes before all others; then follow those that explain the lines or words that
/// differ. Long examples are searched in some lines and checked in all, so the time grows linearly with their length; mostly
/// it is milliseconds, and up to some seconds where deep chains are searched in vain.
///
/// ```
/// use unbake::learn::{Fit, learn};
///
/// let lessons = learn("Ã£Â‚Â«Ã£ÂƒÂ¡Ã£ÂƒÂ©", "カメラ")?;
/// assert_eq!(lessons[0].chain.to_string(), "utf-8>iso-8859-1 + utf-8>windows-1252");
///
/// // The byte 81 of ざ is unassigned in windows-1252, and became U+FFFD.
/// let lessons = learn("ãƒªã\u{fffd}–ã€‚", "リざ。")?;
/// assert_eq!((lessons[0].chain.to_string().as_str(), lessons[0].fit), ("utf-8>windows-1252", Fit::Lossy));
/// # Ok::<(), unbake::learn::LearnError>(())
/// ```
///
/// # Errors
///
/// [`LearnError`] when the texts are the same, when no chain explains the example, and when too little of it is left.
pub fn learn(mangled: &str, original: &str) -> Result<Vec<Lesson>, LearnError> {
    let (mangled, original) = (mangled.trim_ascii(), original.trim_ascii());
    if mangled == original {
        return Err(LearnError::Same);
    }
    let whole = pieces::whole(mangled, original);
    let parts = pieces::differing(mangled, original);
    let mut attempts = vec![(Fit::Exact, &whole)];
    attempts.extend(parts.as_ref().map(|parts| (Fit::InParts, parts)));
    for (fit, pieces) in &attempts {
        let chains = exact::chains(pieces);
        if !chains.is_empty() {
            return Ok(lessons(chains, *fit));
        }
    }
    if !pieces::has_holes(mangled) {
        return Err(LearnError::NoChain);
    }
    if pieces::is_all_lost(mangled) {
        return Err(LearnError::AllLost);
    }
    for (_, pieces) in attempts.iter().rev() {
        let chains = lossy::chains(pieces);
        if !chains.is_empty() {
            return Ok(lessons(chains, Fit::Lossy));
        }
    }
    Err(LearnError::NoChain)
}

fn lessons(mut chains: Vec<Chain>, fit: Fit) -> Vec<Lesson> {
    chains.sort_by(|a, b| price(a).total_cmp(&price(b)).then(a.cmp(b)));
    chains.dedup();
    let lessons = chains.into_iter().map(|chain| Lesson { chain, fit });
    lessons.take(MOST).collect()
}

/// So many chains are given at most.
const MOST: usize = 100;
/// The price of a mis-decoding that nobody has reported: more than any that is known.
const UNKNOWN: f32 = 20.0;

fn price(chain: &Chain) -> f32 {
    chain.iter().map(price_of).sum()
}

fn price_of(step: Misdecoding) -> f32 {
    step.cost().unwrap_or(UNKNOWN)
}

/// The mis-decodings of all pairs, or of those that happen often enough to be met in chains, the commonest first.
fn pairs(dearest: f32) -> Vec<Misdecoding> {
    let mut pairs: Vec<(f32, Misdecoding)> = Vec::new();
    for &written in Encoding::ALL {
        for &read in Encoding::ALL {
            let step = Misdecoding::new(written, read);
            let price = price_of(step);
            if written != read && price <= dearest {
                pairs.push((price, step));
            }
        }
    }
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    pairs.into_iter().map(|(_, step)| step).collect()
}

/// The order of chains with their prices.
fn by_price(a: &(f32, Chain), b: &(f32, Chain)) -> Ordering {
    a.0.total_cmp(&b.0).then(a.1.cmp(&b.1))
}
