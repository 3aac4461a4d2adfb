//! Humanitarian money: requirements against receipts, and the drop after the peak.

use axum::extract::State;
use axum::response::Response;
use lysoen_answers::agenda::{DropRow, FundingRow};
use serde::Serialize;
use utoipa::ToSchema;

use super::made;
use crate::serve::api::{SourceNote, notes};
use crate::serve::form::{JsonOnly, json};
use crate::serve::problem::Problem;
use crate::serve::{App, off_thread};

/// Humanitarian money.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FundingAnswer {
    /// By country and year: all plans together, each plan, its clusters. They are the same money and are never added.
    rows: Vec<FundingRow>,
    /// The drop after the peak, by country.
    drops: Vec<DropRow>,
    /// The sources.
    sources: Vec<SourceNote>,
}

/// Humanitarian money.
#[utoipa::path(get, path = "/api/v1/agenda/funding", tag = "agenda", responses(
    (status = 200, body = FundingAnswer),
    (status = "4XX", body = Problem, content_type = "application/problem+json"), (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn get(State(app): State<App>, _: JsonOnly) -> Result<Response, Problem> {
    let current = app.hub.current()?;
    let make = move || {
        let state = made(&current)?;
        let rows = state.funding();
        let sources = state.sources(rows.iter().map(|row| row.source.as_str()));
        Ok(json(&FundingAnswer {
            drops: state.drops(),
            sources: notes(&sources),
            rows,
        }))
    };
    off_thread(make).await?
}
