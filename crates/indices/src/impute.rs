//! How missing inputs are filled: across the units of one period, or along the years of one unit. What was filled is
//! returned, so that it can be told; a value that cannot be filled stays missing.

use crate::recipe::Impute;
use crate::step::{StepError, finite};

/// The group of a unit that belongs to none.
pub const NO_GROUP: usize = usize::MAX;

/// Fills the missing values (NaN) of one column from those of the other units, and returns the units filled.
///
/// `groups` has the number of each unit's group, counted from 0, or [`NO_GROUP`]; only the methods by group read it. The
/// methods along the years ([`Impute::Interpolate`], [`Impute::Nearest`]) and [`Impute::None`] do nothing here.
///
/// # Errors
/// Where a value is infinite.
pub fn across(method: &Impute, groups: &[usize], values: &mut [f64]) -> Result<Vec<usize>, StepError> {
    let step = "imputation";
    finite(step, values)?;
    if !values.iter().any(|x| x.is_nan()) {
        return Ok(Vec::new());
    }
    let known = |values: &[f64]| values.iter().copied().filter(|x| !x.is_nan()).collect::<Vec<_>>();
    Ok(match method {
        Impute::None | Impute::Interpolate { .. } | Impute::Nearest { .. } => Vec::new(),
        Impute::Mean => {
            let filler = mean(&mut known(values));
            fill(values, |_| filler)
        }
        Impute::Median => {
            let filler = median(&mut known(values));
            fill(values, |_| filler)
        }
        Impute::GroupMean(_) => by_group(groups, values, mean),
        Impute::GroupMedian(_) => by_group(groups, values, median),
    })
}

fn by_group(groups: &[usize], values: &mut [f64], centre: fn(&mut [f64]) -> f64) -> Vec<usize> {
    assert_eq!(groups.len(), values.len(), "one group for each unit");
    let count = groups
        .iter()
        .filter(|&&group| group != NO_GROUP)
        .max()
        .map_or(0, |last| last + 1);
    let mut members = vec![Vec::new(); count];
    for (&group, &value) in groups.iter().zip(values.iter()).filter(|(_, value)| !value.is_nan()) {
        if group != NO_GROUP {
            members[group].push(value);
        }
    }
    let fillers: Vec<f64> = members.iter_mut().map(|known| centre(known)).collect();
    fill(values, |unit| {
        if groups[unit] == NO_GROUP {
            f64::NAN
        } else {
            fillers[groups[unit]]
        }
    })
}

fn fill(values: &mut [f64], filler: impl Fn(usize) -> f64) -> Vec<usize> {
    let mut filled = Vec::new();
    for (unit, value) in values.iter_mut().enumerate().filter(|(_, value)| value.is_nan()) {
        *value = filler(unit);
        if !value.is_nan() {
            filled.push(unit);
        }
    }
    filled
}

/// The mean of known values; NaN of none.
fn mean(known: &mut [f64]) -> f64 {
    known.iter().sum::<f64>() / known.len() as f64
}

/// The median of known values, between the middle two of an even number; NaN of none.
fn median(known: &mut [f64]) -> f64 {
    known.sort_unstable_by(f64::total_cmp);
    let middle = known.len() / 2;
    match known.len() {
        0 => f64::NAN,
        n if n % 2 == 1 => known[middle],
        _ => (known[middle - 1] + known[middle]) / 2.0,
    }
}

/// Fills the missing values (NaN) of one unit's series from its other years, and returns the positions filled.
///
/// `years` are the years of the series, ascending. [`Impute::Interpolate`] bridges a gap on a straight line if the years
/// of the two known values around it lie at most `within` apart, and fills nothing before the first or after the last
/// known value. [`Impute::Nearest`] takes the known value of the nearest year at most `within` years away, of two equally
/// near the earlier. Filled values serve no others. The other methods do nothing here.
pub fn along(method: &Impute, years: &[i32], series: &mut [f64]) -> Vec<usize> {
    assert_eq!(years.len(), series.len(), "one year for each value");
    let mut filled = Vec::new();
    let mut before: Option<(i32, f64)> = None;
    for at in 0..series.len() {
        if !series[at].is_nan() {
            before = Some((years[at], series[at]));
            continue;
        }
        let after = (at + 1..series.len())
            .find(|&later| !series[later].is_nan())
            .map(|i| (years[i], series[i]));
        let filler = match *method {
            Impute::Interpolate { within } => before.zip(after).and_then(|ends| between(ends, within, years[at])),
            Impute::Nearest { within } => nearest(before, after, within, years[at]),
            Impute::None | Impute::Mean | Impute::Median | Impute::GroupMean(_) | Impute::GroupMedian(_) => None,
        };
        if let Some(value) = filler {
            series[at] = value;
            filled.push(at);
        }
    }
    filled
}

fn between(((first, from), (last, to)): ((i32, f64), (i32, f64)), within: Option<u16>, year: i32) -> Option<f64> {
    let gap = last.abs_diff(first);
    let bridged = within.is_none_or(|limit| gap <= u32::from(limit));
    bridged.then(|| from + (to - from) * f64::from(year.abs_diff(first)) / f64::from(gap))
}

fn nearest(before: Option<(i32, f64)>, after: Option<(i32, f64)>, within: u16, year: i32) -> Option<f64> {
    // The earlier comes first, and of equals min_by_key takes the first.
    let (distance, value) = [before, after]
        .into_iter()
        .flatten()
        .map(|(known, value)| (known.abs_diff(year), value))
        .min_by_key(|(distance, _)| *distance)?;
    (distance <= u32::from(within)).then_some(value)
}
