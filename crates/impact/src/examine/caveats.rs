//! What a reader must know beside the numbers.

use super::{About, Examination};
use crate::design::Design;
use crate::spoken::{count, number, percent};

/// A weight of one donor from which on it carries the counterfactual.
const CARRIES: f64 = 0.5;

/// The caveats of an examination, the fit's own notes first.
pub(super) fn of(design: &Design, about: &About, examination: &Examination) -> Vec<String> {
    let mut caveats: Vec<String> = Vec::new();
    if let Some(fit) = &examination.fit {
        caveats.extend(fit.notes.iter().cloned());
        caveats.extend(negative(design, examination, &fit.counterfactual));
        let heavy = fit.weights.iter().filter(|weight| weight.weight > CARRIES);
        caveats.extend(heavy.map(|weight| {
            let share = percent(weight.weight);
            format!("{} carries {share} of the counterfactual: what happened there counts as if it would have happened here.", weight.unit)
        }));
    }
    caveats.extend(unfitted(design, examination));
    caveats.extend(intervals(examination));
    caveats.extend(people(design, about, examination));
    if about.months.is_none() {
        caveats
            .push("Whether the policy was anticipated was not asked: its periods are not of the calendar.".to_string());
    } else if examination.fit.is_some() && examination.without_anticipation.is_none() {
        caveats.push("Whether the policy was anticipated cannot be asked: too few periods lie before it.".to_string());
    }
    caveats.extend(other_sign(examination));
    caveats
}

/// Fewer than no people cannot be harmed; nothing is cut off, for the mean would be pushed up by it.
fn negative(design: &Design, examination: &Examination, counterfactual: &[f64]) -> Option<String> {
    let never = design.observed.iter().all(|value| *value >= 0.0)
        && design
            .donors
            .iter()
            .all(|donor| donor.values.iter().all(|value| *value >= 0.0));
    let below = counterfactual[design.pre..]
        .iter()
        .filter(|value| **value < 0.0)
        .count();
    (never && below > 0).then(|| {
        format!(
            "The counterfactual of {} is below zero in {} after the policy, which cannot be: the effect there is overstated.",
            examination.unit,
            count(below, "period")
        )
    })
}

fn unfitted(design: &Design, examination: &Examination) -> Option<String> {
    let space = examination.space.as_ref()?;
    let missing = design.donors.len() - space.donors.len();
    let perfect = space.donors.iter().filter(|donor| donor.ratio.is_none()).count();
    (missing + perfect > 0).then(|| {
        format!(
            "Of the places compared with, {missing} could not be fitted and are not counted; {perfect} are fitted perfectly \
             before and count as if they stood out more."
        )
    })
}

fn intervals(examination: &Examination) -> Option<String> {
    let placebo = examination.space.as_ref()?.interval.as_ref();
    let conformal = examination.conformal.as_ref()?.interval.as_ref();
    match (placebo, conformal) {
        (Some(placebo), Some(conformal)) if (placebo.high < conformal.low) || (conformal.high < placebo.low) => {
            Some(format!(
                "The placebo and the conformal interval do not meet ({} to {}, {} to {}): the effect is not the same in every period.",
                number(placebo.low),
                number(placebo.high),
                number(conformal.low),
                number(conformal.high)
            ))
        }
        _ => None,
    }
}

fn people(design: &Design, about: &About, examination: &Examination) -> Option<String> {
    let given = about.people.as_ref()?;
    if given.len() != design.times.len() || (examination.fit.is_some() && examination.people.is_none()) {
        return Some("The effect is not counted in people, for these are not known in every period after.".to_string());
    }
    let people = examination.people.as_ref()?;
    (people.counterfactual < 0.0).then(|| "Fewer than no people would have been harmed, which cannot be.".to_string())
}

fn other_sign(examination: &Examination) -> Option<String> {
    let effect = examination.fit.as_ref()?.effect;
    let against: Vec<&str> = examination
        .others
        .iter()
        .filter(|other| other.effect.is_some_and(|other| other * effect < 0.0))
        .map(|other| other.method.title())
        .collect();
    (!against.is_empty()).then(|| format!("The effect has the other sign by {}.", against.join(", ")))
}
