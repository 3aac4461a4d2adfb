//! The population by which counts are divided: at mid-year for flows, at the year's end for stocks.

use jiff::civil::{Date, date};
use lysoen_lexicon::place::{PlaceId, PlaceKind};

use crate::catalog::{Measure, Per};
use crate::compute::{Computer, Found};
use crate::figure::{Coverage, Formula, Role, Term};
use crate::store::Row;

/// A population and the rows it comes from.
#[derive(Clone, Debug)]
pub(crate) struct People {
    pub(crate) value: f64,
    /// Terms of role `Population` that add up to the value.
    pub(crate) terms: Vec<Term>,
    formula: Formula,
    dates: (Date, Date),
    note: String,
}

impl Computer<'_> {
    /// The population of a place in a year; for a joint place that of its parts, for the world that of all places.
    pub(crate) fn population(&self, place: &PlaceId, per: Per, year: i16) -> Option<People> {
        match place.kind() {
            // All its parts or none: a part left out would make every rate too high.
            PlaceKind::Joint => place
                .parts()
                .iter()
                .all(|part| self.counted(part, per, year).is_some())
                .then(|| self.sum_of_people(place.parts().iter(), per, year))?,
            PlaceKind::World => self.counted(place, per, year).or_else(|| {
                self.sum_of_people(self.places.iter().filter(|p| p.kind() == PlaceKind::Country), per, year)
            }),
            _ => match self.measures.held(place.as_str(), year) {
                [] => self.counted(place, per, year),
                with => self.with_territory(place, with, per, year),
            },
        }
    }

    /// The population of a place with what it held then: today's territories, all of them or none.
    fn with_territory(&self, place: &PlaceId, with: &[String], per: Per, year: i16) -> Option<People> {
        let others = with
            .iter()
            .map(|p| p.parse::<PlaceId>().ok())
            .collect::<Option<Vec<_>>>()?;
        let whole: Vec<&PlaceId> = std::iter::once(place).chain(&others).collect();
        let parts = whole
            .iter()
            .map(|p| self.counted(p, per, year))
            .collect::<Option<Vec<_>>>()?;
        let (dates, terms) = (
            parts.first()?.dates,
            parts.iter().flat_map(|p| p.as_population(per)).collect::<Vec<_>>(),
        );
        Some(People {
            value: terms.iter().map(|t| t.value).sum(),
            terms,
            formula: Formula::SumOfPopulation,
            dates,
            note: format!("with {}, which it held then", with.join(" and ")),
        })
    }

    fn sum_of_people<'p>(&self, places: impl Iterator<Item = &'p PlaceId>, per: Per, year: i16) -> Option<People> {
        let parts: Vec<People> = places.filter_map(|p| self.population(p, per, year)).collect();
        let first = parts.first()?;
        let (dates, note) = (first.dates, first.note.clone());
        let terms: Vec<Term> = parts.into_iter().flat_map(|p| p.as_population(per)).collect();
        let value = terms.iter().map(|t| t.value).sum();
        Some(People {
            value,
            terms,
            formula: Formula::SumOfPopulation,
            dates,
            note,
        })
    }

    fn counted(&self, place: &PlaceId, per: Per, year: i16) -> Option<People> {
        match per {
            Per::Midyear => self.midyear(place, year),
            Per::Yearend => self.yearend(place, year).or_else(|| self.between_midyears(place, year)),
        }
    }

    fn midyear(&self, place: &PlaceId, year: i16) -> Option<People> {
        let within = |r: &&Row| r.start.year() == year && r.end.year() == year && r.breakdown.is_empty();
        self.population_row("population_midyear", place, within)
    }

    fn yearend(&self, place: &PlaceId, year: i16) -> Option<People> {
        let end = date(year, 12, 31);
        self.population_row("population_yearend", place, |r| r.end == end && r.breakdown.is_empty())
    }

    fn population_row(&self, measure: &str, place: &PlaceId, wanted: impl Fn(&&Row) -> bool) -> Option<People> {
        let measure = self.measures.get(measure)?;
        let row = measure.from.iter().find_map(|from| {
            let rows = self
                .store
                .observed(&from.source, from.indicator.as_deref()?, place.as_str());
            rows.iter().rev().find(&wanted)
        })?;
        Some(People {
            value: row.value,
            terms: vec![row.term(Role::Population)],
            formula: Formula::SumOfPopulation,
            dates: (row.start, row.end),
            note: row.status.clone(),
        })
    }

    /// 31 December as the mean of the two mid-years around it.
    fn between_midyears(&self, place: &PlaceId, year: i16) -> Option<People> {
        let (before, after) = (self.midyear(place, year)?, self.midyear(place, year + 1)?);
        let terms: Vec<Term> = before.terms.into_iter().chain(after.terms).collect();
        let end = date(year, 12, 31);
        Some(People {
            value: Formula::Mean.apply(&terms)?,
            terms,
            formula: Formula::Mean,
            dates: (end, end),
            note: format!("the mean of the mid-year populations of {year} and {}", year + 1),
        })
    }

    /// The figure of a population measure.
    pub(crate) fn people(&self, measure: &Measure, place: &PlaceId) -> Result<Found, (Coverage, String)> {
        let per = if measure.id == "population_yearend" {
            Per::Yearend
        } else {
            Per::Midyear
        };
        let year = self.period.calendar_year();
        let people = self
            .population(place, per, year)
            .ok_or_else(|| (Coverage::NotCovered, format!("no population of {year}")))?;
        Ok(Found {
            value: people.value,
            low: None,
            high: None,
            interval_kind: "none: the source's interval is not imported".to_string(),
            dates: people.dates,
            terms: people.terms,
            formula: people.formula,
            coverage: Coverage::Covered,
            population: None,
            note: people.note,
            said_by: None,
        })
    }
}

impl People {
    /// Terms that add up to the population, also where its own rows are averaged.
    pub(crate) fn as_population(&self, per: Per) -> Vec<Term> {
        if self.formula == Formula::SumOfPopulation {
            return self.terms.clone();
        }
        let Some(first) = self.terms.first() else {
            return Vec::new();
        };
        let what = if per == Per::Yearend {
            "population_yearend"
        } else {
            "population_midyear"
        };
        vec![Term {
            table: "measures",
            dataset: String::new(),
            file: String::new(),
            row: 0,
            what: what.to_string(),
            dates: self.dates,
            value: self.value,
            ..first.clone()
        }]
    }
}
