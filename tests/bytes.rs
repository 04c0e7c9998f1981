//! From bytes to text: each source of belief, lies, damage, and the promises for any input.

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
use std::borrow::Cow;
use std::time::{Duration, Instant};
use unbake::bytes::{Charset, Evidence, Hints, Place, Verdict, decode, detect};
use unbake::encoding::Encoding;

/// Bytes by another crate's encoder.
fn bytes(label: &str, text: &str) -> Vec<u8> {
    let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap();
    let (bytes, _, lossy) = encoding.encode(text);
    assert!(!lossy, "{label} lacks a character of {text:?}");
    bytes.into_owned()
}

fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

fn utf32(text: &str, unit: fn(u32) -> [u8; 4]) -> Vec<u8> {
    text.chars().flat_map(|c| unit(c.into())).collect()
}

/// Text, charset and evidence without any hint.
fn plain(bytes: &[u8]) -> (String, &'static str, Evidence) {
    let decoded = decode(bytes, &Hints::new());
    let evidence = decoded.detection().evidence();
    (
        decoded.text().to_owned(),
        decoded.charset().name(),
        evidence,
    )
}

#[test]
fn a_sentence_in_any_legacy_encoding_is_read() {
    for (label, text) in [
        ("windows-1250", "Příliš žluťoučký kůň úpěl ďábelské ódy."),
        ("iso-8859-2", "Zażółć gęślą jaźń, powiedział wczoraj."),
        (
            "windows-1251",
            "Съешь же ещё этих мягких французских булок.",
        ),
        ("koi8-r", "Съешь же ещё этих мягких французских булок."),
        ("koi8-u", "Її ґава з'їла все, що було в хаті."),
        ("ibm866", "Съешь же ещё этих мягких французских булок."),
        ("iso-8859-5", "Съешь же ещё этих мягких французских булок."),
        (
            "x-mac-cyrillic",
            "Съешь же ещё этих мягких французских булок.",
        ),
        ("windows-1252", "Le cœur déçu mais l’âme plutôt naïve."),
        ("macintosh", "Le cœur déçu mais l’âme plutôt naïve."),
        ("windows-1253", "Ξεσκεπάζω την ψυχοφθόρα βδελυγμία."),
        (
            "windows-1254",
            "Pijamalı hasta yağız şoföre çabucak güvendi.",
        ),
        ("windows-1255", "דג סקרן שט בים מאוכזב ולפתע מצא חברה."),
        ("windows-1256", "صِف خَلقَ خَودِ كَمِثلِ الشَمسِ إِذ بَزَغَت"),
        (
            "windows-1257",
            "Įlinkdama fechtuotojo špaga sublykčiojusi pragręžė.",
        ),
        ("windows-874", "เป็นมนุษย์สุดประเสริฐเลิศคุณค่า"),
        ("gbk", "天地玄黄，宇宙洪荒。日月盈昃，辰宿列张。"),
        ("big5", "視野無限廣，窗外有藍天。"),
        ("shift_jis", "いろはにほへと、ちりぬるを。"),
        ("euc-jp", "いろはにほへと、ちりぬるを。"),
        ("euc-kr", "다람쥐 헌 쳇바퀴에 타고파."),
    ] {
        let (read, charset, evidence) = plain(&bytes(label, text));
        assert_eq!(read, text, "{label} was taken for {charset}");
        assert_eq!(evidence, Evidence::Text, "{label}");
    }
}

#[test]
fn the_form_of_bytes_decides_where_it_can() {
    let russian = "Привет, мир";
    let cases: Vec<(Vec<u8>, &str, &str, Evidence)> = vec![
        (b"".to_vec(), "", "utf-8", Evidence::Ascii),
        (b"plain".to_vec(), "plain", "utf-8", Evidence::Ascii),
        // colours of a terminal are no Japanese, a range of repetitions is no Chinese
        (
            b"\x1B[31mred\x1B[0m".to_vec(),
            "\x1B[31mred\x1B[0m",
            "utf-8",
            Evidence::Ascii,
        ),
        (b"a~{1,2}b".to_vec(), "a~{1,2}b", "utf-8", Evidence::Ascii),
        // a header in the middle announces nothing, and shifts without a header no Korean
        (
            b"a \x1B$)C b".to_vec(),
            "a \x1B$)C b",
            "utf-8",
            Evidence::Ascii,
        ),
        (
            b"\x0Elqqk\x0F".to_vec(),
            "\x0Elqqk\x0F",
            "utf-8",
            Evidence::Ascii,
        ),
        (b"a\0b".to_vec(), "a\0b", "utf-8", Evidence::Ascii),
        (
            b"\xEF\xBB\xBFcaf\xC3\xA9".to_vec(),
            "café",
            "utf-8",
            Evidence::ByteOrderMark,
        ),
        (
            b"\xEF\xBB\xBF".to_vec(),
            "",
            "utf-8",
            Evidence::ByteOrderMark,
        ),
        (
            b"\xFF\xFEa\0".to_vec(),
            "a",
            "utf-16le",
            Evidence::ByteOrderMark,
        ),
        (
            b"\xFE\xFF\0a".to_vec(),
            "a",
            "utf-16be",
            Evidence::ByteOrderMark,
        ),
        (
            b"\xFF\xFE\0\0a\0\0\0".to_vec(),
            "a",
            "utf-32le",
            Evidence::ByteOrderMark,
        ),
        (
            b"\0\0\xFE\xFF\0\0\0a".to_vec(),
            "a",
            "utf-32be",
            Evidence::ByteOrderMark,
        ),
        (
            b"\x84\x31\x95\x33\xC4\xE3".to_vec(),
            "你",
            "gb18030",
            Evidence::ByteOrderMark,
        ),
        // RFC 1843's own example
        (
            b"This sentence is in GB.~{<:Ky2;S{#,NpJ)l6HK!#~}Bye.".to_vec(),
            "This sentence is in GB.己所不欲，勿施於人。Bye.",
            "hz-gb-2312",
            Evidence::Escapes,
        ),
        (
            bytes("iso-2022-jp", "日本語のテスト"),
            "日本語のテスト",
            "iso-2022-jp",
            Evidence::Escapes,
        ),
        // Python's iso2022_kr; then the header first, as mailers write it, with and without Korean
        (
            b"Re: \x1B$)C\x0E?*;g@{\x0F \x0E?9<v\x0F\n\x0EC%\x0F".to_vec(),
            "Re: 역사적 예수\n책",
            "iso-2022-kr",
            Evidence::Escapes,
        ),
        (
            b"\x1B$)CRe: \x0EC%\x0F\n".to_vec(),
            "Re: 책\n",
            "iso-2022-kr",
            Evidence::Escapes,
        ),
        (
            b"\x1B$)C\nHello\n".to_vec(),
            "\nHello\n",
            "iso-2022-kr",
            Evidence::Escapes,
        ),
        (
            utf32("Hi, é", u32::to_le_bytes),
            "Hi, é",
            "utf-32le",
            Evidence::Units,
        ),
        (
            utf32("Hi, é", u32::to_be_bytes),
            "Hi, é",
            "utf-32be",
            Evidence::Units,
        ),
        (russian.into(), russian, "utf-8", Evidence::Utf8),
        ("café".into(), "café", "utf-8", Evidence::Utf8),
        (
            utf16(russian, u16::to_le_bytes),
            russian,
            "utf-16le",
            Evidence::Text,
        ),
        (
            utf16(russian, u16::to_be_bytes),
            russian,
            "utf-16be",
            Evidence::Text,
        ),
        (
            utf16("Hello, world", u16::to_le_bytes),
            "Hello, world",
            "utf-16le",
            Evidence::Text,
        ),
        (
            utf16("您好，世界！这是一个测试。", u16::to_be_bytes),
            "您好，世界！这是一个测试。",
            "utf-16be",
            Evidence::Text,
        ),
    ];
    for (input, text, charset, evidence) in cases {
        assert_eq!(
            plain(&input),
            (text.to_owned(), charset, evidence),
            "{input:X?}"
        );
    }
}

#[test]
fn a_declaration_is_believed_unless_the_bytes_say_otherwise() {
    use Verdict::{Followed, Overruled, Unknown};
    let russian = "Это, конечно, русский язык";
    for (label, input, text, verdict) in [
        // true, and the superset that is meant by a name
        (
            "windows-1251",
            bytes("windows-1251", russian),
            russian,
            Followed,
        ),
        ("gb2312", bytes("gbk", "镕基"), "镕基", Followed),
        ("iso-8859-1", b"\x93quote\x94".to_vec(), "“quote”", Followed),
        ("latin1", b"caf\xE9".to_vec(), "café", Followed),
        // so short that only the declaration tells
        ("shift_jis", bytes("shift_jis", "東京"), "東京", Followed),
        ("euc-kr", bytes("euc-kr", "가나"), "가나", Followed),
        (
            "utf-16",
            utf16("こんにちは", u16::to_le_bytes),
            "こんにちは",
            Followed,
        ),
        // lies
        ("gbk", russian.into(), russian, Overruled),
        ("gbk", bytes("windows-1251", russian), russian, Overruled),
        ("koi8-r", bytes("windows-1251", russian), russian, Overruled),
        ("utf-8", bytes("windows-1251", russian), russian, Overruled),
        ("utf-8", b"caf\xE9".to_vec(), "café", Overruled),
        ("us-ascii", russian.into(), russian, Overruled),
        ("iso-8859-1", "café".into(), "café", Overruled),
        (
            "utf-16",
            b"Hello, world!!".to_vec(),
            "Hello, world!!",
            Overruled,
        ),
        // names that nobody knows
        ("klingon", b"caf\xE9".to_vec(), "café", Unknown),
        ("x-user-defined-by-nobody", russian.into(), russian, Unknown),
    ] {
        let decoded = decode(&input, &Hints::new().declared(label));
        let declared = &decoded.detection().declarations()[0];
        assert_eq!(decoded.text(), text, "{label}: {}", decoded.charset());
        assert_eq!(
            declared.verdict(),
            verdict,
            "{label}: {}",
            decoded.charset()
        );
        assert_eq!((declared.place(), declared.label()), (Place::Caller, label));
    }
}

#[test]
fn declarations_in_the_document_count_too() {
    let page =
        |head: &str, label: &str, text: &str| [head.as_bytes(), &bytes(label, text)].concat();
    for (input, text, place) in [
        (
            page(
                "<?xml version='1.0' encoding='Shift_JIS'?>",
                "shift_jis",
                "東京",
            ),
            "東京",
            Place::Xml,
        ),
        (
            page("<meta charset=EUC-KR>", "euc-kr", "가나"),
            "가나",
            Place::Meta,
        ),
        (
            page("# coding: big5\n", "big5", "測試"),
            "測試",
            Place::Comment,
        ),
    ] {
        let decoded = decode(&input, &Hints::new());
        assert!(
            decoded.text().ends_with(text),
            "{:?} {}",
            decoded.text(),
            decoded.charset()
        );
        assert_eq!(decoded.detection().evidence(), Evidence::Declared(place));
        // who sent it and the document disagree: the bytes decide
        let decoded = decode(
            &input,
            &Hints::new().content_type("text/html; charset=utf-8"),
        );
        assert!(decoded.text().ends_with(text));
        let verdicts: Vec<_> = decoded
            .detection()
            .declarations()
            .iter()
            .map(|d| d.verdict())
            .collect();
        assert_eq!(verdicts, [Verdict::Overruled, Verdict::Followed]);
    }
}

#[test]
fn languages_and_domains_tip_the_scales_and_no_more() {
    // 東京 in Shift_JIS is УМЛЮ in code page 866
    let input = b"\x93\x8C\x8B\x9E";
    for hints in [
        Hints::new().top_level_domain("jp"),
        Hints::new().top_level_domain("www.example.co.jp"),
        Hints::new().languages(&["ja"]).unwrap(),
    ] {
        assert_eq!(decode(input, &hints).text(), "東京");
    }
    assert_eq!(
        decode(input, &Hints::new().top_level_domain("ru")).text(),
        "УМЛЮ"
    );
    let german = bytes("windows-1252", "Schöne Grüße aus Köln und Düsseldorf");
    let wrong = Hints::new().top_level_domain("jp").declared("shift_jis");
    assert_eq!(
        decode(&german, &wrong).text(),
        "Schöne Grüße aus Köln und Düsseldorf"
    );
    assert!(Hints::new().languages(&["tlh"]).is_err());
}

#[test]
fn codes_in_ascii_are_repaired_on_top() {
    // As bytes, these are ASCII; what they say is known by their structure, as in `repair`.
    for (bytes, text) in [
        (&b"Un caf+AOk au lait"[..], "Un café au lait"),
        (b"$BF|K\\8l$N%F%-%9%H(B", "日本語のテキスト"),
    ] {
        let decoded = decode(bytes, &Hints::new());
        assert_eq!(decoded.text(), text);
        assert_eq!(decoded.detection().evidence(), Evidence::Ascii);
        assert_eq!(decoded.to_bytes().as_deref(), Some(bytes));
        let kept = decode(bytes, &Hints::new().keep_mojibake());
        assert_eq!(kept.text().as_bytes(), bytes);
    }
}

#[test]
fn mojibake_is_repaired_on_top() {
    let greeting = "您好，世界！很高兴认识你们。";
    let gbk = encoding_rs::GBK;
    let mangled = |bytes: &[u8]| gbk.decode_without_bom_handling(bytes).0.into_owned();
    // declared GBK, really UTF-8
    let decoded = decode(greeting.as_bytes(), &Hints::new().declared("gbk"));
    assert_eq!((decoded.text(), decoded.edits().len()), (greeting, 0));
    // and twice: somebody had read the UTF-8 as GBK before
    let once = mangled(greeting.as_bytes());
    let whole = !once.contains('\u{FFFD}');
    let decoded = decode(once.as_bytes(), &Hints::new().declared("gbk"));
    assert_eq!(decoded.charset(), Charset::Encoding(Encoding::Utf8));
    assert_eq!(decoded.decoded(), once);
    assert!(!whole || decoded.text() == greeting, "{}", decoded.text());
    // UTF-8 read as windows-1252, saved as windows-1252: UTF-8 again
    assert_eq!(plain(&bytes("windows-1252", "GrÃ¼ÃŸe")).0, "Grüße");
    // the same saved as UTF-16
    let saved = utf16("GrÃ¼ÃŸe, schÃ¶n", u16::to_le_bytes);
    let decoded = decode(&saved, &Hints::new());
    assert_eq!(decoded.text(), "Grüße, schön");
    assert_eq!(decoded.decoded(), "GrÃ¼ÃŸe, schÃ¶n");
    assert_eq!(decoded.repair().unwrap().revert(), decoded.decoded());
    assert!(decoded.is_reversible());
    // unless it is to be kept
    let kept = decode(&saved, &Hints::new().keep_mojibake());
    assert_eq!(kept.text(), "GrÃ¼ÃŸe, schÃ¶n");
    assert!(kept.repair().is_none());
}

#[test]
fn what_cannot_be_read_is_marked_and_comes_back() {
    let chinese = bytes("gbk", "这是一个测试，我们看看它能不能读出来");
    type Case<'a> = (Vec<u8>, &'a str, &'a [(usize, usize)]);
    let cases: [Case; 7] = [
        (
            b"Gr\xC3\xBC\xC3\x9Fe aus K\xF6ln, sch\xC3\xB6ne".to_vec(),
            "Grüße aus K\u{FFFD}ln, schöne",
            &[(13, 14)],
        ),
        (
            b"\xEF\xBB\xBFok \xFF\xFE!".to_vec(),
            "ok \u{FFFD}\u{FFFD}!",
            &[(6, 7), (7, 8)],
        ),
        // a character cut in half is one loss
        (
            ["Привет, мир! Снова ".as_bytes(), b"\xE2\x82"].concat(),
            "Привет, мир! Снова \u{FFFD}",
            &[(33, 35)],
        ),
        (
            [&chinese[..20], b"\xFF", &chinese[20..]].concat(),
            "这是一个测试，我们看\u{FFFD}看它能不能读出来",
            &[(20, 21)],
        ),
        (
            chinese[..chinese.len() - 1].to_vec(),
            "这是一个测试，我们看看它能不能读出\u{FFFD}",
            &[(34, 35)],
        ),
        // a lead byte does not take the line feed along
        (
            [&chinese[..20], b"\xC4\n", &chinese[20..]].concat(),
            "这是一个测试，我们看\u{FFFD}\n看它能不能读出来",
            &[(20, 21)],
        ),
        // a lone surrogate, and half a unit
        (
            b"\xFE\xFF\0a\xD8\0\0b\0".to_vec(),
            "a\u{FFFD}b\u{FFFD}",
            &[(4, 6), (8, 9)],
        ),
    ];
    for (input, text, losses) in cases {
        let decoded = decode(&input, &Hints::new());
        assert_eq!(decoded.decoded(), text, "{}", decoded.charset());
        let ranges = decoded.losses().iter().map(|loss| loss.bytes());
        let found: Vec<_> = ranges.map(|range| (range.start, range.end)).collect();
        assert_eq!(found, losses, "{text}");
        for loss in decoded.losses() {
            assert!(decoded.decoded()[loss.position()..].starts_with('\u{FFFD}'));
        }
        assert_eq!(decoded.to_bytes().as_deref(), Some(&*input), "{text}");
    }
}

#[test]
fn a_second_code_of_a_character_is_not_claimed_to_come_back() {
    // NEC's copy of an IBM kanji in Shift_JIS: the text is right, the bytes are the other ones
    let input = [
        b"\xED\x40".as_slice(),
        &bytes("shift_jis", "という漢字のテストです"),
    ]
    .concat();
    let decoded = decode(&input, &Hints::new());
    assert_eq!(decoded.decoded(), "纊という漢字のテストです");
    assert!(decoded.losses().is_empty() && !decoded.is_reversible());
}

#[test]
fn clean_utf8_is_borrowed() {
    for text in ["", "plain", "Grüße aus Köln, schöne Grüße", "東京"] {
        let decoded = decode(text.as_bytes(), &Hints::new());
        assert!(matches!(decoded.into_text(), Cow::Borrowed(read) if read == text));
    }
}

#[test]
fn a_byte_far_behind_still_counts() {
    // 300 kB that windows-1252 and windows-1250 read alike, then a word that tells them apart
    let mut input = bytes("windows-1252", &"Das schöne Mädchen grüßt. ".repeat(12_000));
    input.extend(bytes("windows-1250", "Łódź i Kraków są piękne"));
    let decoded = decode(&input, &Hints::new().keep_mojibake());
    assert!(
        decoded.decoded().ends_with("Łódź i Kraków są piękne"),
        "{}",
        decoded.charset()
    );
}

#[test]
fn what_only_reads_best_is_not_certain() {
    let text =
        "Сегодня утром мы поехали в город за покупками, и погода была прекрасная. ".repeat(9);
    let bytes = Encoding::Windows1251.encode(&text).unwrap();
    let found = detect(&bytes, &Hints::new());
    assert_eq!(found.charset(), Encoding::Windows1251.into());
    assert!(
        (0.99..1.0).contains(&found.confidence()),
        "{}",
        found.confidence()
    );
    let found = detect(text.as_bytes(), &Hints::new());
    assert_eq!(found.confidence(), 1.0);
}

#[test]
fn data_is_not_believed_to_be_text() {
    // as good as random, and the same each time
    let noise: Vec<u8> = (1..=300_u64)
        .map(|n| (n.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40) as u8)
        .collect();
    let header = b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\x01\0\0\0\x01\0\x08\x06\0\0\0\x5C\x72\xA8\x66";
    for input in [&noise[..], header] {
        let found = detect(input, &Hints::new());
        assert!(found.confidence() < 0.1, "{:?}", found.alternatives());
    }
}

#[test]
fn every_byte_and_pair_is_read() {
    let hints = Hints::new().keep_mojibake();
    let second = if cfg!(debug_assertions) { 16 } else { 1 };
    for a in 0..=255u8 {
        holds(&[a], &hints);
        for b in (0..=255u8).step_by(second) {
            holds(&[a, b], &hints);
        }
    }
}

/// What is promised for any input.
fn holds(input: &[u8], hints: &Hints) {
    let decoded = decode(input, hints);
    let found = decoded.detection();
    // ranked, and no more than certain together
    let alternatives = found.alternatives();
    assert_eq!(alternatives[0].charset(), decoded.charset());
    assert!(alternatives.is_sorted_by(|a, b| a.confidence() >= b.confidence()));
    assert!(
        alternatives
            .iter()
            .all(|a| (0.0..=1.0).contains(&a.confidence()))
    );
    assert!(alternatives.iter().map(|a| a.confidence()).sum::<f32>() < 1.001);
    // losses are in order, inside, and where they say
    let mut end = 0;
    for loss in decoded.losses() {
        let range = loss.bytes();
        assert!(end <= range.start && range.start < range.end && range.end <= input.len());
        assert!(decoded.decoded()[loss.position()..].starts_with('\u{FFFD}'));
        end = range.end;
    }
    // the claim that the bytes come back is true, and made where one code is one character
    let back = decoded.to_bytes();
    assert_eq!(decoded.is_reversible(), back.as_deref() == Some(input));
    if let Charset::Encoding(encoding) = decoded.charset()
        && (encoding.is_single_byte() || encoding.name().starts_with("utf"))
    {
        assert!(decoded.is_reversible(), "{encoding} {input:X?}");
    }
    // the same again
    assert_eq!(detect(input, hints), *found);
}

fn some_bytes() -> impl Strategy<Value = Vec<u8>> {
    let byte = prop_oneof![
        any::<u8>(),
        0x80..=0xFFu8,
        b' '..=b'~',
        Just(0),
        Just(0x1B),
        Just(b'~')
    ];
    let piece = prop_oneof![
        proptest::collection::vec(byte, 0..40),
        "\\PC{0,20}".prop_map(String::into_bytes),
        "[а-яА-Я ]{0,20}".prop_map(|text| bytes("koi8-r", &text)),
        "[一-龥]{0,10}".prop_map(|text| utf16(&text, u16::to_be_bytes)),
        Just(b"\x1B$B".to_vec()),
        Just(b"~{".to_vec()),
        Just(b"<meta charset=".to_vec()),
        Just(b"\xFF\xFE".to_vec()),
        Just(b"\xEF\xBB\xBF".to_vec()),
    ];
    proptest::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: random_cases(), ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read(input in some_bytes(), label in "\\PC{0,12}") {
        holds(&input, &Hints::new().keep_mojibake());
        holds(&input, &Hints::new().keep_mojibake().declared(&label).top_level_domain(&label));
    }

    #[test]
    fn any_bytes_are_read_as_declared_or_not(input in some_bytes(), which in 0..Encoding::ALL.len()) {
        holds(&input, &Hints::new().keep_mojibake().declared(Encoding::ALL[which].name()));
    }

    #[test]
    fn utf8_with_enough_evidence_is_utf8(text in "[^\\x00-\\x1F]*[à-ž ]{1,9}[α-ω]{8}\\PC*", label in "gbk|utf-16|koi8-r") {
        prop_assume!(!text.starts_with('\u{FEFF}'));
        let decoded = decode(text.as_bytes(), &Hints::new().keep_mojibake().declared(&label));
        if label != "utf-16" {
            prop_assert_eq!(decoded.decoded(), &text);
        }
    }
}

#[test]
fn repairs_of_any_bytes_do_not_panic() {
    let mut runner =
        proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(random_cases() / 10));
    runner
        .run(&some_bytes(), |input| {
            let decoded = decode(&input, &Hints::new());
            if let Some(repair) = decoded.repair() {
                prop_assert_eq!(repair.revert(), decoded.decoded());
            }
            Ok(())
        })
        .unwrap();
}

#[test]
fn time_grows_with_the_length() {
    let hostile: [&[u8]; 8] = [
        b"\xC4",
        b"\x1B$B",
        b"~{~}",
        b"<meta ",
        b"\x81\x30\x81",
        b"\0\xD8",
        b"a \xE9 ",
        b"abc \xFF",
    ];
    let time = |piece: &[u8], n: usize| {
        let input = piece.repeat(n / piece.len());
        let hints = Hints::new().keep_mojibake();
        (0..3)
            .map(|_| {
                let start = Instant::now();
                let _ = decode(&input, &hints);
                start.elapsed()
            })
            .min()
            .unwrap()
    };
    for piece in hostile {
        // eight times as long; a quadratic path would take 64 times; other programs may disturb a measurement or two
        let is_linear = || {
            let (short, long) = (time(piece, 50_000), time(piece, 400_000));
            long < short * 24 + Duration::from_millis(20)
        };
        assert!((0..5).any(|_| is_linear()), "{piece:X?}");
    }
}
