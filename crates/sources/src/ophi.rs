//! The global Multidimensional Poverty Index of OPHI and UNDP: the workbooks of national and subnational results, and
//! the flat tables that OCHA makes of them.

use jiff::civil::Date;
use lysoen_facts::tables::{Day, FactRow, ObservationRow};
use lysoen_lexicon::country::{CodeSystem, Crosswalk, Resolved};

use crate::cell;
use crate::finding::{Findings, Severity};
use crate::reader::{Job, ReadError};

mod flat;
mod workbook;

pub use flat::MpiTable;
pub use workbook::MpiWorkbook;

/// A figure of the index: its indicator, unit and largest possible value (the smallest is 0).
struct Figure {
    indicator: &'static str,
    unit: &'static str,
    largest: f64,
}

const fn percent(indicator: &'static str) -> Figure {
    Figure {
        indicator,
        unit: "% of people",
        largest: 100.0,
    }
}

/// H × A.
const MPI: Figure = Figure {
    indicator: "mpi",
    unit: "index 0–1",
    largest: 1.0,
};
/// H: people deprived in a third or more of the weighted indicators.
const HEADCOUNT: Figure = percent("mpi_headcount");
/// A: the average share of deprivations among them.
const INTENSITY: Figure = Figure {
    indicator: "mpi_intensity",
    unit: "% of weighted deprivations",
    largest: 100.0,
};
/// People deprived in 20 to 33.32 % of the weighted indicators.
const VULNERABLE: Figure = percent("mpi_vulnerable");
/// People deprived in half or more of them.
const SEVERE: Figure = percent("mpi_severe");
/// The censored headcount: H broken down by indicator, the people who are poor and deprived in the one that the
/// breakdown names.
const CENSORED: Figure = percent("mpi_headcount");

/// What the rows of one place and survey have in common.
struct Survey {
    place: String,
    country: String,
    start: Date,
    end: Date,
    status: &'static str,
    population: Option<f64>,
    note: Option<String>,
    row: u64,
}

impl Survey {
    /// Gives one figure to the sink.
    fn push(
        &self,
        job: &mut Job<'_>,
        figure: &Figure,
        value: f64,
        interval: Option<(f64, f64)>,
        breakdown: &str,
    ) -> Result<(), ReadError> {
        job.sink.push(&FactRow::Observation(ObservationRow {
            place: &self.place,
            country: Some(&self.country),
            indicator: figure.indicator,
            start: Day::from(self.start),
            end: Day::from(self.end),
            value,
            low: interval.map(|(low, _)| low),
            high: interval.map(|(_, high)| high),
            interval_kind: interval.map(|_| "confidence-0.95"),
            unit: figure.unit,
            population: self.population,
            breakdown,
            status: self.status,
            note: self.note.as_deref(),
            row: self.row,
        }))
    }
}

/// A cell as a figure within its range; one outside it, or no number, is a finding and counts as missing.
fn figure(findings: &mut Findings, row: u64, column: &str, text: &str, figure: &Figure) -> Option<f64> {
    let expected = match cell::number(text) {
        Ok(Some(value)) if (0.0..=figure.largest).contains(&value) => return Some(value),
        Ok(None) => return None,
        Ok(Some(_)) => format!("a number from 0 to {}", figure.largest),
        Err(e) => e.expected.to_string(),
    };
    findings.add(Severity::Warning, Some(row), Some(column), text, expected);
    None
}

/// The country of an alpha-3 code; else what was expected.
fn country(crosswalk: &Crosswalk, code: &str) -> Result<String, String> {
    match crosswalk.resolve(CodeSystem::Iso3, code, None) {
        Ok(Resolved::Place(place)) => Ok(place.as_str().to_string()),
        Ok(_) => Err("the three letters of a country".into()),
        Err(unresolved) => Err(unresolved.to_string()),
    }
}

/// Records a rejected row.
fn reject(findings: &mut Findings, row: u64, column: &str, found: &str, expected: impl Into<String>) {
    findings.rows_rejected += 1;
    findings.add(Severity::Rejected, Some(row), Some(column), found, expected);
}

/// A region that has no P-code is named within its country.
fn region(country: &str, name: &str) -> String {
    format!("{country}/{}", name.split_whitespace().collect::<Vec<_>>().join(" "))
}
