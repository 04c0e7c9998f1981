//! The script of a character, looked up: the search asks for it more often than for anything else.

use crate::detect::script::Script;
use std::sync::OnceLock;

/// Characters of a page.
const PAGE: usize = 256;

/// [`Script::of`], from pages that are made when they are needed.
#[inline]
pub(super) fn script_of(c: char) -> Script {
    static PAGES: [OnceLock<[Script; PAGE]>; PAGE] = [const { OnceLock::new() }; PAGE];
    let (page, at) = (c as usize / PAGE, c as usize % PAGE);
    // What lies above has no page.
    let Some(scripts) = PAGES.get(page) else {
        return Script::of(c);
    };
    let make = || {
        std::array::from_fn(|i| {
            char::from_u32((page * PAGE + i) as u32).map_or(Script::Common, Script::of)
        })
    };
    let script = scripts.get_or_init(make).get(at);
    script.copied().unwrap_or(Script::Common)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_are_those_of_the_characters() {
        for c in '\0'..='\u{1FFFF}' {
            assert_eq!(script_of(c), Script::of(c), "{c}");
        }
    }
}
