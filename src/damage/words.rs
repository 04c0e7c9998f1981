//! How likely a character is to be followed by another within a word.
//!
//! The model of 75 languages knows the commonest pairs of Chinese only. A lost byte leaves a
//! choice between many words, and those are in a dictionary.

use std::collections::HashMap;
use std::sync::LazyLock;

static PAIRS: LazyLock<HashMap<(char, char), u8>> = LazyLock::new(|| {
    let mut pairs = HashMap::new();
    for line in include_str!("words.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
    {
        let mut chars = line.chars();
        let Some(first) = chars.next() else { continue };
        let mut rank = 0;
        for c in chars {
            match c {
                '0'..='9' => rank = c as u8 - b'0',
                _ => {
                    pairs.insert((first, c), rank);
                }
            }
        }
    }
    pairs
});

/// ln p of the second character after the first, where a dictionary has them together.
pub(super) fn ln_p(first: char, second: char) -> Option<f32> {
    PAIRS.get(&(first, second)).map(|&rank| -f32::from(rank))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commoner_words_are_likelier() {
        assert!(ln_p('清', '楚') > ln_p('清', '除'));
        assert!(ln_p('規', '模') > ln_p('規', '浚'));
        assert_eq!(ln_p('楚', '清'), None);
    }

    /// The table is what its generator writes from the shared sources.
    #[test]
    fn words_are_regenerated() {
        let root = env!("CARGO_MANIFEST_DIR");
        if !std::path::Path::new(root)
            .join("../shared/data/zh/words.txt")
            .exists()
        {
            eprintln!("skipped words_are_regenerated: no ../shared");
            return;
        }
        let output = std::process::Command::new("python3")
            .arg(format!("{root}/src/damage/generate_words.py"))
            .output()
            .unwrap();
        assert_eq!(
            String::from_utf8(output.stdout).unwrap(),
            include_str!("words.txt")
        );
    }
}
