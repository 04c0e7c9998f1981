//! Repairing code and data: only mojibake, everything else to the byte.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail so"
)]

mod common;

use common::random_cases;
use proptest::prelude::*;
use proptest::sample::select;
use unbake::repair::Cause;
use unbake::tidy::Tidy;
use unbake::{Repairer, repair};

/// What stands in code and data on purpose, and what a tidy program would take for dirt.
const KEPT: &[(&str, &str)] = &[
    ("CR LF", "let a = 1;\r\nlet b = 2;\r\n"),
    (
        "CR, NEL and line separators",
        "a\rb\u{85}c\u{2028}d\u{2029}e",
    ),
    ("a byte order mark", "\u{feff}name;value\r\n"),
    ("quotes", "printf(“%s”, ‘x’); // it’s “so”, ʻokina ʼ"),
    ("widths", "ＳＥＬＥＣＴ　＊；ﾊﾝｶｸ，（。）"),
    ("separators of fields", "a\u{1f}b\u{1e}c\u{1d}d\u{1c}\n"),
    (
        "controls",
        "\0\u{1}\u{8}\u{b}\u{c}\u{1a}\u{7f}\u{206a}\u{fff9}\u{fffc}",
    ),
    ("terminal escapes", "echo '\u{1b}[1;31mred\u{1b}[0m'\n"),
    (
        "character references",
        "<p title=\"&quot;&eacute;&#233;\">&amp;lt;</p>",
    ),
    (
        "escapes of languages",
        "\"\\u00e9 \\xc3\\xa9 %C3%A9 =C3=A9\"",
    ),
    ("ligatures", "ﬁ = ﬂ + ǆ + ĳ + ŉ"),
    ("marks apart", "cafe\u{301} = A\u{30a}; \u{212b} \u{2126}"),
    (
        "zero-width and soft hyphens",
        "a\u{200b}b\u{200d}c\u{ad}d\u{2060}e\u{202e}f",
    ),
    ("spaces", "a\u{a0}b\u{2009}c\td  \n\n\n  "),
    ("lost characters", "caf\u{fffd} \u{fffd}\u{fffd}"),
    ("box drawing", "┌──┐\r\n│ok│\r\n└──┘\r\n"),
];

#[test]
fn what_is_no_mojibake_stays_to_the_byte() {
    let repairer = Repairer::new();
    for (what, text) in KEPT {
        let exact = repairer.repair_exact(text);
        assert_eq!(exact.text(), *text, "{what}");
        assert!(!exact.is_changed(), "{what}");
        // No more does the plain repair, nor the tidying that is asked for nothing.
        assert!(!repair(text).is_changed(), "{what}");
        assert!(
            !Tidy::new().repair_with(&repairer, text).is_changed(),
            "{what}"
        );
    }
}

/// Mojibake as it stands in code, with what it is, and the chain.
const MANGLED: &[(&str, &str)] = &[
    ("das wÃ¤re schÃ¶n", "das wäre schön"),
    ("ÐŸÑ€Ð¸Ð²ÐµÑ‚, Ð¼Ð¸Ñ€", "Привет, мир"),
    ("оПХБЕР, ЛХП", "Привет, мир"),
];

#[test]
fn mojibake_is_repaired_and_all_around_it_stays() {
    for (what, kept) in KEPT {
        for (mangled, clean) in MANGLED {
            let page = |middle: &str| format!("{kept}\r\n\"{middle}\"\r\n{kept}");
            let text = page(mangled);
            let repair = Repairer::new().repair_exact(&text);
            assert_eq!(repair.text(), page(clean), "{what}");
            assert_eq!(repair.revert(), text);
            for edit in repair.edits() {
                let Cause::Chain(chain) = edit.cause() else {
                    panic!("{:?}", edit.cause());
                };
                assert_eq!(chain.mangle(edit.after()).unwrap(), edit.before());
            }
        }
    }
}

#[test]
fn what_is_guessed_or_is_no_chain_is_left_out() {
    // Readings put in after characters, as in copies of Chinese pages.
    let page = "會(huì)議在市政府(fǔ)大樓舉(jǔ)行，市長(zhǎng)主持了會(huì)議，各部門負責(zé)人參加了會(huì)議。";
    assert!(
        repair(page)
            .edits()
            .iter()
            .any(|edit| edit.cause() == Cause::Reading)
    );
    assert!(!Repairer::new().repair_exact(page).is_changed());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: random_cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_edit_is_an_exact_chain_and_the_result_is_stable(
        kept in proptest::collection::vec((0..KEPT.len(), 0..MANGLED.len()), 0..4),
        tail in prop_oneof![any::<String>(), select(vec!["", "â€\u{fffd}", "鈥?", "會(huì)議"]).prop_map(str::to_owned)],
    ) {
        let pieces = kept.iter().map(|(k, m)| format!("{}{}", KEPT[*k].1, MANGLED[*m].0));
        let text = pieces.collect::<String>() + &tail;
        let repairer = Repairer::new();
        let repair = repairer.repair_exact(&text);
        prop_assert_eq!(repair.revert(), text.as_str());
        for edit in repair.edits() {
            let chain = match edit.cause() {
                Cause::Chain(chain) => chain,
                other => return Err(TestCaseError::fail(other.to_string())),
            };
            prop_assert_eq!(chain.mangle(edit.after()).unwrap(), edit.before());
        }
        prop_assert!(!repairer.repair_exact(repair.text()).is_changed());
    }
}
