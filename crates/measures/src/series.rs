//! The value of one series at one place and period: of observations, flows or events.

use jiff::civil::Date;
use lysoen_lexicon::estimate::IntervalKind;
use lysoen_lexicon::period::Period;
use lysoen_lexicon::place::{PlaceId, PlaceKind};

use crate::catalog::{At, Convert, From, Measure, Per};
use crate::compute::{Computer, Found, STALE_AFTER, join};
use crate::figure::{Coverage, Formula, Role, Term};
use crate::rates;
use crate::store::Row;

/// The level of the intervals that chance alone would give to a count of events.
const CHANCE: f64 = 0.95;

impl Computer<'_> {
    pub(crate) fn series(&self, measure: &Measure, from: &From, place: &PlaceId) -> Option<Found> {
        if from.events.is_some() {
            return self.events(measure, from, Some(place));
        }
        if from.flow.is_some() {
            return self.flows(from, place);
        }
        self.observed(measure, from, place)
    }

    pub(crate) fn observed(&self, measure: &Measure, from: &From, place: &PlaceId) -> Option<Found> {
        let rows: Vec<&Row> = self.rows(measure, from, from.indicator.as_deref()?, place)?;
        let last = rows.last()?;
        let dates = (rows.iter().map(|r| r.start).min()?, last.end);
        let mut terms: Vec<Term> = rows.iter().map(|r| r.term(Role::Added)).collect();
        let mut differs = false;
        for (other, role) in [
            (&from.plus, Role::Added),
            (&from.minus, Role::Subtracted),
            (&from.minus_also, Role::Subtracted),
        ] {
            let Some(indicator) = other else { continue };
            let rows = self.rows(measure, from, indicator, place)?;
            terms.extend(rows.iter().map(|r| r.term(role)));
            differs = true;
        }
        let coverage = self.age(dates.1);
        let ranged = !differs && rows.iter().all(|r| r.low.is_some() && r.high.is_some());
        let sum = |value: fn(&Row) -> Option<f64>| ranged.then(|| rows.iter().filter_map(|r| value(r)).sum::<f64>());
        let interval_kind = match (differs, ranged) {
            (true, _) => "none: computed from several of the source's counts".to_string(),
            (false, true) => last.interval_kind.clone().unwrap_or_else(|| "source-range".to_string()),
            (false, false) => "none: the source gives none".to_string(),
        };
        let mut note = last.note.clone().unwrap_or_default();
        if !last.status.is_empty() && last.status != "current" {
            note = join(&note, &last.status);
        }
        let mut found = Found {
            value: 0.0,
            low: sum(|r| r.low),
            high: sum(|r| r.high),
            interval_kind,
            terms,
            formula: Formula::Sum,
            dates,
            coverage,
            population: None,
            note: join(&note, &from.note),
            said_by: None,
        };
        match from.convert {
            Convert::Count => {
                found.population = self.analysed(measure, from, last, place);
                found.value = found.formula.apply(&found.terms)?;
            }
            share => self.of_population(&mut found, share, place)?,
        }
        if found.value == 0.0 && coverage == Coverage::Covered && measure.none_recorded.is_some() {
            found.coverage = Coverage::NoneRecorded;
            found.note = join(&found.note, measure.none_recorded.as_deref().unwrap_or_default());
        }
        Some(found)
    }

    /// Turns a share in per cent into people, by the population of the share's own year.
    pub(crate) fn of_population(&self, found: &mut Found, convert: Convert, place: &PlaceId) -> Option<()> {
        let population = self.population(place, Per::Midyear, found.dates.1.year())?;
        let (role, formula) = match convert {
            Convert::Complement => (Role::Share, Formula::ComplementOfPopulation),
            _ => (Role::Share, Formula::ShareOfPopulation),
        };
        found.terms.truncate(1);
        found.terms[0].role = role;
        let count = |share: f64| if convert == Convert::Complement { 100.0 - share } else { share } / 100.0 * population.value;
        (found.low, found.high) = match (found.low, found.high) {
            (Some(low), Some(high)) if convert == Convert::Complement => (Some(count(high)), Some(count(low))),
            (low, high) => (low.map(count), high.map(count)),
        };
        found.terms.extend(population.terms);
        found.formula = formula;
        found.population = Some(population.value);
        found.value = formula.apply(&found.terms)?;
        Some(())
    }

    /// The population analysed, where the source gives it.
    pub(crate) fn analysed(&self, measure: &Measure, from: &From, row: &Row, place: &PlaceId) -> Option<f64> {
        let group = from.population_breakdown.as_deref()?;
        debug_assert_eq!(measure.at, At::Peak);
        let rows = self
            .store
            .observed(&from.source, from.indicator.as_deref()?, place.as_str());
        let same =
            |r: &&Row| r.breakdown == group && r.status == row.status && (r.start, r.end) == (row.start, row.end);
        row.population.or_else(|| rows.iter().find(same).map(|r| r.value))
    }

    /// The rows of an indicator that make up the value of the period.
    pub(crate) fn rows(&self, measure: &Measure, from: &From, indicator: &str, place: &PlaceId) -> Option<Vec<&Row>> {
        let rows = self.store.observed(&from.source, indicator, place.as_str());
        let over = from.over.as_ref().map(|key| format!("{key}="));
        let wanted = |r: &&Row| {
            let group = match &over {
                Some(key) => r.breakdown.contains(key.as_str()),
                None if !from.keys.is_empty() => has_keys(&r.breakdown, &from.keys),
                None => r.breakdown == from.breakdown,
            };
            group
                && from.status.as_ref().is_none_or(|s| *s == r.status)
                && (from.status.is_some() || !r.status.contains("projection"))
        };
        let rows: Vec<&Row> = rows.iter().filter(wanted).collect();
        let (first, last) = (self.period.start(), self.period.end());
        match measure.at {
            At::Period if over.is_some() => {
                let rows: Vec<&Row> = rows.into_iter().filter(|r| first <= r.start && r.end <= last).collect();
                (!rows.is_empty()).then_some(rows)
            }
            At::Period => tile_of(&rows, self.period),
            At::End => rows.iter().rev().find(|r| r.end == last).map(|r| vec![*r]),
            At::Survey => {
                let newest = rows.iter().rev().find(|r| r.end <= last)?.end;
                let of_that_day = rows.into_iter().filter(|r| r.end == newest);
                of_that_day
                    .reduce(|a, b| {
                        if b.value > a.value || from.keys.is_empty() {
                            b
                        } else {
                            a
                        }
                    })
                    .map(|r| vec![r])
            }
            At::Peak => {
                let touching = rows.into_iter().filter(|r| r.start <= last && first <= r.end);
                touching
                    .reduce(|a, b| if b.value > a.value { b } else { a })
                    .map(|r| vec![r])
            }
        }
    }

    pub(crate) fn age(&self, end: Date) -> Coverage {
        if end >= self.period.start() {
            Coverage::Covered
        } else if self.period.calendar_year() - end.year() <= STALE_AFTER {
            Coverage::Earlier
        } else {
            Coverage::Stale
        }
    }

    pub(crate) fn flows(&self, from: &From, place: &PlaceId) -> Option<Found> {
        let by = if from.by.as_deref() == Some("origin") {
            "origin"
        } else {
            "destination"
        };
        let indicators = from.flow.iter().chain(&from.flow_also);
        let rows: Vec<&Row> = indicators
            .flat_map(|i| self.store.flows(&from.source, i, by, place.as_str()))
            .filter(|r| r.end == self.period.end())
            .collect();
        self.sum_of_flows(&rows)
    }

    pub(crate) fn sum_of_flows(&self, rows: &[&Row]) -> Option<Found> {
        let first = rows.first()?;
        let mut terms: Vec<Term> = rows
            .iter()
            .filter(|r| r.value != 0.0)
            .map(|r| r.term(Role::Added))
            .collect();
        if terms.is_empty() {
            terms.push(first.term(Role::Added));
        }
        Some(Found {
            value: Formula::Sum.apply(&terms)?,
            low: None,
            high: None,
            interval_kind: "none: the source gives none".to_string(),
            terms,
            formula: Formula::Sum,
            dates: (first.start, first.end),
            coverage: Coverage::Covered,
            population: None,
            note: String::new(),
            said_by: None,
        })
    }

    /// The sum of an event count over the events that end in the period; none where no release covers it.
    pub(crate) fn events(&self, measure: &Measure, from: &From, place: Option<&PlaceId>) -> Option<Found> {
        let (first, last) = (self.period.start(), self.period.end());
        let column = from.events.as_deref()?;
        if !self
            .store
            .events_cover(&from.source, place.map(PlaceId::as_str), first, last)
        {
            return None;
        }
        if place.is_some_and(|place| self.stands_elsewhere(&from.source, place)) {
            return None;
        }
        let here = |country: &Option<String>| place.is_none_or(|p| country.as_deref() == Some(p.as_str()));
        let kind = |violence: &str| from.violence.as_deref().is_none_or(|v| v == violence);
        let events = self.store.events(&from.source).iter();
        let events: Vec<_> = events
            .filter(|e| first <= e.end && e.end <= last && here(&e.country) && kind(&e.violence))
            .collect();
        let total = |column: &str| events.iter().filter_map(|e| e.count(column)).sum::<i64>() as f64;
        let terms = events
            .iter()
            .filter_map(|e| Some((e, e.count(column).filter(|n| *n != 0)?)));
        let mut terms: Vec<Term> = terms.map(|(e, n)| e.term(column, n)).collect();
        let none = terms.is_empty();
        if let (true, Some(event)) = (none, events.first()) {
            terms.push(event.term(column, 0));
        }
        let mut note = if none {
            measure.none_recorded.clone().unwrap_or_else(|| "none recorded".into())
        } else {
            String::new()
        };
        let (mut low, mut high) = (from.low.as_deref().map(total), from.high.as_deref().map(total));
        let mut interval_kind = match from.low {
            Some(_) => "source-range".to_string(),
            None => "none: the source gives none".to_string(),
        };
        if measure.chance && !none && from.low.is_none() {
            let counts: Vec<u64> = events
                .iter()
                .filter_map(|e| u64::try_from(e.count(column)?).ok())
                .collect();
            let ends = rates::compound(&counts, 0, CHANCE);
            (low, high) = (Some(ends.0), Some(ends.1));
            interval_kind = IntervalKind::Confidence { level: CHANCE }.to_string();
            note = "by chance alone, were the attacks independent".to_string();
        }
        Some(Found {
            value: total(column),
            low,
            high,
            interval_kind,
            terms,
            formula: Formula::Sum,
            dates: (first, last),
            coverage: if none {
                Coverage::NoneRecorded
            } else {
                Coverage::Covered
            },
            population: None,
            note,
            said_by: self.store.events_said(&from.source, first, last),
        })
    }

    /// Whether a source tells the events of a place under another one: those of a part under the joint place (UCDP's
    /// Israel and Palestine), or those of a joint place under its parts. A zero would be false there.
    pub(crate) fn stands_elsewhere(&self, source: &str, place: &PlaceId) -> bool {
        let tells = |wanted: &PlaceId| {
            self.store
                .events(source)
                .iter()
                .any(|e| e.country.as_deref() == Some(wanted.as_str()))
        };
        match place.kind() {
            PlaceKind::Joint => !tells(place),
            _ => self
                .joint_places()
                .any(|joint| joint.parts().contains(place) && tells(&joint)),
        }
    }

    pub(crate) fn joint_places(&self) -> impl Iterator<Item = PlaceId> {
        let all = self.crosswalk.all().filter_map(|c| c.place().ok());
        all.filter(|p| p.kind() == PlaceKind::Joint)
    }
}

/// Whether a breakdown, `key=value;key=value`, has these keys and no others.
fn has_keys(breakdown: &str, keys: &[String]) -> bool {
    let mut own: Vec<&str> = breakdown
        .split(';')
        .filter_map(|part| Some(part.split_once('=')?.0))
        .collect();
    let mut wanted: Vec<&str> = keys.iter().map(String::as_str).collect();
    own.sort_unstable();
    wanted.sort_unstable();
    own == wanted
}

/// The rows that tile a period: one for the whole of it, one day within it, or one for each of its months.
pub(crate) fn tile(rows: &[Row], period: Period) -> Option<Vec<&Row>> {
    tile_of(&rows.iter().collect::<Vec<_>>(), period)
}

pub(crate) fn tile_of<'r>(rows: &[&'r Row], period: Period) -> Option<Vec<&'r Row>> {
    let spans = |p: Period| move |r: &&&Row| (r.start, r.end) == (p.start(), p.end());
    if let Some(row) = rows.iter().rev().find(spans(period)) {
        return Some(vec![row]);
    }
    let within = |r: &&&Row| r.start == r.end && period.contains(r.end);
    if let Some(row) = rows.iter().rev().find(within) {
        return Some(vec![row]);
    }
    period
        .months()
        .map(|month| rows.iter().rev().find(spans(month)).copied())
        .collect()
}
