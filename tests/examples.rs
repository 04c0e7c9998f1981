//! The example programs as somebody at a shell meets them: real files, real
//! pipes, and input that is not as it should be.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail so"
)]

mod programs;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::time::Duration;

use programs::{CLEAN, Folder, done, mangled, piped, program, refused, run, run_with_input};
use serde_json::Value;

#[test]
fn fix_changes_nothing_else() {
    let folder = Folder::new();
    let clean = format!("\u{feff}{CLEAN}\r\n\r\nno line end at the end\t");
    let file = folder.file("clean.txt", &clean);
    assert_eq!(done(&run(program("fix").arg(&file))), clean.as_bytes());
    for text in ["", "\n", "\r\n", "\0", "plain"] {
        let output = run_with_input(&mut program("fix"), text);
        assert_eq!(done(&output), text.as_bytes());
        assert!(output.stderr.is_empty());
    }
}

#[test]
fn fix_repairs_files_and_standard_input() {
    let folder = Folder::new();
    let file = folder.file("a.txt", mangled(CLEAN));
    let other = folder.file("b.txt", "plain\n");
    assert_eq!(done(&run(program("fix").arg(&file))), CLEAN.as_bytes());
    let output = run_with_input(&mut program("fix"), mangled(CLEAN));
    assert_eq!(done(&output), CLEAN.as_bytes());

    let output = run_with_input(program("fix").arg(&other).arg("-").arg(&file), "stdin\n");
    assert_eq!(done(&output), format!("plain\nstdin\n{CLEAN}").as_bytes());
}

#[test]
fn fix_explains_on_stderr() {
    let folder = Folder::new();
    let file = folder.file("a.txt", mangled(CLEAN));
    let output = run(program("fix").arg("--explain").arg(&file));
    assert_eq!(done(&output), CLEAN.as_bytes());
    let told = String::from_utf8(output.stderr).unwrap();
    for part in [
        "repaired",
        "utf-8 was read as windows-1252",
        " % that all of it is right",
        "#1",
        "1:",
        "exact",
        " → ",
        "utf-8>windows-1252",
    ] {
        assert!(told.contains(part), "{part:?} is missing in\n{told}");
    }
    // What moves the cursor is not passed on to the terminal.
    assert!(
        !told.contains(|c: char| c.is_control() && c != '\n'),
        "{told:?}"
    );

    let output = run_with_input(program("fix").arg("--explain"), "plain");
    assert_eq!(output.stderr, b"stdin: nothing to repair\n");
}

#[test]
fn the_threshold_decides_what_is_made() {
    let unsure = "schÃ¶n";
    let output = run_with_input(program("fix").args(["--threshold", "0"]), unsure);
    assert_eq!(done(&output), "schön".as_bytes());
    let output = run_with_input(program("fix").args(["--threshold", "1"]), unsure);
    assert_eq!(done(&output), unsure.as_bytes());
    for value in ["2", "-1", "NaN", "much"] {
        let output = run(program("fix").arg(format!("--threshold={value}")));
        assert_eq!(output.status.code(), Some(2), "{value}");
    }
}

#[test]
fn a_repair_in_place_is_taken_back_to_the_byte() {
    let folder = Folder::new();
    let file = folder.file("a.txt", mangled(CLEAN));
    let patch = folder.path("a.patch");
    let output = run(program("fix")
        .arg(&file)
        .arg("--output")
        .arg(&file)
        .arg("--patch")
        .arg(&patch));
    assert!(done(&output).is_empty());
    assert_eq!(fs::read(&file).unwrap(), CLEAN.as_bytes());
    assert_eq!(folder.names(), ["a.patch", "a.txt"]);

    let output = run(program("revert").arg(&file).arg(&patch));
    assert_eq!(done(&output), mangled(CLEAN).as_bytes());
    let output = run(program("revert")
        .arg(&file)
        .arg(&patch)
        .arg("--output")
        .arg(&file));
    assert!(done(&output).is_empty());
    assert_eq!(fs::read(&file).unwrap(), mangled(CLEAN).as_bytes());
    assert_eq!(folder.names(), ["a.patch", "a.txt"]);

    // Once more, and there is nothing to take back.
    let error = refused(&run(program("revert").arg(&file).arg(&patch)), 1);
    assert!(error.contains("mangled text already"), "{error}");
}

#[test]
fn unreadable_input_leaves_everything_as_it_was() {
    let folder = Folder::new();
    let good = folder.file("good.txt", mangled(CLEAN));
    let bad = folder.file("bad.txt", b"fine\nso far\xe9 and on");
    let wide = folder.file("wide.txt", b"\xff\xfeh\0i\0");
    let kept = folder.file("kept.txt", "kept");
    let fix_into_kept =
        |input: &Path| run(program("fix").arg(&good).arg(input).arg("-o").arg(&kept));

    let error = refused(&fix_into_kept(&bad), 2);
    for part in [
        "bad.txt",
        "not UTF-8",
        "0xE9 at byte 11",
        "line 2, column 7",
        "iconv",
    ] {
        assert!(error.contains(part), "{part:?} is missing in {error}");
    }
    let error = refused(&fix_into_kept(&wide), 2);
    assert!(error.contains("UTF-16"), "{error}");
    let error = refused(&fix_into_kept(&folder.path("missing.txt")), 2);
    assert!(error.contains("missing.txt: cannot be read"), "{error}");
    let error = refused(&fix_into_kept(&folder.0), 2);
    assert!(error.contains("cannot be read"), "{error}");

    let nowhere = folder.path("no/such/folder.txt");
    refused(&run(program("fix").arg(&good).arg("-o").arg(nowhere)), 1);
    assert_eq!(fs::read(&kept).unwrap(), b"kept");
    assert_eq!(
        folder.names(),
        ["bad.txt", "good.txt", "kept.txt", "wide.txt"]
    );

    refused(&run(program("detect").arg(&bad)), 2);
    refused(&run_with_input(&mut program("fix"), b"\xff"), 2);
}

#[test]
fn nothing_is_written_over_what_is_needed() {
    let folder = Folder::new();
    let file = folder.file("a.txt", mangled(CLEAN));
    let same = folder.path("./a.txt");
    let other = folder.file("b.txt", "plain");
    let new = folder.path("new");
    refused(&run(program("fix").arg(&file).arg("--patch").arg(&same)), 2);
    refused(
        &run(program("fix")
            .arg(&file)
            .arg(&other)
            .arg("--patch")
            .arg(&new)),
        2,
    );
    let output = run(program("fix")
        .arg(&file)
        .arg("--patch")
        .arg(&new)
        .arg("-o")
        .arg(&new));
    refused(&output, 2);
    refused(
        &run(program("revert")
            .arg(&file)
            .arg(&other)
            .arg("-o")
            .arg(&other)),
        2,
    );
    assert_eq!(fs::read(&file).unwrap(), mangled(CLEAN).as_bytes());
    assert_eq!(folder.names(), ["a.txt", "b.txt"]);
}

#[test]
fn a_hyphen_is_standard_output_and_no_file() {
    let folder = Folder::new();
    let sql = format!("SELECT '{}';\n", mangled("schöne Grüße"));
    folder.file("a.txt", mangled(CLEAN));
    folder.file("a.json", "\"sch\\u00c3\\u00b6n\"");
    folder.file("a.sql", &sql);
    folder.file("a.csv", format!("name\n{}\n", mangled("Müller")));
    let (repaired, _, patch) = two_edits();
    folder.file("b.txt", repaired);
    folder.file("b.txt.unbake-patch", patch);
    let names = folder.names();
    let cases: [(&str, &[&str]); 8] = [
        ("fix", &["a.txt"]),
        ("stream", &["a.txt"]),
        ("decode", &["a.txt"]),
        ("revert", &["b.txt"]),
        ("mangle", &["utf-8>windows-1252", "a.txt"]),
        ("export", &["a.json"]),
        ("dump", &["a.sql"]),
        ("table", &["a.csv"]),
    ];
    for (name, arguments) in cases {
        let run = |more: &[&str]| {
            let mut command = program(name);
            run(command.args(arguments).args(more).current_dir(&folder.0))
        };
        let usual = run(&[]);
        assert!(!done(&usual).is_empty(), "{name}");
        assert_eq!(done(&run(&["--output", "-"])), done(&usual), "{name}");
    }
    // What comes beside the result would be mixed with it.
    let cases: [(&str, &[&str]); 7] = [
        ("fix", &["a.txt", "--patch", "-"]),
        ("fix", &["a.txt", "--report", "-"]),
        ("stream", &["a.txt", "--patch", "-"]),
        ("revert", &["b.txt", "--edit", "1", "--rest", "-"]),
        ("dump", &["a.sql", "--changes", "-"]),
        ("table", &["a.csv", "--unsure", "-"]),
        ("filenames", &["--apply", "--log", "-", "."]),
    ];
    for (name, arguments) in cases {
        let output = run(program(name).args(arguments).current_dir(&folder.0));
        let error = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{name}: {error}");
        assert!(error.contains("name a file"), "{name}: {error}");
    }
    assert_eq!(folder.names(), names);
}

#[test]
#[cfg(unix)]
fn links_and_permissions_survive_a_repair_in_place() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    let folder = Folder::new();
    let file = folder.file("a.txt", mangled(CLEAN));
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    let link = folder.path("link.txt");
    symlink(&file, &link).unwrap();
    done(&run(program("fix").arg(&link).arg("-o").arg(&link)));
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::read(&file).unwrap(), CLEAN.as_bytes());
    assert_eq!(
        fs::metadata(&file).unwrap().permissions().mode() & 0o777,
        0o640
    );
    // A device is written to and not replaced.
    done(&run(program("fix").arg(&link).args(["-o", "/dev/null"])));
}

/// Two edits, made by hand so that no engine decides how many there are.
fn two_edits() -> (&'static str, &'static str, String) {
    let (repaired, mangled) = ("über schön\n", "Ã¼ber schÃ¶n\n");
    let fnv = |text: &str| {
        let step = |state: u64, byte: u8| (state ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
        text.bytes().fold(0xcbf2_9ce4_8422_2325, step)
    };
    let patch = format!(
        "unbake-patch 1\nrepaired {} {:016x}\nmangled {} {:016x}\nedits 2\n\
         0 5 utf-8>windows-1252 exact 0.75 \"Ã¼ber\" \"über\"\n\
         6 6 utf-8>windows-1252 inferred:3-5 0.5 \"schÃ¶n\" \"schön\"\nend\n",
        repaired.len(),
        fnv(repaired),
        mangled.len(),
        fnv(mangled),
    );
    (repaired, mangled, patch)
}

#[test]
fn revert_lists_and_takes_back_single_edits() {
    let folder = Folder::new();
    let (repaired, mangled, patch) = two_edits();
    let file = folder.file("a.txt", repaired);
    let patch = folder.file("a.patch", patch);
    let revert = |arguments: &[&str]| run(program("revert").arg(&file).arg(&patch).args(arguments));

    let listed = String::from_utf8(done(&revert(&["--list"])).to_vec()).unwrap();
    assert_eq!(
        listed,
        "#1  1:1  utf-8>windows-1252, exact, 75 %: Ã¼ber → über\n\
         #2  1:6  utf-8>windows-1252, inferred, 50 %: schÃ¶n → schön  (guessed: ö)\n"
    );
    assert_eq!(done(&revert(&[])), mangled.as_bytes());
    assert_eq!(done(&revert(&["--edit", "2"])), "über schÃ¶n\n".as_bytes());
    assert_eq!(done(&revert(&["--edit", "1"])), "Ã¼ber schön\n".as_bytes());
    assert_eq!(
        done(&revert(&["--edit", "1", "--edit", "2"])),
        mangled.as_bytes()
    );
    assert_eq!(done(&revert(&["--edit", "1,2"])), mangled.as_bytes());
    for number in ["0", "3", "18446744073709551615"] {
        let error = refused(&revert(&["--edit", number]), 2);
        assert!(error.contains("--list"), "{error}");
    }

    // What is left can be taken back later.
    let (text, rest) = (folder.path("b.txt"), folder.path("b.patch"));
    let mut command = program("revert");
    command.arg(&file).arg(&patch).args(["--edit", "1"]);
    done(&run(command.arg("-o").arg(&text).arg("--rest").arg(&rest)));
    assert_eq!(fs::read_to_string(&text).unwrap(), "Ã¼ber schön\n");
    assert_eq!(
        done(&run(program("revert").arg(&text).arg(&rest))),
        mangled.as_bytes()
    );
}

#[test]
fn revert_refuses_what_does_not_fit() {
    let folder = Folder::new();
    let (repaired, _, patch) = two_edits();
    let file = folder.file("a.txt", repaired);
    let changed = folder.file("changed.txt", format!("{repaired}\n"));
    let good = folder.file("good.patch", &patch);
    let crlf = folder.file("crlf.patch", patch.replace('\n', "\r\n"));
    let short = folder.file("short.patch", &patch[..patch.len() / 2]);
    let kept = folder.file("kept.txt", "kept");
    let before = folder.names();

    for (text, patch, part) in [
        (&changed, &good, "written for another text"),
        (&file, &crlf, "line ends"),
        (&file, &short, "cut short"),
        (&file, &file, "no unbake patch"),
    ] {
        let output = run(program("revert").arg(text).arg(patch).arg("-o").arg(&kept));
        let error = refused(&output, 1);
        assert!(error.contains(part), "{part:?} is missing in {error}");
        refused(
            &run(program("revert").arg(text).arg(patch).arg("--list")),
            1,
        );
    }
    refused(
        &run(program("revert").arg(&file).arg(folder.path("none"))),
        2,
    );
    assert_eq!(fs::read(&kept).unwrap(), b"kept");
    assert_eq!(folder.names(), before);
}

#[test]
fn detect_ranks_what_may_have_happened() {
    let output = run_with_input(&mut program("detect"), mangled(CLEAN));
    let table = String::from_utf8(done(&output).to_vec()).unwrap();
    let lines: Vec<&str> = table.lines().collect();
    assert!(lines[0].starts_with("stdin: "), "{table}");
    for (number, part) in [
        (1, "chain"),
        (1, "score"),
        (1, "confidence"),
        (2, "utf-8>windows-1252"),
        (2, " %"),
        (2, "Der Müller hörte"),
    ] {
        assert!(
            lines[number].contains(part),
            "{part:?} is missing in\n{table}"
        );
    }
    // Two letters of evidence, and a hint.
    let ranked = |lang: &str| {
        let output = run_with_input(program("detect").args(["--lang", lang]), "ÁèçíÜ");
        done(&output).to_vec()
    };
    assert_ne!(ranked("el"), ranked("ru,uk"));
    let output = run(program("detect").args(["--lang", "xx"]));
    assert!(refused(&output, 2).contains("--lang xx: no such language"));
    let output = run_with_input(&mut program("detect"), "plain");
    assert_eq!(
        done(&output),
        b"stdin: no mis-decoding explains all of this text; `fix --explain` judges each line, and what was lost\n"
    );
}

#[test]
fn jsonl_answers_line_by_line() {
    let request = serde_json::json!({ "id": 7, "text": mangled(CLEAN), "more": [null] });
    let input = format!("\u{feff}{request}\r\n\n{{\"text\":\"plain\\u0000\"}}\n{{\"text\":\"\"}}");
    let output = run_with_input(program("fix").arg("--jsonl"), input);
    let lines = String::from_utf8(done(&output).to_vec()).unwrap();
    assert!(lines.ends_with('\n'));
    let answers: Vec<Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(answers.len(), 3);

    assert_eq!(answers[0]["text"], CLEAN);
    assert_eq!(answers[0]["changed"], true);
    assert!((0.5..=1.0).contains(&answers[0]["confidence"].as_f64().unwrap()));
    let edits = answers[0]["edits"].as_array().unwrap();
    assert!(!edits.is_empty());
    for edit in edits {
        let place = |name: &str| usize::try_from(edit[name].as_u64().unwrap()).unwrap();
        assert_eq!(CLEAN[place("start")..place("end")], edit["after"]);
        assert_eq!(edit["before"], mangled(edit["after"].as_str().unwrap()));
        assert_eq!(edit["chain"], "utf-8>windows-1252");
        assert_eq!(edit["exact"], true);
        assert!(edit["confidence"].is_f64());
        assert_eq!(edit.as_object().unwrap().len(), 7);
    }
    let unchanged = |text| serde_json::json!({ "text": text, "changed": false, "confidence": 1.0, "edits": [] });
    assert_eq!(answers[1], unchanged("plain\0"));
    assert_eq!(answers[2], unchanged(""));
}

#[test]
fn jsonl_names_the_broken_line() {
    for (broken, part) in [
        (&b"{\"text\": 1}"[..], "expected a string"),
        (b"{\"texts\": \"\"}", "missing field `text`"),
        (b"[\"text\"", "each line must be an object"),
        (b"not json", "each line must be an object"),
        (b"{\"text\": \"\\ud800\"}", "each line must be an object"),
        (
            b"{\"text\": \"\"} {\"text\": \"\"}",
            "each line must be an object",
        ),
        (b"{\"text\": \"\xff\"}", "not UTF-8 at byte 10"),
    ] {
        let input = [b"{\"text\":\"a\"}\n\n", broken, b"\n{\"text\":\"b\"}\n"].concat();
        let output = run_with_input(program("fix").arg("--jsonl"), input);
        let error = refused(&output, 1);
        assert!(
            error.contains("stdin: line 3: ") && error.contains(part),
            "{error}"
        );
        // The line before it has been answered, the line after it has not.
        let answered = String::from_utf8(output.stdout).unwrap();
        assert_eq!(answered.lines().count(), 1, "{answered}");
    }
    let folder = Folder::new();
    let file = folder.file("a.jsonl", "{\"text\":\"a\"}\n");
    let missing = folder.path("missing");
    let output = run(program("fix").arg("--jsonl").arg(&file).arg(missing));
    refused(&output, 2);
    assert!(output.stdout.is_empty());
}

#[test]
fn jsonl_answers_before_it_waits_for_more() {
    let mut child = piped(program("fix").arg("--jsonl"));
    let mut stdin = child.stdin.take().unwrap();
    let stdout = BufReader::new(child.stdout.take().unwrap());
    let (sender, answers) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        for line in stdout.lines() {
            let _ = sender.send(line.unwrap());
        }
    });
    let answer = || {
        answers
            .recv_timeout(Duration::from_secs(30))
            .expect("an answer")
    };

    stdin.write_all(b"{\"text\":\"first\"}\n").unwrap();
    assert!(answer().contains("first"));
    // The beginning of a line does not hold up the answer to the one before.
    stdin.write_all(b"{\"text\":\"second\"}\n{\"te").unwrap();
    assert!(answer().contains("second"));
    stdin.write_all(b"xt\":\"third\"}\n").unwrap();
    assert!(answer().contains("third"));
    drop(stdin);
    assert!(child.wait().unwrap().success());
}

#[test]
#[cfg(unix)]
fn a_closed_pipe_is_no_error() {
    let text = format!("{}\n", mangled(CLEAN)).repeat(5);
    let json = format!("{}\n", serde_json::json!({ "text": "plain" })).repeat(20_000);
    for (arguments, input) in [(&[][..], text), (&["--jsonl"], json)] {
        let mut child = piped(program("fix").args(arguments));
        drop(child.stdout.take());
        let mut stdin = child.stdin.take().unwrap();
        let writer = std::thread::spawn(move || {
            let _ = stdin.write_all(input.as_bytes());
        });
        let mut errors = String::new();
        child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut errors)
            .unwrap();
        assert_eq!(errors, "");
        assert_eq!(child.wait().unwrap().code(), Some(0));
        writer.join().unwrap();
    }
}
