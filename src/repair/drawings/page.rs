//! A page on which something may have been drawn: what comes of undoing a chain in it, and whether lines meet in that.

use crate::detect::chunks::Chunk;
use crate::detect::frames::{Neighbours, is_drawn, is_knot, is_rule, joints};
use crate::detect::plausibility::{is_letter, word_log_prob};
use crate::detect::undo::{Undone, Unit, undo};
use crate::misdecoding::Chain;
use crate::model::MODEL;

/// So many lines or blocks in a row show by themselves that a line of text was drawn.
const RULE: usize = 3;
/// Arms that meet, how many times as many as do not, and corners at the ends of lines: what shows that something was drawn.
const MET: usize = 8;
const TIMES: usize = 2;
const CORNERS: usize = 3;
/// The same of pictures: rows of blocks, blocks in all, different ones, and how many times as many stand apart from letters
/// as beside one.
const ROWS: usize = 2;
const BLOCKS: usize = 20;
const KINDS: usize = 3;
const APART: usize = 20;
/// Nats of arms that meet, of a character that is drawn, and of one that the chain does not explain.
const JOINT: f32 = 3.0;
const DRAWN: f32 = -4.0;
const UNEXPLAINED: f32 = -25.0;

pub(super) struct Page<'a> {
    lines: Vec<Line<'a>>,
}

/// A line, and what a chain makes of it.
pub(super) struct Line<'a> {
    pub(super) chunk: Chunk<'a>,
    pub(super) chars: Vec<char>,
    pub(super) undone: Undone,
    /// The characters of the original that are drawn and were read as something else.
    drawn: Vec<bool>,
}

impl<'a> Page<'a> {
    pub(super) fn of(chunks: impl Iterator<Item = Chunk<'a>>, chain: &Chain) -> Page<'a> {
        Page {
            lines: chunks.map(|chunk| Line::of(chunk, chain)).collect(),
        }
    }

    /// The lines in which something was drawn, or that have but signs of the same page.
    pub(super) fn drawn(&self) -> impl Iterator<Item = &Line<'a>> {
        let is_drawn = |i: usize, line: &Line<'_>| {
            line.holds_a_rule()
                || line.is_drawn_apart()
                || line.are_lone_signs()
                || self.joints(i).any(|joint| joint.met > 0)
        };
        let all = self.lines.iter().enumerate();
        let explained = all.filter(|(_, line)| line.is_explained());
        explained
            .filter(move |(i, line)| is_drawn(*i, line))
            .map(|(_, line)| line)
    }

    /// How much speaks for the chain, in nats; `None` where nothing proves that the page was drawn.
    pub(super) fn nats(&self) -> Option<f32> {
        let (mut met, mut open, mut corners) = (0, 0, 0);
        for joint in (0..self.lines.len()).flat_map(|i| self.joints(i)) {
            met += joint.met;
            open += joint.open;
            corners += usize::from(joint.is_corner);
        }
        let frames = corners >= CORNERS && met >= MET && met >= open * TIMES;
        let text: f32 = self.lines.iter().map(Line::score).sum();
        (frames || self.is_picture()).then_some(text + JOINT * (met as f32 - open as f32))
    }

    /// The box drawings of a line that are more than horizontal lines, with how their arms meet those around them.
    fn joints(&self, line: usize) -> impl Iterator<Item = Joint> {
        let at = |line: Option<usize>, i: Option<usize>| {
            let line = line.and_then(|line| self.lines.get(line));
            line.zip(i)
                .and_then(|(line, i)| line.drawn_at(i))
                .unwrap_or(' ')
        };
        let chars = self.lines.get(line).map_or(0, |l| l.drawn.len());
        (0..chars).filter_map(move |i| {
            let c = at(Some(line), Some(i));
            if !is_drawn(c) || is_rule(c) {
                return None;
            }
            let around = Neighbours {
                left: at(Some(line), i.checked_sub(1)),
                right: at(Some(line), Some(i + 1)),
                up: at(line.checked_sub(1), Some(i)),
                down: at(Some(line + 1), Some(i)),
            };
            let (met, open) = joints(c, around);
            Some(Joint {
                met,
                open,
                is_corner: is_knot(c) && (is_rule(around.left) || is_rule(around.right)),
            })
        })
    }

    /// Whether the page is a picture made of blocks.
    fn is_picture(&self) -> bool {
        let is_block = |&c: &char| is_rule(c) && !matches!(c, '─' | '═');
        let rows: usize = self.lines.iter().map(|line| line.rows(is_block)).sum();
        let mut kinds: Vec<char> = Vec::new();
        let (mut apart, mut beside) = (0, 0);
        for line in &self.lines {
            for (i, c) in line.all_drawn().filter(|(_, c)| is_block(c)) {
                if !kinds.contains(&c) {
                    kinds.push(c);
                }
                if line.is_beside_letter(i) {
                    beside += 1;
                } else {
                    apart += 1;
                }
            }
        }
        rows >= ROWS && apart >= BLOCKS && kinds.len() >= KINDS && apart >= beside * APART
    }
}

/// A box drawing, how many of its arms meet others, and how many do not.
struct Joint {
    met: usize,
    open: usize,
    /// It stands at the end of a line or crosses one.
    is_corner: bool,
}

impl<'a> Line<'a> {
    fn of(chunk: Chunk<'a>, chain: &Chain) -> Line<'a> {
        let chars: Vec<char> = chunk.text.chars().collect();
        let undone = undo(chain, &chars);
        let mut drawn = vec![false; undone.chars.len()];
        for unit in undone.units.iter().filter(|unit| unit.converted) {
            let original = unit.original.clone();
            let made = undone.chars.get(original.clone()).unwrap_or_default();
            for (drawn, &c) in drawn.get_mut(original).into_iter().flatten().zip(made) {
                *drawn = is_drawn(c);
            }
        }
        Line {
            chunk,
            chars,
            undone,
            drawn,
        }
    }

    /// What is drawn at a place.
    fn drawn_at(&self, i: usize) -> Option<char> {
        let is_drawn = *self.drawn.get(i)?;
        self.undone.chars.get(i).copied().filter(|_| is_drawn)
    }

    /// Whether the chain explains all of the line, and anything.
    fn is_explained(&self) -> bool {
        let mut units = self.undone.units.iter();
        units.all(|unit| !unit.failed) && self.undone.units.iter().any(|unit| unit.converted)
    }

    /// The characters that are drawn, and where they stand in the original.
    fn all_drawn(&self) -> impl Iterator<Item = (usize, char)> {
        (0..self.drawn.len()).filter_map(|i| Some((i, self.drawn_at(i)?)))
    }

    fn is_beside_letter(&self, i: usize) -> bool {
        let around = [i.checked_sub(1), Some(i + 1)].into_iter().flatten();
        let mut around = around.filter_map(|i| self.undone.chars.get(i));
        around.any(|&c| is_letter(c))
    }

    /// Whether several characters are drawn, and none beside a letter.
    fn is_drawn_apart(&self) -> bool {
        self.all_drawn().count() > 1 && !self.all_drawn().any(|(i, _)| self.is_beside_letter(i))
    }

    fn holds_a_rule(&self) -> bool {
        self.rows(|&c| is_rule(c)) > 0
    }

    /// How many rows of the same drawn character there are.
    fn rows(&self, is_one: impl Fn(&char) -> bool) -> usize {
        let drawn: Vec<char> = (0..self.drawn.len())
            .map(|i| self.drawn_at(i).unwrap_or(' '))
            .collect();
        let rows = drawn.chunk_by(|a, b| a == b);
        rows.filter(|row| row.len() >= RULE && row.first().is_some_and(&is_one))
            .count()
    }

    /// Whether all that stands outside ASCII are letters by themselves that were signs: `þ` for `■`.
    fn are_lone_signs(&self) -> bool {
        let is_space = |i: Option<usize>| {
            let c = i.and_then(|i| self.chars.get(i));
            c.is_none_or(|c| c.is_ascii_whitespace())
        };
        let is_lone = |unit: &Unit| {
            let mut made = self.made(unit).iter();
            unit.mangled.len() == 1
                && is_space(unit.mangled.start.checked_sub(1))
                && is_space(Some(unit.mangled.end))
                && made.all(|&c| !c.is_alphanumeric())
        };
        self.converted().all(is_lone)
    }

    /// By how many nats the words between what is drawn become likelier.
    pub(super) fn gain(&self) -> f32 {
        let stood = |unit: &Unit| match self.made(unit).iter().all(|&c| is_drawn(c)) {
            true => &[' '],
            false => self.chars.get(unit.mangled.clone()).unwrap_or_default(),
        };
        let stood: Vec<char> = self.undone.units.iter().flat_map(stood).copied().collect();
        let signs = stood.iter().filter(|c| !c.is_ascii() && !is_letter(**c));
        let signs: f32 = signs.map(|&c| MODEL.unigram(c)).sum();
        words_log_prob(&self.undone.chars) - words_log_prob(&stood) - signs
    }

    /// Nats of what stands outside ASCII, with the chain undone.
    fn score(&self) -> f32 {
        let of_char = |&c: &char| {
            if is_drawn(c) {
                DRAWN
            } else if c.is_ascii() || is_letter(c) {
                0.0
            } else {
                MODEL.unigram(c)
            }
        };
        let of_unit = |unit: &Unit| match unit.failed {
            true => UNEXPLAINED,
            false => self.made(unit).iter().map(of_char).sum(),
        };
        let signs: f32 = self.undone.units.iter().map(of_unit).sum();
        signs + words_log_prob(&self.undone.chars)
    }

    fn converted(&self) -> impl Iterator<Item = &Unit> {
        self.undone.units.iter().filter(|unit| unit.converted)
    }

    fn made(&self, unit: &Unit) -> &[char] {
        self.undone
            .chars
            .get(unit.original.clone())
            .unwrap_or_default()
    }
}

/// Nats of the words of a text that have letters outside ASCII. What is drawn is none.
fn words_log_prob(text: &[char]) -> f32 {
    let words = text.split(|&c| !is_letter(c));
    let others = words.filter(|word| word.iter().any(|c| !c.is_ascii()));
    others.map(word_log_prob).sum()
}
