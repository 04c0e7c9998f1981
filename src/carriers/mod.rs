//! Mojibake inside escapes: in HTML, JSON, URLs and mail.
//!
//! A carrier is a way of spelling characters by others, as programs do before they store or send a text. Where mojibake
//! was escaped, `schÃ¶n` as `sch&Atilde;&para;n`, no program that looks at the text as it stands can see it. A
//! [`Carriers`] decodes the escapes, repairs the text that they stand for, and spells what it repaired as it was spelt.
//!
//! ```
//! use unbake::{Repairer, carriers::Carriers};
//!
//! let repair = |text| Carriers::new().repair(&Repairer::new(), text).into_text().into_owned();
//! assert_eq!(repair("sch&Atilde;&para;n"), "sch&ouml;n");
//! assert_eq!(repair(r#"{"text": "sch\u00c3\u00b6n"}"#), r#"{"text": "sch\u00f6n"}"#);
//! assert_eq!(repair("/wiki/Sch%C3%83%C2%B6nheit"), "/wiki/Sch%C3%B6nheit");
//! assert_eq!(repair("Subject: =?utf-8?Q?sch=C3=83=C2=B6n?="), "Subject: =?utf-8?Q?sch=C3=B6n?=");
//!
//! // Escapes that are right stay as they are, to the byte.
//! assert_eq!(repair("sch&ouml;n, AT&T, 100%25, /caf%C3%A9"), "sch&ouml;n, AT&T, 100%25, /caf%C3%A9");
//! ```

mod base64;
mod carry;
mod decode;
mod entity;
mod octets;
mod proof;
mod unicode;
mod word;

use std::fmt;

use crate::repair::{Repair, Repairer};
use carry::Carry;
use decode::Decoded;

/// A way of spelling characters by others.
///
/// ```
/// use unbake::carriers::Carrier;
///
/// assert_eq!(Carrier::HtmlEntities.to_string(), "html");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Carrier {
    /// Character references of HTML and XML: `&eacute;`, `&#233;`, `&#xE9;`, also escaped again (`&amp;eacute;`).
    HtmlEntities,
    /// The escapes of JSON, Java, JavaScript and Python strings: `\u00e9`, also escaped again (`\\u00e9`).
    UnicodeEscapes,
    /// UTF-8 in URLs: `%C3%A9`, also escaped again (`%25C3%25A9`).
    PercentEncoding,
    /// UTF-8 in bodies of mail: `=C3=A9`, with soft line breaks.
    QuotedPrintable,
    /// Headers of mail: `=?utf-8?Q?=C3=A9?=` and `=?utf-8?B?w6k=?=`, in any charset that the crate knows.
    EncodedWords,
}

impl Carrier {
    /// Every carrier.
    ///
    /// ```
    /// use unbake::carriers::Carrier;
    ///
    /// assert!(Carrier::ALL.contains(&Carrier::PercentEncoding));
    /// ```
    pub const ALL: &'static [Carrier] = &[
        Carrier::HtmlEntities,
        Carrier::UnicodeEscapes,
        Carrier::PercentEncoding,
        Carrier::QuotedPrintable,
        Carrier::EncodedWords,
    ];

    /// Its name in patches and reports: one word.
    ///
    /// ```
    /// use unbake::carriers::Carrier;
    ///
    /// assert_eq!(Carrier::UnicodeEscapes.name(), "unicode-escapes");
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Carrier::HtmlEntities => "html",
            Carrier::UnicodeEscapes => "unicode-escapes",
            Carrier::PercentEncoding => "percent",
            Carrier::QuotedPrintable => "quoted-printable",
            Carrier::EncodedWords => "encoded-words",
        }
    }

    /// The carrier of that name.
    pub(crate) fn from_name(name: &str) -> Option<Carrier> {
        Carrier::ALL.iter().copied().find(|c| c.name() == name)
    }
}

impl fmt::Display for Carrier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// How repaired characters are written where escapes stood.
///
/// ```
/// use unbake::Repairer;
/// use unbake::carriers::{Carriers, Writing};
///
/// let write = |writing| Carriers::new().write(writing).repair(&Repairer::new(), r"sch\u00c3\u00b6n").into_text();
/// assert_eq!(write(Writing::Escaped), r"sch\u00f6n");
/// assert_eq!(write(Writing::Plain), "schön");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "kebab-case")
)]
#[non_exhaustive]
pub enum Writing {
    /// In escapes of the same kind.
    #[default]
    Escaped,
    /// As themselves. ASCII signs that the carrier cannot hold stay escaped. Escapes that were right are no repair and
    /// stay.
    Plain,
}

/// Repairs texts that may hold escapes.
///
/// Whatever holds for a [`Repair`] holds here: it can be reverted, and clean text comes back borrowed.
///
/// ```
/// use unbake::Repairer;
/// use unbake::carriers::{Carrier, Carriers, Writing};
///
/// let text = "caf\\u00c3\\u00a9, caf&Atilde;&copy;";
/// let json = Carriers::new().only(&[Carrier::UnicodeEscapes]).write(Writing::Plain);
/// let repair = json.repair(&Repairer::new(), text);
/// assert_eq!(repair.text(), "café, caf&Atilde;&copy;");
/// assert_eq!(repair.edits()[0].cause().to_string(), "unicode-escapes:utf-8>windows-1252");
/// assert_eq!(repair.revert(), text);
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct Carriers {
    allowed: Vec<Carrier>,
    writing: Writing,
}

impl Carriers {
    /// Every carrier, written as it was.
    ///
    /// ```
    /// use unbake::{Repairer, carriers::Carriers};
    ///
    /// let repair = Carriers::new().repair(&Repairer::new(), "&#195;&#182;sterreich");
    /// assert_eq!(repair.text(), "&#246;sterreich");
    /// ```
    pub fn new() -> Carriers {
        Carriers {
            allowed: Carrier::ALL.to_vec(),
            writing: Writing::default(),
        }
    }

    /// The only carriers to look into: in a JSON file, say, `\u00c3` is an escape and `%C3` none.
    ///
    /// ```
    /// use unbake::Repairer;
    /// use unbake::carriers::{Carrier, Carriers};
    ///
    /// let json = Carriers::new().only(&[Carrier::UnicodeEscapes]);
    /// assert!(!json.repair(&Repairer::new(), "sch&Atilde;&para;n").is_changed());
    /// ```
    pub fn only(mut self, carriers: &[Carrier]) -> Carriers {
        self.allowed.retain(|carrier| carriers.contains(carrier));
        self
    }

    /// How to write what is repaired.
    ///
    /// ```
    /// use unbake::Repairer;
    /// use unbake::carriers::{Carriers, Writing};
    ///
    /// let plain = Carriers::new().write(Writing::Plain);
    /// assert_eq!(plain.repair(&Repairer::new(), "sch&Atilde;&para;n").text(), "schön");
    /// ```
    pub fn write(mut self, writing: Writing) -> Carriers {
        self.writing = writing;
        self
    }

    /// Repairs a text and what its escapes stand for.
    ///
    /// The whole text is judged with its escapes decoded, so that each part counts for the others. The cause of an edit
    /// where escapes stood is a [`Cause::Carried`](crate::repair::Cause::Carried). A text without escapes costs one pass
    /// over its bytes and what the repairer takes; one with escapes costs no more than twice that.
    ///
    /// Where escapes stand more is asked for than the repairer's threshold, because tables of letters, regular
    /// expressions and such are escaped far more often than mojibake is: any edit must lead to assigned characters; UTF-8
    /// read as another encoding than windows-1252 or ISO-8859-1 needs a confidence of 0.9, and a legacy encoding is
    /// undone where some word of six letters shows it with 0.95.
    ///
    /// ```
    /// use unbake::{Repairer, carriers::Carriers};
    ///
    /// let repair = Carriers::new().repair(&Repairer::new(), "=?utf-8?B?c2Now4PCtm4=?=");
    /// assert_eq!(repair.text(), "=?utf-8?B?c2Now7Zu?=");
    /// assert_eq!(repair.revert(), "=?utf-8?B?c2Now4PCtm4=?=");
    /// ```
    pub fn repair<'a>(&self, repairer: &Repairer, text: &'a str) -> Repair<'a> {
        self.repair_with(text, |text| repairer.repair(text))
    }

    /// The same with any repairer.
    pub(crate) fn repair_with<'a>(
        &self,
        text: &'a str,
        repair: impl for<'t> Fn(&'t str) -> Repair<'t>,
    ) -> Repair<'a> {
        let Some(decoded) = Decoded::new(text, &self.allowed) else {
            return repair(text);
        };
        let inner = repair(&decoded.text);
        let Carry { edits, refused } = carry::edits(text, &decoded, &inner, self.writing);
        let carried = Repair::new(text, edits);
        if !carried.is_changed() {
            return carried;
        }
        // The next repair must find nothing again, neither in what was written nor in what was refused.
        let again = Decoded::new(carried.text(), &self.allowed);
        let means = again.as_ref().map_or(carried.text(), |again| &again.text);
        let stable = match &again {
            _ if !refused => means == inner.text(),
            None => !repair(means).is_changed(),
            Some(decoded) => {
                let more = carry::edits(carried.text(), decoded, &repair(means), self.writing);
                more.edits.is_empty()
            }
        };
        if stable {
            carried
        } else {
            Repair::unchanged(text)
        }
    }
}

impl Default for Carriers {
    fn default() -> Carriers {
        Carriers::new()
    }
}
