//! Text that is truly lost: recognised, named and explained, never repaired.
//!
//! | what stands there | how it came about | [`LostKind`] |
//! |---|---|---|
//! | `�` | a decoder met bytes that mean nothing in its encoding | [`Replaced`](LostKind::Replaced) |
//! | `ï¿½`, `锟斤拷`, `占쏙옙`, `嚙踝蕭`, `пїЅ`, `О©╫` | the same, and the result was read in a wrong encoding | [`Misread`](LostKind::Misread) |
//! | `caf&#65533;`, `caf\ufffd`, `caf%EF%BF%BD` | the same, and the result was escaped | [`Escaped`](LostKind::Escaped) |
//! | `M?nchen, K?ln`, `?????? ???` | an encoder had no bytes for the characters | [`QuestionMarks`](LostKind::QuestionMarks) |
//! | `M¿nchen, K¿ln` | the same, in an Oracle database | [`InvertedQuestionMarks`](LostKind::InvertedQuestionMarks) |
//! | `M\u{1A}nchen` | the same, in ICU, Java or on a mainframe | [`Substitutes`](LostKind::Substitutes) |
//! | `烫烫烫`, `屯屯屯`, `葺葺葺`, `쳌쳌쳌` | memory that was never written was taken for text | [`UnwrittenMemory`](LostKind::UnwrittenMemory) |
//! | `ￃﾯ` | bytes were widened with their sign | [`SignExtended`](LostKind::SignExtended) |
//!
//! ```
//! use unbake::damage::lost::{LostKind, lost};
//!
//! let found: Vec<_> = lost("Name: 锟斤拷锟斤拷").collect();
//! assert_eq!(found.len(), 1);
//! assert_eq!(found[0].kind.name(), "misread replacement characters");
//! assert!(found[0].kind.explain().contains("U+FFFD"));
//!
//! // Questions are no loss.
//! assert_eq!(lost("What??? a ?? b : https?://x?y=z").count(), 0);
//! ```

mod kind;
mod questions;

use std::ops::Range;

pub use kind::LostKind;

use crate::encoding::Encoding;

/// A stretch of text that is lost.
///
/// ```
/// use unbake::damage::lost::{LostKind, lost};
///
/// let found = lost("caf\u{fffd}").next().unwrap();
/// assert_eq!((found.range, found.kind), (3..6, LostKind::Replaced));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Lost {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// What happened.
    pub kind: LostKind,
}

/// The lost stretches of a text, in order and apart. Time linear.
///
/// A single `?` or a run of them is no loss by itself: question marks are listed where several words of a text have one
/// between consonants, or where words and nothing else consist of them.
///
/// ```
/// use unbake::damage::lost::{LostKind, lost};
///
/// let text = "Von M?nchen nach K?ln, caf\u{fffd}";
/// let kinds: Vec<_> = lost(text).map(|lost| (&text[lost.range], lost.kind)).collect();
/// assert_eq!(kinds, [
///     ("M?nchen", LostKind::QuestionMarks),
///     ("K?ln", LostKind::QuestionMarks),
///     ("\u{fffd}", LostKind::Replaced),
/// ]);
/// ```
pub fn lost(text: &str) -> impl Iterator<Item = Lost> + use<> {
    let mut found = Vec::new();
    runs(text, &mut found);
    questions::words(text, &mut found);
    questions::runs(text, &mut found);
    found.sort_by_key(|lost| (lost.range.start, lost.range.end));
    let mut free_from = 0;
    found.retain(|lost| {
        let is_free = lost.range.start >= free_from;
        if is_free {
            free_from = lost.range.end;
        }
        is_free
    });
    found.into_iter()
}

/// EF BF BD, once or twice, as it is read in the encodings that it is met in: by Python's codecs.
const MISREAD: &[(&str, Encoding)] = &[
    ("ï¿½", Encoding::Windows1252),
    ("ï¿œ", Encoding::Iso8859_15),
    ("Ã¯Â¿Â½", Encoding::Windows1252),
    ("ďż˝", Encoding::Windows1250),
    ("пїЅ", Encoding::Windows1251),
    ("οΏ½", Encoding::Windows1253),
    ("ן¿½", Encoding::Windows1255),
    ("ï؟½", Encoding::Windows1256),
    ("ļæ½", Encoding::Windows1257),
    ("๏ฟฝ", Encoding::Windows874),
    ("яПН", Encoding::Iso8859_5),
    ("О©╫", Encoding::Koi8R),
    ("О©Ґ", Encoding::Koi8U),
    ("я┐╜", Encoding::Ibm866),
    ("∩┐╜", Encoding::Ibm437),
    ("Ύ┐╜", Encoding::Ibm737),
    ("’┐Į", Encoding::Ibm775),
    ("´┐¢", Encoding::Ibm850),
    ("´┐Ż", Encoding::Ibm852),
    ("№┐й", Encoding::Ibm855),
    ("ÔøΩ", Encoding::Macintosh),
    ("пњљ", Encoding::MacCyrillic),
    ("锟斤拷", Encoding::Gbk),
    ("嚙踝蕭", Encoding::Big5),
    ("占쏙옙", Encoding::EucKr),
    ("鐃緒申", Encoding::EucJp),
    ("�ｿｽ", Encoding::ShiftJis),
];

/// Whether a word is U+FFFD read in a wrong encoding, once or more, and nothing else.
pub(crate) fn is_misread_replacement(word: &[char]) -> bool {
    MISREAD.iter().any(|(part, _)| {
        let mut left = word;
        while let Some(rest) = strip(left, part) {
            left = rest;
        }
        left.is_empty() && !word.is_empty()
    })
}

/// Whether two of them stand side by side in a text: one alone may be other letters by chance.
pub(crate) fn holds_misread_replacements(text: &[char]) -> bool {
    let twice =
        |part: &str, at: &[char]| strip(at, part).and_then(|rest| strip(rest, part)).is_some();
    let mut starts = (0..text.len()).filter_map(|i| text.get(i..));
    starts.any(|at| MISREAD.iter().any(|(part, _)| twice(part, at)))
}

fn strip<'w>(word: &'w [char], part: &str) -> Option<&'w [char]> {
    part.chars().try_fold(word, |left, c| match left {
        [first, rest @ ..] if *first == c => Some(rest),
        _ => None,
    })
}

/// U+FFFD in escapes, in lower case.
const ESCAPED: &[&str] = &["&#65533;", "&#xfffd;", "\\ufffd", "%ef%bf%bd", "=ef=bf=bd"];

/// The bytes that debuggers fill memory with, as they are read twice: by Python's codecs. Those that laughter, frames and
/// cries are written with too, ﾌ or ═ or Í, are left out.
const FILLS: &[(char, u8)] = &[
    ('烫', 0xCC),
    ('屯', 0xCD),
    ('葺', 0xDD),
    ('铪', 0xFE),
    ('昍', 0xCC),
    ('迋', 0xCD),
    ('楥', 0xDD),
    ('儆', 0xCC),
    ('袴', 0xCD),
    ('硼', 0xDD),
    ('쳌', 0xCC),
    ('췍', 0xCD),
];
/// So often a fill must stand side by side.
const FILLED: usize = 3;

/// Whether a word holds memory that was never written.
pub(crate) fn holds_unwritten_memory(word: &[char]) -> bool {
    word.chunk_by(|a, b| a == b)
        .filter(|run| run.len() >= FILLED)
        .filter_map(<[char]>::first)
        .any(|c| FILLS.iter().any(|(fill, _)| fill == c))
}

/// What can be told by itself.
fn runs(text: &str, found: &mut Vec<Lost>) {
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let quick = rest
            .bytes()
            .position(|b| !b.is_ascii() || b"&\\%=\x1A".contains(&b));
        let Some(skip) = quick else {
            return;
        };
        let rest = rest.get(skip..).unwrap_or_default();
        at += skip;
        let before = text.get(..at).and_then(|text| text.chars().next_back());
        match run(rest, before) {
            Some((length, kind)) => {
                found.push(Lost {
                    range: at..at + length,
                    kind,
                });
                at += length;
            }
            None => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
}

/// The loss at the front of a text: its length and kind.
fn run(text: &str, before: Option<char>) -> Option<(usize, LostKind)> {
    let first = text.chars().next()?;
    let repeated = |part: &str| text.len() - text.trim_start_matches(part).len();
    if first.is_ascii() {
        if first == '\u{1A}' {
            let length = repeated("\u{1A}");
            let after = text.get(length..)?.chars().next()?;
            let between = before?.is_alphabetic() && after.is_alphabetic();
            return between.then_some((length, LostKind::Substitutes));
        }
        let length = escaped(text)?;
        // Between quotes or spaces it is a program that speaks of the character.
        let after = text.get(length..)?.chars().next();
        let in_word = [before, after]
            .into_iter()
            .flatten()
            .any(char::is_alphabetic);
        return in_word.then_some((length, LostKind::Escaped));
    }
    if let Some((part, read)) = MISREAD.iter().find(|(part, _)| text.starts_with(part)) {
        let mut length = repeated(part);
        // An odd number of U+FFFD leaves half of the pattern, and a byte that nothing follows.
        let wide = [
            Encoding::Gbk,
            Encoding::Big5,
            Encoding::EucKr,
            Encoding::EucJp,
        ];
        let half = part.chars().next().filter(|_| wide.contains(read));
        let rest = text.get(length..)?;
        if let Some(more) = half.and_then(|half| rest.strip_prefix(half)) {
            let more = more.strip_prefix(['?', '\u{FFFD}']).unwrap_or(more);
            length += rest.len() - more.len();
        }
        return Some((length, LostKind::Misread { read: *read }));
    }
    if first == '\u{FFFD}' {
        return Some((repeated("\u{FFFD}"), LostKind::Replaced));
    }
    if let Some((_, fill)) = FILLS.iter().find(|(c, _)| *c == first) {
        let length = text.len() - text.trim_start_matches(first).len();
        let filled = length >= FILLED * first.len_utf8();
        return filled.then_some((length, LostKind::UnwrittenMemory { fill: *fill }));
    }
    sign_extended(text).map(|length| (length, LostKind::SignExtended))
}

fn escaped(text: &str) -> Option<usize> {
    let one = |text: &str| {
        let is_it = |escape: &&&str| {
            let front = text.get(..escape.len());
            front.is_some_and(|front| front.eq_ignore_ascii_case(escape))
        };
        ESCAPED.iter().find(is_it).map(|escape| escape.len())
    };
    let mut length = one(text)?;
    while let Some(more) = text.get(length..).and_then(one) {
        length += more;
    }
    Some(length)
}

/// Characters from U+FF80 on whose low bytes are UTF-8.
fn sign_extended(text: &str) -> Option<usize> {
    let mut decoder = Encoding::Utf8.decoder();
    let mut whole = None;
    for (at, c) in text.char_indices() {
        let [0, 0, 0xFF, byte @ 0x80..=0xFF] = u32::from(c).to_be_bytes() else {
            break;
        };
        if decoder.push(byte) == crate::encoding::Step::Invalid {
            break;
        }
        if decoder.is_neutral() {
            whole = Some(at + c.len_utf8());
        }
    }
    whole
}
