//! Every edit of a run on one page for a browser.
//!
//! The texts are strangers': each character of them that means something in
//! HTML is escaped, what cannot be seen or turns the direction of writing is
//! spelled out, and the page forbids itself scripts and everything from outside.

use std::fmt::Write as _;
use std::ops::Range;

use unbake::Repair;
use unbake::damage::{LeftAlone, LeftReason};

use crate::common::{Positions, count, is_unseen, percent};
use crate::words::{guessed, in_words, summary};

/// How many characters beside an edit are shown.
const CONTEXT: usize = 60;
/// How many characters of an edit are shown.
const SHOWN: usize = 300;
/// How many places are named where something was left.
const PLACES: usize = 10;

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
td.number { text-align: end; white-space: nowrap }
del { background: #f003; text-decoration: none }
ins { background: #0c03; text-decoration: none }
.beside { opacity: .6 }
.code { border: 1px solid #8888; border-radius: .2rem; font-size: .7em; padding: 0 .2em }
.guessed { color: #b60 }
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
            "Repaired, or found to hold what cannot be: {}. Each row is one edit: the text before and after, what had happened to it, \
             and how sure it is that the new text is right.",
            count(files, "file", "files")
        ),
    };
    format!(
        "{HEAD}<p>{told}</p>\n{}</body>\n</html>\n",
        sections.concat()
    )
}

/// The edits of one file as a section of the page, and how much was left as it stood; none where
/// there is neither.
pub fn section(name: &str, input: &str, repair: &Repair<'_>) -> Option<String> {
    let edits = repair.edits();
    let left = repair.left_alone();
    if edits.is_empty() && left.is_empty() {
        return None;
    }
    let mut out = String::new();
    let mut positions = Positions::new(input);
    // Writing to a string cannot fail.
    let _ = writeln!(out, "<section>\n<h2>{}</h2>", escaped(name));
    if !left.is_empty() {
        let _ = writeln!(
            out,
            "<p>Left as it stood: {} ({}).</p>",
            count(left.len(), "stretch", "stretches"),
            escaped(&placed(&left, input)),
        );
    }
    if edits.is_empty() {
        out.push_str("</section>\n");
        return Some(out);
    }
    let _ = write!(
        out,
        "<p>{}: {}. All of it is right with a probability of {}.</p>\n\
         <table>\n<tr><th>line:column</th><th>before</th><th>after</th><th>what had happened</th>\
         <th>how sure</th></tr>\n",
        count(edits.len(), "edit", "edits"),
        escaped(&summary(edits)),
        percent(repair.confidence()),
    );
    for edit in edits {
        let (line, column) = positions.find(edit.original().start);
        let side = |tag: &str, text: &str, range: Range<usize>| {
            let (ahead, behind) = beside(text, &range);
            let text = text.get(range).unwrap_or_default();
            format!(
                "<td class=\"text\"><bdi><span class=\"beside\">{}</span><{tag}>{}</{tag}>\
                 <span class=\"beside\">{}</span></bdi></td>",
                escaped(ahead),
                escaped(&cut(text)),
                escaped(behind)
            )
        };
        let guessed = match (edit.is_exact(), guessed(edit)) {
            (true, _) => String::new(),
            (false, None) => " <span class=\"guessed\">(in part guessed)</span>".to_owned(),
            (false, Some(odds)) => {
                format!(
                    " <span class=\"guessed\">(guessed: {})</span>",
                    escaped(&odds)
                )
            }
        };
        let _ = writeln!(
            out,
            "<tr><td class=\"number\">{line}:{column}</td>{}{}<td>{}{guessed}</td>\
             <td class=\"number\">{}</td></tr>",
            side("del", input, edit.original()),
            side("ins", repair.text(), edit.repaired()),
            escaped(&in_words(edit.cause())),
            percent(edit.confidence()),
        );
    }
    out.push_str("</table>\n</section>\n");
    Some(out)
}

/// Each reason to leave something, and where, by line and column of the input.
fn placed(left: &[LeftAlone], input: &str) -> String {
    let mut positions = Positions::new(input);
    let mut reasons: Vec<(LeftReason, Vec<String>)> = Vec::new();
    for stretch in left {
        let (line, column) = positions.find(stretch.original.start);
        let place = format!("{line}:{column}");
        match reasons.iter_mut().find(|r| r.0 == stretch.reason) {
            Some((_, places)) => places.push(place),
            None => reasons.push((stretch.reason, vec![place])),
        }
    }
    let told = reasons.iter().map(|(reason, places)| {
        let shown = places.get(..PLACES).unwrap_or(places).join(", ");
        match places.len().saturating_sub(PLACES) {
            0 => format!("{reason} at {shown}"),
            more => format!("{reason} at {shown} and {more} more"),
        }
    });
    told.collect::<Vec<_>>().join("; ")
}

/// What stands beside a stretch in its line.
fn beside<'t>(text: &'t str, range: &Range<usize>) -> (&'t str, &'t str) {
    let ahead = text.get(..range.start).unwrap_or_default();
    let from = ahead.char_indices().rev().take(CONTEXT);
    let from = from.take_while(|(_, c)| *c != '\n').last();
    let behind = text.get(range.end..).unwrap_or_default();
    let to = behind.char_indices().take(CONTEXT);
    let to = to.take_while(|(_, c)| *c != '\n').last();
    (
        from.and_then(|(at, _)| ahead.get(at..)).unwrap_or_default(),
        to.and_then(|(at, c)| behind.get(..at + c.len_utf8()))
            .unwrap_or_default(),
    )
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
