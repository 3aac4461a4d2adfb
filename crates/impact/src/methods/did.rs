//! Difference-in-differences, two-way: with one unit under the policy and one date it is the unit's change less the donors'
//! mean change, and needs that they would have gone on in parallel.

use super::{Fit, Method, Weight, mean, need_donors, told};
use crate::design::Design;
use crate::unfit::Unfit;

pub(super) fn fit(design: &Design) -> Result<Fit, Unfit> {
    need_donors(design, "difference-in-differences", 1)?;
    let share = 1.0 / design.donors.len() as f64;
    let of_donors: Vec<f64> = (0..design.times.len())
        .map(|time| design.donors.iter().map(|donor| donor.values[time]).sum::<f64>() * share)
        .collect();
    let intercept = mean(&design.observed[..design.pre]) - mean(&of_donors[..design.pre]);
    let counterfactual = of_donors.iter().map(|value| value + intercept).collect();
    let weight = |unit: &String| Weight {
        unit: unit.clone(),
        weight: share,
    };
    Ok(Fit {
        weights: design.donors.iter().map(|donor| weight(&donor.unit)).collect(),
        intercept,
        ..told(Method::Did, design, counterfactual)
    })
}
