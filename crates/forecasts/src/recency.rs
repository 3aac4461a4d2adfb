//! `recency`: the unit's own history, the newer the likelier, with single months far above the others cut down.

use lysoen_lexicon::panel::Panel;

use crate::atoms::Atoms;
use crate::benchmarks::{PerUnit, needs};
use crate::history::{decay, past_sums};
use crate::model::{Abstention, Fitted, Model, Target};

/// Recency-weighted empirical distribution with spike shrinkage.
#[derive(Clone, Copy, Debug)]
pub struct Recency;

/// Months in which the weight of a past month halves.
const HALF_LIFE: f64 = 3.0;
/// Months that are looked back at; what is older has no weight left.
const MONTHS: usize = 120;
/// Months whose upper quantile caps a spike.
const CAP_MONTHS: usize = 24;

impl Model for Recency {
    fn name(&self) -> &str {
        "recency"
    }

    fn about(&self) -> &str {
        "the unit's own past months, weights halving every three months, spikes cut to twice the 90 % quantile of two years"
    }

    fn fit(&self, known: &Panel, targets: &[Target], _seed: u64) -> Result<Box<dyn Fitted>, Abstention> {
        needs(self.name(), known, 12)?;
        Ok(Box::new(PerUnit::build(known, targets, |unit, length| {
            Atoms::new(weighted(known.series(unit), length, HALF_LIFE))
        })))
    }
}

/// Past sums over `length` months, spikes cut, each with its weight by age.
fn weighted(series: &[f64], length: usize, half_life: f64) -> Vec<(f64, f64)> {
    let months = without_spikes(series);
    // Sums over several months share months with each other, so that fewer of them would count as independent.
    let half_life = half_life.max(length as f64 / 2.0);
    past_sums(&months, length)
        .filter(|(age, _)| *age < MONTHS)
        .map(|(age, sum)| (sum, decay(age as f64, half_life)))
        .collect()
}

/// The months with the most that one counts for: twice the 90 % quantile of the last two years, in whole deaths, and at least 2.
/// Cut before they are summed, for one month would stand in many sums.
pub(crate) fn without_spikes(series: &[f64]) -> Vec<f64> {
    let recent = &series[series.len().saturating_sub(CAP_MONTHS)..];
    let mut recent: Vec<f64> = recent.iter().copied().filter(|deaths| !deaths.is_nan()).collect();
    recent.sort_by(f64::total_cmp);
    if recent.is_empty() {
        return series.to_vec();
    }
    let most = (2.0 * crate::score::quantile(&recent, 0.9).max(1.0)).round();
    // NaN stays what it is.
    series
        .iter()
        .map(|deaths| if *deaths > most { most } else { *deaths })
        .collect()
}
