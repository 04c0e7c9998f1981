//! The legacy encodings that texts of a language were written in.

use crate::encoding::Encoding::{self, *};

const WESTERN: &[Encoding] = &[
    Windows1252,
    Iso8859_1,
    Iso8859_15,
    Macintosh,
    Ibm437,
    Ibm850,
    Ibm858,
];
const CENTRAL: &[Encoding] = &[Windows1250, Iso8859_2, Ibm852, MacCentralEurope];
const CYRILLIC: &[Encoding] = &[
    Windows1251,
    Koi8R,
    Koi8U,
    Ibm866,
    Ibm855,
    Ibm1125,
    Iso8859_5,
    MacCyrillic,
];
const TURKISH: &[Encoding] = &[Windows1254, Iso8859_9, Ibm857, MacTurkish];
const BALTIC: &[Encoding] = &[Windows1257, Ibm775, Iso8859_13, Iso8859_4, Iso8859_10];

/// Primary language subtags (BCP 47) and their encodings. A language may be in several rows.
const LANGUAGES: &[(&[&str], &[Encoding])] = &[
    (
        &[
            "af", "br", "ca", "cy", "da", "de", "en", "es", "eu", "fi", "fo", "fr", "ga", "gd",
            "gl", "id", "is", "it", "la", "lb", "ms", "nb", "nl", "nn", "no", "pt", "sq", "sv",
            "sw", "tl",
        ],
        WESTERN,
    ),
    (&["br", "cy", "ga", "gd"], &[Iso8859_14]),
    (&["fo", "is", "se"], &[Iso8859_10]),
    (&["is"], &[Ibm861]),
    (&["da", "nb", "nn", "no"], &[Ibm865]),
    (&["fr"], &[Ibm863]),
    (&["pt"], &[Ibm860]),
    (&["eo", "mt"], &[Iso8859_3]),
    (&["bs", "cs", "hr", "hu", "pl", "ro", "sk", "sl"], CENTRAL),
    (
        &["be", "bg", "kk", "ky", "mk", "mn", "ru", "tg", "tt", "uk"],
        CYRILLIC,
    ),
    (&["ro"], &[Iso8859_16]),
    (&["az", "tr"], TURKISH),
    (&["et", "lt", "lv"], BALTIC),
    (&["el"], &[Windows1253, Iso8859_7, Ibm737, Ibm869, MacGreek]),
    (&["he", "yi"], &[Windows1255, Iso8859_8, Ibm862]),
    (&["ar", "fa", "ur"], &[Windows1256]),
    (&["ar"], &[Iso8859_6, Ibm864]),
    (&["th"], &[Windows874]),
    (&["vi"], &[Windows1258, Viscii, Tcvn3, Vni]),
    (&["zh"], &[Gbk, Gb18030, Big5, Cp950]),
    (&["ja"], &[ShiftJis, EucJp, Iso2022Jp]),
    (&["ko"], &[EucKr, Johab, Iso2022Kr]),
    (&["sr"], &[Windows1251, Iso8859_5, Ibm855, MacCyrillic]),
    (&["sr"], &[Windows1250, Iso8859_2, Ibm852]),
];

/// The encodings of a language, given by a tag such as `ru` or `zh-Hant`; none for one that is not
/// known.
pub(crate) fn encodings(tag: &str) -> Vec<Encoding> {
    let primary = tag
        .split(['-', '_'])
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    LANGUAGES
        .iter()
        .filter(|row| row.0.contains(&primary.as_str()))
        .flat_map(|row| row.1)
        .copied()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_known_by_its_first_part() {
        assert!(encodings("zh-Hant").contains(&Big5));
        assert!(encodings("RU").contains(&Koi8R));
        assert!(encodings("tlh").is_empty());
    }

    #[test]
    fn a_language_has_the_encodings_of_all_its_rows() {
        let icelandic = encodings("is");
        for encoding in [Windows1252, Iso8859_10, Ibm861] {
            assert!(icelandic.contains(&encoding), "{encoding}");
        }
    }
}
