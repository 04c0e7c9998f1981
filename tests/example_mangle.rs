//! `mangle` as somebody at a shell meets it.

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

#[test]
fn chains_run_both_ways() {
    // From outside: `iconv -t cp1251 | iconv -f koi8-r`, and Python's codecs.
    for (chain, clean, mangled) in [
        ("utf-8>windows-1252", "schön\r\n", "schÃ¶n\r\n"),
        ("windows-1251>koi8-r", "Привет", "оПХБЕР"),
        ("utf-8>windows-1252 + utf-8>windows-1252", "é", "ÃƒÂ©"),
        ("utf-8>gbk", "é", "茅"),
        ("-", "any\u{feff} text", "any\u{feff} text"),
    ] {
        let output = run_with_input(program("mangle").arg(chain), clean);
        assert_eq!(String::from_utf8_lossy(done(&output)), mangled);
        let output = run_with_input(program("mangle").args(["--undo", chain]), mangled);
        assert_eq!(String::from_utf8_lossy(done(&output)), clean);
    }
}

#[test]
fn what_cannot_be_mangled_is_refused_or_left_line_by_line() {
    let folder = Folder::new();
    let file = folder.file("a.txt", "Привет\r\n日本\nмир");
    let output = folder.file("out.txt", "kept");
    let chain = "windows-1251>koi8-r";
    let error = refused(
        &run(program("mangle")
            .arg(chain)
            .arg(&file)
            .arg("-o")
            .arg(&output)),
        1,
    );
    assert!(
        error.contains("'日'") && error.contains("--lines"),
        "{error}"
    );
    assert_eq!(fs::read(&output).unwrap(), b"kept");
    done(&run(program("mangle")
        .args(["--lines", chain])
        .arg(&file)
        .arg("-o")
        .arg(&output)));
    assert_eq!(fs::read_to_string(&output).unwrap(), "оПХБЕР\r\n日本\nЛХП");
}

#[test]
fn the_command_line_is_checked() {
    let output = run(program("mangle").arg("--encodings"));
    let names = String::from_utf8(done(&output).to_vec()).unwrap();
    assert!(names.lines().any(|name| name == "windows-1252"), "{names}");
    for arguments in [
        &[][..],
        &["utf-8"],
        &["utf-8>klingon"],
        &["utf-8>gbk", "missing.txt"],
    ] {
        let output = run(program("mangle").args(arguments));
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(!output.stderr.is_empty());
    }
    let unquoted = run(program("mangle").args(["utf-8", "missing.txt"]));
    assert!(
        String::from_utf8_lossy(&unquoted.stderr).contains("in quotes"),
        "{unquoted:?}"
    );
    refused(
        &run_with_input(program("mangle").arg("utf-8>gbk"), b"\xff"),
        2,
    );
}
