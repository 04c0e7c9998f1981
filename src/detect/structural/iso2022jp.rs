//! ISO-2022-JP, whose two-byte characters stand in ASCII between escape sequences; the escape
//! character itself is often lost on the way: `$B@.8y(B` is 成功.

use super::{SURE_A_NAT, SUREST};
use crate::detect::hypothesis::Hypothesis;
use crate::detect::plausibility::plausibility;
use crate::detect::script::Script;
use crate::detect::seek::holds_pair;
use crate::encoding::Encoding;
use crate::misdecoding::{Chain, Misdecoding};
use std::ops::Range;

const ESC: char = '\u{1B}';
/// Nats for believing in ISO-2022-JP where the escape characters are there, and where they are gone.
const COST: f32 = 4.0;
const COST_STRIPPED: f32 = 10.0;
/// So many letters there must be where the escape characters are gone: `$B$C$D(B)` is shell.
const LEAST_STRIPPED: usize = 4;

/// Whether the text may hold such a sequence: a quick look.
pub(super) fn may_be_in(text: &str) -> bool {
    holds_pair(text.as_bytes(), b'$', |byte| matches!(byte, b'B' | b'@'))
}

/// The hypothesis that the two-byte stretches of `text` are ISO-2022-JP, if it has any.
pub(super) fn hypothesis(text: &[char]) -> Option<Hypothesis> {
    let mut stretches: Vec<(Range<usize>, Vec<char>)> = Vec::new();
    let mut repaired = Vec::with_capacity(text.len());
    let mut escaped = true;
    let (mut at, mut done) = (0, 0);
    while at < text.len() {
        let Some((range, chars, has_escape)) = stretch(text, at) else {
            at += 1;
            continue;
        };
        repaired.extend(text.get(done..range.start)?);
        repaired.extend(&chars);
        (at, done) = (range.end, range.end);
        escaped &= has_escape;
        stretches.push((range, chars));
    }
    repaired.extend(text.get(done..)?);
    let letters = stretches
        .iter()
        .flat_map(|s| &s.1)
        .filter(|&&c| Script::of(c).is_east_asian())
        .count();
    if letters < if escaped { 1 } else { LEAST_STRIPPED } {
        return None;
    }
    let cost = if escaped { COST } else { COST_STRIPPED };
    let gain: f32 = stretches
        .iter()
        .map(|(range, chars)| {
            plausibility(chars, &[])
                - plausibility(text.get(range.clone()).unwrap_or_default(), &[])
        })
        .sum();
    let score = gain - cost;
    let chain = Chain::from(Misdecoding::new(Encoding::Iso2022Jp, Encoding::Iso8859_1));
    let sure = (score * SURE_A_NAT).min(SUREST);
    Some(Hypothesis::given(
        chain, score, cost, sure, stretches, repaired,
    ))
}

/// The stretch that begins at `at`: its range with the escape sequences, what it says, and whether
/// the escape characters are there.
fn stretch(text: &[char], at: usize) -> Option<(Range<usize>, Vec<char>, bool)> {
    let get = |i: usize| text.get(i).copied();
    let has_escape = get(at) == Some(ESC);
    let mut i = at + usize::from(has_escape);
    if get(i) != Some('$') || !matches!(get(i + 1), Some('B' | '@')) {
        return None;
    }
    i += 2;
    let mut bytes = Vec::new();
    let end = loop {
        let back = i + usize::from(get(i) == Some(ESC));
        if get(back) == Some('(') && matches!(get(back + 1), Some('B' | 'J')) {
            break back + 2;
        }
        match (get(i), get(i + 1)) {
            (Some(a @ '!'..='~'), Some(b @ '!'..='~')) => {
                bytes.extend([a as u8 | 0x80, b as u8 | 0x80])
            }
            (None, _) => break i,
            _ => return None,
        }
        i += 2;
    };
    let said = Encoding::EucJp.decode(&bytes).ok()?;
    (!bytes.is_empty()).then(|| (at..end, said.chars().collect(), has_escape))
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use super::*;

    #[test]
    fn japanese_is_found_with_and_without_escapes_and_nothing_else_is() {
        // From Python's iso2022_jp codec: 日本語のテキスト.
        check(
            hypothesis,
            &[
                (
                    "\u{1B}$BF|K\\8l$N%F%-%9%H\u{1B}(B",
                    Some("日本語のテキスト"),
                ),
                ("$BF|K\\8l$N%F%-%9%H(B", Some("日本語のテキスト")),
                (
                    "Re: $BF|K\\8l$N%F%-%9%H(B ok",
                    Some("Re: 日本語のテキスト ok"),
                ),
                ("echo $B$C$D(B)", None),
                ("cost: $B12 (Big)", None),
                ("perl: $@ and $B", None),
            ],
        );
    }
}
