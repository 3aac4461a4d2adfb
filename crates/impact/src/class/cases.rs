//! Each case by itself: the logarithm of people harmed over people who would have been, held against the same of places
//! without the policy.

use rayon::prelude::*;
use serde::Serialize;
use statrs::distribution::{ContinuousCDF, Normal};
use utoipa::ToSchema;

use super::Adopted;
use super::outcome::{HALF, Outcome, people_harmed};
use super::random_effects::Part;
use super::spread;
use crate::design::Design;
use crate::methods::{Fit, mean};
use crate::rules::Rules;

/// A case of a class.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Case {
    /// Its unit.
    pub unit: String,
    /// The first period under the policy.
    pub first: String,
    /// Its country or shared conflict.
    pub cluster: String,
    /// How many places it could be compared with.
    pub donors: usize,
    /// How many periods before are known of it and of them.
    pub periods_before: usize,
    /// What was found; none where the case cannot be answered.
    pub effect: Option<CaseEffect>,
    /// Why it cannot, in a sentence.
    pub why_not: Option<String>,
}

/// What was found of a case, over the periods after.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct CaseEffect {
    /// ln((observed + ½) / (counterfactual + ½)), less the mean of the same of the placebos: counts with great outbreaks
    /// lie below their mean more often than above, with or without a policy.
    pub log_ratio: f64,
    /// Its standard error: the spread of the placebos, by their median absolute distance or by the band that holds 90 %
    /// of them, whichever is wider.
    pub error: f64,
    /// The log ratio as it was found.
    pub found: f64,
    /// The mean log ratio of the placebos.
    pub placebo_mean: f64,
    /// How many donors were placebos: those with somebody harmed before, as in the case itself.
    pub placebos: usize,
    /// People harmed.
    pub observed: f64,
    /// People who would have been.
    pub counterfactual: f64,
    /// The root of the mean squared gap before, per 100,000.
    pub pre_rmspe: f64,
}

impl CaseEffect {
    /// The interval of the log ratio at a level, 0 to 1, by the normal distribution.
    pub fn interval(&self, level: f64) -> (f64, f64) {
        let reach = Normal::standard().inverse_cdf(0.5 + level / 2.0) * self.error;
        (self.log_ratio - reach, self.log_ratio + reach)
    }
}

impl Case {
    /// The case as an effect to be pooled.
    pub(super) fn part(&self) -> Option<Part> {
        self.effect.as_ref().map(|effect| Part {
            unit: self.unit.clone(),
            cluster: self.cluster.clone(),
            effect: effect.log_ratio,
            error: effect.error,
        })
    }
}

/// Every case of a class, in its order.
pub(super) fn all(outcome: &Outcome<'_>, rules: &Rules) -> Vec<Case> {
    outcome
        .asked
        .adopted
        .par_iter()
        .map(|adopted| one(outcome, adopted, rules))
        .collect()
}

fn one(outcome: &Outcome<'_>, adopted: &Adopted, rules: &Rules) -> Case {
    let panel = outcome.panel;
    let mut case = Case {
        unit: panel.units[adopted.unit].clone(),
        first: panel.times[adopted.first].clone(),
        cluster: adopted.cluster.clone(),
        donors: 0,
        periods_before: 0,
        effect: None,
        why_not: None,
    };
    let found = compared(outcome, adopted).and_then(|compared| {
        case.donors = compared.donors.len();
        case.periods_before = compared.design.pre;
        ready(&compared.design, rules)?;
        effect(outcome, &compared, rules)
    });
    match found {
        Ok(effect) => case.effect = Some(effect),
        Err(why) => case.why_not = Some(format!("{}: {why}", case.unit)),
    }
    case
}

/// A case with its design and the panel's numbers of what is in it.
struct Compared {
    unit: usize,
    donors: Vec<usize>,
    after: std::ops::Range<usize>,
    design: Design,
}

fn compared(outcome: &Outcome<'_>, adopted: &Adopted) -> Result<Compared, String> {
    let (panel, first) = (outcome.panel, adopted.first);
    let window = outcome.window(first)?;
    let after = first..window.end;
    if panel.people(adopted.unit).is_none() {
        return Err("the people of the places are not given, so that nothing can be counted in people".to_string());
    }
    if !counted(outcome, adopted.unit, after.clone()) {
        return Err("not every period after is known, and a missing value is not zero".to_string());
    }
    let known = panel.series(adopted.unit)[..first].iter().rev();
    let before = first - known.take_while(|value| value.is_finite()).count()..first;
    let mut donors = outcome.controls(adopted.unit, first);
    donors.retain(|&donor| panel.is_whole(donor, before.clone()) && counted(outcome, donor, after.clone()));
    let columns = |range: &std::ops::Range<usize>| range.clone().collect::<Vec<_>>();
    let design = Design::of_panel(panel, adopted.unit, &donors, &columns(&before), &columns(&after));
    Ok(Compared {
        unit: adopted.unit,
        donors,
        after,
        design: design.map_err(|unfit| unfit.to_string())?,
    })
}

/// Whether the people harmed in a unit are known in all of some periods.
fn counted(outcome: &Outcome<'_>, unit: usize, times: std::ops::Range<usize>) -> bool {
    people_harmed(outcome.panel, unit).is_some_and(|harmed| harmed[times].iter().all(|count| count.is_finite()))
}

/// Whether a case can be answered at all, before its effect is looked at.
fn ready(design: &Design, rules: &Rules) -> Result<(), String> {
    if design.donors.len() < rules.donors {
        return Err(format!(
            "{} places without the policy can be compared with; at least {} are needed",
            design.donors.len(),
            rules.donors
        ));
    }
    if design.pre < rules.periods_before {
        return Err(format!(
            "{} periods before the policy are known; at least {} are needed",
            design.pre, rules.periods_before
        ));
    }
    if !anyone_before(&design.observed[..design.pre]) {
        return Err("nobody was harmed in any period before, so that nothing could have become fewer".to_string());
    }
    Ok(())
}

fn anyone_before(before: &[f64]) -> bool {
    before.iter().any(|value| *value > 0.0)
}

fn effect(outcome: &Outcome<'_>, case: &Compared, rules: &Rules) -> Result<CaseEffect, String> {
    let fit = |design: &Design| outcome.asked.method.fit(design).map_err(|unfit| unfit.to_string());
    let own = fit(&case.design)?;
    let (observed, counterfactual) = people(outcome, case.unit, case, &own);
    if counterfactual < 0.0 {
        return Err("fewer than no people would have been harmed by this method: it does not fit".to_string());
    }
    let found = log_ratio(observed, counterfactual);
    let with_harm = |donor: &usize| anyone_before(&case.design.donors[*donor].values[..case.design.pre]);
    let placebos: Vec<f64> = (0..case.donors.len())
        .filter(with_harm)
        .filter_map(|donor| {
            let placebo = fit(&case.design.as_if(donor)).ok()?;
            let (observed, counterfactual) = people(outcome, case.donors[donor], case, &placebo);
            Some(log_ratio(observed, counterfactual.max(0.0)))
        })
        .collect();
    let least = rules.donors;
    if placebos.len() < least {
        return Err(format!(
            "only in {} of the places compared with was somebody harmed before; at least {least} are needed to know how \
             far such places stray without a policy",
            placebos.len()
        ));
    }
    let band = spread::quantile(&placebos, 0.95) - spread::quantile(&placebos, 0.05);
    // 3.29 standard deviations hold 90 % of a normal distribution.
    let error = spread::median_spread(&placebos).max(band / 3.289_707);
    if error <= 0.0 {
        return Err("the places compared with do not differ at all, so that no error can be told".to_string());
    }
    let placebo_mean = mean(&placebos);
    Ok(CaseEffect {
        log_ratio: found - placebo_mean,
        error,
        found,
        placebo_mean,
        placebos: placebos.len(),
        observed,
        counterfactual,
        pre_rmspe: own.pre_rmspe,
    })
}

/// People harmed after, and those who would have been, in a unit that stands in the case's place.
fn people(outcome: &Outcome<'_>, unit: usize, case: &Compared, fit: &Fit) -> (f64, f64) {
    let people = outcome.panel.people(unit).unwrap_or_default();
    let rates = &outcome.panel.series(unit)[case.after.clone()];
    let without = &fit.counterfactual[case.design.pre..];
    let sum = |rates: &[f64]| -> f64 {
        let pairs = rates.iter().zip(&people[case.after.clone()]);
        pairs.map(|(rate, people)| rate * people / 100_000.0).sum()
    };
    (sum(rates), sum(without))
}

fn log_ratio(observed: f64, counterfactual: f64) -> f64 {
    ((observed + HALF) / (counterfactual + HALF)).ln()
}
