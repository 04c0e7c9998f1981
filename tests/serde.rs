//! With the feature `serde`: what is written is read again as it was, and what does not fit is refused.
//!
//! ```text
//! cargo test --features serde --test serde
//! ```

#![cfg(feature = "serde")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail so"
)]

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;
use unbake::bytes::{Charset, Declaration, Hints, Verdict, decode, detect};
use unbake::carriers::{Carrier, Writing};
use unbake::detect::{Guesses, Settings, System};
use unbake::encoding::Encoding;
use unbake::misdecoding::{Chain, Misdecoding};
use unbake::repair::{Cause, Edit, Patch, Repair};
use unbake::stream::InvalidBytes;
use unbake::tidy::{C1Controls, Quotes, Tidy, TidyRule};
use unbake::{Candidate, Detector, Repairer};

fn round<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) -> String {
    let written = serde_json::to_string(value).unwrap();
    let read: T = serde_json::from_str(&written).unwrap_or_else(|e| panic!("{written}: {e}"));
    assert_eq!(read, *value, "{written}");
    written
}

const TEXTS: &[&str] = &[
    "nothing wrong here",
    "Das war schÃ¶n, und RÃ©sumÃ© \u{FFFD}",
    "оПХБЕР, ЛХП\nplain\nschÃ¶n",
    "CafÃ\u{FFFD} Ã\u{A0} la carte, dÃ©jÃ\u{A0} vu",
    "caf+AOk-",
    "",
];

#[test]
fn texts_stand_for_encodings_and_chains() {
    for encoding in Encoding::ALL {
        assert_eq!(round(encoding), format!("\"{encoding}\""));
    }
    let chain: Chain = "utf-8>gbk + utf-8>windows-1252".parse().unwrap();
    assert_eq!(round(&chain), "\"utf-8>gbk + utf-8>windows-1252\"");
    assert_eq!(round(&Chain::new()), "\"-\"");
    let mishap: Misdecoding = "utf-8>gbk".parse().unwrap();
    assert_eq!(round(&mishap), "\"utf-8>gbk\"");
    assert_eq!(round(&Cause::Chain(chain)), round(&chain));
    assert_eq!(round(&Cause::Reading), "\"reading\"");
    assert_eq!(round(&System::Dos), "\"dos\"");
}

#[test]
fn repairs_and_patches_come_back() {
    for text in TEXTS {
        let repair = Repairer::new().repair(text).into_owned();
        round(&repair);
        round(&repair.patch());
        for edit in repair.edits() {
            round(edit);
        }
        let written = serde_json::to_string(&repair.patch()).unwrap();
        let patch: Patch = serde_json::from_str(&written).unwrap();
        assert_eq!(patch.revert(repair.text()).unwrap(), *text);
    }
}

#[test]
fn candidates_come_back_with_their_evidence() {
    for text in TEXTS {
        for candidate in unbake::detect(text) {
            round(&candidate);
        }
    }
    let best = &unbake::detect("schÃ¶n")[0];
    let read: Candidate = serde_json::from_str(&round(best)).unwrap();
    assert!(read.evidence().eq(best.evidence()));
    // A newer version may know other evidence, an older one none.
    let bare = r#"{"chain": "utf-8>gbk", "text": "x", "score": 1.0, "confidence": 0.5}"#;
    let read: Candidate = serde_json::from_str(bare).unwrap();
    assert_eq!(read.evidence().count(), 0);
}

#[test]
fn settings_do_the_same_when_read_again() {
    let all = [
        Settings::new(),
        Settings::new().layers(1).read_as(&[Encoding::Windows1252]),
        Settings::new().written_in(&[Encoding::Utf8, Encoding::Koi8R]),
        Settings::new().languages(&["ru"]).unwrap(),
        Settings::new()
            .top_level_domain("gr")
            .systems(&[System::Windows]),
        Settings::new().guesses(Guesses::Replacement),
        Settings::new().guesses(Guesses::LeaveAlone),
    ];
    for settings in all {
        let written = serde_json::to_string(&settings).unwrap();
        let read: Settings = serde_json::from_str(&written).unwrap();
        assert_eq!(serde_json::to_string(&read).unwrap(), written);
        for text in TEXTS {
            let detect = |s: &Settings| Detector::with_settings(s.clone()).detect(text);
            assert_eq!(detect(&read), detect(&settings), "{written}");
            let repair = |s: &Settings| {
                Repairer::new()
                    .settings(s.clone())
                    .repair(text)
                    .into_owned()
            };
            assert_eq!(repair(&read), repair(&settings), "{written}");
        }
    }
    let partial: Settings = serde_json::from_str(r#"{"layers": 2}"#).unwrap();
    assert!(serde_json::to_string(&partial).unwrap().contains("2"));
}

#[test]
fn what_does_not_fit_is_refused() {
    let repair = unbake::repair("Das war schÃ¶n.").into_owned();
    let good = serde_json::to_value(&repair).unwrap();
    type Spoil = fn(&mut serde_json::Value);
    let spoilt: &[(&str, Spoil)] = &[
        ("another text", |v| v["text"] = "Das war schon.".into()),
        ("a place outside", |v| v["edits"][0]["repaired"] = 99.into()),
        ("a place inside a character", |v| {
            v["edits"][0]["repaired"] = 12.into()
        }),
        ("two places that disagree", |v| {
            v["edits"][0]["original"] = 3.into()
        }),
        ("an unknown cause", |v| {
            v["edits"][0]["cause"] = "magic".into()
        }),
        ("twice the same", |v| {
            let edit = v["edits"][0].clone();
            v["edits"].as_array_mut().unwrap().push(edit);
        }),
        ("a guess outside", |v| {
            v["edits"][0]["certainty"] =
                serde_json::json!({"inferred": {"guessed": [{"start": 5, "end": 9}]}});
        }),
    ];
    assert!(serde_json::from_value::<Repair<'static>>(good.clone()).is_ok());
    for (what, spoil) in spoilt {
        let mut value = good.clone();
        spoil(&mut value);
        assert!(
            serde_json::from_value::<Repair<'static>>(value).is_err(),
            "{what}"
        );
    }
    // Odds that are none.
    let lossy = unbake::repair("鍥句功棣嗕粖澶╁叧闂?紝璇锋槑澶╁啀鏉ャ€?").into_owned();
    let good = serde_json::to_value(&lossy).unwrap();
    assert_eq!(
        serde_json::from_value::<Repair<'static>>(good.clone()).unwrap(),
        lossy
    );
    let odds = "/edits/0/certainty/inferred/guessed/0/alternatives/0/1";
    let mut value = good;
    *value.pointer_mut(odds).unwrap() = 1.5.into();
    assert!(serde_json::from_value::<Repair<'static>>(value).is_err());
    for text in ["\"no-such-encoding\"", "7", "null"] {
        assert!(serde_json::from_str::<Encoding>(text).is_err());
        assert!(serde_json::from_str::<Chain>(text).is_err());
        assert!(serde_json::from_str::<Patch>(text).is_err());
        assert!(serde_json::from_str::<Edit>(text).is_err());
    }
}

#[test]
fn what_is_left_alone_comes_back() {
    let left = unbake::repair("Name: 锟斤拷锟斤拷\ncaf\u{fffd}").left_alone();
    assert_eq!(left.len(), 2);
    for stretch in left {
        round(&stretch);
    }
    let reason = unbake::damage::LeftReason::Shifted;
    assert_eq!(round(&reason), "\"shifted\"");
}

#[test]
fn what_is_believed_about_bytes_comes_back() {
    let gbk = Hints::new().declared("gbk");
    let unknown = Hints::new().declared("latin-0");
    for (bytes, hints) in [
        (&b"plain"[..], &Hints::new()),
        (b"\xEF\xBB\xBFtext", &Hints::new()),
        (b"\xCF\xF0\xE8\xE2\xE5\xF2", &unknown),
        ("Это по-русски".as_bytes(), &gbk),
        (b"\xC4\xE3\xBA\xC3\xA3\xAC\xCA\xC0\xBD\xE7", &gbk),
    ] {
        let found = detect(bytes, hints);
        round(&found);
        round(&found.charset());
        for declaration in found.declarations() {
            round(declaration);
        }
    }
    let decoded = decode(b"Gr\xC3\xBC\xC3\x9Fe, sch\xC3\xB6n: \xFF", &Hints::new());
    round(&decoded.losses()[0]);
    assert_eq!(round(&Charset::Utf32Be), "\"utf-32be\"");
    let followed = detect(b"\xC4\xE3\xBA\xC3", &gbk);
    assert_eq!(
        round(&followed.declarations()[0]),
        r#"{"place":"caller","label":"gbk","verdict":"followed"}"#
    );
    assert_eq!(round(&followed.evidence()), r#"{"declared":"caller"}"#);
    // A verdict that cannot be is not believed.
    let lie = r#"{"place": "meta", "label": "no such charset", "verdict": "followed"}"#;
    let read: Declaration = serde_json::from_str(lie).unwrap();
    assert_eq!(read.verdict(), Verdict::Unknown);
}

#[test]
fn clean_ups_can_stand_in_a_configuration() {
    for tidy in [Tidy::new(), Tidy::ftfy()] {
        round(&tidy);
    }
    let some = r#"{"quotes": "straighten", "c1-controls": "windows-1252"}"#;
    let read: Tidy = serde_json::from_str(some).unwrap();
    let same = Tidy::new()
        .quotes(Quotes::Straighten)
        .c1_controls(C1Controls::Windows1252);
    assert_eq!(read, same);
    for misspelt in [r#"{"qoutes": "straighten"}"#, r#"{"quotes": "curl"}"#] {
        assert!(serde_json::from_str::<Tidy>(misspelt).is_err());
    }
    let repair = Tidy::ftfy().apply("it&rsquo;s").into_owned();
    round(&repair);
    let Cause::Tidy(rules) = repair.edits()[0].cause() else {
        panic!("{repair:?}");
    };
    assert_eq!(round(&rules), "\"entities+quotes\"");
    assert_eq!(round(&TidyRule::C1Controls), "\"c1-controls\"");
}

#[test]
fn what_else_a_program_may_keep_comes_back() {
    for kind in unbake::damage::lost::lost("caf\u{fffd}, 锟斤拷, пїЅ") {
        round(&kind);
    }
    for lesson in unbake::learn::learn("schÃ¶n", "schön").unwrap() {
        round(&lesson);
    }
    let summary = Repairer::new().stream("schÃ¶n".as_bytes(), std::io::sink());
    round(&summary.unwrap());
    for carrier in Carrier::ALL {
        assert_eq!(round(carrier), format!("\"{carrier}\""));
    }
    assert_eq!(round(&Writing::Plain), "\"plain\"");
    assert_eq!(round(&InvalidBytes::Keep), "\"keep\"");
}
