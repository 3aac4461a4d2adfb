//! Quantiles and the two distributions that intervals rest on.

use statrs::distribution::{ContinuousCDF, StudentsT};

/// The quantile of values, interpolated between neighbours (type 7 of Hyndman & Fan 1996); NaN of nothing.
pub(super) fn quantile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let Some(last) = sorted.len().checked_sub(1) else {
        return f64::NAN;
    };
    let place = share * last as f64;
    let below = place.floor() as usize;
    let part = place - below as f64;
    match sorted.get(below + 1) {
        Some(above) if part > 0.0 => sorted[below] + part * (above - sorted[below]),
        _ => sorted[below],
    }
}

/// 1.4826 times the median absolute distance from the median: the standard deviation, were the values normal.
pub(super) fn median_spread(values: &[f64]) -> f64 {
    let middle = quantile(values, 0.5);
    let distances: Vec<f64> = values.iter().map(|value| (value - middle).abs()).collect();
    1.4826 * quantile(&distances, 0.5)
}

/// The t that a share `level` lies within, on both sides together; none without a degree of freedom.
pub(super) fn t_within(level: f64, freedom: usize) -> Option<f64> {
    let t = StudentsT::new(0.0, 1.0, freedom as f64).ok().filter(|_| freedom > 0)?;
    Some(t.inverse_cdf(0.5 + level / 2.0)).filter(|t| t.is_finite())
}

/// The chance that |t| is as large or larger; none without a degree of freedom or of no number.
pub(super) fn t_beyond(t: f64, freedom: usize) -> Option<f64> {
    if t.is_nan() || freedom == 0 {
        return None;
    }
    if t.is_infinite() {
        return Some(0.0);
    }
    let distribution = StudentsT::new(0.0, 1.0, freedom as f64).ok()?;
    Some(2.0 * distribution.cdf(-t.abs()))
}
