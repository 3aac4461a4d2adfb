//! The same deaths of the whole country as another series of the source tells them, to be seen beside the events.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use lysoen_facts::{LakeError, View, literal};

use super::level::Span;
use crate::catalog::{From, Measure};
use crate::store::{Row, observation_rows, sql_day};

/// A country's deaths in a span by another series than its events.
#[derive(Clone, Debug, PartialEq)]
pub struct National {
    /// The source's card.
    pub source: String,
    /// The data set within the source.
    pub dataset: String,
    /// The vintage.
    pub as_of: Date,
    /// Deaths, best estimate.
    pub deaths: f64,
    /// The deaths of each calendar year, by the last day of the row.
    pub years: BTreeMap<i16, f64>,
    /// Whether its rows cover every day of the span.
    pub whole: bool,
}

/// What the other series of a measure of deaths tell of a place, in the order of the catalog.
pub(crate) fn load(view: &View, measure: &Measure, place: &str, span: Span) -> Result<Vec<National>, LakeError> {
    let mut told = Vec::new();
    for from in &measure.from {
        told.extend(series(view, from, place, span)?);
    }
    Ok(told)
}

fn series(view: &View, from: &From, place: &str, span: Span) -> Result<Option<National>, LakeError> {
    let Some(indicator) = &from.indicator else {
        return Ok(None);
    };
    let sql = format!(
        "SELECT place, indicator, start, \"end\", value, low, high, interval_kind, unit, population, breakdown, status, \
         note, source, dataset, as_of, file, row FROM observations WHERE source = {} AND indicator = {} AND place = {} \
         AND breakdown = '' AND start >= {} AND \"end\" <= {}",
        literal(&from.source),
        literal(indicator),
        literal(place),
        sql_day(span.start()),
        sql_day(span.end()),
    );
    let mut rows: Vec<Row> = Vec::new();
    for batch in view.query(&sql)? {
        rows.extend(observation_rows(&batch?));
    }
    rows.sort_by_key(|row| (row.start, row.end));
    let Some(newest) = rows.iter().max_by_key(|row| row.cited.as_of) else {
        return Ok(None);
    };
    let mut years = BTreeMap::new();
    rows.iter()
        .for_each(|row| *years.entry(row.end.year()).or_default() += row.value);
    Ok(Some(National {
        source: newest.cited.source.clone(),
        dataset: newest.cited.dataset.clone(),
        as_of: newest.cited.as_of,
        deaths: rows.iter().map(|row| row.value).sum(),
        years,
        whole: follow(&rows, span),
    }))
}

/// Whether each row begins on the day after the one before, from the first day of the span to its last.
fn follow(rows: &[Row], span: Span) -> bool {
    let mut next = span.start();
    for row in rows {
        if row.start != next {
            return false;
        }
        next = row.end.saturating_add(1.day());
    }
    next == span.end().saturating_add(1.day())
}
