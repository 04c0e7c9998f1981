//! Text of the rarer ISO pages and DOS pages, misread, is repaired, or found when the page is named.
//!
//! The mangled texts are those that Python's codecs make.

use unbake::detect::Settings;
use unbake::encoding::Encoding;
use unbake::{Detector, repair};

/// Written in, read as, mangled, original.
const REPAIRED: &[(Encoding, Encoding, &str, &str)] = &[
    (
        Encoding::Iso8859_3,
        Encoding::Windows1252,
        "Æiu homo rajtas je laboro, je libera elekto de sia okupo, kaj je þirmo kontraý senlaboreco. Øi estas tre grava afero por æiuj þtatoj, eæ se ¼urnalistoj malofte pri øi skribas.",
        "Ĉiu homo rajtas je laboro, je libera elekto de sia okupo, kaj je ŝirmo kontraŭ senlaboreco. Ĝi estas tre grava afero por ĉiuj ŝtatoj, eĉ se ĵurnalistoj malofte pri ĝi skribas.",
    ),
    (
        Encoding::Iso8859_6,
        Encoding::Windows1252,
        "êèäÏ ÌåêÙ ÇäæÇÓ ÃÍÑÇÑÇ èåÊÓÇèêæ áê ÇäãÑÇåÉ èÇäÍâèâ.",
        "يولد جميع الناس أحرارا ومتساوين في الكرامة والحقوق.",
    ),
    (
        Encoding::Iso8859_6,
        Encoding::Windows1256,
        "êèند جهêظ انواس أحرارا èهتساèêو لê انمراهة èانحâèâ.",
        "يولد جميع الناس أحرارا ومتساوين في الكرامة والحقوق.",
    ),
    (
        Encoding::Ibm860,
        Encoding::Windows1252,
        "N„o h\u{A0} raz„o para que as informa‡”es n„o estejam … disposi‡„o dos cidad„os.",
        "Não há razão para que as informações não estejam à disposição dos cidadãos.",
    ),
    (
        Encoding::Ibm861,
        Encoding::Windows1252,
        "\u{8D}aŒ er sagt aŒ •eir hafi b£iŒ •ar s¡Œan ¡ forn”ld.",
        "Það er sagt að þeir hafi búið þar síðan í fornöld.",
    ),
    (
        Encoding::Ibm863,
        Encoding::Windows1252,
        "Ž la fˆte, les ‚lŠves ont ‚t‚ re‡us par le directeur. \u{90}COLE FERM\u{90}E D‘S LE D\u{90}BUT DE L'\u{90}T\u{90}: VOIR LES R‘GLES Ž LA FEN’TRE.",
        "À la fête, les élèves ont été reçus par le directeur. ÉCOLE FERMÉE DÈS LE DÉBUT DE L'ÉTÉ: VOIR LES RÈGLES À LA FENÊTRE.",
    ),
];

/// What no repair is made of unasked, since the letters are as rare as the page, or another page reads as well.
const FOUND_WHEN_NAMED: &[(Encoding, Encoding, &str, &str)] = &[
    (
        Encoding::Iso8859_3,
        Encoding::Iso8859_1,
        "Kul±add g±andu d-dritt g±all-edukazzjoni.",
        "Kulħadd għandu d-dritt għall-edukazzjoni.",
    ),
    (
        Encoding::Iso8859_10,
        Encoding::Windows1252,
        "Buot olbmot leat riegádan friddjan ja olmmoºárvvu dáfus dássása¼¼an.",
        "Buot olbmot leat riegádan friddjan ja olmmošárvvu dáfus dássásažžan.",
    ),
    (
        Encoding::Iso8859_14,
        Encoding::Windows1252,
        "Mae'r dðr yn llifo trwy'r tþ.",
        "Mae'r dŵr yn llifo trwy'r tŷ.",
    ),
    (
        Encoding::Iso8859_16,
        Encoding::Windows1252,
        "Toate fiinþele umane se nasc libere ºi egale în demnitate.",
        "Toate ființele umane se nasc libere și egale în demnitate.",
    ),
    (
        Encoding::Ibm865,
        Encoding::Windows1252,
        "N†r b›rnene g†r i skole, m† de ogs† l‘se p† ›en; det er b†de sjovt og n›dvendigt.",
        "Når børnene går i skole, må de også læse på øen; det er både sjovt og nødvendigt.",
    ),
];

#[test]
fn texts_of_rare_pages_are_repaired() {
    for &(written, read, mangled, original) in REPAIRED {
        let repair = repair(mangled);
        assert_eq!(repair.text(), original, "{written}>{read}");
        for edit in repair.edits() {
            assert_eq!(edit.cause().to_string(), format!("{written}>{read}"));
        }
    }
}

#[test]
fn texts_of_rare_pages_are_found_when_the_page_is_named() {
    for &(written, read, mangled, original) in REPAIRED.iter().chain(FOUND_WHEN_NAMED) {
        let settings = Settings::new()
            .layers(1)
            .written_in(&[written])
            .read_as(&[read]);
        let found = Detector::with_settings(settings).detect(mangled);
        assert_eq!(
            found.first().map(|candidate| candidate.text()),
            Some(original),
            "{written}>{read}"
        );
    }
}

#[test]
fn clean_texts_of_the_same_languages_stand() {
    for (.., original) in REPAIRED.iter().chain(FOUND_WHEN_NAMED) {
        assert_eq!(repair(original).text(), *original);
    }
}
