//! Which encoding makes the best text of the bytes: all of them read the same stretches side by side, and one that falls
//! far behind is out.

use super::prevalence::price;
use super::sample::Sample;
use crate::encoding::{CharDecoder, Encoding, Step};
use crate::model::languages::Fit;
use crate::model::{History, MODEL};

/// Nats that a sequence without a meaning costs.
const INVALID: f32 = 30.0;
/// Nats that an input costs which ends in the middle of a character.
const CUT: f32 = 22.0;
/// Nats that a control character costs, beside what the model says.
const CONTROL: f32 = 6.0;
/// Nats that a capital after a small letter costs outside ASCII, beside what the model says, which folds case.
const ODD_CAPITAL: f32 = 14.0;
/// One that is so many nats behind is out.
const OUT: f32 = 40.0;
/// Where others are so near the best in nats, all are also asked how well they fit a language.
const CLOSE: f32 = 16.0;
/// Bytes that are read for that, and what it weighs.
const LANGUAGE: usize = 1024;
const WEIGHT: f32 = 1.0;
/// Bytes between two looks at who is behind.
const BLOCK: usize = 8;

/// An encoding that takes part.
pub(super) struct Runner {
    pub(super) encoding: Encoding,
    pub(super) nats: f32,
    decoder: CharDecoder,
    /// What it has read last: a place in [`Course::states`].
    state: usize,
    /// Of the characters read, to tell who reads the same text.
    mark: u64,
    /// How far behind it was when it was taken out.
    behind: Option<f32>,
}

/// How a race ended.
pub(super) struct Outcome {
    /// Who took part, the best first; encodings that read the sample as the same text are one.
    pub(super) runners: Vec<Runner>,
    /// How many bytes were read.
    pub(super) read: usize,
}

/// Lets the encodings read the sample, each with what it gains beforehand.
pub(super) fn run(bytes: &[u8], sample: &Sample, entries: &[(Encoding, f32)]) -> Outcome {
    let mut runners = entrants(sample, entries);
    let mut out = Vec::with_capacity(runners.len());
    let mut course = Course::default();
    let mut read = 0;
    for stretch in &sample.stretches {
        course.start(context(bytes, stretch.start));
        for runner in &mut runners {
            runner.start();
        }
        let inside = bytes.get(stretch.clone()).unwrap_or_default();
        for block in inside.chunks(BLOCK) {
            read += block.len();
            for &byte in block {
                course.step(&mut runners, byte);
            }
            let best = best(&runners);
            for runner in &mut runners {
                if runner.nats < best - OUT {
                    runner.behind = Some(best - runner.nats);
                }
            }
            out.extend(runners.extract_if(.., |runner| runner.behind.is_some()));
            if runners.len() <= 1 {
                let runners = ranked(runners, out);
                return Outcome { runners, read };
            }
        }
        if stretch.end == bytes.len() {
            course.finish(&mut runners);
        }
    }
    by_language(bytes, sample, &mut runners);
    let runners = ranked(runners, out);
    Outcome { runners, read }
}

/// Adds how well the text of each fits some one language, where that may decide.
fn by_language(bytes: &[u8], sample: &Sample, runners: &mut [Runner]) {
    let close = best(runners) - CLOSE;
    let mut close = runners.iter().filter(|runner| runner.nats > close);
    // letters tell alphabets apart, and nothing of Chinese
    if !close.clone().all(|runner| runner.encoding.is_single_byte()) || close.nth(1).is_none() {
        return;
    }
    let pieces = prose(bytes, sample);
    let mut chars = Vec::with_capacity(LANGUAGE);
    for runner in runners {
        let mut fit = Fit::default();
        for piece in &pieces {
            runner.decode(piece, &mut chars);
            fit.add(&chars, 1.0);
        }
        runner.nats += WEIGHT * fit.ln();
    }
}

/// What language the text is in shows in all of it about its beginning, and in the stretches after that.
fn prose<'a>(bytes: &'a [u8], sample: &Sample) -> Vec<&'a [u8]> {
    let start = sample.stretches.first().map_or(0, |first| first.start);
    let end = bytes.len().min(start + LANGUAGE / 2);
    let behind = sample.stretches.iter().filter(|s| s.start >= end).cloned();
    let mut left = LANGUAGE;
    std::iter::once(start..end)
        .chain(behind)
        .map_while(|range| {
            let piece = bytes.get(range)?;
            left = left.checked_sub(piece.len())?;
            Some(piece)
        })
        .collect()
}

fn best(runners: &[Runner]) -> f32 {
    let nats = runners.iter().map(|runner| runner.nats);
    nats.fold(f32::NEG_INFINITY, f32::max)
}

/// Single-byte encodings that read every byte of the input alike take part as one, named by the commonest.
fn entrants(sample: &Sample, entries: &[(Encoding, f32)]) -> Vec<Runner> {
    let mut runners: Vec<Runner> = Vec::with_capacity(entries.len());
    let mut alike: Vec<(u64, usize)> = Vec::with_capacity(entries.len());
    for &(encoding, bonus) in entries {
        let nats = bonus - price(encoding);
        if encoding.is_single_byte() {
            let letters = sample.distinct.iter();
            let read = letters
                .filter_map(|&byte| encoding.decode_byte(byte))
                .fold(MARK, marked);
            let twin = alike.iter().find(|(other, _)| *other == read);
            if let Some(twin) = twin.and_then(|&(_, i)| runners.get_mut(i)) {
                if nats > twin.nats {
                    *twin = Runner::new(encoding, nats);
                }
                continue;
            }
            alike.push((read, runners.len()));
        }
        runners.push(Runner::new(encoding, nats));
    }
    runners
}

/// What the ASCII before a stretch leads to expect.
fn context(bytes: &[u8], start: usize) -> History {
    let before = bytes.get(start.saturating_sub(12)..start);
    before
        .unwrap_or_default()
        .iter()
        .filter(|b| b.is_ascii())
        .fold(History::word_start(), |history, &b| {
            MODEL.next(history, char::from(b)).1
        })
}

/// Those who are left, then those who are out, each by how far behind the best it is.
fn ranked(runners: Vec<Runner>, out: Vec<Runner>) -> Vec<Runner> {
    let best = best(&runners);
    let mut marks: Vec<u64> = Vec::with_capacity(runners.len());
    let mut ranked = runners;
    ranked.sort_by(|a, b| b.nats.total_cmp(&a.nats));
    ranked.retain(|runner| {
        let is_new = !marks.contains(&runner.mark);
        marks.push(runner.mark);
        is_new
    });
    ranked.extend(out.into_iter().map(|mut runner| {
        runner.nats = best - runner.behind.unwrap_or_default();
        runner
    }));
    ranked.sort_by(|a, b| b.nats.total_cmp(&a.nats));
    ranked
}

const MARK: u64 = 0xCBF2_9CE4_8422_2325;

fn marked(mark: u64, c: char) -> u64 {
    (mark ^ u64::from(c)).wrapping_mul(0x0000_0100_0000_01B3)
}

impl Runner {
    fn new(encoding: Encoding, nats: f32) -> Runner {
        Runner {
            encoding,
            nats,
            decoder: encoding.decoder(),
            state: 0,
            mark: MARK,
            behind: None,
        }
    }

    /// What the encoding makes of these bytes, without what it cannot read.
    fn decode(&self, bytes: &[u8], chars: &mut Vec<char>) {
        let mut decoder = self.encoding.decoder();
        chars.clear();
        for &byte in bytes {
            match decoder.push(byte) {
                Step::Char(c) => chars.push(c),
                Step::Pair(c, d) => chars.extend([c, d]),
                Step::Pending | Step::Invalid => {}
            }
        }
    }

    fn start(&mut self) {
        self.decoder = self.encoding.decoder();
        self.state = 0;
    }
}

/// What a text ends with.
#[derive(Clone, Copy, PartialEq)]
struct State {
    history: History,
    last: char,
}

/// The states that runners are in. Those who have read the same lately share one, so that what they read next is looked
/// up once: in text in Latin letters most bytes are the same to most encodings.
#[derive(Default)]
struct Course {
    states: Vec<State>,
    /// The states after the byte that is being read.
    next: Vec<State>,
    /// From which state, by which character, at which price, to which of the next states.
    moves: Vec<(usize, Option<char>, f32, usize)>,
}

impl Course {
    fn start(&mut self, history: History) {
        self.states.clear();
        self.states.push(State { history, last: ' ' });
    }

    fn step(&mut self, runners: &mut [Runner], byte: u8) {
        self.moves.clear();
        self.next.clear();
        for runner in runners {
            let mut step = runner.decoder.push(byte);
            if step == Step::Invalid {
                runner.nats -= INVALID;
                if byte.is_ascii() {
                    // a lone lead byte does not take what follows along
                    step = runner.decoder.push(byte);
                }
            }
            match step {
                Step::Pending | Step::Invalid => self.go(runner, None),
                Step::Char(c) => self.go(runner, Some(c)),
                Step::Pair(c, accent) => {
                    // so rare that the letter may go without a look at what stands before it
                    runner.nats += MODEL.unigram(c);
                    self.go(runner, Some(accent));
                }
            }
        }
        std::mem::swap(&mut self.states, &mut self.next);
    }

    #[inline]
    fn go(&mut self, runner: &mut Runner, by: Option<char>) {
        if let Some(c) = by {
            runner.mark = marked(runner.mark, c);
        }
        let known = self
            .moves
            .iter()
            .find(|(from, c, ..)| (*from, *c) == (runner.state, by));
        let (nats, to) = match known {
            Some(&(.., nats, to)) => (nats, to),
            None => {
                let (nats, to) = self.look_up(runner.state, by);
                self.moves.push((runner.state, by, nats, to));
                (nats, to)
            }
        };
        runner.nats += nats;
        runner.state = to;
    }

    /// The price of a move, and the place of the state that it leads to.
    fn look_up(&mut self, from: usize, by: Option<char>) -> (f32, usize) {
        let Some(&from) = self.states.get(from) else {
            return (0.0, 0);
        };
        let (nats, to) = by.map_or((0.0, from), |c| from.after(c));
        let place = self.next.iter().position(|state| *state == to);
        let place = place.unwrap_or_else(|| {
            self.next.push(to);
            self.next.len() - 1
        });
        (nats, place)
    }

    /// At the end of the input the last word ends too.
    fn finish(&self, runners: &mut [Runner]) {
        for runner in runners {
            if let Some(state) = self.states.get(runner.state) {
                runner.nats += MODEL.next(state.history, ' ').0;
            }
            if !runner.decoder.is_neutral() {
                runner.nats -= CUT;
            }
        }
    }
}

impl State {
    fn after(self, c: char) -> (f32, State) {
        let (nats, history) = MODEL.next(self.history, c);
        let mut nats = nats.max(self.floor(c));
        if c.is_control() && !c.is_ascii_whitespace() {
            nats -= CONTROL;
        }
        if !c.is_ascii() && self.last.is_lowercase() && c.is_uppercase() {
            nats -= ODD_CAPITAL;
        }
        (nats, State { history, last: c })
    }

    /// What drawing with characters costs at most: a line goes on, shades stand together, and prose says nothing of either.
    fn floor(self, c: char) -> f32 {
        let is_shade = |c: char| matches!(c, '\u{2580}'..='\u{259F}');
        match c {
            '\u{2500}'..='\u{25FF}' if c == self.last => -1.0,
            _ if is_shade(c) && is_shade(self.last) => -6.5,
            _ if is_shade(c) && !self.last.is_alphanumeric() => -7.5,
            _ => f32::NEG_INFINITY,
        }
    }
}
