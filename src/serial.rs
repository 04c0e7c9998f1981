//! `Serialize` and `Deserialize`, with the feature `serde`.
//!
//! What has a text form goes by it: encodings by name, chains and causes as they are displayed,
//! patches as the files that they are. What is read is checked as it would be otherwise.

use std::borrow::Cow;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::bytes::{Alternative, Charset, Evidence, Place, Verdict};
use crate::carriers::Carrier;
use crate::detect::Guesses;
use crate::encoding::Encoding;
use crate::misdecoding::{Chain, Misdecoding};
use crate::repair::{Cause, Certainty, Edit, Patch, Repair};
use crate::tidy::{TidyRule, TidyRules};

/// A type that goes by its text form.
macro_rules! by_text {
    ($($type:ty: $read:expr;)*) => {$(
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = Cow::<str>::deserialize(deserializer)?;
                let read: fn(&str) -> Result<$type, String> = $read;
                read(&text).map_err(D::Error::custom)
            }
        }
    )*};
}

by_text! {
    Encoding: |text| text.parse().map_err(|error| format!("{error}"));
    Misdecoding: |text| text.parse().map_err(|error| format!("{error}"));
    Chain: |text| text.parse().map_err(|error| format!("{error}"));
    Patch: |text| text.parse().map_err(|error| format!("{error}"));
    Cause: |text| Cause::from_name(text).ok_or_else(|| format!("`{text}` is no cause of an edit"));
    Charset: |text| text.parse().map_err(|error| format!("{error}"));
    Carrier: |text| Carrier::from_name(text).ok_or_else(|| format!("`{text}` is no carrier"));
    TidyRule: |text| TidyRule::from_name(text).ok_or_else(|| format!("`{text}` is no clean-up"));
    TidyRules: |text| TidyRules::from_name(text).ok_or_else(|| format!("`{text}` are no clean-ups"));
}

/// The fields of an edit.
#[derive(Serialize, Deserialize)]
struct EditFields<'a> {
    original: usize,
    repaired: usize,
    before: Cow<'a, str>,
    after: Cow<'a, str>,
    cause: Cause,
    certainty: Cow<'a, Certainty>,
    confidence: f32,
}

impl Serialize for Edit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let fields = EditFields {
            original: self.original().start,
            repaired: self.repaired().start,
            before: self.before().into(),
            after: self.after().into(),
            cause: self.cause(),
            certainty: Cow::Borrowed(self.certainty()),
            confidence: self.confidence(),
        };
        fields.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Edit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let fields = EditFields::deserialize(deserializer)?;
        if !fields.certainty.fits(&fields.after) {
            return Err(D::Error::custom(
                "what was guessed lies outside the new text",
            ));
        }
        Ok(Edit::new(
            (fields.original, fields.repaired),
            fields.before.into(),
            fields.after.into(),
            fields.cause,
            fields.certainty.into_owned(),
            fields.confidence,
        ))
    }
}

/// The fields of a repair, as they are written and as they are read.
#[derive(Serialize)]
struct RepairFields<'a> {
    text: &'a str,
    edits: &'a [Edit],
}

#[derive(Deserialize)]
struct OwnedRepairFields {
    text: String,
    edits: Vec<Edit>,
}

impl Serialize for Repair<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (text, edits) = (self.text(), self.edits());
        RepairFields { text, edits }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Repair<'static> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let fields = OwnedRepairFields::deserialize(deserializer)?;
        Repair::from_parts(fields.text, fields.edits)
            .ok_or_else(|| D::Error::custom("the edits do not fit the text"))
    }
}

/// What somebody declared. What it means follows from the label.
#[derive(Serialize, Deserialize)]
pub(crate) struct Declaration {
    place: Place,
    label: String,
    verdict: Verdict,
}

impl From<crate::bytes::Declaration> for Declaration {
    fn from(declaration: crate::bytes::Declaration) -> Declaration {
        Declaration {
            place: declaration.place(),
            verdict: declaration.verdict(),
            label: declaration.into_label(),
        }
    }
}

impl From<Declaration> for crate::bytes::Declaration {
    fn from(fields: Declaration) -> crate::bytes::Declaration {
        crate::bytes::Declaration::judged(fields.place, &fields.label, fields.verdict)
    }
}

/// What is believed about bytes: the first of the alternatives.
#[derive(Serialize, Deserialize)]
pub(crate) struct Detection {
    alternatives: Vec<Alternative>,
    evidence: Evidence,
    declarations: Vec<crate::bytes::Declaration>,
    byte_order_mark: usize,
}

impl From<crate::bytes::Detection> for Detection {
    fn from(detection: crate::bytes::Detection) -> Detection {
        Detection {
            alternatives: detection.alternatives().to_vec(),
            evidence: detection.evidence(),
            declarations: detection.declarations().to_vec(),
            byte_order_mark: detection.mark(),
        }
    }
}

impl From<Detection> for crate::bytes::Detection {
    fn from(fields: Detection) -> crate::bytes::Detection {
        let Detection {
            alternatives,
            evidence,
            declarations,
            byte_order_mark,
        } = fields;
        crate::bytes::Detection::new(alternatives, evidence, declarations)
            .with_mark(byte_order_mark)
    }
}

/// The settings of a detector: what was asked for.
#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Settings {
    layers: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    written_in: Option<Vec<Encoding>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    read_as: Option<Vec<Encoding>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    expected: Vec<Encoding>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    involved: Vec<Encoding>,
    guesses: Guesses,
}

impl Default for Settings {
    fn default() -> Settings {
        crate::detect::Settings::new().into()
    }
}

impl From<crate::detect::Settings> for Settings {
    fn from(settings: crate::detect::Settings) -> Settings {
        Settings {
            layers: settings.layers,
            written_in: settings.written,
            read_as: settings.read,
            expected: settings.expected,
            involved: settings.systems,
            guesses: settings.guesses,
        }
    }
}

impl From<Settings> for crate::detect::Settings {
    fn from(fields: Settings) -> crate::detect::Settings {
        let mut settings = crate::detect::Settings::new()
            .layers(fields.layers)
            .guesses(fields.guesses);
        if let Some(encodings) = fields.written_in {
            settings = settings.written_in(&encodings);
        }
        if let Some(encodings) = fields.read_as {
            settings = settings.read_as(&encodings);
        }
        settings.expected = fields.expected;
        settings.systems = fields.involved;
        settings
    }
}

/// The evidence for a candidate: each kind by its name, with its measure.
pub(crate) mod evidence {
    use std::collections::BTreeMap;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::detect::features::{Features, NAMES};

    #[derive(Serialize, Deserialize)]
    struct Evidence<'a> {
        group: u8,
        #[serde(borrow)]
        measures: BTreeMap<std::borrow::Cow<'a, str>, f32>,
    }

    pub(crate) fn serialize<S: Serializer>(
        features: &Features,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let measures = NAMES.iter().zip(features.values);
        let measures = measures
            .filter(|(_, value)| *value != 0.0)
            .map(|(name, value)| ((*name).into(), value))
            .collect();
        let group = features.group_index;
        Evidence { group, measures }.serialize(serializer)
    }

    /// Kinds of evidence that this version does not know say nothing.
    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Features, D::Error> {
        let evidence = Evidence::deserialize(deserializer)?;
        let mut features = Features {
            group_index: evidence.group,
            ..Features::default()
        };
        for (name, slot) in NAMES.iter().zip(&mut features.values) {
            *slot = evidence.measures.get(*name).copied().unwrap_or_default();
        }
        Ok(features)
    }
}
