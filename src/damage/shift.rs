//! Text read one byte off.
//!
//! Where the second byte of a character and the first of the next make the code of something, the
//! program cut between them: the first byte is left alone and lost, and the text that follows is
//! read one byte off until something ASCII stops it. All but the lost byte is there. So the bytes
//! are put back, every value of the lost one is tried, and the model chooses it and the end.

use std::cell::OnceCell;
use std::collections::HashSet;
use std::ops::Range;

use super::codes::Codes;
use super::gbk;
use super::noise::is_mark;
use super::prose::Reader;
use super::readings::is_reading_of;
use super::token::Token;
use super::variants::{simplified, traditional};

/// Most characters read one byte off; those seen have up to nine.
pub(super) const LONGEST: usize = 32;
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

/// ln of how much likelier a cut is where noise stands in it.
const CUT_BY_NOISE: f32 = 12.0;

/// Gain of a pair around a guessed character that stands elsewhere on the page.
const KNOWN: f32 = 2.5;

/// What a page shows of the program.
#[derive(Clone, Debug)]
pub(super) struct Page<'a> {
    /// The encoding whose bytes it was cut in.
    pub codes: &'static Codes,
    pub pairs: HanPairs<'a>,
    /// Its readings or its noise.
    pub damaged: bool,
    /// Each run of its noise has become one space.
    pub noise_is_space: bool,
    /// Full-width ASCII has become ASCII.
    pub narrowed: bool,
    /// Between Han characters, a space is more often met than a line break.
    pub spaced: bool,
}

/// The pairs of Han characters on a page: a lost character may well stand elsewhere in its word. Most pages ask for none.
#[derive(Clone, Debug)]
pub(super) struct HanPairs<'a> {
    tokens: &'a [Token<'a>],
    found: OnceCell<HashSet<(char, char)>>,
}

impl<'a> HanPairs<'a> {
    pub(super) fn of(tokens: &'a [Token<'a>]) -> HanPairs<'a> {
        HanPairs {
            tokens,
            found: OnceCell::new(),
        }
    }

    fn contain(&self, pair: (char, char)) -> bool {
        let find = || {
            let pairs = self.tokens.windows(2).filter_map(|pair| match pair {
                [a, b] if gbk::is_han(a.char) && gbk::is_han(b.char) => Some((a.char, b.char)),
                _ => None,
            });
            pairs.collect()
        };
        self.found.get_or_init(find).contains(&pair)
    }
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

/// What is said of a place where a shift may begin.
#[derive(Debug)]
pub(super) enum Outcome {
    Solved(Shift),
    /// Some way to put the bytes back reads better, and it is not clear which: the tokens that the
    /// best of them replaces.
    Undecided(Range<usize>),
}

/// Whether the text was converted to traditional characters after it had been shifted, as some
/// programs do it: the bytes are then those of the simplified ones.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    AsItIs,
    Converted,
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
    fn with(&self, page: &Page<'_>, trail: u8, pending: u8) -> Option<Reading> {
        let c = page.codes.pair(self.pending, trail)?;
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

impl Whole {
    fn new(
        reading: Reading,
        end: usize,
        bonus: f32,
        tokens: &[Token<'_>],
        observed: &Observed,
        page: &Page<'_>,
    ) -> Whole {
        let context = tokens.get(end..).unwrap_or_default().iter().take(CONTEXT);
        let after = reading.reader.clone().read_all(context.map(|t| t.char));
        let next = tokens.get(end).map(|t| t.char);
        let gain = reading.ln_p + after - observed.up_to(end + CONTEXT)
            + bonus
            + KNOWN * reading.known(observed.before, next, page) as f32;
        Whole { reading, end, gain }
    }
}

/// Where a shift may begin at a token, and what to try there.
///
/// Each attempt is counted off `left`.
pub(super) fn at(
    tokens: &[Token<'_>],
    i: usize,
    page: &Page<'_>,
    left: &mut usize,
) -> Option<Outcome> {
    let token = tokens.get(i)?;
    let mut count = || *left = left.saturating_sub(1);
    if token.orphan {
        count();
        return by_reading(tokens, i, page);
    }
    if token.char == '?' {
        // Controls before the mark became one space on some pages.
        let next = tokens.get(i + 1)?;
        // A row of question marks is no character and a mark.
        let asks = |t: Option<&Token<'_>>| t.is_some_and(|t| t.char == '?');
        if asks(Some(next))
            && (asks(tokens.get(i + 2)) || asks(i.checked_sub(1).and_then(|b| tokens.get(b))))
        {
            return None;
        }
        let mark = i + 1 + usize::from(next.char == ' ');
        if mark_bytes(tokens.get(mark)?.char, page).is_some() {
            count();
            let before = i.checked_sub(1).and_then(|b| tokens.get(b));
            let spaced = page.noise_is_space && before.is_some_and(|t| t.char == ' ');
            if let Some(found) = by_mark(tokens, i - usize::from(spaced), mark, page) {
                return Some(found);
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
                .is_some_and(|t| mark_bytes(t.char, page).is_some()));
    if page.damaged
        && !is_lost
        && mark_bytes(token.char, page).is_some()
        && is_suspicious(tokens, i)
    {
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
fn mark_bytes(c: char, page: &Page<'_>) -> Option<[u8; 2]> {
    is_mark(c).then(|| page.codes.bytes(widened(c)))?
}

/// The full-width form of an ASCII sign.
fn widened(c: char) -> char {
    match c {
        '!'..='~' => char::from_u32(u32::from(c) + 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// Whether what follows a mark is improbable enough to look into.
fn is_suspicious(tokens: &[Token<'_>], mark: usize) -> bool {
    let after = tokens.iter().skip(mark + 1).take(4);
    let (han, all) = (
        after.clone().filter(|t| !t.char.is_ascii()).count(),
        after.clone().count(),
    );
    let torn = after.clone().any(|t| t.orphan || gbk::is_private(t.char));
    let ln_p = Reader::line_start().read_all(after.map(|t| t.char));
    torn || han > 0 && ln_p < -10.0 * all as f32
        || tokens.get(mark + 1).is_some_and(|t| is_mark(t.char))
}

/// A shift that a mark began: its first byte is the trail byte of a character that is lost.
fn by_mark(tokens: &[Token<'_>], first: usize, mark: usize, page: &Page<'_>) -> Option<Outcome> {
    let [trail, pending] = mark_bytes(tokens.get(mark)?.char, page)?;
    let start = Reading::before(tokens, first);
    let starts = (0x81..=0xFE)
        .filter_map(|lead| {
            Reading {
                pending: lead,
                ..start.clone()
            }
            .with(page, trail, pending)
        })
        .filter(|reading| page.codes.may_be_lost(reading.reader.last_two()))
        .map(|mut reading| {
            // Noise stands between a byte and a mark only where the program put it.
            if tokens
                .get(mark.saturating_sub(1))
                .is_some_and(|t| t.char == '?' && t.noise)
            {
                reading.ln_p += CUT_BY_NOISE;
            }
            // Nearly all that is read as an exclamation mark is a full stop before a quotation mark.
            if [trail, pending] == EXCLAMATION && reading.chars == ['。'] {
                reading.ln_p += FULL_STOP;
            }
            reading.guessed()
        });
    // In Big5 and Shift_JIS the second byte of a mark is an ASCII letter, so that nothing is shifted.
    if pending.is_ascii() {
        let observed = Observed::new(tokens, first);
        let whole = |mut reading: Reading| {
            reading.push(char::from(pending));
            Whole::new(reading, mark + 1, 0.0, tokens, &observed, page)
        };
        let found = starts.map(whole).collect();
        return choose(first, found, page, 0.0, Script::AsItIs, ALONE_SHARE);
    }
    let starts = starts.collect();
    follow(tokens, first, mark + 1, starts, page, 0.0, Script::AsItIs)
}

/// A shift that a reading began: the annotated character begins with the second byte of the
/// character before, and its second byte is the lost one.
fn by_reading(tokens: &[Token<'_>], orphan: usize, page: &Page<'_>) -> Option<Outcome> {
    let reading = tokens.get(orphan)?.reading?;
    let before = tokens.get(orphan.checked_sub(1)?)?.char;
    let as_it_is = from_first_byte(tokens, orphan, page, reading, before, Script::AsItIs);
    if matches!(as_it_is, Some(Outcome::Solved(_))) {
        return as_it_is;
    }
    let was = simplified(before).unwrap_or(before);
    from_first_byte(tokens, orphan, page, reading, was, Script::Converted).or(as_it_is)
}

fn from_first_byte(
    tokens: &[Token<'_>],
    orphan: usize,
    page: &Page<'_>,
    reading: &str,
    before: char,
    script: Script,
) -> Option<Outcome> {
    let [_, first_byte] = page.codes.bytes(before)?;
    let start = Reading::before(tokens, orphan);
    let starts = (0x81..=0xFE)
        .filter(|&lost| {
            page.codes
                .pair(first_byte, lost)
                .is_some_and(|c| is_reading_of(c, reading))
        })
        .map(|lost| Reading {
            pending: lost,
            ..start.clone()
        })
        .collect();
    follow(tokens, orphan, orphan + 1, starts, page, 4.0, script)
}

impl Reading {
    /// How many pairs around guessed characters stand elsewhere on the page.
    fn known(&self, before: Option<char>, next: Option<char>, page: &Page<'_>) -> usize {
        let at = |i: usize| self.chars.get(i).copied();
        self.inferred
            .iter()
            .flat_map(|&i| {
                let before = i.checked_sub(1).map_or(before, at);
                let after = at(i + 1).or(next);
                [before.zip(at(i)), at(i).zip(after)]
            })
            .flatten()
            .filter(|&pair| page.pairs.contain(pair))
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
    page: &Page<'_>,
    bonus: f32,
    script: Script,
) -> Option<Outcome> {
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
            let was = match script {
                Script::AsItIs => token.char,
                Script::Converted => simplified(token.char).unwrap_or(token.char),
            };
            let wide = || {
                let narrowed = page.narrowed && was.is_ascii_graphic();
                narrowed.then(|| page.codes.bytes(widened(was)))?
            };
            if let Some([trail, pending]) = page.codes.bytes(was).or_else(wide) {
                longer.extend(reading.with(page, trail, pending));
            }
        }
        longer.sort_by(|a, b| b.ln_p.total_cmp(&a.ln_p));
        longer.truncate(BEAM);
        readings = longer;
    }
    choose(first, found, page, bonus, script, LEAST_SHARE)
}

/// The ends of a shift at token `i`.
fn ends(
    tokens: &[Token<'_>],
    i: usize,
    readings: &[Reading],
    page: &Page<'_>,
    by_reading: bool,
    observed: &Observed,
    found: &mut Vec<Whole>,
) {
    let token = tokens.get(i);
    for (rank, reading) in readings.iter().enumerate() {
        let mut end = |reading: Reading, end: usize, bonus: f32| {
            found.push(Whole::new(reading, end, bonus, tokens, observed, page));
        };
        let Some(token) = token else { continue };
        // A trail byte that is a character by itself, perhaps with the reading of that which it ends.
        if let Some(trail) = page.codes.byte(token.char)
            && let Some(whole) = reading.with(page, trail, 0)
        {
            match (token.reading, whole.chars.last()) {
                (Some(r), Some(&c)) if is_reading_of(c, r) => end(whole, i + 1, 6.0),
                (Some(_), _) => {}
                _ => end(whole, i + 1, 0.0),
            }
        }
        // An ASCII byte that was taken for a trail byte.
        if let Some([trail, eaten @ 0x40..=0x7E]) = page.codes.bytes(token.char)
            && let Some(mut whole) = reading.with(page, trail, 0)
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
            lost_bytes(tokens, i, reading, page, &mut end);
        } else if is_mark(token.char)
            && i > 0
            && (!reading.chars.is_empty() || by_reading)
            && page.damaged
        {
            // A byte before noise that left no trace.
            for lost in 0x40..=0xFE {
                if let Some(whole) = reading.with(page, lost, 0).map(Reading::guessed) {
                    end(whole, i, -3.0);
                }
            }
        }
    }
}

/// Lost bytes that are followed up with all that they may have swallowed.
const FOLLOWED: usize = 24;

/// The ends of a reading at a lost byte.
fn lost_bytes(
    tokens: &[Token<'_>],
    i: usize,
    reading: &Reading,
    page: &Page<'_>,
    end: &mut impl FnMut(Reading, usize, f32),
) {
    let Some(token) = tokens.get(i) else { return };
    let (swallowed, after) = swallowed(tokens, i, page);
    let mut wholes = Vec::new();
    for lost in 0x40..=0xFE {
        let Some(whole) = reading.with(page, lost, 0).map(Reading::guessed) else {
            continue;
        };
        if !page.codes.may_be_lost(whole.reader.last_two()) {
            continue;
        }
        // 80 begins no pair, so that it alone becomes `?`.
        let alone = lost == 0x80;
        let bonus = match (token.reading, whole.chars.last()) {
            (Some(_), _) if token.orphan == alone => continue,
            (Some(r), Some(&c)) if is_reading_of(c, r) => 6.0,
            (Some(_), _) => continue,
            _ => 0.0,
        };
        if alone {
            end(whole, i + 1, bonus);
        } else {
            wholes.push((whole, bonus));
        }
    }
    wholes.sort_by(|(a, _), (b, _)| b.ln_p.total_cmp(&a.ln_p));
    for (whole, bonus) in wholes.into_iter().take(FOLLOWED) {
        for &(eaten, ln_p) in &swallowed {
            let mut whole = whole.clone();
            if let Some(c) = eaten {
                whole.push(c);
                whole = whole.guessed();
            }
            end(whole, after, bonus + ln_p);
        }
    }
}

/// What a `?` may have swallowed beside the lost byte, with ln of how likely, and the token after
/// it and its leftovers.
fn swallowed(tokens: &[Token<'_>], i: usize, page: &Page<'_>) -> (Vec<(Option<char>, f32)>, usize) {
    let nothing = |after| (vec![(None, 0.0)], after);
    let next = tokens.get(i + 1);
    let Some((token, next)) = tokens.get(i).zip(next) else {
        return (vec![(None, -1.0)], i + 1);
    };
    if let Some(end) = markup_end(tokens, i + 1) {
        return nothing(end);
    }
    match next.char {
        _ if token.orphan || token.noise => nothing(i + 1),
        ' ' if tokens.get(i + 2).is_some_and(|t| is_mark(t.char)) => nothing(i + 2),
        c if is_mark(c) || c.is_whitespace() => nothing(i + 1),
        _ => {
            let (space, line) = if page.spaced {
                (-1.5, -2.5)
            } else {
                (-2.5, -1.0)
            };
            let others = "0123456789(.-/:\"".chars().map(|c| (Some(c), -2.5));
            (
                [(Some(' '), space), (Some('\n'), line)]
                    .into_iter()
                    .chain(others)
                    .collect(),
                i + 1,
            )
        }
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
            let torn = token.orphan || token.char == '\0';
            sum += reader.read(token.char) + if torn { ORPHAN } else { 0.0 };
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
/// Gain in nats from which something is wrong, whatever it is.
const UNDECIDED: f32 = 4.0;
/// Least ln p of a character of the repaired stretch, on average.
const LEAST_QUALITY: f32 = -11.0;

/// Least part of the probability that the best reading has among all.
const LEAST_SHARE: f32 = 0.5;
/// The same where nothing follows that is shifted too.
const ALONE_SHARE: f32 = 0.9;

/// The best reading, if it is much better than what stands there and good by itself.
fn choose(
    first: usize,
    mut found: Vec<Whole>,
    page: &Page<'_>,
    bonus: f32,
    script: Script,
    least_share: f32,
) -> Option<Outcome> {
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
    let undecided =
        || (best.gain + bonus >= UNDECIDED).then_some(Outcome::Undecided(first..best.end));
    if best.gain + bonus < threshold || quality < LEAST_QUALITY && !short {
        return undecided();
    }
    let total: f32 = found.iter().map(|w| (w.gain - best.gain).exp()).sum();
    let share = 1.0 / total.max(1.0);
    if share < least_share {
        return undecided();
    }
    Some(Outcome::Solved(Shift {
        first,
        end: best.end,
        text: match script {
            Script::AsItIs => best.reading.chars.iter().collect(),
            Script::Converted => best.reading.chars.iter().map(|&c| traditional(c)).collect(),
        },
        inferred: best.reading.inferred.clone(),
        confidence: share * (1.0 - (-best.gain / 8.0).exp()),
    }))
}
