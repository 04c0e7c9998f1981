//! Lines as pages in legacy encodings have them: in markup and capitals, with wide signs, and beside lines that prove
//! nothing by themselves.

use unbake::misdecoding::Chain;

/// Why, by which chain, and the page before it was mangled.
const PAGES: &[(&str, &str, &str)] = &[
    (
        "Greek in capitals has no accents",
        "windows-1253>windows-1252",
        "<title>ΤΟ ΛΙΜΑΝΙ ΤΟΥ ΒΟΛΟΥ : ΔΡΟΜΟΛΟΓΙΑ</title>",
    ),
    (
        "a wide space is all that a line has",
        "euc-jp>windows-1252",
        "昨日は一日中雨が降っていました。<br />\n\u{3000}<br />\n明日は晴れるといいですね。<br />",
    ),
    (
        "letters and digits in full width are no lost bytes",
        "shift_jis>windows-1252",
        "<p>\u{3000}・新しいＴシャツを２００５年の６月に買いました。</p>",
    ),
    (
        "a particle stands behind a letter of ASCII",
        "euc-kr>windows-1252",
        "프로그램이 멈추지 않게 하려면 락 a를 먼저 잡고 락 b를 나중에 잡아야 한다고 설명서에 쓰여 있었다.",
    ),
    (
        "letters that other languages have, in a line among others",
        "windows-1250>windows-1252",
        "8\n00:00:20,785 --> 00:00:25,037\nA kikötőből decembertől nem indul hajó.\n",
    ),
    (
        "the same in Turkish",
        "windows-1254>windows-1252",
        "9\n00:00:27,100 --> 00:00:29,300\nKim olduğunu biliyorum, dedi.\n",
    ),
    ("a picture", "utf-8>gbk", "🚀 Deploy the app"),
    ("a picture beside a word", "utf-8>gbk", "❌Request failed"),
    (
        "a picture in code page 1251",
        "utf-8>windows-1251",
        "🚀 Deploy the app",
    ),
    ("an arrow", "utf-8>ibm437", "→ next"),
    ("degrees", "utf-8>windows-1252", "25°C"),
    (
        "no-break spaces are letters",
        "ibm866>iso-8859-1",
        "<td>Газета Вечерняя Москва вышла сегодня утром без картинок.</td>",
    ),
];

#[test]
fn pages_are_repaired_to_the_last_line() {
    for (why, chain, clean) in PAGES {
        let chain: Chain = chain.parse().unwrap();
        let mangled = chain.mangle(clean).unwrap();
        let repair = unbake::repair(&mangled);
        assert_eq!(repair.text(), *clean, "{why}: {mangled}");
        assert_eq!(repair.revert(), mangled, "{why}");
    }
}

#[test]
fn the_pages_stand_once_they_are_right() {
    for (why, _, clean) in PAGES {
        assert!(!unbake::repair(clean).is_changed(), "{why}");
    }
}
