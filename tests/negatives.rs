//! Clean text from elsewhere that must stand: `../shared` holds real strings of unusual kinds, and the cases in which
//! ftfy, too, changes no encoding.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail so"
)]

mod common;

use common::{json_lines, on_all_processors, read, shared};
use serde::Deserialize;
use unbake::repair;

/// What is not clean after all: it may stand, or become this.
const MOJIBAKE: &[(&str, &str, &str)] = &[(
    "Bremer/Mccoy – DrÃ¥ber",
    "Bremer/Mccoy – Dråber",
    "ftfy's own comment calls it mojibake that it is safest not to decode; the album is called Dråber",
)];

/// A text and what to call it.
struct Clean {
    name: String,
    text: String,
}

fn all_stand(cases: &[Clean]) {
    assert!(!cases.is_empty(), "there are cases");
    let verdicts = on_all_processors(cases, |case| {
        let repair = repair(&case.text);
        let known = MOJIBAKE
            .iter()
            .any(|(mangled, truth, _)| *mangled == case.text && *truth == repair.text());
        repair.is_changed() && !known
    });
    let mut changed = 0;
    for (case, _) in cases.iter().zip(verdicts).filter(|(_, changed)| *changed) {
        changed += 1;
        let repair = repair(&case.text);
        let edit = &repair.edits()[0];
        println!(
            "{}: {:?} to {:?} ({}, {})",
            case.name,
            edit.before(),
            edit.after(),
            edit.cause(),
            edit.confidence()
        );
    }
    assert_eq!(changed, 0, "of {} clean texts", cases.len());
}

#[test]
fn real_strings_of_unusual_kinds_stand() {
    #[derive(Deserialize)]
    struct Line {
        id: String,
        kind: String,
        text: String,
    }
    let Some(file) = shared(
        "real_strings_of_unusual_kinds_stand",
        "data/negative-sample.jsonl",
    ) else {
        return;
    };
    let name = |line: &Line| format!("{} ({})", line.id, line.kind);
    let lines = json_lines::<Line>(&file).into_iter();
    all_stand(
        &lines
            .map(|line| Clean {
                name: name(&line),
                text: line.text,
            })
            .collect::<Vec<_>>(),
    );
}

#[test]
fn what_ftfy_leaves_alone_stands() {
    #[derive(Deserialize)]
    #[serde(rename_all = "kebab-case")]
    struct Case {
        label: String,
        original: String,
        fixed: String,
        /// Where the full clean-up does more than the encoding repair.
        fixed_encoding: Option<String>,
    }
    let Some(file) = shared(
        "what_ftfy_leaves_alone_stands",
        "data/peer-cases/ftfy/negative.json",
    ) else {
        return;
    };
    let cases: Vec<Case> = serde_json::from_str(&read(&file)).expect("a list of cases");
    let cases = cases
        .into_iter()
        .filter(|case| *case.fixed_encoding.as_ref().unwrap_or(&case.fixed) == case.original);
    all_stand(
        &cases
            .map(|case| Clean {
                name: case.label,
                text: case.original,
            })
            .collect::<Vec<_>>(),
    );
}

/// Lines of code and prose that looked like mojibake once, and why they are none.
const LIKE_MOJIBAKE: &[(&str, &str)] = &[
    ("─┼", "a piece of a frame"),
    ("[├┤]", "signs of a frame in a pattern"),
    ("巖邑\t巖邑", "the same rare word in two columns"),
    ("低級\t低階 低級", "two spellings in a word list"),
    ("that deﬁnes the", "a ligature as typesetting makes it"),
    ("'λ'", "a letter of Greek in code"),
    ("DALL·E", "a name with a dot"),
    ("On note α l'angle", "a letter of Greek in French"),
    ("http://puny£code.com", "a sign in an address, for a test"),
    (r#"vec!["ΔδΔ", "ΔδΔ"]"#, "letters of Greek in code"),
    ("2/√π", "a formula"),
    ("const\u{A0}<b>", "a no-break space in markup"),
    (
        "Bonjour\u{A0}!",
        "French sets a no-break space before the sign",
    ),
    ("z\u{A0}domu", "Czech sets one behind a preposition"),
    ("report.рdf", "a name with one letter of Cyrillic"),
    ("ăâîșțĂÂÎȘȚ", "the letters that an alphabet adds to ASCII"),
    (
        " │  │  │  │  alphabet=u'ñáéíóúüÑÁÉÍÓÚÜ',",
        "the same in a tree of programs",
    ),
    (
        "[A-Za-z0-9àâèçñó'-_(). ]*",
        "a set of characters in a pattern",
    ),
    (
        r#""frames": "┤┘┴└├┌┬┐"},"#,
        "pieces of a frame, one after another",
    ),
    ("W ] }; // đ Đ", "a letter in both cases"),
    ("одвојени ОпенПГП потпис", "an acronym at the end of a name"),
    ("Ｔhis Ｉs a Mｉｘed Ｗord", "letters of two widths"),
    ("check('&notin', '¬in')", "a sign of logic in quotes"),
    (
        "需要天津煎饼馃子",
        "a rare character with which pictures in GBK begin",
    ),
];

#[test]
fn what_looked_like_mojibake_stands() {
    let clean = |&(text, reason): &(&str, &str)| Clean {
        name: reason.to_string(),
        text: text.to_string(),
    };
    all_stand(&LIKE_MOJIBAKE.iter().map(clean).collect::<Vec<_>>());
}
