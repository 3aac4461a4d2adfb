//! What is done to each value by itself, before anything looks at other units, or after.

use crate::recipe::Transform;
use crate::step::{StepError, finite};

/// Takes the steps in order. Missing values (NaN) stay missing.
///
/// # Errors
/// Where a value lies outside the domain of a function (its unit is named), where a value is or becomes infinite, and
/// where a clamp is upside down.
pub fn transform(steps: &[Transform], values: &mut [f64]) -> Result<(), StepError> {
    steps.iter().try_for_each(|step| take(*step, values))
}

fn take(step: Transform, values: &mut [f64]) -> Result<(), StepError> {
    let name = name(step);
    finite(name, values)?;
    let mend = |unit: usize, value, needs| StepError::Domain {
        step: name,
        unit,
        value,
        needs,
        advice: "clamp it first, or mend the data",
    };
    let in_domain = |holds: fn(f64) -> bool, needs| match values.iter().position(|&x| !x.is_nan() && !holds(x)) {
        Some(unit) => Err(mend(unit, values[unit], needs)),
        None => Ok(()),
    };
    match step {
        Transform::Clamp {
            min: Some(low),
            max: Some(high),
        } if low > high => {
            return Err(StepError::UpsideDown { step: name, low, high });
        }
        Transform::Reciprocal => in_domain(|x| x != 0.0, "a value other than zero")?,
        Transform::Power(power) if power.fract() != 0.0 => in_domain(|x| x >= 0.0, "a value of zero or more")?,
        Transform::SquareRoot => in_domain(|x| x >= 0.0, "a value of zero or more")?,
        Transform::Log => in_domain(|x| x > 0.0, "a value above zero")?,
        Transform::Log1p => in_domain(|x| x > -1.0, "a value above −1")?,
        _ => {}
    }
    match step {
        Transform::Clamp { min, max } => each(values, |x| {
            // Not f64::max, which would make a number of a missing value.
            let x = min.map_or(x, |low| if x < low { low } else { x });
            max.map_or(x, |high| if x > high { high } else { x })
        }),
        Transform::Times(factor) => each(values, |x| x * factor),
        Transform::Plus(term) => each(values, |x| x + term),
        Transform::Reciprocal => each(values, |x| 1.0 / x),
        Transform::Complement => each(values, |x| 1.0 - x),
        Transform::Power(power) => each(values, |x| if x.is_nan() { x } else { x.powf(power) }),
        Transform::SquareRoot => each(values, f64::sqrt),
        Transform::Log => each(values, f64::ln),
        Transform::Log1p => each(values, f64::ln_1p),
    }
    finite(name, values)
}

fn each(values: &mut [f64], function: impl Fn(f64) -> f64) {
    values.iter_mut().for_each(|value| *value = function(*value));
}

fn name(step: Transform) -> &'static str {
    match step {
        Transform::Clamp { .. } => "clamp",
        Transform::Times(_) => "times",
        Transform::Plus(_) => "plus",
        Transform::Reciprocal => "the reciprocal",
        Transform::Complement => "the complement",
        Transform::Power(_) => "the power",
        Transform::SquareRoot => "the square root",
        Transform::Log => "the logarithm",
        Transform::Log1p => "the logarithm of 1 + x",
    }
}
