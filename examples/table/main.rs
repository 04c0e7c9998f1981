//! Repairs columns of tables: CSV, TSV and JSON lines. The cells of a column
//! share their evidence, so that short ones are repaired, too.
//!
//! ```text
//! table --column name --column city customers.csv > repaired.csv
//! table --in-place --unsure look-at-these.csv customers.csv     # fix --undo customers.csv
//! table --column author.name books.jsonl > repaired.jsonl
//! ```
//!
//! Rows in which nothing is repaired stay as they are, to the byte.

#[path = "../common/mod.rs"]
mod common;
#[path = "../common/json.rs"]
mod json;
#[path = "../common/judgement.rs"]
mod judgement;
#[path = "../common/literal.rs"]
mod literal;
#[path = "../common/parallel.rs"]
mod parallel;
#[path = "../common/progress.rs"]
mod progress;
#[path = "../common/words.rs"]
mod words;

mod cells;
mod delimited;
mod jsonl;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use cells::{Cell, Repairs, Table};
use clap::Parser;
use common::{Failure, Staged, count};
use delimited::{Delimited, Dialect};
use jsonl::JsonLines;
use judgement::Judgement;
use parallel::Jobs;
use progress::Progress;
use unbake::{Repair, Repairer};
use words::Causes;

/// What is likelier than this and yet not sure enough is reported by `--unsure`.
const DOUBT: f32 = 0.3;

/// Repairs columns of CSV, TSV and JSON lines.
#[derive(Parser)]
#[command(
    version,
    after_help = "\
Exit codes: 0 when all was done, also when nothing was to be repaired; 1 when something could not \
be written; 2 when the input is missing, not UTF-8 or no such table, a column is not there, or the \
command line makes no sense."
)]
struct Arguments {
    /// The table; standard input if none or `-`.
    file: Option<PathBuf>,

    /// Repair only this column, by its name or by its number from 1; in JSON lines, the names that
    /// lead there, joined by `.`. May be repeated.
    #[arg(long, short, value_name = "NAME")]
    column: Vec<String>,

    /// What kind of table it is; unless set, the name of the file tells. Without such a name, what
    /// begins with `{` is JSON lines, and anything else CSV.
    #[arg(long, value_enum)]
    format: Option<Format>,

    /// At which character cells end; unless set, a tab in TSV, and in CSV a comma or, if the first line has none, the
    /// semicolon, tab or bar that it has.
    #[arg(long, value_name = "CHARACTER", value_parser = delimiter)]
    delimiter: Option<u8>,

    /// The first row holds data, and no names.
    #[arg(long)]
    no_header: bool,

    /// Rows may differ in how many cells they have.
    #[arg(long)]
    ragged: bool,

    /// Change the file itself; the original stays as `FILE.unbake-orig`.
    #[arg(long, short, requires = "file")]
    in_place: bool,

    /// Write the repaired table there instead of to standard output; may be the input, which then is not kept.
    #[arg(long, short, value_name = "FILE", conflicts_with = "in_place")]
    output: Option<PathBuf>,

    /// Write there, as CSV, the cells that were left as they are and may be mangled all the same.
    #[arg(long, value_name = "FILE", value_parser = common::file_beside())]
    unsure: Option<PathBuf>,

    #[command(flatten)]
    jobs: Jobs,

    #[command(flatten)]
    judgement: Judgement,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// Cells end at commas and may stand in quotes.
    Csv,
    /// Cells end at tabs, and quotes mean nothing.
    Tsv,
    /// A JSON object a line.
    Jsonl,
}

fn delimiter(text: &str) -> Result<u8, String> {
    match text.as_bytes() {
        [byte] if byte.is_ascii() && !b"\"\r\n".contains(byte) => Ok(*byte),
        b"\\t" | b"tab" => Ok(b'\t'),
        _ => Err("must be one ASCII character, or `tab`".to_owned()),
    }
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    common::finish("table", || run(&arguments))
}

fn run(arguments: &Arguments) -> Result<(), Failure> {
    let repairer = arguments.judgement.repairer()?;
    let file = arguments.file.clone().unwrap_or_else(|| PathBuf::from("-"));
    if arguments.in_place && file == Path::new("-") {
        return Err(Failure::Input(
            "--in-place needs the name of a file".to_owned(),
        ));
    }
    refuse_overwriting(&file, arguments)?;
    let input = common::read_text(&file)?;
    let mark = if input.text.starts_with('\u{feff}') {
        '\u{feff}'.len_utf8()
    } else {
        0
    };
    let (mark, text) = input.text.split_at(mark);
    let table = parse(&input.name, text, &file, arguments)?;
    let columns = table.columns();
    let chosen = chosen(&input.name, &columns, arguments)?;
    let cells = table.cells();

    let progress = Progress::at_once();
    let repairs = repair(&repairer, &cells, &chosen, arguments);
    let (new, refused) = table.written(&repairs);
    let unsure = match &arguments.unsure {
        Some(path) => {
            // What is refused is left as it is, too.
            let mut made = repairs.clone();
            made.retain(|number, _| !refused.contains(number));
            let lower = repairer.clone().threshold(DOUBT);
            let perhaps = repair(&lower, &cells, &chosen, arguments);
            let report = unsure(&columns, &cells, &made, &perhaps);
            Some(Staged::write(path, &report?)?)
        }
        None => None,
    };
    drop(progress);

    let text = format!("{mark}{new}");
    let mut way_back = String::new();
    if arguments.in_place {
        if text != input.text {
            Staged::write(&file, text.as_bytes())?.commit_keeping_original()?;
            way_back = common::way_back(&file);
        }
    } else {
        common::write_whole(arguments.output.as_deref(), text.as_bytes())?;
    }
    unsure.map_or(Ok(()), Staged::commit)?;
    let told = told(&input.name, &repairs, refused.len());
    let _ = writeln!(io::stderr(), "{told}{way_back}");
    Ok(())
}

fn parse<'t>(
    name: &str,
    text: &'t str,
    file: &Path,
    arguments: &Arguments,
) -> Result<Box<dyn Table + 't>, Failure> {
    let ending = file.extension().and_then(|ending| ending.to_str());
    let format = arguments.format.unwrap_or(match ending {
        Some("tsv" | "tab") => Format::Tsv,
        Some("jsonl" | "ndjson" | "json") => Format::Jsonl,
        Some("csv") => Format::Csv,
        _ if text.trim_start().starts_with('{') => Format::Jsonl,
        _ => Format::Csv,
    });
    let delimiter = match format {
        Format::Jsonl => return Ok(Box::new(JsonLines::parse(name, text)?)),
        Format::Csv => delimited::likely_delimiter(text),
        Format::Tsv => b'\t',
    };
    let dialect = Dialect {
        delimiter: arguments.delimiter.unwrap_or(delimiter),
        quoting: format == Format::Csv,
        header: !arguments.no_header,
        ragged: arguments.ragged,
    };
    Ok(Box::new(Delimited::parse(name, text, dialect)?))
}

/// The numbers of the columns that are to be repaired.
fn chosen(
    name: &str,
    columns: &[String],
    arguments: &Arguments,
) -> Result<BTreeSet<usize>, Failure> {
    if arguments.column.is_empty() {
        return Ok((0..columns.len()).collect());
    }
    if columns.is_empty() {
        return Err(Failure::Input(format!(
            "{name}: there are no columns in it"
        )));
    }
    let find = |wanted: &String| {
        let alike: Vec<String> = (1_usize..)
            .zip(columns)
            .filter(|(_, column)| *column == wanted)
            .map(|(number, _)| number.to_string())
            .collect();
        if alike.len() > 1 {
            return Err(Failure::Input(format!(
                "{name}: several columns are called `{wanted}`: choose one by its number, of {}",
                alike.join(", ")
            )));
        }
        let named = columns.iter().position(|column| column == wanted);
        let numbered = || wanted.parse::<usize>().ok()?.checked_sub(1);
        let found = named.or_else(numbered).filter(|n| *n < columns.len());
        found.ok_or_else(|| {
            let columns: Vec<String> = columns.iter().map(|c| common::visible(c, 40)).collect();
            Failure::Input(format!(
                "{name}: there is no column `{wanted}`; there are: {}",
                columns.join(", ")
            ))
        })
    };
    arguments.column.iter().map(find).collect()
}

/// The repairs of the cells that need one, each column judged together.
fn repair<'t>(
    repairer: &Repairer,
    cells: &[Cell<'t>],
    chosen: &BTreeSet<usize>,
    arguments: &Arguments,
) -> Repairs<'t> {
    let mut columns: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (number, cell) in cells.iter().enumerate() {
        if chosen.contains(&cell.column) {
            columns.entry(cell.column).or_default().push(number);
        }
    }
    let columns: Vec<Vec<usize>> = columns.into_values().collect();
    let text = |number: &usize| cells.get(*number).map_or("", |cell| cell.text);
    let repairs = parallel::map(arguments.jobs.number(), &columns, |numbers| {
        let texts: Vec<&str> = numbers.iter().map(text).collect();
        repairer.repair_all(&texts)
    });
    let repairs = columns
        .iter()
        .flatten()
        .copied()
        .zip(repairs.into_iter().flatten());
    repairs.filter(|(_, repair)| repair.is_changed()).collect()
}

/// The cells that might be something else than what stands there now.
fn unsure(
    columns: &[String],
    cells: &[Cell<'_>],
    made: &Repairs<'_>,
    perhaps: &Repairs<'_>,
) -> Result<Vec<u8>, Failure> {
    let failed = |error: csv::Error| Failure::Work(format!("--unsure: {error}"));
    let mut writer = csv::Writer::from_writer(Vec::new());
    let head = ["line", "column", "text", "perhaps", "because", "confidence"];
    writer.write_record(head).map_err(failed)?;
    for (number, repair) in perhaps {
        let Some(cell) = cells.get(*number) else {
            continue;
        };
        let now = made.get(number).map_or(cell.text, Repair::text);
        if now == repair.text() {
            continue;
        }
        let mut causes = Causes::default();
        causes.count(repair.edits());
        let row = [
            cell.line.to_string(),
            columns.get(cell.column).cloned().unwrap_or_default(),
            now.to_owned(),
            repair.text().to_owned(),
            causes.in_words(),
            format!("{:.2}", repair.confidence()),
        ];
        writer.write_record(&row).map_err(failed)?;
    }
    let written = writer.into_inner();
    written.map_err(|error| Failure::Work(format!("--unsure: {error}")))
}

fn told(name: &str, repairs: &Repairs<'_>, refused: usize) -> String {
    if repairs.is_empty() {
        return format!("{name}: nothing to repair");
    }
    let mut causes = Causes::default();
    for repair in repairs.values() {
        causes.count(repair.edits());
    }
    let mut told = format!(
        "{name}: {} repaired: {}",
        count(repairs.len() - refused, "cell", "cells"),
        causes.in_words()
    );
    if refused > 0 {
        told += &format!(
            "\n{name}: {} left as before, which this format cannot hold repaired",
            count(refused, "cell", "cells")
        );
    }
    told
}

fn refuse_overwriting(file: &Path, arguments: &Arguments) -> Result<(), Failure> {
    let Some(unsure) = &arguments.unsure else {
        return Ok(());
    };
    let clash = |other: &Path| common::same_file(unsure, other);
    if clash(file) || arguments.output.as_deref().is_some_and(clash) {
        let what = "--unsure would overwrite the table: name another file";
        return Err(Failure::Input(what.to_owned()));
    }
    Ok(())
}
