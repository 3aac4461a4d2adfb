//! CSV and its kin.

use std::io::Read;

use csv::{ByteRecord, StringRecord};

use super::{Header, ROWS_BEFORE_HXL_TAGS, Records, about_the_table, fits, is_hxl_row};
use crate::finding::{Findings, Severity};
use crate::input::{Encoding, Input, mend_utf8};
use crate::reader::ReadError;

/// A CSV file.
pub(super) struct Delimited {
    file: String,
    reader: csv::Reader<Box<dyn Read + Send>>,
    header: Header,
    hxl: Option<Vec<String>>,
    /// A record whose memory is used again.
    spare: Option<StringRecord>,
    rows: RowCounter,
    other_encoding: Option<&'static str>,
    begun: bool,
}

impl Delimited {
    pub(super) fn open(input: &Input) -> Result<Delimited, ReadError> {
        let (above, header, hxl) = top(input)?;
        let mut delimited = Delimited {
            file: input.name().to_string(),
            reader: reader(input.nearly_text()?, input.delimiter()),
            header,
            hxl,
            spare: None,
            rows: RowCounter::default(),
            other_encoding: match input.how_written() {
                Encoding::Utf8 | Encoding::Utf8Bom => None,
                _ => Some(input.encoding()),
            },
            begun: false,
        };
        let mut passed = ByteRecord::new();
        for _ in 0..above {
            delimited.read(&mut passed)?;
        }
        Ok(delimited)
    }

    /// Reads one row, and gives its number.
    fn read(&mut self, record: &mut ByteRecord) -> Result<Option<u64>, ReadError> {
        match self.reader.read_byte_record(record) {
            Ok(false) => Ok(None),
            Ok(true) => Ok(Some(self.rows.count(record, self.reader.position().line()))),
            Err(e) => Err(match e.into_kind() {
                csv::ErrorKind::Io(source) => ReadError::Io {
                    file: self.file.clone(),
                    source,
                },
                other => ReadError::Malformed {
                    file: self.file.clone(),
                    row: Some(self.rows.row + 1),
                    found: format!("{other:?}"),
                    expected: "a row of a CSV file".into(),
                },
            }),
        }
    }

    /// Reads cells that are not UTF-8 as Windows-1252, and says so.
    fn mend(&self, record: &ByteRecord, row: u64, findings: &mut Findings) -> StringRecord {
        let mut mended = StringRecord::with_capacity(record.as_slice().len() * 2, record.len());
        for (at, cell) in record.iter().enumerate() {
            match std::str::from_utf8(cell) {
                Ok(cell) => mended.push_field(cell),
                Err(_) => {
                    let cell = mend_utf8(cell);
                    let column = self.header.names().get(at).map(String::as_str);
                    findings.add(
                        Severity::Warning,
                        Some(row),
                        column,
                        cell.as_str(),
                        "text in UTF-8; it was read as Windows-1252",
                    );
                    mended.push_field(&cell);
                }
            }
        }
        mended
    }

    /// Takes NUL characters out of the cells, and says so.
    fn without_nul(&self, record: &StringRecord, row: u64, findings: &mut Findings) -> StringRecord {
        let mut cleaned = StringRecord::with_capacity(record.as_slice().len(), record.len());
        for (at, cell) in record.iter().enumerate() {
            if cell.contains('\0') {
                let column = self.header.names().get(at).map(String::as_str);
                findings.add(
                    Severity::Warning,
                    Some(row),
                    column,
                    "a NUL character",
                    "text; the character was taken out",
                );
                cleaned.push_field(&cell.replace('\0', ""));
            } else {
                cleaned.push_field(cell);
            }
        }
        cleaned
    }
}

impl Records for Delimited {
    fn header(&self) -> &Header {
        &self.header
    }

    fn hxl(&self) -> Option<&[String]> {
        self.hxl.as_deref()
    }

    fn next(&mut self, record: &mut StringRecord, findings: &mut Findings) -> Result<Option<u64>, ReadError> {
        if !self.begun {
            self.begun = true;
            about_the_table(self.other_encoding, &self.header, findings);
        }
        loop {
            let mut bytes = self.spare.take().unwrap_or_default().into_byte_record();
            let Some(row) = self.read(&mut bytes)? else {
                return Ok(None);
            };
            let nul = self.rows.nul;
            let text = match StringRecord::from_byte_record(bytes) {
                Ok(text) => text,
                Err(e) => self.mend(&e.into_byte_record(), row, findings),
            };
            let text = if nul {
                self.without_nul(&text, row, findings)
            } else {
                text
            };
            self.spare = Some(std::mem::replace(record, text));
            if record.as_slice().trim().is_empty() {
                continue;
            }
            findings.rows_read += 1;
            if fits(record, &self.header, row, findings) {
                return Ok(Some(row));
            }
        }
    }
}

fn reader(text: Box<dyn Read + Send>, delimiter: u8) -> csv::Reader<Box<dyn Read + Send>> {
    csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .buffer_capacity(1 << 18)
        .from_reader(Box::new(Terminated::new(text)))
}

/// Ends the last line where the file does not, the way its other lines end, so that every row is followed by as many
/// line breaks as it should be.
struct Terminated {
    text: Box<dyn Read + Send>,
    last: u8,
    crlf: bool,
    ended: bool,
}

impl Terminated {
    fn new(text: Box<dyn Read + Send>) -> Terminated {
        Terminated {
            text,
            last: b'\n',
            crlf: false,
            ended: false,
        }
    }
}

impl Read for Terminated {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if buffer.is_empty() || self.ended {
            return Ok(0);
        }
        let n = self.text.read(buffer)?;
        if n > 0 {
            if let Some(at) = memchr::memrchr(b'\n', &buffer[..n]) {
                self.crlf = at.checked_sub(1).map_or(self.last, |before| buffer[before]) == b'\r';
            }
            self.last = buffer[n - 1];
            return Ok(n);
        }
        self.ended = true;
        if matches!(self.last, b'\n' | b'\r') {
            return Ok(0);
        }
        // The parser counts a line when it comes past its line feed, which after a carriage return is in the next row.
        buffer[0] = if self.crlf { b'\r' } else { b'\n' };
        Ok(1)
    }
}

/// Finds the header: the row above the HXL tags if there are some, else the first row. Gives the number of records that
/// are not data, too.
fn top(input: &Input) -> Result<(usize, Header, Option<Vec<String>>), ReadError> {
    let mut top: Vec<StringRecord> = Vec::new();
    let mut reader = reader(input.nearly_text()?, input.delimiter());
    let mut record = ByteRecord::new();
    while top.len() < ROWS_BEFORE_HXL_TAGS && reader.read_byte_record(&mut record).map_err(|e| input.io(e.into()))? {
        top.push(record.iter().map(|cell| mend_utf8(cell).replace('\0', "")).collect());
    }
    let Some(first) = top.first() else {
        return Err(input.malformed("no row at all", "a header and rows below it"));
    };
    match top.iter().position(|row| is_hxl_row(row.iter())) {
        Some(tags) => {
            let names = if tags == 0 { &top[0] } else { &top[tags - 1] };
            let mut hxl: Vec<String> = top[tags].iter().map(|tag| tag.trim().to_string()).collect();
            let mut names: Vec<&str> = names.iter().collect();
            // The tag row may be shorter or longer than the header; the longer of the two tells the columns.
            let width = hxl.len().max(names.len());
            hxl.resize(width, String::new());
            names.resize(width, "");
            Ok((tags + 1, Header::new(names), Some(hxl)))
        }
        None => Ok((1, Header::new(first.iter()), None)),
    }
}

/// Counts rows as a spreadsheet does: a blank line is a row, a line break within quotes is not.
#[derive(Default)]
struct RowCounter {
    row: u64,
    /// Where the parser stood after the first row, less the line breaks within its cells.
    first: Option<(u64, u64)>,
    breaks_in_cells: u64,
    /// Whether the latest row holds a NUL character.
    nul: bool,
}

impl RowCounter {
    fn count(&mut self, record: &ByteRecord, line: u64) -> u64 {
        self.nul = false;
        for at in memchr::memchr2_iter(b'\n', 0, record.as_slice()) {
            match record.as_slice()[at] {
                b'\n' => self.breaks_in_cells += 1,
                _ => self.nul = true,
            }
        }
        let lines = line.saturating_sub(self.breaks_in_cells);
        let by_lines = match self.first {
            Some((row, first)) => row + lines.saturating_sub(first),
            None => {
                let start = record.position().map_or(1, |p| p.line());
                let row = start.max(1);
                self.first = Some((row, lines));
                row
            }
        };
        self.row = by_lines.max(self.row + 1);
        self.row
    }
}
