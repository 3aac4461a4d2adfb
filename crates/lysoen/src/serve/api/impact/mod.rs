//! Impact: the policies and classes with their answers, and questions that are answered when they are asked.

pub(crate) mod ask;
pub(crate) mod classes;
pub(crate) mod overview;
pub(crate) mod places;
pub(crate) mod policies;

use std::time::Duration;

use axum::Router;
use axum::routing::get;
use lysoen_answers::impact::ImpactState;
use lysoen_answers::standing::StandingImpact;
use serde::Deserialize;
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::output::Format;
use crate::serve::App;
use crate::serve::form::Form;
use crate::serve::hub::Current;
use crate::serve::problem::Problem;

/// Questions that are computed at a time. A permit goes with the work and not with whoever asked, who may be gone before it
/// is done.
static ROOM: Semaphore = Semaphore::const_new(2);
/// How long a question waits for its turn.
const WAIT: Duration = Duration::from_secs(10);

/// The addresses below `/api/v1/impact`.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/", get(overview::get))
        .route("/policies/{policy}", get(policies::get))
        .route("/classes/{class}", get(classes::get))
        .route("/places/{place}", get(places::get))
        .route("/ask", get(ask::get))
}

/// The form that is asked for behind the `?`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct InForm {
    /// `json`, `csv`, `xlsx`, `parquet` or `arrow`; what the address ends with, or JSON, where none.
    format: Option<String>,
}

impl InForm {
    fn of(&self, form: Form) -> Result<Form, Problem> {
        in_form(self.format.as_deref(), form)
    }
}

/// The form that is asked for: what stands behind the `?`, else what the address ends with.
fn in_form(asked: Option<&str>, form: Form) -> Result<Form, Problem> {
    let known = [Format::Json, Format::Csv, Format::Xlsx, Format::Parquet, Format::Arrow];
    let Some(asked) = asked.filter(|asked| !asked.is_empty()) else {
        return Ok(form);
    };
    let found = known.into_iter().find(|format| format.as_str() == asked);
    let names = known.map(Format::as_str).join(", ");
    found
        .map(Form)
        .ok_or_else(|| Problem::form(format!("this is given as {names}, and not as {asked}")))
}

/// Leave to compute; a question that has to wait too long is turned away.
async fn leave() -> Result<SemaphorePermit<'static>, Problem> {
    let busy = || Problem::later("two questions are being computed just now, and more are waiting", 10);
    let turn = tokio::time::timeout(WAIT, ROOM.acquire()).await;
    turn.map_err(|_| busy())?.map_err(|_| busy())
}

/// The state with its answers, or why there is none.
fn made(current: &Current) -> Result<&StandingImpact, Problem> {
    match current.standing.impact.as_deref() {
        Some(Ok(made)) => Ok(made),
        Some(Err(why)) => Err(Problem::not_found(why.clone())),
        None => Err(still()),
    }
}

/// It is still being computed.
fn still() -> Problem {
    Problem::later("the policies are still being held against other places", 10)
}

/// Reads from the state: the standing one, or one without answers that is made for the moment while there is none.
fn with_state<T>(
    current: &Current,
    read: impl FnOnce(&ImpactState, Option<&StandingImpact>) -> Result<T, Problem>,
) -> Result<T, Problem> {
    match current.standing.impact.as_deref() {
        None => {
            let standing = &current.standing;
            let state = ImpactState::of(standing.observatory.clone(), &standing.at)?;
            read(&state, None)
        }
        Some(_) => {
            let made = made(current)?;
            read(&made.state, Some(made))
        }
    }
}
