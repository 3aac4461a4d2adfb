//! `hurdle`: first whether anybody is killed, then how many, each directly for the months of a target.
//!
//! Whether: a logistic regression on decaying levels and shares. How many: ratios of what came to the level before, of the
//! months of all units that had about as high a level; scaled to the unit's own. Levels are geometric, for one catastrophe
//! would carry an arithmetic mean for a year.

use lysoen_lexicon::panel::Panel;
use rayon::prelude::*;

use crate::atoms::{Atoms, Quantiles};
use crate::features::{Design, LINEAR, OFFSET, Row, band_of, bands};
use crate::model::{Abstention, Fitted, Model, Target};

/// Direct hurdle by logistic regression and neighbours in level.
#[derive(Clone, Copy, Debug)]
pub struct Hurdle;

/// How many earlier months, nearest in level, lend their ratios.
const NEAREST: usize = 800;

impl Model for Hurdle {
    fn name(&self) -> &str {
        "hurdle"
    }

    fn about(&self) -> &str {
        "whether anybody is killed by logistic regression, how many by what followed elsewhere at about the same level"
    }

    fn fit(&self, known: &Panel, targets: &[Target], _seed: u64) -> Result<Box<dyn Fitted>, Abstention> {
        let design = Design::of(self.name(), known)?;
        let bands = bands(targets);
        let fits = bands.par_iter().map(|band| {
            let coefficients = logistic(&labels(known, &design, band));
            let any = |row: &Option<Row>| {
                row.as_ref()
                    .map_or(0.0, |row| chance(score(row.linear(), &coefficients)))
            };
            Hurdled::new(design.now.iter().map(any).collect(), how_many(known, &design, band))
        });
        Ok(Box::new(FittedHurdle::new(band_of(targets, &bands), fits.collect())))
    }
}

/// For each unit what is killed where anybody is, by the months nearest in level.
fn how_many(known: &Panel, design: &Design, band: &[Target]) -> Vec<Amounts> {
    let mut violent: Vec<Violent> = Vec::new();
    for row in &design.training {
        let outcomes = design.outcomes(known, row, band).filter(|y| *y > 0.0);
        violent.extend(outcomes.map(|y| Violent {
            level: (row.level + OFFSET).ln(),
            ratio: y / row.scale(),
            weight: row.weight,
        }));
    }
    violent.sort_by(|a, b| a.level.total_cmp(&b.level));
    // Most units are at peace and share one level.
    let mut levels: Vec<f64> = design.now.iter().flatten().map(|row| row.level).collect();
    levels.sort_by(f64::total_cmp);
    levels.dedup();
    let ratios: Vec<Quantiles> = levels.par_iter().map(|level| nearest(&violent, *level)).collect();
    let amounts = |row: &Option<Row>| {
        let Some(row) = row else { return Amounts::default() };
        let at = levels.partition_point(|level| *level < row.level);
        Amounts {
            scale: row.scale(),
            ratios: ratios[at].clone(),
        }
    };
    design.now.iter().map(amounts).collect()
}

/// A month with deaths, after a month of some level.
struct Violent {
    /// Logarithm of the level before and the offset.
    level: f64,
    ratio: f64,
    weight: f64,
}

fn nearest(violent: &[Violent], level: f64) -> Quantiles {
    let own = (level + OFFSET).ln();
    let at = violent.partition_point(|month| month.level < own);
    let (mut from, mut to) = (at, at);
    while to - from < NEAREST.min(violent.len()) {
        let below = from.checked_sub(1).map_or(f64::INFINITY, |i| own - violent[i].level);
        let above = violent.get(to).map_or(f64::INFINITY, |month| month.level - own);
        if below <= above {
            from -= 1;
        } else {
            to += 1;
        }
    }
    let ratios = violent[from..to].iter().map(|month| (month.ratio, month.weight));
    Quantiles::of(&Atoms::new(ratios.collect()))
}

/// What a regression on whether anybody is killed learns from.
pub(crate) struct Label<'r> {
    pub(crate) row: &'r Row,
    /// The share of the row's targets in which anybody was killed.
    pub(crate) share: f64,
    /// The row's weight, times its targets.
    pub(crate) weight: f64,
}

pub(crate) fn labels<'r>(known: &Panel, design: &'r Design, band: &[Target]) -> Vec<Label<'r>> {
    let label = |row: &'r Row| {
        let (mut there, mut violent) = (0.0, 0.0);
        for y in design.outcomes(known, row, band) {
            there += 1.0;
            violent += f64::from(u8::from(y > 0.0));
        }
        (there > 0.0).then(|| Label {
            row,
            share: violent / there,
            weight: row.weight * there,
        })
    };
    design.training.iter().filter_map(label).collect()
}

/// The probability that belongs to a logit.
pub(crate) fn chance(logit: f64) -> f64 {
    1.0 / (1.0 + (-logit).exp())
}

/// The logit of a row.
pub(crate) fn score(features: &[f32; LINEAR], coefficients: &[f64; LINEAR]) -> f64 {
    features.iter().zip(coefficients).map(|(x, b)| f64::from(*x) * b).sum()
}

/// Ridge logistic regression by Newton's method; the constant is not shrunk.
pub(crate) fn logistic(labels: &[Label<'_>]) -> [f64; LINEAR] {
    const RIDGE: f64 = 1.0;
    let mut coefficients = [0.0; LINEAR];
    for _ in 0..25 {
        let mut gradient = [0.0; LINEAR];
        let mut hessian = [[0.0; LINEAR]; LINEAR];
        for label in labels {
            let p = chance(score(label.row.linear(), &coefficients));
            let x = label.row.linear().map(f64::from);
            let (residual, curvature) = (label.weight * (label.share - p), label.weight * p * (1.0 - p));
            for i in 0..LINEAR {
                gradient[i] += residual * x[i];
                for j in 0..=i {
                    hessian[i][j] += curvature * x[i] * x[j];
                }
            }
        }
        for i in 0..LINEAR {
            let ridge = if i == 0 { 1e-9 } else { RIDGE };
            gradient[i] -= ridge * coefficients[i];
            hessian[i][i] += ridge;
        }
        let step = solve(hessian, gradient);
        for (coefficient, step) in coefficients.iter_mut().zip(step) {
            // Where nobody or everybody was killed the constant would run away.
            *coefficient += step.clamp(-4.0, 4.0);
        }
        if step.iter().all(|step| step.abs() < 1e-6) {
            break;
        }
    }
    coefficients
}

/// Solves the symmetric positive definite system whose lower half is given, by Cholesky's method.
fn solve(mut a: [[f64; LINEAR]; LINEAR], mut b: [f64; LINEAR]) -> [f64; LINEAR] {
    for i in 0..LINEAR {
        for j in 0..=i {
            let sum: f64 = a[i][j] - (0..j).map(|k| a[i][k] * a[j][k]).sum::<f64>();
            a[i][j] = if i == j { sum.max(1e-12).sqrt() } else { sum / a[j][j] };
        }
    }
    for i in 0..LINEAR {
        b[i] = (b[i] - (0..i).map(|k| a[i][k] * b[k]).sum::<f64>()) / a[i][i];
    }
    for i in (0..LINEAR).rev() {
        b[i] = (b[i] - (i + 1..LINEAR).map(|k| a[k][i] * b[k]).sum::<f64>()) / a[i][i];
    }
    b
}

/// What is killed where anybody is: ratios times a scale, at least one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Amounts {
    pub(crate) scale: f64,
    pub(crate) ratios: Quantiles,
}

/// The units' distributions in a band of targets.
pub(crate) struct Hurdled {
    any: Vec<f64>,
    amounts: Vec<Amounts>,
}

impl Hurdled {
    pub(crate) fn new(any: Vec<f64>, amounts: Vec<Amounts>) -> Hurdled {
        Hurdled { any, amounts }
    }
}

/// A hurdle that has been fitted: zero with some probability, and else an amount.
pub(crate) struct FittedHurdle {
    band_of: Vec<usize>,
    bands: Vec<Hurdled>,
}

impl FittedHurdle {
    pub(crate) fn new(band_of: Vec<usize>, bands: Vec<Hurdled>) -> FittedHurdle {
        FittedHurdle { band_of, bands }
    }
}

impl Fitted for FittedHurdle {
    fn draws(&self, unit: usize, target: usize, n: usize, draws: &mut Vec<f64>) {
        let band = &self.bands[self.band_of[target]];
        over_hurdle(band.any[unit], &band.amounts[unit], n, draws);
    }
}

/// Appends the draws of a distribution that is zero with the probability 1 − `any`, and else one of the amounts.
pub(crate) fn over_hurdle(any: f64, amounts: &Amounts, n: usize, draws: &mut Vec<f64>) {
    let all = n as f64;
    let zeros = ((1.0 - any) * all - 0.5).ceil().clamp(0.0, all) as usize;
    let zeros = if amounts.ratios.is_empty() { n } else { zeros };
    draws.extend(std::iter::repeat_n(0.0, zeros));
    // The quantile (i + ½)/n of the whole is that of the amounts at (i + ½ − n (1 − any)) / (n any).
    draws.extend((zeros..n).map(|i| {
        let probability = 1.0 - (all - i as f64 - 0.5) / (all * any);
        (amounts.ratios.at(probability) * amounts.scale).round().max(1.0)
    }));
}
