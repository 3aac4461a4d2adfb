//! Lines and single flows of the Financial Tracking Service, out of the lake.

use std::collections::BTreeMap;

use arrow::array::AsArray;
use arrow::datatypes::Float64Type;
use jiff::civil::Date;
use lysoen_facts::{View, literal};

use super::{FTS, FlowYear, Line, added};
use crate::error::AnswerError;
use crate::standing::Columns;

/// The columns that tell a line from others: country, first day, last day, breakdown.
type Key = (String, Date, Date, String);

/// Every line, by country, period and breakdown; of several vintages the newest.
pub(super) fn lines(view: &View) -> Result<Vec<Line>, AnswerError> {
    let sql = format!(
        "SELECT place, start, \"end\", breakdown, indicator, value, as_of FROM observations \
         WHERE source = {} AND indicator IN ('humanitarian_requirements', 'humanitarian_funding') \
         ORDER BY place, start, \"end\", breakdown, indicator, as_of",
        literal(FTS)
    );
    let mut all: BTreeMap<Key, Line> = BTreeMap::new();
    for batch in view.query(&sql)? {
        let batch = Columns::of(&batch?)?;
        for row in 0..batch.rows() {
            let (Some(start), Some(end), Some(as_of)) = (batch.date(1, row), batch.date(2, row), batch.date(6, row))
            else {
                continue;
            };
            let (country, breakdown) = (batch.text(0, row), batch.text(3, row));
            let entry = all.entry((country.clone(), start, end, breakdown.clone()));
            let line = entry.or_insert_with(|| line(as_of, country, (start, end), &breakdown));
            let value = Some(batch.0[5].as_primitive::<Float64Type>().value(row));
            line.as_of = as_of.max(line.as_of);
            match batch.text(4, row).as_str() {
                "humanitarian_requirements" => line.requirements = value,
                _ => line.funding = value,
            }
        }
    }
    Ok(all.into_values().collect())
}

/// The source's name for money outside plans.
const OUTSIDE: &str = "Not specified";

fn line(as_of: Date, country: String, span: (Date, Date), breakdown: &str) -> Line {
    let of = |key: &str| entry(breakdown, key).map(str::to_string);
    let name = of("name").unwrap_or_default();
    Line {
        as_of,
        country,
        span,
        // A plan without a code goes by its name.
        plan: of("plan").or_else(|| Some(name.clone()).filter(|name| name != OUTSIDE && !name.is_empty())),
        name,
        cluster: of("cluster"),
        requirements: None,
        funding: None,
    }
}

/// The value of a key in a breakdown.
fn entry<'t>(breakdown: &'t str, key: &str) -> Option<&'t str> {
    let entries = breakdown.split(';').filter_map(|entry| entry.split_once('='));
    entries.into_iter().find(|(k, _)| *k == key).map(|(_, value)| value)
}

/// A flow's vintage, status, whether it was passed on inside the country, and its amount.
type Flow = (Date, String, bool, f64);

/// Single flows by country and year.
pub(super) fn flows(view: &View) -> Result<Vec<FlowYear>, AnswerError> {
    let sql = format!(
        "SELECT destination, \"end\", breakdown, value, as_of FROM flows \
         WHERE source = {} AND indicator = 'humanitarian_funding' ORDER BY destination, \"end\", breakdown, as_of",
        literal(FTS)
    );
    let mut years: BTreeMap<(String, i16), Vec<Flow>> = BTreeMap::new();
    for batch in view.query(&sql)? {
        let batch = Columns::of(&batch?)?;
        for row in 0..batch.rows() {
            let (Some(day), Some(as_of)) = (batch.date(1, row), batch.date(4, row)) else {
                continue;
            };
            let breakdown = batch.text(2, row);
            let boundary = entry(&breakdown, "boundary");
            // Money that leaves the country has not come in either.
            if boundary == Some("outgoing") {
                continue;
            }
            let value = batch.0[3].as_primitive::<Float64Type>().value(row);
            let status = entry(&breakdown, "status").unwrap_or_default().to_string();
            let flows = years.entry((batch.text(0, row), day.year())).or_default();
            flows.push((as_of, status, boundary == Some("internal"), value));
        }
    }
    Ok(years
        .into_iter()
        .filter_map(|((country, year), flows)| flow_year(country, year, &flows))
        .collect())
}

fn flow_year(country: String, year: i16, flows: &[Flow]) -> Option<FlowYear> {
    let those =
        |which: fn(&Flow) -> bool, why: &str| added(flows.iter().filter(|flow| which(flow)).map(|flow| flow.3), why);
    Some(FlowYear {
        source: FTS.to_string(),
        as_of: flows.iter().map(|flow| flow.0).max()?,
        country,
        year,
        count: flows.len(),
        given: those(|flow| !flow.2 && flow.1 != "pledge", "no flow of the year came in"),
        pledged: those(|flow| !flow.2 && flow.1 == "pledge", "no flow of the year is a pledge"),
        passed_on: those(|flow| flow.2, "no flow of the year was passed on inside the country"),
        complete_for:
            "for nothing: the lists of flows are of single questions to the source, so that a year with fewer \
                       of them has not received less; nothing is told of how years differ"
                .to_string(),
    })
}
