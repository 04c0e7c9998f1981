//! JSON lines: each line an object, each path of names in it a column.

use std::collections::HashMap;
use std::ops::Range;

use crate::cells::{Cell, Repairs, Table};
use crate::common::Failure;
use crate::json::{self, JsonString, Outside};
use crate::literal::Literal;

/// A string of the table, and where it stands.
struct Place {
    column: usize,
    line: u64,
    range: Range<usize>,
    literal: Literal,
}

/// A table of JSON lines.
pub struct JsonLines<'t> {
    text: &'t str,
    columns: Vec<String>,
    places: Vec<Place>,
}

impl<'t> JsonLines<'t> {
    /// Reads a table; `name` is for messages.
    pub fn parse(name: &str, text: &'t str) -> Result<Self, Failure> {
        let mut columns: HashMap<String, usize> = HashMap::new();
        let mut places = Vec::new();
        let mut start = 0;
        for (line, source) in (1_u64..).zip(text.split_inclusive('\n')) {
            if !source.trim().is_empty() {
                let found = json::strings(
                    // An error at the line end would be one of the next line.
                    source.trim_end(),
                    |JsonString {
                         range,
                         path,
                         is_name,
                     }| {
                        let written = source.get(range.clone()).unwrap_or_default();
                        // Half a surrogate pair is no text, and stays.
                        let Some(literal) = json::literal(written).filter(|_| !is_name) else {
                            return;
                        };
                        let column = columns.get(path).copied().unwrap_or(columns.len());
                        if column == columns.len() {
                            columns.insert(path.to_owned(), column);
                        }
                        places.push(Place {
                            column,
                            line,
                            range: start + range.start..start + range.end,
                            literal,
                        });
                    },
                );
                found.map_err(|error| {
                    let error = error.to_string().replace("line 1 column", "column");
                    Failure::Input(format!(
                        "{name}: line {line} is not JSON: {error}; each line must be an object of its own; \
                         `env export` repairs any other JSON"
                    ))
                })?;
            }
            start += source.len();
        }
        let mut columns: Vec<(String, usize)> = columns.into_iter().collect();
        columns.sort_by_key(|(_, number)| *number);
        Ok(Self {
            text,
            columns: columns.into_iter().map(|(name, _)| name).collect(),
            places,
        })
    }
}

impl Table for JsonLines<'_> {
    fn columns(&self) -> Vec<String> {
        self.columns.clone()
    }

    fn cells(&self) -> Vec<Cell<'_>> {
        let cells = self.places.iter().map(|place| Cell {
            column: place.column,
            line: place.line,
            text: place.literal.text(),
        });
        cells.collect()
    }

    fn written(&self, repairs: &Repairs<'_>) -> (String, Vec<usize>) {
        let mut out = String::with_capacity(self.text.len());
        let mut done = 0;
        for (number, place) in self.places.iter().enumerate() {
            let Some(repair) = repairs.get(&number) else {
                continue;
            };
            let source = self.text.get(place.range.clone()).unwrap_or_default();
            // Where all of a string was written in ASCII, that was wanted.
            let outside = match source.is_ascii() {
                true => Outside::Escaped,
                false => Outside::Plain,
            };
            out.push_str(self.text.get(done..place.range.start).unwrap_or_default());
            out.push_str(
                &place
                    .literal
                    .repaired(source, repair, |text| json::written(text, outside)),
            );
            done = place.range.end;
        }
        out.push_str(self.text.get(done..).unwrap_or_default());
        (out, Vec::new())
    }
}
