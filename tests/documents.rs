//! What the lines of a document say of each other: that all were mangled alike, and that all are clean.

use unbake::misdecoding::Chain;
use unbake::repair;

/// What a chain makes of a text, each line by itself.
fn mangled(chain: &str, text: &str) -> Option<String> {
    let chain: Chain = chain.parse().ok()?;
    let lines = text.lines().map(|line| chain.mangle(line).ok());
    Some(lines.collect::<Option<Vec<_>>>()?.join("\n"))
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
    all_come_back(&cases);
}

/// A line that might be mojibake by itself, beside many that are written as it is and are none.
#[test]
fn beside_clean_lines_a_line_is_hardly_mangled() {
    let list = "一獲千金\t一攫千金\n\
                丁寧\t叮嚀\n\
                三差路\t三叉路\n\
                世論\t輿論\n\
                亜鈴\t啞鈴\n\
                供宴\t饗宴\n\
                俊馬\t駿馬\n\
                保塁\t堡壘\n\
                個条書\t箇条書\n\
                優俊\t優駿\n\
                先兵\t尖兵\n\
                先鋭\t尖鋭\n\
                冗舌\t饒舌\n\
                凶器\t兇器\n\
                削岩\t鑿岩\n\
                包丁\t庖丁\n\
                包帯\t繃帶\n\
                区画\t區劃\n\
                厳然\t儼然\n\
                古希\t古稀\n\
                台風\t颱風\n\
                合弁\t合瓣\n\
                奇形\t畸形\n\
                希薄\t稀薄\n\
                広大\t宏大\n\
                御者\t馭者\n\
                弁膜\t瓣膜\n\
                意向\t意嚮\n\
                慰謝料\t慰藉料\n\
                格闘\t挌鬪\n\
                沈殿\t沈澱\n\
                洗浄\t洗滌\n\
                浸食\t浸蝕\n\
                激高\t激昂\n\
                理屈\t理窟\n\
                知恵\t智慧\n\
                破棄\t破毀\n\
                短編\t短篇\n\
                総合\t綜合\n\
                編集\t編輯\n\
                義援金\t義捐金\n\
                肝心\t肝腎\n\
                脈拍\t脈搏\n\
                蒸留\t蒸溜\n\
                衣装\t衣裳\n\
                連合\t聯合\n\
                防御\t防禦\n\
                障害\t障碍\n\
                陰うつ\t陰鬱\n\
                雑踏\t雜沓\n\
                風刺\t諷刺\n\
                複製\t拷貝";
    assert_eq!(repair(list).text(), list);
}

/// Words that a mishap befell in one letter each say together what none of them says.
#[test]
fn words_of_one_letter_outside_ascii_prove_a_chain_together() {
    let clean = "Zatvoriť okno\nKonvertovať súbor\nOtvoriť záložku\nUložiť zmeny\nĎa&lšia chyba";
    let mangled = mangled("windows-1250>iso-8859-1", clean).unwrap();
    assert_eq!(repair(&mangled).text(), clean);
}

/// What one line points to is no company for itself.
#[test]
fn a_line_is_no_evidence_for_itself() {
    let clean =
        "<title>AZITO[基地]</title>\n<description>〜\u{3000}アジト\u{3000}〜\u{3000}</description>";
    let mangled = mangled("euc-jp>windows-1252", clean).unwrap();
    assert_eq!(repair(&mangled).text(), clean);
}

/// A word or two beside lines of which one encoding is proven, and what must not be taken for such.
#[test]
fn islands_go_the_way_of_the_lines_around_them() {
    let cases = [
        (
            "one character a line",
            "gbk>windows-1252",
            "8\t不\n9\t可\n10\t中\n11\t停止\n12\t词典文件不存在",
        ),
        (
            "what would be Hangul in another encoding",
            "gbk>windows-1252",
            "contentsname = 目录 ,\nlistfigurename = 插图 ,\nlisttablename = 表格 ,\nfigurename = 图 ,",
        ),
        (
            "what would be Thai by itself",
            "euc-jp>windows-1252",
            "2006/2/10　15:25〜16:15\nなんで来日したのでしょうか。",
        ),
        (
            "a particle behind capitals",
            "euc-kr>windows-1252",
            "URL을 파일시스템 위치로 대응하기",
        ),
        (
            "names behind a long word",
            "big5>windows-1252",
            "<link rel=\"service.edit\" title=\"期末報告 -- 蕭聖穎, 高浩仁, 蔡翔宇\" type=\"text/html\"/>",
        ),
        (
            "a word in a URL",
            "iso-8859-5>windows-1252",
            "<link>http://example.bg/show.php?id=8&amp;sub=Тема</link>\n<title>Новини за Дебиан и неговите потребители</title>",
        ),
    ];
    all_come_back(&cases);
}

/// Texts, each with the reason for it, that a chain befalls: they come back, and what they were made into does.
fn all_come_back(cases: &[(&str, &str, &str)]) {
    for &(why, chain, clean) in cases {
        let mangled = mangled(chain, clean).unwrap_or_default();
        assert_ne!(mangled, clean, "{chain} can befall it: {why}");
        let repair = repair(&mangled);
        assert_eq!(repair.text(), clean, "{why}");
        assert_eq!(repair.revert(), mangled, "{why}");
    }
}

/// Clean words beside lines of which one encoding is proven stay, though it could explain them.
#[test]
fn clean_words_beside_mangled_lines_are_no_islands() {
    let cases = [
        (
            "gbk>windows-1252",
            "词典文件不存在，请检查设置。",
            "25 °C ± 2 °C",
        ),
        (
            "gbk>windows-1252",
            "词典文件不存在，请检查设置。",
            "Straße, Grüße, größer",
        ),
        (
            "big5>windows-1252",
            "期末報告的內容請見附件。",
            "       §A.6 of the Standard Resolution Procedure",
        ),
        (
            "big5>windows-1252",
            "期末報告的內容請見附件。",
            "£m 25, 25 °C, ½ page",
        ),
        (
            "euc-kr>windows-1252",
            "파일시스템 위치로 대응하기",
            "«À bientôt», dit-il",
        ),
        (
            "windows-1251>windows-1252",
            "Браво, с теб сме навсякъде и винаги!",
            "Kååp, à la carte, Öl",
        ),
    ];
    for (chain, before, clean) in cases {
        let mangled = mangled(chain, before).unwrap();
        let page = format!("{mangled}\n{clean}");
        assert_eq!(
            repair(&page).text(),
            format!("{before}\n{clean}"),
            "{chain}"
        );
    }
}

/// What decodes exactly, with the controls that other programs drop, needs no guess.
#[test]
fn where_nothing_was_dropped_nothing_is_guessed() {
    let clean =
        "title=\"ＢＳデジタル、０７年度から２局増…総務省方針：経済ニュース：@Money (読売新聞)\"";
    let mangled = mangled("shift_jis>windows-1252", clean).unwrap();
    let repair = repair(&mangled);
    assert_eq!(repair.text(), clean);
    assert!(repair.edits().iter().all(|edit| edit.is_exact()));
}

/// A character that most lines show to be one letter is no other one in a line that by itself would say so.
#[test]
fn one_character_is_one_letter_in_all_lines() {
    let tens = [
        "trzydzieści",
        "czterdzieści",
        "piećdziesiąt",
        "sześcdziesiąt",
        "siedemdziesiąt",
        "osiemdziesiąt",
        "dziewięćdziesiąt",
    ];
    let lines = tens.map(|ten| format!("    (char_u *)\"{ten}\","));
    let clean = lines.join("\n");
    let mangled = mangled("iso-8859-2>windows-1252", &clean).unwrap();
    assert_eq!(repair(&mangled).text(), clean);
}

/// Two pages of Cyrillic have the same small letters: what stands for a capital decides, and words in quotes stay in them.
#[test]
fn the_page_of_cyrillic_is_the_one_that_leaves_nothing_odd() {
    let cases = [
        ("windows-1251>windows-1252", "Удоволствие на открито"),
        (
            "windows-1251>windows-1252",
            "Зимна изненада в SUSE Linux 10",
        ),
        (
            "windows-1251>windows-1252",
            "\"пълниМ папки, после компресира-ам",
        ),
        (
            "x-mac-cyrillic>windows-1252",
            "Статья «Погода» написана давно",
        ),
    ];
    for (chain, clean) in cases {
        let mangled = mangled(chain, clean).unwrap();
        assert_eq!(repair(&mangled).text(), clean, "{chain}");
    }
}

/// A long page of one mishap, in which many lines are clean: each mangled line comes back, and the clean ones stand.
#[test]
fn of_a_long_page_each_mangled_line_comes_back_and_each_clean_one_stands() {
    let hebrew = "הישיבה תתקיים ביום שלישי בבוקר.\n\
                  נא להביא את כל המסמכים.\n\
                  שלום לכולם\n\
                  הדוח נשלח אתמול למשרד הראשי.\n\
                  תודה רבה\n\
                  אין צורך באישור נוסף.\n\
                  הספרייה סגורה בימי שישי.\n\
                  לפרטים ניתן לפנות למזכירות.\n\
                  הזמנות יישלחו בדואר.\n\
                  כניסה חופשית\n\
                  מספר המקומות מוגבל.\n\
                  נשמח לראותכם";
    let czech = "Příští schůze se koná v úterý večer.\n\
                 Příspěvky prosím odešlete včas.\n\
                 Děkujeme všem členům.\n\
                 Zápis najdete na nástěnce.\n\
                 Přihlášky přijímá kancelář.\n\
                 Výlet se ruší kvůli dešti.\n\
                 Klíče vraťte správci.\n\
                 Těšíme se na vás.\n\
                 Otevřeno každý všední den.\n\
                 Účet je třeba zaplatit předem.";
    let french = "Où est passée la clé ?\n\
                  Le café est déjà fermé.\n\
                  Hélène préfère le thé.\n\
                  L’été sera très sec.\n\
                  Une pièce a été réparée.\n\
                  Voilà la dernière étape.\n\
                  Il a répété la même idée.\n\
                  Été\n\
                  Père";
    let pages = [
        ("windows-1255>windows-1252", hebrew),
        ("iso-8859-2>windows-1252", czech),
        ("utf-8>windows-1252", french),
    ];
    for (chain, clean) in pages {
        for every in [2, 3, usize::MAX] {
            let is_clean = |i: usize| i % every == every - 1;
            let lines = clean.lines().enumerate().map(|(i, line)| {
                let mangled = || mangled(chain, line).unwrap();
                if is_clean(i) {
                    line.to_owned()
                } else {
                    mangled()
                }
            });
            let page = lines.collect::<Vec<_>>().join("\n");
            assert_eq!(repair(&page).text(), clean, "{chain}, clean: {every}");
        }
    }
}

/// Beside lines of another page of Cyrillic, what is a word as it stands and none by that page stands.
#[test]
fn words_that_are_known_stand_beside_mangled_lines() {
    let clean = "Собрание состоится во вторник утром.\n\
                 Просим принести все документы.\n\
                 Отчёт отправлен вчера вечером.\n\
                 Библиотека закрыта по пятницам.\n\
                 Приглашения будут разосланы почтой.";
    for word in ["яка", "як", "да", "человек"] {
        let page = mangled("windows-1251>koi8-r", clean).unwrap();
        let page = format!("{page}\n{word}");
        assert_eq!(repair(&page).text(), format!("{clean}\n{word}"));
    }
}

/// What stands in a document again and again is repaired each time.
#[test]
fn equal_lines_become_the_same() {
    let line = "Größe geändert, Prüfung läuft";
    let log = format!("{line}\nok\n").repeat(40);
    let mangled = mangled("utf-8>windows-1252", &log).unwrap();
    assert_eq!(repair(&mangled).text(), log.trim_end());
}
