//! Files that are not as they should be: what is wrong is said, and the good rows are kept.

use std::time::{Duration, SystemTime};

use lysoen_sources::catalog::Catalog;
use lysoen_sources::finding::Severity;
use lysoen_sources::input::{FileKind, Input};
use lysoen_sources::reader::ReadError;
use lysoen_sources::recognise::recognise;
use proptest::prelude::*;

use crate::input::{file, folder, gzip, open, read, read_bytes, zip};

#[test]
fn windows_1252_is_read_and_a_note_says_so() {
    let read = read_bytes("a.csv", b"country,note\nC\xf4te d'Ivoire,it\x92s\n").expect("a table");
    assert_eq!(read.rows[0].1, ["Côte d'Ivoire", "it’s"]);
    let expected =
        "a.csv: found text in windows-1252, expected UTF-8; the text was converted, look at names with accents";
    assert_eq!(read.found(Severity::Note), [expected]);
}

#[test]
fn utf_16_is_read_with_and_without_a_byte_order_mark() {
    let text = "country,year\nPérou,1992\nTürkiye,2016\n";
    let le: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let be: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let marked = |mark: [u8; 2], bytes: &[u8]| [&mark[..], bytes].concat();
    for bytes in [marked([0xff, 0xfe], &le), marked([0xfe, 0xff], &be), le, be] {
        let folder = folder();
        let input = open(&file(&folder, "a.csv", &bytes));
        assert_eq!(input.encoding(), "utf-16");
        let read = read(&input, None).expect("a table");
        assert_eq!(read.names, ["country", "year"]);
        assert_eq!(read.column("country"), ["Pérou", "Türkiye"]);
    }
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_first_name() {
    let folder = folder();
    let input = open(&file(&folder, "a.csv", "\u{feff}id,x\r\n1,2\r\n"));
    assert_eq!(input.encoding(), "utf-8 with BOM");
    assert!(input.head().starts_with("id"));
    let read = read(&input, None).expect("a table");
    assert_eq!(read.names, ["id", "x"]);
    assert_eq!(read.rows[0].1, ["1", "2"]);
    assert!(read.findings.list().is_empty());
}

#[test]
fn one_byte_that_is_not_utf_8_far_into_a_file_costs_nothing_but_a_warning() {
    let mut bytes = b"name,n\n".to_vec();
    for n in 0..20_000 {
        bytes.extend(format!("Perú,{n}\n").bytes());
    }
    bytes.extend(b"Per\xfa,20000\nPer\xc3\xba,20001\n");
    let folder = folder();
    let input = open(&file(&folder, "a.csv", &bytes));
    let read = read(&input, None).expect("a table");
    assert_eq!(read.rows.len(), 20_002);
    assert!(read.column("name").iter().all(|name| *name == "Perú"));
    let expected = "a.csv, row 20002, column name: found Perú, expected text in UTF-8; it was read as Windows-1252";
    assert_eq!(read.found(Severity::Warning), [expected]);
    let mut text = String::new();
    std::io::Read::read_to_string(&mut input.text().expect("readable"), &mut text).expect("text() is UTF-8");
    assert!(text.ends_with("Perú,20000\nPerú,20001\n"));
}

#[test]
fn crlf_is_no_part_of_the_last_cell() {
    let read = read_bytes("a.csv", "a,b\r\n1,2\r\n3,4\r\n").expect("a table");
    assert_eq!(read.column("b"), ["2", "4"]);
    assert_eq!(read.rows[1].0, 3);
}

#[test]
fn one_superfluous_comma_at_the_end_is_dropped_and_a_second_is_not() {
    let read = read_bytes("a.csv", "a,b\n1,2,\n3,4,\n5,6,,\n").expect("a table");
    assert_eq!(read.column("b"), ["2", "4"]);
    assert_eq!(
        read.found(Severity::Rejected),
        ["a.csv, row 4: found 4 cells, expected 2 cells, as in the header"]
    );
}

#[test]
fn ragged_rows_are_rejected_and_counted() {
    let read = read_bytes("a.csv", "a,b,c\n1,2,3\n1,2\n1,2,3,4\n7,8,9\n").expect("a table");
    assert_eq!(read.rows.iter().map(|row| row.0).collect::<Vec<_>>(), [2, 5]);
    let expected = [
        "a.csv, row 3: found 2 cells, expected 3 cells, as in the header",
        "a.csv, row 4: found 4 cells, expected 3 cells, as in the header",
    ];
    assert_eq!(read.found(Severity::Rejected), expected);
    assert_eq!((read.findings.rows_read, read.findings.rows_rejected), (4, 2));
}

#[test]
fn a_row_of_hxl_tags_is_not_data() {
    let read = read_bytes("a.csv", "Country,Killed\n#country+code,#affected+killed\nSDN,3\n").expect("a table");
    assert_eq!(read.hxl.expect("tags"), ["#country+code", "#affected+killed"]);
    assert_eq!(read.rows, [(3, vec!["SDN".to_string(), "3".to_string()])]);
    assert_eq!(read.findings.rows_read, 1);
}

#[test]
fn a_comment_that_begins_with_a_hash_is_no_row_of_tags() {
    let read = read_bytes("a.csv", "rank,name,note\n#1,Sudan,worst\n#2,Mali,bad\n").expect("a table");
    assert_eq!(read.hxl, None);
    assert_eq!(read.rows.len(), 2);
}

#[test]
fn headings_and_notes_that_begin_with_a_hash_are_no_row_of_tags() {
    for text in [
        "# Real input data for tests\n\nGathered from public sources\n",
        "#Albania\nThe Republic declares that it does not consider itself bound.\n\n#Algeria\nIdem.\n",
        "#Iran (Islamic Republic of)\n#Iraq\n",
        "# of people,# of camps\n12,3\n",
        "#1,#2\n12,3\n",
    ] {
        let folder = folder();
        let input = open(&file(&folder, "README.md", text));
        assert_eq!(input.records(None).expect("rows").hxl(), None, "{text}");
        let error = recognise(&input, Catalog::builtin(), None)
            .expect_err("no table of tags")
            .to_string();
        assert!(error.contains("was not recognised"), "{error}");
    }
}

#[test]
fn a_row_of_tags_may_have_gaps_a_row_number_and_room_around_its_signs() {
    let tags = [
        "0,,#date+year,#affected+killed",
        " #date +year ,,#affected + killed,#adm1+code",
    ];
    for tags in tags {
        let read = read_bytes("a.csv", format!("n,x,y,z\n{tags}\n1,2,3,4\n")).expect("a table");
        assert!(read.hxl.is_some(), "{tags}");
        assert_eq!(read.rows.len(), 1);
    }
}

#[test]
fn of_two_columns_with_one_name_the_first_is_read_and_a_warning_says_so() {
    let read = read_bytes("a.csv", "id,Name,name,,\n1,x,y,,\n").expect("a table");
    assert_eq!(
        read.found(Severity::Warning),
        [
            "a.csv, column name: found a second column of the same name, expected each name once; the first column of this name is read"
        ]
    );
    let folder = folder();
    let input = open(&file(&folder, "a.csv", "id,Name,name\n1,x,y\n"));
    assert_eq!(input.records(None).expect("a table").header().index(" NAME "), Some(1));
}

#[test]
fn a_nul_character_is_taken_out_and_a_warning_says_so() {
    let read = read_bytes("a.csv", "id,name\n1,Su\0dan\n2,Mali\n").expect("a table");
    assert_eq!(read.column("name"), ["Sudan", "Mali"]);
    let expected = "a.csv, row 2, column name: found a NUL character, expected text; the character was taken out";
    assert_eq!(read.found(Severity::Warning), [expected]);
}

#[test]
fn a_header_alone_is_a_table_without_rows() {
    let read = read_bytes("a.csv", "id,name\n").expect("a table");
    assert_eq!((read.names.len(), read.rows.len(), read.findings.rows_read), (2, 0, 0));
}

#[test]
fn a_file_is_told_by_its_bytes_and_never_by_its_name() {
    let r_data = gzip(b"RDX3\nX\n\0\0\0\x03");
    let cases: [(&[u8], FileKind, &str); 8] = [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", FileKind::Image, "a picture"),
        (
            b"\n<!DOCTYPE html><html><body>504 Gateway Time-out</body></html>",
            FileKind::Html,
            "an HTML page, probably an error page",
        ),
        (b"", FileKind::Empty, "an empty file"),
        (b"\xef\xbb\xbf \r\n", FileKind::Empty, "an empty file"),
        (b"%PDF-1.7\n", FileKind::Pdf, "a PDF document"),
        (&r_data, FileKind::RData, "R data"),
        (
            b"\x01\x02\x00\x03\x04\x00\x00\xff\xfe\x00\x07\x08",
            FileKind::Binary,
            "a binary file of no known kind",
        ),
        (b"<?xml version='1.0'?><a/>", FileKind::Xml, "XML"),
    ];
    let folder = folder();
    for (bytes, kind, words) in cases {
        let input = open(&file(&folder, "data.csv", bytes));
        assert_eq!(input.kind(), kind);
        let error = recognise(&input, &Catalog::default(), None)
            .expect_err("no table")
            .to_string();
        assert!(error.contains(&format!("was not recognised: it is {words}")), "{error}");
        assert!(kind == FileKind::Xml || input.records(None).is_err());
    }
}

#[test]
fn r_data_is_to_be_converted_first() {
    let folder = folder();
    let input = open(&file(&folder, "unhcr.rda", gzip(b"RDX3\nX\n")));
    let error = recognise(&input, &Catalog::default(), None)
        .expect_err("no table")
        .to_string();
    assert!(
        error.ends_with("Convert it to CSV first, in R with write.csv"),
        "{error}"
    );
}

#[test]
fn a_corrupt_workbook_is_an_error_and_no_panic() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for row in 0..50 {
        sheet.write(row, 0, format!("name {row}")).expect("in range");
        sheet.write(row, 1, row).expect("in range");
    }
    let whole = workbook.save_to_buffer().expect("memory takes it");
    let folder = folder();
    for length in [60, whole.len() / 2, whole.len() - 30] {
        let path = file(&folder, "a.xlsx", &whole[..length]);
        let error = Input::open(&path).map(|inputs| inputs[0].records(None).map(|_| ()));
        let message = match error {
            Err(e) | Ok(Err(e)) => e.to_string(),
            Ok(Ok(())) => panic!("a cut workbook of {length} bytes was read"),
        };
        assert!(message.contains("damaged"), "{message}");
    }
}

#[test]
fn names_over_merged_cells_are_joined_with_those_below() {
    use rust_xlsxwriter::{Format, Workbook};
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let plain = Format::new();
    sheet
        .merge_range(0, 0, 0, 4, "Table 3: people killed and displaced", &plain)
        .expect("in range");
    sheet.merge_range(1, 0, 2, 0, "Country", &plain).expect("in range");
    sheet.merge_range(1, 1, 1, 2, "Killed", &plain).expect("in range");
    sheet.merge_range(1, 3, 1, 4, "Displaced", &plain).expect("in range");
    for (column, name) in ["low", "best", "conflict", "disaster"].iter().enumerate() {
        sheet.write(2, 1 + column as u16, *name).expect("in range");
    }
    sheet.write(3, 0, "Sudan").expect("in range");
    for column in 1..5 {
        sheet.write(3, column, u32::from(column) * 10).expect("in range");
    }
    let read = read_bytes("a.xlsx", workbook.save_to_buffer().expect("memory takes it")).expect("a table");
    assert_eq!(
        read.names,
        [
            "Country",
            "Killed / low",
            "Killed / best",
            "Displaced / conflict",
            "Displaced / disaster"
        ]
    );
    assert_eq!(
        read.rows,
        [(4, ["Sudan", "10", "20", "30", "40"].map(String::from).to_vec())]
    );
}

#[test]
fn one_cell_at_the_far_corner_of_a_sheet_does_not_take_all_memory() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, (name, number)) in [("name", "number"), ("a", "1")].iter().enumerate() {
        sheet.write(row as u32, 0, *name).expect("in range");
        sheet.write(row as u32, 1, *number).expect("in range");
    }
    sheet.write(1_048_575, 16_383, "lost").expect("in range");
    let read = read_bytes("a.xlsx", workbook.save_to_buffer().expect("memory takes it")).expect("a table");
    assert_eq!(read.rows.len(), 1);
    assert_eq!(read.found(Severity::Warning).len(), 1);
    assert!(read.found(Severity::Warning)[0].starts_with("a.xlsx, row 1048576, column XFD: found lost"));
}

#[test]
fn damaged_archives_and_damaged_gzip_are_errors() {
    let table: String = (0..5000).map(|n| format!("{n},{}\n", n * 7919 % 10_007)).collect();
    let folder = folder();
    let packed = gzip(table.as_bytes());
    let cut = file(&folder, "cut.csv.gz", &packed[..packed.len() / 2]);
    assert!(Input::open(&cut).and_then(|inputs| read(&inputs[0], None)).is_err());
    let mut flipped = zip(&[("a.csv", table.as_bytes())]);
    let middle = flipped.len() / 2;
    flipped[middle] ^= 0x10;
    let flipped = file(&folder, "flipped.zip", flipped);
    assert!(Input::open(&flipped).and_then(|inputs| read(&inputs[0], None)).is_err());
}

#[test]
fn a_file_that_changes_after_it_was_opened_is_told() {
    let folder = folder();
    let path = file(&folder, "a.csv", "a,b\n1,2\n");
    let input = open(&path);
    input.sha256().expect("readable");
    assert!(input.verify_unchanged().is_ok());
    // Touched but the same: as good as unchanged.
    let touched = std::fs::File::options().append(true).open(&path).expect("writable");
    touched
        .set_modified(SystemTime::now() + Duration::from_secs(60))
        .expect("a time");
    assert!(input.verify_unchanged().is_ok());
    std::fs::write(&path, "a,b\n1,3\n").expect("writable");
    assert!(matches!(input.verify_unchanged(), Err(ReadError::Changed { .. })));
    let input = open(&path);
    std::fs::write(&path, "a,b\n1,2\n3,4\n").expect("writable");
    assert!(matches!(input.verify_unchanged(), Err(ReadError::Changed { .. })));
    assert!(matches!(input.sha256(), Err(ReadError::Changed { .. })));
    std::fs::remove_file(&path).expect("there");
    assert!(input.verify_unchanged().is_err());
}

#[test]
fn damaged_json_names_the_row() {
    let error = read_bytes("a.json", "[{\"a\": 1}, {\"a\": 2}, {\"a\": ")
        .map(|_| ())
        .expect_err("cut")
        .to_string();
    assert!(
        error.contains("row 3") && error.contains("the end in the middle of a value"),
        "{error}"
    );
    assert!(read_bytes("a.json", "{\"message\": \"not found\"}").is_err());
    assert!(read_bytes("a.json", "[1, 2]").is_err());
}

fn read_anything(name: &str, bytes: &[u8]) {
    let folder = folder();
    let path = file(&folder, name, bytes);
    for input in Input::open(&path).into_iter().flatten() {
        if let Ok(read) = read(&input, None) {
            let rows = read.rows.len() as u64;
            assert_eq!(read.findings.rows_read, rows + read.findings.rows_rejected);
            assert!(read.rows.iter().all(|(_, cells)| cells.len() == read.names.len()));
            assert!(read.rows.windows(2).all(|pair| pair[0].0 < pair[1].0));
        }
    }
}

proptest! {
    #[test]
    fn no_bytes_make_the_records_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        read_anything("a.csv", &bytes);
    }

    #[test]
    fn no_text_like_a_table_makes_the_records_panic(text in "([a-c0-9#+,;|\t\"\r\n\0é{}\\[\\]:<>]|\r\n){0,200}") {
        read_anything("a.csv", text.as_bytes());
    }

    #[test]
    fn no_json_makes_the_records_panic(text in "\\[?[{\\[]([\"ab,:{}\\[\\] 1\\\\]|\"a\":|features){0,60}") {
        read_anything("a.json", text.as_bytes());
    }

    #[test]
    fn what_csv_writes_is_read_back(cells in proptest::collection::vec(proptest::collection::vec("[a-zé \",;\n]{1,8}", 3), 1..20)) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["one", "two", "three"]).expect("memory takes it");
        cells.iter().for_each(|row| writer.write_record(row).expect("memory takes it"));
        let bytes = writer.into_inner().expect("memory takes it");
        let written: Vec<Vec<String>> = cells.into_iter().filter(|row| row.iter().any(|cell| !cell.trim().is_empty())).collect();
        let folder = folder();
        let input = open(&file(&folder, "a.csv", &bytes));
        prop_assume!(input.delimiter() == b',');
        let read: Vec<Vec<String>> = read(&input, None).expect("a table").rows.into_iter().map(|row| row.1).collect();
        prop_assert_eq!(read, written);
    }
}
