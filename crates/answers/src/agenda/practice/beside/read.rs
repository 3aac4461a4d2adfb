//! A yearly series by place, out of the lake: the first series of a measure, and the population by which it is divided.

use std::collections::BTreeMap;

use arrow::array::{Array, AsArray};
use arrow::datatypes::Float64Type;
use jiff::civil::Date;
use lysoen_facts::{View, literal};
use lysoen_measures::Measures;
use lysoen_measures::catalog::Measure;

use super::{Series, Value};
use crate::error::AnswerError;
use crate::standing::Columns;

/// The measure of civilians killed in one-sided violence by the government of the country in which they were.
pub const OWN_GOVERNMENT: &str = "killed_by_own_government";

/// The measure of the people by whom rates are told.
const POPULATION: &str = "population_midyear";

/// The yearly values of a measure that counts people by the first of its series, with the population at mid-year. None
/// where the measure is not there, is no plain count of one indicator, or has no value in the view.
///
/// # Errors
/// If the lake cannot be read.
pub fn series(view: &View, measures: &Measures, measure: &str) -> Result<Option<Series>, AnswerError> {
    let Some(measure) = measures.get(measure) else {
        return Ok(None);
    };
    let Some((source, indicator)) = plain(measure) else {
        return Ok(None);
    };
    let mut found = Series {
        measure: measure.id.clone(),
        title: measure.title.clone(),
        unit: measure.unit.clone(),
        source: source.to_string(),
        as_of: Date::MIN,
        population_source: None,
        none_recorded: measure.none_recorded.clone().unwrap_or_default(),
        values: BTreeMap::new(),
        not_told: BTreeMap::new(),
    };
    for row in rows(view, source, indicator)? {
        found.as_of = row.as_of.max(found.as_of);
        match (row.place.contains('+'), &measure.not_joint) {
            (true, why) => not_told(&mut found, &row.place, why.as_deref()),
            (false, _) => drop(found.values.entry(row.place).or_default().insert(row.year, row.value)),
        }
    }
    if found.values.is_empty() {
        return Ok(None);
    }
    populate(view, measures, &mut found)?;
    Ok(Some(found))
}

/// The source and the indicator of a measure whose first series is one indicator, taken as it is.
fn plain(measure: &Measure) -> Option<(&str, &str)> {
    let from = measure.from.first()?;
    let alone = from.plus.is_none() && from.minus.is_none() && from.breakdown.is_empty();
    alone.then_some(())?;
    Some((&from.source, from.indicator.as_deref()?))
}

/// The places that a row tells of together have no figure of their own.
fn not_told(series: &mut Series, joint: &str, why: Option<&str>) {
    let why = why.unwrap_or("one row for several places");
    for place in joint.split('+') {
        series.not_told.insert(place.to_string(), format!("{joint}: {why}"));
    }
}

struct Row {
    place: String,
    year: i16,
    as_of: Date,
    value: Value,
}

fn rows(view: &View, source: &str, indicator: &str) -> Result<Vec<Row>, AnswerError> {
    let sql = format!(
        "SELECT place, \"end\", as_of, value, low, high FROM observations \
         WHERE source = {} AND indicator = {} AND breakdown = '' AND country = place ORDER BY place, \"end\", as_of",
        literal(source),
        literal(indicator)
    );
    let mut all = Vec::new();
    for batch in view.query(&sql)? {
        let batch = Columns::of(&batch?)?;
        for row in 0..batch.rows() {
            let (Some(end), Some(as_of)) = (batch.date(1, row), batch.date(2, row)) else {
                continue;
            };
            let Some(count) = number(&batch, 3, row) else { continue };
            all.push(Row {
                place: batch.text(0, row),
                year: end.year(),
                as_of,
                value: Value {
                    count,
                    range: number(&batch, 4, row).zip(number(&batch, 5, row)),
                    population: None,
                },
            });
        }
    }
    Ok(all)
}

fn number(batch: &Columns, column: usize, row: usize) -> Option<f64> {
    let column = &batch.0[column];
    (!column.is_null(row)).then(|| column.as_primitive::<Float64Type>().value(row))
}

/// Sets the population beside each value: that of the first source that has any.
fn populate(view: &View, measures: &Measures, series: &mut Series) -> Result<(), AnswerError> {
    let Some(population) = measures.get(POPULATION) else {
        return Ok(());
    };
    for from in &population.from {
        let Some(indicator) = &from.indicator else { continue };
        let rows = rows(view, &from.source, indicator)?;
        if rows.is_empty() {
            continue;
        }
        for row in rows {
            let value = series
                .values
                .get_mut(&row.place)
                .and_then(|years| years.get_mut(&row.year));
            if let Some(value) = value {
                value.population = Some(row.value.count);
            }
        }
        series.population_source = Some(from.source.clone());
        return Ok(());
    }
    Ok(())
}
