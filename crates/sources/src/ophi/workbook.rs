//! The workbooks of national (tables 1.1 to 1.7) and subnational results (5.1 to 5.6), whose headers fill four rows.
//!
//! Read are the results (x.1), the censored headcounts (x.2) and the confidence intervals (1.5 and 5.4). The number of
//! poor people is not: it is the headcount times a population, which the lake has from its own source.

use std::collections::HashMap;

use jiff::civil::Date;

use super::{CENSORED, Figure, HEADCOUNT, INTENSITY, MPI, SEVERE, Survey, VULNERABLE, country, figure, region, reject};
use crate::card::{Card, Layout};
use crate::cell;
use crate::finding::{Findings, Severity};
use crate::input::Input;
use crate::reader::{Coverage, Job, ReadError, Reader, Vintage, VintageBasis};
use crate::records::{Header, Records};

/// Reader `ophi-workbook`.
#[derive(Debug)]
pub struct MpiWorkbook;

/// The ten indicators, as the censored headcounts' columns name them and as breakdowns name them.
const INDICATORS: [(&str, &str); 10] = [
    ("nutrition", "indicator=nutrition"),
    ("child mortality", "indicator=child-mortality"),
    ("years of schooling", "indicator=years-of-schooling"),
    ("school attendance", "indicator=school-attendance"),
    ("cooking fuel", "indicator=cooking-fuel"),
    ("sanitation", "indicator=sanitation"),
    ("drinking water", "indicator=drinking-water"),
    ("electricity", "indicator=electricity"),
    ("housing", "indicator=housing"),
    ("assets", "indicator=assets"),
];

impl Reader for MpiWorkbook {
    fn name(&self) -> &'static str {
        "ophi-workbook"
    }

    fn version(&self) -> u32 {
        1
    }

    /// The notes say "Tables 1.1 - 1.7 updated on 04 July 2024".
    fn vintage(&self, input: &Input, card: &Card, _: &Layout) -> Result<Option<Vintage>, ReadError> {
        let sheets = Sheets::of(input)?;
        let mut records = input.records(Some(&sheets.results))?;
        let mut findings = Findings::new(input.name());
        let mut record = csv::StringRecord::new();
        while records.next(&mut record, &mut findings)?.is_some() {
            let updated = record.iter().find_map(|text| text.split_once(" updated on "));
            if let Some(date) = updated.and_then(|(_, day)| cell::date(day.trim().trim_end_matches('.')).ok().flatten())
            {
                // Updated some months before it was launched: the card knows when the index of the year was public.
                let label = date.year().to_string();
                let public = card.vintages.get(&label).map(|day| day.0).filter(|day| *day >= date);
                return Ok(Some(Vintage {
                    date: public.unwrap_or(date),
                    label: public.map(|_| label),
                    basis: VintageBasis::File,
                }));
            }
        }
        Ok(None)
    }

    fn read(&self, input: &Input, job: &mut Job<'_>) -> Result<Coverage, ReadError> {
        let sheets = Sheets::of(input)?;
        let intervals = match &sheets.intervals {
            Some(sheet) => intervals(input, sheet, job)?,
            None => Intervals::new(),
        };
        results(input, &sheets.results, &intervals, job)?;
        if let Some(sheet) = &sheets.censored {
            censored(input, sheet, job)?;
        }
        Ok(Coverage::default())
    }
}

/// The names of the sheets that are read.
struct Sheets {
    results: String,
    censored: Option<String>,
    intervals: Option<String>,
}

impl Sheets {
    fn of(input: &Input) -> Result<Sheets, ReadError> {
        let names = input.sheets()?;
        let find = |wanted: &dyn Fn(&str) -> bool| names.iter().find(|name| wanted(name)).cloned();
        let begins = |a: &'static str, b: &'static str| move |name: &str| name.starts_with(a) || name.starts_with(b);
        Ok(Sheets {
            results: find(&begins("1.1 ", "5.1 ")).ok_or_else(|| ReadError::Malformed {
                file: input.name().to_string(),
                row: None,
                found: format!("sheets {}", names.join(", ")),
                expected: "a sheet whose name begins with 1.1 (national results) or 5.1 (subnational results)".into(),
            })?,
            censored: find(&begins("1.2 ", "5.2 ")),
            intervals: find(&|name| name.contains("SEs & CIs")),
        })
    }
}

/// One table of a workbook: its records and where the columns that all tables share stand.
struct Table {
    sheet: String,
    records: Box<dyn Records>,
    names: Vec<String>,
    iso3: usize,
    survey: usize,
    years: usize,
    region: Option<usize>,
    missing: Option<usize>,
    record: csv::StringRecord,
}

impl Table {
    fn open(input: &Input, sheet: &str) -> Result<Table, ReadError> {
        let records = input.records(Some(sheet))?;
        let names = plain_names(records.header());
        let lacking = |what: &str| ReadError::Malformed {
            file: input.name().to_string(),
            row: None,
            found: format!("sheet {sheet} without a column {what}"),
            expected: "the layout of the global MPI's tables of 2024".into(),
        };
        let at = |parts: &[&str]| find(&names, parts);
        Ok(Table {
            sheet: sheet.to_string(),
            iso3: names
                .iter()
                .position(|name| name == "iso country code")
                .ok_or_else(|| lacking("ISO country code"))?,
            survey: at(&["mpi data source", "/ survey"]).ok_or_else(|| lacking("Survey"))?,
            years: at(&["mpi data source", "/ year"]).ok_or_else(|| lacking("Year"))?,
            region: at(&["subnational region"]),
            missing: at(&["indicator (s) missing"]),
            names,
            records,
            record: csv::StringRecord::new(),
        })
    }

    fn text(&self, at: usize) -> &str {
        self.record.get(at).unwrap_or_default().trim()
    }

    /// A column for findings: the sheet, and the heading's last part that says something.
    fn column(&self, at: usize) -> String {
        format!("{}: {}", self.sheet, self.names[at])
    }

    /// The next row with a survey. Notes below the table are skipped, rows that are wrong rejected.
    fn next(&mut self, job: &mut Job<'_>) -> Result<Option<Survey>, ReadError> {
        while let Some(row) = self.records.next(&mut self.record, job.findings)? {
            let (code, years) = (self.text(self.iso3).to_string(), self.text(self.years).to_string());
            if code.is_empty() && years.is_empty() {
                job.findings.rows_skipped += 1;
                continue;
            }
            let country = match country(job.crosswalk, &code) {
                Ok(country) => country,
                Err(expected) => {
                    reject(job.findings, row, &self.column(self.iso3), &code, expected);
                    continue;
                }
            };
            let Some((start, end)) = cell::years(&years).ok().flatten().and_then(whole_years) else {
                let expected = "the years of the survey, such as 2019 or 2015-2016";
                reject(job.findings, row, &self.column(self.years), &years, expected);
                continue;
            };
            let place = match self.region.map(|at| (at, self.text(at))) {
                Some((at, "")) => {
                    reject(job.findings, row, &self.column(at), "", "the name of the region");
                    continue;
                }
                Some((_, name)) => region(&country, name),
                None => country.clone(),
            };
            let note = Some(self.note());
            return Ok(Some(Survey {
                place,
                country,
                start,
                end,
                status: "",
                population: None,
                note,
                row,
            }));
        }
        Ok(None)
    }

    fn note(&self) -> String {
        let survey = self.text(self.survey);
        match self
            .missing
            .map(|at| self.text(at))
            .filter(|missing| !missing.is_empty())
        {
            Some(missing) => format!("survey: {survey}; without the indicator {missing}"),
            None => format!("survey: {survey}"),
        }
    }

    /// The cell in thousands, as a number of people.
    fn thousands(&self, findings: &mut Findings, row: u64, at: Option<usize>) -> Option<f64> {
        const UNBOUNDED: Figure = Figure {
            indicator: "population",
            unit: "thousands",
            largest: 1e9,
        };
        let at = at?;
        figure(findings, row, &self.column(at), self.text(at), &UNBOUNDED).map(|thousands| thousands * 1000.0)
    }

    fn figure(&self, findings: &mut Findings, row: u64, at: usize, what: &Figure) -> Option<f64> {
        figure(findings, row, &self.column(at), self.text(at), what)
    }
}

/// Intervals of the index and of the headcount, by place.
type Intervals = HashMap<String, [Option<(f64, f64)>; 2]>;

fn intervals(input: &Input, sheet: &str, job: &mut Job<'_>) -> Result<Intervals, ReadError> {
    let mut table = Table::open(input, sheet)?;
    let ends = [("multidimensional poverty index", MPI), ("headcount ratio", HEADCOUNT)].map(|(group, what)| {
        (
            find(&table.names, &[group, "lower bound"]),
            find(&table.names, &[group, "upper bound"]),
            what,
        )
    });
    let mut intervals = Intervals::new();
    while let Some(survey) = table.next(job)? {
        let mut read = |(low, high, what): &(Option<usize>, Option<usize>, Figure)| {
            let (low, high) = ((*low)?, (*high)?);
            let interval = table.figure(job.findings, survey.row, low, what).zip(table.figure(
                job.findings,
                survey.row,
                high,
                what,
            ))?;
            if interval.0 > interval.1 {
                let found = format!("{} above {}", interval.0, interval.1);
                let expected = "a lower bound below the upper one";
                job.findings.add(
                    Severity::Warning,
                    Some(survey.row),
                    Some(&table.column(low)),
                    found,
                    expected,
                );
                return None;
            }
            Some(interval)
        };
        let found = [read(&ends[0]), read(&ends[1])];
        match found {
            [None, None] => job.findings.rows_skipped += 1,
            _ => {
                // The row goes into the facts of the row of results about the same place.
                job.findings.rows_kept += 1;
                intervals.insert(survey.place, found);
            }
        }
    }
    Ok(intervals)
}

fn results(input: &Input, sheet: &str, intervals: &Intervals, job: &mut Job<'_>) -> Result<(), ReadError> {
    let mut table = Table::open(input, sheet)?;
    let names = &table.names;
    let wanted = [
        // The subnational table repeats the country's index in a column of its own ("MPI of the country").
        (MPI, find(names, &["/ multidimensional poverty index"])),
        (
            HEADCOUNT,
            find(names, &["headcount ratio: population in multidimensional poverty"]),
        ),
        (INTENSITY, find(names, &["intensity of deprivation among the poor"])),
        (VULNERABLE, find(names, &["vulnerable to poverty"])),
        (SEVERE, find(names, &["in severe poverty"])),
    ];
    let columns: Vec<(Figure, usize)> = wanted.into_iter().filter_map(|(what, at)| Some((what, at?))).collect();
    if columns.len() < 5 {
        return Err(ReadError::Malformed {
            file: input.name().to_string(),
            row: None,
            found: format!("sheet {sheet} with the columns {}", names.join("; ")),
            expected: "columns for the index, H, A, the vulnerable and the severely poor".into(),
        });
    }
    // A region's population is given for 2022 only, which is not the survey's year: the note says so.
    let of_region = find(names, &["population size by region"]);
    let of_country = find(names, &["total population", "year of the survey"]);
    while let Some(mut survey) = table.next(job)? {
        let findings = &mut *job.findings;
        match table.region {
            Some(_) => {
                survey.population = table.thousands(findings, survey.row, of_region);
                survey.note = survey.note.map(|note| note + "; population of 2022");
            }
            None => survey.population = table.thousands(findings, survey.row, of_country),
        }
        let known = intervals.get(&survey.place).copied().unwrap_or_default();
        let mut kept = false;
        for (what, at) in &columns {
            let Some(value) = table.figure(job.findings, survey.row, *at, what) else {
                continue;
            };
            let interval = match what.indicator {
                "mpi" => known[0],
                "mpi_headcount" => known[1],
                _ => None,
            };
            survey.push(job, what, value, interval, "")?;
            kept = true;
        }
        count(job.findings, &table, &survey, kept);
    }
    Ok(())
}

fn censored(input: &Input, sheet: &str, job: &mut Job<'_>) -> Result<(), ReadError> {
    let mut table = Table::open(input, sheet)?;
    let columns: Vec<(&str, usize)> = INDICATORS
        .iter()
        .filter_map(|(name, breakdown)| {
            Some((
                *breakdown,
                find(&table.names, &["poor and deprived in", &format!("/ {name}")])?,
            ))
        })
        .collect();
    while let Some(survey) = table.next(job)? {
        let mut kept = false;
        for (breakdown, at) in &columns {
            if let Some(value) = table.figure(job.findings, survey.row, *at, &CENSORED) {
                survey.push(job, &CENSORED, value, None, breakdown)?;
                kept = true;
            }
        }
        count(job.findings, &table, &survey, kept);
    }
    Ok(())
}

fn count(findings: &mut Findings, table: &Table, survey: &Survey, kept: bool) {
    match kept {
        true => findings.rows_kept += 1,
        false => reject(
            findings,
            survey.row,
            &table.sheet,
            &survey.place,
            "at least one figure in the row",
        ),
    }
}

fn whole_years((from, to): (i16, i16)) -> Option<(Date, Date)> {
    Some((Date::new(from, 1, 1).ok()?, Date::new(to, 12, 31).ok()?))
}

/// Names in small letters, with single spaces and without footnote marks.
fn plain_names(header: &Header) -> Vec<String> {
    let mark = |c: &char| !matches!(c, '¹' | '²' | '³' | '⁴'..='⁹' | 'ᵃ' | 'ᵇ');
    let plain = |name: &String| {
        let name: String = name.to_lowercase().chars().filter(mark).collect();
        name.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    header.names().iter().map(plain).collect()
}

/// The first column whose name holds every part.
fn find(names: &[String], parts: &[&str]) -> Option<usize> {
    names
        .iter()
        .position(|name| parts.iter().all(|part| name.contains(part)))
}
