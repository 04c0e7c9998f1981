//! Lines as pages in legacy encodings have them: in markup, in capitals, with wide signs, and long ones with few letters
//! outside ASCII.

use crate::cases::{CLEAN, COMMON, Case, UNSPACED, piece};
use crate::random::Random;
use unbake::encoding::Encoding;
use unbake::misdecoding::{Chain, Misdecoding};

/// What stands around the text of a page.
const MARKUP: &[(&str, &str)] = &[
    ("<title>", "</title>"),
    ("\t\t<category>", "</category>"),
    ("<p>", "<br />"),
    ("<description>", "</description>"),
    ("<td class=\"n\">", "</td>"),
    (
        "<li><a href=\"http://www.example.org/2005/09/24/index.html\">",
        "</a></li>",
    ),
    ("<content:encoded><![CDATA[<p>", "</p>"),
    ("", "<br>"),
    ("2005-12-03 10:42:27 ", ""),
    ("17/20 : ", " (3)"),
];
/// What begins and ends lines of Chinese and Japanese pages.
const WIDE: &[(&str, &str)] = &[
    ("\u{3000}", ""),
    ("\u{3000}\u{3000}", "。"),
    ("・", "・・・"),
    ("【", "】"),
    ("■", ""),
    ("「", "」"),
    ("（", "）"),
    ("→", ""),
    ("○", "★"),
];

/// Cases of each kind for each language; half of them are clean.
const MARKED_UP: usize = 120;
const CAPITALS: usize = 80;
const FEW_LETTERS: usize = 200;
/// So many letters outside ASCII are few.
const FEW: usize = 3;

/// Adds the lines of a language that is written in the encodings of its home.
pub fn all(cases: &mut Vec<Case>, language: &str, lines: &[&str], home: &[Encoding]) {
    if home.is_empty() || lines.is_empty() {
        return;
    }
    let mut random = Random::new(
        language
            .bytes()
            .fold(31, |seed, byte| seed * 31 + u64::from(byte)),
    );
    add(cases, &mut random, home, MARKED_UP, |random| {
        let text = piece(random, language, lines);
        let text = with_wide_signs(random, language, text);
        let (left, right) = random.pick(MARKUP);
        Some(format!("{left}{text}{right}"))
    });
    add(cases, &mut random, home, CAPITALS, |random| {
        let text = without_accents_of_greek(&piece(random, language, lines).to_uppercase());
        let framed = random.chance(0.5);
        let (left, right) = random.pick(MARKUP);
        let has_case = text.to_lowercase() != text;
        has_case.then(|| {
            if framed {
                format!("{left}{text}{right}")
            } else {
                text
            }
        })
    });
    add(cases, &mut random, home, FEW_LETTERS, |random| {
        let at = random.below(lines.len());
        let many = 1 + random.below(3);
        let text = lines[at..(at + many).min(lines.len())].join(" ");
        let others = text.chars().filter(|c| !c.is_ascii()).count();
        (others <= FEW).then_some(text)
    });
}

/// Adds so many texts, each second one mangled.
fn add(
    cases: &mut Vec<Case>,
    random: &mut Random,
    home: &[Encoding],
    many: usize,
    text: impl Fn(&mut Random) -> Option<String>,
) {
    let mut made = 0;
    for _ in 0..many * 8 {
        if made >= many {
            return;
        }
        let Some(clean) = text(random).filter(|text| !text.is_ascii()) else {
            continue;
        };
        if made % 2 == 1 {
            made += 1;
            cases.push(Case {
                text: clean,
                truth: None,
                weight: CLEAN,
            });
            continue;
        }
        let read = if random.chance(0.3) { home } else { COMMON };
        let written = if random.chance(0.9) {
            *random.pick(home)
        } else {
            Encoding::Utf8
        };
        let chain = Chain::from(Misdecoding::new(written, *random.pick(read)));
        let Ok(mangled) = chain.mangle(&clean) else {
            continue;
        };
        if mangled == clean || chain.undo(&mangled).as_deref() != Ok(&clean) {
            continue;
        }
        made += 1;
        cases.push(Case {
            text: mangled,
            truth: Some(clean),
            weight: 1.0,
        });
    }
}

/// A line of Chinese or Japanese as pages have them: digits and letters in full width, and signs around.
fn with_wide_signs(random: &mut Random, language: &str, text: String) -> String {
    if !UNSPACED.contains(&language) || language == "th" {
        return text;
    }
    let text = if random.chance(0.4) {
        text.chars()
            .map(|c| match c {
                '!'..='~' => char::from_u32(u32::from(c) + 0xFEE0).unwrap_or(c),
                c => c,
            })
            .collect()
    } else {
        text
    };
    if random.chance(0.5) {
        let (left, right) = random.pick(WIDE);
        return format!("{left}{text}{right}");
    }
    text
}

/// Greek capitals are written without accents.
fn without_accents_of_greek(text: &str) -> String {
    let plain = |c| match c {
        'Ά' => 'Α',
        'Έ' => 'Ε',
        'Ή' => 'Η',
        'Ί' => 'Ι',
        'Ό' => 'Ο',
        'Ύ' => 'Υ',
        'Ώ' => 'Ω',
        c => c,
    };
    text.chars().map(plain).collect()
}
