//! A class of policies with its answer.

use axum::extract::State;
use axum::response::Response;
use lysoen_answers::impact::{ClassTold, class_sheet};

use super::{InForm, leave, made, still};
use crate::output::Format;
use crate::serve::asked::{Asked, Named};
use crate::serve::form::{Form, Original, Page, json, sheet};
use crate::serve::problem::Problem;
use crate::serve::{App, off_thread};

/// A class and what it gave.
#[utoipa::path(get, path = "/api/v1/impact/classes/{class}", tag = "impact", params(
    ("class" = String, Path, description = "A class by its id."),
    ("format" = Option<String>, Query, description = "json, csv, xlsx, parquet or arrow; what the address ends with where none.")), responses(
    (status = 200, description = "Also as CSV, XLSX, Parquet and Arrow: a row a case.", body = ClassTold),
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
    let known = told.class(&id).is_some();
    if !known && current.standing.doing().is_some() && told.state.classes().iter().any(|class| class.id == id) {
        return Err(still());
    }
    let turn = if known { None } else { Some(leave().await?) };
    let make = move || {
        let _turn = turn;
        let told = made(&current)?;
        let give = |class: &ClassTold| match form.0 {
            Format::Json => Ok(json(class)),
            _ => sheet(
                form,
                class_sheet(class),
                Page::ALL,
                &format!("lysoen-impact-{id}"),
                &uri,
            ),
        };
        match told.class(&id) {
            Some(class) => give(class),
            None => give(&told.state.class(&id)?),
        }
    };
    off_thread(make).await?
}
