//! A question that is answered when it is asked.

use axum::extract::State;
use axum::response::Response;
use lysoen_answers::impact::{ImpactAnswer, Question, Step, sheet as rows};
use lysoen_impact::Method;
use lysoen_impact::policy::PolicyKind;
use serde::Deserialize;
use utoipa::IntoParams;

use super::{in_form, leave, made};
use crate::output::Format;
use crate::serve::asked::Asked;
use crate::serve::form::{Form, Original, Page, json_bytes, sheet};
use crate::serve::problem::Problem;
use crate::serve::{App, off_thread};

/// What is asked.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Typed {
    /// The measure, by its id.
    outcome: Option<String>,
    /// The place, by code or name.
    place: Option<String>,
    /// When the policy began: 1999, 1999-03 or 1999-03-01.
    from: Option<String>,
    /// The last period that is compared; the last that is known where none.
    until: Option<String>,
    /// `year` or `month`; years where none.
    by: Option<String>,
    /// `its`, `did`, `sc`, `sc-predictors`, `ridge-sc`, `difp` or `sdid`; `sc` where none.
    method: Option<String>,
    /// Places that it is compared with, with commas between; all that can be where none.
    donors: Option<String>,
    /// d, the largest effect that counts as none, as a share of what would have been.
    margin: Option<String>,
    /// `true` where the policy was adopted because harm was high.
    because_of_harm: Option<String>,
    /// What kind of policy it is, such as `ceasefire`: places under one of that kind are not compared with.
    kind: Option<String>,
    /// json, csv, xlsx, parquet or arrow; what the address ends with where none.
    format: Option<String>,
}

/// A question of the facts here, answered now. The same question is answered once for a state of the observatory.
#[utoipa::path(get, path = "/api/v1/impact/ask", tag = "impact", params(Typed), responses(
    (status = 200, description = "Also as CSV, XLSX, Parquet and Arrow: kind, name, time, value, low, high.", body = ImpactAnswer),
    (status = "4XX", body = Problem, content_type = "application/problem+json"),
    (status = 503, description = "It is still being read, or too much is being computed; Retry-After says when to ask again.", body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn get(
    State(app): State<App>,
    form: Form,
    Original(uri): Original,
    Asked(typed): Asked<Typed>,
) -> Result<Response, Problem> {
    let current = app.hub.current()?;
    let form = in_form(typed.format.as_deref(), form)?;
    let question = typed.question()?;
    made(&current)?;
    let turn = leave().await?;
    let make = move || {
        let _turn = turn;
        let told = made(&current)?;
        if form.0 != Format::Json {
            let answer = told.state.ask(&question)?;
            return sheet(form, rows(&answer), Page::ALL, "lysoen-impact", &uri);
        }
        let body = current.kept(&format!("impact {question:?}"), || {
            let answer: ImpactAnswer = told.state.ask(&question)?;
            serde_json::to_vec(&answer).map_err(|e| Problem::inside(&e))
        })?;
        Ok(json_bytes(body))
    };
    off_thread(make).await?
}

impl Typed {
    fn question(&self) -> Result<Question, Problem> {
        let some = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
        let need = |text: &Option<String>, name: &str, such: &str| {
            let lacking = || {
                Problem::bad(format!(
                    "a question needs an outcome, a place and a date, and `{name}` is missing; write it as {name}={such}"
                ))
            };
            some(text).ok_or_else(lacking)
        };
        let donors = some(&self.donors).unwrap_or_default();
        let donors = donors.split(',').map(str::trim).filter(|donor| !donor.is_empty());
        Ok(Question {
            outcome: need(&self.outcome, "outcome", "killed")?,
            place: need(&self.place, "place", "LBR")?,
            from: need(&self.from, "from", "2003-08")?,
            until: some(&self.until),
            by: match some(&self.by) {
                Some(by) => by.parse().map_err(|why: String| Problem::bad(why))?,
                None => Step::Year,
            },
            method: some(&self.method).map(|method| of_method(&method)).transpose()?,
            donors: donors.map(str::to_string).collect(),
            margin: some(&self.margin).map(|margin| of_margin(&margin)).transpose()?,
            because_of_harm: some(&self.because_of_harm).map_or(Ok(false), |said| yes_or_no(&said))?,
            kind: some(&self.kind).map(|kind| of_kind(&kind)).transpose()?,
        })
    }
}

fn of_method(text: &str) -> Result<Method, Problem> {
    let names = Method::ALL.map(Method::id).join(", ");
    let found = Method::ALL.into_iter().find(|method| method.id() == text);
    found.ok_or_else(|| Problem::bad(format!("there is no method {text}; there are {names}")))
}

fn of_kind(text: &str) -> Result<PolicyKind, Problem> {
    let names = PolicyKind::ALL.map(PolicyKind::id).join(", ");
    let found = PolicyKind::ALL.into_iter().find(|kind| kind.id() == text);
    found.ok_or_else(|| Problem::bad(format!("there is no kind of policy {text}; there are {names}")))
}

fn of_margin(text: &str) -> Result<f64, Problem> {
    crate::cli::share(text).map_err(Problem::bad)
}

fn yes_or_no(text: &str) -> Result<bool, Problem> {
    match text {
        "true" | "1" | "yes" => Ok(true),
        "false" | "0" | "no" => Ok(false),
        other => Err(Problem::bad(format!(
            "because_of_harm is true or false, and not {other}"
        ))),
    }
}
