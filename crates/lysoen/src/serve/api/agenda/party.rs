//! A party: what it has bound itself to, what it owes, and its record.

use axum::extract::State;
use axum::response::Response;
use lysoen_answers::agenda::{
    AidWorkersYear, AidYear, Asked as Question, BOUNDS, DueRow, FindingRow, Record, StandingRow,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{OnDay, made};
use crate::output::Format;
use crate::serve::api::{SourceNote, notes};
use crate::serve::asked::{Asked, Named};
use crate::serve::form::{Form, Original, Page, json, sheet};
use crate::serve::problem::Problem;
use crate::serve::{App, off_thread};

/// A party.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AgendaParty {
    /// The day for which it is told.
    as_of: String,
    /// ISO 3166-1 alpha-3 code; for an organisation its name.
    participant: String,
    /// The country; nothing for an organisation.
    place: Option<String>,
    /// Its name.
    name: String,
    /// How many duties stand how.
    record: Record,
    /// How it stands in every instrument.
    instruments: Vec<PartyInstrument>,
    /// Of each duty the last and the next, and each deadline.
    due: Vec<DueRow>,
    /// The aid that it gives, a row a year and method.
    aid: Vec<AidYear>,
    /// Attacks on aid workers in its territory, by year.
    aid_workers: Vec<AidWorkersYear>,
    /// What was not understood, and not guessed.
    findings: Vec<FindingRow>,
    /// The sources.
    sources: Vec<SourceNote>,
    /// What a reader must know.
    notes: Vec<String>,
}

/// How a party stands in an instrument.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PartyInstrument {
    /// The instrument's id.
    instrument: String,
    /// Its short name.
    short: String,
    /// Its title.
    title: String,
    /// The elements that it serves.
    elements: Vec<u8>,
    /// `treaty`, `protocol` or `political`.
    kind: &'static str,
    /// How it stands.
    #[serde(flatten)]
    standing: StandingRow,
}

/// A party on a day.
#[utoipa::path(get, path = "/api/v1/agenda/parties/{party}", tag = "agenda", params(
    ("party" = String, Path, description = "A country by code or name, or an organisation by name."),
    ("as_of" = Option<String>, Query, description = "The day for which it is told; today where none.")), responses(
    (status = 200, description = "Also as CSV, XLSX, Parquet and Arrow: a row an instrument and duty.", body = AgendaParty),
    (status = "4XX", body = Problem, content_type = "application/problem+json"), (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn get(
    State(app): State<App>,
    form: Form,
    Original(uri): Original,
    Named(party): Named<String>,
    Asked(asked): Asked<OnDay>,
) -> Result<Response, Problem> {
    let current = app.hub.current()?;
    let on = asked.on(&current)?;
    let make = move || {
        let state = made(&current)?;
        let participant = state.participant(&current.standing.observatory, &party)?;
        let question = Question {
            participant: Some(participant.clone()),
            ..Question::default()
        };
        if form.0 != Format::Json {
            return sheet(
                form,
                state.sheet(&question, None, on)?,
                Page::ALL,
                "lysoen-agenda-party",
                &uri,
            );
        }
        let page = state.party_page(&participant, &question, on)?;
        let place = page.instruments.iter().find_map(|(_, standing)| standing.place.clone());
        Ok(json(&AgendaParty {
            as_of: on.to_string(),
            participant,
            place,
            name: page.name,
            record: page.record,
            instruments: page
                .instruments
                .into_iter()
                .map(|(brief, standing)| PartyInstrument {
                    instrument: brief.id,
                    short: brief.short,
                    title: brief.title,
                    elements: brief.elements,
                    kind: brief.kind,
                    standing,
                })
                .collect(),
            due: page.due,
            aid: page.aid,
            aid_workers: page.aid_workers,
            findings: page.findings,
            sources: notes(&page.sources),
            notes: vec![BOUNDS.to_string()],
        }))
    };
    off_thread(make).await?
}
