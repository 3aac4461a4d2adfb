//! Cases pooled by random effects: they differ, and the pooled effect is the mean of what they differ about.
//!
//! τ² by restricted maximum likelihood; the interval of the mean after Hartung & Knapp (2001, Statistics in Medicine
//! 20:3875) and Sidik & Jonkman (2002, 21:3153), never narrower than without their factor (Röver, Knapp & Friede 2015,
//! BMC Med. Res. Methodol. 15:99); I² after Higgins & Thompson (2002, Statistics in Medicine 21:1539); the prediction
//! interval after Higgins, Thompson & Spiegelhalter (2009, JRSS A 172:137), t with k − 2 degrees of freedom.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::spread;

/// One effect to be pooled.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Whose it is.
    pub unit: String,
    /// Its cluster: effects of one cluster are combined first.
    pub cluster: String,
    /// The effect.
    pub effect: f64,
    /// Its standard error, above zero.
    pub error: f64,
}

/// Pooled effects.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Pooled {
    /// How many effects.
    pub cases: usize,
    /// How many clusters they lie in: what was pooled.
    pub clusters: usize,
    /// The mean effect.
    pub effect: f64,
    /// Its standard error (Hartung–Knapp–Sidik–Jonkman, factor at least 1).
    pub error: f64,
    /// The lower end of its interval (t, k − 1 degrees of freedom).
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// The level of both intervals.
    pub level: f64,
    /// Two-sided p of a mean effect of zero.
    pub p: f64,
    /// τ: how the clusters' true effects differ, as a standard deviation.
    pub tau: f64,
    /// I²: the share of what differs that is not chance, 0 to 1.
    pub i_squared: f64,
    /// Q, the weighted squares about the mean without τ.
    pub q: f64,
    /// The interval in which the effect of a further case would lie; none of fewer than three clusters.
    pub prediction: Option<(f64, f64)>,
    /// The mean without each case, in their order; empty of two clusters or fewer.
    pub without: Vec<Without>,
}

/// The pooled effect without a case.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Without {
    /// The case left out.
    pub unit: String,
    /// The mean without it.
    pub effect: f64,
    /// The lower end of its interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// Pools effects at a level; none of fewer than two clusters, or where an effect is no number or has no error.
pub fn pool(parts: &[Part], level: f64) -> Option<Pooled> {
    let mut pooled = mean_of(parts, level)?;
    if pooled.clusters > 2 {
        let without = |left_out: usize| {
            let others: Vec<Part> = (0..parts.len())
                .filter(|other| *other != left_out)
                .map(|other| parts[other].clone())
                .collect();
            let pooled = mean_of(&others, level)?;
            Some(Without {
                unit: parts[left_out].unit.clone(),
                effect: pooled.effect,
                low: pooled.low,
                high: pooled.high,
            })
        };
        pooled.without = (0..parts.len()).filter_map(without).collect();
    }
    Some(pooled)
}

fn mean_of(parts: &[Part], level: f64) -> Option<Pooled> {
    let sound = |part: &Part| part.effect.is_finite() && part.error.is_finite() && part.error > 0.0;
    if !parts.iter().all(sound) {
        return None;
    }
    let clusters = combined(parts);
    let k = clusters.len();
    if k < 2 {
        return None;
    }
    let tau_squared = restricted_likelihood(&clusters);
    let weights: Vec<f64> = clusters.iter().map(|(_, v)| 1.0 / (v + tau_squared)).collect();
    let sum: f64 = weights.iter().sum();
    let effect = weighted(&clusters, &weights);
    let freedom = (k - 1) as f64;
    let factor = squares(&clusters, &weights, effect) / freedom;
    let error = (factor.max(1.0) / sum).sqrt();
    let reach = error * spread::t_within(level, k - 1)?;
    let fixed: Vec<f64> = clusters.iter().map(|(_, v)| 1.0 / v).collect();
    let fixed_sum: f64 = fixed.iter().sum();
    let typical = freedom * fixed_sum / (fixed_sum * fixed_sum - fixed.iter().map(|w| w * w).sum::<f64>());
    let prediction = spread::t_within(level, k - 2).map(|t| {
        let reach = t * (tau_squared + error * error).sqrt();
        (effect - reach, effect + reach)
    });
    Some(Pooled {
        cases: parts.len(),
        clusters: k,
        effect,
        error,
        low: effect - reach,
        high: effect + reach,
        level,
        p: spread::t_beyond(effect / error, k - 1)?,
        tau: tau_squared.sqrt(),
        i_squared: tau_squared / (tau_squared + typical),
        q: squares(&clusters, &fixed, weighted(&clusters, &fixed)),
        prediction,
        without: Vec::new(),
    })
}

/// The effect and variance of each cluster: the precision-weighted mean of its cases, with an error as if theirs were one
/// and the same, for cases of one conflict share its course and often their donors.
fn combined(parts: &[Part]) -> Vec<(f64, f64)> {
    let mut clusters: BTreeMap<&str, Vec<&Part>> = BTreeMap::new();
    for part in parts {
        clusters.entry(&part.cluster).or_default().push(part);
    }
    let combine = |members: &Vec<&Part>| {
        let weights: Vec<f64> = members.iter().map(|part| part.error.powi(-2)).collect();
        let sum: f64 = weights.iter().sum();
        let pairs = || members.iter().zip(&weights);
        let effect = pairs().map(|(part, weight)| part.effect * weight).sum::<f64>() / sum;
        let error = pairs().map(|(part, weight)| part.error * weight).sum::<f64>() / sum;
        (effect, error * error)
    };
    clusters.values().map(combine).collect()
}

fn weighted(clusters: &[(f64, f64)], weights: &[f64]) -> f64 {
    let sum: f64 = weights.iter().sum();
    clusters.iter().zip(weights).map(|((y, _), w)| y * w).sum::<f64>() / sum
}

fn squares(clusters: &[(f64, f64)], weights: &[f64], middle: f64) -> f64 {
    let pairs = clusters.iter().zip(weights);
    pairs.map(|((y, _), w)| w * (y - middle) * (y - middle)).sum()
}

/// τ² at which the restricted likelihood is highest: where its slope, ½ (Σ w² (y − μ)² − Σ w + Σ w² / Σ w), is zero, by
/// bisection; 0 where the likelihood falls from there on.
fn restricted_likelihood(clusters: &[(f64, f64)]) -> f64 {
    let slope = |tau_squared: f64| {
        let weights: Vec<f64> = clusters.iter().map(|(_, v)| 1.0 / (v + tau_squared)).collect();
        let middle = weighted(clusters, &weights);
        let sum: f64 = weights.iter().sum();
        let of_squares: f64 = weights.iter().map(|w| w * w).sum();
        let pairs = clusters.iter().zip(&weights);
        pairs.map(|((y, _), w)| (w * (y - middle)).powi(2)).sum::<f64>() - sum + of_squares / sum
    };
    let level = clusters.iter().map(|(y, _)| y).sum::<f64>() / clusters.len() as f64;
    let widest: f64 = clusters.iter().map(|(y, _)| (y - level).powi(2)).sum();
    // Beyond the squares of all effects together the slope is negative.
    let (mut low, mut high) = (0.0, widest.max(1e-12) * 4.0);
    if slope(0.0) <= 0.0 {
        return 0.0;
    }
    for _ in 0..200 {
        let middle = (low + high) / 2.0;
        if slope(middle) > 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    (low + high) / 2.0
}
