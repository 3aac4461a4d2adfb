//! Parquet.

use std::collections::VecDeque;

use arrow::array::RecordBatch;
use arrow::error::ArrowError;
use arrow::util::display::{ArrayFormatter, FormatOptions};
use csv::StringRecord;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};

use super::{Header, Records, about_the_table};
use crate::finding::Findings;
use crate::input::Input;
use crate::reader::ReadError;

/// Rows turned to text at a time; boundaries in a cell can be a megabyte each.
const ROWS: usize = 256;

/// A Parquet file.
pub(super) struct ParquetRecords {
    file: String,
    batches: ParquetRecordBatchReader,
    header: Header,
    waiting: VecDeque<StringRecord>,
    row: u64,
    begun: bool,
}

impl ParquetRecords {
    pub(super) fn open(input: &Input) -> Result<ParquetRecords, ReadError> {
        let damaged = |e: &dyn std::fmt::Display| {
            input.malformed(
                format!("a damaged or unsupported Parquet file ({e})"),
                "a Parquet table",
            )
        };
        let builder = ParquetRecordBatchReaderBuilder::try_new(input.seekable()?).map_err(|e| damaged(&e))?;
        let header = Header::new(builder.schema().fields().iter().map(|field| field.name()));
        let batches = builder.with_batch_size(ROWS).build().map_err(|e| damaged(&e))?;
        Ok(ParquetRecords {
            file: input.name().to_string(),
            batches,
            header,
            waiting: VecDeque::new(),
            row: 1,
            begun: false,
        })
    }

    fn damaged(&self, e: &ArrowError) -> ReadError {
        ReadError::Malformed {
            file: self.file.clone(),
            row: Some(self.row + 1),
            found: format!("damage ({e})"),
            expected: "a whole Parquet file".into(),
        }
    }
}

impl Records for ParquetRecords {
    fn header(&self) -> &Header {
        &self.header
    }

    fn hxl(&self) -> Option<&[String]> {
        None
    }

    fn next(&mut self, record: &mut StringRecord, findings: &mut Findings) -> Result<Option<u64>, ReadError> {
        if !self.begun {
            self.begun = true;
            about_the_table(None, &self.header, findings);
        }
        while self.waiting.is_empty() {
            match self.batches.next() {
                None => return Ok(None),
                Some(batch) => {
                    let rows = batch.and_then(|batch| as_text(&batch)).map_err(|e| self.damaged(&e))?;
                    self.waiting.extend(rows);
                }
            }
        }
        if let Some(next) = self.waiting.pop_front() {
            *record = next;
        }
        self.row += 1;
        findings.rows_read += 1;
        Ok(Some(self.row))
    }
}

/// Each row as text: days and times in ISO form, floats with as many digits as tell them apart, null as the empty cell.
fn as_text(batch: &RecordBatch) -> Result<Vec<StringRecord>, ArrowError> {
    let options = FormatOptions::default().with_null("").with_display_error(false);
    let columns = batch
        .columns()
        .iter()
        .map(|column| ArrayFormatter::try_new(column.as_ref(), &options));
    let columns = columns.collect::<Result<Vec<_>, _>>()?;
    let mut cell = String::new();
    let mut rows = Vec::with_capacity(batch.num_rows());
    for row in 0..batch.num_rows() {
        let mut record = StringRecord::new();
        for column in &columns {
            cell.clear();
            column.value(row).write(&mut cell)?;
            record.push_field(&cell);
        }
        rows.push(record);
    }
    Ok(rows)
}
