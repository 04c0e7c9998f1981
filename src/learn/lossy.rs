//! Chains on whose way something was lost: run forward, with marks for what cannot be read or written, and compared with
//! the mangled text while they run.

use super::exact::KNOWN;
use super::pieces::{Pieces, is_hole};
use super::{UNKNOWN, pairs};
use crate::encoding::{Encoding, Step};
use crate::misdecoding::{Chain, Misdecoding};

/// Stands for one or more marks side by side: how many there are depends on the program.
const HOLE: char = '\u{FFFD}';

/// What a decoder of several bytes takes for an error, and where it goes on.
#[derive(Clone, Copy, PartialEq)]
enum Habit {
    /// Goes on at the byte that shows the error.
    Careful,
    /// The same, and user-defined characters are errors: Python, glibc.
    Strict,
    /// Drops the byte that shows the error, too.
    Swallowing,
}

impl Habit {
    const ALL: [Habit; 3] = [Habit::Careful, Habit::Strict, Habit::Swallowing];
}

/// The chains of one mis-decoding, or else of two, that make every mangled piece of its original but for the holes.
pub(super) fn chains(pieces: &Pieces<'_>) -> Vec<Chain> {
    let (mangled, original) = &pieces.sample;
    let bears_out =
        |chain: &Chain| pieces.all(|mangled, original| explains(chain, mangled, original));
    let pattern = Pattern::of(mangled);
    let all = pairs(UNKNOWN);
    let last = |text: &str, older: Chain| {
        let mut written = (None, Vec::new());
        let mut steps = all.clone();
        steps.sort_by_key(|step| step.written);
        let mut found = Vec::new();
        for step in steps {
            if written.0 != Some(step.written) {
                written = (Some(step.written), encode(text, step.written));
            }
            if let Ok(chain) = older.with(step)
                && fits(&written.1, step.read, &pattern)
                && bears_out(&chain)
            {
                found.push(chain);
            }
        }
        found
    };
    let one = last(original, Chain::new());
    if !one.is_empty() {
        return one;
    }
    let mut two = Vec::new();
    for step in pairs(KNOWN) {
        for text in mangle(original, step) {
            two.extend(last(&text, step.into()));
        }
    }
    two
}

/// Whether a chain makes the mangled text of the original but for the holes.
fn explains(chain: &Chain, mangled: &str, original: &str) -> bool {
    let pattern = Pattern::of(mangled);
    let mut texts = vec![original.to_owned()];
    let mut steps = chain.iter().peekable();
    while let Some(step) = steps.next() {
        if steps.peek().is_none() {
            let fits = |text: &String| fits(&encode(text, step.written), step.read, &pattern);
            return texts.iter().any(fits);
        }
        texts = texts.iter().flat_map(|text| mangle(text, step)).collect();
        texts.dedup();
    }
    false
}

/// What becomes of a text, by each kind of decoder.
fn mangle(text: &str, step: Misdecoding) -> Vec<String> {
    let bytes = encode(text, step.written);
    let decoded = |habit| {
        let mut out = String::new();
        decode(&bytes, step.read, habit, |c| {
            out.push(c);
            true
        });
        out
    };
    let mut texts = Habit::ALL.map(decoded).to_vec();
    texts.sort();
    texts.dedup();
    texts
}

/// Writes a text with `?` for what the encoding lacks.
fn encode(text: &str, encoding: Encoding) -> Vec<u8> {
    if let Ok(bytes) = encoding.encode(text) {
        return bytes.into_owned();
    }
    let mut bytes = Vec::with_capacity(text.len());
    for c in text.chars() {
        match encoding.encode_char(c).or(encoding.encode_char('?')) {
            Some(encoded) => bytes.extend_from_slice(encoded.as_slice()),
            None => bytes.push(b'?'),
        }
    }
    bytes
}

/// Reads bytes with a mark for what means nothing, as long as `take` wants more; says whether it wanted all.
fn decode(
    bytes: &[u8],
    encoding: Encoding,
    habit: Habit,
    mut take: impl FnMut(char) -> bool,
) -> bool {
    let mut decoder = encoding.decoder();
    for &byte in bytes {
        let was_neutral = decoder.is_neutral();
        let mut step = decoder.push(byte);
        if habit == Habit::Strict && !was_neutral && matches!(step, Step::Char(c) if is_private(c))
        {
            step = Step::Invalid;
        }
        if step == Step::Invalid && !was_neutral && habit != Habit::Swallowing {
            if !take(HOLE) {
                return false;
            }
            step = decoder.push(byte);
        }
        let more = match step {
            Step::Pending => true,
            Step::Char(c) => take(c),
            Step::Pair(a, b) => take(a) && take(b),
            Step::Invalid => take(HOLE),
        };
        if !more {
            return false;
        }
    }
    decoder.is_neutral() || take(HOLE)
}

/// A mangled text, its holes as one mark each.
struct Pattern {
    chars: Vec<char>,
}

impl Pattern {
    fn of(mangled: &str) -> Pattern {
        let mut chars: Vec<char> = Vec::new();
        for c in mangled.chars() {
            if !is_hole(c) {
                chars.push(c);
            } else if chars.last() != Some(&HOLE) {
                chars.push(HOLE);
            }
        }
        Pattern { chars }
    }
}

/// Whether the bytes, read so, are the pattern.
fn fits(bytes: &[u8], read: Encoding, pattern: &Pattern) -> bool {
    Habit::ALL.into_iter().any(|habit| {
        let mut at = 0;
        let mut in_hole = false;
        // Something outside ASCII must have survived and be explained.
        let mut told = false;
        let mut take = |c: char| {
            let expected = pattern.chars.get(at).copied();
            if expected == Some(c) && !is_hole(c) {
                at += 1;
                in_hole = false;
                told |= !c.is_ascii();
                return true;
            }
            // A program may put a mark for a byte that is unassigned, too.
            if !is_hole(c) && !is_unassigned(c) {
                return false;
            }
            if !in_hole {
                if expected != Some(HOLE) {
                    return false;
                }
                at += 1;
                in_hole = true;
            }
            true
        };
        let all = decode(bytes, read, habit, &mut take);
        all && at == pattern.chars.len() && told
    })
}

/// Whether some decoders have a mark where others have this character.
fn is_unassigned(c: char) -> bool {
    matches!(c, '\u{80}'..='\u{9F}') || is_private(c)
}

fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}')
}
