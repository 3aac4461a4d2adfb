//! The hash of canonical rows: the same rows in the same order give the same name, whatever wrote the file.

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::{DataType, Date32Type, Float64Type, Int16Type, Int32Type, Int64Type, UInt64Type};
use sha2::{Digest, Sha256};

/// Feeds batches of a table, row by row within each column of a batch, to SHA-256.
///
/// The caller cuts batches at fixed row counts, so the hash depends on the rows alone.
#[derive(Default)]
pub(crate) struct RowHasher(Sha256);

impl RowHasher {
    pub(crate) fn update(&mut self, batch: &RecordBatch) {
        self.0.update((batch.num_rows() as u64).to_le_bytes());
        for column in batch.columns() {
            self.column(column.as_ref());
        }
    }

    fn column(&mut self, column: &dyn Array) {
        macro_rules! fixed {
            ($t:ty) => {{
                let values = column.as_primitive::<$t>();
                for i in 0..values.len() {
                    if values.is_valid(i) {
                        self.present(&values.value(i).to_le_bytes());
                    } else {
                        self.0.update([0]);
                    }
                }
            }};
        }
        match column.data_type() {
            DataType::Utf8 => column
                .as_string::<i32>()
                .iter()
                .for_each(|v| self.bytes(v.map(str::as_bytes))),
            DataType::Binary => column.as_binary::<i32>().iter().for_each(|v| self.bytes(v)),
            DataType::Boolean => column
                .as_boolean()
                .iter()
                .for_each(|v| self.bytes(v.map(|b| [u8::from(b)]).as_ref().map(|b| b.as_slice()))),
            DataType::Int16 => fixed!(Int16Type),
            DataType::Int32 => fixed!(Int32Type),
            DataType::Int64 => fixed!(Int64Type),
            DataType::UInt64 => fixed!(UInt64Type),
            DataType::Float64 => fixed!(Float64Type),
            DataType::Date32 => fixed!(Date32Type),
            other => unreachable!("no table has a column of type {other}"),
        }
    }

    fn bytes(&mut self, value: Option<&[u8]>) {
        match value {
            None => self.0.update([0]),
            Some(bytes) => {
                self.0.update([1]);
                self.0.update((bytes.len() as u32).to_le_bytes());
                self.0.update(bytes);
            }
        }
    }

    fn present(&mut self, bytes: &[u8]) {
        self.0.update([1]);
        self.0.update(bytes);
    }

    pub(crate) fn finish(self) -> String {
        hex(&self.0.finalize())
    }
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
