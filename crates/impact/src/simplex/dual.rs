//! Strictly convex problems over weights, by Newton's method on their duals, which are smooth but for kinks of the slope
//! (a semi-smooth Newton method: Qi & Sun 1993, Mathematical Programming 58:353).
//!
//! Both problems have weights w = max(0, a + Nᵀz) for the z with the least ½ Σ kᵢzᵢ² − rᵀz + ½|max(0, a + Nᵀz)|².

use super::Points;
use crate::methods::householder::{dot, norm};

/// The most steps; about ten are usual.
const STEPS: usize = 200;

/// The weights w ≥ 0, Σ w = 1, with the least |Σ wⱼ pointⱼ|² + penalty·|w|². Its dual variables are the residual less its
/// sign, over the penalty, and the level of the slopes over the penalty.
pub(super) fn ridge(points: &Points, penalty: f64) -> Option<Vec<f64>> {
    let coordinate = |row: usize| (0..points.len()).map(|point| points.of(point)[row]).collect();
    let mut rows: Vec<Vec<f64>> = (0..points.dimension()).map(coordinate).collect();
    rows.push(vec![1.0; points.len()]);
    let mut curves = vec![penalty; points.dimension()];
    curves.push(0.0);
    let mut right = vec![0.0; points.dimension()];
    right.push(1.0);
    let dual = Dual {
        anchor: &vec![0.0; points.len()],
        rows: &rows,
        curves: &curves,
        right: &right,
    };
    let mut start = vec![0.0; rows.len()];
    start[points.dimension()] = 1.0 / points.len() as f64;
    dual.weights(start).map(whole)
}

/// The weights nearest to an anchor among those on a face (its points in their order) that make the same point as given
/// ones; all of the points, those off the face with 0.
pub(super) fn on_face(points: &Points, face: &[usize], weights: &[f64], anchor: &[f64]) -> Option<Vec<f64>> {
    let rows = orthonormal(points, face);
    let given: Vec<f64> = face.iter().map(|&point| weights[point]).collect();
    let right: Vec<f64> = rows.iter().map(|row| dot(row, &given)).collect();
    let dual = Dual {
        anchor,
        rows: &rows,
        curves: &vec![0.0; rows.len()],
        right: &right,
    };
    // From the weights without the bound of zero, which are the right ones where none is below it.
    let start = rows
        .iter()
        .zip(&right)
        .map(|(row, right)| right - dot(row, anchor))
        .collect();
    let found = whole(dual.weights(start)?);
    let mut all = vec![0.0; points.len()];
    face.iter().zip(found).for_each(|(&point, weight)| all[point] = weight);
    Some(all)
}

/// Weights that sum to 1 but for rounding, made to.
fn whole(weights: Vec<f64>) -> Vec<f64> {
    let sum: f64 = weights.iter().sum();
    weights.iter().map(|weight| weight / sum).collect()
}

/// An orthonormal basis of what the ones and the coordinates of a face's points span: Gram & Schmidt, twice.
fn orthonormal(points: &Points, face: &[usize]) -> Vec<Vec<f64>> {
    let coordinate = |row: usize| face.iter().map(|&point| points.of(point)[row]).collect();
    let mut basis: Vec<Vec<f64>> = Vec::new();
    let ones = std::iter::once(vec![1.0; face.len()]);
    for mut row in ones.chain((0..points.dimension()).map(coordinate)) {
        let length = norm(&row);
        for _ in 0..2 {
            for known in &basis {
                let share = dot(known, &row);
                row.iter_mut()
                    .zip(known)
                    .for_each(|(value, known)| *value -= share * known);
            }
        }
        let left = norm(&row);
        if left > 1e-11 * length {
            row.iter_mut().for_each(|value| *value /= left);
            basis.push(row);
        }
    }
    basis
}

struct Dual<'a> {
    /// a, of each weight.
    anchor: &'a [f64],
    /// N by its rows, one for each z.
    rows: &'a [Vec<f64>],
    /// k.
    curves: &'a [f64],
    /// r.
    right: &'a [f64],
}

impl Dual<'_> {
    /// The weights at the least value; none where the steps do not end.
    fn weights(&self, mut z: Vec<f64>) -> Option<Vec<f64>> {
        let mut inner = self.along(&z);
        inner
            .iter_mut()
            .zip(self.anchor)
            .for_each(|(sum, anchor)| *sum += anchor);
        for _ in 0..STEPS {
            let weights: Vec<f64> = inner.iter().map(|value| value.max(0.0)).collect();
            let slopes = self.slopes(&z, &weights);
            let largest = inner.iter().fold(0.0_f64, |most, value| most.max(value.abs()));
            if norm(&slopes) <= 4e-15 * (1.0 + largest) {
                return Some(weights);
            }
            let step = self.newton(&weights, &slopes)?;
            let inner_step = self.along(&step);
            let far = self.line(&z, &step, &inner, &inner_step);
            let active = |values: &[f64]| values.iter().map(|value| *value > 0.0).collect::<Vec<_>>();
            let before = active(&inner);
            z.iter_mut().zip(&step).for_each(|(value, step)| *value += far * step);
            // Anew and not by adding, so that rounding does not gather.
            inner = self.along(&z);
            inner
                .iter_mut()
                .zip(self.anchor)
                .for_each(|(sum, anchor)| *sum += anchor);
            if (far - 1.0).abs() < 1e-3 && active(&inner) == before && norm(&slopes) <= 1e-12 * (1.0 + largest) {
                return Some(inner.iter().map(|value| value.max(0.0)).collect());
            }
            if far == 0.0 {
                return (norm(&slopes) <= 1e-10 * (1.0 + largest)).then_some(weights);
            }
        }
        None
    }

    /// Nᵀz.
    fn along(&self, z: &[f64]) -> Vec<f64> {
        let mut sums = vec![0.0; self.anchor.len()];
        for (row, z) in self.rows.iter().zip(z) {
            sums.iter_mut().zip(row).for_each(|(sum, value)| *sum += z * value);
        }
        sums
    }

    fn slopes(&self, z: &[f64], weights: &[f64]) -> Vec<f64> {
        let slope = |row: usize| self.curves[row] * z[row] - self.right[row] + dot(&self.rows[row], weights);
        (0..z.len()).map(slope).collect()
    }

    /// Newton's step: the curvature of the weights that are not at zero, steadied where it is flat.
    fn newton(&self, weights: &[f64], slopes: &[f64]) -> Option<Vec<f64>> {
        let held: Vec<usize> = (0..weights.len()).filter(|&weight| weights[weight] > 0.0).collect();
        let thin: Vec<Vec<f64>> = self
            .rows
            .iter()
            .map(|row| held.iter().map(|&weight| row[weight]).collect())
            .collect();
        let size = self.rows.len();
        let mut curvature = vec![vec![0.0; size]; size];
        for one in 0..size {
            for other in 0..=one {
                curvature[one][other] = dot(&thin[one], &thin[other]);
            }
            curvature[one][one] += self.curves[one];
        }
        let largest = (0..size).fold(f64::MIN_POSITIVE, |most, row| most.max(curvature[row][row]));
        let mut steadied = 1e-14 * largest;
        while steadied < largest {
            if let Some(step) = cholesky(&curvature, steadied, slopes) {
                return Some(step);
            }
            steadied *= 100.0;
        }
        None
    }

    /// How far along a step the value is least: its slope there is made of straight pieces and never falls.
    fn line(&self, z: &[f64], step: &[f64], inner: &[f64], inner_step: &[f64]) -> f64 {
        let mut level: f64 = (0..z.len())
            .map(|row| step[row] * (self.curves[row] * z[row] - self.right[row]))
            .sum();
        let mut rise: f64 = (0..z.len()).map(|row| self.curves[row] * step[row] * step[row]).sum();
        let mut kinks: Vec<(f64, usize)> = Vec::new();
        for (weight, (&value, &change)) in inner.iter().zip(inner_step).enumerate() {
            if value > 0.0 || (value == 0.0 && change > 0.0) {
                level += change * value;
                rise += change * change;
            }
            let kink = -value / change;
            if kink.is_finite() && kink > 0.0 {
                kinks.push((kink, weight));
            }
        }
        kinks.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
        if level >= 0.0 {
            return 0.0;
        }
        for (kink, weight) in kinks {
            if level + rise * kink >= 0.0 {
                break;
            }
            let (value, change) = (inner[weight], inner_step[weight]);
            let sign = if change > 0.0 { 1.0 } else { -1.0 };
            level += sign * change * value;
            rise += sign * change * change;
        }
        let far = -level / rise;
        if far.is_finite() { far.max(0.0) } else { 0.0 }
    }
}

/// The solution of (matrix + steadied·1) step = −slopes, where that is positive definite; the matrix by its lower triangle.
fn cholesky(matrix: &[Vec<f64>], steadied: f64, slopes: &[f64]) -> Option<Vec<f64>> {
    let size = matrix.len();
    let mut factor: Vec<Vec<f64>> = Vec::with_capacity(size);
    for (row, entries) in matrix.iter().enumerate() {
        let mut line: Vec<f64> = Vec::with_capacity(row + 1);
        for column in 0..row {
            let value: f64 = entries[column] - dot(&line, &factor[column][..column]);
            line.push(value / factor[column][column]);
        }
        let left = entries[row] + steadied - dot(&line, &line);
        if left <= 0.0 || left.is_nan() {
            return None;
        }
        line.push(left.sqrt());
        factor.push(line);
    }
    let mut step: Vec<f64> = slopes.iter().map(|slope| -slope).collect();
    for row in 0..size {
        let known = dot(&factor[row][..row], &step[..row]);
        step[row] = (step[row] - known) / factor[row][row];
    }
    for row in (0..size).rev() {
        step[row] /= factor[row][row];
        let value = step[row];
        for above in 0..row {
            step[above] -= value * factor[row][above];
        }
    }
    Some(step)
}
