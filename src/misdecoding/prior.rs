//! How common each mis-decoding is: the price of believing in it, in nats.
//!
//! The figures are orders of magnitude of what reports in public threads, the strings taken from
//! public repositories and the age and spread of the systems suggest, not measurements: e⁻² of all
//! mojibake is UTF-8 read as windows-1252, e⁻⁹ is any pair that nobody reports.

use super::{Chain, Misdecoding};
use crate::detect::script::Script;
use crate::encoding::Encoding::{self, *};

/// Code pages made for one group of languages, the ones that a system of that group confuses.
struct Family {
    members: &'static [Encoding],
    /// Scripts of the letters that the family was made to write.
    scripts: &'static [Script],
    /// Foreign code pages that its texts are known to be read in, and the price.
    strayed: &'static [(Encoding, f32)],
}

const FAMILIES: &[Family] = &[
    Family {
        members: &[
            Windows1252,
            Iso8859_1,
            Iso8859_15,
            Macintosh,
            Ibm850,
            Ibm437,
            Ibm858,
            Ibm860,
            Ibm861,
            Ibm863,
            Ibm865,
            Iso8859_14,
        ],
        scripts: &[Script::Latin],
        strayed: &[
            (Windows1250, 5.5),
            (Windows1251, 5.5),
            (Windows1254, 6.0),
            (Windows1257, 7.0),
        ],
    },
    Family {
        members: &[Windows1250, Iso8859_2, Ibm852, MacCentralEurope, Iso8859_16],
        scripts: &[Script::Latin],
        strayed: &[
            (Windows1251, 6.0),
            (Ibm437, 7.0),
            (Ibm850, 7.0),
            (Macintosh, 7.0),
        ],
    },
    Family {
        members: &[
            Windows1251,
            Koi8R,
            Koi8U,
            Ibm866,
            Iso8859_5,
            MacCyrillic,
            Ibm855,
            Ibm1125,
        ],
        scripts: &[Script::Cyrillic],
        strayed: &[
            (Macintosh, 6.0),
            (Gbk, 6.0),
            (Windows1250, 6.0),
            (Ibm437, 6.0),
            (Ibm850, 6.0),
        ],
    },
    Family {
        members: &[Windows1253, Iso8859_7, Ibm737, Ibm869, MacGreek],
        scripts: &[Script::Greek],
        strayed: &[(Windows1251, 6.5), (Macintosh, 6.5), (Gbk, 6.5)],
    },
    Family {
        members: &[Windows1254, Iso8859_9, Ibm857, MacTurkish],
        scripts: &[Script::Latin],
        strayed: &[],
    },
    Family {
        members: &[Windows1255, Ibm862, Iso8859_8],
        scripts: &[Script::Hebrew],
        strayed: &[],
    },
    Family {
        members: &[Windows1256, Iso8859_6, Ibm864],
        scripts: &[Script::Arabic],
        strayed: &[],
    },
    Family {
        members: &[Windows1257, Ibm775, Iso8859_13, Iso8859_4, Iso8859_10],
        scripts: &[Script::Latin],
        strayed: &[],
    },
    // Made for Esperanto and Maltese, which no other code page writes.
    Family {
        members: &[Iso8859_3],
        scripts: &[Script::Latin],
        strayed: &[],
    },
    Family {
        members: &[Windows874],
        scripts: &[Script::Thai],
        strayed: &[],
    },
    Family {
        members: &[Windows1258, Viscii, Tcvn3, Vni],
        scripts: &[Script::Latin],
        strayed: &[],
    },
    Family {
        members: &[Gbk, Gb18030, Big5, Cp950, ShiftJis, EucJp, EucKr, Johab],
        scripts: &[Script::Han, Script::Kana, Script::Hangul],
        strayed: &[(Macintosh, 6.0), (Ibm437, 6.0), (Windows1251, 6.0)],
    },
];

/// UTF-8 read as: the commonest of all mishaps.
const UTF8_READ_AS: &[(Encoding, f32)] = &[
    (Windows1252, 1.5),
    (Iso8859_1, 2.0),
    (Windows1251, 3.0),
    (Gbk, 3.0),
    (Macintosh, 3.5),
    (Ibm437, 3.5),
    (Ibm850, 4.0),
    (Windows1250, 4.0),
    (ShiftJis, 4.0),
    (Big5, 4.5),
    (EucKr, 4.5),
];
const UTF8_READ_AS_OTHER: f32 = 5.0;
const LEGACY_READ_AS_WINDOWS_1252: f32 = 4.0;
const LEGACY_READ_AS_LATIN_1: f32 = 4.5;
const INSIDE_FAMILY: f32 = 5.0;
const ANY_OTHER: f32 = 9.0;
/// Encodings that are rare as the one a text was written in, and what they add.
const RARE: &[(Encoding, f32)] = &[
    (Koi8U, 1.0),
    (Gb18030, 1.0),
    (EucJp, 1.0),
    (Cp950, 1.0),
    (Ibm737, 1.0),
    (Ibm862, 1.0),
    (Ibm775, 1.0),
    (Iso8859_15, 1.5),
    (Iso8859_3, 2.5),
    (Iso8859_4, 3.0),
    (Iso8859_6, 2.5),
    (Iso8859_8, 1.0),
    (Iso8859_10, 2.5),
    (Iso8859_13, 1.0),
    (Iso8859_14, 2.5),
    (Iso8859_16, 2.5),
    (Ibm855, 2.0),
    (Ibm857, 2.0),
    (Ibm858, 2.0),
    (Ibm860, 3.0),
    (Ibm861, 3.0),
    (Ibm863, 3.0),
    (Ibm864, 3.0),
    (Ibm865, 3.0),
    (Ibm869, 2.0),
    (Ibm1125, 3.0),
    (MacCentralEurope, 2.0),
    (MacGreek, 2.0),
    (MacTurkish, 2.0),
    (Viscii, 2.0),
    (Tcvn3, 1.0),
    (Johab, 3.0),
];

/// What a second and later mis-decoding of a chain costs beside its own price: the same mishap
/// again, or another one.
const SAME_AGAIN: f32 = 1.0;
const ANOTHER: f32 = 2.5;

/// The same encoding: `==`, for constants.
const fn is(a: Encoding, b: Encoding) -> bool {
    a as u8 == b as u8
}

const fn holds(mut encodings: &[Encoding], encoding: Encoding) -> bool {
    while let [first, rest @ ..] = encodings {
        if is(*first, encoding) {
            return true;
        }
        encodings = rest;
    }
    false
}

const fn family(encoding: Encoding) -> Option<&'static Family> {
    let mut families = FAMILIES;
    while let [first, rest @ ..] = families {
        if holds(first.members, encoding) {
            return Some(first);
        }
        families = rest;
    }
    None
}

const fn look_up(mut table: &[(Encoding, f32)], encoding: Encoding) -> Option<f32> {
    while let [(first, nats), rest @ ..] = table {
        if is(*first, encoding) {
            return Some(*nats);
        }
        table = rest;
    }
    None
}

const fn look_up_or(table: &[(Encoding, f32)], encoding: Encoding, otherwise: f32) -> f32 {
    match look_up(table, encoding) {
        Some(nats) => nats,
        None => otherwise,
    }
}

/// The prices of all pairs, a row for each written encoding.
static COSTS: [[Option<f32>; Encoding::ALL.len()]; Encoding::ALL.len()] = {
    let mut costs = [[None; Encoding::ALL.len()]; Encoding::ALL.len()];
    let (mut rows, mut all): (&mut [_], &[Encoding]) = (&mut costs, Encoding::ALL);
    while let ([row, other_rows @ ..], [written, rest @ ..]) = (rows, all) {
        *row = costs_of(*written);
        (rows, all) = (other_rows, rest);
    }
    costs
};

const fn costs_of(written: Encoding) -> [Option<f32>; Encoding::ALL.len()] {
    let home = family(written);
    let rare = look_up_or(RARE, written, 0.0);
    let mut costs = [None; Encoding::ALL.len()];
    let (mut left, mut all): (&mut [_], &[Encoding]) = (&mut costs, Encoding::ALL);
    while let ([cost, others @ ..], [read, rest @ ..]) = (left, all) {
        *cost = work_out(
            Misdecoding {
                written,
                read: *read,
            },
            home,
            rare,
        );
        (left, all) = (others, rest);
    }
    costs
}

/// The price of one mis-decoding in nats; `None` for what is no mis-decoding worth trying.
pub(crate) fn cost(misdecoding: Misdecoding) -> Option<f32> {
    let row = COSTS.get(misdecoding.written as usize)?;
    *row.get(misdecoding.read as usize)?
}

/// The same where a text is only to be looked at: a rare code page of the same family is half as rare.
pub(crate) fn cost_to_notice(misdecoding: Misdecoding) -> Option<f32> {
    let Misdecoding { written, read } = misdecoding;
    let is_home = family(written).is_some_and(|family| holds(family.members, read));
    let rare = look_up_or(RARE, read, 0.0);
    Some(cost(misdecoding)? - if is_home { rare / 2.0 } else { 0.0 })
}

/// Encodings of which one holds what the other does, nearly.
const SAME_THING: &[(Encoding, Encoding)] = &[
    (Gbk, Gb18030),
    (Big5, Cp950),
    (Windows1252, Iso8859_1),
    (Windows1254, Iso8859_9),
];

const fn are_the_same(a: Encoding, b: Encoding) -> bool {
    let mut pairs = SAME_THING;
    while let [(c, d), rest @ ..] = pairs {
        if is(a, *c) && is(b, *d) || is(a, *d) && is(b, *c) {
            return true;
        }
        pairs = rest;
    }
    false
}

/// The price, given the family of the written encoding and what that one costs for being rare.
const fn work_out(misdecoding: Misdecoding, home: Option<&Family>, rare: f32) -> Option<f32> {
    let Misdecoding { written, read } = misdecoding;
    if is(written, read)
        || !is_searched(written)
        || !is_searched(read)
        || matches!(read, Utf8 | Gb18030)
    {
        return None;
    }
    let rare_read = look_up_or(RARE, read, 0.0);
    if matches!(written, Utf8) {
        return Some(look_up_or(UTF8_READ_AS, read, UTF8_READ_AS_OTHER) + rare_read);
    }
    if are_the_same(written, read) {
        return None;
    }
    let (is_home, strayed): (bool, &[(Encoding, f32)]) = match home {
        Some(home) => (holds(home.members, read), home.strayed),
        None => (false, &[]),
    };
    let base = match read {
        Windows1252 => LEGACY_READ_AS_WINDOWS_1252,
        Iso8859_1 => LEGACY_READ_AS_LATIN_1,
        _ if is_home => INSIDE_FAMILY,
        _ => look_up_or(strayed, read, ANY_OTHER),
    };
    Some(base + rare + rare_read)
}

/// The price of a chain in nats; `None` where one of its steps is not worth trying.
pub(crate) fn chain_cost(chain: &Chain) -> Option<f32> {
    let mut newer = None;
    chain.iter().rev().try_fold(0.0, |sum, step| {
        let next = newer.map_or(0.0, |n| next_layer(step, n));
        newer = Some(step);
        Some(sum + cost(step)? + next)
    })
}

/// What a mis-decoding costs for having happened before another one, beside its own price.
pub(crate) fn next_layer(older: Misdecoding, newer: Misdecoding) -> f32 {
    if older == newer { SAME_AGAIN } else { ANOTHER }
}

/// Encodings of which each agrees with the others in so many bytes that a few words may not tell
/// them apart.
const ALIKE: &[&[Encoding]] = &[
    &[
        Windows1252,
        Iso8859_1,
        Iso8859_15,
        Windows1254,
        Windows1250,
        Windows1257,
        Windows1258,
        Iso8859_2,
        Iso8859_9,
        Iso8859_13,
        Iso8859_4,
        Iso8859_3,
        Iso8859_10,
        Iso8859_14,
        Iso8859_16,
        Windows1253,
        Iso8859_7,
    ],
    &[Windows1251, Koi8R, Koi8U, Iso8859_5, MacCyrillic],
    &[
        Ibm437, Ibm850, Ibm852, Ibm858, Ibm857, Ibm775, Ibm866, Ibm1125, Ibm862, Ibm737, Ibm869,
        Ibm860, Ibm861, Ibm863, Ibm865,
    ],
    &[Macintosh, MacCentralEurope, MacTurkish, MacGreek],
    &[Windows1256, Iso8859_6],
    &[Koi8R, Koi8U],
    &[Gbk, Gb18030],
    &[Big5, Cp950],
];

/// The chains that differ from this one in one encoding, and that by a sister, with their prices.
pub(crate) fn sisters(chain: &Chain, allowed: impl Fn(Encoding) -> bool) -> Vec<(Chain, f32)> {
    let steps: Vec<Misdecoding> = chain.iter().collect();
    let mut out = Vec::new();
    for (i, step) in steps.iter().enumerate() {
        let alike = |e: Encoding| {
            ALIKE
                .iter()
                .filter(move |s| s.contains(&e))
                .flat_map(|s| s.iter())
        };
        let other_read = alike(step.read).map(|&read| Misdecoding { read, ..*step });
        let other_written = alike(step.written).map(|&written| Misdecoding { written, ..*step });
        for other in other_read.chain(other_written) {
            if other == *step || !allowed(other.read) || !allowed(other.written) {
                continue;
            }
            let mut sister = Chain::new();
            for (j, s) in steps.iter().enumerate() {
                if sister.push(if i == j { other } else { *s }).is_err() {
                    continue;
                }
            }
            if let Some(cost) = chain_cost(&sister) {
                out.push((sister, cost));
            }
        }
    }
    out
}

/// Whether two mis-decodings in a row are one: what `older` read wrongly was written back as it was.
pub(crate) fn cancels(older: Misdecoding, newer: Misdecoding) -> bool {
    let (a, b) = (older.read, newer.written);
    a == b || are_the_same(a, b)
}

/// Encodings that the search of chains tries; the others are found by their structure alone.
pub(crate) const fn is_searched(encoding: Encoding) -> bool {
    !matches!(
        encoding,
        Utf16Le | Utf16Be | Iso2022Jp | Iso2022Kr | Utf7 | Cesu8 | Hz | Vni
    )
}

/// The scripts that an encoding was made to write; `None` where it can write all.
pub(crate) fn scripts(written: Encoding) -> Option<&'static [Script]> {
    match written {
        Utf8 | Utf16Le | Utf16Be | Utf7 | Cesu8 => None,
        Gbk | Gb18030 | Big5 | Cp950 | Hz => Some(&[Script::Han]),
        ShiftJis | EucJp | Iso2022Jp => Some(&[Script::Han, Script::Kana]),
        EucKr | Johab | Iso2022Kr => Some(&[Script::Hangul]),
        other => family(other).map(|f| f.scripts),
    }
}
