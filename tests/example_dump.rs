//! `dump` as somebody at a shell meets it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail so"
)]

mod programs;

use std::fs;

use programs::{Folder, at_random, done, mangled, program, refused, run, run_with_input};

const TEXT: &str = "schöne Grüße aus Köln";

/// A template with `B` for text that was encoded twice, and `G` for the same text as it was meant.
fn filled(template: &str, bad: &str) -> String {
    template.replace("{B}", bad).replace("{G}", TEXT)
}

#[track_caller]
fn check(arguments: &[&str], template: &str) {
    let output = run_with_input(
        program("dump").args(arguments),
        filled(template, &mangled(TEXT)),
    );
    assert_eq!(
        String::from_utf8_lossy(done(&output)),
        filled(template, TEXT)
    );
}

#[test]
fn mysql_literals_are_repaired_and_nothing_else() {
    check(
        &[],
        "-- MySQL dump 10.13\r\n\
         /*!40101 SET NAMES utf8 */;\n\
         INSERT INTO `t` VALUES (1,'{B}','it\\'s {B}'),(2,'{G}','o''clock {B}'),(3,'\\\\',NULL,0x41);\n\
         INSERT INTO `t` VALUES (4,'C:\\\\','{B}',\"\",'tab\\tline\\n{B}');\n\
         /*!50003 SET @a = '{B}' */;\n",
    );
    // What stands elsewhere stays: comments, identifiers, marked bytes.
    let bad = mangled(TEXT);
    for clean in [
        format!("-- MySQL dump: it's {bad}\n# '{bad}'\n/* '{bad}' */\n"),
        format!("-- MySQL dump\nSELECT `{bad}`, \"{bad}\";\n"),
        format!("-- MySQL dump\nINSERT INTO t VALUES (_binary '{bad}');\n"),
    ] {
        let output = run_with_input(&mut program("dump"), &clean);
        assert_eq!(String::from_utf8_lossy(done(&output)), clean);
    }
}

#[test]
fn a_string_that_is_not_closed_is_told() {
    let bad = mangled(TEXT);
    let head = format!("-- MySQL dump\nSELECT '{bad}';\n");
    let rest = format!("INSERT INTO t VALUES ('never closed {bad}\n");
    let output = run_with_input(&mut program("dump"), head + &rest);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    // What stands before it is repaired, and all of it is there.
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        format!("-- MySQL dump\nSELECT '{TEXT}';\n{rest}")
    );
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told.contains("begins in line 3 is not closed"), "{told}");
}

#[test]
fn standard_literals_are_repaired_and_nothing_else() {
    check(
        &[],
        "--\n-- PostgreSQL database dump\n--\n\
         INSERT INTO t VALUES ('C:\\', '{B}', 'it''s {B}', E'it\\'s {B}', \"a\" , '{G}');\n\
         COPY public.t (id, name) FROM stdin;\n\
         1\t{B}\\n{B}\t\\N\n\
         2\t{G}\tit's\n\
         \\.\n\
         SELECT '{B}';\n",
    );
    let bad = mangled(TEXT);
    let functions = format!(
        "-- PostgreSQL database dump\nCREATE FUNCTION f() AS $_$ '{bad}' $$ $_$;\nSELECT $1, a$b$ FROM \"it's {bad}\";\n"
    );
    let output = run_with_input(&mut program("dump"), &functions);
    assert_eq!(String::from_utf8_lossy(done(&output)), functions);
}

#[test]
fn bytes_that_are_no_text_pass() {
    let mut sql = b"-- MySQL dump\nINSERT INTO t VALUES ('\xff\xfe\\0\\'','".to_vec();
    sql.extend(mangled(TEXT).bytes());
    sql.extend(b"','\x80'),('");
    let mut expected = sql.clone();
    sql.extend(mangled(TEXT).bytes());
    expected.extend(TEXT.bytes());
    for bytes in [&mut sql, &mut expected] {
        bytes.extend(b"');\n\xff");
    }
    // The first one is there as it was before it was mangled, too.
    let at = expected
        .windows(4)
        .position(|some| some == b"\\'',")
        .unwrap();
    expected.splice(at + 5..at + 5 + mangled(TEXT).len(), TEXT.bytes());
    let output = run_with_input(&mut program("dump"), &sql);
    assert_eq!(done(&output), expected);
}

#[test]
fn size_does_not_matter() {
    let folder = Folder::new();
    // Lines and literals across the borders of what is read at once, and one that is far too long.
    let long = "é".repeat(700_000);
    let row = |n: usize, text: &str| format!("({n},'{text}','plain'),");
    let sql = |text: &str| {
        let mut sql = "-- MySQL dump\nINSERT INTO t VALUES ".to_owned();
        for n in 0..6000 {
            sql += &row(
                n,
                if n % 500 == 0 {
                    text
                } else {
                    "plain, and some more of it"
                },
            );
        }
        sql + &format!("(0,'{long}');\n")
    };
    let file = folder.file("a.sql", sql(&mangled(TEXT)));
    for jobs in ["1", "3"] {
        let output = run(program("dump").args(["--jobs", jobs]).arg(&file));
        assert!(done(&output) == sql(TEXT).as_bytes());
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(
            told.contains("12 texts outside ASCII, 12 repaired"),
            "{told}"
        );
    }
}

#[test]
fn what_was_changed_is_noted_and_taken_back() {
    let folder = Folder::new();
    let sql = format!(
        "-- MySQL dump\n\nINSERT INTO t VALUES ('{}');\n",
        mangled("schöne Grüße")
    );
    let file = folder.file("a.sql", &sql);
    let changes = folder.path("changes.jsonl");
    let output = run(program("dump")
        .arg("--in-place")
        .arg("--changes")
        .arg(&changes)
        .arg(&file));
    assert!(done(&output).is_empty());
    let repaired = fs::read_to_string(&file).unwrap();
    assert_eq!(
        repaired,
        "-- MySQL dump\n\nINSERT INTO t VALUES ('schöne Grüße');\n"
    );
    let noted = fs::read_to_string(&changes).unwrap();
    assert!(!noted.is_empty());
    for line in noted.lines() {
        let change: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(change["line"], 3);
        assert_eq!(change["chain"], "utf-8>windows-1252");
        let after = change["after"].as_str().unwrap();
        assert_eq!(change["before"], mangled(after));
    }
    done(&run(program("fix").arg("--undo").arg(&file)));
    assert_eq!(fs::read_to_string(&file).unwrap(), sql);
}

#[test]
fn what_needs_no_repair_is_not_touched() {
    let folder = Folder::new();
    let file = folder.file("a.sql", "-- MySQL dump\nSELECT 'schön';\n");
    // Twice, since an original that was kept for nothing would be in the way.
    for _ in 0..2 {
        let output = run(program("dump").arg("--in-place").arg(&file));
        done(&output);
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(told.contains("nothing to repair"), "{told}");
        assert!(!told.contains("--undo"), "{told}");
        assert_eq!(folder.names(), ["a.sql"]);
    }
}

#[test]
fn the_dialect_is_asked_for_where_it_is_not_told() {
    let unclear = format!("INSERT INTO t VALUES ('C:\\', '{}');\n", mangled(TEXT));
    let error = refused(&run_with_input(&mut program("dump"), &unclear), 2);
    assert!(error.contains("--dialect"), "{error}");
    check(
        &["--dialect", "standard"],
        "INSERT INTO t VALUES ('C:\\', '{B}');\n",
    );
    check(
        &["--dialect", "mysql"],
        "INSERT INTO t VALUES ('C:\\'', '{B}');\n",
    );
    check(&[], "\u{feff}INSERT INTO t VALUES ('{B}');\n");
    check(
        &[],
        "PRAGMA foreign_keys=OFF;\nINSERT INTO t VALUES('\\','{B}');\n",
    );
    check(&[], "");
}

#[test]
fn nothing_is_lost() {
    let folder = Folder::new();
    let sql = filled("-- MySQL dump\nSELECT '{B}';\n", &mangled(TEXT)) + &"-- plain\n".repeat(500);
    let file = folder.file("a.sql", &sql);
    for (arguments, code, part) in [
        (&["missing.sql"][..], 2, "cannot be read"),
        (&["."], 2, "name the files in it"),
        (&["a.sql", "--changes", "a.sql"], 2, "--changes"),
        (&["a.sql", "--output", "a.sql/x"], 1, "cannot be written"),
        (&["-", "--in-place"], 2, "--in-place"),
    ] {
        let error = refused(
            &run(program("dump").args(arguments).current_dir(&folder.0)),
            code,
        );
        assert!(error.contains(part), "{error}");
    }
    #[cfg(unix)]
    {
        let output = run(programs::limited("dump", 2).arg("--in-place").arg(&file));
        assert!(refused(&output, 1).contains("cannot be written"));
    }
    folder.file("a.sql.unbake-orig", "older");
    let output = run(program("dump").arg("--in-place").arg(&file));
    assert!(refused(&output, 1).contains("a.sql.unbake-orig"));
    assert_eq!(
        fs::read_to_string(folder.path("a.sql.unbake-orig")).unwrap(),
        "older"
    );
    assert_eq!(fs::read_to_string(&file).unwrap(), sql);
    assert_eq!(folder.names(), ["a.sql", "a.sql.unbake-orig"]);
}

#[test]
fn whatever_it_is_it_comes_through() {
    const PARTS: &[&[u8]] = &[
        b"'",
        b"''",
        b"\\",
        b"\\'",
        b"\"",
        b"`",
        b"-- ",
        b"#",
        b"/*",
        b"*/",
        b"/*!",
        b"$$",
        b"$a$",
        b"$",
        b"E'",
        b"_binary '",
        b"COPY t FROM stdin;\n",
        b"\\.\n",
        b"\t",
        b"\n",
        b"\r\n",
        b"\xff",
        b"\x80",
        "k\u{e9}".as_bytes(),
        "\u{65e5}\u{672c}".as_bytes(),
        b"a",
        b" ",
        b",",
        b"(",
        b";",
    ];
    for (number, sql) in at_random(PARTS, 60).take(120).enumerate() {
        let dialect = ["mysql", "standard"][number % 2];
        let output = run_with_input(
            program("dump").args(["--threshold", "1", "--dialect", dialect]),
            &sql,
        );
        assert_eq!(output.stdout, sql, "{dialect}");
        if output.status.code() == Some(1) {
            let told = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(told.contains("is not closed"), "{told}");
        } else {
            done(&output);
        }
    }
}
