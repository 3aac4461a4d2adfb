//! How far receipts fall after their peak.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{FTS, FundingYear, UNIT};
use crate::agenda::practice::Told;

const DROP: &str = "% below the peak year";

/// The peak of a country's receipts, and the years after it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Decline {
    /// The source's card.
    pub source: String,
    /// The newest vintage of its years.
    pub as_of: Date,
    /// The country.
    pub country: String,
    /// The years with receipts in the lake.
    pub years: Vec<i16>,
    /// Years between the first and the last of which nothing is there.
    pub missing: Vec<i16>,
    /// The year in which most came in, of those that are there; the last of several.
    pub peak: Option<i16>,
    /// What came in then.
    pub receipts: Told,
    /// What that year is complete for.
    pub complete_for: String,
    /// The years after it.
    pub after: Vec<Later>,
    /// Why nothing is told of the years after it, where nothing is.
    pub why: Option<String>,
}

/// Receipts of a year after the peak.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Later {
    /// The year.
    pub year: i16,
    /// The vintage.
    pub as_of: Date,
    /// What came in.
    pub receipts: Told,
    /// How far that is below the peak, in per cent.
    pub drop: Told,
    /// What the year is complete for.
    pub complete_for: String,
}

/// The peak and what came after, by country.
pub fn declines(years: &[FundingYear]) -> Vec<Decline> {
    let mut countries: BTreeMap<&str, BTreeMap<i16, &FundingYear>> = BTreeMap::new();
    for year in years {
        countries.entry(&year.country).or_default().insert(year.year, year);
    }
    countries
        .into_iter()
        .filter_map(|(country, years)| decline(country, &years))
        .collect()
}

fn decline(country: &str, years: &BTreeMap<i16, &FundingYear>) -> Option<Decline> {
    let as_of = years.values().map(|year| year.as_of).max()?;
    let known: BTreeMap<i16, &FundingYear> = years
        .iter()
        .filter(|(_, year)| year.receipts.value.is_some())
        .map(|(number, year)| (*number, *year))
        .collect();
    let amount = |year: &FundingYear| year.receipts.value.unwrap_or(f64::NEG_INFINITY);
    let peak = known
        .values()
        .max_by(|a, b| amount(a).total_cmp(&amount(b)).then(a.year.cmp(&b.year)))
        .copied();
    let after: Vec<Later> = peak.map_or_else(Vec::new, |peak| {
        known
            .range(peak.year + 1..)
            .map(|(_, year)| later(peak, year))
            .collect()
    });
    let first = known.keys().next().copied().unwrap_or_default();
    let last = known.keys().next_back().copied().unwrap_or_default();
    Some(Decline {
        source: FTS.to_string(),
        as_of,
        country: country.to_string(),
        missing: (first..last).filter(|year| !known.contains_key(year)).collect(),
        peak: peak.map(|peak| peak.year),
        receipts: peak.map_or_else(
            || Told::missing(UNIT, "no receipts are told"),
            |peak| peak.receipts.clone(),
        ),
        complete_for: peak.map(FundingYear::complete_for).unwrap_or_default(),
        why: why(known.len(), peak, &after),
        years: known.into_keys().collect(),
        after,
    })
}

fn why(known: usize, peak: Option<&FundingYear>, after: &[Later]) -> Option<String> {
    match (known, peak) {
        (0, _) | (_, None) => Some("no year with receipts is in the lake".to_string()),
        (1, Some(only)) => Some(format!(
            "only {} is in the lake; whether receipts fell cannot be told",
            only.year
        )),
        (_, Some(peak)) if after.is_empty() => Some(format!(
            "most came in in {}, the last year in the lake; what came after cannot be told",
            peak.year
        )),
        _ => None,
    }
}

fn later(peak: &FundingYear, year: &FundingYear) -> Later {
    let drop = match (peak.receipts.value, year.receipts.value) {
        _ if !year.ended => Told::missing(DROP, "the year had not ended when the figures were said"),
        _ if !peak.ended => Told::missing(DROP, "the peak year had not ended when the figures were said"),
        _ if peak.outside_plans.value.is_some() != year.outside_plans.value.is_some() => Told::missing(
            DROP,
            "one of the two years has money outside plans and the other none told: they are not complete for the same",
        ),
        _ if !(peak.silent.is_empty() && year.silent.is_empty()) => {
            Told::missing(DROP, "a plan of one of the two years tells no receipts")
        }
        (Some(most), Some(came)) if most > 0.0 => Told::alone(
            (most - came) / most * 100.0,
            DROP,
            "reported amounts, which late reports still change; the source gives no interval",
        ),
        _ => Told::missing(DROP, "nothing came in in the peak year"),
    };
    Later {
        year: year.year,
        as_of: year.as_of,
        receipts: year.receipts.clone(),
        drop,
        complete_for: year.complete_for(),
    }
}
