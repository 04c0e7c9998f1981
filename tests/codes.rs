//! Codes that are known by their structure: what is repaired is exact, comes back, and is the same in a stream.
//!
//! The cases are those of `corpus/mangled/codes.jsonl`, made by Python's codecs.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail so"
)]

mod common;

use common::{json_lines, root};
use serde::Deserialize;
use unbake::Repairer;
use unbake::detect::Settings;
use unbake::encoding::Encoding;
use unbake::repair::{Cause, Patch};

#[derive(Deserialize)]
struct Case {
    id: String,
    mangled: String,
    truth: String,
    chain: String,
}

fn cases() -> Vec<Case> {
    json_lines(&root().join("corpus/mangled/codes.jsonl"))
}

#[test]
fn every_repair_comes_back_and_is_stable() {
    for case in cases() {
        let repair = unbake::repair(&case.mangled);
        assert_eq!(repair.revert(), case.mangled, "{}", case.id);
        let patch: Patch = repair.patch().to_string().parse().unwrap();
        let back = patch.revert(repair.text()).unwrap();
        assert_eq!(back, case.mangled, "{}", case.id);
        let again = unbake::repair(repair.text());
        assert!(!again.is_changed(), "{}: {:?}", case.id, again.edits());
    }
}

#[test]
fn right_repairs_are_exact_and_name_what_was_written() {
    let (mut right, mut exact) = (0, 0);
    for case in cases() {
        let repair = unbake::repair(&case.mangled);
        if repair.text() != case.truth {
            continue;
        }
        right += 1;
        exact += usize::from(repair.edits().iter().all(|edit| edit.is_exact()));
        let written = case.chain.split('>').next().unwrap();
        for edit in repair.edits() {
            let Cause::Chain(chain) = edit.cause() else {
                panic!("{}: {}", case.id, edit.cause());
            };
            let oldest = chain.iter().next().unwrap().written;
            // ASCII may have been written in any of them.
            let is_ascii = edit.after().is_ascii();
            assert!(is_ascii || oldest.name() == written, "{}: {chain}", case.id);
        }
    }
    assert!(
        right >= 55 && exact * 10 >= right * 9,
        "{exact} of {right} are exact"
    );
}

#[test]
fn lines_are_repaired_each_and_in_a_stream_as_in_memory() {
    // The two-byte characters of ISO-2022-JP, UTF-7 and HZ, a line each, and UTF-16 whose line ends are UTF-16, too.
    let seven_bits = "plain\n$BF|K\\8l$N%F%-%9%H(B\nUn caf+AOk au lait\n~{VPND~} and ~{1jLb~}\n";
    let repaired = "plain\n日本語のテキスト\nUn café au lait\n中文 and 标题\n";
    assert_eq!(unbake::repair(seven_bits).text(), repaired);

    let lines =
        "The first line is here.\r\nAnd a second line\r\n\r\nÜbermorgen schön.\r\n".repeat(30);
    for (read, bytes) in [
        (
            "le",
            lines
                .encode_utf16()
                .flat_map(u16::to_le_bytes)
                .collect::<Vec<u8>>(),
        ),
        (
            "be",
            lines.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        ),
    ] {
        let mangled = Encoding::Iso8859_1.decode(&bytes).unwrap();
        let repair = unbake::repair(&mangled);
        assert_eq!(repair.text(), lines, "{read}");
        assert_eq!(repair.revert(), mangled);
        for size in [64, 1000, 1 << 17] {
            let stream = unbake::stream::Stream::new(Repairer::new()).block_size(size);
            let mut out = Vec::new();
            stream.repair(mangled.as_bytes(), &mut out).unwrap();
            assert!(out == lines.as_bytes(), "{read} in blocks of {size}");
        }
    }
}

#[test]
fn korean_in_seven_bits_is_repaired_in_lines_without_a_header_too() {
    // From Python's iso2022_kr codec.
    let letter = "안녕하세요, Anna!\n\n고양이가 지붕 위에서 잔다.\nPlain English stands.\n\
                  내일은 비가 올 것입니다. (漢字)\n";
    let shifted = "\u{1b}$)C\u{e}>H3gGO<<?d\u{f}, Anna!\n\n\
                   \u{e}0m>g@L0!\u{f} \u{e}Av:X\u{f} \u{e}@'?!<-\u{f} \u{e}@\\4Y\u{f}.\n\
                   Plain English stands.\n\
                   \u{e}3;@O@:\u{f} \u{e}:q0!\u{f} \u{e}?C\u{f} \u{e}0M@T4O4Y\u{f}. (\u{e}ySm.\u{f})\n";
    let repair = unbake::repair(shifted);
    assert_eq!(repair.text(), letter);
    assert_eq!(repair.revert(), shifted);
    // What has the header with it is what would be written again.
    let first = &repair.edits()[0];
    assert_eq!((first.after(), first.is_exact()), ("안녕하세요", true));
    assert!(!unbake::repair(letter).is_changed());

    // Others write the header first, alone in a line or not.
    for header in ["\u{1b}$)C\n", "\u{1b}$)C\r\n", "\u{1b}$)C"] {
        let mangled = format!("{header}{}", &shifted[4..]);
        let repair = unbake::repair(&mangled);
        assert_eq!(repair.text(), format!("{}{letter}", &header[4..]));
        assert_eq!(repair.revert(), mangled);
        let mut out = Vec::new();
        let stream = unbake::stream::Stream::new(Repairer::new()).block_size(64);
        stream.repair(mangled.as_bytes(), &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), repair.text());
    }
    // Without the escape character.
    let stripped = &shifted[1..];
    assert_eq!(unbake::repair(stripped).text(), letter);
}

#[test]
fn shifts_that_are_not_of_korean_stand() {
    for text in [
        // Frames of terminals, and wide and narrow letters of printers.
        "\u{e}lqqqqqqk\u{f}\n\u{e}x\u{f} OK \u{e} x\u{f}\n\u{e}mqqqqqqj\u{f}\n",
        "\u{1b})0\u{e}lqqqqk\u{f} \u{1b}[1mls(1)\u{1b}[0m",
        "\u{e}ANNUAL REPORT 1987\r\n\u{f}Sales in thousands: 12,345\r\n\u{c}",
        "\u{e}TOTALS\u{f} 12345678 \u{e}987654\u{f}\n",
        "LS(1)\u{e}LS(1)\u{f}\u{c}\nNAME\n",
        // Shifts that do not belong together, and what is left of a header.
        "a\u{f}b\u{e}c\u{e}?*\u{f}",
        "regex: ^\\$)C, cost: $)C",
        "printf '\u{1b}$)A\u{e}0!\u{f}'",
        "Grüße \u{e}und\u{f} \u{e}0!Ab\u{f} Dank",
    ] {
        assert!(!unbake::repair(text).is_changed(), "{text:?}");
    }
}

#[test]
fn who_excludes_an_encoding_does_not_get_it() {
    let cases = [
        ("Un caf+AOk au lait", Encoding::Utf7),
        ("~{VPND~} and ~{1jLb~}", Encoding::Hz),
        ("\u{e}?*;g@{\u{f} \u{e}?9<v\u{f}", Encoding::Iso2022Kr),
        ("H\0e\0l\0l\0o\0 \0y\0o\0u\0", Encoding::Utf16Le),
        ("Ñoäc laäp - Töï do - Haïnh phuùc", Encoding::Vni),
    ];
    for (text, encoding) in cases {
        assert!(unbake::repair(text).is_changed(), "{encoding}");
        let others: Vec<Encoding> = Encoding::ALL
            .iter()
            .copied()
            .filter(|e| *e != encoding)
            .collect();
        let settings = Settings::new().written_in(&others).layers(1);
        let repair = Repairer::new().settings(settings).repair(text);
        let chains = repair
            .edits()
            .iter()
            .filter_map(|edit| edit.cause().chain());
        assert!(
            chains
                .flat_map(|c| c.iter().collect::<Vec<_>>())
                .all(|m| m.written != encoding)
        );
    }
}
