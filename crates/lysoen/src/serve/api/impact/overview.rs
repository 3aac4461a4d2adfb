//! What can be asked, and what the policies and classes of the catalog gave.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::response::Response;
use lysoen_answers::impact::{ClassBrief, OutcomeBrief, PolicyBrief, policies_sheet};
use lysoen_answers::standing::StandingImpact;
use lysoen_impact::Rules;
use serde::Serialize;
use utoipa::ToSchema;

use super::{InForm, with_state};
use crate::output::Format;
use crate::output::impact::{MethodName, methods};
use crate::serve::api::{SourceNote, notes};
use crate::serve::asked::Asked;
use crate::serve::form::{Form, Original, Page, json_bytes, sheet};
use crate::serve::problem::Problem;
use crate::serve::{App, off_thread};

/// What can be asked, and what the policies and classes of the catalog gave.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Impact {
    /// The policies.
    policies: Vec<PolicyBrief>,
    /// The classes.
    classes: Vec<ClassBrief>,
    /// The thresholds of gates and verdicts.
    rules: Rules,
    /// What an own question can be asked of.
    outcomes: Vec<OutcomeBrief>,
    /// How a counterfactual can be made.
    methods: Vec<MethodName>,
    /// What the server still computes; answers that are not there yet are null.
    doing: Option<String>,
    /// The sources.
    sources: Vec<SourceNote>,
    /// What a reader must know.
    notes: Vec<String>,
}

/// What can be asked, and what the policies and classes gave.
#[utoipa::path(get, path = "/api/v1/impact", tag = "impact", params(
    ("format" = Option<String>, Query, description = "json, csv, xlsx, parquet or arrow; what the address ends with where none.")), responses(
    (status = 200, description = "Also as CSV, XLSX, Parquet and Arrow: a row a policy.", body = Impact),
    (status = "4XX", body = Problem, content_type = "application/problem+json"), (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn get(
    State(app): State<App>,
    form: Form,
    Original(uri): Original,
    Asked(asked): Asked<InForm>,
) -> Result<Response, Problem> {
    let current = app.hub.current()?;
    let form = asked.of(form)?;
    let make = move || {
        if form.0 != Format::Json {
            return with_state(&current, |state, made| {
                let rows = policies_sheet(&made.map_or_else(|| state.policies(), StandingImpact::policies));
                sheet(form, rows, Page::ALL, "lysoen-impact", &uri)
            });
        }
        let body = current.kept("impact", || {
            let doing = current.standing.doing().map(|step| step.to_string());
            with_state(&current, |state, made| {
                let told = Impact {
                    policies: made.map_or_else(|| state.policies(), StandingImpact::policies),
                    classes: made.map_or_else(|| state.classes(), StandingImpact::classes),
                    rules: state.rules().clone(),
                    outcomes: state.outcomes(),
                    methods: methods(),
                    doing,
                    sources: notes(&sources(made)),
                    notes: vec![
                        "Whether a question can be answered is decided from the time before the policy, before the effect is \
                         seen. A large p is never \"no effect\"."
                            .to_string(),
                    ],
                };
                serde_json::to_vec(&told).map_err(|e| Problem::inside(&e))
            })
        })?;
        Ok(json_bytes(body))
    };
    off_thread(make).await?
}

/// The sources on which any answer rests, each with its newest vintage.
fn sources(made: Option<&StandingImpact>) -> Vec<lysoen_answers::SourceNote> {
    let mut all: BTreeMap<String, lysoen_answers::SourceNote> = BTreeMap::new();
    let mut add = |notes: &[lysoen_answers::SourceNote]| {
        for note in notes {
            let known = all.entry(note.id.clone()).or_insert_with(|| note.clone());
            if known.as_of < note.as_of {
                known.clone_from(note);
            }
        }
    };
    if let Some(made) = made {
        let (policies, classes) = (made.state.policies(), made.state.classes());
        let answers = policies.iter().filter_map(|policy| made.answer(&policy.id));
        answers.for_each(|answer| add(&answer.sources));
        let told = classes.iter().filter_map(|class| made.class(&class.id));
        told.for_each(|class| add(&class.sources));
    }
    all.into_values().collect()
}
