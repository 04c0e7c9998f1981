//! HTML's character references that have a name: which name stands for what.

mod names;

use names::{HTML_4, NAMES};

/// The longest name, in bytes.
pub(crate) const LONGEST_NAME: usize = names::LONGEST;

/// What a name of the HTML Standard stands for: one character, or two.
pub(crate) fn meaning(name: &str) -> Option<&'static str> {
    let found = NAMES.binary_search_by(|(known, _)| (*known).cmp(name));
    let (_, text) = NAMES.get(found.ok()?)?;
    Some(text)
}

/// The name of a character in HTML 4, which is the one that programs write.
pub(crate) fn name_of(c: char) -> Option<&'static str> {
    let found = HTML_4.binary_search_by_key(&c, |(known, _)| *known);
    let (_, name) = HTML_4.get(found.ok()?)?;
    Some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_in_order_and_every_entry_is_found() {
        assert!(NAMES.is_sorted_by(|a, b| a.0 < b.0));
        assert!(HTML_4.is_sorted_by(|a, b| a.0 < b.0));
        for (name, text) in NAMES {
            assert!(name.len() <= LONGEST_NAME, "{name}");
            assert_eq!(meaning(name), Some(text));
        }
        for (c, name) in HTML_4 {
            assert_eq!(name_of(c), Some(name));
            assert_eq!(meaning(name), Some(&*c.to_string()), "{name}");
        }
    }

    #[test]
    fn names_are_told_apart_by_case() {
        for (name, text) in [
            ("Eacute", Some("É")),
            ("eacute", Some("é")),
            ("EACUTE", None),
            ("fjlig", Some("fj")),
            ("", None),
        ] {
            assert_eq!(meaning(name), text, "{name}");
        }
        assert_eq!(name_of('Ã'), Some("Atilde"));
        assert_eq!(name_of('ã'), Some("atilde"));
        // HTML 4 has no `apos`, and HTML 5 no name that HTML 4 programs would know.
        assert_eq!(name_of('\''), None);
        assert_eq!(name_of('Ā'), None);
    }
}
