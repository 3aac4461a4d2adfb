//! What of a unit's history models look at: its series, sums over the months of a target, and decaying levels.

use lysoen_lexicon::panel::Panel;

use crate::model::Target;

/// The sum over the months of a target as seen from the column `at`; NaN where a month of it is absent or not yet there.
pub(crate) fn outcome(series: &[f64], at: usize, target: Target) -> f64 {
    let (first, last) = (at + target.first as usize, at + target.last as usize);
    if last >= series.len() {
        return f64::NAN;
    }
    series[first..=last].iter().sum()
}

/// Sums over `length` months that end in each column, oldest first, with how many months each ends before the last column.
/// Those with an absent month are left out.
pub(crate) fn past_sums(series: &[f64], length: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
    let last = series.len().saturating_sub(1);
    series.windows(length).enumerate().filter_map(move |(start, months)| {
        let sum: f64 = months.iter().sum();
        (!sum.is_nan()).then(|| (last - (start + length - 1), sum))
    })
}

/// The lengths of targets in months, each once: what is the same at every step is made once a length.
#[derive(Clone, Debug)]
pub(crate) struct Lengths {
    lengths: Vec<usize>,
    /// Which of them each target has.
    which: Vec<usize>,
}

impl Lengths {
    pub(crate) fn of(targets: &[Target]) -> Lengths {
        let length = |target: &Target| target.length() as usize;
        let mut lengths: Vec<usize> = targets.iter().map(length).collect();
        lengths.sort_unstable();
        lengths.dedup();
        let which = targets
            .iter()
            .map(|target| lengths.partition_point(|known| *known < length(target)));
        Lengths {
            which: which.collect(),
            lengths,
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.lengths.iter().copied()
    }

    pub(crate) fn count(&self) -> usize {
        self.lengths.len()
    }

    /// The place of a target's length among them.
    pub(crate) fn of_target(&self, target: usize) -> usize {
        self.which[target]
    }
}

/// The weight of what is `age` months old where weights halve every `half_life` months.
pub(crate) fn decay(age: f64, half_life: f64) -> f64 {
    (-std::f64::consts::LN_2 * age / half_life).exp()
}

/// A decaying mean that is brought up to date month by month. What is absent is passed over.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Decaying {
    keep: f64,
    sum: f64,
    weight: f64,
}

impl Decaying {
    pub(crate) fn new(half_life: f64) -> Decaying {
        Decaying {
            keep: decay(1.0, half_life),
            sum: 0.0,
            weight: 0.0,
        }
    }

    pub(crate) fn push(&mut self, value: f64) {
        self.sum *= self.keep;
        self.weight *= self.keep;
        if !value.is_nan() {
            self.sum += value;
            self.weight += 1.0;
        }
    }

    /// The mean; zero before the first value.
    pub(crate) fn mean(&self) -> f64 {
        if self.weight > 0.0 { self.sum / self.weight } else { 0.0 }
    }
}

/// Does the unit exist, and is it known, in the last month of the panel? Only then is there something to forecast.
pub fn exists_at_origin(panel: &Panel, unit: usize) -> bool {
    panel.series(unit).last().is_some_and(|value| !value.is_nan())
}
