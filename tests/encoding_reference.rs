//! The tables against what glibc and Python make of every byte and byte pair (tests/data/encoding/, see generate.py).
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail so"
)]

use std::collections::BTreeMap;
use std::path::Path;
use unbake::encoding::Encoding;

/// bytes -> text
type Table = BTreeMap<Vec<u8>, String>;

struct Reference {
    encoding: Encoding,
    glibc: Table,
    python: Table,
}

fn unhex(digits: &str) -> Vec<u8> {
    (0..digits.len())
        .step_by(2)
        .map(|i| u8::from_str_radix(&digits[i..i + 2], 16).unwrap())
        .collect()
}

/// One text for each sequence of a run: `a-c{20AC}{62+304}` has five.
fn expand(run: &str) -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    let mut rest = run;
    let mut range = false;
    while let Some(first) = rest.chars().next() {
        let text = match first {
            '-' => {
                range = true;
                rest = &rest[1..];
                continue;
            }
            '{' => {
                let (inside, after) = rest[1..].split_once('}').unwrap();
                rest = after;
                let codes = inside.split('+').filter(|code| !code.is_empty());
                codes
                    .map(|code| char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap())
                    .collect()
            }
            c => {
                rest = &rest[c.len_utf8()..];
                c.to_string()
            }
        };
        if range {
            range = false;
            let (from, to) = (
                texts.last().unwrap().chars().next().unwrap(),
                text.chars().next().unwrap(),
            );
            texts.extend((from..=to).skip(1).map(String::from));
        } else {
            texts.push(text);
        }
    }
    texts
}

fn add_run(table: &mut Table, line: &str) {
    let (first, run) = line.split_once(' ').unwrap();
    let first = unhex(first);
    for (i, text) in expand(run).into_iter().enumerate() {
        let mut bytes = first.clone();
        *bytes.last_mut().unwrap() += u8::try_from(i).unwrap();
        table.insert(bytes, text);
    }
}

fn references() -> Vec<Reference> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/encoding");
    let mut out = Vec::new();
    let mut parse = |encoding: Encoding, heading: &str, lines: &[&str]| {
        let (mut glibc, mut differing) = (Table::new(), Table::new());
        for line in lines {
            match line.strip_prefix("py ") {
                Some(line) => add_run(&mut differing, line),
                None => add_run(&mut glibc, line),
            }
        }
        let mut python = Table::new();
        if heading.contains("Python") {
            python = glibc.clone();
            python.extend(differing);
            python.retain(|_, text| !text.is_empty());
        }
        if !heading.contains("glibc") {
            glibc.clear();
        }
        out.push(Reference {
            encoding,
            glibc,
            python,
        });
    };
    for name in [
        "gbk",
        "big5",
        "cp950",
        "shift_jis",
        "euc-jp",
        "euc-kr",
        "johab",
    ] {
        let text = std::fs::read_to_string(folder.join(format!("{name}.txt"))).unwrap();
        let lines: Vec<_> = text.lines().collect();
        parse(
            name.parse().unwrap(),
            lines[0].split(" as ").next().unwrap(),
            &lines[1..],
        );
    }
    let text = std::fs::read_to_string(folder.join("single-byte.txt")).unwrap();
    for section in text.split("\n= ").skip(1) {
        let lines: Vec<_> = section.lines().collect();
        parse(
            lines[0].split(':').next().unwrap().parse().unwrap(),
            lines[0],
            &lines[1..],
        );
    }
    out
}

/// Who reads otherwise than this crate.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Who {
    Glibc,
    Python,
    Both,
}
use Who::{Both, Glibc, Python};

/// What is read otherwise on purpose: who by, the first and last sequence in hexadecimal, and why.
const OTHERWISE: &[(Encoding, Who, &str, &str, &str)] = &[
    (
        Encoding::Gbk,
        Python,
        "A6D9",
        "A6F3",
        "vertical forms, private use before GB18030-2022",
    ),
    (
        Encoding::Gbk,
        Python,
        "A8BC",
        "A8BC",
        "U+1E3F, private use in GB18030-2000",
    ),
    (
        Encoding::Gbk,
        Python,
        "FE59",
        "FEA0",
        "eight hanzi, private use before GB18030-2022",
    ),
    (
        Encoding::Big5,
        Both,
        "A145",
        "A14E",
        "symbols, here as browsers and Windows",
    ),
    (
        Encoding::Big5,
        Both,
        "A1C2",
        "A1F3",
        "symbols, here as browsers and Windows",
    ),
    (
        Encoding::Big5,
        Both,
        "A241",
        "A247",
        "symbols, here as browsers and Windows",
    ),
    (
        Encoding::Cp950,
        Python,
        "C6A1",
        "C7FC",
        "rows of BIG5.TXT that Windows leaves to users",
    ),
    (
        Encoding::EucJp,
        Both,
        "A1C1",
        "A2CC",
        "symbols, here as browsers and Windows",
    ),
    (
        Encoding::EucJp,
        Python,
        "8FA2B7",
        "8FA2B7",
        "TILDE; here FULLWIDTH TILDE as in browsers",
    ),
    (
        Encoding::ShiftJis,
        Python,
        "A0",
        "A0",
        "private use in Python's cp932",
    ),
    (
        Encoding::MacCyrillic,
        Glibc,
        "FF",
        "FF",
        "the currency sign of before Mac OS 9",
    ),
];

/// What others read and this crate does not, or reads without taking their character back.
const NOT_TAKEN: &[(Encoding, Who, &str, &str, &str)] = &[
    (
        Encoding::Big5,
        Glibc,
        "80",
        "80",
        "no code of Big5; here invalid as in browsers and Python",
    ),
    (
        Encoding::Cp950,
        Glibc,
        "80",
        "80",
        "no code of Big5; here invalid as in browsers and Python",
    ),
    (
        Encoding::EucJp,
        Glibc,
        "80",
        "9F",
        "C1 controls; here invalid as in browsers and Python",
    ),
    (
        Encoding::Johab,
        Glibc,
        "D9E8",
        "D9E8",
        "U+327E, added to KS X 1001 in 2002",
    ),
    (
        Encoding::Macintosh,
        Glibc,
        "C6",
        "C6",
        "GREEK CAPITAL DELTA for INCREMENT",
    ),
    (
        Encoding::Macintosh,
        Glibc,
        "F0",
        "F0",
        "the Apple logo, which Apple has at U+F8FF",
    ),
    (
        Encoding::Tcvn3,
        Glibc,
        "01",
        "17",
        "twelve capitals of VN1, which VN3 leaves to controls",
    ),
];

/// What this crate reads and others don't.
const MORE: &[(Encoding, Who, &str, &str, &str)] = &[
    (
        Encoding::Gbk,
        Both,
        "80",
        "80",
        "the euro sign in Windows and browsers",
    ),
    (
        Encoding::Gbk,
        Glibc,
        "A140",
        "FEFE",
        "private use, and pairs that only GB18030 has",
    ),
    (
        Encoding::Big5,
        Both,
        "877A",
        "A0FE",
        "HKSCS-2008, and four letters with accents",
    ),
    (
        Encoding::Big5,
        Both,
        "A145",
        "A3E1",
        "control pictures and the euro sign of ETEN and Windows",
    ),
    (
        Encoding::Big5,
        Both,
        "C6BF",
        "FEFE",
        "ETEN's extension and HKSCS-2008",
    ),
    (
        Encoding::Cp950,
        Both,
        "8140",
        "A0FE",
        "user-defined in Windows",
    ),
    (
        Encoding::Cp950,
        Both,
        "C6A1",
        "FEFE",
        "user-defined in Windows; box drawing",
    ),
    (Encoding::ShiftJis, Glibc, "80", "80", "read by Windows"),
    (Encoding::ShiftJis, Glibc, "A0", "A0", "read by Windows"),
    (Encoding::ShiftJis, Glibc, "FD", "FF", "read by Windows"),
    (Encoding::EucJp, Both, "ADA1", "ADFE", "NEC's row 13"),
    (
        Encoding::EucJp,
        Both,
        "F9A1",
        "FCFE",
        "NEC's copies of IBM's kanji",
    ),
    (
        Encoding::EucKr,
        Both,
        "C9A1",
        "C9FE",
        "user-defined in Windows",
    ),
    (
        Encoding::EucKr,
        Both,
        "FEA1",
        "FEFE",
        "user-defined in Windows",
    ),
    (
        Encoding::Johab,
        Glibc,
        "8441",
        "845D",
        "letters spelled as finals, and the fill",
    ),
];

type Tolerated = [(Encoding, Who, &'static str, &'static str, &'static str)];

fn tolerated(list: &Tolerated, encoding: Encoding, who: Who, bytes: &[u8]) -> Option<usize> {
    let digits: String = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
    list.iter().position(|(e, w, first, last, _)| {
        *e == encoding
            && (*w == who || *w == Both)
            && first.len() == digits.len()
            && (*first..=*last).contains(&&*digits)
    })
}

#[test]
fn every_sequence_is_read_as_elsewhere_or_the_difference_is_listed() {
    let mut used = [const { Vec::new() }; 3];
    let mut sequences = 0;
    for reference in references() {
        let encoding = reference.encoding;
        for (who, table) in [(Glibc, &reference.glibc), (Python, &reference.python)] {
            for (bytes, theirs) in table {
                sequences += 1;
                let ours = encoding.decode(bytes).map(|text| text.into_owned());
                if ours.as_ref() == Ok(theirs) {
                    continue;
                }
                if let Some(i) = tolerated(NOT_TAKEN, encoding, who, bytes) {
                    used[0].push(i);
                    continue;
                }
                let listed = tolerated(OTHERWISE, encoding, who, bytes);
                used[1].push(listed.unwrap_or_else(|| {
                    panic!("{encoding} {bytes:02X?}: {ours:X?}, {who:?} {theirs:X?}")
                }));
                // Their character can be turned back into bytes, mostly the same.
                let back = encoding
                    .encode(theirs)
                    .unwrap_or_else(|error| panic!("{who:?}: {error}"));
                let taken = encoding.decode(&back).is_ok_and(|text| text == *theirs);
                assert!(
                    taken || *back == **bytes,
                    "{encoding} {bytes:02X?}: {who:?} {theirs:X?}, back {back:02X?}"
                );
            }
        }
    }
    for (list, used) in [NOT_TAKEN, OTHERWISE].iter().zip(&used) {
        for (i, entry) in list.iter().enumerate() {
            assert!(used.contains(&i), "listed, but does not differ: {entry:?}");
        }
    }
    assert!(sequences > 190_000, "only {sequences} compared");
}

#[test]
fn what_is_read_only_here_is_listed() {
    let mut used = Vec::new();
    for reference in references()
        .iter()
        .filter(|reference| !reference.encoding.is_single_byte())
    {
        let encoding = reference.encoding;
        let ones = (0x80..=0xFFu8).map(|a| vec![a]);
        let twos = (0x80..=0xFFu8).flat_map(|a| (0..=0xFF).map(move |b| vec![a, b]));
        for bytes in ones.chain(twos) {
            if encoding.decode(&bytes).is_err()
                || bytes.len() == 2 && encoding.decode(&bytes[..1]).is_ok()
            {
                continue;
            }
            for (who, table) in [(Glibc, &reference.glibc), (Python, &reference.python)] {
                if !table.contains_key(&bytes) && !table.contains_key(&bytes[..1]) {
                    let listed = tolerated(MORE, encoding, who, &bytes);
                    used.push(
                        listed.unwrap_or_else(|| {
                            panic!("{encoding} {bytes:02X?}: unknown to {who:?}")
                        }),
                    );
                }
            }
        }
    }
    for (i, entry) in MORE.iter().enumerate() {
        assert!(used.contains(&i), "listed, but known to both: {entry:?}");
    }
}

#[test]
fn unassigned_bytes_of_code_pages_are_the_characters_of_the_same_number() {
    // where that character already has a byte, or all but Python know one
    let exceptions = [
        (Encoding::Windows1255, 0xCA, '\u{5BA}'),
        (Encoding::Iso8859_8, 0xD7, '\u{F7D7}'),
        (Encoding::Ibm857, 0xD5, '€'),
        (Encoding::Ibm857, 0xE7, '\u{F7E7}'),
        (Encoding::Ibm857, 0xF2, '\u{F7F2}'),
        (Encoding::Ibm864, 0xA6, '\u{F7A6}'),
    ];
    for reference in references()
        .iter()
        .filter(|reference| reference.encoding.is_single_byte())
    {
        let encoding = reference.encoding;
        for byte in 0x80..=0xFFu8 {
            if !reference.glibc.contains_key(&vec![byte])
                && !reference.python.contains_key(&vec![byte])
            {
                let exception = exceptions
                    .iter()
                    .find(|(e, b, _)| (*e, *b) == (encoding, byte));
                let expected = exception.map_or(char::from(byte), |(.., c)| *c);
                assert_eq!(
                    encoding.decode_byte(byte),
                    Some(expected),
                    "{encoding} {byte:02X}"
                );
            }
        }
    }
}

#[test]
fn shifted_texts_are_those_of_python() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/encoding/shifted.txt");
    let lines = std::fs::read_to_string(file).unwrap();
    let mut compared = 0;
    for line in lines.lines() {
        let [name, bytes, points] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("{line}");
        };
        let encoding: Encoding = name.parse().unwrap();
        let bytes: Vec<u8> = (0..bytes.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&bytes[at..at + 2], 16).unwrap())
            .collect();
        if points == "-" {
            assert!(encoding.decode(&bytes).is_err(), "{line}");
            continue;
        }
        let points = points.split(' ').filter(|point| !point.is_empty());
        let text: String = points
            .map(|point| char::from_u32(u32::from_str_radix(point, 16).unwrap()).unwrap())
            .collect();
        assert_eq!(encoding.decode(&bytes).as_deref(), Ok(&*text), "{line}");
        assert_eq!(encoding.encode(&text).as_deref(), Ok(&*bytes), "{line}");
        compared += 1;
    }
    assert!(compared > 60, "{compared}");
}
