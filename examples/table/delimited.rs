//! CSV and its relatives.

use csv::{ReaderBuilder, StringRecord};

use crate::cells::{Cell, Repairs, Table};
use crate::common::{Failure, count};

/// How a table is written.
#[derive(Clone, Copy)]
pub struct Dialect {
    pub delimiter: u8,
    /// Whether a cell may stand in quotes; else a quote is a character like any other.
    pub quoting: bool,
    pub header: bool,
    /// Whether rows may differ in how many cells they have.
    pub ragged: bool,
}

/// A row: what it says, and where it stands.
struct Row<'t> {
    record: StringRecord,
    line: u64,
    /// What stands before the row (line ends), the row, and its line end.
    parts: [&'t str; 3],
}

/// A table whose cells are separated by a character.
pub struct Delimited<'t> {
    dialect: Dialect,
    rows: Vec<Row<'t>>,
    /// What stands behind the last row.
    rest: &'t str,
}

impl<'t> Delimited<'t> {
    /// Reads a table; `name` is for messages.
    pub fn parse(name: &str, text: &'t str, dialect: Dialect) -> Result<Self, Failure> {
        let mut reader = dialect.reader(text);
        let mut found: Vec<(usize, u64, StringRecord)> = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| broken(name, dialect, &error))?;
            let place = record.position().map(|at| (at.byte(), at.line()));
            let (byte, line) = place.unwrap_or_default();
            found.push((usize::try_from(byte).unwrap_or(usize::MAX), line, record));
        }
        // A row ends where the next one begins.
        let mut end = text.len();
        let mut rows = Vec::with_capacity(found.len());
        for (start, line, record) in found.into_iter().rev() {
            let source = text.get(start..end).unwrap_or_default();
            let row = source.trim_start_matches(['\r', '\n']);
            let (before, row) = source.split_at(source.len() - row.len());
            let body = row.trim_end_matches(['\r', '\n']);
            let (body, after) = row.split_at(body.len());
            let is_last = end == text.len();
            if is_last && dialect.split(body).1 {
                return Err(Failure::Input(format!(
                    "{name}: line {line}: the row that begins there has a quote that is not closed; where quotes mean \
                     nothing, add --format tsv, with --delimiter if cells do not end at tabs"
                )));
            }
            let skipped = before.bytes().filter(|byte| *byte == b'\n').count();
            rows.push(Row {
                record,
                line: line + skipped as u64,
                parts: [before, body, after],
            });
            end = start;
        }
        rows.reverse();
        let rest = match rows.is_empty() {
            true => text,
            false => "",
        };
        Ok(Self {
            dialect,
            rows,
            rest,
        })
    }
}

impl Table for Delimited<'_> {
    fn columns(&self) -> Vec<String> {
        let named = self.rows.first().filter(|_| self.dialect.header);
        let names = named.map(|row| row.record.iter()).into_iter().flatten();
        let widest = self.rows.iter().map(|row| row.record.len()).max();
        let mut columns: Vec<String> = names.map(str::to_owned).collect();
        columns.extend((columns.len() + 1..=widest.unwrap_or(0)).map(|n| n.to_string()));
        columns
    }

    fn cells(&self) -> Vec<Cell<'_>> {
        let cells = self.rows.iter().flat_map(|row| {
            let cells = row.record.iter().enumerate();
            cells.map(|(column, text)| Cell {
                column,
                line: row.line,
                text,
            })
        });
        cells.collect()
    }

    fn written(&self, repairs: &Repairs<'_>) -> (String, Vec<usize>) {
        let mut out = String::new();
        let mut refused = Vec::new();
        let mut number = 0;
        for row in &self.rows {
            let cells = number..number + row.record.len();
            number = cells.end;
            let [before, body, after] = row.parts;
            out.push_str(before);
            let changed = repairs.range(cells.clone()).map(|(number, _)| *number);
            let changed: Vec<usize> = changed.collect();
            let record: StringRecord = cells
                .zip(&row.record)
                .map(|(n, old)| repairs.get(&n).map_or(old, |repair| repair.text()))
                .collect();
            match self.dialect.rewritten(body, &row.record, &record) {
                Some(new) => out.push_str(&new),
                None => {
                    refused.extend(changed);
                    out.push_str(body);
                }
            }
            out.push_str(after);
        }
        out.push_str(self.rest);
        (out, refused)
    }
}

impl Dialect {
    fn reader(self, text: &str) -> csv::Reader<&[u8]> {
        ReaderBuilder::new()
            .has_headers(false)
            .delimiter(self.delimiter)
            .quoting(self.quoting)
            .flexible(self.ragged)
            .from_reader(text.as_bytes())
    }

    /// The new row, each cell quoted as the old one was; nothing if it would not be read as it is meant.
    fn rewritten(self, body: &str, old: &StringRecord, new: &StringRecord) -> Option<String> {
        if old == new {
            return None;
        }
        let (sources, _) = self.split(body);
        if sources.len() != old.len() {
            return None;
        }
        let mut row = String::with_capacity(body.len());
        for (number, (source, (old, new))) in sources.iter().zip(old.iter().zip(new)).enumerate() {
            if number > 0 {
                row.push(char::from(self.delimiter));
            }
            if old == new {
                row.push_str(source);
            } else {
                row.push_str(&self.cell(source, old, new)?);
            }
        }
        let mut records = self.reader(&row).into_records();
        let read = records.next()?.ok()?;
        (read == *new && records.next().is_none()).then_some(row)
    }

    /// The cells of a row as they are written, and whether a quote is open at its end.
    fn split(self, body: &str) -> (Vec<&str>, bool) {
        let mut cells = Vec::new();
        let mut start = 0;
        let (mut in_quotes, mut just_closed) = (false, false);
        for (at, byte) in body.bytes().enumerate() {
            // Only at the start of a cell do quotes open, and two within them are one.
            if byte == b'"' && self.quoting && (in_quotes || just_closed || at == start) {
                just_closed = in_quotes;
                in_quotes = !in_quotes;
                continue;
            }
            just_closed = false;
            if byte == self.delimiter && !in_quotes {
                cells.extend(body.get(start..at));
                start = at + 1;
            }
        }
        cells.extend(body.get(start..));
        (cells, in_quotes)
    }

    /// A cell as it is to be written; nothing if the old one is written in no usual way.
    fn cell(self, source: &str, old: &str, new: &str) -> Option<String> {
        let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
        let delimiter = char::from(self.delimiter);
        let is_plain = !new.contains([delimiter, '"', '\r', '\n']);
        if source == old && (is_plain || !self.quoting) {
            Some(new.to_owned())
        } else if self.quoting && (source == old || source == quoted(old)) {
            Some(quoted(new))
        } else {
            None
        }
    }
}

/// At which character the cells of a CSV file end: a comma, or what its first line has instead.
pub fn likely_delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default().as_bytes();
    let has = |delimiter: &u8| first.contains(delimiter);
    [b',', b';', b'\t', b'|']
        .into_iter()
        .find(has)
        .unwrap_or(b',')
}

fn broken(name: &str, dialect: Dialect, error: &csv::Error) -> Failure {
    let what = match error.kind() {
        csv::ErrorKind::UnequalLengths {
            pos,
            expected_len,
            len,
        } => {
            let line = pos.as_ref().map_or(0, |at| at.line());
            let delimiter = char::from(dialect.delimiter).escape_default();
            format!(
                "line {line}: this row has {} and those before it have {expected_len}: is a quote not closed, or do \
                 cells end at something else than `{delimiter}`? See --delimiter and --format; if rows do differ, \
                 add --ragged",
                count(usize::try_from(*len).unwrap_or(usize::MAX), "cell", "cells")
            )
        }
        _ => error.to_string(),
    };
    Failure::Input(format!("{name}: {what}"))
}
