//! `trees`: a hurdle of trees. Whether anybody is killed by boosted trees upon the logistic regression (Friedman 2001); how
//! many by a quantile forest of the ratio to the level before (Meinshausen 2006), scaled to the unit's own level.

use lysoen_lexicon::panel::Panel;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use rayon::prelude::*;

use crate::atoms::{Atoms, Quantiles};
use crate::features::{Design, Row, band_of, bands};
use crate::hurdle::{Amounts, FittedHurdle, Hurdled, chance, labels, logistic, score};
use crate::model::{Abstention, Fitted, Model, Target};
use crate::trees::{Binned, Growth, Tree};

/// Direct hurdle by boosted trees and a quantile forest.
#[derive(Clone, Copy, Debug)]
pub struct TreeHurdle;

/// Trees that are added to the logistic regression, and what of each is added.
const ROUNDS: usize = 60;
const RATE: f64 = 0.1;
/// How a boosted tree grows; weights are the curvature of the likelihood, at most a quarter of a row's.
const BOOSTED: Growth = Growth {
    depth: 3,
    leaf: 20.0,
    ridge: 50.0,
    tried: usize::MAX,
};
/// Trees of the forest.
const TREES: usize = 60;
/// How a tree of the forest grows.
const FOREST: Growth = Growth {
    depth: 8,
    leaf: 40.0,
    ridge: 0.0,
    tried: 4,
};
/// The values by which a leaf of the forest is remembered, each as likely.
const REMEMBERED: usize = 24;

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
        let fits = bands.par_iter().enumerate().map(|(number, band)| {
            // A stream of its own for each band, of two words each: whether, and how many.
            let stream = |part: u64| Stream {
                seed,
                band: 2 * number as u64 + part,
            };
            let any = whether(known, &design, band, stream(0));
            let amounts = how_many(known, &design, band, stream(1));
            Hurdled::new(any, amounts)
        });
        Ok(Box::new(FittedHurdle::new(band_of(targets, &bands), fits.collect())))
    }
}

/// Where a band's random numbers come from.
#[derive(Clone, Copy)]
struct Stream {
    seed: u64,
    band: u64,
}

impl Stream {
    /// Those of a tree.
    fn of_tree(self, tree: usize) -> ChaCha8Rng {
        let mut random = ChaCha8Rng::seed_from_u64(self.seed);
        random.set_stream((self.band << 32) + tree as u64);
        random
    }
}

/// Half of the rows, drawn at random.
fn half(rows: usize, random: &mut ChaCha8Rng) -> Vec<u32> {
    (0..rows as u32).filter(|_| random.next_u32() & 1 == 0).collect()
}

/// For each unit the probability that anybody is killed.
fn whether(known: &Panel, design: &Design, band: &[Target], stream: Stream) -> Vec<f64> {
    let labels = labels(known, design, band);
    let base = logistic(&labels);
    let data = Binned::new(
        labels.iter().map(|label| label.row.features.as_slice()),
        design.features,
    );
    let mut scores: Vec<f64> = labels.iter().map(|label| score(label.row.linear(), &base)).collect();
    let codes = |row: &Option<Row>| row.as_ref().map(|row| data.code(&row.features));
    let now: Vec<Option<Vec<u8>>> = design.now.iter().map(codes).collect();
    let start = |row: &Option<Row>| row.as_ref().map_or(f64::NEG_INFINITY, |row| score(row.linear(), &base));
    let mut told: Vec<f64> = design.now.iter().map(start).collect();
    let growth = Growth {
        tried: design.features * 2 / 3,
        ..BOOSTED
    };
    let mut gradients = vec![0.0; labels.len()];
    let mut curvatures = vec![0.0; labels.len()];
    for round in 0..ROUNDS {
        for (i, label) in labels.iter().enumerate() {
            let p = chance(scores[i]);
            gradients[i] = label.weight * (label.share - p);
            curvatures[i] = label.weight * p * (1.0 - p);
        }
        let mut random = stream.of_tree(round);
        let rows = half(labels.len(), &mut random);
        let (tree, _) = Tree::grow(&data, rows, &gradients, &curvatures, growth, &mut random);
        for (i, score) in scores.iter_mut().enumerate() {
            *score += RATE * tree.values[tree.leaf_of(&data, i)];
        }
        for (told, codes) in told.iter_mut().zip(&now) {
            if let Some(codes) = codes {
                *told += RATE * tree.values[tree.leaf(codes)];
            }
        }
    }
    told.into_iter().map(chance).collect()
}

/// For each unit what is killed where anybody is.
fn how_many(known: &Panel, design: &Design, band: &[Target], stream: Stream) -> Vec<Amounts> {
    let mut learnt: Vec<(&Row, f64)> = Vec::new();
    for row in &design.training {
        let violent = design.outcomes(known, row, band).filter(|y| *y > 0.0);
        learnt.extend(violent.map(|y| (row, y / row.scale())));
    }
    let data = Binned::new(learnt.iter().map(|(row, _)| row.features.as_slice()), design.features);
    let weights: Vec<f64> = learnt.iter().map(|(row, _)| row.weight).collect();
    let sums: Vec<f64> = learnt.iter().map(|(row, ratio)| ratio.ln() * row.weight).collect();
    let grow = |number: usize| {
        let mut random = stream.of_tree(number);
        let rows = half(learnt.len(), &mut random);
        let (tree, leaves) = Tree::grow(&data, rows, &sums, &weights, FOREST, &mut random);
        let remember = |rows: &Vec<u32>| {
            let mut values = Vec::with_capacity(REMEMBERED);
            let all = rows.iter().map(|row| (learnt[*row as usize].1, weights[*row as usize]));
            Atoms::new(all.collect()).each_quantile(REMEMBERED, |value| values.push(value));
            values
        };
        (tree, leaves.iter().map(remember).collect::<Vec<_>>())
    };
    let forest: Vec<(Tree, Vec<Vec<f64>>)> = (0..TREES).into_par_iter().map(grow).collect();
    let of_unit = |row: &Option<Row>| {
        let Some(row) = row.as_ref().filter(|_| !learnt.is_empty()) else {
            return Amounts::default();
        };
        let codes = data.code(&row.features);
        let values = forest.iter().flat_map(|(tree, leaves)| &leaves[tree.leaf(&codes)]);
        Amounts {
            scale: row.scale(),
            ratios: Quantiles::of(&Atoms::equal(values.copied())),
        }
    };
    design.now.par_iter().map(of_unit).collect()
}
