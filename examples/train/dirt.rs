//! Text of the corpora that is itself mojibake, told by letters that the language does not have.

/// Letters that stand in a language only where its code page was read as another, and what
/// they stand for.
const FOREIGN: &[(&str, &str, &str)] = &[
    ("tr az", "þýðÞÝÐ", "windows-1254 read as windows-1252"),
    ("hu", "õûÕÛôÔ", "iso-8859-2 read as windows-1252"),
    ("ro", "þãºªÞÃ", "windows-1250 read as windows-1252"),
    (
        "cs sk",
        "ìøùòïèæ¾¹®©ÌØÙÒÏÈ",
        "windows-1250 read as windows-1252",
    ),
    ("cs sk", "ąľŠ¡µ»«Ą", "iso-8859-2 read as windows-1250"),
    (
        "hr bs sl sr",
        "èæðÈÆÐ¾¹®©",
        "windows-1250 read as windows-1252",
    ),
    ("pl", "¹³¿ê¶±¼ñæœŸ", "windows-1250 read as windows-1252"),
    (
        "lt",
        "àèæëáðøûþÀÈÆËÁÐØÛÞ",
        "windows-1257 read as windows-1252",
    ),
    (
        "lv",
        "âèçîíïòðûþÂÈÇÎÍÏÒÐÛÞ",
        "windows-1257 read as windows-1252",
    ),
    ("mt cy", "þð", "another code page"),
    (
        "is",
        "đūķũõōąāţŋűł",
        "windows-1252 read as windows-1250 or windows-1257",
    ),
];
/// Slovak and Czech have some of the letters of their lists.
const EXCEPT: &[(&str, &str)] = &[("sk", "ľôäŠ"), ("cs", "Š"), ("pl", "")];

/// Why a line or word is not to be learnt from.
pub fn find(language: &str, text: &str) -> Option<&'static str> {
    if text
        .chars()
        .any(|c| matches!(c, '\u{80}'..='\u{9F}' | '\u{FFFD}' | '\u{E000}'..='\u{F8FF}'))
    {
        return Some("control, replacement or private-use characters");
    }
    if text.contains("â€") || text.contains("Ã©") || text.contains("Ð°") || text.contains("Å‚")
    {
        return Some("utf-8 read as windows-1252");
    }
    if matches!(
        language,
        "ru" | "uk" | "be" | "bg" | "mk" | "kk" | "mn" | "el" | "he" | "ar" | "fa"
    ) && text.chars().filter(|c| matches!(c, 'À'..='ÿ')).count() >= 3
    {
        return Some("a legacy code page read as windows-1252");
    }
    let except = EXCEPT.iter().find(|e| e.0 == language).map_or("", |e| e.1);
    FOREIGN
        .iter()
        .filter(|(languages, ..)| languages.split(' ').any(|l| l == language))
        .find(|(_, letters, _)| {
            text.chars()
                .any(|c| letters.contains(c) && !except.contains(c))
        })
        .map(|&(_, _, why)| why)
}
