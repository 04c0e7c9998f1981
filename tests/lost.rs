//! What is truly lost, and what only looks so.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail so"
)]

mod common;

use common::{json_lines, random_cases, shared};
use proptest::prelude::*;
use unbake::damage::lost::{LostKind, lost};
use unbake::encoding::Encoding;

fn found(text: &str) -> Vec<(&str, &'static str)> {
    lost(text)
        .map(|lost| (&text[lost.range], lost.kind.name()))
        .collect()
}

#[test]
fn what_is_lost_is_named() {
    const MISREAD: &str = "misread replacement characters";
    const MARKS: &str = "question marks for letters";
    const MEMORY: &str = "unwritten memory";
    let cases: &[(&str, &[(&str, &str)])] = &[
        (
            "caf\u{fffd}, \u{fffd}\u{fffd}t\u{fffd}",
            &[
                ("\u{fffd}", "replacement characters"),
                ("\u{fffd}\u{fffd}", "replacement characters"),
                ("\u{fffd}", "replacement characters"),
            ],
        ),
        ("cafï¿½ï¿½ x", &[("ï¿½ï¿½", MISREAD)]),
        (
            "锟斤拷锟斤拷锟\u{fffd}好",
            &[("锟斤拷锟斤拷锟\u{fffd}", MISREAD)],
        ),
        (
            "a占쏙옙 嚙踝蕭 пїЅ О©╫",
            &[
                ("占쏙옙", MISREAD),
                ("嚙踝蕭", MISREAD),
                ("пїЅ", MISREAD),
                ("О©╫", MISREAD),
            ],
        ),
        (
            "caf\\uFFFD\\ufffd &#65533;t caf%EF%BF%BD, caf=EF=BF=BD, &#xFFFD;t",
            &[
                ("\\uFFFD\\ufffd", "escaped replacement characters"),
                ("&#65533;", "escaped replacement characters"),
                ("%EF%BF%BD", "escaped replacement characters"),
                ("=EF=BF=BD", "escaped replacement characters"),
                ("&#xFFFD;", "escaped replacement characters"),
            ],
        ),
        (
            "s = 烫烫烫烫, t = 屯屯屯, 葺葺葺葺",
            &[
                ("烫烫烫烫", MEMORY),
                ("屯屯屯", MEMORY),
                ("葺葺葺葺", MEMORY),
            ],
        ),
        (
            "쳌쳌쳌쳌 췍췍췍",
            &[("쳌쳌쳌쳌", MEMORY), ("췍췍췍", MEMORY)],
        ),
        (
            "Von M?nchen nach K?ln f?hrt man (fran?ais?)",
            &[
                ("M?nchen", MARKS),
                ("K?ln", MARKS),
                ("f?hrt", MARKS),
                ("fran?ais", MARKS),
            ],
        ),
        (
            "a: ?????? ???, ??? ????!",
            &[("?????? ???, ??? ????!", MARKS)],
        ),
        (
            "M¿nchen, K¿ln",
            &[
                ("M¿nchen", "inverted question marks for letters"),
                ("K¿ln", "inverted question marks for letters"),
            ],
        ),
        (
            "M\u{1a}nchen\u{1a}",
            &[("\u{1a}", "substitute controls for letters")],
        ),
        (
            "naￃﾯve ￢ﾂﾬ",
            &[
                ("ￃﾯ", "sign-extended bytes"),
                ("￢ﾂﾬ", "sign-extended bytes"),
            ],
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(&found(text), expected, "{text}");
    }
}

#[test]
fn memory_that_was_never_written_stays_as_it_is() {
    for fill in "烫屯葺铪昍迋楥儆袴硼쳌췍".chars() {
        for length in 3..=12 {
            let filled = fill.to_string().repeat(length);
            for text in [filled.clone(), format!("char buf[8]; // {filled}\n")] {
                assert!(!unbake::repair(&text).is_changed(), "{text}");
            }
        }
    }
}

#[test]
fn what_u_fffd_was_read_as_stays_as_it_is() {
    for read in [Encoding::Iso8859_5, Encoding::Koi8U, Encoding::Ibm737] {
        for times in 1..=4 {
            let bytes = b"\xEF\xBF\xBD".repeat(times);
            let text = read.decode(&bytes).unwrap();
            assert!(!unbake::repair(&text).is_changed(), "{text}");
        }
    }
}

#[test]
fn what_only_looks_so_is_not() {
    let cases = [
        "What? Really?? Why???",
        "???",
        "?????????",
        "wait ???? ???? ????",
        "a ?? b; x ?. y; f?.(z); t ? u : v; a??b, name?: string; Int?; nil?",
        "colou?r and favou?rite, judge?ments, https?://x.y/?q=1&r=?",
        "Yes?No and What?Not",
        "trigraphs ??= ??( ??/ ??) ??' ??< ??! ??> ??-",
        "¿Qué? ¿Cómo? hola¿que",
        "小心，烫！烫烫的茶。屯屯",
        "ﾌﾌﾌﾌﾌﾌ ﾍﾍﾍﾍ ﾝﾝﾝﾝ ═══════ ММММ SÍÍÍÍÍ ║║║║ ÌÌ",
        "ﾃｽﾄ ﾈｺ ｶﾀｶﾅ ￥ ￠ ﾡﾢ",
        "锟 拷 斤",
        "file?.txt a?c *? .*?b [?] (?:x) (?<name>y)",
        "if c == '\\ufffd' || s == \"&#65533;\" { q(%EF%BF%BD) }",
        "('ab?bc', x), ('ac?bc', y), =?us-ascii?q?this?= `us-ascii?q?that`",
        "end\u{1a}",
        "ï¿ ¿½ 50 % &#6553; \\uFFFE",
        "",
    ];
    for text in cases {
        assert_eq!(found(text), [], "{text}");
    }
}

#[test]
fn the_misread_ones_are_what_the_encodings_make_of_it() {
    // The table is from Python's codecs; the crate's own agree.
    let cases = [
        Encoding::Windows1252,
        Encoding::Windows1250,
        Encoding::Windows1251,
        Encoding::Windows1253,
        Encoding::Windows1255,
        Encoding::Windows1256,
        Encoding::Windows1257,
        Encoding::Windows874,
        Encoding::Iso8859_5,
        Encoding::Koi8R,
        Encoding::Koi8U,
        Encoding::Ibm737,
        Encoding::Ibm775,
        Encoding::Ibm866,
        Encoding::Ibm437,
        Encoding::Ibm850,
        Encoding::Ibm852,
        Encoding::Ibm855,
        Encoding::Macintosh,
        Encoding::MacCyrillic,
        Encoding::Gbk,
        Encoding::Big5,
        Encoding::EucKr,
        Encoding::EucJp,
        Encoding::Iso8859_15,
    ];
    for read in cases {
        let text = read.decode(b"\xEF\xBF\xBD\xEF\xBF\xBD").unwrap();
        let all: Vec<_> = lost(&text).collect();
        assert_eq!(all.len(), 1, "{read} {text}");
        assert_eq!(all[0].range, 0..text.len());
        assert!(
            matches!(all[0].kind, LostKind::Misread { read: found, .. } if found == read),
            "{read}"
        );
    }
}

#[test]
fn each_kind_says_what_it_is_and_what_to_do() {
    let texts = [
        "\u{fffd}",
        "ï¿½",
        "a\\ufffd",
        "M?nchen K?ln",
        "M¿nchen K¿ln",
        "a\u{1a}b",
        "烫烫烫",
        "ￃﾯ",
    ];
    for text in texts {
        let kind = lost(text).next().unwrap().kind;
        for said in [kind.name(), kind.explain(), kind.advice()] {
            assert!(!said.is_empty() && !said.contains("  "), "{said}");
        }
    }
}

#[test]
fn real_clean_strings_hold_nothing_lost() {
    #[derive(serde::Deserialize)]
    struct Line {
        text: String,
    }
    let name = "real_clean_strings_hold_nothing_lost";
    let Some(file) = shared(name, "data/negative-sample.jsonl") else {
        return;
    };
    let lines: Vec<Line> = json_lines(&file);
    assert!(!lines.is_empty());
    for line in lines {
        let is_quoted = ['\u{fffd}', '¿', '½']
            .iter()
            .any(|c| line.text.contains(*c));
        assert!(
            is_quoted || found(&line.text).is_empty(),
            "{:?}",
            found(&line.text)
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: random_cases(),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn stretches_are_in_order_and_apart(text in "[?¿烫锟斤拷\u{fffd}ï½\u{1a}ￃﾯa-d \\\\uf%EBD&#;]{0,40}") {
        let mut end = 0;
        for lost in lost(&text) {
            prop_assert!(lost.range.start >= end && lost.range.start < lost.range.end);
            prop_assert!(text.get(lost.range.clone()).is_some());
            end = lost.range.end;
        }
    }
}
