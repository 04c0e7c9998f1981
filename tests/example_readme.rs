//! What the front pages tell somebody to type, typed into a shell.

#![cfg(unix)]
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
use std::process::{Command, Output};

use programs::{CLEAN, Folder, done, mangled, program, run};
use unbake::encoding::Encoding;
use unbake::misdecoding::Chain;

const README: &str = include_str!("../README.md");
const EXAMPLES: &str = include_str!("../examples/README.md");
const PROGRAMS: [&str; 11] = [
    "archive",
    "decode",
    "detect",
    "dump",
    "export",
    "filenames",
    "fix",
    "mangle",
    "revert",
    "stream",
    "table",
];

/// A command line in a shell that finds the programs.
fn shell(folder: &Folder, line: &str) -> Output {
    let built = PROGRAMS.map(program);
    let programs = Path::new(built[0].get_program()).parent().unwrap();
    let path = std::env::var("PATH").unwrap();
    let mut command = Command::new("sh");
    command.arg("-c").arg(line).current_dir(&folder.0);
    run(command.env("PATH", format!("{}:{path}", programs.display())))
}

/// All the files that the front page talks of, mangled.
fn files() -> Folder {
    let folder = Folder::new();
    for name in ["src", "docs", "facebook", "music"] {
        fs::create_dir(folder.path(name)).unwrap();
    }
    let text = mangled(CLEAN);
    for name in ["src/a.rs", "docs/a.md", "docs/b.txt", "text.txt"] {
        folder.file(name, &text);
    }
    let gbk: Chain = "utf-8>gbk".parse().unwrap();
    folder.file(
        "notes.txt",
        gbk.mangle("返回用户的名字如果没有找到就返回").unwrap(),
    );
    folder.file("letter.txt", Encoding::Windows1252.encode(CLEAN).unwrap());
    folder.file(
        "page.html",
        "sch&Atilde;&para;n, F&Atilde;&frac14;r K&Atilde;&curren;the",
    );
    folder.file("facebook/a.json", r#"["Caf\u00c3\u00a9"]"#);
    let cells = mangled("1,Jürgen Müller\n2,Käthe Schröder\n");
    folder.file("customers.csv", format!("id,name\n{cells}"));
    let sql = format!("-- MySQL dump\nSELECT '{}';\n", mangled("Für Käthe Müller"));
    folder.file("backup.sql", &sql);
    folder.file("dump.sql", &sql);
    for name in ["Für Käthe", "Schöne Grüße"] {
        folder.file(&format!("music/{}.mp3", mangled(name)), name);
    }
    let mut zip = zip::ZipWriter::new(fs::File::create(folder.path("old.zip")).unwrap());
    zip.start_file("a.txt", zip::write::SimpleFileOptions::default())
        .unwrap();
    zip.write_all(b"content").unwrap();
    zip.finish().unwrap();
    done(&shell(
        &folder,
        "fix --patch text.patch -o text.txt text.txt",
    ));
    folder
}

/// The files and folders below, and what they hold; not those that a way back leaves.
fn content(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.display().to_string();
        if path.is_dir() {
            found.extend(content(&path));
        } else if !name.ends_with(".repaired") && !name.ends_with(".log") {
            found.push((name, fs::read(&path).unwrap()));
        }
    }
    found.sort();
    found
}

/// The commands in the last two columns of a table with this head.
fn rows(page: &str, head: &str) -> Vec<[Vec<String>; 2]> {
    let table = page.split(head).nth(1).unwrap();
    let rows = table.lines().skip(2);
    let rows = rows.take_while(|line| line.starts_with('|'));
    let rows = rows.map(|row| {
        // Backquotes enclose commands; a pipe within one is escaped.
        let row = row.replace("\\|", "\u{0}");
        let mut cells = row.split('|').skip(2).map(|cell| {
            let commands = cell.split('`').skip(1).step_by(2);
            commands
                .map(|command| command.replace('\u{0}', "|"))
                .collect()
        });
        [cells.next().unwrap(), cells.next().unwrap()]
    });
    rows.collect()
}

#[test]
fn each_trouble_is_repaired_by_one_command_and_taken_back_by_another() {
    let mut tried = 0;
    for [repair, back] in rows(README, "| the trouble | repair it | take it back |") {
        let repair = &repair[0];
        let folder = files();
        let before = content(&folder.0);
        let output = shell(&folder, repair);
        let out = String::from_utf8_lossy(done(&output)).into_owned();
        tried += 1;
        if let Some(back) = back.first() {
            assert_ne!(content(&folder.0), before, "{repair}");
            done(&shell(&folder, back));
            assert_eq!(content(&folder.0), before, "{back}");
        } else {
            let readable = fs::read_to_string(folder.path("readable.txt"));
            let said = out + &readable.unwrap_or_default();
            assert!(said.contains("schön"), "{repair}: {said}");
        }
    }
    assert!(tried >= 5, "{tried}");
}

#[test]
fn so_is_each_trouble_of_the_examples() {
    let mut tried = 0;
    for [repair, back] in rows(EXAMPLES, "| the trouble | do | take it back |") {
        let folder = files();
        folder.file("notes.txt", mangled(CLEAN));
        folder.file("clean.txt", "Привет, мир");
        fs::rename(folder.path("old.zip"), folder.path("papers.zip")).unwrap();
        fs::rename(
            folder.path("facebook"),
            folder.path("your_facebook_activity"),
        )
        .unwrap();
        if repair[0].starts_with("revert") {
            done(&shell(&folder, "fix -i notes.txt"));
        }
        let before = content(&folder.0);
        for command in &repair {
            let output = shell(&folder, command);
            let error = String::from_utf8_lossy(&output.stderr).into_owned();
            let code = i32::from(command.contains("--check"));
            assert_eq!(output.status.code(), Some(code), "{command}: {error}");
            tried += 1;
        }
        // What is left out with an ellipsis is no command.
        if let Some(back) = back
            .first()
            .filter(|back| back.contains("--undo") && !back.contains('…'))
        {
            assert_ne!(content(&folder.0), before, "{repair:?}");
            done(&shell(&folder, back));
            assert_eq!(content(&folder.0), before, "{back}");
        }
    }
    assert!(tried >= 18, "{tried}");
}

#[test]
fn the_program_in_python_works() {
    let script = EXAMPLES.split("```python\n").nth(1).unwrap();
    let script = script.split("```").next().unwrap();
    let fix = program("fix").get_program().to_str().unwrap().to_owned();
    let script = script.replace("target/release/examples/fix", &fix);
    let Ok(output) = Command::new("python3")
        .args(["-X", "utf8", "-c", &script])
        .output()
    else {
        println!("skipped: python3 does not run here");
        return;
    };
    assert_eq!(String::from_utf8_lossy(done(&output)), "schön\n");
}

#[test]
fn the_other_commands_do_something() {
    let section = README.split("## At the command line").nth(1).unwrap();
    let block = section.split("```sh\n").nth(2).unwrap();
    let block = block.split("```").next().unwrap();
    let mut tried = 0;
    for line in block.lines().filter(|line| !line.trim().is_empty()) {
        let folder = files();
        let before = content(&folder.0);
        let output = shell(&folder, line);
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        // A check that finds something says so by its exit code.
        let code = i32::from(line.contains("--check"));
        assert_eq!(output.status.code(), Some(code), "{line}: {error}");
        let undone = line.contains("--undo");
        assert!(
            undone || !output.stdout.is_empty() || content(&folder.0) != before,
            "{line}: {error}"
        );
        if undone {
            assert_eq!(content(&folder.0), before, "{line}");
        }
        tried += 1;
    }
    assert!(tried >= 8, "{tried}");
}
