//! The sources: cards, licences, vintages, and what of each is imported.

use axum::extract::State;
use axum::response::Response;
use jiff::civil::Date;
use lysoen_answers::sheet::Cell;
use lysoen_facts::manifest::{Release, Scope};
use serde::Serialize;
use utoipa::ToSchema;

use super::SourceNote;
use crate::serve::App;
use crate::serve::asked::Named;
use crate::serve::form::{Form, JsonOnly, Original, Page, json, sheet};
use crate::serve::problem::Problem;

/// Rows with what must be read with them.
#[derive(Debug, Serialize, ToSchema)]
#[allow(dead_code)]
pub(crate) struct SourceSheet {
    /// What it is.
    title: String,
    /// What a reader must know of the whole.
    notes: Vec<String>,
    /// The sources.
    sources: Vec<SourceNote>,
    /// How many rows there are.
    total: usize,
    /// The address of the next page, where there is one.
    next: Option<String>,
    /// The rows.
    rows: Vec<SourceRow>,
}

/// A source.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SourceRow {
    /// Its id.
    source: String,
    /// Its title.
    title: Option<String>,
    /// Who publishes it.
    publisher: Option<String>,
    /// Its licence.
    licence: Option<String>,
    /// `yes` where rows may be passed on.
    redistribute: String,
    /// How often it is published.
    cadence: Option<String>,
    /// Releases imported.
    releases: i64,
    /// Rows imported.
    rows: Option<i64>,
    /// The newest vintage.
    #[schema(value_type = Option<String>, format = Date)]
    newest_vintage: Option<Date>,
    /// How long ago that was said.
    freshness: String,
}

/// A source in full.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SourceAnswer {
    /// As in the list.
    #[serde(flatten)]
    row: SourceRow,
    /// How to cite it.
    citation: String,
    /// Where it lives.
    homepage: String,
    /// Where its licence stands.
    licence_url: Option<String>,
    /// What a reader of its figures must know.
    caveats: Vec<String>,
    /// Its releases.
    imported: Vec<Imported>,
}

/// A release.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Imported {
    /// The data set.
    dataset: String,
    /// When the source said so.
    #[schema(value_type = String, format = Date)]
    vintage: Date,
    /// The publisher's name of the vintage.
    version: Option<String>,
    /// How the vintage was found.
    basis: String,
    /// The file that was read.
    file: String,
    /// Rows.
    rows: u64,
    /// What it is complete for.
    scope: String,
    /// When it was imported.
    imported_at: String,
}

/// The sources.
#[utoipa::path(get, path = "/api/v1/sources", tag = "sources", responses(
    (status = 200, description = "Also as CSV, XLSX, Parquet and Arrow.", body = SourceSheet),
    (status = "4XX", body = Problem, content_type = "application/problem+json"), (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn list(State(app): State<App>, form: Form, Original(uri): Original) -> Result<Response, Problem> {
    let current = app.hub.current()?;
    let rows = lysoen_answers::sources(&current.standing.observatory)?;
    sheet(form, rows, Page::ALL, "lysoen-sources", &uri)
}

/// A source.
#[utoipa::path(get, path = "/api/v1/sources/{source}", tag = "sources", params(("source" = String, Path, description = "A source by its id.")), responses(
    (status = 200, body = SourceAnswer),
    (status = "4XX", body = Problem, content_type = "application/problem+json"), (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn get(State(app): State<App>, _: JsonOnly, Named(id): Named<String>) -> Result<Response, Problem> {
    let current = app.hub.current()?;
    let observatory = &current.standing.observatory;
    let unknown = || Problem::not_found(format!("there is no source {id}; /api/v1/sources lists them all"));
    let card = observatory.catalog.card(&id).ok_or_else(unknown)?;
    let all = lysoen_answers::sources(observatory)?;
    let is_it = |row: &&Vec<Cell>| row.first() == Some(&Cell::Text(id.clone()));
    let row = all.rows.iter().find(is_it).ok_or_else(unknown)?;
    let releases = observatory.lake.manifest().releases.iter().filter(|r| r.source == id);
    Ok(json(&SourceAnswer {
        row: listed(row),
        citation: card.citation.clone(),
        homepage: card.homepage.clone(),
        licence_url: card.licence_url.clone(),
        caveats: card.caveats.clone(),
        imported: releases.map(imported).collect(),
    }))
}

fn listed(row: &[Cell]) -> SourceRow {
    let text = |at: usize| match &row[at] {
        Cell::Text(text) => Some(text.clone()),
        _ => None,
    };
    let count = |at: usize| match &row[at] {
        Cell::Count(count) => Some(*count),
        _ => None,
    };
    SourceRow {
        source: text(0).unwrap_or_default(),
        title: text(1),
        publisher: text(2),
        licence: text(3),
        redistribute: text(4).unwrap_or_default(),
        cadence: text(5),
        releases: count(6).unwrap_or_default(),
        rows: count(7),
        newest_vintage: match &row[8] {
            Cell::Date(day) => Some(*day),
            _ => None,
        },
        freshness: text(9).unwrap_or_default(),
    }
}

fn imported(release: &Release) -> Imported {
    Imported {
        dataset: release.dataset.clone(),
        vintage: release.vintage,
        version: release.vintage_label.clone(),
        basis: release.vintage_basis.clone(),
        file: release.input.file.clone(),
        rows: release.files.iter().map(|file| file.rows).sum(),
        scope: scope(&release.scope),
        imported_at: release.imported_at.to_string(),
    }
}

fn scope(scope: &Scope) -> String {
    if scope.partial {
        return "partial".to_string();
    }
    let places = match &scope.places {
        None => "every place".to_string(),
        Some(places) if places.len() > 5 => format!("{} places", places.len()),
        Some(places) => places.join(", "),
    };
    let day = |day: Option<Date>, open: &str| day.map_or_else(|| open.to_string(), |d| d.to_string());
    match (scope.from, scope.to) {
        (None, None) => places,
        (from, to) => format!("{places}, {} to {}", day(from, "the beginning"), day(to, "the end")),
    }
}
