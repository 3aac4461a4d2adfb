//! An Excel workbook: a sheet "Data", and a sheet "Sources" with what a reader must know, licences and citations.

use std::io::Write;

use jiff::civil::{Date, date};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::rows::{Head, RowWriter, Value};
use super::{OutputError, Preface, number};

/// Rows below the header that a worksheet holds.
pub const MOST_ROWS: u32 = 1_048_575;
/// Characters that a cell holds.
const MOST_CHARACTERS: usize = 32_767;
/// Whole numbers beyond this lose digits in a spreadsheet (2⁵³), and stand as text.
const EXACT: u64 = 1 << 53;

/// Writes a workbook.
pub(super) struct Writer {
    out: Box<dyn Write + Send>,
    preface: Preface,
    data: Worksheet,
    day: Format,
    columns: u16,
    rows: u32,
    widths: Vec<usize>,
    cut: u64,
}

impl Writer {
    pub(super) fn new(out: Box<dyn Write + Send>, preface: &Preface, heads: &[Head]) -> Result<Writer, OutputError> {
        let mut data = Worksheet::new();
        data.set_name("Data")?.set_freeze_panes(1, 0)?;
        let bold = Format::new().set_bold();
        for (column, head) in (0..).zip(heads) {
            data.write_string_with_format(0, column, &head.name, &bold)?;
        }
        Ok(Writer {
            out,
            preface: preface.clone(),
            data,
            day: Format::new().set_num_format("yyyy-mm-dd"),
            columns: heads.len() as u16,
            rows: 0,
            widths: heads.iter().map(|head| head.name.chars().count()).collect(),
            cut: 0,
        })
    }

    fn cell(&mut self, column: u16, value: &Value<'_>) -> Result<usize, XlsxError> {
        let row = self.rows;
        let text = match value {
            Value::Missing => return Ok(0),
            Value::Count(count) if count.unsigned_abs() <= EXACT => {
                self.data.write_number(row, column, *count as f64)?;
                return Ok(12);
            }
            Value::Number(number) if number.is_finite() => {
                self.data.write_number(row, column, *number)?;
                return Ok(12);
            }
            Value::Date(day) if is_excel_day(*day) => {
                self.data
                    .write_number_with_format(row, column, excel_day(*day), &self.day)?;
                return Ok(10);
            }
            Value::Bool(yes) => {
                self.data.write_boolean(row, column, *yes)?;
                return Ok(5);
            }
            Value::Text(text) => text.to_string(),
            Value::Count(count) => count.to_string(),
            Value::Number(number) => number::plain(*number),
            Value::Date(day) => day.to_string(),
        };
        let length = text.chars().count();
        if length > MOST_CHARACTERS {
            self.cut += 1;
            let cut: String = text.chars().take(MOST_CHARACTERS - 1).chain(['…']).collect();
            self.data.write_string(row, column, cut)?;
        } else {
            self.data.write_string(row, column, text)?;
        }
        Ok(length)
    }

    fn sources(&self) -> Result<Worksheet, XlsxError> {
        let mut sheet = Worksheet::new();
        sheet.set_name("Sources")?;
        let bold = Format::new().set_bold();
        sheet.write_string_with_format(0, 0, &self.preface.title, &bold)?;
        let mut row = 1;
        let cut = (self.cut > 0).then(|| format!("{} texts too long for a cell were cut; they end in …", self.cut));
        for note in self.preface.notes.iter().chain(&cut) {
            sheet.write_string(row, 0, note)?;
            row += 1;
        }
        row += 1;
        for (column, name) in (0..).zip(["source", "title", "vintage", "licence", "citation"]) {
            sheet.write_string_with_format(row, column, name, &bold)?;
        }
        for source in &self.preface.sources {
            row += 1;
            sheet.write_string(row, 0, &source.id)?;
            sheet.write_string(row, 1, &source.title)?;
            if let Some(day) = source.as_of {
                sheet.write_number_with_format(row, 2, excel_day(day), &self.day)?;
            }
            sheet.write_string(row, 3, &source.licence)?;
            sheet.write_string(row, 4, &source.citation)?;
        }
        for (column, width) in (0..).zip([18, 48, 12, 24, 80]) {
            sheet.set_column_width(column, width)?;
        }
        Ok(sheet)
    }
}

impl RowWriter for Writer {
    fn row(&mut self, values: &[Value<'_>]) -> Result<(), OutputError> {
        if self.rows == MOST_ROWS {
            return Err(OutputError::TooManyRows);
        }
        self.rows += 1;
        for (column, value) in (0..).zip(values) {
            let width = self.cell(column, value)?;
            let widest = &mut self.widths[usize::from(column)];
            *widest = width.max(*widest);
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<(), OutputError> {
        for (column, width) in (0..).zip(&self.widths) {
            self.data.set_column_width(column, (*width + 2).clamp(6, 50) as f64)?;
        }
        if self.columns > 0 {
            self.data.autofilter(0, 0, self.rows, self.columns - 1)?;
        }
        let sources = self.sources()?;
        let mut workbook = Workbook::new();
        // The day on which it was made is left out, so that the same answer is the same bytes.
        let no_day = ExcelDateTime::from_ymd(2000, 1, 1)?;
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&no_day));
        workbook.push_worksheet(self.data);
        workbook.push_worksheet(sources);
        self.out.write_all(&workbook.save_to_buffer()?)?;
        Ok(self.out.flush()?)
    }
}

/// A day as Excel counts it: 1 March 1900 is 61. Earlier days are counted wrongly there, and stand as text.
fn excel_day(day: Date) -> f64 {
    let days = day.duration_since(date(1899, 12, 30)).as_hours() / 24;
    days as f64
}

fn is_excel_day(day: Date) -> bool {
    day >= date(1900, 3, 1)
}
