//! Element 10: aid against 0.7 per cent of national income, donor by donor.

use axum::extract::State;
use axum::response::Response;
use lysoen_answers::agenda::{AidDifference, AidYear, PROMISE};
use serde::Serialize;
use utoipa::ToSchema;

use super::made;
use crate::serve::api::{SourceNote, notes};
use crate::serve::form::{JsonOnly, json};
use crate::serve::problem::Problem;
use crate::serve::{App, off_thread};

/// Aid by donor.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AidAnswer {
    /// The promise, in per cent of gross national income.
    target: f64,
    /// The donors by name.
    donors: Vec<Donor>,
    /// Ratios of 2014 to 2023 on which the two sources differ by more than they round.
    differences: Vec<AidDifference>,
    /// The sources.
    sources: Vec<SourceNote>,
    /// What a reader must know.
    notes: Vec<String>,
}

/// A donor.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AgendaDonor)]
pub(crate) struct Donor {
    /// The country.
    place: Option<String>,
    /// Its name.
    name: String,
    /// Its aid, a row a year and method.
    years: Vec<AidYear>,
}

/// Aid by donor.
#[utoipa::path(get, path = "/api/v1/agenda/aid", tag = "agenda", responses(
    (status = 200, body = AidAnswer),
    (status = "4XX", body = Problem, content_type = "application/problem+json"), (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn get(State(app): State<App>, _: JsonOnly) -> Result<Response, Problem> {
    let current = app.hub.current()?;
    let make = move || {
        let state = made(&current)?;
        let called = |donor: &str| state.name(donor);
        let donor = |donor: &str| Donor {
            place: state.is_place(donor).then(|| donor.to_string()),
            name: called(donor),
            years: state.ground.aid_of(donor),
        };
        let mut donors: Vec<Donor> = state.ground.donors().into_iter().map(donor).collect();
        donors.sort_by(|a, b| a.name.cmp(&b.name));
        let named = donors
            .iter()
            .flat_map(|donor| &donor.years)
            .map(|year| year.source.as_str());
        Ok(json(&AidAnswer {
            target: PROMISE,
            sources: notes(&state.sources(named)),
            differences: state.ground.aid_differences(&called),
            donors,
            notes: vec![
                "Grant equivalents from 2018 on and net flows before are two series; no change is told from one to the other."
                    .to_string(),
            ],
        }))
    };
    off_thread(make).await?
}
