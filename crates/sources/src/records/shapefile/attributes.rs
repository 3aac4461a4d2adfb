//! The attributes of a shapefile: a dBASE table, whose rows are texts of fixed width. A cell that is no number or no day
//! is passed on as it stands, so that it costs its row and not the file.

use csv::StringRecord;
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// A dBASE table.
pub(super) struct Attributes {
    bytes: Vec<u8>,
    fields: Vec<Field>,
    encoding: &'static Encoding,
    guessed: Option<&'static str>,
    /// Where the first row begins.
    first: usize,
    /// Bytes to a row.
    width: usize,
    rows: usize,
}

struct Field {
    name: String,
    kind: u8,
    from: usize,
    to: usize,
}

impl Attributes {
    /// The table in the bytes of a `.dbf`, with its `.cpg`; none where the bytes are not that, or end too early.
    pub(super) fn new(bytes: Vec<u8>, cpg: Option<&[u8]>) -> Option<Attributes> {
        const HEADER: usize = 32;
        const END_OF_FIELDS: u8 = 0x0d;
        let short = |at: usize| Some(usize::from(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?)));
        let rows = u32::from_le_bytes(bytes.get(4..8)?.try_into().ok()?) as usize;
        let (first, width, mark) = (short(8)?, short(10)?, *bytes.get(29)?);
        let records = bytes.get(first..first.checked_add(rows.checked_mul(width)?)?)?;
        let (encoding, guessed) = encoding(records, mark, cpg);
        // The first byte of a row says whether it is deleted.
        let (mut fields, mut from) = (Vec::new(), 1);
        for field in bytes.get(HEADER..first)?.chunks_exact(HEADER) {
            if field[0] == END_OF_FIELDS {
                break;
            }
            let name = field[..11].split(|b| *b == 0).next().unwrap_or_default();
            let to = from + usize::from(field[16]);
            fields.push(Field {
                name: encoding.decode_without_bom_handling(name).0.trim().to_string(),
                kind: field[11],
                from,
                to,
            });
            from = to;
        }
        (!fields.is_empty() && from <= width).then_some(Attributes {
            fields,
            encoding,
            guessed,
            first,
            width,
            rows,
            bytes,
        })
    }

    /// The names of the columns.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().map(|field| field.name.as_str())
    }

    /// How many rows there are, those included that are marked as deleted.
    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    /// In which encoding the texts were read, where the files do not say or are wrong about it.
    pub(super) fn guessed(&self) -> Option<&'static str> {
        self.guessed
    }

    /// Reads a row; not if it is marked as deleted.
    pub(super) fn row(&self, at: usize, record: &mut StringRecord) -> bool {
        let from = self.first + at * self.width;
        let row = &self.bytes[from..from + self.width];
        record.clear();
        for field in &self.fields {
            record.push_field(&self.text(field.kind, &row[field.from..field.to]));
        }
        row[0] != b'*'
    }

    /// The text of a cell: days in ISO form; empty where a number, a day or a truth value is not given.
    fn text(&self, kind: u8, cell: &[u8]) -> String {
        if let (b'I', Ok(number)) = (kind, cell.try_into()) {
            return i32::from_le_bytes(number).to_string();
        }
        if let (b'B' | b'O', Ok(number)) = (kind, cell.try_into()) {
            return f64::from_le_bytes(number).to_string();
        }
        let text = self.encoding.decode_without_bom_handling(cell).0;
        let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\0');
        match kind {
            b'N' | b'F' if text.bytes().all(|b| b == b'*') => String::new(),
            b'D' if text.bytes().all(|b| b == b'0') => String::new(),
            b'D' if text.len() == 8 && text.is_ascii() => format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]),
            b'L' if text == "?" => String::new(),
            _ => text.to_string(),
        }
    }
}

/// How the texts of a `.dbf` are written, and what to say where that was concluded: by the `.cpg`, else by the mark in
/// its header, else UTF-8 where it can be that, else Windows-1252. A `.cpg` that says UTF-8 of what is none is wrong.
fn encoding(records: &[u8], mark: u8, cpg: Option<&[u8]>) -> (&'static Encoding, Option<&'static str>) {
    let named = cpg.and_then(|label| label_of(&String::from_utf8_lossy(label)));
    let marked = marked(mark);
    let is_utf8 = mostly_utf8(records);
    match (named, marked) {
        (Some(named), _) if named == UTF_8 && !is_utf8 => (
            WINDOWS_1252,
            Some("texts that are not UTF-8 as the .cpg says, read as Windows-1252"),
        ),
        (Some(named), _) => (named, None),
        (None, Some(marked)) => (marked, None),
        (None, None) if is_utf8 => (UTF_8, None),
        (None, None) => (WINDOWS_1252, Some("texts of no stated encoding, read as Windows-1252")),
    }
}

/// An encoding by a name (`UTF-8`, `ISO-8859-1`, `8859-1`) or by the number of a code page (`1252`, `CP1252`, `65001`).
fn label_of(label: &str) -> Option<&'static Encoding> {
    let label = label.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\0' | '\u{feff}'));
    let upper = label.to_ascii_uppercase();
    let number = upper.trim_start_matches(|c: char| !c.is_ascii_digit());
    let page = match number {
        "65001" => "utf-8".to_string(),
        _ if number.starts_with("8859") => format!("iso-8859-{}", number[4..].trim_start_matches('-')),
        _ => format!("windows-{number}"),
    };
    Encoding::for_label(label.as_bytes()).or_else(|| Encoding::for_label(page.as_bytes()))
}

/// The encoding that the mark in a `.dbf` header stands for, of those that occur in today's shapefiles.
fn marked(mark: u8) -> Option<&'static Encoding> {
    let label = match mark {
        0x03 => "windows-1252",
        0x26 | 0x65 => "ibm866",
        0x4d | 0x7a => "gbk",
        0x4e | 0x79 => "euc-kr",
        0x4f | 0x78 => "big5",
        0x13 | 0x7b => "shift_jis",
        0x50 | 0x7c => "windows-874",
        0x7d => "windows-1255",
        0x7e => "windows-1256",
        0xc8 => "windows-1250",
        0xc9 => "windows-1251",
        0xca => "windows-1254",
        0xcb => "windows-1253",
        // 0x57 says "as on the computer at hand", which today is as good as nothing.
        _ => return None,
    };
    Encoding::for_label(label.as_bytes())
}

/// Whether bytes beyond ASCII are UTF-8, but for the few characters that the fixed width of a field may have cut.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good >= 10 * bad
}
