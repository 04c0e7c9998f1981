//! Many short strings that came by the same way: what some of them prove counts for all.

use std::collections::HashMap;

use super::{ProposedEdit, Repair, Repairer};
use crate::detect::scan::is_plain;

impl Repairer {
    /// Repairs strings that belong together, such as file names, tags or the cells of a column.
    ///
    /// A short string alone is little evidence; with others that met the same mishap it is
    /// repaired. The strings are judged like the lines of one document, each different one once,
    /// and each gets its own repair, in the order in which they came. A string that holds a line
    /// feed is a text of its own: it is repaired by itself.
    ///
    /// As for one text, clean strings come back borrowed, every repair can be reverted, and time
    /// is in proportion to the length of all strings.
    ///
    /// ```
    /// use unbake::Repairer;
    ///
    /// // Russian in KOI8-R, read as windows-1251. `ДПН` alone may be an acronym.
    /// let repairer = Repairer::new();
    /// assert!(!repairer.repair("ДПН").is_changed());
    ///
    /// let repairs = repairer.repair_all(&["нПУЛЧБ", "ДПН", "рЕФЕТВХТЗ"]);
    /// assert_eq!(repairs[0].text(), "Москва");
    /// assert_eq!(repairs[1].text(), "дом");
    /// assert_eq!(repairs[1].revert(), "ДПН");
    /// ```
    pub fn repair_all<'a>(&self, texts: &[&'a str]) -> Vec<Repair<'a>> {
        let pool = Pool::of(texts);
        let pooled = pool.repair(self);
        let repair = |text: &&'a str| match pool.places.get(text) {
            Some(&place) => {
                let edits = pooled.get(place).cloned().unwrap_or_default();
                Repair::new(text, edits)
            }
            None => self.repair(text),
        };
        texts.iter().map(repair).collect()
    }
}

/// The strings that need a look as one document, a line for each different one.
struct Pool<'a> {
    document: String,
    /// Where each line begins.
    starts: Vec<usize>,
    /// Which line a string is.
    places: HashMap<&'a str, usize>,
}

impl<'a> Pool<'a> {
    fn of(texts: &[&'a str]) -> Pool<'a> {
        let mut pool = Pool {
            document: String::new(),
            starts: Vec::new(),
            places: HashMap::new(),
        };
        for text in texts {
            if is_plain(text) || text.contains('\n') || pool.places.contains_key(text) {
                continue;
            }
            if !pool.starts.is_empty() {
                pool.document.push('\n');
            }
            pool.places.insert(text, pool.starts.len());
            pool.starts.push(pool.document.len());
            pool.document.push_str(text);
        }
        pool
    }

    /// The edits of each line, counted from its start.
    fn repair(&self, repairer: &Repairer) -> Vec<Vec<ProposedEdit>> {
        let mut edits = vec![Vec::new(); self.starts.len()];
        for edit in repairer.repair(&self.document).edits() {
            let range = edit.original();
            let next = self.starts.partition_point(|start| *start <= range.start);
            let Some(line) = next.checked_sub(1) else {
                continue;
            };
            let start = self.starts.get(line).copied().unwrap_or_default();
            // One short of the next line, for the line feed.
            let end = self
                .starts
                .get(next)
                .map_or(self.document.len(), |next| next - 1);
            // An edit across a border would be about neighbours that are none.
            if range.end > end {
                continue;
            }
            if let Some(edits) = edits.get_mut(line) {
                edits.push(ProposedEdit {
                    original: range.start - start..range.end - start,
                    after: edit.after().to_owned(),
                    cause: edit.cause(),
                    certainty: edit.certainty().clone(),
                    confidence: edit.confidence(),
                });
            }
        }
        edits
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use proptest::prelude::*;

    use super::*;

    const WORDS: &[&str] = &[
        "schÃ¶n",
        "GrÃ¶ÃŸe",
        "caf\u{e9}",
        "Привет",
        "РџСЂРёРІРµС‚",
        "оПХБЕР",
        "plain",
        "",
        " ",
        "a\nÃ¶",
        "\r",
        "會(huì)議",
        "ä½\u{a0}å¥½",
        "\u{2028}",
        "ESC $B;z(B",
    ];

    fn text() -> impl Strategy<Value = String> {
        let words = proptest::collection::vec(proptest::sample::select(WORDS), 0..4);
        prop_oneof![4 => words.prop_map(|words| words.concat()), 1 => any::<String>()]
    }

    fn check(texts: &[&str]) {
        let repairer = Repairer::new();
        let repairs = repairer.repair_all(texts);
        assert_eq!(repairs.len(), texts.len());
        for (repair, text) in repairs.into_iter().zip(texts) {
            assert_eq!(repair.revert(), *text);
            if repair.is_changed() {
                assert_eq!(repair.patch().revert(repair.text()).as_deref(), Ok(*text));
            }
            if texts.len() == 1 {
                assert_eq!(repair, repairer.repair(text), "alone it is as a text");
            }
            let changed = repair.is_changed();
            let borrowed =
                matches!(repair.into_text(), Cow::Borrowed(kept) if std::ptr::eq(kept, *text));
            assert_eq!(borrowed, !changed);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]

        #[test]
        fn each_reverts_to_its_string(texts in proptest::collection::vec(text(), 0..6)) {
            check(&texts.iter().map(String::as_str).collect::<Vec<_>>());
        }
    }

    #[test]
    fn one_string_is_as_a_text() {
        for word in WORDS {
            check(&[word]);
        }
    }

    #[test]
    fn the_same_string_gets_the_same_repair() {
        let texts = ["schÃ¶n", "GrÃ¶ÃŸe", "schÃ¶n", "x\nschÃ¶n"];
        let repairs = Repairer::new().repair_all(&texts);
        assert_eq!(repairs[0], repairs[2]);
        assert_eq!(repairs[0].text(), "schön");
        assert_eq!(repairs[3].text(), "x\nschön");
        let again: Vec<&str> = repairs.iter().map(Repair::text).collect();
        let again = Repairer::new().repair_all(&again);
        assert!(again.iter().all(|repair| !repair.is_changed()));
    }

    #[test]
    fn company_repairs_what_is_too_little_alone() {
        // Russian in KOI8-R, read as windows-1251. Three capitals may as well be an acronym.
        let mangled = ["нПУЛЧБ", "ДПН", "рЕФЕТВХТЗ", "НЙТ", "оПЧЗПТПД", "МЕУ"];
        let clean = ["Москва", "дом", "Петербург", "мир", "Новгород", "лес"];
        let repairer = Repairer::new();
        assert!(!repairer.repair("ДПН").is_changed());
        let repairs = repairer.repair_all(&mangled);
        let texts: Vec<&str> = repairs.iter().map(Repair::text).collect();
        assert_eq!(texts, clean);
        let clean = repairer.repair_all(&clean);
        assert!(clean.iter().all(|repair| !repair.is_changed()));
    }
}
