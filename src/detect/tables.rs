//! Characters in the order of their codes are tables of them, and no text.

use super::features::ChangedWord;
use super::script::Script;
use crate::encoding::Encoding;
use crate::misdecoding::Chain;

/// Characters in the order of the code page that they would have been read in are a table, and no text.
pub(super) fn is_a_table_of_a_code_page(chain: &Chain, changed: &[ChangedWord]) -> bool {
    let Some(read) = chain.iter().next_back().map(|m| m.read) else {
        return false;
    };
    let code = |c: &char| {
        let bytes = read.encode_char(*c)?;
        let number = |n: u32, byte: &u8| n << 8 | u32::from(*byte);
        Some(bytes.as_slice().iter().fold(0, number))
    };
    are_in_order(changed.iter().map(|w| w.before.as_slice()), code)
        || are_cells_in_order(changed, code)
}

/// Whether words of a character or two are in order, each the next one of a table: `í° í± í² í³`.
fn are_cells_in_order(changed: &[ChangedWord], code: impl Fn(&char) -> Option<u32>) -> bool {
    let cell = |w: &ChangedWord| {
        let bare = w.before.split(|c| c.is_ascii_whitespace()).next();
        bare.filter(|w| w.len() <= 2)
            .map(|w| w.iter().map(&code).collect::<Vec<_>>())
    };
    let cells: Vec<_> = changed.iter().filter_map(cell).collect();
    let rising = cells.windows(2).filter(|w| w.first() < w.last()).count();
    cells.len() > 8 && cells.len() * 10 >= changed.len() * 8 && rising * 10 >= (cells.len() - 1) * 9
}

/// Characters in the order of Unicode, however they are set apart: `마-맣먀-먛머-멓`.
pub(crate) fn is_a_table(text: &[char]) -> bool {
    are_in_order(std::iter::once(text), |&c| Some(u32::from(c)))
}

/// The same of fewer characters, where a legacy encoding is to explain them: each has a higher code than the one before.
pub(super) fn is_a_part_of_a_table(chain: &Chain, text: &[char]) -> bool {
    let others = || text.iter().filter(|c| !c.is_ascii());
    let is_east_asian = others().all(|&c| Script::of(c).is_east_asian());
    let few = if is_east_asian {
        A_FEW_EAST_ASIAN
    } else {
        A_FEW
    };
    chain.iter().all(|m| m.written != Encoding::Utf8)
        && others().is_sorted_by(|a, b| a < b)
        && others().count() > few
}

/// So many characters are in order by chance.
const A_FEW: usize = 5;
const A_FEW_EAST_ASIAN: usize = 4;

/// Whether nearly each character outside ASCII has a higher code than the one before it: every other character of a text
/// has a lower one.
fn are_in_order<'a>(
    pieces: impl Iterator<Item = &'a [char]>,
    code: impl Fn(&char) -> Option<u32>,
) -> bool {
    let (mut pairs, mut rising) = (0, 0);
    for piece in pieces {
        let mut codes = piece.iter().filter(|c| !c.is_ascii()).map(&code);
        let mut last = codes.next().flatten();
        for code in codes {
            pairs += 1;
            rising += usize::from(code > last);
            last = code;
        }
    }
    pairs >= 8 && rising * 10 >= pairs * 9
}
