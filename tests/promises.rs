//! The promises of the crate, on random texts.
//!
//! 1. Reversible: `repair(x).revert() == x`, and the patch does the same once the mangled text is gone.
//! 2. Harmless: what is not changed is borrowed.
//! 3. Stable: `repair(repair(x)) == repair(x)`.
//! 4. Bounded: nothing panics, nothing is lost.
//! 5. Explained: every edit says why, and what it says can be checked.
//!
//! `UNBAKE_PROPTEST_CASES` says how many texts each relation is tried on, `PROPTEST_RNG_SEED` which.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail so"
)]

mod common;

use std::borrow::Cow;
use std::panic::{RefUnwindSafe, UnwindSafe};

use common::random_cases;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use unbake::detect::Settings;
use unbake::encoding::Encoding;
use unbake::misdecoding::{Chain, Misdecoding};
use unbake::repair::{Cause, Certainty, Edit, Patch, PatchError};
use unbake::{Candidate, Detector, Repair, Repairer, detect, repair};

/// Words of many scripts, with what stands between words in files.
const WORDS: &[&str] = &[
    "garden",
    "café",
    "naïve",
    "Straße",
    "schön",
    "garçon",
    "señor",
    "ação",
    "żółw",
    "łąka",
    "příliš",
    "őszi",
    "Țară",
    "güneş",
    "ışık",
    "ķirsis",
    "ėjimas",
    "привет",
    "МОСКВА",
    "ещё",
    "її",
    "ґанок",
    "ђак",
    "нож",
    "καλημέρα",
    "ΌΧΙ",
    "שלום",
    "עולם",
    "مرحبا",
    "کتاب",
    "สวัสดี",
    "xin",
    "chào",
    "đường",
    "नमस्ते",
    "বাংলা",
    "தமிழ்",
    "ქართული",
    "հայերեն",
    "你好",
    "中文",
    "繁體字",
    "漢",
    "日本語",
    "カタカナ",
    "ﾈｺ",
    "ひらがな",
    "한국어",
    "햇볕",
    "ñ",
    "—",
    "…",
    "“quoted”",
    "l’eau",
    "don't",
    "№7",
    "50 €",
    "20 °C",
    "½",
    "≥",
    "→",
    "♥",
    "😀",
    "👩‍👩‍👧",
    "©",
    "²",
    "┌─┐",
    "║",
    "¯\\_(ツ)_/¯",
    "\u{a0}",
    "\u{85}",
    "\u{ad}",
    "\u{200b}",
    "\u{feff}",
    "\u{fffd}",
    "\u{e3ef}",
    "e\u{301}",
    "\t",
    "\n",
    "\r\n",
    "  ",
    "?",
    "<b>",
    "&amp;",
    "{\"a\":1}",
    "a;b;c",
    "0x7F",
    "/usr/bin",
    "(",
    ")",
    "!",
    ",",
    ".",
    "\0",
    "\u{1b}[0m",
    "\u{e}",
    "\u{f}",
    "\"",
];

/// A line or a few of mixed scripts.
fn mixed() -> impl Strategy<Value = String> {
    let word = (select(WORDS), select(vec![" ", " ", "", ", ", "\n"]));
    proptest::collection::vec(word, 1..12).prop_map(|words| {
        words
            .into_iter()
            .flat_map(|(word, gap)| [word, gap])
            .collect()
    })
}

/// Up to three mishaps in a row, of any two encodings each.
fn chain() -> impl Strategy<Value = Chain> {
    const COMMON: &[&str] = &[
        "utf-8>windows-1252",
        "utf-8>gbk",
        "utf-8>windows-1251",
        "koi8-r>windows-1251",
        "shift_jis>windows-1252",
    ];
    let any_step = (select(Encoding::ALL), select(Encoding::ALL))
        .prop_map(|(written, read)| Misdecoding::new(written, read));
    let step = prop_oneof![
        select(COMMON).prop_map(|step| step.parse().unwrap()),
        any_step
    ];
    proptest::collection::vec(step, 1..=3).prop_map(|steps| {
        steps
            .into_iter()
            .fold(Chain::new(), |chain, step| chain.with(step).unwrap())
    })
}

/// What a chain makes of a text, word by word: a word that an encoding cannot hold stands as it is.
fn mojibake() -> impl Strategy<Value = String> {
    (
        mixed(),
        chain(),
        proptest::collection::vec(any::<Index>(), 0..3),
    )
        .prop_map(|(text, chain, lost)| {
            let words = text.split_inclusive([' ', '\n']);
            let mangled: String = words
                .map(|word| chain.mangle(word).unwrap_or_else(|_| word.to_owned()))
                .collect();
            // Some of it gets lost on the way.
            let mut characters: Vec<char> = mangled.chars().collect();
            for at in lost {
                if !characters.is_empty() {
                    let at = at.index(characters.len());
                    match at % 3 {
                        0 => characters[at] = '?',
                        1 => characters[at] = '\u{fffd}',
                        _ => drop(characters.remove(at)),
                    }
                }
            }
            characters.into_iter().collect()
        })
}

/// Texts of every sort: any characters, mixed scripts, mojibake.
fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        1 => any::<String>(),
        1 => proptest::collection::vec(any::<char>(), 0..12).prop_map(String::from_iter),
        1 => mixed(),
        3 => mojibake(),
    ]
}

/// The pages of the corpus, mangled and repaired.
fn corpus_pages() -> Vec<String> {
    let folders =
        ["corpus/pages", "corpus/damaged_pages"].map(|folder| common::root().join(folder));
    let found = folders
        .iter()
        .flat_map(|folder| common::files(folder, ".txt"));
    found.map(|file| common::read(&file)).collect()
}

fn cases(share: u32) -> ProptestConfig {
    let cases = (random_cases() / share).max(10);
    // A failure prints its smallest text; it becomes a case in `corpus/` or a test here, not a file of seeds.
    ProptestConfig {
        cases,
        failure_persistence: None,
        max_shrink_iters: 2000,
        ..ProptestConfig::default()
    }
}

/// All that one repair promises.
fn keeps_its_promises(text: &str, repair: &Repair<'_>) {
    assert_eq!(repair.revert(), text, "a repair can be reverted");
    let whole =
        matches!(repair.clone().into_text(), Cow::Borrowed(back) if std::ptr::eq(back, text));
    assert_eq!(
        whole,
        !repair.is_changed(),
        "borrowed if and only if nothing was changed"
    );
    assert_eq!(repair.is_changed(), !repair.edits().is_empty());
    assert!((0.0..=1.0).contains(&repair.confidence()));
    for edit in repair.edits() {
        edit_is_explained(text, repair, edit);
    }

    let patch = repair.patch();
    let read: Patch = patch
        .to_string()
        .parse()
        .expect("a patch that was written can be read");
    assert_eq!(read, patch);
    assert_eq!(read.revert(repair.text()).as_deref(), Ok(text));
    assert_eq!(read.apply(text).as_deref(), Ok(repair.text()));
}

fn edit_is_explained(text: &str, repair: &Repair<'_>, edit: &Edit) {
    assert_eq!(&text[edit.original()], edit.before());
    assert_eq!(&repair.text()[edit.repaired()], edit.after());
    assert_ne!(edit.before(), edit.after());
    assert!(
        (0.0..=1.0).contains(&edit.confidence()),
        "{}",
        edit.confidence()
    );
    match (edit.certainty(), edit.cause()) {
        (Certainty::Exact, Cause::Chain(chain)) => {
            assert!(
                !chain.is_empty(),
                "nothing happened, and yet it was changed"
            );
            assert_eq!(
                chain.mangle(edit.after()).as_deref(),
                Ok(edit.before()),
                "{chain} does not lead back"
            );
        }
        (Certainty::Inferred { guessed, .. }, _) => {
            assert!(
                guessed
                    .iter()
                    .all(|guess| edit.after().get(guess.range()).is_some())
            );
        }
        _ => {}
    }
}

proptest! {
    #![proptest_config(cases(1))]

    #[test]
    fn every_text_can_be_reverted(text in texts()) {
        keeps_its_promises(&text, &repair(&text));
    }
}

proptest! {
    #![proptest_config(cases(10))]

    #[test]
    fn a_repaired_text_is_stable(text in texts()) {
        let once = repair(&text).into_text().into_owned();
        let twice = repair(&once);
        prop_assert!(!twice.is_changed(), "{text:?} to {once:?} to {:?}", twice.text());
    }

    #[test]
    fn the_least_sure_repairs_keep_the_promises(text in texts(), threshold in 0.0_f32..1.0) {
        keeps_its_promises(&text, &Repairer::new().threshold(threshold).repair(&text));
    }

    /// Below one half, where a repair is more likely wrong than right, rounds need not come to an end.
    #[test]
    fn a_text_not_worth_a_change_is_not_worth_it_to_the_more_careful(text in texts(), a in 0.5_f32..1.0, b in 0.5_f32..1.0) {
        let (bold, careful) = (Repairer::new().threshold(a.min(b)), Repairer::new().threshold(a.max(b)));
        if !bold.repair(&text).is_changed() {
            prop_assert!(!careful.repair(&text).is_changed(), "{a} {b} {text:?}");
        }
    }
}

proptest! {
    #![proptest_config(cases(50))]

    #[test]
    fn pages_keep_the_promises(lines in proptest::collection::vec(texts(), 1..12)) {
        let page = lines.join("\n");
        keeps_its_promises(&page, &repair(&page));
    }

    /// Cut anywhere, so that readings, shifted runs and line ends are cut through too.
    #[test]
    fn parts_of_pages_keep_the_promises(page in select(corpus_pages()), from in any::<Index>(), length in 0_usize..600) {
        let from = from.index(page.chars().count());
        let part: String = page.chars().skip(from).take(length).collect();
        let repair = repair(&part);
        keeps_its_promises(&part, &repair);
        let again = unbake::repair(repair.text());
        prop_assert!(!again.is_changed(), "{part:?} to {:?} to {:?}", repair.text(), again.text());
    }

    #[test]
    fn the_same_text_is_repaired_the_same_way_anywhere(text in texts()) {
        let here = repair(&text);
        prop_assert_eq!(&here, &repair(&text));
        let there = std::thread::scope(|scope| scope.spawn(|| repair(&text)).join().unwrap());
        prop_assert_eq!(here, there);
    }

    #[test]
    fn candidates_are_ranked_and_explained(text in texts()) {
        let found = detect(&text);
        prop_assert_eq!(&found, &detect(&text));
        prop_assert!(found.is_sorted_by(|a, b| a.score() >= b.score()));
        for candidate in &found {
            prop_assert!((0.0..=1.0).contains(&candidate.confidence()));
            prop_assert!(!candidate.chain().is_empty());
            prop_assert!(!candidate.score().is_nan());
        }
        // Text in ASCII is mangled only by what writes in ASCII.
        let codes = [
            Encoding::Iso2022Jp,
            Encoding::Iso2022Kr,
            Encoding::Hz,
            Encoding::Utf7,
        ];
        let written_in_ascii = |c: &Candidate| c.chain().iter().any(|m| codes.contains(&m.written));
        prop_assert!(!text.is_ascii() || found.iter().all(written_in_ascii));
    }

    #[test]
    fn single_edits_can_be_taken_back(text in texts(), chosen in any::<Index>()) {
        let repair = repair(&text);
        if !repair.edits().is_empty() {
            let index = chosen.index(repair.edits().len());
            let (less, rest) = repair.patch().without(repair.text(), &[index]).unwrap();
            prop_assert_eq!(repair.revert_edit(index).unwrap(), &*less);
            prop_assert_eq!(rest.revert(&less).unwrap(), &*text);
        }
        prop_assert!(repair.revert_edit(repair.edits().len()).is_err());
    }

    #[test]
    fn settings_keep_the_promises(
        text in texts(),
        layers in 0_usize..6,
        written in proptest::collection::vec(select(Encoding::ALL), 0..4),
        read in proptest::collection::vec(select(Encoding::ALL), 0..4),
    ) {
        let settings = Settings::new().layers(layers).written_in(&written).read_as(&read);
        let repair = Repairer::new().settings(settings).repair(&text);
        keeps_its_promises(&text, &repair);
        for edit in repair.edits() {
            for step in edit.cause().chain().iter().flat_map(|chain| chain.iter()) {
                prop_assert!(written.contains(&step.written), "{step} was not allowed");
                prop_assert!(read.contains(&step.read), "{step} was not allowed");
            }
        }
    }
}

/// Texts that once were, or easily could be, too much for an engine.
#[test]
fn awkward_texts_come_through() {
    let table: &[(&str, String)] = &[
        ("nothing at all", String::new()),
        ("one lone mark", "Ã".into()),
        ("a NUL in mojibake", "schÃ¶\0n".into()),
        ("a byte order mark, mangled", "ï»¿name;price".into()),
        ("a byte order mark before mojibake", "\u{feff}schÃ¶n".into()),
        ("no end of layers", "ÃƒÆ’Ã‚Â".repeat(40)),
        ("one line of 20,000 letters", "é".repeat(20_000)),
        (
            "one line of 20,000 bytes of mojibake",
            "schÃ¶n ".repeat(2_500),
        ),
        ("one word of mojibake without a space", "Ã¶".repeat(3_000)),
        ("CJK without a space", "浣犲ソ".repeat(1_000)),
        (
            "noncharacters and private use",
            "\u{fffe}\u{ffff}\u{10ffff}\u{e000}\u{f8ff}".into(),
        ),
        ("only line ends", "\n\r\n\r\u{85}\u{2028}\u{2029}".into()),
        (
            "the last line is mangled and has no end",
            "clean\nschÃ¶n".into(),
        ),
        (
            "combining marks in a row",
            "a".to_owned() + &"\u{301}".repeat(500),
        ),
        ("U+FFFD mangled again", "ï¿½ï¿½ О©╫ 锟斤拷".into()),
    ];
    for (what, text) in table {
        let repair = repair(text);
        println!("{what}: {} edits", repair.edits().len());
        keeps_its_promises(text, &repair);
        let again = unbake::repair(repair.text());
        assert!(
            !again.is_changed(),
            "{what}: {:?} to {:?}",
            repair.text(),
            again.text()
        );
    }
}

/// Every option makes a difference: the text, the repairers with and without it, and what they make of it.
#[test]
fn options_are_no_decoration() {
    let settings = |settings: Settings| Repairer::new().settings(settings);
    let twice = "Das war schÃƒÂ¶n, und die KÃƒÂ¼che ist grÃƒÂ¶ÃƒÅ¸er.";
    let once = "Das war schÃ¶n, und die KÃ¼che ist grÃ¶ÃŸer.";
    let clean = "Das war schön, und die Küche ist größer.";
    let table: &[(&str, Repairer, &str, &str)] = &[
        ("two layers by default", Repairer::new(), twice, clean),
        ("as the default", Repairer::default(), twice, clean),
        (
            "written in another encoding",
            settings(Settings::new().written_in(&[Encoding::Koi8R])),
            once,
            once,
        ),
        (
            "read as another encoding",
            settings(Settings::new().read_as(&[Encoding::Ibm866])),
            once,
            once,
        ),
        (
            "written and read so",
            settings(
                Settings::new()
                    .written_in(&[Encoding::Utf8])
                    .read_as(&[Encoding::Windows1252]),
            ),
            once,
            clean,
        ),
        (
            "one letter is not so certain",
            Repairer::new().threshold(0.9999),
            "korisnièko ime",
            "korisnièko ime",
        ),
        (
            "sure enough",
            Repairer::new().threshold(0.5),
            "korisnièko ime",
            "korisničko ime",
        ),
        (
            "no number is no threshold",
            Repairer::new().threshold(f32::NAN),
            once,
            clean,
        ),
    ];
    for (what, repairer, text, expected) in table {
        assert_eq!(repairer.repair(text).text(), *expected, "{what}");
    }
    // With one layer the text is not taken two layers back at once; what is left is repaired in a second round.
    let deepest = |layers| {
        let found = Detector::with_settings(Settings::new().layers(layers)).detect(twice);
        found.iter().map(|candidate| candidate.chain().len()).max()
    };
    assert_eq!(deepest(1), Some(1));
    assert!(deepest(2) >= Some(2));
    assert_eq!(deepest(0), Some(1), "at least one layer is looked for");
}

#[test]
fn a_patch_of_another_text_is_refused() {
    let repair = repair("Das war schÃ¶n.");
    assert!(matches!(
        repair.patch().revert("Das war schon."),
        Err(PatchError::OtherText { .. })
    ));
    assert_eq!("".parse::<Patch>(), Err(PatchError::NotAPatch));
}

#[test]
fn public_types_can_be_shared_between_threads() {
    fn shared<T: Send + Sync + UnwindSafe + RefUnwindSafe>() {}
    shared::<Repair<'static>>();
    shared::<Repairer>();
    shared::<Detector>();
    shared::<Candidate>();
    shared::<Settings>();
    shared::<Edit>();
    shared::<Cause>();
    shared::<Certainty>();
    shared::<Patch>();
    shared::<PatchError>();
    shared::<Encoding>();
    shared::<Misdecoding>();
    shared::<Chain>();
    shared::<unbake::error::MisdecodingError>();
    shared::<unbake::error::ParseMisdecodingError>();
    shared::<unbake::error::ChainTooLong>();
}

/// Eight times the text takes nowhere near sixty-four times the time, whatever the text repeats.
/// The quickest of three runs counts, and the bound leaves room for a busy machine, as do further tries.
#[test]
fn time_grows_with_the_length_and_not_with_its_square() {
    let units = [
        "Ã",
        "?",
        "&amp;",
        "\u{FFFD}",
        "aж漢é",
        "?！逗献鱾渫洝访鞔_",
        "ÃƒÂ¶",
        "會(huì)",
        "(",
        "¿",
    ];
    for unit in units {
        let seconds = |bytes: usize| {
            let text = unit.repeat(bytes / unit.len());
            let run = || {
                let start = std::time::Instant::now();
                drop(std::hint::black_box(unbake::repair(&text)));
                start.elapsed().as_secs_f64()
            };
            (0..3).map(|_| run()).fold(f64::INFINITY, f64::min)
        };
        let mut tries = (0..10).map(|_| (seconds(6_000), seconds(48_000)));
        let fine = |(short, long): (f64, f64)| long < 24.0 * short + 0.05;
        assert!(
            tries.any(fine),
            "{unit:?}: eight times the text takes more than 24 times the time"
        );
    }
}
