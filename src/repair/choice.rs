//! Which of the hypotheses for a line is made, if any is.

use crate::detect::hypothesis::Hypothesis;
use crate::encoding::Encoding;

/// Log-odds above which a line needs no company.
pub(super) const PROOF: f32 = 4.0;

/// Nats between two hypotheses of one chain, of which the judge says which is right.
const CLOSE: f32 = 7.0;
/// Nats that prove a chain in a line.
const MUCH: f32 = 25.0;
/// Nats by which it may be worse to undo a chain in what it leaves over, too.
const LEFT_OVER: f32 = 8.0;
const LEFT_OVER_SHARE: f32 = 0.1;
/// The share that signs may cost which an encoding of several bytes a character explains, too.
const REST_SHARE: f32 = 0.3;
/// What a chain that explains all by the structure of UTF-8 may be worse than one that leaves something.
const UNEXPLAINED: f32 = 0.15;
/// Nats by which a sister of an encoding may be worse that has more of the signs of a line.
const SISTER: f32 = 4.0;
/// Nats by which one that is surer may be worse than the best.
const HARDLY_WORSE: f32 = 12.0;
/// Log-odds of one that is no rival of what the document proves.
const DOUBTED: f32 = -0.5;
/// Log-odds of a chain that a doubted one goes on with.
const SURE_OF_PART: f32 = 1.5;
/// Log-odds that make up for fewer nats.
const SURER: f32 = 0.5;
/// Log-odds of what the judge does not believe, and nats by which what it believes may be worse.
const DISBELIEVED: f32 = -2.0;
const WORSE: f32 = 20.0;

/// The best hypothesis where it is sure enough, else the surest that repairs most of the same and is
/// hardly worse. Where much speaks for a chain, it befell all that it explains.
pub(super) fn surest<'h>(
    found: &'h [Hypothesis],
    text: &[char],
    wanted: f32,
) -> Option<&'h Hypothesis> {
    // One that the judge does not believe in hides none that it does.
    let first = found.first()?;
    let believed = |h: &&Hypothesis| h.sure > DISBELIEVED && first.score - h.score <= WORSE;
    let best = found.iter().find(believed).unwrap_or(first);
    // How much of a line a chain befell is for the judge to say where the model sees little between.
    let as_good = |h: &&Hypothesis| {
        h.chain == best.chain
            && best.score - h.score <= CLOSE
            && h.sure >= best.sure + SURER
            && h.is_like(&best.stretches)
    };
    let best = found
        .iter()
        .filter(as_good)
        .max_by(|a, b| a.sure.total_cmp(&b.sure))
        .unwrap_or(best);
    let alike = found.iter().filter(|h| h.is_like(&best.stretches));
    if best.sure >= wanted {
        // The structure of UTF-8 says by itself what it explains.
        let utf8 = best
            .chain
            .iter()
            .next()
            .is_some_and(|m| m.written == Encoding::Utf8);
        let complete = |h: &&Hypothesis| {
            h.explains_all() && h.sure >= wanted && best.score - h.score <= UNEXPLAINED * best.score
        };
        let is_sister =
            |h: &Hypothesis| best.score - h.score <= SISTER && explains_more(h, best, text);
        if !best.explains_all()
            && let Some(all) = alike
                .clone()
                .find(|h| complete(h) && (utf8 || is_sister(h)))
        {
            return Some(all);
        }
        let share = if utf8 { 0.0 } else { LEFT_OVER_SHARE };
        let left_over = LEFT_OVER.max(share * best.score);
        let is_rest = |h: &&Hypothesis| {
            let worse = best.score - h.score;
            h.is_like(&best.stretches)
                && worse <= left_over
                && h.adds_words_only(text, &best.stretches)
                || best.is_like(&h.stretches)
                    && worse <= REST_SHARE * best.score
                    && h.adds_signs_only(text, &best.stretches)
        };
        let whole = found
            .iter()
            .filter(|h| h.whole && h.chain == best.chain && h.score > MUCH)
            .find(is_rest);
        return whole.or(Some(best));
    }
    // What the document proves is believed where the best is not, which reads better by chance.
    let is_disbelieved =
        |h: &Hypothesis| best.sure <= DOUBTED || best.score - h.score > HARDLY_WORSE;
    let is_proven = |h: &&Hypothesis| h.sure >= PROOF.max(wanted) && is_disbelieved(h);
    if let Some(proven) = found.iter().find(is_proven) {
        return Some(proven);
    }
    // So is what the best only goes on with.
    let is_part = |h: &&Hypothesis| {
        let newest = h.chain.iter().rev();
        h.chain.len() < best.chain.len() && newest.zip(best.chain.iter().rev()).all(|(a, b)| a == b)
    };
    let is_surer = |h: &&Hypothesis| h.sure >= wanted.max(SURE_OF_PART);
    let is_near = |h: &&Hypothesis| best.score - h.score <= HARDLY_WORSE;
    alike
        .filter(|h| h.sure >= wanted)
        .chain(found.iter().filter(is_part).filter(is_surer))
        .filter(is_near)
        .max_by(|a, b| a.sure.total_cmp(&b.sure))
}

/// Whether a hypothesis makes letters of signs that another one leaves, and the same of all else.
fn explains_more(h: &Hypothesis, other: &Hypothesis, text: &[char]) -> bool {
    let same =
        |((new, old), c): ((&char, &char), &char)| new == old || old == c && !c.is_alphabetic();
    h.repaired.len() == text.len()
        && other.repaired.len() == text.len()
        && h.repaired.iter().zip(&other.repaired).zip(text).all(same)
        && h.adds_words_only(text, &other.stretches)
}
