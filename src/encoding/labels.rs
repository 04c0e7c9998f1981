//! The names of encodings: one canonical, many accepted.

use super::{Encoding, UnknownEncoding};
use std::fmt;
use std::str::FromStr;

/// Other names: labels of the WHATWG Encoding Standard, aliases of Python, IBM and Windows, in lower case without
/// punctuation. `latin1` and `iso-8859-9` mean what they say here, not the Windows pages that browsers take them for.
const ALIASES: &[(Encoding, &[&str])] = &[
    (Encoding::Utf8, &["u8", "unicode11utf8", "cp65001"]),
    (
        Encoding::Windows1250,
        &["cp1250", "xcp1250", "1250", "win1250"],
    ),
    (
        Encoding::Windows1251,
        &["cp1251", "xcp1251", "1251", "win1251"],
    ),
    (
        Encoding::Windows1252,
        &[
            "cp1252", "xcp1252", "1252", "win1252", "ansi", "ascii", "usascii",
        ],
    ),
    (
        Encoding::Windows1253,
        &["cp1253", "xcp1253", "1253", "win1253"],
    ),
    (
        Encoding::Windows1254,
        &["cp1254", "xcp1254", "1254", "win1254"],
    ),
    (
        Encoding::Windows1255,
        &["cp1255", "xcp1255", "1255", "win1255"],
    ),
    (
        Encoding::Windows1256,
        &["cp1256", "xcp1256", "1256", "win1256"],
    ),
    (
        Encoding::Windows1257,
        &["cp1257", "xcp1257", "1257", "win1257"],
    ),
    (
        Encoding::Windows1258,
        &["cp1258", "xcp1258", "1258", "win1258"],
    ),
    (
        Encoding::Windows874,
        &["cp874", "ibm874", "874", "dos874", "tis620", "iso885911"],
    ),
    (
        Encoding::Iso8859_1,
        &["latin1", "l1", "cp819", "ibm819", "isoir100", "cp28591"],
    ),
    (
        Encoding::Iso8859_2,
        &["latin2", "l2", "isoir101", "cp28592"],
    ),
    (
        Encoding::Iso8859_4,
        &["latin4", "l4", "isoir110", "cp28594"],
    ),
    (Encoding::Iso8859_5, &["cyrillic", "isoir144", "cp28595"]),
    (
        Encoding::Iso8859_7,
        &[
            "greek", "greek8", "ecma118", "elot928", "isoir126", "cp28597",
        ],
    ),
    (
        Encoding::Iso8859_8,
        &["hebrew", "visual", "isoir138", "cp28598"],
    ),
    (
        Encoding::Iso8859_9,
        &["latin5", "l5", "isoir148", "cp28599"],
    ),
    (Encoding::Iso8859_13, &["latin7", "l7", "cp28603"]),
    (Encoding::Iso8859_15, &["latin9", "l9", "cp28605"]),
    (Encoding::Ibm437, &["cp437", "437", "oemus", "pc8"]),
    (Encoding::Ibm737, &["cp737", "737"]),
    (Encoding::Ibm775, &["cp775", "775"]),
    (Encoding::Ibm850, &["cp850", "850"]),
    (Encoding::Ibm852, &["cp852", "852"]),
    (Encoding::Ibm855, &["cp855", "855"]),
    (Encoding::Ibm857, &["cp857", "857"]),
    (Encoding::Ibm858, &["cp858", "858", "ibm00858"]),
    (Encoding::Ibm862, &["cp862", "862", "dos862"]),
    (Encoding::Ibm866, &["cp866", "866"]),
    (Encoding::Ibm869, &["cp869", "869"]),
    (Encoding::Ibm1125, &["cp1125", "1125", "cp866u"]),
    (Encoding::Koi8R, &["koi8", "koi", "cp20866", "cskoi8r"]),
    (Encoding::Koi8U, &["koi8ru", "cp21866"]),
    (
        Encoding::Macintosh,
        &["mac", "macroman", "xmacroman", "cp10000"],
    ),
    (
        Encoding::MacCyrillic,
        &["maccyrillic", "xmacukrainian", "cp10007"],
    ),
    (
        Encoding::MacCentralEurope,
        &[
            "macce",
            "maclatin2",
            "maccentraleurope",
            "xmaccentraleurroman",
            "cp10029",
        ],
    ),
    (Encoding::MacGreek, &["macgreek", "cp10006"]),
    (Encoding::MacTurkish, &["macturkish", "cp10081"]),
    (
        Encoding::Tcvn3,
        &["tcvn3", "tcvn", "tcvn5712", "tcvn57121", "vscii", "abc"],
    ),
    (Encoding::Viscii, &["viscii111", "csviscii"]),
    (
        Encoding::Gbk,
        &[
            "cp936",
            "936",
            "ms936",
            "windows936",
            "gb2312",
            "gb231280",
            "chinese",
            "xgbk",
            "euccn",
            "isoir58",
        ],
    ),
    (
        Encoding::Gb18030,
        &["gb180302000", "gb180302005", "gb180302022", "cp54936"],
    ),
    (Encoding::Big5, &["big5hkscs", "big5tw", "cnbig5", "xxbig5"]),
    (Encoding::Cp950, &["950", "ms950", "windows950"]),
    (
        Encoding::ShiftJis,
        &[
            "sjis",
            "cp932",
            "932",
            "ms932",
            "windows31j",
            "windows932",
            "xsjis",
            "mskanji",
            "csshiftjis",
        ],
    ),
    (
        Encoding::EucJp,
        &[
            "ujis", "xeucjp", "cp51932", "cp20932", "eucjpms", "eucjpwin",
        ],
    ),
    (
        Encoding::Iso2022Jp,
        &["jis", "csiso2022jp", "cp50220", "cp50221", "cp50222"],
    ),
    (
        Encoding::EucKr,
        &[
            "cp949",
            "949",
            "ms949",
            "windows949",
            "uhc",
            "ksc56011987",
            "ksc5601",
            "ksx1001",
            "korean",
            "isoir149",
            "cp51949",
        ],
    ),
    (
        Encoding::Johab,
        &["cp1361", "1361", "ms1361", "ksc56011992"],
    ),
    (
        Encoding::Utf16Le,
        &[
            "utf16",
            "ucs2",
            "ucs2le",
            "cp1200",
            "unicode",
            "iso10646ucs2",
        ],
    ),
    (Encoding::Utf16Be, &["ucs2be", "cp1201", "unicodefffe"]),
];

impl Encoding {
    /// Every encoding, in the order of the enum.
    ///
    /// ```
    /// use unbake::encoding::Encoding;
    ///
    /// assert!(Encoding::ALL.contains(&Encoding::Viscii));
    /// assert!(Encoding::ALL.is_sorted());
    /// ```
    pub const ALL: &'static [Encoding] = &[
        Encoding::Utf8,
        Encoding::Windows1250,
        Encoding::Windows1251,
        Encoding::Windows1252,
        Encoding::Windows1253,
        Encoding::Windows1254,
        Encoding::Windows1255,
        Encoding::Windows1256,
        Encoding::Windows1257,
        Encoding::Windows1258,
        Encoding::Windows874,
        Encoding::Iso8859_1,
        Encoding::Iso8859_2,
        Encoding::Iso8859_4,
        Encoding::Iso8859_5,
        Encoding::Iso8859_7,
        Encoding::Iso8859_8,
        Encoding::Iso8859_9,
        Encoding::Iso8859_13,
        Encoding::Iso8859_15,
        Encoding::Ibm437,
        Encoding::Ibm737,
        Encoding::Ibm775,
        Encoding::Ibm850,
        Encoding::Ibm852,
        Encoding::Ibm855,
        Encoding::Ibm857,
        Encoding::Ibm858,
        Encoding::Ibm862,
        Encoding::Ibm866,
        Encoding::Ibm869,
        Encoding::Ibm1125,
        Encoding::Koi8R,
        Encoding::Koi8U,
        Encoding::Macintosh,
        Encoding::MacCyrillic,
        Encoding::MacCentralEurope,
        Encoding::MacGreek,
        Encoding::MacTurkish,
        Encoding::Tcvn3,
        Encoding::Viscii,
        Encoding::Gbk,
        Encoding::Gb18030,
        Encoding::Big5,
        Encoding::Cp950,
        Encoding::ShiftJis,
        Encoding::EucJp,
        Encoding::Iso2022Jp,
        Encoding::EucKr,
        Encoding::Johab,
        Encoding::Utf16Le,
        Encoding::Utf16Be,
    ];

    /// The name: the WHATWG label where there is one, else that of IBM, ISO or the vendor.
    ///
    /// ```
    /// use unbake::encoding::Encoding;
    ///
    /// assert_eq!(Encoding::ShiftJis.name(), "shift_jis");
    /// assert_eq!(Encoding::Ibm437.name(), "ibm437");
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "utf-8",
            Encoding::Windows1250 => "windows-1250",
            Encoding::Windows1251 => "windows-1251",
            Encoding::Windows1252 => "windows-1252",
            Encoding::Windows1253 => "windows-1253",
            Encoding::Windows1254 => "windows-1254",
            Encoding::Windows1255 => "windows-1255",
            Encoding::Windows1256 => "windows-1256",
            Encoding::Windows1257 => "windows-1257",
            Encoding::Windows1258 => "windows-1258",
            Encoding::Windows874 => "windows-874",
            Encoding::Iso8859_1 => "iso-8859-1",
            Encoding::Iso8859_2 => "iso-8859-2",
            Encoding::Iso8859_4 => "iso-8859-4",
            Encoding::Iso8859_5 => "iso-8859-5",
            Encoding::Iso8859_7 => "iso-8859-7",
            Encoding::Iso8859_8 => "iso-8859-8",
            Encoding::Iso8859_9 => "iso-8859-9",
            Encoding::Iso8859_13 => "iso-8859-13",
            Encoding::Iso8859_15 => "iso-8859-15",
            Encoding::Ibm437 => "ibm437",
            Encoding::Ibm737 => "ibm737",
            Encoding::Ibm775 => "ibm775",
            Encoding::Ibm850 => "ibm850",
            Encoding::Ibm852 => "ibm852",
            Encoding::Ibm855 => "ibm855",
            Encoding::Ibm857 => "ibm857",
            Encoding::Ibm858 => "ibm858",
            Encoding::Ibm862 => "ibm862",
            Encoding::Ibm866 => "ibm866",
            Encoding::Ibm869 => "ibm869",
            Encoding::Ibm1125 => "ibm1125",
            Encoding::Koi8R => "koi8-r",
            Encoding::Koi8U => "koi8-u",
            Encoding::Macintosh => "macintosh",
            Encoding::MacCyrillic => "x-mac-cyrillic",
            Encoding::MacCentralEurope => "x-mac-ce",
            Encoding::MacGreek => "x-mac-greek",
            Encoding::MacTurkish => "x-mac-turkish",
            Encoding::Tcvn3 => "tcvn3-1",
            Encoding::Viscii => "viscii",
            Encoding::Gbk => "gbk",
            Encoding::Gb18030 => "gb18030",
            Encoding::Big5 => "big5",
            Encoding::Cp950 => "cp950",
            Encoding::ShiftJis => "shift_jis",
            Encoding::EucJp => "euc-jp",
            Encoding::Iso2022Jp => "iso-2022-jp",
            Encoding::EucKr => "euc-kr",
            Encoding::Johab => "johab",
            Encoding::Utf16Le => "utf-16le",
            Encoding::Utf16Be => "utf-16be",
        }
    }

    /// The encoding of a label, in any case and with any punctuation.
    ///
    /// # Errors
    ///
    /// [`UnknownEncoding`] when no encoding has that name.
    ///
    /// ```
    /// use unbake::encoding::Encoding;
    ///
    /// assert_eq!(Encoding::from_label("CP932"), Ok(Encoding::ShiftJis));
    /// assert_eq!(Encoding::from_label("EUC_JP"), Ok(Encoding::EucJp));
    /// assert!(Encoding::from_label("latin-0").is_err());
    /// ```
    pub fn from_label(label: &str) -> Result<Encoding, UnknownEncoding> {
        let named = Encoding::ALL
            .iter()
            .copied()
            .find(|encoding| same(encoding.name(), label));
        let called = || {
            ALIASES
                .iter()
                .find(|(_, aliases)| aliases.iter().any(|alias| same(alias, label)))
                .map(|(e, _)| *e)
        };
        named
            .or_else(called)
            .ok_or_else(|| UnknownEncoding::new(label))
    }
}

/// Whether two labels have the same letters and digits, case aside.
fn same(a: &str, b: &str) -> bool {
    significant(a).eq(significant(b))
}

fn significant(label: &str) -> impl Iterator<Item = char> {
    label
        .chars()
        .filter(|c| !matches!(c, '-' | '_' | ' ' | '.' | ':'))
        .map(|c| c.to_ascii_lowercase())
}

impl FromStr for Encoding {
    type Err = UnknownEncoding;

    fn from_str(label: &str) -> Result<Self, Self::Err> {
        Encoding::from_label(label)
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
