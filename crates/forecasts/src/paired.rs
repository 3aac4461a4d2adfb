//! Two models on the same unit-months: how much better one is, and how sure that is.

use std::collections::BTreeMap;

use lysoen_lexicon::panel::Month;

use crate::bootstrap::{Resampled, Sums, interval};
use crate::judged::{Judged, Metric};

/// What is computed of two models. A mean over windows gives each window the same weight, whatever its length.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Statistic {
    /// The model's score: the mean over windows of the mean over unit-months.
    Mean,
    /// The same of the benchmark.
    Benchmark,
    /// The model's mean less the benchmark's; below zero the model is better.
    Difference,
    /// The model's mean divided by the benchmark's; below one the model is better. Where harm is great in one window,
    /// that window decides.
    Ratio,
    /// The geometric mean over windows of the ratio in each, so that every window says as much.
    GeometricRatio,
}

/// Why two models cannot be compared.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unpaired {
    /// One has more windows than the other.
    #[error("the model has {model} windows and the benchmark {benchmark}")]
    Windows {
        /// Windows of the model.
        model: usize,
        /// Windows of the benchmark.
        benchmark: usize,
    },
    /// One has more forecasts in a window than the other.
    #[error("in window {window} the model has {model} forecasts and the benchmark {benchmark}")]
    Length {
        /// The window, from 0.
        window: usize,
        /// Forecasts of the model.
        model: usize,
        /// Forecasts of the benchmark.
        benchmark: usize,
    },
    /// In some place they do not speak of the same.
    #[error("forecast {row} of window {window} is not of the same unit, month and outcome in both")]
    Row {
        /// The window, from 0.
        window: usize,
        /// The forecast, from 0.
        row: usize,
    },
}

/// A unit-month of a window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    /// The window, from 0.
    pub window: usize,
    /// The forecast in the window, from 0.
    pub row: usize,
    /// The unit.
    pub unit: u32,
    /// The month.
    pub month: Month,
    /// Deaths that came.
    pub outcome: f64,
}

/// The unit-months with the greatest outcomes over all windows, the greatest first; of equals the earlier in the data.
pub fn largest(windows: &[&[Judged]], cells: usize) -> Vec<Cell> {
    let mut all: Vec<Cell> = windows
        .iter()
        .enumerate()
        .flat_map(|(window, rows)| {
            rows.iter().enumerate().map(move |(row, judged)| Cell {
                window,
                row,
                unit: judged.unit,
                month: judged.month,
                outcome: judged.outcome,
            })
        })
        .collect();
    all.sort_by(|a, b| b.outcome.total_cmp(&a.outcome));
    all.truncate(cells);
    all
}

/// How far a statistic moves when one unit is left out: how much hangs on one country.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LeaveOneOut {
    /// The lowest value, and the unit without which it is so low.
    pub lowest: (f64, u32),
    /// The highest value, and the unit without which it is so high.
    pub highest: (f64, u32),
}

/// The scores of two models on the same unit-months, summed unit by unit and window by window.
#[derive(Clone, Debug)]
pub struct Paired {
    units: Vec<u32>,
    /// Of each unit and window: unit-months, the model's score, the benchmark's.
    sums: Sums,
}

/// Quantities of a unit in a window.
const PER_WINDOW: usize = 3;

impl Paired {
    /// A model beside a benchmark, window by window. To weigh unit-months and not windows alike, hand over all as one
    /// window.
    ///
    /// # Errors
    /// Where the two are not of the same unit-months in the same order.
    pub fn new(metric: Metric, model: &[&[Judged]], benchmark: &[&[Judged]]) -> Result<Paired, Unpaired> {
        Paired::without(metric, model, benchmark, &[])
    }

    /// The same without some unit-months, such as the [`largest`]: what is left of a gain where no single catastrophe
    /// decides.
    ///
    /// # Errors
    /// As [`Paired::new`].
    pub fn without(
        metric: Metric,
        model: &[&[Judged]],
        benchmark: &[&[Judged]],
        left_out: &[Cell],
    ) -> Result<Paired, Unpaired> {
        check(model, benchmark)?;
        let metric = metric as usize;
        let places = places(model);
        let mut sums = Sums::new(places.len(), model.len() * PER_WINDOW);
        for (window, (model, benchmark)) in model.iter().zip(benchmark).enumerate() {
            for (row, (model, benchmark)) in model.iter().zip(*benchmark).enumerate() {
                if left_out.iter().any(|cell| (cell.window, cell.row) == (window, row)) {
                    continue;
                }
                let unit = &mut sums.unit_mut(places[&model.unit])[window * PER_WINDOW..];
                unit[0] += 1.0;
                unit[1] += model.scores[metric];
                unit[2] += benchmark.scores[metric];
            }
        }
        Ok(Paired {
            units: places.into_keys().collect(),
            sums,
        })
    }

    /// A statistic of all units; none where it cannot be had, such as a ratio to a benchmark that makes no error.
    pub fn value(&self, statistic: Statistic) -> Option<f64> {
        of(statistic, &self.sums.total())
    }

    /// A statistic with its interval from resampling units, each with its months in all windows, and both models of it.
    pub fn estimate(&self, statistic: Statistic, seed: u64) -> Option<Resampled> {
        self.sums.statistic(seed, |sums| of(statistic, sums))
    }

    /// Several statistics of the same resamples; as [`Paired::estimate`] gives them one by one.
    pub fn estimates<const N: usize>(&self, statistics: [Statistic; N], seed: u64) -> [Option<Resampled>; N] {
        let resamples = self.sums.resample(seed);
        statistics.map(|statistic| interval(self.value(statistic)?, &resamples, |sums| of(statistic, sums)))
    }

    /// The range of a statistic over all ways to leave out one unit. None where there is one unit or none.
    pub fn leave_one_out(&self, statistic: Statistic) -> Option<LeaveOneOut> {
        let rest = self.sums.without_each();
        let values: Vec<(f64, u32)> = rest
            .iter()
            .zip(&self.units)
            .filter_map(|(rest, unit)| Some((of(statistic, rest)?, *unit)))
            .collect();
        Some(LeaveOneOut {
            lowest: *values.iter().min_by(|a, b| a.0.total_cmp(&b.0))?,
            highest: *values.iter().rev().max_by(|a, b| a.0.total_cmp(&b.0))?,
        })
    }
}

fn check(model: &[&[Judged]], benchmark: &[&[Judged]]) -> Result<(), Unpaired> {
    if model.len() != benchmark.len() {
        return Err(Unpaired::Windows {
            model: model.len(),
            benchmark: benchmark.len(),
        });
    }
    for (window, (model, benchmark)) in model.iter().zip(benchmark).enumerate() {
        if model.len() != benchmark.len() {
            return Err(Unpaired::Length {
                window,
                model: model.len(),
                benchmark: benchmark.len(),
            });
        }
        let same = |a: &Judged, b: &Judged| (a.unit, a.month, a.outcome) == (b.unit, b.month, b.outcome);
        if let Some(row) = (0..model.len()).find(|&row| !same(&model[row], &benchmark[row])) {
            return Err(Unpaired::Row { window, row });
        }
    }
    Ok(())
}

/// The place of each unit among those there are, by number.
pub(crate) fn places(windows: &[&[Judged]]) -> BTreeMap<u32, usize> {
    let mut places: BTreeMap<u32, usize> = windows.iter().flat_map(|w| w.iter()).map(|j| (j.unit, 0)).collect();
    for (place, at) in places.values_mut().enumerate() {
        *at = place;
    }
    places
}

/// A statistic of sums over units. None where a window has no unit-month, and of a ratio where the benchmark's mean is
/// zero (or, where logarithms are taken, either).
fn of(statistic: Statistic, sums: &[f64]) -> Option<f64> {
    let windows = (sums.len() / PER_WINDOW) as f64;
    let (mut model, mut benchmark, mut logarithm) = (0.0, 0.0, 0.0);
    for window in sums.chunks_exact(PER_WINDOW) {
        if window[0] < 0.5 {
            return None;
        }
        model += window[1] / window[0];
        benchmark += window[2] / window[0];
        logarithm += (window[1] / window[2]).ln();
    }
    let value = match statistic {
        Statistic::Mean => model / windows,
        Statistic::Benchmark => benchmark / windows,
        Statistic::Difference => (model - benchmark) / windows,
        Statistic::Ratio => model / benchmark,
        Statistic::GeometricRatio => (logarithm / windows).exp(),
    };
    let defined = value.is_finite() && (statistic != Statistic::GeometricRatio || logarithm.is_finite());
    defined.then_some(value)
}
