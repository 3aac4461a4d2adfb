//! How the ONE Campaign's ratios differ from those of OECD's DAC1, and whether the method of counting explains it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{DAC1, Method, ONE, POINTS, Published, RATIO, Rounded, Status, rounded};
use crate::agenda::practice::Told;

/// The sources side by side.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// How many ratios of the same donor, year and method both have.
    pub compared: usize,
    /// Those that differ by more than rounding, by year and donor.
    pub differences: Vec<Difference>,
    /// Ratios that only one of them has.
    pub alone: Vec<Alone>,
    /// Why money is not compared.
    pub money: String,
}

/// A ratio on which the sources differ by more than both round.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// The donor.
    pub donor: String,
    /// The year.
    pub year: i16,
    /// The method by which both count.
    pub method: Method,
    /// The ONE Campaign's ratio.
    pub one: Told,
    /// Its vintage.
    pub one_as_of: Date,
    /// DAC1's ratio.
    pub dac1: Told,
    /// Its vintage.
    pub dac1_as_of: Date,
    /// How final DAC1's ratio is.
    pub dac1_status: Status,
    /// The first less the second.
    pub by: Told,
    /// What DAC1's ratio would be by the other method, with the same national income.
    pub other_method: Told,
    /// Whether the ONE Campaign's ratio lies within that; none where the other method's money is not there.
    pub explained_by_method: Option<bool>,
    /// What can be said of it.
    pub said: String,
}

/// Years of a donor for which only one source has a ratio.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alone {
    /// The source that has it.
    pub source: String,
    /// The donor.
    pub donor: String,
    /// The years.
    pub years: Vec<i16>,
}

type ByKey<'p> = BTreeMap<(i16, &'p str, Method), &'p Published>;

/// Compares the ratios of the two sources in those years.
pub fn compare(published: &[Published], years: RangeInclusive<i16>) -> Comparison {
    let of = |source: &str| -> ByKey<'_> {
        let rows = published
            .iter()
            .filter(|row| row.source == source && years.contains(&row.year));
        rows.map(|row| ((row.year, row.donor.as_str(), row.method), row))
            .collect()
    };
    let (one, dac1) = (of(ONE), of(DAC1));
    let mut found = Comparison {
        money: "one table is in constant prices and the other in current ones".to_string(),
        ..Comparison::default()
    };
    for (key, ours) in &one {
        let Some((theirs, a, b)) = dac1
            .get(key)
            .and_then(|theirs| Some((*theirs, ours.ratio?, theirs.ratio?)))
        else {
            continue;
        };
        found.compared += 1;
        if beyond_rounding(a, b) {
            found.differences.push(difference(ours, theirs, (a, b), &dac1));
        }
    }
    found.alone = [(ONE, &one, &dac1), (DAC1, &dac1, &one)]
        .into_iter()
        .flat_map(|(source, rows, others)| alone(source, rows, others))
        .collect();
    found
}

/// Whether two numbers differ by more than both round; a billionth is left to the arithmetic of floats.
fn beyond_rounding(a: Rounded, b: Rounded) -> bool {
    (a.value - b.value).abs() > a.half + b.half + 1e-9
}

fn difference(ours: &Published, theirs: &Published, (a, b): (Rounded, Rounded), dac1: &ByKey<'_>) -> Difference {
    let half = a.half + b.half;
    let by = a.value - b.value;
    let other_method = by_other_method(theirs, b, dac1);
    let explained = other_method
        .bounds()
        .map(|(_, low, high)| a.value + a.half >= low && a.value - a.half <= high);
    Difference {
        donor: ours.donor.clone(),
        year: ours.year,
        method: ours.method,
        one: rounded(ours.ratio, RATIO, ""),
        one_as_of: ours.as_of,
        dac1: rounded(theirs.ratio, RATIO, ""),
        dac1_as_of: theirs.as_of,
        dac1_status: theirs.status,
        by: Told::within(by, (by - half, by + half), POINTS, "as far as both sources round"),
        other_method,
        explained_by_method: explained,
        said: said(explained, theirs.status),
    }
}

fn said(explained: Option<bool>, status: Status) -> String {
    let method = match explained {
        Some(true) => "both count by the same method; the other one would give a ratio that fits the ONE Campaign's",
        Some(false) => "both count by the same method, and the other one would not explain it",
        None => "both count by the same method; what the other one would give cannot be told",
    };
    let revised = match status {
        Status::Final => "",
        Status::Preliminary | Status::NewestYear => "; DAC1's figure is of its newest year, which is preliminary",
    };
    format!("{method}{revised}")
}

/// DAC1's ratio by the other method: the money of that method over the national income that ratio and money imply.
fn by_other_method(theirs: &Published, ratio: Rounded, dac1: &ByKey<'_>) -> Told {
    let other = match theirs.method {
        Method::NetFlows => Method::GrantEquivalent,
        Method::GrantEquivalent => Method::NetFlows,
    };
    let money = dac1
        .get(&(theirs.year, theirs.donor.as_str(), other))
        .and_then(|row| row.oda);
    match (theirs.oda, money) {
        (Some(same), Some(other)) if same.value > 0.0 => {
            let scale = other.value / same.value;
            let (low, high) = ((ratio.value - ratio.half) * scale, (ratio.value + ratio.half) * scale);
            Told::within(
                ratio.value * scale,
                (low.min(high), low.max(high)),
                RATIO,
                "as far as the ratio is rounded",
            )
        }
        _ => Told::missing(RATIO, "the money by the other method is not there"),
    }
}

fn alone<'p>(source: &'p str, rows: &ByKey<'p>, others: &ByKey<'p>) -> impl Iterator<Item = Alone> + 'p {
    let mut years: BTreeMap<&str, BTreeSet<i16>> = BTreeMap::new();
    for (key, row) in rows {
        if row.ratio.is_some() && others.get(key).is_none_or(|other| other.ratio.is_none()) {
            years.entry(key.1).or_default().insert(row.year);
        }
    }
    years.into_iter().map(move |(donor, years)| Alone {
        source: source.to_string(),
        donor: donor.to_string(),
        years: years.into_iter().collect(),
    })
}
