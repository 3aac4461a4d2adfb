//! Synthetic control with predictors: the weights with which the donors come closest to the unit in what was known of it before, each
//! predictor counted by an importance that is itself chosen so that the outcome before is followed best (Abadie, Diamond &
//! Hainmueller 2010, JASA 105:493, section 2.3).
//!
//! Inner problem, given importances V: min over the simplex of Σₖ vₖ (x₁ₖ − Σ wⱼ xⱼₖ)², predictors in standard deviations over all
//! units; exact. Outer problem: min over V of the mean squared gap of the outcome before; it is not convex and has no dependable
//! optimum (Kuosmanen et al. 2021, MPRA 106390). The search is the same every time: see [`search`]. Where the predictors are matched
//! perfectly, V says nothing, and of the weights that match them those that follow the outcome best are taken (Malo et al. 2023,
//! Comput. Econ. 64:1113).

mod choose;
mod search;

pub use choose::{default_predictors, mean_of};

use super::householder::{Reflected, dot};
use super::synthetic::{NOT_UNIQUE, unsolved};
use super::{Fit, Method, donors, mean, mean_square, named, need_before, need_donors, told, weighted};
use crate::design::{Design, Predictor};
use crate::simplex::{self, Optimum, Points};
use crate::unfit::Unfit;

const WHAT: &str = "a synthetic control with predictors";
/// Predictors are matched perfectly where less than this is left, in standard deviations.
const PERFECT: f64 = 1e-9;
/// How much less the outcome counts than predictors that are matched perfectly.
const SECOND: f64 = 1e-4;

pub(super) fn fit(design: &Design) -> Result<Fit, Unfit> {
    need_donors(design, WHAT, 2)?;
    need_before(design, WHAT, 2)?;
    let problem = Problem::new(design)?;
    let equal = vec![1.0; design.predictors.len()];
    let failed = |status| unsolved(design, WHAT, status);
    let first = problem.any_weights(&equal).map_err(failed)?;
    let (optimum, note) = if problem.left(&first) <= PERFECT {
        let optimum = problem.best_of_perfect().map_err(failed)?;
        let note = "The predictors are matched perfectly, whatever they count; of the weights that match them, those that follow \
                    the outcome before best were taken.";
        (optimum, note.to_string())
    } else {
        let starts = [equal, problem.by_regression()];
        let importances = search::least(&starts, |importances| problem.error(importances));
        (
            problem.weights(&importances).map_err(failed)?,
            told_importances(design, &importances),
        )
    };
    let counterfactual = weighted(design, &optimum.weights);
    let mut fit = Fit {
        weights: named(donors(design), &optimum.weights),
        notes: vec![note],
        ..told(Method::Predictors, design, counterfactual)
    };
    if !optimum.unique {
        fit.notes.push(NOT_UNIQUE.to_string());
    }
    Ok(fit)
}

fn told_importances(design: &Design, importances: &[f64]) -> String {
    let sum: f64 = importances.iter().sum();
    let shares = design.predictors.iter().zip(importances);
    let shares: Vec<String> = shares
        .map(|(predictor, importance)| format!("{} {:.4}", predictor.name, importance / sum))
        .collect();
    format!(
        "Importance of the predictors: {}. It was searched for, and other importances may follow the outcome before as well: look \
         at the fit before and the effect, not at the weights.",
        shares.join("; ")
    )
}

/// The predictors of the unit and the donors in standard deviations, and the outcome that they are judged by.
struct Problem<'a> {
    design: &'a Design,
    /// The unit's, predictor by predictor.
    of_unit: Vec<f64>,
    /// Each donor's, predictor by predictor.
    of_donors: Vec<Vec<f64>>,
    /// The donors' outcome before.
    before: Vec<&'a [f64]>,
}

impl<'a> Problem<'a> {
    fn new(design: &'a Design) -> Result<Problem<'a>, Unfit> {
        let standard = standardised(design)?;
        Ok(Problem {
            design,
            of_unit: standard.iter().map(|values| values[0]).collect(),
            of_donors: (1..=design.donors.len())
                .map(|place| standard.iter().map(|values| values[place]).collect())
                .collect(),
            before: design.donors.iter().map(|donor| &donor.values[..design.pre]).collect(),
        })
    }

    /// The donors and the unit with each predictor counted by its importance.
    fn counted(&self, importances: &[f64]) -> (Vec<Vec<f64>>, Vec<f64>) {
        let roots: Vec<f64> = importances.iter().map(|importance| importance.sqrt()).collect();
        let count = |values: &[f64]| {
            values
                .iter()
                .zip(&roots)
                .map(|(value, root)| value * root)
                .collect::<Vec<f64>>()
        };
        (
            self.of_donors.iter().map(|values| count(values)).collect(),
            count(&self.of_unit),
        )
    }

    fn weights(&self, importances: &[f64]) -> Result<Optimum, String> {
        let (columns, target) = self.counted(importances);
        let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
        simplex::least_squares(&columns, &target)
    }

    /// The best weights, any of them where several are: enough for a search.
    fn any_weights(&self, importances: &[f64]) -> Result<Vec<f64>, String> {
        let (columns, target) = self.counted(importances);
        let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
        simplex::nearest(&Points::around(&columns, &target))
    }

    /// The mean squared gap of the outcome before; infinite where there are no weights.
    fn error(&self, importances: &[f64]) -> f64 {
        let Ok(weights) = self.any_weights(importances) else {
            return f64::INFINITY;
        };
        let mut gaps = self.design.observed[..self.design.pre].to_vec();
        for (values, &weight) in self.before.iter().zip(&weights).filter(|(_, weight)| **weight > 0.0) {
            gaps.iter_mut()
                .zip(*values)
                .for_each(|(gap, value)| *gap -= weight * value);
        }
        mean_square(&gaps)
    }

    /// What is left of the predictors, in standard deviations.
    fn left(&self, weights: &[f64]) -> f64 {
        let left = |predictor: usize| {
            let values: Vec<f64> = self.of_donors.iter().map(|values| values[predictor]).collect();
            (self.of_unit[predictor] - dot(&values, weights)).abs()
        };
        (0..self.of_unit.len()).map(left).fold(0.0, f64::max)
    }

    /// Of the weights that match the predictors perfectly, those that follow the outcome best.
    fn best_of_perfect(&self) -> Result<Optimum, String> {
        let observed = &self.design.observed[..self.design.pre];
        let spread = self
            .before
            .iter()
            .flat_map(|values| values.iter().zip(observed))
            .fold(0.0_f64, |most, (value, observed)| most.max((value - observed).abs()));
        let share = if spread > 0.0 { SECOND / spread } else { 1.0 };
        let both = |predictors: &[f64], outcome: &[f64]| {
            let outcome = outcome.iter().map(|value| value * share);
            predictors.iter().copied().chain(outcome).collect::<Vec<f64>>()
        };
        let pairs = self.of_donors.iter().zip(&self.before);
        let columns: Vec<Vec<f64>> = pairs.map(|(predictors, outcome)| both(predictors, outcome)).collect();
        let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
        simplex::least_squares(&columns, &both(&self.of_unit, observed))
    }

    /// Importances from a regression of the outcome of all units in each period before on the predictors: the sum of each predictor's
    /// squared coefficients.
    fn by_regression(&self) -> Vec<f64> {
        let units = || std::iter::once(&self.of_unit).chain(&self.of_donors);
        let mut regressors = vec![vec![1.0; self.of_donors.len() + 1]];
        regressors.extend((0..self.of_unit.len()).map(|k| units().map(|values| values[k]).collect::<Vec<f64>>()));
        let reflected = Reflected::of(regressors);
        let mut importances = vec![0.0; self.of_unit.len()];
        for time in 0..self.design.pre {
            let outcomes =
                std::iter::once(self.design.observed[time]).chain(self.before.iter().map(|values| values[time]));
            let coefficients = reflected.solve(&outcomes.collect::<Vec<f64>>());
            let pairs = importances.iter_mut().zip(&coefficients[1..]);
            pairs.for_each(|(importance, coefficient)| *importance += coefficient * coefficient);
        }
        importances
    }
}

/// Each predictor of the unit and then the donors, less its mean and in standard deviations over all of them.
fn standardised(design: &Design) -> Result<Vec<Vec<f64>>, Unfit> {
    if design.predictors.is_empty() {
        return Err(Unfit::Form(format!(
            "{WHAT} needs predictors, and none is given for {}",
            design.unit
        )));
    }
    let standard = design.predictors.iter().map(|predictor| known(design, predictor));
    let standard: Vec<Vec<f64>> = standard.collect::<Result<_, _>>()?;
    match Reflected::of(standard.clone()).dependent() {
        Some(predictor) => Err(Unfit::Predictors {
            name: design.predictors[predictor].name.clone(),
            why: "follows from the others before it".to_string(),
        }),
        None => Ok(standard),
    }
}

fn known(design: &Design, predictor: &Predictor) -> Result<Vec<f64>, Unfit> {
    let values: Vec<f64> = std::iter::once(predictor.of_unit)
        .chain(predictor.of_donors.iter().copied())
        .collect();
    let places: Vec<&String> = std::iter::once(&design.unit).chain(donors(design)).collect();
    if values.len() != places.len() {
        return Err(Unfit::Form(format!(
            "the predictor {} has {} values for {} places",
            predictor.name,
            values.len(),
            places.len()
        )));
    }
    if let Some(place) = values.iter().position(|value| !value.is_finite()) {
        return Err(Unfit::Form(format!(
            "the predictor {} is not known for {}; leave out the one or the other",
            predictor.name, places[place]
        )));
    }
    choose::in_deviations(&values).ok_or_else(|| Unfit::Predictors {
        name: predictor.name.clone(),
        why: "is the same for every place".to_string(),
    })
}
