//! Treatment of outliers: the handbook's rule, to the letter as COINr 1.1.14 has it (`Treat`, `winsorise`, `log_CT`,
//! `check_SkewKurt`), and the Box–Cox transformation.

use std::fmt;

use crate::recipe::Treat;
use crate::step::{Extent, StepError};

/// What the treatment did.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Treated {
    /// Nothing was asked for.
    NotAsked,
    /// Nothing: skewness or kurtosis lie within the limits.
    NotNeeded,
    /// Nothing: of fewer than four values, or of values that are all the same, there is no skewness and kurtosis.
    NotTestable,
    /// The most extreme values were set to the next.
    Winsorised {
        /// How many at the low end.
        low: usize,
        /// How many at the high end.
        high: usize,
        /// Whether that was enough.
        enough: bool,
    },
    /// As winsorising was not enough, the untreated values were put on the logarithmic scale.
    Logarithm {
        /// Whether that was enough.
        enough: bool,
    },
    /// The Box–Cox transformation.
    BoxCox {
        /// Its exponent.
        lambda: f64,
    },
}

impl fmt::Display for Treated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let not = |enough| {
            if enough {
                ""
            } else {
                ", which is not enough to bring skewness and kurtosis within limits"
            }
        };
        match *self {
            Treated::NotAsked => write!(f, "no treatment of outliers asked for"),
            Treated::NotNeeded => write!(f, "no outliers to treat"),
            Treated::NotTestable => write!(f, "too few different values to look for outliers"),
            Treated::Winsorised { low, high, enough } => {
                let points = low + high;
                let values = if points == 1 { "value" } else { "values" };
                write!(
                    f,
                    "{points} {values} winsorised ({low} low, {high} high){}",
                    not(enough)
                )
            }
            Treated::Logarithm { enough } => write!(f, "put on the logarithmic scale{}", not(enough)),
            Treated::BoxCox { lambda } => write!(f, "Box–Cox transformation with exponent {lambda:.4}"),
        }
    }
}

/// Treats the values of all units in place; missing ones (NaN) stay missing, and take no part.
///
/// The handbook's rule: values are within limits while |skewness| < `skew` or kurtosis < `kurtosis`. If they are not, the
/// largest (where skewness is zero or more) or the smallest is set to the next, together with all that are tied with it,
/// until they are within limits or `at_most` values have been set. As ties move together, the last move may take the
/// count above `at_most`. If that is not enough, the *untreated* values become ln(x − min + 0.01 (max − min)), which is
/// kept even where it does not suffice; without `else_log` the winsorised values are kept.
///
/// Without an exponent Box–Cox takes the one of largest likelihood between −5 and 5.
///
/// # Errors
/// Where a value is infinite, and for Box–Cox where one is not above zero or all are the same.
pub fn treat(method: &Treat, values: &mut [f64]) -> Result<Treated, StepError> {
    match *method {
        Treat::None => Ok(Treated::NotAsked),
        Treat::Winsorise {
            at_most,
            skew,
            kurtosis,
            else_log,
        } => {
            let Some(extent) = Extent::of("winsorising", values)? else {
                return Ok(Treated::NotTestable);
            };
            Ok(winsorise_or_log(
                at_most,
                Limits { skew, kurtosis },
                else_log,
                extent,
                values,
            ))
        }
        Treat::BoxCox { lambda } => box_cox(lambda, values),
    }
}

#[derive(Clone, Copy)]
struct Limits {
    skew: f64,
    kurtosis: f64,
}

fn winsorise_or_log(at_most: usize, limits: Limits, else_log: bool, extent: Extent, values: &mut [f64]) -> Treated {
    let Some(shape) = Shape::of(values) else {
        return Treated::NotTestable;
    };
    if shape.within(limits) {
        return Treated::NotNeeded;
    }
    let untreated = values.to_vec();
    let (low, high, enough) = winsorise(at_most, limits, shape, values);
    if enough || !else_log {
        return Treated::Winsorised { low, high, enough };
    }
    let Extent { min, max, .. } = extent;
    for (value, x) in values.iter_mut().zip(untreated) {
        *value = (x - min + 0.01 * (max - min)).ln();
    }
    Treated::Logarithm {
        enough: Shape::of(values).is_some_and(|shape| shape.within(limits)),
    }
}

/// Sets extreme values to the next; returns how many at the low end, how many at the high end, and if it was enough.
fn winsorise(at_most: usize, limits: Limits, mut shape: Shape, values: &mut [f64]) -> (usize, usize, bool) {
    let (mut low, mut high) = (0, 0);
    while low + high < at_most {
        let moved = if shape.skew >= 0.0 {
            to_next(values, |a, b| a > b).map(|moved| high = moved)
        } else {
            to_next(values, |a, b| a < b).map(|moved| low = moved)
        };
        // Two values only, or none that differ: to set one to the other would leave nothing to compare.
        let Some(next) = moved.and_then(|()| Shape::of(values)) else {
            break;
        };
        shape = next;
        if shape.within(limits) {
            return (low, high, true);
        }
    }
    (low, high, false)
}

/// Sets the most extreme value, with all tied with it, to the next; returns how many these were. Where only two values
/// differ nothing is changed, for all would be the same.
fn to_next(values: &mut [f64], beyond: impl Fn(f64, f64) -> bool) -> Option<usize> {
    let further = |a: f64, b: f64| if a.is_nan() || beyond(b, a) { b } else { a };
    let extreme = values.iter().fold(f64::NAN, |far, &x| further(far, x));
    let next = values
        .iter()
        .filter(|&&x| x != extreme)
        .fold(f64::NAN, |far, &x| further(far, x));
    if next.is_nan() || !values.iter().any(|&x| beyond(next, x)) {
        return None;
    }
    let mut moved = 0;
    for value in values.iter_mut().filter(|value| **value == extreme) {
        *value = next;
        moved += 1;
    }
    Some(moved)
}

/// Skewness and excess kurtosis as in SAS, SPSS and Excel (type 2 of Joanes & Gill 1998, The Statistician 47: 183–189).
#[derive(Clone, Copy, Debug)]
struct Shape {
    skew: f64,
    kurtosis: f64,
}

impl Shape {
    /// The shape of the known values; none of fewer than four, and of values that are all the same.
    fn of(values: &[f64]) -> Option<Shape> {
        let (mut known, mut sum) = (0.0, 0.0);
        for &x in values {
            known += if x.is_nan() { 0.0 } else { 1.0 };
            sum += if x.is_nan() { 0.0 } else { x };
        }
        if known < 4.0 {
            return None;
        }
        let (n, mean) = (known, sum / known);
        let (mut squares, mut cubes, mut fourths) = (0.0, 0.0, 0.0);
        for &x in values {
            let d = if x.is_nan() { 0.0 } else { x - mean };
            squares += d * d;
            cubes += d * d * d;
            fourths += d * d * d * d;
        }
        let g1 = n.sqrt() * cubes / (squares * squares.sqrt());
        let r = n * fourths / (squares * squares);
        let shape = Shape {
            skew: g1 * (n * (n - 1.0)).sqrt() / (n - 2.0),
            kurtosis: ((n + 1.0) * (r - 3.0) + 6.0) * (n - 1.0) / ((n - 2.0) * (n - 3.0)),
        };
        (shape.skew.is_finite() && shape.kurtosis.is_finite()).then_some(shape)
    }

    fn within(self, limits: Limits) -> bool {
        self.skew.abs() < limits.skew || self.kurtosis < limits.kurtosis
    }
}

fn box_cox(lambda: Option<f64>, values: &mut [f64]) -> Result<Treated, StepError> {
    let step = "the Box–Cox transformation";
    let Some(extent) = Extent::of(step, values)? else {
        return Ok(Treated::NotTestable);
    };
    if let Some(unit) = values.iter().position(|&x| x <= 0.0) {
        let (needs, advice) = ("a value above zero", "add a constant first, or treat it otherwise");
        return Err(StepError::Domain {
            step,
            unit,
            value: values[unit],
            needs,
            advice,
        });
    }
    let lambda = match lambda {
        Some(lambda) => lambda,
        None => {
            extent.check_range(step, values)?;
            likeliest_exponent(values)
        }
    };
    for value in values.iter_mut() {
        *value = power(value.ln(), lambda);
    }
    crate::step::finite(step, values)?;
    Ok(Treated::BoxCox { lambda })
}

/// (e^(λ ln x) − 1)/λ, of the logarithm of x, and the logarithm itself at λ = 0.
fn power(ln_x: f64, lambda: f64) -> f64 {
    if lambda == 0.0 {
        ln_x
    } else {
        (lambda * ln_x).exp_m1() / lambda
    }
}

/// The exponent of largest profile likelihood (Box & Cox 1964, J. R. Stat. Soc. B 26: 211–252), between −5 and 5.
///
/// With values divided by their geometric mean the likelihood is −n/2 ln Var((e^(λu) − 1)/λ). The variance is a sum over
/// pairs of e^(λ(uᵢ + uⱼ)) (sinh(λ(uᵢ − uⱼ)/2)/λ)², each convex in its logarithm, so it has one minimum and the golden
/// section finds it.
fn likeliest_exponent(values: &[f64]) -> f64 {
    let mut logs: Vec<f64> = values.iter().filter(|x| !x.is_nan()).map(|x| x.ln()).collect();
    let n = logs.len() as f64;
    let mean = logs.iter().sum::<f64>() / n;
    logs.iter_mut().for_each(|u| *u -= mean);
    let variance = |lambda: f64| {
        let centre = logs.iter().map(|&u| power(u, lambda)).sum::<f64>() / n;
        logs.iter().map(|&u| (power(u, lambda) - centre).powi(2)).sum::<f64>()
    };

    let golden = (5f64.sqrt() - 1.0) / 2.0;
    let (mut low, mut high) = (-5.0, 5.0);
    let (mut left, mut right) = (high - golden * (high - low), low + golden * (high - low));
    let (mut at_left, mut at_right) = (variance(left), variance(right));
    while high - low > 1e-7 {
        if at_left < at_right {
            (high, right, at_right) = (right, left, at_left);
            left = high - golden * (high - low);
            at_left = variance(left);
        } else {
            (low, left, at_left) = (left, right, at_right);
            right = low + golden * (high - low);
            at_right = variance(right);
        }
    }
    (low + high) / 2.0
}
