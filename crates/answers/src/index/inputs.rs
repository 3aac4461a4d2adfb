//! The inputs of an index, each value with where it comes from.

use jiff::civil::Date;
use lysoen_indices::data::Data;
use lysoen_sources::finding::Findings;

use crate::sheet::SourceNote;

/// Inputs, and what is to be said of them.
#[derive(Clone, Debug)]
pub(super) struct Inputs {
    pub(super) data: Data,
    pub(super) origins: Origins,
    /// What was read how, and what was not used.
    pub(super) notes: Vec<String>,
    /// What is wrong in the files, by row and column.
    pub(super) findings: Vec<Findings>,
    /// The sources of facts.
    pub(super) sources: Vec<SourceNote>,
}

/// Where one value comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The card of its source; empty for a file of the user's own.
    pub source: String,
    /// When the source had said so.
    pub as_of: Option<Date>,
    /// The file.
    pub file: String,
    /// The row, as a spreadsheet counts it.
    pub row: Option<u64>,
    /// The period of the value, where it is not that of the index.
    pub period: String,
}

/// Where the values of a table come from.
#[derive(Clone, Debug)]
pub(super) struct Origins {
    file: String,
    inputs: usize,
    units: usize,
    /// By period, input and unit; 0 where there is no value.
    rows: Vec<u32>,
}

impl Origins {
    /// Values of one file, whose rows follow.
    pub(super) fn of_file(file: &str, data: &Data) -> Origins {
        let (inputs, units) = (data.inputs().len(), data.units().len());
        Origins {
            file: file.to_string(),
            inputs,
            units,
            rows: vec![0; data.periods().len() * inputs * units],
        }
    }

    /// Notes the row of a value.
    pub(super) fn set_row(&mut self, period: usize, input: usize, unit: usize, row: u64) {
        let at = (period * self.inputs + input) * self.units + unit;
        self.rows[at] = u32::try_from(row).unwrap_or(u32::MAX);
    }

    /// Where a value comes from; none where there is no value.
    pub(super) fn of(&self, period: usize, input: usize, unit: usize) -> Option<Origin> {
        match self.rows[(period * self.inputs + input) * self.units + unit] {
            0 => None,
            row => Some(Origin {
                file: self.file.clone(),
                row: Some(row.into()),
                ..Origin::default()
            }),
        }
    }
}
