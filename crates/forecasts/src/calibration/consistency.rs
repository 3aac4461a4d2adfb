//! What a reliability diagram looks like by chance alone when every probability is right.
//!
//! Bröcker & Smith (2007, *Weather and Forecasting* 22: 651–661) draw outcomes from the forecast probabilities
//! themselves, and see between what the observed frequencies come to lie. They draw each outcome by itself. Here the
//! months of a unit in a window are forecast from one origin, and what comes after it (a war breaks out) fills many of
//! them: even forecasts that are right have errors that hang together as far ahead as they look (Diebold, Gunther & Tay
//! 1998, *International Economic Review* 39: 863–883), and a band from independent outcomes is too narrow. From window
//! to window this need not be: what came of one is known, but for its last months, where the next is forecast, so that
//! a right forecast's errors do not carry over.
//!
//! So within a unit's window an outcome shares with a probability λ the window's common chance, and else has its own:
//! all months happen that are likelier than the chance is high. Each still happens with just the probability that was
//! forecast, and two months with probabilities p ≤ q have covariance λ² p (1 − q): none at λ = 0 (Bröcker & Smith's
//! band), as much as is possible at λ = 1. λ² is estimated as the sum over all pairs of months of the product of their
//! errors, divided by the sum of what it is at λ = 1. The errors are taken from the probabilities as a logistic
//! regression would mend them (Cox 1958, *Biometrika* 45: 562–565): else forecasts that are plainly too sure would
//! widen the very band that is to tell. Resampling the units' outcomes instead would give no band at all where in a bin
//! everything or nothing happened, which is common for great harm.
//!
//! One λ is taken for all bins of a threshold; what units have in common in a month (a war across a border) is not
//! allowed for. The forecasts stay as they are and are not resampled, so that the band is that of these forecasts.

use rand_chacha::rand_core::Rng;
use rayon::prelude::*;

use crate::bootstrap::{LEVEL, Purpose, RESAMPLES, central, stream};

/// Between what an observed frequency lies by chance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Band {
    /// Does it hold a frequency?
    pub fn holds(&self, frequency: f64) -> bool {
        self.low <= frequency && frequency <= self.high
    }
}

/// A forecast probability and what came, in a bin.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Said {
    /// The unit's window: its months hang together. Those of one follow each other.
    pub(crate) cluster: usize,
    pub(crate) bin: usize,
    pub(crate) probability: f64,
    pub(crate) happened: bool,
}

/// Probabilities nearer to 0 or 1 count as this near where logits are taken: half a draw of a thousand.
const NEAREST: f64 = 0.0005;

/// A logistic regression of what came upon the logit of what was said: intercept and slope. Right forecasts have 0 and
/// 1; a slope below 1 says that they are too sure. None where it cannot be fitted.
pub(crate) fn recalibration(said: &[Said]) -> Option<(f64, f64)> {
    let (mut intercept, mut slope) = (0.0, 1.0);
    for _ in 0..50 {
        let (mut g0, mut g1, mut h00, mut h01, mut h11) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for s in said {
            let x = logit(s.probability);
            let q = logistic(intercept + slope * x);
            let (error, weight) = (f64::from(u8::from(s.happened)) - q, q * (1.0 - q));
            g0 += error;
            g1 += error * x;
            h00 += weight;
            h01 += weight * x;
            h11 += weight * x * x;
        }
        let determinant = h00 * h11 - h01 * h01;
        // Nothing varies, or what came is told apart without error: no finite line fits.
        if determinant.is_nan() || determinant <= 1e-9 * h00 * h11 {
            return None;
        }
        let step = ((h11 * g0 - h01 * g1) / determinant, (h00 * g1 - h01 * g0) / determinant);
        // A long step is one too far.
        let length = step.0.abs().max(step.1.abs()).max(1.0);
        intercept += step.0 / length;
        slope += step.1 / length;
        if step.0.abs() + step.1.abs() < 1e-9 {
            return Some((intercept, slope));
        }
    }
    None
}

fn logit(probability: f64) -> f64 {
    let p = probability.clamp(NEAREST, 1.0 - NEAREST);
    (p / (1.0 - p)).ln()
}

fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// λ: how probably a month shares its window's common chance.
pub(crate) fn shared(said: &[Said], recalibration: Option<(f64, f64)>) -> f64 {
    let (mut seen, mut possible) = (0.0, 0.0);
    let mut mended = Vec::new();
    for cluster in said.chunk_by(|a, b| a.cluster == b.cluster) {
        mended.clear();
        let (mut sum, mut squares) = (0.0, 0.0);
        for s in cluster {
            let q = recalibration.map_or(s.probability, |(a, b)| logistic(a + b * logit(s.probability)));
            let error = f64::from(u8::from(s.happened)) - q;
            sum += error;
            squares += error * error;
            mended.push(q);
        }
        seen += (sum * sum - squares) / 2.0;
        // Over pairs: the lesser of two probabilities, less their product.
        mended.sort_by(f64::total_cmp);
        let mut above: f64 = mended.iter().sum();
        for (i, q) in mended.iter().enumerate() {
            above -= q;
            possible += q * (mended.len() - 1 - i) as f64 - q * above;
        }
    }
    if possible > 0.0 {
        (seen / possible).clamp(0.0, 1.0).sqrt()
    } else {
        0.0
    }
}

/// The observed frequencies of each bin, draw by draw, if the probabilities are right.
pub(crate) struct ByChance {
    /// Every outcome by itself.
    pub(crate) independent: Vec<Vec<f64>>,
    /// The months of a unit's window hanging together.
    pub(crate) together: Vec<Vec<f64>>,
}

/// Draws what comes [`RESAMPLES`] times. `sizes` are the forecasts in each bin.
pub(crate) fn by_chance(said: &[Said], sizes: &[usize], shared: f64, seed: u64) -> ByChance {
    // A probability as a share of 2³², to compare with one word of the stream.
    let word = |probability: f64| (probability * 2f64.powi(32)).round() as u64;
    let shared = word(shared);
    let chances: Vec<u64> = said.iter().map(|s| word(s.probability)).collect();
    let drawn: Vec<Vec<[u32; 2]>> = (0..RESAMPLES)
        .into_par_iter()
        .map(|resample| {
            let mut stream = stream(seed, Purpose::Outcomes, resample);
            let mut counts = vec![[0; 2]; sizes.len()];
            let (mut cluster, mut common) = (usize::MAX, 0);
            for (s, chance) in said.iter().zip(&chances) {
                if s.probability <= 0.0 {
                    continue;
                }
                if s.cluster != cluster {
                    (cluster, common) = (s.cluster, u64::from(stream.next_u32()));
                }
                let word = stream.next_u64();
                let own = word & u64::from(u32::MAX);
                let here = if (word >> 32) < shared { common } else { own };
                counts[s.bin][0] += u32::from(own < *chance);
                counts[s.bin][1] += u32::from(here < *chance);
            }
            counts
        })
        .collect();
    let frequencies = |kind: usize| {
        let of_bin = |bin: usize| {
            let size = sizes[bin] as f64;
            drawn.iter().map(|counts| f64::from(counts[bin][kind]) / size).collect()
        };
        (0..sizes.len()).map(of_bin).collect()
    };
    ByChance {
        independent: frequencies(0),
        together: frequencies(1),
    }
}

/// Of each bin, the central 90 % of its frequencies.
pub(crate) fn pointwise(by_chance: &[Vec<f64>]) -> Vec<Band> {
    by_chance
        .iter()
        .map(|frequencies| {
            let mut sorted = frequencies.clone();
            sorted.sort_by(f64::total_cmp);
            let (low, high) = central(&sorted).unwrap_or((0.0, 1.0));
            Band { low, high }
        })
        .collect()
}

/// Bands such that 90 % of diagrams drawn by chance lie in them with *all* their bins: the rank envelope of Myllymäki
/// et al. (2017, *Journal of the Royal Statistical Society B* 79: 381–404). Of ten bins that are right, one lies
/// outside its own 90 % band; this is the band by which a whole diagram can be judged.
pub(crate) fn simultaneous(by_chance: &[Vec<f64>]) -> Vec<Band> {
    let sorted: Vec<Vec<f64>> = by_chance
        .iter()
        .map(|frequencies| {
            let mut sorted = frequencies.clone();
            sorted.sort_by(f64::total_cmp);
            sorted
        })
        .collect();
    let n = by_chance.first().map_or(0, Vec::len);
    // How deep a diagram lies among the others where it lies least deep: 1 is at the edge.
    let mut depths: Vec<usize> = (0..n)
        .map(|diagram| {
            let depth = |(frequencies, sorted): (&Vec<f64>, &Vec<f64>)| {
                let value = frequencies[diagram];
                let not_above = sorted.partition_point(|x| *x <= value);
                let not_below = n - sorted.partition_point(|x| *x < value);
                not_above.min(not_below)
            };
            by_chance.iter().zip(&sorted).map(depth).min().unwrap_or(n)
        })
        .collect();
    depths.sort_unstable();
    let depth = depths
        .get((n as f64 * (1.0 - LEVEL)).floor() as usize)
        .copied()
        .unwrap_or(1);
    sorted
        .iter()
        .map(|sorted| Band {
            low: sorted[depth - 1],
            high: sorted[n - depth],
        })
        .collect()
}
