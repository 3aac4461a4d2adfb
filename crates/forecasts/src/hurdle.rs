//! `hurdle`: first whether anybody is killed, then how many, each directly for the months of a target.
//!
//! Whether: a logistic regression on decaying levels and shares. How many: ratios of what came to the level before, of the
//! months of all units that had about as high a level; scaled to the unit's own. Levels are geometric, for one catastrophe
//! would carry an arithmetic mean for a year.

use lysoen_lexicon::panel::Panel;
use rayon::prelude::*;

use crate::atoms::Atoms;
use crate::features::{Design, LINEAR, OFFSET, Row, band_of, bands};
use crate::model::{Abstention, Fitted, Model, Target};

/// Direct hurdle by logistic regression and scaled neighbours in level.
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
        Ok(Box::new(FittedHurdle {
            band_of: band_of(targets, &bands),
            fits: bands.par_iter().map(|band| Band::fit(known, &design, band)).collect(),
        }))
    }
}

struct Band {
    /// For each unit the probability that anybody is killed.
    any: Vec<f64>,
    /// For each unit what is killed where anybody is.
    amounts: Vec<Atoms>,
}

impl Band {
    fn fit(known: &Panel, design: &Design, band: &[Target]) -> Band {
        let coefficients = logistic(&labels(known, design, band));
        let mut positives = Vec::new();
        for row in &design.training {
            let violent = design.outcomes(known, row, band).filter(|y| *y > 0.0);
            positives.extend(violent.map(|y| (row.level, y / row.scale(), row.weight)));
        }
        positives.sort_by(|a, b| a.0.total_cmp(&b.0));
        let now = || design.now.par_iter();
        let any = now().map(|row| row.as_ref().map_or(0.0, |row| probability(row.linear(), &coefficients)));
        let amounts = now().map(|row| row.as_ref().map_or(Atoms::default(), |row| nearest(&positives, row)));
        Band {
            any: any.collect(),
            amounts: amounts.collect(),
        }
    }
}

/// What a logistic regression learns from: the features of a row, the share of its targets with deaths, and its weight.
pub(crate) type Label<'r> = (&'r [f64; LINEAR], f64, f64);

pub(crate) fn labels<'r>(known: &Panel, design: &'r Design, band: &[Target]) -> Vec<Label<'r>> {
    let label = |row: &'r Row| {
        let (mut there, mut violent) = (0.0, 0.0);
        for y in design.outcomes(known, row, band) {
            there += 1.0;
            violent += f64::from(u8::from(y > 0.0));
        }
        (there > 0.0).then(|| (row.linear(), violent / there, row.weight * there))
    };
    design.training.iter().filter_map(label).collect()
}

fn nearest(positives: &[(f64, f64, f64)], row: &Row) -> Atoms {
    let at = positives.partition_point(|p| p.0 < row.level);
    let (mut from, mut to) = (at, at);
    let log = |level: f64| (level + OFFSET).ln();
    let own = log(row.level);
    while to - from < NEAREST.min(positives.len()) {
        let below = from.checked_sub(1).map_or(f64::INFINITY, |i| own - log(positives[i].0));
        let above = positives.get(to).map_or(f64::INFINITY, |p| log(p.0) - own);
        if below <= above {
            from -= 1;
        } else {
            to += 1;
        }
    }
    let scale = row.scale();
    Atoms::new(
        positives[from..to]
            .iter()
            .map(|(_, ratio, weight)| ((ratio * scale).round().max(1.0), *weight))
            .collect(),
    )
}

pub(crate) fn probability(features: &[f64; LINEAR], coefficients: &[f64; LINEAR]) -> f64 {
    let score: f64 = features.iter().zip(coefficients).map(|(x, b)| x * b).sum();
    1.0 / (1.0 + (-score).exp())
}

/// Ridge logistic regression by Newton's method; the constant is not shrunk.
pub(crate) fn logistic(rows: &[Label<'_>]) -> [f64; LINEAR] {
    const RIDGE: f64 = 1.0;
    let mut b = [0.0; LINEAR];
    for _ in 0..25 {
        let mut gradient = [0.0; LINEAR];
        let mut hessian = [[0.0; LINEAR]; LINEAR];
        for (x, y, w) in rows {
            let p = probability(x, &b);
            let (residual, curvature) = (w * (y - p), w * p * (1.0 - p));
            for i in 0..LINEAR {
                gradient[i] += residual * x[i];
                let c = curvature * x[i];
                for j in 0..=i {
                    hessian[i][j] += c * x[j];
                }
            }
        }
        for i in 0..LINEAR {
            let ridge = if i == 0 { 1e-9 } else { RIDGE };
            gradient[i] -= ridge * b[i];
            hessian[i][i] += ridge;
        }
        let step = solve(hessian, gradient);
        let mut largest = 0.0f64;
        for i in 0..LINEAR {
            b[i] += step[i].clamp(-4.0, 4.0);
            largest = largest.max(step[i].abs());
        }
        if largest < 1e-6 {
            break;
        }
    }
    b
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

struct FittedHurdle {
    band_of: Vec<usize>,
    fits: Vec<Band>,
}

impl Fitted for FittedHurdle {
    fn draws(&self, unit: usize, target: usize, n: usize, draws: &mut Vec<f64>) {
        let band = &self.fits[self.band_of[target]];
        over_hurdle(band.any[unit], &band.amounts[unit], n, draws);
    }
}

/// Appends the draws of a distribution that is zero with the probability 1 − `any`, and else that of `amounts`.
pub(crate) fn over_hurdle(any: f64, amounts: &Atoms, n: usize, draws: &mut Vec<f64>) {
    let zeros = ((1.0 - any) * n as f64 - 0.5).ceil().clamp(0.0, n as f64) as usize;
    let zeros = if amounts.is_empty() { n } else { zeros };
    draws.extend(std::iter::repeat_n(0.0, zeros));
    // What is left of the quantiles: (i + ½)/n of the whole is (i + ½ − n (1 − any)) / (n any) of the amounts.
    let all = n as f64;
    for i in zeros..n {
        let p = 1.0 - (all - i as f64 - 0.5) / (all * any);
        draws.push(amounts.quantile(p.clamp(0.0, 1.0)));
    }
}
