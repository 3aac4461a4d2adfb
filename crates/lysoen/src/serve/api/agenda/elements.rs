//! The ten elements: norms, practice, progress.

use axum::extract::State;
use axum::response::Response;
use lysoen_answers::agenda::{
    Asked as Question, ElementPage, FindingRow, IndicatorTold, InstrumentBrief, ProgrammeRow,
};
use lysoen_answers::ladder::indicators;
use serde::Serialize;
use utoipa::ToSchema;

use super::{OnDay, made};
use crate::output::Format;
use crate::serve::api::SourceNote;
use crate::serve::asked::Asked;
use crate::serve::form::{Form, Original, Page, json, sheet};
use crate::serve::problem::Problem;
use crate::serve::{App, off_thread};

/// The ten elements.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Agenda {
    /// The day for which it is told.
    as_of: String,
    /// The elements by number.
    elements: Vec<Element>,
    /// What was not understood, and not guessed.
    findings: Vec<FindingRow>,
    /// The sources.
    sources: Vec<SourceNote>,
    /// What a reader must know.
    notes: Vec<String>,
}

/// An element of the agenda.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AgendaElement)]
pub(crate) struct Element {
    /// 1 to 10.
    number: u8,
    /// Its name.
    title: String,
    /// What the agenda asks for.
    asks: String,
    /// The first prong: what is to become a norm.
    norms: String,
    /// The instruments.
    instruments: Vec<InstrumentBrief>,
    /// The second prong: what is to be solved in practice.
    practice: Vec<Practice>,
    /// Programmes that a secretariat lists.
    programmes: Vec<ProgrammeRow>,
    /// By what progress is seen.
    indicators: Vec<IndicatorTold>,
}

/// Something that is done in practice.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AgendaPractice)]
pub(crate) struct Practice {
    /// What it is.
    title: String,
    /// What is done, and by whom.
    told: String,
}

/// The ten elements on a day.
#[utoipa::path(get, path = "/api/v1/agenda", tag = "agenda", params(("as_of" = Option<String>, Query, description = "The day for which it is told; today where none.")), responses(
    (status = 200, description = "Also as CSV, XLSX, Parquet and Arrow: a row an element and instrument.", body = Agenda),
    (status = "4XX", body = Problem, content_type = "application/problem+json"), (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn get(
    State(app): State<App>,
    form: Form,
    Original(uri): Original,
    Asked(asked): Asked<OnDay>,
) -> Result<Response, Problem> {
    let current = app.hub.current()?;
    let on = asked.on(&current)?;
    let make = move || {
        let state = made(&current)?;
        if form.0 != Format::Json {
            let all = state.instruments_sheet(&Question::default(), on)?;
            return sheet(form, all, Page::ALL, "lysoen-agenda", &uri);
        }
        let standing = &current.standing;
        let chain = app.hub.log()?;
        let log = match chain.records().is_empty() {
            true => None,
            false => Some(indicators(&standing.observatory, &standing.at, &chain)?),
        };
        let lines = standing.worlds();
        let worlds = |measure: &str| lines.get(measure).cloned();
        let mut sources = Vec::new();
        let mut elements = Vec::new();
        for number in 1..=10 {
            let page = state.element_page(number, on, &worlds, log.as_ref())?;
            sources.extend(page.sources.iter().map(SourceNote::from));
            elements.push(Element::of(page));
        }
        sources.sort_by(|a, b| a.id.cmp(&b.id));
        sources.dedup_by(|a, b| a.id == b.id);
        Ok(json(&Agenda {
            as_of: on.to_string(),
            elements,
            findings: state.findings(None, None),
            sources,
            notes: vec![lysoen_answers::agenda::BOUNDS.to_string()],
        }))
    };
    off_thread(make).await?
}

impl Element {
    fn of(page: ElementPage) -> Element {
        let practice = page.element.practice.into_iter();
        Element {
            number: page.element.number,
            title: page.element.title,
            asks: page.element.asks,
            norms: page.element.norms,
            instruments: page.instruments,
            practice: practice
                .map(|one| Practice {
                    title: one.title,
                    told: one.told,
                })
                .collect(),
            programmes: page.programmes,
            indicators: page.indicators,
        }
    }
}
