//! What the server shows just now.

use std::collections::BTreeSet;

use axum::extract::State;
use axum::response::Response;
use jiff::civil::Date;
use lysoen_answers::standing::Step;
use serde::Serialize;
use utoipa::ToSchema;

use crate::serve::App;
use crate::serve::form::{JsonOnly, json};
use crate::serve::problem::Problem;

/// What the server shows just now.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Status {
    /// The observatory's name.
    name: String,
    /// The program's version.
    version: &'static str,
    /// The number of the lake's manifest.
    manifest: u64,
    /// `ready`, or `assessing` while more is being computed.
    state: &'static str,
    /// Today, by the server.
    #[schema(value_type = String, format = Date)]
    today: Date,
    /// The latest period.
    latest: String,
    /// The periods that can be asked for, the oldest first.
    periods: Vec<String>,
    /// The day on which the data end, where that is more than three months ago: then this is a replay and no alert.
    #[schema(value_type = Option<String>, format = Date)]
    replay: Option<Date>,
    /// What there is.
    has: Has,
    /// What is being computed.
    doing: Option<Doing>,
    /// What went wrong when the newest state was computed.
    fault: Option<&'static str>,
    /// Whose view of borders the maps follow.
    worldview: Worldview,
}

/// Something that is being computed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Doing {
    /// `records`, `agenda`, `forecast`, `ladder`, `indices`, `year` or `impact`.
    what: &'static str,
    /// The year.
    period: Option<String>,
}

impl From<Step> for Doing {
    fn from(step: Step) -> Doing {
        let (what, period) = match step {
            Step::Records => ("records", None),
            Step::Agenda => ("agenda", None),
            Step::Forecast => ("forecast", None),
            Step::Ladder => ("ladder", None),
            Step::Indices => ("indices", None),
            Step::Year(year) => ("year", Some(year.to_string())),
            Step::Impact | Step::Policies(_) | Step::Classes => ("impact", None),
        };
        Doing { what, period }
    }
}

/// Whose view of borders the maps follow.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Worldview {
    /// Its title.
    title: String,
    /// What must be said beside a map.
    disclaimer: String,
}

/// What there is.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Has {
    /// A forecast.
    forecast: bool,
    /// A backtest of it.
    record: bool,
    /// Events.
    events: bool,
    /// Boundaries of countries.
    boundaries: bool,
    /// Countries with areas.
    areas: Vec<String>,
}

/// What the server shows just now.
#[utoipa::path(get, path = "/api/v1/status", tag = "observatory", responses(
    (status = 200, body = Status), (status = "4XX", body = Problem, content_type = "application/problem+json"), (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn get(State(app): State<App>, _: JsonOnly) -> Result<Response, Problem> {
    let current = app.hub.current()?;
    let standing = &current.standing;
    let forecast = standing.forecast.as_deref().and_then(|made| made.as_ref().ok());
    let replay = super::place::replay(standing)?;
    let map = &standing.map;
    let levels = map.levels().filter(|level| *level > 0);
    let areas: BTreeSet<String> = levels
        .flat_map(|level| map.places(level))
        .filter_map(|p| p.country.clone())
        .collect();
    Ok(json(&Status {
        name: app.name.clone(),
        version: env!("CARGO_PKG_VERSION"),
        manifest: standing.manifest(),
        state: if standing.doing().is_some() {
            "assessing"
        } else {
            "ready"
        },
        today: standing.observatory.today,
        latest: standing.latest.to_string(),
        periods: standing.periods().map(|p| p.to_string()).collect(),
        replay,
        has: Has {
            forecast: forecast.is_some(),
            record: forecast.is_some_and(|f| f.record.is_some()),
            events: standing.records.has_events(),
            boundaries: !map.places(0).is_empty(),
            areas: areas.into_iter().collect(),
        },
        doing: standing.doing().map(Doing::from),
        fault: app.hub.fault().map(
            |_| "the newest state could not be computed; the one before it is shown, and the server's log says why",
        ),
        worldview: Worldview {
            title: standing.worldview.title.clone(),
            disclaimer: standing.worldview.disclaimer.clone(),
        },
    }))
}
