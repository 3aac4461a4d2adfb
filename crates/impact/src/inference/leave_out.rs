//! The effect without each donor that counts (Abadie, Diamond & Hainmueller 2015, American Journal of Political Science 59:495).

use rayon::prelude::*;

use super::{LeftOut, fitted};
use crate::design::Design;
use crate::methods::{Fit, Method};

/// Weights below this are a solver's rest.
const COUNTS: f64 = 1e-3;

/// The effect without each donor whose weight counts, in the donors' order; donors without which nothing can be fitted are
/// left away.
pub fn one_by_one(method: Method, design: &Design, fit: &Fit) -> Vec<LeftOut> {
    let counts = |donor: &usize| {
        let weight = fit
            .weights
            .iter()
            .find(|weight| weight.unit == design.donors[*donor].unit);
        // Where few donors share the weight evenly every one counts, however many they are.
        weight.is_some_and(|weight| weight.weight.abs() > COUNTS.min(0.5 / design.donors.len() as f64))
    };
    let donors: Vec<usize> = (0..design.donors.len()).filter(counts).collect();
    let without = |&donor: &usize| {
        let fit = fitted(method, &design.without(donor)).ok()?;
        Some(LeftOut {
            unit: design.donors[donor].unit.clone(),
            effect: fit.effect,
            pre_rmspe: fit.pre_rmspe,
        })
    };
    donors.par_iter().filter_map(without).collect()
}
