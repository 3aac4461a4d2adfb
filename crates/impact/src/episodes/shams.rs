//! Sham policies dated at other places' points of the same kind.

use rayon::prelude::*;
use serde::Serialize;
use utoipa::ToSchema;

use crate::design::Design;
use crate::methods::Method;
use crate::unfit::Unfit;

/// What sham policies showed that are dated at other places' own points of the same kind.
///
/// Rates of harm are so skewed that most places stay under a mean of others: the median sham "effect" is below zero even where
/// the points are the same, and the unit's effect means something against it alone.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Shams {
    /// How many episodes of other places, as donors and sham dates.
    pub episodes: usize,
    /// The median "effect" of the sham policies, as a share of their counterfactual: the fall that comes without a policy.
    pub median: f64,
    /// The unit's effect, as a share of its counterfactual.
    pub effect: f64,
    /// The unit's effect beyond that of the sham policies: what is left of (1 + effect) ÷ (1 + median), less 1; none where
    /// the shams' median is a fall to nothing.
    pub beyond: Option<f64>,
    /// The share of the unit and the sham policies with an "effect" at least as far from the median of them all as the
    /// unit's, counted in times (half as many and twice as many are equally far); no smaller than 1 / (episodes + 1).
    pub p: f64,
    /// The effect of each, as a share of its counterfactual, in order of place and date.
    pub effects: Vec<(String, f64)>,
}

/// Sham policies at the donors' points of a design in event time: of each the effect, estimated by the same method with the
/// other episodes as donors.
///
/// # Errors
/// A sentence where the unit's own counterfactual cannot be made or is not above zero, or fewer than 2 shams have one.
pub fn shams(design: &Design, method: Method) -> Result<Shams, Unfit> {
    let effect = share(design, method)?;
    let all: Vec<Option<(String, f64)>> = (0..design.donors.len())
        .into_par_iter()
        .map(|donor| {
            let sham = design.as_if(donor);
            share(&sham, method).ok().map(|effect| (sham.unit, effect))
        })
        .collect();
    let effects: Vec<(String, f64)> = all.into_iter().flatten().collect();
    if effects.len() < 2 {
        return Err(Unfit::TooFewDonors {
            unit: design.unit.clone(),
            found: effects.len(),
            needed: 2,
            what: "a test by sham dates",
        });
    }
    let of_shams: Vec<f64> = effects.iter().map(|(_, effect)| *effect).collect();
    let median = median(&of_shams);
    Ok(Shams {
        episodes: effects.len(),
        median,
        effect,
        beyond: (median > -1.0).then(|| (1.0 + effect) / (1.0 + median) - 1.0),
        p: p(effect, &of_shams),
        effects,
    })
}

/// The effect over all periods after as a share of the counterfactual over them.
fn share(design: &Design, method: Method) -> Result<f64, Unfit> {
    let fit = method.fit(design)?;
    let observed: f64 = design.observed[design.pre..].iter().sum();
    let without: f64 = fit.counterfactual[design.pre..].iter().sum();
    if without > 0.0 {
        // Counts are no less than nothing.
        Ok((observed / without - 1.0).max(-1.0))
    } else {
        Err(Unfit::Form(format!(
            "the counterfactual of {} is not above zero, so that no share of it can be told",
            design.unit
        )))
    }
}

/// The share that lies as far from the median of all, in times, as the unit. A fall to nothing is infinitely far.
fn p(unit: f64, shams: &[f64]) -> f64 {
    let times: Vec<f64> = shams.iter().chain([&unit]).map(|effect| (1.0 + effect).ln()).collect();
    let middle = median(&times);
    let far = |times: f64| if times == middle { 0.0 } else { (times - middle).abs() };
    let own = far((1.0 + unit).ln());
    // Ties that differ by rounding alone are ties.
    let as_far = times.iter().filter(|&&times| far(times) >= own - 1e-9).count();
    as_far as f64 / times.len() as f64
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let (low, high) = (sorted[(sorted.len() - 1) / 2], sorted[sorted.len() / 2]);
    // Equal infinities have no mean of their difference.
    if low == high { low } else { (low + high) / 2.0 }
}
