//! The agenda: the ten elements, an instrument, a party, what is due.

pub(crate) mod aid;
pub(crate) mod calendar;
pub(crate) mod elements;
pub(crate) mod funding;
pub(crate) mod instrument;
pub(crate) mod party;

use axum::Router;
use axum::routing::get;
use jiff::civil::Date;
use lysoen_answers::agenda::AgendaState;
use serde::Deserialize;

use crate::serve::App;
use crate::serve::asked;
use crate::serve::hub::Current;
use crate::serve::problem::Problem;

/// The addresses below `/api/v1/agenda`.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/", get(elements::get))
        .route("/aid", get(aid::get))
        .route("/funding", get(funding::get))
        .route("/calendar", get(calendar::get))
        .route("/calendar.ics", get(calendar::ics))
        .route("/instruments/{instrument}", get(instrument::get))
        .route("/parties/{party}", get(party::get))
}

/// The day that is asked for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OnDay {
    /// A day; today where none.
    as_of: Option<String>,
}

impl OnDay {
    fn on(&self, current: &Current) -> Result<Date, Problem> {
        on(self.as_of.as_deref(), current)
    }
}

/// The day that is asked for; today where none is.
fn on(asked: Option<&str>, current: &Current) -> Result<Date, Problem> {
    Ok(asked::day(asked)?.unwrap_or(current.standing.observatory.today))
}

/// The agenda's state, or why there is none.
fn made(current: &Current) -> Result<&AgendaState, Problem> {
    match current.standing.agenda.as_deref() {
        Some(Ok(state)) => Ok(state),
        Some(Err(why)) => Err(Problem::not_found(why.clone())),
        None => Err(Problem::later("the agenda is still being read", 2)),
    }
}
