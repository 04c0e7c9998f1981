//! How often the encoding of bytes is found, beside chardetng.
//!
//! ```sh
//! cargo run --release --example detect_bytes_accuracy -- --cases 100 --seed 1 --part report --pairs --errors
//! ```
//!
//! Two grounds, both in 37 pairs of a language and an encoding (`pairs.rs`): random words of frequency lists at 2, 5, 20
//! and 80 words, and sentences that the model was not trained on, cut to 13, 32, 126 and 507 bytes. Right is a decoded
//! text that is the same to the character. Needs `../shared/data`. The same seed gives the same cases. The third column
//! is unbake with chardetng's guess as the declared charset: what the two know together.

#![allow(
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "a program for developers: an index out of range is a bug to be seen"
)]

mod pairs;
#[path = "../calibrate/random.rs"]
#[allow(dead_code, reason = "shared with programs that use all of it")]
mod random;
mod texts;

use pairs::PAIRS;
use random::Random;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};
use texts::{Language, Part};
use unbake::bytes::{Hints, decode, detect};

const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data");
const WORDS: [usize; 4] = [2, 5, 20, 80];
const BYTES: [usize; 4] = [13, 32, 126, 507];

/// What a tool got right, and how long it took.
#[derive(Default, Clone, Copy)]
struct Tally {
    cases: u32,
    right: u32,
    time: Duration,
}

impl Tally {
    fn note(&mut self, right: bool, time: Duration) {
        self.cases += 1;
        self.right += u32::from(right);
        self.time += time;
    }

    fn percent(self) -> f64 {
        100.0 * f64::from(self.right) / f64::from(self.cases.max(1))
    }

    fn micros(self) -> f64 {
        self.time.as_secs_f64() * 1e6 / f64::from(self.cases.max(1))
    }
}

/// Confidence in tenths: how many, how many of them right.
type Reliability = [(u32, u32, f64); 11];

struct Options {
    cases: usize,
    seed: u64,
    part: Part,
    by_pair: bool,
    errors: bool,
}

fn options() -> Result<Options, String> {
    let mut options = Options {
        cases: 100,
        seed: 1,
        part: Part::Report,
        by_pair: false,
        errors: false,
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or(format!("{argument} needs a value"));
        match argument.as_str() {
            "--cases" => options.cases = value()?.parse().map_err(|_| "--cases is no number")?,
            "--seed" => options.seed = value()?.parse().map_err(|_| "--seed is no number")?,
            "--part" => options.part = value()?.parse()?,
            "--pairs" => options.by_pair = true,
            "--errors" => options.errors = true,
            other => return Err(format!("unknown argument {other}")),
        }
    }
    Ok(options)
}

fn main() -> ExitCode {
    let data = Path::new(DATA);
    if !data.is_dir() {
        eprintln!("detect_bytes_accuracy: needs the data in ../shared/data, which is not there");
        return ExitCode::from(2);
    }
    let outcome = options().and_then(|options| measure(data, &options));
    if let Err(message) = outcome {
        eprintln!("detect_bytes_accuracy: {message}");
        return ExitCode::from(2);
    }
    ExitCode::SUCCESS
}

fn measure(data: &Path, options: &Options) -> Result<(), String> {
    for ground in ["words", "sentences"] {
        let mut reliability = Reliability::default();
        println!(
            "{ground}\n   n  mean bytes     cases    unbake             chardetng          hinted by chardetng"
        );
        for (words, bytes) in WORDS.into_iter().zip(BYTES) {
            let mut rng = Random::new(options.seed);
            let mut ours = Tally::default();
            let mut theirs = Tally::default();
            let mut both = Tally::default();
            let mut length = 0;
            for (language, encoding) in PAIRS {
                let texts = Language::load(data, language, options.part)?;
                let (mut our_pair, mut their_pair) = (Tally::default(), Tally::default());
                for _ in 0..options.cases {
                    let text = match ground {
                        "words" => texts.words(&mut rng, encoding, words),
                        _ => texts.sentence(&mut rng, encoding, bytes),
                    };
                    let Some((truth, input)) = text else { continue };
                    length += input.len();
                    let hints = Hints::new().keep_mojibake();
                    let (found, time) = timed(|| detect(&input, &hints));
                    let decoded = decode(&input, &hints);
                    let right = decoded.decoded() == truth;
                    our_pair.note(right, time);
                    let confidence = f64::from(found.confidence());
                    let cell = &mut reliability[(confidence * 10.0) as usize];
                    *cell = (cell.0 + 1, cell.1 + u32::from(right), cell.2 + confidence);
                    let (guess, time) = timed(|| chardetng_guess(&input));
                    their_pair.note(guess.decode(&input).0 == truth, time);
                    let hinted = decode(&input, &hints.declared(guess.name()));
                    both.note(hinted.decoded() == truth, Duration::ZERO);
                    if options.errors && !right {
                        println!(
                            "{language} {encoding}: {truth:?} was read as {} ({confidence:.2}) {:?}",
                            found.charset(),
                            decoded.decoded()
                        );
                    }
                }
                if options.by_pair {
                    println!(
                        "     {language:8} {encoding:14} {:5.1} % {:4.0} µs   {:5.1} % {:4.0} µs",
                        our_pair.percent(),
                        our_pair.micros(),
                        their_pair.percent(),
                        their_pair.micros(),
                    );
                }
                for (sum, part) in [(&mut ours, our_pair), (&mut theirs, their_pair)] {
                    sum.cases += part.cases;
                    sum.right += part.right;
                    sum.time += part.time;
                }
            }
            println!(
                "{:4} {:11.0} {:9}    {:6.2} % {:4.0} µs   {:6.2} % {:4.0} µs   {:6.2} %",
                if ground == "words" { words } else { bytes },
                length as f64 / f64::from(ours.cases.max(1)),
                ours.cases,
                ours.percent(),
                ours.micros(),
                theirs.percent(),
                theirs.micros(),
                both.percent(),
            );
        }
        println!("\nconfidence   cases   mean   right");
        for (n, right, sum) in reliability.into_iter().filter(|cell| cell.0 > 0) {
            let n_f = f64::from(n);
            println!("{:18} {:6.3} {:7.3}", n, sum / n_f, f64::from(right) / n_f);
        }
        println!();
    }
    Ok(())
}

/// What a function returns, and how long it takes: the best of three, as other programs may run.
fn timed<T>(f: impl Fn() -> T) -> (T, Duration) {
    let run = || {
        let start = Instant::now();
        let result = f();
        (result, start.elapsed())
    };
    let (result, first) = run();
    let time = (0..2).map(|_| run().1).fold(first, Duration::min);
    (result, time)
}

fn chardetng_guess(bytes: &[u8]) -> &'static encoding_rs::Encoding {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    detector.guess(None, chardetng::Utf8Detection::Allow)
}
