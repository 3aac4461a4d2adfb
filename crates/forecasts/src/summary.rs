//! What a user is told of a forecast distribution.

use crate::judged::{INTERVALS, THRESHOLDS};
use crate::score::{probability_of, quantile};

/// A distribution in a few numbers, in deaths.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Summary {
    /// The mean of the draws.
    pub mean: f64,
    /// The median.
    pub median: f64,
    /// The ends of the central intervals of [`INTERVALS`].
    pub intervals: [(f64, f64); INTERVALS.len()],
    /// The probabilities of reaching [`THRESHOLDS`].
    pub probabilities: [f64; THRESHOLDS.len()],
}

impl Summary {
    /// Of draws in rising order.
    ///
    /// # Panics
    /// Where there are no draws.
    pub fn of(sorted: &[f64]) -> Summary {
        let ends = |share: f64| {
            (
                quantile(sorted, (1.0 - share) / 2.0),
                quantile(sorted, (1.0 + share) / 2.0),
            )
        };
        Summary {
            mean: sorted.iter().sum::<f64>() / sorted.len() as f64,
            median: quantile(sorted, 0.5),
            intervals: INTERVALS.map(ends),
            probabilities: THRESHOLDS.map(|threshold| probability_of(sorted, threshold)),
        }
    }
}

/// How many such periods pass on average until one that reaches the threshold: 1 / probability; none where no draw does.
pub fn return_period(probability: f64) -> Option<f64> {
    (probability > 0.0).then(|| 1.0 / probability)
}
