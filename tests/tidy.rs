//! Clean-ups: every option does what it says and nothing else, can be taken back, and takes linear time.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail so"
)]

mod common;

use std::borrow::Cow;
use std::process::Command;
use std::time::{Duration, Instant};

use common::{random_cases, read, root};
use proptest::prelude::*;
use proptest::sample::select;
use unbake::repair::{Cause, Patch};
use unbake::tidy::{
    ByteOrderMarks, C1Controls, Controls, Entities, Escapes, Ligatures, LineBreaks, Normalization,
    Quotes, TerminalEscapes, Tidy, TidyRule, Width,
};
use unbake::{Repair, Repairer};

/// An option set to a value, with what it does to a text that shows it.
struct Option {
    name: &'static str,
    set: fn(Tidy) -> Tidy,
    keep: fn(Tidy) -> Tidy,
    rule: TidyRule,
    text: &'static str,
    tidied: &'static str,
}

macro_rules! options {
    ($($method:ident($kind:ident::$value:ident), $rule:ident: $text:literal => $tidied:literal;)*) => {
        &[$(Option {
            name: stringify!($kind::$value),
            set: |tidy| tidy.$method($kind::$value),
            keep: |tidy| tidy.$method($kind::Keep),
            rule: TidyRule::$rule,
            text: $text,
            tidied: $tidied,
        }),*]
    };
}

/// Each text is one that no other rule changes, nor a lesser value of the same option.
const OPTIONS: &[Option] = options! {
    entities(Entities::Auto), Entities: "P&eacute;rez" => "Pérez";
    entities(Entities::Always), Entities: "<b>P&eacute;rez</b>" => "<b>Pérez</b>";
    escapes(Escapes::Resolve), Escapes: r"Caf\xe9, Caf\u00e9" => "Café, Café";
    terminal_escapes(TerminalEscapes::Remove), TerminalEscapes: "a\u{1b}[1;31mb\u{1b}[0mc" => "abc";
    c1_controls(C1Controls::Windows1252), C1Controls: "5 \u{80}" => "5 €";
    byte_order_marks(ByteOrderMarks::RemoveLeading), ByteOrderMarks: "\u{feff}a" => "a";
    byte_order_marks(ByteOrderMarks::RemoveAll), ByteOrderMarks: "a\u{feff}b" => "ab";
    controls(Controls::KeepSeparators), Controls: "a\0b\u{7f}c\u{206a}d\u{fffc}" => "abcd";
    controls(Controls::Remove), Controls: "a\u{1c}b\u{1f}c" => "abc";
    line_breaks(LineBreaks::LineFeed), LineBreaks: "a\r\nb\rc\u{2029}d" => "a\nb\nc\nd";
    width(Width::KeepPunctuation), Width: "ＡＢＣ１ｶﾞ" => "ABC1ガ";
    width(Width::All), Width: "你好，世界！\u{3000}￥" => "你好,世界! ¥";
    ligatures(Ligatures::Typographic), Ligatures: "oﬃce" => "office";
    ligatures(Ligatures::All), Ligatures: "ǌegoš, ĳs" => "njegoš, ijs";
    quotes(Quotes::Straighten), Quotes: "‘a’ “b”" => "'a' \"b\"";
    quotes(Quotes::StraightenLetters), Quotes: "Hawaiʼi" => "Hawai'i";
    normalization(Normalization::Nfc), Normalization: "cafe\u{301}" => "café";
    normalization(Normalization::Nfd), Normalization: "café" => "cafe\u{301}";
    normalization(Normalization::Nfkc), Normalization: "x² ½" => "x2 1⁄2";
    normalization(Normalization::Nfkd), Normalization: "é²" => "e\u{301}2";
};

#[test]
fn every_option_changes_its_text_and_says_so() {
    for option in OPTIONS {
        let repair = (option.set)(Tidy::new()).apply(option.text);
        assert_eq!(repair.text(), option.tidied, "{}", option.name);
        assert_eq!(repair.revert(), option.text, "{}", option.name);
        for edit in repair.edits() {
            assert_eq!(edit.cause(), Cause::Tidy(option.rule.into()));
            assert!(edit.is_exact());
        }
        assert_eq!(repair.confidence(), 1.0);
    }
}

#[test]
fn no_option_does_the_work_of_another() {
    for one in OPTIONS {
        for other in OPTIONS.iter().filter(|other| other.rule != one.rule) {
            match (one.rule, other.rule) {
                // NFKC does by itself what its letters say, widths and ligatures included.
                (TidyRule::Width | TidyRule::Ligatures, TidyRule::Normalization) => continue,
                // An escape sequence begins with a control.
                (TidyRule::TerminalEscapes, TidyRule::Controls) => continue,
                _ => {}
            }
            let repair = (other.set)(Tidy::new()).apply(one.text);
            assert!(!repair.is_changed(), "{} changed {}", other.name, one.name);
        }
    }
}

#[test]
fn an_option_kept_keeps_its_text_among_all_others() {
    for option in OPTIONS {
        let mut kept = (option.keep)(Tidy::ftfy());
        if option.rule == TidyRule::TerminalEscapes {
            kept = kept.controls(Controls::Keep);
        }
        assert_eq!(
            kept.apply(option.text).text(),
            option.text,
            "{}",
            option.name
        );
    }
}

#[test]
fn tidy_by_itself_does_nothing() {
    for option in OPTIONS {
        assert!(!Tidy::new().apply(option.text).is_changed());
    }
    assert_eq!(Tidy::new(), Tidy::default());
}

/// Punctuation that Chinese, Japanese and Korean are written with, and a sentence each.
const CJK: &[&str] = &[
    "，。！？：；（）［］｛｝【】〔〕「」『』《》〈〉、・～－＋＝％＃＠＆＊／＼｜＿＂＇￥￠￡￦\u{3000}…—·“”‘’",
    "他说：“你好，世界！”（真的？）",
    "「はい、そうです！」　と言った（笑）。",
    "그는 ‘안녕’이라고 말했다；정말！",
];

#[test]
fn punctuation_of_chinese_japanese_and_korean_stays() {
    let gentle = Tidy::ftfy()
        .width(Width::KeepPunctuation)
        .quotes(Quotes::Keep);
    for text in CJK {
        assert!(!gentle.apply(text).is_changed(), "{text}");
        assert!(Tidy::ftfy().apply(text).is_changed(), "{text}");
    }
}

#[test]
fn one_tag_keeps_the_references_of_the_whole_text() {
    let auto = Tidy::new().entities(Entities::Auto);
    for markup in [
        "<p>a &lt; b</p>",
        "a &lt; b<br>",
        "a &lt; b\n</p>",
        "<!-- a &lt; b",
        "<?xml?>&amp;",
    ] {
        assert!(!auto.apply(markup).is_changed(), "{markup}");
    }
    // Signs of less-than are no tags.
    assert_eq!(auto.apply("1 < 2 &amp;&amp; 3 <4").text(), "1 < 2 && 3 <4");
    // What comes out may be a tag; there is nothing left to resolve then.
    let repair = auto.apply("&lt;b&gt; &amp;amp; &lt;/b&gt;");
    assert_eq!(repair.text(), "<b> & </b>");
    assert!(!auto.apply(repair.text()).is_changed());
}

#[test]
fn rules_that_meet_are_one_edit_with_both_names() {
    let repair = Tidy::ftfy().apply("it&rsquo;s ŉ");
    let causes: Vec<String> = repair
        .edits()
        .iter()
        .map(|e| e.cause().to_string())
        .collect();
    assert_eq!(repair.text(), "it's 'n");
    assert_eq!(causes, ["tidy:entities+quotes", "tidy:ligatures+quotes"]);
    let patch: Patch = repair.patch().to_string().parse().unwrap();
    assert_eq!(patch, repair.patch());
    assert_eq!(patch.revert("it's 'n").unwrap(), "it&rsquo;s ŉ");
}

#[test]
fn an_edit_can_be_taken_back_alone() {
    let repair = Tidy::ftfy().apply("“a”\r\n“b”\r\n");
    assert_eq!(repair.edits().len(), 6);
    assert_eq!(repair.revert_edits(&[2, 5]).unwrap(), "\"a\"\r\n\"b\"\r\n");
}

#[test]
fn a_repair_and_a_clean_up_are_one_list_of_edits() {
    let text = "\u{feff}lâ€™humanit&Atilde;&copy;, schÃ¶n “ﬁn”\r\n";
    let repair = Tidy::ftfy().repair_with(&Repairer::new(), text);
    check(text, &repair);
    assert_eq!(repair.text(), "l'humanité, schön \"fin\"\n");
    let causes: Vec<String> = repair
        .edits()
        .iter()
        .map(|e| e.cause().to_string())
        .collect();
    assert_eq!(
        causes,
        [
            "tidy:byte-order-marks",
            "utf-8>windows-1252, tidy:quotes",
            "utf-8>windows-1252, tidy:entities",
            "utf-8>windows-1252",
            "tidy:quotes",
            "tidy:ligatures",
            "tidy:quotes",
            "tidy:line-breaks",
        ]
    );
    // One chain counts once, tidied or not; what was asked for is sure.
    let least = repair.edits().iter().map(|edit| edit.confidence());
    assert_eq!(repair.confidence(), least.fold(1.0, f32::min));
}

#[test]
fn without_a_rule_a_repair_is_what_the_repairer_makes() {
    for text in ["Das war schÃ¶n “so”.\r\n", "nothing", "оПХБЕР, ЛХП &amp;"] {
        let repairer = Repairer::new();
        assert_eq!(
            Tidy::new().repair_with(&repairer, text),
            repairer.repair(text)
        );
    }
}

#[test]
fn evidence_is_not_tidied_away_before_the_repair() {
    // UTF-8 read as windows-1252 and as ISO-8859-1: curly quotes and C1 controls are bytes of it.
    let tidy = Tidy::ftfy();
    let repair = tidy.repair_with(
        &Repairer::new(),
        "Ecuadorâ\u{80}\u{99}s fÃ¼r â€œPapaâ€\u{9d}",
    );
    assert_eq!(repair.text(), "Ecuador's für \"Papa\"");
}

#[test]
fn what_comes_of_c1_controls_is_repaired() {
    let text = "â\u{80}\u{9c}mismatched quotes\u{85}\u{94}";
    let repair = Tidy::ftfy().repair_with(&Repairer::new(), text);
    assert_eq!(repair.text(), "\"mismatched quotes…\"");
    check(text, &repair);
}

/// Everything that must hold of a result, whatever came in.
fn check(text: &str, repair: &Repair<'_>) {
    assert_eq!(repair.revert(), text);
    let patch: Patch = repair.patch().to_string().parse().unwrap();
    assert_eq!(patch.revert(repair.text()).unwrap(), text);
    assert_eq!(patch.apply(text).unwrap(), repair.text());
    for edit in repair.edits() {
        assert_eq!(&text[edit.original()], edit.before());
        assert_eq!(&repair.text()[edit.repaired()], edit.after());
        assert_ne!(edit.before(), edit.after());
    }
    let borrowed = matches!(repair.clone().into_text(), Cow::Borrowed(same) if same == text);
    assert_eq!(borrowed, !repair.is_changed());
}

/// What rules look for, and parts of it.
const PIECES: &[&str] = &[
    "a",
    "é",
    "e",
    "\u{301}",
    "\u{323}",
    "\u{338}",
    "=",
    "<",
    "<b>",
    "&",
    "&amp;",
    "amp;",
    "&lt;",
    "lt;",
    ";",
    "#",
    "&#97;",
    "&#xD83D;",
    "&#xDE00;",
    "&#x1b;",
    "&#133;",
    "＆",
    "；",
    "ａ",
    "，",
    "\u{3000}",
    "ｶ",
    "ﾞ",
    "ﾡ",
    "\u{1b}",
    "[",
    "]",
    "0m",
    "\u{1b}[1m",
    "\u{7}",
    "\\",
    "n",
    "\\u",
    "\\x6",
    "\\x",
    "00e9",
    "\\ud83d",
    "\\ude00",
    "\\134",
    "1",
    "\r",
    "\n",
    "\u{85}",
    "\u{2028}",
    "\u{93}",
    "\u{81}",
    "\0",
    "\u{1f}",
    "\u{206a}",
    "\u{feff}",
    "ﬁ",
    "ŉ",
    "“",
    "’",
    "ʼ",
    "\u{37e}",
    "\u{1100}",
    "\u{1161}",
    "\u{f900}",
    "²",
    "½",
    "㎏",
    "Ã",
    "¶",
    "😀",
];

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => proptest::collection::vec(select(PIECES), 0..12).prop_map(|pieces| pieces.concat()),
        1 => any::<String>(),
    ]
}

/// Some of the options, set.
fn tidy() -> impl Strategy<Value = Tidy> {
    let some = proptest::collection::vec(select((0..OPTIONS.len()).collect::<Vec<_>>()), 0..8);
    prop_oneof![
        some.prop_map(|chosen| chosen
            .iter()
            .fold(Tidy::new(), |tidy, i| (OPTIONS[*i].set)(tidy))),
        Just(Tidy::ftfy()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: random_cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_tidied_can_be_taken_back_and_is_tidy((text, tidy) in (text(), tidy())) {
        let repair = tidy.apply(&text);
        check(&text, &repair);
        let again = tidy.apply(repair.text());
        prop_assert!(!again.is_changed(), "{:?} became {:?}", repair.text(), again.text());
    }

    #[test]
    fn what_is_repaired_and_tidied_can_be_taken_back((text, tidy) in (text(), tidy())) {
        check(&text, &tidy.repair_with(&Repairer::new(), &text));
    }

    #[test]
    fn a_normalised_text_is_what_the_crate_for_it_says(text in text()) {
        use unicode_normalization::UnicodeNormalization as _;
        let applied = |form| Tidy::new().normalization(form).apply(&text).into_text().into_owned();
        prop_assert_eq!(applied(Normalization::Nfc), text.nfc().collect::<String>());
        prop_assert_eq!(applied(Normalization::Nfd), text.nfd().collect::<String>());
        prop_assert_eq!(applied(Normalization::Nfkc), text.nfkc().collect::<String>());
        prop_assert_eq!(applied(Normalization::Nfkd), text.nfkd().collect::<String>());
    }
}

/// Texts on which a careless program takes quadratic time, of about so many bytes.
fn hard_texts(bytes: usize) -> Vec<(&'static str, String)> {
    let fill = |piece: &str| piece.repeat(bytes / piece.len());
    vec![
        ("an entity of entities", format!("&{}lt;", fill("amp;"))),
        ("ampersands", fill("&")),
        ("a long number", format!("&#{}", fill("0"))),
        ("high surrogates", fill("&#xD83D;")),
        ("signs of less-than", fill("< &")),
        ("backslashes", fill("\\")),
        ("escapes of literals", fill("\\ud83d\\x")),
        ("escapes", fill("\u{1b}")),
        ("titles that do not end", fill("\u{1b}]0;")),
        ("colours that do not end", fill("\u{1b}[0;")),
        ("carriage returns", fill("\r")),
        ("marks", format!("a{}", fill("\u{301}\u{323}"))),
        ("voiced sound marks", fill("ｶﾞ")),
        ("curly quotes", fill("“a”")),
        ("byte order marks", fill("\u{feff}")),
        (
            "escapes in escapes",
            format!("{}{}", fill("\u{1b}["), fill("0m")),
        ),
    ]
}

#[test]
fn time_is_linear() {
    let tidies = [
        Tidy::ftfy(),
        Tidy::ftfy()
            .entities(Entities::Always)
            .escapes(Escapes::Resolve)
            .controls(Controls::Keep),
    ];
    let time = |text: &str| {
        let start = Instant::now();
        for tidy in tidies {
            assert_eq!(tidy.apply(text).revert(), text);
        }
        start.elapsed()
    };
    let sizes = [20_000, 160_000];
    for ((name, short), (_, long)) in hard_texts(sizes[0]).iter().zip(&hard_texts(sizes[1])) {
        // Eight times the text may take sixteen times the time, and sixty-four times if it were quadratic. The machine
        // may be busy: the best of many tries counts, and most need one.
        let tries = || (0..20).map(|_| (time(short), time(long)));
        let fine =
            |(short, long): (Duration, Duration)| long < short.max(Duration::from_millis(2)) * 24;
        assert!(tries().any(fine), "{name}: {:?}", tries().min());
    }
}

#[test]
fn the_table_of_names_is_what_the_script_writes() {
    let folder = root().join("src/html");
    let script = Command::new("python3")
        .arg(folder.join("generate_names.py"))
        .output();
    let Ok(output) = script else {
        println!("skipped the_table_of_names_is_what_the_script_writes: python3 does not run here");
        return;
    };
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let expected = String::from_utf8(output.stdout)
        .unwrap()
        .replace("\r\n", "\n");
    let found = read(&folder.join("names.rs")).replace("\r\n", "\n");
    assert!(
        found == expected,
        "out of date: run `python3 src/html/generate_names.py > src/html/names.rs`"
    );
}
