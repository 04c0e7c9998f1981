//! Undoing a chain unit by unit: the smallest spans of mangled text that stand for whole characters
//! of the original.

use crate::encoding::{CharDecoder, Encoding, Step};
use crate::misdecoding::Chain;
use std::ops::Range;

/// The longest span that is tried before a unit is given up: four layers of UTF-8 take up to 24
/// characters for one.
const LONGEST_UNIT: usize = 48;

const REPLACEMENT: char = '\u{FFFD}';

/// A span of the mangled text and what the chain makes of it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Unit {
    /// Characters of the mangled text.
    pub(crate) mangled: Range<usize>,
    /// Characters of [`Undone::chars`].
    pub(crate) original: Range<usize>,
    /// `false` where the chain cannot be undone, or changes nothing.
    pub(crate) converted: bool,
    /// The chain cannot be undone here.
    pub(crate) failed: bool,
}

/// A text with a chain undone wherever it can be.
pub(crate) struct Undone {
    pub(crate) units: Vec<Unit>,
    pub(crate) chars: Vec<char>,
}

impl Undone {
    /// Whether the chain makes anything else of the text.
    pub(super) fn converts_any(&self) -> bool {
        self.units.iter().any(|unit| unit.converted)
    }
}

/// Undoes `chain` over `mangled`, from left to right, wherever it can be undone.
pub(crate) fn undo(chain: &Chain, mangled: &[char]) -> Undone {
    undo_while(&mut Pipeline::new(chain), mangled, |_| true)
}

/// Undoes `chain` over all of `mangled`; `None` where it cannot be undone everywhere, or changes nothing.
pub(crate) fn undo_all(chain: &Chain, mangled: &[char]) -> Option<Undone> {
    undo_all_by(&mut Pipeline::new(chain), mangled)
}

/// The same where no-break spaces have become spaces: within a character a space is taken for one. `None` also where no
/// space is.
pub(crate) fn undo_all_with_spaces(chain: &Chain, mangled: &[char]) -> Option<Undone> {
    let mut pipeline = Pipeline::new(chain);
    pipeline.spaces = Spaces::NoBreak;
    let undone = undo_all_by(&mut pipeline, mangled)?;
    (pipeline.spaces == Spaces::FoundNoBreak).then_some(undone)
}

fn undo_all_by(pipeline: &mut Pipeline, mangled: &[char]) -> Option<Undone> {
    let undone = undo_while(pipeline, mangled, |unit| !unit.failed);
    let is_complete = undone.units.last().is_some_and(|u| !u.failed);
    (is_complete && undone.units.iter().any(|u| u.converted)).then_some(undone)
}

/// Undoes `chain` over `mangled` as far as the units are wanted; the last one may be unwanted.
fn undo_while(
    pipeline: &mut Pipeline,
    mangled: &[char],
    is_wanted: impl Fn(&Unit) -> bool,
) -> Undone {
    let mut undone = Undone {
        units: Vec::with_capacity(mangled.len()),
        chars: Vec::with_capacity(mangled.len()),
    };
    let mut start = 0;
    while let Some(rest) = mangled.get(start..).filter(|rest| !rest.is_empty()) {
        let from = undone.chars.len();
        let end = match pipeline.unit(rest, &mut undone.chars) {
            Some(len) => start + len,
            None => {
                undone.chars.truncate(from);
                undone.chars.extend(rest.first());
                start + 1
            }
        };
        let stands = mangled.get(start..end).unwrap_or_default();
        // The mojibake of U+FFFD says as much as U+FFFD, and can be looked up.
        let mut original = undone.chars.iter().skip(from);
        if !stands.contains(&REPLACEMENT) && original.all(|&c| c == REPLACEMENT) {
            undone.chars.truncate(from);
            undone.chars.extend(stands);
        }
        let original = from..undone.chars.len();
        let failed = pipeline.failed;
        let converted = !failed && undone.chars.get(original.clone()) != Some(stands);
        let unit = Unit {
            mangled: start..end,
            original,
            converted,
            failed,
        };
        let goes_on = is_wanted(&unit);
        undone.units.push(unit);
        if !goes_on {
            break;
        }
        start = end;
    }
    undone
}

struct Layer {
    read: Encoding,
    written: Encoding,
    decoder: CharDecoder,
}

/// What spaces within a character are taken for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Spaces {
    Themselves,
    /// No-break spaces, if there are any.
    NoBreak,
    /// No-break spaces, and there was one.
    FoundNoBreak,
}

struct Pipeline {
    /// Newest mis-decoding first, the order in which they are undone.
    layers: Vec<Layer>,
    /// ASCII is the same in all encodings of the chain.
    keeps_ascii: bool,
    failed: bool,
    spaces: Spaces,
}

impl Pipeline {
    fn new(chain: &Chain) -> Pipeline {
        let mut layers: Vec<Layer> = chain
            .iter()
            .map(|m| Layer {
                read: m.read,
                written: m.written,
                decoder: m.written.decoder(),
            })
            .collect();
        layers.reverse();
        Pipeline {
            keeps_ascii: chain
                .iter()
                .all(|m| m.written.keeps_ascii() && m.read.keeps_ascii()),
            layers,
            failed: false,
            spaces: Spaces::Themselves,
        }
    }

    /// Undoes one unit at the start of `mangled`; the number of characters it took, or `None`.
    fn unit(&mut self, mangled: &[char], out: &mut Vec<char>) -> Option<usize> {
        self.failed = false;
        if let Some(&c) = mangled.first()
            && c.is_ascii()
            && self.keeps_ascii
        {
            out.push(c);
            return Some(1);
        }
        let from = out.len();
        for (i, &c) in mangled.iter().take(LONGEST_UNIT).enumerate() {
            let is_within = i > 0 && c == ' ' && self.spaces != Spaces::Themselves;
            let c = if is_within {
                self.spaces = Spaces::FoundNoBreak;
                '\u{A0}'
            } else {
                c
            };
            if push(&mut self.layers, c, out).is_none() {
                break;
            }
            if out.len() > from && self.layers.iter().all(|l| l.decoder.is_neutral()) {
                return Some(i + 1);
            }
        }
        self.failed = true;
        for layer in &mut self.layers {
            layer.decoder = layer.written.decoder();
        }
        None
    }
}

fn push(layers: &mut [Layer], c: char, out: &mut Vec<char>) -> Option<()> {
    let Some((layer, deeper)) = layers.split_first_mut() else {
        out.push(c);
        return Some(());
    };
    let bytes = layer.read.encode_char(c)?;
    for &byte in bytes.as_slice() {
        match layer.decoder.push(byte) {
            Step::Pending => {}
            Step::Char(c) => push(deeper, c, out)?,
            Step::Pair(a, b) => {
                push(deeper, a, out)?;
                push(deeper, b, out)?;
            }
            Step::Invalid => return None,
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn undone(chain: &str, text: &str) -> (String, Vec<bool>) {
        let chars: Vec<char> = text.chars().collect();
        let undone = undo(&chain.parse().unwrap(), &chars);
        (
            undone.chars.iter().collect(),
            undone.units.iter().map(|u| u.converted).collect(),
        )
    }

    #[test]
    fn a_space_within_a_character_was_a_no_break_space() {
        let utf8 = "utf-8>windows-1252";
        let twice = "utf-8>windows-1252 + utf-8>windows-1252";
        let cases = [
            (utf8, "voilÃ  la fÃªte", Some("voilà la fête")),
            (twice, "Ã Â¦Â¯Ã Â¦Â¦Ã Â¦Â¿ Ã Â¦Â¬", Some("যদি ব")),
            (utf8, "Ã© Â la", Some("é \u{A0}la")),
            // No space stands within a character, and one cannot be part of it.
            (utf8, "la fÃªte", None),
            (utf8, "fÃªte â la", None),
        ];
        for (chain, text, expected) in cases {
            let chars: Vec<char> = text.chars().collect();
            let undone = undo_all_with_spaces(&chain.parse().unwrap(), &chars);
            let undone = undone.map(|u| String::from_iter(u.chars));
            assert_eq!(undone.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_unit_is_one_character_of_the_original() {
        let cases = [
            (
                "utf-8>windows-1252",
                "schÃ¶n",
                "schön",
                vec![false, false, false, true, false],
            ),
            ("utf-8>gbk", "浣犲ソ", "你好", vec![true]),
            ("windows-1251>koi8-r", "оПХБЕР", "Привет", vec![true; 6]),
            (
                "utf-8>windows-1252 + utf-8>windows-1252",
                "ÃƒÂ¶",
                "ö",
                vec![true],
            ),
            ("utf-8>windows-1252", "ï¿½Ã¶", "ï¿½ö", vec![false, true]),
            (
                "utf-8>windows-1252",
                "für Ã¶",
                "für ö",
                vec![false, false, false, false, true],
            ),
        ];
        for (chain, text, original, converted) in cases {
            assert_eq!(
                undone(chain, text),
                (original.to_owned(), converted),
                "{chain}"
            );
        }
    }
}
