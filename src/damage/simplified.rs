//! Simplified characters out of the traditional ones that were made of them, on request.

use std::sync::LazyLock;

use opencc_fmmseg::OpenCC;

use crate::repair::{Cause, Certainty, ProposedEdit, Repair, Repairer, compose};
use crate::tidy::{TidyRule, TidyRules};

/// A traditional character, a reading of it that only one of its simplified characters has, and that one. No reading is here
/// that programs put behind the traditional character wherever it stands: real pages have 承擔著(zhù), which is 承担着.
const BY_READING: &[(char, &str, char)] = &[('著', "zhe", '着')];

/// OpenCC with its own tables, which it unpacks.
static OPENCC: LazyLock<OpenCC> = LazyLock::new(OpenCC::new);

/// Repairs a text and writes its traditional characters as simplified ones.
///
/// Copies of Chinese pages that were run through a program often had their simplified characters replaced by traditional
/// ones, too. Nothing shows that in a single page, as other pages were traditional from the start: so this is only done
/// where it is asked for, for all of the text. OpenCC's tables decide, by phrases; where a character has two simplified
/// ones, such as 著, and the page had a [reading](Cause::Reading) that only one of them has, the reading does. Each change is an edit with the
/// cause [`TidyRule::Simplified`] and can be taken back.
///
/// Costs as much as the repair and a few tens of milliseconds for the tables, once. Needs the feature `simplified`.
///
/// ```
/// use unbake::{Repairer, damage::simplified};
///
/// let page = "能夠?qū)崿F(xiàn)，會(huì)議，關(guān)于，實(shí)驗，會(huì)員，名著(zhù)";
/// let repair = simplified(&Repairer::new(), page);
/// assert_eq!(repair.text(), "能够实现，会议，关于，实验，会员，名著");
/// assert_eq!(repair.revert(), page);
/// ```
pub fn simplified<'a>(repairer: &Repairer, text: &'a str) -> Repair<'a> {
    let repair = repairer.repair(text);
    let edits = edits(&repair);
    if edits.is_empty() {
        return repair;
    }
    Repair::new(text, compose(text, &repair, edits))
}

/// What is to be changed in the text of a repair.
fn edits(repair: &Repair<'_>) -> Vec<ProposedEdit> {
    let text = repair.text();
    if text.is_ascii() {
        return Vec::new();
    }
    let converted = OPENCC.t2s(text, false);
    // Phrases have as many characters in both.
    let same_length = converted.chars().count() == text.chars().count();
    let mut simple = converted.chars();
    let mut readings = readings(repair).peekable();
    let mut edits: Vec<ProposedEdit> = Vec::new();
    for (at, c) in text.char_indices() {
        let mut new = simple.next().filter(|_| same_length).unwrap_or(c);
        let end = at + c.len_utf8();
        while readings.next_if(|reading| reading.0 < end).is_some() {}
        if let Some((_, reading)) = readings.next_if(|reading| reading.0 == end) {
            let mut rows = BY_READING.iter();
            let known = rows.find(|row| row.0 == c && row.1 == reading);
            new = known.map_or(new, |row| row.2);
        }
        if new == c {
            continue;
        }
        match edits.last_mut() {
            Some(last) if last.original.end == at => {
                last.original.end = end;
                last.after.push(new);
            }
            _ => edits.push(ProposedEdit {
                original: at..end,
                after: new.to_string(),
                cause: Cause::Tidy(TidyRules::from(TidyRule::Simplified)),
                // There is nothing to guess: the user asked for just this.
                certainty: Certainty::Exact,
                confidence: 1.0,
            }),
        }
    }
    edits
}

/// The readings that were taken out, and where they stood in the repaired text.
fn readings<'r>(repair: &'r Repair<'_>) -> impl Iterator<Item = (usize, &'r str)> + 'r {
    let mut removed = repair.edits().iter();
    std::iter::from_fn(move || {
        let edit = removed.find(|edit| edit.cause() == Cause::Reading)?;
        let reading = edit.before().trim_matches(|c: char| !c.is_alphabetic());
        Some((edit.repaired().start, reading))
    })
}
