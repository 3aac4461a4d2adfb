//! Keeps what a backtest found as the record of an observatory's own series.

use lysoen_forecasts::bootstrap::Resampled;
use lysoen_forecasts::calibration::{Among, Bin, reliability};
use lysoen_forecasts::catalog::POOL;
use lysoen_forecasts::judged::{Metric, THRESHOLDS};

use super::{BacktestAnswer, BacktestRequest, Told, Tried};
use crate::error::AnswerError;
use crate::forecast::series::SeriesOf;
use crate::forecast::stored::{
    StoredBacktest, StoredBin, StoredCoverage, StoredModel, StoredReliability, StoredScores, StoredWindow, store,
};

/// Keeps a backtest of facts as they are now known, with all models on all places. One of less is no record of what is forecast.
pub(super) fn keep(answer: &BacktestAnswer, request: &BacktestRequest<'_>) -> Result<(), AnswerError> {
    let SeriesOf::Facts(facts) = &request.series else {
        return Ok(());
    };
    let whole = request.models.is_empty() && request.beside.is_empty();
    if !whole || !facts.is_whole() {
        return Ok(());
    }
    let window = |tried: &Tried| StoredWindow {
        name: tried.window.name.clone(),
        origin: tried.window.origin,
        first: tried.window.first,
        last: tried.window.last,
        units: tried.units,
        unit_months: tried.unit_months,
        reconstructed: tried.reconstructed,
    };
    let backtest = StoredBacktest {
        program: env!("CARGO_PKG_VERSION").to_string(),
        level: answer.about.level.clone(),
        counted: answer.about.counted.clone(),
        areas_of: facts.areas_of(),
        seed: answer.seed,
        sources: answer.about.sources.clone(),
        vintages: answer.about.vintages.clone(),
        windows: answer.windows.iter().map(window).collect(),
        models: (0..answer.models.len()).map(|at| model(answer, at)).collect(),
        reliability: reliabilities(answer),
    };
    store(facts.observatory, &backtest)?;
    Ok(())
}

/// Of the pool, where it forecast every window.
fn reliabilities(answer: &BacktestAnswer) -> Vec<StoredReliability> {
    let pool = answer.models.iter().find(|model| model.name == POOL);
    let Some(windows) = pool.and_then(|pool| pool.everywhere()) else {
        return Vec::new();
    };
    let one = |threshold: usize| {
        let found = reliability(&windows, threshold, answer.seed)?;
        let bin = |bin: &Bin| StoredBin {
            forecast: bin.forecast,
            observed: bin.observed,
            low: bin.simultaneous.low,
            high: bin.simultaneous.high,
            count: bin.forecasts,
        };
        Some(StoredReliability {
            threshold: found.threshold,
            bins: found.bins.iter().map(bin).collect(),
        })
    };
    (0..THRESHOLDS.len()).filter_map(one).collect()
}

fn model(answer: &BacktestAnswer, at: usize) -> StoredModel {
    let tested = &answer.models[at];
    let triple = |share: Resampled| (share.value, share.low, share.high);
    let covered = answer.coverage.iter().filter(|covered| covered.model == at);
    let coverage = covered.flat_map(|covered| {
        covered.coverage.iter().map(move |coverage| StoredCoverage {
            nominal: coverage.nominal,
            active: covered.among == Among::Active,
            closed: triple(coverage.closed),
            randomised: triple(coverage.randomised),
        })
    });
    StoredModel {
        name: tested.name.clone(),
        windows: (0..tested.judged.len())
            .map(|window| scores(answer, at, window))
            .collect(),
        abstains: tested
            .judged
            .iter()
            .map(|judged| judged.as_ref().err().cloned())
            .collect(),
        coverage: coverage.collect(),
    }
}

/// Means over units and months; none where the model forecast nothing.
fn scores(answer: &BacktestAnswer, model: usize, window: usize) -> Option<StoredScores> {
    let mean = |metric: Metric| answer.figure(model, Some(window), metric, Told::Mean)?.value();
    Some(StoredScores {
        crps: mean(Metric::Crps)?,
        ign: mean(Metric::Ign)?,
        mis: mean(Metric::Mis)?,
        crps_log: mean(Metric::CrpsLog)?,
    })
}
