//! The encodings that systems used before they took to UTF-8.

use crate::encoding::Encoding::{self, *};

/// A kind of system that texts were written or read on: which encodings it used.
///
/// ```
/// use unbake::detect::{Settings, System};
///
/// let _ = Settings::new().systems(&[System::Macintosh, System::Windows]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "kebab-case")
)]
pub enum System {
    /// Windows with its ANSI code pages: windows-125x, 874, 932, 936, 949, 950.
    Windows,
    /// DOS, the Windows console, and archives packed there: the IBM code pages, and 932 to 950.
    Dos,
    /// Mac OS before X: the Mac encodings, and those of East Asia.
    Macintosh,
    /// Unix, mail and news: ISO 8859, KOI8, EUC, ISO-2022-JP, ISO-2022-KR, HZ, UTF-7.
    Unix,
    /// Web servers and browsers: what pages were written in, and the defaults windows-1252 and ISO-8859-1.
    Web,
    /// Databases and Java: ISO-8859-1, windows-1252, UTF-16, CESU-8.
    Database,
}

const EAST_ASIAN: &[Encoding] = &[Gbk, Gb18030, Big5, Cp950, ShiftJis, EucKr];

/// The encodings of a system, UTF-8 aside.
pub(super) fn encodings(system: System) -> Vec<Encoding> {
    let all = || Encoding::ALL.iter().copied();
    let named = |prefix: &'static str| all().filter(move |e| e.name().starts_with(prefix));
    let east_asian = || EAST_ASIAN.iter().copied();
    match system {
        System::Windows => named("windows-")
            .chain(east_asian())
            .chain([Johab, Utf16Le])
            .collect(),
        System::Dos => named("ibm").chain(east_asian()).chain([Johab]).collect(),
        System::Macintosh => named("x-mac-")
            .chain([Macintosh])
            .chain(east_asian())
            .collect(),
        System::Unix => named("iso-")
            .chain(named("koi8-"))
            .chain([EucJp, EucKr, Gbk, Gb18030, Big5, Hz, Utf7, Tcvn3, Viscii])
            .collect(),
        System::Web => named("iso-")
            .chain(named("windows-"))
            .chain(named("koi8-"))
            .chain(east_asian())
            .chain([EucJp, Ibm866])
            .collect(),
        System::Database => vec![Iso8859_1, Windows1252, Utf16Le, Utf16Be, Cesu8],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_system_has_its_encodings_and_not_those_of_others() {
        let cases = [
            (System::Windows, Windows1251, Ibm866),
            (System::Dos, Ibm866, Windows1251),
            (System::Macintosh, MacCyrillic, Ibm866),
            (System::Unix, Koi8R, Windows1251),
            (System::Web, Windows1252, Ibm437),
            (System::Database, Cesu8, Koi8R),
        ];
        for (system, has, lacks) in cases {
            let encodings = encodings(system);
            assert!(encodings.contains(&has), "{system:?} {has}");
            assert!(!encodings.contains(&lacks), "{system:?} {lacks}");
            assert!(!encodings.contains(&Utf8));
        }
    }
}
