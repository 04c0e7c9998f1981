//! Mojibake inside escapes, and escapes that are right.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail so"
)]

mod common;

use common::random_cases;
use proptest::prelude::*;
use proptest::sample::select;
use unbake::Repairer;
use unbake::carriers::{Carrier, Carriers, Writing};
use unbake::repair::{Cause, Patch};

fn repaired(text: &str) -> String {
    let repairer = Repairer::new();
    let repair = Carriers::new().repair(&repairer, text);
    assert_eq!(repair.revert(), text);
    repair.into_text().into_owned()
}

/// What was escaped, what it becomes, and what is shown by it. The escapes were made by Python's `html`, `json`,
/// `urllib.parse`, `quopri` and `email.header`, or are those of the real file that is named.
const MANGLED: &[(&str, &str, &str)] = &[
    ("sch&Atilde;&para;n", "sch&ouml;n", "named"),
    (
        "caf&#195;&#169; cr&#195;&#168;me",
        "caf&#233; cr&#232;me",
        "decimal",
    ),
    ("caf&#xC3;&#xA9;", "caf&#xE9;", "hexadecimal"),
    ("caf&#xc3;&#xa9;", "caf&#xe9;", "hexadecimal, lower case"),
    (
        "caf&amp;Atilde;&amp;copy;",
        "caf&amp;eacute;",
        "escaped twice",
    ),
    (
        "caf&amp;amp;#195;&amp;amp;#169;",
        "caf&amp;amp;#233;",
        "escaped three times",
    ),
    (
        "It&acirc;&euro;&trade;s",
        "It&rsquo;s",
        "an apostrophe, windows-1252",
    ),
    (
        "It&#226;&#128;&#153;s late",
        "It&#8217;s late",
        "the same, ISO-8859-1: controls by number",
    ),
    (
        "caf\u{c3}&copy; cr\u{c3}&uml;me",
        "caf&eacute; cr&egrave;me",
        "only what is no letter was escaped",
    ),
    (
        "<p title=\"caf&Atilde;&copy; &amp; cr&Atilde;&uml;me\">",
        "<p title=\"caf&eacute; &amp; cr&egrave;me\">",
        "markup around",
    ),
    (
        "&#208;&#159;&#209;&#128;&#208;&#184;&#208;&#178;&#208;&#181;&#209;&#130;",
        "&#1055;&#1088;&#1080;&#1074;&#1077;&#1090;",
        "Russian",
    ),
    (
        r#"{"text": "sch\u00c3\u00b6n"}"#,
        r#"{"text": "sch\u00f6n"}"#,
        "JSON",
    ),
    (r"sch\u00C3\u00B6n", r"sch\u00F6n", "Java, upper case"),
    (
        r#""{\"text\": \"sch\\u00c3\\u00b6n\"}""#,
        r#""{\"text\": \"sch\\u00f6n\"}""#,
        "JSON in JSON",
    ),
    (
        r#""sender_name": "Ren\u00c3\u00a9e""#,
        r#""sender_name": "Ren\u00e9e""#,
        "as Facebook exports it",
    ),
    (
        r#""content": "ok \u00f0\u009f\u0098\u0080""#,
        r#""content": "ok \ud83d\ude00""#,
        "the same, an emoji",
    ),
    (
        r#""content": "\u00d0\u009f\u00d1\u0080\u00d0\u00b8\u00d0\u00b2\u00d0\u00b5\u00d1\u0082""#,
        r#""content": "\u041f\u0440\u0438\u0432\u0435\u0442""#,
        "the same, Russian",
    ),
    (
        r"it\u00e2\u20ac\u2122s late\ncaf\u00c3\u00a9",
        r"it\u2019s late\ncaf\u00e9",
        "with other escapes between",
    ),
    (
        "/wiki/Sch%C3%83%C2%B6nheit",
        "/wiki/Sch%C3%B6nheit",
        "percent-encoding",
    ),
    (
        "https://example.org/?q=caf%c3%83%c2%a9&x=1#a",
        "https://example.org/?q=caf%c3%a9&x=1#a",
        "the same, lower case",
    ),
    (
        "?q=caf%25C3%2583%25C2%25A9",
        "?q=caf%25C3%25A9",
        "the same, escaped twice",
    ),
    (
        "Sch%C3%83%C2%B6n%20und%20gr%C3%83%C2%BCn",
        "Sch%C3%B6n%20und%20gr%C3%BCn",
        "with spaces",
    ),
    (
        "sch=C3=83=C2=B6n und gr=C3=83=C2=BCn",
        "sch=C3=B6n und gr=C3=BCn",
        "quoted-printable",
    ),
    (
        "Das war sch=C3=83=\r\n=C2=B6n.",
        "Das war sch=C3=B6=\r\nn.",
        "with a soft line break inside",
    ),
    (
        "Das war sch=C3=83=C2=B6=\r\nn.",
        "Das war sch=C3=B6=\r\nn.",
        "with a soft line break behind",
    ),
    (
        "Subject: =?utf-8?Q?sch=C3=83=C2=B6n?=",
        "Subject: =?utf-8?Q?sch=C3=B6n?=",
        "an encoded word",
    ),
    (
        "Subject: =?UTF-8?B?c2Now4PCtm4=?=",
        "Subject: =?UTF-8?B?c2Now7Zu?=",
        "the same, base 64",
    ),
    (
        "Subject: =?iso-8859-1?Q?sch=C3=B6n?=",
        "Subject: =?iso-8859-1?Q?sch=F6n?=",
        "UTF-8 that a header calls ISO-8859-1",
    ),
    (
        "Subject: =?utf-8?Q?Das_war_sch=C3=83?=\r\n =?utf-8?Q?=C2=B6n?= x",
        "Subject: =?utf-8?Q?Das_war_sch=C3=B6n?= x",
        "cut inside a character",
    ),
    (
        r"Taxa de Antecipa\u00C3\u00A7\u00C3\u00A3o",
        r"Taxa de Antecipa\u00E7\u00E3o",
        "from a Java source",
    ),
    (
        r"I\u00e2\u20ac\u2122m using \u00e2\u20ac\u0153it\u00e2\u20ac\u009d",
        r"I\u2019m using \u201cit\u201d",
        "quotes",
    ),
    (
        "'Francisco Jos&Atilde;&copy;', '', 'Mendoza'",
        "'Francisco Jos&eacute;', '', 'Mendoza'",
        "from an SQL dump",
    ),
    (
        "Autorit&Atilde;&#131;&Acirc;&copy; Racine",
        "Autorit&eacute; Racine",
        "two layers, controls by number",
    ),
    (
        "prefv2=Hombre%7CNi%C3%83%C2%83%C3%82%C2%B1os&prefn3=x",
        "prefv2=Hombre%7CNi%C3%B1os&prefn3=x",
        "two layers in a URL",
    ),
    (
        "> Toke H=C3=83=C2=B8iland-J=C3=83=\n=C2=B8rgensen wrote:",
        "> Toke H=C3=B8iland-J=C3=B8=\nrgensen wrote:",
        "from a mail",
    ),
    (
        "To: =?UTF-8?Q?Roger_Pau_Monn=C3=83=C2=A9?= <r@example.org>",
        "To: =?UTF-8?Q?Roger_Pau_Monn=C3=A9?= <r@example.org>",
        "from its header",
    ),
    (
        "&Iuml;&eth;&egrave;&acirc;&aring;&ograve;, &igrave;&egrave;&eth;! &Iuml;&eth;&egrave;&yuml;&ograve;&iacute;&icirc;",
        "&#1055;&#1088;&#1080;&#1074;&#1077;&#1090;, &#1084;&#1080;&#1088;! &#1055;&#1088;&#1080;&#1103;&#1090;&#1085;&#1086;",
        "windows-1251 in a Western editor",
    ),
    (
        "Zero&#31414;&#20856;wo and One&#31414;&#20856;hree",
        "Zero&#8211;Two and One&#8211;Three",
        "Shift_JIS ate a letter",
    ),
    (
        "schÃ¶n, sch&Atilde;&para;n, sch%C3%83%C2%B6n",
        "schön, sch&ouml;n, sch%C3%B6n",
        "several and plain text",
    ),
];

#[test]
fn mojibake_in_escapes_is_repaired() {
    let mut failed = 0;
    for (mangled, expected, why) in MANGLED {
        let got = repaired(mangled);
        if got != *expected {
            failed += 1;
            println!("{why}: {mangled:?} to {got:?}, not {expected:?}");
        }
    }
    assert_eq!(failed, 0);
}

/// Text that holds escapes, or what looks like them, and is right.
const CLEAN: &[(&str, &str)] = &[
    (
        r"'\u00a2\u00a3\u00a5\u00a7\u00a9\u00ab\u00ae\u00b6\u00bd\u011e'",
        "signs in a source of Python",
    ),
    (
        r#""\u00a0\u00a1\7\36\2\2\u00a1\u00a2\3\2\2\2\u00ee\u00f1\u00f2\5\20\u03af\u03b0""#,
        "states of a parser, as generators write them",
    ),
    (
        r"\u00be\u00bf\u00c0\u00c1, &#190;&#191;&#192;&#193;, &frac34;&iquest;&Agrave;&Aacute;",
        "code points in a row",
    ),
    ("&#313;&#314; &#xF7;&#xF8;&#xF9;&#xFA;", "others"),
    ("AT&T, R&D; Q&A", "no references"),
    (
        "&copy; 2024 &eacute;t&eacute; &agrave; l&rsquo;&icirc;le &nbsp;&laquo;&nbsp;oui&nbsp;&raquo;",
        "French",
    ),
    (
        "&Agrave;&Aacute;&Acirc;&Atilde;&Auml;&Aring;&AElig;&Ccedil;&Egrave;&Eacute;&Ecirc;&Euml;",
        "a list of references",
    ),
    (
        "&Atilde;&otilde; &Acirc;&shy; &para;&sect; &plusmn;&frac12;&deg;C",
        "signs",
    ),
    (
        "<a href=\"?a=1&copy=2&reg=3&para=4\">",
        "parameters that look like references",
    ),
    ("&lt;b&gt; &amp;amp; &quot;&#39;", "ASCII"),
    ("&#1055;&#1088;&#1080;&#1074;&#1077;&#1090;", "Russian"),
    ("&#20320;&#22909;", "Chinese"),
    (
        r#"{"name": "Ren\u00e9e", "city": "S\u00e3o Paulo", "ok": "\ud83d\ude00"}"#,
        "JSON",
    ),
    (
        r#"let s = "caf\u00e9"; let t = "\u00c3"; // \u2019"#,
        "source code",
    ),
    (
        r"[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff]+",
        "a regular expression",
    ),
    (
        r"/[\xAA\xB5\xBA\xC0-\xD6\xD8-\xF6\xF8-\u02C1\u02C6-\u02D1\u02E0-\u02E4\u02EC\u02EE\u0370-\u0374]/",
        "identifiers in JavaScript",
    ),
    (
        r"\u00AA\u00B5\u00BA\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02C1\u02C6-\u02D1\u02E0-\u02E4",
        "the same in a Java source",
    ),
    (
        r"[\u0400-\u04FF\u0500-\u052F]|[\u4e00-\u9fa5]|[\u3040-\u309f]",
        "ranges of scripts",
    ),
    (
        r"^\s*[\u0022\u0027\u201c\u201d\u2018\u2019]\u00a0?",
        "quotes and spaces",
    ),
    (
        r"C:\users\u00e9\path \\server\share \usepackage{x}",
        "backslashes",
    ),
    (
        r"\'e \`a \^o \~n \c{c} \ss \usepackage[utf8]{inputenc} \%20 \&amp 50\% &= x \\",
        "LaTeX",
    ),
    ("100%25, 50%, %d %s %20s %e9 %c3", "percent signs"),
    (
        "https://fr.wikipedia.org/wiki/%C3%89t%C3%A9_%C3%A0_l%27%C3%AEle",
        "French",
    ),
    (
        "https://ru.wikipedia.org/wiki/%D0%9F%D1%80%D0%B8%D0%B2%D0%B5%D1%82",
        "Russian",
    ),
    (
        "https://zh.wikipedia.org/wiki/%E4%BD%A0%E5%A5%BD",
        "Chinese",
    ),
    (
        "https://ja.wikipedia.org/wiki/%E3%82%AB%E3%82%BF%E3%82%AB%E3%83%8A",
        "Japanese",
    ),
    ("q=caf%25C3%25A9&r=%2525", "escaped twice"),
    (
        "q=%E9t%E9&magnet=%CA%FE%BA%BE%DE%AD",
        "bytes that are no UTF-8",
    ),
    (
        "Caf=C3=A9 =C3=A0 la cr=C3=A8me=\r\n et l=E2=80=99=C3=A9t=C3=A9 =3D bon",
        "quoted-printable",
    ),
    ("=C3=A9=\n=C3=A8 =\n\n=", "soft line breaks"),
    ("a=C3; b=C3=A9; width=20; sha=3D", "equals signs"),
    (
        "=?utf-8?Q?caf=C3=A9?= =?iso-8859-1?Q?caf=E9?= =?koi8-r?B?8NLJ18XU?=",
        "encoded words",
    ),
    ("a =?b?Q c? x=?y", "what looks like an encoded word"),
    ("&#65533; \\ufffd %EF%BF%BD =EF=BF=BD", "lost characters"),
    ("if (a &&b; && c%ab) { x &= y; }", "operators"),
];

#[test]
fn clean_escapes_stay_to_the_byte() {
    let mut changed = 0;
    for (clean, why) in CLEAN {
        let got = repaired(clean);
        if got != *clean {
            changed += 1;
            println!("{why}: {clean:?} to {got:?}");
        }
    }
    assert_eq!(changed, 0);
}

#[test]
fn an_edit_names_the_carrier_and_the_chain() {
    let text = "a sch&Atilde;&para;n b";
    let repairer = Repairer::new();
    let repair = Carriers::new().repair(&repairer, text);
    let edit = &repair.edits()[0];
    assert_eq!((edit.before(), edit.after()), ("&Atilde;&para;", "&ouml;"));
    assert!(edit.is_exact());
    let chain = "utf-8>windows-1252".parse().unwrap();
    let carrier = Carrier::HtmlEntities;
    assert_eq!(edit.cause(), Cause::Carried { carrier, chain });
    assert_eq!(edit.cause().chain(), Some(chain));

    let written = repair.patch().to_string();
    assert!(
        written.contains(" html:utf-8>windows-1252 exact "),
        "{written}"
    );
    let patch: Patch = written.parse().unwrap();
    assert_eq!(patch.revert(repair.text()).as_deref(), Ok(text));
}

#[test]
fn options_are_heeded() {
    let text =
        "caf\\u00c3\\u00a9 =?utf-8?Q?caf=C3=83=C2=A9?= caf=C3=83=C2=A9=\n, caf&Atilde;&copy;";
    let repairer = Repairer::new();
    let plain = Carriers::new().write(Writing::Plain);
    assert_eq!(plain.repair(&repairer, text).text(), "café café café, café");
    let one = Carriers::new().only(&[Carrier::UnicodeEscapes]);
    assert_eq!(
        one.repair(&repairer, text).text(),
        text.replace("\\u00c3\\u00a9", "\\u00e9")
    );
    let none = Carriers::new().only(&[]);
    assert!(!none.repair(&repairer, text).is_changed());
    // What is no escape is repaired all the same.
    assert_eq!(none.repair(&repairer, "schÃ¶n").text(), "schön");
}

/// Parts of escapes and what stands around them.
const PARTS: &[&str] = &[
    "&",
    "amp;",
    "Atilde;",
    "&Atilde;",
    "&para;",
    "&#195;",
    "&#182;",
    "&#xC3;",
    "&#x",
    "copy;",
    "\\",
    "\\u00c3",
    "\\u00b6",
    "\\u00C3",
    "\\ud83d",
    "\\ude00",
    "u00",
    "%",
    "%C3",
    "%83",
    "%C2",
    "%B6",
    "%25",
    "25",
    "%20",
    "=",
    "=C3",
    "=83",
    "=C2",
    "=B6",
    "=\n",
    "=\r\n",
    "=?utf-8?Q?",
    "=?utf-8?B?",
    "=?iso-8859-1?q?",
    "w4PCtg==",
    "?=",
    " ",
    "_",
    "sch",
    "n",
    "schön",
    "Ã¶",
    "Ã",
    "¶",
    "Das war ",
    "\n",
    "\"",
    "ï¿½",
    "?",
    "\u{83}",
    "Привет",
    "&#208;&#159;",
];

fn escaped() -> impl Strategy<Value = String> {
    let parts = proptest::collection::vec(select(PARTS), 0..24).prop_map(|parts| parts.concat());
    let word = select(vec![
        "schön",
        "café",
        "Привет",
        "naïve",
        "’tis",
        "日本語",
        "😀",
    ]);
    let chain = select(vec![
        "utf-8>windows-1252",
        "utf-8>iso-8859-1",
        "utf-8>gbk",
        "koi8-r>windows-1251",
    ]);
    let mangled = (word, chain, 0..6).prop_map(|(word, chain, how)| {
        let chain: unbake::misdecoding::Chain = chain.parse().unwrap();
        let text = chain.mangle(word).unwrap_or_else(|_| word.to_owned());
        let escape = |c: char| match how {
            _ if c.is_ascii() => c.to_string(),
            0 => format!("&#{};", u32::from(c)),
            1 => format!("&#x{:x};", u32::from(c)),
            2 => c
                .encode_utf16(&mut [0; 2])
                .iter()
                .map(|unit| format!("\\u{unit:04x}"))
                .collect(),
            3 => c
                .to_string()
                .bytes()
                .map(|byte| format!("%{byte:02X}"))
                .collect(),
            4 => c
                .to_string()
                .bytes()
                .map(|byte| format!("={byte:02X}"))
                .collect(),
            _ => c.to_string(),
        };
        text.chars().map(escape).collect::<String>()
    });
    let several = proptest::collection::vec((mangled, select(vec![" ", "", ", ", "=\n"])), 1..5);
    let several = several.prop_map(|words| {
        words
            .into_iter()
            .flat_map(|(word, gap)| [word, gap.to_owned()])
            .collect()
    });
    prop_oneof![2 => parts, 2 => several, 1 => any::<String>()]
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: random_cases(),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn the_promises_hold(text in escaped(), plain in any::<bool>()) {
        let writing = if plain { Writing::Plain } else { Writing::Escaped };
        let carriers = Carriers::new().write(writing);
        let repairer = Repairer::new();
        let repair = carriers.repair(&repairer, &text);
        prop_assert_eq!(repair.revert(), text.as_str());
        let patch: Patch = repair.patch().to_string().parse().unwrap();
        prop_assert_eq!(patch.revert(repair.text()), Ok(text.clone()));
        let again = carriers.repair(&repairer, repair.text());
        prop_assert!(!again.is_changed(), "{:?} to {:?} to {:?}", text, repair.text(), again.text());
    }
}
