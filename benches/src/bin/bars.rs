//! Every figure that the crate is to reach, measured in one run: `cargo run --release --bin bars`.
//!
//! ```text
//! bars [--kib N] [--cases FILE] [--stream MIB]
//! ```
//!
//! `--kib` says how long each text is (1024), `--cases` names a file of JSON lines with a `mangled` string each to take
//! as the mix of mojibake, `--stream` says how much is streamed to see the memory (1024; 0 leaves it out). All runs on
//! one core; the contenders take turns, and medians are compared.

use std::hint::black_box;
use std::io::{self, Read};
use std::process::Command;
use std::time::{Duration, Instant};

use unbake_benches::contenders::{CONTENDERS, run};
use unbake_benches::texts::Source;
use unbake_benches::{Sample, clean_texts, mangled_texts, short_texts};

/// Where a first call is measured, and memory: in processes of their own.
const FIRST_CALL: &str = "--first-call";
const MEMORY: &str = "--memory";

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let value = |name: &str| {
        let at = arguments.iter().position(|argument| argument == name)?;
        arguments.get(at + 1).map(String::as_str)
    };
    let number = |name: &str, default: usize| {
        value(name).map_or(default, |text| text.parse().expect("a number"))
    };
    if arguments.iter().any(|argument| argument == FIRST_CALL) {
        return first_call();
    }
    if value(MEMORY).is_some() {
        return memory(number(MEMORY, 0));
    }

    let (kib, source) = (number("--kib", 1024), Source::best());
    println!("{kib} KiB of each text, {source:?} sentences; MB/s, medians");
    print!("{:38}", "");
    for contender in CONTENDERS {
        print!("{contender:>13}");
    }
    println!();
    let mut bars = Bars::default();
    for sample in clean_texts(source, kib << 10) {
        let speeds = speeds(&sample);
        if sample.name == "ASCII" {
            bars.at_least(
                "ASCII / simdutf8",
                speeds.of("unbake") / speeds.of("simdutf8"),
                0.5,
            );
        } else {
            let bar = |other| format!("{} / {other}", sample.name);
            bars.at_least(
                &bar("from_utf8"),
                speeds.of("unbake") / speeds.of("from_utf8"),
                1.0,
            );
            bars.at_least(
                &bar("plsfix"),
                speeds.of("unbake") / speeds.of("plsfix"),
                8.0,
            );
        }
    }
    for sample in mangled_texts(source, kib << 10) {
        speeds(&sample);
    }
    let mix = value("--cases").map_or_else(own_mix, cases);
    let mix = speeds_of_strings("mix of strings", &mix);
    bars.at_least(
        "mojibake mix / plsfix",
        mix.of("unbake") / mix.of("plsfix"),
        10.0,
    );

    for sample in short_texts() {
        sample.check();
        let nanoseconds = nanoseconds(&sample.text);
        let most = if sample.mangled_lines() > 0 {
            5000.0
        } else {
            30.0
        };
        bars.at_most(&format!("{}, ns", sample.name), nanoseconds, most);
    }
    let mut calls: Vec<f64> = (0..11).map(|_| child(&[FIRST_CALL])).collect();
    bars.at_most(
        "first call in a fresh process, ms",
        median(&mut calls) / 1e6,
        1.0,
    );
    match number("--stream", 1024) {
        0 => {}
        mib => bars.at_most(
            &format!("peak memory of streaming {mib} MiB, MiB"),
            child(&[MEMORY, &mib.to_string()]) / 1024.0,
            32.0,
        ),
    }
    bars.print();
}

/// What was measured, and what it should be.
#[derive(Default)]
struct Bars(Vec<(String, f64, String, bool)>);

impl Bars {
    fn at_least(&mut self, what: &str, found: f64, bar: f64) {
        self.0
            .push((what.into(), found, format!("at least {bar}"), found >= bar));
    }

    fn at_most(&mut self, what: &str, found: f64, bar: f64) {
        self.0
            .push((what.into(), found, format!("at most {bar}"), found <= bar));
    }

    fn print(&self) {
        println!();
        for (what, found, bar, is_met) in &self.0 {
            let verdict = if *is_met { "" } else { "  MISSED" };
            println!("{what:42} {found:>12.3}  {bar}{verdict}");
        }
    }
}

/// Bytes per second of each contender.
struct Speeds(Vec<f64>);

impl Speeds {
    fn of(&self, contender: &str) -> f64 {
        let names = CONTENDERS.iter().zip(&self.0);
        let found = names.into_iter().find(|(name, _)| **name == contender);
        *found.expect("a contender").1
    }
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn speeds(sample: &Sample) -> Speeds {
    sample.check();
    speeds_of_strings(&sample.name, std::slice::from_ref(&sample.text))
}

/// The contenders take turns until each has had at least three and some time has passed.
fn speeds_of_strings(name: &str, strings: &[String]) -> Speeds {
    let bytes: usize = strings.iter().map(String::len).sum();
    let mut seconds = CONTENDERS.map(|_| Vec::new());
    let began = Instant::now();
    while seconds[0].len() < 3
        || (seconds[0].len() < 101 && began.elapsed() < Duration::from_secs(2))
    {
        for (contender, seconds) in CONTENDERS.iter().zip(&mut seconds) {
            let start = Instant::now();
            for string in strings {
                black_box(run(contender, black_box(string)));
            }
            seconds.push(start.elapsed().as_secs_f64());
        }
    }
    let speeds: Vec<f64> = seconds
        .iter_mut()
        .map(|seconds| bytes as f64 / median(seconds))
        .collect();
    print!("{name:38}");
    for speed in &speeds {
        print!("{:>13.2}", speed / 1e6);
    }
    println!();
    Speeds(speeds)
}

/// Nanoseconds for a short string: the median of many runs of many calls.
fn nanoseconds(text: &str) -> f64 {
    let start = Instant::now();
    let _ = black_box(unbake::repair(black_box(text)));
    let calls = (1_000_000 / (start.elapsed().as_nanos() + 1)).clamp(10, 10_000) as u32;
    let mut runs: Vec<f64> = (0..31)
        .map(|_| {
            let start = Instant::now();
            for _ in 0..calls {
                let _ = black_box(unbake::repair(black_box(text)));
            }
            start.elapsed().as_nanos() as f64 / f64::from(calls)
        })
        .collect();
    median(&mut runs)
}

/// Lines of the mangled pages, as strings of their own.
fn own_mix() -> Vec<String> {
    let pages = mangled_texts(Source::Own, 16 << 10);
    let lines = pages.iter().flat_map(|page| {
        let lines = page.text.lines().zip(page.truth.lines());
        lines.filter(|(line, truth)| line != truth)
    });
    lines.map(|(line, _)| line.to_owned()).collect()
}

/// Every so manieth of the cases that are mangled at all, 2000 at most.
fn cases(file: &str) -> Vec<String> {
    let text = std::fs::read_to_string(file).expect("a file of cases");
    let mangled = text.lines().filter_map(|line| {
        let case: serde_json::Value = serde_json::from_str(line).expect("JSON on each line");
        let text = |name: &str| case[name].as_str().map(str::to_owned);
        text("mangled").filter(|mangled| text("clean").as_ref() != Some(mangled))
    });
    let mangled: Vec<String> = mangled.collect();
    let step = mangled.len().div_ceil(2000).max(1);
    mangled.into_iter().step_by(step).collect()
}

/// The number that a process of its own prints.
fn child(arguments: &[&str]) -> f64 {
    let program = std::env::current_exe().expect("the path of this program");
    let output = Command::new(program).args(arguments).output();
    let output = output.expect("this program runs again").stdout;
    let text = String::from_utf8_lossy(&output);
    text.trim().parse().expect("a number")
}

/// Prints the nanoseconds of the first repair.
fn first_call() {
    let start = Instant::now();
    let _ = black_box(unbake::repair(black_box("dÃ©jeuner lÃ©ger")));
    println!("{}", start.elapsed().as_nanos());
}

/// Streams so many MiB of English with some French, one line in a thousand mangled, and prints the
/// greatest memory that this process had, in KiB; where Linux does not tell, 0.
fn memory(mib: usize) {
    let page = mangled_texts(Source::Own, 64 << 10)
        .into_iter()
        .find(|sample| sample.name == "lightly damaged")
        .expect("such a page");
    let english = unbake_benches::texts::sentences("en", Source::Own, 4 << 20).join("\n");
    let unit = english + "\n" + &page.text;
    let reader = Repeated {
        unit: unit.as_bytes(),
        at: 0,
    };
    let reader = reader.take((mib as u64) << 20);
    unbake::Repairer::new()
        .stream(reader, io::sink())
        .expect("text");
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| {
        let kib = line.strip_prefix("VmHWM:")?;
        kib.trim().strip_suffix(" kB")?.parse().ok()
    });
    println!("{}", peak.unwrap_or(0));
}

struct Repeated<'a> {
    unit: &'a [u8],
    at: usize,
}

impl Read for Repeated<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let rest = &self.unit[self.at..];
        let n = rest.len().min(buffer.len());
        buffer[..n].copy_from_slice(&rest[..n]);
        self.at = (self.at + n) % self.unit.len();
        Ok(n)
    }
}
