//! The point of a hull that is nearest to the origin (Wolfe 1976, Mathematical Programming 11:128), an active set that ends
//! after finitely many steps.

use crate::methods::householder::{Reflected, dot, norm};

/// Points, seen from the target and in units of the farthest.
pub(crate) struct Points {
    coordinates: Vec<f64>,
    dimension: usize,
    lengths: Vec<f64>,
    scale: f64,
}

impl Points {
    /// Columns as points around a target.
    pub(crate) fn around(columns: &[&[f64]], target: &[f64]) -> Points {
        let dimension = target.len();
        let mut coordinates = Vec::with_capacity(columns.len() * dimension);
        for column in columns {
            coordinates.extend(column.iter().zip(target).map(|(value, target)| value - target));
        }
        // First by the largest coordinate: the squares of very small or large ones are none.
        let largest = coordinates.iter().fold(0.0_f64, |most, value| most.max(value.abs()));
        let largest = if largest > 0.0 { largest } else { 1.0 };
        coordinates.iter_mut().for_each(|value| *value /= largest);
        let of = |point: usize| norm(&coordinates[point * dimension..(point + 1) * dimension]);
        let mut lengths: Vec<f64> = (0..columns.len()).map(of).collect();
        let farthest = lengths.iter().fold(0.0_f64, |most, length| most.max(*length));
        let farthest = if farthest > 0.0 { farthest } else { 1.0 };
        coordinates.iter_mut().for_each(|value| *value /= farthest);
        lengths.iter_mut().for_each(|length| *length /= farthest);
        Points {
            coordinates,
            dimension,
            lengths,
            scale: largest * farthest,
        }
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.lengths.len()
    }

    /// How many coordinates each has.
    pub(super) fn dimension(&self) -> usize {
        self.dimension
    }

    /// A point's coordinates.
    pub(super) fn of(&self, point: usize) -> &[f64] {
        &self.coordinates[point * self.dimension..(point + 1) * self.dimension]
    }

    /// A point's distance from the target.
    pub(super) fn length(&self, point: usize) -> f64 {
        self.lengths[point]
    }

    /// The farthest point's distance in the units of the columns.
    pub(super) fn scale(&self) -> f64 {
        self.scale
    }

    /// A length that is like those of the points, for a coordinate of ones beside theirs.
    pub(super) fn scale_of_ones(&self) -> f64 {
        let sum: f64 = self.lengths.iter().sum();
        if sum > 0.0 { sum / self.len() as f64 } else { 1.0 }
    }

    /// The point that weights make.
    pub(super) fn mixed(&self, weights: &[f64]) -> Vec<f64> {
        let mut mixed = vec![0.0; self.dimension];
        for (point, &weight) in weights.iter().enumerate().filter(|(_, weight)| **weight != 0.0) {
            let pairs = mixed.iter_mut().zip(self.of(point));
            pairs.for_each(|(sum, value)| *sum += weight * value);
        }
        mixed
    }

    /// The weighted mean of the points' lengths: what the rounding of a mixed point is a share of.
    pub(super) fn reach(&self, weights: &[f64]) -> f64 {
        dot(weights, &self.lengths)
    }
}

/// The weights of the nearest point; none where rounding keeps the steps from ending.
pub(super) fn nearest(points: &Points) -> Option<Vec<f64>> {
    let start = (0..points.len()).min_by(|&one, &other| points.length(one).total_cmp(&points.length(other)))?;
    let mut weights = vec![0.0; points.len()];
    weights[start] = 1.0;
    let mut corners = vec![start];
    let mut residual = points.mixed(&weights);
    // Points that brought nothing since the last step that did: rounding alone made them look better.
    let mut barred: Vec<usize> = Vec::new();
    for _ in 0..20 * (points.len() + points.dimension()) + 100 {
        let Some(better) = steepest(points, &weights, &residual, &corners, &barred) else {
            return Some(weights);
        };
        let (before, kept) = (weights.clone(), corners.clone());
        corners.push(better);
        descend(points, &mut corners, &mut weights);
        let moved = points.mixed(&weights);
        if dot(&moved, &moved) < dot(&residual, &residual) {
            residual = moved;
            barred.clear();
        } else {
            (weights, corners) = (before, kept);
            barred.push(better);
        }
    }
    None
}

/// The point in whose direction the distance falls most, by the angle and not the length, so that a far point does not hide near
/// ones; none where it falls in no direction.
fn steepest(points: &Points, weights: &[f64], residual: &[f64], corners: &[usize], barred: &[usize]) -> Option<usize> {
    let level = dot(residual, residual);
    let rounding = 1e-13 * level.sqrt() + 1e-15 * points.reach(weights);
    let mut best: Option<(usize, f64)> = None;
    for point in 0..points.len() {
        let fall = level - dot(points.of(point), residual);
        let length = points.length(point) + level.sqrt();
        if fall <= rounding * length || corners.contains(&point) || barred.contains(&point) {
            continue;
        }
        if best.is_none_or(|(_, most)| fall / length > most) {
            best = Some((point, fall / length));
        }
    }
    best.map(|(point, _)| point)
}

/// Goes to the nearest point of the plane through the corners, and where that lies outside their hull, to its edge, letting
/// go of the corners on the other side.
fn descend(points: &Points, corners: &mut Vec<usize>, weights: &mut [f64]) {
    loop {
        let wanted = on_plane(points, corners);
        let pairs = || corners.iter().zip(&wanted);
        let Some(step) = pairs()
            .filter(|(_, wanted)| **wanted <= 0.0)
            .map(|(&corner, wanted)| weights[corner] / (weights[corner] - wanted))
            .map(|step| if step.is_finite() { step } else { 0.0 })
            .min_by(f64::total_cmp)
        else {
            pairs().for_each(|(&corner, &wanted)| weights[corner] = wanted);
            return;
        };
        let mut left = Vec::with_capacity(corners.len());
        for (&corner, &wanted) in pairs() {
            let whole = weights[corner] / (weights[corner] - wanted);
            if wanted <= 0.0 && (whole <= step || !whole.is_finite()) {
                weights[corner] = 0.0;
            } else {
                weights[corner] += step * (wanted - weights[corner]);
                left.push(corner);
            }
        }
        *corners = left;
        if corners.len() <= 1 {
            corners.iter().for_each(|&corner| weights[corner] = 1.0);
            return;
        }
    }
}

/// The weights, of either sign and summing to 1, of the point nearest to the origin on the plane through the corners.
fn on_plane(points: &Points, corners: &[usize]) -> Vec<f64> {
    let nearest = (0..corners.len())
        .min_by(|&one, &other| points.length(corners[one]).total_cmp(&points.length(corners[other])))
        .unwrap_or_default();
    let origin = points.of(corners[nearest]);
    let others = || (0..corners.len()).filter(|&corner| corner != nearest);
    let sides = others().map(|corner| {
        let pairs = points.of(corners[corner]).iter().zip(origin);
        pairs.map(|(value, origin)| value - origin).collect()
    });
    let back: Vec<f64> = origin.iter().map(|value| -value).collect();
    let shares = Reflected::of(sides.collect()).solve(&back);
    let mut weights = vec![0.0; corners.len()];
    for (corner, share) in others().zip(&shares) {
        weights[corner] = *share;
    }
    weights[nearest] = 1.0 - shares.iter().sum::<f64>();
    weights
}
