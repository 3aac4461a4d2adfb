//! The flat tables that OCHA makes of the index: a row per country, and per region with its P-code where it has one.
//!
//! Two data sets share the layout: the index by the latest survey, and its trends, in which the surveys of a country are
//! made comparable over time. The same survey therefore has other values in the trends, which a status tells apart.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use lysoen_lexicon::place::PlaceId;

use super::{Figure, HEADCOUNT, INTENSITY, MPI, SEVERE, Survey, VULNERABLE, country, figure, region, reject};
use crate::card::{Card, Layout};
use crate::cell;
use crate::finding::{Findings, Severity};
use crate::input::Input;
use crate::reader::{Coverage, Job, ReadError, Reader, Vintage, VintageBasis};
use crate::records::Header;

/// Reader `ophi-table`.
#[derive(Debug)]
pub struct MpiTable;

const COUNTRY: &str = "Country ISO3";
const PCODE: &str = "Admin 1 PCode";
const REGION: &str = "Admin 1 Name";
const START: &str = "Start Date";
const END: &str = "End Date";
const FIGURES: [(&str, Figure); 5] = [
    ("MPI", MPI),
    ("Headcount Ratio", HEADCOUNT),
    ("Intensity of Deprivation", INTENSITY),
    ("Vulnerable to Poverty", VULNERABLE),
    ("In Severe Poverty", SEVERE),
];

impl Reader for MpiTable {
    fn name(&self) -> &'static str {
        "ophi-table"
    }

    fn version(&self) -> u32 {
        1
    }

    fn dataset(&self, input: &Input, layout: &Layout) -> Result<String, ReadError> {
        let table = Table::read(input, &mut Findings::new(input.name()))?;
        Ok(if table.is_trends() {
            format!("{}-trends", layout.dataset())
        } else {
            layout.dataset().to_string()
        })
    }

    /// The last day of the newest survey: the table is not older.
    fn vintage(&self, input: &Input, card: &Card, layout: &Layout) -> Result<Option<Vintage>, ReadError> {
        let table = Table::read(input, &mut Findings::new(input.name()))?;
        let newest = table
            .rows
            .iter()
            .filter_map(|row| cell::date(table.text(row, END)).ok().flatten())
            .max();
        // The table says when its surveys were, and not when OPHI published the index: that stands on the card.
        let release = layout.vintage.as_ref().and_then(|from| from.fixed.as_deref());
        let public = release
            .and_then(|label| Some((label, card.vintages.get(label)?.0)))
            .filter(|(_, day)| newest.is_none_or(|newest| newest <= *day));
        if let Some((label, date)) = public {
            return Ok(Some(Vintage {
                date,
                label: Some(label.to_string()),
                basis: VintageBasis::Inferred,
            }));
        }
        Ok(newest.map(|date| Vintage {
            date,
            label: None,
            basis: VintageBasis::Inferred,
        }))
    }

    fn read(&self, input: &Input, job: &mut Job<'_>) -> Result<Coverage, ReadError> {
        let table = Table::read(input, job.findings)?;
        let status = if table.is_trends() { "harmonised over time" } else { "" };
        let shared = table.shared_pcodes();
        for row in &table.rows {
            let survey = match survey(job, &table, row, &shared, status) {
                Ok(survey) => survey,
                Err((column, expected)) => {
                    reject(job.findings, row.0, column, table.text(row, column), expected);
                    continue;
                }
            };
            let mut kept = false;
            for (column, what) in &FIGURES {
                if let Some(value) = figure(job.findings, row.0, column, table.text(row, column), what) {
                    survey.push(job, what, value, None, "")?;
                    kept = true;
                }
            }
            match kept {
                true => job.findings.rows_kept += 1,
                false => reject(job.findings, row.0, "MPI", "", "at least one figure in the row"),
            }
        }
        Ok(Coverage::default())
    }
}

type Row = (u64, csv::StringRecord);

struct Table {
    header: Header,
    rows: Vec<Row>,
}

impl Table {
    fn read(input: &Input, findings: &mut Findings) -> Result<Table, ReadError> {
        let mut records = input.records(None)?;
        let header = records.header().clone();
        let mut rows = Vec::new();
        let mut record = csv::StringRecord::new();
        while let Some(row) = records.next(&mut record, findings)? {
            rows.push((row, record.clone()));
        }
        Ok(Table { header, rows })
    }

    fn text<'r>(&self, row: &'r Row, column: &str) -> &'r str {
        self.header
            .index(column)
            .and_then(|at| row.1.get(at))
            .unwrap_or_default()
            .trim()
    }

    /// Only the trends hold a country's national figures for more than one survey.
    fn is_trends(&self) -> bool {
        let mut seen = BTreeSet::new();
        let national = |row: &&Row| self.text(row, REGION).is_empty() && self.text(row, PCODE).is_empty();
        !self
            .rows
            .iter()
            .filter(national)
            .all(|row| seen.insert(self.text(row, COUNTRY)))
    }

    /// P-codes that two regions of one survey share (a region that was divided since): they name neither.
    fn shared_pcodes(&self) -> BTreeSet<String> {
        let mut regions: BTreeMap<[&str; 3], BTreeSet<&str>> = BTreeMap::new();
        for row in self.rows.iter().filter(|row| !self.text(row, PCODE).is_empty()) {
            let key = [PCODE, START, END].map(|column| self.text(row, column));
            regions.entry(key).or_default().insert(self.text(row, REGION));
        }
        regions
            .into_iter()
            .filter(|(_, names)| names.len() > 1)
            .map(|(key, _)| key[0].to_string())
            .collect()
    }
}

/// Where and when a row's survey was; else the column that is wrong and what was expected there.
fn survey(
    job: &mut Job<'_>,
    table: &Table,
    row: &Row,
    shared: &BTreeSet<String>,
    status: &'static str,
) -> Result<Survey, (&'static str, String)> {
    let text = |column| table.text(row, column);
    let country = country(job.crosswalk, text(COUNTRY)).map_err(|expected| (COUNTRY, expected))?;
    let day = |column: &'static str| -> Result<Date, (&'static str, String)> {
        let wrong = || (column, "a day such as 2022-01-01".to_string());
        cell::date(text(column)).map_err(|_| wrong())?.ok_or_else(wrong)
    };
    let (start, end) = (day(START)?, day(END)?);
    if end < start {
        return Err((END, format!("a day not before the first one, {start}")));
    }
    let (pcode, name) = (text(PCODE), text(REGION));
    let place = match (pcode, name) {
        ("", "") => country.clone(),
        ("", name) => region(&country, name),
        (pcode, name) if shared.contains(pcode) && !name.is_empty() => {
            let found = format!("{pcode} for {name} and for another region of the same survey");
            let expected = "a P-code of its own; the region is named instead";
            job.findings
                .add(Severity::Note, Some(row.0), Some(PCODE), found, expected);
            region(&country, name)
        }
        (pcode, _) => PlaceId::area(pcode)
            .map_err(|e| (PCODE, e.to_string()))?
            .as_str()
            .to_string(),
    };
    let note = Some(text("Survey"))
        .filter(|survey| !survey.is_empty())
        .map(|survey| format!("survey: {survey}"));
    Ok(Survey {
        place,
        country,
        start,
        end,
        status,
        population: None,
        note,
        row: row.0,
    })
}
