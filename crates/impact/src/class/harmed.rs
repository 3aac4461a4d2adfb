//! The effect of a class in people, by itself and never from the pooled logarithms.
//!
//! Each case's people without the policy are foretold by a Poisson regression with effects of places and periods and
//! people as the offset, fitted to cells without the policy alone: the case before its date, and places that are without
//! the policy through its whole window (the imputation form of Wooldridge 2023, Econometrics Journal 26:C31). No place
//! that is under the policy already is compared with.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;
use utoipa::ToSchema;

use super::group_time::Dropped;
use super::outcome::{Outcome, people_harmed};
use super::poisson::{self, Cell};
use super::spread;
use crate::people::People;
use crate::rules::Rules;

/// The effect of a class in people.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ClassPeople {
    /// Summed over the cases that are counted, with the interval that the ratio's makes of it.
    pub people: People,
    /// Observed over foretold.
    pub ratio: Option<f64>,
    /// The lower end of its interval: t on its logarithm, by the delete-one-cluster jackknife over cases and places
    /// compared with (Efron & Stein 1981, Annals of Statistics 9:586; CV3 of MacKinnon, Nielsen & Webb 2023).
    pub ratio_low: Option<f64>,
    /// The upper end.
    pub ratio_high: Option<f64>,
    /// The level of the intervals.
    pub level: f64,
    /// The clusters of the cases that are counted.
    pub clusters: usize,
    /// The cases that are counted.
    pub cases: Vec<CasePeople>,
    /// The others, and why.
    pub dropped: Vec<Dropped>,
    /// The case that makes up most of the sum, where it makes up more than half of all that the cases differ by.
    pub most_of_it: Option<String>,
}

/// People of one case.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct CasePeople {
    /// Its unit.
    pub unit: String,
    /// People harmed in the periods after.
    pub observed: f64,
    /// People foretold.
    pub counterfactual: f64,
}

/// A case and the cells that it is foretold from.
struct Counted {
    unit: usize,
    cluster: usize,
    observed: f64,
    counterfactual: f64,
    window: std::ops::Range<usize>,
    controls: Vec<usize>,
}

/// What happened to the people of all cases; none where no case can be counted.
pub(super) fn people(outcome: &Outcome<'_>, rules: &Rules) -> Option<ClassPeople> {
    let units = 0..outcome.panel.units.len();
    let harmed: Vec<Option<Vec<f64>>> = units.map(|unit| people_harmed(outcome.panel, unit)).collect();
    let found: Vec<Result<Counted, Dropped>> = outcome
        .asked
        .adopted
        .par_iter()
        .map(|adopted| {
            count(outcome, &harmed, adopted.unit, adopted.first).map_err(|why| Dropped {
                unit: outcome.panel.units[adopted.unit].clone(),
                why: format!("{}: {why}", outcome.panel.units[adopted.unit]),
            })
        })
        .collect();
    let (mut cases, mut dropped) = (Vec::new(), Vec::new());
    for case in found {
        match case {
            Ok(case) => cases.push(case),
            Err(why) => dropped.push(why),
        }
    }
    if cases.is_empty() {
        return None;
    }
    let (observed, counterfactual) = totals(&cases, None);
    let ratio = (counterfactual > 0.0).then(|| observed / counterfactual);
    let clusters = cases_by_cluster(&cases).len();
    let interval = interval(outcome, &harmed, &cases, rules);
    let effect_at = |ratio: f64| observed - observed / ratio;
    Some(ClassPeople {
        people: People {
            effect: observed - counterfactual,
            low: interval.map(|(low, _)| effect_at(low)),
            high: interval.map(|(_, high)| effect_at(high)),
            observed,
            counterfactual,
        },
        ratio,
        ratio_low: interval.map(|(low, _)| low),
        ratio_high: interval.map(|(_, high)| high),
        level: rules.level,
        clusters,
        most_of_it: most_of_it(outcome, &cases),
        cases: cases
            .iter()
            .map(|case| CasePeople {
                unit: outcome.panel.units[case.unit].clone(),
                observed: case.observed,
                counterfactual: case.counterfactual,
            })
            .collect(),
        dropped,
    })
}

fn count(outcome: &Outcome<'_>, harmed: &[Option<Vec<f64>>], unit: usize, first: usize) -> Result<Counted, String> {
    let window = outcome.window(first)?;
    let counts = |unit: usize| {
        let counts = harmed[unit].as_ref().map(|harmed| &harmed[window.clone()]);
        counts.filter(|counts| counts.iter().all(|count| count.is_finite() && *count >= 0.0))
    };
    let own = counts(unit).ok_or("the people harmed are not known in every period of its window")?;
    let peopled = |unit: usize| {
        let people = outcome.panel.people(unit).map(|people| &people[window.clone()]);
        people.is_some_and(|people| people.iter().all(|people| *people > 0.0 && people.is_finite()))
    };
    if !peopled(unit) {
        return Err("its people are not known in every period of its window".to_string());
    }
    let before = outcome.asked.before;
    if own[..before].iter().sum::<f64>() <= 0.0 {
        return Err("nobody was harmed in its window before, of which a Poisson regression foretells none".to_string());
    }
    let mut controls = outcome.controls(unit, first);
    controls.retain(|&control| counts(control).is_some() && peopled(control));
    if controls.is_empty() {
        return Err("no place without the policy is known in its whole window".to_string());
    }
    Ok(Counted {
        unit,
        cluster: outcome.cluster(unit),
        observed: own[before..].iter().sum(),
        counterfactual: foretell(outcome, harmed, unit, &window, &controls)?,
        window,
        controls,
    })
}

/// The people that a case would have harmed after, from cells without the policy.
fn foretell(
    outcome: &Outcome<'_>,
    harmed: &[Option<Vec<f64>>],
    unit: usize,
    window: &std::ops::Range<usize>,
    controls: &[usize],
) -> Result<f64, String> {
    let before = outcome.asked.before;
    let exposure = |unit: usize| outcome.panel.people(unit).unwrap_or_default();
    let mut cells = Vec::with_capacity((controls.len() + 1) * window.len());
    for (number, &member) in std::iter::once(&unit).chain(controls).enumerate() {
        let known = if number == 0 { before } else { window.len() };
        let counts = harmed[member].as_deref().unwrap_or_default();
        cells.extend((0..known).map(|period| Cell {
            unit: number,
            period,
            count: counts[window.start + period],
            exposure: exposure(member)[window.start + period],
            covariates: Vec::new(),
        }));
    }
    let of_controls = |cell: &&Cell| cell.unit > 0;
    if cells.iter().filter(of_controls).map(|cell| cell.count).sum::<f64>() <= 0.0 {
        return Err("nobody was harmed in any place that it is compared with".to_string());
    }
    let clusters: Vec<usize> = (0..=controls.len()).collect();
    let fit = poisson::fit(&cells, controls.len() + 1, window.len(), &clusters).map_err(|unfit| unfit.to_string())?;
    let people = exposure(unit);
    let after = before..window.len();
    Ok(after
        .map(|period| fit.expected(0, period, people[window.start + period]))
        .sum())
}

/// Observed and foretold people, of all cases or of those outside a cluster.
fn totals(cases: &[Counted], without: Option<usize>) -> (f64, f64) {
    let counted = cases.iter().filter(|case| Some(case.cluster) != without);
    counted.fold((0.0, 0.0), |(observed, counterfactual), case| {
        (observed + case.observed, counterfactual + case.counterfactual)
    })
}

fn cases_by_cluster(cases: &[Counted]) -> BTreeMap<usize, usize> {
    let mut clusters = BTreeMap::new();
    for case in cases {
        *clusters.entry(case.cluster).or_insert(0) += 1;
    }
    clusters
}

/// The interval of the ratio: every cluster is left out in turn, as cases and among those compared with.
fn interval(
    outcome: &Outcome<'_>,
    harmed: &[Option<Vec<f64>>],
    cases: &[Counted],
    rules: &Rules,
) -> Option<(f64, f64)> {
    let of_cases = cases_by_cluster(cases).len();
    let t = spread::t_within(rules.level, of_cases.checked_sub(1)?)?;
    let (observed, counterfactual) = totals(cases, None);
    let whole = (observed / counterfactual).ln();
    if !whole.is_finite() {
        return None;
    }
    let squares: Vec<Option<f64>> = (0..outcome.clusters)
        .into_par_iter()
        .map(|cluster| {
            let mut sums = totals(cases, Some(cluster));
            for case in cases.iter().filter(|case| case.cluster != cluster) {
                let kept = |control: &&usize| outcome.cluster(**control) != cluster;
                let controls: Vec<usize> = case.controls.iter().filter(kept).copied().collect();
                if controls.len() < case.controls.len() {
                    let without = foretell(outcome, harmed, case.unit, &case.window, &controls).ok()?;
                    sums.1 += without - case.counterfactual;
                }
            }
            Some(((sums.0 / sums.1).ln() - whole).powi(2)).filter(|square| square.is_finite())
        })
        .collect();
    // Where the ratio hangs on one cluster alone, no interval can be told.
    let squares: Vec<f64> = squares.into_iter().collect::<Option<_>>()?;
    let few = (of_cases as f64 - 1.0) / of_cases as f64;
    let reach = t * (few * squares.iter().sum::<f64>()).sqrt();
    Some(((whole - reach).exp(), (whole + reach).exp()))
}

fn most_of_it(outcome: &Outcome<'_>, cases: &[Counted]) -> Option<String> {
    let differs = |case: &Counted| (case.observed - case.counterfactual).abs();
    let all: f64 = cases.iter().map(differs).sum();
    let most = cases.iter().find(|case| cases.len() > 1 && differs(case) > all / 2.0)?;
    Some(outcome.panel.units[most.unit].clone())
}
