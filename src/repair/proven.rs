//! What the lines of a document prove about each other: the chains that some show are held for the others.

use super::choice::{PROOF, surest};
use crate::detect::chunks::Chunk;
use crate::detect::doubts::{is_a_row, is_a_row_of_few_signs};
use crate::detect::features::ChangedWord;
use crate::detect::hypothesis::{Hypothesis, Shows};
use crate::detect::plainer;
use crate::detect::plausibility::is_letter;
use crate::detect::rank::rank;
use crate::detect::script::Script;
use crate::detect::search::{Alternatives, explain, search_best};
use crate::detect::{Settings, judge};
use crate::encoding::Encoding;
use crate::misdecoding::{Chain, Misdecoding};
use std::cell::LazyCell;
use std::collections::{HashMap, HashSet};

/// So many different characters.
const VARIED: usize = 2;
/// The longest block, in characters.
const BLOCK: usize = 1500;
/// Nats below which undoing a chain makes a chunk worse.
const MADE_WORSE: f32 = -6.0;
/// So many chains of a document are tried on every chunk, and what the chunks that point to one must
/// add up to.
const MOST_PROVEN: usize = 4;
const LEAST_POINTED: f32 = 0.3;
/// What a line counts that is sure only together with its neighbours.
const TOGETHER: f32 = 0.5;
/// Nats for undoing a chain in all of a chunk where all of the document shows it, and more where much does.
const WHOLE: f32 = 6.0;
const WHOLE_IN_MANY: f32 = 12.0;
/// Chunks that prove a chain for words and signs that would prove nothing themselves, and the share of
/// the document that it holds for.
const MUCH_SUPPORT: f32 = 0.9;
const MOSTLY: f32 = 0.6;
/// The share from which a line with one sign or letter outside ASCII goes the way of the others: beside clean lines it may
/// be clean as well.
const NEARLY_ALL: f32 = 0.9;
/// How sure one of the chunks that prove a chain must be, and one that makes known words by one letter outside ASCII to prove
/// anything.
const SURELY: f32 = 0.8;
/// Chunks that show that all of a document was mangled.
const MANY: f32 = 2.0;
/// Lines that are sure beside which those that are not are searched among themselves.
const VERY_MUCH: usize = 24;
/// Signs outside ASCII that are several, and how many of them stand to a letter where there are hardly any.
const SEVERAL: usize = 4;
const SIGNS: usize = 4;
/// Chunks that show a chain, and their share of those that it could have befallen, beside which clean lines are no reason to
/// doubt it.
const SHOWN: f32 = 0.9;
const OFTEN: f32 = 0.2;
/// Clean lines that every document may have, and the log-odds that many of them take at the most.
const USUAL: usize = 4;
const MOST_DOUBT: f32 = 6.0;
/// Nats that clean lines do not make doubtful.
const DOUBTLESS: f32 = 50.0;
/// Log-odds that company gives at the most.
const MOST_COMPANY: f32 = 10.0;

/// A line, and what a search found for it.
pub(super) struct Searched<'a> {
    pub(super) chunk: Chunk<'a>,
    pub(super) chars: Vec<char>,
    pub(super) found: Vec<Hypothesis>,
    pub(super) suspicious: bool,
    /// The first line of the document that is equal.
    first: usize,
    /// The document was decoded at once, and nothing was lost in it.
    pub(super) at_once: bool,
    /// See [`is_no_text`].
    is_no_text: bool,
}

impl<'a> Searched<'a> {
    /// A chunk that looks clean.
    pub(super) fn not(chunk: Chunk<'a>) -> Searched<'a> {
        let chars: Vec<char> = chunk.text.chars().collect();
        Searched {
            chunk,
            is_no_text: is_no_text(&chars),
            chars,
            found: Vec::new(),
            suspicious: false,
            first: 0,
            at_once: false,
        }
    }

    /// Adds what another chain makes of the line. Of one that is explained beyond doubt, that counts only if it is the same.
    fn explain(&mut self, chain: &Chain, shows: Shows) {
        let h = match self.sure() {
            Some(sure) => sure.by(chain, &self.chars),
            None => explain(&self.chars, chain, shows),
        };
        self.found.extend(h);
    }

    /// The best hypothesis, where it explains the line beyond doubt.
    fn sure(&self) -> Option<&Hypothesis> {
        let is_sure = |h: &&Hypothesis| h.sure >= PROOF && h.fits_all();
        self.found.first().filter(is_sure)
    }

    /// Weighs the hypotheses again, knowing what the rest of the document proves.
    fn reconsider(&mut self, proven: &[Proven], clean: &Clean) {
        for p in proven {
            let unexplained = !self.found.iter().any(|h| h.chain == p.chain);
            let shows = if p.is_of_all() && self.is_no_text {
                Shows::InAllLines
            } else {
                Shows::InOtherLines
            };
            if unexplained && p.support >= MUCH_SUPPORT && p.share >= MOSTLY {
                self.explain(&p.chain, shows);
            }
        }
        for h in &mut self.found {
            let shown = proven.iter().find(|p| p.chain == h.chain);
            if let Some(p) = shown.filter(|_| !h.takes_known_words_away()) {
                h.score += p.nats(self.first, h);
            }
        }
        rank(&mut self.found, Alternatives::Likely);
        plainer::prefer(&mut self.found);
        let doubt = LazyCell::new(|| clean.doubt(&self.chars));
        for h in &mut self.found {
            let shown = proven.iter().find(|p| p.chain == h.chain);
            // Of two bytes of three any character of East Asia may be made.
            let is_read_by_bytes =
                |m: Misdecoding| m.written != Encoding::Utf8 || !m.read.is_single_byte();
            let is_legacy = h.chain.iter().all(is_read_by_bytes);
            let is_shown =
                shown.is_some_and(|p| p.rate >= OFTEN && p.elsewhere(self.first) >= SHOWN);
            if is_legacy && !is_shown && h.score < DOUBTLESS {
                h.sure -= *doubt;
            }
            let Some(p) = shown else {
                continue;
            };
            let is_told = is_varied(&self.chars, h) || p.share >= NEARLY_ALL;
            if is_told && !h.takes_known_words_away() {
                h.sure += p.company(self.first);
            }
            if p.is_of_all() && self.is_no_text && h.explains_all() {
                h.sure = h.sure.max(PROOF);
            }
        }
    }
}

/// Weighs the hypotheses of all lines again, of equal ones once.
pub(super) fn reconsider(searched: &mut [Searched<'_>], proven: &[Proven]) {
    let clean = Clean::of(searched);
    for i in 0..searched.len() {
        let (before, rest) = searched.split_at_mut(i);
        let Some(s) = rest.first_mut() else {
            break;
        };
        match before.get(s.first) {
            Some(same) => s.found.clone_from(&same.found),
            None => s.reconsider(proven, &clean),
        }
    }
}

/// How many lines of a document are clean, by the script of their letters outside ASCII, if they have any.
struct Clean(HashMap<Option<Script>, usize>);

impl Clean {
    fn of(searched: &[Searched<'_>]) -> Clean {
        let mut lines: HashMap<Option<Script>, usize> = HashMap::new();
        let is_clean = |s: &&Searched<'_>| surest(&s.found, &s.chars, 0.0).is_none();
        for script in searched.iter().filter(is_clean).map(|s| script(&s.chars)) {
            *lines.entry(script).or_default() += 1;
        }
        Clean(lines)
    }

    /// Log-odds by which a line is less likely to have been mangled beside clean ones that are written as it is.
    fn doubt(&self, line: &[char]) -> f32 {
        let others = self
            .0
            .get(&script(line))
            .map_or(0, |n| n.saturating_sub(USUAL));
        (1.0 + others as f32).ln().min(MOST_DOUBT)
    }
}

/// The script of most letters of a line outside ASCII.
fn script(line: &[char]) -> Option<Script> {
    let mut letters: Vec<(usize, Script)> = Vec::new();
    let scripts = line
        .iter()
        .filter(|c| !c.is_ascii())
        .map(|&c| Script::of(c));
    for script in scripts.filter(|&script| script != Script::Common) {
        match letters.iter_mut().find(|l| l.1 == script) {
            Some(known) => known.0 += 1,
            None => letters.push((1, script)),
        }
    }
    letters.into_iter().max().map(|l| l.1)
}

/// What a document says of a chain.
pub(super) struct Proven {
    pub(super) chain: Chain,
    /// How many chunks it befell, as far as is known: the sum of their probabilities.
    support: f32,
    /// What each chunk adds to it.
    own: Vec<f32>,
    /// Of the chunks that the chain could have befallen, the share that it has befallen.
    share: f32,
    /// The share of those that hold anything that it explains, or that are text as they stand.
    rate: f32,
}

impl Proven {
    fn of(chain: Chain, together: f32, searched: &mut [Searched<'_>]) -> Proven {
        let mut seen: HashSet<Vec<char>> = HashSet::new();
        let mut own = Vec::with_capacity(searched.len());
        let (mut clean, mut against) = (0, 0);
        for i in 0..searched.len() {
            let (before, rest) = searched.split_at_mut(i);
            let Some(s) = rest.first_mut() else {
                break;
            };
            let (p, repaired) = s.found.first().map_or((0.0, None), |h| {
                (judge::probability(h.sure), Some(h.repaired.clone()))
            });
            if !s.found.iter().any(|h| h.chain == chain) {
                match before.get(s.first) {
                    Some(same) => {
                        let of_chain = same.found.iter().filter(|h| h.chain == chain);
                        s.found.extend(of_chain.cloned());
                    }
                    None => s.explain(&chain, Shows::Nothing),
                }
            }
            let of_chain = s.found.iter().filter(|h| h.chain == chain);
            let Some(h) = of_chain.max_by(|a, b| a.score.total_cmp(&b.score)) else {
                against += usize::from(!s.is_no_text);
                own.push(0.0);
                continue;
            };
            against += usize::from(h.score < 0.0 && !s.is_no_text);
            // A chunk that undoing the chain would make worse was not mangled that way; one in
            // which there is nothing to undo says nothing.
            clean += usize::from(h.score < MADE_WORSE);
            let makes_words = p >= SURELY && h.makes_known_words();
            let stretches = h
                .stretches
                .iter()
                .filter_map(|(r, _)| s.chars.get(r.clone()));
            let mut share = share_of_new(&mut seen, stretches);
            if makes_words && share == 0.0 {
                let words = h.changed().iter().map(|word| word.before.as_slice());
                share = share_of_new(&mut seen, words);
            }
            let counts = repaired.as_ref() == Some(&h.repaired)
                && (is_varied(&s.chars, h) || makes_words)
                && !is_a_row_of_few_signs(h.changed());
            own.push(if counts { p * share } else { 0.0 });
        }
        // Many lines that may be mangled prove nothing where none of them surely is: lists of words are such.
        let is_proven = own.iter().any(|&p| p >= SURELY) || together > 0.0;
        let support = if is_proven {
            own.iter().sum::<f32>().max(together)
        } else {
            0.0
        };
        Proven {
            chain,
            support,
            own,
            share: support / (support + clean as f32).max(f32::MIN_POSITIVE),
            rate: support / (support + against as f32).max(f32::MIN_POSITIVE),
        }
    }

    /// Whether it seems to have befallen all of the document.
    fn is_of_all(&self) -> bool {
        self.support >= MANY && self.rate >= NEARLY_ALL
    }

    /// How many other chunks it befell than those equal to the `first` of them: these say the same.
    fn elsewhere(&self, first: usize) -> f32 {
        let own = self.own.get(first).copied();
        (self.support - own.unwrap_or(0.0)).max(0.0)
    }

    /// Nats that a hypothesis for a chunk gains by the document showing its chain elsewhere: those that the chain costs, and
    /// more for undoing it in all of the chunk: the more chunks show it, the less is anything left out.
    fn nats(&self, first: usize, h: &Hypothesis) -> f32 {
        let elsewhere = self.elsewhere(first);
        let whole = WHOLE + WHOLE_IN_MANY * (1.0 + elsewhere).ln();
        elsewhere.min(1.0) * self.share * (h.cost + if h.whole { whole } else { 0.0 })
    }

    /// Log-odds that a hypothesis for a chunk gains by the document showing its chain elsewhere.
    fn company(&self, first: usize) -> f32 {
        self.share * (2.5 * (1.0 + 4.0 * self.elsewhere(first)).ln()).min(MOST_COMPANY)
    }
}

/// The share of some pieces that is new: what a document repeats is the same evidence again and again.
fn share_of_new<'w>(
    seen: &mut HashSet<Vec<char>>,
    pieces: impl Iterator<Item = &'w [char]>,
) -> f32 {
    let (mut new, mut all) = (0, 0);
    for piece in pieces {
        new += usize::from(seen.insert(piece.to_vec()));
        all += 1;
    }
    new as f32 / all.max(1) as f32
}

/// The chains that the chunks point to, alone or together, and how much of the document each
/// holds for. What looks clean by itself is no proof, but may be explained by what is proven. What was drawn in other lines
/// proves its chain, too.
pub(super) fn proven<'a>(
    searched: &mut Vec<Searched<'a>>,
    clean: Vec<Chunk<'a>>,
    drawn: Option<(Chain, usize)>,
    settings: &Settings,
) -> Vec<Proven> {
    let mut pointed: Vec<(Chain, f32)> = Vec::new();
    let mut point = |chain: Chain, p: f32| match pointed.iter_mut().find(|c| c.0 == chain) {
        Some(known) => known.1 += p,
        None => pointed.push((chain, p)),
    };
    let mut together: Vec<(Chain, f32)> = Vec::new();
    for s in searched.iter() {
        if let Some(best) = surest(&s.found, &s.chars, f32::NEG_INFINITY) {
            point(best.chain, judge::probability(best.sure));
        }
    }
    if let Some((chain, lines)) = drawn.filter(|(_, lines)| *lines > 0) {
        let support = MANY.min(lines as f32);
        point(chain, support);
        together.push((chain, support));
    }
    // What a document repeats is the same evidence again, and what nothing explains is none. Where very much is sure, the
    // others have nothing to gain by it once more.
    let mut seen: HashSet<&str> = HashSet::new();
    let is_much_sure = searched.iter().filter(|s| s.sure().is_some()).count() > VERY_MUCH;
    let distinct: Vec<&Searched<'_>> = searched
        .iter()
        .filter(|s| !(s.found.is_empty() || is_much_sure && s.sure().is_some()))
        .filter(|s| seen.insert(s.chunk.text))
        .collect();
    for block in blocks(&distinct) {
        let is_sure = |s: &&&Searched<'_>| {
            let best = surest(&s.found, &s.chars, f32::NEG_INFINITY);
            best.is_some_and(|best| best.sure >= PROOF)
        };
        if block.len() > 1 && block.iter().filter(is_sure).count() < block.len() {
            let text: Vec<char> = block
                .iter()
                .flat_map(|s| s.chars.iter().copied().chain(['\n']))
                .collect();
            let mut found = search_best(&text, settings);
            plainer::prefer(&mut found);
            if let Some(best) = surest(&found, &text, 0.0).filter(|h| is_varied(&text, h)) {
                let p = judge::probability(best.sure);
                point(best.chain, p);
                together.push((best.chain, p * TOGETHER * lines_changed(&text, best) as f32));
            }
        }
    }
    pointed.retain(|c| c.1 >= LEAST_POINTED);
    pointed.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    pointed.truncate(MOST_PROVEN);
    if !pointed.is_empty() {
        searched.extend(clean.into_iter().map(Searched::not));
        searched.sort_by_key(|s| s.chunk.start);
    }
    let mut known: HashMap<&str, usize> = HashMap::new();
    for (i, s) in searched.iter_mut().enumerate() {
        s.first = *known.entry(s.chunk.text).or_insert(i);
    }
    let mut proven: Vec<Proven> = Vec::new();
    for (chain, _) in pointed {
        let together: f32 = together.iter().filter(|t| t.0 == chain).map(|t| t.1).sum();
        proven.push(Proven::of(chain, together, searched));
    }
    proven.retain(|p| p.support > 0.0);
    proven
}

/// What is repaired in one line is repaired in the others: a hypothesis that changes nothing but such words
/// is as sure as those are.
pub(super) fn repeat(searched: &mut [Searched<'_>], wanted: f32) {
    let mut sure: HashMap<ChangedWord, f32> = HashMap::new();
    for s in searched.iter() {
        let best = surest(&s.found, &s.chars, wanted).filter(|h| h.sure >= wanted);
        for word in best.iter().flat_map(|h| h.changed()) {
            let of_word = sure.entry(word.clone()).or_insert(f32::NEG_INFINITY);
            *of_word = of_word.max(best.map_or(f32::NEG_INFINITY, |h| h.sure));
        }
    }
    if sure.is_empty() {
        return;
    }
    for h in searched.iter_mut().flat_map(|s| &mut s.found) {
        let words = h.changed().iter().map(|word| sure.get(word).copied());
        let least = words.reduce(|a, b| Some(a?.min(b?))).flatten();
        h.sure = h.sure.max(least.unwrap_or(f32::NEG_INFINITY));
    }
}

/// Neighbouring chunks that are searched together, up to so many characters.
fn blocks<'b, 's, 'a>(
    searched: &'b [&'s Searched<'a>],
) -> impl Iterator<Item = &'b [&'s Searched<'a>]> {
    let mut rest = searched;
    std::iter::from_fn(move || {
        let mut chars = 0;
        let n = rest.iter().take_while(|s| {
            chars += s.chars.len();
            chars <= BLOCK
        });
        let n = n.count().max(1);
        let (block, others) = rest.split_at_checked(n)?;
        rest = others;
        Some(block)
    })
}

/// In how many lines of `text` a hypothesis changes something.
fn lines_changed(text: &[char], h: &Hypothesis) -> usize {
    let mut changed = h.stretches.iter().map(|s| s.0.start).peekable();
    let mut start = 0;
    text.split(|&c| c == '\n')
        .filter(|line| {
            let end = start + line.len();
            let mut any = false;
            while changed.next_if(|&at| at <= end).is_some() {
                any = true;
            }
            start = end + 1;
            any
        })
        .count()
}

/// Whether what stands in a line outside ASCII is none that people write: controls, the same few signs again and again, or
/// signs and hardly a letter.
fn is_no_text(line: &[char]) -> bool {
    let others = || line.iter().filter(|c| !c.is_ascii());
    let all = others().count();
    let letters = others().filter(|&&c| is_letter(c)).count();
    let is_control = |c: &&char| matches!(c, '\u{80}'..='\u{84}' | '\u{86}'..='\u{9F}');
    all >= SEVERAL && (others().any(|c| is_control(&c)) || letters * SIGNS <= all || is_a_row(line))
}

/// Whether a hypothesis rests on enough different characters to prove anything about other chunks:
/// a sign that a document repeats is the same evidence again and again.
fn is_varied(text: &[char], h: &Hypothesis) -> bool {
    let observed = h
        .stretches
        .iter()
        .filter_map(|s| text.get(s.0.clone()))
        .flatten();
    let mut seen: Vec<char> = observed.copied().filter(|c| !c.is_ascii()).collect();
    seen.sort_unstable();
    seen.dedup();
    seen.len() >= VARIED
}
