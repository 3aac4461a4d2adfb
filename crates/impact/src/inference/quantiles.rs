//! Quantiles of placebos, such that they hold one more of the same kind as often as they say.

/// The quantile at `p` of ascending values at the place p(n+1) among them, between two in proportion (Hyndman & Fan 1996,
/// The American Statistician 50:361, definition 6): one more value of the same kind lies below with probability p.
/// None where p(n+1) lies outside 1..=n, for nothing is known beyond the smallest and the largest.
pub(crate) fn quantile(ascending: &[f64], p: f64) -> Option<f64> {
    let place = p * (ascending.len() + 1) as f64;
    // A share such as 0.05 has no exact binary form; 0.05 of 20 is the first.
    let place = if (place - place.round()).abs() < 1e-9 {
        place.round()
    } else {
        place
    };
    let below = place.floor();
    if below < 1.0 || place > ascending.len() as f64 {
        return None;
    }
    let low = ascending[below as usize - 1];
    match ascending.get(below as usize) {
        Some(high) if place > below => Some(low + (place - below) * (high - low)),
        _ => Some(low),
    }
}

/// The values in ascending order.
pub(crate) fn ascending(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values
}

/// The lower and upper quantile of what holds `share` of one more value; none where there are too few.
pub(crate) fn band(ascending: &[f64], share: f64) -> Option<(f64, f64)> {
    let tail = (1.0 - share) / 2.0;
    Some((quantile(ascending, tail)?, quantile(ascending, 1.0 - tail)?))
}

/// The same, the smallest and the largest where there are too few for it; none where there is nothing.
pub(crate) fn range_or_band(values: impl Iterator<Item = f64>, share: f64) -> Option<(f64, f64)> {
    let ascending = ascending(values);
    let range = ascending.first().copied().zip(ascending.last().copied());
    band(&ascending, share).or(range)
}

/// The middle value, or the mean of the two in the middle; none of nothing.
pub(crate) fn median(values: impl Iterator<Item = f64>) -> Option<f64> {
    let ascending = ascending(values);
    let middle = ascending.len() / 2;
    match ascending.len() {
        0 => None,
        count if count % 2 == 1 => Some(ascending[middle]),
        _ => Some(ascending[middle - 1] / 2.0 + ascending[middle] / 2.0),
    }
}
