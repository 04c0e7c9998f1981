//! What a document, or the one who sent it, says about its encoding.

use super::Charset;
use crate::encoding::Encoding;

/// Who declares a charset.
///
/// ```
/// use unbake::bytes::{Evidence, Hints, Place, detect};
///
/// let found = detect(b"# coding: big5\n\xB4\xFA\xB8\xD5", &Hints::new());
/// assert_eq!(found.evidence(), Evidence::Declared(Place::Comment));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "kebab-case")
)]
#[non_exhaustive]
pub enum Place {
    /// The caller: [`Hints::declared`](super::Hints::declared) or [`Hints::content_type`](super::Hints::content_type).
    Caller,
    /// An XML declaration: `<?xml version="1.0" encoding="koi8-r"?>`.
    Xml,
    /// HTML: `<meta charset="koi8-r">`, or `<meta http-equiv … content="text/html; charset=koi8-r">`.
    Meta,
    /// CSS: `@charset "koi8-r";`.
    Css,
    /// A comment for editors and compilers in the first two lines: `# -*- coding: koi8-r -*-`, `fileencoding=koi8-r`.
    Comment,
}

/// What became of a declaration.
///
/// ```
/// use unbake::bytes::{Hints, Verdict, detect};
///
/// let lie = detect("Это по-русски".as_bytes(), &Hints::new().declared("gbk"));
/// assert_eq!(lie.declarations()[0].verdict(), Verdict::Overruled);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "kebab-case")
)]
#[non_exhaustive]
pub enum Verdict {
    /// The bytes are read as declared, or as the superset of it that programs mean by that name (GBK for `gb2312`,
    /// windows-1252 for `iso-8859-1`).
    Followed,
    /// The bytes say otherwise.
    Overruled,
    /// No charset of that name is known.
    Unknown,
}

/// A declared charset: who says so, what is said, and whether it was believed.
///
/// ```
/// use unbake::bytes::{Hints, Place, Verdict, decode};
///
/// let page = "<meta charset=gbk><p>Это, конечно, не китайский язык.";
/// let decoded = decode(page.as_bytes(), &Hints::new());
/// let declared = &decoded.detection().declarations()[0];
/// assert_eq!((declared.place(), declared.label()), (Place::Meta, "gbk"));
/// assert_eq!(declared.verdict(), Verdict::Overruled);
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(
        from = "crate::serial::Declaration",
        into = "crate::serial::Declaration"
    )
)]
pub struct Declaration {
    place: Place,
    label: String,
    charset: Option<Charset>,
    verdict: Verdict,
}

impl Declaration {
    pub(super) fn new(place: Place, label: &str) -> Declaration {
        let charset = label.parse().ok();
        Declaration {
            place,
            label: label.to_owned(),
            charset,
            verdict: match charset {
                Some(_) => Verdict::Overruled,
                None => Verdict::Unknown,
            },
        }
    }

    /// The same with what is known to have become of it.
    #[cfg(feature = "serde")]
    pub(crate) fn judged(place: Place, label: &str, verdict: Verdict) -> Declaration {
        let declaration = Declaration::new(place, label);
        match (declaration.charset, verdict) {
            (Some(_), Verdict::Followed | Verdict::Overruled) => Declaration {
                verdict,
                ..declaration
            },
            // A name that is known is not unknown, nor the other way round.
            _ => declaration,
        }
    }

    #[cfg(feature = "serde")]
    pub(crate) fn into_label(self) -> String {
        self.label
    }

    /// Whether who declares this may mean that.
    pub(super) fn means(&self, charset: Charset) -> bool {
        self.charset.is_some_and(|declared| {
            declared == charset
                || KIN.iter().any(|&(a, b)| {
                    let (a, b) = (a.into(), b.into());
                    (declared, charset) == (a, b) || (declared, charset) == (b, a)
                })
        })
    }

    /// Says whether it was right, the bytes being in this charset.
    pub(super) fn judge(&mut self, charset: Charset) {
        if self.charset.is_some() {
            self.verdict = if self.means(charset) {
                Verdict::Followed
            } else {
                Verdict::Overruled
            };
        }
    }

    /// Who declares it.
    ///
    /// ```
    /// use unbake::bytes::{Hints, Place, decode};
    ///
    /// let decoded = decode(b"<?xml version='1.0' encoding='gbk'?>\xC4\xE3\xBA\xC3", &Hints::new());
    /// let declared = &decoded.detection().declarations()[0];
    /// assert_eq!(declared.place(), Place::Xml);
    /// ```
    #[must_use]
    pub const fn place(&self) -> Place {
        self.place
    }

    /// The name as it was written.
    ///
    /// ```
    /// use unbake::bytes::{Hints, detect};
    ///
    /// let found = detect(b"caf\xE9", &Hints::new().declared("Latin-0"));
    /// assert_eq!(found.declarations()[0].label(), "Latin-0");
    /// ```
    #[must_use]
    pub fn label(&self) -> &str {
        &self.label
    }

    /// The charset of that name; `None` where none is known.
    ///
    /// ```
    /// use unbake::bytes::{Charset, Hints, detect};
    /// use unbake::encoding::Encoding;
    ///
    /// let found = detect(b"caf\xE9", &Hints::new().declared("gb2312"));
    /// assert_eq!(found.declarations()[0].charset(), Some(Charset::Encoding(Encoding::Gbk)));
    /// ```
    #[must_use]
    pub const fn charset(&self) -> Option<Charset> {
        self.charset
    }

    /// Whether it was believed.
    ///
    /// ```
    /// use unbake::bytes::{Hints, Verdict, decode};
    ///
    /// let decoded = decode(b"<?xml version='1.0' encoding='gbk'?>\xC4\xE3\xBA\xC3", &Hints::new());
    /// let declared = &decoded.detection().declarations()[0];
    /// assert_eq!(declared.verdict(), Verdict::Followed);
    /// ```
    #[must_use]
    pub const fn verdict(&self) -> Verdict {
        self.verdict
    }
}

/// Names that programs take for another, larger encoding, or that only differ in rare characters.
const KIN: &[(Encoding, Encoding)] = &[
    (Encoding::Iso8859_1, Encoding::Windows1252),
    (Encoding::Iso8859_9, Encoding::Windows1254),
    (Encoding::Iso8859_8, Encoding::Windows1255),
    (Encoding::Gbk, Encoding::Gb18030),
    (Encoding::Big5, Encoding::Cp950),
    (Encoding::Koi8R, Encoding::Koi8U),
    (Encoding::Utf16Le, Encoding::Utf16Be),
];

/// Where declarations are looked for, as browsers do.
const HEAD: usize = 1024;

/// The declarations at the beginning of a document, in any encoding that has ASCII in its place.
pub(super) fn sniff(bytes: &[u8]) -> Vec<Declaration> {
    let head = bytes.get(..HEAD.min(bytes.len())).unwrap_or_default();
    let found = [
        (Place::Xml, xml(head)),
        (Place::Meta, meta(head)),
        (Place::Css, css(head)),
        (Place::Comment, comment(head)),
    ];
    found
        .into_iter()
        .filter_map(|(place, label)| Some(Declaration::new(place, label?)))
        .collect()
}

/// The charset of a `Content-Type`, such as `text/html; charset="koi8-r"`.
pub(super) fn charset_parameter(content_type: &str) -> Option<&str> {
    let after = after(content_type.as_bytes(), b"charset")?;
    value(after)
}

fn xml(head: &[u8]) -> Option<&str> {
    let rest = head.strip_prefix(b"<?xml")?;
    let end = rest.windows(2).position(|two| two == b"?>")?;
    value(after(rest.get(..end)?, b"encoding")?)
}

fn meta(head: &[u8]) -> Option<&str> {
    let mut rest = head;
    while let Some(tag) = after(rest, b"<meta") {
        let end = tag.iter().position(|&b| b == b'>').unwrap_or(tag.len());
        let inside = tag.get(..end).unwrap_or_default();
        if let Some(label) = after(inside, b"charset").and_then(value) {
            return Some(label);
        }
        rest = tag.get(end..).unwrap_or_default();
    }
    None
}

fn css(head: &[u8]) -> Option<&str> {
    let rest = head.strip_prefix(b"@charset \"")?;
    let end = rest.iter().position(|&b| b == b'"')?;
    label(rest.get(..end)?)
}

fn comment(head: &[u8]) -> Option<&str> {
    head.split(|&b| b == b'\n').take(2).find_map(|line| {
        let comment = line.iter().find(|b| !b.is_ascii_whitespace());
        if !matches!(
            comment,
            Some(b'#' | b'/' | b';' | b'%' | b'*' | b'"' | b'-')
        ) {
            return None;
        }
        let after = after(line, b"coding")?;
        value(after)
    })
}

/// What follows a word, case aside.
fn after<'a>(bytes: &'a [u8], word: &[u8]) -> Option<&'a [u8]> {
    let at = bytes
        .windows(word.len())
        .position(|here| here.eq_ignore_ascii_case(word))?;
    bytes.get(at + word.len()..)
}

/// The value after `=` or `:`, with or without quotes.
fn value(bytes: &[u8]) -> Option<&str> {
    let rest = bytes.trim_ascii_start();
    let rest = rest.strip_prefix(b"=").or(rest.strip_prefix(b":"))?;
    let rest = rest.trim_ascii_start();
    let rest = match rest {
        [b'"' | b'\'', rest @ ..] => rest,
        rest => rest,
    };
    let end = rest
        .iter()
        .position(|b| !b.is_ascii_alphanumeric() && !matches!(b, b'-' | b'_' | b'.' | b':' | b'+'));
    label(rest.get(..end.unwrap_or(rest.len()))?)
}

fn label(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes)
        .ok()
        .map(str::trim)
        .filter(|label| !label.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations_are_found_where_they_stand() {
        let cases: &[(&str, Option<(Place, &str)>)] = &[
            (
                "<?xml version='1.0' encoding='KOI8-R'?><a/>",
                Some((Place::Xml, "KOI8-R")),
            ),
            ("<html><META CHARSET=\"big5\">", Some((Place::Meta, "big5"))),
            (
                "<meta name=x><meta http-equiv=Content-Type content='text/html; charset=gb2312'>",
                Some((Place::Meta, "gb2312")),
            ),
            ("@charset \"cp1251\";", Some((Place::Css, "cp1251"))),
            (
                "#!/usr/bin/python\n# -*- coding: latin-1 -*-\n",
                Some((Place::Comment, "latin-1")),
            ),
            (
                "// vim: set fileencoding=euc-jp :\n",
                Some((Place::Comment, "euc-jp")),
            ),
            // No declarations: prose, a comment too far down, a tag that is not closed before its value.
            ("encoding='KOI8-R'", None),
            ("\n\n# coding: latin-1", None),
            ("<p>charset=big5</p>", None),
            ("<meta charset=>", None),
            ("", None),
        ];
        for &(text, expected) in cases {
            let found = sniff(text.as_bytes());
            let found = found.first().map(|d| (d.place, d.label.as_str()));
            assert_eq!(found, expected, "{text:?}");
        }
    }

    #[test]
    fn a_content_type_has_a_charset_or_none() {
        for (header, expected) in [
            ("text/html; charset=utf-8", Some("utf-8")),
            ("text/html;Charset = \"Shift_JIS\"", Some("Shift_JIS")),
            ("text/html", None),
            ("", None),
        ] {
            assert_eq!(charset_parameter(header), expected, "{header:?}");
        }
    }
}
