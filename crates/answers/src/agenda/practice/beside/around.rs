//! The years before and after each participant was bound.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};

use super::{ASSOCIATION, Bound, Quartiles, RATE, Series, Value, total};
use crate::agenda::practice::Told;

/// How many years before and after are told.
const YEARS: i16 = 5;

/// A participant's years before and after it was bound. The year in which it was bound is in neither.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Around {
    /// The source's card.
    pub source: String,
    /// Its vintage.
    pub as_of: Date,
    /// The place.
    pub place: String,
    /// The day from which it is bound.
    pub since: Date,
    /// The first day on which it was so no longer.
    pub until: Option<Date>,
    /// The five years before the year of that day.
    pub before: Window,
    /// The five years after the year of that day.
    pub after: Window,
}

/// Five years of a place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Window {
    /// The first year.
    pub from: i16,
    /// The last year.
    pub to: i16,
    /// How many of them have a figure.
    pub n: usize,
    /// Those that have none; they are not zero.
    pub missing: Vec<i16>,
    /// In how many of them none is recorded.
    pub with_none_recorded: usize,
    /// The counts of all five together; missing where a year is.
    pub total: Told,
    /// Of the counts of those years that have one.
    pub counts: Option<Quartiles>,
    /// The count per 100,000 people and year; missing where a year or its population is.
    pub rate: Told,
}

/// The participants together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AroundAll {
    /// The measure.
    pub measure: String,
    /// Each of them.
    pub each: Vec<Around>,
    /// How many have all ten years.
    pub whole: usize,
    /// How many of these have none recorded in all ten years.
    pub none_recorded: usize,
    /// How many of these have fewer in the five years after than in the five before.
    pub fewer: usize,
    /// How many have as many, and not none.
    pub as_many: usize,
    /// How many have more.
    pub more: usize,
    /// Those that lack a year.
    pub not_whole: Vec<String>,
    /// Those of whom it is not known since when they are bound.
    pub day_unknown: Vec<String>,
    /// What a zero means.
    pub none_recorded_means: String,
    /// What can be said of it, and what not.
    pub association: String,
}

/// The years before and after each participant was bound.
pub fn around(standing: &BTreeMap<String, Bound>, series: &Series) -> AroundAll {
    let each: Vec<Around> = standing
        .iter()
        .filter_map(|(place, bound)| one(place, *bound, series))
        .collect();
    let unknown = standing.iter().filter(|(_, bound)| **bound == Bound::DayUnknown);
    let pairs: Vec<(f64, f64)> = each.iter().filter_map(pair).collect();
    let count = |which: fn(&(f64, f64)) -> bool| pairs.iter().filter(|pair| which(pair)).count();
    AroundAll {
        measure: series.measure.clone(),
        whole: pairs.len(),
        none_recorded: count(|(before, after)| *before == 0.0 && *after == 0.0),
        fewer: count(|(before, after)| after < before),
        as_many: count(|(before, after)| after == before && *after > 0.0),
        more: count(|(before, after)| after > before),
        not_whole: each
            .iter()
            .filter(|around| pair(around).is_none())
            .map(|around| around.place.clone())
            .collect(),
        day_unknown: unknown.map(|(place, _)| place.clone()).collect(),
        none_recorded_means: series.none_recorded.clone(),
        association: ASSOCIATION.to_string(),
        each,
    }
}

fn pair(around: &Around) -> Option<(f64, f64)> {
    around.before.total.value.zip(around.after.total.value)
}

fn one(place: &str, bound: Bound, series: &Series) -> Option<Around> {
    let Bound::Since { from, until } = bound else {
        return None;
    };
    let empty = BTreeMap::new();
    let values = series.values.get(place).unwrap_or(&empty);
    let year = from.year();
    // A year in which it was bound no longer is none of those after.
    let bound_in = |year: &i16| until.is_none_or(|until| until > date(*year, 12, 31));
    Some(Around {
        source: series.source.clone(),
        as_of: series.as_of,
        place: place.to_string(),
        since: from,
        until,
        before: window(year - YEARS, values, &series.unit, |_| true),
        after: window(year + 1, values, &series.unit, bound_in),
    })
}

fn window(from: i16, values: &BTreeMap<i16, Value>, unit: &str, counts: impl Fn(&i16) -> bool) -> Window {
    let to = from + YEARS - 1;
    let known: Vec<Value> = (from..=to)
        .filter(&counts)
        .filter_map(|year| values.get(&year))
        .copied()
        .collect();
    let whole = known.len() == usize::from(YEARS.unsigned_abs());
    let lacking = format!(
        "only {} of the {YEARS} years have a figure while this held",
        known.len()
    );
    Window {
        from,
        to,
        n: known.len(),
        missing: (from..=to)
            .filter(|year| !counts(year) || !values.contains_key(year))
            .collect(),
        with_none_recorded: known.iter().filter(|value| value.count == 0.0).count(),
        total: if whole {
            total(&known, unit)
        } else {
            Told::missing(unit, lacking.clone())
        },
        counts: Quartiles::of(known.iter().map(|value| value.count).collect(), unit),
        rate: if whole {
            rate(&known)
        } else {
            Told::missing(RATE, lacking)
        },
    }
}

/// The counts of some years over their people, per 100,000 and year.
fn rate(values: &[Value]) -> Told {
    let people: Option<f64> = values.iter().map(|value| value.population).sum();
    let Some(people) = people.filter(|people| *people > 0.0) else {
        return Told::missing(RATE, "the population of a year is not there");
    };
    let sum = total(values, RATE);
    let per = |count: Option<f64>| count.map(|count| count / people * 1e5);
    Told {
        value: per(sum.value),
        low: per(sum.low),
        high: per(sum.high),
        ..sum
    }
}
