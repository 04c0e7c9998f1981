//! How sure a repair is as a whole: whether the text is what it was before anything befell it.

use super::cause::Cause;
use super::edit::Edit;
use crate::detect::symbols::is_alphabetic;

/// How likely a text is the original whose capitals were lost: half of such texts had none but those that are known
/// (`.ci/accuracy`).
const CASE_LOST: f32 = 0.5;
/// How likely a text is the original in which a sign still stands for something that was lost.
const LOSS_SHOWN: f32 = 0.02;

/// The probability that `text`, which `edits` made, is what it was.
pub(super) fn of_whole(text: &str, edits: &[Edit]) -> f32 {
    let mut least_sure: Vec<(Cause, f32)> = Vec::new();
    for edit in edits {
        let (Some(cause), _) = edit.cause().parts() else {
            continue;
        };
        match least_sure.iter_mut().find(|(known, _)| *known == cause) {
            Some((_, least)) => *least = least.min(edit.confidence()),
            None => least_sure.push((cause, edit.confidence())),
        }
    }
    let sure: f32 = least_sure.iter().map(|(_, least)| least).product();
    let mut inferred = edits.iter().filter(|edit| !edit.is_exact());
    if shows_a_loss(text, edits) {
        sure * LOSS_SHOWN
    } else if inferred.any(Edit::has_lost_case) {
        sure * CASE_LOST
    } else {
        sure
    }
}

/// Whether a sign stands for what was lost in what was repaired: U+FFFD, or `?` between letters.
fn shows_a_loss(text: &str, edits: &[Edit]) -> bool {
    let is_lost = |edit: &Edit| edit.after().contains('\u{FFFD}') || has_gap(edit.after());
    let is_gap = |pair: &[Edit]| {
        let [before, after] = pair else { return false };
        let between = before.repaired().end..after.repaired().start;
        text.get(between).is_some_and(are_questions)
            && before.after().ends_with(is_other_letter)
            && after.after().starts_with(is_other_letter)
    };
    edits.iter().any(is_lost) || edits.windows(2).any(is_gap)
}

fn are_questions(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte == b'?')
}

/// Whether question marks stand between letters outside ASCII.
fn has_gap(text: &str) -> bool {
    let parts: Vec<&str> = text.split('?').filter(|part| !part.is_empty()).collect();
    let is_gap = |pair: &[&str]| matches!(pair, [a, b] if a.ends_with(is_other_letter) && b.starts_with(is_other_letter));
    parts.windows(2).any(is_gap)
}

fn is_other_letter(c: char) -> bool {
    !c.is_ascii() && is_alphabetic(c)
}

#[cfg(test)]
mod tests {
    use crate::repair;

    #[test]
    fn a_text_that_shows_a_loss_is_hardly_what_it_was() {
        let cases = [
            // Whole; a question mark that was one; letters that are gone; signs that stand for them.
            ("Das war schÃ¶n und grÃ¼n.", true),
            ("ÐŸÑ€Ð¸Ð²ÐµÑ‚? Ð”Ð°, Ð¿Ñ€Ð¸Ð²ÐµÑ‚!", true),
            ("ÐŸÑ€Ð¸Ð²ÐµÑ‚, Ð¼Ð¸?Ð¼Ð¸, ÐºÐ°Ðº Ð´ÐµÐ»Ð°", false),
        ];
        for (text, expected) in cases {
            let found = repair(text);
            assert!(found.is_changed(), "{text}");
            assert_eq!(found.confidence() > 0.5, expected, "{}", found.text());
        }
    }
}
