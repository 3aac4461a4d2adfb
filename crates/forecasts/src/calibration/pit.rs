//! Where outcomes stand in the distributions that were forecast: the probability integral transform.

use crate::bootstrap::{Sums, central};
use crate::judged::Judged;
use crate::paired::places;

/// Bins of the histogram.
pub const PIT_BINS: usize = 10;

/// Ends of probability nearer than this are the same; the draws are some thousands.
const SAME: f64 = 1e-9;

/// The nonrandomised histogram of the probability integral transform of counts (Czado, Gneiting & Held 2009,
/// *Biometrics* 65: 1254–1261): each outcome is spread evenly over the interval of probability that its count has. It
/// is flat where forecasts are right, a ∪ where they are too sure, a ∩ where they are not sure enough, and slopes where
/// they are too high or too low.
#[derive(Clone, Debug, PartialEq)]
pub struct PitHistogram {
    /// Forecasts.
    pub forecasts: usize,
    /// Units they are of.
    pub units: usize,
    /// The share of outcomes in each tenth of probability.
    pub shares: [f64; PIT_BINS],
    /// Between what it would lie in 90 of 100 cases if every forecast were right, bin by bin: of ten bins one may well
    /// lie outside. It is one tenth plus how far the shares of resampled units move from those of all: whole units, for
    /// their months hang together. (Outcomes cannot be drawn anew here, for the distributions themselves are no longer
    /// there.)
    pub bands: [(f64, f64); PIT_BINS],
}

impl PitHistogram {
    /// The bins that lie outside their band.
    pub fn outside(&self) -> Vec<usize> {
        let lies = |bin: usize| self.bands[bin].0 <= self.shares[bin] && self.shares[bin] <= self.bands[bin].1;
        (0..PIT_BINS).filter(|&bin| !lies(bin)).collect()
    }
}

/// The histogram of all forecasts; none of none.
pub fn pit_histogram(windows: &[&[Judged]], seed: u64) -> Option<PitHistogram> {
    let places = places(windows);
    let mut sums = Sums::new(places.len(), 1 + PIT_BINS);
    for judged in windows.iter().flat_map(|window| window.iter()) {
        let unit = sums.unit_mut(places[&judged.unit]);
        unit[0] += 1.0;
        for bin in 0..PIT_BINS {
            let edge = |bin: usize| bin as f64 / PIT_BINS as f64;
            unit[1 + bin] += share_between(judged.pit, edge(bin), edge(bin + 1));
        }
    }
    let total = sums.total();
    if total.first().is_none_or(|n| *n < 0.5) {
        return None;
    }
    let resamples = sums.resample(seed);
    let expected = 1.0 / PIT_BINS as f64;
    let mut histogram = PitHistogram {
        forecasts: total[0] as usize,
        units: places.len(),
        shares: [0.0; PIT_BINS],
        bands: [(0.0, 1.0); PIT_BINS],
    };
    for bin in 0..PIT_BINS {
        let share = |sums: &[f64]| sums[1 + bin] / sums[0];
        let value = share(&total);
        let mut moved: Vec<f64> = resamples.iter().map(|sums| share(sums) - value).collect();
        moved.sort_by(f64::total_cmp);
        histogram.shares[bin] = value;
        if let Some((low, high)) = central(&moved) {
            histogram.bands[bin] = ((expected + low).max(0.0), (expected + high).min(1.0));
        }
    }
    Some(histogram)
}

/// Which part of an outcome's interval of probability lies between two borders. An outcome that no draw equals has a
/// point for an interval, and on a border between bins half of it belongs to either side.
pub(crate) fn share_between((from, to): (f64, f64), low: f64, high: f64) -> f64 {
    if to - from > SAME {
        return ((to.min(high) - from.max(low)) / (to - from)).max(0.0);
    }
    let above = part(from, low);
    let below = part(high, from);
    // Nothing lies beyond 0 and 1, so that there a border takes all.
    let above = if low < SAME { 1.0 } else { above };
    let below = if high > 1.0 - SAME { 1.0 } else { below };
    above + below - 1.0
}

/// 1 where `x` lies above `border`, 0 where below, ½ upon it.
fn part(x: f64, border: f64) -> f64 {
    if (x - border).abs() <= SAME {
        0.5
    } else {
        f64::from(u8::from(x > border))
    }
}
