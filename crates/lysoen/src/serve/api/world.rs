//! Every place by every measure, column by column: what a map of the world needs.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::response::Response;
use jiff::civil::Date;
use lysoen_answers::Assessment;
use lysoen_answers::standing::{Standing, StandingForecast};
use lysoen_measures::Coverage;
use serde::Serialize;
use utoipa::ToSchema;

use super::SourceNote;
use super::figures::PeriodAsked;
use crate::output::phrase::{Rounded, rounded};
use crate::serve::App;
use crate::serve::asked::{self, Asked};
use crate::serve::form::{JsonOnly, json_bytes};
use crate::serve::problem::Problem;

/// Every place by every measure.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct World {
    /// The period.
    period: String,
    /// The day on which the data end, where that is long ago.
    #[schema(value_type = Option<String>, format = Date)]
    replay: Option<Date>,
    /// What a reader must know of the whole.
    notes: Vec<String>,
    /// The sources.
    sources: Vec<SourceNote>,
    /// The places, the world first, then by people killed.
    places: Vec<String>,
    /// Their names.
    names: Vec<String>,
    /// The measures, by id.
    measures: BTreeMap<String, Column>,
    /// The forecast by country; null where there is none, or until it is made.
    forecast: Option<Forecast>,
}

/// A measure, place by place.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(crate) struct Column {
    /// Values in the measure's unit.
    value: Vec<Option<f64>>,
    /// Lower ends of their intervals.
    low: Vec<Option<f64>>,
    /// Upper ends of their intervals.
    high: Vec<Option<f64>>,
    /// Rates per 100,000 people.
    per_100k: Vec<Option<f64>>,
    /// What the presence or absence of each value means.
    coverage: Vec<String>,
    /// The values as they are told, in English.
    shown: Vec<Option<String>>,
    /// The values rounded as they are told.
    rounded: Vec<Option<f64>>,
    /// What stands before each.
    sign: Vec<&'static str>,
    /// What follows each.
    mark: Vec<&'static str>,
    /// Their decimals.
    decimals: usize,
    /// The sources of each, joined by ` + `.
    source: Vec<String>,
}

/// What is forecast of every country: deaths over twelve months.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Forecast {
    /// The last month that was known.
    origin: String,
    /// Whether it is what would have been forecast then, and no warning of today.
    replay: bool,
    /// The first month of the total.
    from: String,
    /// Its last month.
    to: String,
    /// The countries.
    places: Vec<String>,
    /// Medians of the total.
    median: Vec<f64>,
    /// Lower ends of 90 % intervals of the total.
    low_90: Vec<f64>,
    /// Upper ends of 90 % intervals of the total.
    high_90: Vec<f64>,
    /// The chance of 25 deaths or more in the next month.
    p_25: Vec<f64>,
    /// Medians per 100,000 people of the latest mid-year.
    per_100k: Vec<Option<f64>>,
    /// The sources.
    sources: Vec<SourceNote>,
}

/// Every place by every measure.
#[utoipa::path(get, path = "/api/v1/world", tag = "figures", params(PeriodAsked), responses(
    (status = 200, body = World), (status = "4XX", body = Problem, content_type = "application/problem+json"), (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn get(
    State(app): State<App>,
    _: JsonOnly,
    Asked(asked): Asked<PeriodAsked>,
) -> Result<Response, Problem> {
    let current = app.hub.current()?;
    let period = asked::period(&current.standing, asked.period.as_deref())?;
    let state = current.clone();
    let make = move || {
        state.kept(&format!("world {period}"), || {
            let standing = &state.standing;
            let assessment = asked::assessment(standing, period, &[])?;
            serde_json::to_vec(&world(standing, &assessment)?).map_err(|e| Problem::inside(&e))
        })
    };
    let body = crate::serve::off_thread(make).await??;
    Ok(json_bytes(body))
}

fn world(standing: &Standing, a: &Assessment) -> Result<World, Problem> {
    let mut measures: BTreeMap<String, Column> = BTreeMap::new();
    for measure in &a.measures.list {
        let mut column = Column::default();
        // Places and, within a place, measures stand in the order of the assessment.
        for figure in a.figures.iter().filter(|f| f.measure == measure.id) {
            let told = rounded(measure, figure);
            column.value.push(figure.value);
            column.low.push(figure.low);
            column.high.push(figure.high);
            column.per_100k.push(figure.per_100k);
            column.coverage.push(figure.coverage.as_str().to_string());
            column.shown.push(text(&told, figure.coverage));
            column.rounded.push(told.value);
            column.sign.push(told.sign);
            column.mark.push(told.mark);
            column.decimals = told.decimals;
            column.source.push(figure.source.clone());
        }
        measures.insert(measure.id.clone(), column);
    }
    let forecast = standing.forecast.as_deref().and_then(|made| made.as_ref().ok());
    Ok(World {
        period: a.period.to_string(),
        replay: a.replay,
        notes: a.notes(),
        sources: super::notes(&a.sources),
        places: a.places.iter().map(|p| p.to_string()).collect(),
        names: a.names.clone(),
        measures,
        forecast: forecast.map(|made| of_forecast(standing, made)).transpose()?.flatten(),
    })
}

/// A value as the command line tells it.
fn text(told: &Rounded, coverage: Coverage) -> Option<String> {
    if coverage == Coverage::NoneRecorded {
        return Some("none recorded".to_string());
    }
    let value = crate::output::decimal(told.value?, told.decimals);
    Some(format!("{}{value}{}", told.sign, told.mark))
}

fn of_forecast(standing: &Standing, made: &StandingForecast) -> Result<Option<Forecast>, Problem> {
    let year = |target: &lysoen_forecasts::Target| (target.first, target.last) == (1, 12);
    let next = |target: &lysoen_forecasts::Target| (target.first, target.last) == (1, 1);
    let latest = asked::assessment(standing, standing.latest, &[])?;
    let population = |code: &str| {
        let place = code.parse().ok()?;
        latest
            .figure(&place, "population_midyear")?
            .value
            .filter(|people| *people > 0.0)
    };
    let mut forecast: Option<Forecast> = None;
    for unit in &made.units {
        let total = unit.ahead.iter().find(|(target, _)| year(target));
        let month = unit.ahead.iter().find(|(target, _)| next(target));
        let (Some((target, total)), Some((_, month))) = (total, month) else {
            continue;
        };
        let (from, to) = made.months(*target);
        let all = forecast.get_or_insert_with(|| Forecast {
            origin: made.card.origin.to_string(),
            replay: made.card.replay,
            from: from.to_string(),
            to: to.to_string(),
            places: Vec::new(),
            median: Vec::new(),
            low_90: Vec::new(),
            high_90: Vec::new(),
            p_25: Vec::new(),
            per_100k: Vec::new(),
            sources: super::notes(&made.card.sources),
        });
        all.places.push(unit.code.clone());
        all.median.push(total.median);
        all.low_90.push(total.intervals[1].0);
        all.high_90.push(total.intervals[1].1);
        all.p_25.push(month.probabilities[1]);
        all.per_100k
            .push(population(&unit.code).map(|people| total.median / people * 1e5));
    }
    Ok(forecast)
}
