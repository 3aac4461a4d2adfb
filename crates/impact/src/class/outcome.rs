//! The outcome of a class on the scale on which places are compared, and who can be compared with whom.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Against, Asked};
use crate::panel::Panel;

/// The scale on which changes are compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Scale {
    /// The logarithm of (people + ½) per person: places would have changed in proportion. One place with a great war does
    /// not outweigh all others.
    #[default]
    LogRate,
    /// The values as they are: places would have changed by as much per 100,000.
    Rate,
}

/// Half a person, so that a period with none has a logarithm (Haldane 1940, Anscombe 1956).
pub(super) const HALF: f64 = 0.5;

/// The people harmed in a period: a rate per 100,000 times the people who live there.
pub(super) fn people_harmed(panel: &Panel, unit: usize) -> Option<Vec<f64>> {
    let people = panel.people(unit)?;
    let pairs = panel.series(unit).iter().zip(people);
    Some(pairs.map(|(rate, people)| rate * people / 100_000.0).collect())
}

/// Units × periods on a scale, with what is asked of them.
pub(super) struct Outcome<'a> {
    pub(super) panel: &'a Panel,
    pub(super) asked: &'a Asked,
    /// Unit after unit; NaN where not known or not fit for the scale.
    values: Vec<f64>,
    /// The first period under the policy, for adopters.
    pub(super) first: BTreeMap<usize, usize>,
    /// Adopters and those never under the policy, in order.
    pub(super) eligible: Vec<usize>,
    /// The cluster of each eligible unit, numbered.
    cluster: BTreeMap<usize, usize>,
    pub(super) clusters: usize,
}

impl<'a> Outcome<'a> {
    pub(super) fn new(panel: &'a Panel, asked: &'a Asked) -> Outcome<'a> {
        let first: BTreeMap<usize, usize> = asked.adopted.iter().map(|case| (case.unit, case.first)).collect();
        let mut eligible: Vec<usize> = first.keys().copied().chain(asked.never.iter().copied()).collect();
        eligible.sort_unstable();
        let names: BTreeMap<usize, &str> = eligible
            .iter()
            .map(|&unit| (unit, asked.cluster_of(panel, unit)))
            .collect();
        let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
        for name in names.values() {
            let next = numbers.len();
            numbers.entry(name).or_insert(next);
        }
        Outcome {
            panel,
            asked,
            values: (0..panel.units.len())
                .flat_map(|unit| on_scale(panel, unit, asked.scale))
                .collect(),
            first,
            eligible,
            cluster: names.iter().map(|(unit, name)| (*unit, numbers[name])).collect(),
            clusters: numbers.len(),
        }
    }

    pub(super) fn series(&self, unit: usize) -> &[f64] {
        let periods = self.panel.times.len();
        &self.values[unit * periods..(unit + 1) * periods]
    }

    pub(super) fn cluster(&self, unit: usize) -> usize {
        self.cluster[&unit]
    }

    /// The columns of the window of a date, from `before` periods before it to the last of `after`; or why there is none.
    pub(super) fn window(&self, first: usize) -> Result<std::ops::Range<usize>, String> {
        let (before, after) = (self.asked.before, self.asked.after);
        let periods = self.panel.times.len();
        if first < before {
            return Err(format!(
                "{first} periods are known before it began, and the class looks at {before}"
            ));
        }
        if first + after > periods {
            return Err(format!(
                "{} periods are known since it began, and the class looks at {after}",
                periods.saturating_sub(first)
            ));
        }
        Ok(first - before..first + after)
    }

    /// Whether a unit has a value in every period of a window.
    pub(super) fn is_whole(&self, unit: usize, window: std::ops::Range<usize>) -> bool {
        self.series(unit)[window].iter().all(|value| value.is_finite())
    }

    /// The units that one case may be compared with at its date: never under the policy, or (where that is asked) not
    /// before the end of its window; of another cluster, and not excluded. Never one that is under the policy already.
    pub(super) fn controls(&self, unit: usize, first: usize) -> Vec<usize> {
        let excluded = self.asked.excluded.get(&unit);
        let free = |&other: &usize| {
            other != unit
                && self.cluster[&other] != self.cluster[&unit]
                && !excluded.is_some_and(|excluded| excluded.contains(&other))
                && self.is_free(self.first.get(&other).copied(), first)
        };
        self.eligible.iter().copied().filter(free).collect()
    }

    /// Whether a unit that comes under the policy at `other` is without it through the whole window of `first`.
    pub(super) fn is_free(&self, other: Option<usize>, first: usize) -> bool {
        match other {
            None => true,
            Some(other) => self.asked.against == Against::NotYet && other >= first + self.asked.after,
        }
    }
}

fn on_scale(panel: &Panel, unit: usize, scale: Scale) -> Vec<f64> {
    match (scale, panel.people(unit)) {
        (Scale::Rate, _) => panel.series(unit).to_vec(),
        (Scale::LogRate, None) => vec![f64::NAN; panel.times.len()],
        (Scale::LogRate, Some(people)) => {
            let pairs = panel.series(unit).iter().zip(people);
            let log = |(rate, people): (&f64, &f64)| {
                if *rate >= 0.0 && *people > 0.0 {
                    ((rate * people / 100_000.0 + HALF) * 100_000.0 / people).ln()
                } else {
                    f64::NAN
                }
            };
            pairs.map(log).collect()
        }
    }
}
