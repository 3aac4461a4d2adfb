//! Every table-like file as records of text: CSV, workbooks, Parquet, GeoJSON, FlatGeobuf, GeoPackage, shapefiles and
//! JSON alike. Where a file draws something beside its rows, each row has its [`Shape`].

use std::collections::HashMap;

use csv::StringRecord;

use crate::finding::{Findings, Severity};
use crate::input::{FileKind, Input};
use crate::reader::ReadError;

mod columnar;
mod delimited;
mod features;
mod geopackage;
mod json;
mod shape;
mod shapefile;
mod streamed;
mod workbook;

pub(crate) use columnar::unless_it_breaks_down;
pub(crate) use geopackage::layers;
pub use shape::{Crs, Ring, Shape};
pub(crate) use workbook::sheets;

/// How many rows from the top are searched for a row of HXL tags, as the HXL standard says.
pub(crate) const ROWS_BEFORE_HXL_TAGS: usize = 25;

/// The names of a table's columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header {
    names: Vec<String>,
    index: HashMap<String, usize>,
}

impl Header {
    /// A header of the names as they stand in the file, which are trimmed.
    pub fn new(names: impl IntoIterator<Item = impl AsRef<str>>) -> Header {
        let names: Vec<String> = names.into_iter().map(|name| name.as_ref().trim().to_string()).collect();
        let mut index = HashMap::with_capacity(names.len());
        for (at, name) in names.iter().enumerate() {
            index.entry(name.to_lowercase()).or_insert(at);
        }
        Header { names, index }
    }

    /// The names in the order of the file.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Where a column stands; case and surrounding space do not matter. Of two columns with one name, the first.
    pub fn index(&self, name: &str) -> Option<usize> {
        self.index.get(&name.trim().to_lowercase()).copied()
    }

    /// Names that occur more than once, in the order of the file.
    pub fn duplicates(&self) -> Vec<&str> {
        let again = |(at, name): (usize, &String)| !name.is_empty() && self.index(name) != Some(at);
        self.names
            .iter()
            .enumerate()
            .filter(|(at, name)| again((*at, name)))
            .map(|(_, name)| name.as_str())
            .collect()
    }
}

/// A table, read row by row.
pub trait Records {
    /// The names of the columns.
    fn header(&self) -> &Header;

    /// The row of HXL tags below the header, one per column, if there is one. It is not among the data.
    fn hxl(&self) -> Option<&[String]>;

    /// Reads the next row into `record`, which then has as many cells as the header, and gives the row's number as a
    /// spreadsheet counts it, the header (and what stands above it) included. None at the end.
    ///
    /// Counts `rows_read`. A row of another length than the header's becomes a rejected finding and is passed over,
    /// except that one superfluous empty cell at its end is dropped. Rows without any text are passed over uncounted.
    fn next(&mut self, record: &mut StringRecord, findings: &mut Findings) -> Result<Option<u64>, ReadError>;

    /// How the coordinates of the rows' geometries are to be understood; none for a table without geometries.
    fn crs(&self) -> Option<Crs> {
        None
    }

    /// What the row read last draws; the text says what is wrong where that cannot be read.
    fn shape(&mut self) -> Result<Shape, String> {
        Ok(Shape::Nothing)
    }
}

/// Opens a file as records.
pub(crate) fn open(input: &Input, sheet: Option<&str>) -> Result<Box<dyn Records>, ReadError> {
    Ok(match input.kind() {
        FileKind::Csv | FileKind::Tsv => Box::new(delimited::Delimited::open(input)?),
        FileKind::Xlsx => Box::new(workbook::Sheet::open(input, sheet)?),
        FileKind::Parquet => Box::new(columnar::ParquetRecords::open(input)?),
        FileKind::GeoJson | FileKind::Json => Box::new(json::Elements::open(input)?),
        FileKind::FlatGeobuf => Box::new(features::Features::open(input)?),
        FileKind::GeoPackage => Box::new(geopackage::Layer::open(input)?),
        FileKind::Shapefile => Box::new(shapefile::Shapefile::open(input)?),
        other => {
            return Err(input.malformed(
                other.in_words(),
                "a table: CSV, a workbook, Parquet, GeoJSON, FlatGeobuf, GeoPackage, a shapefile or JSON",
            ));
        }
    })
}

/// Whether a row holds HXL tags: at least two cells are tags, and no less than half of its filled cells are. Extracts of
/// UCDP's events on HDX have a row number beside their tags. One tag alone is no table, for a figure takes a place and a
/// value; it is the heading of a text.
pub(crate) fn is_hxl_row<'a>(cells: impl Iterator<Item = &'a str>) -> bool {
    let (mut tags, mut filled) = (0, 0);
    for cell in cells.map(str::trim).filter(|cell| !cell.is_empty()) {
        filled += 1;
        tags += u32::from(is_hxl_tag(cell));
    }
    tags >= 2 && tags * 2 >= filled
}

/// A hash and a word, then attributes with a plus before each. Room is allowed only around the plus.
fn is_hxl_tag(cell: &str) -> bool {
    let word = |text: &str| {
        text.chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
    };
    let Some(tag) = cell.strip_prefix('#') else {
        return false;
    };
    let mut parts = tag.split('+');
    let hashtag = parts.next().unwrap_or_default().trim_end();
    hashtag.starts_with(|c: char| c.is_ascii_alphabetic())
        && word(hashtag)
        && parts
            .map(str::trim)
            .all(|attribute| !attribute.is_empty() && word(attribute))
}

/// What is said once about a table, before its first row.
fn about_the_table(input_encoding: Option<&str>, header: &Header, findings: &mut Findings) {
    if let Some(encoding) = input_encoding {
        findings.add(
            Severity::Note,
            None,
            None,
            format!("text in {encoding}"),
            "UTF-8; the text was converted, look at names with accents",
        );
    }
    for name in header.duplicates() {
        let expected = "each name once; the first column of this name is read";
        findings.add(
            Severity::Warning,
            None,
            Some(name),
            "a second column of the same name",
            expected,
        );
    }
}

/// Mends a row's length or finds it too long or too short. Whether the row can be kept.
fn fits(record: &mut StringRecord, header: &Header, row: u64, findings: &mut Findings) -> bool {
    let expected = header.names.len();
    if record.len() == expected {
        return true;
    }
    if record.len() == expected + 1 && record.get(expected).is_some_and(|cell| cell.trim().is_empty()) {
        record.truncate(expected);
        return true;
    }
    // The header ends in a comma and the rows do not.
    if record.len() + 1 == expected && header.names.last().is_some_and(String::is_empty) {
        record.push_field("");
        return true;
    }
    findings.rows_rejected += 1;
    findings.add(
        Severity::Rejected,
        Some(row),
        None,
        format!("{} cells", record.len()),
        format!("{expected} cells, as in the header"),
    );
    false
}
