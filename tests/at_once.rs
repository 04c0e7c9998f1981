//! Documents that were decoded at once: what most lines show holds for those that say nothing, or something else.

use unbake::misdecoding::Chain;
use unbake::repair;

/// What a chain makes of a text, each line by itself.
fn mangled(chain: &str, text: &str) -> Option<String> {
    let chain: Chain = chain.parse().ok()?;
    let lines = text.lines().map(|line| chain.mangle(line).ok());
    Some(lines.collect::<Option<Vec<_>>>()?.join("\n"))
}

#[test]
fn what_most_lines_show_holds_for_all() {
    let cases = [
        (
            "a word twice, which is a Hebrew one by itself",
            "gbk>iso-8859-1",
            "保存\n档案\n档案\n打印预览\n退出",
        ),
        (
            "an ending by itself",
            "iso-8859-2>iso-8859-1",
            "Slova žena a růže se skloňují různě.\nKoncovka je zde\n  -ě\nOstatní příklady najdete na další straně.",
        ),
        (
            "endings between words of ASCII",
            "iso-8859-2>iso-8859-1",
            "Nový řádek začíná na\nznak -ě/-ů\nkaždý další řádek se rozdělí v místech čárek.\nDoplněk můžete přidat později, když ho najdete.",
        ),
        (
            "words whose only letter outside ASCII is a French one, too",
            "iso-8859-13>iso-8859-1",
            "Žodis išmėtytas čia\ntyrė\nlėkė\nšalčiausias vėjas pūtė iš šiaurės\nžvėrys",
        ),
        (
            "a digit above the line in markup",
            "iso-8859-2>iso-8859-1",
            "Tytuł drugi\nTreść rozdziału siódmego, treść aneksów\n\\section{Tytuł punktu drugiego \\label{sec:two}}",
        ),
        (
            "a sister of the code page",
            "windows-1250>iso-8859-1",
            "Průměrný počet návštěv za den\nVyžádané stránky\ns neúplným požadavkem\nNejčastěji žádané soubory",
        ),
    ];
    for (why, chain, clean) in cases {
        let mangled = mangled(chain, clean).unwrap();
        let repair = repair(&mangled);
        assert_eq!(repair.text(), clean, "{why}");
        assert_eq!(repair.revert(), mangled, "{why}");
    }
}

/// Lines that were written after the mishap stay.
#[test]
fn what_is_text_as_it_stands_stays() {
    let timetable = "Расписание электричек на лето.\nОтправление с первого пути.";
    let prices = "Nový ceník zboží a služeb začíná platit příští týden.\nDěkujeme, že nám píšete.";
    let cases = [
        (
            "words that people know",
            "koi8-r",
            timetable,
            "Où est le café ?",
        ),
        ("a name", "windows-1251", timetable, "Müller GmbH"),
        ("signs", "koi8-r", timetable, "20 °C, § 4, ± 5 %"),
        ("a unit", "iso-8859-2", prices, "5 cm³"),
        ("another unit", "iso-8859-2", prices, "50 µm"),
        ("a price", "iso-8859-2", prices, "£ 5"),
    ];
    for (why, written, clean, line) in cases {
        let mangled = mangled(&format!("{written}>iso-8859-1"), clean).unwrap();
        let mixed = format!("{mangled}\n{line}");
        assert_eq!(repair(&mixed).text(), format!("{clean}\n{line}"), "{why}");
    }
}

/// What cannot be undone shows that a document was not decoded at once.
#[test]
fn where_a_line_cannot_be_undone_the_others_are_judged_by_themselves() {
    let list = mangled("gbk>iso-8859-1", "保存\n档案\n档案\n打印预览\n退出").unwrap();
    let mixed = format!("{list}\nCafé-Bar à côté");
    assert!(repair(&mixed).text().ends_with("\nCafé-Bar à côté"));
}

/// What a line leaves of an encoding of several bytes a character is one of its characters, too.
#[test]
fn much_of_a_line_shows_the_rest_of_it() {
    let cases = [
        "安裝程式會先讀 setup.cfg 與 run.bat",
        "這是我常用的印表機 laser 300 則",
        "本程式可以在 dos 下執行而不必安裝 windows 與 netbios",
    ];
    for clean in cases {
        let mangled = mangled("big5>iso-8859-1", clean).unwrap();
        let repair = repair(&mangled);
        assert_eq!(repair.text(), clean);
        assert_eq!(repair.revert(), mangled);
    }
    // A name that was written into the mangled line stays.
    let around = mangled(
        "gbk>iso-8859-1",
        "我们公司的经理是 XX 先生,请大家认识一下。",
    )
    .unwrap();
    for name in ["Müller", "Beyoncé", "«Zoé»"] {
        let line = around.replace("XX", name);
        assert!(repair(&line).text().contains(name), "{name}");
    }
}
