//! What sources say of aid by donor, out of the lake, with what their rounding leaves open.

use std::collections::BTreeMap;

use arrow::array::AsArray;
use arrow::datatypes::Float64Type;
use jiff::civil::Date;
use lysoen_facts::{View, literal};

use super::{DAC1, GRANT_EQUIVALENT_FROM, Method, ONE, Prices, Published, Rounded, Status};
use crate::error::AnswerError;
use crate::standing::Columns;

/// What a row of the lake tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    Ratio,
    Money,
}

/// A row of the lake.
struct Row {
    source: String,
    dataset: String,
    as_of: Date,
    donor: String,
    year: i16,
    method: Method,
    what: What,
    value: f64,
    preliminary: bool,
}

/// Everything that the two sources say, by source, donor, method and year.
pub(super) fn published(view: &View) -> Result<Vec<Published>, AnswerError> {
    let rows = rows(view)?;
    let digits = digits(&rows);
    let mut grouped: BTreeMap<(&str, &str, Method, i16), Vec<&Row>> = BTreeMap::new();
    for row in &rows {
        let key = (row.source.as_str(), row.donor.as_str(), row.method, row.year);
        grouped.entry(key).or_default().push(row);
    }
    let mut newest: BTreeMap<String, i16> = BTreeMap::new();
    for row in &rows {
        let year = newest.entry(row.source.clone()).or_insert(row.year);
        *year = row.year.max(*year);
    }
    let of = |rows: Vec<&Row>| one(&rows, &digits, &newest);
    Ok(grouped.into_values().filter_map(of).collect())
}

fn rows(view: &View) -> Result<Vec<Row>, AnswerError> {
    let sql = format!(
        "SELECT source, dataset, as_of, place, \"end\", indicator, breakdown, status, value FROM observations \
         WHERE source IN ({}, {}) AND indicator IN ('oda_gni_grant_equivalent', 'oda_gni_net', 'oda_total') \
         ORDER BY source, dataset, as_of, place, \"end\", indicator, breakdown, status",
        literal(ONE),
        literal(DAC1),
    );
    let mut all = Vec::new();
    for batch in view.query(&sql)? {
        let batch = Columns::of(&batch?)?;
        for row in 0..batch.rows() {
            let (Some(as_of), Some(end)) = (batch.date(2, row), batch.date(4, row)) else {
                continue;
            };
            let Some((method, what)) = told(&batch.text(5, row), &batch.text(6, row), end.year()) else {
                continue;
            };
            all.push(Row {
                source: batch.text(0, row),
                dataset: batch.text(1, row),
                as_of,
                donor: batch.text(3, row),
                year: end.year(),
                method,
                what,
                value: batch.0[8].as_primitive::<Float64Type>().value(row),
                preliminary: batch.text(7, row) == "preliminary",
            });
        }
    }
    Ok(all)
}

/// By which method a row counts, and what it tells; none for a breakdown that neither source has.
fn told(indicator: &str, breakdown: &str, year: i16) -> Option<(Method, What)> {
    let of_the_year = if year >= GRANT_EQUIVALENT_FROM {
        Method::GrantEquivalent
    } else {
        Method::NetFlows
    };
    match (indicator, breakdown) {
        ("oda_gni_grant_equivalent", "") => Some((Method::GrantEquivalent, What::Ratio)),
        ("oda_gni_net", "") => Some((Method::NetFlows, What::Ratio)),
        ("oda_total", "prices=constant") => Some((of_the_year, What::Money)),
        ("oda_total", "method=grant equivalent") => Some((Method::GrantEquivalent, What::Money)),
        ("oda_total", "method=net disbursements") => Some((Method::NetFlows, What::Money)),
        _ => None,
    }
}

/// A data set in a vintage, what it tells, and a year.
type Digits<'r> = BTreeMap<(&'r str, &'r str, Date, What, i16), usize>;

/// The most digits after the point with which a data set writes its numbers of a year: as far as it rounds them. A single
/// number does not show it, for zeros at its end are not written.
fn digits(rows: &[Row]) -> Digits<'_> {
    let mut most = Digits::new();
    for row in rows {
        let key = (row.source.as_str(), row.dataset.as_str(), row.as_of, row.what, row.year);
        let digits = most.entry(key).or_default();
        *digits = decimals(millions_if_money(row)).max(*digits);
    }
    most
}

fn millions_if_money(row: &Row) -> f64 {
    match row.what {
        What::Ratio => row.value,
        What::Money => row.value / 1e6,
    }
}

/// Digits after the point of a number that has at most seven: what comes after is left by the arithmetic of floats.
fn decimals(value: f64) -> usize {
    let text = format!("{value:.7}");
    let text = text.trim_end_matches('0');
    text.split_once('.').map_or(0, |(_, fraction)| fraction.len())
}

/// The newest vintage's figures of a donor in a year; ratio and money are never of two vintages.
fn one(rows: &[&Row], digits: &Digits<'_>, newest: &BTreeMap<String, i16>) -> Option<Published> {
    let latest = |what: Option<What>| {
        rows.iter()
            .filter(|r| what.is_none_or(|w| r.what == w))
            .map(|r| r.as_of)
            .max()
    };
    let as_of = latest(Some(What::Ratio)).or_else(|| latest(None))?;
    let best = |what| {
        let candidates = rows.iter().filter(|row| row.as_of == as_of && row.what == what);
        candidates
            .map(|row| (*row, rounding(row, digits)))
            .min_by(|a, b| a.1.half.total_cmp(&b.1.half))
    };
    let (ratio, oda) = (best(What::Ratio), best(What::Money));
    let (first, _) = ratio.or(oda)?;
    let preliminary = [&ratio, &oda].into_iter().flatten().any(|(row, _)| row.preliminary);
    let status = match (
        preliminary,
        first.source == DAC1 && newest.get(&first.source) == Some(&first.year),
    ) {
        (true, _) => Status::Preliminary,
        (false, true) => Status::NewestYear,
        (false, false) => Status::Final,
    };
    Some(Published {
        source: first.source.clone(),
        as_of,
        donor: first.donor.clone(),
        method: first.method,
        year: first.year,
        prices: if first.source == ONE {
            Prices::Constant
        } else {
            Prices::Current
        },
        status,
        ratio: ratio.map(|(_, number)| number),
        oda: oda.map(|(_, number)| number),
    })
}

/// A number and half of its last digit. Money in the table of single years is a text such as `5.67 billion` or
/// `694.2 million`, so that its last digit depends on its size.
fn rounding(row: &Row, digits: &Digits<'_>) -> Rounded {
    let value = millions_if_money(row);
    if row.what == What::Money && row.dataset == "single-year" {
        let last = if value >= 1000.0 { 10.0 } else { 0.1 };
        return Rounded {
            value,
            half: last / 2.0,
        };
    }
    let key = (row.source.as_str(), row.dataset.as_str(), row.as_of, row.what, row.year);
    let digits = digits.get(&key).copied().unwrap_or_default();
    Rounded {
        value,
        half: 0.5 / 10f64.powi(i32::try_from(digits).unwrap_or(i32::MAX)),
    }
}
