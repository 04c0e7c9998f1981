//! How the charset of bytes is found: by their form where it decides, else by what they say.

use super::declaration::{Declaration, sniff};
use super::race::{self, Outcome, Runner};
use super::sample::Sample;
use super::signature::{self, ENOUGH_SEQUENCES, Utf8Count};
use super::{Alternative, Charset, Detection, Evidence, Hints};
use crate::encoding::Encoding;
use std::borrow::Cow;

/// Nats of belief that a declared charset gains: one declaration in a thousand hides a given other charset.
const DECLARED: f32 = 7.0;
/// Nats that UTF-8 gains for each character outside ASCII that is valid as such, for at most so many of them, and how many
/// of them an invalid sequence outweighs.
const UTF8_SEQUENCE: f32 = 5.0;
const UTF8_SURPLUS: usize = 20;
const UTF8_INVALID: usize = 3;
/// How much of a difference in nats is believed: the model takes its evidence for more independent than it is.
const TEMPERATURE: f32 = 0.5;
/// Nats that a byte of no text costs, and that bytes are no text: random bytes cost the model nine and more each, read in
/// the encoding that suits them best, texts of a hundred bytes five at most, the rarest words seven.
const NOISE: f32 = 8.0;
const NO_TEXT: f32 = 8.0;
/// Alternatives that are less probable are not reported.
const NEGLIGIBLE: f32 = 1e-4;
/// What only reads best is never certain, however far the others are behind: that is for what the form decides.
const SUREST: f32 = 1.0 - NEGLIGIBLE;

/// Text in UTF-16 is found by what it says, like legacy encodings.
const UTF16: [Encoding; 2] = [Encoding::Utf16Le, Encoding::Utf16Be];

/// Finds the charset of bytes, without decoding all of them.
///
/// Costs one pass over the bytes for ASCII and UTF-8; other encodings are judged by about two kilobytes of them. Never
/// panics.
///
/// ```
/// use unbake::bytes::{Hints, detect};
///
/// let found = detect(b"schlie\xDFlich", &Hints::new());
/// assert_eq!(found.charset().name(), "windows-1252");
/// ```
#[must_use]
pub fn detect(bytes: &[u8], hints: &Hints) -> Detection {
    let mark = signature::mark(bytes);
    let length = mark.map_or(0, |(_, length)| length);
    let mut declarations: Vec<Declaration> = hints.declaration().into_iter().collect();
    declarations.extend(sniff(bytes.get(length..).unwrap_or_default()));
    if let Some((charset, mark)) = mark {
        return sure(charset, Evidence::ByteOrderMark, declarations).with_mark(mark);
    }
    if let Some((charset, evidence)) = signature::form(bytes) {
        return sure(charset, evidence, declarations);
    }
    let question = Question {
        bytes,
        hints,
        declarations: &declarations,
        utf8: Utf8Count::of(bytes),
    };
    let (alternatives, evidence) = question.answer();
    Detection::new(alternatives, evidence, declarations)
}

/// What the form of the bytes alone decides.
fn sure(charset: Charset, evidence: Evidence, declarations: Vec<Declaration>) -> Detection {
    Detection::new(certainly(charset), evidence, declarations)
}

fn certainly(charset: Charset) -> Vec<Alternative> {
    vec![Alternative {
        charset,
        confidence: 1.0,
    }]
}

/// What is known about bytes whose form does not give them away.
struct Question<'a> {
    bytes: &'a [u8],
    hints: &'a Hints,
    declarations: &'a [Declaration],
    utf8: Utf8Count,
}

impl Question<'_> {
    fn answer(&self) -> (Vec<Alternative>, Evidence) {
        let utf8 = Charset::Encoding(Encoding::Utf8);
        if UTF16.into_iter().any(|e| self.is_declared(e)) || self.could_be_utf16() {
            let alternatives = self.by_text(&Sample::whole(self.bytes), &UTF16);
            // else it is data with zeros in it, whose ASCII shall stay readable
            if alternatives
                .first()
                .is_some_and(|best| best.confidence > 0.5)
            {
                let evidence = self.evidence(&alternatives);
                return (alternatives, evidence);
            }
        }
        if self.bytes.is_ascii() {
            let declared = self.declarations.iter().find_map(Declaration::charset);
            let charset = declared.filter(|&charset| reads_as_ascii(charset, self.bytes));
            return (certainly(charset.unwrap_or(utf8)), Evidence::Ascii);
        }
        if self.utf8.invalid == 0 && self.utf8.valid >= ENOUGH_SEQUENCES {
            return (certainly(utf8), Evidence::Utf8);
        }
        let alternatives = self.by_text(&Sample::of(self.bytes), &[]);
        let evidence = self.evidence(&alternatives);
        (alternatives, evidence)
    }

    /// Text in UTF-16 has controls, seen byte by byte.
    fn could_be_utf16(&self) -> bool {
        self.bytes.len().is_multiple_of(2) && signature::has_controls(self.bytes)
    }

    fn is_declared(&self, encoding: Encoding) -> bool {
        let mut declared = self.declarations.iter();
        declared.any(|declaration| declaration.means(encoding.into()))
    }

    /// Lets all legacy encodings, UTF-8 and some more read the sample.
    fn by_text(&self, sample: &Sample, more: &[Encoding]) -> Vec<Alternative> {
        let surplus = self
            .utf8
            .valid
            .saturating_sub(UTF8_INVALID * self.utf8.invalid);
        let entry = |encoding: Encoding| {
            let said = if self.is_declared(encoding) {
                DECLARED
            } else {
                0.0
            };
            let form = if encoding == Encoding::Utf8 {
                UTF8_SEQUENCE * surplus.min(UTF8_SURPLUS) as f32
            } else {
                0.0
            };
            let belief = said + self.hints.bonus(encoding);
            (encoding, belief / TEMPERATURE + form)
        };
        let legacy = Encoding::ALL.iter().filter(|&&e| signature::is_legacy(e));
        let entries: Vec<(Encoding, f32)> = [Encoding::Utf8]
            .iter()
            .chain(legacy)
            .chain(more)
            .map(|&encoding| entry(encoding))
            .collect();
        weigh(&race::run(self.bytes, sample, &entries))
    }

    /// What the belief in the first of these rests on.
    fn evidence(&self, alternatives: &[Alternative]) -> Evidence {
        let Some(best) = alternatives.first().map(|best| best.charset) else {
            return Evidence::Text;
        };
        if best == Encoding::Utf8.into() && self.utf8.invalid == 0 {
            return Evidence::Utf8;
        }
        let mut declared = self.declarations.iter();
        declared
            .find(|declaration| declaration.means(best))
            .map_or(Evidence::Text, |declaration| {
                Evidence::Declared(declaration.place())
            })
    }
}

fn reads_as_ascii(charset: Charset, bytes: &[u8]) -> bool {
    charset
        .encoding()
        .is_some_and(|encoding| matches!(encoding.decode(bytes), Ok(Cow::Borrowed(_))))
}

/// From nats to probabilities. That the bytes are no text at all is one more possibility, which none of the alternatives
/// has.
fn weigh(outcome: &Outcome) -> Vec<Alternative> {
    let noise = -NOISE * outcome.read as f32 - NO_TEXT;
    let best = outcome.runners.first().map_or(noise, |best| best.nats);
    let top = best.max(noise);
    let weight = |nats: f32| ((nats - top).min(0.0) * TEMPERATURE).exp();
    let runners = outcome.runners.iter();
    let total = weight(noise) + runners.map(|runner| weight(runner.nats)).sum::<f32>();
    let alternative = |runner: &Runner| Alternative {
        charset: runner.encoding.into(),
        confidence: (weight(runner.nats) / total).min(SUREST),
    };
    let mut alternatives: Vec<Alternative> = outcome.runners.iter().map(alternative).collect();
    let count = alternatives
        .iter()
        .take_while(|alternative| alternative.confidence >= NEGLIGIBLE)
        .count();
    alternatives.truncate(count.max(1));
    alternatives
}
