//! Deaths of events by place, type and month, summed in the lake.

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::{Int16Type, Int32Type, Int64Type};
use jiff::civil::Date;
use lysoen_facts::tables::from_days;
use lysoen_facts::{LakeError, View, literal};
use lysoen_lexicon::panel::Month;

use super::spans::spread;
use super::{LongSpans, Question, last_day};
use crate::communities::placing::Spot;
use crate::store::{Columns, list, number, sql_day, text};

/// The deaths of some events of one place, type and month.
#[derive(Clone, Debug)]
pub(super) struct Toll {
    pub(super) country: Option<String>,
    pub(super) spot: Spot,
    pub(super) priogrid: Option<i32>,
    pub(super) violence: String,
    pub(super) month: Month,
    pub(super) deaths: i64,
    /// The events that ended in the month.
    pub(super) events: u64,
    /// Whether they are dated to more than a month.
    pub(super) long: bool,
}

/// What of the place of an event is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Where {
    /// The country.
    Country,
    /// The country, and what a cell is found by.
    Cell,
    /// The country, and what an area is found by.
    Area,
}

impl Where {
    fn columns(self) -> &'static str {
        match self {
            Where::Country => "country",
            Where::Cell => "country, latitude, longitude, where_precision, priogrid",
            Where::Area => "country, latitude, longitude, where_precision, adm1, adm2, where_coordinates",
        }
    }
}

/// The number of a day's month; January 1980 is 1.
fn month_in_sql(day: &str) -> String {
    format!("CAST(date_part('year', {day}) * 12 + date_part('month', {day}) - 23760 AS INT)")
}

/// The deaths of the source's events by place, type and month, up to the last month asked for.
pub(super) fn load(
    view: &View,
    source: &str,
    places: Option<&[String]>,
    question: &Question,
    of: Where,
) -> Result<Vec<Toll>, LakeError> {
    let mut condition = format!("source = {}", literal(source));
    if let Some(places) = places {
        condition.push_str(&format!(" AND country IN ({})", list(places.iter())));
    }
    if let Some(to) = question.to {
        condition.push_str(&format!(" AND \"end\" <= {}", sql_day(last_day(to))));
    }
    let straddles = format!("{} <> {}", month_in_sql("start"), month_in_sql("\"end\""));
    let long = format!("{straddles} AND (coalesce(date_precision, 0) = 5 OR start + INTERVAL '31' DAY <= \"end\")");
    let (spreads, columns) = (question.long == LongSpans::Spread, of.columns());
    let summed = if spreads {
        format!("{condition} AND NOT ({straddles})")
    } else {
        condition.clone()
    };
    let sql = format!(
        "SELECT {columns}, violence, {} AS month, {long} AS long, sum(deaths_best) AS deaths, count(*) AS events \
         FROM events WHERE {summed} GROUP BY {columns}, violence, month, long",
        month_in_sql("\"end\"")
    );
    let mut tolls = Vec::new();
    for batch in view.query(&sql)? {
        tolls.extend(sums(&batch?));
    }
    if spreads {
        let sql = format!(
            "SELECT {columns}, violence, start, \"end\", {long} AS long, deaths_best AS deaths FROM events \
             WHERE {condition} AND {straddles}"
        );
        for batch in view.query(&sql)? {
            tolls.extend(parts(&batch?));
        }
    }
    tolls.retain(|toll| question.from.is_none_or(|from| from <= toll.month));
    Ok(tolls)
}

/// The first and the last day on which an event of a source ended.
pub(super) fn days_of(view: &View, source: &str) -> Result<Option<(Date, Date)>, LakeError> {
    let sql = format!(
        "SELECT min(\"end\") AS first, max(\"end\") AS last FROM events WHERE source = {}",
        literal(source)
    );
    let mut days = None;
    for batch in view.query(&sql)? {
        let batch = batch?;
        let c = Columns(&batch);
        let day = |name: &str| c.dates(name).iter().flatten().next().map(from_days);
        days = day("first").zip(day("last"));
    }
    Ok(days)
}

/// The joint places under which a source tells events.
pub(super) fn joint_places(view: &View, source: &str) -> Result<Vec<String>, LakeError> {
    let sql = format!(
        "SELECT DISTINCT country FROM events WHERE source = {} AND country LIKE '%+%' ORDER BY country",
        literal(source)
    );
    let mut joint = Vec::new();
    for batch in view.query(&sql)? {
        let batch = batch?;
        joint.extend(Columns(&batch).texts("country").iter().flatten().map(str::to_string));
    }
    Ok(joint)
}

/// Rows of sums.
fn sums(batch: &RecordBatch) -> Vec<Toll> {
    let c = Columns(batch);
    let place = places(batch);
    let (violence, long) = (c.texts("violence"), c.at("long").as_boolean());
    let month = c.at("month").as_primitive::<Int32Type>();
    let deaths = c.at("deaths").as_primitive::<Int64Type>();
    let events = c.at("events").as_primitive::<Int64Type>();
    let toll = |i: usize| Toll {
        violence: violence.value(i).to_string(),
        month: Month(month.value(i)),
        // None where no event of them tells its deaths.
        deaths: if deaths.is_valid(i) { deaths.value(i) } else { 0 },
        events: events.value(i).unsigned_abs(),
        long: long.value(i),
        ..place(i)
    };
    (0..batch.num_rows()).map(toll).collect()
}

/// Rows of single events, each spread over its months. The event is counted in the last.
fn parts(batch: &RecordBatch) -> Vec<Toll> {
    let c = Columns(batch);
    let place = places(batch);
    let (violence, long) = (c.texts("violence"), c.at("long").as_boolean());
    let (start, end) = (c.dates("start"), c.dates("end"));
    let deaths = c.at("deaths").as_primitive::<Int64Type>();
    let mut tolls = Vec::new();
    for i in 0..batch.num_rows() {
        let known = if deaths.is_valid(i) { deaths.value(i) } else { 0 };
        let months = spread(known, from_days(start.value(i)), from_days(end.value(i)));
        let last = months.last().map(|(month, _)| *month);
        tolls.extend(months.into_iter().map(|(month, deaths)| Toll {
            violence: violence.value(i).to_string(),
            month,
            deaths,
            events: u64::from(Some(month) == last),
            long: long.value(i),
            ..place(i)
        }));
    }
    tolls
}

/// The place of each row, as far as it was read.
fn places(batch: &RecordBatch) -> impl Fn(usize) -> Toll {
    let read = |name: &str| batch.column_by_name(name).cloned();
    let float = |name: &str| read(name).map(|column| column.as_primitive().clone());
    let words = |name: &str| read(name).map(|column| column.as_string::<i32>().clone());
    let (country, latitude, longitude) = (words("country"), float("latitude"), float("longitude"));
    let precision = read("where_precision").map(|column| column.as_primitive::<Int16Type>().clone());
    let priogrid = read("priogrid").map(|column| column.as_primitive::<Int32Type>().clone());
    let names = ["adm1", "adm2", "where_coordinates"].map(words);
    move |i| {
        let degrees = |column: &Option<_>| column.as_ref().and_then(|column| number(column, i));
        let word = |column: &Option<_>| column.as_ref().and_then(|column| text(column, i));
        let [adm1, adm2, named] = names.each_ref().map(word);
        Toll {
            country: word(&country),
            spot: Spot {
                point: degrees(&latitude).zip(degrees(&longitude)),
                precision: precision.as_ref().and_then(|p| p.is_valid(i).then(|| p.value(i))),
                adm1,
                adm2,
                named,
            },
            priogrid: priogrid.as_ref().and_then(|p| p.is_valid(i).then(|| p.value(i))),
            violence: String::new(),
            month: Month(0),
            deaths: 0,
            events: 0,
            long: false,
        }
    }
}
