//! Whether a question can be answered at all, decided from the periods before alone, before the effect is seen.
//!
//! [`before`] cuts a design to its periods before; nothing here is given any other, so that no check can know what came
//! after. The rule's false-positive rate is measured by [`crate::calibrate()`].

mod checks;
mod hold_out;
mod peak;

use serde::Serialize;
use utoipa::ToSchema;

use crate::design::Design;
use crate::examine::About;
use crate::methods::Method;
use crate::rules::Rules;

pub(crate) use checks::could_be_seen;
pub(crate) use hold_out::{Held, held, of_donors};

/// Every check of a question before its effect is looked at.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Gates {
    /// The checks in order.
    pub checks: Vec<Check>,
    /// The last periods before, foretold from those before them; none where there are too few.
    pub hold_out: Option<HoldOut>,
    /// The effect that could have been seen; none where there is no hold-out.
    pub detectable: Option<Detectable>,
}

/// One thing that must hold.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Check {
    /// What is checked: `donors`, `periods-before`, `varies`, `hold-out`, `detectable`, `peak`, `episodes`, `people`,
    /// `reporting`.
    pub id: String,
    /// Whether it holds.
    pub holds: bool,
    /// What was found; none where it is no number.
    pub found: Option<f64>,
    /// What it may be at most, or must be at least.
    pub limit: Option<f64>,
    /// The same in a sentence.
    pub told: String,
}

/// The last periods before, foretold from those before them.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct HoldOut {
    /// How many periods were fitted.
    pub fitted: usize,
    /// How many were held out.
    pub held: usize,
    /// The unit's root mean squared gap over the periods held out.
    pub rmspe: f64,
    /// The share of the unit's earlier gaps, fitted or held out, that its last lies at or above: small at its low.
    pub last: f64,
    /// The slope of the unit's gaps over them, a period: what it was moving away by.
    pub slope: f64,
    /// The share of the unit and its donors with a slope at least as large in size, the unit among them: small where it was
    /// already moving away before the policy.
    pub drift: f64,
    /// The donors' median of the same.
    pub donors_median: f64,
    /// The donors one by one.
    pub donors: Vec<HeldOut>,
}

/// A donor's gap over the periods held out.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct HeldOut {
    /// The donor.
    pub unit: String,
    /// Its root mean squared gap.
    pub rmspe: f64,
    /// Its mean gap.
    pub gap: f64,
}

/// The effect that could have been seen: what is outside the band of the donors' mean gaps where there was no policy.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Detectable {
    /// The lower end of the band, in the outcome's unit a period: a smaller fall could not have been seen.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
    /// The unit's mean counterfactual over the periods held out.
    pub counterfactual: f64,
    /// The band's width as a share of it; none where the counterfactual is not above zero.
    pub share: Option<f64>,
}

impl Gates {
    /// Whether every check holds.
    pub fn hold(&self) -> bool {
        self.checks.iter().all(|check| check.holds)
    }

    /// Why the question cannot be answered: what does not hold.
    pub fn reasons(&self) -> impl Iterator<Item = &str> {
        self.checks
            .iter()
            .filter(|check| !check.holds)
            .map(|check| check.told.as_str())
    }
}

/// The periods before the policy alone, the last third of them ([`Rules::hold_out`]) as if they lay after one.
pub fn before(design: &Design, rules: &Rules) -> Design {
    let held = (design.pre as f64 * rules.hold_out).round() as usize;
    let held = held.clamp(1.min(design.pre - 1), design.pre - 1);
    design.cut(design.pre - held, design.pre)
}

/// Every check of a question, from its periods before alone as [`before`] gives them. `after` is how many periods lie after
/// the policy, of which nothing else is known here.
pub fn decide(before: &Design, after: usize, method: Method, rules: &Rules, about: &About) -> Gates {
    let unit = held(method, before);
    let donors = of_donors(method, before);
    judge(before, after, unit.as_ref(), &donors, rules, about)
}

/// The same with the hold-outs already made, the donors' in the donors' order.
pub(crate) fn judge(
    before: &Design,
    after: usize,
    unit: Option<&Held>,
    donors: &[Option<Held>],
    rules: &Rules,
    about: &About,
) -> Gates {
    let hold_out = unit.and_then(|unit| hold_out::compare(before, unit, donors));
    let detectable = unit
        .zip(hold_out.as_ref())
        .and_then(|(unit, hold_out)| hold_out::detectable(unit, hold_out, rules));
    let mut checks = vec![
        checks::donors(before, rules),
        checks::periods_before(before, rules),
        checks::varies(before),
        checks::hold_out(before, hold_out.as_ref()),
        checks::detectable(before, detectable.as_ref(), rules),
    ];
    checks.extend(peak::checks(before, rules, about));
    checks.extend(checks::people(before, after, rules, about));
    checks.push(checks::reporting(before, about));
    Gates {
        checks,
        hold_out,
        detectable,
    }
}
