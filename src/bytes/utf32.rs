//! UTF-32, in either order of bytes.

use super::charset::Reading;

pub(super) fn read(bytes: &[u8], unit: fn([u8; 4]) -> u32, reading: &mut Reading) {
    let (units, rest) = bytes.as_chunks::<4>();
    for (i, &four) in units.iter().enumerate() {
        match char::from_u32(unit(four)) {
            Some(c) => reading.text.push(c),
            None => reading.lose(i * 4..i * 4 + 4),
        }
    }
    if !rest.is_empty() {
        reading.lose(units.len() * 4..bytes.len());
    }
}

pub(super) fn write(text: &str, unit: fn(u32) -> [u8; 4]) -> Vec<u8> {
    text.chars().flat_map(|c| unit(u32::from(c))).collect()
}

/// Whether these can only be UTF-32: whole units, all of them characters, none of them a control that text lacks.
pub(super) fn is_text(bytes: &[u8], unit: fn([u8; 4]) -> u32) -> bool {
    let (units, rest) = bytes.as_chunks::<4>();
    rest.is_empty()
        && !units.is_empty()
        && units.iter().all(|&four| {
            char::from_u32(unit(four))
                .is_some_and(|c| !c.is_control() || matches!(c, '\t' | '\n' | '\r'))
        })
}
