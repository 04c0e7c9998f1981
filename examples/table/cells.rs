//! What every kind of table has: columns and cells.

use std::collections::BTreeMap;

use unbake::Repair;

/// A cell that holds text.
pub struct Cell<'t> {
    /// Which column, counted from 0.
    pub column: usize,
    /// The line of the file in which its row begins, counted from 1.
    pub line: u64,
    /// What it says.
    pub text: &'t str,
}

/// The repairs of cells, by the number of the cell.
pub type Repairs<'t> = BTreeMap<usize, Repair<'t>>;

/// A table of some format, with all that is needed to write it again.
pub trait Table {
    /// What the columns are called, as far as they have names.
    fn columns(&self) -> Vec<String>;

    /// All the cells, row by row.
    fn cells(&self) -> Vec<Cell<'_>>;

    /// The table with some cells repaired; every other row is as it was, to the byte.
    /// Also the numbers of the cells whose new text the format cannot hold.
    fn written(&self, repairs: &Repairs<'_>) -> (String, Vec<usize>);
}
