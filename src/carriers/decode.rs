//! A text with its escapes decoded, and where each of them stood.

use std::ops::Range;

use super::{Carrier, entity, octets, unicode, word};

/// One escape: what it is in the text, and in the decoded text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    /// Bytes of the text.
    pub(super) source: Range<usize>,
    /// Bytes of the decoded text.
    pub(super) decoded: Range<usize>,
    pub(super) spelling: Spelling,
}

/// How an escape is spelt, so that others can be spelt alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spelling {
    Entity(entity::Style),
    Unicode(unicode::Style),
    Octets(octets::Style),
    /// A line break in quoted-printable that is none in the text: it stands for nothing.
    SoftBreak,
    Word(word::Style),
}

impl Spelling {
    pub(super) fn carrier(self) -> Carrier {
        match self {
            Spelling::Entity(_) => Carrier::HtmlEntities,
            Spelling::Unicode(_) => Carrier::UnicodeEscapes,
            Spelling::Octets(style) => style.carrier,
            Spelling::SoftBreak => Carrier::QuotedPrintable,
            Spelling::Word(_) => Carrier::EncodedWords,
        }
    }
}

impl Spelling {
    /// Whether it is the better model for new escapes, or as good a one and stands first.
    pub(super) fn says_more_than(self, later: Spelling) -> bool {
        self.rank() >= later.rank()
    }

    fn rank(self) -> u8 {
        let case = match self {
            Spelling::SoftBreak => return 0,
            Spelling::Entity(_) | Spelling::Word(_) => return 2,
            Spelling::Unicode(style) => style.case,
            Spelling::Octets(style) => style.case,
        };
        if case.is_some() { 2 } else { 1 }
    }
}

/// An escape at the front of a text: its length there and what it stands for.
pub(super) struct Escape {
    pub(super) length: usize,
    pub(super) means: char,
    pub(super) spelling: Spelling,
}

/// A text with its escapes decoded; what is no escape stands as it stood.
pub(super) struct Decoded<'a> {
    source: &'a str,
    pub(super) text: String,
    /// In order and apart; only soft breaks are empty in the decoded text.
    pub(super) pieces: Vec<Piece>,
    /// Up to where the text is decoded.
    done: usize,
}

impl<'a> Decoded<'a> {
    /// Decodes what the allowed carriers hold; `None` if no escape stands for a character outside ASCII. Time linear.
    pub(super) fn new(source: &'a str, allowed: &[Carrier]) -> Option<Decoded<'a>> {
        let first = candidate(source.as_bytes(), 0)?;
        let mut decoded = Decoded {
            source,
            text: String::new(),
            pieces: Vec::new(),
            done: 0,
        };
        let mut next = Some(first);
        while let Some(at) = next {
            let end = decoded.escape_at(at, allowed).unwrap_or(at + 1);
            next = candidate(source.as_bytes(), end);
        }
        let any = decoded.pieces.iter().any(|piece| {
            let text = decoded.text.get(piece.decoded.clone());
            text.is_some_and(|text| !text.is_ascii())
        });
        if !any {
            return None;
        }
        decoded.literal_up_to(source.len());
        Some(decoded)
    }

    /// Decodes the escapes at `at`, where there are any; says where they end.
    fn escape_at(&mut self, at: usize, allowed: &[Carrier]) -> Option<usize> {
        let rest = self.source.get(at..)?;
        let is_allowed = |carrier| allowed.contains(&carrier);
        match rest.as_bytes().first()? {
            b'&' if is_allowed(Carrier::HtmlEntities) => self.one(at, entity::read(rest)?),
            b'\\' if is_allowed(Carrier::UnicodeEscapes) => {
                let (skipped, escape) = unicode::read(rest);
                match escape {
                    Some(escape) => self.one(at + skipped, escape),
                    None => Some(at + skipped),
                }
            }
            b'%' if is_allowed(Carrier::PercentEncoding) => self.one(at, octets::percent(rest)?),
            b'=' => {
                let word = is_allowed(Carrier::EncodedWords)
                    .then(|| word::read(rest))
                    .flatten();
                if let Some((length, text, style)) = word {
                    return self.push(at..at + length, &text, Spelling::Word(style));
                }
                if is_allowed(Carrier::QuotedPrintable) {
                    return self.quoted(at);
                }
                None
            }
            _ => None,
        }
    }

    fn one(&mut self, at: usize, escape: Escape) -> Option<usize> {
        let mut buffer = [0; 4];
        let means = escape.means.encode_utf8(&mut buffer);
        self.push(at..at + escape.length, means, escape.spelling)
    }

    /// A run of quoted-printable: characters of several bytes, and the soft line breaks behind each.
    fn quoted(&mut self, at: usize) -> Option<usize> {
        let mut end = None;
        let mut at = at;
        while let Some(escape) = octets::quoted(self.source.get(at..)?) {
            at = self.one(at, escape)?;
            let soft = octets::soft_breaks(self.source.get(at..)?);
            if soft > 0 {
                at = self.push(at..at + soft, "", Spelling::SoftBreak)?;
            }
            end = Some(at);
        }
        end
    }

    fn push(&mut self, source: Range<usize>, means: &str, spelling: Spelling) -> Option<usize> {
        let end = source.end;
        self.literal_up_to(source.start);
        let from = self.text.len();
        self.text.push_str(means);
        self.pieces.push(Piece {
            source,
            decoded: from..self.text.len(),
            spelling,
        });
        self.done = end;
        Some(end)
    }

    fn literal_up_to(&mut self, end: usize) {
        let literal = self.source.get(self.done..end);
        self.text.push_str(literal.unwrap_or_default());
        self.done = end;
    }
}

/// So many bytes are looked at together, without a branch between.
const BLOCK: usize = 64;

/// Where the next escape may begin, from `from` on: one pass over the bytes.
fn candidate(bytes: &[u8], from: usize) -> Option<usize> {
    let starts = |byte: u8| (byte == b'&') | (byte == b'\\') | (byte == b'%') | (byte == b'=');
    let mut at = from;
    for block in bytes.get(from..)?.chunks(BLOCK) {
        if block
            .iter()
            .fold(0, |any, byte| any | u8::from(starts(*byte)))
            != 0
        {
            let found = block.iter().enumerate().find(|(offset, byte)| {
                starts(**byte) && is_escape_like(**byte, bytes.get(at + offset + 1).copied())
            });
            if let Some((offset, _)) = found {
                return Some(at + offset);
            }
        }
        at += block.len();
    }
    None
}

/// Whether an escape may begin with these two bytes.
fn is_escape_like(first: u8, second: Option<u8>) -> bool {
    second.is_some_and(|second| match first {
        b'&' => second == b'#' || second.is_ascii_alphabetic(),
        b'\\' => matches!(second, b'u' | b'\\'),
        b'%' => second.is_ascii_hexdigit(),
        _ => second == b'?' || second.is_ascii_hexdigit(),
    })
}
