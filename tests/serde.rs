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
use unbake::detect::{Settings, System};
use unbake::encoding::Encoding;
use unbake::misdecoding::{Chain, Misdecoding};
use unbake::repair::{Cause, Edit, Patch, Repair};
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
    ];
    for settings in all {
        let written = serde_json::to_string(&settings).unwrap();
        let read: Settings = serde_json::from_str(&written).unwrap();
        assert_eq!(serde_json::to_string(&read).unwrap(), written);
        for text in TEXTS {
            let detect = |s: &Settings| Detector::with_settings(s.clone()).detect(text);
            assert_eq!(detect(&read), detect(&settings), "{written}");
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
    let left = unbake::repair("Name: 锟斤拷锟斤拷, caf\u{fffd}").left_alone();
    assert_eq!(left.len(), 2);
    for stretch in left {
        round(&stretch);
    }
    let reason = unbake::damage::LeftReason::Shifted;
    assert_eq!(round(&reason), "\"shifted\"");
}
