//! The facts that the measures of one period need, read from a view in three queries and kept by series and place.

use std::collections::{BTreeMap, BTreeSet};

use arrow::array::{Array, AsArray, Date32Array, Float64Array, Int64Array, RecordBatch, StringArray};
use arrow::datatypes::{Date32Type, Float64Type, Int64Type, UInt64Type};
use jiff::civil::{Date, date};
use lysoen_facts::tables::from_days;
use lysoen_facts::{LakeError, View, literal};

use crate::catalog::{At, Convert, From, Measure, Measures};
use crate::figure::{Role, Term};

/// A row of `observations` or `flows`, as a measure needs it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Row {
    pub(crate) place: String,
    /// For a flow, where it goes from and to.
    pub(crate) route: Option<String>,
    pub(crate) indicator: String,
    pub(crate) start: Date,
    pub(crate) end: Date,
    pub(crate) value: f64,
    pub(crate) low: Option<f64>,
    pub(crate) high: Option<f64>,
    pub(crate) interval_kind: Option<String>,
    pub(crate) unit: String,
    pub(crate) population: Option<f64>,
    pub(crate) breakdown: String,
    pub(crate) status: String,
    pub(crate) note: Option<String>,
    pub(crate) cited: Cited,
}

/// Where a row stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Cited {
    pub(crate) source: String,
    pub(crate) dataset: String,
    pub(crate) as_of: Date,
    pub(crate) file: String,
    pub(crate) row: u64,
}

/// An event, as a measure needs it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Event {
    pub(crate) id: String,
    pub(crate) country: Option<String>,
    pub(crate) start: Date,
    pub(crate) end: Date,
    pub(crate) violence: String,
    /// In the order of [`EVENT_COUNTS`].
    pub(crate) counts: Vec<Option<i64>>,
    pub(crate) cited: Cited,
}

const EVENT_COUNTS: &[&str] = &[
    "deaths_best",
    "deaths_low",
    "deaths_high",
    "deaths_civilian",
    "deaths_unknown",
    "wounded",
    "kidnapped",
    "detained",
];

impl Event {
    /// A count by the name of its column.
    pub(crate) fn count(&self, column: &str) -> Option<i64> {
        let at = EVENT_COUNTS.iter().position(|c| *c == column)?;
        self.counts[at]
    }
}

/// Facts by (source, indicator) and place, in the order of their dates and rows.
#[derive(Debug, Default)]
pub(crate) struct Store {
    observations: BTreeMap<(String, String), BTreeMap<String, Vec<Row>>>,
    /// By (source, indicator, end of the flow).
    flows: BTreeMap<(String, String, &'static str), BTreeMap<String, Vec<Row>>>,
    events: BTreeMap<String, Vec<Event>>,
    covered: Vec<Scope>,
    sources: BTreeSet<String>,
}

/// What a release is complete for.
#[derive(Debug)]
pub(crate) struct Scope {
    pub(crate) source: String,
    as_of: Date,
    pub(crate) places: Option<Vec<String>>,
    pub(crate) from: Option<Date>,
    pub(crate) to: Option<Date>,
}

impl Store {
    /// A store of observations alone.
    pub(crate) fn of_observations(rows: impl Iterator<Item = Row>) -> Store {
        let mut store = Store::default();
        for row in rows {
            store.sources.insert(row.cited.source.clone());
            let series = store
                .observations
                .entry((row.cited.source.clone(), row.indicator.clone()));
            series.or_default().entry(row.place.clone()).or_default().push(row);
        }
        store
            .observations
            .values_mut()
            .flat_map(BTreeMap::values_mut)
            .for_each(|rows| sort(rows));
        store
    }

    /// Reads what `measures` need for some years; shares of the population with their whole record,
    /// for how much a value may have changed since it was taken is judged by that.
    pub(crate) fn load(view: &View, measures: &Measures, years: &[i16]) -> Result<Store, LakeError> {
        let mut store = Store {
            sources: sources(view),
            ..Store::default()
        };
        store.covered = scopes(view);
        let from = || measures.list.iter().flat_map(|m| &m.from);
        store.load_observations(view, &observed(measures, years))?;
        store.load_flows(view, from(), years)?;
        store.load_events(view, from(), years)?;
        Ok(store)
    }

    fn load_observations(&mut self, view: &View, condition: &str) -> Result<(), LakeError> {
        let sql = format!(
            "SELECT place, indicator, start, \"end\", value, low, high, interval_kind, unit, population, breakdown, \
             status, note, source, dataset, as_of, file, row FROM observations WHERE {condition}"
        );
        for batch in view.query(&sql)? {
            for row in observation_rows(&batch?) {
                let key = (row.cited.source.clone(), row.indicator.clone());
                self.observations
                    .entry(key)
                    .or_default()
                    .entry(row.place.clone())
                    .or_default()
                    .push(row);
            }
        }
        self.observations
            .values_mut()
            .flat_map(BTreeMap::values_mut)
            .for_each(|rows| sort(rows));
        Ok(())
    }

    fn load_flows<'a>(
        &mut self,
        view: &View,
        from: impl Iterator<Item = &'a From> + Clone,
        years: &[i16],
    ) -> Result<(), LakeError> {
        let indicators = list(from.clone().flat_map(|f| f.flow.iter().chain(&f.flow_also)));
        let sources = list(from.filter(|f| f.flow.is_some()).map(|f| &f.source));
        let sql = format!(
            "SELECT origin, destination, indicator, start, \"end\", value, unit, breakdown, note, source, dataset, as_of, file, row \
             FROM flows WHERE indicator IN ({indicators}) AND source IN ({sources}) AND {}",
            within(years)
        );
        for batch in view.query(&sql)? {
            for (origin, row) in flow_rows(&batch?) {
                for (end, place) in [("destination", &row.place), ("origin", &origin)] {
                    let key = (row.cited.source.clone(), row.indicator.clone(), end);
                    let row = Row {
                        place: place.clone(),
                        ..row.clone()
                    };
                    self.flows
                        .entry(key)
                        .or_default()
                        .entry(place.clone())
                        .or_default()
                        .push(row);
                }
            }
        }
        self.flows
            .values_mut()
            .flat_map(BTreeMap::values_mut)
            .for_each(|rows| sort(rows));
        Ok(())
    }

    fn load_events<'a>(
        &mut self,
        view: &View,
        from: impl Iterator<Item = &'a From>,
        years: &[i16],
    ) -> Result<(), LakeError> {
        let sources = list(from.filter(|f| f.events.is_some()).map(|f| &f.source));
        let sql = format!(
            "SELECT event_id, country, start, \"end\", violence, {}, source, dataset, as_of, file, row \
             FROM events WHERE source IN ({sources}) AND {}",
            EVENT_COUNTS.join(", "),
            within(years)
        );
        for batch in view.query(&sql)? {
            for event in event_rows(&batch?) {
                self.events.entry(event.cited.source.clone()).or_default().push(event);
            }
        }
        for events in self.events.values_mut() {
            events.sort_by(|a, b| (a.end, &a.cited.file, a.cited.row).cmp(&(b.end, &b.cited.file, b.cited.row)));
        }
        Ok(())
    }

    /// Whether anything of `source` has been imported.
    pub(crate) fn has_source(&self, source: &str) -> bool {
        self.sources.contains(source)
    }

    /// The rows of a series at a place.
    pub(crate) fn observed(&self, source: &str, indicator: &str, place: &str) -> &[Row] {
        let series = self.observations.get(&(source.to_string(), indicator.to_string()));
        series.and_then(|s| s.get(place)).map_or(&[], Vec::as_slice)
    }

    /// The places of a series.
    pub(crate) fn places(&self, source: &str, indicator: &str) -> impl Iterator<Item = (&str, &[Row])> {
        let series = self.observations.get(&(source.to_string(), indicator.to_string()));
        series
            .into_iter()
            .flatten()
            .map(|(place, rows)| (place.as_str(), rows.as_slice()))
    }

    /// Flows that end at, or start from, a place.
    pub(crate) fn flows(&self, source: &str, indicator: &str, by: &'static str, place: &str) -> &[Row] {
        let series = self.flows.get(&(source.to_string(), indicator.to_string(), by));
        series.and_then(|s| s.get(place)).map_or(&[], Vec::as_slice)
    }

    /// Every flow of an indicator, by destination.
    pub(crate) fn all_flows(&self, source: &str, indicator: &str) -> impl Iterator<Item = &Row> {
        let series = self
            .flows
            .get(&(source.to_string(), indicator.to_string(), "destination"));
        series.into_iter().flat_map(BTreeMap::values).flatten()
    }

    /// The events of a source.
    pub(crate) fn events(&self, source: &str) -> &[Event] {
        self.events.get(source).map_or(&[], Vec::as_slice)
    }

    /// The source and newest vintage of the releases of events that are complete for these days.
    pub(crate) fn events_said(&self, source: &str, first: Date, last: Date) -> Option<(String, Date)> {
        let then = |s: &&Scope| s.from.is_none_or(|d| d <= first) && s.to.is_none_or(|d| last <= d);
        let newest = self
            .covered
            .iter()
            .filter(|s| s.source == source)
            .filter(then)
            .map(|s| s.as_of)
            .max();
        newest.map(|as_of| (source.to_string(), as_of))
    }

    /// Whether some release of events is complete for these days, for the world or for some places.
    pub(crate) fn events_cover_anywhere(&self, source: &str, first: Date, last: Date) -> bool {
        let then = |s: &&Scope| s.from.is_none_or(|d| d <= first) && s.to.is_none_or(|d| last <= d);
        self.covered.iter().filter(|s| s.source == source).any(|s| then(&s))
    }

    /// Whether some release of events says that it is complete for a place (none: for the world) and these days.
    pub(crate) fn events_cover(&self, source: &str, place: Option<&str>, first: Date, last: Date) -> bool {
        self.covered.iter().any(|scope| {
            let here = match (&scope.places, place) {
                (None, _) => true,
                (Some(places), Some(place)) => places.iter().any(|p| p == place),
                (Some(_), None) => false,
            };
            let then = scope.from.is_none_or(|d| d <= first) && scope.to.is_none_or(|d| last <= d);
            scope.source == source && here && then
        })
    }
}

impl Row {
    /// The row as a term of a figure.
    pub(crate) fn term(&self, role: Role) -> Term {
        let what = if self.breakdown.is_empty() {
            self.indicator.clone()
        } else {
            format!("{} ({})", self.indicator, self.breakdown)
        };
        let place = self.route.clone().unwrap_or_else(|| self.place.clone());
        let table = if self.route.is_some() { "flows" } else { "observations" };
        self.cited
            .term(table, what, place, (self.start, self.end), self.value, &self.unit, role)
    }
}

impl Event {
    /// A count of the event as a term of a figure.
    pub(crate) fn term(&self, column: &str, value: i64) -> Term {
        let what = format!("event {}: {column}", self.id);
        let place = self.country.clone().unwrap_or_else(|| "UNK".to_string());
        self.cited.term(
            "events",
            what,
            place,
            (self.start, self.end),
            value as f64,
            "people",
            Role::Added,
        )
    }
}

impl Cited {
    #[allow(clippy::too_many_arguments)]
    fn term(
        &self,
        table: &'static str,
        what: String,
        place: String,
        dates: (Date, Date),
        value: f64,
        unit: &str,
        role: Role,
    ) -> Term {
        Term {
            table,
            source: self.source.clone(),
            dataset: self.dataset.clone(),
            as_of: self.as_of,
            file: self.file.clone(),
            row: self.row,
            what,
            place,
            dates,
            value,
            unit: unit.to_string(),
            role,
        }
    }
}

fn sort(rows: &mut [Row]) {
    rows.sort_by(|a, b| {
        let days = (a.end, a.start).cmp(&(b.end, b.start));
        let rest = || {
            (&a.breakdown, &a.route, &a.cited.file, a.cited.row).cmp(&(
                &b.breakdown,
                &b.route,
                &b.cited.file,
                b.cited.row,
            ))
        };
        days.then_with(rest)
    });
}

fn sources(view: &View) -> BTreeSet<String> {
    view.releases().iter().map(|s| s.release.source.clone()).collect()
}

/// The scopes of the releases that a view shows and that are complete for something.
pub(crate) fn scopes(view: &View) -> Vec<Scope> {
    let complete = view.releases().iter().filter(|s| !s.release.scope.partial);
    let scope = |s: &lysoen_facts::Seen| Scope {
        source: s.release.source.clone(),
        as_of: s.release.vintage,
        places: s.release.scope.places.clone(),
        from: s.release.scope.from,
        to: match (s.release.scope.to, s.reconstructed_to) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        },
    };
    complete.map(scope).collect()
}

/// The condition for the observations that the measures read.
fn observed(measures: &Measures, years: &[i16]) -> String {
    let indicators = |f: &From| {
        [&f.indicator, &f.plus, &f.minus, &f.minus_also]
            .map(|i| i.clone())
            .into_iter()
            .flatten()
    };
    let of = |wanted: &dyn Fn(&Measure, &From) -> bool| {
        let pairs = measures.list.iter().flat_map(|m| m.from.iter().map(move |f| (m, f)));
        let from: Vec<&From> = pairs
            .filter(|(m, f)| f.indicator.is_some() && wanted(m, f))
            .map(|(_, f)| f)
            .collect();
        let sources: BTreeSet<String> = from.iter().map(|f| f.source.clone()).collect();
        let indicators: BTreeSet<String> = from.iter().flat_map(|f| indicators(f)).collect();
        format!(
            "source IN ({}) AND indicator IN ({})",
            list(sources.iter()),
            list(indicators.iter())
        )
    };
    let is_population = |m: &Measure| m.group == "population";
    let is_recorded_whole = |m: &Measure, f: &From| f.convert != Convert::Count || matches!(m.at, At::Survey);
    let last = years.iter().copied().max().unwrap_or_default();
    let (year, next) = (sql_day(date(last, 12, 31)), sql_day(date(last + 1, 12, 31)));
    format!(
        "(({}) AND {}) OR (({}) AND \"end\" <= {year}) OR (({}) AND \"end\" <= {next})",
        of(&|m, f| !is_population(m) && !is_recorded_whole(m, f)),
        within(years),
        of(&|m, f| !is_population(m) && is_recorded_whole(m, f)),
        of(&|m, _| is_population(m)),
    )
}

pub(crate) fn list<'a>(names: impl Iterator<Item = &'a String>) -> String {
    let names: BTreeSet<&String> = names.collect();
    let names: Vec<String> = names.into_iter().map(|n| literal(n)).collect();
    // An empty list is no SQL; no name is empty.
    if names.is_empty() {
        "''".to_string()
    } else {
        names.join(", ")
    }
}

/// The condition that a row ends in one of the years.
fn within(years: &[i16]) -> String {
    let year = |y: &i16| {
        format!(
            "\"end\" BETWEEN {} AND {}",
            sql_day(date(*y, 1, 1)),
            sql_day(date(*y, 12, 31))
        )
    };
    format!("({})", years.iter().map(year).collect::<Vec<_>>().join(" OR "))
}

pub(crate) fn sql_day(day: Date) -> String {
    format!("DATE '{day}'")
}

/// Columns of a batch by name, as the types of the tables.
pub(crate) struct Columns<'a>(pub(crate) &'a RecordBatch);

impl<'a> Columns<'a> {
    pub(crate) fn at(&self, name: &str) -> &'a dyn Array {
        self.0
            .column_by_name(name)
            .expect("the query names the column")
            .as_ref()
    }
    pub(crate) fn texts(&self, name: &str) -> &'a StringArray {
        self.at(name).as_string::<i32>()
    }
    pub(crate) fn dates(&self, name: &str) -> &'a Date32Array {
        self.at(name).as_primitive::<Date32Type>()
    }
    pub(crate) fn numbers(&self, name: &str) -> &'a Float64Array {
        self.at(name).as_primitive::<Float64Type>()
    }
    pub(crate) fn cited(&self) -> impl Fn(usize) -> Cited + use<'a> {
        let (source, dataset, file) = (self.texts("source"), self.texts("dataset"), self.texts("file"));
        let (as_of, row) = (self.dates("as_of"), self.at("row").as_primitive::<UInt64Type>());
        move |i| Cited {
            source: source.value(i).to_string(),
            dataset: dataset.value(i).to_string(),
            as_of: from_days(as_of.value(i)),
            file: file.value(i).to_string(),
            row: row.value(i),
        }
    }
}

pub(crate) fn text(column: &StringArray, i: usize) -> Option<String> {
    column.is_valid(i).then(|| column.value(i).to_string())
}

pub(crate) fn number(column: &Float64Array, i: usize) -> Option<f64> {
    column.is_valid(i).then(|| column.value(i))
}

pub(crate) fn observation_rows(batch: &RecordBatch) -> impl Iterator<Item = Row> {
    let c = Columns(batch);
    let (place, indicator, unit) = (c.texts("place"), c.texts("indicator"), c.texts("unit"));
    let (breakdown, status, note) = (c.texts("breakdown"), c.texts("status"), c.texts("note"));
    let (start, end, interval_kind) = (c.dates("start"), c.dates("end"), c.texts("interval_kind"));
    let (value, low, high, population) = (
        c.numbers("value"),
        c.numbers("low"),
        c.numbers("high"),
        c.numbers("population"),
    );
    let cited = c.cited();
    (0..batch.num_rows()).map(move |i| Row {
        place: place.value(i).to_string(),
        route: None,
        indicator: indicator.value(i).to_string(),
        start: from_days(start.value(i)),
        end: from_days(end.value(i)),
        value: value.value(i),
        low: number(low, i),
        high: number(high, i),
        interval_kind: text(interval_kind, i),
        unit: unit.value(i).to_string(),
        population: number(population, i),
        breakdown: breakdown.value(i).to_string(),
        status: status.value(i).to_string(),
        note: text(note, i),
        cited: cited(i),
    })
}

/// Flows by destination, each with its origin.
fn flow_rows(batch: &RecordBatch) -> impl Iterator<Item = (String, Row)> {
    let c = Columns(batch);
    let (origin, destination, indicator) = (c.texts("origin"), c.texts("destination"), c.texts("indicator"));
    let (unit, breakdown, note) = (c.texts("unit"), c.texts("breakdown"), c.texts("note"));
    let (start, end, value) = (c.dates("start"), c.dates("end"), c.numbers("value"));
    let cited = c.cited();
    (0..batch.num_rows()).map(move |i| {
        let row = Row {
            place: destination.value(i).to_string(),
            route: Some(format!("{} → {}", origin.value(i), destination.value(i))),
            indicator: indicator.value(i).to_string(),
            start: from_days(start.value(i)),
            end: from_days(end.value(i)),
            value: value.value(i),
            low: None,
            high: None,
            interval_kind: None,
            unit: unit.value(i).to_string(),
            population: None,
            breakdown: breakdown.value(i).to_string(),
            status: String::new(),
            note: text(note, i),
            cited: cited(i),
        };
        (origin.value(i).to_string(), row)
    })
}

fn event_rows(batch: &RecordBatch) -> impl Iterator<Item = Event> {
    let c = Columns(batch);
    let (id, country, violence) = (c.texts("event_id"), c.texts("country"), c.texts("violence"));
    let (start, end, cited) = (c.dates("start"), c.dates("end"), c.cited());
    let counts: Vec<&Int64Array> = EVENT_COUNTS
        .iter()
        .map(|name| c.at(name).as_primitive::<Int64Type>())
        .collect();
    (0..batch.num_rows()).map(move |i| Event {
        id: id.value(i).to_string(),
        country: text(country, i),
        start: from_days(start.value(i)),
        end: from_days(end.value(i)),
        violence: violence.value(i).to_string(),
        counts: counts.iter().map(|n| n.is_valid(i).then(|| n.value(i))).collect(),
        cited: cited(i),
    })
}
