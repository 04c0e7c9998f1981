//! What happens to mojibake on its way, and to clean text.

use crate::cases::Case;
use crate::random::Random;
use unbake::encoding::Encoding::{self, *};

/// A text, what it should become (`None`: nothing, it is clean), and how much it counts.
pub struct Damaged {
    pub text: String,
    pub truth: Option<String>,
    pub weight: f64,
}

/// Harm counts more than a miss; what is marked as lost may well be rebuilt wrongly.
const CLEAN: f64 = 1.5;
const MARKED: f64 = 1.0;
/// One of so many mangled texts is taken.
const ONE_OF: usize = 6;
/// What bytes are lost in.
const READ: &[Encoding] = &[Gbk, Gbk, Gbk, ShiftJis, ShiftJis, Big5, EucKr, EucJp];
/// What they were written in, besides UTF-8.
const WRITTEN: &[Encoding] = &[Gbk, Big5, ShiftJis, EucKr, Windows1251];

pub fn all(cases: &[Case]) -> Vec<Damaged> {
    let mut random = Random::new(7);
    let mut out = Vec::new();
    let mut nth = 0;
    for case in cases {
        let Some(truth) = &case.truth else {
            clean(&mut out, &mut random, &case.text);
            continue;
        };
        nth += 1;
        // Lines are judged one by one.
        if nth % ONE_OF != 0 || truth.contains('\n') {
            continue;
        }
        let texts = [
            Some(worn(&mut random, &case.text)),
            lossy(&mut random, truth),
        ];
        for text in texts.into_iter().flatten() {
            if text != *truth && text != case.text {
                out.push(Damaged {
                    text,
                    truth: Some(truth.clone()),
                    weight: 1.0,
                });
            }
        }
    }
    out
}

/// Clean text, as it is, in small letters, or with a few marks of loss.
fn clean(out: &mut Vec<Damaged>, random: &mut Random, text: &str) {
    let mut add = |text: String, weight: f64| {
        out.push(Damaged {
            text,
            truth: None,
            weight,
        });
    };
    add(text.to_owned(), CLEAN);
    if random.chance(0.15) {
        add(text.to_lowercase(), CLEAN);
    } else if random.chance(0.25) {
        let mut chars: Vec<char> = text.chars().collect();
        let others: Vec<usize> = (0..chars.len()).filter(|&i| !chars[i].is_ascii()).collect();
        if others.is_empty() {
            return;
        }
        for _ in 0..=random.below(3) {
            chars[*random.pick(&others)] = *random.pick(&['?', '\u{FFFD}']);
        }
        add(chars.into_iter().collect(), MARKED);
    }
}

/// Wear of every day.
fn worn(random: &mut Random, text: &str) -> String {
    match random.below(5) {
        0 => text.replace('\u{A0}', " "),
        1 => text
            .chars()
            .filter(|c| !matches!(c, '\u{80}'..='\u{9F}'))
            .collect(),
        2 => text.trim().to_owned(),
        3 => text.to_lowercase(),
        _ => {
            let mut text = text.to_owned();
            text.pop();
            text
        }
    }
}

/// A reading in which bytes are lost.
fn lossy(random: &mut Random, truth: &str) -> Option<String> {
    let written = if random.chance(0.25) {
        *random.pick(WRITTEN)
    } else {
        Utf8
    };
    let bytes = written.encode(truth).ok()?;
    let read = *random.pick(READ);
    let (mark, two) = *random.pick(&[("\u{FFFD}", false), ("?", false), ("", false), ("?", true)]);
    let mut out = String::new();
    let (mut at, mut lost) = (0, false);
    while at < bytes.len() {
        let read_from = |n: usize| {
            let text = read.decode(bytes.get(at..at + n)?).ok()?;
            Some((text.into_owned(), n))
        };
        if let Some((text, n)) = (1..=3).find_map(read_from) {
            out.push_str(&text);
            at += n;
        } else {
            lost = true;
            out.push_str(mark);
            at += 1 + usize::from(two);
        }
    }
    lost.then_some(out)
}
