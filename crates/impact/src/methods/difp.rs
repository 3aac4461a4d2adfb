//! De-meaned synthetic control: weights and an intercept on the periods before, so that a donor need only move with the unit and not
//! stand where it stands (Doudchenko & Imbens 2016, NBER 22791; Ferman & Pinto 2021, Quant. Econ. 12:1197).
//!
//! As Arkhangelsky et al. 2021 (AER 111:4088) compare with: min over ω₀, ω of Σₜ (ω₀ + Σ ωⱼ yⱼₜ − y₁ₜ)² + ζ² T_pre |ω|² with
//! ζ = 10⁻⁶ σ̂, and the mean over all periods before as intercept. So small a ζ does no more than choose among weights that are
//! equally good the most even ones, and is taken to that limit.

use super::synthetic::{NOT_UNIQUE, unsolved};
use super::{Fit, Method, donors, mean, named, need_before, need_donors, told, weighted};
use crate::design::Design;
use crate::simplex;
use crate::unfit::Unfit;

pub(super) fn fit(design: &Design) -> Result<Fit, Unfit> {
    const WHAT: &str = "a de-meaned synthetic control";
    need_donors(design, WHAT, 1)?;
    need_before(design, WHAT, 3)?;
    let columns: Vec<Vec<f64>> = design
        .donors
        .iter()
        .map(|donor| demeaned(&donor.values[..design.pre]))
        .collect();
    let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
    let target = demeaned(&design.observed[..design.pre]);
    let optimum = simplex::least_squares(&columns, &target).map_err(|status| unsolved(design, WHAT, status))?;
    let of_donors = weighted(design, &optimum.weights);
    let intercept = mean(&design.observed[..design.pre]) - mean(&of_donors[..design.pre]);
    let counterfactual = of_donors.iter().map(|value| value + intercept).collect();
    let mut fit = Fit {
        weights: named(donors(design), &optimum.weights),
        time_weights: named(design.times.iter(), &vec![1.0 / design.pre as f64; design.pre]),
        intercept,
        ..told(Method::Difp, design, counterfactual)
    };
    if !optimum.unique {
        fit.notes.push(NOT_UNIQUE.to_string());
    }
    Ok(fit)
}

/// Values less their mean.
pub(super) fn demeaned(values: &[f64]) -> Vec<f64> {
    let middle = mean(values);
    values.iter().map(|value| value - middle).collect()
}
