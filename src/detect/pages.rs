//! What is asked of single characters again and again, worked out for a page of them when one is first asked.

use std::sync::OnceLock;

/// Characters of a page: few, as most scripts have few letters, and what is never asked costs nothing.
const PAGE: usize = 64;
const PAGES: usize = 0x1_0000 / PAGE;

/// What is known of each character up to U+FFFF.
pub(crate) struct Pages<T: 'static> {
    pages: [OnceLock<Box<[T; PAGE]>>; PAGES],
    of: fn(char) -> T,
}

impl<T: Copy> Pages<T> {
    pub(crate) const fn new(of: fn(char) -> T) -> Pages<T> {
        Pages {
            pages: [const { OnceLock::new() }; PAGES],
            of,
        }
    }

    #[inline]
    pub(crate) fn get(&self, c: char) -> T {
        let (page, at) = (c as usize / PAGE, c as usize % PAGE);
        let cell = self.pages.get(page);
        let known = cell.map(|cell| cell.get_or_init(|| self.make(page)));
        match known.and_then(|known| known.get(at)) {
            Some(known) => *known,
            // What lies above has no page.
            None => (self.of)(c),
        }
    }

    #[cold]
    fn make(&self, page: usize) -> Box<[T; PAGE]> {
        let char_at = |i| char::from_u32((page * PAGE + i) as u32);
        Box::new(std::array::from_fn(|i| {
            (self.of)(char_at(i).unwrap_or(char::REPLACEMENT_CHARACTER))
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_has_its_own() {
        static SAME: Pages<char> = Pages::new(|c| c);
        for c in '\0'..=char::MAX {
            assert_eq!(SAME.get(c), c);
        }
    }
}
