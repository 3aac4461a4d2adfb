//! A panel from a table of the user's own: a row to each unit and month, and a column with what is counted there.
//!
//! The layouts of the VIEWS challenge are read as they are. A cell that is not there stays absent and is never zero; a row in
//! which something is wrong is found by row and column, and the others are kept. Fractions are taken as they stand, for a
//! rate or a mean is as good a series as a count; that there are some is noted.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use csv::StringRecord;
use lysoen_lexicon::panel::{Month, Panel};
use lysoen_lexicon::period::Period;
use lysoen_sources::cell;
use lysoen_sources::finding::{Findings, Severity};
use lysoen_sources::input::Input;
use lysoen_sources::reader::ReadError;
use lysoen_sources::records::Header;
use lysoen_sources::table::is_missing;

use crate::error::AnswerError;
use crate::index::nearest;
use crate::sheet::SourceNote;

/// Names of the column that tells units apart, in the order in which they are looked for.
const UNITS: [&str; 26] = [
    "unit",
    "place",
    "place_code",
    "iso3",
    "iso3c",
    "iso_a3",
    "iso_alpha3",
    "priogrid_gid",
    "country_id",
    "pcode",
    "p_code",
    "admin3_pcode",
    "adm3_pcode",
    "admin2_pcode",
    "adm2_pcode",
    "admin1_pcode",
    "adm1_pcode",
    "gwcode",
    "gwno",
    "gid",
    "unit_code",
    "country_code",
    "code",
    "location",
    "country",
    "name",
];
/// Names of the column that holds the month.
const MONTHS: [&str; 8] = [
    "month_id",
    "month",
    "period",
    "date",
    "year_month",
    "yearmonth",
    "time",
    "month_start",
];
/// Names of the column that is counted; a name that begins with one of them and a `_` counts after them.
const VALUES: [&str; 9] = [
    "value",
    "outcome",
    "deaths",
    "fatalities",
    "killed",
    "ged_sb",
    "best",
    "count",
    "events",
];
/// The other two kinds of violence in the challenge's features: they stand beside the target.
const OTHER_VIOLENCE: [&str; 2] = ["ged_ns", "ged_os"];
/// The years in which a month can lie.
const YEARS: std::ops::RangeInclusive<i32> = 1800..=2199;

/// Which columns are which, where the table's names do not tell.
#[derive(Clone, Debug)]
pub struct Columns<'a> {
    /// The column that tells units apart.
    pub unit: Option<&'a str>,
    /// The column with the month.
    pub month: Option<&'a str>,
    /// The column that is forecast.
    pub value: Option<&'a str>,
    /// Columns that are read beside it.
    pub beside: &'a [String],
    /// The option with which a user names the value's column; for what is said where that is needed.
    pub value_option: &'static str,
}

impl Default for Columns<'_> {
    fn default() -> Self {
        Columns {
            unit: None,
            month: None,
            value: None,
            beside: &[],
            value_option: "--value-column",
        }
    }
}

/// A table, opened.
pub struct SeriesFile {
    input: Input,
    header: Header,
}

/// A panel that was read from a table.
#[derive(Clone, Debug)]
pub struct Series {
    /// The panel; its target is named by its column.
    pub panel: Panel,
    /// What was read as what.
    pub notes: Vec<String>,
    /// What is wrong in the table, by row and column.
    pub findings: Findings,
    /// The table.
    pub source: SourceNote,
}

/// Reads a panel from a table.
pub fn series(path: &Path, columns: &Columns<'_>) -> Result<Series, AnswerError> {
    let file = SeriesFile::open(path)?;
    let mut series = file.read(columns)?;
    gaps(&series.panel, &mut series.findings);
    Ok(series)
}

/// Where the columns of a table stand.
struct Found {
    unit: usize,
    month: usize,
    /// The column with the year, where that with the month holds 1 to 12.
    year: Option<usize>,
    /// Whole numbers are months by their VIEWS number.
    numbered: bool,
    /// The target, and what stands beside it.
    values: Vec<usize>,
}

impl SeriesFile {
    /// Opens a file in any form that can be imported as a table, packed or not.
    pub fn open(path: &Path) -> Result<SeriesFile, AnswerError> {
        let Ok([input]) = <[Input; 1]>::try_from(Input::open(path)?) else {
            return Err(AnswerError::Read(ReadError::Malformed {
                file: path.display().to_string(),
                row: None,
                found: "an archive of several files".to_string(),
                expected: "one table; unpack the archive and name the file".to_string(),
            }));
        };
        let header = input.records(None)?.header().clone();
        Ok(SeriesFile { input, header })
    }

    /// The names of its columns.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The file as the user named it.
    pub fn name(&self) -> &str {
        self.input.name()
    }

    /// Reads the panel. That months are lacking between others is not told.
    pub fn read(&self, columns: &Columns<'_>) -> Result<Series, AnswerError> {
        let found = self.find(columns)?;
        let mut reading = Reading {
            header: &self.header,
            found: &found,
            findings: Findings::new(self.name()),
            cells: vec![BTreeMap::new(); found.values.len()],
            units: HashMap::new(),
            fractions: None,
        };
        let mut records = self.input.records(None)?;
        let mut record = StringRecord::new();
        while let Some(row) = records.next(&mut record, &mut reading.findings)? {
            reading.take(row, &record);
        }
        let (cells, units, findings) = reading.end();
        let Some(panel) = panel(&self.header, &found, &cells, units) else {
            return Err(AnswerError::NoSeries {
                file: self.name().to_string(),
                list: findings.list().to_vec(),
            });
        };
        Ok(Series {
            notes: vec![self.told(&found, &panel)],
            panel,
            findings,
            source: SourceNote {
                id: self.name().to_string(),
                title: format!("a file of your own, SHA-256 {}", hexadecimal(&self.input.sha256()?)),
                licence: "yours to know".to_string(),
                citation: String::new(),
                as_of: None,
            },
        })
    }

    fn find(&self, columns: &Columns<'_>) -> Result<Found, AnswerError> {
        let month = self.column(columns.month, &MONTHS, "the month", "--month-column")?;
        let unit = self.column(columns.unit, &UNITS, "the unit", "--unit-column")?;
        let year = self.header.index("year").filter(|at| *at != month && *at != unit);
        let taken = [unit, month];
        let mut values = vec![match columns.value {
            Some(name) => self.named(name)?,
            None => self.value(&taken, columns.value_option)?,
        }];
        let target = self.header.names()[values[0]].to_lowercase();
        let others = OTHER_VIOLENCE.iter().filter(|_| target.starts_with("ged_sb"));
        values.extend(others.filter_map(|name| self.header.index(name)));
        for name in columns.beside {
            let at = self.named(name)?;
            if !values.contains(&at) {
                values.push(at);
            }
        }
        let name = &self.header.names()[month];
        Ok(Found {
            unit,
            month,
            year,
            numbered: name.eq_ignore_ascii_case("month_id") || columns.month.is_some() && year.is_none(),
            values,
        })
    }

    fn named(&self, name: &str) -> Result<usize, AnswerError> {
        self.header.index(name).ok_or_else(|| {
            let near = nearest(name, self.header.names().iter().map(String::as_str));
            let near = near.map_or_else(|| self.all(), |near| format!("; did you mean {near}?"));
            self.unfit(format!("there is no column {name}{near}"))
        })
    }

    fn column(&self, named: Option<&str>, known: &[&str], what: &str, option: &str) -> Result<usize, AnswerError> {
        if let Some(name) = named {
            return self.named(name);
        }
        known.iter().find_map(|name| self.header.index(name)).ok_or_else(|| {
            let usual = known[..4].join(", ");
            let all = self.all();
            self.unfit(format!(
                "no column is known to hold {what} (such as {usual}){all}; name it with {option}"
            ))
        })
    }

    /// The one column that can be the value.
    fn value(&self, taken: &[usize], option: &str) -> Result<usize, AnswerError> {
        let names = self.header.names();
        let free: Vec<usize> = (0..names.len()).filter(|at| !taken.contains(at)).collect();
        let lower = |at: &usize| names[*at].to_lowercase();
        let exact = |at: &usize| VALUES.contains(&lower(at).as_str());
        let begins = |at: &usize| VALUES.iter().any(|name| lower(at).starts_with(&format!("{name}_")));
        let describes = |at: &usize| {
            let known = UNITS.iter().chain(&MONTHS).chain(&["year"]);
            names[*at].is_empty() || known.into_iter().any(|name| *name == lower(at))
        };
        let tiers: [Vec<usize>; 3] = [
            free.iter().copied().filter(exact).collect(),
            free.iter().copied().filter(begins).collect(),
            free.iter().copied().filter(|at| !describes(at)).collect(),
        ];
        let tier = tiers.into_iter().find(|tier| !tier.is_empty()).unwrap_or_default();
        match tier[..] {
            [one] => Ok(one),
            [] => Err(self.unfit(format!("there is no column of values{}", self.all()))),
            [..] => {
                let told: Vec<&str> = tier.iter().take(8).map(|at| names[*at].as_str()).collect();
                let more = if tier.len() > told.len() { ", …" } else { "" };
                let told = told.join(", ");
                Err(self.unfit(format!(
                    "more than one column can be the value: {told}{more}; name it with {option}"
                )))
            }
        }
    }

    fn all(&self) -> String {
        let names: Vec<&str> = self.header.names().iter().map(String::as_str).take(40).collect();
        format!("; there are {}", names.join(", "))
    }

    fn unfit(&self, why: String) -> AnswerError {
        AnswerError::Unfit {
            file: self.name().to_string(),
            why,
        }
    }

    fn told(&self, found: &Found, panel: &Panel) -> String {
        let name = |at: usize| self.header.names()[at].as_str();
        let beside = match &found.values[1..] {
            [] => String::new(),
            beside => {
                let names: Vec<&str> = beside.iter().map(|at| name(*at)).collect();
                format!(", and {} beside it", names.join(", "))
            }
        };
        format!(
            "{}: {} by {} and {}{beside}: {} units, {} to {}.",
            self.name(),
            name(found.values[0]),
            name(found.unit),
            name(found.month),
            panel.units().len(),
            panel.first(),
            panel.last()
        )
    }
}

/// The value of a unit and month, and where it stands; none where two rows contradict each other.
#[derive(Clone, Copy)]
struct Known {
    value: Option<f64>,
    row: u64,
}

/// Values by number of the unit and month.
type Cells = BTreeMap<(u32, Month), Known>;

/// A table as it is read.
struct Reading<'a> {
    header: &'a Header,
    found: &'a Found,
    findings: Findings,
    /// The target, and what stands beside it.
    cells: Vec<Cells>,
    units: HashMap<String, u32>,
    /// The first value with a fraction, its row, and how many there are.
    fractions: Option<(u64, f64, u64)>,
}

impl Reading<'_> {
    fn take(&mut self, row: u64, record: &StringRecord) {
        let text = |at: usize| record.get(at).unwrap_or_default().trim();
        let unit = code(text(self.found.unit));
        // `NA` is Namibia's.
        if unit.is_empty() {
            let expected = "the code of a unit; the row is left out";
            return self.reject(row, self.found.unit, "nothing", expected);
        }
        let year = self.found.year.map(text);
        let Some(month) = month_of(text(self.found.month), year, self.found.numbered) else {
            let expected = "a month: 2024-03, a day in it, its VIEWS number in a column month_id, or 1 to 12 beside a column year; \
                            the row is left out";
            return self.reject(row, self.found.month, text(self.found.month), expected);
        };
        let mut values = Vec::with_capacity(self.found.values.len());
        for at in &self.found.values {
            let text = text(*at);
            match cell::number(text) {
                _ if is_missing(text) => values.push(None),
                Ok(Some(value)) if value < 0.0 && values.is_empty() => {
                    let expected = "0 or more, for it is a count; the row is left out";
                    return self.reject(row, *at, text, expected);
                }
                Ok(value) => values.push(value),
                Err(wrong) => {
                    let expected = format!("{}; the row is left out", wrong.expected);
                    return self.reject(row, *at, text, &expected);
                }
            }
        }
        if let Some(value) = values[0].filter(|value| value.fract() != 0.0) {
            let (.., count) = self.fractions.get_or_insert((row, value, 0));
            *count += 1;
        }
        match values.iter().any(Option::is_some) {
            true => self.put(row, unit, month, &values),
            false => self.findings.rows_skipped += 1,
        }
    }

    fn put(&mut self, row: u64, unit: &str, month: Month, values: &[Option<f64>]) {
        let number = match self.units.get(unit) {
            Some(number) => *number,
            None => {
                let number = self.units.len() as u32;
                self.units.insert(unit.to_string(), number);
                number
            }
        };
        let (mut again, mut newly_void) = (None, false);
        for (cells, value) in self.cells.iter_mut().zip(values) {
            let Some(value) = *value else { continue };
            match cells.entry((number, month)) {
                Entry::Vacant(free) => {
                    free.insert(Known {
                        value: Some(value),
                        row,
                    });
                }
                Entry::Occupied(mut known) => {
                    let known = known.get_mut();
                    let same = known.value == Some(value);
                    let (_, all_same) = again.get_or_insert((known.row, true));
                    *all_same &= same;
                    if !same && known.value.take().is_some() {
                        newly_void = true;
                    }
                }
            }
        }
        match again {
            None => self.findings.rows_kept += 1,
            Some((first, same)) => self.twice(row, first, unit, month, same),
        }
        // The row that was kept until now is not.
        if newly_void {
            self.findings.rows_kept -= 1;
            self.findings.rows_rejected += 1;
        }
    }

    /// A unit and month that stand in two rows.
    fn twice(&mut self, row: u64, first: u64, unit: &str, month: Month, same: bool) {
        let found = format!("{unit} in {month} a second time, after row {first}");
        let column = Some(self.header.names()[self.found.unit].as_str());
        match same {
            true => {
                let expected = "each unit and month once; it says the same, and counts once";
                self.findings.rows_skipped += 1;
                self.findings.add(Severity::Warning, Some(row), column, found, expected);
            }
            false => {
                let expected = "each unit and month once; the rows contradict each other, and neither is taken";
                self.findings.rows_rejected += 1;
                self.findings
                    .add(Severity::Rejected, Some(row), column, found, expected);
            }
        }
    }

    fn reject(&mut self, row: u64, column: usize, found: &str, expected: &str) {
        let found = if found.is_empty() { "nothing" } else { found };
        self.findings.rows_rejected += 1;
        let column = Some(self.header.names()[column].as_str());
        self.findings
            .add(Severity::Rejected, Some(row), column, found, expected);
    }

    fn end(mut self) -> (Vec<Cells>, Vec<String>, Findings) {
        if let Some((row, value, count)) = self.fractions {
            let more = match count - 1 {
                0 => String::new(),
                more => format!(", and {more} more values with a fraction"),
            };
            let column = Some(self.header.names()[self.found.values[0]].as_str());
            let expected = "whole numbers where people are counted; taken as it stands";
            self.findings
                .add(Severity::Note, Some(row), column, format!("{value}{more}"), expected);
        }
        let mut units: Vec<(String, u32)> = self.units.into_iter().collect();
        units.sort_by_key(|(_, number)| *number);
        let units = units.into_iter().map(|(unit, _)| unit).collect();
        (self.cells, units, self.findings)
    }
}

/// The panel of the cells, its units in the order of their codes; none where there is no cell.
fn panel(header: &Header, found: &Found, cells: &[Cells], units: Vec<String>) -> Option<Panel> {
    let known = || cells.iter().flatten().filter(|(_, known)| known.value.is_some());
    let first = known().map(|((_, month), _)| *month).min()?;
    let last = known().map(|((_, month), _)| *month).max()?;
    // Numbers are ordered as numbers.
    let mut order: Vec<usize> = (0..units.len()).collect();
    let key = |unit: &usize| (units[*unit].parse::<u64>().unwrap_or(u64::MAX), units[*unit].clone());
    order.sort_by_cached_key(key);
    let mut places = vec![0; units.len()];
    order.iter().enumerate().for_each(|(place, unit)| places[*unit] = place);
    let codes = order.iter().map(|unit| units[*unit].clone()).collect();
    let name = |at: usize| header.names()[at].as_str();
    let mut panel = Panel::new(codes, first, last.since(first) as usize + 1, name(found.values[0]));
    for at in &found.values[1..] {
        panel.add_layer(name(*at));
    }
    for (layer, cells) in cells.iter().enumerate() {
        for ((unit, month), known) in cells {
            if let Some(value) = known.value {
                panel.set(layer, places[*unit as usize], *month, value);
            }
        }
    }
    Some(panel)
}

/// Tells of each unit how many months are lacking between its first and its last.
pub(super) fn gaps(panel: &Panel, findings: &mut Findings) {
    for (unit, code) in panel.units().iter().enumerate() {
        let series = panel.series(unit);
        let known = |x: &f64| !x.is_nan();
        let (Some(first), Some(last)) = (series.iter().position(known), series.iter().rposition(known)) else {
            continue;
        };
        let absent = |at: &usize| series[*at].is_nan();
        let lacking = (first..last).filter(absent).count();
        if let Some(at) = (first..last).find(absent) {
            let month = panel.first().plus(at as i32);
            findings.add(
                Severity::Warning,
                None,
                None,
                format!(
                    "no value of {code} in {lacking} months between its first and its last, the first of them {month}"
                ),
                "a row to each month, with 0 where nothing happened; the months are taken as unknown and not as 0",
            );
        }
    }
}

/// A code as it is told: a whole number that was written as a fraction is a whole number.
fn code(text: &str) -> &str {
    match text.strip_suffix(".0") {
        Some(whole) if !whole.is_empty() && whole.bytes().all(|b| b.is_ascii_digit()) => whole,
        _ => text,
    }
}

/// A month as tables write it.
fn month_of(text: &str, year: Option<&str>, numbered: bool) -> Option<Month> {
    let month = match cell::integer(text) {
        Ok(Some(number)) => {
            let number = i32::try_from(number).ok().filter(|n| n.abs() < 1_000_000)?;
            let year = year.and_then(|year| cell::year(year).ok().flatten());
            match year {
                _ if numbered && number < 100_000 => Month(number),
                Some(year) if !numbered => Month::of(year, u8::try_from(number).ok().filter(|n| (1..=12).contains(n))?),
                // 202403
                _ => {
                    let month = u8::try_from(number % 100).ok().filter(|n| (1..=12).contains(n))?;
                    Month::of(i16::try_from(number / 100).ok()?, month)
                }
            }
        }
        _ => {
            let period = text
                .parse()
                .ok()
                .filter(|period| matches!(period, Period::Month { .. }));
            let day = || {
                cell::month(text)
                    .ok()
                    .flatten()
                    .or_else(|| cell::date(text).ok().flatten())
            };
            Month::first_of(period.or_else(|| Period::month_of(day()?).ok())?)
        }
    };
    YEARS.contains(&month.year()).then_some(month)
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
