//! Texts of a language: random words of its frequency list, and pieces of sentences.

use crate::pairs::UNSPACED;
use crate::random::Random;
use sha2::{Digest, Sha256};
use std::path::Path;
use std::str::FromStr;
use unbake::encoding::Encoding;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::compose;

/// Words of a frequency list that are drawn from, all alike.
const COMMON: usize = 5000;
/// How often a piece is drawn before a language is given up.
const TRIES: usize = 200;

/// A share of the sentences, by their hash, as `mojibench.py` splits them.
#[derive(Clone, Copy, PartialEq)]
pub enum Part {
    Train,
    Tune,
    Report,
}

impl FromStr for Part {
    type Err = String;

    fn from_str(name: &str) -> Result<Part, String> {
        match name {
            "train" => Ok(Part::Train),
            "tune" => Ok(Part::Tune),
            "report" => Ok(Part::Report),
            _ => Err(format!("--part is train, tune or report, not {name}")),
        }
    }
}

pub struct Language {
    words: Vec<String>,
    sentences: Vec<String>,
    space: &'static str,
}

fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))
}

/// Lines of the training and tuning parts that hold mojibake themselves; the report is quoted as it is.
const EXCLUDED: &str = include_str!("../train/excluded");

/// The part that a line belongs to; none if it is no text to measure on.
fn part(line: &str) -> Option<Part> {
    let hash = Sha256::digest(line.as_bytes());
    let hex: String = hash.iter().take(8).map(|b| format!("{b:02x}")).collect();
    if EXCLUDED.contains(&format!(" {hex} ")) {
        return None;
    }
    Some(match f64::from(hash[0]) / 256.0 {
        x if x < 0.70 => Part::Train,
        x if x < 0.85 => Part::Tune,
        _ => Part::Report,
    })
}

impl Language {
    pub fn load(data: &Path, name: &str, of: Part) -> Result<Language, String> {
        let words = read(&data.join(format!("frequency/{name}.txt")))?;
        let words = words.lines().filter_map(|line| line.split(' ').next());
        let sentences = read(&data.join(format!("sentences/{name}.txt")))?;
        let sentences = sentences.lines().map(str::trim);
        Ok(Language {
            words: words.take(COMMON).map(str::to_owned).collect(),
            sentences: sentences
                .filter(|line| line.chars().count() > 8 && part(line) == Some(of))
                .map(str::to_owned)
                .collect(),
            space: if UNSPACED.contains(&name) { "" } else { " " },
        })
    }

    /// Random words, at least one of them with a character outside ASCII, and their bytes.
    pub fn words(
        &self,
        rng: &mut Random,
        encoding: Encoding,
        count: usize,
    ) -> Option<(String, Vec<u8>)> {
        for _ in 0..TRIES {
            let mut words = Vec::with_capacity(count);
            for _ in 0..TRIES * count {
                let word = as_written(rng.pick::<String>(&self.words), encoding);
                if encoded(&word, encoding).is_some() {
                    words.push(word);
                }
                if words.len() == count {
                    break;
                }
            }
            let text = words.join(self.space);
            if !text.is_ascii() && words.len() == count {
                return Some((text.clone(), encoded(&text, encoding)?));
            }
        }
        None
    }

    /// A piece of running text of about so many bytes, with a character outside ASCII; whole characters.
    pub fn sentence(
        &self,
        rng: &mut Random,
        encoding: Encoding,
        bytes: usize,
    ) -> Option<(String, Vec<u8>)> {
        for _ in 0..TRIES {
            let first = rng.below(self.sentences.len());
            let mut text = String::new();
            for line in self.sentences.iter().cycle().skip(first).take(8) {
                if text.len() > bytes * 6 {
                    break;
                }
                text.push_str(&as_written(line, encoding));
                text.push_str(self.space);
            }
            // begin anywhere, at a word where words have spaces
            let starts: Vec<usize> = text
                .char_indices()
                .take(bytes.min(60))
                .filter(|&(i, _)| i == 0 || self.space.is_empty() || text[..i].ends_with(' '))
                .map(|(i, _)| i)
                .collect();
            let text = &text[*rng.pick(&starts)..];
            let mut size = 0;
            let end = text
                .char_indices()
                .find(|&(_, c)| {
                    size += encoding.encode_char(c).map_or(2, |e| e.as_slice().len());
                    size > bytes
                })
                .map_or(text.len(), |(i, _)| i);
            let piece = text[..end].trim();
            if piece.is_ascii() {
                continue;
            }
            if let Some(input) = encoded(piece, encoding) {
                return Some((piece.to_owned(), input));
            }
        }
        None
    }
}

/// A text as its language is written in an encoding: windows-1258 has tones apart from their letters.
fn as_written(text: &str, encoding: Encoding) -> String {
    if encoding != Encoding::Windows1258 {
        return text.to_owned();
    }
    let mut out = String::new();
    for c in text.nfc() {
        if encoding.encode_char(c).is_some() {
            out.push(c);
            continue;
        }
        let mut parts = std::iter::once(c).nfd();
        let mut base = parts.next().unwrap_or(c);
        let mut tones = String::new();
        for mark in parts {
            match compose(base, mark).filter(|&b| encoding.encode_char(b).is_some()) {
                Some(composed) if !is_tone(mark) => base = composed,
                _ => tones.push(mark),
            }
        }
        out.push(base);
        out.push_str(&tones);
    }
    out
}

fn is_tone(mark: char) -> bool {
    matches!(
        mark,
        '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}'
    )
}

/// The bytes of a text, if the encoding reads them back as that text.
fn encoded(text: &str, encoding: Encoding) -> Option<Vec<u8>> {
    let bytes = encoding.encode(text).ok()?;
    (encoding.decode(&bytes).ok()? == text).then(|| bytes.into_owned())
}
