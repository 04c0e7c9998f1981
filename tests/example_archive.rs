//! `archive` as somebody at a shell meets it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail so"
)]

mod programs;

use std::fs;
use std::io::{Cursor, Write as _};
use std::path::PathBuf;

use programs::{Folder, done, mangled, program, refused, run};
use unbake::encoding::Encoding;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Whether the archive says that a name is UTF-8.
#[derive(Clone, Copy, PartialEq)]
enum Flag {
    Unset,
    Set,
}

/// A zip file with these bytes as names; the content of each is its number.
///
/// No writer stores such names. So each is stored under another one of the same length, in ASCII
/// or, where the flag is to be set, not, which is then replaced in the bytes of the archive.
fn zip_of(names: &[(&[u8], Flag)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let mut stored = Vec::new();
    for (number, (name, flag)) in names.iter().enumerate() {
        let mut standin = format!("{number:02}{}", "x".repeat(name.len()));
        standin.truncate(name.len());
        if *flag == Flag::Set {
            standin = format!("{}é", &standin[..name.len() - 2]);
        }
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        writer.start_file(&standin, options).unwrap();
        writer.write_all(number.to_string().as_bytes()).unwrap();
        stored.push(standin);
    }
    let mut bytes = writer.finish().unwrap().into_inner();
    for ((name, _), standin) in names.iter().zip(&stored) {
        let standin = standin.as_bytes();
        let mut replaced = 0;
        for at in 0..=bytes.len() - standin.len() {
            if bytes[at..].starts_with(standin) {
                bytes[at..at + standin.len()].copy_from_slice(name);
                replaced += 1;
            }
        }
        assert_eq!(replaced, 2, "in the local header and in the directory");
    }
    bytes
}

/// An archive as a program of that code page packs these names.
fn packed(folder: &Folder, encoding: Encoding, names: &[&str]) -> PathBuf {
    let raw: Vec<Vec<u8>> = names
        .iter()
        .map(|name| encoding.encode(name).unwrap().into_owned())
        .collect();
    let names: Vec<(&[u8], Flag)> = raw
        .iter()
        .map(|name| (name.as_slice(), Flag::Unset))
        .collect();
    folder.file("a.zip", zip_of(&names))
}

#[test]
fn names_are_read_in_the_code_page_they_were_packed_in() {
    // As Windows packs them in each country.
    let cases: [(Encoding, &[&str]); 8] = [
        (
            Encoding::ShiftJis,
            &["新しいフォルダー/表一覧.txt", "新しいフォルダー/テスト.txt"],
        ),
        (Encoding::Gbk, &["新建文件夹/说明.txt", "照片.jpg"]),
        (Encoding::Big5, &["新增資料夾/說明.txt", "照片.jpg"]),
        (Encoding::EucKr, &["새 폴더/사진.txt", "안녕하세요.txt"]),
        (Encoding::Ibm866, &["Документы/Договор.doc", "Отчёт.txt"]),
        (Encoding::Ibm437, &["Résumé.txt", "été à la plage.jpg"]),
        (Encoding::Ibm852, &["Książka.txt", "Żółty.txt"]),
        (Encoding::Ibm737, &["Αρχείο.txt", "Φωτογραφίες.txt"]),
    ];
    for (encoding, names) in cases {
        let folder = Folder::new();
        let archive = packed(&folder, encoding, names);
        let listed = run(program("archive").arg("list").arg(&archive));
        let listed = String::from_utf8(done(&listed).to_vec()).unwrap();
        for name in names {
            assert!(
                listed.contains(&format!("1  {name}   (")),
                "{encoding}: {listed}"
            );
        }
        let output = run(program("archive")
            .arg("extract")
            .arg(&archive)
            .current_dir(&folder.0));
        done(&output);
        for (number, name) in names.iter().enumerate() {
            let content = fs::read_to_string(folder.path("a").join(name)).unwrap();
            assert_eq!(content, number.to_string(), "{encoding}: {name}");
        }
        assert_eq!(folder.names(), ["a", "a.zip"]);
    }
}

#[test]
fn what_the_flag_says_is_weighed() {
    let folder = Folder::new();
    let legacy = Encoding::Ibm866
        .encode("Документы.doc")
        .unwrap()
        .into_owned();
    let utf8 = "Отчёт.txt".as_bytes();
    let mojibake = mangled("schöne Grüße.txt");
    let bytes = zip_of(&[
        (&legacy, Flag::Set),
        (utf8, Flag::Set),
        (mojibake.as_bytes(), Flag::Set),
    ]);
    let archive = folder.file("a.zip", bytes);
    let listed = run(program("archive").arg("list").arg(&archive));
    let listed = String::from_utf8(done(&listed).to_vec()).unwrap();
    let lines: Vec<&str> = listed.lines().collect();
    assert!(lines[0].contains("Документы.doc   (ibm866"), "{listed}");
    assert!(lines[0].contains("marked as UTF-8, wrongly"), "{listed}");
    assert!(lines[1].ends_with("  Отчёт.txt"), "{listed}");
    assert!(
        lines[2].contains("schöne Grüße.txt   (utf-8 was read as"),
        "{listed}"
    );

    // UTF-8 without the flag, as some programs pack it.
    let archive = folder.file(
        "b.zip",
        zip_of(&[(utf8, Flag::Unset), (b"plain", Flag::Unset)]),
    );
    let listed = run(program("archive").arg("list").arg(&archive));
    assert_eq!(
        String::from_utf8_lossy(done(&listed)),
        "           1  Отчёт.txt\n           1  plain\n"
    );
    // What the user says counts.
    let listed = run(program("archive")
        .args(["list", "--encoding", "koi8-r"])
        .arg(folder.path("a.zip")));
    assert!(String::from_utf8_lossy(done(&listed)).contains("(koi8-r"));
}

#[test]
fn paths_that_lead_elsewhere_are_refused() {
    let names: [&[u8]; 6] = [
        b"../evil.txt",
        b"good/../../evil.txt",
        b"/etc/evil.txt",
        b"..\\evil.txt",
        b"C:\\evil.txt",
        b"bell\x07.txt",
    ];
    for name in names {
        let folder = Folder::new();
        let bytes = zip_of(&[(b"good.txt", Flag::Unset), (name, Flag::Unset)]);
        let archive = folder.file("a.zip", bytes);
        let to = folder.path("deep/er");
        let output = run(program("archive")
            .arg("extract")
            .arg(&archive)
            .arg("--to")
            .arg(&to));
        let error = refused(&output, 1);
        assert!(error.contains("nothing was extracted"), "{error}");
        assert_eq!(folder.names(), ["a.zip"]);
    }
}

#[test]
fn only_what_decodes_to_a_separator_is_one() {
    // The second byte of 表 in Shift_JIS is a backslash.
    let folder = Folder::new();
    let archive = packed(
        &folder,
        Encoding::ShiftJis,
        &["一覧表.txt", "ソフトウェア.txt"],
    );
    done(&run(program("archive")
        .arg("extract")
        .arg(archive)
        .current_dir(&folder.0)));
    assert!(folder.path("a/一覧表.txt").exists());
    assert!(folder.path("a/ソフトウェア.txt").exists());
    // And where it is one, it is taken for one.
    let archive = folder.file("b.zip", zip_of(&[(b"one\\two.txt", Flag::Unset)]));
    done(&run(program("archive")
        .arg("extract")
        .arg(archive)
        .current_dir(&folder.0)));
    assert!(folder.path("b/one/two.txt").exists());
}

#[test]
fn links_and_second_names_are_left_out() {
    let folder = Folder::new();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    writer.add_symlink("link", "/etc/passwd", options).unwrap();
    writer.start_file("file", options).unwrap();
    writer.write_all(b"content").unwrap();
    let archive = folder.file("a.zip", writer.finish().unwrap().into_inner());
    let output = run(program("archive")
        .arg("extract")
        .arg(archive)
        .current_dir(&folder.0));
    let error = refused(&output, 1);
    assert!(error.contains("is a link"), "{error}");
    assert_eq!(fs::read(folder.path("a/file")).unwrap(), b"content");
    assert!(fs::symlink_metadata(folder.path("a/link")).is_err());

    // Two spellings of one path.
    let bytes = zip_of(&[(b"one/two", Flag::Unset), (b"one\\two", Flag::Unset)]);
    let archive = folder.file("b.zip", bytes);
    let output = run(program("archive")
        .arg("extract")
        .arg(archive)
        .current_dir(&folder.0));
    let error = refused(&output, 1);
    assert!(error.contains("the same name"), "{error}");
    assert_eq!(fs::read(folder.path("b/one/two")).unwrap(), b"0");
}

#[test]
fn unusable_input_is_refused() {
    let folder = Folder::new();
    let good = packed(&folder, Encoding::Ibm437, &["Résumé.txt"]);
    let whole = fs::read(&good).unwrap();
    let text = folder.file("text.zip", "no zip file");
    let short = folder.file("short.zip", &whole[..whole.len() - 30]);
    let empty = folder.file("empty.zip", "");
    for archive in [&text, &short, &empty] {
        for command in ["list", "extract"] {
            let output = run(program("archive")
                .arg(command)
                .arg(archive)
                .current_dir(&folder.0));
            let error = refused(&output, 2);
            assert!(
                error.contains("is no zip file, or was cut short"),
                "{error}"
            );
        }
    }
    let output = run(program("archive")
        .arg("list")
        .arg(folder.path("missing.zip")));
    assert!(refused(&output, 2).contains("cannot be read"));

    // A folder that holds something already; a file in the place of the folder.
    let full = folder.path("full");
    fs::create_dir(&full).unwrap();
    folder.file("full/kept", "kept");
    let output = run(program("archive")
        .arg("extract")
        .arg(&good)
        .arg("--to")
        .arg(&full));
    assert!(refused(&output, 2).contains("is not empty"));
    let output = run(program("archive")
        .arg("extract")
        .arg(&good)
        .arg("--to")
        .arg(&text));
    refused(&output, 2);
    let output = run(program("archive")
        .arg("extract")
        .arg(&good)
        .arg("--to")
        .arg(text.join("x")));
    assert_ne!(output.status.code(), Some(0));
    assert_eq!(fs::read(folder.path("full/kept")).unwrap(), b"kept");
    assert_eq!(fs::read(&text).unwrap(), b"no zip file");
}

#[test]
fn a_damaged_entry_does_not_take_the_others_with_it() {
    let folder = Folder::new();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for name in ["bad", "good"] {
        writer.start_file(name, stored).unwrap();
        writer
            .write_all(format!("content of {name}").as_bytes())
            .unwrap();
    }
    let mut bytes = writer.finish().unwrap().into_inner();
    let at = bytes
        .windows(14)
        .position(|some| some == b"content of bad")
        .unwrap();
    bytes[at] = b'C';
    let archive = folder.file("a.zip", bytes);
    let output = run(program("archive")
        .arg("extract")
        .arg(archive)
        .current_dir(&folder.0));
    let error = refused(&output, 1);
    assert!(error.contains("bad: is damaged"), "{error}");
    assert!(!folder.path("a/bad").exists());
    assert_eq!(fs::read(folder.path("a/good")).unwrap(), b"content of good");
}

#[test]
#[cfg(unix)]
fn a_full_disk_leaves_nothing_halfway() {
    let folder = Folder::new();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    for (name, length) in [
        ("small", 100),
        ("large", 100_000),
        ("in/deep/large", 100_000),
        ("in/small", 100),
    ] {
        writer.start_file(name, options).unwrap();
        writer.write_all(&vec![b'x'; length]).unwrap();
    }
    let archive = folder.file("a.zip", writer.finish().unwrap().into_inner());
    let output = run(programs::limited("archive", 8)
        .arg("extract")
        .arg(archive)
        .current_dir(&folder.0));
    assert_eq!(output.status.code(), Some(1));
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.contains("a/large: cannot be written"), "{error}");
    assert!(
        error.contains("a/in/deep/large: cannot be written"),
        "{error}"
    );
    assert!(!error.contains("tmp"), "{error}");
    assert_eq!(names_in(&folder.path("a")), ["in", "small"]);
    assert_eq!(names_in(&folder.path("a/in")), ["small"]);
    assert_eq!(fs::read(folder.path("a/small")).unwrap().len(), 100);
}

#[cfg(unix)]
fn names_in(folder: &std::path::Path) -> Vec<std::ffi::OsString> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    names
}

#[test]
#[cfg(unix)]
fn where_nothing_is_extracted_no_folder_is_made() {
    let folder = Folder::new();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer
        .start_file("in/large", SimpleFileOptions::default())
        .unwrap();
    writer.write_all(&[b'x'; 100_000]).unwrap();
    let archive = folder.file("a.zip", writer.finish().unwrap().into_inner());
    let extract = |to: &str| {
        let output = run(programs::limited("archive", 8)
            .arg("extract")
            .arg(&archive)
            .args(["--to", to])
            .current_dir(&folder.0));
        refused(&output, 1)
    };
    assert!(extract("new/er").contains("new/er/in/large: cannot be written"));
    assert_eq!(folder.names(), ["a.zip"]);
    // One that was there stays.
    fs::create_dir(folder.path("old")).unwrap();
    extract("old");
    assert_eq!(folder.names(), ["a.zip", "old"]);
    assert!(names_in(&folder.path("old")).is_empty());

    // A folder in which nothing may be made.
    if let Some(mut archived) = programs::unprivileged("archive") {
        let output = run(archived
            .arg("extract")
            .arg(&archive)
            .arg("--to")
            .arg(folder.path("old")));
        let error = refused(&output, 1);
        assert!(error.contains("in/large: cannot be written"), "{error}");
        assert!(
            !error.contains("tmp/.") && !error.contains(".tmp"),
            "{error}"
        );
    }
}
