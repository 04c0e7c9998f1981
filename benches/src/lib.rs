//! The texts that are measured, and how many edits each must take.
//!
//! All were written for this project. What is mangled is mangled here, by the chain that stands beside it, so that
//! the clean text is known.

use plsfix::TextFixerConfig;
use unbake::misdecoding::Chain;

/// plsfix with what it does beside repairing encodings turned off.
pub const PLSFIX_ENCODING_ONLY: TextFixerConfig = TextFixerConfig {
    unescape_html: Some(false),
    remove_terminal_escapes: false,
    fix_encoding: true,
    restore_byte_a0: true,
    replace_lossy_sequences: true,
    decode_inconsistent_utf8: true,
    fix_c1_controls: false,
    fix_latin_ligatures: false,
    fix_character_width: false,
    uncurl_quotes: false,
    fix_line_breaks: false,
    remove_control_chars: false,
    normalization: None,
    max_decode_length: 1_000_000,
};

/// A text to measure.
pub struct Sample {
    pub name: &'static str,
    pub text: String,
    /// Whether the repair must change it, and into what.
    pub truth: String,
}

const ENGLISH: &str = "The kettle sings before the water boils, and the cat leaves the window when it hears the cups. \
    Nobody has asked for tea; it is made every day at four, and every day somebody drinks it.\n";
const FRENCH: &str = "Le jardin où nous déjeunions l’été dernier a été labouré; il n’y reste qu’un très vieux pêcher. \
    Hélène prétend que les pêches y mûrissent encore, mais personne n’en a goûté depuis août.\n";
const RUSSIAN: &str = "Поезд стоял на маленькой станции дольше, чем обещал проводник, и мы вышли на перрон. \
    Пахло яблоками; старушка продавала их вёдрами и никому не давала сдачи.\n";
const CHINESE: &str = "河边的老房子已经没有人住了，可是每到春天，院子里的桃花还是照样开。\
    孩子们放学以后常常从墙上爬进去，坐在井边写作业。\n";
const JAPANESE: &str = "駅前のパン屋は朝の六時に開くので、始発に乗る人たちはみんなそこで朝ごはんを買う。\
    雨の日だけは店の奥に小さな椅子が並べられて、電車を待つことができる。\n";
const KOREAN: &str = "할머니는 장날마다 같은 자리에 앉아 나물을 파셨고, 해가 지기 전에 꼭 집으로 돌아오셨다. \
    남은 나물은 이웃에게 나누어 주셨는데, 아무도 값을 묻지 않았다.\n";
const ARABIC: &str = "كان البيت القديم يقع عند طرف القرية، وكانت نافذته تطل على بستان الزيتون. \
    وفي كل صباح كانت الجدة تفتح الباب وتنتظر بائع الخبز.\n";

/// The text over and over, at least so many bytes of it.
fn long(text: &str, bytes: usize) -> String {
    text.repeat(bytes.div_ceil(text.len()))
}

fn mangled(clean: &str, chain: &str) -> String {
    let chain: Chain = chain.parse().expect("a chain");
    chain.mangle(clean).expect("a chain that holds the text")
}

fn clean(name: &'static str, text: &str) -> Sample {
    let text = long(text, 64 * 1024);
    Sample {
        name,
        truth: text.clone(),
        text,
    }
}

/// Clean texts of 64 KiB.
pub fn clean_texts() -> Vec<Sample> {
    vec![
        clean("ascii", ENGLISH),
        clean("french", FRENCH),
        clean("russian", RUSSIAN),
        clean("chinese", CHINESE),
        clean("japanese", JAPANESE),
        clean("korean", KOREAN),
        clean("arabic", ARABIC),
    ]
}

/// Mangled texts: short ones as they are, long ones of 16 KiB.
pub fn mangled_texts() -> Vec<Sample> {
    let page = |name, lines: &[(&str, Option<&str>)]| {
        let lines = || lines.iter().cycle().take(100);
        let text = lines().map(|(line, chain)| {
            chain.map_or_else(|| line.to_string(), |chain| mangled(line, chain))
        });
        Sample {
            name,
            text: text.collect(),
            truth: lines().map(|(line, _)| *line).collect(),
        }
    };
    let utf8 = Some("utf-8>windows-1252");
    let one = |name, truth: &str, chain| Sample {
        name,
        text: mangled(truth, chain),
        truth: truth.to_owned(),
    };
    let many = |name, truth: &str, chain| one(name, &long(truth, 16 * 1024), chain);
    vec![
        one("one word", "déjà", "utf-8>windows-1252"),
        one("one sentence", FRENCH, "utf-8>windows-1252"),
        one(
            "one sentence, layered",
            FRENCH,
            "utf-8>windows-1252 + utf-8>windows-1252",
        ),
        page(
            "lightly damaged page",
            &[
                (ENGLISH, None),
                (FRENCH, None),
                (FRENCH, utf8),
                (ENGLISH, None),
                (FRENCH, None),
            ],
        ),
        page(
            "heavily damaged page",
            &[
                (FRENCH, utf8),
                (RUSSIAN, Some("koi8-r>windows-1251")),
                (CHINESE, Some("gbk>windows-1252")),
            ],
        ),
        many(
            "layered page",
            FRENCH,
            "utf-8>windows-1252 + utf-8>windows-1252",
        ),
        many("utf-8 as windows-1252", FRENCH, "utf-8>windows-1252"),
        many("koi8-r as windows-1251", RUSSIAN, "koi8-r>windows-1251"),
        many(
            "shift_jis as windows-1252",
            JAPANESE,
            "shift_jis>iso-8859-1",
        ),
        many("euc-kr as windows-1252", KOREAN, "euc-kr>windows-1252"),
        many(
            "windows-1256 as windows-1252",
            ARABIC,
            "windows-1256>windows-1252",
        ),
    ]
}

/// Fails where a repair is not what the sample says: what is measured must be the work that is wanted.
pub fn check(sample: &Sample) {
    let repair = unbake::repair(&sample.text);
    for (number, (line, truth)) in repair.text().lines().zip(sample.truth.lines()).enumerate() {
        assert!(
            line == truth,
            "{}, line {number}: {line:.200?}, not {truth:.200?}",
            sample.name
        );
    }
    assert!(
        repair.text() == sample.truth,
        "{}: the ends of lines",
        sample.name
    );
    assert!(
        repair.revert() == sample.text,
        "{}: does not revert",
        sample.name
    );
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_sample_is_repaired() {
        for sample in super::clean_texts().iter().chain(&super::mangled_texts()) {
            println!("{}", sample.name);
            super::check(sample);
        }
    }
}
