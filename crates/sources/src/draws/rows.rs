//! The rows of a file of draws: as numbers from the row groups of a Parquet file, or as text from any table.

use std::collections::HashMap;
use std::ops::ControlFlow;

use arrow::array::{Array, ArrayRef, AsArray, Float64Array, Int32Array, Int64Array};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Float64Type};
use csv::StringRecord;
use lysoen_lexicon::panel::Month;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder};
use serde_json::Value;

use super::{DrawsFile, UnitMonth};
use crate::cell;
use crate::finding::{Findings, Severity};
use crate::input::Input;
use crate::reader::ReadError;
use crate::records::unless_it_breaks_down;

/// Rows decoded at a time.
const BATCH: usize = 16 * 1024;

/// The years in which a month can lie.
const YEARS: std::ops::RangeInclusive<i32> = 1800..=2199;

/// What was found in some of the rows.
pub(super) struct Told {
    pub(super) findings: Findings,
    pub(super) negatives: u64,
    /// The first draw below zero, and its row.
    pub(super) negative: Option<(u64, f64)>,
}

impl Told {
    pub(super) fn new(file: &str) -> Told {
        Told {
            findings: Findings::new(file),
            negatives: 0,
            negative: None,
        }
    }

    /// Adds what was found in later rows.
    pub(super) fn absorb(&mut self, later: Told) {
        self.findings.absorb(later.findings);
        self.negatives += later.negatives;
        self.negative = self.negative.or(later.negative);
    }

    fn reject(&mut self, row: u64, column: &str, found: impl Into<String>, expected: &str) {
        self.findings.rows_rejected += 1;
        self.findings
            .add(Severity::Rejected, Some(row), Some(column), found, expected);
    }

    /// Whether an outcome can be a draw.
    fn is_draw(&mut self, row: u64, outcome: f64) -> bool {
        if outcome < 0.0 {
            self.negatives += 1;
            self.negative = self.negative.or(Some((row, outcome)));
        }
        if !outcome.is_finite() {
            self.reject(row, "outcome", outcome.to_string(), OUTCOME);
        }
        outcome.is_finite()
    }
}

const OUTCOME: &str = "a number; the draw is left out";
const WHOLE: &str = "a whole number; the draw is left out";
const MONTH: &str = "a month by its VIEWS number (1 is January 1980); the draw is left out";

/// Draws of one unit and month in rows that follow each other.
pub(super) struct Run<'a> {
    /// The first of the rows.
    pub(super) row: u64,
    pub(super) of: UnitMonth,
    pub(super) numbers: &'a [i32],
    pub(super) outcomes: &'a [f64],
}

fn month(number: i64) -> Option<Month> {
    let month = Month(i32::try_from(number).ok()?);
    // What is far off is not brought into a calendar.
    (month.0.abs() < 12 * 10_000 && YEARS.contains(&month.year())).then_some(month)
}

/// Where the four columns stand in a Parquet file, all of them numbers.
pub(super) struct Numbers {
    metadata: ArrowReaderMetadata,
    /// Of the file's columns, in the order of the layout: month, unit, draw, outcome.
    columns: [usize; 4],
    /// The row before each row group.
    before: Vec<u64>,
}

impl Numbers {
    /// None where some column holds something else than numbers.
    pub(super) fn of(input: &Input, names: &[String; 4]) -> Result<Option<Numbers>, ReadError> {
        let metadata = metadata(input)?;
        let schema = metadata.schema();
        let mut columns = [0; 4];
        for (column, name) in columns.iter_mut().zip(names) {
            // Spaces around the name are not part of it in a header.
            let found = schema.fields().iter().position(|field| field.name().trim() == name);
            match found {
                Some(at) if schema.field(at).data_type().is_numeric() => *column = at,
                _ => return Ok(None),
            }
        }
        let mut row = 1;
        let groups = metadata.metadata().row_groups().iter();
        let before = groups.map(|group| {
            let before = row;
            row += group.num_rows() as u64;
            before
        });
        let before = before.collect();
        Ok(Some(Numbers {
            metadata,
            columns,
            before,
        }))
    }

    /// How many rows there are.
    fn rows(&self) -> u64 {
        self.metadata.metadata().file_metadata().num_rows() as u64
    }
}

fn damaged(input: &Input, e: &dyn std::fmt::Display) -> ReadError {
    input.malformed(format!("damage ({e})"), "a whole Parquet file")
}

fn metadata(input: &Input) -> Result<ArrowReaderMetadata, ReadError> {
    let file = input.seekable()?;
    unless_it_breaks_down(|| ArrowReaderMetadata::load(&file, ArrowReaderOptions::new()))
        .map_err(|e| damaged(input, &e))?
        .map_err(|e| damaged(input, &e))
}

/// The columns in which pandas stored levels of its index under other names than their own, by their own.
pub(super) fn names_of_the_index(input: &Input) -> Result<HashMap<String, String>, ReadError> {
    let metadata = metadata(input)?;
    let told = metadata.metadata().file_metadata().key_value_metadata();
    let pandas = told.and_then(|told| told.iter().find(|entry| entry.key == "pandas")?.value.as_deref());
    let pandas: Value = pandas
        .and_then(|text| serde_json::from_str(text).ok())
        .unwrap_or_default();
    let columns = pandas["columns"].as_array().map(Vec::as_slice).unwrap_or_default();
    let names = columns.iter().filter_map(|column| {
        let (name, stored) = (column["name"].as_str()?, column["field_name"].as_str()?);
        stored
            .starts_with("__index_level_")
            .then(|| (name.to_string(), stored.to_string()))
    });
    Ok(names.collect())
}

impl DrawsFile {
    /// How many parts can be read beside each other.
    pub(super) fn parts(&self) -> usize {
        self.numbers.as_ref().map_or(1, |numbers| numbers.before.len())
    }

    /// How many rows there are, where the file tells.
    pub(super) fn rows(&self) -> Option<u64> {
        self.numbers.as_ref().map(Numbers::rows)
    }

    /// Gives the draws of a part in the order of the file, until `take` breaks off.
    pub(super) fn part(
        &self,
        part: usize,
        told: &mut Told,
        take: &mut impl FnMut(Run<'_>) -> ControlFlow<()>,
    ) -> Result<(), ReadError> {
        match &self.numbers {
            Some(numbers) => unless_it_breaks_down(|| self.numbers(numbers, part, told, take))
                .map_err(|e| damaged(&self.input, &e))?,
            None => self.text(told, take),
        }
    }

    fn numbers(
        &self,
        numbers: &Numbers,
        part: usize,
        told: &mut Told,
        take: &mut impl FnMut(Run<'_>) -> ControlFlow<()>,
    ) -> Result<(), ReadError> {
        let file = self.input.seekable()?;
        let metadata = numbers.metadata.clone();
        let mask = ProjectionMask::roots(metadata.parquet_schema(), numbers.columns);
        let batches = ParquetRecordBatchReaderBuilder::new_with_metadata(file, metadata)
            .with_row_groups(vec![part])
            .with_projection(mask)
            .with_batch_size(BATCH)
            .build()
            .map_err(|e| damaged(&self.input, &e))?;
        let mut row = numbers.before[part];
        for batch in batches {
            let batch = batch.map_err(|e| damaged(&self.input, &e))?;
            // A projection keeps the order of the file.
            let column = |at: usize| batch.column(numbers.columns.iter().filter(|other| **other < at).count());
            let [months, units, draws, outcomes] = numbers.columns.map(column);
            let columns = Batch {
                row,
                months: whole(months),
                units: whole(units),
                numbers: small(draws),
                outcomes: real(outcomes),
            };
            row += batch.num_rows() as u64;
            told.findings.rows_read += batch.num_rows() as u64;
            let flow = match columns.is_plain() {
                true => columns.runs(told, self.unit.name(), take),
                false => columns.rows(told, self.unit.name(), take),
            };
            if flow.is_break() {
                break;
            }
        }
        Ok(())
    }

    fn text(&self, told: &mut Told, take: &mut impl FnMut(Run<'_>) -> ControlFlow<()>) -> Result<(), ReadError> {
        let mut records = self.input.records(None)?;
        let header = records.header().clone();
        let [months, units, draws, outcomes] = self
            .names
            .each_ref()
            .map(|name| header.index(name).expect("a column that was found"));
        let mut record = StringRecord::new();
        while let Some(row) = records.next(&mut record, &mut told.findings)? {
            let text = |at: usize| record.get(at).unwrap_or_default().trim();
            let integer = |at: usize| cell::integer(text(at)).ok().flatten();
            let Some(month) = integer(months).and_then(month) else {
                told.reject(row, "month_id", shown(text(months)), MONTH);
                continue;
            };
            let Some(unit) = integer(units) else {
                told.reject(row, self.unit.name(), shown(text(units)), WHOLE);
                continue;
            };
            let Some(number) = integer(draws).and_then(|number| i32::try_from(number).ok()) else {
                told.reject(row, "draw", shown(text(draws)), WHOLE);
                continue;
            };
            let Ok(Some(outcome)) = cell::number(text(outcomes)) else {
                told.reject(row, "outcome", shown(text(outcomes)), OUTCOME);
                continue;
            };
            let run = Run {
                row,
                of: UnitMonth { unit, month },
                numbers: &[number],
                outcomes: &[outcome],
            };
            if told.is_draw(row, outcome) && take(run).is_break() {
                break;
            }
        }
        Ok(())
    }
}

/// Rows of a Parquet file, column by column.
struct Batch {
    /// The row before the first.
    row: u64,
    months: Int64Array,
    units: Int64Array,
    numbers: Int32Array,
    outcomes: Float64Array,
}

impl Batch {
    /// Whether nothing is to be found in its rows, but perhaps in their months.
    fn is_plain(&self) -> bool {
        let nulls = [
            self.months.null_count(),
            self.units.null_count(),
            self.numbers.null_count(),
            self.outcomes.null_count(),
        ];
        // Without a way out of the loop it is done several at a time.
        let odd = self
            .outcomes
            .values()
            .iter()
            .filter(|x| !(x.is_finite() && **x >= 0.0))
            .count();
        nulls == [0; 4] && odd == 0
    }

    /// Gives rows that are plain.
    fn runs(&self, told: &mut Told, unit: &str, take: &mut impl FnMut(Run<'_>) -> ControlFlow<()>) -> ControlFlow<()> {
        let (months, units) = (self.months.values(), self.units.values());
        let mut from = 0;
        while from < months.len() {
            let of = (months[from], units[from]);
            let same = months[from..].iter().zip(&units[from..]);
            let length = same.take_while(|(month, unit)| (**month, **unit) == of).count();
            let rows = from..from + length;
            match month(of.0) {
                Some(month) => take(Run {
                    row: self.row + from as u64 + 1,
                    of: UnitMonth { unit: of.1, month },
                    numbers: &self.numbers.values()[rows.clone()],
                    outcomes: &self.outcomes.values()[rows.clone()],
                })?,
                None => rows.clone().try_for_each(|at| self.one(at, told, unit, take))?,
            }
            from = rows.end;
        }
        ControlFlow::Continue(())
    }

    /// Gives the rows one by one.
    fn rows(&self, told: &mut Told, unit: &str, take: &mut impl FnMut(Run<'_>) -> ControlFlow<()>) -> ControlFlow<()> {
        (0..self.months.len()).try_for_each(|at| self.one(at, told, unit, take))
    }

    fn one(
        &self,
        at: usize,
        told: &mut Told,
        unit_column: &str,
        take: &mut impl FnMut(Run<'_>) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let row = self.row + at as u64 + 1;
        let value = |column: &Int64Array| column.is_valid(at).then(|| column.value(at));
        let (number, unit) = (value(&self.months), value(&self.units));
        let no = "nothing, or no whole number";
        match (number.and_then(month), unit) {
            (None, _) => told.reject(row, "month_id", number.map_or(no.to_string(), |n| n.to_string()), MONTH),
            (_, None) => told.reject(row, unit_column, no, WHOLE),
            _ if self.numbers.is_null(at) => told.reject(row, "draw", no, WHOLE),
            _ if self.outcomes.is_null(at) => told.reject(row, "outcome", "nothing", OUTCOME),
            (Some(month), Some(unit)) => {
                let outcome = self.outcomes.value(at);
                if told.is_draw(row, outcome) {
                    return take(Run {
                        row,
                        of: UnitMonth { unit, month },
                        numbers: &[self.numbers.value(at)],
                        outcomes: &[outcome],
                    });
                }
            }
        }
        ControlFlow::Continue(())
    }
}

/// A text as a finding shows it.
fn shown(text: &str) -> &str {
    if text.is_empty() { "nothing" } else { text }
}

/// Whole numbers; null what is none.
fn whole(column: &ArrayRef) -> Int64Array {
    let integers = |column: &dyn Array| cast(column, &DataType::Int64).ok().map(|c| c.as_primitive().clone());
    let found = match column.data_type().is_integer() {
        true => integers(column),
        // A cast would cut fractions off; beyond 2⁵³ a float tells no whole numbers apart.
        false => {
            let is_whole = |x: f64| x.fract() == 0.0 && x.abs() <= 9_007_199_254_740_992.0;
            Some(
                real(column)
                    .iter()
                    .map(|x| x.filter(|x| is_whole(*x)).map(|x| x as i64))
                    .collect(),
            )
        }
    };
    found.unwrap_or_else(|| Int64Array::new_null(column.len()))
}

/// Numbers; null what is none.
fn real(column: &ArrayRef) -> Float64Array {
    match column.as_primitive_opt::<Float64Type>() {
        Some(floats) => floats.clone(),
        None => cast(column, &DataType::Float64)
            .map(|c| c.as_primitive().clone())
            .unwrap_or_else(|_| Float64Array::new_null(column.len())),
    }
}

/// Whole numbers that are no larger than numbers of draws; null what is none.
fn small(column: &ArrayRef) -> Int32Array {
    let small = match column.data_type().is_integer() {
        true => cast(column, &DataType::Int32),
        false => cast(&whole(column), &DataType::Int32),
    };
    let small = small.map(|c| c.as_primitive().clone());
    small.unwrap_or_else(|_| Int32Array::new_null(column.len()))
}
