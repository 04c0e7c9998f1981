//! Chains that differ from the best one in one encoding, and in that by a sister, which agrees with it in most bytes.

use super::Settings;
use super::expand::Set;
use super::foremost::{Other, others};
use super::hypothesis::{Hypothesis, Line};
use super::rank::by_score;
use super::search::{add, hypotheses_of, unigrams};
use super::undo::undo;
use crate::misdecoding::{Chain, prior};
use crate::model::MODEL;

/// Nats by which the estimate of a text may be off, being added up in another order.
const ROUNDING: f32 = 0.01;

/// Adds what comes of the best chain with a sister in place of one encoding, where single characters say that it is no
/// more nats worse; of those that come to the same only the likeliest.
pub(super) fn add_sisters(
    found: &mut Vec<Hypothesis>,
    line: &Line<'_>,
    settings: &Settings,
    nats: f32,
) {
    let Some(best) = found.iter().min_by(|a, b| by_score(a, b)) else {
        return;
    };
    let mut sisters = prior::sisters(&best.chain, |e| settings.encodings.has(e));
    sisters.sort_by(|a, b| a.1.total_cmp(&b.1));
    let undone = undo(&best.chain, line.text);
    let least = unigrams(&undone.chars) - best.cost - nats;
    let letters = Letters::of(line.text);
    let (mut seen, mut spelt) = (Set::default(), Set::default());
    seen.insert(undone.chars);
    spelt.extend(letters.undone(&best.chain));
    for (chain, cost) in sisters {
        if let Some(undone) = letters.undone(&chain)
            && (letters.unigrams(&undone) - cost < least - ROUNDING || !spelt.insert(undone))
        {
            continue;
        }
        let other = undo(&chain, line.text);
        if unigrams(&other.chars) - cost >= least && !seen.contains(&other.chars) {
            add(found, hypotheses_of(line, &other, &chain, cost));
            seen.insert(other.chars);
        }
    }
}

/// What a text is made of: its different characters outside ASCII, how often each stands there, and what single
/// characters say of the rest.
struct Letters {
    others: Vec<Other>,
    ascii: f32,
}

impl Letters {
    fn of(text: &[char]) -> Letters {
        let ascii: Vec<char> = text.iter().copied().filter(char::is_ascii).collect();
        Letters {
            others: others(text),
            ascii: unigrams(&ascii),
        }
    }

    /// What a chain of one code page read as another makes of the characters outside ASCII; `None` for other chains, which
    /// make of a character what its neighbours allow.
    fn undone(&self, chain: &Chain) -> Option<Vec<char>> {
        let step = chain.iter().next().filter(|_| chain.len() == 1)?;
        if !step.written.is_single_byte() || !step.read.is_single_byte() {
            return None;
        }
        let undone = |&Other { c, .. }: &Other| {
            let code = step.read.encode_char(c);
            let byte = code.and_then(|code| code.as_slice().first().copied());
            byte.and_then(|byte| step.written.decode_byte(byte))
                .unwrap_or(c)
        };
        Some(self.others.iter().map(undone).collect())
    }

    /// What single characters say of the text with its characters outside ASCII undone.
    fn unigrams(&self, undone: &[char]) -> f32 {
        let times = self.others.iter().map(|o| o.times);
        let others = undone.iter().zip(times);
        self.ascii
            + others
                .map(|(&c, times)| times * MODEL.unigram(c))
                .sum::<f32>()
    }
}
