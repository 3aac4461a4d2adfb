//! CSV by RFC 4180: CRLF, quotes where needed, ISO days, missing values empty, and no cell that a spreadsheet would run.

use std::io::Write;

use lysoen_sources::cell::formula_safe;

use super::rows::{Head, RowWriter, Value};
use super::{OutputError, number};

/// Writes CSV.
pub(super) struct Writer {
    csv: csv::Writer<Box<dyn Write + Send>>,
}

impl Writer {
    pub(super) fn new(out: Box<dyn Write + Send>, heads: &[Head]) -> Result<Writer, OutputError> {
        let mut csv = csv::WriterBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .from_writer(out);
        csv.write_record(heads.iter().map(|head| formula_safe(&head.name).into_owned()))
            .map_err(into_io)?;
        Ok(Writer { csv })
    }
}

impl RowWriter for Writer {
    fn row(&mut self, values: &[Value<'_>]) -> Result<(), OutputError> {
        for value in values {
            let written = match value {
                Value::Missing => self.csv.write_field(""),
                Value::Text(text) => self.csv.write_field(formula_safe(text).as_bytes()),
                Value::Count(count) => self.csv.write_field(count.to_string()),
                Value::Number(number) => self.csv.write_field(number::plain(*number)),
                Value::Date(date) => self.csv.write_field(date.to_string()),
                Value::Bool(yes) => self.csv.write_field(yes.to_string()),
            };
            written.map_err(into_io)?;
        }
        self.csv.write_record(None::<&[u8]>).map_err(into_io)?;
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<(), OutputError> {
        Ok(self.csv.flush()?)
    }
}

fn into_io(error: csv::Error) -> OutputError {
    // What the stream said is kept as it is, so that a reader who went away can be told from a disk that is full.
    OutputError::Io(match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => std::io::Error::other(format!("{other:?}")),
    })
}
