//! Synthetic difference-in-differences: weights of donors that move with the unit before, and weights of periods before that resemble
//! those after, in one difference of differences (Arkhangelsky, Athey, Hirshberg, Imbens & Wager 2021, AER 111:4088, algorithm 1).
//!
//! Unit weights: min over ω₀, ω of Σₜ (ω₀ + Σ ωⱼ yⱼₜ − y₁ₜ)² + ζ_ω² T_pre |ω|², ζ_ω = (N_tr T_post)^¼ σ̂, with σ̂ the standard
//! deviation of the donors' changes from period to period before, all together. Time weights: min over λ₀, λ of
//! Σⱼ (λ₀ + Σ λₜ yⱼₜ − mean of yⱼ after)² + ζ_λ² N_co |λ|² with ζ_λ = 10⁻⁶ σ̂, which does no more than choose among weights that are
//! equally good the most even ones, and is taken to that limit.

use super::difp::demeaned;
use super::synthetic::unsolved;
use super::{Fit, Method, donors, mean, mean_square, named, need_before, need_donors, told, weighted};
use crate::design::Design;
use crate::simplex::{self, Optimum};
use crate::unfit::Unfit;

const WHAT: &str = "synthetic difference-in-differences";

pub(super) fn fit(design: &Design) -> Result<Fit, Unfit> {
    need_donors(design, WHAT, 2)?;
    need_before(design, WHAT, 3)?;
    let spread = spread_of_changes(design)?;
    let units = unit_weights(design, spread)?;
    let times = time_weights(design)?;
    let of_donors = weighted(design, &units);
    let gaps = design
        .observed
        .iter()
        .zip(&of_donors)
        .map(|(observed, donors)| observed - donors);
    let intercept: f64 = gaps.zip(&times.weights).map(|(gap, weight)| gap * weight).sum();
    let counterfactual = of_donors.iter().map(|value| value + intercept).collect();
    let mut fit = Fit {
        weights: named(donors(design), &units),
        time_weights: named(design.times.iter(), &times.weights),
        intercept,
        ..told(Method::Sdid, design, counterfactual)
    };
    if !times.unique {
        fit.notes.push(
            "Other weights of the periods before resemble the periods after as well; of all that do, the ones spread most evenly \
             were taken."
                .to_string(),
        );
    }
    Ok(fit)
}

/// σ̂: the standard deviation (n − 1) of the donors' changes from one period before to the next, never over periods set aside.
fn spread_of_changes(design: &Design) -> Result<f64, Unfit> {
    let next: Vec<usize> = (1..design.pre)
        .filter(|&time| (design.at[time] - design.at[time - 1] - 1.0).abs() < 1e-9)
        .collect();
    let of = |values: &[f64]| {
        next.iter()
            .map(|&time| values[time] - values[time - 1])
            .collect::<Vec<_>>()
    };
    let changes: Vec<f64> = design.donors.iter().flat_map(|donor| of(&donor.values)).collect();
    if changes.len() < 2 {
        return Err(Unfit::Form(format!(
            "no two periods before the policy follow each other, so that {WHAT} cannot see how much the places that {} is compared \
             with change by themselves",
            design.unit
        )));
    }
    let count = changes.len() as f64;
    Ok((mean_square(&demeaned(&changes)) * count / (count - 1.0)).sqrt())
}

fn unit_weights(design: &Design, spread: f64) -> Result<Vec<f64>, Unfit> {
    let columns: Vec<Vec<f64>> = design
        .donors
        .iter()
        .map(|donor| demeaned(&donor.values[..design.pre]))
        .collect();
    let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
    let penalty = (design.post() as f64).sqrt() * spread * spread * design.pre as f64;
    simplex::ridge(&columns, &demeaned(&design.observed[..design.pre]), penalty)
        .map_err(|status| unsolved(design, WHAT, status))
}

fn time_weights(design: &Design) -> Result<Optimum, Unfit> {
    let across = |value: &dyn Fn(&[f64]) -> f64| {
        let values: Vec<f64> = design.donors.iter().map(|donor| value(&donor.values)).collect();
        demeaned(&values)
    };
    let columns: Vec<Vec<f64>> = (0..design.pre).map(|time| across(&|values| values[time])).collect();
    let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
    let after = across(&|values| mean(&values[design.pre..]));
    simplex::least_squares(&columns, &after).map_err(|status| unsolved(design, WHAT, status))
}
