//! Clean text that is no prose: lists, tables, formulas, frames, faces, acronyms, words of one
//! language in lines of another. Judged as bad prose it would be repaired to death.

use crate::cases::Case;
use crate::random::Random;

/// Harm counts more than a miss.
const WEIGHT: f64 = 2.5;
const CASES: usize = 13_500;

/// Characters that stand together in tables, formulas, frames and faces.
const SETS: &[&str] = &[
    "─│┌┐└┘├┤┬┴┼═║╔╗╚╝╠╣╦╩╬",
    "█▓▒░▄▀▌▐■□▪▫▲►▼◄◆○●◘◙",
    "←↑→↓↔↕⇐⇒⇔⇑⇓",
    "∀∂∃∅∇∈∉∋∏∑−∗√∝∞∠∧∨∩∪∫∴∼≅≈≠≡≤≥⊂⊃⊆⊇⊕⊗⊥⋅",
    "αβγδεζηθικλμνξοπρστυφχψωΓΔΘΛΞΠΣΦΨΩ",
    "°±²³µ¶·¹º»¼½¾¿×÷§©®«¬ª¢£¥¤",
    "€£¥₹₽₩₺₴₫₪¢",
    "☀☁☂★☆☎☑☒☠☢☣☮☯☹☺♀♂♠♣♥♦♩♪♫♬♭♯⚠⚡✂✈✉✓✔✗✘❤➜",
    "ɐɑɒɓʙβɔɕçɗɖðʤəɘɚɛɜɝɞɟʄɡɠɢʛɦɧħɥʜɨɪʝɭɬɫɮʟɱɯɰŋɳɲɴøɵɸθœɶɹɺɾɻʀʁɽʂʃʈʧʉʊʋⱱʌɣɤʍχʎʏʑʐʒʔʡʕʢ",
    "￣ω´｀Д∀`;ノヽ゜╯╰°□┻━┳┬─￢ʘ‿ಠ益｡･ﾟ´ω｀▽≧≦＾⌒",
    "ァアィイゥウェエォオカガキギクグケゲコゴサザシジスズ",
    "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝﾞﾟ",
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿ",
    "ĀāĂăĄąĆćČčĎďĐđĒēĖėĘęĚěĞğĢģĪīĮįİıĶķĹĺĻļĽľŁłŃńŅņŇňŐőŒœŔŕŘřŚśŞşŠšŢţŤťŪūŮůŰűŲųŹźŻżŽž",
    "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя",
    "ЂѓЃѕЅіІїЇјЈљЉњЊћЋќЌўЎџЏґҐєЄёЁ",
    "אבגדהוזחטיךכלםמןנסעףפץצקרשת",
    "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي",
    "กขคฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ",
    "一丁七万丈三上下不与丐丑专且世丘丙业丛东丝丞両丟丢两严並丧丨个中丰串临丶丸丹为主丽举",
    "ｶﾞｷﾞｸﾞﾊﾟﾋﾟﾌﾟ｢｣､｡･ｰｱｲｳｴｵ",
    "\u{F015}\u{F067}\u{F0C1}\u{F111}\u{E001}\u{E80F}\u{F31B}",
    "áéíóúàèìòùâêîôûäëïöüãõñåæøœ",
    "驚魍魎鼃鼄鼅鼆龠龡龢龣龤龥鱻麤靐龘虩蠱鬱鸞籲",
    "가각간갇갈감갑값갓강개객갱갸거건걷걸검겁것게겨견결겸경",
];

/// How such characters stand: alone, in rows, in lists.
const JOINTS: &[&str] = &["", "", " ", ", ", "|", "', '", "-", " = ", "/"];
const PLACES: &[(&str, &str)] = &[
    ("", ""),
    ("", ""),
    ("(", ")"),
    ("[\"", "\"]"),
    ("<b>", "</b>"),
    ("# ", ""),
    ("case '", "': return 1;"),
    ("key 0x41 ", " ; comment"),
    ("- ", ": see below"),
    ("| ", " | 12 | ok |"),
    ("value=\"", "\""),
    ("The sign ", " means that it holds."),
];

/// `lines` are sentences of all languages, `words` words with letters outside ASCII.
pub fn all(cases: &mut Vec<Case>, random: &mut Random, lines: &[String], words: &[String]) {
    for i in 0..CASES {
        let text = match i % 9 {
            0 | 1 => {
                let inside = set(random);
                framed(random, inside)
            }
            2 => stranger(random, lines, words),
            3 => acronym(random, lines, words),
            4 => list(random, words),
            5 => foreign_letter(random, lines),
            6 => symbols_in_prose(random, lines),
            7 => made_up_word(random, words),
            _ => typography(random, lines),
        };
        cases.push(Case {
            text,
            truth: None,
            weight: WEIGHT,
        });
    }
}

fn framed(random: &mut Random, inside: String) -> String {
    let (open, close) = random.pick(PLACES);
    format!("{open}{inside}{close}")
}

/// Some characters of one set: in its order, at random, or one again and again.
fn set(random: &mut Random) -> String {
    let set: Vec<char> = random.pick(SETS).chars().collect();
    let most = if random.chance(0.5) { 3 } else { 14 };
    let n = 1 + random.below(most);
    let start = random.below(set.len());
    let joint = random.pick(JOINTS);
    let how = random.below(3);
    let one = *random.pick(&set);
    let chars: Vec<String> = (0..n)
        .map(|i| match how {
            0 => set[(start + i) % set.len()],
            1 => *random.pick(&set),
            _ => one,
        })
        .map(String::from)
        .collect();
    chars.join(joint)
}

/// A word of one language in a line of another.
fn stranger(random: &mut Random, lines: &[String], words: &[String]) -> String {
    let line: Vec<&str> = random.pick(lines).split(' ').collect();
    let at = random.below(line.len() + 1);
    let from = at.saturating_sub(random.below(6));
    let to = (at + random.below(6)).min(line.len());
    let mut out: Vec<String> = line[from..at].iter().map(|s| s.to_string()).collect();
    for _ in 0..1 + random.below(3) {
        out.push(random.pick(words).clone());
    }
    out.extend(line[to.min(at)..to].iter().map(|s| s.to_string()));
    out.join(" ")
}

/// Capitals in a line, or alone: the first letters of some words, or the beginning of one.
fn acronym(random: &mut Random, lines: &[String], words: &[String]) -> String {
    let n = 2 + random.below(4);
    let short: String = if random.chance(0.6) {
        let line: Vec<&str> = loop {
            let line = random.pick(lines);
            if !line.is_ascii() {
                break line.split(' ').collect();
            }
        };
        let from = random.below(line.len());
        let first = |word: &&str| word.chars().find(|c| c.is_alphabetic());
        let letters = line.iter().skip(from).filter_map(first).take(n);
        letters.collect::<String>().to_uppercase()
    } else {
        let word: Vec<char> = random.pick(words).to_uppercase().chars().collect();
        word.iter().take(n).collect()
    };
    if random.chance(0.4) {
        return framed(random, short);
    }
    let line: Vec<&str> = random.pick(lines).split(' ').take(6).collect();
    format!(
        "{} {short} {}",
        line.first().unwrap_or(&""),
        line.get(1..).unwrap_or_default().join(" ")
    )
}

/// A made-up name in ASCII text, with a letter or two from elsewhere: `bœr()`.
fn foreign_letter(random: &mut Random, lines: &[String]) -> String {
    const LETTERS: &str = "áéíóúàèìòùâêîôûäëïöüãõñåæøœßçýđłşğıőűčšžřńśźėųāēīūěůťďľĺŕ";
    let letters: Vec<char> = LETTERS.chars().collect();
    let line: Vec<&str> = random
        .pick(lines)
        .split(' ')
        .filter(|w| w.is_ascii() && w.len() > 1)
        .collect();
    if line.is_empty() {
        return random.pick(&letters).to_string();
    }
    let at = random.below(line.len());
    let mut word: Vec<char> = line[at].chars().collect();
    for _ in 0..1 + random.below(2) {
        let place = random.below(word.len());
        word[place] = *random.pick(&letters);
    }
    let word: String = word.into_iter().collect();
    if random.chance(0.85) {
        return framed(random, word);
    }
    let mut line: Vec<String> = line.iter().take(8).map(|w| w.to_string()).collect();
    line.insert(at.min(line.len()), word);
    line.join(" ")
}

/// A word that no list has: two halves of words, as names and brands are made.
fn made_up_word(random: &mut Random, words: &[String]) -> String {
    let (first, last) = (random.pick(words), random.pick(words));
    let half = |word: &str| word.chars().count().div_ceil(2);
    let start: String = first.chars().take(half(first)).collect();
    let end: String = last.chars().skip(half(last)).collect();
    let word = match random.below(3) {
        0 => start,
        1 => (start + &end).to_uppercase(),
        _ => start + &end,
    };
    framed(random, word)
}

/// Quotes, apostrophes, dashes and ellipses of a typographer, in lines and beside code.
fn typography(random: &mut Random, lines: &[String]) -> String {
    const MARKUP: &[(&str, &str)] = &[
        ("", ""),
        ("", ""),
        (
            "<a href=\"https://example.org/docs/api/fn.load_all.html#text=x86_64\">",
            "</a>",
        ),
        ("/// See [`load_all`]: ", ""),
        ("msgid \"", "\""),
        ("  * ", " (#1234)"),
    ];
    let line: Vec<&str> = random.pick(lines).split(' ').collect();
    let from = random.below(line.len());
    let words = line.iter().skip(from).take(1 + random.below(8));
    let mut words: Vec<String> = words.map(|w| w.replace('\'', "’")).collect();
    let at = random.below(words.len());
    let word = &mut words[at];
    *word = match random.below(8) {
        0 | 1 => format!("{word}’s"),
        2 => format!("{word}n’t"),
        3 => format!("“{word}”"),
        4 => format!("‘{word}’"),
        5 => format!("{word}…"),
        6 => format!("{word}—and"),
        _ => format!("l’{word}"),
    };
    let (open, close) = random.pick(MARKUP);
    format!("{open}{}{close}", words.join(" "))
}

/// Words of several languages in a row, as in lists of names and of languages.
fn list(random: &mut Random, words: &[String]) -> String {
    let joint = random.pick(&[", ", " ", "\", \"", "|", ": ", "; "]);
    let capital = random.chance(0.5);
    let words: Vec<String> = (0..1 + random.below(7))
        .map(|_| {
            let word = random.pick(words);
            let mut chars = word.chars();
            match chars.next() {
                Some(first) if capital => first.to_uppercase().chain(chars).collect(),
                _ => word.clone(),
            }
        })
        .collect();
    framed(random, words.join(joint))
}

fn symbols_in_prose(random: &mut Random, lines: &[String]) -> String {
    let line: Vec<&str> = random.pick(lines).split(' ').collect();
    let from = random.below(line.len());
    let to = (from + 2 + random.below(7)).min(line.len());
    let at = from + random.below(to - from);
    let mut out: Vec<String> = line[from..to].iter().map(|s| s.to_string()).collect();
    let inside = set(random);
    match random.below(3) {
        0 => out.insert(at - from, inside),
        1 => out[at - from].push_str(&inside),
        _ => out[at - from].insert_str(0, &inside),
    }
    out.join(" ")
}
