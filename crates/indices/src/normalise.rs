//! How values of different units become comparable. The conventions are those of the JRC/OECD handbook as COINr 1.1.14
//! has them: where more means less, values are multiplied by −1 first.

use crate::rank::{First, Ties, rank};
use crate::recipe::{Cap, Direction, Normalise};
use crate::step::{Extent, StepError};

/// Normalises the values of all units in place; missing ones (NaN) stay missing, and take no part.
///
/// `reference` is the index of the unit of reference, which only [`Normalise::DistanceToReference`] reads.
/// Goalposts and targets are given in the indicator's own unit in either direction: with [`Direction::Down`] the low
/// goalpost becomes 1 (times the scale) and the high one 0, and [`Cap`] speaks of the goalposts as they are written.
/// Where every value is missing there is nothing to do.
///
/// # Errors
/// Where all values are the same or one only is known and the method needs a range, where a value is infinite, where
/// the unit of reference or the target leaves no distance, and where the two ends of a scale are upside down.
pub fn normalise(
    method: &Normalise,
    direction: Direction,
    values: &mut [f64],
    reference: Option<usize>,
) -> Result<(), StepError> {
    let step = name(method);
    let Some(extent) = Extent::of(step, values)? else {
        return Ok(());
    };
    match *method {
        Normalise::Goalposts {
            low,
            high,
            log,
            cap,
            scale,
        } => {
            return goalposts(
                Goalposts {
                    low,
                    high,
                    log,
                    cap,
                    scale,
                },
                direction,
                values,
            );
        }
        Normalise::DistanceToTarget { target, cap } => {
            return distance_to_target(target, cap, direction, extent, values);
        }
        _ => {}
    }

    let extent = match direction {
        Direction::Up => extent,
        Direction::Down => {
            each(values, |x| 0.0 - x); // not −x, which would make −0 of 0
            extent.reversed()
        }
    };
    let Extent { known, min, max } = extent;
    match method {
        Normalise::None | Normalise::Goalposts { .. } | Normalise::DistanceToTarget { .. } => {}
        &Normalise::MinMax { low, high } => {
            extent.check_range(step, values)?;
            below(step, low, high)?;
            let (range, scale) = (max - min, high - low);
            each(values, |x| (x - min) / range * scale + low);
        }
        &Normalise::ZScore { mean, sd } => {
            extent.check_range(step, values)?;
            z_score(known, mean, sd, values);
        }
        Normalise::PercentileRank => {
            if known == 1 {
                extent.check_range(step, values)?;
            }
            rank(values, First::Smallest, Ties::Smallest, &mut Vec::with_capacity(known));
            let last = (known - 1) as f64;
            each(values, |rank| (rank - 1.0) / last);
        }
        Normalise::Rank => {
            rank(values, First::Smallest, Ties::Mean, &mut Vec::with_capacity(known));
        }
        Normalise::Borda => {
            rank(values, First::Smallest, Ties::Smallest, &mut Vec::with_capacity(known));
            each(values, |rank| rank - 1.0);
        }
        Normalise::DistanceToMaximum => {
            extent.check_range(step, values)?;
            let range = max - min;
            each(values, |x| 1.0 - (max - x) / range);
        }
        &Normalise::DistanceToReference { cap, .. } => distance_to_reference(reference, cap, min, values)?,
    }
    Ok(())
}

fn z_score(known: usize, mean: f64, sd: f64, values: &mut [f64]) {
    let all = || values.iter().filter(|x| !x.is_nan());
    let centre = all().sum::<f64>() / known as f64;
    let spread = (all().map(|x| (x - centre).powi(2)).sum::<f64>() / (known - 1) as f64).sqrt();
    each(values, |x| (x - centre) / spread * sd + mean);
}

fn distance_to_reference(unit: Option<usize>, cap: bool, min: f64, values: &mut [f64]) -> Result<(), StepError> {
    let (unit, reference) = unit
        .and_then(|unit| Some((unit, *values.get(unit)?)))
        .filter(|(_, value)| !value.is_nan())
        .ok_or(StepError::NoReference)?;
    if reference <= min {
        return Err(StepError::LowReference { unit, value: reference });
    }
    let range = reference - min;
    each(values, |x| capped(1.0 - (reference - x) / range, cap));
    Ok(())
}

fn distance_to_target(
    target: f64,
    cap: bool,
    direction: Direction,
    extent: Extent,
    values: &mut [f64],
) -> Result<(), StepError> {
    let worst = match direction {
        Direction::Up => extent.min,
        Direction::Down => extent.max,
    };
    let range = target - worst;
    let leads_there = match direction {
        Direction::Up => range > 0.0,
        Direction::Down => range < 0.0,
    };
    if !leads_there {
        return Err(StepError::Target { target, worst });
    }
    each(values, |x| capped((x - worst) / range, cap));
    Ok(())
}

/// A score past the target is 1 where it is capped; a missing one stays missing.
fn capped(score: f64, cap: bool) -> f64 {
    if cap && score > 1.0 { 1.0 } else { score }
}

struct Goalposts {
    low: f64,
    high: f64,
    log: bool,
    cap: Cap,
    scale: f64,
}

fn goalposts(posts: Goalposts, direction: Direction, values: &mut [f64]) -> Result<(), StepError> {
    let Goalposts {
        low,
        high,
        log,
        cap,
        scale,
    } = posts;
    let step = "normalisation by goalposts";
    below(step, low, high)?;
    let (cap_low, cap_high) = match cap {
        Cap::Both => (true, true),
        Cap::High => (false, true),
        Cap::Low => (true, false),
        Cap::None => (false, false),
    };
    each(values, |x| {
        let x = if cap_low && x < low { low } else { x };
        if cap_high && x > high { high } else { x }
    });
    let (from, to) = match direction {
        Direction::Up => (low, high),
        Direction::Down => (high, low),
    };
    if !log {
        let range = to - from;
        each(values, |x| (x - from) / range * scale);
        return Ok(());
    }
    if low <= 0.0 {
        let needs = "above zero, for its logarithm is taken";
        return Err(StepError::Setting {
            step,
            setting: "the low goalpost",
            value: low,
            needs,
        });
    }
    if let Some(unit) = values.iter().position(|&x| x <= 0.0) {
        return Err(StepError::Domain {
            step: "normalisation by the logarithm",
            unit,
            value: values[unit],
            needs: "a value above zero",
            advice: "cap values at the low goalpost, or mend the data",
        });
    }
    let (from, range) = (from.ln(), to.ln() - from.ln());
    each(values, |x| (x.ln() - from) / range * scale);
    Ok(())
}

fn below(step: &'static str, low: f64, high: f64) -> Result<(), StepError> {
    if low < high {
        Ok(())
    } else {
        Err(StepError::UpsideDown { step, low, high })
    }
}

fn each(values: &mut [f64], function: impl Fn(f64) -> f64) {
    values.iter_mut().for_each(|value| *value = function(*value));
}

fn name(method: &Normalise) -> &'static str {
    match method {
        Normalise::None => "normalisation",
        Normalise::MinMax { .. } => "min–max",
        Normalise::Goalposts { .. } => "normalisation by goalposts",
        Normalise::ZScore { .. } => "the z-score",
        Normalise::PercentileRank => "the percentile rank",
        Normalise::Rank => "the rank",
        Normalise::Borda => "Borda's score",
        Normalise::DistanceToMaximum => "the distance to the maximum",
        Normalise::DistanceToReference { .. } => "the distance to the reference",
        Normalise::DistanceToTarget { .. } => "the distance to the target",
    }
}
