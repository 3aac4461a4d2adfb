//! A whole question about one unit: gates first, then the effect with everything that speaks for and against it, and a verdict.

use serde::Serialize;
use utoipa::ToSchema;

use crate::design::Design;
use crate::gates::Gates;
use crate::inference::{Conformal, Interval, LeftOut, Sham, Space};
use crate::methods::{Fit, Method};
use crate::people::People;
use crate::rules::Rules;
use crate::unfit::Unfit;
use crate::verdict::Verdict;

/// What is known of a question beside its numbers.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct About {
    /// Whether the policy was adopted because harm was high: a ceasefire, a mission, an embargo.
    pub because_of_harm: bool,
    /// d as a share of the counterfactual, stated beforehand.
    pub margin: Option<f64>,
    /// Months in a period: 12, 3 or 1; none where the periods are not of the calendar.
    pub months: Option<u32>,
    /// The people of the unit in each period of the design, where the outcome is a rate per 100,000.
    pub people: Option<Vec<f64>>,
    /// Changes of how the outcome is reported in the periods of the design, in sentences.
    pub reporting: Vec<String>,
    /// Whether the donors are episodes of other places at the same point, and what sham dates at such points showed.
    pub shams: Option<crate::episodes::Shams>,
}

/// Everything that is found about one unit.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Examination {
    /// The unit.
    pub unit: String,
    /// How the counterfactual was made.
    pub method: Method,
    /// The periods, those before first.
    pub times: Vec<String>,
    /// How many of them lie before.
    pub pre: usize,
    /// The outcome.
    pub observed: Vec<f64>,
    /// What was decided before the effect was seen.
    pub gates: Gates,
    /// The counterfactual; none, with the reason among the caveats, where it could not be made.
    pub fit: Option<Fit>,
    /// Observed less counterfactual, period by period.
    pub gaps: Vec<f64>,
    /// The interval of the effect on which the verdict rests.
    pub interval: Option<Interval>,
    /// Placebos in space.
    pub space: Option<Space>,
    /// Placebos in time.
    pub time: Vec<Sham>,
    /// Without each donor that has a weight.
    pub left_out: Vec<LeftOut>,
    /// Conformal p and intervals.
    pub conformal: Option<Conformal>,
    /// The effect where the months before are dropped in which the policy may have been anticipated.
    pub without_anticipation: Option<f64>,
    /// The effect by every other method, or why it has none.
    pub others: Vec<Other>,
    /// The effect in people, where the outcome is a rate.
    pub people: Option<People>,
    /// The answer.
    pub verdict: Verdict,
    /// What a reader must know, in sentences.
    pub caveats: Vec<String>,
}

/// The effect by another method.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Other {
    /// The method.
    pub method: Method,
    /// The effect; none where it could not be had.
    pub effect: Option<f64>,
    /// The root mean squared gap before.
    pub pre_rmspe: Option<f64>,
    /// Why it has none.
    pub why_not: Option<String>,
}

/// Asks everything about one unit.
///
/// # Errors
/// Only where the design itself is none; what cannot be fitted is told in the examination.
pub fn examine(design: &Design, method: Method, rules: &Rules, about: &About) -> Result<Examination, Unfit> {
    let _ = (rules, about);
    method.fit(design).map(|_| unreachable!("written next"))
}
