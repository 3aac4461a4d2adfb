//! Output: one answer in the form that was asked for. Nothing is computed here.
//!
//! A [`Sheet`] or a stream of Arrow batches is given, row by row, to the writer of a format: [`csv`], [`json`],
//! [`parquet`], [`xlsx`], or a table for the [`terminal`].

pub mod agenda;
pub mod areas;
pub mod backtest;
pub mod beside;
pub mod calibration;
pub mod csv;
pub mod forecast;
pub mod ics;
pub mod impact;
pub mod index;
pub mod json;
pub mod ladder;
pub mod parquet;
pub mod picture;
pub mod place;
pub mod report;
pub mod terminal;
pub mod xlsx;

mod folder;
mod html;
mod number;
pub mod phrase;
mod rows;

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use lysoen_answers::AnswerError;
use lysoen_answers::sheet::{Cell, Sheet, SourceNote};
use lysoen_facts::{Batches, LakeError};

pub use number::{decimal, grouped, plain, whole};
pub use rows::{Head, Value, cells};

use crate::console::Console;
use rows::RowWriter;

/// The form of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A table or a picture in words, for a person.
    Table,
    /// Comma-separated values (RFC 4180), UTF-8.
    Csv,
    /// One object with `title`, `notes`, `sources` and `rows`.
    Json,
    /// Apache Parquet.
    Parquet,
    /// Apache Arrow, a file of the IPC format.
    Arrow,
    /// An Excel workbook with a sheet of sources.
    Xlsx,
}

impl Format {
    /// The format that the end of a file's name stands for.
    pub fn of(path: &Path) -> Option<Format> {
        let end = path.extension()?.to_str()?.to_ascii_lowercase();
        match end.as_str() {
            "csv" => Some(Format::Csv),
            "json" => Some(Format::Json),
            "parquet" => Some(Format::Parquet),
            "arrow" => Some(Format::Arrow),
            "xlsx" => Some(Format::Xlsx),
            "txt" => Some(Format::Table),
            _ => None,
        }
    }

    fn is_binary(self) -> bool {
        matches!(self, Format::Parquet | Format::Arrow | Format::Xlsx)
    }

    /// Its name, which is also the end of a file's name.
    pub fn as_str(self) -> &'static str {
        match self {
            Format::Table => "table",
            Format::Csv => "csv",
            Format::Json => "json",
            Format::Parquet => "parquet",
            Format::Arrow => "arrow",
            Format::Xlsx => "xlsx",
        }
    }
}

/// Why an answer could not be written.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// The stream or the disk refused.
    #[error("the output could not be written: {0}")]
    Io(#[from] std::io::Error),
    /// A file could not be written.
    #[error("{} could not be written: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// A form that no terminal can show.
    #[error(
        "{format} is not for the screen; name a file, such as `--output answer.{format}`, or send it to one with `>`"
    )]
    Terminal {
        /// The format.
        format: &'static str,
    },
    /// More rows than a worksheet holds.
    #[error(
        "a worksheet holds {} rows and the answer has more; ask for csv or parquet, or for less",
        number::grouped(xlsx::MOST_ROWS as f64)
    )]
    TooManyRows,
    /// The workbook could not be made.
    #[error("the workbook could not be made: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// The Parquet file could not be made.
    #[error("the Parquet file could not be made: {0}")]
    Parquet(#[from] ::parquet::errors::ParquetError),
    /// Columns could not be made of the rows.
    #[error("the columns could not be made: {0}")]
    Arrow(#[from] arrow::error::ArrowError),
    /// The rows could not be computed.
    #[error(transparent)]
    Answer(#[from] Box<AnswerError>),
    /// The query failed on the way.
    #[error(transparent)]
    Lake(#[from] LakeError),
}

impl From<AnswerError> for OutputError {
    fn from(error: AnswerError) -> OutputError {
        OutputError::Answer(Box::new(error))
    }
}

impl OutputError {
    /// Whether the reader of the output went away (`lysoen … | head`), which is no failure.
    pub fn is_broken_pipe(&self) -> bool {
        let broken = |e: &std::io::Error| e.kind() == std::io::ErrorKind::BrokenPipe;
        match self {
            OutputError::Io(e) => broken(e),
            OutputError::Parquet(::parquet::errors::ParquetError::External(e)) => {
                e.downcast_ref::<std::io::Error>().is_some_and(broken)
            }
            _ => false,
        }
    }
}

/// What stands above an answer's rows.
#[derive(Clone, Debug, Default)]
pub struct Preface {
    /// What the answer is, in a few words.
    pub title: String,
    /// What a reader must know about the whole of it.
    pub notes: Vec<String>,
    /// The sources on which it rests.
    pub sources: Vec<SourceNote>,
}

impl Preface {
    /// The preface of a sheet.
    pub fn of(sheet: &Sheet) -> Preface {
        Preface {
            title: sheet.title.clone(),
            notes: sheet.notes.clone(),
            sources: sheet.sources.clone(),
        }
    }
}

/// Where an answer goes and in which form.
#[derive(Clone, Debug, Default)]
pub struct Target {
    /// The format asked for.
    pub format: Option<Format>,
    /// The file asked for; none for standard output.
    pub file: Option<PathBuf>,
}

impl Target {
    /// The format asked for, else what the file's name stands for, else a table.
    pub fn format(&self) -> Format {
        let by_name = || self.file.as_deref().and_then(Format::of);
        self.format.or_else(by_name).unwrap_or(Format::Table)
    }

    /// Whether the answer is to be told as a picture or table for a person.
    pub fn is_table(&self) -> bool {
        self.format() == Format::Table
    }

    /// Writes a sheet; gives the number of rows.
    pub fn sheet(&self, console: &mut Console, sheet: &Sheet) -> Result<u64, OutputError> {
        let heads: Vec<Head> = sheet.columns.iter().map(Head::of).collect();
        self.rows(console, &Preface::of(sheet), &heads, None, |writer| {
            for row in &sheet.rows {
                let values: Vec<Value<'_>> = row.iter().map(Value::of).collect();
                writer.row(&values)?;
            }
            Ok(sheet.rows.len() as u64)
        })
    }

    /// Writes rows as they come below what a sheet says, without collecting them; gives the number of rows. `most` rows are
    /// shown in a table.
    pub fn stream(
        &self,
        console: &mut Console,
        sheet: &Sheet,
        most: usize,
        give: impl FnOnce(&mut dyn FnMut(&[Cell]) -> Result<(), OutputError>) -> Result<(), OutputError>,
    ) -> Result<u64, OutputError> {
        let heads: Vec<Head> = sheet.columns.iter().map(Head::of).collect();
        self.rows(console, &Preface::of(sheet), &heads, Some(most), |writer| {
            let mut count = 0;
            give(&mut |row| {
                count += 1;
                let values: Vec<Value<'_>> = row.iter().map(Value::of).collect();
                writer.row(&values)
            })?;
            Ok(count)
        })
    }

    /// Writes batches as they come, without collecting them; gives the number of rows. `most` rows are shown in a table.
    pub fn batches(
        &self,
        console: &mut Console,
        preface: &Preface,
        batches: Batches,
        most: usize,
    ) -> Result<u64, OutputError> {
        if self.format() == Format::Parquet {
            return self.deliver(console, |out, _| parquet::write_batches(out, preface, batches));
        }
        let heads: Vec<Head> = batches.schema().fields().iter().map(|f| Head::of_field(f)).collect();
        self.rows(console, preface, &heads, Some(most), |writer| {
            let mut count = 0;
            for batch in batches {
                count += rows::each_row(&batch?, |values| writer.row(values))?;
            }
            Ok(count)
        })
    }

    /// Writes text for a person, such as a picture in words.
    pub fn text(&self, console: &mut Console, text: &str) -> Result<(), OutputError> {
        self.deliver(console, |mut out, _| {
            out.write_all(text.as_bytes())?;
            out.flush()?;
            Ok(0)
        })
        .map(|_| ())
    }

    fn rows(
        &self,
        console: &mut Console,
        preface: &Preface,
        heads: &[Head],
        most: Option<usize>,
        give: impl FnOnce(&mut dyn RowWriter) -> Result<u64, OutputError>,
    ) -> Result<u64, OutputError> {
        let format = self.format();
        self.deliver(console, |out, shown| {
            let mut writer = writer(out, format, preface, heads, most, shown)?;
            let count = give(writer.as_mut())?;
            writer.finish()?;
            Ok(count)
        })
    }

    /// Gives `write` the stream: standard output, or a file that gets its name only once it is whole.
    fn deliver(
        &self,
        console: &mut Console,
        write: impl FnOnce(Box<dyn Write + Send>, terminal::Shown) -> Result<u64, OutputError>,
    ) -> Result<u64, OutputError> {
        let format = self.format();
        let Some(path) = &self.file else {
            if format.is_binary() && console.out_is_terminal {
                return Err(OutputError::Terminal {
                    format: format.as_str(),
                });
            }
            let shown = terminal::Shown {
                width: console.width,
                paint: console.paint,
            };
            return write(console.stdout(), shown);
        };
        let staged = Staged::beside(path)?;
        let count = write(staged.stream()?, terminal::Shown::default())?;
        staged.adopt(path)?;
        Ok(count)
    }
}

/// The writer of a format.
fn writer<'a>(
    out: Box<dyn Write + Send>,
    format: Format,
    preface: &'a Preface,
    heads: &'a [Head],
    most: Option<usize>,
    shown: terminal::Shown,
) -> Result<Box<dyn RowWriter + 'a>, OutputError> {
    Ok(match format {
        Format::Table => Box::new(terminal::Writer::new(out, preface, heads, most, shown)),
        Format::Csv => Box::new(csv::Writer::new(out, heads)?),
        Format::Json => Box::new(json::Writer::new(out, preface, heads)?),
        Format::Parquet => Box::new(parquet::Writer::parquet(out, preface, heads)?),
        Format::Arrow => Box::new(parquet::Writer::arrow(out, preface, heads)?),
        Format::Xlsx => Box::new(xlsx::Writer::new(out, preface, heads)?),
    })
}

/// Writes a sheet into memory.
pub fn bytes(format: Format, sheet: &Sheet) -> Result<Vec<u8>, OutputError> {
    let memory = Memory::default();
    let heads: Vec<Head> = sheet.columns.iter().map(Head::of).collect();
    let preface = Preface::of(sheet);
    let mut writer = writer(
        Box::new(memory.clone()),
        format,
        &preface,
        &heads,
        None,
        terminal::Shown::default(),
    )?;
    for row in &sheet.rows {
        let values: Vec<Value<'_>> = row.iter().map(Value::of).collect();
        writer.row(&values)?;
    }
    writer.finish()?;
    Ok(memory.take())
}

/// Bytes that are written to by one hand and taken by another.
#[derive(Clone, Default)]
struct Memory(std::sync::Arc<std::sync::Mutex<Vec<u8>>>);

impl Memory {
    fn take(&self) -> Vec<u8> {
        let mut bytes = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        std::mem::take(&mut bytes)
    }
}

impl Write for Memory {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// A file under a passing name beside the one that is wanted; removed when dropped.
struct Staged {
    path: PathBuf,
    file: File,
}

impl Staged {
    fn beside(path: &Path) -> Result<Staged, OutputError> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let staged = path.with_file_name(format!(".{name}.{}", std::process::id()));
        let file = File::create(&staged).map_err(|source| OutputError::File {
            path: path.to_path_buf(),
            source,
        })?;
        Ok(Staged { path: staged, file })
    }

    fn stream(&self) -> Result<Box<dyn Write + Send>, OutputError> {
        Ok(Box::new(std::io::BufWriter::with_capacity(
            256 * 1024,
            self.file.try_clone()?,
        )))
    }

    fn adopt(self, path: &Path) -> Result<(), OutputError> {
        let adopted = self.file.sync_all().and_then(|()| std::fs::rename(&self.path, path));
        adopted.map_err(|source| OutputError::File {
            path: path.to_path_buf(),
            source,
        })
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        // It is gone already where it was given its name.
        std::fs::remove_file(&self.path).ok();
    }
}
