//! How many outcomes fell into the intervals that were to hold them.

use crate::bootstrap::{LEVEL, Resampled, Sums, interval, interval_of};
use crate::calibration::pit::share_between;
use crate::judged::{INTERVALS, Judged};
use crate::paired::places;

/// Of which forecasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Among {
    /// All of them; most are of places at peace, and right.
    Every,
    /// Those of units in which somebody was killed in the 12 months up to the origin.
    Active,
}

/// The coverage of one interval. Its two kinds differ because deaths are counted and most counts are zero.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coverage {
    /// The share that the interval is said to hold.
    pub nominal: f64,
    /// Forecasts.
    pub forecasts: usize,
    /// Units they are of.
    pub units: usize,
    /// The share of outcomes from the interval's lower to its upper end, both included. For a count it lies *above* the
    /// nominal share even if every forecast is right: where no death is given 97 %, every central interval begins at
    /// zero and holds at least these 97 %.
    pub closed: Resampled,
    /// The same with the ends counted in part, so that a right forecast's expectation *is* the nominal share: the part
    /// of the outcome's interval of probability that lies between (1 − nominal) / 2 and (1 + nominal) / 2, which is the
    /// chance that a randomised probability integral transform falls there (Czado, Gneiting & Held 2009, *Biometrics*
    /// 65: 1254–1261).
    pub randomised: Resampled,
    /// The same with an interval so wide that those of all of [`INTERVALS`] hold together in 90 % of cases (Bonferroni).
    pub together: Resampled,
}

impl Coverage {
    /// Does the nominal share lie in the 90 % interval of the randomised coverage? Of several right ones one in ten does not.
    pub fn nominal_within(&self) -> bool {
        self.randomised.holds(self.nominal)
    }

    /// Is the coverage consistent with the nominal share, all of [`INTERVALS`] being judged at once? This is the test of
    /// calibration, as [`Reliability::within`](super::Reliability::within) is that of probabilities.
    pub fn consistent(&self) -> bool {
        self.together.holds(self.nominal)
    }

    /// Does it lie in the 90 % interval of the closed coverage? For counts it need not.
    pub fn nominal_within_closed(&self) -> bool {
        self.closed.holds(self.nominal)
    }
}

/// The coverage of each of [`INTERVALS`], with 90 % intervals from resampling whole units (with all their windows).
/// Nothing where there is no such forecast.
pub fn coverage(windows: &[&[Judged]], among: Among, seed: u64) -> Vec<Coverage> {
    const N: usize = INTERVALS.len();
    let places = places(windows);
    let mut sums = Sums::new(places.len(), 1 + 2 * N);
    for judged in windows.iter().flat_map(|window| window.iter()) {
        if among == Among::Active && !judged.active {
            continue;
        }
        let unit = sums.unit_mut(places[&judged.unit]);
        unit[0] += 1.0;
        for (i, nominal) in INTERVALS.into_iter().enumerate() {
            unit[1 + i] += f64::from(u8::from(judged.covered[i]));
            unit[1 + N + i] += share_between(judged.pit, (1.0 - nominal) / 2.0, (1.0 + nominal) / 2.0);
        }
    }
    let total = sums.total();
    let resamples = sums.resample(seed);
    let share = |column: usize| move |sums: &[f64]| (sums[0] > 0.5).then(|| sums[column] / sums[0]);
    let estimate = |column: usize| interval(share(column)(&total)?, &resamples, share(column));
    let all = 1.0 - (1.0 - LEVEL) / N as f64;
    let at_once = |column: usize| interval_of(all, share(column)(&total)?, &resamples, share(column));
    (0..N)
        .filter_map(|i| {
            Some(Coverage {
                nominal: INTERVALS[i],
                forecasts: total[0] as usize,
                units: (0..sums.units()).filter(|&unit| sums.unit(unit)[0] > 0.5).count(),
                closed: estimate(1 + i)?,
                randomised: estimate(1 + N + i)?,
                together: at_once(1 + N + i)?,
            })
        })
        .collect()
}
