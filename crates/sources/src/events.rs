//! What the readers of events have in common: cells that leave findings, numbers that come twice, and the columns that
//! the table has no place for.

use std::collections::HashMap;

use csv::StringRecord;
use jiff::civil::Date;
use lysoen_facts::tables::Day;

use crate::cell::{self, CellError};
use crate::finding::{Findings, Severity};
use crate::records::Header;

/// Why a row is given up; the finding has been made.
pub(crate) struct Rejected;

/// One row's cells. A cell that is not what its column should hold is left out with a warning; in a column without
/// which there is no event it rejects the row.
pub(crate) struct Cells<'a> {
    pub(crate) record: &'a StringRecord,
    pub(crate) header: &'a Header,
    pub(crate) row: u64,
}

impl<'a> Cells<'a> {
    /// The column's text, trimmed; none where it is empty or there is no such column.
    pub(crate) fn text(&self, at: Option<usize>) -> Option<&'a str> {
        let text = self.record.get(at?)?;
        // Nearly every cell opens and closes with a plain character, which spares looking for white space.
        match text.as_bytes() {
            [] => None,
            [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => Some(text),
            _ => Some(text.trim()).filter(|text| !text.is_empty()),
        }
    }

    pub(crate) fn add(&self, severity: Severity, at: Option<usize>, expected: &str, findings: &mut Findings) {
        let column = at.and_then(|at| self.header.names().get(at));
        let found = at.and_then(|at| self.record.get(at)).unwrap_or_default();
        let found = if found.trim().is_empty() {
            "an empty cell"
        } else {
            found
        };
        findings.add(severity, Some(self.row), column.map(String::as_str), found, expected);
    }

    pub(crate) fn integer(&self, at: Option<usize>, findings: &mut Findings) -> Option<i64> {
        let text = self.text(at)?;
        self.or_warn(whole_number(text), at, findings)
    }

    /// A whole number that fits `T`.
    pub(crate) fn small<T: TryFrom<i64>>(&self, at: Option<usize>, findings: &mut Findings) -> Option<T> {
        let fitted = T::try_from(self.integer(at, findings)?).ok();
        if fitted.is_none() {
            self.add(
                Severity::Warning,
                at,
                "a smaller whole number; the cell is left out",
                findings,
            );
        }
        fitted
    }

    /// A number of people: whole and not negative.
    pub(crate) fn people(&self, at: Option<usize>, findings: &mut Findings) -> Option<i64> {
        let people = self.integer(at, findings)?;
        if people < 0 {
            self.add(
                Severity::Warning,
                at,
                "a number of people, 0 or more; the cell is left out",
                findings,
            );
            return None;
        }
        Some(people)
    }

    pub(crate) fn day(&self, at: Option<usize>, findings: &mut Findings) -> Option<Day> {
        let text = self.text(at)?;
        self.or_warn(day(text), at, findings)
    }

    fn or_warn<T>(&self, cell: cell::Cell<T>, at: Option<usize>, findings: &mut Findings) -> Option<T> {
        cell.unwrap_or_else(|CellError { expected }| {
            self.add(
                Severity::Warning,
                at,
                &format!("{expected}; the cell is left out"),
                findings,
            );
            None
        })
    }

    pub(crate) fn needed<T>(
        &self,
        parse: impl FnOnce(&str) -> cell::Cell<T>,
        what: &str,
        at: Option<usize>,
        findings: &mut Findings,
    ) -> Result<T, Rejected> {
        if let Ok(Some(value)) = parse(self.text(at).unwrap_or_default()) {
            return Ok(value);
        }
        self.reject(at, what, findings)
    }

    pub(crate) fn reject<T>(&self, at: Option<usize>, expected: &str, findings: &mut Findings) -> Result<T, Rejected> {
        let expected = format!("{expected}; the row is left out");
        self.add(Severity::Rejected, at, &expected, findings);
        Err(Rejected)
    }

    /// Latitude and longitude in degrees; none, with a warning, where either is missing or not on the globe.
    pub(crate) fn coordinates(
        &self,
        latitude: Option<usize>,
        longitude: Option<usize>,
        findings: &mut Findings,
    ) -> Option<(f64, f64)> {
        let (lat, lon) = (self.text(latitude), self.text(longitude));
        if lat.is_none() && lon.is_none() {
            return None;
        }
        let lat = self.degrees(lat.unwrap_or_default(), latitude, 90.0, findings);
        let lon = self.degrees(lon.unwrap_or_default(), longitude, 180.0, findings);
        Some((lat?, lon?))
    }

    fn degrees(&self, text: &str, at: Option<usize>, most: f64, findings: &mut Findings) -> Option<f64> {
        match decimal(text) {
            Ok(Some(degrees)) if degrees.abs() <= most => Some(degrees),
            _ => {
                let expected = format!("degrees between -{most} and {most}; the event is kept without coordinates");
                self.add(Severity::Warning, at, &expected, findings);
                None
            }
        }
    }
}

/// A whole number, by the short way where it is plain digits.
pub(crate) fn whole_number(text: &str) -> cell::Cell<i64> {
    const ALWAYS_FITS: usize = 18;
    if !text.is_empty() && text.len() <= ALWAYS_FITS && text.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(Some(text.bytes().fold(0, |n, b| n * 10 + i64::from(b - b'0'))));
    }
    cell::integer(text)
}

/// A decimal number, by the short way where it is digits and a point.
pub(crate) fn decimal(text: &str) -> cell::Cell<f64> {
    if text.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b'-')
        && let Ok(number) = text.parse()
    {
        return Ok(Some(number));
    }
    cell::number(text)
}

/// A day: ISO by the short way, with slashes month first, anything else as `cell::date` reads it.
pub(crate) fn day(text: &str) -> cell::Cell<Day> {
    if let Some(day) = plain_iso(text.as_bytes()) {
        return Ok(Some(day.into()));
    }
    let date = if text.contains('/') {
        cell::us_date(text)?
    } else {
        cell::date(text)?
    };
    Ok(date.map(Day::from))
}

/// `2024-01-31` alone or at midnight.
fn plain_iso(text: &[u8]) -> Option<Date> {
    let (date, time) = text.split_at_checked(10)?;
    let midnight = matches!(time, b"" | b" 00:00:00.000" | b"T00:00:00" | b" 00:00:00");
    if !midnight || date[4] != b'-' || date[7] != b'-' {
        return None;
    }
    let digits = |at: std::ops::Range<usize>| {
        date[at]
            .iter()
            .try_fold(0, |n: i16, b| b.is_ascii_digit().then(|| n * 10 + i16::from(b - b'0')))
    };
    Date::new(
        digits(0..4)?,
        i8::try_from(digits(5..7)?).ok()?,
        i8::try_from(digits(8..10)?).ok()?,
    )
    .ok()
}

/// What is known of an event's number when a row brings it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Seen {
    /// No row before had it.
    First,
    /// A row before had it, and every cell was the same.
    SameRow,
    /// A row before had it with other cells.
    OtherRow,
}

/// The numbers of the events read so far, each with a fingerprint of its row. UCDP numbers its events without large
/// gaps, so that four bytes a number do; numbers far outside that are kept apart.
#[derive(Default)]
pub(crate) struct Numbers {
    dense: Vec<u32>,
    far: HashMap<u64, u32>,
}

impl Numbers {
    const DENSE: u64 = 1 << 24;

    pub(crate) fn note(&mut self, number: u64, record: &StringRecord) -> Seen {
        let new = fingerprint(record);
        let slot = match usize::try_from(number) {
            Ok(at) if number < Self::DENSE => {
                if at >= self.dense.len() {
                    self.dense.resize(at + 1, 0);
                }
                &mut self.dense[at]
            }
            _ => self.far.entry(number).or_insert(0),
        };
        compare(slot, new)
    }
}

/// The names of the events read so far, for sources that number them with letters.
#[derive(Default)]
pub(crate) struct Names(HashMap<String, u32>);

impl Names {
    pub(crate) fn note(&mut self, name: &str, record: &StringRecord) -> Seen {
        let new = fingerprint(record);
        match self.0.get_mut(name) {
            Some(slot) => compare(slot, new),
            None => {
                self.0.insert(name.to_string(), new);
                Seen::First
            }
        }
    }
}

fn compare(slot: &mut u32, new: u32) -> Seen {
    match std::mem::replace(slot, if *slot == 0 { new } else { *slot }) {
        0 => Seen::First,
        before if before == new => Seen::SameRow,
        _ => Seen::OtherRow,
    }
}

/// A number from 1 on that two different rows share once in four thousand million times. It is only compared between
/// rows with one event number, so that such a chance would at worst call a second version of an event a repetition.
fn fingerprint(record: &StringRecord) -> u32 {
    let mix = |hash: u64, word: u64| (hash.rotate_left(5) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mut hash = record.len() as u64;
    let mut words = record.as_slice().as_bytes().chunks_exact(8);
    for word in words.by_ref() {
        hash = mix(hash, u64::from_le_bytes(word.try_into().expect("a chunk of eight")));
    }
    hash = words
        .remainder()
        .iter()
        .fold(hash, |hash, byte| mix(hash, u64::from(*byte)));
    for at in 0..record.len() {
        hash = mix(hash, record.range(at).map_or(0, |range| range.end) as u64);
    }
    (((hash >> 32) ^ hash) as u32).max(1)
}

/// The columns that the table has no place for, as a JSON object. One is used for all rows, so that it grows once.
#[derive(Default)]
pub(crate) struct SourceFields {
    json: String,
}

impl SourceFields {
    pub(crate) fn clear(&mut self) {
        self.json.clear();
    }

    /// Adds a text, unless it is empty.
    pub(crate) fn text(&mut self, key: &str, text: Option<&str>) {
        let Some(text) = text else { return };
        self.key(key);
        self.quote(text);
    }

    /// Adds a number as a JSON number, another text as a text, and nothing for nothing.
    pub(crate) fn number(&mut self, key: &str, text: Option<&str>) {
        let Some(text) = text else { return };
        match whole_number(text) {
            Ok(Some(number)) => {
                self.key(key);
                self.json.push_str(&number.to_string());
            }
            _ => self.text(key, Some(text)),
        }
    }

    pub(crate) fn boolean(&mut self, key: &str, value: bool) {
        self.key(key);
        self.json.push_str(if value { "true" } else { "false" });
    }

    /// The object, if anything is in it.
    pub(crate) fn finish(&mut self) -> Option<&str> {
        if self.json.is_empty() {
            return None;
        }
        self.json.push('}');
        Some(&self.json)
    }

    fn key(&mut self, key: &str) {
        self.json.push(if self.json.is_empty() { '{' } else { ',' });
        self.quote(key);
        self.json.push(':');
    }

    fn quote(&mut self, text: &str) {
        if text.bytes().any(|b| b < b' ' || b == b'"' || b == b'\\') {
            // Writing a text to memory cannot fail.
            self.json.push_str(&serde_json::to_string(text).unwrap_or_default());
        } else {
            self.json.push('"');
            self.json.push_str(text);
            self.json.push('"');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_ways_read_what_the_long_ways_read() {
        for text in [
            "0",
            "7",
            "1234",
            "-3",
            "2.0",
            "1,234",
            "999999999999999999",
            "9999999999999999999",
            "x",
            "2.5",
        ] {
            assert_eq!(whole_number(text), cell::integer(text), "{text}");
        }
        for text in [
            "0",
            "7",
            "36.479287",
            "-0.5",
            "1,234.5",
            "--1",
            "1.2.3",
            "-",
            ".",
            "nan",
            "inf",
            "1e3",
        ] {
            assert_eq!(decimal(text), cell::number(text), "{text}");
        }
        for text in [
            "2024-01-31",
            "2024-01-31 00:00:00.000",
            "2024-02-30",
            "2024-01-31T00:00:00",
            "2024-1-31",
            "é024-01-31",
        ] {
            assert_eq!(day(text), cell::date(text).map(|d| d.map(Day::from)), "{text}");
        }
        assert_eq!(
            day("07/13/2001 00:00:00"),
            Ok(Some(jiff::civil::date(2001, 7, 13).into()))
        );
    }

    #[test]
    fn a_number_that_comes_twice_is_the_same_row_or_another() {
        let row = |cells: &[&str]| StringRecord::from(cells.to_vec());
        let mut numbers = Numbers::default();
        for number in [5, Numbers::DENSE + 5] {
            assert_eq!(numbers.note(number, &row(&["a", "bc"])), Seen::First);
            assert_eq!(numbers.note(number, &row(&["a", "bc"])), Seen::SameRow);
            assert_eq!(numbers.note(number, &row(&["ab", "c"])), Seen::OtherRow);
            assert_eq!(numbers.note(number, &row(&["a", "bc"])), Seen::SameRow);
        }
        let mut names = Names::default();
        assert_eq!(names.note("SDN1", &row(&["a"])), Seen::First);
        assert_eq!(names.note("SDN1", &row(&["b"])), Seen::OtherRow);
    }

    #[test]
    fn source_fields_are_valid_json_whatever_is_in_them() {
        let mut fields = SourceFields::default();
        assert_eq!(fields.finish(), None);
        fields.text("a", Some("tab\t, \"quote\", \\ and é"));
        fields.number("b", Some("2.0"));
        fields.number("c", Some("XXX9"));
        fields.boolean("d", true);
        let json: serde_json::Value = serde_json::from_str(fields.finish().expect("four fields")).expect("JSON");
        assert_eq!(
            json,
            serde_json::json!({"a": "tab\t, \"quote\", \\ and é", "b": 2, "c": "XXX9", "d": true})
        );
    }
}
