//! Cases to calibrate on: texts mangled in known ways, and clean ones, usual and unusual.

use crate::dirt;
use crate::pages;
use crate::random::Random;
use crate::unusual;
use sha2::{Digest, Sha256};
use std::error::Error;
use std::fs;
use std::path::Path;
use unbake::encoding::Encoding::{self, *};
use unbake::misdecoding::{Chain, Misdecoding};

/// A text, what it should become (`None`: nothing, it is clean), and how much it counts.
pub struct Case {
    pub text: String,
    pub truth: Option<String>,
    pub weight: f64,
}

/// Harm counts more than a miss.
pub const CLEAN: f64 = 1.2;
const UNUSUAL: f64 = 6.0;
const ACCIDENT: f64 = 1.5;
const CLEAN_WORD: f64 = 1.5;
/// Signs and measures, clean and mangled.
const SIGN: f64 = 1.5;

struct Group {
    languages: &'static [&'static str],
    home: &'static [Encoding],
}

const GROUPS: &[Group] = &[
    Group {
        languages: &[
            "fr", "de", "es", "pt", "it", "nl", "sv", "da", "nb", "nn", "fi", "is", "ca", "eu",
            "ga", "af", "sq", "cy",
        ],
        home: &[Windows1252, Macintosh, Ibm850, Ibm437, Iso8859_15],
    },
    Group {
        languages: &["pl", "cs", "sk", "hu", "hr", "sl", "ro", "bs"],
        home: &[Windows1250, Iso8859_2, Ibm852, MacCentralEurope],
    },
    Group {
        languages: &["tr", "az"],
        home: &[Windows1254, Iso8859_9, Ibm857],
    },
    Group {
        languages: &["lt", "lv", "et"],
        home: &[Windows1257, Ibm775, Iso8859_13],
    },
    Group {
        languages: &["ru", "uk", "bg", "mk", "be", "sr", "kk", "mn"],
        home: &[
            Windows1251,
            Koi8R,
            Koi8U,
            Ibm866,
            Iso8859_5,
            MacCyrillic,
            Ibm855,
        ],
    },
    Group {
        languages: &["el"],
        home: &[Windows1253, Iso8859_7, Ibm737],
    },
    Group {
        languages: &["he"],
        home: &[Windows1255, Ibm862, Iso8859_8],
    },
    Group {
        languages: &["ar", "fa", "ur"],
        home: &[Windows1256],
    },
    Group {
        languages: &["th"],
        home: &[Windows874],
    },
    Group {
        languages: &["zh-Hans"],
        home: &[Gbk],
    },
    Group {
        languages: &["zh-Hant"],
        home: &[Big5, Gbk],
    },
    Group {
        languages: &["ja"],
        home: &[ShiftJis, EucJp],
    },
    Group {
        languages: &["ko"],
        home: &[EucKr],
    },
];

/// Encodings that texts are commonly misread in, wherever they come from.
pub const COMMON: &[Encoding] = &[
    Windows1252,
    Windows1252,
    Windows1252,
    Iso8859_1,
    Iso8859_1,
    Windows1251,
    Macintosh,
    Ibm437,
    Ibm850,
    Windows1250,
    Gbk,
    ShiftJis,
    Big5,
    EucKr,
    Ibm866,
    Koi8R,
    Windows1254,
    Ibm852,
];
pub const UNSPACED: &[&str] = &["zh-Hans", "zh-Hant", "ja", "th"];

/// What stands around words in code, markup and data.
const FRAMES: &[(&str, &str)] = &[
    ("    name = \"", "\","),
    ("<li><a href=\"/x/17\">", "</a></li>"),
    ("- [x] ", " (#42)"),
    ("\"title\": \"", "\", \"id\": 7"),
    ("// ", ""),
    ("msgstr \"", "\\n\""),
    ("2021-03-04 10:11:12 INFO user=", " ok"),
    ("1;", ";2,50;x"),
    ("menu &File.", "<Tab>:w :wa<CR>"),
    ("print('", "')"),
    ("| ", " | 12 |"),
    ("* ", ""),
    ("&", "\\.\\.\\.<Tab>^X"),
    ("k=v; label=", ";"),
];

pub fn all(data: &Path, corpus: &Path) -> Result<Vec<Case>, Box<dyn Error>> {
    let mut random = Random::new(20);
    let mut cases = Vec::new();
    let mut languages: Vec<String> = fs::read_dir(data.join("sentences"))?
        .filter_map(|e| {
            e.ok()?
                .file_name()
                .to_str()?
                .strip_suffix(".txt")
                .map(str::to_owned)
        })
        .collect();
    languages.sort();
    let (mut words, mut all_lines) = (Vec::new(), Vec::new());
    for language in &languages {
        let text = fs::read_to_string(data.join(format!("sentences/{language}.txt")))?;
        let lines: Vec<&str> = text
            .lines()
            .map(str::trim)
            .filter(|l| l.len() > 8 && is_tune(l))
            .filter(|l| !is_excluded(l) && dirt::find(language, l).is_none())
            .collect();
        let home = GROUPS
            .iter()
            .find(|g| g.languages.contains(&language.as_str()))
            .map_or(&[][..], |g| g.home);
        sentences(&mut cases, &mut random, language, &lines, home);
        short_pieces(&mut cases, &mut random, language, &lines, home);
        pages::all(&mut cases, language, &lines, home);
        all_lines.extend(lines.iter().take(60).map(|l| l.to_string()));
        words.extend(rare_words(&lines));
        if let Ok(list) = fs::read_to_string(data.join(format!("frequency/{language}.txt"))) {
            let list = list
                .lines()
                .take(8000)
                .filter_map(|l| l.split_once(' '))
                .map(|(w, _)| w.to_owned());
            words.extend(list.filter(|w| !w.is_ascii() && dirt::find(language, w).is_none()));
        }
    }
    clean_words(&mut cases, &mut random, &words);
    accidents(&mut cases, &mut random, &words);
    unusual::all(&mut cases, &mut random, &all_lines, &words);
    let english = fs::read_to_string(data.join("sentences/en.txt"))?;
    let english: Vec<&str> = english
        .lines()
        .map(str::trim)
        .filter(|l| l.is_ascii() && is_tune(l))
        .collect();
    signs(&mut cases, &mut random, &english);
    measures(&mut cases, &mut random, &english);
    for line in fs::read_to_string(corpus.join("negative/cases.jsonl"))?.lines() {
        let case: serde_json::Value = serde_json::from_str(line)?;
        let text = case["text"].as_str().unwrap_or_default().to_owned();
        cases.push(Case {
            text,
            truth: None,
            weight: UNUSUAL,
        });
    }
    Ok(cases)
}

/// Lines that are mojibake themselves, as the trainer lists them.
fn is_excluded(line: &str) -> bool {
    let hash = Sha256::digest(line.as_bytes());
    let hash: String = hash.iter().take(8).map(|b| format!("{b:02x}")).collect();
    include_str!("../train/excluded")
        .lines()
        .any(|l| l.split(' ').nth(1) == Some(&hash))
}

/// The part of the sentences that is for tuning: `part_of` of the benchmark. The model has not seen
/// it, so the names and rare words in it are as new to the model as those of any other text.
fn is_tune(line: &str) -> bool {
    (0.70..0.85).contains(&(f64::from(Sha256::digest(line.as_bytes())[0]) / 256.0))
}

fn sentences(
    cases: &mut Vec<Case>,
    random: &mut Random,
    language: &str,
    lines: &[&str],
    home: &[Encoding],
) {
    let mangled = if home.is_empty() { 300 } else { 1200 };
    let mut made = 0;
    for _ in 0..mangled * 6 {
        if made >= mangled {
            break;
        }
        let truth = piece(random, language, lines);
        if truth.is_ascii() {
            continue;
        }
        let chain = chain(random, home);
        // Several lines of a document at once: the evidence of neighbours counts together.
        let lines_at_once = random.chance(0.12);
        let truth = if lines_at_once {
            let more = (0..1 + random.below(4)).map(|_| piece(random, language, lines));
            more.fold(truth, |all, line| all + "\n" + &line)
        } else {
            truth
        };
        let Ok(bad) = chain.mangle(&truth) else {
            continue;
        };
        if bad == truth || chain.undo(&bad).as_deref() != Ok(&truth) {
            continue;
        }
        made += 1;
        let (text, truth) = match random.below(10) {
            0 | 1 => {
                let (left, right) = (
                    piece(random, language, lines),
                    piece(random, language, lines),
                );
                (
                    format!("{left} | {bad} | {right}"),
                    format!("{left} | {truth} | {right}"),
                )
            }
            2 | 3 => {
                let (left, right) = random.pick(FRAMES);
                (
                    format!("{left}{bad}{right}"),
                    format!("{left}{truth}{right}"),
                )
            }
            _ => (bad, truth.clone()),
        };
        cases.push(Case {
            text,
            truth: Some(truth),
            weight: 1.0,
        });
    }
    for _ in 0..330 {
        let text = if random.chance(0.1) {
            let (a, b) = (
                piece(random, language, lines),
                piece(random, language, lines),
            );
            format!("{a}\n{b}")
        } else {
            piece(random, language, lines)
        };
        if !text.is_ascii() {
            let framed = random.chance(0.3);
            let (left, right) = random.pick(FRAMES);
            let text = if framed {
                format!("{left}{text}{right}")
            } else {
                text
            };
            cases.push(Case {
                text,
                truth: None,
                weight: CLEAN,
            });
        }
    }
}

/// Short pieces in legacy encodings of a language, so many of each.
const SHORT: usize = 500;

/// Words and phrases of which one legacy encoding was taken for another: what is hardest to tell.
fn short_pieces(
    cases: &mut Vec<Case>,
    random: &mut Random,
    language: &str,
    lines: &[&str],
    home: &[Encoding],
) {
    if home.is_empty() {
        return;
    }
    let mut made = 0;
    for _ in 0..SHORT * 6 {
        if made >= SHORT {
            break;
        }
        let many = if random.chance(0.5) {
            1
        } else {
            3 + random.below(3)
        };
        let line = lines[random.below(lines.len())];
        let truth = words(random, language, line, many);
        let read = if random.chance(0.4) { home } else { COMMON };
        let chain = Chain::from(Misdecoding::new(*random.pick(home), *random.pick(read)));
        let Ok(text) = chain.mangle(&truth) else {
            continue;
        };
        if truth.is_ascii() || text == truth || chain.undo(&text).as_deref() != Ok(&truth) {
            continue;
        }
        made += 1;
        cases.push(Case {
            text,
            truth: Some(truth),
            weight: 1.0,
        });
    }
}

/// A word, phrase, sentence or paragraph.
pub fn piece(random: &mut Random, language: &str, lines: &[&str]) -> String {
    let i = random.below(lines.len());
    let line = lines[i];
    match random.below(4) {
        0 => words(random, language, line, 1),
        1 => {
            let many = 3 + random.below(3);
            words(random, language, line, many)
        }
        2 => line.to_owned(),
        _ => {
            let between = if UNSPACED.contains(&language) {
                ""
            } else {
                " "
            };
            lines[i..(i + 3).min(lines.len())].join(between)
        }
    }
}

/// So many words of a line, or as much text as they would be where words are not spaced.
fn words(random: &mut Random, language: &str, line: &str, many: usize) -> String {
    if UNSPACED.contains(&language) {
        let chars: Vec<char> = line.chars().collect();
        let n = if many == 1 {
            4 + random.below(3)
        } else {
            10 + random.below(7)
        };
        let start = random.below(chars.len().saturating_sub(n));
        return chars
            .iter()
            .skip(start)
            .take(n)
            .collect::<String>()
            .trim()
            .to_owned();
    }
    let words: Vec<&str> = line.split_whitespace().collect();
    let start = random.below(words.len().saturating_sub(many));
    words[start..(start + many).min(words.len())].join(" ")
}

fn chain(random: &mut Random, home: &[Encoding]) -> Chain {
    let step = |random: &mut Random, legacy: f64| {
        if !home.is_empty() && random.chance(legacy) {
            let written = *random.pick(home);
            let read = if random.chance(0.4) {
                *random.pick(home)
            } else {
                *random.pick(COMMON)
            };
            Misdecoding::new(written, read)
        } else {
            let read = if random.chance(0.2) && !home.is_empty() {
                *random.pick(home)
            } else {
                *random.pick(COMMON)
            };
            Misdecoding::new(Utf8, read)
        }
    };
    let mut chain = Chain::from(step(random, 0.6));
    let more = match random.below(20) {
        0..=2 => 1,
        3 => 2,
        _ => 0,
    };
    let again = chain.iter().next();
    for _ in 0..more {
        let newer = match again {
            Some(first) if random.chance(0.6) && first.written == Utf8 => first,
            _ => step(random, 0.2),
        };
        chain = chain.with(newer).unwrap_or(chain);
    }
    chain
}

/// Words with letters outside ASCII, as they stand in sentences: names, and forms that no list has.
fn rare_words(lines: &[&str]) -> impl Iterator<Item = String> {
    let words = lines.iter().flat_map(|l| l.split_whitespace());
    let words = words.map(|w| w.trim_matches(|c: char| !c.is_alphabetic()));
    words
        .filter(|w| w.len() > 1 && !w.is_ascii())
        .map(str::to_owned)
}

/// Words that stand alone, in all cases.
fn clean_words(cases: &mut Vec<Case>, random: &mut Random, words: &[String]) {
    for _ in 0..3500 {
        let word = random.pick(words);
        let text = match random.below(4) {
            0 => word.to_uppercase(),
            1 => capitalised(word),
            _ => word.clone(),
        };
        cases.push(Case {
            text,
            truth: None,
            weight: CLEAN_WORD,
        });
    }
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars
        .next()
        .map(|c| c.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}

const SINGLE: &[Encoding] = &[
    Windows1252,
    Windows1250,
    Windows1251,
    Windows1253,
    Windows1254,
    Windows1257,
    Macintosh,
    Ibm437,
    Ibm850,
    Ibm866,
    Koi8R,
];

/// Clean text that is valid UTF-8 in a legacy encoding by accident: capitals before punctuation,
/// two symbols side by side.
fn accidents(cases: &mut Vec<Case>, random: &mut Random, words: &[String]) {
    let mut made = 0;
    for _ in 0..40_000 {
        if made == 2500 {
            break;
        }
        let word = random.pick(words);
        let word: Vec<char> = if random.chance(0.6) {
            word.to_uppercase()
        } else {
            capitalised(word)
        }
        .chars()
        .collect();
        let encoding = *random.pick(SINGLE);
        let lead = |c: char| {
            encoding
                .encode_char(c)
                .is_some_and(|b| matches!(b.as_slice(), [0xC2..=0xDF]))
        };
        let Some(last) = word.iter().rposition(|&c| lead(c)) else {
            continue;
        };
        let marks: Vec<char> = (0x80..0xC0)
            .filter_map(|b| encoding.decode_byte(b))
            .filter(|c| !c.is_alphabetic() && *c as u32 >= 0xA0)
            .collect();
        let start: String = word.iter().take(last + 1).collect();
        let before = random.pick(&["", "via ", "5 ", "(", "\""]);
        let after = random.pick(&["", " ok", ")", " 12", "\"", " VIDA"]);
        let text = format!("{before}{start}{}{after}", random.pick(&marks));
        cases.push(Case {
            text,
            truth: None,
            weight: ACCIDENT,
        });
        made += 1;
    }
    // Common Han, kana and Hangul that are valid UTF-8 in their encodings.
    for _ in 0..30_000 {
        if made == 3700 {
            break;
        }
        let encoding = *random.pick(&[Gbk, Big5, ShiftJis, EucKr]);
        let mut bytes = Vec::new();
        for _ in 0..2 * (1 + random.below(2)) {
            bytes.extend([
                0xC2 + random.below(0x1E) as u8,
                0x80 + random.below(0x40) as u8,
            ]);
        }
        let Ok(text) = encoding.decode(&bytes) else {
            continue;
        };
        if text
            .chars()
            .all(|c| c.is_alphabetic() && unbake::model::MODEL.unigram(c) > -12.0)
        {
            cases.push(Case {
                text: text.into_owned(),
                truth: None,
                weight: ACCIDENT,
            });
            made += 1;
        }
    }
    for _ in 0..1200 {
        let encoding = *random.pick(SINGLE);
        let bytes = [
            0xC2 + random.below(0x1E) as u8,
            0x80 + random.below(0x40) as u8,
        ];
        let (Ok(seen), Ok(meant)) = (encoding.decode(&bytes), Utf8.decode(&bytes)) else {
            continue;
        };
        let common = meant
            .chars()
            .all(|c| "°§£«»©®·¿¡".contains(c) || (c.is_alphabetic() && (c as u32) < 0x180));
        if common || seen.chars().any(|c| ('\u{80}'..'\u{A0}').contains(&c)) {
            continue;
        }
        let before = random.pick(&["x ", "a = ", "", "4288", "(-1/2)! = ", "Ok "]);
        let after = random.pick(&[" y", "", " 35", ".", ")"]);
        cases.push(Case {
            text: format!("{before}{seen}{after}"),
            truth: None,
            weight: ACCIDENT / 4.0,
        });
    }
}

/// Signs as they stand in programs, markup and short notes.
const SIGNS: &[&str] = &[
    "—",
    "–",
    "’",
    "‘",
    "“",
    "”",
    "…",
    "•",
    "·",
    "→",
    "←",
    "⇒",
    "✓",
    "✅",
    "❌",
    "⚠️",
    "★",
    "☆",
    "©",
    "®",
    "™",
    "°",
    "§",
    "¶",
    "±",
    "×",
    "÷",
    "≤",
    "≥",
    "≠",
    "≈",
    "∞",
    "√",
    "∑",
    "∀",
    "∃",
    "∈",
    "π",
    "µ",
    "α",
    "β",
    "Δ",
    "Ω",
    "€",
    "£",
    "¥",
    "½",
    "²",
    "³",
    "¹",
    "¿",
    "¡",
    "«",
    "»",
    "‹",
    "›",
    "„",
    "‚",
    "†",
    "‡",
    "‰",
    "─",
    "│",
    "├──",
    "└──",
    "┌─┐",
    "══",
    "║",
    "█",
    "░░",
    "▓",
    "■",
    "□",
    "●",
    "○",
    "◆",
    "▶",
    "►",
    "▼",
    "▲",
    "♥",
    "♠",
    "♪",
    "♭",
    "♯",
    "☺",
    "😀",
    "🎉",
    "🚀",
    "🔥",
    "👍",
    "🆕",
    "🕷️",
    "️⃣",
    "、",
    "。",
    "「",
    "」",
    "（",
    "）",
    "，",
    "：",
    "！",
    "？",
    "　",
    "à",
    "é",
    "ñ",
    "ö",
    "É",
    "Œ",
    "Æ",
    "ß",
    "ç",
];

/// Signs, letters and short runs of them among ASCII text: clean, and mangled as UTF-8.
fn signs(cases: &mut Vec<Case>, random: &mut Random, english: &[&str]) {
    const PLACES: &[(&str, &str)] = &[
        ("'", "'"),
        ("\"", "\""),
        (">", "</a>"),
        ("(", ")"),
        (" ", " "),
        ("# ", " "),
        ("", " "),
        ("", ""),
        ("    2: 0,  # '", "'"),
        ("{\"k\": \"", "\"}"),
        ("<h3 id=\"a\"><a href=\"#a\">", "</a>"),
        ("- ", " "),
        (" ", "."),
        ("", "s "),
        ("=", ";"),
    ];
    for i in 0..8000 {
        let words: Vec<&str> = random.pick(english).split(' ').collect();
        let cut = random.below(words.len() + 1);
        let from = cut.saturating_sub(random.below(5));
        let to = (cut + random.below(5)).min(words.len());
        let (left, right) = (words[from..cut].join(" "), words[cut..to].join(" "));
        let (open, close) = random.pick(PLACES);
        let mut sign = if random.chance(0.3) {
            let encoding = *random.pick(SINGLE);
            encoding
                .decode_byte(0x80 + random.below(0x80) as u8)
                .map(String::from)
                .unwrap_or_default()
        } else {
            SIGNS[random.below(SIGNS.len())].to_owned()
        };
        if random.chance(0.1) {
            sign = sign.repeat(2 + random.below(6));
        } else if random.chance(0.1) {
            sign.push_str(SIGNS[random.below(SIGNS.len())]);
        }
        if sign.chars().any(|c| ('\u{80}'..='\u{A0}').contains(&c)) {
            continue;
        }
        let clean = format!("{left}{open}{sign}{close}{right}");
        if i % 2 == 0 {
            cases.push(Case {
                text: clean,
                truth: None,
                weight: SIGN * CLEAN,
            });
            continue;
        }
        let step = Misdecoding::new(Utf8, *random.pick(COMMON));
        let mut chain = Chain::from(step);
        if random.chance(0.15) {
            chain = chain.with(step).unwrap_or(chain);
        }
        if let Ok(bad) = chain.mangle(&clean)
            && chain.undo(&bad).as_deref() == Ok(&clean)
        {
            cases.push(Case {
                text: bad,
                truth: Some(clean),
                weight: SIGN,
            });
        }
    }
}

/// Symbols of Latin-1 as they stand with numbers, years and names. `#` is a number.
const MEASURES: &[&str] = &[
    "# °C", "#°F", "#°", "£#", "£#.99", "€#", "¥#", "# km²", "# m³", "#²", "© 20#", "©20#", "# µm",
    "#µg", "± #", "±# %", "#½", "# × #", "#×#", "# ÷ #", "§ #", "# – #", "#–#", "nº #", "#ª",
    "№ #", "x ≥ #", "≤ #", "#‰", "¢#",
];
/// Names that a sign ends.
const MARKED: &[&str] = &["Ruby®", "Acme™", "Lego®", "Intel®", "Word™"];

/// English lines with one such symbol or two, clean and in UTF-8 that was misread, and clean ones with letters that the
/// symbols would be mangled to.
fn measures(cases: &mut Vec<Case>, random: &mut Random, english: &[&str]) {
    for i in 0..5000 {
        let words: Vec<&str> = random.pick(english).split(' ').collect();
        let cut = random.below(words.len() + 1);
        let from = cut.saturating_sub(random.below(5));
        let to = (cut + random.below(5)).min(words.len());
        let measure = if random.chance(0.15) {
            (*random.pick(MARKED)).to_owned()
        } else {
            let number = |c: char, random: &mut Random| match c {
                '#' => (1 + random.below(40)).to_string(),
                c => c.to_string(),
            };
            random
                .pick(MEASURES)
                .chars()
                .map(|c| number(c, random))
                .collect()
        };
        let step = Misdecoding::new(Utf8, *random.pick(COMMON));
        let chain = Chain::from(step);
        let Ok(mangled) = chain.mangle(&measure) else {
            continue;
        };
        if chain.undo(&mangled).as_deref() != Ok(&measure) {
            continue;
        }
        let with = |sign: &str| {
            let parts = [&words[from..cut], &[sign], &words[cut..to]];
            parts.concat().join(" ")
        };
        let (text, truth) = match i % 8 {
            0..=3 => (with(&mangled), Some(with(&measure))),
            4 | 5 => (with(&measure), None),
            _ => {
                let letters: String = mangled.chars().filter(|c| !c.is_ascii()).collect();
                if letters.chars().any(|c| !c.is_alphabetic() || c <= '\u{FF}') {
                    continue;
                }
                (with(&letters), None)
            }
        };
        cases.push(Case {
            weight: if truth.is_some() { SIGN } else { SIGN * CLEAN },
            text,
            truth,
        });
    }
}
