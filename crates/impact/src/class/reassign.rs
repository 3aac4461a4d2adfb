//! The p of a class by dealing its adoption dates out anew among all who could have had them.
//!
//! As many adopt at each date as did; had the policy no effect on anybody, every dealing would have been as good as the
//! one that happened (within a stratum, where strata are given). Each dealing makes a staggered
//! difference-in-differences of its own. What is compared is its t by clusters, at the degrees of freedom that it has
//! itself (Chung & Romano 2013, Annals of Statistics 41:484; Beran 1988, JASA 83:687), so that neither adopters that vary
//! more than others nor cases of one shared conflict make an effect.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;
use utoipa::ToSchema;

use super::chance::{self, Purpose};
use super::group_time::Base;
use super::outcome::Outcome;
use super::spread;
use crate::methods::mean;

/// What dealing the dates out anew showed.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Reassigned {
    /// How many dealings.
    pub draws: usize,
    /// The average after, all places without the policy being compared with: what is excluded for one case alone cannot
    /// be dealt out.
    pub average: f64,
    /// Two-sided p: (1 + dealings with a |t| by clusters as unlikely) / (1 + dealings).
    pub p: f64,
    /// The same of the averages themselves, which takes places to vary alike and each to stand for itself.
    pub p_average: f64,
    /// The band that holds 90 % of the dealings' averages.
    pub band: (f64, f64),
    /// p by Holm over the outcomes asked together.
    pub holm: f64,
    /// p by Romano & Wolf over them.
    pub romano_wolf: f64,
    /// How many outcomes were asked together.
    pub outcomes: usize,
    /// How far off the average is, as minus the logarithm of the p of its t.
    #[serde(skip)]
    pub(super) extreme: f64,
    /// The same in each dealing.
    #[serde(skip)]
    pub(super) extremes: Vec<f64>,
}

/// The average change of one dealing, and how far off it is.
struct Dealt {
    average: f64,
    extreme: f64,
}

/// Deals dates out; none where no case can be averaged or there is nobody to deal them to.
pub(super) fn reassign(outcome: &Outcome<'_>) -> Option<Reassigned> {
    let asked = outcome.asked;
    if asked.draws == 0 || asked.never.is_empty() {
        return None;
    }
    let changes = Changes::of(outcome);
    let own: Vec<Option<usize>> = outcome
        .eligible
        .iter()
        .map(|unit| outcome.first.get(unit).copied())
        .collect();
    let observed = changes.dealt(outcome, &own)?;
    let strata = strata(outcome);
    let draws: Vec<Option<Dealt>> = (0..asked.draws)
        .into_par_iter()
        .map(|draw| {
            let mut stream = chance::stream(asked.seed, Purpose::Dates, draw);
            let mut dates = own.clone();
            for members in &strata {
                let mut hand: Vec<Option<usize>> = members.iter().map(|&place| own[place]).collect();
                chance::shuffle(&mut stream, &mut hand);
                for (&place, date) in members.iter().zip(hand) {
                    dates[place] = date;
                }
            }
            changes.dealt(outcome, &dates)
        })
        .collect();
    // A dealing without an average counts as far off as can be: it speaks for nothing.
    let extremes: Vec<f64> = draws
        .iter()
        .map(|dealt| dealt.as_ref().map_or(f64::INFINITY, |dealt| dealt.extreme))
        .collect();
    let averages: Vec<f64> = draws.iter().flatten().map(|dealt| dealt.average).collect();
    let share = |reached: usize| (1 + reached) as f64 / (1 + asked.draws) as f64;
    let missing = asked.draws - averages.len();
    let as_far = |average: &&f64| average.abs() >= observed.average.abs() * (1.0 - 1e-12);
    let p = share(extremes.iter().filter(|extreme| **extreme >= observed.extreme).count());
    Some(Reassigned {
        draws: asked.draws,
        average: observed.average,
        p,
        p_average: share(missing + averages.iter().filter(as_far).count()),
        band: (spread::quantile(&averages, 0.05), spread::quantile(&averages, 0.95)),
        holm: p,
        romano_wolf: p,
        outcomes: 1,
        extreme: observed.extreme,
        extremes,
    })
}

/// The places (in the order of the eligible) of each stratum; those without one are a stratum of their own.
fn strata(outcome: &Outcome<'_>) -> Vec<Vec<usize>> {
    let mut strata: BTreeMap<Option<&str>, Vec<usize>> = BTreeMap::new();
    for (place, unit) in outcome.eligible.iter().enumerate() {
        let stratum = outcome.asked.strata.get(unit).map(String::as_str);
        strata.entry(stratum).or_default().push(place);
    }
    strata.into_values().collect()
}

/// By date that occurs, the change of every eligible place about it; none where its window is not known.
struct Changes(BTreeMap<usize, Vec<Option<f64>>>);

impl Changes {
    fn of(outcome: &Outcome<'_>) -> Changes {
        let of_date = |first: usize| {
            let window = outcome.window(first).ok();
            let change = |unit: &usize| {
                let window = window
                    .clone()
                    .filter(|window| outcome.is_whole(*unit, window.clone()))?;
                let values = &outcome.series(*unit)[window];
                let (before, after) = values.split_at(outcome.asked.before);
                let base = match outcome.asked.base {
                    Base::Mean => mean(before),
                    Base::Last => before[before.len() - 1],
                };
                Some(mean(after) - base)
            };
            outcome.eligible.iter().map(change).collect::<Vec<_>>()
        };
        Changes(outcome.first.values().map(|&first| (first, of_date(first))).collect())
    }

    /// The average of one dealing: each case's change less the mean change of those without the policy in its window.
    fn dealt(&self, outcome: &Outcome<'_>, dates: &[Option<usize>]) -> Option<Dealt> {
        let mut gaps: Vec<(usize, f64)> = Vec::new();
        let cluster = |place: usize| outcome.cluster(outcome.eligible[place]);
        for (&first, changes) in &self.0 {
            let mut all = (0.0, 0_usize);
            let mut of_cluster = vec![(0.0, 0_usize); outcome.clusters];
            for (place, change) in changes.iter().enumerate() {
                if let Some(change) = change.filter(|_| outcome.is_free(dates[place], first)) {
                    for sum in [&mut all, &mut of_cluster[cluster(place)]] {
                        *sum = (sum.0 + change, sum.1 + 1);
                    }
                }
            }
            for (place, change) in changes.iter().enumerate() {
                let Some(change) = change.filter(|_| dates[place] == Some(first)) else {
                    continue;
                };
                let own = of_cluster[cluster(place)];
                if all.1 > own.1 {
                    let of_controls = (all.0 - own.0) / (all.1 - own.1) as f64;
                    gaps.push((cluster(place), change - of_controls));
                }
            }
        }
        (!gaps.is_empty()).then(|| averaged(&gaps, outcome.clusters))
    }
}

fn averaged(gaps: &[(usize, f64)], clusters: usize) -> Dealt {
    let count = gaps.len() as f64;
    let average = gaps.iter().map(|(_, gap)| gap).sum::<f64>() / count;
    let mut parts: Vec<Option<f64>> = vec![None; clusters];
    for (cluster, gap) in gaps {
        *parts[*cluster].get_or_insert(0.0) += (gap - average) / count;
    }
    let parts: Vec<f64> = parts.into_iter().flatten().collect();
    let squares: f64 = parts.iter().map(|part| part * part).sum();
    let error = (squares * parts.len() as f64 / (parts.len() as f64 - 1.0)).sqrt();
    let p = if error > 0.0 && error.is_finite() {
        spread::t_beyond(average / error, parts.len() - 1)
    } else {
        None
    };
    Dealt {
        average,
        extreme: p.map_or(f64::INFINITY, |p| -p.ln()),
    }
}
