//! How far a counterfactual can be trusted: the same fitted where there was no policy, at dates on which there was none,
//! without each donor, and under shifts of its errors.

pub mod conformal;
pub mod leave_out;
mod quantiles;
pub mod space;
pub mod time;

use serde::Serialize;
use utoipa::ToSchema;

use crate::design::Design;
use crate::methods::{Fit, Method};
use crate::unfit::Unfit;

pub(crate) use quantiles::{median, range_or_band};

/// An interval of an effect.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Interval {
    /// The lower end, in the outcome's unit a period.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// The share of cases in which it should hold the effect.
    pub level: f64,
    /// How it was made: `conformal`, `placebo`, `robust`.
    pub kind: String,
}

/// Placebos in space: the same question for every donor, as if it had had the policy.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Space {
    /// The place of the unit's ratio of post to pre mean squared gap among all, 1 the largest.
    pub rank: usize,
    /// How many there are: the unit and the donors that could be fitted.
    pub of: usize,
    /// rank / of.
    pub p: f64,
    /// The unit's own ratio.
    pub ratio: f64,
    /// The donors.
    pub donors: Vec<Placebo>,
    /// The band of the donors' gaps, period by period of the design: its lower and upper end.
    pub band: Vec<(f64, f64)>,
    /// An interval of the effect: the estimate less the quantiles of the donors' effects.
    pub interval: Option<Interval>,
}

/// A donor as if it had had the policy.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Placebo {
    /// The donor.
    pub unit: String,
    /// The mean squared gap before.
    pub pre_mspe: f64,
    /// The mean squared gap after.
    pub post_mspe: f64,
    /// Their ratio; none where the fit before is perfect.
    pub ratio: Option<f64>,
    /// The mean gap after.
    pub effect: f64,
    /// Observed less counterfactual, period by period.
    pub gaps: Vec<f64>,
}

/// A placebo in time: the same question at an earlier date, with what was known before the policy alone.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Sham {
    /// The first period after the sham date.
    pub time: String,
    /// How many periods lie before it.
    pub pre: usize,
    /// The mean gap after it and before the policy.
    pub effect: f64,
    /// Its p by placebos in space.
    pub p: Option<f64>,
}

/// The effect without a donor.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct LeftOut {
    /// The donor left out.
    pub unit: String,
    /// The effect without it.
    pub effect: f64,
    /// The fit before without it.
    pub pre_rmspe: f64,
}

/// Conformal inference: the null is imposed, the counterfactual fitted on all periods, and its errors shifted cyclically
/// (Chernozhukov, Wüthrich & Zhu 2021, JASA 116:1849).
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Conformal {
    /// The share of the cyclic shifts with a mean |error| after at least as large as the observed one.
    pub p: f64,
    /// The smallest that it can be: one over the number of periods.
    pub smallest: f64,
    /// The effects a period, the same in each, that are not rejected; none where that is unbounded.
    pub interval: Option<Interval>,
    /// The same for each period after by itself, in order; none where it is unbounded.
    pub periods: Vec<Option<(f64, f64)>>,
}

/// Fits a design and refuses what is no number.
///
/// # Errors
/// What the method says, or that its counterfactual is not finite.
pub(crate) fn fitted(method: Method, design: &Design) -> Result<Fit, Unfit> {
    let fit = method.fit(design)?;
    let whole = fit.counterfactual.iter().all(|value| value.is_finite());
    match whole && fit.effect.is_finite() && (fit.pre_rmspe * fit.pre_rmspe).is_finite() {
        true => Ok(fit),
        false => Err(Unfit::Form(format!(
            "the counterfactual of {} by {} is no number: its values are too far apart",
            design.unit,
            method.title()
        ))),
    }
}

/// Whether a fit in the periods before is as good as perfect: to a millionth of the series' largest value. What is left is
/// then the solver's rounding, and nothing can be measured against it.
pub(crate) fn is_perfect(design: &Design, pre_rmspe: f64) -> bool {
    let before = &design.observed[..design.pre];
    let largest = before.iter().fold(0.0_f64, |most, value| most.max(value.abs()));
    pre_rmspe <= 1e-6 * largest
}
