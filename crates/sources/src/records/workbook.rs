//! Workbooks: xlsx, xls and ods.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, ExcelDateTime, Reader, Sheets};
use csv::StringRecord;

use super::{Header, ROWS_BEFORE_HXL_TAGS, Records, about_the_table, is_hxl_row};
use crate::finding::{Findings, Severity};
use crate::input::Input;
use crate::reader::ReadError;

/// How many filled rows from the top are searched for the header.
const ROWS_BEFORE_HEADER: usize = 30;

type Workbook = Sheets<Cursor<Vec<u8>>>;

/// A row's filled cells by column, counted from 0.
type Cells = BTreeMap<u32, Text>;

/// A cell's text, and whether it was typed as text.
#[derive(Clone, Debug)]
struct Text {
    text: String,
    is_text: bool,
}

/// Cells that were merged: first and last row, first and last column.
type Merged = calamine::Dimensions;

/// One sheet of a workbook.
pub(super) struct Sheet {
    rows: std::collections::btree_map::IntoIter<u32, Cells>,
    header: Header,
    hxl: Option<Vec<String>>,
    first_column: u32,
    begun: bool,
}

/// The names of a workbook's sheets.
pub(crate) fn sheets(input: &Input) -> Result<Vec<String>, ReadError> {
    Ok(workbook(input)?.sheet_names())
}

fn workbook(input: &Input) -> Result<Workbook, ReadError> {
    let mut bytes = Vec::new();
    input.bytes()?.read_to_end(&mut bytes).map_err(|e| input.io(e))?;
    calamine::open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|e| damaged(input, &e))
}

fn damaged(input: &Input, e: &dyn std::fmt::Display) -> ReadError {
    let expected = "a whole workbook; open it in a spreadsheet program and save it again, or save the sheet as CSV";
    input.malformed(format!("a damaged workbook ({e})"), expected)
}

impl Sheet {
    pub(super) fn open(input: &Input, sheet: Option<&str>) -> Result<Sheet, ReadError> {
        let mut workbook = workbook(input)?;
        let names = workbook.sheet_names();
        let wanted: Vec<String> = match sheet {
            None => names,
            Some(sheet) => {
                let begins = |name: &&String| name.trim().to_lowercase().starts_with(&sheet.to_lowercase());
                let exact = names.iter().find(|name| *name == sheet);
                let Some(name) = exact.or_else(|| names.iter().find(begins)) else {
                    return Err(input.malformed(format!("sheets {}", names.join(", ")), format!("a sheet {sheet}")));
                };
                vec![name.clone()]
            }
        };
        for name in &wanted {
            let rows = cells(&mut workbook, name).map_err(|e| damaged(input, &e))?;
            let merged = merged_cells(&mut workbook, name);
            if let Some(top) = find_top(&rows, &merged) {
                return Ok(Sheet::below(rows, top));
            }
        }
        Err(input.malformed(
            "no table in its sheets",
            "a sheet with a row of column names and rows below it",
        ))
    }

    fn below(mut rows: BTreeMap<u32, Cells>, top: Top) -> Sheet {
        let data = rows.split_off(&top.first_row);
        Sheet {
            rows: data.into_iter(),
            header: Header::new(top.names),
            hxl: top.hxl,
            first_column: top.first_column,
            begun: false,
        }
    }
}

impl Records for Sheet {
    fn header(&self) -> &Header {
        &self.header
    }

    fn hxl(&self) -> Option<&[String]> {
        self.hxl.as_deref()
    }

    fn next(&mut self, record: &mut StringRecord, findings: &mut Findings) -> Result<Option<u64>, ReadError> {
        if !self.begun {
            self.begun = true;
            about_the_table(None, &self.header, findings);
        }
        let columns = self.first_column..self.first_column + self.header.names().len() as u32;
        for (row, cells) in self.rows.by_ref() {
            let row = u64::from(row) + 1;
            for (column, cell) in cells.iter().filter(|(column, _)| !columns.contains(column)) {
                let expected = "nothing outside the table's columns; the cell was left out";
                findings.add(
                    Severity::Warning,
                    Some(row),
                    Some(&letters(*column)),
                    cell.text.as_str(),
                    expected,
                );
            }
            if cells.range(columns.clone()).next().is_none() {
                continue;
            }
            record.clear();
            for column in columns.clone() {
                record.push_field(cells.get(&column).map_or("", |cell| &cell.text));
            }
            findings.rows_read += 1;
            return Ok(Some(row));
        }
        Ok(None)
    }
}

/// The filled cells of a sheet. Cells are taken one by one where the format allows it, because a single cell far out
/// would make the whole rectangle a matter of gigabytes.
fn cells(workbook: &mut Workbook, sheet: &str) -> Result<BTreeMap<u32, Cells>, calamine::Error> {
    let mut rows: BTreeMap<u32, Cells> = BTreeMap::new();
    let mut keep = |row: u32, column: u32, data: &Data| {
        if let Some(text) = as_text(data).filter(|text| !text.text.trim().is_empty()) {
            rows.entry(row).or_default().insert(column, text);
        }
    };
    if let Sheets::Xlsx(xlsx) = workbook {
        let mut reader = xlsx.worksheet_cells_reader(sheet)?;
        while let Some(cell) = reader.next_cell()? {
            let (row, column) = cell.get_position();
            keep(row, column, &Data::from(cell.get_value().clone()));
        }
        return Ok(rows);
    }
    let range = workbook.worksheet_range(sheet)?;
    let (first_row, first_column) = range.start().unwrap_or_default();
    for (row, column, data) in range.used_cells() {
        keep(first_row + row as u32, first_column + column as u32, data);
    }
    Ok(rows)
}

fn merged_cells(workbook: &mut Workbook, sheet: &str) -> Vec<Merged> {
    match workbook {
        // A sheet without merged cells and one whose list of them is damaged read alike: as they stand.
        Sheets::Xlsx(xlsx) => xlsx.merge_cells_by_sheet_name(sheet).unwrap_or_default(),
        _ => Vec::new(),
    }
}

/// Numbers without loss and whole ones without a point, days in ISO form.
fn as_text(data: &Data) -> Option<Text> {
    let (text, is_text) = match data {
        Data::Empty => return None,
        Data::String(text) => (text.clone(), true),
        Data::Int(number) => (number.to_string(), false),
        Data::Float(number) => (number.to_string(), false),
        Data::Bool(flag) => (flag.to_string(), false),
        Data::DateTime(date) => (date_text(date), false),
        Data::DateTimeIso(text) | Data::DurationIso(text) => (text.clone(), false),
        Data::Error(error) => (error.to_string(), false),
    };
    Some(Text { text, is_text })
}

fn date_text(date: &ExcelDateTime) -> String {
    if date.is_duration() {
        return date.as_f64().to_string();
    }
    let (year, month, day, hour, minute, second, milli) = date.to_ymd_hms_milli();
    let time = match (hour, minute, second, milli) {
        (0, 0, 0, 0) => String::new(),
        (_, _, _, 0) => format!("{hour:02}:{minute:02}:{second:02}"),
        _ => format!("{hour:02}:{minute:02}:{second:02}.{milli:03}"),
    };
    match (date.as_f64() < 1.0, time.is_empty()) {
        (true, false) => time,
        (_, true) => format!("{year:04}-{month:02}-{day:02}"),
        (false, false) => format!("{year:04}-{month:02}-{day:02} {time}"),
    }
}

/// Where a table begins in a sheet.
struct Top {
    names: Vec<String>,
    hxl: Option<Vec<String>>,
    first_column: u32,
    /// The first row of data, counted from 0.
    first_row: u32,
}

/// Finds the header: the row above the HXL tags if there are some; else the first row that is filled about as far as the
/// fullest row near the top and is mostly text, which passes over title lines.
fn find_top(rows: &BTreeMap<u32, Cells>, merged: &[Merged]) -> Option<Top> {
    let near_top: Vec<(u32, &Cells)> = rows
        .iter()
        .map(|(row, cells)| (*row, cells))
        .take(ROWS_BEFORE_HEADER)
        .collect();
    let tags = near_top
        .iter()
        .take(ROWS_BEFORE_HXL_TAGS)
        .position(|(_, cells)| is_hxl_row(cells.values().map(|c| c.text.as_str())));
    if let Some(tags) = tags {
        let (tag_row, tag_cells) = near_top[tags];
        let above = tags.checked_sub(1).map_or(tag_cells, |at| near_top[at].1);
        let columns = || tag_cells.keys().chain(above.keys());
        let (first, last) = (*columns().min()?, *columns().max()?);
        let line = |cells: &Cells| {
            (first..=last)
                .map(|c| cells.get(&c).map_or(String::new(), |cell| cell.text.trim().to_string()))
                .collect()
        };
        return Some(Top {
            names: line(above),
            hxl: Some(line(tag_cells)),
            first_column: first,
            first_row: tag_row + 1,
        });
    }
    let filled: Vec<Cells> = near_top
        .iter()
        .map(|(row, cells)| fill_merged(*row, cells, rows, merged))
        .collect();
    let fullest = filled.iter().map(Cells::len).max()?;
    let is_header = |cells: &Cells| {
        let texts = cells.values().filter(|cell| cell.is_text).count();
        let mut distinct: Vec<&str> = cells.values().map(|cell| cell.text.as_str()).collect();
        distinct.sort_unstable();
        distinct.dedup();
        cells.len() * 10 >= fullest * 6 && texts * 2 >= cells.len() && (distinct.len() > 1 || fullest == 1)
    };
    let at = filled.iter().position(is_header)?;
    let header_row = near_top[at].0;
    let last_row = last_header_row(header_row, merged);
    let (first, last) = (*filled[at].keys().next()?, *filled[at].keys().next_back()?);
    let names = (first..=last)
        .map(|column| joined_name(column, header_row..=last_row, rows, merged))
        .collect();
    Some(Top {
        names,
        hxl: None,
        first_column: first,
        first_row: last_row + 1,
    })
}

/// The row's cells, and those that a merged cell covers in it.
fn fill_merged(row: u32, cells: &Cells, rows: &BTreeMap<u32, Cells>, merged: &[Merged]) -> Cells {
    let mut filled = cells.clone();
    for area in merged.iter().filter(|area| area.start.0 <= row && row <= area.end.0) {
        if let Some(text) = rows.get(&area.start.0).and_then(|cells| cells.get(&area.start.1)) {
            for column in area.start.1..=area.end.1 {
                filled.entry(column).or_insert_with(|| text.clone());
            }
        }
    }
    filled
}

/// A header whose cells are merged across columns goes on in the next row, where the columns are told apart.
fn last_header_row(header_row: u32, merged: &[Merged]) -> u32 {
    let mut last = header_row;
    // A header of more than four rows is none.
    while last < header_row + 4
        && merged
            .iter()
            .any(|area| area.start.0 <= last && last <= area.end.0 && area.start.1 < area.end.1)
    {
        last += 1;
    }
    merged
        .iter()
        .filter(|area| area.start.0 >= header_row && area.start.0 <= last)
        .map(|area| area.end.0)
        .max()
        .unwrap_or(last)
        .min(header_row + 4)
        .max(last)
}

/// A column's name over the header's rows, joined with " / ".
fn joined_name(
    column: u32,
    header: std::ops::RangeInclusive<u32>,
    rows: &BTreeMap<u32, Cells>,
    merged: &[Merged],
) -> String {
    let mut parts: Vec<String> = Vec::new();
    for row in header {
        let empty = Cells::new();
        let cells = fill_merged(row, rows.get(&row).unwrap_or(&empty), rows, merged);
        let part = cells.get(&column).map(|cell| cell.text.trim());
        if let Some(part) = part.filter(|part| parts.last().is_none_or(|last| last != part)) {
            parts.push(part.to_string());
        }
    }
    parts.join(" / ")
}

/// A column's letters, as a spreadsheet shows them.
fn letters(column: u32) -> String {
    let (rest, last) = (column / 26, column % 26);
    let last = char::from(b'A' + last as u8);
    match rest {
        0 => last.to_string(),
        _ => letters(rest - 1) + &last.to_string(),
    }
}
