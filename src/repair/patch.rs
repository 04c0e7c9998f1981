//! A repair that can be kept beside the repaired text and taken back later.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use super::edit::{Edit, splice};
use super::error::PatchError;
use super::outcome::choose;
use super::patch_text;

/// What is needed to take a repair back, all of it or single edits.
///
/// Made by [`Repair::patch`](super::Repair::patch), written with
/// [`to_string`](ToString::to_string) and read with [`parse`](str::parse). The
/// [format](super::format) is plain text and says what was changed where.
///
/// A patch belongs to one pair of texts. Given any other text it does nothing
/// and says so.
///
/// ```
/// use unbake::repair::{Patch, PatchError};
///
/// let written = unbake::repair("schÃ¶n").patch().to_string();
///
/// let patch: Patch = written.parse()?;
/// assert_eq!(patch.revert("schön")?, "schÃ¶n");
/// assert_eq!(patch.apply("schÃ¶n")?, "schön");
/// assert!(patch.revert("Schön").is_err());
/// # Ok::<(), PatchError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub struct Patch {
    pub(super) repaired: Fingerprint,
    pub(super) mangled: Fingerprint,
    // Sorted, apart, and within the lengths of both texts.
    pub(super) edits: Vec<Edit>,
}

impl Patch {
    /// The patch between two texts that these edits lead to and from.
    pub(super) fn new(repaired: &str, mangled: &str, edits: Vec<Edit>) -> Self {
        Self {
            repaired: Fingerprint::of(repaired),
            mangled: Fingerprint::of(mangled),
            edits,
        }
    }

    /// What was changed: sorted, and no two of them overlap.
    ///
    /// ```
    /// let repair = unbake::repair("schÃ¶n");
    /// assert_eq!(repair.patch().edits(), repair.edits());
    /// ```
    #[must_use]
    pub fn edits(&self) -> &[Edit] {
        &self.edits
    }

    /// How many edits there are.
    ///
    /// ```
    /// assert_eq!(unbake::repair("schÃ¶n").patch().len(), 1);
    /// ```
    #[must_use]
    pub fn len(&self) -> usize {
        self.edits.len()
    }

    /// Whether nothing was changed.
    ///
    /// ```
    /// assert!(unbake::repair("schön").patch().is_empty());
    /// ```
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.edits.is_empty()
    }

    /// The mangled text, to the byte as it was.
    ///
    /// ```
    /// let patch = unbake::repair("schÃ¶n").patch();
    /// assert_eq!(patch.revert("schön")?, "schÃ¶n");
    /// # Ok::<(), unbake::repair::PatchError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When `repaired` is not the text that the patch was written for, or when
    /// the patch was changed.
    pub fn revert(&self, repaired: &str) -> Result<String, PatchError> {
        let prints = [&self.repaired, &self.mangled];
        let errors = [PatchError::AlreadyReverted, STRANGE_AFTER];
        self.turned(repaired, prints, errors, |edit| {
            (edit.repaired(), edit.after(), edit.before())
        })
    }

    /// The other one of the two texts. Where the other one is given already, the first error is returned, where the
    /// edits do not fit, the second; `sides` says of an edit where it stands, what is there, and what is to be there.
    fn turned<'p>(
        &'p self,
        text: &str,
        [this, other]: [&Fingerprint; 2],
        [turned_before, strange]: [PatchError; 2],
        sides: impl Fn(&'p Edit) -> (Range<usize>, &'p str, &'p str),
    ) -> Result<String, PatchError> {
        match this.check(text) {
            Err(_) if other.check(text).is_ok() => return Err(turned_before),
            checked => checked,
        }?;
        let mut changes = Vec::with_capacity(self.edits.len());
        for (range, there, new) in self.edits.iter().map(sides) {
            if text.get(range.clone()) != Some(there) {
                return Err(strange);
            }
            changes.push((range, new));
        }
        let turned = splice(text, changes).ok_or(strange)?;
        match other.check(&turned) {
            Ok(()) => Ok(turned),
            Err(_) => Err(STRANGE_RESULT),
        }
    }

    /// The repaired text with some edits taken back, counted from 0 as in
    /// [`edits`](Self::edits).
    ///
    /// The patch does not fit the new text; [`without`](Self::without) gives
    /// one that does.
    ///
    /// ```
    /// let patch = unbake::repair("schÃ¶n").patch();
    /// assert_eq!(patch.revert_edits("schön", &[])?, "schön");
    /// assert_eq!(patch.revert_edits("schön", &[0])?, "schÃ¶n");
    /// # Ok::<(), unbake::repair::PatchError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As for [`revert`](Self::revert), and when there are not that many edits.
    pub fn revert_edits(&self, repaired: &str, indices: &[usize]) -> Result<String, PatchError> {
        self.without(repaired, indices).map(|(text, _)| text)
    }

    /// The repaired text with some edits taken back, and the patch with the
    /// others, which fits it.
    ///
    /// ```
    /// let mangled = "schÃ¶n";
    /// let patch = unbake::repair(mangled).patch();
    /// let (text, rest) = patch.without("schön", &[0])?;
    /// assert!(rest.is_empty());
    /// assert_eq!(rest.revert(&text)?, mangled);
    /// # Ok::<(), unbake::repair::PatchError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As for [`revert_edits`](Self::revert_edits).
    pub fn without(&self, repaired: &str, indices: &[usize]) -> Result<(String, Self), PatchError> {
        let chosen = choose(self.edits.len(), indices)?;
        let mangled = self.revert(repaired)?;
        let marked = || self.edits.iter().zip(&chosen);

        let back = marked().filter(|(_, chosen)| **chosen);
        let changes = back.map(|(edit, _)| (edit.repaired(), edit.before()));
        let text = splice(repaired, changes).ok_or(STRANGE_AFTER)?;

        // Where an edit stands in the new text: as far behind the edits before
        // it as it was in both texts.
        let mut edits = Vec::new();
        let (mut read, mut written) = (0, 0);
        for (edit, chosen) in marked() {
            let start = written + edit.original().start.saturating_sub(read);
            read = edit.original().end;
            if *chosen {
                written = start + edit.before().len();
            } else {
                written = start + edit.after().len();
                edits.push(edit.clone().moved_to(start));
            }
        }
        let rest = Self::new(&text, &mangled, edits);
        Ok((text, rest))
    }

    /// The repaired text, made anew from the mangled one.
    ///
    /// ```
    /// let patch = unbake::repair("schÃ¶n").patch();
    /// assert_eq!(patch.apply("schÃ¶n")?, "schön");
    /// # Ok::<(), unbake::repair::PatchError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When `mangled` is not the text that the patch was written for, or when
    /// the patch was changed.
    pub fn apply(&self, mangled: &str) -> Result<String, PatchError> {
        let prints = [&self.mangled, &self.repaired];
        let errors = [PatchError::AlreadyApplied, STRANGE_BEFORE];
        self.turned(mangled, prints, errors, |edit| {
            (edit.original(), edit.before(), edit.after())
        })
    }
}

const STRANGE_AFTER: PatchError = PatchError::Contradiction {
    contradiction: "an edit does not hold what stands in the repaired text",
};
const STRANGE_BEFORE: PatchError = PatchError::Contradiction {
    contradiction: "an edit does not hold what stands in the mangled text",
};
const STRANGE_RESULT: PatchError = PatchError::Contradiction {
    contradiction: "the edits do not lead to the text with its checksum",
};

impl fmt::Display for Patch {
    /// Writes the patch in the [format](super::format) that `parse` reads.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        patch_text::write(self, f)
    }
}

impl FromStr for Patch {
    type Err = PatchError;

    fn from_str(text: &str) -> Result<Self, PatchError> {
        patch_text::read(text)
    }
}

/// By which a text is known again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fingerprint {
    pub(super) length: usize,
    pub(super) checksum: u64,
}

impl Default for Fingerprint {
    /// That of an empty text.
    fn default() -> Self {
        Self {
            length: 0,
            checksum: FNV_OFFSET_BASIS,
        }
    }
}

impl Fingerprint {
    pub(super) fn of(text: &str) -> Self {
        let mut print = Self::default();
        print.extend(text.as_bytes());
        print
    }

    /// The fingerprint of the text with these bytes behind it.
    pub(crate) fn extend(&mut self, bytes: &[u8]) {
        self.length = self.length.saturating_add(bytes.len());
        self.checksum = fnv_1a(self.checksum, bytes);
    }

    fn check(&self, text: &str) -> Result<(), PatchError> {
        let Self { length, checksum } = Self::of(text);
        if *self == (Self { length, checksum }) {
            return Ok(());
        }
        Err(PatchError::OtherText {
            expected_length: self.length,
            expected_checksum: self.checksum,
            length,
            checksum,
        })
    }
}

const FNV_OFFSET_BASIS: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a with 64 bits, from <http://www.isthe.com/chongo/tech/comp/fnv/>, going on from a state.
///
/// Every step maps states one to one, so a single changed byte always shows.
fn fnv_1a(state: u64, bytes: &[u8]) -> u64 {
    const PRIME: u64 = 0x0100_0000_01b3;
    bytes.iter().fold(state, |state, &byte| {
        (state ^ u64::from(byte)).wrapping_mul(PRIME)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_fnv_1a() {
        // From the test vectors of RFC 9923 and Noll's page.
        assert_eq!(Fingerprint::of("").checksum, 0xcbf2_9ce4_8422_2325);
        assert_eq!(Fingerprint::of("a").checksum, 0xaf63_dc4c_8601_ec8c);
        assert_eq!(Fingerprint::of("foobar").checksum, 0x8594_4171_f739_67e8);
    }
}
