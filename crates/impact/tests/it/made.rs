//! Panels that are made, with an effect that is known: factors in common, errors that depend on those before, counts with
//! heavy tails.

use lysoen_impact::{Design, Donor};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// What is drawn, in the order of drawing.
pub(crate) struct Draws(ChaCha8Rng);

impl Draws {
    /// The stream of one panel of a simulation.
    pub(crate) fn of(seed: u64, panel: u64) -> Draws {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        random.set_stream(panel);
        Draws(random)
    }

    /// Between 0 and 1, neither of them.
    pub(crate) fn uniform(&mut self) -> f64 {
        ((self.0.next_u64() >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    /// Standard normal (Box & Muller).
    pub(crate) fn normal(&mut self) -> f64 {
        let radius = (-2.0 * self.uniform().ln()).sqrt();
        radius * (std::f64::consts::TAU * self.uniform()).cos()
    }

    /// Gamma with a shape and mean 1 (Marsaglia & Tsang 2000; below shape 1 by their boost).
    pub(crate) fn gamma(&mut self, shape: f64) -> f64 {
        let boosted = if shape < 1.0 { shape + 1.0 } else { shape };
        let d = boosted - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let normal = self.normal();
            let v = (1.0 + c * normal).powi(3);
            if v > 0.0 && self.uniform().ln() < 0.5 * normal * normal + d - d * v + d * v.ln() {
                let boost = if shape < 1.0 {
                    self.uniform().powf(1.0 / shape)
                } else {
                    1.0
                };
                return d * v * boost / shape;
            }
        }
    }

    /// Poisson: in parts of at most 30, each by multiplying uniforms.
    pub(crate) fn poisson(&mut self, mean: f64) -> f64 {
        let (mut left, mut count) = (mean, 0.0);
        while left > 0.0 {
            let limit = (-left.min(30.0)).exp();
            let mut product = self.uniform();
            while product > limit {
                count += 1.0;
                product *= self.uniform();
            }
            left -= 30.0;
        }
        count
    }

    /// Errors that depend on those before, with standard deviation 1.
    pub(crate) fn ar1(&mut self, periods: usize, rho: f64) -> Vec<f64> {
        let mut errors = vec![self.normal()];
        for _ in 1..periods {
            let last = errors[errors.len() - 1];
            errors.push(rho * last + (1.0 - rho * rho).sqrt() * self.normal());
        }
        errors
    }
}

/// A world without a policy, whose places are all of one kind.
#[derive(Clone, Copy, Debug)]
pub(crate) struct World {
    pub(crate) units: usize,
    pub(crate) before: usize,
    pub(crate) after: usize,
    /// How much of an error is left in the next period.
    pub(crate) rho: f64,
    /// The standard deviation of the errors.
    pub(crate) noise: f64,
    /// What is drawn.
    pub(crate) kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Kind {
    /// Normal errors about level, a common course and two factors.
    Normal,
    /// Counts per 100,000 of a million people, negative binomial with a size of 20, about the same on a log scale.
    Counts,
}

impl World {
    pub(crate) const USUAL: World = World {
        units: 26,
        before: 20,
        after: 6,
        rho: 0.5,
        noise: 4.0,
        kind: Kind::Normal,
    };

    /// Unit by unit, period by period; levels about 60.
    pub(crate) fn draw(&self, draws: &mut Draws) -> Vec<Vec<f64>> {
        let periods = self.before + self.after;
        let common: Vec<f64> = running(&draws.ar1(periods, 0.3));
        let factors = [draws.ar1(periods, 0.8), draws.ar1(periods, 0.8)];
        let unit = |draws: &mut Draws| {
            let level = 60.0 + 8.0 * draws.normal();
            let loads = [2.0 * draws.normal(), 2.0 * draws.normal()];
            let errors = draws.ar1(periods, self.rho);
            let mean = |time: usize| {
                let factors = loads[0] * factors[0][time] + loads[1] * factors[1][time];
                level + common[time] + factors
            };
            match self.kind {
                Kind::Normal => (0..periods)
                    .map(|time| mean(time) + self.noise * errors[time])
                    .collect(),
                Kind::Counts => (0..periods)
                    .map(|time| {
                        let rate = 20.0 * ((mean(time) - 60.0 + self.noise * errors[time]) / 60.0).exp();
                        let clustered = rate * draws.gamma(20.0);
                        draws.poisson(clustered * 10.0) / 10.0
                    })
                    .collect(),
            }
        };
        (0..self.units).map(|_| unit(draws)).collect()
    }

    /// The first unit under a policy, the others its donors.
    pub(crate) fn design(&self, series: &[Vec<f64>]) -> Design {
        design(series, self.before)
    }
}

fn running(steps: &[f64]) -> Vec<f64> {
    let mut sum = 0.0;
    steps
        .iter()
        .map(|step| {
            sum += step;
            sum
        })
        .collect()
}

/// A design of series, the first under the policy.
pub(crate) fn design(series: &[Vec<f64>], pre: usize) -> Design {
    let periods = series[0].len();
    let donors = series[1..].iter().enumerate().map(|(number, values)| Donor {
        unit: format!("D{number:02}"),
        values: values.clone(),
    });
    Design::new(
        "Treated",
        (0..periods).map(|time| format!("{}", 1980 + time)).collect(),
        (0..periods).map(|time| time as f64).collect(),
        pre,
        series[0].clone(),
        donors.collect(),
    )
    .expect("a made design is one")
}

/// What of `of` tries may come with a probability: within three binomial standard errors, and one try.
pub(crate) fn at_most(found: usize, of: usize, probability: f64) -> bool {
    found as f64 <= of as f64 * probability + spread(of, probability)
}

/// The same from below.
pub(crate) fn at_least(found: usize, of: usize, probability: f64) -> bool {
    found as f64 >= of as f64 * probability - spread(of, probability)
}

fn spread(of: usize, probability: f64) -> f64 {
    3.0 * (of as f64 * probability * (1.0 - probability)).sqrt() + 1.0
}
