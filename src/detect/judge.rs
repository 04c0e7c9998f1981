//! How sure a hypothesis is: small regression trees over its features, fitted so that their sum is
//! the log-odds of being right.
//!
//! `trees.bin` holds the trees; `examples/calibrate` makes it. After the magic number stand a text
//! on its making (length, UTF-8), the number of trees, the log-odds before any evidence, and the
//! trees: the features asked, breadth first, their thresholds, then the log-odds of the leaves. All
//! numbers are little-endian, of 32 bits but for the features, which are bytes, and the leaves, in
//! parts of 16 bits.

use super::features::Features;

/// Questions in a row.
const DEPTH: u32 = 5;
const QUESTIONS: usize = (1 << DEPTH) - 1;
const LEAVES: usize = 1 << DEPTH;
const TREE: usize = QUESTIONS + 4 * QUESTIONS + 2 * LEAVES;
/// Parts in log-odds of one.
const PARTS: f32 = (1 << 14) as f32;
const MAGIC: [u8; 8] = *b"unbake-j";

struct Forest {
    about: &'static [u8],
    start: f32,
    trees: &'static [[u8; TREE]],
}

static FOREST: Forest = match parse(include_bytes!("trees.bin")) {
    Some(forest) => forest,
    None => Forest {
        about: &[],
        start: f32::NEG_INFINITY,
        trees: &[],
    },
};

const fn parse(bytes: &'static [u8]) -> Option<Forest> {
    let Some((magic, rest)) = bytes.split_first_chunk::<8>() else {
        return None;
    };
    let Some((about, rest)) = rest.split_first_chunk::<4>() else {
        return None;
    };
    let Some((about, rest)) = rest.split_at_checked(u32::from_le_bytes(*about) as usize) else {
        return None;
    };
    let Some((trees, rest)) = rest.split_first_chunk::<4>() else {
        return None;
    };
    let Some((start, rest)) = rest.split_first_chunk::<4>() else {
        return None;
    };
    let trees = u32::from_le_bytes(*trees) as usize;
    if u64::from_le_bytes(*magic) != u64::from_le_bytes(MAGIC) || rest.len() != trees * TREE {
        return None;
    }
    Some(Forest {
        about,
        start: f32::from_le_bytes(*start),
        trees: rest.as_chunks().0,
    })
}

/// What confidences were fitted to, and under which licences: lines of text.
///
/// ```
/// assert!(unbake::detect::calibration().contains("CC BY"));
/// ```
#[must_use]
pub fn calibration() -> &'static str {
    std::str::from_utf8(FOREST.about).unwrap_or_default()
}

/// What the questions are asked of, with room for every number that a byte may have: no look-up can fail.
type Inputs = [f32; 256];

/// Log-odds that a tree adds.
fn log_odds_of_tree(tree: &[u8; TREE], inputs: &Inputs) -> Option<f32> {
    // Read as a power of two, so that a node that is less needs no check: what follows them stands in the last places.
    let features = tree.first_chunk::<LEAVES>()?;
    let (_, rest) = tree.split_first_chunk::<QUESTIONS>()?;
    let thresholds: &[[u8; 4]; LEAVES] = rest.as_chunks().0.first_chunk()?;
    let (_, leaves) = rest.split_first_chunk::<{ 4 * QUESTIONS }>()?;
    let leaves: &[[u8; 2]; LEAVES] = leaves.as_chunks().0.first_chunk()?;
    let mut node = 0;
    for _ in 0..DEPTH {
        let feature = *features.get(node % LEAVES)?;
        let value = *inputs.get(usize::from(feature))?;
        let threshold = f32::from_le_bytes(*thresholds.get(node % LEAVES)?);
        node = 2 * node + 1 + usize::from(value > threshold);
    }
    let leaf = *leaves.get((node - QUESTIONS) % LEAVES)?;
    Some(f32::from(i16::from_le_bytes(leaf)) / PARTS)
}

/// Log-odds that a hypothesis with these features is right.
pub(crate) fn log_odds(features: &Features) -> f32 {
    let mut inputs = [0.0; 256];
    for (input, value) in inputs.iter_mut().zip(features.inputs()) {
        *input = value;
    }
    let trees = FOREST.trees.iter();
    let added = trees.filter_map(|tree| log_odds_of_tree(tree, &inputs));
    FOREST.start + added.sum::<f32>()
}

/// The probability that belongs to log-odds.
pub(crate) fn probability(log_odds: f32) -> f32 {
    1.0 / (1.0 + (-log_odds).exp())
}

/// The log-odds that belong to a probability.
pub(crate) fn log_odds_of(probability: f32) -> f32 {
    let p = probability.clamp(1e-6, 1.0 - 1e-6);
    (p / (1.0 - p)).ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_trees_are_there() {
        assert!(FOREST.trees.len() > 100);
        assert!(calibration().contains("CC BY"));
    }

    #[test]
    fn probability_and_log_odds_are_inverse() {
        for p in [0.01, 0.3, 0.5, 0.9, 0.999] {
            assert!((probability(log_odds_of(p)) - p).abs() < 1e-4);
        }
    }

    #[test]
    fn a_tree_asks_its_way_to_a_leaf() {
        let mut tree = [0u8; TREE];
        tree[..6].copy_from_slice(&[0, 1, 2, 0, 0, 3]);
        for i in 0..QUESTIONS {
            tree[QUESTIONS + 4 * i..][..4].copy_from_slice(&0.5f32.to_le_bytes());
        }
        for i in 0..LEAVES {
            let leaf = i as i16 * (PARTS / 32.0) as i16;
            tree[5 * QUESTIONS + 2 * i..][..2].copy_from_slice(&leaf.to_le_bytes());
        }
        let mut inputs = [0.0; 256];
        assert_eq!(log_odds_of_tree(&tree, &inputs), Some(0.0));
        inputs[0] = 1.0;
        // right; question 2 asks feature 2: left; question 5 asks feature 3: left; then 11 and 24 ask 0: right
        assert_eq!(log_odds_of_tree(&tree, &inputs), Some(19.0 / 32.0));
        inputs[2] = 1.0;
        assert_eq!(log_odds_of_tree(&tree, &inputs), Some(31.0 / 32.0));
    }
}
