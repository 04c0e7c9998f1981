//! Kinds of characters.

use super::codes::Codes;

/// Whether the simplified character set of 1980 has the character.
pub(super) fn in_gb2312(c: char) -> bool {
    Codes::gbk()
        .bytes(c)
        .is_some_and(|[lead, trail]| (0xB0..=0xF7).contains(&lead) && trail >= 0xA1)
}

/// Whether this is a Han character of GBK's range.
pub(super) fn is_han(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

/// Whether this is a private-use character.
pub(super) fn is_private(c: char) -> bool {
    ('\u{E000}'..='\u{F8FF}').contains(&c)
}
