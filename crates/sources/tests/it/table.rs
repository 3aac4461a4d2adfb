//! Tables of the user's own, as text.

use std::path::Path;

use lysoen_sources::finding::Severity;
use lysoen_sources::table::{Commas, Table, is_missing};

fn table(folder: &Path, text: &str) -> Table {
    let path = folder.join("table.csv");
    std::fs::write(&path, text).expect("written");
    Table::read(&path).expect("a table").0
}

fn numbers(table: &Table, column: usize) -> Vec<Option<f64>> {
    table
        .rows()
        .iter()
        .map(|row| table.number(row, column).expect("a number"))
        .collect()
}

#[test]
fn a_comma_is_the_decimal_sign_where_it_does_not_stand_between_cells_and_nothing_contradicts_that() {
    let folder = tempfile::tempdir().expect("a folder");
    let commas = table(folder.path(), "a;b\nx;0,125\ny;1234,5\n");
    assert_eq!(commas.commas(), Commas::Decimal);
    assert_eq!(numbers(&commas, 1), [Some(0.125), Some(1234.5)]);
    for delimiter in [";", "\t"] {
        let text = "a;b\nx;1,125\ny;12,345\n".replace(';', delimiter);
        let either = table(folder.path(), &text);
        assert_eq!(either.commas(), Commas::Decimal, "{text}");
        assert_eq!(numbers(&either, 1), [Some(1.125), Some(12.345)]);
    }
    let millions = table(folder.path(), "a;b\nx;1,125\ny;1,012,345\n");
    assert_eq!(millions.commas(), Commas::Thousands, "two commas say otherwise");
    assert_eq!(numbers(&millions, 1), [Some(1125.0), Some(1_012_345.0)]);
    let points = table(folder.path(), "a;b\nx;1,125\ny;0.5\n");
    assert_eq!(points.commas(), Commas::Thousands, "a point says otherwise");
    assert_eq!(numbers(&points, 1), [Some(1125.0), Some(0.5)]);
    let quoted = table(folder.path(), "a,b\nx,\"1,125\"\n");
    assert_eq!(quoted.commas(), Commas::Thousands);
    assert_eq!(numbers(&quoted, 1), [Some(1125.0)]);
    let quoted = table(folder.path(), "a,b\nx,\"1,125\"\ny,\"1,5\"\n");
    assert_eq!(quoted.commas(), Commas::Decimal, "1,5 is no thousand");
    assert_eq!(numbers(&quoted, 1), [Some(1.125), Some(1.5)]);
    let both = table(folder.path(), "a;b;c\nx;12,5;0.5\n");
    assert_eq!(both.commas(), Commas::Plain, "a point says otherwise");
    assert!(both.number(&both.rows()[0], 1).is_err());
}

#[test]
fn numbers_whose_commas_contradict_each_other_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("table.csv");
    for text in [
        "a,b\nx,\"1,5\"\ny,\"3,500.5\"\n",
        "a;b;c\nx;12,5;0.5\ny;1,234;0.5\n",
        "a,b\nx,\"1,5\"\ny,\"1,234,567\"\n",
    ] {
        std::fs::write(&path, text).expect("written");
        let error = Table::read(&path).expect_err("ambiguous").to_string();
        assert!(
            error.contains("with a decimal comma, while row 3 has") || error.contains("while row 2 has"),
            "{error}"
        );
    }
}

#[test]
fn words_for_no_value_are_missing_and_zero_is_not() {
    for word in ["", " ", "NA", "na", "N/A", "NaN", "..", "-", "x", "null"] {
        assert!(is_missing(word), "{word:?}");
    }
    for word in ["0", "none of it", "--1", "xx"] {
        assert!(!is_missing(word), "{word:?}");
    }
}

#[test]
fn rows_keep_their_numbers_and_a_row_of_another_length_is_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("table.csv");
    std::fs::write(&path, "a,b\nx,1\n\ny,2,3\nz,4\n").expect("written");
    let (table, findings) = Table::read(&path).expect("a table");
    let rows: Vec<(u64, &str)> = table.rows().iter().map(|row| (row.number, row.cell(0))).collect();
    assert_eq!(rows, [(2, "x"), (5, "z")]);
    assert_eq!(findings.count(Severity::Rejected), 1);
    assert_eq!(table.sha256().len(), 64);
}

#[test]
fn a_file_that_is_no_table_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("image.csv");
    std::fs::write(&path, b"\x89PNG\r\n\x1a\n0000").expect("written");
    let error = Table::read(&path).expect_err("no table").to_string();
    assert!(error.contains("expected a table"), "{error}");
}
