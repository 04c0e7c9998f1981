//! `filenames` as somebody at a shell meets it.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail so"
)]

mod programs;

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;
use std::process::Output;

use programs::{Folder, done, limited, mangled, program, refused, run};
use unicode_normalization::UnicodeNormalization as _;

const SONGS: [&str; 4] = [
    "Björk - Jóga.mp3",
    "Sigur Rós - Ágætis byrjun.mp3",
    "Mötley Crüe.mp3",
    "Café del Mar.mp3",
];

/// A folder with songs whose names are mojibake, and others.
fn music() -> Folder {
    let folder = Folder::new();
    fs::create_dir(folder.path("music")).unwrap();
    for song in SONGS {
        folder.file(&format!("music/{}", mangled(song)), song);
    }
    folder.file("music/cover.jpg", "");
    folder.file("music/Motörhead.mp3", "");
    folder
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let name = |entry: std::io::Result<fs::DirEntry>| entry.unwrap().file_name().into_string();
    let mut names: Vec<String> = entries.map(|entry| name(entry).unwrap()).collect();
    names.sort();
    names
}

fn text(output: &Output) -> String {
    String::from_utf8(done(output).to_vec()).unwrap()
}

#[test]
fn nothing_is_done_unless_it_is_asked_for() {
    let folder = music();
    let before = names(&folder.path("music"));
    let told = text(&run(program("filenames")
        .arg("music")
        .current_dir(&folder.0)));
    assert_eq!(told.lines().count(), 4, "{told}");
    for song in SONGS {
        assert!(told.contains(&format!(" -> {song}   (")), "{told}");
    }
    assert!(told.contains("music/BjÃ¶rk - JÃ³ga.mp3 -> "), "{told}");
    assert!(told.contains("utf-8 was read as windows-1252"), "{told}");
    // Ágætis has a control character in its mangled name.
    assert!(!told.contains('\u{81}'), "{told}");
    assert_eq!(names(&folder.path("music")), before);
    assert_eq!(folder.names(), ["music"]);
}

#[test]
fn what_was_renamed_is_taken_back_with_the_log() {
    let folder = music();
    let before = names(&folder.path("music"));
    let told = text(&run(program("filenames")
        .args(["--apply", "music"])
        .current_dir(&folder.0)));
    assert!(told.contains("4 of 4 files renamed"), "{told}");
    assert!(
        told.contains("filenames --undo unbake-filenames.log"),
        "{told}"
    );
    for song in SONGS {
        let content = fs::read_to_string(folder.path("music").join(song)).unwrap();
        assert_eq!(content, song, "each file keeps its content");
    }
    // From another folder.
    let undo = || {
        run(program("filenames")
            .arg("--undo")
            .arg(folder.path("unbake-filenames.log")))
    };
    assert_eq!(text(&undo()), "4 of 4 files renamed back\n");
    assert_eq!(names(&folder.path("music")), before);
    assert_eq!(
        text(&undo()),
        "0 of 4 files renamed back; 4 had the old name already\n"
    );
    assert_eq!(names(&folder.path("music")), before);

    // A second log does not overwrite the first.
    text(&run(program("filenames")
        .args(["--apply", "music"])
        .current_dir(&folder.0)));
    assert_eq!(
        folder.names(),
        ["music", "unbake-filenames-2.log", "unbake-filenames.log"]
    );
    // Names that are as they should be need no log, and that is said.
    let output = run(program("filenames")
        .args(["--apply", "music"])
        .current_dir(&folder.0));
    assert_eq!(done(&output), b"");
    assert_eq!(output.stderr, b"filenames: nothing to rename\n");
    assert_eq!(folder.names().len(), 3);
}

#[test]
fn folders_in_folders_are_renamed_and_taken_back() {
    let folder = music();
    let (outer, inner) = ("Für Käthe".to_owned(), "schöne Grüße".to_owned());
    let (old_outer, old_inner) = (mangled(&outer), mangled(&inner));
    fs::create_dir_all(folder.path("music").join(&old_outer).join(&old_inner)).unwrap();
    let song = mangled("Größe.mp3");
    folder.file(&format!("music/{old_outer}/{old_inner}/{song}"), "");
    // What belongs to version control stays.
    fs::create_dir(folder.path("music/.git")).unwrap();
    let private = folder.file(&format!("music/.git/{song}"), "");
    let command = |arguments: &[&str]| {
        let mut command = program("filenames");
        run(command.args(arguments).current_dir(&folder.0))
    };
    text(&command(&[
        "--apply",
        "--recursive",
        "--log",
        "log",
        "music",
    ]));
    let new = folder
        .path("music")
        .join(&outer)
        .join(&inner)
        .join("Größe.mp3");
    assert!(new.exists() && private.exists());
    assert_eq!(
        text(&command(&["--undo", "log"])),
        "7 of 7 files renamed back\n"
    );
    assert!(
        folder
            .path("music")
            .join(&old_outer)
            .join(&old_inner)
            .join(&song)
            .exists()
    );
}

#[test]
fn names_with_their_accents_apart_are_read_together() {
    // As macOS writes them.
    let folder = Folder::new();
    let apart = |name: &str| name.nfd().collect::<String>();
    let mangled_name = apart(&mangled("Für Käthe.txt"));
    assert_ne!(mangled_name, mangled("Für Käthe.txt"));
    folder.file(&mangled_name, "");
    folder.file(&apart("Schöne Grüße.txt"), "");
    let before = folder.names();
    let log = Folder::new();
    let log = log.path("log");
    let output = run(program("filenames")
        .arg("--apply")
        .arg("--log")
        .arg(&log)
        .arg(&folder.0));
    assert!(
        text(&output).starts_with("1 of 1 file renamed"),
        "{output:?}"
    );
    assert_eq!(
        folder.names(),
        ["Für Käthe.txt".to_owned(), apart("Schöne Grüße.txt")]
    );
    text(&run(program("filenames").arg("--undo").arg(&log)));
    assert_eq!(folder.names(), before);
}

#[test]
fn no_file_is_renamed_over_another() {
    let folder = music();
    folder.file("music/Mötley Crüe.mp3", "the right one");
    let output = run(program("filenames")
        .args(["--apply", "music"])
        .current_dir(&folder.0));
    let error = refused(&output, 1);
    assert!(
        error.contains("there is a `Mötley Crüe.mp3` already"),
        "{error}"
    );
    let kept = fs::read_to_string(folder.path("music/Mötley Crüe.mp3")).unwrap();
    assert_eq!(kept, "the right one");
    let other = folder.path("music").join(mangled("Mötley Crüe.mp3"));
    assert_eq!(fs::read_to_string(other).unwrap(), "Mötley Crüe.mp3");
    // The others are.
    assert!(folder.path("music").join(SONGS[0]).exists());

    // The way back is not over another file, either.
    folder.file(&format!("music/{}", mangled(SONGS[0])), "new");
    let undo = run(program("filenames")
        .args(["--undo", "unbake-filenames.log"])
        .current_dir(&folder.0));
    let error = refused(&undo, 1);
    assert!(error.contains("again"), "{error}");
    let new = folder.path("music").join(mangled(SONGS[0]));
    assert_eq!(fs::read_to_string(new).unwrap(), "new");
}

#[test]
fn two_files_never_get_one_name() {
    let folder = Folder::new();
    let twice = mangled("Die größeren Bären über der Brücke.txt");
    let again = mangled(&twice);
    folder.file(&twice, "once");
    folder.file(&again, "twice");
    let output = run(program("filenames")
        .args(["--apply"])
        .current_dir(&folder.0));
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let mut contents: Vec<String> = folder
        .names()
        .iter()
        .filter(|name| !name.ends_with(".log"))
        .map(|name| fs::read_to_string(folder.path(name)).unwrap())
        .collect();
    contents.sort();
    assert_eq!(contents, ["once", "twice"]);
}

#[test]
fn names_that_are_no_utf8_are_read_together() {
    let folder = Folder::new();
    // «Отчёт за март», «Договор», «Фото» in windows-1251.
    let raw: [&[u8]; 3] = [
        b"\xCE\xF2\xF7\xB8\xF2 \xE7\xE0 \xEC\xE0\xF0\xF2.doc",
        b"\xC4\xEE\xE3\xEE\xE2\xEE\xF0.txt",
        b"\xD4\xEE\xF2\xEE",
    ];
    for name in raw {
        fs::write(folder.0.join(OsStr::from_bytes(name)), name).unwrap();
    }
    let shown = text(&run(program("filenames").arg(&folder.0)));
    assert!(
        shown.contains(r"\xD4\xEE\xF2\xEE -> Фото   (bytes in windows-1251"),
        "{shown}"
    );
    let log = Folder::new();
    let log = log.path("log");
    text(&run(program("filenames")
        .arg("--apply")
        .arg("--log")
        .arg(&log)
        .arg(&folder.0)));
    assert_eq!(folder.names(), ["Договор.txt", "Отчёт за март.doc", "Фото"]);
    text(&run(program("filenames").arg("--undo").arg(&log)));
    for name in raw {
        let content = fs::read(folder.0.join(OsStr::from_bytes(name))).unwrap();
        assert_eq!(content, name);
    }
}

#[test]
fn bytes_that_could_be_anything_stay() {
    let folder = Folder::new();
    let name = OsStr::from_bytes(b"x\xFF\xFE\xE9\x93.bin");
    fs::write(folder.0.join(name), "").unwrap();
    let sure = ["--threshold", "0.9999"];
    let error = refused(
        &run(program("filenames")
            .arg("--apply")
            .args(sure)
            .arg(&folder.0)),
        1,
    );
    assert!(error.contains(r"x\xFF\xFE\xE9\x93.bin"), "{error}");
    assert!(
        error.contains("not UTF-8") && error.contains("--encoding"),
        "{error}"
    );
    assert!(folder.0.join(name).exists());
    // What the user says counts.
    let told = text(&run(program("filenames")
        .args(["--encoding", "koi8-r"])
        .arg(&folder.0)));
    assert!(told.contains("bytes in koi8-r"), "{told}");
}

#[test]
fn unusable_input_is_refused() {
    let folder = music();
    let file = folder.file("file", "x");
    let cases: [(&[&str], &str); 4] = [
        (&["missing"], "cannot be read"),
        (&["file"], "is no folder"),
        (&["--undo", "missing"], "cannot be read"),
        (&["--undo", "file"], "no log"),
    ];
    for (arguments, part) in cases {
        let error = refused(
            &run(program("filenames").args(arguments).current_dir(&folder.0)),
            2,
        );
        assert!(error.contains(part), "{error}");
    }
    fs::write(&file, "{\"unbake-filenames\":1}\n{\"folder\":\"/\"}\n").unwrap();
    let error = refused(&run(program("filenames").arg("--undo").arg(&file)), 2);
    assert!(error.contains("line 2 is damaged"), "{error}");
    let output = run(program("filenames").args(["--encoding", "klingon"]));
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn without_a_log_nothing_is_renamed() {
    let folder = music();
    let before = names(&folder.path("music"));
    // A place where no file can be made: its folder is a file.
    folder.file("file", "");
    let nowhere = run(program("filenames")
        .args(["--apply", "--log", "file/log", "music"])
        .current_dir(&folder.0));
    let error = refused(&nowhere, 1);
    assert!(error.contains("nothing is renamed"), "{error}");
    assert_eq!(names(&folder.path("music")), before);
    // A log that is there is never overwritten.
    let output = run(program("filenames")
        .args(["--apply", "--log", "file", "music"])
        .current_dir(&folder.0));
    refused(&output, 1);
    assert_eq!(names(&folder.path("music")), before);

    // A disk that is full from the first byte on.
    let output = run(limited("filenames", 0)
        .args(["--apply", "music"])
        .current_dir(&folder.0));
    let error = refused(&output, 1);
    assert!(error.contains("log: cannot be written"), "{error}");
    assert_eq!(names(&folder.path("music")), before);
}

#[test]
#[cfg(unix)]
fn where_nothing_could_be_renamed_there_is_no_log() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = music();
    let Some(mut command) = programs::unprivileged("filenames") else {
        println!("skipped: there is no user here who may not write everywhere");
        return;
    };
    for (path, mode) in [("", 0o777), ("music", 0o555)] {
        let mode = fs::Permissions::from_mode(mode);
        fs::set_permissions(folder.path(path), mode).unwrap();
    }
    let output = run(command.args(["--apply", "music"]).current_dir(&folder.0));
    let writable = fs::Permissions::from_mode(0o755);
    fs::set_permissions(folder.path("music"), writable).unwrap();
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert_eq!(output.stdout, b"0 of 4 files renamed\n", "{output:?}");
    assert_eq!(folder.names(), ["music"]);
}
