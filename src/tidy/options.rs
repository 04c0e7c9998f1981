//! What each clean-up may be asked to do. The first value of each is to do nothing, and is the default.

/// What to do with HTML's character references, such as `&eacute;` and `&#233;`.
///
/// Only references that end in `;` are resolved: `?a=1&copy=2` is no reference. All 2125 names of the HTML Standard are
/// known, and names in capitals that HTML does not know (`P&EACUTE;REZ`). Numbers are read as browsers do (`&#150;` is
/// a dash), and two that are the halves of a surrogate pair are one character. A number that is no character, or a
/// control that text does not hold, is left as it stands. What comes out may be a reference again, `&amp;lt;`, and is
/// resolved, too.
///
/// ```
/// use unbake::tidy::{Entities, Tidy};
///
/// let auto = Tidy::new().entities(Entities::Auto);
/// assert_eq!(auto.apply("P&eacute;rez &amp;amp; Co").text(), "Pérez & Co");
/// assert_eq!(auto.apply("I <3 R&D &#x1F600;").text(), "I <3 R&D 😀");
/// // Markup, in which `&lt;` and `<` are two things.
/// assert!(!auto.apply("<b>1 &lt; 2</b>\n3 &gt; 2").is_changed());
///
/// let always = Tidy::new().entities(Entities::Always);
/// assert_eq!(always.apply("<b>1 &lt; 2</b>").text(), "<b>1 < 2</b>");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "kebab-case")
)]
#[non_exhaustive]
pub enum Entities {
    /// They stay.
    #[default]
    Keep,
    /// They are resolved unless the text holds markup: a `<` before a letter, `/`, `!` or `?`, anywhere in the text.
    /// One such tag keeps the references of the whole text.
    Auto,
    /// They are resolved, in markup too, which changes its meaning.
    Always,
}

/// What to do with the escapes of string literals, such as `\u00e9`, `\xe9` and `\n`.
///
/// Known are `\xXX`, `\uXXXX` (two that are the halves of a surrogate pair are one character), `\UXXXXXXXX`, one to three
/// octal digits, `\f`, `\n`, `\r`, `\t` and quotes. What is no character, or a control that text does not hold, stays, and
/// so does an escaped backslash: what it leaves could be an escape again. This rule does not look at context, and takes
/// `C:\new` for an escape: it is for text that is known to be escaped.
///
/// Mojibake within escapes needs none of this: [`Carriers`](crate::carriers::Carriers) repairs it, and leaves escapes that
/// are right.
///
/// ```
/// use unbake::Repairer;
/// use unbake::tidy::{Escapes, Tidy};
///
/// let tidy = Tidy::new().escapes(Escapes::Resolve);
/// assert_eq!(tidy.apply(r"Caf\u00e9 \ud83d\ude00\n").text(), "Café 😀\n");
/// assert_eq!(tidy.repair_with(&Repairer::new(), r"sch\xc3\xb6n").text(), "schön");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "kebab-case")
)]
#[non_exhaustive]
pub enum Escapes {
    /// They stay.
    #[default]
    Keep,
    /// They become the characters that they stand for.
    Resolve,
}

/// What to do with the escape sequences by which programs colour their output in terminals.
///
/// Those are control sequences (`ESC [` to a final letter) and operating system commands (`ESC ]` to `BEL` or `ESC \`),
/// such as hyperlinks and window titles, as in ECMA-48. One that does not end stays. The escapes of ISO-2022, which are
/// no such sequences, stay.
///
/// ```
/// use unbake::tidy::{TerminalEscapes, Tidy};
///
/// let tidy = Tidy::new().terminal_escapes(TerminalEscapes::Remove);
/// assert_eq!(tidy.apply("\x1b[1;31mred\x1b[m").text(), "red");
/// assert_eq!(tidy.apply("\x1b]8;;https://example.org\x1b\\link\x1b]8;;\x07").text(), "link");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "kebab-case")
)]
#[non_exhaustive]
pub enum TerminalEscapes {
    /// They stay.
    #[default]
    Keep,
    /// They are taken out.
    Remove,
}

/// What to do with C1 controls, U+0080 to U+009F, which mostly come of windows-1252 read as ISO-8859-1.
///
/// The repairer finds such a mishap from its context, and other mishaps that leave C1 controls. This rule does not look
/// at context: run it after the repairer, as [`Tidy::repair_with`](super::Tidy::repair_with) does. The five bytes that
/// windows-1252 does not assign stay.
///
/// ```
/// use unbake::tidy::{C1Controls, Tidy};
///
/// let tidy = Tidy::new().c1_controls(C1Controls::Windows1252);
/// assert_eq!(tidy.apply("\u{93}so\u{94}\u{85}").text(), "“so”…");
/// assert!(!tidy.apply("\u{81}").is_changed());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "kebab-case")
)]
#[non_exhaustive]
pub enum C1Controls {
    /// They stay.
    #[default]
    Keep,
    /// Each becomes what the byte is in windows-1252.
    #[cfg_attr(feature = "serde", serde(rename = "windows-1252"))]
    Windows1252,
}

/// What to do with U+FEFF, the byte order mark.
///
/// ```
/// use unbake::tidy::{ByteOrderMarks, Tidy};
///
/// let joined = "\u{feff}one\u{feff}two";
/// let leading = Tidy::new().byte_order_marks(ByteOrderMarks::RemoveLeading);
/// assert_eq!(leading.apply(joined).text(), "one\u{feff}two");
/// let all = Tidy::new().byte_order_marks(ByteOrderMarks::RemoveAll);
/// assert_eq!(all.apply(joined).text(), "onetwo");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "kebab-case")
)]
#[non_exhaustive]
pub enum ByteOrderMarks {
    /// They stay.
    #[default]
    Keep,
    /// Those at the start of the text are taken out.
    RemoveLeading,
    /// All are taken out, also where files were put together.
    RemoveAll,
}

/// What to do with control characters that are seldom meant in text.
///
/// Those are U+0000 to U+001F but TAB, LF, FF and CR; DEL; the deprecated format characters U+206A to U+206F; U+FFF9
/// to U+FFFC, which annotate and stand for objects. Zero-width spaces, soft hyphens, joiners and marks of direction are
/// text and stay; for C1 controls see [`C1Controls`], for U+FEFF see [`ByteOrderMarks`].
///
/// ```
/// use unbake::tidy::{Controls, Tidy};
///
/// let all = Tidy::new().controls(Controls::Remove);
/// assert_eq!(all.apply("a\0b\x1fc\td").text(), "abc\td");
/// let some = Tidy::new().controls(Controls::KeepSeparators);
/// assert_eq!(some.apply("a\0b\x1fc\td").text(), "ab\x1fc\td");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "kebab-case")
)]
#[non_exhaustive]
pub enum Controls {
    /// They stay.
    #[default]
    Keep,
    /// They are taken out, but for the separators FS, GS, RS and US (U+001C to U+001F), which stand between fields in
    /// data and as literals in code.
    KeepSeparators,
    /// They are taken out.
    Remove,
}

/// What to do with line breaks other than the line feed.
///
/// ```
/// use unbake::tidy::{LineBreaks, Tidy};
///
/// let tidy = Tidy::new().line_breaks(LineBreaks::LineFeed);
/// assert_eq!(tidy.apply("a\r\nb\rc\u{2028}d\u{85}e").text(), "a\nb\nc\nd\ne");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "kebab-case")
)]
#[non_exhaustive]
pub enum LineBreaks {
    /// They stay.
    #[default]
    Keep,
    /// CR LF, CR, U+0085, U+2028 and U+2029 become LF.
    ///
    /// With [`C1Controls::Windows1252`], U+0085 becomes `…` instead.
    LineFeed,
}

/// What to do with full-width and half-width forms, U+FF01 to U+FFEE, and the ideographic space, U+3000.
///
/// ```
/// use unbake::tidy::{Tidy, Width};
///
/// let usual = Tidy::new().width(Width::KeepPunctuation);
/// assert_eq!(usual.apply("ＵＴＦ８（ﾊﾞｲﾄ）、你好，世界！").text(), "UTF8（バイト）、你好，世界！");
/// // This is hard on Chinese and Japanese, whose punctuation is full-width.
/// let all = Tidy::new().width(Width::All);
/// assert_eq!(all.apply("你好，世界！").text(), "你好,世界!");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "kebab-case")
)]
#[non_exhaustive]
pub enum Width {
    /// They stay.
    #[default]
    Keep,
    /// Full-width letters and digits and everything half-width get their usual width. Full-width punctuation and
    /// symbols and the ideographic space, which are the usual ones in Chinese and Japanese, stay.
    KeepPunctuation,
    /// All of them get their usual width.
    All,
}

/// What to do with ligatures that are one character.
///
/// Letters that happen to look like two, such as `æ` and `œ`, stay.
///
/// ```
/// use unbake::tidy::{Ligatures, Tidy};
///
/// let typographic = Tidy::new().ligatures(Ligatures::Typographic);
/// assert_eq!(typographic.apply("ﬁne œuvre, ǈeto").text(), "fine œuvre, ǈeto");
/// let all = Tidy::new().ligatures(Ligatures::All);
/// assert_eq!(all.apply("ﬁne œuvre, ǈeto").text(), "fine œuvre, Ljeto");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "kebab-case")
)]
#[non_exhaustive]
pub enum Ligatures {
    /// They stay.
    #[default]
    Keep,
    /// U+FB00 to U+FB06, `ﬀ` to `ﬆ`, become letters.
    Typographic,
    /// So do the digraphs of Croatian (`ǆ ǉ ǌ ǳ`), Dutch (`ĳ`) and Afrikaans (`ŉ`).
    All,
}

/// What to do with curly quotation marks and apostrophes.
///
/// ```
/// use unbake::tidy::{Quotes, Tidy};
///
/// let usual = Tidy::new().quotes(Quotes::Straighten);
/// assert_eq!(usual.apply("„It’s“ «Hawaiʼi»").text(), "\"It's\" «Hawaiʼi»");
/// let letters = Tidy::new().quotes(Quotes::StraightenLetters);
/// assert_eq!(letters.apply("„It’s“ «Hawaiʼi»").text(), "\"It's\" «Hawai'i»");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "kebab-case")
)]
#[non_exhaustive]
pub enum Quotes {
    /// They stay.
    #[default]
    Keep,
    /// U+2018 to U+201B become `'` and U+201C to U+201F become `"`. Guillemets and primes stay.
    Straighten,
    /// So does U+02BC, the apostrophe that is a letter, as in Hawaiian, Navajo and Ukrainian.
    StraightenLetters,
}

/// Which normalisation form of Unicode to bring the text to.
///
/// ```
/// use unbake::tidy::{Normalization, Tidy};
///
/// let nfc = Tidy::new().normalization(Normalization::Nfc);
/// assert_eq!(nfc.apply("cafe\u{301} x²").text(), "café x²");
/// let nfkc = Tidy::new().normalization(Normalization::Nfkc);
/// assert_eq!(nfkc.apply("cafe\u{301} x²").text(), "café x2");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "kebab-case")
)]
#[non_exhaustive]
pub enum Normalization {
    /// The text stays as it is.
    #[default]
    Keep,
    /// Letters and their marks are composed.
    Nfc,
    /// Letters and their marks are taken apart.
    Nfd,
    /// As NFC, and what is like something else but for its form becomes that: `²` becomes `2`. This loses meaning.
    Nfkc,
    /// As NFD, with the losses of NFKC.
    Nfkd,
}
