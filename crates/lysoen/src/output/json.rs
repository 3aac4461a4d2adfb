//! JSON: one object with the title, the notes, the sources, and the rows as objects. Missing values are `null`.

use std::io::Write;

use super::rows::{Head, RowWriter, Value};
use super::{OutputError, Preface, number};

/// Writes JSON.
pub(super) struct Writer {
    out: Box<dyn Write + Send>,
    keys: Vec<String>,
    first: bool,
}

impl Writer {
    pub(super) fn new(
        mut out: Box<dyn Write + Send>,
        preface: &Preface,
        heads: &[Head],
    ) -> Result<Writer, OutputError> {
        write!(out, "{{\n  \"title\": {},\n  \"notes\": ", quoted(&preface.title)?)?;
        serde_json::to_writer(&mut out, &preface.notes).map_err(std::io::Error::from)?;
        write!(out, ",\n  \"sources\": ")?;
        serde_json::to_writer(&mut out, &preface.sources).map_err(std::io::Error::from)?;
        write!(out, ",\n  \"rows\": [")?;
        let keys = heads.iter().map(|head| quoted(&head.name));
        Ok(Writer {
            keys: keys.collect::<Result<_, _>>()?,
            out,
            first: true,
        })
    }
}

impl RowWriter for Writer {
    fn row(&mut self, values: &[Value<'_>]) -> Result<(), OutputError> {
        self.out.write_all(if self.first { b"\n    {" } else { b",\n    {" })?;
        self.first = false;
        for (at, (key, value)) in self.keys.iter().zip(values).enumerate() {
            let comma = if at > 0 { ", " } else { "" };
            write!(self.out, "{comma}{key}: {}", written(value)?)?;
        }
        Ok(self.out.write_all(b"}")?)
    }

    fn finish(mut self: Box<Self>) -> Result<(), OutputError> {
        self.out.write_all(if self.first { b"]\n}\n" } else { b"\n  ]\n}\n" })?;
        Ok(self.out.flush()?)
    }
}

fn quoted(text: &str) -> Result<String, OutputError> {
    Ok(serde_json::to_string(text).map_err(std::io::Error::from)?)
}

fn written(value: &Value<'_>) -> Result<String, OutputError> {
    Ok(match value {
        Value::Missing => "null".to_string(),
        Value::Text(text) => quoted(text)?,
        Value::Count(count) => count.to_string(),
        // JSON knows neither infinity nor "not a number".
        Value::Number(number) if !number.is_finite() => "null".to_string(),
        Value::Number(number) => number::plain(*number),
        Value::Date(date) => quoted(&date.to_string())?,
        Value::Bool(yes) => yes.to_string(),
    })
}
