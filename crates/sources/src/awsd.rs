//! The Aid Worker Security Database: attacks on aid workers, one row an incident.
//!
//! The free text about each incident is not taken: it describes single people, and no figure here points at a person.
//! For the same reason a perpetrator is named only where it is a force or a group.

use std::collections::HashMap;

use csv::StringRecord;
use jiff::civil::{Date, date};
use lysoen_facts::tables::{EventRow, FactRow};
use lysoen_lexicon::country::{CodeSystem, Crosswalk, Resolved};

use crate::card::{Card, Layout};
use crate::cell;
use crate::events::{Cells, Names, Rejected, Seen, SourceFields, whole_number};
use crate::finding::{Findings, Severity};
use crate::input::Input;
use crate::reader::{Coverage, Job, ReadError, Reader, Vintage, VintageBasis};
use crate::records::Header;

/// Reads the Aid Worker Security Database.
#[derive(Debug)]
pub struct Awsd;

/// The first day that the database covers.
const BEGINNING: Date = date(1997, 1, 1);

impl Reader for Awsd {
    fn name(&self) -> &'static str {
        "awsd"
    }

    fn version(&self) -> u32 {
        1
    }

    fn vintage(&self, input: &Input, _card: &Card, _layout: &Layout) -> Result<Option<Vintage>, ReadError> {
        Ok(newest_month(input)?.map(|month| Vintage {
            date: month.last_of_month(),
            label: Some(format!("{:04}-{:02}", month.year(), month.month())),
            basis: VintageBasis::Inferred,
        }))
    }

    fn read(&self, input: &Input, job: &mut Job<'_>) -> Result<Coverage, ReadError> {
        let newest = newest_month(input)?.map(Date::last_of_month);
        let mut records = input.records(None)?;
        let header = records.header().clone();
        let columns = Columns::find(&header, input.name())?;
        let mut reader = RowReader::new(&columns, job.crosswalk, newest);
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
        match newest {
            Some(newest) => Ok(Coverage {
                places: None,
                from: Some(BEGINNING),
                to: Some(newest),
                partial: false,
            }),
            None => Ok(Coverage {
                partial: true,
                ..Coverage::default()
            }),
        }
    }
}

/// The month of the newest incident, as its first day. The database is published whole, so that this is how far it goes.
fn newest_month(input: &Input) -> Result<Option<Date>, ReadError> {
    let mut records = input.records(None)?;
    let [year, month] = ["Year", "Month"].map(|name| records.header().index(name));
    // What is wrong in a row is found when it is read.
    let mut passing = Findings::new(input.name());
    let mut record = StringRecord::new();
    let mut newest = None;
    while records.next(&mut record, &mut passing)?.is_some() {
        let number = |at: Option<usize>| whole_number(record.get(at?)?.trim()).ok().flatten();
        let first = number(year)
            .zip(number(month))
            .and_then(|(year, month)| first_of(year, month));
        newest = newest.max(first);
    }
    Ok(newest)
}

fn first_of(year: i64, month: i64) -> Option<Date> {
    Date::new(plausible_year(year)?, i8::try_from(month).ok()?, 1).ok()
}

fn plausible_year(year: i64) -> Option<i16> {
    i16::try_from(year).ok().filter(|year| (1900..=2200).contains(year))
}

struct Columns {
    id: Option<usize>,
    year: Option<usize>,
    month: Option<usize>,
    day: Option<usize>,
    code: Option<usize>,
    country: Option<usize>,
    region: Option<usize>,
    district: Option<usize>,
    city: Option<usize>,
    latitude: Option<usize>,
    longitude: Option<usize>,
    actor_type: Option<usize>,
    actor_name: Option<usize>,
    verified: Option<usize>,
    source: Option<usize>,
    /// Killed, wounded, kidnapped, detained: all, nationals, internationals.
    harm: [Harm; 4],
    /// Columns that are kept as they are, under a key in the remaining fields.
    others: Vec<(&'static str, Option<usize>)>,
}

struct Harm {
    all: Option<usize>,
    nationals: Option<usize>,
    internationals: Option<usize>,
}

impl Columns {
    fn find(header: &Header, file: &str) -> Result<Columns, ReadError> {
        let needed = |name: &str| match header.index(name) {
            Some(at) => Ok(Some(at)),
            None => Err(ReadError::Malformed {
                file: file.to_string(),
                row: None,
                found: format!("no column {name}"),
                expected:
                    "the columns of the Aid Worker Security Database, among them Incident ID, Year and Total killed"
                        .into(),
            }),
        };
        let harm = |what: &str| -> Result<Harm, ReadError> {
            Ok(Harm {
                all: needed(&format!("Total {what}"))?,
                nationals: header.index(&format!("Nationals {what}")),
                internationals: header.index(&format!("Internationals {what}")),
            })
        };
        Ok(Columns {
            id: needed("Incident ID")?,
            year: needed("Year")?,
            month: header.index("Month"),
            day: header.index("Day"),
            code: header.index("Country Code"),
            country: header.index("Country"),
            region: header.index("Region"),
            district: header.index("District"),
            city: header.index("City"),
            latitude: header.index("Latitude"),
            longitude: header.index("Longitude"),
            actor_type: header.index("Actor type"),
            actor_name: header.index("Actor name"),
            verified: header.index("Verified"),
            source: header.index("Source"),
            harm: [harm("killed")?, harm("wounded")?, harm("kidnapped")?, harm("detained")?],
            others: OTHERS.iter().map(|(name, key)| (*key, header.index(name))).collect(),
        })
    }
}

/// Counts by employer, by origin and by gender, and what is said of the attack: column, key.
const OTHERS: &[(&str, &str)] = &[
    ("UN", "un"),
    ("INGO", "ingo"),
    ("ICRC", "icrc"),
    ("NRCS and IFRC", "nrcs_ifrc"),
    ("NNGO", "nngo"),
    ("Other", "other"),
    ("Nationals killed", "nationals_killed"),
    ("Nationals wounded", "nationals_wounded"),
    ("Nationals kidnapped", "nationals_kidnapped"),
    ("Nationals detained", "nationals_detained"),
    ("Internationals killed", "internationals_killed"),
    ("Internationals wounded", "internationals_wounded"),
    ("Internationals kidnapped", "internationals_kidnapped"),
    ("Internationals detained", "internationals_detained"),
    ("Gender Male", "men"),
    ("Gender Female", "women"),
    ("Gender Unknown", "gender_unknown"),
    ("Means of attack", "means"),
    ("Attack context", "context"),
    ("Location", "location"),
    ("Motive", "motive"),
    ("Actor type", "actor_type"),
];

struct RowReader<'a> {
    columns: &'a Columns,
    crosswalk: &'a Crosswalk,
    /// The day after which nothing can have happened, for incidents whose month is not known.
    newest: Option<Date>,
    names: Names,
    /// How many incidents brought a number that was taken.
    again: HashMap<String, u32>,
    id: String,
    country: String,
    fields: SourceFields,
}

impl<'a> RowReader<'a> {
    fn new(columns: &'a Columns, crosswalk: &'a Crosswalk, newest: Option<Date>) -> Self {
        RowReader {
            columns,
            crosswalk,
            newest,
            names: Names::default(),
            again: HashMap::new(),
            id: String::new(),
            country: String::new(),
            fields: SourceFields::default(),
        }
    }

    /// The row's event; none where the row repeats one before it cell by cell.
    fn read<'r>(&'r mut self, cells: &Cells<'r>, findings: &mut Findings) -> Result<Option<EventRow<'r>>, Rejected> {
        let columns = self.columns;
        let dates = self.dates(cells, findings)?;
        if !self.name(cells, findings)? {
            return Ok(None);
        }
        let [killed, wounded, kidnapped, detained] =
            [0, 1, 2, 3].map(|nth| harmed(cells, &columns.harm[nth], findings));
        let coordinates = cells.coordinates(columns.latitude, columns.longitude, findings);
        self.locate(cells, dates.end, findings);
        self.fields.clear();
        for (key, at) in &columns.others {
            self.fields.number(key, cells.text(*at));
        }
        Ok(Some(EventRow {
            event_id: &self.id,
            country: (!self.country.is_empty()).then_some(&self.country),
            start: dates.start.into(),
            end: dates.end.into(),
            date_precision: Some(dates.precision),
            latitude: coordinates.map(|c| c.0),
            longitude: coordinates.map(|c| c.1),
            adm1: cells.text(columns.region),
            adm2: cells.text(columns.district),
            where_description: cells.text(columns.city),
            violence: "attack-on-aid-workers",
            deaths_best: killed,
            wounded,
            kidnapped,
            detained,
            side_a: actor(cells, columns),
            code_status: cells.text(columns.verified),
            report_origin: cells.text(columns.source),
            source_fields: self.fields.finish(),
            row: cells.row,
            ..EventRow::default()
        }))
    }

    /// Gives the incident its number. Two incidents with one number are both counted, as the publisher's totals count
    /// them; the second is told apart by what follows the number. Whether the row is no mere repetition.
    fn name(&mut self, cells: &Cells<'_>, findings: &mut Findings) -> Result<bool, Rejected> {
        let id = self.columns.id;
        let Some(number) = cells.text(id) else {
            return cells.reject(id, "the incident's number", findings);
        };
        self.id.clear();
        self.id.push_str(number);
        match self.names.note(number, cells.record) {
            Seen::First => {}
            Seen::SameRow => {
                cells.add(
                    Severity::Note,
                    id,
                    "each incident once; this row repeats an earlier one and is passed over",
                    findings,
                );
                return Ok(false);
            }
            Seen::OtherRow => {
                let times = self.again.entry(number.to_string()).or_insert(1);
                *times += 1;
                self.id.push_str(&format!("-{times}"));
                let expected = format!(
                    "each number once; another incident has it too, and this one is kept as {}",
                    self.id
                );
                cells.add(Severity::Warning, id, &expected, findings);
            }
        }
        Ok(true)
    }

    fn dates(&self, cells: &Cells<'_>, findings: &mut Findings) -> Result<Dates, Rejected> {
        let columns = self.columns;
        let what = "the incident's year, such as 2024";
        let year = cells.needed(whole_number, what, columns.year, findings)?;
        let Some(year) = plausible_year(year) else {
            return cells.reject(columns.year, what, findings);
        };
        let month = cells.integer(columns.month, findings);
        let first = month.and_then(|month| first_of(i64::from(year), month));
        let Some(first) = first else {
            if month.is_some() {
                cells.add(
                    Severity::Warning,
                    columns.month,
                    "a month, 1 to 12; the incident is dated by its year",
                    findings,
                );
            }
            let (start, end) = (date(year, 1, 1), date(year, 12, 31));
            let end = self
                .newest
                .filter(|newest| (start..=end).contains(newest))
                .unwrap_or(end);
            return Ok(Dates {
                start,
                end,
                precision: 5,
            });
        };
        match cells.integer(columns.day, findings) {
            None => Ok(Dates {
                start: first,
                end: first.last_of_month(),
                precision: 4,
            }),
            Some(day) => match i8::try_from(day)
                .ok()
                .and_then(|day| Date::new(year, first.month(), day).ok())
            {
                Some(day) => Ok(Dates {
                    start: day,
                    end: day,
                    precision: 1,
                }),
                None => {
                    cells.add(
                        Severity::Warning,
                        columns.day,
                        "a day of that month; the incident is dated by its month",
                        findings,
                    );
                    Ok(Dates {
                        start: first,
                        end: first.last_of_month(),
                        precision: 4,
                    })
                }
            },
        }
    }

    /// Finds the country by its alpha-2 code, else by name.
    fn locate(&mut self, cells: &Cells<'_>, on: Date, findings: &mut Findings) {
        let columns = self.columns;
        self.country.clear();
        let (system, at) = match cells.text(columns.code) {
            Some(_) => (CodeSystem::Iso2, columns.code),
            None => (CodeSystem::Name, columns.country),
        };
        let expected = match cells.text(at).map(in_a_state) {
            None => "a country".to_string(),
            Some(text) => match self.crosswalk.resolve(system, text, Some(on)) {
                Ok(Resolved::Place(place)) => {
                    self.country.push_str(place.as_str());
                    return;
                }
                Ok(Resolved::Aggregate(name)) => format!("a country, which {name} is not"),
                Ok(Resolved::Unknown) => "a country".to_string(),
                Err(why) => format!("a country: {why}"),
            },
        };
        cells.add(
            Severity::Warning,
            at,
            &format!("{expected}; the incident is kept without a country"),
            findings,
        );
    }
}

/// The database names Chechnya, a republic of the Russian Federation, in place of the country.
fn in_a_state(name: &str) -> &str {
    if name == "Chechnya" { "Russian Federation" } else { name }
}

/// When an incident was.
struct Dates {
    start: Date,
    end: Date,
    /// As UCDP counts: 1 day, 4 month, 5 more than a month.
    precision: i16,
}

/// People harmed in one way; the total must be that of nationals and internationals.
fn harmed(cells: &Cells<'_>, harm: &Harm, findings: &mut Findings) -> Option<i64> {
    let all = cells.people(harm.all, findings);
    let part = |at| cells.text(at).and_then(|text| cell::integer(text).ok().flatten());
    let sum = part(harm.nationals)
        .zip(part(harm.internationals))
        .and_then(|(n, i)| n.checked_add(i));
    if all.zip(sum).is_some_and(|(all, sum)| all != sum) {
        cells.add(
            Severity::Warning,
            harm.all,
            "nationals and internationals added up; kept as given",
            findings,
        );
    }
    all
}

/// The perpetrator: by name where it is a force or a group, else by kind.
fn actor<'r>(cells: &Cells<'r>, columns: &Columns) -> Option<&'r str> {
    let known = |text: &&str| !matches!(*text, "Unknown" | "Not applicable");
    let kind = cells.text(columns.actor_type).filter(known);
    let organised = kind.is_some_and(|kind| {
        let kind = kind.to_lowercase();
        ["host state", "state:", "foreign", "police", "non-state armed group"]
            .iter()
            .any(|open| kind.starts_with(open))
    });
    let name = cells.text(columns.actor_name).filter(known).filter(|_| organised);
    name.or(kind)
}
