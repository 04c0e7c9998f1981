//! The clean texts that everything is made from.
//!
//! Those in `texts/` were written for this project. Where `../shared` lies beside the repository, measurements can use
//! its sentences instead, which are more and other people's.

use std::path::Path;

/// The languages, by the tag that their files have and the name that they are shown under.
pub const LANGUAGES: [(&str, &str); 7] = [
    ("fr", "French"),
    ("ru", "Russian"),
    ("zh", "Chinese"),
    ("ja", "Japanese"),
    ("ko", "Korean"),
    ("ar", "Arabic"),
    ("hi", "Hindi"),
];

/// Where sentences are from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Source {
    /// `texts/`
    Own,
    /// `../shared/data/sentences`, and `texts/` for languages that it does not have.
    Shared,
}

impl Source {
    /// The shared sentences if they are there.
    pub fn best() -> Source {
        if shared("en").is_some() {
            Source::Shared
        } else {
            Source::Own
        }
    }
}

fn own(tag: &str) -> &'static str {
    match tag {
        "en" => include_str!("../texts/en.txt"),
        "fr" => include_str!("../texts/fr.txt"),
        "ru" => include_str!("../texts/ru.txt"),
        "zh" => include_str!("../texts/zh.txt"),
        "ja" => include_str!("../texts/ja.txt"),
        "ko" => include_str!("../texts/ko.txt"),
        "ar" => include_str!("../texts/ar.txt"),
        "hi" => include_str!("../texts/hi.txt"),
        _ => panic!("there is no text in {tag}"),
    }
}

fn shared(tag: &str) -> Option<String> {
    let tag = if tag == "zh" { "zh-Hans" } else { tag };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/sentences");
    std::fs::read_to_string(folder.join(format!("{tag}.txt"))).ok()
}

/// Sentences of a language in an order of their own, over and over, until they are so many bytes; English has none
/// outside ASCII.
pub fn sentences(tag: &str, source: Source, bytes: usize) -> Vec<String> {
    let text = match source {
        Source::Own => own(tag).to_owned(),
        Source::Shared => shared(tag).unwrap_or_else(|| own(tag).to_owned()),
    };
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| !line.is_empty() && (tag != "en" || line.is_ascii()))
        .collect();
    let mut random = 1_u64;
    let mut chosen = Vec::new();
    let mut length = 0;
    while length < bytes {
        // Knuth's generator, MMIX.
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let line = lines[(random >> 33) as usize % lines.len()];
        length += line.len() + 1;
        chosen.push(line.to_owned());
    }
    chosen
}
