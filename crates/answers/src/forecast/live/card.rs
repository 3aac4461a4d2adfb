//! The card of a forecast: what was made by what from what, and how good such forecasts have been.

use std::collections::BTreeMap;

use lysoen_forecasts::backtest::{Window, trial};
use lysoen_forecasts::catalog::{POOL, model};
use lysoen_forecasts::exists_at_origin;
use lysoen_forecasts::judged::Metric;
use lysoen_lexicon::panel::{Month, Panel};
use serde::{Deserialize, Serialize};

use crate::error::AnswerError;
use crate::forecast::series::{About, Histories, SeriesOf};
use crate::forecast::stored::{StoredScores, stored};
use crate::sheet::SourceNote;

/// Calendar years before the origin on which the forecast's record is measured.
const RECORD: i16 = 3;
/// The most units of which a record is measured at once.
const MEASURED: usize = 500;

/// What is forecast, by which models, from what; and how good such forecasts have been.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModelCard {
    /// What it is.
    pub title: String,
    /// What is counted.
    pub counted: String,
    /// What the units are.
    pub level: String,
    /// In which months deaths stand that are dated to a long span; empty for a table.
    pub spans: String,
    /// The last month that was known.
    pub origin: Month,
    /// The forecast is what would have been forecast then, for the data end more than three months before the day.
    pub replay: bool,
    /// Months ahead.
    pub months: u32,
    /// Units forecast.
    pub units: usize,
    /// The models and what each does.
    pub models: BTreeMap<String, String>,
    /// Models that gave no forecast, and why.
    pub abstained: BTreeMap<String, String>,
    /// The seed.
    pub seed: u64,
    /// The program's version.
    pub version: String,
    /// Sources with licences and vintages.
    pub sources: Vec<SourceNote>,
    /// How the same forecast did on the last years before the origin, or why that is not known.
    pub record: Record,
    /// What a reader must know.
    pub notes: Vec<String>,
}

/// How forecasts did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Record {
    /// Means by window.
    Measured(Vec<WindowRecord>),
    /// Why there are none.
    Unknown(String),
}

/// A calendar year, forecast with data to October of the year before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WindowRecord {
    /// The year.
    pub window: String,
    /// Mean scores of the pool by metric.
    pub pool: BTreeMap<String, f64>,
    /// Mean scores of the benchmark that is hardest to beat.
    pub country12: BTreeMap<String, f64>,
    /// Was a release cut to what could be known then?
    pub reconstructed: bool,
}

impl ModelCard {
    /// Is the other card's record measured, and of the same series, origin, seed and program?
    pub(super) fn is_of_the_same(&self, other: &ModelCard) -> bool {
        let of = |card: &ModelCard| {
            (
                card.counted.clone(),
                card.level.clone(),
                card.spans.clone(),
                card.origin,
                card.units,
                card.seed,
                card.version.clone(),
                card.sources.clone(),
            )
        };
        of(self) == of(other) && matches!(self.record, Record::Measured(_))
    }
}

pub(super) fn notes(about: &About, panel: &Panel, origin: Month, replay: bool) -> Vec<String> {
    let mut notes = Vec::new();
    if replay {
        notes.push(format!(
            "The data end in {origin}: this is what would have been forecast then, and no warning of today."
        ));
    }
    notes.push(
        "Advice, not a decision. Single catastrophic months and the outbreak of wars after long peace are beyond it."
            .to_string(),
    );
    let gone = (0..panel.units().len())
        .filter(|unit| !exists_at_origin(panel, *unit))
        .count();
    if gone > 0 {
        notes.push(format!(
            "{gone} units do not exist, or are not known, in {origin} and are not forecast."
        ));
    }
    if about.reconstructed {
        notes.push("Reconstructed: a later release was cut to what could be known then.".to_string());
    }
    notes.extend(about.notes.iter().cloned());
    notes
}

/// What the last backtest of the same series found, where one is kept.
pub(super) fn kept(series: &SeriesOf<'_>, about: &About) -> Option<Record> {
    let SeriesOf::Facts(facts) = series else { return None };
    let kept = stored(facts.observatory, &about.level).filter(|_| facts.is_whole())?;
    let same = kept.program == env!("CARGO_PKG_VERSION")
        && kept.counted == about.counted
        && kept.sources == about.sources
        && kept.vintages == about.vintages
        && kept.areas_of == facts.areas_of();
    let of = |name: &str| kept.models.iter().find(|model| model.name == name);
    let (pool, country12) = (of(POOL)?, of("country12")?);
    let told = |scores: &StoredScores| {
        let list = [
            (Metric::Crps, scores.crps),
            (Metric::Ign, scores.ign),
            (Metric::Mis, scores.mis),
            (Metric::CrpsLog, scores.crps_log),
        ];
        list.into_iter()
            .map(|(metric, mean)| (metric.name().to_string(), mean))
            .collect()
    };
    let scores = pool.windows.iter().zip(&country12.windows).zip(&kept.windows);
    let windows = scores.filter_map(|((pool, country12), window)| {
        Some(WindowRecord {
            window: window.name.clone(),
            pool: told(pool.as_ref()?),
            country12: told(country12.as_ref()?),
            reconstructed: window.reconstructed,
        })
    });
    let windows: Vec<WindowRecord> = windows.collect();
    (same && !windows.is_empty()).then_some(Record::Measured(windows))
}

/// How the pool did on the last calendar years before the origin.
pub(super) fn record(
    histories: &Histories<'_>,
    panel: &Panel,
    seed: u64,
    progress: &dyn Fn(&str),
) -> Result<Record, AnswerError> {
    if panel.units().len() > MEASURED {
        return Ok(Record::Unknown(format!(
            "not measured here, for there are more than {MEASURED} units; `lysoen forecast backtest` measures it"
        )));
    }
    let last = if panel.last().month() == 12 {
        panel.last().year()
    } else {
        panel.last().year() - 1
    };
    let Ok(last) = i16::try_from(last) else {
        return Ok(Record::Unknown("the series has no calendar years".to_string()));
    };
    let mut list = Vec::new();
    for year in last - RECORD + 1..=last {
        progress(&format!("Measuring the record on {year}"));
        let window = Window::year(year);
        if window.origin.since(panel.first()) < 60 {
            continue;
        }
        let known = histories.known(window.origin)?;
        let means = |name: &str| -> Result<Option<BTreeMap<String, f64>>, AnswerError> {
            let Some(model) = model(name) else { return Ok(None) };
            let trial = trial(&*model, &known.panel, &histories.actuals, &window, seed);
            let Ok(trial) = trial else { return Ok(None) };
            let told = |means: [f64; Metric::ALL.len()]| {
                Metric::ALL
                    .iter()
                    .zip(means)
                    .map(|(metric, mean)| (metric.name().to_string(), mean))
                    .collect()
            };
            Ok(trial.means().map(told))
        };
        if let (Some(pool), Some(country12)) = (means(POOL)?, means("country12")?) {
            list.push(WindowRecord {
                window: window.name,
                pool,
                country12,
                reconstructed: known.reconstructed,
            });
        }
    }
    Ok(if list.is_empty() {
        Record::Unknown("no calendar year before the origin has a history of five years and its outcomes".to_string())
    } else {
        Record::Measured(list)
    })
}

/// A source in a few words.
pub fn told_source(source: &SourceNote) -> String {
    let as_of = source.as_of.map_or_else(String::new, |day| format!(", as of {day}"));
    format!("{}{as_of} ({})", source.title, source.licence)
}
