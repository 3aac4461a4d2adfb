//! Figures: one measure at one place and period a row, as the command line gives them; and the rows behind one of them.

use axum::extract::State;
use axum::response::Response;
use jiff::civil::Date;
use lysoen_answers::sheet::Sheet;
use lysoen_answers::{Assessment, rows_for_export};
use lysoen_measures::Figure as Known;
use lysoen_measures::catalog::Measure;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::SourceNote;
use crate::output::phrase::{Rounded, rounded};
use crate::serve::App;
use crate::serve::asked::{self, Asked, Named};
use crate::serve::form::{Form, Original, Page, sheet};
use crate::serve::problem::Problem;

/// Figures given at once where no number is named.
const LIMIT: usize = 1000;
/// The most that are given at once.
const MOST: usize = 100_000;

/// Which figures.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct FiguresAsked {
    /// A period, or several: `2024`, `2010..2024`. The latest where none is named.
    pub period: Option<String>,
    /// Places by code or name, with commas between; all where none is named.
    pub place: Option<String>,
    /// Measures by id, with commas between; all where none is named.
    pub measure: Option<String>,
    /// How many rows.
    #[param(minimum = 1, maximum = 100000)]
    pub limit: Option<usize>,
    /// How many rows are left out before.
    pub offset: Option<usize>,
}

/// Rows with what must be read with them.
#[derive(Debug, Serialize, ToSchema)]
#[allow(dead_code)]
pub(crate) struct FigureSheet {
    /// What it is.
    title: String,
    /// What a reader must know of the whole.
    notes: Vec<String>,
    /// The sources.
    sources: Vec<SourceNote>,
    /// How many rows there are in all.
    total: usize,
    /// The address of the next page, where there is one.
    next: Option<String>,
    /// The rows.
    rows: Vec<Figure>,
}

/// One measure at one place and period. Values that are missing are null, never zero.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Figure {
    /// The place.
    pub place: String,
    /// Its name.
    pub place_name: String,
    /// The period.
    pub period: String,
    /// The period to which the data refer.
    pub data_period: Option<String>,
    /// The measure.
    pub measure: String,
    /// The value in `unit`.
    pub value: Option<f64>,
    /// Lower end of the interval.
    pub low: Option<f64>,
    /// Upper end of the interval.
    pub high: Option<f64>,
    /// What the interval is, or why there is none.
    pub interval_kind: String,
    /// The unit.
    pub unit: String,
    /// The value per 100,000 people.
    pub per_100k: Option<f64>,
    /// The population by which it was divided.
    pub population: Option<f64>,
    /// What the presence or absence of a value means.
    pub coverage: String,
    /// The sources, joined by ` + `.
    pub source: String,
    /// The newest vintage among its rows.
    #[schema(value_type = Option<String>, format = Date)]
    pub as_of: Option<Date>,
    /// What a reader must know.
    pub note: String,
}

/// A figure with how it is rounded where it is told in words.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct ShownFigure {
    /// The figure.
    #[serde(flatten)]
    pub figure: Figure,
    /// As it is told.
    pub shown: Shown,
}

/// A figure as it is told: write `value` with exactly `decimals` decimals.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Shown {
    /// `≥ `, `≤ ` or nothing.
    pub sign: &'static str,
    /// `*` of an earlier year, `†` more than three years old, or nothing.
    pub mark: &'static str,
    /// The value.
    pub value: Option<f64>,
    /// Lower end of the interval.
    pub low: Option<f64>,
    /// Upper end of the interval.
    pub high: Option<f64>,
    /// Their decimals.
    pub decimals: usize,
    /// The rate per 100,000 people.
    pub rate: Option<f64>,
    /// Its decimals.
    pub rate_decimals: usize,
    /// Whether it is below 0.01 and above zero.
    pub rate_under: bool,
}

impl From<Rounded> for Shown {
    fn from(r: Rounded) -> Shown {
        Shown {
            sign: r.sign,
            mark: r.mark,
            value: r.value,
            low: r.low,
            high: r.high,
            decimals: r.decimals,
            rate: r.rate.map(|rate| rate.value),
            rate_decimals: r.rate.map_or(0, |rate| rate.decimals),
            rate_under: r.rate.is_some_and(|rate| rate.under),
        }
    }
}

/// A figure of an assessment. Counts of people are whole, as in every other form.
pub(crate) fn figure(assessment: &Assessment, f: &Known) -> Figure {
    let people = |value: Option<f64>| {
        if f.unit == "people" {
            value.map(f64::round)
        } else {
            value
        }
    };
    Figure {
        place: f.place.to_string(),
        place_name: assessment.name(&f.place).to_string(),
        period: f.period.to_string(),
        data_period: f.data_period.clone(),
        measure: f.measure.clone(),
        value: people(f.value),
        low: people(f.low),
        high: people(f.high),
        interval_kind: f.interval_kind.clone(),
        unit: f.unit.clone(),
        per_100k: f.per_100k,
        population: f.population,
        coverage: f.coverage.as_str().to_string(),
        source: f.source.clone(),
        as_of: f.as_of,
        note: f.note.clone(),
    }
}

/// A figure with how it is told.
pub(crate) fn shown_figure(assessment: &Assessment, measure: &Measure, f: &Known) -> ShownFigure {
    ShownFigure {
        figure: figure(assessment, f),
        shown: rounded(measure, f).into(),
    }
}

/// Figures, as rows.
#[utoipa::path(get, path = "/api/v1/figures", tag = "figures", params(FiguresAsked), responses(
    (status = 200, description = "Also as CSV, XLSX, Parquet and Arrow, by `Accept` or by the end of the address: `/api/v1/figures.csv`.", body = FigureSheet),
    (status = "4XX", body = Problem, content_type = "application/problem+json"), (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn list(
    State(app): State<App>,
    form: Form,
    Original(uri): Original,
    Asked(asked): Asked<FiguresAsked>,
) -> Result<Response, Problem> {
    let current = app.hub.current()?;
    let standing = &current.standing;
    let periods = asked::periods(standing, asked.period.as_deref())?;
    let places = asked::places(standing, asked.place.as_deref())?;
    let measures = asked::measures(standing, asked.measure.as_deref())?;
    let limit = asked.limit.unwrap_or(LIMIT);
    if !(1..=MOST).contains(&limit) {
        return Err(Problem::bad(format!("limit is 1 to {MOST}")));
    }
    let page = Page {
        offset: asked.offset.unwrap_or_default(),
        limit: Some(limit),
    };
    let _leave = if periods.len() > 1 {
        Some(app.hub.leave().await?)
    } else {
        None
    };
    let state = current.clone();
    let make = move || {
        let mut all: Option<Sheet> = None;
        for period in periods {
            let mut assessment = asked::assessment(&state.standing, period, &places)?;
            assessment
                .figures
                .retain(|f| measures.is_empty() || measures.contains(&f.measure));
            let one = assessment.sheet_for_export(&state.standing.observatory);
            match &mut all {
                None => all = Some(one),
                Some(all) => add(all, one),
            }
        }
        let all = all.ok_or_else(|| Problem::not_found("there are no such figures"))?;
        sheet(form, all, page, "lysoen-figures", &uri)
    };
    crate::serve::off_thread(make).await?
}

/// Adds the rows of a period, its sources and its notes.
fn add(all: &mut Sheet, one: Sheet) {
    all.rows.extend(one.rows);
    for source in one.sources {
        if !all
            .sources
            .iter()
            .any(|known| known.id == source.id && known.as_of >= source.as_of)
        {
            all.sources.retain(|known| known.id != source.id);
            all.sources.push(source);
        }
    }
    for note in one.notes {
        if !all.notes.contains(&note) {
            all.notes.push(note);
        }
    }
    all.title = "People's safety".to_string();
}

/// Which period.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct PeriodAsked {
    /// A period, such as `2024`; the latest where none is named.
    pub period: Option<String>,
}

/// The rows that make up a figure.
#[derive(Debug, Serialize, ToSchema)]
#[allow(dead_code)]
pub(crate) struct ExplainSheet {
    /// The figure.
    title: String,
    /// How it is computed.
    notes: Vec<String>,
    /// The sources.
    sources: Vec<SourceNote>,
    /// How many rows there are.
    total: usize,
    /// The address of the next page, where there is one.
    next: Option<String>,
    /// The rows.
    rows: Vec<ExplainRow>,
}

/// A row that plays a part in a figure.
#[derive(Debug, Serialize, ToSchema)]
#[allow(dead_code)]
pub(crate) struct ExplainRow {
    /// The part it plays.
    role: String,
    /// Its value.
    value: f64,
    /// Its unit.
    unit: String,
    /// What it is about.
    what: String,
    /// The place.
    place: String,
    /// Its first day.
    #[schema(value_type = String, format = Date)]
    start: Date,
    /// Its last day.
    #[schema(value_type = String, format = Date)]
    end: Date,
    /// The source's card.
    source: String,
    /// The data set.
    dataset: String,
    /// The vintage.
    #[schema(value_type = String, format = Date)]
    as_of: Date,
    /// The source's file.
    file: String,
    /// The row in it.
    row: Option<u64>,
    /// The table of the lake.
    table: String,
    /// The licence.
    licence: String,
}

/// The rows that make up a figure, each with the part it plays.
#[utoipa::path(get, path = "/api/v1/places/{place}/explain/{measure}", tag = "figures",
    params(("place" = String, Path, description = "A place by code or name."), ("measure" = String, Path, description = "A measure."), PeriodAsked),
    responses((status = 200, description = "Also as CSV, XLSX, Parquet and Arrow.", body = ExplainSheet),
    (status = "4XX", body = Problem, content_type = "application/problem+json"), (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn explain(
    State(app): State<App>,
    form: Form,
    Original(uri): Original,
    Named((place, measure)): Named<(String, String)>,
    Asked(asked): Asked<PeriodAsked>,
) -> Result<Response, Problem> {
    let current = app.hub.current()?;
    let standing = &current.standing;
    let place = asked::place(standing, &place)?;
    let period = asked::period(standing, asked.period.as_deref())?;
    let assessment = asked::assessment(standing, period, std::slice::from_ref(&place))?;
    let explained = assessment.explain(&place, &measure).map_err(|_| {
        Problem::not_found(format!(
            "there is no measure {measure}; /api/v1/measures lists them all"
        ))
    })?;
    let explained = rows_for_export(explained, &standing.observatory);
    sheet(
        form,
        explained,
        Page::ALL,
        &format!("lysoen-{place}-{measure}-{period}"),
        &uri,
    )
}
