//! CESU-8 read as an 8-bit encoding: characters above U+FFFF as two surrogates of three bytes,
//! `í\u{A0}½í¸€` for 😀.

use super::weigh;
use crate::detect::hypothesis::Hypothesis;
use crate::encoding::Encoding;
use crate::misdecoding::Misdecoding;
use std::ops::Range;

/// Nats: six bytes of which each is bound are no accident.
const COST: f32 = 4.0;
/// Log-odds: what the model has never seen, as it has few emoji, is no worse for that.
const SURE: f32 = 5.0;
/// As which the bytes may have been read, the commonest first.
const READ: &[Encoding] = &[
    Encoding::Windows1252,
    Encoding::Iso8859_1,
    Encoding::Windows1251,
    Encoding::Windows1250,
    Encoding::Windows1254,
    Encoding::Ibm437,
    Encoding::Ibm850,
    Encoding::Ibm866,
    Encoding::Koi8R,
    Encoding::Macintosh,
];

/// The first byte of every surrogate.
const LEAD: u8 = 0xED;
const PAIR: usize = 6;

/// The hypothesis that the text holds surrogates of CESU-8.
pub(super) fn hypothesis(text: &[char]) -> Option<Hypothesis> {
    let found = READ.iter().map(|&read| (read, stretches(text, read)));
    let (read, stretches) = found
        .filter(|f| !f.1.is_empty())
        .max_by_key(|f| f.1.len())?;
    let misdecoding = Misdecoding::new(Encoding::Cesu8, read);
    let mut hypothesis = weigh(text, misdecoding, stretches, COST)?;
    hypothesis.score = hypothesis.score.max(SURE);
    hypothesis.sure = hypothesis.sure.max(SURE);
    Some(hypothesis)
}

fn stretches(text: &[char], read: Encoding) -> Vec<(Range<usize>, Vec<char>)> {
    let mut out = Vec::new();
    let Some(lead) = read.decode_byte(LEAD) else {
        return out;
    };
    let mut at = 0;
    while at < text.len() {
        match text
            .get(at..at + PAIR)
            .and_then(|s| character(s, lead, read))
        {
            Some(c) => {
                out.push((at..at + PAIR, vec![c]));
                at += PAIR;
            }
            None => at += 1,
        }
    }
    out
}

/// The character of six: `lead` at the head of each surrogate. A no-break space may have become a
/// space.
fn character(six: &[char], lead: char, read: Encoding) -> Option<char> {
    if six.first() != Some(&lead) || six.get(3) != Some(&lead) {
        return None;
    }
    let mut bytes = [0; PAIR];
    for (byte, &c) in bytes.iter_mut().zip(six) {
        *byte = match read.encode_char(c)?.as_slice() {
            [b' '] => 0xA0,
            [byte] => *byte,
            _ => return None,
        };
    }
    let said = Encoding::Cesu8.decode(&bytes).ok()?;
    let mut chars = said.chars();
    chars.next().filter(|_| chars.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use super::*;

    #[test]
    fn surrogates_are_found_and_letters_are_not() {
        check(
            hypothesis,
            &[
                // '😀'.encode('utf-16', 'surrogatepass') as two characters of UTF-8: ED A0 BD ED B8 80.
                ("ok í\u{A0}½í¸€!", Some("ok 😀!")),
                ("ok í\u{A0}½í¸\u{80}!", Some("ok 😀!")),
                ("ok í ½í¸€!", Some("ok 😀!")),
                ("í\u{A0}½í¸€í\u{A0}¼í¾‰", Some("😀🎉")),
                // The same bytes as code page 437 and as windows-1251.
                ("φá╜φ╕Ç", Some("😀")),
                ("н\u{A0}Ѕнё\u{402}", Some("😀")),
                // A high surrogate without its low one.
                ("í\u{A0}½ abc", None),
                ("vivían allí¸ según", None),
                ("aquí ½ taza", None),
            ],
        );
    }
}
