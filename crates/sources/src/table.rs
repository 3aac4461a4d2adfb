//! A whole table of the user's own, held in memory as text: the input of an index that is computed from files.

use std::path::Path;

use csv::StringRecord;

use crate::cell;
use crate::finding::Findings;
use crate::input::{FileKind, Input};
use crate::reader::ReadError;
use crate::records::Header;

/// A table.
#[derive(Clone, Debug)]
pub struct Table {
    file: String,
    header: Header,
    rows: Vec<Row>,
    commas: Commas,
    sha256: [u8; 32],
}

/// What a comma in a number means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Commas {
    /// No number has one, or each stands between thousands beyond doubt.
    Plain,
    /// It stands between thousands, though some number (`1,234`) could be read in another way too.
    Thousands,
    /// It is the decimal sign.
    Decimal,
}

/// A row of a table.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its number as a spreadsheet counts it, the header being row 1.
    pub number: u64,
    cells: StringRecord,
}

impl Row {
    /// The text of a cell without space around it; empty where nothing stands there.
    pub fn cell(&self, column: usize) -> &str {
        self.cells.get(column).unwrap_or_default().trim()
    }
}

impl Table {
    /// Reads a file that holds one table, in any form that can be imported: delimited text in any encoding, a workbook
    /// (its first sheet that holds a table), Parquet, JSON; packed or not. What is wrong with its rows is found.
    pub fn read(path: &Path) -> Result<(Table, Findings), ReadError> {
        let inputs = Input::open(path)?;
        let [input] = &inputs[..] else {
            let names: Vec<&str> = inputs.iter().filter_map(Input::member).collect();
            return Err(ReadError::Malformed {
                file: path.display().to_string(),
                row: None,
                found: format!("an archive of {} files ({})", names.len(), names.join(", ")),
                expected: "one table; unpack the archive and name the file".to_string(),
            });
        };
        let mut findings = Findings::new(input.name());
        let mut records = input.records(None)?;
        let mut rows = Vec::new();
        let mut record = StringRecord::new();
        while let Some(number) = records.next(&mut record, &mut findings)? {
            let cells = std::mem::take(&mut record);
            rows.push(Row { number, cells });
        }
        let comma_is_free = input.kind() == FileKind::Tsv || input.kind() == FileKind::Csv && input.delimiter() != b',';
        let commas = commas(&rows, comma_is_free).map_err(|(row, found)| ReadError::Malformed {
            file: input.name().to_string(),
            row: Some(row),
            found,
            expected: "one meaning of the comma in all numbers; write them with a decimal point and nothing between \
                       thousands"
                .to_string(),
        })?;
        let table = Table {
            file: input.name().to_string(),
            header: records.header().clone(),
            commas,
            rows,
            sha256: input.sha256()?,
        };
        Ok((table, findings))
    }

    /// The file as the user named it.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// SHA-256 of the file's bytes, in hexadecimal digits.
    pub fn sha256(&self) -> String {
        self.sha256.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The names of the columns.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The rows in the order of the file.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// What a comma in the file's numbers means.
    pub fn commas(&self) -> Commas {
        self.commas
    }

    /// A cell as a number; none where it says that there is no value.
    pub fn number(&self, row: &Row, column: usize) -> cell::Cell<f64> {
        match row.cell(column) {
            text if is_missing(text) => Ok(None),
            text => self.number_of(text),
        }
    }

    /// A text as a number, by what a comma means in this file.
    pub fn number_of(&self, text: &str) -> cell::Cell<f64> {
        match self.commas {
            Commas::Decimal => cell::number(&text.replace(',', ".")),
            Commas::Plain | Commas::Thousands => cell::number(text),
        }
    }
}

/// How a number is written, as far as its commas and points tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Written {
    /// `12,5` or `0,125`: the comma is the decimal sign.
    DecimalComma,
    /// `1,234`: either.
    Either,
    /// `3,500.5` or `1,234,567`: the comma stands between thousands.
    Thousands,
    /// `0.5`: a point, and no comma.
    Point,
}

fn written(cell: &str) -> Option<Written> {
    let cell = cell.trim().trim_end_matches('%').trim_end();
    let cell = cell.strip_prefix(['-', '+']).unwrap_or(cell);
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let (whole, fraction) = match cell.split_once('.') {
        Some((whole, fraction)) if digits(fraction) => (whole, Some(fraction)),
        Some(_) => return None,
        None => (cell, None),
    };
    let groups: Vec<&str> = whole.split(',').collect();
    if !groups.iter().all(|group| digits(group)) {
        return None;
    }
    let (first, rest) = groups.split_first()?;
    let are_thousands = first.len() <= 3 && !first.starts_with('0') && rest.iter().all(|group| group.len() == 3);
    match (rest.len(), fraction, are_thousands) {
        (0, None, _) => None,
        (0, Some(_), _) => Some(Written::Point),
        (1, None, true) => Some(Written::Either),
        (1, None, false) => Some(Written::DecimalComma),
        (_, _, true) => Some(Written::Thousands),
        _ => None,
    }
}

/// What a comma means in the numbers of a table. Where it does not stand between cells (`comma_is_free`), it is the decimal
/// sign unless something contradicts that; else only where some number cannot be read in another way. Fails with the row
/// and what is there, where two numbers contradict each other.
fn commas(rows: &[Row], comma_is_free: bool) -> Result<Commas, (u64, String)> {
    let first = |wanted: Written| {
        rows.iter().find_map(|row| {
            let cell = row.cells.iter().find(|cell| written(cell) == Some(wanted))?;
            Some((row.number, cell.trim()))
        })
    };
    let (decimal, either) = (first(Written::DecimalComma), first(Written::Either));
    let (thousands, point) = (first(Written::Thousands), first(Written::Point));
    let against = thousands.or(point.filter(|_| either.is_some()));
    if let (Some((row, decimal)), Some((other_row, other))) = (decimal, against) {
        let found = format!("{decimal}, with a decimal comma, while row {other_row} has {other}");
        return Err((row, found));
    }
    Ok(match (thousands.or(point), decimal, either) {
        (None, Some(_), _) => Commas::Decimal,
        (None, None, Some(_)) if comma_is_free => Commas::Decimal,
        (_, _, Some(_)) => Commas::Thousands,
        _ => Commas::Plain,
    })
}

/// Whether a cell says that there is no value: it is empty, or has one of the words in which R, Excel, INFORM, the
/// World Bank and statistical offices write that.
pub fn is_missing(cell: &str) -> bool {
    const WORDS: [&str; 12] = ["", "NA", "N/A", "#N/A", "NaN", "null", "none", "x", "..", "…", "-", "–"];
    WORDS.iter().any(|word| word.eq_ignore_ascii_case(cell.trim()))
}
