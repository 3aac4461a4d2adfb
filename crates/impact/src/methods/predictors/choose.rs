//! Predictors out of panels: means over periods, and those that are taken where none are named.

use super::super::householder::Reflected;
use super::{mean, mean_square};
use crate::design::Predictor;
use crate::panel::Panel;

/// The mean of a panel over some of its periods, of those in which it is known; NaN for a place of which none is known, with which no
/// control can be fitted. `unit` and `donors` are numbers of the panel's units, `times` of its periods.
pub fn mean_of(panel: &Panel, name: &str, unit: usize, donors: &[usize], times: &[usize]) -> Predictor {
    let of = |unit: usize| {
        let series = panel.series(unit);
        let known: Vec<f64> = times
            .iter()
            .map(|&time| series[time])
            .filter(|value| value.is_finite())
            .collect();
        mean(&known)
    };
    Predictor {
        name: name.to_string(),
        of_unit: of(unit),
        of_donors: donors.iter().map(|&donor| of(donor)).collect(),
    }
}

/// The predictors where none are named, and in sentences what was left out of them.
///
/// They are the mean of every other quantity over the periods before in which it is known (`others`: a name, and a panel with the
/// units and periods of the outcome's), and the outcome itself in three periods before: the first past a quarter and past half of
/// them, and the last, as Abadie, Diamond & Hainmueller 2010 took 1975, 1980 and 1988 of 1970 to 1988.
/// What is not known for every place, is the same for all or follows from those before it is left out, as it would keep the whole
/// from being fitted.
pub fn default_predictors(
    outcome: &Panel,
    others: &[(&str, &Panel)],
    unit: usize,
    donors: &[usize],
    before: &[usize],
) -> (Vec<Predictor>, Vec<String>) {
    let pre = before.len();
    let mut times: Vec<usize> = [pre.div_ceil(4), pre.div_ceil(2), pre.saturating_sub(1)]
        .iter()
        .filter_map(|&place| before.get(place).copied())
        .collect();
    times.dedup();
    let means = others.iter().map(|(name, panel)| {
        let name = format!("mean of {name} before");
        mean_of(panel, &name, unit, donors, before)
    });
    let outcomes = times.iter().map(|&time| {
        let name = format!("outcome in {}", outcome.times[time]);
        mean_of(outcome, &name, unit, donors, &[time])
    });
    let (mut kept, mut columns, mut left_out) = (Vec::new(), Vec::<Vec<f64>>::new(), Vec::new());
    for predictor in outcomes.chain(means) {
        let values: Vec<f64> = std::iter::once(predictor.of_unit)
            .chain(predictor.of_donors.iter().copied())
            .collect();
        let why = if values.iter().any(|value| !value.is_finite()) {
            "is not known for every place"
        } else if let Some(column) = in_deviations(&values) {
            columns.push(column);
            if Reflected::of(columns.clone()).is_independent() {
                kept.push(predictor);
                continue;
            }
            columns.pop();
            "follows from the other predictors"
        } else {
            "is the same for every place"
        };
        left_out.push(format!("The {} {why}, and is no predictor.", predictor.name));
    }
    (kept, left_out)
}

/// Values less their mean and in their standard deviations (n − 1); none where they are all the same.
pub(super) fn in_deviations(values: &[f64]) -> Option<Vec<f64>> {
    if values.iter().all(|value| *value == values[0]) {
        return None;
    }
    let middle = mean(values);
    let apart: Vec<f64> = values.iter().map(|value| value - middle).collect();
    let count = values.len() as f64;
    let deviation = (mean_square(&apart) * count / (count - 1.0)).sqrt();
    (deviation > 0.0 && deviation.is_finite()).then(|| apart.iter().map(|value| value / deviation).collect())
}
