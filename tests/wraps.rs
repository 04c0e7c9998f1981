//! Lines that were wrapped inside a character are joined, others stay apart.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail so"
)]

use unbake::misdecoding::Chain;
use unbake::{Repairer, repair};

/// Original texts and the chains that mangle them.
const TEXTS: &[(&str, &str)] = &[
    ("Das war schön und grün.", "utf-8>windows-1252"),
    ("Привет, мир, это перенос строки", "utf-8>windows-1251"),
    ("東京は今日も雨が降っています", "utf-8>iso-8859-1"),
    ("L’été dernier, à la plage…", "utf-8>macintosh"),
    (
        "Es ist grün und schön",
        "utf-8>windows-1252+utf-8>windows-1252",
    ),
];

#[test]
fn a_line_wrapped_anywhere_comes_back() {
    for (original, chain) in TEXTS {
        let chain: Chain = chain.parse().unwrap();
        let chars: Vec<char> = chain.mangle(original).unwrap().chars().collect();
        for line_end in ["\n", "\r\n"] {
            let (mut joined, mut all) = (0, 0);
            for at in 1..chars.len() {
                let parts = [&chars[..at], &chars[at..]].map(|p| p.iter().collect::<String>());
                let wrapped = parts.join(line_end);
                let repair = repair(&wrapped);
                assert_eq!(repair.revert(), wrapped);
                // Between characters the line end is where it was; inside one it is taken out.
                let whole = chain.undo(&parts[0]).is_ok();
                if whole {
                    assert!(repair.text().contains(line_end), "{wrapped:?}");
                } else {
                    all += 1;
                    joined += usize::from(repair.text() == *original);
                }
            }
            assert!(
                all >= 2 && joined * 10 >= all * 9,
                "{original}: {joined} of {all}"
            );
        }
    }
}

#[test]
fn several_lines_are_joined_at_once() {
    let wrapped = "erste Zeile\nDas wÃ\n¤re schÃ\n¶n und grÃ¼n.\nletzte Zeile, größer";
    let repair = repair(wrapped);
    assert_eq!(
        repair.text(),
        "erste Zeile\nDas wäre schön und grün.\nletzte Zeile, größer"
    );
    assert_eq!(repair.revert(), wrapped);
    // A line end that is gone follows from nothing.
    assert!(repair.edits().iter().any(|e| !e.is_exact()));
    let exact = Repairer::new().repair_exact(wrapped);
    assert_eq!(exact.text().lines().count(), wrapped.lines().count());
}

#[test]
fn other_lines_stay_apart() {
    for text in [
        // Lists and tables of signs.
        "Ã\n¶\nÃ\n¼\nÂ\n£",
        "Â\n¡\n¢\n£",
        "─┬─\n─┴─\n╔═╗\n╚═╝",
        // Words that begin and end with letters which could be halves.
        "Он сказал, что п\nришёл. їжак\nі тут, і там\nїм усім",
        "MAÇÃ\n£ 5, € 6\nÂ\n» fin «",
        "a letra Ã\n«aspas»",
        "Île\n°C\nà\n§ 5",
        "これは\n文章です。\n「改行」\nある",
        "Größe Ä\n¶ Absatz\n",
        "crème brûlé\n© 2020 Café\n®",
    ] {
        assert!(!repair(text).is_changed(), "{:?}", repair(text).text());
    }
}
