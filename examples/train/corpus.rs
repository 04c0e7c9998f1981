//! The texts to learn from: sentences of the part `train`, and words with their frequencies.

use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::dirt;
use crate::model::fold;
use unicode_normalization::UnicodeNormalization;

/// What one language is learnt from.
pub struct Language {
    pub name: String,
    /// Lines of the training part.
    pub sentences: Vec<String>,
    /// Lines of the tuning part.
    pub tune: Vec<String>,
    /// Words and their damped frequencies.
    pub words: Vec<(String, f64)>,
}

/// Languages whose words stand without spaces around them.
pub const UNSPACED: [&str; 4] = ["zh-Hans", "zh-Hant", "ja", "th"];
/// Words of a frequency list that are read.
const WORDS: usize = 30_000;
const WORDS_ZH: usize = 40_000;

/// First byte of the hash of a stripped line, of 256: below 0.70 it is for training, below 0.85
/// for tuning, else it is for the report and never read.
enum Part {
    Train,
    Tune,
    Report,
}

fn part(hash: &[u8]) -> Part {
    match f64::from(hash[0]) / 256.0 {
        x if x < 0.70 => Part::Train,
        x if x < 0.85 => Part::Tune,
        _ => Part::Report,
    }
}

fn hash(line: &str) -> Vec<u8> {
    Sha256::digest(line.trim().as_bytes()).to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

fn read(path: PathBuf) -> io::Result<String> {
    fs::read_to_string(&path)
        .map_err(|e| io::Error::new(e.kind(), format!("{}: {e}", path.display())))
}

/// Names of the languages that have sentences or a frequency list.
fn names(data: &Path) -> io::Result<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for folder in ["sentences", "frequency"] {
        for entry in fs::read_dir(data.join(folder))? {
            let path = entry?.path();
            if let Some(stem) = path.file_stem().and_then(|s| s.to_str()) {
                names.insert(stem.to_string());
            }
        }
    }
    // both are in others
    names.remove("pt-BR");
    names.remove("zh-mixed");
    Ok(names)
}

/// Every language, without the lines whose hash starts as one in `excluded`.
pub fn load(data: &Path, excluded: &str) -> io::Result<Vec<Language>> {
    let excluded: BTreeSet<&str> = excluded
        .lines()
        .filter(|l| !l.starts_with('#'))
        .filter_map(|l| l.split(' ').nth(1))
        .collect();
    names(data)?
        .into_iter()
        .map(|name| {
            let mut language = Language {
                sentences: vec![],
                tune: vec![],
                words: words(data, &name, WORDS)?,
                name,
            };
            let path = data.join(format!("sentences/{}.txt", language.name));
            if path.exists() {
                for line in read(path)?.lines().filter(|l| !l.trim().is_empty()) {
                    let hash = hash(line);
                    if excluded.contains(&*hex(&hash[..8])) {
                        continue;
                    }
                    match part(&hash) {
                        Part::Train => language.sentences.push(line.to_string()),
                        Part::Tune => language.tune.push(line.to_string()),
                        Part::Report => {}
                    }
                }
            }
            Ok(language)
        })
        .collect()
}

/// Symbols as people use them, which running prose lacks: code, tables, smileys, signs.
pub fn symbols() -> Language {
    let lines = include_str!("symbols.txt").lines();
    Language {
        name: "symbols".into(),
        sentences: lines.map(String::from).collect(),
        tune: vec![],
        words: vec![],
    }
}

/// The list of training and tuning lines that hold mojibake or other dirt.
pub fn list_excluded(data: &Path) -> io::Result<String> {
    let mut out = String::from(
        "# Lines of the corpora not to learn from: language, start of their SHA-256, why.\n\
         # Made by `cargo run --release --example train -- --list-excluded ../shared/data`.\n",
    );
    for name in names(data)? {
        let path = data.join(format!("sentences/{name}.txt"));
        if !path.exists() {
            continue;
        }
        let mut found = BTreeMap::new();
        for line in read(path)?.lines() {
            let hash = hash(line);
            if let (Part::Train | Part::Tune, Some(why)) = (part(&hash), dirt::find(&name, line)) {
                found.insert(hex(&hash[..8]), why);
            }
        }
        for (hash, why) in found {
            out += &format!("{name} {hash} {why}\n");
        }
    }
    Ok(out)
}

/// How often Greek is written in capitals, which bear no accents, for what little is known.
const UNACCENTED: f64 = 0.1;

/// A word of Greek as it is without accents, where it has any.
fn unaccented(word: &str) -> Option<String> {
    let plain: String = word.nfd().filter(|&c| c != '\u{301}').nfc().collect();
    (plain != word).then_some(plain)
}

/// How often katakana are half-width, for what little is known.
const HALF_WIDTH: f64 = 0.05;

/// A word of katakana in half-width, its voiced letters taken apart.
fn half_width(word: &str) -> Option<String> {
    word.nfd().map(fold::half_kana).collect()
}

/// The words of a frequency list, commonest first, as far as `limit` lines, without dirty ones.
pub fn words(data: &Path, name: &str, limit: usize) -> io::Result<Vec<(String, f64)>> {
    let mut sources = vec![(data.join(format!("frequency/{name}.txt")), limit)];
    if name == "zh-Hans" {
        sources.push((data.join("zh/words.txt"), WORDS_ZH));
    }
    let mut words = vec![];
    for (path, limit) in sources {
        if !path.exists() {
            continue;
        }
        for line in read(path)?.lines().take(limit) {
            let mut fields = line.split(' ');
            if let (Some(word), Some(count)) = (fields.next(), fields.next()) {
                let Ok(count) = count.parse::<f64>() else {
                    continue;
                };
                if !word.is_empty() && dirt::find(name, word).is_none() {
                    words.push((word.to_string(), count.sqrt()));
                    if name == "el"
                        && let Some(plain) = unaccented(word)
                    {
                        words.push((plain, UNACCENTED * count.sqrt()));
                    }
                    if let Some(half) = half_width(word) {
                        words.push((half, HALF_WIDTH * count.sqrt()));
                    }
                }
            }
        }
    }
    Ok(words)
}
