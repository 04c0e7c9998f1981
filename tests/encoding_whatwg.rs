//! The tables against the WHATWG Encoding Standard, as encoding_rs has it, over every byte, pair and longer sequence.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail so"
)]

use std::collections::BTreeMap;
use unbake::encoding::Encoding;

/// Where this crate reads on purpose otherwise than browsers, and why. The first and last sequence, in hexadecimal.
const OTHERWISE: &[(Encoding, &str, &str, &str)] = &[
    (
        Encoding::Koi8U,
        "AE",
        "AE",
        "RFC 2319; browsers read KOI8-RU's short U",
    ),
    (
        Encoding::Koi8U,
        "BE",
        "BE",
        "RFC 2319; browsers read KOI8-RU's short U",
    ),
    (
        Encoding::Gbk,
        "A3A0",
        "A3A0",
        "U+E5E5 as Windows, Python and glibc; browsers read a second U+3000",
    ),
    (
        Encoding::Gb18030,
        "A3A0",
        "A3A0",
        "U+E5E5 as Windows, Python and glibc; browsers read a second U+3000",
    ),
    (
        Encoding::ShiftJis,
        "A0",
        "A0",
        "Windows reads it; browsers reject it",
    ),
    (
        Encoding::ShiftJis,
        "FD",
        "FF",
        "Windows reads them; browsers reject them",
    ),
    (
        Encoding::EucKr,
        "C9A1",
        "C9FE",
        "user-defined in Windows; browsers reject them",
    ),
    (
        Encoding::EucKr,
        "FEA1",
        "FEFE",
        "user-defined in Windows; browsers reject them",
    ),
    // Browsers read unassigned bytes as U+FFFD, this crate as the character of the same number.
    (Encoding::Windows1253, "AA", "AA", "unassigned"),
    (Encoding::Windows1253, "D2", "D2", "unassigned"),
    (Encoding::Windows1253, "FF", "FF", "unassigned"),
    (Encoding::Windows1255, "D9", "DF", "unassigned"),
    (Encoding::Windows1255, "FB", "FC", "unassigned"),
    (Encoding::Windows1255, "FF", "FF", "unassigned"),
    (Encoding::Windows1257, "A1", "A1", "unassigned"),
    (Encoding::Windows1257, "A5", "A5", "unassigned"),
    (Encoding::Windows874, "DB", "DE", "unassigned"),
    (Encoding::Windows874, "FC", "FF", "unassigned"),
    (Encoding::Iso8859_3, "A5", "A5", "unassigned"),
    (Encoding::Iso8859_3, "AE", "AE", "unassigned"),
    (Encoding::Iso8859_3, "BE", "BE", "unassigned"),
    (Encoding::Iso8859_3, "C3", "C3", "unassigned"),
    (Encoding::Iso8859_3, "D0", "D0", "unassigned"),
    (Encoding::Iso8859_3, "E3", "E3", "unassigned"),
    (Encoding::Iso8859_3, "F0", "F0", "unassigned"),
    (Encoding::Iso8859_6, "A1", "A3", "unassigned"),
    (Encoding::Iso8859_6, "A5", "AB", "unassigned"),
    (Encoding::Iso8859_6, "AE", "BA", "unassigned"),
    (Encoding::Iso8859_6, "BC", "BE", "unassigned"),
    (Encoding::Iso8859_6, "C0", "C0", "unassigned"),
    (Encoding::Iso8859_6, "DB", "DF", "unassigned"),
    (Encoding::Iso8859_6, "F3", "FF", "unassigned"),
    (Encoding::Iso8859_7, "AE", "AE", "unassigned"),
    (Encoding::Iso8859_7, "D2", "D2", "unassigned"),
    (Encoding::Iso8859_7, "FF", "FF", "unassigned"),
    (Encoding::Iso8859_8, "A1", "A1", "unassigned"),
    (
        Encoding::Iso8859_8,
        "BF",
        "DE",
        "unassigned (D7 private use, since AA already is the multiplication sign)",
    ),
    (Encoding::Iso8859_8, "FB", "FC", "unassigned"),
    (Encoding::Iso8859_8, "FF", "FF", "unassigned"),
];

/// How many sequences have a character that another sequence is written for, and which.
const DUPLICATES: &[(Encoding, usize, &str)] = &[
    (Encoding::Gbk, 1, "A2E3, the euro sign, which has 80"),
    (
        Encoding::Gb18030,
        19,
        "80, the euro sign, which has A2E3; four-byte codes of 18 characters that GB18030-2022 gave pairs",
    ),
    (
        Encoding::Big5,
        100,
        "HKSCS and ETEN copies of characters that have a code in the standard part; box drawing",
    ),
    (
        Encoding::Cp950,
        10,
        "A2A4-A2A7 and F9FA-F9FD, box drawing; A2CC, A2CE, the numerals 10 and 30",
    ),
    (
        Encoding::ShiftJis,
        398,
        "NEC's row 13 and rows 89 to 92 (ED, EE), which IBM's rows (FA-FC) or JIS X 0208 have too",
    ),
    (
        Encoding::EucJp,
        291,
        "JIS X 0212 copies (8F) of kanji in NEC's rows; NEC's row 13",
    ),
    (
        Encoding::Johab,
        17,
        "U+3000 and letters, spelled as a final consonant (8441-845D) and as an initial or symbol",
    ),
];

/// Private-use characters whose pairs GB18030-2022 gave to others; browsers still write those pairs for them.
const FORMER_GB18030: &[std::ops::RangeInclusive<char>] = &[
    '\u{E78D}'..='\u{E796}',
    '\u{E81E}'..='\u{E81E}',
    '\u{E826}'..='\u{E826}',
    '\u{E82B}'..='\u{E82C}',
    '\u{E832}'..='\u{E832}',
    '\u{E843}'..='\u{E843}',
    '\u{E854}'..='\u{E854}',
    '\u{E864}'..='\u{E864}',
];

fn whatwg(encoding: Encoding) -> Option<&'static encoding_rs::Encoding> {
    // Browsers take these two labels for Windows pages, which hold other characters at 80 to 9F.
    if matches!(encoding, Encoding::Iso8859_1 | Encoding::Iso8859_9)
        || matches!(
            encoding,
            Encoding::Iso2022Jp | Encoding::Iso2022Kr | Encoding::Hz
        )
    {
        return None;
    }
    encoding_rs::Encoding::for_label(encoding.name().as_bytes())
}

/// Every sequence of an encoding that is not ASCII: bytes, pairs, and the longer ones of GB18030 and EUC-JP.
fn sequences(encoding: Encoding) -> Vec<Vec<u8>> {
    let bytes = 0x80..=0xFFu8;
    let mut out: Vec<Vec<u8>> = bytes.clone().map(|a| vec![a]).collect();
    if encoding.is_single_byte() {
        return out;
    }
    out.extend(
        bytes
            .clone()
            .flat_map(|a| (0..=0xFF).map(move |b| vec![a, b])),
    );
    let euc: Vec<u8> = (0xA0..=0xFF).collect();
    match encoding {
        Encoding::EucJp => {
            out.extend(
                euc.iter()
                    .flat_map(|a| euc.iter().map(|b| vec![0x8F, *a, *b])),
            );
        }
        Encoding::Gb18030 => {
            // all of the basic plane, and every 97th beyond
            let four = |p: u32| {
                let byte = |base: u8, n: u32| base + u8::try_from(n).unwrap();
                vec![
                    byte(0x81, p / 12600),
                    byte(0x30, p / 1260 % 10),
                    byte(0x81, p / 10 % 126),
                    byte(0x30, p % 10),
                ]
            };
            out.extend((0..12600 * 4).map(four));
            out.extend((12600 * 4..12600 * 126).step_by(97).map(four));
        }
        _ => {}
    }
    // what begins with a whole sequence is two sequences
    out.retain(|bytes| (1..bytes.len()).all(|i| encoding.decode(&bytes[..i]).is_err()));
    out
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}

#[test]
fn every_sequence_is_read_as_in_browsers_or_the_difference_is_listed() {
    let mut compared = 0;
    for encoding in Encoding::ALL.iter().copied() {
        let Some(theirs) =
            whatwg(encoding).filter(|_| !matches!(encoding, Encoding::Utf16Le | Encoding::Utf16Be))
        else {
            continue;
        };
        compared += 1;
        let mut used = vec![false; OTHERWISE.len()];
        for bytes in sequences(encoding) {
            let ours = encoding.decode(&bytes).ok();
            let browsers = theirs.decode_without_bom_handling_and_without_replacement(&bytes);
            if ours != browsers {
                let digits = hex(&bytes);
                let listed = OTHERWISE.iter().position(|(e, first, last, _)| {
                    *e == encoding
                        && first.len() == digits.len()
                        && (*first..=*last).contains(&&*digits)
                });
                let listed = listed.unwrap_or_else(|| {
                    panic!("{encoding} {digits}: {ours:X?}, browsers {browsers:X?}")
                });
                used[listed] = true;
            }
        }
        for (i, (e, first, ..)) in OTHERWISE.iter().enumerate() {
            assert!(
                *e != encoding || used[i],
                "{encoding} {first} is listed, but does not differ"
            );
        }
    }
    assert_eq!(compared, 34);
}

#[test]
fn what_browsers_write_is_written_alike() {
    let mut differing = BTreeMap::new();
    for encoding in Encoding::ALL
        .iter()
        .copied()
        .filter(|e| !matches!(e, Encoding::Utf16Le | Encoding::Utf16Be))
    {
        let Some(theirs) = whatwg(encoding) else {
            continue;
        };
        for c in '\0'..='\u{2FFFF}' {
            let text = c.to_string();
            let (browsers, _, unmappable) = theirs.encode(&text);
            let ours = encoding.encode_char(c);
            if !unmappable
                && ours.map(|bytes| bytes.as_slice().to_vec()).as_deref() != Some(&*browsers)
            {
                differing.insert((encoding, u32::from(c)), hex(&browsers));
            }
        }
    }
    let differing: Vec<_> = differing
        .iter()
        .map(|((e, c), b)| format!("{e} U+{c:04X} {b}"))
        .collect();
    assert!(differing.is_empty(), "{differing:?}");
}

#[test]
fn every_sequence_comes_back() {
    for encoding in Encoding::ALL.iter().copied() {
        let mut duplicates = Vec::new();
        let all: Vec<Vec<u8>> = match encoding {
            Encoding::Utf8
            | Encoding::Utf16Le
            | Encoding::Utf16Be
            | Encoding::Iso2022Jp
            | Encoding::Iso2022Kr
            | Encoding::Utf7
            // Without its vowel an accent of VNI is combining marks, which are written in small letters, one each.
            | Encoding::Vni
            | Encoding::Cesu8
            | Encoding::Hz => {
                continue;
            }
            _ => sequences(encoding)
                .into_iter()
                .chain((0..0x80).map(|a| vec![a]))
                .collect(),
        };
        for bytes in all {
            let Ok(text) = encoding.decode(&bytes) else {
                continue;
            };
            let back = encoding
                .encode(&text)
                .unwrap_or_else(|error| panic!("{}: {error}", hex(&bytes)));
            if *back != *bytes {
                assert_eq!(
                    encoding.decode(&back).as_deref(),
                    Ok(&*text),
                    "{encoding} {}",
                    hex(&bytes)
                );
                duplicates.push(hex(&bytes));
            }
        }
        let listed = DUPLICATES.iter().find(|(e, ..)| *e == encoding);
        let (expected, which) = listed.map_or((0, "none"), |(_, count, which)| (*count, *which));
        assert_eq!(
            duplicates.len(),
            expected,
            "{encoding}, listed: {which}; found: {duplicates:?}"
        );
    }
}

#[test]
fn utf8_and_utf16_hold_every_character() {
    for encoding in [
        Encoding::Utf8,
        Encoding::Utf16Le,
        Encoding::Utf16Be,
        Encoding::Gb18030,
    ] {
        for c in '\0'..=char::MAX {
            if encoding == Encoding::Gb18030
                && FORMER_GB18030.iter().any(|range| range.contains(&c))
            {
                continue;
            }
            let bytes = encoding.encode_char(c).unwrap();
            let mut decoder = encoding.decoder();
            let last = bytes
                .as_slice()
                .iter()
                .map(|byte| decoder.push(*byte))
                .last();
            assert_eq!(
                last,
                Some(unbake::encoding::Step::Char(c)),
                "{encoding} {c:?}"
            );
        }
    }
}
