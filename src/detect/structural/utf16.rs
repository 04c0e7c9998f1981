//! UTF-16 read as an 8-bit encoding, in the wrong byte order, or what is not UTF-16 read as that:
//! 畂桳栠摩琠敨映捡獴 is "Bush hid the facts".

use super::{reads_well, weigh};
use crate::detect::doubts::HARDLY;
use crate::detect::hypothesis::{Hypothesis, Stretches};
use crate::detect::plausibility::{is_letter, plausibility};
use crate::detect::script::Script;
use crate::detect::symbols::is_mark;
use crate::encoding::Encoding::{self, *};
use crate::misdecoding::Misdecoding;
use std::iter;
use std::ops::Range;

const ORDERS: [Encoding; 2] = [Utf16Le, Utf16Be];

/// Nats for UTF-16 read as an 8-bit encoding: its zeros are seen.
const COST_NARROW: f32 = 6.0;
/// As which UTF-16 may have been read, the commonest first.
const READ: &[Encoding] = &[
    Iso8859_1,
    Windows1252,
    Windows1251,
    Windows1250,
    Macintosh,
    Ibm437,
    Ibm850,
    Koi8R,
];
/// So many letters there must be between zeros: file names may be one letter each.
const LEAST_NARROW: usize = 4;
/// So many characters there must be where no zeros are.
const LEAST_EAST_ASIAN: usize = 8;

/// Nats for the wrong byte order, and for what never was UTF-16.
const COST_SWAPPED: f32 = 14.0;
const COST_WIDE: f32 = 14.0;
/// What 8-bit text may have been written in that was read as UTF-16, and what that costs beside,
/// in nats; ASCII goes by the first name.
const WRITTEN: &[(Encoding, f32)] = &[
    (Utf8, 0.0),
    (Windows1252, 3.0),
    (Windows1251, 4.0),
    (Gbk, 4.0),
    (ShiftJis, 4.0),
    (Big5, 5.0),
    (EucKr, 5.0),
    (Windows1250, 6.0),
    (Windows1253, 6.0),
    (Koi8R, 6.0),
];
/// Nats that each character of more than a byte is evidence for UTF-8.
const LONG: f32 = 4.0;
/// The fewest characters, and what they must be worse than to be no text: nats each.
const LEAST_WIDE: usize = 3;
/// The fewest where no more come of it than there were.
const LEAST_OF_AS_MANY: usize = 4;
const ODD: f32 = -8.0;
const MOST_ODD: f32 = 15.0;

/// The hypothesis that the text is UTF-16 read as an 8-bit encoding: all of it, else parts.
pub(super) fn narrow(text: &[char]) -> Option<Hypothesis> {
    let best = |parts: fn(&[char], Encoding) -> Vec<Range<usize>>| {
        let found = ORDERS
            .iter()
            .filter_map(|&order| narrow_in(text, &parts(text, order), order));
        found.max_by(|a, b| a.score.total_cmp(&b.score))
    };
    if text.iter().any(|&c| c < '\t') {
        best(all).or_else(|| best(parts_with_zeros))
    } else {
        best(all_east_asian)
    }
}

fn narrow_in(text: &[char], parts: &[Range<usize>], order: Encoding) -> Option<Hypothesis> {
    READ.iter().find_map(|&read| {
        let stretches = undone(text, parts, order, read)?;
        let said = stretches.iter().flat_map(|s| s.1.iter().copied());
        let said: Vec<char> = said.filter(|&c| c != '\u{FEFF}').collect();
        let letters = said.iter().filter(|&&c| is_letter(c)).count();
        let is_enough =
            letters >= LEAST_NARROW || letters >= 2 && said.iter().all(|&c| c > '\u{FF}');
        if !is_enough || !reads_well(&said, 0.0) || in_row(&said) {
            return None;
        }
        weigh(text, Misdecoding::new(order, read), stretches, COST_NARROW)
    })
}

/// Letters in the order of the alphabet are a list.
fn in_row(said: &[char]) -> bool {
    said.windows(2)
        .all(|pair| matches!(pair, [a, b] if *b as u32 == *a as u32 + 1))
}

/// All of the text, but for a half character at its end.
fn all(text: &[char], _: Encoding) -> Vec<Range<usize>> {
    iter::once(0..text.len() & !1).collect()
}

/// Stretches of pairs of which one character is the high byte of letters: zero or a control.
fn parts_with_zeros(text: &[char], order: Encoding) -> Vec<Range<usize>> {
    let mut parts: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while let Some(pair) = text.get(at..at + 2) {
        let part_ends_here = parts.last().is_some_and(|p| p.end == at);
        if !is_pair(pair, order, part_ends_here) {
            at += 1;
            continue;
        }
        match parts.last_mut() {
            Some(part) if part.end == at => part.end += 2,
            _ => parts.push(at..at + 2),
        }
        at += 2;
    }
    parts.retain(|p| p.len() > 2);
    parts
}

fn is_pair(pair: &[char], order: Encoding, goes_on: bool) -> bool {
    let (low, high) = match *pair {
        [a, b] if order == Utf16Le => (a, b),
        [a, b] => (b, a),
        _ => return false,
    };
    let is_control = |c: char| c < ' ' && !matches!(c, '\t' | '\n' | '\r');
    match high {
        // The byte order mark, U+FEFF.
        'þ' | 'ţ' | 'ю' => matches!(low, 'ÿ' | '˙' | 'я'),
        // U+20xx: punctuation.
        ' ' => goes_on && matches!(low, '\u{10}'..=':' | '¬'),
        // U+4E00 to U+9FFF, U+30xx, U+FFxx.
        'N'..='~' | '0' | 'ÿ' | '\u{80}'..='\u{9F}' => goes_on && !low.is_ascii_alphabetic(),
        high => is_control(high) && (high != '\0' || low != '\0'),
    }
}

/// All of the text, where the high byte of each pair is one of Chinese, Japanese or Korean.
fn all_east_asian(text: &[char], order: Encoding) -> Vec<Range<usize>> {
    let high = usize::from(order == Utf16Le);
    let is_high = |&c: &char| {
        let byte = Windows1252
            .encode_char(c)
            .and_then(|b| b.as_slice().first().copied());
        matches!(byte, Some(0x30 | 0x4E..=0x9F | 0xAC..=0xD7 | 0xFF))
    };
    let is_all = text.len() >= 2 * LEAST_EAST_ASIAN
        && text.len().is_multiple_of(2)
        && text.iter().skip(high).step_by(2).all(is_high);
    if is_all {
        iter::once(0..text.len()).collect()
    } else {
        Vec::new()
    }
}

/// What the parts say in UTF-16; `None` where one says nothing.
fn undone(
    text: &[char],
    parts: &[Range<usize>],
    order: Encoding,
    read: Encoding,
) -> Option<Stretches> {
    let decode = |range: &Range<usize>| {
        let part: String = text.get(range.clone())?.iter().collect();
        let said = order
            .decode(&read.encode(&part).ok()?)
            .ok()?
            .chars()
            .collect();
        Some((range.clone(), said))
    };
    parts.iter().map(decode).collect()
}

/// The hypothesis that the text is UTF-16 read in the wrong byte order.
pub(super) fn swapped(text: &[char]) -> Option<Hypothesis> {
    let mut stretches = Vec::new();
    for range in runs(text, true) {
        let run = text.get(range.clone())?;
        let said: Option<Vec<char>> = run.iter().map(|&c| swap(c)).collect();
        if let (Some(said), Some(odd)) = (said, oddness(run))
            && reads_well(&said, odd)
        {
            stretches.push((range, said));
        }
    }
    let misdecoding = Misdecoding::new(Utf16Le, Utf16Be);
    weigh(text, misdecoding, stretches, COST_SWAPPED).map(|h| doubted(text, h))
}

fn swap(c: char) -> Option<char> {
    let unit = u16::try_from(u32::from(c)).ok()?;
    char::from_u32(u32::from(unit.swap_bytes())).filter(|c| !c.is_control() || c.is_whitespace())
}

/// The hypothesis that the text is an 8-bit or a multi-byte encoding that was read as UTF-16.
pub(super) fn wide(text: &[char]) -> Option<Hypothesis> {
    let odd: Vec<(Range<usize>, String, f32)> = runs(text, false)
        .filter_map(|range| {
            let run = text.get(range.clone())?;
            Some((range, run.iter().collect(), oddness(run)?))
        })
        .collect();
    if odd.is_empty() {
        return None;
    }
    let pairs = ORDERS
        .iter()
        .flat_map(|&order| WRITTEN.iter().map(move |&written| (written, order)));
    pairs
        .filter_map(|((written, cost), order)| {
            let said = |(range, run, odd): &(Range<usize>, String, f32)| {
                Some((range.clone(), widened(run, *odd, written, order)?))
            };
            let stretches = odd.iter().filter_map(said).collect();
            weigh(
                text,
                Misdecoding::new(written, order),
                stretches,
                COST_WIDE + cost,
            )
        })
        .max_by(|a, b| a.score.total_cmp(&b.score))
        .map(|h| doubted(text, h))
}

/// What a run says in the encoding that its bytes were written in, if that reads as text.
fn widened(run: &str, odd: f32, written: Encoding, order: Encoding) -> Option<Vec<char>> {
    let bytes = order.encode(run).ok()?;
    let said: Vec<char> = written.decode(&bytes).ok()?.chars().collect();
    if said
        .iter()
        .any(|&c| c.is_control() && !c.is_ascii_whitespace())
    {
        return None;
    }
    // As many characters as there were: a few of them are other ones by chance.
    let chars = run.chars().count();
    if said.len() <= chars && chars < LEAST_OF_AS_MANY {
        return None;
    }
    let long = said.iter().filter(|c| written == Utf8 && !c.is_ascii());
    reads_well(&said, odd + LONG * long.count() as f32).then_some(said)
}

/// The runs of characters outside ASCII; a lone one inside may belong to it.
fn runs(text: &[char], with_ascii: bool) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    let inside = move |i: usize| {
        let wide = |i: usize| text.get(i).is_some_and(|c| !c.is_ascii());
        wide(i)
            || with_ascii
                && text.get(i).is_some_and(char::is_ascii)
                && wide(i + 1)
                && i.checked_sub(1).is_some_and(wide)
    };
    std::iter::from_fn(move || {
        let start = at + text.get(at..)?.iter().position(|c| !c.is_ascii())?;
        at = (start..text.len())
            .find(|&i| !inside(i))
            .unwrap_or(text.len());
        Some(start..at)
    })
    .filter(|range| range.len() >= LEAST_WIDE)
}

/// A hypothesis whose stretches are all of one alphabet is none to be believed, and none whose stretches are short where
/// there is more Chinese, Japanese or Korean, or repeat their characters.
fn doubted(text: &[char], hypothesis: Hypothesis) -> Hypothesis {
    let explained: usize = hypothesis.stretches.iter().map(|s| s.0.len()).sum();
    let east_asian = text.iter().filter(|&&c| Script::of(c).is_east_asian());
    let is_beside_more = east_asian.count() > explained;
    let is_meant = |range: &Range<usize>| {
        text.get(range.clone()).is_some_and(|run| {
            let is_short = run.len() < SHORT;
            is_one_alphabet(run) || is_short && (is_beside_more || repeats(run)) || are_marks(run)
        })
    };
    if !hypothesis.stretches.iter().all(|s| is_meant(&s.0)) {
        return hypothesis;
    }
    Hypothesis {
        sure: HARDLY,
        given: Some(HARDLY),
        ..hypothesis
    }
}

/// A run of fewer characters says little.
const SHORT: usize = 6;

/// Whether a character stands there twice in a row, as in names and sounds: of 慧慧 `gaga` comes by itself.
fn repeats(run: &[char]) -> bool {
    run.windows(2).any(|pair| matches!(pair, [a, b] if a == b))
}

/// Whether accents are all there is: faces are drawn with such (`=͟͟͞͞`).
fn are_marks(run: &[char]) -> bool {
    run.iter().filter(|c| !c.is_ascii()).all(|&c| is_mark(c))
}

/// Whether the letters of a text are of one alphabet, as written: bytes of something else make characters from all over
/// Unicode, and mostly such as write syllables or words.
fn is_one_alphabet(text: &[char]) -> bool {
    let letters = || text.iter().copied().filter(|&c| is_letter(c));
    let writes_more = |c| matches!(Script::of(c), Script::Han | Script::Hangul | Script::Kana);
    let ends = letters().min().zip(letters().max());
    !letters().any(writes_more)
        && ends.is_some_and(|(a, b)| a != b && u32::from(b) - u32::from(a) < ALPHABET)
}

/// Code points that an alphabet takes at the most, the syllables of the Yi among them.
const ALPHABET: u32 = 0x4A0;

/// How far a run is from any text, in nats of evidence that it is none; `None` where it is one.
fn oddness(run: &[char]) -> Option<f32> {
    let others = run.iter().filter(|&&c| Script::of(c) == Script::Other);
    let worse = ODD - plausibility(run, &[]) / run.len().max(1) as f32;
    if worse > 0.0 {
        Some(worse.min(MOST_ODD))
    } else {
        (others.count() * 4 > run.len()).then_some(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use super::*;

    #[test]
    fn a_table_in_the_order_of_unicode_stands() {
        // Part of it, 歨歩歫, would be `khkikk`.
        let table = "[\"9a40\",\"欯欰欱欳欴欵欶欸欻欼欽欿歀歁歂歄歅歈歊歋歍\",11,\"歚\",7,\"歨歩歫\",13,\"歺歽歾歿殀殅殈\"],";
        check(wide, &[(table, None)]);
    }

    #[test]
    fn what_is_written_in_one_alphabet_stands() {
        // Ol Chiki, Yi and Tibetan would be Han characters and kana in the other order of bytes, and in Shift_JIS.
        check(swapped, &[("ᱡᱩᱞ", None), ("\"ཕུར\"", None)]);
        check(wide, &[("ꆏꊂꃘ", None)]);
        let cases = [
            ("ꆏꊂꃘ", true),
            // ASCII in the wrong byte order, and in pairs.
            ("䠀攀氀氀漀", false),
            ("敨汬", false),
            // Cyrillic in the wrong byte order.
            ("䀄㠄㈄", false),
            ("ꆏꆏ", false),
        ];
        for (text, expected) in cases {
            let text: Vec<char> = text.chars().collect();
            assert_eq!(is_one_alphabet(&text), expected, "{text:?}");
        }
    }

    #[test]
    fn short_stretches_need_more_than_chance() {
        check(
            wide,
            &[
                // Rare characters beside others, names and sounds that repeat themselves.
                ("滘 鐩闤鞿 輗 渳湥牋 獿譿躐 趉軨鄇", None),
                ("李楠楠", None),
                ("恭恭敬敬", None),
                // 'vard'.encode().decode('utf-16-le') twice, by itself.
                ("慶摲慶摲慶摲", Some("vardvardvard")),
            ],
        );
        // Accents of a face.
        check(swapped, &[("=\u{35F}\u{35F}\u{35E}\u{35E}", None)]);
    }

    #[test]
    fn a_sound_in_hangul_stands() {
        check(wide, &[("날아라 쓔쓔쓩~ 닁큼!", None)]);
    }

    #[test]
    fn eight_bit_text_read_as_utf_16_is_found() {
        check(
            wide,
            &[
                // b'Bush hid the facts'.decode('utf-16-le'), then '-be'
                ("畂桳栠摩琠敨映捡獴", Some("Bush hid the facts")),
                (
                    "䉵獨\u{2068}楤\u{2074}桥\u{2066}慣瑳",
                    Some("Bush hid the facts"),
                ),
                // 'Das wäre schön, ja'.encode().decode('utf-16-be')
                ("䑡猠矃ꑲ攠獣棃뙮Ⱐ橡", Some("Das wäre schön, ja")),
                // 'Das wäre schön'.encode('cp1252').decode('utf-16-le')
                ("慄\u{2073}\u{E477}敲猠档滶", Some("Das wäre schön")),
                // 'Привет, мир!'.encode('cp1251').decode('utf-16-le')
                (
                    "\u{F0CF}\u{E2E8}\u{F2E5}\u{202C}\u{E8EC}\u{21F0}",
                    Some("Привет, мир!"),
                ),
                // '联通公司今天'.encode('gbk').decode('utf-16-le')
                (
                    "\u{AAC1}\u{A8CD}\u{ABB9}\u{BECB}\u{F1BD}\u{ECCC}",
                    Some("联通公司今天"),
                ),
                ("图书馆今天关门，请明天再来。", None),
                ("明日は雨が降るでしょう。", None),
                ("鑭鈰鐠釹鉕釤", None),
                ("饕餮魑魅魍魉", None),
            ],
        );
    }

    #[test]
    fn utf_16_in_the_wrong_byte_order_is_found() {
        check(
            swapped,
            &[
                // 'Hello world'.encode('utf-16-le').decode('utf-16-be')
                ("䠀攀氀氀漀\u{2000}眀漀爀氀搀", Some("Hello world")),
                // 'Привет, мир' and '日本語のテキスト', the same way
                (
                    "\u{1F04}\u{4004}\u{3804}\u{3204}\u{3504}\u{4204}\u{2C00}\u{2000}\u{3C04}\u{3804}\u{4004}",
                    Some("Привет, мир"),
                ),
                (
                    "\u{E565}\u{2C67}\u{9E8A}\u{6E30}\u{C630}\u{AD30}\u{B930}\u{C830}",
                    Some("日本語のテキスト"),
                ),
                ("图书馆今天关门", None),
                ("䠀", None),
            ],
        );
    }

    #[test]
    fn utf_16_read_as_eight_bits_is_found() {
        check(
            narrow,
            &[
                ("H\0e\0l\0l\0o\0", Some("Hello")),
                ("\0H\0e\0l\0l\0o", Some("Hello")),
                ("ÿþH\0e\0l\0l\0o\0", Some("\u{FEFF}Hello")),
                ("þÿ\0H\0e\0l\0l\0o", Some("\u{FEFF}Hello")),
                ("log: H\0e\0l\0l\0o\0 end", Some("log: Hello end")),
                ("c\0a\0f\0é\0 \0n\0o\0i\0r\0", Some("café noir")),
                // 'Привет, мир'.encode('utf-16-le').decode('latin-1')
                (
                    "\u{1F}\u{4}@\u{4}8\u{4}2\u{4}5\u{4}B\u{4},\0 \0<\u{4}8\u{4}@\u{4}",
                    Some("Привет, мир"),
                ),
                ("a\0b\0c\0", None),
                ("a\0b\0c\0d\0e\0", None),
                // 'पर नीति आयोग की', whose letters have the tabulator as their high byte
                (
                    "*\t0\t \0(\t@\t$\t?\t \0\u{6}\t/\tK\t\u{17}\t \0\u{15}\t@\t",
                    Some("पर नीति आयोग की"),
                ),
                ("one\0two\0three\0", None),
                ("1\u{1}2\u{1}3\u{1}", None),
                ("\0\0\0\0\0\0", None),
                ("x\0", None),
            ],
        );
    }
}
