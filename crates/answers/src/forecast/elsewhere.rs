//! Forecasts made elsewhere, kept in an observatory to be shown and scored beside its own. Such a file is the user's own, and
//! what may be done with it is for the user to know.

use std::fs::File;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::array::{ArrayRef, Float64Array, Int32Array, Int64Array, RecordBatch};
use arrow::datatypes::{DataType, Field, Schema};
use lysoen_lexicon::panel::Month;
use lysoen_sources::draws::{DrawsFile, UnitColumn, UnitMonth};
use lysoen_sources::finding::Findings;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;

use super::results;
use crate::error::AnswerError;
use crate::index::nearest;
use crate::observatory::Observatory;

/// Rows to a batch.
const BATCH: usize = 64 * 1024;

/// Forecasts as draws.
#[derive(Clone, Debug)]
pub struct Elsewhere {
    /// What the units are.
    pub unit: UnitColumn,
    /// The draws of each unit and month, by unit and month.
    pub draws: Vec<(UnitMonth, Vec<f64>)>,
    /// What is wrong in the file.
    pub findings: Findings,
}

impl Elsewhere {
    /// Reads a file of draws; those of a unit and month stand in the order of their numbers.
    pub fn read(path: &Path, threads: NonZeroUsize) -> Result<Elsewhere, AnswerError> {
        let file = DrawsFile::open(path)?;
        let read = file.each(threads, |ensemble| std::mem::take(ensemble.draws))?;
        if read.made.is_empty() {
            return Err(AnswerError::Unmatched {
                why: format!("{} has no draw", file.name()),
                list: read.findings.list().to_vec(),
            });
        }
        Ok(Elsewhere {
            unit: file.unit(),
            draws: read.made,
            findings: read.findings,
        })
    }

    /// How many units there are.
    pub fn units(&self) -> usize {
        let mut units: Vec<i64> = self.draws.iter().map(|(of, _)| of.unit).collect();
        units.dedup();
        units.len()
    }

    /// The first and the last month.
    pub fn months(&self) -> Option<(Month, Month)> {
        let months = || self.draws.iter().map(|(of, _)| of.month);
        months().min().zip(months().max())
    }

    /// The least and the greatest number of draws of a unit and month.
    pub fn sizes(&self) -> Option<(usize, usize)> {
        let sizes = || self.draws.iter().map(|(_, draws)| draws.len());
        sizes().min().zip(sizes().max())
    }

    /// Keeps them in an observatory under a name, in the place of what had the name before.
    pub fn keep(&self, observatory: &Observatory, name: &str) -> Result<PathBuf, AnswerError> {
        let path = path(observatory, name)?;
        results::write(&path, |file| self.write(file).map_err(std::io::Error::other))?;
        Ok(path)
    }

    fn write(&self, file: &mut File) -> Result<(), parquet::errors::ParquetError> {
        let schema = Arc::new(Schema::new(vec![
            Field::new("month_id", DataType::Int32, false),
            Field::new(self.unit.name(), DataType::Int64, false),
            Field::new("draw", DataType::Int32, false),
            Field::new("outcome", DataType::Float64, false),
        ]));
        let packed = Compression::ZSTD(ZstdLevel::try_new(3)?);
        let properties = WriterProperties::builder().set_compression(packed).build();
        let mut writer = ArrowWriter::try_new(file, schema.clone(), Some(properties))?;
        let rows = self.draws.iter().flat_map(|(of, draws)| {
            let numbered = (0..).zip(draws);
            numbered.map(move |(number, outcome)| (of.month.0, of.unit, number, *outcome))
        });
        let mut rows = rows.peekable();
        while rows.peek().is_some() {
            let batch: Vec<(i32, i64, i32, f64)> = rows.by_ref().take(BATCH).collect();
            let columns: [ArrayRef; 4] = [
                Arc::new(Int32Array::from_iter_values(batch.iter().map(|row| row.0))),
                Arc::new(Int64Array::from_iter_values(batch.iter().map(|row| row.1))),
                Arc::new(Int32Array::from_iter_values(batch.iter().map(|row| row.2))),
                Arc::new(Float64Array::from_iter_values(batch.iter().map(|row| row.3))),
            ];
            writer.write(&RecordBatch::try_new(schema.clone(), columns.to_vec())?)?;
        }
        writer.close()?;
        Ok(())
    }
}

/// The forecasts that an observatory keeps under a name, the draws of each unit and month in rising order.
pub fn elsewhere(observatory: &Observatory, name: &str, threads: NonZeroUsize) -> Result<Elsewhere, AnswerError> {
    let mut kept = Elsewhere::read(&file(observatory, name)?, threads)?;
    for (_, draws) in &mut kept.draws {
        lysoen_forecasts::score::sort(draws);
    }
    Ok(kept)
}

/// The names of the forecasts that an observatory keeps, in their order.
pub fn names(observatory: &Observatory) -> Vec<String> {
    let folder = results::folder(observatory).map(|folder| folder.join("elsewhere"));
    let listed = folder.and_then(|folder| std::fs::read_dir(folder).ok());
    let name = |entry: std::fs::DirEntry| {
        let name = entry.file_name().into_string().ok()?;
        let name = name.strip_suffix(".parquet")?;
        (!name.starts_with('.')).then(|| name.to_string())
    };
    let mut names: Vec<String> = listed.into_iter().flatten().flatten().filter_map(name).collect();
    names.sort();
    names
}

/// The file in which an observatory keeps forecasts of a name.
pub fn file(observatory: &Observatory, name: &str) -> Result<PathBuf, AnswerError> {
    let path = path(observatory, name)?;
    if path.is_file() {
        return Ok(path);
    }
    let names = names(observatory);
    Err(AnswerError::NoSuchForecast {
        name: name.to_string(),
        nearest: nearest(name, names.iter().map(String::as_str)).map(str::to_string),
        names,
    })
}

/// Refuses a name that is no name of a file, or that one of our own models has.
pub fn check_name(name: &str) -> Result<(), AnswerError> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    let why = if name.is_empty() || name.starts_with('.') || !name.chars().all(plain) {
        "write letters, digits, - and _"
    } else if lysoen_forecasts::catalog::names().contains(&name) {
        "a model here has that name"
    } else {
        return Ok(());
    };
    Err(AnswerError::BadName {
        name: name.to_string(),
        why,
    })
}

fn path(observatory: &Observatory, name: &str) -> Result<PathBuf, AnswerError> {
    check_name(name)?;
    let folder = results::folder(observatory).ok_or_else(|| AnswerError::NoFolder {
        location: observatory.lake.location(),
    })?;
    Ok(folder.join("elsewhere").join(format!("{name}.parquet")))
}
