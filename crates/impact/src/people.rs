//! An effect in people, computed from rates.

use serde::Serialize;
use utoipa::ToSchema;

use crate::design::Design;
use crate::inference::Interval;
use crate::methods::Fit;

/// An effect on rates per 100,000, counted in people over all periods after.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct People {
    /// People harmed more than without the policy; negative where fewer.
    pub effect: f64,
    /// The lower end of its interval; none where there is no interval.
    pub low: Option<f64>,
    /// The upper end.
    pub high: Option<f64>,
    /// How many were harmed.
    pub observed: f64,
    /// How many would have been.
    pub counterfactual: f64,
}

impl People {
    /// The effect of a fit in people, from the people of the unit in each period of the design; none where they are not known
    /// in every period after.
    ///
    /// The interval of the effect on the rate is one of an effect that is the same in every period: its ends are as many
    /// people away from the effect as they are on the people of all periods after.
    pub fn count(design: &Design, fit: &Fit, interval: Option<&Interval>, people: &[f64]) -> Option<People> {
        let after = design.pre..design.times.len();
        let people = people.get(after.clone())?;
        if people.iter().any(|people| !people.is_finite() || *people < 0.0) {
            return None;
        }
        let in_people = |rates: &[f64]| -> f64 {
            let pairs = rates.iter().zip(people);
            pairs.map(|(rate, people)| rate * people / 100_000.0).sum()
        };
        let observed = in_people(&design.observed[after.clone()]);
        let counterfactual = in_people(&fit.counterfactual[after]);
        let effect = observed - counterfactual;
        let exposed = people.iter().sum::<f64>() / 100_000.0;
        let end = |end: f64| effect + (end - fit.effect) * exposed;
        Some(People {
            effect,
            low: interval.map(|interval| end(interval.low)),
            high: interval.map(|interval| end(interval.high)),
            observed,
            counterfactual,
        })
    }
}
