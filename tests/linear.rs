//! Time grows with the length of a text, whatever the text holds.
//!
//! Each text is one line without an end in sight, made to be awkward for one part of the engine. Twice the text may
//! take 2.2 times the time, and a byte of it five times what a byte of ordinary mojibake takes. The time is that of the
//! processor, where Linux tells it, and the quickest of several runs counts, so that other work on the machine does not.
//! Times of debug builds say nothing: there the figures are printed and not held.
//!
//! `UNBAKE_LINEAR=report cargo test --release --test linear -- --nocapture` prints all figures and fails nothing.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail so"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use unbake::misdecoding::Chain;
use unbake::stream::Stream;

/// The longer text has so many bytes; enough that what a call costs once does not count.
const BYTES: usize = if cfg!(debug_assertions) {
    8_000
} else {
    64_000
};
/// Twice the text takes at most so many times as long: 2.2, and the noise of a clock.
const GROWTH: f64 = 2.4;
/// A byte takes at most so many times as long as one of ordinary mojibake.
const DEARER: f64 = 5.0;
/// A busy machine gets so many tries; a path that is not linear fails all of them.
const TRIES: usize = 5;
/// Seconds that can be measured well.
const MEASURABLE: f64 = 0.02;
/// The quickest of so many runs counts, or of as many as fit into the time.
const RUNS: usize = 20;
const TIME_OF_RUNS: Duration = Duration::from_secs(2);

fn mangled(clean: &str, chain: &str) -> String {
    let chain: Chain = chain.parse().unwrap();
    chain.mangle(clean).unwrap()
}

const FRENCH: &str =
    "Hélène prétend que les pêches y mûrissent encore, mais personne n’en a goûté. ";
const CHINESE: &str = "河边的老房子已经没有人住了，可是每到春天，院子里的桃花还是照样开。";

/// What a line repeats, and whom it is to annoy.
fn units() -> Vec<(&'static str, String)> {
    let utf8 = "utf-8>windows-1252";
    let layers = [utf8; 4].join(" + ");
    vec![
        ("one lead character", "Ã".into()),
        ("lead characters and spaces", "Ã ".into()),
        ("lost letters", "?".into()),
        ("lost letters in mojibake", "Ã?".into()),
        ("layers of entities", "&amp;amp;amp;".into()),
        ("one entity without an end", "&amp".into()),
        ("percent escapes", "%C3%83".into()),
        ("backslash escapes", "\\u00c3\\u00b6".into()),
        ("U+FFFD", "\u{FFFD}".into()),
        ("U+FFFD mangled again", "ï¿½".into()),
        ("alternating scripts", "aж漢é".into()),
        ("alternating scripts, spaced", "é ж 漢 ע ".into()),
        ("GBK read one byte off", "?！逗献鱾渫洝访鞔_".into()),
        (
            "GBK read one byte off, without an end",
            "逗献鱾渫洝访鞔".into(),
        ),
        ("inserted readings", "會(huì)".into()),
        ("readings without an end", "會(hu".into()),
        ("parentheses", "(".into()),
        ("noise", "會\u{7}\u{5}，".into()),
        (
            "two layers",
            mangled("é", "utf-8>windows-1252 + utf-8>windows-1252"),
        ),
        ("four layers", mangled("é", &layers)),
        ("four layers of prose", mangled(FRENCH, &layers)),
        ("clean French", FRENCH.into()),
        ("clean Chinese", CHINESE.into()),
        ("Chinese as GBK", "浣犲ソ".into()),
        ("half-width kana", "ﾈｺ".into()),
        ("ISO-2022-JP without its escapes", "$3$s".into()),
        ("ISO-2022-JP", "\u{1b}$B$3\u{1b}(B".into()),
        ("ISO-2022-KR", "\u{e}?*\u{f}".into()),
        ("ISO-2022-KR without an end", "\u{e}?*;g@{".into()),
        ("headers of ISO-2022-KR", "\u{1b}$)C".into()),
        ("headers of ISO-2022-KR, a line each", "\u{1b}$)C\n".into()),
        ("box drawing", "╔═".into()),
        ("combining marks", "a\u{301}\u{302}".into()),
        ("controls", "\u{80}\u{81}".into()),
        ("private use", "\u{E3EF}".into()),
        ("emoji mangled", mangled("👩\u{200d}👧", utf8)),
        ("no space in mojibake", mangled("ö", utf8)),
        ("one sign", "¿".into()),
    ]
}

/// Ordinary mojibake: strings of prose, none of which is like another. Each is repaired by itself, as the cases of the
/// benchmark are: of a whole file later lines take much less.
fn ordinary() -> Vec<String> {
    let line = |n: usize| mangled(&format!("{n}. {FRENCH}\n"), "utf-8>windows-1252");
    (0..BYTES / line(100).len()).map(line).collect()
}

fn of_length(unit: &str, bytes: usize) -> String {
    unit.repeat((bytes / unit.len()).max(1))
}

/// The processor time of this thread so far, in seconds; where the system does not tell it, the
/// time of the clock.
fn now(began: Instant) -> f64 {
    // What is still running is counted up when it is interrupted.
    std::thread::sleep(Duration::from_micros(1));
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|text| text.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(|| began.elapsed().as_secs_f64(), |n| n / 1e9)
}

/// How long something takes: the quickest of some runs, each of so many times that it can be
/// measured.
fn quickest(mut run: impl FnMut()) -> f64 {
    let began = Instant::now();
    let mut times = 1;
    let mut best = f64::INFINITY;
    let mut runs = 0;
    while runs < RUNS && (runs < 2 || began.elapsed() < TIME_OF_RUNS) {
        let start = now(began);
        for _ in 0..times {
            run();
        }
        let taken = now(began) - start;
        if taken < MEASURABLE && times < 1 << 20 {
            times *= 4;
            continue;
        }
        best = best.min(taken / f64::from(times));
        runs += 1;
    }
    best
}

fn seconds(text: &str) -> f64 {
    quickest(|| drop(black_box(unbake::repair(black_box(text)))))
}

#[test]
fn twice_the_text_takes_twice_the_time() {
    let is_report = std::env::var("UNBAKE_LINEAR").is_ok_and(|mode| mode == "report");
    let cost = |seconds: f64, text: &str| seconds / text.len() as f64;
    let ordinary = ordinary();
    let repair_each = || {
        for text in &ordinary {
            drop(black_box(unbake::repair(black_box(text))));
        }
    };
    let usual = cost(quickest(repair_each), &ordinary.concat());
    println!("{:8.1} ns a byte: ordinary mojibake", usual * 1e9);
    let mut bad = Vec::new();
    for (what, unit) in units() {
        let long = of_length(&unit, BYTES);
        let short = of_length(&unit, BYTES / 2);
        let mut growth = f64::INFINITY;
        let mut dearer = f64::INFINITY;
        for _ in 0..TRIES {
            let (of_short, of_long) = (seconds(&short), seconds(&long));
            growth = growth.min(of_long / of_short);
            dearer = dearer.min(cost(of_long, &long) / usual);
            if growth <= GROWTH && dearer <= DEARER {
                break;
            }
        }
        let verdict = match (growth <= GROWTH, dearer <= DEARER) {
            (true, true) => "",
            (false, _) => "NOT LINEAR",
            (true, false) => "TOO DEAR",
        };
        println!(
            "{:8.1} ns a byte, {growth:.2} times for twice the text, {dearer:5.2} times ordinary: {what} {verdict}",
            dearer * usual * 1e9,
        );
        if !verdict.is_empty() {
            bad.push(format!("{what}: {growth:.2} and {dearer:.2} times"));
        }
    }
    if !is_report && !cfg!(debug_assertions) {
        assert!(bad.is_empty(), "{bad:#?}");
    }
}

/// A stream over one line takes what the blocks of it take, and not their square.
#[test]
fn a_stream_takes_time_in_proportion() {
    let stream = Stream::new(unbake::Repairer::new())
        .block_size(4096)
        .invalid_bytes(unbake::stream::InvalidBytes::Keep);
    let units: [(&str, &[u8]); 4] = [
        ("ASCII in one line", b"a line without an end "),
        ("line ends", b"\n"),
        ("bytes that are not UTF-8", b"\xE9"),
        ("such bytes in words", b"d\xE9j\xE0 vu "),
    ];
    for (what, unit) in units {
        let seconds = |bytes: usize| {
            let text = unit.repeat(bytes / unit.len());
            quickest(|| {
                stream.repair(black_box(&*text), std::io::sink()).unwrap();
            })
        };
        let mut growth = f64::INFINITY;
        for _ in 0..TRIES {
            growth = growth.min(seconds(200_000) / seconds(100_000));
            if growth <= GROWTH {
                break;
            }
        }
        println!("{growth:.2} times for twice the stream: {what}");
        assert!(
            growth <= GROWTH || cfg!(debug_assertions),
            "{what}: {growth:.2}"
        );
    }
}
