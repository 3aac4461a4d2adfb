//! Intervals from resampling whole units: the months of a country share its war, and are no independent evidence.
//!
//! As many units are drawn with replacement as there are, each with all its months and windows (the cluster bootstrap:
//! Davison & Hinkley 1997, *Bootstrap Methods and their Application*, §3.8), and the statistic is computed anew. The
//! interval is the one of percentiles. The same seed draws the same units for whatever is computed, so that what is
//! compared was drawn together. Harm is spread so unevenly that a few units decide many a mean, and with few of them
//! the interval is somewhat too narrow.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use rayon::prelude::*;

/// How often the units are drawn anew.
pub const RESAMPLES: usize = 2000;
/// The share of resamples that lies within an interval.
pub const LEVEL: f64 = 0.9;

/// A statistic, and its interval from resampling units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Resampled {
    /// The statistic of all units as they are.
    pub value: f64,
    /// The 5 % quantile over resamples.
    pub low: f64,
    /// The 95 % quantile over resamples.
    pub high: f64,
    /// In how many of the [`RESAMPLES`] it could be computed; the others are left out.
    pub resamples: usize,
}

impl Resampled {
    /// Does the interval hold a value?
    pub fn holds(&self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }
}

/// What a stream of random numbers is for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Purpose {
    /// Which units are drawn.
    Units = 1,
    /// What comes if forecasts are right.
    Outcomes = 2,
}

/// The stream of one purpose and one resample.
pub(crate) fn stream(seed: u64, purpose: Purpose, resample: usize) -> ChaCha8Rng {
    let mut stream = ChaCha8Rng::seed_from_u64(seed);
    stream.set_stream(((purpose as u64) << 32) | resample as u64);
    stream
}

/// Sums of several quantities unit by unit, from which every statistic is computed.
#[derive(Clone, Debug)]
pub(crate) struct Sums {
    /// Quantities of a unit.
    width: usize,
    /// Unit after unit.
    values: Vec<f64>,
}

impl Sums {
    /// Nothing yet, of `units` units.
    pub(crate) fn new(units: usize, width: usize) -> Sums {
        Sums {
            width,
            values: vec![0.0; units * width],
        }
    }

    pub(crate) fn unit(&self, unit: usize) -> &[f64] {
        &self.values[unit * self.width..(unit + 1) * self.width]
    }

    pub(crate) fn unit_mut(&mut self, unit: usize) -> &mut [f64] {
        &mut self.values[unit * self.width..(unit + 1) * self.width]
    }

    pub(crate) fn units(&self) -> usize {
        self.values.len() / self.width.max(1)
    }

    /// The sums over all units.
    pub(crate) fn total(&self) -> Vec<f64> {
        self.over(0..self.units())
    }

    /// The sums over all units but one, each in turn. Added up from both sides and not taken off the total: what is
    /// left of a great sum less itself is rounding, not zero.
    pub(crate) fn without_each(&self) -> Vec<Vec<f64>> {
        let mut rest = Vec::with_capacity(self.units());
        let mut before = vec![0.0; self.width];
        for unit in 0..self.units() {
            rest.push(before.clone());
            add(&mut before, self.unit(unit));
        }
        let mut after = vec![0.0; self.width];
        for unit in (0..self.units()).rev() {
            add(&mut rest[unit], &after);
            add(&mut after, self.unit(unit));
        }
        rest
    }

    fn over(&self, units: impl Iterator<Item = usize>) -> Vec<f64> {
        let mut total = vec![0.0; self.width];
        for unit in units {
            add(&mut total, self.unit(unit));
        }
        total
    }

    /// The sums over each resample of units.
    pub(crate) fn resample(&self, seed: u64) -> Vec<Vec<f64>> {
        let units = self.units() as u64;
        (0..RESAMPLES)
            .into_par_iter()
            .map(|resample| {
                let mut stream = stream(seed, Purpose::Units, resample);
                let mut drawn = || ((u64::from(stream.next_u32()) * units) >> 32) as usize;
                self.over((0..units).map(|_| drawn()))
            })
            .collect()
    }

    /// A statistic of the sums; none where it cannot be computed from all units.
    pub(crate) fn statistic(&self, seed: u64, statistic: impl Fn(&[f64]) -> Option<f64>) -> Option<Resampled> {
        interval(statistic(&self.total())?, &self.resample(seed), statistic)
    }
}

fn add(total: &mut [f64], values: &[f64]) {
    for (total, value) in total.iter_mut().zip(values) {
        *total += value;
    }
}

/// The interval of a statistic whose value is known, from sums over resamples.
pub(crate) fn interval(
    value: f64,
    resamples: &[Vec<f64>],
    statistic: impl Fn(&[f64]) -> Option<f64>,
) -> Option<Resampled> {
    interval_of(LEVEL, value, resamples, statistic)
}

/// The same, of another share of the resamples.
pub(crate) fn interval_of(
    level: f64,
    value: f64,
    resamples: &[Vec<f64>],
    statistic: impl Fn(&[f64]) -> Option<f64>,
) -> Option<Resampled> {
    let mut values: Vec<f64> = resamples.iter().filter_map(|sums| statistic(sums)).collect();
    values.sort_by(f64::total_cmp);
    let (low, high) = central_of(level, &values)?;
    Some(Resampled {
        value,
        low,
        high,
        resamples: values.len(),
    })
}

/// The ends of the central [`LEVEL`] of sorted values: order statistics, which are values that occur. None of no
/// values.
pub(crate) fn central(sorted: &[f64]) -> Option<(f64, f64)> {
    central_of(LEVEL, sorted)
}

fn central_of(level: f64, sorted: &[f64]) -> Option<(f64, f64)> {
    let outside = (sorted.len() as f64 * (1.0 - level) / 2.0).round() as usize;
    Some((*sorted.get(outside)?, *sorted.get(sorted.len() - 1 - outside)?))
}
