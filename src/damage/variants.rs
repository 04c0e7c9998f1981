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

    #[test]
    fn variants_are_regenerated() {
        let table = include_str!("variants.txt");
        crate::damage::assert_regenerated("variants", "STCharacters.txt", table);
    }
}
