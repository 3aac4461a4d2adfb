//! The facts that the measures of one period need, read from a view in three queries and kept by series and place.

use std::collections::{BTreeMap, BTreeSet};

use arrow::array::{Array, AsArray, RecordBatch};
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
    /// For a flow the other end.
    pub(crate) other: Option<String>,
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

/// What a release of events is complete for.
#[derive(Debug)]
struct Scope {
    source: String,
    places: Option<Vec<String>>,
    from: Option<Date>,
    to: Option<Date>,
}

impl Store {
    /// Reads what `measures` need for the years `first` to `last`; shares of the population with their whole record,
    /// for how much a value may have changed since it was taken is judged by that.
    pub(crate) fn load(view: &View, measures: &Measures, first: i16, last: i16) -> Result<Store, LakeError> {
        let mut store = Store {
            sources: sources(view),
            ..Store::default()
        };
        store.covered = scopes(view);
        let from = || measures.list.iter().flat_map(|m| &m.from);
        store.load_observations(view, &observed(measures, first, last))?;
        store.load_flows(view, from(), first, last)?;
        store.load_events(view, from(), first, last)?;
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
        first: i16,
        last: i16,
    ) -> Result<(), LakeError> {
        let indicators = list(from.clone().flat_map(|f| f.flow.iter().chain(&f.flow_also)));
        let sources = list(from.filter(|f| f.flow.is_some()).map(|f| &f.source));
        let sql = format!(
            "SELECT origin, destination, indicator, start, \"end\", value, unit, breakdown, note, source, dataset, as_of, file, row \
             FROM flows WHERE indicator IN ({indicators}) AND source IN ({sources}) AND \"end\" BETWEEN {} AND {}",
            sql_day(date(first, 1, 1)),
            sql_day(date(last, 12, 31)),
        );
        for batch in view.query(&sql)? {
            for (origin, row) in flow_rows(&batch?) {
                for (end, place, other) in [("destination", &row.place, &origin), ("origin", &origin, &row.place)] {
                    let key = (row.cited.source.clone(), row.indicator.clone(), end);
                    let row = Row {
                        place: place.clone(),
                        other: Some(other.clone()),
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
        first: i16,
        last: i16,
    ) -> Result<(), LakeError> {
        let sources = list(from.filter(|f| f.events.is_some()).map(|f| &f.source));
        let sql = format!(
            "SELECT event_id, country, start, \"end\", violence, {}, source, dataset, as_of, file, row \
             FROM events WHERE source IN ({sources}) AND \"end\" BETWEEN {} AND {}",
            EVENT_COUNTS.join(", "),
            sql_day(date(first, 1, 1)),
            sql_day(date(last, 12, 31)),
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
        let place = match &self.other {
            Some(other) => format!("{} ⇄ {other}", self.place),
            None => self.place.clone(),
        };
        let table = if self.other.is_some() { "flows" } else { "observations" };
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
        let key = |r: &Row| {
            (
                r.end,
                r.start,
                r.breakdown.clone(),
                r.other.clone(),
                r.cited.file.clone(),
                r.cited.row,
            )
        };
        key(a).cmp(&key(b))
    });
}

fn sources(view: &View) -> BTreeSet<String> {
    view.releases().iter().map(|s| s.release.source.clone()).collect()
}

fn scopes(view: &View) -> Vec<Scope> {
    let complete = view.releases().iter().filter(|s| !s.release.scope.partial);
    let scope = |s: &lysoen_facts::Seen| Scope {
        source: s.release.source.clone(),
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
fn observed(measures: &Measures, first: i16, last: i16) -> String {
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
    let (year, next) = (sql_day(date(last, 12, 31)), sql_day(date(last + 1, 12, 31)));
    format!(
        "(({}) AND \"end\" BETWEEN {} AND {year}) OR (({}) AND \"end\" <= {year}) OR (({}) AND \"end\" <= {next})",
        of(&|m, f| !is_population(m) && !is_recorded_whole(m, f)),
        sql_day(date(first, 1, 1)),
        of(&|m, f| !is_population(m) && is_recorded_whole(m, f)),
        of(&|m, _| is_population(m)),
    )
}

fn list<'a>(names: impl Iterator<Item = &'a String>) -> String {
    let names: BTreeSet<&String> = names.collect();
    let names: Vec<String> = names.into_iter().map(|n| literal(n)).collect();
    // An empty list is no SQL; no name is empty.
    if names.is_empty() {
        "''".to_string()
    } else {
        names.join(", ")
    }
}

fn sql_day(day: Date) -> String {
    format!("DATE '{day}'")
}

/// Columns of a batch by name, read as the types of the tables.
struct Columns<'a>(&'a RecordBatch);

impl Columns<'_> {
    fn at(&self, name: &str) -> &dyn Array {
        self.0
            .column_by_name(name)
            .expect("the query names the column")
            .as_ref()
    }
    fn text(&self, name: &str, i: usize) -> String {
        self.at(name).as_string::<i32>().value(i).to_string()
    }
    fn text_opt(&self, name: &str, i: usize) -> Option<String> {
        let column = self.at(name).as_string::<i32>();
        column.is_valid(i).then(|| column.value(i).to_string())
    }
    fn date(&self, name: &str, i: usize) -> Date {
        from_days(self.at(name).as_primitive::<Date32Type>().value(i))
    }
    fn number(&self, name: &str, i: usize) -> f64 {
        self.at(name).as_primitive::<Float64Type>().value(i)
    }
    fn number_opt(&self, name: &str, i: usize) -> Option<f64> {
        let column = self.at(name).as_primitive::<Float64Type>();
        column.is_valid(i).then(|| column.value(i))
    }
    fn count_opt(&self, name: &str, i: usize) -> Option<i64> {
        let column = self.at(name).as_primitive::<Int64Type>();
        column.is_valid(i).then(|| column.value(i))
    }
    fn cited(&self, i: usize) -> Cited {
        Cited {
            source: self.text("source", i),
            dataset: self.text("dataset", i),
            as_of: self.date("as_of", i),
            file: self.text("file", i),
            row: self.at("row").as_primitive::<UInt64Type>().value(i),
        }
    }
}

fn observation_rows(batch: &RecordBatch) -> Vec<Row> {
    let c = Columns(batch);
    let row = |i| Row {
        place: c.text("place", i),
        other: None,
        indicator: c.text("indicator", i),
        start: c.date("start", i),
        end: c.date("end", i),
        value: c.number("value", i),
        low: c.number_opt("low", i),
        high: c.number_opt("high", i),
        interval_kind: c.text_opt("interval_kind", i),
        unit: c.text("unit", i),
        population: c.number_opt("population", i),
        breakdown: c.text("breakdown", i),
        status: c.text("status", i),
        note: c.text_opt("note", i),
        cited: c.cited(i),
    };
    (0..batch.num_rows()).map(row).collect()
}

fn flow_rows(batch: &RecordBatch) -> Vec<(String, Row)> {
    let c = Columns(batch);
    let row = |i| {
        let row = Row {
            place: c.text("destination", i),
            other: None,
            indicator: c.text("indicator", i),
            start: c.date("start", i),
            end: c.date("end", i),
            value: c.number("value", i),
            low: None,
            high: None,
            interval_kind: None,
            unit: c.text("unit", i),
            population: None,
            breakdown: c.text("breakdown", i),
            status: String::new(),
            note: c.text_opt("note", i),
            cited: c.cited(i),
        };
        (c.text("origin", i), row)
    };
    (0..batch.num_rows()).map(row).collect()
}

fn event_rows(batch: &RecordBatch) -> Vec<Event> {
    let c = Columns(batch);
    let event = |i| Event {
        id: c.text("event_id", i),
        country: c.text_opt("country", i),
        start: c.date("start", i),
        end: c.date("end", i),
        violence: c.text("violence", i),
        counts: EVENT_COUNTS.iter().map(|name| c.count_opt(name, i)).collect(),
        cited: c.cited(i),
    };
    (0..batch.num_rows()).map(event).collect()
}
