//! GBK as a table: pairs to characters and back.

use std::sync::LazyLock;

use crate::encoding::Encoding;

/// Lead bytes 81 to FE by trail bytes 40 to FE.
const TRAILS: usize = 0xFF - 0x40;

static PAIRS: LazyLock<Vec<Option<char>>> = LazyLock::new(|| {
    (0x81..=0xFEu8)
        .flat_map(|lead| (0x40..=0xFEu8).map(move |trail| (lead, trail)))
        .map(|(lead, trail)| {
            let bytes = [lead, trail];
            let text = Encoding::Gbk.decode(&bytes).ok()?;
            let mut chars = text.chars();
            let c = chars.next()?;
            (chars.next().is_none() && !is_private(c)).then_some(c)
        })
        .collect()
});

/// The character of a pair of bytes; none for private-use characters, which no text has.
pub(super) fn pair(lead: u8, trail: u8) -> Option<char> {
    let row = usize::from(lead.checked_sub(0x81)?);
    let column = usize::from(trail.checked_sub(0x40)?);
    (column < TRAILS)
        .then(|| PAIRS.get(row * TRAILS + column).copied().flatten())
        .flatten()
}

/// The two bytes of a character.
pub(super) fn bytes(c: char) -> Option<[u8; 2]> {
    Encoding::Gbk.encode_char(c)?.as_slice().try_into().ok()
}

/// Whether the simplified character set of 1980 has the character.
pub(super) fn in_gb2312(c: char) -> bool {
    bytes(c).is_some_and(|[lead, trail]| (0xB0..=0xF7).contains(&lead) && trail >= 0xA1)
}

/// Whether this is a Han character of GBK's range.
pub(super) fn is_han(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

/// Whether this is a private-use character.
pub(super) fn is_private(c: char) -> bool {
    ('\u{E000}'..='\u{F8FF}').contains(&c)
}
