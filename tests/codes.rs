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
fn who_excludes_an_encoding_does_not_get_it() {
    let cases = [
        ("Un caf+AOk au lait", Encoding::Utf7),
        ("~{VPND~} and ~{1jLb~}", Encoding::Hz),
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
