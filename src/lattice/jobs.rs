//! Which chains, with which losses, are tried on a line.

use super::bytes::Bytes;
use super::explanation::Explanation;
use super::pieces::Traces;
use super::recover::reads;
use super::wear::{Marks, Wear};
use crate::encoding::Encoding;
use crate::misdecoding::{Chain, Misdecoding, prior};
use std::sync::OnceLock;

/// At most so many chains are searched on the window.
const SEARCHED: usize = 80;
/// So many chains that begin with a code page are searched.
const CODE_PAGES: usize = 10;

/// A chain to try.
pub(super) struct Job {
    pub(super) chain: Chain,
    pub(super) marks: Marks,
    pub(super) cost: f32,
    /// Which of [`Jobs::bytes`] the text may stand for.
    pub(super) bytes: usize,
    pub(super) net: f32,
    /// Other chains that mean the same in the part of the line that is looked at.
    twins: Vec<Chain>,
}

/// So many other chains are kept.
const TWINS: usize = 3;

impl Job {
    /// The chain and those that may turn out better over the whole line.
    pub(super) fn chains(&self) -> impl Iterator<Item = &Chain> {
        std::iter::once(&self.chain).chain(&self.twins)
    }

    pub(super) fn written(&self) -> Encoding {
        self.chain
            .iter()
            .next()
            .map_or(Encoding::Utf8, |m| m.written)
    }
}

/// The chains to try on a part of a line.
pub(super) struct Jobs<'a> {
    /// All of it says how lost bytes show.
    line: &'a [char],
    text: &'a [char],
    traces: Traces<'a>,
    pub(super) jobs: Vec<Job>,
    pub(super) bytes: Vec<Bytes>,
    known: Vec<Known>,
}

/// What was found for some encodings.
struct Known {
    reads: Vec<Encoding>,
    marks: Marks,
    /// Which of [`Jobs::bytes`]; `None` where the text was not read so.
    bytes: Option<usize>,
    /// They were made for these encodings.
    own: bool,
}

impl<'a> Jobs<'a> {
    pub(super) fn of(
        line: &'a [char],
        text: &'a [char],
        wear: &'a Wear,
        explained: &Explanation<'_>,
        only_known: bool,
    ) -> Jobs<'a> {
        let mut jobs = Jobs {
            line,
            text,
            traces: Traces::new(text, wear),
            jobs: Vec::new(),
            bytes: Vec::new(),
            known: Vec::new(),
        };
        if let Some(chain) = explained.chain() {
            let marks = if explained.is_whole() {
                vec![Marks::None]
            } else {
                jobs.marks(chain)
            };
            for marks in marks {
                jobs.add(chain, marks, 0.0, true);
            }
        }
        if only_known {
            return jobs;
        }
        for outer in LAYERED {
            jobs.add_layered(*outer);
        }
        for (m, cost) in single_steps() {
            if let Ok(chain) = Chain::new().with(*m) {
                for marks in jobs.marks(&chain) {
                    jobs.add(&chain, marks, *cost, false);
                }
            }
        }
        jobs.prefer();
        jobs.jobs.truncate(SEARCHED);
        jobs
    }

    /// Of the chains that begin with a code page, keeps those whose letters are the commonest.
    fn prefer(&mut self) {
        let mut rough: Vec<f32> = Vec::new();
        for job in &self.jobs {
            let score = match self.bytes.get(job.bytes) {
                Some(bytes) if job.written().is_single_byte() => {
                    bytes.commonness(job.written()) - job.cost
                }
                _ => f32::INFINITY,
            };
            rough.push(score);
        }
        let mut sorted: Vec<f32> = rough.iter().copied().filter(|s| s.is_finite()).collect();
        sorted.sort_by(|a, b| b.total_cmp(a));
        if let Some(&least) = sorted.get(CODE_PAGES) {
            let mut rough = rough.into_iter();
            self.jobs
                .retain(|_| rough.next().is_none_or(|score| score > least));
        }
    }

    /// How bytes may have been lost.
    fn marks(&self, chain: &Chain) -> Vec<Marks> {
        let Some(newest) = chain.iter().next_back() else {
            return Vec::new();
        };
        // In a code page any letter could be lost where a question ends: the odd part of the line has to show it.
        let code_page = chain
            .iter()
            .next()
            .is_some_and(|m| m.written.is_single_byte());
        let text = if code_page { self.text } else { self.line };
        marks_of(text, newest.read.is_single_byte())
    }

    fn add(&mut self, chain: &Chain, marks: Marks, cost: f32, known: bool) {
        let (Some(newest), Some(oldest)) = (chain.iter().next_back(), chain.iter().next()) else {
            return;
        };
        let legacy = newest.read.is_single_byte() && oldest.written.is_single_byte();
        // A code page read as another loses nothing but case.
        if legacy
            && chain.len() == 1
            && !known
            && (marks != Marks::None || !self.traces.wear.folded)
            || self
                .jobs
                .iter()
                .any(|job| job.chain == *chain && job.marks == marks)
        {
            return;
        }
        let Some(bytes) = self.bytes_of(&reads(chain), marks) else {
            return;
        };
        let Some(possible) = self.bytes.get(bytes) else {
            return;
        };
        let mut jobs = self.jobs.iter_mut();
        let twin = jobs.find(|job| job.bytes == bytes && job.written() == oldest.written);
        if let Some(twin) = twin {
            if twin.twins.len() < TWINS {
                twin.twins.push(*chain);
            }
            return;
        }
        if oldest.written == Encoding::Utf8 && !possible.fit_utf8(self.text) {
            return;
        }
        self.jobs.push(Job {
            chain: *chain,
            marks,
            cost,
            bytes,
            net: 0.0,
            twins: Vec::new(),
        });
    }

    /// Which bytes the text stands for where it was read in `reads`; `None` where it was not.
    fn bytes_of(&mut self, reads: &[Encoding], marks: Marks) -> Option<usize> {
        let of_reads = || self.known.iter().filter(|k| k.reads == reads);
        if let Some(known) = of_reads().find(|k| k.marks == marks) {
            return known.bytes;
        }
        let bytes = match of_reads().find(|k| k.own || k.bytes.is_none()) {
            Some(other) => other
                .bytes
                .and_then(|i| Some(self.bytes.get(i)?.with(marks))),
            None => {
                Bytes::new(self.text, reads, &mut self.traces, marks).filter(|b| b.cover(self.text))
            }
        };
        let same = |bytes| self.bytes.iter().position(|b| b.same_as(bytes));
        let (found, own) = match bytes {
            None => (None, false),
            Some(bytes) => match same(&bytes) {
                Some(same) => (Some(same), false),
                None => {
                    self.bytes.push(bytes);
                    (Some(self.bytes.len() - 1), true)
                }
            },
        };
        self.known.push(Known {
            reads: reads.to_vec(),
            marks,
            bytes: found,
            own,
        });
        found
    }

    /// Chains whose last step is UTF-8 read in `outer`.
    fn add_layered(&mut self, outer: Encoding) {
        let newest = Misdecoding::new(Encoding::Utf8, outer);
        let single = self.bytes_of(&[outer], Marks::None);
        let fits = single
            .and_then(|i| self.bytes.get(i))
            .is_some_and(|b| b.fit_utf8(self.text));
        if !fits {
            return;
        }
        for (m, _) in single_steps() {
            let utf8 = m.written == Encoding::Utf8;
            if !m.read.is_single_byte()
                || prior::cancels(*m, newest)
                || !utf8 && !LAYERED.contains(&m.read)
            {
                continue;
            }
            let Ok(chain) = Chain::new().with(*m).and_then(|c| c.with(newest)) else {
                continue;
            };
            if let Some(cost) = prior::chain_cost(&chain) {
                self.add(&chain, Marks::None, cost, false);
            }
            if utf8
                && m.read == outer
                && let Ok(thrice) = chain.with(newest)
                && let Some(cost) = prior::chain_cost(&thrice)
            {
                self.add(&thrice, Marks::None, cost, false);
            }
        }
    }
}

/// Encodings that UTF-8 is read in more than once, or after another mishap.
const LAYERED: &[Encoding] = &[
    Encoding::Windows1252,
    Encoding::Iso8859_1,
    Encoding::Windows1251,
];

/// A mis-decoding dearer than this is not looked for.
const DEAREST: f32 = 6.6;

/// The mis-decodings that may lose something, the commonest first.
fn single_steps() -> &'static [(Misdecoding, f32)] {
    static STEPS: OnceLock<Vec<(Misdecoding, f32)>> = OnceLock::new();
    STEPS.get_or_init(|| {
        let mut steps: Vec<(Misdecoding, f32)> = Vec::new();
        for &written in Encoding::ALL {
            for &read in Encoding::ALL {
                let m = Misdecoding::new(written, read);
                // Their likes stand for them: what differs is too rare to matter here.
                let twin = |e| matches!(e, Encoding::Gb18030 | Encoding::Cp950);
                if let Some(cost) =
                    prior::cost(m).filter(|&c| c <= DEAREST && !twin(written) && !twin(read))
                {
                    steps.push((m, cost));
                }
            }
        }
        steps.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
        steps
    })
}

/// How bytes may have been lost, going by what is there.
fn marks_of(line: &[char], single: bool) -> Vec<Marks> {
    let has = |mark: char| line.contains(&mark);
    let mut out = Vec::new();
    if has('\u{FFFD}') {
        out.push(Marks::Replacement);
        if !single {
            out.push(Marks::ReplacementForPair);
        }
        return out;
    }
    out.push(Marks::None);
    if has('?') {
        out.push(Marks::Question);
        if !single {
            out.push(Marks::QuestionForPair);
        }
    } else if !single {
        out.push(Marks::Dropped);
    }
    out
}
