//! Files of every kind, opened and read as records.

use std::io::Write;
use std::path::{Path, PathBuf};

use csv::StringRecord;
use lysoen_sources::finding::{Findings, Severity};
use lysoen_sources::input::{FileKind, Input};
use lysoen_sources::reader::ReadError;

/// A table as it was read.
pub(crate) struct Read {
    pub(crate) names: Vec<String>,
    pub(crate) hxl: Option<Vec<String>>,
    /// Row number and cells.
    pub(crate) rows: Vec<(u64, Vec<String>)>,
    pub(crate) findings: Findings,
}

impl Read {
    pub(crate) fn column(&self, name: &str) -> Vec<&str> {
        let at = self.names.iter().position(|n| n == name).expect("the column is there");
        self.rows.iter().map(|(_, cells)| cells[at].as_str()).collect()
    }

    pub(crate) fn found(&self, severity: Severity) -> Vec<String> {
        self.findings
            .list()
            .iter()
            .filter(|f| f.severity == severity)
            .map(ToString::to_string)
            .collect()
    }
}

pub(crate) fn read(input: &Input, sheet: Option<&str>) -> Result<Read, ReadError> {
    let mut records = input.records(sheet)?;
    let mut findings = Findings::new(input.file_name());
    let mut rows = Vec::new();
    let mut record = StringRecord::new();
    while let Some(row) = records.next(&mut record, &mut findings)? {
        rows.push((row, record.iter().map(str::to_string).collect()));
    }
    let hxl = records.hxl().map(<[String]>::to_vec);
    Ok(Read {
        names: records.header().names().to_vec(),
        hxl,
        rows,
        findings,
    })
}

pub(crate) fn open(path: &Path) -> Input {
    let mut inputs = Input::open(path).expect("the file opens");
    assert_eq!(inputs.len(), 1, "one file gives one input");
    inputs.remove(0)
}

pub(crate) fn file(folder: &tempfile::TempDir, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).expect("the file can be written");
    path
}

pub(crate) fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

pub(crate) fn read_bytes(name: &str, bytes: impl AsRef<[u8]>) -> Result<Read, ReadError> {
    let folder = folder();
    let path = file(&folder, name, bytes);
    read(&open(&path), None)
}

fn shared(path: &str) -> PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")).join(path)
}

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).expect("memory takes it");
    encoder.finish().expect("memory takes it")
}

pub(crate) fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        archive
            .start_file(*name, zip::write::SimpleFileOptions::default())
            .expect("memory takes it");
        archive.write_all(bytes).expect("memory takes it");
    }
    archive.finish().expect("memory takes it").into_inner()
}

const TABLE: &str = "country,year,deaths\nSDN,2023,12\n\"Bosnia, Herzegovina\",1993,\"4\n5\"\n";

#[test]
fn a_plain_csv_gives_its_rows_with_the_numbers_a_spreadsheet_shows() {
    let read = read_bytes("a.csv", TABLE).expect("it is a table");
    assert_eq!(read.names, ["country", "year", "deaths"]);
    assert_eq!(read.rows[0], (2, vec!["SDN".into(), "2023".into(), "12".into()]));
    assert_eq!(read.rows[1].0, 3);
    assert_eq!(read.rows[1].1[2], "4\n5");
    assert_eq!(read.findings.rows_read, 2);
    assert!(read.findings.list().is_empty());
}

#[test]
fn row_numbers_count_blank_lines_but_no_line_breaks_within_quotes() {
    for end in ["\n", "\r\n"] {
        let text = ["a,b", "1,\"x\ny\nz\"", "", "2,y", "", "", "3,z"].join(end);
        for text in [text.clone(), text + end] {
            let rows: Vec<u64> = read_bytes("a.csv", &text)
                .expect("a table")
                .rows
                .iter()
                .map(|r| r.0)
                .collect();
            assert_eq!(rows, [2, 4, 7], "{text:?}");
        }
    }
}

#[test]
fn rows_are_numbered_through_a_file_that_mixes_line_ends() {
    let text = "a,b\r\n1,x\n2,x\r\n3,x\n4,x\r\n5,x\n6,x\n";
    let rows: Vec<u64> = read_bytes("a.csv", text)
        .expect("a table")
        .rows
        .iter()
        .map(|r| r.0)
        .collect();
    assert_eq!(rows.len(), 6);
    assert!(rows.windows(2).all(|pair| pair[0] < pair[1]));
    assert!(
        rows.iter().zip(2..).all(|(row, true_row)| row.abs_diff(true_row) <= 1),
        "{rows:?}"
    );
}

#[test]
fn semicolons_tabs_and_bars_are_found_out() {
    for (delimiter, kind) in [(';', FileKind::Csv), ('\t', FileKind::Tsv), ('|', FileKind::Csv)] {
        let text = format!("country{delimiter}note\nSDN{delimiter}a, b, c\nTCD{delimiter}d\n");
        let folder = folder();
        let input = open(&file(&folder, "a.csv", text));
        assert_eq!(input.kind(), kind);
        assert_eq!(read(&input, None).expect("a table").column("note"), ["a, b, c", "d"]);
    }
}

#[test]
fn a_gzipped_file_is_unpacked_whatever_its_name() {
    let folder = folder();
    for name in ["a.csv.gz", "a.csv"] {
        let input = open(&file(&folder, name, gzip(&gzip(TABLE.as_bytes()))));
        assert_eq!(input.file_name(), "a.csv");
        assert_eq!(input.kind(), FileKind::Csv);
        assert_eq!(read(&input, None).expect("a table").rows.len(), 2);
    }
}

#[test]
fn a_zip_archive_gives_an_input_per_member() {
    let folder = folder();
    let packed = gzip(TABLE.as_bytes());
    let members: [(&str, &[u8]); 4] = [
        ("data/one.csv", TABLE.as_bytes()),
        ("two.csv.gz", &packed),
        ("__MACOSX/._one.csv", b"x"),
        ("read me.txt", b"x"),
    ];
    let path = file(&folder, "all.zip", zip(&members));
    let inputs = Input::open(&path).expect("an archive");
    let names: Vec<&str> = inputs.iter().map(Input::file_name).collect();
    assert_eq!(names, ["one.csv", "read me.txt", "two.csv"]);
    assert!(
        inputs[0].name().ends_with("all.zip!data/one.csv"),
        "{}",
        inputs[0].name()
    );
    for input in [&inputs[0], &inputs[2]] {
        assert_eq!(read(input, None).expect("a table").column("year"), ["2023", "1993"]);
    }
    assert_eq!(
        inputs[0].sha256().expect("readable"),
        inputs[2].sha256().expect("readable")
    );
}

#[test]
fn the_hash_is_that_of_the_bytes_on_the_disk() {
    let folder = folder();
    let input = open(&file(&folder, "a.csv", "abc"));
    let hash = lysoen_facts::hex(&input.sha256().expect("readable"));
    // FIPS 180-2, appendix B.1.
    assert_eq!(hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

#[test]
fn geojson_properties_are_columns_and_points_are_coordinates() {
    let text = r#"{"type":"FeatureCollection","crs":{"a":["x"]},"features":[
        {"type":"Feature","properties":{"id":1,"name":"Bangui \"la \\ Coquette\""},"geometry":{"type":"Point","coordinates":[18.5582,4.3947]}},
        {"type":"Feature","properties":{"id":2,"part":{"b":[1,2]}},"geometry":null}]}"#;
    let read = read_bytes("a.json", text).expect("a table");
    assert_eq!(read.names, ["id", "name", "part", "longitude", "latitude"]);
    assert_eq!(
        read.rows[0],
        (
            2,
            ["1", "Bangui \"la \\ Coquette\"", "", "18.5582", "4.3947"]
                .map(String::from)
                .to_vec()
        )
    );
    assert_eq!(read.column("part"), ["", r#"{"b":[1,2]}"#]);
    assert_eq!(read.findings.rows_read, 2);
}

#[test]
fn geojson_shapes_are_kept_as_json() {
    let text = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":1},
        "geometry":{"type":"Polygon","coordinates":[[[0,0],[0,1],[1,1],[0,0]]]}}]}"#;
    let read = read_bytes("a.geojson", text).expect("a table");
    assert_eq!(
        read.column("geometry"),
        [r#"{"type":"Polygon","coordinates":[[[0,0],[0,1],[1,1],[0,0]]]}"#]
    );
}

#[test]
fn json_objects_may_have_different_members_and_stand_in_an_outer_object() {
    let read = read_bytes(
        "a.json",
        r#"{"count": 3, "data": [{"a": 1.5}, {"b": null, "c": true}, 7]}"#,
    )
    .expect("a table");
    assert_eq!(read.names, ["a", "b", "c"]);
    assert_eq!(
        read.rows,
        [
            (2, ["1.5", "", ""].map(String::from).to_vec()),
            (3, ["", "", "true"].map(String::from).to_vec())
        ]
    );
    assert_eq!(
        read.found(Severity::Rejected),
        ["a.json, row 4: found a number, expected an object"]
    );
    assert_eq!((read.findings.rows_read, read.findings.rows_rejected), (3, 1));
}

#[test]
fn parquet_cells_become_text_without_loss() {
    use arrow::array::{ArrayRef, Date32Array, Float64Array, Int64Array, RecordBatch, StringArray};
    use std::sync::Arc;
    let columns: Vec<(&str, ArrayRef)> = vec![
        (
            "id",
            Arc::new(Int64Array::from(vec![Some(9_007_199_254_740_993), None])),
        ),
        ("share", Arc::new(Float64Array::from(vec![0.1 + 0.2, 1e-300]))),
        ("name", Arc::new(StringArray::from(vec![Some("Côte d'Ivoire"), None]))),
        ("day", Arc::new(Date32Array::from(vec![19_753, 0]))),
    ];
    let batch = RecordBatch::try_from_iter(columns).expect("columns of one length");
    let folder = folder();
    let path = folder.path().join("a.parquet");
    let out = std::fs::File::create(&path).expect("writable");
    let mut writer = parquet::arrow::ArrowWriter::try_new(out, batch.schema(), None).expect("a writer");
    writer.write(&batch).expect("written");
    writer.close().expect("written");
    let packed = file(&folder, "b", gzip(&std::fs::read(&path).expect("readable")));
    for path in [path, packed] {
        let input = open(&path);
        assert_eq!(input.kind(), FileKind::Parquet);
        let read = read(&input, None).expect("a table");
        assert_eq!(read.column("id"), ["9007199254740993", ""]);
        let shares: Vec<f64> = read
            .column("share")
            .iter()
            .map(|s| s.parse().expect("a number"))
            .collect();
        assert_eq!(shares, [0.1 + 0.2, 1e-300]);
        assert_eq!(read.column("name"), ["Côte d'Ivoire", ""]);
        assert_eq!(read.column("day"), ["2024-01-31", "1970-01-01"]);
        assert_eq!(read.rows[1].0, 3);
    }
}

#[test]
fn a_workbook_gives_days_and_numbers_as_text_and_passes_over_titles() {
    use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("Cover").expect("a name");
    let sheet = workbook.add_worksheet().set_name("Data").expect("a name");
    sheet.write(0, 0, "Internal displacement, by day").expect("in range");
    let day = Format::new().set_num_format("yyyy-mm-dd");
    for (column, name) in ["Country", "Day", "People", "Share"].iter().enumerate() {
        sheet.write(2, column as u16, *name).expect("in range");
    }
    sheet.write(3, 0, "SDN").expect("in range");
    sheet
        .write_with_format(3, 1, ExcelDateTime::from_ymd(2024, 1, 31).expect("a day"), &day)
        .expect("in range");
    sheet.write(3, 2, 11_000_000).expect("in range");
    sheet.write(3, 3, 0.1).expect("in range");
    sheet.write(5, 0, "TCD").expect("in range");
    sheet.write(5, 7, "see note").expect("in range");
    let folder = folder();
    let path = folder.path().join("a.xlsx");
    workbook.save(&path).expect("saved");
    let input = open(&path);
    assert_eq!(input.kind(), FileKind::Xlsx);
    assert_eq!(input.sheets().expect("sheets"), ["Cover", "Data"]);
    let read = read(&input, None).expect("the first sheet that holds a table");
    assert_eq!(read.names, ["Country", "Day", "People", "Share"]);
    assert_eq!(
        read.rows[0],
        (4, ["SDN", "2024-01-31", "11000000", "0.1"].map(String::from).to_vec())
    );
    assert_eq!(read.rows[1], (6, ["TCD", "", "", ""].map(String::from).to_vec()));
    assert_eq!(
        read.found(Severity::Warning),
        [
            "a.xlsx, row 6, column H: found see note, expected nothing outside the table's columns; the cell was left out"
        ]
    );
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn hxl_tags_are_found_in_csv_json_and_workbooks_alike() {
    let names = [
        "Registro",
        "Sector/Cluster",
        "Subsector",
        "Organización",
        "Hombres",
        "Mujeres",
        "País",
    ];
    let tags = [
        "",
        "#sector+es",
        "#subsector+es",
        "#org+es",
        "#targeted+f",
        "#targeted+m",
        "#country",
        "#adm1",
        "#date+reported",
    ];
    let mut all = Vec::new();
    for (name, first_row) in [("input-valid.csv", 4), ("input-valid.json", 4), ("input-valid.xlsx", 4)] {
        let read = read(&open(&shared("hapi_samples/hxl").join(name)), None).expect(name);
        assert_eq!(
            read.hxl
                .as_deref()
                .map(|tags| tags.iter().map(String::as_str).collect::<Vec<_>>()),
            Some(tags[..read.names.len()].to_vec()),
            "{name}"
        );
        assert_eq!(read.names[..7], names, "{name}");
        assert_eq!(read.rows[0].0, first_row, "{name}");
        assert_eq!(read.findings.rows_read, read.rows.len() as u64);
        all.push(
            read.column("Organización")
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>(),
        );
    }
    assert_eq!(all[0], all[1]);
    assert!(!all[0].is_empty());
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn json_objects_whose_members_are_hxl_tags_have_a_tag_row() {
    let read = read(&open(&shared("hapi_samples/hxl/input-valid-objects.json")), None).expect("a table");
    assert!(read.hxl.expect("tags").contains(&"#org+es".to_string()));
    assert_eq!(read.rows[0].0, 2);
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn a_file_without_hash_signs_has_no_tags() {
    for name in ["input-invalid.csv", "input-untagged.json"] {
        let read = read(&open(&shared("hapi_samples/hxl").join(name)), None).expect(name);
        assert_eq!(read.hxl, None, "{name}");
    }
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn ucdp_geojson_and_flatgeobuf_hold_the_same_1848_events() {
    let geojson = read(&open(&shared("ucdp/ged_v23_1_car_482.geojson.gz")), None).expect("GeoJSON");
    let flatgeobuf = read(&open(&shared("ucdp/ged_v23_1_car_482.fgb")), None).expect("FlatGeobuf");
    assert_eq!((geojson.rows.len(), flatgeobuf.rows.len()), (1848, 1848));
    let sorted = |read: &Read, name: &str| {
        let mut cells: Vec<String> = read.column(name).iter().map(ToString::to_string).collect();
        cells.sort();
        cells
    };
    for column in ["id", "best", "date_start", "where_coordinates"] {
        assert_eq!(sorted(&geojson, column), sorted(&flatgeobuf, column), "{column}");
    }
    for read in [&geojson, &flatgeobuf] {
        assert_eq!(sum(read, "best"), 14_948);
        assert!(
            read.column("latitude")
                .iter()
                .all(|cell| cell.parse::<f64>().is_ok_and(|l| (2.0..12.0).contains(&l)))
        );
    }
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn every_ucdp_file_is_read_without_a_rejected_row() {
    let events = [
        ("hdx_conflict_data_sdn_1989_2023.csv.gz", 3822, 106_270, 50),
        ("hdx_conflict_data_nga_1990_2019.csv.gz", 4603, 57_032, 53),
        ("hdx_conflict_data_irq.csv.gz", 7473, 120_631, 45),
        ("hdx_conflict_data_ukr_2014_2021.csv.gz", 2989, 7882, 50),
        ("GEDEvent_v26_0_1.csv.gz", 1727, 33_867, 49),
    ];
    for (name, count, deaths, columns) in events {
        let read = read(&open(&shared("ucdp").join(name)), None).expect(name);
        assert_eq!(read.names.len(), columns, "{name}");
        assert_eq!(read.rows.len(), count, "{name}");
        assert_eq!(read.findings.rows_rejected, 0, "{name}");
        assert_eq!(sum(&read, "best"), deaths, "{name}");
    }
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn the_web_export_s_trailing_commas_shift_nothing() {
    let read = read(&open(&shared("ucdp/ucdp_web_export_sudan_2025-01-04.csv.gz")), None).expect("a table");
    assert_eq!(read.names.len(), 47);
    assert_eq!(read.findings.rows_rejected, 0);
    let days = read.column("date_start");
    assert!(
        days.iter()
            .all(|cell| lysoen_sources::cell::us_date(cell).is_ok_and(|day| day.is_some()))
    );
}

/// The sum of a column of whole numbers.
fn sum(read: &Read, column: &str) -> i64 {
    read.column(column)
        .iter()
        .filter_map(|cell| lysoen_sources::cell::integer(cell).expect("a whole number"))
        .sum()
}
