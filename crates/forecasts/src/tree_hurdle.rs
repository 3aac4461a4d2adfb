//! `trees`: a hurdle of trees. Whether anybody is killed by boosted trees upon the logistic regression; how many by a
//! quantile forest of the ratio to the level before (Meinshausen 2006), scaled to the unit's own level.

use lysoen_lexicon::panel::Panel;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use rayon::prelude::*;

use crate::atoms::Atoms;
use crate::features::{Design, Row, band_of, bands};
use crate::hurdle::{labels, logistic, over_hurdle};
use crate::model::{Abstention, Fitted, Model, Target};
use crate::trees::{Binned, Growth, Tree};

/// Direct hurdle by boosted trees and a quantile forest.
#[derive(Clone, Copy, Debug)]
pub struct TreeHurdle {
    pub rounds: usize,
    pub rate: f64,
    pub depth: usize,
    pub leaf: f64,
    pub trees: usize,
    pub fleaf: f64,
    pub fdepth: usize,
    pub tried: usize,
}

impl Default for TreeHurdle {
    fn default() -> Self {
        TreeHurdle {
            rounds: 60,
            rate: 0.1,
            depth: 3,
            leaf: 200.0,
            trees: 60,
            fleaf: 40.0,
            fdepth: 8,
            tried: 4,
        }
    }
}

impl Model for TreeHurdle {
    fn name(&self) -> &str {
        "trees"
    }

    fn about(&self) -> &str {
        "whether anybody is killed by boosted trees, how many by a quantile forest"
    }

    fn fit(&self, known: &Panel, targets: &[Target], seed: u64) -> Result<Box<dyn Fitted>, Abstention> {
        let design = Design::of(self.name(), known)?;
        let bands = bands(targets);
        let number = |at: usize| seed.wrapping_mul(1_000_003).wrapping_add(at as u64);
        let fits = bands.par_iter().enumerate();
        Ok(Box::new(FittedTrees {
            band_of: band_of(targets, &bands),
            fits: fits
                .map(|(at, band)| Band::fit(self, known, &design, band, number(at)))
                .collect(),
        }))
    }
}

struct Band {
    any: Vec<f64>,
    amounts: Vec<Atoms>,
}

impl Band {
    fn fit(m: &TreeHurdle, known: &Panel, design: &Design, band: &[Target], seed: u64) -> Band {
        Band {
            any: whether(m, known, design, band, seed),
            amounts: how_many(m, known, design, band, seed),
        }
    }
}

fn score(row: &Row, b: &[f64]) -> f64 {
    row.linear().iter().zip(b).map(|(x, b)| x * b).sum()
}

fn whether(m: &TreeHurdle, known: &Panel, design: &Design, band: &[Target], seed: u64) -> Vec<f64> {
    let base = logistic(&labels(known, design, band));
    let mut learnt: Vec<(&Row, f64, f64)> = Vec::new();
    for row in &design.training {
        let (mut there, mut violent) = (0.0, 0.0);
        for y in design.outcomes(known, row, band) {
            there += 1.0;
            violent += f64::from(u8::from(y > 0.0));
        }
        if there > 0.0 {
            learnt.push((row, violent / there, row.weight * there));
        }
    }
    let data = Binned::new(learnt.iter().map(|(row, ..)| row.features.as_slice()), design.features);
    let mut scores: Vec<f64> = learnt.iter().map(|(row, ..)| score(row, &base)).collect();
    let now: Vec<Option<Vec<u8>>> = design
        .now
        .iter()
        .map(|row| row.as_ref().map(|row| data.code(&row.features)))
        .collect();
    let mut told: Vec<f64> = design
        .now
        .iter()
        .map(|row| row.as_ref().map_or(0.0, |row| score(row, &base)))
        .collect();
    let growth = Growth {
        depth: m.depth,
        leaf: m.leaf,
        ridge: m.leaf / 4.0,
        tried: design.features * 2 / 3,
    };
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut gradients = vec![0.0; learnt.len()];
    let mut curvatures = vec![0.0; learnt.len()];
    for _ in 0..m.rounds {
        for (i, (_, y, weight)) in learnt.iter().enumerate() {
            let p = 1.0 / (1.0 + (-scores[i]).exp());
            gradients[i] = weight * (y - p);
            curvatures[i] = weight * p * (1.0 - p);
        }
        let rows = (0..learnt.len() as u32)
            .filter(|_| random.next_u32() & 1 == 0)
            .collect();
        let (tree, _) = Tree::grow(
            &data,
            rows,
            &gradients,
            &curvatures,
            Growth {
                leaf: m.leaf * 0.1,
                ..growth
            },
            &mut random,
        );
        for (i, score) in scores.iter_mut().enumerate() {
            *score += m.rate * tree.values[tree.leaf_of(&data, i)];
        }
        for (told, codes) in told.iter_mut().zip(&now) {
            if let Some(codes) = codes {
                *told += m.rate * tree.values[tree.leaf(codes)];
            }
        }
    }
    told.iter()
        .zip(&now)
        .map(|(score, codes)| {
            if codes.is_some() {
                1.0 / (1.0 + (-score).exp())
            } else {
                0.0
            }
        })
        .collect()
}

fn how_many(m: &TreeHurdle, known: &Panel, design: &Design, band: &[Target], seed: u64) -> Vec<Atoms> {
    // (row, ratio, weight)
    let mut learnt: Vec<(&Row, f64, f64)> = Vec::new();
    for row in &design.training {
        for y in design.outcomes(known, row, band).filter(|y| *y > 0.0) {
            learnt.push((row, y / row.scale(), row.weight));
        }
    }
    let data = Binned::new(learnt.iter().map(|(row, ..)| row.features.as_slice()), design.features);
    let weights: Vec<f64> = learnt.iter().map(|(.., w)| *w).collect();
    let sums: Vec<f64> = learnt.iter().map(|(_, ratio, w)| ratio.ln() * w).collect();
    let growth = Growth {
        depth: m.fdepth,
        leaf: m.fleaf,
        ridge: 0.0,
        tried: m.tried,
    };
    let n = learnt.len();
    let forest: Vec<(Tree, Vec<Vec<u32>>)> = (0..m.trees)
        .into_par_iter()
        .map(|number| {
            let mut random = ChaCha8Rng::seed_from_u64(seed ^ ((number as u64 + 1) << 32));
            let rows = (0..n as u32).filter(|_| random.next_u32() & 1 == 0).collect();
            Tree::grow(&data, rows, &sums, &weights, growth, &mut random)
        })
        .collect();
    design
        .now
        .par_iter()
        .map(|row| {
            let Some(row) = row else { return Atoms::default() };
            let codes = data.code(&row.features);
            let mut share = vec![0.0; n];
            for (tree, leaves) in &forest {
                let leaf = &leaves[tree.leaf(&codes)];
                let all: f64 = leaf.iter().map(|row| weights[*row as usize]).sum();
                for row in leaf {
                    share[*row as usize] += weights[*row as usize] / all;
                }
            }
            let scale = row.scale();
            Atoms::new(
                share
                    .iter()
                    .zip(&learnt)
                    .filter(|(w, _)| **w > 0.0)
                    .map(|(w, (_, ratio, _))| ((ratio * scale).round().max(1.0), *w))
                    .collect(),
            )
        })
        .collect()
}

struct FittedTrees {
    band_of: Vec<usize>,
    fits: Vec<Band>,
}

impl Fitted for FittedTrees {
    fn draws(&self, unit: usize, target: usize, n: usize, draws: &mut Vec<f64>) {
        let band = &self.fits[self.band_of[target]];
        over_hurdle(band.any[unit], &band.amounts[unit], n, draws);
    }
}
