//! The legacy encodings that single characters speak for most, where one mis-decoding explains all of a text: a guess
//! that costs a fraction of a search.

use super::Settings;
use super::expand::{Map, Mixer, Set};
use super::hypothesis::{Hypothesis, Line};
use super::outcome::OfByte;
use super::path;
use super::rank::rank;
use super::script::Script;
use super::search::{Alternatives, add, hypotheses_of, unigrams};
use super::shortcut::looks_clean;
use super::undo::{Undone, undo_all};
use crate::encoding::{EncodedChar, Encoding};
use crate::misdecoding::{Chain, Misdecoding, prior};
use std::hash::{Hash, Hasher};

/// So many different characters must be explained: each of them could be chance.
const VARIED: usize = 4;
/// Mis-decodings are tried that are so many nats behind the best or nearer by single characters, and so many at the most; of
/// those are weighed that are so many behind by the n-grams.
const BEHIND: f32 = 20.0;
const TRIED: usize = 32;
const BEHIND_BY_NGRAMS: f32 = 40.0;
const WEIGHED: usize = 8;
/// So many of each other script, and nats by which its letters may be rarer, which fewer languages write.
const RIVALS: usize = 3;
const A_LETTER: f32 = 2.5;
/// Log-odds that need no search, and nats by which all others must be worse that make something else of the text.
const SURE: f32 = 5.0;
const RIVAL: f32 = 8.0;

/// A character outside ASCII, and how often it stands in a text.
pub(super) struct Other {
    pub(super) c: char,
    pub(super) times: f32,
}

/// What one mis-decoding of the foremost explains, best first, where the best one explains all of a text, in which so many
/// different characters stand outside ASCII, and leaves no doubt.
pub(super) fn surely(text: &[char], varied: usize, settings: &Settings) -> Option<Vec<Hypothesis>> {
    if varied < VARIED {
        return None;
    }
    let line = Line::new(text);
    let mut found: Vec<Hypothesis> = Vec::new();
    for guess in best_by_ngrams(foremost(text, settings), &line)? {
        let more = hypotheses_of(&line, &guess.undone, &guess.chain, guess.cost);
        add(&mut found, more);
    }
    rank(&mut found, Alternatives::Likely);
    let (best, others) = found.split_first()?;
    let is_behind = |h: &Hypothesis| h.is_like(&best.stretches) || best.score - h.score > RIVAL;
    let is_sure = best.sure >= SURE
        && best.fits_all()
        && others.iter().all(is_behind)
        && looks_clean(&best.repaired);
    is_sure.then_some(found)
}

/// A mis-decoding of one layer that explains all of a text.
struct Guess {
    chain: Chain,
    cost: f32,
    undone: Undone,
}

/// Those that the n-grams speak for; `None` where there are none, or too many to be weighed.
fn best_by_ngrams(guesses: Vec<Guess>, line: &Line<'_>) -> Option<impl Iterator<Item = Guess>> {
    let gain = |guess: &Guess| {
        let written = guess.chain.iter().next()?.written;
        let gain = path::gain_of_everything(&guess.undone, line.observed(), written);
        Some(gain - guess.cost)
    };
    let gains: Vec<f32> = guesses.iter().map_while(gain).collect();
    let best = gains.iter().copied().reduce(f32::max)?;
    let is_near = move |gain: f32| best - gain <= BEHIND_BY_NGRAMS;
    let near = gains.iter().filter(|&&gain| is_near(gain)).count();
    let guesses = guesses.into_iter().zip(gains);
    let near_ones = guesses.filter_map(move |(guess, gain)| is_near(gain).then_some(guess));
    (near <= WEIGHED).then_some(near_ones)
}

/// The mis-decodings of one layer that explain all of `text`, those that the single characters of what was written
/// speak for most, best first; of those that give the same text the likeliest.
fn foremost(text: &[char], settings: &Settings) -> Vec<Guess> {
    let others = others(text);
    let mut found: Vec<(Gain, Misdecoding)> = Vec::new();
    for reading in readings(&others, settings) {
        for &written in settings.encodings.written.iter() {
            let steps = reading
                .reads
                .iter()
                .map(|&read| Misdecoding { written, read });
            let priced = steps.filter_map(|step| Some((prior::cost(step)?, step)));
            let Some((cost, step)) = priced.min_by(|a, b| a.0.total_cmp(&b.0)) else {
                continue;
            };
            let gain = if written.is_single_byte() {
                of_bytes(&others, &reading.codes, written)
            } else if written == Encoding::Utf8 {
                None
            } else {
                of_sequences(text, step)
            };
            if let Some(gain) = gain {
                found.push((gain.less(cost), step));
            }
        }
    }
    found.sort_by(|(a, x), (b, y)| b.most().total_cmp(&a.most()).then(x.cmp(y)));
    let by_written = |a: &&(Gain, Misdecoding), b: &&(Gain, Misdecoding)| {
        a.0.as_written.total_cmp(&b.0.as_written)
    };
    let Some((best, foremost)) = found.iter().max_by(by_written) else {
        return Vec::new();
    };
    let least = best.as_written - BEHIND;
    let letters: f32 = others.iter().map(|o| o.times).sum();
    // Of other scripts only the best are rivals.
    let own = prior::scripts(foremost.written);
    let mut rivals: Vec<Option<&[Script]>> = Vec::new();
    let mut is_near = |gain: &Gain, step: Misdecoding| {
        let script = prior::scripts(step.written);
        if script == own {
            return gain.as_written >= least;
        }
        let is_rival = rivals.iter().filter(|&&rival| rival == script).count() < RIVALS
            && gain.most() >= least - A_LETTER * letters;
        if is_rival {
            rivals.push(script);
        }
        is_rival
    };
    let mut seen = Set::default();
    let mut out = Vec::new();
    for (gain, step) in found {
        if !is_near(&gain, step) {
            continue;
        }
        let chain = Chain::from(step);
        let Some(cost) = prior::chain_cost(&chain) else {
            continue;
        };
        if let Some(undone) = undo_all(&chain, text).filter(|u| seen.insert(u.chars.clone())) {
            out.push(Guess {
                chain,
                cost,
                undone,
            });
        }
        if out.len() > TRIED {
            return Vec::new();
        }
    }
    out
}

/// What single characters say of a text, as it is written, and with capitals as likely as the small letters: a text in
/// capitals is as likely as any.
struct Gain {
    as_written: f32,
    in_small_letters: f32,
}

impl Gain {
    fn most(&self) -> f32 {
        self.as_written.max(self.in_small_letters)
    }

    fn less(self, cost: f32) -> Gain {
        Gain {
            as_written: self.as_written - cost,
            in_small_letters: self.in_small_letters - cost,
        }
    }
}

/// What the characters are as bytes in some encodings.
struct Reading {
    reads: Vec<Encoding>,
    codes: Vec<EncodedChar>,
}

fn readings(others: &[Other], settings: &Settings) -> Vec<Reading> {
    let mut found: Vec<Reading> = Vec::new();
    let mut index: Map<u64, usize> = Map::default();
    for &read in settings.encodings.read.iter() {
        let codes: Option<Vec<EncodedChar>> =
            others.iter().map(|o| read.encode_char(o.c)).collect();
        let Some(codes) = codes else {
            continue;
        };
        let mut hasher = Mixer::default();
        for code in &codes {
            code.as_slice().hash(&mut hasher);
        }
        let next = found.len();
        let at = *index.entry(hasher.finish()).or_insert(next);
        match found.get_mut(at) {
            Some(reading) => reading.reads.push(read),
            None => found.push(Reading {
                reads: vec![read],
                codes,
            }),
        }
    }
    found
}

/// What single characters say of bytes that are a character each in `written`.
fn of_bytes(others: &[Other], codes: &[EncodedChar], written: Encoding) -> Option<Gain> {
    let known = OfByte::all(written);
    let (mut as_written, mut in_small_letters) = (0.0, 0.0);
    for (other, code) in others.iter().zip(codes) {
        for &byte in code.as_slice() {
            let of_byte = known.get(usize::from(byte))?;
            as_written += other.times * of_byte.nats;
            in_small_letters += other.times * of_byte.least_nats();
        }
    }
    Some(Gain {
        as_written,
        in_small_letters,
    })
}

/// The same of bytes that are characters together.
fn of_sequences(text: &[char], step: Misdecoding) -> Option<Gain> {
    let chain = Chain::new().with(step).ok()?;
    let undone = undo_all(&chain, text)?;
    let ascii: Vec<char> = text.iter().copied().filter(char::is_ascii).collect();
    let gain = unigrams(&undone.chars) - unigrams(&ascii);
    Some(Gain {
        as_written: gain,
        in_small_letters: gain,
    })
}

/// The different characters outside ASCII, and how often each stands in a text.
pub(super) fn others(text: &[char]) -> Vec<Other> {
    let mut all: Vec<char> = text.iter().copied().filter(|c| !c.is_ascii()).collect();
    all.sort_unstable();
    let groups = all.chunk_by(|a, b| a == b);
    groups
        .filter_map(|group| {
            Some(Other {
                c: *group.first()?,
                times: group.len() as f32,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::search::search_best;

    fn surely_of(text: &str) -> Option<String> {
        let text: Vec<char> = text.chars().collect();
        let found = surely(&text, others(&text).len(), &Settings::new())?;
        Some(found.first()?.repaired.iter().collect())
    }

    /// What the search finds is what is wanted, and the truth says that both are right.
    #[test]
    fn what_single_characters_leave_no_doubt_of_needs_no_search() {
        let cases = [
            (
                "koi8-r>windows-1251",
                "Огурцы взошли, а вот укроп что-то не торопится.",
            ),
            ("gbk>iso-8859-1", "河边的老房子已经没有人住了。"),
            (
                "shift_jis>windows-1252",
                "川のそばの古い家にはもう誰も住んでいません。",
            ),
            (
                "windows-1251>iso-8859-1",
                "Старый дом у реки давно опустел.",
            ),
        ];
        for (chain, clean) in cases {
            let mangled = chain.parse::<Chain>().unwrap().mangle(clean).unwrap();
            assert_eq!(surely_of(&mangled).as_deref(), Some(clean), "{chain}");
            let chars: Vec<char> = mangled.chars().collect();
            let searched = search_best(&chars, &Settings::new());
            let searched = searched.first().map(|h| String::from_iter(&h.repaired));
            assert_eq!(searched.as_deref(), Some(clean), "{chain}, searched");
        }
    }

    #[test]
    fn capitals_are_as_likely_as_small_letters() {
        let chain: Chain = "windows-1253>windows-1252".parse().unwrap();
        let greek = chain.mangle("ΤΟ ΛΙΜΑΝΙ ΤΟΥ ΒΟΛΟΥ : ΔΡΟΜΟΛΟΓΙΑ").unwrap();
        // In KOI8-R they would be small ones: `то килами`.
        let found = surely_of(&greek);
        assert!(!found.is_some_and(|text| text.contains("килами")));
    }

    #[test]
    fn the_search_has_the_say_where_single_characters_leave_a_doubt() {
        let mangled =
            |chain: &str, clean: &str| chain.parse::<Chain>().unwrap().mangle(clean).unwrap();
        let cases = [
            (
                "clean text",
                "Hélène prétend que les pêches mûrissent où il fait chaud.".to_owned(),
            ),
            (
                "too few characters",
                mangled("windows-1252>macintosh", "Zoë a bu."),
            ),
            (
                "UTF-8",
                mangled(
                    "utf-8>windows-1252",
                    "Огурцы взошли, а вот укроп что-то не торопится.",
                ),
            ),
            (
                "clean words beside",
                format!("Zoë {}", mangled("koi8-r>windows-1251", "огурцы взошли")),
            ),
            (
                "two layers",
                mangled("windows-1251>koi8-r + ibm866>windows-1251", "огурцы взошли"),
            ),
        ];
        for (why, text) in cases {
            assert_eq!(surely_of(&text), None, "{why}");
        }
    }
}
