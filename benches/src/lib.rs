//! The texts that are measured, and what each must become.
//!
//! What is mangled is mangled here, line by line, by the chain that stands beside it, so that the clean text is known.

pub mod contenders;
pub mod texts;

use plsfix::TextFixerConfig;
use texts::{LANGUAGES, Source, sentences};
use unbake::misdecoding::Chain;

/// plsfix with what it does beside repairing encodings turned off.
pub const PLSFIX_ENCODING_ONLY: TextFixerConfig = TextFixerConfig {
    unescape_html: Some(false),
    remove_terminal_escapes: false,
    fix_encoding: true,
    restore_byte_a0: true,
    replace_lossy_sequences: true,
    decode_inconsistent_utf8: true,
    fix_c1_controls: false,
    fix_latin_ligatures: false,
    fix_character_width: false,
    uncurl_quotes: false,
    fix_line_breaks: false,
    remove_control_chars: false,
    normalization: None,
    max_decode_length: 1_000_000,
};

/// A text to measure, and what the repair must make of it.
pub struct Sample {
    pub name: String,
    pub text: String,
    pub truth: String,
}

/// Of so many mangled lines, one may be missed; of clean lines none may be changed.
const MISSED: usize = 50;

impl Sample {
    /// How many lines are mangled.
    pub fn mangled_lines(&self) -> usize {
        let lines = self.text.lines().zip(self.truth.lines());
        lines.filter(|(line, truth)| line != truth).count()
    }

    /// Fails where a repair is not what the sample says: what is measured must be the work that is wanted.
    pub fn check(&self) {
        let repair = unbake::repair(&self.text);
        let name = &self.name;
        assert!(repair.revert() == self.text, "{name}: does not revert");
        assert_eq!(
            repair.text().lines().count(),
            self.truth.lines().count(),
            "{name}: the ends of lines"
        );
        let (mut wanted, mut repaired) = (0, 0);
        let mut missed = None;
        let lines = self.text.lines().zip(repair.text().lines());
        for ((line, found), truth) in lines.zip(self.truth.lines()) {
            if line == truth {
                assert!(
                    found == truth,
                    "{name}: {truth:?} was clean and is {found:?}"
                );
                continue;
            }
            wanted += 1;
            repaired += usize::from(found == truth);
            if found != truth {
                missed = Some((found, truth));
            }
        }
        assert!(
            wanted - repaired <= wanted / MISSED,
            "{name}: {repaired} of {wanted} lines, and not {missed:?}"
        );
        assert_eq!(wanted > 0, repair.is_changed(), "{name}");
    }
}

fn mangle(clean: &str, chain: &str) -> String {
    let chain: Chain = chain.parse().expect("a chain");
    chain.mangle(clean).unwrap_or_else(|_| clean.to_owned())
}

/// ASCII and clean text of seven languages, so many bytes of each.
pub fn clean_texts(source: Source, bytes: usize) -> Vec<Sample> {
    let languages = [("en", "ASCII")].into_iter().chain(LANGUAGES);
    let sample = |(tag, name): (&str, &str)| {
        let text = sentences(tag, source, bytes).join("\n");
        Sample {
            name: name.to_owned(),
            truth: text.clone(),
            text,
        }
    };
    languages.map(sample).collect()
}

const UTF_8: &str = "utf-8>windows-1252";
const LAYERED: &str = "utf-8>windows-1252 + utf-8>windows-1252";

/// Pages of mangled text, so many bytes of clean text each.
pub fn mangled_texts(source: Source, bytes: usize) -> Vec<Sample> {
    /// A language, and the chain that befell its lines.
    type Part = (&'static str, Option<&'static str>);
    let pages: &[(&str, &[Part])] = &[
        (
            "lightly damaged",
            &[
                ("en", None),
                ("en", None),
                ("fr", None),
                ("fr", Some(UTF_8)),
                ("en", None),
                ("en", None),
                ("fr", None),
                ("en", None),
            ],
        ),
        (
            "heavily damaged",
            &[
                ("fr", Some(UTF_8)),
                ("ru", Some("koi8-r>windows-1251")),
                ("zh", Some("utf-8>windows-1252")),
                ("ru", Some("utf-8>windows-1251")),
                ("ja", Some("shift_jis>iso-8859-1")),
            ],
        ),
        ("layered", &[("fr", Some(LAYERED))]),
        ("French, utf-8 as windows-1252", &[("fr", Some(UTF_8))]),
        (
            "Russian, koi8-r as windows-1251",
            &[("ru", Some("koi8-r>windows-1251"))],
        ),
        (
            "Japanese, shift_jis as iso-8859-1",
            &[("ja", Some("shift_jis>iso-8859-1"))],
        ),
        (
            "Korean, euc-kr as windows-1252",
            &[("ko", Some("euc-kr>windows-1252"))],
        ),
        (
            "Arabic, windows-1256 as windows-1252",
            &[("ar", Some("windows-1256>windows-1252"))],
        ),
    ];
    let page = |(name, parts): &(&str, &[Part])| {
        let mut lines: Vec<_> = parts
            .iter()
            .map(|(tag, chain)| {
                let of_one = sentences(tag, source, bytes / parts.len());
                (of_one.into_iter(), *chain)
            })
            .collect();
        let (mut text, mut truth) = (String::new(), String::new());
        // A line of each in turn, as long as there is one of all.
        'page: loop {
            for (lines, chain) in &mut lines {
                let Some(line) = lines.next() else {
                    break 'page;
                };
                text += &chain.map_or_else(|| line.clone(), |chain| mangle(&line, chain));
                text.push('\n');
                truth += &line;
                truth.push('\n');
            }
        }
        Sample {
            name: (*name).to_owned(),
            text,
            truth,
        }
    };
    pages.iter().map(page).collect()
}

/// Short strings of about 20 bytes.
pub fn short_texts() -> Vec<Sample> {
    let sample = |name: &str, text: &str, truth: &str| Sample {
        name: name.to_owned(),
        text: text.to_owned(),
        truth: truth.to_owned(),
    };
    vec![
        sample(
            "one word, ASCII",
            "a clean short string",
            "a clean short string",
        ),
        sample(
            "one word, clean",
            "déjeuner à la crème",
            "déjeuner à la crème",
        ),
        sample("one word, mangled", "dÃ©jeuner lÃ©ger", "déjeuner léger"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sample_is_repaired() {
        let samples = clean_texts(Source::Own, 16 << 10)
            .into_iter()
            .chain(mangled_texts(Source::Own, 16 << 10))
            .chain(short_texts());
        for sample in samples {
            println!("{}: {} lines", sample.name, sample.mangled_lines());
            sample.check();
        }
    }
}
