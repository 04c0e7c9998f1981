//! Every edit of a run on one page for a browser.
//!
//! The texts are strangers': each character of them that means something in
//! HTML is escaped, what cannot be seen or turns the direction of writing is
//! spelled out, and the page forbids itself scripts and everything from outside.

use std::fmt::Write as _;
use std::ops::Range;

use unbake::Repair;
use unbake::damage::LeftReason;
use unbake::repair::Edit;

use crate::common::{Positions, count, is_unseen, percent};
use crate::words::{guessed, in_words, summary};

/// How many characters beside an edit are shown.
const CONTEXT: usize = 60;
/// How many characters of an edit are shown.
const SHOWN: usize = 300;
/// How many edits a row has at most.
const TOGETHER: usize = 12;
/// How many stretches are shown that were left for the same reason.
const PLACES: usize = 10;
/// What is less sure than that is marked.
const SURE: f32 = 0.9;

const HEAD: &str = r#"<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>What was repaired</title>
<style>
:root { color-scheme: light dark }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 80rem; padding: 0 1rem }
h2 { font-size: 1.1rem; margin-top: 2rem; overflow-wrap: anywhere }
table { border-collapse: collapse; width: 100% }
th, td { border-top: 1px solid #8886; padding: .3rem .6rem; text-align: start; vertical-align: top }
td.text { overflow-wrap: anywhere; white-space: pre-wrap; min-width: 12rem }
td.number { text-align: end; white-space: nowrap; width: 1% }
del { background: #f003; text-decoration: none }
ins { background: #0c03; text-decoration: none }
.beside { opacity: .6 }
.code { border: 1px solid #8888; border-radius: .2rem; font-size: .7em; padding: 0 .2em }
.guessed, .unsure { color: #b60 }
mark { background: #fc06; color: inherit }
</style>
</head>
<body>
<h1>What was repaired</h1>
"#;

/// The page around the sections of the files, in the order of the files.
pub fn page(sections: &[String]) -> String {
    let told = match sections.len() {
        0 => "Nothing had to be repaired.".to_owned(),
        files => format!(
            "In {} there was something to repair, or something that cannot be repaired. Each row shows \
             <del>what stood there</del> and <ins>what stands there now</ins>, what had happened to it, and how sure it \
             is that the new text is right; <span class=\"unsure\">what is less sure than {}</span> is marked. \
             Places are line:column of the text before.",
            count(files, "file", "files"),
            percent(SURE),
        ),
    };
    format!(
        "{HEAD}<p>{told}</p>\n{}</body>\n</html>\n",
        sections.concat()
    )
}

/// The edits of one file as a section of the page, and what was left as it stood; none where
/// there is neither.
pub fn section(name: &str, input: &str, repair: &Repair<'_>) -> Option<String> {
    let edited = edits(input, repair);
    let left = left(input, repair);
    if edited.is_empty() && left.is_empty() {
        return None;
    }
    Some(format!(
        "<section>\n<h2>{}</h2>\n{edited}{left}</section>\n",
        escaped(name)
    ))
}

/// What was changed, a row for edits that stand together and have the same cause.
fn edits(input: &str, repair: &Repair<'_>) -> String {
    let edits = repair.edits();
    if edits.is_empty() {
        return String::new();
    }
    let guessed = edits.iter().filter(|edit| !edit.is_exact()).count();
    let guessed = match guessed {
        0 => String::new(),
        n => format!(" In {n} of them something was lost and had to be guessed."),
    };
    let mut out = format!(
        "<p>{}: {}. All of it is right with a probability of {}.{guessed}</p>\n\
         <table>\n<tr><th>place</th><th>before</th><th>after</th><th>what had happened</th>\
         <th>how sure</th></tr>\n",
        count(edits.len(), "edit", "edits"),
        escaped(&summary(edits)),
        escaped(&percent(repair.confidence())),
    );
    let mut positions = Positions::new(input);
    let rows = edits.chunk_by(|one, next| stand_together(one, next, input));
    for row in rows.flat_map(|row| row.chunks(TOGETHER)) {
        let Some(first) = row.first() else { continue };
        let (line, column) = positions.find(first.original().start);
        let many = match row.len() {
            1 => String::new(),
            n => format!("<br>{n} edits"),
        };
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "<tr><td class=\"number\">{line}:{column}{many}</td>{}{}<td>{}{}</td>\
             <td class=\"number{}\">{}</td></tr>",
            side("del", input, row.iter().map(Edit::original)),
            side("ins", repair.text(), row.iter().map(Edit::repaired)),
            escaped(&in_words(first.cause())),
            guess(first),
            if first.confidence() < SURE {
                " unsure"
            } else {
                ""
            },
            escaped(&percent(first.confidence())),
        );
    }
    out.push_str("</table>\n");
    out
}

/// Whether both would say the same in their rows, and about the same words.
fn stand_together(one: &Edit, next: &Edit, input: &str) -> bool {
    let between = input.get(one.original().end..next.original().start);
    one.is_exact()
        && next.is_exact()
        && one.cause() == next.cause()
        && percent(one.confidence()) == percent(next.confidence())
        && between.is_some_and(|text| text.len() <= CONTEXT && !text.contains('\n'))
}

/// One side of a row: the stretches marked, and what stands beside and between them.
fn side(tag: &str, text: &str, ranges: impl Iterator<Item = Range<usize>>) -> String {
    let beside = |text: &str| format!("<span class=\"beside\">{}</span>", escaped(text));
    let mut cell = "<td class=\"text\"><bdi>".to_owned();
    let mut end = None;
    for range in ranges {
        cell += &beside(match end {
            None => ahead(text, range.start),
            Some(end) => text.get(end..range.start).unwrap_or_default(),
        });
        end = Some(range.end);
        let stretch = escaped(&cut(text.get(range).unwrap_or_default()));
        cell += &format!("<{tag}>{stretch}</{tag}>");
    }
    cell += &beside(behind(text, end.unwrap_or_default()));
    cell + "</bdi></td>"
}

fn guess(edit: &Edit) -> String {
    let told = match (edit.is_exact(), guessed(edit)) {
        (true, _) => return String::new(),
        (false, None) => "in part guessed".to_owned(),
        (false, Some(odds)) => format!("guessed: {}", escaped(&odds)),
    };
    format!(" <span class=\"guessed\">({told})</span>")
}

/// What is not as it was written and could not be put right, why, and what can be done about it.
fn left(input: &str, repair: &Repair<'_>) -> String {
    let left = repair.left_alone();
    let mut positions = Positions::new(input);
    let mut reasons: Vec<(LeftReason, Vec<String>)> = Vec::new();
    for stretch in &left {
        let (line, column) = positions.find(stretch.original.start);
        let row = format!(
            "<tr><td class=\"number\">{line}:{column}</td>{}</tr>\n",
            side("mark", input, std::iter::once(stretch.original.clone()))
        );
        // Of some kinds there is the same to be said.
        let same = |reason: LeftReason| reason.explain() == stretch.reason.explain();
        match reasons.iter_mut().find(|r| same(r.0)) {
            Some((_, rows)) => rows.push(row),
            None => reasons.push((stretch.reason, vec![row])),
        }
    }
    let mut out = String::new();
    for (reason, rows) in reasons {
        let more = match rows.len().saturating_sub(PLACES) {
            0 => String::new(),
            more => format!("<p>and {more} more</p>\n"),
        };
        let _ = write!(
            out,
            "<p>Left as it stood: {}, {reason}. {} {}</p>\n<table>\n{}</table>\n{more}",
            count(rows.len(), "stretch", "stretches"),
            escaped(reason.explain()),
            escaped(reason.advice()),
            rows.get(..PLACES).unwrap_or(&rows).concat(),
        );
    }
    out
}

/// What stands before a place in its line.
fn ahead(text: &str, start: usize) -> &str {
    let ahead = text.get(..start).unwrap_or_default();
    let from = ahead.char_indices().rev().take(CONTEXT);
    let from = from.take_while(|(_, c)| *c != '\n').last();
    from.and_then(|(at, _)| ahead.get(at..)).unwrap_or_default()
}

/// What stands after a place in its line.
fn behind(text: &str, end: usize) -> &str {
    let behind = text.get(end..).unwrap_or_default();
    let to = behind.char_indices().take(CONTEXT);
    let to = to.take_while(|(_, c)| *c != '\n').last();
    to.and_then(|(at, c)| behind.get(..at + c.len_utf8()))
        .unwrap_or_default()
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// A text as HTML that can be nothing but text.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if is_unseen(c) => {
                let _ = write!(out, "<span class=\"code\">U+{:04X}</span>", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}
