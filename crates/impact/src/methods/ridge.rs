//! Ridge-augmented synthetic control: the synthetic control's weights, bent by a ridge regression so as to leave less of a gap before
//! (Ben-Michael, Feller & Rothstein 2021, JASA 116:1789).
//!
//! With the donors' outcomes before, X₀ (donors × periods, each period less its mean over donors), and the unit's X₁ the same way:
//! w = w_sc + X₀ (X₀ᵀX₀ + λ)⁻¹ (X₁ − X₀ᵀ w_sc). These sum to 1, but may be negative: then the unit is sought outside what the
//! donors have seen. With λ → ∞ they are the synthetic control's.
//!
//! λ is chosen by leaving out one period before at a time and foretelling it from the others, over a grid fixed by the data's scale:
//! 21 values from the square of the largest singular value of X₀ down to 10⁻⁸ of it, evenly spread in the logarithm. Of those whose
//! mean squared error lies within one standard error of the least, the largest λ is taken.

use faer::Mat;

use super::householder::dot;
use super::synthetic::{NOT_UNIQUE, unsolved};
use super::{Fit, Method, donors, mean, mean_square, named, need_before, need_donors, told, weighted};
use crate::design::Design;
use crate::simplex;
use crate::unfit::Unfit;

const WHAT: &str = "a ridge-augmented synthetic control";
/// How many λ are tried.
const GRID: usize = 21;
/// The least λ as a share of the largest.
const LEAST: f64 = 1e-8;

pub(super) fn fit(design: &Design) -> Result<Fit, Unfit> {
    need_donors(design, WHAT, 2)?;
    need_before(design, WHAT, 3)?;
    let all: Vec<usize> = (0..design.pre).collect();
    let problem = Problem::on(design, &all)?;
    let grid = grid(problem.largest());
    let chosen = choose(design, &grid)?;
    Ok(told_of(design, &problem, chosen))
}

fn told_of(design: &Design, problem: &Problem, penalty: f64) -> Fit {
    let weights = problem.augmented(penalty);
    let counterfactual = weighted(design, &weights);
    let negative: f64 = weights.iter().filter(|weight| **weight < 0.0).sum();
    let mut notes = vec![format!(
        "λ = {penalty:.4e}, the largest whose error, leaving out one period before at a time, lies within one standard error of \
         the least."
    )];
    notes.push(match negative {
        negative if negative < -1e-9 => format!(
            "Weights below zero sum to {negative:.4}: so far the counterfactual lies outside of what the donors have seen."
        ),
        _ => "No weight is below zero: the counterfactual lies within what the donors have seen.".to_string(),
    });
    if !problem.unique {
        notes.push(NOT_UNIQUE.to_string());
    }
    Fit {
        weights: named(donors(design), &weights),
        notes,
        ..told(Method::Ridge, design, counterfactual)
    }
}

/// From the largest λ to the least.
fn grid(largest: f64) -> Vec<f64> {
    let step = LEAST.ln() / (GRID - 1) as f64;
    (0..GRID).map(|number| largest * (step * number as f64).exp()).collect()
}

/// The λ of a grid by leaving out one period before at a time.
fn choose(design: &Design, grid: &[f64]) -> Result<f64, Unfit> {
    let mut errors = vec![Vec::with_capacity(design.pre); grid.len()];
    for left_out in 0..design.pre {
        let others: Vec<usize> = (0..design.pre).filter(|&time| time != left_out).collect();
        let problem = Problem::on(design, &others)?;
        let at: Vec<f64> = design.donors.iter().map(|donor| donor.values[left_out]).collect();
        for (errors, &penalty) in errors.iter_mut().zip(grid) {
            let gap = design.observed[left_out] - dot(&problem.augmented(penalty), &at);
            errors.push(gap * gap);
        }
    }
    let means: Vec<f64> = errors.iter().map(|errors| mean(errors)).collect();
    let best = (0..grid.len())
        .min_by(|&one, &other| means[one].total_cmp(&means[other]))
        .unwrap_or_default();
    let apart: Vec<f64> = errors[best].iter().map(|error| error - means[best]).collect();
    let count = design.pre as f64;
    let within = means[best] + (mean_square(&apart) / (count - 1.0)).sqrt();
    let chosen = (0..grid.len()).find(|&number| means[number] <= within).unwrap_or(best);
    Ok(grid[chosen])
}

/// The synthetic control on some periods before, and what a ridge regression adds to it.
struct Problem {
    /// The synthetic control's weights.
    weights: Vec<f64>,
    /// Whether no others are as good.
    unique: bool,
    /// The gap that they leave, in the directions of X₀.
    left: Vec<f64>,
    /// The squares of the singular values of X₀, the largest first.
    squares: Vec<f64>,
    /// X₀ v for each direction v, donor by donor.
    images: Vec<Vec<f64>>,
}

impl Problem {
    fn on(design: &Design, times: &[usize]) -> Result<Problem, Unfit> {
        let of = |values: &[f64]| times.iter().map(|&time| values[time]).collect::<Vec<f64>>();
        let columns: Vec<Vec<f64>> = design.donors.iter().map(|donor| of(&donor.values)).collect();
        let target = of(&design.observed);
        let slices: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
        let optimum = simplex::least_squares(&slices, &target).map_err(|status| unsolved(design, WHAT, status))?;
        let middle: Vec<f64> = (0..times.len())
            .map(|time| mean(&columns.iter().map(|column| column[time]).collect::<Vec<_>>()))
            .collect();
        let centred: Vec<Vec<f64>> = columns
            .iter()
            .map(|column| {
                column
                    .iter()
                    .zip(&middle)
                    .map(|(value, middle)| value - middle)
                    .collect()
            })
            .collect();
        let mut gap = target;
        for (column, weight) in columns.iter().zip(&optimum.weights) {
            gap.iter_mut()
                .zip(column)
                .for_each(|(gap, value)| *gap -= weight * value);
        }
        let (squares, directions) = directions(&centred, times.len())
            .ok_or_else(|| unsolved(design, WHAT, "the outcomes before have no singular values".to_string()))?;
        let image = |direction: &Vec<f64>| centred.iter().map(|row| dot(row, direction)).collect();
        Ok(Problem {
            weights: optimum.weights,
            unique: optimum.unique,
            left: directions.iter().map(|direction| dot(direction, &gap)).collect(),
            images: directions.iter().map(image).collect(),
            squares,
        })
    }

    fn largest(&self) -> f64 {
        self.squares.iter().fold(0.0, |most, square| most.max(*square))
    }

    /// The weights with a λ.
    fn augmented(&self, penalty: f64) -> Vec<f64> {
        let mut weights = self.weights.clone();
        for ((image, left), square) in self.images.iter().zip(&self.left).zip(&self.squares) {
            let share = left / (square + penalty);
            if share.is_finite() {
                weights
                    .iter_mut()
                    .zip(image)
                    .for_each(|(weight, image)| *weight += share * image);
            }
        }
        weights
    }
}

/// The squares of the singular values of a matrix of rows, and their directions on its right side.
fn directions(rows: &[Vec<f64>], columns: usize) -> Option<(Vec<f64>, Vec<Vec<f64>>)> {
    let matrix = Mat::from_fn(rows.len(), columns, |row, column| rows[row][column]);
    let parts = matrix.thin_svd().ok()?;
    let (values, right) = (parts.S().column_vector(), parts.V());
    let direction = |number: usize| (0..columns).map(|row| right[(row, number)]).collect();
    let count = values.nrows();
    Some((
        (0..count).map(|number| values[number] * values[number]).collect(),
        (0..count).map(direction).collect(),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::Donor;

    #[test]
    fn with_a_penalty_beyond_bounds_nothing_is_added_to_the_synthetic_control() {
        let series = [
            [9.0, 1.0, 6.0, 3.0],
            [1.0, 2.0, 3.0, 4.0],
            [6.0, 4.0, 7.0, 9.0],
            [2.0, 5.0, 4.0, 8.0],
        ];
        let donors = series[1..].iter().enumerate().map(|(number, values)| Donor {
            unit: number.to_string(),
            values: values.to_vec(),
        });
        let times = (0..4).map(|time| time.to_string()).collect();
        let at = vec![0.0, 1.0, 2.0, 3.0];
        let design = Design::new("unit", times, at, 3, series[0].to_vec(), donors.collect()).unwrap();
        let problem = Problem::on(&design, &[0, 1, 2]).unwrap();
        let convex = super::super::Method::Synthetic.fit(&design).unwrap();
        for (found, wanted) in problem.augmented(1e15).iter().zip(&convex.weights) {
            assert!((found - wanted.weight).abs() < 1e-10);
        }
    }
}
