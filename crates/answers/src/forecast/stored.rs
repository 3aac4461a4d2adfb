//! What the last backtest of an observatory's own series found, in a few numbers: what a forecast tells of its record.

use std::io::Write;
use std::path::PathBuf;

use jiff::civil::Date;
use lysoen_lexicon::panel::Month;
use serde::{Deserialize, Serialize};

use super::results;
use crate::error::AnswerError;
use crate::observatory::Observatory;
use crate::sheet::SourceNote;

/// A backtest in a few numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredBacktest {
    /// The version of the program that made it.
    pub program: String,
    /// What the units are: `country`, `grid`, `admin1` …
    pub level: String,
    /// What is counted, in words.
    pub counted: String,
    /// The country whose areas the units are.
    pub areas_of: Option<String>,
    /// The seed.
    pub seed: u64,
    /// The sources, with licence and newest vintage.
    pub sources: Vec<SourceNote>,
    /// Every vintage of the source, oldest first.
    pub vintages: Vec<Date>,
    /// The windows, in the order of the models' scores.
    pub windows: Vec<StoredWindow>,
    /// The models, benchmarks first.
    pub models: Vec<StoredModel>,
    /// How often it came where the pool of models said so, by threshold.
    #[serde(default)]
    pub reliability: Vec<StoredReliability>,
}

/// How often as many deaths came as a threshold, where the forecast said how likely that was.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredReliability {
    /// Deaths that were to be reached in a month.
    pub threshold: f64,
    /// Forecasts by their probability, in rising order.
    pub bins: Vec<StoredBin>,
}

/// Forecasts of about the same probability.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredBin {
    /// The mean of their probabilities.
    pub forecast: f64,
    /// The share of them that saw it happen.
    pub observed: f64,
    /// The lower end of the band that 90 % of right forecasts keep within in all bins.
    pub low: f64,
    /// The upper end of it.
    pub high: f64,
    /// Forecasts.
    pub count: usize,
}

/// A window.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredWindow {
    /// Its name.
    pub name: String,
    /// The last month that was known.
    pub origin: Month,
    /// The first month forecast.
    pub first: Month,
    /// The last month forecast.
    pub last: Month,
    /// Units.
    pub units: usize,
    /// Units × months.
    pub unit_months: usize,
    /// Was the history cut out of a later release?
    pub reconstructed: bool,
}

/// A model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredModel {
    /// Its name.
    pub name: String,
    /// Its scores, window by window; none where it gave no forecast.
    pub windows: Vec<Option<StoredScores>>,
    /// Why it gave none, window by window, where it did not.
    pub abstains: Vec<Option<String>>,
    /// How often its intervals held what came, in all windows; nothing where it lacks one.
    pub coverage: Vec<StoredCoverage>,
}

/// Means over units and months.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredScores {
    /// Continuous ranked probability score.
    pub crps: f64,
    /// Ignorance.
    pub ign: f64,
    /// Interval score.
    pub mis: f64,
    /// CRPS of log(1 + deaths).
    pub crps_log: f64,
}

/// How often an interval held what came, with a 90 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredCoverage {
    /// The share that it is said to hold.
    pub nominal: f64,
    /// Only of units in which somebody was killed in the year before?
    pub active: bool,
    /// Both ends counted whole.
    pub closed: (f64, f64, f64),
    /// The ends counted in part, so that a right forecast holds the nominal share.
    pub randomised: (f64, f64, f64),
}

/// The last backtest of a level; none where there is none, or another version wrote it in another form.
pub fn stored(observatory: &Observatory, level: &str) -> Option<StoredBacktest> {
    let text = std::fs::read_to_string(path(observatory, level)?).ok()?;
    serde_json::from_str(&text).ok()
}

/// Keeps a backtest as the last one of its level; gives the file, none where the observatory is no folder.
pub(super) fn store(observatory: &Observatory, backtest: &StoredBacktest) -> Result<Option<PathBuf>, AnswerError> {
    let Some(path) = path(observatory, &backtest.level) else {
        return Ok(None);
    };
    results::write(&path, |file| {
        let mut text = serde_json::to_string_pretty(backtest)?;
        text.push('\n');
        file.write_all(text.as_bytes())
    })?;
    Ok(Some(path))
}

fn path(observatory: &Observatory, level: &str) -> Option<PathBuf> {
    Some(results::folder(observatory)?.join(format!("backtest-{level}.json")))
}
