//! Files of draws, in any order of their rows, on any number of threads, with what is wrong in them.

use std::fs::File;
use std::io::Write;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::array::{ArrayRef, Float32Array, Float64Array, Int64Array, RecordBatch, StringArray};
use flate2::Compression;
use flate2::write::GzEncoder;
use lysoen_lexicon::panel::Month;
use lysoen_sources::draws::{DrawsFile, DrawsRead, UnitColumn};
use lysoen_sources::finding::Severity;
use parquet::arrow::ArrowWriter;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use proptest::prelude::*;

/// Month, unit, draw, outcome.
type Row = (i64, i64, i64, f64);

fn file(folder: &Path, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, content).unwrap();
    path
}

fn csv(rows: &[Row]) -> String {
    let line = |(month, unit, draw, outcome): &Row| format!("{month},{unit},{draw},{outcome}\n");
    let lines: String = rows.iter().map(line).collect();
    format!("month_id,country_id,draw,outcome\n{lines}")
}

/// Writes the rows as Parquet in row groups of so many rows.
fn parquet(folder: &Path, rows: &[Row], group: usize) -> PathBuf {
    let column = |of: fn(&Row) -> i64| Arc::new(Int64Array::from_iter_values(rows.iter().map(of))) as ArrayRef;
    let columns = vec![
        (
            "outcome",
            Arc::new(Float64Array::from_iter_values(rows.iter().map(|r| r.3))) as ArrayRef,
        ),
        ("month_id", column(|r| r.0)),
        ("country_id", column(|r| r.1)),
        ("draw", column(|r| r.2)),
    ];
    written(folder, columns, group, None)
}

fn written(folder: &Path, columns: Vec<(&str, ArrayRef)>, group: usize, pandas: Option<&str>) -> PathBuf {
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let told = pandas.map(|text| vec![KeyValue::new("pandas".to_string(), text.to_string())]);
    let properties = WriterProperties::builder()
        .set_max_row_group_row_count(Some(group))
        .set_key_value_metadata(told)
        .build();
    let path = folder.join("draws.parquet");
    let mut writer = ArrowWriter::try_new(File::create(&path).unwrap(), batch.schema(), Some(properties)).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    path
}

/// Unit, month and draws of each ensemble.
type Ensembles = Vec<(i64, i32, Vec<f64>)>;

fn read(path: &Path, threads: usize) -> DrawsRead<Vec<f64>> {
    let draws = DrawsFile::open(path).unwrap();
    let threads = NonZeroUsize::new(threads).unwrap();
    draws.each(threads, |ensemble| ensemble.draws.clone()).unwrap()
}

fn ensembles(read: &DrawsRead<Vec<f64>>) -> Ensembles {
    let plain = read.made.iter().map(|(of, draws)| (of.unit, of.month.0, draws.clone()));
    plain.collect()
}

fn told(read: &DrawsRead<Vec<f64>>) -> Vec<String> {
    read.findings.list().iter().map(|finding| finding.to_string()).collect()
}

fn refused(path: &Path) -> String {
    match DrawsFile::open(path) {
        Ok(_) => panic!("it was opened"),
        Err(e) => e.to_string(),
    }
}

const ROWS: [Row; 6] = [
    (457, 1, 1, 0.0),
    (457, 1, 2, 2.5),
    (457, 2, 1, 7.0),
    (457, 2, 2, 0.0),
    (458, 1, 1, 1.0),
    (458, 1, 2, 3.0),
];

fn expected() -> Ensembles {
    vec![
        (1, 457, vec![0.0, 2.5]),
        (1, 458, vec![1.0, 3.0]),
        (2, 457, vec![7.0, 0.0]),
    ]
}

#[test]
fn csv_packed_csv_and_parquet_give_the_same_ensembles() {
    let folder = tempfile::tempdir().unwrap();
    let plain = file(folder.path(), "draws.csv", csv(&ROWS));
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(csv(&ROWS).as_bytes()).unwrap();
    let packed = file(folder.path(), "draws.csv.gz", packed.finish().unwrap());
    let parquet = parquet(folder.path(), &ROWS, 1 << 20);
    for path in [plain, packed, parquet] {
        let read = read(&path, 2);
        assert_eq!(ensembles(&read), expected(), "{}", path.display());
        assert_eq!(
            (read.passes, read.findings.rows_read, read.findings.rows_kept),
            (1, 6, 6)
        );
        assert!(read.findings.list().is_empty());
        assert_eq!(DrawsFile::open(&path).unwrap().unit(), UnitColumn::Country);
    }
}

#[test]
fn an_ensemble_may_go_on_over_row_groups() {
    let folder = tempfile::tempdir().unwrap();
    let rows: Vec<Row> = (0..60)
        .map(|at| (457 + at / 30, at / 10 % 3, at % 10, at as f64))
        .collect();
    let whole = ensembles(&read(&parquet(folder.path(), &rows, 60), 1));
    assert_eq!(whole.len(), 6);
    assert!(whole.iter().all(|(.., draws)| draws.len() == 10));
    for group in [1, 3, 7, 10, 25] {
        for threads in [1, 2, 5] {
            let read = read(&parquet(folder.path(), &rows, group), threads);
            assert_eq!((ensembles(&read), read.passes), (whole.clone(), 1), "groups of {group}");
        }
    }
}

#[test]
fn rows_that_stand_apart_are_brought_together() {
    let folder = tempfile::tempdir().unwrap();
    let mut by_draw = ROWS;
    by_draw.sort_by_key(|row| (row.2, row.1));
    for path in [
        file(folder.path(), "a.csv", csv(&by_draw)),
        parquet(folder.path(), &by_draw, 2),
    ] {
        assert_eq!(ensembles(&read(&path, 2)), expected());
    }
}

#[test]
fn rows_that_stand_apart_are_brought_together_in_little_memory() {
    let folder = tempfile::tempdir().unwrap();
    let rows: Vec<Row> = (0..2000)
        .map(|at| (457 + at % 4, at / 4 % 50, at / 200, at as f64))
        .collect();
    let csv = file(folder.path(), "a.csv", csv(&rows));
    let parquet = parquet(folder.path(), &rows, 300);
    let whole = read(&csv, 1);
    assert_eq!((whole.made.len(), whole.passes), (200, 1));
    for path in [csv, parquet] {
        let little = DrawsFile::open(&path).unwrap().holding(250);
        let little = little
            .each(NonZeroUsize::MIN, |ensemble| ensemble.draws.clone())
            .unwrap();
        assert!((8..20).contains(&little.passes), "{}", little.passes);
        assert_eq!(ensembles(&little), ensembles(&whole));
        assert_eq!(little.findings.rows_read, 2000, "each row is counted once");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn the_order_of_the_rows_does_not_matter(order in Just((0..48usize).collect::<Vec<_>>()).prop_shuffle(), group in 1..50usize) {
        let folder = tempfile::tempdir().unwrap();
        let row = |at: usize| (457 + (at / 16) as i64, (at / 4 % 4) as i64, (at % 4) as i64, at as f64);
        let rows: Vec<Row> = order.iter().map(|at| row(*at)).collect();
        let sorted: Vec<Row> = (0..48).map(row).collect();
        let wanted = ensembles(&read(&parquet(folder.path(), &sorted, 48), 1));
        prop_assert_eq!(ensembles(&read(&parquet(folder.path(), &rows, group), 2)), wanted);
    }
}

#[test]
fn numbers_of_other_types_are_numbers() {
    let folder = tempfile::tempdir().unwrap();
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("month_id", Arc::new(Float64Array::from(vec![457.0, 457.5]))),
        ("priogrid_gid", Arc::new(Int64Array::from(vec![62356, 62356]))),
        ("draw", Arc::new(Float32Array::from(vec![0.0, 1.0]))),
        ("outcome", Arc::new(Int64Array::from(vec![3, 4]))),
    ];
    let path = written(folder.path(), columns, 10, None);
    let read = read(&path, 1);
    assert_eq!(ensembles(&read), [(62356, 457, vec![3.0])]);
    assert_eq!(DrawsFile::open(&path).unwrap().unit(), UnitColumn::Cell);
    assert!(told(&read)[0].contains("row 3, column month_id"), "{:?}", told(&read));
}

#[test]
fn text_in_parquet_is_read_as_text() {
    let folder = tempfile::tempdir().unwrap();
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("month_id", Arc::new(Int64Array::from(vec![457, 457]))),
        ("country_id", Arc::new(StringArray::from(vec!["57", "57"]))),
        ("draw", Arc::new(Int64Array::from(vec![1, 2]))),
        ("outcome", Arc::new(StringArray::from(vec!["12.5", "many"]))),
    ];
    let read = read(&written(folder.path(), columns, 10, None), 1);
    assert_eq!(ensembles(&read), [(57, 457, vec![12.5])]);
    assert!(
        told(&read)[0].contains("row 3, column outcome: found many"),
        "{:?}",
        told(&read)
    );
}

#[test]
fn levels_of_a_pandas_index_are_known_by_their_own_names() {
    let folder = tempfile::tempdir().unwrap();
    let number = |values: [i64; 2]| Arc::new(Int64Array::from(values.to_vec())) as ArrayRef;
    let columns = vec![
        ("outcome", Arc::new(Float64Array::from(vec![1.0, 2.0])) as ArrayRef),
        ("__index_level_0__", number([457, 457])),
        ("__index_level_1__", number([9, 9])),
        ("__index_level_2__", number([0, 1])),
    ];
    let pandas = r#"{"columns": [{"name": "outcome", "field_name": "outcome"},
        {"name": "month_id", "field_name": "__index_level_0__"},
        {"name": "country_id", "field_name": "__index_level_1__"},
        {"name": "draw", "field_name": "__index_level_2__"}]}"#;
    let path = written(folder.path(), columns.clone(), 10, Some(pandas));
    assert_eq!(ensembles(&read(&path, 1)), [(9, 457, vec![1.0, 2.0])]);
    let unnamed = written(folder.path(), columns, 10, None);
    assert!(refused(&unnamed).contains("the levels of its pandas index have no names"));
}

#[test]
fn bad_rows_are_told_by_row_and_column_and_the_others_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let text = "month_id,country_id,draw,outcome\n457,1,1,5\nMarch,1,2,5\n457,,2,5\n457,1,x,5\n457,1,2,five\n457,1,3,\n\
                457,1,4,NaN\n457,1,5\n999999,1,1,5\n457,1,6,6\n";
    let read = read(&file(folder.path(), "draws.csv", text), 1);
    assert_eq!(ensembles(&read), [(1, 457, vec![5.0, 6.0])]);
    let told = told(&read);
    let wanted = [
        "row 3, column month_id: found March",
        "row 4, column country_id: found nothing",
        "row 5, column draw: found x",
        "row 6, column outcome: found five",
        "row 7, column outcome: found nothing",
        "row 8, column outcome: found NaN",
        "row 9: found 3 cells",
        "row 10, column month_id: found 999999",
    ];
    assert_eq!(told.len(), wanted.len(), "{told:?}");
    for (told, wanted) in told.iter().zip(wanted) {
        assert!(told.contains(wanted), "{told}");
    }
    assert_eq!(read.findings.rows_rejected, 8);
    assert!(read.findings.add_up());
}

#[test]
fn missing_and_endless_outcomes_in_parquet_are_told_by_row() {
    let folder = tempfile::tempdir().unwrap();
    let number = |values: [i64; 4]| Arc::new(Int64Array::from(values.to_vec())) as ArrayRef;
    let outcomes = Float64Array::from(vec![Some(1.0), None, Some(f64::INFINITY), Some(2.0)]);
    let columns = vec![
        ("month_id", number([457; 4])),
        ("country_id", number([1; 4])),
        ("draw", number([1, 2, 3, 4])),
        ("outcome", Arc::new(outcomes) as ArrayRef),
    ];
    let read = read(&written(folder.path(), columns, 2, None), 2);
    assert_eq!(ensembles(&read), [(1, 457, vec![1.0, 2.0])]);
    let told = told(&read);
    assert!(told[0].contains("row 3, column outcome: found nothing"), "{told:?}");
    assert!(told[1].contains("row 4, column outcome: found inf"), "{told:?}");
}

#[test]
fn draws_below_zero_are_kept_and_told_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut rows = ROWS;
    (rows[1].3, rows[4].3) = (-0.5, -2.0);
    for path in [
        file(folder.path(), "a.csv", csv(&rows)),
        parquet(folder.path(), &rows, 3),
    ] {
        let read = read(&path, 2);
        assert_eq!(ensembles(&read)[0].2, [0.0, -0.5]);
        let told = told(&read);
        assert_eq!(told.len(), 1);
        let wanted = "row 3, column outcome: found -0.5, and 1 more draws below zero";
        assert!(told[0].contains(wanted), "{told:?}");
        assert_eq!(read.findings.count(Severity::Warning), 1);
    }
}

#[test]
fn numbers_of_draws_that_stand_twice_are_told_and_every_row_counts() {
    let folder = tempfile::tempdir().unwrap();
    let mut rows = ROWS;
    rows[3].2 = 1;
    rows[5].2 = 1;
    let read = read(&file(folder.path(), "a.csv", csv(&rows)), 1);
    assert_eq!(ensembles(&read), expected());
    let told = told(&read);
    let wanted = "row 4, column draw: found draw 1 more than once among those of country_id 2 in 2018-01, and the like in 1 more unit-months";
    assert!(told[0].contains(wanted), "{told:?}");
}

#[test]
fn draws_stand_in_the_order_of_their_numbers() {
    let folder = tempfile::tempdir().unwrap();
    let rows = [(457, 1, 3, 30.0), (457, 1, 1, 10.0), (457, 1, 2, 20.0)];
    let read = read(&file(folder.path(), "a.csv", csv(&rows)), 1);
    assert_eq!(ensembles(&read), [(1, 457, vec![10.0, 20.0, 30.0])]);
    assert_eq!(read.made[0].0.month, Month::of(2018, 1));
}

#[test]
fn a_table_of_another_layout_is_refused_with_what_it_has() {
    let folder = tempfile::tempdir().unwrap();
    let error = refused(&file(
        folder.path(),
        "a.csv",
        "month_id,iso3,draw,outcome\n457,UKR,1,3\n",
    ));
    assert!(
        error.contains("found the columns month_id, iso3, draw, outcome"),
        "{error}"
    );
    assert!(error.contains("country_id or priogrid_gid"), "{error}");
    assert!(refused(&file(folder.path(), "b.csv", "")).contains("b.csv"));
}
