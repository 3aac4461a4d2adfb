//! Rows of values, whether they come from a sheet or from Arrow batches.

use std::borrow::Cow;

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::{DataType, Date32Type, Field, Float32Type, Float64Type};
use arrow::util::display::{ArrayFormatter, FormatOptions};
use jiff::civil::Date;
use lysoen_answers::sheet::{Cell, Column, Kind};
use lysoen_facts::tables::from_days;

use super::OutputError;

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Its name.
    pub name: String,
    /// The type of its cells.
    pub kind: Kind,
}

/// One value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// No value; never zero.
    Missing,
    /// Text.
    Text(Cow<'a, str>),
    /// A whole number.
    Count(i64),
    /// A number with a fraction.
    Number(f64),
    /// A day.
    Date(Date),
    /// Yes or no.
    Bool(bool),
}

/// Takes rows in one format.
pub(super) trait RowWriter {
    /// Takes a row; it has as many values as there are columns.
    fn row(&mut self, values: &[Value<'_>]) -> Result<(), OutputError>;
    /// Ends the output.
    fn finish(self: Box<Self>) -> Result<(), OutputError>;
}

impl Head {
    pub(super) fn of(column: &Column) -> Head {
        Head {
            name: column.name.to_string(),
            kind: column.kind,
        }
    }

    pub(super) fn of_field(field: &Field) -> Head {
        let kind = match field.data_type() {
            kind if kind.is_integer() => Kind::Count,
            kind if kind.is_numeric() => Kind::Number,
            DataType::Date32 => Kind::Date,
            _ => Kind::Text,
        };
        Head {
            name: field.name().clone(),
            kind,
        }
    }

    /// Whether its cells stand to the right.
    pub(super) fn is_number(&self) -> bool {
        matches!(self.kind, Kind::Count | Kind::Number)
    }
}

impl Value<'_> {
    fn cell(&self) -> Cell {
        match self {
            Value::Missing => Cell::Missing,
            Value::Text(text) => Cell::Text(text.to_string()),
            Value::Count(count) => Cell::Count(*count),
            Value::Number(number) => Cell::Number(*number),
            Value::Date(date) => Cell::Date(*date),
            Value::Bool(yes) => Cell::Text(yes.to_string()),
        }
    }

    pub(super) fn of(cell: &Cell) -> Value<'_> {
        match cell {
            Cell::Text(text) => Value::Text(Cow::Borrowed(text)),
            Cell::Number(number) => Value::Number(*number),
            Cell::Count(count) => Value::Count(*count),
            Cell::Date(date) => Value::Date(*date),
            Cell::Missing => Value::Missing,
        }
    }
}

/// The rows of batches as cells of a sheet; what is yes or no stands in words.
pub fn cells(batches: &[RecordBatch]) -> Result<Vec<Vec<Cell>>, OutputError> {
    let mut all = Vec::new();
    for batch in batches {
        each_row(batch, |values| {
            all.push(values.iter().map(Value::cell).collect());
            Ok(())
        })?;
    }
    Ok(all)
}

/// Gives every row of a batch to `take`; gives the number of rows.
pub(super) fn each_row(
    batch: &RecordBatch,
    mut take: impl FnMut(&[Value<'_>]) -> Result<(), OutputError>,
) -> Result<u64, OutputError> {
    let options = FormatOptions::default();
    let readers = batch.columns().iter().map(|column| ColumnReader::new(column, &options));
    let readers = readers.collect::<Result<Vec<_>, _>>()?;
    let mut values = Vec::with_capacity(readers.len());
    for row in 0..batch.num_rows() {
        values.clear();
        values.extend(readers.iter().map(|reader| reader.value(row)));
        take(&values)?;
    }
    Ok(batch.num_rows() as u64)
}

struct ColumnReader<'a> {
    column: &'a dyn Array,
    shown: ArrayFormatter<'a>,
}

impl<'a> ColumnReader<'a> {
    fn new(column: &'a dyn Array, options: &'a FormatOptions<'a>) -> Result<Self, OutputError> {
        let shown = ArrayFormatter::try_new(column, options)?;
        Ok(ColumnReader { column, shown })
    }

    fn value(&self, row: usize) -> Value<'a> {
        // A column of nothing but nulls keeps no account of them.
        if self.column.is_null(row) || *self.column.data_type() == DataType::Null {
            return Value::Missing;
        }
        match self.column.data_type() {
            DataType::Utf8 => Value::Text(Cow::Borrowed(self.column.as_string::<i32>().value(row))),
            DataType::LargeUtf8 => Value::Text(Cow::Borrowed(self.column.as_string::<i64>().value(row))),
            DataType::Utf8View => Value::Text(Cow::Borrowed(self.column.as_string_view().value(row))),
            DataType::Boolean => Value::Bool(self.column.as_boolean().value(row)),
            DataType::Float64 => Value::Number(self.column.as_primitive::<Float64Type>().value(row)),
            DataType::Float32 => Value::Number(f64::from(self.column.as_primitive::<Float32Type>().value(row))),
            DataType::Date32 => Value::Date(from_days(self.column.as_primitive::<Date32Type>().value(row))),
            kind if kind.is_integer() || kind.is_decimal() => exact(self.shown.value(row).to_string()),
            _ => Value::Text(Cow::Owned(self.shown.value(row).to_string())),
        }
    }
}

/// A written number as a count, or as a number where that loses no digit, or else as it is written.
fn exact(text: String) -> Value<'static> {
    if let Ok(count) = text.parse() {
        return Value::Count(count);
    }
    // 15 significant decimal digits survive a double.
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    match text.parse() {
        Ok(number) if digits <= 15 => Value::Number(number),
        _ => Value::Text(Cow::Owned(text)),
    }
}
