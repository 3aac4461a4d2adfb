//! Keeps what a backtest found as the record of an observatory's own series.

use lysoen_forecasts::bootstrap::Resampled;
use lysoen_forecasts::calibration::Among;
use lysoen_forecasts::judged::Metric;

use super::{BacktestAnswer, BacktestRequest, Told, Tried};
use crate::error::AnswerError;
use crate::forecast::series::SeriesOf;
use crate::forecast::stored::{StoredBacktest, StoredCoverage, StoredModel, StoredScores, StoredWindow, store};

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
    };
    store(facts.observatory, &backtest)?;
    Ok(())
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
