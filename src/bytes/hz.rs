//! HZ (RFC 1843): `~{` begins Chinese in pairs of seven-bit bytes, `~}` ends it, `~~` is a tilde, and `~` before a line
//! feed joins two lines.

use super::charset::Reading;
use crate::encoding::Encoding;

/// The character of a pair in Chinese mode.
fn pair(a: u8, b: u8) -> Option<char> {
    if !(0x21..=0x77).contains(&a) || !(0x21..=0x7E).contains(&b) {
        return None;
    }
    let pair = [a | 0x80, b | 0x80];
    let text = Encoding::Gbk.decode(&pair).ok()?;
    text.chars().next()
}

pub(super) fn read(bytes: &[u8], reading: &mut Reading) {
    let mut chinese = false;
    let mut at = 0;
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        let step = match (chinese, rest) {
            (false, [b'~', b'{', ..]) => {
                chinese = true;
                2
            }
            (true, [b'~', b'}', ..]) => {
                chinese = false;
                2
            }
            (false, [b'~', b'~', ..]) => {
                reading.text.push('~');
                2
            }
            (false, [b'~', b'\n', ..]) => 2,
            (true, [b'\n', ..]) => {
                // a line always begins in ASCII
                chinese = false;
                reading.text.push('\n');
                1
            }
            (true, [a, b, ..]) if pair(*a, *b).is_some() => {
                reading.text.extend(pair(*a, *b));
                2
            }
            (false, [a, ..]) if a.is_ascii() && *a != b'~' => {
                reading.text.push(char::from(*a));
                1
            }
            _ => {
                reading.lose(at..at + 1);
                1
            }
        };
        at += step;
    }
}

pub(super) fn write(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len());
    let mut chinese = false;
    for c in text.chars() {
        if c.is_ascii() {
            if chinese {
                out.extend_from_slice(b"~}");
                chinese = false;
            }
            if c == '~' {
                out.push(b'~');
            }
            out.push(u8::try_from(c).ok()?);
        } else {
            let encoded = Encoding::Gbk.encode_char(c)?;
            let [a, b] = encoded.as_slice() else {
                return None;
            };
            let (a, b) = (a.checked_sub(0x80)?, b.checked_sub(0x80)?);
            pair(a, b)?;
            if !chinese {
                out.extend_from_slice(b"~{");
                chinese = true;
            }
            out.extend([a, b]);
        }
    }
    if chinese {
        out.extend_from_slice(b"~}");
    }
    Some(out)
}

/// Whether there is Chinese in these seven-bit bytes, all of it well-formed.
pub(super) fn is_text(bytes: &[u8]) -> bool {
    let mut reading = Reading::default();
    bytes.is_ascii() && bytes.windows(2).any(|two| two == b"~{") && {
        read(bytes, &mut reading);
        reading.losses.is_empty() && !reading.text.is_ascii()
    }
}
