//! Scores of one forecast against what came, as the VIEWS prediction challenge 2023/24 computes them, and others beside.
//!
//! A forecast is its draws in rising order. Lower is better in every score. Challenge: Hegre et al. (2025), arXiv 2407.11045,
//! and its evaluation code; where a detail is only in the code, the code is followed.

/// The lower edges of the bins of the ignorance score; the last bin has no upper edge.
pub const BINS: [f64; 11] = [0.0, 0.5, 2.5, 5.5, 10.5, 25.5, 50.5, 100.5, 250.5, 500.5, 1000.5];

/// The cap of the capped scores: deaths in a month above this count as this many.
pub const CAP: f64 = 1000.0;

/// The share of the interval that the interval score is about.
const MIS_ALPHA: f64 = 0.1;

/// Brings draws into rising order, as the scores need them.
pub fn sort(draws: &mut [f64]) {
    draws.sort_unstable_by(f64::total_cmp);
}

/// Continuous ranked probability score of the draws as an ensemble: mean |x − y| − ½ mean |x − x′| over all pairs (the divisor
/// is n², the challenge's choice). In the unit of the outcome.
pub fn crps(sorted: &[f64], outcome: f64) -> f64 {
    crps_of(sorted, outcome, |x| x)
}

/// The same of log(1 + x): it rewards being right about the order of magnitude, and no one unit decides it.
pub fn crps_log(sorted: &[f64], outcome: f64) -> f64 {
    crps_of(sorted, outcome, f64::ln_1p)
}

/// The same with draws and outcome capped at [`CAP`].
pub fn crps_capped(sorted: &[f64], outcome: f64) -> f64 {
    crps_of(sorted, outcome, |x| x.min(CAP))
}

fn crps_of(sorted: &[f64], outcome: f64, scale: impl Fn(f64) -> f64) -> f64 {
    let n = sorted.len() as f64;
    let y = scale(outcome);
    let (mut distance, mut spread) = (0.0, 0.0);
    let mut before = f64::NAN;
    let mut x = 0.0;
    for (i, &draw) in sorted.iter().enumerate() {
        // Draws come in runs of the same value, and a logarithm is dear.
        if draw != before {
            before = draw;
            x = scale(draw);
        }
        distance += (x - y).abs();
        spread += (2.0 * i as f64 + 1.0 - n) * x;
    }
    distance / n - spread / (n * n)
}

/// Ignorance: −log₂ of the share of draws in the bin of the outcome, one draw being added to every bin. In bits.
pub fn ign(sorted: &[f64], outcome: f64) -> f64 {
    let bin = BINS.partition_point(|edge| *edge <= outcome).max(1);
    let from = sorted.partition_point(|x| *x < BINS[bin - 1]);
    let to = BINS
        .get(bin)
        .map_or(sorted.len(), |edge| sorted.partition_point(|x| x < edge));
    let hits = if bin == 1 { to } else { to - from };
    -((hits as f64 + 1.0) / (sorted.len() + BINS.len()) as f64).log2()
}

/// Interval score of the central 90 % interval: its width, and twenty times what the outcome lies outside of it.
pub fn mis(sorted: &[f64], outcome: f64) -> f64 {
    let low = quantile(sorted, MIS_ALPHA / 2.0);
    let high = quantile(sorted, 1.0 - MIS_ALPHA / 2.0);
    let outside = (low - outcome).max(0.0) + (outcome - high).max(0.0);
    (high - low) + 2.0 / MIS_ALPHA * outside
}

/// The same with draws and outcome capped at [`CAP`].
pub fn mis_capped(sorted: &[f64], outcome: f64) -> f64 {
    let low = quantile_with(sorted, MIS_ALPHA / 2.0, |x| x.min(CAP));
    let high = quantile_with(sorted, 1.0 - MIS_ALPHA / 2.0, |x| x.min(CAP));
    let y = outcome.min(CAP);
    let outside = (low - y).max(0.0) + (y - high).max(0.0);
    (high - low) + 2.0 / MIS_ALPHA * outside
}

/// The quantile of the draws at a probability, by linear interpolation between order statistics (the default of NumPy).
///
/// # Panics
/// Where there are no draws.
pub fn quantile(sorted: &[f64], probability: f64) -> f64 {
    quantile_with(sorted, probability, |x| x)
}

fn quantile_with(sorted: &[f64], probability: f64, scale: impl Fn(f64) -> f64) -> f64 {
    let at = probability * (sorted.len() - 1) as f64;
    let below = at.floor() as usize;
    let low = scale(sorted[below]);
    let high = scale(sorted[(below + 1).min(sorted.len() - 1)]);
    low + (high - low) * (at - below as f64)
}

/// The share of draws that reach a threshold: the forecast probability that at least so many are killed.
pub fn probability_of(sorted: &[f64], threshold: f64) -> f64 {
    let below = sorted.partition_point(|x| *x < threshold);
    (sorted.len() - below) as f64 / sorted.len() as f64
}

/// Brier score of the probability that the outcome reaches a threshold.
pub fn brier(sorted: &[f64], outcome: f64, threshold: f64) -> f64 {
    let happened = f64::from(u8::from(outcome >= threshold));
    (probability_of(sorted, threshold) - happened).powi(2)
}

/// Where the outcome stands in the forecast distribution, as the ends of the interval of probability that belongs to it:
/// the shares of draws below it, and not above it. Between the two the probability integral transform is even.
pub fn pit(sorted: &[f64], outcome: f64) -> (f64, f64) {
    let n = sorted.len() as f64;
    let below = sorted.partition_point(|x| *x < outcome);
    let not_above = sorted.partition_point(|x| *x <= outcome);
    (below as f64 / n, not_above as f64 / n)
}

/// Does the central interval of this share hold the outcome? Its ends are quantiles by linear interpolation.
pub fn covers(sorted: &[f64], outcome: f64, share: f64) -> bool {
    let tail = (1.0 - share) / 2.0;
    quantile(sorted, tail) <= outcome && outcome <= quantile(sorted, 1.0 - tail)
}
