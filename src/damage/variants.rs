//! Simplified characters and the traditional ones that a program puts for them, one by one.

use std::collections::HashMap;
use std::sync::LazyLock;

static PAIRS: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
    let chars = include_str!("variants.txt")
        .lines()
        .filter(|line| !line.starts_with('#'));
    let mut chars = chars.flat_map(str::chars);
    let pairs = std::iter::from_fn(|| chars.next().zip(chars.next()));
    pairs.collect()
});

static TRADITIONAL: LazyLock<HashMap<char, char>> =
    LazyLock::new(|| PAIRS.iter().copied().collect());

static SIMPLIFIED: LazyLock<HashMap<char, char>> =
    LazyLock::new(|| PAIRS.iter().map(|&(s, t)| (t, s)).collect());

/// The traditional character that a program puts for a simplified one; others as they are.
pub(super) fn traditional(c: char) -> char {
    TRADITIONAL.get(&c).copied().unwrap_or(c)
}

/// The simplified character that a program put this one for.
pub(super) fn simplified(c: char) -> Option<char> {
    SIMPLIFIED.get(&c).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        assert_eq!(traditional('强'), '強');
        assert_eq!(simplified('強'), Some('强'));
        // It may stay as it is.
        assert_eq!((traditional('后'), simplified('后')), ('后', None));
    }

    /// The table is what its generator writes from the shared sources.
    #[test]
    fn variants_are_regenerated() {
        let root = env!("CARGO_MANIFEST_DIR");
        if !std::path::Path::new(root)
            .join("../shared/data/zh/STCharacters.txt")
            .exists()
        {
            eprintln!("skipped variants_are_regenerated: no ../shared");
            return;
        }
        let output = std::process::Command::new("python3")
            .arg(format!("{root}/src/damage/generate_variants.py"))
            .output()
            .unwrap();
        assert_eq!(
            String::from_utf8(output.stdout).unwrap(),
            include_str!("variants.txt")
        );
    }
}
