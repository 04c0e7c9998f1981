//! What the lines of a document say of each other: that all were mangled alike, and that all are clean.

use unbake::misdecoding::Chain;
use unbake::repair;

/// What a chain makes of a text, each line by itself.
fn mangled(chain: &str, text: &str) -> String {
    let chain: Chain = chain.parse().unwrap();
    let lines: Vec<String> = text
        .lines()
        .map(|line| chain.mangle(line).unwrap())
        .collect();
    lines.join("\n")
}

/// Lines that say nothing by themselves, in documents whose other lines leave no doubt.
#[test]
fn what_is_no_text_goes_the_way_of_the_others() {
    let cases = [
        (
            "a rule of controls",
            "shift_jis>iso-8859-1",
            "今月の会員だよりです。\n━━━━━━━━━━━━\n来月は秋祭りの準備をします。\n詳しくは事務局まで。",
        ),
        (
            "the same as letters and signs",
            "shift_jis>windows-1252",
            "今月の会員だよりです。\n━━━━━━━━━━━━\n来月は秋祭りの準備をします。\n詳しくは事務局まで。",
        ),
        (
            "a wave of the same two letters",
            "euc-kr>windows-1252",
            "이번 달 모임은 토요일에 열립니다.\n▩▩▩▩▩▩▩▩▩▩▩▩\n다음 달에는 체육대회가 있습니다.\n많이 참석해 주십시오.",
        ),
        (
            "a word of one lead byte",
            "shift_jis>windows-1252",
            "ファイルを保存しますか。\nキャンセル(&C)\n変更は失われます。",
        ),
    ];
    for (why, chain, clean) in cases {
        let mangled = mangled(chain, clean);
        let repair = repair(&mangled);
        assert_eq!(repair.text(), clean, "{why}");
        assert_eq!(repair.revert(), mangled, "{why}");
    }
}

/// A line that might be mojibake by itself, beside many that are written as it is and are none.
#[test]
fn beside_clean_lines_a_line_is_hardly_mangled() {
    let words = [
        "凶器\t兇器",
        "交差\t交叉",
        "世論\t輿論",
        "丁重\t鄭重",
        "偏平\t扁平",
        "停泊\t碇泊",
        "先鋭\t尖鋭",
        "共役\t共軛",
        "包丁\t庖丁",
        "区画\t區劃",
        "厳然\t儼然",
        "叙情\t抒情",
        "合弁\t合瓣",
        "回送\t廻送",
        "奇形\t畸形",
        "弁膜\t瓣膜",
        "浸食\t浸蝕",
        "肝心\t肝腎",
        "脈拍\t脈搏",
        "複製\t拷貝",
        "険阻\t嶮岨",
    ];
    let list = words.join("\n");
    assert_eq!(repair(&list).text(), list);
}

/// Words that a mishap befell in one letter each say together what none of them says.
#[test]
fn words_of_one_letter_outside_ascii_prove_a_chain_together() {
    let clean = "Zatvoriť okno\nKonvertovať súbor\nOtvoriť záložku\nUložiť zmeny\nĎa&lšia chyba";
    let mangled = mangled("windows-1250>iso-8859-1", clean);
    assert_eq!(repair(&mangled).text(), clean);
}

/// What one line points to is no company for itself.
#[test]
fn a_line_is_no_evidence_for_itself() {
    let clean =
        "<title>AZITO[基地]</title>\n<description>〜\u{3000}アジト\u{3000}〜\u{3000}</description>";
    let mangled = mangled("euc-jp>windows-1252", clean);
    assert_eq!(repair(&mangled).text(), clean);
}
