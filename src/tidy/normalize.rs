//! Unicode's normalisation forms.

use std::iter::once;

use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{
    IsNormalized, UnicodeNormalization, is_nfc_quick, is_nfd_quick, is_nfkc_quick, is_nfkd_quick,
};

use super::draft::Draft;
use super::rule::TidyRule;
use super::{Normalization, Tidy};
use crate::repair::ProposedEdit;

/// The text is cut before its stable characters (Unicode Standard Annex 15, section 9.1): what stands between two cuts
/// is normalised by itself. Sorting marks is linear too, since there are few classes of them.
pub(super) fn edits(tidy: &Tidy, text: &str) -> Vec<ProposedEdit> {
    let form = tidy.normalization;
    let mut draft = Draft::default();
    if form == Normalization::Keep || text.is_ascii() || is_normalized(form, text.chars()) {
        return draft.into_edits();
    }
    let mut normalize = |start: usize, end: usize| {
        let old = text.get(start..end).unwrap_or_default();
        let new = normalized(form, old);
        let (from, to) = ends_in_common(old, &new);
        let changed = new.get(from..new.len() - to).unwrap_or_default();
        if old != new {
            draft.replace(start + from..end - to, changed, TidyRule::Normalization);
        }
    };
    let mut start = 0;
    let mut doubtful = false;
    for (at, c) in text.char_indices() {
        if !is_stable(form, c) {
            doubtful = true;
            continue;
        }
        if doubtful {
            normalize(start, at);
        }
        start = at;
        doubtful = false;
    }
    if doubtful {
        normalize(start, text.len());
    }
    draft.into_edits()
}

/// Whether a character is normalised and stays apart from what stands before it.
fn is_stable(form: Normalization, c: char) -> bool {
    // All below are, in every form.
    c < '\u{a0}' || (canonical_combining_class(c) == 0 && is_normalized(form, once(c)))
}

fn is_normalized(form: Normalization, text: impl Iterator<Item = char>) -> bool {
    let answer = match form {
        Normalization::Keep => IsNormalized::Yes,
        Normalization::Nfc => is_nfc_quick(text),
        Normalization::Nfd => is_nfd_quick(text),
        Normalization::Nfkc => is_nfkc_quick(text),
        Normalization::Nfkd => is_nfkd_quick(text),
    };
    answer == IsNormalized::Yes
}

fn normalized(form: Normalization, text: &str) -> String {
    match form {
        Normalization::Keep => text.to_owned(),
        Normalization::Nfc => text.nfc().collect(),
        Normalization::Nfd => text.nfd().collect(),
        Normalization::Nfkc => text.nfkc().collect(),
        Normalization::Nfkd => text.nfkd().collect(),
    }
}

/// How many bytes two texts have in common at the start and, behind that, at the end.
fn ends_in_common(a: &str, b: &str) -> (usize, usize) {
    let length = |c: (char, char)| c.0.len_utf8();
    let same = |c: &(char, char)| c.0 == c.1;
    let start = a.chars().zip(b.chars()).take_while(same).map(length).sum();
    let (a, b) = (a.get(start..), b.get(start..));
    let (a, b) = (a.unwrap_or_default(), b.unwrap_or_default());
    let end = a.chars().rev().zip(b.chars().rev());
    (start, end.take_while(same).map(length).sum())
}
