//! A quick look into a file of events: deaths by country, month and type of violence, without importing it.
//!
//! Of a CSV file only the columns needed are taken out, on several threads, and no more of it is in memory than a block
//! per thread. Any other file that can be read as [`records`](crate::records), and a CSV file with a row of HXL tags or
//! with quotation marks where none belong, is read row by row on one thread, with the same result.

use std::num::NonZeroUsize;

use csv::StringRecord;
use jiff::civil::Date;

use crate::finding::Findings;
use crate::input::{FileKind, Input};
use crate::reader::ReadError;

mod blocks;
mod scan;
mod sums;

use scan::Stopped;
use sums::{Columns, Sums};

/// Events of one country, month and type of violence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// UCDP's number of the country (Gleditsch and Ward's, with a few of its own), as it stands in the file.
    pub country_id: u32,
    /// The country's name in its first row; empty where the file names none.
    pub country: String,
    /// The first day of the month in which the events ended.
    pub month: Date,
    /// 1 state-based, 2 non-state, 3 one-sided.
    pub violence: u8,
    /// Number of events.
    pub events: u64,
    /// People killed by the source's best estimate.
    pub best: u64,
    /// The same by its low estimates; none where one of the events has none.
    pub low: Option<u64>,
    /// The same by its high estimates; none where one of the events has none.
    pub high: Option<u64>,
}

/// What a file of events adds up to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tallied {
    /// The tallies, by country number, month and type.
    pub tallies: Vec<Tally>,
    /// Data rows read.
    pub rows_read: u64,
    /// Rows in none of the tallies, because they have no country, last day, type of violence or best estimate, or not as
    /// many cells as the header. An import says which and why.
    pub rows_left_out: u64,
}

/// Adds up a file of UCDP events in any of their layouts, on at most `threads` threads.
///
/// Figures are taken as they stand in the file: a best estimate above the high one, or two rows with one number, are
/// for the import to find.
///
/// # Errors
/// If the file cannot be read, is no table, or lacks a column that is needed.
pub fn tally(input: &Input, threads: NonZeroUsize) -> Result<Tallied, ReadError> {
    tally_in_blocks(input, threads, blocks::BLOCK)
}

/// [`tally`] in blocks of so many bytes, whatever suits the machine; the result is the same.
///
/// # Errors
/// As [`tally`].
pub fn tally_in_blocks(input: &Input, threads: NonZeroUsize, block: usize) -> Result<Tallied, ReadError> {
    let records = input.records(None)?;
    let header = records.header();
    let columns = Columns::find(header).map_err(|missing| {
        input.malformed(
            format!("no column {missing}"),
            "a file of UCDP events, with country_id, date_end, type_of_violence and best (or best_est)",
        )
    })?;
    let plain = matches!(input.kind(), FileKind::Csv | FileKind::Tsv) && records.hxl().is_none();
    let sums = if plain {
        let layout = scan::Layout {
            delimiter: input.delimiter(),
            width: header.names().len(),
            last_is_nameless: header.names().last().is_some_and(String::is_empty),
            columns,
        };
        match scan::scan(input.nearly_text()?, &layout, threads, block) {
            Ok(sums) => sums,
            Err(Stopped::Io(source)) => return Err(input.io(source)),
            Err(Stopped::Entangled) => row_by_row(input, &columns)?,
        }
    } else {
        drop(records);
        row_by_row(input, &columns)?
    };
    input.verify_unchanged()?;
    Ok(sums.tallied())
}

/// The same by way of [`Input::records`], for every kind of file.
fn row_by_row(input: &Input, columns: &Columns) -> Result<Sums, ReadError> {
    let mut records = input.records(None)?;
    let mut findings = Findings::new(input.name());
    let mut record = StringRecord::new();
    let mut sums = Sums::default();
    while records.next(&mut record, &mut findings)?.is_some() {
        match columns.event(|at| record.get(at).unwrap_or_default()) {
            Some(event) => sums.add(&event, 0, || columns.country(|at| record.get(at).unwrap_or_default())),
            None => sums.rows_left_out += 1,
        }
    }
    sums.rows_read = findings.rows_read;
    sums.rows_left_out += findings.rows_rejected;
    Ok(sums)
}
