//! Events: dated, located instances of harm. These alone are asked of the lake, request by request.

use axum::extract::State;
use axum::response::Response;
use jiff::civil::Date;
use lysoen_answers::standing::Standing;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::SourceNote;
use crate::serve::App;
use crate::serve::asked::{self, Asked};
use crate::serve::events::{MOST, Which, page};
use crate::serve::form::{Form, Original, page_of};
use crate::serve::problem::Problem;

/// Events given at once where no number is named.
const LIMIT: usize = 100;

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
    let which = which(&current.standing, &asked)?;
    let _leave = app.hub.leave().await?;
    let state = current.clone();
    let make = move || {
        let (total, events) = page(&state.standing, &which, limit, offset)?;
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

/// Which events are asked for.
fn which(standing: &Standing, asked: &EventsAsked) -> Result<Which, Problem> {
    let mut equal = Vec::new();
    if let Some(source) = &asked.source {
        let known = standing.observatory.catalog.card(source);
        known.ok_or_else(|| {
            Problem::not_found(format!("there is no source {source}; /api/v1/sources lists them all"))
        })?;
        equal.push(("source", source.clone()));
    }
    Ok(Which {
        countries: asked::places(standing, asked.place.as_deref())?,
        from: asked::day(asked.from.as_deref())?,
        to: asked::day(asked.to.as_deref())?,
        within: asked::bbox(asked.bbox.as_deref())?,
        located: false,
        equal,
    })
}
