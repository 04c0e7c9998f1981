//! `decode` as somebody at a shell meets it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail so"
)]

mod programs;

use std::fs;
use std::process::Output;

use programs::{CLEAN, Folder, done, mangled, program, refused, run, run_with_input};
use unbake::encoding::Encoding;

fn told(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn whatever_the_encoding_is_the_text_is_read() {
    let russian = "Это проверка связи, и ничего больше.\r\n";
    for (encoding, text) in [
        (Encoding::Windows1252, CLEAN),
        (Encoding::Utf8, CLEAN),
        (Encoding::Koi8R, russian),
        (Encoding::Ibm866, russian),
        (Encoding::Utf16Le, russian),
    ] {
        let bytes = encoding.encode(text).unwrap();
        let output = run_with_input(&mut program("decode"), &bytes);
        assert_eq!(String::from_utf8_lossy(done(&output)), text, "{encoding}");
        let told = told(&output);
        assert!(told.starts_with("stdin: "), "{told}");
        assert!(told.contains(encoding.name()), "{encoding}: {told}");
    }
}

#[test]
fn mojibake_is_repaired_unless_it_is_to_stay() {
    let folder = Folder::new();
    let text = mangled(CLEAN);
    let file = folder.file("a.txt", &text);
    let output = run(program("decode").arg(&file));
    assert_eq!(String::from_utf8_lossy(done(&output)), CLEAN);
    assert!(told(&output).contains("mojibake repaired"), "{output:?}");
    let output = run(program("decode").arg("--keep-mojibake").arg(&file));
    assert_eq!(String::from_utf8_lossy(done(&output)), text);
    assert_eq!(fs::read_to_string(&file).unwrap(), text);
}

#[test]
fn what_is_declared_is_a_hint() {
    // Declared GBK, really UTF-8.
    let output = run_with_input(program("decode").args(["--declared", "gbk"]), CLEAN);
    assert_eq!(String::from_utf8_lossy(done(&output)), CLEAN);
    let said = told(&output);
    assert!(
        said.contains("--declared says gbk, which was not believed"),
        "{said}"
    );
    // Two bytes that could be anything.
    let output = run_with_input(
        program("decode").args(["--declared", "big5"]),
        b"\xB4\xFA\xB8\xD5",
    );
    assert_eq!(String::from_utf8_lossy(done(&output)), "測試");
    assert!(told(&output).contains("--declared says so"), "{output:?}");
    // As the header of HTTP says it.
    let header = ["--declared", "text/plain; charset=big5"];
    let output = run_with_input(program("decode").args(header), b"\xB4\xFA\xB8\xD5");
    assert_eq!(String::from_utf8_lossy(done(&output)), "測試");
    // What it says of itself cannot move the cursor.
    let output = run_with_input(&mut program("decode"), b"<meta charset=\"\x1b[2J\">caf\xe9");
    assert!(!told(&output).contains('\u{1b}'), "{output:?}");
}

#[test]
fn what_it_could_be_is_listed() {
    let output = run_with_input(program("decode").arg("--list"), b"\x93\x8C\x8B\x9E");
    let listed = String::from_utf8(done(&output).to_vec()).unwrap();
    assert!(
        listed
            .lines()
            .any(|line| line.starts_with("shift_jis") && line.contains("東京")),
        "{listed}"
    );
    assert!(listed.lines().count() > 1, "{listed}");
    assert!(done(&run_with_input(&mut program("decode"), b"")).is_empty());
}

#[test]
fn what_may_be_no_text_is_told() {
    let bytes: Vec<u8> = (0..=255).collect();
    let output = run_with_input(&mut program("decode"), &bytes);
    assert!(told(&output).contains("no text at all"), "{output:?}");
    // As good as random: nothing reads it, and who writes a script sees it by the code.
    let noise: Vec<u8> = (1..=300_u64)
        .map(|n| (n.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40) as u8)
        .collect();
    let output = run_with_input(&mut program("decode"), &noise);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let told = told(&output);
    assert!(told.contains("no encoding makes readable text"), "{told}");
    assert!(told.contains("in an encoding that is not known"), "{told}");
}

#[test]
fn why_it_is_believed_is_told() {
    let mixed = [CLEAN.as_bytes(), b" f\xfcr"].concat();
    for (bytes, because) in [
        (&b""[..], "it is empty"),
        (b"plain", "all of it is ASCII"),
        (&mixed, "most of it is valid UTF-8"),
        (b"\xe9", "`--list` says what else it could be"),
    ] {
        let told = told(&run_with_input(&mut program("decode"), bytes));
        assert!(told.contains(because), "{told}");
    }
    // Where nothing else could be, there is nothing to list.
    let told = told(&run_with_input(&mut program("decode"), &mixed));
    assert!(!told.contains("--list"), "{told}");
}

#[test]
fn what_cannot_be_read_is_told() {
    let folder = Folder::new();
    let bytes = [CLEAN.as_bytes(), b"\xff"].concat();
    let file = folder.file("a.txt", &bytes);
    let output = run(program("decode").arg(&file));
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        format!("{CLEAN}\u{fffd}")
    );
    assert!(
        told(&output).contains("1 stretch of bytes could not be read"),
        "{output:?}"
    );

    for (arguments, code, part) in [
        (&["missing"][..], 2, "cannot be read"),
        (&["."], 2, "name the files in it"),
        (&["a.txt", "--output", "a.txt"], 2, "overwrite"),
        (&["a.txt", "--output", "no/b.txt"], 1, "cannot be written"),
        (&["a.txt", "--lang", "xx"], 2, "--lang"),
    ] {
        let output = run(program("decode").args(arguments).current_dir(&folder.0));
        assert!(refused(&output, code).contains(part), "{output:?}");
    }
    assert_eq!(fs::read(&file).unwrap(), bytes);
    assert_eq!(folder.names(), ["a.txt"]);
}
