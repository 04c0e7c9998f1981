//! Encoded words of mail headers (RFC 2047): `=?utf-8?Q?caf=C3=A9?=`, `=?utf-8?B?Y2Fmw6k=?=`.

use super::base64;
use super::octets::{Case, write_octet};
use crate::encoding::Encoding;

/// How words are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Style {
    transfer: Transfer,
    charset: Encoding,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Transfer {
    /// `Q`, like quoted-printable.
    Quoted,
    /// `B`.
    Base64,
}

/// A word taken apart.
struct Word<'a> {
    length: usize,
    label: &'a str,
    letter: &'a str,
    body: &'a str,
}

/// So long a word may be, RFC 2047 section 2.
const LONGEST: usize = 75;

/// The words at the front of a text that begins with `=`: all that follow one another with the same label and nothing but
/// white space between, which RFC 2047 takes for no space at all. Their length, the text, and how they are written.
pub(super) fn read(text: &str) -> Option<(usize, String, Style)> {
    let first = split(text)?;
    let charset = Encoding::from_label(first.label).ok()?;
    let transfer = match first.letter {
        "Q" | "q" => Transfer::Quoted,
        "B" | "b" => Transfer::Base64,
        _ => return None,
    };
    let mut reading = Reading {
        charset,
        pending: Vec::new(),
        text: String::new(),
    };
    let mut word = first;
    // Where the words so far end, and where they last ended with a whole character.
    let (mut end, mut whole) = (0, None);
    loop {
        if decode(transfer, word.body)
            .and_then(|bytes| reading.take(&bytes))
            .is_none()
        {
            break;
        }
        end += word.length;
        if reading.pending.is_empty() {
            whole = Some((end, reading.text.len()));
        }
        let rest = text.get(end..)?;
        let gap = rest.len() - rest.trim_ascii_start().len();
        let next = rest.get(gap..).and_then(split).filter(|next| {
            gap > 0
                && next.label.eq_ignore_ascii_case(word.label)
                && next.letter.eq_ignore_ascii_case(word.letter)
        });
        let Some(next) = next else {
            break;
        };
        end += gap;
        word = next;
    }
    let (end, length) = whole?;
    reading.text.truncate(length);
    Some((end, reading.text, Style { transfer, charset }))
}

/// The bytes of words on their way to text; programs cut words inside characters.
struct Reading {
    charset: Encoding,
    pending: Vec<u8>,
    text: String,
}

impl Reading {
    /// Takes the bytes of a word; `None` if they are no text.
    fn take(&mut self, bytes: &[u8]) -> Option<()> {
        self.pending.extend_from_slice(bytes);
        let whole = match self.charset.decode(&self.pending) {
            Ok(text) => {
                self.text.push_str(&text);
                self.pending.len()
            }
            Err(error) if error.is_truncated() => {
                let whole = self.pending.get(..error.position())?;
                self.text.push_str(&self.charset.decode(whole).ok()?);
                whole.len()
            }
            Err(_) => return None,
        };
        self.pending.drain(..whole);
        Some(())
    }
}

/// The word at the front of a text.
fn split(text: &str) -> Option<Word<'_>> {
    let rest = text.strip_prefix("=?")?;
    let label_end = rest.bytes().take(40).position(|b| b == b'?')?;
    let (label, rest) = rest.split_at_checked(label_end)?;
    let (letter, rest) = rest.get(1..)?.split_at_checked(1)?;
    let rest = rest.strip_prefix('?')?;
    let body_end = rest
        .bytes()
        .position(|b| b == b'?' || !b.is_ascii_graphic())?;
    let (body, rest) = rest.split_at_checked(body_end)?;
    let rest = rest.strip_prefix("?=")?;
    let length = text.len() - rest.len();
    let labelled = label
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || b"-_.:+".contains(&b));
    labelled.then_some(Word {
        length,
        label,
        letter,
        body,
    })
}

fn decode(transfer: Transfer, body: &str) -> Option<Vec<u8>> {
    match transfer {
        Transfer::Base64 => base64::decode(body),
        Transfer::Quoted => {
            let mut bytes = Vec::with_capacity(body.len());
            let mut rest = body.bytes();
            while let Some(byte) = rest.next() {
                bytes.push(match byte {
                    b'_' => b' ',
                    b'=' => {
                        let mut digit = || char::from(rest.next()?).to_digit(16);
                        u8::try_from(digit()? << 4 | digit()?).ok()?
                    }
                    byte => byte,
                });
            }
            Some(bytes)
        }
    }
}

/// Writes a text as the words of `source` were written, each as long as one may be.
///
/// Where their charset cannot hold it, it becomes UTF-8.
pub(super) fn write(style: Style, source: &str, text: &str, out: &mut String) {
    let charset = match style.charset.encode(text) {
        Ok(_) => style.charset,
        Err(_) => Encoding::Utf8,
    };
    let first = split(source);
    let label = match &first {
        Some(word) if charset == style.charset => word.label,
        _ => charset.name(),
    };
    let letter = first.as_ref().map_or("B", |word| word.letter);
    let head = format!("=?{label}?{letter}?");
    let gap = gap(source).unwrap_or(" ");
    let signs = Signs::of(source);
    let longest = first.map_or(LONGEST, |word| word.length.max(LONGEST));
    let room = longest.saturating_sub(head.len() + 2);

    let mut body = String::new();
    let mut pending = Vec::new();
    let mut any = false;
    let mut close = |body: &mut String, out: &mut String| {
        if any {
            out.push_str(gap);
        }
        any = true;
        out.extend([head.as_str(), body.as_str(), "?="]);
        body.clear();
    };
    for c in text.chars() {
        let mut buffer = [0; 4];
        let bytes = charset
            .encode(c.encode_utf8(&mut buffer))
            .unwrap_or_default();
        match style.transfer {
            Transfer::Quoted => {
                let mut spelt = String::new();
                for &byte in bytes.iter() {
                    signs.write(byte, &mut spelt);
                }
                if !body.is_empty() && body.len() + spelt.len() > room {
                    close(&mut body, out);
                }
                body.push_str(&spelt);
            }
            Transfer::Base64 => {
                let length = (pending.len() + bytes.len()).div_ceil(3) * 4;
                if !pending.is_empty() && length > room {
                    base64::encode(&pending, &mut body);
                    pending.clear();
                    close(&mut body, out);
                }
                pending.extend_from_slice(&bytes);
            }
        }
    }
    base64::encode(&pending, &mut body);
    close(&mut body, out);
}

/// Which signs a `Q` word spells as they are: those that have to be, and those that the source has so.
struct Signs {
    plain: [bool; 128],
    space: &'static str,
}

impl Signs {
    fn of(source: &str) -> Signs {
        let mut plain = [false; 128];
        for byte in source.bytes().chain(*b"!*+-/") {
            if let Some(plain) = plain.get_mut(usize::from(byte)) {
                *plain = byte.is_ascii_punctuation() && !matches!(byte, b'=' | b'?' | b'_');
            }
        }
        let space = if source.contains("=20") { "=20" } else { "_" };
        Signs { plain, space }
    }

    fn write(&self, byte: u8, out: &mut String) {
        if byte == b' ' {
            out.push_str(self.space);
        } else if byte.is_ascii_alphanumeric() || self.plain.get(usize::from(byte)) == Some(&true) {
            out.push(char::from(byte));
        } else {
            out.push('=');
            write_octet(byte, Case::Upper, out);
        }
    }
}

/// What stands between the first two words.
fn gap(source: &str) -> Option<&str> {
    let length = split(source)?.length;
    let rest = source.get(length..)?;
    let gap = rest.len() - rest.trim_ascii_start().len();
    rest.get(..gap).filter(|gap| !gap.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rewritten(source: &str, text: &str) -> String {
        let (_, _, style) = read(source).unwrap();
        let mut out = String::new();
        write(style, source, text, &mut out);
        out
    }

    #[test]
    fn words_are_read_and_written_alike() {
        // Texts by Python's email.header.decode_header.
        let cases = [
            ("=?utf-8?Q?caf=C3=A9_au_lait?=", "café au lait"),
            ("=?UTF-8?Q?caf=C3=A9=20au=20lait?=", "café au lait"),
            ("=?utf-8?B?Y2Fmw6k=?=", "café"),
            ("=?iso-8859-1?q?caf=E9?=", "café"),
            ("=?koi8-r?B?8NLJ18XU?=", "Привет"),
        ];
        for (word, text) in cases {
            let (length, read, _) = read(word).unwrap();
            assert_eq!((length, read.as_str()), (word.len(), text), "{word}");
            assert_eq!(rewritten(word, text), word);
        }
        let two = "=?utf-8?Q?caf=C3?=\r\n =?utf-8?Q?=A9?= and more";
        let (length, text, _) = read(two).unwrap();
        assert_eq!((&two[length..], text.as_str()), (" and more", "café"));
        let none = [
            "=?utf-8?Q?caf=C3?=",
            "=?klingon?Q?a?=",
            "=?utf-8?X?a?=",
            "=?utf-8?Q?a b?=",
            "=?utf-8?B?a?=",
            "=?utf-8?Q?=4?=",
            "=?utf-8?Q?a",
            "=??Q?",
        ];
        for word in none {
            assert!(read(word).is_none(), "{word}");
        }
    }

    #[test]
    fn long_texts_are_cut_between_characters() {
        for source in ["=?utf-8?Q?=C3=A9?=", "=?utf-8?B?w6k=?="] {
            let long = "déjà vu ".repeat(20);
            let written = rewritten(source, &long);
            assert!(written.split(' ').all(|word| word.len() <= LONGEST));
            assert_eq!(read(&written).unwrap().1, long);
        }
    }

    #[test]
    fn a_charset_that_cannot_hold_the_text_becomes_utf_8() {
        assert_eq!(
            rewritten("=?iso-8859-1?Q?=E2=80=99?=", "’"),
            "=?utf-8?Q?=E2=80=99?="
        );
    }
}
