//! Escape sequences of terminals, as ECMA-48 has them.

use super::draft::Draft;
use super::rule::TidyRule;
use super::{TerminalEscapes, Tidy};
use crate::repair::ProposedEdit;

const ESCAPE: char = '\u{1b}';

pub(super) fn edits(tidy: &Tidy, text: &str) -> Vec<ProposedEdit> {
    let mut draft = Draft::default();
    if tidy.terminal_escapes == TerminalEscapes::Remove {
        for (at, _) in text.match_indices(ESCAPE) {
            if let Some(length) = text.get(at..).and_then(sequence) {
                draft.replace(at..at + length, "", TidyRule::TerminalEscapes);
            }
        }
    }
    draft.into_edits()
}

/// How many bytes the escape sequence has that begins this text.
///
/// No byte but the last two is an escape, so that a text is read once however many sequences begin in it.
fn sequence(text: &str) -> Option<usize> {
    match text.as_bytes().get(1)? {
        b'[' => control_sequence(text),
        b']' => operating_system_command(text),
        _ => None,
    }
}

/// Parameter bytes, intermediate bytes, one final byte.
fn control_sequence(text: &str) -> Option<usize> {
    let rest = text.get(2..)?;
    let rest = rest.trim_start_matches(|c| ('0'..='?').contains(&c));
    let rest = rest.trim_start_matches(|c| (' '..='/').contains(&c));
    let last = rest.chars().next()?;
    (('@'..='~').contains(&last)).then_some(text.len() - rest.len() + 1)
}

/// Anything but controls, up to BEL or ESC \.
fn operating_system_command(text: &str) -> Option<usize> {
    let end = 2 + text.get(2..)?.find(char::is_control)?;
    let rest = text.get(end..)?;
    ["\u{7}", "\u{1b}\\"]
        .iter()
        .find(|terminator| rest.starts_with(**terminator))
        .map(|terminator| end + terminator.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sequence_ends_where_the_standard_says() {
        for (text, expected) in [
            ("\u{1b}[mx", Some(3)),
            ("\u{1b}[38;5;196mx", Some(11)),
            ("\u{1b}[38:2::1:2:3mx", Some(14)),
            ("\u{1b}[?25lx", Some(6)),
            ("\u{1b}[0 qx", Some(5)),
            ("\u{1b}]0;title\u{7}x", Some(10)),
            ("\u{1b}]8;;http://a.b/ü\u{1b}\\x", Some(20)),
            // Not ended, or broken off.
            ("\u{1b}[38;5", None),
            ("\u{1b}[3é", None),
            ("\u{1b}]0;title", None),
            ("\u{1b}]0;title\nx\u{7}", None),
            ("\u{1b}]0;title\u{1b}[m", None),
            // Not of the two kinds: ISO-2022-JP, reset, nothing.
            ("\u{1b}$B", None),
            ("\u{1b}(B", None),
            ("\u{1b}c", None),
            ("\u{1b}", None),
        ] {
            assert_eq!(sequence(text), expected, "{text:?}");
        }
    }
}
