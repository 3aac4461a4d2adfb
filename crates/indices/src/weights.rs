//! Weights that follow from the parts themselves.

use clarabel::algebra::CscMatrix;
use clarabel::solver::{DefaultSettings, DefaultSolver, IPSolver, NonnegativeConeT, SolverStatus, ZeroConeT};
use faer::{Mat, Side};

use crate::step::{Extent, StepError, finite};

/// A loading this little below zero is zero by rounding.
const ROUNDING: f64 = 1e-9;

/// The same weight for each of so many parts, summing to 1.
#[must_use]
pub fn equal(parts: usize) -> Vec<f64> {
    vec![1.0 / parts as f64; parts]
}

/// The loadings of the first principal component of the standardised parts (each a column with one value a unit, NaN
/// where missing), as COINr's `get_PCA` takes them, here scaled to sum to 1. Only units with a value of every part count.
///
/// # Errors
/// A negative loading would turn a part's direction round, so it is an error that names the part. So is a part that is
/// the same for all units, an infinite value, and fewer than three units with a value of every part.
pub fn pca(parts: &[&[f64]]) -> Result<Vec<f64>, StepError> {
    let step = "the principal component";
    let correlations = Standardised::of(step, parts)?.correlations();
    let eigen = correlations
        .self_adjoint_eigen(Side::Lower)
        .map_err(|error| StepError::Unsolved {
            step,
            unit: None,
            status: format!("{error:?}"),
        })?;
    // Eigenvalues come in ascending order, so the first component is the last column; its sign is arbitrary.
    let first = eigen.U().col(parts.len() - 1);
    let sign = if first.iter().sum::<f64>() < 0.0 { -1.0 } else { 1.0 };
    let loadings: Vec<f64> = first.iter().map(|loading| sign * loading).collect();
    if let Some(part) = loadings.iter().position(|&loading| loading < -ROUNDING) {
        return Err(StepError::AgainstOthers {
            part,
            loading: loadings[part],
        });
    }
    Ok(summing_to_one(loadings))
}

/// Optimised weights, and how close they come to equal importance.
#[derive(Clone, Debug, PartialEq)]
pub struct Optimised {
    /// The weights, zero or more, summing to 1.
    pub weights: Vec<f64>,
    /// The correlation of each part with the weighted arithmetic mean.
    pub correlations: Vec<f64>,
    /// The largest distance of a part's share of the correlations' sum from 1/n; zero where all are equal.
    pub furthest: f64,
}

/// The weights, zero or more, with which the correlations of the parts (each a column with one value a unit, NaN where
/// missing) with their weighted arithmetic mean are as equal as can be: their shares rₖ / Σ r have the least sum of squared
/// distances from 1/n. Only units with a value of every part count.
///
/// This is the aim of Becker, Saisana, Paruolo & Vandecasteele (2017, Ecol. Indic. 80: 12–22) in the linear form of COINr's
/// `get_opt_weights`, which seeks it by trial. Here it is found exactly: of standardised parts with correlations R and
/// weights v the correlations with the mean are R v up to a common factor, so with that factor chosen to make them sum to
/// 1 it is the quadratic programme min |R v − 1/n|² under 1ᵀR v = 1, v ≥ 0. Where R⁻¹1 has no negative element they
/// become exactly equal.
///
/// # Errors
/// A part that is the same for all units, an infinite value, and fewer than three units with a value of every part.
pub fn optimised(parts: &[&[f64]]) -> Result<Optimised, StepError> {
    let step = "optimisation of weights";
    let standardised = Standardised::of(step, parts)?;
    let correlations = standardised.correlations();
    let v = most_equal(&correlations).map_err(|status| StepError::Unsolved {
        step,
        unit: None,
        status,
    })?;

    let count = parts.len();
    let with_mean: Vec<f64> = (0..count)
        .map(|k| (0..count).map(|l| correlations[(k, l)] * v[l]).sum())
        .collect();
    let sd = v.iter().zip(&with_mean).map(|(v, r)| v * r).sum::<f64>().sqrt();
    let sum: f64 = with_mean.iter().sum();
    let distance = |r: &f64| (r / sum - 1.0 / count as f64).abs();
    Ok(Optimised {
        weights: summing_to_one(v.iter().zip(&standardised.sds).map(|(v, sd)| v / sd).collect()),
        furthest: with_mean.iter().map(distance).fold(0.0, f64::max),
        correlations: with_mean.iter().map(|r| r / sd).collect(),
    })
}

/// The v ≥ 0 with 1ᵀR v = 1 for which |R v − 1/n|² is least.
fn most_equal(correlations: &Mat<f64>) -> Result<Vec<f64>, String> {
    let count = correlations.nrows();
    let sums: Vec<f64> = (0..count).map(|k| correlations.col(k).iter().sum()).collect();
    // |R v − 1/n|² = vᵀRᵀR v − 2/n 1ᵀR v + 1/n, of which the middle is constant. The solver reads the upper triangle.
    let square = correlations.transpose() * correlations;
    let upper = (0..count).flat_map(|column| (0..=column).map(move |row| (row, column)));
    let quadratic = CscMatrix::new(
        count,
        count,
        (0..=count).map(|column| column * (column + 1) / 2).collect(),
        upper.clone().map(|(row, _)| row).collect(),
        upper.map(|(row, column)| 2.0 * square[(row, column)]).collect(),
    );
    // First row: 1ᵀR v = 1; the others: −v ≤ 0.
    let limits = CscMatrix::new(
        count + 1,
        count,
        (0..=count).map(|column| 2 * column).collect(),
        (0..count).flat_map(|column| [0, column + 1]).collect(),
        (0..count).flat_map(|column| [sums[column], -1.0]).collect(),
    );
    let bounds: Vec<f64> = (0..=count).map(|row| if row == 0 { 1.0 } else { 0.0 }).collect();
    let settings = DefaultSettings {
        verbose: false,
        tol_gap_abs: 1e-12,
        tol_gap_rel: 1e-12,
        tol_feas: 1e-12,
        ..Default::default()
    };
    let cones = [ZeroConeT(1), NonnegativeConeT(count)];
    let mut solver = DefaultSolver::new(&quadratic, &vec![0.0; count], &limits, &bounds, &cones, settings)
        .map_err(|error| error.to_string())?;
    solver.solve();
    match solver.solution.status {
        SolverStatus::Solved | SolverStatus::AlmostSolved => Ok(solver
            .solution
            .x
            .iter()
            .map(|v| if *v < ROUNDING { 0.0 } else { *v })
            .collect()),
        status => Err(status.to_string()),
    }
}

fn summing_to_one(weights: Vec<f64>) -> Vec<f64> {
    let weights: Vec<f64> = weights.into_iter().map(|weight| weight.max(0.0)).collect();
    let sum: f64 = weights.iter().sum();
    weights.iter().map(|weight| weight / sum).collect()
}

/// The complete units' values with mean 0 and standard deviation 1, unit by unit.
struct Standardised {
    units: Vec<Vec<f64>>,
    sds: Vec<f64>,
}

impl Standardised {
    fn of(step: &'static str, parts: &[&[f64]]) -> Result<Standardised, StepError> {
        if parts.is_empty() {
            return Err(StepError::Parts {
                step,
                needs: "one part at least",
                found: 0,
            });
        }
        parts.iter().try_for_each(|part| finite(step, part))?;
        let mut units: Vec<Vec<f64>> = (0..parts[0].len())
            .map(|unit| parts.iter().map(|part| part[unit]).collect::<Vec<f64>>())
            .filter(|unit| !unit.iter().any(|x| x.is_nan()))
            .collect();
        let found = units.len();
        if found < 3 {
            return Err(StepError::FewUnits { step, needs: 3, found });
        }
        let mut sds = Vec::with_capacity(parts.len());
        for part in 0..parts.len() {
            let column: Vec<f64> = units.iter().map(|unit| unit[part]).collect();
            if let Some(extent) = Extent::of(step, &column)? {
                extent.check_range(step, &column)?;
            }
            let mean = column.iter().sum::<f64>() / found as f64;
            let sd = (column.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (found - 1) as f64).sqrt();
            units.iter_mut().for_each(|unit| unit[part] = (unit[part] - mean) / sd);
            sds.push(sd);
        }
        Ok(Standardised { units, sds })
    }

    fn correlations(&self) -> Mat<f64> {
        let count = self.sds.len();
        let last = (self.units.len() - 1) as f64;
        Mat::from_fn(count, count, |k, l| {
            self.units.iter().map(|unit| unit[k] * unit[l]).sum::<f64>() / last
        })
    }
}
