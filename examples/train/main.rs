//! Trains the character model: reads the corpora, writes `src/model/ngrams.bin`.
//!
//! ```text
//! cargo run --release --example train -- ../shared/data src/model/ngrams.bin [--size KB]
//! cargo run --release --example train -- ../shared/data src/model/ngrams-small.bin --size 300
//! cargo run --release --example train -- --languages ../shared/data src/model/languages.bin
//! cargo run --release --example train -- --pairs ../shared/data src/detect/pairs.bin
//! cargo run --release --example train -- --words ../shared/data src/model/words.bin
//! cargo run --release --example train -- --check [--languages | --words | --pairs] ../shared/data src/model/ngrams.bin
//! cargo run --release --example train -- --list-excluded ../shared/data
//! ```
//!
//! `--check` compares instead of writing and ends with status 1 where the bytes differ.
//! `--rivals FILE` plays the cases that `rivals.py` made and prints how often the truth wins;
//! `--failures FILE` lists the others.

// a program that runs once on known data: a wrong index is a bug to stop at
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a tool of this repository, which may fail so"
)]

mod corpus;
mod count;
mod dirt;
mod estimate;
mod evaluate;
mod fuse;
mod languages;
mod pack;
mod pairs;
mod unicode;
mod words;

/// The parts of the crate's model that training shares with it.
#[allow(dead_code, reason = "shared with programs that use all of it")]
#[path = "../../src/model"]
mod model {
    pub mod fold;
    pub mod hash;
    pub mod languages;
    pub mod table;
    pub mod walk;
    pub mod words;
}

/// The shape of the table of the scan.
#[allow(dead_code)]
#[path = "../../src/detect/pairs.rs"]
mod pair_table;

/// What the tables of the model ask of it.
#[path = "../../src/detect"]
#[allow(dead_code, reason = "the crate uses all of it")]
mod detect {
    pub mod pages;
    pub mod symbols;
}

use crate::count::{BITS, Gram};
use crate::estimate::{Level, Smoothing};
use crate::model::table::Table;
use crate::model::walk::{self, Kind};
use std::collections::HashMap;
use std::error::Error;
use std::path::Path;
use std::process::ExitCode;
use std::{env, fs};

/// Size of the table that the crate ships, in kB of 1000 bytes.
const SIZE: usize = 1650;

/// Seeds of the hash that are tried.
const SEEDS: u64 = 12;

struct Options {
    paths: Vec<String>,
    flags: HashMap<String, String>,
}

impl Options {
    fn read() -> Options {
        let mut options = Options {
            paths: vec![],
            flags: HashMap::new(),
        };
        let mut args = env::args().skip(1);
        while let Some(arg) = args.next() {
            match arg.strip_prefix("--") {
                Some(flag @ ("check" | "list-excluded" | "languages" | "words" | "pairs")) => {
                    options.flags.insert(flag.into(), String::new());
                }
                Some(flag) => {
                    options
                        .flags
                        .insert(flag.into(), args.next().unwrap_or_default());
                }
                None => options.paths.push(arg),
            }
        }
        options
    }

    fn numbers(&self, flag: &str, default: &[f64]) -> Vec<f64> {
        self.flags.get(flag).map_or(default.to_vec(), |v| {
            v.split(',').filter_map(|n| n.parse().ok()).collect()
        })
    }
}

/// Floors of the symbols of both levels.
fn floors() -> [HashMap<u32, f64>; 2] {
    let mut line = HashMap::new();
    let mut word = HashMap::new();
    for c in unicode::paged() {
        let level = match unicode::kind(c) {
            Kind::Mark => &mut line,
            _ => &mut word,
        };
        level.insert(unicode::symbol(c), unicode::floor(c));
    }
    for script in 0..=unicode::LAST {
        line.insert(walk::word_symbol(script), 1.0);
        word.insert(walk::end_symbol(script), 1.0);
    }
    [line, word]
}

fn excluded() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/train/excluded");
    fs::read_to_string(path).unwrap_or_default()
}

fn train(options: &Options, data: &Path) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut languages = corpus::load(data, &excluded())?;
    languages.push(corpus::symbols());
    let tally = count::all(&languages);
    eprintln!(
        "{} languages, n-grams of words {:?}, of lines {:?}",
        languages.len(),
        tally.word.iter().map(Vec::len).collect::<Vec<_>>(),
        tally.line.iter().map(Vec::len).collect::<Vec<_>>()
    );
    let [line_floors, word_floors] = floors();
    let [line_given, word_given] = given();
    let power = options.numbers("power", &[1.0])[0];
    let mut line_smoothing = Smoothing {
        floor: 2.0,
        types: options.numbers("line-types", &[4.0, 4.0]),
        power,
    };
    line_smoothing.floor = options.numbers("line-floor", &[4.0])[0];
    let word_smoothing = Smoothing {
        floor: options.numbers("floor", &[1.0])[0],
        types: options.numbers("types", &[2.0, 2.0, 2.0, 2.0]),
        power,
    };
    let mut line = Level::new(
        tally.line.clone(),
        &line_floors,
        &line_given,
        &line_smoothing,
    );
    let mut word = Level::new(
        tally.word.clone(),
        &word_floors,
        &word_given,
        &word_smoothing,
    );
    let mut worths: Vec<f64> = line.worths().chain(word.worths()).collect();
    worths.sort_unstable_by(|a, b| b.total_cmp(a));
    let sizes: Vec<usize> = options
        .numbers("size", &[SIZE as f64])
        .iter()
        .map(|&kb| kb as usize * 1000)
        .collect();
    let rivals = options
        .flags
        .get("rivals")
        .map(fs::read_to_string)
        .transpose()?;
    let mut bytes = vec![];
    for size in sizes {
        // the number of n-grams that just fits
        let mut n = ((size.saturating_sub(pack::FIXED)) as f64 / 2.0 / 1.085) as usize;
        loop {
            let least = worths.get(n).copied().unwrap_or(0.0);
            line.prune(least);
            word.prune(least);
            let about = about(&line, &word, &languages, 0.0);
            bytes = (1..)
                .find_map(|seed| pack::file(&line, &word, &tally, &about, seed))
                .ok_or("no seed")?;
            eprintln!("{} n-grams: {} bytes", n, bytes.len());
            if bytes.len() <= size {
                break;
            }
            let fewer = n.checked_sub((bytes.len() - size) / 2 + 1000);
            n = fewer.ok_or("--size is less than the code points alone take")?;
        }
        // Of some seeds the one whose false hits do least harm: they make what is not there likely, and what is there
        // unlikely where the context that is found belongs to another one.
        let mut best = f64::INFINITY;
        for seed in 1..=SEEDS {
            let Some(file) = pack::file(
                &line,
                &word,
                &tally,
                &about(&line, &word, &languages, 0.0),
                seed,
            ) else {
                continue;
            };
            let table = table(&file)?;
            let nats = evaluate::cross_entropy(&table, &languages);
            let excess = evaluate::excess(&table, &languages);
            eprintln!("seed {seed}: {nats:.4} nats a character, probabilities sum to {excess:.4}");
            if nats + excess.ln() < best {
                best = nats + excess.ln();
                let about = about(&line, &word, &languages, nats);
                bytes = pack::file(&line, &word, &tally, &about, seed).ok_or("no seed")?;
            }
        }
        let table = table(&bytes)?;
        if let Some(cases) = &rivals {
            let mut failures = String::new();
            let wins = evaluate::discriminate(&table, cases, &mut failures);
            if options.flags.contains_key("verbose") {
                eprint!("{}", wins.report());
            }
            let cells = [
                "clean word",
                "clean phrase",
                "utf-8 word",
                "utf-8 phrase",
                "legacy word",
                "legacy phrase",
                "mangled word",
                "mangled",
            ];
            let cells: Vec<String> = cells
                .iter()
                .map(|c| format!("{c} {:.2}", wins.percent(c)))
                .collect();
            println!("{size} {n} loss {:.4} {}", wins.loss(), cells.join(", "));
            if let Some(path) = options.flags.get("failures") {
                fs::write(path, failures)?;
            }
        }
    }
    Ok(bytes)
}

fn table(bytes: &[u8]) -> Result<Table, &'static str> {
    Table::parse(bytes.to_vec().leak()).ok_or("the table does not parse")
}

/// N-grams that stay in any case: the starts, and the pairs of scripts, of which a false hit would
/// harm all words of a script.
fn given() -> [Vec<(usize, Gram)>; 2] {
    let scripts = || 0..=unicode::LAST;
    let gram = |symbols: &[u32]| {
        let add = |gram: Gram, &symbol: &u32| gram << BITS | Gram::from(symbol);
        (symbols.len() - 1, symbols.iter().fold(0, add))
    };
    let mut line = vec![gram(&['\n' as u32]), gram(&[' ' as u32])];
    for a in scripts().map(walk::word_symbol) {
        for start in ['\n', ' '] {
            line.push(gram(&[a]));
            line.push(gram(&[start as u32, a]));
            for b in scripts().map(walk::word_symbol).filter(|&b| b != a) {
                line.push(gram(&[a, b]));
                line.push(gram(&[start as u32, a, b]));
            }
        }
    }
    let word = scripts().map(|s| gram(&[walk::end_symbol(s)])).collect();
    [line, word]
}

/// The text in the table's head.
fn about(line: &Level, word: &Level, languages: &[corpus::Language], nats: f64) -> String {
    let kept = |level: &Level| {
        let mut n = vec![0; level.orders.len()];
        level.kept().for_each(|(i, _)| n[i] += 1);
        n
    };
    format!(
        "Character n-grams of {} languages, for the crate unbake.\n\
         Sources: lingua-rs test data (Apache-2.0; from the Leipzig Corpora Collection, CC BY), \
         Universal Dependencies GSD, GSDSimp, Kaist (CC BY-SA 4.0), \
         hermitdave/FrequencyWords (CC BY-SA 4.0; from OpenSubtitles), \
         jieba dict.txt.small (MIT).\n\
         Smoothing: Witten-Bell. Pruning: relative entropy.\n\
         N-grams kept by order: words {:?}, lines {:?} (lone symbols apart).\n\
         Cross-entropy of the tuning lines, mean of the languages: {nats:.4} nats a character.\n",
        languages.len() - 1,
        kept(word),
        kept(line),
    )
}

fn run() -> Result<ExitCode, Box<dyn Error>> {
    let options = Options::read();
    let data = Path::new(options.paths.first().ok_or("where are the corpora?")?);
    if options.flags.contains_key("list-excluded") {
        print!("{}", corpus::list_excluded(data)?);
        return Ok(ExitCode::SUCCESS);
    }
    let bytes = if options.flags.contains_key("languages") {
        languages::pack(&corpus::load(data, &excluded())?)
    } else if options.flags.contains_key("pairs") {
        let mut languages = corpus::load(data, &excluded())?;
        languages.push(corpus::symbols());
        pairs::pack(&languages)
    } else if options.flags.contains_key("words") {
        words::pack(data, &corpus::load(data, &excluded())?)?
    } else {
        train(&options, data)?
    };
    let Some(out) = options.paths.get(1) else {
        return Ok(ExitCode::SUCCESS);
    };
    if options.flags.contains_key("check") {
        if fs::read(out)? != bytes {
            eprintln!("{out} is not what training makes");
            return Ok(ExitCode::FAILURE);
        }
    } else {
        fs::write(out, bytes)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn main() -> Result<ExitCode, Box<dyn Error>> {
    run()
}
