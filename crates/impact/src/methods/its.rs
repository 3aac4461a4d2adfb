//! Interrupted time series: the unit's own course before, carried on (segmented regression, Wagner et al. 2002, J. Clin. Pharm.
//! Ther. 27:299). It has no donors: whatever else happened at that time is taken for the policy's effect.
//!
//! y = intercept + trend·t + step·after + slope change·after·(t − first after), by ordinary least squares, t counted from the first
//! period. Standard errors are robust to heteroscedasticity and autocorrelation (Newey & West 1987, Econometrica 55:703): Bartlett's
//! weights up to lag ⌊4 (T/100)^(2/9)⌋, which does not depend on the data (Newey & West 1994), times T/(T − k).

use super::householder::{Reflected, dot};
use super::{Coefficient, Fit, Method, mean, need_before, told};
use crate::design::Design;
use crate::unfit::Unfit;

/// The fewest periods before: two always lie on a line.
const BEFORE: usize = 3;

pub(super) fn fit(design: &Design) -> Result<Fit, Unfit> {
    need_before(design, "an interrupted time series", BEFORE)?;
    let regressors = regressors(design);
    let names = ["intercept", "trend", "step", "slope change"];
    let reflected = Reflected::of(regressors.clone());
    if !reflected.is_independent() {
        return Err(Unfit::Form(format!(
            "the periods of {} do not lie apart in time, so that no trend can be drawn",
            design.unit
        )));
    }
    let coefficients = reflected.solve(&design.observed);
    let line = |time: usize, upto: usize| (0..upto).map(|k| coefficients[k] * regressors[k][time]).sum::<f64>();
    let counterfactual = (0..design.times.len()).map(|time| line(time, 2)).collect();
    let fitted = (0..design.times.len()).map(|time| line(time, coefficients.len()));
    let residuals: Vec<f64> = fitted.zip(&design.observed).map(|(fitted, y)| y - fitted).collect();
    let lag = lag(residuals.len());
    let covariance = covariance(
        &reflected.inverse_of_products(),
        &regressors,
        &residuals,
        &design.at,
        lag,
    );
    // The effect is a sum of the coefficients: of the step, and of the change of slope as often as periods have passed.
    let share: Vec<f64> = regressors
        .iter()
        .enumerate()
        .map(|(k, regressor)| if k < 2 { 0.0 } else { mean(&regressor[design.pre..]) })
        .collect();
    let variance = covariance.as_ref().map(|rows| {
        let along: Vec<f64> = rows.iter().map(|row| dot(row, &share)).collect();
        dot(&along, &share)
    });
    let error = |k: usize| covariance.as_ref().map(|rows| rows[k][k].max(0.0).sqrt());
    let coefficient = |(k, &value): (usize, &f64)| Coefficient {
        name: names[k].to_string(),
        value,
        error: error(k),
    };
    Ok(Fit {
        effect_error: variance.map(|variance| variance.max(0.0).sqrt()),
        intercept: coefficients[0],
        coefficients: coefficients.iter().enumerate().map(coefficient).collect(),
        notes: notes(design, lag, covariance.is_some()),
        ..told(Method::Its, design, counterfactual)
    })
}

/// The columns of the regression; with one period after there is no change of slope to be seen.
fn regressors(design: &Design) -> Vec<Vec<f64>> {
    let (first, start) = (design.at[0], design.at[design.pre]);
    let after = |time: usize| time >= design.pre;
    let column = |value: &dyn Fn(usize) -> f64| (0..design.times.len()).map(value).collect::<Vec<f64>>();
    let mut columns = vec![
        column(&|_| 1.0),
        column(&|time| design.at[time] - first),
        column(&|time| f64::from(u8::from(after(time)))),
    ];
    if design.post() > 1 {
        columns.push(column(&|time| if after(time) { design.at[time] - start } else { 0.0 }));
    }
    columns
}

/// ⌊4 (T/100)^(2/9)⌋.
fn lag(periods: usize) -> usize {
    (4.0 * (periods as f64 / 100.0).powf(2.0 / 9.0)).floor() as usize
}

/// The robust covariance of the coefficients; none where the line leaves no error. Periods that are set aside count as time that has
/// passed.
fn covariance(
    inverse: &[Vec<f64>],
    regressors: &[Vec<f64>],
    residuals: &[f64],
    at: &[f64],
    lag: usize,
) -> Option<Vec<Vec<f64>>> {
    let (periods, size) = (residuals.len(), regressors.len());
    if periods <= size {
        return None;
    }
    let scores: Vec<Vec<f64>> = (0..periods)
        .map(|time| regressors.iter().map(|column| column[time] * residuals[time]).collect())
        .collect();
    let mut middle = vec![vec![0.0; size]; size];
    for (one, other) in (0..periods).flat_map(|one| (0..periods).map(move |other| (one, other))) {
        let weight = 1.0 - (at[one] - at[other]).abs() / (lag as f64 + 1.0);
        if weight > 0.0 {
            for (row, line) in middle.iter_mut().enumerate() {
                let pairs = line.iter_mut().zip(&scores[other]);
                pairs.for_each(|(sum, score)| *sum += weight * scores[one][row] * score);
            }
        }
    }
    let small = periods as f64 / (periods - size) as f64;
    let product = |left: &[Vec<f64>], right: &[Vec<f64>]| -> Vec<Vec<f64>> {
        let column = |number: usize| right.iter().map(|row| row[number]).collect::<Vec<f64>>();
        let row = |row: &Vec<f64>| (0..size).map(|number| dot(row, &column(number))).collect();
        left.iter().map(row).collect()
    };
    let mut covariance = product(&product(inverse, &middle), inverse);
    covariance.iter_mut().flatten().for_each(|value| *value *= small);
    Some(covariance)
}

fn notes(design: &Design, lag: usize, has_errors: bool) -> Vec<String> {
    let mut notes = Vec::new();
    if has_errors {
        notes.push(format!(
            "Standard errors are Newey–West with Bartlett weights up to lag {lag} and the correction T/(T − k) for {} periods; \
             the lag depends on the number of periods alone.",
            design.times.len()
        ));
    } else {
        notes.push("There are as many coefficients as periods: no standard error can be had.".to_string());
    }
    if design.post() == 1 {
        notes.push(
            "With one period after, a change of slope cannot be told from a step; there is the step alone.".into(),
        );
    }
    notes.push("It compares with no other place: whatever else changed at that time is taken for the effect.".into());
    notes
}
