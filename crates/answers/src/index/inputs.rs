//! The inputs of an index, each value with where it comes from.

use jiff::civil::Date;
use lysoen_indices::alkire_foster::Poverty;
use lysoen_indices::data::Data;
use lysoen_measures::inputs::Inputs as FromFacts;
use lysoen_sources::finding::Findings;

use crate::sheet::SourceNote;

/// Inputs, and what is to be said of them.
#[derive(Clone, Debug)]
pub(super) struct Inputs {
    pub(super) data: Data,
    /// The periods that were asked for, by number; others serve imputation along the years.
    pub(super) asked: Vec<usize>,
    pub(super) origins: Origins,
    /// What was read how, and what was not used.
    pub(super) notes: Vec<String>,
    /// What is wrong in the files, by row and column.
    pub(super) findings: Vec<Findings>,
    /// The sources.
    pub(super) sources: Vec<SourceNote>,
    /// Of microdata, what the rows say of each unit, by period; else empty.
    pub(super) poverty: Vec<Vec<Poverty>>,
}

/// Where the values of a table come from.
#[derive(Clone, Debug)]
pub(super) enum Origins {
    /// Rows of one file, by period, input and unit; 0 where there is no value.
    File {
        /// The file.
        file: String,
        /// The rows.
        rows: Vec<u32>,
    },
    /// The facts.
    Facts(Box<FromFacts>),
    /// They were let go of.
    Forgotten,
}

/// Where one value comes from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Origin {
    /// The card of its source; empty for a file of the user's own.
    pub source: String,
    /// When the source had said so.
    pub as_of: Option<Date>,
    /// Its unit, where the source tells it.
    pub unit: String,
    /// What a reader must know of it.
    pub note: String,
    /// The rows that make it up.
    pub rows: Vec<OriginRow>,
}

/// A row that makes up a value.
#[derive(Clone, Debug, PartialEq)]
pub struct OriginRow {
    /// What it is.
    pub what: String,
    /// Its value.
    pub value: f64,
    /// Its first and last day, where it has some.
    pub dates: Option<(Date, Date)>,
    /// The file.
    pub file: String,
    /// The row, as a spreadsheet counts it; none where it was computed.
    pub row: Option<u64>,
}

impl Origins {
    /// Values of one file, whose rows follow.
    pub(super) fn of_file(file: &str, data: &Data) -> Origins {
        Origins::File {
            file: file.to_string(),
            rows: vec![0; data.periods().len() * data.inputs().len() * data.units().len()],
        }
    }

    /// Notes the row of a value.
    pub(super) fn set_row(&mut self, at: usize, row: u64) {
        if let Origins::File { rows, .. } = self {
            rows[at] = u32::try_from(row).unwrap_or(u32::MAX);
        }
    }
}

impl Inputs {
    /// Where a value comes from; none where there is no value.
    pub(super) fn origin(&self, period: usize, input: usize, unit: usize) -> Option<Origin> {
        match &self.origins {
            Origins::Forgotten => None,
            Origins::File { file, rows } => {
                let row = rows[place(&self.data, period, input, unit)];
                (row > 0).then(|| Origin {
                    rows: vec![OriginRow {
                        what: self.data.inputs()[input].clone(),
                        value: self.data.column(period, input)[unit],
                        dates: None,
                        file: file.clone(),
                        row: Some(row.into()),
                    }],
                    ..Origin::default()
                })
            }
            Origins::Facts(facts) => {
                let evidence = facts.evidence(period, input, unit)?;
                let row = |term: &lysoen_measures::Term| OriginRow {
                    what: term.what.clone(),
                    value: term.value,
                    dates: Some(term.dates),
                    file: term.file.clone(),
                    row: Some(term.row).filter(|row| *row > 0),
                };
                Some(Origin {
                    rows: evidence.terms.iter().map(row).collect(),
                    source: evidence.source,
                    as_of: evidence.as_of,
                    unit: evidence.unit,
                    note: evidence.note,
                })
            }
        }
    }
}

/// Where a value stands among all of a table.
pub(super) fn place(data: &Data, period: usize, input: usize, unit: usize) -> usize {
    (period * data.inputs().len() + input) * data.units().len() + unit
}
