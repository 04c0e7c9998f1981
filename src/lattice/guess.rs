//! The characters of a reading that rest on lost bytes: what else they could be, and the odds.

use super::beam::{Best, Lattice};
use super::bytes::Kind;
use super::context;
use super::prefix::Prefixes;
use super::score::LINE_START;
use crate::encoding::Step;
use crate::model::History;

/// A byte of a reading, in the encoding that the text was written in.
#[derive(Clone, Copy, Debug)]
struct Byte {
    value: u8,
    kind: Kind,
    /// Where it stood, and how many characters are left of it.
    at: usize,
    chars: usize,
}

/// A character of a reading.
#[derive(Clone, Debug)]
pub(super) struct Written {
    pub(super) c: char,
    /// What it could be besides, the likeliest first, `c` among them; empty where nothing was lost.
    pub(super) alternatives: Vec<(char, f32)>,
}

/// A part of a reading that stands for whole characters.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    /// Observed characters, and characters written.
    pub(super) observed: std::ops::Range<usize>,
    pub(super) written: std::ops::Range<usize>,
    pub(super) kept: bool,
    /// Some byte is not that of the observed character.
    pub(super) worn: bool,
    /// Some character is plainer than it was.
    pub(super) plain: bool,
}

/// A reading spelt out.
#[derive(Default)]
pub(super) struct Spelt {
    pub(super) units: Vec<Unit>,
    pub(super) chars: Vec<Written>,
    /// The text ends within a character.
    pub(super) is_cut: bool,
    /// Mean log-probability of the characters that are not kept, and how many there are.
    pub(super) undone_score: f32,
    pub(super) undone: usize,
    /// The same for those of them that are not ASCII.
    pub(super) others_score: f32,
    pub(super) others: usize,
}

/// So many characters behind a guess tell whether it is right.
const BEHIND: usize = 4;
/// So many characters are weighed with what stands behind.
const PROMISING: usize = 60;
/// What the end of the text says of what stands before it counts for so much.
const AT_END: f32 = 0.7;
const HARDLY_AN_END: f32 = -6.0;
/// So many alternatives are kept.
const ALTERNATIVES: usize = 5;
/// Log-probabilities are divided by this before they become odds, fitted on guesses whose truth is known. Neighbours
/// that are guesses themselves say less.
const TEMPER: f32 = 1.4;
const TEMPER_TAKEN_ALONG: f32 = 1.1;
const TEMPER_BY_GUESSED: f32 = 0.4;
const TEMPER_AT_END: f32 = 1.2;
/// So many characters on both sides are neighbours, and so many guesses among them count.
const NEAR: usize = 3;
/// Odds that are less are not listed.
const HARDLY: f32 = 0.01;

struct Spelling {
    c: char,
    bytes: Vec<Byte>,
    /// The byte behind it, where it is known.
    next: Option<u8>,
    history: History,
    last: char,
}

/// Spells out the best reading.
pub(super) fn spell(lattice: &Lattice<'_>, text: &[char], best: &Best) -> Spelt {
    let mut out = Spelt::default();
    let mut spellings: Vec<Spelling> = Vec::new();
    let mut decoder = lattice.written().decoder();
    let mut pending: Vec<Byte> = Vec::new();
    let mut history = History::word_start();
    let mut last = LINE_START;
    let (mut observed_from, mut written_from) = (0, 0);
    let (mut worn, mut plain) = (false, false);
    let mut at = 0;
    for node in &best.steps {
        let behind = at;
        at = node.at as usize;
        if node.kind == Kind::Kept {
            let Some(&c) = at.checked_sub(1).and_then(|i| text.get(i)) else {
                continue;
            };
            spellings.push(Spelling {
                c,
                bytes: Vec::new(),
                next: None,
                history,
                last,
            });
            history = lattice.scorer().of_char(history, last, c).1;
            last = c;
        } else {
            worn |= node.kind != Kind::Exact;
            plain |= node.kind == Kind::Plain;
            for &byte in node.bytes.iter().take(usize::from(node.len)) {
                if let Some(previous) = spellings.last_mut().filter(|_| pending.is_empty()) {
                    let known = matches!(node.kind, Kind::Exact | Kind::Worn | Kind::Plain);
                    previous.next = previous.next.or(known.then_some(byte));
                }
                pending.push(Byte {
                    value: byte,
                    kind: node.kind,
                    at: behind,
                    chars: at - behind,
                });
                let made = match decoder.push(byte) {
                    Step::Pending => continue,
                    Step::Char(c) => [Some(c), None],
                    Step::Pair(a, b) => [Some(a), Some(b)],
                    Step::Invalid => {
                        pending.clear();
                        continue;
                    }
                };
                for c in made.into_iter().flatten() {
                    spellings.push(Spelling {
                        c,
                        bytes: std::mem::take(&mut pending),
                        next: None,
                        history,
                        last,
                    });
                    let (ln_p, h) = lattice.scorer().of_char(history, last, c);
                    // How a line begins says little.
                    if last != LINE_START {
                        out.undone_score += ln_p;
                        out.undone += 1;
                        if !c.is_ascii() {
                            out.others_score += ln_p;
                            out.others += 1;
                        }
                    }
                    (history, last) = (h, c);
                }
            }
        }
        if node.neutral && (at > observed_from || spellings.len() > written_from) {
            out.units.push(Unit {
                observed: observed_from..at,
                written: written_from..spellings.len(),
                kept: node.kind == Kind::Kept,
                worn,
                plain,
            });
            (observed_from, written_from) = (at, spellings.len());
            (worn, plain) = (false, false);
        }
    }
    let mut weighed: Vec<Weighed> = (0..spellings.len())
        .map(|i| weigh(lattice, &spellings, i))
        .collect();
    if observed_from < text.len() {
        out.is_cut = true;
        let from = weighed.len();
        weighed.push(cut(lattice, history, last, &pending, &best.cut));
        out.units.push(Unit {
            observed: observed_from..text.len(),
            written: from..from + 1,
            kept: false,
            worn: true,
            plain: false,
        });
    }
    context::weigh(&mut weighed);
    out.chars = weighed.into_iter().map(Written::from).collect();
    out
}

fn is_unknown(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Lost | Kind::Swallowed | Kind::Control | Kind::Plain
    )
}

/// A character of a reading, and what else it could be.
#[derive(Clone, Debug)]
pub(super) struct Weighed {
    pub(super) c: char,
    /// What it could be with the log-probability of each, the likeliest first; empty where nothing was lost.
    pub(super) scored: Vec<(char, f32)>,
    temper: f32,
}

impl Weighed {
    fn known(c: char) -> Weighed {
        Weighed {
            c,
            scored: Vec::new(),
            temper: 1.0,
        }
    }

    fn guessed(c: char, mut scored: Vec<(char, f32)>, temper: f32) -> Weighed {
        scored.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        scored.dedup_by_key(|s| s.0);
        Weighed { c, scored, temper }
    }
}

impl From<Weighed> for Written {
    fn from(weighed: Weighed) -> Written {
        Written {
            c: weighed.c,
            alternatives: odds(weighed.scored, weighed.temper),
        }
    }
}

/// A character with the log-probabilities of what it could be.
fn weigh(lattice: &Lattice<'_>, spellings: &[Spelling], i: usize) -> Weighed {
    let Some(spelling) = spellings.get(i) else {
        return Weighed::known('\u{FFFD}');
    };
    let c = spelling.c;
    if !spelling.bytes.iter().any(|b| is_unknown(b.kind)) {
        return Weighed::known(c);
    }
    let mut candidates = vec![c];
    fill(lattice, &spelling.bytes, spelling.next, &mut |found| {
        if found != c {
            candidates.push(found);
        }
    });
    let behind: Vec<char> = spellings
        .iter()
        .skip(i + 1)
        .take(BEHIND)
        .map(|s| s.c)
        .collect();
    let scorer = lattice.scorer().among();
    let of_candidate = |candidate: char| scorer.of_char(spelling.history, spelling.last, candidate);
    let mut scored: Vec<(char, f32)> = candidates
        .into_iter()
        .map(|candidate| (candidate, of_candidate(candidate).0))
        .collect();
    // What stands behind is asked only about those that are likely for what stands before.
    if scored.len() > PROMISING {
        scored.select_nth_unstable_by(PROMISING, |a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        scored.truncate(PROMISING);
    }
    for (candidate, sum) in &mut scored {
        let (mut history, mut last) = (of_candidate(*candidate).1, *candidate);
        for &c in &behind {
            let (ln_p, next) = scorer.of_char(history, last, c);
            *sum += ln_p;
            (history, last) = (next, c);
        }
        if behind.len() < BEHIND {
            *sum += at_end(lattice, history, last);
        }
    }
    let guessed = spellings
        .iter()
        .take(i + 1 + NEAR)
        .skip(i.saturating_sub(NEAR))
        .filter(|s| s.bytes.iter().any(|b| is_unknown(b.kind)))
        .count();
    let guessed = guessed.saturating_sub(1).min(NEAR) as f32;
    let lost = spelling.bytes.iter().any(|b| b.kind == Kind::Lost);
    let temper = if lost { TEMPER } else { TEMPER_TAKEN_ALONG };
    let known = |b: &Byte| b.kind == Kind::Plain || !is_unknown(b.kind);
    // Something plainer may stand for one character only.
    if scored.len() == 1 && spelling.bytes.iter().all(known) {
        return Weighed::known(c);
    }
    Weighed::guessed(c, scored, temper + TEMPER_BY_GUESSED * guessed)
}

/// The character within which the text ends: `pending` are its bytes, `next` those that may come next, all if none.
fn cut(
    lattice: &Lattice<'_>,
    history: History,
    last: char,
    pending: &[Byte],
    next: &[u8],
) -> Weighed {
    let mut scored: Vec<(char, f32)> = Vec::new();
    let known: Vec<u8> = pending.iter().map(|b| b.value).collect();
    let scorer = lattice.scorer().among();
    let mut add = |c: char| {
        let (ln_p, next) = scorer.of_char(history, last, c);
        scored.push((c, ln_p + at_end(lattice, next, c)));
    };
    for (encoded, c) in &lattice.prefixes().common {
        if let Some([first, ..]) = encoded.as_slice().strip_prefix(known.as_slice())
            && (next.is_empty() || next.contains(first))
        {
            add(*c);
        }
    }
    for &byte in next.iter().filter(|_| known.is_empty()) {
        if let Step::Char(c) = lattice.written().decoder().push(byte) {
            add(c);
        }
    }
    if scored.is_empty() {
        scored.push(('\u{FFFD}', f32::NEG_INFINITY));
    }
    let mut weighed = Weighed::guessed('\u{FFFD}', scored, TEMPER_AT_END);
    weighed.c = weighed.scored.first().map_or('\u{FFFD}', |s| s.0);
    weighed
}

/// What the end of the text says of what stands before it: a word, or the line, may end there.
fn at_end(lattice: &Lattice<'_>, history: History, last: char) -> f32 {
    let end = |c: char| lattice.scorer().of_char(history, last, c).0;
    AT_END * end(' ').max(end('\n')).max(HARDLY_AN_END)
}

/// Turns log-probabilities into odds, the best first.
fn odds(mut scored: Vec<(char, f32)>, temper: f32) -> Vec<(char, f32)> {
    let Some(best) = scored.first().map(|s| s.1) else {
        return scored;
    };
    if best == f32::NEG_INFINITY {
        scored.truncate(1);
        scored.iter_mut().for_each(|s| s.1 = 0.0);
        return scored;
    }
    let weight = |score: f32| ((score - best) / temper).exp();
    let sum: f32 = scored.iter().map(|s| weight(s.1)).sum();
    for s in &mut scored {
        s.1 = weight(s.1) / sum;
    }
    scored.truncate(ALTERNATIVES);
    scored.retain(|s| s.1 >= HARDLY);
    scored
}

/// The characters that the known ones of some bytes allow.
fn fill(lattice: &Lattice<'_>, bytes: &[Byte], next: Option<u8>, found: &mut impl FnMut(char)) {
    let unknown = bytes.iter().filter(|b| is_unknown(b.kind)).count();
    if unknown != 1 {
        fill_any(bytes, lattice.prefixes(), found);
        return;
    }
    for value in 0x20..=0xFFu8 {
        let mut decoder = lattice.written().decoder();
        let mut made = None;
        let mut fits = true;
        for (i, byte) in bytes.iter().enumerate() {
            let v = if is_unknown(byte.kind) {
                let next = bytes.get(i + 1).map(|b| b.value).or(next);
                fits &= may_be(lattice, byte, value, next);
                value
            } else {
                byte.value
            };
            match decoder.push(v) {
                Step::Pending => {}
                Step::Char(c) => made = Some(c),
                Step::Pair(..) | Step::Invalid => fits = false,
            }
        }
        if let Some(c) = made.filter(|_| fits && decoder.is_neutral()) {
            found(c);
        }
    }
}

/// Whether a byte could have gone in such a way.
fn may_be(lattice: &Lattice<'_>, byte: &Byte, value: u8, next: Option<u8>) -> bool {
    let bytes = lattice.bytes();
    match byte.kind {
        Kind::Control | Kind::Plain => bytes.may_be_missing(byte.at, byte.chars, value),
        Kind::Lost => {
            value >= 0x80 && next.is_none_or(|n| bytes.reader.loses(value, Some(n)).is_some())
        }
        Kind::Swallowed => value != b'?',
        _ => true,
    }
}

/// The common characters that the known ones of some bytes allow.
fn fill_any(bytes: &[Byte], prefixes: &Prefixes, found: &mut impl FnMut(char)) {
    for (encoded, c) in &prefixes.common {
        let encoded = encoded.as_slice();
        let fits = encoded.len() == bytes.len()
            && encoded
                .iter()
                .zip(bytes)
                .all(|(&e, b)| is_unknown(b.kind) || e == b.value);
        if fits {
            found(*c);
        }
    }
}
