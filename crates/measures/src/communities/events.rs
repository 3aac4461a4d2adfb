//! The events of a country in a span of time, read with the columns that placing and counting need.

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::{Int16Type, Int32Type, Int64Type};
use jiff::civil::Date;
use lysoen_facts::tables::from_days;
use lysoen_facts::{LakeError, View, literal};

use super::placing::Spot;
use crate::figure::{Role, Term};
use crate::store::{Cited, Columns, list, number, text};

/// An event, as far as it is counted and placed.
#[derive(Clone, Debug)]
pub struct Event {
    /// The source's number of it.
    pub id: String,
    /// Its first day.
    pub start: Date,
    /// Its last day, by which it is counted.
    pub end: Date,
    /// The type of violence in the source's words.
    pub violence: String,
    /// Deaths: the source's best estimate, its low and its high.
    pub deaths: Deaths,
    /// Where the source says it happened.
    pub spot: Spot,
    /// Where it happened, in the source's words.
    pub described: Option<String>,
    /// The PRIO-GRID cell that the source gives.
    pub priogrid: Option<i32>,
    pub(crate) cited: Cited,
}

/// Deaths of one event or of several together, with the source's low and high.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Deaths {
    /// The best estimate.
    pub best: i64,
    /// The low estimate.
    pub low: i64,
    /// The high estimate.
    pub high: i64,
}

impl Deaths {
    /// The source's low and high; none where they do not hold the best estimate, as in a few rows of UCDP's.
    pub fn range(&self) -> Option<(f64, f64)> {
        (self.low <= self.best && self.best <= self.high).then_some((self.low as f64, self.high as f64))
    }

    /// What the range is, or why there is none.
    pub fn interval_kind(&self) -> &'static str {
        match self.range() {
            Some(_) => "source-range",
            None => "none: the source's range does not hold its best estimate",
        }
    }
}

impl std::ops::AddAssign for Deaths {
    fn add_assign(&mut self, other: Deaths) {
        self.best += other.best;
        self.low += other.low;
        self.high += other.high;
    }
}

impl Event {
    /// Its deaths as a term of a figure.
    pub(crate) fn term(&self, place: &str) -> Term {
        Term {
            table: "events",
            source: self.cited.source.clone(),
            dataset: self.cited.dataset.clone(),
            as_of: self.cited.as_of,
            file: self.cited.file.clone(),
            row: self.cited.row,
            what: format!("event {}: deaths_best", self.id),
            place: place.to_string(),
            dates: (self.start, self.end),
            value: self.deaths.best as f64,
            unit: "people".to_string(),
            role: Role::Added,
        }
    }

    /// The card of its source.
    pub fn source(&self) -> &str {
        &self.cited.source
    }

    /// The source's file.
    pub fn file(&self) -> &str {
        &self.cited.file
    }

    /// The row in it.
    pub fn row(&self) -> u64 {
        self.cited.row
    }

    /// The vintage of its row.
    pub fn as_of(&self) -> Date {
        self.cited.as_of
    }
}

/// The events of a source in a country, in the order of their ends, files and rows.
pub(crate) fn load(view: &View, source: &str, country: &str) -> Result<Vec<Event>, LakeError> {
    let sql = format!(
        "SELECT event_id, start, \"end\", violence, deaths_best, deaths_low, deaths_high, latitude, longitude, \
         where_precision, priogrid, adm1, adm2, where_coordinates, where_description, source, dataset, as_of, file, row \
         FROM events WHERE source = {} AND country IN ({})",
        literal(source),
        list([country.to_string()].iter()),
    );
    let mut events = Vec::new();
    for batch in view.query(&sql)? {
        events.extend(rows(&batch?));
    }
    events.sort_by(|a, b| (a.end, &a.cited.file, a.cited.row).cmp(&(b.end, &b.cited.file, b.cited.row)));
    Ok(events)
}

fn rows(batch: &RecordBatch) -> Vec<Event> {
    let c = Columns(batch);
    let (id, violence) = (c.texts("event_id"), c.texts("violence"));
    let (start, end) = (c.dates("start"), c.dates("end"));
    let (latitude, longitude) = (c.numbers("latitude"), c.numbers("longitude"));
    let precision = c.at("where_precision").as_primitive::<Int16Type>();
    let priogrid = c.at("priogrid").as_primitive::<Int32Type>();
    let (adm1, adm2, named) = (c.texts("adm1"), c.texts("adm2"), c.texts("where_coordinates"));
    let described = c.texts("where_description");
    let deaths = ["deaths_best", "deaths_low", "deaths_high"].map(|n| c.at(n).as_primitive::<Int64Type>());
    let cited = c.cited();
    let row = |i: usize| {
        let [best, low, high] = deaths.map(|column| column.is_valid(i).then(|| column.value(i)));
        let best = best.unwrap_or(0);
        Event {
            id: id.value(i).to_string(),
            start: from_days(start.value(i)),
            end: from_days(end.value(i)),
            violence: violence.value(i).to_string(),
            // A source without a range, such as ACLED, counts with its one figure on both sides.
            deaths: Deaths {
                best,
                low: low.unwrap_or(best),
                high: high.unwrap_or(best),
            },
            spot: Spot {
                point: number(latitude, i).zip(number(longitude, i)),
                precision: precision.is_valid(i).then(|| precision.value(i)),
                adm1: text(adm1, i),
                adm2: text(adm2, i),
                named: text(named, i),
            },
            described: text(described, i),
            priogrid: priogrid.is_valid(i).then(|| priogrid.value(i)),
            cited: cited(i),
        }
    };
    (0..batch.num_rows()).map(row).collect()
}
