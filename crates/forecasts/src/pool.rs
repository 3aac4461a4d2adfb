//! `pool`: a linear pool of models. Their distributions are mixed, not their quantiles averaged.
//!
//! Weights stand by how far ahead a target is and by how violent the unit's last year was. They are learnt on rolling origins
//! that lie wholly before the forecast's own, by the ignorance score and the capped CRPS of the mixture, and drawn towards the
//! weights that were set beforehand.

use lysoen_lexicon::panel::Panel;
use rayon::prelude::*;

use crate::history::exists_at_origin;
use crate::model::{Abstention, Fitted, Model, Target};
use crate::score;

/// A linear pool.
pub struct Pool {
    name: String,
    about: String,
    members: Vec<Member>,
    learning: Option<Learning>,
}

/// A model in a pool.
pub struct Member {
    /// The model.
    pub model: Box<dyn Model>,
    /// Its weight before anything is learnt; all together are 1.
    pub weight: f64,
}

/// How weights are learnt.
#[derive(Clone, Copy, Debug)]
pub struct Learning {
    /// How many past origins are tried.
    pub origins: usize,
    /// Months between them.
    pub apart: usize,
    /// How strongly the weights are held to those set beforehand; in units of the loss, relative to country12's.
    pub hold: f64,
}

impl Default for Learning {
    fn default() -> Self {
        Learning {
            origins: 8,
            apart: 6,
            hold: 0.2,
        }
    }
}

/// Draws by which a member is judged on a past origin.
const TRIED_DRAWS: usize = 100;
/// Deaths in the last 12 months that divide the classes of violence.
const CLASSES: [f64; 2] = [1.0, 100.0];
/// How far ahead: near, middle, far; and the step by which each is judged.
const REACHES: [u32; 3] = [4, 10, 24];

/// Which reach a target has, by its middle month.
fn reach(target: Target) -> usize {
    match (target.first + target.last) / 2 {
        0..=5 => 0,
        6..=14 => 1,
        _ => 2,
    }
}

fn class(panel: &Panel, unit: usize) -> usize {
    let series = panel.series(unit);
    let year = &series[series.len().saturating_sub(12)..];
    let deaths: f64 = year.iter().filter(|value| !value.is_nan()).sum();
    CLASSES.partition_point(|from| *from <= deaths)
}

impl Pool {
    /// A pool under a name.
    pub fn new(name: &str, about: &str, members: Vec<Member>, learning: Option<Learning>) -> Pool {
        Pool {
            name: name.to_string(),
            about: about.to_string(),
            members,
            learning,
        }
    }
}

impl Model for Pool {
    fn name(&self) -> &str {
        &self.name
    }

    fn about(&self) -> &str {
        &self.about
    }

    fn fit(&self, known: &Panel, targets: &[Target], seed: u64) -> Result<Box<dyn Fitted>, Abstention> {
        let fits: Vec<_> = self
            .members
            .par_iter()
            .map(|member| member.model.fit(known, targets, seed))
            .collect();
        let mut members = Vec::new();
        let mut fitted = Vec::new();
        let mut reason = None;
        for (member, fit) in self.members.iter().zip(fits) {
            match fit {
                Ok(fit) => {
                    members.push(member);
                    fitted.push(fit);
                }
                Err(abstention) => reason = Some(least(reason, abstention)),
            }
        }
        if let (true, Some(reason)) = (fitted.is_empty(), reason) {
            return Err(reason);
        }
        let all: f64 = members.iter().map(|member| member.weight).sum();
        let prior: Vec<f64> = members.iter().map(|member| member.weight / all).collect();
        let reaches: Vec<usize> = targets.iter().map(|target| reach(*target)).collect();
        let weights = match self.learning {
            Some(learning) => learn(&members, &prior, learning, known, &reaches, seed),
            None => vec![vec![prior; CLASSES.len() + 1]; REACHES.len()],
        };
        Ok(Box::new(FittedPool {
            classes: (0..known.units().len()).map(|unit| class(known, unit)).collect(),
            fitted,
            reaches,
            weights,
        }))
    }
}

/// Of two reasons the one that is overcome first.
fn least(one: Option<Abstention>, other: Abstention) -> Abstention {
    match (one, other) {
        (Some(Abstention::TooShort { model, needed, there }), Abstention::TooShort { needed: more, .. })
            if needed <= more =>
        {
            Abstention::TooShort { model, needed, there }
        }
        (_, other) => other,
    }
}

struct FittedPool {
    fitted: Vec<Box<dyn Fitted>>,
    classes: Vec<usize>,
    reaches: Vec<usize>,
    /// By reach, class and member.
    weights: Vec<Vec<Vec<f64>>>,
}

impl Fitted for FittedPool {
    fn draws(&self, unit: usize, target: usize, n: usize, draws: &mut Vec<f64>) {
        let weights = &self.weights[self.reaches[target]][self.classes[unit]];
        let from = draws.len();
        let (mut share, mut taken) = (0.0, 0);
        for (member, weight) in self.fitted.iter().zip(weights) {
            share += weight;
            let upto = ((share * n as f64).round() as usize).min(n);
            if upto > taken {
                member.draws(unit, target, upto - taken, draws);
            }
            taken = taken.max(upto);
        }
        draws[from..].sort_by(f64::total_cmp);
    }
}

/// What is needed to know the loss of any mixture of the members in a class.
#[derive(Clone)]
struct Tried {
    /// For each unit the share of each member's draws in the bin of the outcome.
    hits: Vec<Vec<f64>>,
    /// Sums of E|X − y| by member and of E|X − X′| by pair, capped.
    apart: Vec<f64>,
    pairs: Vec<Vec<f64>>,
}

fn learn(
    members: &[&Member],
    prior: &[f64],
    learning: Learning,
    known: &Panel,
    wanted: &[usize],
    seed: u64,
) -> Vec<Vec<Vec<f64>>> {
    let set: Vec<Vec<f64>> = vec![prior.to_vec(); CLASSES.len() + 1];
    let mut weights = vec![set; REACHES.len()];
    for (reach, step) in REACHES.iter().enumerate() {
        if !wanted.contains(&reach) {
            continue;
        }
        let target = Target::month(*step);
        let origins =
            (0..learning.origins).map(|k| known.months() as i64 - 1 - i64::from(*step) - (k * learning.apart) as i64);
        let origins: Vec<i64> = origins.filter(|origin| *origin >= 48).collect();
        let tries: Vec<Vec<Tried>> = origins
            .par_iter()
            .map(|origin| attempt(members, known, *origin as i32, target, seed))
            .collect();
        for (class, weights) in weights[reach].iter_mut().enumerate() {
            let tried: Vec<&Tried> = tries.iter().filter_map(|classes| classes.get(class)).collect();
            *weights = best(&tried, prior, learning.hold);
        }
    }
    weights
}

/// Fits the members at a past origin and compares them with what came; by class. Empty where one of them abstains.
fn attempt(members: &[&Member], known: &Panel, origin: i32, target: Target, seed: u64) -> Vec<Tried> {
    let then = known.until(known.first().plus(origin));
    let fits: Result<Vec<_>, _> = members
        .iter()
        .map(|member| member.model.fit(&then, &[target], seed))
        .collect();
    let Ok(fits) = fits else { return Vec::new() };
    let k = members.len();
    let empty = Tried {
        hits: Vec::new(),
        apart: vec![0.0; k],
        pairs: vec![vec![0.0; k]; k],
    };
    let mut classes = vec![empty; CLASSES.len() + 1];
    let month = then.last().plus(target.last as i32);
    let mut draws: Vec<Vec<f64>> = vec![Vec::new(); k];
    for unit in (0..then.units().len()).filter(|unit| exists_at_origin(&then, *unit)) {
        let Some(outcome) = known.get(unit, month) else {
            continue;
        };
        for (fit, draws) in fits.iter().zip(&mut draws) {
            draws.clear();
            fit.draws(unit, 0, TRIED_DRAWS, draws);
        }
        let tried = &mut classes[class(&then, unit)];
        tried.hits.push(
            draws
                .iter()
                .map(|draws| 2f64.powf(-score::ign(draws, outcome)))
                .collect(),
        );
        for draws in &mut draws {
            draws.iter_mut().for_each(|draw| *draw = draw.min(score::CAP));
        }
        let y = outcome.min(score::CAP);
        for a in 0..k {
            tried.apart[a] += draws[a].iter().map(|x| (x - y).abs()).sum::<f64>() / TRIED_DRAWS as f64;
            for b in 0..=a {
                let distance = distance(&draws[a], &draws[b]);
                tried.pairs[a][b] += distance;
            }
        }
    }
    classes
}

/// Mean distance between the draws of two distributions, each in rising order.
fn distance(a: &[f64], b: &[f64]) -> f64 {
    // Σ over all pairs, by going through both at once: ∫ F(1 − G) + G(1 − F).
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    let mut at = f64::NEG_INFINITY;
    while i < a.len() || j < b.len() {
        let next = a
            .get(i)
            .copied()
            .unwrap_or(f64::INFINITY)
            .min(b.get(j).copied().unwrap_or(f64::INFINITY));
        if at.is_finite() {
            let (f, g) = (i as f64 / a.len() as f64, j as f64 / b.len() as f64);
            sum += (next - at) * (f * (1.0 - g) + g * (1.0 - f));
        }
        at = next;
        while a.get(i) == Some(&next) {
            i += 1;
        }
        while b.get(j) == Some(&next) {
            j += 1;
        }
    }
    sum
}

/// The weights of least loss, held to those set beforehand: exponentiated gradient on the simplex.
fn best(tried: &[&Tried], prior: &[f64], hold: f64) -> Vec<f64> {
    let k = prior.len();
    let hits: Vec<&Vec<f64>> = tried.iter().flat_map(|tried| &tried.hits).collect();
    if hits.is_empty() {
        return prior.to_vec();
    }
    let n = hits.len() as f64;
    let apart: Vec<f64> = (0..k)
        .map(|a| tried.iter().map(|t| t.apart[a]).sum::<f64>() / n)
        .collect();
    let pair = |a: usize, b: usize| tried.iter().map(|t| t.pairs[a.max(b)][a.min(b)]).sum::<f64>() / n;
    let pairs: Vec<Vec<f64>> = (0..k).map(|a| (0..k).map(|b| pair(a, b)).collect()).collect();
    let crps = |w: &[f64]| -> f64 {
        let mut total = 0.0;
        for a in 0..k {
            total += w[a] * apart[a];
            for b in 0..k {
                total -= 0.5 * w[a] * w[b] * pairs[a][b];
            }
        }
        total
    };
    let ignorance = |w: &[f64]| -> f64 {
        -hits
            .iter()
            .map(|hit| hit.iter().zip(w).map(|(h, w)| h * w).sum::<f64>().ln())
            .sum::<f64>()
            / n
    };
    // Both losses relative to that of the weights set beforehand, so that they count alike.
    let (crps_unit, ignorance_unit) = (crps(prior).max(1e-9), ignorance(prior).max(1e-9));
    let mut w = prior.to_vec();
    for _ in 0..200 {
        let mut gradient = vec![0.0; k];
        for hit in &hits {
            let p: f64 = hit.iter().zip(&w).map(|(h, w)| h * w).sum();
            for a in 0..k {
                gradient[a] -= hit[a] / p / n / ignorance_unit;
            }
        }
        for a in 0..k {
            let spread: f64 = (0..k).map(|b| w[b] * pairs[a][b]).sum();
            gradient[a] += (apart[a] - spread) / crps_unit;
            gradient[a] += hold * (w[a] / prior[a]).ln();
        }
        let mean: f64 = gradient.iter().zip(&w).map(|(g, w)| g * w).sum();
        let rate = 1.0;
        for a in 0..k {
            w[a] *= (-rate * (gradient[a] - mean)).clamp(-1.0, 1.0).exp();
        }
        let all: f64 = w.iter().sum();
        w.iter_mut().for_each(|w| *w = (*w / all).max(1e-6));
    }
    w
}
