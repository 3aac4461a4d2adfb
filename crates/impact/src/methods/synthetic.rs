//! Synthetic control, outcome-only: the weights, zero or more and summing to 1, with which the donors' outcomes come closest
//! to the unit's in the periods before (Abadie, Diamond & Hainmueller 2010, JASA 105:493, with every outcome before as
//! the only predictors: a convex problem).

use super::{Fit, Method, Weight, need_donors, told};
use crate::design::Design;
use crate::simplex;
use crate::unfit::Unfit;

pub(super) fn fit(design: &Design) -> Result<Fit, Unfit> {
    need_donors(design, "a synthetic control", 1)?;
    let columns: Vec<&[f64]> = design.donors.iter().map(|donor| &donor.values[..design.pre]).collect();
    let weights =
        simplex::least_squares(&columns, &design.observed[..design.pre]).map_err(|status| Unfit::Unsolved {
            what: "a synthetic control",
            unit: design.unit.clone(),
            status,
        })?;
    let counterfactual = weighted(design, &weights);
    Ok(Fit {
        weights: named(design, &weights),
        ..told(Method::Synthetic, design, counterfactual)
    })
}

/// The donors' outcomes, weighted, period by period.
fn weighted(design: &Design, weights: &[f64]) -> Vec<f64> {
    let at = |time: usize| {
        let parts = design.donors.iter().zip(weights);
        parts.map(|(donor, weight)| donor.values[time] * weight).sum()
    };
    (0..design.times.len()).map(at).collect()
}

fn named(design: &Design, weights: &[f64]) -> Vec<Weight> {
    let pairs = design.donors.iter().zip(weights);
    let named = pairs.map(|(donor, &weight)| Weight {
        unit: donor.unit.clone(),
        weight,
    });
    named.collect()
}
