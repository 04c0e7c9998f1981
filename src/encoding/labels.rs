//! The names of encodings: one canonical, many accepted.

use super::{Encoding, UnknownEncoding};
use std::fmt;
use std::str::FromStr;

/// Other names: labels of the WHATWG Encoding Standard, aliases of Python, IBM and Windows. `latin1` and `iso-8859-9`
/// mean what they say here, not the Windows pages that browsers take them for.
const ALIASES: &[(Encoding, &[&str])] = &[
    (Encoding::Utf8, &["u8", "unicode-1-1-utf-8", "cp65001"]),
    (
        Encoding::Windows1250,
        &["cp1250", "x-cp1250", "1250", "win1250"],
    ),
    (
        Encoding::Windows1251,
        &["cp1251", "x-cp1251", "1251", "win1251"],
    ),
    (
        Encoding::Windows1252,
        &[
            "cp1252", "x-cp1252", "1252", "win1252", "ansi", "ascii", "us-ascii",
        ],
    ),
    (
        Encoding::Windows1253,
        &["cp1253", "x-cp1253", "1253", "win1253"],
    ),
    (
        Encoding::Windows1254,
        &["cp1254", "x-cp1254", "1254", "win1254"],
    ),
    (
        Encoding::Windows1255,
        &["cp1255", "x-cp1255", "1255", "win1255"],
    ),
    (
        Encoding::Windows1256,
        &["cp1256", "x-cp1256", "1256", "win1256"],
    ),
    (
        Encoding::Windows1257,
        &["cp1257", "x-cp1257", "1257", "win1257"],
    ),
    (
        Encoding::Windows1258,
        &["cp1258", "x-cp1258", "1258", "win1258"],
    ),
    (
        Encoding::Windows874,
        &[
            "cp874",
            "ibm874",
            "874",
            "dos-874",
            "tis-620",
            "iso-8859-11",
        ],
    ),
    (
        Encoding::Iso8859_1,
        &[
            "latin1",
            "l1",
            "cp819",
            "ibm819",
            "iso-ir-100",
            "csisolatin1",
            "iso_8859-1:1987",
            "cp28591",
        ],
    ),
    (
        Encoding::Iso8859_2,
        &["latin2", "l2", "iso-ir-101", "cp28592"],
    ),
    (
        Encoding::Iso8859_3,
        &["latin3", "l3", "iso-ir-109", "cp28593"],
    ),
    (
        Encoding::Iso8859_4,
        &["latin4", "l4", "iso-ir-110", "cp28594"],
    ),
    (Encoding::Iso8859_5, &["cyrillic", "iso-ir-144", "cp28595"]),
    (
        Encoding::Iso8859_6,
        &["arabic", "asmo-708", "ecma-114", "iso-ir-127", "cp28596"],
    ),
    (
        Encoding::Iso8859_7,
        &[
            "greek",
            "greek8",
            "ecma-118",
            "elot_928",
            "iso-ir-126",
            "cp28597",
        ],
    ),
    (
        Encoding::Iso8859_8,
        &["hebrew", "visual", "iso-ir-138", "cp28598"],
    ),
    (
        Encoding::Iso8859_9,
        &[
            "latin5",
            "l5",
            "iso-ir-148",
            "csisolatin5",
            "iso_8859-9:1989",
            "cp28599",
        ],
    ),
    (
        Encoding::Iso8859_10,
        &["latin6", "l6", "iso-ir-157", "iso_8859-10:1992", "cp28600"],
    ),
    (Encoding::Iso8859_13, &["latin7", "l7", "cp28603"]),
    (
        Encoding::Iso8859_14,
        &[
            "latin8",
            "l8",
            "iso-celtic",
            "iso-ir-199",
            "iso_8859-14:1998",
            "cp28604",
        ],
    ),
    (Encoding::Iso8859_15, &["latin9", "l9", "cp28605"]),
    (
        Encoding::Iso8859_16,
        &[
            "latin10",
            "l10",
            "iso-ir-226",
            "iso_8859-16:2001",
            "cp28606",
        ],
    ),
    (Encoding::Ibm437, &["cp437", "437", "oem-us", "pc-8"]),
    (Encoding::Ibm737, &["cp737", "737"]),
    (Encoding::Ibm775, &["cp775", "775"]),
    (Encoding::Ibm850, &["cp850", "850"]),
    (Encoding::Ibm852, &["cp852", "852"]),
    (Encoding::Ibm855, &["cp855", "855"]),
    (Encoding::Ibm857, &["cp857", "857"]),
    (Encoding::Ibm858, &["cp858", "858", "ibm00858"]),
    (Encoding::Ibm860, &["cp860", "860"]),
    (Encoding::Ibm861, &["cp861", "861"]),
    (Encoding::Ibm862, &["cp862", "862", "dos-862"]),
    (Encoding::Ibm863, &["cp863", "863"]),
    (Encoding::Ibm864, &["cp864", "864"]),
    (Encoding::Ibm865, &["cp865", "865"]),
    (Encoding::Ibm866, &["cp866", "866"]),
    (Encoding::Ibm869, &["cp869", "869"]),
    (Encoding::Ibm1125, &["cp1125", "1125", "cp866u"]),
    (Encoding::Koi8R, &["koi8", "koi", "cp20866", "cskoi8r"]),
    (Encoding::Koi8U, &["koi8-ru", "cp21866"]),
    (
        Encoding::Macintosh,
        &["mac", "mac-roman", "x-mac-roman", "cp10000"],
    ),
    (
        Encoding::MacCyrillic,
        &["mac-cyrillic", "x-mac-ukrainian", "cp10007"],
    ),
    (
        Encoding::MacCentralEurope,
        &[
            "mac-ce",
            "mac-latin2",
            "mac-centraleurope",
            "x-mac-centraleurroman",
            "cp10029",
        ],
    ),
    (Encoding::MacGreek, &["mac-greek", "cp10006"]),
    (Encoding::MacTurkish, &["mac-turkish", "cp10081"]),
    (
        Encoding::Tcvn3,
        &["tcvn3", "tcvn", "tcvn-5712", "tcvn5712-1", "vscii", "abc"],
    ),
    (Encoding::Viscii, &["viscii1.1-1", "csviscii"]),
    (Encoding::Vni, &["vni", "vni-windows", "vni-win"]),
    (
        Encoding::Gbk,
        &[
            "cp936",
            "936",
            "ms936",
            "windows-936",
            "gb2312",
            "gb_2312-80",
            "chinese",
            "x-gbk",
            "euc-cn",
            "iso-ir-58",
        ],
    ),
    (
        Encoding::Gb18030,
        &["gb18030-2000", "gb18030-2005", "gb18030-2022", "cp54936"],
    ),
    (
        Encoding::Big5,
        &["big5-hkscs", "big5-tw", "cn-big5", "x-x-big5"],
    ),
    (Encoding::Cp950, &["950", "ms950", "windows-950"]),
    (
        Encoding::ShiftJis,
        &[
            "sjis",
            "cp932",
            "932",
            "ms932",
            "windows-31j",
            "windows-932",
            "x-sjis",
            "ms_kanji",
            "csshiftjis",
        ],
    ),
    (
        Encoding::EucJp,
        &[
            "ujis",
            "x-euc-jp",
            "cp51932",
            "cp20932",
            "eucjp-ms",
            "eucjp-win",
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
            "windows-949",
            "uhc",
            "ks_c_5601-1987",
            "ks_c_5601",
            "ks_x_1001",
            "korean",
            "iso-ir-149",
            "cp51949",
        ],
    ),
    (
        Encoding::Johab,
        &["cp1361", "1361", "ms1361", "ks_c_5601-1992"],
    ),
    (
        Encoding::Utf16Le,
        &[
            "utf-16",
            "ucs-2",
            "ucs-2le",
            "cp1200",
            "unicode",
            "iso-10646-ucs-2",
        ],
    ),
    (Encoding::Utf16Be, &["ucs-2be", "cp1201", "unicodefffe"]),
    (Encoding::Utf7, &["u7", "unicode-1-1-utf-7", "cp65000"]),
    (Encoding::Cesu8, &["utf8mb3"]),
    (Encoding::Hz, &["hz", "hz-gb", "cp52936"]),
    (Encoding::Iso2022Kr, &["csiso2022kr", "cp50225"]),
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
        Encoding::Iso8859_3,
        Encoding::Iso8859_4,
        Encoding::Iso8859_5,
        Encoding::Iso8859_6,
        Encoding::Iso8859_7,
        Encoding::Iso8859_8,
        Encoding::Iso8859_9,
        Encoding::Iso8859_10,
        Encoding::Iso8859_13,
        Encoding::Iso8859_14,
        Encoding::Iso8859_15,
        Encoding::Iso8859_16,
        Encoding::Ibm437,
        Encoding::Ibm737,
        Encoding::Ibm775,
        Encoding::Ibm850,
        Encoding::Ibm852,
        Encoding::Ibm855,
        Encoding::Ibm857,
        Encoding::Ibm858,
        Encoding::Ibm860,
        Encoding::Ibm861,
        Encoding::Ibm862,
        Encoding::Ibm863,
        Encoding::Ibm864,
        Encoding::Ibm865,
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
        Encoding::Vni,
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
        Encoding::Utf7,
        Encoding::Cesu8,
        Encoding::Hz,
        Encoding::Iso2022Kr,
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
            Encoding::Iso8859_3 => "iso-8859-3",
            Encoding::Iso8859_4 => "iso-8859-4",
            Encoding::Iso8859_5 => "iso-8859-5",
            Encoding::Iso8859_6 => "iso-8859-6",
            Encoding::Iso8859_7 => "iso-8859-7",
            Encoding::Iso8859_8 => "iso-8859-8",
            Encoding::Iso8859_9 => "iso-8859-9",
            Encoding::Iso8859_10 => "iso-8859-10",
            Encoding::Iso8859_13 => "iso-8859-13",
            Encoding::Iso8859_14 => "iso-8859-14",
            Encoding::Iso8859_15 => "iso-8859-15",
            Encoding::Iso8859_16 => "iso-8859-16",
            Encoding::Ibm437 => "ibm437",
            Encoding::Ibm737 => "ibm737",
            Encoding::Ibm775 => "ibm775",
            Encoding::Ibm850 => "ibm850",
            Encoding::Ibm852 => "ibm852",
            Encoding::Ibm855 => "ibm855",
            Encoding::Ibm857 => "ibm857",
            Encoding::Ibm858 => "ibm858",
            Encoding::Ibm860 => "ibm860",
            Encoding::Ibm861 => "ibm861",
            Encoding::Ibm862 => "ibm862",
            Encoding::Ibm863 => "ibm863",
            Encoding::Ibm864 => "ibm864",
            Encoding::Ibm865 => "ibm865",
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
            Encoding::Vni => "x-viet-vni",
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
            Encoding::Utf7 => "utf-7",
            Encoding::Cesu8 => "cesu-8",
            Encoding::Hz => "hz-gb-2312",
            Encoding::Iso2022Kr => "iso-2022-kr",
        }
    }

    /// Other names that [`from_label`](Self::from_label) takes for it, the commonest spelling of each. It takes the
    /// remaining labels of browsers too.
    ///
    /// ```
    /// use unbake::encoding::Encoding;
    ///
    /// assert_eq!(Encoding::Ibm866.aliases(), ["cp866", "866"]);
    /// assert!(Encoding::Iso8859_1.aliases().contains(&"latin1"));
    /// ```
    #[must_use]
    pub fn aliases(self) -> &'static [&'static str] {
        ALIASES
            .iter()
            .find(|row| row.0 == self)
            .map_or(&[], |row| row.1)
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
        // whatever else browsers know
        let browsers = || {
            let name = encoding_rs::Encoding::for_label(label.as_bytes())?.name();
            Encoding::ALL
                .iter()
                .copied()
                .find(|encoding| same(encoding.name(), name))
        };
        named
            .or_else(called)
            .or_else(browsers)
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
