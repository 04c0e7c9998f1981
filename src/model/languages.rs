//! Which language a line is in, as far as letters and their sequences tell.
//!
//! The n-grams of the model pool all languages: to them `Portuguęs` is a word with a rare end. What
//! they cannot see is that the line around it is Portuguese, which has no `ę`. This table says of
//! letters and of three letters in a row how much commoner they are in each language than in all
//! of them together; `examples/train/languages.rs` makes it.

use crate::detect::symbols::is_alphabetic;

/// Languages for which a row has room.
pub(crate) const ROW: usize = 80;
/// Steps of a nat in which the table counts.
pub(crate) const STEPS: f32 = 8.0;
/// First bytes of the file.
pub(crate) const MAGIC: [u8; 8] = *b"unbake-l";
/// Before the first and after the last letter of a word.
pub(crate) const EDGE: char = ' ';

/// What a sequence and a letter count: sequences share most of what they tell with their neighbours and letters.
const SEQUENCE: f32 = 0.5;
const LETTER: f32 = 0.7;

struct Table {
    languages: usize,
    keys: &'static [[u8; 8]],
    rows: &'static [[u8; ROW]],
}

static TABLE: Table = match parse(include_bytes!("languages.bin")) {
    Some(table) => table,
    None => Table {
        languages: 0,
        keys: &[],
        rows: &[],
    },
};

const fn parse(bytes: &'static [u8]) -> Option<Table> {
    let Some((magic, rest)) = bytes.split_first_chunk::<8>() else {
        return None;
    };
    let Some((languages, rest)) = rest.split_first_chunk::<4>() else {
        return None;
    };
    let Some((rows, rest)) = rest.split_first_chunk::<4>() else {
        return None;
    };
    let languages = u32::from_le_bytes(*languages) as usize;
    let rows = u32::from_le_bytes(*rows) as usize;
    let Some((keys, rest)) = rest.split_at_checked(rows * 8) else {
        return None;
    };
    if u64::from_le_bytes(*magic) != u64::from_le_bytes(MAGIC)
        || languages > ROW
        || rest.len() != rows * ROW
    {
        return None;
    }
    Some(Table {
        languages,
        keys: keys.as_chunks().0,
        rows: rest.as_chunks().0,
    })
}

/// The key of three symbols in a row, the newest last; of a letter alone the others are NUL.
pub(crate) fn key(symbols: [char; 3]) -> u64 {
    symbols
        .iter()
        .fold(0, |key, &c| key << 21 | u64::from(u32::from(c)))
}

fn row(symbols: [char; 3]) -> Option<&'static [u8; ROW]> {
    let key = key(symbols);
    let at = TABLE
        .keys
        .binary_search_by_key(&key, |bytes| u64::from_le_bytes(*bytes))
        .ok()?;
    TABLE.rows.get(at)
}

/// How well the words of a text fit each language, against all languages together.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Fit([f32; ROW]);

impl Default for Fit {
    fn default() -> Fit {
        Fit([0.0; ROW])
    }
}

impl Fit {
    /// The fit of one text.
    pub(crate) fn of(text: &[char]) -> Fit {
        let mut fit = Fit::default();
        fit.add(text, 1.0);
        fit
    }

    /// Counts the letters of `text` in, or out where `sign` is -1.
    pub(crate) fn add(&mut self, text: &[char], sign: f32) {
        self.add_where(text, sign, |_| true);
    }

    /// Counts in only what letters outside ASCII and their neighbours say.
    pub(crate) fn add_others(&mut self, text: &[char]) {
        self.add_where(text, 1.0, |symbols| !symbols.iter().all(char::is_ascii));
    }

    /// Counts the sequences that are wanted.
    fn add_where(&mut self, text: &[char], sign: f32, is_wanted: impl Fn(&[char; 3]) -> bool) {
        let (mut oldest, mut older) = (EDGE, EDGE);
        for &c in text.iter().chain(&[EDGE]) {
            let c = if c.is_ascii() {
                if c.is_ascii_alphabetic() {
                    c.to_ascii_lowercase()
                } else {
                    EDGE
                }
            } else if is_alphabetic(c) {
                super::fold::lower(c)
            } else {
                EDGE
            };
            if c == EDGE && older == EDGE {
                oldest = EDGE;
                continue;
            }
            let symbols = [oldest, older, c];
            if is_wanted(&symbols)
                && let Some(row) = row(symbols)
            {
                self.add_row(row, sign * SEQUENCE);
            }
            if !c.is_ascii()
                && let Some(row) = row(['\0', '\0', c])
            {
                self.add_row(row, sign * LETTER);
            }
            (oldest, older) = (older, c);
        }
    }

    fn add_row(&mut self, row: &[u8; ROW], weight: f32) {
        for (sum, &steps) in self.0.iter_mut().zip(row) {
            *sum += weight / STEPS * f32::from(i8::from_le_bytes([steps]));
        }
    }

    /// How surely the text is in one language: the share that the likeliest has of all.
    pub(crate) fn certainty(&self) -> f32 {
        let fits = self.0.get(..TABLE.languages).unwrap_or_default();
        let best = fits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        1.0 / fits
            .iter()
            .map(|fit| (fit - best).exp())
            .sum::<f32>()
            .max(1.0)
    }

    /// ln of how much likelier the text is in some one language than in none in particular.
    pub(crate) fn ln(&self) -> f32 {
        let fits = self.0.get(..TABLE.languages).unwrap_or_default();
        let best = fits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        if !best.is_finite() {
            return 0.0;
        }
        let sum: f32 = fits.iter().map(|fit| (fit - best).exp()).sum();
        best + (sum / fits.len() as f32).ln()
    }
}
