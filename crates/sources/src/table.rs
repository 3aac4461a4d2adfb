//! A whole table of the user's own, held in memory as text: the input of an index that is computed from files.

use std::path::Path;

use csv::StringRecord;

use crate::cell;
use crate::finding::Findings;
use crate::input::Input;
use crate::reader::ReadError;
use crate::records::Header;

/// A table.
#[derive(Clone, Debug)]
pub struct Table {
    file: String,
    header: Header,
    rows: Vec<Row>,
    decimal_comma: bool,
    sha256: [u8; 32],
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
        let table = Table {
            file: input.name().to_string(),
            header: records.header().clone(),
            decimal_comma: has_decimal_commas(&rows),
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

    /// Whether the file writes 0,5 for one half, which nothing in it contradicts.
    pub fn has_decimal_commas(&self) -> bool {
        self.decimal_comma
    }

    /// A cell as a number; none where it says that there is no value.
    pub fn number(&self, row: &Row, column: usize) -> cell::Cell<f64> {
        match row.cell(column) {
            text if is_missing(text) => Ok(None),
            text if self.decimal_comma => cell::number(&text.replace(',', ".")),
            text => cell::number(text),
        }
    }
}

/// Whether some number has a comma that cannot stand between thousands (`0,123`, `12,5`), and none has a point.
fn has_decimal_commas(rows: &[Row]) -> bool {
    let parts = |cell: &str, mark: char| {
        let (whole, fraction) = cell.trim().split_once(mark)?;
        let whole = whole.strip_prefix(['-', '+']).unwrap_or(whole);
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        (digits(whole) && digits(fraction)).then(|| fraction.len() != 3 || whole.starts_with('0'))
    };
    let cells = || rows.iter().flat_map(|row| row.cells.iter());
    cells().any(|cell| parts(cell, ',') == Some(true)) && !cells().any(|cell| parts(cell, '.').is_some())
}

/// Whether a cell says that there is no value: it is empty, or has one of the words in which R, Excel, INFORM, the
/// World Bank and statistical offices write that.
pub fn is_missing(cell: &str) -> bool {
    const WORDS: [&str; 12] = ["", "NA", "N/A", "#N/A", "NaN", "null", "none", "x", "..", "…", "-", "–"];
    WORDS.iter().any(|word| word.eq_ignore_ascii_case(cell.trim()))
}
