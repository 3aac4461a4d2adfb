//! Difference-in-differences, two-way: with one unit under the policy and one date it is the unit's change less the donors'
//! mean change, and needs that they would have gone on in parallel.
//!
//! With one unit under the policy its own error cannot be seen; it is taken to be like the donors'. Their changes differ by a
//! standard deviation s, and the unit's change less the mean of n others has the error s √(1 + 1/n) (Donald & Lang 2007, Rev. Econ.
//! Stat. 89:221, with one treated group).

use serde::Serialize;
use statrs::distribution::{ContinuousCDF, StudentsT};
use utoipa::ToSchema;

use super::{Fit, Method, donors, mean, mean_square, named, need_before, need_donors, told, weighted};
use crate::design::Design;
use crate::unfit::Unfit;

/// The effect in one period, against the last period before.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct EventTime {
    /// The period's label.
    pub time: String,
    /// Periods since the first after the policy began: 0 is that period, −1 usually the last before, with which all are compared.
    pub relative: f64,
    /// The unit's change since the last period before less the donors' mean change, in the outcome's unit; 0 in that period.
    pub effect: f64,
    /// The lower end of its interval; none with fewer than two donors, and in the period with which all are compared.
    pub low: Option<f64>,
    /// The upper end.
    pub high: Option<f64>,
}

pub(super) fn fit(design: &Design) -> Result<Fit, Unfit> {
    need_donors(design, "difference-in-differences", 1)?;
    need_before(design, "difference-in-differences", 1)?;
    let shares = vec![1.0 / design.donors.len() as f64; design.donors.len()];
    let of_donors = weighted(design, &shares);
    let intercept = mean(&design.observed[..design.pre]) - mean(&of_donors[..design.pre]);
    let counterfactual = of_donors.iter().map(|value| value + intercept).collect();
    let change = |values: &[f64]| mean(&values[design.pre..]) - mean(&values[..design.pre]);
    let changes: Vec<f64> = design.donors.iter().map(|donor| change(&donor.values)).collect();
    let error = error_of_one(&changes);
    let note = match error {
        Some(_) => format!(
            "The standard error takes the unit's change to vary as the changes of the {} donors do.",
            changes.len()
        ),
        None => "With one donor no standard error can be had.".to_string(),
    };
    Ok(Fit {
        effect_error: error,
        weights: named(donors(design), &shares),
        intercept,
        notes: vec![note],
        ..told(Method::Did, design, counterfactual)
    })
}

/// The effects period by period, before and after, each against the last period before: what is seen before should lie around 0.
/// Intervals hold a share `level` (0 to 1) by Student's t with as many degrees of freedom as donors less one.
///
/// # Errors
/// Where there is no donor.
pub fn event_study(design: &Design, level: f64) -> Result<Vec<EventTime>, Unfit> {
    need_donors(design, "an event study", 1)?;
    let base = design.pre - 1;
    let wide = StudentsT::new(0.0, 1.0, design.donors.len() as f64 - 1.0)
        .ok()
        .filter(|_| (0.0..1.0).contains(&level))
        .map(|student| student.inverse_cdf(0.5 + level / 2.0));
    let at = |time: usize| {
        let changes: Vec<f64> = design
            .donors
            .iter()
            .map(|donor| donor.values[time] - donor.values[base])
            .collect();
        let effect = design.observed[time] - design.observed[base] - mean(&changes);
        let half = wide.zip(error_of_one(&changes)).map(|(wide, error)| wide * error);
        let half = half.filter(|_| time != base);
        EventTime {
            time: design.times[time].clone(),
            relative: design.at[time] - design.at[design.pre],
            effect,
            low: half.map(|half| effect - half),
            high: half.map(|half| effect + half),
        }
    };
    Ok((0..design.times.len()).map(at).collect())
}

/// The standard error of one more change less the mean of some; none of fewer than two.
fn error_of_one(changes: &[f64]) -> Option<f64> {
    let count = changes.len() as f64;
    let middle = mean(changes);
    let apart: Vec<f64> = changes.iter().map(|change| change - middle).collect();
    let variance = mean_square(&apart) * count / (count - 1.0);
    (changes.len() > 1).then(|| (variance * (1.0 + 1.0 / count)).sqrt())
}
