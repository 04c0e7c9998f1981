//! UTF-7 (RFC 2152), which writes what is not ASCII in base 64 behind a `+`: `caf+AOk-` is café.

use super::{reads_well, weigh};
use crate::detect::hypothesis::{Hypothesis, Stretches};
use crate::detect::plausibility::is_letter;
use crate::detect::script::Script;
use crate::detect::seek::first_byte;
use crate::detect::symbols::is_private;
use crate::encoding::{Encoding, Step};
use crate::misdecoding::Misdecoding;
use std::ops::Range;
use unicode_normalization::char::is_public_assigned;

/// Nats.
const COST: f32 = 8.0;
/// Nats that a Latin letter is evidence: of 1000 times three digits one is such a letter.
const LATIN: f32 = 7.0;
/// The fewest digits of a character.
const LEAST: usize = 3;

fn is_digit(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '+' | '/')
}

/// Whether so many digits can be whole characters of 16 bits, with less than a digit left over.
fn is_whole(digits: usize) -> bool {
    digits >= LEAST && digits * 6 % 16 < 6
}

pub(super) fn may_be_in(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = first_byte(bytes, b'+');
    while let Some(rest) = bytes.get(at + 1..) {
        let is_digit = |&&byte: &&u8| is_digit(char::from(byte));
        let digits = rest.iter().take_while(is_digit).count();
        if is_whole(digits) {
            return true;
        }
        let rest = rest.get(digits..).unwrap_or_default();
        at += 1 + digits + first_byte(rest, b'+');
    }
    false
}

/// The hypothesis that the text is UTF-7, if something in it is and all that is reads as text.
pub(super) fn hypothesis(text: &[char]) -> Option<Hypothesis> {
    let mut stretches = Vec::new();
    let mut at = 0;
    let mut said_any = false;
    while let Some(skip) = text.get(at..)?.iter().position(|&c| c == '+') {
        let start = at + skip;
        match shifted(text, start) {
            Shifted::Text(range, said) => {
                at = range.end;
                said_any |= said.iter().any(|c| !c.is_ascii());
                stretches.push((range, said));
            }
            Shifted::Plus => {
                stretches.push((start..start + 2, vec!['+']));
                at = start + 2;
            }
            Shifted::No(end) => at = end,
        }
    }
    if !said_any || is_chance(text, &stretches) || !words_read_well(text, &stretches) {
        return None;
    }
    let misdecoding = Misdecoding::new(Encoding::Utf7, Encoding::Iso8859_1);
    weigh(text, misdecoding, stretches, COST)
}

/// What a `+` opens.
enum Shifted {
    Text(Range<usize>, Vec<char>),
    /// `+-` is a plus sign.
    Plus,
    /// No UTF-7; the next may begin here.
    No(usize),
}

fn shifted(text: &[char], start: usize) -> Shifted {
    let rest = text.get(start + 1..).unwrap_or_default();
    let digits = rest.iter().take_while(|&&c| is_digit(c)).count();
    let mut end = start + 1 + digits;
    let closed = text.get(end) == Some(&'-');
    if digits == 0 && closed {
        return Shifted::Plus;
    }
    if !is_whole(digits) {
        return Shifted::No(end);
    }
    end += usize::from(closed);
    let mut decoder = Encoding::Utf7.decoder();
    let mut said = Vec::new();
    for &c in text.get(start..end).unwrap_or_default() {
        match decoder.push(c as u8) {
            Step::Char(c) if is_written(c) => said.push(c),
            Step::Pending => {}
            _ => return Shifted::No(end),
        }
    }
    if !decoder.is_neutral() || said.is_empty() {
        return Shifted::No(end);
    }
    // What ends the base 64 belongs to it: only so is it written the same way again.
    if let Some(&next) = text
        .get(end)
        .filter(|c| !closed && c.is_ascii() && **c != '\n')
    {
        said.push(next);
        end += 1;
    }
    Shifted::Text(start..end, said)
}

/// What UTF-7 writes in base 64: characters outside ASCII, and of ASCII some signs.
fn is_written(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_punctuation() || c.is_ascii_whitespace();
    }
    let is_foreign = is_letter(c) && Script::of(c) == Script::Other;
    // Digits and slashes of programs make characters that there are none of: `1/8+1/8}`.
    is_public_assigned(c)
        && !(is_foreign || c.is_control() || is_private(c) || matches!(c, '\u{FFF0}'..='\u{FFFF}'))
}

/// Whether all that is read is one character that few texts have alone, from digits that nothing closes: `U+160`, `+/14.2`.
fn is_chance(text: &[char], stretches: &Stretches) -> bool {
    let mut read = stretches
        .iter()
        .flat_map(|s| s.1.iter().filter(|c| !c.is_ascii()));
    let (Some(&c), None) = (read.next(), read.next()) else {
        return false;
    };
    let is_closed = |(range, _): &(Range<usize>, Vec<char>)| {
        text.get(range.clone())
            .is_some_and(|run| run.ends_with(&['-']))
    };
    let is_usual = matches!(c, '\0'..='\u{24F}' | '\u{2010}'..='\u{20CF}');
    !is_usual && !stretches.iter().any(is_closed)
}

/// Whether the words that are changed read as words, each letter in the company of its script.
fn words_read_well(text: &[char], stretches: &Stretches) -> bool {
    // Each character with whether it was put there.
    let mut all: Vec<(char, bool)> = Vec::new();
    let mut done = 0;
    for (range, after) in stretches {
        let kept = text.get(done..range.start).unwrap_or_default();
        all.extend(kept.iter().map(|&c| (c, false)));
        all.extend(after.iter().map(|&c| (c, !c.is_ascii())));
        done = range.end;
    }
    let kept = text.get(done..).unwrap_or_default();
    all.extend(kept.iter().map(|&c| (c, false)));
    let changed = all
        .split(|(c, _)| c.is_whitespace())
        .filter(|word| word.iter().any(|c| c.1));
    let mut said: Vec<char> = Vec::new();
    for word in changed {
        if !said.is_empty() {
            said.push(' ');
        }
        said.extend(word.iter().map(|c| c.0));
    }
    let alike = said.windows(2).all(|pair| match pair {
        [a, b] if is_letter(*a) && is_letter(*b) => Script::of(*a).mixes_with(Script::of(*b)),
        _ => true,
    });
    let put = || all.iter().filter(|c| c.1).map(|c| c.0);
    let latin = put().filter(|c| ('\u{C0}'..='\u{24F}').contains(c)).count();
    alike && (!put().any(is_letter) || reads_well(&said, LATIN * latin as f32))
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use super::*;

    #[test]
    fn utf_7_is_found_in_prose_and_plus_signs_stand() {
        // What is to be found is from Python's utf-7 codec.
        check(
            hypothesis,
            &[
                ("caf+AOk-", Some("café")),
                ("Un caf+AOk au lait", Some("Un café au lait")),
                (
                    "Das w+AOQ-re sch+APY-n, 1 +- 1",
                    Some("Das wäre schön, 1 + 1"),
                ),
                ("+BB8EQAQ4BDIENQRC, +BDwEOARA!", Some("Привет, мир!")),
                ("+ZeVnLIqe-", Some("日本語")),
                ("Hi Mom -+Jjo--!", Some("Hi Mom -☺-!")),
                ("It+IBk-s late", Some("It’s late")),
                ("Preis: 20 +IKw.", Some("Preis: 20 €.")),
                // One character, and nothing that closes it.
                ("0xc5 -> U+160 LATIN CAPITAL LETTER S", None),
                ("// FreeBSD 15.0+/14.2+", None),
                // Characters that there are none of.
                ("{1/8+1/8}+{1/8+1/8}", None),
                ("AAA4BBB,J60/+168,J300/2", None),
                ("a+b-c", None),
                ("user+tag-x@example.org", None),
                ("name+news@example.org", None),
                ("C++, g++-13 and c++-mode", None),
                ("q=caf+ole+milk&x=1", None),
                ("dGhpcyBp+AOk/cyBi+YXNl-NjQ=", None),
                ("x = a+AAA-b", None),
                ("+ADw-script+AD4-alert(1)+ADw-/script+AD4-", None),
                ("> > +1 from me", None),
                ("1+-2, 5 +- 3", None),
                ("+49 30 123-456", None),
            ],
        );
    }
}
