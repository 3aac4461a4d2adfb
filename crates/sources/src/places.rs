//! Lists of places: countries by their codes, areas by their P-codes.

use csv::StringRecord;
use jiff::civil::Date;
use lysoen_facts::tables::{Day, FactRow, PlaceRow};
use lysoen_lexicon::country::{CodeSystem, Resolved};
use lysoen_lexicon::place::PlaceId;

use crate::card::{Card, Layout};
use crate::cell;
use crate::finding::{Findings, Severity};
use crate::input::Input;
use crate::reader::{Coverage, Job, ReadError, Reader, Vintage, VintageBasis};

/// Reader `countries`: one row a country, with ISO 3166-1 codes and the names of the United Nations.
#[derive(Debug)]
pub struct Countries;

impl Reader for Countries {
    fn name(&self) -> &'static str {
        "countries"
    }

    fn version(&self) -> u32 {
        1
    }

    fn read(&self, input: &Input, job: &mut Job<'_>) -> Result<Coverage, ReadError> {
        let mut records = input.records(None)?;
        let column = |name: &str| records.header().index(name);
        let iso3 = column("ISO3166-1-Alpha-3");
        let names = ["UNTERM English Short", "CLDR display name", "official_name_en"].map(column);
        let mut record = StringRecord::new();
        while let Some(row) = records.next(&mut record, job.findings)? {
            let cell = |at: Option<usize>| {
                at.and_then(|i| record.get(i))
                    .map(str::trim)
                    .filter(|text| !text.is_empty())
            };
            let code = cell(iso3).unwrap_or_default();
            let Ok(Resolved::Place(place)) = job.crosswalk.resolve(CodeSystem::Iso3, code, None) else {
                reject(
                    job.findings,
                    row,
                    "ISO3166-1-Alpha-3",
                    code,
                    "an ISO 3166-1 alpha-3 code",
                );
                continue;
            };
            let Some(name) = names.iter().find_map(|at| cell(*at)) else {
                reject(job.findings, row, "UNTERM English Short", "", "a name");
                continue;
            };
            let known = job.crosswalk.name(&place).filter(|known| *known != name);
            let fact = PlaceRow {
                place: place.as_str(),
                country: Some(place.as_str()),
                kind: "country",
                level: 0,
                name: known.unwrap_or(name),
                other_name: known.is_some().then_some(name),
                row,
                ..PlaceRow::default()
            };
            job.sink.push(&FactRow::Place(fact))?;
            job.findings.rows_kept += 1;
        }
        Ok(Coverage::default())
    }
}

/// Reader `pcodes`: OCHA's global list of administrative areas of levels 1 and 2.
#[derive(Debug)]
pub struct PCodes;

impl Reader for PCodes {
    fn name(&self) -> &'static str {
        "pcodes"
    }

    fn version(&self) -> u32 {
        1
    }

    /// The newest day from which an area is valid: the list was not made before it.
    fn vintage(&self, input: &Input, _: &Card, _: &Layout) -> Result<Option<Vintage>, ReadError> {
        let mut records = input.records(None)?;
        let Some(from) = records.header().index("Valid from date") else {
            return Ok(None);
        };
        let (mut newest, mut record, mut aside) = (None, StringRecord::new(), Findings::default());
        while records.next(&mut record, &mut aside)?.is_some() {
            newest = newest.max(record.get(from).and_then(|text| cell::date(text).ok().flatten()));
        }
        Ok(newest.map(|date| Vintage {
            date,
            label: None,
            basis: VintageBasis::Inferred,
        }))
    }

    fn read(&self, input: &Input, job: &mut Job<'_>) -> Result<Coverage, ReadError> {
        let mut records = input.records(None)?;
        let columns = [
            "Location",
            "Admin Level",
            "P-Code",
            "Name",
            "Parent P-Code",
            "Valid from date",
        ];
        let columns = columns.map(|name| records.header().index(name));
        let mut record = StringRecord::new();
        while let Some(row) = records.next(&mut record, job.findings)? {
            let cells = columns.map(|at| at.and_then(|i| record.get(i)).map_or("", str::trim));
            match area(job, cells) {
                Ok(area) => {
                    let fact = PlaceRow {
                        place: area.place.as_str(),
                        country: Some(area.country.as_str()),
                        kind: "area",
                        level: area.level,
                        parent: Some(area.parent.as_str()),
                        name: cells[3],
                        valid_from: area.valid_from.map(Day::from),
                        row,
                        ..PlaceRow::default()
                    };
                    job.sink.push(&FactRow::Place(fact))?;
                    job.findings.rows_kept += 1;
                }
                Err((column, found, expected)) => reject(job.findings, row, column, found, expected),
            }
        }
        Ok(Coverage::default())
    }
}

struct Area {
    place: PlaceId,
    country: PlaceId,
    parent: PlaceId,
    level: i16,
    valid_from: Option<Date>,
}

/// The area of a row, or the column in which something is wrong, what stands there and what was expected.
fn area<'a>(job: &Job<'_>, cells: [&'a str; 6]) -> Result<Area, (&'static str, &'a str, &'static str)> {
    let [location, level, pcode, _, parent, valid_from] = cells;
    let Ok(Resolved::Place(country)) = job.crosswalk.resolve(CodeSystem::Iso3, location, None) else {
        return Err(("Location", location, "an ISO 3166-1 alpha-3 code"));
    };
    let place = PlaceId::area(pcode).map_err(|_| ("P-Code", pcode, "a P-code"))?;
    let level = match level {
        "1" => 1,
        "2" => 2,
        _ => return Err(("Admin Level", level, "1 or 2")),
    };
    // An area of level 1 has its country for a parent, told by its code.
    let parent = match parent {
        code if code == location => country.clone(),
        code => PlaceId::area(code).map_err(|_| ("Parent P-Code", code, "a P-code, or the country's code"))?,
    };
    let valid_from =
        cell::date(valid_from).map_err(|_| ("Valid from date", valid_from, "a day as YYYY-MM-DD, or nothing"))?;
    Ok(Area {
        place,
        country,
        parent,
        level,
        valid_from,
    })
}

fn reject(findings: &mut Findings, row: u64, column: &str, found: &str, expected: &str) {
    findings.rows_rejected += 1;
    findings.add(Severity::Rejected, Some(row), Some(column), found, expected);
}
