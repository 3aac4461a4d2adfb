//! A few areas drawn by hand, written in every format that boundaries come in.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::array::{ArrayRef, Date32Array, RecordBatch, StringArray};
use arrow::datatypes::{DataType, Field, Schema};
use flatgeobuf::{ColumnType, FgbCrs, FgbWriter, FgbWriterOptions, GeometryType};
use geo::{Geometry, LineString, MultiPolygon, Polygon, polygon};
use geoarrow_array::GeoArrowArray;
use geoarrow_array::builder::{GeometryBuilder, MultiPolygonBuilder, PointBuilder, PolygonBuilder};
use geoarrow_schema as geoarrow;
use geoparquet::writer::{GeoParquetRecordBatchEncoder, GeoParquetWriterEncoding, GeoParquetWriterOptionsBuilder};
use geozero::{ColumnValue, CoordDimensions, PropertyProcessor, ToWkb};
use parquet::arrow::ArrowWriter;
use serde_json::json;
use shapefile::dbase::{Date, FieldName, FieldValue, Record, TableWriterBuilder};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, SqliteConnection};

/// Days from 1970-01-01 to 2020-01-02.
const VALID_ON: i32 = 18_263;

/// An area of level 1 of the Central African Republic.
pub(crate) struct Drawn {
    pub(crate) pcode: &'static str,
    pub(crate) name: &'static str,
    pub(crate) other: &'static str,
    pub(crate) geometry: Geometry<f64>,
}

/// A square with a hole, clockwise; two triangles, one clockwise and one not; and a square.
pub(crate) fn areas() -> Vec<Drawn> {
    let with_hole = polygon![
        exterior: [(x: 18.0, y: 4.0), (x: 18.0, y: 5.0), (x: 19.0, y: 5.0), (x: 19.0, y: 4.0), (x: 18.0, y: 4.0)],
        interiors: [[(x: 18.25, y: 4.25), (x: 18.75, y: 4.25), (x: 18.75, y: 4.75), (x: 18.25, y: 4.75),
            (x: 18.25, y: 4.25)]],
    ];
    let triangles = MultiPolygon(vec![
        polygon![(x: 20.0, y: 5.0), (x: 20.5, y: 6.0), (x: 21.0, y: 5.0), (x: 20.0, y: 5.0)],
        polygon![(x: 22.0, y: 5.0), (x: 23.0, y: 5.0), (x: 22.5, y: 6.0), (x: 22.0, y: 5.0)],
    ]);
    let square =
        polygon![(x: 16.0, y: 3.5), (x: 17.0, y: 3.5), (x: 17.0, y: 4.5), (x: 16.0, y: 4.5), (x: 16.0, y: 3.5)];
    let area = |pcode, name, other, geometry| Drawn {
        pcode,
        name,
        other,
        geometry,
    };
    vec![
        area("CF11", "Ombella-M'Poko", "Ombella Mpoko", with_hole.into()),
        area("CF52", "Haute-Kotto", "Kötö tî Kôtö", triangles.into()),
        area("CF12", "Lobaye", "", square.into()),
    ]
}

const COLUMNS: [&str; 4] = ["adm0_pcode", "adm1_pcode", "adm1_name", "adm1_name1"];

fn cells(area: &Drawn) -> [&'static str; 4] {
    ["CF", area.pcode, area.name, area.other]
}

/// The areas as the text of a GeoJSON collection; `crs` is a member with its comma, or nothing.
pub(crate) fn geojson(areas: &[Drawn], crs: &str) -> String {
    let features: Vec<String> = areas.iter().map(feature).collect();
    format!(
        r#"{{"type":"FeatureCollection",{crs}"features":[{}]}}"#,
        features.join(",\n")
    )
}

/// An area as the text of a GeoJSON feature.
pub(crate) fn feature(area: &Drawn) -> String {
    let cells = cells(area).into_iter().zip(COLUMNS);
    let properties: Vec<String> = cells.map(|(cell, name)| format!("\"{name}\":\"{cell}\"")).collect();
    let ring = |ring: &LineString<f64>| ring.coords().map(|c| vec![c.x, c.y]).collect::<Vec<_>>();
    let rings = |p: &Polygon<f64>| {
        [p.exterior()]
            .into_iter()
            .chain(p.interiors())
            .map(ring)
            .collect::<Vec<_>>()
    };
    let geometry = match &area.geometry {
        Geometry::Polygon(polygon) => json!({ "type": "Polygon", "coordinates": rings(polygon) }),
        Geometry::MultiPolygon(parts) => {
            let parts: Vec<_> = parts.iter().map(rings).collect();
            json!({ "type": "MultiPolygon", "coordinates": parts })
        }
        Geometry::Point(point) => json!({ "type": "Point", "coordinates": [point.x(), point.y()] }),
        other => panic!("no area is drawn as {other:?}"),
    };
    format!(
        r#"{{"type":"Feature","properties":{{{},"valid_on":"2020-01-02","valid_to":null}},"geometry":{geometry}}}"#,
        properties.join(",")
    )
}

/// How GeoParquet keeps the geometries.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kept {
    Wkb,
    Polygons,
    MultiPolygons,
    Points,
}

pub(crate) fn geoparquet(path: &Path, areas: &[Drawn], kept: Kept, crs: geoarrow::Crs) -> PathBuf {
    let told = Arc::new(geoarrow::Metadata::new(crs, None));
    let geometries: Vec<Option<Geometry<f64>>> = areas.iter().map(|area| Some(area.geometry.clone())).collect();
    let xy = geoarrow::Dimension::XY;
    let (array, field): (ArrayRef, Field) = match kept {
        Kept::Wkb => {
            let array = GeometryBuilder::from_nullable_geometries(&geometries, geoarrow::GeometryType::new(told))
                .unwrap()
                .finish();
            (array.to_array_ref(), array.data_type().to_field("geometry", true))
        }
        Kept::MultiPolygons => {
            let of = geoarrow::MultiPolygonType::new(xy, told);
            let array = MultiPolygonBuilder::from_nullable_geometries(&geometries, of)
                .unwrap()
                .finish();
            (array.to_array_ref(), array.data_type().to_field("geometry", true))
        }
        Kept::Polygons => {
            let of = geoarrow::PolygonType::new(xy, told);
            let array = PolygonBuilder::from_nullable_geometries(&geometries, of)
                .unwrap()
                .finish();
            (array.to_array_ref(), array.data_type().to_field("geometry", true))
        }
        Kept::Points => {
            let of = geoarrow::PointType::new(xy, told);
            let array = PointBuilder::from_nullable_geometries(&geometries, of)
                .unwrap()
                .finish();
            (array.to_array_ref(), array.data_type().to_field("geometry", true))
        }
    };
    let mut fields: Vec<Field> = COLUMNS
        .iter()
        .map(|name| Field::new(*name, DataType::Utf8, true))
        .collect();
    let mut columns: Vec<ArrayRef> = (0..COLUMNS.len())
        .map(|at| Arc::new(areas.iter().map(|area| Some(cells(area)[at])).collect::<StringArray>()) as ArrayRef)
        .collect();
    fields.extend([Field::new("valid_on", DataType::Date32, true), field]);
    columns.extend([
        Arc::new(Date32Array::from(vec![VALID_ON; areas.len()])) as ArrayRef,
        array,
    ]);
    let schema = Arc::new(Schema::new(fields));
    let batch = RecordBatch::try_new(schema.clone(), columns).unwrap();
    let encoding = match kept {
        Kept::Wkb => GeoParquetWriterEncoding::WKB,
        _ => GeoParquetWriterEncoding::GeoArrow,
    };
    let options = GeoParquetWriterOptionsBuilder::default()
        .set_encoding(encoding)
        .set_generate_covering(true)
        .build();
    let mut encoder = GeoParquetRecordBatchEncoder::try_new(&schema, &options).unwrap();
    let file = std::fs::File::create(path).unwrap();
    let mut writer = ArrowWriter::try_new(file, encoder.target_schema(), None).unwrap();
    writer.write(&encoder.encode_record_batch(&batch).unwrap()).unwrap();
    writer.append_key_value_metadata(encoder.into_keyvalue().unwrap());
    writer.close().unwrap();
    path.to_path_buf()
}

pub(crate) fn flatgeobuf(path: &Path, areas: &[Drawn], epsg: i32) -> PathBuf {
    let options = FgbWriterOptions {
        write_index: false,
        crs: FgbCrs {
            code: epsg,
            ..FgbCrs::default()
        },
        ..FgbWriterOptions::default()
    };
    let mut writer = FgbWriter::create_with_options("areas", GeometryType::Unknown, options).unwrap();
    for name in COLUMNS {
        writer.add_column(name, ColumnType::String, |_, _| {});
    }
    writer.add_column("valid_on", ColumnType::DateTime, |_, _| {});
    for area in areas {
        let added = writer.add_feature_geom(area.geometry.clone(), |feature| {
            for (at, cell) in cells(area).into_iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
                feature.property(at, COLUMNS[at], &ColumnValue::String(cell)).unwrap();
            }
            let day = ColumnValue::DateTime("2020-01-02T00:00:00Z");
            feature.property(COLUMNS.len(), "valid_on", &day).unwrap();
        });
        added.unwrap();
    }
    writer.write(std::fs::File::create(path).unwrap()).unwrap();
    path.to_path_buf()
}

/// A GeoPackage with a layer for each list of areas.
pub(crate) fn geopackage(path: &Path, layers: &[(&str, &[Drawn])], epsg: i32) -> PathBuf {
    let write = async {
        let options = sqlx::sqlite::SqliteConnectOptions::new();
        let mut database = options.filename(path).create_if_missing(true).connect().await.unwrap();
        run(&mut database, GEOPACKAGE).await;
        let system = format!("INSERT INTO gpkg_spatial_ref_sys VALUES ('a system', {epsg}, 'EPSG', {epsg}, '', '')");
        run(&mut database, &system).await;
        for (layer, areas) in layers {
            let table = format!(
                "CREATE TABLE \"{layer}\" (fid INTEGER PRIMARY KEY, geom BLOB, adm0_pcode TEXT, adm1_pcode TEXT, \
                 adm1_name TEXT, adm1_name1 TEXT, valid_on DATE, valid_to DATE); \
                 INSERT INTO gpkg_geometry_columns VALUES ('{layer}', 'geom', 'GEOMETRY', {epsg}, 0, 0)"
            );
            run(&mut database, &table).await;
            for area in *areas {
                let insert = format!("INSERT INTO \"{layer}\" VALUES (NULL, ?, ?, ?, ?, ?, '2020-01-02', NULL)");
                let geometry = area
                    .geometry
                    .to_gpkg_wkb(CoordDimensions::xy(), Some(epsg), vec![-180.0, 180.0, -90.0, 90.0])
                    .unwrap();
                let mut query = sqlx::query(AssertSqlSafe(insert)).bind(geometry);
                for cell in cells(area) {
                    query = query.bind(cell);
                }
                query.execute(&mut database).await.unwrap();
            }
        }
        database.close().await.unwrap();
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(write);
    path.to_path_buf()
}

async fn run(database: &mut SqliteConnection, sql: &str) {
    sqlx::raw_sql(AssertSqlSafe(sql.to_string()))
        .execute(database)
        .await
        .unwrap();
}

/// The tables of a GeoPackage that are needed to read it.
const GEOPACKAGE: &str = "
    PRAGMA application_id = 0x47504B47;
    CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY, organization TEXT,
        organization_coordsys_id INTEGER, definition TEXT, description TEXT);
    CREATE TABLE gpkg_geometry_columns (table_name TEXT PRIMARY KEY, column_name TEXT, geometry_type_name TEXT,
        srs_id INTEGER, z TINYINT, m TINYINT);";

/// WGS 84 as ESRI writes it.
pub(crate) const PRJ: &str = r#"GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#;

/// A shapefile; `prj` and `cpg` are left out where they are empty.
pub(crate) fn shapefile(path: &Path, areas: &[Drawn], prj: &str, cpg: &str) -> PathBuf {
    let name = |name: &str| FieldName::try_from(name).unwrap();
    let mut table = TableWriterBuilder::new();
    for column in COLUMNS {
        table = table.add_character_field(name(column), 50);
    }
    let table = table.add_date_field(name("valid_on")).add_date_field(name("valid_to"));
    let mut writer = shapefile::Writer::from_path(path, table).unwrap();
    for area in areas {
        let mut record = Record::default();
        for (column, cell) in COLUMNS.iter().zip(cells(area)) {
            record.insert((*column).to_string(), FieldValue::Character(Some(cell.to_string())));
        }
        record.insert(
            "valid_on".into(),
            FieldValue::Date(Some(Date::new(2, 1, 2020).unwrap())),
        );
        record.insert("valid_to".into(), FieldValue::Date(None));
        let polygon = match area.geometry.clone() {
            Geometry::Polygon(polygon) => shapefile::Polygon::from(polygon),
            Geometry::MultiPolygon(polygons) => shapefile::Polygon::from(polygons),
            other => panic!("no polygon: {other:?}"),
        };
        writer.write_shape_and_record(&polygon, &record).unwrap();
    }
    drop(writer);
    for (ending, text) in [("prj", prj), ("cpg", cpg)] {
        if !text.is_empty() {
            std::fs::write(path.with_extension(ending), text).unwrap();
        }
    }
    path.to_path_buf()
}
