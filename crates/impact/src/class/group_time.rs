//! Group-time average effects and their averages by event time (Callaway & Sant'Anna 2021, J. Econometrics 225:200).
//!
//! Each case's change since before its own date is held against the mean change of places that are not under the policy
//! in its whole window; ATT(g, t) is the mean of that over the cases of one date. Places already under the policy are
//! never compared with, as two-way fixed effects would (Goodman-Bacon 2021, J. Econometrics 225:254). Event-time averages
//! are of the same cases at every event time, so that no step in them is a change of who is averaged.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::outcome::{Outcome, Scale};
use super::pretrends::{self, PreTrends};
use super::spread;
use super::{Against, Asked};
use crate::methods::mean;
use crate::panel::Panel;
use crate::rules::Rules;
use crate::unfit::Unfit;

/// What a change is counted from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Base {
    /// The mean of the periods of the window before: one bad period does not make an effect.
    #[default]
    Mean,
    /// The period before the policy, as in the paper.
    Last,
}

/// An average effect, on the scale of the class.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Average {
    /// The effect; on the scale of logarithms exp of it, less 1, is a share.
    pub effect: f64,
    /// Its standard error, robust to clusters; none of one cluster.
    pub error: Option<f64>,
    /// The lower end of its interval (t, one degree of freedom fewer than clusters of cases).
    pub low: Option<f64>,
    /// The upper end.
    pub high: Option<f64>,
    /// Two-sided p of no effect.
    pub p: Option<f64>,
}

/// An average at a time since adoption.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Event {
    /// Periods since the first one under the policy: 0 is that period, −1 the last before.
    pub at: i64,
    /// The average.
    pub average: Average,
}

/// The cases of one date: ATT(g, t).
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Group {
    /// The first period under the policy.
    pub first: String,
    /// How many cases.
    pub cases: usize,
    /// The averages over them, by event time.
    pub events: Vec<Event>,
}

/// A case that is in no average, and why.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Dropped {
    /// Its unit.
    pub unit: String,
    /// Why, in a sentence.
    pub why: String,
}

/// A staggered difference-in-differences.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct GroupTime {
    /// The scale of the effects.
    pub scale: Scale,
    /// What changes are counted from.
    pub base: Base,
    /// Who is compared with.
    pub against: Against,
    /// The cases that are averaged, each observed in its whole window.
    pub cases: Vec<String>,
    /// The clusters that they lie in.
    pub clusters: usize,
    /// The other cases.
    pub dropped: Vec<Dropped>,
    /// The fewest places that a case is compared with.
    pub fewest_controls: usize,
    /// By date.
    pub groups: Vec<Group>,
    /// Over all dates, by event time.
    pub events: Vec<Event>,
    /// Over all periods of the window after.
    pub average: Average,
    /// Whether cases and the places they are compared with went apart before; none with fewer than two periods before or
    /// two clusters.
    pub pre_trends: Option<PreTrends>,
}

/// A case with its changes against those of its controls.
pub(super) struct Compared {
    pub(super) unit: usize,
    pub(super) first: usize,
    controls: Vec<usize>,
    /// By event time of the window.
    gaps: Vec<f64>,
}

/// Staggered difference-in-differences of a panel.
///
/// # Errors
/// Where the question is none, or where no case can be compared.
pub fn staggered(panel: &Panel, asked: &Asked, rules: &Rules) -> Result<GroupTime, Unfit> {
    asked.check(panel).map_err(Unfit::Form)?;
    of_outcome(&Outcome::new(panel, asked), rules)
}

pub(super) fn of_outcome(outcome: &Outcome<'_>, rules: &Rules) -> Result<GroupTime, Unfit> {
    let (cases, dropped) = compare(outcome);
    if cases.is_empty() {
        let why = dropped
            .first()
            .map_or("it has no case".to_string(), |first| first.why.clone());
        return Err(Unfit::Form(format!(
            "no case can be followed through its whole window: {why}"
        )));
    }
    let all: Vec<usize> = (0..cases.len()).collect();
    let influence = Influence::of(outcome, &cases, &all);
    let mut dates: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (number, case) in cases.iter().enumerate() {
        dates.entry(case.first).or_default().push(number);
    }
    let groups = dates.iter().map(|(&first, members)| Group {
        first: outcome.panel.times[first].clone(),
        cases: members.len(),
        events: Influence::of(outcome, &cases, members).events(outcome, rules),
    });
    Ok(GroupTime {
        scale: outcome.asked.scale,
        base: outcome.asked.base,
        against: outcome.asked.against,
        cases: cases
            .iter()
            .map(|case| outcome.panel.units[case.unit].clone())
            .collect(),
        clusters: influence.clusters,
        dropped,
        fewest_controls: cases.iter().map(|case| case.controls.len()).min().unwrap_or(0),
        groups: groups.collect(),
        events: influence.events(outcome, rules),
        average: influence.average(&after(outcome.asked), rules),
        pre_trends: pretrends::test(&influence, outcome.asked, rules),
    })
}

/// The weights of the event times that make the average after.
pub(super) fn after(asked: &Asked) -> Vec<f64> {
    let weight = |number: usize| {
        if number < asked.before {
            0.0
        } else {
            1.0 / asked.after as f64
        }
    };
    (0..asked.before + asked.after).map(weight).collect()
}

/// The cases that can be followed through their whole window, and why the others cannot.
pub(super) fn compare(outcome: &Outcome<'_>) -> (Vec<Compared>, Vec<Dropped>) {
    let (mut cases, mut dropped) = (Vec::new(), Vec::new());
    for adopted in &outcome.asked.adopted {
        match compare_one(outcome, adopted.unit, adopted.first) {
            Ok(case) => cases.push(case),
            Err(why) => dropped.push(Dropped {
                unit: outcome.panel.units[adopted.unit].clone(),
                why: format!("{}: {why}", outcome.panel.units[adopted.unit]),
            }),
        }
    }
    (cases, dropped)
}

fn compare_one(outcome: &Outcome<'_>, unit: usize, first: usize) -> Result<Compared, String> {
    let window = outcome.window(first)?;
    if !outcome.is_whole(unit, window.clone()) {
        return Err(format!(
            "not every period from {} to {} is known, and a missing value is not zero",
            outcome.panel.times[window.start],
            outcome.panel.times[window.end - 1]
        ));
    }
    let mut controls = outcome.controls(unit, first);
    controls.retain(|&control| outcome.is_whole(control, window.clone()));
    if controls.is_empty() {
        return Err("no place without the policy is known in its whole window".to_string());
    }
    let mut gaps = change(outcome, unit, window.clone());
    let of_controls = mean_change(outcome, &controls, window);
    for (gap, control) in gaps.iter_mut().zip(of_controls) {
        *gap -= control;
    }
    Ok(Compared {
        unit,
        first,
        controls,
        gaps,
    })
}

/// A unit's values in a window, counted from its base.
fn change(outcome: &Outcome<'_>, unit: usize, window: std::ops::Range<usize>) -> Vec<f64> {
    let values = &outcome.series(unit)[window];
    let before = &values[..outcome.asked.before];
    let base = match outcome.asked.base {
        Base::Mean => mean(before),
        Base::Last => before[before.len() - 1],
    };
    values.iter().map(|value| value - base).collect()
}

fn mean_change(outcome: &Outcome<'_>, controls: &[usize], window: std::ops::Range<usize>) -> Vec<f64> {
    let mut sum = vec![0.0; window.len()];
    for &control in controls {
        for (sum, value) in sum.iter_mut().zip(change(outcome, control, window.clone())) {
            *sum += value;
        }
    }
    sum.iter().map(|sum| sum / controls.len() as f64).collect()
}

/// The averages over some cases by event time, and what each cluster contributes to their error: the case's distance from
/// the average, and each control's distance from the mean of the controls, by how often it is one.
pub(super) struct Influence {
    /// The average by event time.
    pub(super) effects: Vec<f64>,
    /// By cluster that contributes, then event time; each column sums to about zero.
    pub(super) parts: Vec<Vec<f64>>,
    /// The clusters that have a case.
    pub(super) clusters: usize,
}

impl Influence {
    fn of(outcome: &Outcome<'_>, cases: &[Compared], members: &[usize]) -> Influence {
        let length = outcome.asked.before + outcome.asked.after;
        let share = 1.0 / members.len() as f64;
        let mut effects = vec![0.0; length];
        for &member in members {
            for (effect, gap) in effects.iter_mut().zip(&cases[member].gaps) {
                *effect += gap * share;
            }
        }
        let mut parts: Vec<Option<Vec<f64>>> = vec![None; outcome.clusters];
        let mut add = |unit: usize, factor: f64, values: &[f64], from: &[f64]| {
            let part = parts[outcome.cluster(unit)].get_or_insert_with(|| vec![0.0; length]);
            for ((part, value), from) in part.iter_mut().zip(values).zip(from) {
                *part += factor * (value - from);
            }
        };
        let mut with_case = vec![false; outcome.clusters];
        for &member in members {
            let case = &cases[member];
            with_case[outcome.cluster(case.unit)] = true;
            add(case.unit, share, &case.gaps, &effects);
            // The window was there when the case was compared.
            let window = case.first - outcome.asked.before..case.first + outcome.asked.after;
            let middle = mean_change(outcome, &case.controls, window.clone());
            for &control in &case.controls {
                let own = change(outcome, control, window.clone());
                add(control, -share / case.controls.len() as f64, &own, &middle);
            }
        }
        Influence {
            effects,
            parts: parts.into_iter().flatten().collect(),
            clusters: with_case.iter().filter(|has| **has).count(),
        }
    }

    /// A weighted sum of the averages by event time.
    pub(super) fn weighted(&self, weights: &[f64]) -> f64 {
        dot(&self.effects, weights)
    }

    /// What each cluster contributes to it, scaled so that the squares sum to the variance (clusters / (clusters − 1)).
    pub(super) fn parts_of(&self, weights: &[f64]) -> Option<Vec<f64>> {
        if self.clusters < 2 {
            return None;
        }
        let few = self.clusters as f64 / (self.clusters as f64 - 1.0);
        Some(self.parts.iter().map(|part| dot(part, weights) * few.sqrt()).collect())
    }

    pub(super) fn error(&self, weights: &[f64]) -> Option<f64> {
        let squares: f64 = self.parts_of(weights)?.iter().map(|part| part * part).sum();
        Some(squares.sqrt()).filter(|error| *error > 0.0)
    }

    pub(super) fn average(&self, weights: &[f64], rules: &Rules) -> Average {
        let effect = self.weighted(weights);
        let error = self.error(weights);
        let freedom = self.clusters.saturating_sub(1);
        let reach = error.and_then(|error| Some(error * spread::t_within(rules.level, freedom)?));
        Average {
            effect,
            error,
            low: reach.map(|reach| effect - reach),
            high: reach.map(|reach| effect + reach),
            p: error.and_then(|error| spread::t_beyond(effect / error, freedom)),
        }
    }

    fn events(&self, outcome: &Outcome<'_>, rules: &Rules) -> Vec<Event> {
        let length = self.effects.len();
        let event = |number: usize| Event {
            at: number as i64 - outcome.asked.before as i64,
            average: self.average(&alone(number, length), rules),
        };
        (0..length).map(event).collect()
    }
}

fn alone(number: usize, length: usize) -> Vec<f64> {
    (0..length)
        .map(|other| if other == number { 1.0 } else { 0.0 })
        .collect()
}

fn dot(left: &[f64], right: &[f64]) -> f64 {
    left.iter().zip(right).map(|(left, right)| left * right).sum()
}
