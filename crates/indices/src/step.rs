//! What can stop a step of the method: which step, at which unit or part, what was found and what to do.

use thiserror::Error;

/// Why a step could not be taken. The sentence names no unit and no indicator; [`StepError::unit`] and
/// [`StepError::part`] say where it was, for the caller knows their names.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum StepError {
    /// Every known value is the same.
    #[error(
        "all {known} values are the same ({value}), so {step} has no range; leave it out or normalise by goalposts"
    )]
    Constant {
        /// The step in words.
        step: &'static str,
        /// How many values are known.
        known: usize,
        /// The one value.
        value: f64,
    },
    /// One unit only has a value.
    #[error(
        "only one unit has a value ({value}), and {step} compares units; give it more units or normalise by goalposts"
    )]
    Single {
        /// The step in words.
        step: &'static str,
        /// The unit.
        unit: usize,
        /// Its value.
        value: f64,
    },
    /// A value is infinite, before the step or after it.
    #[error("the value is infinite, in or after {step}; mend it in the data, or mark it as missing")]
    Infinite {
        /// The step in words.
        step: &'static str,
        /// The unit.
        unit: usize,
    },
    /// A value for which the step is not defined.
    #[error("{step} needs {needs}, and the value is {value}; {advice}")]
    Domain {
        /// The step in words.
        step: &'static str,
        /// The unit.
        unit: usize,
        /// Its value.
        value: f64,
        /// What the value would have to be.
        needs: &'static str,
        /// What to do.
        advice: &'static str,
    },
    /// A setting of the step that makes no sense.
    #[error("{setting} of {step} is {value}; it must be {needs}")]
    Setting {
        /// The step in words.
        step: &'static str,
        /// The setting in words.
        setting: &'static str,
        /// Its value.
        value: f64,
        /// What it would have to be.
        needs: &'static str,
    },
    /// A lower end that is not below the upper one.
    #[error("{step} goes from {low} up to {high}, which is upside down; the low one must be below the high one")]
    UpsideDown {
        /// The step in words.
        step: &'static str,
        /// The lower end.
        low: f64,
        /// The upper end.
        high: f64,
    },
    /// The unit of reference is not among the units, or has no value.
    #[error("the unit of reference has no value; choose another, or impute first")]
    NoReference,
    /// The unit of reference has the smallest value, so that there is no distance to it.
    #[error("the unit of reference has the smallest value ({value}), so nothing lies below it; choose another")]
    LowReference {
        /// The unit.
        unit: usize,
        /// Its value.
        value: f64,
    },
    /// The worst value is already past the target.
    #[error(
        "the target {target} is not beyond the worst value ({worst}), so there is no distance to it; set another target \
         or normalise by goalposts"
    )]
    Target {
        /// The target.
        target: f64,
        /// The smallest value, or the largest where more is worse.
        worst: f64,
    },
    /// A weight that is negative or not a number.
    #[error("a weight is {weight}; weights are zero or more")]
    Weight {
        /// The part, from 0.
        part: usize,
        /// Its weight.
        weight: f64,
    },
    /// No part has a weight.
    #[error("the weights of the parts sum to zero; give at least one part a weight above zero")]
    NoWeight,
    /// The number of parts does not suit the step.
    #[error("{step} takes {needs}, and there are {found} parts")]
    Parts {
        /// The step in words.
        step: &'static str,
        /// What it takes.
        needs: &'static str,
        /// How many there are.
        found: usize,
    },
    /// Too few units have all the values that the step needs.
    #[error(
        "{step} needs {needs} units with a value of every part, and there are {found}; impute first or give weights"
    )]
    FewUnits {
        /// The step in words.
        step: &'static str,
        /// How many it needs.
        needs: usize,
        /// How many there are.
        found: usize,
    },
    /// A part that runs against the others, so that its loading is negative.
    #[error(
        "one part runs against the others: its loading on the first principal component is {loading:.3}, and a negative \
         weight would turn its direction round; check its direction, leave it out, or use weights = \"optimised\""
    )]
    AgainstOthers {
        /// The part, from 0.
        part: usize,
        /// Its loading.
        loading: f64,
    },
    /// An optimisation that did not come to an end.
    #[error("{step} found no solution ({status}); check for values of very different size")]
    Unsolved {
        /// The step in words.
        step: &'static str,
        /// The unit, where it was for one.
        unit: Option<usize>,
        /// How it ended.
        status: String,
    },
}

impl StepError {
    /// The unit at which it happened, from 0, where it was at one.
    #[must_use]
    pub fn unit(&self) -> Option<usize> {
        match *self {
            StepError::Single { unit, .. }
            | StepError::Infinite { unit, .. }
            | StepError::Domain { unit, .. }
            | StepError::LowReference { unit, .. } => Some(unit),
            StepError::Unsolved { unit, .. } => unit,
            _ => None,
        }
    }

    /// The part at which it happened, from 0, where it was at one.
    #[must_use]
    pub fn part(&self) -> Option<usize> {
        match *self {
            StepError::Weight { part, .. } | StepError::AgainstOthers { part, .. } => Some(part),
            _ => None,
        }
    }
}

/// How many values are known, and the smallest and largest of them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Extent {
    pub(crate) known: usize,
    pub(crate) min: f64,
    pub(crate) max: f64,
}

impl Extent {
    /// The extent of the known values; none where all are missing. An infinite value is an error.
    pub(crate) fn of(step: &'static str, values: &[f64]) -> Result<Option<Extent>, StepError> {
        let mut extent = Extent {
            known: 0,
            min: f64::INFINITY,
            max: f64::NEG_INFINITY,
        };
        for &value in values {
            extent.known += usize::from(!value.is_nan());
            extent.min = if value < extent.min { value } else { extent.min };
            extent.max = if value > extent.max { value } else { extent.max };
        }
        if extent.known == 0 {
            return Ok(None);
        }
        if extent.min.is_infinite() || extent.max.is_infinite() {
            finite(step, values)?;
        }
        Ok(Some(extent))
    }

    /// The extent with every value multiplied by −1.
    pub(crate) fn reversed(self) -> Extent {
        Extent {
            min: 0.0 - self.max,
            max: 0.0 - self.min,
            ..self
        }
    }

    /// An error where the step has no range to work with.
    pub(crate) fn check_range(self, step: &'static str, values: &[f64]) -> Result<(), StepError> {
        let Extent { known, min, max } = self;
        match known {
            1 => Err(StepError::Single {
                step,
                unit: first_known(values),
                value: min,
            }),
            _ if min == max => Err(StepError::Constant {
                step,
                known,
                value: min,
            }),
            _ => Ok(()),
        }
    }
}

/// The first unit with a value; 0 where there is none.
pub(crate) fn first_known(values: &[f64]) -> usize {
    values.iter().position(|value| !value.is_nan()).unwrap_or(0)
}

/// An error that names the first infinite value.
pub(crate) fn finite(step: &'static str, values: &[f64]) -> Result<(), StepError> {
    // Without an early exit the compiler looks at several values at once.
    if !values.iter().fold(false, |found, value| found | value.is_infinite()) {
        return Ok(());
    }
    let unit = values.iter().position(|value| value.is_infinite()).unwrap_or(0);
    Err(StepError::Infinite { step, unit })
}
