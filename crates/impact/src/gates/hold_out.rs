//! The last periods before, foretold from those before them: the unit against its donors.

use rayon::prelude::*;

use super::peak::share_below;
use super::{Detectable, HeldOut, HoldOut};
use crate::design::Design;
use crate::inference::{fitted, median, range_or_band};
use crate::methods::{Method, mean, mean_square};
use crate::rules::Rules;

/// What a unit's hold-out showed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Held {
    /// The root mean squared gap over the periods held out.
    pub(crate) rmspe: f64,
    /// The mean gap over them.
    pub(crate) gap: f64,
    /// The share of the earlier gaps, fitted or held out, that the last lies at or above.
    pub(crate) last: f64,
    /// The slope of the gaps over them, a period.
    pub(crate) slope: f64,
    /// The mean counterfactual over them.
    pub(crate) counterfactual: f64,
}

/// A unit's hold-out; none where there is nothing to fit or to hold out.
pub(crate) fn held(method: Method, before: &Design) -> Option<Held> {
    if before.pre == 0 || before.post() == 0 {
        return None;
    }
    let fit = fitted(method, before).ok()?;
    let all = fit.gaps(before);
    let gaps = &all[before.pre..];
    let held = Held {
        rmspe: mean_square(gaps).sqrt(),
        gap: mean(gaps),
        last: share_below(&all)?,
        slope: slope(&before.at[before.pre..], gaps),
        counterfactual: mean(&fit.counterfactual[before.pre..]),
    };
    held.rmspe.is_finite().then_some(held)
}

/// The donors' hold-outs in their order, each as if it were the unit.
pub(crate) fn of_donors(method: Method, before: &Design) -> Vec<Option<Held>> {
    let donors = (0..before.donors.len()).into_par_iter();
    donors.map(|donor| held(method, &before.as_if(donor))).collect()
}

/// The unit against the donors; none where no donor has a hold-out.
pub(crate) fn compare(before: &Design, unit: &Held, donors: &[Option<Held>]) -> Option<HoldOut> {
    let named = before.donors.iter().zip(donors);
    let named: Vec<HeldOut> = named
        .filter_map(|(donor, held)| {
            held.as_ref().map(|held| HeldOut {
                unit: donor.unit.clone(),
                rmspe: held.rmspe,
                gap: held.gap,
            })
        })
        .collect();
    let steeper = slopes(donors).filter(|slope| slope.abs() >= unit.slope.abs()).count();
    Some(HoldOut {
        fitted: before.pre,
        held: before.post(),
        rmspe: unit.rmspe,
        last: unit.last,
        slope: unit.slope,
        drift: (1 + steeper) as f64 / (1 + named.len()) as f64,
        donors_median: median(named.iter().map(|donor| donor.rmspe))?,
        donors: named,
    })
}

fn slopes(held: &[Option<Held>]) -> impl Iterator<Item = f64> {
    held.iter().flatten().map(|held| held.slope)
}

/// The least-squares slope of values over time; 0 of a single one.
fn slope(at: &[f64], values: &[f64]) -> f64 {
    let (middle, level) = (mean(at), mean(values));
    let pairs = at.iter().zip(values).map(|(at, value)| (at - middle, value - level));
    let (across, along) = pairs.fold((0.0, 0.0), |(across, along), (at, value)| {
        (across + at * value, along + at * at)
    });
    if along > 0.0 { across / along } else { 0.0 }
}

/// The band of the donors' mean gaps where there was no policy: the unit's own error is one of its kind, so that an effect
/// inside it could not be told from none.
pub(crate) fn detectable(unit: &Held, hold_out: &HoldOut, rules: &Rules) -> Option<Detectable> {
    let (low, high) = range_or_band(hold_out.donors.iter().map(|donor| donor.gap), rules.band)?;
    let share = (high - low) / unit.counterfactual;
    Some(Detectable {
        low,
        high,
        counterfactual: unit.counterfactual,
        share: Some(share).filter(|share| unit.counterfactual > 0.0 && share.is_finite()),
    })
}
