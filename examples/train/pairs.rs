//! The table of `src/detect/pairs.rs`: what two characters in a row say for mojibake.
//!
//! The clean side is the corpora, each language as much as any other. The mangled side is made from them: sentences
//! go through all mis-decodings that the crate searches for, each weighted by how common it is taken to be.

use crate::corpus::Language;
use crate::pair_table::{BLOCK, Class, FAR, MAGIC, PAGED, ROW, SPACE, STEPS};
use std::collections::{BTreeMap, HashMap};
use unbake::encoding::Encoding;
use unbake::misdecoding::Misdecoding;

/// Sentences of a language that go through each mis-decoding.
const SENTENCES: usize = 40;
/// Mis-decodings that cost more nats are rarer than the clean text that they would make odd.
const MOST_COST: f32 = 8.0;
/// Weight of a mis-decoding: e to the power of its cost times this.
const COMMON: f64 = 0.4;
/// Weight of mojibake that lost something on its way.
const WORN: f64 = 0.15;
/// Weight of two layers.
const LAYERED: f64 = 0.5;
/// Of a language, what its list of words weighs, and beside its text what the same weighs in capitals and with quotes
/// and dashes as typographers set them.
const LISTED: f64 = 0.3;
const CAPITALS: f64 = 0.04;
const TYPOGRAPHIC: f64 = 0.3;
/// The same, words between the signs of code and markup.
const IN_CODE: f64 = 0.15;
/// Listed words that begin with a capital.
const CAPITALISED: f64 = 0.2;
/// Code, tables and signs are common, whatever the language.
const SYMBOLS: f64 = 1.0;
/// A side has so many transitions; what smoothing adds is of the same measure.
const TRANSITIONS: f64 = 1e6;
/// Transitions to what is common by itself, added to the row of each class.
const SMOOTHING: f64 = 12.0;
/// What a class has that was never seen.
const FLOOR: f64 = 0.5;
/// Steps that a pair counts at the most.
const MOST: f64 = 40.0;

/// Where characters that have no class of their own are filed: the group, and how many classes it has, from those
/// that are commonest in clean text to those that are commonest in mojibake.
fn group(c: char) -> (usize, usize) {
    match c as u32 {
        0..=0x7F => (0, 1),
        0x80..=0x9F => (1, 1),
        0xA0..=0x36F | 0x1D00..=0x1EFF | 0x2C60..=0x2C7F | 0xA720..=0xA7FF => (2, 4),
        0x370..=0x3FF | 0x1F00..=0x1FFF => (3, 2),
        0x400..=0x52F => (4, 3),
        0x590..=0x5FF => (5, 1),
        0x600..=0x77F | 0xFB50..=0xFDFF | 0xFE70..=0xFEFE => (6, 3),
        0xE00..=0xE7F => (7, 2),
        0x530..=0x58F | 0x900..=0xDFF | 0x10A0..=0x10FF => (8, 1),
        0x1100..=0x11FF | 0x3130..=0x318F | 0xAC00..=0xD7FF => (9, 24),
        0x3000..=0x30FF => (10, 4),
        0xFF00..=0xFF65 => (11, 2),
        0xFF66..=0xFF9F => (12, 2),
        0x3400..=0x9FFF | 0xF900..=0xFAFF => (13, 40),
        0x2000..=0x2BFF => (14, 6),
        0xE000..=0xF8FF => (15, 1),
        0xFFFD => (16, 1),
        0x1F000..=0x1FFFF => (17, 1),
        _ => (18, 2),
    }
}
const GROUPS: usize = 19;

/// One source of text: its lines, and the weight of all of them together.
struct Batch {
    texts: Vec<String>,
    weight: f64,
}

/// The characters that a transition is counted for: those outside ASCII and what stands beside them.
fn transitions(text: &str) -> impl Iterator<Item = (char, char)> + '_ {
    text.chars()
        .zip(text.chars().skip(1))
        .filter(|(a, b)| !a.is_ascii() || !b.is_ascii())
}

fn clean(languages: &[Language]) -> Vec<Batch> {
    let mut out = vec![];
    for language in languages.iter().filter(|l| !l.sentences.is_empty()) {
        let texts: Vec<String> = language
            .sentences
            .iter()
            .map(|text| format!(" {} ", text.trim()))
            .collect();
        let weight = match (&*language.name, language.words.is_empty()) {
            ("symbols", _) => SYMBOLS,
            (_, true) => 1.0,
            (_, false) => 1.0 - LISTED,
        };
        let each = |f: fn(&str) -> String| texts.iter().map(|t| f(t)).collect::<Vec<_>>();
        out.push(Batch {
            texts: each(|t| t.to_uppercase()),
            weight: weight * CAPITALS,
        });
        out.push(Batch {
            texts: each(typographic),
            weight: weight * TYPOGRAPHIC,
        });
        out.push(Batch {
            texts: texts.iter().flat_map(|t| in_code(t)).collect(),
            weight: weight * IN_CODE,
        });
        out.push(Batch { texts, weight });
    }
    out.push(Batch {
        texts: SIGNS
            .chars()
            .flat_map(|c| in_code(&format!(" {c} ")))
            .collect(),
        weight: SYMBOLS,
    });
    out
}

/// Signs that stand alone in code, markup and tables.
const SIGNS: &str = "§©®™€£°×·•…–—→←↑↓«»✓✔✗★☆▼▲►◄■□●○│─≥≤≠±µ½¼¿¡😀🎉🚀🔬❤⚠✨👍";

/// The first and last word of a text between the signs of code and markup.
fn in_code(text: &str) -> Vec<String> {
    let mut words = text.split_whitespace().filter(|w| !w.is_ascii());
    let ends = words.next().into_iter().chain(words.next_back());
    let trim = |w: &str| {
        w.trim_matches(|c: char| c.is_ascii_punctuation())
            .to_string()
    };
    ends.map(trim)
        .flat_map(|w| {
            [
                format!(">{w}<"),
                format!("\"{w}\""),
                format!("'{w}'"),
                format!("({w})"),
                format!("={w},"),
                format!(" {w} "),
            ]
        })
        .collect()
}

/// Straight quotes and hyphens as typographers set them.
fn typographic(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut before = ' ';
    for c in text.chars() {
        let opens = before.is_whitespace() || before == '(';
        out.push(match c {
            '\'' if opens => '‘',
            '\'' => '’',
            '"' if opens => '“',
            '"' => '”',
            '-' if opens => '–',
            other => other,
        });
        before = c;
    }
    out.replace("...", "…")
}

/// Words count by their damped frequency, so they are no batch of equals; some of them begin lines.
fn words(language: &Language) -> impl Iterator<Item = (String, f64)> + '_ {
    language.words.iter().flat_map(|(word, n)| {
        let mut chars = word.chars();
        let first: String = chars
            .next()
            .map_or(String::new(), |c| c.to_uppercase().collect());
        [
            (format!(" {word} "), *n),
            (format!(" {first}{} ", chars.as_str()), *n * CAPITALISED),
        ]
    })
}

fn is_multi_byte(encoding: Encoding) -> bool {
    encoding.decode_byte(0xE4).is_none() && encoding != Encoding::Utf8
}

/// A text mangled, in pieces where it cannot be mangled whole.
fn mangle(step: Misdecoding, text: &str, out: &mut Vec<String>) {
    if let Ok(mangled) = step.mangle(text) {
        out.push(format!(" {mangled} "));
        return;
    }
    if !is_multi_byte(step.read) {
        return;
    }
    for word in text.split_whitespace().filter(|w| !w.is_ascii()) {
        if let Ok(mangled) = step.mangle(word) {
            out.push(format!(" {mangled} "));
            continue;
        }
        let chars: Vec<char> = word.chars().collect();
        let mut at = 0;
        while at < chars.len() {
            let longest = (1..=6.min(chars.len() - at)).rev().find_map(|n| {
                let piece: String = chars[at..at + n].iter().collect();
                Some((n, step.mangle(&piece).ok()?))
            });
            match longest {
                Some((n, mangled)) => {
                    out.push(mangled);
                    at += n;
                }
                None => at += 1,
            }
        }
    }
}

/// What happens to mojibake on its way.
fn worn(texts: &[String]) -> Vec<Vec<String>> {
    let is_c1 = |c: char| ('\u{80}'..='\u{9F}').contains(&c);
    let each = |f: &dyn Fn(&String) -> String| texts.iter().map(f).collect::<Vec<_>>();
    vec![
        each(&|t| t.chars().filter(|&c| !is_c1(c)).collect()),
        each(&|t| t.replace(is_c1, "?").replace('\u{A0}', " ")),
        each(&|t| t.to_lowercase()),
    ]
}

/// Calls `take` with every batch of mojibake.
fn mangled(languages: &[Language], mut take: impl FnMut(Batch)) {
    let steps: Vec<(Misdecoding, f32)> = Encoding::ALL
        .iter()
        .flat_map(|&written| {
            Encoding::ALL
                .iter()
                .map(move |&read| Misdecoding { written, read })
        })
        .filter_map(|step| Some((step, step.cost_to_notice()?)))
        .filter(|(_, cost)| *cost <= MOST_COST)
        .collect();
    let again: Vec<Misdecoding> = [
        "utf-8>windows-1252",
        "utf-8>iso-8859-1",
        "utf-8>windows-1251",
        "utf-8>gbk",
        "utf-8>macintosh",
        "utf-8>ibm437",
    ]
    .iter()
    .filter_map(|name| name.parse().ok())
    .collect();
    for language in languages {
        let sentences: Vec<&str> = language
            .sentences
            .iter()
            .map(|s| s.trim())
            .filter(|s| !s.is_ascii())
            .take(SENTENCES)
            .collect();
        for &(step, cost) in &steps {
            let mut texts = vec![];
            for &text in &sentences {
                if step.written != Encoding::Utf8 && step.written.encode(text).is_err() {
                    // the words that it can write
                    for word in text.split_whitespace().filter(|w| !w.is_ascii()) {
                        if step.written.encode(word).is_ok() {
                            mangle(step, word, &mut texts);
                        }
                    }
                    continue;
                }
                mangle(step, text, &mut texts);
            }
            if texts.is_empty() {
                continue;
            }
            let weight = (-COMMON * f64::from(cost)).exp();
            for texts in worn(&texts) {
                let weight = weight * WORN;
                take(Batch { texts, weight });
            }
            for &second in again.iter().filter(|_| cost < 4.6) {
                let mut twice = vec![];
                for text in texts.iter().take(SENTENCES / 4) {
                    mangle(second, text.trim(), &mut twice);
                }
                let weight = weight * LAYERED * (-COMMON * 4.0).exp();
                if !twice.is_empty() {
                    take(Batch {
                        texts: twice,
                        weight,
                    });
                }
            }
            take(Batch { texts, weight });
        }
    }
}

/// Adds a batch, its weight spread over its transitions.
fn count(batch: &Batch, mut add: impl FnMut(char, char, f64)) {
    let n: usize = batch.texts.iter().map(|t| transitions(t).count()).sum();
    // what has next to nothing outside ASCII says little
    let each = batch.weight / (n.max(200) as f64);
    for text in &batch.texts {
        for (a, b) in transitions(text) {
            add(a, b, each);
        }
    }
}

fn count_words(language: &Language, mut add: impl FnMut(char, char, f64)) {
    let n: f64 = words(language)
        .map(|(w, n)| n * transitions(&w).count() as f64)
        .sum();
    let weight = if language.sentences.is_empty() {
        1.0
    } else {
        LISTED
    };
    let each = weight / n.max(1.0);
    for (word, n) in words(language) {
        for (a, b) in transitions(&word) {
            add(a, b, n * each);
        }
    }
}

type Singles = HashMap<char, f64>;

fn scaled(mut singles: Singles) -> Singles {
    let mut sorted: Vec<f64> = singles.values().copied().collect();
    sorted.sort_unstable_by(f64::total_cmp);
    let total: f64 = sorted.iter().sum();
    singles.values_mut().for_each(|n| *n *= TRANSITIONS / total);
    singles
}

/// The class of each character below [`PAGED`], and how many there are.
fn classes(clean: &Singles, mangled: &Singles) -> (Vec<Class>, usize) {
    let of = |side: &Singles, c: char| side.get(&c).copied().unwrap_or(0.0);
    let chars = || (0..PAGED as u32).filter_map(char::from_u32);
    let mut own: Vec<(char, f64)> = chars()
        .filter(|&c| !c.is_ascii() && !matches!(group(c).0, 1 | 8 | 9 | 13 | 15 | 16 | 17))
        .map(|c| (c, of(clean, c).max(of(mangled, c))))
        .collect();
    own.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let mut first_of_group = [0; GROUPS];
    let mut used = 2;
    let mut ascii = [SPACE; 128];
    for (c, slot) in ('\0'..='\u{7F}').zip(&mut ascii) {
        let shared = match c {
            ' ' | '\n' | '\r' | '\t' => Some(SPACE),
            '1'..='9' => Some(used - 1),
            '\u{1}'..='\u{1F}' | '\u{7F}' => Some(2),
            _ => None,
        };
        *slot = shared.unwrap_or_else(|| {
            used += 1;
            used - 1
        });
    }
    for c in chars() {
        let (g, n) = group(c);
        if g > 0 && first_of_group[g] == 0 {
            first_of_group[g] = used;
            used += n as Class;
        }
    }
    let mut of_char: HashMap<char, Class> = HashMap::new();
    for &(c, n) in own.iter().take(ROW - usize::from(used)) {
        if n > 0.0 {
            of_char.insert(c, used);
            used += 1;
        }
    }
    let class = |c: char| {
        if let Some(&class) = ascii.get(c as usize).or_else(|| of_char.get(&c)) {
            return class;
        }
        let (g, n) = group(c);
        // from -5 to 5 nats
        let odds = ((of(mangled, c) + 0.3) / (of(clean, c) + 0.3)).ln();
        let bin = ((odds + 5.0) / 10.0 * n as f64).clamp(0.0, n as f64 - 1.0);
        first_of_group[g] + bin as Class
    };
    let all = (0..PAGED as u32)
        .map(|c| char::from_u32(c).map_or(FAR, class))
        .collect();
    (all, usize::from(used))
}

/// Transitions between classes.
struct Side {
    pairs: Vec<f64>,
    after: Vec<f64>,
    alone: Vec<f64>,
}

impl Side {
    fn new(mut pairs: Vec<f64>) -> Side {
        let total: f64 = pairs.iter().sum();
        pairs.iter_mut().for_each(|n| *n *= TRANSITIONS / total);
        let after = pairs.chunks(ROW).map(|row| row.iter().sum()).collect();
        let mut alone = vec![FLOOR; ROW];
        for (i, n) in pairs.iter().enumerate() {
            alone[i % ROW] += n;
        }
        let total: f64 = alone.iter().sum();
        alone.iter_mut().for_each(|n| *n /= total);
        Side {
            pairs,
            after,
            alone,
        }
    }

    fn ln(&self, a: usize, b: usize) -> f64 {
        ((self.pairs[a * ROW + b] + SMOOTHING * self.alone[b]) / (self.after[a] + SMOOTHING)).ln()
    }
}

/// The bytes of the table.
pub fn pack(languages: &[Language]) -> Vec<u8> {
    let (mut clean_singles, mut mangled_singles) = (Singles::new(), Singles::new());
    let sentences = clean(languages);
    let add = |singles: &mut Singles, b: char, n: f64| *singles.entry(b).or_default() += n;
    for batch in &sentences {
        count(batch, |_, b, n| add(&mut clean_singles, b, n));
    }
    for language in languages {
        count_words(language, |_, b, n| add(&mut clean_singles, b, n));
    }
    let mut batches: BTreeMap<usize, Batch> = BTreeMap::new();
    mangled(languages, |batch| {
        count(&batch, |_, b, n| add(&mut mangled_singles, b, n));
        batches.insert(batches.len(), batch);
    });
    eprintln!("{} batches of mojibake", batches.len());
    let (of_char, n) = classes(&scaled(clean_singles), &scaled(mangled_singles));
    let class = |c: char| usize::from(of_char.get(c as usize).copied().unwrap_or(FAR));
    let mut sides = [vec![0.0; ROW * ROW], vec![0.0; ROW * ROW]];
    let [clean_pairs, mangled_pairs] = &mut sides;
    for batch in &sentences {
        count(batch, |a, b, n| clean_pairs[class(a) * ROW + class(b)] += n);
    }
    for language in languages {
        count_words(language, |a, b, n| {
            clean_pairs[class(a) * ROW + class(b)] += n;
        });
    }
    for batch in batches.values() {
        count(batch, |a, b, n| {
            mangled_pairs[class(a) * ROW + class(b)] += n
        });
    }
    let [clean, mangled] = sides.map(Side::new);

    let mut blocks: Vec<&[Class]> = vec![];
    let mut pages: Vec<u16> = vec![];
    for block in of_char.chunks(BLOCK) {
        let known = blocks.iter().position(|b| *b == block);
        pages.push(known.unwrap_or(blocks.len()) as u16);
        if known.is_none() {
            blocks.push(block);
        }
    }
    let mut out = MAGIC.to_vec();
    out.extend((blocks.len() as u32).to_le_bytes());
    out.extend((n as u32).to_le_bytes());
    out.extend(pages.iter().flat_map(|p| p.to_le_bytes()));
    out.extend(
        blocks
            .iter()
            .flat_map(|b| b.iter())
            .flat_map(|c| c.to_le_bytes()),
    );
    for a in 0..n {
        for b in 0..ROW {
            let steps = (mangled.ln(a, b) - clean.ln(a, b)) * f64::from(STEPS);
            let steps = if b < n {
                steps.round().clamp(-MOST, MOST)
            } else {
                0.0
            };
            out.extend((steps as i8).to_le_bytes());
        }
    }
    out
}
