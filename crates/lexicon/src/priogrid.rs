//! PRIO-GRID: the world in cells of half a degree (Tollefsen, Strand & Buhaug 2012).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Rows of cells, from 90° S to 90° N.
pub const ROWS: u32 = 360;
/// Columns of cells, from 180° W to 180° E.
pub const COLUMNS: u32 = 720;

/// The number of a PRIO-GRID cell, 1 to 259,200: `(row - 1) * 720 + column`, rows from 90° S, columns from 180° W.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct PrioGrid(u32);

/// A number, row or column that no cell has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoSuchCell {
    /// The number is not in 1..=259200, or not a whole number.
    #[error("`{0}` is not a PRIO-GRID cell; cells are numbered 1 to 259200")]
    Number(String),
    /// The row or column is out of range.
    #[error("row {row}, column {column} is not in PRIO-GRID; rows run from 1 to 360, columns from 1 to 720")]
    RowColumn {
        /// The row asked for.
        row: u32,
        /// The column asked for.
        column: u32,
    },
}

impl PrioGrid {
    /// The cell of that number (1 to 259,200).
    pub fn new(id: u32) -> Result<Self, NoSuchCell> {
        if (1..=ROWS * COLUMNS).contains(&id) {
            Ok(Self(id))
        } else {
            Err(NoSuchCell::Number(id.to_string()))
        }
    }

    /// The cell at row 1..=360 (from 90° S) and column 1..=720 (from 180° W).
    pub fn from_row_col(row: u32, column: u32) -> Result<Self, NoSuchCell> {
        if (1..=ROWS).contains(&row) && (1..=COLUMNS).contains(&column) {
            Ok(Self((row - 1) * COLUMNS + column))
        } else {
            Err(NoSuchCell::RowColumn { row, column })
        }
    }

    /// The cell that holds a point in decimal degrees (longitude −180..=180, latitude −90..=90); `None` for any other.
    ///
    /// A point on an edge belongs to the cell north and east of it, as in UCDP's `priogrid_gid`;
    /// the 180th meridian and the North Pole belong to the last column and row.
    pub fn from_lon_lat(longitude: f64, latitude: f64) -> Option<Self> {
        if !(-180.0..=180.0).contains(&longitude) || !(-90.0..=90.0).contains(&latitude) {
            return None;
        }
        // Both are at least 0 and at most 720 and 360, so the conversion is exact.
        let column = ((longitude + 180.0) * 2.0).floor() as u32 + 1;
        let row = ((latitude + 90.0) * 2.0).floor() as u32 + 1;
        Self::from_row_col(row.min(ROWS), column.min(COLUMNS)).ok()
    }

    /// The cell's number, 1 to 259,200.
    pub fn id(self) -> u32 {
        self.0
    }

    /// Row, 1..=360, from 90° S.
    pub fn row(self) -> u32 {
        (self.0 - 1) / COLUMNS + 1
    }

    /// Column, 1..=720, from 180° W.
    pub fn col(self) -> u32 {
        (self.0 - 1) % COLUMNS + 1
    }

    /// Longitude and latitude of the cell's centre, in decimal degrees.
    pub fn centre(self) -> (f64, f64) {
        let longitude = f64::from(self.col()) / 2.0 - 180.25;
        let latitude = f64::from(self.row()) / 2.0 - 90.25;
        (longitude, latitude)
    }

    /// The cells that touch this one, in order of number: eight, or five in the first and last row.
    /// The grid is closed in longitude: column 720 lies beside column 1.
    pub fn neighbours(self) -> Vec<Self> {
        let (row, column) = (self.row(), self.col());
        let west = if column == 1 { COLUMNS } else { column - 1 };
        let east = if column == COLUMNS { 1 } else { column + 1 };
        let mut cells: Vec<Self> = (row - 1..=row + 1)
            .flat_map(|r| [west, column, east].map(|c| Self::from_row_col(r, c)))
            .filter_map(Result::ok)
            .filter(|cell| *cell != self)
            .collect();
        cells.sort_unstable();
        cells
    }
}

impl fmt::Display for PrioGrid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl FromStr for PrioGrid {
    type Err = NoSuchCell;

    fn from_str(text: &str) -> Result<Self, NoSuchCell> {
        let id = text.trim().parse().map_err(|_| NoSuchCell::Number(text.to_owned()))?;
        Self::new(id)
    }
}

impl TryFrom<u32> for PrioGrid {
    type Error = NoSuchCell;

    fn try_from(id: u32) -> Result<Self, NoSuchCell> {
        Self::new(id)
    }
}

impl From<PrioGrid> for u32 {
    fn from(cell: PrioGrid) -> u32 {
        cell.0
    }
}
