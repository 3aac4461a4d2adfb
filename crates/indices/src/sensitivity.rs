//! Which choice it depends on: variance-based sensitivity of an index to what is varied of it (Sobol' 2001, Mathematics and
//! Computers in Simulation 55: 271–280; Saltelli et al. 2010, Computer Physics Communications 181: 259–270).
//!
//! The factors are independent: each choice of method, all weights together, and the errors of all inputs together. The
//! *first-order* index of a factor is the share of the variance that would go if it alone were settled; its *total* index
//! the share that would be left if all others were. Where only methods vary the design is finite, and every combination is
//! built once: the indices are then exact. Else they are estimated from random rows.
//!
//! The rows are random numbers of [`crate::random`] and not a low-discrepancy sequence: the rows are then independent, as the
//! intervals, which draw rows again, need them to be.

use rayon::prelude::*;

use crate::data::Data;
use crate::index::{Index, Scratch};
use crate::random::Key;
use crate::rank::{First, Ties, rank};
use crate::uncertainty::{MOST_DRAWS, check_level, draws_at_once, quantile};
use crate::vary::{Drawn, Factor, Methods, Setting, Variation, VaryError};

/// How to compute it.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// Rows of the design, N: the index is built N (d + 2) times for d factors.
    pub rows: usize,
    /// The seed of all random numbers.
    pub seed: u64,
    /// The level of the intervals, 0–1.
    pub level: f64,
    /// How often rows are drawn again for the intervals.
    pub resamples: usize,
    /// The number whose variance is explained.
    pub target: Target,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            rows: 1000,
            seed: 1,
            level: 0.9,
            resamples: 1000,
            target: Target::RankChange,
        }
    }
}

/// The number whose variance is explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// The mean over units of the absolute difference between a unit's rank and that of the recipe as it is.
    RankChange,
    /// The index of one unit, by its number.
    Value(usize),
}

/// Which choice an index depends on.
#[derive(Clone, Debug, PartialEq)]
pub struct Sensitivity {
    /// How it was computed.
    pub how: How,
    /// The mean of the target.
    pub mean: f64,
    /// Its variance, over what is varied.
    pub variance: f64,
    /// The factors and their indices; none where the target does not vary.
    pub factors: Vec<(Factor, Option<Indices>)>,
    /// The methods among which the design chose.
    pub methods: Methods,
    /// What a reader must know.
    pub notes: Vec<String>,
}

/// How sensitivity was computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// From all combinations of methods.
    Exact {
        /// How many there are.
        combinations: usize,
    },
    /// From random rows.
    Sampled {
        /// How many.
        rows: usize,
        /// How often the index was built.
        builds: usize,
    },
}

/// The indices of a factor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Indices {
    /// First order.
    pub first: Estimate,
    /// Total order.
    pub total: Estimate,
}

/// A share of variance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The share; an estimate may lie a little outside 0–1.
    pub value: f64,
    /// Its interval; none where it is exact.
    pub interval: Option<(f64, f64)>,
}

impl Sensitivity {
    /// The indices of all factors: exact where only methods vary and their combinations are no more than the builds of the
    /// random design, else estimated. `progress` is told how often the index has been built.
    ///
    /// # Errors
    /// As [`crate::uncertainty::Uncertainty::run`], and where the unit asked for has no value in some build.
    pub fn run(
        index: &Index,
        data: &Data,
        period: usize,
        options: &Options,
        progress: &(dyn Fn(usize) + Sync),
    ) -> Result<Sensitivity, VaryError> {
        let explained = Explained::new(index, data, period, options)?;
        match explained.combinations() {
            Some(all) if all <= explained.builds() => explained.exact(all),
            _ => explained.sampled(progress),
        }
    }

    /// The indices by random rows, also where they could be exact.
    pub fn sampled(
        index: &Index,
        data: &Data,
        period: usize,
        options: &Options,
        progress: &(dyn Fn(usize) + Sync),
    ) -> Result<Sensitivity, VaryError> {
        Explained::new(index, data, period, options)?.sampled(progress)
    }
}

/// The target as a function of what is varied.
struct Explained<'a> {
    variation: Variation<'a>,
    data: &'a Data,
    options: &'a Options,
    root: usize,
    first: First,
    /// The ranks of the recipe as it is; NaN where there is none.
    nominal: Vec<f64>,
}

/// The target in one build, and how many units have a rank in the recipe as it is but not here.
struct Built {
    target: f64,
    lost: usize,
}

/// What a thread keeps between builds.
#[derive(Default)]
struct Room {
    scratch: Vec<Scratch>,
    values: Vec<f64>,
    ranks: Vec<(f64, u32)>,
}

impl<'a> Explained<'a> {
    fn new(index: &'a Index, data: &'a Data, period: usize, options: &'a Options) -> Result<Self, VaryError> {
        check_level(options.level)?;
        for (what, found) in [
            ("the number of rows", options.rows),
            ("the number of resamples", options.resamples),
        ] {
            if !(2..=MOST_DRAWS).contains(&found) {
                return Err(VaryError::Option {
                    what,
                    found: found.to_string(),
                    needed: "from 2 to 1,000,000; 1,000 are enough for intervals",
                });
            }
        }
        let mut explained = Explained {
            variation: Variation::new(index, data, period, options.seed)?,
            data,
            options,
            root: index.root(),
            first: index.first(index.root()).unwrap_or(First::Largest),
            nominal: Vec::new(),
        };
        let mut room = Room::default();
        explained
            .values(&Setting::default(), None, &mut room)
            .map_err(VaryError::Build)?;
        explained.rank(&mut room);
        explained.nominal = room.values;
        Ok(explained)
    }

    fn values(
        &self,
        setting: &Setting,
        drawn: Option<&Drawn>,
        room: &mut Room,
    ) -> Result<(), crate::index::BuildError> {
        room.values.clear();
        room.values.resize(self.data.units().len(), f64::NAN);
        let values = &mut [room.values.as_mut_slice()];
        self.variation
            .values(setting, drawn, &mut room.scratch, &[self.root], values)
    }

    fn rank(&self, room: &mut Room) {
        rank(&mut room.values, self.first, Ties::Smallest, &mut room.ranks);
    }

    /// The target under a setting, which is that of a draw.
    fn target(
        &self,
        number: usize,
        setting: &Setting,
        drawn: Option<&Drawn>,
        room: &mut Room,
    ) -> Result<Built, VaryError> {
        let number = number as u64;
        self.values(setting, drawn, room)
            .map_err(|source| self.variation.failed(number, setting, source))?;
        let (target, lost, unit) = match self.options.target {
            Target::Value(unit) => (room.values[unit], 0, self.data.units()[unit].code.as_str()),
            Target::RankChange => {
                self.rank(room);
                let both = || self.nominal.iter().zip(&room.values);
                let changes = both().map(|(nominal, rank)| (nominal - rank).abs());
                let changes: Vec<f64> = changes.filter(|change| !change.is_nan()).collect();
                let lost = both().filter(|(nominal, rank)| !nominal.is_nan() && rank.is_nan());
                let mean = changes.iter().sum::<f64>() / changes.len() as f64;
                (mean, lost.count(), "every unit")
            }
        };
        if target.is_nan() {
            let unit = unit.to_string();
            return Err(VaryError::NoValue { unit, number });
        }
        Ok(Built { target, lost })
    }

    /// How many combinations there are, if only methods vary.
    fn combinations(&self) -> Option<usize> {
        let only_methods = !self
            .variation
            .factors
            .iter()
            .any(|f| matches!(f, Factor::Weights | Factor::Inputs));
        only_methods.then(|| self.levels().iter().product())
    }

    /// How many methods each factor has.
    fn levels(&self) -> Vec<usize> {
        let methods = self.variation.methods.0.iter().map(Vec::len);
        methods.filter(|n| *n > 1).collect()
    }

    fn builds(&self) -> usize {
        self.options.rows * (self.variation.factors.len() + 2)
    }

    fn exact(&self, combinations: usize) -> Result<Sensitivity, VaryError> {
        let levels = self.levels();
        let built: Vec<Result<Built, VaryError>> = (0..combinations)
            .into_par_iter()
            .map_init(Room::default, |room, number| {
                let mut setting = Setting::default();
                let varied = setting.methods.iter_mut().zip(&self.variation.methods.0);
                let mut varied: Vec<&mut usize> = varied.filter(|(_, m)| m.len() > 1).map(|(c, _)| c).collect();
                for (choice, level) in varied.iter_mut().zip(combination(number, &levels)) {
                    **choice = level;
                }
                self.target(number, &setting, None, room)
            })
            .collect();
        let built: Vec<Built> = built.into_iter().collect::<Result<_, _>>()?;
        let lost = built.iter().map(|b| b.lost).max().unwrap_or_default();
        let targets: Vec<f64> = built.into_iter().map(|b| b.target).collect();
        let (mean, variance) = moments(targets.iter().copied());
        let how = How::Exact { combinations };
        Ok(self.told(how, (mean, variance), exact(&levels, &targets), lost))
    }

    fn sampled(&self, progress: &(dyn Fn(usize) + Sync)) -> Result<Sensitivity, VaryError> {
        let rows = self.options.rows;
        let factors = &self.variation.factors;
        let (a, b) = (
            self.variation.settings(0, rows),
            self.variation.settings(rows as u64, rows),
        );
        let at_once = (draws_at_once(&self.variation) / 2).clamp(1, rows);
        let mut room = (self.variation.room(at_once), self.variation.room(at_once));
        let mut design = Design::new(factors.len());
        let mut lost = 0;
        for start in (0..rows).step_by(at_once) {
            let block = start..rows.min(start + at_once);
            self.variation.draw(start as u64, &mut room.0[..block.len()]);
            self.variation.draw((rows + start) as u64, &mut room.1[..block.len()]);
            let built: Vec<Result<Vec<Built>, VaryError>> = block
                .clone()
                .into_par_iter()
                .map_init(Room::default, |own, row| {
                    let drawn = (&room.0[row - start], &room.1[row - start]);
                    self.row(row, (&a[row], &b[row]), drawn, own)
                })
                .collect();
            for row in built {
                let row = row?;
                lost = row.iter().map(|b| b.lost).fold(lost, usize::max);
                design.push(row.iter().map(|b| b.target));
            }
            progress(block.end * (factors.len() + 2));
        }
        let how = How::Sampled {
            rows,
            builds: self.builds(),
        };
        let indices = design.indices(self.options.level, self.options.resamples, self.options.seed);
        Ok(self.told(how, design.moments(), indices, lost))
    }

    /// The target at A, at B, and at A with each factor in turn as at B.
    fn row(
        &self,
        row: usize,
        (a, b): (&Setting, &Setting),
        drawn: (&Drawn, &Drawn),
        room: &mut Room,
    ) -> Result<Vec<Built>, VaryError> {
        let mut built = vec![
            self.target(row, a, Some(drawn.0), room)?,
            self.target(self.options.rows + row, b, Some(drawn.1), room)?,
        ];
        for factor in &self.variation.factors {
            let mut setting = a.clone();
            let inputs = if *factor == Factor::Inputs { drawn.1 } else { drawn.0 };
            setting.take(*factor, b);
            built.push(self.target(row, &setting, Some(inputs), room)?);
        }
        Ok(built)
    }

    fn told(&self, how: How, moments: (f64, f64), indices: Option<Vec<Indices>>, lost: usize) -> Sensitivity {
        let mut notes = self.variation.notes.clone();
        if indices.is_none() {
            notes.push("nothing that is varied changes the target, so there is no variance to explain".to_string());
        }
        if lost > 0 {
            notes.push(format!(
                "in some builds up to {lost} units have no value; the change of their ranks is not counted there"
            ));
        }
        let each = |at: usize| indices.as_ref().map(|indices| indices[at]);
        let factors = self.variation.factors.iter().enumerate();
        Sensitivity {
            how,
            mean: moments.0,
            variance: moments.1,
            factors: factors.map(|(at, factor)| (*factor, each(at))).collect(),
            methods: self.variation.methods.clone(),
            notes,
        }
    }
}

/// The target at the rows of the designs A, B and, for each factor, A with that factor as in B.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Design {
    a: Vec<f64>,
    b: Vec<f64>,
    ab: Vec<Vec<f64>>,
}

impl Design {
    /// A design for some factors, without rows yet.
    pub fn new(factors: usize) -> Design {
        Design {
            ab: vec![Vec::new(); factors],
            ..Design::default()
        }
    }

    /// Adds a row: the target at A, at B, and at A with each factor in turn as at B.
    pub fn push(&mut self, row: impl IntoIterator<Item = f64>) {
        let columns = [&mut self.a, &mut self.b].into_iter().chain(&mut self.ab);
        columns.zip(row).for_each(|(column, target)| column.push(target));
    }

    /// The mean and variance over A and B.
    pub fn moments(&self) -> (f64, f64) {
        moments(self.a.iter().chain(&self.b).copied())
    }

    /// The indices of each factor with intervals of a level, by drawing whole rows again; none where the target does not vary.
    pub fn indices(&self, level: f64, resamples: usize, seed: u64) -> Option<Vec<Indices>> {
        let whole = self.estimates(&vec![1.0; self.a.len()])?;
        let key = Key::new(seed, "rows drawn again", "", "");
        let again: Vec<Option<Vec<[f64; 2]>>> = (0..resamples)
            .into_par_iter()
            .map(|resample| {
                let rows = self.a.len();
                let (mut numbers, mut times) = (vec![0.0; rows], vec![0.0; rows]);
                key.uniforms((resample * rows) as u64, &mut numbers);
                for number in numbers {
                    times[(number * rows as f64) as usize] += 1.0;
                }
                self.estimates(&times)
            })
            .collect();
        // Rows that happen to be all alike say nothing; there are some only where next to nothing varies.
        let again: Vec<Vec<[f64; 2]>> = again.into_iter().flatten().collect();
        let interval = |factor: usize, order: usize| {
            let mut values: Vec<f64> = again.iter().map(|e| e[factor][order]).collect();
            values.sort_unstable_by(f64::total_cmp);
            (!values.is_empty()).then(|| {
                let end = |p: f64| quantile(&values, p);
                (end((1.0 - level) / 2.0), end((1.0 + level) / 2.0))
            })
        };
        let estimate = |factor: usize, order: usize| Estimate {
            value: whole[factor][order],
            interval: interval(factor, order),
        };
        let indices = (0..self.ab.len()).map(|factor| Indices {
            first: estimate(factor, 0),
            total: estimate(factor, 1),
        });
        Some(indices.collect())
    }

    /// First and total order of each factor, every row counted so many times: Sᵢ = mean(y_B (y_ABi − y_A))/V (Saltelli et al.
    /// 2010, Table 2 b) and STᵢ = mean((y_A − y_ABi)²)/2V (Jansen 1999, there Table 2 f), with y about its mean and V the variance
    /// over A and B.
    fn estimates(&self, times: &[f64]) -> Option<Vec<[f64; 2]>> {
        let rows: f64 = times.iter().sum();
        let both = || times.iter().zip(self.a.iter().zip(&self.b));
        let mean = both().map(|(n, (a, b))| n * (a + b)).sum::<f64>() / (2.0 * rows);
        let square = |x: f64| (x - mean) * (x - mean);
        let variance = both().map(|(n, (a, b))| n * (square(*a) + square(*b))).sum::<f64>() / (2.0 * rows);
        // What rounding leaves of a constant is no variance.
        if variance <= (1e-12 * mean).powi(2) {
            return None;
        }
        let each = |ab: &Vec<f64>| {
            let (mut first, mut total) = (0.0, 0.0);
            for ((n, (a, b)), ab) in both().zip(ab) {
                first += n * (b - mean) * (ab - a);
                total += n * (a - ab) * (a - ab);
            }
            [first / rows / variance, total / (2.0 * rows) / variance]
        };
        Some(self.ab.iter().map(each).collect())
    }
}

/// The exact indices of a full factorial design whose combinations are equally likely: the target for each combination, the
/// last factor changing fastest. None where it does not vary.
pub fn exact(levels: &[usize], targets: &[f64]) -> Option<Vec<Indices>> {
    let (mean, variance) = moments(targets.iter().copied());
    if variance <= (1e-12 * mean).powi(2) {
        return None;
    }
    // The variance of the means of groups that are equally large.
    let between = |groups: usize, group: &dyn Fn(&[usize]) -> usize| {
        let mut sums = vec![0.0; groups];
        for (number, target) in targets.iter().enumerate() {
            sums[group(&combination(number, levels))] += target;
        }
        let size = targets.len() as f64 / groups as f64;
        moments(sums.iter().map(|sum| sum / size)).1
    };
    let exactly = |value: f64| Estimate { value, interval: None };
    let each = |factor: usize| {
        let of_factor = between(levels[factor], &|combination| combination[factor]);
        let of_others = between(targets.len() / levels[factor], &|combination| {
            let others = combination.iter().zip(levels).enumerate();
            let others = others.filter(|(at, _)| *at != factor);
            others.fold(0, |number, (_, (choice, level))| number * level + choice)
        });
        Indices {
            first: exactly(of_factor / variance),
            total: exactly(1.0 - of_others / variance),
        }
    };
    Some((0..levels.len()).map(each).collect())
}

/// The choice of each factor in a combination of a full factorial design, by its number.
fn combination(mut number: usize, levels: &[usize]) -> Vec<usize> {
    let mut choices = vec![0; levels.len()];
    for (choice, level) in choices.iter_mut().zip(levels).rev() {
        *choice = number % level;
        number /= level;
    }
    choices
}

/// Mean and variance (of n).
fn moments(values: impl Iterator<Item = f64> + Clone) -> (f64, f64) {
    let n = values.clone().count() as f64;
    let mean = values.clone().sum::<f64>() / n;
    (mean, values.map(|v| (v - mean).powi(2)).sum::<f64>() / n)
}
