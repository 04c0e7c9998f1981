//! How likely a character is to begin with some bytes: what a search needs to know of a character that is not complete.

use crate::detect::script::Script;
use crate::encoding::{CharDecoder, EncodedChar, Encoding, Step};
use crate::model::MODEL;
use std::sync::OnceLock;

/// Groups of letters that stand together in texts: scripts, those of India apart.
const GROUPS: usize = 26;
/// What is no letter.
const COMMON: usize = 0;
const KANA_AND_HAN: usize = 11;
/// The first of ten groups, one for each block of 128 from U+0900 on.
const INDIA: usize = 14;

/// The group of letters that a character belongs to.
#[inline]
pub(super) fn group(c: char) -> u8 {
    let group = match Script::of(c) {
        Script::Common => COMMON,
        Script::Latin => 1,
        Script::Greek => 2,
        Script::Cyrillic => 3,
        Script::Armenian => 4,
        Script::Hebrew => 5,
        Script::Arabic => 6,
        Script::Thai => 8,
        Script::Georgian => 9,
        Script::Hangul => 10,
        Script::Kana | Script::Han => KANA_AND_HAN,
        Script::Indic => INDIA + ((c as usize).saturating_sub(0x900) >> 7).min(9),
        Script::Other => 12,
    };
    group as u8
}

/// Whether a group is that of no letter.
pub(super) fn is_common(group: u8) -> bool {
    usize::from(group) == COMMON
}

/// Shares of a character's group after a letter: of the same one, of none, and the rest.
const SAME: f64 = 0.78;
const NONE: f64 = 0.16;
const OTHER: f64 = 0.06;
/// So many of the commonest characters are known by their bytes.
const KNOWN: usize = 8000;

/// The first bytes of the characters of an encoding.
pub(super) struct Prefixes {
    /// ln of the probability that a character begins with a byte, by the group of the last letter.
    one: Vec<[f32; GROUPS]>,
    /// The same for the first two of three bytes, in UTF-8: `lead - E0`, six bits of the second.
    two: Vec<[f32; GROUPS]>,
    /// For an encoding of at most two bytes a character: what each pair is, zero for nothing; empty for others.
    pairs: Vec<u16>,
    /// What may follow nothing, each first byte and, as `two` has them, two: worked out when it is needed.
    next: Vec<OnceLock<Box<Next>>>,
    /// The commonest characters that have more than one byte, the commonest first.
    pub(super) common: Vec<(EncodedChar, char)>,
}

/// What each byte leads to.
pub(super) struct Next {
    /// After these bytes.
    decoder: CharDecoder,
    after: [After; 256],
}

impl Next {
    #[inline]
    pub(super) fn after(&self, byte: u8) -> After {
        let after = self.after.get(usize::from(byte));
        after.copied().unwrap_or(After::Nothing)
    }
}

/// What a byte leads to.
#[derive(Clone, Copy)]
pub(super) enum After {
    Nothing,
    /// A part of a character.
    More,
    /// A character, with its log-probability and its group.
    Char(f32, u8),
}

/// After each first byte, and after none.
const NEXT: usize = 257;

/// Less than any prefix that some character has.
const IMPOSSIBLE: f32 = -25.0;

impl Prefixes {
    /// Those of an encoding: made once, when they are needed.
    pub(super) fn of(written: Encoding) -> &'static Prefixes {
        static MADE: [OnceLock<Prefixes>; 256] = [const { OnceLock::new() }; 256];
        static NONE: OnceLock<Prefixes> = OnceLock::new();
        let cell = MADE.get(written as usize).unwrap_or(&NONE);
        cell.get_or_init(|| Prefixes::make(written))
    }

    fn make(written: Encoding) -> Prefixes {
        let mut one = vec![[0.0f64; GROUPS]; 256];
        let mut two = vec![[0.0f64; GROUPS]; 1024];
        let mut total = [0.0f64; GROUPS];
        let two_bytes_at_most = matches!(
            written,
            Encoding::Gbk | Encoding::Big5 | Encoding::Cp950 | Encoding::ShiftJis | Encoding::EucKr
        );
        let mut pairs = vec![0u16; if two_bytes_at_most { 65536 } else { 0 }];
        let mut common: Vec<(f32, EncodedChar, char)> = Vec::new();
        // Many characters in a row have the same probability.
        let mut last = (0.0, 1.0);
        // A code page has no first bytes.
        let looked_at = if written.is_single_byte() {
            0
        } else {
            usize::MAX
        };
        let all = ('\u{80}'..='\u{FFFD}').take(looked_at);
        for c in all.filter(|c| !('\u{E000}'..='\u{F8FF}').contains(c)) {
            let Some(encoded) = written.encode_char(c) else {
                continue;
            };
            let unigram = MODEL.unigram(c);
            if unigram != last.0 {
                last = (unigram, f64::from(unigram).exp());
            }
            let (p, g) = (last.1, usize::from(group(c)));
            let add = |slot: Option<&mut [f64; GROUPS]>| {
                if let Some(slot) = slot.and_then(|s| s.get_mut(g)) {
                    *slot += p;
                }
            };
            match *encoded.as_slice() {
                [a, b] => {
                    add(one.get_mut(usize::from(a)));
                    if let Some(pair) = pairs.get_mut(usize::from(a) << 8 | usize::from(b)) {
                        *pair = c as u16;
                    }
                }
                [a] => {
                    // Half-width katakana of Shift_JIS.
                    if let Some(pair) = pairs.get_mut(usize::from(a)) {
                        *pair = c as u16;
                    }
                    continue;
                }
                [a, b, _] => {
                    add(one.get_mut(usize::from(a)));
                    add(two.get_mut(two_bytes(a, b)));
                }
                [a, _, _, _] => add(one.get_mut(usize::from(a))),
                _ => continue,
            }
            if let Some(t) = total.get_mut(g) {
                *t += p;
            }
            common.push((unigram, encoded, c));
        }
        type Common = (f32, EncodedChar, char);
        let order = |a: &Common, b: &Common| b.0.total_cmp(&a.0).then(a.2.cmp(&b.2));
        if common.len() > KNOWN {
            common.select_nth_unstable_by(KNOWN, order);
            common.truncate(KNOWN);
        }
        common.sort_unstable_by(order);
        let all: f64 = total.iter().sum();
        let after = |masses: &[f64; GROUPS]| {
            let sum: f64 = masses.iter().sum();
            let mut out = [IMPOSSIBLE; GROUPS];
            if sum == 0.0 {
                return out;
            }
            for (g, slot) in out.iter_mut().enumerate() {
                let of = |g: usize| {
                    let (mass, total) = (masses.get(g).copied(), total.get(g).copied());
                    mass.unwrap_or(0.0) / total.unwrap_or(0.0).max(1e-12)
                };
                let p = if g == COMMON || total.get(g).is_none_or(|t| *t <= 0.0) {
                    sum / all.max(1e-12)
                } else {
                    SAME * of(g) + NONE * of(COMMON) + OTHER * sum / all.max(1e-12)
                };
                if p > 0.0 {
                    *slot = (p.ln() as f32).max(IMPOSSIBLE);
                }
            }
            out
        };
        let mut next = Vec::new();
        next.resize_with(NEXT + two.len(), OnceLock::new);
        Prefixes {
            pairs,
            next,
            one: one.iter().map(after).collect(),
            two: two.iter().map(after).collect(),
            common: common.into_iter().map(|(_, e, c)| (e, c)).collect(),
        }
    }

    /// What a byte leads to after those of `pending`, by what encoders write; `None` where a decoder has to tell.
    #[inline]
    pub(super) fn step(&self, pending: &[u8], byte: u8) -> Option<Step> {
        let at = |i: usize| {
            let code = self.pairs.get(i).copied().filter(|&c| c > 0);
            code.and_then(|c| char::from_u32(u32::from(c)))
        };
        if self.pairs.is_empty() {
            return None;
        }
        let Some(&lead) = pending.first() else {
            return Some(match at(usize::from(byte)) {
                Some(c) => Step::Char(c),
                None if byte.is_ascii() => Step::Char(char::from(byte)),
                None if self.is_lead(byte) => Step::Pending,
                None => Step::Invalid,
            });
        };
        Some(at(usize::from(lead) << 8 | usize::from(byte)).map_or(Step::Invalid, Step::Char))
    }

    /// What each byte leads to after those of `pending`, which `decoder` has read: known where these are few.
    pub(super) fn next(&self, decoder: CharDecoder, pending: &[u8]) -> Option<&Next> {
        let at = match *pending {
            [] => NEXT - 1,
            [lead] => usize::from(lead),
            [a, b] => two_bytes(a, b).saturating_add(NEXT),
            _ => return None,
        };
        let make = || {
            let after = std::array::from_fn(|byte| self.after(decoder, pending, byte as u8));
            Box::new(Next { decoder, after })
        };
        let next = self.next.get(at)?.get_or_init(make);
        // Decoders may know more than what is pending.
        (next.decoder == decoder).then_some(next)
    }

    /// What a byte leads to.
    pub(super) fn after(&self, mut decoder: CharDecoder, pending: &[u8], byte: u8) -> After {
        let step = self.step(pending, byte);
        match step.unwrap_or_else(|| decoder.push(byte)) {
            Step::Invalid => After::Nothing,
            Step::Pending => After::More,
            Step::Char(c) | Step::Pair(_, c) => After::Char(MODEL.unigram(c), group(c)),
        }
    }

    fn is_lead(&self, byte: u8) -> bool {
        let row = self.one.get(usize::from(byte));
        row.is_some_and(|row| row.first().is_some_and(|&p| p > IMPOSSIBLE))
    }

    /// ln of the probability that the next character begins with `pending` where the last letter was of `group`.
    pub(super) fn ahead(&self, group: u8, pending: &[u8]) -> f32 {
        let row = match *pending {
            [] => return 0.0,
            [a, b, ..] if a >= 0xE0 => match self.two.get(two_bytes(a, b)) {
                Some(row) => Some(row),
                None => self.one.get(usize::from(a)),
            },
            [a, ..] => self.one.get(usize::from(a)),
        };
        row.and_then(|row| row.get(usize::from(group)))
            .copied()
            .unwrap_or(IMPOSSIBLE)
    }
}

fn two_bytes(a: u8, b: u8) -> usize {
    if (0xE0..=0xEF).contains(&a) && (0x80..=0xBF).contains(&b) {
        usize::from(a - 0xE0) << 6 | usize::from(b & 0x3F)
    } else {
        usize::MAX
    }
}
