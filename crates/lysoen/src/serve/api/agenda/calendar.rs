//! What is due: as rows, and as a calendar to subscribe to.

use std::ops::RangeInclusive;

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use lysoen_answers::agenda::{AgendaState, Asked as Question, BOUNDS, DueRow, Horizon, MeetingRow};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{made, on};
use crate::output::{Format, ics as calendar};
use crate::serve::api::{SourceNote, notes};
use crate::serve::asked::Asked;
use crate::serve::form::{Form, Original, Page, json, sheet};
use crate::serve::hub::Current;
use crate::serve::problem::Problem;
use crate::serve::{App, off_thread};

/// Rows that are given as JSON; the other forms give all.
const MOST: usize = 2000;

/// What is asked of the calendar.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Within {
    /// The day from which; today where none.
    as_of: Option<String>,
    /// How far ahead: days, months or years, such as 90d, 12m or 2y; 12m where none.
    due: Option<String>,
    /// A party, by code or name.
    party: Option<String>,
    /// An instrument, by its id.
    instrument: Option<String>,
    /// An element, 1 to 10.
    element: Option<u8>,
}

/// What is due.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AgendaCalendar {
    /// The day from which it is told.
    as_of: String,
    /// The last day.
    until: String,
    /// Duties and deadlines, by day; at most 2000.
    rows: Vec<DueRow>,
    /// How many there are in all.
    total: usize,
    /// Meetings.
    meetings: Vec<MeetingRow>,
    /// The sources.
    sources: Vec<SourceNote>,
    /// What a reader must know.
    notes: Vec<String>,
}

/// What falls due.
#[utoipa::path(get, path = "/api/v1/agenda/calendar", tag = "agenda", params(Within), responses(
    (status = 200, description = "Also as CSV, XLSX, Parquet and Arrow: a row a party and duty.", body = AgendaCalendar),
    (status = "4XX", body = Problem, content_type = "application/problem+json"), (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn get(
    State(app): State<App>,
    form: Form,
    Original(uri): Original,
    Asked(within): Asked<Within>,
) -> Result<Response, Problem> {
    let current = app.hub.current()?;
    let make = move || {
        let state = made(&current)?;
        let (question, window, day) = within.question(state, &current)?;
        if form.0 != Format::Json {
            let rows = state.sheet(&question, Some(&window), day)?;
            return sheet(form, rows, Page::ALL, "lysoen-agenda-due", &uri);
        }
        let mut rows = state.due(&question, &window, day)?;
        let sources = state.sources(rows.iter().filter_map(|row| row.source.as_deref()));
        let total = rows.len();
        rows.truncate(MOST);
        Ok(json(&AgendaCalendar {
            as_of: window.start().to_string(),
            until: window.end().to_string(),
            meetings: state.meetings(&question, &window)?,
            rows,
            total,
            sources: notes(&sources),
            notes: vec![BOUNDS.to_string()],
        }))
    };
    off_thread(make).await?
}

/// What falls due, as iCalendar.
#[utoipa::path(get, path = "/api/v1/agenda/calendar.ics", tag = "agenda", params(Within), responses(
    (status = 200, description = "A day-long entry for each duty, deadline and meeting.", content_type = "text/calendar", body = String),
    (status = "4XX", body = Problem, content_type = "application/problem+json"), (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn ics(State(app): State<App>, Asked(within): Asked<Within>) -> Result<Response, Problem> {
    let current = app.hub.current()?;
    let make = move || {
        let state = made(&current)?;
        let (question, window, day) = within.question(state, &current)?;
        let (rows, meetings) = (state.due(&question, &window, day)?, state.meetings(&question, &window)?);
        let text = calendar::calendar(&rows, &meetings, day);
        let headers = [
            (
                header::CONTENT_TYPE,
                HeaderValue::from_static("text/calendar; charset=utf-8"),
            ),
            (
                header::CONTENT_DISPOSITION,
                HeaderValue::from_static("inline; filename=\"lysoen-agenda.ics\""),
            ),
        ];
        Ok((headers, text).into_response())
    };
    off_thread(make).await?
}

impl Within {
    fn question(
        &self,
        state: &AgendaState,
        current: &Current,
    ) -> Result<(Question, RangeInclusive<Date>, Date), Problem> {
        let day = on(self.as_of.as_deref(), current)?;
        let horizon = match self.due.as_deref().filter(|text| !text.is_empty()) {
            Some(text) => text.parse().map_err(|why: String| Problem::bad(why))?,
            None => Horizon::YEAR,
        };
        let some = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
        let party = some(&self.party).map(|typed| state.participant(&current.standing.observatory, &typed));
        let instrument = some(&self.instrument).map(|id| state.instrument(&id).map(|i| i.id.clone()));
        let question = Question {
            participant: party.transpose()?,
            instrument: instrument.transpose()?,
            element: self.element,
        };
        Ok((question, horizon.from(day), day))
    }
}
