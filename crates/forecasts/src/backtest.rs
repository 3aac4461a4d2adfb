//! Forecasts of the past, made as they would have been made then, and judged by what came.
//!
//! A model is handed a panel that ends at the origin, by the same `fit` as a live forecast. It is also handed the same numbers
//! under other names and on other dates ([`Panel::disguised`]); a model whose forecasts then differ has looked something up that
//! it was not handed, and is refused.

use lysoen_lexicon::panel::{Month, Panel};
use rayon::prelude::*;

use crate::history::exists_at_origin;
use crate::judged::{Judged, METRICS};
use crate::model::{Abstention, DRAWS, Model, Target};

/// Months that are forecast, and the origin from which.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// What it is called, such as `2021`.
    pub name: String,
    /// The last month that was known.
    pub origin: Month,
    /// The first month that is forecast.
    pub first: Month,
    /// The last month that is forecast.
    pub last: Month,
}

/// Months between the origin and the first month of a challenge's window: data to October, forecasts from January.
pub const GAP: i32 = 3;

impl Window {
    /// A calendar year, with data to October of the year before, as in the VIEWS challenge.
    pub fn year(year: i16) -> Window {
        let first = Month::of(year, 1);
        Window {
            name: year.to_string(),
            origin: first.plus(-GAP),
            first,
            last: Month::of(year, 12),
        }
    }

    /// The months as targets from the origin.
    pub fn targets(&self) -> Vec<Target> {
        (self.first.since(self.origin)..=self.last.since(self.origin))
            .filter_map(|step| u32::try_from(step).ok())
            .map(Target::month)
            .collect()
    }
}

/// Why a window cannot be backtested.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BacktestError {
    /// There is nothing to compare with.
    #[error("window {window} has no actuals: nothing is known of {first} to {last}; the series ends in {ends}")]
    NoActuals {
        /// The window.
        window: String,
        /// Its first month.
        first: Month,
        /// Its last month.
        last: Month,
        /// The last month of the actuals.
        ends: Month,
    },
    /// Actuals for some months only would be another window than the one that was asked for.
    #[error("window {window} has no actuals for {month}: give a window that ends before, or newer actuals")]
    MonthWithoutActuals {
        /// The window.
        window: String,
        /// The first month for which there are none.
        month: Month,
    },
    /// The history goes on after the origin.
    #[error(
        "the history for window {window} goes on to {ends}, after its origin {origin}: a forecast would have seen it"
    )]
    SeesBeyond {
        /// The window.
        window: String,
        /// The last month of the history.
        ends: Month,
        /// The origin.
        origin: Month,
    },
    /// The history ends before the origin.
    #[error("the history for window {window} ends in {ends}, before its origin {origin}")]
    EndsBefore {
        /// The window.
        window: String,
        /// The last month of the history.
        ends: Month,
        /// The origin.
        origin: Month,
    },
    /// No unit exists both at the origin and among the actuals.
    #[error("window {window}: no unit of the history is among the actuals; are the units' codes the same?")]
    NoUnits {
        /// The window.
        window: String,
    },
    /// A model knew more than it was handed.
    #[error(
        "model {model} peeks: with the units renamed and the calendar moved, its forecast for window {window} is another, \
         so it looks up what it was not handed"
    )]
    Peeks {
        /// The model.
        model: String,
        /// The window.
        window: String,
    },
    /// A model's draws are no forecast.
    #[error("model {model}: draw {draw} for unit {unit} is no number of deaths")]
    NoDraw {
        /// The model.
        model: String,
        /// The unit.
        unit: String,
        /// The draw.
        draw: String,
    },
}

/// What a model did in a window.
#[derive(Clone, Debug)]
pub struct Trial {
    /// The model.
    pub model: String,
    /// The window.
    pub window: Window,
    /// Every unit-month in order of unit and month, or why there is none.
    pub judged: Result<Vec<Judged>, Abstention>,
}

impl Trial {
    /// The mean of each metric over units and months, unweighted; none where the model abstained.
    pub fn means(&self) -> Option<[f64; METRICS]> {
        let judged = self.judged.as_ref().ok().filter(|judged| !judged.is_empty())?;
        let mut sums = [0.0; METRICS];
        for one in judged {
            for (sum, score) in sums.iter_mut().zip(one.scores) {
                *sum += score;
            }
        }
        Some(sums.map(|sum| sum / judged.len() as f64))
    }
}

/// Forecasts a window with a model and judges it. `known` ends at the window's origin; `actuals` has what came, its units by
/// the same codes.
pub fn trial(
    model: &dyn Model,
    known: &Panel,
    actuals: &Panel,
    window: &Window,
    seed: u64,
) -> Result<Trial, BacktestError> {
    let pairs = ready(known, actuals, window)?;
    let targets = window.targets();
    let told = |judged| Trial {
        model: model.name().to_string(),
        window: window.clone(),
        judged,
    };
    let fitted = match model.fit(known, &targets, seed) {
        Ok(fitted) => fitted,
        Err(abstention) => return Ok(told(Err(abstention))),
    };
    let judge = |&(unit, actual): &(usize, usize)| {
        let series = known.series(unit);
        let active = series[series.len().saturating_sub(12)..]
            .iter()
            .any(|deaths| *deaths > 0.0);
        let mut draws = Vec::with_capacity(DRAWS);
        let mut judged = Vec::with_capacity(targets.len());
        for (number, target) in targets.iter().enumerate() {
            let month = window.origin.plus(target.first as i32);
            let Some(outcome) = actuals.get(actual, month) else {
                continue;
            };
            draws.clear();
            fitted.draws(unit, number, DRAWS, &mut draws);
            if let Some(draw) = draws.iter().find(|draw| !draw.is_finite() || **draw < 0.0) {
                return Err(BacktestError::NoDraw {
                    model: model.name().to_string(),
                    unit: known.units()[unit].clone(),
                    draw: draw.to_string(),
                });
            }
            judged.push(Judged::of(unit as u32, month, active, &draws, outcome));
        }
        Ok(judged)
    };
    let judged: Vec<Vec<Judged>> = pairs.par_iter().map(judge).collect::<Result<_, _>>()?;
    Ok(told(Ok(judged.into_iter().flatten().collect())))
}

/// Refuses a window of which not every month has an actual of some unit.
pub fn has_actuals(actuals: &Panel, window: &Window) -> Result<(), BacktestError> {
    let there = |month: Month| (0..actuals.units().len()).any(|unit| actuals.get(unit, month).is_some());
    let months = (0..=window.last.since(window.first)).map(|step| window.first.plus(step));
    let missing: Vec<Month> = months.clone().filter(|month| !there(*month)).collect();
    if missing.len() == months.count() {
        return Err(BacktestError::NoActuals {
            window: window.name.clone(),
            first: window.first,
            last: window.last,
            ends: actuals.last(),
        });
    }
    if let Some(month) = missing.first() {
        return Err(BacktestError::MonthWithoutActuals {
            window: window.name.clone(),
            month: *month,
        });
    }
    Ok(())
}

/// The units that exist at the origin and have actuals: their numbers in both panels.
fn ready(known: &Panel, actuals: &Panel, window: &Window) -> Result<Vec<(usize, usize)>, BacktestError> {
    let name = || window.name.clone();
    if known.last() > window.origin {
        return Err(BacktestError::SeesBeyond {
            window: name(),
            ends: known.last(),
            origin: window.origin,
        });
    }
    if known.last() < window.origin {
        return Err(BacktestError::EndsBefore {
            window: name(),
            ends: known.last(),
            origin: window.origin,
        });
    }
    has_actuals(actuals, window)?;
    let numbers: std::collections::HashMap<&str, usize> = actuals
        .units()
        .iter()
        .enumerate()
        .map(|(number, unit)| (unit.as_str(), number))
        .collect();
    let pairs: Vec<(usize, usize)> = (0..known.units().len())
        .filter(|unit| exists_at_origin(known, *unit))
        .filter_map(|unit| Some((unit, *numbers.get(known.units()[unit].as_str())?)))
        .collect();
    if pairs.is_empty() {
        return Err(BacktestError::NoUnits { window: name() });
    }
    Ok(pairs)
}

/// Months by which the calendar is moved for [`blind`]: whole years, so that a season would stay a season.
const MOVED: i32 = 12 * 37;
/// Draws that are compared.
const COMPARED: usize = 20;

/// Refuses a model that forecasts otherwise when the units are renamed and the calendar is moved.
pub fn blind(model: &dyn Model, known: &Panel, window: &Window, seed: u64) -> Result<(), BacktestError> {
    let targets = window.targets();
    let (as_it_is, disguised) = (
        model.fit(known, &targets, seed),
        model.fit(&known.disguised(MOVED), &targets, seed),
    );
    let same = match (as_it_is, disguised) {
        (Ok(one), Ok(other)) => (0..known.units().len()).into_par_iter().all(|unit| {
            let (mut a, mut b) = (Vec::new(), Vec::new());
            (0..targets.len()).all(|target| {
                a.clear();
                b.clear();
                one.draws(unit, target, COMPARED, &mut a);
                other.draws(unit, target, COMPARED, &mut b);
                a == b
            })
        }),
        (Err(one), Err(other)) => one == other,
        _ => false,
    };
    if same {
        return Ok(());
    }
    Err(BacktestError::Peeks {
        model: model.name().to_string(),
        window: window.name.clone(),
    })
}
