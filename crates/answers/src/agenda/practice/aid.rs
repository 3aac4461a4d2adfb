//! Element 10: official development assistance as a share of national income, and how far it is from 0.7 per cent.
//!
//! The promise is of General Assembly resolution 2626 (XXV) of 24 October 1970, paragraph 43. From 2018 on aid is counted by
//! grant equivalents, before by net flows: two series, and no change is told from one to the other.

mod compare;
mod read;

use std::collections::BTreeMap;

use jiff::civil::Date;
use lysoen_facts::View;
use serde::{Deserialize, Serialize};

pub use compare::{Alone, Comparison, Difference, compare};

use super::Told;
use crate::error::AnswerError;

/// The promise, in per cent of gross national income.
pub const PROMISE: f64 = 0.7;

/// The first year that is counted by grant equivalents.
pub const GRANT_EQUIVALENT_FROM: i16 = 2018;

/// The card of the table of the ONE Campaign.
pub const ONE: &str = "one-oda";

/// The card of OECD's table DAC1.
pub const DAC1: &str = "oecd-dac1";

/// The unit of ratios.
pub const RATIO: &str = "% of GNI";

/// The unit of differences of ratios.
pub const POINTS: &str = "percentage points";

const ROUNDING: &str = "as far as the source rounds";

/// How aid is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// What left the donor less what came back: the method of record to 2017.
    NetFlows,
    /// Loans count by what is given away in them: the method of record from 2018.
    GrantEquivalent,
}

/// In which prices money is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Prices {
    /// Those of one year, which the source does not name in its table.
    Constant,
    /// Those of the year itself.
    Current,
}

impl Prices {
    /// The unit of money.
    pub fn unit(self) -> &'static str {
        match self {
            Prices::Constant => "million US$, constant prices",
            Prices::Current => "million US$, current prices",
        }
    }
}

/// How final a figure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Final as far as the row says.
    Final,
    /// The row says that it is preliminary.
    Preliminary,
    /// Of the newest year of a source whose rows do not say it and whose card says that the newest year is preliminary.
    NewestYear,
}

/// A number as a source writes it, and half of the last digit that it writes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rounded {
    /// The number.
    pub value: f64,
    /// How far what was rounded can be from it.
    pub half: f64,
}

/// What a source says of a donor in a year.
#[derive(Clone, Debug, PartialEq)]
pub struct Published {
    /// The source's card.
    pub source: String,
    /// The vintage.
    pub as_of: Date,
    /// The donor.
    pub donor: String,
    /// How it is counted.
    pub method: Method,
    /// The year.
    pub year: i16,
    /// The prices of the money.
    pub prices: Prices,
    /// How final it is.
    pub status: Status,
    /// Aid in per cent of gross national income.
    pub ratio: Option<Rounded>,
    /// Aid in millions of US dollars.
    pub oda: Option<Rounded>,
}

/// A donor's aid in a year.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AidYear {
    /// The source's card.
    pub source: String,
    /// The vintage.
    pub as_of: Date,
    /// The donor.
    pub donor: String,
    /// How it is counted; each method is a series of its own.
    pub method: Method,
    /// The year.
    pub year: i16,
    /// The prices of the money.
    pub prices: Prices,
    /// How final it is.
    pub status: Status,
    /// Aid in per cent of gross national income.
    pub ratio: Told,
    /// Aid in millions of US dollars.
    pub oda: Told,
    /// What lacks to 0.7, in percentage points; zero at and above it.
    pub gap_points: Told,
    /// What lacks to 0.7, in millions of US dollars in the prices of `oda`; zero at and above it.
    pub gap_money: Told,
    /// Whether 0.7 is reached; none where there is no ratio, and where its rounding does not tell.
    pub reached: Option<bool>,
    /// The change of the ratio since the year before, by the same method.
    pub change: Told,
}

/// The donors of a source together, in a year and by one method. It is the sum of those that the source lists, and not the
/// total that the Committee publishes: its members differ, and constant prices of a group are not those of its members.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Together {
    /// The source's card.
    pub source: String,
    /// The newest vintage among them.
    pub as_of: Date,
    /// How it is counted.
    pub method: Method,
    /// The year.
    pub year: i16,
    /// Whether all of it is final.
    pub status: Status,
    /// Number of donors listed.
    pub donors: usize,
    /// Their aid.
    pub oda: Told,
    /// What lacks to 0.7, added over the donors below it: what one gives above it makes up for nobody.
    pub gap_money: Told,
    /// Donors of whom no gap in money can be told, and who are in no sum of gaps.
    pub without_gap: Vec<String>,
    /// Donors at or above 0.7.
    pub reached: Vec<String>,
    /// Donors of whom the rounding does not tell whether they are.
    pub not_told: Vec<String>,
}

/// Aid by donor.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Aid {
    /// By source, donor, method and year. No group of donors is among them.
    pub donors: Vec<AidYear>,
    /// The donors of a source together, by source, method and year.
    pub together: Vec<Together>,
    /// How the two sources differ.
    pub comparison: Comparison,
}

/// Aid by donor and year in a view, from the ONE Campaign's table and from OECD's DAC1, each told apart.
///
/// # Errors
/// If the lake cannot be read.
pub fn aid(view: &View) -> Result<Aid, AnswerError> {
    let published = read::published(view)?;
    let donors = donors(&published);
    Ok(Aid {
        together: together(&donors),
        comparison: compare(&published, 2014..=2023),
        donors,
    })
}

/// What follows from what sources say, in their order of source, donor, method and year.
pub fn donors(published: &[Published]) -> Vec<AidYear> {
    let mut sorted: Vec<&Published> = published.iter().collect();
    sorted.sort_by(|a, b| key(a).cmp(&key(b)));
    let year = |at: usize, row: &&Published| {
        let before = at.checked_sub(1).map(|before| sorted[before]);
        aid_year(
            row,
            before.filter(|b| key(b) == (&row.source, &row.donor, row.method, row.year - 1)),
        )
    };
    sorted.iter().enumerate().map(|(at, row)| year(at, row)).collect()
}

fn key(row: &Published) -> (&String, &String, Method, i16) {
    (&row.source, &row.donor, row.method, row.year)
}

fn aid_year(row: &Published, before: Option<&Published>) -> AidYear {
    let ratio = rounded(row.ratio, RATIO, "the source has no ratio by this method for this year");
    let oda = rounded(
        row.oda,
        row.prices.unit(),
        "the source has no money by this method for this year",
    );
    AidYear {
        source: row.source.clone(),
        as_of: row.as_of,
        donor: row.donor.clone(),
        method: row.method,
        year: row.year,
        prices: row.prices,
        status: row.status,
        gap_points: gap_in_points(&ratio),
        gap_money: gap_in_money(&oda, &ratio),
        reached: reached(&ratio),
        change: change(row, before),
        ratio,
        oda,
    }
}

fn rounded(number: Option<Rounded>, unit: &str, why: &str) -> Told {
    match number {
        Some(Rounded { value, half }) => Told::within(value, (value - half, value + half), unit, ROUNDING),
        None => Told::missing(unit, why),
    }
}

/// What lacks to 0.7, in percentage points; never below zero.
pub fn gap_in_points(ratio: &Told) -> Told {
    match ratio.bounds() {
        Some((value, low, high)) => {
            let gap = |ratio: f64| (PROMISE - ratio).max(0.0);
            Told::within(gap(value), (gap(high), gap(low)), POINTS, ROUNDING)
        }
        None => Told::missing(POINTS, ratio.why.clone()),
    }
}

/// What lacks to 0.7, in the unit of `oda`: ODA × (0.7 ÷ ratio − 1), never below zero. The national income is that which the
/// two figures imply, so that the rounding of both is in the interval.
pub fn gap_in_money(oda: &Told, ratio: &Told) -> Told {
    let (Some((money, least, most)), Some((share, low, high))) = (oda.bounds(), ratio.bounds()) else {
        let why = if ratio.value.is_none() { &ratio.why } else { &oda.why };
        return Told::missing(&oda.unit, why.clone());
    };
    if share <= 0.0 {
        let why = "the ratio is zero or below, so the national income cannot be told from it";
        return Told::missing(&oda.unit, why);
    }
    if money <= 0.0 {
        let why = "the money is zero or below, so the national income cannot be told from it";
        return Told::missing(&oda.unit, why);
    }
    let gap = |money: f64, share: f64| (money * (PROMISE / share - 1.0)).max(0.0);
    let mut told = Told::within(
        gap(money, share),
        (gap(least.max(0.0), high), gap(most, low)),
        &oda.unit,
        ROUNDING,
    );
    if low <= 0.0 {
        told.high = None;
        told.why = "the ratio may have been rounded up from zero, so that the gap has no upper end".to_string();
    }
    told
}

/// Whether 0.7 is reached, as far as the rounding of the ratio tells.
fn reached(ratio: &Told) -> Option<bool> {
    let (_, low, high) = ratio.bounds()?;
    match (low >= PROMISE, high < PROMISE) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => None,
    }
}

fn change(row: &Published, before: Option<&Published>) -> Told {
    let Some(now) = row.ratio else {
        return Told::missing(POINTS, "the year has no ratio by this method");
    };
    match before.and_then(|before| before.ratio) {
        Some(then) => {
            let (by, half) = (now.value - then.value, now.half + then.half);
            Told::within(by, (by - half, by + half), POINTS, ROUNDING)
        }
        None if row.method == Method::GrantEquivalent && row.year == GRANT_EQUIVALENT_FROM => Told::missing(
            POINTS,
            "the method changed in 2018, from net flows to grant equivalents: no change is told across it",
        ),
        None => Told::missing(POINTS, "the year before has no ratio by this method"),
    }
}

/// The donors of each source together.
pub fn together(donors: &[AidYear]) -> Vec<Together> {
    let mut groups: BTreeMap<(&str, Method, i16), Vec<&AidYear>> = BTreeMap::new();
    for row in donors {
        groups.entry((&row.source, row.method, row.year)).or_default().push(row);
    }
    groups.into_values().filter_map(|rows| sum(&rows)).collect()
}

fn sum(rows: &[&AidYear]) -> Option<Together> {
    let first = rows.first()?;
    let those = |which: &dyn Fn(&AidYear) -> bool| -> Vec<String> {
        rows.iter()
            .filter(|row| which(row))
            .map(|row| row.donor.clone())
            .collect()
    };
    Some(Together {
        source: first.source.clone(),
        as_of: rows.iter().map(|row| row.as_of).max()?,
        method: first.method,
        year: first.year,
        status: rows.iter().map(|row| row.status).max()?,
        donors: rows.len(),
        oda: added(rows.iter().map(|row| &row.oda), first.prices.unit()),
        gap_money: added(rows.iter().map(|row| &row.gap_money), first.prices.unit()),
        without_gap: those(&|row| row.gap_money.value.is_none()),
        reached: those(&|row| row.reached == Some(true)),
        not_told: those(&|row| row.reached.is_none()),
    })
}

/// The sum of those figures that are there, and of the ends of their intervals where every one has both.
fn added<'t>(figures: impl Iterator<Item = &'t Told> + Clone, unit: &str) -> Told {
    let there = figures.filter(|figure| figure.value.is_some());
    let total = |part: fn(&Told) -> Option<f64>| there.clone().map(part).sum::<Option<f64>>();
    let (Some(value), Some(_)) = (total(|f| f.value), there.clone().next()) else {
        return Told::missing(unit, "no donor has a figure");
    };
    match (total(|f| f.low), total(|f| f.high)) {
        (Some(low), Some(high)) => Told::within(value, (low, high), unit, ROUNDING),
        _ => Told::alone(value, unit, "the gap of a donor in it has no upper end"),
    }
}
