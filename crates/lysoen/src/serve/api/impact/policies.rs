//! A policy of the catalog with its answer.

use axum::extract::State;
use axum::response::Response;
use lysoen_answers::impact::{ImpactAnswer, sheet as rows};

use super::{InForm, leave, made, still};
use crate::output::Format;
use crate::serve::asked::{Asked, Named};
use crate::serve::form::{Form, Original, Page, json, sheet};
use crate::serve::problem::Problem;
use crate::serve::{App, off_thread};

/// A policy and what it gave.
#[utoipa::path(get, path = "/api/v1/impact/policies/{policy}", tag = "impact", params(
    ("policy" = String, Path, description = "A policy by its id."),
    ("format" = Option<String>, Query, description = "json, csv, xlsx, parquet or arrow; what the address ends with where none.")), responses(
    (status = 200, description = "Also as CSV, XLSX, Parquet and Arrow: kind, name, time, value, low, high.", body = ImpactAnswer),
    (status = "4XX", body = Problem, content_type = "application/problem+json"), (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn get(
    State(app): State<App>,
    form: Form,
    Original(uri): Original,
    Named(id): Named<String>,
    Asked(asked): Asked<InForm>,
) -> Result<Response, Problem> {
    let current = app.hub.current()?;
    let form = asked.of(form)?;
    let told = made(&current)?;
    let known = told.answer(&id).is_some();
    if !known && current.standing.doing().is_some() && told.state.policies().iter().any(|policy| policy.id == id) {
        return Err(still());
    }
    let turn = if known { None } else { Some(leave().await?) };
    let make = move || {
        let _turn = turn;
        let told = made(&current)?;
        let give = |answer: &ImpactAnswer| match form.0 {
            Format::Json => Ok(json(answer)),
            _ => sheet(form, rows(answer), Page::ALL, &format!("lysoen-impact-{id}"), &uri),
        };
        match told.answer(&id) {
            Some(answer) => give(answer),
            None => give(&told.state.policy(&id)?),
        }
    };
    off_thread(make).await?
}
