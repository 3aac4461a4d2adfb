//! Parquet and Arrow files, with the title, the notes and the sources in the file's metadata.

use std::collections::HashMap;
use std::io::Write;
use std::sync::Arc;

use arrow::array::{ArrayRef, Date32Builder, Float64Builder, Int64Builder, RecordBatch, StringBuilder};
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use arrow_ipc::writer::FileWriter;
use lysoen_answers::sheet::Kind;
use lysoen_facts::Batches;
use lysoen_facts::tables::days;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;

use super::rows::{Head, RowWriter, Value};
use super::{OutputError, Preface, number};

/// Rows to a batch.
const BATCH: usize = 8192;

type Out = Box<dyn Write + Send>;

/// Writes the rows of a sheet, column by column.
pub(super) struct Writer {
    file: Box<dyn Batched>,
    schema: SchemaRef,
    columns: Vec<Builder>,
    rows: usize,
}

/// A file that takes batches.
trait Batched: Send {
    fn batch(&mut self, batch: &RecordBatch) -> Result<(), OutputError>;
    fn end(self: Box<Self>) -> Result<(), OutputError>;
}

impl Batched for ArrowWriter<Out> {
    fn batch(&mut self, batch: &RecordBatch) -> Result<(), OutputError> {
        Ok(self.write(batch)?)
    }

    fn end(self: Box<Self>) -> Result<(), OutputError> {
        Ok(self.into_inner()?.flush()?)
    }
}

impl Batched for FileWriter<Out> {
    fn batch(&mut self, batch: &RecordBatch) -> Result<(), OutputError> {
        Ok(self.write(batch)?)
    }

    fn end(mut self: Box<Self>) -> Result<(), OutputError> {
        self.finish()?;
        Ok(self.get_mut().flush()?)
    }
}

impl Writer {
    /// A Parquet file.
    pub(super) fn parquet(out: Out, preface: &Preface, heads: &[Head]) -> Result<Writer, OutputError> {
        let schema = Arc::new(Schema::new(fields(heads)));
        let file = ArrowWriter::try_new(out, schema.clone(), Some(properties(preface)?))?;
        Ok(Writer::of(Box::new(file), schema, heads))
    }

    /// A file of Arrow's IPC format.
    pub(super) fn arrow(out: Out, preface: &Preface, heads: &[Head]) -> Result<Writer, OutputError> {
        let about: HashMap<String, String> = about(preface)?.into_iter().collect();
        let schema = Arc::new(Schema::new_with_metadata(fields(heads), about));
        let file = FileWriter::try_new(out, &schema)?;
        Ok(Writer::of(Box::new(file), schema, heads))
    }

    fn of(file: Box<dyn Batched>, schema: SchemaRef, heads: &[Head]) -> Writer {
        Writer {
            file,
            columns: heads.iter().map(|head| Builder::new(head.kind)).collect(),
            schema,
            rows: 0,
        }
    }

    fn send(&mut self) -> Result<(), OutputError> {
        let columns = self.columns.iter_mut().map(Builder::finish).collect();
        self.file.batch(&RecordBatch::try_new(self.schema.clone(), columns)?)?;
        self.rows = 0;
        Ok(())
    }
}

fn fields(heads: &[Head]) -> Vec<Field> {
    let field = |head: &Head| Field::new(&head.name, data_type(head.kind), true);
    heads.iter().map(field).collect()
}

impl RowWriter for Writer {
    fn row(&mut self, values: &[Value<'_>]) -> Result<(), OutputError> {
        for (column, value) in self.columns.iter_mut().zip(values) {
            column.push(value);
        }
        self.rows += 1;
        if self.rows == BATCH { self.send() } else { Ok(()) }
    }

    fn finish(mut self: Box<Self>) -> Result<(), OutputError> {
        if self.rows > 0 {
            self.send()?;
        }
        self.file.end()
    }
}

/// Writes batches as they come, with the types that they have.
pub(super) fn write_batches(out: Out, preface: &Preface, batches: Batches) -> Result<u64, OutputError> {
    let mut file = ArrowWriter::try_new(out, batches.schema(), Some(properties(preface)?))?;
    let mut rows = 0;
    for batch in batches {
        let batch = batch?;
        rows += batch.num_rows() as u64;
        file.write(&batch)?;
    }
    file.into_inner()?.flush()?;
    Ok(rows)
}

fn properties(preface: &Preface) -> Result<WriterProperties, OutputError> {
    let about = about(preface)?
        .into_iter()
        .map(|(key, value)| KeyValue::new(key, value));
    Ok(WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(3)?))
        .set_created_by("lysoen".to_string())
        .set_key_value_metadata(Some(about.collect()))
        .build())
}

/// What stands in a file's metadata.
fn about(preface: &Preface) -> Result<[(String, String); 3], OutputError> {
    let json = |value: serde_json::Result<String>| value.map_err(std::io::Error::from);
    Ok([
        ("title".to_string(), preface.title.clone()),
        ("notes".to_string(), json(serde_json::to_string(&preface.notes))?),
        ("sources".to_string(), json(serde_json::to_string(&preface.sources))?),
    ])
}

fn data_type(kind: Kind) -> DataType {
    match kind {
        Kind::Text => DataType::Utf8,
        Kind::Number => DataType::Float64,
        Kind::Count => DataType::Int64,
        Kind::Date => DataType::Date32,
    }
}

enum Builder {
    Text(StringBuilder),
    Number(Float64Builder),
    Count(Int64Builder),
    Date(Date32Builder),
}

impl Builder {
    fn new(kind: Kind) -> Builder {
        match kind {
            Kind::Text => Builder::Text(StringBuilder::new()),
            Kind::Number => Builder::Number(Float64Builder::new()),
            Kind::Count => Builder::Count(Int64Builder::new()),
            Kind::Date => Builder::Date(Date32Builder::new()),
        }
    }

    /// A value that does not belong into the column's type is left out; in a text column it is written out.
    fn push(&mut self, value: &Value<'_>) {
        match self {
            Builder::Text(column) => match value {
                Value::Missing => column.append_null(),
                Value::Text(text) => column.append_value(text),
                Value::Count(count) => column.append_value(count.to_string()),
                Value::Number(number) => column.append_value(number::plain(*number)),
                Value::Date(date) => column.append_value(date.to_string()),
                Value::Bool(yes) => column.append_value(yes.to_string()),
            },
            Builder::Number(column) => column.append_option(match value {
                Value::Number(number) => Some(*number),
                Value::Count(count) => Some(*count as f64),
                _ => None,
            }),
            Builder::Count(column) => column.append_option(match value {
                Value::Count(count) => Some(*count),
                _ => None,
            }),
            Builder::Date(column) => column.append_option(match value {
                Value::Date(date) => Some(days(*date)),
                _ => None,
            }),
        }
    }

    fn finish(&mut self) -> ArrayRef {
        match self {
            Builder::Text(column) => Arc::new(column.finish()),
            Builder::Number(column) => Arc::new(column.finish()),
            Builder::Count(column) => Arc::new(column.finish()),
            Builder::Date(column) => Arc::new(column.finish()),
        }
    }
}
