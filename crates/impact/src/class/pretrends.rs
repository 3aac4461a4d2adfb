//! Whether cases and the places they are compared with went apart before the policy already, and whether that would have
//! been seen (Roth 2022, AER: Insights 4:305): a test that passes says little where a trend that matters would pass too.

use rayon::prelude::*;
use serde::Serialize;
use utoipa::ToSchema;

use super::Asked;
use super::chance::{self, Purpose};
use super::group_time::{Influence, after};
use super::spread;
use crate::rules::Rules;

/// The chance with which the trend that is told would have been seen.
pub const POWER: f64 = 0.8;

/// The periods before, tested together.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct PreTrends {
    /// How many periods.
    pub periods: usize,
    /// The largest |t| among the periods, each against the mean of all before, and the slope through them.
    pub largest: f64,
    /// The share of the bootstrap's draws in which the largest |t| is as large (multiplier bootstrap of the clusters,
    /// Rademacher signs, each draw by its own error): the p of no difference before.
    pub p: f64,
    /// The slope through the periods before, on the scale of the class a period.
    pub slope: f64,
    /// Its standard error.
    pub slope_error: f64,
    /// The linear trend that this test sees with a chance of 80 %; none where it sees none.
    pub detectable: Option<f64>,
    /// The effect that such a trend, carried on, makes by itself of the average after.
    pub bias: Option<f64>,
}

pub(super) fn test(influence: &Influence, asked: &Asked, rules: &Rules) -> Option<PreTrends> {
    if asked.before < 2 {
        return None;
    }
    let tested = contrasts(asked);
    let mut contrasts = Vec::new();
    for weights in &tested {
        // A contrast without any error, as of a policy whose places are all alike, is no test.
        if let (Some(parts), Some(error)) = (influence.parts_of(weights), influence.error(weights)) {
            contrasts.push(Contrast {
                t: influence.weighted(weights) / error,
                per_trend: trend(weights, asked) / error,
                parts,
            });
        }
    }
    let slope = tested.last()?;
    let slope_error = influence.error(slope)?;
    let draws: Vec<Vec<f64>> = (0..asked.draws)
        .into_par_iter()
        .map(|draw| drawn(&contrasts, influence, asked.seed, draw))
        .collect();
    let largest = contrasts
        .iter()
        .fold(0.0_f64, |most, contrast| most.max(contrast.t.abs()));
    let most: Vec<f64> = draws
        .iter()
        .map(|draw| draw.iter().fold(0.0_f64, |most, t| most.max(t.abs())))
        .collect();
    let reached = most.iter().filter(|most| **most >= largest).count();
    let limit = spread::quantile(&most, 1.0 - rules.alpha);
    let detectable = detectable(&contrasts, &draws, limit, slope_error);
    let carried = trend(&after(asked), asked) - base_of_trend(asked);
    Some(PreTrends {
        periods: asked.before,
        largest,
        p: (1 + reached) as f64 / (1 + draws.len()) as f64,
        slope: influence.weighted(slope),
        slope_error,
        detectable,
        bias: detectable.map(|trend| trend * carried),
    })
}

struct Contrast {
    t: f64,
    /// What a trend of 1 a period adds to t.
    per_trend: f64,
    parts: Vec<f64>,
}

/// Each period before against the mean of all before; last the slope through them. The same whatever the base is.
fn contrasts(asked: &Asked) -> Vec<Vec<f64>> {
    let (before, length) = (asked.before, asked.before + asked.after);
    let share = 1.0 / before as f64;
    let against_mean = |period: usize| -> Vec<f64> {
        let weight = |number: usize| match number {
            number if number >= before => 0.0,
            number if number == period => 1.0 - share,
            _ => -share,
        };
        (0..length).map(weight).collect()
    };
    let middle = (before as f64 - 1.0) / 2.0;
    let squares: f64 = (0..before).map(|number| (number as f64 - middle).powi(2)).sum();
    let slope = |number: usize| {
        if number < before {
            (number as f64 - middle) / squares
        } else {
            0.0
        }
    };
    (0..before)
        .map(against_mean)
        .chain(std::iter::once((0..length).map(slope).collect()))
        .collect()
}

/// What a trend of 1 a period makes of a weighted sum of the event times.
fn trend(weights: &[f64], asked: &Asked) -> f64 {
    let at = |number: usize| number as f64 - asked.before as f64;
    weights
        .iter()
        .enumerate()
        .map(|(number, weight)| weight * at(number))
        .sum()
}

/// Where a trend of 1 a period stands in the base that changes are counted from.
fn base_of_trend(asked: &Asked) -> f64 {
    match asked.base {
        super::Base::Mean => -(asked.before as f64 + 1.0) / 2.0,
        super::Base::Last => -1.0,
    }
}

/// The t of every contrast with the signs of all clusters drawn anew, by the error of the draw itself.
fn drawn(contrasts: &[Contrast], influence: &Influence, seed: u64, draw: usize) -> Vec<f64> {
    let mut stream = chance::stream(seed, Purpose::Signs, draw);
    let signs = chance::signs(&mut stream, influence.parts.len());
    let clusters = influence.clusters as f64;
    let t = |contrast: &Contrast| {
        let sum: f64 = contrast.parts.iter().zip(&signs).map(|(part, sign)| part * sign).sum();
        let squares: f64 = contrast.parts.iter().map(|part| part * part).sum();
        // The signs leave the squares as they are; what the mean takes of them is what a draw's own error lacks.
        let left = (squares - sum * sum / clusters) * clusters / (clusters - 1.0);
        if left > 0.0 { sum / left.sqrt() } else { f64::INFINITY }
    };
    contrasts.iter().map(t).collect()
}

/// The trend at which the largest |t| passes the limit in 80 % of the draws.
fn detectable(contrasts: &[Contrast], draws: &[Vec<f64>], limit: f64, slope_error: f64) -> Option<f64> {
    if draws.is_empty() || !limit.is_finite() {
        return None;
    }
    let seen = |trend: f64| {
        let passes = |draw: &&Vec<f64>| {
            let mut pairs = contrasts.iter().zip(draw.iter());
            pairs.any(|(contrast, t)| (t + contrast.per_trend * trend).abs() > limit)
        };
        draws.iter().filter(passes).count() as f64 / draws.len() as f64
    };
    let (mut low, mut high) = (0.0, slope_error);
    while seen(high) < POWER {
        high *= 2.0;
        if high > 1e6 * slope_error {
            return None;
        }
    }
    for _ in 0..60 {
        let middle = (low + high) / 2.0;
        if seen(middle) < POWER {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(high)
}
