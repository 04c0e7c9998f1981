//! The character model prefers what people write.

use unbake::model::{History, MODEL};

/// Truth and rivals: what stands first must be the likeliest by three nats.
const PREFERRED: &[(&str, &[&str])] = &[
    ("не", &["МЕ", "еФ", "ме\u{b8}"]),
    ("додека", &["ДНДЕЙЮ"]),
    ("нет", &["–Ω–µ—Ç", "Ð½ÐµÑ‚", "МЕР\u{15}"]),
    ("Привет", &["оПХБЕР", "Ïðèâåò", "ðÒÉ×ÅÔ", "РџСЂРёРІРµС‚"]),
    ("привет", &["ОПХБЕР", "ïðèâåò", "ÐÒÉ×ÅÔ", "яЁштхЄ"]),
    ("déjà", &["dÃ©jÃ\u{a0}", "dŽjˆ", "d‚j…", "dйjа"]),
    ("façade", &["faÃ§ade", "fa‡ade", "faηade", "faзade"]),
    ("Müller", &["MÃ¼ller", "Mьller", "MŸller", "M³ller"]),
    ("don’t", &["donâ€™t", "don‚Äôt", "don�t"]),
    ("“quoted”", &["â€œquotedâ€\u{9d}", "ôquotedö", "“quotedâ€"]),
    ("Здравствуйте", &["ЁдрЁСфтЁуйтЁ", "╟фЁртёЄтєщЄх"]),
    ("中国", &["ä¸\u{ad}å›½", "涓浗", "いゅ"]),
    ("你好", &["ÄãºÃ", "浣犲ソ", "斕疑"]),
    ("日本語", &["譌･譛ｬ隱", "æ—¥æœ¬èªž", "日本腔"]),
    (
        "こんにちは",
        &["縺薙ｓ縺ｫ縺｡縺ｯ", "ã“ã‚“ã«ã¡ã¯", "偙傫偵偪偼"],
    ),
    ("한국어", &["ÇÑ±¹¾î", "í•œêµ\u{ad}ì–´", "茄惚嬢"]),
    ("ελληνικά", &["åëëçíéêÜ", "ελληνικÜ", "РµР»Р»"]),
    ("שלום", &["ùìåí", "×©×œ×•×\u{9d}"]),
    ("مرحبا", &["ãÑÍÈÇ", "Ù…Ø±ØØ¨Ø§"]),
    ("สวัสดี", &["ÊÇÑÊ´Õ", "à¸ªà¸§à¸±à¸ªà¸”à¸µ"]),
    ("žluťoučký", &["žluťouèký", "¾lu»ouèký"]),
    ("sipariş", &["sipariþ", "sipariº", "sipariÅŸ"]),
    ("Việt Nam", &["Viá»‡t Nam", "Vi?t Nam"]),
    ("नमस्ते", &["à¤¨à¤®à¤¸à¥\u{8d}à¤¤à¥‡"]),
    ("naïve café", &["naÔve cafÈ", "naпve cafй", "naﾃｯve cafﾃｩ"]),
];

#[test]
fn what_people_write_is_preferred() {
    let mut wrong = vec![];
    for &(truth, rivals) in PREFERRED {
        for &rival in rivals {
            let margin = MODEL.log_prob(truth) - MODEL.log_prob(rival);
            if margin < 3.0 {
                wrong.push(format!("{truth} over {rival}: {margin:.1}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn log_prob_is_the_sum_of_next() {
    for text in [
        "",
        "a",
        "Слово, ещё слово: “so” — 中文 123!",
        "\u{10FFFF}\0\u{2F800}",
    ] {
        let mut history = History::word_start();
        let mut sum = 0.0;
        for c in text.chars().chain([' ']) {
            let (lp, next) = MODEL.next(history, c);
            assert!(lp <= 0.0 && lp > -60.0, "{c:?} in {text:?}: {lp}");
            sum += lp;
            history = next;
        }
        assert!((sum - MODEL.log_prob(text)).abs() < 1e-3, "{text:?}");
    }
}

/// Pruned, rounded and hashed, the probabilities still nearly sum to one.
#[test]
fn what_may_follow_sums_to_one() {
    // beyond them the floors are next to nothing, and slow to add up
    let all = || '\0'..='\u{2FFFF}';
    let unigrams: f64 = all().map(|c| f64::from(MODEL.unigram(c)).exp()).sum();
    // a lower-case letter has its capital's share too, and floors beyond the paged planes are extra
    assert!((0.9..1.2).contains(&unigrams), "{unigrams}");
    let contexts = [
        "", "a", "th", "the", "сло", "中", "“", "a ", "12", "ÃÂ", "한국", "e,",
    ];
    let sums = contexts.map(|before| {
        let history = before
            .chars()
            .fold(History::word_start(), |h, c| MODEL.next(h, c).1);
        all()
            .map(|c| f64::from(MODEL.next(history, c).0).exp())
            .sum::<f64>()
    });
    // after a rare context a false hit weighs as much as a true one
    assert!(sums.iter().all(|s| (0.6..2.2).contains(s)), "{sums:?}");
    let mean = sums.iter().sum::<f64>() / sums.len() as f64;
    assert!((0.9..1.25).contains(&mean), "{sums:?}");
}

#[test]
fn floors_know_blocks() {
    let order = ['的', '我', '籲', '㐀', '\u{20000}'];
    let lps = order.map(|c| MODEL.unigram(c));
    assert!(lps.is_sorted_by(|a, b| a > b), "{lps:?}");
    let letter = MODEL.unigram('ǰ');
    for odd in [
        '\u{80}',
        '\u{9D}',
        '\u{E000}',
        '\u{F8FF}',
        '\u{378}',
        '\u{FFFF}',
        '\u{10FFFF}',
    ] {
        assert!(MODEL.unigram(odd) < letter - 3.0, "{odd:?}");
    }
}

#[test]
fn about_names_sources_and_licences() {
    for part in [
        "lingua",
        "Leipzig",
        "CC BY-SA 4.0",
        "Apache-2.0",
        "MIT",
        "N-grams kept",
    ] {
        assert!(MODEL.about().contains(part), "{part}");
    }
}

/// Training anew gives the table to the byte.
///
/// Run it as `cargo run --release --example train -- --check ../shared/data src/model/ngrams.bin`,
/// which ends with status 1 where the bytes differ.
#[test]
#[ignore = "trains for minutes without optimisation; CI runs `train --check` in release mode"]
fn training_is_reproducible() {
    let data = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data");
    if !std::path::Path::new(data).exists() {
        println!("skipped: the corpora in ../shared/data are not here");
        return;
    }
    let status = std::process::Command::new(env!("CARGO"))
        .args(
            "run --release --quiet --example train -- --check ../shared/data src/model/ngrams.bin"
                .split(' '),
        )
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .status();
    assert!(status.is_ok_and(|s| s.success()));
}
