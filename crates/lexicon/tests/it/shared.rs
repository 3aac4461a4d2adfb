//! Reading the shared data folder, for tests only.

use std::collections::BTreeSet;
use std::io::Read;
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;

pub(crate) fn path(relative: &str) -> PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")).join(relative)
}

/// The text of a file, unpacked where its name ends in `.gz`, without a byte-order mark.
pub(crate) fn text(relative: &str) -> String {
    let bytes = std::fs::read(path(relative)).unwrap_or_else(|why| panic!("{relative}: {why}"));
    let mut plain = Vec::new();
    if relative.ends_with(".gz") {
        MultiGzDecoder::new(&bytes[..])
            .read_to_end(&mut plain)
            .expect("a gzip file");
    } else {
        plain = bytes;
    }
    let text = String::from_utf8_lossy(&plain).into_owned();
    text.trim_start_matches('\u{feff}').to_owned()
}

/// The distinct values of some columns, row by row; rows of HXL tags are left out.
pub(crate) fn distinct(relative: &str, columns: &[&str]) -> BTreeSet<Vec<String>> {
    let text = text(relative);
    let delimiter = if relative.contains(".tsv") { b'\t' } else { b',' };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .from_reader(text.as_bytes());
    let headers = reader.headers().expect("a header").clone();
    let at: Vec<usize> = columns
        .iter()
        .map(|column| {
            headers
                .iter()
                .position(|h| h == *column)
                .unwrap_or_else(|| panic!("{relative}: no column {column}"))
        })
        .collect();
    reader
        .records()
        .map(|record| record.expect("a record"))
        .map(|record| {
            at.iter()
                .map(|i| record.get(*i).unwrap_or_default().to_owned())
                .collect::<Vec<_>>()
        })
        .filter(|row| !row[0].starts_with('#'))
        .collect()
}

/// Files of a folder whose names begin and end so.
pub(crate) fn files(folder: &str, begin: &str, end: &str) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(path(folder))
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with(begin) && (name.ends_with(end) || name.ends_with(&format!("{end}.gz"))))
        .map(|name| format!("{folder}/{name}"))
        .collect();
    names.sort();
    assert!(!names.is_empty(), "no {begin}*{end} in {folder}");
    names
}
