//! Forecasts of invented wars, of which is known whether they are right.

use lysoen_forecasts::judged::Judged;
use lysoen_lexicon::panel::Month;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// How a world is made.
#[derive(Clone, Copy)]
pub(crate) struct World {
    pub(crate) units: u32,
    pub(crate) windows: i32,
    /// How probably a month shares its window's chance.
    pub(crate) shared: f64,
    /// By what factor, up or down, the truth lies beside each forecast: 1 where forecasts are right.
    pub(crate) beside: f64,
}

pub(crate) const RIGHT: World = World {
    units: 80,
    windows: 3,
    shared: 0.6,
    beside: 1.0,
};

const DRAWS: usize = 400;
const MONTHS: i32 = 12;

/// The count at a probability of a distribution with mass at zero: none with probability `quiet`, else 1, 2, … with a
/// long tail.
fn count(quiet: f64, scale: f64, probability: f64) -> f64 {
    if probability < quiet {
        return 0.0;
    }
    let rest = (probability - quiet) / (1.0 - quiet);
    (scale * -(1.0 - rest).ln()).ceil().max(1.0)
}

impl World {
    /// Forecasts and outcomes, window by window.
    pub(crate) fn judged(self, seed: u64) -> Vec<Vec<Judged>> {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let mut even = move || (random.next_u64() >> 11) as f64 * 2f64.powi(-53);
        (0..self.windows)
            .map(|window| {
                let mut judged = Vec::new();
                for unit in 0..self.units {
                    // From peace to war; a tenth has much of both.
                    let quiet = even();
                    let scale = 10f64.powf(3.0 * even());
                    let mut draws: Vec<f64> = (0..DRAWS)
                        .map(|i| count(quiet, scale, (i as f64 + 0.5) / DRAWS as f64))
                        .collect();
                    draws.sort_by(f64::total_cmp);
                    let truth = if even() < 0.5 { self.beside } else { 1.0 / self.beside };
                    let common = even();
                    for month in 0..MONTHS {
                        let chance = if even() < self.shared { common } else { even() };
                        let outcome = count(quiet.powf(truth), scale * truth, chance);
                        let month = Month::of(2018, 1).plus(12 * window + month);
                        judged.push(Judged::of(unit, month, quiet < 0.9, &draws, outcome));
                    }
                }
                judged
            })
            .collect()
    }
}

/// Windows as they are handed over.
pub(crate) fn slices(windows: &[Vec<Judged>]) -> Vec<&[Judged]> {
    windows.iter().map(Vec::as_slice).collect()
}
