//! Promise and practice side by side: a yearly series by place, for those who are bound by an instrument and those who are
//! not, and for each who is bound the five years before and after.
//!
//! Figures are set side by side, and nothing follows from one for the other.

mod around;
mod read;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};

pub use around::{Around, AroundAll, Window, around};
pub use read::{OWN_GOVERNMENT, series};

use super::Told;

/// What the figures are, said with each of them.
pub const ASSOCIATION: &str = "An association: figures set side by side. Those who bind themselves differ from others in \
                               much else, and nothing follows from it about what the instrument does.";

/// The unit of rates.
pub const RATE: &str = "per 100,000 people";

/// Why medians and quartiles have no interval.
const NO_INTERVAL: &str = "of all places with a figure and of best estimates; no sample was drawn";

/// Whether a participant is bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "bound")]
pub enum Bound {
    /// It never was.
    Never,
    /// It has been, from a day on.
    Since {
        /// The first day.
        from: Date,
        /// The first day on which it was so no longer.
        until: Option<Date>,
    },
    /// It is, and since when is not known.
    DayUnknown,
}

/// Where a participant stands in a calendar year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stood {
    /// Bound on each of its days.
    Party,
    /// Bound on none of them.
    NonParty,
    /// Bound on some of them.
    Changed,
    /// Not known.
    Unknown,
}

impl Bound {
    fn in_year(self, year: i16) -> Stood {
        let (first, last) = (date(year, 1, 1), date(year, 12, 31));
        match self {
            Bound::Never => Stood::NonParty,
            Bound::DayUnknown => Stood::Unknown,
            Bound::Since { from, .. } if from > last => Stood::NonParty,
            Bound::Since { until: Some(until), .. } if until <= first => Stood::NonParty,
            Bound::Since { from, until } if from <= first && until.is_none_or(|until| until > last) => Stood::Party,
            Bound::Since { .. } => Stood::Changed,
        }
    }
}

/// A yearly series by place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Series {
    /// The measure.
    pub measure: String,
    /// What it counts.
    pub title: String,
    /// Its unit.
    pub unit: String,
    /// The source's card.
    pub source: String,
    /// Its newest vintage.
    pub as_of: Date,
    /// The source of the population by which rates are told, where there is one.
    pub population_source: Option<String>,
    /// What a zero means.
    pub none_recorded: String,
    /// Values by place and year.
    pub values: BTreeMap<String, BTreeMap<i16, Value>>,
    /// Places of which it cannot be told, and why.
    pub not_told: BTreeMap<String, String>,
}

/// The value of a place in a year.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Value {
    /// The count, best estimate.
    pub count: f64,
    /// The source's low and high, where it has both.
    pub range: Option<(f64, f64)>,
    /// The people among whom it is counted.
    pub population: Option<f64>,
}

impl Value {
    /// The count per 100,000 people; none where the population is not there.
    pub fn rate(&self) -> Option<f64> {
        self.population
            .filter(|people| *people > 0.0)
            .map(|people| self.count / people * 1e5)
    }
}

/// The median and the quartiles of some values, between ranks in proportion (type 7 of Hyndman and Fan 1996).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quartiles {
    /// How many values.
    pub n: usize,
    /// The lower quartile.
    pub lower: f64,
    /// The median.
    pub median: f64,
    /// The upper quartile.
    pub upper: f64,
    /// The unit.
    pub unit: String,
    /// Why they have no interval.
    pub interval: String,
}

impl Quartiles {
    /// Of those values; none where there are none.
    pub fn of(mut values: Vec<f64>, unit: &str) -> Option<Quartiles> {
        values.sort_by(f64::total_cmp);
        let last = values.len().checked_sub(1)?;
        let at = |share: f64| {
            let rank = share * last as f64;
            let below = rank.floor() as usize;
            let above = (below + 1).min(last);
            values[below] + (values[above] - values[below]) * rank.fract()
        };
        Some(Quartiles {
            n: values.len(),
            lower: at(0.25),
            median: at(0.5),
            upper: at(0.75),
            unit: unit.to_string(),
            interval: NO_INTERVAL.to_string(),
        })
    }
}

/// A year of the series, for those who are bound and those who are not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct YearBeside {
    /// The source's card.
    pub source: String,
    /// Its vintage.
    pub as_of: Date,
    /// The measure.
    pub measure: String,
    /// The year.
    pub year: i16,
    /// Those bound on each day of the year.
    pub parties: Group,
    /// Those bound on none of its days.
    pub non_parties: Group,
    /// Those bound on some of its days, who are in neither group.
    pub changed: Vec<String>,
    /// Those of whom it is not known since when they are bound, who are in neither group.
    pub day_unknown: Vec<String>,
    /// Places with a figure of which nothing is told whether they are bound; in neither group.
    pub no_standing: Vec<String>,
    /// What a zero means.
    pub none_recorded: String,
    /// What can be said of it, and what not.
    pub association: String,
}

/// Some places in a year.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// How many have a figure.
    pub n: usize,
    /// How many of them have none recorded: a figure of zero.
    pub with_none_recorded: usize,
    /// Their counts together.
    pub total: Told,
    /// Of their counts.
    pub counts: Option<Quartiles>,
    /// Of their rates per 100,000 people, where the population is there.
    pub rates: Option<Quartiles>,
    /// Those that have a figure and no population.
    pub without_rate: Vec<String>,
    /// Those that have no figure, each with the reason; they are not zero.
    pub missing: BTreeMap<String, String>,
}

/// Sets a year of a series beside a standing.
pub fn beside(standing: &BTreeMap<String, Bound>, series: &Series, year: i16) -> YearBeside {
    let those = |stood: Stood| -> Vec<&str> {
        let which = standing.iter().filter(|(_, bound)| bound.in_year(year) == stood);
        which.map(|(place, _)| place.as_str()).collect()
    };
    let owned = |places: Vec<&str>| places.into_iter().map(str::to_string).collect();
    let told: BTreeSet<&String> = series
        .values
        .iter()
        .filter(|(_, years)| years.contains_key(&year))
        .map(|(place, _)| place)
        .collect();
    YearBeside {
        source: series.source.clone(),
        as_of: series.as_of,
        measure: series.measure.clone(),
        year,
        parties: group(&those(Stood::Party), series, year),
        non_parties: group(&those(Stood::NonParty), series, year),
        changed: owned(those(Stood::Changed)),
        day_unknown: owned(those(Stood::Unknown)),
        no_standing: told
            .into_iter()
            .filter(|place| !standing.contains_key(*place))
            .cloned()
            .collect(),
        none_recorded: series.none_recorded.clone(),
        association: ASSOCIATION.to_string(),
    }
}

fn group(places: &[&str], series: &Series, year: i16) -> Group {
    let value = |place: &str| series.values.get(place).and_then(|years| years.get(&year)).copied();
    let (mut known, mut missing) = (BTreeMap::new(), BTreeMap::new());
    for place in places {
        match value(place) {
            Some(value) => drop(known.insert(*place, value)),
            None => drop(missing.insert(place.to_string(), why_missing(series, place, year))),
        }
    }
    let values: Vec<Value> = known.values().copied().collect();
    let rates = values.iter().filter_map(Value::rate).collect();
    Group {
        n: values.len(),
        with_none_recorded: values.iter().filter(|value| value.count == 0.0).count(),
        total: total(&values, &series.unit),
        counts: Quartiles::of(values.iter().map(|value| value.count).collect(), &series.unit),
        rates: Quartiles::of(rates, RATE),
        without_rate: known
            .iter()
            .filter(|(_, v)| v.rate().is_none())
            .map(|(place, _)| place.to_string())
            .collect(),
        missing,
    }
}

fn why_missing(series: &Series, place: &str, year: i16) -> String {
    match (series.not_told.get(place), series.values.get(place)) {
        (Some(why), _) => why.clone(),
        (None, Some(_)) => format!("the source does not cover it in {year}"),
        (None, None) => "the source does not cover it".to_string(),
    }
}

/// The sum of counts; where each has a range, with the sums of its ends.
fn total(values: &[Value], unit: &str) -> Told {
    if values.is_empty() {
        return Told::missing(unit, "no place has a figure");
    }
    let sum = values.iter().map(|value| value.count).sum();
    let ranges: Option<Vec<(f64, f64)>> = values.iter().map(|value| value.range).collect();
    match ranges {
        Some(ranges) => Told::within(
            sum,
            (
                ranges.iter().map(|range| range.0).sum(),
                ranges.iter().map(|range| range.1).sum(),
            ),
            unit,
            "the source's low and high estimates, each added up",
        ),
        None => Told::alone(sum, unit, "the source gives no low and high for some of them"),
    }
}
