//! Synthetic control, outcome-only: the weights, zero or more and summing to 1, with which the donors' outcomes come closest
//! to the unit's in the periods before (Abadie, Diamond & Hainmueller 2010, JASA 105:493, with every outcome before as
//! the only predictors: a convex problem).
//!
//! The nearest point of the donors' hull is always one, but where the unit lies inside the hull, or donors are alike, several sets of
//! weights make it. Then those with the least sum of squares are taken: there is one such set, it does not depend on the order
//! of the donors, and donors that are alike share alike.

use super::{Fit, Method, donors, named, need_before, need_donors, told, weighted};
use crate::design::Design;
use crate::simplex::{self, Optimum};
use crate::unfit::Unfit;

/// What is said where other weights would do as well.
pub(super) const NOT_UNIQUE: &str = "Other weights fit the periods before as well; of all that do, the ones spread most \
                                     evenly were taken, and the effect depends on that choice.";

pub(super) fn fit(design: &Design) -> Result<Fit, Unfit> {
    need_donors(design, "a synthetic control", 1)?;
    need_before(design, "a synthetic control", 2)?;
    let optimum = optimum(design)?;
    let counterfactual = weighted(design, &optimum.weights);
    let mut fit = Fit {
        weights: named(donors(design), &optimum.weights),
        ..told(Method::Synthetic, design, counterfactual)
    };
    if !optimum.unique {
        fit.notes.push(NOT_UNIQUE.to_string());
    }
    Ok(fit)
}

/// The best weights on the periods before.
pub(super) fn optimum(design: &Design) -> Result<Optimum, Unfit> {
    let columns: Vec<&[f64]> = design.donors.iter().map(|donor| &donor.values[..design.pre]).collect();
    simplex::least_squares(&columns, &design.observed[..design.pre])
        .map_err(|status| unsolved(design, "a synthetic control", status))
}

/// The optimisation did not end.
pub(super) fn unsolved(design: &Design, what: &'static str, status: String) -> Unfit {
    Unfit::Unsolved {
        what,
        unit: design.unit.clone(),
        status,
    }
}
