//! Forecasts: the list of countries, and one country month by month.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::response::Response;
use lysoen_answers::forecast::live::{Record, WindowRecord as KnownWindow};
use lysoen_answers::forecast::stored::{StoredBacktest, StoredBin, StoredReliability};
use lysoen_answers::standing::{Standing, StandingForecast, UnitForecast};
use lysoen_forecasts::Target;
use lysoen_forecasts::summary::{Summary, return_period};
use serde::Serialize;
use utoipa::ToSchema;

use super::SourceNote;
use crate::output::Format;
use crate::serve::App;
use crate::serve::asked::{self, Named};
use crate::serve::form::{Form, Original, Page, json, sheet};
use crate::serve::problem::Problem;

/// The forecast of every country.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Forecasts {
    /// What made it, from what.
    card: Card,
    /// The countries, by the deaths expected in the next three months.
    list: Vec<Listed>,
    /// The last backtest that the observatory keeps.
    record: Option<Backtest>,
}

/// What made a forecast, from what, and how good such forecasts have been.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Card {
    /// What it is.
    title: String,
    /// What is counted.
    counted: String,
    /// What the units are.
    level: String,
    /// The last month that was known.
    origin: String,
    /// Whether it is what would have been forecast then.
    replay: bool,
    /// Months ahead.
    months: u32,
    /// Units.
    units: usize,
    /// The models and what each does.
    models: BTreeMap<String, String>,
    /// Models that gave no forecast, and why.
    abstained: BTreeMap<String, String>,
    /// The seed.
    seed: u64,
    /// The program's version.
    version: String,
    /// The sources.
    sources: Vec<SourceNote>,
    /// How the same forecast did on the last years before its origin.
    record: CardRecord,
    /// What a reader must know.
    notes: Vec<String>,
}

/// How forecasts did, or why that is not known.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CardRecord {
    /// By window.
    Measured(Vec<WindowRecord>),
    /// Why it is not known.
    Unknown(String),
}

/// A calendar year, forecast with what was known in October of the year before.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WindowRecord {
    /// The year.
    window: String,
    /// Mean scores of the pool of models.
    pool: BTreeMap<String, f64>,
    /// Mean scores of the benchmark.
    country12: BTreeMap<String, f64>,
    /// Whether a release was cut to what could be known then.
    reconstructed: bool,
}

impl From<&KnownWindow> for WindowRecord {
    fn from(window: &KnownWindow) -> WindowRecord {
        WindowRecord {
            window: window.window.clone(),
            pool: window.pool.clone(),
            country12: window.country12.clone(),
            reconstructed: window.reconstructed,
        }
    }
}

/// A country in the list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Listed {
    /// Its code.
    place: String,
    /// Its name.
    name: String,
    /// The next month.
    next: Ahead,
    /// The next three months together.
    three: Ahead,
    /// The next twelve months together.
    twelve: Ahead,
    /// Deaths in the last twelve months.
    last_12: Option<f64>,
    /// What moves the forecast.
    why: Vec<Why>,
}

/// Something that moves a forecast.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Why {
    /// Which driver.
    driver: &'static str,
    /// What is said of it.
    said: String,
}

/// The distribution of deaths in a month, or in several together.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Ahead {
    /// The first month.
    from: String,
    /// The last month.
    to: String,
    /// Mean.
    mean: f64,
    /// Median.
    median: f64,
    /// Lower end of the central 50 %.
    low_50: f64,
    /// Upper end of the central 50 %.
    high_50: f64,
    /// Lower end of the central 90 %.
    low_90: f64,
    /// Upper end of the central 90 %.
    high_90: f64,
    /// Lower end of the central 95 %.
    low_95: f64,
    /// Upper end of the central 95 %.
    high_95: f64,
    /// The chance of 1 death or more.
    p_1: f64,
    /// The chance of 25 deaths or more.
    p_25: f64,
    /// The chance of 100 deaths or more.
    p_100: f64,
    /// The chance of 1,000 deaths or more.
    p_1000: f64,
    /// 1 / `p_25`.
    return_period_25: Option<f64>,
}

impl Ahead {
    fn of(made: &StandingForecast, target: Target, s: &Summary) -> Ahead {
        let (from, to) = made.months(target);
        let [(low_50, high_50), (low_90, high_90), (low_95, high_95)] = s.intervals;
        let [p_1, p_25, p_100, p_1000] = s.probabilities;
        Ahead {
            from: from.to_string(),
            to: to.to_string(),
            mean: s.mean,
            median: s.median,
            low_50,
            high_50,
            low_90,
            high_90,
            low_95,
            high_95,
            p_1,
            p_25,
            p_100,
            p_1000,
            return_period_25: return_period(p_25),
        }
    }
}

/// A country's forecast.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PlaceForecast {
    /// Its code.
    place: String,
    /// Its name.
    name: String,
    /// The last month that was known.
    origin: String,
    /// Whether it is what would have been forecast then.
    replay: bool,
    /// What is counted.
    counted: String,
    /// What was counted before.
    history: Past,
    /// Month by month.
    months: Vec<Ahead>,
    /// Totals over the next 3, 6 and 12 months.
    totals: Vec<Ahead>,
    /// What moves it.
    why: Vec<Why>,
    /// How such forecasts did.
    record: Option<Vec<WindowRecord>>,
    /// Why that is not known.
    record_unknown: Option<String>,
    /// The sources.
    sources: Vec<SourceNote>,
    /// What a reader must know.
    notes: Vec<String>,
}

/// Deaths by month.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Past {
    /// The first month.
    from: String,
    /// The deaths of each month; null where they are not known.
    values: Vec<Option<f64>>,
}

/// A backtest.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Backtest {
    /// The program's version.
    program: String,
    /// What the units are.
    level: String,
    /// What is counted.
    counted: String,
    /// The sources.
    sources: Vec<SourceNote>,
    /// Vintages of the source, the oldest first.
    vintages: Vec<String>,
    /// The windows.
    windows: Vec<BacktestWindow>,
    /// The models.
    models: Vec<BacktestModel>,
    /// How often it came where the pool of models said so, by threshold.
    reliability: Vec<Reliability>,
}

/// How often as many deaths came as a threshold, where the forecast said how likely that was.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Reliability {
    /// Deaths that were to be reached in a month.
    threshold: f64,
    /// Forecasts by their probability, in rising order.
    bins: Vec<Bin>,
}

/// Forecasts of about the same probability.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Bin {
    /// The mean of their probabilities.
    forecast: f64,
    /// The share of them that saw it happen.
    observed: f64,
    /// The lower end of the band that 90 % of right forecasts keep within in all bins.
    low: f64,
    /// The upper end of it.
    high: f64,
    /// Forecasts.
    count: usize,
}

/// A window of a backtest.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BacktestWindow {
    /// Its name.
    name: String,
    /// The last month that was known.
    origin: String,
    /// The first month forecast.
    first: String,
    /// The last month forecast.
    last: String,
    /// Units.
    units: usize,
    /// Units × months.
    unit_months: usize,
    /// Whether a release was cut to what could be known then.
    reconstructed: bool,
}

/// A model in a backtest.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BacktestModel {
    /// Its name.
    name: String,
    /// Its scores by window.
    windows: Vec<Option<Scores>>,
    /// How often its intervals held what came.
    coverage: Vec<Coverage>,
}

/// Mean scores.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Scores {
    /// Continuous ranked probability score.
    crps: f64,
    /// Ignorance.
    ign: f64,
    /// Interval score.
    mis: f64,
    /// CRPS of log(1 + deaths).
    crps_log: f64,
}

/// How often an interval held what came, each with a 90 % interval: value, low, high.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Coverage {
    /// The share that it is said to hold.
    nominal: f64,
    /// Only where somebody was killed in the year before.
    active: bool,
    /// Both ends counted whole.
    closed: [f64; 3],
    /// The ends counted in part.
    randomised: [f64; 3],
}

/// The forecast of every country.
#[utoipa::path(get, path = "/api/v1/forecasts", tag = "forecasts", responses(
    (status = 200, description = "Also as CSV, XLSX, Parquet and Arrow: a row a country, model and target.", body = Forecasts),
    (status = "4XX", body = Problem, content_type = "application/problem+json"), (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn list(State(app): State<App>, form: Form, Original(uri): Original) -> Result<Response, Problem> {
    let current = app.hub.current()?;
    let state = current.clone();
    let make = move || {
        let made = made(&state.standing)?;
        if form.0 != Format::Json {
            return sheet(form, made.sheet(&[]), Page::ALL, "lysoen-forecast", &uri);
        }
        Ok(json(&answer(&state.standing, made)))
    };
    crate::serve::off_thread(make).await?
}

/// A country's forecast.
#[utoipa::path(get, path = "/api/v1/forecasts/{place}", tag = "forecasts", params(("place" = String, Path, description = "A country by code or name.")), responses(
    (status = 200, description = "Also as CSV, XLSX, Parquet and Arrow: a row a model and target.", body = PlaceForecast),
    (status = "4XX", body = Problem, content_type = "application/problem+json"), (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn get(
    State(app): State<App>,
    form: Form,
    Original(uri): Original,
    Named(place): Named<String>,
) -> Result<Response, Problem> {
    let current = app.hub.current()?;
    let standing = &current.standing;
    let made = made(standing)?;
    let place = asked::place(standing, &place)?.to_string();
    let unit = made.unit(&place).ok_or_else(|| {
        Problem::not_found(format!(
            "{place} is not among the {} countries that are forecast",
            made.units.len()
        ))
    })?;
    if form.0 != Format::Json {
        let codes = [place.clone()];
        return sheet(
            form,
            made.sheet(&codes),
            Page::ALL,
            &format!("lysoen-forecast-{place}"),
            &uri,
        );
    }
    Ok(json(&of_unit(standing, made, unit)))
}

fn made(standing: &Standing) -> Result<&StandingForecast, Problem> {
    match standing.forecast.as_deref() {
        None => Err(Problem::later("the forecast is still being made", 10)),
        Some(Err(why)) => Err(Problem::not_found(format!("there is no forecast: {why}"))),
        Some(Ok(made)) => Ok(made),
    }
}

fn answer(standing: &Standing, made: &StandingForecast) -> Forecasts {
    let card = &made.card;
    let mut list: Vec<Listed> = made
        .units
        .iter()
        .filter_map(|unit| listed(standing, made, unit))
        .collect();
    list.sort_by(|a, b| {
        b.three
            .mean
            .total_cmp(&a.three.mean)
            .then_with(|| a.place.cmp(&b.place))
    });
    Forecasts {
        card: Card {
            title: card.title.clone(),
            counted: card.counted.clone(),
            level: card.level.clone(),
            origin: card.origin.to_string(),
            replay: card.replay,
            months: card.months,
            units: card.units,
            models: card.models.clone(),
            abstained: card.abstained.clone(),
            seed: card.seed,
            version: card.version.clone(),
            sources: super::notes(&card.sources),
            record: match &card.record {
                Record::Measured(windows) => CardRecord::Measured(windows.iter().map(WindowRecord::from).collect()),
                Record::Unknown(why) => CardRecord::Unknown(why.clone()),
            },
            notes: card.notes.clone(),
        },
        list,
        record: made.record.as_ref().map(backtest),
    }
}

fn listed(standing: &Standing, made: &StandingForecast, unit: &UnitForecast) -> Option<Listed> {
    let over = |last: u32| {
        let found = unit
            .ahead
            .iter()
            .find(|(target, _)| (target.first, target.last) == (1, last));
        found.map(|(target, summary)| Ahead::of(made, *target, summary))
    };
    let last: Option<Vec<f64>> = unit.history.iter().rev().take(12).copied().collect();
    Some(Listed {
        place: unit.code.clone(),
        name: name(standing, &unit.code),
        next: over(1)?,
        three: over(3)?,
        twelve: over(12)?,
        last_12: last
            .filter(|months| months.len() == 12)
            .map(|months| months.iter().sum()),
        why: why(unit),
    })
}

/// A country's forecast in full.
pub(crate) fn of_unit(standing: &Standing, made: &StandingForecast, unit: &UnitForecast) -> PlaceForecast {
    let card = &made.card;
    let ahead = |wanted: fn(&Target) -> bool| {
        let of = unit.ahead.iter().filter(move |(target, _)| wanted(target));
        of.map(|(target, summary)| Ahead::of(made, *target, summary)).collect()
    };
    let (record, record_unknown) = match &card.record {
        Record::Measured(windows) => (Some(windows.iter().map(WindowRecord::from).collect()), None),
        Record::Unknown(why) => (None, Some(why.clone())),
    };
    PlaceForecast {
        place: unit.code.clone(),
        name: name(standing, &unit.code),
        origin: card.origin.to_string(),
        replay: card.replay,
        counted: card.counted.clone(),
        history: Past {
            from: unit.from.to_string(),
            values: unit.history.clone(),
        },
        months: ahead(|target| target.length() == 1),
        totals: ahead(|target| target.length() > 1),
        why: why(unit),
        record,
        record_unknown,
        sources: super::notes(&card.sources),
        notes: card.notes.clone(),
    }
}

fn name(standing: &Standing, code: &str) -> String {
    code.parse()
        .map_or_else(|_| code.to_string(), |place| standing.observatory.name(&place))
}

fn why(unit: &UnitForecast) -> Vec<Why> {
    let one = |(driver, said): &(&'static str, String)| Why {
        driver,
        said: said.clone(),
    };
    unit.why.iter().map(one).collect()
}

fn backtest(stored: &StoredBacktest) -> Backtest {
    let three = |(value, low, high): (f64, f64, f64)| [value, low, high];
    Backtest {
        program: stored.program.clone(),
        level: stored.level.clone(),
        counted: stored.counted.clone(),
        sources: super::notes(&stored.sources),
        vintages: stored.vintages.iter().map(|day| day.to_string()).collect(),
        windows: stored
            .windows
            .iter()
            .map(|w| BacktestWindow {
                name: w.name.clone(),
                origin: w.origin.to_string(),
                first: w.first.to_string(),
                last: w.last.to_string(),
                units: w.units,
                unit_months: w.unit_months,
                reconstructed: w.reconstructed,
            })
            .collect(),
        models: stored
            .models
            .iter()
            .map(|m| BacktestModel {
                name: m.name.clone(),
                windows: m
                    .windows
                    .iter()
                    .map(|scores| {
                        scores.map(|s| Scores {
                            crps: s.crps,
                            ign: s.ign,
                            mis: s.mis,
                            crps_log: s.crps_log,
                        })
                    })
                    .collect(),
                coverage: m
                    .coverage
                    .iter()
                    .map(|c| Coverage {
                        nominal: c.nominal,
                        active: c.active,
                        closed: three(c.closed),
                        randomised: three(c.randomised),
                    })
                    .collect(),
            })
            .collect(),
        reliability: stored.reliability.iter().map(reliability).collect(),
    }
}

fn reliability(stored: &StoredReliability) -> Reliability {
    let bin = |bin: &StoredBin| Bin {
        forecast: bin.forecast,
        observed: bin.observed,
        low: bin.low,
        high: bin.high,
        count: bin.count,
    };
    Reliability {
        threshold: stored.threshold,
        bins: stored.bins.iter().map(bin).collect(),
    }
}
