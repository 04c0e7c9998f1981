//! Plainer signs that stand for others since: what word processors, NFKC and the best fit of Windows put there.

use crate::detect::pages::Pages;
use std::sync::OnceLock;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// What may have made characters plainer, besides word processors.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Plainness {
    /// NFKC.
    pub(super) compatible: bool,
    /// Windows, which put what fitted best.
    pub(super) best_fit: bool,
}

/// Whether NFKC leaves a character as it is.
pub(super) fn is_compatible(c: char) -> bool {
    static COMPATIBLE: Pages<bool> = Pages::new(|c| match is_nfkc_quick(std::iter::once(c)) {
        IsNormalized::Yes => true,
        _ => std::iter::once(c).nfkc().eq([c]),
    });
    COMPATIBLE.get(c)
}

/// What each sign of it costs, in nats.
const COMPATIBLE: f32 = 1.2;
const DASH: f32 = 1.0;
const DOTS: f32 = 1.0;
const STRAIGHT_QUOTE: f32 = 1.0;
const TURNED_QUOTE: f32 = 4.0;
const BEST_FIT: f32 = 1.0;

const ELLIPSIS: char = '\u{2026}';

/// Finds the plainer signs that `c` may have become, with what each costs.
pub(super) fn plainer(c: char, plainness: Plainness, mut found: impl FnMut(&[char], f32)) {
    match c {
        '\u{2013}' => found(&['-'], DASH),
        '\u{2014}' => {
            found(&['-'], DASH);
            found(&['-', '-'], DASH);
        }
        ELLIPSIS => found(&['.', '.', '.'], DOTS),
        '\u{2018}' => found(&['\u{2019}'], TURNED_QUOTE),
        '\u{2019}' => found(&['\u{2018}'], TURNED_QUOTE),
        '\u{201C}' => found(&['\u{201D}'], TURNED_QUOTE),
        '\u{201D}' => found(&['\u{201C}'], TURNED_QUOTE),
        '\u{201A}' => found(&['\''], STRAIGHT_QUOTE),
        '\u{201E}' => found(&['"'], STRAIGHT_QUOTE),
        _ => {}
    }
    if plainness.compatible && c != ELLIPSIS && !is_compatible(c) {
        let compatible: Vec<char> = std::iter::once(c).nfkc().collect();
        found(&compatible, COMPATIBLE);
    }
    if plainness.best_fit {
        for fit in best_fits(c) {
            found(&[fit], BEST_FIT);
        }
    }
}

/// Made by generate_bestfit.py from the tables of code pages 437, 850, 1250, 1251 and 1252 of Wine 8.0
/// (LGPL-2.1-or-later; share/wine/nls), which hold the mappings that Microsoft published as its best fit. A character a
/// line, and what it becomes.
const BEST_FITS: &str = include_str!("bestfit.txt");

/// What Windows puts for a character where a code page lacks it.
fn best_fits(c: char) -> impl Iterator<Item = char> {
    static LINES: OnceLock<Vec<(char, &str)>> = OnceLock::new();
    let lines = LINES.get_or_init(|| {
        let parts = BEST_FITS.lines().map(|line| {
            let mut chars = line.chars();
            (chars.next().unwrap_or_default(), chars.as_str())
        });
        parts.collect()
    });
    let found = lines.binary_search_by_key(&c, |line| line.0);
    let found = found.ok().and_then(|i| lines.get(i));
    found.map_or("", |line| line.1).chars()
}

/// The characters that NFC makes another one of, by what it makes: the ideographs that are in Unicode twice, and a few
/// signs.
pub(super) fn composed_from(c: char) -> impl Iterator<Item = char> {
    static PAIRS: OnceLock<Vec<(char, char)>> = OnceLock::new();
    let pairs = PAIRS.get_or_init(|| {
        let twice = '\u{F900}'..='\u{FAD9}';
        let signs = ['\u{2126}', '\u{212A}', '\u{212B}'];
        let mut pairs: Vec<(char, char)> = Vec::new();
        for other in twice.chain(signs) {
            let mut nfc = std::iter::once(other).nfc();
            if let (Some(c), None) = (nfc.next(), nfc.next())
                && c != other
            {
                pairs.push((c, other));
            }
        }
        pairs.sort_unstable();
        pairs
    });
    let from = pairs.partition_point(|pair| pair.0 < c);
    let rest = pairs.get(from..).unwrap_or_default().iter();
    rest.take_while(move |pair| pair.0 == c).map(|pair| pair.1)
}

/// The letter and the mark that NFC makes `c` of.
pub(super) fn letter_and_mark(c: char) -> Option<[char; 2]> {
    if c.is_ascii() {
        return None;
    }
    let mut parts = std::iter::once(c).nfd();
    match (parts.next(), parts.next(), parts.next()) {
        (Some(letter), Some(mark), None) => Some([letter, mark]),
        _ => None,
    }
}

/// Between ASCII and its full-width forms.
const WIDER: u32 = 0xFEE0;
/// Signs whose full-width forms stand apart, in order from U+FFE0.
const SIGNS: [char; 7] = ['¢', '£', '¬', '¯', '¦', '¥', '₩'];

/// Whether a character is a full-width form.
pub(super) fn is_wide(c: char) -> bool {
    matches!(c, '\u{FF01}'..='\u{FF5E}' | '\u{FFE0}'..='\u{FFE6}')
}

/// The full-width form of a sign of ASCII.
pub(super) fn wide(c: char) -> Option<char> {
    char::from_u32(u32::from(c) + WIDER).filter(|_| c.is_ascii_graphic())
}

/// What a full-width form is usually.
pub(super) fn narrow(c: char) -> Option<char> {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - WIDER),
        '\u{FFE0}'..='\u{FFE6}' => SIGNS.get((u32::from(c) - 0xFFE0) as usize).copied(),
        _ => None,
    }
}

/// Whether the best fit may have been at work in a text: letters of ASCII before signs that are not, or signs before
/// letters, more than once.
pub(super) fn may_be_best_fit(text: &[char]) -> bool {
    let odd = text.windows(2).filter(|pair| match pair {
        [a, b] if b.is_ascii() || b.is_alphabetic() => {
            !b.is_ascii() && matches!(a, '+' | '-' | '=' | '_' | '¦')
        }
        [a, _] => a.is_ascii_uppercase() || matches!(a, '+' | '-' | '=' | '_' | '¦'),
        _ => false,
    });
    odd.count() >= OFTEN
}

/// So often is more than by chance.
const OFTEN: usize = 2;

/// The half-width katakana, one or two, that a full-width character may have been.
pub(super) fn half_width(c: char) -> Option<&'static [char]> {
    static PAIRS: OnceLock<Vec<(char, Vec<char>)>> = OnceLock::new();
    if !('\u{3000}'..='\u{30FF}').contains(&c) {
        return None;
    }
    let pairs = PAIRS.get_or_init(|| {
        let half = '\u{FF61}'..='\u{FF9F}';
        let marks = ['\u{FF9E}', '\u{FF9F}'];
        let alone = half.clone().map(|c| vec![c]);
        let marked = half.flat_map(|c| marks.map(|mark| vec![c, mark]));
        let mut pairs: Vec<(char, Vec<char>)> = Vec::new();
        for halves in alone.chain(marked) {
            let mut wide = halves.iter().copied().nfkc();
            if let (Some(c), None) = (wide.next(), wide.next()) {
                pairs.push((c, halves));
            }
        }
        pairs.sort();
        pairs
    });
    let found = pairs.binary_search_by_key(&c, |pair| pair.0).ok()?;
    Some(&pairs.get(found)?.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(c: char, best_fit: bool) -> Vec<String> {
        let plainness = Plainness {
            compatible: true,
            best_fit,
        };
        let mut found = Vec::new();
        plainer(c, plainness, |chars, _| found.push(chars.iter().collect()));
        found
    }

    #[test]
    fn signs_become_plainer_ones() {
        // NFKC as Python has it; the best fit as Microsoft published it.
        for (c, signs, best_fit) in [
            ('—', &["-", "--"][..], Some("-")),
            ('…', &["..."], None),
            ('¼', &["1⁄4"], Some("1")),
            ('¨', &[" \u{308}"], Some("\"")),
            ('ª', &["a"], Some("a")),
            ('Ã', &[], Some("A")),
            ('├', &[], Some("+")),
            ('©', &[], Some("c")),
            ('“', &["”"], Some("\"")),
        ] {
            let found = plain(c, false);
            assert_eq!(found, signs, "{c}");
            let found = plain(c, true);
            assert!(
                best_fit.is_none_or(|fit| found.contains(&fit.to_owned())),
                "{c}: {found:?}"
            );
        }
        assert!(plain('a', true).is_empty());
    }

    #[test]
    fn what_nfkc_leaves_is_known_quickly() {
        for c in '\0'..='\u{FFFF}' {
            assert_eq!(is_compatible(c), std::iter::once(c).nfkc().eq([c]), "{c}");
        }
    }

    #[test]
    fn the_best_fit_is_sorted_and_changes_something() {
        let lines: Vec<Vec<char>> = BEST_FITS.lines().map(|l| l.chars().collect()).collect();
        assert!(lines.is_sorted_by(|a, b| a[0] < b[0]));
        for line in &lines {
            assert!(line.len() > 1 && !line[1..].contains(&line[0]), "{line:?}");
        }
    }

    #[test]
    fn nfc_and_widths_go_back() {
        // The ideographs of KS X 1001 and of IBM's extension that are in Unicode twice, as Python has them.
        assert!(composed_from('樂').any(|c| c == '\u{F914}'));
        assert!(composed_from('晴').any(|c| c == '\u{FA12}'));
        assert_eq!(composed_from('明').next(), None);
        assert_eq!(letter_and_mark('è'), Some(['e', '\u{300}']));
        assert_eq!(letter_and_mark('ø'), None);
        assert_eq!(letter_and_mark('e'), None);
        assert_eq!((wide('A'), wide(' '), wide('é')), (Some('Ａ'), None, None));
        assert_eq!(
            (narrow('Ａ'), narrow('￥'), narrow('あ')),
            (Some('A'), Some('¥'), None)
        );
    }

    #[test]
    fn katakana_have_half_a_width() {
        assert_eq!(half_width('ア'), Some(&['ｱ'][..]));
        assert_eq!(half_width('ガ'), Some(&['ｶ', 'ﾞ'][..]));
        assert_eq!(half_width('パ'), Some(&['ﾊ', 'ﾟ'][..]));
        assert_eq!(half_width('。'), Some(&['｡'][..]));
        assert_eq!(half_width('あ'), None);
        assert_eq!(half_width('a'), None);
    }
}
