//! The generated tables are what their generators make today.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail so"
)]

use encoding_rs::{BIG5, EUC_JP, EUC_KR};
use std::path::{Path, PathBuf};
use std::process::Command;
use unbake::encoding::Encoding;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/encoding")
}

#[allow(dead_code, reason = "the program's `main` is not called here")]
#[path = "../examples/encodings.rs"]
mod encodings;

/// Compares a file with what it should hold; with `UNBAKE_REGENERATE` set, writes it instead.
fn check(name: &str, expected: &str) {
    let path = folder().join(name);
    if std::env::var_os("UNBAKE_REGENERATE").is_some() {
        std::fs::write(&path, expected).unwrap();
    }
    let found = std::fs::read_to_string(&path)
        .unwrap()
        .replace("\r\n", "\n");
    assert!(
        found == expected,
        "{name} is out of date: run `UNBAKE_REGENERATE=1 cargo test --test encoding_tables`"
    );
}

#[test]
fn single_byte_tables_are_what_the_script_writes() {
    let Ok(output) = Command::new("python3")
        .arg(folder().join("generate_tables.py"))
        .output()
    else {
        println!(
            "single_byte_tables_are_what_the_script_writes: skipped, python3 does not run here"
        );
        return;
    };
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    check(
        "tables.rs",
        &String::from_utf8(output.stdout)
            .unwrap()
            .replace("\r\n", "\n"),
    );
}

fn header(what: &str, index: &str) -> String {
    format!(
        "# {what}, from the WHATWG Encoding Standard (encoding.spec.whatwg.org, index of {index}) as\n\
         # encoding_rs reads it; facts, licensed like the crate. Format: see reverse.rs. Written and checked by\n\
         # `UNBAKE_REGENERATE=1 cargo test --test encoding_tables`.\n"
    )
}

/// One row for each first byte: the characters of the second bytes, where `keep` says so.
fn rows(
    leads: impl Iterator<Item = u8>,
    trails: &[u8],
    read: impl Fn(u8, u8) -> Option<String>,
    keep: impl Fn(char, [u8; 2]) -> bool,
) -> String {
    let mut out = String::new();
    for lead in leads {
        let cell = |trail: &u8| {
            let text = read(lead, *trail).unwrap_or_default();
            let mut characters = text.chars();
            match (characters.next(), characters.next()) {
                (Some(c), None) if keep(c, [lead, *trail]) => c,
                _ => '.',
            }
        };
        let row: String = trails.iter().map(cell).collect();
        let row = row.trim_end_matches('.');
        if !row.is_empty() {
            out += &format!("{lead:02X} {row}\n");
        }
    }
    out
}

fn decode(encoding: &'static encoding_rs::Encoding, bytes: &[u8]) -> Option<String> {
    encoding
        .decode_without_bom_handling_and_without_replacement(bytes)
        .map(String::from)
}

/// The bytes that browsers write, if they write any.
fn encode(encoding: &'static encoding_rs::Encoding, c: char) -> Option<Vec<u8>> {
    let text = c.to_string();
    let (bytes, _, unmappable) = encoding.encode(&text);
    (!unmappable).then(|| bytes.into_owned())
}

#[test]
fn big5_codes_are_those_that_browsers_write_then_those_that_they_only_read() {
    let trails: Vec<u8> = (0x40..=0x7E).chain(0xA1..=0xFE).collect();
    let rows = rows(
        (0xA1..=0xFE).chain(0x87..=0xA0),
        &trails,
        |lead, trail| decode(BIG5, &[lead, trail]),
        |c, code| encode(BIG5, c).is_none_or(|written| written == code),
    );
    check(
        "big5.txt",
        &(header("Big5: what is written, each character once", "Big5") + &rows),
    );
}

#[test]
fn korean_codes_are_those_of_ks_x_1001_without_hangul() {
    let trails: Vec<u8> = (0xA1..=0xFE).collect();
    let rows = rows(
        0xA1..=0xFE,
        &trails,
        |lead, trail| decode(EUC_KR, &[lead, trail]),
        |c, _| !('\u{AC00}'..='\u{D7A3}').contains(&c),
    );
    check(
        "ksx1001.txt",
        &(header("EUC-KR without Hangul syllables", "EUC-KR") + &rows),
    );
}

#[test]
fn jis_x_0212_is_that_of_browsers() {
    let trails: Vec<u8> = (0xA1..=0xFE).collect();
    let rows = rows(
        0xA1..=0xFE,
        &trails,
        |lead, trail| decode(EUC_JP, &[0x8F, lead, trail]),
        |_, _| true,
    );
    check(
        "jis0212.txt",
        &(header("JIS X 0212, EUC-JP codes 8FA1A1 to 8FFEFE", "jis0212") + &rows),
    );
}

/// Every encoding has a row, whose names lead to it and which says what it is for.
#[test]
fn the_documented_table_has_every_encoding() {
    let table = encodings::table();
    check("encodings.md", &table);
    let rows: Vec<Vec<&str>> = table
        .lines()
        .filter(|line| line.starts_with("| `"))
        .map(|line| line.split('|').map(str::trim).collect())
        .collect();
    for (row, encoding) in rows.iter().zip(Encoding::ALL) {
        let [_, name, _, purpose, aliases, _] = row[..] else {
            panic!("{row:?}");
        };
        assert!(purpose.ends_with(['.', ')']), "{row:?}");
        for label in aliases.split(", ").chain([name]) {
            let label = label.trim_matches('`');
            assert_eq!(Encoding::from_label(label), Ok(*encoding), "{row:?}");
        }
    }
    assert_eq!(rows.len(), Encoding::ALL.len());
    // The front page says how many there are.
    let number = format!("[{} encodings]", rows.len());
    assert!(include_str!("../README.md").contains(&number), "{number}");
}
