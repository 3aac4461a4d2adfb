//! The world: the sum of what its places have, whether they are known or not.

use lysoen_lexicon::place::{PlaceId, PlaceKind};

use crate::catalog::{At, From, Measure, Per};
use crate::compute::{Computer, Found};
use crate::figure::{Coverage, Figure, Formula, Role, Term};
use crate::store::Row;

impl Computer<'_> {
    /// The world: every row of the first series that covers the period, whether its place is known or not.
    pub(crate) fn world(&self, measure: &Measure) -> Result<Found, (Coverage, String)> {
        let world = PlaceId::world();
        if !measure.adds {
            let why = format!(
                "told place by place: values in “{}” do not add up, and no source tells the world's",
                measure.unit
            );
            return self.best(measure, &world).map_err(|(coverage, note)| match coverage {
                Coverage::NoSource => (coverage, note),
                _ => (Coverage::NotCovered, why),
            });
        }
        if matches!(measure.at, At::Survey | At::Peak) {
            return self.sum_of_places(measure);
        }
        let found = self.series_of_period(measure).and_then(|from| {
            if from.events.is_some() {
                self.events(measure, from, None)
            } else if let Some(flow) = &from.flow {
                let indicators = std::iter::once(flow).chain(&from.flow_also);
                let rows: Vec<&Row> = indicators
                    .flat_map(|i| self.store.all_flows(&from.source, i))
                    .filter(|r| r.end == self.period.end())
                    .collect();
                self.sum_of_flows(&rows)
            } else {
                self.sum_of_series(measure, from)
            }
        });
        found.ok_or_else(|| self.why_not(measure, &world))
    }

    pub(crate) fn sum_of_series(&self, measure: &Measure, from: &From) -> Option<Found> {
        let indicator = from.indicator.as_deref()?;
        let mut all: Option<Found> = None;
        for (place, _) in self.store.places(&from.source, indicator) {
            let Ok(place) = place.parse::<PlaceId>() else { continue };
            if place.kind() == PlaceKind::World {
                continue;
            }
            let Some(found) = self.observed(measure, from, &place) else {
                continue;
            };
            all = Some(match all {
                None => found,
                Some(sum) => add(sum, found),
            });
        }
        let mut all = all?;
        all.terms.retain(|t| t.value != 0.0);
        all.value = all.formula.apply(&all.terms).unwrap_or(0.0);
        all.coverage = Coverage::Covered;
        all.note = String::new();
        all.population = None;
        Some(all)
    }

    /// The world where values are of different years: the places that have one not stale, and how many people they hold.
    pub(crate) fn sum_of_places(&self, measure: &Measure) -> Result<Found, (Coverage, String)> {
        let figures = self
            .places
            .iter()
            .filter(|p| p.kind() == PlaceKind::Country)
            .map(|p| self.figure(measure, p));
        let counted: Vec<Figure> = figures
            .filter(|f| {
                f.value.is_some()
                    && matches!(
                        f.coverage,
                        Coverage::Covered | Coverage::Earlier | Coverage::Incomplete | Coverage::NoneRecorded
                    )
            })
            .collect();
        if counted.is_empty() {
            return Err((
                Coverage::NotCovered,
                "no place has a value of the last three years".to_string(),
            ));
        }
        let per = measure.per.unwrap_or(Per::Midyear);
        let year = self.period.calendar_year();
        let people = |place: &PlaceId| self.population(place, per, year).map(|p| p.value);
        let covered: f64 = counted.iter().filter_map(|f| people(&f.place)).sum();
        let everyone = people(&PlaceId::world());
        let share = everyone.map_or_else(String::new, |all| {
            format!(" with {:.0} % of the world's people", covered / all * 100.0)
        });
        let terms: Vec<Term> = counted.iter().filter_map(|f| f.as_term(Role::Added)).collect();
        let note = format!(
            "the sum of {} places{share}; others have no value of the last three years",
            counted.len()
        );
        Ok(Found {
            value: Formula::Sum.apply(&terms).unwrap_or(0.0),
            low: None,
            high: None,
            interval_kind: "none: the sources give none".to_string(),
            dates: (
                terms.iter().map(|t| t.dates.0).min().unwrap_or(self.period.start()),
                terms.iter().map(|t| t.dates.1).max().unwrap_or(self.period.end()),
            ),
            terms,
            formula: Formula::Sum,
            coverage: Coverage::Incomplete,
            population: Some(covered),
            note,
            said_by: None,
        })
    }
}

/// Adds what was found at another place.
fn add(mut sum: Found, other: Found) -> Found {
    // A place whose source gives no usable interval counts with its value on both sides.
    let ends = |f: &Found| (f.low.unwrap_or(f.value), f.high.unwrap_or(f.value));
    if sum.low.is_some() || other.low.is_some() {
        (sum.low, sum.high) = (Some(ends(&sum).0 + ends(&other).0), Some(ends(&sum).1 + ends(&other).1));
        sum.interval_kind = "source-range".to_string();
    }
    sum.value += other.value;
    sum.dates = (sum.dates.0.min(other.dates.0), sum.dates.1.max(other.dates.1));
    sum.terms.extend(other.terms);
    sum
}
