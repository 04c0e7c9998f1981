//! Patches as another program would meet them: as files, some of them hostile.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail so"
)]

use unbake::error::{ChainTooLong, MisdecodingError, ParseMisdecodingError};
use unbake::misdecoding::{Chain, Misdecoding};
use unbake::repair::{Cause, Certainty, Edit, Guess, Patch, PatchError, Repair, Repairer};

const FORMAT: &str = include_str!("../src/repair/patch-format.md");
const REPAIRED: &str = "Das war schön.";
const MANGLED: &str = "Das war schÃ¶n.";

/// The example that stands in the description of the format.
fn example() -> String {
    let (_, rest) = FORMAT.split_once("```text\n").unwrap();
    let (example, _) = rest.split_once("```").unwrap();
    example.to_owned()
}

/// The error that the example gives with something in it replaced.
fn refusal(old: &str, new: &str) -> PatchError {
    let example = example();
    assert_eq!(
        example.matches(old).count(),
        1,
        "{old:?} must stand there once"
    );
    let patch = example.replace(old, new).parse::<Patch>();
    patch.expect_err(new)
}

#[test]
fn the_example_in_the_format_is_a_patch() {
    let patch: Patch = example().parse().unwrap();
    assert_eq!(patch.to_string(), example());
    assert_eq!(patch.revert(REPAIRED).unwrap(), MANGLED);
    assert_eq!(patch.apply(MANGLED).unwrap(), REPAIRED);

    let [edit] = patch.edits() else {
        panic!("{patch:?}")
    };
    assert_eq!((edit.before(), edit.after()), ("schÃ¶n", "schön"));
    assert_eq!((edit.original(), edit.repaired()), (8..16, 8..14));
    assert_eq!(edit.cause().to_string(), "utf-8>windows-1252");
    assert_eq!(edit.certainty(), &Certainty::Exact);
    assert_eq!(edit.confidence(), 0.98);
}

#[test]
fn an_unchanged_text_has_an_empty_patch() {
    let patch = unbake::repair("all is well").patch();
    assert!(patch.is_empty());
    assert_eq!(patch.to_string().parse(), Ok(patch.clone()));
    assert_eq!(patch.revert("all is well").unwrap(), "all is well");
    assert_eq!(patch.apply("all is well").unwrap(), "all is well");
}

#[test]
fn what_is_no_patch_is_refused() {
    for text in [
        "",
        "\n",
        "unbake-patch",
        "Das war schön.",
        "\u{feff}unbake-patch 1\nend\n",
        "\0",
    ] {
        assert_eq!(
            text.parse::<Patch>(),
            Err(PatchError::NotAPatch),
            "{text:?}"
        );
    }
    assert_eq!(
        refusal("patch 1", "patch 2"),
        PatchError::Version("2".into())
    );
    assert_eq!(
        refusal("patch 1", "patch 1.0"),
        PatchError::Version("1.0".into())
    );
}

#[test]
fn changed_line_ends_are_named_as_such() {
    let error = example()
        .replace('\n', "\r\n")
        .parse::<Patch>()
        .unwrap_err();
    assert!(
        matches!(error, PatchError::CarriageReturn { line: 1, .. }),
        "{error:?}"
    );
    assert!(error.to_string().contains("line ends"), "{error}");
    let error = refusal("edits 1\n", "edits 1\r\n");
    assert!(
        matches!(error, PatchError::CarriageReturn { line: 4, .. }),
        "{error:?}"
    );
}

#[test]
fn every_truncation_is_refused() {
    let whole = example();
    for (end, _) in whole.char_indices() {
        assert!(
            whole[..end].parse::<Patch>().is_err(),
            "{:?}",
            &whole[..end]
        );
    }
    assert_eq!(refusal("end\n", "end"), PatchError::Truncated);
    assert_eq!(refusal("end\n", "end\n\n"), PatchError::Truncated);
}

#[test]
fn a_damaged_line_is_named() {
    let big = "99999999999999999999999999";
    for (old, new, at) in [
        ("repaired 15", "repaired -15", 2),
        ("repaired 15", "repaired +15", 2),
        ("repaired 15", &*format!("repaired {big}"), 2),
        ("repaired 15", "repaired  15", 2),
        ("repaired 15", "Repaired 15", 2),
        ("mangled 17 ", "mangled 17 0", 3),
        ("mangled 17 ", "mangled 17 +", 3),
        ("edits 1", "edits", 4),
        ("edits 1", "edits one", 4),
        ("edits 1", "edits 1 ", 4),
        ("edits 1", &*format!("edits {big}"), 4),
        ("8 6 utf", " 8 6 utf", 5),
        ("8 6 utf", "8.0 6 utf", 5),
        ("8 6 utf", &*format!("{big} 6 utf"), 5),
        ("8 6 utf", &*format!("8 {big} utf"), 5),
        (" exact ", " Exact ", 5),
        (" exact ", " inferred: ", 5),
        (" exact ", " inferred:1 ", 5),
        (" exact ", " inferred:1-2, ", 5),
        ("0.98", "98", 5),
        ("0.98", "1.01", 5),
        ("0.98", "-0.98", 5),
        ("0.98", "NaN", 5),
        ("0.98", "inf", 5),
        ("0.98", "", 5),
        ("\"schön\"", "\"schön", 5),
        ("\"schön\"", "'schön'", 5),
        ("\"schön\"", "\"schön\" ", 5),
        ("\"schön\"", "\"sch\\u00f\"", 5),
        ("\"schön\"", "\"sch\\ud800n\"", 5),
        ("\"schön\"", "\"sch\\xf6n\"", 5),
        ("\"schön\"", "\"sch\0n\"", 5),
        ("\"schön\"", "\"sch\tn\"", 5),
        ("\"schön\"\n", "\"schön\"\n\n", 6),
    ] {
        match refusal(old, new) {
            PatchError::Syntax { line, .. } => assert_eq!(line, at, "{new:?}"),
            other => panic!("{new:?}: {other:?}"),
        }
    }
}

#[test]
fn an_unknown_cause_is_named() {
    for cause in ["gremlins", "utf-8>klingon", "", "reading+noise"] {
        match refusal("utf-8>windows-1252", cause) {
            PatchError::UnknownCause {
                line: 5,
                cause: named,
                ..
            } => assert_eq!(*named, *cause),
            other => panic!("{cause:?}: {other:?}"),
        }
    }
}

#[test]
fn a_patch_that_contradicts_itself_is_refused() {
    let max = usize::MAX;
    let line = "8 6 utf-8>windows-1252 exact 0.98 \"schÃ¶n\" \"schön\"";
    for (old, new) in [
        ("edits 1", "edits 0".to_owned()),
        ("edits 1", "edits 2".to_owned()),
        ("edits 1", format!("edits {max}")),
        ("8 6 utf", "8 7 utf".to_owned()),
        ("8 6 utf", format!("8 {max} utf")),
        ("8 6 utf", format!("{max} 6 utf")),
        ("8 6 utf", format!("{} 6 utf", max - 6)),
        ("8 6 utf", "10 6 utf".to_owned()),
        ("repaired 15", "repaired 13".to_owned()),
        ("repaired 15", format!("repaired {max}")),
        ("mangled 17", format!("mangled {max}")),
        ("mangled 17", "mangled 0".to_owned()),
        ("\"schÃ¶n\"", "\"schön\"".to_owned()),
        ("\"schÃ¶n\"", "\"\"".to_owned()),
        ("exact", "inferred:3-4".to_owned()),
        ("exact", "inferred:3-5,3-5".to_owned()),
        ("exact", format!("inferred:0-{max}")),
        // The same edit twice, overlapping, and out of order.
        ("edits 1\n", format!("edits 2\n{line}\n")),
        (
            "edits 1\n",
            "edits 2\n7 2 noise exact 1 \"xx\" \"yy\"\n".to_owned(),
        ),
        ("end\n", "0 1 noise exact 1 \"x\" \"D\"\nend\n".to_owned()),
    ] {
        let error = refusal(old, &new);
        // The added line at the end is one more than the count says.
        assert!(
            matches!(error, PatchError::Contradiction { .. }),
            "{new:?}: {error:?}"
        );
    }
}

#[test]
fn edits_that_do_not_fit_the_text_are_refused_when_applied() {
    // Well-formed and of the right lengths, so only the text can tell.
    for (old, new) in [
        ("8 6 utf", "7 6 utf"),
        // Ends inside the character.
        ("8 6 utf", "5 6 utf"),
        ("\"schÃ¶n\"", "\"schÃ¶m\""),
        ("\"schön\"", "\"schöm\""),
    ] {
        let patch: Patch = example().replace(old, new).parse().unwrap();
        for result in [
            patch.revert(REPAIRED),
            patch.revert_edits(REPAIRED, &[]),
            patch.apply(MANGLED),
        ] {
            assert!(
                matches!(result, Err(PatchError::Contradiction { .. })),
                "{new:?}: {result:?}"
            );
        }
    }
}

#[test]
fn another_text_is_refused_with_advice() {
    let patch: Patch = example().parse().unwrap();
    for text in [
        "",
        "Das war schön",
        "Das war schön.\n",
        "das war schön.",
        "\u{feff}Das war schön.",
    ] {
        let error = patch.revert(text).unwrap_err();
        assert!(
            matches!(
                error,
                PatchError::OtherText {
                    expected_length: 15,
                    ..
                }
            ),
            "{error:?}"
        );
        assert!(
            error
                .to_string()
                .contains("as it was when the patch was written"),
            "{error}"
        );
        assert!(patch.apply(text).is_err());
    }
    assert_eq!(patch.revert(MANGLED), Err(PatchError::AlreadyReverted));
    assert_eq!(patch.apply(REPAIRED), Err(PatchError::AlreadyApplied));
}

#[test]
fn an_edit_that_does_not_exist_is_refused() {
    let patch: Patch = example().parse().unwrap();
    for index in [1, usize::MAX] {
        let error = patch.revert_edits(REPAIRED, &[0, index]).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("there is no edit {index} (counted from 0): there are 1")
        );
    }
}

#[test]
fn escapes_are_those_of_json() {
    let strings = [
        r#"""#,
        r"\",
        "\n\r\t\0\u{8}\u{c}",
        "\u{a0}\u{2028}\u{200b}\u{feff}",
        "\u{e3ef}",
        "😀",
        "/",
    ];
    for string in strings {
        let (repaired, mangled) = (format!("{string}y"), format!("{string}x"));
        let json = [&mangled, &repaired].map(|text| serde_json::to_string(text).unwrap());
        let file = patch_file(&repaired, &mangled, &json);
        let patch: Patch = file.parse().unwrap();
        assert_eq!(patch.revert(&repaired).unwrap(), mangled);

        // And what is written is read by JSON's own rules.
        let written = patch.to_string();
        let line = written.lines().nth(4).unwrap();
        let (_, strings) = line.split_once(" 1 ").unwrap();
        let mut read = serde_json::Deserializer::from_str(strings).into_iter::<String>();
        assert_eq!(read.next().unwrap().unwrap(), mangled);
        assert_eq!(read.next().unwrap().unwrap(), repaired);
    }
    let pair = patch_file("😀", "x", &["\"x\"".into(), r#""\ud83d\ude00""#.into()]);
    assert_eq!(pair.parse::<Patch>().unwrap().revert("😀").unwrap(), "x");
}

/// A patch with one edit over the whole text.
fn patch_file(repaired: &str, mangled: &str, json: &[String; 2]) -> String {
    let fnv = |text: &str| {
        let step = |state: u64, byte: u8| (state ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
        format!(
            "{} {:016x}",
            text.len(),
            text.bytes().fold(0xcbf2_9ce4_8422_2325, step)
        )
    };
    format!(
        "unbake-patch 1\nrepaired {}\nmangled {}\nedits 1\n0 {} noise inferred 1 {} {}\nend\n",
        fnv(repaired),
        fnv(mangled),
        repaired.len(),
        json[0],
        json[1],
    )
}

#[test]
fn public_types_can_cross_threads() {
    fn auto<T: Send + Sync + Unpin + std::panic::UnwindSafe + std::panic::RefUnwindSafe>() {}
    auto::<Misdecoding>();
    auto::<Chain>();
    auto::<Edit>();
    auto::<Cause>();
    auto::<Certainty>();
    auto::<Guess>();
    auto::<Repair<'static>>();
    auto::<Patch>();
    auto::<PatchError>();
    auto::<Repairer>();
    auto::<MisdecodingError>();
    auto::<ParseMisdecodingError>();
    auto::<ChainTooLong>();
}
