//! How likely totals of deaths are, from a panel that ends at an origin: what triggers read, live and in the past.

use jiff::civil::Date;
use lysoen_forecasts::catalog::{POOL, model};
use lysoen_forecasts::score::probability_of;
use lysoen_forecasts::{DRAWS, Target, exists_at_origin};
use lysoen_lexicon::panel::{Month, Panel};
use rayon::prelude::*;

use crate::error::AnswerError;

/// The seed of every forecast that a trigger reads.
const SEED: u64 = 1;

/// The chance that the total of some months to come reaches a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Total {
    /// How many months are summed, from the first that begins on or after the day for which it is told.
    pub months: u32,
    /// The number that is to be reached.
    pub at_least: f64,
}

/// Months that have begun after an origin by a day: none of them is counted, for a warning of that day is of what comes after it.
pub fn begun(origin: Month, day: Date) -> u32 {
    let month = Month::of(day.year(), day.month().unsigned_abs());
    let first = if day.day() == 1 { month } else { month.plus(1) };
    u32::try_from(first.since(origin) - 1).unwrap_or(0)
}

/// The chance of each total for each unit of a panel, in its order; NaN for units that do not exist at the origin, and for all
/// where the model abstains, with its reason. The months begin after `begun` months from the origin. The same `fit` as a
/// forecast's.
pub fn chances(panel: &Panel, begun: u32, totals: &[Total]) -> Result<Vec<Vec<f64>>, AnswerError> {
    let longest = totals.iter().map(|total| total.months).max().unwrap_or(0);
    let mut targets: Vec<Target> = (begun + 1..=begun + longest).map(Target::month).collect();
    let whole = |total: &Total| Target {
        first: begun + 1,
        last: begun + total.months,
    };
    for total in totals {
        let target = whole(total);
        if !targets.contains(&target) {
            targets.push(target);
        }
    }
    let Some(pool) = model(POOL) else {
        return Ok(vec![vec![f64::NAN; totals.len()]; panel.units().len()]);
    };
    let fitted = pool.fit(panel, &targets, SEED)?;
    let of_unit = |unit: usize| -> Vec<f64> {
        if !exists_at_origin(panel, unit) {
            return vec![f64::NAN; totals.len()];
        }
        let draws = |target: usize| {
            let mut draws = Vec::with_capacity(DRAWS);
            fitted.draws(unit, target, DRAWS, &mut draws);
            draws
        };
        let of = |total: &Total| {
            let whole = whole(total);
            let number = targets.iter().position(|target| *target == whole)?;
            let mut all = draws(number);
            // A total holds every month and total within it, so none of its quantiles is below theirs.
            for (part, target) in targets.iter().enumerate().filter(|(_, part)| part.last <= whole.last) {
                if *target != whole {
                    for (draw, least) in all.iter_mut().zip(draws(part)) {
                        *draw = draw.max(least);
                    }
                }
            }
            Some(probability_of(&all, total.at_least))
        };
        totals.iter().map(|total| of(total).unwrap_or(f64::NAN)).collect()
    };
    Ok((0..panel.units().len()).into_par_iter().map(of_unit).collect())
}
