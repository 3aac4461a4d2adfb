//! Regression trees over binned features, boosted or as a forest. Small and deterministic: the order of additions is fixed,
//! and nothing depends on threads, memory or time.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::Rng;

/// Most bins a feature is cut into.
const BINS: usize = 48;

/// Features of rows, cut into bins; column by column.
pub(crate) struct Binned {
    /// The upper ends of each feature's bins but the last.
    edges: Vec<Vec<f32>>,
    codes: Vec<Vec<u8>>,
}

impl Binned {
    /// Cuts at quantiles of the rows' own values. Every row has the same number of features.
    pub(crate) fn new<'r>(rows: impl Iterator<Item = &'r [f32]> + Clone, features: usize) -> Binned {
        let mut edges = Vec::with_capacity(features);
        let mut codes = Vec::with_capacity(features);
        for feature in 0..features {
            let values: Vec<f32> = rows.clone().map(|row| row[feature]).collect();
            let mut sorted = values.clone();
            sorted.sort_by(f32::total_cmp);
            sorted.dedup();
            // Between distinct values, about as many in each bin; most rows are peaceful and share one value.
            let cuts: Vec<f32> = if sorted.len() <= BINS {
                sorted.windows(2).map(|pair| (pair[0] + pair[1]) / 2.0).collect()
            } else {
                (1..BINS).map(|bin| sorted[bin * sorted.len() / BINS]).collect()
            };
            codes.push(
                values
                    .iter()
                    .map(|value| cuts.partition_point(|cut| cut <= value) as u8)
                    .collect(),
            );
            edges.push(cuts);
        }
        Binned { edges, codes }
    }

    /// The bins of another row.
    pub(crate) fn code(&self, row: &[f32]) -> Vec<u8> {
        let code = |(value, cuts): (&f32, &Vec<f32>)| cuts.partition_point(|cut| cut <= value) as u8;
        row.iter().zip(&self.edges).map(code).collect()
    }

    fn features(&self) -> usize {
        self.codes.len()
    }
}

/// How a tree grows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Growth {
    /// Splits from the root to a leaf at most.
    pub(crate) depth: usize,
    /// The least weight of a leaf.
    pub(crate) leaf: f64,
    /// What is added to a leaf's weight, so that small ones say less.
    pub(crate) ridge: f64,
    /// How many features, drawn anew, are tried at a node.
    pub(crate) tried: usize,
}

enum Node {
    Split {
        feature: u16,
        at: u8,
        left: u32,
        right: u32,
    },
    Leaf(u32),
}

/// A tree; its leaves are numbered.
pub(crate) struct Tree {
    nodes: Vec<Node>,
    /// The value of each leaf.
    pub(crate) values: Vec<f64>,
}

impl Tree {
    /// Grows a tree on rows (those of `rows`, of which one may occur twice) that leads to leaves of like `sum[row] / weight[row]`.
    /// Gives also the rows of each leaf.
    pub(crate) fn grow(
        data: &Binned,
        rows: Vec<u32>,
        sums: &[f64],
        weights: &[f64],
        growth: Growth,
        random: &mut ChaCha8Rng,
    ) -> (Tree, Vec<Vec<u32>>) {
        let mut tree = Tree {
            nodes: Vec::new(),
            values: Vec::new(),
        };
        let mut leaves = Vec::new();
        let mut features: Vec<usize> = (0..data.features()).collect();
        tree.node(
            data,
            rows,
            sums,
            weights,
            growth,
            growth.depth,
            random,
            &mut features,
            &mut leaves,
        );
        (tree, leaves)
    }

    #[expect(clippy::too_many_arguments, reason = "a recursion hands on all that it has")]
    fn node(
        &mut self,
        data: &Binned,
        rows: Vec<u32>,
        sums: &[f64],
        weights: &[f64],
        growth: Growth,
        depth: usize,
        random: &mut ChaCha8Rng,
        features: &mut Vec<usize>,
        leaves: &mut Vec<Vec<u32>>,
    ) -> u32 {
        let number = self.nodes.len() as u32;
        let (sum, weight) = rows.iter().fold((0.0, 0.0), |(s, w), row| {
            (s + sums[*row as usize], w + weights[*row as usize])
        });
        let split = if depth > 0 && weight >= 2.0 * growth.leaf {
            choose(features, growth.tried, random);
            best(
                data,
                &rows,
                sums,
                weights,
                sum,
                weight,
                growth,
                &features[..growth.tried.min(features.len())],
            )
        } else {
            None
        };
        let Some((feature, at)) = split else {
            self.nodes.push(Node::Leaf(leaves.len() as u32));
            self.values.push(sum / (weight + growth.ridge));
            leaves.push(rows);
            return number;
        };
        self.nodes.push(Node::Leaf(0));
        let codes = &data.codes[feature];
        let (low, high): (Vec<u32>, Vec<u32>) = rows.into_iter().partition(|row| codes[*row as usize] <= at);
        let left = self.node(data, low, sums, weights, growth, depth - 1, random, features, leaves);
        let right = self.node(data, high, sums, weights, growth, depth - 1, random, features, leaves);
        self.nodes[number as usize] = Node::Split {
            feature: feature as u16,
            at,
            left,
            right,
        };
        number
    }

    /// The leaf of a row given by its bins.
    pub(crate) fn leaf(&self, codes: &[u8]) -> usize {
        self.leaf_by(|feature| codes[feature])
    }

    /// The leaf of a row that the bins were made of.
    pub(crate) fn leaf_of(&self, data: &Binned, row: usize) -> usize {
        self.leaf_by(|feature| data.codes[feature][row])
    }

    fn leaf_by(&self, code: impl Fn(usize) -> u8) -> usize {
        let mut at = 0;
        loop {
            match self.nodes[at] {
                Node::Leaf(leaf) => return leaf as usize,
                Node::Split {
                    feature,
                    at: cut,
                    left,
                    right,
                } => {
                    at = if code(feature as usize) <= cut { left } else { right } as usize;
                }
            }
        }
    }
}

/// Moves `tried` features drawn at random to the front.
fn choose(features: &mut [usize], tried: usize, random: &mut ChaCha8Rng) {
    if tried >= features.len() {
        features.sort_unstable();
        return;
    }
    for i in 0..tried {
        let j = i + (random.next_u64() % (features.len() - i) as u64) as usize;
        features.swap(i, j);
    }
}

/// The split with the greatest gain in Σ sum² / weight; none where no split gains.
#[expect(clippy::too_many_arguments, reason = "what a node knows")]
fn best(
    data: &Binned,
    rows: &[u32],
    sums: &[f64],
    weights: &[f64],
    sum: f64,
    weight: f64,
    growth: Growth,
    features: &[usize],
) -> Option<(usize, u8)> {
    let worth = |sum: f64, weight: f64| sum * sum / (weight + growth.ridge);
    let mut best = None;
    let mut most = worth(sum, weight) + 1e-9;
    for &feature in features {
        let mut bins = [(0.0, 0.0); BINS];
        let codes = &data.codes[feature];
        for row in rows {
            let bin = &mut bins[codes[*row as usize] as usize];
            bin.0 += sums[*row as usize];
            bin.1 += weights[*row as usize];
        }
        let (mut s, mut w) = (0.0, 0.0);
        for (at, bin) in bins.iter().enumerate().take(data.edges[feature].len()) {
            s += bin.0;
            w += bin.1;
            if w < growth.leaf || weight - w < growth.leaf {
                continue;
            }
            let gain = worth(s, w) + worth(sum - s, weight - w);
            if gain > most {
                most = gain;
                best = Some((feature, at as u8));
            }
        }
    }
    best
}
