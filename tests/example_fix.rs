//! `fix` on many files: looked at, changed in place, and taken back.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail so"
)]

mod programs;

use std::fs;
use std::path::Path;
use std::process::Output;

use programs::{Folder, done, mangled, program, refused, run, run_with_input};

const BAD: &str = "Das war schÃ¶n, und FÃ¼r KÃ¤the auch.\n";
const GOOD: &str = "Das war schön, und Für Käthe auch.\n";

/// A folder as projects are: texts, mangled and not, and what is no text.
fn project() -> Folder {
    let folder = Folder::new();
    for name in ["docs/deep", ".git"] {
        fs::create_dir_all(folder.path(name)).unwrap();
    }
    folder.file("a.md", BAD);
    folder.file("b.txt", format!("\u{feff}line\r\n{BAD}"));
    folder.file("clean.md", GOOD);
    folder.file("docs/deep/c.md", BAD);
    folder.file(".git/config", BAD);
    folder.file("photo.jpg", b"\xff\xd8\xff\xe0");
    folder.file("data.bin", format!("\0{BAD}"));
    folder
}

fn fix(folder: &Folder, arguments: &[&str]) -> Output {
    run(program("fix").args(arguments).current_dir(&folder.0))
}

fn read(folder: &Folder, name: &str) -> String {
    fs::read_to_string(folder.path(name)).unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn a_check_lists_what_would_change() {
    let folder = project();
    let output = fix(&folder, &["--check", "--recursive", "."]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let listed = stdout(&output);
    for line in [
        "./a.md:1:12: Ã¶ -> ö",
        "./b.txt:2:12: Ã¶ -> ö",
        "./docs/deep/c.md:1:12: Ã¶ -> ö",
    ] {
        assert!(
            listed.lines().any(|found| found == line),
            "{line}: {listed}"
        );
    }
    assert!(
        !listed.contains("clean") && !listed.contains("git"),
        "{listed}"
    );
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(told, "fix: passed over 2 files that are not UTF-8 text\n");
    assert_eq!(read(&folder, "a.md"), BAD);

    let output = fix(&folder, &["--check", "clean.md"]);
    assert!(done(&output).is_empty());
    // Named files are not passed over.
    let error = refused(&fix(&folder, &["--check", "photo.jpg", "clean.md"]), 2);
    assert!(
        error.contains("not UTF-8") && error.contains("iconv"),
        "{error}"
    );
}

#[test]
fn patterns_choose_files_of_folders() {
    let folder = project();
    let listed = |globs: &[&str]| {
        let mut arguments = vec!["--check", "-r", "."];
        arguments.extend(globs.iter().flat_map(|glob| ["--glob", *glob]));
        let listed = stdout(&fix(&folder, &arguments));
        let mut files: Vec<String> = listed
            .lines()
            .map(|line| line.split(':').next().unwrap().to_owned())
            .collect();
        files.dedup();
        files
    };
    assert_eq!(listed(&["*.txt"]), ["./b.txt"]);
    assert_eq!(listed(&["*.md"]), ["./a.md", "./docs/deep/c.md"]);
    assert_eq!(listed(&["docs/**"]), ["./docs/deep/c.md"]);
    assert_eq!(listed(&["a.*", "b.*"]), ["./a.md", "./b.txt"]);
    refused(&fix(&folder, &["--check", "-r", ".", "--glob", "[a"]), 2);
    // A misspelt pattern does not go by unseen.
    let output = fix(&folder, &["--check", "-r", ".", "--glob", "*.mdx"]);
    assert_eq!(done(&output), b"");
    assert!(String::from_utf8_lossy(&output.stderr).contains("no file in these folders"));
}

#[test]
fn folders_are_repaired_in_place_and_taken_back() {
    for keep in ["patch", "original"] {
        let folder = project();
        let output = fix(&folder, &["-i", "-r", "--keep", keep, "."]);
        done(&output);
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(
            told.contains("repaired 3 files of 6 files") || told.contains("repaired 3 of 6"),
            "{told}"
        );
        assert_eq!(read(&folder, "a.md"), GOOD);
        assert_eq!(read(&folder, "b.txt"), format!("\u{feff}line\r\n{GOOD}"));
        assert_eq!(read(&folder, "docs/deep/c.md"), GOOD);
        assert_eq!(read(&folder, "data.bin"), format!("\0{BAD}"));
        assert_eq!(read(&folder, ".git/config"), BAD);

        // Once more, and nothing happens: what is kept is no text of the project.
        let before = folder.names();
        done(&fix(&folder, &["-i", "-r", "--keep", keep, "."]));
        assert_eq!(folder.names(), before);

        done(&fix(&folder, &["--undo", "-r", "."]));
        assert_eq!(read(&folder, "a.md"), BAD);
        assert_eq!(read(&folder, "b.txt"), format!("\u{feff}line\r\n{BAD}"));
        assert_eq!(read(&folder, "docs/deep/c.md"), BAD);
        let left: Vec<String> = folder.names();
        let left: Vec<&String> = left
            .iter()
            .filter(|name| name.contains("patch") || name.contains("orig"))
            .collect();
        assert!(left.is_empty(), "{left:?}");
    }
    let folder = project();
    done(&fix(&folder, &["-i", "--keep", "none", "a.md"]));
    assert_eq!(read(&folder, "a.md"), GOOD);
    assert_eq!(folder.names().len(), project().names().len());
}

#[test]
fn revert_reads_the_patch_that_is_kept() {
    let folder = project();
    done(&fix(&folder, &["--in-place", "a.md"]));
    let output = run(program("revert")
        .args(["a.md", "a.md.unbake-patch"])
        .current_dir(&folder.0));
    assert_eq!(done(&output), BAD.as_bytes());
    // It is found where it is kept.
    let output = run(program("revert").arg("a.md").current_dir(&folder.0));
    assert_eq!(done(&output), BAD.as_bytes());
}

#[test]
fn what_was_written_since_is_not_lost() {
    let folder = project();
    // What other programs keep under such names is none of ours.
    folder.file("clean.md.orig", "older");
    done(&fix(&folder, &["--undo", "-r", "."]));
    assert_eq!(read(&folder, "clean.md"), GOOD);

    // A text that was edited since does not fit its patch.
    done(&fix(&folder, &["-i", "a.md"]));
    let edited = format!("{GOOD}more\n");
    folder.file("a.md", &edited);
    let output = fix(&folder, &["--undo", "a.md"]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    for part in ["was changed since", "a.md.unbake-patch", "--keep original"] {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert_eq!(read(&folder, "a.md"), edited);
    assert!(folder.path("a.md.unbake-patch").exists());

    // A later repair that kept the original is taken back by that.
    let again = format!("{edited}{BAD}");
    folder.file("a.md", &again);
    done(&fix(&folder, &["-i", "--keep", "original", "a.md"]));
    done(&fix(&folder, &["--undo", "a.md"]));
    assert_eq!(read(&folder, "a.md"), again);
    assert!(folder.path("a.md.unbake-patch").exists());

    // Neither is a patch overwritten.
    folder.file("a.md", BAD);
    let output = fix(&folder, &["-i", "a.md", "docs/deep/c.md"]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stderr).contains("earlier repair"));
    assert_eq!(read(&folder, "a.md"), BAD);
    assert_eq!(read(&folder, "docs/deep/c.md"), GOOD);

    // With an original, what stands there now gets another name.
    done(&fix(&folder, &["-i", "--keep", "original", "b.txt"]));
    folder.file("b.txt", "edited since");
    done(&fix(&folder, &["--undo", "b.txt"]));
    assert_eq!(read(&folder, "b.txt"), format!("\u{feff}line\r\n{BAD}"));
    assert_eq!(read(&folder, "b.txt.repaired"), "edited since");

    // Once more: the same needs no second name, anything else gets one with a number.
    for (edited, names) in [
        ("edited since", ["edited since", ""]),
        ("edited again", ["edited since", "edited again"]),
    ] {
        done(&fix(&folder, &["-i", "--keep", "original", "b.txt"]));
        folder.file("b.txt", edited);
        done(&fix(&folder, &["--undo", "b.txt"]));
        assert_eq!(read(&folder, "b.txt"), format!("\u{feff}line\r\n{BAD}"));
        assert_eq!(read(&folder, "b.txt.repaired"), names[0]);
        assert_eq!(
            folder.path("b.txt.repaired.1").exists(),
            !names[1].is_empty()
        );
    }
    assert_eq!(read(&folder, "b.txt.repaired.1"), "edited again");
}

#[test]
fn a_diff_is_one_that_programs_read() {
    let folder = Folder::new();
    let lines: Vec<String> = (1..=30).map(|n| format!("line {n}\n")).collect();
    let mut old = lines.clone();
    for n in [1, 11, 13, 29] {
        old[n] = BAD.to_owned();
    }
    let new = old.concat().replace(BAD, GOOD) + "Käthe war schön";
    let old = old.concat() + "KÃ¤the war schÃ¶n";
    folder.file("a.txt", &old);
    let output = fix(&folder, &["--diff", "a.txt"]);
    let diff = String::from_utf8(done(&output).to_vec()).unwrap();
    assert!(
        diff.starts_with("--- a/a.txt\n+++ b/a.txt\n@@ -1,5 +1,5 @@\n line 1\n-Das war schÃ¶n"),
        "{diff}"
    );
    assert_eq!(diff.matches("@@ -").count(), 3, "{diff}");
    assert!(
        diff.ends_with("+Käthe war schön\n\\ No newline at end of file\n"),
        "{diff}"
    );
    assert_eq!(read(&folder, "a.txt"), old);
    // The judge is `patch`, where there is one.
    let patched = std::process::Command::new("patch")
        .args(["-p1", "--quiet"])
        .current_dir(&folder.0)
        .stdin(std::process::Stdio::piped())
        .spawn();
    let Ok(mut patch) = patched else {
        println!("skipped in part: there is no `patch`");
        return;
    };
    std::io::Write::write_all(&mut patch.stdin.take().unwrap(), diff.as_bytes()).unwrap();
    assert!(patch.wait().unwrap().success());
    assert_eq!(read(&folder, "a.txt"), new);
}

#[test]
fn a_diff_is_coloured_only_for_the_eye() {
    let folder = Folder::new();
    folder.file("a.txt", format!("bell \u{7}\u{202e}\r\n{BAD}"));
    let coloured = |arguments: &[&str]| {
        let mut command = program("fix");
        command.args(arguments).arg("a.txt").current_dir(&folder.0);
        stdout(&run(command.env("NO_COLOR", "1")))
    };
    // A pipe gets what `patch` needs, to the byte.
    for arguments in [&["--diff"][..], &["--diff", "--color", "never"]] {
        let plain = coloured(arguments);
        assert!(
            !plain.contains('\u{1b}') && plain.contains("bell \u{7}\u{202e}\r\n"),
            "{plain:?}"
        );
    }
    let shown = coloured(&["--diff", "--color", "always"]);
    assert!(shown.contains("\u{1b}[32m+Das war schön"), "{shown:?}");
    assert!(shown.contains(r"bell \u{7}\u{202e}"), "{shown:?}");
    assert!(
        !shown.contains('\u{7}') && !shown.contains('\r'),
        "{shown:?}"
    );
}

#[test]
#[cfg(target_os = "linux")]
fn a_diff_is_coloured_on_terminals_that_can_show_it() {
    let folder = Folder::new();
    folder.file("a.txt", BAD);
    let fix = program("fix").get_program().to_owned();
    for (variable, value, coloured) in [
        ("TERM", "xterm", true),
        ("TERM", "dumb", false),
        ("NO_COLOR", "1", false),
    ] {
        let mut command = std::process::Command::new("script");
        let line = format!("'{}' --diff a.txt", fix.display());
        command.args(["--quiet", "--return", "--command", &line, "/dev/null"]);
        command.env("TERM", "xterm").env_remove("NO_COLOR");
        command.env(variable, value).current_dir(&folder.0);
        let Ok(output) = command.stdin(std::process::Stdio::null()).output() else {
            println!("skipped: there is no `script` to make a terminal");
            return;
        };
        let shown = stdout(&output);
        assert!(shown.contains("+Das war schön"), "{shown:?}");
        assert_eq!(
            shown.contains("\u{1b}["),
            coloured,
            "{variable}={value}: {shown:?}"
        );
    }
}

#[test]
fn a_report_is_safe_whatever_the_texts_hold() {
    let folder = Folder::new();
    let hostile = "&amp;\u{202e}\u{7}</script><img onerror=\"f('2')\">";
    folder.file("a<b>&\".txt", format!("{hostile} {BAD}"));
    folder.file("clean.txt", GOOD);
    let output = fix(&folder, &["--check", "-r", "--report", "r.html", "."]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let page = read(&folder, "r.html");
    for part in [
        "<!DOCTYPE html>",
        "default-src 'none'",
        "a&lt;b&gt;&amp;&quot;.txt",
        "&lt;/script&gt;",
        "onerror=&quot;f(&#39;2&#39;)&quot;",
        "&amp;amp;<span",
        "<span class=\"code\">U+202E</span>",
        "<span class=\"code\">U+0007</span>",
        "utf-8 was read as windows-1252",
        "<del>Ã¶</del>",
        "<ins>ö</ins>",
        " %</td>",
        "1:",
    ] {
        assert!(page.contains(part), "{part:?} is missing in\n{page}");
    }
    // What is left of the page without its texts is known: no other tag can have come in.
    for part in ["<script", "<img", "\u{202e}", "\u{7}", "clean.txt"] {
        assert!(!page.contains(part), "{part:?} is in\n{page}");
    }
    let tags = page.matches('<').count();
    assert_eq!(tags, page.matches('>').count());

    // The page itself is not taken for a text in the folder.
    let again = fix(&folder, &["--check", "-r", "--report", "r.html", "."]);
    assert_eq!(stdout(&again), stdout(&output));
    assert_eq!(read(&folder, "r.html"), page);

    // With nothing to repair there is a page as well, and as a filter there is one, too.
    done(&fix(&folder, &["--report", "none.html", "clean.txt"]));
    assert!(read(&folder, "none.html").contains("Nothing had to be repaired"));
    let error = refused(&fix(&folder, &["--report", "clean.txt", "clean.txt"]), 2);
    assert!(error.contains("--report"), "{error}");
    assert_eq!(read(&folder, "clean.txt"), GOOD);
}

#[test]
fn languages_are_a_hint() {
    // Greek in windows-1253, or Cyrillic: two letters of evidence and a hint.
    let confidence = |lang: &str| {
        let input = format!("{}\n", serde_json::json!({ "text": "ÁèçíÜ" }));
        let output = run_with_input(
            program("fix").args(["--jsonl", "--threshold", "0", "--lang", lang]),
            input,
        );
        let answer: serde_json::Value = serde_json::from_slice(done(&output)).unwrap();
        (
            answer["text"].as_str().unwrap().to_owned(),
            answer["confidence"].as_f64().unwrap(),
        )
    };
    assert_ne!(confidence("el"), confidence("ru,uk"));
    let error = refused(&run(program("fix").args(["--lang", "tlh"])), 2);
    assert!(error.contains("tlh"), "{error}");
}

#[test]
fn what_a_way_back_needs_is_not_repaired() {
    let folder = Folder::new();
    fs::create_dir(folder.path("names")).unwrap();
    folder.file(&format!("names/{}", BAD.trim_end()), "");
    let mut filenames = program("filenames");
    done(&run(filenames
        .args(["--apply", "names", "--log", "renamed"])
        .current_dir(&folder.0)));
    folder.file("a.md", BAD);
    done(&fix(
        &folder,
        &["--patch", "saved", "--output", "out.txt", "a.md"],
    ));
    let kept = ["renamed", "saved"].map(|name| read(&folder, name));
    assert!(kept.iter().all(|text| text.contains("Ã¶")), "they quote it");

    done(&fix(&folder, &["-i", "-r", "."]));
    assert_eq!(read(&folder, "a.md"), GOOD);
    assert_eq!(["renamed", "saved"].map(|name| read(&folder, name)), kept);
    // Who names one means it.
    let output = fix(&folder, &["--check", "saved"]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
}

#[test]
fn what_was_guessed_is_told() {
    // The last byte was cut off, and nobody knows which of three letters it was.
    const CUT: &str = "–≤—Å–µ —É—á–∏—Ç–µ–ª—";
    const SAID: &str = "something was lost and had to be guessed";
    let folder = project();
    let told = |arguments: &[&str]| {
        let output = fix(&folder, arguments);
        done(&output);
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    folder.file("cut.txt", CUT);
    for (arguments, more) in [
        (&["cut.txt"][..], "--explain shows"),
        (&["-i", "cut.txt"], "`revert --list FILE` shows"),
    ] {
        let said = told(arguments);
        assert!(said.contains("in 1 stretch"), "{said}");
        assert!(said.contains(SAID) && said.contains(more), "{said}");
    }
    let listed = run(program("revert")
        .args(["--list", "cut.txt"])
        .current_dir(&folder.0));
    assert!(String::from_utf8_lossy(done(&listed)).contains("(guessed: "));
    assert_eq!(told(&["a.md"]), "", "nothing was guessed there");
    // Where it is explained, it is not told twice.
    folder.file("cut.txt", CUT);
    let said = told(&["--explain", "cut.txt"]);
    assert!(!said.contains("in 1 stretch"), "{said}");
    // A report has the other letters that it could be, and where nothing could be done.
    folder.file("lost.txt", "plain\nName: caf\u{fffd}\n");
    fix(
        &folder,
        &["--check", "--report", "g.html", "cut.txt", "lost.txt"],
    );
    let page = read(&folder, "g.html");
    assert!(page.contains("(guessed: ") && page.contains('я'), "{page}");
    for part in [
        "1 stretch, replacement characters. ",
        "2:10</td>",
        "<mark>\u{fffd}</mark>",
        // What can be done about it.
        "The bytes are gone.",
    ] {
        assert!(page.contains(part), "{part:?} is missing in\n{page}");
    }
}

#[test]
fn edits_that_stand_together_are_one_row_of_a_report() {
    let folder = Folder::new();
    let near = mangled("schöne Grüße, Käthe");
    let far = "and so on ".repeat(20);
    folder.file("a.txt", format!("{near} {far} {near}\n{near}\n"));
    done(&fix(&folder, &["--report", "r.html", "a.txt"]));
    let page = read(&folder, "r.html");
    let rows: Vec<&str> = page
        .lines()
        .filter(|line| line.starts_with("<tr><td"))
        .collect();
    assert_eq!(rows.len(), 3, "{page}");
    for (row, place) in rows.iter().zip(["1:4<br>3 edits", "1:", "2:4<br>3 edits"]) {
        assert!(row.contains(place), "{place}: {row}");
        assert_eq!(row.matches("<ins>").count(), 3, "{row}");
        assert!(
            row.contains("<ins>üß</ins><span class=\"beside\">e, K"),
            "{row}"
        );
    }
}

#[test]
fn escapes_are_looked_into_if_asked_for() {
    let folder = Folder::new();
    let escaped =
        "<p>Das war sch&Atilde;&para;n, und F&Atilde;&frac14;r K&Atilde;&curren;the auch.</p>\n";
    let repaired = "<p>Das war sch&ouml;n, und F&uuml;r K&auml;the auch.</p>\n";
    folder.file("a.html", escaped);
    assert!(done(&fix(&folder, &["--check", "a.html"])).is_empty());
    assert_eq!(
        done(&fix(&folder, &["--escapes", "a.html"])),
        repaired.as_bytes()
    );
    done(&fix(&folder, &["--escapes", "-i", "a.html"]));
    assert_eq!(read(&folder, "a.html"), repaired);
    done(&fix(&folder, &["--undo", "a.html"]));
    assert_eq!(read(&folder, "a.html"), escaped);
}

#[test]
fn it_tidies_as_ftfy_does_if_asked_for() {
    let folder = Folder::new();
    let text = "\u{feff}“Das war schÃ¶n”, sagte er &amp; ﬁng an.\r\nＡＢＣ\r\n";
    let tidy = "\"Das war schön\", sagte er & fing an.\nABC\n";
    folder.file("a.txt", text);
    let output = fix(&folder, &["--tidy", "a.txt"]);
    assert_eq!(String::from_utf8_lossy(done(&output)), tidy);
    done(&fix(&folder, &["-i", "--tidy", "a.txt"]));
    assert_eq!(read(&folder, "a.txt"), tidy);
    done(&fix(&folder, &["--undo", "a.txt"]));
    assert_eq!(read(&folder, "a.txt"), text);
    // Nobody is tidied up after who has not asked for it.
    assert!(stdout(&fix(&folder, &["a.txt"])).starts_with("\u{feff}“Das war schön”"));
    let both = fix(&folder, &["--tidy", "--exact", "a.txt"]);
    assert_eq!(both.status.code(), Some(2));
}

#[test]
fn only_what_is_proven_is_repaired_if_asked_for() {
    // A byte was lost on the way: what it was is a guess.
    let lost = "Ich mÃ¶chte die schÃ¶nen GrÃ¼Ã\u{fffd}e fÃ¼r KÃ¤the.\n";
    let usual = stdout(&run_with_input(&mut program("fix"), lost));
    assert!(
        usual.contains("schönen") && !usual.contains("GrÃ¼"),
        "{usual}"
    );
    let answer = run_with_input(
        program("fix").args(["--exact", "--jsonl"]),
        serde_json::json!({ "text": lost }).to_string(),
    );
    let answer: serde_json::Value = serde_json::from_slice(done(&answer)).unwrap();
    let edits = answer["edits"].as_array().unwrap();
    assert!(edits.iter().all(|edit| edit["exact"] == true), "{answer}");
    assert!(
        answer["text"].as_str().unwrap().contains("Ã\u{fffd}e"),
        "{answer}"
    );
    let both = run(program("fix").args(["--exact", "--escapes"]));
    assert_eq!(both.status.code(), Some(2));
}

#[test]
fn any_number_of_jobs_gives_the_same() {
    let folder = project();
    for n in 0..66 {
        folder.file(
            &format!("docs/{n:02}.txt"),
            mangled(&format!("Größe {n}, schöne Grüße\n")),
        );
    }
    let with = |jobs: &str| {
        let output = fix(&folder, &["--check", "-r", "--jobs", jobs, "."]);
        assert_eq!(output.status.code(), Some(1));
        stdout(&output)
    };
    let one = with("1");
    assert!(one.lines().count() > 66);
    assert_eq!(with("3"), one);

    let line = |n| {
        format!(
            "{}\n",
            serde_json::json!({ "text": format!("{n} {}", BAD.trim_end()) })
        )
    };
    let lines: String = (0..20).map(line).collect();
    let with = |jobs: &str| {
        stdout(&run_with_input(
            program("fix").args(["--jsonl", "--jobs", jobs]),
            &lines,
        ))
    };
    let one = with("1");
    assert_eq!(one.lines().count(), 20);
    assert_eq!(with("3"), one);
    assert_eq!(fix(&folder, &["--jobs", "0"]).status.code(), Some(2));
}

#[test]
fn the_command_line_is_checked() {
    let folder = project();
    for (arguments, part) in [
        (&["--check", "."][..], "--recursive"),
        (&["--recursive", "."], "--check"),
        (&["--check"], "standard input"),
        (&["--in-place", "-"], "standard input"),
        (&["--check", "missing"], "cannot be read"),
        (&["--check", "--diff", "a.md"], "cannot be used with"),
        (
            &["--in-place", "--output", "x", "a.md"],
            "cannot be used with",
        ),
        (&["--keep", "none", "a.md"], "--in-place"),
        (&["--undo", "a.md"], "nothing beside it"),
        (&["--jobs", "0", "a.md"], "a whole number from 1 on"),
    ] {
        let output = fix(&folder, arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(error.contains(part), "{error}");
    }
    assert_eq!(read(&folder, "a.md"), BAD);
    let help = stdout(&run(program("fix").arg("--help")));
    assert!(help.contains("Exit codes"), "{help}");
}

#[test]
#[cfg(unix)]
fn a_full_disk_loses_nothing() {
    let folder = project();
    let long = format!("{BAD}{}", "plain\n".repeat(1000));
    folder.file("long.txt", &long);
    // The short ones fit, the long one does not; its patch would.
    let output = run(programs::limited("fix", 4)
        .args(["-i", "-r", "."])
        .current_dir(&folder.0));
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{error}");
    assert!(error.contains("long.txt: cannot be written"), "{error}");
    assert_eq!(read(&folder, "long.txt"), long);
    assert_eq!(read(&folder, "a.md"), GOOD);
    assert!(!folder.path("long.txt.unbake-patch").exists());
    assert!(folder.names().iter().all(|name| !name.ends_with(".tmp")));
    if Path::new("/dev/full").exists() {
        refused(&fix(&folder, &["a.md", "-o", "/dev/full"]), 1);
    }
}

#[test]
fn large_files_are_repaired_in_blocks_and_taken_back() {
    let folder = Folder::new();
    // More than the 16 MiB that are held in memory.
    let line = "A line of plain text that fills the file and is passed over quickly enough.\n";
    let filler = line.repeat((17 << 20) / line.len());
    let (bad, good) = (
        format!("{BAD}{filler}{BAD}"),
        format!("{GOOD}{filler}{GOOD}"),
    );
    folder.file("large.txt", &bad);
    folder.file("clean.txt", format!("{filler}{filler}"));
    folder.file("binary.dat", format!("\0{filler}{filler}"));
    folder.file("latin.txt", [filler.as_bytes(), b"caf\xe9"].concat());

    let output = fix(&folder, &["-i", "-r", "."]);
    done(&output);
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(
        told.contains("passed over 2 files") && told.contains("repaired 1 of 4"),
        "{told}"
    );
    assert!(read(&folder, "large.txt") == good);
    assert!(folder.path("large.txt.unbake-patch").exists());
    assert!(!folder.path("clean.txt.unbake-patch").exists());
    // A second repair has nothing to do; one that had would not overwrite the patch.
    done(&fix(&folder, &["-i", "large.txt"]));
    folder.file("large.txt", &bad);
    let output = fix(&folder, &["-i", "large.txt"]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(String::from_utf8(output.stderr).unwrap().contains("--undo"));
    folder.file("large.txt", &good);
    done(&fix(&folder, &["--undo", "large.txt"]));
    assert!(read(&folder, "large.txt") == bad);

    done(&fix(
        &folder,
        &["--output", "out.txt", "--patch", "out.patch", "large.txt"],
    ));
    assert!(read(&folder, "out.txt") == good && read(&folder, "large.txt") == bad);
    let error = refused(&fix(&folder, &["--output", "none.txt", "latin.txt"]), 2);
    assert!(
        error.contains("latin.txt") && error.contains("UTF-8"),
        "{error}"
    );
    assert!(!folder.path("none.txt").exists());
    let left: Vec<_> = fs::read_dir(&folder.0).unwrap().collect();
    assert_eq!(left.len(), 6, "no temporary file is left: {left:?}");
}
