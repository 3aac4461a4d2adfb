//! `zinb`: a zero-inflated negative binomial for each unit, its moments weighted by recency and shrunk towards those of
//! units with as much recent violence.

use lysoen_lexicon::panel::Panel;
use rayon::prelude::*;

use crate::benchmarks::needs;
use crate::history::{Lengths, decay, past_sums};
use crate::model::{Abstention, Fitted, Model, Target};
use crate::recency::without_spikes;

/// Hierarchical zero-inflated negative binomial, by moments.
#[derive(Clone, Copy, Debug)]
pub struct Zinb;

/// Months in which the weight of a past month halves.
const HALF_LIFE: f64 = 3.0;
/// How many months of its own the class's share of months with deaths counts for, and the class's spread.
const SHARE_PRIOR: f64 = 1.0;
const SPREAD_PRIOR: f64 = 3.0;
/// Months that are looked back at.
const MONTHS: usize = 120;
/// The least probability of any death: peace has ended without notice in some month.
const FLOOR: f64 = 0.004;
/// Shares of the last five years' months with deaths that divide the classes of units for the probability of any deaths.
const SHARES: [f64; 3] = [1e-9, 0.1, 0.5];
/// Mean deaths in months with deaths that divide the classes of units for their spread.
const MEANS: [f64; 3] = [5.0, 25.0, 100.0];

impl Model for Zinb {
    fn name(&self) -> &str {
        "zinb"
    }

    fn about(&self) -> &str {
        "a zero-inflated negative binomial around the unit's recent months, shrunk towards units with as much violence"
    }

    fn fit(&self, known: &Panel, targets: &[Target], _seed: u64) -> Result<Box<dyn Fitted>, Abstention> {
        needs(self.name(), known, 12)?;
        let lengths = Lengths::of(targets);
        let fits = lengths.iter().map(|length| {
            let units = (0..known.units().len()).into_par_iter();
            let own: Vec<Own> = units
                .map(|unit| Own::of(known.series(unit), length, HALF_LIFE))
                .collect();
            shrunk(&own)
        });
        Ok(Box::new(FittedZinb {
            fits: fits.collect(),
            lengths,
        }))
    }
}

/// What a unit's own months say, weighted by recency.
struct Own {
    /// Weight of all months, and of those with deaths.
    all: f64,
    violent: f64,
    /// Mean and variance of the deaths where anybody is killed.
    mean: f64,
    variance: f64,
    /// The share of the last five years' months with deaths.
    share: f64,
}

impl Own {
    fn of(series: &[f64], length: usize, half_life: f64) -> Own {
        let months = without_spikes(series);
        let recent = |back: usize| past_sums(&months, length).filter(move |(age, _)| *age < back);
        let half_life = half_life.max(length as f64 / 2.0);
        let (mut all, mut violent, mut sum, mut squares) = (0.0, 0.0, 0.0, 0.0);
        for (age, value) in recent(MONTHS) {
            let weight = decay(age as f64, half_life);
            all += weight;
            if value > 0.0 {
                violent += weight;
                sum += weight * value;
                squares += weight * value * value;
            }
        }
        let (there, reached) = recent(60).fold((0.0, 0.0), |(there, reached), (_, value)| {
            (there + 1.0, reached + f64::from(u8::from(value > 0.0)))
        });
        let mean = if violent > 0.0 { (sum / violent).max(1.0) } else { 1.0 };
        Own {
            all,
            violent,
            mean,
            variance: if violent > 0.0 {
                (squares / violent - mean * mean).max(0.0)
            } else {
                0.0
            },
            share: if there > 0.0 { reached / there } else { 0.0 },
        }
    }

    fn share_class(&self) -> usize {
        SHARES.partition_point(|from| *from <= self.share)
    }

    fn mean_class(&self) -> usize {
        MEANS.partition_point(|from| *from <= self.mean)
    }

    /// The squared coefficient of variation of the deaths where anybody is killed.
    fn spread(&self) -> f64 {
        self.variance / (self.mean * self.mean)
    }
}

/// The moments of each unit, drawn towards those of its class by some months' worth.
fn shrunk(own: &[Own]) -> Vec<Moments> {
    let mut shares = [(0.0, 0.0); SHARES.len() + 1];
    let mut spreads = [(0.0, 0.0); MEANS.len() + 1];
    for unit in own {
        let share = &mut shares[unit.share_class()];
        *share = (share.0 + unit.violent, share.1 + unit.all);
        let spread = &mut spreads[unit.mean_class()];
        *spread = (spread.0 + unit.violent * unit.spread(), spread.1 + unit.violent);
    }
    let ratio = |(part, all): (f64, f64)| if all > 0.0 { part / all } else { 0.0 };
    let moments = |unit: &Own| {
        let class = ratio(shares[unit.share_class()]);
        let any = ratio((unit.violent + SHARE_PRIOR * class, unit.all + SHARE_PRIOR));
        let class = ratio(spreads[unit.mean_class()]);
        let spread = ratio((
            unit.violent * unit.spread() + SPREAD_PRIOR * class,
            unit.violent + SPREAD_PRIOR,
        ));
        Moments {
            any: any.max(FLOOR),
            mean: unit.mean,
            variance: 1.2 * spread * unit.mean * unit.mean + 0.5,
        }
    };
    own.iter().map(moments).collect()
}

/// The moments of a unit's distribution.
#[derive(Clone, Copy, Debug)]
struct Moments {
    /// The probability that anybody is killed.
    any: f64,
    /// Mean and variance of the deaths where anybody is.
    mean: f64,
    variance: f64,
}

struct FittedZinb {
    lengths: Lengths,
    /// By length, and then by unit.
    fits: Vec<Vec<Moments>>,
}

impl Fitted for FittedZinb {
    fn draws(&self, unit: usize, target: usize, n: usize, draws: &mut Vec<f64>) {
        let Moments { any, mean, variance } = self.fits[self.lengths.of_target(target)][unit];
        // The share of draws at zero comes first, the others are 1 + a negative binomial.
        let zeros = ((1.0 - any) * n as f64 - 0.5).ceil().clamp(0.0, n as f64) as usize;
        draws.extend(std::iter::repeat_n(0.0, zeros));
        let probabilities = (zeros..n).map(|i| 1.0 - (n as f64 - i as f64 - 0.5) / (n as f64 * any));
        quantiles(mean - 1.0, variance, probabilities.map(|p| p.max(0.0)), |value| {
            draws.push(1.0 + value)
        });
    }
}

/// Calls `take` with the quantiles of the negative binomial of a mean and variance at rising probabilities below 1. Where the
/// variance is not above the mean it is about Poisson's.
fn quantiles(mean: f64, variance: f64, rising: impl Iterator<Item = f64>, mut take: impl FnMut(f64)) {
    if mean <= 0.0 {
        rising.for_each(|_| take(0.0));
        return;
    }
    let size = if variance > mean {
        mean * mean / (variance - mean)
    } else {
        1e6
    };
    let share = size / (size + mean);
    let first = share.powf(size);
    if mean > LARGE || first == 0.0 {
        return by_steps(mean, size, share, rising, take);
    }
    // Number by number, each probability from the one before.
    let (mut value, mut probability, mut below) = (0.0, first, first);
    for wanted in rising {
        while below < wanted && value < FARTHEST * (mean + 1.0) {
            probability *= (size + value) / (value + 1.0) * (1.0 - share);
            value += 1.0;
            below += probability;
        }
        take(value);
    }
}

/// Means above this go by steps.
const LARGE: f64 = 300.0;
/// No quantile that is asked for lies farther out than so many means.
const FARTHEST: f64 = 1e4;

/// The same for large means: the distribution function (a regularised incomplete beta function) at values a fiftieth apart, and
/// straight lines between them.
fn by_steps(mean: f64, size: f64, share: f64, rising: impl Iterator<Item = f64>, mut take: impl FnMut(f64)) {
    use statrs::function::beta::checked_beta_reg;
    let cdf = |value: f64| checked_beta_reg(size, value + 1.0, share).unwrap_or(1.0);
    let (mut low, mut below_low) = (-1.0, 0.0);
    let (mut high, mut below_high) = (0.0, cdf(0.0));
    // Nothing lies far below the mean where the spread is small.
    let deviation = (mean + mean * mean / size).sqrt();
    let start = (mean - 12.0 * deviation).floor();
    if start > 0.0 {
        (low, high) = (start - 1.0, start);
        (below_low, below_high) = (cdf(low), cdf(high));
    }
    for wanted in rising {
        while below_high < wanted && high < FARTHEST * mean {
            (low, below_low) = (high, below_high);
            high = (high + (high / 50.0).min(deviation / 10.0).max(1.0)).ceil();
            below_high = cdf(high);
        }
        let part = if below_high > below_low {
            ((wanted - below_low) / (below_high - below_low)).clamp(0.0, 1.0)
        } else {
            1.0
        };
        take((low + part * (high - low)).ceil().max(0.0));
    }
}
