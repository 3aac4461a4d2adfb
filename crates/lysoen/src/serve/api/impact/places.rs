//! The policies of a place.

use axum::extract::State;
use axum::response::Response;
use lysoen_answers::impact::{PlaceName, PolicyBrief, policies_sheet};
use lysoen_answers::standing::StandingImpact;
use serde::Serialize;
use utoipa::ToSchema;

use super::{InForm, with_state};
use crate::output::Format;
use crate::serve::asked::{self, Asked, Named};
use crate::serve::form::{Form, Original, Page, json, sheet};
use crate::serve::problem::Problem;
use crate::serve::{App, off_thread};

/// The policies of a place.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ImpactOfPlace {
    /// The place.
    place: PlaceName,
    /// The policies under which it was, with their answers.
    policies: Vec<PolicyBrief>,
}

/// The policies of a place.
#[utoipa::path(get, path = "/api/v1/impact/places/{place}", tag = "impact", params(
    ("place" = String, Path, description = "A place by code or name."),
    ("format" = Option<String>, Query, description = "json, csv, xlsx, parquet or arrow; what the address ends with where none.")), responses(
    (status = 200, description = "Also as CSV, XLSX, Parquet and Arrow: a row a policy.", body = ImpactOfPlace),
    (status = "4XX", body = Problem, content_type = "application/problem+json"), (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn get(
    State(app): State<App>,
    form: Form,
    Original(uri): Original,
    Named(typed): Named<String>,
    Asked(asked): Asked<InForm>,
) -> Result<Response, Problem> {
    let current = app.hub.current()?;
    let form = asked.of(form)?;
    let place = asked::place(&current.standing, &typed)?;
    let make = move || {
        let code = place.to_string();
        let mut of_place = with_state(&current, |state, made| {
            Ok(made.map_or_else(|| state.policies(), StandingImpact::policies))
        })?;
        of_place.retain(|policy| policy.place.code == code);
        if form.0 != Format::Json {
            let rows = policies_sheet(&of_place);
            return sheet(form, rows, Page::ALL, &format!("lysoen-impact-{code}"), &uri);
        }
        let name = current.standing.observatory.name(&place);
        Ok(json(&ImpactOfPlace {
            place: PlaceName {
                code,
                name: name.to_string(),
            },
            policies: of_place,
        }))
    };
    off_thread(make).await?
}
