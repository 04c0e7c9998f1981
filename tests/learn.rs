//! Chains learnt from one example, and undone in others.

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
use unbake::learn::{Fit, LearnError, Lesson, learn};
use unbake::misdecoding::Chain;
use unbake::repair::undo_in;

/// The mangled texts were made by Python's codecs.
const EXAMPLES: &[(&str, &str, &str, Fit)] = &[
    (
        "sch\u{c3}\u{b6}n",
        "schön",
        "utf-8>windows-1252",
        Fit::Exact,
    ),
    (
        "РТЙЧЕФ, НЙТ",
        "привет, мир",
        "koi8-r>windows-1251",
        Fit::Exact,
    ),
    (
        "na\u{c3}\u{83}\u{c2}\u{af}ve caf\u{c3}\u{83}\u{c2}\u{a9} \u{c3}\u{a2}\u{c2}\u{80}\u{c2}\u{94} x",
        "naïve café — x",
        "utf-8>iso-8859-1 + utf-8>iso-8859-1",
        Fit::Exact,
    ),
    (
        "\u{252c}\u{c4}lu\u{252c}\u{a5}ou\u{251c}\u{bf}k\u{251c}\u{255c} k\u{251c}\u{2563}r",
        "Žluťoučký kůr",
        "windows-1250>iso-8859-1 + utf-8>ibm437",
        Fit::Exact,
    ),
    (
        "\u{ac}\u{ec}\u{221a}\u{222b}\u{ac}\u{f1}{\u{ac}\u{e5}\u{221a}\u{2122}\u{ac}\u{c9}e\u{ac}\u{c9}L\u{ac}\u{c9}X\u{ac}\u{c9}g",
        "日本語テキスト",
        "shift_jis>iso-8859-1 + utf-8>macintosh",
        Fit::Exact,
    ),
    (
        "sch\u{c3}\u{83}\u{c2}\u{83}\u{c3}\u{82}\u{c2}\u{b6}n \u{c3}\u{83}\u{c2}\u{83}\u{c3}\u{82}\u{c2}\u{9f}",
        "schön ß",
        "utf-8>iso-8859-1 + utf-8>iso-8859-1 + utf-8>iso-8859-1",
        Fit::Exact,
    ),
    (
        "\u{221a}\u{ea}\u{ac}\u{2020}\u{221a}\u{ea}\u{ac}\u{a2}\u{221a}\u{ea}\u{ac}\u{f4}\u{221a}\u{ea}\u{ac}\u{df}\u{221a}\u{ea}\u{ac}\u{ef}\u{221a}\u{ea}\u{ac}\u{a7}",
        "привет",
        "koi8-r>windows-1251 + utf-8>iso-8859-1 + utf-8>macintosh",
        Fit::Exact,
    ),
    (
        "\u{c3}\u{83}\u{c2}\u{83}\u{c3}\u{82}\u{c2}\u{83}\u{c3}\u{83}\u{c2}\u{82}\u{c3}\u{82}\u{c2}\u{b6}\u{c3}\u{83}\u{c2}\u{83}\u{c3}\u{82}\u{c2}\u{83}\u{c3}\u{83}\u{c2}\u{82}\u{c3}\u{82}\u{c2}\u{9f}",
        "öß",
        "utf-8>iso-8859-1 + utf-8>iso-8859-1 + utf-8>iso-8859-1 + utf-8>iso-8859-1",
        Fit::Exact,
    ),
    (
        "畂桳栠摩琠敨映捡獴",
        "Bush hid the facts",
        "utf-8>utf-16le",
        Fit::Exact,
    ),
    (
        "caf+AOk-, ~{VPND~}",
        "café, ~{VPND~}",
        "utf-7>utf-8",
        Fit::Exact,
    ),
    ("~{VPND~} x", "中文 x", "hz-gb-2312>utf-8", Fit::Exact),
    (
        "x \u{ed}\u{a0}\u{bd}\u{ed}\u{b8}\u{80}",
        "x 😀",
        "cesu-8>iso-8859-1",
        Fit::Exact,
    ),
    (
        "für KÃ¤se, Öl, GrÃ¼ÃŸe",
        "für Käse, Öl, Grüße",
        "utf-8>windows-1252",
        Fit::InParts,
    ),
    (
        "涓\u{fffd}鏂囨祴璇曪紝浣犲ソ",
        "中文测试，你好",
        "utf-8>gbk",
        Fit::Lossy,
    ),
    (
        "涓?鏂囨祴璇曪紝浣犲ソ",
        "中文测试，你好",
        "utf-8>gbk",
        Fit::Lossy,
    ),
    (
        "\u{fffd}븳援\u{fffd}\u{fffd}뼱 \u{fffd}뀓\u{fffd}뒪\u{fffd}듃",
        "한국어 텍스트",
        "utf-8>euc-kr",
        Fit::Lossy,
    ),
    ("cafΘ ?", "café ю", "windows-1252>ibm437", Fit::Lossy),
    ("ãƒªã?–ã€‚", "リざ。", "utf-8>windows-1252", Fit::Lossy),
];

#[test]
fn examples_are_explained() {
    for (mangled, original, chain, fit) in EXAMPLES {
        let started = std::time::Instant::now();
        let lessons = learn(mangled, original).unwrap_or_else(|error| panic!("{chain}: {error}"));
        println!("{chain}: {} chains, {:?}", lessons.len(), started.elapsed());
        let wanted: Chain = chain.parse().unwrap();
        let found = lessons.iter().position(|lesson| lesson.chain == wanted);
        assert!(
            found.is_some_and(|place| place < 8),
            "{chain} at {found:?} of {lessons:?}"
        );
        assert_eq!(lessons[0].chain.len(), wanted.len(), "{lessons:?}");
        assert!(
            lessons.iter().all(|lesson| lesson.fit == *fit),
            "{chain}: {lessons:?}"
        );
        if *fit == Fit::Exact {
            for Lesson { chain, .. } in &lessons {
                let forth = chain.mangle(original).is_ok_and(|made| made == *mangled);
                let back = chain.undo(mangled).is_ok_and(|made| made == *original);
                assert!(forth || back, "{chain}");
            }
        }
    }
}

#[test]
fn what_cannot_be_explained_is_said() {
    let cases = [
        ("same", "same", LearnError::Same),
        (" same\n", "same", LearnError::Same),
        ("", "x", LearnError::NoChain),
        ("x", "", LearnError::NoChain),
        ("schön", "schoen", LearnError::NoChain),
        ("?????? ???", "Привет мир", LearnError::AllLost),
    ];
    for (mangled, original, error) in cases {
        assert_eq!(learn(mangled, original), Err(error), "{mangled:?}");
    }
}

#[test]
fn long_examples_are_searched_in_part_and_checked_whole() {
    let original = "Die Größe der Tür\nweiß man naïv genug\n".repeat(300);
    let chain: Chain = "utf-8>windows-1252 + utf-8>windows-1252".parse().unwrap();
    let mangled = chain.mangle(&original).unwrap();
    assert_eq!(learn(&mangled, &original).unwrap()[0].chain, chain);
    // Another line at the end, and the chain does not explain the whole.
    let odd = (mangled + "ß\n", original + "ss\n");
    assert_eq!(learn(&odd.0, &odd.1), Err(LearnError::NoChain));
}

#[test]
fn what_was_learnt_repairs_the_rest() {
    let lessons = learn("ÐŸÑ€Ð¸Ð²ÐµÑ‚", "Привет").unwrap();
    let chain = lessons[0].chain;
    let cases = [
        ("Ð˜Ñ€Ð¸Ð½Ð°: нет, Ð´Ð°!", "Ирина: нет, да!"),
        ("cafe \u{d0}", "cafe \u{d0}"),
        ("", ""),
        ("Ð´\u{fffd}°Ð´Ð°", "д\u{fffd}°да"),
    ];
    for (text, expected) in cases {
        let repair = undo_in(&chain, text);
        assert_eq!(repair.text(), expected);
        assert_eq!(repair.revert(), text);
        assert_eq!(repair.is_changed(), text != expected);
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: random_cases() / 10,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn what_a_pair_did_is_among_the_lessons(
        original in select(vec!["Größe, naïve", "Привет, мир", "你好，世界", "こんにちは、カメラ", "한국어", "Ελληνικά"]),
        written in select(unbake::encoding::Encoding::ALL),
        read in select(unbake::encoding::Encoding::ALL),
    ) {
        let step = unbake::misdecoding::Misdecoding::new(written, read);
        if let Ok(mangled) = step.mangle(original)
            && mangled.trim_ascii() != original
        {
            let lessons = learn(&mangled, original).unwrap();
            prop_assert!(lessons.iter().any(|lesson| lesson.chain == step.into()), "{step}");
        }
    }

    #[test]
    fn a_chain_undone_in_parts_can_be_reverted(
        text in "[a-zÃ¤¶Â€Å žŸПÐ¸Ñ€\u{80}-\u{9f}浣犲ソ \u{fffd}?]{0,30}",
        chain in select(vec!["utf-8>windows-1252", "utf-8>gbk", "koi8-r>windows-1251", "utf-8>iso-8859-1 + utf-8>iso-8859-1", "-"]),
    ) {
        let chain: Chain = chain.parse().unwrap();
        let repair = undo_in(&chain, &text);
        prop_assert_eq!(repair.revert(), text.as_str());
        if let Ok(whole) = chain.undo(&text)
            && chain.iter().all(|step| step.read.is_single_byte())
        {
            prop_assert_eq!(repair.text(), whole);
        }
    }
}
