//! The generated tables are what their generators make today.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail so"
)]

use encoding_rs::{BIG5, EUC_JP};
use std::path::{Path, PathBuf};
use std::process::Command;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/encoding")
}

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

/// One row for each first byte: the characters of `prefix`, first byte, second byte.
fn rows(
    encoding: &'static encoding_rs::Encoding,
    prefix: &[u8],
    leads: std::ops::RangeInclusive<u8>,
    trails: &[u8],
) -> String {
    let mut out = String::new();
    for lead in leads {
        let row: String = trails
            .iter()
            .map(|trail| {
                let bytes = [prefix, &[lead, *trail]].concat();
                let text = encoding.decode_without_bom_handling_and_without_replacement(&bytes);
                let mut characters = text.iter().flat_map(|text| text.chars());
                match (characters.next(), characters.next()) {
                    (Some(c), None) => c,
                    _ => '.',
                }
            })
            .collect();
        let row = row.trim_end_matches('.');
        if !row.is_empty() {
            out += &format!("{lead:02X} {row}\n");
        }
    }
    out
}

#[test]
fn hong_kong_supplement_is_that_of_encoding_rs() {
    let trails: Vec<u8> = (0x40..=0x7E).chain(0xA1..=0xFE).collect();
    check(
        "hkscs.txt",
        &(header("Big5 codes 8740 to A0FE", "Big5") + &rows(BIG5, &[], 0x87..=0xA0, &trails)),
    );
}

#[test]
fn jis_x_0212_is_that_of_encoding_rs() {
    let trails: Vec<u8> = (0xA1..=0xFE).collect();
    let rows = rows(EUC_JP, &[0x8F], 0xA1..=0xFE, &trails);
    check(
        "jis0212.txt",
        &(header("JIS X 0212, EUC-JP codes 8FA1A1 to 8FFEFE", "jis0212") + &rows),
    );
}
