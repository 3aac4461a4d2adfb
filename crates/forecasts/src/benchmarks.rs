//! The benchmarks of the VIEWS prediction challenge 2023/24, as it defines them.

use lysoen_lexicon::panel::Panel;
use rayon::prelude::*;
use statrs::distribution::{DiscreteCDF, Poisson};

use crate::atoms::Atoms;
use crate::history::{Lengths, past_sums};
use crate::model::{Abstention, Fitted, Model, Target};

/// Months of own history that the conflictology benchmarks look at.
const MONTHS: usize = 12;
/// Months that `bootstrap240` pools.
const POOLED: usize = 240;

/// `country12` ("conflictology"): the unit's last 12 months are the draws, each as likely. The same at grid level is the
/// own-cell benchmark. A total over k months takes the sums over k months that ended in the last 12.
#[derive(Clone, Copy, Debug)]
pub struct Country12;

impl Model for Country12 {
    fn name(&self) -> &str {
        "country12"
    }

    fn about(&self) -> &str {
        "the unit's own last 12 months, each as likely as the others"
    }

    fn fit(&self, known: &Panel, targets: &[Target], _seed: u64) -> Result<Box<dyn Fitted>, Abstention> {
        needs(self.name(), known, MONTHS)?;
        Ok(Box::new(PerUnit::build(known, targets, |unit, length| {
            let recent = past_sums(known.series(unit), length).filter(|(age, _)| *age < MONTHS);
            Atoms::equal(recent.map(|(_, sum)| sum))
        })))
    }
}

/// `neighbors12`: the last 12 months of the unit and of the eight cells around it; a cell that is not there counts as zeros.
#[derive(Clone, Copy, Debug)]
pub struct Neighbors12;

/// Cells around a cell.
const AROUND: usize = 8;

impl Model for Neighbors12 {
    fn name(&self) -> &str {
        "neighbors12"
    }

    fn about(&self) -> &str {
        "the last 12 months of the cell and its 8 neighbours, each as likely as the others"
    }

    fn fit(&self, known: &Panel, targets: &[Target], _seed: u64) -> Result<Box<dyn Fitted>, Abstention> {
        needs(self.name(), known, MONTHS)?;
        if !known.knows_neighbours() {
            return Err(Abstention::NoNeighbours {
                model: self.name().to_string(),
            });
        }
        Ok(Box::new(PerUnit::build(known, targets, |unit, length| {
            let beside = known.neighbours(unit).iter().map(|beside| *beside as usize);
            let mut values = Vec::with_capacity((AROUND + 1) * MONTHS);
            for unit in std::iter::once(unit).chain(beside) {
                let recent = past_sums(known.series(unit), length).filter(|(age, _)| *age < MONTHS);
                values.extend(recent.map(|(_, sum)| sum));
            }
            values.resize(values.len().max((AROUND + 1) * MONTHS), 0.0);
            Atoms::equal(values)
        })))
    }
}

/// `bootstrap240`: draws from all units and the last 240 months together.
#[derive(Clone, Copy, Debug)]
pub struct Bootstrap240;

impl Model for Bootstrap240 {
    fn name(&self) -> &str {
        "bootstrap240"
    }

    fn about(&self) -> &str {
        "all units and the last 240 months together, the same for every unit"
    }

    fn fit(&self, known: &Panel, targets: &[Target], _seed: u64) -> Result<Box<dyn Fitted>, Abstention> {
        needs(self.name(), known, MONTHS)?;
        let pooled = |target: &Target| {
            let length = target.length() as usize;
            let units = 0..known.units().len();
            let sums = units.flat_map(|unit| past_sums(known.series(unit), length));
            Atoms::equal(sums.filter(|(age, _)| *age < POOLED).map(|(_, sum)| sum))
        };
        Ok(Box::new(Pooled(targets.iter().map(pooled).collect())))
    }
}

struct Pooled(Vec<Atoms>);

impl Fitted for Pooled {
    fn draws(&self, _unit: usize, target: usize, n: usize, draws: &mut Vec<f64>) {
        self.0[target].each_quantile(n, |value| draws.push(value));
    }
}

/// `last`: a Poisson distribution whose mean is the last month.
#[derive(Clone, Copy, Debug)]
pub struct Last;

impl Model for Last {
    fn name(&self) -> &str {
        "last"
    }

    fn about(&self) -> &str {
        "a Poisson distribution around the last month"
    }

    fn fit(&self, known: &Panel, targets: &[Target], _seed: u64) -> Result<Box<dyn Fitted>, Abstention> {
        needs(self.name(), known, 1)?;
        let units = 0..known.units().len();
        Ok(Box::new(LastMonth {
            months: units
                .map(|u| known.series(u).last().copied().unwrap_or(f64::NAN))
                .collect(),
            targets: targets.to_vec(),
        }))
    }
}

struct LastMonth {
    months: Vec<f64>,
    targets: Vec<Target>,
}

impl Fitted for LastMonth {
    fn draws(&self, unit: usize, target: usize, n: usize, draws: &mut Vec<f64>) {
        let mean = self.months[unit] * f64::from(self.targets[target].length());
        let Ok(poisson) = Poisson::new(mean) else {
            // No deaths, no spread.
            draws.extend(std::iter::repeat_n(0.0, n));
            return;
        };
        // Upwards from below the first quantile; ten standard deviations hold all of them.
        let start = (mean - 10.0 * mean.sqrt() - 10.0).max(0.0) as u64;
        let (mut value, mut below) = (start, poisson.cdf(start));
        for i in 0..n {
            while below < (i as f64 + 0.5) / n as f64 {
                value += 1;
                below = poisson.cdf(value);
            }
            draws.push(value as f64);
        }
    }
}

/// `zero`: nobody is killed anywhere.
#[derive(Clone, Copy, Debug)]
pub struct Zero;

impl Model for Zero {
    fn name(&self) -> &str {
        "zero"
    }

    fn about(&self) -> &str {
        "nobody is killed"
    }

    fn fit(&self, _known: &Panel, _targets: &[Target], _seed: u64) -> Result<Box<dyn Fitted>, Abstention> {
        Ok(Box::new(Zeros))
    }
}

struct Zeros;

impl Fitted for Zeros {
    fn draws(&self, _unit: usize, _target: usize, n: usize, draws: &mut Vec<f64>) {
        draws.extend(std::iter::repeat_n(0.0, n));
    }
}

/// A distribution for each unit and length of target, the same at every step.
pub(crate) struct PerUnit {
    lengths: Lengths,
    /// By unit, and then by length.
    atoms: Vec<Atoms>,
}

impl PerUnit {
    /// Calls `build` once for each unit and length of target in months.
    pub(crate) fn build(known: &Panel, targets: &[Target], build: impl Fn(usize, usize) -> Atoms + Sync) -> PerUnit {
        let lengths = Lengths::of(targets);
        let units = (0..known.units().len()).into_par_iter();
        let atoms = units.flat_map_iter(|unit| lengths.iter().map(|length| build(unit, length)).collect::<Vec<_>>());
        PerUnit {
            atoms: atoms.collect(),
            lengths,
        }
    }
}

impl Fitted for PerUnit {
    fn draws(&self, unit: usize, target: usize, n: usize, draws: &mut Vec<f64>) {
        let atoms = &self.atoms[unit * self.lengths.count() + self.lengths.of_target(target)];
        atoms.each_quantile(n, |value| draws.push(value));
    }
}

/// Abstains where the panel has fewer months than the model needs.
pub(crate) fn needs(model: &str, known: &Panel, months: usize) -> Result<(), Abstention> {
    if known.months() >= months {
        return Ok(());
    }
    Err(Abstention::TooShort {
        model: model.to_string(),
        needed: months,
        there: known.months(),
    })
}
