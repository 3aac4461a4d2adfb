//! Events: dated, located instances of harm. These alone are asked of the lake, request by request.

use arrow::array::RecordBatch;
use axum::extract::State;
use axum::response::Response;
use jiff::civil::Date;
use lysoen_answers::policy;
use lysoen_answers::sheet::{Cell, Column, Kind, Sheet};
use lysoen_answers::standing::Standing;
use lysoen_facts::literal;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::SourceNote;
use crate::output::cells;
use crate::serve::App;
use crate::serve::asked::{self, Asked};
use crate::serve::form::{Form, Original, page_of};
use crate::serve::problem::Problem;

/// Events given at once where no number is named.
const LIMIT: usize = 100;
/// The most that are given at once.
pub(crate) const MOST: usize = 10_000;

/// Columns in which events are told, by name, with what each is in the table.
pub(crate) const COLUMNS: [(&str, &str, Kind); 18] = [
    ("event_id", "event_id", Kind::Text),
    ("country", "country", Kind::Text),
    ("start", "start", Kind::Date),
    ("end", "\"end\"", Kind::Date),
    ("date_precision", "date_precision", Kind::Count),
    ("longitude", "longitude", Kind::Number),
    ("latitude", "latitude", Kind::Number),
    ("where_precision", "where_precision", Kind::Count),
    (
        "where",
        "coalesce(where_description, where_coordinates, adm2, adm1)",
        Kind::Text,
    ),
    ("violence", "violence", Kind::Text),
    ("deaths_best", "deaths_best", Kind::Count),
    ("deaths_low", "deaths_low", Kind::Count),
    ("deaths_high", "deaths_high", Kind::Count),
    ("side_a", "side_a", Kind::Text),
    ("side_b", "side_b", Kind::Text),
    ("source", "source", Kind::Text),
    ("as_of", "as_of", Kind::Date),
    ("report", "report", Kind::Text),
];

/// Which events.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct EventsAsked {
    /// Countries by code or name, with commas between.
    pub place: Option<String>,
    /// Events that end on this day or later.
    #[param(format = Date)]
    pub from: Option<String>,
    /// Events that begin on this day or before.
    #[param(format = Date)]
    pub to: Option<String>,
    /// West, south, east, north in degrees.
    pub bbox: Option<String>,
    /// The source's card.
    pub source: Option<String>,
    /// How many.
    #[param(minimum = 1, maximum = 10000)]
    pub limit: Option<usize>,
    /// How many are left out before.
    #[param(maximum = 10000000)]
    pub offset: Option<usize>,
}

/// Events with what must be read with them.
#[derive(Debug, Serialize, ToSchema)]
#[allow(dead_code)]
pub(crate) struct EventSheet {
    /// What it is.
    title: String,
    /// What a reader must know of the whole.
    notes: Vec<String>,
    /// The sources.
    sources: Vec<SourceNote>,
    /// How many there are in all.
    total: usize,
    /// The address of the next page, where there is one.
    next: Option<String>,
    /// The events, the latest first.
    rows: Vec<EventRow>,
}

/// An event.
#[derive(Debug, Serialize, ToSchema)]
#[allow(dead_code)]
pub(crate) struct EventRow {
    /// The source's number of it.
    event_id: String,
    /// The country.
    country: Option<String>,
    /// Its first day.
    #[schema(value_type = String, format = Date)]
    start: Date,
    /// Its last day.
    #[schema(value_type = String, format = Date)]
    end: Date,
    /// How exact the date is.
    date_precision: Option<i64>,
    /// Degrees east.
    longitude: Option<f64>,
    /// Degrees north.
    latitude: Option<f64>,
    /// How exact the place is.
    where_precision: Option<i64>,
    /// Where, in words.
    #[serde(rename = "where")]
    place: Option<String>,
    /// What kind of violence.
    violence: String,
    /// Deaths, best estimate.
    deaths_best: Option<i64>,
    /// Deaths, low estimate.
    deaths_low: Option<i64>,
    /// Deaths, high estimate.
    deaths_high: Option<i64>,
    /// Side A.
    side_a: Option<String>,
    /// Side B.
    side_b: Option<String>,
    /// The source's card.
    source: String,
    /// The vintage.
    #[schema(value_type = String, format = Date)]
    as_of: Date,
    /// The reports behind it.
    report: Option<String>,
}

/// Events, the latest first. Deaths of different sources are of the same harm and must not be added.
#[utoipa::path(get, path = "/api/v1/events", tag = "events", params(EventsAsked), responses(
    (status = 200, description = "Also as CSV, XLSX, Parquet and Arrow.", body = EventSheet),
    (status = "4XX", body = Problem, content_type = "application/problem+json"), (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn list(
    State(app): State<App>,
    form: Form,
    Original(uri): Original,
    Asked(asked): Asked<EventsAsked>,
) -> Result<Response, Problem> {
    let current = app.hub.current()?;
    let limit = asked.limit.unwrap_or(LIMIT);
    if !(1..=MOST).contains(&limit) {
        return Err(Problem::bad(format!("limit is 1 to {MOST}")));
    }
    let offset = asked.offset.unwrap_or_default();
    if offset > 10_000_000 {
        return Err(Problem::bad(
            "offset is 0 to 10,000,000; narrow the dates or the bbox instead",
        ));
    }
    let condition = condition(&current.standing, &asked)?;
    let _leave = app.hub.leave().await?;
    let state = current.clone();
    let make = move || {
        let (total, events) = events(&state.standing, &condition, limit, offset)?;
        let end = offset + events.rows.len();
        page_of(
            form,
            &events,
            (total, (end < total).then_some(end)),
            "lysoen-events",
            &uri,
        )
    };
    crate::serve::off_thread(make).await?
}

/// The condition on events that is asked for, as SQL.
fn condition(standing: &Standing, asked: &EventsAsked) -> Result<String, Problem> {
    let mut all = vec!["true".to_string()];
    let places = asked::places(standing, asked.place.as_deref())?;
    if !places.is_empty() {
        let places: Vec<String> = places.iter().map(|p| literal(p.as_str())).collect();
        all.push(format!("country IN ({})", places.join(", ")));
    }
    if let Some(from) = asked::day(asked.from.as_deref())? {
        all.push(format!("\"end\" >= DATE '{from}'"));
    }
    if let Some(to) = asked::day(asked.to.as_deref())? {
        all.push(format!("start <= DATE '{to}'"));
    }
    if let Some(bbox) = asked::bbox(asked.bbox.as_deref())? {
        all.push(within(bbox));
    }
    if let Some(source) = &asked.source {
        let known = standing.observatory.catalog.card(source);
        known.ok_or_else(|| {
            Problem::not_found(format!("there is no source {source}; /api/v1/sources lists them all"))
        })?;
        all.push(format!("source = {}", literal(source)));
    }
    Ok(all.join(" AND "))
}

/// Whether an event lies in a box of degrees, as SQL.
pub(crate) fn within([west, south, east, north]: [f64; 4]) -> String {
    let across = if west <= east { "AND" } else { "OR" };
    format!("latitude BETWEEN {south:?} AND {north:?} AND (longitude >= {west:?} {across} longitude <= {east:?})")
}

/// Events that hold a condition, the latest first, and how many there are of them.
pub(crate) fn events(
    standing: &Standing,
    condition: &str,
    limit: usize,
    offset: usize,
) -> Result<(usize, Sheet), Problem> {
    let observatory = &standing.observatory;
    let view = observatory.view(&policy::public_rows(observatory))?;
    let collect = |sql: &str| view.collect(sql).map_err(|e| Problem::inside(&e));
    let count =
        cells(&collect(&format!("SELECT count(*) FROM events WHERE {condition}"))?).map_err(|e| Problem::inside(&e))?;
    let total = match count.first().and_then(|row| row.first()) {
        Some(Cell::Count(count)) => usize::try_from(*count).unwrap_or_default(),
        _ => 0,
    };
    let columns: Vec<String> = COLUMNS
        .iter()
        .map(|(name, sql, _)| format!("{sql} AS \"{name}\""))
        .collect();
    let sql = format!(
        "SELECT {} FROM events WHERE {condition} ORDER BY \"end\" DESC, event_id, source LIMIT {limit} OFFSET {offset}",
        columns.join(", ")
    );
    let batches: Vec<RecordBatch> = collect(&sql)?;
    let rows = cells(&batches).map_err(|e| Problem::inside(&e))?;
    let source = COLUMNS
        .iter()
        .position(|(name, ..)| *name == "source")
        .unwrap_or_default();
    let mut used: Vec<String> = rows
        .iter()
        .filter_map(|row| match &row[source] {
            Cell::Text(source) => Some(source.clone()),
            _ => None,
        })
        .collect();
    used.sort();
    used.dedup();
    let vintage = |id: &String| observatory.lake.vintages(id).map(|(_, newest, _)| newest);
    Ok((
        total,
        Sheet {
            title: "Events".to_string(),
            columns: COLUMNS
                .iter()
                .map(|(name, _, kind)| Column { name, kind: *kind })
                .collect(),
            rows,
            sources: used
                .iter()
                .map(|id| policy::source_note(&observatory.catalog, id, vintage(id)))
                .collect(),
            notes: vec!["Deaths of different sources are of the same harm and must not be added.".to_string()],
        },
    ))
}
