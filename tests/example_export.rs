//! `export` as somebody at a shell meets it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail so"
)]

mod programs;

use std::fs;

use programs::{Folder, done, program, refused, run, run_with_input};
use serde_json::Value;

/// As Facebook writes a text: each byte of UTF-8 as a character, and that escaped.
fn facebook(clean: &str) -> String {
    let escape = |byte: u8| match byte {
        0x80.. => format!("\\u00{byte:02x}"),
        _ => char::from(byte).to_string(),
    };
    clean.bytes().map(escape).collect()
}

/// A file of messages, with `text` writing the texts.
fn messages(text: impl Fn(&str) -> String) -> String {
    format!(
        "{{\n  \"participants\": [\n    {{\n      \"name\": \"{}\"\n    }}\n  ],\n  \"messages\": [\n    {{\n      \
         \"sender_name\": \"{}\",\n      \"timestamp_ms\": 1600000000000,\n      \"content\": \"{}\\n\\/ \\\"{}\\\"\",\n      \
         \"{}\": 1.50,\n      \"reactions\": []\n    }}\n  ]\n}}",
        text("Zoë Müller"),
        text("Łukasz Żółty"),
        text("Привет 😀 日本語"),
        text("«Ça va ?»"),
        text("Numéro")
    )
}

#[test]
fn an_export_becomes_readable_and_stays_as_it_is_written() {
    let output = run_with_input(&mut program("export"), messages(facebook));
    let json = String::from_utf8(done(&output).to_vec()).unwrap();
    assert_eq!(json, messages(str::to_owned));
    let value: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(
        value["messages"][0]["content"],
        "Привет 😀 日本語\n/ \"«Ça va ?»\""
    );
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(
        told.contains("4 of 4 strings outside ASCII repaired"),
        "{told}"
    );
    assert!(told.contains("utf-8 was read as iso-8859-1"), "{told}");
    assert!(told.ends_with('\n'), "{told}");

    // Once more, and nothing changes.
    let output = run_with_input(&mut program("export"), &json);
    assert_eq!(String::from_utf8_lossy(done(&output)), json);
}

#[test]
fn escapes_can_be_kept() {
    let escaped = |text: &str| -> String {
        let unit = |unit: u16| match u8::try_from(unit) {
            Ok(byte) if byte.is_ascii() => char::from(byte).to_string(),
            _ => format!("\\u{unit:04x}"),
        };
        text.encode_utf16().map(unit).collect()
    };
    let output = run_with_input(program("export").arg("--ascii"), messages(facebook));
    assert_eq!(String::from_utf8_lossy(done(&output)), messages(escaped));
}

#[test]
fn what_is_clean_stays() {
    for clean in [
        "{}",
        "\u{feff}{\"a\": \"caf\u{e9}\"}\r\n",
        "{\"a\":\"caf\\u00e9\",\"b\":[\"\\ud83d\\ude00\"]}",
        "\"\\ud800 half a pair\"",
        "[1e400, \"\", \"\\u0000\"]",
    ] {
        let output = run_with_input(&mut program("export"), clean);
        assert_eq!(String::from_utf8_lossy(done(&output)), clean);
    }
    // Half a pair beside what is repaired.
    let output = run_with_input(
        &mut program("export"),
        format!("[\"\\ud800\", \"{}\"]", facebook("Привет")),
    );
    assert_eq!(
        String::from_utf8_lossy(done(&output)),
        "[\"\\ud800\", \"Привет\"]"
    );
}

#[test]
fn folders_are_repaired_in_place_and_taken_back() {
    let folder = Folder::new();
    fs::create_dir_all(folder.path("inbox/zoe")).unwrap();
    let file = folder.file("inbox/zoe/message_1.json", messages(facebook));
    let other = folder.file("inbox/photo.jpg", b"\xff\xd8");
    let output = run(program("export")
        .args(["--in-place", "--recursive"])
        .arg(&folder.0));
    assert!(done(&output).is_empty());
    assert_eq!(fs::read_to_string(&file).unwrap(), messages(str::to_owned));
    assert_eq!(fs::read(other).unwrap(), b"\xff\xd8");

    done(&run(program("fix")
        .args(["--undo", "--recursive"])
        .arg(&folder.0)));
    assert_eq!(fs::read_to_string(&file).unwrap(), messages(facebook));
}

#[test]
fn unusable_input_changes_nothing() {
    let folder = Folder::new();
    let good = folder.file("good.json", messages(facebook));
    let cases: [(&str, &[u8], &str); 4] = [
        ("short.json", b"{\"a\": \"\\u00c3", "is not JSON"),
        ("page.json", b"<html>", "HTML form of the export"),
        ("latin.json", b"\"caf\xe9\"", "not UTF-8"),
        ("empty.json", b"", "is not JSON"),
    ];
    for (name, content, part) in cases {
        let file = folder.file(name, content);
        let output = run(program("export").arg(&file));
        assert!(refused(&output, 2).contains(part), "{output:?}");
        // The others are repaired.
        let output = run(program("export").arg("--in-place").arg(&file).arg(&good));
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(fs::read(&file).unwrap(), content);
        assert_eq!(fs::read_to_string(&good).unwrap(), messages(str::to_owned));
        fs::rename(folder.path("good.json.unbake-orig"), &good).unwrap();
        fs::remove_file(file).unwrap();
    }
    assert_eq!(folder.names(), ["good.json"]);
    let output = run(program("export").arg(&good).arg(&good));
    assert!(refused(&output, 2).contains("--in-place"));
    let output = run(program("export").arg(&folder.0));
    assert!(refused(&output, 2).contains("--in-place and --recursive"));
    fs::create_dir(folder.path("none")).unwrap();
    let output = run(program("export")
        .args(["-i", "-r"])
        .arg(folder.path("none")));
    done(&output);
    assert!(
        String::from_utf8_lossy(&output.stderr).contains("no `*.json`"),
        "{output:?}"
    );
    let output = run(program("export").args(["--in-place"]).arg(&folder.0));
    assert!(refused(&output, 2).contains("--recursive"));
}

#[test]
#[cfg(unix)]
fn a_full_disk_loses_nothing() {
    let folder = Folder::new();
    let file = folder.file("a.json", messages(facebook));
    let output = run(programs::limited("export", 0).arg("--in-place").arg(&file));
    assert!(refused(&output, 1).contains("cannot be written"));
    assert_eq!(fs::read_to_string(&file).unwrap(), messages(facebook));
    assert_eq!(folder.names(), ["a.json"]);
}
