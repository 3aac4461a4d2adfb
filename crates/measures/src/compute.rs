//! From facts to figures: one measure at one place and period at a time.

use std::cell::RefCell;
use std::collections::HashMap;

use jiff::civil::Date;
use lysoen_lexicon::country::Crosswalk;
use lysoen_lexicon::period::Period;
use lysoen_lexicon::place::{PlaceId, PlaceKind};

use crate::catalog::{At, Convert, From, Measure, Measures, Per};
use crate::figure::{Coverage, Figure, Formula, Role, Term};
use crate::store::{Row, Store};

/// Years after which a value is shown but enters neither bounds nor change.
pub(crate) const STALE_AFTER: i16 = 3;

/// What is needed to compute the figures of one period.
pub(crate) struct Computer<'a> {
    pub(crate) store: &'a Store,
    pub(crate) measures: &'a Measures,
    pub(crate) crosswalk: &'a Crosswalk,
    pub(crate) period: Period,
    /// Every place of the picture but the world.
    pub(crate) places: Vec<PlaceId>,
    known: RefCell<HashMap<(String, PlaceId), Figure>>,
    /// The series of the period, by measure.
    chosen: RefCell<HashMap<String, Option<usize>>>,
}

/// A value found in one series.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) value: f64,
    pub(crate) low: Option<f64>,
    pub(crate) high: Option<f64>,
    pub(crate) interval_kind: String,
    pub(crate) terms: Vec<Term>,
    pub(crate) formula: Formula,
    pub(crate) dates: (Date, Date),
    pub(crate) coverage: Coverage,
    pub(crate) population: Option<f64>,
    pub(crate) note: String,
}

impl<'a> Computer<'a> {
    pub(crate) fn new(store: &'a Store, measures: &'a Measures, crosswalk: &'a Crosswalk, period: Period) -> Self {
        let mut computer = Computer {
            store,
            measures,
            crosswalk,
            period,
            places: Vec::new(),
            known: RefCell::new(HashMap::new()),
            chosen: RefCell::new(HashMap::new()),
        };
        computer.places = computer.inhabited();
        computer
    }

    /// The places of the period of which the population or the deaths are known.
    fn inhabited(&self) -> Vec<PlaceId> {
        let current = self.crosswalk.current(self.period.end()).filter_map(|c| c.place().ok());
        let peopled = |p: &PlaceId| self.population(p, Per::Midyear, self.period.calendar_year()).is_some();
        let mut places: Vec<PlaceId> = current.filter(peopled).collect();
        for from in self
            .measures
            .list
            .iter()
            .filter(|m| m.group == "killed")
            .flat_map(|m| &m.from)
        {
            let Some(indicator) = &from.indicator else { continue };
            for (place, rows) in self.store.places(&from.source, indicator) {
                if tile(rows, self.period).is_some() {
                    places.extend(place.parse::<PlaceId>().ok().filter(|p| p.kind() != PlaceKind::World));
                }
            }
        }
        let hosting = |p: &PlaceId| {
            let flows = self
                .measures
                .list
                .iter()
                .flat_map(|m| &m.from)
                .filter(|f| f.by.as_deref() == Some("destination"));
            flows.into_iter().any(|f| {
                f.flow
                    .as_ref()
                    .is_some_and(|i| !self.store.flows(&f.source, i, "destination", p.as_str()).is_empty())
            })
        };
        places.extend(self.joint_places().filter(hosting));
        places.sort();
        places.dedup();
        places
    }

    /// The figure of a measure at a place.
    pub(crate) fn figure(&self, measure: &Measure, place: &PlaceId) -> Figure {
        let key = (measure.id.clone(), place.clone());
        if let Some(figure) = self.known.borrow().get(&key) {
            return figure.clone();
        }
        let figure = self.compute(measure, place);
        self.known.borrow_mut().insert(key, figure.clone());
        figure
    }

    fn compute(&self, measure: &Measure, place: &PlaceId) -> Figure {
        if let Some(bound) = measure.bound {
            return self.bound(measure, bound, place);
        }
        let found = match () {
            () if measure.group == "population" => self.people(measure, place),
            () if !measure.parts.is_empty() => self.parts(measure, place),
            () if place.kind() == PlaceKind::World => self.world(measure),
            () => self.best(measure, place),
        };
        self.figure_of(measure, place, found)
    }

    /// A figure from what was found, or from why nothing was.
    pub(crate) fn figure_of(
        &self,
        measure: &Measure,
        place: &PlaceId,
        found: Result<Found, (Coverage, String)>,
    ) -> Figure {
        let mut figure = Figure {
            place: place.clone(),
            period: self.period,
            data_period: None,
            measure: measure.id.clone(),
            value: None,
            low: None,
            high: None,
            interval_kind: String::new(),
            unit: measure.unit.clone(),
            per_100k: None,
            population: None,
            coverage: Coverage::NotCovered,
            source: String::new(),
            as_of: None,
            note: String::new(),
            terms: Vec::new(),
            formula: Formula::Sum,
        };
        let found = match found {
            Ok(found) => found,
            Err((coverage, note)) => {
                return Figure {
                    coverage,
                    note,
                    ..figure
                };
            }
        };
        let used = found.terms.iter().filter(|t| t.role != Role::Beside);
        let mut sources: Vec<&str> = used
            .flat_map(|t| t.source.split(" + "))
            .filter(|s| !s.is_empty())
            .collect();
        sources.sort_unstable();
        sources.dedup();
        figure.source = sources.join(" + ");
        figure.as_of = found.terms.iter().map(|t| t.as_of).max();
        figure.value = Some(found.value);
        (figure.low, figure.high, figure.interval_kind) = (found.low, found.high, found.interval_kind);
        figure.data_period = Some(told(found.dates));
        figure.coverage = found.coverage;
        figure.note = found.note;
        figure.formula = found.formula;
        let divided = measure
            .per
            .and_then(|per| self.population(place, per, found.dates.1.year()));
        figure.population = found.population.or(divided.map(|p| p.value));
        if measure.per.is_some() || found.population.is_some() {
            figure.per_100k = figure
                .population
                .filter(|p| *p > 0.0)
                .map(|p| found.value / p * 100_000.0);
        }
        figure.terms = found.terms;
        figure
    }

    /// The value of the period's series: one source for every place, so that places add up to the world. Values of
    /// different years are chosen place by place: the first series that has one of the period, else the least old.
    fn best(&self, measure: &Measure, place: &PlaceId) -> Result<Found, (Coverage, String)> {
        let found = if matches!(measure.at, At::Survey | At::Peak) {
            let found = measure.from.iter().filter_map(|from| self.series(measure, from, place));
            found.reduce(|a, b| if b.coverage < a.coverage { b } else { a })
        } else {
            self.series_of_period(measure)
                .and_then(|from| self.series(measure, from, place))
        };
        found.ok_or_else(|| self.why_not(measure, place))
    }

    /// The first series that covers the period anywhere.
    fn series_of_period<'m>(&self, measure: &'m Measure) -> Option<&'m From> {
        let key = measure.id.clone();
        let known = self.chosen.borrow().get(&key).copied();
        let at = known.unwrap_or_else(|| {
            let at = measure.from.iter().position(|from| self.covers_period(measure, from));
            self.chosen.borrow_mut().insert(key, at);
            at
        });
        at.map(|i| &measure.from[i])
    }

    fn covers_period(&self, measure: &Measure, from: &From) -> bool {
        let (first, last) = (self.period.start(), self.period.end());
        if from.events.is_some() {
            return self.store.events_cover_anywhere(&from.source, first, last);
        }
        if let Some(flow) = &from.flow {
            return self.store.all_flows(&from.source, flow).any(|r| r.end == last);
        }
        let Some(indicator) = &from.indicator else { return false };
        let mut places = self
            .store
            .places(&from.source, indicator)
            .filter_map(|(place, _)| place.parse::<PlaceId>().ok());
        places.any(|place| self.rows(measure, from, indicator, &place).is_some())
    }

    fn why_not(&self, measure: &Measure, place: &PlaceId) -> (Coverage, String) {
        let names: Vec<&str> = measure.from.iter().map(|f| f.source.as_str()).collect();
        if !measure.from.iter().any(|f| self.store.has_source(&f.source)) {
            return (
                Coverage::NoSource,
                format!("no source imported: {}", names.join(" or ")),
            );
        }
        let holds = |joint: &PlaceId| joint.parts().contains(place) && self.best(measure, joint).is_ok();
        if place.kind() == PlaceKind::Country
            && let Some(joint) = self.joint_places().find(holds)
        {
            let name = self.crosswalk.name(&joint).unwrap_or(joint.as_str());
            return (
                Coverage::NotCovered,
                format!("counted together under {name}: see {joint}"),
            );
        }
        if place.kind() == PlaceKind::Joint {
            let parts: Vec<String> = place.parts().iter().map(ToString::to_string).collect();
            return (Coverage::NotCovered, format!("told for {} apart", parts.join(" and ")));
        }
        (
            Coverage::NotCovered,
            format!("not covered for {} by {}", self.period, names.join(" or ")),
        )
    }

    fn series(&self, measure: &Measure, from: &From, place: &PlaceId) -> Option<Found> {
        if from.events.is_some() {
            return self.events(measure, from, Some(place));
        }
        if from.flow.is_some() {
            return self.flows(from, place);
        }
        self.observed(measure, from, place)
    }

    fn observed(&self, measure: &Measure, from: &From, place: &PlaceId) -> Option<Found> {
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
            note,
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
    fn of_population(&self, found: &mut Found, convert: Convert, place: &PlaceId) -> Option<()> {
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
    fn analysed(&self, measure: &Measure, from: &From, row: &Row, place: &PlaceId) -> Option<f64> {
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
    fn rows(&self, measure: &Measure, from: &From, indicator: &str, place: &PlaceId) -> Option<Vec<&Row>> {
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

    fn age(&self, end: Date) -> Coverage {
        if end >= self.period.start() {
            Coverage::Covered
        } else if self.period.calendar_year() - end.year() <= STALE_AFTER {
            Coverage::Earlier
        } else {
            Coverage::Stale
        }
    }

    fn flows(&self, from: &From, place: &PlaceId) -> Option<Found> {
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

    fn sum_of_flows(&self, rows: &[&Row]) -> Option<Found> {
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
        })
    }

    /// The sum of an event count over the events that end in the period; none where no release covers it.
    fn events(&self, measure: &Measure, from: &From, place: Option<&PlaceId>) -> Option<Found> {
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
        let note = if none {
            measure.none_recorded.clone().unwrap_or_else(|| "none recorded".into())
        } else {
            String::new()
        };
        Some(Found {
            value: total(column),
            low: from.low.as_deref().map(total),
            high: from.high.as_deref().map(total),
            interval_kind: if from.low.is_some() {
                "source-range"
            } else {
                "none: the source gives none"
            }
            .to_string(),
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
        })
    }

    /// Whether a source tells the events of a place under another one: those of a part under the joint place (UCDP's
    /// Israel and Palestine), or those of a joint place under its parts. A zero would be false there.
    fn stands_elsewhere(&self, source: &str, place: &PlaceId) -> bool {
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

    fn joint_places(&self) -> impl Iterator<Item = PlaceId> {
        let all = self.crosswalk.all().filter_map(|c| c.place().ok());
        all.filter(|p| p.kind() == PlaceKind::Joint)
    }

    /// The sum of other measures; where one is lacking, a minimum that says so.
    fn parts(&self, measure: &Measure, place: &PlaceId) -> Result<Found, (Coverage, String)> {
        let parts: Vec<(&Measure, Figure)> = measure
            .parts
            .iter()
            .filter_map(|id| self.measures.get(id))
            .map(|part| (part, self.figure(part, place)))
            .collect();
        let has = |f: &Figure| {
            f.value.is_some()
                && matches!(
                    f.coverage,
                    Coverage::Covered | Coverage::NoneRecorded | Coverage::Incomplete
                )
        };
        // A sparse part is absent where its source, which tells other parts here, had none to report.
        let told_beside = |m: &Measure| parts.iter().any(|(other, f)| has(f) && shares_source(m, other));
        let none_reported = |m: &Measure| m.sparse && told_beside(m);
        let missing: Vec<&str> = parts
            .iter()
            .filter(|(m, f)| !has(f) && !none_reported(m))
            .map(|(m, _)| m.title.as_str())
            .collect();
        if missing.len() == parts.len() {
            let first = parts.first().map(|(_, f)| (f.coverage, f.note.clone()));
            return Err(first.unwrap_or((Coverage::NotCovered, String::new())));
        }
        let terms: Vec<Term> = parts
            .iter()
            .filter(|(_, f)| has(f))
            .flat_map(|(_, f)| f.terms.clone())
            .collect();
        let value = Formula::Sum
            .apply(&terms)
            .ok_or((Coverage::NotCovered, String::new()))?;
        let note = if missing.is_empty() {
            String::new()
        } else {
            format!("a minimum: not known here: {}", missing.join(", ").to_lowercase())
        };
        Ok(Found {
            value,
            low: None,
            high: None,
            interval_kind: "none: the sources give none".to_string(),
            terms,
            formula: Formula::Sum,
            dates: (self.period.end(), self.period.end()),
            coverage: if missing.is_empty() {
                Coverage::Covered
            } else {
                Coverage::Incomplete
            },
            population: None,
            note,
        })
    }

    /// The world: every row of the first series that covers the period, whether its place is known or not.
    fn world(&self, measure: &Measure) -> Result<Found, (Coverage, String)> {
        let world = PlaceId::world();
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

    fn sum_of_series(&self, measure: &Measure, from: &From) -> Option<Found> {
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
                self.period.end(),
            ),
            terms,
            formula: Formula::Sum,
            coverage: Coverage::Incomplete,
            population: Some(covered),
            note,
        })
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

fn shares_source(a: &Measure, b: &Measure) -> bool {
    a.from.iter().any(|f| b.from.iter().any(|g| f.source == g.source))
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

/// The rows that tile a period: one for the whole of it, one day within it, or one for each of its months.
fn tile(rows: &[Row], period: Period) -> Option<Vec<&Row>> {
    tile_of(&rows.iter().collect::<Vec<_>>(), period)
}

fn tile_of<'r>(rows: &[&'r Row], period: Period) -> Option<Vec<&'r Row>> {
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

pub(crate) fn join(a: &str, b: &str) -> String {
    match (a, b) {
        ("", b) => b.to_string(),
        (a, "") => a.to_string(),
        (a, b) => format!("{a}; {b}"),
    }
}

/// A span of days as a reader would write it: 2021, 2021-03, 2021-12-31, 2019/2020.
fn told((start, end): (Date, Date)) -> String {
    let of_year = |d: Date| {
        Period::year(d.year())
            .ok()
            .filter(|p| p.start() == start && p.end() == end)
    };
    let of_month = |d: Date| {
        Period::month_of(d)
            .ok()
            .filter(|p| p.start() == start && p.end() == end)
    };
    if start == end {
        end.to_string()
    } else if let Some(period) = of_year(end).or_else(|| of_month(end)) {
        period.to_string()
    } else if (start.month(), start.day(), end.month(), end.day()) == (1, 1, 12, 31) {
        format!("{}/{}", start.year(), end.year())
    } else {
        format!("{start}/{end}")
    }
}
