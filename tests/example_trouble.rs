//! What any of the example programs may meet: folders that cannot be written to, full disks, input
//! that is no text or not there, readers that go away, interrupts.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail so"
)]

mod programs;

use std::fs;
use std::io::Write as _;
use std::path::Path;

use programs::{CLEAN, Folder, done, mangled, piped, program, refused, run};

/// Each program with a file that it can work on, and how it is told to write into its folder.
const PROGRAMS: [(&str, &str, &[&str]); 10] = [
    ("fix", "a.txt", &["-i", "a.txt"]),
    ("stream", "a.txt", &["-o", "a.txt", "a.txt"]),
    ("table", "a.csv", &["-i", "a.csv"]),
    ("export", "a.json", &["-i", "a.json"]),
    ("dump", "a.sql", &["-i", "a.sql"]),
    (
        "mangle",
        "a.txt",
        &["--lines", "utf-8>windows-1252", "-o", "a.txt", "a.txt"],
    ),
    ("decode", "a.txt", &["-o", "new.txt", "a.txt"]),
    (
        "revert",
        "repaired.txt",
        &["-o", "repaired.txt", "repaired.txt"],
    ),
    ("archive", "a.zip", &["extract", "a.zip", "--to", "new"]),
    ("filenames", "FÃ¼r Käthe und MÃ¼ller.txt", &["--apply", "."]),
];

/// A file that the program would change, long enough not to fit where little fits.
fn file_for(folder: &Folder, name: &str) {
    let text = mangled(CLEAN).replace("\r\n", " ");
    let rest = "A line that is long enough by itself.\n".repeat(200);
    if name == "repaired.txt" {
        let mangled = format!("{text}\n{rest}");
        let repair = unbake::repair(&mangled);
        folder.file("repaired.txt.unbake-patch", repair.patch().to_string());
        folder.file(name, repair.text());
        return;
    }
    let content = match Path::new(name).extension().and_then(|e| e.to_str()) {
        Some("csv") => format!(
            "id,text\n1,{}\n{}",
            text.replace(',', " "),
            "2,plain\n".repeat(999)
        ),
        Some("json") => {
            let text = mangled_by_latin_1("Für Käthe gab es Äpfel");
            format!("[{}\"{text}\"]", "\"plain\", ".repeat(999))
        }
        Some("sql") => format!(
            "-- MySQL dump\nSELECT '{text}';\n{}",
            "-- plain\n".repeat(999)
        ),
        Some("zip") => {
            let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
            let options = zip::write::SimpleFileOptions::default();
            zip.start_file("long.txt", options).unwrap();
            zip.write_all(rest.as_bytes()).unwrap();
            folder.file(name, zip.finish().unwrap().into_inner());
            return;
        }
        _ => format!("{text}\n{rest}"),
    };
    folder.file(name, content);
}

fn mangled_by_latin_1(clean: &str) -> String {
    let chain: unbake::misdecoding::Chain = "utf-8>iso-8859-1".parse().unwrap();
    chain.mangle(clean).unwrap()
}

/// The names of the files and what they hold.
fn content(folder: &Folder) -> Vec<(String, Option<Vec<u8>>)> {
    let names = folder.names().into_iter();
    names
        .map(|name| {
            let content = fs::read(folder.path(&name)).ok();
            (name, content)
        })
        .collect()
}

#[test]
fn they_do_what_they_are_told_where_nothing_hinders_them() {
    for (name, file, arguments) in PROGRAMS {
        let folder = Folder::new();
        file_for(&folder, file);
        let before = content(&folder);
        let output = run(program(name).args(arguments).current_dir(&folder.0));
        done(&output);
        assert_ne!(content(&folder), before, "{name}");
        // Whoever changes something in place says how to take it back.
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8_lossy(&said).into_owned();
        let in_place = arguments.contains(&"-i") || arguments.contains(&"--apply");
        assert_eq!(said.contains("--undo"), in_place, "{name}: {said}");
    }
}

#[test]
#[cfg(unix)]
fn a_folder_that_cannot_be_written_to_stays_as_it_is() {
    use std::os::unix::fs::PermissionsExt as _;

    for (name, file, arguments) in PROGRAMS {
        let Some(mut command) = programs::unprivileged(name) else {
            println!("skipped: there is no user here who may not write everywhere");
            return;
        };
        let folder = Folder::new();
        file_for(&folder, file);
        let before = content(&folder);
        fs::set_permissions(&folder.0, fs::Permissions::from_mode(0o555)).unwrap();
        let output = run(command.args(arguments).current_dir(&folder.0));
        fs::set_permissions(&folder.0, fs::Permissions::from_mode(0o755)).unwrap();
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{name}: {error}");
        assert!(error.contains("ermission denied"), "{name}: {error}");
        assert_eq!(content(&folder), before, "{name}");
    }
}

#[test]
#[cfg(unix)]
fn what_cannot_be_read_in_a_folder_is_told_and_the_rest_is_done() {
    use std::os::unix::fs::PermissionsExt as _;

    let text = mangled(CLEAN).replace("\r\n", " ");
    let json = format!("[\"{}\"]", mangled_by_latin_1("Für Käthe gab es Äpfel"));
    for (name, file, content, arguments, part) in [
        (
            "fix",
            "z.txt",
            text.as_str(),
            &["--diff", "-r", "."][..],
            "Müller",
        ),
        (
            "filenames",
            "MÃ¼ller und KÃ¤the.txt",
            "",
            &["-r", "."],
            "Müller",
        ),
        ("export", "z.json", &json, &["-i", "-r", "."], "z.json"),
    ] {
        let Some(mut command) = programs::unprivileged(name) else {
            println!("skipped: there is no user here who may not read everywhere");
            return;
        };
        let folder = Folder::new();
        fs::create_dir(folder.path("closed")).unwrap();
        folder.file(file, content);
        for (path, mode) in [("closed", 0o000), ("", 0o777), (file, 0o666)] {
            let mode = fs::Permissions::from_mode(mode);
            fs::set_permissions(folder.path(path), mode).unwrap();
        }
        let output = run(command.args(arguments).current_dir(&folder.0));
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{name}: {error}");
        assert!(error.contains("/closed: cannot be read"), "{name}: {error}");
        let out = String::from_utf8_lossy(&output.stdout).into_owned() + &error;
        assert!(out.contains(part), "{name}: {out}");
    }
}

#[test]
#[cfg(unix)]
fn a_disk_on_which_little_fits_loses_nothing() {
    for (name, file, arguments) in PROGRAMS {
        // A log of renamed files needs little: nothing fits there.
        let blocks = if name == "filenames" { 0 } else { 2 };
        let folder = Folder::new();
        file_for(&folder, file);
        let before = content(&folder);
        let mut command = programs::limited(name, blocks);
        let output = run(command.args(arguments).current_dir(&folder.0));
        // The limit is met like any other trouble, and does not end the program.
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{name}: {error}");
        assert!(error.contains("cannot be written"), "{name}: {error}");
        assert_eq!(content(&folder), before, "{name}");
    }
}

#[test]
fn input_that_is_not_there_or_no_text_is_refused() {
    for name in PROGRAMS
        .map(|(name, ..)| name)
        .into_iter()
        .chain(["detect"])
    {
        let folder = Folder::new();
        folder.file("bytes", b"\xff\xd8\xff\xe0\0\x10JFIF");
        fs::create_dir(folder.path("folder")).unwrap();
        let before = content(&folder);
        for input in ["missing", "bytes", "folder"] {
            let first: &[&str] = match name {
                // Any folder will do for one, and any bytes for the other.
                "filenames" if input == "folder" => continue,
                "dump" | "decode" if input == "bytes" => continue,
                "archive" => &["list"],
                "mangle" => &["utf-8>windows-1252"],
                _ => &[],
            };
            let mut command = program(name);
            let output = run(command.args(first).arg(input).current_dir(&folder.0));
            let error = refused(&output, 2);
            assert!(error.contains(input), "{name}: {error}");
            assert!(output.stdout.is_empty(), "{name}");
        }
        assert_eq!(content(&folder), before, "{name}");
    }
}

#[test]
fn each_says_what_it_is_and_how_it_ends() {
    for name in PROGRAMS
        .map(|(name, ..)| name)
        .into_iter()
        .chain(["detect"])
    {
        let version = run(program(name).arg("--version"));
        let expected = format!("unbake {}\n", env!("CARGO_PKG_VERSION"));
        assert_eq!(String::from_utf8_lossy(done(&version)), expected, "{name}");
        let help = run(program(name).arg("--help"));
        let help = String::from_utf8_lossy(done(&help)).into_owned();
        assert!(
            help.contains("Exit codes: 0 when all was"),
            "{name}: {help}"
        );
    }
}

#[test]
fn a_name_that_is_no_encoding_leads_to_the_list() {
    for (name, arguments) in [
        ("archive", &["list", "--encoding", "klingon", "a.zip"][..]),
        ("filenames", &["--encoding", "klingon"]),
        ("mangle", &["utf-8>klingon"]),
    ] {
        let output = run(program(name).args(arguments));
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{name}: {error}");
        assert!(
            error.contains("--encodings` lists") || error.contains("--encodings lists"),
            "{name}: {error}"
        );
    }
    let folder = Folder::new();
    folder.file("a.txt", "");
    done(&run(program("filenames")
        .args(["--encoding", "CP-866"])
        .arg(&folder.0)));
}

#[test]
fn standard_input_is_refused_where_it_cannot_be_read() {
    for (name, arguments, part) in [
        ("archive", &["list", "-"][..], "name a file"),
        ("archive", &["extract", "-", "--to", "x"], "name a file"),
        ("revert", &["-"], "no patch beside standard input"),
        ("fix", &["-i", "-"], "name the files"),
        ("table", &["-i", "-"], "needs the name of a file"),
    ] {
        let error = refused(&run(program(name).args(arguments)), 2);
        assert!(error.contains(part), "{name}: {error}");
    }
}

#[test]
fn what_has_to_be_unpacked_or_converted_first_is_told() {
    for (start, part) in [
        (&b"\x1f\x8b\x08\0"[..], "unpack it first"),
        (b"BZh9\xff", "unpack it first"),
        (b"PK\x03\x04\xff", "zip file"),
        (b"%PDF-1.7\n\xff", "save it as text"),
        (b"\xff\xfe-\0-\0", "UTF-16"),
    ] {
        for name in ["fix", "table", "export", "dump", "mangle"] {
            let folder = Folder::new();
            folder.file("input", [start, &[0x8f; 40]].concat());
            let chain = (name == "mangle").then_some("utf-8>gbk");
            let mut command = program(name);
            let output = run(command.args(chain).arg("input").current_dir(&folder.0));
            let error = refused(&output, 2);
            assert!(error.contains(part), "{name}: {error}");
        }
    }
    let output = programs::run_with_input(&mut program("dump"), b"PGDMP\x01\x0e");
    assert!(refused(&output, 2).contains("pg_restore"));
}

#[test]
fn what_is_utf8_but_for_some_bytes_is_told_from_other_encodings() {
    let bytes = [CLEAN.as_bytes(), b"\xff", CLEAN.as_bytes()].concat();
    let advice = "most of it is: `stream --invalid keep`";
    let error = refused(&programs::run_with_input(&mut program("fix"), &bytes), 2);
    assert!(error.contains(advice), "{error}");
    let latin = unbake::encoding::Encoding::Windows1252
        .encode(CLEAN)
        .unwrap();
    let error = refused(&programs::run_with_input(&mut program("fix"), latin), 2);
    assert!(error.contains("it looks like windows-1252"), "{error}");
}

#[test]
fn empty_files_are_no_trouble() {
    let folder = Folder::new();
    folder.file("empty", "");
    for (name, arguments) in [
        ("fix", &["empty"][..]),
        ("fix", &["-i", "empty"]),
        ("fix", &["--check", "empty"]),
        ("fix", &["--jsonl", "empty"]),
        ("stream", &["empty"]),
        ("table", &["empty"]),
        ("table", &["--format", "jsonl", "empty"]),
        ("dump", &["--dialect", "mysql", "empty"]),
        ("mangle", &["utf-8>windows-1252", "empty"]),
        ("filenames", &["."]),
    ] {
        let output = run(program(name).args(arguments).current_dir(&folder.0));
        assert_eq!(done(&output), b"", "{name} {arguments:?}");
    }
    assert_eq!(folder.names(), ["empty"]);
    // Nothing at all is neither JSON nor an archive.
    for (name, arguments) in [("export", &["empty"][..]), ("archive", &["list", "empty"])] {
        let output = run(program(name).args(arguments).current_dir(&folder.0));
        refused(&output, 2);
    }
}

#[test]
#[cfg(unix)]
fn who_reads_on_no_longer_is_not_told_about_it() {
    for (name, file, arguments) in PROGRAMS {
        let arguments: Vec<&str> = match name {
            "filenames" => vec!["."],
            "archive" => vec!["list", file],
            "mangle" => vec!["--lines", "utf-8>windows-1252", file],
            _ => vec![arguments.last().unwrap()],
        };
        let folder = Folder::new();
        file_for(&folder, file);
        let mut child = piped(program(name).args(&arguments).current_dir(&folder.0));
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{name}");
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!error.contains("pipe"), "{name}: {error}");
    }
}

#[test]
#[cfg(unix)]
fn an_interrupt_leaves_nothing_unfinished() {
    use std::os::unix::process::ExitStatusExt as _;

    for signal in ["INT", "TERM"] {
        let folder = Folder::new();
        folder.file("out.txt", "kept");
        let mut command = program("stream");
        let mut child = piped(command.args(["-o", "out.txt"]).current_dir(&folder.0));
        // The input does not end before it is interrupted.
        let stdin = child.stdin.take().unwrap();
        let deadline = std::time::Instant::now() + std::time::Duration::from_secs(60);
        while folder.names().len() < 2 {
            assert!(std::time::Instant::now() < deadline, "it never began");
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        let kill = format!("kill -{signal} {}", child.id());
        let killed = std::process::Command::new("sh")
            .arg("-c")
            .arg(kill)
            .status();
        assert!(killed.unwrap().success());
        let output = child.wait_with_output().unwrap();
        drop(stdin);
        assert!(output.status.signal().is_some(), "{output:?}");
        assert_eq!(folder.names(), ["out.txt"], "{signal}");
        assert_eq!(fs::read(folder.path("out.txt")).unwrap(), b"kept");
    }
}
