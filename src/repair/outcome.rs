//! What a repair hands back: the text, and how to take it back.

use std::borrow::Cow;
use std::ops::Range;

use crate::damage::{LeftAlone, LeftReason, lost, unsolved};

use super::cause::Cause;
use super::confidence;
use super::edit::{Certainty, Edit, splice};
use super::error::PatchError;
use super::patch::Patch;

/// A repaired text with the edits that led to it.
///
/// Two promises hold for every text `x`: `repair(x).revert() == x`, and
/// [`into_text`](Self::into_text) borrows `x`, without an allocation, if and
/// only if nothing was changed.
///
/// ```
/// let repair = unbake::repair("Das war schÃ¶n.");
/// assert_eq!(repair.text(), "Das war schön.");
/// assert_eq!(repair.edits().len(), 1);
/// assert_eq!(repair.revert(), "Das war schÃ¶n.");
/// ```
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a repair changes nothing in place; take its text"]
pub struct Repair<'a> {
    text: Cow<'a, str>,
    // Sorted and apart, in the mangled as in the repaired text; each changes
    // something; `text` is borrowed if there are none.
    edits: Vec<Edit>,
}

#[cfg(feature = "serde")]
impl Repair<'static> {
    /// The repair of these parts, if they fit together.
    pub(crate) fn from_parts(text: String, edits: Vec<Edit>) -> Option<Self> {
        let (mut mangled, mut repaired) = (0, 0);
        for edit in &edits {
            let between = edit.repaired().start.checked_sub(repaired)?;
            let fits = edit.original().start.checked_sub(mangled) == Some(between)
                && text.get(edit.repaired()) == Some(edit.after())
                && text.is_char_boundary(repaired)
                && edit.before() != edit.after()
                && edit.certainty().fits(edit.after());
            if !fits {
                return None;
            }
            (mangled, repaired) = (edit.original().end, edit.repaired().end);
        }
        let text = Cow::Owned(text);
        Some(Self { text, edits })
    }
}

/// An edit that an engine wants to see made.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ProposedEdit {
    /// Which bytes of the mangled text are to be replaced.
    pub(crate) original: Range<usize>,
    /// By what.
    pub(crate) after: String,
    /// What had happened to them.
    pub(crate) cause: Cause,
    /// Whether the new text follows from the old one.
    pub(crate) certainty: Certainty,
    /// How probable it is that `after` is right.
    pub(crate) confidence: f32,
}

impl<'a> Repair<'a> {
    /// The repair that makes these edits, in whatever order they come.
    ///
    /// An edit that changes nothing is left out, and so is one that overlaps
    /// an earlier one or cuts through a character (which is an engine's
    /// mistake, and a panic in debug builds). A claim of [`Certainty::Exact`]
    /// that the chain does not bear out is not kept.
    pub(crate) fn new(original: &'a str, proposed: Vec<ProposedEdit>) -> Self {
        let (repair, refused) = Self::build(original, proposed);
        debug_assert_eq!(refused, 0, "edits must not overlap or cut a character");
        repair
    }

    /// The repair, and how many of the edits did not fit.
    pub(super) fn build(original: &'a str, mut proposed: Vec<ProposedEdit>) -> (Self, usize) {
        proposed.sort_by_key(|edit| (edit.original.start, edit.original.end));
        let mut refused = 0;
        let mut edits = Vec::with_capacity(proposed.len());
        // The ends of the last edit in both texts.
        let (mut read, mut written) = (0, 0);
        for edit in proposed {
            let range = edit.original.clone();
            let between = original.get(read..range.start);
            let (Some(between), Some(before)) = (between, original.get(range.clone())) else {
                refused += 1;
                continue;
            };
            if before == edit.after {
                continue;
            }
            let at = (range.start, written + between.len());
            (read, written) = (range.end, at.1 + edit.after.len());
            edits.push(accept(at, before, edit));
        }
        if edits.is_empty() {
            return (Self::unchanged(original), refused);
        }
        let changes = edits.iter().map(|edit| (edit.original(), edit.after()));
        match splice(original, changes) {
            Some(text) => {
                let text = Cow::Owned(text);
                (Self { text, edits }, refused)
            }
            None => (Self::unchanged(original), refused + edits.len()),
        }
    }

    /// The repair of a text that needs none.
    pub(crate) fn unchanged(original: &'a str) -> Self {
        Self {
            text: Cow::Borrowed(original),
            edits: Vec::new(),
        }
    }

    /// The repaired text.
    ///
    /// ```
    /// assert_eq!(unbake::repair("schÃ¶n").text(), "schön");
    /// ```
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The repaired text alone: borrowed if nothing was changed.
    ///
    /// ```
    /// use std::borrow::Cow;
    ///
    /// let clean = unbake::repair("Das war schön.");
    /// assert!(matches!(clean.into_text(), Cow::Borrowed("Das war schön.")));
    /// ```
    #[must_use]
    pub fn into_text(self) -> Cow<'a, str> {
        self.text
    }

    /// The same repair with a text of its own, so that it outlives the text it was made from.
    ///
    /// ```
    /// let repair = {
    ///     let read = String::from("schÃ¶n");
    ///     unbake::repair(&read).into_owned()
    /// };
    /// assert_eq!(repair.text(), "schön");
    /// ```
    pub fn into_owned(self) -> Repair<'static> {
        Repair {
            text: Cow::Owned(self.text.into_owned()),
            edits: self.edits,
        }
    }

    /// Whether anything was changed.
    ///
    /// ```
    /// assert!(unbake::repair("schÃ¶n").is_changed());
    /// assert!(!unbake::repair("schön").is_changed());
    /// ```
    #[must_use]
    pub fn is_changed(&self) -> bool {
        !self.edits.is_empty()
    }

    /// What was changed: sorted, and no two of them overlap.
    ///
    /// ```
    /// let repair = unbake::repair("schÃ¶n");
    /// for edit in repair.edits() {
    ///     println!("{} -> {}: {}", edit.before(), edit.after(), edit.cause());
    /// }
    /// assert_eq!(repair.edits().len(), 1);
    /// ```
    #[must_use]
    pub fn edits(&self) -> &[Edit] {
        &self.edits
    }

    /// What is not as it was written and could not be put right, in order and apart: text that is
    /// [lost](crate::damage::lost), and stretches of damaged pages that are read one byte off.
    ///
    /// It is looked for when it is asked for, in time that grows with the text.
    ///
    /// ```
    /// let repair = unbake::repair("Das war schÃ¶n, im caf\u{fffd}.");
    /// let left = repair.left_alone();
    /// assert_eq!(left.len(), 1);
    /// assert_eq!(&repair.text()[left[0].repaired.clone()], "\u{fffd}");
    /// assert_eq!(left[0].reason.to_string(), "replacement characters");
    /// ```
    #[must_use]
    pub fn left_alone(&self) -> Vec<LeftAlone> {
        let mangled = self.revert();
        let shifts = self.edits.iter().filter(|e| e.cause() == Cause::ByteShift);
        let solved: Vec<_> = shifts.map(Edit::original).collect();
        let mut left: Vec<LeftAlone> = unsolved(&mangled, &solved)
            .into_iter()
            .map(|original| {
                let repaired =
                    self.repaired_at(original.start, false)..self.repaired_at(original.end, true);
                LeftAlone::new(original, repaired, LeftReason::Shifted)
            })
            .collect();
        left.extend(lost::lost(&self.text).map(|lost| {
            let original =
                self.mangled_at(lost.range.start, false)..self.mangled_at(lost.range.end, true);
            LeftAlone::new(original, lost.range, LeftReason::Lost(lost.kind))
        }));
        left.sort_by_key(|l| (l.repaired.start, l.reason != LeftReason::Shifted));
        let mut free_from = 0;
        left.retain(|l| {
            let is_free = l.repaired.start >= free_from;
            free_from = free_from.max(l.repaired.end);
            is_free
        });
        left
    }

    /// Where a byte of the mangled text stands in the repaired one: within an edit, where that
    /// begins, or where it ends.
    fn repaired_at(&self, mangled: usize, end: bool) -> usize {
        let next = self
            .edits
            .partition_point(|e| e.original().start <= mangled);
        match next.checked_sub(1).and_then(|i| self.edits.get(i)) {
            None => mangled,
            Some(e) if mangled >= e.original().end => mangled - e.original().end + e.repaired().end,
            Some(e) if end && mangled > e.original().start => e.repaired().end,
            Some(e) => e.repaired().start,
        }
    }

    /// Where a byte of the repaired text stood in the mangled one.
    fn mangled_at(&self, repaired: usize, end: bool) -> usize {
        let next = self
            .edits
            .partition_point(|e| e.repaired().start <= repaired);
        match next.checked_sub(1).and_then(|i| self.edits.get(i)) {
            None => repaired,
            Some(e) if repaired >= e.repaired().end => {
                repaired - e.repaired().end + e.original().end
            }
            Some(e) if end && repaired > e.repaired().start => e.original().end,
            Some(e) => e.original().start,
        }
    }

    /// The probability that the repaired text is what it was before anything befell it; 1 if nothing was changed.
    ///
    /// Edits of the same cause mostly stand and fall together (a document has
    /// one history), so each cause counts once, by its least sure edit;
    /// different causes count as independent. Clean-ups are as they were asked
    /// for, and don't count. Where small letters stand for capitals that were
    /// lost, all edits may be right and the text is not: it is less sure. One in
    /// which U+FFFD stands for what nobody can know, or `?` between letters, is
    /// hardly what it was.
    ///
    /// ```
    /// assert_eq!(unbake::repair("nothing wrong here").confidence(), 1.0);
    /// let repair = unbake::repair("schÃ¶n");
    /// assert_eq!(repair.confidence(), repair.edits()[0].confidence());
    /// // The capital of the city was lost with that of `Ã`.
    /// let repair = unbake::repair("montrã©al, quã©bec, trois-riviã¨res");
    /// assert_eq!(repair.text(), "montréal, québec, trois-rivières");
    /// assert!(repair.confidence() < repair.edits()[0].confidence());
    /// ```
    #[must_use]
    pub fn confidence(&self) -> f32 {
        confidence::of_whole(self.text(), &self.edits)
    }

    /// The mangled text, rebuilt from the repaired text and the edits.
    ///
    /// ```
    /// let mangled = "Das war schÃ¶n.";
    /// assert_eq!(unbake::repair(mangled).revert(), mangled);
    /// ```
    #[must_use]
    pub fn revert(&self) -> Cow<'_, str> {
        self.put_back(|_| true)
    }

    /// The text with one edit taken back, counted from 0 as in [`edits`](Self::edits).
    ///
    /// ```
    /// let repair = unbake::repair("schÃ¶n");
    /// assert_eq!(repair.revert_edit(0)?, "schÃ¶n");
    /// # Ok::<(), unbake::repair::PatchError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`PatchError::NoSuchEdit`] if there are not that many.
    pub fn revert_edit(&self, index: usize) -> Result<Cow<'_, str>, PatchError> {
        self.revert_edits(&[index])
    }

    /// The text with some edits taken back, counted from 0 as in [`edits`](Self::edits).
    ///
    /// To go on with the edits that stay, see [`Patch::without`].
    ///
    /// ```
    /// use unbake::repair::PatchError;
    ///
    /// let repair = unbake::repair("schÃ¶n");
    /// assert_eq!(repair.revert_edits(&[0])?, "schÃ¶n");
    /// assert_eq!(repair.revert_edits(&[])?, "schön");
    /// assert!(repair.revert_edits(&[7]).is_err());
    /// # Ok::<(), PatchError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`PatchError::NoSuchEdit`] if there are not that many.
    pub fn revert_edits(&self, indices: &[usize]) -> Result<Cow<'_, str>, PatchError> {
        let chosen = choose(self.edits.len(), indices)?;
        Ok(self.put_back(|index| chosen.get(index) == Some(&true)))
    }

    /// What is needed to take the repair back later, with the repaired text at
    /// hand and the mangled one gone.
    ///
    /// ```
    /// use unbake::repair::Patch;
    ///
    /// let repair = unbake::repair("schÃ¶n");
    /// let file = repair.patch().to_string();
    ///
    /// let patch: Patch = file.parse()?;
    /// assert_eq!(patch.revert("schön")?, "schÃ¶n");
    /// # Ok::<(), unbake::repair::PatchError>(())
    /// ```
    pub fn patch(&self) -> Patch {
        let edits = self.edits.iter().cloned().map(Edit::without_odds);
        Patch::new(&self.text, &self.revert(), edits.collect())
    }

    /// The text with the old text put back where the edit is chosen.
    fn put_back(&self, chosen: impl Fn(usize) -> bool) -> Cow<'_, str> {
        if self.edits.is_empty() {
            return Cow::Borrowed(&self.text);
        }
        let chosen = self
            .edits
            .iter()
            .enumerate()
            .filter(|(index, _)| chosen(*index));
        let changes = chosen.map(|(_, edit)| (edit.repaired(), edit.before()));
        let text = splice(&self.text, changes);
        debug_assert!(text.is_some(), "the edits fit the text they were made in");
        text.map_or(Cow::Borrowed(&self.text), Cow::Owned)
    }
}

impl From<&Edit> for ProposedEdit {
    fn from(edit: &Edit) -> Self {
        Self {
            original: edit.original(),
            after: edit.after().to_owned(),
            cause: edit.cause(),
            certainty: edit.certainty().clone(),
            confidence: edit.confidence(),
        }
    }
}

/// The edit as it is made, its claims checked.
fn accept(at: (usize, usize), before: &str, proposed: ProposedEdit) -> Edit {
    let ProposedEdit {
        after,
        cause,
        mut certainty,
        confidence,
        ..
    } = proposed;
    let borne_out = match (&certainty, cause) {
        (Certainty::Exact, Cause::Chain(chain)) => {
            chain.mangle(&after).is_ok_and(|old| old == before)
        }
        _ => certainty.fits(&after),
    };
    if !borne_out {
        certainty = Certainty::vague();
    }
    Edit::new(
        at,
        before.into(),
        after.into(),
        cause,
        certainty,
        confidence,
    )
}

/// Marks which of `count` edits are meant by these indices.
pub(super) fn choose(count: usize, indices: &[usize]) -> Result<Vec<bool>, PatchError> {
    let mut chosen = vec![false; count];
    for &index in indices {
        *chosen
            .get_mut(index)
            .ok_or(PatchError::NoSuchEdit { index, count })? = true;
    }
    Ok(chosen)
}
