//! Mojibake in which something was lost is rebuilt as far as can be told, and what only looks like it stands.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail so"
)]

use proptest::prelude::*;
use unbake::Repairer;
use unbake::detect::{Guesses, Settings};
use unbake::repair;
use unbake::repair::Certainty;

/// What happened, the mangled text and the original. The mangled texts were made by the codecs of another language.
const REBUILT: &[(&str, &str, &str)] = &[
    (
        "U+FFFD for a byte, UTF-8 as GBK",
        "鍥句功棣嗕粖澶╁叧闂\u{E15C}€\u{FFFD}",
        "图书馆今天关闭。",
    ),
    (
        "? for a byte, UTF-8 as GBK",
        "卸懈褌械谢懈 写械褉械胁薪懈 袩械褌褉芯胁褋泻芯械 薪邪 斜械褉械谐褍, 邪 褉械泻邪 鈥? 褉褟写芯屑",
        "жители деревни Петровское на берегу, а река — рядом",
    ),
    (
        "? for a byte and the next one, UTF-8 as Shift_JIS",
        "譚ｱ莠ｬ縺ｯ莉頑律繧る岑縺碁剄縺｣縺ｦ縺?∪縺吶\u{80}ょｘ繧呈戟縺｣縺ｦ蜃ｺ縺九￠縺ｾ縺励ｇ縺?\u{80}?",
        "東京は今日も雨が降っています。傘を持って出かけましょう。",
    ),
    (
        "a byte is gone, windows-1251 as GBK",
        "橡彗桎屙 镱滹桉嚯 眍恹 玎觐  恹犷疣",
        "Президент подписал новый закон о выборах",
    ),
    (
        "? for a byte, GBK as Shift_JIS",
        "ﾕ篋\u{E4DA}ﾇﾊﾐｵﾄｾｭｼﾃｷ｢ﾕｹｷﾇｳ｣ﾑｸﾋﾙ｣ｬﾈﾋﾃ\u{E144}忞鑈ｮﾆｽｲｻｶﾏﾌ盧ﾟ｡｣",
        "这个城市的经济发展非常迅速，人民生活水平不断提高。",
    ),
    (
        "the no-break space became a space",
        "L'acadÃ©mie est Ã  Paris, voilÃ  tout",
        "L'académie est à Paris, voilà tout",
    ),
    (
        "no-break spaces of two layers",
        "franÃƒÂ§ais, dÃƒÂ©jÃƒÂ  vu et voilÃƒÂ  tout",
        "français, déjà vu et voilà tout",
    ),
    (
        "the no-break space was a letter",
        "Ђ вгЄ \u{AD}  ¤Ґв ©«ЁвҐ бҐ ®в¤ ў  ®Ја®¬\u{AD}® §\u{AD} зҐ\u{AD}ЁҐ.",
        "А тук на детайлите се отдава огромно значение.",
    ),
    (
        "lower-cased",
        "jag ã¤r frã¥n gã¶teborg",
        "jag är från göteborg",
    ),
    (
        "lower-cased, two layers",
        "mãƒâ´ã…â¾eme napchãƒâ¡vaã…â¥ kaã…â¾dãƒâ½ deã…ë†",
        "môžeme napchávať každý deň",
    ),
    (
        "lower-cased, three layers",
        "ãƒâ\u{A0}ã‚â¤ã‚â¨ãƒâ\u{A0}ã‚â¤ã‚â®ãƒâ\u{A0}ã‚â¤ã‚â¸ãƒâ\u{A0}ã‚â¥ã‚â\u{8D}ãƒâ\u{A0}ã‚â¤ã‚â¤ãƒâ\u{A0}ã‚â¥ã¢â‚¬â¡ ãƒâ\u{A0}ã‚â¤ã‚â¦ãƒâ\u{A0}ã‚â¥ã‚â\u{81}ãƒâ\u{A0}ã‚â¤ã‚â¨ãƒâ\u{A0}ã‚â¤ã‚â¿ãƒâ\u{A0}ã‚â¤ã‚â¯ãƒâ\u{A0}ã‚â¤ã‚â¾, ãƒâ\u{A0}ã‚â¤ã‚â¯ãƒâ\u{A0}ã‚â¤ã‚â¹ ãƒâ\u{A0}ã‚â¤ã‚â\u{8F}ãƒâ\u{A0}ã‚â¤ã¢â‚¬â¢ ãƒâ\u{A0}ã‚â¤ã‚âµãƒâ\u{A0}ã‚â¤ã‚â¾ãƒâ\u{A0}ã‚â¤ã¢â‚¬â¢ãƒâ\u{A0}ã‚â¥ã‚â\u{8D}ãƒâ\u{A0}ã‚â¤ã‚â¯ ãƒâ\u{A0}ã‚â¤ã‚â¹ãƒâ\u{A0}ã‚â¥ã‹â€\u{A0}",
        "नमस्ते दुनिया, यह एक वाक्य है",
    ),
    (
        "lower-cased KOI8-R, whose small letters were capitals",
        "мхюые ойюезп зпчптйфш ое вхдх, нпмюбфш.",
        "Лучше ничего говорить не буду, молчать.",
    ),
    (
        "controls dropped",
        "ÐÐ¾ÑÐºÐ²Ð° â ÑÑÐ¾Ð»Ð¸ÑÐ° Ð\u{A0}Ð¾ÑÑÐ¸Ð¸",
        "Москва — столица России",
    ),
    (
        "cut off within a character",
        "–≤—Å–µ —É—á–∏—Ç–µ–ª—",
        "все учителя",
    ),
    (
        "no-break spaces of two layers, within words",
        "ÃŽÅ¡ÃŽÂ±Ã\u{8F}â€žÃŽÂ¿ÃŽÂ¹ÃŽÂºÃŽÂ¯ÃŽÂµÃ\u{8F}â€š Ã\u{8F}â‚¬Ã\u{8F}Â\u{81}ÃŽÂ¿Ã\u{8F}â€š ÃŽÂ Ã\u{8F}Å½ÃŽÂ»ÃŽÂ·Ã\u{8F}Æ’ÃŽÂ· Ã\u{8F}Æ’Ã\u{8F}â€žÃŽÂ¹Ã\u{8F}â€š Ã\u{8F}â‚¬ÃŽÂµÃ\u{8F}Â\u{81}ÃŽÂ¹ÃŽÂ¿Ã\u{8F}â€¡ÃŽÂ\u{AD}Ã\u{8F}â€š ÃŽÂ ÃŽÂµÃŽÂ¹Ã\u{8F}Â\u{81}ÃŽÂ±ÃŽÂ¹ÃŽÂ¬",
        "Κατοικίες προς Πώληση στις περιοχές Πειραιά",
    ),
    (
        "no-break spaces of two layers, controls kept",
        "Ã Â¦Â¯Ã Â§Â\u{87} Ã Â¦Â\u{95}Ã Â§Â\u{8B}Ã Â¦Â¨Ã Â§Â\u{8B} Ã Â¦Â¸Ã Â¦Â®Ã Â¦Â¯Ã Â¦Â¼ Ã Â¦Â\u{8F}Ã Â¦Â\u{9F}Ã Â¦Â¿ Ã Â¦Â¹Ã Â¦Â¤Ã Â§Â\u{87} Ã Â¦ÂªÃ Â¦Â¾Ã Â¦Â°Ã Â§Â\u{87}",
        "যে কোনো সময় এটি হতে পারে",
    ),
    (
        "lower-cased, few different signs",
        "alle smã¥ bã¥ter mã¥ pã¥ land fã¸r hã¸sten",
        "alle små båter må på land før høsten",
    ),
    (
        "U+FFFD for a byte, UTF-8 as cp949",
        "\u{FFFD}깉濡쒖슫 \u{FFFD}뵒\u{FFFD}옄\u{FFFD}씤\u{FFFD}\u{FFFD}\u{FFFD} \u{FFFD}븘留덈룄 \u{FFFD}떖\u{FFFD}씪吏\u{FFFD}吏\u{FFFD} \u{FFFD}븡\u{FFFD}쓣 寃껋씠\u{FFFD}떎",
        "새로운 디자인은 아마도 달라지지 않을 것이다",
    ),
    (
        "a byte is gone, UTF-8 as cp949",
        "깉濡쒖슫 뵒옄씤 븘留덈룄 떖씪吏吏 븡쓣 寃껋씠떎",
        "새로운 디자인은 아마도 달라지지 않을 것이다",
    ),
];

/// What wears mojibake every day, worn text and the original, which comes back to the letter. Made with the codecs and the
/// NFKC of Python and, for the best fit, the tables that generate_bestfit.py reads.
const WORN: &[(&str, &str, &str)] = &[
    (
        "the best fit of code page 1251, UTF-8 as windows-1252",
        "TA¤mA¤ on hyvin kaunis pA¤ivA¤, sanoi isA¤ ja lA¤hti tA¶ihin yA¶llA¤",
        "Tämä on hyvin kaunis päivä, sanoi isä ja lähti töihin yöllä",
    ),
    (
        "the best fit of code page 1250, UTF-8 as windows-1252",
        "Une sociA©tA© privA©e a A©tA© fondA©e prA¨s de la frontiA¨re",
        "Une société privée a été fondée près de la frontière",
    ),
    (
        "the best fit of code page 1252, UTF-8 as code page 850",
        "ð£Ðï ð+ÐÇð©ðÁÐàð¦ð+ð© ð¦ ð¦ðÁÐÇðÁð¦ð¢ÐÄ ð+ð¥ðÀð¦ð¢ð¥ ð¦ðÁÐçðÁÐÇð¥ð+, ð¦ð¥ð¦ð¦ð¦ ð¦ÐüðÁ ÐâðÂðÁ Ðüð+ð¦ð+ð©",
        "Мы приехали в деревню поздно вечером, когда все уже спали",
    ),
    (
        "NFKC, UTF-8 as macintosh",
        "Az √ogyv√©d reggel √©rkezett, √©s t√∂bb √≥r√°n √°t besz√©lt",
        "Az ügyvéd reggel érkezett, és több órán át beszélt",
    ),
    (
        "NFKC, UTF-8 as windows-1252",
        "Wir mÃ1⁄4ssen frÃ1⁄4her aufstehen, weil der Zug pÃ1⁄4nktlich fÃ¤hrt",
        "Wir müssen früher aufstehen, weil der Zug pünktlich fährt",
    ),
    (
        "NFKC, UTF-8 as ISO-8859-1",
        "à¤1à¤® à¤ ̧à¤¬ à¤®à¤¿à¤2à¤\u{95}à¤° à¤\u{97}à¤3⁄4à¤\u{81}à¤μ à¤\u{95}à¥\u{80} à¤\u{93}à¤° à¤\u{9A}à¤2à¥\u{87}",
        "हम सब मिलकर गाँव की ओर चले",
    ),
    (
        "half-width katakana became full-width, EUC-JP as Shift_JIS",
        "、ス、ホク蝪「イサウレネヨチネ、エナキ。「イメ、狒ヲ、キ、゙、キ、ソ。」",
        "その後、音楽番組を担当し、会社を退職しました。",
    ),
    (
        "dashes became hyphens, UTF-8 as windows-1252",
        "ä»Šæ-¥ã\u{81}¯åŒ-äº¬ã\u{81}§ä¼šè\u{AD}°ã\u{81}Œã\u{81}‚ã‚Šã€\u{81}åŒ-æµ·é\u{81}“ã\u{81}®è©±ã‚’è\u{81}žã\u{81}\u{8D}ã\u{81}¾ã\u{81}-ã\u{81}Ÿã€‚",
        "今日は北京で会議があり、北海道の話を聞きました。",
    ),
    (
        "an ellipsis became three dots, UTF-8 as windows-1252",
        "Ù„Ù... ÙŠÙƒÙ† Ø§Ù„Ù...Ø¹Ù„Ù... Ù\u{81}ÙŠ Ø§Ù„Ù...Ø¯Ø±Ø³Ø© Ø£Ù...Ø³",
        "لم يكن المعلم في المدرسة أمس",
    ),
    (
        "low quotes straightened, UTF-8 as windows-1251",
        "ОЊО»ОїО№ ОјО±О¶ОЇ ПЂО®ОіО±ОјОµ ПѓП\"О· ОёО¬О»О±ПѓПѓО± П\"Ої ПЂПЃП‰ОЇ",
        "Όλοι μαζί πήγαμε στη θάλασσα το πρωί",
    ),
    (
        "quotes straightened, UTF-8 as windows-1252",
        "æœ‰äººèªªé€™æ˜¯é'£ä½\u{8D}ä½œå®¶ä½\u{8F}é\u{81}Žçš\"æˆ¿å\u{AD}\u{90}ã€'",
        "有人說這是那位作家住過的房子。",
    ),
    (
        "no-break spaces fell together with spaces, UTF-8 as windows-1252",
        "Il a demandÃ© Ã sa mÃ¨re si elle Ã©tait dÃ©jÃ allÃ©e lÃ -bas, Ã Paris",
        "Il a demandé à sa mère si elle était déjà allée là-bas, à Paris",
    ),
    (
        "soft hyphens dropped, UTF-8 as windows-1252",
        "El niÃ±o vivÃa aquÃ con su tÃa, segÃºn decÃa la policÃa",
        "El niño vivía aquí con su tía, según decía la policía",
    ),
    (
        "full-width letters became ASCII, UTF-8 as GBK",
        "鍖轰綅璁鸿\u{E6E6}瑙e喅鐨勬槸缁忔祹娲诲姩鐨勫湴鐞嗘柟浣嶅強鍏跺舰鎴愬師鍥犵殑闂\u{E1C0}\u{E57D}銆\u{FFFD}",
        "区位论要解决的是经济活动的地理方位及其形成原因的问题。",
    ),
    (
        "full-width letters became ASCII, UTF-8 as Shift_JIS",
        "譛ｪ隱ｭ/譌｢隱ｭ繧ら｢ｺ隱阪〒縺阪k縺ｮ縺ｧ縲∫｢ｺ螳溘↑諠\u{FFFD}蝣ｱ蜈ｱ譛峨↓蠖ｹ遶九■縺ｾ縺吶\u{80}\u{FFFD}",
        "未読/既読も確認できるので、確実な情報共有に役立ちます。",
    ),
    (
        "NFC, UTF-8 as cp949",
        "龜 戟筠 戟逵畇棘 極\u{FFFD}곍먈끦압꽥겉귂\u{FFFD}.",
        "и не надо психовать.",
    ),
    (
        "signs became full-width, UTF-8 as windows-1252",
        "Prix : 25 Â￡ ou 30 â‚¬, Ã\u{A0} rÃ©gler aprÃ¨s la visite guidÃ©e, Â￥ acceptÃ©s",
        "Prix : 25 £ ou 30 €, à régler après la visite guidée, ¥ acceptés",
    ),
];

/// Similar enough: as many characters in place as may be expected of a guess.
fn share_in_place(a: &str, b: &str) -> f64 {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, cb) in b.iter().enumerate() {
            let best = (diagonal + usize::from(ca != cb)).min(row[j].min(row[j + 1]) + 1);
            diagonal = std::mem::replace(&mut row[j + 1], best);
        }
    }
    1.0 - row[b.len()] as f64 / a.len().max(b.len()).max(1) as f64
}

#[test]
fn what_can_be_told_is_rebuilt() {
    for (what, mangled, original) in REBUILT {
        let repair = repair(mangled);
        let share = share_in_place(&repair.text().to_lowercase(), &original.to_lowercase());
        assert!(
            share >= 0.85,
            "{what}: {mangled:?} became {:?}, not {original:?}",
            repair.text()
        );
    }
}

#[test]
fn wear_is_undone() {
    for (what, worn, original) in WORN {
        let repair = repair(worn);
        assert_eq!(repair.text(), *original, "{what}");
        assert_eq!(repair.revert(), *worn, "{what}");
    }
}

/// The tables of Wine, from which the best fit of Windows is taken, where they are installed.
const TABLES: &str = "/usr/share/wine/nls";

#[test]
fn the_best_fit_is_that_of_the_tables() {
    if !std::path::Path::new(TABLES).is_dir() {
        eprintln!("the_best_fit_is_that_of_the_tables: skipped, there is no {TABLES}");
        return;
    }
    let status = std::process::Command::new("python3")
        .arg(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/src/lattice/generate_bestfit.py"
        ))
        .args([TABLES, "--check"])
        .status()
        .unwrap();
    assert!(status.success());
}

#[test]
fn guesses_are_marked() {
    let mangled = "鍥句功棣嗕粖澶╁叧闂?紝璇锋槑澶╁啀鏉ャ€?";
    let repair = repair(mangled);
    assert!(
        repair.text().starts_with("图书馆今天关") && repair.text().contains("请明天再来"),
        "{}",
        repair.text()
    );
    let guessed: Vec<&str> = repair
        .edits()
        .iter()
        .flat_map(|edit| match edit.certainty() {
            Certainty::Inferred { guessed, .. } => guessed
                .iter()
                .map(|guess| &edit.after()[guess.range()])
                .collect(),
            _ => Vec::new(),
        })
        .collect();
    assert!(!guessed.is_empty(), "{:?}", repair.edits());
    assert!(guessed.iter().map(|g| g.chars().count()).sum::<usize>() <= 4);
    assert_eq!(repair.revert(), mangled);
}

#[test]
fn a_guess_comes_with_its_odds() {
    // The text as it was: the characters at which bytes were lost are among those that are listed.
    let original = "图书馆今天关闭，请明天再来。";
    let mangled = "鍥句功棣嗕粖澶╁叧闂?紝璇锋槑澶╁啀鏉ャ€?";
    let repair = repair(mangled);
    let mut listed = 0;
    for edit in repair.edits() {
        let Certainty::Inferred { guessed, .. } = edit.certainty() else {
            continue;
        };
        for guess in guessed {
            let at = edit.repaired().start + guess.range().start;
            let meant = original[at..].chars().next().unwrap();
            let odds = guess.alternatives();
            assert!(odds.iter().any(|a| a.0 == meant), "{meant}: {odds:?}");
            assert!(odds.len() <= 5 && odds.is_sorted_by(|a, b| a.1 >= b.1));
            assert!(odds.iter().map(|a| a.1).sum::<f32>() <= 1.0001);
            let shown = edit.after()[guess.range()].chars().next().unwrap();
            let likelier_than_not = odds[0].1 > 0.5;
            assert_eq!(
                shown,
                if likelier_than_not {
                    odds[0].0
                } else {
                    '\u{FFFD}'
                }
            );
            listed += 1;
        }
    }
    assert!(listed >= 2, "{:?}", repair.edits());
    // A patch is for taking back: it keeps which parts were guessed, and no odds.
    let patch = repair.patch();
    assert_eq!(patch.to_string().parse(), Ok(patch.clone()));
    for edit in patch.edits() {
        if let Certainty::Inferred { guessed, .. } = edit.certainty() {
            assert!(!guessed.is_empty());
            assert!(guessed.iter().all(|g| g.alternatives().is_empty()));
        }
    }
}

#[test]
fn what_is_truly_lost_stands_beside_a_guess() {
    let mangled = "Name: 锟斤拷锟斤拷, caf\u{FFFD}";
    let repair = repair(mangled);
    assert_eq!(repair.text(), "Name: 锟斤拷锟斤拷, café");
    assert_eq!(repair.revert(), mangled);
}

#[test]
fn guesses_may_be_left_out() {
    let mangled = "鍥句功棣嗕粖澶╁叧闂?紝璇锋槑澶╁啀鏉ャ€?";
    let with = |guesses| {
        let settings = Settings::new().guesses(guesses);
        Repairer::new().settings(settings).repair(mangled)
    };
    let marked = with(Guesses::Replacement);
    assert!(
        marked.text().starts_with("图书馆今天关\u{FFFD}") && marked.text().contains("请明天再来"),
        "{}",
        marked.text()
    );
    for edit in marked.edits() {
        if let Certainty::Inferred { guessed, .. } = edit.certainty() {
            assert!(
                guessed
                    .iter()
                    .all(|g| &edit.after()[g.range()] == "\u{FFFD}")
            );
        }
    }
    assert_eq!(marked.revert(), mangled);
    let alone = with(Guesses::LeaveAlone);
    assert!(alone.edits().iter().all(unbake::repair::Edit::is_exact));
    assert_eq!(alone.revert(), mangled);
    assert_eq!(with(Guesses::Likely), repair(mangled));
    // Where nothing is guessed, the three do the same.
    for guesses in [Guesses::Likely, Guesses::Replacement, Guesses::LeaveAlone] {
        let settings = Settings::new().guesses(guesses);
        let repairer = Repairer::new().settings(settings);
        assert_eq!(repairer.repair("Das war schÃ¶n.").text(), "Das war schön.");
    }
}

#[test]
fn a_text_with_losses_left_is_not_what_it_was_though_its_edits_are_sure() {
    let mangled = "\u{FFFD}깉濡쒖슫 \u{FFFD}뵒\u{FFFD}옄\u{FFFD}씤\u{FFFD}\u{FFFD}\u{FFFD} \u{FFFD}븘留덈룄 \u{FFFD}떖\u{FFFD}씪吏\u{FFFD}吏\u{FFFD} \u{FFFD}븡\u{FFFD}쓣 寃껋씠\u{FFFD}떎";
    let repair = repair(mangled);
    assert!(
        repair.text().contains("아마도 달라지지 않을"),
        "{}",
        repair.text()
    );
    assert!(repair.edits().iter().all(|edit| edit.confidence() > 0.5));
    assert!(repair.confidence() < 0.1, "{}", repair.confidence());
}

/// Clean texts that hold what losses leave behind, or look like worn mojibake.
const CLEAN: &[&str] = &[
    // Questions, with and without a space behind.
    "Как дела? Всё хорошо.",
    "Что?Где?Когда?",
    "Где он?— Не знаю.",
    "¿Qué? ¿Cómo estás?",
    "Où est-il?",
    "où?quand?comment?",
    "Τι κάνεις? Καλά?",
    "你好?我很好",
    "真的吗??",
    "什么?!不可能",
    "なに?本当?",
    "이게 뭐?정말?",
    "Proč?Protože ne.",
    "żółw?gęś?jaźń?",
    "Wer?Günther?Möglich.",
    "هل هذا صحيح? نعم",
    "מה? איפה?",
    "ใคร?ที่ไหน?",
    "Большая?? Не очень…",
    "да?нет?может быть?",
    // Operators.
    "let größe = maß?.länge ?? 0;",
    "const naïve = a?.b ?? 'é'",
    "x = условие ? да : нет",
    "если a?.b ?? c, то «d»",
    "值?.长度 ?? 0",
    "名前 ?? \"未設定\"",
    "fn größer(x: Option<i32>) -> Option<i32> { Some(x? + 1) }",
    "SELECT * FROM straße WHERE maß = ?",
    "(?:é|è|ê)?[à-ÿ]+?",
    "^[А-Яа-яЁё]+\\??$",
    "glob: **/*.?ü",
    // Addresses.
    "https://example.org/suche?q=größe&lang=de",
    "https://example.org/поиск?q=мир",
    "https://example.org/?s=東京&p=1",
    "см. http://example.com/?a=1&b=привет",
    "/путь/к/файлу?версия=2",
    "https://ko.example.org/검색?단어=말",
    "mailto:josé@example.org?subject=¡Olé!",
    // U+FFFD in clean text.
    "Der Buchstabe \u{FFFD} steht für Unbekanntes.",
    "caf\u{FFFD}",
    "На экране \u{FFFD} вместо буквы",
    "это сл\u{FFFD}во повреждено",
    "文字\u{FFFD}化け",
    "日本語の\u{FFFD}\u{FFFD}文章です",
    "Ná\u{FFFD}odnej banky",
    "한국\u{FFFD}어 문장",
    "\u{FFFD}\u{FFFD}\u{FFFD}",
    "Größe: \u{FFFD} m²",
    // Small letters only.
    "été à la plage, très agréable",
    "über größe läßt sich streiten",
    "москва — столица россии",
    "ουδέν κακόν αμιγές καλού",
    "żółta łódka płynie",
    "ça va être très bien",
    "ñandú, ñoño y niño",
    "são paulo é a maior cidade",
    "çok güzel bir gün",
    "sjö, å och älv",
    "þetta er íslenska",
    "tiếng việt có dấu",
    // Letters that could begin UTF-8.
    "maçã, maçãs e maçãzinhas",
    "a letra ã",
    "à â ä å æ",
    "MAÇÃ",
    "Â mon avis, c'est bien",
    "pâte à crêpes",
    "România, ţară frumoasă, împărat",
    "câine și pâine",
    "Ðað er Þór",
    // Straight quotes, spaces and dashes.
    "l'été, l'hiver et l'automne",
    "\"Größe\" - 'Maß'",
    "da' wird's schön",
    // Half-width katakana, halfwidth and fullwidth marks.
    "ﾃｽﾄ?ｱｲｳ",
    "ｶﾀｶﾅ ﾉ ﾌﾞﾝｼｮｳ",
    "ＡＢＣ？１２３",
    // Ends that could be first bytes.
    "grad byrja Ã",
    "nota Ð",
    "буква Р",
    "знак â",
    // Symbols.
    "─┬─┴─ ? ─┼─",
    "★★★☆☆ ?",
    "→ ? ←",
    "x² + y² = ?",
    "½ ¼ ¾ ?",
    // Tables and rows of signs.
    "[\"e4a1\",\"筺笄筍笋筌筅筵筥筴筧筰筱筬筮箝箘箟箍箜箚箋箒\"],",
    "[\"fc40\",\"髜魵魲鮏鮱鮻鰀鵰鵫鶴鸙黑\"]",
    "abc ŔÁÂĂÄĹĆÇČÉĘËĚÍÎĎĐŃŇÓÔŐÖ×ŘŮÚŰÜÝŢß",
    "['', 'б', 'б', 'г', 'л', 'м', 'г', '']",
    "ĎĎĎđ?ĎĎĎĎĎĎĎĎĎĎĎĎ",
    "фЯЯЯЯЯЯЯЯЯЯЯЯ",
    // What best fits, NFKC and word processors make, in text that is meant so.
    "© A. Müller, A® GmbH, A§ 5",
    "A© B® C™",
    "C++ für Anfänger, C++ für Größen",
    "Größe A± B±, +¬ und -¬",
    "½ + ¼, 1⁄2 + 1⁄4 Tasse Öl",
    "m2, m3 und Nr. 1o: Länge",
    "a — b -- c - é",
    "Niño -- „así“ ... ¿qué?",
    "assert dist.metadata.description == 'éàïôñ'",
    "x == 'éàïôñ' && y != \"àéîõü\"",
    "São Paulo, 2a edição, 3o andar, nº 5, 1ª",
    "-¦-¦-¦-",
    "+-+ ¦ é ¦ à ¦ +-+",
    "ガギグ テスト パピプ",
    "voilà tout, là où déjà",
    // Full-width and half-width signs, compatibility ideographs and composed letters that were meant.
    "ＡＢＣ社の製品：￥１，０００（税込）",
    "价格：￥２５，￡３０ und 25 £, 30 ¥",
    "樂園에서 不老의 樂을 누리다",
    "các bạn đã đến rồi, cà phê sữa đá",
    // Words between spaces of a column.
    "            áóí = 20",
];

#[test]
fn clean_text_stands() {
    assert!(CLEAN.len() >= 60);
    let changed: Vec<(&str, String)> = CLEAN
        .iter()
        .filter_map(|text| {
            let repair = repair(text);
            (repair.text() != *text).then(|| (*text, repair.text().to_owned()))
        })
        .collect();
    assert!(changed.is_empty(), "{changed:#?}");
}

#[test]
fn a_rebuilt_text_is_stable() {
    for (_, mangled, _) in REBUILT {
        let first = repair(mangled);
        let text = first.text().to_owned();
        let second = repair(&text);
        assert!(!second.is_changed(), "{text:?} became {:?}", second.text());
        assert_eq!(first.revert(), *mangled);
    }
}

#[test]
fn time_is_linear_in_the_line() {
    let line =
        |n: usize| "写械褉械胁薪褟 袩械褌褉芯胁褋泻芯械 薪邪 斜械褉械谐褍 褉械泻? ".repeat(n);
    let time = |n: usize| {
        let text = line(n);
        let start = std::time::Instant::now();
        let _ = repair(&text);
        start.elapsed().as_secs_f64()
    };
    let _ = time(1);
    // Several measurements, the best of each: the machine has other things to do.
    let best = |n: usize| (0..3).map(|_| time(n)).fold(f64::INFINITY, f64::min);
    assert!(best(80) < best(10) * 8.0 * 4.0 + 0.05);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn anything_can_be_taken_back(text in "[?\u{FFFD}a-z \u{A0}-\u{FF}\u{400}-\u{44F}縺繧锛銆鐨Ã-Ôｱ-ﾝ]{0,60}") {
        let repair = repair(&text);
        prop_assert_eq!(repair.revert(), text.as_str());
    }
}
