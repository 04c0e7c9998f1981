//! A repair in words.

use std::fmt::Write as _;

use unbake::Repair;
use unbake::repair::Edit;

use crate::common::{Positions, count, percent, visible};
use crate::words::{guessed, summary};

/// How many characters of an edit are shown.
const SHOWN: usize = 60;

/// What was wrong, how sure that is, and each edit with its place in the input.
pub fn explain(name: &str, input: &str, repair: &Repair<'_>) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = write(&mut out, name, input, repair);
    out
}

fn write(out: &mut String, name: &str, input: &str, repair: &Repair<'_>) -> std::fmt::Result {
    let edits = repair.edits();
    if edits.is_empty() {
        writeln!(out, "{name}: nothing to repair")?;
        return write_left_alone(out, input, repair);
    }
    let inferred = edits.iter().filter(|edit| !edit.is_exact()).count();
    writeln!(
        out,
        "{name}: {} repaired",
        count(edits.len(), "stretch", "stretches")
    )?;
    writeln!(out, "  what was wrong   {}", summary(edits))?;
    writeln!(
        out,
        "  how sure         {} that all of it is right",
        percent(repair.confidence())
    )?;
    let sort = match inferred {
        0 => "all exact: the mishap, run again, gives the input to the byte".to_owned(),
        n => format!(
            "{} exact, {n} inferred: something was lost and had to be guessed",
            edits.len() - n
        ),
    };
    writeln!(out, "  what was done    {sort}")?;

    let mut positions = Positions::new(input);
    let rows: Vec<Row> = edits
        .iter()
        .map(|edit| Row::new(edit, &mut positions))
        .collect();
    let width = |cell: fn(&Row) -> &str| {
        rows.iter()
            .map(|row| cell(row).chars().count())
            .max()
            .unwrap_or(0)
    };
    let (place, cause) = (width(|row| &row.place), width(|row| &row.cause));
    let number = edits.len().to_string().len();
    writeln!(out, "  edits, by line:column of the input")?;
    for (index, row) in rows.iter().enumerate() {
        let Row {
            place: at,
            cause: why,
            certainty,
            confidence,
            change,
            guessed,
        } = row;
        writeln!(
            out,
            "  #{:<number$}  {at:<place$}  {why:<cause$}  {certainty:<8}  {confidence:>6}  {change}{guessed}",
            index + 1,
        )?;
    }
    write_left_alone(out, input, repair)?;
    writeln!(out)
}

/// What is wrong and could not be put right, and what can be done about each kind.
fn write_left_alone(out: &mut String, input: &str, repair: &Repair<'_>) -> std::fmt::Result {
    let left = repair.left_alone();
    if left.is_empty() {
        return Ok(());
    }
    writeln!(out, "  left as it stood, by line:column of the input")?;
    let mut positions = Positions::new(input);
    let mut reasons = Vec::new();
    for stretch in &left {
        let (line, column) = positions.find(stretch.original.start);
        let text = repair.text().get(stretch.repaired.clone());
        let text = visible(text.unwrap_or_default(), SHOWN);
        writeln!(out, "  {line}:{column}  {}  {text}", stretch.reason)?;
        if !reasons.contains(&stretch.reason) {
            reasons.push(stretch.reason);
        }
    }
    for reason in reasons {
        writeln!(out, "  {reason}: {} {}", reason.explain(), reason.advice())?;
    }
    Ok(())
}

/// One edit as it is shown.
struct Row {
    place: String,
    cause: String,
    certainty: &'static str,
    confidence: String,
    change: String,
    guessed: String,
}

impl Row {
    fn new(edit: &Edit, positions: &mut Positions<'_>) -> Self {
        let (line, column) = positions.find(edit.original().start);
        Self {
            place: format!("{line}:{column}"),
            cause: edit.cause().to_string(),
            certainty: if edit.is_exact() { "exact" } else { "inferred" },
            confidence: percent(edit.confidence()),
            change: format!("{} → {}", shown(edit.before()), shown(edit.after())),
            guessed: guessed(edit)
                .map(|odds| format!("  (guessed: {odds})"))
                .unwrap_or_default(),
        }
    }
}

/// A side of an edit; what is empty must show too.
fn shown(text: &str) -> String {
    if text.is_empty() {
        return "(nothing)".to_owned();
    }
    visible(text, SHOWN)
}
