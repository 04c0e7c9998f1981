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
const BALTIC: &[Encoding] = &[Windows1257, Ibm775, Iso8859_13, Iso8859_4];

/// Primary language subtags (BCP 47) and their encodings.
const LANGUAGES: &[(&[&str], &[Encoding])] = &[
    (
        &[
            "af", "br", "ca", "cy", "da", "de", "en", "es", "eu", "fi", "fo", "fr", "ga", "gl",
            "id", "is", "it", "la", "lb", "ms", "nb", "nl", "nn", "no", "pt", "sq", "sv", "sw",
            "tl",
        ],
        WESTERN,
    ),
    (&["bs", "cs", "hr", "hu", "pl", "ro", "sk", "sl"], CENTRAL),
    (
        &["be", "bg", "kk", "ky", "mk", "mn", "ru", "tg", "tt", "uk"],
        CYRILLIC,
    ),
    (&["az", "tr"], TURKISH),
    (&["et", "lt", "lv"], BALTIC),
    (&["el"], &[Windows1253, Iso8859_7, Ibm737, Ibm869, MacGreek]),
    (&["he", "yi"], &[Windows1255, Iso8859_8, Ibm862]),
    (&["ar", "fa", "ur"], &[Windows1256]),
    (&["th"], &[Windows874]),
    (&["vi"], &[Windows1258, Viscii, Tcvn3]),
    (&["zh"], &[Gbk, Gb18030, Big5, Cp950]),
    (&["ja"], &[ShiftJis, EucJp, Iso2022Jp]),
    (&["ko"], &[EucKr, Johab]),
    (
        &["sr"],
        &[
            Windows1251,
            Iso8859_5,
            Ibm855,
            MacCyrillic,
            Windows1250,
            Iso8859_2,
            Ibm852,
        ],
    ),
];

/// The encodings of a language, given by a tag such as `ru` or `zh-Hant`; `None` for one that is
/// not known.
pub(crate) fn encodings(tag: &str) -> Option<&'static [Encoding]> {
    let primary = tag
        .split(['-', '_'])
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    LANGUAGES
        .iter()
        .find(|row| row.0.contains(&primary.as_str()))
        .map(|row| row.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_known_by_its_first_part() {
        assert!(encodings("zh-Hant").is_some_and(|e| e.contains(&Big5)));
        assert!(encodings("RU").is_some_and(|e| e.contains(&Koi8R)));
        assert!(encodings("tlh").is_none());
    }
}
