//! GeoPackage (OGC 12-128r18): a table of an SQLite database, opened without changing anything.

use std::path::Path;

use csv::StringRecord;
use futures::TryStreamExt;
use sqlx::sqlite::{SqliteConnectOptions, SqliteRow};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Row, SqliteConnection, TypeInfo, ValueRef};

use super::streamed::{Rows, Streamed};
use super::{Crs, Header, Records, Shape, about_the_table, shape};
use crate::finding::Findings;
use crate::input::Input;
use crate::reader::ReadError;

/// The names of the layers of features, sorted.
pub(crate) fn layers(input: &Input) -> Result<Vec<String>, ReadError> {
    let path = path(input)?;
    let read = async {
        let mut database = connect(path).await?;
        let names = sqlx::query_scalar::<_, String>("SELECT table_name FROM gpkg_geometry_columns ORDER BY table_name")
            .fetch_all(&mut database)
            .await?;
        database.close().await?;
        Ok(names)
    };
    match wait_for(read).map_err(|e| damaged(input, &e))? {
        names if names.is_empty() => Err(input.malformed("a GeoPackage without features", "a layer of features")),
        names => Ok(names),
    }
}

/// One layer.
pub(super) struct Layer {
    file: String,
    header: Header,
    crs: Crs,
    rows: Streamed<Feature, String>,
    shape: Result<Shape, String>,
    row: u64,
    begun: bool,
}

struct Feature {
    cells: Vec<String>,
    shape: Result<Shape, String>,
}

impl Layer {
    pub(super) fn open(input: &Input) -> Result<Layer, ReadError> {
        let path = path(input)?.to_path_buf();
        let layer = input.layer().unwrap_or_default().to_string();
        let description = wait_for(describe(&path, &layer)).map_err(|e| damaged(input, &e))?;
        let (names, geometry, crs) = description;
        let width = names.len();
        let drawn = names.iter().position(|name| name.eq_ignore_ascii_case(&geometry));
        let rows = Streamed::start(move |rows| {
            if let Err(e) = wait_for(read(&path, &layer, width, drawn, rows)) {
                rows.give(Err(e.to_string()));
            }
        });
        Ok(Layer {
            file: input.name().to_string(),
            header: Header::new(names),
            crs,
            rows,
            shape: Ok(Shape::Nothing),
            row: 1,
            begun: false,
        })
    }

    fn damage(&self, found: &str) -> ReadError {
        ReadError::Malformed {
            file: self.file.clone(),
            row: Some(self.row + 1),
            found: format!("damage ({found})"),
            expected: "a whole GeoPackage".into(),
        }
    }
}

impl Records for Layer {
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
        let feature = match self.rows.next().map_err(|e| self.damage(&e))? {
            None => return Ok(None),
            Some(row) => row.map_err(|e| self.damage(&e))?,
        };
        record.clear();
        record.extend(&feature.cells);
        self.shape = feature.shape;
        self.row += 1;
        findings.rows_read += 1;
        Ok(Some(self.row))
    }

    fn crs(&self) -> Option<Crs> {
        Some(self.crs.clone())
    }

    fn shape(&mut self) -> Result<Shape, String> {
        std::mem::replace(&mut self.shape, Ok(Shape::Nothing))
    }
}

/// Where the database lies. What another program has written but not yet put into it would be missed.
fn path(input: &Input) -> Result<&Path, ReadError> {
    let path = input.path_on_disk()?;
    let log = format!("{}-wal", path.display());
    match std::fs::metadata(&log) {
        Ok(metadata) if metadata.len() > 0 => Err(input.malformed(
            format!("changes that wait in {log}"),
            "a GeoPackage that no program has open; close it there (in QGIS, remove the layer) and import it again",
        )),
        _ => Ok(path),
    }
}

async fn connect(path: &Path) -> Result<SqliteConnection, sqlx::Error> {
    let options = SqliteConnectOptions::new();
    options.filename(path).read_only(true).immutable(true).connect().await
}

/// The names of a layer's columns, that of its geometries, and its reference system.
async fn describe(path: &Path, layer: &str) -> Result<(Vec<String>, String, Crs), sqlx::Error> {
    let mut database = connect(path).await?;
    let names = sqlx::query_scalar::<_, String>("SELECT name FROM pragma_table_info(?)")
        .bind(layer)
        .fetch_all(&mut database)
        .await?;
    let system = sqlx::query(
        "SELECT g.column_name, s.srs_id, s.organization, s.organization_coordsys_id, s.definition \
         FROM gpkg_geometry_columns g LEFT JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id WHERE g.table_name = ?",
    )
    .bind(layer)
    .fetch_one(&mut database)
    .await?;
    database.close().await?;
    let crs = match system.try_get::<Option<i64>, _>(1)? {
        // Undefined, by the specification.
        None | Some(-1 | 0) => Crs::Unstated,
        Some(_) => {
            let by_code = Crs::of_code(
                &system.try_get::<String, _>(2)?,
                &system.try_get::<i64, _>(3)?.to_string(),
            );
            let by_text = Crs::of_wkt(&system.try_get::<String, _>(4)?);
            if by_text == Crs::Wgs84 { by_text } else { by_code }
        }
    };
    Ok((names, system.try_get(0)?, crs))
}

async fn read(
    path: &Path,
    layer: &str,
    width: usize,
    drawn: Option<usize>,
    rows: &Rows<Feature, String>,
) -> Result<(), sqlx::Error> {
    let mut database = connect(path).await?;
    let sql = format!("SELECT * FROM \"{}\"", layer.replace('"', "\"\""));
    let mut found = sqlx::query(AssertSqlSafe(sql)).fetch(&mut database);
    while let Some(row) = found.try_next().await? {
        if !rows.give(Ok(feature(&row, width, drawn)?)) {
            break;
        }
    }
    Ok(())
}

fn feature(row: &SqliteRow, width: usize, drawn: Option<usize>) -> Result<Feature, sqlx::Error> {
    let mut cells = Vec::with_capacity(width);
    for at in 0..width {
        cells.push(if drawn == Some(at) {
            String::new()
        } else {
            cell(row, at)?
        });
    }
    let bytes = match drawn {
        Some(at) => row.try_get_unchecked::<Option<&[u8]>, _>(at)?,
        None => None,
    };
    Ok(Feature {
        cells,
        shape: bytes.map_or(Ok(Shape::Nothing), shape::of_geopackage),
    })
}

/// A value as text, whatever type the column declares.
fn cell(row: &SqliteRow, at: usize) -> Result<String, sqlx::Error> {
    let value = row.try_get_raw(at)?;
    if value.is_null() {
        return Ok(String::new());
    }
    let stored = value.type_info();
    Ok(match stored.name() {
        "INTEGER" | "INT8" | "BOOLEAN" => row.try_get_unchecked::<i64, _>(at)?.to_string(),
        "REAL" => row.try_get_unchecked::<f64, _>(at)?.to_string(),
        "BLOB" => lysoen_facts::hex(row.try_get_unchecked::<&[u8], _>(at)?),
        _ => row.try_get_unchecked::<String, _>(at)?,
    })
}

/// Runs on this thread until the database has answered.
fn wait_for<T>(read: impl Future<Output = Result<T, sqlx::Error>>) -> Result<T, sqlx::Error> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(sqlx::Error::Io)?
        .block_on(read)
}

fn damaged(input: &Input, e: &sqlx::Error) -> ReadError {
    input.malformed(format!("a damaged GeoPackage ({e})"), "a whole one")
}
