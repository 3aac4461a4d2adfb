//! The forms of output, read back by others' readers.

use std::io::{Cursor, Write};
use std::path::Path;

use arrow::array::AsArray;
use arrow::datatypes::{DataType, Date32Type, Float64Type, Int64Type};
use calamine::{Data, Reader, Xlsx};
use jiff::civil::date;
use lysoen::console::{Captured, Console};
use lysoen::output::{Format, OutputError, Target, decimal, grouped, plain, whole};
use lysoen_answers::sheet::{Cell, Column, Kind, Sheet, SourceNote};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use crate::run;

fn column(name: &'static str, kind: Kind) -> Column {
    Column { name, kind }
}

fn sheet() -> Sheet {
    Sheet {
        title: "People killed, 2024".to_string(),
        columns: vec![
            column("place", Kind::Text),
            column("killed", Kind::Count),
            column("per_100k", Kind::Number),
            column("as_of", Kind::Date),
        ],
        rows: vec![
            vec![
                "=cmd()|'/c calc'!A1".into(),
                160_900i64.into(),
                0.1f64.into(),
                date(2025, 6, 1).into(),
            ],
            vec![
                "A \"quoted\", place\nof two lines".into(),
                Cell::Missing,
                Cell::Missing,
                Cell::Missing,
            ],
            vec![
                "Côte d'Ivoire".into(),
                (-7i64).into(),
                123_456_789_012_345.0f64.into(),
                date(1989, 1, 1).into(),
            ],
            vec!["".into(), 0i64.into(), 1e300f64.into(), date(1850, 1, 1).into()],
        ],
        sources: vec![SourceNote {
            id: "ucdp-ged".to_string(),
            title: "Uppsala University: GED".to_string(),
            licence: "CC-BY-4.0".to_string(),
            citation: "Sundberg and Melander (2013)".to_string(),
            as_of: Some(date(2025, 6, 1)),
        }],
        notes: vec!["Replay as of 2024-12-31.".to_string()],
    }
}

fn console() -> (Console, Captured) {
    Console::captured("2025-07-01T12:00:00Z".parse().expect("a time"))
}

fn written(format: Format, sheet: &Sheet) -> Captured {
    let (mut console, wrote) = console();
    let target = Target {
        format: Some(format),
        file: None,
    };
    let rows = target.sheet(&mut console, sheet).expect("written");
    assert_eq!(rows, sheet.rows.len() as u64);
    wrote
}

#[test]
fn csv_can_be_read_back_and_no_cell_of_it_is_run_by_a_spreadsheet() {
    let text = written(Format::Csv, &sheet()).out();
    assert!(
        text.starts_with("place,killed,per_100k,as_of\r\n'=cmd()|'/c calc'!A1,160900,0.1,2025-06-01\r\n"),
        "{text}"
    );
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().expect("CSV");
    assert_eq!(rows.len(), 4);
    assert_eq!(&rows[1][0], "A \"quoted\", place\nof two lines");
    assert_eq!(
        [&rows[1][1], &rows[1][2], &rows[1][3]],
        ["", "", ""],
        "missing is empty, never zero"
    );
    assert_eq!(&rows[2][1], "-7", "a negative number is no formula");
    assert_eq!(&rows[2][2], "123456789012345");
    assert_eq!(&rows[3][1], "0");
    assert_eq!(rows[3][2].parse::<f64>().expect("a number"), 1e300);
}

#[test]
fn text_that_begins_like_a_formula_is_neutralised_in_every_column_and_header() {
    let mut sheet = sheet();
    sheet.columns[0].name = "@place";
    sheet.rows = ["=1+1", "+1+cmd", "-2+3", "@SUM(A1)", "\tx", "-7.5", "+31"]
        .iter()
        .map(|text| vec![(*text).into(), Cell::Missing, Cell::Missing, Cell::Missing])
        .collect();
    let text = written(Format::Csv, &sheet).out();
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes());
    let first: Vec<String> = reader.records().map(|row| row.expect("CSV")[0].to_string()).collect();
    assert_eq!(
        first,
        [
            "'@place",
            "'=1+1",
            "'+1+cmd",
            "'-2+3",
            "'@SUM(A1)",
            "'\tx",
            "-7.5",
            "+31"
        ],
        "numbers stay numbers"
    );
}

#[test]
fn json_holds_title_notes_sources_and_rows_with_null_for_what_is_missing() {
    let text = written(Format::Json, &sheet()).out();
    let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(json["title"], "People killed, 2024");
    assert_eq!(json["notes"][0], "Replay as of 2024-12-31.");
    assert_eq!(json["sources"][0]["licence"], "CC-BY-4.0");
    assert_eq!(json["sources"][0]["as_of"], "2025-06-01");
    assert_eq!(
        json["rows"][0]["place"], "=cmd()|'/c calc'!A1",
        "JSON is not run by a spreadsheet"
    );
    assert_eq!(json["rows"][0]["killed"], 160_900);
    assert!(json["rows"][1]["killed"].is_null());
    assert_eq!(json["rows"][3]["killed"], 0);
    let keys: Vec<&String> = json["rows"][0].as_object().expect("an object").keys().collect();
    assert_eq!(keys, ["place", "killed", "per_100k", "as_of"]);
}

#[test]
fn json_of_no_rows_is_still_json() {
    let mut sheet = sheet();
    sheet.rows.clear();
    let json: serde_json::Value = serde_json::from_str(&written(Format::Json, &sheet).out()).expect("JSON");
    assert_eq!(json["rows"], serde_json::json!([]));
}

#[test]
fn parquet_can_be_read_back_with_its_types_and_sources() {
    let mut file = tempfile::tempfile().expect("a file");
    file.write_all(&written(Format::Parquet, &sheet()).bytes())
        .expect("written");
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).expect("Parquet");
    let metadata = builder
        .metadata()
        .file_metadata()
        .key_value_metadata()
        .expect("metadata")
        .clone();
    let sources = metadata
        .iter()
        .find(|pair| pair.key == "sources")
        .and_then(|pair| pair.value.clone());
    assert!(sources.is_some_and(|text| text.contains("Sundberg and Melander (2013)")));
    let batch = builder
        .build()
        .expect("a reader")
        .next()
        .expect("a batch")
        .expect("rows");
    let types: Vec<DataType> = batch.schema().fields().iter().map(|f| f.data_type().clone()).collect();
    assert_eq!(
        types,
        [DataType::Utf8, DataType::Int64, DataType::Float64, DataType::Date32]
    );
    let killed = batch["killed"].as_primitive::<Int64Type>();
    assert_eq!(
        killed.iter().collect::<Vec<_>>(),
        [Some(160_900), None, Some(-7), Some(0)]
    );
    assert_eq!(batch["per_100k"].as_primitive::<Float64Type>().value(0), 0.1);
    assert_eq!(batch["as_of"].as_primitive::<Date32Type>().value(0), 20_240);
    assert_eq!(batch["place"].as_string::<i32>().value(0), "=cmd()|'/c calc'!A1");
}

#[test]
fn a_workbook_of_the_same_answer_is_the_same_bytes_a_second_later() {
    let first = written(Format::Xlsx, &sheet()).bytes();
    std::thread::sleep(std::time::Duration::from_millis(1100));
    assert!(first == written(Format::Xlsx, &sheet()).bytes());
}

#[test]
fn a_workbook_has_a_sheet_of_data_and_a_sheet_of_sources_and_runs_nothing() {
    let bytes = written(Format::Xlsx, &sheet()).bytes();
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).expect("a workbook");
    assert_eq!(book.sheet_names(), ["Data", "Sources"]);
    let formulas = book.worksheet_formula("Data").expect("the sheet");
    assert!(formulas.rows().flatten().all(String::is_empty), "{formulas:?}");
    let data = book.worksheet_range("Data").expect("the sheet");
    assert_eq!(data.get_value((0, 1)), Some(&Data::String("killed".to_string())));
    assert_eq!(
        data.get_value((1, 0)),
        Some(&Data::String("=cmd()|'/c calc'!A1".to_string()))
    );
    assert_eq!(data.get_value((1, 1)), Some(&Data::Float(160_900.0)));
    assert!(matches!(data.get_value((1, 3)), Some(Data::DateTime(day)) if day.as_f64() == 45_809.0));
    assert!(
        matches!(data.get_value((2, 1)), None | Some(Data::Empty)),
        "missing is empty"
    );
    assert_eq!(
        data.get_value((4, 3)),
        Some(&Data::String("1850-01-01".to_string())),
        "before Excel's calendar"
    );
    let sources = book.worksheet_range("Sources").expect("the sheet");
    let texts: Vec<String> = sources.rows().flatten().map(ToString::to_string).collect();
    for said in [
        "People killed, 2024",
        "Replay as of 2024-12-31.",
        "CC-BY-4.0",
        "Sundberg and Melander (2013)",
    ] {
        assert!(texts.iter().any(|text| text == said), "{said} in {texts:?}");
    }
}

#[test]
fn binary_forms_are_refused_at_a_terminal_with_what_to_do() {
    for format in [Format::Parquet, Format::Xlsx] {
        let (mut console, wrote) = console();
        console.out_is_terminal = true;
        let target = Target {
            format: Some(format),
            file: None,
        };
        let error = target.sheet(&mut console, &sheet()).expect_err("refused");
        assert!(matches!(error, OutputError::Terminal { .. }));
        assert!(error.to_string().contains("--output answer."), "{error}");
        assert!(wrote.bytes().is_empty());
    }
}

#[test]
fn a_table_sets_numbers_to_the_right_in_groups_and_leaves_missing_values_blank_of_digits() {
    let mut sheet = sheet();
    sheet.rows.truncate(2);
    let text = written(Format::Table, &sheet).out();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "People killed, 2024");
    assert!(
        lines
            .iter()
            .any(|line| line.contains("160,900   ") && line.contains("0.1000")),
        "{text}"
    );
    assert!(lines.iter().any(|line| line.contains("–")), "{text}");
    assert!(!text.contains('\u{1b}'), "no escape sequences where colour is off");
}

#[test]
fn a_table_of_a_narrow_terminal_names_the_columns_for_which_there_is_no_room() {
    let (mut console, wrote) = console();
    console.width = Some(40);
    let columns = ["one_column", "another_column", "a_third_column", "a_fourth_column"];
    let sheet = Sheet {
        title: String::new(),
        columns: columns.iter().map(|name| column(name, Kind::Count)).collect(),
        rows: vec![vec![123_456i64.into(); 4]],
        sources: Vec::new(),
        notes: Vec::new(),
    };
    Target::default().sheet(&mut console, &sheet).expect("written");
    let text = wrote.out();
    assert!(text.lines().all(|line| line.chars().count() <= 40), "{text}");
    assert!(text.contains("Not shown for want of room"), "{text}");
    assert!(text.contains("a_fourth_column"), "{text}");
}

#[test]
fn control_characters_of_a_file_never_reach_the_terminal() {
    let mut sheet = sheet();
    sheet.rows = vec![vec![
        "\u{1b}[31mred\u{7}".into(),
        Cell::Missing,
        Cell::Missing,
        Cell::Missing,
    ]];
    let text = written(Format::Table, &sheet).out();
    assert!(!text.contains('\u{1b}') && !text.contains('\u{7}'), "{text:?}");
}

#[test]
fn a_file_gets_its_name_only_once_it_is_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("picture.xlsx");
    std::fs::write(&path, "what was there").expect("written");
    let target = Target {
        format: None,
        file: Some(path.clone()),
    };
    let (mut console, _) = console();
    let mut broken = sheet();
    // A column name that no worksheet takes: longer than a cell.
    broken.columns[0].name = Box::leak("x".repeat(40_000).into_boxed_str());
    target.sheet(&mut console, &broken).expect_err("too long for a cell");
    assert_eq!(std::fs::read_to_string(&path).expect("read"), "what was there");
    target.sheet(&mut console, &sheet()).expect("written");
    assert_eq!(
        &std::fs::read(&path).expect("read")[..2],
        b"PK",
        "the name told the form"
    );
    assert_eq!(names(folder.path()), ["picture.xlsx"], "nothing passing is left");
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    entries
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect()
}

#[test]
fn numbers_are_written_in_the_fewest_digits_that_give_them_back() {
    for (number, text) in [
        (0.1, "0.1"),
        (-0.0, "0"),
        (160_900.0, "160900"),
        (1e14, "100000000000000"),
        (1e15, "1e15"),
        (0.000_001, "0.000001"),
    ] {
        assert_eq!(plain(number), text);
        assert_eq!(text.parse::<f64>().expect("a number"), number);
    }
}

#[test]
fn digits_are_grouped_and_a_year_is_a_year() {
    assert_eq!(whole(2024.0), "2024");
    assert_eq!(whole(12_345.0), "12,345");
    assert_eq!(grouped(2366.0), "2,366");
    assert_eq!(grouped(12_345.0), "12,345");
    assert_eq!(grouped(-1_234_567.0), "\u{2212}1,234,567");
    assert_eq!(decimal(12_345.678, 1), "12,345.7");
    assert_eq!(decimal(0.5, 2), "0.50");
}

#[test]
fn a_query_streams_to_every_form() {
    let folder = tempfile::tempdir().expect("a folder");
    let sql = "SELECT 1 AS n, CAST(0.5 AS DOUBLE) AS x, '=x' AS t, true AS b, NULL AS nothing, DATE '2024-02-29' AS d";
    let csv = run(folder.path(), &["query", sql, "--format", "csv", "--quiet"]);
    assert_eq!(csv.wrote.out(), "n,x,t,b,nothing,d\r\n1,0.5,'=x,true,,2024-02-29\r\n");
    let json = run(folder.path(), &["query", sql, "--format", "json", "--quiet"])
        .wrote
        .out();
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let row = serde_json::json!({"n": 1, "x": 0.5, "t": "=x", "b": true, "nothing": null, "d": "2024-02-29"});
    assert_eq!(json["rows"], serde_json::json!([row]));
    let file = folder.path().join("answer.parquet");
    let ran = run(
        folder.path(),
        &[
            "query",
            "SELECT 41 + 1 AS answer",
            "--output",
            &file.display().to_string(),
        ],
    );
    assert_eq!(ran.code(), 0);
    let file = std::fs::File::open(&file).expect("a file");
    let reader = ParquetRecordBatchReaderBuilder::try_new(file).expect("Parquet");
    let batch = reader
        .build()
        .expect("a reader")
        .next()
        .expect("a batch")
        .expect("rows");
    assert_eq!(batch["answer"].as_primitive::<Int64Type>().value(0), 42);
}

#[test]
fn a_table_shows_the_first_hundred_rows_of_a_query_and_says_how_many_more_there_are() {
    let folder = tempfile::tempdir().expect("a folder");
    let sql =
        "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 250) SELECT n FROM c ORDER BY n";
    let ran = run(folder.path(), &["query", sql, "--quiet"]);
    let text = ran.wrote.out();
    assert_eq!(ran.code(), 0);
    assert!(text.contains("\n100\n"), "{text}");
    assert!(!text.contains("\n101\n"), "{text}");
    assert!(text.contains("… and 150 more rows"), "{text}");
}
