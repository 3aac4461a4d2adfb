//! One row of GED to one event, with every check that UCDP's own codebook allows.

use csv::StringRecord;
use lysoen_facts::tables::{Day, EventRow, from_days};
use lysoen_lexicon::country::Crosswalk;
use lysoen_lexicon::priogrid::PrioGrid;

use super::columns::Columns;
use super::country::Countries;
use super::{israel_palestine, report};
use crate::cell;
use crate::events::{Cells, Numbers, Rejected, Seen, SourceFields, day, decimal, whole_number};
use crate::finding::{Findings, Severity};
use crate::records::Header;

/// Reads rows of one file. What it needs for a row is kept between rows, so that a row costs no allocation.
pub(super) struct RowReader<'a> {
    header: &'a Header,
    columns: &'a Columns,
    countries: Countries<'a>,
    numbers: Numbers,
    id: String,
    side_a_states: String,
    side_b_states: String,
    fields: SourceFields,
    /// Rows whose `year` is not that of `date_end`.
    pub(super) other_years: u64,
}

/// Death counts of one event.
struct Deaths {
    best: i64,
    low: Option<i64>,
    high: Option<i64>,
    civilian: Option<i64>,
    side_a: Option<i64>,
    side_b: Option<i64>,
    unknown: Option<i64>,
}

impl<'a> RowReader<'a> {
    pub(super) fn new(header: &'a Header, columns: &'a Columns, crosswalk: &'a Crosswalk) -> Self {
        RowReader {
            header,
            columns,
            countries: Countries::new(crosswalk),
            numbers: Numbers::default(),
            id: String::new(),
            side_a_states: String::new(),
            side_b_states: String::new(),
            fields: SourceFields::default(),
            other_years: 0,
        }
    }

    /// The row's event; none where the row repeats one before it cell by cell.
    pub(super) fn read<'r>(
        &'r mut self,
        record: &'r StringRecord,
        row: u64,
        findings: &mut Findings,
    ) -> Result<Option<EventRow<'r>>, Rejected> {
        let columns = self.columns;
        let cells = Cells {
            record,
            header: self.header,
            row,
        };
        let number = number(&cells, columns, findings)?;
        let violence = violence(&cells, columns, findings)?;
        let (start, end) = days(&cells, columns, findings)?;
        let deaths = deaths(&cells, columns, findings)?;
        if self.repeats(number, &cells, findings)? {
            return Ok(None);
        }
        let coordinates = cells.coordinates(columns.latitude, columns.longitude, findings);
        let where_precision = code(&cells, columns.where_precision, 1..=7, findings);
        let priogrid = priogrid(&cells, columns, coordinates, findings);
        let adm1 = cells.text(columns.adm1);
        let adm2 = cells.text(columns.adm2);
        let side = match gleditsch_ward(&cells, columns) {
            Some(ISRAEL_AND_PALESTINE) => israel_palestine::side(adm1, adm2, coordinates, where_precision),
            _ => None,
        };
        self.write_id(number);
        let side_a_states = states(&cells, columns.gwnoa, &mut self.side_a_states, findings);
        let side_b_states = states(&cells, columns.gwnob, &mut self.side_b_states, findings);
        self.fields.clear();
        self.fields.text("split_place", side);
        self.other_years += u64::from(add_dates(&cells, columns, start, end, &mut self.fields));
        add_fields(&cells, columns, coordinates, &mut self.fields, findings);
        let report = add_reports(&cells, columns, &mut self.fields);
        let country = country(&mut self.countries, &cells, columns, end, &mut self.fields, findings);
        Ok(Some(EventRow {
            event_id: &self.id,
            country,
            start,
            end,
            date_precision: date_precision(&cells, columns, findings),
            latitude: coordinates.map(|c| c.0),
            longitude: coordinates.map(|c| c.1),
            where_precision,
            priogrid,
            adm1,
            adm2,
            where_coordinates: cells.text(columns.where_coordinates),
            where_description: cells.text(columns.where_description),
            violence,
            deaths_best: Some(deaths.best),
            deaths_low: deaths.low,
            deaths_high: deaths.high,
            deaths_civilian: deaths.civilian,
            deaths_side_a: deaths.side_a,
            deaths_side_b: deaths.side_b,
            deaths_unknown: deaths.unknown,
            side_a: cells.text(columns.side_a),
            side_b: cells.text(columns.side_b),
            side_a_id: cells.small(columns.side_a_id, findings),
            side_b_id: cells.small(columns.side_b_id, findings),
            side_a_states: side_a_states.then_some(&self.side_a_states),
            side_b_states: side_b_states.then_some(&self.side_b_states),
            conflict_id: cells.small(columns.conflict_id, findings),
            conflict: cells.text(columns.conflict),
            dyad_id: cells.small(columns.dyad_id, findings),
            dyad: cells.text(columns.dyad),
            clarity: code(&cells, columns.clarity, 1..=2, findings),
            code_status: cells.text(columns.code_status),
            sources_count: sources_count(&cells, columns, findings),
            report,
            report_origin: cells.text(columns.original),
            source_fields: self.fields.finish(),
            row,
            ..EventRow::default()
        }))
    }

    /// Whether the row is an earlier one once more. The same number with other cells rejects it.
    fn repeats(&mut self, number: u64, cells: &Cells<'_>, findings: &mut Findings) -> Result<bool, Rejected> {
        let id = self.columns.id;
        match self.numbers.note(number, cells.record) {
            Seen::First => Ok(false),
            Seen::SameRow => {
                cells.add(
                    Severity::Note,
                    id,
                    "each event once; this row repeats an earlier one and is passed over",
                    findings,
                );
                Ok(true)
            }
            Seen::OtherRow => cells.reject(
                id,
                "each event once; an earlier row with this number says something else",
                findings,
            ),
        }
    }

    fn write_id(&mut self, number: u64) {
        use std::fmt::Write;
        self.id.clear();
        // Writing to a String cannot fail.
        let _ = write!(self.id, "{number}");
    }
}

const ISRAEL_AND_PALESTINE: i64 = 666;

fn number(cells: &Cells<'_>, columns: &Columns, findings: &mut Findings) -> Result<u64, Rejected> {
    const EXPECTED: &str = "the event's number";
    let number = cells.needed(whole_number, EXPECTED, columns.id, findings)?;
    match u64::try_from(number) {
        Ok(number) => Ok(number),
        Err(_) => cells.reject(columns.id, EXPECTED, findings),
    }
}

fn violence(cells: &Cells<'_>, columns: &Columns, findings: &mut Findings) -> Result<&'static str, Rejected> {
    const EXPECTED: &str = "1 (state-based), 2 (non-state) or 3 (one-sided)";
    match cells.needed(whole_number, EXPECTED, columns.violence, findings)? {
        1 => Ok("state-based"),
        2 => Ok("non-state"),
        3 => Ok("one-sided"),
        _ => cells.reject(columns.violence, EXPECTED, findings),
    }
}

fn days(cells: &Cells<'_>, columns: &Columns, findings: &mut Findings) -> Result<(Day, Day), Rejected> {
    let end = cells.needed(
        day,
        "the event's last day, such as 2024-01-31",
        columns.date_end,
        findings,
    )?;
    let start = match cells.day(columns.date_start, findings) {
        Some(start) if start <= end => start,
        Some(_) => return cells.reject(columns.date_start, "a day that is not after date_end", findings),
        None => end,
    };
    Ok((start, end))
}

fn deaths(cells: &Cells<'_>, columns: &Columns, findings: &mut Findings) -> Result<Deaths, Rejected> {
    const EXPECTED: &str = "the best estimate of deaths, a whole number from 0";
    let best = cells.needed(whole_number, EXPECTED, columns.best, findings)?;
    if best < 0 {
        return cells.reject(columns.best, EXPECTED, findings);
    }
    let deaths = Deaths {
        best,
        low: cells.people(columns.low, findings),
        high: cells.people(columns.high, findings),
        civilian: cells.people(columns.deaths_civilians, findings),
        side_a: cells.people(columns.deaths_a, findings),
        side_b: cells.people(columns.deaths_b, findings),
        unknown: cells.people(columns.deaths_unknown, findings),
    };
    if deaths.high.is_some_and(|high| best > high) {
        cells.add(
            Severity::Warning,
            columns.best,
            "no more than the high estimate; kept as given",
            findings,
        );
    }
    if deaths.low.is_some_and(|low| low > best) {
        cells.add(
            Severity::Warning,
            columns.low,
            "no more than the best estimate; kept as given",
            findings,
        );
    }
    let parts = [deaths.side_a, deaths.side_b, deaths.civilian, deaths.unknown];
    let sum: Option<i64> = parts.iter().try_fold(0_i64, |sum, part| sum.checked_add((*part)?));
    if sum.is_some_and(|sum| sum != best) {
        let expected = "deaths of side a, side b, civilians and unknown added up; kept as given";
        cells.add(Severity::Note, columns.best, expected, findings);
    }
    Ok(deaths)
}

/// A code of the codebook; another number is kept out with a warning.
fn code(
    cells: &Cells<'_>,
    at: Option<usize>,
    known: std::ops::RangeInclusive<i16>,
    findings: &mut Findings,
) -> Option<i16> {
    let code: i16 = cells.small(at, findings)?;
    if known.contains(&code) {
        return Some(code);
    }
    let expected = format!("{} to {}; the cell is left out", known.start(), known.end());
    cells.add(Severity::Warning, at, &expected, findings);
    None
}

/// Some candidate events have 0, which is not in the codebook; it is kept, since it says what the source said.
fn date_precision(cells: &Cells<'_>, columns: &Columns, findings: &mut Findings) -> Option<i16> {
    if cells.text(columns.date_precision).map(whole_number) == Some(Ok(Some(0))) {
        cells.add(
            Severity::Warning,
            columns.date_precision,
            "1 to 5; kept as given",
            findings,
        );
        return Some(0);
    }
    code(cells, columns.date_precision, 1..=5, findings)
}

/// -1 says that the reports were not counted.
fn sources_count(cells: &Cells<'_>, columns: &Columns, findings: &mut Findings) -> Option<i32> {
    cells
        .small(columns.number_of_sources, findings)
        .filter(|count| *count >= 0)
}

/// The PRIO-GRID cell as given, checked against the coordinates. A point on the edge of two cells may be in either.
fn priogrid(
    cells: &Cells<'_>,
    columns: &Columns,
    coordinates: Option<(f64, f64)>,
    findings: &mut Findings,
) -> Option<i32> {
    let at = columns.priogrid;
    let given: i32 = cells.small(at, findings)?;
    let Some(cell) = u32::try_from(given).ok().and_then(|id| PrioGrid::new(id).ok()) else {
        cells.add(
            Severity::Warning,
            at,
            "the number of a PRIO-GRID cell, 1 to 259200; the cell is left out",
            findings,
        );
        return None;
    };
    const HALF_A_CELL: f64 = 0.25 + 1e-6;
    let (longitude, latitude) = cell.centre();
    let outside = coordinates
        .is_some_and(|(lat, lon)| (lat - latitude).abs() > HALF_A_CELL || (lon - longitude).abs() > HALF_A_CELL);
    if outside {
        cells.add(
            Severity::Warning,
            at,
            "the PRIO-GRID cell of the coordinates; kept as given",
            findings,
        );
    }
    Some(given)
}

fn gleditsch_ward(cells: &Cells<'_>, columns: &Columns) -> Option<i64> {
    cells
        .text(columns.country_id)
        .and_then(|text| whole_number(text).ok().flatten())
}

/// The place of the event; where there is none, what the source says of it goes to the remaining fields.
fn country<'c>(
    countries: &'c mut Countries<'_>,
    cells: &Cells<'_>,
    columns: &Columns,
    end: Day,
    fields: &mut SourceFields,
    findings: &mut Findings,
) -> Option<&'c str> {
    let iso3 = cells.text(columns.iso3);
    let found = gleditsch_ward(cells, columns).map(|number| countries.look_up(number, end));
    let disagrees = found
        .zip(iso3)
        .is_some_and(|(found, iso3)| !countries.agrees(iso3, found));
    match found.map_or(Err("a Gleditsch-Ward number"), |found| countries.place(found)) {
        Ok(place) => {
            if disagrees {
                let expected = format!("the code of {place}, which country_id says and which is taken");
                cells.add(Severity::Warning, columns.iso3, &expected, findings);
                fields.text("iso3", iso3);
            }
            Some(place)
        }
        Err(why) => {
            let expected = format!("{why}; the event is kept without a country");
            cells.add(Severity::Warning, columns.country_id, &expected, findings);
            fields.number("country_id", cells.text(columns.country_id));
            fields.text("country", cells.text(columns.country));
            fields.text("iso3", iso3);
            None
        }
    }
}

/// The governments of a side, as whole numbers joined by semicolons. Whether there are any.
fn states(cells: &Cells<'_>, at: Option<usize>, joined: &mut String, findings: &mut Findings) -> bool {
    use std::fmt::Write;
    joined.clear();
    let Some(text) = cells.text(at) else { return false };
    for part in text.split([';', ',']).map(str::trim).filter(|part| !part.is_empty()) {
        let Ok(Some(number)) = whole_number(part) else {
            let expected = "Gleditsch-Ward numbers such as 645;651; kept as given";
            cells.add(Severity::Warning, at, expected, findings);
            joined.clear();
            joined.push_str(text);
            return true;
        };
        let separator = if joined.is_empty() { "" } else { ";" };
        // Writing to a String cannot fail.
        let _ = write!(joined, "{separator}{number}");
    }
    !joined.is_empty()
}

/// Keeps the columns of years where they say other than the dates. Whether `year` does.
fn add_dates(cells: &Cells<'_>, columns: &Columns, start: Day, end: Day, fields: &mut SourceFields) -> bool {
    let mut differs = |key: &str, at: Option<usize>, day: Day| {
        let Some(text) = cells.text(at) else { return false };
        let same = whole_number(text) == Ok(Some(i64::from(from_days(day.0).year())));
        if !same {
            fields.number(key, Some(text));
        }
        !same
    };
    differs("start_year", columns.start_year, start);
    differs("end_year", columns.end_year, end);
    differs("year", columns.year, end)
}

/// The columns that the table has no place for, except what other columns give back.
fn add_fields(
    cells: &Cells<'_>,
    columns: &Columns,
    coordinates: Option<(f64, f64)>,
    fields: &mut SourceFields,
    findings: &mut Findings,
) {
    fields.text("relid", cells.text(columns.relid).filter(|relid| *relid != "0"));
    match cells.text(columns.active_year).map(cell::boolean) {
        Some(Ok(Some(active))) => fields.boolean("active_year", active),
        _ => fields.text("active_year", cells.text(columns.active_year)),
    }
    for (key, old, new) in [
        ("conflict_dset_id", columns.conflict_dset_id, columns.conflict_id),
        ("dyad_dset_id", columns.dyad_dset_id, columns.dyad_id),
        ("side_a_dset_id", columns.side_a_dset_id, columns.side_a_id),
        ("side_b_dset_id", columns.side_b_dset_id, columns.side_b_id),
    ] {
        let old = cells.text(old);
        if old != cells.text(new) {
            fields.number(key, old);
        }
    }
    fields.text("region", cells.text(columns.region));
    if let Some(wkt) = cells.text(columns.wkt)
        && point(wkt).is_none_or(|point| !coordinates.is_some_and(|given| near(point, given)))
    {
        fields.text("geom_wkt", Some(wkt));
        if coordinates.is_some() {
            let expected = "the point of latitude and longitude, which are taken";
            cells.add(Severity::Note, columns.wkt, expected, findings);
        }
    }
    for (at, name) in &columns.unknown {
        fields.text(name, cells.text(Some(*at)));
    }
}

/// Latitude and longitude of `POINT (36.4792871 14.15507)`.
fn point(wkt: &str) -> Option<(f64, f64)> {
    let (longitude, latitude) = wkt.strip_prefix("POINT (")?.strip_suffix(')')?.split_once(' ')?;
    Some((decimal(latitude).ok()??, decimal(longitude).ok()??))
}

fn near(a: (f64, f64), b: (f64, f64)) -> bool {
    const ROUNDING: f64 = 1.5e-6;
    (a.0 - b.0).abs() < ROUNDING && (a.1 - b.1).abs() < ROUNDING
}

/// The reports, and in the remaining fields those columns about them that they do not give back.
fn add_reports<'r>(cells: &Cells<'r>, columns: &Columns, fields: &mut SourceFields) -> Option<&'r str> {
    let article = cells.text(columns.article);
    let [office, date, headline] = [columns.office, columns.date, columns.headline].map(|at| cells.text(at));
    let parts = [office, date, headline].map(Option::unwrap_or_default);
    if !article.is_some_and(|article| report::says_it_all(article, parts[0], parts[1], parts[2])) {
        fields.text("source_office", office);
        fields.text("source_date", date);
        if article.is_some() {
            fields.text("source_headline", headline);
        }
    }
    article.or(headline)
}
