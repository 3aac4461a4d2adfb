//! A distribution as weighted values, and its evenly spaced quantiles.

use std::sync::Arc;

use crate::model::DRAWS;

/// Values with weights, in rising order of value.
#[derive(Clone, Debug, Default)]
pub(crate) struct Atoms {
    values: Vec<f64>,
    /// The weight up to and with each value.
    cumulative: Vec<f64>,
}

impl Atoms {
    /// From values with weights in any order; values without weight are left out.
    pub(crate) fn new(mut weighted: Vec<(f64, f64)>) -> Atoms {
        weighted.retain(|(_, weight)| *weight > 0.0);
        weighted.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut atoms = Atoms::default();
        let mut sum = 0.0;
        for (value, weight) in weighted {
            sum += weight;
            if atoms.values.last() == Some(&value) {
                atoms.cumulative.pop();
            } else {
                atoms.values.push(value);
            }
            atoms.cumulative.push(sum);
        }
        atoms
    }

    /// From values of equal weight.
    pub(crate) fn equal(values: impl IntoIterator<Item = f64>) -> Atoms {
        Atoms::new(values.into_iter().map(|value| (value, 1.0)).collect())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Calls `take` with the quantiles at (i + ½) / n, in rising order; with zeros where there are no values.
    pub(crate) fn each_quantile(&self, n: usize, mut take: impl FnMut(f64)) {
        let Some(all) = self.cumulative.last() else {
            (0..n).for_each(|_| take(0.0));
            return;
        };
        let mut at = 0;
        for i in 0..n {
            let wanted = (i as f64 + 0.5) / n as f64 * all;
            while at + 1 < self.values.len() && self.cumulative[at] < wanted {
                at += 1;
            }
            take(self.values[at]);
        }
    }
}

/// A distribution as its quantiles at (i + ½) / 1,000: small, and quick to read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Quantiles(Arc<[f32]>);

impl Quantiles {
    pub(crate) fn of(atoms: &Atoms) -> Quantiles {
        if atoms.is_empty() {
            return Quantiles::default();
        }
        let mut values = Vec::with_capacity(DRAWS);
        atoms.each_quantile(DRAWS, |value| values.push(value as f32));
        Quantiles(values.into())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The quantile nearest to a probability.
    ///
    /// # Panics
    /// Where it is empty.
    pub(crate) fn at(&self, probability: f64) -> f64 {
        let place = (probability * self.0.len() as f64).max(0.0) as usize;
        f64::from(self.0[place.min(self.0.len() - 1)])
    }
}
