//! What a reader of a backtest must know.

use lysoen_forecasts::bootstrap::RESAMPLES;
use lysoen_forecasts::catalog::POOL;
use lysoen_forecasts::judged::Metric;

use super::{BacktestAnswer, Tested, Told, YARDSTICK};
use crate::forecast::score::grouped;

/// The years on whose windows the settings and starting weights of the pool were chosen.
const CHOSEN_ON: std::ops::RangeInclusive<i32> = 1998..=2017;

/// The notes, in the order in which they are read; `beside` are those of forecasts made elsewhere.
pub(super) fn notes(answer: &BacktestAnswer, added: bool, beside: Vec<String>) -> Vec<String> {
    let mut notes = vec![
        "Each window is a calendar year, forecast month by month from what was known in October of the year before, 3 to 14 \
         months ahead. Scores are means over units and months, and less is better; of all windows together each weighs the \
         same. A ratio below 1 is better than what it is set against."
            .to_string(),
        format!(
            "Intervals are of 90 %: units are drawn anew {} times, each with all its months and windows (seed {}).",
            grouped(RESAMPLES),
            answer.seed
        ),
    ];
    if added {
        notes.push(format!(
            "{YARDSTICK} was not asked for and is told as well, for scores are set in relation to its."
        ));
    }
    notes.extend(best(answer));
    notes.extend(answer.models.iter().filter_map(|model| abstention(answer, model)));
    if answer.models.iter().any(|model| model.name == POOL) {
        let seen: Vec<&str> = answer
            .windows
            .iter()
            .filter(|tried| CHOSEN_ON.contains(&tried.window.first.year()))
            .map(|tried| tried.window.name.as_str())
            .collect();
        let here = match seen[..] {
            [] => String::new(),
            _ => format!(", so that here {} are in sample for them", seen.join(", ")),
        };
        notes.push(format!(
            "The settings and starting weights of {POOL} were chosen on the windows {} to {} of the VIEWS challenge's target{here}.",
            CHOSEN_ON.start(),
            CHOSEN_ON.end()
        ));
    }
    if !answer.largest.is_empty() {
        let one = |cell: &lysoen_forecasts::paired::Cell| {
            format!(
                "{} in {} ({})",
                answer.unit(cell.unit),
                cell.month,
                crate::areas::grouped(cell.outcome.round() as i64)
            )
        };
        let largest: Vec<String> = answer.largest.iter().map(one).collect();
        notes.push(format!(
            "The unit-months with the most: {}. Scores without them, or without a unit, are shown and not judged, for \
             choosing on outcomes makes a score improper.",
            largest.join(", ")
        ));
    }
    notes.extend(beside);
    let cut: Vec<&str> = answer
        .windows
        .iter()
        .filter(|tried| tried.reconstructed)
        .map(|tried| tried.window.name.as_str())
        .collect();
    if !cut.is_empty() {
        notes.push(format!(
            "RECONSTRUCTED: no vintage is as old as the origins of {}; the oldest one was cut to the months that were known \
             then, and holds what was revised later.",
            cut.join(", ")
        ));
    }
    notes.extend(answer.about.notes.iter().cloned());
    notes
}

/// Which benchmark is the best by which score.
fn best(answer: &BacktestAnswer) -> Option<String> {
    let of = |metric: Metric| {
        let figure = answer
            .figures
            .iter()
            .find(|f| f.metric == Some(metric) && f.told == Told::Difference)?;
        Some(format!("{} by {}", figure.against.as_ref()?, metric.name()))
    };
    let scores = [Metric::Crps, Metric::Ign, Metric::Mis, Metric::CrpsLog];
    let best: Vec<String> = scores.into_iter().filter_map(of).collect();
    (!best.is_empty()).then(|| format!("The best of the benchmarks here: {}.", best.join(", ")))
}

/// That a model forecast nothing, where and why.
fn abstention(answer: &BacktestAnswer, model: &Tested) -> Option<String> {
    let mut reasons: Vec<(&str, Vec<&str>)> = Vec::new();
    for (judged, tried) in model.judged.iter().zip(&answer.windows) {
        let Err(why) = judged else { continue };
        let name = tried.window.name.as_str();
        match reasons.iter_mut().find(|(reason, _)| reason == why) {
            Some((_, windows)) => windows.push(name),
            None => reasons.push((why, vec![name])),
        }
    }
    let reasons: Vec<String> = reasons
        .into_iter()
        .map(|(why, windows)| match windows.len() == answer.windows.len() {
            true => why.to_string(),
            false => format!("{} ({why})", windows.join(", ")),
        })
        .collect();
    (!reasons.is_empty()).then(|| format!("{} forecasts nothing: {}.", model.name, reasons.join("; ")))
}
