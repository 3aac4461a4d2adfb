//! An answer as a sheet: typed columns and rows with the sources they rest on. Every surface formats this and no more.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A table of typed cells.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// What it is, in a few words.
    pub title: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows; each has one cell a column.
    pub rows: Vec<Vec<Cell>>,
    /// The sources on which it rests.
    pub sources: Vec<SourceNote>,
    /// What a reader must know about the whole of it: a replay, a reconstruction.
    pub notes: Vec<String>,
}

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name in CSV, JSON and Parquet.
    pub name: &'static str,
    /// The type of its cells.
    pub kind: Kind,
}

/// The type of a column's cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// A number with a fraction.
    Number,
    /// A whole number.
    Count,
    /// A day.
    Date,
}

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Text.
    Text(String),
    /// A number with a fraction.
    Number(f64),
    /// A whole number.
    Count(i64),
    /// A day.
    Date(Date),
    /// No value; never zero.
    Missing,
}

/// A source on which an answer rests.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SourceNote {
    /// The card.
    pub id: String,
    /// Publisher and title.
    pub title: String,
    /// Licence.
    pub licence: String,
    /// How to cite it.
    pub citation: String,
    /// The newest vintage used.
    pub as_of: Option<Date>,
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Cell::Text(text.to_string())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Cell::Text(text)
    }
}

impl From<f64> for Cell {
    fn from(value: f64) -> Self {
        Cell::Number(value)
    }
}

impl From<i64> for Cell {
    fn from(value: i64) -> Self {
        Cell::Count(value)
    }
}

impl From<u64> for Cell {
    fn from(value: u64) -> Self {
        i64::try_from(value).map_or(Cell::Number(value as f64), Cell::Count)
    }
}

impl From<Date> for Cell {
    fn from(date: Date) -> Self {
        Cell::Date(date)
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Cell::Missing, Into::into)
    }
}
