//! Text read one byte off.
//!
//! Where the second byte of a character and the first of the next make the code of something, the
//! program cut between them: the first byte is left alone and lost, and the text that follows is
//! read one byte off until something ASCII stops it. All but the lost byte is there. So the bytes
//! are put back, every value of the lost one is tried, and the model chooses it and the end.

use std::collections::HashSet;

use super::gbk;
use super::noise::is_mark;
use super::prose::Reader;
use super::readings::is_reading_of;
use super::token::Token;

/// Most characters read one byte off; those seen have up to nine.
const LONGEST: usize = 32;
/// Readings of the lost byte that are followed up.
const BEAM: usize = 12;
/// Characters before the start that are read, for open quotation marks.
const BEFORE: usize = 60;
/// Characters after the end that are read with it.
const CONTEXT: usize = 3;

/// The code of `！`.
const EXCLAMATION: [u8; 2] = [0xA3, 0xA1];
/// ln of how much likelier `。` is in the place of the lost character of such a shift than the
/// model, which knows nothing of shifts, can see: 15 of the 15 seen.
const FULL_STOP: f32 = 5.0;

/// Gain of a pair around a guessed character that stands elsewhere on the page.
const KNOWN: f32 = 2.5;

/// What a page shows of the program.
#[derive(Clone, Debug, Default)]
pub(super) struct Page {
    /// Its pairs of Han characters: a lost character may well stand elsewhere in its word.
    pub pairs: HashSet<(char, char)>,
    /// Its readings or its noise.
    pub damaged: bool,
    /// Each run of its noise has become one space.
    pub noise_is_space: bool,
    /// Full-width ASCII has become ASCII.
    pub narrowed: bool,
    /// Between Han characters, a space is more often met than a line break.
    pub spaced: bool,
}

/// A shift put right.
#[derive(Debug)]
pub(super) struct Shift {
    /// Tokens that it replaces.
    pub first: usize,
    pub end: usize,
    pub text: String,
    /// The characters of `text` that rest on a lost byte.
    pub inferred: Vec<usize>,
    pub confidence: f32,
}

/// A way to read the bytes.
#[derive(Clone)]
struct Reading {
    /// The byte that waits for its trail byte.
    pending: u8,
    chars: Vec<char>,
    inferred: Vec<usize>,
    reader: Reader,
    ln_p: f32,
}

impl Reading {
    fn push(&mut self, c: char) {
        self.ln_p += self.reader.read(c);
        self.chars.push(c);
    }

    /// This reading with one more character, which the pending byte begins.
    fn with(&self, trail: u8, pending: u8) -> Option<Reading> {
        let c = gbk::pair(self.pending, trail)?;
        let mut next = self.clone();
        next.push(c);
        next.pending = pending;
        Some(next)
    }

    fn guessed(mut self) -> Reading {
        self.inferred.push(self.chars.len().saturating_sub(1));
        self
    }
}

/// A way to read the bytes up to its end.
struct Whole {
    reading: Reading,
    /// Tokens used.
    end: usize,
    gain: f32,
}

/// Where a shift may begin at a token, and what to try there.
///
/// Each attempt is counted off `left`.
pub(super) fn at(tokens: &[Token<'_>], i: usize, page: &Page, left: &mut usize) -> Option<Shift> {
    let token = tokens.get(i)?;
    let mut count = || *left = left.saturating_sub(1);
    if token.orphan {
        count();
        return by_reading(tokens, i, page);
    }
    if token.char == '?' {
        // Controls before the mark became one space on some pages.
        let next = tokens.get(i + 1)?;
        let mark = i + 1 + usize::from(next.char == ' ');
        if mark_bytes(tokens.get(mark)?.char).is_some() {
            count();
            let before = i.checked_sub(1).and_then(|b| tokens.get(b));
            let spaced = page.noise_is_space && before.is_some_and(|t| t.char == ' ');
            if let Some(shift) = by_mark(tokens, i - usize::from(spaced), mark, page) {
                return Some(shift);
            }
        }
    }
    let beside = |t: Option<&Token<'_>>| t.is_some_and(|t| t.char == '?' || t.orphan);
    if beside(i.checked_sub(1).and_then(|b| tokens.get(b))) || beside(tokens.get(i + 1)) {
        return None;
    }
    // A question mark that was narrowed is no byte that was lost.
    let is_lost = token.char == '?'
        && (!page.narrowed
            || tokens
                .get(i + 1)
                .is_some_and(|t| mark_bytes(t.char).is_some()));
    if page.damaged && !is_lost && mark_bytes(token.char).is_some() && is_suspicious(tokens, i) {
        count();
        let spaced = i
            .checked_sub(1)
            .and_then(|b| tokens.get(b))
            .is_some_and(|t| t.char == ' ');
        return by_mark(tokens, if spaced { i - 1 } else { i }, i, page);
    }
    None
}

/// The code of a mark, narrowed or not.
fn mark_bytes(c: char) -> Option<[u8; 2]> {
    match c {
        '!' | '?' | ',' | ';' => Some([0xA3, c as u8 | 0x80]),
        _ if is_mark(c) => gbk::bytes(c),
        _ => None,
    }
}

/// Whether what follows a mark is improbable enough to look into.
fn is_suspicious(tokens: &[Token<'_>], mark: usize) -> bool {
    let after = tokens.iter().skip(mark + 1).take(4);
    let (han, all) = (
        after.clone().filter(|t| !t.char.is_ascii()).count(),
        after.clone().count(),
    );
    let ln_p = Reader::line_start().read_all(after.map(|t| t.char));
    han > 0 && ln_p < -11.0 * all as f32 || tokens.get(mark + 1).is_some_and(|t| is_mark(t.char))
}

/// A shift that a mark began: its first byte is the trail byte of a character that is lost.
fn by_mark(tokens: &[Token<'_>], first: usize, mark: usize, page: &Page) -> Option<Shift> {
    let [trail, pending] = mark_bytes(tokens.get(mark)?.char)?;
    let start = Reading::before(tokens, first);
    let starts = (0x81..=0xFE)
        .filter_map(|lead| {
            Reading {
                pending: lead,
                ..start.clone()
            }
            .with(trail, pending)
        })
        .map(|mut reading| {
            // Nearly all that is read as an exclamation mark is a full stop before a quotation mark.
            if [trail, pending] == EXCLAMATION && reading.chars == ['。'] {
                reading.ln_p += FULL_STOP;
            }
            reading.guessed()
        })
        .collect();
    follow(tokens, first, mark + 1, starts, page, 0.0)
}

/// A shift that a reading began: the annotated character begins with the second byte of the
/// character before, and its second byte is the lost one.
fn by_reading(tokens: &[Token<'_>], orphan: usize, page: &Page) -> Option<Shift> {
    let reading = tokens.get(orphan)?.reading?;
    let [_, first_byte] = gbk::bytes(tokens.get(orphan.checked_sub(1)?)?.char)?;
    let start = Reading::before(tokens, orphan);
    let starts = (0x81..=0xFE)
        .filter(|&lost| gbk::pair(first_byte, lost).is_some_and(|c| is_reading_of(c, reading)))
        .map(|lost| Reading {
            pending: lost,
            ..start.clone()
        })
        .collect();
    follow(tokens, orphan, orphan + 1, starts, page, 4.0)
}

impl Reading {
    /// How many pairs around guessed characters stand elsewhere on the page.
    fn known(&self, before: Option<char>, next: Option<char>, page: &Page) -> usize {
        let at = |i: usize| self.chars.get(i).copied();
        self.inferred
            .iter()
            .flat_map(|&i| {
                let before = i.checked_sub(1).map_or(before, at);
                let after = at(i + 1).or(next);
                [before.zip(at(i)), at(i).zip(after)]
            })
            .flatten()
            .filter(|pair| page.pairs.contains(pair))
            .count()
    }

    /// Nothing read yet, after the tokens before `first`.
    fn before(tokens: &[Token<'_>], first: usize) -> Reading {
        let context = tokens
            .get(first.saturating_sub(BEFORE)..first)
            .unwrap_or_default();
        Reading {
            pending: 0,
            chars: Vec::new(),
            inferred: Vec::new(),
            reader: Reader::after(context.iter().map(|t| t.char)),
            ln_p: 0.0,
        }
    }
}

/// Reads on from `next` in all ways and takes the best, if it is good.
fn follow(
    tokens: &[Token<'_>],
    first: usize,
    next: usize,
    starts: Vec<Reading>,
    page: &Page,
    bonus: f32,
) -> Option<Shift> {
    let observed = Observed::new(tokens, first);
    let by_reading = bonus > 0.0;
    let mut readings = starts;
    readings.sort_by(|a, b| b.ln_p.total_cmp(&a.ln_p));
    let mut found: Vec<Whole> = Vec::new();
    for i in next..(next + LONGEST).min(tokens.len() + 1) {
        if readings.is_empty() {
            break;
        }
        ends(
            tokens, i, &readings, page, by_reading, &observed, &mut found,
        );
        let Some(token) = tokens.get(i) else { break };
        let mut longer = Vec::with_capacity(readings.len());
        for reading in &readings {
            if let Some([trail, pending]) = gbk::bytes(token.char) {
                longer.extend(reading.with(trail, pending));
            } else if page.narrowed && token.char.is_ascii_graphic() {
                longer.extend(reading.with(0xA3, token.char as u8 | 0x80));
            }
        }
        longer.sort_by(|a, b| b.ln_p.total_cmp(&a.ln_p));
        longer.truncate(BEAM);
        readings = longer;
    }
    choose(first, found, page, bonus)
}

/// The ends of a shift at token `i`.
fn ends(
    tokens: &[Token<'_>],
    i: usize,
    readings: &[Reading],
    page: &Page,
    by_reading: bool,
    observed: &Observed,
    found: &mut Vec<Whole>,
) {
    let token = tokens.get(i);
    for (rank, reading) in readings.iter().enumerate() {
        let mut end = |reading: Reading, end: usize, bonus: f32| {
            let context = tokens.get(end..).unwrap_or_default().iter().take(CONTEXT);
            let after = reading.reader.clone().read_all(context.map(|t| t.char));
            let next = tokens.get(end).map(|t| t.char);
            let gain = reading.ln_p + after - observed.up_to(end + CONTEXT)
                + bonus
                + KNOWN * reading.known(observed.before, next, page) as f32;
            found.push(Whole { reading, end, gain });
        };
        let Some(token) = token else { continue };
        // A trail byte in the range of ASCII, perhaps with the reading of its character.
        if let trail @ '@'..='~' = token.char
            && let Some(whole) = reading.with(trail as u8, 0)
        {
            match (token.reading, whole.chars.last()) {
                (Some(r), Some(&c)) if is_reading_of(c, r) => end(whole, i + 1, 6.0),
                (Some(_), _) => {}
                _ => end(whole, i + 1, 0.0),
            }
        }
        // An ASCII byte that was taken for a trail byte.
        if let Some([trail, eaten @ 0x40..=0x7E]) = gbk::bytes(token.char)
            && let Some(mut whole) = reading.with(trail, 0)
        {
            whole.push(char::from(eaten));
            end(whole, i + 1, 0.0);
        }
        // A byte that became `?`, with the ASCII byte after it.
        // Two lost bytes are tried together for the best only: 126 times 190 are too many.
        if rank >= 2 * BEAM {
            continue;
        }
        if token.char == '?' || token.char == '\0' {
            let (swallowed, after, unsure) = swallowed(tokens, i, page);
            for lost in 0x40..=0xFE {
                let Some(mut whole) = reading.with(lost, 0).map(Reading::guessed) else {
                    continue;
                };
                // 80 begins no pair, so that it alone becomes `?`.
                let alone = lost == 0x80;
                if token.reading.is_some() && token.char == '?' && token.orphan == alone {
                    continue;
                }
                let bonus = match (token.reading, whole.chars.last()) {
                    (Some(r), Some(&c)) if is_reading_of(c, r) => 6.0,
                    (Some(_), _) => continue,
                    _ => -unsure,
                };
                if alone {
                    end(whole, i + 1, bonus + unsure.min(-bonus).max(0.0));
                    continue;
                }
                if let Some(c) = swallowed {
                    whole.push(c);
                    whole = whole.guessed();
                }
                end(whole, after, bonus);
            }
        } else if is_mark(token.char)
            && i > 0
            && (!reading.chars.is_empty() || by_reading)
            && page.damaged
        {
            // A byte before noise that left no trace.
            for lost in 0x40..=0xFE {
                if let Some(whole) = reading.with(lost, 0).map(Reading::guessed) {
                    end(whole, i, -3.0);
                }
            }
        }
    }
}

/// What a `?` swallowed beside the lost byte, the token after it and its leftovers, and how unsure
/// that is.
fn swallowed(tokens: &[Token<'_>], i: usize, page: &Page) -> (Option<char>, usize, f32) {
    let next = tokens.get(i + 1);
    let Some((token, next)) = tokens.get(i).zip(next) else {
        return (None, i + 1, 1.0);
    };
    if let Some(end) = markup_end(tokens, i + 1) {
        return (None, end, 0.0);
    }
    match next.char {
        _ if token.orphan || token.noise => (None, i + 1, 0.0),
        ' ' if tokens.get(i + 2).is_some_and(|t| is_mark(t.char)) => (None, i + 2, 0.0),
        c if is_mark(c) || c.is_whitespace() => (None, i + 1, 0.0),
        // What stands before a digit may be another one.
        c if c.is_ascii_digit() => (Some(' '), i + 1, 12.0),
        c if c.is_ascii_alphabetic() => (Some(' '), i + 1, 2.0),
        _ if page.spaced => (Some(' '), i + 1, 3.0),
        _ => (Some('\n'), i + 1, 3.0),
    }
}

/// The end of the rest of a tag that lost its `<`.
fn markup_end(tokens: &[Token<'_>], from: usize) -> Option<usize> {
    let text: String = tokens.iter().skip(from).take(12).map(|t| t.char).collect();
    let end = text.find('>')?;
    let tag = text.get(..end)?;
    let is_tag = tag
        .strip_prefix('/')
        .is_some_and(|name| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric()))
        || matches!(tag, "br" | "br /" | "br/" | "p");
    is_tag.then_some(from + end + 1)
}

/// ln p of a reading without its opening parenthesis in text that is not shifted.
const ORPHAN: f32 = -12.0;

/// What stands there, read as it is.
struct Observed {
    first: usize,
    /// The character before the first.
    before: Option<char>,
    sums: Vec<f32>,
}

impl Observed {
    fn new(tokens: &[Token<'_>], first: usize) -> Observed {
        let mut reader = Reading::before(tokens, first).reader;
        let mut sum = 0.0;
        let mut sums = vec![0.0];
        for token in tokens.iter().skip(first).take(LONGEST + 16 + CONTEXT) {
            sum += reader.read(token.char) + if token.orphan { ORPHAN } else { 0.0 };
            sums.push(sum);
        }
        let before = first
            .checked_sub(1)
            .and_then(|b| tokens.get(b))
            .map(|t| t.char);
        Observed {
            first,
            before,
            sums,
        }
    }

    /// ln p from the first token up to `end`.
    fn up_to(&self, end: usize) -> f32 {
        let index = (end - self.first.min(end)).min(self.sums.len().saturating_sub(1));
        self.sums.get(index).copied().unwrap_or_default()
    }
}

/// Least gain in nats over what stands there.
const LEAST_GAIN: f32 = 8.0;
/// Least ln p of a character of the repaired stretch, on average.
const LEAST_QUALITY: f32 = -11.0;

/// Least part of the probability that the best reading has among all.
const LEAST_SHARE: f32 = 0.5;

/// The best reading, if it is much better than what stands there and good by itself.
fn choose(first: usize, mut found: Vec<Whole>, page: &Page, bonus: f32) -> Option<Shift> {
    found.sort_by(|a, b| b.gain.total_cmp(&a.gain));
    let best = found.first()?;
    // One character says little by itself, and a reading that fits says enough.
    let short = best.reading.chars.len() < 3 || bonus > 0.0;
    let quality = best.reading.ln_p / best.reading.chars.len().max(1) as f32;
    let threshold = if page.damaged {
        LEAST_GAIN
    } else {
        LEAST_GAIN + 4.0
    };
    if best.gain + bonus < threshold || quality < LEAST_QUALITY && !short {
        return None;
    }
    let total: f32 = found.iter().map(|w| (w.gain - best.gain).exp()).sum();
    let share = 1.0 / total.max(1.0);
    if share < LEAST_SHARE {
        return None;
    }
    Some(Shift {
        first,
        end: best.end,
        text: best.reading.chars.iter().collect(),
        inferred: best.reading.inferred.clone(),
        confidence: share * (1.0 - (-best.gain / 8.0).exp()),
    })
}
