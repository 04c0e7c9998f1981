//! HZ (RFC 1843), whose two-byte characters stand in ASCII between `~{` and `~}`:
//! `~{VPND~}` is 中文.

use super::weigh;
use crate::detect::hypothesis::Hypothesis;
use crate::detect::script::Script;
use crate::detect::seek::holds_pair;
use crate::encoding::Encoding;
use crate::misdecoding::Misdecoding;
use std::ops::Range;

/// Nats.
const COST: f32 = 6.0;

pub(super) fn may_be_in(text: &str) -> bool {
    let holds = |brace| holds_pair(text.as_bytes(), b'~', |byte| byte == brace);
    holds(b'{') && holds(b'}')
}

/// The hypothesis that the stretches in `~{` and `~}` are HZ, if there are any.
pub(super) fn hypothesis(text: &[char]) -> Option<Hypothesis> {
    let mut stretches = Vec::new();
    let mut at = 0;
    while at < text.len() {
        match stretch(text, at) {
            Some(stretch) => {
                at = stretch.0.end;
                stretches.push(stretch);
            }
            None => at += 1,
        }
    }
    let misdecoding = Misdecoding::new(Encoding::Hz, Encoding::Iso8859_1);
    weigh(text, misdecoding, stretches, COST)
}

/// The stretch that begins at `at`, if one does: Chinese characters and their punctuation.
fn stretch(text: &[char], at: usize) -> Option<(Range<usize>, Vec<char>)> {
    let mark =
        |at: usize, brace: char| text.get(at) == Some(&'~') && text.get(at + 1) == Some(&brace);
    if !mark(at, '{') {
        return None;
    }
    let (mut bytes, mut common) = (Vec::new(), 0);
    let mut end = at + 2;
    while !mark(end, '}') {
        let (a, b) = (*text.get(end)?, *text.get(end + 1)?);
        if !matches!((a, b), ('!'..='w', '!'..='~')) {
            return None;
        }
        // Rows 16 to 55 of GB 2312 are the common characters, sorted by sound; rows 1 to 9 are signs.
        common += usize::from(a <= 'W');
        bytes.extend([a as u8 | 0x80, b as u8 | 0x80]);
        end += 2;
    }
    let said: Vec<char> = Encoding::Gbk.decode(&bytes).ok()?.chars().collect();
    let is_chinese =
        said.iter().any(|&c| Script::of(c) == Script::Han) && common * 4 >= said.len() * 3;
    is_chinese.then_some((at..end + 2, said))
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use super::*;

    #[test]
    fn chinese_in_hz_is_found_and_other_braces_are_not() {
        check(
            hypothesis,
            &[
                // After the example of RFC 1843.
                (
                    "This sentence is in ASCII. The next sentence is in GB.~{<:Ky2;NpJ)~}.",
                    Some("This sentence is in ASCII. The next sentence is in GB.己所不勿施."),
                ),
                // '中文 and 标题'.encode('hz')
                ("~{VPND~} and ~{1jLb~}", Some("中文 and 标题")),
                ("ls ~{alice,bob}/src ~}", None),
                ("Fig.~{\\bf 3} and x~}", None),
                ("~{~}", None),
                // Rare characters alone are no text.
                ("~{tutorial~}", None),
                ("a ~{ b", None),
            ],
        );
    }
}
