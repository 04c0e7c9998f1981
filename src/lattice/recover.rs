//! From a line to what it becomes: the chains that are left at the end are searched over the whole line.

use super::beam::{Best, Lattice};
use super::bytes::{Bytes, Kind};
use super::explanation::Explanation;
use super::gate::{is_well_explained, odd_window};
use super::guess::{Spelt, spell};
use super::jobs::Jobs;
use super::judge::{FACTS, confidence, facts, is_refused};
use super::pieces::Traces;
use super::plain::may_be_best_fit;
use super::reading::{Node, Search};
use super::wear::{Marks, Wear};
use super::{Guess, Recovered, Stretch, score};
use crate::encoding::Encoding;
use crate::misdecoding::{Chain, prior};

/// How chains are chosen: on so many characters, with so many readings each, so many are left, that lie at most so
/// many nats behind the best.
const STAGES: &[(usize, usize, usize, f32)] =
    &[(14, 4, 24, 25.0), (28, 5, 8, 20.0), (44, 8, 2, 12.0)];
/// So many readings are kept over the whole line.
const WIDE: usize = 16;

/// What [`super::recover`] does.
pub(super) fn recover(line: &[char], explained: &Explanation<'_>, least: f32) -> Option<Recovered> {
    let wear = if explained.is_whole() {
        Wear::of_spaces(line)
    } else {
        Wear::of(line)
    };
    let likely =
        |wear: &Wear| recover_worn(line, explained, wear).filter(|r| r.confidence >= least);
    let found = likely(&wear);
    if explained.is_whole() || !may_be_best_fit(line) {
        return found;
    }
    let fitted = likely(&wear.with_best_fit());
    match (found, fitted) {
        (Some(found), Some(fitted)) if fitted.net < found.net + BEST_FIT => Some(found),
        (found, fitted) => fitted.or(found),
    }
}

fn recover_worn(line: &[char], explained: &Explanation<'_>, wear: &Wear) -> Option<Recovered> {
    let observed = score::as_it_stands(line);
    let plain = explained.undone(line);
    let well = explained.is_whole() || !explained.is_empty() && is_well_explained(line, &plain);
    let spaces = well && explained.spaces_are_letters(line);
    let left = if well { explained } else { &Explanation::NONE };
    let window = odd_window(line, &observed, left, spaces);
    let window = window?;
    let text = line.get(window.clone())?;
    let as_it_stands = observed.get(window)?;
    let Jobs {
        mut jobs, bytes, ..
    } = Jobs::of(line, text, wear, explained, well);
    let mut search = Search::default();
    for (chars, width, survivors, behind) in STAGES {
        if jobs.len() == 1 && jobs.iter().all(|job| job.net > 0.0) {
            break;
        }
        let end = text.len().min(*chars);
        let (text, as_it_stands) = (text.get(..end)?, as_it_stands.get(..end)?);
        for job in &mut jobs {
            job.net = bytes
                .get(job.bytes)
                .and_then(|b| {
                    Lattice::new(text, as_it_stands, b, job.written()).best(*width, &mut search)
                })
                .map_or(f32::NEG_INFINITY, |best| {
                    best.gain - job.cost - price(job.marks, &best)
                });
        }
        jobs.sort_by(|a, b| b.net.total_cmp(&a.net));
        let (best, best_chain) = jobs.first().map(|j| (j.net, j.chain))?;
        if best < HOPELESS
            && shows_enough(text)
            && jobs.iter().all(|job| job.marks.mark().is_none())
        {
            return None;
        }
        let mut nth = 0;
        jobs.retain(|job| {
            nth += 1;
            let is_good = nth <= *survivors && job.net > best - behind;
            is_good || is_once_more(&job.chain, &best_chain)
        });
    }
    jobs.retain(|job| job.net > 0.0);
    let mut traces = Traces::new(line, wear);
    let mut tried: Vec<(Encoding, Bytes)> = Vec::new();
    let mut found: Option<Found> = None;
    for (job, chain) in jobs.iter().flat_map(|j| j.chains().map(move |c| (j, c))) {
        let bytes = Bytes::new(line, &reads(chain), &mut traces, job.marks)?;
        // Code pages that differ only in what does not stand here lead to the same.
        let same = |t: &(Encoding, Bytes)| t.0 == job.written() && t.1.same_as(&bytes);
        if tried.iter().any(same) {
            continue;
        }
        let best = Lattice::new(line, &observed, &bytes, job.written()).best(WIDE, &mut search);
        let cost = prior::chain_cost(chain);
        if let (Some(best), Some(cost)) = (best, cost) {
            let net = best.gain - cost - price(job.marks, &best);
            if found.as_ref().is_none_or(|f| f.net < net) {
                found = Some(Found {
                    chain: *chain,
                    marks: job.marks,
                    bytes: tried.len(),
                    best,
                    net,
                });
            }
        }
        tried.push((job.written(), bytes));
    }
    let found = found?;
    let (written, bytes) = tried.get(found.bytes)?;
    // Where nothing was lost, the search for chains has the say.
    if is_as_it_was(line, &found.best) {
        return None;
    }
    let (rival, is_unbroken) = explained_net(line, &observed, explained);
    let margin = if is_unbroken && found.marks == Marks::None {
        MARGIN_OF_WHOLE
    } else {
        MARGIN
    };
    if found.net <= rival + margin {
        return None;
    }
    let lattice = Lattice::new(line, &observed, bytes, *written);
    let mut found = rebuild(line, &lattice, &found)?;
    if found.stretches.iter().all(|s| s.whole) {
        return None;
    }
    // Then only what was lost is in question.
    let known = explained.chain() == Some(&found.chain);
    found.facts = facts(line, &found, rival, known);
    if !is_refused(line, &found, known) {
        found.confidence = confidence(&found.facts);
    }
    if found.confidence > 0.0 && known {
        found.confidence = found.confidence.max(KNOWN_CHAIN);
    }
    Some(found)
}

/// Where no chain comes nearer than so many nats to explaining a part of a line with so many characters outside ASCII and
/// no mark of a loss, the rest makes no difference.
const HOPELESS: f32 = -3.5;
const ENOUGH: usize = 10;

fn shows_enough(part: &[char]) -> bool {
    part.iter().filter(|c| !c.is_ascii()).count() >= ENOUGH
}

/// Nats that a reading of what the best fit left must be better than one of what is there.
const BEST_FIT: f32 = 2.0;
/// How sure at least a repair is whose chain explains most of the line without a loss.
const KNOWN_CHAIN: f32 = 0.9;
/// Nats that a reading with losses must be better than one without, and than one that leaves nothing.
const MARGIN: f32 = 2.0;
const MARGIN_OF_WHOLE: f32 = 20.0;

/// Whether the older of the two is the other one and UTF-8 misread once more before: too few characters come of a
/// window to tell the two apart, where part of a character may be missing at its start.
fn is_once_more(older: &Chain, chain: &Chain) -> bool {
    let first = older.iter().next();
    first.is_some_and(|m| m.written == Encoding::Utf8)
        && older.len() == chain.len() + 1
        && older.iter().skip(1).eq(chain.iter())
}

/// What undoing the first chain without loss gains, where it explains something, and whether it leaves nothing in a
/// legacy encoding of several bytes a character, where a lost byte would make others of all behind it.
fn explained_net(line: &[char], observed: &[f32], explained: &Explanation<'_>) -> (f32, bool) {
    if explained.is_empty() {
        return (0.0, false);
    }
    let net = explained.chain().and_then(|chain| {
        let written = chain.iter().next()?.written;
        let whole = Wear::NONE;
        let mut traces = Traces::new(line, &whole);
        let bytes = Bytes::new(line, &reads(chain), &mut traces, Marks::None)?;
        let best =
            Lattice::new(line, observed, &bytes, written).best(WIDE / 2, &mut Search::default())?;
        let is_unbroken =
            written != Encoding::Utf8 && !written.is_single_byte() && leaves_nothing(line, &best);
        Some((best.gain - prior::chain_cost(chain)?, is_unbroken))
    });
    net.unwrap_or((0.0, false))
}

/// Whether a reading changes nothing but what stands whole for other characters.
fn is_as_it_was(line: &[char], best: &Best) -> bool {
    let is_whole = |step: &Node| matches!(step.kind, Kind::Kept | Kind::Exact);
    let reaches_the_end = |step: &Node| step.neutral && step.at as usize == line.len();
    best.steps.iter().all(is_whole) && best.steps.last().is_some_and(reaches_the_end)
}

/// Whether a reading keeps nothing outside ASCII as it stands.
fn leaves_nothing(line: &[char], best: &Best) -> bool {
    let kept = best.steps.iter().filter(|step| step.kind == Kind::Kept);
    kept.filter_map(|step| line.get((step.at as usize).checked_sub(1)?))
        .all(char::is_ascii)
}

/// The encodings that a chain was read in, the oldest first.
pub(super) fn reads(chain: &Chain) -> Vec<Encoding> {
    chain.iter().map(|m| m.read).collect()
}

/// What believing in such a loss costs, in nats.
fn price(marks: Marks, best: &Best) -> f32 {
    let has = |kind: Kind| best.steps.iter().any(|s| s.kind == kind);
    let marks = if has(Kind::Lost) {
        match marks {
            Marks::None => 0.0,
            Marks::Replacement => 1.0,
            Marks::ReplacementForPair | Marks::Question => 2.0,
            Marks::QuestionForPair => 2.5,
            Marks::Dropped => 3.5,
        }
    } else {
        0.0
    };
    marks
        + if has(Kind::Worn) { 2.0 } else { 0.0 }
        + if has(Kind::Plain) { 2.0 } else { 0.0 }
        + if has(Kind::Control) { 2.0 } else { 0.0 }
}

/// The best reading of a line so far.
struct Found {
    chain: Chain,
    marks: Marks,
    /// Which of the bytes that were tried.
    bytes: usize,
    best: Best,
    net: f32,
}

/// What a line becomes by its best reading.
fn rebuild(line: &[char], lattice: &Lattice<'_>, found: &Found) -> Option<Recovered> {
    let spelt = spell(lattice, line, &found.best);
    let evidence = evidence(line, &found.best);
    let stretches = stretches(line, &spelt);
    if stretches.is_empty() {
        return None;
    }
    let mut repaired = Vec::with_capacity(line.len());
    let mut done = 0;
    for s in &stretches {
        repaired.extend(line.get(done..s.range.start)?);
        repaired.extend(&s.after);
        done = s.range.end;
    }
    repaired.extend(line.get(done..)?);
    Some(Recovered {
        chain: found.chain,
        marks: found.marks,
        stretches,
        repaired,
        net: found.net,
        confidence: 0.0,
        facts: [0.0; FACTS],
        quality: spelt.undone_score / spelt.undone.max(1) as f32,
        others_quality: spelt.others_score / spelt.others.max(1) as f32,
        evidence,
        plain: found.best.steps.iter().any(|s| s.kind == Kind::Plain),
    })
}

/// How many characters outside ASCII show by their bytes what they were, marks of loss not among them.
fn evidence(line: &[char], best: &Best) -> usize {
    let mut at = 0;
    let mut n = 0;
    for step in &best.steps {
        let from = std::mem::replace(&mut at, step.at as usize);
        if matches!(
            step.kind,
            Kind::Exact | Kind::Worn | Kind::Plain | Kind::Control
        ) {
            let chars = line.get(from..at).unwrap_or_default();
            n += chars
                .iter()
                .filter(|&&c| !c.is_ascii() && c != '\u{FFFD}')
                .count();
        }
    }
    n
}

/// The parts of a line that a reading changes.
fn stretches(line: &[char], spelt: &Spelt) -> Vec<Stretch> {
    let mut out: Vec<Stretch> = Vec::new();
    // Where what is known to be mangled ends: signs of ASCII that stand apart from it are as they were meant.
    let mut mangled_to = None;
    for unit in spelt.units.iter().filter(|u| !u.kept) {
        let before = line.get(unit.observed.clone()).unwrap_or_default();
        let is_ascii = before.iter().all(char::is_ascii);
        if !is_ascii {
            mangled_to = Some(unit.observed.end);
        } else if unit.plain {
            if mangled_to != Some(unit.observed.start) {
                continue;
            }
            mangled_to = Some(unit.observed.end);
        }
        let written = spelt.chars.get(unit.written.clone()).unwrap_or_default();
        let mut after = Vec::with_capacity(written.len());
        let mut guesses = Vec::new();
        for w in written {
            if w.alternatives.is_empty() {
                after.push(w.c);
                continue;
            }
            let guess = Guess {
                at: after.len(),
                alternatives: w.alternatives.clone(),
            };
            after.push(match w.alternatives.first() {
                Some(&(c, _)) if guess.is_shown() => c,
                _ => '\u{FFFD}',
            });
            guesses.push(guess);
        }
        // A sign of ASCII that may have been meant says more than that something is lost.
        if before == after || (is_ascii && after.contains(&'\u{FFFD}')) {
            continue;
        }
        match out.last_mut() {
            Some(last) if last.range.end == unit.observed.start => {
                let shift = last.after.len();
                last.range.end = unit.observed.end;
                last.after.extend(after);
                last.whole &= !unit.worn;
                last.guesses.extend(guesses.into_iter().map(|g| Guess {
                    at: g.at + shift,
                    ..g
                }));
            }
            _ => out.push(Stretch {
                range: unit.observed.clone(),
                after,
                whole: !unit.worn,
                guesses,
            }),
        }
    }
    out
}
