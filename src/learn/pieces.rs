//! An example as pairs of texts that belong together, and a sample of them that is quick to search.

/// Pairs of a mangled text and its original.
pub(super) struct Pieces<'t> {
    all: Vec<(&'t str, &'t str)>,
    /// The mangled text and the original to search with.
    pub(super) sample: (String, String),
}

/// So many bytes of originals are searched with, where there are parts to choose from.
const SAMPLE: usize = 200;

impl Pieces<'_> {
    /// Whether this holds for all of them.
    pub(super) fn all(&self, mut holds: impl FnMut(&str, &str) -> bool) -> bool {
        self.all
            .iter()
            .all(|(mangled, original)| holds(mangled, original))
    }
}

/// The whole example as one piece, searched by some of its lines where it is long.
pub(super) fn whole<'t>(mangled: &'t str, original: &'t str) -> Pieces<'t> {
    let lines = parted(mangled, original, '\n').filter(|_| original.len() > SAMPLE);
    let sample = match &lines {
        Some(lines) => sample(lines, "\n"),
        None => (mangled.to_owned(), original.to_owned()),
    };
    Pieces {
        all: vec![(mangled, original)],
        sample,
    }
}

/// The words that differ, or where the words are not as many, the lines.
pub(super) fn differing<'t>(mangled: &'t str, original: &'t str) -> Option<Pieces<'t>> {
    [(' ', " "), ('\n', "\n")]
        .into_iter()
        .find_map(|(sign, joint)| {
            let all = parted(mangled, original, sign)?;
            let sample = sample(&all, joint);
            Some(Pieces { all, sample })
        })
}

/// The parts that differ, where both texts have the same number, and more than one.
fn parted<'t>(mangled: &'t str, original: &'t str, sign: char) -> Option<Vec<(&'t str, &'t str)>> {
    let count = |text: &str| text.matches(sign).count();
    if count(mangled) != count(original) || count(mangled) == 0 {
        return None;
    }
    let parts = mangled.split(sign).zip(original.split(sign));
    let differing: Vec<_> = parts
        .filter(|(mangled, original)| mangled != original)
        .collect();
    (!differing.is_empty()).then_some(differing)
}

fn sample(parts: &[(&str, &str)], joint: &str) -> (String, String) {
    let mut sample = (String::new(), String::new());
    for (mangled, original) in parts {
        if !sample.1.is_empty() {
            if sample.1.len() + original.len() > SAMPLE {
                break;
            }
            sample.0.push_str(joint);
            sample.1.push_str(joint);
        }
        sample.0.push_str(mangled);
        sample.1.push_str(original);
    }
    sample
}

/// Whether a program may have put a mark for what it could not read or write.
pub(super) fn is_hole(c: char) -> bool {
    matches!(c, '?' | '\u{FFFD}')
}

pub(super) fn has_holes(text: &str) -> bool {
    text.contains(is_hole)
}

/// Whether marks stand for everything outside ASCII.
pub(super) fn is_all_lost(mangled: &str) -> bool {
    mangled.chars().all(|c| c.is_ascii() || is_hole(c))
}
