//! Frames, tables, trees and pictures of DOS and KOI8 text come back from whatever they were read as, and letters that look
//! like lines stay letters.

use unbake::misdecoding::Chain;
use unbake::{Repairer, repair};

const BOX: &str = "\
╔══════════════════════════╗
║  README for the game      ║
╚══════════════════════════╝

Start it with GAME.EXE.
";
const TABLE: &str = "\
┌────────────┬──────────────┐
│ Schlüssel  │ Bedeutung    │
├────────────┼──────────────┤
│ /h         │ Hilfe für    │
│ /q         │ größte Ruhe  │
└────────────┴──────────────┘
Das Programm läuft überall.
";
const RUSSIAN: &str = "\
┌──────────────────────────┐
│  Справка по программе    │
├──────────────────────────┤
│ /h          помощь       │
└──────────────────────────┘
";
const TREE: &str = "\
C:\\
├───DOS
│   ├───BIN
│   └───TMP
└───WINDOWS
    └───SYSTEM
";
const PICTURE: &str = "\
▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄
█░▒▓ THE GROUP ▓▒░█
▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀
 ■ release: 12.03.95
 ■ disks:   3
────────────────────
";

#[test]
fn what_was_drawn_comes_back() {
    let cases = [
        (BOX, "ibm437", "iso-8859-1"),
        (BOX, "ibm850", "windows-1252"),
        (BOX, "ibm866", "windows-1251"),
        (BOX, "koi8-r", "windows-1252"),
        (BOX, "ibm437", "shift_jis"),
        (TABLE, "ibm437", "windows-1252"),
        (TABLE, "ibm850", "iso-8859-1"),
        (TABLE, "ibm850", "macintosh"),
        (RUSSIAN, "ibm866", "windows-1251"),
        (RUSSIAN, "ibm866", "windows-1252"),
        (RUSSIAN, "koi8-r", "windows-1251"),
        (TREE, "ibm437", "windows-1252"),
        (TREE, "ibm850", "windows-1251"),
        (PICTURE, "ibm437", "windows-1252"),
        (PICTURE, "ibm437", "iso-8859-1"),
    ];
    for (clean, written, read) in cases {
        let chain: Chain = format!("{written}>{read}").parse().unwrap();
        let mangled = chain.mangle(clean).unwrap();
        let found = repair(&mangled);
        assert_eq!(found.text(), clean, "{chain}");
        assert_eq!(found.revert(), mangled, "{chain}");
        assert!(found.confidence() > 0.9, "{chain}");
        assert!(!repair(clean).is_changed());
    }
}

#[test]
fn a_drawing_beside_clean_text_is_repaired_alone() {
    let chain: Chain = "ibm437>windows-1252".parse().unwrap();
    let drawn = chain.mangle(BOX).unwrap();
    let clean = "Die Größe ändert sich, wenn man sie größer zieht – oder kleiner.\n".repeat(3);
    let page = format!("{clean}{drawn}{clean}");
    assert_eq!(repair(&page).text(), format!("{clean}{BOX}{clean}"));
}

#[test]
fn a_threshold_above_what_is_sure_leaves_drawings_alone() {
    let chain: Chain = "ibm437>windows-1252".parse().unwrap();
    let drawn = chain.mangle(TREE).unwrap();
    assert!(
        !Repairer::new()
            .threshold(0.9999)
            .repair(&drawn)
            .is_changed()
    );
}

#[test]
fn letters_that_look_like_lines_stay() {
    let cases = [
        // Cries and cheers.
        "ÄÄÄÄÄÄH!\nÜÜÜÜÜÜH!\nÄÄÄÄÄÄH!\nßßßßß\nÜÜÜÜÜ\n",
        "НННННЕТ!\nДДДДДА!\nАДДДДД\n",
        // Prices, and their number.
        "€€€€ teuer\n€€€ geht\n€€ billig\n€€€€€ sehr teuer\n",
        // Units that stand below each other.
        "Volumen  12 m³\nVolumen  13 m³\nVolumen  14 m³\nVolumen  15 m³\n",
        // A row between paragraphs, and one of every letter.
        "Kapitel 1\nÄÄÄÄÄÄÄÄÄÄÄÄ\nText über Äpfel.\nÄÄÄÄÄÄÄÄÄÄÄÄ\n",
        "ÀÀÀÀ ÁÁÁÁ ÂÂÂÂ ÃÃÃÃ ÄÄÄÄ ÅÅÅÅ\nÈÈÈÈ ÉÉÉÉ ÊÊÊÊ ËËËË\nÌÌÌÌ ÍÍÍÍ ÎÎÎÎ ÏÏÏÏ\n",
        // Frames of code points above.
        "━━━━━━━━\n┃ 寿司 ┃\n━━━━━━━━\n",
        "哪哪哪哪\n屯屯屯\n",
    ];
    for clean in cases {
        let found = repair(clean);
        assert!(!found.is_changed(), "{clean} → {}", found.text());
    }
}
