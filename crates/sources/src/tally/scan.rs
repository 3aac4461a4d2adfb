//! Takes the columns that are needed out of a CSV file, on several threads.
//!
//! The rules of quoting are those of the `csv` crate, by which an import reads: a quotation mark counts only at the
//! beginning of a cell, a doubled one stands for itself, and rows end in a line feed, a carriage return or both.
//! Rows with anything unusual in the cells that are needed are handed to that crate.

use std::io::{self, Read};
use std::num::NonZeroUsize;
use std::sync::{Mutex, PoisonError};

use csv::ByteRecord;

use super::blocks::{Block, Blocks, NoBlock};
use super::sums::{Columns, Event, Month, Sums};
use crate::input::mend_utf8;

/// What must be known of the file beforehand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Layout {
    pub(super) delimiter: u8,
    /// Number of columns in the header.
    pub(super) width: usize,
    /// Whether the header's last name is empty, because the header ends in a delimiter.
    pub(super) last_is_nameless: bool,
    pub(super) columns: Columns,
}

/// Why the file was not scanned to its end.
#[derive(Debug)]
pub(super) enum Stopped {
    /// It could not be cut into blocks of whole rows; it must be read from its beginning on one thread.
    Entangled,
    /// It could not be read.
    Io(io::Error),
}

/// Scans a file that begins with its header, in blocks of `size` bytes.
pub(super) fn scan(
    text: impl Read + Send,
    layout: &Layout,
    threads: NonZeroUsize,
    size: usize,
) -> Result<Sums, Stopped> {
    let blocks = Mutex::new(Blocks::new(text, size));
    let work = || -> Result<Sums, Stopped> {
        let mut scanner = Scanner::new(layout);
        let mut buffer = Vec::new();
        loop {
            let next = blocks.lock().unwrap_or_else(PoisonError::into_inner).next(&mut buffer);
            match next {
                Ok(block) => scanner.block(&buffer[..block.length], block)?,
                Err(NoBlock::End) => return Ok(scanner.sums),
                Err(NoBlock::Uncut) => return Err(Stopped::Entangled),
                Err(NoBlock::Io(e)) => return Err(Stopped::Io(e)),
            }
        }
    };
    std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads.get()).map(|_| scope.spawn(work)).collect();
        let mut sums = work();
        for other in others {
            let other = other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            sums = match (sums, other) {
                (Ok(mut sums), Ok(other)) => {
                    sums.merge(other);
                    Ok(sums)
                }
                // An error of reading outweighs: from the beginning, it would come again.
                (Err(Stopped::Io(e)), _) | (_, Err(Stopped::Io(e))) => Err(Stopped::Io(e)),
                _ => Err(Stopped::Entangled),
            };
        }
        sums
    })
}

const NEEDED: usize = 7;
/// The place of the country's name among them.
const COUNTRY: usize = 6;
/// Marks a column that is not needed.
const PASSED_OVER: u8 = NEEDED as u8;

/// The cells of a row that are needed, in the order of [`Scanner::new`], as ranges of the block.
type Cells = [(usize, usize); NEEDED];

struct Scanner<'a> {
    layout: &'a Layout,
    /// For each column its place in [`Cells`].
    places: Vec<u8>,
    sums: Sums,
}

/// A row that has been walked through.
struct Row {
    /// Where it ends: at the line break, or at the block's end.
    end: usize,
    /// Number of cells.
    width: usize,
    cells: Cells,
    /// Whether the cells needed are their text as it stands, with nothing to unquote.
    as_it_stands: bool,
    /// Whether the last cell is empty.
    ends_empty: bool,
}

impl<'a> Scanner<'a> {
    fn new(layout: &'a Layout) -> Scanner<'a> {
        let mut places = vec![PASSED_OVER; layout.width];
        let c = &layout.columns;
        let needed = [
            Some(c.country_id),
            Some(c.date_end),
            Some(c.violence),
            Some(c.best),
            c.low,
            c.high,
            c.country,
        ];
        for (place, column) in (0..PASSED_OVER).zip(needed) {
            if let Some(at) = column {
                places[at] = place;
            }
        }
        Scanner {
            layout,
            places,
            sums: Sums::default(),
        }
    }

    fn block(&mut self, bytes: &[u8], block: Block) -> Result<(), Stopped> {
        let mut header = block.number == 0;
        let mut at = 0;
        while at < bytes.len() {
            if matches!(bytes[at], b'\n' | b'\r') {
                at += 1;
                continue;
            }
            let row = self.walk(bytes, at, block.last)?;
            if header {
                header = false;
            } else {
                self.take(bytes, at, &row, block.number);
            }
            at = row.end;
        }
        Ok(())
    }

    /// Walks through the row that begins at `start`.
    fn walk(&self, bytes: &[u8], start: usize, last: bool) -> Result<Row, Stopped> {
        let delimiter = self.layout.delimiter;
        let mut row = Row {
            end: start,
            width: 0,
            cells: [(start, start); NEEDED],
            as_it_stands: true,
            ends_empty: false,
        };
        let mut at = start;
        loop {
            let mut cell = (at, at);
            let mut plain = true;
            if bytes.get(at) == Some(&b'"') {
                let quoted = end_of_quoted(bytes, at + 1);
                let Some((end, doubled)) = quoted else {
                    if !last {
                        return Err(Stopped::Entangled);
                    }
                    row.as_it_stands = false;
                    row.end = bytes.len();
                    return Ok(row);
                };
                cell = (at + 1, end);
                at = end + 1;
                plain = !doubled;
                // Text may follow a closing quotation mark, and then belongs to the cell.
                if !bytes.get(at).is_none_or(|b| ends_cell(*b, delimiter)) {
                    plain = false;
                    at = end_of_cell(bytes, at, delimiter);
                }
            } else {
                at = end_of_cell(bytes, at, delimiter);
                cell.1 = at;
            }
            let place = self.places.get(row.width).copied().unwrap_or(PASSED_OVER);
            if let Some(needed) = row.cells.get_mut(usize::from(place)) {
                *needed = cell;
                row.as_it_stands &= plain;
            }
            row.width += 1;
            if bytes.get(at) != Some(&delimiter) {
                row.ends_empty = cell.0 == cell.1;
                row.end = at;
                return Ok(row);
            }
            at += 1;
        }
    }

    fn take(&mut self, bytes: &[u8], start: usize, row: &Row, block: u64) {
        let width = self.layout.width;
        let fits = row.width == width || (row.width == width + 1 && row.ends_empty);
        let event =
            || plain_event(bytes, &row.cells, &self.layout.columns).or_else(|| self.event_in_words(bytes, &row.cells));
        if fits
            && row.as_it_stands
            && let Some(event) = event()
        {
            self.sums.rows_read += 1;
            self.sums.add(&event, block, || name(bytes, row.cells[COUNTRY]));
            return;
        }
        self.take_slowly(&bytes[start..row.end], block);
    }

    /// The event, where its cells are UTF-8 but not written plainly: with US dates, say.
    fn event_in_words(&self, bytes: &[u8], cells: &Cells) -> Option<Event> {
        let mut texts = [""; NEEDED];
        for (text, (from, to)) in texts.iter_mut().zip(cells) {
            *text = std::str::from_utf8(&bytes[*from..*to]).ok()?;
        }
        let place = |at: usize| self.places.get(at).map_or(NEEDED, |place| usize::from(*place));
        self.layout
            .columns
            .event(|at| texts.get(place(at)).copied().unwrap_or_default())
    }

    /// Takes a row by way of the `csv` crate, with the rules of [`records`](crate::records).
    fn take_slowly(&mut self, row: &[u8], block: u64) {
        let mut record = ByteRecord::new();
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(self.layout.delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(row);
        // A row in memory cannot fail to be read.
        if !reader.read_byte_record(&mut record).unwrap_or(false) {
            return;
        }
        let cells: Vec<String> = record.iter().map(|cell| mend_utf8(cell).replace('\0', "")).collect();
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            return;
        }
        self.sums.rows_read += 1;
        let width = self.layout.width;
        let fits = cells.len() == width
            || (cells.len() == width + 1 && cells[width].trim().is_empty())
            || (cells.len() + 1 == width && self.layout.last_is_nameless);
        let text = |at: usize| cells.get(at).map(String::as_str).unwrap_or_default();
        match self.layout.columns.event(text).filter(|_| fits) {
            Some(event) => self.sums.add(&event, block, || self.layout.columns.country(text)),
            None => self.sums.rows_left_out += 1,
        }
    }
}

/// The event, where its cells are written plainly: digits and an ISO day.
fn plain_event(bytes: &[u8], cells: &Cells, columns: &Columns) -> Option<Event> {
    let text = |place: usize| &bytes[cells[place].0..cells[place].1];
    let optional = |place: usize, column: Option<usize>| match (column, text(place)) {
        (None, _) | (Some(_), []) => Some(None),
        (Some(_), digits) => plain_number(digits).map(Some),
    };
    Some(Event {
        country_id: u32::try_from(plain_number(text(0))?).ok()?,
        month: plain_month(text(1))?,
        violence: plain_number(text(2)).filter(|kind| (1..=3).contains(kind))? as u8,
        best: plain_number(text(3))?,
        low: optional(4, columns.low)?,
        high: optional(5, columns.high)?,
    })
}

fn name(bytes: &[u8], cell: (usize, usize)) -> String {
    mend_utf8(&bytes[cell.0..cell.1]).replace('\0', "").trim().to_string()
}

/// Digits, and not so many that they might not fit; also with `.0` behind them.
fn plain_number(text: &[u8]) -> Option<u64> {
    const ALWAYS_FITS: usize = 18;
    let digits = text.strip_suffix(b".0").unwrap_or(text);
    if digits.is_empty() || digits.len() > ALWAYS_FITS {
        return None;
    }
    digits.iter().try_fold(0, |number: u64, digit| {
        digit.is_ascii_digit().then(|| number * 10 + u64::from(digit - b'0'))
    })
}

/// The month of `2024-01-31`, alone or at midnight, if it is surely a day of the calendar.
fn plain_month(text: &[u8]) -> Option<Month> {
    let (day, time) = text.split_at_checked(10)?;
    if !matches!(time, b"" | b" 00:00:00.000" | b"T00:00:00") || day[4] != b'-' || day[7] != b'-' {
        return None;
    }
    let part = |from: usize, to: usize| plain_digits(&day[from..to]);
    let (year, month, day) = (part(0, 4)?, part(5, 7)?, part(8, 10)?);
    let days = match month {
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    (1..=days).contains(&day).then(|| Month::new(year, month))
}

fn plain_digits(text: &[u8]) -> Option<u32> {
    text.iter().try_fold(0, |number: u32, digit| {
        digit.is_ascii_digit().then(|| number * 10 + u32::from(digit - b'0'))
    })
}

/// Where the closing quotation mark stands, and whether there are doubled ones before it.
fn end_of_quoted(bytes: &[u8], start: usize) -> Option<(usize, bool)> {
    let mut from = start;
    let mut doubled = false;
    loop {
        let at = from + memchr::memchr(b'"', &bytes[from..])?;
        if bytes.get(at + 1) != Some(&b'"') {
            return Some((at, doubled));
        }
        doubled = true;
        from = at + 2;
    }
}

#[inline]
fn ends_cell(byte: u8, delimiter: u8) -> bool {
    byte == delimiter || byte == b'\n' || byte == b'\r'
}

/// Where the cell without quotation marks ends that goes on at `start`: at a delimiter, a line break or the block's end.
///
/// Most cells are a few bytes long, so that eight are looked at together in a register, which is faster here than calling
/// `memchr3` for each: a byte of `x` is zero exactly where the lowest set bit of `(x - 0x01…) & !x & 0x80…` stands.
#[inline]
fn end_of_cell(bytes: &[u8], start: usize, delimiter: u8) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGHS: u64 = 0x8080_8080_8080_8080;
    let zero_bytes = |x: u64| x.wrapping_sub(ONES) & !x & HIGHS;
    let delimiters = ONES.wrapping_mul(delimiter.into());
    let mut at = start;
    while let Some(eight) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        let eight = u64::from_le_bytes(*eight);
        let found =
            zero_bytes(eight ^ delimiters) | zero_bytes(eight ^ (ONES * 0x0a)) | zero_bytes(eight ^ (ONES * 0x0d));
        if found != 0 {
            return at + (found.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    while at < bytes.len() && !ends_cell(bytes[at], delimiter) {
        at += 1;
    }
    at
}
