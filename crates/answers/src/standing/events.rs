//! Where events happened, by source: what their tiles are made of.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow::array::{Array, AsArray};
use arrow::datatypes::{DataType, Date32Type, Float64Type, Int64Type};
use jiff::civil::Date;
use lysoen_facts::View;
use lysoen_facts::tables::from_days;

use crate::error::AnswerError;

/// An event with a position.
#[derive(Clone, Debug)]
pub struct Located {
    /// The source's number of it.
    pub id: String,
    /// Degrees east.
    pub lon: f64,
    /// Degrees north.
    pub lat: f64,
    /// Deaths, best estimate; none where the source tells none.
    pub deaths: Option<i64>,
    /// What kind of violence.
    pub violence: Arc<str>,
    /// Its first day.
    pub start: Date,
}

/// Events with a position, by the source's card and from west to east. Those of different sources are of the same harm and
/// are kept apart.
pub type EventsBySource = BTreeMap<String, Vec<Located>>;

/// Reads every event that has a position.
pub(super) fn located(view: &View) -> Result<EventsBySource, AnswerError> {
    let sql = "SELECT source, event_id, longitude, latitude, deaths_best, violence, start FROM events \
               WHERE longitude IS NOT NULL AND latitude IS NOT NULL ORDER BY source, longitude, latitude, event_id";
    let mut all = EventsBySource::new();
    let mut kinds: BTreeMap<String, Arc<str>> = BTreeMap::new();
    for batch in view.query(sql)? {
        let batch = batch?;
        let text = |at: usize| {
            arrow::compute::cast(batch.column(at), &DataType::Utf8).map_err(|e| AnswerError::Kept(e.to_string()))
        };
        let (source, id, violence) = (text(0)?, text(1)?, text(5)?);
        let numbers = [2, 3].map(|at| batch.column(at).as_primitive::<Float64Type>());
        let deaths = batch.column(4).as_primitive::<Int64Type>();
        let starts = batch.column(6).as_primitive::<Date32Type>();
        for row in 0..batch.num_rows() {
            let kind = violence.as_string::<i32>().value(row);
            let kind = kinds.entry(kind.to_string()).or_insert_with(|| kind.into()).clone();
            let of_source = all.entry(source.as_string::<i32>().value(row).to_string()).or_default();
            of_source.push(Located {
                id: id.as_string::<i32>().value(row).to_string(),
                lon: numbers[0].value(row),
                lat: numbers[1].value(row),
                deaths: (!deaths.is_null(row)).then(|| deaths.value(row)),
                violence: kind,
                start: from_days(starts.value(row)),
            });
        }
    }
    Ok(all)
}
