//! Parquet, and GeoParquet with geometries as well-known binary or in GeoArrow's nested lists.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};

use arrow::array::{Array, ArrayRef, AsArray, RecordBatch};
use arrow::datatypes::{Float64Type, Schema};
use arrow::error::ArrowError;
use arrow::util::display::{ArrayFormatter, FormatOptions};
use csv::StringRecord;
use geo::Coord;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use parquet::file::metadata::KeyValue;
use serde_json::Value;

use super::{Crs, Header, Records, Ring, Shape, about_the_table, shape};
use crate::finding::Findings;
use crate::input::Input;
use crate::reader::ReadError;

/// Rows turned to text at a time; boundaries in a cell can be a megabyte each.
const ROWS: usize = 256;
const ROWS_WITH_GEOMETRY: usize = 32;

/// A Parquet file.
pub(super) struct ParquetRecords {
    file: String,
    batches: ParquetRecordBatchReader,
    header: Header,
    waiting: VecDeque<StringRecord>,
    row: u64,
    begun: bool,
    geometry: Option<Geometry>,
    /// The geometries of the rows at hand.
    shapes: Option<ArrayRef>,
}

/// The column that draws the rows, by the GeoParquet specification 1.1.
struct Geometry {
    column: usize,
    encoding: Encoding,
    crs: Crs,
}

#[derive(Clone, Copy)]
enum Encoding {
    Wkb,
    Point,
    Polygon,
    MultiPolygon,
    /// Lines, or several points.
    Other,
}

impl Geometry {
    /// What the file's metadata say of its geometries; none where it has none.
    fn of(metadata: Option<&Vec<KeyValue>>, schema: &Schema) -> Option<Geometry> {
        let text = metadata?.iter().find(|entry| entry.key == "geo")?.value.as_ref()?;
        let geo: Value = serde_json::from_str(text).ok()?;
        let name = geo["primary_column"].as_str()?;
        let told = &geo["columns"][name];
        Some(Geometry {
            column: schema.index_of(name).ok()?,
            encoding: match told["encoding"].as_str()? {
                "WKB" => Encoding::Wkb,
                "point" => Encoding::Point,
                "polygon" => Encoding::Polygon,
                "multipolygon" => Encoding::MultiPolygon,
                _ => Encoding::Other,
            },
            // What is not said is OGC:CRS84; what is said to be null is not known.
            crs: match told.get("crs") {
                None => Crs::Wgs84,
                Some(Value::Null) => Crs::Unstated,
                Some(crs) => Crs::of_projjson(crs),
            },
        })
    }
}

impl ParquetRecords {
    pub(super) fn open(input: &Input) -> Result<ParquetRecords, ReadError> {
        let damaged = |e: &dyn std::fmt::Display| {
            input.malformed(
                format!("a damaged or unsupported Parquet file ({e})"),
                "a Parquet table",
            )
        };
        let file = input.seekable()?;
        let builder = unless_it_breaks_down(|| ParquetRecordBatchReaderBuilder::try_new(file))
            .map_err(|e| damaged(&e))?
            .map_err(|e| damaged(&e))?;
        let header = Header::new(builder.schema().fields().iter().map(|field| field.name()));
        let geometry = Geometry::of(
            builder.metadata().file_metadata().key_value_metadata(),
            builder.schema(),
        );
        let rows = if geometry.is_some() { ROWS_WITH_GEOMETRY } else { ROWS };
        let batches = builder.with_batch_size(rows).build().map_err(|e| damaged(&e))?;
        Ok(ParquetRecords {
            file: input.name().to_string(),
            batches,
            header,
            waiting: VecDeque::new(),
            row: 1,
            begun: false,
            geometry,
            shapes: None,
        })
    }

    fn damaged(&self, e: &dyn std::fmt::Display) -> ReadError {
        ReadError::Malformed {
            file: self.file.clone(),
            row: Some(self.row + 1),
            found: format!("damage ({e})"),
            expected: "a whole Parquet file".into(),
        }
    }
}

impl Records for ParquetRecords {
    fn header(&self) -> &Header {
        &self.header
    }

    fn hxl(&self) -> Option<&[String]> {
        None
    }

    fn next(&mut self, record: &mut StringRecord, findings: &mut Findings) -> Result<Option<u64>, ReadError> {
        if !self.begun {
            self.begun = true;
            about_the_table(None, &self.header, findings);
        }
        while self.waiting.is_empty() {
            let next = unless_it_breaks_down(|| self.batches.next()).map_err(|e| self.damaged(&e))?;
            match next {
                None => return Ok(None),
                Some(batch) => {
                    let batch = batch.map_err(|e| self.damaged(&e))?;
                    let drawn = self.geometry.as_ref().map(|geometry| geometry.column);
                    self.waiting
                        .extend(as_text(&batch, drawn).map_err(|e| self.damaged(&e))?);
                    self.shapes = drawn.map(|column| batch.column(column).clone());
                }
            }
        }
        if let Some(next) = self.waiting.pop_front() {
            *record = next;
        }
        self.row += 1;
        findings.rows_read += 1;
        Ok(Some(self.row))
    }

    fn crs(&self) -> Option<Crs> {
        self.geometry.as_ref().map(|geometry| geometry.crs.clone())
    }

    fn shape(&mut self) -> Result<Shape, String> {
        match (&self.geometry, &self.shapes) {
            (Some(geometry), Some(shapes)) => {
                let row = (shapes.len() - self.waiting.len()).saturating_sub(1);
                shape_of(shapes, row, geometry.encoding)
            }
            _ => Ok(Shape::Nothing),
        }
    }
}

/// Runs a part of the Parquet library, which stops the program at some kinds of damage (levels beyond their page, say).
pub(crate) fn unless_it_breaks_down<T>(run: impl FnOnce() -> T) -> Result<T, &'static str> {
    catch_unwind(AssertUnwindSafe(run)).map_err(|_| "pages that contradict each other")
}

fn shape_of(shapes: &ArrayRef, row: usize, encoding: Encoding) -> Result<Shape, String> {
    if shapes.is_null(row) {
        return Ok(Shape::Nothing);
    }
    let shape = match encoding {
        Encoding::Wkb => return shape::of_wkb(binary(shapes, row).ok_or("no well-known binary")?),
        Encoding::Point => ring(&shapes.slice(row, 1)).map(|points| match points.first() {
            Some(point) if !point.x.is_nan() => Shape::Point(*point),
            _ => Shape::Nothing,
        }),
        Encoding::Polygon => elements(shapes, row)
            .and_then(|rings| area(&rings))
            .map(|area| Shape::Areas(vec![area])),
        Encoding::MultiPolygon => elements(shapes, row)
            .and_then(|areas| each(&areas, area))
            .map(Shape::Areas),
        Encoding::Other => Some(Shape::Other("a line, or several points".into())),
    };
    shape.ok_or_else(|| "another form than its GeoArrow encoding".to_string())
}

fn binary(column: &ArrayRef, row: usize) -> Option<&[u8]> {
    let small = column.as_binary_opt::<i32>().map(|column| column.value(row));
    let large = || column.as_binary_opt::<i64>().map(|column| column.value(row));
    let view = || column.as_binary_view_opt().map(|column| column.value(row));
    small.or_else(large).or_else(view)
}

/// The elements of the list in a row.
fn elements(lists: &ArrayRef, row: usize) -> Option<ArrayRef> {
    let small = lists.as_list_opt::<i32>().map(|list| list.value(row));
    small.or_else(|| lists.as_list_opt::<i64>().map(|list| list.value(row)))
}

fn each<T>(lists: &ArrayRef, of: impl Fn(&ArrayRef) -> Option<T>) -> Option<Vec<T>> {
    (0..lists.len()).map(|row| of(&elements(lists, row)?)).collect()
}

fn area(rings: &ArrayRef) -> Option<Vec<Ring>> {
    each(rings, ring)
}

/// Points, whose coordinates lie apart in two columns or side by side in lists of a fixed size.
fn ring(points: &ArrayRef) -> Option<Ring> {
    if let Some(apart) = points.as_struct_opt() {
        let x = apart.column_by_name("x")?.as_primitive_opt::<Float64Type>()?;
        let y = apart.column_by_name("y")?.as_primitive_opt::<Float64Type>()?;
        let pairs = x.values().iter().zip(y.values());
        return Some(pairs.map(|(x, y)| Coord { x: *x, y: *y }).collect());
    }
    let beside = points.as_fixed_size_list_opt()?;
    (0..beside.len())
        .map(|row| {
            let point = beside.value(row);
            let numbers = point.as_primitive_opt::<Float64Type>()?.values().clone();
            Some(Coord {
                x: *numbers.first()?,
                y: *numbers.get(1)?,
            })
        })
        .collect()
}

/// Each row as text: days and times in ISO form, floats with as many digits as tell them apart, null as the empty cell.
/// The column that is `drawn` is left empty.
fn as_text(batch: &RecordBatch, drawn: Option<usize>) -> Result<Vec<StringRecord>, ArrowError> {
    let options = FormatOptions::default().with_null("").with_display_error(false);
    let columns = batch
        .columns()
        .iter()
        .map(|column| ArrayFormatter::try_new(column.as_ref(), &options));
    let columns = columns.collect::<Result<Vec<_>, _>>()?;
    let mut cell = String::new();
    let mut rows = Vec::with_capacity(batch.num_rows());
    for row in 0..batch.num_rows() {
        let mut record = StringRecord::new();
        for (at, column) in columns.iter().enumerate() {
            cell.clear();
            if drawn != Some(at) {
                column.value(row).write(&mut cell)?;
            }
            record.push_field(&cell);
        }
        rows.push(record);
    }
    Ok(rows)
}
