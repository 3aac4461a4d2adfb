//! Forecasts made elsewhere, judged on the unit-months on which ours are.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use lysoen_forecasts::DRAWS;
use lysoen_forecasts::backtest::Window;
use lysoen_forecasts::judged::{Judged, Metric};
use lysoen_forecasts::score::{ign, sort};
use lysoen_lexicon::country::{CodeSystem, Crosswalk, Resolved};
use lysoen_lexicon::panel::Month;
use lysoen_lexicon::place::{PlaceId, PlaceKind};
use lysoen_sources::draws::{DrawsFile, Ensemble, UnitColumn, UnitMonth};
use lysoen_sources::finding::Findings;

use super::{BacktestRequest, Tested};
use crate::error::AnswerError;
use crate::forecast::file::SeriesFile;
use crate::forecast::score::{Resamplers, grouped};
use crate::forecast::series::{Histories, SeriesOf};

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
    let draws = ensemble.draws;
    // Ignorance is comparable between ensembles of one size only, and resampling goes by the order of the draws.
    let resampled = (draws.len() != DRAWS).then(|| {
        let mut resampled = resamplers.to_1000(draws.len()).resample(draws);
        sort(&mut resampled);
        resampled
    });
    sort(draws);
    let mut judged = Judged::of(of.unit, of.month, of.active, draws, of.outcome);
    if let Some(resampled) = resampled {
        judged.scores[Metric::Ign as usize] = ign(&resampled, of.outcome);
    }
    judged
}

/// From the ids in a file of draws to the units of a series.
enum Codes {
    /// Both have the same numbers.
    Same(HashMap<i64, u32>),
    /// The file has VIEWS ids, the series ISO 3166-1 alpha-3 codes.
    Iso3(HashMap<String, u32>),
}

impl Codes {
    fn of(file: &DrawsFile, units: &[String], series: &SeriesOf<'_>) -> Result<Codes, AnswerError> {
        let unfit = |has: &str| AnswerError::Unfit {
            file: file.name().to_string(),
            why: format!(
                "its units are those of {}, and those of the series are {has}: they are not about the same units",
                file.unit().name()
            ),
        };
        let in_series = match series {
            SeriesOf::Facts(_) => None,
            SeriesOf::File(of) => match &of.unit {
                Some(unit) => [UnitColumn::Cell, UnitColumn::Country]
                    .into_iter()
                    .find(|u| u.name() == unit),
                None => UnitColumn::of(SeriesFile::open(&of.path)?.header()),
            },
        };
        if let Some(other) = in_series.filter(|unit| *unit != file.unit()) {
            return Err(unfit(&format!("those of {}", other.name())));
        }
        let places: Vec<Option<PlaceId>> = units.iter().map(|unit| unit.parse().ok()).collect();
        let is =
            |kind: PlaceKind| places.iter().flatten().filter(|place| place.kind() == kind).count() * 2 > units.len();
        let numbers = || {
            let number = |(n, (unit, place)): (u32, (&String, &Option<PlaceId>))| {
                let cell = place.as_ref().and_then(PlaceId::as_cell);
                let number = cell.map_or_else(|| unit.parse().ok(), |cell| cell.to_string().parse().ok())?;
                Some((number, n))
            };
            (0..)
                .zip(units.iter().zip(&places))
                .filter_map(number)
                .collect::<HashMap<i64, u32>>()
        };
        match file.unit() {
            UnitColumn::Country if is(PlaceKind::Country) => Ok(Codes::Iso3(
                (0..).zip(units).map(|(n, unit)| (unit.clone(), n)).collect(),
            )),
            UnitColumn::Country if is(PlaceKind::Cell) => Err(unfit("cells of PRIO-GRID")),
            UnitColumn::Cell if is(PlaceKind::Country) => Err(unfit("countries")),
            _ => match numbers() {
                none if none.is_empty() => {
                    let some: Vec<&str> = units.iter().take(TOLD).map(String::as_str).collect();
                    Err(unfit(&format!("such as {}", some.join(", "))))
                }
                numbers => Ok(Codes::Same(numbers)),
            },
        }
    }

    fn unit(&self, of: UnitMonth) -> Option<u32> {
        match self {
            Codes::Same(numbers) => numbers.get(&of.unit).copied(),
            Codes::Iso3(codes) => {
                let day = of.month.period()?.start();
                let resolved = Crosswalk::builtin().resolve(CodeSystem::Views, &of.unit.to_string(), Some(day));
                match resolved.ok()? {
                    Resolved::Place(place) => codes.get(place.as_str()).copied(),
                    _ => None,
                }
            }
        }
    }
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
