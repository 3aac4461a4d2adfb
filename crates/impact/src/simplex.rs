//! Least squares with weights that are zero or more and sum to 1.
//!
//! Such weights make the point of a hull that lies nearest to a target. [`hull`] finds it exactly by an active set; where
//! other weights make the same point, [`dual`] finds those that are spread most evenly. [`interior`] is the way out where
//! rounding keeps either from an end. Every answer is held against the conditions of an optimum before it is given.

mod dual;
mod hull;
mod interior;

use crate::methods::householder::{Reflected, dot, norm};
pub(crate) use hull::Points;

/// How far an answer may lie from the conditions of an optimum, as a share of the lengths that enter them.
const OPTIMAL: f64 = 1e-10;
/// Two sets of weights are the same where none differs by more than this.
const SAME: f64 = 1e-7;

/// The best weights.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Optimum {
    /// The weights, in the order of the columns.
    pub(crate) weights: Vec<f64>,
    /// Whether no other weights are as good.
    pub(crate) unique: bool,
}

/// The weights w ≥ 0, Σ w = 1, with the least |Σ wⱼ columnⱼ − target|²; the reason where none are found. Where several are
/// as good they are those with the least Σ w², which share alike among columns that are alike.
pub(crate) fn least_squares(columns: &[&[f64]], target: &[f64]) -> Result<Optimum, String> {
    let points = Points::around(columns, target);
    let weights = nearest(&points)?;
    Ok(most_even(&points, weights))
}

/// Any weights w ≥ 0, Σ w = 1, with the least |Σ wⱼ pointⱼ|².
pub(crate) fn nearest(points: &Points) -> Result<Vec<f64>, String> {
    match hull::nearest(points).filter(|weights| is_optimal(points, weights, 0.0)) {
        Some(weights) => Ok(weights),
        None => interior::least_squares(points, 0.0),
    }
}

/// The weights w ≥ 0, Σ w = 1, with the least |Σ wⱼ columnⱼ − target|² + penalty·|w|², which are unique.
///
/// A penalty below 1e-10 of the square of the columns' distance from the target does no more than choose among weights that are
/// equally good: it is taken to its limit, [`least_squares`].
pub(crate) fn ridge(columns: &[&[f64]], target: &[f64], penalty: f64) -> Result<Vec<f64>, String> {
    let points = Points::around(columns, target);
    let penalty = penalty / (points.scale() * points.scale());
    if penalty < 1e-10 {
        let weights = nearest(&points)?;
        return Ok(most_even(&points, weights).weights);
    }
    match dual::ridge(&points, penalty).filter(|weights| is_optimal(&points, weights, penalty)) {
        Some(weights) => Ok(weights),
        None => interior::least_squares(&points, penalty),
    }
}

/// The weights with the least Σ w² among those that make the same point as some, and whether there are others at all.
fn most_even(points: &Points, weights: Vec<f64>) -> Optimum {
    let residual = points.mixed(&weights);
    let level = dot(&residual, &residual);
    let reach = points.reach(&weights);
    // What has no weight and yet lies on the face that is nearest could have one.
    let ties = |point: usize| {
        let length = points.length(point);
        weights[point] > 0.0
            || dot(points.of(point), &residual) - level <= length * (1e-9 * norm(&residual) + 1e-13 * reach)
    };
    let face: Vec<usize> = (0..points.len()).filter(|&point| ties(point)).collect();
    let lifted = |&point: &usize| {
        points
            .of(point)
            .iter()
            .copied()
            .chain([points.scale_of_ones()])
            .collect()
    };
    if Reflected::of(face.iter().map(lifted).collect()).is_independent() {
        return Optimum { weights, unique: true };
    }
    let none = vec![0.0; face.len()];
    let Some(even) =
        dual::on_face(points, &face, &weights, &none).filter(|even| is_as_good(points, even, &residual, reach))
    else {
        return Optimum { weights, unique: false };
    };
    // A face may be drawn by points that depend on each other and still be met at one corner alone: pull away from it.
    let away: Vec<f64> = face
        .iter()
        .map(|&point| if weights[point] > 0.0 { 0.0 } else { 1e3 })
        .collect();
    let unique = is_same(&even, &weights)
        && dual::on_face(points, &face, &weights, &away).is_some_and(|other| is_same(&other, &weights));
    Optimum { weights: even, unique }
}

fn is_same(one: &[f64], other: &[f64]) -> bool {
    one.iter().zip(other).all(|(one, other)| (one - other).abs() <= SAME)
}

fn is_as_good(points: &Points, weights: &[f64], residual: &[f64], reach: f64) -> bool {
    let other = points.mixed(weights);
    let moved: Vec<f64> = other.iter().zip(residual).map(|(one, other)| one - other).collect();
    norm(&moved) <= 1e-9 * norm(residual) + 1e-11 * reach.max(points.reach(weights))
}

/// The conditions of an optimum (Karush, Kuhn & Tucker): the slope towards every point is at least that at the optimum, and
/// the same where there is a weight.
fn is_optimal(points: &Points, weights: &[f64], penalty: f64) -> bool {
    let sum: f64 = weights.iter().sum();
    if (sum - 1.0).abs() > 1e-12 || weights.iter().any(|&weight| weight.is_nan() || weight < 0.0) {
        return false;
    }
    let residual = points.mixed(weights);
    let slope = |point: usize| dot(points.of(point), &residual) + penalty * weights[point];
    let level: f64 = (0..points.len()).map(|point| weights[point] * slope(point)).sum();
    let far = OPTIMAL * norm(&residual) + 1e-13 * points.reach(weights);
    (0..points.len()).all(|point| {
        let allowed = points.length(point) * far + OPTIMAL * penalty;
        let above = slope(point) - level;
        above >= -allowed && (weights[point] == 0.0 || weights[point] * above <= allowed)
    })
}
