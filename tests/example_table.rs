//! `table` as somebody at a shell meets it.

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

/// Cells of one column, clean and as they were mangled.
const NAMES: [&str; 5] = ["Jürgen", "Käthe", "Björn", "Groß, Anna", "Zoë"];

/// A table with a mangled column, in CSV.
fn csv(name: impl Fn(&str) -> String) -> String {
    let mut table = "id,name,note\r\n".to_owned();
    for (id, clean) in NAMES.iter().enumerate() {
        let name = name(clean);
        let name = if name.contains(',') {
            format!("\"{name}\"")
        } else {
            name
        };
        table += &format!("{id},{name},\"plain, but quoted\"\r\n");
    }
    table
}

fn told(output: &std::process::Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_column_is_repaired_and_taken_back() {
    let folder = Folder::new();
    let mangled_table = csv(mangled);
    let file = folder.file("a.csv", &mangled_table);
    let output = run(program("table").args(["--column", "name"]).arg(&file));
    assert_eq!(String::from_utf8_lossy(done(&output)), csv(str::to_owned));
    assert!(
        told(&output).contains("5 cells repaired: utf-8 was read as"),
        "{output:?}"
    );

    let output = run(program("table").arg("--in-place").arg(&file));
    assert!(done(&output).is_empty());
    assert_eq!(fs::read_to_string(&file).unwrap(), csv(str::to_owned));
    assert_eq!(folder.names(), ["a.csv", "a.csv.unbake-orig"]);
    // Once more there is nothing to do, and the original stays what it was.
    let output = run(program("table").arg("--in-place").arg(&file));
    done(&output);
    assert!(told(&output).contains("nothing to repair"));

    done(&run(program("fix").arg("--undo").arg(&file)));
    assert_eq!(fs::read_to_string(&file).unwrap(), mangled_table);

    // The way back is told as it is typed.
    let file = folder.file("my 'own' table.csv", &mangled_table);
    let output = run(program("table")
        .arg("-i")
        .arg(file.file_name().unwrap())
        .current_dir(&folder.0));
    assert!(
        told(&output).contains(r"fix --undo 'my '\''own'\'' table.csv'"),
        "{output:?}"
    );
}

#[test]
fn only_the_chosen_columns_change() {
    let (one, two) = (mangled("Größe"), mangled("schöne Grüße"));
    let table = format!("{one},b\n{two},{two}\n");
    for (column, expected) in [
        // The name of a column is a cell of it.
        ("1", format!("Größe,b\nschöne Grüße,{two}\n")),
        ("b", format!("{one},b\n{two},schöne Grüße\n")),
        (one.as_str(), format!("Größe,b\nschöne Grüße,{two}\n")),
    ] {
        let output = run_with_input(program("table").args(["-c", column]), &table);
        assert_eq!(String::from_utf8_lossy(done(&output)), expected, "{column}");
    }
    let output = run_with_input(program("table").args(["-c", "c"]), &table);
    let error = refused(&output, 2);
    assert!(
        error.contains("no column `c`") && error.contains(", b"),
        "{error}"
    );
    for column in ["0", "3"] {
        refused(
            &run_with_input(program("table").args(["-c", column]), &table),
            2,
        );
    }
}

#[test]
fn rows_are_quoted_as_they_were() {
    let (bad, good) = (mangled("schöne Grüße"), "schöne Grüße");
    let cases: [&str; 9] = [
        "a,b\n1,X\n2,plain\n",
        "\"a\",\"b\"\n\"1\",\"X\"\n\"2\",\"plain\"\n",
        "\"a\",\"b\"\n1,\"X\"\n2,\"plain\"\n",
        "\u{feff}a,b\r\n1,X\r\n\r\n2,plain",
        "a,b\n\"1, or \"\"2\"\"\",X\n\"over\ntwo lines\",plain\n",
        "a,b\n1,X",
        // Some cells in quotes that need none, and empty ones.
        "a,b,c,d\n\"1\",X,\"\",\n2,\"X\",plain,\"\"\n",
        "a;b\n\"1; 2\";X\n\"X\";3\n",
        "a|b\n1, 2|X\n",
    ];
    for case in cases {
        let output = run_with_input(&mut program("table"), case.replace('X', &bad));
        assert_eq!(
            String::from_utf8_lossy(done(&output)),
            case.replace('X', good)
        );
    }
    // A cell that is written in no usual way, as where the delimiter is another, stays.
    let odd = format!("a,b\n\"{bad}\"; \"{bad}\",1\n");
    let output = run_with_input(&mut program("table"), &odd);
    assert_eq!(String::from_utf8_lossy(done(&output)), odd);
    assert!(
        told(&output).contains("1 cell left as before"),
        "{output:?}"
    );
    // Where nothing is to be repaired, not a byte changes, however odd it is.
    for clean in [
        "",
        "\n",
        "\u{feff}",
        "a;b\n",
        "a,\"b\" \n1,2\n",
        "a\r\nb\rc\n\n\n",
        "é,\"é\"\n",
    ] {
        let output = run_with_input(&mut program("table"), clean);
        assert_eq!(String::from_utf8_lossy(done(&output)), clean, "{clean:?}");
    }
}

#[test]
fn rows_may_be_ragged_if_that_is_said() {
    let ragged = |name: fn(&str) -> String| {
        let [short, long] = ["Jürgen", "Käthe"].map(name);
        let more = name("Für Björn");
        format!("id,name\n1,{short}\n2,{long},{more}\n3\n\n4,plain,\n")
    };
    let folder = Folder::new();
    let file = folder.file("a.csv", ragged(mangled));
    let table = |arguments: &[&str]| run(program("table").args(arguments).arg(&file));
    assert!(refused(&table(&[]), 2).contains("--ragged"));
    let output = table(&["--ragged"]);
    assert_eq!(
        String::from_utf8_lossy(done(&output)),
        ragged(str::to_owned)
    );
    // What has no name is chosen by its number.
    let third = String::from_utf8_lossy(done(&table(&["--ragged", "-c", "3"]))).into_owned();
    assert!(third.contains("Für Björn") && third.contains(&mangled("Jürgen")));
}

#[test]
fn other_formats_are_known_by_name_or_said() {
    let folder = Folder::new();
    let bad = mangled("schöne Grüße");
    for (name, arguments, table) in [
        ("a.tsv", &[][..], "a\tb\n1\t\"X\n"),
        ("a.txt", &["--format", "tsv"], "a\tb\n1\tX\n"),
        ("b.csv", &["--delimiter", ";"], "a;b\n1;\"X\"\n"),
        ("c.csv", &["--delimiter", "tab"], "a\tb\n1\tX\n"),
        ("d.csv", &["--no-header", "-c", "2"], "1,X\n"),
        (
            "a.jsonl",
            &[],
            "{\"a\": [\"X\",  1.0], \"X\": null}\r\n\n{\"a\":{\"b\": \"X\"}}",
        ),
        ("a.json", &[], "[{\"a\": \"X\"}]\n"),
        ("untold", &[], "{\"a\": \"X\"}\n"),
        ("e.csv", &[], "{a,b\n1,X\n"),
    ] {
        let file = folder.file(name, table.replace('X', &bad));
        let output = run(program("table").args(arguments).arg(&file));
        // The name of a field is no cell.
        let kept = table.replace("\"X\": null", &format!("\"{bad}\": null"));
        let expected = kept.replace('X', "schöne Grüße");
        assert_eq!(String::from_utf8_lossy(done(&output)), expected, "{name}");
    }
}

#[test]
fn json_lines_keep_how_they_are_written() {
    let escaped: String = mangled("schöne Grüße")
        .encode_utf16()
        .map(|unit| match u8::try_from(unit) {
            Ok(byte) if byte.is_ascii() => char::from(byte).to_string(),
            _ => format!("\\u{unit:04X}"),
        })
        .collect();
    let table = format!("{{ \"a\" : \"\\/{escaped}\\t\", \"b\": {{\"c\": \"{escaped}\"}} }}\n");
    let output = run_with_input(
        program("table").args(["--format", "jsonl", "--column", "a"]),
        &table,
    );
    let expected = format!(
        "{{ \"a\" : \"\\/sch\\u00f6ne Gr\\u00fc\\u00dfe\\t\", \"b\": {{\"c\": \"{escaped}\"}} }}\n"
    );
    assert_eq!(String::from_utf8_lossy(done(&output)), expected);
}

#[test]
fn what_is_not_sure_is_reported() {
    let folder = Folder::new();
    let table = "id,name\n1,plain\n2,schÃ¶n\n";
    let file = folder.file("a.csv", table);
    let report = folder.path("unsure.csv");
    // One word is never sure enough.
    let output = run(program("table")
        .args(["--threshold", "1", "--unsure"])
        .arg(&report)
        .arg(&file));
    assert_eq!(String::from_utf8_lossy(done(&output)), table);
    let mut reader = csv::Reader::from_path(&report).unwrap();
    let header = ["line", "column", "text", "perhaps", "because", "confidence"];
    assert_eq!(reader.headers().unwrap(), &header[..]);
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 1);
    let row: Vec<&str> = rows[0].iter().take(5).collect();
    assert_eq!(
        row,
        [
            "3",
            "name",
            "schÃ¶n",
            "schön",
            "utf-8 was read as windows-1252"
        ]
    );
    // Everything is: the report is there, and empty.
    done(&run(program("table")
        .arg("--unsure")
        .arg(&report)
        .arg(&file)));
    assert_eq!(fs::read_to_string(&report).unwrap().lines().count(), 1);
}

#[test]
fn unusable_input_changes_nothing() {
    let folder = Folder::new();
    let kept = folder.file("kept", "kept");
    let cases: [(&str, &[u8], &str); 7] = [
        (
            "last.csv",
            b"a,b\n1,2\n3,\"4\n5,6\n",
            "line 3: the row that begins there has a quote that is not closed",
        ),
        (
            "ragged.csv",
            b"a,b\n1,2\n1,2,3\n",
            "line 3: this row has 3 cells",
        ),
        ("open.csv", b"a,b\n\"1,2\n1,2\n", "is a quote not closed"),
        ("latin.csv", b"a,b\n1,caf\xe9\n", "not UTF-8"),
        (
            "broken.jsonl",
            b"{\"a\": 1}\n{\"a\": \n",
            "line 2 is not JSON: EOF while parsing a value at column 5",
        ),
        ("pretty.json", b"{\n\"a\": 1\n}\n", "`env export`"),
        ("wide.csv", b"\xff\xfea\0,\0", "UTF-16"),
    ];
    for (name, content, part) in cases {
        let file = folder.file(name, content);
        for arguments in [&["--in-place"][..], &["--output", "kept"]] {
            let output = run(program("table")
                .args(arguments)
                .arg(&file)
                .current_dir(&folder.0));
            let error = refused(&output, 2);
            assert!(error.contains(part), "{error}");
        }
        assert_eq!(fs::read(&file).unwrap(), content);
    }
    assert_eq!(fs::read(&kept).unwrap(), b"kept");
    assert!(
        folder
            .names()
            .iter()
            .all(|name| !name.contains("orig") && !name.contains("tmp"))
    );

    for (name, content) in [
        ("empty.csv", ""),
        ("empty.jsonl", ""),
        ("none.jsonl", "{}\n"),
    ] {
        let file = folder.file(name, content);
        let output = run(program("table").args(["-i", "-c", "name"]).arg(&file));
        assert!(refused(&output, 2).contains("no columns"), "{output:?}");
    }

    // Nobody chooses for the user, and there is no file to change.
    let twice = folder.file("twice.csv", "a,b,a\n1,2,3\n");
    let output = run(program("table").args(["-c", "a"]).arg(&twice));
    assert!(refused(&output, 2).contains("by its number, of 1, 3"));
    done(&run(program("table").args(["-c", "3"]).arg(&twice)));
    let output = run_with_input(program("table").args(["-i", "-"]), "a\n");
    assert!(refused(&output, 2).contains("--in-place needs"));

    let file = folder.file("good.csv", csv(mangled));
    let output = run(program("table").arg("--unsure").arg(&file).arg(&file));
    assert!(refused(&output, 2).contains("--unsure"));
    // An original that is kept already is not lost.
    folder.file("good.csv.unbake-orig", "older");
    let output = run(program("table").arg("--in-place").arg(&file));
    assert!(refused(&output, 1).contains("good.csv.unbake-orig"));
    assert_eq!(fs::read_to_string(&file).unwrap(), csv(mangled));
    assert_eq!(
        fs::read_to_string(folder.path("good.csv.unbake-orig")).unwrap(),
        "older"
    );
}

#[test]
#[cfg(unix)]
fn a_full_disk_loses_nothing() {
    let folder = Folder::new();
    let table = csv(mangled) + &"5,plain,plain\r\n".repeat(400);
    let file = folder.file("a.csv", &table);
    let output = run(programs::limited("table", 2).arg("--in-place").arg(&file));
    let error = refused(&output, 1);
    assert!(error.contains("cannot be written"), "{error}");
    assert_eq!(fs::read_to_string(&file).unwrap(), table);
    assert_eq!(folder.names(), ["a.csv"]);
    if fs::exists("/dev/full").unwrap() {
        let output = run(program("table").arg(&file).args(["--output", "/dev/full"]));
        refused(&output, 1);
    }
}

#[test]
fn whatever_it_is_it_comes_through_or_is_refused() {
    const PARTS: &[&[u8]] = &[
        b"\"",
        b"\"\"",
        b",",
        b"\n",
        b"\r\n",
        b"\r",
        b"\t",
        b" ",
        b"a",
        b"1",
        b"'",
        "\u{feff}".as_bytes(),
        "k\u{e9}".as_bytes(),
        "\u{65e5}\u{672c}".as_bytes(),
    ];
    let mut kept = 0;
    for (number, table) in at_random(PARTS, 12).take(150).enumerate() {
        let format = ["csv", "tsv"][number % 2];
        let arguments = ["--threshold", "1", "--format", format];
        let output = run_with_input(program("table").args(arguments), &table);
        match output.status.code() {
            Some(0) => {
                assert_eq!(output.stdout, table, "{format}");
                kept += 1;
            }
            _ => drop(refused(&output, 2)),
        }
    }
    assert!(kept > 30, "most short tables are tables: {kept}");
}
