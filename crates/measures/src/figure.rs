//! A figure: one number about people at one place and period, with everything that is needed to trust it.

use jiff::civil::Date;
use lysoen_facts::Table;
use lysoen_lexicon::period::Period;
use lysoen_lexicon::place::PlaceId;
use serde::{Deserialize, Deserializer, Serialize};

/// The name of a table. Serde would borrow a plain `&str`.
pub type TableName = &'static str;

/// What stands for the table in a term that is itself a figure.
const MEASURES: &str = "measures";

/// One measure at one place and period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// The place.
    pub place: PlaceId,
    /// The period that was asked for.
    pub period: Period,
    /// The period to which the data refer, where there are data: `2021`, `2021-12-31`, `2019/2020`.
    pub data_period: Option<String>,
    /// The measure, by its id in `catalog/series.toml`.
    pub measure: String,
    /// The value in `unit`; none where it cannot be computed, and `note` says why.
    pub value: Option<f64>,
    /// Lower end of the interval.
    pub low: Option<f64>,
    /// Upper end of the interval.
    pub high: Option<f64>,
    /// What the interval is, or why there is none.
    pub interval_kind: String,
    /// The unit in words.
    pub unit: String,
    /// The value per 100,000 people, where it is a count of people.
    pub per_100k: Option<f64>,
    /// The population by which it was divided.
    pub population: Option<f64>,
    /// What the absence or presence of a value means.
    pub coverage: Coverage,
    /// The source that the figure uses; several cards, joined by ` + `, where it is computed from several.
    pub source: String,
    /// The newest vintage among its rows.
    pub as_of: Option<Date>,
    /// What a reader must know.
    pub note: String,
    /// The rows that make it up, with the part each plays.
    pub terms: Vec<Term>,
    /// How the value follows from the terms.
    pub formula: Formula,
}

impl Figure {
    /// The figure as a term of another one; none without a value. Its own rows are found by explaining it.
    pub(crate) fn as_term(&self, role: Role) -> Option<Term> {
        let dates = (
            self.terms.iter().map(|t| t.dates.0).min(),
            self.terms.iter().map(|t| t.dates.1).max(),
        );
        Some(Term {
            table: MEASURES,
            source: self.source.clone(),
            dataset: String::new(),
            as_of: self.as_of?,
            file: String::new(),
            row: 0,
            what: self.measure.clone(),
            place: self.place.to_string(),
            dates: (
                dates.0.unwrap_or(self.period.start()),
                dates.1.unwrap_or(self.period.end()),
            ),
            value: self.value?,
            unit: self.unit.clone(),
            role,
        })
    }
}

/// What the absence or presence of a value means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Coverage {
    /// A value for the period.
    Covered,
    /// The source covers the place and period, and recorded nothing that its inclusion rules admit.
    NoneRecorded,
    /// A value of an earlier year, at most three years before the period.
    Earlier,
    /// A value more than three years old: shown, but in no bound and no change.
    Stale,
    /// The source does not cover the place or period.
    NotCovered,
    /// No source for it has been imported.
    NoSource,
    /// Part of what it is computed from is missing.
    Incomplete,
}

impl Coverage {
    /// The words used in tables and exports.
    pub fn as_str(self) -> &'static str {
        match self {
            Coverage::Covered => "covered",
            Coverage::NoneRecorded => "none recorded",
            Coverage::Earlier => "earlier year",
            Coverage::Stale => "stale",
            Coverage::NotCovered => "not covered",
            Coverage::NoSource => "no source",
            Coverage::Incomplete => "incomplete",
        }
    }
}

/// A row of the lake that plays a part in a figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Term {
    /// The table; `measures` for a term that is itself a figure.
    #[serde(deserialize_with = "table")]
    pub table: TableName,
    /// The source's card.
    pub source: String,
    /// The data set.
    pub dataset: String,
    /// The vintage.
    pub as_of: Date,
    /// The source's file.
    pub file: String,
    /// The row in it.
    pub row: u64,
    /// What the row is about: an indicator with its group, or an event's number.
    pub what: String,
    /// The place of the row; for a flow `origin → destination`.
    pub place: String,
    /// First and last day of the row.
    pub dates: (Date, Date),
    /// Its value in its unit.
    pub value: f64,
    /// Its unit.
    pub unit: String,
    /// The part it plays.
    pub role: Role,
}

/// A table by the name that was kept of it.
fn table<'de, D: Deserializer<'de>>(from: D) -> Result<TableName, D::Error> {
    let name = String::deserialize(from)?;
    let tables = Table::ALL.into_iter().map(Table::name).chain([MEASURES]);
    let found = tables.into_iter().find(|table| *table == name);
    found.ok_or_else(|| serde::de::Error::custom(format!("there is no table {name}")))
}

/// The part that a row plays in a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Role {
    /// It is added.
    Added,
    /// It is subtracted.
    Subtracted,
    /// It is a share, in per cent, of the population terms.
    Share,
    /// It is part of the population.
    Population,
    /// It is one of the prevalences that are compared.
    Compared,
    /// It is the expected years of life.
    Life,
    /// It is shown beside, and plays no part in the value.
    Beside,
}

impl Role {
    /// The part in a word.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Added => "added",
            Role::Subtracted => "subtracted",
            Role::Share => "share, %",
            Role::Population => "population",
            Role::Compared => "compared, %",
            Role::Life => "years of life",
            Role::Beside => "beside",
        }
    }
}

/// How a figure's value follows from its terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Formula {
    /// Added terms less subtracted ones.
    Sum,
    /// The share times the population: Σ population × share / 100.
    ShareOfPopulation,
    /// 100 less the share, times the population: Σ population × (100 − share) / 100.
    ComplementOfPopulation,
    /// The largest compared share times the population.
    LargestShare,
    /// 1 − Π(1 − share) over the compared shares, times the population.
    IndependentShares,
    /// The years of life times 100 less the largest compared share: e₀ × (100 − max pₖ) / 100.
    SecureYears,
    /// The years of life times the largest compared share: e₀ × max pₖ / 100.
    InsecureYears,
    /// Σ population.
    SumOfPopulation,
    /// The mean of the population terms (a year's end between two mid-years).
    Mean,
}

impl Formula {
    /// The formula in words.
    pub fn as_str(self) -> &'static str {
        match self {
            Formula::Sum => "the sum of the rows",
            Formula::ShareOfPopulation => "share of the population × population",
            Formula::ComplementOfPopulation => "(100 − the share) of the population × population",
            Formula::LargestShare => "the largest of the shares × population",
            Formula::IndependentShares => "1 − Π(1 − share) of the population × population",
            Formula::SecureYears => "(100 − the largest of the shares) of the years of life",
            Formula::InsecureYears => "the largest of the shares of the years of life",
            Formula::SumOfPopulation => "the sum of the rows",
            Formula::Mean => "the mean of the rows",
        }
    }

    /// The value by this formula from terms, in their order; none where a term is lacking.
    pub fn apply(self, terms: &[Term]) -> Option<f64> {
        let of = |role: Role| terms.iter().filter(move |t| t.role == role).map(|t| t.value);
        let population = || of(Role::Population).next().map(|_| of(Role::Population).sum::<f64>());
        match self {
            Formula::Sum => {
                terms.iter().find(|t| t.role == Role::Added)?;
                Some(of(Role::Added).sum::<f64>() - of(Role::Subtracted).sum::<f64>())
            }
            Formula::ShareOfPopulation => Some(of(Role::Share).next()? / 100.0 * population()?),
            Formula::ComplementOfPopulation => Some((100.0 - of(Role::Share).next()?) / 100.0 * population()?),
            Formula::LargestShare => Some(of(Role::Compared).reduce(f64::max)? / 100.0 * population()?),
            Formula::SecureYears => {
                let free = 100.0 - of(Role::Compared).reduce(f64::max)?;
                Some(free / 100.0 * of(Role::Life).next()?)
            }
            Formula::InsecureYears => Some(of(Role::Compared).reduce(f64::max)? / 100.0 * of(Role::Life).next()?),
            Formula::IndependentShares => {
                of(Role::Compared).next()?;
                let shares: Vec<f64> = of(Role::Compared).collect();
                Some(crate::bounds::independent(&shares) / 100.0 * population()?)
            }
            Formula::SumOfPopulation => population(),
            Formula::Mean => {
                let n = of(Role::Population).count();
                (n > 0).then(|| of(Role::Population).sum::<f64>() / n as f64)
            }
        }
    }
}
