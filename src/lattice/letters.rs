//! What is asked of characters again and again, looked up.

use crate::detect::script::Script;
use std::sync::OnceLock;

/// Characters of a page, and pages.
const PAGE: usize = 256;

/// The script of a character.
#[inline]
pub(super) fn script_of(c: char) -> Script {
    static SCRIPTS: Pages<Script> = Pages::new(Script::of);
    SCRIPTS.get(c)
}

/// What is known of each character up to U+FFFF, by pages that are made when they are needed.
pub(super) struct Pages<T> {
    pages: [OnceLock<[T; PAGE]>; PAGE],
    of: fn(char) -> T,
}

impl<T: Copy> Pages<T> {
    pub(super) const fn new(of: fn(char) -> T) -> Pages<T> {
        Pages {
            pages: [const { OnceLock::new() }; PAGE],
            of,
        }
    }

    #[inline]
    pub(super) fn get(&self, c: char) -> T {
        let (page, at) = (c as usize / PAGE, c as usize % PAGE);
        // What lies above has no page.
        let Some(known) = self.pages.get(page) else {
            return (self.of)(c);
        };
        let char_at = |i| char::from_u32((page * PAGE + i) as u32).unwrap_or(c);
        let known = known.get_or_init(|| std::array::from_fn(|i| (self.of)(char_at(i))));
        known.get(at).copied().unwrap_or_else(|| (self.of)(c))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_are_those_of_the_characters() {
        for c in '\0'..='\u{1FFFF}' {
            assert_eq!(script_of(c), Script::of(c), "{c}");
            // `Scorer` asks no further.
            assert!(!script_of(c).is_east_asian() || !c.is_uppercase(), "{c}");
        }
    }
}
