//! Forecasts made elsewhere, judged on the unit-months on which ours are.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use lysoen_forecasts::DRAWS;
use lysoen_forecasts::backtest::Window;
use lysoen_forecasts::judged::{Judged, Metric};
use lysoen_lexicon::panel::Month;
use lysoen_sources::draws::{DrawsFile, Ensemble, UnitMonth};
use lysoen_sources::finding::Findings;

use super::{BacktestRequest, Tested};
use crate::error::AnswerError;
use crate::forecast::codes::Codes;
use crate::forecast::score::{Resamplers, Sorted, grouped};
use crate::forecast::series::Histories;

/// Unit-months told one by one; the rest is counted.
const TOLD: usize = 3;

/// Forecasts made elsewhere, judged.
pub(super) struct Beside {
    pub(super) tested: Tested,
    pub(super) notes: Vec<String>,
    pub(super) findings: Findings,
}

/// What became of the draws of a unit and month.
enum Met {
    /// Its month is in no window.
    OutsideWindows,
    /// Its unit or month is not among what is judged.
    NotInSeries,
    /// The window, and the row in it.
    Judged(usize, usize, Judged),
}

/// Judges a file of draws on the unit-months of `reference`, window by window.
pub(super) fn judge(
    name: &str,
    path: &Path,
    request: &BacktestRequest<'_>,
    histories: &Histories<'_>,
    reference: &[Vec<Judged>],
) -> Result<Beside, AnswerError> {
    let file = DrawsFile::open(path)?;
    let units = histories.actuals.units();
    let codes = Codes::of(&file, units, &request.series)?;
    let mut rows: HashMap<(u32, Month), (usize, usize)> = HashMap::new();
    for (window, judged) in reference.iter().enumerate() {
        rows.extend(
            (0..)
                .zip(judged)
                .map(|(row, one)| ((one.unit, one.month), (window, row))),
        );
    }
    let forecast = |month: Month| request.windows.iter().any(|w| w.first <= month && month <= w.last);
    let resamplers = Resamplers::default();
    let read = file.each(request.threads, |ensemble| {
        let size = ensemble.draws.len();
        let at = codes
            .unit(ensemble.of)
            .and_then(|unit| rows.get(&(unit, ensemble.of.month)));
        let met = match at {
            Some(&(window, row)) => {
                let judged = judged(ensemble, &reference[window][row], &resamplers);
                Met::Judged(window, row, judged)
            }
            None if !forecast(ensemble.of.month) => Met::OutsideWindows,
            None => Met::NotInSeries,
        };
        (size, met)
    })?;

    let mut found: Vec<Vec<Option<Judged>>> = reference.iter().map(|rows| vec![None; rows.len()]).collect();
    let (mut outside, mut unknown, mut sizes) = (0, Vec::new(), Vec::new());
    for (of, (size, met)) in read.made {
        match met {
            Met::Judged(window, row, judged) => {
                sizes.push(size);
                if found[window][row].replace(judged).is_some() {
                    return Err(twice(&file, of));
                }
            }
            Met::OutsideWindows => outside += 1,
            Met::NotInSeries => unknown.push(of),
        }
    }
    let Some((least, most)) = sizes.iter().min().zip(sizes.iter().max()) else {
        let some: Vec<&str> = units.iter().take(TOLD).map(String::as_str).collect();
        return Err(AnswerError::Unmatched {
            why: format!(
                "{} has no draws for a unit and month that is judged: its units are those of {}, those of the series are such as {}",
                file.name(),
                file.unit().name(),
                some.join(", ")
            ),
            list: read.findings.list().to_vec(),
        });
    };
    let mut notes = Vec::new();
    if !unknown.is_empty() {
        let some = unknown.iter().take(TOLD);
        let some: Vec<String> = some
            .map(|of| format!("{} {} in {}", file.unit().name(), of.unit, of.month))
            .collect();
        notes.push(format!(
            "{name}: {} unit-months of its file are not judged, for the series does not have them: {}{}.",
            grouped(unknown.len()),
            some.join(", "),
            if unknown.len() > TOLD { ", …" } else { "" }
        ));
    }
    if outside > 0 {
        notes.push(format!(
            "{name}: {} unit-months of its file lie outside the windows.",
            grouped(outside)
        ));
    }
    if (*least, *most) != (DRAWS, DRAWS) {
        let sizes = if least == most {
            grouped(*least)
        } else {
            format!("{} to {}", grouped(*least), grouped(*most))
        };
        notes.push(format!(
            "{name} has {sizes} draws of a unit and month; for IGN they were resampled to {}, as the challenge's evaluation does.",
            grouped(DRAWS)
        ));
    }
    let of_window = |rows: Vec<Option<Judged>>| match rows.iter().any(Option::is_some) {
        true => Ok(rows.into_iter().flatten().collect()),
        false => Err(format!("{name} has no draws for it")),
    };
    Ok(Beside {
        tested: Tested {
            name: name.to_string(),
            about: format!("forecasts made elsewhere, of {}", file.name()),
            elsewhere: true,
            judged: found.into_iter().map(of_window).collect(),
        },
        notes,
        findings: read.findings,
    })
}

fn twice(file: &DrawsFile, of: UnitMonth) -> AnswerError {
    AnswerError::Unfit {
        file: file.name().to_string(),
        why: format!(
            "{} {} and another id are the same unit of the series in {}",
            file.unit().name(),
            of.unit,
            of.month
        ),
    }
}

fn judged(ensemble: Ensemble<'_>, of: &Judged, resamplers: &Resamplers) -> Judged {
    let draws = Sorted::of(ensemble.draws, resamplers);
    let mut judged = Judged::of(of.unit, of.month, of.active, draws.draws, of.outcome);
    judged.scores[Metric::Ign as usize] = draws.ign(of.outcome);
    judged
}

/// Leaves of every window what all have that forecast it, so that they are compared on the same; tells what that is.
pub(super) fn keep_common(
    tested: &mut [Tested],
    reference: &[Vec<Judged>],
    windows: &[Window],
) -> Result<Vec<String>, AnswerError> {
    let mut notes = Vec::new();
    for (at, window) in windows.iter().enumerate() {
        let all = reference[at].len();
        let mut common: Vec<(u32, Month)> = reference[at].iter().map(|judged| (judged.unit, judged.month)).collect();
        for model in tested.iter().filter(|model| model.elsewhere) {
            let Ok(judged) = &model.judged[at] else { continue };
            if judged.len() < all {
                notes.push(format!(
                    "{} has draws for {} of the {} unit-months of {}.",
                    model.name,
                    grouped(judged.len()),
                    grouped(all),
                    window.name
                ));
            }
            let has: HashSet<(u32, Month)> = judged.iter().map(|one| (one.unit, one.month)).collect();
            common.retain(|of| has.contains(of));
        }
        if common.len() == all {
            continue;
        }
        if common.is_empty() {
            return Err(AnswerError::Unmatched {
                why: format!(
                    "no unit-month of {} is in all of the forecasts made elsewhere",
                    window.name
                ),
                list: Vec::new(),
            });
        }
        notes.push(format!(
            "All models are compared on the {} unit-months of {} that every one of them has.",
            grouped(common.len()),
            window.name
        ));
        let common: HashSet<(u32, Month)> = common.into_iter().collect();
        for judged in tested.iter_mut().filter_map(|model| model.judged[at].as_mut().ok()) {
            judged.retain(|one| common.contains(&(one.unit, one.month)));
        }
    }
    Ok(notes)
}
