//! What a file is, by its content.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

use super::Encoding;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FileKind {
    /// Cells separated by commas, semicolons or vertical bars.
    Csv,
    /// Cells separated by tabs.
    Tsv,
    /// A workbook: xlsx, xls or ods.
    Xlsx,
    /// Apache Parquet.
    Parquet,
    /// A GeoJSON feature collection, or one feature.
    GeoJson,
    /// FlatGeobuf.
    FlatGeobuf,
    /// GeoPackage.
    GeoPackage,
    /// The geometries of an ESRI shapefile; the attributes lie in another file beside them.
    Shapefile,
    /// Other JSON.
    Json,
    /// XML.
    Xml,
    /// A web page.
    Html,
    /// A picture.
    Image,
    /// An R workspace or object.
    RData,
    /// A PDF document.
    Pdf,
    /// Something else that is not text.
    Binary,
    /// Nothing, or nothing but white space.
    Empty,
}

impl FileKind {
    /// The name used in a card's `recognise.kind`.
    pub fn name(self) -> &'static str {
        match self {
            FileKind::Csv | FileKind::Tsv => "csv",
            FileKind::Xlsx => "xlsx",
            FileKind::Parquet => "parquet",
            FileKind::GeoJson => "geojson",
            FileKind::FlatGeobuf => "flatgeobuf",
            FileKind::GeoPackage => "geopackage",
            FileKind::Shapefile => "shapefile",
            FileKind::Json => "json",
            FileKind::Xml => "xml",
            FileKind::Html => "html",
            FileKind::Image => "image",
            FileKind::RData => "rdata",
            FileKind::Pdf => "pdf",
            FileKind::Binary => "binary",
            FileKind::Empty => "empty",
        }
    }

    /// Whether the file can be read as records.
    pub fn is_table(self) -> bool {
        use FileKind::{Csv, FlatGeobuf, GeoJson, GeoPackage, Json, Parquet, Shapefile, Tsv, Xlsx};
        matches!(
            self,
            Csv | Tsv | Xlsx | Parquet | GeoJson | FlatGeobuf | GeoPackage | Shapefile | Json
        )
    }

    /// What the file is, in words.
    pub fn in_words(self) -> &'static str {
        match self {
            FileKind::Csv => "a CSV table",
            FileKind::Tsv => "a table separated by tabs",
            FileKind::Xlsx => "a workbook",
            FileKind::Parquet => "a Parquet table",
            FileKind::GeoJson => "GeoJSON",
            FileKind::FlatGeobuf => "a FlatGeobuf feature collection",
            FileKind::GeoPackage => "a GeoPackage",
            FileKind::Shapefile => "a shapefile",
            FileKind::Json => "JSON",
            FileKind::Xml => "XML",
            FileKind::Html => "an HTML page, probably an error page saved under this name",
            FileKind::Image => "a picture",
            FileKind::RData => "R data",
            FileKind::Pdf => "a PDF document",
            FileKind::Binary => "a binary file of no known kind",
            FileKind::Empty => "an empty file",
        }
    }
}

/// Whether the file is a ZIP archive that is not itself a workbook.
pub(super) fn is_archive(path: &Path) -> io::Result<bool> {
    let mut file = File::open(path)?;
    let mut magic = Vec::new();
    file.by_ref().take(4).read_to_end(&mut magic)?;
    if magic != *b"PK\x03\x04" && magic != *b"PK\x05\x06" {
        return Ok(false);
    }
    // A workbook that is damaged beyond its list of members is told as a workbook by its first member.
    match zip::ZipArchive::new(BufReader::new(File::open(path)?)) {
        Ok(archive) => Ok(!archive.file_names().flatten().any(|name| is_part_of_workbook(&name))),
        Err(_) => {
            let mut head = Vec::new();
            File::open(path)?.take(4096).read_to_end(&mut head)?;
            Ok(!looks_like_workbook(&head))
        }
    }
}

fn is_part_of_workbook(member: &str) -> bool {
    member == "[Content_Types].xml" || member == "mimetype" || member.starts_with("xl/")
}

fn looks_like_workbook(head: &[u8]) -> bool {
    let finder = |text: &[u8]| memchr::memmem::find(head, text).is_some();
    finder(b"[Content_Types].xml") || finder(b"xl/") || finder(b"mimetypeapplication/vnd.oasis")
}

/// What a file is, by its first bytes, unpacked (`head`) and decoded (`text`).
pub(super) fn of(head: &[u8], text: &str, encoding: Encoding, file_name: &str) -> FileKind {
    if let Some(kind) = by_magic(head, file_name) {
        return kind;
    }
    let start = text.trim_start();
    let begin: String = start.chars().take(1024).collect::<String>().to_ascii_lowercase();
    match start.as_bytes().first() {
        None => FileKind::Empty,
        Some(b'<') if begin.starts_with("<!doctype html") || begin.contains("<html") => FileKind::Html,
        Some(b'<') => FileKind::Xml,
        Some(b'{') if text.contains("\"FeatureCollection\"") || is_one_feature(text) => FileKind::GeoJson,
        Some(b'{' | b'[') => FileKind::Json,
        Some(_) if is_binary(text, encoding) => FileKind::Binary,
        Some(_) => FileKind::Csv,
    }
}

/// Whether JSON text is a GeoJSON feature that stands alone: by its first member, and by its type.
pub(crate) fn is_one_feature(text: &str) -> bool {
    let after_name = |name: &str, text: &str| -> Option<String> {
        let rest = text.strip_prefix(name)?.trim_start().strip_prefix(':')?;
        Some(rest.trim_start().chars().take(9).collect())
    };
    let inside = text.trim_start().trim_start_matches('{').trim_start();
    let opens_a_feature = ["\"type\"", "\"properties\"", "\"geometry\"", "\"id\"", "\"bbox\""]
        .iter()
        .any(|name| after_name(name, inside).is_some());
    let mut types = memchr::memmem::find_iter(text.as_bytes(), "\"type\"");
    opens_a_feature
        && !text.contains("\"FeatureCollection\"")
        && !text.contains("\"features\"")
        && types.any(|at| after_name("\"type\"", &text[at..]).as_deref() == Some("\"Feature\""))
}

fn by_magic(head: &[u8], file_name: &str) -> Option<FileKind> {
    let name = file_name.to_ascii_lowercase();
    let named_r = [".rda", ".rdata", ".rds"].iter().any(|end| name.ends_with(end));
    Some(match head {
        [] => FileKind::Empty,
        [0x89, b'P', b'N', b'G', ..] | [0xff, 0xd8, 0xff, ..] | [b'G', b'I', b'F', b'8', ..] => FileKind::Image,
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => FileKind::Image,
        [b'I', b'I', 0x2a, 0, ..] | [b'M', b'M', 0, 0x2a, ..] => FileKind::Image,
        [b'%', b'P', b'D', b'F', ..] => FileKind::Pdf,
        [b'P', b'A', b'R', b'1', ..] => FileKind::Parquet,
        [b'f', b'g', b'b', 3, b'f', b'g', b'b', ..] => FileKind::FlatGeobuf,
        [b'S', b'Q', b'L', b'i', b't', b'e', ..] if is_geopackage(head) => FileKind::GeoPackage,
        [0, 0, 0x27, 0x0a, ..] if head.get(28..32) == Some(&[0xe8, 0x03, 0, 0]) => FileKind::Shapefile,
        [b'R', b'D', b'X' | b'A', b'2' | b'3', b'\n', ..] | [b'X' | b'A', b'\n', 0, 0, ..] => FileKind::RData,
        [b'B', b'Z', b'h', ..] | [0xfd, b'7', b'z', b'X', b'Z', ..] if named_r => FileKind::RData,
        [b'B', b'Z', b'h', b'1'..=b'9', 0x31, 0x41, ..] | [0xfd, b'7', b'z', b'X', b'Z', ..] => FileKind::Binary,
        [0x28, 0xb5, 0x2f, 0xfd, ..] => FileKind::Binary,
        [b'P', b'K', 3, 4, ..] if looks_like_workbook(head) => FileKind::Xlsx,
        [b'P', b'K', 3, 4, ..] => FileKind::Binary,
        [0xd0, 0xcf, 0x11, 0xe0, ..] => FileKind::Xlsx,
        _ => return None,
    })
}

/// An SQLite database whose header says that it is a GeoPackage, or whose first page lists the tables of one.
fn is_geopackage(head: &[u8]) -> bool {
    let application = head.get(68..72).unwrap_or_default();
    head.starts_with(b"SQLite format 3\0")
        && (matches!(application, b"GPKG" | b"GP10" | b"GP11")
            || memchr::memmem::find(head, b"gpkg_geometry_columns").is_some())
}

/// Whether more than one character in a hundred is a control character that no text file holds. A stray NUL in a table
/// does not make it binary.
fn is_binary(text: &str, encoding: Encoding) -> bool {
    let control = text
        .chars()
        .filter(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1a}'));
    let count = control.count();
    // In Windows-1252 a binary file has letters for its high bytes, so that only the control characters tell.
    let share = if encoding == Encoding::Windows1252 { 200 } else { 100 };
    count > 2 && count * share > text.chars().count()
}

/// The delimiter that cuts most rows of the head into as many cells as the first, and most of them.
pub(super) fn delimiter(head: &str, whole: bool) -> u8 {
    let score = |delimiter: u8| -> (u64, usize) {
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(head.as_bytes());
        let mut lengths: Vec<usize> = reader
            .byte_records()
            .take(200)
            .map_while(Result::ok)
            .map(|r| r.len())
            .collect();
        if !whole && lengths.len() > 1 && lengths.len() < 200 {
            lengths.pop();
        }
        let first = lengths.first().copied().unwrap_or(0);
        if first < 2 {
            return (0, 0);
        }
        // A superfluous comma at the end of each row does not tell against the delimiter.
        let alike = lengths.iter().filter(|n| **n == first || **n == first + 1).count();
        ((alike * 20 / lengths.len()) as u64, first)
    };
    let mut best = (b',', (0, 0));
    for candidate in [b',', b';', b'\t', b'|'] {
        let this = score(candidate);
        if this > best.1 {
            best = (candidate, this);
        }
    }
    best.0
}
