//! ACLED's current export, after its public codebook.
//!
//! ACLED gives one figure of deaths an event, without a range, and codes battles, protests and strategic developments
//! alike; its deaths are never added to UCDP's. The notes on each event are not taken: they describe single people.

use std::collections::HashMap;

use csv::StringRecord;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use lysoen_facts::tables::{EventRow, FactRow, from_days};
use lysoen_lexicon::country::{CodeSystem, Crosswalk, Resolved};

use crate::card::{Card, Layout};
use crate::events::{Cells, Names, Rejected, Seen, SourceFields, day, whole_number};
use crate::finding::{Findings, Severity};
use crate::input::Input;
use crate::reader::{Coverage, Job, ReadError, Reader, Vintage, VintageBasis};
use crate::records::Header;

/// Reads ACLED.
#[derive(Debug)]
pub struct Acled;

impl Reader for Acled {
    fn name(&self) -> &'static str {
        "acled"
    }

    fn version(&self) -> u32 {
        1
    }

    /// The day of the newest change to an event.
    fn vintage(&self, input: &Input, _card: &Card, _layout: &Layout) -> Result<Option<Vintage>, ReadError> {
        let mut records = input.records(None)?;
        let Some(at) = records.header().index("timestamp") else {
            return Ok(None);
        };
        // What is wrong in a row is found when it is read.
        let mut passing = Findings::new(input.name());
        let mut record = StringRecord::new();
        let mut newest = None;
        while records.next(&mut record, &mut passing)?.is_some() {
            let seconds = record.get(at).and_then(|text| whole_number(text.trim()).ok().flatten());
            newest = newest.max(seconds);
        }
        let newest = newest.and_then(|seconds| Timestamp::from_second(seconds).ok());
        let vintage = |time: Timestamp| Vintage {
            date: time.to_zoned(TimeZone::UTC).date(),
            label: None,
            basis: VintageBasis::Inferred,
        };
        Ok(newest.map(vintage))
    }

    /// An export holds what its downloader chose, which it does not say: it is complete for nothing.
    fn read(&self, input: &Input, job: &mut Job<'_>) -> Result<Coverage, ReadError> {
        let mut records = input.records(None)?;
        let header = records.header().clone();
        let columns = Columns::find(&header, input.name())?;
        let mut reader = RowReader {
            columns: &columns,
            crosswalk: job.crosswalk,
            countries: HashMap::new(),
            names: Names::default(),
            fields: SourceFields::default(),
        };
        let mut record = StringRecord::new();
        while let Some(row) = records.next(&mut record, job.findings)? {
            let cells = Cells {
                record: &record,
                header: &header,
                row,
            };
            match reader.read(&cells, job.findings) {
                Ok(Some(event)) => {
                    job.sink.push(&FactRow::Event(event))?;
                    job.findings.rows_kept += 1;
                }
                Ok(None) => job.findings.rows_skipped += 1,
                Err(Rejected) => job.findings.rows_rejected += 1,
            }
        }
        Ok(Coverage {
            partial: true,
            ..Coverage::default()
        })
    }
}

struct Columns {
    id: Option<usize>,
    date: Option<usize>,
    time_precision: Option<usize>,
    event_type: Option<usize>,
    actor1: Option<usize>,
    actor2: Option<usize>,
    iso: Option<usize>,
    country: Option<usize>,
    admin1: Option<usize>,
    admin2: Option<usize>,
    location: Option<usize>,
    latitude: Option<usize>,
    longitude: Option<usize>,
    geo_precision: Option<usize>,
    source: Option<usize>,
    fatalities: Option<usize>,
    others: Vec<(&'static str, Option<usize>)>,
}

/// Columns that are kept as they are. `year` is that of the date, `interaction` and `region` are kept as ACLED words
/// them, and `notes` is left out.
const OTHERS: &[&str] = &[
    "time_precision",
    "disorder_type",
    "sub_event_type",
    "assoc_actor_1",
    "inter1",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "region",
    "admin3",
    "geo_precision",
    "source_scale",
    "tags",
    "timestamp",
];

impl Columns {
    fn find(header: &Header, file: &str) -> Result<Columns, ReadError> {
        let needed = |name: &str| match header.index(name) {
            Some(at) => Ok(Some(at)),
            None => Err(ReadError::Malformed {
                file: file.to_string(),
                row: None,
                found: format!("no column {name}"),
                expected: "the columns of ACLED's export, among them event_id_cnty, event_date, event_type, fatalities"
                    .into(),
            }),
        };
        Ok(Columns {
            id: needed("event_id_cnty")?,
            date: needed("event_date")?,
            event_type: needed("event_type")?,
            fatalities: needed("fatalities")?,
            time_precision: header.index("time_precision"),
            actor1: header.index("actor1"),
            actor2: header.index("actor2"),
            iso: header.index("iso"),
            country: header.index("country"),
            admin1: header.index("admin1"),
            admin2: header.index("admin2"),
            location: header.index("location"),
            latitude: header.index("latitude"),
            longitude: header.index("longitude"),
            geo_precision: header.index("geo_precision"),
            source: header.index("source"),
            others: OTHERS.iter().map(|name| (*name, header.index(name))).collect(),
        })
    }
}

struct RowReader<'a> {
    columns: &'a Columns,
    crosswalk: &'a Crosswalk,
    /// By code and name as they stand in the file: the place, or what should have stood there.
    countries: HashMap<(String, String), Result<String, String>>,
    names: Names,
    fields: SourceFields,
}

impl<'a> RowReader<'a> {
    /// The row's event; none where the row repeats one before it cell by cell.
    fn read<'r>(&'r mut self, cells: &Cells<'r>, findings: &mut Findings) -> Result<Option<EventRow<'r>>, Rejected> {
        let columns = self.columns;
        let Some(id) = cells.text(columns.id) else {
            return cells.reject(columns.id, "the event's number, such as SDN1234", findings);
        };
        let on = cells.needed(day, "the event's day, such as 2024-01-31", columns.date, findings)?;
        let Some(event_type) = cells.text(columns.event_type) else {
            return cells.reject(columns.event_type, "the type of event", findings);
        };
        let expected = "a number of people, 0 or more";
        let deaths = cells.needed(whole_number, expected, columns.fatalities, findings)?;
        if deaths < 0 {
            return cells.reject(columns.fatalities, expected, findings);
        }
        match self.names.note(id, cells.record) {
            Seen::First => {}
            Seen::SameRow => {
                let expected = "each event once; this row repeats an earlier one and is passed over";
                cells.add(Severity::Note, columns.id, expected, findings);
                return Ok(None);
            }
            Seen::OtherRow => {
                let expected = "each event once; an earlier row with this number says something else";
                return cells.reject(columns.id, expected, findings);
            }
        }
        let coordinates = cells.coordinates(columns.latitude, columns.longitude, findings);
        self.fields.clear();
        for (key, at) in &columns.others {
            self.fields.number(key, cells.text(*at));
        }
        let country = country(&mut self.countries, self.crosswalk, cells, columns, on, findings);
        Ok(Some(EventRow {
            event_id: id,
            country,
            start: on,
            end: on,
            date_precision: graded(cells, columns.time_precision, TIME, findings),
            latitude: coordinates.map(|c| c.0),
            longitude: coordinates.map(|c| c.1),
            where_precision: graded(cells, columns.geo_precision, PLACE, findings),
            adm1: cells.text(columns.admin1),
            adm2: cells.text(columns.admin2),
            where_coordinates: cells.text(columns.location),
            violence: event_type,
            deaths_best: Some(deaths),
            side_a: cells.text(columns.actor1),
            side_b: cells.text(columns.actor2),
            report: cells.text(columns.source),
            source_fields: self.fields.finish(),
            row: cells.row,
            ..EventRow::default()
        }))
    }
}

/// ACLED's 1 day, 2 week, 3 month in UCDP's numbers.
const TIME: [i16; 3] = [1, 3, 4];
/// ACLED's 1 the town, 2 part of a region, 3 a region in UCDP's numbers: exact, second-order area, first-order area.
const PLACE: [i16; 3] = [1, 3, 4];

fn graded(cells: &Cells<'_>, at: Option<usize>, grades: [i16; 3], findings: &mut Findings) -> Option<i16> {
    let grade = cells.integer(at, findings)?;
    let found = usize::try_from(grade)
        .ok()
        .and_then(|n| grades.get(n.checked_sub(1)?))
        .copied();
    if found.is_none() {
        cells.add(Severity::Warning, at, "1, 2 or 3; the cell is left out", findings);
    }
    found
}

/// The place by ISO's number, else by name; a warning where the two differ.
fn country<'c>(
    known: &'c mut HashMap<(String, String), Result<String, String>>,
    crosswalk: &Crosswalk,
    cells: &Cells<'_>,
    columns: &Columns,
    on: lysoen_facts::tables::Day,
    findings: &mut Findings,
) -> Option<&'c str> {
    let [iso, name] = [columns.iso, columns.country].map(|at| cells.text(at).unwrap_or_default());
    let resolve = |system, text: &str| match crosswalk.resolve(system, text, Some(from_days(on.0))) {
        Ok(Resolved::Place(place)) => Ok(place.as_str().to_string()),
        Ok(Resolved::Aggregate(group)) => Err(format!("a country, which {group} is not")),
        Ok(Resolved::Unknown) => Err("a country".to_string()),
        Err(why) => Err(format!("a country: {why}")),
    };
    let key = (iso.to_string(), name.to_string());
    let first_time = !known.contains_key(&key);
    let found = known.entry(key).or_insert_with(|| match iso {
        "" | "0" => resolve(CodeSystem::Name, name),
        iso => resolve(CodeSystem::M49, iso),
    });
    match found {
        Ok(place) => {
            if first_time && !name.is_empty() && resolve(CodeSystem::Name, name).is_ok_and(|named| named != *place) {
                let expected = format!("the name of {place}, which iso says and which is taken");
                cells.add(Severity::Warning, columns.country, &expected, findings);
            }
            Some(place)
        }
        Err(why) => {
            let expected = format!("{why}; the event is kept without a country");
            cells.add(Severity::Warning, columns.iso.or(columns.country), &expected, findings);
            None
        }
    }
}
