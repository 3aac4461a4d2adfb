//! UCDP's Georeferenced Event Dataset in every layout in which it goes round: the publisher's 49 columns (also of
//! candidate releases), the country extracts on HDX, the export of UCDP's web page, GeoJSON and FlatGeobuf.
//!
//! Columns are found by name. All layouts are one data set, because they hold the same events under the same numbers and
//! a candidate event ends up in the yearly release.

use std::collections::BTreeSet;

use csv::StringRecord;
use jiff::civil::Date;
use lysoen_facts::tables::{Day, FactRow, from_days};

use crate::card::{Card, Layout};
use crate::events::{self, Rejected};
use crate::finding::{Findings, Severity};
use crate::input::Input;
use crate::reader::{Coverage, Job, ReadError, Reader, Vintage, VintageBasis};

mod columns;
mod country;
mod israel_palestine;
mod report;
mod row;
mod version;

use columns::Columns;
use row::RowReader;
use version::{BEGINNING, Named, Version};

/// Reads GED.
#[derive(Debug)]
pub struct Ged;

/// Layouts that hold all events of the countries in them, as far as the vintage reaches.
const COUNTRY_EXTRACTS: &[&str] = &["hdx", "web-export", "geojson", "flatgeobuf"];

impl Reader for Ged {
    fn name(&self) -> &'static str {
        "ged"
    }

    fn version(&self) -> u32 {
        1
    }

    fn vintage(&self, input: &Input, card: &Card, _layout: &Layout) -> Result<Option<Vintage>, ReadError> {
        let (version, basis) = match version::named(input.file_name()) {
            Some(named) => (Some(named.version), VintageBasis::File),
            None => (
                last_year(input)?.and_then(Version::annual_up_to),
                VintageBasis::Inferred,
            ),
        };
        Ok(version.map(|version| {
            let label = version.label();
            let date = card
                .vintages
                .get(&label)
                .map_or_else(|| version.public_by(), |day| day.0);
            Vintage {
                date,
                label: Some(label),
                basis,
            }
        }))
    }

    fn read(&self, input: &Input, job: &mut Job<'_>) -> Result<Coverage, ReadError> {
        let mut records = input.records(None)?;
        let header = records.header().clone();
        let columns = Columns::find(&header, input.name())?;
        let mut reader = RowReader::new(&header, &columns, job.crosswalk);
        let mut extent = Extent::default();
        let mut record = StringRecord::new();
        while let Some(row) = records.next(&mut record, job.findings)? {
            match reader.read(&record, row, job.findings) {
                Ok(Some(event)) => {
                    extent.add(event.country, event.end);
                    job.sink.push(&FactRow::Event(event))?;
                    job.findings.rows_kept += 1;
                }
                Ok(None) => job.findings.rows_skipped += 1,
                Err(Rejected) => job.findings.rows_rejected += 1,
            }
        }
        note_years(reader.other_years, job.findings);
        Ok(extent.coverage(version::named(input.file_name()), &job.layout.name, job.findings))
    }
}

fn note_years(rows: u64, findings: &mut Findings) {
    if rows > 0 {
        let found = format!("{rows} rows whose year is not that of date_end");
        let expected = "the year in which the event ended; the event counts where date_end puts it";
        findings.add(Severity::Note, None, Some("year"), found, expected);
    }
}

/// The last year in which an event of the file ended.
fn last_year(input: &Input) -> Result<Option<i16>, ReadError> {
    let mut records = input.records(None)?;
    let Some(end) = records.header().index("date_end") else {
        return Ok(None);
    };
    // What is wrong in a row is found when it is read.
    let mut passing = Findings::new(input.name());
    let mut record = StringRecord::new();
    let mut last: Option<Day> = None;
    while records.next(&mut record, &mut passing)?.is_some() {
        let day = record
            .get(end)
            .map(str::trim)
            .and_then(|text| events::day(text).ok().flatten());
        last = last.max(day);
    }
    Ok(last.map(|day| from_days(day.0).year()))
}

/// What a file turned out to hold.
#[derive(Default)]
struct Extent {
    countries: BTreeSet<String>,
    without_country: bool,
    last: Option<Day>,
    latest_country: String,
}

impl Extent {
    fn add(&mut self, country: Option<&str>, end: Day) {
        self.last = self.last.max(Some(end));
        match country {
            None => self.without_country = true,
            Some(country) if country == self.latest_country => {}
            Some(country) => {
                self.latest_country.clear();
                self.latest_country.push_str(country);
                if !self.countries.contains(country) {
                    self.countries.insert(country.to_string());
                }
            }
        }
    }

    /// A whole yearly or candidate release is complete for the world; an extract of one country for that country from
    /// GED's first day. Anything else may be a selection by anybody's rule and is complete for nothing.
    fn coverage(self, named: Option<Named>, layout: &str, findings: &mut Findings) -> Coverage {
        const COUNTRIES_OF_A_YEARLY_RELEASE: usize = 100;
        let scope = |places, (from, to): (Date, Date)| Coverage {
            places,
            from: Some(from),
            to: Some(to),
            partial: false,
        };
        match named {
            Some(Named {
                version: version @ Version::Candidate { .. },
                whole: true,
            }) => {
                return scope(None, version.covers());
            }
            Some(Named { version, whole: true }) if self.countries.len() > COUNTRIES_OF_A_YEARLY_RELEASE => {
                return scope(None, version.covers());
            }
            _ => {}
        }
        let yearly = match named.map(|named| named.version) {
            Some(version @ Version::Annual { .. }) => Some(version),
            Some(Version::Candidate { .. }) => None,
            None => self.last.and_then(|day| Version::annual_up_to(from_days(day.0).year())),
        };
        if let Some(version) = yearly
            && COUNTRY_EXTRACTS.contains(&layout)
            && self.countries.len() == 1
            && !self.without_country
        {
            return scope(
                Some(self.countries.into_iter().collect()),
                (BEGINNING, version.covers().1),
            );
        }
        findings.add(
            Severity::Note,
            None,
            None,
            format!("events of {} countries, which may be a selection", self.countries.len()),
            "a whole release under UCDP's own file name, or the extract of one country; \
             the events are added and amended by number and replace nothing else",
        );
        Coverage {
            partial: true,
            ..Coverage::default()
        }
    }
}
