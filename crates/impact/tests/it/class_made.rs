//! Made-up classes of policies, the same for the same seed.

use lysoen_impact::Panel;
use lysoen_impact::class::{Adopted, Asked};
use lysoen_impact::methods::Method;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// How a class is made.
pub(crate) struct Making {
    pub(crate) adopters: usize,
    pub(crate) never: usize,
    pub(crate) periods: usize,
    /// The logarithm of the ratio of rates, in the mean over cases.
    pub(crate) effect: f64,
    /// How the cases' differ, as a standard deviation.
    pub(crate) tau: f64,
    /// The standard deviation of a period's own noise, in logarithms; it is heavy-tailed and carries over by half.
    pub(crate) noise: f64,
    /// How many adopters share a conflict, with one date and course.
    pub(crate) shared: usize,
    /// The standard deviation of what a conflict does to all its places from the date on.
    pub(crate) shock: f64,
}

impl Default for Making {
    fn default() -> Making {
        Making {
            adopters: 16,
            never: 40,
            periods: 24,
            effect: 0.0,
            tau: 0.0,
            noise: 0.25,
            shared: 1,
            shock: 0.0,
        }
    }
}

pub(crate) fn uniform(random: &mut ChaCha8Rng) -> f64 {
    (f64::from(random.next_u32()) + 0.5) / 4_294_967_296.0
}

pub(crate) fn normal(random: &mut ChaCha8Rng) -> f64 {
    let radius = (-2.0 * uniform(random).ln()).sqrt();
    radius * (std::f64::consts::TAU * uniform(random)).cos()
}

/// A t with five degrees of freedom, of variance 1.
fn heavy(random: &mut ChaCha8Rng) -> f64 {
    let squares: f64 = (0..5).map(|_| normal(random).powi(2)).sum();
    normal(random) / (squares / 5.0).sqrt() * (3.0_f64 / 5.0).sqrt()
}

/// A panel of rates and what is asked of it: adopters first, at dates from period 13 on.
pub(crate) fn class(making: &Making, seed: u64) -> (Panel, Asked) {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let units = making.adopters + making.never;
    let mut panel = Panel::new(
        (0..units).map(|unit| format!("P{unit:03}")).collect(),
        (0..making.periods).map(|time| (1990 + time).to_string()).collect(),
    );
    let common: Vec<f64> = (0..making.periods).map(|_| 0.3 * normal(&mut random)).collect();
    let conflicts = making.adopters.div_ceil(making.shared);
    let late = (making.periods - 5 - 13).max(1);
    let date: Vec<usize> = (0..conflicts).map(|conflict| 13 + conflict % late).collect();
    let shock: Vec<f64> = (0..conflicts).map(|_| making.shock * normal(&mut random)).collect();
    let effect: Vec<f64> = (0..conflicts)
        .map(|_| making.effect + making.tau * normal(&mut random))
        .collect();
    for unit in 0..units {
        let people = (5e6 * normal(&mut random).exp()).max(4e5).round();
        let level = 2.5 + 0.7 * normal(&mut random);
        let conflict = (unit < making.adopters).then_some(unit / making.shared);
        let mut noise = 0.0;
        for (time, common) in common.iter().enumerate() {
            noise = 0.5 * noise + (0.75_f64).sqrt() * making.noise * heavy(&mut random);
            let under = conflict.filter(|conflict| time >= date[*conflict]);
            let by_policy = under.map_or(0.0, |conflict| effect[conflict] + shock[conflict]);
            let rate = (level + common + noise + by_policy).exp();
            let counted = (rate * people / 1e5).round();
            panel.set(unit, time, counted * 1e5 / people);
            panel.set_people(unit, time, people);
        }
    }
    let adopted = (0..making.adopters).map(|unit| Adopted {
        unit,
        first: date[unit / making.shared],
        cluster: format!("conflict {:03}", unit / making.shared),
    });
    let asked = Asked {
        adopted: adopted.collect(),
        never: (making.adopters..units).collect(),
        before: 10,
        after: 4,
        draws: 199,
        seed,
        method: Method::Did,
        ..Asked::default()
    };
    (panel, asked)
}
