//! ISO-2022-KR (RFC 1557), whose two-byte characters stand in ASCII between the controls SO and SI: `?*;g` between them
//! is 역사. A header, `ESC $ ) C`, announces them once a text; the lines after it have none.

use super::{SURE_A_NAT, SUREST, reads_well};
use crate::detect::hypothesis::{Hypothesis, Stretches};
use crate::detect::plausibility::plausibility;
use crate::detect::script::Script;
use crate::detect::symbols::is_private;
use crate::encoding::Encoding;
use crate::misdecoding::{Chain, Misdecoding};
use std::ops::Range;

const ESCAPE: char = '\u{1B}';
const SHIFT_OUT: char = '\u{E}';
const SHIFT_IN: char = '\u{F}';
const HEADER: [char; 4] = [ESCAPE, '$', ')', 'C'];
/// The header without its escape character, which is often lost on the way.
const STRIPPED: [char; 3] = ['$', ')', 'C'];
/// Nats for believing in ISO-2022-KR, and those that the header is worth and what is left of it.
const COST: f32 = 8.0;
const ANNOUNCED: f32 = 40.0;
const ANNOUNCED_STRIPPED: f32 = 8.0;
/// Without a header so many syllables there must be, and nats that all together may cost for each character and once: SO
/// and SI also make wide letters of printers and frames of terminals. So 93 of 100 Korean words are told and nearly all
/// sentences; of 14,000 English words, numbers and random codes 3 are taken for Korean.
const LEAST: usize = 2;
const READS_WELL: f32 = -7.5;
const READS_WELL_ONCE: f32 = -8.0;

/// Whether the text may hold such characters: a quick look at a text with SO.
pub(super) fn may_be_in(text: &str) -> bool {
    text.split(SHIFT_OUT).skip(1).any(|rest| {
        let is_of_pair = |byte: &u8| matches!(byte, b'!'..=b'~');
        let end = rest.bytes().take_while(is_of_pair).count();
        let (pairs, rest) = rest.split_at_checked(end).unwrap_or_default();
        let (pairs, odd) = pairs.as_bytes().as_chunks();
        let may_end = rest.is_empty() || rest.starts_with([SHIFT_IN, '\r', '\n']);
        may_end && odd.is_empty() && pairs.iter().any(|[row, _]| matches!(row, b'0'..=b'H'))
    })
}

/// Whether the header stands where it may: a quick look at a text with `$`.
pub(super) fn is_announced_in(text: &str) -> bool {
    text.match_indices(ESCAPE).any(|(at, _)| {
        let (before, rest) = text.split_at_checked(at).unwrap_or_default();
        let behind = rest.strip_prefix("\u{1B}$)C");
        let opens_line = before.is_empty() || before.ends_with('\n');
        behind.is_some_and(|rest| opens_line || rest.starts_with(SHIFT_OUT))
    })
}

/// The hypothesis that what stands between SO and SI is ISO-2022-KR, if it reads as Korean or a header says so.
pub(super) fn hypothesis(text: &[char]) -> Option<Hypothesis> {
    if !text.iter().any(|c| matches!(*c, SHIFT_OUT | ESCAPE)) {
        return None;
    }
    let found = Found::in_text(text);
    if !found.is_believable() {
        return None;
    }
    let score = plausibility(&found.repaired, &[]) - plausibility(&found.bare, &[]) - COST
        + found.announced;
    let chain = Chain::from(Misdecoding::new(Encoding::Iso2022Kr, Encoding::Iso8859_1));
    let sure = (score * SURE_A_NAT).min(SUREST);
    Some(Hypothesis::given(
        chain,
        score,
        COST,
        sure,
        found.stretches,
        found.repaired,
    ))
}

/// What a text has of it.
#[derive(Default)]
struct Found {
    stretches: Stretches,
    /// What was said between SO and SI, with spaces between.
    said: Vec<char>,
    /// The text without headers and shifts, and with what was said.
    bare: Vec<char>,
    repaired: Vec<char>,
    /// Nats for the headers.
    announced: f32,
}

impl Found {
    fn in_text(text: &[char]) -> Found {
        let mut found = Found::default();
        let mut at = 0;
        while let Some(&c) = text.get(at) {
            let header = header(text, at);
            let before = at.checked_sub(1).and_then(|at| text.get(at));
            // Others than Python begin a line with the header.
            let alone = header > 0 && before.is_none_or(|&c| c == '\n');
            let pairs = pairs(text, at + header);
            match pairs.or_else(|| alone.then(|| (at + header, Vec::new()))) {
                Some((end, said)) => {
                    found.add(text, at..end, header, said);
                    at = end;
                }
                None => {
                    found.bare.push(c);
                    found.repaired.push(c);
                    at += 1;
                }
            }
        }
        found
    }

    fn add(&mut self, text: &[char], range: Range<usize>, header: usize, said: Vec<char>) {
        let worth = match header {
            0 => 0.0,
            _ if header == HEADER.len() => ANNOUNCED,
            _ => ANNOUNCED_STRIPPED,
        };
        self.announced = self.announced.max(worth);
        let pairs = text
            .get(range.start + header..range.end)
            .unwrap_or_default();
        self.bare.extend(pairs.iter().filter(|c| !c.is_control()));
        self.repaired.extend(&said);
        if !self.said.is_empty() && !said.is_empty() {
            self.said.push(' ');
        }
        self.said.extend(&said);
        self.stretches.push((range, said));
    }

    fn is_believable(&self) -> bool {
        if self.announced < ANNOUNCED {
            self.reads_as_korean()
        } else {
            !self.said.is_empty() || self.is_english()
        }
    }

    /// Whether nothing is lost with a header alone. Where the shifts are gone, it alone says what was there.
    fn is_english(&self) -> bool {
        self.repaired.iter().all(|c| c.is_whitespace())
            || self.repaired.iter().all(char::is_ascii) && reads_well(&self.repaired, 0.0)
    }

    fn reads_as_korean(&self) -> bool {
        let letters = self.said.iter().filter(|&&c| c != ' ').count();
        let hangul = self
            .said
            .iter()
            .filter(|&&c| Script::of(c) == Script::Hangul)
            .count();
        let least = READS_WELL * self.said.len() as f32 + READS_WELL_ONCE;
        hangul >= LEAST && hangul * 2 >= letters && plausibility(&self.said, &[]) >= least
    }
}

/// How many characters the header at `at` has: none where there is none.
fn header(text: &[char], at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let is_start = |header: &&[char]| rest.starts_with(header);
    [HEADER.as_slice(), &STRIPPED]
        .iter()
        .copied()
        .find(|h| is_start(h))
        .map_or(0, <[char]>::len)
}

/// The characters that SO opens at `at`, and where they end: at SI or with the line.
fn pairs(text: &[char], at: usize) -> Option<(usize, Vec<char>)> {
    if text.get(at) != Some(&SHIFT_OUT) {
        return None;
    }
    let rest = text.get(at + 1..)?;
    let is_of_pair = |&&c: &&char| matches!(c, '!'..='~');
    let pairs: Vec<u8> = rest
        .iter()
        .take_while(is_of_pair)
        .map(|&c| c as u8 | 0x80)
        .collect();
    let end = at + 1 + pairs.len();
    let end = match text.get(end) {
        Some(&SHIFT_IN) => end + 1,
        None | Some('\r' | '\n') => end,
        Some(_) => return None,
    };
    let said: Vec<char> = Encoding::EucKr.decode(&pairs).ok()?.chars().collect();
    (!said.is_empty() && !said.iter().any(|&c| is_private(c))).then_some((end, said))
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use super::*;

    #[test]
    fn korean_is_found_with_and_without_a_header_and_nothing_else_is() {
        // What is found is from Python's iso2022_kr codec, the header taken off or moved where the line says so.
        check(
            hypothesis,
            &[
                // '역사적 예수'
                (
                    "\u{1B}$)C\u{E}?*;g@{\u{F} \u{E}?9<v\u{F}",
                    Some("역사적 예수"),
                ),
                // The same in a line after the first, and without the escape character.
                ("\u{E}?*;g@{\u{F} \u{E}?9<v\u{F}", Some("역사적 예수")),
                ("$)C\u{E}?*;g@{\u{F} \u{E}?9<v\u{F}", Some("역사적 예수")),
                // 'Subject: 漢字', in which nothing else is Korean.
                ("Subject: \u{1B}$)C\u{E}ySm.\u{F}", Some("Subject: 漢字")),
                ("\u{E}ySm.\u{F}", None),
                // As glibc writes it: the header first, '역사 책'; and SI left out at the end of the line.
                (
                    "\u{1B}$)CNew: \u{E}?*;g\u{F} \u{E}C%\u{F}",
                    Some("New: 역사 책"),
                ),
                ("\u{E}?*;g\u{F} \u{E}@L>_1b\r", Some("역사 이야기\r")),
                // A header alone, and over English.
                ("\u{1B}$)C", Some("")),
                (
                    "\u{1B}$)CHello there, how are you?",
                    Some("Hello there, how are you?"),
                ),
                // Shifts that are gone: '역사적 예수'.
                ("\u{1B}$)C?*;g@{ ?9<v", None),
                ("$)C?*;g@{ ?9<v", None),
                ("$)C", None),
                // Frames of a terminal, wide letters of a printer, numbers, and half a character.
                ("\u{E}lqqqqqqk\u{F}", None),
                ("\u{E}ANNUAL REPORT\u{F} 1987", None),
                ("\u{E}HEADED\u{F}", None),
                ("\u{E}12345678\u{F}", None),
                ("\u{E}?*;\u{F}", None),
                ("\u{E}?*\u{F}", None),
                ("\u{E}\u{F}", None),
                ("a\u{E}b\u{F}c \u{1B}$)A", None),
            ],
        );
    }

    #[test]
    fn a_quick_look_finds_what_a_closer_one_may() {
        let cases = [
            ("\u{E}?*;g@{\u{F}", true),
            ("x\n\u{E}?*;g\r\ny", true),
            ("\u{E}?*;\u{F}", false),
            ("\u{E}lqqk\u{F}", false),
            ("\u{E}", false),
            ("\u{1B}$)C", true),
            ("x\n\u{1B}$)Cy", true),
            ("x \u{1B}$)C\u{E}ySm.\u{F}", true),
            ("x \u{1B}$)C", false),
            ("$)C", false),
        ];
        for (text, expected) in cases {
            assert_eq!(
                may_be_in(text) || is_announced_in(text),
                expected,
                "{text:?}"
            );
        }
    }
}
