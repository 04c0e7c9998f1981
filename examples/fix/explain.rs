//! A repair in words.

use std::fmt::Write as _;

use unbake::Repair;
use unbake::misdecoding::Chain;
use unbake::repair::{Cause, Certainty, Edit};

use crate::common::{Positions, count, percent, visible};

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
        return writeln!(out, "{name}: nothing to repair");
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
    writeln!(out)
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
            guessed: guessed(edit),
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

/// Which characters were guessed, if that is known.
fn guessed(edit: &Edit) -> String {
    let Certainty::Inferred { guessed, .. } = edit.certainty() else {
        return String::new();
    };
    let parts: Vec<String> = guessed
        .iter()
        .filter_map(|range| edit.after().get(range.clone()))
        .map(|part| visible(part, SHOWN))
        .collect();
    if parts.is_empty() {
        return String::new();
    }
    format!("  (guessed: {})", parts.join(" "))
}

/// Every cause once, the commonest first.
fn summary(edits: &[Edit]) -> String {
    let mut causes: Vec<(Cause, usize)> = Vec::new();
    for edit in edits {
        match causes.iter_mut().find(|(cause, _)| *cause == edit.cause()) {
            Some((_, times)) => *times += 1,
            None => causes.push((edit.cause(), 1)),
        }
    }
    causes.sort_by_key(|(_, times)| std::cmp::Reverse(*times));
    let told = causes.iter().map(|(cause, times)| match causes.len() {
        1 => in_words(*cause),
        _ => format!("{} ({times} of {})", in_words(*cause), edits.len()),
    });
    told.collect::<Vec<_>>().join("; ")
}

fn in_words(cause: Cause) -> String {
    match cause {
        Cause::Chain(chain) => chain_in_words(chain),
        Cause::Reading => "readings had been put in".to_owned(),
        Cause::ByteShift => "multi-byte characters were read from a byte off".to_owned(),
        Cause::Noise => "bytes were lost or put in".to_owned(),
        other => other.to_string(),
    }
}

fn chain_in_words(chain: Chain) -> String {
    let steps: Vec<String> = chain
        .iter()
        .map(|step| format!("{} was read as {}", step.written, step.read))
        .collect();
    steps.join(", then ")
}
