//! `stream` as somebody at a shell meets it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail so"
)]

mod programs;

use std::fs;

use programs::{CLEAN, Folder, done, mangled, program, refused, run, run_with_input};

#[test]
fn a_text_is_repaired_and_taken_back() {
    let folder = Folder::new();
    let file = folder.file("a.txt", mangled(CLEAN));
    let output = run_with_input(&mut program("stream"), mangled(CLEAN));
    assert_eq!(String::from_utf8_lossy(done(&output)), CLEAN);
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(
        told.starts_with("stdin: ") && told.contains("edits in"),
        "{told}"
    );

    // The input may be the output: it is put in place when it is whole.
    let arguments = ["--patch", "a.patch", "--output", "a.txt", "a.txt"];
    done(&run(program("stream")
        .args(arguments)
        .current_dir(&folder.0)));
    assert_eq!(fs::read_to_string(&file).unwrap(), CLEAN);
    let back = ["a.txt", "a.patch"];
    let output = run(program("revert").args(back).current_dir(&folder.0));
    assert_eq!(String::from_utf8_lossy(done(&output)), mangled(CLEAN));
    assert_eq!(folder.names(), ["a.patch", "a.txt"]);
}

#[test]
fn bytes_that_are_no_text_are_refused_or_kept() {
    let folder = Folder::new();
    let bytes = [mangled(CLEAN).as_bytes(), b"\n\xff\n"].concat();
    folder.file("a.txt", &bytes);
    folder.file("out.txt", "kept");
    let arguments = ["--patch", "p", "--output", "out.txt", "a.txt"];
    let output = run(program("stream").args(arguments).current_dir(&folder.0));
    let error = refused(&output, 2);
    assert!(
        error.contains("a.txt: not UTF-8") && error.contains("--invalid keep"),
        "{error}"
    );
    assert_eq!(fs::read(folder.path("out.txt")).unwrap(), b"kept");
    assert_eq!(folder.names(), ["a.txt", "out.txt"]);

    let output = run_with_input(program("stream").args(["--invalid", "keep"]), &bytes);
    assert_eq!(done(&output), [CLEAN.as_bytes(), b"\n\xff\n"].concat());
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("1 are not UTF-8"), "{told}");
}

#[test]
fn the_command_line_is_checked() {
    let folder = Folder::new();
    folder.file("a.txt", "plain");
    for (arguments, code, part) in [
        (&["a.txt", "--patch", "a.txt"][..], 2, "--patch"),
        (&["a.txt", "--patch", "b", "--output", "b"], 2, "--patch"),
        (&["a.txt", "--output", "no/b.txt"], 1, "cannot be written"),
        (&["a.txt", "--lang", "xx"], 2, "--lang"),
        (&["."], 2, "name the files in it"),
    ] {
        let output = run(program("stream").args(arguments).current_dir(&folder.0));
        assert!(refused(&output, code).contains(part), "{output:?}");
    }
    let output = run(program("stream").args(["--threshold", "2"]));
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(folder.names(), ["a.txt"]);
}
