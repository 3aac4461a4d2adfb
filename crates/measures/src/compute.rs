//! From facts to figures: one measure at one place and period at a time.

use std::cell::RefCell;
use std::collections::HashMap;

use jiff::civil::Date;
use lysoen_lexicon::country::Crosswalk;
use lysoen_lexicon::period::Period;
use lysoen_lexicon::place::{PlaceId, PlaceKind};

use crate::catalog::{At, From, Measure, Measures, Per};
use crate::figure::{Coverage, Figure, Formula, Role, Term};
use crate::series::tile;
use crate::store::Store;

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
    /// The source and vintage where there is no row to name them: a zero of a release that covers the place.
    pub(crate) said_by: Option<(String, Date)>,
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

    /// The places of the period of which the population, the deaths or the displaced are known. A place of today that was
    /// part of another then has no row of its own, even where a series of today's borders has one for it.
    fn inhabited(&self) -> Vec<PlaceId> {
        let (first, last) = (self.period.start(), self.period.end());
        let current = self.crosswalk.current(last).filter_map(|c| c.place().ok());
        let peopled = |p: &PlaceId| self.population(p, Per::Midyear, self.period.calendar_year()).is_some();
        let mut places: Vec<PlaceId> = current.filter(peopled).collect();
        for from in self
            .measures
            .list
            .iter()
            .filter(|m| m.group == "killed")
            .flat_map(|m| &m.from)
        {
            let told = from.indicator.iter().flat_map(|i| self.store.places(&from.source, i));
            let told = told
                .filter(|(_, rows)| tile(rows, self.period).is_some())
                .map(|(place, _)| place);
            let events = from.events.iter().flat_map(|_| self.store.events(&from.source));
            let of_events = events
                .filter(|e| first <= e.end && e.end <= last)
                .filter_map(|e| e.country.as_deref());
            places.extend(told.chain(of_events).filter_map(|p| p.parse().ok()));
        }
        let hosting = |p: &PlaceId| {
            let mut flows = self
                .measures
                .list
                .iter()
                .flat_map(|m| &m.from)
                .filter(|f| f.by.as_deref() == Some("destination"));
            let hosts = |f: &From, i: &String| !self.store.flows(&f.source, i, "destination", p.as_str()).is_empty();
            flows.any(|f| f.flow.as_ref().is_some_and(|i| hosts(f, i)))
        };
        places.extend(self.joint_places().filter(hosting));
        let existed = |p: &PlaceId| self.crosswalk.get(p.as_str()).is_none_or(|c| c.existed(last));
        places.retain(|p| existed(p) && matches!(p.kind(), PlaceKind::Country | PlaceKind::Joint));
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
            () if measure.yearly && !matches!(self.period, Period::Year(_)) => {
                Err((Coverage::NotCovered, "told by the year only".to_string()))
            }
            () if place.kind() == PlaceKind::Joint && measure.not_joint.is_some() => {
                Err((Coverage::NotCovered, measure.not_joint.clone().unwrap_or_default()))
            }
            () if measure.group == "population" => self.people(measure, place),
            () if !measure.parts.is_empty() => self.parts(measure, place),
            () if measure.years.is_some() => self.years_of_life(measure, place),
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
        if let (true, Some((source, as_of))) = (found.terms.is_empty(), found.said_by) {
            (figure.source, figure.as_of) = (source, Some(as_of));
        }
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
    pub(crate) fn best(&self, measure: &Measure, place: &PlaceId) -> Result<Found, (Coverage, String)> {
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
    pub(crate) fn series_of_period<'m>(&self, measure: &'m Measure) -> Option<&'m From> {
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

    pub(crate) fn why_not(&self, measure: &Measure, place: &PlaceId) -> (Coverage, String) {
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
            said_by: None,
        })
    }
}

fn shares_source(a: &Measure, b: &Measure) -> bool {
    a.from.iter().any(|f| b.from.iter().any(|g| f.source == g.source))
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
